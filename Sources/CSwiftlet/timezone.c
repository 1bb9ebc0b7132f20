#include "swiftlet.h"

// ICU's static library refers to these variables of the C library as only a program may, and a shared library that
// contains it must have its own. Nothing here depends on time zones.
__attribute__((visibility("hidden"))) long __timezone;
__attribute__((visibility("hidden"))) char *tzname[2];

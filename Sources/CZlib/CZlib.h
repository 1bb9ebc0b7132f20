// The system's zlib, which reads compressed files.
#include <zlib.h>

// ICU behind functions that name no ICU type: ICU's own headers do not compile as a module beside Foundation, and its
// function names are macros that carry its version. Text is UTF-8. Every function that can fail has an int *error: 0, or ICU's code.
#ifndef CICU_H
#define CICU_H

#include <stdbool.h>
#include <stdint.h>

// ICU's version, such as "72.1".
const char *cicu_version(void);

// ICU's name of an error code, such as "U_MEMORY_ALLOCATION_ERROR".
const char *cicu_error_name(int error);

// Normal forms.
enum { cicu_nfc = 0, cicu_nfkc = 1 };

// Whether there is a boundary of the form before this scalar, whatever surrounds it.
bool cicu_has_boundary_before(int form, uint32_t scalar, int *error);

// Writes the normal form of the text if that differs from it, and returns its length: -1 when the text is in the form already.
// When the capacity is too small nothing useful is written, and the length returned exceeds it.
int32_t cicu_normalize(int form, const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity, int *error);

#endif

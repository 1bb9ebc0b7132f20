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

// Writes the text in lower case by the rules of the locale, and returns its length, which may exceed the capacity.
int32_t cicu_lowercase(
    const char *locale, const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity, int *error);

// Whether ICU knows the language and the region of a locale's name; it uses general rules for those that it does not.
bool cicu_knows_locale(const char *locale);

// Finds where words end. One breaker serves one thread at a time; the text must stay until the next one is set.
typedef struct cicu_breaker cicu_breaker;
cicu_breaker *cicu_breaker_open(const char *locale, int *error);
cicu_breaker *cicu_breaker_clone(const cicu_breaker *original, int *error);
void cicu_breaker_close(cicu_breaker *breaker);
void cicu_breaker_set_text(cicu_breaker *breaker, const uint8_t *text, int32_t length, int *error);

// Writes the offsets of the next segments' ends, at most `capacity`, and returns how many: fewer only at the text's end.
int32_t cicu_breaker_next(cicu_breaker *breaker, int32_t *ends, int32_t capacity);

// Finds a regular expression's matches, with limits on time and memory. One pattern serves one thread at a time.
typedef struct cicu_pattern cicu_pattern;
cicu_pattern *cicu_pattern_open(const uint8_t *expression, int32_t length, int *error);
cicu_pattern *cicu_pattern_clone(const cicu_pattern *original, int *error);
void cicu_pattern_close(cicu_pattern *pattern);
void cicu_pattern_set_text(cicu_pattern *pattern, const uint8_t *text, int32_t length, int *error);

// Finds the next match, if there is one, and where it lies.
bool cicu_pattern_next(cicu_pattern *pattern, int32_t *start, int32_t *end, int *error);

#endif

// ICU behind functions without ICU types, because ICU's headers do not compile as a module together with Foundation,
// and its function names are macros that contain the version. Text is UTF-8. A function that can fail sets *error to 0
// or to ICU's error code.
#ifndef CICU_H
#define CICU_H

#include <stdbool.h>
#include <stdint.h>

// The version of ICU, such as "72.1".
const char *cicu_version(void);

// The name of an error code, such as "U_MEMORY_ALLOCATION_ERROR".
const char *cicu_error_name(int error);

// Normal forms.
enum { cicu_nfc = 0, cicu_nfkc = 1 };

// Returns true if normalization never joins this scalar with the text before it.
bool cicu_has_boundary_before(int form, uint32_t scalar, int *error);

// Writes the normal form of a text and returns its length, or returns -1 if the text is in that form already. If the
// returned length exceeds the capacity, the output is undefined.
int32_t cicu_normalize(int form, const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity, int *error);

// Writes a text in lower case by the rules of a locale and returns its length. If that exceeds the capacity, the output
// is undefined.
int32_t cicu_lowercase(
    const char *locale, const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity, int *error);

// Returns true if ICU knows the language and the region of a locale. It uses general rules for others.
bool cicu_knows_locale(const char *locale);

// An iterator over the ends of words. One thread at a time may use it. It refers to its text until the next one is set.
typedef struct cicu_breaker cicu_breaker;
cicu_breaker *cicu_breaker_open(const char *locale, int *error);
cicu_breaker *cicu_breaker_clone(const cicu_breaker *original, int *error);
void cicu_breaker_close(cicu_breaker *breaker);
void cicu_breaker_set_text(cicu_breaker *breaker, const uint8_t *text, int32_t length, int *error);

// Writes the ends of the next segments, at most `capacity`, and returns their number, which is smaller only at the end
// of the text.
int32_t cicu_breaker_next(cicu_breaker *breaker, int32_t *ends, int32_t capacity);

// A regular expression with limits on the time and memory of a match. One thread at a time may use it. It refers to its
// text until the next one is set.
typedef struct cicu_pattern cicu_pattern;
cicu_pattern *cicu_pattern_open(const uint8_t *expression, int32_t length, int *error);
cicu_pattern *cicu_pattern_clone(const cicu_pattern *original, int *error);
void cicu_pattern_close(cicu_pattern *pattern);
void cicu_pattern_set_text(cicu_pattern *pattern, const uint8_t *text, int32_t length, int *error);

// Finds the range of the next match, and returns false if there is none.
bool cicu_pattern_next(cicu_pattern *pattern, int32_t *start, int32_t *end, int *error);

#endif

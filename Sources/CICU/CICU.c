#include "CICU.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucasemap.h>
#include <unicode/uloc.h>
#include <unicode/unorm2.h>
#include <unicode/uregex.h>
#include <unicode/ustring.h>
#include <unicode/utext.h>
#include <unicode/uversion.h>

const char *cicu_version(void) { return U_ICU_VERSION; }

const char *cicu_error_name(int error) { return u_errorName((UErrorCode)error); }

// MARK: Normal forms

static const UNormalizer2 *normalizer(int form, UErrorCode *status) {
  return form == cicu_nfkc ? unorm2_getNFKCInstance(status) : unorm2_getNFCInstance(status);
}

bool cicu_has_boundary_before(int form, uint32_t scalar, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2 *rules = normalizer(form, &status);
  *error = U_FAILURE(status) ? status : 0;
  return U_SUCCESS(status) && unorm2_hasBoundaryBefore(rules, (UChar32)scalar);
}

// Returns the normal form of wide[0..<length], which the caller frees, or NULL after a failure.
static UChar *normalized(
    const UNormalizer2 *rules, const UChar *wide, int32_t length, int32_t *result, UErrorCode *status) {
  int32_t capacity = length + 16;
  for (;;) {
    UChar *output = malloc((size_t)capacity * sizeof(UChar));
    if (output == NULL) {
      *status = U_MEMORY_ALLOCATION_ERROR;
      return NULL;
    }
    *result = unorm2_normalize(rules, wide, length, output, capacity, status);
    if (U_SUCCESS(*status)) return output;
    free(output);
    if (*status != U_BUFFER_OVERFLOW_ERROR) return NULL;
    *status = U_ZERO_ERROR;
    capacity = *result + 1;
  }
}

int32_t cicu_normalize(int form, const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t result = -1;
  const UNormalizer2 *rules = normalizer(form, &status);
  UChar small[512];
  UChar *wide = length < 512 ? small : malloc(((size_t)length + 1) * sizeof(UChar));
  if (wide == NULL) status = U_MEMORY_ALLOCATION_ERROR;
  int32_t width = 0;
  if (U_SUCCESS(status)) u_strFromUTF8(wide, length + 1, &width, (const char *)text, length, &status);
  if (U_SUCCESS(status) && unorm2_spanQuickCheckYes(rules, wide, width, &status) != width && U_SUCCESS(status)) {
    int32_t normalWidth = 0;
    UChar *normal = normalized(rules, wide, width, &normalWidth, &status);
    if (U_SUCCESS(status) && (normalWidth != width || u_memcmp(normal, wide, width) != 0)) {
      u_strToUTF8((char *)output, capacity, &result, normal, normalWidth, &status);
      if (status == U_BUFFER_OVERFLOW_ERROR) status = U_ZERO_ERROR;
    }
    free(normal);
  }
  if (wide != small) free(wide);
  *error = U_FAILURE(status) ? status : 0;
  return result;
}

// MARK: Locales

int32_t cicu_lowercase(
    const char *locale, const uint8_t *text, int32_t length, uint8_t *output, int32_t capacity, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  int32_t result = 0;
  UCaseMap *rules = ucasemap_open(locale, 0, &status);
  if (U_SUCCESS(status)) {
    result = ucasemap_utf8ToLower(rules, (char *)output, capacity, (const char *)text, length, &status);
    if (status == U_BUFFER_OVERFLOW_ERROR) status = U_ZERO_ERROR;
  }
  ucasemap_close(rules);
  *error = U_FAILURE(status) ? status : 0;
  return result;
}

static bool contains(const char *const *names, const char *name) {
  for (; *names != NULL; names += 1) {
    if (strcmp(*names, name) == 0) return true;
  }
  return false;
}

bool cicu_knows_locale(const char *locale) {
  UErrorCode status = U_ZERO_ERROR;
  char language[ULOC_LANG_CAPACITY];
  char region[ULOC_COUNTRY_CAPACITY];
  uloc_getLanguage(locale, language, sizeof language, &status);
  uloc_getCountry(locale, region, sizeof region, &status);
  if (status != U_ZERO_ERROR) return false;
  bool knowsLanguage = language[0] == 0 || strcmp(language, "root") == 0 || contains(uloc_getISOLanguages(), language);
  return knowsLanguage && (region[0] == 0 || contains(uloc_getISOCountries(), region));
}

// MARK: Words

struct cicu_breaker {
  UBreakIterator *iterator;
};

// Takes ownership of the iterator, and closes it after a failure.
static cicu_breaker *breaker(UBreakIterator *iterator, UErrorCode status, int *error) {
  cicu_breaker *result = NULL;
  if (U_SUCCESS(status)) {
    result = malloc(sizeof *result);
    if (result != NULL) {
      result->iterator = iterator;
    } else {
      status = U_MEMORY_ALLOCATION_ERROR;
      ubrk_close(iterator);
    }
  }
  *error = U_FAILURE(status) ? status : 0;
  return result;
}

cicu_breaker *cicu_breaker_open(const char *locale, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  UBreakIterator *iterator = ubrk_open(UBRK_WORD, locale, NULL, 0, &status);
  return breaker(iterator, status, error);
}

cicu_breaker *cicu_breaker_clone(const cicu_breaker *original, int *error) {
  UErrorCode status = U_ZERO_ERROR;
#if U_ICU_VERSION_MAJOR_NUM >= 69
  UBreakIterator *iterator = ubrk_clone(original->iterator, &status);
#else
  UBreakIterator *iterator = ubrk_safeClone(original->iterator, NULL, NULL, &status);
#endif
  return breaker(iterator, status, error);
}

void cicu_breaker_close(cicu_breaker *breaker) {
  ubrk_close(breaker->iterator);
  free(breaker);
}

void cicu_breaker_set_text(cicu_breaker *breaker, const uint8_t *text, int32_t length, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, (const char *)text, length, &status);
  ubrk_setUText(breaker->iterator, &source, &status);  // makes a shallow copy
  utext_close(&source);
  *error = U_FAILURE(status) ? status : 0;
}

int32_t cicu_breaker_next(cicu_breaker *breaker, int32_t *ends, int32_t capacity) {
  int32_t count = 0;
  while (count < capacity) {
    int32_t end = ubrk_next(breaker->iterator);
    if (end == UBRK_DONE) break;
    ends[count] = end;
    count += 1;
  }
  return count;
}

// MARK: Patterns

struct cicu_pattern {
  URegularExpression *expression;
};

enum {
  // In ICU's steps of about a millisecond, for one match.
  time_limit = 500,
  stack_limit = 4 << 20
};

// Takes ownership of the expression, and closes it after a failure.
static cicu_pattern *pattern(URegularExpression *expression, UErrorCode status, int *error) {
  cicu_pattern *result = NULL;
  if (U_SUCCESS(status)) uregex_setTimeLimit(expression, time_limit, &status);
  if (U_SUCCESS(status)) uregex_setStackLimit(expression, stack_limit, &status);
  if (U_SUCCESS(status)) {
    result = malloc(sizeof *result);
    if (result != NULL) {
      result->expression = expression;
    } else {
      status = U_MEMORY_ALLOCATION_ERROR;
    }
  }
  if (result == NULL) uregex_close(expression);
  *error = U_FAILURE(status) ? status : 0;
  return result;
}

cicu_pattern *cicu_pattern_open(const uint8_t *expression, int32_t length, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, (const char *)expression, length, &status);
  URegularExpression *opened = uregex_openUText(&source, 0, NULL, &status);
  utext_close(&source);
  return pattern(opened, status, error);
}

cicu_pattern *cicu_pattern_clone(const cicu_pattern *original, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  URegularExpression *clone = uregex_clone(original->expression, &status);
  return pattern(clone, status, error);
}

void cicu_pattern_close(cicu_pattern *pattern) {
  uregex_close(pattern->expression);
  free(pattern);
}

void cicu_pattern_set_text(cicu_pattern *pattern, const uint8_t *text, int32_t length, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  UText source = UTEXT_INITIALIZER;
  utext_openUTF8(&source, (const char *)text, length, &status);
  uregex_setUText(pattern->expression, &source, &status);  // makes a shallow copy
  utext_close(&source);
  *error = U_FAILURE(status) ? status : 0;
}

bool cicu_pattern_next(cicu_pattern *pattern, int32_t *start, int32_t *end, int *error) {
  UErrorCode status = U_ZERO_ERROR;
  bool found = uregex_findNext(pattern->expression, &status);
  if (found) {
    *start = uregex_start(pattern->expression, 0, &status);
    *end = uregex_end(pattern->expression, 0, &status);
  }
  *error = U_FAILURE(status) ? status : 0;
  return found && U_SUCCESS(status);
}

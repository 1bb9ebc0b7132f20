#include "CICU.h"

#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
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

// The normal form of wide[0..<length], or NULL after a failure; to be freed.
static UChar *normalized(const UNormalizer2 *rules, const UChar *wide, int32_t length, int32_t *result, UErrorCode *status) {
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

// The memory functions that Embedded Swift calls, for a module without a C library.
//
// Blocks have sizes of four steps per power of two. A freed block goes to the list of its size, and never becomes
// another size: training allocates the same sizes again and again.
#include "browser.h"

typedef struct block {
  size_t size;  // the index of the block's size
  struct block *next;  // in the list of free blocks
  size_t unused[2];
} block;

_Static_assert(sizeof(block) == 16, "memory after the header is aligned to 16 bytes");

extern unsigned char __heap_base;
static uintptr_t end;  // of the used memory
static block *free_blocks[128];

static size_t size_of(size_t index) { return (((size_t)(4 + index % 4) << (index / 4 + 2)) + 15) & ~(size_t)15; }

static size_t index_for(size_t size) {
  size_t index = 0;
  while (size_of(index) < size) index += 4;
  while (index > 0 && size_of(index - 1) >= size) index -= 1;
  return index;
}

/// Returns unused memory, which is zero, or NULL.
static void *grow(size_t size) {
  if (end == 0) end = ((uintptr_t)&__heap_base + 15) & ~(uintptr_t)15;
  size_t pages = __builtin_wasm_memory_size(0);
  if (size > (size_t)0xffff0000 - end) return NULL;
  size_t needed = (end + size + 65535) / 65536;
  if (needed > pages && __builtin_wasm_memory_grow(0, needed - pages) == (size_t)-1) return NULL;
  void *memory = (void *)end;
  end += size;
  return memory;
}

void *memset(void *target, int byte, size_t count) {
  // With bulk memory, the compiler makes this one instruction.
  __builtin_memset(target, byte, count);
  return target;
}

void *memcpy(void *restrict target, const void *restrict source, size_t count) {
  __builtin_memcpy(target, source, count);
  return target;
}

void *memmove(void *target, const void *source, size_t count) {
  __builtin_memmove(target, source, count);
  return target;
}

int memcmp(const void *one, const void *other, size_t count) {
  const unsigned char *a = one, *b = other;
  for (size_t index = 0; index < count; index += 1) {
    if (a[index] != b[index]) return a[index] - b[index];
  }
  return 0;
}

size_t strlen(const char *text) {
  size_t count = 0;
  while (text[count] != 0) count += 1;
  return count;
}

static void *allocate(size_t size, int *is_zero) {
  if (size > 0x7fffffff) return NULL;
  size_t index = index_for(size);
  block *found = free_blocks[index];
  *is_zero = found == NULL;
  if (found != NULL) {
    free_blocks[index] = found->next;
  } else {
    found = grow(sizeof(block) + size_of(index));
    if (found == NULL) return NULL;
    found->size = index;
  }
  return found + 1;
}

void *malloc(size_t size) {
  int is_zero;
  return allocate(size, &is_zero);
}

void *calloc(size_t count, size_t size) {
  if (size != 0 && count > 0x7fffffff / size) return NULL;
  int is_zero;
  void *memory = allocate(count * size, &is_zero);
  if (memory != NULL && !is_zero) memset(memory, 0, count * size);
  return memory;
}

// A block with a larger alignment has a second header before its memory, which leads to the first.
static const size_t moved = 1000;

void free(void *memory) {
  if (memory == NULL) return;
  block *freed = (block *)memory - 1;
  if (freed->size == moved) freed = freed->next;
  freed->next = free_blocks[freed->size];
  free_blocks[freed->size] = freed;
}

int posix_memalign(void **result, size_t alignment, size_t size) {
  unsigned char *memory = malloc(alignment <= 16 ? size : size + alignment + sizeof(block));
  if (memory == NULL) return 12;
  if (alignment > 16) {
    block *original = (block *)memory - 1;
    memory = (unsigned char *)(((uintptr_t)memory + sizeof(block) + alignment - 1) & ~(alignment - 1));
    ((block *)memory - 1)->size = moved;
    ((block *)memory - 1)->next = original;
  }
  *result = memory;
  return 0;
}

// What Embedded Swift prints before it stops the module.
int putchar(int byte) { return byte; }

// Unicode's rules come from the browser, which does not tell the version of its ICU.
const char *cicu_version(void) { return "in a browser"; }
const char *cicu_error_name(int error) { return error == 0 ? "no error" : "an error"; }

// What the compiler calls for the product of two numbers of 128 bits.
typedef union {
  __int128 whole;
  struct { uint64_t low, high; } parts;
} wide;

static wide product_of_words(uint64_t one, uint64_t other) {
  uint64_t a = one >> 32, b = (uint32_t)one, c = other >> 32, d = (uint32_t)other;
  uint64_t middle = a * d + (b * d >> 32), sum = b * c + (uint32_t)middle;
  wide result = {.parts = {.low = sum << 32 | (uint32_t)(b * d), .high = a * c + (middle >> 32) + (sum >> 32)}};
  return result;
}

__int128 __multi3(__int128 one, __int128 other) {
  wide a = {.whole = one}, b = {.whole = other};
  wide result = product_of_words(a.parts.low, b.parts.low);
  result.parts.high += a.parts.low * b.parts.high + a.parts.high * b.parts.low;
  return result.whole;
}

// Parses a whole string as a number, for Swift's `Double(_: String)`. Returns its end, or NULL if it is none.
const char *_swift_stdlib_strtod_clocale(const char *text, double *result) {
  size_t count = strlen(text);
  *result = browser_number(text, count);
  return *result == *result ? text + count : NULL;
}

// The nearest whole number, away from zero in the middle between two.
double round(double x) {
  double whole = __builtin_trunc(x);
  double rest = x - whole;
  return rest >= 0.5 ? whole + 1 : rest <= -0.5 ? whole - 1 : whole;
}

// Strides of floating-point numbers use it, where product and sum are exact.
double fma(double x, double y, double z) { return x * y + z; }

// Floating-point numbers of 16 bits, as bits: a sign, 5 bits of the exponent and 10 of the fraction.
typedef union {
  float value;
  uint32_t bits;
} single;

float __extendhfsf2(uint16_t half) {
  uint32_t sign = (uint32_t)(half & 0x8000) << 16, rest = (uint32_t)(half & 0x7fff) << 13;
  single result = {.bits = rest + 0x38000000};
  if (rest >= 0x0f800000) result.bits = rest | 0x7f800000;  // infinite, or not a number
  if (rest < 0x00800000) result.value = (float)(half & 0x3ff) * 0x1p-24f;  // subnormal
  result.bits |= sign;
  return result.value;
}

uint16_t __truncsfhf2(float value) {
  single number = {.value = value};
  uint16_t sign = number.bits >> 16 & 0x8000;
  number.bits &= 0x7fffffff;
  if (number.bits > 0x7f800000) return sign | 0x7e00;  // not a number
  if (number.bits >= 0x47800000) return sign | 0x7c00;
  if (number.bits < 0x38800000) {
    // The unit of 0.5 in its last place is that of subnormal halves.
    number.value += 0.5f;
    return sign | (number.bits - 0x3f000000);
  }
  uint32_t even = number.bits >> 13 & 1;
  return sign | (number.bits - 0x38000000 + 0xfff + even) >> 13;
}

// Instead of Unicode's tables of normal forms and of cases: without them, strings are compared by their scalars. Texts
// are bytes here, and only names are strings. They are weak, because another function may need the file of a table.
#define WEAK __attribute__((weak))
WEAK uint16_t _swift_stdlib_getNormData(uint32_t scalar) { return 0; }
WEAK uint32_t _swift_stdlib_getDecompositionEntry(uint32_t scalar) { return 0; }
WEAK uint32_t _swift_stdlib_getComposition(uint32_t one, uint32_t other) { return UINT32_MAX; }
WEAK const uint8_t *const _swift_stdlib_nfd_decompositions = NULL;
WEAK int32_t _swift_stdlib_getMapping(uint32_t scalar, uint8_t mapping) { return 0; }
WEAK const uint8_t *_swift_stdlib_getSpecialMapping(uint32_t scalar, uint8_t mapping, size_t *count) { return NULL; }

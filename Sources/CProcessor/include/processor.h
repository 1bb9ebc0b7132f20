#pragma once

/// The number of floats in a vector register of the instruction set that this build targets. Swift does not see the
/// compiler's own macros; it sees this one as a constant.
#if defined(__AVX512F__)
#define VECTOR_REGISTER_FLOATS 16
#elif defined(__AVX__)
#define VECTOR_REGISTER_FLOATS 8
#else
#define VECTOR_REGISTER_FLOATS 4
#endif

/// The number of vector registers. A browser compiles WebAssembly for processors with no more than these.
#if defined(__AVX512F__) || defined(__aarch64__)
#define VECTOR_REGISTERS 32
#else
#define VECTOR_REGISTERS 16
#endif

/// Prefetch the cache line at an address for a read or a write. Any address is allowed: an invalid one has no effect.
static inline void fetch_to_read(const void *address) { __builtin_prefetch(address, 0); }
static inline void fetch_to_write(const void *address) { __builtin_prefetch(address, 1); }

/// Sets of instructions that not every processor has.
enum {
  INSTRUCTIONS_SSE42 = 1,
  INSTRUCTIONS_AVX = 2,
  INSTRUCTIONS_AVX2 = 4,
  INSTRUCTIONS_BMI2 = 8,
  INSTRUCTIONS_FMA = 16,
  INSTRUCTIONS_AVX512F = 32,
  INSTRUCTIONS_AVX512VL = 64,
};

/// The sets that the kernels of this build use.
extern const unsigned int build_instructions;

/// Returns the sets that this processor and its system have. It is inline so that it uses none of them itself: this
/// module is compiled for the same processors as the kernels.
static inline unsigned int processor_instructions(void) {
#if defined(__x86_64__)
  __builtin_cpu_init();
  return (__builtin_cpu_supports("sse4.2") ? INSTRUCTIONS_SSE42 : 0) |
         (__builtin_cpu_supports("avx") ? INSTRUCTIONS_AVX : 0) |
         (__builtin_cpu_supports("avx2") ? INSTRUCTIONS_AVX2 : 0) |
         (__builtin_cpu_supports("bmi2") ? INSTRUCTIONS_BMI2 : 0) |
         (__builtin_cpu_supports("fma") ? INSTRUCTIONS_FMA : 0) |
         (__builtin_cpu_supports("avx512f") ? INSTRUCTIONS_AVX512F : 0) |
         (__builtin_cpu_supports("avx512vl") ? INSTRUCTIONS_AVX512VL : 0);
#else
  return 0;
#endif
}

#pragma once

/// The number of floats in one vector register, for the instructions of the build. Swift imports it as a constant; it
/// does not see the compiler's own macros.
#if defined(__AVX512F__)
#define VECTOR_REGISTER_FLOATS 16
#elif defined(__AVX__)
#define VECTOR_REGISTER_FLOATS 8
#elif defined(__aarch64__)
#define VECTOR_REGISTER_FLOATS 4
#else
#define VECTOR_REGISTER_FLOATS 4
#endif

/// Prefetch the cache line at an address before it is read, or written. The address may be invalid.
static inline void fetch_to_read(const void *address) { __builtin_prefetch(address, 0); }
static inline void fetch_to_write(const void *address) { __builtin_prefetch(address, 1); }

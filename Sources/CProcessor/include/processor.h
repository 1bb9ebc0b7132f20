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

/// Prefetch the cache line at an address for a read or a write. Any address is allowed: an invalid one has no effect.
static inline void fetch_to_read(const void *address) { __builtin_prefetch(address, 0); }
static inline void fetch_to_write(const void *address) { __builtin_prefetch(address, 1); }

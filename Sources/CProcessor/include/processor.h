#pragma once

/// How many floats one vector register holds with the instructions that are being built for, and how many such registers there are.
/// Swift sees no macros of the compiler's; these it sees as constants.
#if defined(__AVX512F__)
#define VECTOR_REGISTER_FLOATS 16
#define VECTOR_REGISTERS 32
#elif defined(__AVX__)
#define VECTOR_REGISTER_FLOATS 8
#define VECTOR_REGISTERS 16
#elif defined(__aarch64__)
#define VECTOR_REGISTER_FLOATS 4
#define VECTOR_REGISTERS 32
#else
#define VECTOR_REGISTER_FLOATS 4
#define VECTOR_REGISTERS 16
#endif

/// Ask for the line of memory at an address before it is read, or written: what is there is not looked at, and it may be any address.
static inline void fetch_to_read(const void *address) { __builtin_prefetch(address, 0); }
static inline void fetch_to_write(const void *address) { __builtin_prefetch(address, 1); }

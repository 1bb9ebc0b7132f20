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

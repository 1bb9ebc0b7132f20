#include "processor.h"

const unsigned int build_instructions = 0
#if defined(__SSE4_2__)
  | INSTRUCTIONS_SSE42
#endif
#if defined(__AVX__)
  | INSTRUCTIONS_AVX
#endif
#if defined(__AVX2__)
  | INSTRUCTIONS_AVX2
#endif
#if defined(__BMI2__)
  | INSTRUCTIONS_BMI2
#endif
#if defined(__FMA__)
  | INSTRUCTIONS_FMA
#endif
#if defined(__AVX512F__)
  | INSTRUCTIONS_AVX512F
#endif
#if defined(__AVX512VL__)
  | INSTRUCTIONS_AVX512VL
#endif
  ;

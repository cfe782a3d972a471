/* SPDX-License-Identifier: MIT */
/*
 * Keeping those of eight numbers whose bits are set, without a branch. For the kernels, which are
 * compiled once for every instruction set.
 */
#pragma once

#include "set_bits.h"

#ifdef __AVX2__
#include <immintrin.h>
#endif

/* Writes them, and what comes to eight entries behind them; returns how many they are. @kept may
 * begin anywhere before @eight. */
static inline gsize
compress_eight (guint32 *kept, const guint32 *eight, guint bits)
{
#ifdef __AVX2__
  __m128i lanes = _mm_loadl_epi64 ((const __m128i *) conset_set_bits[bits]);
  __m256i order = _mm256_cvtepu8_epi32 (lanes);
  __m256i numbers = _mm256_loadu_si256 ((const __m256i *) eight);

  _mm256_storeu_si256 ((__m256i *) kept, _mm256_permutevar8x32_epi32 (numbers, order));
  return (gsize) __builtin_popcount (bits);
#else
  gsize n = 0;

  for (guint lane = 0; lane < 8; lane++)
    {
      kept[n] = eight[lane];
      n += bits >> lane & 1;
    }
  return n;
#endif
}

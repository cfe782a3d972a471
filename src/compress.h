/* SPDX-License-Identifier: MIT */
/*
 * Keeping those of eight numbers whose bits are set, without a branch. For the kernels, which are
 * compiled once for every instruction set.
 */
#pragma once

#include <glib.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

/* Writes them, and what comes to eight entries behind them; returns how many they are. @kept may
 * begin anywhere before @eight. */
static inline gsize
compress_eight (guint32 *kept, const guint32 *eight, guint bits)
{
#ifdef __AVX2__
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 lanes =
    _pext_u64 (G_GUINT64_CONSTANT (0x0706050403020100), _pdep_u64 (bits, ones) * 0xff);
  __m256i order = _mm256_cvtepu8_epi32 (_mm_cvtsi64_si128 ((long long) lanes));
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

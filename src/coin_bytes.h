/* SPDX-License-Identifier: MIT */
/*
 * Bytes of alias coins, see coin.h: what draws of sixteen bits come to, many at once. For the
 * kernels, which are compiled once for every instruction set.
 */
#pragma once

#include "coin.h"
#include "sheet_lanes.h"

#ifdef __AVX2__

/* Thirty-two entries of a table of 256. Each sixteenth is looked up for all of them, and the upper
 * bits of their places, each the sign of a byte of @bits, choose two by two. That takes less time
 * than as many loads. */
static inline __attribute__ ((always_inline)) __m256i
look_up_bytes (const guint8 table[256], __m256i low, const __m256i bits[4])
{
#define SIXTEENTH(k)                                                                               \
  _mm256_shuffle_epi8 (                                                                            \
    _mm256_broadcastsi128_si256 (_mm_loadu_si128 ((const __m128i *) (table + 16 * (k)))), low)
#define TWO(k) _mm256_blendv_epi8 (SIXTEENTH (k), SIXTEENTH ((k) + 1), bits[0])
#define FOUR(k) _mm256_blendv_epi8 (TWO (k), TWO ((k) + 2), bits[1])
#define EIGHT(k) _mm256_blendv_epi8 (FOUR (k), FOUR ((k) + 4), bits[2])
  return _mm256_blendv_epi8 (EIGHT (0), EIGHT (8), bits[3]);
#undef EIGHT
#undef FOUR
#undef TWO
#undef SIXTEENTH
}

/* What thirty-two draws choose between, and whether they do by their heights: those above the
 * thresholds choose the aliases, those that tie have not chosen. */
typedef struct
{
  __m256i columns;
  __m256i aliases;
  __m256i above;
  __m256i ties;
} Choices;

/* The draws of two vectors, eight by eight from either. */
static inline __attribute__ ((always_inline)) Choices
choices_find (const ConsetCoin *coin, __m256i a, __m256i b)
{
  const __m256i lower = _mm256_set1_epi16 (0xff);
  const __m256i columns = _mm256_packus_epi16 (a & lower, b & lower);
  const __m256i heights = _mm256_packus_epi16 (_mm256_srli_epi16 (a, 8), _mm256_srli_epi16 (b, 8));
  const __m256i bits[] = { _mm256_slli_epi16 (columns, 3), _mm256_slli_epi16 (columns, 2),
                           _mm256_slli_epi16 (columns, 1), columns };
  const __m256i low = columns & _mm256_set1_epi8 (15);
  const __m256i thresholds = look_up_bytes (coin->thresholds, low, bits);

  return (Choices){ columns, look_up_bytes (coin->aliases, low, bits),
                    _mm256_cmpeq_epi8 (_mm256_max_epu8 (heights, thresholds), heights),
                    _mm256_cmpeq_epi8 (heights, thresholds) };
}

static inline __m256i
choices_made (const Choices *choices)
{
  return _mm256_blendv_epi8 (choices->columns, choices->aliases, choices->above);
}

#endif

/* At each of eight places, the outcomes of 32 trials; bytes that tie are 255 in @ties, others 0. */
static inline Lanes
alias_outcomes (const ConsetCoin *coin, const Lanes x[2], Lanes *ties)
{
#ifdef __AVX2__
  const __m256i order = _mm256_broadcastsi128_si256 (
    _mm_setr_epi8 (0, 1, 8, 9, 2, 3, 10, 11, 4, 5, 12, 13, 6, 7, 14, 15));
  const Choices choices = choices_find (coin, (__m256i) x[0], (__m256i) x[1]);

  *ties = (Lanes) _mm256_shuffle_epi8 (choices.ties, order);
  return (Lanes) _mm256_shuffle_epi8 (choices_made (&choices), order);
#else
  Lanes outcomes = { 0 };

  *ties = outcomes;
  for (guint lane = 0; lane < LANES; lane++)
    for (guint byte = 0; byte < 4; byte++)
      {
        guint32 bits = x[byte / 2][lane] >> 16 * (byte % 2) & 0xffff, column = bits & 0xff;
        guint32 height = bits >> 8, threshold = coin->thresholds[column];
        guint32 outcome = height < threshold ? column : coin->aliases[column];

        outcomes[lane] |= outcome << 8 * byte;
        (*ties)[lane] |= (height == threshold ? 0xffu : 0) << 8 * byte;
      }
  return outcomes;
#endif
}

/* The same for the single trials that have been drawn: bit @k of what is returned is the bit of the
 * outcome that @bit names. Those tie alone for which columns and aliases have other bits. */
static inline guint32
alias_bits (const ConsetCoin *coin,
            const Lanes draws[SHEET_SETS],
            const Lanes bit[SHEET_SETS],
            guint32 *ties)
{
#ifdef __AVX2__
  const __m256i order = _mm256_setr_epi32 (0, 4, 1, 5, 2, 6, 3, 7);
  const __m256i single = _mm256_set1_epi64x ((long long) G_GUINT64_CONSTANT (0x8040201008040201));
  const Choices choices =
    choices_find (coin, _mm256_packus_epi32 ((__m256i) draws[0], (__m256i) draws[1]),
                  _mm256_packus_epi32 ((__m256i) draws[2], (__m256i) draws[3]));
  __m256i bits = _mm256_packus_epi16 (_mm256_packus_epi32 ((__m256i) bit[0], (__m256i) bit[1]),
                                      _mm256_packus_epi32 ((__m256i) bit[2], (__m256i) bit[3]));
  __m256i differ, set;

  bits = _mm256_shuffle_epi8 (single, bits);
  differ = _mm256_cmpeq_epi8 ((choices.columns ^ choices.aliases) & bits, bits) & choices.ties;
  set = _mm256_cmpeq_epi8 (choices_made (&choices) & bits, bits);
  *ties = (guint32) _mm256_movemask_epi8 (_mm256_permutevar8x32_epi32 (differ, order));
  return (guint32) _mm256_movemask_epi8 (_mm256_permutevar8x32_epi32 (set, order));
#else
  guint32 all = 0;

  *ties = 0;
  for (guint k = 0; k < SHEET_SETS * LANES; k++)
    {
      guint32 drawn = draws[k / LANES][k % LANES], column = drawn & 0xff, height = drawn >> 8;
      guint32 threshold = coin->thresholds[column], at = bit[k / LANES][k % LANES];
      guint32 outcome = height < threshold ? column : coin->aliases[column];

      all |= (outcome >> at & 1) << k;
      *ties |= (height == threshold ? (column ^ coin->aliases[column]) >> at & 1 : 0) << k;
    }
  return all;
#endif
}

/* SPDX-License-Identifier: MIT */
/*
 * Putting up to 256 different numbers in order by a network of exchanges, without a branch: about a
 * nanosecond a number. For spatial.c, with AVX2.
 *
 * Numbers stand in the lanes of 8, 16 or 32 vectors. Each lane is sorted down the vectors by
 * Batcher's bitonic network. Then lanes are merged, two, four and eight at a time, in the same way:
 * the sequence that goes down the first lane and on in the next one is compared with its
 * neighbour's reversed; what is left is exchanged within lanes. In the end the vectors are
 * transposed. Source: D. E. Knuth, The Art of Computer Programming, volume 3, section 5.3.4.
 */
#pragma once

#include "spatial.h"

#include <immintrin.h>
#include <string.h>

#define ORDER_MOST CONSET_ORDER_FEW

/* The lesser ones go to @a. */
static inline void
order_exchange (__m256i *a, __m256i *b)
{
  __m256i least = _mm256_min_epu32 (*a, *b);

  *b = _mm256_max_epu32 (*a, *b);
  *a = least;
}

/* Exchanges each row without @bit with the one of which the number differs in @mask. */
static inline __attribute__ ((always_inline)) void
order_step (__m256i *rows, guint n, guint mask, guint bit)
{
#pragma GCC unroll 32
  for (guint i = 0; i < n; i++)
    if ((i & bit) == 0)
      order_exchange (&rows[i], &rows[i ^ mask]);
}

/* Sequences of @n rows down each lane that rise and then fall, or the like, become sorted. Every
 * step is written out, as no compiler unrolls loops of loops. */
static inline __attribute__ ((always_inline)) void
order_within (__m256i *rows, guint n_rows, guint n)
{
  if (n >= 32)
    order_step (rows, n_rows, 16, 16);
  if (n >= 16)
    order_step (rows, n_rows, 8, 8);
  if (n >= 8)
    order_step (rows, n_rows, 4, 4);
  if (n >= 4)
    order_step (rows, n_rows, 2, 2);
  if (n >= 2)
    order_step (rows, n_rows, 1, 1);
}

/* Each lane by itself: rows are merged in twos, fours and so on, the second half reversed. */
static inline __attribute__ ((always_inline)) void
order_lanes (__m256i *rows, guint n)
{
  order_step (rows, n, 1, 1);
  order_step (rows, n, 3, 2);
  order_within (rows, n, 2);
  order_step (rows, n, 7, 4);
  order_within (rows, n, 4);
  if (n >= 16)
    {
      order_step (rows, n, 15, 8);
      order_within (rows, n, 8);
    }
  if (n >= 32)
    {
      order_step (rows, n, 31, 16);
      order_within (rows, n, 16);
    }
}

/* Lanes of @upper get the greater one of @row and @other, the others the lesser one. */
#define ORDER_PICK(row, other, upper)                                                              \
  _mm256_blend_epi32 (_mm256_min_epu32 (row, other), _mm256_max_epu32 (row, other), upper)

/* Each row with the lanes of another one, reversed in groups of two, four or eight. */
#define ORDER_REVERSED(rows, n, upper, moved)                                                      \
  _Pragma ("GCC unroll 32") for (guint i = 0; i < (n) / 2; i++)                                    \
  {                                                                                                \
    __m256i first = (rows)[i], last = (rows)[(n) - 1 - i];                                         \
    __m256i first_moved = moved (first), last_moved = moved (last);                                \
                                                                                                   \
    (rows)[i] = ORDER_PICK (first, last_moved, upper);                                             \
    (rows)[(n) - 1 - i] = ORDER_PICK (last, first_moved, upper);                                   \
  }

/* Each row with its own lanes, one or two away. */
#define ORDER_NEXT(rows, n, upper, moved)                                                          \
  _Pragma ("GCC unroll 32") for (guint i = 0; i < (n); i++)                                        \
  {                                                                                                \
    __m256i row_moved = moved ((rows)[i]);                                                         \
                                                                                                   \
    (rows)[i] = ORDER_PICK ((rows)[i], row_moved, upper);                                          \
  }

#define ORDER_SWAP_1(row) _mm256_shuffle_epi32 (row, _MM_SHUFFLE (2, 3, 0, 1))
#define ORDER_SWAP_2(row) _mm256_shuffle_epi32 (row, _MM_SHUFFLE (1, 0, 3, 2))
#define ORDER_REVERSE_4(row) _mm256_shuffle_epi32 (row, _MM_SHUFFLE (0, 1, 2, 3))
#define ORDER_REVERSE_8(row)                                                                       \
  _mm256_permute2x128_si256 (ORDER_REVERSE_4 (row), ORDER_REVERSE_4 (row), 1)

static inline __attribute__ ((always_inline)) void
order_merge (__m256i *rows, guint n)
{
  ORDER_REVERSED (rows, n, 0xaa, ORDER_SWAP_1)
  order_within (rows, n, n);
  ORDER_REVERSED (rows, n, 0xcc, ORDER_REVERSE_4)
  ORDER_NEXT (rows, n, 0xaa, ORDER_SWAP_1)
  order_within (rows, n, n);
  ORDER_REVERSED (rows, n, 0xf0, ORDER_REVERSE_8)
  ORDER_NEXT (rows, n, 0xcc, ORDER_SWAP_2)
  ORDER_NEXT (rows, n, 0xaa, ORDER_SWAP_1)
  order_within (rows, n, n);
}

/* Eight rows, as columns, to where each lane has its @stride numbers. */
static inline __attribute__ ((always_inline)) void
order_store (const __m256i *rows, guint32 *numbers, guint stride)
{
  __m256i pairs[8], fours[8];

#pragma GCC unroll 4
  for (guint k = 0; k < 4; k++)
    {
      pairs[2 * k] = _mm256_unpacklo_epi32 (rows[2 * k], rows[2 * k + 1]);
      pairs[2 * k + 1] = _mm256_unpackhi_epi32 (rows[2 * k], rows[2 * k + 1]);
    }
#pragma GCC unroll 2
  for (guint k = 0; k < 2; k++)
    {
      fours[4 * k] = _mm256_unpacklo_epi64 (pairs[4 * k], pairs[4 * k + 2]);
      fours[4 * k + 1] = _mm256_unpackhi_epi64 (pairs[4 * k], pairs[4 * k + 2]);
      fours[4 * k + 2] = _mm256_unpacklo_epi64 (pairs[4 * k + 1], pairs[4 * k + 3]);
      fours[4 * k + 3] = _mm256_unpackhi_epi64 (pairs[4 * k + 1], pairs[4 * k + 3]);
    }
#pragma GCC unroll 4
  for (guint k = 0; k < 4; k++)
    {
      _mm256_storeu_si256 ((__m256i *) (numbers + k * stride),
                           _mm256_permute2x128_si256 (fours[k], fours[k + 4], 0x20));
      _mm256_storeu_si256 ((__m256i *) (numbers + (k + 4) * stride),
                           _mm256_permute2x128_si256 (fours[k], fours[k + 4], 0x31));
    }
}

static inline __attribute__ ((always_inline)) void
order_rows (guint32 *numbers, guint n_rows)
{
  __m256i rows[ORDER_MOST / 8];

#pragma GCC unroll 32
  for (guint k = 0; k < n_rows; k++)
    rows[k] = _mm256_loadu_si256 ((const __m256i *) (numbers + 8 * k));
  order_lanes (rows, n_rows);
  order_merge (rows, n_rows);
#pragma GCC unroll 4
  for (guint k = 0; k < n_rows; k += 8)
    order_store (rows + k, numbers + k, n_rows);
}

static __attribute__ ((noinline)) void
order_64 (guint32 *numbers)
{
  order_rows (numbers, 8);
}

static __attribute__ ((noinline)) void
order_128 (guint32 *numbers)
{
  order_rows (numbers, 16);
}

static __attribute__ ((noinline)) void
order_256 (guint32 *numbers)
{
  order_rows (numbers, 32);
}

/* So many are put in their places by the number of those that are less. */
#define ORDER_RANKED 16

/* All different. Lanes are compared as signed numbers, for want of others. What is behind the numbers
 * takes part as the greatest one and is written behind them: a loop to the last of them would end
 * where nobody can foresee. */
static void
order_by_rank (const guint32 *numbers, gsize n, guint32 *ordered)
{
  const __m256i sign = _mm256_set1_epi32 (G_MININT32), greatest = _mm256_set1_epi32 (G_MAXINT32);
  const __m256i lanes = _mm256_setr_epi32 (0, 1, 2, 3, 4, 5, 6, 7);
  __m256i rows[ORDER_RANKED / 8], ranks[ORDER_RANKED / 8];
  guint32 old[ORDER_RANKED], places[ORDER_RANKED];
  gint32 signs[ORDER_RANKED];

  for (guint k = 0; k < ORDER_RANKED / 8; k++)
    {
      __m256i row = _mm256_loadu_si256 ((const __m256i *) (numbers + 8 * k));
      __m256i behind = _mm256_cmpgt_epi32 (lanes, _mm256_set1_epi32 ((gint32) n - 1 - 8 * (gint32) k));

      rows[k] = _mm256_blendv_epi8 (_mm256_xor_si256 (row, sign), greatest, behind);
      ranks[k] = _mm256_setzero_si256 ();
      _mm256_storeu_si256 ((__m256i *) (old + 8 * k), row);
      _mm256_storeu_si256 ((__m256i *) (signs + 8 * k), rows[k]);
    }
#pragma GCC unroll 16
  for (gsize k = 0; k < ORDER_RANKED; k++)
    {
      __m256i one = _mm256_set1_epi32 (signs[k]);

      ranks[0] = _mm256_sub_epi32 (ranks[0], _mm256_cmpgt_epi32 (rows[0], one));
      ranks[1] = _mm256_sub_epi32 (ranks[1], _mm256_cmpgt_epi32 (rows[1], one));
    }
  _mm256_storeu_si256 ((__m256i *) places, ranks[0]);
  _mm256_storeu_si256 ((__m256i *) (places + 8), ranks[1]);
#pragma GCC unroll 16
  for (gsize k = 0; k < ORDER_RANKED; k++)
    ordered[places[k]] = old[k];
}

/* @n numbers, at most ORDER_MOST, of which ORDER_RANKED can be read; there is room for ORDER_MOST
 * ordered ones, which may stand in place of them. */
static void
order_few (const guint32 *numbers, gsize n, guint32 *ordered)
{
  gsize room = n <= 64 ? 64 : n <= 128 ? 128 : ORDER_MOST;

  if (n <= ORDER_RANKED)
    {
      order_by_rank (numbers, n, ordered);
      return;
    }
  memmove (ordered, numbers, n * sizeof *ordered);
  memset (ordered + n, 0xff, (room - n) * sizeof *ordered);
  if (room == 64)
    order_64 (ordered);
  else if (room == 128)
    order_128 (ordered);
  else
    order_256 (ordered);
}

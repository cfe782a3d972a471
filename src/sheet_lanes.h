/* SPDX-License-Identifier: MIT */
/*
 * Threefry2x32-20 in lanes: 64 bits at each of eight places of a sheet (random.h). For the kernels
 * that draw, which are compiled once for every instruction set.
 */
#pragma once

#include "lanes.h"

/* The sets that go through the rounds together, at most: as many as the registers hold. */
#define SHEET_SETS 4

/* Eight places. */
typedef struct
{
  Lanes x[2];
} SheetCounters;

/* The key as it is added to counters, in all lanes: @last goes to the second word, with the turn.
 */
typedef struct
{
  Lanes key[3];
  Lanes last[6];
} SheetSchedule;

static inline void
schedule_sheet (const guint32 key[2], SheetSchedule *schedule)
{
  guint32 k[3] = { key[0], key[1], 0x1BD11BDA ^ key[0] ^ key[1] };

  for (guint i = 0; i < 3; i++)
    schedule->key[i] = k[i] + (Lanes){ 0 };
  for (guint turn = 0; turn < 6; turn++)
    schedule->last[turn] = k[(turn + 1) % 3] + turn + (Lanes){ 0 };
}

/* Whole bytes move in one instruction. */
static inline __attribute__ ((always_inline)) Lanes
sheet_rotate (Lanes x, guint by)
{
#ifdef __AVX2__
  const __m256i by_16 = _mm256_set1_epi64x (0x0504070601000302);
  const __m256i by_24 = _mm256_set1_epi64x (0x0407060500030201);
  const __m256i upper = _mm256_set_epi64x (0x0808080808080808, 0, 0x0808080808080808, 0);

  if (by == 16 || by == 24)
    return (Lanes) _mm256_shuffle_epi8 ((__m256i) x, (by == 16 ? by_16 : by_24) + upper);
#endif
  return rotate (x, by);
}

static inline __attribute__ ((always_inline)) void
sheet_round (SheetCounters *c, guint sets, guint by)
{
  for (guint k = 0; k < sets; k++)
    {
      c[k].x[0] += c[k].x[1];
      c[k].x[1] = sheet_rotate (c[k].x[1], by) ^ c[k].x[0];
    }
}

static inline __attribute__ ((always_inline)) void
sheet_inject (SheetCounters *c, guint sets, const SheetSchedule *schedule, guint turn)
{
  for (guint k = 0; k < sets; k++)
    {
      c[k].x[0] += schedule->key[turn % 3];
      c[k].x[1] += schedule->last[turn];
    }
}

/* All rounds, for places to which the key has been added. */
static inline __attribute__ ((always_inline)) void
sheet_rounds (const SheetSchedule *schedule, SheetCounters *c, guint sets)
{
  static const guint8 by[2][4] = { { 13, 15, 26, 6 }, { 17, 29, 16, 24 } };

#pragma GCC unroll 5
  for (guint turn = 1; turn <= 5; turn++)
    {
#pragma GCC unroll 4
      for (guint k = 0; k < 4; k++)
        sheet_round (c, sets, by[(turn - 1) % 2][k]);
      sheet_inject (c, sets, schedule, turn);
    }
}

/* Draws at the places of @sets sets. */
static inline __attribute__ ((always_inline)) void
sheet_draw (const SheetSchedule *schedule, SheetCounters *c, guint sets)
{
  sheet_inject (c, sets, schedule, 0);
  sheet_rounds (schedule, c, sets);
}

/* The first @n entries of a list, fewer than there are lanes in SHEET_SETS, and zeros behind them.
 * No branch depends on @n, which is hard to foresee. */
static inline const guint32 *
pad_list (Lanes padded[SHEET_SETS], const guint32 *list, gsize n)
{
#ifdef __AVX2__
  for (gint set = 0; set < SHEET_SETS; set++)
    {
      __m256i left = _mm256_set1_epi32 ((gint) n - set * LANES);

      padded[set] = (Lanes) _mm256_maskload_epi32 ((const int *) list + set * LANES,
                                                   _mm256_cmpgt_epi32 (left, (__m256i) LANE_NUMBERS));
    }
#else
  memset (padded, 0, SHEET_SETS * sizeof *padded);
  memcpy (padded, list, n * sizeof *list);
#endif
  return (const guint32 *) padded;
}

/* The counters (first + offset) / 2^shift of a list, of which all are on one sheet. */
static inline Lanes
sheet_steps (guint64 first, guint shift, Lanes offsets)
{
  guint32 skip = (guint32) first & ((1u << shift) - 1);

  return (guint32) (first >> shift) + ((offsets + skip) >> shift);
}

/* Whether they are: seldom not. */
static inline gboolean
on_one_sheet (guint64 first, guint shift, const guint32 *list, gsize n)
{
  guint32 skip = (guint32) first & ((1u << shift) - 1), most = 0;

  if (skip == 0 && (first + G_MAXUINT32) >> shift >> 32 == first >> shift >> 32)
    return TRUE;
  for (gsize k = 0; k < n; k++)
    most = MAX (most, list[k]);
  return most <= G_MAXUINT32 - skip && (first + most) >> shift >> 32 == first >> shift >> 32;
}

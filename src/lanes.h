/* SPDX-License-Identifier: MIT */
/*
 * Lanes: random bits in vectors of eight 32-bit lanes, an extension that GCC and clang share
 * and lower to whatever the machine has; a few instructions that no expression turns into, the
 * table look-up for all lanes above all, are asked for by name. For the kernels that draw,
 * which are compiled once for every instruction set. Integer operations only, so that every
 * build gives the same bits.
 */
#pragma once

#include "kernels.h"

#include <string.h>

#ifdef __AVX2__
#include <immintrin.h>
#endif

#define LANES 8
#define AT_ONCE (2 * LANES)

typedef guint32 Lanes __attribute__ ((vector_size (4 * LANES)));
typedef gint32 SignedLanes __attribute__ ((vector_size (4 * LANES)));
typedef guint32 StoredLanes __attribute__ ((vector_size (4 * LANES), aligned (4), may_alias));

/* Of each lane. */
#define LANE_NUMBERS ((Lanes){ 0, 1, 2, 3, 4, 5, 6, 7 })

/* In one move: what is copied in halves has to wait until they are one again. */
static inline Lanes
load_lanes (const guint32 *numbers)
{
  return *(const StoredLanes *) numbers;
}

/* Of lanes that are all ones, or not: a bit for each, the highest one. */
static inline guint
lanes_mask (Lanes lanes)
{
#ifdef __AVX2__
  return (guint) _mm256_movemask_ps ((__m256) lanes);
#else
  guint mask = 0;

  for (guint lane = 0; lane < LANES; lane++)
    mask |= lanes[lane] >> 31 << lane;
  return mask;
#endif
}

/* The generator */

static inline Lanes
rotate (Lanes x, guint by)
{
  return x << by | x >> (32 - by);
}

/* Eight counters. Two such sets go through the rounds together where there is work for both:
 * the rounds of one are a chain of dependent instructions, and the other fills the gaps. */
typedef struct
{
  Lanes x[4];
} Counters;

static inline void
round_even (Counters *c, guint sets, guint r0, guint r1)
{
  for (guint k = 0; k < sets; k++)
    {
      c[k].x[0] += c[k].x[1];
      c[k].x[1] = rotate (c[k].x[1], r0) ^ c[k].x[0];
      c[k].x[2] += c[k].x[3];
      c[k].x[3] = rotate (c[k].x[3], r1) ^ c[k].x[2];
    }
}

static inline void
round_odd (Counters *c, guint sets, guint r0, guint r1)
{
  for (guint k = 0; k < sets; k++)
    {
      c[k].x[0] += c[k].x[3];
      c[k].x[3] = rotate (c[k].x[3], r0) ^ c[k].x[0];
      c[k].x[2] += c[k].x[1];
      c[k].x[1] = rotate (c[k].x[1], r1) ^ c[k].x[2];
    }
}

static inline void
inject (Counters *c, guint sets, const guint32 key[5], guint turn)
{
  for (guint k = 0; k < sets; k++)
    {
      for (guint i = 0; i < 4; i++)
        c[k].x[i] += key[(turn + i) % 5];
      c[k].x[3] += turn;
    }
}

/* Four rounds, with which a turn begins. */
static inline __attribute__ ((always_inline)) void
rounds_before (Counters *c, guint sets, guint turn)
{
  if (turn % 2 == 1)
    {
      round_even (c, sets, 10, 26);
      round_odd (c, sets, 11, 21);
      round_even (c, sets, 13, 27);
      round_odd (c, sets, 23, 5);
    }
  else
    {
      round_even (c, sets, 6, 20);
      round_odd (c, sets, 17, 11);
      round_even (c, sets, 25, 10);
      round_odd (c, sets, 18, 20);
    }
}

/* Threefry4x32-20, to be specialised for one set and for two. */
static inline __attribute__ ((always_inline)) void
threefry_sets (const ConsetKey *key, Counters *c, guint sets)
{
  guint32 k[5] = { key->word[0], key->word[1], key->word[2], key->word[3], 0x1BD11BDA };

  for (guint i = 0; i < 4; i++)
    k[4] ^= k[i];
  inject (c, sets, k, 0);
#pragma GCC unroll 5
  for (guint turn = 1; turn <= 5; turn++)
    {
      rounds_before (c, sets, turn);
      inject (c, sets, k, turn);
    }
}

static void
threefry_eight (const ConsetKey *key, Counters *c)
{
  threefry_sets (key, c, 1);
}

static void
threefry_sixteen (const ConsetKey *key, Counters c[2])
{
  threefry_sets (key, c, 2);
}

/* Of sixteen counters, the first @n are wanted. */
static inline void
threefry_counters (const ConsetKey *key, Counters c[2], gsize n)
{
  if (n <= LANES)
    threefry_eight (key, c);
  else
    threefry_sixteen (key, c);
}

/* Counters (a + k da, b + k db), k = 0..15; steps are 0 or 1. */
static inline void
place_counters (guint64 a, guint64 b, guint64 da, guint64 db, Counters c[2])
{

  for (guint k = 0; k < 2; k++)
    {
      Lanes steps = LANE_NUMBERS + LANES * k;

      c[k].x[0] = (guint32) a + steps * (guint32) da;
      c[k].x[1] = (guint32) (a >> 32) - (Lanes) (c[k].x[0] < (guint32) a);
      c[k].x[2] = (guint32) b + steps * (guint32) db;
      c[k].x[3] = (guint32) (b >> 32) - (Lanes) (c[k].x[2] < (guint32) b);
    }
}

/* The transpose. Most moves stay within the halves of a vector, which is one instruction. */
static inline void
rows_of_four (const Lanes p[4], guint32 rows[LANES][4])
{
  Lanes ab[2] = { __builtin_shufflevector (p[0], p[1], 0, 8, 1, 9, 4, 12, 5, 13),
                  __builtin_shufflevector (p[0], p[1], 2, 10, 3, 11, 6, 14, 7, 15) };
  Lanes cd[2] = { __builtin_shufflevector (p[2], p[3], 0, 8, 1, 9, 4, 12, 5, 13),
                  __builtin_shufflevector (p[2], p[3], 2, 10, 3, 11, 6, 14, 7, 15) };

  for (guint half = 0; half < 2; half++)
    {
      Lanes even = __builtin_shufflevector (ab[half], cd[half], 0, 1, 8, 9, 4, 5, 12, 13);
      Lanes odd = __builtin_shufflevector (ab[half], cd[half], 2, 3, 10, 11, 6, 7, 14, 15);

      memcpy (rows[2 * half], &even, sizeof *rows);
      memcpy (rows[2 * half + 4], (const char *) &even + sizeof *rows, sizeof *rows);
      memcpy (rows[2 * half + 1], &odd, sizeof *rows);
      memcpy (rows[2 * half + 5], (const char *) &odd + sizeof *rows, sizeof *rows);
    }
}

/* Words whose low halves are lanes of low and high halves lanes of high. */
static inline void
join_halves (Lanes low, Lanes high, guint64 words[LANES])
{
  for (guint lane = 0; lane < LANES; lane++)
    words[lane] = low[lane] | (guint64) high[lane] << 32;
}

static inline gboolean
any_lane (Lanes x)
{
#ifdef __AVX2__
  return !_mm256_testz_si256 ((__m256i) x, (__m256i) x);
#else
  guint32 any = 0;

  for (guint lane = 0; lane < LANES; lane++)
    any |= x[lane];
  return any != 0;
#endif
}

/* Trials of single pairs */

/* Low and high words of first + offset. */
static inline void
add_lanes (guint64 first, Lanes offsets, Lanes *low, Lanes *high)
{
  *low = (guint32) first + offsets;
  *high = (guint32) (first >> 32) - (Lanes) (*low < offsets);
}

/* What a set of sixteen trials is: (first + offset, line), or the other way round. */
typedef struct
{
  gboolean along;
  guint64 line;
  guint64 first;
  const guint32 *offsets;
} Trials;

/* The counters of words that hold 2^shift trials each. */
static inline void
trial_counters (const Trials *trials, guint shift, Counters c[2])
{
  guint64 block = trials->line >> shift;

  for (guint k = 0; k < 2; k++)
    {
      Lanes offsets = load_lanes (trials->offsets + k * LANES), *x = c[k].x;

      if (trials->along)
        {
          add_lanes (trials->first, offsets, &x[0], &x[1]);
          x[0] = x[0] >> shift | x[1] << (32 - shift);
          x[1] >>= shift;
          x[2] = (guint32) trials->line + (Lanes){ 0 };
          x[3] = (guint32) (trials->line >> 32) + (Lanes){ 0 };
        }
      else
        {
          x[0] = (guint32) block + (Lanes){ 0 };
          x[1] = (guint32) (block >> 32) + (Lanes){ 0 };
          add_lanes (trials->first, offsets, &x[2], &x[3]);
        }
    }
}

/* Which of the 2^shift trials of its word one is. */
static inline guint
trial_bit (const Trials *trials, guint k, guint shift)
{
  guint64 source = trials->along ? trials->first + trials->offsets[k] : trials->line;

  return source & ((1u << shift) - 1);
}

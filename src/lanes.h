/* SPDX-License-Identifier: MIT */
/*
 * Lanes: vectors of eight 32-bit numbers, and the generator that draws in them.
 *
 * They are an extension that GCC and clang share and lower to whatever the machine has; a few
 * instructions that no expression turns into are asked for by name. For the files that are
 * compiled once for every instruction set.
 */
#pragma once

#include "random.h"

#ifdef __AVX2__
#include <immintrin.h>
#endif

#define LANES 8
#define AT_ONCE (2 * LANES)

typedef guint32 Lanes __attribute__ ((vector_size (4 * LANES)));
typedef gint32 SignedLanes __attribute__ ((vector_size (4 * LANES)));

/* {{{ lanes */

static inline Lanes
lanes_min (Lanes a, Lanes b)
{
#ifdef __AVX2__
  return (Lanes) _mm256_min_epi32 ((__m256i) a, (__m256i) b);
#else
  Lanes less = (Lanes) ((SignedLanes) a < (SignedLanes) b);

  return (a & less) | (b & ~less);
#endif
}

static inline Lanes
lanes_max (Lanes a, Lanes b)
{
#ifdef __AVX2__
  return (Lanes) _mm256_max_epi32 ((__m256i) a, (__m256i) b);
#else
  Lanes less = (Lanes) ((SignedLanes) a < (SignedLanes) b);

  return (b & less) | (a & ~less);
#endif
}

/* All bits where word > bound, unsigned. */
static inline Lanes
lanes_above (Lanes word, guint32 bound)
{
  const guint32 sign = 1u << 31;

  return (Lanes) ((SignedLanes) (word ^ sign) > (SignedLanes) ((bound ^ sign) + (Lanes){ 0 }));
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

/* Low and high words of first + offset. */
static inline void
add_lanes (guint64 first, Lanes offsets, Lanes *low, Lanes *high)
{
  *low = (guint32) first + offsets;
  *high = (guint32) (first >> 32) - (Lanes) (*low < offsets);
}

/* }}} */

/* {{{ the generator */

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
      inject (c, sets, k, turn);
    }
}

static G_GNUC_UNUSED void
threefry_eight (const ConsetKey *key, Counters *c)
{
  threefry_sets (key, c, 1);
}

static G_GNUC_UNUSED void
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
  static const Lanes ramp = { 0, 1, 2, 3, 4, 5, 6, 7 };

  for (guint k = 0; k < 2; k++)
    {
      Lanes steps = ramp + LANES * k;

      c[k].x[0] = (guint32) a + steps * (guint32) da;
      c[k].x[1] = (guint32) (a >> 32) - (Lanes) (c[k].x[0] < (guint32) a);
      c[k].x[2] = (guint32) b + steps * (guint32) db;
      c[k].x[3] = (guint32) (b >> 32) - (Lanes) (c[k].x[2] < (guint32) b);
    }
}

/* }}} */

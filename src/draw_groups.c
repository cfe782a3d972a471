/* SPDX-License-Identifier: MIT */
/*
 * The kernels that draw the members of groups, see groups.h, compiled once for every
 * instruction set under the name CONSET_GROUP_DRAWS. They are written in lanes, one for each
 * group.
 */
#include "lanes.h"

#define MOST CONSET_GROUP_HALVES

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

/* What eight groups have: up to MOST places each, in the order of the draw. has[k] is all
 * bits where there are more than k; odd, where the words do not tell and a group must be done
 * singly, but for places that are the same. */
typedef struct
{
  Lanes place[MOST];
  Lanes has[MOST];
  Lanes odd;
} Places;

static inline void
places_of_lanes (const ConsetGroups *groups, const Lanes x[4], Places *places)
{
  gboolean halves = conset_groups_are_halves (groups);
  guint most = halves ? CONSET_GROUP_HALVES : CONSET_GROUP_WHOLES;
  Lanes beyond = { 0 };

  places->odd = (Lanes){ 0 };
  for (guint k = 0; k <= MOST; k++)
    {
      guint32 bound = (guint32) (groups->at_most[k] >> 32);
      Lanes above = lanes_above (x[0], bound);

      places->odd |= (Lanes) (x[0] == bound);
      if (k < MOST)
        places->has[k] = above;
      if (k == most)
        beyond = above;
    }
  places->odd |= beyond;
  for (guint k = 0; k < MOST; k++)
    if (halves)
      places->place[k] =
        (k % 2 ? x[1 + k / 2] >> 16 : x[1 + k / 2] & 0xffff) >> (16 - groups->shift);
    else
      places->place[k] = k < most ? x[1 + k] >> (32 - groups->shift) : x[0] & 0;
}

static inline void
order (Lanes *a, Lanes *b)
{
  Lanes low = lanes_min (*a, *b);

  *b = lanes_max (*a, *b);
  *a = low;
}

/* Sorts the places; those that are not there come last. Returns where two are the same. */
static inline Lanes
places_sort (Places *places)
{
  Lanes *p = places->place, same = { 0 };

  for (guint k = 0; k < MOST; k++)
    p[k] |= ~places->has[k] & ((1u << 30) + (k << 24));
  order (&p[0], &p[5]), order (&p[1], &p[3]), order (&p[2], &p[4]);
  order (&p[1], &p[2]), order (&p[3], &p[4]);
  order (&p[0], &p[3]), order (&p[2], &p[5]);
  order (&p[0], &p[1]), order (&p[2], &p[3]), order (&p[4], &p[5]);
  order (&p[1], &p[2]), order (&p[3], &p[4]);
  for (guint k = 1; k < MOST; k++)
    same |= (Lanes) (p[k - 1] == p[k]);
  return same;
}

/* Eight groups, a row each: places in order and what number of them counts. */
typedef struct
{
  guint32 four[LANES][4];
  guint32 two[LANES][2];
  guint32 number[LANES];
} Rows;

static inline void
rows_of_places (const Lanes p[MOST], Rows *rows)
{
  Lanes ef[2] = { __builtin_shufflevector (p[4], p[5], 0, 8, 1, 9, 4, 12, 5, 13),
                  __builtin_shufflevector (p[4], p[5], 2, 10, 3, 11, 6, 14, 7, 15) };

  rows_of_four (p, rows->four);
  for (guint half = 0; half < 2; half++)
    {
      memcpy (rows->two[2 * half], &ef[half], 2 * sizeof *rows->two);
      memcpy (rows->two[2 * half + 4], (const char *) &ef[half] + 2 * sizeof *rows->two,
              2 * sizeof *rows->two);
    }
}

/* Rows for the groups whose places begin at base, of which the words x were drawn. Returns
 * whether some must be done singly: a number above MOST. */
static inline gboolean
rows_draw (const ConsetGroups *groups, const Lanes x[4], Lanes base, Rows *rows)
{
  Lanes number = { 0 }, odd;
  Places places;

  places_of_lanes (groups, x, &places);
  for (guint k = 0; k < MOST; k++)
    number -= places.has[k];
  odd = (places_sort (&places) & groups->distinct) | places.odd;
  number |= odd;
  memcpy (rows->number, &number, sizeof number);
  for (guint k = 0; k < MOST; k++)
    places.place[k] += base;
  rows_of_places (places.place, rows);
  return any_lane (odd);
}

static __attribute__ ((noinline)) gsize
one_group (const ConsetGroups *groups, guint64 line, guint64 group, guint32 base, guint32 *out)
{
  guint64 places[CONSET_GROUP_MOST];
  guint n = conset_groups_members (groups, group, line, places);

  for (guint k = 0; k < n; k++)
    out[k] = base + (guint32) places[k];
  return n;
}

static gsize
members (const ConsetGroups *groups,
         guint64 line,
         guint64 first,
         guint32 begin,
         guint32 end,
         guint32 skip,
         guint32 *out)
{
  gsize written = 0;
  Counters c[2];

  for (guint32 k = begin; k < end; k += LANES)
    {
      guint half = (k - begin) / LANES % 2;
      gboolean odd;
      Rows rows;

      if (half == 0)
        {
          place_counters (first + k, line, 1, 0, c);
          threefry_counters (&groups->key, c, end - k);
        }
      odd = rows_draw (groups, c[half].x, ((k + LANE_NUMBERS) << groups->shift) - skip, &rows);
      for (guint j = 0; j < MIN (LANES, end - k); j++)
        {
          memcpy (out + written, rows.four[j], sizeof rows.four[j]);
          memcpy (out + written + 4, rows.two[j], sizeof rows.two[j]);
          if (G_UNLIKELY (odd) && rows.number[j] > MOST)
            written += one_group (groups, line, first + k + j, ((k + j) << groups->shift) - skip,
                                  out + written);
          else
            written += rows.number[j];
        }
    }
  return written;
}

/* Of eight trials, whose places are wanted: all bits where the set has it, and, in odd, where
 * that must be found out singly. */
static inline Lanes
trials_of_eight (const ConsetGroups *groups, const Lanes x[4], Lanes wanted, Lanes *odd)
{
  Lanes success = { 0 };
  Places places;

  places_of_lanes (groups, x, &places);
  for (guint k = 0; k < MOST; k++)
    success |= (Lanes) (places.place[k] == wanted) & places.has[k];
  *odd = (places_sort (&places) & groups->distinct) | places.odd;
  return success;
}

static void
trials (const ConsetGroups *groups,
        gboolean along,
        guint64 line,
        guint64 first,
        const guint32 *list,
        gsize n,
        guint8 *success)
{
  Trials these = { along, line, first, NULL };
  guint32 last[AT_ONCE] = { 0 }, mask = (1u << groups->shift) - 1;

  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      gsize some = MIN (AT_ONCE, n - k);
      guint32 done[2][LANES], singly[2][LANES];
      Counters c[2];

      these.offsets = list + k;
      if (some < AT_ONCE)
        these.offsets = memcpy (last, list + k, some * sizeof *last);
      trial_counters (&these, groups->shift, c);
      threefry_counters (&groups->key, c, some);
      for (guint half = 0; half < 2; half++)
        {
          Lanes wanted, odd, hit;

          memcpy (&wanted, these.offsets + half * LANES, sizeof wanted);
          wanted = (along ? (guint32) first + wanted : (guint32) line + 0 * wanted) & mask;
          hit = trials_of_eight (groups, c[half].x, wanted, &odd);
          memcpy (done[half], &hit, sizeof hit);
          memcpy (singly[half], &odd, sizeof odd);
        }
      for (gsize j = 0; j < some; j++)
        {
          guint64 other = first + these.offsets[j];

          if (G_UNLIKELY (singly[j / LANES][j % LANES]))
            success[k + j] = along ? conset_groups_have (groups, other, line)
                                   : conset_groups_have (groups, line, other);
          else
            success[k + j] = done[j / LANES][j % LANES] & 1;
        }
    }
}

const ConsetGroupDraws CONSET_GROUP_DRAWS = {
  .members = members,
  .trials = trials,
};

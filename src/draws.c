/* SPDX-License-Identifier: MIT */
/*
 * The kernels that draw, compiled once for every instruction set under the name
 * CONSET_DRAWS.
 *
 * They are written in vectors of eight 32-bit lanes (lanes.h). Integer operations only, so that
 * every build gives the same bits.
 */
#include "kernels.h"

#include "lanes.h"

#include <string.h>

/* The generator */

static void
threefry (
  const ConsetKey *key, guint64 a, guint64 b, guint64 da, guint64 db, gsize n, guint32 (*out)[4])
{
  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      Counters c[2];

      place_counters (a + k * da, b + k * db, da, db, c);
      threefry_counters (key, c, n - k);
      for (gsize j = 0; j < MIN (AT_ONCE, n - k); j++)
        for (guint i = 0; i < 4; i++)
          out[k + j][i] = c[j / LANES].x[i][j % LANES];
    }
}

/* Coins */

/* Bytes drawn with 16 bits each; lanes that tie are noted. */
static inline Lanes
pick_columns (const guint32 *columns, Lanes bits, Lanes *ties)
{
  Lanes column = bits & 0xff, height = bits >> 8, entry;

#ifdef __AVX2__
  entry = (Lanes) _mm256_i32gather_epi32 ((const int *) columns, (__m256i) column, 4);
#else
  for (guint lane = 0; lane < LANES; lane++)
    entry[lane] = columns[column[lane]];
#endif
  Lanes threshold = entry >> 8;
  Lanes below = (Lanes) ((SignedLanes) height < (SignedLanes) threshold);

  *ties = (Lanes) (height == threshold);
  return (column & below) | (entry & 0xff & ~below);
}

static __attribute__ ((noinline)) void
settle_ties (const ConsetCoin *coin,
             guint64 block,
             guint64 line,
             guint64 dblock,
             guint64 dline,
             const Lanes x[4],
             const Lanes ties[8],
             guint64 words[LANES])
{
  for (guint place = 0; place < 8; place++)
    for (guint lane = 0; lane < LANES; lane++)
      if (ties[place][lane])
        {
          guint column = x[place / 2][lane] >> (place % 2 ? 16 : 0) & 0xff;
          guint64 byte =
            conset_coin_tie (coin, column, block + lane * dblock, line + lane * dline, place);

          words[lane] &= ~(G_GUINT64_CONSTANT (0xff) << (8 * place));
          words[lane] |= byte << (8 * place);
        }
}

/* Words whose low halves are lanes of low and high halves lanes of high. */
static inline void
join_halves (Lanes low, Lanes high, guint64 words[LANES])
{
  for (guint lane = 0; lane < LANES; lane++)
    words[lane] = low[lane] | (guint64) high[lane] << 32;
}

static inline void
alias_words_8 (const ConsetCoin *coin,
               guint64 block,
               guint64 line,
               guint64 dblock,
               guint64 dline,
               const Lanes x[4],
               guint64 words[LANES])
{
  Lanes ties[8], halves[2], tied = { 0 };

  for (guint half = 0; half < 2; half++)
    {
      halves[half] = (Lanes){ 0 };
      for (guint k = 0; k < 4; k++)
        {
          Lanes bits = k % 2 ? x[2 * half + k / 2] >> 16 : x[2 * half + k / 2] & 0xffff;

          halves[half] |= pick_columns (coin->columns, bits, &ties[4 * half + k]) << (8 * k);
          tied |= ties[4 * half + k];
        }
    }
  join_halves (halves[0], halves[1], words);
  if (G_UNLIKELY (any_lane (tied)))
    settle_ties (coin, block, line, dblock, dline, x, ties, words);
}

static void
alias_words (const ConsetCoin *coin,
             guint64 block,
             guint64 line,
             guint64 dblock,
             guint64 dline,
             gsize n,
             guint64 *words)
{
  Counters c[2];

  for (gsize k = 0; k < n; k += LANES)
    {
      guint half = k / LANES % 2;
      guint64 eight[LANES];

      if (half == 0)
        {
          place_counters (block + k * dblock, line + k * dline, dblock, dline, c);
          threefry_counters (&coin->key, c, n - k);
        }
      alias_words_8 (coin, block + k * dblock, line + k * dline, dblock, dline, c[half].x, eight);
      memcpy (words + k, eight, MIN (LANES, n - k) * sizeof *words);
    }
}

/* The sums of all planes: four words at each of sixteen counters, of which n are wanted. */
static inline void
plane_sums (const ConsetCoin *coin,
            guint64 block,
            guint64 line,
            guint64 dblock,
            guint64 dline,
            gsize n,
            Counters sums[2])
{
  memset (sums, 0, 2 * sizeof *sums);
  for (guint plane = 0; plane < coin->planes; plane++)
    {
      ConsetKey key = coin->key;
      Counters c[2];

      key.word[3] = plane;
      place_counters (block >> 1, line, dblock, dline, c);
      threefry_counters (&key, c, n);
      for (guint k = 0; k < 2; k++)
        for (guint i = 0; i < 4; i++)
          sums[k].x[i] =
            coin->digits >> plane & 1 ? sums[k].x[i] | c[k].x[i] : sums[k].x[i] & c[k].x[i];
    }
}

/* Thirty-two words along a line, of which n are wanted; the first block is even. */
static inline void
plane_words_32 (
  const ConsetCoin *coin, guint64 block, guint64 line, gsize n, guint64 words[2 * AT_ONCE])
{
  Counters sums[2];

  plane_sums (coin, block, line, 1, 0, (n + 1) / 2, sums);
  for (guint k = 0; k < AT_ONCE; k++)
    {
      const Lanes *x = sums[k / LANES].x;
      guint lane = k % LANES;

      words[2 * k] = x[0][lane] | (guint64) x[1][lane] << 32;
      words[2 * k + 1] = x[2][lane] | (guint64) x[3][lane] << 32;
    }
}

static void
plane_words_along (const ConsetCoin *coin, guint64 block, guint64 line, gsize n, guint64 *words)
{
  gsize skip = block & 1;

  for (gsize k = 0; k < n;)
    {
      guint64 some[2 * AT_ONCE];
      gsize have = MIN (2 * AT_ONCE - skip, n - k);

      plane_words_32 (coin, block + k - skip, line, skip + have, some);
      memcpy (words + k, some + skip, have * sizeof *words);
      k += have;
      skip = 0;
    }
}

static void
plane_words_across (
  const ConsetCoin *coin, guint64 block, guint64 line, guint64 dline, gsize n, guint64 *words)
{
  guint half = 2 * (block & 1);

  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      guint64 some[AT_ONCE];
      Counters sums[2];

      plane_sums (coin, block, line + k * dline, 0, dline, n - k, sums);
      for (guint j = 0; j < 2; j++)
        join_halves (sums[j].x[half], sums[j].x[half + 1], some + j * LANES);
      memcpy (words + k, some, MIN (AT_ONCE, n - k) * sizeof *words);
    }
}

static void
coin_words (const ConsetCoin *coin,
            guint64 block,
            guint64 line,
            guint64 dblock,
            guint64 dline,
            gsize n,
            guint64 *words)
{
  if (coin->planes == 0)
    alias_words (coin, block, line, dblock, dline, n, words);
  else if (dblock == 1)
    plane_words_along (coin, block, line, n, words);
  else
    plane_words_across (coin, block, line, dline, n, words);
}

/* Single trials */

/* What a set of sixteen trials is: (first + offset, line), or the other way round. */
typedef struct
{
  const ConsetCoin *coin;
  gboolean along;
  guint64 line;
  guint64 first;
  const guint32 *offsets;
  guint32 last[AT_ONCE];
} Trials;

/* Goes on with those at @list, of which there are sixteen, or the last few. */
static inline void
trials_take (Trials *trials, const guint32 *list, gsize n)
{
  trials->offsets = n < AT_ONCE ? memcpy (trials->last, list, n * sizeof *list) : list;
}

/* The counters of words that hold 2^shift trials each. */
static inline void
trial_counters (const Trials *trials, guint shift, Counters c[2])
{
  guint64 block = trials->line >> shift;

  for (guint k = 0; k < 2; k++)
    {
      Lanes offsets, *x = c[k].x;

      memcpy (&offsets, trials->offsets + k * LANES, sizeof offsets);
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

static inline void
alias_trials (const Trials *trials, gsize n, guint8 *success)
{
  const ConsetCoin *coin = trials->coin;
  guint32 drawn[2][4][LANES];
  Counters c[2];

  trial_counters (trials, 6, c);
  threefry_counters (&coin->key, c, n);
  memcpy (drawn, c, sizeof drawn);
  for (guint k = 0; k < n; k++)
    {
      guint bit = trial_bit (trials, k, 6), place = bit / 8;
      guint pick = drawn[k / LANES][place / 2][k % LANES] >> (place % 2 * 16) & 0xffff;
      guint column = pick & 0xff;
      guint32 entry = coin->columns[column];
      guint byte = pick >> 8 < entry >> 8 ? column : entry & 0xff;

      if (G_UNLIKELY (pick >> 8 == entry >> 8))
        {
          guint64 other = trials->first + trials->offsets[k];

          byte = trials->along ? conset_coin_tie (coin, column, other >> 6, trials->line, place)
                               : conset_coin_tie (coin, column, trials->line >> 6, other, place);
        }
      success[k] = byte >> (bit & 7) & 1;
    }
}

static inline void
plane_trials (const Trials *trials, gsize n, guint8 *success)
{
  const ConsetCoin *coin = trials->coin;

  memset (success, 0, n * sizeof *success);
  for (guint plane = 0; plane < coin->planes; plane++)
    {
      ConsetKey key = coin->key;
      guint32 drawn[2][4][LANES];
      Counters c[2];

      key.word[3] = plane;
      trial_counters (trials, 7, c);
      threefry_counters (&key, c, n);
      memcpy (drawn, c, sizeof drawn);
      for (guint k = 0; k < n; k++)
        {
          guint bit = trial_bit (trials, k, 7);
          guint8 digit = drawn[k / LANES][bit / 32][k % LANES] >> (bit & 31) & 1;

          success[k] = coin->digits >> plane & 1 ? success[k] | digit : success[k] & digit;
        }
    }
}

static void
coin_trials (const ConsetCoin *coin,
             gboolean along,
             guint64 line,
             guint64 first,
             const guint32 *list,
             gsize n,
             guint8 *success)
{
  Trials trials = { .coin = coin, .along = along, .line = line, .first = first };

  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      gsize some = MIN (AT_ONCE, n - k);

      trials_take (&trials, list + k, some);
      if (coin->planes > 0)
        plane_trials (&trials, some, success + k);
      else
        alias_trials (&trials, some, success + k);
    }
}

/* Groups */

#define MOST CONSET_GROUP_HALVES

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

/* The transpose. Most moves stay within the halves of a vector, which is one instruction. */
static inline void
rows_of_places (const Lanes p[MOST], Rows *rows)
{
  Lanes ab[2] = { __builtin_shufflevector (p[0], p[1], 0, 8, 1, 9, 4, 12, 5, 13),
                  __builtin_shufflevector (p[0], p[1], 2, 10, 3, 11, 6, 14, 7, 15) };
  Lanes cd[2] = { __builtin_shufflevector (p[2], p[3], 0, 8, 1, 9, 4, 12, 5, 13),
                  __builtin_shufflevector (p[2], p[3], 2, 10, 3, 11, 6, 14, 7, 15) };
  Lanes ef[2] = { __builtin_shufflevector (p[4], p[5], 0, 8, 1, 9, 4, 12, 5, 13),
                  __builtin_shufflevector (p[4], p[5], 2, 10, 3, 11, 6, 14, 7, 15) };

  for (guint half = 0; half < 2; half++)
    {
      Lanes even = __builtin_shufflevector (ab[half], cd[half], 0, 1, 8, 9, 4, 5, 12, 13);
      Lanes odd = __builtin_shufflevector (ab[half], cd[half], 2, 3, 10, 11, 6, 7, 14, 15);

      memcpy (rows->four[2 * half], &even, sizeof *rows->four);
      memcpy (rows->four[2 * half + 4], (const char *) &even + sizeof *rows->four,
              sizeof *rows->four);
      memcpy (rows->four[2 * half + 1], &odd, sizeof *rows->four);
      memcpy (rows->four[2 * half + 5], (const char *) &odd + sizeof *rows->four,
              sizeof *rows->four);
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
  odd = places_sort (&places) | places.odd;
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
group_members (const ConsetGroups *groups,
               guint64 line,
               guint64 first,
               guint32 begin,
               guint32 end,
               guint32 skip,
               guint32 *out)
{
  static const Lanes ramp = { 0, 1, 2, 3, 4, 5, 6, 7 };
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
      odd = rows_draw (groups, c[half].x, ((k + ramp) << groups->shift) - skip, &rows);
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
trials_of_groups (const ConsetGroups *groups, const Lanes x[4], Lanes wanted, Lanes *odd)
{
  Lanes success = { 0 };
  Places places;

  places_of_lanes (groups, x, &places);
  for (guint k = 0; k < MOST; k++)
    success |= (Lanes) (places.place[k] == wanted) & places.has[k];
  *odd = places_sort (&places) | places.odd;
  return success;
}

static void
group_trials (const ConsetGroups *groups,
              gboolean along,
              guint64 line,
              guint64 first,
              const guint32 *list,
              gsize n,
              guint8 *success)
{
  Trials trials = { .along = along, .line = line, .first = first };
  guint32 mask = (1u << groups->shift) - 1;

  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      gsize some = MIN (AT_ONCE, n - k);
      guint32 done[2][LANES], singly[2][LANES];
      Counters c[2];

      trials_take (&trials, list + k, some);
      trial_counters (&trials, groups->shift, c);
      threefry_counters (&groups->key, c, some);
      for (guint half = 0; half < 2; half++)
        {
          Lanes wanted, odd, hit;

          memcpy (&wanted, trials.offsets + half * LANES, sizeof wanted);
          wanted = (along ? (guint32) first + wanted : (guint32) line + 0 * wanted) & mask;
          hit = trials_of_groups (groups, c[half].x, wanted, &odd);
          memcpy (done[half], &hit, sizeof hit);
          memcpy (singly[half], &odd, sizeof odd);
        }
      for (gsize j = 0; j < some; j++)
        {
          guint64 other = first + trials.offsets[j];

          if (G_UNLIKELY (singly[j / LANES][j % LANES]))
            success[k + j] = along ? conset_groups_have (groups, other, line)
                                   : conset_groups_have (groups, line, other);
          else
            success[k + j] = done[j / LANES][j % LANES] & 1;
        }
    }
}

const ConsetDraws CONSET_DRAWS = {
  .threefry = threefry,
  .coin_words = coin_words,
  .coin_trials = coin_trials,
  .group_members = group_members,
  .group_trials = group_trials,
};

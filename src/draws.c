/* SPDX-License-Identifier: MIT */
/*
 * The kernels that draw bits, compiled once for every instruction set under the name
 * CONSET_DRAWS. They are written in lanes.
 */
#include "compress.h"
#include "sheet_lanes.h"

/* Blocks of random bits */

static void
threefry (
  const ConsetKey *key, guint64 a, guint64 b, guint64 da, guint64 db, gsize n, guint32 (*out)[4])
{
  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      Counters c[2];

      place_counters (a + k * da, b + k * db, da, db, c);
      threefry_counters (key, c, n - k);
      for (guint half = 0; half < 2; half++)
        {
          gsize at = k + half * LANES, some = MIN (LANES, n - MIN (n, at));
          guint32 rows[LANES][4];

          if (G_LIKELY (some == LANES))
            rows_of_four (c[half].x, out + at);
          else
            {
              rows_of_four (c[half].x, rows);
              memcpy (out + at, rows, some * sizeof *rows);
            }
        }
    }
}

/* Pairs that share a place by fours */

static void
pair_bits (const ConsetKey *key,
           gboolean along,
           guint64 line,
           guint64 first,
           const guint32 *list,
           gsize n,
           guint32 *bits)
{
  Trials trials = { along, line, first, NULL };
  guint32 last[AT_ONCE] = { 0 };

  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      gsize some = MIN (AT_ONCE, n - k);
      guint32 drawn[2][4][LANES];
      Counters c[2];

      trials.offsets = list + k;
      if (some < AT_ONCE)
        trials.offsets = memcpy (last, list + k, some * sizeof *last);
      trial_counters (&trials, 2, c);
      threefry_counters (key, c, some);
      memcpy (drawn, c, sizeof drawn);
      for (gsize j = 0; j < some; j++)
        bits[k + j] = drawn[j / LANES][trial_bit (&trials, j, 2)][j % LANES];
    }
}

/* Pairs that have a place each */

/* The places of sixteen pairs; @offsets (nullable) has as many entries. */
static inline void
pair_counters (
  gboolean along, guint64 line, guint64 first, const guint32 *offsets, gsize skip, Counters c[2])
{
  if (offsets == NULL)
    {
      first += skip;
      place_counters (along ? first : line, along ? line : first, along, !along, c);
      return;
    }
  for (guint k = 0; k < 2; k++)
    {
      Lanes some = load_lanes (offsets + k * LANES);
      Lanes *moving = c[k].x + (along ? 0 : 2), *still = c[k].x + (along ? 2 : 0);

      add_lanes (first, some, &moving[0], &moving[1]);
      still[0] = (guint32) line + (Lanes){ 0 };
      still[1] = (guint32) (line >> 32) + (Lanes){ 0 };
    }
}

static void
pair_draws (const ConsetKey *key,
            gboolean along,
            guint64 line,
            guint64 first,
            const guint32 *list,
            gsize n,
            guint64 *bits,
            guint64 *more)
{
  guint32 last[AT_ONCE] = { 0 };

  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      gsize some = MIN (AT_ONCE, n - k);
      const guint32 *offsets = list != NULL ? list + k : NULL;
      guint64 joined[AT_ONCE];
      Counters c[2];

      if (offsets != NULL && some < AT_ONCE)
        offsets = memcpy (last, offsets, some * sizeof *last);
      pair_counters (along, line, first, offsets, k, c);
      threefry_counters (key, c, some);
      for (guint half = 0; half < 2; half++)
        join_halves (c[half].x[0], c[half].x[1], joined + half * LANES);
      memcpy (bits + k, joined, some * sizeof *bits);
      if (more == NULL)
        continue;
      for (guint half = 0; half < 2; half++)
        join_halves (c[half].x[2], c[half].x[3], joined + half * LANES);
      memcpy (more + k, joined, some * sizeof *more);
    }
}

/* Pairs on sheets */

/* The key and the counters of a list, of which all places are on one sheet. */
typedef struct
{
  gboolean along;
  guint64 line;
  guint64 first;
  SheetSchedule schedule;
} SheetPairs;

static void
sheet_pairs_init (
  SheetPairs *pairs, const ConsetSheets *sheets, gboolean along, guint64 line, guint64 first)
{
  guint32 key[2];

  if (along)
    conset_sheets_key (sheets, first >> 1, line, key);
  else
    conset_sheets_key (sheets, line >> 1, first, key);
  pairs->along = along;
  pairs->line = line;
  pairs->first = first;
  schedule_sheet (key, &pairs->schedule);
}

/* The 32 bits of @sets times eight pairs. */
static inline __attribute__ ((always_inline)) void
sheet_pairs_draw (const SheetPairs *pairs, const guint32 *offsets, guint sets, Lanes *bits)
{
  SheetCounters c[SHEET_SETS];

  for (guint set = 0; set < sets; set++)
    {
      Lanes eight = load_lanes (offsets + set * LANES);

      c[set].x[0] = pairs->along ? sheet_steps (pairs->first, 1, eight)
                                 : (guint32) (pairs->line >> 1) + (Lanes){ 0 };
      c[set].x[1] =
        pairs->along ? (guint32) pairs->line + (Lanes){ 0 } : (guint32) pairs->first + eight;
    }
  sheet_draw (&pairs->schedule, c, sets);
  for (guint set = 0; set < sets; set++)
    {
      Lanes second = (guint32) pairs->line + (Lanes){ 0 };

      if (pairs->along)
        second = (guint32) pairs->first + load_lanes (offsets + set * LANES);
      second = 0 - (second & 1);
      bits[set] = (c[set].x[0] & ~second) | (c[set].x[1] & second);
    }
}

#define SHEET_PAIRS (SHEET_SETS * LANES)

/* Of SHEET_PAIRS pairs, the first @n are wanted. */
static inline __attribute__ ((always_inline)) void
sheet_pairs_some (const SheetPairs *pairs, const guint32 *offsets, gsize n, Lanes bits[SHEET_SETS])
{
  if (n > 2 * LANES)
    sheet_pairs_draw (pairs, offsets, SHEET_SETS, bits);
  else if (n > LANES)
    sheet_pairs_draw (pairs, offsets, 2, bits);
  else
    sheet_pairs_draw (pairs, offsets, 1, bits);
}

static void
sheet_list (const ConsetSheets *sheets,
            gboolean along,
            guint64 line,
            guint64 first,
            const guint32 *list,
            gsize n,
            guint32 *bits)
{
  Lanes padded[SHEET_SETS];
  SheetPairs pairs;

  if (!on_one_sheet (first, along ? 1 : 0, list, n))
    {
      for (gsize k = 0; k < n; k++)
        {
          guint64 i = along ? first + list[k] : line, j = along ? line : first + list[k];

          bits[k] = (guint32) (conset_sheets_draw (sheets, i >> 1, j) >> 32 * (i & 1));
        }
      return;
    }
  sheet_pairs_init (&pairs, sheets, along, line, first);
  for (gsize k = 0; k < n; k += SHEET_PAIRS)
    {
      gsize some = MIN (SHEET_PAIRS, n - k);
      const guint32 *offsets = list + k;
      Lanes drawn[SHEET_SETS];

      if (some < SHEET_PAIRS)
        offsets = pad_list (padded, offsets, some);
      sheet_pairs_some (&pairs, offsets, some, drawn);
      memcpy (bits + k, drawn, some * sizeof *bits);
    }
}

/* Two by two: the words of a place belong to neighbours. */
static void
sheet_run (const ConsetSheets *sheets, guint64 line, guint64 first, gsize n, guint32 *bits)
{
  const guint64 side = G_GUINT64_CONSTANT (1) << 33;

  for (gsize k = 0, some; k < n; k += some)
    {
      guint64 at = first + k, skip = at & 1;
      guint32 key[2], words[2 * SHEET_PAIRS];
      SheetSchedule schedule;
      SheetCounters c[SHEET_SETS];

      conset_sheets_key (sheets, at >> 1, line, key);
      schedule_sheet (key, &schedule);
      for (guint set = 0; set < SHEET_SETS; set++)
        {
          c[set].x[0] = (guint32) (at >> 1) + LANE_NUMBERS + set * LANES;
          c[set].x[1] = (guint32) line + (Lanes){ 0 };
        }
      sheet_draw (&schedule, c, SHEET_SETS);
      for (guint set = 0; set < SHEET_SETS; set++)
        for (guint lane = 0; lane < LANES; lane++)
          for (guint word = 0; word < 2; word++)
            words[2 * (LANES * set + lane) + word] = c[set].x[word][lane];
      some = MIN (2 * SHEET_PAIRS - skip, n - k);
      some = MIN (some, side - at % side);
      memcpy (bits + k, words + skip, some * sizeof *bits);
    }
}

/* Eight entries of a sieve. */
static inline Lanes
sieve_entries (const guint32 *sieve, const guint32 *steps)
{
  Lanes entries;

#ifdef __AVX2__
  __m256i at = _mm256_loadu_si256 ((const __m256i *) steps);

  entries = (Lanes) _mm256_i32gather_epi32 ((const int *) sieve, at, 4);
#else
  for (guint lane = 0; lane < LANES; lane++)
    entries[lane] = sieve[steps[lane]];
#endif
  return entries;
}

static gsize
sheet_sieve (const ConsetSheets *sheets,
             gboolean along,
             guint64 line,
             guint64 first,
             const guint32 *list,
             const guint32 *steps,
             gsize n,
             const guint32 *sieve,
             guint32 *kept,
             guint32 *open,
             gsize *n_open)
{
  Lanes padded[SHEET_SETS], padded_steps[SHEET_SETS];
  SheetPairs pairs;
  gsize n_kept = 0;

  *n_open = 0;
  if (!on_one_sheet (first, along ? 1 : 0, list, n))
    {
      memcpy (open, list, n * sizeof *open);
      *n_open = n;
      return 0;
    }
  sheet_pairs_init (&pairs, sheets, along, line, first);
  for (gsize k = 0; k < n; k += SHEET_PAIRS)
    {
      gsize some = MIN (SHEET_PAIRS, n - k);
      guint32 wanted = G_MAXUINT32 >> (SHEET_PAIRS - some);
      const guint32 *offsets = list + k, *at = steps + k;
      Lanes drawn[SHEET_SETS];

      if (some < SHEET_PAIRS)
        {
          offsets = pad_list (padded, offsets, some);
          at = pad_list (padded_steps, at, some);
        }
      sheet_pairs_some (&pairs, offsets, some, drawn);
      for (guint set = 0; set * LANES < some; set++, wanted >>= LANES)
        {
          SignedLanes t = (SignedLanes) (drawn[set] >> 16);
          Lanes entries = sieve_entries (sieve, at + set * LANES);
          Lanes below = (Lanes) (t < (SignedLanes) (entries >> 16));
          Lanes above = (Lanes) (t > (SignedLanes) (entries & 0xffff));
          guint sure = lanes_mask (below), unsure = ~(sure | lanes_mask (above)) & wanted & 0xff;

          n_kept += compress_eight (kept + n_kept, offsets + set * LANES, sure & wanted);
          if (unsure != 0)
            *n_open += compress_eight (open + *n_open, offsets + set * LANES, unsure);
        }
    }
  return n_kept;
}

const ConsetDraws CONSET_DRAWS = {
  .threefry = threefry,
  .pair_bits = pair_bits,
  .pair_draws = pair_draws,
  .sheet_list = sheet_list,
  .sheet_run = sheet_run,
  .sheet_sieve = sheet_sieve,
};

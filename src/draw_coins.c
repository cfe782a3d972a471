/* SPDX-License-Identifier: MIT */
/*
 * The kernels that toss coins, see coin.h, compiled once for every instruction set under the name
 * CONSET_COINS. They are written in lanes.
 */
#include "coin.h"
#include "sheet_lanes.h"

/* {{{ words of alias coins */

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

/* Eight words; x are the draws of their lower halves, and of the upper ones. */
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

/* Words of one sheet, sixteen at a time: for each eight of them two sets of places. */
static void
alias_words_of_sheet (const ConsetCoin *coin,
                      guint64 block,
                      guint64 line,
                      guint64 dblock,
                      guint64 dline,
                      gsize n,
                      guint64 *words)
{
  SheetSchedule schedule;
  guint32 key[2];

  conset_sheets_key (&coin->sheets, 2 * block, line, key);
  schedule_sheet (key, &schedule);
  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      SheetCounters c[4];

      for (guint set = 0; set < 4; set++)
        {
          Lanes step = (guint32) k + LANES * (set / 2) + LANE_NUMBERS;

          c[set].x[0] = 2 * ((guint32) block + step * (guint32) dblock) + set % 2;
          c[set].x[1] = (guint32) line + step * (guint32) dline;
        }
      if (n - k > LANES)
        sheet_draw (&schedule, c, 4);
      else
        sheet_draw (&schedule, c, 2);
      for (gsize at = k; at < MIN (n, k + AT_ONCE); at += LANES)
        {
          const SheetCounters *half = c + (at - k) / LANES * 2;
          const Lanes x[] = { half[0].x[0], half[0].x[1], half[1].x[0], half[1].x[1] };
          guint64 eight[LANES];

          alias_words_8 (coin, block + at * dblock, line + at * dline, dblock, dline, x, eight);
          memcpy (words + at, eight, MIN (LANES, n - at) * sizeof *words);
        }
    }
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
  const guint64 side = G_GUINT64_CONSTANT (1) << 32;

  for (gsize k = 0, some; k < n; k += some)
    {
      guint64 left =
        dblock == 1 ? side / 2 - (block + k) % (side / 2) : side - (line + k * dline) % side;

      some = MIN (left, n - k);
      alias_words_of_sheet (coin, block + k * dblock, line + k * dline, dblock, dline, some,
                            words + k);
    }
}

/* }}} */

/* {{{ words of plane coins */

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
      ConsetKey key = coin->sheets.key;
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

/* }}} */

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

/* {{{ single trials */

#define TRIALS_MOST (SHEET_SETS * LANES)

/* Trials (first + list[k], line) or, unless along, (line, first + list[k]); @near: their places are
 * on one sheet, that of the schedule. Where they are of one line, half of each place is the same
 * for all of them, and half of the counters is @still before the first round. */
typedef struct
{
  const ConsetCoin *coin;
  gboolean along;
  guint64 line;
  guint64 first;
  gboolean near;
  Lanes still;
  SheetSchedule schedule;
} Tosses;

static inline gboolean
toss_one (const Tosses *tosses, guint32 offset, guint32 line)
{
  guint64 along = tosses->first + offset, across = tosses->line + line;

  return conset_coin_trial (tosses->coin, tosses->along ? along : across,
                            tosses->along ? across : along);
}

/* What eight trials come to, a bit for each, and which of them tie. As pick_columns(), but that
 * numbers are chosen by one bit of @i, the first index of the trials: bit 4 chooses the word, bit 3
 * its half, bits 0 to 2 a bit of the byte. */
#ifdef __AVX2__

#define CHOOSE(no, yes, sign)                                                                      \
  ((Lanes) _mm256_blendv_ps ((__m256) (no), (__m256) (yes), (__m256) (sign)))
#define SHIFTED_DOWN(x, by) ((Lanes) _mm256_srlv_epi32 ((__m256i) (x), (__m256i) (by)))

static inline guint
alias_bits (const ConsetCoin *coin, const Lanes x[2], Lanes i, guint *ties)
{
  Lanes bits = SHIFTED_DOWN (CHOOSE (x[0], x[1], i << 27), i << 1 & 16);
  Lanes column = bits & 0xff, height = bits << 16 >> 24;
  Lanes entry = (Lanes) _mm256_i32gather_epi32 ((const int *) coin->columns, (__m256i) column, 4);
  Lanes threshold = entry >> 8;
  Lanes below = (Lanes) ((SignedLanes) height < (SignedLanes) threshold);
  Lanes bytes = CHOOSE (entry, column, below);

  *ties = (guint) _mm256_movemask_ps ((__m256) (height == threshold));
  return (guint) _mm256_movemask_ps ((__m256) (SHIFTED_DOWN (bytes, i & 7) << 31));
}

#else

static inline guint
alias_bits (const ConsetCoin *coin, const Lanes x[2], Lanes i, guint *ties)
{
  Lanes second = (Lanes) ((i & 16) != 0), tied;
  Lanes bits = ((x[0] & ~second) | (x[1] & second)) >> (i << 1 & 16) & 0xffff;
  Lanes bytes = pick_columns (coin->columns, bits, &tied) >> (i & 7);
  guint all = 0;

  *ties = 0;
  for (guint lane = 0; lane < LANES; lane++)
    {
      all |= (bytes[lane] & 1) << lane;
      *ties |= (tied[lane] & 1) << lane;
    }
  return all;
}

#endif

/* Of trials that tie, with those behind the end of the list: their bits, one by one. */
static __attribute__ ((noinline)) guint32
settle_bits (
  const Tosses *tosses, const guint32 *offsets, const guint32 *lines, guint32 ties, guint32 bits)
{
  for (; ties != 0; ties &= ties - 1)
    {
      guint trial = (guint) __builtin_ctz (ties);
      guint32 line = lines != NULL ? lines[trial] : 0;

      bits &= ~(1u << trial);
      bits |= (guint32) toss_one (tosses, offsets[trial], line) << trial;
    }
  return bits;
}

/* @sets times eight trials of an alias coin: a bit for each. @lines: by which each trial's line
 * is behind the first; NULL where all are of one line. */
static inline __attribute__ ((always_inline)) guint32
alias_successes (
  const Tosses *tosses, const guint32 *offsets, const guint32 *lines, guint sets, gboolean along)
{
  const SheetSchedule *schedule = &tosses->schedule;
  guint32 bits = 0, ties = 0;
  SheetCounters c[SHEET_SETS];
  Lanes eight[SHEET_SETS], line[SHEET_SETS];

  for (guint set = 0; set < sets; set++)
    {
      eight[set] = load_lanes (offsets + set * LANES);
      line[set] = (guint32) tosses->line + (Lanes){ 0 };
      if (lines != NULL)
        line[set] += load_lanes (lines + set * LANES);
      c[set].x[0] = tosses->still;
      c[set].x[1] = tosses->still;
      if (along)
        c[set].x[0] = sheet_steps (tosses->first, 5, eight[set]) + schedule->key[0];
      else if (lines != NULL)
        c[set].x[0] =
          sheet_steps (tosses->line, 5, load_lanes (lines + set * LANES)) + schedule->key[0];
      if (!along)
        c[set].x[1] = (guint32) tosses->first + eight[set] + schedule->last[0];
      else if (lines != NULL)
        c[set].x[1] = line[set] + schedule->last[0];
    }
  sheet_rounds (schedule, c, sets);
  for (guint set = 0; set < sets; set++)
    {
      Lanes i = along ? (guint32) tosses->first + eight[set] : line[set];
      guint tied;

      bits |= alias_bits (tosses->coin, c[set].x, i, &tied) << (set * LANES);
      ties |= tied << (set * LANES);
    }
  return G_UNLIKELY (ties != 0) ? settle_bits (tosses, offsets, lines, ties, bits) : bits;
}

/* Sixteen trials of a plane coin at most, as the above. */
static guint32
plane_successes (const Tosses *tosses, const guint32 offsets[AT_ONCE], gsize n)
{
  const ConsetCoin *coin = tosses->coin;
  const Trials trials = { tosses->along, tosses->line, tosses->first, offsets };
  guint32 all = 0;

  for (guint plane = 0; plane < coin->planes; plane++)
    {
      ConsetKey key = coin->sheets.key;
      guint32 drawn[2][4][LANES], digits = 0;
      Counters c[2];

      key.word[3] = plane;
      trial_counters (&trials, 7, c);
      threefry_counters (&key, c, n);
      memcpy (drawn, c, sizeof drawn);
      for (guint k = 0; k < n; k++)
        {
          guint bit = trial_bit (&trials, k, 7);

          digits |= (drawn[k / LANES][bit / 32][k % LANES] >> (bit & 31) & 1) << k;
        }
      all = coin->digits >> plane & 1 ? all | digits : all & digits;
    }
  return all;
}

/* Of trials on several sheets, one by one. */
static guint32
far_successes (const Tosses *tosses, const guint32 *offsets, const guint32 *lines, gsize n)
{
  guint32 all = 0;

  for (guint k = 0; k < n; k++)
    all |= (guint32) toss_one (tosses, offsets[k], lines != NULL ? lines[k] : 0) << k;
  return all;
}

static void
tosses_init (Tosses *tosses,
             const ConsetCoin *coin,
             gboolean along,
             guint64 line,
             guint64 first,
             const guint32 *list,
             gsize n)
{
  guint32 key[2];

  tosses->coin = coin;
  tosses->along = along;
  tosses->line = line;
  tosses->first = first;
  tosses->near = on_one_sheet (tosses->first, tosses->along ? 5 : 0, list, n);
  if (tosses->coin->planes > 0 || !tosses->near)
    return;
  if (along)
    conset_sheets_key (&coin->sheets, first >> 5, line, key);
  else
    conset_sheets_key (&coin->sheets, line >> 5, first, key);
  schedule_sheet (key, &tosses->schedule);
  tosses->still = along ? (guint32) line + tosses->schedule.last[0]
                        : (guint32) (line >> 5) + tosses->schedule.key[0];
}

/* The same of an alias coin. */
static inline __attribute__ ((always_inline)) guint32
alias_some (const Tosses *tosses, const guint32 *list, gsize n, gboolean along)
{
  if (n > 2 * LANES)
    return alias_successes (tosses, list, NULL, SHEET_SETS, along);
  if (n > LANES)
    return alias_successes (tosses, list, NULL, 2, along);
  return alias_successes (tosses, list, NULL, 1, along);
}

/* What @n trials, at most TRIALS_MOST, come to: a bit for each. */
static inline __attribute__ ((always_inline)) guint32
tosses_look (const Tosses *tosses, const guint32 *list, gsize n)
{
  Lanes padded[SHEET_SETS];
  guint32 all;

  if (n < TRIALS_MOST)
    list = pad_list (padded, list, n);
  if (tosses->coin->planes > 0)
    {
      all = plane_successes (tosses, list, MIN (n, AT_ONCE));
      if (n > AT_ONCE)
        all |= plane_successes (tosses, list + AT_ONCE, n - AT_ONCE) << AT_ONCE;
      return all;
    }
  if (!tosses->near)
    return far_successes (tosses, list, NULL, n);
  all = tosses->along ? alias_some (tosses, list, n, TRUE) : alias_some (tosses, list, n, FALSE);
  return all & G_MAXUINT32 >> (TRIALS_MOST - n);
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
  Tosses tosses;

  tosses_init (&tosses, coin, along, line, first, list, n);
  for (gsize k = 0; k < n; k += TRIALS_MOST)
    {
      gsize some = MIN (TRIALS_MOST, n - k);
      guint32 bits = tosses_look (&tosses, list + k, some);

      for (gsize trial = 0; trial < some; trial++)
        success[k + trial] = bits >> trial & 1;
    }
}

/* The lines of TRIALS_MOST entries from @k on; @line is that of the first of them, and becomes that
 * of the first behind them. */
static inline void
follow_lines (const guint32 *ends, guint n_lines, guint32 k, guint *line, Lanes lines[SHEET_SETS])
{

  for (guint set = 0; set < SHEET_SETS; set++)
    lines[set] = *line + (Lanes){ 0 };
  for (; *line < n_lines - 1 && ends[*line] <= k + TRIALS_MOST; (*line)++)
    for (guint set = 0; set < SHEET_SETS; set++)
      {
        SignedLanes at = (SignedLanes) (k + set * LANES + LANE_NUMBERS);

        lines[set] -= (Lanes) (at >= (gint32) ends[*line]);
      }
}

/* Trials of an alias coin, wherever lines end. */
static void
toss_lines (
  const Tosses *tosses, const guint32 *ends, guint n_lines, const guint32 *list, guint32 *bits)
{
  const guint32 n = ends[n_lines - 1];
  const guint64 last = tosses->line + n_lines - 1;
  const guint shift = tosses->along ? 0 : 5;
  const gboolean near = tosses->near && tosses->line >> shift >> 32 == last >> shift >> 32;
  guint current = 0;

  for (guint32 k = 0; k < n; k += TRIALS_MOST, bits++)
    {
      gsize some = MIN (TRIALS_MOST, n - k);
      const guint32 *offsets = list + k, *across;
      Lanes padded[SHEET_SETS], lines[SHEET_SETS];

      follow_lines (ends, n_lines, k, &current, lines);
      across = (const guint32 *) lines;
      if (some < TRIALS_MOST)
        offsets = pad_list (padded, offsets, some);
      if (!near)
        *bits = far_successes (tosses, offsets, across, some);
      else if (tosses->along)
        *bits = alias_successes (tosses, offsets, across, SHEET_SETS, TRUE);
      else
        *bits = alias_successes (tosses, offsets, across, SHEET_SETS, FALSE);
      *bits &= G_MAXUINT32 >> (TRIALS_MOST - some);
    }
}

/* Trials of a plane coin, line by line, as they share what is drawn. */
static void
toss_each_line (
  Tosses *tosses, const guint32 *ends, guint n_lines, const guint32 *list, guint32 *bits)
{
  guint32 k = 0;

  memset (bits, 0, (ends[n_lines - 1] + 31) / 32 * sizeof *bits);
  for (guint line = 0; line < n_lines; line++, tosses->line++)
    for (gsize some; k < ends[line]; k += some)
      {
        guint64 all;

        some = MIN (TRIALS_MOST, ends[line] - k);
        all = (guint64) tosses_look (tosses, list + k, some) << k % 32;
        bits[k / 32] |= (guint32) all;
        if (all >> 32 != 0)
          bits[k / 32 + 1] |= (guint32) (all >> 32);
      }
}

static void
coin_toss (const ConsetCoin *coin,
           gboolean along,
           guint64 line,
           const guint32 *ends,
           guint n_lines,
           guint64 first,
           const guint32 *list,
           guint32 *bits)
{
  Tosses tosses;

  tosses_init (&tosses, coin, along, line, first, list, ends[n_lines - 1]);
  if (coin->planes == 0)
    toss_lines (&tosses, ends, n_lines, list, bits);
  else
    toss_each_line (&tosses, ends, n_lines, list, bits);
}

/* }}} */

const ConsetCoins CONSET_COINS = {
  .words = coin_words,
  .trials = coin_trials,
  .toss = coin_toss,
};

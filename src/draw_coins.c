/* SPDX-License-Identifier: MIT */
/*
 * The kernels that toss coins, see coin.h, compiled once for every instruction set under the name
 * CONSET_COINS. They are written in lanes.
 */
#include "coin.h"
#include "compress.h"
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

/* Trials of an entry of a list and a line, counted from the first of either: (first + entry, line)
 * or, unless along, (line, first + entry). @near: their places are on one sheet, that of the
 * schedule. */
typedef struct
{
  const ConsetCoin *coin;
  gboolean along;
  guint64 line;
  guint64 first;
  gboolean near;
  SheetSchedule schedule;
} Tosses;

static inline gboolean
toss_one (const Tosses *tosses, guint32 offset, guint32 line)
{
  guint64 along = tosses->first + offset, across = tosses->line + line;

  return conset_coin_trial (tosses->coin, tosses->along ? along : across,
                            tosses->along ? across : along);
}

/* Lanes of @yes where bit @bit of @i is set, of @no elsewhere. */
static inline Lanes
choose_lanes (Lanes no, Lanes yes, Lanes i, guint bit)
{
#ifdef __AVX2__
  return (Lanes) _mm256_blendv_ps ((__m256) no, (__m256) yes, (__m256) (i << (31 - bit)));
#else
  Lanes set = (Lanes) ((i & 1u << bit) != 0);

  return (no & ~set) | (yes & set);
#endif
}

/* Each lane by itself. */
static inline Lanes
shift_lanes_down (Lanes x, Lanes by)
{
#ifdef __AVX2__
  return (Lanes) _mm256_srlv_epi32 ((__m256i) x, (__m256i) by);
#else
  return x >> by;
#endif
}

/* Of the draws at the places of eight trials, the sixteen bits that are theirs: bit 4 of @i, the
 * first index of the trials, chooses the word, and bit 3 its half. */
static inline Lanes
alias_draws (const Lanes x[2], Lanes i)
{
  return shift_lanes_down (choose_lanes (x[0], x[1], i, 4), i << 1 & 16) & 0xffff;
}

/* What eight trials come to, in the highest bit of each lane, and which of them tie. The entry of a
 * column is above the draw where the threshold is above the height, which is all that there is to
 * ask unless they tie. */
static inline Lanes
alias_outcomes (const guint32 *columns, Lanes draws, Lanes i, Lanes *ties)
{
#ifdef __AVX2__
  Lanes entries =
    (Lanes) _mm256_i32gather_epi32 ((const int *) columns, (__m256i) (draws & 0xff), 4);
  Lanes below = (Lanes) ((SignedLanes) draws < (SignedLanes) entries);
  Lanes bytes = (Lanes) _mm256_blendv_ps ((__m256) entries, (__m256) draws, (__m256) below);

  *ties = (Lanes) ((SignedLanes) (entries ^ draws) < 256);
#else
  Lanes bytes = pick_columns (columns, draws, ties);
#endif
  return shift_lanes_down (bytes, i & 7) << 31;
}

/* The highest bits of the lanes of @sets sets. */
static inline __attribute__ ((always_inline)) guint32
highest_bits (const Lanes *x, guint sets)
{
#ifdef __AVX2__
  if (sets == SHEET_SETS)
    {
      __m256i low = _mm256_packs_epi32 ((__m256i) x[0], (__m256i) x[1]);
      __m256i high = _mm256_packs_epi32 ((__m256i) x[2], (__m256i) x[3]);
      __m256i fours = _mm256_packs_epi16 (low, high);

      return (guint32) _mm256_movemask_epi8 (
        _mm256_permutevar8x32_epi32 (fours, _mm256_setr_epi32 (0, 4, 1, 5, 2, 6, 3, 7)));
    }
#endif
  guint32 bits = 0;

  for (guint set = 0; set < sets; set++)
    bits |= lanes_mask (x[set]) << (set * LANES);
  return bits;
}

/* Of trials that tie, with those behind the end of the list: their bits, one by one. */
static __attribute__ ((noinline)) guint32
settle_bits (const Tosses *tosses,
             const guint32 *offsets,
             const guint32 *lines,
             const Lanes *draws,
             guint32 ties,
             guint32 bits)
{
  const ConsetCoin *coin = tosses->coin;

  for (; ties != 0; ties &= ties - 1)
    {
      guint trial = (guint) __builtin_ctz (ties);
      guint column = draws[trial / LANES][trial % LANES] & 0xff, byte;
      guint64 i = tosses->first + offsets[trial];
      guint64 j = tosses->line + (lines != NULL ? lines[trial] : 0);

      if (!tosses->along)
        {
          guint64 swap = i;

          i = j;
          j = swap;
        }
      /* Mostly both outcomes of the column agree in this trial. */
      byte = column;
      if ((column ^ coin->columns[column]) >> (i & 7) & 1)
        byte = conset_coin_tie (coin, column, i >> 6, j, i >> 3 & 7);
      bits &= ~(1u << trial);
      bits |= (byte >> (i & 7) & 1) << trial;
    }
  return bits;
}

/* The counters of eight trials, to which the key has been added, and the first indices of the
 * trials. */
static inline void
alias_counters (const Tosses *tosses, Lanes offsets, Lanes lines, SheetCounters *c, Lanes *i)
{
  const SheetSchedule *schedule = &tosses->schedule;

  if (tosses->along)
    {
      *i = (guint32) tosses->first + offsets;
      c->x[0] = sheet_steps (tosses->first, 5, offsets) + schedule->key[0];
      c->x[1] = (guint32) tosses->line + lines + schedule->last[0];
    }
  else
    {
      *i = (guint32) tosses->line + lines;
      c->x[0] = sheet_steps (tosses->line, 5, lines) + schedule->key[0];
      c->x[1] = (guint32) tosses->first + offsets + schedule->last[0];
    }
}

/* @sets times eight trials of an alias coin: a bit for each. @lines (nullable): by which the line
 * of each trial is behind the first. */
static inline __attribute__ ((always_inline)) guint32
alias_successes (const Tosses *tosses, const guint32 *offsets, const guint32 *lines, guint sets)
{
  const guint32 *columns = tosses->coin->columns;
  Lanes i[SHEET_SETS], draws[SHEET_SETS], outcomes[SHEET_SETS], ties[SHEET_SETS];
  SheetCounters c[SHEET_SETS];
  guint32 bits, tied;

  for (guint set = 0; set < sets; set++)
    {
      Lanes behind = lines != NULL ? load_lanes (lines + set * LANES) : (Lanes){ 0 };

      alias_counters (tosses, load_lanes (offsets + set * LANES), behind, &c[set], &i[set]);
    }
  sheet_rounds (&tosses->schedule, c, sets);
  for (guint set = 0; set < sets; set++)
    {
      draws[set] = alias_draws (c[set].x, i[set]);
      outcomes[set] = alias_outcomes (columns, draws[set], i[set], &ties[set]);
    }
  bits = highest_bits (outcomes, sets);
  tied = highest_bits (ties, sets);
  return G_UNLIKELY (tied != 0) ? settle_bits (tosses, offsets, lines, draws, tied, bits) : bits;
}

/* Each by itself, lest what they share be done before they differ, set by set. */
#define ALIAS_SUCCESSES(name, sets)                                                                \
  static __attribute__ ((noinline)) guint32 name (const Tosses *tosses, const guint32 *offsets,    \
                                                  const guint32 *lines)                            \
  {                                                                                                \
    return alias_successes (tosses, offsets, lines, sets);                                         \
  }

ALIAS_SUCCESSES (alias_8, 1)
ALIAS_SUCCESSES (alias_16, 2)
ALIAS_SUCCESSES (alias_32, 4)

/* Sixteen trials of a plane coin, as the above, of which the first @n are wanted. The words that
 * the trials are in are combined, then their bits are picked out. */
static guint32
plane_successes (const Tosses *tosses, const guint32 *offsets, const guint32 *lines, gsize n)
{
  const ConsetCoin *coin = tosses->coin;
  Lanes i[2][2], j[2][2], sums[2] = { { 0 }, { 0 } };

  for (guint set = 0; set < 2; set++)
    {
      Lanes *moving = tosses->along ? i[set] : j[set], *still = tosses->along ? j[set] : i[set];
      Lanes line = lines != NULL ? load_lanes (lines + set * LANES) : (Lanes){ 0 };

      add_lanes (tosses->first, load_lanes (offsets + set * LANES), &moving[0], &moving[1]);
      add_lanes (tosses->line, line, &still[0], &still[1]);
    }
  for (guint plane = 0; plane < coin->planes; plane++)
    {
      ConsetKey key = coin->sheets.key;
      Counters c[2];

      key.word[3] = plane;
      for (guint set = 0; set < 2; set++)
        c[set] =
          (Counters){ { i[set][0] >> 7 | i[set][1] << 25, i[set][1] >> 7, j[set][0], j[set][1] } };
      threefry_counters (&key, c, n);
      for (guint set = 0; set < 2; set++)
        {
          const Lanes *x = c[set].x, at = i[set][0];
          Lanes word = choose_lanes (choose_lanes (x[0], x[1], at, 5),
                                     choose_lanes (x[2], x[3], at, 5), at, 6);

          sums[set] = coin->digits >> plane & 1 ? sums[set] | word : sums[set] & word;
        }
    }
  for (guint set = 0; set < 2; set++)
    sums[set] = shift_lanes_down (sums[set], i[set][0] & 31) << 31;
  return highest_bits (sums, 2);
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
             guint n_lines,
             guint64 first,
             const guint32 *list,
             gsize n)
{
  const guint shift = along ? 0 : 5;
  guint32 key[2];

  tosses->coin = coin;
  tosses->along = along;
  tosses->line = line;
  tosses->first = first;
  tosses->near = line >> shift >> 32 == (line + n_lines - 1) >> shift >> 32
                 && on_one_sheet (first, along ? 5 : 0, list, n);
  if (tosses->coin->planes > 0 || !tosses->near)
    return;
  if (along)
    conset_sheets_key (&coin->sheets, first >> 5, line, key);
  else
    conset_sheets_key (&coin->sheets, line >> 5, first, key);
  schedule_sheet (key, &tosses->schedule);
}

/* What the first @n of TRIALS_MOST trials come to: a bit for each. */
static inline guint32
tosses_look (const Tosses *tosses, const guint32 *offsets, const guint32 *lines, gsize n)
{
  const guint32 *rest = lines != NULL ? lines + AT_ONCE : NULL;
  guint32 all;

  if (tosses->coin->planes > 0)
    {
      all = plane_successes (tosses, offsets, lines, n);
      if (n > AT_ONCE)
        all |= plane_successes (tosses, offsets + AT_ONCE, rest, n - AT_ONCE) << AT_ONCE;
    }
  else if (!tosses->near)
    return far_successes (tosses, offsets, lines, n);
  else if (n > 2 * LANES)
    all = alias_32 (tosses, offsets, lines);
  else
    all = n > LANES ? alias_16 (tosses, offsets, lines) : alias_8 (tosses, offsets, lines);
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

  tosses_init (&tosses, coin, along, line, 1, first, list, n);
  for (gsize k = 0; k < n; k += TRIALS_MOST)
    {
      gsize some = MIN (TRIALS_MOST, n - k);
      const guint32 *offsets = list + k;
      Lanes padded[SHEET_SETS];
      guint32 bits;

      if (some < TRIALS_MOST)
        offsets = pad_list (padded, offsets, some);
      bits = tosses_look (&tosses, offsets, NULL, some);
      for (gsize trial = 0; trial < some; trial++)
        success[k + trial] = bits >> trial & 1;
    }
}

/* {{{ many lines */

/* What is kept of a list: @n entries so far, of lines that end at @ends, of which those before
 * @line have been kept. */
typedef struct
{
  guint32 *list;
  guint32 *ends;
  guint n_lines;
  guint line;
  guint32 n;
} Keeping;

/* The lines that end among TRIALS_MOST entries from @k on end with the last of them whose bit is
 * set. */
static inline void
move_ends (Keeping *keeping, guint32 k, guint32 bits)
{
  for (; keeping->line < keeping->n_lines && keeping->ends[keeping->line] <= k + TRIALS_MOST;
       keeping->line++)
    {
      guint64 before = (G_GUINT64_CONSTANT (1) << (keeping->ends[keeping->line] - k)) - 1;

      keeping->ends[keeping->line] = keeping->n + (guint32) __builtin_popcountll (bits & before);
    }
}

/* Keeps those of TRIALS_MOST @entries whose bits are set. What is kept is written where entries
 * have been read before. */
static inline void
keep_some (Keeping *keeping, const guint32 *entries, guint32 bits)
{
  for (guint set = 0; set < SHEET_SETS; set++, bits >>= LANES)
    keeping->n += compress_eight (keeping->list + keeping->n, entries + set * LANES, bits & 0xff);
}

/* The lines, from the first, of TRIALS_MOST entries from @k on. */
static inline void
number_lines (const Keeping *keeping, guint32 k, Lanes lines[SHEET_SETS])
{
  for (guint set = 0; set < SHEET_SETS; set++)
    lines[set] = keeping->line + (Lanes){ 0 };
  for (guint line = keeping->line;
       line < keeping->n_lines - 1 && keeping->ends[line] < k + TRIALS_MOST; line++)
    for (guint set = 0; set < SHEET_SETS; set++)
      {
        gint32 end = (gint32) (keeping->ends[line] - k) - (gint32) (set * LANES);

        lines[set] -= (Lanes) ((SignedLanes) LANE_NUMBERS >= end);
      }
}

static void
coin_keep (const ConsetCoin *coin,
           gboolean along,
           guint64 line,
           guint32 *ends,
           guint n_lines,
           guint64 first,
           guint32 *list)
{
  Keeping keeping = { .list = list, .ends = ends, .n_lines = n_lines };
  const guint32 n = ends[n_lines - 1];
  Tosses tosses;

  tosses_init (&tosses, coin, along, line, n_lines, first, list, n);
  for (guint32 k = 0; k < n; k += TRIALS_MOST)
    {
      gsize some = MIN (TRIALS_MOST, n - k);
      const guint32 *offsets = list + k;
      Lanes padded[SHEET_SETS], lines[SHEET_SETS];
      guint32 bits;

      if (some < TRIALS_MOST)
        offsets = pad_list (padded, offsets, some);
      number_lines (&keeping, k, lines);
      bits = tosses_look (&tosses, offsets, (const guint32 *) lines, some);
      move_ends (&keeping, k, bits);
      keep_some (&keeping, offsets, bits);
    }
}

/* }}} */

const ConsetCoins CONSET_COINS = {
  .words = coin_words,
  .trials = coin_trials,
  .keep = coin_keep,
};

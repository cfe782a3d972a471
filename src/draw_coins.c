/* SPDX-License-Identifier: MIT */
/*
 * The kernels that toss coins, see coin.h, compiled once for every instruction set under the name
 * CONSET_COINS. They are written in lanes.
 */
#include "coin_bytes.h"
#include "compress.h"

/* {{{ words of alias coins */

static __attribute__ ((noinline)) void
settle_words (const ConsetCoin *coin,
              guint64 block,
              guint64 line,
              guint64 dblock,
              guint64 dline,
              const Lanes x[4],
              const Lanes ties[2],
              guint64 words[LANES])
{
  for (guint lane = 0; lane < LANES; lane++)
    for (guint place = 0; place < 8; place++)
      if (ties[place / 4][lane] >> 8 * (place % 4) & 1)
        {
          guint bits = x[place / 2][lane] >> 16 * (place % 2) & 0xffff;
          guint64 byte =
            conset_coin_byte (coin, block + lane * dblock, line + lane * dline, place, bits);

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
  Lanes ties[2], halves[2];

  for (guint half = 0; half < 2; half++)
    halves[half] = alias_outcomes (coin, x + 2 * half, &ties[half]);
  join_halves (halves[0], halves[1], words);
  if (G_UNLIKELY (any_lane (ties[0] | ties[1])))
    settle_words (coin, block, line, dblock, dline, x, ties, words);
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

/* Trials (i + is[k], j + js[k]), for lists of steps from the first of either. @near: their places
 * are on one sheet, that of the schedule. */
typedef struct
{
  const ConsetCoin *coin;
  guint64 i;
  guint64 j;
  gboolean near;
  SheetSchedule schedule;
} Tosses;

/* What has no steps. */
static const guint32 no_steps[TRIALS_MOST];

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

/* Of trials that tie, with those behind the end of the list: their bits, one by one. */
static __attribute__ ((noinline)) guint32
settle_bits (const Tosses *tosses,
             const guint32 *is,
             const guint32 *js,
             const Lanes draws[SHEET_SETS],
             guint32 ties,
             guint32 bits)
{
  for (; ties != 0; ties &= ties - 1)
    {
      guint trial = (guint) __builtin_ctz (ties);
      guint64 i = tosses->i + is[trial], j = tosses->j + js[trial];
      guint byte =
        conset_coin_byte (tosses->coin, i >> 6, j, i >> 3 & 7, draws[trial / LANES][trial % LANES]);

      bits &= ~(1u << trial);
      bits |= (byte >> (i & 7) & 1) << trial;
    }
  return bits;
}

/* @sets times eight trials of an alias coin: a bit for each. */
static inline __attribute__ ((always_inline)) guint32
alias_successes (const Tosses *tosses, const guint32 *is, const guint32 *js, guint sets)
{
  const SheetSchedule *schedule = &tosses->schedule;
  Lanes i[SHEET_SETS], draws[SHEET_SETS] = { { 0 } }, bit[SHEET_SETS] = { { 0 } };
  SheetCounters c[SHEET_SETS];
  guint32 bits, ties;

  for (guint set = 0; set < sets; set++)
    {
      Lanes steps = load_lanes (is + set * LANES);

      i[set] = (guint32) tosses->i + steps;
      c[set].x[0] = sheet_steps (tosses->i, 5, steps) + schedule->key[0];
      c[set].x[1] = ((guint32) tosses->j + schedule->last[0]) + load_lanes (js + set * LANES);
    }
  sheet_rounds (schedule, c, sets);
  for (guint set = 0; set < sets; set++)
    {
      draws[set] = alias_draws (c[set].x, i[set]);
      bit[set] = i[set] & 7;
    }
  bits = alias_bits (tosses->coin, draws, bit, &ties);
  return G_UNLIKELY (ties != 0) ? settle_bits (tosses, is, js, draws, ties, bits) : bits;
}

/* Each by itself, lest what they share be done before they differ, set by set. */
static __attribute__ ((noinline)) guint32
alias_8 (const Tosses *tosses, const guint32 *is, const guint32 *js)
{
  return alias_successes (tosses, is, js, 1);
}

static __attribute__ ((noinline)) guint32
alias_16 (const Tosses *tosses, const guint32 *is, const guint32 *js)
{
  return alias_successes (tosses, is, js, 2);
}

/* Of n times thirty-two. */
static __attribute__ ((noinline)) void
alias_32 (const Tosses *tosses, const guint32 *is, const guint32 *js, gsize n, guint32 *bits)
{
  for (gsize k = 0; k < n; k++)
    bits[k] = alias_successes (tosses, is + k * TRIALS_MOST, js + k * TRIALS_MOST, SHEET_SETS);
}

/* Sixteen trials of a plane coin, as the above, of which the first @n are wanted. The words that
 * the trials are in are combined, then their bits are picked out. */
static guint32
plane_successes (const Tosses *tosses, const guint32 *is, const guint32 *js, gsize n)
{
  const ConsetCoin *coin = tosses->coin;
  Lanes i[2][2], j[2][2], sums[2] = { { 0 }, { 0 } };

  for (guint set = 0; set < 2; set++)
    {
      add_lanes (tosses->i, load_lanes (is + set * LANES), &i[set][0], &i[set][1]);
      add_lanes (tosses->j, load_lanes (js + set * LANES), &j[set][0], &j[set][1]);
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
  return lanes_mask (sums[0]) | lanes_mask (sums[1]) << LANES;
}

/* Of trials on several sheets, one by one. */
static guint32
far_successes (const Tosses *tosses, const guint32 *is, const guint32 *js, gsize n)
{
  guint32 all = 0;

  for (guint k = 0; k < n; k++)
    all |= (guint32) conset_coin_trial (tosses->coin, tosses->i + is[k], tosses->j + js[k]) << k;
  return all;
}

/* For trials of a list and of @n_lines lines, @line and those that follow. */
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
  tosses->i = along ? first : line;
  tosses->j = along ? line : first;
  tosses->near = line >> shift >> 32 == (line + n_lines - 1) >> shift >> 32
                 && on_one_sheet (first, along ? 5 : 0, list, n);
  if (coin->planes > 0 || !tosses->near)
    return;
  conset_sheets_key (&coin->sheets, tosses->i >> 5, tosses->j, key);
  schedule_sheet (key, &tosses->schedule);
}

/* What the first @n of TRIALS_MOST trials come to: a bit for each. */
static inline guint32
tosses_look (const Tosses *tosses, const guint32 *is, const guint32 *js, gsize n)
{
  guint32 all;

  if (tosses->coin->planes > 0)
    {
      all = plane_successes (tosses, is, js, n);
      if (n > AT_ONCE)
        all |= plane_successes (tosses, is + AT_ONCE, js + AT_ONCE, n - AT_ONCE) << AT_ONCE;
    }
  else if (!tosses->near)
    return far_successes (tosses, is, js, n);
  else if (n > 2 * LANES)
    alias_32 (tosses, is, js, 1, &all);
  else
    all = n > LANES ? alias_16 (tosses, is, js) : alias_8 (tosses, is, js);
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
      bits = tosses_look (&tosses, along ? offsets : no_steps, along ? no_steps : offsets, some);
      for (gsize trial = 0; trial < some; trial++)
        success[k + trial] = bits >> trial & 1;
    }
}

/* {{{ many lines */

/* So many entries of a list are kept or not at a time. */
#define ENTRIES_MOST 512

/* Most lines have fewer entries, where they are few at all. */
#define LINE_AT_ONCE 128

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

/* Behind how many lines @n entries from @k on are. LINE_AT_ONCE more are written, as lengths of
 * lines are hard to foresee, and so that all have numbers that are tossed for together. */
static inline void
number_lines (const Keeping *keeping, guint32 k, gsize n, guint32 *behind)
{
  guint line = keeping->line;

  for (gsize from = 0; from < n; line++)
    {
      gsize end = line + 1 < keeping->n_lines ? MIN (keeping->ends[line] - k, n) : n;
      Lanes number = line + (Lanes){ 0 };

      for (gsize at = from; at < end; at += LINE_AT_ONCE)
        for (guint more = 0; more < LINE_AT_ONCE; more += LANES)
          memcpy (behind + at + more, &number, sizeof number);
      from = end;
    }
}

/* @n trials of a list and the lines that its entries are on. */
static inline void
toss_entries (const Tosses *tosses,
              gboolean along,
              const guint32 *list,
              const guint32 *behind,
              gsize n,
              guint32 *bits)
{
  gsize k = 0;

  if (tosses->coin->planes == 0 && tosses->near)
    {
      alias_32 (tosses, along ? list : behind, along ? behind : list, n / TRIALS_MOST, bits);
      k = n / TRIALS_MOST * TRIALS_MOST;
    }
  for (; k < n; k += TRIALS_MOST)
    {
      gsize some = MIN (TRIALS_MOST, n - k);
      const guint32 *offsets = list + k;
      Lanes padded[SHEET_SETS];

      if (some < TRIALS_MOST)
        offsets = pad_list (padded, offsets, some);
      bits[k / TRIALS_MOST] =
        tosses_look (tosses, along ? offsets : behind + k, along ? behind + k : offsets, some);
    }
}

/* Adds those of @n entries whose bits are set to the @kept ones of a list; returns how many it has
 * then. What is kept is written where entries have been read before. */
static inline __attribute__ ((always_inline)) guint32
keep_word (guint32 *list, guint32 kept, const guint32 *entries, gsize n, guint32 bits)
{
#pragma GCC unroll 4
  for (gsize at = 0; at < n; at += LANES, bits >>= LANES)
    kept += compress_eight (list + kept, entries + at, bits & 0xff);
  return kept;
}

/* The same of @n entries from @k on, and for the ends of lines among them. */
static inline void
keep_entries (Keeping *keeping, guint32 k, gsize n, const guint32 *bits)
{
  guint32 before[ENTRIES_MOST / 32 + 1], kept = keeping->n;
  const guint32 *entries = keeping->list + k;
  gsize word;

  for (word = 0; word < n / 32; word++)
    {
      before[word] = kept;
      kept = keep_word (keeping->list, kept, entries + 32 * word, 32, bits[word]);
    }
  before[word] = kept;
  if (n % 32 > 0)
    kept = keep_word (keeping->list, kept, entries + 32 * word, n % 32, bits[word]);
  for (; keeping->line < keeping->n_lines && keeping->ends[keeping->line] <= k + n; keeping->line++)
    {
      guint32 end = keeping->ends[keeping->line] - k;

      keeping->ends[keeping->line] = before[end / 32];
      if (end % 32 > 0)
        keeping->ends[keeping->line] +=
          (guint32) __builtin_popcount (bits[end / 32] & ((1u << end % 32) - 1));
    }
  keeping->n = kept;
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
  guint32 behind[ENTRIES_MOST + LINE_AT_ONCE], bits[ENTRIES_MOST / TRIALS_MOST];
  Tosses tosses;

  tosses_init (&tosses, coin, along, line, n_lines, first, list, n);
  for (guint32 k = 0; k < n; k += ENTRIES_MOST)
    {
      gsize some = MIN (ENTRIES_MOST, n - k);

      number_lines (&keeping, k, some, behind);
      toss_entries (&tosses, along, list + k, behind, some, bits);
      keep_entries (&keeping, k, some, bits);
    }
}

/* }}} */

const ConsetCoins CONSET_COINS = {
  .words = coin_words,
  .trials = coin_trials,
  .keep = coin_keep,
};

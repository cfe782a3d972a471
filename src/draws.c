/* SPDX-License-Identifier: MIT */
/*
 * The kernels that draw bits and coins, compiled once for every instruction set under the name
 * CONSET_DRAWS. They are written in lanes.
 */
#include "lanes.h"

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

/* Which of the 64 trials of its word each of eight is. */
static inline Lanes
trial_bits (const Trials *trials, guint half)
{
  Lanes offsets;

  memcpy (&offsets, trials->offsets + half * LANES, sizeof offsets);
  return (trials->along ? (guint32) trials->first + offsets : (guint32) trials->line + (Lanes){ 0 })
         & 63;
}

/* The sixteen bits at each lane's @place of eight. */
static inline Lanes
sixteen_bits (const Lanes x[4], Lanes place)
{
  Lanes second = (Lanes) ((place & 2) != 0), upper = (Lanes) ((place & 4) != 0);
  Lanes low = (x[0] & ~second) | (x[1] & second), high = (x[2] & ~second) | (x[3] & second);

  return ((low & ~upper) | (high & upper)) >> ((place & 1) << 4) & 0xffff;
}

static __attribute__ ((noinline)) void
settle_trials (const Trials *trials, guint half, Lanes bits, Lanes ties, Lanes *bytes, Lanes place)
{
  const ConsetCoin *coin = trials->coin;

  for (guint lane = 0; lane < LANES; lane++)
    if (ties[lane])
      {
        guint64 other = trials->first + trials->offsets[half * LANES + lane];
        guint column = bits[lane] & 0xff;

        (*bytes)[lane] = trials->along
                           ? conset_coin_tie (coin, column, other >> 6, trials->line, place[lane])
                           : conset_coin_tie (coin, column, trials->line >> 6, other, place[lane]);
      }
}

static inline void
alias_trials (const Trials *trials, gsize n, guint8 *success)
{
  const ConsetCoin *coin = trials->coin;
  guint8 all[AT_ONCE];
  Counters c[2];

  trial_counters (trials, 6, c);
  threefry_counters (&coin->key, c, n);
  for (guint half = 0; half < 2 && half * LANES < n; half++)
    {
      Lanes bit = trial_bits (trials, half), place = bit >> 3, ties;
      Lanes bits = sixteen_bits (c[half].x, place);
      Lanes bytes = pick_columns (coin->columns, bits, &ties);

      if (G_UNLIKELY (any_lane (ties)))
        settle_trials (trials, half, bits, ties, &bytes, place);
      bytes = bytes >> (bit & 7) & 1;
      for (guint lane = 0; lane < LANES; lane++)
        all[half * LANES + lane] = (guint8) bytes[lane];
    }
  memcpy (success, all, n);
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
  Trials trials = { coin, along, line, first, NULL };
  guint32 last[AT_ONCE] = { 0 };

  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      gsize some = MIN (AT_ONCE, n - k);

      trials.offsets = list + k;
      if (some < AT_ONCE)
        trials.offsets = memcpy (last, list + k, some * sizeof *last);
      if (coin->planes > 0)
        plane_trials (&trials, some, success + k);
      else
        alias_trials (&trials, some, success + k);
    }
}

/* Writes those of eight offsets whose bits are set, and more behind them; returns how many. */
static inline gsize
keep_eight (guint32 *kept, const guint32 *offsets, guint bits)
{
#ifdef __AVX2__
  const guint64 ones = G_GUINT64_CONSTANT (0x0101010101010101);
  guint64 lanes =
    _pext_u64 (G_GUINT64_CONSTANT (0x0706050403020100), _pdep_u64 (bits, ones) * 0xff);
  __m256i order = _mm256_cvtepu8_epi32 (_mm_cvtsi64_si128 ((long long) lanes));
  __m256i eight = _mm256_loadu_si256 ((const __m256i *) offsets);

  _mm256_storeu_si256 ((__m256i *) kept, _mm256_permutevar8x32_epi32 (eight, order));
  return (gsize) __builtin_popcount (bits);
#else
  gsize n = 0;

  for (guint lane = 0; lane < LANES; lane++)
    {
      kept[n] = offsets[lane];
      n += bits >> lane & 1;
    }
  return n;
#endif
}

/* The key as it is added to counters, in all lanes: @last goes to the last word, with the turn.
 * What is in memory is added as it stands, while numbers would be spread over the lanes each time.
 */
typedef struct
{
  Lanes key[5];
  Lanes last[6];
} Schedule;

static inline void
schedule_key (const ConsetKey *key, Schedule *schedule)
{
  guint32 k[5] = { key->word[0], key->word[1], key->word[2], key->word[3], 0x1BD11BDA };

  for (guint i = 0; i < 4; i++)
    k[4] ^= k[i];
  for (guint i = 0; i < 5; i++)
    schedule->key[i] = k[i] + (Lanes){ 0 };
  for (guint turn = 0; turn < 6; turn++)
    schedule->last[turn] = k[(turn + 3) % 5] + turn + (Lanes){ 0 };
}

static inline void
inject_schedule (Counters *c, guint sets, const Schedule *schedule, guint turn)
{
  for (guint k = 0; k < sets; k++)
    {
      for (guint i = 0; i < 3; i++)
        c[k].x[i] += schedule->key[(turn + i) % 5];
      c[k].x[3] += schedule->last[turn];
    }
}

/* As threefry_sets(). */
static inline __attribute__ ((always_inline)) void
threefry_scheduled (const Schedule *schedule, Counters *c, guint sets)
{
  inject_schedule (c, sets, schedule, 0);
#pragma GCC unroll 5
  for (guint turn = 1; turn <= 5; turn++)
    {
      rounds_before (c, sets, turn);
      inject_schedule (c, sets, schedule, turn);
    }
}

/* What eight trials of an alias coin come to, a bit for each, and which of them tie. As
 * sixteen_bits() and pick_columns(), but that numbers are chosen by one bit of @i, the first index
 * of the trials: bits 4 and 5 choose the word, bit 3 its half, bits 0 to 2 a bit of the byte. */
#ifdef __AVX2__

#define CHOOSE(no, yes, sign)                                                                      \
  ((Lanes) _mm256_blendv_ps ((__m256) (no), (__m256) (yes), (__m256) (sign)))
#define SHIFTED_DOWN(x, by) ((Lanes) _mm256_srlv_epi32 ((__m256i) (x), (__m256i) (by)))

static inline guint
alias_bits (const ConsetCoin *coin, const Lanes x[4], Lanes i, Lanes *drawn, guint *ties)
{
  Lanes second = i << 27;
  Lanes word = CHOOSE (CHOOSE (x[0], x[1], second), CHOOSE (x[2], x[3], second), i << 26);
  Lanes bits = SHIFTED_DOWN (word, i << 1 & 16), column = bits & 0xff, height = bits << 16 >> 24;
  Lanes entry = (Lanes) _mm256_i32gather_epi32 ((const int *) coin->columns, (__m256i) column, 4);
  Lanes threshold = entry >> 8;
  Lanes below = (Lanes) ((SignedLanes) height < (SignedLanes) threshold);
  Lanes bytes = CHOOSE (entry, column, below);

  *drawn = column;
  *ties = (guint) _mm256_movemask_ps ((__m256) (height == threshold));
  return (guint) _mm256_movemask_ps ((__m256) (SHIFTED_DOWN (bytes, i & 7) << 31));
}

#else

static inline guint
alias_bits (const ConsetCoin *coin, const Lanes x[4], Lanes i, Lanes *drawn, guint *ties)
{
  Lanes bits = sixteen_bits (x, i >> 3 & 7), tied;
  Lanes bytes = pick_columns (coin->columns, bits, &tied) >> (i & 7);
  guint all = 0;

  *drawn = bits & 0xff;
  *ties = 0;
  for (guint lane = 0; lane < LANES; lane++)
    {
      all |= (bytes[lane] & 1) << lane;
      *ties |= (tied[lane] & 1) << lane;
    }
  return all;
}

#endif

/* Of trials that tie: their bits by what is drawn further. */
static __attribute__ ((noinline)) guint
settle_bits (const Trials *trials, guint half, Lanes columns, guint ties, guint bits)
{
  for (; ties != 0; ties &= ties - 1)
    {
      guint lane = (guint) __builtin_ctz (ties);
      guint64 other = trials->first + trials->offsets[half * LANES + lane];
      guint64 i = trials->along ? other : trials->line, j = trials->along ? trials->line : other;
      guint byte = conset_coin_tie (trials->coin, columns[lane], i >> 6, j, (guint) (i >> 3 & 7));

      bits = (bits & ~(1u << lane)) | (byte >> (i & 7) & 1) << lane;
    }
  return bits;
}

/* Sixteen trials of an alias coin, or eight: a bit for each. */
static inline __attribute__ ((always_inline)) guint
alias_successes (const Trials *trials, const Schedule *schedule, guint sets)
{
  guint all = 0;
  Counters c[2];

  trial_counters (trials, 6, c);
  threefry_scheduled (schedule, c, sets);
  for (guint half = 0; half < sets; half++)
    {
      Lanes i = (guint32) trials->line + (Lanes){ 0 }, columns;
      guint bits, ties;

      if (trials->along)
        {
          memcpy (&i, trials->offsets + half * LANES, sizeof i);
          i += (guint32) trials->first;
        }
      bits = alias_bits (trials->coin, c[half].x, i, &columns, &ties);
      if (G_UNLIKELY (ties != 0))
        bits = settle_bits (trials, half, columns, ties, bits);
      all |= bits << (half * LANES);
    }
  return all;
}

static guint
plane_successes (const Trials *trials, gsize n)
{
  guint8 success[AT_ONCE];
  guint bits = 0;

  plane_trials (trials, n, success);
  for (guint k = 0; k < n; k++)
    bits |= (guint) success[k] << k;
  return bits;
}

/* What is kept is written no farther than what has been read. */
static gsize
coin_keep (const ConsetCoin *coin,
           gboolean along,
           guint64 line,
           guint64 first,
           const guint32 *list,
           gsize n,
           guint32 *kept)
{
  Trials trials = { coin, along, line, first, NULL };
  guint32 last[AT_ONCE] = { 0 };
  Schedule schedule;
  gsize n_kept = 0;

  schedule_key (&coin->key, &schedule);
  for (gsize k = 0; k < n; k += AT_ONCE)
    {
      gsize some = MIN (AT_ONCE, n - k);
      guint bits;

      trials.offsets = list + k;
      if (some < AT_ONCE)
        trials.offsets = memcpy (last, list + k, some * sizeof *last);
      if (coin->planes > 0)
        bits = plane_successes (&trials, some);
      else if (some > LANES)
        bits = alias_successes (&trials, &schedule, 2);
      else
        bits = alias_successes (&trials, &schedule, 1);
      bits &= (2u << (some - 1)) - 1;
      n_kept += keep_eight (kept + n_kept, trials.offsets, bits & 0xff);
      n_kept += keep_eight (kept + n_kept, trials.offsets + LANES, bits >> LANES);
    }
  return n_kept;
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
  Trials trials = { NULL, along, line, first, NULL };
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
      Lanes some, *moving = c[k].x + (along ? 0 : 2), *still = c[k].x + (along ? 2 : 0);

      memcpy (&some, offsets + k * LANES, sizeof some);
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

const ConsetDraws CONSET_DRAWS = {
  .threefry = threefry,
  .coin_words = coin_words,
  .coin_trials = coin_trials,
  .coin_keep = coin_keep,
  .pair_bits = pair_bits,
  .pair_draws = pair_draws,
};

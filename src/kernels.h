/* SPDX-License-Identifier: MIT */
/*
 * The vector kernels: loops over words and lists, and the draws, that the engine spends its
 * time in.
 *
 * kernels.c, draws.c, draw_coins.c, draw_groups.c, arithmetic.c, quantiles.c and spatial.c are
 * compiled once for every instruction set; isa.c picks a table at run time. All tables give the
 * same bits.
 */
#pragma once

#include "arithmetic.h"
#include "coin.h"
#include "groups.h"
#include "quantile.h"
#include "random.h"
#include "spatial.h"

/** What draws: see random.h. */
typedef struct
{
  void    (*threefry)      (const ConsetKey *key, guint64 a, guint64 b, guint64 da, guint64 db,
                            gsize n, guint32 (*out)[4]);
  /* bits[k] is word (i mod 4) at place (i div 4, j), where (i, j) is (first + list[k], line) or,
   * unless along, (line, first + list[k]). */
  void    (*pair_bits)     (const ConsetKey *key, gboolean along, guint64 line, guint64 first,
                            const guint32 *list, gsize n, guint32 *bits);
  /* The first 64 bits at place (i, j), with i and j as in pair_bits; no list is 0, 1, 2, ...
   * more (nullable): the other 64. */
  void    (*pair_draws)    (const ConsetKey *key, gboolean along, guint64 line, guint64 first,
                            const guint32 *list, gsize n, guint64 *bits, guint64 *more);

  /* bits[k] is word (i mod 2) at place (i div 2, j) of the sheets, with i and j as in pair_bits. */
  void    (*sheet_list)    (const ConsetSheets *sheets, gboolean along, guint64 line, guint64 first,
                            const guint32 *list, gsize n, guint32 *bits);
  /* The same for (first + k, line). */
  void    (*sheet_run)     (const ConsetSheets *sheets, guint64 line, guint64 first, gsize n,
                            guint32 *bits);
  /* Of the same bits, for a list, the upper 16 as a number t: where t is below the upper half of
   * sieve[steps[k]] the entry is kept, where it is not, but not above the lower half either, it is
   * one of n_open. Both have room for CONSET_SIEVE_SLACK more. Entries whose places are on several
   * sheets are all open. Returns: how many it keeps */
  gsize   (*sheet_sieve)   (const ConsetSheets *sheets, gboolean along, guint64 line, guint64 first,
                            const guint32 *list, const guint32 *steps, gsize n,
                            const guint32 *sieve, guint32 *kept, guint32 *open, gsize *n_open);
} ConsetDraws;

#define CONSET_SIEVE_SLACK 8

/** What tosses coins: see coin.h. */
typedef struct
{
  /* words[k] are the trials of word (block + k dblock, line + k dline); of the steps one is 1 and
   * the other 0. */
  void    (*words)         (const ConsetCoin *coin, guint64 block, guint64 line, guint64 dblock,
                            guint64 dline, gsize n, guint64 *words);
  /* success[k] is trial (first + list[k], line) or, unless along, (line, first + list[k]). */
  void    (*trials)        (const ConsetCoin *coin, gboolean along, guint64 line, guint64 first,
                            const guint32 *list, gsize n, guint8 *success);
  /* Keeps those entries of a list whose trials succeed, one after the other. They are of n_lines
   * lines: those from ends[l - 1] to ends[l], which is below 2^31, of line + l; ends become where
   * those of each line end then. Trials are (first + list[k], its line) or, unless along, (its
   * line, first + list[k]). The list can be read and written up to CONSET_SIEVE_SLACK entries
   * behind. */
  void    (*keep)          (const ConsetCoin *coin, gboolean along, guint64 line, guint32 *ends,
                            guint n_lines, guint64 first, guint32 *list);
} ConsetCoins;

/** What draws groups of a shift of at most CONSET_GROUP_DRAWS_SHIFT: see groups.h. */
typedef struct
{
  /* The places of group first + k, begin <= k < end, are added to (k << shift) - skip. Writes
   * at most CONSET_GROUP_MOST entries a group and 8 more. */
  gsize   (*members)       (const ConsetGroups *groups, guint64 line, guint64 first, guint32 begin,
                            guint32 end, guint32 skip, guint32 *out);
  /* success[k] is whether the set has (first + list[k], line) or, unless along,
   * (line, first + list[k]). */
  void    (*trials)        (const ConsetGroups *groups, gboolean along, guint64 line, guint64 first,
                            const guint32 *list, gsize n, guint8 *success);
} ConsetGroupDraws;

#define CONSET_GROUP_DRAWS_SHIFT 24

typedef struct
{
  const char             *name;
  const ConsetDraws      *draws;
  const ConsetCoins      *coins;
  const ConsetGroupDraws *group_draws;
  const ConsetArithmetic *arithmetic;
  const ConsetQuantiles  *quantiles;
  const ConsetSpatial    *spatial;

  void    (*words_and)     (guint64 *a, const guint64 *b, gsize n);
  void    (*words_or)      (guint64 *a, const guint64 *b, gsize n);
  void    (*words_andnot)  (guint64 *a, const guint64 *b, gsize n);
  void    (*words_xor)     (guint64 *a, const guint64 *b, gsize n);
  guint64 (*words_count)   (const guint64 *words, gsize n);

  /* Positions of the set bits, added to base; writes up to 8 entries past the last. */
  gsize   (*decode_words)  (const guint64 *words, gsize n, guint64 base, guint64 *out);
  /* The same as offsets for a list. */
  gsize   (*list_words)    (const guint64 *words, gsize n, guint32 base, guint32 *out);
  void    (*decode_list)   (const guint32 *list, gsize n, guint64 base, guint64 *out);
  void    (*decode_run)    (guint64 first, gsize n, guint64 *out);
  /* Keeps the list entries whose bit is set (or, with invert = ~0, is not); returns how many. */
  gsize   (*list_test)     (guint32 *list, gsize n, const guint64 *words, guint64 invert);

  /* words[i] bit j becomes words[j] bit i, for 64 words. */
  void    (*transpose_64)  (guint64 words[64]);
} ConsetKernels;

extern const ConsetKernels    conset_kernels_portable;
extern const ConsetDraws      conset_draws_portable;
extern const ConsetCoins      conset_coins_portable;
extern const ConsetGroupDraws conset_group_draws_portable;
extern const ConsetArithmetic conset_arithmetic_portable;
extern const ConsetQuantiles  conset_quantiles_portable;
extern const ConsetSpatial    conset_spatial_portable;
#ifdef CONSET_HAVE_AVX2
extern const ConsetKernels    conset_kernels_avx2;
extern const ConsetDraws      conset_draws_avx2;
extern const ConsetCoins      conset_coins_avx2;
extern const ConsetGroupDraws conset_group_draws_avx2;
extern const ConsetArithmetic conset_arithmetic_avx2;
extern const ConsetQuantiles  conset_quantiles_avx2;
extern const ConsetSpatial    conset_spatial_avx2;
#endif

/** The kernels in use. */
const ConsetKernels *conset_kernels (void);

static inline const ConsetDraws *
conset_draws (void)
{
  return conset_kernels ()->draws;
}

static inline const ConsetCoins *
conset_coins (void)
{
  return conset_kernels ()->coins;
}

static inline const ConsetGroupDraws *
conset_group_draws (void)
{
  return conset_kernels ()->group_draws;
}

static inline const ConsetArithmetic *
conset_arithmetic (void)
{
  return conset_kernels ()->arithmetic;
}

static inline const ConsetQuantiles *
conset_quantiles (void)
{
  return conset_kernels ()->quantiles;
}

static inline const ConsetSpatial *
conset_spatial (void)
{
  return conset_kernels ()->spatial;
}

/* SPDX-License-Identifier: MIT */
/*
 * Randomness by counters: every draw is a pure function of a key and a place.
 *
 * The generator is Threefry4x32 with 20 rounds (Salmon et al. 2011), as in Random123. A key
 * is made of a seed, the rule that draws (so that rules never share draws) and a lane (so
 * that several draws at one place do not). A place is a pair of 64-bit numbers.
 *
 * A coin decides trials (i, j) with one probability, 64 neighbouring i of one j at a time.
 * Trial (i, j) is bit i mod 64 of the word at (i div 64, j).
 */
#pragma once

#include <glib.h>

/** Who draws. Part of every key, hence of the definition of every random set: never renumber. */
typedef enum
{
  CONSET_RULE_BERNOULLI = 1,
  CONSET_RULE_BERNOULLI_GROUPS = 2,
  CONSET_RULE_BERNOULLI_VALUE = 3,
  CONSET_RULE_POISSON = 4,
  CONSET_RULE_TOTAL = 5,
  CONSET_RULE_FAN_IN = 6,
  CONSET_RULE_FAN_OUT = 7,
  CONSET_RULE_DEGREES_IN = 8,
  CONSET_RULE_DEGREES_OUT = 9,
  CONSET_RULE_PREFERENCE_IN = 10,
  CONSET_RULE_PREFERENCE_OUT = 11,
  CONSET_RULE_REWIRING = 12,
  CONSET_RULE_ATTACHMENT = 13,
  CONSET_RULE_SYMMETRIC = 14,
  CONSET_RULE_PARTS = 15,
  CONSET_RULE_UNIFORM = 16,
  CONSET_RULE_NORMAL = 17,
  CONSET_RULE_TRUNCATED_NORMAL = 18,
  CONSET_RULE_LOGNORMAL = 19,
  CONSET_RULE_EXPONENTIAL = 20,
  CONSET_RULE_WEIBULL = 21,
  CONSET_RULE_GAMMA = 22,
  CONSET_RULE_BETA = 23,
  CONSET_RULE_UNIFORM_INT = 24,
  CONSET_RULE_POISSON_VALUE = 25,
  CONSET_RULE_BINOMIAL_VALUE = 26,
  CONSET_RULE_GEOMETRIC_VALUE = 27,
  CONSET_RULE_MIXTURE = 28,
  CONSET_RULE_POSITION = 29,
  CONSET_RULE_JITTER = 30,
} ConsetRule;

typedef struct
{
  guint32 word[4];
} ConsetKey;

#define CONSET_COPY_LANES 128

/**
 * A probability made ready. Where p is a multiple of 1/16, the coin combines `planes` random
 * words by the binary digits of p. Otherwise the outcomes of 8 trials, a byte, are drawn
 * by the alias method (Walker 1974, Vose 1991): the low 8 of 16 random bits choose a column,
 * the high 8 are compared with its threshold, and where they tie 56 further bits decide.
 *
 * @columns: threshold, 0 to 256, times 256, plus the alias
 * @tails: the 56 bits of the threshold that follow
 */
typedef struct
{
  ConsetKey key;
  guint     planes;
  guint     digits;
  guint32   columns[256];
  guint64   tails[256];
} ConsetCoin;

ConsetKey conset_key      (guint64 seed, ConsetRule rule, guint32 lane);
/** The key of the values of copy @copy of each pair, below 2^49: it has lanes 0 to
 * CONSET_COPY_LANES - 1 for itself, to be added to word 3. */
ConsetKey conset_copy_key (guint64 seed, ConsetRule rule, guint64 copy);
/** The 128 bits at place (a, b). */
void      conset_draw     (const ConsetKey *key, guint64 a, guint64 b, guint32 out[4]);
/** The first 64 of them. */
guint64   conset_draw_64  (const ConsetKey *key, guint64 a, guint64 b);

/** One of 0, 1, ..., @n - 1, by all bits at place (a, b): equally likely to within 2^-64. */
guint64   conset_draw_below (const ConsetKey *key, guint64 a, guint64 b, guint64 n);

/** @p in (0, 1). Uses no function of the system's libm: the same table on every machine. */
void      conset_coin_init (ConsetCoin *coin, double p, guint64 seed, ConsetRule rule);
/** The trials (64 @block .. 64 @block + 63, @line). */
guint64   conset_coin_word (const ConsetCoin *coin, guint64 block, guint64 line);
/** Of the byte at @place of an alias coin's word: the outcome that 16 random bits choose. */
guint8    conset_coin_tie  (const ConsetCoin *coin,
                            guint             column,
                            guint64           block,
                            guint64           line,
                            guint             place);

/** A number below 2^64 @p, rounded down; 2^64 - 1 for @p = 1. */
guint64   conset_fraction_64 (double p);

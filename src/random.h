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

/** What draws at the places of sheets. Of most sets all places lie on the first sheet, of which
 * the key, @first, is at hand. */
typedef struct
{
  ConsetKey key;
  guint32   first[2];
} ConsetSheets;

#define CONSET_COPY_LANES 128

ConsetKey conset_key      (guint64 seed, ConsetRule rule, guint32 lane);
/** The key of the values of copy @copy of each pair, below 2^49: it has lanes 0 to
 * CONSET_COPY_LANES - 1 for itself, to be added to word 3. */
ConsetKey conset_copy_key (guint64 seed, ConsetRule rule, guint64 copy);
/** The 128 bits at place (a, b). */
void      conset_draw     (const ConsetKey *key, guint64 a, guint64 b, guint32 out[4]);
/** The first 64 of them. */
guint64   conset_draw_64  (const ConsetKey *key, guint64 a, guint64 b);

void      conset_sheets_init (ConsetSheets *sheets, const ConsetKey *key);
/** The key of the sheet on which place (a, b) lies. */
void      conset_sheets_key  (const ConsetSheets *sheets, guint64 a, guint64 b, guint32 key[2]);
/** The 64 bits at place (a, b). */
guint64   conset_sheets_draw (const ConsetSheets *sheets, guint64 a, guint64 b);

/** One of 0, 1, ..., @n - 1, by all bits at place (a, b): equally likely to within 2^-64. */
guint64   conset_draw_below (const ConsetKey *key, guint64 a, guint64 b, guint64 n);

/** A number below 2^64 @p, rounded down; 2^64 - 1 for @p = 1. */
guint64   conset_fraction_64 (double p);

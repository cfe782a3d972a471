/* SPDX-License-Identifier: MIT */
/*
 * Chances: a law of whole numbers as a table from which one 64-bit draw picks a number.
 *
 * A number is picked with its probability rounded to a multiple of 2^-64; numbers in the tails
 * that are less probable than that are cut off, so a table is about 19 standard deviations
 * long. Tables are made with + - * / and fma() alone, which IEEE 754 defines to the last
 * bit, so that every machine makes the same ones.
 */
#pragma once

#include <glib.h>

/** Number least + k is picked by draws from at_most[k - 1] on and below at_most[k]. */
typedef struct
{
  guint64 least;
  gsize   n;
  guint64 at_most[];
} ConsetChances;

/**
 * The numbers @least + k with probabilities proportional to @weights[k], k < @n: finite, none
 * negative, their sum finite and not 0. Numbers of weight 0 at either end are dropped.
 * To be freed with g_free(), as all of these.
 */
ConsetChances *conset_chances_new       (guint64 least, const double *weights, gsize n);
/** @p in (0, 1); @n p (1 - p) is at most CONSET_CHANCES_VARIANCE. */
ConsetChances *conset_chances_binomial  (guint64 n, double p);
/** @mean in (0, CONSET_CHANCES_VARIANCE]. */
ConsetChances *conset_chances_poisson   (double mean);
/** (1 - @q) @q^k; @q in (0, 1), and the mean about CONSET_CHANCES_GEOMETRIC at most. */
ConsetChances *conset_chances_geometric (double q);

/** The number that a uniform draw of 64 bits picks: O(log n). */
guint64        conset_chances_pick      (const ConsetChances *chances, guint64 bits);

/* Tables have at most about a million entries, of geometric laws 50,000. */
#define CONSET_CHANCES_VARIANCE 0x1p32
#define CONSET_CHANCES_GEOMETRIC 0x1p10

/** (1 - @p)^(2^@shift), correct to the last digits however small @p is. */
double         conset_chance_of_none    (double p, guint shift);

static inline guint64
conset_chances_most (const ConsetChances *chances)
{
  return chances->least + chances->n - 1;
}

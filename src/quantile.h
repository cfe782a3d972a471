/* SPDX-License-Identifier: MIT */
/*
 * Quantiles: from 64 random bits to a number of a distribution, by inversion, and what inversion
 * needs to know of the normal distribution. The same bits on every machine, as pinned.h.
 *
 * 64 bits b are the uniform number u = (b + 1/2) 2^-64. Both its ends are used as finely as they
 * are known: what counts is u below 1/2, and 1 - u, which has its own 64 bits, above. All
 * quantiles grow with b.
 *
 * The normal distribution function comes from Mills' ratio, what is beyond x divided by the
 * density at x (Mills 1926); it is smooth where the function itself vanishes.
 */
#pragma once

#include <glib.h>

/** Of the standard normal distribution: what is below x, above x, and between 0 and x with the sign
 * of x; relative errors below 2e-15, absolute ones where the function is above 1/4. */
double conset_normal_below  (double x);
double conset_normal_above  (double x);
double conset_normal_middle (double x);

/** What is above @x >= 0, divided by the density at @x; relative error below 1e-15. */
double conset_mills_ratio (double x);

/**
 * How far to go beyond @a >= 8 until a part exp (-@e) of what is above it remains, 0 <= @e < 100.
 * @mills is conset_mills_ratio (@a). Relative error below 1e-11, of numbers @e above 0.01 below
 * 1e-13.
 */
double conset_normal_excess (double a, double mills, double e);

/** Minus the logarithm of the part of what is above @a >= 8 that is above @a + @step. */
double conset_normal_fall   (double a, double step);

/**
 * ConsetNormalPart:
 * @below: the chance of what is below the part
 * @above: of what is above it
 * @middle: @below - 1/2, relatively right where it is small
 * @mass: of the part itself
 *
 * What is left of a standard normal distribution.
 */
typedef struct
{
  double below;
  double above;
  double middle;
  double mass;
} ConsetNormalPart;

/** The part in [@a, @b], which is not all beyond 8 or -8; the ends may be infinite. */
ConsetNormalPart conset_normal_part (double a, double b);

/** The quantiles of @bits: standard normal, of a part, standard exponential. */
double conset_quantile_normal      (guint64 bits);
double conset_quantile_part        (const ConsetNormalPart *part, guint64 bits);
double conset_quantile_exponential (guint64 bits);

/** A gamma distribution of shape @d + 1/3 >= 1, as Marsaglia and Tsang (2000) have it. */
typedef struct
{
  double d;
  double c;
} ConsetGamma;

/** Whether an attempt, by a standard normal number, the uniform number of @bits and
 * @x = (1 + c normal)^3, gives the number d @x. */
gboolean conset_gamma_accepts (const ConsetGamma *gamma, double normal, guint64 bits, double *x);

/** Loops over n numbers, at most CONSET_VALUE_BLOCK. */
typedef struct
{
  /* Between 0 and 1; either may come of rounding. */
  void  (*uniform)     (const guint64 *bits, gsize n, double *out);
  void  (*normal)      (const guint64 *bits, gsize n, double *out);
  void  (*part)        (const ConsetNormalPart *part, const guint64 *bits, gsize n, double *out);
  void  (*exponential) (const guint64 *bits, gsize n, double *out);
  /* One attempt each, whose normal number is that of @bits. Returns how many remain to be decided
   * by conset_gamma_accepts(), and lists them in @left. */
  gsize (*gamma)       (const ConsetGamma *gamma, const guint64 *bits, const guint64 *more, gsize n,
                        double *out, guint32 *left);
} ConsetQuantiles;

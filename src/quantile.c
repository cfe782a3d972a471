/* SPDX-License-Identifier: MIT */
/*
 * The normal distribution function, far tails, and quantiles one by one.
 *
 * Mills' ratio M is (1 + x) M (x), a smooth function, over 1 + x: a polynomial in
 * y = (x - 5) / (x + 5), which takes [0, infinity) to [-1, 1) (as Shepherd and Laframboise 1981
 * have it of the error function). Its coefficients, and those of what is between 0 and x, come
 * from interpolation in Chebyshev's nodes, computed with 200 bits; they leave out 1e-17.
 *
 * Costs: 20 to 60 ns; an excess 150 ns.
 */
#include "quantile.h"

#include "pinned.h"
#include "quantile_inline.h"

/* Of even and odd powers apart, which do not wait for each other; @n is odd. */
static double
polynomial (const double *c, guint n, double x)
{
  double square = x * x, even = c[n - 1], odd = 0.0;

  for (guint k = n - 1; k > 0; k -= 2)
    {
      odd = odd * square + c[k - 1];
      even = even * square + c[k - 2];
    }
  return even + x * odd;
}

double
conset_mills_ratio (double x)
{
  static const double c[] = {
    0x1.28273b50efa76p+0,   -0x1.d5fd8ffd0f1aap-3, 0x1.3e97eaf5f2eecp-4,   0x1.9ac85788f58b1p-6,
    -0x1.0f103e712d242p-4,  0x1.f7d96e0d85ca6p-5,  -0x1.37838b3a6480dp-5,  0x1.0bd973acc40a7p-6,
    -0x1.1355f47c3cbbfp-8,  0x1.47ab73fc90055p-16, 0x1.df3ec40839ddfp-12,  -0x1.19cda437ebfdcp-13,
    -0x1.a02aa1feba12ap-16, 0x1.7d010b3c70d15p-16, -0x1.7c9ba1c0ac03fp-23, -0x1.b7debee1da49ep-19,
    0x1.59b6cd2cacdd1p-22,  0x1.082372888b676p-21, -0x1.2168a6677fed5p-24, -0x1.4d39d50792f0ep-24,
    0x1.5a721689a3db1p-27,  0x1.7b0f1fc3805e3p-27, -0x1.2a287379c1af2p-30, -0x1.06ea87375c5b4p-30,
    0x1.1490d7259110ep-34,
  };

  if (x == PINNED_INFINITY)
    return 0.0;
  return polynomial (c, G_N_ELEMENTS (c), (x - 5.0) / (x + 5.0)) / (1.0 + x);
}

/* exp (-x^2 / 2) / sqrt (2 pi), with all digits of the square. */
static double
density (double x)
{
  const double root = 0x1.9884533d43651p-2;
  PinnedPair square;

  if (fabs (x) > 40.0)
    return 0.0;
  square = pinned_product (x, x);
  return root * pinned_exp_pair (-0.5 * square.high, -0.5 * square.low);
}

double
conset_normal_above (double x)
{
  return x < 0.0 ? 1.0 - conset_normal_above (-x) : density (x) * conset_mills_ratio (x);
}

double
conset_normal_below (double x)
{
  return conset_normal_above (-x);
}

double
conset_normal_middle (double x)
{
  static const double c[] = {
    0x1.9884533d43651p-2,  -0x1.1058377e2cedfp-4,  0x1.46d0429769013p-7,  -0x1.37403f6b93271p-10,
    0x1.e42b0d4b1c791p-14, -0x1.3ce8f9bbb3109p-17, 0x1.6589f19d45edfp-21, -0x1.621cc8402008ep-25,
    0x1.380b3bcac4439p-29, -0x1.e69f892ecf74bp-34, 0x1.1ebbd2d2ea8fep-38,
  };

  if (fabs (x) < 1.0)
    return x * polynomial (c, G_N_ELEMENTS (c), x * x);
  return x < 0.0 ? conset_normal_below (x) - 0.5 : 0.5 - conset_normal_above (x);
}

/* The mass is a difference of what is small. */
ConsetNormalPart
conset_normal_part (double a, double b)
{
  ConsetNormalPart part = { conset_normal_below (a), conset_normal_above (b),
                            conset_normal_middle (a), 0.0 };

  if (a >= 0.5)
    part.mass = conset_normal_above (a) - part.above;
  else if (b <= -0.5)
    part.mass = conset_normal_below (b) - part.below;
  else
    part.mass = conset_normal_middle (b) - part.middle;
  return part;
}

/* Far tails: what is above a + t is exp (-(a t + t^2 / 2)) M (a + t) / M (a) of what is above a. */

/* Below this, rounding of ratios would show, and two terms of the series are enough. */
#define FALL_SMALL 1e-4

/* The inverse's derivatives by e: t' = M, and M' = x M - 1. */
static double
excess_series (double a, double mills, double e)
{
  double slope = a * mills - 1.0;

  return e * mills
         * (1.0 + e * (slope / 2.0 + e * ((mills + a * slope) * mills + slope * slope) / 6.0));
}

double
conset_normal_excess (double a, double mills, double e)
{
  double t = 2.0 * e / (a + sqrt (a * a + 2.0 * e));

  if (e < FALL_SMALL)
    return excess_series (a, mills, e);
  /* Newton's steps; the first error is about t / a^2, and the third step leaves nothing of it. */
  for (guint k = 0; k < 3; k++)
    {
      double here = conset_mills_ratio (a + t);

      t -= (t * (a + 0.5 * t) + (conset_pinned_log (mills / here) - e)) * here;
    }
  return t;
}

double
conset_normal_fall (double a, double step)
{
  if (!(step < PINNED_INFINITY))
    return PINNED_INFINITY;
  return step * (a + 0.5 * step)
         + conset_pinned_log (conset_mills_ratio (a) / conset_mills_ratio (a + step));
}

/* Quantiles one by one */

static double
quantile_normal (double centred, double rim)
{
  double z;

  if (fabs (centred) <= QUANTILE_CENTRE)
    return quantile_normal_centre (centred);
  z = quantile_normal_tail (rim);
  return centred < 0.0 ? -z : z;
}

double
conset_quantile_normal (guint64 bits)
{
  return quantile_normal (quantile_centred (bits), quantile_rim (bits));
}

double
conset_quantile_part (const ConsetNormalPart *part, guint64 bits)
{
  double centred = quantile_part_centred (part, bits);

  return quantile_normal (centred, quantile_part_rim (part, bits, centred));
}

double
conset_quantile_exponential (guint64 bits)
{
  return quantile_exponential (bits);
}

/* Gamma */

/* log (1 + s) - s + s^2 / 2 - s^3 / 3. Where s is small that is -s^4 (1/4 - s / 5 + s^2 / 6 - ...).
 */
static double
log1p_after_cube (double s)
{
  double square = s * s, sum = 0.0;

  if (fabs (s) > 0.1)
    return conset_pinned_log1p (s) - s * (1.0 - s * (0.5 - s / 3.0));
  for (guint n = 18; n >= 4; n--)
    sum = 1.0 / n - s * sum;
  return -square * square * sum;
}

/* The squeeze first; else by the logarithm of the ratio of densities, normal^2 / 2 + d - d x +
 * d log (x), with what cancels left out. */
gboolean
conset_gamma_accepts (const ConsetGamma *gamma, double normal, guint64 bits, double *x)
{
  *x = quantile_gamma_cube (gamma, normal);
  if (!(*x > 0.0))
    return FALSE;
  return quantile_gamma_margin (normal, bits, *x) > 0.0
         || conset_pinned_log (quantile_uniform (bits))
              < 3.0 * gamma->d * log1p_after_cube (gamma->c * normal);
}

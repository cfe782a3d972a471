/* SPDX-License-Identifier: MIT */
/*
 * Quantiles: the code itself, for loops over arrays (quantiles.c); others include quantile.h.
 * As in pinned_inline.h, what is meant for loops does not branch.
 *
 * The normal quantile is algorithm AS 241 (Wichura 1988, Applied Statistics 37: 477): rational
 * functions of degree 7 in 0.425^2 - (u - 1/2)^2 where |u - 1/2| <= 0.425, else in
 * r = sqrt (-log q), q being the lesser of u and 1 - u, one up to r = 5 and one up to 27, which is
 * 38 standard deviations. They leave out less than 1e-16 of the result.
 */
#pragma once

#include "pinned_inline.h"
#include "quantile.h"

#include <math.h>

/* Random bits as numbers: each is rounded once. Halves of the bits become doubles as the low digits
 * of 2^84 and 2^51; that of the lower half is 1/2. */

#define QUANTILE_HIGH_BASE 0x1p84
#define QUANTILE_LOW_BASE 0x1p51

static inline double
quantile_high_half (guint64 bits)
{
  return pinned_of_bits (bits >> 32 | pinned_bits (QUANTILE_HIGH_BASE));
}

static inline double
quantile_low_half (guint64 bits)
{
  return pinned_of_bits ((bits << 1 & G_GUINT64_CONSTANT (0x1ffffffff)) | 1
                         | pinned_bits (QUANTILE_LOW_BASE));
}

/** u. */
static inline double
quantile_uniform (guint64 bits)
{
  double high = quantile_high_half (bits) - (QUANTILE_HIGH_BASE + QUANTILE_LOW_BASE);

  return (high + quantile_low_half (bits)) * 0x1p-64;
}

/** u - 1/2. */
static inline double
quantile_centred (guint64 bits)
{
  double high = quantile_high_half (bits) - (QUANTILE_HIGH_BASE + 0x1p63 + QUANTILE_LOW_BASE);

  return (high + quantile_low_half (bits)) * 0x1p-64;
}

/** The lesser of u and 1 - u. */
static inline double
quantile_rim (guint64 bits)
{
  return quantile_uniform (bits ^ -(bits >> 63));
}

/* Normal */

#define QUANTILE_CENTRE 0.425

static inline double
quantile_polynomial (const double c[8], double x)
{
  double x2 = x * x;

  return ((c[0] + x * c[1]) + x2 * (c[2] + x * c[3]))
         + (x2 * x2) * ((c[4] + x * c[5]) + x2 * (c[6] + x * c[7]));
}

/** For |@d| = |u - 1/2| <= QUANTILE_CENTRE. */
static inline double
quantile_normal_centre (double d)
{
  static const double over[8] = {
    3.3871328727963666080e+0, 1.3314166789178437745e+2, 1.9715909503065514427e+3,
    1.3731693765509461125e+4, 4.5921953931549871457e+4, 6.7265770927008700853e+4,
    3.3430575583588128105e+4, 2.5090809287301226727e+3,
  };
  static const double under[8] = {
    1.0,
    4.2313330701600911252e+1,
    6.8718700749205790830e+2,
    5.3941960214247511077e+3,
    2.1213794301586595867e+4,
    3.9307895800092710610e+4,
    2.8729085735721942674e+4,
    5.2264952788528545610e+3,
  };
  double r = 0.180625 - d * d;

  return d * quantile_polynomial (over, r) / quantile_polynomial (under, r);
}

static inline double
quantile_normal_near (double r)
{
  static const double over[8] = {
    1.42343711074968357734e+0, 4.63033784615654529590e+0, 5.76949722146069140550e+0,
    3.64784832476320460504e+0, 1.27045825245236838258e+0, 2.41780725177450611770e-1,
    2.27238449892691845833e-2, 7.74545014278341407640e-4,
  };
  static const double under[8] = {
    1.0,
    2.05319162663775882187e+0,
    1.67638483018380384940e+0,
    6.89767334985100004550e-1,
    1.48103976427480074590e-1,
    1.51986665636164571966e-2,
    5.47593808499534494600e-4,
    1.05075007164441684324e-9,
  };

  return quantile_polynomial (over, r - 1.6) / quantile_polynomial (under, r - 1.6);
}

static inline double
quantile_normal_far (double r)
{
  static const double over[8] = {
    6.65790464350110377720e+0, 5.46378491116411436990e+0, 1.78482653991729133580e+0,
    2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3,
    2.71155556874348757815e-5, 2.01033439929228813265e-7,
  };
  static const double under[8] = {
    1.0,
    5.99832206555887937690e-1,
    1.36929880922735805310e-1,
    1.48753612908506148525e-2,
    7.86869131145613259100e-4,
    1.84631831751005468180e-5,
    1.42151175831644588870e-7,
    2.04426310338993978564e-15,
  };

  return quantile_polynomial (over, r - 5.0) / quantile_polynomial (under, r - 5.0);
}

/** What is exceeded with a chance of @q in (0, 1/2 - QUANTILE_CENTRE). */
static inline double
quantile_normal_tail (double q)
{
  double r = sqrt (-pinned_log (q));

  return pinned_select (r <= 5.0, quantile_normal_near (r), quantile_normal_far (r));
}

/* A part of the normal distribution */

/** u - 1/2 in the whole distribution, for the uniform number of @bits in the part. */
static inline double
quantile_part_centred (const ConsetNormalPart *part, guint64 bits)
{
  return part->middle + quantile_uniform (bits) * part->mass;
}

/** The chance of what is beyond, on the side where @centred is. */
static inline double
quantile_part_rim (const ConsetNormalPart *part, guint64 bits, double centred)
{
  double below = part->below + quantile_uniform (bits) * part->mass;
  double above = part->above + quantile_uniform (~bits) * part->mass;

  return pinned_select (centred < 0.0, below, above);
}

/* Exponential: the logarithm is taken of the lesser of u and 1 - u, or of 1 less that. */

static inline double
quantile_exponential (guint64 bits)
{
  guint64 upper = bits >> 63;
  double rim = quantile_rim (bits), k, m;
  PinnedPair rest = pinned_sum_ordered (1.0, -rim), f;

  rest.high = pinned_select (upper, rim, rest.high);
  rest.low = pinned_select (upper, 0.0, rest.low);
  m = pinned_log_reduce (rest.high, &k);
  f = pinned_sum_ordered (m - 1.0, rest.low * pinned_power_of_two (-k));
  return -pinned_log_sum (k, f.high, f.low);
}

/* Gamma */

/** (1 + c @normal)^3, not above 0 where there is no number. */
static inline double
quantile_gamma_cube (const ConsetGamma *gamma, double normal)
{
  double root = 1.0 + gamma->c * normal;

  return root * root * root;
}

/** Above 0 where an attempt is accepted without logarithms. */
static inline double
quantile_gamma_margin (double normal, guint64 bits, double cube)
{
  double square = normal * normal;
  double margin = (1.0 - 0.0331 * (square * square)) - quantile_uniform (bits);

  return pinned_select (cube > 0.0, margin, -1.0);
}

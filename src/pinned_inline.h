/* SPDX-License-Identifier: MIT */
/*
 * Elementary functions that give the same bits on every machine: the code itself, for those
 * who evaluate it over arrays. Others include pinned.h.
 *
 * Only +, -, *, / and moves of bits are used, which IEEE 754 defines to the last bit (the
 * build forbids contraction). No function branches: a loop over an array becomes vector code.
 * Rounding to nearest is assumed, as everywhere.
 *
 * Where values must be chosen between, pinned_select() does it with masks: the compiler does
 * not turn a conditional expression around arithmetic that could trap into vector code.
 *
 * Each function reduces its argument to a small interval, evaluates a polynomial there, and
 * puts the scale back. The polynomials interpolate in Chebyshev's nodes, computed with 400
 * bits; what they leave out is below 2^-57 of the result. Where the last digits would be
 * lost, a number is carried as a sum of two (Dekker 1971). All results are within 1 ulp, pow
 * too; tests/test_pinned.c has met nothing further off than 0.95 ulp.
 *
 * pinned_inline_angles.h and pinned_inline_more.h go on with functions that are made of these.
 */
#pragma once

#include <glib.h>

#include <string.h>

/** The unevaluated sum high + low, |low| at most half an ulp of high. */
typedef struct
{
  double high;
  double low;
} PinnedPair;

/* x + PINNED_ROUNDER rounds |x| < 2^51 to an integer, which then stands in the low bits. */
#define PINNED_ROUNDER 0x1.8p52
#define PINNED_INFINITY __builtin_inf ()
#define PINNED_NAN __builtin_nan ("")
#define PINNED_SIGN (G_GUINT64_CONSTANT (1) << 63)
#define PINNED_MANTISSA ((G_GUINT64_CONSTANT (1) << 52) - 1)

#define PINNED_LOG2_E 0x1.71547652b82fep+0
/* ln 2 in two parts, of which the first has 40 bits: its multiples are exact. */
#define PINNED_LN2_HIGH 0x1.62e42fefa2000p-1
#define PINNED_LN2_LOW 0x1.9ef35793c7673p-41

static inline guint64
pinned_bits (double x)
{
  guint64 bits;

  memcpy (&bits, &x, sizeof bits);
  return bits;
}

static inline double
pinned_of_bits (guint64 bits)
{
  double x;

  memcpy (&x, &bits, sizeof x);
  return x;
}

static inline double
pinned_abs (double x)
{
  return pinned_of_bits (pinned_bits (x) & ~PINNED_SIGN);
}

/** @x if @condition, which is 0 or 1, else @y; never a jump. */
static inline double
pinned_select (guint64 condition, double x, double y)
{
  return pinned_of_bits ((pinned_bits (x) & -condition) | (pinned_bits (y) & (condition - 1)));
}

/** @x >= 0 with the sign of @sign. */
static inline double
pinned_with_sign (double x, double sign)
{
  return pinned_of_bits (pinned_bits (x) | (pinned_bits (sign) & PINNED_SIGN));
}

static inline double
pinned_round (double x)
{
  return (x + PINNED_ROUNDER) - PINNED_ROUNDER;
}

/** a + b, exactly. */
static inline PinnedPair
pinned_sum (double a, double b)
{
  double high = a + b, b_part = high - a;

  return (PinnedPair){ high, (a - (high - b_part)) + (b - b_part) };
}

/** a + b, exactly, where a = 0 or |a| >= |b|. */
static inline PinnedPair
pinned_sum_ordered (double a, double b)
{
  double high = a + b;

  return (PinnedPair){ high, b - (high - a) };
}

/** a * b, exactly, unless it over- or underflows: Veltkamp's halves and Dekker's product. */
static inline PinnedPair
pinned_product (double a, double b)
{
  double a_split = a * 134217729.0, b_split = b * 134217729.0;
  double a_high = a_split - (a_split - a), b_high = b_split - (b_split - b);
  double a_low = a - a_high, b_low = b - b_high;
  double high = a * b;

  return (PinnedPair){
    high, ((a_high * b_high - high) + a_high * b_low + a_low * b_high) + a_low * b_low
  };
}

/** The quotient of two pairs, its low part not rounded to the last digit. */
static inline PinnedPair
pinned_quotient (PinnedPair a, PinnedPair b)
{
  double quotient = a.high / b.high;
  PinnedPair product = pinned_product (quotient, b.high);
  double rest = ((a.high - product.high) - product.low) + (a.low - quotient * b.low);

  return (PinnedPair){ quotient, rest / b.high };
}

/** 2^k for an integer -1023 < k < 1024. */
static inline double
pinned_power_of_two (double k)
{
  return pinned_of_bits ((pinned_bits (k + PINNED_ROUNDER) + 1023) << 52);
}

/** x * 2^k, rounded once if x is near 1, for an integer |k| < 2000. */
static inline double
pinned_scale (double x, double k)
{
  double half = pinned_round (k * 0.5);

  return x * pinned_power_of_two (half) * pinned_power_of_two (k - half);
}

/* exp, expm1 */

/* exp (r) - 1 - r for |r| <= ln 2 / 2. */
static inline double
pinned_exp_rest (double r)
{
  double r2 = r * r, r4 = r2 * r2;
  double a = 0x1.5555555555556p-3 + r * 0x1.5555555555555p-5;
  double b = 0x1.11111111109b3p-7 + r * 0x1.6c16c16c167e1p-10;
  double c = 0x1.a01a01a7c41d5p-13 + r * 0x1.a01a01a47b054p-16;
  double d = 0x1.71de0dae63bb3p-19 + r * 0x1.27e4e1f48534fp-22;
  double e = 0x1.af38a9b0ec855p-26 + r * 0x1.1f66df7fca49fp-29;

  return 0.5 * r2 + r2 * r * ((a + r2 * b) + r4 * ((c + r2 * d) + r4 * e));
}

/** x + tail = k ln 2 + r, |r| <= ln 2 / 2 but for rounding, for |x| < 2000; returns r. */
static inline PinnedPair
pinned_exp_reduce (double x, double tail, double *k)
{
  double high, low;

  *k = pinned_round (x * PINNED_LOG2_E);
  high = x - *k * PINNED_LN2_HIGH;
  low = *k * PINNED_LN2_LOW - tail;
  return pinned_sum (high, -low);
}

/** exp (x + tail) for a tail of about an ulp of x. */
static inline double
pinned_exp_pair (double x, double tail)
{
  double k;
  PinnedPair r, one;

  x = pinned_select (x > 710.0, 710.0, x);
  x = pinned_select (x < -746.0, -746.0, x);
  r = pinned_exp_reduce (x, tail, &k);
  one = pinned_sum_ordered (1.0, r.high);
  return pinned_scale (one.high + (one.low + (r.low + pinned_exp_rest (r.high))), k);
}

static inline double
pinned_exp (double x)
{
  return pinned_exp_pair (x, 0.0);
}

/** (exp (x) - 1) / 2^k, with more digits than a double has. */
static inline PinnedPair
pinned_expm1_pair (double x, double *k)
{
  PinnedPair r, one, sum;
  double rest;

  x = pinned_select (x > 712.0, 712.0, x);
  x = pinned_select (x < -60.0, -60.0, x);
  r = pinned_exp_reduce (x, 0.0, k);
  rest = r.low + pinned_exp_rest (r.high);
  one = pinned_sum (1.0, -pinned_scale (1.0, -*k));
  sum = pinned_sum (one.high, r.high);
  return pinned_sum (sum.high, sum.low + (one.low + rest));
}

static inline double
pinned_expm1 (double x)
{
  double k;
  PinnedPair e = pinned_expm1_pair (x, &k);

  return pinned_with_sign (pinned_scale (e.high, k), x);
}

/* log, log1p */

/* (log ((1 + s) / (1 - s)) - 2 s) / s^3 for z = s^2 and (1 + s) / (1 - s) in sqrt (1/2 .. 2). */
static inline double
pinned_log_series (double z)
{
  double z2 = z * z;
  double a = 0x1.5555555555555p-1 + z * 0x1.9999999999a38p-2;
  double b = 0x1.2492492476c87p-2 + z * 0x1.c71c720160b47p-3;
  double c = 0x1.745cf901605f7p-3 + z * 0x1.3b1c360763b8ap-3;
  double d = 0x1.0fbe83c2cbcf3p-3 + z * 0x1.0c04595972ab8p-3;

  return (a + z2 * b) + (z2 * z2) * (c + z2 * d);
}

/** x = 2^k m, sqrt (1/2) <= m < sqrt (2); returns m and stores k, for a finite x > 0. */
static inline double
pinned_log_reduce (double x, double *k)
{
  const guint64 root = G_GUINT64_CONSTANT (0x3fe6a09e667f3bcd);
  const guint64 one = G_GUINT64_CONSTANT (0x3ff0000000000000);
  guint64 tiny = x < 0x1p-1022;
  guint64 shifted = pinned_bits (pinned_select (tiny, x * 0x1p54, x)) + (one - root);

  /* The exponent becomes a double as the low bits of 2^52. */
  *k = pinned_of_bits (pinned_bits (0x1p52) | shifted >> 52)
       - pinned_select (tiny, 0x1p52 + 1077.0, 0x1p52 + 1023.0);
  return pinned_of_bits ((shifted & PINNED_MANTISSA) + root);
}

/* k ln 2 + log (1 + f + tail). */
static inline double
pinned_log_sum (double k, double f, double tail)
{
  double s = f / (2.0 + f), z = s * s, half = 0.5 * f * f;
  double rest = s * (half + z * pinned_log_series (z)) + (k * PINNED_LN2_LOW + tail);

  return k * PINNED_LN2_HIGH + (f - (half - rest));
}

static inline double
pinned_log (double x)
{
  double k, m = pinned_log_reduce (x, &k);
  double result = pinned_log_sum (k, m - 1.0, 0.0);

  result = pinned_select (x < PINNED_INFINITY, result, x);
  result = pinned_select (x == 0.0, -PINNED_INFINITY, result);
  return pinned_select (x < 0.0, PINNED_NAN, result);
}

static inline double
pinned_log1p (double x)
{
  PinnedPair sum = pinned_sum (1.0, x), f;
  double k, m = pinned_log_reduce (sum.high, &k), result;

  /* Beyond 2^1000 there is nothing of the 1 left to scale. */
  sum.low *= pinned_power_of_two (pinned_select (k > 1000.0, -1000.0, -k));
  f = pinned_sum_ordered (m - 1.0, sum.low);
  result = pinned_with_sign (pinned_abs (pinned_log_sum (k, f.high, f.low)), x);
  result = pinned_select (x < PINNED_INFINITY, result, x);
  result = pinned_select (x == -1.0, -PINNED_INFINITY, result);
  return pinned_select (x < -1.0, PINNED_NAN, result);
}

/* pow */

/* (log ((1 + s) / (1 - s)) - 2 s - 2/3 s^3) / s^5 for z = s^2. */
static inline double
pinned_log_series_5 (double z)
{
  double z2 = z * z;
  double a = 0x1.999999999999ap-2 + z * 0x1.2492492492521p-2;
  double b = 0x1.c71c71c6eaa10p-3 + z * 0x1.745d177a96056p-3;
  double c = 0x1.3b1395d2190c1p-3 + z * 0x1.1118c7e4b0917p-3;
  double d = 0x1.df7cc8e5fa539p-4 + z * 0x1.e02e6fff27908p-4;

  return (a + z2 * b) + (z2 * z2) * (c + z2 * d);
}

/* log (m) with a relative error of some 2^-64 for x = 2^k m as in pinned_log_reduce(). */
static inline PinnedPair
pinned_log_mantissa (double x, double *k)
{
  const double third_high = 0x1.5555555555555p-1, third_low = 0x1.5555555555555p-55;
  double f = pinned_log_reduce (x, k) - 1.0;
  PinnedPair divisor = pinned_sum (2.0, f), s, z, w, product, log_m;

  s.high = f / divisor.high;
  product = pinned_product (s.high, divisor.high);
  s.low = ((f - product.high) - product.low - s.high * divisor.low) / divisor.high;
  z = pinned_product (s.high, s.high);
  z = pinned_sum_ordered (z.high, z.low + 2.0 * s.high * s.low);
  w = pinned_product (z.high, third_high);
  w.low += (z.high * third_low + z.low * third_high)
           + z.high * z.high * pinned_log_series_5 (z.high);
  w = pinned_sum_ordered (w.high, w.low);
  product = pinned_product (s.high, w.high);
  product.low += s.high * w.low + s.low * w.high;
  log_m = pinned_sum_ordered (2.0 * s.high, product.high);
  log_m.low += 2.0 * s.low + product.low;
  return log_m;
}

/** log (x) with a relative error of some 2^-64, for a finite x > 0. */
static inline PinnedPair
pinned_log_pair (double x)
{
  double k;
  PinnedPair log_m = pinned_log_mantissa (x, &k), sum;

  sum = pinned_sum (k * PINNED_LN2_HIGH, log_m.high);
  return pinned_sum_ordered (sum.high, sum.low + (log_m.low + k * PINNED_LN2_LOW));
}

/* Whether a finite x is an integer. */
static inline guint64
pinned_is_integer (double x)
{
  double a = pinned_abs (x);

  return (guint64) (a >= 0x1p52) | ((a + 0x1p52) - 0x1p52 == a);
}

/** As C's pow: 1 for y = 0 or x = 1 whatever the other is, also NaN. */
static inline double
pinned_pow (double x, double y)
{
  double base = pinned_abs (x), magnitude = pinned_abs (y), capped, result;
  guint64 integer = pinned_is_integer (y);
  guint64 odd = integer & (magnitude < 0x1p53) & ~pinned_is_integer (0.5 * y);
  guint64 rim = (guint64) (base == 0.0) | (base == PINNED_INFINITY);
  PinnedPair logarithm = pinned_log_pair (base), product;

  /* Beyond 2^70 every base but 1 is out of range. */
  capped = pinned_select (magnitude > 0x1p70, pinned_with_sign (0x1p70, y), y);
  product = pinned_product (logarithm.high, capped);
  product.low += logarithm.low * capped;
  product.low = pinned_select (pinned_abs (product.high) < 800.0, product.low, 0.0);
  result = pinned_exp_pair (product.high, product.low);

  result = pinned_select (rim & (guint64) ((base == 0.0) ^ (y < 0.0)), 0.0, result);
  result = pinned_select (rim & (guint64) ((base != 0.0) ^ (y < 0.0)), PINNED_INFINITY, result);
  result = pinned_select (odd, pinned_with_sign (result, x), result);
  result = pinned_select ((guint64) (x < 0.0) & (base < PINNED_INFINITY) & (integer ^ 1),
                          PINNED_NAN, result);
  result = pinned_select (x != x, x, result);
  result = pinned_select (y != y, y, result);
  return pinned_select ((guint64) (y == 0.0) | (x == 1.0), 1.0, result);
}

/* sin, cos */

/** The largest |x| that pinned_sin_near() and pinned_cos_near() take. */
#define PINNED_NEAR 0x1p20

/* sin (h + l) - h for |h + l| <= pi / 4. */
static inline double
pinned_sin_rest (PinnedPair r)
{
  double z = r.high * r.high, z2 = z * z;
  double a = -0x1.5555555555555p-3 + z * 0x1.1111111111110p-7;
  double b = -0x1.a01a01a01992fp-13 + z * 0x1.71de3a545f836p-19;
  double c = -0x1.ae645410e937bp-26 + z * 0x1.61217d9252c03p-33;
  double series = (a + z2 * b) + (z2 * z2) * (c - z2 * 0x1.ab16f5caa198ap-41);

  return z * r.high * series + r.low * (1.0 - 0.5 * z);
}

static inline double
pinned_sin_kernel (PinnedPair r)
{
  return r.high + pinned_sin_rest (r);
}

/* (cos (h) - 1 + z / 2) / z^2 for z = h^2. */
static inline double
pinned_cos_series (double z)
{
  double z2 = z * z;
  double a = 0x1.5555555555555p-5 - z * 0x1.6c16c16c16963p-10;
  double b = 0x1.a01a019f4ddfdp-16 - z * 0x1.27e4fa16cc2d1p-22;
  double c = 0x1.1eeb67d026ec6p-29 - z * 0x1.907cd8ff5ede7p-37;

  return (a + z2 * b) + (z2 * z2) * c;
}

static inline double
pinned_cos_kernel (PinnedPair r)
{
  double z = r.high * r.high, half = 0.5 * z, most = 1.0 - half;

  return most + (((1.0 - most) - half) + ((z * z) * pinned_cos_series (z) - r.high * r.low));
}

/** sin (r + quadrant pi / 2). */
static inline double
pinned_sin_quadrant (PinnedPair r, guint64 quadrant)
{
  double s = pinned_sin_kernel (r), c = pinned_cos_kernel (r);
  guint64 cosine = -(quadrant & 1);
  guint64 bits = (pinned_bits (c) & cosine) | (pinned_bits (s) & ~cosine);

  return pinned_of_bits (bits ^ (quadrant & 2) << 62);
}

/* x = quadrant pi / 2 + r. pi / 2 stands in three parts of 33 bits, whose multiples are exact
 * for |x| <= PINNED_NEAR, and a fourth: 152 bits in all. */
static inline PinnedPair
pinned_trig_reduce (double x, guint64 *quadrant)
{
  double rounded = x * 0x1.45f306dc9c883p-1 + PINNED_ROUNDER, k = rounded - PINNED_ROUNDER;
  PinnedPair second = pinned_sum (x - k * 0x1.921fb54400000p+0, -(k * 0x1.0b4611a600000p-34));
  PinnedPair third = pinned_sum (second.high, -(k * 0x1.3198a2e000000p-69));

  *quadrant = pinned_bits (rounded);
  return pinned_sum (third.high, second.low + (third.low - k * 0x1.b839a252049c1p-104));
}

static inline double
pinned_sin_near (double x)
{
  guint64 quadrant;
  PinnedPair r = pinned_trig_reduce (x, &quadrant);
  double result = pinned_sin_quadrant (r, quadrant);

  return pinned_select (x == 0.0, x, result);
}

static inline double
pinned_cos_near (double x)
{
  guint64 quadrant;
  PinnedPair r = pinned_trig_reduce (x, &quadrant);

  return pinned_sin_quadrant (r, quadrant + 1);
}

/* tanh */

/* e / (2 + e) for e = exp (2 |x|) - 1, the division carried on to the digits of e. */
static inline double
pinned_tanh (double x)
{
  double a = pinned_abs (x), k, scale, result;
  PinnedPair e, divisor, quotient;

  e = pinned_expm1_pair (pinned_select (a > 22.0, 44.0, 2.0 * a), &k);
  scale = pinned_power_of_two (k);
  e.high *= scale;
  e.low *= scale;
  divisor = pinned_sum (2.0, e.high);
  divisor.low += e.low;
  quotient = pinned_quotient (e, divisor);
  result = quotient.high + quotient.low;
  return pinned_with_sign (pinned_select (a < 0x1p-30, a, result), x);
}

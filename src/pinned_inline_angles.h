/* SPDX-License-Identifier: MIT */
/*
 * Pinned functions of right-angled triangles: tan, asin, acos, atan, atan2, hypot. What
 * pinned_inline.h says of its functions is true of these.
 *
 * Arctangents are all atan2. The smaller leg by the larger one is t = tan (a) for an angle a up
 * to pi / 4; where t is above tan (pi / 8), a is pi / 4 - atan ((1 - t) / (1 + t)). So the angle is
 * a multiple of pi / 4 plus or minus atan (t) for a t up to tan (pi / 8), for which there is a
 * polynomial. asin has one up to 1 / 2; above, it is pi / 2 - 2 asin (sqrt ((1 - x) / 2)).
 */
#pragma once

#include "pinned_inline.h"

#include <math.h>

#define PINNED_HALF_PI_HIGH 0x1.921fb54442d18p+0
#define PINNED_HALF_PI_LOW 0x1.1a62633145c07p-54

/* tan */

/** tan (r + quadrant pi / 2), the quotient of sine and cosine with more digits. */
static inline double
pinned_tan_quadrant (PinnedPair r, guint64 quadrant)
{
  PinnedPair z = pinned_product (r.high, r.high), s, c, top, bottom, quotient;
  double half = 0.5 * z.high, most = 1.0 - half;
  guint64 odd = quadrant & 1;

  s = pinned_sum_ordered (r.high, pinned_sin_rest (r));
  c.low = ((1.0 - most) - half) - 0.5 * z.low;
  c.low += (z.high * z.high) * pinned_cos_series (z.high) - r.high * r.low;
  c = pinned_sum_ordered (most, c.low);
  top.high = pinned_select (odd, -c.high, s.high);
  top.low = pinned_select (odd, -c.low, s.low);
  bottom.high = pinned_select (odd, s.high, c.high);
  bottom.low = pinned_select (odd, s.low, c.low);
  quotient = pinned_quotient (top, bottom);
  return quotient.high + quotient.low;
}

/** For |x| <= PINNED_NEAR. */
static inline double
pinned_tan_near (double x)
{
  guint64 quadrant;
  PinnedPair r = pinned_trig_reduce (x, &quadrant);
  double result = pinned_tan_quadrant (r, quadrant);

  return pinned_select (x == 0.0, x, result);
}

/* asin, acos */

/* (asin (s) / s - 1) / z for z = s^2 <= 1 / 4. */
static inline double
pinned_asin_series (double z)
{
  double z2 = z * z, z4 = z2 * z2;
  double a = 0x1.5555555555556p-3 + z * 0x1.3333333332ecap-4;
  double b = 0x1.6db6db6e31f13p-5 + z * 0x1.f1c71c1db0623p-6;
  double c = 0x1.6e8bb1c8209a2p-6 + z * 0x1.1c4d35cf95421p-6;
  double d = 0x1.c9cf07674736ap-7 + z * 0x1.782651caa6547p-7;
  double e = 0x1.52420b04b37bep-7 + z * 0x1.65a9c4dfcf8b2p-8;
  double f = 0x1.1d189408314eep-6 - z * 0x1.e6aaa8a0a04ccp-7;

  return ((a + z2 * b) + z4 * (c + z2 * d))
         + (z4 * z4) * ((e + z2 * f) + z4 * 0x1.d72b2bc8155f8p-6);
}

/* asin (s) for s = |x| up to 1 / 2, for s = sqrt ((1 - |x|) / 2) beyond; NaN beyond 1. */
static inline PinnedPair
pinned_asin_half (double x)
{
  double a = pinned_abs (x), w = pinned_select (a > 0.5, 0.5 * (1.0 - a), a * a);
  double root = sqrt (w), s = pinned_select (a > 0.5, root, a), low;
  PinnedPair square = pinned_product (root, root);

  low = ((w - square.high) - square.low) / (2.0 * root);
  low = pinned_select ((guint64) (a > 0.5) & (a != 1.0), low, 0.0);
  return (PinnedPair){ s, low + s * w * pinned_asin_series (w) };
}

static inline double
pinned_asin (double x)
{
  PinnedPair half = pinned_asin_half (x);
  PinnedPair sum = pinned_sum_ordered (PINNED_HALF_PI_HIGH, -2.0 * half.high);
  double beyond = sum.high + (sum.low + (PINNED_HALF_PI_LOW - 2.0 * half.low));
  double result = pinned_select (pinned_abs (x) > 0.5, beyond, half.high + half.low);

  return pinned_with_sign (pinned_abs (result), x);
}

/* pi / 2 - asin (x); or 2 asin (s), or pi less that. */
static inline double
pinned_acos (double x)
{
  PinnedPair half = pinned_asin_half (x), sum;
  guint64 beyond = pinned_abs (x) > 0.5;
  double factor = pinned_select (beyond, 2.0, 1.0) * pinned_select (beyond ^ (x > 0.0), -1.0, 1.0);
  double turns = pinned_select (beyond, pinned_select (x > 0.0, 0.0, 2.0), 1.0);

  sum = pinned_sum (turns * PINNED_HALF_PI_HIGH, factor * half.high);
  return sum.high + (sum.low + (turns * PINNED_HALF_PI_LOW + factor * half.low));
}

/* atan, atan2 */

/* (atan (t) / t - 1) / z for z = t^2 <= tan (pi / 8)^2. */
static inline double
pinned_atan_series (double z)
{
  double z2 = z * z, z4 = z2 * z2;
  double a = -0x1.5555555555555p-2 + z * 0x1.9999999999953p-3;
  double b = -0x1.249249248d7eep-3 + z * 0x1.c71c71c304b68p-4;
  double c = -0x1.745d165df3f95p-4 + z * 0x1.3b1392d9e785cp-4;
  double d = -0x1.110e880a7a520p-4 + z * 0x1.e19a13b9fc6ccp-5;
  double e = -0x1.ac7a938b69c08p-5 + z * 0x1.74ddd408bb245p-5;
  double f = -0x1.1b33b923aa2f2p-5 + z * 0x1.0ad36a455bcd5p-6;

  return ((a + z2 * b) + z4 * (c + z2 * d)) + (z4 * z4) * (e + z2 * f);
}

/* atan (small / big) for 0 <= small <= big, 2^-500 <= big <= 2^500, is a pi / 4 + the pair, where a
 * is 0 or 1. */
static inline PinnedPair
pinned_atan_octant (double small, double big, double *a)
{
  guint64 upper = small > big * 0x1.a827999fcef32p-2;
  PinnedPair less = pinned_sum_ordered (big, -small), more = pinned_sum_ordered (big, small);
  PinnedPair top, bottom, t;
  double z;

  *a = pinned_select (upper, 1.0, 0.0);
  top.high = pinned_select (upper, -less.high, small);
  top.low = pinned_select (upper, -less.low, 0.0);
  bottom.high = pinned_select (upper, more.high, big);
  bottom.low = pinned_select (upper, more.low, 0.0);
  t = pinned_quotient (top, bottom);
  z = t.high * t.high;
  t.low = t.low * (1.0 - z) + t.high * z * pinned_atan_series (z);
  return t;
}

/* What brings two numbers of which the larger one is @big where squares do not leave the range. */
static inline double
pinned_moderating_factor (double big)
{
  return pinned_select (big > 0x1p500, 0x1p-600, pinned_select (big < 0x1p-500, 0x1p600, 1.0));
}

/** As C's atan2: the angle of (x, y), signed zeros and infinities included. */
static inline double
pinned_atan2 (double y, double x)
{
  double ax = pinned_abs (x), ay = pinned_abs (y), factor, a, turn, sign, result;
  guint64 steep = ay > ax, backward = pinned_bits (x) >> 63;
  double big = pinned_select (steep, ay, ax), small = pinned_select (steep, ax, ay);
  guint64 infinite = big == PINNED_INFINITY;
  PinnedPair t, sum;

  small = pinned_select (infinite, pinned_select (small == PINNED_INFINITY, 1.0, 0.0), small);
  big = pinned_select (infinite | (big == 0.0), 1.0, big);
  factor = pinned_moderating_factor (big);
  t = pinned_atan_octant (small * factor, big * factor, &a);

  /* Mirrored at pi / 4, then at pi / 2. */
  turn = pinned_select (steep, 2.0 - a, a);
  turn = pinned_select (backward, 4.0 - turn, turn);
  sign = pinned_select (steep ^ backward, -1.0, 1.0);
  sum = pinned_sum_ordered (turn * (0.5 * PINNED_HALF_PI_HIGH), sign * t.high);
  result = sum.high + (sum.low + (turn * (0.5 * PINNED_HALF_PI_LOW) + sign * t.low));

  /* The angle of a tiny slope is the slope, even where it is no normal number. */
  result = pinned_select ((backward ^ 1) & (ay < ax * 0x1p-28), ay / ax, result);
  result = pinned_with_sign (pinned_abs (result), y);
  result = pinned_select (x != x, x, result);
  return pinned_select (y != y, y, result);
}

static inline double
pinned_atan (double x)
{
  return pinned_atan2 (x, 1.0);
}

/* hypot */

/** sqrt (x^2 + y^2), infinite only where the result is; infinite beside NaN, too, as in C. */
static inline double
pinned_hypot (double x, double y)
{
  double ax = pinned_abs (x), ay = pinned_abs (y);
  guint64 steep = ay > ax, infinite = (guint64) (ax == PINNED_INFINITY) | (ay == PINNED_INFINITY);
  double big = pinned_select (steep, ay, ax), small = pinned_select (steep, ax, ay);
  double factor = pinned_moderating_factor (big), root, result;
  PinnedPair a, b, sum, square;

  a = pinned_product (big * factor, big * factor);
  b = pinned_product (small * factor, small * factor);
  sum = pinned_sum_ordered (a.high, b.high);
  sum.low += a.low + b.low;
  root = sqrt (sum.high);
  square = pinned_product (root, root);
  result = root + (((sum.high - square.high) - square.low) + sum.low) / (2.0 * root);
  result = pinned_select ((guint64) (ax == 0.0) & (ay == 0.0), 0.0, result / factor);
  return pinned_select (infinite, PINNED_INFINITY, result);
}

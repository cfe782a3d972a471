/* SPDX-License-Identifier: MIT */
/*
 * More pinned functions: sinh, cosh, log2, log10, erf, and the remainder. What pinned_inline.h
 * says of its functions is true of these; the remainder is exact but for the last step.
 *
 * erf (x) is x + x Q (x^2) up to 7/8. Beyond it is 1 - exp (-x^2) g (x), where g falls slowly and
 * is a polynomial in (x - 2) / (x + 3), in the way of Shepherd and Laframboise 1981; from 6 on it
 * is 1.
 */
#pragma once

#include "pinned_inline.h"

/* sinh, cosh */

/* exp (x) / 2^k with more digits than a double has, for 0 <= x < 2000. */
static inline PinnedPair
pinned_exp_mantissa (double x, double *k)
{
  PinnedPair r = pinned_exp_reduce (x, 0.0, k), one = pinned_sum_ordered (1.0, r.high);

  return pinned_sum_ordered (one.high, one.low + (r.low + pinned_exp_rest (r.high)));
}

/* (e + e / (1 + e)) / 2 for e = exp (|x|) - 1. */
static inline double
pinned_sinh (double x)
{
  double a = pinned_abs (x), k, down, result;
  PinnedPair e, whole, quotient, sum;

  a = pinned_select (a > 712.0, 712.0, a);
  e = pinned_expm1_pair (a, &k);
  whole = pinned_exp_mantissa (a, &k);
  quotient = pinned_quotient (e, whole);
  down = pinned_scale (1.0, -k);
  sum = pinned_sum (e.high, quotient.high * down);
  result = pinned_scale (sum.high + (sum.low + (e.low + quotient.low * down)), k - 1.0);
  return pinned_with_sign (pinned_select (a < 0x1p-30, a, result), x);
}

/* (e + 1 / e) / 2 for e = exp (|x|). */
static inline double
pinned_cosh (double x)
{
  const PinnedPair one = { 1.0, 0.0 };
  double a = pinned_abs (x), k, down;
  PinnedPair e, inverse, sum;

  e = pinned_exp_mantissa (pinned_select (a > 712.0, 712.0, a), &k);
  inverse = pinned_quotient (one, e);
  down = pinned_power_of_two (-2.0 * pinned_select (k > 400.0, 400.0, k));
  sum = pinned_sum_ordered (e.high, inverse.high * down);
  return pinned_scale (sum.high + (sum.low + (e.low + inverse.low * down)), k - 1.0);
}

/* log2, log10 */

/* The @logarithm of x to some base, for a finite x > 0, or what is to be said of x beyond. */
static inline double
pinned_log_or_edge (double x, double logarithm)
{
  logarithm = pinned_select (x < PINNED_INFINITY, logarithm, x);
  logarithm = pinned_select (x == 0.0, -PINNED_INFINITY, logarithm);
  return pinned_select (x < 0.0, PINNED_NAN, logarithm);
}

/* Exact for powers of two. */
static inline double
pinned_log2 (double x)
{
  const PinnedPair factor = { PINNED_LOG2_E, 0x1.777d0ffda0d24p-56 };
  double k;
  PinnedPair m = pinned_log_mantissa (x, &k), product, sum;

  product = pinned_product (m.high, factor.high);
  product.low += m.high * factor.low + m.low * factor.high;
  sum = pinned_sum (k, product.high);
  return pinned_log_or_edge (x, sum.high + (sum.low + product.low));
}

static inline double
pinned_log10 (double x)
{
  const PinnedPair factor = { 0x1.bcb7b1526e50ep-2, 0x1.95355baaafad3p-57 };
  PinnedPair logarithm = pinned_log_pair (x), product;

  product = pinned_product (logarithm.high, factor.high);
  product.low += logarithm.high * factor.low + logarithm.low * factor.high;
  return pinned_log_or_edge (x, product.high + product.low);
}

/* erf */

/* erf (x) / x - 1 for u = x^2 - 3/8, 0 <= x <= 7/8. */
static inline double
pinned_erf_series (double u)
{
  double u2 = u * u, u4 = u2 * u2;
  double a = 0x1.ecdcb3fadb1c4p-10 - u * 0x1.350d94d118e26p-2;
  double b = 0x1.62bad8f5b13aep-4 - u * 0x1.498fcbc3d14e4p-6;
  double c = 0x1.f8a20cbf0260dp-9 - u * 0x1.46ba7f89eb851p-11;
  double d = 0x1.6db16a0e210c1p-14 - u * 0x1.680443eed57d9p-17;
  double e = 0x1.3c24e8bf7d930p-20 - u * 0x1.f4f1868b1f24ep-24;
  double f = 0x1.6a6d022e30ce4p-27 - u * 0x1.dc357fd34448ap-31;

  return ((a + u2 * b) + u4 * (c + u2 * d)) + (u4 * u4) * (e + u2 * f);
}

/* (1 - erf (x)) exp (x^2) for t = (x - 2) / (x + 3), 0.8 <= x <= 6. */
static inline double
pinned_erf_tail (double t)
{
  double t2 = t * t, t4 = t2 * t2, t8 = t4 * t4;
  double a = 0x1.058671b52c776p-2 - t * 0x1.11662115e47a8p-1;
  double b = 0x1.05ad2167da914p-1 - t * 0x1.817565d7440d2p-2;
  double c = 0x1.a1aebbf53c7b8p-3 - t * 0x1.2400de2ac950fp-4;
  double d = 0x1.fd336c321399fp-8 + t * 0x1.864ff744443ffp-8;
  double e = -0x1.37c375c47b4dcp-9 - t * 0x1.0278caae7dca2p-11;
  double f = 0x1.bd6963eada91dp-12 + t * 0x1.16cd8a8999320p-14;
  double g = -0x1.4001664b58c65p-14 - t * 0x1.1c4f1961e28f9p-16;
  double h = 0x1.d8a85d2e1e237p-17 + t * 0x1.56d30c386cf99p-18;
  double low = (a + t2 * b) + t4 * (c + t2 * d), high = (e + t2 * f) + t4 * (g + t2 * h);

  return low + t8 * (high - t8 * 0x1.b1ab5c68cd8a6p-19);
}

/* The exponential stands as (one.high + one.low) 2^k. */
static inline double
pinned_erf (double x)
{
  double a = pinned_abs (x), b = pinned_select (a > 6.0, 6.0, a), k, tail;
  double inner = a + a * pinned_erf_series (a * a - 0.375), outer;
  PinnedPair square = pinned_product (b, b), t, r, one, product, rest;

  r = pinned_exp_reduce (-square.high, -square.low, &k);
  one = pinned_sum_ordered (1.0, r.high);
  one.low += r.low + pinned_exp_rest (r.high);
  t = pinned_quotient (pinned_sum (b, -2.0), pinned_sum (b, 3.0));
  tail = pinned_erf_tail (t.high + t.low) * pinned_power_of_two (k);
  product = pinned_product (one.high, tail);
  rest = pinned_sum_ordered (1.0, -product.high);
  outer = rest.high + (rest.low - (product.low + one.low * tail));
  return pinned_with_sign (pinned_select (a < 0.875, inner, outer), x);
}

/* Remainder */

/** Whether pinned_mod_near() takes the two: a quotient that is not huge, and no extreme sizes. */
static inline guint64
pinned_mod_is_near (double x, double y)
{
  double ax = pinned_abs (x), ay = pinned_abs (y);

  return (guint64) (ay >= 0x1p-900) & (ay <= 0x1p900) & (ax < ay * 0x1p51);
}

/** The remainder of |x| by |y|, below |y|, moved to where x has it and to the side of y. */
static inline double
pinned_mod_of_remainder (double remainder, double x, double y)
{
  double moved = pinned_with_sign (remainder, x);
  guint64 across = (pinned_bits (x) ^ pinned_bits (y)) >> 63;

  moved = pinned_select (across & (remainder != 0.0), moved + y, moved);
  return pinned_select (remainder == 0.0, pinned_with_sign (0.0, y), moved);
}

/**
 * As Python's x % y, with the sign of y. The quotient may come out one too large, never too small;
 * what is subtracted stands as a pair, and the difference has no more digits than a double.
 */
static inline double
pinned_mod_near (double x, double y)
{
  double ax = pinned_abs (x), ay = pinned_abs (y), quotient = ax / ay, n, remainder;
  PinnedPair product;

  n = (quotient + 0x1p52) - 0x1p52;
  n -= pinned_select (n > quotient, 1.0, 0.0);
  product = pinned_product (n, ay);
  remainder = (ax - product.high) - product.low;
  remainder += pinned_select (remainder < 0.0, ay, 0.0);
  return pinned_mod_of_remainder (remainder, x, y);
}

/* SPDX-License-Identifier: MIT */
/*
 * The pinned functions one by one, and the reduction of large angles.
 *
 * An angle beyond PINNED_NEAR is multiplied with those 192 bits of 2/pi that matter modulo 4
 * (Payne and Hanek 1983), in integers: at least 130 bits behind the point are right, and no
 * double comes closer to a multiple of pi/2 than 2^-61.
 */
#include "pinned.h"

#include "pinned_inline_angles.h"
#include "pinned_inline_more.h"

#include <math.h>

/* 2/pi after 64 zeros, so that no angle starts before the first word. */
static const guint64 two_by_pi[] = {
  0,
  G_GUINT64_CONSTANT (0xa2f9836e4e441529),
  G_GUINT64_CONSTANT (0xfc2757d1f534ddc0),
  G_GUINT64_CONSTANT (0xdb6295993c439041),
  G_GUINT64_CONSTANT (0xfe5163abdebbc561),
  G_GUINT64_CONSTANT (0xb7246e3a424dd2e0),
  G_GUINT64_CONSTANT (0x06492eea09d1921c),
  G_GUINT64_CONSTANT (0xfe1deb1cb129a73e),
  G_GUINT64_CONSTANT (0xe88235f52ebb4484),
  G_GUINT64_CONSTANT (0xe99c7026b45f7e41),
  G_GUINT64_CONSTANT (0x3991d639835339f4),
  G_GUINT64_CONSTANT (0x9c845f8bbdf9283b),
  G_GUINT64_CONSTANT (0x1ff897ffde05980f),
  G_GUINT64_CONSTANT (0xef2f118b5a0a6d1f),
  G_GUINT64_CONSTANT (0x6d367ecf27cb09b7),
  G_GUINT64_CONSTANT (0x4f463f669e5fea2d),
  G_GUINT64_CONSTANT (0x7527bac7ebe5f17b),
  G_GUINT64_CONSTANT (0x3d0739f78a5292ea),
  G_GUINT64_CONSTANT (0x6bfb5fb11f8d5d08),
  G_GUINT64_CONSTANT (0x56033046fc7b6bab),
};

/* The 64 bits of 2/pi from bit @at on. */
static guint64
two_by_pi_bits (guint at)
{
  guint word = at / 64, shift = at % 64;

  if (shift == 0)
    return two_by_pi[word];
  return two_by_pi[word] << shift | two_by_pi[word + 1] >> (64 - shift);
}

/* high 2^64 + low, a fraction of 2^128, as a sum of two doubles. */
static PinnedPair
pair_of_fraction (guint64 high, guint64 low)
{
  guint zeros = 0;
  double scale;

  if (high == 0)
    {
      high = low;
      low = 0;
      zeros = 64;
    }
  if (high == 0)
    return (PinnedPair){ 0.0, 0.0 };
  while (high >> 63 == 0)
    {
      high = high << 1 | low >> 63;
      low <<= 1;
      zeros++;
    }
  scale = pinned_power_of_two (-(double) zeros);
  /* 53 bits, and what follows of 128. */
  return (PinnedPair){ (double) (high >> 11) * 0x1p-53 * scale,
                       (double) (high << 53 | low >> 11) * 0x1p-117 * scale };
}

/* |x| = 4 n pi / 2 + quadrant pi / 2 + r, for a finite |x| >= PINNED_NEAR. */
static PinnedPair
reduce_far (double x, guint64 *quadrant)
{
  const PinnedPair half_pi = { 0x1.921fb54442d18p+0, 0x1.1a62633145c07p-54 };
  guint64 bits = pinned_bits (x), m = (bits & PINNED_MANTISSA) | (PINNED_MANTISSA + 1);
  /* |x| = m 2^e. Bits of 2/pi above 2^(1 - e) make multiples of 4. */
  guint e_and_64 = (guint) (bits >> 52 & 0x7ff) - 1075 + 64, at = e_and_64 - 2;
  unsigned __int128 low = (unsigned __int128) m * two_by_pi_bits (at + 128);
  unsigned __int128 middle = (unsigned __int128) m * two_by_pi_bits (at + 64) + (low >> 64);
  guint64 top = m * two_by_pi_bits (at) + (guint64) (middle >> 64);
  /* Now top:middle is |x| 2/pi modulo 4, two bits before the point. */
  guint64 high = top << 2 | (guint64) middle >> 62;
  guint64 rest = (guint64) middle << 2 | (guint64) low >> 62;
  gboolean negative = high >> 63;
  PinnedPair fraction, r;

  *quadrant = (top >> 62) + negative;
  if (negative)
    {
      rest = -rest;
      high = ~high + (rest == 0);
    }
  fraction = pair_of_fraction (high, rest);
  if (negative)
    fraction = (PinnedPair){ -fraction.high, -fraction.low };
  r = pinned_product (fraction.high, half_pi.high);
  r.low += fraction.high * half_pi.low + fraction.low * half_pi.high;
  return pinned_sum_ordered (r.high, r.low);
}

double
conset_pinned_exp (double x)
{
  return pinned_exp (x);
}

double
conset_pinned_expm1 (double x)
{
  return pinned_expm1 (x);
}

double
conset_pinned_log (double x)
{
  return pinned_log (x);
}

double
conset_pinned_log1p (double x)
{
  return pinned_log1p (x);
}

double
conset_pinned_pow (double x, double y)
{
  return pinned_pow (x, y);
}

double
conset_pinned_log2 (double x)
{
  return pinned_log2 (x);
}

double
conset_pinned_log10 (double x)
{
  return pinned_log10 (x);
}

double
conset_pinned_sin (double x)
{
  guint64 quadrant;
  PinnedPair r;

  if (pinned_abs (x) <= PINNED_NEAR)
    return pinned_sin_near (x);
  if (!(pinned_abs (x) < PINNED_INFINITY))
    return x - x;
  r = reduce_far (x, &quadrant);
  return pinned_sin_quadrant (r, quadrant + (x < 0.0 ? 2 : 0));
}

double
conset_pinned_cos (double x)
{
  guint64 quadrant;
  PinnedPair r;

  if (pinned_abs (x) <= PINNED_NEAR)
    return pinned_cos_near (x);
  if (!(pinned_abs (x) < PINNED_INFINITY))
    return x - x;
  r = reduce_far (x, &quadrant);
  return pinned_sin_quadrant (r, quadrant + 1);
}

double
conset_pinned_tanh (double x)
{
  return pinned_tanh (x);
}

/* tan has the period pi and is odd. */
double
conset_pinned_tan (double x)
{
  guint64 quadrant;
  PinnedPair r;
  double result;

  if (pinned_abs (x) <= PINNED_NEAR)
    return pinned_tan_near (x);
  if (!(pinned_abs (x) < PINNED_INFINITY))
    return x - x;
  r = reduce_far (x, &quadrant);
  result = pinned_tan_quadrant (r, quadrant);
  return x < 0.0 ? -result : result;
}

double
conset_pinned_asin (double x)
{
  return pinned_asin (x);
}

double
conset_pinned_acos (double x)
{
  return pinned_acos (x);
}

double
conset_pinned_atan (double x)
{
  return pinned_atan (x);
}

double
conset_pinned_atan2 (double y, double x)
{
  return pinned_atan2 (y, x);
}

double
conset_pinned_hypot (double x, double y)
{
  return pinned_hypot (x, y);
}

double
conset_pinned_sinh (double x)
{
  return pinned_sinh (x);
}

double
conset_pinned_cosh (double x)
{
  return pinned_cosh (x);
}

double
conset_pinned_erf (double x)
{
  return pinned_erf (x);
}

/* The remainder of ax by ay, both finite and above 0: a long division of whole numbers, 64 bits of
 * the dividend at a time. */
static double
long_remainder (double ax, double ay)
{
  int shift_x, shift_y;
  guint64 dividend = (guint64) ldexp (frexp (ax, &shift_x), 53);
  guint64 divisor = (guint64) ldexp (frexp (ay, &shift_y), 53);

  if (ax < ay)
    return ax;
  for (int left = shift_x - shift_y; left > 0; left -= 64)
    dividend = (guint64) (((unsigned __int128) dividend << MIN (left, 64)) % divisor);
  return ldexp ((double) (dividend % divisor), shift_y - 53);
}

double
conset_pinned_mod (double x, double y)
{
  double ax = pinned_abs (x), ay = pinned_abs (y);

  if (pinned_mod_is_near (x, y))
    return pinned_mod_near (x, y);
  if (!(ax < PINNED_INFINITY) || !(ay > 0.0))
    return PINNED_NAN;
  return pinned_mod_of_remainder (ay < PINNED_INFINITY && ax > 0.0 ? long_remainder (ax, ay) : ax,
                                  x, y);
}

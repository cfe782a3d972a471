/* SPDX-License-Identifier: MIT */
/*
 * Numbers drawn from discrete laws.
 *
 * A law is reduced by its symmetries to one whose mean is small: a binomial to p <= 1/2, a
 * hypergeometric one to n <= a <= N / 2, where n are drawn out of N and a counted. Then
 *
 *   n <= 16             the chances of 0, 1, 2, ... are summed up until they exceed a random
 *                       number (inversion); that of 0 is a product;
 *   variance <= 1024    the same, outwards from the mean in turns: the nearest, the one above,
 *                       the one below, ... About 1.6 standard deviations are visited;
 *   beyond              rejection by the ratio of uniforms (Kinderman and Monahan 1977; for
 *                       these laws Stadlober 1990), which accepts 0.7 of the attempts.
 *
 * Chances next to the mean are computed in Loader's form (2000). With the counts x of the cells
 * into which a law divides things, and e what is expected there, the chance is
 *
 *   sqrt (...) exp (sum of deltas - sum of D (x, e)),  D (x, e) = x log (x / e) + e - x,
 *
 * where delta is the error of Stirling's formula. The cells of a hypergeometric law are the
 * drawn and counted (k), the counted and not drawn, the drawn and not counted, and the rest;
 * those of a binomial one successes (k) and failures; a Poisson one has k alone. In all cells x
 * differs from e by the same amount, k less the mean, from which D is had without cancellation.
 */
#include "draw_numbers.h"

#include "pinned.h"
#include "pinned_inline.h"

#include <math.h>

#define FEW 16

/* For conversions: the processor has an instruction for signed numbers only. */
static inline double
real (guint64 x)
{
  return (double) (gint64) x;
}

static inline guint64
nearest (double x)
{
  return (guint64) (gint64) (x + 0.5);
}

static void
well_block (const ConsetWell *well, guint n, guint64 bits[2])
{
  ConsetKey key = well->key;
  guint32 words[4];

  key.word[3] += n;
  conset_draw (&key, well->a, well->b, words);
  bits[0] = words[0] | (guint64) words[1] << 32;
  bits[1] = words[2] | (guint64) words[3] << 32;
}

/* Chances are counted in units of 2^-62. */
#define UNITS 0x1p62

static gint64
well_units (const ConsetWell *well)
{
  guint64 bits[2];

  well_block (well, 0, bits);
  return (gint64) (bits[0] >> 2);
}

/* Loader's form */

/* delta (x) = log (x!) - log (sqrt (2 pi x) (x / e)^x); for 0 the sqrt is taken as that of 1. */
static const double deltas[FEW] = {
  -0x1.d67f1c864beb5p-1, 0x1.4c071bcda0a5bp-4, 0x1.52a9b923ea649p-5, 0x1.c579a268d80b3p-6,
  0x1.54a2662fd78a9p-6,  0x1.10b4e513fcbedp-6, 0x1.c6b167bebdf36p-7, 0x1.85d4d612e4a86p-7,
  0x1.552805e7b3076p-7,  0x1.2f4871b12ab64p-7, 0x1.10f9d4c0743a7p-7, 0x1.f0593088014f8p-8,
  0x1.c7018733aa9c6p-8,  0x1.a40514700f36cp-8, 0x1.86076c002d4a7p-8, 0x1.6c08f6f194a10p-8,
};

/* Two numbers at once, for two cells or two directions. */
typedef double Two __attribute__ ((vector_size (16)));

static inline double
sum_of_two (Two x)
{
  return x[0] + x[1];
}

/* delta (x) by five terms of Stirling's series: from 16 on right to 2e-16. */
static inline Two
delta_series (Two x)
{
  Two r = 1.0 / x, z = r * r;
  Two low = 1.0 / 12.0 - z * (1.0 / 360.0), high = 1.0 / 1260.0 - z * (1.0 / 1680.0);

  return r * (low + z * z * (high + z * z * (1.0 / 1188.0)));
}

static double
delta_of_few (double x)
{
  return x < FEW ? deltas[(guint) x] : delta_series ((Two){ x, x })[0];
}

/* delta (x) + delta (y) for integers. */
static inline double
delta_sum (double x, double y)
{
  if (MIN (x, y) < FEW)
    return delta_of_few (x) + delta_of_few (y);
  return sum_of_two (delta_series ((Two){ x, y }));
}

/* D (x, x - y) for |y| <= 1/2 and x >= 8: with v = y / (2 x - y), D is
 * y v + 2 x (v^3 / 3 + v^5 / 5 + ...). */
static inline Two
deviance_near (Two x, Two y)
{
  Two v = y / (2.0 * x - y), z = v * v;
  Two low = 1.0 / 3.0 + z * (1.0 / 5.0), high = 1.0 / 7.0 + z * (1.0 / 9.0);

  return y * v + 2.0 * x * (v * z) * (low + z * z * high);
}

/* The same for any x, e = x - y. */
static double
deviance_of_few (double x, double y)
{
  return x > 0.0 ? x * pinned_log (x / (x - y)) - y : -y;
}

/* D (x, x - y) + D (z, z + y), where x may be small. */
static inline double
deviance_sum (double x, double z, double y)
{
  Two each = deviance_near ((Two){ x, z }, (Two){ y, -y });

  return (x < FEW ? deviance_of_few (x, y) : each[0]) + each[1];
}

/* exp, mostly of little. */
static inline double
exp_near (double x)
{
  return fabs (x) < 0.34 ? 1.0 + (x + pinned_exp_rest (x)) : conset_pinned_exp (x);
}

/* Inversion */

/* Chance (k + 1) / chance (k) = (c1 - s1 k) (c2 - s2 k) / ((k + 1) (c3 + s3 (k + 1))). */
typedef struct
{
  double c1, s1;
  double c2, s2;
  double c3, s3;
} Steps;

static inline Steps
binomial_steps (double n, double odds)
{
  return (Steps){ n, 1.0, odds, 0.0, 1.0, 0.0 };
}

static inline Steps
hypergeometric_steps (double n, double a, double rest)
{
  return (Steps){ n, 1.0, a, 1.0, rest, 1.0 };
}

static inline Steps
poisson_steps (double mean)
{
  return (Steps){ mean, 0.0, 1.0, 0.0, 1.0, 0.0 };
}

/* Upwards from 0, whose chance is @chance, until beyond @centre the chances are below a unit. */
static inline guint64
walk_up (gint64 units, guint64 centre, double chance, Steps steps)
{
  double above = 1.0, here = chance * UNITS;

  for (guint64 number = 0;; number++, above += 1.0)
    {
      gint64 some = (gint64) here;

      if (units < some)
        return number;
      if (some == 0 && number > centre)
        return centre;
      units -= some;
      here *= (steps.c1 - steps.s1 * (above - 1.0)) * (steps.c2 - steps.s2 * (above - 1.0))
              / (above * (steps.c3 + steps.s3 * above));
    }
}

/* Outwards from @centre, whose chance is @chance, until the chances are below a unit. Both ends
 * of the support stop by themselves: a chance of 0 remains 0. */
static inline guint64
walk_out (gint64 units, guint64 centre, double chance, Steps s)
{
  double k = real (centre);
  Two here = { chance * UNITS, chance * UNITS };
  /* The factors of the next step, (by1 by2) / (over1 over2), and how they grow. */
  Two by1 = { s.c1 - s.s1 * k, k }, by1_more = { -s.s1, -1.0 };
  Two by2 = { s.c2 - s.s2 * k, s.c3 + s.s3 * k }, by2_more = { -s.s2, -s.s3 };
  Two over1 = { k + 1.0, s.c1 - s.s1 * (k - 1.0) }, over1_more = { 1.0, s.s1 };
  Two over2 = { s.c3 + s.s3 * (k + 1.0), s.c2 - s.s2 * (k - 1.0) }, over2_more = { s.s3, s.s2 };
  gint64 up = (gint64) here[0], down;

  if (units < up)
    return centre;
  units -= up;
  for (guint64 step = 1;; step++)
    {
      here *= (by1 * by2) / (over1 * over2);
      by1 += by1_more;
      by2 += by2_more;
      over1 += over1_more;
      over2 += over2_more;
      up = (gint64) here[0];
      down = (gint64) here[1];
      if (units < up)
        return centre + step;
      units -= up;
      if (units < down)
        return centre - step;
      units -= down;
      if ((up | down) == 0)
        return centre;
    }
}

/* Rejection */

/* What is expected in each cell, the least first, and how the cell grows with the first. A cell
 * that a law does not have expects 1 and does not grow. */
typedef struct
{
  guint n_pairs;
  Two expected[2];
  Two growth[2];
} Cells;

/* Of the rejection, see draw_far(). */
#define HAT_WIDTH 0.8578
#define HAT_MARGIN 0.5
#define HAT_HEIGHT 1.0005
#define FAR_MOST 0.375
#define FAR_DEVIATIONS 30.0

/* delta (x) by two terms of Stirling's series: from 600 on right to 1e-17. */
static inline Two
delta_far (Two x)
{
  Two r = 1.0 / x;

  return r * (1.0 / 12.0 - r * r * (1.0 / 360.0));
}

/* D (x, x - y) for |y| <= 3/8 (x - y), as in deviance_near(). */
static inline Two
deviance_far (Two x, Two y)
{
  Two v = y / (2.0 * x - y), z = v * v, z2 = z * z;
  Two a = 1.0 / 3.0 + z * (1.0 / 5.0), b = 1.0 / 7.0 + z * (1.0 / 9.0);
  Two c = 1.0 / 11.0 + z * (1.0 / 13.0), d = 1.0 / 15.0 + z * (1.0 / 17.0);

  return y * v + 2.0 * x * (v * z) * ((a + z2 * b) + (z2 * z2) * (c + z2 * d));
}

/* Whether u^2 <= chance (mean + y) / (HAT_HEIGHT chance (mean)), both sides to the 4th power so
 * that the root in front of the chance becomes a product. */
static inline gboolean
is_accepted (const Cells *cells, double base, double y, double u)
{
  double product = HAT_HEIGHT * HAT_HEIGHT * (u * u) * (u * u), exponent = base;

  for (guint i = 0; i < cells->n_pairs; i++)
    {
      Two shift = cells->growth[i] * y, x = cells->expected[i] + shift;
      Two ratio = x / cells->expected[i];

      product *= ratio[0] * ratio[1];
      exponent -= sum_of_two (delta_far (x) + deviance_far (x, shift));
    }
  return product <= pinned_exp (2.0 * exponent);
}

/*
 * A point (u, v) is drawn uniformly from the rectangle 0 < u <= 1, |v| <= width, until
 * u^2 <= f (floor (mean + 1/2 + v / u)), where f is the chance, divided by HAT_HEIGHT times that
 * at the mean. This has the law that is wanted, provided that f <= 1 and that
 * (|k - mean| + 1/2)^2 f (k) <= width^2 for all k. For a normal law the width would be
 * sqrt (2 / e) = 0.8577 standard deviations; the margin covers the 1/2 and the skewness, which is
 * at most that of a Poisson law, from a variance of 1024 on (where 0.41 would do).
 *
 * The mean is @whole + @fraction. Beyond 30 deviations, or 3/8 of the mean, there is no chance
 * above 1e-27.
 */
static inline guint64
draw_far (const ConsetWell *well, Cells cells, guint64 whole, double fraction, double variance)
{
  double deviation = sqrt (variance), width = HAT_WIDTH * deviation + HAT_MARGIN;
  double limit = MIN (FAR_MOST * cells.expected[0][0], FAR_DEVIATIONS * deviation);
  double base = 0.0;

  for (guint i = 0; i < cells.n_pairs; i++)
    base += sum_of_two (delta_far (cells.expected[i]));
  for (guint n = 0; n < CONSET_WELL_BLOCKS; n++)
    {
      guint64 bits[2];
      double u, z;
      gint64 step;

      well_block (well, n, bits);
      u = (real (bits[0] >> 11) + 1.0) * 0x1p-53;
      z = fraction + 0.5 + width * (real (bits[1]) * 0x1p-63) / u;
      if (!(fabs (z) <= limit))
        continue;
      step = (gint64) z;
      step -= (double) step > z;
      if (is_accepted (&cells, base, (double) step - fraction, u))
        return whole + (guint64) step;
    }
  /* After 64 attempts, which happens with a probability of 1e-34. */
  return whole;
}

/* Binomial: p <= 1/2, q = 1 - p */

static double
power (double x, guint n)
{
  double result = 1.0;

  for (; n > 0; n /= 2, x *= x)
    result *= n % 2 ? x : 1.0;
  return result;
}

/* The chance of k, which lies y beyond the mean. */
static inline double
binomial_chance (double n, double k, double y)
{
  double exponent =
    delta_series ((Two){ n, n })[0] - delta_sum (k, n - k) - deviance_sum (k, n - k, y);

  return sqrt (n / (2.0 * G_PI * MAX (k, 1.0) * (n - k))) * exp_near (exponent);
}

static guint64
draw_binomial_near (const ConsetWell *well, guint64 n, double p, double q)
{
  double mean = real (n) * p;
  guint64 centre = nearest (mean);
  Steps steps = binomial_steps (real (n), p / q);

  if (n <= FEW)
    return walk_up (well_units (well), centre, power (q, (guint) n), steps);
  return walk_out (well_units (well), centre,
                   binomial_chance (real (n), real (centre), real (centre) - mean), steps);
}

static guint64
draw_binomial_far (
  const ConsetWell *well, guint64 n, double p, double q, guint64 whole, double fraction)
{
  double size = real (n);
  Cells cells = { 1, { { size * p, size * q } }, { { 1.0, -1.0 } } };

  return draw_far (well, cells, whole, fraction, size * p * q);
}

static gboolean
binomial_is_near (guint64 n, double p, double q)
{
  return n <= FEW || real (n) * p * q <= CONSET_LAW_NEAR;
}

guint64
conset_draw_binomial (const ConsetWell *well, guint64 n, guint64 left, guint64 total)
{
  guint64 right = total - left, whole;
  double p, q;

  g_return_val_if_fail (left <= total && total > 0, 0);

  if (left > right)
    return n - conset_draw_binomial (well, n, right, total);
  if (n == 0 || left == 0)
    return 0;
  p = real (left) / real (total);
  q = real (right) / real (total);
  if (binomial_is_near (n, p, q))
    return draw_binomial_near (well, n, p, q);
  whole = (guint64) ((unsigned __int128) n * left / total);
  return draw_binomial_far (well, n, p, q, whole, real (n * left - whole * total) / real (total));
}

guint64
conset_draw_binomial_p (const ConsetWell *well, guint64 n, double p)
{
  double q = 1.0 - p;
  unsigned __int128 product;
  guint64 bits;
  guint shift;

  g_return_val_if_fail (p >= 0.0 && p <= 1.0, 0);

  /* Above 1/2, 1 - p is exact. */
  if (p > 0.5)
    return n - conset_draw_binomial_p (well, n, q);
  if (n == 0 || p == 0.0)
    return 0;
  if (binomial_is_near (n, p, q))
    return draw_binomial_near (well, n, p, q);
  /* p is an integer of 53 bits by 2^-shift, 53 <= shift < 128: smaller p do not come here. */
  bits = pinned_bits (p);
  shift = 1075 - (guint) (bits >> 52);
  product = (unsigned __int128) n * ((bits & PINNED_MANTISSA) | (PINNED_MANTISSA + 1));
  return draw_binomial_far (well, n, p, q, (guint64) (product >> shift),
                            (double) (guint64) (product << (128 - shift) >> 64) * 0x1p-64);
}

/* Hypergeometric: n <= a <= total / 2 */

/* The chance that none of n <= 16 drawn is counted. The products stay below 2^(63 * 16). */
static double
hypergeometric_none (guint64 n, guint64 a, guint64 total)
{
  double over = 1.0, under = 1.0;

  for (guint64 i = 0; i < n; i++)
    {
      over *= real (total - a - i);
      under *= real (total - i);
    }
  return over / under;
}

/* The chance of k, which lies y beyond the mean. */
static inline double
hypergeometric_chance (double n, double a, double total, double k, double y)
{
  double counted = a - k, drawn = n - k, rest = (total - a) - drawn;
  double outer =
    sum_of_two (delta_series ((Two){ n, a }) + delta_series ((Two){ total - n, total - a }))
    - delta_series ((Two){ total, total })[0];
  double inner = delta_sum (k, counted) + delta_sum (drawn, rest);
  double all = deviance_sum (k, counted, y)
               + sum_of_two (deviance_near ((Two){ drawn, rest }, (Two){ -y, y }));
  double root = n * a * (total - n) * (total - a)
                / (2.0 * G_PI * total * MAX (k, 1.0) * counted * drawn * rest);

  return sqrt (root) * exp_near (outer - inner - all);
}

static guint64
draw_hypergeometric_near (const ConsetWell *well, guint64 n, guint64 a, guint64 total)
{
  double mean = real (n) * real (a) / real (total);
  guint64 centre = nearest (mean);
  Steps steps = hypergeometric_steps (real (n), real (a), real (total - a - n));

  if (n <= FEW)
    return walk_up (well_units (well), centre, hypergeometric_none (n, a, total), steps);
  return walk_out (
    well_units (well), centre,
    hypergeometric_chance (real (n), real (a), real (total), real (centre), real (centre) - mean),
    steps);
}

static guint64
draw_hypergeometric_far (
  const ConsetWell *well, guint64 n, guint64 a, guint64 total, double variance)
{
  guint64 whole = (guint64) ((unsigned __int128) n * a / total);
  double p = real (a) / real (total), q = real (total - a) / real (total);
  Cells cells = { 2,
                  { { real (n) * p, real (total - n) * p },
                    { real (n) * q, real (total - n) * q } },
                  { { 1.0, -1.0 }, { -1.0, 1.0 } } };

  return draw_far (well, cells, whole, real (n * a - whole * total) / real (total), variance);
}

guint64
conset_draw_hypergeometric (const ConsetWell *well, guint64 draws, guint64 left, guint64 total)
{
  guint64 n = MIN (draws, left), a = MAX (draws, left);
  double variance;

  g_return_val_if_fail (draws <= total && left <= total, 0);

  /* What is drawn and what is counted may be exchanged, and each with what is not. */
  if (a > total - a)
    return n - conset_draw_hypergeometric (well, n, total - a, total);
  if (n == 0)
    return 0;
  variance = real (n) * real (a) * real (total - a) * real (total - n)
             / (real (total) * real (total) * real (total - 1));
  if (n <= FEW || variance <= CONSET_LAW_NEAR)
    return draw_hypergeometric_near (well, n, a, total);
  return draw_hypergeometric_far (well, n, a, total, variance);
}

/* Poisson, geometric */

/* The chance of k >= 16, which lies y beyond the mean. */
static inline double
poisson_chance (double k, double y)
{
  Two x = { k, k };
  double exponent = -delta_series (x)[0] - deviance_near (x, (Two){ y, y })[0];

  return sqrt (1.0 / (2.0 * G_PI * k)) * exp_near (exponent);
}

guint64
conset_draw_poisson (const ConsetWell *well, double mean)
{
  guint64 centre, whole;

  g_return_val_if_fail (mean >= 0.0 && mean <= 0x1p62, 0);

  if (mean > CONSET_LAW_NEAR)
    {
      whole = (guint64) mean;
      return draw_far (well, (Cells){ 1, { { mean, 1.0 } }, { { 1.0, 0.0 } } }, whole,
                       mean - real (whole), mean);
    }
  centre = nearest (mean);
  if (mean <= FEW)
    return walk_up (well_units (well), centre, pinned_exp (-mean), poisson_steps (mean));
  return walk_out (well_units (well), centre, poisson_chance (real (centre), real (centre) - mean),
                   poisson_steps (mean));
}

/* By an exponential number, whose logarithm is taken of what is small: both its ends are as fine
 * as 64 bits allow. */
guint64
conset_draw_geometric (const ConsetWell *well, double mean)
{
  guint64 bits[2];
  double exponential;

  g_return_val_if_fail (mean >= 0.0 && mean <= 0x1p57, 0);

  well_block (well, 0, bits);
  if (bits[0] >> 63)
    exponential = -conset_pinned_log ((double) -bits[0] * 0x1p-64);
  else
    exponential = -conset_pinned_log1p (-(double) bits[0] * 0x1p-64);
  return (guint64) (exponential / conset_pinned_log1p (1.0 / mean));
}

/* SPDX-License-Identifier: MIT */
/*
 * Statistics: limits, chi-squares in the making, and laws from their formulas, by the system's
 * libm, so that tests share nothing with what they test.
 */
#include "statistics.h"

#include <check.h>
#include <math.h>
#include <stdlib.h>

#define Z_LIMIT 4.892
#define MIN_EXPECTED 20.0

double
chi_square_limit (guint df)
{
  double h = 2.0 / (9.0 * df);

  return df * pow (1.0 - h + 4.7534 * sqrt (h), 3.0);
}

void
assert_z (double z, const char *what, double parameter)
{
  ck_assert_msg (fabs (z) < Z_LIMIT, "%s, %g: z = %g", what, parameter, z);
}

static void
chi_square_count_last (ChiSquare *self)
{
  double excess = self->last_found - self->last_expected;

  if (self->last_expected > 0.0)
    {
      self->sum += excess * excess / self->last_expected;
      self->n_bins++;
    }
}

void
chi_square_add (ChiSquare *self, double expected, double found)
{
  double least = self->least > 0.0 ? self->least : MIN_EXPECTED;

  self->expected += expected;
  self->found += found;
  if (self->expected < least)
    return;
  chi_square_count_last (self);
  self->last_expected = self->expected;
  self->last_found = self->found;
  self->expected = 0.0;
  self->found = 0.0;
}

void
chi_square_assert (ChiSquare *self, const char *what, double parameter)
{
  guint df;

  self->last_expected += self->expected;
  self->last_found += self->found;
  chi_square_count_last (self);
  ck_assert_msg (self->n_bins >= 2, "%s, %g: one bin only", what, parameter);
  df = self->n_bins - 1;
  ck_assert_msg (self->sum < chi_square_limit (df), "%s, %g: chi-square %g of %u degrees", what,
                 parameter, self->sum, df);
}

/* Wilson and Hilferty's: the cube root of a chi-square is all but normal. */
void
assert_dispersion (double sum, guint df, const char *what, double parameter)
{
  double h = 2.0 / (9.0 * df);

  assert_z ((cbrt (sum / df) - (1.0 - h)) / sqrt (h), what, parameter);
}

double
binomial_chance (guint64 n, guint64 k, double p)
{
  if (k > n)
    return 0.0;
  return exp (lgamma (n + 1.0) - lgamma (k + 1.0) - lgamma (n - k + 1.0) + k * log (p)
              + (n - k) * log1p (-p));
}

static double
log_choices (double n, double k)
{
  return lgamma (n + 1.0) - lgamma (k + 1.0) - lgamma (n - k + 1.0);
}

double
hypergeometric_chance (guint64 total, guint64 left, guint64 draws, guint64 k)
{
  if (k > left || k > draws || draws - k > total - left)
    return 0.0;
  return exp (log_choices (left, k) + log_choices (total - left, draws - k)
              - log_choices (total, draws));
}

double
poisson_chance (guint64 k, double mean)
{
  return exp (k * log (mean) - mean - lgamma (k + 1.0));
}

double
geometric_chance (guint64 k, double mean)
{
  return exp (k * log (mean / (1.0 + mean))) / (1.0 + mean);
}

/* Kolmogorov and Smirnov's statistic, scaled by Stephens' (1970) formula, exceeds this with
 * probability 2 exp (-2 KS_LIMIT^2) = 1e-6. */
#define KS_LIMIT 2.694

static int
by_size (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

void
assert_uniform (
  double *numbers, gsize n, double least, double most, const char *what, double parameter)
{
  double distance = 0.0, root = sqrt ((double) n), place = 0.0;

  qsort (numbers, n, sizeof *numbers, by_size);
  for (gsize k = 0; k < n; k++)
    {
      double below = (double) k / n - numbers[k], upto = numbers[k] - (double) (k + 1) / n;
      double here = MAX (fabs (below), fabs (upto));

      /* An assertion that holds costs a call of the system. */
      if (!(numbers[k] >= 0.0 && numbers[k] <= 1.0))
        ck_abort_msg ("%s, %g: %g is no share", what, parameter, numbers[k]);
      if (numbers[k] >= least && numbers[k] <= most && here > distance)
        {
          distance = here;
          place = numbers[k];
        }
    }
  distance *= root + 0.12 + 0.11 / root;
  ck_assert_msg (distance < KS_LIMIT, "%s, %g: KS %g at %g", what, parameter, distance, place);
}

void
assert_count (guint64 count, double mean, const char *what, double parameter)
{
  double below = 0.0, above = 0.0, chance;

  for (guint64 k = 0; k <= count; k++)
    below += poisson_chance (k, mean);
  for (guint64 k = count; (chance = poisson_chance (k, mean)) > 1e-20 || k < mean; k++)
    above += chance;
  ck_assert_msg (below > 5e-7 && above > 5e-7, "%s, %g: %" G_GUINT64_FORMAT ", expected %g", what,
                 parameter, count, mean);
}

void
assert_independent (
  const guint8 *a, const guint8 *b, gsize n, guint n_classes, const char *what, double parameter)
{
  g_autofree double *joint = g_new0 (double, n_classes *n_classes);
  g_autofree double *of_a = g_new0 (double, n_classes), *of_b = g_new0 (double, n_classes);
  guint n_a = 0, n_b = 0;
  double sum = 0.0;

  for (gsize k = 0; k < n; k++)
    {
      joint[a[k] * n_classes + b[k]]++;
      of_a[a[k]]++;
      of_b[b[k]]++;
    }
  for (guint x = 0; x < n_classes; x++)
    for (guint y = 0; y < n_classes; y++)
      if (of_a[x] > 0.0 && of_b[y] > 0.0)
        {
          double expected = of_a[x] * of_b[y] / n, excess = joint[x * n_classes + y] - expected;

          sum += excess * excess / expected;
        }
  for (guint x = 0; x < n_classes; x++)
    {
      n_a += of_a[x] > 0.0;
      n_b += of_b[x] > 0.0;
    }
  ck_assert_msg (n_a > 1 && n_b > 1, "%s, %g: one class only", what, parameter);
  ck_assert_msg (sum < chi_square_limit ((n_a - 1) * (n_b - 1)),
                 "%s, %g: chi-square %g of %u degrees", what, parameter, sum,
                 (n_a - 1) * (n_b - 1));
}

void
assert_moments (const double *numbers,
                gsize n,
                double mean,
                double variance,
                gboolean light,
                const char *what,
                double parameter)
{
  double sum = 0.0, squares = 0.0, fourths = 0.0;

  for (gsize k = 0; k < n; k++)
    {
      double z = (numbers[k] - mean) / sqrt (variance);

      sum += z;
      squares += z * z;
      fourths += z * z * z * z;
    }
  assert_z (sum / sqrt ((double) n), what, parameter);
  if (light)
    assert_z ((squares - (double) n) / sqrt (fourths - squares * squares / (double) n), what,
              parameter);
}

double
normal_below (double x)
{
  return 0.5 * erfc (-x * M_SQRT2 / 2.0);
}

/* The power series where it converges fast, else the continued fraction (Abramowitz and Stegun
 * 6.5.29, 6.5.31), evaluated from its end. */
double
gamma_below (double shape, double x)
{
  double factor = exp (shape * log (x) - x - lgamma (shape + 1.0)), sum = 1.0, term = 1.0;

  if (x <= 0.0)
    return 0.0;
  if (x < shape + 1.0)
    {
      for (guint k = 1; term > 1e-17 * sum; k++)
        sum += term *= x / (shape + k);
      return factor * sum;
    }
  sum = 0.0;
  for (guint k = 500; k > 0; k--)
    sum = k * (k - shape) / (x + 2.0 * k + 1.0 - shape - sum);
  return 1.0 - factor * shape / (x + 1.0 - shape - sum);
}

/* The continued fraction (Abramowitz and Stegun 26.5.8), evaluated from its end. */
static double
beta_fraction (double a, double b, double x)
{
  double sum = 0.0;

  for (guint m = 200; m > 0; m--)
    {
      double even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
      double odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));

      sum = even / (1.0 + odd / (1.0 + sum));
    }
  return 1.0 / (1.0 - (a + b) * x / (a + 1.0) / (1.0 + sum));
}

double
beta_below (double a, double b, double x)
{
  double factor;

  if (x <= 0.0 || x >= 1.0)
    return x <= 0.0 ? 0.0 : 1.0;
  factor = exp (lgamma (a + b) - lgamma (a) - lgamma (b) + a * log (x) + b * log1p (-x));
  if (x < (a + 1.0) / (a + b + 2.0))
    return factor * beta_fraction (a, b, x) / a;
  return 1.0 - factor * beta_fraction (b, a, 1.0 - x) / b;
}

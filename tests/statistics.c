/* SPDX-License-Identifier: MIT */
/*
 * Statistics: limits, chi-squares in the making, and laws from their formulas, by the system's
 * libm, so that tests share nothing with what they test.
 */
#include "statistics.h"

#include <check.h>
#include <math.h>

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

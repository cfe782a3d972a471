/* SPDX-License-Identifier: MIT */
/*
 * The chi-square law: its tail is the regularized incomplete gamma function Q(df / 2, x / 2).
 *
 * Below the mean 1 - Q is summed as a power series, formula 8.7.1 of the NIST Digital Library
 * of Mathematical Functions; above it Q is a continued fraction, formula 8.9.2, evaluated from
 * the front by Lentz's method. Both need some multiple of sqrt (df) terms.
 */
#include "chi_square.h"

#include <math.h>

#define PRECISION 1e-15
#define MOST_TERMS 1000000

/* x^a e^-x / Gamma (a) */
static double
gamma_density (double a, double x)
{
  return exp (a * log (x) - x - lgamma (a));
}

/* P(a, x) = sum over n of x^(a + n) e^-x / Gamma (a + n + 1). */
static double
lower_series (double a, double x)
{
  double term = 1.0 / a;
  double sum = term;

  for (guint n = 1; n < MOST_TERMS && term > PRECISION * sum; n++)
    {
      term *= x / (a + n);
      sum += term;
    }
  return gamma_density (a, x) * sum;
}

/* Q(a, x) = x^a e^-x / Gamma (a) * 1 / (x + 1 - a - 1 (1 - a) / (x + 3 - a - ...)). */
static double
upper_fraction (double a, double x)
{
  double b = x + 1.0 - a;
  double c = INFINITY;
  double d = 1.0 / b;
  double fraction = d;

  for (guint n = 1; n < MOST_TERMS; n++)
    {
      double numerator = n * (a - n);
      double factor;

      b += 2.0;
      d = 1.0 / (b + numerator * d);
      c = b + numerator / c;
      factor = c * d;
      fraction *= factor;
      if (fabs (factor - 1.0) < PRECISION)
        break;
    }
  return gamma_density (a, x) * fraction;
}

double
cli_chi_square_tail (double x, guint df)
{
  double a = df / 2.0;
  double half = x / 2.0;

  if (!(half > 0.0))
    return 1.0;
  return half < a + 1.0 ? 1.0 - lower_series (a, half) : upper_fraction (a, half);
}

/* SPDX-License-Identifier: MIT */
/*
 * Laws: probabilities of the discrete laws that degrees can have.
 *
 * Binomial, Poisson and hypergeometric probabilities are computed as C. Loader, "Fast and
 * accurate computation of binomial probabilities" (2000), does: by the deviance, the part of
 * a logarithm that matters, and the error of Stirling's formula. Differences of large
 * logarithms never occur. Cumulative ones sum the tail on the near side of the mean, where
 * terms fall from the first on.
 */
#include <conset/law.h>

#include <math.h>

#define PI 3.14159265358979323846

/* Standard deviations above are left to the normal law. */
#define MOST_DEVIATION 1e6

/* {{{ Laws */

ConsetLaw
conset_law_unknown (double mean, double variance)
{
  return (ConsetLaw){ .kind = CONSET_LAW_UNKNOWN, .mean = mean, .variance = variance };
}

ConsetLaw
conset_law_delta (double k)
{
  return (ConsetLaw){ .kind = CONSET_LAW_DELTA, .parameters = { k }, .mean = k };
}

ConsetLaw
conset_law_binomial (double n, double p)
{
  if (!(n >= 0.0 && p >= 0.0 && p <= 1.0))
    return conset_law_unknown (NAN, NAN);
  if (n == 0.0 || p == 0.0 || p == 1.0)
    return conset_law_delta (n * p);
  return (ConsetLaw){ .kind = CONSET_LAW_BINOMIAL,
                      .parameters = { n, p },
                      .mean = n * p,
                      .variance = n * p * (1.0 - p) };
}

ConsetLaw
conset_law_hypergeometric (double population, double successes, double draws)
{
  double share;

  if (!(successes >= 0.0 && successes <= population && draws >= 0.0 && draws <= population))
    return conset_law_unknown (NAN, NAN);
  if (successes == 0.0 || draws == 0.0)
    return conset_law_delta (0.0);
  if (successes == population || draws == population)
    return conset_law_delta (MIN (successes, draws));
  share = successes / population;
  return (ConsetLaw){ .kind = CONSET_LAW_HYPERGEOMETRIC,
                      .parameters = { population, successes, draws },
                      .mean = draws * share,
                      .variance = draws * share * ((population - successes) / population)
                                  * ((population - draws) / (population - 1.0)) };
}

ConsetLaw
conset_law_poisson (double mean)
{
  if (!(mean >= 0.0 && isfinite (mean)))
    return conset_law_unknown (NAN, NAN);
  if (mean == 0.0)
    return conset_law_delta (0.0);
  return (ConsetLaw){
    .kind = CONSET_LAW_POISSON, .parameters = { mean }, .mean = mean, .variance = mean
  };
}

ConsetLaw
conset_law_geometric (double p)
{
  if (!(p > 0.0 && p <= 1.0))
    return conset_law_unknown (NAN, NAN);
  if (p == 1.0)
    return conset_law_delta (0.0);
  return (ConsetLaw){ .kind = CONSET_LAW_GEOMETRIC,
                      .parameters = { p },
                      .mean = (1.0 - p) / p,
                      .variance = (1.0 - p) / (p * p) };
}

ConsetLaw
conset_law_uniform (double least, double most)
{
  double n = most - least + 1.0;

  if (!(least >= 0.0 && most >= least && isfinite (most)))
    return conset_law_unknown (NAN, NAN);
  if (least == most)
    return conset_law_delta (least);
  return (ConsetLaw){ .kind = CONSET_LAW_UNIFORM,
                      .parameters = { least, most },
                      .mean = least + (most - least) / 2.0,
                      .variance = (n * n - 1.0) / 12.0 };
}

gboolean
conset_law_equal (const ConsetLaw *a, const ConsetLaw *b)
{
  gboolean equal = a->kind == b->kind && a->kind != CONSET_LAW_UNKNOWN;

  for (guint k = 0; k < G_N_ELEMENTS (a->parameters); k++)
    equal = equal && a->parameters[k] == b->parameters[k];
  return equal;
}

/* }}} */
/* {{{ Text */

/* How a kind is written; a number of things is written in full. */
static const struct
{
  const char *name;
  struct
  {
    const char *label;
    gboolean whole;
  } parameters[3];
} texts[] = {
  [CONSET_LAW_UNKNOWN] = { "unknown", { { NULL, FALSE } } },
  [CONSET_LAW_DELTA] = { "delta", { { "", TRUE } } },
  [CONSET_LAW_BINOMIAL] = { "binomial", { { "n=", TRUE }, { "p=", FALSE } } },
  [CONSET_LAW_HYPERGEOMETRIC] = { "hypergeometric",
                                  { { "population=", TRUE },
                                    { "successes=", TRUE },
                                    { "draws=", TRUE } } },
  [CONSET_LAW_POISSON] = { "poisson", { { "mean=", FALSE } } },
  [CONSET_LAW_GEOMETRIC] = { "geometric", { { "p=", FALSE } } },
  [CONSET_LAW_UNIFORM] = { "uniform", { { "least=", TRUE }, { "most=", TRUE } } },
};

char *
conset_law_to_string (const ConsetLaw *law)
{
  GString *text = g_string_new (texts[law->kind].name);

  for (guint k = 0; k < 3 && texts[law->kind].parameters[k].label != NULL; k++)
    {
      char digits[G_ASCII_DTOSTR_BUF_SIZE];

      g_ascii_formatd (digits, sizeof digits,
                       texts[law->kind].parameters[k].whole ? "%.0f" : "%.6g", law->parameters[k]);
      g_string_append_printf (text, "%s%s%s", k == 0 ? "(" : ", ",
                              texts[law->kind].parameters[k].label, digits);
    }
  if (law->kind != CONSET_LAW_UNKNOWN)
    g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* }}} */
/* {{{ Probabilities */

/* log (n! / (sqrt (2 pi n) (n / e)^n)), for whole n >= 1. */
static double
stirling_error (double n)
{
  double factorial = 1.0, square = n * n;

  if (n > 15.0)
    return (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / n;
  for (double k = 2.0; k <= n; k++)
    factorial *= k;
  return log (factorial) - 0.5 * log (2.0 * PI * n) - n * (log (n) - 1.0);
}

/* x log (x / mean) + mean - x, by a series where the terms nearly cancel. */
static double
deviance (double x, double mean)
{
  double v = (x - mean) / (x + mean), sum, last, term;

  if (fabs (v) > 0.1)
    return x * log (x / mean) + mean - x;
  sum = (x - mean) * v;
  term = 2.0 * x * v;
  last = NAN;
  for (double k = 3.0; sum != last; k += 2.0)
    {
      last = sum;
      term *= v * v;
      sum += term / k;
    }
  return sum;
}

static double
binomial_probability (double n, double p, double q, double k)
{
  double logarithm;

  if (k < 0.0 || k > n)
    return 0.0;
  if (k == 0.0)
    return exp (p < 0.1 ? n * log1p (-p) : n * log (q));
  if (k == n)
    return exp (q < 0.1 ? n * log1p (-q) : n * log (p));
  logarithm = stirling_error (n) - stirling_error (k) - stirling_error (n - k) - deviance (k, n * p)
              - deviance (n - k, n * q);
  return exp (logarithm) * sqrt (n / (2.0 * PI * k * (n - k)));
}

static double
poisson_probability (double mean, double k)
{
  if (k == 0.0)
    return exp (-mean);
  return exp (-stirling_error (k) - deviance (k, mean)) / sqrt (2.0 * PI * k);
}

/* By three binomial laws: what was drawn among successes, among the others, and in all. */
static double
hypergeometric_probability (double population, double successes, double draws, double k)
{
  double p = draws / population, q = (population - draws) / population;

  return binomial_probability (successes, p, q, k)
         * binomial_probability (population - successes, p, q, draws - k)
         / binomial_probability (population, p, q, draws);
}

double
conset_law_probability (const ConsetLaw *law, guint64 k)
{
  const double *of = law->parameters;
  double x = (double) k;

  switch (law->kind)
    {
    case CONSET_LAW_DELTA:
      return x == of[0] ? 1.0 : 0.0;
    case CONSET_LAW_BINOMIAL:
      return binomial_probability (of[0], of[1], 1.0 - of[1], x);
    case CONSET_LAW_HYPERGEOMETRIC:
      return hypergeometric_probability (of[0], of[1], of[2], x);
    case CONSET_LAW_POISSON:
      return poisson_probability (of[0], x);
    case CONSET_LAW_GEOMETRIC:
      return of[0] * exp (x * log1p (-of[0]));
    case CONSET_LAW_UNIFORM:
      return x >= of[0] && x <= of[1] ? 1.0 / (of[1] - of[0] + 1.0) : 0.0;
    default:
      return NAN;
    }
}

/* }}} */
/* {{{ Cumulative probabilities */

/* The probability of @k - 1 by that of @k, for laws with tails. */
static double
ratio_down (const ConsetLaw *law, double k)
{
  const double *of = law->parameters;

  if (law->kind == CONSET_LAW_POISSON)
    return k / of[0];
  if (law->kind == CONSET_LAW_BINOMIAL)
    return k / (of[0] - k + 1.0) * ((1.0 - of[1]) / of[1]);
  return k / (of[1] - k + 1.0) * ((of[0] - of[1] - of[2] + k) / (of[2] - k + 1.0));
}

/* Terms that no longer change the sum. */
#define NEGLIGIBLE 1e-18

/* The probability of at most @k, which lies below the mean. */
static double
lower_tail (const ConsetLaw *law, guint64 k)
{
  double term = conset_law_probability (law, k), sum = term;

  for (double x = (double) k; x > 0.0 && term > NEGLIGIBLE * sum; x--)
    {
      term *= ratio_down (law, x);
      sum += term;
    }
  return sum;
}

/* The probability of at least @k, which lies above the mean. */
static double
upper_tail (const ConsetLaw *law, guint64 k)
{
  double term = conset_law_probability (law, k), sum = term;

  for (double x = (double) k + 1.0; term > NEGLIGIBLE * sum; x++)
    {
      double ratio = ratio_down (law, x);

      /* At the end of the support the ratio is infinite, or no longer positive. */
      term = ratio > 0.0 ? term / ratio : 0.0;
      sum += term;
    }
  return sum;
}

static double
tails_cumulative (const ConsetLaw *law, guint64 k)
{
  double deviation = sqrt (law->variance), x = (double) k;

  if (deviation > MOST_DEVIATION)
    return 0.5 * erfc ((law->mean - x - 0.5) / (deviation * sqrt (2.0)));
  if (x < law->mean)
    return lower_tail (law, k);
  return 1.0 - upper_tail (law, k + 1);
}

double
conset_law_cumulative (const ConsetLaw *law, guint64 k)
{
  const double *of = law->parameters;
  double x = (double) k;

  switch (law->kind)
    {
    case CONSET_LAW_DELTA:
      return x >= of[0] ? 1.0 : 0.0;
    case CONSET_LAW_GEOMETRIC:
      return -expm1 ((x + 1.0) * log1p (-of[0]));
    case CONSET_LAW_UNIFORM:
      return CLAMP ((x - of[0] + 1.0) / (of[1] - of[0] + 1.0), 0.0, 1.0);
    case CONSET_LAW_BINOMIAL:
    case CONSET_LAW_HYPERGEOMETRIC:
    case CONSET_LAW_POISSON:
      return tails_cumulative (law, k);
    default:
      return NAN;
    }
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * Statistics that hold what is drawn against its law, for the suites of random sets.
 *
 * Every statistic is compared with the value that it exceeds with probability 1e-6: |z| > 4.892
 * for a normal one, the Wilson-Hilferty quantile for a chi-square.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** assert_z: @z is standard normal; @what and @parameter name the case. */
void   assert_z           (double      z,
                           const char *what,
                           double      parameter);

/** chi_square_limit: Returns: what a chi-square of @df degrees exceeds with probability 1e-6 */
double chi_square_limit   (guint       df);

/**
 * A chi-square test in the making, zeroed at first but for @least. Bins that expect fewer than
 * that, or 20 if it is 0, are pooled with the next ones, or with the last one at the end.
 */
typedef struct
{
  double sum;
  guint  n_bins;
  double last_expected;
  double last_found;
  double expected;
  double found;
  double least;
} ChiSquare;

void   chi_square_add     (ChiSquare  *self,
                           double      expected,
                           double      found);
void   chi_square_assert  (ChiSquare  *self,
                           const char *what,
                           double      parameter);

/** A chi-square of @df >= 100 degrees that must be neither too large nor too small. */
void   assert_dispersion  (double      sum,
                           guint       df,
                           const char *what,
                           double      parameter);

/**
 * Kolmogorov and Smirnov's test that @n numbers are uniform in [0, 1], looked at from @least to
 * @most alone; sorts them.
 */
void   assert_uniform     (double     *numbers,
                           gsize       n,
                           double      least,
                           double      most,
                           const char *what,
                           double      parameter);

/**
 * Mean and, if @light, variance of @n numbers; the variance by the fourth moment of the sample,
 * which shows it if tails are light.
 */
void   assert_moments     (const double *numbers,
                           gsize       n,
                           double      mean,
                           double      variance,
                           gboolean    light,
                           const char *what,
                           double      parameter);

/** assert_count: a Poisson number of this mean must be neither too large nor too small. */
void   assert_count       (guint64     count,
                           double      mean,
                           const char *what,
                           double      parameter);

/**
 * A chi-square test that two classifications of @n things into @n_classes each are
 * independent, whatever the shares of the classes are.
 */
void   assert_independent (const guint8 *a,
                           const guint8 *b,
                           gsize       n,
                           guint       n_classes,
                           const char *what,
                           double      parameter);

/* Laws: the probability of @k */

double binomial_chance    (guint64     n,
                           guint64     k,
                           double      p);
/** That @k of @draws different ones of @total are among the first @left, below 2^31. */
double hypergeometric_chance (guint64  total,
                              guint64  left,
                              guint64  draws,
                              guint64  k);
double poisson_chance     (guint64     k,
                           double      mean);
double geometric_chance   (guint64     k,
                           double      mean);

/* Laws: the probability of what is below @x */

double normal_below       (double      x);
/** The incomplete gamma function of @shape, over the whole one. */
double gamma_below        (double      shape,
                           double      x);
/** The incomplete beta function of @a and @b, over the whole one. */
double beta_below         (double      a,
                           double      b,
                           double      x);

G_END_DECLS

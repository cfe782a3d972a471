/* SPDX-License-Identifier: MIT */
/*
 * Degrees of the lines of a window, against what is to be expected of them.
 *
 * A line is a target, whose degree is its in-degree, or a source with its out-degree.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** Lines that one window may have: memory for their degrees is 8 bytes each. */
#define CLI_DEGREES_MOST_LINES (1u << 24)

/** A law and how many lines have it. */
typedef struct
{
  ConsetLaw law;
  guint64 n;
} CliLawShare;

/**
 * CliDegrees:
 * @order: CONSET_TARGET_MAJOR if lines are targets
 * @first: the first line
 * @n: number of lines
 * @degrees: (array length=n): their degrees; whoever sees connections counts them here
 * @least: of the degrees, as all that follows once cli_degrees_compare() is done
 * @most: of the degrees
 * @mean: of the degrees
 * @deviation: their standard deviation
 * @laws: (element-type CliLawShare) (nullable): the laws, the most common first; NULL if that of
 *   some line is not known
 * @n_random: how many of them leave something to chance
 * @expected_total: the sum of all degrees that is to be expected, NaN if it is not known
 * @expected_deviation: the standard deviation, likewise
 * @total_variance: variance of the number of connections if lines are independent, or NaN
 * @dependence: whether they are
 * @n_certain: lines whose law leaves nothing to chance
 * @n_wrong: how many of those have another degree all the same
 * @wrong: the first of these
 */
typedef struct
{
  ConsetOrder order;
  guint64 first;
  guint64 n;
  guint64 *degrees;

  guint64 least;
  guint64 most;
  double mean;
  double deviation;
  GArray *laws;
  guint n_random;
  double expected_total;
  double expected_deviation;
  double total_variance;
  ConsetDependence dependence;
  guint64 n_certain;
  guint64 n_wrong;
  guint64 wrong;
} CliDegrees;

/**
 * cli_degrees_init:
 * @window: with at least one line, and no more than CLI_DEGREES_MOST_LINES
 */
void cli_degrees_init (CliDegrees *degrees, const ConsetWindow *window, ConsetOrder order);

void cli_degrees_clear (CliDegrees *degrees);

/**
 * cli_degrees_compare:
 * @set: what has the degrees
 * @window: where
 *
 * Asks @set for the law of every line.
 *
 * Returns: FALSE with @error set on failure
 */
gboolean cli_degrees_compare (CliDegrees *degrees,
                              const Conset *set,
                              const ConsetWindow *window,
                              GError **error);

/**
 * CliDegreeTest:
 * @obstacle: (nullable): why there is none
 * @chi_square: of the lines that are random, in cells of at least 5 expected ones
 * @df: its degrees of freedom
 * @p: how often it is as large or larger
 */
typedef struct
{
  const char *obstacle;
  double chi_square;
  guint df;
  double p;
} CliDegreeTest;

/** cli_degrees_test: tests the degrees against their laws. */
CliDegreeTest cli_degrees_test (const CliDegrees *degrees);

/**
 * CliDegreeBins:
 * @first: the first degree of the first bin
 * @step: degrees of a bin
 * @n: number of bins
 * @found: (array length=n): how many lines have a degree in each
 * @expected: (array length=n) (nullable): the same as laws have it
 */
typedef struct
{
  guint64 first;
  guint64 step;
  gsize n;
  double *found;
  double *expected;
} CliDegreeBins;

/** cli_degree_bins_init: sorts the degrees into about @n bins at most, and round steps. */
void cli_degree_bins_init (CliDegreeBins *bins, const CliDegrees *degrees, gsize n);

void cli_degree_bins_clear (CliDegreeBins *bins);

G_END_DECLS

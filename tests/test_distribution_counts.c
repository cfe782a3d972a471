/* SPDX-License-Identifier: MIT */
/*
 * That drawn whole numbers have the laws that they say, those of degrees, too, and that mixtures
 * choose by their weights.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); there are
 * about 20 of them.
 */
#include "drawn.h"
#include "statistics.h"

#include <math.h>

/* Short names for what the tests compose. */
#define NUMBER(x) conset_value_constant (x)

enum
{
  N_SOURCES = 400,
  N_TARGETS = 300,
  N = N_SOURCES * N_TARGETS,
};

static double *
draw (ConsetValue *value)
{
  return draw_values (value, N_SOURCES, N_TARGETS);
}

/* {{{ whole numbers */

/* Counts how often each of the numbers from @least on comes. */
static guint64 *
count_numbers (ConsetValue *value, double least, guint n)
{
  g_autofree double *numbers = draw (value);
  guint64 *found = g_new0 (guint64, n);

  for (gsize k = 0; k < N; k++)
    {
      if (numbers[k] != floor (numbers[k]) || numbers[k] < least || numbers[k] >= least + n)
        ck_abort_msg ("%g is no number from %g on", numbers[k], least);
      found[(guint) (numbers[k] - least)]++;
    }
  return found;
}

START_TEST (uniform_integers_are_even)
{
  static const double ends[][2] = { { 0, 1 }, { -3, 3 }, { 1, 10 }, { -0x1p53, -0x1p53 + 99 } };

  for (guint e = 0; e < G_N_ELEMENTS (ends); e++)
    {
      guint n = (guint) (ends[e][1] - ends[e][0]) + 1;
      g_autofree guint64 *found = count_numbers (
        conset_value_uniform_int (NUMBER (ends[e][0]), NUMBER (ends[e][1]), 5), ends[e][0], n);
      ChiSquare chi = { 0 };

      for (guint k = 0; k < n; k++)
        chi_square_add (&chi, (double) N / n, (double) found[k]);
      chi_square_assert (&chi, "uniformInt", ends[e][0]);
    }
}
END_TEST

START_TEST (uniform_integers_fill_all_doubles)
{
  g_autofree double *numbers =
    draw (conset_value_uniform_int (NUMBER (-0x1p53), NUMBER (0x1p53), 5));
  guint64 n_odd = 0;

  for (gsize k = 0; k < N; k++)
    {
      n_odd += fmod (numbers[k], 2.0) != 0.0;
      numbers[k] = (numbers[k] + 0x1p53) / 0x1p54;
    }
  assert_z (((double) n_odd - 0.5 * N) / sqrt (0.25 * N), "odd", 0.0);
  assert_uniform (numbers, N, 0, 1, "uniformInt", 0x1p53);
}
END_TEST

START_TEST (counts_are_right)
{
  g_autofree guint64 *p = count_numbers (conset_value_poisson (NUMBER (10), 5), 0, 100);
  g_autofree guint64 *b =
    count_numbers (conset_value_binomial (NUMBER (20), NUMBER (0.3), 5), 0, 21);
  g_autofree guint64 *g = count_numbers (conset_value_geometric (NUMBER (2), 5), 0, 100);
  g_autofree double *large = draw (conset_value_poisson (NUMBER (1e12), 5));
  g_autofree double *trials = draw (conset_value_binomial (NUMBER (0x1p53), NUMBER (0.25), 5));
  ChiSquare chi_p = { 0 }, chi_b = { 0 }, chi_g = { 0 };

  for (guint k = 0; k < 100; k++)
    {
      chi_square_add (&chi_p, N * poisson_chance (k, 10), (double) p[k]);
      chi_square_add (&chi_g, N * geometric_chance (k, 2), (double) g[k]);
      if (k <= 20)
        chi_square_add (&chi_b, N * binomial_chance (20, k, 0.3), (double) b[k]);
    }
  chi_square_assert (&chi_p, "poisson", 10);
  chi_square_assert (&chi_b, "binomial", 20);
  chi_square_assert (&chi_g, "geometric", 2);
  assert_moments (large, N, 1e12, 1e12, TRUE, "poisson", 1e12);
  assert_moments (trials, N, 0x1p51, 0x1p51 * 0.75, TRUE, "binomial", 0.25);
}
END_TEST

START_TEST (laws_of_degrees_are_values)
{
  static const double weights[] = { 1, 0, 3, 6 };
  g_autofree guint64 *table =
    count_numbers (conset_value_degrees (conset_degrees_table (weights, 4), 5), 0, 4);
  g_autofree double *law = draw (conset_value_degrees (conset_degrees_poisson (10), 5));
  g_autofree double *value = draw (conset_value_poisson (NUMBER (10), 5));
  g_autofree double *three = draw (conset_value_degrees (conset_degrees_constant (3), 5));
  ChiSquare chi = { 0 };

  for (gsize k = 0; k < N; k++)
    if (law[k] != value[k] || three[k] != 3.0)
      ck_abort_msg ("%g, not %g; %g", law[k], value[k], three[k]);
  for (guint k = 0; k < 4; k++)
    chi_square_add (&chi, N * weights[k] / 10.0, (double) table[k]);
  chi_square_assert (&chi, "degreeTable", 0);
  ck_assert_uint_eq (table[1], 0);
}
END_TEST

/* }}} */

/* {{{ mixtures */

START_TEST (mixtures_choose_by_weight)
{
  static const double weights[] = { 2, 0, 1, 5 };
  ConsetValue *const values[] = { NUMBER (-1), NUMBER (-2),
                                  conset_value_normal (NUMBER (10), NUMBER (1), 5),
                                  conset_value_uniform (NUMBER (100), NUMBER (200), 5) };
  g_autofree double *numbers = draw (conset_value_mixture (4, weights, values, 5));
  guint64 found[4] = { 0 };
  ChiSquare chi = { 0 };

  for (gsize k = 0; k < N; k++)
    {
      guint which = numbers[k] >= 100.0 ? 3 : numbers[k] > 0.0 ? 2 : numbers[k] == -1.0 ? 0 : 1;

      numbers[found[3]] = (numbers[k] - 100.0) / 100.0;
      found[which]++;
    }
  for (guint k = 0; k < 4; k++)
    chi_square_add (&chi, N * weights[k] / 8.0, (double) found[k]);
  chi_square_assert (&chi, "mixture", 0);
  ck_assert_uint_eq (found[1], 0);
  assert_uniform (numbers, found[3], 0, 1, "part of a mixture", 3);
}
END_TEST

/* }}} */

static Suite *
counts_suite (void)
{
  Suite *suite = suite_create ("distribution_counts");
  TCase *tcase = test_case_add (suite, "counts");

  tcase_add_test (tcase, uniform_integers_are_even);
  tcase_add_test (tcase, uniform_integers_fill_all_doubles);
  tcase_add_test (tcase, counts_are_right);
  tcase_add_test (tcase, laws_of_degrees_are_values);
  tcase_add_test (tcase, mixtures_choose_by_weight);
  return suite;
}

int
main (void)
{
  return test_run (counts_suite ());
}

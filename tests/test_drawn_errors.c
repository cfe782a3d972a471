/* SPDX-License-Identifier: MIT */
/*
 * The text of drawn values, and what is wrong with them: everywhere, at a pair, on a line.
 */
#include "support.h"

#include "value.h"

#include <math.h>

/* Short names for what the tests compose. */
#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)
#define ADD conset_value_add
#define TIMES conset_value_multiply

/* {{{ text */

START_TEST (text_is_that_of_the_language)
{
  const double weights[] = { 0.5, 2 };

  test_assert_value_text (conset_value_normal (NUMBER (0.5), NUMBER (0.1), G_MAXUINT64),
                          "normal(0.5, 0.1, seed=18446744073709551615)");
  test_assert_value_text (conset_value_uniform (ADD (I, J), NUMBER (1e30), 7),
                          "uniform(i + j, 1e+30, seed=7)");
  test_assert_value_text (
    conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (-1), NUMBER (2), 7),
    "truncatedNormal(0, 1, -1, 2, seed=7)");
  test_assert_value_text (
    conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (-1), NULL, 7),
    "truncatedNormal(0, 1, -1, seed=7)");
  test_assert_value_text (
    conset_value_truncated_normal (NUMBER (0), NUMBER (1), NULL, NUMBER (2), 7),
    "truncatedNormal(0, 1, high=2, seed=7)");
  test_assert_value_text (conset_value_truncated_normal (I, NUMBER (1), NULL, NULL, 7),
                          "truncatedNormal(i, 1, seed=7)");
  test_assert_value_text (conset_value_lognormal (NUMBER (3), NUMBER (1), 7),
                          "lognormal(3, 1, seed=7)");
  test_assert_value_text (conset_value_lognormal_mu_sigma (NUMBER (3), NUMBER (1), 7),
                          "lognormal(mu=3, sigma=1, seed=7)");
  test_assert_value_text (conset_value_exponential (NUMBER (3), 7), "exponential(3, seed=7)");
  test_assert_value_text (conset_value_weibull (NUMBER (3), NUMBER (1), 7),
                          "weibull(3, 1, seed=7)");
  test_assert_value_text (conset_value_gamma (NUMBER (3), NUMBER (1), 7), "gamma(3, 1, seed=7)");
  test_assert_value_text (conset_value_beta (NUMBER (3), NUMBER (1), NUMBER (0), NUMBER (1), 7),
                          "beta(3, 1, 0, 1, seed=7)");
  test_assert_value_text (conset_value_uniform_int (NUMBER (-3), NUMBER (1), 7),
                          "uniformInt(-3, 1, seed=7)");
  test_assert_value_text (conset_value_poisson (NUMBER (3), 7), "poisson(3, seed=7)");
  test_assert_value_text (conset_value_binomial (NUMBER (3), NUMBER (0.5), 7),
                          "binomial(3, 0.5, seed=7)");
  test_assert_value_text (conset_value_geometric (NUMBER (3), 7), "geometric(3, seed=7)");
  test_assert_value_text (
    conset_value_mixture (2, weights,
                          (ConsetValue *[]){ conset_value_normal (I, NUMBER (1), 3), J }, 7),
    "mixture([0.5, 2], [normal(i, 1, seed=3), j], seed=7)");
  test_assert_value_text (TIMES (conset_value_exponential (NUMBER (1), 7), I),
                          "exponential(1, seed=7) * i");
}
END_TEST

/* }}} */

/* {{{ what is wrong everywhere */

START_TEST (errors_name_the_parameter)
{
  const double none[] = { 0, 0 }, negative[] = { 1, -0.5 }, infinite[] = { 1e308, 1e308 };
  const guint64 list[] = { 1, 2 };

  test_assert_value_error (conset_value_normal (NUMBER (0), NUMBER (-1), 7),
                           "normal(0, -1): sd is -1; it must be 0 or more, and finite");
  /* Of one that is a value set, another may be known. */
  test_assert_value_error (conset_value_normal (I, NUMBER (-1), 7),
                           "normal(i, -1): sd is -1; it must be 0 or more, and finite");
  test_assert_value_error (conset_value_uniform (NUMBER (3), NUMBER (2), 7),
                           "uniform(3, 2): high is 2; it must be at least low");
  test_assert_value_error (
    conset_value_uniform (NUMBER (-1e308), NUMBER (1e308), 7),
    "uniform(-1e+308, 1e+308): high is 1e+308; it must be less than 1.8e+308 above low");
  test_assert_value_error (
    conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (3), NUMBER (2), 7),
    "truncatedNormal(0, 1, 3, 2): high is 2; it must be at least low");
  test_assert_value_error (
    conset_value_truncated_normal (NUMBER (5), NUMBER (0), NUMBER (3), NUMBER (4), 7),
    "truncatedNormal(5, 0, 3, 4): mean is 5; it must be in [low, high] if sd is 0");
  test_assert_value_error (
    conset_value_truncated_normal (NUMBER (0), NUMBER (1e-300), NUMBER (1e10), NULL, 7),
    "truncatedNormal(0, 1e-300, 10000000000): low is 10000000000; "
    "it must be less than 1.8e+308 sd above mean");
  test_assert_value_error (conset_value_lognormal (NUMBER (0), NUMBER (1), 7),
                           "lognormal(0, 1): mean is 0; it must be above 0, and finite");
  test_assert_value_error (
    conset_value_lognormal_mu_sigma (NUMBER (0), NUMBER (-1), 7),
    "lognormal(mu=0, sigma=-1): sigma is -1; it must be 0 or more, and finite");
  test_assert_value_error (conset_value_exponential (NUMBER (-1), 7),
                           "exponential(-1): mean is -1; it must be 0 or more, and finite");
  test_assert_value_error (conset_value_weibull (NUMBER (0), NUMBER (1), 7),
                           "weibull(0, 1): shape is 0; it must be above 0, and finite");
  test_assert_value_error (
    conset_value_weibull (NUMBER (0x1p-1030), NUMBER (1), 7),
    "weibull(8.69169475979376e-311, 1): shape is 8.69169475979376e-311; it must be above 1e-308");
  test_assert_value_error (conset_value_gamma (NUMBER (-2), NUMBER (1), 7),
                           "gamma(-2, 1): shape is -2; it must be above 0, and finite");
  test_assert_value_error (conset_value_gamma (NUMBER (2), NUMBER (-1), 7),
                           "gamma(2, -1): scale is -1; it must be 0 or more, and finite");
  test_assert_value_error (conset_value_beta (NUMBER (1), NUMBER (0), NUMBER (0), NUMBER (1), 7),
                           "beta(1, 0, 0, 1): b is 0; it must be above 0, and finite");
  test_assert_value_error (conset_value_beta (NUMBER (1), NUMBER (2), NUMBER (0), NUMBER (-1), 7),
                           "beta(1, 2, 0, -1): high is -1; it must be at least low");
  test_assert_value_error (
    conset_value_uniform_int (NUMBER (0.5), NUMBER (2), 7),
    "uniformInt(0.5, 2): low is 0.5; it must be a whole number from -2^53 to 2^53");
  test_assert_value_error (conset_value_uniform_int (NUMBER (4), NUMBER (2), 7),
                           "uniformInt(4, 2): high is 2; it must be at least low");
  test_assert_value_error (conset_value_binomial (NUMBER (-4), NUMBER (0.5), 7),
                           "binomial(-4, 0.5): n is -4; it must be a whole number from 0 to 2^53");
  test_assert_value_error (conset_value_binomial (NUMBER (4), NUMBER (1.5), 7),
                           "binomial(4, 1.5): p is 1.5; it must be in [0, 1]");
  test_assert_value_error (conset_value_poisson (NUMBER (-4), 7),
                           "poisson(-4): mean is -4; it must be in [0, 2^62]");
  test_assert_value_error (conset_value_geometric (NUMBER (1e20), 7),
                           "geometric(1e+20): mean is 1e+20; it must be in [0, 2^57]");
  test_assert_value_error (
    conset_value_mixture (0, NULL, NULL, 7),
    "mixture([], []): there is nothing to choose from; give a value and a weight at "
    "least");
  test_assert_value_error (conset_value_mixture (2, none, (ConsetValue *[]){ I, J }, 7),
                           "mixture: no weight is above 0; give one that is");
  test_assert_value_error (conset_value_mixture (2, negative, (ConsetValue *[]){ I, J }, 7),
                           "mixture: weight 1 is -0.5; weights must be finite and not negative");
  test_assert_value_error (conset_value_mixture (2, infinite, (ConsetValue *[]){ I, J }, 7),
                           "mixture: the sum of the weights is infinite; scale them down");
  test_assert_value_error (
    conset_value_degrees (conset_degrees_list (list, 2), 7),
    "degrees: a list has no number for a pair; give a law, such as poisson(10)");
  test_assert_value_error (conset_value_degrees (conset_degrees_poisson (-1), 7),
                           "poisson(-1): the mean must lie in [0, 2^32]");
}
END_TEST

static guint n_criticals;

static void
critical_count (const gchar *domain G_GNUC_UNUSED,
                GLogLevelFlags level G_GNUC_UNUSED,
                const gchar *message G_GNUC_UNUSED,
                gpointer data G_GNUC_UNUSED)
{
  n_criticals++;
}

START_TEST (misuse_is_reported_and_survived)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  const double weights[] = { 1, 1 };
  ConsetValue *twice = ADD (I, NUMBER (1));

  n_criticals = 0;
  g_log_set_default_handler (critical_count, NULL);
  test_assert_value_error (conset_value_normal (NULL, I, 7), "normal: mean is NULL; pass a value");
  test_assert_value_error (conset_value_beta (I, J, NUMBER (1), NULL, 7),
                           "beta: high is NULL; pass a value");
  test_assert_value_error (conset_value_mixture (2, weights, (ConsetValue *[]){ I, NULL }, 7),
                           "mixture: a value is NULL; pass one");
  test_assert_value_text (conset_value_gamma (twice, twice, 7), "gamma(i + 1, i + 1, seed=7)");
  g_log_set_default_handler (g_log_default_handler, NULL);
  g_log_set_always_fatal (fatal);
  ck_assert_uint_eq (n_criticals, 4);
}
END_TEST

/* }}} */

/* {{{ what is wrong somewhere */

/* @value is wrong at @source and @target, first of all pairs of the line. */
static void
assert_wrong (ConsetValue *value, guint64 source, guint64 target, const char *expected)
{
  ck_assert (conset_value_check (value, NULL));
  for (guint order = 0; order < 2; order++)
    {
      gboolean along = order == CONSET_TARGET_MAJOR;
      ConsetValuePlan *plan = conset_value_plan_new (value, order);
      ConsetPlaces places = { order, along ? target : source, 0, NULL, 600, NULL };
      double values[600];

      ck_assert (!conset_value_plan_fill (plan, &places, values));
      ck_assert (
        g_error_matches (conset_value_plan_error (plan), CONSET_ERROR, CONSET_ERROR_VALUE));
      ck_assert_str_eq (conset_value_plan_error (plan)->message, expected);
      places.line = 0;
      ck_assert (!conset_value_plan_fill (plan, &places, values));
      conset_value_plan_free (plan);
    }
  ck_assert (isnan (conset_value_at (value, source, target)));
  conset_value_unref (value);
}

#define BUT(index, number) conset_value_subtract (NUMBER (number), index)

START_TEST (errors_name_the_pair)
{
  assert_wrong (conset_value_normal (NUMBER (0), BUT (ADD (I, J), 1040), 7), 520, 521,
                "normal(0, 1040 - (i + j)): sd at source 520, target 521 is -1; "
                "it must be 0 or more, and finite");
  assert_wrong (conset_value_uniform (NUMBER (0), BUT (TIMES (I, J), 989), 7), 30, 33,
                "uniform(0, 989 - i * j): high at source 30, target 33 is -1; "
                "it must be at least low");
  assert_wrong (conset_value_gamma (BUT (TIMES (I, J), 520), NUMBER (1), 7), 26, 20,
                "gamma(520 - i * j, 1): shape at source 26, target 20 is 0; "
                "it must be above 0, and finite");
  assert_wrong (
    conset_value_truncated_normal (ADD (I, J), NUMBER (1), NULL,
                                   conset_value_log (BUT (ADD (I, J), 100.5)), 7),
    50, 51,
    "truncatedNormal(i + j, 1, high=log(100.5 - (i + j))): high at source 50, target 51 "
    "is nan; it must be a number");
  assert_wrong (conset_value_uniform_int (NUMBER (0), TIMES (TIMES (I, J), NUMBER (0.5)), 7), 1, 1,
                "uniformInt(0, i * j * 0.5): high at source 1, target 1 is 0.5; "
                "it must be a whole number from -2^53 to 2^53");
  assert_wrong (conset_value_poisson (conset_value_divide (NUMBER (1), TIMES (I, J)), 7), 0, 0,
                "poisson(1 / (i * j)): mean at source 0, target 0 is inf; it must be in [0, 2^62]");
  /* What fails first says why. */
  assert_wrong (conset_value_normal (conset_value_normal (NUMBER (0), BUT (ADD (I, J), 9), 3),
                                     BUT (ADD (I, J), 7), 7),
                5, 5,
                "normal(0, 9 - (i + j)): sd at source 5, target 5 is -1; "
                "it must be 0 or more, and finite");
  assert_wrong (TIMES (NUMBER (2), conset_value_exponential (BUT (ADD (I, J), 9), 3)), 5, 5,
                "exponential(9 - (i + j)): mean at source 5, target 5 is -1; "
                "it must be 0 or more, and finite");
}
END_TEST

/* Parameters of a line fail on that line alone. */
START_TEST (errors_of_a_line)
{
  g_autoptr (ConsetValue) value = conset_value_normal (NUMBER (0), BUT (J, 10), 7);
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  ConsetPlaces places = { CONSET_TARGET_MAJOR, 10, 3, NULL, 600, NULL };
  double values[600];

  ck_assert (conset_value_plan_fill (plan, &places, values));
  for (guint k = 0; k < 600; k++)
    ck_assert_double_eq (values[k], 0.0);
  places.line = 11;
  ck_assert (!conset_value_plan_fill (plan, &places, values));
  ck_assert_str_eq (conset_value_plan_error (plan)->message,
                    "normal(0, 10 - j): sd at source 3, target 11 is -1; "
                    "it must be 0 or more, and finite");
  conset_value_plan_free (plan);
}
END_TEST

START_TEST (sets_tell_what_is_wrong)
{
  g_autoptr (Conset) set = conset_random_by_value (
    conset_value_truncated_normal (NUMBER (0.5), BUT (I, 7), NUMBER (0), NUMBER (1), 3), FALSE, 4);
  const ConsetWindow window = CONSET_WINDOW (20, 20);
  g_autoptr (GError) error = NULL;
  g_autoptr (PairList) list = pair_list_of_set (set, &window, CONSET_TARGET_MAJOR, &error);

  ck_assert_ptr_null (list);
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
  ck_assert_str_eq (error->message, "truncatedNormal(0.5, 7 - i, 0, 1): sd at source 8, target 0 "
                                    "is -1; it must be 0 or more, and finite");
}
END_TEST

/* A value that is never taken may be wrong everywhere. */
/* Whether it is wrong at a pair or all along a line. */
START_TEST (mixtures_look_at_what_they_take)
{
  const double weights[] = { 0, 0, 1 }, few[] = { 1, 2 };
  g_autoptr (ConsetValue) value = conset_value_mixture (
    3, weights,
    (ConsetValue *[]){ conset_value_normal (NUMBER (0), BUT (ADD (I, J), -1), 3),
                       conset_value_target_attribute (few, 2, "few"), I },
    7);
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  ConsetPlaces places = { CONSET_TARGET_MAJOR, 10, 3, NULL, 600, NULL };
  double values[600];

  ck_assert (conset_value_plan_fill (plan, &places, values));
  for (guint k = 0; k < 600; k++)
    ck_assert_double_eq (values[k], k + 3);
  conset_value_plan_free (plan);
}
END_TEST

/* }}} */

static Suite *
drawn_errors_suite (void)
{
  Suite *suite = suite_create ("drawn_errors");
  TCase *tcase = test_case_add (suite, "text and errors");

  tcase_add_test (tcase, text_is_that_of_the_language);
  tcase_add_test (tcase, errors_name_the_parameter);
  tcase_add_test (tcase, misuse_is_reported_and_survived);
  tcase_add_test (tcase, errors_name_the_pair);
  tcase_add_test (tcase, errors_of_a_line);
  tcase_add_test (tcase, sets_tell_what_is_wrong);
  tcase_add_test (tcase, mixtures_look_at_what_they_take);
  return suite;
}

int
main (void)
{
  return test_run (drawn_errors_suite ());
}

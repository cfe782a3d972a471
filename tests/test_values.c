/* SPDX-License-Identifier: MIT */
/*
 * Composition of values: text, folding, errors, depth and callbacks.
 */
#include "support.h"

#include "value.h"

#include <math.h>

/* Short names for what the tests compose. */
#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)

static ConsetValue *(*const unary_funcs[]) (ConsetValue *a) = {
  conset_value_negate, conset_value_abs,   conset_value_sqrt, conset_value_floor, conset_value_ceil,
  conset_value_exp,    conset_value_log,   conset_value_sin,  conset_value_cos,   conset_value_tanh,
  conset_value_expm1,  conset_value_log1p, conset_value_log2, conset_value_log10, conset_value_tan,
  conset_value_asin,   conset_value_acos,  conset_value_atan, conset_value_sinh,  conset_value_cosh,
  conset_value_erf,    conset_value_round, conset_value_sign, conset_value_not,
};

static ConsetValue *(*const binary_funcs[]) (ConsetValue *a, ConsetValue *b) = {
  conset_value_add,   conset_value_subtract,  conset_value_multiply, conset_value_divide,
  conset_value_power, conset_value_min,       conset_value_max,      conset_value_mod,
  conset_value_atan2, conset_value_hypot,     conset_value_less,     conset_value_less_equal,
  conset_value_equal, conset_value_not_equal, conset_value_greater,  conset_value_greater_equal,
  conset_value_and,   conset_value_or,
};

static double
always_one (guint64 source G_GNUC_UNUSED, guint64 target G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return 1.0;
}

/* {{{ text */

START_TEST (text_is_that_of_the_language)
{
  test_assert_value_text (
    conset_value_multiply (
      NUMBER (0.5),
      conset_value_exp (conset_value_divide (
        conset_value_negate (conset_value_abs (conset_value_subtract (I, J))), NUMBER (10.0)))),
    "0.5 * exp(-abs(i - j) / 10)");
  test_assert_value_text (conset_value_subtract (I, conset_value_subtract (J, NUMBER (1))),
                          "i - (j - 1)");
  test_assert_value_text (conset_value_subtract (conset_value_subtract (I, J), NUMBER (1)),
                          "i - j - 1");
  test_assert_value_text (conset_value_add (I, NUMBER (-0.25)), "i + -0.25");
  test_assert_value_text (conset_value_divide (I, conset_value_multiply (J, I)), "i / (j * i)");
  test_assert_value_text (conset_value_multiply (conset_value_add (I, J), I), "(i + j) * i");
  test_assert_value_text (conset_value_negate (conset_value_add (I, J)), "-(i + j)");
  test_assert_value_text (conset_value_negate (conset_value_multiply (I, J)), "-(i * j)");
  test_assert_value_text (conset_value_negate (conset_value_negate (I)), "-(-i)");
  test_assert_value_text (conset_value_negate (conset_value_power (I, J)), "-i ** j");
  test_assert_value_text (conset_value_power (conset_value_negate (I), NUMBER (2)), "(-i) ** 2");
  test_assert_value_text (conset_value_power (NUMBER (-2), I), "(-2) ** i");
  test_assert_value_text (conset_value_power (I, conset_value_negate (J)), "i ** -j");
  test_assert_value_text (conset_value_power (I, conset_value_power (J, I)), "i ** j ** i");
  test_assert_value_text (conset_value_power (conset_value_power (I, J), I), "(i ** j) ** i");
  test_assert_value_text (
    conset_value_min (conset_value_add (I, J), conset_value_max (I, NUMBER (1e-9))),
    "min(i + j, max(i, 1e-09))");
  test_assert_value_text (conset_value_tanh (conset_value_sqrt (I)), "tanh(sqrt(i))");
  test_assert_value_text (conset_value_mod (conset_value_multiply (I, J), NUMBER (10)),
                          "i * j % 10");
  test_assert_value_text (conset_value_multiply (I, conset_value_mod (J, NUMBER (10))),
                          "i * (j % 10)");
  test_assert_value_text (conset_value_atan2 (I, conset_value_less (I, J)), "atan2(i, i < j)");
  test_assert_value_text (conset_value_add (I, conset_value_equal (I, J)), "i + (i == j)");
  test_assert_value_text (conset_value_less (conset_value_less (I, J), NUMBER (1)), "(i < j) < 1");
  test_assert_value_text (conset_value_greater (I, conset_value_not_equal (I, J)), "i > (i != j)");
  test_assert_value_text (conset_value_negate (conset_value_greater_equal (I, J)), "-(i >= j)");
  test_assert_value_text (conset_value_not (conset_value_not (conset_value_less_equal (I, J))),
                          "not not i <= j");
  test_assert_value_text (conset_value_and (conset_value_or (I, J), conset_value_not (J)),
                          "(i or j) and not j");
  test_assert_value_text (conset_value_or (I, conset_value_or (J, conset_value_and (I, J))),
                          "i or (j or i and j)");
  test_assert_value_text (conset_value_not (conset_value_and (I, J)), "not (i and j)");
  test_assert_value_text (conset_value_equal (conset_value_not (I), J), "(not i) == j");
  test_assert_value_text (
    conset_value_where (conset_value_or (I, J), conset_value_add (I, J), NUMBER (-1)),
    "where(i or j, i + j, -1)");
  test_assert_value_text (conset_value_clip (I, NUMBER (-0.5), conset_value_less (I, J)),
                          "clip(i, -0.5, i < j)");
  test_assert_value_text (conset_value_callback ("mine", always_one, NULL, NULL, NULL), "<mine>");
  test_assert_value_text (NUMBER (0.1), "0.1");
}
END_TEST

/* }}} */

/* {{{ folding and errors */

START_TEST (constants_fold)
{
  g_autoptr (ConsetValue) sum = conset_value_add (NUMBER (2), NUMBER (3));
  g_autoptr (ConsetValue) deep = conset_value_exp (conset_value_multiply (NUMBER (0), sum));
  g_autoptr (ConsetValue) open = conset_value_add (I, NUMBER (1));
  double number;

  sum = NULL;
  ck_assert (conset_value_is_constant (deep, &number));
  ck_assert_double_eq (number, 1.0);
  test_assert_value_text (conset_value_ref (deep), "1");
  test_assert_value_text (conset_value_multiply (I, conset_value_divide (NUMBER (1), NUMBER (4))),
                          "i * 0.25");
  ck_assert (!conset_value_is_constant (open, NULL));
}
END_TEST

START_TEST (errors_name_the_operation)
{
  test_assert_value_error (NUMBER (NAN), "constant: nan is not a finite number; give one");
  test_assert_value_error (NUMBER (-INFINITY), "constant: -inf is not a finite number; give one");
  test_assert_value_error (
    conset_value_log (NUMBER (-1)),
    "log(-1): the result is not a number; use numbers for which it is finite");
  test_assert_value_error (conset_value_divide (NUMBER (1), NUMBER (0)),
                           "1 / 0: the result is infinite; use numbers for which it is finite");
  test_assert_value_error (conset_value_callback ("mine", NULL, NULL, NULL, NULL),
                           "callback(mine): there is no function for one pair; pass one");
}
END_TEST

START_TEST (first_error_is_kept)
{
  const char *first = "log(-1): the result is not a number; use numbers for which it is finite";
  const char *second = "constant: inf is not a finite number; give one";
  g_autoptr (ConsetValue) text = conset_value_log (NUMBER (-1));

  for (guint k = 0; k < G_N_ELEMENTS (unary_funcs); k++)
    test_assert_value_error (unary_funcs[k](conset_value_log (NUMBER (-1))), first);
  for (guint k = 0; k < G_N_ELEMENTS (binary_funcs); k++)
    {
      test_assert_value_error (binary_funcs[k](conset_value_log (NUMBER (-1)), I), first);
      test_assert_value_error (binary_funcs[k](I, conset_value_log (NUMBER (-1))), first);
      test_assert_value_error (binary_funcs[k](conset_value_log (NUMBER (-1)), NUMBER (INFINITY)),
                               first);
      test_assert_value_error (binary_funcs[k](NUMBER (INFINITY), conset_value_log (NUMBER (-1))),
                               second);
    }
  test_assert_value_text (
    conset_value_ref (text),
    "<error: log(-1): the result is not a number; use numbers for which it is finite>");
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
  ConsetValue *twice = I;

  n_criticals = 0;
  g_log_set_default_handler (critical_count, NULL);
  test_assert_value_error (conset_value_add (NULL, I), "add: an operand is NULL; pass a value");
  test_assert_value_error (conset_value_add (I, NULL), "add: an operand is NULL; pass a value");
  test_assert_value_error (conset_value_exp (NULL), "exp: an operand is NULL; pass a value");
  test_assert_value_text (conset_value_add (twice, twice), "i + i");
  g_log_set_default_handler (g_log_default_handler, NULL);
  g_log_set_always_fatal (fatal);
  ck_assert_uint_eq (n_criticals, 4);
}
END_TEST

/* }}} */

/* {{{ depth */

static ConsetValue *
deep_left (ConsetValue *value)
{
  return conset_value_add (value, I);
}

static ConsetValue *
deep_right (ConsetValue *value)
{
  return conset_value_subtract (I, value);
}

static ConsetValue *
deep_unary (ConsetValue *value)
{
  return conset_value_abs (value);
}

static ConsetValue *
deep_shared (ConsetValue *value)
{
  return conset_value_min (conset_value_ref (value), value);
}

static ConsetValue *(*const deepen_funcs[]) (ConsetValue *value) = { deep_left, deep_right,
                                                                     deep_unary };

START_TEST (deep_values_are_evaluated_up_to_the_limit)
{
  g_autoptr (ConsetValue) value = J;
  ConsetPlaces places = { CONSET_SOURCE_MAJOR, 3, 0, NULL, 700, NULL };
  double values[700];
  ConsetValuePlan *plan;

  for (guint depth = 2; depth <= CONSET_MAX_DEPTH; depth++)
    value = deepen_funcs[_i](g_steal_pointer (&value));
  ck_assert (conset_value_check (value, NULL));
  plan = conset_value_plan_new (value, CONSET_SOURCE_MAJOR);
  conset_value_plan_fill (plan, &places, values);
  for (guint k = 0; k < 700; k++)
    ck_assert_double_eq (values[k], conset_value_at (value, 3, k));
  conset_value_plan_free (plan);
  g_free (conset_value_to_string (value));

  value = deepen_funcs[_i](g_steal_pointer (&value));
  ck_assert (!conset_value_check (value, NULL));
}
END_TEST

/* A value that is used twice at each level counts as a full tree. */
START_TEST (large_values_are_errors)
{
  g_autoptr (ConsetValue) value = I;
  guint depth = 0;

  while (conset_value_check (value, NULL))
    {
      value = deep_shared (g_steal_pointer (&value));
      ck_assert_uint_lt (depth++, 30);
    }
  ck_assert_uint_eq (depth, 22);
}
END_TEST

/* }}} */

/* {{{ callbacks */

static void
note_destroyed (gpointer data)
{
  ++*(guint *) data;
}

START_TEST (data_of_callbacks_is_destroyed_once)
{
  guint n_destroyed = 0;
  ConsetValue *value =
    conset_value_callback ("one", always_one, NULL, &n_destroyed, note_destroyed);
  ConsetValue *sum = conset_value_add (conset_value_ref (value), value);

  ck_assert_double_eq (conset_value_at (sum, 1, 2), 2.0);
  ck_assert_uint_eq (n_destroyed, 0);
  conset_value_unref (sum);
  ck_assert_uint_eq (n_destroyed, 1);
  conset_value_unref (conset_value_callback ("none", NULL, NULL, &n_destroyed, note_destroyed));
  ck_assert_uint_eq (n_destroyed, 2);
}
END_TEST

/* Where a callback is all there is, it writes where the caller wants its values. */
static double *expected_room;

static void
fill_in_place (const ConsetPlaces *places, double *values, gpointer data G_GNUC_UNUSED)
{
  ck_assert_ptr_eq (values, expected_room);
  for (gsize k = 0; k < places->n; k++)
    values[k] = 1.0;
  expected_room += places->n;
}

START_TEST (batches_are_not_copied)
{
  g_autoptr (ConsetValue) value =
    conset_value_callback ("one", always_one, fill_in_place, NULL, NULL);
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  ConsetPlaces places = { CONSET_TARGET_MAJOR, 0, 0, NULL, 2000, NULL };
  double values[2000];

  expected_room = values;
  conset_value_plan_fill (plan, &places, values);
  ck_assert_ptr_eq (expected_room, values + 2000);
  conset_value_plan_free (plan);
}
END_TEST

/* }}} */

static Suite *
values_suite (void)
{
  Suite *suite = suite_create ("values");
  TCase *tcase = test_case_add (suite, "composition");

  tcase_add_test (tcase, text_is_that_of_the_language);
  tcase_add_test (tcase, constants_fold);
  tcase_add_test (tcase, errors_name_the_operation);
  tcase_add_test (tcase, first_error_is_kept);
  tcase_add_test (tcase, misuse_is_reported_and_survived);
  tcase_add_loop_test (tcase, deep_values_are_evaluated_up_to_the_limit, 0,
                       G_N_ELEMENTS (deepen_funcs));
  tcase_add_test (tcase, large_values_are_errors);
  tcase = test_case_add (suite, "callbacks");
  tcase_add_test (tcase, data_of_callbacks_is_destroyed_once);
  tcase_add_test (tcase, batches_are_not_copied);
  return suite;
}

int
main (void)
{
  return test_run (values_suite ());
}

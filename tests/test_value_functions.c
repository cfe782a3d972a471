/* SPDX-License-Identifier: MIT */
/*
 * Attributes, conditions and bounds: their text, what is wrong with their arguments, and what is
 * wrong at a pair: found, at any place of a block, exactly where a pair is asked for.
 */
#include "isas.h"
#include "support.h"

#include "kernels.h"
#include "value.h"

#include <math.h>
#include <string.h>

/* Short names for what the tests compose. */
#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)

static const double five[] = { 1.5, -2.0, 3.25, 1e-3, 7.0 };

static ConsetValue *
five_sources (void)
{
  return conset_value_source_attribute (five, G_N_ELEMENTS (five), NULL);
}

static ConsetValue *
five_targets (void)
{
  return conset_value_target_attribute (five, G_N_ELEMENTS (five), "tau");
}

/* Fills @places; what is wrong is @expected, NULL for nothing, and also what a pair says. */
static void
assert_fill (const ConsetValue *value, const ConsetPlaces *places, const char *expected)
{
  ConsetValuePlan *plan = conset_value_plan_new (value, places->order);
  g_autofree double *values = g_new (double, places->n);
  gboolean ok = conset_value_plan_fill (plan, places, values);
  g_autoptr (GError) first = NULL;

  for (gsize k = 0; k < places->n; k++)
    {
      const ConsetPlace place = { conset_places_source (places, k),
                                  conset_places_target (places, k), 0, &first };
      double alone = value->klass->at (value, &place);

      if (first != NULL)
        break;
      if (ok)
        ck_assert (memcmp (&alone, &values[k], sizeof alone) == 0
                   || (isnan (alone) && isnan (values[k])));
    }
  ck_assert_int_eq (ok, expected == NULL);
  ck_assert_int_eq (first == NULL, expected == NULL);
  if (expected != NULL)
    {
      const GError *error = conset_value_plan_error (plan);

      ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
      ck_assert_str_eq (error->message, expected);
      ck_assert_str_eq (first->message, expected);
      ck_assert (!conset_value_plan_fill (plan, places, values));
    }
  conset_value_plan_free (plan);
}

/* {{{ attributes */

START_TEST (attributes_are_their_arrays)
{
  g_autoptr (ConsetValue) of_sources = five_sources (), of_targets = five_targets ();
  const guint32 offsets[] = { 0, 0, 1, 3 };

  for (guint64 k = 0; k < 5; k++)
    {
      ck_assert_double_eq (conset_value_at (of_sources, k, 1000), five[k]);
      ck_assert_double_eq (conset_value_at (of_targets, 1000, k), five[k]);
    }
  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    for (guint64 line = 0; line < 5; line++)
      {
        ConsetPlaces run = { order, line, 1, NULL, 4, NULL };
        ConsetPlaces list = { order, line, 1, offsets, G_N_ELEMENTS (offsets), NULL };

        assert_fill (of_sources, &run, NULL);
        assert_fill (of_targets, &run, NULL);
        assert_fill (of_sources, &list, NULL);
        assert_fill (of_targets, &list, NULL);
      }
}
END_TEST

START_TEST (attributes_print)
{
  test_assert_value_text (five_sources (), "sourceAttribute([1.5, -2, 3.25, 0.001, 7])");
  test_assert_value_text (five_targets (),
                          "targetAttribute([1.5, -2, 3.25, 0.001, 7], name=\"tau\")");
  test_assert_value_text (conset_value_target_attribute (NULL, 0, "a \"b\" µ"),
                          "targetAttribute([], name='a \"b\" µ')");
  test_assert_value_text (conset_value_target_attribute (NULL, 0, "it's"),
                          "targetAttribute([], name=\"it's\")");
}
END_TEST

START_TEST (attributes_refuse_what_is_no_number)
{
  const double wrong[] = { 1.0, NAN }, large[] = { -INFINITY };

  test_assert_value_error (conset_value_source_attribute (wrong, 2, NULL),
                           "sourceAttribute(): number 1 of the array is nan; use finite numbers");
  test_assert_value_error (conset_value_target_attribute (large, 1, "v"),
                           "targetAttribute(v): number 0 of the array is -inf; use finite numbers");
  test_assert_value_error (conset_value_source_attribute (NULL, 2, "v"),
                           "sourceAttribute(v): there is no array; pass one");
  test_assert_value_error (
    conset_value_source_attribute (five, 5, "a\nb"),
    "sourceAttribute: the name is no line of UTF-8 text without backslashes; use another");
  test_assert_value_error (
    conset_value_source_attribute (five, 5, "a\\b"),
    "sourceAttribute: the name is no line of UTF-8 text without backslashes; use another");
  test_assert_value_error (
    conset_value_source_attribute (five, 5, "\"'"),
    "sourceAttribute: the name is no line of UTF-8 text without backslashes; use another");
  test_assert_value_error (
    conset_value_source_attribute (five, 5, "\xff"),
    "sourceAttribute: the name is no line of UTF-8 text without backslashes; use another");
}
END_TEST

static const struct
{
  guint64 line;
  guint64 first;
  gsize n;
  guint64 source; /* the first of the places that is outside */
} outside[] = {
  { 0, 0, 6, 5 },
  { 0, 3, 600, 5 },
  { 0, 5, 1, 5 },
  { 0, G_GUINT64_CONSTANT (1) << 40, 3, G_GUINT64_CONSTANT (1) << 40 },
};

/* Along a line of the array, and across. */
START_TEST (attributes_end_where_the_array_ends)
{
  g_autoptr (ConsetValue) of_sources = five_sources (), of_targets = five_targets ();
  const guint32 offsets[] = { 0, 2, 4, 4, 5, 9 };

  for (guint k = 0; k < G_N_ELEMENTS (outside); k++)
    {
      g_autofree char *source =
        g_strdup_printf ("sourceAttribute(): the array has 5 numbers, and there is none for source "
                         "%" G_GUINT64_FORMAT "; give one for each source, or ask for fewer",
                         outside[k].source);
      g_autofree char *target = g_strdup_printf (
        "targetAttribute(tau): the array has 5 numbers, and there is none for target "
        "%" G_GUINT64_FORMAT "; give one for each target, or ask for fewer",
        outside[k].source);
      ConsetPlaces along = { CONSET_TARGET_MAJOR, 0, outside[k].first, NULL, outside[k].n, NULL };
      ConsetPlaces across = { CONSET_TARGET_MAJOR, outside[k].source, 0, NULL, 7, NULL };

      assert_fill (of_sources, &along, source);
      assert_fill (of_targets, &across, target);
      along.order = across.order = CONSET_SOURCE_MAJOR;
      assert_fill (of_targets, &along, target);
      assert_fill (of_sources, &across, source);
      ck_assert (isnan (conset_value_at (of_sources, outside[k].source, 0)));
    }
  {
    ConsetPlaces list = { CONSET_SOURCE_MAJOR, 0, 0, offsets, 4, NULL };

    assert_fill (of_targets, &list, NULL);
    list.n = 6;
    assert_fill (of_targets, &list,
                 "targetAttribute(tau): the array has 5 numbers, and there is none for target 5; "
                 "give one for each target, or ask for fewer");
  }
}
END_TEST

static void
note_destroyed (gpointer data)
{
  ++*(guint *) data;
}

/* Nothing is copied, and the owner hears of it once; also of an array that is refused. */
START_TEST (arrays_that_are_taken_are_destroyed_once)
{
  const double wrong[] = { INFINITY };
  guint n_destroyed = 0;
  double array[] = { 1.0, 2.0 };
  ConsetValue *value =
    conset_value_source_attribute_take (array, 2, NULL, &n_destroyed, note_destroyed);
  ConsetValue *sum = conset_value_add (conset_value_ref (value), value);

  array[1] = 5.0;
  ck_assert_double_eq (conset_value_at (sum, 1, 0), 10.0);
  ck_assert_uint_eq (n_destroyed, 0);
  conset_value_unref (sum);
  ck_assert_uint_eq (n_destroyed, 1);
  conset_value_unref (
    conset_value_target_attribute_take (wrong, 1, NULL, &n_destroyed, note_destroyed));
  ck_assert_uint_eq (n_destroyed, 2);
  conset_value_unref (conset_value_target_attribute_take (five, 5, "five", NULL, NULL));
}
END_TEST

/* An array that is not taken may go. */
START_TEST (arrays_are_copied)
{
  double array[] = { 1.0, 2.0 };
  g_autoptr (ConsetValue) value = conset_value_source_attribute (array, 2, NULL);

  array[0] = 5.0;
  ck_assert_double_eq (conset_value_at (value, 0, 0), 1.0);
}
END_TEST

/* What a message says of a large array costs as little as of a small one. */
START_TEST (large_arrays_are_described_shortly)
{
  const gsize n = test_sanitized () ? 1000000 : 10000000;
  double *array = g_new (double, n);
  g_autoptr (ConsetValue) value = NULL;
  g_autofree char *text = NULL;
  ConsetPlaces last = { CONSET_TARGET_MAJOR, 0, n - 300, NULL, 300, NULL };

  for (gsize k = 0; k < n; k++)
    array[k] = (double) k * 0.5;
  value = conset_value_source_attribute_take (array, n, "all", array, g_free);
  assert_fill (value, &last, NULL);
  value = conset_value_exp (g_steal_pointer (&value));
  text = conset_value_describe (value);
  ck_assert_str_eq (text, "exp(sourceAttribute([0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5, 4, 4...");
}
END_TEST

/* }}} */

/* {{{ conditions and bounds */

static ConsetValue *
guarded (ConsetValue *condition)
{
  return conset_value_where (condition, five_sources (), NUMBER (-1));
}

/* A side is asked for where it is chosen alone, also where it is the same all along a line. */
START_TEST (conditions_guard_what_is_wrong_elsewhere)
{
  g_autoptr (ConsetValue) sources = guarded (conset_value_less (I, NUMBER (5)));
  g_autoptr (ConsetValue) alternating = conset_value_where (
    conset_value_and (conset_value_less (I, NUMBER (5)), conset_value_mod (I, NUMBER (2))),
    five_sources (), conset_value_where (conset_value_less (J, NUMBER (5)), five_targets (), I));
  g_autoptr (ConsetValue) late = guarded (conset_value_less_equal (I, NUMBER (5)));
  const char *message = "sourceAttribute(): the array has 5 numbers, and there is none for source "
                        "5; give one for each source, or ask for fewer";

  if (!conset_set_isa (isas[_i]))
    return;
  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    for (guint64 line = 0; line < 8; line++)
      {
        ConsetPlaces run = { order, line, 0, NULL, 1200, NULL };

        assert_fill (sources, &run, NULL);
        assert_fill (alternating, &run, NULL);
        if (order == CONSET_TARGET_MAJOR)
          assert_fill (late, &run, message);
        else
          assert_fill (late, &run, line == 5 ? message : NULL);
      }
  conset_set_isa ("auto");
}
END_TEST

static double
count_at (guint64 source, guint64 target G_GNUC_UNUSED, gpointer n_asked)
{
  ++*(guint *) n_asked;
  return (double) source;
}

/* Nor is a callback called where nobody chooses it. */
START_TEST (conditions_call_nobody_in_vain)
{
  guint n_asked = 0;
  g_autoptr (ConsetValue) value = conset_value_where (
    conset_value_equal (conset_value_mod (I, NUMBER (10)), NUMBER (3)),
    conset_value_callback ("count", count_at, NULL, &n_asked, NULL), NUMBER (0));
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  ConsetPlaces places = { CONSET_TARGET_MAJOR, 0, 0, NULL, 1000, NULL };
  double values[1000];

  ck_assert (conset_value_plan_fill (plan, &places, values));
  ck_assert_uint_eq (n_asked, 100);
  for (guint k = 0; k < 1000; k++)
    ck_assert_double_eq (values[k], k % 10 == 3 ? k : 0.0);
  conset_value_plan_free (plan);
}
END_TEST

START_TEST (conditions_that_are_constants_choose_at_once)
{
  test_assert_value_text (conset_value_where (NUMBER (2), I, J), "i");
  test_assert_value_text (conset_value_where (NUMBER (0), I, J), "j");
  test_assert_value_text (
    conset_value_where (conset_value_less (NUMBER (1), NUMBER (2)), NUMBER (3), J), "3");
  test_assert_value_error (conset_value_where (NUMBER (1), I, NUMBER (NAN)),
                           "constant: nan is not a finite number; give one");
}
END_TEST

START_TEST (bounds_that_cross_are_errors)
{
  g_autoptr (ConsetValue) value = conset_value_clip (I, J, NUMBER (5));
  g_autoptr (ConsetValue) varying = conset_value_clip (NUMBER (2), I, NUMBER (5));
  const char *message = "clip(i, j, 5): at source 0, target 6 the low bound, 6, is above the high "
                        "one, 5; exchange them, or keep them apart";

  if (!conset_set_isa (isas[_i]))
    return;
  for (guint64 line = 0; line < 8; line++)
    {
      ConsetPlaces run = { CONSET_TARGET_MAJOR, line, 0, NULL, 700, NULL };

      if (line <= 6)
        assert_fill (value, &run, line < 6 ? NULL : message);
      run.n = line == 7 ? 700 : 6;
      assert_fill (varying, &run,
                   line < 7 ? NULL
                            : "clip(2, i, 5): at source 6, target 7 the low bound, 6, is above the "
                              "high one, 5; exchange them, or keep them apart");
    }
  test_assert_value_error (conset_value_clip (I, NUMBER (3), NUMBER (2.5)),
                           "clip(i, 3, 2.5): the low bound is above the high one; exchange them");
  test_assert_value_text (conset_value_clip (NUMBER (7), NUMBER (3), NUMBER (5)), "5");
  test_assert_value_text (conset_value_clip (NUMBER (4), NUMBER (4), NUMBER (4)), "4");
  conset_set_isa ("auto");
}
END_TEST

/* Of three operands */

typedef ConsetValue *(*Three) (ConsetValue *a, ConsetValue *b, ConsetValue *c);

static const Three threes[] = { conset_value_where, conset_value_clip };

START_TEST (first_error_of_three_is_kept)
{
  const char *texts[] = { "constant: nan is not a finite number; give one",
                          "constant: inf is not a finite number; give one",
                          "constant: -inf is not a finite number; give one" };

  for (guint wrong = 1; wrong < 8; wrong++)
    test_assert_value_error (threes[_i](wrong & 1 ? NUMBER (NAN) : I,
                                        wrong & 2 ? NUMBER (INFINITY) : I,
                                        wrong & 4 ? NUMBER (-INFINITY) : J),
                             texts[wrong & 1   ? 0
                                   : wrong & 2 ? 1
                                               : 2]);
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

START_TEST (misuse_of_three_is_reported_and_survived)
{
  GLogLevelFlags fatal = g_log_set_always_fatal (G_LOG_FATAL_MASK);
  g_autofree char *message =
    g_strdup_printf ("%s: an operand is NULL; pass a value", _i == 0 ? "where" : "clip");
  ConsetValue *twice = I, *thrice = I;

  n_criticals = 0;
  g_log_set_default_handler (critical_count, NULL);
  test_assert_value_error (threes[_i](NULL, I, J), message);
  test_assert_value_error (threes[_i](I, NULL, J), message);
  test_assert_value_error (threes[_i](I, J, NULL), message);
  ck_assert_uint_eq (n_criticals, 3);
  conset_value_unref (threes[_i](twice, J, twice));
  ck_assert_uint_eq (n_criticals, 4);
  conset_value_unref (threes[_i](J, thrice, thrice));
  ck_assert_uint_eq (n_criticals, 5);
  g_log_set_default_handler (g_log_default_handler, NULL);
  g_log_set_always_fatal (fatal);
}
END_TEST

/* }}} */

/* {{{ in sets */

/* Two of three sources below 600 for targets below 10, all sources below 10000 beyond. */
static Conset *
candidates (void)
{
  ConsetIntervals *sources = conset_intervals_range (0, 600, 1);

  sources = conset_intervals_difference (sources, conset_intervals_range (0, 600, 3));
  return conset_union (
    conset_cross (sources, conset_intervals_range (0, 10, 1)),
    conset_cross (conset_intervals_range (0, 10000, 1), conset_intervals_range (10, 20, 1)));
}

/* A set that is filtered asks for its candidates alone, however dense they are. */
START_TEST (sets_ask_for_candidates_alone)
{
  double array[600];
  const ConsetWindow window = { 0, 10000, 0, 10 };
  guint64 source, target, n = 0;
  g_autoptr (Conset) set = NULL;
  g_autoptr (ConsetIter) iter = NULL;
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < 600; k++)
    array[k] = 1.0;
  set = conset_intersect (
    candidates (),
    conset_random_by_value (conset_value_source_attribute (array, 600, NULL), FALSE, 1));
  iter = conset_iter_new (set, &window, CONSET_TARGET_MAJOR);
  while (conset_iter_next (iter, &source, &target))
    n++;
  ck_assert_msg (conset_iter_finish (iter, &error), "%s", error != NULL ? error->message : "");
  ck_assert_uint_eq (n, 4000);
}
END_TEST

/* }}} */

static Suite *
value_functions_suite (void)
{
  Suite *suite = suite_create ("value_functions");
  TCase *tcase = test_case_add (suite, "attributes");

  tcase_add_test (tcase, attributes_are_their_arrays);
  tcase_add_test (tcase, attributes_print);
  tcase_add_test (tcase, attributes_refuse_what_is_no_number);
  tcase_add_test (tcase, attributes_end_where_the_array_ends);
  tcase_add_test (tcase, arrays_that_are_taken_are_destroyed_once);
  tcase_add_test (tcase, arrays_are_copied);
  tcase_add_test (tcase, large_arrays_are_described_shortly);
  tcase = test_case_add (suite, "conditions");
  tcase_add_loop_test (tcase, conditions_guard_what_is_wrong_elsewhere, 0, N_ISAS);
  tcase_add_test (tcase, conditions_call_nobody_in_vain);
  tcase_add_test (tcase, conditions_that_are_constants_choose_at_once);
  tcase_add_loop_test (tcase, bounds_that_cross_are_errors, 0, N_ISAS);
  tcase_add_loop_test (tcase, first_error_of_three_is_kept, 0, G_N_ELEMENTS (threes));
  tcase_add_loop_test (tcase, misuse_of_three_is_reported_and_survived, 0, G_N_ELEMENTS (threes));
  tcase_add_test (tcase, sets_ask_for_candidates_alone);
  return suite;
}

int
main (void)
{
  return test_run (value_functions_suite ());
}

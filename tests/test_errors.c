/* SPDX-License-Identifier: MIT */
/*
 * What happens when something is wrong: every kind of composition error with its message,
 * how errors travel through operators, windows and callbacks that break their contracts.
 *
 * That nothing leaks is seen by predicates, whose destroy notify counts the living; the
 * sanitizers watch over the rest.
 */
#include "support.h"

#include <math.h>
#include <string.h>

#define FAR_INDEX (G_GUINT64_CONSTANT (1) << 62)

static Conset *
bad (void)
{
  return conset_random (1.7, 1);
}

static const char bad_message[] = "random(1.7): probability must lie in [0, 1]";

static Conset *
far_set (void)
{
  return conset_shift (FAR_INDEX, FAR_INDEX, conset_cross_n (1, 1));
}

/* Errors of one operator */

static Conset *
make_random_above_one (void)
{
  return conset_random (1.7, 1);
}

static Conset *
make_random_negative (void)
{
  return conset_random (-0.25, 1);
}

static Conset *
make_random_nan (void)
{
  return conset_random (NAN, 1);
}

static Conset *
make_block_zero_sources (void)
{
  return conset_block (0, 10, test_living ());
}

static Conset *
make_block_zero_targets (void)
{
  return conset_block (10, 0, test_living ());
}

static Conset *
make_block_beyond (void)
{
  return conset_block (4, 1, far_set ());
}

static Conset *
make_repeat_zero_sources (void)
{
  return conset_repeat (0, 1, test_living ());
}

static Conset *
make_repeat_zero_targets (void)
{
  return conset_repeat (1, 0, test_living ());
}

static Conset *
make_shift_beyond (void)
{
  return conset_shift (FAR_INDEX, 0, far_set ());
}

static Conset *
make_explicit_beyond (void)
{
  return conset_explicit ((guint64[]){ 1, CONSET_INDEX_END }, (guint64[]){ 2, 3 }, 2);
}

static Conset *
make_fix_unbounded (void)
{
  return conset_fix (conset_difference (conset_random (0.5, 1), conset_one_to_one ()));
}

static Conset *
make_fix_too_large (void)
{
  return conset_fix (conset_cross_n (FAR_INDEX, FAR_INDEX));
}

static Conset *
make_cross_of_error (void)
{
  return conset_cross (conset_intervals_range (0, 10, 0), conset_intervals_all ());
}

static Conset *
make_sum_doubled (void)
{
  Conset *set = conset_cross_n (1, 1);

  for (guint k = 0; k < 32; k++)
    set = conset_sum (conset_ref (set), set);
  return set;
}

static Conset *
make_too_deep (void)
{
  Conset *set = test_living ();

  for (guint k = 0; k < 2 * CONSET_MAX_DEPTH; k++)
    set = conset_complement (conset_shift (k, 1, set));
  return set;
}

static Conset *
make_too_large (void)
{
  Conset *set = conset_random (0.5, 1);

  for (guint k = 0; k < 40; k++)
    {
      Conset *moved = conset_shift (k + 1, 0, conset_ref (set));

      set = conset_union (conset_complement (set), conset_complement (moved));
    }
  return set;
}

typedef struct
{
  const char *message;
  Conset *(*make) (void);
} ErrorCase;

static const ErrorCase error_cases[] = {
  { "random(1.7): probability must lie in [0, 1]", make_random_above_one },
  { "random(-0.25): probability must lie in [0, 1]", make_random_negative },
  { "random(nan): probability must lie in [0, 1]", make_random_nan },
  { "block(0, 10): both sizes must be at least 1", make_block_zero_sources },
  { "block(10, 0): both sizes must be at least 1", make_block_zero_targets },
  { "block(4, 1): ", make_block_beyond },
  { "repeat(0, 1): both periods must be at least 1", make_repeat_zero_sources },
  { "repeat(1, 0): both periods must be at least 1", make_repeat_zero_targets },
  { "shift(4611686018427387904, 0): ", make_shift_beyond },
  { "explicit", make_explicit_beyond },
  { "fix: operand 'random(0.5, seed=1) - oneToOne' is unbounded", make_fix_unbounded },
  { "fix: ", make_fix_too_large },
  { "cross: range(0, 10, 0): the step must be at least 1", make_cross_of_error },
  { "sum: ", make_sum_doubled },
  { "complement: the expression is nested more than 4096 operators deep", make_too_deep },
  { "union: the expression has more than 4194304 operators", make_too_large },
};

/* That an error set is one everywhere that it can surface. */
static void
assert_error_set (const Conset *set, const char *message)
{
  ConsetWindow window = CONSET_WINDOW (10, 10);
  g_autofree char *text = conset_to_string (set);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, CONSET_TARGET_MAJOR);
  g_autoptr (GError) error = NULL;
  guint64 source;
  guint64 target;
  guint64 count;

  ck_assert (!conset_check (set, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_msg (g_str_has_prefix (error->message, message), "'%s' where '%s' was expected",
                 error->message, message);
  ck_assert_msg (strstr (text, error->message) != NULL, "'%s' lacks the message", text);
  g_clear_error (&error);
  ck_assert (!conset_iter_next (iter, &source, &target));
  ck_assert (!conset_iter_finish (iter, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  g_clear_error (&error);
  ck_assert (!conset_count (set, &window, &count, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_uint_eq (conset_multiplicity (set, 0, 0), 0);
  ck_assert (conset_expected_count (set, &window) == 0.0);
  ck_assert_ptr_null (conset_digest (set, NULL, NULL));
  ck_assert_ptr_null (conset_explain (set, &window, CONSET_TARGET_MAJOR, NULL));
}

START_TEST (wrong_argument_names_operator_and_remedy)
{
  const ErrorCase *test = &error_cases[_i];
  Conset *set = test->make ();

  ck_assert_int_eq (test_n_living (), 0);
  assert_error_set (set, test->message);
  conset_unref (set);
}
END_TEST

/* Errors through operators */

static Conset *
wrap_block (Conset *set)
{
  return conset_block (2, 3, set);
}

static Conset *
wrap_repeat (Conset *set)
{
  return conset_repeat (2, 3, set);
}

static Conset *
wrap_shift (Conset *set)
{
  return conset_shift (2, -3, set);
}

static Conset *
wrap_cross (Conset *set)
{
  return conset_intersect (set, conset_cross_n (4, 4));
}

START_TEST (unary_operators_keep_the_message)
{
  static Conset *(*const operators[]) (Conset *) = {
    conset_complement, conset_transpose, conset_fix, wrap_block,
    wrap_repeat,       wrap_shift,       wrap_cross,
  };

  for (guint k = 0; k < G_N_ELEMENTS (operators); k++)
    {
      Conset *set = operators[k](bad ());

      assert_error_set (set, bad_message);
      conset_unref (set);
    }
}
END_TEST

static Conset *(*const binary_operators[]) (Conset *, Conset *) = {
  conset_union, conset_sum, conset_intersect, conset_difference, conset_symmetric_difference,
};

START_TEST (binary_operators_keep_the_first_message_and_free_the_rest)
{
  Conset *(*operate) (Conset *, Conset *) = binary_operators[_i];
  Conset *sets[] = {
    operate (bad (), test_living ()),
    operate (test_living (), bad ()),
    operate (bad (), conset_block (0, 10, test_living ())),
    operate (bad (), conset_empty ()),
    operate (conset_empty (), bad ()),
    operate (conset_full (), bad ()),
    operate (operate (test_living (), bad ()),
             operate (conset_block (0, 10, test_living ()), test_living ())),
  };

  ck_assert_int_eq (test_n_living (), 0);
  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      assert_error_set (sets[k], bad_message);
      conset_unref (sets[k]);
    }
}
END_TEST

START_TEST (good_operands_are_freed_with_the_result)
{
  Conset *set = conset_fix (conset_intersect (conset_cross_n (3, 3), test_living ()));

  for (guint k = 0; k < G_N_ELEMENTS (binary_operators); k++)
    set = binary_operators[k](conset_block (2, 2, conset_transpose (test_living ())),
                              conset_repeat (9, 9, conset_shift (1, 1, set)));
  ck_assert (conset_check (set, NULL));
  conset_unref (set);
  ck_assert_int_eq (test_n_living (), 0);
}
END_TEST

/* Windows */

static gboolean
refuse_batch (const ConsetBatch *batch G_GNUC_UNUSED, gpointer user_data)
{
  ++*(guint *) user_data;
  return FALSE;
}

/* That every way of evaluating @set in @window fails with @code. */
static void
assert_evaluation_fails (const Conset *set, const ConsetWindow *window, ConsetError code)
{
  GError *errors[5] = { NULL };
  ConsetIter *iter = conset_iter_new (set, window, CONSET_SOURCE_MAJOR);
  ConsetBatch batch;
  guint64 count;
  guint n_calls = 0;

  while (conset_iter_next_batch (iter, &batch))
    ;
  ck_assert (!conset_iter_finish (iter, &errors[0]));
  ck_assert (!conset_count (set, window, &count, &errors[1]));
  ck_assert_ptr_null (conset_digest (set, window, &errors[2]));
  ck_assert (
    !conset_foreach (set, window, CONSET_TARGET_MAJOR, refuse_batch, &n_calls, &errors[3]));
  ck_assert (conset_iter_finish (iter, NULL) == FALSE);
  ck_assert_uint_eq (n_calls, 0);
  for (guint k = 0; k < 4; k++)
    {
      ck_assert_msg (g_error_matches (errors[k], CONSET_ERROR, code), "%u: %s", k,
                     errors[k]->message);
      g_error_free (errors[k]);
    }
  conset_iter_free (iter);
}

START_TEST (unbounded_set_needs_a_window)
{
  g_autoptr (Conset) full = conset_full ();
  g_autoptr (Conset) half =
    conset_cross (conset_intervals_all (), conset_intervals_range (0, 9, 1));
  gsize n;

  assert_evaluation_fails (full, NULL, CONSET_ERROR_UNBOUNDED);
  assert_evaluation_fails (half, NULL, CONSET_ERROR_UNBOUNDED);
  ck_assert (isinf (conset_expected_count (full, NULL)));
  for (guint k = 0; k < 2; k++)
    {
      g_autoptr (GError) error = NULL;

      ck_assert_ptr_null (k == 0 ? conset_sources_of (full, 1, 0, CONSET_INDEX_END, &n, &error)
                                 : conset_targets_of (full, 1, 0, CONSET_INDEX_END, &n, &error));
      ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED));
    }
}
END_TEST

START_TEST (window_must_lie_in_the_universe)
{
  static const ConsetWindow windows[] = {
    { 0, CONSET_INDEX_END + 1, 0, 1 },
    { 0, 1, 0, G_MAXUINT64 },
    { CONSET_INDEX_END, CONSET_INDEX_END + 5, 0, 5 },
  };
  g_autoptr (Conset) set = conset_one_to_one ();

  for (guint k = 0; k < G_N_ELEMENTS (windows); k++)
    assert_evaluation_fails (set, &windows[k], CONSET_ERROR_WINDOW);
}
END_TEST

START_TEST (window_whose_end_is_not_above_its_first_is_empty)
{
  static const ConsetWindow windows[] = {
    { 5, 5, 0, 9 },
    { 0, 9, 7, 3 },
    { CONSET_INDEX_END, CONSET_INDEX_END, 0, 9 },
  };
  g_autoptr (Conset) set = conset_full ();

  for (guint k = 0; k < G_N_ELEMENTS (windows); k++)
    {
      guint64 count = 1;

      ck_assert (conset_count (set, &windows[k], &count, NULL));
      ck_assert_uint_eq (count, 0);
      ck_assert (conset_expected_count (set, &windows[k]) == 0.0);
    }
}
END_TEST

START_TEST (count_beyond_its_type_is_an_overflow)
{
  g_autoptr (Conset) set = conset_cross_n (FAR_INDEX, FAR_INDEX);
  g_autoptr (GError) error = NULL;
  guint64 count;

  ck_assert (!conset_count (set, NULL, &count, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW));
}
END_TEST

/* Callbacks */

static gboolean
always (guint64 source G_GNUC_UNUSED,
        guint64 target G_GNUC_UNUSED,
        gpointer user_data G_GNUC_UNUSED)
{
  return TRUE;
}

static gsize
fill_descending (guint64 target G_GNUC_UNUSED,
                 guint64 first,
                 guint64 end,
                 guint64 *sources,
                 gpointer user_data G_GNUC_UNUSED)
{
  gsize n = MIN (end - first, 2);

  for (gsize k = 0; k < n; k++)
    sources[k] = first + n - 1 - k;
  return n;
}

static gsize
fill_repeating (guint64 target G_GNUC_UNUSED,
                guint64 first,
                guint64 end,
                guint64 *sources,
                gpointer user_data G_GNUC_UNUSED)
{
  gsize n = MIN (end - first, 2);

  for (gsize k = 0; k < n; k++)
    sources[k] = first;
  return n;
}

static gsize
fill_above (guint64 target G_GNUC_UNUSED,
            guint64 first G_GNUC_UNUSED,
            guint64 end,
            guint64 *sources,
            gpointer user_data G_GNUC_UNUSED)
{
  sources[0] = end;
  return 1;
}

static gsize
fill_below (guint64 target G_GNUC_UNUSED,
            guint64 first,
            guint64 end G_GNUC_UNUSED,
            guint64 *sources,
            gpointer user_data G_GNUC_UNUSED)
{
  sources[0] = first - 1;
  return 1;
}

static gsize
fill_too_many (guint64 target G_GNUC_UNUSED,
               guint64 first,
               guint64 end,
               guint64 *sources,
               gpointer user_data G_GNUC_UNUSED)
{
  for (guint64 source = first; source < end; source++)
    sources[source - first] = source;
  return end - first + 1;
}

START_TEST (fill_that_breaks_its_contract_stops_the_evaluation)
{
  static const ConsetFillFunc fills[] = {
    fill_descending, fill_repeating, fill_above, fill_below, fill_too_many,
  };
  ConsetWindow window = { 10, 60, 3, 7 };
  g_autoptr (Conset) set = conset_predicate ("broken", always, fills[_i], NULL, NULL);
  g_autoptr (Conset) within =
    conset_difference (conset_block (2, 2, conset_ref (set)), conset_one_to_one ());
  g_autoptr (PairList) list = NULL;
  g_autoptr (GError) error = NULL;

  list = pair_list_of_set (set, &window, CONSET_TARGET_MAJOR, &error);
  ck_assert_ptr_null (list);
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CALLBACK));
  ck_assert_msg (g_str_has_prefix (error->message, "predicate(broken): the fill callback gave "),
                 "%s", error->message);
  g_clear_error (&error);
  list = pair_list_of_set (within, &window, CONSET_TARGET_MAJOR, &error);
  ck_assert_ptr_null (list);
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CALLBACK));
}
END_TEST

/* Samples whose candidates break off, differ, or are none at all */

static const struct
{
  const char *text;
  ConsetWindow window;
  ConsetError code;
  const char *start;
} broken_samples[] = {
  { "random(fanIn=poisson(0.5), "
    "multapses=False)*(random(seed=1)*(i/10-0.2)*cross(range(9),range(99)))",
    { 5, 9, 0, 99 },
    CONSET_ERROR_PROBABILITY,
    "random(seed=1) * (i / 10 - 0.2): the probability of" },
  { "random(fanIn=2) * (random(seed=1) * (i / 10 - 0.2) * cross(range(9), range(99)))",
    { 5, 9, 50, 99 },
    CONSET_ERROR_PROBABILITY,
    "random(seed=1) * (i / 10 - 0.2): the probability of" },
  { "random(N=5) * (random(seed=1) * (i / 10 - 0.2) * cross(range(9), range(99)))",
    { 5, 9, 0, 99 },
    CONSET_ERROR_PROBABILITY,
    "random(seed=1) * (i / 10 - 0.2): the probability of" },
  { "random(N=5) * (random(1e-9) * cross(range(9), range(9)))",
    { 0, 9, 3, 4 },
    CONSET_ERROR_COMPOSITION,
    "random(N=5): the operand has 0 candidates for 5 connections" },
  { "random(N=5, multapses=False) * (random(1e-9) * cross(range(9), range(9)))",
    { 0, 9, 0, 9 },
    CONSET_ERROR_COMPOSITION,
    "random(N=5, multapses=False): the operand has 0 candidates for 5" },
};

START_TEST (samples_say_what_is_wrong_with_their_candidates)
{
  const ConsetWindow *window = &broken_samples[_i].window;
  g_autoptr (Conset) set = conset_parse (broken_samples[_i].text, 1, NULL);

  ck_assert (conset_check (set, NULL));
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (PairList) list = pair_list_of_set (set, window, (ConsetOrder) order, &error);

      ck_assert_ptr_null (list);
      ck_assert (g_error_matches (error, CONSET_ERROR, (gint) broken_samples[_i].code));
      ck_assert_msg (g_str_has_prefix (error->message, broken_samples[_i].start), "%s",
                     error->message);
    }
  for (guint64 source = 0; source < 9; source++)
    ck_assert_uint_eq (conset_multiplicity (set, source, 8), 0);
}
END_TEST

/* Has all pairs the first time, and ever fewer. */
static gboolean
fickle (guint64 source, guint64 target G_GNUC_UNUSED, gpointer user_data)
{
  guint *n_calls = user_data;

  return (*n_calls)++ < 1200 || source % 8 == 0;
}

START_TEST (samples_of_fickle_callbacks_are_errors)
{
  guint n_calls = 0;
  Conset *candidates = conset_predicate ("fickle", fickle, NULL, &n_calls, NULL);
  g_autoptr (Conset) set = NULL;
  g_autoptr (GError) error = NULL;
  guint64 count;

  candidates = conset_intersect (candidates, conset_cross_n (1000, 10));
  set = conset_random_fan_in (conset_degrees_constant (20), FALSE, 1, candidates);
  ck_assert (!conset_count (set, NULL, &count, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CALLBACK));
}
END_TEST

START_TEST (foreach_stops_when_asked_to)
{
  g_autoptr (Conset) set = conset_full ();
  g_autoptr (GError) error = NULL;
  ConsetWindow window = CONSET_WINDOW (100, 100);
  guint n_calls = 0;

  ck_assert (!conset_foreach (set, &window, CONSET_TARGET_MAJOR, refuse_batch, &n_calls, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CANCELLED));
  ck_assert_uint_eq (n_calls, 1);
}
END_TEST

/* The suite */

static void
composition_tests (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "composition");

  tcase_add_loop_test (tcase, wrong_argument_names_operator_and_remedy, 0,
                       G_N_ELEMENTS (error_cases));
  tcase_add_test (tcase, unary_operators_keep_the_message);
  tcase_add_loop_test (tcase, binary_operators_keep_the_first_message_and_free_the_rest, 0,
                       G_N_ELEMENTS (binary_operators));
  tcase_add_test (tcase, good_operands_are_freed_with_the_result);
}

static void
evaluation_tests (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "evaluation");

  tcase_add_test (tcase, unbounded_set_needs_a_window);
  tcase_add_test (tcase, window_must_lie_in_the_universe);
  tcase_add_test (tcase, window_whose_end_is_not_above_its_first_is_empty);
  tcase_add_test (tcase, count_beyond_its_type_is_an_overflow);
  tcase_add_loop_test (tcase, fill_that_breaks_its_contract_stops_the_evaluation, 0, 5);
  tcase_add_loop_test (tcase, samples_say_what_is_wrong_with_their_candidates, 0,
                       (int) G_N_ELEMENTS (broken_samples));
  tcase_add_test (tcase, samples_of_fickle_callbacks_are_errors);
  tcase_add_test (tcase, foreach_stops_when_asked_to);
}

static Suite *
errors_suite (void)
{
  Suite *suite = suite_create ("errors");

  composition_tests (suite);
  evaluation_tests (suite);
  return suite;
}

int
main (void)
{
  return test_run (errors_suite ());
}

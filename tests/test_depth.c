/* SPDX-License-Identifier: MIT */
/*
 * Deep trees: every question put to a set of thousands of operators, one below the other,
 * ends, and ends soon. A walk that visited an operand twice a level would not end at all.
 */
#include "support.h"

/* Below CONSET_MAX_DEPTH for steps of up to three operators. */
#define STEPS 1300

typedef Conset *(*StepFunc) (Conset *set, guint step);

static Conset *
step_complement (Conset *set, guint step G_GNUC_UNUSED)
{
  return conset_complement (conset_repeat (100, 90, set));
}

static Conset *
step_union (Conset *set, guint step)
{
  return conset_union (conset_intersect (set, conset_random (0.999, step)),
                       conset_random (0.001, step));
}

static Conset *
step_symmetric (Conset *set, guint step)
{
  return conset_symmetric_difference (conset_one_to_one (),
                                      conset_shift (1 - (gint64) (step % 2) * 2, 1, set));
}

static Conset *
step_difference (Conset *set, guint step)
{
  return conset_difference (conset_full (), conset_transpose (conset_shift (0, step % 2, set)));
}

static Conset *
step_sum (Conset *set, guint step)
{
  Conset *rest = conset_difference (set, conset_cross_n (step % 5, 3));

  return conset_sum (conset_cross_n (2, step % 7), conset_intersect (rest, conset_full ()));
}

static Conset *
step_block (Conset *set, guint step)
{
  return conset_block (1 + step % 2, 1, conset_complement (set));
}

static const StepFunc steps[] = {
  step_complement, step_union, step_symmetric, step_difference, step_sum, step_block,
};

static guint
count_listed (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  guint64 source, target;
  guint n = 0;

  while (conset_iter_next (iter, &source, &target))
    {
      ck_assert (conset_contains (set, source, target));
      n++;
    }
  ck_assert (conset_iter_finish (iter, NULL));
  return n;
}

START_TEST (deep_tree_answers_every_question)
{
  g_autoptr (Conset) set = conset_random (0.3, 1);
  g_autofree char *text = NULL, *explanation = NULL, *digest = NULL;
  g_autofree guint64 *sources = NULL, *targets = NULL;
  ConsetWindow window = CONSET_WINDOW (9, 11);
  guint64 count;
  gsize n;

  for (guint step = 0; step < STEPS; step++)
    set = steps[_i](g_steal_pointer (&set), step);
  ck_assert (conset_check (set, NULL));

  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (count_listed (set, &window, CONSET_TARGET_MAJOR), count);
  ck_assert_uint_eq (count_listed (set, &window, CONSET_SOURCE_MAJOR), count);
  ck_assert (conset_expected_count (set, &window) >= 0.0);
  ck_assert_ptr_nonnull (text = conset_to_string (set));
  ck_assert_ptr_nonnull (digest = conset_digest (set, &window, NULL));
  ck_assert_ptr_nonnull (explanation = conset_explain (set, &window, CONSET_TARGET_MAJOR, NULL));
  ck_assert_ptr_nonnull (sources = conset_sources_of (set, 3, 0, 20, &n, NULL));
  ck_assert_ptr_nonnull (targets = conset_targets_of (set, 3, 0, 20, &n, NULL));
}
END_TEST

/* An even number of complements of Bernoulli sets is one of the same probability. */
START_TEST (deep_expectation_is_exact)
{
  g_autoptr (Conset) set = conset_random (0.3, 1);
  ConsetWindow window = CONSET_WINDOW (20, 20);

  for (guint step = 0; step < STEPS; step++)
    set = step_complement (g_steal_pointer (&set), step);
  ck_assert_double_eq_tol (conset_expected_count (set, &window), 120.0, 1e-9);
}
END_TEST

static Suite *
depth_suite (void)
{
  Suite *suite = suite_create ("depth");
  TCase *tcase = test_case_add (suite, "deep trees");

  tcase_add_loop_test (tcase, deep_tree_answers_every_question, 0, G_N_ELEMENTS (steps));
  tcase_add_test (tcase, deep_expectation_is_exact);
  return suite;
}

int
main (void)
{
  return test_run (depth_suite ());
}

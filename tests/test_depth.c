/* SPDX-License-Identifier: MIT */
/*
 * Deep trees and long chains: every question put to a set of thousands of operators, one
 * below or behind the other, ends, and ends soon. A walk that visited an operand twice a level
 * would not end at all.
 */
#include "support.h"

#include <string.h>
#include <sys/resource.h>

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

/* Block k of a chain, [3k, 3k + 3) on both axes. */
static Conset *
chain_block (guint k)
{
  return conset_cross (conset_intervals_range (3 * k, 3 * k + 3, 1),
                       conset_intervals_range (3 * k, 3 * k + 3, 1));
}

typedef Conset *(*ChainFunc) (Conset *a, Conset *b);

static const ChainFunc chain_funcs[] = { conset_sum, conset_union };

static Conset *
chain_of_blocks (ChainFunc func, guint n)
{
  Conset *chain = conset_empty ();

  for (guint k = 0; k < n; k++)
    chain = func (chain, chain_block (k));
  return chain;
}

static void
assert_same_digest (const Conset *a, const Conset *b)
{
  g_autofree char *left = conset_digest (a, NULL, NULL), *right = conset_digest (b, NULL, NULL);

  ck_assert_ptr_nonnull (left);
  ck_assert_str_eq (left, right);
}

static const guint chain_lengths[] = {
  1, 2, 15, 16, 17, 31, 32, 33, 256, 257, 272, 273, 4097, 5000
};

/* A chain of blocks along the diagonal is the block operator on one-to-one. */
START_TEST (long_chain_is_the_set_of_its_operands)
{
  guint n = chain_lengths[_i];

  for (guint k = 0; k < G_N_ELEMENTS (chain_funcs); k++)
    {
      g_autoptr (Conset) chain = chain_of_blocks (chain_funcs[k], n);
      g_autoptr (Conset) blocks =
        conset_block (3, 3, conset_intersect (conset_one_to_one (), conset_cross_n (n, n)));
      g_autofree char *text = conset_to_string (chain);
      g_autoptr (Conset) again = conset_parse (text, 1, NULL);
      g_autofree char *again_text = NULL;
      ConsetWindow bounds;
      guint64 count;

      assert_same_digest (chain, blocks);
      ck_assert_ptr_nonnull (again);
      ck_assert_str_eq (again_text = conset_to_string (again), text);
      ck_assert (strchr (text, '(') != NULL && strstr (text, "((") == NULL);
      conset_get_bounds (chain, &bounds);
      ck_assert_uint_eq (bounds.source_end, 3 * (guint64) n);
      ck_assert (conset_count (chain, NULL, &count, NULL));
      ck_assert_uint_eq (count, 9 * (guint64) n);
      ck_assert (conset_contains (chain, 3 * n - 1, 3 * n - 3));
      ck_assert (!conset_contains (chain, 3 * n - 1, 3 * n));
    }
}
END_TEST

/* Operands that bind as weakly as the chain keep their brackets, in every bundle. */
START_TEST (long_chain_of_differences_is_read_back)
{
  g_autoptr (Conset) chain = conset_one_to_one (), again = NULL;
  g_autofree char *text = NULL;
  const ConsetWindow window = CONSET_WINDOW (10, 10);
  guint64 count, count_again;

  for (guint k = 0; k < chain_lengths[_i]; k++)
    chain =
      conset_sum (chain, conset_difference (conset_cross_n (3, 2 + k % 3), conset_one_to_one ()));
  again = conset_parse (text = conset_to_string (chain), 1, NULL);
  ck_assert_ptr_nonnull (again);
  ck_assert (conset_count (chain, &window, &count, NULL));
  ck_assert (conset_count (again, &window, &count_again, NULL));
  ck_assert_uint_eq (count, count_again);
}
END_TEST

/* The same chain, however its operands come together. */

static Conset *
chain_from_behind (ChainFunc func, guint n)
{
  Conset *chain = conset_empty ();

  while (n-- > 0)
    chain = func (chain_block (n), chain);
  return chain;
}

static Conset *
chain_part (ChainFunc func, guint first, guint end)
{
  guint middle = (2 * first + end) / 3;

  if (end - first == 1)
    return chain_block (first);
  middle = CLAMP (middle, first + 1, end - 1);
  return func (chain_part (func, first, middle), chain_part (func, middle, end));
}

static Conset *
chain_from_parts (ChainFunc func, guint n)
{
  return chain_part (func, 0, n);
}

/* Each time somebody else holds it. */
static Conset *
chain_held (ChainFunc func, guint n)
{
  Conset *chain = conset_empty ();

  for (guint k = 0; k < n; k++)
    {
      g_autoptr (Conset) held = chain;

      chain = func (conset_ref (held), chain_block (k));
    }
  return chain;
}

static Conset *
chain_held_from_behind (ChainFunc func, guint n)
{
  Conset *chain = conset_empty ();

  while (n-- > 0)
    {
      g_autoptr (Conset) held = chain;

      chain = func (chain_block (n), conset_ref (held));
    }
  return chain;
}

/* One long part goes into another, and both are held. */
static Conset *
chain_of_held_parts (ChainFunc func, guint n)
{
  g_autoptr (Conset) left = chain_part (func, 0, (n + 1) / 2);
  g_autoptr (Conset) right = n > 1 ? chain_part (func, (n + 1) / 2, n) : conset_empty ();

  return func (conset_ref (left), conset_ref (right));
}

typedef Conset *(*ChainMaker) (ChainFunc func, guint n);

static const ChainMaker chain_makers[] = {
  chain_from_behind, chain_from_parts, chain_held, chain_held_from_behind, chain_of_held_parts,
};

START_TEST (chains_are_alike_however_they_come_together)
{
  ChainFunc func = chain_funcs[_i % 2];

  for (guint k = 0; k < G_N_ELEMENTS (chain_lengths); k++)
    {
      guint n = chain_lengths[k];
      g_autoptr (Conset) chain = chain_makers[_i / 2](func, n);
      g_autoptr (Conset) plain = chain_of_blocks (func, n);
      g_autofree char *text = conset_to_string (chain), *plain_text = conset_to_string (plain);
      guint64 count;

      ck_assert (conset_check (chain, NULL));
      ck_assert (conset_count (chain, NULL, &count, NULL));
      ck_assert_uint_eq (count, 9 * (guint64) n);
      ck_assert_uint_eq (conset_max_multiplicity (chain), 1);
      assert_same_digest (chain, plain);
      if (chain_makers[_i / 2] != chain_of_held_parts)
        ck_assert_str_eq (text, plain_text);
    }
}
END_TEST

/* A name of the text language holds what it stands for. */
START_TEST (script_adds_ten_thousand_times)
{
  static const char *const statements[] = { "s = s + x\n", "s = x + s\n", "s = s | ~x\n",
                                            "s = s * x\n", "s = s - ~x\n" };
  g_autoptr (GString) text = g_string_new ("x = cross(range(3), range(2))\ns = x\n");
  g_autoptr (Conset) set = NULL;
  g_autoptr (GError) error = NULL;
  const ConsetWindow window = CONSET_WINDOW (3, 3);
  guint64 count;

  for (guint k = 0; k < 10000; k++)
    g_string_append (text, statements[_i]);
  g_string_append (text, "s\n");
  set = conset_parse (text->str, 1, &error);
  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (count, _i < 2 ? 60006 : _i == 2 ? 9 : 6);
}
END_TEST

/* A sum with itself is not written out: 2^14 operands would be too many copies. */
START_TEST (doubled_sum_stays_small)
{
  g_autoptr (Conset) sum = chain_of_blocks (conset_sum, 1);
  guint64 count;

  for (guint k = 0; k < 14; k++)
    {
      g_autoptr (Conset) held = sum;

      sum = conset_sum (conset_ref (held), conset_ref (held));
    }
  ck_assert_uint_eq (conset_multiplicity (sum, 0, 0), 1 << 14);
  ck_assert (conset_count (sum, NULL, &count, NULL));
  ck_assert_uint_eq (count, 9 << 14);
}
END_TEST

/* A tree of sums and unions that leans to the right holds a few tiles, not one a level. */
START_TEST (right_nested_tree_needs_little_memory)
{
  const ConsetWindow window = CONSET_WINDOW (60000, 2);
  g_autoptr (Conset) set = conset_random (0.3, 1);
  struct rusage usage;
  guint64 count;

  for (guint k = 0; k < 2000; k++)
    {
      Conset *more = conset_random (0.5, k % 3);

      if (_i == 0)
        set = k % 2 == 0 ? conset_union (more, set) : conset_symmetric_difference (more, set);
      else
        set = conset_sum (conset_one_to_one (), conset_intersect (set, more));
    }
  ck_assert (conset_count (set, &window, &count, NULL));
  getrusage (RUSAGE_SELF, &usage);
  if (!test_sanitized ())
    ck_assert_int_lt (usage.ru_maxrss, 64 * 1024);
}
END_TEST

static gboolean
contains_none (guint64 source G_GNUC_UNUSED,
               guint64 target G_GNUC_UNUSED,
               gpointer user_data G_GNUC_UNUSED)
{
  return FALSE;
}

/* A message shows the beginning of what it is about, whatever its size, in whole characters. */
START_TEST (messages_show_large_sets_in_short)
{
  g_autoptr (Conset) named = NULL, large = conset_cross_n (9, 9), moved = NULL;
  g_autoptr (GError) error = NULL;

  for (guint k = 0; k < 60; k++)
    {
      g_autofree char *name =
        g_strdup_printf ("%*s\u00e9\u20ac\u00e9\u20ac\u00e9\u20ac", (int) k, "");
      g_autoptr (Conset) predicate = conset_predicate (name, contains_none, NULL, NULL, NULL);
      g_autofree char *text = conset_explain (predicate, NULL, CONSET_TARGET_MAJOR, NULL);

      ck_assert (g_utf8_validate (text, -1, NULL));
    }
  for (guint k = 0; k < 20; k++)
    {
      g_autoptr (Conset) held = large;

      large = conset_sum (conset_shift (1, 0, conset_ref (held)), conset_ref (held));
    }
  for (guint k = 0; k < 1000; k++)
    {
      g_clear_pointer (&moved, conset_unref);
      moved = conset_shift (G_MAXINT64, 0, conset_ref (large));
    }
  ck_assert (!conset_check (moved, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "operand 'shift("));
  ck_assert_uint_le (strlen (error->message), 250);
}
END_TEST

/* Bundles are nothing that was written. */
START_TEST (bundles_do_not_show_in_explanations)
{
  g_autoptr (Conset) chain = chain_of_blocks (conset_sum, 150);
  g_autofree char *explanation = conset_explain (chain, NULL, CONSET_TARGET_MAJOR, NULL);

  ck_assert_ptr_nonnull (strstr (explanation, " 151 operators, 2 deep"));
  ck_assert_ptr_nonnull (strstr (explanation, "\n  sum  in "));
  ck_assert_ptr_null (strstr (explanation, "\n    sum"));
  ck_assert_ptr_nonnull (strstr (explanation, "\n    cross(range(447, 450)"));
  ck_assert_ptr_nonnull (strstr (explanation, "\n    fill: cross"));
  ck_assert_ptr_null (strstr (explanation, "\n    fill: sum"));
}
END_TEST

/* A chain that somebody else holds does not change when it is gone on with. */
START_TEST (chain_held_elsewhere_stays)
{
  for (guint k = 0; k < G_N_ELEMENTS (chain_funcs); k++)
    for (guint n = 1; n < 40; n++)
      {
        g_autoptr (Conset) held = chain_of_blocks (chain_funcs[k], n);
        g_autoptr (Conset) more = chain_funcs[k](conset_ref (held), chain_block (n));
        g_autoptr (Conset) other = chain_funcs[k](conset_ref (held), chain_block (n + 1));
        guint64 count;

        ck_assert (conset_count (held, NULL, &count, NULL));
        ck_assert_uint_eq (count, 9 * n);
        ck_assert (conset_count (more, NULL, &count, NULL));
        ck_assert_uint_eq (count, 9 * (n + 1));
        ck_assert (!conset_contains (other, 3 * n, 3 * n));
        ck_assert (conset_contains (other, 3 * n + 3, 3 * n + 3));
      }
}
END_TEST

static Suite *
depth_suite (void)
{
  Suite *suite = suite_create ("depth");
  TCase *tcase = test_case_add (suite, "deep trees");

  tcase_add_loop_test (tcase, deep_tree_answers_every_question, 0, G_N_ELEMENTS (steps));
  tcase_add_test (tcase, deep_expectation_is_exact);
  tcase = test_case_add (suite, "long chains");
  tcase_add_loop_test (tcase, long_chain_is_the_set_of_its_operands, 0,
                       G_N_ELEMENTS (chain_lengths));
  tcase_add_loop_test (tcase, long_chain_of_differences_is_read_back, 0,
                       G_N_ELEMENTS (chain_lengths));
  tcase_add_loop_test (tcase, chains_are_alike_however_they_come_together, 0,
                       2 * G_N_ELEMENTS (chain_makers));
  tcase_add_loop_test (tcase, script_adds_ten_thousand_times, 0, 5);
  tcase_add_test (tcase, doubled_sum_stays_small);
  tcase_add_loop_test (tcase, right_nested_tree_needs_little_memory, 0, 2);
  tcase_add_test (tcase, messages_show_large_sets_in_short);
  tcase_add_test (tcase, bundles_do_not_show_in_explanations);
  tcase_add_test (tcase, chain_held_elsewhere_stays);
  return suite;
}

int
main (void)
{
  return test_run (depth_suite ());
}

/* SPDX-License-Identifier: MIT */
/*
 * That a selection keeps the k least of what comes by, in the order in which it came.
 */
#include "support.h"

#include "selection.h"

#include <math.h>
#include <stdlib.h>

static int
compare_keys (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

/* Item m has key keys[m]; the same by sorting. */
static void
assert_selected (ConsetSelection *selection, const double *keys, gsize n, gsize k, double limit)
{
  g_autofree double *sorted = g_memdup2 (keys, n * sizeof *keys);
  g_autoptr (GArray) items = g_array_new (FALSE, FALSE, sizeof (guint64));
  double greatest, kth;
  gsize below = 0, equal, at = 0, n_wrong = 0;

  qsort (sorted, n, sizeof *sorted, compare_keys);
  while (below < n && sorted[below] < limit)
    below++;
  kth = below >= k ? sorted[k - 1] : INFINITY;
  equal = 0;
  for (gsize m = 0; m < MIN (k, below); m++)
    equal += sorted[m] == kth;

  conset_selection_start (selection, k, limit);
  for (gsize m = 0; m < n; m++)
    conset_selection_add (selection, keys[m], 7 * m);
  greatest = conset_selection_end (selection, items);
  ck_assert_uint_eq (items->len, MIN (k, below));
  ck_assert (greatest == kth);
  for (gsize m = 0; m < n; m++)
    if (keys[m] < limit && (keys[m] < kth || (keys[m] == kth && equal > 0)))
      {
        equal -= keys[m] == kth;
        n_wrong += g_array_index (items, guint64, at++) != 7 * m;
      }
  ck_assert_uint_eq (n_wrong, 0);
}

/* Keys of all kinds: random, ascending, descending, a few values only. */
static double
key_of_kind (GRand *rand, guint kind, gsize m)
{
  switch (kind)
    {
    case 0:
      return g_rand_double (rand);
    case 1:
      return (double) m;
    case 2:
      return -(double) m;
    case 3:
      return g_rand_int_range (rand, 0, 3);
    default:
      return 1.0;
    }
}

START_TEST (the_least_keys_are_selected)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  ConsetSelection *selection = conset_selection_new ();

  for (guint trial = 0; trial < 1000; trial++)
    {
      gsize n = g_rand_int_range (rand, 1, trial % 10 == 0 ? 3000 : 200);
      gsize k = g_rand_int_range (rand, 1, trial % 3 == 0 ? 5 : 300);
      g_autofree double *keys = g_new (double, n);
      double limit = trial % 4 == 0 ? 0.5 : INFINITY;

      for (gsize m = 0; m < n; m++)
        keys[m] = key_of_kind (rand, trial % 5, m);
      assert_selected (selection, keys, n, k, limit);
    }
  conset_selection_free (selection);
}
END_TEST

START_TEST (what_cannot_be_selected_is_refused)
{
  ConsetSelection *selection = conset_selection_new ();

  conset_selection_start (selection, 10, INFINITY);
  for (guint64 m = 0; m < 1000; m++)
    conset_selection_add (selection, 1000.0 - m, m);
  ck_assert_double_lt (conset_selection_limit (selection), 100.0);
  ck_assert_double_ge (conset_selection_limit (selection), 10.0);
  conset_selection_free (selection);
}
END_TEST

static Suite *
selection_suite (void)
{
  Suite *suite = suite_create ("selection");
  TCase *tcase = test_case_add (suite, "selection");

  tcase_add_test (tcase, the_least_keys_are_selected);
  tcase_add_test (tcase, what_cannot_be_selected_is_refused);
  return suite;
}

int
main (void)
{
  return test_run (selection_suite ());
}

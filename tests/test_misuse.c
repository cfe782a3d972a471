/* SPDX-License-Identifier: MIT */
/*
 * Misuse, which is reported and survived; and expressions as deep as they may be, and deeper.
 */
#include "support.h"

#include <string.h>

static Conset *(*const binary_operators[]) (Conset *, Conset *) = {
  conset_union, conset_sum, conset_intersect, conset_difference, conset_symmetric_difference,
};

START_TEST (one_reference_given_twice_is_reported_and_survived)
{
  Conset *r = test_living (), *set;

  test_criticals_begin ();
  set = binary_operators[_i](r, r);
  ck_assert_uint_eq (test_criticals_end (), 1);
  ck_assert (conset_check (set, NULL));
  conset_multiplicity (set, 3, 4);
  conset_unref (set);
  ck_assert_int_eq (test_n_living (), 0);
}
END_TEST

START_TEST (two_references_given_twice_are_right)
{
  Conset *r = test_living (), *set;

  test_criticals_begin ();
  set = binary_operators[_i](conset_ref (r), r);
  ck_assert_uint_eq (test_criticals_end (), 0);
  conset_unref (set);
  ck_assert_int_eq (test_n_living (), 0);
}
END_TEST

START_TEST (null_operand_is_reported_and_becomes_an_error)
{
  Conset *sets[5];

  test_criticals_begin ();
  sets[0] = conset_union (NULL, test_living ());
  sets[1] = conset_intersect (test_living (), NULL);
  sets[2] = conset_complement (NULL);
  sets[3] = conset_block (2, 2, NULL);
  sets[4] = conset_fix (NULL);
  ck_assert_uint_eq (test_criticals_end (), G_N_ELEMENTS (sets));
  ck_assert_int_eq (test_n_living (), 0);
  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      ck_assert (!conset_check (sets[k], NULL));
      conset_unref (sets[k]);
    }
}
END_TEST

/* Depth */

START_TEST (million_sums_are_composed_and_freed)
{
  Conset *set = conset_one_to_one ();

  for (guint k = 1; k <= 1000000; k++)
    set = conset_sum (set, conset_shift (k, 0, conset_one_to_one ()));
  conset_unref (set);
}
END_TEST

START_TEST (million_nested_operators_are_freed)
{
  Conset *set = test_living ();

  for (guint k = 1; k <= 1000000; k++)
    set = conset_complement (conset_shift (k, 1, set));
  ck_assert (!conset_check (set, NULL));
  conset_unref (set);
  ck_assert_int_eq (test_n_living (), 0);
}
END_TEST

/* An alternation of operators that no rule simplifies, as deep as is allowed. */
static Conset *
deepest (void)
{
  Conset *set = conset_random (0.5, 1);

  for (guint k = 1; k < CONSET_MAX_DEPTH; k++)
    set = k % 2 == 0 ? conset_complement (set) : conset_block (1 + k % 4, 1, set);
  return set;
}

START_TEST (deepest_expression_is_printed_evaluated_and_freed)
{
  g_autoptr (Conset) set = deepest ();
  g_autofree char *text = conset_to_string (set);
  ConsetWindow window = CONSET_WINDOW (40, 3);
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  ck_assert_msg (conset_check (set, &error), "%s", error != NULL ? error->message : "");
  ck_assert_uint_gt (strlen (text), CONSET_MAX_DEPTH);
  ck_assert (conset_count (set, &window, &count, &error));
  ck_assert_uint_le (count, 120);
}
END_TEST

static Suite *
misuse_suite (void)
{
  Suite *suite = suite_create ("misuse");
  TCase *misuse = test_case_add (suite, "misuse");
  TCase *depth = test_case_add (suite, "depth");

  tcase_add_loop_test (misuse, one_reference_given_twice_is_reported_and_survived, 0,
                       G_N_ELEMENTS (binary_operators));
  tcase_add_loop_test (misuse, two_references_given_twice_are_right, 0,
                       G_N_ELEMENTS (binary_operators));
  tcase_add_test (misuse, null_operand_is_reported_and_becomes_an_error);

  tcase_add_test (depth, million_sums_are_composed_and_freed);
  tcase_add_test (depth, million_nested_operators_are_freed);
  tcase_add_test (depth, deepest_expression_is_printed_evaluated_and_freed);
  return suite;
}

int
main (void)
{
  return test_run (misuse_suite ());
}

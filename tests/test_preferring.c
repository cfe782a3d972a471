/* SPDX-License-Identifier: MIT */
/*
 * That fixed in- and out-degrees which prefer candidates are the same in every window, order and
 * combination, and say what is wrong with them. Their laws have a suite of their own.
 */
#include "grid.h"
#include "support.h"

#include <math.h>

/* Weights */

/* w(i, j) = table[i mod n]. */
typedef struct
{
  double table[3];
  guint n;
} Table;

static double
table_at (guint64 source, guint64 target G_GNUC_UNUSED, gpointer data)
{
  const Table *table = data;

  return table->table[source % table->n];
}

static ConsetValue *
value_of_table (const Table *table)
{
  return conset_value_callback ("table", table_at, NULL, (gpointer) table, NULL);
}

/* exp (-|i - j| / @reach) */
static ConsetValue *
value_near (double reach)
{
  ConsetValue *distance =
    conset_value_abs (conset_value_subtract (conset_value_source (), conset_value_target ()));

  return conset_value_exp (
    conset_value_negate (conset_value_divide (distance, conset_value_constant (reach))));
}

/* The same set everywhere */

#define N_SETS 10

/* Sets with members in [0, 90) x [0, 70) and beyond. */
static Conset *
set_of_kind (guint kind)
{
  static const guint64 list[] = { 5, 0, 9, 2 };
  gboolean multapses = kind % 2;
  guint64 seed = 40 + kind;

  switch (kind / 2)
    {
    case 0:
      return conset_random_fan_in_preferring (conset_degrees_constant (12), value_near (9.0),
                                              multapses, seed, conset_cross_n (200, 150));
    case 1:
      return conset_random_fan_out_preferring (
        conset_degrees_geometric (8.0), value_near (20.0), multapses, seed,
        conset_difference (conset_cross_n (150, 1000), conset_one_to_one ()));
    case 2:
      return conset_random_fan_in_preferring (
        conset_degrees_uniform (2, 6), value_near (30.0), multapses, seed,
        conset_intersect (conset_random (0.3, 8), conset_cross (conset_intervals_range (0, 3000, 3),
                                                                conset_intervals_all ())));
    case 3:
      return conset_random_fan_out_preferring (
        conset_degrees_constant (4), value_near (30.0), multapses, seed,
        conset_block (
          7, 5,
          conset_cross (conset_intervals_range (1, 8, 2), conset_intervals_range (2, 12, 1))));
    default:
      return conset_random_fan_in_preferring (conset_degrees_list (list, 4), value_near (5.0),
                                              multapses, seed, conset_cross_n (90, 4));
    }
}

START_TEST (windows_orders_and_questions_agree)
{
  g_autoptr (Conset) set = set_of_kind (_i);
  g_autoptr (GRand) rand = g_rand_new_with_seed (60 + _i);
  ConsetWindow all = CONSET_WINDOW (90, 70);
  g_autoptr (Grid) whole = grid_of_set (set, &all, CONSET_TARGET_MAJOR);
  guint n_wrong = 0;

  ck_assert_uint_gt (grid_count (set, &all), 10);
  grid_assert_restriction (set, whole, &all);
  for (guint cut = 0; cut < 25; cut++)
    {
      ConsetWindow window;

      window.source_first = g_rand_int_range (rand, 0, 80);
      window.source_end = window.source_first + g_rand_int_range (rand, 1, 10);
      window.target_first = g_rand_int_range (rand, 0, 50);
      window.target_end = window.target_first + g_rand_int_range (rand, 1, 20);
      grid_assert_restriction (set, whole, &window);
    }
  for (guint k = 0; k < 500; k++)
    {
      guint64 i = g_rand_int_range (rand, 0, 90), j = g_rand_int_range (rand, 0, 70);

      n_wrong += conset_multiplicity (set, i, j) != *grid_at (whole, i, j);
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (expressions_are_pointwise)
{
  g_autoptr (Conset) set = set_of_kind (_i);
  g_autoptr (Conset) other = conset_random (0.4, 2);
  ConsetWindow window = CONSET_WINDOW (90, 70);
  Conset *combined[] = {
    conset_intersect (conset_ref (set), conset_ref (other)),
    conset_difference (conset_ref (set), conset_ref (other)),
    conset_difference (conset_ref (other), conset_ref (set)),
    conset_sum (conset_ref (set), conset_ref (other)),
    conset_complement (conset_ref (set)),
    conset_transpose (conset_transpose (conset_ref (set))),
  };
  g_autoptr (Grid) a = grid_of_set (set, &window, CONSET_TARGET_MAJOR);
  g_autoptr (Grid) b = grid_of_set (other, &window, CONSET_TARGET_MAJOR);

  for (guint k = 0; k < G_N_ELEMENTS (combined); k++)
    {
      g_autoptr (Grid) got = grid_of_set (combined[k], &window, k % 2);
      guint n_wrong = 0;

      for (gsize at = 0; at < 90 * 70; at++)
        {
          guint32 m = a->m[at], n = b->m[at];
          guint32 expected[] = { MIN (m, n), m - MIN (m, n), n - MIN (m, n), m + n, m == 0, m };

          n_wrong += got->m[at] != expected[k];
        }
      ck_assert_uint_eq (n_wrong, 0);
      conset_unref (combined[k]);
    }
}
END_TEST

START_TEST (kernels_agree)
{
  g_autoptr (Conset) set = set_of_kind (_i);
  ConsetWindow window = CONSET_WINDOW (300, 100);
  g_autofree char *digest = NULL, *portable = NULL;

  ck_assert (conset_set_isa ("auto"));
  digest = conset_digest (set, &window, NULL);
  ck_assert (conset_set_isa ("portable"));
  portable = conset_digest (set, &window, NULL);
  ck_assert (conset_set_isa ("auto"));
  ck_assert_str_eq (digest, portable);
}
END_TEST

START_TEST (text_reads_back)
{
  g_autoptr (Conset) set = set_of_kind (_i);
  g_autofree char *text = conset_to_string (set);
  g_autoptr (Conset) again = conset_parse (text, 1, NULL);
  g_autofree char *again_text = NULL;

  ck_assert_ptr_nonnull (again);
  again_text = conset_to_string (again);
  ck_assert_str_eq (text, again_text);
}
END_TEST

/* Only candidates have weights: what the value is elsewhere is not looked at. */
START_TEST (weights_elsewhere_do_not_matter)
{
  ConsetValue *inverse = conset_value_divide (
    conset_value_constant (1.0),
    conset_value_abs (conset_value_subtract (conset_value_source (), conset_value_target ())));
  g_autoptr (Conset) set = conset_random_fan_in_preferring (
    conset_degrees_constant (3), inverse, _i, 1,
    conset_difference (conset_cross_n (30, 30), conset_one_to_one ()));

  ck_assert_uint_eq (grid_count (set, &CONSET_WINDOW (30, 30)), 90);
}
END_TEST

START_TEST (candidates_count_once)
{
  ConsetWindow window = CONSET_WINDOW (40, 30);
  g_autoptr (Conset) twice =
    conset_random_fan_in_preferring (conset_degrees_constant (5), value_near (4.0), _i, 1,
                                     conset_sum (conset_cross_n (40, 30), conset_cross_n (20, 10)));
  g_autoptr (Conset) once = conset_random_fan_in_preferring (
    conset_degrees_constant (5), value_near (4.0), _i, 1, conset_cross_n (40, 30));
  g_autoptr (Grid) a = grid_of_set (once, &window, CONSET_TARGET_MAJOR);

  grid_assert_restriction (twice, a, &window);
}
END_TEST

START_TEST (all_candidates_are_drawn_where_there_are_no_more)
{
  g_autoptr (Conset) candidates =
    conset_intersect (conset_cross_n (60, 60), conset_complement (conset_one_to_one ()));
  g_autoptr (Conset) all = conset_random_fan_in_preferring (
    conset_degrees_constant (59), value_near (3.0), FALSE, 1, conset_ref (candidates));
  ConsetWindow window = CONSET_WINDOW (60, 60);
  g_autoptr (Grid) a = grid_of_set (candidates, &window, CONSET_TARGET_MAJOR);
  g_autoptr (Grid) b = grid_of_set (all, &window, CONSET_TARGET_MAJOR);

  grid_assert_equal (a, b);
}
END_TEST

/* Facts and errors */

START_TEST (facts_are_known)
{
  g_autoptr (Conset) set = conset_random_fan_in_preferring (
    conset_degrees_constant (5), value_near (4.0), FALSE, 1, conset_cross_n (40, 30));
  g_autoptr (Conset) nothing = conset_random_fan_in_preferring (
    conset_degrees_constant (0), value_near (4.0), FALSE, 1, conset_cross_n (40, 30));
  g_autoptr (Conset) unlikely = conset_random_fan_in_preferring (
    conset_degrees_constant (5), conset_value_constant (0.0), FALSE, 1, conset_cross_n (40, 30));
  ConsetWindow bounds;
  ConsetLaw law;

  conset_get_bounds (set, &bounds);
  ck_assert_uint_eq (bounds.source_end, 40);
  ck_assert_uint_eq (bounds.target_end, 30);
  ck_assert (conset_is_random (set));
  ck_assert_uint_eq (conset_max_multiplicity (set), 1);
  ck_assert_uint_eq (conset_max_multiplicity (nothing), 0);
  ck_assert_uint_eq (conset_max_multiplicity (unlikely), 0);
  ck_assert_double_eq_tol (conset_expected_count (set, NULL), 150.0, 1e-9);
  ck_assert (conset_degree_law (set, NULL, CONSET_TARGET_MAJOR, 7, &law, NULL));
  ck_assert_int_eq (law.kind, CONSET_LAW_DELTA);
  ck_assert_double_eq_tol (law.mean, 5.0, 1e-12);
  ck_assert (conset_degree_law (set, NULL, CONSET_SOURCE_MAJOR, 7, &law, NULL));
  ck_assert_int_eq (law.kind, CONSET_LAW_UNKNOWN);
}
END_TEST

/* What shows when the set is made. */
static void
assert_wrong (Conset *consumed, const char *message)
{
  g_autoptr (Conset) set = consumed;
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert_str_eq (error->message, message);
}

/* What shows in evaluation, in either order. */
static void
assert_fails (Conset *consumed, const char *message)
{
  g_autoptr (Conset) set = consumed;

  ck_assert (conset_check (set, NULL));
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (GError) error = NULL;

      ck_assert_ptr_null (pair_list_of_set (set, NULL, order, &error));
      ck_assert_str_eq (error->message, message);
    }
}

static ConsetValue *
value_shifted (double by)
{
  return conset_value_subtract (conset_value_source (), conset_value_constant (by));
}

START_TEST (errors_are_clear)
{
  assert_wrong (conset_random_fan_in_preferring (conset_degrees_poisson (-1.0), value_near (1.0),
                                                 TRUE, 1, conset_cross_n (3, 3)),
                "poisson(-1): the mean must lie in [0, 2^32]");
  assert_wrong (conset_random_fan_in_preferring (
                  conset_degrees_constant (2),
                  conset_value_divide (conset_value_constant (1.0), conset_value_constant (0.0)),
                  TRUE, 1, conset_cross_n (3, 3)),
                "1 / 0: the result is infinite; use numbers for which it is finite");
  assert_wrong (conset_random_fan_in_preferring (conset_degrees_constant (2), value_near (1.0),
                                                 TRUE, 1, conset_random (2.0, 1)),
                "random(2): probability must lie in [0, 1]");
  assert_wrong (conset_random_fan_in_preferring (conset_degrees_constant (2),
                                                 conset_value_constant (-1.0), TRUE, 1,
                                                 conset_cross_n (3, 3)),
                "random(fanIn=2, weight=-1): weights must be finite and not negative");
  assert_wrong (conset_random_fan_in_preferring (conset_degrees_constant (2), value_shifted (0.0),
                                                 FALSE, 1, conset_full ()),
                "random(fanIn=2, weight=i - 0, multapses=False): operand 'full' has sources that "
                "are unbounded; intersect it with cross(...) first");
  assert_wrong (conset_random_fan_out_preferring (conset_degrees_constant (2), value_shifted (1.0),
                                                  TRUE, 1, conset_full ()),
                "random(fanOut=2, weight=i - 1): operand 'full' has targets that are unbounded; "
                "intersect it with cross(...) first");
}
END_TEST

START_TEST (failures_are_clear)
{
  static const guint64 list[] = { 1, 2 };
  static const Table infinite = { { 1e308, 1e308, 1 }, 3 };
  static const Table none = { { 1, NAN }, 2 };

  assert_fails (conset_random_fan_in_preferring (conset_degrees_constant (2), value_shifted (2.0),
                                                 TRUE, 1, conset_cross_n (5, 3)),
                "random(fanIn=2, weight=i - 2): the weight of source 0, target 0 is -2; "
                "weights must be finite and not negative");
  assert_fails (conset_random_fan_out_preferring (conset_degrees_constant (1),
                                                  value_of_table (&none), FALSE, 1,
                                                  conset_cross_n (5, 3)),
                "random(fanOut=1, weight=<table>, multapses=False): the weight of source 1, target "
                "0 is nan; weights must be finite and not negative");
  assert_fails (
    conset_random_fan_in_preferring (
      conset_degrees_constant (3),
      conset_value_max (conset_value_constant (0.0), value_shifted (2.0)), FALSE, 1,
      conset_cross_n (5, 3)),
    "random(fanIn=3, weight=max(0, i - 2), multapses=False): target 0 has 2 candidates of a "
    "weight above 0 for 3 connections; draw fewer, or allow multapses");
  assert_fails (conset_random_fan_in_preferring (conset_degrees_list (list, 2), value_near (1.0),
                                                 TRUE, 1, conset_cross_n (5, 3)),
                "random(fanIn=[1, 2], weight=exp(-(abs(i - j) / 1))): target 2 has no degree, the "
                "list holds those of 0 to 1; give a longer list, or fewer targets");
  assert_fails (conset_random_fan_in_preferring (conset_degrees_constant (3),
                                                 value_of_table (&infinite), TRUE, 1,
                                                 conset_cross_n (3, 3)),
                "random(fanIn=3, weight=<table>): the sum of the weights of target 0 is infinite; "
                "scale them down");
  assert_fails (conset_random_fan_in_preferring (conset_degrees_constant (1u << 30),
                                                 value_near (1.0), TRUE, 1, conset_cross_n (3, 3)),
                "random(fanIn=1073741824, weight=exp(-(abs(i - j) / 1))): target 0 has to draw "
                "1073741824 connections, of which 2^26 at most are possible; draw fewer");
}
END_TEST

static Suite *
preferring_suite (void)
{
  Suite *suite = suite_create ("preferring");
  TCase *same = test_case_add (suite, "same everywhere");
  TCase *facts = test_case_add (suite, "facts");

  tcase_add_loop_test (same, windows_orders_and_questions_agree, 0, N_SETS);
  tcase_add_loop_test (same, expressions_are_pointwise, 0, N_SETS);
  tcase_add_loop_test (same, kernels_agree, 0, N_SETS);
  tcase_add_loop_test (same, text_reads_back, 0, N_SETS);
  tcase_add_test (same, all_candidates_are_drawn_where_there_are_no_more);
  tcase_add_loop_test (same, weights_elsewhere_do_not_matter, 0, 2);
  tcase_add_loop_test (same, candidates_count_once, 0, 2);

  tcase_add_test (facts, facts_are_known);
  tcase_add_test (facts, errors_are_clear);
  tcase_add_test (facts, failures_are_clear);
  return suite;
}

int
main (void)
{
  return test_run (preferring_suite ());
}

/* SPDX-License-Identifier: MIT */
/*
 * Graphs of independent pairs: lattices against their definition, pair by pair; modules, levels
 * and cores against their shares; and what all graphs have: laws, a text, errors.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); how
 * many there are stands beside each test, all together about 50.
 */
#include "everywhere.h"
#include "statistics.h"

#include <math.h>
#include <string.h>

/* {{{ lattices */

static guint64
ring_distance (guint64 n, guint64 a, guint64 b)
{
  guint64 distance = a > b ? a - b : b - a;

  return MIN (distance, n - distance);
}

START_TEST (rings_are_as_defined)
{
  static const guint64 cases[][2] = { { 1, 0 },    { 3, 1 },   { 10, 1 },  { 10, 4 },
                                      { 101, 50 }, { 100, 3 }, { 130, 60 } };
  guint64 n = cases[_i][0], k = cases[_i][1];
  g_autoptr (Conset) both = conset_ring (n, k, TRUE);
  g_autoptr (Conset) one = conset_ring (n, 2 * k, FALSE);
  guint wrong = 0;

  assert_same_everywhere (both, n);
  assert_same_everywhere (one, n);
  for (guint64 i = 0; i < n; i++)
    for (guint64 j = 0; j < n; j++)
      {
        wrong += conset_contains (both, i, j) != (i != j && ring_distance (n, i, j) <= k);
        wrong += conset_contains (one, i, j) != (i != j && (j + n - i) % n <= 2 * k);
      }
  ck_assert_uint_eq (wrong, 0);
}
END_TEST

START_TEST (large_rings_are_counted_by_a_closed_form)
{
  guint64 n = G_GUINT64_CONSTANT (1) << 62;
  g_autoptr (Conset) set = conset_ring (n, 1000000, TRUE);
  ConsetWindow window = { n - 5, n, 0, 3000000 };
  guint64 count;

  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (count, 5 * 1000000 - (0 + 1 + 2 + 3 + 4));
  window = (ConsetWindow){ 0, 1, 0, n };
  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (count, 2000000);
  ck_assert (conset_contains (set, 3, n - 999997));
  ck_assert (!conset_contains (set, 3, n - 999998));
}
END_TEST

typedef struct
{
  guint64 rows;
  guint64 columns;
  guint64 radius;
} GridCase;

static const GridCase grid_cases[] = {
  { 1, 1, 1 }, { 1, 7, 2 }, { 7, 1, 1 },  { 2, 2, 1 },  { 2, 3, 1 },   { 3, 3, 1 }, { 5, 8, 1 },
  { 8, 5, 2 }, { 6, 7, 3 }, { 4, 30, 5 }, { 9, 9, 20 }, { 12, 11, 0 }, { 6, 6, 3 }, { 10, 4, 7 },
};

/* 4 ways for each case: either neighbourhood, open or closed. */
START_TEST (grids_are_as_defined)
{
  const GridCase *grid = &grid_cases[_i / 4];
  gboolean moore = _i % 2, periodic = _i / 2 % 2;
  guint64 n = grid->rows * grid->columns;
  g_autoptr (Conset) set = conset_grid_neighbours (
    grid->rows, grid->columns, grid->radius, moore ? CONSET_MOORE : CONSET_VON_NEUMANN, periodic);
  guint wrong = 0;

  assert_same_everywhere (set, n);
  for (guint64 i = 0; i < n; i++)
    for (guint64 j = 0; j < n; j++)
      {
        gint64 a = i / grid->columns, b = j / grid->columns;
        gint64 c = i % grid->columns, d = j % grid->columns;
        guint64 rows = ABS (a - b), columns = ABS (c - d);

        if (periodic)
          {
            rows = ring_distance (grid->rows, a, b);
            columns = ring_distance (grid->columns, c, d);
          }
        wrong += conset_contains (set, i, j)
                 != (i != j && (moore ? MAX (rows, columns) : rows + columns) <= grid->radius);
      }
  ck_assert_uint_eq (wrong, 0);
}
END_TEST

START_TEST (large_grids_cost_what_is_near)
{
  g_autoptr (Conset) set =
    conset_grid_neighbours (1000000000, 1000000000, 2, CONSET_VON_NEUMANN, TRUE);
  g_autofree guint64 *targets = NULL;
  guint64 count;
  gsize n;

  targets = conset_targets_of (set, 0, 0, CONSET_INDEX_END, &n, NULL);
  ck_assert_uint_eq (n, 12);
  ck_assert_uint_eq (targets[11], G_GUINT64_CONSTANT (999999999999999999));
  ck_assert (conset_count (set, NULL, &count, NULL));
  ck_assert_uint_eq (count, G_GUINT64_CONSTANT (12000000000000000000));
}
END_TEST

/* }}} */

/* {{{ modules, hierarchies, core and periphery */

/* Members between nodes [a, b) and [c, d), not counting autapses, against their law. */
static void
assert_share (const Conset *set, guint64 a, guint64 b, guint64 c, guint64 d, double p)
{
  ConsetWindow window = { a, b, c, d };
  g_autofree char *text = conset_to_string (set);
  double pairs =
    (double) (b - a) * (d - c) - (MIN (b, d) > MAX (a, c) ? MIN (b, d) - MAX (a, c) : 0);
  guint64 count;

  ck_assert (conset_count (set, &window, &count, NULL));
  if (p == 0.0 || p == 1.0)
    ck_assert_uint_eq (count, (guint64) (p * pairs));
  else
    assert_z ((count - pairs * p) / sqrt (pairs * p * (1.0 - p)), text, p);
  ck_assert_double_eq_tol (conset_expected_count (set, &window), pairs * p, 1e-6 * pairs);
}

/* 9 statistics: every pair of modules, of 334, 333 and 333 nodes. */
START_TEST (modular_graphs_have_their_shares)
{
  static const guint64 ends[] = { 0, 334, 667, 1000 };
  g_autoptr (Conset) set = conset_modular (1000, 3, 0.3, 0.01, 8);

  for (guint a = 0; a < 3; a++)
    for (guint b = 0; b < 3; b++)
      assert_share (set, ends[a], ends[a + 1], ends[b], ends[b + 1], a == b ? 0.3 : 0.01);
}
END_TEST

/* 9 statistics. */
START_TEST (modules_may_have_any_size)
{
  static const guint64 sizes[] = { 500, 300, 700 }, ends[] = { 0, 500, 800, 1500 };
  g_autoptr (Conset) set = conset_modular_sizes (sizes, 3, 0.02, 0.5, 9);

  for (guint a = 0; a < 3; a++)
    for (guint b = 0; b < 3; b++)
      assert_share (set, ends[a], ends[a + 1], ends[b], ends[b + 1], a == b ? 0.02 : 0.5);
}
END_TEST

START_TEST (equal_modules_are_those_of_equal_sizes)
{
  static const guint64 sizes[] = { 4, 4, 3, 3, 3 };
  g_autoptr (Conset) set = conset_modular (17, 5, 0.5, 0.2, 8);
  g_autoptr (Conset) same = conset_modular_sizes (sizes, 5, 0.5, 0.2, 8);
  g_autofree char *digest = conset_digest (set, NULL, NULL);
  g_autofree char *expected = conset_digest (same, NULL, NULL);

  ck_assert_str_eq (digest, expected);
}
END_TEST

/* 16 statistics. */
START_TEST (hierarchies_have_their_shares)
{
  static const guint64 sizes[] = { 400, 500, 300, 600 }, ends[] = { 0, 400, 900, 1200, 1800 };
  g_autoptr (Conset) set = conset_hierarchical_sizes (sizes, 4, 0.1, 0.4, 0.05, 0.01, 3);

  for (guint a = 0; a < 4; a++)
    for (guint b = 0; b < 4; b++)
      {
        double p = a == b ? 0.1 : b == a + 1 ? 0.4 : a == b + 1 ? 0.05 : b > a ? 0.01 : 0.0;

        assert_share (set, ends[a], ends[a + 1], ends[b], ends[b + 1], p);
      }
}
END_TEST

/* 4 statistics. */
START_TEST (cores_and_peripheries_have_their_shares)
{
  g_autoptr (Conset) set = conset_core_periphery (1000, 200, 0.8, 0.3, 0.2, 0.02, 4);

  assert_share (set, 0, 200, 0, 200, 0.8);
  assert_share (set, 0, 200, 200, 1000, 0.3);
  assert_share (set, 200, 1000, 0, 200, 0.2);
  assert_share (set, 200, 1000, 200, 1000, 0.02);
}
END_TEST

/* 6 statistics: no two parts, families or seeds have the same draws. */
START_TEST (parts_are_independent)
{
  static const guint64 sizes[] = { 500, 500 };
  const guint n = 1000, half = 500;
  double p = 0.3, trials = half * (half - 1.0);
  g_autoptr (Conset) modular = conset_modular (n, 2, p, p, 8);
  g_autoptr (Conset) levels = conset_hierarchical_sizes (sizes, 2, p, p, p, p, 8);
  g_autoptr (Conset) core = conset_core_periphery (n, half, p, p, p, p, 8);
  g_autoptr (Conset) other = conset_modular (n, 2, p, p, 9);
  g_autoptr (Conset) plain = conset_random (p, 8);
  guint8 *matrices[] = {
    matrix_of (modular, n, CONSET_TARGET_MAJOR), matrix_of (levels, n, CONSET_TARGET_MAJOR),
    matrix_of (core, n, CONSET_TARGET_MAJOR),    matrix_of (other, n, CONSET_TARGET_MAJOR),
    matrix_of (plain, n, CONSET_TARGET_MAJOR),
  };

  for (guint a = 0; a < G_N_ELEMENTS (matrices); a++)
    for (guint b = 0; b < a; b++)
      {
        double both = 0.0, either = 0.0;

        for (guint j = 0; j < half; j++)
          for (guint i = 0; i < half; i++)
            if (i != j)
              {
                both += matrices[a][j * n + i] & matrices[b][j * n + i];
                either += matrices[a][j * n + i] + matrices[b][j * n + i];
              }
        assert_z ((both - p * either + trials * p * p) / (p * (1.0 - p) * sqrt (trials)), "parts",
                  10.0 * a + b);
      }
  for (guint a = 0; a < G_N_ELEMENTS (matrices); a++)
    g_free (matrices[a]);
}
END_TEST

/* 1 statistic: numbers of members that the same draw would decide, if both parts had one seed:
 * the groups of sparse sets (groups.h) of sources 256 to 511 for one, 128 to 255 for the other. */
START_TEST (parts_of_different_probability_are_independent)
{
  static const guint64 sizes[] = { 256, 4096 };
  const guint n = 4096;
  g_autoptr (Conset) set = conset_modular_sizes (sizes, 2, 0.01, 0.02, 8);
  double products = 0.0, variance = 256 * 0.01 * 0.99 * 128 * 0.02 * 0.98;

  for (guint64 target = 1000; target < 256 + n; target++)
    {
      guint64 intra, inter;

      ck_assert (conset_count (set, &(ConsetWindow){ 256, 512, target, target + 1 }, &intra, NULL));
      ck_assert (conset_count (set, &(ConsetWindow){ 128, 256, target, target + 1 }, &inter, NULL));
      products += (intra - 2.56) * (inter - 2.56);
    }
  assert_z (products / sqrt (variance * (256 + n - 1000)), "covariance", 0.0);
}
END_TEST

START_TEST (modules_are_the_same_everywhere)
{
  static const guint64 sizes[] = { 1, 30, 7, 60, 2 };
  Conset *sets[] = {
    conset_modular (150, 4, 0.9, 0.01, 1),
    conset_modular (151, 151, 0.9, 0.3, 1),
    conset_modular (90, 1, 0.02, 0.3, 1),
    conset_modular_sizes (sizes, 5, 0.5, 0.2, 2),
    conset_modular_sizes (sizes, 5, 0.0, 1.0, 2),
    conset_hierarchical_sizes (sizes, 5, 0.3, 0.2, 0.01, 0.5, 3),
    conset_hierarchical_sizes (sizes, 5, 0.0, 1.0, 0.0, 0.0, 3),
    conset_hierarchical_sizes (sizes, 2, 0.3, 0.4, 0.1, 1.0, 3),
    conset_hierarchical (140, 6, 0.3, 0.4, 0.1, 0.05, 3),
    conset_core_periphery (120, 30, 0.5, 0.2, 0.01, 0.1, 4),
    conset_core_periphery (100, 0, 0.5, 0.2, 0.01, 0.1, 4),
    conset_core_periphery (100, 100, 0.5, 0.2, 0.01, 0.1, 4),
  };
  static const guint64 extents[] = { 150, 151, 90, 100, 100, 100, 100, 31, 140, 120, 100, 100 };

  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      ck_assert (conset_check (sets[k], NULL));
      assert_same_everywhere (sets[k], extents[k]);
      for (guint64 node = 0; node < extents[k]; node++)
        ck_assert (!conset_contains (sets[k], node, node));
      conset_unref (sets[k]);
    }
}
END_TEST

START_TEST (many_modules_cost_nothing)
{
  g_autoptr (Conset) set =
    conset_modular (G_GUINT64_CONSTANT (1) << 50, G_GUINT64_CONSTANT (1) << 40, 1.0, 0.0, 2);
  ConsetWindow window = { 0, G_GUINT64_CONSTANT (1) << 50, 5000000, 5000010 };
  guint64 count;

  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (count, 10 * 1023);
}
END_TEST

/* }}} */

/* {{{ text and errors */

START_TEST (graphs_print_as_they_are_written)
{
  static const guint64 sizes[] = { 3, 4 };
  Conset *sets[] = {
    conset_ring (10, 2, TRUE),
    conset_ring (10, 2, FALSE),
    conset_grid_neighbours (3, 4, 1, CONSET_VON_NEUMANN, FALSE),
    conset_grid_neighbours (3, 4, 2, CONSET_MOORE, TRUE),
    conset_random_symmetric (0.25, 7),
    conset_small_world (1000, 10, 0.1, 3),
    conset_modular (1000, 10, 0.3, 0.01, 3),
    conset_modular_sizes (sizes, 2, 0.3, 0.01, 3),
    conset_hierarchical_sizes (sizes, 2, 0.3, 0.2, 0.1, 0.5, 3),
    conset_hierarchical (30, 4, 0.3, 0.2, 0.1, 0.5, 3),
    conset_core_periphery (100, 10, 0.5, 0.25, 0.125, 0.75, 3),
    conset_scale_free (100, 2, 3),
    conset_regular (100, 2, 3),
  };
  static const char *const texts[] = {
    "ring(10, 2)",
    "ring(10, 2, bidirectional=False)",
    "gridNeighbours(3, 4)",
    "gridNeighbours(3, 4, radius=2, moore=True, periodic=True)",
    "random(0.25, symmetric=True, seed=7)",
    "smallWorld(1000, 10, 0.1, seed=3)",
    "modular(1000, 10, 0.3, 0.01, seed=3)",
    "modular(7, [3, 4], 0.3, 0.01, seed=3)",
    "hierarchical(7, [3, 4], 0.3, 0.2, 0.1, 0.5, seed=3)",
    "hierarchical(30, 4, 0.3, 0.2, 0.1, 0.5, seed=3)",
    "corePeriphery(100, 10, 0.5, 0.25, 0.125, 0.75, seed=3)",
    "scaleFree(100, 2, seed=3)",
    "regular(100, 2, seed=3)",
  };

  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      g_autofree char *text = conset_to_string (sets[k]);
      g_autofree char *explanation =
        conset_explain (sets[k], &CONSET_WINDOW (9, 9), CONSET_TARGET_MAJOR, NULL);

      g_autoptr (Conset) again = conset_parse (text, CONSET_DEFAULT_SEED, NULL);
      g_autofree char *text_again = conset_to_string (again);
      g_autofree char *digest = conset_digest (sets[k], &CONSET_WINDOW (90, 90), NULL);
      g_autofree char *digest_again = conset_digest (again, &CONSET_WINDOW (90, 90), NULL);

      ck_assert_str_eq (text, texts[k]);
      ck_assert_str_eq (text_again, text);
      ck_assert_str_eq (digest_again, digest);
      ck_assert_msg (strstr (strstr (explanation, "tree:"), texts[k]) != NULL, "%s", explanation);
      conset_unref (sets[k]);
    }
}
END_TEST

/* What is stated of the in-degree of target 5, and of the out-degree of source 5. */
START_TEST (degrees_have_laws)
{
  Conset *sets[] = {
    conset_intersect (conset_random_symmetric (0.25, 7), conset_cross_n (100, 90)),
    conset_difference (conset_random_symmetric (0.25, 7), conset_one_to_one ()),
    conset_small_world (1000, 10, 0.1, 3),
    conset_modular (1000, 10, 0.3, 0.0, 3),
    conset_hierarchical (1000, 10, 0.0, 0.5, 0.0, 0.0, 3),
    conset_core_periphery (100, 0, 0.5, 0.5, 0.5, 0.25, 3),
    conset_ring (100, 7, FALSE),
    conset_regular (100, 12, 3),
    conset_scale_free (100, 2, 3),
  };
  static const char *const laws[][2] = {
    { "binomial(n=100, p=0.25)", "binomial(n=90, p=0.25)" },
    { "binomial(n=99, p=0.25)", "binomial(n=89, p=0.25)" },
    { "unknown", "delta(10)" },
    { "binomial(n=99, p=0.3)", "binomial(n=99, p=0.3)" },
    { "delta(0)", "binomial(n=100, p=0.5)" },
    { "binomial(n=99, p=0.25)", "binomial(n=99, p=0.25)" },
    { "delta(7)", "delta(7)" },
    { "binomial(n=99, p=0.121212)", "delta(12)" },
    { "unknown", "unknown" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
        {
          ConsetWindow window = CONSET_WINDOW (100, 90), bounds;
          g_autofree char *text = NULL;
          ConsetLaw law;

          conset_get_bounds (sets[k], &bounds);
          if (conset_is_finite (sets[k]))
            window = bounds;
          ck_assert (conset_degree_law (sets[k], &window, order, 5, &law, NULL));
          text = conset_law_to_string (&law);
          ck_assert_msg (strcmp (text, laws[k][order]) == 0, "set %u, order %d: %s", k, order,
                         text);
        }
      conset_unref (sets[k]);
    }
}
END_TEST

START_TEST (wrong_arguments_are_errors)
{
  static const guint64 sizes[] = { 3, 0 }, huge[] = { CONSET_INDEX_END - 1, 1 };
  Conset *sets[] = {
    conset_ring (0, 0, TRUE),
    conset_ring (10, 5, TRUE),
    conset_ring (10, 10, FALSE),
    conset_ring (CONSET_INDEX_END, 1, FALSE),
    conset_grid_neighbours (0, 3, 1, CONSET_MOORE, FALSE),
    conset_grid_neighbours (CONSET_INDEX_END, 2, 1, CONSET_MOORE, FALSE),
    conset_small_world (10, 3, 0.1, 1),
    conset_small_world (10, 10, 0.1, 1),
    conset_small_world (1000000, 65538, 0.1, 1),
    conset_small_world (10, 2, 1.1, 1),
    conset_small_world (10, 2, NAN, 1),
    conset_modular (10, 11, 0.1, 0.1, 1),
    conset_modular (10, 0, 0.1, 0.1, 1),
    conset_modular (10, 2, 0.1, -0.1, 1),
    conset_modular_sizes (sizes, 2, 0.1, 0.1, 1),
    conset_modular_sizes (sizes, 0, 0.1, 0.1, 1),
    conset_modular_sizes (huge, 2, 0.1, 0.1, 1),
    conset_hierarchical_sizes (sizes, 2, 0.1, 0.1, 0.1, 0.1, 1),
    conset_hierarchical_sizes (sizes, 1, 0.1, 0.1, 0.1, 1.1, 1),
    conset_hierarchical (5, 6, 0.1, 0.1, 0.1, 0.1, 1),
    conset_hierarchical (5, 2, 0.1, -0.1, 0.1, 0.1, 1),
    conset_core_periphery (10, 11, 0.1, 0.1, 0.1, 0.1, 1),
    conset_core_periphery (10, 5, 0.1, 0.1, 2.0, 0.1, 1),
    conset_regular (3, 3, 1),
    conset_regular (CONSET_INDEX_END, 3, 1),
    conset_scale_free (1, 1, 1),
    conset_scale_free (4, 5, 1),
    conset_scale_free (4, 0, 1),
    conset_scale_free (G_GUINT64_CONSTANT (1) << 32, 1, 1),
    conset_scale_free (1000000000, 1000, 1),
  };
  static const char *const messages[] = { "ring(",      "gridNeighbours(", "smallWorld(",
                                          "modular",    "hierarchical",    "corePeriphery",
                                          "scaleFree(", "regular(" };

  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      g_autoptr (GError) error = NULL;
      gboolean known = FALSE;

      ck_assert_msg (!conset_check (sets[k], &error), "case %u is no error", k);
      for (guint m = 0; m < G_N_ELEMENTS (messages); m++)
        known |= g_str_has_prefix (error->message, messages[m]);
      ck_assert_msg (known, "%s", error->message);
      conset_unref (sets[k]);
    }
}
END_TEST

/* }}} */

int
main (void)
{
  Suite *suite = suite_create ("graphs");
  TCase *tcase = test_case_add (suite, "lattices");

  tcase_add_loop_test (tcase, rings_are_as_defined, 0, 7);
  tcase_add_test (tcase, large_rings_are_counted_by_a_closed_form);
  tcase_add_loop_test (tcase, grids_are_as_defined, 0, 4 * G_N_ELEMENTS (grid_cases));
  tcase_add_test (tcase, large_grids_cost_what_is_near);
  tcase = test_case_add (suite, "modules");
  tcase_add_test (tcase, modular_graphs_have_their_shares);
  tcase_add_test (tcase, modules_may_have_any_size);
  tcase_add_test (tcase, equal_modules_are_those_of_equal_sizes);
  tcase_add_test (tcase, hierarchies_have_their_shares);
  tcase_add_test (tcase, cores_and_peripheries_have_their_shares);
  tcase_add_test (tcase, parts_are_independent);
  tcase_add_test (tcase, parts_of_different_probability_are_independent);
  tcase_add_test (tcase, modules_are_the_same_everywhere);
  tcase_add_test (tcase, many_modules_cost_nothing);
  tcase = test_case_add (suite, "laws");
  tcase_add_test (tcase, degrees_have_laws);
  tcase = test_case_add (suite, "text and errors");
  tcase_add_test (tcase, graphs_print_as_they_are_written);
  tcase_add_test (tcase, wrong_arguments_are_errors);
  return test_run (suite);
}

/* SPDX-License-Identifier: MIT */
/*
 * Graphs: lattices against their definition, pair by pair; random graphs against their laws; and
 * that all of them are the same set in every window and order, as operands, and pair by pair.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); how
 * many there are stands beside each test, all together about 150.
 */
#include "statistics.h"
#include "support.h"

#include <math.h>
#include <string.h>

/* {{{ the same set everywhere */

/* The members among n x n pairs, asked one by one: source by source of target after target. */
static guint8 *
matrix_by_question (const Conset *set, guint64 n)
{
  guint8 *matrix = g_malloc (n * n);
  guint64 most = 0;

  for (guint64 target = 0; target < n; target++)
    for (guint64 source = 0; source < n; source++)
      {
        guint64 times = conset_multiplicity (set, source, target);

        most = MAX (most, times);
        matrix[target * n + source] = times;
      }
  ck_assert_uint_le (most, 1);
  return matrix;
}

/* The same, by iteration. */
static guint8 *
matrix_of (const Conset *set, guint64 n, ConsetOrder order)
{
  guint8 *matrix = g_malloc0 (n * n);
  ConsetWindow window = CONSET_WINDOW (n, n);
  g_autoptr (PairList) list = pair_list_of_set (set, &window, order, NULL);

  ck_assert_ptr_nonnull (list);
  for (gsize k = 0; k < pair_list_length (list); k++)
    matrix[pair_list_target (list, k) * n + pair_list_source (list, k)]++;
  return matrix;
}

static PairList *
list_of_matrix (const guint8 *matrix, guint64 n, const ConsetWindow *window, ConsetOrder order)
{
  PairList *list = pair_list_new ();
  gboolean by_target = order == CONSET_TARGET_MAJOR;

  for (guint64 line = 0; line < n; line++)
    for (guint64 cell = 0; cell < n; cell++)
      {
        guint64 source = by_target ? cell : line, target = by_target ? line : cell;

        if (source >= window->source_first && source < window->source_end
            && target >= window->target_first && target < window->target_end)
          for (guint8 times = matrix[target * n + source]; times > 0; times--)
            pair_list_add (list, source, target);
      }
  return list;
}

/* That @set has the members of @matrix that lie in @window, in both orders. */
static void
assert_window (const Conset *set, const guint8 *matrix, guint64 n, const ConsetWindow *window)
{
  g_autofree char *text = conset_to_string (set);
  guint64 count;

  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    {
      g_autoptr (PairList) expected = list_of_matrix (matrix, n, window, order);
      g_autoptr (PairList) got = pair_list_of_set (set, window, order, NULL);
      g_autofree char *wrong = pair_list_difference (got, expected);

      ck_assert_msg (wrong == NULL, "%s, order %d: %s", text, order, wrong);
      ck_assert (conset_count (set, window, &count, NULL));
      ck_assert_msg (count == pair_list_length (expected), "%s: counts differ", text);
    }
}

static ConsetWindow
window_random (GRand *rand, guint64 n)
{
  guint64 source = g_rand_int_range (rand, 0, n), target = g_rand_int_range (rand, 0, n);

  return (ConsetWindow){ source, g_rand_int_range (rand, source, n) + 1, target,
                         g_rand_int_range (rand, target, n) + 1 };
}

/* A set to combine with, which makes the other one filter few candidates, or many. */
static Conset *
operand_random (GRand *rand, guint64 n)
{
  guint64 sources[300], targets[300];
  gsize length = g_rand_int_range (rand, 1, G_N_ELEMENTS (sources));

  for (gsize k = 0; k < length; k++)
    {
      sources[k] = g_rand_int_range (rand, 0, n);
      targets[k] = g_rand_int_range (rand, 0, n);
    }
  switch (g_rand_int_range (rand, 0, 4))
    {
    case 0:
      return conset_explicit (sources, targets, length);
    case 1:
      return conset_random (0.01, 5);
    case 2:
      return conset_random (0.6, 6);
    default:
      return conset_cross (conset_intervals_range (3, n, 2), conset_intervals_range (1, n, 3));
    }
}

/* min (a, b) and max (0, a - b) of the members of @set and of an operand, either way round. */
static void
assert_combined (const Conset *set, const guint8 *matrix, guint64 n, GRand *rand)
{
  g_autoptr (Conset) operand = operand_random (rand, n);
  g_autofree guint8 *other = matrix_of (operand, n, CONSET_TARGET_MAJOR);
  g_autofree guint8 *result = g_malloc (n * n);
  guint way = g_rand_int_range (rand, 0, 3);
  g_autoptr (Conset) combined = NULL;
  ConsetWindow window = window_random (rand, n);

  for (guint64 k = 0; k < n * n; k++)
    {
      guint8 both = MIN (matrix[k], other[k]);

      result[k] = way == 0 ? both : (way == 1 ? matrix[k] : other[k]) - both;
    }
  if (way == 0)
    combined = conset_intersect (conset_ref (set), conset_ref (operand));
  else if (way == 1)
    combined = conset_difference (conset_ref (set), conset_ref (operand));
  else
    combined = conset_difference (conset_ref (operand), conset_ref (set));
  assert_window (combined, result, n, &window);
}

static void
assert_same_everywhere (const Conset *set, guint64 n)
{
  g_autofree guint8 *matrix = matrix_by_question (set, n);
  g_autofree char *text = conset_to_string (set), *explanation = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (g_str_hash (text));
  ConsetWindow window = CONSET_WINDOW (n, n), line;

  assert_window (set, matrix, n, &window);
  for (guint k = 0; k < 12; k++)
    {
      window = window_random (rand, n);
      assert_window (set, matrix, n, &window);
      line = (ConsetWindow){ 0, n, window.target_first, window.target_first + 1 };
      assert_window (set, matrix, n, &line);
    }
  for (guint k = 0; k < 40; k++)
    assert_combined (set, matrix, n, rand);
  explanation = conset_explain (set, &window, CONSET_TARGET_MAJOR, NULL);
  ck_assert_ptr_nonnull (explanation);
}

/* }}} */

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

/* {{{ symmetric Bernoulli */

static const double symmetric_ps[] = { 0.001, 0.02, 0.1, 0.3, 0.5, 0.77, 0.999 };

/* 4 statistics a probability: members below and on the diagonal; a set and its like of the
 * same seed; degrees. */
START_TEST (symmetric_sets_are_bernoulli_sets)
{
  double p = symmetric_ps[_i];
  const guint n = 1500;
  g_autoptr (Conset) set = conset_random_symmetric (p, 17);
  g_autoptr (Conset) plain = conset_random (p, 17);
  g_autofree guint8 *matrix = matrix_of (set, n, CONSET_TARGET_MAJOR);
  g_autofree guint8 *other = matrix_of (plain, n, CONSET_TARGET_MAJOR);
  g_autofree guint *found = g_new0 (guint, n + 1);
  double pairs = n * (n - 1) / 2.0;
  guint64 below = 0, on = 0, both = 0, either = 0, wrong = 0;
  ChiSquare chi = { 0 };

  for (guint j = 0; j < n; j++)
    {
      guint degree = 0;

      for (guint i = 0; i < n; i++)
        {
          wrong += matrix[j * n + i] != matrix[i * n + j];
          below += i < j && matrix[j * n + i];
          on += i == j && matrix[j * n + i];
          both += i < j && matrix[j * n + i] && other[j * n + i];
          either += i < j ? matrix[j * n + i] + other[j * n + i] : 0;
          degree += matrix[j * n + i];
        }
      found[degree]++;
    }
  ck_assert_uint_eq (wrong, 0);
  assert_z ((below - pairs * p) / sqrt (pairs * p * (1.0 - p)), "pairs", p);
  if (n * p > 30.0 && n * (1.0 - p) > 30.0)
    assert_z ((on - n * p) / sqrt (n * p * (1.0 - p)), "autapses", p);
  if (pairs * p * p > 30.0)
    assert_z ((both - p * either + pairs * p * p) / (p * (1.0 - p) * sqrt (pairs)), "seed", p);
  for (guint k = 0; k <= n; k++)
    chi_square_add (&chi, n * binomial_chance (n, k, p), found[k]);
  chi_square_assert (&chi, "degrees", p);
}
END_TEST

START_TEST (symmetric_sets_are_the_same_everywhere)
{
  g_autoptr (Conset) set = conset_random_symmetric (symmetric_ps[_i], 3);
  g_autoptr (Conset) shifted =
    conset_shift (-70000, -70000, conset_random_symmetric (symmetric_ps[_i], 4));
  ConsetWindow window = { 100000, 100100, 0, 70 };

  assert_same_everywhere (set, 300);
  assert_same_everywhere (shifted, 100);
  ck_assert_double_eq_tol (conset_expected_count (set, &window), 7000.0 * symmetric_ps[_i], 1e-9);
}
END_TEST

START_TEST (symmetric_sets_of_certainty_are_simple)
{
  g_autoptr (Conset) none = conset_random_symmetric (0.0, 1);
  g_autoptr (Conset) all = conset_random_symmetric (1.0, 1);
  g_autoptr (Conset) wrong = conset_random_symmetric (1.5, 1);

  ck_assert_uint_eq (conset_max_multiplicity (none), 0);
  ck_assert (conset_contains (all, 7, 1000000));
  ck_assert (!conset_check (wrong, NULL));
}
END_TEST

/* }}} */

/* {{{ small world */

START_TEST (small_worlds_are_the_same_everywhere)
{
  static const struct
  {
    guint64 n;
    guint64 k;
    double p;
  } cases[] = { { 1, 0, 0.5 },    { 5, 4, 0.5 },    { 7, 4, 1.0 },    { 100, 2, 0.5 },
                { 100, 10, 0.0 }, { 130, 10, 0.1 }, { 200, 64, 0.9 }, { 90, 88, 0.5 } };
  g_autoptr (Conset) set = conset_small_world (cases[_i].n, cases[_i].k, cases[_i].p, 11);

  assert_same_everywhere (set, cases[_i].n);
  for (guint64 source = 0; source < cases[_i].n; source++)
    {
      g_autofree guint64 *targets = NULL;
      gsize n;

      targets = conset_targets_of (set, source, 0, cases[_i].n, &n, NULL);
      ck_assert_uint_eq (n, cases[_i].k);
      ck_assert (!conset_contains (set, source, source));
      for (gsize k = 1; k < n; k++)
        ck_assert_uint_lt (targets[k - 1], targets[k]);
    }
}
END_TEST

START_TEST (small_worlds_without_rewiring_are_rings)
{
  g_autoptr (Conset) set = conset_small_world (101, 12, 0.0, 5);
  g_autoptr (Conset) ring = conset_ring (101, 6, TRUE);
  g_autofree char *digest = conset_digest (set, NULL, NULL);
  g_autofree char *expected = conset_digest (ring, NULL, NULL);

  ck_assert_str_eq (digest, expected);
}
END_TEST

/* The chance of each set of targets of one source, as bits, by going through all that can
 * happen. Targets are relative to the source, 1 to n - 1. */
static void
enumerate_rewiring (
  guint n, guint k, double p, guint e, guint taken, double chance, double *chances)
{
  guint step = e / 2 + 1, old = e % 2 == 0 ? step : n - step;
  guint n_free = n - 1 - k;

  if (e == k)
    {
      chances[taken] += chance;
      return;
    }
  enumerate_rewiring (n, k, p, e + 1, taken, chance * (1.0 - p), chances);
  for (guint to = 1; to < n; to++)
    if (!(taken >> to & 1))
      enumerate_rewiring (n, k, p, e + 1, (taken & ~(1u << old)) | 1u << to, chance * p / n_free,
                          chances);
}

/* 1 statistic: all outcomes of one source of 7, and of the next one for other seeds. */
START_TEST (rewiring_follows_its_law)
{
  const guint n = 7, k = 4, trials = 40000;
  double p = _i == 0 ? 0.4 : 1.0, chances[128] = { 0.0 };
  guint found[128] = { 0 };
  ChiSquare chi = { 0 };
  guint lattice = 1u << 1 | 1u << 2 | 1u << 5 | 1u << 6;

  enumerate_rewiring (n, k, p, 0, lattice, 1.0, chances);
  for (guint t = 0; t < trials; t++)
    {
      g_autoptr (Conset) set = conset_small_world (n, k, p, t);
      guint source = t % n, taken = 0;

      for (guint to = 1; to < n; to++)
        taken |= (guint) conset_contains (set, source, (source + to) % n) << to;
      found[taken]++;
    }
  for (guint taken = 0; taken < 128; taken++)
    {
      if (chances[taken] == 0.0)
        ck_assert_uint_eq (found[taken], 0);
      chi_square_add (&chi, trials * chances[taken], found[taken]);
    }
  chi_square_assert (&chi, "rewiring", p);
}
END_TEST

/* 3 statistics a probability: where connections go that leave the lattice, and that sources
 * are independent. */
START_TEST (rewired_connections_go_anywhere)
{
  static const double ps[] = { 0.05, 0.5, 1.0 };
  const guint n = 2000, k = 20;
  double p = ps[_i];
  g_autoptr (Conset) set = conset_small_world (n, k, p, 23);
  g_autofree guint *by_distance = g_new0 (guint, n), *by_target = g_new0 (guint, n);
  guint64 source, target;
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  ChiSquare distances = { 0 }, targets = { 0 };
  guint n_far = 0;

  while (conset_iter_next (iter, &source, &target))
    if (ring_distance (n, source, target) > k / 2)
      {
        n_far++;
        by_distance[(target + n - source) % n]++;
        by_target[target]++;
      }
  for (guint d = k / 2 + 1; d < n - k / 2; d++)
    chi_square_add (&distances, (double) n_far / (n - 1 - k), by_distance[d]);
  for (guint t = 0; t < n; t++)
    chi_square_add (&targets, (double) n_far / n, by_target[t]);
  chi_square_assert (&distances, "distances", p);
  chi_square_assert (&targets, "targets", p);
  /* A lattice place that was left is hardly ever taken again: k p / (n - k) of the time. */
  if (p < 1.0)
    assert_z ((n_far - n * k * p) / sqrt (n * k * p * (1.0 - p) + n * k * p * 0.02), "share", p);
}
END_TEST

START_TEST (a_window_of_a_huge_small_world_is_drawn_alone)
{
  guint64 n = G_GUINT64_CONSTANT (1) << 60;
  g_autoptr (Conset) set = conset_small_world (n, 100, 0.3, 1);
  ConsetWindow window = { n / 2, n / 2 + 10, 0, n };
  guint64 count;

  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (count, 1000);
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

/* {{{ scale-free */

START_TEST (scale_free_graphs_are_attachments)
{
  static const guint64 cases[][2] = { { 2, 1 },  { 3, 1 },   { 5, 5 },    { 6, 5 },
                                      { 40, 3 }, { 200, 2 }, { 150, 70 }, { 300, 1 } };
  guint64 n = cases[_i][0], m = cases[_i][1], clique = MAX (m, 2), count;
  g_autoptr (Conset) set = conset_scale_free (n, m, 6);

  ck_assert (conset_count (set, NULL, &count, NULL));
  ck_assert_uint_eq (count, clique * (clique - 1) + 2 * m * (n - clique));
  assert_same_everywhere (set, n);
  for (guint64 node = 0; node < n; node++)
    {
      guint64 older = 0, wrong = conset_contains (set, node, node);

      for (guint64 other = 0; other < n; other++)
        {
          wrong += conset_contains (set, node, other) != conset_contains (set, other, node);
          older += other < node && conset_contains (set, node, other);
        }
      ck_assert_uint_eq (wrong, 0);
      ck_assert_uint_eq (older, node < clique ? node : m);
    }
}
END_TEST

#define SMALL_N 5

/* The chance of every graph of 5 nodes, as bits of 5 x 5 pairs (older, newer) in a table. */
static void
enumerate_attachments (guint m,
                       guint node,
                       guint c,
                       guint chosen,
                       guint *degree,
                       guint graph,
                       double chance,
                       GHashTable *chances)
{
  guint total = 0;

  if (c == m)
    {
      guint next[SMALL_N];

      memcpy (next, degree, sizeof next);
      for (guint other = 0; other < node; other++)
        if (chosen >> other & 1)
          {
            next[other]++;
            graph |= 1u << (node * SMALL_N + other);
          }
      next[node] = m;
      if (node + 1 < SMALL_N)
        enumerate_attachments (m, node + 1, 0, 0, next, graph, chance, chances);
      else
        {
          double *sum = g_hash_table_lookup (chances, GUINT_TO_POINTER (graph));

          if (sum == NULL)
            {
              sum = g_new0 (double, 1);
              g_hash_table_insert (chances, GUINT_TO_POINTER (graph), sum);
            }
          *sum += chance;
        }
      return;
    }
  for (guint other = 0; other < node; other++)
    total += chosen >> other & 1 ? 0 : degree[other];
  for (guint other = 0; other < node; other++)
    if (!(chosen >> other & 1))
      enumerate_attachments (m, node, c + 1, chosen | 1u << other, degree, graph,
                             chance * degree[other] / total, chances);
}

static guint
small_graph (const Conset *set, guint clique)
{
  guint graph = 0;

  for (guint node = clique; node < SMALL_N; node++)
    for (guint other = 0; other < node; other++)
      graph |= (guint) conset_contains (set, node, other) << (node * SMALL_N + other);
  return graph;
}

/* 1 statistic a number of attachments, 1, 2 and 3: every graph of five nodes. */
START_TEST (attachment_follows_its_law)
{
  guint m = _i, clique = MAX (m, 2), degree[SMALL_N] = { 0 };
  const guint trials = 30000;
  g_autoptr (GHashTable) chances = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GHashTable) found = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer graph, chance;
  double sum = 0.0;
  ChiSquare chi = { 0 };

  for (guint node = 0; node < clique; node++)
    degree[node] = clique - 1;
  enumerate_attachments (m, clique, 0, 0, degree, 0, 1.0, chances);
  for (guint t = 0; t < trials; t++)
    {
      g_autoptr (Conset) set = conset_scale_free (SMALL_N, m, t);
      gpointer key = GUINT_TO_POINTER (small_graph (set, clique));

      ck_assert_ptr_nonnull (g_hash_table_lookup (chances, key));
      g_hash_table_insert (
        found, key, GUINT_TO_POINTER (GPOINTER_TO_UINT (g_hash_table_lookup (found, key)) + 1));
    }
  g_hash_table_iter_init (&iter, chances);
  while (g_hash_table_iter_next (&iter, &graph, &chance))
    {
      sum += *(double *) chance;
      chi_square_add (&chi, trials * *(double *) chance,
                      GPOINTER_TO_UINT (g_hash_table_lookup (found, graph)));
    }
  ck_assert_double_eq_tol (sum, 1.0, 1e-12);
  chi_square_assert (&chi, "attachments", m);
}
END_TEST

/* 1 statistic: the exact law of a degree in the long run, 2 m (m + 1) / (k (k + 1) (k + 2)). */
START_TEST (degrees_fall_as_a_power)
{
  const guint n = 100000, m = 3;
  g_autoptr (Conset) set = conset_scale_free (n, m, 2);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  g_autofree guint *degree = g_new0 (guint, n), *found = g_new0 (guint, n);
  ConsetBatch batch;
  ChiSquare chi = { 0 };

  while (conset_iter_next_batch (iter, &batch))
    degree[batch.line] += batch.n;
  for (guint node = 0; node < n; node++)
    found[MIN (degree[node], 60)]++;
  for (guint k = m; k < 60; k++)
    chi_square_add (&chi, n * 2.0 * m * (m + 1.0) / (k * (k + 1.0) * (k + 2.0)), found[k]);
  chi_square_add (&chi, n * m * (m + 1.0) / (60.0 * 61.0), found[60]);
  chi_square_assert (&chi, "degrees", m);
}
END_TEST

typedef struct
{
  const Conset *set;
  char *digest;
} Look;

static gpointer
look (gpointer data)
{
  Look *self = data;

  self->digest = conset_digest (self->set, NULL, NULL);
  return NULL;
}

START_TEST (threads_see_one_graph)
{
  g_autoptr (Conset) set = conset_scale_free (3000, 4, 2);
  g_autoptr (Conset) again = conset_scale_free (3000, 4, 2);
  g_autofree char *expected = conset_digest (again, NULL, NULL);
  GThread *threads[4];
  Look looks[4];

  for (guint k = 0; k < 4; k++)
    {
      looks[k] = (Look){ set, NULL };
      threads[k] = g_thread_new ("look", look, &looks[k]);
    }
  for (guint k = 0; k < 4; k++)
    {
      g_thread_join (threads[k]);
      ck_assert_str_eq (looks[k].digest, expected);
      g_free (looks[k].digest);
    }
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
    { "unknown", "delta(12)" },
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

/* Pairs of a window that has some both ways round are not independent, nor are their lines. */
START_TEST (symmetric_sets_depend_on_themselves)
{
  g_autoptr (Conset) set = conset_random_symmetric (0.25, 7);
  ConsetWindow apart = { 0, 10, 9, 30 }, crossing = { 0, 11, 9, 30 };
  ConsetLaw law;

  ck_assert (conset_count_law (set, &apart, &law, NULL));
  ck_assert_int_eq (law.kind, CONSET_LAW_BINOMIAL);
  ck_assert (conset_count_law (set, &crossing, &law, NULL));
  ck_assert_int_eq (law.kind, CONSET_LAW_UNKNOWN);
  ck_assert_int_eq (conset_degree_dependence (set, &apart, CONSET_TARGET_MAJOR),
                    CONSET_DEPENDENCE_NONE);
  ck_assert_int_eq (conset_degree_dependence (set, &crossing, CONSET_TARGET_MAJOR),
                    CONSET_DEPENDENCE_WEAK);
}
END_TEST

START_TEST (regular_graphs_have_so_many_targets)
{
  static const guint64 cases[][2] = { { 2, 1 }, { 50, 7 }, { 120, 119 }, { 130, 3 } };
  guint64 n = cases[_i][0], k = cases[_i][1];
  g_autoptr (Conset) set = conset_regular (n, k, 5);

  assert_same_everywhere (set, n);
  for (guint64 source = 0; source < n; source++)
    {
      ConsetWindow line = { source, source + 1, 0, n };
      guint64 count;

      ck_assert (conset_count (set, &line, &count, NULL));
      ck_assert_uint_eq (count, k);
      ck_assert (!conset_contains (set, source, source));
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
  tcase = test_case_add (suite, "symmetric");
  tcase_add_loop_test (tcase, symmetric_sets_are_bernoulli_sets, 0, G_N_ELEMENTS (symmetric_ps));
  tcase_add_loop_test (tcase, symmetric_sets_are_the_same_everywhere, 0,
                       G_N_ELEMENTS (symmetric_ps));
  tcase_add_test (tcase, symmetric_sets_of_certainty_are_simple);
  tcase = test_case_add (suite, "small world");
  tcase_add_loop_test (tcase, small_worlds_are_the_same_everywhere, 0, 8);
  tcase_add_test (tcase, small_worlds_without_rewiring_are_rings);
  tcase_add_loop_test (tcase, rewiring_follows_its_law, 0, 2);
  tcase_add_loop_test (tcase, rewired_connections_go_anywhere, 0, 3);
  tcase_add_test (tcase, a_window_of_a_huge_small_world_is_drawn_alone);
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
  tcase = test_case_add (suite, "scale-free");
  tcase_add_loop_test (tcase, scale_free_graphs_are_attachments, 0, 8);
  tcase_add_loop_test (tcase, attachment_follows_its_law, 1, 4);
  tcase_add_test (tcase, degrees_fall_as_a_power);
  tcase_add_test (tcase, threads_see_one_graph);
  tcase = test_case_add (suite, "laws");
  tcase_add_test (tcase, degrees_have_laws);
  tcase_add_test (tcase, symmetric_sets_depend_on_themselves);
  tcase_add_loop_test (tcase, regular_graphs_have_so_many_targets, 0, 4);
  tcase = test_case_add (suite, "text and errors");
  tcase_add_test (tcase, graphs_print_as_they_are_written);
  tcase_add_test (tcase, wrong_arguments_are_errors);
  return test_run (suite);
}

/* SPDX-License-Identifier: MIT */
/*
 * Graphs whose pairs depend on one another: symmetric Bernoulli sets, regular graphs, small worlds
 * and scale-free ones, against their laws.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); how
 * many there are stands beside each test, all together about 45.
 */
#include "everywhere.h"
#include "statistics.h"

#include <math.h>
#include <string.h>

static guint64
ring_distance (guint64 n, guint64 a, guint64 b)
{
  guint64 distance = a > b ? a - b : b - a;

  return MIN (distance, n - distance);
}

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

/* }}} */

/* {{{ regular */

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

int
main (void)
{
  Suite *suite = suite_create ("graphs drawn");
  TCase *tcase = test_case_add (suite, "symmetric");

  tcase_add_loop_test (tcase, symmetric_sets_are_bernoulli_sets, 0, G_N_ELEMENTS (symmetric_ps));
  tcase_add_loop_test (tcase, symmetric_sets_are_the_same_everywhere, 0,
                       G_N_ELEMENTS (symmetric_ps));
  tcase_add_test (tcase, symmetric_sets_of_certainty_are_simple);
  tcase_add_test (tcase, symmetric_sets_depend_on_themselves);
  tcase = test_case_add (suite, "regular");
  tcase_add_loop_test (tcase, regular_graphs_have_so_many_targets, 0, 4);
  tcase = test_case_add (suite, "small world");
  tcase_add_loop_test (tcase, small_worlds_are_the_same_everywhere, 0, 8);
  tcase_add_test (tcase, small_worlds_without_rewiring_are_rings);
  tcase_add_loop_test (tcase, rewiring_follows_its_law, 0, 2);
  tcase_add_loop_test (tcase, rewired_connections_go_anywhere, 0, 3);
  tcase_add_test (tcase, a_window_of_a_huge_small_world_is_drawn_alone);
  tcase = test_case_add (suite, "scale-free");
  tcase_add_loop_test (tcase, scale_free_graphs_are_attachments, 0, 8);
  tcase_add_loop_test (tcase, attachment_follows_its_law, 1, 4);
  tcase_add_test (tcase, degrees_fall_as_a_power);
  tcase_add_test (tcase, threads_see_one_graph);
  return test_run (suite);
}

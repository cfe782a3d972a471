/* SPDX-License-Identifier: MIT */
/*
 * That fixed in- and out-degrees prefer candidates by their weights, held against the
 * probability of every outcome of small cases, and against draws one after the other of large
 * ones.
 *
 * Seeds are fixed. Statistics exceed their limits with probability 1e-6 each (statistics.h);
 * there are about 120 together.
 */
#include "grid.h"
#include "statistics.h"
#include "support.h"

#include <math.h>

/* Weights */

/* w(i, j) = table[along the line mod n]. */
typedef struct
{
  double table[12];
  guint n;
  gboolean by_target;
} Table;

static double
table_at (guint64 source, guint64 target, gpointer data)
{
  const Table *table = data;

  return table->table[(table->by_target ? target : source) % table->n];
}

static ConsetValue *
value_of_table (const Table *table)
{
  return conset_value_callback ("table", table_at, NULL, (gpointer) table, NULL);
}

/* 1 + (i mod 7), squared: classes that can be told apart. */
#define N_CLASSES 7

static double
class_weight (guint64 along)
{
  double w = 1.0 + along % N_CLASSES;

  return w * w;
}

static double
class_at (guint64 source, guint64 target G_GNUC_UNUSED, gpointer data G_GNUC_UNUSED)
{
  return class_weight (source);
}

static ConsetValue *
value_of_classes (void)
{
  return conset_value_callback ("classes", class_at, NULL, NULL, NULL);
}

/* The law of small cases */

#define N_LINES 100000

static const Table small_tables[] = {
  { { 1, 2, 3, 4 }, 4, FALSE },
  { { 1, 1, 1, 1, 1 }, 5, FALSE },
  { { 5, 0, 1, 0.25, 0 }, 5, FALSE },
  { { 1e300, 3e300, 2e300 }, 3, FALSE },
  { { 3e-300, 1e-300, 1e-300, 2e-300 }, 4, FALSE },
  { { 0.01, 3, 1, 1, 2, 0.7 }, 6, FALSE },
  { { 1000, 1, 1, 1 }, 4, FALSE },
};

/* P(the members are @subset, in any order): the sum over which of them is drawn last. */
static double
chance_of_subset (const double *w, guint n, guint subset)
{
  double chance = 0.0;

  if (subset == 0)
    return 1.0;
  for (guint last = 0; last < n; last++)
    if (subset >> last & 1)
      {
        guint before = subset ^ 1u << last;
        double left = 0.0;

        for (guint k = 0; k < n; k++)
          left += before >> k & 1 ? 0.0 : w[k];
        if (w[last] > 0.0)
          chance += chance_of_subset (w, n, before) * (w[last] / left);
      }
  return chance;
}

static guint
n_positive (const Table *table)
{
  guint n = 0;

  for (guint k = 0; k < table->n; k++)
    n += table->table[k] > 0.0;
  return n;
}

/* Candidates are @n places from 3 n on, so that places are not ranks; lines 11 and up. */
static Conset *
small_set (const Table *table, gboolean out, gboolean multapses, guint64 k, guint64 seed)
{
  ConsetIntervals *along = conset_intervals_range (3 * table->n, 4 * table->n, 1);
  ConsetIntervals *lines = conset_intervals_range (11, 11 + N_LINES, 1);

  if (out)
    return conset_random_fan_out_preferring (conset_degrees_constant (k), value_of_table (table),
                                             multapses, seed, conset_cross (lines, along));
  return conset_random_fan_in_preferring (conset_degrees_constant (k), value_of_table (table),
                                          multapses, seed, conset_cross (along, lines));
}

/* 2 statistics a table and degree: all subsets, of fixed in- and of fixed out-degrees. */
START_TEST (subsets_have_the_law_of_successive_draws)
{
  Table table = small_tables[_i / 2];
  gboolean out = _i % 2;

  table.by_target = out;
  for (guint k = 1; k < n_positive (&table); k++)
    {
      g_autoptr (Conset) set = small_set (&table, out, FALSE, k, 100 + k);
      g_autofree guint *found = g_new0 (guint, 1u << table.n);
      g_autofree guint *subsets = g_new0 (guint, N_LINES);
      g_autoptr (ConsetIter) iter =
        conset_iter_new (set, NULL, out ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR);
      ChiSquare chi = { 0 };
      ConsetBatch batch;

      while (conset_iter_next_batch (iter, &batch))
        for (gsize m = 0; m < batch.n; m++)
          subsets[batch.line - 11] |= 1u << (batch.indices[m] - 3 * table.n);
      ck_assert (conset_iter_finish (iter, NULL));
      for (guint line = 0; line < N_LINES; line++)
        found[subsets[line]]++;
      for (guint subset = 0; subset < 1u << table.n; subset++)
        if (__builtin_popcount (subset) != (int) k)
          ck_assert_uint_eq (found[subset], 0);
        else
          chi_square_add (&chi, N_LINES * chance_of_subset (table.table, table.n, subset),
                          found[subset]);
      chi_square_assert (&chi, "subsets", k);
    }
}
END_TEST

/* What three draws of n candidates gave, and the multinomial chance of that. */
static double
chance_of_counts (const Table *table, const guint *counts)
{
  static const double factorial[] = { 1, 1, 2, 6 };
  double sum = 0.0, chance = 6.0;

  for (guint k = 0; k < table->n; k++)
    sum += table->table[k];
  for (guint k = 0; k < table->n; k++)
    chance *= pow (table->table[k] / sum, counts[k]) / factorial[counts[k]];
  return chance;
}

/* 2 statistics a table: all outcomes of three draws with repetition. */
START_TEST (repeated_draws_have_the_multinomial_law)
{
  Table table = small_tables[_i / 2];
  gboolean out = _i % 2;
  ConsetOrder order = out ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
  g_autofree guint *codes = g_new0 (guint, N_LINES);
  g_autoptr (Conset) set = NULL;
  g_autoptr (ConsetIter) iter = NULL;
  g_autofree guint *found = NULL;
  guint n_codes = 1;
  ChiSquare chi = { 0 };
  ConsetBatch batch;

  table.by_target = out;
  for (guint k = 0; k < table.n; k++)
    n_codes *= 4;
  found = g_new0 (guint, n_codes);
  set = small_set (&table, out, TRUE, 3, 200);
  iter = conset_iter_new (set, NULL, order);
  while (conset_iter_next_batch (iter, &batch))
    for (gsize m = 0; m < batch.n; m++)
      codes[batch.line - 11] += 1u << (2 * (batch.indices[m] - 3 * table.n));
  ck_assert (conset_iter_finish (iter, NULL));
  for (guint line = 0; line < N_LINES; line++)
    found[codes[line]]++;
  for (guint code = 0; code < n_codes; code++)
    {
      guint counts[12], sum = 0;

      for (guint k = 0; k < table.n; k++)
        sum += counts[k] = code >> (2 * k) & 3;
      if (sum != 3)
        ck_assert_uint_eq (found[code], 0);
      else
        chi_square_add (&chi, N_LINES * chance_of_counts (&table, counts), found[code]);
    }
  chi_square_assert (&chi, "multisets", 3);
}
END_TEST

/* The law of large cases */

/* Members of each class on each line. */
static void
count_classes (const Conset *set, guint n_lines, double (*counts)[N_CLASSES])
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  ConsetBatch batch;

  for (guint line = 0; line < n_lines; line++)
    for (guint c = 0; c < N_CLASSES; c++)
      counts[line][c] = 0.0;
  while (conset_iter_next_batch (iter, &batch))
    for (gsize m = 0; m < batch.n; m++)
      counts[batch.line][batch.indices[m] % N_CLASSES]++;
  ck_assert (conset_iter_finish (iter, NULL));
}

/* Draws without repetition as it is defined, one after the other. */
static void
simulate_classes (GRand *rand, guint n, guint k, double counts[N_CLASSES])
{
  double left[N_CLASSES], sum = 0.0;

  for (guint c = 0; c < N_CLASSES; c++)
    {
      left[c] = (n + N_CLASSES - 1 - c) / N_CLASSES;
      counts[c] = 0.0;
      sum += left[c] * class_weight (c);
    }
  for (; k > 0; k--)
    {
      double number = g_rand_double (rand) * sum;
      guint c = 0;

      while (c < N_CLASSES - 1 && number >= left[c] * class_weight (c))
        number -= left[c] * class_weight (c), c++;
      left[c]--;
      counts[c]++;
      sum -= class_weight (c);
    }
}

static void
mean_and_variance (double (*counts)[N_CLASSES], guint n, guint c, double *mean, double *variance)
{
  *mean = *variance = 0.0;
  for (guint line = 0; line < n; line++)
    *mean += counts[line][c] / n;
  for (guint line = 0; line < n; line++)
    *variance += (counts[line][c] - *mean) * (counts[line][c] - *mean) / (n - 1);
}

#define LARGE_LINES 1500

/* 7 statistics a degree: lines long enough that most candidates are refused unseen. */
START_TEST (classes_are_drawn_as_one_after_the_other_draws_them)
{
  static const guint degrees[] = { 5, 100, 700, 1900 };
  const guint n = 2000, k = degrees[_i];
  double (*drawn)[N_CLASSES] = g_malloc (LARGE_LINES * sizeof *drawn);
  double (*simulated)[N_CLASSES] = g_malloc (LARGE_LINES * sizeof *simulated);
  g_autoptr (GRand) rand = g_rand_new_with_seed (77 + k);
  g_autoptr (Conset) set = conset_random_fan_in_preferring (
    conset_degrees_constant (k), value_of_classes (), FALSE, 5, conset_cross_n (n, LARGE_LINES));

  count_classes (set, LARGE_LINES, drawn);
  for (guint line = 0; line < LARGE_LINES; line++)
    simulate_classes (rand, n, k, simulated[line]);
  for (guint c = 0; c < N_CLASSES; c++)
    {
      double mean[2], variance[2];

      mean_and_variance (drawn, LARGE_LINES, c, &mean[0], &variance[0]);
      mean_and_variance (simulated, LARGE_LINES, c, &mean[1], &variance[1]);
      assert_z ((mean[0] - mean[1]) / sqrt ((variance[0] + variance[1]) / LARGE_LINES), "class", c);
      /* The variance of a variance, as of a normal law. */
      assert_z (
        (variance[0] - variance[1])
          / sqrt (2.0 * (variance[0] * variance[0] + variance[1] * variance[1]) / LARGE_LINES),
        "variance", c);
    }
  g_free (drawn);
  g_free (simulated);
}
END_TEST

/* 2 statistics a degree: the classes of all connections, and single candidates. */
START_TEST (repeated_draws_of_long_lines_are_in_proportion)
{
  static const guint degrees[] = { 1, 40, 3000 };
  const guint n = 70 * N_CLASSES, k = degrees[_i], n_lines = 300000 / k + 10;
  g_autoptr (Conset) set = conset_random_fan_in_preferring (
    conset_degrees_constant (k), value_of_classes (), TRUE, 6, conset_cross_n (n, n_lines));
  g_autofree guint *found = g_new0 (guint, n);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  double of_class[N_CLASSES] = { 0 }, total = (double) k * n_lines, sum = 70.0 * 140.0;
  ChiSquare classes = { 0 }, sources = { 0 };
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    for (gsize m = 0; m < batch.n; m++)
      found[batch.indices[m]]++;
  for (guint source = 0; source < n; source++)
    {
      of_class[source % N_CLASSES] += found[source];
      chi_square_add (&sources, total * class_weight (source) / sum, found[source]);
    }
  for (guint c = 0; c < N_CLASSES; c++)
    chi_square_add (&classes, total * 70.0 * class_weight (c) / sum, of_class[c]);
  chi_square_assert (&sources, "sources", k);
  chi_square_assert (&classes, "classes", k);
}
END_TEST

/* Degrees */

/* 1 statistic, with and without multapses: degrees of a law; every line its own of a list. */
START_TEST (degrees_are_what_they_should_be)
{
  const guint64 list[] = { 3, 0, 7, 1, 20 };
  const guint n_lines = 20000;
  gboolean multapses = _i;
  g_autofree guint *degrees = g_new0 (guint, n_lines);
  g_autofree guint *found = g_new0 (guint, 100);
  g_autoptr (Conset) poisson =
    conset_random_fan_out_preferring (conset_degrees_poisson (4.0), conset_value_target (),
                                      multapses, 3, conset_cross_n (n_lines, 60));
  g_autoptr (Conset) listed = conset_random_fan_in_preferring (
    conset_degrees_list (list, 5), conset_value_source (), multapses, 3, conset_cross_n (40, 5));
  g_autoptr (ConsetIter) iter = conset_iter_new (poisson, NULL, CONSET_SOURCE_MAJOR);
  ChiSquare chi = { 0 };
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    degrees[batch.line] += batch.n;
  for (guint line = 0; line < n_lines; line++)
    found[MIN (degrees[line], 99)]++;
  for (guint k = 0; k < 99; k++)
    chi_square_add (&chi, n_lines * poisson_chance (k, 4.0), found[k]);
  chi_square_assert (&chi, "degrees", 4.0);
  for (guint64 j = 0; j < 5; j++)
    {
      ConsetWindow window = { 0, 40, j, j + 1 };

      ck_assert_uint_eq (grid_count (listed, &window), list[j]);
    }
}
END_TEST

/* 1 statistic: the same seed draws other degrees without weights, and other lines. */
START_TEST (rules_of_one_seed_are_independent)
{
  g_autoptr (Conset) a = conset_random_fan_in_preferring (
    conset_degrees_poisson (20.0), conset_value_constant (1.0), TRUE, 1, conset_cross_n (50, 3000));
  g_autoptr (Conset) b =
    conset_random_fan_in (conset_degrees_poisson (20.0), TRUE, 1, conset_cross_n (50, 3000));
  double sum = 0.0;

  for (guint64 j = 0; j < 3000; j++)
    {
      ConsetWindow window = { 0, 50, j, j + 1 };

      sum += ((double) grid_count (a, &window) - 20.0) * ((double) grid_count (b, &window) - 20.0);
    }
  assert_z (sum / 20.0 / sqrt (3000.0), "degrees of two rules", 20.0);
}
END_TEST

/* Weights so small that their alarms are far beyond all others, and so large that their sum is near
 * the end of the doubles. */
START_TEST (extreme_weights_are_drawn)
{
  static const Table tables[] = {
    { { 5e-324, 1, 5e-324, 1e-320, 1e-310 }, 5, FALSE },
    { { 1.7e308, 1e-300, 1, 5e-324, 1e200 }, 5, FALSE },
  };

  for (guint k = 0; k < G_N_ELEMENTS (tables); k++)
    for (guint degree = 1; degree <= 5; degree++)
      {
        g_autoptr (Conset) set = conset_random_fan_in_preferring (
          conset_degrees_constant (degree), value_of_table (&tables[k]), FALSE, 9,
          conset_cross_n (5, 200));
        g_autoptr (Conset) repeated = conset_random_fan_in_preferring (
          conset_degrees_constant (degree), value_of_table (&tables[k]), TRUE, 9,
          conset_cross_n (5, 200));
        guint64 heavy = k == 0 ? 1 : 0;

        ck_assert_uint_eq (grid_count (set, &CONSET_WINDOW (5, 200)), 200 * degree);
        for (guint64 j = 0; j < 200; j += 20)
          {
            ck_assert_uint_eq (conset_multiplicity (set, heavy, j), 1);
            ck_assert_uint_eq (conset_multiplicity (repeated, heavy, j), degree);
          }
      }
}
END_TEST

/* Candidates that come from lines so long that they are looked at in stretches. 1 statistic. */
START_TEST (long_lines_are_drawn_from_end_to_end)
{
  const guint64 n = 300000;
  gboolean multapses = _i % 2;
  g_autoptr (Conset) set = conset_random_fan_in_preferring (
    conset_degrees_constant (2000), conset_value_source (), multapses, 12,
    conset_difference (conset_cross_n (n, 10), conset_block (9, 1, conset_one_to_one ())));
  ConsetWindow window = { 0, n, 0, 10 }, middle = { n / 2 - 1000, n / 2 + 1000, 3, 5 };
  g_autoptr (PairList) list = pair_list_of_set (set, &window, CONSET_TARGET_MAJOR, NULL);
  g_autoptr (PairList) part = pair_list_of_set (set, &middle, CONSET_TARGET_MAJOR, NULL);
  double sum = 0.0, variance = n * (double) n / 18.0;
  guint n_middle = 0;

  ck_assert_uint_eq (pair_list_length (list), 20000);
  for (gsize k = 0; k < 20000; k++)
    {
      guint64 i = pair_list_source (list, k), j = pair_list_target (list, k);

      sum += i;
      n_middle += i >= middle.source_first && i < middle.source_end && j >= 3 && j < 5;
    }
  ck_assert_uint_eq (pair_list_length (part), n_middle);
  /* Of density 2 x; without repetition the finite population takes less than 1 % off. */
  assert_z ((sum / 20000 - 2.0 * n / 3.0) / sqrt (variance / 20000), "mean", multapses);
}
END_TEST

static Suite *
preferring_law_suite (void)
{
  Suite *suite = suite_create ("preferring_law");
  TCase *law = test_case_add (suite, "law");
  const int n_tables = G_N_ELEMENTS (small_tables);

  tcase_add_loop_test (law, subsets_have_the_law_of_successive_draws, 0, 2 * n_tables);
  tcase_add_loop_test (law, repeated_draws_have_the_multinomial_law, 0, 2 * n_tables);
  tcase_add_loop_test (law, classes_are_drawn_as_one_after_the_other_draws_them, 0, 4);
  tcase_add_loop_test (law, repeated_draws_of_long_lines_are_in_proportion, 0, 3);
  tcase_add_loop_test (law, degrees_are_what_they_should_be, 0, 2);
  tcase_add_test (law, rules_of_one_seed_are_independent);
  tcase_add_test (law, extreme_weights_are_drawn);
  tcase_add_loop_test (law, long_lines_are_drawn_from_end_to_end, 0, 2);
  return suite;
}

int
main (void)
{
  return test_run (preferring_law_suite ());
}

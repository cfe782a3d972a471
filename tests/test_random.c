/* SPDX-License-Identifier: MIT */
/*
 * That conset_random() is what it says: independent trials of one probability, the same in
 * every window.
 *
 * Seeds are fixed, so a run is always the same; what follows is the chance that a right
 * generator would fail for the seeds that stand here. Every statistic is compared with the
 * value that it exceeds with probability 1e-6: |z| > 4.892 for a normal one, the
 * Wilson-Hilferty quantile for a chi-square (bins pooled to at least 20 expected). A test
 * of k statistics hence alarms wrongly with probability at most k * 1e-6; k stands beside
 * each test. All tests together make about 1,100 statistics: 0.1 %.
 */
#include "statistics.h"
#include "support.h"

#include <math.h>
#include <string.h>

static const double dense_ps[] = { 0.02, 0.03, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4999, 0.5, 0.7, 0.9 };

/* The members of a window as bytes, source by source of target after target. */
static guint8 *
matrix_of (const Conset *set, const ConsetWindow *window)
{
  guint64 n_sources = window->source_end - window->source_first;
  guint64 n_targets = window->target_end - window->target_first;
  guint8 *matrix = g_malloc0 (n_sources * n_targets);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    for (gsize k = 0; k < batch.n; k++)
      matrix[(batch.line - window->target_first) * n_sources
             + (batch.indices[k] - window->source_first)] = 1;
  ck_assert (conset_iter_finish (iter, NULL));
  return matrix;
}

static guint8 *
random_matrix (double p, guint64 seed, guint64 n_sources, guint64 n_targets)
{
  g_autoptr (Conset) set = conset_random (p, seed);
  ConsetWindow window = CONSET_WINDOW (n_sources, n_targets);

  return matrix_of (set, &window);
}

static guint64
count_in (const Conset *set, const ConsetWindow *window)
{
  guint64 count = 0;

  ck_assert (conset_count (set, window, &count, NULL));
  return count;
}

/* Counts */

typedef struct
{
  double p;
  guint64 n_sources;
  guint64 n_targets;
} CountCase;

static const CountCase count_cases[] = {
  { 1e-6, 300000, 30000 }, { 1e-4, 100000, 1000 }, { 0.001, 60000, 1000 }, { 0.02, 20000, 500 },
  { 0.03, 20000, 500 },    { 0.05, 20000, 500 },   { 0.1, 20000, 500 },    { 0.2, 20000, 500 },
  { 0.25, 20000, 500 },    { 0.3, 20000, 500 },    { 0.4999, 20000, 500 }, { 0.5, 20000, 500 },
  { 0.7, 20000, 500 },     { 0.9, 20000, 500 },    { 0.999, 20000, 500 },
};

/* 3 statistics a case: seeds of all sizes. */
START_TEST (counts_are_binomial)
{
  static const guint64 seeds[] = { 0, 12345, G_MAXUINT64 };
  const CountCase *test = &count_cases[_i];
  ConsetWindow window = CONSET_WINDOW (test->n_sources, test->n_targets);
  double n = (double) test->n_sources * (double) test->n_targets;

  for (guint k = 0; k < G_N_ELEMENTS (seeds); k++)
    {
      g_autoptr (Conset) set = conset_random (test->p, seeds[k]);
      double count = count_in (set, &window);

      assert_z ((count - n * test->p) / sqrt (n * test->p * (1.0 - test->p)), "count", test->p);
    }
}
END_TEST

START_TEST (no_chance_is_empty_and_certainty_is_full)
{
  g_autoptr (Conset) none = conset_random (0.0, 1);
  g_autoptr (Conset) all = conset_random (1.0, 1);
  ConsetWindow window = { 1000, 2000, G_GUINT64_CONSTANT (1) << 62,
                          (G_GUINT64_CONSTANT (1) << 62) + 100 };

  ck_assert_uint_eq (count_in (none, &window), 0);
  ck_assert_uint_eq (count_in (all, &window), 100000);
  ck_assert (!conset_contains (none, 0, 0));
  ck_assert (conset_contains (all, CONSET_INDEX_END - 1, CONSET_INDEX_END - 1));
}
END_TEST

/* Degrees */

static void
assert_degrees (const guint8 *matrix,
                guint n_lines,
                gsize line_stride,
                guint n_trials,
                gsize stride,
                double p,
                const char *what)
{
  g_autofree guint *found = g_new0 (guint, n_trials + 1);
  ChiSquare chi = { 0 };

  for (guint line = 0; line < n_lines; line++)
    {
      const guint8 *member = matrix + line * line_stride;
      guint degree = 0;

      for (guint k = 0; k < n_trials; k++)
        degree += member[k * stride];
      found[degree]++;
    }
  for (guint k = 0; k <= n_trials; k++)
    chi_square_add (&chi, n_lines * binomial_chance (n_trials, k, p), found[k]);
  chi_square_assert (&chi, what, p);
}

/* 2 statistics a probability. */
START_TEST (degrees_are_binomial)
{
  double p = dense_ps[_i];
  g_autofree guint8 *in = random_matrix (p, 77, 300, 6000);
  g_autofree guint8 *out = random_matrix (p, 78, 6000, 300);

  assert_degrees (in, 6000, 300, 300, 1, p, "in-degrees");
  assert_degrees (out, 6000, 1, 300, 6000, p, "out-degrees");
}
END_TEST

/* 2 statistics a probability; windows of one target or one source as wide as sparse sets need. */
START_TEST (degrees_of_sparse_sets_are_binomial)
{
  static const double ps[] = { 0.01, 0.001, 0.0001 };
  double p = ps[_i];
  g_autofree guint8 *in = random_matrix (p, 79, 5000, 2000);
  g_autofree guint8 *out = random_matrix (p, 80, 2000, 5000);

  assert_degrees (in, 2000, 5000, 5000, 1, p, "in-degrees");
  assert_degrees (out, 2000, 1, 5000, 2000, p, "out-degrees");
}
END_TEST

/* Seeds */

/* z of the covariance of two matrices of @n trials that should be independent. */
static double
covariance_z (const guint8 *a, const guint8 *b, gsize n, double p)
{
  gsize both = 0;
  gsize either = 0;

  for (gsize k = 0; k < n; k++)
    {
      both += a[k] & b[k];
      either += a[k] + b[k];
    }
  return (both - p * either + n * p * p) / (p * (1.0 - p) * sqrt (n));
}

/* 64 statistics a probability: every pair of a seed and the same with one bit changed. */
START_TEST (seeds_that_differ_in_one_bit_are_independent)
{
  double p = dense_ps[_i];
  const guint64 seed = G_GUINT64_CONSTANT (0x123456789abcdef0);
  const gsize n = 1000 * 500;
  g_autofree guint8 *a = random_matrix (p, seed, 1000, 500);

  for (guint bit = 0; bit < 64; bit++)
    {
      g_autofree guint8 *b = random_matrix (p, seed ^ (G_GUINT64_CONSTANT (1) << bit), 1000, 500);

      assert_z (covariance_z (a, b, n, p), "seeds a bit apart", p);
    }
}
END_TEST

/* 1 statistic: the sum of the squares of 780 covariances, a chi-square; and the 2 x 2 tables
 * of all pairs of 40 seeds. */
START_TEST (pair_tables_of_seeds_are_independent)
{
  double p = dense_ps[_i];
  const gsize n = 300 * 100;
  guint8 *matrices[40];
  double sum = 0.0;
  guint df = 0;

  for (guint k = 0; k < 40; k++)
    matrices[k] = random_matrix (p, k, 300, 100);
  for (guint k = 0; k < 40; k++)
    for (guint l = 0; l < k; l++, df++)
      {
        double z = covariance_z (matrices[k], matrices[l], n, p);

        sum += z * z;
      }
  for (guint k = 0; k < 40; k++)
    g_free (matrices[k]);
  ck_assert_msg (sum < chi_square_limit (df), "p = %g: chi-square %g of %u degrees", p, sum, df);
}
END_TEST

/* Neighbours */

#define SIDE 2048

/* z of the covariance of each trial and the one (@di, @dj) away. */
static double
neighbour_z (const guint8 *matrix, guint di, guint dj, double p)
{
  gsize n = (gsize) (SIDE - di) * (SIDE - dj);
  gsize both = 0;
  gsize either = 0;

  for (guint j = 0; j + dj < SIDE; j++)
    {
      const guint8 *here = matrix + (gsize) j * SIDE;
      const guint8 *there = matrix + (gsize) (j + dj) * SIDE + di;

      for (guint i = 0; i + di < SIDE; i++)
        {
          both += here[i] & there[i];
          either += here[i] + there[i];
        }
    }
  return (both - p * either + n * p * p) / (p * (1.0 - p) * sqrt (n));
}

/* 12 statistics a probability. */
START_TEST (neighbours_are_independent)
{
  static const guint steps[][2] = { { 1, 0 },  { 2, 0 },   { 7, 0 }, { 8, 0 },
                                    { 9, 0 },  { 64, 0 },  { 0, 1 }, { 512, 0 },
                                    { 0, 64 }, { 256, 0 }, { 1, 1 }, { 8, 1 } };
  double p = dense_ps[_i];
  g_autofree guint8 *matrix = random_matrix (p, 4242, SIDE, SIDE);

  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    {
      g_autofree char *what = g_strdup_printf ("step (%u, %u)", steps[k][0], steps[k][1]);

      assert_z (neighbour_z (matrix, steps[k][0], steps[k][1], p), what, p);
    }
}
END_TEST

/* 1 statistic a probability: (i, j) and (j, i) for i < j. */
START_TEST (transposed_pairs_are_independent)
{
  double p = dense_ps[_i];
  g_autofree guint8 *matrix = random_matrix (p, 4243, SIDE, SIDE);
  double n = SIDE * (SIDE - 1) / 2.0;
  gsize both = 0;
  gsize either = 0;

  for (gsize j = 0; j < SIDE; j++)
    for (gsize i = 0; i < j; i++)
      {
        both += matrix[j * SIDE + i] & matrix[i * SIDE + j];
        either += matrix[j * SIDE + i] + matrix[i * SIDE + j];
      }
  assert_z ((both - p * either + n * p * p) / (p * (1.0 - p) * sqrt (n)), "transposed", p);
}
END_TEST

/* Words and gaps */

/* How often each pattern of 8 consecutive sources occurs, from the source @offset on. */
static void
assert_patterns (const guint8 *matrix, guint offset, double p)
{
  gsize found[256] = { 0 };
  gsize n = 0;
  ChiSquare chi = { 0 };

  for (gsize j = 0; j < SIDE; j++)
    for (gsize i = offset; i + 8 <= SIDE; i += 8, n++)
      {
        guint pattern = 0;

        for (guint k = 0; k < 8; k++)
          pattern |= (guint) matrix[j * SIDE + i + k] << k;
        found[pattern]++;
      }
  for (guint pattern = 0; pattern < 256; pattern++)
    {
      int ones = __builtin_popcount (pattern);

      chi_square_add (&chi, n * pow (p, ones) * pow (1.0 - p, 8 - ones), found[pattern]);
    }
  chi_square_assert (&chi, "patterns of 8", p);
}

/* 2 statistics a probability: words as they are drawn, and words across. */
START_TEST (patterns_of_eight_are_as_frequent_as_they_should_be)
{
  double p = dense_ps[_i];
  g_autofree guint8 *matrix = random_matrix (p, 99, SIDE, SIDE);

  assert_patterns (matrix, 0, p);
  assert_patterns (matrix, 5, p);
}
END_TEST

/* The lengths of the first @n gaps against the geometric law. A fixed number of gaps is
 * taken, so that they are independent. */
static void
assert_gaps (const Conset *set, const ConsetWindow *window, ConsetOrder order, gsize n, double p)
{
  g_autoptr (PairList) list = pair_list_of_set (set, window, order, NULL);
  g_autofree guint *found = g_new0 (guint, 4000);
  ChiSquare chi = { 0 };
  guint longest = MIN (3999.0, 40.0 / p);

  ck_assert_uint_gt (pair_list_length (list), n);
  for (gsize k = 0; k < n; k++)
    {
      guint64 here =
        order == CONSET_TARGET_MAJOR ? pair_list_source (list, k) : pair_list_target (list, k);
      guint64 next = order == CONSET_TARGET_MAJOR ? pair_list_source (list, k + 1)
                                                  : pair_list_target (list, k + 1);

      found[MIN (next - here, longest)]++;
    }
  for (guint gap = 1; gap < longest; gap++)
    chi_square_add (&chi, n * p * pow (1.0 - p, gap - 1), found[gap]);
  chi_square_add (&chi, n * pow (1.0 - p, longest - 1), found[longest]);
  chi_square_assert (&chi, "gaps", p);
}

/* 2 statistics a probability: along a target and along a source. */
START_TEST (gaps_are_geometric)
{
  double p = dense_ps[_i];
  guint64 length = 200000.0 / p;
  g_autoptr (Conset) set = conset_random (p, 1001);

  assert_gaps (set, &CONSET_WINDOW (length, 1), CONSET_TARGET_MAJOR, 190000, p);
  assert_gaps (set, &CONSET_WINDOW (1, length / 8), CONSET_SOURCE_MAJOR, 24000, p);
}
END_TEST

/* 2 statistics a probability. */
START_TEST (gaps_of_sparse_sets_are_geometric)
{
  static const double ps[] = { 0.015625, 0.01, 0.003 };
  double p = ps[_i];
  guint64 length = 100000.0 / p;
  g_autoptr (Conset) set = conset_random (p, 1002);

  assert_gaps (set, &CONSET_WINDOW (length, 1), CONSET_TARGET_MAJOR, 95000, p);
  assert_gaps (set, &CONSET_WINDOW (1, length / 8), CONSET_SOURCE_MAJOR, 11000, p);
}
END_TEST

/* The same set everywhere */

static const double window_ps[] = { 1e-6, 0.001, 0.02, 0.0624, 0.1, 0.25, 0.4999, 0.5, 0.7, 0.999 };

static const guint64 window_bases[] = {
  0,
  65536 - 300,
  (G_GUINT64_CONSTANT (1) << 32) - 300,
  G_GUINT64_CONSTANT (1) << 40,
  (G_GUINT64_CONSTANT (1) << 62) - 300,
  CONSET_INDEX_END - 1000,
};

static ConsetWindow
window_random (GRand *rand, const ConsetWindow *within)
{
  guint64 n_sources = within->source_end - within->source_first;
  guint64 n_targets = within->target_end - within->target_first;
  ConsetWindow window;

  window.source_first = within->source_first + g_rand_int_range (rand, 0, n_sources);
  window.source_end =
    window.source_first + 1 + g_rand_int_range (rand, 0, within->source_end - window.source_first);
  window.target_first = within->target_first + g_rand_int_range (rand, 0, n_targets);
  window.target_end =
    window.target_first + 1 + g_rand_int_range (rand, 0, within->target_end - window.target_first);
  return window;
}

/* That @window shows the part of @matrix, which is the members in @all, that it covers. */
static void
assert_restriction (const Conset *set,
                    const guint8 *matrix,
                    const ConsetWindow *all,
                    const ConsetWindow *window)
{
  g_autofree guint8 *part = matrix_of (set, window);
  gsize n_sources = window->source_end - window->source_first;
  guint64 count = 0;

  for (guint64 j = window->target_first; j < window->target_end; j++)
    {
      const guint8 *expected = matrix
                               + (j - all->target_first) * (all->source_end - all->source_first)
                               + (window->source_first - all->source_first);
      const guint8 *got = part + (j - window->target_first) * n_sources;

      ck_assert (memcmp (expected, got, n_sources) == 0);
      for (gsize k = 0; k < n_sources; k++)
        count += got[k];
    }
  ck_assert_uint_eq (count_in (set, window), count);
}

/* That asking for single pairs, and for the lines of the other order, says the same. */
static void
assert_points (const Conset *set, const guint8 *matrix, const ConsetWindow *all, GRand *rand)
{
  g_autoptr (Conset) turned = conset_transpose (conset_ref (set));
  ConsetWindow turned_window = { all->target_first, all->target_end, all->source_first,
                                 all->source_end };
  g_autofree guint8 *turned_matrix = matrix_of (turned, &turned_window);
  guint64 n_sources = all->source_end - all->source_first;
  guint64 n_targets = all->target_end - all->target_first;

  for (guint k = 0; k < 2000; k++)
    {
      guint64 i = g_rand_int_range (rand, 0, n_sources);
      guint64 j = g_rand_int_range (rand, 0, n_targets);
      gboolean member = conset_contains (set, all->source_first + i, all->target_first + j);

      ck_assert_int_eq (member, matrix[j * n_sources + i]);
      ck_assert_int_eq (member, turned_matrix[i * n_targets + j]);
    }
}

START_TEST (windows_cut_from_one_another_agree)
{
  double p = window_ps[_i];
  g_autoptr (Conset) set = conset_random (p, 31);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5 + _i);

  for (guint k = 0; k < G_N_ELEMENTS (window_bases); k++)
    {
      guint64 source = window_bases[k];
      guint64 target = window_bases[(k * 5 + _i) % G_N_ELEMENTS (window_bases)];
      ConsetWindow all = { source, source + 1000, target, target + 300 };
      g_autofree guint8 *matrix = matrix_of (set, &all);

      assert_points (set, matrix, &all, rand);
      for (guint cut = 0; cut < 30; cut++)
        {
          ConsetWindow window = window_random (rand, &all);

          assert_restriction (set, matrix, &all, &window);
        }
    }
}
END_TEST

/* 1 statistic a probability and base: far from the origin the density is the same. */
START_TEST (far_windows_are_as_dense)
{
  double p = dense_ps[_i];
  g_autoptr (Conset) set = conset_random (p, 32);

  for (guint k = 0; k < G_N_ELEMENTS (window_bases); k++)
    {
      guint64 first = window_bases[k];
      ConsetWindow window = { first, first + 1000, first, first + 1000 };

      assert_z ((count_in (set, &window) - 1e6 * p) / sqrt (1e6 * p * (1.0 - p)), "far window", p);
    }
}
END_TEST

static const double rare_ps[] = { 1e-8, 1e-11, 1e-15, 1e-18, 1e-30 };

/* 1 statistic a probability: members that lie far apart are found without a look at all tiles
 * between them, here up to 2^33 of them a line, from wherever the window begins. */
START_TEST (rare_members_are_found)
{
  double p = rare_ps[_i];
  guint64 width = (guint64) MIN (3000.0 / p, 0x1p62);
  ConsetWindow window = { width / 2, width / 2 + width, 5, 8 }, rest = window;
  g_autoptr (Conset) set = conset_random (p, 33);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, CONSET_TARGET_MAJOR);
  guint64 source, target, n = 0;

  while (conset_iter_next (iter, &source, &target))
    {
      ck_assert (conset_contains (set, source, target));
      if (n++ % 1000 != 17)
        continue;
      rest.source_first = source;
      rest.source_end = source + 65537;
      ck_assert (count_in (set, &rest) >= 1);
    }
  if (p * 0x1p62 > 1.0)
    assert_z (((double) n - 3.0 * p * (double) width) / sqrt (3.0 * p * (double) width), "rare", p);
  else
    ck_assert_uint_eq (n, 0);
}
END_TEST

/* Sets of one seed */

static void
assert_same_members (const Conset *a, const Conset *b)
{
  ConsetWindow window = { 7, 1007, 11, 511 };
  g_autofree char *digest_a = conset_digest (a, &window, NULL);
  g_autofree char *digest_b = conset_digest (b, &window, NULL);

  ck_assert_str_eq (digest_a, digest_b);
}

START_TEST (random_set_meets_itself)
{
  double p = window_ps[_i];
  g_autoptr (Conset) r = conset_random (p, 1);
  g_autoptr (Conset) met = conset_intersect (conset_random (p, 1), conset_random (p, 1));
  g_autoptr (Conset) shared = conset_intersect (conset_ref (r), conset_ref (r));
  g_autoptr (Conset) joined = conset_union (conset_random (p, 1), conset_random (p, 1));
  g_autoptr (Conset) hidden = conset_intersect (
    conset_random (p, 1), conset_complement (conset_complement (conset_random (p, 1))));

  assert_same_members (met, r);
  assert_same_members (shared, r);
  assert_same_members (joined, r);
  assert_same_members (hidden, r);
}
END_TEST

START_TEST (random_set_less_itself_is_empty)
{
  double p = window_ps[_i];
  ConsetWindow window = CONSET_WINDOW (2000, 500);
  Conset *r = conset_random (p, 1);
  g_autoptr (Conset) shared = conset_difference (conset_ref (r), r);
  g_autoptr (Conset) apart = conset_difference (conset_random (p, 1), conset_random (p, 1));
  g_autoptr (Conset) hidden = conset_difference (
    conset_random (p, 1), conset_shift (-3, -5, conset_shift (3, 5, conset_random (p, 1))));

  ck_assert_uint_eq (count_in (shared, &window), 0);
  ck_assert_uint_eq (count_in (apart, &window), 0);
  ck_assert_uint_eq (count_in (hidden, &window), 0);
}
END_TEST

START_TEST (sets_of_different_seeds_differ)
{
  g_autoptr (Conset) a = conset_random (0.3, 1);
  g_autoptr (Conset) b = conset_random (0.3, 2);
  ConsetWindow window = CONSET_WINDOW (1000, 1000);
  g_autofree char *digest_a = conset_digest (a, &window, NULL);
  g_autofree char *digest_b = conset_digest (b, &window, NULL);

  ck_assert_str_ne (digest_a, digest_b);
}
END_TEST

/* 1 statistic a probability: the expected count of an intersection of independent sets. */
START_TEST (intersections_have_the_expected_count)
{
  double p = dense_ps[_i];
  ConsetWindow window = CONSET_WINDOW (2000, 1000);
  g_autoptr (Conset) set =
    conset_intersect (conset_block (10, 10, conset_random (p, 5)), conset_random (0.5, 6));
  double n = 2e6;
  double expected = conset_expected_count (set, &window);

  ck_assert_double_eq_tol (expected, n * p * 0.5, 1e-6 * n);
  assert_z ((count_in (set, &window) - expected)
              / sqrt (n * p * 0.25 + 2500.0 * 20000.0 * p * (1.0 - p)),
            "intersection", p);
}
END_TEST

static Suite *
random_suite (void)
{
  Suite *suite = suite_create ("random");
  TCase *tcase = test_case_add (suite, "bernoulli");
  const int n_dense = G_N_ELEMENTS (dense_ps);
  const int n_window = G_N_ELEMENTS (window_ps);

  tcase_add_loop_test (tcase, counts_are_binomial, 0, G_N_ELEMENTS (count_cases));
  tcase_add_test (tcase, no_chance_is_empty_and_certainty_is_full);
  tcase_add_loop_test (tcase, degrees_are_binomial, 0, n_dense);
  tcase_add_loop_test (tcase, degrees_of_sparse_sets_are_binomial, 0, 3);
  tcase_add_loop_test (tcase, seeds_that_differ_in_one_bit_are_independent, 0, n_dense);
  tcase_add_loop_test (tcase, pair_tables_of_seeds_are_independent, 0, n_dense);
  tcase_add_loop_test (tcase, neighbours_are_independent, 0, n_dense);
  tcase_add_loop_test (tcase, transposed_pairs_are_independent, 0, n_dense);
  tcase_add_loop_test (tcase, patterns_of_eight_are_as_frequent_as_they_should_be, 0, n_dense);
  tcase_add_loop_test (tcase, gaps_are_geometric, 0, n_dense);
  tcase_add_loop_test (tcase, gaps_of_sparse_sets_are_geometric, 0, 3);
  tcase_add_loop_test (tcase, windows_cut_from_one_another_agree, 0, n_window);
  tcase_add_loop_test (tcase, far_windows_are_as_dense, 0, n_dense);
  tcase_add_loop_test (tcase, rare_members_are_found, 0, G_N_ELEMENTS (rare_ps));
  tcase_add_loop_test (tcase, random_set_meets_itself, 0, n_window);
  tcase_add_loop_test (tcase, random_set_less_itself_is_empty, 0, n_window);
  tcase_add_test (tcase, sets_of_different_seeds_differ);
  tcase_add_loop_test (tcase, intersections_have_the_expected_count, 0, n_dense);
  return suite;
}

int
main (void)
{
  return test_run (random_suite ());
}

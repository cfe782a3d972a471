/* SPDX-License-Identifier: MIT */
/*
 * That the rules with a fixed number of connections follow their laws where there are so many
 * ranks that they are divided many times over before they are drawn: shares of ranges,
 * neighbours, what lines have in common, and how degrees disperse.
 *
 * Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h); how many
 * there are stands beside each test, about 1,900 together: 0.19 %.
 */
#include "statistics.h"
#include "support.h"

#include <math.h>
#include <string.h>

typedef enum
{
  TOTAL,
  FAN_IN,
  FAN_OUT,
  N_RULES,
} Rule;

static Conset *
sample_new (Rule rule, guint64 k, gboolean multapses, guint64 seed, Conset *candidates)
{
  switch (rule)
    {
    case TOTAL:
      return conset_random_total (k, multapses, seed, candidates);
    case FAN_IN:
      return conset_random_fan_in (conset_degrees_constant (k), multapses, seed, candidates);
    default:
      return conset_random_fan_out (conset_degrees_constant (k), multapses, seed, candidates);
    }
}

#define FAR (G_GUINT64_CONSTANT (1) << 62)

/* {{{ long lines */

/* k of n on each line, on both sides of what a leaf holds, sparse, dense, and many times over. */
typedef struct
{
  guint64 n;
  guint64 k;
  gboolean multapses;
} Case;

static const Case cases[] = {
  { 100, 50, FALSE },   { 129, 65, FALSE },    { 200, 70, FALSE },    { 200, 130, FALSE },
  { 1000, 64, FALSE },  { 1000, 65, FALSE },   { 1000, 500, FALSE },  { 1000, 501, FALSE },
  { 1000, 900, FALSE }, { 1000, 936, FALSE },  { 1000, 999, FALSE },  { 1000, 1000, FALSE },
  { 4097, 300, FALSE }, { 5000, 2500, FALSE }, { 5000, 4700, FALSE }, { 3, 1000, TRUE },
  { 1, 300, TRUE },     { 2, 65, TRUE },       { 7, 64, TRUE },       { 64, 4000, TRUE },
  { 100, 100, TRUE },   { 200, 70, TRUE },     { 1000, 64, TRUE },    { 1000, 5000, TRUE },
  { 4097, 300, TRUE },  { 5000, 2500, TRUE },
};

/* How often each place of each line was drawn, line after line. */
typedef struct
{
  guint64 n;
  guint64 n_lines;
  guint32 *times;
} Draws;

static void
draws_clear (Draws *draws)
{
  g_free (draws->times);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Draws, draws_clear)

/* @places are those of each line, in any order of the indices; the lines are the numbers below
 * @n_lines. */
static void
draws_init (Draws *draws,
            const Conset *set,
            const ConsetIntervals *places,
            guint64 n_lines,
            gboolean by_target,
            ConsetOrder order)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, order);
  guint64 source, target;

  draws->n = conset_intervals_count (places, 0, CONSET_INDEX_END);
  draws->n_lines = n_lines;
  draws->times = g_new0 (guint32, draws->n * n_lines);
  while (conset_iter_next (iter, &source, &target))
    {
      guint64 line = by_target ? target : source, along = by_target ? source : target;

      draws->times[line * draws->n + conset_intervals_count (places, 0, along)]++;
    }
  ck_assert (conset_iter_finish (iter, NULL));
}

static guint64
draws_share (const Draws *draws, guint64 line, guint64 first, guint64 end)
{
  guint64 sum = 0;

  for (guint64 p = first; p < end; p++)
    sum += draws->times[line * draws->n + p];
  return sum;
}

/* The chance that @k of the draws fall into a part of @size. */
static double
share_chance (const Case *c, guint64 size, guint64 k)
{
  return c->multapses ? binomial_chance (c->k, k, (double) size / c->n)
                      : hypergeometric_chance (c->n, size, c->k, k);
}

static void
assert_share (const Draws *draws, const Case *c, guint64 first, guint64 end)
{
  g_autofree guint *found = g_new0 (guint, c->k + 1);
  g_autofree char *what = g_strdup_printf (
    "n=%" G_GUINT64_FORMAT " k=%" G_GUINT64_FORMAT " %s, share of %" G_GUINT64_FORMAT " from", c->n,
    c->k, c->multapses ? "multapses" : "", end - first);
  double most = 0.0;
  ChiSquare chi = { 0 };

  for (guint64 line = 0; line < draws->n_lines; line++)
    found[draws_share (draws, line, first, end)]++;
  for (guint64 k = 0; k <= c->k; k++)
    {
      double expected = draws->n_lines * share_chance (c, end - first, k);

      if (expected < 1e-9 && found[k] > 0)
        ck_abort_msg ("%s %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " connections", what, first,
                      k);
      chi_square_add (&chi, expected, found[k]);
      most = MAX (most, expected);
    }
  if (draws->n_lines - most >= 20.0)
    chi_square_assert (&chi, what, first);
}

/* How often each place is drawn on all lines. */
static void
assert_places (const Draws *draws, const Case *c)
{
  double mean = (double) draws->n_lines * c->k / c->n, sum = 0.0;
  double variance = c->multapses ? mean : mean * (1.0 - (double) c->k / c->n) * c->n / (c->n - 1.0);

  if (variance == 0.0 || c->n <= 100)
    return;
  for (guint64 p = 0; p < c->n; p++)
    {
      double times = 0.0;

      for (guint64 line = 0; line < draws->n_lines; line++)
        times += draws->times[line * c->n + p];
      sum += (times - mean) * (times - mean) / variance;
    }
  assert_dispersion (sum, c->n - 1, "places", c->k);
}

/* z of the mean of @n numbers that should have @mean. */
static void
assert_mean (const double *numbers, guint64 n, double mean, const char *what, double parameter)
{
  double sum = 0.0, squares = 0.0;

  for (guint64 k = 0; k < n; k++)
    {
      sum += numbers[k] - mean;
      squares += (numbers[k] - mean) * (numbers[k] - mean);
    }
  if (squares > 1e-9 * mean * mean)
    assert_z (sum / sqrt (squares), what, parameter);
}

static void
assert_neighbours (const Draws *draws, const Case *c, guint64 step)
{
  g_autofree double *numbers = g_new0 (double, draws->n_lines);
  double pairs = c->k * (c->k - 1.0) / (c->multapses ? (double) c->n * c->n : c->n * (c->n - 1.0));

  for (guint64 line = 0; line < draws->n_lines; line++)
    for (guint64 p = 0; p + step < c->n; p++)
      numbers[line] +=
        (double) draws->times[line * c->n + p] * draws->times[line * c->n + p + step];
  assert_mean (numbers, draws->n_lines, (c->n - step) * pairs, "neighbours at", step);
}

static void
assert_common (const Draws *draws, const Case *c, guint64 step)
{
  guint64 n = draws->n_lines / 2;
  g_autofree double *numbers = g_new0 (double, n);

  for (guint64 k = 0; k < n; k++)
    {
      guint64 line = k / step * 2 * step + k % step;

      for (guint64 p = 0; p < c->n; p++)
        numbers[k] +=
          (double) draws->times[line * c->n + p] * draws->times[(line + step) * c->n + p];
    }
  assert_mean (numbers, n, (double) c->k * c->k / c->n, "in common with line", step);
}

#define N_LINES 1024

static void
assert_long_lines (const Draws *draws, const Case *c)
{
  const guint64 shares[][2] = {
    { 0, c->n / 2 },    { c->n / 3, 2 * c->n / 5 }, { 0, 1 },
    { c->n - 1, c->n }, { 0, MIN (64, c->n / 2) },  { c->n / 2, c->n / 2 + c->n / 7 },
  };
  const guint64 steps[] = { 1, 2, 63, 64, 65, c->n / 2 };
  gsize n_wrong = 0;

  for (guint64 line = 0; line < draws->n_lines; line++)
    n_wrong += draws_share (draws, line, 0, c->n) != c->k;
  for (gsize p = 0; !c->multapses && p < c->n * draws->n_lines; p++)
    n_wrong += draws->times[p] > 1;
  ck_assert_uint_eq (n_wrong, 0);
  if (c->n == 1)
    return;
  for (guint k = 0; k < G_N_ELEMENTS (shares); k++)
    if (shares[k][1] > shares[k][0])
      assert_share (draws, c, shares[k][0], shares[k][1]);
  assert_places (draws, c);
  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    if (steps[k] < c->n && c->n > 3)
      assert_neighbours (draws, c, steps[k]);
  assert_common (draws, c, 1);
  assert_common (draws, c, 64);
}

/* 30 statistics a case: both axes, each in its own order or in the other. */
START_TEST (long_lines_are_drawn_evenly)
{
  const Case *c = &cases[_i];
  g_autoptr (ConsetIntervals) places = conset_intervals_range (0, c->n, 1);

  for (guint axis = 0; axis < 2; axis++)
    {
      g_autoptr (Conset) set =
        axis == 0 ? sample_new (FAN_IN, c->k, c->multapses, 5, conset_cross_n (c->n, N_LINES))
                  : sample_new (FAN_OUT, c->k, c->multapses, 5, conset_cross_n (N_LINES, c->n));
      g_auto (Draws) draws = { 0 };

      draws_init (&draws, set, places, N_LINES, axis == 0, (_i + axis) % 2);
      assert_long_lines (&draws, c);
    }
}
END_TEST

/* 45 statistics: sources with steps and gaps around 2^62. */
START_TEST (far_places_are_drawn_evenly)
{
  static const Case few[] = { { 1000, 65, FALSE }, { 1000, 900, FALSE }, { 1000, 500, TRUE } };
  const Case *c = &few[_i];
  g_autoptr (ConsetIntervals) places =
    conset_intervals_union (conset_intervals_range (FAR - 300 * 7919u, FAR, 7919),
                            conset_intervals_union (conset_intervals_range (FAR + 5, FAR + 605, 1),
                                                    conset_intervals_range (11, 311, 3)));
  g_autoptr (Conset) set = sample_new (
    FAN_IN, c->k, c->multapses, 6,
    conset_cross (conset_intervals_ref (places), conset_intervals_range (0, N_LINES, 1)));
  g_auto (Draws) draws = { 0 };

  draws_init (&draws, set, places, N_LINES, TRUE, CONSET_TARGET_MAJOR);
  assert_long_lines (&draws, c);
}
END_TEST

/* 15 statistics: candidates that are listed, looked at in either order; each line has all of
 * 300 places but one. */
START_TEST (listed_places_are_drawn_evenly)
{
  static const Case c = { 299, 100, FALSE };
  g_autoptr (Conset) holes = conset_repeat (300, 300, conset_one_to_one ());
  g_autoptr (Conset) set = sample_new (
    FAN_IN, c.k, FALSE, 7, conset_difference (conset_cross_n (300, N_LINES), conset_ref (holes)));
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, _i);
  g_auto (Draws) draws = { c.n, N_LINES, g_new0 (guint32, c.n * N_LINES) };
  guint64 source, target, n_autapses = 0;

  while (conset_iter_next (iter, &source, &target))
    {
      n_autapses += source == target % 300;
      draws.times[target * c.n + source - (source > target % 300)]++;
    }
  ck_assert_uint_eq (n_autapses, 0);
  assert_long_lines (&draws, &c);
}
END_TEST

/* }}} */
/* {{{ large totals */

/* A part of a grid, in tenths. */
static const guint parts[][4] = {
  { 0, 10, 0, 5 }, { 0, 10, 3, 4 }, { 0, 3, 0, 10 },
  { 2, 9, 1, 9 },  { 5, 6, 7, 8 },  { 0, 10, 9, 10 },
};

/* 6 statistics a case: how many fall into a part, over seeds. */
static void
assert_parts (guint64 n_sources, guint64 n_targets, guint64 n, gboolean multapses, guint n_seeds)
{
  Case c = { n_sources * n_targets, n, multapses };

  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    {
      ConsetWindow window = { parts[k][0] * n_sources / 10, parts[k][1] * n_sources / 10,
                              parts[k][2] * n_targets / 10, parts[k][3] * n_targets / 10 };
      guint64 size =
        (window.source_end - window.source_first) * (window.target_end - window.target_first);
      g_autofree guint *found = g_new0 (guint, n + 1);
      ChiSquare chi = { 0 };

      if (size == 0)
        continue;
      for (guint seed = 0; seed < n_seeds; seed++)
        {
          g_autoptr (Conset) set =
            sample_new (TOTAL, n, multapses, seed, conset_cross_n (n_sources, n_targets));
          guint64 count;

          if (!conset_count (set, &window, &count, NULL) || count > n)
            ck_abort_msg ("part %u, seed %u", k, seed);
          found[count]++;
        }
      for (guint64 some = 0; some <= n; some++)
        chi_square_add (&chi, n_seeds * share_chance (&c, size, some), found[some]);
      chi_square_assert (&chi, "part of a total", k);
    }
}

START_TEST (totals_fall_evenly)
{
  static const struct
  {
    guint64 n_sources;
    guint64 n_targets;
    guint64 n;
    gboolean multapses;
  } grids[] = {
    { 100, 100, 1000, FALSE },   { 100, 100, 5000, FALSE }, { 100, 100, 9900, FALSE },
    { 40, 30, 65, FALSE },       { 20, 20, 333, FALSE },    { 10, 10, 5000, TRUE },
    { 100, 100, 1000, TRUE },    { 40, 30, 65, TRUE },      { 30, 40, 12345, TRUE },
    { 10000, 1000, 100, FALSE },
  };

  assert_parts (grids[_i].n_sources, grids[_i].n_targets, grids[_i].n, grids[_i].multapses,
                test_sanitized () ? 400 : 2000);
}
END_TEST

/* Ones that are as wide as the widest tiles. 6 statistics each. */
START_TEST (few_of_very_many_fall_evenly)
{
  guint64 n_sources = G_GUINT64_CONSTANT (10) << (_i == 0 ? 30 : 34), n = 150;
  double n_seeds = 200;

  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    {
      ConsetWindow window = { parts[k][0] * (n_sources / 10), parts[k][1] * (n_sources / 10),
                              parts[k][2], parts[k][3] };
      double p = (parts[k][1] - parts[k][0]) * (parts[k][3] - parts[k][2]) / 100.0;
      double mean = n_seeds * n * p, sum = 0.0;

      for (guint seed = 0; seed < n_seeds; seed++)
        {
          g_autoptr (Conset) set =
            sample_new (TOTAL, n, seed % 2, seed, conset_cross_n (n_sources, 10));
          guint64 count;

          ck_assert (conset_count (set, &window, &count, NULL));
          ck_assert_uint_le (count, n);
          sum += count;
        }
      assert_z ((sum - mean) / sqrt (mean * (1.0 - p)), "few of very many", k);
    }
}
END_TEST

/* The numbers of a grid, to be asked for its degrees. */
static guint32 *
grid_of (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  guint64 width = window->source_end - window->source_first;
  guint32 *grid = g_new0 (guint32, width * (window->target_end - window->target_first));
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  guint64 source, target;

  while (conset_iter_next (iter, &source, &target))
    grid[(target - window->target_first) * width + source - window->source_first]++;
  ck_assert (conset_iter_finish (iter, NULL));
  return grid;
}

/* The dispersion of sums over each of @n parts; @part says in which a pair lies. */
static void
assert_sums (const guint32 *grid,
             guint side,
             guint n,
             guint (*part) (guint source, guint target),
             double mean,
             double variance,
             const char *what)
{
  g_autofree double *sums = g_new0 (double, n);
  double sum = 0.0;

  for (guint j = 0; j < side; j++)
    for (guint i = 0; i < side; i++)
      sums[part (i, j)] += grid[j * side + i];
  for (guint k = 0; k < n; k++)
    sum += (sums[k] - mean) * (sums[k] - mean) / variance;
  assert_dispersion (sum, n - 1, what, mean);
}

static guint
part_by_source (guint source, guint target G_GNUC_UNUSED)
{
  return source;
}

static guint
part_by_target (guint source G_GNUC_UNUSED, guint target)
{
  return target;
}

static guint
part_by_square (guint source, guint target)
{
  return target / 40 * 20 + source / 40;
}

#define SIDE 800

/* z of the covariance of each rank and the one @step behind it. */
static void
assert_ranks (const guint32 *grid, double mean, double variance, guint step)
{
  const guint n = SIDE * SIDE;
  double sum = 0.0;

  for (guint k = 0; k + step < n; k++)
    sum += (grid[k] - mean) * (grid[k + step] - mean);
  sum += (n - step) * variance / (n - 1.0);
  assert_z (sum / variance / sqrt (n - step), "ranks apart", step);
}

/* 10 statistics each: degrees of a total, shares of squares, and neighbours. */
START_TEST (totals_disperse)
{
  static const struct
  {
    guint n;
    gboolean multapses;
  } totals[] = { { 20000, FALSE }, { 320000, FALSE }, { 600000, FALSE }, { 639000, FALSE },
                 { 20000, TRUE },  { 640000, TRUE },  { 5000000, TRUE } };
  static const guint steps[] = { 1, 2, 64, 127, SIDE, SIDE + 1, SIDE * SIDE / 2 };
  const double n = SIDE * SIDE;
  double mean = totals[_i].n / n;
  double variance = totals[_i].multapses ? mean : mean * (1.0 - mean) * n / (n - 1.0);
  g_autoptr (Conset) set =
    sample_new (TOTAL, totals[_i].n, totals[_i].multapses, 8, conset_cross_n (SIDE, SIDE));
  g_autofree guint32 *grid = grid_of (set, &CONSET_WINDOW (SIDE, SIDE), _i % 2);

  assert_sums (grid, SIDE, SIDE, part_by_source, mean * SIDE, variance * SIDE, "out-degrees");
  assert_sums (grid, SIDE, SIDE, part_by_target, mean * SIDE, variance * SIDE, "in-degrees");
  assert_sums (grid, SIDE, 400, part_by_square, mean * 1600, variance * 1600, "squares");
  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    assert_ranks (grid, mean, variance, steps[k]);
}
END_TEST

/* 10 statistics each: windows of 2^62 candidates, where pairs are independent but for 2^-40.
 * Where connections are as good as certain, or as good as never, they must look so. */
START_TEST (huge_totals_fall_evenly)
{
  const guint64 half = G_GUINT64_CONSTANT (1) << 31;
  static const struct
  {
    guint64 n;
    gboolean multapses;
  } totals[] = {
    { FAR / 2, FALSE },    { FAR - FAR / 8, FALSE }, { FAR / 32, FALSE },
    { FAR / 1000, FALSE }, { FAR / 2, TRUE },        { FAR, TRUE },
    { FAR / 64, TRUE },
  };
  static const guint steps[] = { 1, 2, 3, 64, 127, SIDE, SIDE + 1, SIDE * SIDE / 2 };
  double p = totals[_i].n / (double) FAR, variance = totals[_i].multapses ? p : p * (1.0 - p);
  ConsetWindow window = { half / 3, half / 3 + SIDE, half / 5 * 4, half / 5 * 4 + SIDE };
  g_autoptr (Conset) set =
    sample_new (TOTAL, totals[_i].n, totals[_i].multapses, 9, conset_cross_n (half, half));
  g_autofree guint32 *grid = grid_of (set, &window, _i % 2);
  double sum = 0.0;

  for (guint k = 0; k < SIDE * SIDE; k++)
    sum += grid[k] - p;
  assert_z (sum / sqrt (variance) / SIDE, "number", p);
  assert_sums (grid, SIDE, SIDE, part_by_source, p * SIDE, variance * SIDE, "out-degrees");
  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    assert_ranks (grid, p, variance, steps[k]);
}
END_TEST

START_TEST (extreme_totals_are_exact)
{
  const guint64 half = G_GUINT64_CONSTANT (1) << 31;
  ConsetWindow window = { half - 300, half, 77, 177 };

  for (guint64 missing = 0; missing < 3; missing++)
    {
      g_autoptr (Conset) set =
        sample_new (TOTAL, FAR - missing, FALSE, 3, conset_cross_n (half, half));
      g_autoptr (Conset) few =
        sample_new (TOTAL, FAR / 2 - missing, FALSE, 3, conset_cross_n (half / 2, half));
      guint64 count;

      ck_assert (conset_count (set, &window, &count, NULL));
      ck_assert_uint_eq (count, 300 * 100);
      ck_assert (conset_count (set, NULL, &count, NULL));
      ck_assert_uint_eq (count, FAR - missing);
      ck_assert (conset_count (few, &window, &count, NULL));
      ck_assert_uint_eq (count, 0);
    }
}
END_TEST

/* }}} */

static Suite *
sample_laws_suite (void)
{
  Suite *suite = suite_create ("sample laws");
  TCase *lines = test_case_add (suite, "long lines"), *totals = test_case_add (suite, "totals");

  tcase_add_loop_test (lines, long_lines_are_drawn_evenly, 0, G_N_ELEMENTS (cases));
  tcase_add_loop_test (lines, far_places_are_drawn_evenly, 0, 3);
  tcase_add_loop_test (lines, listed_places_are_drawn_evenly, 0, 2);

  tcase_add_loop_test (totals, totals_fall_evenly, 0, 10);
  tcase_add_loop_test (totals, few_of_very_many_fall_evenly, 0, 2);
  tcase_add_loop_test (totals, totals_disperse, 0, 7);
  tcase_add_loop_test (totals, huge_totals_fall_evenly, 0, 7);
  tcase_add_test (totals, extreme_totals_are_exact);
  return suite;
}

int
main (void)
{
  return test_run (sample_laws_suite ());
}

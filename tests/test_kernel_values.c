/* SPDX-License-Identifier: MIT */
/*
 * Kernels as values, and supports: formulas against long doubles, at pairs, in both orders;
 * supports against a look at all pairs, ties on the rim included; rules that draw by value against
 * the same without a support; text and errors.
 */
#include "everywhere.h"
#include "support.h"

#include <math.h>
#include <string.h>

#define N 40
#define PI 3.14159265358979323846L

/* {{{ formulas */

typedef long double (*Formula) (long double d, long double dx, long double dy);

static long double
bell (long double d, long double s)
{
  return expl (-d * d / (2.0L * s * s));
}

static long double
gaussian (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return d < 0.5 ? bell (d, 0.2L) : 0.0L;
}

static long double
profile (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return d <= 0.5 ? bell (d, 0.2L) : 0.0L;
}

static long double
normalized (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return bell (d, 0.3L) / (2.0L * PI * 0.09L);
}

static long double
exponential (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return d <= 0.8 ? expl (-d / 0.1L) : 0.0L;
}

static long double
power_law (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return powl (fmaxl (d, 0.1L) / 0.1L, -1.5L);
}

static long double
linear (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return fmaxl (0.0L, 1.0L - d / 0.4L);
}

static long double
step (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return d <= 0.5 ? 0.9L : 0.2L;
}

static long double
sigmoid (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return 1.0L / (1.0L + expl (7.0L * (d - 0.3L)));
}

static long double
clipped_difference (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return fmaxl (0.0L, bell (d, 0.1L) - 0.5L * bell (d, 0.2L));
}

static long double
bimodal (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return bell (d, 0.1L) + 0.8L * bell (d - 0.4L, 0.05L);
}

static long double
ricker (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  long double u = d / 0.3L;

  return fmaxl (0.0L, 2.0L * (1.0L - u * u) * expl (-u * u / 2.0L));
}

static long double
difference (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return d <= 0.6 ? bell (d, 0.1L) - 0.8L * bell (d, 0.2L) : 0.0L;
}

static long double
mexican_hat (long double d, long double dx G_GNUC_UNUSED, long double dy G_GNUC_UNUSED)
{
  return 2.0L * bell (d, 0.2L) - bell (d, 0.2L * sqrtl (2.0L));
}

static long double
gabor (long double d, long double dx, long double dy)
{
  long double along = dx * cosl (0.7L) + dy * sinl (0.7L);

  return d <= 0.7 ? bell (d, 0.2L) * cosl (2.0L * PI * 3.0L * along + 0.25L) : 0.0L;
}

static long double
rectified_gabor (long double d G_GNUC_UNUSED, long double dx, long double dy)
{
  long double theta = PI / 6.0L, along = dx * cosl (theta) + dy * sinl (theta);
  long double across = -dx * sinl (theta) + dy * cosl (theta);

  return expl (-(0.25L * along * along + across * across) / (2.0L * 0.04L))
         * fmaxl (0.0L, cosl (2.0L * PI * across / 0.3L + PI / 4.0L));
}

static long double
custom (long double d, long double dx, long double dy)
{
  return d <= 0.5 ? expl (-fabsl (dx) / 0.2L) * cosl (3.0L * atan2l (dy, dx)) : 0.0L;
}

typedef struct
{
  const char *text;
  Formula formula;
} Example;

static const Example examples[] = {
  { "gaussian(0.2, 0.5)", gaussian },
  { "GaussianProfile(0.2, max_distance=0.5)", profile },
  { "gaussian(0.3, normalize=True)", normalized },
  { "ExponentialProfile(0.1, max_distance=0.8)", exponential },
  { "PowerLawProfile(1.5, min_distance=0.1)", power_law },
  { "LinearProfile(0.4)", linear },
  { "StepProfile(0.5, inside_prob=0.9, outside_prob=0.2)", step },
  { "SigmoidProfile(0.3, slope=7)", sigmoid },
  { "LogisticProfile(7, 0.3)", sigmoid },
  { "DoGProfile(0.1, 0.2)", clipped_difference },
  { "BimodalProfile(0.1, 0.05, center2=0.4, amplitude2=0.8)", bimodal },
  { "MexicanHatProfile(0.3, amplitude=2)", ricker },
  { "differenceOfGaussians(0.1, 0.2, max_distance=0.6)", difference },
  { "mexicanHat(0.2)", mexican_hat },
  { "gabor(0.2, 3, 0.7, phase=0.25, max_distance=0.7)", gabor },
  { "gaborRectified(0.2, 0.3, theta=30, gamma=0.5, psi=45)", rectified_gabor },
  { "kernel(lambda p: exp(-abs(p[0]) / 0.2) * cos(3 * atan2(p[1], p[0])), max_distance=0.5)",
    custom },
};

#define N_EXAMPLES ((int) G_N_ELEMENTS (examples))

/* The first have no positions that are neighbours by less than the last digit. */
static const char *const metrics[] = {
  "euclidMetric2d(random2d(40, seed=3))",
  "euclidMetric2d(random2d(40, seed=4), random2d(40, seed=5, xScale=1.5, x0=-0.2))",
  "euclidMetric2d(grid2d(10))",
  "euclidToroidMetric2d(random2d(40, seed=6))",
};

#define N_METRICS ((int) G_N_ELEMENTS (metrics))
#define N_METRICS_WITHOUT_TORUS 3

/* The value of all pairs, which is all that @text is about. */
static ConsetValue *read_value (const char *format, ...) G_GNUC_PRINTF (1, 2);

static ConsetValue *
read_value (const char *format, ...)
{
  g_autofree char *text = NULL, *set = NULL;
  va_list args;

  va_start (args, format);
  text = g_strdup_vprintf (format, args);
  va_end (args);
  set = g_strdup_printf ("cset(cross(range(%d), range(%d)), %s)", N, N, text);
  return conset_value_of (test_read (set), 0);
}

START_TEST (kernels_are_their_formulas)
{
  const Example *example = &examples[_i];

  for (int m = 0; m < N_METRICS_WITHOUT_TORUS; m++)
    {
      g_autoptr (ConsetValue) kernel = read_value ("%s * %s", example->text, metrics[m]);
      g_autofree char *way = g_strdup (strchr (metrics[m], '('));
      g_autoptr (ConsetValue) distance = read_value ("%s", metrics[m]);
      g_autoptr (ConsetValue) dx = read_value ("dx%s", way), dy = read_value ("dy%s", way);

      for (guint64 j = 0; j < N; j++)
        for (guint64 i = 0; i < N; i++)
          {
            double got = conset_value_at (kernel, i, j);
            long double expected =
              example->formula (conset_value_at (distance, i, j), conset_value_at (dx, i, j),
                                conset_value_at (dy, i, j));

            if (!(fabsl (got - expected) <= 1e-13L))
              ck_abort_msg ("%s * %s at (%d, %d): %.17g, not %.17Lg", example->text, metrics[m],
                            (int) i, (int) j, got, expected);
          }
    }
}
END_TEST

/* Values of an iteration in @order, against those of single pairs. */
static void
assert_same_values (const ConsetValue *value, ConsetOrder order)
{
  ConsetValue *column = conset_value_ref (value);
  g_autoptr (Conset) set =
    conset_cset (conset_cross (conset_intervals_range (0, N, 1), conset_intervals_range (0, N, 1)),
                 1, &column, NULL);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, order);
  ConsetBatch batch;
  guint n = 0;

  while (conset_iter_next_batch (iter, &batch))
    for (gsize k = 0; k < batch.n; k++, n++)
      {
        double at = order == CONSET_TARGET_MAJOR
                      ? conset_value_at (value, batch.indices[k], batch.line)
                      : conset_value_at (value, batch.line, batch.indices[k]);

        if (memcmp (&at, &batch.values[0][k], sizeof at) != 0)
          ck_abort_msg ("%.17g, not %.17g", batch.values[0][k], at);
      }
  ck_assert_uint_eq (n, N * N);
}

START_TEST (values_are_the_same_in_both_orders)
{
  for (int m = 0; m < N_METRICS; m++)
    {
      g_autoptr (ConsetValue) kernel = read_value ("%s * %s", examples[_i].text, metrics[m]);

      assert_same_values (kernel, CONSET_TARGET_MAJOR);
      assert_same_values (kernel, CONSET_SOURCE_MAJOR);
    }
}
END_TEST

START_TEST (kernels_print)
{
  for (int m = 0; m < N_METRICS; m++)
    {
      g_autofree char *text = g_strdup_printf ("%s * %s", examples[_i].text, metrics[m]);
      g_autofree char *set = g_strdup_printf ("support(%s)", text);
      g_autoptr (ConsetValue) kernel = read_value ("%s", text);
      g_autofree char *printed = conset_value_to_string (kernel);

      ck_assert_str_eq (printed, text);
      test_assert_prints (set, set);
    }
}
END_TEST

/* }}} */
/* {{{ supports */

/* By what a value is at each pair. */
static void
assert_support (const ConsetValue *value)
{
  g_autoptr (Conset) set = conset_support (conset_value_ref (value));
  g_autofree char *text = conset_to_string (set);
  g_autofree guint8 *by_target = matrix_of (set, N, CONSET_TARGET_MAJOR);
  g_autofree guint8 *by_source = matrix_of (set, N, CONSET_SOURCE_MAJOR);

  for (guint64 j = 0; j < N; j++)
    for (guint64 i = 0; i < N; i++)
      {
        gboolean expected = conset_value_at (value, i, j) != 0.0;

        if (by_target[j * N + i] != expected || by_source[j * N + i] != expected
            || conset_contains (set, i, j) != expected)
          ck_abort_msg ("%s at (%d, %d)", text, (int) i, (int) j);
      }
  assert_same_everywhere (set, N);
}

START_TEST (supports_are_where_kernels_are_not_0)
{
  for (int m = 0; m < N_METRICS; m++)
    {
      g_autoptr (ConsetValue) kernel = read_value ("%s * %s", examples[_i].text, metrics[m]);

      assert_support (kernel);
    }
}
END_TEST

/* Of u and v, two kernels, and d, a metric; those from FIRST_DENSE on may be anything anywhere. */
static const char *const composites[] = {
  "u > 0.1",
  "0.4 < u",
  "0.5 * u",
  "u * (i + 1)",
  "u / (j + 1)",
  "u * v",
  "u + v",
  "u - 0.5 * v",
  "-u",
  "abs(v) >= 0.2",
  "sqrt(u)",
  "clip(v, -0.1, 0.1)",
  "min(u, 0.2)",
  "max(v, 0)",
  "where(d < 0.3, v, 0)",
  "where(d <= 0.3, i - j, 0)",
  "where(i < 20, u, v)",
  "where(i < 20, 0, v)",
  "d < 0.3",
  "d <= 0.2",
  "0.3 > d",
  "d < 0.3 and u > 0.5",
  "d < 0.1 or u > 0.5",
  "u != 0",
  "u == 0.5",
  "d < 0",
  "u * mm",
  "u * 3 * mm > 20 * um",
  "u + 0.1",
  "d > 0.3",
  "exp(u)",
  "u < 0.5",
  "where(d > 0.5, v, 0.5)",
  "u == 0",
  "i - j",
};

#define N_COMPOSITES ((int) G_N_ELEMENTS (composites))
#define FIRST_DENSE 28

START_TEST (supports_of_what_is_made_of_kernels)
{
  const ConsetWindow window = { 0, N, 0, N };

  for (int m = 0; m < N_METRICS; m++)
    {
      g_autofree char *text = g_strdup_printf (
        "d = %s; u = gaussian(0.2, 0.4) * d; v = differenceOfGaussians(0.1, 0.2, max_distance=0.6)"
        " * d; support(%s)",
        metrics[m], composites[_i]);
      g_autofree char *all = g_strdup_printf (
        "d = %s; u = gaussian(0.2, 0.4) * d; v = differenceOfGaussians(0.1, 0.2, max_distance=0.6)"
        " * d; cset(cross(range(%d), range(%d)), %s)",
        metrics[m], N, N, composites[_i]);
      g_autoptr (Conset) set = test_read (text);
      g_autofree char *told = conset_explain (set, &window, CONSET_TARGET_MAJOR, NULL);
      g_autoptr (ConsetValue) value = conset_value_of (test_read (all), 0);

      assert_support (value);
      ck_assert_msg ((strstr (told ? told : "", "the value of each pair") == NULL)
                       || _i >= FIRST_DENSE,
                     "%s", text);
    }
}
END_TEST

START_TEST (constants_are_everywhere_or_nowhere)
{
  test_assert_prints ("support(0)", "empty");
  test_assert_prints ("support(2.5)", "full");
  test_assert_prints ("support(1 < 2)", "full");
}
END_TEST

/* Grids have many pairs at just the same distance. */
START_TEST (rims_are_as_they_are_told)
{
  g_autoptr (Conset) open =
    test_read ("support(gaussian(0.2, 0.3) * euclidMetric2d(grid2d(10, height=10)))");
  g_autoptr (Conset) closed = test_read (
    "support(GaussianProfile(0.2, max_distance=0.3) * euclidMetric2d(grid2d(10, height=10)))");
  g_autoptr (Conset) disc = test_read ("disc(0.3) * euclidMetric2d(grid2d(10, height=10))");
  g_autoptr (Conset) within = test_read ("within(0.3) * euclidMetric2d(grid2d(10, height=10))");
  guint64 n_open, n_closed, n_disc, n_within;

  ck_assert (conset_count (open, NULL, &n_open, NULL) && conset_count (disc, NULL, &n_disc, NULL));
  ck_assert (conset_count (closed, NULL, &n_closed, NULL)
             && conset_count (within, NULL, &n_within, NULL));
  ck_assert_uint_eq (n_open, n_disc);
  ck_assert_uint_eq (n_closed, n_within);
  ck_assert_uint_gt (n_closed, n_open);
}
END_TEST

/* }}} */
/* {{{ rules */

static double
ask (guint64 source, guint64 target, gpointer user_data)
{
  return conset_value_at (user_data, source, target);
}

static void
forget (gpointer user_data)
{
  conset_value_unref (user_data);
}

/* The same values, of which nobody knows where they are 0. */
static ConsetValue *
hide (const ConsetValue *value)
{
  return conset_value_callback ("hidden", ask, NULL, conset_value_ref (value), forget);
}

static Conset *
square (void)
{
  return conset_cross (conset_intervals_range (0, N, 1), conset_intervals_range (0, N, 1));
}

/* Rule @rule by @value, which is consumed. */
static Conset *
draw (int rule, ConsetValue *value, guint64 seed)
{
  gboolean multapses = rule % 2 == 0;

  if (rule == 0)
    return conset_intersect (conset_random_by_value (value, TRUE, seed), square ());
  if (rule <= 2)
    return conset_random_fan_in_preferring (conset_degrees_constant (4), value, multapses, seed,
                                            square ());
  return conset_random_fan_out_preferring (conset_degrees_constant (4), value, multapses, seed,
                                           square ());
}

#define N_RULES 5

static const char *const weights[] = {
  "gaussian(0.2, 0.6) * d",
  "0.7 * (ExponentialProfile(0.3, max_distance=0.8) * d)",
  "gaussian(0.2, 0.6) * d * (i + 1) / 40",
  "LinearProfile(0.7) * d + 0.2 * (gaussian(0.3, 0.5) * d)",
};

START_TEST (members_are_the_same_without_a_support)
{
  for (int m = 0; m < N_METRICS; m++)
    for (guint w = 0; w < G_N_ELEMENTS (weights); w++)
      for (guint64 seed = 0; seed < 5; seed++)
        {
          g_autofree char *text = g_strdup_printf ("d = %s; cset(cross(range(%d), range(%d)), %s)",
                                                   metrics[m], N, N, weights[w]);
          g_autoptr (ConsetValue) value = conset_value_of (test_read (text), 0);
          g_autoptr (Conset) near = draw (_i, conset_value_ref (value), seed);
          g_autoptr (Conset) far = draw (_i, hide (value), seed);
          g_autofree guint8 *expected = matrix_of (far, N, CONSET_TARGET_MAJOR);
          g_autofree guint8 *by_target = matrix_of (near, N, CONSET_TARGET_MAJOR);
          g_autofree guint8 *by_source = matrix_of (near, N, CONSET_SOURCE_MAJOR);

          ck_assert_mem_eq (by_target, expected, N * N);
          ck_assert_mem_eq (by_source, expected, N * N);
        }
}
END_TEST

START_TEST (rules_are_the_same_everywhere)
{
  g_autoptr (Conset) drawn = test_read (
    "random(seed=1) * (gaussian(0.2, 0.6) * euclidMetric2d(random2d(40, seed=3))) - oneToOne");
  g_autoptr (Conset) fan =
    test_read ("random(fanIn=3, weight=gaussian(0.2, 0.6) * euclidMetric2d(random2d(40, seed=3)), "
               "multapses=False, seed=1) * full");
  g_autoptr (Conset) total =
    test_read ("random(N=200, multapses=False, seed=1) * support(gaussian(0.2, 0.4) * "
               "euclidMetric2d(random2d(40, seed=3)))");
  guint64 n;

  assert_same_everywhere (drawn, N);
  assert_same_everywhere (fan, N);
  assert_same_everywhere (total, N);
  ck_assert (conset_count (total, NULL, &n, NULL));
  ck_assert_uint_eq (n, 200);
  ck_assert (conset_count (fan, NULL, &n, NULL));
  ck_assert_uint_eq (n, 3 * N);
}
END_TEST

/* Of 400 seeds the number of members in rings of distance, each of which is a sum of trials: 5
 * standard deviations are passed by chance once in 1.7 million; there are 8 rings. */
START_TEST (rings_have_as_many_members_as_the_kernel_says)
{
  g_autoptr (ConsetValue) distance = read_value ("%s", metrics[0]);
  g_autoptr (ConsetValue) kernel = read_value ("gaussian(0.2, 0.8) * %s", metrics[0]);
  double mean[8] = { 0 }, variance[8] = { 0 }, got[8] = { 0 };

  for (guint64 j = 0; j < N; j++)
    for (guint64 i = 0; i < N; i++)
      {
        double p = conset_value_at (kernel, i, j);
        guint ring = (guint) (conset_value_at (distance, i, j) * 10.0);

        if (ring >= 8)
          continue;
        mean[ring] += 400.0 * p;
        variance[ring] += 400.0 * p * (1.0 - p);
      }
  for (guint64 seed = 0; seed < 400; seed++)
    {
      g_autoptr (Conset) set =
        conset_random_by_value (conset_value_ref (kernel), FALSE, 1000 + seed);
      g_autofree guint8 *members = matrix_of (set, N, CONSET_TARGET_MAJOR);

      for (guint64 j = 0; j < N; j++)
        for (guint64 i = 0; i < N; i++)
          if (members[j * N + i])
            got[(guint) (conset_value_at (distance, i, j) * 10.0)] += 1.0;
    }
  for (guint ring = 0; ring < 8; ring++)
    if (!(fabs (got[ring] - mean[ring]) <= 5.0 * sqrt (variance[ring]) + 0.5))
      ck_abort_msg ("ring %u has %g, not about %g", ring, got[ring], mean[ring]);
}
END_TEST

/* }}} */
/* {{{ functions of the user */

static double
tent (const double *way, gpointer user_data)
{
  ++*(guint *) user_data;
  return fmax (0.0, 1.0 - fabs (way[0]) - fabs (way[1]));
}

static void
tents (const double *const *ways, gsize n, double *values, gpointer user_data)
{
  for (gsize k = 0; k < n; k++)
    {
      const double way[] = { ways[0][k], ways[1][k] };

      values[k] = tent (way, user_data);
    }
}

static void
count_end (gpointer user_data)
{
  *(guint *) user_data = 0;
}

START_TEST (functions_of_the_user_are_kernels)
{
  const double box[] = { 1.0, 1.0 };
  guint calls = 0;

  {
    g_autoptr (ConsetValue) kernel = conset_kernel_callback (
      "tent", tent, _i == 0 ? NULL : tents, &calls, count_end, conset_value_constant (0.25),
      conset_metric_toroid (box, conset_geometry_random2d (N, NULL, NULL, 3), NULL));
    g_autofree char *text = conset_value_to_string (kernel);

    ck_assert_str_eq (text, "kernel(<tent>, max_distance=0.25) * "
                            "euclidToroidMetric2d(random2d(40, seed=3))");
    assert_same_values (kernel, CONSET_TARGET_MAJOR);
    assert_same_values (kernel, CONSET_SOURCE_MAJOR);
    assert_support (kernel);
    ck_assert_uint_gt (calls, 0);
  }
  ck_assert_uint_eq (calls, 0);
}
END_TEST

/* }}} */
/* {{{ matrices */

/* The nearest of evenly spaced nodes by a look at all of them. */
static guint
nearest (guint n, double extent, double at)
{
  guint best = 0;

  for (guint k = 1; k < n; k++)
    if (fabs (-extent / 2 + extent * k / (n - 1) - at)
        < fabs (-extent / 2 + extent * best / (n - 1) - at) - 1e-12)
      best = k;
  return best;
}

START_TEST (matrices_are_laid_around_the_target)
{
  static const double numbers[] = { 1, -2, 3, -4, 5, 6, 0, 8, 9, 10, 11, -12, 13, 14, 15 };
  const guint n_rows = _i == 0 ? 3 : 5, n_columns = 15 / n_rows;
  const double size = 0.55, pitch = size / 5;
  g_autoptr (ConsetValue) kernel =
    conset_kernel_conv2d (numbers, n_rows, n_columns, conset_value_constant (size),
                          conset_metric_euclid (conset_geometry_random2d (N, NULL, NULL, 3), NULL));
  g_autoptr (ConsetValue) dx = read_value ("dx(random2d(40, seed=3))");
  g_autoptr (ConsetValue) dy = read_value ("dy(random2d(40, seed=3))");

  for (guint64 j = 0; j < N; j++)
    for (guint64 i = 0; i < N; i++)
      {
        double x = conset_value_at (dx, i, j), y = conset_value_at (dy, i, j), expected = 0.0;

        if (fabs (x) <= pitch * n_columns / 2 && fabs (y) <= pitch * n_rows / 2)
          expected = numbers[nearest (n_rows, pitch * n_rows, y) * n_columns
                             + nearest (n_columns, pitch * n_columns, x)];
        if (conset_value_at (kernel, i, j) != expected)
          ck_abort_msg ("(%d, %d): %g, not %g", (int) i, (int) j, conset_value_at (kernel, i, j),
                        expected);
      }
  assert_same_values (kernel, CONSET_TARGET_MAJOR);
  assert_same_values (kernel, CONSET_SOURCE_MAJOR);
  assert_support (kernel);
}
END_TEST

START_TEST (matrices_print)
{
  test_assert_prints (
    "support(conv2d([[0, 1.5], [1, -4], [0, 1]], 0.5) * euclidMetric2d(grid2d(5)))",
    "support(conv2d([[0, 1.5], [1, -4], [0, 1]], 0.5) * "
    "euclidMetric2d(grid2d(5)))");
  test_assert_prints ("support(sobel(\"both\", 0.6) * euclidMetric2d(grid2d(5)))",
                      "support(sobel(\"both\", 0.6) * euclidMetric2d(grid2d(5)))");
  test_assert_prints ("support(laplacian() * euclidMetric2d(grid2d(5)))",
                      "support(laplacian(\"4-connected\") * euclidMetric2d(grid2d(5)))");
  test_assert_prints ("support(kernel(lambda dx, dy: dx * dy) * euclidMetric2d(grid2d(5)))",
                      "support(kernel(lambda p: p[0] * p[1]) * euclidMetric2d(grid2d(5)))");
}
END_TEST

/* }}} */
/* {{{ errors */

static const struct
{
  const char *text;
  const char *message;
} errors[] = {
  { "support(gaussian(0) * euclidMetric2d(grid2d(5)))",
    "gaussian(sigma=0): must be above 0; give a length" },
  { "support(gaussian(0.2, -1) * euclidMetric2d(grid2d(5)))",
    "gaussian(cutoff=-1): must be above 0; give a length" },
  { "support(gaussian(i) * euclidMetric2d(grid2d(5)))",
    "gaussian(sigma=i): differs between pairs; give one number for all" },
  { "support(gaussian(2 * um) * euclidMetric2d(grid2d(5)))",
    "gaussian(sigma=2 * um): is in um, and distances are pure numbers; give a number, or positions "
    "in a unit" },
  { "support(gaussian(2) * euclidMetric2d(grid2d(5) * um))",
    "gaussian(sigma=2): is a pure number, and distances are in um; give it a unit" },
  { "support(gaussian(2 * ms) * euclidMetric2d(grid2d(5) * um))",
    "gaussian(sigma=2 * ms): is in ms, and distances are in um; give units that fit" },
  { "support(gabor(0.2, 1, 2 * um) * euclidMetric2d(grid2d(5)))",
    "gabor(theta=2 * um): is in um; give a pure number" },
  { "support(gabor(0.2, 1, 0) * cityBlockMetric2d(grid2d(5)))",
    "gabor(0.2, 1, 0) * cityBlockMetric2d(grid2d(5)): this is no Euclidean metric, which tells "
    "where positions are; use euclidMetric2d(...)" },
  { "support(kernel(lambda p: p[2]) * euclidMetric2d(grid2d(5)))",
    "kernel: p[2] asks for coordinate 2, and positions have 2 dimensions; use fewer" },
  { "support(sobel(\"diagonal\") * euclidMetric2d(grid2d(5)))",
    "'diagonal' is none of 'horizontal', 'vertical', 'both'" },
  { "support(conv2d([[1, 2], [3]], 1) * euclidMetric2d(grid2d(5)))",
    "row 1: a row of 2 numbers is needed, not the list [3]" },
  { "support(conv2d([], 1) * euclidMetric2d(grid2d(5)))",
    "a list of rows is needed, such as [[0, 1, 0], [1, -4, 1], [0, 1, 0]], not the list []" },
  { "support(kernel(3) * euclidMetric2d(grid2d(5)))",
    "a function of the displacement is needed, such as lambda dx, dy: exp(-abs(dx) - abs(dy))" },
};

START_TEST (wrong_kernels_are_errors)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (errors[_i].text, 1, &error);

  ck_assert_ptr_null (set);
  ck_assert_msg (strstr (error->message, errors[_i].message) != NULL, "%s", error->message);
}
END_TEST

static void
assert_fails (const char *text, const char *message)
{
  const ConsetWindow window = { 0, N, 0, N };
  g_autoptr (Conset) set = test_read (text);
  g_autoptr (GError) error = NULL;
  guint64 n;

  ck_assert (!conset_count (set, &window, &n, &error));
  ck_assert_str_eq (error->message, message);
}

START_TEST (wrong_values_end_the_evaluation)
{
  assert_fails ("support((i - j) / (i - j))",
                "support((i - j) / (i - j)): at source 0, target 0 the value is not a number; "
                "change it, or choose another one there with where(...)");
  assert_fails ("random(seed=1) * (2 * (gaussian(0.1, 0.3) * euclidMetric2d(grid2d(10))))",
                "random(seed=1) * (2 * (gaussian(0.1, 0.3) * euclidMetric2...: the probability of "
                "source 0, target 0 is 2, which is not in [0, 1]; change the value, or clip it to "
                "[0, 1] with clip=True");
}
END_TEST

/* }}} */

static Suite *
kernel_suite (void)
{
  Suite *suite = suite_create ("kernel values");
  TCase *tcase = test_case_add (suite, "formulas");

  tcase_add_loop_test (tcase, kernels_are_their_formulas, 0, N_EXAMPLES);
  tcase_add_loop_test (tcase, values_are_the_same_in_both_orders, 0, N_EXAMPLES);
  tcase_add_loop_test (tcase, kernels_print, 0, N_EXAMPLES);
  tcase_add_loop_test (tcase, functions_of_the_user_are_kernels, 0, 2);
  tcase_add_loop_test (tcase, matrices_are_laid_around_the_target, 0, 2);
  tcase_add_test (tcase, matrices_print);
  tcase = test_case_add (suite, "supports");
  tcase_add_loop_test (tcase, supports_are_where_kernels_are_not_0, 0, N_EXAMPLES);
  tcase_add_loop_test (tcase, supports_of_what_is_made_of_kernels, 0, N_COMPOSITES);
  tcase_add_test (tcase, constants_are_everywhere_or_nowhere);
  tcase_add_test (tcase, rims_are_as_they_are_told);
  tcase = test_case_add (suite, "rules");
  tcase_add_loop_test (tcase, members_are_the_same_without_a_support, 0, N_RULES);
  tcase_add_test (tcase, rules_are_the_same_everywhere);
  tcase_add_test (tcase, rings_have_as_many_members_as_the_kernel_says);
  tcase = test_case_add (suite, "errors");
  tcase_add_loop_test (tcase, wrong_kernels_are_errors, 0, (int) G_N_ELEMENTS (errors));
  tcase_add_test (tcase, wrong_values_end_the_evaluation);
  return suite;
}

int
main (void)
{
  return test_run (kernel_suite ());
}

/* SPDX-License-Identifier: MIT */
/*
 * Metrics and displacements: against their formulas, line by line in both orders, by all kernels;
 * tori against a search of all copies; two geometries; text and errors.
 */
#include "isas.h"
#include "positions.h"
#include "support.h"

#include "kernels.h"
#include "metric.h"
#include "value.h"

#include <math.h>
#include <string.h>

typedef double (*Formula) (const double *source, const double *target, guint n_dimensions);

/* {{{ formulas */

static double
euclid (const double *a, const double *b, guint n)
{
  double dx = a[0] - b[0], dy = a[1] - b[1], dz = n == 3 ? a[2] - b[2] : 0.0;

  return n == 2 ? sqrt (dx * dx + dy * dy) : sqrt (dx * dx + dy * dy + dz * dz);
}

static double
city_block (const double *a, const double *b, guint n)
{
  double sum = fabs (a[0] - b[0]) + fabs (a[1] - b[1]);

  return n == 2 ? sum : sum + fabs (a[2] - b[2]);
}

static double
maximum (const double *a, const double *b, guint n)
{
  double most = fmax (fabs (a[0] - b[0]), fabs (a[1] - b[1]));

  return n == 2 ? most : fmax (most, fabs (a[2] - b[2]));
}

static const double torus[] = { 0.75, 2.0, 1.0 };

/* As Python CSA: positions in the plane of a grid are less than a box apart. */
static double
toroid (const double *a, const double *b, guint n)
{
  double d[3] = { 0 };

  for (guint k = 0; k < n; k++)
    {
      d[k] = fabs (a[k] - b[k]);
      d[k] = fmin (d[k], torus[k] - d[k]);
    }
  return n == 2 ? sqrt (d[0] * d[0] + d[1] * d[1]) : sqrt (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
}

static double
dx (const double *a, const double *b, guint n G_GNUC_UNUSED)
{
  return a[0] - b[0];
}

static double
dy (const double *a, const double *b, guint n G_GNUC_UNUSED)
{
  return a[1] - b[1];
}

static double
dz (const double *a, const double *b, guint n G_GNUC_UNUSED)
{
  return a[2] - b[2];
}

/* A metric of the user that tells source from target. */
static double
lopsided (const double *source, const double *target, guint n, gpointer user_data)
{
  return *(double *) user_data * source[0] - target[n - 1];
}

static double
lopsided_formula (const double *a, const double *b, guint n)
{
  return 3.0 * a[0] - b[n - 1];
}

static double three = 3.0;

typedef struct
{
  const char *name;
  Formula formula;
  guint least_dimensions;
} Example;

static const Example examples[] = {
  { "euclid", euclid, 2 },
  { "toroid", toroid, 2 },
  { "city block", city_block, 2 },
  { "maximum", maximum, 2 },
  { "dx", dx, 2 },
  { "dy", dy, 2 },
  { "callback", lopsided_formula, 2 },
  { "dz", dz, 3 },
};

#define N_EXAMPLES ((int) G_N_ELEMENTS (examples))

static ConsetValue *
example_value (guint k, ConsetGeometry *sources, ConsetGeometry *targets)
{
  switch (k)
    {
    case 0:
      return conset_metric_euclid (sources, targets);
    case 1:
      return conset_metric_toroid (torus, sources, targets);
    case 2:
      return conset_metric_city_block (sources, targets);
    case 3:
      return conset_metric_maximum (sources, targets);
    case 4:
      return conset_displacement (0, 0.0, sources, targets);
    case 5:
      return conset_displacement (1, 0.0, sources, targets);
    case 6:
      return conset_metric_callback ("lopsided", lopsided, &three, NULL, sources, targets);
    default:
      return conset_displacement (2, 0.0, sources, targets);
    }
}

/* Positions below the torus. */
static ConsetGeometry *
example_geometry (guint n_dimensions, gboolean of_targets)
{
  static const double scale[] = { 0.75, 2.0, 1.0 };

  if (of_targets)
    return n_dimensions == 2 ? conset_geometry_random2d (800, scale, NULL, 5)
                             : conset_geometry_random3d (800, scale, NULL, 5);
  return n_dimensions == 2 ? conset_geometry_grid2d (30, 40, scale, NULL)
                           : conset_geometry_grid3d (10, 12, 10, scale, NULL);
}

/* }}} */

/* {{{ values */

/* Fills the first @n places of @line, and of each third from 5 on, and compares with at(). */
static void
assert_line (const ConsetValue *value, ConsetOrder order, guint64 line, gsize n)
{
  ConsetValuePlan *plan = conset_value_plan_new (value, order);
  g_autofree double *out = g_new (double, n);
  g_autofree guint32 *offsets = g_new (guint32, n);
  ConsetPlaces places = { order, line, 0, NULL, n, NULL };

  for (guint pass = 0; pass < 2; pass++)
    {
      ck_assert (conset_value_plan_fill (plan, &places, out));
      for (gsize k = 0; k < places.n; k++)
        {
          double expected = conset_value_at (value, conset_places_source (&places, k),
                                             conset_places_target (&places, k));

          /* An assertion that holds costs a call of the system. */
          if (memcmp (&out[k], &expected, sizeof expected) != 0)
            ck_abort_msg ("line %d, place %zu: %.17g and not %.17g", (int) places.line, k, out[k],
                          expected);
        }
      for (gsize k = 0; 3 * k + 5 < n; k++)
        {
          offsets[k] = (guint32) (3 * k);
          places.n = k + 1;
        }
      places.first = 5;
      places.offsets = offsets;
      places.line = line + 1;
    }
  conset_value_plan_free (plan);
}

START_TEST (metrics_are_their_formulas)
{
  const Example *example = &examples[_i];

  for (guint n = example->least_dimensions; n <= 3; n++)
    for (guint isa = 0; isa < G_N_ELEMENTS (isas); isa++)
      {
        g_autoptr (ConsetGeometry) sources = example_geometry (n, FALSE);
        g_autoptr (ConsetGeometry) targets = example_geometry (n, TRUE);
        g_autoptr (ConsetValue) value =
          example_value ((guint) _i, conset_geometry_ref (sources), conset_geometry_ref (targets));

        ck_assert (conset_set_isa (isas[isa]) || isa > 0);
        ck_assert (conset_value_check (value, NULL));
        for (guint64 i = 0; i < 1200; i += 7)
          for (guint64 j = 0; j < 800; j += 11)
            {
              double a[3], b[3], expected;

              look_up (sources, i, a);
              look_up (targets, j, b);
              expected = example->formula (a, b, n);
              if (conset_value_at (value, i, j) != expected)
                ck_abort_msg ("%s at (%d, %d): %.17g and not %.17g", example->name, (int) i,
                              (int) j, conset_value_at (value, i, j), expected);
            }
        for (guint64 line = 0; line < 700; line += 233)
          {
            assert_line (value, CONSET_TARGET_MAJOR, line, 1200);
            assert_line (value, CONSET_SOURCE_MAJOR, line, 800);
          }
      }
  conset_set_isa ("auto");
}
END_TEST

START_TEST (one_geometry_may_be_both)
{
  g_autoptr (ConsetGeometry) geometry = example_geometry (2, FALSE);
  g_autoptr (ConsetValue) value = example_value ((guint) _i, conset_geometry_ref (geometry), NULL);
  double a[3], b[3];

  look_up (geometry, 17, a);
  look_up (geometry, 1100, b);
  ck_assert_double_eq (conset_value_at (value, 17, 1100), examples[_i].formula (a, b, 2));
  ck_assert_double_eq (conset_value_at (value, 1100, 17), examples[_i].formula (b, a, 2));
  assert_line (value, CONSET_SOURCE_MAJOR, 500, 1200);
}
END_TEST

/* }}} */

/* {{{ tori */

/* The nearest of the copies that are up to five boxes away. */
static double
nearest_copy (double d, double box)
{
  double best = d;

  for (int k = -5; k <= 5; k++)
    if (fabs (d + k * box) < fabs (best))
      best = d + k * box;
  return best;
}

START_TEST (tori_take_the_nearest_copy)
{
  static const double scale[] = { 3.0, 3.0, 3.0 }, origin[] = { -1.0, -2.0, 0.5 };
  const ConsetGeometry *geometries[] = { conset_geometry_random3d (200, scale, origin, 1),
                                         conset_geometry_grid3d (6, 6, 6, scale, origin) };

  for (guint k = 0; k < G_N_ELEMENTS (geometries); k++)
    {
      g_autoptr (ConsetGeometry) geometry = (ConsetGeometry *) geometries[k];
      g_autoptr (ConsetValue) metric =
        conset_metric_toroid (torus, conset_geometry_ref (geometry), NULL);
      g_autoptr (ConsetValue) way =
        conset_displacement (0, torus[0], conset_geometry_ref (geometry), NULL);

      for (guint64 i = 0; i < 200; i += 3)
        for (guint64 j = 0; j < 200; j++)
          {
            double a[3], b[3], square = 0.0, x;

            look_up (geometry, i, a);
            look_up (geometry, j, b);
            for (guint d = 0; d < 3; d++)
              {
                double nearest = nearest_copy (a[d] - b[d], torus[d]);

                square += nearest * nearest;
              }
            ck_assert_double_eq_tol (conset_value_at (metric, i, j), sqrt (square), 1e-14);
            x = conset_value_at (way, i, j);
            ck_assert_double_eq_tol (fabs (x), fabs (nearest_copy (a[0] - b[0], torus[0])), 1e-14);
            ck_assert_double_le (fabs (x), torus[0] / 2.0);
            ck_assert_double_eq_tol (remainder (x - (a[0] - b[0]), torus[0]), 0.0, 1e-14);
          }
      for (guint64 line = 0; line < 190; line += 31)
        {
          assert_line (metric, CONSET_TARGET_MAJOR, line, 200);
          assert_line (way, CONSET_TARGET_MAJOR, line, 200);
          assert_line (way, CONSET_SOURCE_MAJOR, line, 200);
        }
    }
}
END_TEST

/* Halfway round, and once round but for the last digit. */
START_TEST (tori_close)
{
  static const double box[] = { 0.3, 1.0 };
  const double positions[] = { 0.0, 0.0, 0.15, 0.5, nextafter (0.3, 0.0), 0.0, 0.3, 1.0, 0.9, 7.0 };
  ConsetGeometry *geometry = conset_geometry_array (2, positions, 5);
  g_autoptr (ConsetValue) metric = conset_metric_toroid (box, conset_geometry_ref (geometry), NULL);
  g_autoptr (ConsetValue) way = conset_displacement (0, 0.3, geometry, NULL);

  ck_assert_double_eq (conset_value_at (metric, 0, 1), sqrt (0.15 * 0.15 + 0.25));
  ck_assert_double_eq (conset_value_at (metric, 2, 0), 0.3 - nextafter (0.3, 0.0));
  ck_assert_double_eq (conset_value_at (metric, 3, 0), 0.0);
  ck_assert_double_eq_tol (conset_value_at (metric, 4, 0), 0.0, 1e-15);
  ck_assert_double_eq (conset_value_at (way, 1, 0), 0.15);
  ck_assert_double_eq (conset_value_at (way, 0, 1), -0.15);
  ck_assert_double_eq (conset_value_at (way, 2, 0), nextafter (0.3, 0.0) - 0.3);
}
END_TEST

/* }}} */

/* {{{ sets and errors */

START_TEST (metrics_are_values_like_others)
{
  ConsetGeometry *geometry = conset_geometry_grid2d (30, 30, NULL, NULL);
  ConsetValue *d = conset_metric_euclid (geometry, NULL);
  g_autoptr (Conset) set = conset_random_by_value (
    conset_value_exp (conset_value_multiply (conset_value_constant (-10.0), d)), FALSE, 1);
  const ConsetWindow window = { 0, 900, 0, 900 };
  guint64 a, b;
  g_autofree char *digest = NULL;

  ck_assert (conset_count (set, &window, &a, NULL));
  ck_assert_uint_gt (a, 20000);
  ck_assert_uint_lt (a, 60000);
  digest = conset_digest (set, &window, NULL);
  ck_assert (conset_set_isa ("portable"));
  ck_assert (conset_count (set, &window, &b, NULL));
  ck_assert_uint_eq (a, b);
  conset_set_isa ("auto");
}
END_TEST

static void
no_y (guint64 index, double *position, gpointer user_data G_GNUC_UNUSED)
{
  position[0] = (double) index;
  position[1] = index == 17 ? INFINITY : 0.0;
}

/* What a plan says is wrong on a line. */
static void
assert_line_fails (const ConsetValue *value, ConsetOrder order, guint64 line, const char *expected)
{
  ConsetValuePlan *plan = conset_value_plan_new (value, order);
  const ConsetPlaces places = { order, line, 0, NULL, 1000, NULL };
  double out[1000];

  ck_assert (!conset_value_plan_fill (plan, &places, out));
  ck_assert (g_error_matches (conset_value_plan_error (plan), CONSET_ERROR, CONSET_ERROR_VALUE));
  ck_assert_str_eq (conset_value_plan_error (plan)->message, expected);
  conset_value_plan_free (plan);
}

START_TEST (missing_positions_are_errors_at_their_pairs)
{
  g_autoptr (ConsetValue) value = conset_metric_euclid (conset_geometry_grid2d (40, 40, NULL, NULL),
                                                        conset_geometry_grid2d (5, 5, NULL, NULL));
  g_autoptr (ConsetValue) infinite = conset_displacement (
    0, 0.0, conset_geometry_callback ("f", 2, CONSET_INDEX_END, no_y, NULL, NULL), NULL);
  static const char missing[] =
    "euclidMetric2d: grid2d(5, height=5) has 25 positions, and none for index "
    "25; ask for indices from 0 to below that";
  static const char wrong[] = "dx: <f>: coordinate y of position 17 is inf; "
                              "coordinates are finite numbers";
  const ConsetPlace inside = { 1599, 24, 0, NULL };
  GError *error = NULL;
  const ConsetPlace outside = { 1600, 24, 0, &error };

  ck_assert (isfinite (value->klass->at (value, &inside)));
  ck_assert (isnan (value->klass->at (value, &outside)));
  ck_assert_str_eq (error->message,
                    "euclidMetric2d: grid2d(40, height=40) has 1600 positions, and none for "
                    "index 1600; ask for indices from 0 to below that");
  g_clear_error (&error);
  ck_assert (isnan (conset_value_at (value, 0, 25)));
  assert_line_fails (value, CONSET_TARGET_MAJOR, 25, missing);
  assert_line_fails (value, CONSET_SOURCE_MAJOR, 7, missing);
  assert_line_fails (infinite, CONSET_TARGET_MAJOR, 17, wrong);
  assert_line_fails (infinite, CONSET_TARGET_MAJOR, 2, wrong);
}
END_TEST

#define GRID conset_geometry_grid2d (3, 3, NULL, NULL)
#define CUBE conset_geometry_grid3d (3, 3, 3, NULL, NULL)

START_TEST (metrics_print)
{
  static const double box[] = { 2.0, 1.0, 0.5 };

  test_assert_value_text (conset_metric_euclid (GRID, NULL), "euclidMetric2d(grid2d(3, height=3))");
  test_assert_value_text (conset_metric_euclid (CUBE, CUBE),
                          "euclidMetric3d(grid3d(3, depth=3), grid3d(3, depth=3))");
  test_assert_value_text (conset_metric_city_block (GRID, NULL),
                          "cityBlockMetric2d(grid2d(3, height=3))");
  test_assert_value_text (conset_metric_maximum (CUBE, NULL),
                          "maximumMetric3d(grid3d(3, depth=3))");
  test_assert_value_text (conset_metric_toroid (box, GRID, NULL),
                          "euclidToroidMetric2d(grid2d(3, height=3), xScale=2)");
  test_assert_value_text (conset_metric_toroid (box, CUBE, NULL),
                          "euclidToroidMetric3d(grid3d(3, depth=3), xScale=2, zScale=0.5)");
  test_assert_value_text (conset_displacement (1, 0.0, GRID, NULL), "dy(grid2d(3, height=3))");
  test_assert_value_text (conset_displacement (2, 1.5, CUBE, NULL),
                          "dz(grid3d(3, depth=3), box=1.5)");
  test_assert_value_text (conset_metric_callback ("mine", lopsided, &three, NULL, GRID, NULL),
                          "<mine>(grid2d(3, height=3))");
}
END_TEST

static void
count_call (gpointer user_data)
{
  ++*(guint *) user_data;
}

START_TEST (wrong_arguments_are_errors)
{
  static const double flat[] = { 1.0, 0.0, 1.0 };
  guint n_calls = 0;

  test_assert_value_error (conset_metric_euclid (GRID, CUBE),
                           "euclidMetric(grid2d(3, height=3), grid3d(3, depth=3)): positions of "
                           "sources have 2 dimensions, those "
                           "of targets 3; use as many in both, or a projection");
  test_assert_value_error (conset_metric_maximum (conset_geometry_grid2d (0, 1, NULL, NULL), CUBE),
                           "grid2d: the width is 0; it is at least 1");
  test_assert_value_error (conset_metric_maximum (CUBE, conset_geometry_grid2d (0, 1, NULL, NULL)),
                           "grid2d: the width is 0; it is at least 1");
  test_assert_value_error (
    conset_metric_toroid (flat, GRID, NULL),
    "euclidToroidMetric2d: the yScale of the torus is not above 0; give its size");
  test_assert_value_error (conset_displacement (2, 0.0, GRID, NULL),
                           "dz: positions have 2 dimensions; use fewer");
  test_assert_value_error (conset_displacement (0, -1.0, GRID, NULL),
                           "dx: the box is not a size; give that of the torus, or 0");
  test_assert_value_error (conset_metric_callback ("mine", NULL, &n_calls, count_call, GRID, NULL),
                           "callback(mine): there is no function; pass one");
  ck_assert_uint_eq (n_calls, 1);
  test_assert_value_error (
    conset_metric_callback ("mine", lopsided, &n_calls, count_call, GRID, CUBE),
    "mine(grid2d(3, height=3), grid3d(3, depth=3)): positions of sources have 2 dimensions, those "
    "of "
    "targets 3; use as many in both, or a projection");
  ck_assert_uint_eq (n_calls, 2);
}
END_TEST

START_TEST (metrics_tell_what_they_are_made_of)
{
  g_autoptr (ConsetValue) metric = conset_metric_toroid (torus, GRID, CUBE);
  g_autoptr (ConsetValue) good = conset_metric_toroid (torus, GRID, NULL);
  g_autoptr (ConsetValue) way = conset_displacement (0, 0.0, GRID, NULL);
  g_autoptr (ConsetValue) other = conset_value_source ();
  ConsetMetricParts parts;

  ck_assert (!conset_metric_look (metric, &parts));
  ck_assert (!conset_metric_look (way, &parts));
  ck_assert (!conset_metric_look (other, &parts));
  ck_assert (conset_metric_look (good, &parts));
  ck_assert_int_eq (parts.kind, CONSET_METRIC_TOROID);
  ck_assert_ptr_eq (parts.sources, parts.targets);
  ck_assert_double_eq (parts.box[1], 2.0);
}
END_TEST

/* }}} */

static Suite *
metric_suite (void)
{
  Suite *suite = suite_create ("metric");
  TCase *tcase = test_case_add (suite, "formulas");

  tcase_add_loop_test (tcase, metrics_are_their_formulas, 0, N_EXAMPLES);
  tcase_add_loop_test (tcase, one_geometry_may_be_both, 0, N_EXAMPLES - 1);
  tcase_add_test (tcase, tori_take_the_nearest_copy);
  tcase_add_test (tcase, tori_close);
  tcase = test_case_add (suite, "values");
  tcase_add_test (tcase, metrics_are_values_like_others);
  tcase_add_test (tcase, missing_positions_are_errors_at_their_pairs);
  tcase_add_test (tcase, metrics_print);
  tcase_add_test (tcase, wrong_arguments_are_errors);
  tcase_add_test (tcase, metrics_tell_what_they_are_made_of);
  return suite;
}

int
main (void)
{
  return test_run (metric_suite ());
}

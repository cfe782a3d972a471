/* SPDX-License-Identifier: MIT */
/*
 * Sets of near pairs, against what a look at every pair finds: all shapes and metrics, over pairs
 * of geometries of all kinds, with radii that hit positions, everywhere and in both orders; text,
 * errors, and how few positions are looked at.
 */
#include "everywhere.h"
#include "isas.h"
#include "support.h"

#include <math.h>
#include <string.h>

/* {{{ scenes */

static const double crowd[] = { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.25, 0.5, 0.5, 0.25, 0.5, 0.5 };

static void
far_position (guint64 index, double *position, gpointer user_data G_GNUC_UNUSED)
{
  for (guint d = 0; d < 2; d++)
    position[d] = (double) ((index * (7 + 4 * d)) % 31) / 16.0 - 0.5;
}

#define N_FLAT 10
#define N_SOLID 5

static ConsetGeometry *
flat_geometry (guint k)
{
  static const double scale[] = { 2.0, -1.0 }, origin[] = { -0.25, 0.5 };
  static const double turn[] = { 0.6, -0.8, 0.8, 0.6 }, small[] = { 0.05, 0.05 };
  static const double thin[] = { 1.0, 0.0 };

  switch (k)
    {
    case 0:
      return conset_geometry_grid2d (9, 9, NULL, NULL);
    case 1:
      return conset_geometry_grid2d (11, 7, scale, origin);
    case 2:
      return conset_geometry_hexagonal (10, 8, 0.125, NULL);
    case 3:
      return conset_geometry_random2d (85, NULL, NULL, 4);
    case 4:
      return conset_geometry_jitter (small, 3, conset_geometry_grid2d (9, 9, NULL, NULL));
    case 5:
      return conset_project (conset_projection_affine (2, 2, turn, NULL),
                             conset_geometry_random2d (80, NULL, NULL, 5));
    case 6:
      return conset_geometry_array (2, crowd, 6);
    case 7:
      return conset_geometry_random2d (CONSET_INDEX_END, scale, NULL, 6);
    case 8:
      return conset_geometry_random2d (70, thin, NULL, 9);
    default:
      return conset_geometry_callback ("far", 2, CONSET_INDEX_END, far_position, NULL, NULL);
    }
}

static ConsetGeometry *
solid_geometry (guint k)
{
  static const double small[] = { 0.1, 0.1, 0.1 }, scale[] = { 1.0, -1.0, 2.0 };

  switch (k)
    {
    case 0:
      return conset_geometry_grid3d (4, 4, 5, NULL, NULL);
    case 1:
      return conset_geometry_random3d (85, scale, NULL, 4);
    case 2:
      return conset_geometry_jitter (small, 3, conset_geometry_grid3d (4, 5, 4, NULL, NULL));
    case 3:
      return conset_geometry_array (3, crowd, 4);
    default:
      return conset_geometry_random3d (CONSET_INDEX_END, NULL, NULL, 6);
    }
}

#define N_INDICES 84

typedef struct
{
  guint n_dimensions;
  ConsetGeometry *sources;
  ConsetGeometry *targets;
} Scene;

static void
scene_init (Scene *scene, GRand *rand, gboolean endless)
{
  gboolean solid = g_rand_int_range (rand, 0, 3) == 0;
  gint n = solid ? N_SOLID - !endless : N_FLAT - 1;

  scene->n_dimensions = solid ? 3 : 2;
  do
    {
      g_clear_pointer (&scene->sources, conset_geometry_unref);
      g_clear_pointer (&scene->targets, conset_geometry_unref);
      scene->sources = solid ? solid_geometry ((guint) g_rand_int_range (rand, 0, n))
                             : flat_geometry ((guint) g_rand_int_range (rand, 0, n));
      scene->targets = g_rand_boolean (rand) ? conset_geometry_ref (scene->sources)
                       : solid ? solid_geometry ((guint) g_rand_int_range (rand, 0, n))
                               : flat_geometry ((guint) g_rand_int_range (rand, 0, n));
    }
  while (!endless
         && (conset_geometry_size (scene->sources) == CONSET_INDEX_END
             || conset_geometry_size (scene->targets) == CONSET_INDEX_END));
}

static void
scene_clear (Scene *scene)
{
  conset_geometry_unref (scene->sources);
  conset_geometry_unref (scene->targets);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static ConsetGeometry *
targets_of (const Scene *scene)
{
  return scene->targets == scene->sources ? NULL : conset_geometry_ref (scene->targets);
}

static ConsetValue *
scene_metric (const Scene *scene, guint kind)
{
  static const double box[] = { 1.0, 1.5, 1.25 };
  ConsetGeometry *sources = conset_geometry_ref (scene->sources);

  switch (kind)
    {
    case 0:
      return conset_metric_euclid (sources, targets_of (scene));
    case 1:
      return conset_metric_toroid (box, sources, targets_of (scene));
    case 2:
      return conset_metric_city_block (sources, targets_of (scene));
    default:
      return conset_metric_maximum (sources, targets_of (scene));
    }
}

static guint64
size_of (const ConsetGeometry *geometry)
{
  return MIN (conset_geometry_size (geometry), N_INDICES);
}

/* }}} */

/* Holds @set against @expected, of which 2 says that either will do, and looks at it everywhere. */
static void
assert_is (const Conset *set, const guint8 *expected)
{
  g_autofree char *text = conset_to_string (set);
  g_autoptr (GError) error = NULL;

  if (!conset_check (set, &error))
    ck_abort_msg ("%s", error->message);
  for (guint64 target = 0; target < N_INDICES; target++)
    for (guint64 source = 0; source < N_INDICES; source++)
      {
        guint8 times = expected[target * N_INDICES + source];

        if (times < 2 && conset_multiplicity (set, source, target) != times)
          ck_abort_msg ("%s: (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ") is there %u times",
                        text, source, target, !times);
      }
  assert_same_everywhere (set, N_INDICES);
}

/* What is printed reads back as the same, where it can be read. */
static void
assert_reads_back (const Conset *set)
{
  g_autofree char *text = conset_to_string (set), *again = NULL;
  g_autoptr (Conset) read = NULL;
  guint64 before, after;

  if (strchr (text, '<') != NULL)
    return;
  read = test_read (text);
  again = conset_to_string (read);
  ck_assert_str_eq (again, text);
  ck_assert (conset_count (set, &CONSET_WINDOW (60, 70), &before, NULL));
  ck_assert (conset_count (read, &CONSET_WINDOW (60, 70), &after, NULL));
  ck_assert_uint_eq (before, after);
}

/* {{{ distances */

/* A radius: often one at which there is a position. */
static double
radius_random (GRand *rand, const Scene *scene, const ConsetValue *metric)
{
  double radius = conset_value_at (metric, g_rand_int_range (rand, 0, size_of (scene->sources)),
                                   g_rand_int_range (rand, 0, size_of (scene->targets)));

  switch (g_rand_int_range (rand, 0, 6))
    {
    case 0:
      return g_rand_double (rand) * g_rand_double (rand) * 1.5;
    case 1:
      return nextafter (radius, INFINITY);
    case 2:
      return g_rand_int_range (rand, 0, 5) == 0 ? 0.0 : 1e3;
    default:
      return g_rand_boolean (rand) ? MIN (radius, 0.375) : radius;
    }
}

static void
fill_expected (
  guint8 *expected, const Scene *scene, const ConsetValue *metric, double low, double high, int rim)
{
  memset (expected, 0, N_INDICES * N_INDICES);
  for (guint64 target = 0; target < size_of (scene->targets); target++)
    for (guint64 source = 0; source < size_of (scene->sources); source++)
      {
        double d = conset_value_at (metric, source, target);

        expected[target * N_INDICES + source] = d >= low && (rim ? d <= high : d < high);
      }
}

START_TEST (distances_are_what_a_look_at_all_pairs_finds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint) _i);
  g_autofree guint8 *expected = g_malloc (N_INDICES * N_INDICES);
  g_auto (Scene) scene = { 0 };
  g_autoptr (ConsetValue) metric = NULL;
  g_autoptr (Conset) set = NULL;
  double low, high;

  if (!conset_set_isa (isas[_i % 2]))
    return;
  scene_init (&scene, rand, TRUE);
  metric = scene_metric (&scene, (guint) g_rand_int_range (rand, 0, 4));
  low = radius_random (rand, &scene, metric);
  high = radius_random (rand, &scene, metric);
  switch (_i / 2 % 4)
    {
    case 0:
    case 1:
      fill_expected (expected, &scene, metric, 0.0, high, FALSE);
      set = conset_disc (conset_value_constant (high), conset_value_ref (metric));
      break;
    case 2:
      fill_expected (expected, &scene, metric, 0.0, high, TRUE);
      set = conset_within (conset_value_constant (high), conset_value_ref (metric));
      break;
    default:
      fill_expected (expected, &scene, metric, MIN (low, high), MAX (low, high), FALSE);
      set = conset_annulus (conset_value_constant (MIN (low, high)),
                            conset_value_constant (MAX (low, high)), conset_value_ref (metric));
    }
  assert_is (set, expected);
  assert_reads_back (set);
  conset_set_isa ("auto");
}
END_TEST

/* A value that is no metric: every pair is looked at. */
START_TEST (any_value_may_be_a_metric)
{
  g_autofree guint8 *expected = g_malloc (N_INDICES * N_INDICES);
  g_autoptr (Conset) set = test_read ("disc(20.5) * abs(2 * i - j)");

  for (guint64 target = 0; target < N_INDICES; target++)
    for (guint64 source = 0; source < N_INDICES; source++)
      expected[target * N_INDICES + source] = fabs (2.0 * (double) source - (double) target) < 20.5;
  assert_is (set, expected);
  assert_reads_back (set);
}
END_TEST

/* }}} */

/* {{{ shapes */

typedef struct
{
  gboolean ellipsoid;
  double sizes[3];
  double azimuth;
  double polar;
  double anchor[3];
  double torus[3];
} Shape;

static double
way_around (double way, double box)
{
  double rest = fmod (fabs (way), box);

  if (box == 0.0)
    return way;
  rest = rest <= box - rest ? rest : rest - box;
  return way < 0.0 ? -rest : rest;
}

/* Whether a displacement is in a shape; 2 if that is a matter of rounding. */
static guint8
is_in_shape (const Shape *shape, guint n, const double *a, const double *b)
{
  double c = cos (shape->azimuth * G_PI / 180), s = sin (shape->azimuth * G_PI / 180);
  double tc = cos (shape->polar * G_PI / 180), ts = sin (shape->polar * G_PI / 180);
  const double axes[3][3] = { { c * tc, s * tc, -ts }, { -s, c, 0 }, { c * ts, s * ts, tc } };
  double way[3] = { 0 }, most = 0.0, sum = 0.0;
  gboolean exact = shape->azimuth == 0.0 && shape->polar == 0.0;

  for (guint d = 0; d < n; d++)
    way[d] = way_around (a[d] - b[d] - shape->anchor[d], shape->torus[d]);
  for (guint axis = 0; axis < n; axis++)
    {
      double along = axes[axis][0] * way[0] + axes[axis][1] * way[1] + axes[axis][2] * way[2];
      double half = shape->sizes[axis] / 2;

      if (exact)
        along = way[axis];
      if (!(fabs (along) < half) && !shape->ellipsoid && (exact || fabs (along) > half + 1e-12))
        return FALSE;
      most = MAX (most, fabs (along) - half);
      sum += (along / half) * (along / half);
    }
  if (exact && (shape->torus[0] == 0.0 || !shape->ellipsoid))
    return shape->ellipsoid ? sum < 1.0 : TRUE;
  if (shape->ellipsoid ? fabs (sum - 1.0) < 1e-12 : fabs (most) < 1e-12)
    return 2;
  return shape->ellipsoid ? sum < 1.0 : most < 0.0;
}

static void
shape_init (Shape *shape, GRand *rand, guint n)
{
  static const double quarters[] = { 0.0, 90.0, -180.0, 270.0, 0.0 };

  *shape = (Shape){ .ellipsoid = g_rand_boolean (rand) };
  for (guint d = 0; d < n; d++)
    {
      shape->sizes[d] = g_rand_boolean (rand) ? g_rand_int_range (rand, 1, 9) / 8.0
                                              : g_rand_double_range (rand, 0.1, 1.0);
      if (g_rand_int_range (rand, 0, 3) == 0)
        shape->anchor[d] = g_rand_double_range (rand, -0.5, 0.5);
    }
  switch (g_rand_int_range (rand, 0, 3))
    {
    case 0:
      shape->azimuth = quarters[g_rand_int_range (rand, 0, 5)];
      break;
    case 1:
      shape->azimuth = g_rand_double_range (rand, -400.0, 400.0);
      shape->polar = n == 3 ? g_rand_double_range (rand, -100.0, 100.0) : 0.0;
      break;
    default:
      break;
    }
  if (g_rand_int_range (rand, 0, 3) == 0)
    for (guint d = 0; d < n; d++)
      shape->torus[d] = 1.0 + 0.25 * d;
}

static Conset *
shape_set (const Shape *shape, const Scene *scene)
{
  ConsetValue *sizes[3] = { NULL };
  ConsetPlacement placement = { .azimuth = shape->azimuth, .polar = shape->polar };
  ConsetGeometry *sources = conset_geometry_ref (scene->sources);
  ConsetGeometry *targets = targets_of (scene);

  for (guint d = 0; d < scene->n_dimensions; d++)
    {
      sizes[d] = conset_value_constant (shape->sizes[d]);
      if (shape->anchor[d] != 0.0)
        placement.anchor[d] = conset_value_constant (shape->anchor[d]);
      if (shape->torus[d] > 0.0)
        placement.torus[d] = conset_value_constant (shape->torus[d]);
    }
  if (scene->n_dimensions == 2)
    return shape->ellipsoid ? conset_ellipse (sizes[0], sizes[1], &placement, sources, targets)
                            : conset_rectangle (sizes[0], sizes[1], &placement, sources, targets);
  return shape->ellipsoid
           ? conset_ellipsoid (sizes[0], sizes[1], sizes[2], &placement, sources, targets)
           : conset_box (sizes[0], sizes[1], sizes[2], &placement, sources, targets);
}

START_TEST (shapes_are_what_a_look_at_all_pairs_finds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint) _i);
  g_autofree guint8 *expected = g_malloc0 (N_INDICES * N_INDICES);
  g_auto (Scene) scene = { 0 };
  g_autoptr (Conset) set = NULL;
  Shape shape;

  if (!conset_set_isa (isas[_i % 2]))
    return;
  scene_init (&scene, rand, TRUE);
  shape_init (&shape, rand, scene.n_dimensions);
  for (guint64 target = 0; target < size_of (scene.targets); target++)
    for (guint64 source = 0; source < size_of (scene.sources); source++)
      {
        double a[3], b[3];

        conset_geometry_position (scene.sources, source, a, NULL);
        conset_geometry_position (scene.targets, target, b, NULL);
        expected[target * N_INDICES + source] = is_in_shape (&shape, scene.n_dimensions, a, b);
      }
  set = shape_set (&shape, &scene);
  assert_is (set, expected);
  assert_reads_back (set);
  conset_set_isa ("auto");
}
END_TEST

/* }}} */

/* {{{ nearest */

/* How many come before (i, j) for its owner, by distance and then by index. */
static guint64
rank_of (const ConsetValue *metric,
         guint64 source,
         guint64 target,
         gboolean of_targets,
         gboolean autapses,
         guint64 n_others)
{
  double d = conset_value_at (metric, source, target);
  guint64 own = of_targets ? source : target, rank = 0;

  for (guint64 other = 0; other < n_others; other++)
    {
      double e = of_targets ? conset_value_at (metric, other, target)
                            : conset_value_at (metric, source, other);

      if (autapses || other != (of_targets ? target : source))
        rank += e < d || (e == d && other < own);
    }
  return rank;
}

START_TEST (nearest_neighbours_are_what_sorting_finds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint) _i);
  g_autofree guint8 *expected = g_malloc0 (N_INDICES * N_INDICES);
  g_auto (Scene) scene = { 0 };
  g_autoptr (ConsetValue) metric = NULL;
  g_autoptr (Conset) set = NULL;
  gboolean autapses = g_rand_boolean (rand), of_targets = g_rand_boolean (rand);
  guint64 k = (guint64) g_rand_int_range (rand, 0, _i % 4 == 0 ? 100 : 12);
  guint64 n_others;

  if (!conset_set_isa (isas[_i % 2]))
    return;
  scene_init (&scene, rand, FALSE);
  metric = scene_metric (&scene, (guint) g_rand_int_range (rand, 0, 4));
  n_others = conset_geometry_size (of_targets ? scene.sources : scene.targets);
  for (guint64 target = 0; target < size_of (scene.targets); target++)
    for (guint64 source = 0; source < size_of (scene.sources); source++)
      expected[target * N_INDICES + source] =
        (autapses || source != target)
        && rank_of (metric, source, target, of_targets, autapses, n_others) < k;
  set = conset_nearest (k, autapses, of_targets ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR,
                        conset_value_ref (metric));
  assert_is (set, expected);
  assert_reads_back (set);
  conset_set_isa ("auto");
}
END_TEST

/* }}} */

/* {{{ large and endless */

/* Both orders of many positions list the same pairs. */
START_TEST (orders_agree_where_there_are_many)
{
  static const char *const texts[] = {
    "disc(0.02) * euclidMetric2d(random2d(20000, seed=1), affine([(0.6, -0.8), (0.8, 0.6)]) * "
    "random2d(15000, seed=2))",
    "within(0.05) * euclidToroidMetric2d(grid2d(150, height=150), random2d(20000, seed=2))",
    "annulus(0.05, 0.1) * euclidMetric3d(random3d(20000, seed=1))",
    "ellipse(0.1, 0.03, azimuth=20) * (random2d(20000, seed=1), grid2d(100, height=100))",
    "nearest(20) * euclidMetric2d(random2d(20000, seed=1))",
    "disc(0.4) * euclidMetric2d(random2d(5000, seed=1))",
    "disc(0.02) * euclidMetric2d(grid2d(150, height=150))",
  };
  g_autoptr (Conset) set = test_read (texts[_i]);
  guint64 n[2] = { 0, 0 }, sums[2] = { 0, 0 };

  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    {
      g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, order);
      ConsetBatch batch;

      while (conset_iter_next_batch (iter, &batch))
        for (gsize k = 0; k < batch.n; k++)
          {
            guint64 source = order == CONSET_TARGET_MAJOR ? batch.indices[k] : batch.line;
            guint64 target = order == CONSET_TARGET_MAJOR ? batch.line : batch.indices[k];

            n[order]++;
            sums[order] += (source * 30011 + target) * (source ^ (target << 20));
          }
      ck_assert (conset_iter_finish (iter, NULL));
    }
  ck_assert_uint_gt (n[0], 10000);
  ck_assert_uint_eq (n[0], n[1]);
  ck_assert_uint_eq (sums[0], sums[1]);
}
END_TEST

/* What is indexed of an endless geometry follows the window. */
START_TEST (windows_far_out_in_endless_geometries_are_looked_at)
{
  g_autoptr (Conset) set = test_read ("disc(0.1) * euclidMetric2d(random2d(seed=3))");
  guint64 far = G_GUINT64_CONSTANT (1) << 60, n, asked = 0;
  ConsetWindow window = { far, far + 300, far + 100, far + 200 };

  for (guint64 target = window.target_first; target < window.target_end; target++)
    for (guint64 source = window.source_first; source < window.source_end; source++)
      asked += conset_multiplicity (set, source, target);
  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    {
      g_autoptr (PairList) list = pair_list_of_set (set, &window, order, NULL);

      ck_assert_uint_eq (pair_list_length (list), asked);
    }
  ck_assert (conset_count (set, &window, &n, NULL));
  ck_assert_uint_eq (n, asked);
  ck_assert_uint_gt (asked, 500);
  ck_assert (!conset_count (set, NULL, &n, NULL));
}
END_TEST

/* Rows of a grid without a height go on, for candidates too; nearest neighbours stay in the grid.
 */
START_TEST (grids_without_an_end_are_looked_at_everywhere)
{
  g_autoptr (Conset) disc = test_read ("disc(0.5) * euclidMetric2d(grid2d(5))");
  g_autoptr (Conset) nearest = test_read ("nearest(3) * euclidMetric2d(grid2d(5))");

  ck_assert_uint_eq (conset_multiplicity (disc, 41, 42), 1);
  ck_assert_uint_eq (conset_multiplicity (nearest, 41, 42), 0);
  assert_same_everywhere (disc, N_INDICES);
  assert_same_everywhere (nearest, N_INDICES);
}
END_TEST

/* What is written in mm and in um is the same, to the last edge. */
START_TEST (units_change_no_edge)
{
  static const char *const texts[][2] = {
    { "disc(100 * um) * euclidMetric2d(mm * grid2d(30))",
      "disc(0.1 * mm) * euclidMetric2d(um * grid2d(30, xScale=1000, yScale=1000))" },
    { "rectangle(0.2 * mm, 400 * um, x0=50 * um) * (mm * grid2d(20))",
      "rectangle(200 * um, 0.4 * mm, x0=0.05 * mm) * (um * grid2d(20, xScale=1000, yScale=1000))" },
  };
  g_autoptr (Conset) a = test_read (texts[_i][0]), b = test_read (texts[_i][1]);
  g_autoptr (PairList) expected =
    pair_list_of_set (a, &CONSET_WINDOW (400, 400), CONSET_TARGET_MAJOR, NULL);
  g_autoptr (PairList) got =
    pair_list_of_set (b, &CONSET_WINDOW (400, 400), CONSET_SOURCE_MAJOR, NULL);

  ck_assert_uint_gt (pair_list_length (expected), 4000);
  ck_assert_uint_eq (pair_list_length (expected), pair_list_length (got));
  assert_reads_back (a);
  assert_reads_back (b);
}
END_TEST

/* Neighbours are found, and coins tossed for them, many lines at a time where lines are whole, and
 * tile by tile where they are not. */
static const char *const many_lines[] = {
  "disc(0.2) * euclidMetric2d(random2d(600, seed=1)) * random(0.1, seed=2)",
  "disc(0.05) * euclidMetric2d(random2d(600, seed=1)) * random(0.1, seed=2) * random(0.7, seed=3)",
  "annulus(0.05, 0.1) * euclidMetric2d(random2d(600, seed=1)) * random(0.5, seed=2)",
  "ball(0.2) * euclidMetric3d(random3d(600, seed=1)) * random(0.4, seed=2)",
  "disc(0.1) * euclidMetric2d(random2d(600, seed=1)) * random(0.01, seed=2)",
  "disc(0.9) * euclidMetric2d(random2d(600, seed=1)) * random(0.03, seed=2)",
  "disc(0.1) * euclidMetric2d(random2d(600, seed=1))",
  "disc(0.02) * euclidMetric2d(random2d(600, seed=1))",
  "disc(0.1) * euclidMetric2d(random2d(600, seed=1), affine([(2, 0), (0, 2)], (-0.5, -0.5)) * "
  "random2d(600, seed=2)) * random(0.6, seed=1)",
  "rectangle(0.2, 0.1, azimuth=30) * random2d(600, seed=1)",
  "disc(0.1) * cityBlockMetric2d(random2d(600, seed=1))",
  "disc(2.5) * euclidMetric2d(grid2d(25, height=24)) * random(0.3, seed=2)",
};

static void
assert_window (const char *text, const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  g_autofree guint8 *seen = g_malloc0 (600 * 600);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  g_autoptr (ConsetTask) task = conset_task_new ();
  guint64 source, target, last = 0, n = 0, counted;

  for (; conset_iter_next (iter, &source, &target); n++)
    {
      guint64 place = order == CONSET_TARGET_MAJOR ? 600 * target + source : 600 * source + target;

      if (n > 0 && place <= last)
        ck_abort_msg ("%s: pairs do not ascend", text);
      last = place;
      seen[600 * target + source]++;
    }
  ck_assert (conset_iter_finish (iter, NULL));
  ck_assert_uint_gt (n, 0);
  for (target = window->target_first; target < window->target_end; target++)
    for (source = window->source_first; source < window->source_end; source++)
      if (seen[600 * target + source] != conset_multiplicity (set, source, target))
        ck_abort_msg ("%s: (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")", text, source, target);
  conset_task_set_threads (task, 3);
  ck_assert (conset_parallel_count (set, window, task, &counted, NULL));
  ck_assert_uint_eq (counted, n);
}

START_TEST (many_lines_have_the_members_of_each)
{
  static const ConsetWindow windows[] = {
    { 0, 600, 0, 600 }, { 0, 600, 30, 593 }, { 70, 590, 0, 600 }, { 70, 590, 30, 600 }
  };
  g_autoptr (Conset) set = test_read (many_lines[_i]);

  for (guint k = 0; k < G_N_ELEMENTS (windows); k++)
    for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
      assert_window (many_lines[_i], set, &windows[k], order);
}
END_TEST

START_TEST (expected_counts_are_about_right)
{
  static const char *const texts[] = {
    "disc(0.05) * euclidMetric2d(random2d(3000, seed=1))",
    "annulus(0.1, 0.2) * euclidToroidMetric2d(random2d(3000, seed=1))",
    "rectangle(0.3, 0.1, azimuth=30) * (affine([(1, 0), (0, 1)], (3, 3)) * random2d(3000, seed=1))",
    "ball(0.2) * euclidMetric3d(random3d(3000, seed=1))",
    "disc(0.1) * cityBlockMetric2d(grid2d(50, height=50))",
    "disc(3) * maximumMetric2d(grid2d(50, height=50))",
    "nearest(7) * euclidMetric2d(grid2d(50, height=50))",
  };
  g_autoptr (Conset) set = test_read (texts[_i]);
  guint64 n;

  ck_assert (conset_count (set, NULL, &n, NULL));
  if (!(fabs (conset_expected_count (set, NULL) / (double) n - 1.0) < 0.15))
    ck_abort_msg ("%s: %g of %" G_GUINT64_FORMAT, texts[_i], conset_expected_count (set, NULL), n);
}
END_TEST

/* }}} */

/* {{{ errors */

typedef struct
{
  const char *text;
  const char *message;
} Wrong;

static const Wrong wrong[] = {
  { "disc(0.1) * grid2d(3)",
    "distances are needed, not positions; apply it to a metric of them, such as "
    "euclidMetric2d(g)" },
  { "disc(0.1) * random3d(3)", "such as euclidMetric3d(g)" },
  { "disc(0.1) * oneToOne",
    "distances are needed, not a set; apply it to a metric, such as euclidMetric2d(g), and put it "
    "and the metric in parentheses" },
  { "disc(-0.5) * euclidMetric2d(grid2d(3))",
    "disc(-0.5): the radius must be a number that is not negative" },
  { "disc(i) * euclidMetric2d(grid2d(3))",
    "disc(i): the radius differs between pairs; give one number for all" },
  { "annulus(2, 1) * euclidMetric2d(grid2d(3))",
    "annulus(2, 1): the inner radius is above the outer one; exchange them" },
  { "within(2 * nS) * euclidMetric2d(grid2d(3))",
    "within * euclidMetric2d(grid2d(3)): radii such as 2 * nS are in nS, and distances are pure "
    "numbers; multiply these by a unit, or divide the others by one" },
  { "rectangle(1, 1) * euclidMetric2d(grid2d(3))",
    "positions are needed, not a value set; apply it to a geometry, such as grid2d(30), or to two, "
    "(g1, g2)" },
  { "rectangle(1, -1) * grid2d(3)",
    "rectangle(-1): the height must be a number that is not negative" },
  { "rectangle(1, 1) * grid3d(3)",
    "rectangle * grid3d(3): the shape is of 2 dimensions, the positions are of 3; use the shape of "
    "their dimensions, or a projection" },
  { "box(1, 1, 1) * (random3d(5, seed=1), grid2d(3))",
    "box * grid2d(3): the shape is of 3 dimensions, the positions are of 2; use the shape of their "
    "dimensions, or a projection" },
  { "ellipse(1, 1, xScale=0) * grid2d(3)",
    "ellipse: the xScale of the torus is not above 0; give its size" },
  { "ellipse(1, 1 * mV) * grid2d(3)", "ellipse: sizes such as mV are in mV, and positions are pure "
                                      "numbers; multiply these by a unit, or "
                                      "divide the others by one" },
  { "ellipse(1, 1) * (mm * grid2d(3))", "ellipse: positions are in mm, and sizes such as 1 are "
                                        "pure numbers; multiply these by a unit, or "
                                        "divide the others by one" },
  { "nearest(3) * abs(i - j)",
    "nearest * abs(i - j): a metric of geometries is needed, such as euclidMetric2d(g); of other "
    "values it is not known how many pairs there are" },
  { "nearest(3) * euclidMetric2d(random2d(seed=1))",
    "nearest: random2d(seed=1) has endlessly many positions; give it a size below 2^32" },
};

START_TEST (what_is_wrong_is_said)
{
  g_autofree char *message = test_evaluate (wrong[_i].text);

  if (strstr (message, wrong[_i].message) == NULL)
    ck_abort_msg ("%s: %s", wrong[_i].text, message);
}
END_TEST

static void
bad_position (guint64 index, double *position, gpointer user_data G_GNUC_UNUSED)
{
  position[0] = index == 13 ? NAN : (double) index;
  position[1] = 0.0;
}

/* Both as what is indexed and as what has the lines. */
START_TEST (positions_that_are_no_numbers_end_an_evaluation)
{
  for (guint way = 0; way < 4; way++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Conset) set = NULL;
      ConsetGeometry *bad = conset_geometry_callback ("bad", 2, 20, bad_position, NULL, NULL);
      ConsetGeometry *good = conset_geometry_grid2d (5, 4, NULL, NULL);
      ConsetValue *metric =
        way % 2 == 0 ? conset_metric_euclid (bad, good) : conset_metric_euclid (good, bad);

      set = way < 2 ? conset_disc (conset_value_constant (1.5), metric)
                    : conset_nearest (2, TRUE, CONSET_TARGET_MAJOR, metric);
      for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
        {
          ck_assert (pair_list_of_set (set, &CONSET_WINDOW (20, 20), order, &error) == NULL);
          ck_assert_int_eq (error->code, CONSET_ERROR_VALUE);
          if (strstr (error->message, "<bad>") == NULL || strstr (error->message, "13") == NULL)
            ck_abort_msg ("%s", error->message);
          g_clear_error (&error);
        }
      /* Candidates alone are looked at. */
      if (way < 2)
        {
          guint64 source = 2, target = 3, n;
          g_autoptr (Conset) few =
            conset_intersect (conset_explicit (&source, &target, 1), conset_ref (set));

          ck_assert (conset_count (few, NULL, &n, NULL));
        }
    }
}
END_TEST

START_TEST (distances_that_are_no_numbers_end_an_evaluation)
{
  g_autoptr (Conset) set = test_read ("disc(1) * sqrt(i - j)");
  g_autoptr (GError) error = NULL;

  ck_assert (pair_list_of_set (set, &CONSET_WINDOW (4, 4), CONSET_TARGET_MAJOR, &error) == NULL);
  ck_assert_int_eq (error->code, CONSET_ERROR_VALUE);
}
END_TEST

/* }}} */

/* {{{ threads */

static gpointer
count_all (gpointer set)
{
  guint64 n = 0;
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_SOURCE_MAJOR);
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    n += batch.n;
  ck_assert (conset_iter_finish (iter, NULL));
  return GSIZE_TO_POINTER (n);
}

START_TEST (threads_share_what_is_found_once)
{
  static const char *const texts[] = {
    "disc(0.05) * euclidMetric2d(random2d(5000, seed=1))",
    "nearest(5) * euclidMetric2d(random2d(5000, seed=1))",
  };
  g_autoptr (Conset) set = test_read (texts[_i]);
  GThread *threads[4];
  gpointer n;

  for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
    threads[k] = g_thread_new ("count", count_all, set);
  n = g_thread_join (threads[0]);
  ck_assert_uint_gt (GPOINTER_TO_SIZE (n), 0);
  for (guint k = 1; k < G_N_ELEMENTS (threads); k++)
    ck_assert_ptr_eq (g_thread_join (threads[k]), n);
}
END_TEST

/* }}} */

static Suite *
spatial_suite (void)
{
  Suite *suite = suite_create ("spatial");
  int n = (int) test_number ("CONSET_SPATIAL_SETS", test_sanitized () ? 32 : 100);
  TCase *near = test_case_add (suite, "near");
  TCase *many = test_case_add (suite, "many");
  TCase *errors = test_case_add (suite, "errors");
  TCase *threads = test_case_add (suite, "threads");

  tcase_add_loop_test (near, distances_are_what_a_look_at_all_pairs_finds, 0, n);
  tcase_add_loop_test (near, shapes_are_what_a_look_at_all_pairs_finds, 0, n);
  tcase_add_loop_test (near, nearest_neighbours_are_what_sorting_finds, 0, n / 4);
  tcase_add_test (near, any_value_may_be_a_metric);
  tcase_add_loop_test (many, orders_agree_where_there_are_many, 0, 7);
  tcase_add_loop_test (many, many_lines_have_the_members_of_each, 0, G_N_ELEMENTS (many_lines));
  tcase_add_test (many, windows_far_out_in_endless_geometries_are_looked_at);
  tcase_add_test (many, grids_without_an_end_are_looked_at_everywhere);
  tcase_add_loop_test (many, units_change_no_edge, 0, 2);
  tcase_add_loop_test (many, expected_counts_are_about_right, 0, 7);
  tcase_add_loop_test (errors, what_is_wrong_is_said, 0, (int) G_N_ELEMENTS (wrong));
  tcase_add_test (errors, positions_that_are_no_numbers_end_an_evaluation);
  tcase_add_test (errors, distances_that_are_no_numbers_end_an_evaluation);
  tcase_add_loop_test (threads, threads_share_what_is_found_once, 0, 2);
  return suite;
}

int
main (void)
{
  return test_run (spatial_suite ());
}

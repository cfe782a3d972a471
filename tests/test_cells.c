/* SPDX-License-Identifier: MIT */
/*
 * Cells: every query against a look at all positions; positions on the rim, in one point, on a
 * line, none, and a million.
 */
#include "isas.h"
#include "support.h"

#include "cells.h"
#include "kernels.h"
#include "region.h"
#include "spatial.h"

#include <math.h>

/* {{{ the bound of squares */

/* sqrt (s) < r exactly for the s below the bound, up to the neighbours of the square. */
START_TEST (squares_below_the_bound_have_smaller_roots)
{
  static const double rims[] = { 0.1, 0.3, 1.0, 2.5, 1e-200, 1e-154, 1e154, 1e200, 5e-324, 1e308 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint trial = 0; trial < 2000; trial++)
    {
      double r =
        trial < G_N_ELEMENTS (rims) ? rims[trial] : exp (g_rand_double_range (rand, -300.0, 300.0));
      double bound = conset_square_bound (r), below = bound;

      ck_assert (!(sqrt (bound) < r));
      for (guint k = 0; k < 5 && below > 0.0; k++)
        {
          below = nextafter (below, 0.0);
          ck_assert (sqrt (below) < r);
        }
    }
}
END_TEST

/* }}} */

/* {{{ queries */

typedef struct
{
  ConsetGeometry *geometry;
  guint n_dimensions;
  gsize n;
  double *positions;
} Scene;

static void
scene_clear (Scene *scene)
{
  conset_geometry_unref (scene->geometry);
  g_free (scene->positions);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

/* Crowded around points, on lines along an axis, and far away. */
static ConsetGeometry *
uneven (guint n_dimensions, gsize n, guint seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autofree double *positions = g_new (double, n *n_dimensions);

  for (gsize k = 0; k < n; k++)
    for (guint d = 0; d < n_dimensions; d++)
      {
        double x = g_rand_double (rand);

        positions[k * n_dimensions + d] = k % 4 == 0             ? x * x * x
                                          : k % 4 == 1           ? floor (x * 5.0) / 5.0
                                          : k % 4 == 2 && d == 0 ? 0.3
                                          : k % 97 == 3          ? 100.0 * x
                                                                 : x;
      }
  return conset_geometry_array (n_dimensions, positions, n);
}

static ConsetGeometry *
scene_geometry (guint k)
{
  static const double scale[] = { 3.0, -2.0, 1.0 }, origin[] = { -1.0, 5.0, 0.25 };
  static const double flat[] = { 1.0, 0.0, 1.0 }, upright[] = { 0.0, 1.0, 1.0 };
  static const double thin[] = { 1.0, 1e-7, 1.0 }, far[] = { 1e9, -1e9, 1e9 };
  static const double one[] = { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 };

  switch (k)
    {
    case 0:
      return conset_geometry_random2d (1500, NULL, NULL, 3);
    case 1:
      return conset_geometry_random3d (1500, scale, origin, 3);
    case 2:
      return conset_geometry_grid2d (40, 30, NULL, NULL);
    case 3:
      return conset_geometry_grid2d (17, 23, scale, origin);
    case 4:
      return conset_geometry_grid3d (9, 11, 7, scale, origin);
    case 5:
      return conset_geometry_hexagonal (30, 40, 0.125, NULL);
    case 6:
      return uneven (2, 1500, 5);
    case 7:
      return uneven (3, 1500, 6);
    case 8:
      return conset_geometry_random3d (500, flat, NULL, 3);
    case 9:
      return conset_geometry_random2d (700, thin, far, 3);
    case 10:
      return conset_geometry_array (2, one, 4);
    case 11:
      return conset_geometry_array (2, one, 1);
    case 12:
      return conset_geometry_array (3, NULL, 0);
    case 13:
      return conset_geometry_random2d (1500, flat, NULL, 3);
    case 14:
      return conset_geometry_random2d (1500, upright, NULL, 3);
    default:
      return conset_geometry_part (3, 700, conset_geometry_grid2d (40, 30, NULL, NULL));
    }
}

#define N_SCENES 16

static void
scene_init (Scene *scene, guint k)
{
  scene->geometry = scene_geometry (k);
  scene->n_dimensions = conset_geometry_n_dimensions (scene->geometry);
  scene->n = conset_geometry_size (scene->geometry);
  scene->positions = g_new (double, scene->n * scene->n_dimensions + 1);
  ck_assert (
    conset_geometry_positions (scene->geometry, 0, NULL, scene->n, scene->positions, NULL));
}

static double
distance (const Scene *scene, gsize k, const double *center)
{
  const double *at = scene->positions + k * scene->n_dimensions;
  double dx = at[0] - center[0], dy = at[1] - center[1], dz;

  if (scene->n_dimensions == 2)
    return sqrt (dx * dx + dy * dy);
  dz = at[2] - center[2];
  return sqrt (dx * dx + dy * dy + dz * dz);
}

static void
assert_found (const Scene *scene, const ConsetFound *found, const double *center, double radius)
{
  gsize n = 0;

  for (gsize k = 0; k < scene->n; k++)
    if (distance (scene, k, center) < radius)
      {
        /* An assertion that holds costs a call of the system. */
        if (n >= found->n || found->indices[n] != k)
          ck_abort_msg ("radius %.17g: %zu is not found", radius, k);
        n++;
      }
  ck_assert_uint_eq (found->n, n);
}

/* Searches from one place, and as from many. */
static void
assert_disc (const Scene *scene, const ConsetCells *cells, const double *center, double radius)
{
  g_auto (ConsetFound) found = { 0 };
  g_auto (ConsetRegionSearch) search = { NULL, NULL, FALSE, NULL };
  ConsetRegion region;

  conset_cells_find_disc (cells, center, radius, &found);
  assert_found (scene, &found, center, radius);
  conset_region_init_distance (&region, CONSET_METRIC_EUCLID, scene->n_dimensions, NULL, 0.0,
                               radius);
  conset_region_search_init (&search, &region, cells, TRUE);
  conset_region_search_find (&search, center, &found);
  assert_found (scene, &found, center, radius);
}

/* A point of the scene, or one about it, or far off. */
static void
choose_center (const Scene *scene, GRand *rand, double center[3])
{
  const double *at =
    scene->positions
    + (scene->n > 0 ? g_rand_int_range (rand, 0, (int) scene->n) : 0) * scene->n_dimensions;

  for (guint d = 0; d < scene->n_dimensions; d++)
    {
      center[d] = scene->n > 0 ? at[d] : 0.0;
      if (g_rand_boolean (rand))
        center[d] += g_rand_double_range (rand, -0.3, 0.3);
      else if (g_rand_int_range (rand, 0, 4) == 0)
        center[d] += g_rand_double_range (rand, -10.0, 10.0);
    }
}

/* Radii of any size; such that a position is on the rim; and its neighbours. */
START_TEST (discs_are_what_a_search_of_all_finds)
{
  g_auto (Scene) scene = { 0 };
  g_autoptr (ConsetCells) cells = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint) _i);
  double center[3];

  ck_assert (conset_set_isa (isas[_i % 2]) || _i % 2 > 0);
  scene_init (&scene, (guint) _i / 2);
  cells = conset_cells_new (scene.geometry, NULL);
  ck_assert_ptr_nonnull (cells);
  for (guint trial = 0; trial < 300; trial++)
    {
      double radius = exp (g_rand_double_range (rand, -6.0, 1.5));

      choose_center (&scene, rand, center);
      assert_disc (&scene, cells, center, radius);
      if (scene.n == 0)
        continue;
      radius = distance (&scene, (gsize) g_rand_int_range (rand, 0, (int) scene.n), center);
      assert_disc (&scene, cells, center, radius);
      assert_disc (&scene, cells, center, nextafter (radius, INFINITY));
      assert_disc (&scene, cells, center, nextafter (radius, 0.0));
    }
  conset_set_isa ("auto");
}
END_TEST

START_TEST (extreme_discs_are_found)
{
  static const double radii[] = { 0.0, -1.0, 5e-324, 1e-160, 1e160, 1.7e308, INFINITY, NAN };
  static const double places[] = { 0.0, 0.5, 1e9, -1e160, 1.7e308, -1.7e308 };
  g_auto (Scene) scene = { 0 };
  g_autoptr (ConsetCells) cells = NULL;

  scene_init (&scene, (guint) _i);
  cells = conset_cells_new (scene.geometry, NULL);
  for (guint k = 0; k < G_N_ELEMENTS (radii); k++)
    for (guint place = 0; place < G_N_ELEMENTS (places); place++)
      {
        const double center[] = { places[place], places[place], places[place] };

        assert_disc (&scene, cells, center, radii[k]);
      }
}
END_TEST

/* }}} */

/* {{{ a million */

/* What is looked at does not grow with the number of positions. */
START_TEST (a_million_positions_are_found_among_few)
{
  enum
  {
    n = 1000000
  };
  double radius = sqrt (100.0 / (G_PI * n));
  g_autoptr (ConsetGeometry) geometry = conset_geometry_random2d (n, NULL, NULL, 12);
  const ConsetCells *cells = conset_geometry_cells (geometry, NULL);
  g_auto (ConsetFound) found = { 0 };
  g_autofree double *positions = g_new (double, 2 * n);
  gsize most = 0, sum = 0;

  ck_assert_ptr_nonnull (cells);
  ck_assert_ptr_eq (conset_geometry_cells (geometry, NULL), cells);
  ck_assert (conset_geometry_positions (geometry, 0, NULL, n, positions, NULL));
  for (guint64 k = 0; k < n; k += 499)
    {
      const double *center = positions + 2 * k;

      conset_cells_find_disc (cells, center, radius, &found);
      sum += found.n;
      most = MAX (most, found.n_looked_at);
      for (gsize i = 0; i < found.n; i++)
        {
          const double *at = positions + 2 * (gsize) found.indices[i];

          if (hypot (at[0] - center[0], at[1] - center[1]) > radius * 1.000001
              || (i > 0 && found.indices[i] <= found.indices[i - 1]))
            ck_abort_msg ("%u is wrong", found.indices[i]);
        }
    }
  ck_assert_uint_lt (most, 300);
  ck_assert_double_eq_tol ((double) sum / (n / 499 + 1), 100.0, 2.0);
}
END_TEST

START_TEST (cells_of_endless_geometries_are_refused)
{
  g_autoptr (ConsetGeometry) endless = conset_geometry_random2d (CONSET_INDEX_END, NULL, NULL, 1);
  g_autoptr (ConsetGeometry) large =
    conset_geometry_grid2d (G_GUINT64_CONSTANT (1) << 20, 1 << 20, NULL, NULL);
  GError *error = NULL;

  ck_assert (conset_geometry_cells (endless, &error) == NULL);
  ck_assert_str_eq (error->message, "random2d(seed=1) has endlessly many positions, of which no "
                                    "index can be made; give it a size below 2^32");
  g_clear_error (&error);
  ck_assert (conset_geometry_cells (large, &error) == NULL);
  g_clear_error (&error);
}
END_TEST

static gpointer
ask_for_cells (gpointer geometry)
{
  return (gpointer) conset_geometry_cells (geometry, NULL);
}

START_TEST (threads_share_cells)
{
  g_autoptr (ConsetGeometry) geometry = conset_geometry_random3d (20000, NULL, NULL, 1);
  GThread *threads[4];
  gpointer first;

  for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
    threads[k] = g_thread_new ("cells", ask_for_cells, geometry);
  first = g_thread_join (threads[0]);
  ck_assert_ptr_nonnull (first);
  for (guint k = 1; k < G_N_ELEMENTS (threads); k++)
    ck_assert_ptr_eq (g_thread_join (threads[k]), first);
}
END_TEST

/* }}} */

static Suite *
cells_suite (void)
{
  Suite *suite = suite_create ("cells");
  TCase *tcase = test_case_add (suite, "queries");

  tcase_add_test (tcase, squares_below_the_bound_have_smaller_roots);
  tcase_add_loop_test (tcase, discs_are_what_a_search_of_all_finds, 0, 2 * N_SCENES);
  tcase_add_loop_test (tcase, extreme_discs_are_found, 0, N_SCENES);
  tcase = test_case_add (suite, "a million");
  tcase_add_test (tcase, a_million_positions_are_found_among_few);
  tcase_add_test (tcase, cells_of_endless_geometries_are_refused);
  tcase_add_test (tcase, threads_share_cells);
  return suite;
}

int
main (void)
{
  return test_run (cells_suite ());
}

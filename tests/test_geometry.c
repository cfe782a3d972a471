/* SPDX-License-Identifier: MIT */
/*
 * Geometries: every kind against its formula, in any order and by any kernels; the inverse against
 * a search of all positions; layers, text and errors.
 */
#include "isas.h"
#include "positions.h"
#include "support.h"

#include <math.h>
#include <string.h>

/* {{{ positions */

START_TEST (grids_are_those_of_python)
{
  static const double scale[] = { 8.0, 3.0, -0.7 }, origin[] = { -7.0, 0.1, 2.5 };
  g_autoptr (ConsetGeometry) square = conset_geometry_grid2d (30, 30, NULL, NULL);
  g_autoptr (ConsetGeometry) plane = conset_geometry_grid2d (13, 57, scale, origin);
  g_autoptr (ConsetGeometry) space = conset_geometry_grid3d (7, 11, 13, scale, origin);
  const double step = 1.0 / 30.0;

  ck_assert (conset_set_isa (isas[_i]) || _i > 0);
  ck_assert_uint_eq (conset_geometry_size (square), 900);
  ck_assert_uint_eq (conset_geometry_size (plane), 13 * 57);
  ck_assert_uint_eq (conset_geometry_size (space), 7 * 11 * 13);
  ck_assert_uint_eq (conset_geometry_n_dimensions (plane), 2);
  ck_assert_uint_eq (conset_geometry_n_dimensions (space), 3);
  for (guint64 i = 0; i < 900; i++)
    assert_at (square, i, step * (double) (i % 30), step * (double) (i / 30), 0.0);
  for (guint64 i = 0; i < 13 * 57; i++)
    assert_at (plane, i, -7.0 + 8.0 / 13 * (double) (i % 13), 0.1 + 3.0 / 57 * (double) (i / 13),
               0.0);
  for (guint64 i = 0; i < 7 * 11 * 13; i++)
    assert_at (space, i, -7.0 + 8.0 / 7 * (double) (i % 7), 0.1 + 3.0 / 11 * (double) (i / 7 % 11),
               2.5 + -0.7 / 13 * (double) (i / 77));
  assert_consistent (square);
  assert_consistent (plane);
  assert_consistent (space);
  conset_set_isa ("auto");
}
END_TEST

/* Rows of any width, up to the greatest grid there is. */
START_TEST (large_grids_divide_exactly)
{
  static const guint64 widths[] = { 1, 2, 3, 7, 1000, 33554393, G_GUINT64_CONSTANT (1) << 30 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  ck_assert (conset_set_isa (isas[_i]) || _i > 0);
  for (guint k = 0; k < G_N_ELEMENTS (widths); k++)
    {
      guint64 width = widths[k], height = (G_GUINT64_CONSTANT (1) << 50) / width;
      double scale[] = { (double) width, (double) height };
      g_autoptr (ConsetGeometry) grid = conset_geometry_grid2d (width, height, scale, NULL);

      ck_assert (conset_geometry_check (grid, NULL));
      for (guint trial = 0; trial < 2000; trial++)
        {
          guint64 row = (guint64) (g_rand_double (rand) * (double) height);
          guint64 place = trial % 3 == 0   ? 0
                          : trial % 3 == 1 ? width - 1
                                           : (guint64) (g_rand_double (rand) * (double) width);

          assert_at (grid, row * width + place, (double) place, (double) row, 0.0);
        }
    }
  conset_set_isa ("auto");
}
END_TEST

START_TEST (hexagonal_grids_have_six_neighbours)
{
  static const double origin[] = { 2.0, -1.0 };
  g_autoptr (ConsetGeometry) grid = conset_geometry_hexagonal (9, 8, 0.25, origin);
  double all[72][2];

  ck_assert_uint_eq (conset_geometry_size (grid), 72);
  assert_consistent (grid);
  ck_assert (conset_geometry_positions (grid, 0, NULL, 72, &all[0][0], NULL));
  ck_assert_double_eq (all[0][0], 2.0);
  ck_assert_double_eq (all[0][1], -1.0);
  for (guint i = 0; i < 72; i++)
    {
      gboolean inside = i % 9 > 0 && i % 9 < 8 && i / 9 > 0 && i / 9 < 7;
      guint n_near = 0;

      ck_assert_double_eq_tol (all[i][0], 2.0 + 0.25 * (i % 9 + (i / 9 % 2 ? 0.5 : 0.0)), 1e-15);
      ck_assert_double_eq_tol (all[i][1], -1.0 + 0.25 * sqrt (0.75) * (i / 9), 1e-15);
      for (guint j = 0; j < 72; j++)
        n_near += j != i && hypot (all[i][0] - all[j][0], all[i][1] - all[j][1]) < 0.2501;
      ck_assert_uint_le (n_near, 6);
      if (inside)
        ck_assert_uint_eq (n_near, 6);
    }
}
END_TEST

START_TEST (arrays_are_what_they_hold)
{
  double plane[] = { 1.5, -2.0, 0.0, 1e300, -3.0, 4.0 };
  g_autoptr (ConsetGeometry) two = conset_geometry_array (2, plane, 3);
  g_autoptr (ConsetGeometry) three = conset_geometry_array (3, plane, 2);
  g_autoptr (ConsetGeometry) none = conset_geometry_array (2, NULL, 0);

  memset (plane, 0, sizeof plane);
  ck_assert_uint_eq (conset_geometry_size (two), 3);
  ck_assert_uint_eq (conset_geometry_size (three), 2);
  ck_assert_uint_eq (conset_geometry_size (none), 0);
  assert_at (two, 1, 0.0, 1e300, 0.0);
  assert_at (two, 2, -3.0, 4.0, 0.0);
  assert_at (three, 1, 1e300, -3.0, 4.0);
  assert_consistent (two);
  assert_consistent (three);
  ck_assert (conset_geometry_positions (none, 0, NULL, 0, NULL, NULL));
}
END_TEST

static void
count_call (gpointer user_data)
{
  ++*(guint *) user_data;
}

START_TEST (arrays_that_are_taken_are_destroyed_once)
{
  static const double positions[] = { 0.0, 1.0, 2.0, 3.0 }, wrong[] = { 0.0, NAN };
  guint n_calls = 0;
  ConsetGeometry *geometry = conset_geometry_array_take (2, positions, 2, &n_calls, count_call);
  ConsetGeometry *again = conset_geometry_ref (geometry);

  conset_geometry_unref (geometry);
  ck_assert_uint_eq (n_calls, 0);
  assert_at (again, 1, 2.0, 3.0, 0.0);
  conset_geometry_unref (again);
  ck_assert_uint_eq (n_calls, 1);
  conset_geometry_unref (conset_geometry_array_take (2, wrong, 1, &n_calls, count_call));
  ck_assert_uint_eq (n_calls, 2);
  conset_geometry_unref (conset_geometry_callback ("f", 2, 3, NULL, &n_calls, count_call));
  ck_assert_uint_eq (n_calls, 3);
}
END_TEST

/* A parabola; without a y from 100 on. */
static void
parabola (guint64 index, double *position, gpointer user_data)
{
  position[0] = (double) index;
  position[1] = index < 100 ? *(double *) user_data * (double) index * (double) index : NAN;
}

START_TEST (callbacks_are_called)
{
  double factor = 0.5;
  g_autoptr (ConsetGeometry) geometry =
    conset_geometry_callback ("parabola", 2, CONSET_INDEX_END, parabola, &factor, NULL);
  g_autoptr (GError) error = NULL;
  double positions[2 * 700];

  assert_at (geometry, 7, 7.0, 24.5, 0.0);
  ck_assert (!conset_geometry_positions (geometry, 50, NULL, 60, positions, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
  ck_assert_str_eq (error->message,
                    "<parabola>: coordinate y of position 100 is nan; coordinates are finite "
                    "numbers");
  ck_assert (conset_geometry_positions (geometry, 0, NULL, 100, positions, NULL));
}
END_TEST

/* }}} */

/* {{{ layers and parts */

static ConsetGeometry *
three_layers (void)
{
  static const double scale[] = { 2.0, 2.0 };
  const double two[] = { 5.0, 6.0, 7.0, 8.0 };
  ConsetGeometry *layers[] = { conset_geometry_grid2d (4, 4, NULL, NULL),
                               conset_geometry_array (2, two, 2),
                               conset_geometry_random2d (2000, scale, NULL, 3) };
  const char *names[] = { "L4", "L5", "L6" };

  return conset_geometry_layers (3, layers, names);
}

START_TEST (layers_follow_one_another)
{
  static const double scale[] = { 2.0, 2.0 };
  g_autoptr (ConsetGeometry) layers = three_layers ();
  g_autoptr (ConsetGeometry) last = conset_geometry_random2d (2000, scale, NULL, 3);
  double at[3];

  ck_assert_uint_eq (conset_geometry_size (layers), 16 + 2 + 2000);
  assert_consistent (layers);
  assert_at (layers, 6, 0.5, 0.25, 0.0);
  assert_at (layers, 17, 7.0, 8.0, 0.0);
  for (guint64 i = 0; i < 2000; i += 37)
    {
      look_up (last, i, at);
      assert_at (layers, 18 + i, at[0], at[1], 0.0);
    }
}
END_TEST

START_TEST (layers_are_found_by_name)
{
  ConsetGeometry *inner[] = { three_layers (), three_layers () };
  ConsetGeometry *both = conset_geometry_layers (2, inner, NULL);
  g_autoptr (ConsetGeometry) part = conset_geometry_part (17, 2019, conset_geometry_ref (both));
  guint64 first, end;

  ck_assert (conset_geometry_find_layer (both, "L5", &first, &end));
  ck_assert_uint_eq (first, 16);
  ck_assert_uint_eq (end, 18);
  ck_assert (!conset_geometry_find_layer (both, "L7", &first, &end));
  ck_assert_str_eq (conset_geometry_layer_of (both, 2018 + 16), "L5");
  ck_assert_str_eq (conset_geometry_layer_of (both, 2018), "L4");
  ck_assert (conset_geometry_layer_of (both, 2 * 2018) == NULL);
  ck_assert (conset_geometry_find_layer (part, "L5", &first, &end));
  ck_assert_uint_eq (first, 0);
  ck_assert_uint_eq (end, 1);
  ck_assert (conset_geometry_find_layer (part, "L6", &first, &end));
  ck_assert_uint_eq (first, 1);
  ck_assert_uint_eq (end, 2001);
  ck_assert (!conset_geometry_find_layer (part, "L4", &first, &end));
  ck_assert_str_eq (conset_geometry_layer_of (part, 0), "L5");
  ck_assert_str_eq (conset_geometry_layer_of (part, 2001), "L4");
  conset_geometry_unref (both);
}
END_TEST

START_TEST (parts_count_from_zero)
{
  g_autoptr (ConsetGeometry) all = conset_geometry_random3d (CONSET_INDEX_END, NULL, NULL, 9);
  g_autoptr (ConsetGeometry) part = conset_geometry_part (1000, 4000, conset_geometry_ref (all));
  g_autoptr (ConsetGeometry) none = conset_geometry_part (5, 5, conset_geometry_ref (all));
  double at[3];

  ck_assert_uint_eq (conset_geometry_size (part), 3000);
  ck_assert_uint_eq (conset_geometry_size (none), 0);
  assert_consistent (part);
  look_up (all, 1999, at);
  assert_at (part, 999, at[0], at[1], at[2]);
}
END_TEST

/* }}} */

/* {{{ extent and inverse */

static ConsetGeometry *
sample (guint k)
{
  static const double scale[] = { 8.0, 3.0, 0.7 }, mirror[] = { -8.0, 3.0 };
  static const double origin[] = { -7.0, 0.1, 2.5 }, offset[] = { 0.02, 0.1, 0.3 };
  static const double line[] = { 1.0, 2.0, 1.0, 3.0, 1.0, 2.0, 1.0, 2.5 };
  static const double one[] = { 1.0, 2.0, 1.0, 2.0, 1.0, 2.0 };

  switch (k)
    {
    case 0:
      return conset_geometry_grid2d (13, 17, scale, origin);
    case 1:
      return conset_geometry_grid2d (13, 17, mirror, origin);
    case 2:
      return conset_geometry_grid3d (5, 6, 7, scale, origin);
    case 3:
      return conset_geometry_hexagonal (12, 9, 0.3, origin);
    case 4:
      return conset_geometry_random2d (300, scale, origin, 1);
    case 5:
      return conset_geometry_random3d (300, scale, NULL, 1);
    case 6:
      return conset_geometry_jitter (offset, 4, conset_geometry_grid3d (6, 6, 6, NULL, origin));
    case 7:
      return three_layers ();
    case 8:
      return conset_geometry_array (2, line, 4);
    default:
      return conset_geometry_array (2, one, 3);
    }
}

#define N_SAMPLES 10

START_TEST (extents_hold_all_positions)
{
  g_autoptr (ConsetGeometry) geometry = sample ((guint) _i);
  guint n_dimensions = conset_geometry_n_dimensions (geometry);
  gboolean drawn = _i == 4 || _i == 5;
  double low[3], high[3], least[3] = { INFINITY, INFINITY, INFINITY };
  double greatest[3] = { -INFINITY, -INFINITY, -INFINITY };

  ck_assert (conset_geometry_extent (geometry, low, high, NULL));
  for (guint64 i = 0; i < conset_geometry_size (geometry); i++)
    {
      double at[3];

      look_up (geometry, i, at);
      for (guint d = 0; d < n_dimensions; d++)
        {
          least[d] = MIN (least[d], at[d]);
          greatest[d] = MAX (greatest[d], at[d]);
        }
    }
  for (guint d = 0; d < n_dimensions; d++)
    {
      ck_assert (drawn ? low[d] <= least[d] : low[d] == least[d]);
      ck_assert (drawn ? high[d] >= greatest[d] : high[d] == greatest[d]);
    }
}
END_TEST

/* Of those whose distance is the least one the first. */
static guint64
search_nearest (const ConsetGeometry *geometry, const double *position)
{
  guint n_dimensions = conset_geometry_n_dimensions (geometry);
  guint64 best = 0;
  double least = INFINITY;

  for (guint64 i = 0; i < conset_geometry_size (geometry); i++)
    {
      double at[3], square = 0.0;

      look_up (geometry, i, at);
      for (guint d = 0; d < n_dimensions; d++)
        square += (at[d] - position[d]) * (at[d] - position[d]);
      if (square < least)
        {
          least = square;
          best = i;
        }
    }
  return best;
}

START_TEST (nearest_is_the_nearest)
{
  g_autoptr (ConsetGeometry) geometry = sample ((guint) _i);
  guint n_dimensions = conset_geometry_n_dimensions (geometry);
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);
  double low[3], high[3], position[3];
  guint64 found;

  ck_assert (conset_geometry_extent (geometry, low, high, NULL));
  for (guint64 i = 0; i < MIN (conset_geometry_size (geometry), 200); i++)
    {
      look_up (geometry, i, position);
      ck_assert (conset_geometry_nearest (geometry, position, &found, NULL));
      if (_i < 8)
        ck_assert_uint_eq (found, i);
      else
        ck_assert_uint_eq (found, search_nearest (geometry, position));
    }
  for (guint trial = 0; trial < 300; trial++)
    {
      for (guint d = 0; d < n_dimensions; d++)
        position[d] = low[d] + (high[d] - low[d] + 0.1) * g_rand_double_range (rand, -1.0, 2.0);
      if (trial == 0)
        position[0] = 100.0;
      ck_assert (conset_geometry_nearest (geometry, position, &found, NULL));
      ck_assert_uint_eq (found, search_nearest (geometry, position));
    }
}
END_TEST

START_TEST (endless_geometries_have_no_extent)
{
  g_autoptr (ConsetGeometry) endless =
    conset_geometry_callback ("f", 2, CONSET_INDEX_END, parabola, NULL, NULL);
  g_autoptr (ConsetGeometry) drawn = conset_geometry_random2d (CONSET_INDEX_END, NULL, NULL, 1);
  g_autoptr (ConsetGeometry) none = conset_geometry_array (2, NULL, 0);
  static const double position[] = { 0.0, 0.0 };
  double low[3], high[3];
  guint64 index;
  GError *error = NULL;

  ck_assert (conset_geometry_extent (drawn, low, high, NULL));
  ck_assert_double_eq (high[1], 1.0);
  ck_assert (!conset_geometry_extent (endless, low, high, &error));
  ck_assert_str_eq (error->message, "<f> has endlessly many positions, so that there is no extent; "
                                    "give it a size");
  g_clear_error (&error);
  ck_assert (!conset_geometry_nearest (drawn, position, &index, NULL));
  ck_assert (!conset_geometry_nearest (none, position, &index, &error));
  ck_assert_str_eq (error->message, "positions([]) has no positions, so that there is no nearest "
                                    "one; give it a size");
  g_clear_error (&error);
}
END_TEST

/* }}} */

/* {{{ text and errors */

static void
assert_text (ConsetGeometry *geometry, const char *expected)
{
  g_autofree char *text = conset_geometry_to_string (geometry);

  ck_assert_str_eq (text, expected);
  conset_geometry_unref (geometry);
}

/* Of a square and a cube, that go on. */
START_TEST (rows_go_on_where_no_height_is_given)
{
  const double scale[] = { 2.0, 4.0, 8.0 };
  const guint64 open = CONSET_INDEX_END, far = (G_GUINT64_CONSTANT (1) << 50) - 1;
  g_autoptr (ConsetGeometry) square = conset_geometry_grid2d (4, open, scale, NULL);
  g_autoptr (ConsetGeometry) cube = conset_geometry_grid3d (4, open, open, scale, NULL);
  g_autoptr (ConsetGeometry) moved = conset_geometry_jitter (
    (const double[]){ 0.0, 0.0, 0.0 }, 1,
    conset_geometry_part (0, 16, conset_geometry_jitter (scale, 1, conset_geometry_ref (square))));
  g_autoptr (GError) error = NULL;
  double position[CONSET_MAX_DIMENSIONS];

  ck_assert_uint_eq (conset_geometry_size (square), 16);
  ck_assert_uint_eq (conset_geometry_size (cube), 64);
  ck_assert_uint_eq (conset_geometry_end (cube), far + 1);
  ck_assert_uint_eq (conset_geometry_end (moved), 16);
  assert_at (square, 15, 1.5, 3.0, 0.0);
  assert_at (square, 4 * 7 + 2, 1.0, 7.0, 0.0);
  assert_at (square, far, 1.5, (double) (far / 4), 0.0);
  assert_at (cube, 16 * 9 + 4 * 2 + 1, 0.5, 2.0, 18.0);
  ck_assert (!conset_geometry_position (square, far + 1, position, &error));
  assert_text (conset_geometry_ref (square), "grid2d(4, xScale=2, yScale=4)");
  assert_text (conset_geometry_ref (cube), "grid3d(4, xScale=2, yScale=4, zScale=8)");
  if (conset_has_units ())
    assert_text (conset_geometry_in_unit ("mm", conset_geometry_ref (square)),
                 "grid2d(4, xScale=2 * mm, yScale=4 * mm)");
}
END_TEST

START_TEST (geometries_print)
{
  static const double scale[] = { 8.0, 1.0, 8.0 }, origin[] = { -7.0, 0.0, 0.5 };
  static const double positions[] = { 0.5, -1.0, 2.0, 3.0, 4.0, 5.0 };
  static const double offset[] = { 0.1, 0.1 }, offsets[] = { 0.1, 0.2, 0.1 };

  assert_text (conset_geometry_grid2d (30, 30, NULL, NULL), "grid2d(30, height=30)");
  assert_text (conset_geometry_grid2d (30, 20, scale, origin),
               "grid2d(30, xScale=8, x0=-7, height=20)");
  assert_text (conset_geometry_grid3d (7, 7, 7, NULL, NULL), "grid3d(7, depth=7)");
  assert_text (conset_geometry_grid3d (7, 7, 8, scale, origin),
               "grid3d(7, xScale=8, zScale=8, x0=-7, z0=0.5, depth=8)");
  assert_text (conset_geometry_hexagonal (10, 10, 0.1, NULL), "hexagonal2d(10)");
  assert_text (conset_geometry_hexagonal (10, 5, 1.0, origin),
               "hexagonal2d(10, spacing=1, x0=-7, height=5)");
  assert_text (conset_geometry_random2d (900, NULL, NULL, 1), "random2d(900, seed=1)");
  assert_text (conset_geometry_random3d (CONSET_INDEX_END, scale, origin, 1),
               "random3d(seed=1, xScale=8, zScale=8, x0=-7, z0=0.5)");
  assert_text (conset_geometry_array (2, positions, 3), "positions([(0.5, -1), (2, 3), (4, 5)])");
  assert_text (conset_geometry_array (3, positions, 2), "positions([(0.5, -1, 2), (3, 4, 5)])");
  assert_text (conset_geometry_array (3, NULL, 0), "positions([], dimensions=3)");
  assert_text (conset_geometry_jitter (offset, 2, conset_geometry_grid2d (3, 3, NULL, NULL)),
               "jitter(grid2d(3, height=3), 0.1, seed=2)");
  assert_text (conset_geometry_jitter (offsets, 2, conset_geometry_grid3d (3, 3, 3, NULL, NULL)),
               "jitter(grid3d(3, depth=3), 0.1, y=0.2, seed=2)");
  assert_text (three_layers (), "layers(L4=grid2d(4, height=4), L5=positions([(5, 6), (7, 8)]), "
                                "L6=random2d(2000, seed=3, xScale=2, yScale=2))");
  assert_text (conset_geometry_part (2, 7, conset_geometry_grid2d (3, 3, NULL, NULL)),
               "part(grid2d(3, height=3), 2, 7)");
  assert_text (conset_geometry_callback ("mine", 2, 3, parabola, NULL, NULL), "<mine>");
}
END_TEST

static void
assert_error (ConsetGeometry *geometry, const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = conset_geometry_to_string (geometry), *shown = NULL;
  double position[3];

  ck_assert (!conset_geometry_check (geometry, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_str_eq (error->message, expected);
  ck_assert_uint_eq (conset_geometry_n_dimensions (geometry), 0);
  ck_assert_uint_eq (conset_geometry_size (geometry), 0);
  ck_assert (!conset_geometry_position (geometry, 0, position, NULL));
  shown = g_strdup_printf ("<error: %s>", expected);
  ck_assert_str_eq (text, shown);
  conset_geometry_unref (geometry);
}

#define LARGE (G_GUINT64_CONSTANT (1) << 26)

START_TEST (wrong_arguments_are_errors)
{
  static const double zero[] = { 1.0, 0.0, 1.0 }, nan[] = { 1.0, NAN }, inf[] = { -INFINITY, 1.0 };
  static const double huge[] = { 1.5e308, 1.5e308 }, negative[] = { 0.1, -0.1 };
  ConsetGeometry *clash[] = { conset_geometry_grid2d (3, 3, NULL, NULL),
                              conset_geometry_grid3d (3, 3, 3, NULL, NULL) };
  ConsetGeometry *endless[] = { conset_geometry_random2d (CONSET_INDEX_END, NULL, NULL, 1),
                                conset_geometry_grid2d (3, 3, NULL, NULL) };
  ConsetGeometry *twins[] = { conset_geometry_grid2d (3, 3, NULL, NULL),
                              conset_geometry_grid2d (3, 3, NULL, NULL) };
  ConsetGeometry *wrong[] = { conset_geometry_grid2d (3, 3, NULL, NULL),
                              conset_geometry_grid2d (0, 3, NULL, NULL) };
  const char *same[] = { "E", "E" }, *bad[] = { "E", "1" };

  assert_error (conset_geometry_grid2d (0, 3, NULL, NULL),
                "grid2d: the width is 0; it is at least 1");
  assert_error (conset_geometry_grid3d (3, 3, 0, NULL, NULL),
                "grid3d: the depth is 0; it is at least 1");
  assert_error (conset_geometry_grid2d (LARGE, LARGE, NULL, NULL),
                "grid2d: there are more than 2^50 positions; make the grid smaller");
  assert_error (conset_geometry_grid2d (3, 3, nan, NULL),
                "grid2d: the scale is nan; give finite numbers");
  assert_error (conset_geometry_grid2d (3, 3, NULL, inf),
                "grid2d: the origin is -inf; give finite numbers");
  assert_error (conset_geometry_grid2d (3, 3, zero, NULL),
                "grid2d: the yScale is 0; give the size of the grid");
  assert_error (conset_geometry_grid2d (3, 3, huge, huge),
                "grid2d: the positions along x do not fit doubles; use another unit of length");
  assert_error (conset_geometry_hexagonal (3, 3, 0.0, NULL),
                "hexagonal2d: the spacing is not above 0; give a distance");
  assert_error (conset_geometry_random2d (3, huge, huge, 1),
                "random2d: the positions along x do not fit doubles; use another unit of length");
  assert_error (conset_geometry_array (4, zero, 0), "positions: 4 dimensions; give 2 or 3");
  assert_error (conset_geometry_array (2, nan, 1),
                "positions: coordinate y of position 0 is nan; use finite numbers");
  assert_error (conset_geometry_jitter (negative, 1, conset_geometry_grid2d (3, 3, NULL, NULL)),
                "jitter: the offset along y is negative; give the greatest one in either "
                "direction");
  assert_error (conset_geometry_jitter (negative, 1, conset_geometry_grid2d (3, 0, NULL, NULL)),
                "grid2d: the height is 0; it is at least 1");
  assert_error (
    conset_geometry_part (2, 10, conset_geometry_grid2d (3, 3, NULL, NULL)),
    "part(grid2d(3, height=3), 2, 10): the geometry has 9 positions; give a first index and one "
    "past the last, in this order");
  assert_error (conset_geometry_layers (0, NULL, NULL),
                "layers: there are none; give at least one geometry");
  assert_error (conset_geometry_layers (2, clash, NULL),
                "layers: layer 0 has 2 dimensions, and layer 1 has 3; use as many in all");
  assert_error (conset_geometry_layers (2, endless, NULL),
                "layers: layer 0 has endlessly many positions, so that none can follow; "
                "give it a size");
  for (guint k = 0; k < 2; k++)
    conset_geometry_ref (twins[k]);
  assert_error (conset_geometry_layers (2, twins, same),
                "layers(E): two layers have this name; use another");
  assert_error (
    conset_geometry_layers (2, twins, bad),
    "layers: the name of layer 1 is no name; use letters, digits and _, a letter first");
  assert_error (conset_geometry_layers (2, wrong, NULL),
                "grid2d: the width is 0; it is at least 1");
}
END_TEST

START_TEST (missing_positions_are_named)
{
  g_autoptr (ConsetGeometry) grid = conset_geometry_grid2d (3, 3, NULL, NULL);
  g_autoptr (GError) error = NULL;
  double positions[2 * 20];

  ck_assert (!conset_geometry_positions (grid, 4, NULL, 20, positions, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
  ck_assert_str_eq (error->message, "grid2d(3, height=3) has 9 positions, and none for index 9; "
                                    "ask for indices from 0 to below that");
}
END_TEST

START_TEST (deep_geometries_are_refused)
{
  ConsetGeometry *geometry = conset_geometry_grid2d (30, 30, NULL, NULL);

  for (guint k = 0; k < 99; k++)
    geometry = conset_geometry_part (0, 900 - k, geometry);
  ck_assert (conset_geometry_check (geometry, NULL));
  assert_consistent (geometry);
  assert_error (conset_geometry_part (0, 10, geometry),
                "part: the geometry is nested more than 100 operators deep; compute its positions, "
                "and give them as an array");
}
END_TEST

/* }}} */

static Suite *
geometry_suite (void)
{
  Suite *suite = suite_create ("geometry");
  TCase *tcase = test_case_add (suite, "positions");

  tcase_add_loop_test (tcase, grids_are_those_of_python, 0, N_ISAS);
  tcase_add_loop_test (tcase, large_grids_divide_exactly, 0, N_ISAS);
  tcase_add_test (tcase, hexagonal_grids_have_six_neighbours);
  tcase_add_test (tcase, arrays_are_what_they_hold);
  tcase_add_test (tcase, arrays_that_are_taken_are_destroyed_once);
  tcase_add_test (tcase, callbacks_are_called);
  tcase = test_case_add (suite, "layers");
  tcase_add_test (tcase, layers_follow_one_another);
  tcase_add_test (tcase, layers_are_found_by_name);
  tcase_add_test (tcase, parts_count_from_zero);
  tcase = test_case_add (suite, "inverse");
  tcase_add_loop_test (tcase, extents_hold_all_positions, 0, N_SAMPLES);
  tcase_add_loop_test (tcase, nearest_is_the_nearest, 0, N_SAMPLES);
  tcase_add_test (tcase, endless_geometries_have_no_extent);
  tcase = test_case_add (suite, "errors");
  tcase_add_test (tcase, rows_go_on_where_no_height_is_given);
  tcase_add_test (tcase, geometries_print);
  tcase_add_test (tcase, wrong_arguments_are_errors);
  tcase_add_test (tcase, missing_positions_are_named);
  tcase_add_test (tcase, deep_geometries_are_refused);
  return suite;
}

int
main (void)
{
  return test_run (geometry_suite ());
}

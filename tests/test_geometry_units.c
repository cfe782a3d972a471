/* SPDX-License-Identifier: MIT */
/*
 * Units of geometries: a model in mm is, to the last bit, that in um, whatever it is made of; what
 * is printed reads back as the same bits; what goes in and out is in the unit of the geometry;
 * grids between two positions are those of numpy.linspace; and every error.
 */
#include "positions.h"
#include "support.h"

#include <math.h>
#include <string.h>

#define N_PLACES 24

/* {{{ models in two units */

/* The same values twice, as written in one unit and in another. */
static const struct
{
  const char *one;
  const char *other;
} models[] = {
  { "euclidMetric2d(grid2d(7, xScale=0.07*mm, yScale=0.1*mm, x0=-0.0123*mm))",
    "euclidMetric2d(grid2d(7, xScale=70*um, yScale=100*um, x0=-12.3*um))" },
  { "euclidMetric2d(grid2d(7) * mm)", "euclidMetric2d(grid2d(7, 1000, 1000) * um)" },
  { "euclidMetric2d(grid2d(7, xScale=0.07*mm, yScale=100*um))",
    "euclidMetric2d(grid2d(7, xScale=7*unit('cm')/1000, yScale=0.1*mm))" },
  { "euclidMetric3d(grid3d(3, 0.07*mm, 0.3*mm, 1.1*mm, 0, 0, 0.7*mm))",
    "euclidMetric3d(grid3d(3, 70, 300, 1100, 0, 0, 700) * um)" },
  { "euclidMetric2d(grid2d(20, x0=-0.07*mm, x1=0.9*mm, y1=1*mm))",
    "euclidMetric2d(grid2d(20, x0=-70*um, x1=900*um, y1=1000*um))" },
  { "euclidMetric3d(grid3d(3, x1=0.07*mm, y1=0.9*mm, z1=1*mm))",
    "euclidMetric3d(grid3d(3, x1=70, y1=900, z1=1000) * um)" },
  { "dx(hexagonal2d(7, 0.07*mm, y0=0.3*mm), box=0.31*mm)",
    "dx(hexagonal2d(7, 70*um, y0=300*um), box=310*um)" },
  { "dy(hexagonal2d(8) * mm)", "dy(hexagonal2d(8, 125) * um)" },
  { "cityBlockMetric2d(random2d(xScale=0.07*mm, yScale=1*mm, seed=3))",
    "cityBlockMetric2d(random2d(xScale=70*um, yScale=1000*um, seed=3))" },
  { "maximumMetric3d(random3d(50, 0.07*mm, 0.7*mm, 0.3*mm, seed=3))",
    "maximumMetric3d(random3d(50, 70*um, 700*um, 300*um, seed=3))" },
  { "euclidMetric2d(jitter(grid2d(7) * mm, 0.07*mm, y=0.03*mm, seed=4))",
    "euclidMetric2d(jitter(grid2d(7, 1000, 1000) * um, 70*um, y=30*um, seed=4))" },
  { "euclidMetric2d(jitter(grid2d(7), 0.07, seed=4) * mm)",
    "euclidMetric2d(jitter(grid2d(7, 1000, 1000), 70, seed=4) * um)" },
  { "euclidToroidMetric2d(grid2d(7, 0.07, 0.03) * mm, xScale=0.07*mm, yScale=0.03*mm)",
    "euclidToroidMetric2d(grid2d(7, 70, 30) * um, xScale=70*um, yScale=30*um)" },
  { "euclidToroidMetric3d(grid3d(3) * mm, xScale=1*mm, yScale=1*mm, zScale=0.9*mm)",
    "euclidToroidMetric3d(grid3d(3) * mm, xScale=1000*um, yScale=1*mm, zScale=900*um)" },
  { "euclidMetric2d(positions([(0.07, 1.1), (0.3, 1e-5), (0, -7.7)]) * mm)",
    "euclidMetric2d(positions([(70*um, 1.1*mm), (300*um, 10*nm), (0, -7700*um)]))" },
  { "euclidMetric2d(layers(a=positions([(0.07, 1.1), (0.3, 1e-5)]), b=random2d(xScale=0.07, "
    "seed=1)) * mm)",
    "euclidMetric2d(layers(a=positions([(70, 1100), (300, 0.01)]) * um, "
    "b=random2d(xScale=70*um, yScale=1*mm, seed=1)))" },
  { "euclidMetric2d(part(random2d(xScale=0.07, yScale=0.3, seed=1), 5, 60) * mm)",
    "euclidMetric2d(part(random2d(xScale=70*um, yScale=300*um, seed=1), 5, 60))" },
  { "euclidMetric2d(affine([(0.3, -0.7), (1.1, 0)], (0.07*mm, 0)) * (grid2d(7) * mm))",
    "euclidMetric2d(affine([(0.3, -0.7), (1.1, 0)], (70, 0)) * grid2d(7, 1000, 1000) * um)" },
  { "A = affine([(0.3, -0.7), (1.1, 0)], (0.07, 0)); euclidMetric2d(A * A * grid2d(7) * mm)",
    "A = affine([(0.3, -0.7), (1.1, 0)], (70*um, 0)); euclidMetric2d(A * A * (grid2d(7) * mm))" },
  { "euclidMetric2d(grid2d(7) * mm, grid2d(9) * mm)",
    "euclidMetric2d(grid2d(7) * mm, grid2d(9, 1000, 1000) * um)" },
  { "convert(euclidMetric2d(grid2d(7) * mm), um)", "euclidMetric2d(convert(grid2d(7) * mm, um))" },
  { "P = ProjectionOperator(lambda p: (p[0] * p[1], exp(p[0]))); "
    "euclidMetric2d(P * (grid2d(7, 0.3, 0.7) * mm / mm) * mm)",
    "P = ProjectionOperator(lambda p: (p[0] * p[1], exp(p[0]))); "
    "euclidMetric2d(P * (grid2d(7, 300*um, 700*um) / mm) * mm)" },
  { "euclidMetric2d(grid2d(7) * mm / mm * mm)", "euclidMetric2d(grid2d(7, 1000, 1000) * um)" },
};

/* A connection set whose one value is the last expression of @text. */
static Conset *
parse_value (const char *text)
{
  const char *last = strrchr (text, ';');
  gsize before = last != NULL ? (gsize) (last + 1 - text) : 0;
  g_autofree char *all = g_strdup_printf ("%.*s cset(cross(range(%d), range(%d)), %s)",
                                          (int) before, text, N_PLACES, N_PLACES, text + before);
  g_autoptr (GError) error = NULL;
  Conset *set = conset_parse (all, 1, &error);

  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
  return set;
}

/* The values of a connection set, in um. */
static void
values_of (const Conset *set, double *values)
{
  g_autoptr (ConsetValue) value = conset_value_of (conset_ref (set), 0);

  if (conset_value_get_unit (value) != NULL)
    value = conset_value_to_unit (g_steal_pointer (&value), "um");
  for (guint64 j = 0; j < N_PLACES; j++)
    for (guint64 i = 0; i < N_PLACES; i++)
      {
        double number = conset_value_at (value, i, j);

        values[j * N_PLACES + i] = isnan (number) ? -1.0 : number;
      }
}

START_TEST (units_change_no_bit)
{
  double one[N_PLACES * N_PLACES], other[N_PLACES * N_PLACES], again[N_PLACES * N_PLACES];
  g_autoptr (Conset) a = NULL, b = NULL, c = NULL;
  g_autofree char *text = NULL, *text_again = NULL;

  if (!conset_has_units ())
    return;
  a = parse_value (models[_i].one);
  b = parse_value (models[_i].other);
  values_of (a, one);
  values_of (b, other);
  ck_assert_msg (memcmp (one, other, sizeof one) == 0, "'%s' and '%s' differ", models[_i].one,
                 models[_i].other);

  text = conset_to_string (a);
  c = conset_parse (text, 2, NULL);
  ck_assert_msg (c != NULL, "'%s' is not read back", text);
  text_again = conset_to_string (c);
  ck_assert_str_eq (text, text_again);
  values_of (c, again);
  ck_assert_msg (memcmp (one, again, sizeof one) == 0, "'%s' is read back otherwise", text);
}
END_TEST

/* Any numbers in any units are printed such that they are read back as the same bits. */
START_TEST (what_is_printed_has_the_same_bits)
{
  static const char *const units[] = { "um", "mm", "m", "nm", "inch", "cm", "angstrom" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint trial = 0; conset_has_units () && trial < 300; trial++)
    {
      double values[N_PLACES * N_PLACES], again[N_PLACES * N_PLACES];
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (Conset) set = NULL, read = NULL;
      g_autofree char *printed = NULL;
      double numbers[4];

      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        numbers[k] =
          ldexp (g_rand_double_range (rand, -1.0, 1.0), g_rand_int_range (rand, -20, 20));
      g_string_append (text, trial % 3 == 0   ? "euclidMetric2d(convert(positions([("
                             : trial % 3 == 1 ? "euclidMetric2d(convert(grid2d(3, "
                                              : "dx(convert(random2d(9, seed=1, ");
      for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
        {
          static const char *const names[2][4] = { { "xScale=", "yScale=", "x0=", "y0=" },
                                                   { "x0=", "y0=", "x1=", "y1=" } };
          char digits[CONSET_DOUBLE_SIZE];

          conset_write_double (digits, numbers[k]);
          g_string_append_printf (text, "%s%s%s * unit('%s')",
                                  k == 0                         ? ""
                                  : trial % 3 == 0 && k % 2 == 0 ? "), ("
                                                                 : ", ",
                                  trial % 3 != 0 ? names[trial % 3 == 1][k] : "", digits,
                                  units[trial / 3 % G_N_ELEMENTS (units)]);
        }
      g_string_append_printf (text, "%s, unit('%s')))", trial % 3 == 0 ? ")])" : ")",
                              units[trial / 5 % G_N_ELEMENTS (units)]);
      set = parse_value (text->str);
      printed = conset_to_string (set);
      read = conset_parse (printed, 1, NULL);
      ck_assert_msg (read != NULL, "'%s' is printed as '%s', which is not read back", text->str,
                     printed);
      values_of (set, values);
      values_of (read, again);
      ck_assert_msg (memcmp (values, again, sizeof values) == 0,
                     "'%s' is printed as '%s', which is not the same", text->str, printed);
    }
}
END_TEST

/* }}} */

/* {{{ in C */

START_TEST (numbers_go_in_and_out_in_the_unit)
{
  static const double scale[] = { 2.0, 4.0 }, positions[] = { 0.07, 1.0, 0.3, -2.0 };
  const double near[] = { 0.9, 2.1 };
  g_autoptr (ConsetGeometry) grid = conset_geometry_grid2d (4, 4, scale, NULL), array = NULL;
  double low[3], high[3];
  guint64 index;

  ck_assert_ptr_null (conset_geometry_unit (grid));
  if (!conset_has_units ())
    return;
  grid = conset_geometry_in_unit ("mm", g_steal_pointer (&grid));
  ck_assert_str_eq (conset_geometry_unit (grid), "mm");
  assert_at (grid, 5, 0.5, 1.0, 0.0);
  assert_consistent (grid);
  ck_assert (conset_geometry_extent (grid, low, high, NULL));
  ck_assert (low[0] == 0.0 && high[0] == 1.5 && high[1] == 3.0);
  ck_assert (conset_geometry_nearest (grid, near, &index, NULL));
  ck_assert_uint_eq (index, 10);

  array = conset_geometry_in_unit ("mm", conset_geometry_array (2, positions, 2));
  assert_at (array, 0, 0.07, 1.0, 0.0);
  ck_assert (conset_geometry_nearest (array, positions + 2, &index, NULL));
  ck_assert_uint_eq (index, 1);
  array = conset_geometry_to_unit ("um", g_steal_pointer (&array));
  ck_assert_str_eq (conset_geometry_unit (array), "um");
  assert_at (array, 0, 70.0, 1000.0, 0.0);
  array = conset_geometry_magnitude ("mm", g_steal_pointer (&array));
  ck_assert_ptr_null (conset_geometry_unit (array));
  assert_at (array, 0, 0.07, 1.0, 0.0);
}
END_TEST

static void
diagonal (guint64 index, double *position, gpointer user_data G_GNUC_UNUSED)
{
  position[0] = (double) index * 0.25;
  position[1] = -(double) index;
}

/* A distance that is a length, of positions as they are given. */
static double
first_difference (const double *source,
                  const double *target,
                  guint n_dimensions G_GNUC_UNUSED,
                  gpointer user_data G_GNUC_UNUSED)
{
  return fabs (source[0] - target[0]);
}

START_TEST (functions_of_the_user_see_the_unit)
{
  g_autoptr (ConsetGeometry) callback =
    conset_geometry_callback ("f", 2, 100, diagonal, NULL, NULL);
  g_autoptr (ConsetValue) metric = NULL;
  g_autofree char *text = NULL;

  if (!conset_has_units ())
    return;
  callback = conset_geometry_in_unit ("mm", g_steal_pointer (&callback));
  text = conset_geometry_to_string (callback);
  ck_assert_str_eq (text, "<f> * mm");
  assert_at (callback, 3, 0.75, -3.0, 0.0);
  assert_consistent (callback);
  metric =
    conset_metric_callback ("d", first_difference, NULL, NULL, conset_geometry_ref (callback),
                            conset_geometry_to_unit ("um", conset_geometry_ref (callback)));
  ck_assert_str_eq (conset_value_get_unit (metric), "mm");
  ck_assert (conset_value_at (metric, 3, 7) == 1.0);
  metric = conset_value_to_unit (g_steal_pointer (&metric), "um");
  ck_assert (conset_value_at (metric, 3, 7) == 1000.0);
}
END_TEST

/* What is given beside a geometry counts its unit. */
START_TEST (sizes_count_the_unit_of_the_geometry)
{
  static const double box_mm[] = { 0.07, 1.0 }, box_um[] = { 70.0, 1000.0 };
  static const double offset_mm[] = { 0.07, 0.01 }, offset_um[] = { 70.0, 10.0 };
  static const double turn[] = { 0.0, -1.0, 1.0, 0.0 };

  for (guint k = 0; conset_has_units () && k < 4; k++)
    {
      g_autoptr (ConsetGeometry) mm =
        conset_geometry_in_unit ("mm", conset_geometry_grid2d (9, 9, NULL, NULL));
      g_autoptr (ConsetGeometry) um = conset_geometry_to_unit ("um", conset_geometry_ref (mm));
      g_autoptr (ConsetValue) a = NULL, b = NULL;

      if (k == 0)
        {
          mm = conset_geometry_jitter (offset_mm, 1, g_steal_pointer (&mm));
          um = conset_geometry_jitter (offset_um, 1, g_steal_pointer (&um));
        }
      else if (k == 1)
        {
          ConsetProjection *p =
            conset_projection_in_unit ("mm", conset_projection_affine (2, 2, turn, offset_mm));

          um = conset_project (conset_projection_ref (p), g_steal_pointer (&um));
          mm = conset_project (p, g_steal_pointer (&mm));
        }
      if (k == 3)
        {
          a = conset_displacement (1, box_mm[0], conset_geometry_ref (mm), NULL);
          b = conset_displacement (1, box_um[0], conset_geometry_ref (um), NULL);
        }
      else
        {
          a = conset_metric_toroid (box_mm, conset_geometry_ref (mm), NULL);
          b = conset_metric_toroid (box_um, conset_geometry_ref (um), NULL);
        }
      a = conset_value_to_unit (g_steal_pointer (&a), "um");
      for (guint64 i = 0; i < 81; i++)
        {
          double x = conset_value_at (a, i, 40), y = conset_value_at (b, i, 40);

          ck_assert_msg (memcmp (&x, &y, sizeof x) == 0, "%u: %.17g and %.17g", k, x, y);
        }
    }
}
END_TEST

START_TEST (projections_have_units)
{
  static const double turn[] = { 0.0, -1.0, 1.0, 0.0 }, offset[] = { 1.0, 0.0 };
  const double at[] = { 2.0, 3.0 };
  g_autoptr (ConsetProjection) p = conset_projection_affine (2, 2, turn, offset);
  g_autofree char *text = NULL;
  double result[3];

  if (!conset_has_units ())
    return;
  p = conset_projection_in_unit ("mm", g_steal_pointer (&p));
  text = conset_projection_to_string (p);
  ck_assert_str_eq (text, "affine([(0, -1), (1, 0)], (mm, 0))");
  ck_assert (conset_projection_apply (p, 2, at, result, NULL));
  ck_assert (result[0] == -2.0 && result[1] == 2.0);
}
END_TEST

/* }}} */

/* {{{ grids between two positions */

/* Sources of each target, as they are found, not as they are asked for. */
static void
assert_same_counts (const Conset *a, const Conset *b, guint64 n, guint64 target)
{
  const ConsetWindow column = { 0, n, target, target + 1 };
  guint64 n_a = 0, n_b = 0;

  ck_assert (conset_count (a, &column, &n_a, NULL) && conset_count (b, &column, &n_b, NULL));
  if (n_a != n_b)
    ck_abort_msg ("target %" G_GUINT64_FORMAT ": %" G_GUINT64_FORMAT " and %" G_GUINT64_FORMAT,
                  target, n_a, n_b);
}

START_TEST (grids_between_positions_are_linspace)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint n_moved = 0;

  for (guint trial = 0; trial < 400; trial++)
    {
      guint64 n[] = { 1 + g_rand_int_range (rand, 0, 40), 1 + g_rand_int_range (rand, 0, 9) };
      double first[] = { g_rand_double_range (rand, -9, 9), trial % 2 == 0 ? 0.0 : -3.7 };
      double last[] = { g_rand_double_range (rand, -9, 9), (double) (trial % 13) + 0.1 };
      g_autoptr (ConsetGeometry) grid = conset_geometry_grid2d_between (n[0], n[1], first, last);
      double low[2], high[2], at[2];

      for (guint64 i = 0; i < n[0] * n[1]; i++)
        {
          guint64 place[] = { i % n[0], i / n[0] }, index;

          for (guint d = 0; d < 2; d++)
            {
              double step = (last[d] - first[d]) / (double) (n[d] - 1);

              at[d] = n[d] == 1              ? first[d]
                      : place[d] + 1 == n[d] ? last[d]
                                             : (double) place[d] * step + first[d];
              n_moved += n[d] > 1 && last[d] != (double) (n[d] - 1) * step + first[d];
            }
          assert_at (grid, i, at[0], at[1], 0.0);
          if (!conset_geometry_nearest (grid, at, &index, NULL) || index != i)
            ck_abort_msg ("%g, %g is not found", at[0], at[1]);
        }
      assert_consistent (grid);
      ck_assert (conset_geometry_extent (grid, low, high, NULL));
      for (guint d = 0; d < 2; d++)
        {
          double end = n[d] == 1 ? first[d] : last[d];

          if (low[d] != MIN (first[d], end) || high[d] != MAX (first[d], end))
            ck_abort_msg ("the extent is %g to %g", low[d], high[d]);
        }
    }
  /* Else the last position was never tried. */
  ck_assert_uint_gt (n_moved, 0);
}
END_TEST

/* The rim of each disc goes through a position, the other one is the last. */
START_TEST (discs_on_grids_between_positions_are_those_of_arrays)
{
  enum
  {
    WIDTH = 60,
    N = WIDTH * 40,
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (6);
  g_autofree double *positions = g_new (double, N * 2);

  for (guint trial = 0; trial < 200; trial++)
    {
      double first[] = { g_rand_double_range (rand, -9, 9), 0.1 };
      double last[] = { g_rand_double_range (rand, -9, 9), 1.3 };
      ConsetGeometry *grid = conset_geometry_grid2d_between (WIDTH, N / WIDTH, first, last);
      guint64 target = (guint64) g_rand_int_range (rand, N - 3 * WIDTH, N);
      g_autoptr (Conset) a = NULL, b = NULL;
      g_autoptr (ConsetValue) metric = NULL;
      double radius;

      ck_assert (conset_geometry_positions (grid, 0, NULL, N, positions, NULL));
      metric = conset_metric_euclid (grid, NULL);
      radius = conset_value_at (metric, N - 1, target);
      if (radius == 0.0)
        continue;
      a = conset_within (conset_value_constant (radius), conset_value_ref (metric));
      b = conset_within (conset_value_constant (radius),
                         conset_metric_euclid (conset_geometry_array (2, positions, N), NULL));
      assert_same_counts (a, b, N, target);
      assert_same_counts (a, b, N, N - 1);
    }
}
END_TEST

START_TEST (grids_between_positions_in_space)
{
  static const double first[] = { 0.0, 1.0, -1.0 }, last[] = { 1000.0, 2.0, 0.0 };
  g_autoptr (ConsetGeometry) grid = conset_geometry_grid3d_between (20, 3, 2, first, last);

  assert_at (grid, 0, 0.0, 1.0, -1.0);
  assert_at (grid, 7 + 20 + 60, 7 * (1000.0 / 19), 1.5, 0.0);
  assert_at (grid, 119, 1000.0, 2.0, 0.0);
}
END_TEST

/* }}} */

/* {{{ errors */

static const struct
{
  const char *text;
  const char *problem;
} errors[] = {
  { "euclidMetric2d(grid2d(3, xScale=1*mm))", "xScale is in mm, and yScale is the pure number 1" },
  { "euclidMetric2d(grid2d(3, 1, 1, 1*mm))", "x0 is in mm, and xScale is the pure number 1" },
  { "euclidMetric2d(grid2d(3, 1*mm, 1*ms))",
    "xScale is in mm, and yScale is in ms, which does not convert into it" },
  { "euclidMetric2d(grid2d(3, i*mm))", "xScale: a length, the same for all pairs, is needed, not" },
  { "euclidMetric2d(grid2d(3, x1=1))", "the last position is given by x1, y1, all of them" },
  { "euclidMetric2d(grid2d(3, 2, x1=1, y1=1))", "all of them, and without scales" },
  { "euclidMetric2d(grid2d(3, x1=1, y1=0))",
    "the first and the last position along y are the same; give two" },
  { "euclidMetric2d(grid2d(3) * mm * mm)", "the positions are in mm already" },
  { "euclidMetric2d(grid2d(3) / mm)", "the positions are pure numbers; multiply them by a unit" },
  { "euclidMetric2d(grid2d(3) * mm / ms)",
    "the positions are in mm, which does not convert into ms" },
  { "euclidMetric2d(convert(grid2d(3) * mm, ms))", "which does not convert into ms" },
  { "euclidMetric2d(convert(grid2d(3), mm))", "the positions are pure numbers" },
  { "euclidMetric2d(mm / grid2d(3))", "a geometry is multiplied by a unit such as mm" },
  { "euclidMetric2d(grid2d(3) * (2 * mm))", "a geometry is multiplied by a unit such as mm" },
  { "euclidMetric2d(grid2d(3) * mm, grid2d(3))",
    "positions of sources are in mm, and positions of targets are pure numbers" },
  { "euclidMetric2d(grid2d(3) * mm, grid2d(3) * ms)",
    "positions of sources are in mm, and positions of targets are in ms" },
  { "euclidMetric2d(layers(grid2d(3) * mm, grid2d(3)))",
    "layer 0 is in mm, and layer 1 is pure numbers" },
  { "euclidMetric2d(jitter(grid2d(3), 1*mm))", "x is in mm, and geometry is of pure numbers" },
  { "euclidMetric2d(jitter(grid2d(3) * mm, 1))",
    "geometry is in mm, and x is the pure number 1; multiply it by a unit" },
  { "euclidToroidMetric2d(grid2d(3) * mm, xScale=1*mm)",
    "g1 is in mm, and yScale is the pure number 1" },
  { "dx(grid2d(3), box=3*mm)", "box is in mm, and g1 is of pure numbers" },
  { "euclidMetric2d(positions([(1*mm, 2)]))", "x is in mm, and y is the pure number 2" },
  { "euclidMetric2d(ProjectionOperator(lambda p: (p[1], p[0])) * (grid2d(3) * mm))",
    "P * (g / mm) * mm" },
  { "euclidMetric2d(affine([(1, 0), (0, 1)], (1, 0)) * (grid2d(3) * mm))", "P * (g / mm) * mm" },
  { "euclidMetric2d(affine([(1, 0), (0, 1)], (1*mm, 0)) * grid2d(3))",
    "the offset of the projection is in mm, and the positions are pure numbers" },
  { "euclidMetric2d(affine([(1, 0), (0, 1)], (1*mm, 0)) * (grid2d(3) * ms))",
    "the offset of the projection is in mm, and the positions are in ms" },
  { "euclidMetric2d(affine([(1, 0), (0, 1)], (1*mm, 0)) * affine([(1, 0), (0, 1)], (1, 0)) * "
    "grid2d(3))",
    "numbers of the first are in mm, and those of the second are pure numbers" },
  { "euclidMetric2d(grid2d(3) * mm) + 1", "mm" },
  { "euclidMetric2d(grid2d(3, 1e308, 1) * km)", "the scale is inf" },
  { "euclidMetric2d(positions([(1e308, 1)]) * km)", "coordinate x of position 0 is inf" },
};

START_TEST (clashes_of_units_are_told)
{
  g_autofree char *all = g_strdup_printf ("cset(cross(range(3), range(3)), %s)", errors[_i].text);
  g_autofree char *result = NULL;

  if (!conset_has_units ())
    return;
  result = test_evaluate (all);
  ck_assert_msg (strstr (result, errors[_i].problem) != NULL, "%s", result);
}
END_TEST

START_TEST (units_that_are_none_are_told)
{
  static const char *const names[] = { "foo", "percent", "" };

  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    {
      g_autoptr (ConsetGeometry) geometry =
        conset_geometry_in_unit (names[k], conset_geometry_grid2d (3, 3, NULL, NULL));
      g_autoptr (ConsetProjection) projection = conset_projection_in_unit (
        names[k], conset_projection_affine (2, 2, (double[]){ 1, 0, 0, 1 }, (double[]){ 1, 0 }));

      ck_assert (!conset_geometry_check (geometry, NULL));
      ck_assert (!conset_projection_check (projection, NULL));
    }
}
END_TEST

/* Parts that are shared are converted once. */
START_TEST (shared_parts_stay_shared)
{
  ConsetGeometry *geometry = conset_geometry_random2d (3, NULL, NULL, 1);
  g_autoptr (ConsetGeometry) converted = NULL;

  for (guint level = 0; level < 50; level++)
    {
      ConsetGeometry *two[] = { geometry, conset_geometry_ref (geometry) };

      geometry = conset_geometry_layers (2, two, NULL);
    }
  converted = conset_geometry_in_unit ("mm", geometry);
  ck_assert (conset_geometry_check (converted, NULL) == conset_has_units ());
}
END_TEST

/* }}} */

static Suite *
geometry_units_suite (void)
{
  Suite *suite = suite_create ("geometry units");
  TCase *tcase = test_case_add (suite, "models");

  tcase_add_loop_test (tcase, units_change_no_bit, 0, G_N_ELEMENTS (models));
  tcase_add_test (tcase, what_is_printed_has_the_same_bits);
  tcase = test_case_add (suite, "C");
  tcase_add_test (tcase, numbers_go_in_and_out_in_the_unit);
  tcase_add_test (tcase, functions_of_the_user_see_the_unit);
  tcase_add_test (tcase, sizes_count_the_unit_of_the_geometry);
  tcase_add_test (tcase, projections_have_units);
  tcase = test_case_add (suite, "grids");
  tcase_add_test (tcase, grids_between_positions_are_linspace);
  tcase_add_test (tcase, discs_on_grids_between_positions_are_those_of_arrays);
  tcase_add_test (tcase, grids_between_positions_in_space);
  tcase = test_case_add (suite, "errors");
  tcase_add_loop_test (tcase, clashes_of_units_are_told, 0, G_N_ELEMENTS (errors));
  tcase_add_test (tcase, units_that_are_none_are_told);
  tcase_add_test (tcase, shared_parts_stay_shared);
  return suite;
}

int
main (void)
{
  return test_run (geometry_units_suite ());
}

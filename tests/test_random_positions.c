/* SPDX-License-Identifier: MIT */
/*
 * Random positions: a function of seed and index, and uniform; and jitter. Each statistic fails for
 * a good generator with probability 1e-6.
 */
#include "isas.h"
#include "positions.h"
#include "statistics.h"
#include "support.h"

#include <math.h>

static ConsetGeometry *
random_unit (guint n_dimensions, guint64 size, guint64 seed)
{
  return n_dimensions == 2 ? conset_geometry_random2d (size, NULL, NULL, seed)
                           : conset_geometry_random3d (size, NULL, NULL, seed);
}

START_TEST (random_positions_depend_on_seed_and_index)
{
  for (guint n_dimensions = 2; n_dimensions <= 3; n_dimensions++)
    {
      g_autoptr (ConsetGeometry) few = random_unit (n_dimensions, 100, 7);
      g_autoptr (ConsetGeometry) endless = random_unit (n_dimensions, CONSET_INDEX_END, 7);
      g_autoptr (ConsetGeometry) other = random_unit (n_dimensions, 100, 8);
      double a[3], b[3];

      ck_assert (conset_set_isa (isas[_i]) || _i > 0);
      assert_consistent (few);
      assert_consistent (endless);
      for (guint64 i = 0; i < 100; i++)
        {
          look_up (endless, i, a);
          assert_at (few, i, a[0], a[1], a[2]);
          look_up (other, i, b);
          ck_assert (a[0] != b[0] && a[1] != b[1]);
        }
      look_up (endless, CONSET_INDEX_END - 1, a);
      ck_assert (a[0] >= 0.0 && a[0] < 1.0);
    }
  conset_set_isa ("auto");
}
END_TEST

/* Positions are part of the definition of every set that is made of them. */
START_TEST (random_positions_stay_what_they_are)
{
  g_autoptr (ConsetGeometry) plane = random_unit (2, 10, 42);
  g_autoptr (ConsetGeometry) space = random_unit (3, 10, 42);
  static const double scale[] = { 10.0, 4.0 }, origin[] = { -5.0, 1.0 };
  g_autoptr (ConsetGeometry) box = conset_geometry_random2d (10, scale, origin, 42);
  double at[3];

  look_up (plane, 3, at);
  assert_at (box, 3, -5.0 + 10.0 * at[0], 1.0 + 4.0 * at[1], 0.0);
  assert_at (plane, 3, 0x1.0943a32cb524p-4, 0x1.b7bfe3b37de6ap-1, 0.0);
  assert_at (space, 3, 0x1.5d5e58f75a51p-1, 0x1.d0eb37f981b9p-2, 0x1.5e953c67e3dfcp-1);
}
END_TEST

/* Each coordinate by itself, and all together in cubes of a few thousand. */
START_TEST (random_positions_are_uniform)
{
  enum
  {
    n = 100000,
    side = 15
  };
  guint n_dimensions = 2 + (guint) _i % 2;
  guint64 seed = 100 + (guint64) _i;
  g_autoptr (ConsetGeometry) geometry = random_unit (n_dimensions, n, seed);
  g_autofree double *positions = g_new (double, n * 3), *column = g_new (double, n);
  g_autofree guint *counts = g_new0 (guint, side * side * side);
  guint n_cubes = n_dimensions == 2 ? side * side : side * side * side;
  ChiSquare chi_square = { 0 };

  ck_assert (conset_geometry_positions (geometry, 0, NULL, n, positions, NULL));
  for (guint k = 0; k < n; k++)
    {
      guint cube = 0;

      for (guint d = 0; d < n_dimensions; d++)
        cube = cube * side + (guint) (positions[k * n_dimensions + d] * side);
      counts[cube]++;
    }
  for (guint cube = 0; cube < n_cubes; cube++)
    chi_square_add (&chi_square, (double) n / n_cubes, counts[cube]);
  chi_square_assert (&chi_square, "cubes", (double) seed);
  for (guint d = 0; d < n_dimensions; d++)
    {
      for (guint k = 0; k < n; k++)
        column[k] = positions[k * n_dimensions + d];
      assert_uniform (column, n, 0.0, 1.0, "coordinate", (double) seed);
    }
}
END_TEST

START_TEST (jitter_is_uniform_around_positions)
{
  enum
  {
    n = 40000
  };
  static const double offset[] = { 0.5, 0.0, 3.0 };
  guint n_dimensions = 2 + (guint) _i % 2;
  ConsetGeometry *grid = n_dimensions == 2 ? conset_geometry_grid2d (200, 200, NULL, NULL)
                                           : conset_geometry_grid3d (40, 40, 25, NULL, NULL);
  g_autoptr (ConsetGeometry) still = conset_geometry_ref (grid);
  g_autoptr (ConsetGeometry) moved = conset_geometry_jitter (offset, 5, grid);
  g_autofree double *column = g_new (double, n);

  assert_consistent (moved);
  ck_assert_uint_eq (conset_geometry_size (moved), n);
  for (guint d = 0; d < n_dimensions; d++)
    {
      for (guint k = 0; k < n; k++)
        {
          double a[3], b[3];

          look_up (still, k, a);
          look_up (moved, k, b);
          ck_assert_double_le (fabs (b[d] - a[d]), offset[d] * (1.0 + 1e-12));
          column[k] = (b[d] - a[d]) / (2.0 * offset[d]) + 0.5;
        }
      if (offset[d] > 0.0)
        assert_uniform (column, n, 0.0, 1.0, "jitter", d);
    }
}
END_TEST

static Suite *
random_positions_suite (void)
{
  Suite *suite = suite_create ("random_positions");
  TCase *tcase = test_case_add (suite, "random");

  tcase_add_loop_test (tcase, random_positions_depend_on_seed_and_index, 0, N_ISAS);
  tcase_add_test (tcase, random_positions_stay_what_they_are);
  tcase_add_loop_test (tcase, random_positions_are_uniform, 0, 6);
  tcase_add_loop_test (tcase, jitter_is_uniform_around_positions, 0, 2);
  return suite;
}

int
main (void)
{
  return test_run (random_positions_suite ());
}

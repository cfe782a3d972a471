/* SPDX-License-Identifier: MIT */
/*
 * Positions, one by one and many at once. An assertion that holds costs a call of the system, so
 * that none is made for each position.
 */
#include "positions.h"

#include <check.h>
#include <string.h>

void
look_up (const ConsetGeometry *geometry, guint64 index, double position[3])
{
  g_autoptr (GError) error = NULL;

  position[2] = 0.0;
  if (!conset_geometry_position (geometry, index, position, &error))
    ck_abort_msg ("%s", error->message);
}

void
assert_at (const ConsetGeometry *geometry, guint64 index, double x, double y, double z)
{
  double position[3];

  look_up (geometry, index, position);
  if (position[0] != x || position[1] != y || position[2] != z)
    ck_abort_msg ("index %" G_GUINT64_FORMAT
                  ": (%.17g, %.17g, %.17g) and not (%.17g, %.17g, %.17g)",
                  index, position[0], position[1], position[2], x, y, z);
}

void
assert_consistent (const ConsetGeometry *geometry)
{
  guint64 size = MIN (conset_geometry_size (geometry), 3000);
  guint n_dimensions = conset_geometry_n_dimensions (geometry);
  g_autofree double *all = g_new (double, size * 3), *some = g_new (double, size * 3);
  g_autofree guint32 *offsets = g_new (guint32, size);
  guint64 first = size / 3;
  gsize n = 0;

  ck_assert (conset_geometry_positions (geometry, 0, NULL, size, all, NULL));
  for (guint64 k = 0; k < size; k += 1 + k % 5)
    if (first + k / 2 < size)
      offsets[n++] = (guint32) (k / 2);
  ck_assert (conset_geometry_positions (geometry, first, offsets, n, some, NULL));
  for (gsize k = 0; k < n; k++)
    if (memcmp (some + k * n_dimensions, all + (first + offsets[k]) * n_dimensions,
                n_dimensions * sizeof *all)
        != 0)
      ck_abort_msg ("position %" G_GUINT64_FORMAT " differs", first + offsets[k]);
  for (guint64 k = size; k > 0; k -= MIN (k, 7))
    {
      double position[3];

      look_up (geometry, k - 1, position);
      if (memcmp (position, all + (k - 1) * n_dimensions, n_dimensions * sizeof *all) != 0)
        ck_abort_msg ("position %" G_GUINT64_FORMAT " differs alone", k - 1);
    }
}

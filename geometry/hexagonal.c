/* SPDX-License-Identifier: MIT */
/*
 * Hexagonal grids: rows of which every other one is shifted by half the spacing.
 *
 * Where a row is shifted is found by dividing its number by two, as everything else here by loops
 * over doubles.
 */
#include "grid.h"

#include "arguments.h"
#include "kernels.h"
#include "units.h"

#include <math.h>
#include <string.h>

/* sqrt (3) / 2 */
#define ROW_HEIGHT 0x1.bb67ae8584caap-1

typedef struct
{
  ConsetGeometry base;
  guint64 width;
  guint64 height;
  double spacing;
  double origin[2];
} HexagonalGeometry;

static void
hexagonal_print (const ConsetGeometry *geometry, GString *out)
{
  const HexagonalGeometry *self = (const HexagonalGeometry *) geometry;

  g_string_append_printf (out, "hexagonal2d(%" G_GUINT64_FORMAT, self->width);
  conset_append_keyword (out, "spacing", self->spacing, 1.0 / (double) self->width, geometry->unit);
  conset_append_keywords (out, "0", self->origin, 2, 0.0, geometry->unit);
  conset_append_count (out, "height", self->height, self->width);
  g_string_append_c (out, ')');
}

/* x = origin + spacing * (column + 1/2 if the row is odd) */
static void
hexagonal_fill (const ConsetGeometry *geometry,
                const ConsetIndices *indices,
                double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const HexagonalGeometry *self = (const HexagonalGeometry *) geometry;
  const ConsetSpatial *spatial = conset_spatial ();
  double odd[CONSET_VALUE_BLOCK], half[CONSET_VALUE_BLOCK];
  gsize n = indices->n;

  conset_arithmetic ()->indices (xyz[0], indices->first, indices->offsets, n);
  spatial->divide (xyz[0], xyz[1], (double) self->width, n);
  memcpy (odd, xyz[1], n * sizeof *odd);
  spatial->divide (odd, half, 2.0, n);
  spatial->place (odd, 0.0, 0.5, n);
  conset_arithmetic ()->binary[CONSET_BINARY_ADD](xyz[0], odd, n);
  spatial->place (xyz[0], self->origin[0], self->spacing, n);
  spatial->place (xyz[1], self->origin[1], self->spacing * ROW_HEIGHT, n);
}

static void
hexagonal_extent (const ConsetGeometry *geometry, ConsetBox *box)
{
  const HexagonalGeometry *self = (const HexagonalGeometry *) geometry;
  double widest = (double) (self->width - 1) + (self->height > 1 ? 0.5 : 0.0);

  box->low[0] = self->origin[0];
  box->high[0] = self->origin[0] + self->spacing * widest;
  box->low[1] = self->origin[1];
  box->high[1] = self->origin[1] + self->spacing * ROW_HEIGHT * (double) (self->height - 1);
}

static double
squared_distance (const HexagonalGeometry *self, guint64 index, const double *position)
{
  double at[CONSET_MAX_DIMENSIONS];

  conset_geometry_at (&self->base, index, at);
  at[0] -= position[0];
  at[1] -= position[1];
  return at[0] * at[0] + at[1] * at[1];
}

/* The nearest position is in one of the rows around the nearest row. */
static guint64
hexagonal_nearest (const ConsetGeometry *geometry, const double *position)
{
  const HexagonalGeometry *self = (const HexagonalGeometry *) geometry;
  guint64 row = conset_grid_nearest_place (self->origin[1], self->spacing * ROW_HEIGHT,
                                           self->height, position[1]);
  guint64 end = MIN (row + 3, self->height), best = 0;
  double least = INFINITY;

  for (row -= MIN (row, 2); row < end; row++)
    {
      double start = self->origin[0] + self->spacing * (row % 2 == 1 ? 0.5 : 0.0);
      guint64 index = row * self->width
                      + conset_grid_nearest_place (start, self->spacing, self->width, position[0]);
      double distance = squared_distance (self, index, position);

      if (distance < least)
        {
          least = distance;
          best = index;
        }
    }
  return best;
}

static ConsetGeometry *
hexagonal_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  const HexagonalGeometry *self = (const HexagonalGeometry *) geometry;
  double origin[2];

  conset_convert_numbers (conversion, self->origin, 2, origin);
  return conset_geometry_hexagonal (self->width, self->height,
                                    conset_convert_number (conversion, self->spacing), origin);
}

static const ConsetGeometryClass conset_geometry_hexagonal_class = {
  .name = "hexagonal2d",
  .struct_size = sizeof (HexagonalGeometry),
  .print = hexagonal_print,
  .fill = hexagonal_fill,
  .extent = hexagonal_extent,
  .nearest = hexagonal_nearest,
  .convert = hexagonal_convert,
};

ConsetGeometry *
conset_geometry_hexagonal (guint64 width, guint64 height, double spacing, const double *origin)
{
  const char *function = "hexagonal2d";
  ConsetGeometry *error = conset_grid_size_error (function, (guint64[]){ width, height }, 2);
  HexagonalGeometry *self;

  if (error == NULL)
    error = conset_numbers_error (function, "the spacing is", &spacing, 1);
  if (error == NULL)
    error = conset_numbers_error (function, "the origin is", origin, 2);
  if (error == NULL && !(spacing > 0.0))
    error = conset_geometry_error_new ("%s: the spacing is not above 0; give a distance", function);
  if (error != NULL)
    return error;
  self = conset_geometry_new (&conset_geometry_hexagonal_class, 2, width * height);
  self->width = width;
  self->height = height;
  self->spacing = spacing;
  if (origin != NULL)
    memcpy (self->origin, origin, sizeof self->origin);
  if (isfinite (self->origin[0] + spacing * (double) width)
      && isfinite (self->origin[1] + spacing * (double) height))
    return conset_geometry_finish (self);
  conset_geometry_unref (&self->base);
  return conset_geometry_error_new ("%s: the positions do not fit doubles; "
                                    "use another unit of length",
                                    function);
}

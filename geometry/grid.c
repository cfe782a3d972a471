/* SPDX-License-Identifier: MIT */
/*
 * Grids: positions row by row in the plane, layer by layer in space.
 *
 * Places are whole numbers below 2^50, which a double holds, so that loops over doubles find them.
 * A coordinate is origin + step * place with the step rounded once, as in Python CSA.
 */
#include "grid.h"

#include "arguments.h"
#include "kernels.h"

#include <math.h>
#include <string.h>

static const char axes[] = "xyz";

typedef struct
{
  ConsetGeometry base;
  ConsetGrid grid;
  double scale[CONSET_MAX_DIMENSIONS];
} GridGeometry;

ConsetGeometry *
conset_grid_size_error (const char *function, const guint64 *size, guint n_dimensions)
{
  static const char *const names[] = { "width", "height", "depth" };
  unsigned __int128 n = 1;

  for (guint d = 0; d < n_dimensions; d++)
    {
      if (size[d] == 0)
        return conset_geometry_error_new ("%s: the %s is 0; it is at least 1", function, names[d]);
      n *= size[d];
      if (n > CONSET_GRID_MOST)
        return conset_geometry_error_new (
          "%s: there are more than 2^50 positions; make the grid smaller", function);
    }
  return NULL;
}

/* The class */

static void
grid_print (const ConsetGeometry *geometry, GString *out)
{
  const GridGeometry *self = (const GridGeometry *) geometry;
  const guint64 *size = self->grid.size;
  guint n = geometry->n_dimensions;

  g_string_append_printf (out, "grid%ud(%" G_GUINT64_FORMAT, n, size[0]);
  conset_append_keywords (out, "Scale", self->scale, n, 1.0);
  conset_append_keywords (out, "0", self->grid.origin, n, 0.0);
  conset_append_count (out, "height", size[1], size[0]);
  if (n == 3)
    conset_append_count (out, "depth", size[2], size[0]);
  g_string_append_c (out, ')');
}

static void
grid_fill (const ConsetGeometry *geometry,
           const ConsetIndices *indices,
           double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const ConsetGrid *grid = &((const GridGeometry *) geometry)->grid;
  const ConsetSpatial *spatial = conset_spatial ();
  guint n_dimensions = geometry->n_dimensions;

  conset_arithmetic ()->indices (xyz[0], indices->first, indices->offsets, indices->n);
  for (guint d = 0; d + 1 < n_dimensions; d++)
    spatial->divide (xyz[d], xyz[d + 1], (double) grid->size[d], indices->n);
  for (guint d = 0; d < n_dimensions; d++)
    spatial->place (xyz[d], grid->origin[d], grid->step[d], indices->n);
}

static void
grid_extent (const ConsetGeometry *geometry, ConsetBox *box)
{
  const ConsetGrid *grid = &((const GridGeometry *) geometry)->grid;

  for (guint d = 0; d < geometry->n_dimensions; d++)
    {
      double last = grid->origin[d] + grid->step[d] * (double) (grid->size[d] - 1);

      box->low[d] = MIN (grid->origin[d], last);
      box->high[d] = MAX (grid->origin[d], last);
    }
}

/* The place before the quotient may be as near as the one behind it. */
guint64
conset_grid_nearest_place (double origin, double step, guint64 n, double x)
{
  double quotient = step != 0.0 ? (x - origin) / step : 0.0, last = (double) (n - 1);
  guint64 best, end;

  if (!(quotient > 0.0))
    return 0;
  best = (guint64) MIN (floor (quotient), last);
  best -= best > 0;
  end = MIN (best + 4, n);
  for (guint64 place = best + 1; place < end; place++)
    if (fabs (origin + step * (double) place - x) < fabs (origin + step * (double) best - x))
      best = place;
  return best;
}

static guint64
grid_nearest (const ConsetGeometry *geometry, const double *position)
{
  const ConsetGrid *grid = &((const GridGeometry *) geometry)->grid;
  guint64 index = 0;

  for (guint d = geometry->n_dimensions; d > 0; d--)
    index = index * grid->size[d - 1]
            + conset_grid_nearest_place (grid->origin[d - 1], grid->step[d - 1], grid->size[d - 1],
                                         position[d - 1]);
  return index;
}

static const ConsetGeometryClass conset_geometry_grid_class = {
  .name = "grid",
  .struct_size = sizeof (GridGeometry),
  .print = grid_print,
  .fill = grid_fill,
  .extent = grid_extent,
  .nearest = grid_nearest,
};

const ConsetGrid *
conset_geometry_grid (const ConsetGeometry *geometry)
{
  return geometry->klass == &conset_geometry_grid_class ? &((const GridGeometry *) geometry)->grid
                                                        : NULL;
}

/* Constructors */

static ConsetGeometry *
scale_error (const char *function, const double *scale, guint n)
{
  for (guint d = 0; scale != NULL && d < n; d++)
    if (scale[d] == 0.0)
      return conset_geometry_error_new ("%s: the %cScale is 0; give the size of the grid", function,
                                        axes[d]);
  return NULL;
}

/* Steps that are too small, and corners that are too far, for doubles. */
static ConsetGeometry *
reach_error (const char *function, const GridGeometry *self)
{
  for (guint d = 0; d < self->base.n_dimensions; d++)
    if (self->grid.step[d] == 0.0
        || !isfinite (self->grid.origin[d]
                      + self->grid.step[d] * (double) (self->grid.size[d] - 1)))
      return conset_geometry_error_new ("%s: the positions along %c do not fit doubles; "
                                        "use another unit of length",
                                        function, axes[d]);
  return NULL;
}

static ConsetGeometry *
grid_new (const char *function,
          guint n_dimensions,
          const guint64 *size,
          const double *scale,
          const double *origin)
{
  ConsetGeometry *error = conset_grid_size_error (function, size, n_dimensions);
  GridGeometry *self;
  guint64 n = 1;

  if (error == NULL)
    error = conset_numbers_error (function, "the scale is", scale, n_dimensions);
  if (error == NULL)
    error = conset_numbers_error (function, "the origin is", origin, n_dimensions);
  if (error == NULL)
    error = scale_error (function, scale, n_dimensions);
  if (error != NULL)
    return error;
  for (guint d = 0; d < n_dimensions; d++)
    n *= size[d];
  self = conset_geometry_new (&conset_geometry_grid_class, n_dimensions, n);
  for (guint d = 0; d < n_dimensions; d++)
    {
      self->scale[d] = scale != NULL ? scale[d] : 1.0;
      self->grid.size[d] = size[d];
      self->grid.step[d] = self->scale[d] / (double) size[d];
      self->grid.origin[d] = origin != NULL ? origin[d] : 0.0;
    }
  error = reach_error (function, self);
  if (error == NULL)
    return conset_geometry_finish (self);
  conset_geometry_unref (&self->base);
  return error;
}

ConsetGeometry *
conset_geometry_grid2d (guint64 width, guint64 height, const double *scale, const double *origin)
{
  return grid_new ("grid2d", 2, (guint64[]){ width, height }, scale, origin);
}

ConsetGeometry *
conset_geometry_grid3d (
  guint64 width, guint64 height, guint64 depth, const double *scale, const double *origin)
{
  return grid_new ("grid3d", 3, (guint64[]){ width, height, depth }, scale, origin);
}

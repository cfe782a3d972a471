/* SPDX-License-Identifier: MIT */
/*
 * Grids: positions row by row in the plane, layer by layer in space.
 *
 * Places are whole numbers below 2^50, which a double holds, so that loops over doubles find them.
 * A coordinate is origin + step * place with the step rounded once, as in Python CSA; and in
 * numpy.linspace, where the step is (last - first) / (n - 1) and the last one is just what was
 * given. Without a height, or in space a depth, rows, or layers, go on beyond those of the square,
 * or the cube.
 */
#include "grid.h"

#include "arguments.h"
#include "kernels.h"
#include "units.h"

#include <math.h>
#include <string.h>

static const char axes[] = "xyz";

static const char *const size_names[] = { "width", "height", "depth" };

/* @inclusive: whether it was given by its last position, which is @end, and not by @scale */
typedef struct
{
  ConsetGeometry base;
  ConsetGrid grid;
  gboolean inclusive;
  double scale[CONSET_MAX_DIMENSIONS];
  double end[CONSET_MAX_DIMENSIONS];
} GridGeometry;

static ConsetGeometry *grid_convert (const ConsetGeometry *geometry, ConsetConversion *conversion);

ConsetGeometry *
conset_grid_size_error (const char *function, const guint64 *size, guint n_dimensions)
{
  unsigned __int128 n = 1;

  for (guint d = 0; d < n_dimensions; d++)
    {
      if (size[d] == 0)
        return conset_geometry_error_new ("%s: the %s is 0; it is at least 1", function,
                                          size_names[d]);
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
  if (!self->inclusive)
    conset_append_keywords (out, "Scale", self->scale, n, 1.0, geometry->unit);
  conset_append_keywords (out, "0", self->grid.origin, n, 0.0, geometry->unit);
  if (self->inclusive)
    conset_append_keywords (out, "1", self->end, n, NAN, geometry->unit);
  for (guint d = 1; d < n; d++)
    if (self->inclusive)
      conset_append_count (out, size_names[d], size[d], size[0]);
    else if (d + 1 < n ? size[d] != size[0] : geometry->end == geometry->size)
      g_string_append_printf (out, ", %s=%" G_GUINT64_FORMAT, size_names[d], size[d]);
  g_string_append_c (out, ')');
}

/* Where the last place is not where its number would have it. */
static void
place_to_last (const ConsetGrid *grid, guint d, double *x, gsize n)
{
  double end = (double) (grid->size[d] - 1), last = grid->last[d];
  double origin = grid->origin[d], step = grid->step[d];

  for (gsize k = 0; k < n; k++)
    x[k] = x[k] == end ? last : origin + step * x[k];
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
    if (grid->last[d] == grid->origin[d] + grid->step[d] * (double) (grid->size[d] - 1))
      spatial->place (xyz[d], grid->origin[d], grid->step[d], indices->n);
    else
      place_to_last (grid, d, xyz[d], indices->n);
}

static void
grid_extent (const ConsetGeometry *geometry, ConsetBox *box)
{
  const ConsetGrid *grid = &((const GridGeometry *) geometry)->grid;

  for (guint d = 0; d < geometry->n_dimensions; d++)
    {
      box->low[d] = MIN (grid->origin[d], grid->last[d]);
      box->high[d] = MAX (grid->origin[d], grid->last[d]);
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

/* The same along an axis of a grid, of which the last place may be moved by a rounding error. */
static guint64
nearest_along (const ConsetGrid *grid, guint d, double x)
{
  guint64 n = grid->size[d];
  guint64 best = conset_grid_nearest_place (grid->origin[d], grid->step[d], n, x);

  if (n == 1 || best + 2 < n)
    return best;
  return fabs (grid->last[d] - x) < fabs (conset_grid_coordinate (grid, d, n - 2) - x) ? n - 1
                                                                                       : n - 2;
}

static guint64
grid_nearest (const ConsetGeometry *geometry, const double *position)
{
  const ConsetGrid *grid = &((const GridGeometry *) geometry)->grid;
  guint64 index = 0;

  for (guint d = geometry->n_dimensions; d > 0; d--)
    index = index * grid->size[d - 1] + nearest_along (grid, d - 1, position[d - 1]);
  return index;
}

static const ConsetGeometryClass conset_geometry_grid_class = {
  .name = "grid",
  .struct_size = sizeof (GridGeometry),
  .print = grid_print,
  .fill = grid_fill,
  .extent = grid_extent,
  .nearest = grid_nearest,
  .convert = grid_convert,
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

/* Whether the last place, which may be moved by a rounding error, is behind the one before it. */
static gboolean
last_is_last (const ConsetGrid *grid, guint d)
{
  double before = grid->size[d] > 1 ? conset_grid_coordinate (grid, d, grid->size[d] - 2) : 0.0;

  if (grid->size[d] == 1)
    return TRUE;
  return grid->step[d] > 0.0 ? grid->last[d] >= before : grid->last[d] <= before;
}

/* Steps that are too small, and corners that are too far, for doubles. */
static ConsetGeometry *
reach_error (const char *function, const GridGeometry *self)
{
  for (guint d = 0; d < self->base.n_dimensions; d++)
    if (self->grid.step[d] == 0.0 || !last_is_last (&self->grid, d)
        || !isfinite (self->grid.step[d])
        || !isfinite (self->grid.origin[d]
                      + self->grid.step[d] * (double) (self->grid.size[d] - 1)))
      return conset_geometry_error_new ("%s: the positions along %c do not fit doubles; "
                                        "use another unit of length",
                                        function, axes[d]);
  return NULL;
}

/* Rows, or layers, go on: far beyond what may be asked for, but for steps so long that they end
 * where doubles do. */
static void
open_end (GridGeometry *self)
{
  guint d = self->base.n_dimensions - 1;
  double far = self->grid.origin[d] + self->grid.step[d] * (double) CONSET_GRID_MOST;

  if (isfinite (far))
    self->base.end = MAX (self->base.size, CONSET_GRID_MOST);
}

static const char *
grid_function (guint n_dimensions)
{
  return n_dimensions == 2 ? "grid2d" : "grid3d";
}

static GridGeometry *
grid_alloc (guint n_dimensions, const guint64 *size, const double *origin)
{
  GridGeometry *self;
  guint64 n = 1;

  for (guint d = 0; d < n_dimensions; d++)
    n *= size[d];
  self = conset_geometry_new (&conset_geometry_grid_class, n_dimensions, n);
  for (guint d = 0; d < n_dimensions; d++)
    {
      self->grid.size[d] = size[d];
      self->grid.origin[d] = origin != NULL ? origin[d] : 0.0;
    }
  return self;
}

static ConsetGeometry *
grid_finish (GridGeometry *self)
{
  ConsetGeometry *error = reach_error (grid_function (self->base.n_dimensions), self);

  if (error == NULL)
    return conset_geometry_finish (self);
  conset_geometry_unref (&self->base);
  return error;
}

/* Sizes that were left open are those of a square or a cube. */
static void
complete_sizes (guint n_dimensions, const guint64 *given, guint64 *size)
{
  for (guint d = 0; d < n_dimensions; d++)
    size[d] = d > 0 && given[d] == CONSET_INDEX_END ? given[0] : given[d];
}

static ConsetGeometry *
grid_new (guint n_dimensions, const guint64 *given, const double *scale, const double *origin)
{
  const char *function = grid_function (n_dimensions);
  guint64 size[CONSET_MAX_DIMENSIONS];
  ConsetGeometry *error;
  GridGeometry *self;

  complete_sizes (n_dimensions, given, size);
  error = conset_grid_size_error (function, size, n_dimensions);

  if (error == NULL)
    error = conset_numbers_error (function, "the scale is", scale, n_dimensions);
  if (error == NULL)
    error = conset_numbers_error (function, "the origin is", origin, n_dimensions);
  if (error == NULL)
    error = scale_error (function, scale, n_dimensions);
  if (error != NULL)
    return error;
  self = grid_alloc (n_dimensions, size, origin);
  for (guint d = 0; d < n_dimensions; d++)
    {
      self->scale[d] = scale != NULL ? scale[d] : 1.0;
      self->grid.step[d] = self->scale[d] / (double) size[d];
      self->grid.last[d] = self->grid.origin[d] + self->grid.step[d] * (double) (size[d] - 1);
    }
  if (given[n_dimensions - 1] == CONSET_INDEX_END)
    open_end (self);
  return grid_finish (self);
}

/* Two places cannot be one; a single place is the first, whatever the last is. */
static ConsetGeometry *
last_error (const char *function,
            guint n_dimensions,
            const guint64 *size,
            const double *first,
            const double *last)
{
  for (guint d = 0; d < n_dimensions; d++)
    if (size[d] > 1 && last[d] == (first != NULL ? first[d] : 0.0))
      return conset_geometry_error_new (
        "%s: the first and the last position along %c are the same; "
        "give two, or one position alone",
        function, axes[d]);
  return NULL;
}

static ConsetGeometry *
grid_between_new (guint n_dimensions, const guint64 *given, const double *first, const double *last)
{
  const char *function = grid_function (n_dimensions);
  guint64 size[CONSET_MAX_DIMENSIONS];
  ConsetGeometry *error;
  GridGeometry *self;

  complete_sizes (n_dimensions, given, size);
  error = conset_grid_size_error (function, size, n_dimensions);

  if (error == NULL && last == NULL)
    error = conset_geometry_error_new ("%s: there is no last position; give one", function);
  if (error == NULL)
    error = conset_numbers_error (function, "the first position is", first, n_dimensions);
  if (error == NULL)
    error = conset_numbers_error (function, "the last position is", last, n_dimensions);
  if (error == NULL)
    error = last_error (function, n_dimensions, size, first, last);
  if (error != NULL)
    return error;
  self = grid_alloc (n_dimensions, size, first);
  self->inclusive = TRUE;
  for (guint d = 0; d < n_dimensions; d++)
    {
      gboolean is_single = size[d] == 1;

      self->end[d] = last[d];
      self->grid.last[d] = is_single ? self->grid.origin[d] : last[d];
      self->grid.step[d] =
        is_single ? 1.0 : (last[d] - self->grid.origin[d]) / (double) (size[d] - 1);
    }
  return grid_finish (self);
}

ConsetGeometry *
conset_geometry_grid2d (guint64 width, guint64 height, const double *scale, const double *origin)
{
  return grid_new (2, (guint64[]){ width, height }, scale, origin);
}

ConsetGeometry *
conset_geometry_grid3d (
  guint64 width, guint64 height, guint64 depth, const double *scale, const double *origin)
{
  return grid_new (3, (guint64[]){ width, height, depth }, scale, origin);
}

ConsetGeometry *
conset_geometry_grid2d_between (guint64 width,
                                guint64 height,
                                const double *first,
                                const double *last)
{
  return grid_between_new (2, (guint64[]){ width, height }, first, last);
}

ConsetGeometry *
conset_geometry_grid3d_between (
  guint64 width, guint64 height, guint64 depth, const double *first, const double *last)
{
  return grid_between_new (3, (guint64[]){ width, height, depth }, first, last);
}

static ConsetGeometry *
grid_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  const GridGeometry *self = (const GridGeometry *) geometry;
  double to[CONSET_MAX_DIMENSIONS], origin[CONSET_MAX_DIMENSIONS];
  guint64 size[CONSET_MAX_DIMENSIONS];
  guint n = geometry->n_dimensions;

  memcpy (size, self->grid.size, sizeof size);
  if (geometry->end > geometry->size)
    size[n - 1] = CONSET_INDEX_END;
  conset_convert_numbers (conversion, self->inclusive ? self->end : self->scale, n, to);
  conset_convert_numbers (conversion, self->grid.origin, n, origin);
  return self->inclusive ? grid_between_new (n, size, origin, to) : grid_new (n, size, to, origin);
}

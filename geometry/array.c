/* SPDX-License-Identifier: MIT */
/*
 * Positions that stand in an array, position by position: to look one up is one cache line.
 */
#include "arguments.h"

#include "text.h"

#include <math.h>

typedef struct
{
  ConsetGeometry base;
  const double *positions;
  gpointer user_data;
  GDestroyNotify destroy;
} ArrayGeometry;

static void
array_finalize (ConsetGeometry *geometry)
{
  ArrayGeometry *self = (ArrayGeometry *) geometry;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
}

static void
array_print (const ConsetGeometry *geometry, GString *out)
{
  const ArrayGeometry *self = (const ArrayGeometry *) geometry;
  guint n_dimensions = geometry->n_dimensions;

  g_string_append (out, "positions([");
  for (guint64 k = 0; k < geometry->size && !conset_print_is_full (out); k++)
    for (guint d = 0; d < n_dimensions; d++)
      {
        g_string_append (out, d > 0 ? ", " : k > 0 ? ", (" : "(");
        conset_append_double (out, self->positions[k * n_dimensions + d]);
        g_string_append (out, d + 1 == n_dimensions ? ")" : "");
      }
  g_string_append (out, geometry->size == 0 && n_dimensions == 3 ? "], dimensions=3)" : "])");
}

static void
array_fill (const ConsetGeometry *geometry,
            const ConsetIndices *indices,
            double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const ArrayGeometry *self = (const ArrayGeometry *) geometry;
  guint n_dimensions = geometry->n_dimensions;

  for (gsize k = 0; k < indices->n; k++)
    {
      const double *position = self->positions + conset_indices_get (indices, k) * n_dimensions;

      xyz[0][k] = position[0];
      xyz[1][k] = position[1];
      if (n_dimensions == 3)
        xyz[2][k] = position[2];
    }
}

static const ConsetGeometryClass conset_geometry_array_class = {
  .name = "positions",
  .struct_size = sizeof (ArrayGeometry),
  .finalize = array_finalize,
  .print = array_print,
  .fill = array_fill,
};

static ConsetGeometry *
arguments_error (guint n_dimensions, const double *positions, gsize n)
{
  if (n_dimensions < 2 || n_dimensions > CONSET_MAX_DIMENSIONS)
    return conset_geometry_error_new ("positions: %u dimensions; give 2 or 3", n_dimensions);
  if (positions == NULL && n > 0)
    return conset_geometry_error_new ("positions: there is no array; pass one");
  if (n > G_MAXSIZE / (n_dimensions * sizeof *positions))
    return conset_geometry_error_new ("positions: the array is larger than any memory");
  for (gsize k = 0; k < n * n_dimensions; k++)
    if (!isfinite (positions[k]))
      return conset_geometry_error_new ("positions: coordinate %c of position %" G_GSIZE_FORMAT
                                        " is %s; use finite numbers",
                                        "xyz"[k % n_dimensions], k / n_dimensions,
                                        isnan (positions[k]) ? "nan"
                                        : positions[k] > 0.0 ? "inf"
                                                             : "-inf");
  return NULL;
}

ConsetGeometry *
conset_geometry_array_take (
  guint n_dimensions, const double *positions, gsize n, gpointer user_data, GDestroyNotify destroy)
{
  ConsetGeometry *error = arguments_error (n_dimensions, positions, n);
  ArrayGeometry *self;

  if (error != NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return error;
    }
  self = conset_geometry_new (&conset_geometry_array_class, n_dimensions, n);
  self->positions = positions;
  self->user_data = user_data;
  self->destroy = destroy;
  return conset_geometry_finish (self);
}

ConsetGeometry *
conset_geometry_array (guint n_dimensions, const double *positions, gsize n)
{
  ConsetGeometry *error = arguments_error (n_dimensions, positions, n);
  double *copy;

  if (error != NULL)
    return error;
  copy = g_memdup2 (positions, n * n_dimensions * sizeof *positions);
  return conset_geometry_array_take (n_dimensions, copy, n, copy, g_free);
}

/* SPDX-License-Identifier: MIT */
/*
 * Positions that stand in an array, position by position: to look one up is one cache line.
 */
#include "arguments.h"
#include "measured.h"

#include "text.h"
#include "units.h"

#include <math.h>

/* @text: (nullable): what is printed in place of the positions */
typedef struct
{
  ConsetGeometry base;
  const double *positions;
  char *text;
  gpointer user_data;
  GDestroyNotify destroy;
} ArrayGeometry;

static void
array_finalize (ConsetGeometry *geometry)
{
  ArrayGeometry *self = (ArrayGeometry *) geometry;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->text);
}

/* Prints positions times @unit (nullable). FALSE if no number of it is one of them. */
static gboolean
print_positions (const ArrayGeometry *self, const ConsetUnit *unit, GString *out)
{
  guint n_dimensions = self->base.n_dimensions;

  g_string_append (out, "positions([");
  for (guint64 k = 0; k < self->base.size && !conset_print_is_full (out); k++)
    for (guint d = 0; d < n_dimensions; d++)
      {
        double base = self->positions[k * n_dimensions + d];
        double number = unit != NULL ? conset_unit_from_base (unit, base) : base;

        if (unit != NULL && conset_unit_to_base (unit, number) != base)
          return FALSE;
        g_string_append (out, d > 0 ? ", " : k > 0 ? ", (" : "(");
        conset_append_double (out, number);
        g_string_append (out, d + 1 == n_dimensions ? ")" : "");
      }
  g_string_append (out, self->base.size == 0 && n_dimensions == 3 ? "], dimensions=3)" : "])");
  if (unit == NULL)
    return TRUE;
  g_string_append (out, " * ");
  conset_unit_print (unit, CONSET_VALUE_PREC_UNARY, out);
  return TRUE;
}

static void
array_print (const ConsetGeometry *geometry, GString *out)
{
  const ArrayGeometry *self = (const ArrayGeometry *) geometry;
  gsize start = out->len;

  if (self->text != NULL)
    g_string_append (out, self->text);
  else if (!print_positions (self, geometry->unit, out))
    {
      g_string_truncate (out, start);
      g_string_append (out, "convert(");
      print_positions (self, conset_unit_base (geometry->unit), out);
      g_string_append (out, ", ");
      conset_unit_print (geometry->unit, CONSET_VALUE_PREC_LEAST, out);
      g_string_append_c (out, ')');
    }
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

static void
unref_array (gpointer array)
{
  conset_geometry_unref (array);
}

/* Numbers that only are shown in another unit stay where they are; so do those of a file. */
static ConsetGeometry *
array_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  const ArrayGeometry *self = (const ArrayGeometry *) geometry;
  gsize n = geometry->size * geometry->n_dimensions;
  double *numbers;

  if (self->text != NULL)
    return conset_convert_positions (geometry, conversion);
  if (conversion->kind == CONSET_CONVERT_SHOW)
    return conset_geometry_array_take (geometry->n_dimensions, self->positions, geometry->size,
                                       conset_geometry_ref (geometry), unref_array);
  numbers = g_new (double, n + 1);
  for (gsize k = 0; k < n; k++)
    numbers[k] = conset_convert_number (conversion, self->positions[k]);
  return conset_geometry_array_take (geometry->n_dimensions, numbers, geometry->size, numbers,
                                     g_free);
}

static const ConsetGeometryClass conset_geometry_array_class = {
  .name = "positions",
  .struct_size = sizeof (ArrayGeometry),
  .finalize = array_finalize,
  .print = array_print,
  .fill = array_fill,
  .convert = array_convert,
  .unit_behind = TRUE,
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
conset_geometry_told (guint n_dimensions,
                      const double *positions,
                      gsize n,
                      const ConsetUnit *unit,
                      const char *text,
                      gpointer user_data,
                      GDestroyNotify destroy)
{
  ConsetGeometry *geometry =
    conset_geometry_array_take (n_dimensions, positions, n, user_data, destroy);

  geometry = conset_geometry_measured (geometry, unit);
  if (conset_geometry_error_message (geometry) != NULL)
    return geometry;
  ((ArrayGeometry *) geometry)->text = g_strdup (text);
  geometry->precedence = CONSET_GEOMETRY_PREC_ATOM;
  return geometry;
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

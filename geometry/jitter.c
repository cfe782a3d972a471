/* SPDX-License-Identifier: MIT */
/*
 * Jitter: the positions of another geometry, each moved by an offset that is drawn at the counter
 * that is its index.
 */
#include "arguments.h"

#include "kernels.h"
#include "measured.h"
#include "text.h"
#include "units.h"

#include <math.h>

typedef struct
{
  ConsetGeometry base;
  guint64 seed;
  ConsetKey keys[2];
  double offset[CONSET_MAX_DIMENSIONS];
} JitterGeometry;

static void
jitter_print (const ConsetGeometry *geometry, GString *out)
{
  const JitterGeometry *self = (const JitterGeometry *) geometry;

  g_string_append (out, "jitter(");
  conset_geometry_print (geometry->children[0], CONSET_GEOMETRY_PREC_PRODUCT, out);
  g_string_append (out, ", ");
  conset_quantity_print (self->offset[0], geometry->unit, out);
  for (guint d = 1; d < geometry->n_dimensions; d++)
    if (self->offset[d] != self->offset[0])
      {
        g_string_append_printf (out, ", %c=", "xyz"[d]);
        conset_quantity_print (self->offset[d], geometry->unit, out);
      }
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static void
jitter_fill (const ConsetGeometry *geometry,
             const ConsetIndices *indices,
             double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const JitterGeometry *self = (const JitterGeometry *) geometry;
  guint64 bits[2][CONSET_VALUE_BLOCK];
  double offsets[CONSET_VALUE_BLOCK];
  gsize n = indices->n;

  geometry->children[0]->klass->fill (geometry->children[0], indices, xyz);
  for (guint d = 0; d < geometry->n_dimensions; d++)
    {
      if (d % 2 == 0)
        conset_draws ()->pair_draws (&self->keys[d / 2], TRUE, 0, indices->first, indices->offsets,
                                     n, bits[0], bits[1]);
      conset_spatial ()->uniform (offsets, bits[d % 2], -self->offset[d], 2.0 * self->offset[d], n);
      conset_arithmetic ()->binary[CONSET_BINARY_ADD](xyz[d], offsets, n);
    }
}

static gboolean
jitter_find_layer (const ConsetGeometry *geometry, const char *name, guint64 *first, guint64 *end)
{
  return conset_geometry_find_layer (geometry->children[0], name, first, end);
}

static const char *
jitter_layer_of (const ConsetGeometry *geometry, guint64 index)
{
  return conset_geometry_layer_of (geometry->children[0], index);
}

static ConsetGeometry *
jitter_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  const JitterGeometry *self = (const JitterGeometry *) geometry;
  double offset[CONSET_MAX_DIMENSIONS];

  conset_convert_numbers (conversion, self->offset, geometry->n_dimensions, offset);
  return conset_jitter_measured (offset, self->seed,
                                 conset_convert_geometry (geometry->children[0], conversion));
}

static const ConsetGeometryClass conset_geometry_jitter_class = {
  .name = "jitter",
  .struct_size = sizeof (JitterGeometry),
  .print = jitter_print,
  .fill = jitter_fill,
  .find_layer = jitter_find_layer,
  .layer_of = jitter_layer_of,
  .convert = jitter_convert,
};

static ConsetGeometry *
offset_error (const double *offset, guint n)
{
  ConsetGeometry *error = conset_numbers_error ("jitter", "the offset is", offset, n);

  for (guint d = 0; error == NULL && d < n; d++)
    if (!(offset[d] >= 0.0 && isfinite (2.0 * offset[d])))
      error = conset_geometry_error_new ("jitter: the offset along %c is %s; "
                                         "give the greatest one in either direction",
                                         "xyz"[d], offset[d] < 0.0 ? "negative" : "too large");
  return error;
}

ConsetGeometry *
conset_geometry_jitter (const double *offset, guint64 seed, ConsetGeometry *geometry)
{
  double measured[CONSET_MAX_DIMENSIONS];

  if (geometry == NULL || geometry->unit == NULL || offset == NULL)
    return conset_jitter_measured (offset, seed, geometry);
  for (guint d = 0; d < geometry->n_dimensions; d++)
    measured[d] = conset_unit_to_base (geometry->unit, offset[d]);
  return conset_jitter_measured (measured, seed, geometry);
}

ConsetGeometry *
conset_jitter_measured (const double *offset, guint64 seed, ConsetGeometry *geometry)
{
  ConsetGeometry *error = conset_geometry_absorb ("jitter", geometry);
  JitterGeometry *self;

  if (error != NULL)
    return error;
  if (offset == NULL)
    error = conset_geometry_error_new ("jitter: there are no offsets; give one for each dimension");
  else
    error = offset_error (offset, geometry->n_dimensions);
  if (error != NULL)
    {
      conset_geometry_unref (geometry);
      return error;
    }
  self =
    conset_geometry_new (&conset_geometry_jitter_class, geometry->n_dimensions, geometry->size);
  self->base.end = geometry->end;
  self->seed = seed;
  for (guint lane = 0; lane < 2; lane++)
    self->keys[lane] = conset_key (seed, CONSET_RULE_JITTER, lane);
  for (guint d = 0; d < geometry->n_dimensions; d++)
    self->offset[d] = offset[d];
  conset_geometry_adopt (self, geometry);
  /* A sum may be too large for a double. */
  self->base.finite = FALSE;
  return conset_geometry_finish (self);
}

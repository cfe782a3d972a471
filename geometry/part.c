/* SPDX-License-Identifier: MIT */
/*
 * Parts: a range of the positions of another geometry, counted from 0.
 */
#include "arguments.h"
#include "units.h"

typedef struct
{
  ConsetGeometry base;
  guint64 first;
} PartGeometry;

static void
part_print (const ConsetGeometry *geometry, GString *out)
{
  const PartGeometry *self = (const PartGeometry *) geometry;

  g_string_append (out, "part(");
  conset_geometry_print (geometry->children[0], CONSET_GEOMETRY_PREC_PRODUCT, out);
  g_string_append_printf (out, ", %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")", self->first,
                          self->first + geometry->size);
}

static void
part_fill (const ConsetGeometry *geometry,
           const ConsetIndices *indices,
           double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const ConsetGeometry *child = geometry->children[0];
  const ConsetIndices moved = { indices->first + ((const PartGeometry *) geometry)->first,
                                indices->offsets, indices->n };

  child->klass->fill (child, &moved, xyz);
}

/* A layer that the part cuts through is its share of it. */
static gboolean
part_find_layer (const ConsetGeometry *geometry, const char *name, guint64 *first, guint64 *end)
{
  guint64 start = ((const PartGeometry *) geometry)->first;

  if (!conset_geometry_find_layer (geometry->children[0], name, first, end) || *end <= start
      || *first >= start + geometry->size)
    return FALSE;
  *first = *first > start ? *first - start : 0;
  *end = MIN (*end - start, geometry->size);
  return TRUE;
}

static const char *
part_layer_of (const ConsetGeometry *geometry, guint64 index)
{
  return conset_geometry_layer_of (geometry->children[0],
                                   index + ((const PartGeometry *) geometry)->first);
}

static ConsetGeometry *
part_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  guint64 first = ((const PartGeometry *) geometry)->first;

  return conset_geometry_part (first, first + geometry->size,
                               conset_convert_geometry (geometry->children[0], conversion));
}

static const ConsetGeometryClass conset_geometry_part_class = {
  .name = "part",
  .struct_size = sizeof (PartGeometry),
  .print = part_print,
  .fill = part_fill,
  .find_layer = part_find_layer,
  .layer_of = part_layer_of,
  .convert = part_convert,
};

ConsetGeometry *
conset_geometry_part (guint64 first, guint64 end, ConsetGeometry *geometry)
{
  ConsetGeometry *error = conset_geometry_absorb ("part", geometry);
  g_autofree char *text = NULL;
  PartGeometry *self;

  if (error != NULL)
    return error;
  if (first > end || end > geometry->end)
    {
      text = conset_geometry_describe (geometry);
      error = conset_geometry_error_new (
        "part(%s, %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
        "): the geometry has %" G_GUINT64_FORMAT
        " positions; give a first index and one past the last, in this order",
        text, first, end, geometry->end);
      conset_geometry_unref (geometry);
      return error;
    }
  self = conset_geometry_new (&conset_geometry_part_class, geometry->n_dimensions, end - first);
  self->first = first;
  conset_geometry_adopt (self, geometry);
  return conset_geometry_finish (self);
}

/* SPDX-License-Identifier: MIT */
/*
 * Layers: geometries one behind the other, all with names or all without.
 *
 * The layer of an index is found by bisection, and a block of indices goes to its layers piece by
 * piece.
 */
#include "arguments.h"
#include "units.h"

#include <string.h>

/* @ends: one past the last index of each layer */
typedef struct
{
  ConsetGeometry base;
  guint64 *ends;
  char **names;
} LayersGeometry;

static void
layers_finalize (ConsetGeometry *geometry)
{
  LayersGeometry *self = (LayersGeometry *) geometry;

  for (guint k = 0; k < geometry->n_children; k++)
    g_free (self->names[k]);
  g_free (self->names);
  g_free (self->ends);
}

static void
layers_print (const ConsetGeometry *geometry, GString *out)
{
  const LayersGeometry *self = (const LayersGeometry *) geometry;

  g_string_append (out, "layers(");
  for (guint k = 0; k < geometry->n_children; k++)
    {
      g_string_append (out, k > 0 ? ", " : "");
      if (self->names[k] != NULL)
        g_string_append_printf (out, "%s=", self->names[k]);
      conset_geometry_print (geometry->children[k], CONSET_GEOMETRY_PREC_PRODUCT, out);
    }
  g_string_append_c (out, ')');
}

static guint64
layer_first (const LayersGeometry *self, guint layer)
{
  return layer > 0 ? self->ends[layer - 1] : 0;
}

static guint
layer_find (const LayersGeometry *self, guint64 index)
{
  guint low = 0, high = self->base.n_children - 1;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (index < self->ends[middle])
        high = middle;
      else
        low = middle + 1;
    }
  return low;
}

/* The @n places of @indices from @from on, which are in one layer, from its first index on. */
static void
piece_fill (const LayersGeometry *self,
            guint layer,
            const ConsetIndices *indices,
            gsize from,
            gsize n,
            double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const ConsetGeometry *child = self->base.children[layer];
  guint64 first = conset_indices_get (indices, from);
  guint32 offsets[CONSET_VALUE_BLOCK];
  ConsetIndices piece = { first - layer_first (self, layer), NULL, n };

  if (indices->offsets != NULL)
    {
      for (gsize k = 0; k < n; k++)
        offsets[k] = indices->offsets[from + k] - indices->offsets[from];
      piece.offsets = offsets;
    }
  child->klass->fill (child, &piece, (double *[]){ xyz[0] + from, xyz[1] + from, xyz[2] + from });
}

static void
layers_fill (const ConsetGeometry *geometry,
             const ConsetIndices *indices,
             double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const LayersGeometry *self = (const LayersGeometry *) geometry;

  for (gsize from = 0, end; from < indices->n; from = end)
    {
      guint layer = layer_find (self, conset_indices_get (indices, from));

      for (end = from + 1; end < indices->n; end++)
        if (conset_indices_get (indices, end) >= self->ends[layer])
          break;
      piece_fill (self, layer, indices, from, end - from, xyz);
    }
}

static gboolean
layers_find_layer (const ConsetGeometry *geometry, const char *name, guint64 *first, guint64 *end)
{
  const LayersGeometry *self = (const LayersGeometry *) geometry;

  for (guint k = 0; k < geometry->n_children; k++)
    {
      guint64 start = layer_first (self, k);

      if (self->names[k] != NULL && strcmp (self->names[k], name) == 0)
        {
          *first = start;
          *end = self->ends[k];
          return TRUE;
        }
      if (conset_geometry_find_layer (geometry->children[k], name, first, end))
        {
          *first += start;
          *end = MIN (*end + start, self->ends[k]);
          return TRUE;
        }
    }
  return FALSE;
}

static const char *
layers_layer_of (const ConsetGeometry *geometry, guint64 index)
{
  const LayersGeometry *self = (const LayersGeometry *) geometry;
  guint layer = layer_find (self, index);
  const char *inner =
    conset_geometry_layer_of (geometry->children[layer], index - layer_first (self, layer));

  return inner != NULL ? inner : self->names[layer];
}

static ConsetGeometry *
layers_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  const LayersGeometry *self = (const LayersGeometry *) geometry;
  g_autofree ConsetGeometry **layers = g_new (ConsetGeometry *, geometry->n_children);

  for (guint k = 0; k < geometry->n_children; k++)
    layers[k] = conset_convert_geometry (geometry->children[k], conversion);
  return conset_geometry_layers (geometry->n_children, layers,
                                 self->names[0] != NULL ? (const char *const *) self->names : NULL);
}

static const ConsetGeometryClass conset_geometry_layers_class = {
  .name = "layers",
  .struct_size = sizeof (LayersGeometry),
  .finalize = layers_finalize,
  .print = layers_print,
  .fill = layers_fill,
  .find_layer = layers_find_layer,
  .layer_of = layers_layer_of,
  .convert = layers_convert,
};

/* Arguments */

static gboolean
is_name (const char *name)
{
  if (!g_ascii_isalpha (name[0]))
    return FALSE;
  for (; *name != '\0'; name++)
    if (!g_ascii_isalnum (*name) && *name != '_')
      return FALSE;
  return TRUE;
}

static ConsetGeometry *
name_error (guint n, const char *const *names)
{
  for (guint k = 0; names != NULL && k < n; k++)
    {
      if (names[k] == NULL || !is_name (names[k]))
        return conset_geometry_error_new ("layers: the name of layer %u is no name; use letters, "
                                          "digits and _, a letter first",
                                          k);
      for (guint other = 0; other < k; other++)
        if (strcmp (names[other], names[k]) == 0)
          return conset_geometry_error_new ("layers(%s): two layers have this name; use another",
                                            names[k]);
    }
  return NULL;
}

static ConsetGeometry *
unit_error (const ConsetUnit *first, const ConsetUnit *unit, guint k)
{
  g_autofree char *what = g_strdup_printf ("layer %u is", k), *problem = NULL;

  problem = conset_units_clash ("layer 0 is", first, what, unit);
  return problem != NULL ? conset_geometry_error_new ("layers: %s", problem) : NULL;
}

static ConsetGeometry *
geometries_error (guint n, ConsetGeometry *const *geometries)
{
  ConsetGeometry *error;
  guint64 size = 0;

  for (guint k = 0; k < n; k++)
    if (geometries[k] == NULL || conset_geometry_error_message (geometries[k]) != NULL)
      return conset_geometry_absorb (
        "layers", geometries[k] != NULL ? conset_geometry_ref (geometries[k]) : NULL);
  for (guint k = 0; k < n; k++)
    {
      if (geometries[k]->n_dimensions != geometries[0]->n_dimensions)
        return conset_geometry_error_new ("layers: layer 0 has %u dimensions, and layer %u has %u; "
                                          "use as many in all",
                                          geometries[0]->n_dimensions, k,
                                          geometries[k]->n_dimensions);
      error = unit_error (geometries[0]->unit, geometries[k]->unit, k);
      if (error != NULL)
        return error;
      if (k + 1 < n && conset_geometry_is_endless (geometries[k]))
        return conset_geometry_error_new ("layers: layer %u has endlessly many positions, so that "
                                          "none can follow; give it a size",
                                          k);
      if (geometries[k]->size > CONSET_INDEX_END - size
          && !conset_geometry_is_endless (geometries[k]))
        return conset_geometry_error_new ("layers: there are more than 2^63 positions; "
                                          "use fewer");
      size = MIN (CONSET_INDEX_END, size + geometries[k]->size);
    }
  return NULL;
}

ConsetGeometry *
conset_geometry_layers (guint n, ConsetGeometry *const *geometries, const char *const *names)
{
  ConsetGeometry *error;
  LayersGeometry *self;
  guint64 size = 0;

  if (n == 0 || geometries == NULL)
    return conset_geometry_error_new ("layers: there are none; give at least one geometry");
  error = geometries_error (n, geometries);
  if (error == NULL)
    error = name_error (n, names);
  if (error != NULL)
    {
      for (guint k = 0; k < n; k++)
        if (geometries[k] != NULL)
          conset_geometry_unref (geometries[k]);
      return error;
    }
  self = conset_geometry_new (&conset_geometry_layers_class, geometries[0]->n_dimensions, 0);
  self->ends = g_new (guint64, n);
  self->names = g_new (char *, n);
  for (guint k = 0; k < n; k++)
    {
      size = MIN (CONSET_INDEX_END, size + geometries[k]->size);
      self->ends[k] = size;
      self->names[k] = g_strdup (names != NULL ? names[k] : NULL);
      conset_geometry_adopt (self, geometries[k]);
    }
  self->base.size = self->base.end = size;
  return conset_geometry_finish (self);
}

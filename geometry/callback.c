/* SPDX-License-Identifier: MIT */
/*
 * Positions that a function of the user finds, one call each.
 */
#include "geometry.h"

typedef struct
{
  ConsetGeometry base;
  char *name;
  ConsetPositionFunc position;
  gpointer user_data;
  GDestroyNotify destroy;
} CallbackGeometry;

static void
callback_finalize (ConsetGeometry *geometry)
{
  CallbackGeometry *self = (CallbackGeometry *) geometry;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->name);
}

static void
callback_print (const ConsetGeometry *geometry, GString *out)
{
  g_string_append_printf (out, "<%s>", ((const CallbackGeometry *) geometry)->name);
}

static void
callback_fill (const ConsetGeometry *geometry,
               const ConsetIndices *indices,
               double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const CallbackGeometry *self = (const CallbackGeometry *) geometry;

  for (gsize k = 0; k < indices->n; k++)
    {
      double position[CONSET_MAX_DIMENSIONS] = { 0 };

      self->position (conset_indices_get (indices, k), position, self->user_data);
      for (guint d = 0; d < geometry->n_dimensions; d++)
        xyz[d][k] = position[d];
    }
}

static const ConsetGeometryClass conset_geometry_callback_class = {
  .name = "callback",
  .struct_size = sizeof (CallbackGeometry),
  .finalize = callback_finalize,
  .print = callback_print,
  .fill = callback_fill,
};

static ConsetGeometry *
arguments_error (const char *name, guint n_dimensions, guint64 size, ConsetPositionFunc position)
{
  if (position == NULL)
    return conset_geometry_error_new ("callback(%s): there is no function; pass one", name);
  if (n_dimensions < 2 || n_dimensions > CONSET_MAX_DIMENSIONS)
    return conset_geometry_error_new ("callback(%s): %u dimensions; give 2 or 3", name,
                                      n_dimensions);
  if (size > CONSET_INDEX_END)
    return conset_geometry_error_new (
      "callback(%s): there are more than 2^63 positions; give fewer", name);
  return NULL;
}

ConsetGeometry *
conset_geometry_callback (const char *name,
                          guint n_dimensions,
                          guint64 size,
                          ConsetPositionFunc position,
                          gpointer user_data,
                          GDestroyNotify destroy)
{
  const char *printed = name != NULL ? name : "callback";
  ConsetGeometry *error = arguments_error (printed, n_dimensions, size, position);
  CallbackGeometry *self;

  if (error != NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return error;
    }
  self = conset_geometry_new (&conset_geometry_callback_class, n_dimensions, size);
  self->name = g_strdup (printed);
  self->position = position;
  self->user_data = user_data;
  self->destroy = destroy;
  self->base.finite = FALSE;
  return conset_geometry_finish (self);
}

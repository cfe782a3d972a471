/* SPDX-License-Identifier: MIT */
/*
 * Random positions: uniform in a box, each coordinate by 52 random bits at the counter that is the
 * index. So position i is a function of seed and i alone, and there may be one for every index.
 *
 * Three numbers take two draws, so that positions in space have lanes of their own.
 */
#include "arguments.h"

#include "kernels.h"
#include "text.h"
#include "units.h"

#include <math.h>
#include <string.h>

typedef struct
{
  ConsetGeometry base;
  guint64 seed;
  ConsetKey keys[2];
  double scale[CONSET_MAX_DIMENSIONS];
  double origin[CONSET_MAX_DIMENSIONS];
} RandomGeometry;

static void
random_print (const ConsetGeometry *geometry, GString *out)
{
  const RandomGeometry *self = (const RandomGeometry *) geometry;
  guint n = geometry->n_dimensions;

  g_string_append_printf (out, "random%ud(", n);
  if (!conset_geometry_is_endless (geometry))
    g_string_append_printf (out, "%" G_GUINT64_FORMAT ", ", geometry->size);
  g_string_append_printf (out, "seed=%" G_GUINT64_FORMAT, self->seed);
  conset_append_keywords (out, "Scale", self->scale, n, 1.0, geometry->unit);
  conset_append_keywords (out, "0", self->origin, n, 0.0, geometry->unit);
  g_string_append_c (out, ')');
}

static void
random_fill (const ConsetGeometry *geometry,
             const ConsetIndices *indices,
             double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const RandomGeometry *self = (const RandomGeometry *) geometry;
  const ConsetSpatial *spatial = conset_spatial ();
  guint64 bits[2][CONSET_VALUE_BLOCK];
  gsize n = indices->n;

  for (guint d = 0; d < geometry->n_dimensions; d++)
    {
      if (d % 2 == 0)
        conset_draws ()->pair_draws (&self->keys[d / 2], TRUE, 0, indices->first, indices->offsets,
                                     n, bits[0], bits[1]);
      spatial->uniform (xyz[d], bits[d % 2], self->origin[d], self->scale[d], n);
    }
}

static ConsetGeometry *random_new (
  guint n_dimensions, guint64 size, const double *scale, const double *origin, guint64 seed);

static void
random_extent (const ConsetGeometry *geometry, ConsetBox *box)
{
  const RandomGeometry *self = (const RandomGeometry *) geometry;

  for (guint d = 0; d < geometry->n_dimensions; d++)
    {
      double end = self->origin[d] + self->scale[d];

      box->low[d] = MIN (self->origin[d], end);
      box->high[d] = MAX (self->origin[d], end);
    }
}

static ConsetGeometry *
random_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  const RandomGeometry *self = (const RandomGeometry *) geometry;
  double scale[CONSET_MAX_DIMENSIONS], origin[CONSET_MAX_DIMENSIONS];

  conset_convert_numbers (conversion, self->scale, geometry->n_dimensions, scale);
  conset_convert_numbers (conversion, self->origin, geometry->n_dimensions, origin);
  return random_new (geometry->n_dimensions, geometry->size, scale, origin, self->seed);
}

static const ConsetGeometryClass conset_geometry_random_class = {
  .name = "random",
  .struct_size = sizeof (RandomGeometry),
  .print = random_print,
  .fill = random_fill,
  .extent = random_extent,
  .convert = random_convert,
};

static ConsetGeometry *
random_new (
  guint n_dimensions, guint64 size, const double *scale, const double *origin, guint64 seed)
{
  const char *function = n_dimensions == 2 ? "random2d" : "random3d";
  ConsetGeometry *error = conset_numbers_error (function, "the scale is", scale, n_dimensions);
  RandomGeometry *self;

  if (error == NULL)
    error = conset_numbers_error (function, "the origin is", origin, n_dimensions);
  if (error == NULL && size > CONSET_INDEX_END)
    error =
      conset_geometry_error_new ("%s: there are more than 2^63 positions; ask for fewer", function);
  if (error != NULL)
    return error;
  self = conset_geometry_new (&conset_geometry_random_class, n_dimensions, size);
  self->seed = seed;
  for (guint lane = 0; lane < 2; lane++)
    self->keys[lane] = conset_key (seed, CONSET_RULE_POSITION, n_dimensions == 2 ? 0 : 1 + lane);
  for (guint d = 0; d < n_dimensions && error == NULL; d++)
    {
      self->scale[d] = scale != NULL ? scale[d] : 1.0;
      self->origin[d] = origin != NULL ? origin[d] : 0.0;
      if (!isfinite (self->origin[d] + self->scale[d]))
        error = conset_geometry_error_new ("%s: the positions along %c do not fit doubles; "
                                           "use another unit of length",
                                           function, "xyz"[d]);
    }
  if (error == NULL)
    return conset_geometry_finish (self);
  conset_geometry_unref (&self->base);
  return error;
}

ConsetGeometry *
conset_geometry_random2d (guint64 size, const double *scale, const double *origin, guint64 seed)
{
  return random_new (2, size, scale, origin, seed);
}

ConsetGeometry *
conset_geometry_random3d (guint64 size, const double *scale, const double *origin, guint64 seed)
{
  return random_new (3, size, scale, origin, seed);
}

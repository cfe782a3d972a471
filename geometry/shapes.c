/* SPDX-License-Identifier: MIT */
/*
 * Boxes and ellipsoids: regions of displacements, turned, anchored, and on a torus.
 *
 * Sines and cosines are the library's own, so that a turned shape has the same members everywhere.
 */
#include <conset/spatial.h>

#include "arguments.h"
#include "region_set.h"
#include "sizes.h"
#include "units.h"

#include "node.h"
#include "pinned.h"

#include <math.h>
#include <string.h>

/* @values: those of the call, which are consumed: sizes, anchor, torus */
typedef struct
{
  const char *name;
  ConsetRegionKind kind;
  guint n_dimensions;
  ConsetValue *sizes[CONSET_MAX_DIMENSIONS];
  ConsetPlacement placement;
  ConsetGeometry *sources;
  ConsetGeometry *targets;
} Shape;

/* {{{ turning */

/* Quarters are exact. */
static void
turn_by (double degrees, double *cosine, double *sine)
{
  double rest = degrees - 360.0 * floor (degrees / 360.0), quarter = floor (rest / 90.0);
  double angle = (rest - 90.0 * quarter) * (G_PI / 180.0), swap;

  *cosine = angle == 0.0 ? 1.0 : conset_pinned_cos (angle);
  *sine = angle == 0.0 ? 0.0 : conset_pinned_sin (angle);
  for (; quarter >= 1.0; quarter -= 1.0)
    {
      swap = *cosine;
      *cosine = 0.0 - *sine;
      *sine = swap;
    }
}

/* Rows are where the axes of the shape point. */
static void
turn_region (ConsetRegion *region, double azimuth, double polar)
{
  double c, s, tilt_c, tilt_s;

  turn_by (azimuth, &c, &s);
  turn_by (polar, &tilt_c, &tilt_s);
  region->turned = azimuth != 0.0 || polar != 0.0;
  memcpy (region->turn,
          ((const double[3][3]){ { c * tilt_c, s * tilt_c, 0.0 - tilt_s },
                                 { 0.0 - s, c, 0.0 },
                                 { c * tilt_s, s * tilt_s, tilt_c } }),
          sizeof region->turn);
}

static void
find_reach (ConsetRegion *region)
{
  for (guint d = 0; d < region->n_dimensions; d++)
    {
      double sum = 0.0, squares = 0.0;

      for (guint axis = 0; axis < region->n_dimensions; axis++)
        {
          double part = region->half[axis] * fabs (region->turn[axis][d]);

          sum += part;
          squares += part * part;
        }
      region->reach[d] = region->kind == CONSET_REGION_ELLIPSOID && isfinite (squares)
                           ? MIN (sum, sqrt (squares) * (1.0 + 0x1p-40) + 1e-150)
                           : sum;
    }
}

/* }}} */

/* {{{ arguments */

static void
print_keyword (GString *out, guint d, const char *name, const ConsetValue *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (out, ", %c%s=", "xyz"[d], name);
  conset_value_print (value, CONSET_VALUE_PREC_LEAST, out);
}

static char *
shape_text (const Shape *shape)
{
  GString *out = g_string_new (shape->name);

  for (guint d = 0; d < shape->n_dimensions; d++)
    {
      g_string_append (out, d == 0 ? "(" : ", ");
      conset_value_print (shape->sizes[d], CONSET_VALUE_PREC_LEAST, out);
    }
  conset_append_keyword (out, "azimuth", shape->placement.azimuth, 0.0, NULL);
  conset_append_keyword (out, "polar", shape->placement.polar, 0.0, NULL);
  for (guint d = 0; d < shape->n_dimensions; d++)
    print_keyword (out, d, "0", shape->placement.anchor[d]);
  for (guint d = 0; d < shape->n_dimensions; d++)
    print_keyword (out, d, "Scale", shape->placement.torus[d]);
  g_string_append_c (out, ')');
  return g_string_free (out, FALSE);
}

/* A size is of the unit that positions have. */
static Conset *
unit_error (const Shape *shape, const ConsetValue *value)
{
  g_autofree char *text = conset_value_describe (value);
  g_autofree char *what = g_strdup_printf ("sizes such as %s are", text);
  g_autofree char *clash =
    conset_units_clash (what, value->unit, "positions are", shape->sources->unit);

  return clash != NULL ? conset_error_new ("%s: %s", shape->name, clash) : NULL;
}

static Conset *
read_sizes (const Shape *shape, ConsetRegion *region)
{
  static const char *const names[] = { "width", "height", "depth" };
  Conset *error = NULL;

  for (guint d = 0; d < shape->n_dimensions && error == NULL; d++)
    {
      error = conset_size_read (shape->name, names[d], shape->sizes[d], &region->half[d]);
      if (error == NULL)
        error = unit_error (shape, shape->sizes[d]);
      region->half[d] /= 2.0;
    }
  return error;
}

/* An anchor may be negative. */
static Conset *
read_anchor (const Shape *shape, guint d, double *number)
{
  const ConsetValue *value = shape->placement.anchor[d];
  g_autofree char *text = NULL;

  *number = 0.0;
  if (value == NULL)
    return NULL;
  if (conset_value_error_message (value) != NULL)
    return conset_error_new ("%s", conset_value_error_message (value));
  text = conset_value_describe (value);
  if (!conset_value_is_fixed (value, number))
    return conset_error_new (
      "%s(%c0=%s): the anchor differs between pairs; give one number for all", shape->name,
      "xyz"[d], text);
  if (!isfinite (*number))
    return conset_error_new ("%s(%c0=%s): the anchor is not finite; give a number", shape->name,
                             "xyz"[d], text);
  return unit_error (shape, value);
}

static Conset *
read_torus (const Shape *shape, guint d, double *number)
{
  const ConsetValue *value = shape->placement.torus[d];
  Conset *error;

  *number = 0.0;
  if (value == NULL)
    return NULL;
  error = conset_size_read (shape->name, "size of the torus", value, number);
  if (error == NULL && *number == 0.0)
    error = conset_error_new ("%s: the %cScale of the torus is not above 0; give its size",
                              shape->name, "xyz"[d]);
  return error != NULL ? error : unit_error (shape, value);
}

static Conset *
read_placement (const Shape *shape, ConsetRegion *region)
{
  const ConsetPlacement *placement = &shape->placement;
  Conset *error = NULL;

  if (!isfinite (placement->azimuth) || !isfinite (placement->polar))
    return conset_error_new ("%s: the angle is not finite; give a number of degrees", shape->name);
  if (shape->n_dimensions == 2 && placement->polar != 0.0)
    return conset_error_new ("%s: in two dimensions there is no polar angle; use azimuth",
                             shape->name);
  for (guint d = shape->n_dimensions; d < CONSET_MAX_DIMENSIONS; d++)
    if (placement->anchor[d] != NULL || placement->torus[d] != NULL)
      return conset_error_new ("%s: in two dimensions there is no z; use x and y", shape->name);
  for (guint d = 0; d < shape->n_dimensions && error == NULL; d++)
    {
      error = read_anchor (shape, d, &region->anchor[d]);
      if (error == NULL)
        error = read_torus (shape, d, &region->torus[d]);
    }
  return error;
}

static Conset *
geometries_error (const Shape *shape)
{
  const ConsetGeometry *const geometries[] = { shape->sources, shape->targets };
  g_autofree char *clash = NULL;

  if (shape->sources == NULL)
    {
      g_critical ("%s: the geometry of the sources is NULL", shape->name);
      return conset_error_new ("%s: the geometry of the sources is NULL; pass one", shape->name);
    }
  for (guint k = 0; k < 2; k++)
    if (geometries[k] != NULL && conset_geometry_error_message (geometries[k]) != NULL)
      return conset_error_new ("%s", conset_geometry_error_message (geometries[k]));
  for (guint k = 0; k < 2; k++)
    if (geometries[k] != NULL && geometries[k]->n_dimensions != shape->n_dimensions)
      {
        g_autofree char *text = conset_geometry_describe (geometries[k]);

        return conset_error_new ("%s * %s: the shape is of %u dimensions, the positions are of %u; "
                                 "use the shape of their dimensions, or a projection",
                                 shape->name, text, shape->n_dimensions,
                                 geometries[k]->n_dimensions);
      }
  if (shape->targets == NULL)
    return NULL;
  clash = conset_units_clash ("positions of sources are", shape->sources->unit,
                              "positions of targets are", shape->targets->unit);
  return clash != NULL ? conset_error_new ("%s: %s", shape->name, clash) : NULL;
}

/* }}} */

static void
shape_clear (Shape *shape)
{
  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    {
      g_clear_pointer (&shape->sizes[d], conset_value_unref);
      g_clear_pointer (&shape->placement.anchor[d], conset_value_unref);
      g_clear_pointer (&shape->placement.torus[d], conset_value_unref);
    }
  g_clear_pointer (&shape->sources, conset_geometry_unref);
  g_clear_pointer (&shape->targets, conset_geometry_unref);
}

/* Consumes what is in @shape. */
static Conset *
shape_make (Shape shape, const ConsetPlacement *placement)
{
  ConsetRegion region = { .kind = shape.kind, .n_dimensions = shape.n_dimensions };
  ConsetGeometry *sources, *targets;
  Conset *result;

  if (placement != NULL)
    shape.placement = *placement;
  result = geometries_error (&shape);
  if (result == NULL)
    result = read_sizes (&shape, &region);
  if (result == NULL)
    result = read_placement (&shape, &region);
  if (result == NULL)
    {
      turn_region (&region, shape.placement.azimuth, shape.placement.polar);
      find_reach (&region);
      sources = g_steal_pointer (&shape.sources);
      targets = g_steal_pointer (&shape.targets);
      if (targets == NULL)
        targets = conset_geometry_ref (sources);
      result = conset_region_set_new (&region, shape_text (&shape), NULL, sources, targets);
    }
  shape_clear (&shape);
  return result;
}

Conset *
conset_rectangle (ConsetValue *width,
                  ConsetValue *height,
                  const ConsetPlacement *placement,
                  ConsetGeometry *sources,
                  ConsetGeometry *targets)
{
  return shape_make ((Shape){ .name = "rectangle",
                              .kind = CONSET_REGION_BOX,
                              .n_dimensions = 2,
                              .sizes = { width, height },
                              .sources = sources,
                              .targets = targets },
                     placement);
}

Conset *
conset_box (ConsetValue *width,
            ConsetValue *height,
            ConsetValue *depth,
            const ConsetPlacement *placement,
            ConsetGeometry *sources,
            ConsetGeometry *targets)
{
  return shape_make ((Shape){ .name = "box",
                              .kind = CONSET_REGION_BOX,
                              .n_dimensions = 3,
                              .sizes = { width, height, depth },
                              .sources = sources,
                              .targets = targets },
                     placement);
}

Conset *
conset_ellipse (ConsetValue *width,
                ConsetValue *height,
                const ConsetPlacement *placement,
                ConsetGeometry *sources,
                ConsetGeometry *targets)
{
  return shape_make ((Shape){ .name = "ellipse",
                              .kind = CONSET_REGION_ELLIPSOID,
                              .n_dimensions = 2,
                              .sizes = { width, height },
                              .sources = sources,
                              .targets = targets },
                     placement);
}

Conset *
conset_ellipsoid (ConsetValue *width,
                  ConsetValue *height,
                  ConsetValue *depth,
                  const ConsetPlacement *placement,
                  ConsetGeometry *sources,
                  ConsetGeometry *targets)
{
  return shape_make ((Shape){ .name = "ellipsoid",
                              .kind = CONSET_REGION_ELLIPSOID,
                              .n_dimensions = 3,
                              .sizes = { width, height, depth },
                              .sources = sources,
                              .targets = targets },
                     placement);
}

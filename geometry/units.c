/* SPDX-License-Identifier: MIT */
/*
 * Units of geometries: conversions, and the geometry whose positions are multiplied as they are
 * found.
 */
#include "units.h"

#include "arguments.h"
#include "measured.h"
#include "text.h"

/* Numbers */

double
conset_convert_number (const ConsetConversion *conversion, double number)
{
  switch (conversion->kind)
    {
    case CONSET_CONVERT_TO_BASE:
      return conset_unit_to_base (conversion->unit, number);
    case CONSET_CONVERT_FROM_BASE:
      return conset_unit_from_base (conversion->unit, number);
    case CONSET_CONVERT_SHOW:
      return number;
    }
  g_return_val_if_reached (number);
}

void
conset_convert_numbers (const ConsetConversion *conversion,
                        const double *numbers,
                        guint n,
                        double *converted)
{
  for (guint d = 0; d < n; d++)
    converted[d] = conset_convert_number (conversion, numbers[d]);
}

char *
conset_units_clash (const char *what_a,
                    const ConsetUnit *a,
                    const char *what_b,
                    const ConsetUnit *b)
{
  if (conset_unit_is_alike (a, b))
    return NULL;
  if (a == NULL || b == NULL)
    return g_strdup_printf (
      "%s in %s, and %s pure numbers; multiply these by a unit, or divide the "
      "others by one",
      a != NULL ? what_a : what_b, conset_unit_name (a != NULL ? a : b),
      a != NULL ? what_b : what_a);
  return g_strdup_printf (
    "%s in %s, and %s in %s, which does not convert into it; use units of one "
    "kind",
    what_a, conset_unit_name (a), what_b, conset_unit_name (b));
}

/* Positions that are multiplied */

typedef struct
{
  ConsetGeometry base;
  ConsetConversionKind kind;
  const ConsetUnit *by;
  ConsetScale scale;
} ScaledGeometry;

static void
scaled_print (const ConsetGeometry *geometry, GString *out)
{
  const ScaledGeometry *self = (const ScaledGeometry *) geometry;

  g_string_append (out, self->kind == CONSET_CONVERT_SHOW ? "convert(" : "");
  conset_geometry_print (geometry->children[0], CONSET_GEOMETRY_PREC_PRODUCT, out);
  g_string_append (out, self->kind == CONSET_CONVERT_SHOW      ? ", "
                        : self->kind == CONSET_CONVERT_TO_BASE ? " * "
                                                               : " / ");
  conset_unit_print (self->by, CONSET_VALUE_PREC_UNARY, out);
  g_string_append (out, self->kind == CONSET_CONVERT_SHOW ? ")" : "");
}

static void
scaled_fill (const ConsetGeometry *geometry,
             const ConsetIndices *indices,
             double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const ScaledGeometry *self = (const ScaledGeometry *) geometry;

  geometry->children[0]->klass->fill (geometry->children[0], indices, xyz);
  for (guint d = 0; d < geometry->n_dimensions; d++)
    conset_scale_loop (self->scale, xyz[d], indices->n);
}

static gboolean
scaled_find_layer (const ConsetGeometry *geometry, const char *name, guint64 *first, guint64 *end)
{
  return conset_geometry_find_layer (geometry->children[0], name, first, end);
}

static const char *
scaled_layer_of (const ConsetGeometry *geometry, guint64 index)
{
  return conset_geometry_layer_of (geometry->children[0], index);
}

static const ConsetGeometryClass conset_geometry_scaled_class = {
  .name = "unit",
  .struct_size = sizeof (ScaledGeometry),
  .print = scaled_print,
  .fill = scaled_fill,
  .find_layer = scaled_find_layer,
  .layer_of = scaled_layer_of,
};

ConsetGeometry *
conset_convert_positions (const ConsetGeometry *geometry, const ConsetConversion *conversion)
{
  ScaledGeometry *self =
    conset_geometry_new (&conset_geometry_scaled_class, geometry->n_dimensions, geometry->size);

  self->base.end = geometry->end;
  self->kind = conversion->kind;
  self->by = conversion->unit;
  self->scale = conset_unit_scale (self->by);
  if (self->kind == CONSET_CONVERT_FROM_BASE)
    self->scale = conset_scale_invert (self->scale);
  if (self->kind == CONSET_CONVERT_SHOW)
    self->scale = (ConsetScale) CONSET_SCALE_ONE;
  else
    self->base.precedence = CONSET_GEOMETRY_PREC_PRODUCT;
  conset_geometry_adopt (self, conset_geometry_ref (geometry));
  self->base.unit = conset_conversion_unit (conversion);
  /* A product may be too large for a double. */
  self->base.finite = FALSE;
  return conset_geometry_finish (self);
}

/* Conversion of any kind */

ConsetGeometry *
conset_convert_geometry (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  ConsetGeometry *converted = g_hash_table_lookup (conversion->done, geometry);

  if (converted == NULL)
    {
      converted = geometry->klass->convert != NULL
                    ? geometry->klass->convert (geometry, conversion)
                    : conset_convert_positions (geometry, conversion);
      converted = conset_geometry_measured (converted, conset_conversion_unit (conversion));
      g_hash_table_insert (conversion->done, (gpointer) geometry, converted);
    }
  return conset_geometry_ref (converted);
}

/* The unit of this name, in which positions may be. */
static const ConsetUnit *
find_unit (const char *name, char **problem)
{
  const ConsetUnit *unit = conset_unit_parse (name, problem);

  if (unit != NULL && conset_unit_strip (unit) == NULL)
    *problem = g_strdup_printf ("%s is a number; use a unit such as um", name);
  return unit;
}

/* Why positions that are in @from, or in none, cannot be measured anew by @unit; NULL if they
 * can. */
static char *
unit_problem (ConsetConversionKind kind, const ConsetUnit *from, const ConsetUnit *unit)
{
  if (kind == CONSET_CONVERT_TO_BASE)
    return from == NULL ? NULL
                        : g_strdup_printf ("the positions are in %s already; convert them, or "
                                           "divide them by a unit before",
                                           conset_unit_name (from));
  if (from == NULL)
    return g_strdup ("the positions are pure numbers; multiply them by a unit");
  if (!conset_unit_is_alike (from, unit))
    return g_strdup_printf ("the positions are in %s, which does not convert into %s; "
                            "name a unit of the same kind",
                            conset_unit_name (from), conset_unit_name (unit));
  return NULL;
}

/* Consumes @geometry. @format shows it and the unit as they are written. */
static ConsetGeometry *
measure (const char *operator_name,
         const char *format,
         ConsetConversionKind kind,
         ConsetGeometry *geometry,
         const char *name)
{
  g_autofree char *problem = NULL;
  const ConsetUnit *unit;
  ConsetGeometry *measured = conset_geometry_absorb (operator_name, geometry);

  if (measured != NULL)
    return measured;
  unit = find_unit (name, &problem);
  if (problem == NULL)
    problem = unit_problem (kind, geometry->unit, unit);
  if (problem != NULL)
    {
      g_autofree char *text = conset_geometry_describe (geometry);
      g_autofree char *call = g_strdup_printf (format, text, name);

      measured = conset_geometry_error_new ("%s: %s", call, problem);
    }
  else if (kind == CONSET_CONVERT_SHOW && unit == geometry->unit)
    return geometry;
  else
    {
      g_autoptr (GHashTable) done =
        g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) conset_geometry_unref);
      ConsetConversion conversion = { kind, unit, done };

      measured = conset_convert_geometry (geometry, &conversion);
    }
  conset_geometry_unref (geometry);
  return measured;
}

ConsetGeometry *
conset_geometry_in_unit (const char *unit, ConsetGeometry *geometry)
{
  g_return_val_if_fail (unit != NULL, conset_geometry_error_new ("in_unit: the unit is NULL"));

  return measure ("in_unit", "%s * %s", CONSET_CONVERT_TO_BASE, geometry, unit);
}

ConsetGeometry *
conset_geometry_magnitude (const char *unit, ConsetGeometry *geometry)
{
  g_return_val_if_fail (unit != NULL, conset_geometry_error_new ("magnitude: the unit is NULL"));

  return measure ("magnitude", "%s / %s", CONSET_CONVERT_FROM_BASE, geometry, unit);
}

ConsetGeometry *
conset_geometry_to_unit (const char *unit, ConsetGeometry *geometry)
{
  g_return_val_if_fail (unit != NULL, conset_geometry_error_new ("to_unit: the unit is NULL"));

  return measure ("to_unit", "convert(%s, %s)", CONSET_CONVERT_SHOW, geometry, unit);
}

/* Units */

const char *
conset_geometry_unit (const ConsetGeometry *geometry)
{
  g_return_val_if_fail (geometry != NULL, NULL);

  return geometry->unit != NULL ? conset_unit_name (geometry->unit) : NULL;
}

const ConsetUnit *
conset_geometry_measure (const ConsetGeometry *geometry)
{
  return geometry->unit;
}

ConsetGeometry *
conset_geometry_measured (ConsetGeometry *geometry, const ConsetUnit *unit)
{
  if (conset_geometry_error_message (geometry) != NULL)
    return geometry;
  geometry->unit = unit;
  if (geometry->klass->unit_behind)
    geometry->precedence = unit != NULL ? CONSET_GEOMETRY_PREC_PRODUCT : CONSET_GEOMETRY_PREC_ATOM;
  return geometry;
}

gboolean
conset_value_look_fixed (const ConsetValue *value, double *number, const ConsetUnit **unit)
{
  *unit = value->unit;
  return conset_value_is_fixed (value, number);
}

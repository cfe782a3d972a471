/* SPDX-License-Identifier: MIT */
/*
 * Units of values: v * nS and v / nS for any value v, and convert(v, nS).
 *
 * The first multiplies v by the power of ten, or the factor, that the unit is of base units, which
 * for most is 1; nothing else is done to it. The second only changes what the value is shown in.
 * Neither costs anything in a block otherwise.
 *
 * Reducers: constants stay constants; v * um / ms is v * (um / ms), and v * um / um is v;
 * converting a value that was converted converts it once.
 */
#include <conset/unit.h>

#include "value.h"

/* {{{ a value times a unit */

/* The unit of @attached is a factor of that of the value, to which the child may contribute. */
typedef struct
{
  ConsetValue base;
  const ConsetUnit *attached;
  ConsetScale scale;
} AttachedValue;

static void
attached_print (const ConsetValue *value, GString *out)
{
  conset_value_print (value->children[0], CONSET_VALUE_PREC_PRODUCT, out);
  conset_unit_print_behind (((const AttachedValue *) value)->attached, out);
}

static double
attached_at (const ConsetValue *value, const ConsetPlace *place)
{
  return conset_scale_apply (((const AttachedValue *) value)->scale,
                             conset_value_child_at (value, 0, place));
}

static void
attached_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  conset_value_step_fill (step->children[0], places, out);
  conset_scale_loop (((const AttachedValue *) step->value)->scale, out, places->n);
}

static const ConsetValue *
attached_count (const ConsetValue *value)
{
  gboolean counts =
    value->children[0]->unit == NULL && value->unit == ((const AttachedValue *) value)->attached;

  return counts ? value->children[0] : NULL;
}

static Conset *
same_support (const ConsetValue *value)
{
  return conset_value_support (value->children[0]);
}

static const ConsetValueClass conset_value_attached_class = {
  .name = "unit",
  .struct_size = sizeof (AttachedValue),
  .print = attached_print,
  .at = attached_at,
  .fill = attached_fill,
  .support = same_support,
  .count = attached_count,
};

gboolean
conset_value_is_attached (const ConsetValue *value, const ConsetUnit **unit)
{
  if (value->klass != &conset_value_attached_class)
    return FALSE;
  *unit = ((const AttachedValue *) value)->attached;
  return TRUE;
}

/* Consumes @value. */
static ConsetValue *
attached_fail (ConsetValue *value, const ConsetUnit *unit, int power, const char *problem)
{
  g_autofree char *text = conset_value_describe (value);

  conset_value_unref (value);
  return conset_value_error_new ("%s %c %s: %s", text, power > 0 ? '*' : '/',
                                 conset_unit_name (unit), problem);
}

static ConsetValue *
attach_to_constant (ConsetValue *value, const ConsetUnit *attached, const ConsetUnit *unit)
{
  double number;

  conset_value_is_fixed (value, &number);
  conset_value_unref (value);
  return conset_value_quantity (conset_unit_to_base (attached, number), unit);
}

static ConsetValue *
take_child (ConsetValue *value)
{
  ConsetValue *child = conset_value_ref (value->children[0]);

  conset_value_unref (value);
  return child;
}

/* A percent, say, has no text by which it could be told from a number, and so is one. */
static gboolean
is_number (const ConsetUnit *unit)
{
  return unit != NULL && conset_unit_is_alike (unit, NULL) && !unit->is_written
         && !conset_unit_is_one (unit);
}

static ConsetValue *
attach_number (ConsetValue *value, const ConsetUnit *unit, int power)
{
  ConsetValue *number = conset_value_constant (conset_unit_to_base (unit, 1.0));

  return power > 0 ? conset_value_multiply (value, number) : conset_value_divide (value, number);
}

ConsetValue *
conset_value_attach (ConsetValue *value, const ConsetUnit *unit, int power)
{
  const ConsetUnit *attached = NULL, *merged = NULL, *product = NULL;
  gboolean is_attached = conset_value_is_attached (value, &attached);
  gboolean is_constant = conset_value_is_constant (value, NULL);
  g_autofree char *problem = NULL;
  AttachedValue *self;

  if (!conset_unit_multiply (attached, unit, power, &merged, &problem)
      || !conset_unit_multiply (value->unit, unit, power, &product, &problem))
    return attached_fail (value, unit, power, problem);
  if (is_number (unit) && !is_constant)
    return attach_number (value, unit, power);
  if (is_attached && !is_number (merged))
    value = take_child (value);
  else if (is_attached && !conset_unit_multiply (NULL, unit, power, &merged, &problem))
    return attached_fail (value, unit, power, problem);
  if (conset_unit_is_one (merged))
    return value;
  product = conset_unit_strip (product);
  if (is_constant)
    return attach_to_constant (value, merged, product);
  self = conset_value_new (&conset_value_attached_class);
  self->base.unit = product;
  self->base.total = value->total;
  self->base.precedence = CONSET_VALUE_PREC_PRODUCT;
  self->attached = merged;
  self->scale = conset_unit_scale (merged);
  conset_value_adopt (self, value);
  return conset_value_finish_as (self, CONSET_UNITS_OWN);
}

/* }}} */

/* {{{ a value in another unit */

static void
shown_print (const ConsetValue *value, GString *out)
{
  g_string_append (out, "convert(");
  conset_value_print (value->children[0], CONSET_VALUE_PREC_SUM, out);
  g_string_append (out, ", ");
  conset_unit_print (value->unit, CONSET_VALUE_PREC_SUM, out);
  g_string_append_c (out, ')');
}

static double
shown_at (const ConsetValue *value, const ConsetPlace *place)
{
  return conset_value_child_at (value, 0, place);
}

static void
shown_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  conset_value_step_fill (step->children[0], places, out);
}

static Conset *
shown_below (const ConsetValue *value, double bound, gboolean closed)
{
  return conset_value_below (value->children[0], bound, closed);
}

static const ConsetValueClass conset_value_shown_class = {
  .name = "convert",
  .struct_size = sizeof (ConsetValue),
  .print = shown_print,
  .at = shown_at,
  .fill = shown_fill,
  .support = same_support,
  .below = shown_below,
};

ConsetValue *
conset_value_show_in (ConsetValue *value, const ConsetUnit *unit)
{
  double number;
  ConsetValue *self;

  if (value->unit != unit && value->klass == &conset_value_shown_class)
    value = take_child (value);
  if (value->unit == unit)
    return value;
  if (conset_value_is_fixed (value, &number))
    {
      conset_value_unref (value);
      return conset_value_quantity (number, unit);
    }
  self = conset_value_new (&conset_value_shown_class);
  self->unit = unit;
  self->total = value->total;
  conset_value_adopt (self, value);
  return conset_value_finish_as (self, CONSET_UNITS_OWN);
}

/* }}} */

/* {{{ by name */

/* An error value whose message begins as @value and @name are written, with @format; consumes
 * @value. */
static ConsetValue *
named_fail (ConsetValue *value, const char *format, const char *name, const char *problem)
{
  g_autofree char *text = conset_value_describe (value);
  g_auto (GStrv) parts = g_strsplit (format, "%", 3);

  conset_value_unref (value);
  return conset_value_error_new ("%s%s%s%s%s: %s", parts[0], text, parts[1], name, parts[2],
                                 problem);
}

static ConsetValue *
with_unit_fail (ConsetValue *value, const char *name, const char *problem)
{
  g_autofree char *symbol = conset_unit_symbol (name);
  double number;

  if (value->unit != NULL || !conset_value_is_constant (value, &number) || number != 1.0)
    return named_fail (value, value->precedence < CONSET_VALUE_PREC_PRODUCT ? "(%) * %" : "% * %",
                       name, problem);
  conset_value_unref (value);
  if (symbol != NULL)
    return conset_value_error_new ("%s: %s", name, problem);
  return conset_value_error_new ("unit(\"%s\"): %s", name, problem);
}

/* The unit that is called @name, if quantities in it may be added to @value. */
static const ConsetUnit *
find_alike (const ConsetValue *value, const char *name, char **problem)
{
  const ConsetUnit *unit = conset_unit_parse (name, problem);
  g_autofree char *text = NULL;

  if (unit == NULL || conset_unit_is_alike (unit, value->unit))
    return unit;
  text = conset_value_describe (value);
  if (value->unit == NULL)
    *problem =
      g_strdup_printf ("%s is a pure number; multiply it by a unit to make it a quantity", text);
  else
    *problem = g_strdup_printf ("%s is in %s, which does not convert into %s; "
                                "name a unit of the same kind",
                                text, conset_unit_name (value->unit), conset_unit_name (unit));
  return NULL;
}

gboolean
conset_has_units (void)
{
  return conset_measure_is_known ();
}

const char *
conset_value_get_unit (const ConsetValue *value)
{
  g_return_val_if_fail (value != NULL, NULL);

  return value->unit != NULL ? conset_unit_name (value->unit) : NULL;
}

ConsetValue *
conset_value_with_unit (ConsetValue *value, const char *unit)
{
  g_autofree char *problem = NULL;
  const ConsetUnit *known;
  ConsetValue *error;

  g_return_val_if_fail (unit != NULL, conset_value_error_new ("with_unit: the unit is NULL"));

  error = conset_value_absorb ("with_unit", &value, NULL);
  if (error != NULL)
    return error;
  known = conset_unit_parse (unit, &problem);
  if (known != NULL && value->unit != NULL)
    problem = g_strdup_printf ("the value is in %s already; convert it, or multiply it by a value "
                               "that is 1 %s",
                               conset_unit_name (value->unit), conset_unit_name (known));
  if (problem != NULL)
    return with_unit_fail (value, unit, problem);
  if (conset_unit_strip (known) == NULL)
    return conset_value_attach (value, known, 1);
  return conset_value_multiply (value,
                                conset_value_quantity (conset_unit_to_base (known, 1.0), known));
}

ConsetValue *
conset_value_to_unit (ConsetValue *value, const char *unit)
{
  g_autofree char *problem = NULL;
  const ConsetUnit *known;
  ConsetValue *error;

  g_return_val_if_fail (unit != NULL, conset_value_error_new ("to_unit: the unit is NULL"));

  error = conset_value_absorb ("to_unit", &value, NULL);
  if (error != NULL)
    return error;
  known = find_alike (value, unit, &problem);
  if (known != NULL && conset_unit_strip (known) == NULL)
    problem = g_strdup_printf ("%s is a number; divide by it", conset_unit_name (known));
  if (problem != NULL)
    return named_fail (value, "convert(%, %)", unit, problem);
  return conset_value_show_in (value, known);
}

ConsetValue *
conset_value_magnitude (ConsetValue *value, const char *unit)
{
  g_autofree char *problem = NULL;
  const ConsetUnit *known;
  ConsetValue *error;

  g_return_val_if_fail (unit != NULL, conset_value_error_new ("magnitude: the unit is NULL"));

  error = conset_value_absorb ("magnitude", &value, NULL);
  if (error != NULL)
    return error;
  known = find_alike (value, unit, &problem);
  if (known == NULL)
    return named_fail (value, "% / %", unit, problem);
  return conset_value_attach (value, known, -1);
}

/* }}} */

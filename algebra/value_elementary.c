/* SPDX-License-Identifier: MIT */
/*
 * Elementary values: a constant, the source i, the target j.
 */
#include "value.h"

#include "kernels.h"

#include <math.h>

/* {{{ constant */

/* @number is in base units. */
typedef struct
{
  ConsetValue base;
  double number;
} ConstantValue;

static void
constant_print (const ConsetValue *value, GString *out)
{
  conset_quantity_print (((const ConstantValue *) value)->number, value->unit, out);
}

static double
constant_at (const ConsetValue *value, const ConsetPlace *place G_GNUC_UNUSED)
{
  return ((const ConstantValue *) value)->number;
}

static const ConsetValueClass conset_value_constant_class = {
  .name = "constant",
  .struct_size = sizeof (ConstantValue),
  .print = constant_print,
  .at = constant_at,
};

ConsetValue *
conset_value_constant (double number)
{
  return conset_value_quantity (number, NULL);
}

ConsetValue *
conset_value_quantity (double number, const ConsetUnit *unit)
{
  ConstantValue *self;

  if (!isfinite (number))
    return conset_value_error_new ("constant: %s is not a finite number; give one",
                                   isnan (number) ? "nan"
                                   : number > 0.0 ? "inf"
                                                  : "-inf");
  self = conset_value_new (&conset_value_constant_class);
  self->number = number;
  self->base.unit = unit;
  self->base.total = TRUE;
  self->base.precedence = conset_quantity_precedence (number, unit);
  return conset_value_finish_as (self, CONSET_UNITS_OWN);
}

/* }}} */

/* {{{ source and target */

static void
source_print (const ConsetValue *value G_GNUC_UNUSED, GString *out)
{
  g_string_append_c (out, 'i');
}

static double
source_at (const ConsetValue *value G_GNUC_UNUSED, const ConsetPlace *place)
{
  return (double) place->source;
}

static void
target_print (const ConsetValue *value G_GNUC_UNUSED, GString *out)
{
  g_string_append_c (out, 'j');
}

static double
target_at (const ConsetValue *value G_GNUC_UNUSED, const ConsetPlace *place)
{
  return (double) place->target;
}

/* An index that is not the same all along the line is the one along it. */
static void
index_fill (ConsetValueStep *step G_GNUC_UNUSED, const ConsetPlaces *places, double *out)
{
  conset_arithmetic ()->indices (out, places->first, places->offsets, places->n);
}

static const ConsetValueClass conset_value_source_class = {
  .name = "i",
  .struct_size = sizeof (ConsetValue),
  .print = source_print,
  .at = source_at,
  .fill = index_fill,
};

static const ConsetValueClass conset_value_target_class = {
  .name = "j",
  .struct_size = sizeof (ConsetValue),
  .print = target_print,
  .at = target_at,
  .fill = index_fill,
};

ConsetValue *
conset_value_source (void)
{
  ConsetValue *value = conset_value_new (&conset_value_source_class);

  value->by_source = TRUE;
  value->total = TRUE;
  return conset_value_finish (value);
}

ConsetValue *
conset_value_target (void)
{
  ConsetValue *value = conset_value_new (&conset_value_target_class);

  value->by_target = TRUE;
  value->total = TRUE;
  return conset_value_finish (value);
}

/* }}} */

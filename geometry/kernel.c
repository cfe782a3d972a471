/* SPDX-License-Identifier: MIT */
/*
 * Kernels as values: k (d), or k (dx, dy, dz), and 0 beyond a distance.
 *
 * The last child is the metric. Displacements are children before it, of the same geometries. They
 * are found block by block; what makes numbers of them is a class of its own (kernel.h).
 */
#include "kernel.h"

#include "kernels.h"
#include "measured.h"
#include "text.h"

#include <math.h>
#include <string.h>

typedef struct
{
  ConsetValue base;
  ConsetKernelParts parts;
} KernelValue;

void
conset_kernel_parts_clear (ConsetKernelParts *parts)
{
  if (parts->data != NULL && parts->klass->destroy != NULL)
    parts->klass->destroy (parts->data);
  parts->data = NULL;
  g_clear_pointer (&parts->text, g_free);
}

static void
kernel_finalize (ConsetValue *value)
{
  conset_kernel_parts_clear (&((KernelValue *) value)->parts);
}

static const ConsetValue *
metric_of (const ConsetValue *value)
{
  return value->children[value->n_children - 1];
}

static void
kernel_print (const ConsetValue *value, GString *out)
{
  g_string_append_printf (out, "%s * ", ((const KernelValue *) value)->parts.text);
  conset_value_print (metric_of (value), CONSET_VALUE_PREC_UNARY, out);
}

static guint
n_inputs (const KernelValue *self)
{
  return self->parts.of_displacement ? self->base.n_children - 1 : 1;
}

static gboolean
is_within (const ConsetKernelParts *parts, double distance)
{
  return parts->closed ? distance <= parts->limit : distance < parts->limit;
}

static double
kernel_at (const ConsetValue *value, const ConsetPlace *place)
{
  const KernelValue *self = (const KernelValue *) value;
  double xyz[3] = { 0.0 }, distance;

  distance = conset_value_child_at (value, value->n_children - 1, place);
  if (isnan (distance))
    return distance;
  if (!is_within (&self->parts, distance))
    return 0.0;
  for (guint d = 0; d < n_inputs (self); d++)
    xyz[d] = self->parts.of_displacement ? conset_value_child_at (value, d, place) : distance;
  self->parts.klass->run (self->parts.data, (double *[]){ &xyz[0], &xyz[1], &xyz[2] }, 1);
  return xyz[0];
}

/* Makes @out 0 where @distance is beyond the limit, and NaN where it is that. */
static void
cut (const ConsetKernelParts *parts, double *out, const double *distance, gsize n)
{
  const double limit = parts->limit;

  for (gsize k = 0; k < n; k++)
    {
      double beyond = distance[k] != distance[k] ? distance[k] : 0.0;
      double at_limit = parts->closed ? out[k] : beyond;
      double inside = distance[k] < limit ? out[k] : beyond;

      out[k] = distance[k] == limit ? at_limit : inside;
    }
}

static void
kernel_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const KernelValue *self = (const KernelValue *) step->value;
  const ConsetKernelParts *parts = &self->parts;
  double *xyz[3] = { out, conset_value_plan_borrow (step->plan),
                     conset_value_plan_borrow (step->plan) };
  double *distance = NULL;

  for (guint d = 0; d < n_inputs (self); d++)
    conset_value_step_spread (step->children[d], places, xyz[d]);
  if (parts->limit < INFINITY)
    {
      distance = conset_value_plan_borrow (step->plan);
      if (parts->of_displacement)
        conset_value_step_spread (step->children[step->value->n_children - 1], places, distance);
      else
        memcpy (distance, out, places->n * sizeof *out);
    }
  parts->klass->run (parts->data, xyz, places->n);
  if (distance != NULL)
    {
      cut (parts, out, distance, places->n);
      conset_value_plan_give_back (step->plan, distance);
    }
  conset_value_plan_give_back (step->plan, xyz[2]);
  conset_value_plan_give_back (step->plan, xyz[1]);
}

static Conset *
kernel_support (const ConsetValue *value)
{
  const ConsetKernelParts *parts = &((const KernelValue *) value)->parts;
  double radius = MIN (parts->limit, parts->reach);

  if (radius == INFINITY)
    return NULL;
  return conset_value_below (metric_of (value), radius,
                             parts->closed || parts->reach < parts->limit);
}

static gboolean
kernel_by_distance (const ConsetValue *value, double distance, double *number)
{
  const ConsetKernelParts *parts = &((const KernelValue *) value)->parts;
  double y = 0.0, z = 0.0;

  if (!parts->is_monotone)
    return FALSE;
  *number = distance;
  parts->klass->run (parts->data, (double *[]){ number, &y, &z }, 1);
  if (!is_within (parts, distance))
    *number = 0.0;
  return TRUE;
}

static const ConsetValueClass conset_value_kernel_class = {
  .name = "kernel",
  .struct_size = sizeof (KernelValue),
  .finalize = kernel_finalize,
  .print = kernel_print,
  .at = kernel_at,
  .fill = kernel_fill,
  .support = kernel_support,
  .by_distance = kernel_by_distance,
};

/* {{{ making kernels */

ConsetValue *
conset_kernel_absorb (const char *name, ConsetKernelParts *parts, ConsetValue **metric)
{
  ConsetValue *error = conset_value_absorb (name, metric, NULL);

  if (error != NULL)
    conset_kernel_parts_clear (parts);
  return error;
}

/* Adopts the displacements that @metric is made of; an error value if it is made of none. */
static ConsetValue *
adopt_displacements (KernelValue *self, const ConsetValue *metric)
{
  ConsetMetricParts of;
  g_autofree char *text = NULL;

  if (!conset_metric_look (metric, &of)
      || (of.kind != CONSET_METRIC_EUCLID && of.kind != CONSET_METRIC_TOROID))
    {
      text = conset_value_describe (metric);
      return conset_value_error_new ("%s * %s: this is no Euclidean metric, which tells where "
                                     "positions are; use euclidMetric2d(...)",
                                     self->parts.text, text);
    }
  for (guint d = 0; d < of.sources->n_dimensions; d++)
    conset_value_adopt (
      self, conset_displacement_measured (d, of.kind == CONSET_METRIC_TOROID ? of.box[d] : 0.0,
                                          conset_geometry_ref (of.sources),
                                          conset_geometry_ref (of.targets)));
  return NULL;
}

ConsetValue *
conset_kernel_finish (ConsetKernelParts *parts, ConsetValue *metric)
{
  KernelValue *self = conset_value_new (&conset_value_kernel_class);
  ConsetValue *error = NULL;

  self->parts = *parts;
  *parts = (ConsetKernelParts){ 0 };
  self->base.precedence = CONSET_VALUE_PREC_PRODUCT;
  if (self->parts.of_displacement)
    error = adopt_displacements (self, metric);
  if (error != NULL)
    {
      conset_value_unref (metric);
      conset_value_unref (&self->base);
      return error;
    }
  conset_value_adopt (self, metric);
  return conset_value_finish_as (self, CONSET_UNITS_OWN);
}

/* }}} */

/* {{{ parameters */

static char *
argument_text (const ConsetKernelParameter *parameter, const ConsetValue *value)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "%s=", parameter->name);
  conset_value_print (value, CONSET_VALUE_PREC_LEAST, text);
  return g_string_free (text, FALSE);
}

/* Whether a parameter may be in @unit, distances being in that of @length. */
static gboolean
unit_fits (const ConsetKernelParameter *parameter, const ConsetUnit *unit, const ConsetUnit *length)
{
  const ConsetUnit *rate = NULL;
  g_autofree char *problem = NULL;

  switch (parameter->unit)
    {
    case CONSET_KERNEL_NUMBER:
    case CONSET_KERNEL_FLAG:
      return conset_unit_is_alike (unit, NULL);
    case CONSET_KERNEL_RATE:
      return unit == NULL
             || (conset_unit_multiply (NULL, length, -1, &rate, &problem)
                 && conset_unit_is_alike (unit, rate));
    default:
      return conset_unit_is_alike (unit, length);
    }
}

/* What is wrong with a number, as words; NULL for nothing. */
static const char *
number_problem (const ConsetKernelParameter *parameter, double number)
{
  if (!isfinite (number))
    return "is not finite; give a finite number";
  switch (parameter->unit)
    {
    case CONSET_KERNEL_LENGTH:
    case CONSET_KERNEL_CUTOFF:
    case CONSET_KERNEL_LIMIT:
      return number > 0.0 ? NULL : "must be above 0; give a length";
    case CONSET_KERNEL_PLACE:
      return number >= 0.0 ? NULL : "must not be below 0; give a distance";
    default:
      return NULL;
    }
}

static ConsetValue *
unit_error (const char *name,
            const char *text,
            const ConsetKernelParameter *parameter,
            const ConsetUnit *unit,
            const ConsetUnit *length)
{
  gboolean is_pure =
    parameter->unit == CONSET_KERNEL_NUMBER || parameter->unit == CONSET_KERNEL_FLAG;

  if (is_pure)
    return conset_value_error_new ("%s(%s): is in %s; give a pure number", name, text,
                                   conset_unit_name (unit));
  if (length == NULL)
    return conset_value_error_new (
      "%s(%s): is in %s, and distances are pure numbers; give a number, "
      "or positions in a unit",
      name, text, conset_unit_name (unit));
  if (unit == NULL)
    return conset_value_error_new ("%s(%s): is a pure number, and distances are in %s; give it a "
                                   "unit",
                                   name, text, conset_unit_name (length));
  return conset_value_error_new ("%s(%s): is in %s, and distances are in %s; give units that fit",
                                 name, text, conset_unit_name (unit), conset_unit_name (length));
}

static ConsetValue *
parameter_error (const char *name,
                 const ConsetKernelParameter *parameter,
                 const ConsetValue *value,
                 const ConsetValue *metric,
                 double *number)
{
  g_autofree char *text = argument_text (parameter, value);
  const char *problem;

  if (conset_value_error_message (value) != NULL)
    return conset_value_error_new ("%s", conset_value_error_message (value));
  if (!conset_value_is_fixed (value, number))
    return conset_value_error_new ("%s(%s): differs between pairs; give one number for all", name,
                                   text);
  if (!unit_fits (parameter, value->unit, metric->unit))
    return unit_error (name, text, parameter, value->unit, metric->unit);
  problem = number_problem (parameter, *number);
  return problem == NULL ? NULL : conset_value_error_new ("%s(%s): %s", name, text, problem);
}

static void
append_argument (GString *text,
                 const ConsetKernelParameter *parameter,
                 const ConsetValue *value,
                 double number)
{
  if (text == NULL || (parameter->unit == CONSET_KERNEL_FLAG && number == 0.0))
    return;
  if (text->str[text->len - 1] != '(')
    g_string_append (text, ", ");
  if (parameter->keyword)
    g_string_append_printf (text, "%s=", parameter->name);
  if (parameter->unit == CONSET_KERNEL_FLAG)
    g_string_append (text, "True");
  else
    conset_value_print (value, CONSET_VALUE_PREC_LEAST, text);
}

ConsetValue *
conset_kernel_parameter (const char *name,
                         const ConsetKernelParameter *parameter,
                         ConsetValue *value,
                         const ConsetValue *metric,
                         double *number,
                         GString *text)
{
  ConsetValue *error = NULL;
  gboolean is_plain = value == NULL || value->unit == NULL;

  *number = parameter->otherwise;
  if (value == NULL && isnan (parameter->otherwise))
    return conset_value_error_new ("%s: there is no %s; give one", name, parameter->name);
  if (value != NULL)
    {
      error = parameter_error (name, parameter, value, metric, number);
      if (error == NULL)
        append_argument (text, parameter, value, *number);
      conset_value_unref (value);
    }
  if (error == NULL && parameter->unit == CONSET_KERNEL_RATE && is_plain)
    *number = conset_scale_apply (conset_unit_shown (metric->unit), *number);
  return error;
}

/* }}} */

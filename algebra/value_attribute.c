/* SPDX-License-Identifier: MIT */
/*
 * Attributes: values that stand in an array, one number for each source or each target.
 *
 * Along a line of what the array is of, a block is a part of the array, or picked from it; across,
 * it is one number. Offsets ascend, so that the last place of a block tells whether it is inside.
 */
#include "value.h"

#include "kernels.h"
#include "text.h"

#include <math.h>
#include <string.h>

typedef struct
{
  ConsetValue base;
  const double *array;
  gsize n;
  char *name;
  gpointer user_data;
  GDestroyNotify destroy;
} AttributeValue;

static const ConsetValueClass conset_value_source_attribute_class;

static const char *
function_name (const ConsetValueClass *klass)
{
  return klass == &conset_value_source_attribute_class ? "sourceAttribute" : "targetAttribute";
}

static void
attribute_finalize (ConsetValue *value)
{
  AttributeValue *self = (AttributeValue *) value;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->name);
}

static void
attribute_print (const ConsetValue *value, GString *out)
{
  const AttributeValue *self = (const AttributeValue *) value;

  g_string_append_printf (out, "%s([", function_name (value->klass));
  for (gsize k = 0; k < self->n && !conset_print_is_full (out); k++)
    {
      g_string_append (out, k > 0 ? ", " : "");
      conset_append_double (out, self->array[k]);
    }
  g_string_append_c (out, ']');
  if (self->name != NULL)
    {
      g_string_append (out, ", name=");
      conset_append_string (out, self->name);
    }
  g_string_append_c (out, ')');
}

static double
outside_fail (const AttributeValue *self, const ConsetPlace *place)
{
  gboolean of_sources = self->base.by_source;
  const char *side = of_sources ? "source" : "target";

  return conset_place_fail (place, CONSET_ERROR_VALUE,
                            "%s(%s): the array has %" G_GSIZE_FORMAT
                            " numbers, and there is none for %s %" G_GUINT64_FORMAT
                            "; give one for each %s, or ask for fewer",
                            function_name (self->base.klass), self->name != NULL ? self->name : "",
                            self->n, side, of_sources ? place->source : place->target, side);
}

static double
attribute_at (const ConsetValue *value, const ConsetPlace *place)
{
  const AttributeValue *self = (const AttributeValue *) value;
  guint64 index = value->by_source ? place->source : place->target;

  return index < self->n ? self->array[index] : outside_fail (self, place);
}

/* The first place that is outside, the number of places if none is. */
static gsize
first_outside (const AttributeValue *self, const ConsetPlaces *places)
{
  gsize k = 0;

  if (places->n == 0 || conset_places_along (places, places->n - 1) < self->n)
    return places->n;
  while (conset_places_along (places, k) < self->n)
    k++;
  return k;
}

/* Called along what the array is of. */
static void
attribute_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const AttributeValue *self = (const AttributeValue *) step->value;
  gsize n = first_outside (self, places);

  if (n < places->n)
    {
      ConsetPlace place = conset_value_plan_place (step->plan, places, n);

      for (gsize k = n; k < places->n; k++)
        out[k] = outside_fail (self, &place);
    }
  if (n == 0)
    return;
  if (places->offsets != NULL)
    conset_arithmetic ()->pick (out, self->array + places->first, places->offsets, n);
  else
    memcpy (out, self->array + places->first, n * sizeof *out);
}

static const ConsetValueClass conset_value_source_attribute_class = {
  .name = "sourceAttribute",
  .struct_size = sizeof (AttributeValue),
  .finalize = attribute_finalize,
  .print = attribute_print,
  .at = attribute_at,
  .fill = attribute_fill,
};

static const ConsetValueClass conset_value_target_attribute_class = {
  .name = "targetAttribute",
  .struct_size = sizeof (AttributeValue),
  .finalize = attribute_finalize,
  .print = attribute_print,
  .at = attribute_at,
  .fill = attribute_fill,
};

/* What is wrong with the arguments, as an error value; NULL for nothing. */
static ConsetValue *
arguments_error (const char *function, const double *array, gsize n, const char *name)
{
  if (name != NULL && !conset_is_string (name))
    return conset_value_error_new (
      "%s: the name is no line of UTF-8 text without backslashes; use another", function);
  if (array == NULL && n > 0)
    return conset_value_error_new ("%s(%s): there is no array; pass one", function,
                                   name != NULL ? name : "");
  for (gsize k = 0; k < n; k++)
    if (!isfinite (array[k]))
      return conset_value_error_new ("%s(%s): number %" G_GSIZE_FORMAT
                                     " of the array is %s; use finite numbers",
                                     function, name != NULL ? name : "", k,
                                     isnan (array[k]) ? "nan"
                                     : array[k] > 0.0 ? "inf"
                                                      : "-inf");
  return NULL;
}

static ConsetValue *
attribute_new (const ConsetValueClass *klass,
               const double *array,
               gsize n,
               const char *name,
               gpointer user_data,
               GDestroyNotify destroy)
{
  ConsetValue *error = arguments_error (function_name (klass), array, n, name);
  AttributeValue *self;

  if (error != NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return error;
    }
  self = conset_value_new (klass);
  self->array = array;
  self->n = n;
  self->name = g_strdup (name);
  self->user_data = user_data;
  self->destroy = destroy;
  self->base.by_source = klass == &conset_value_source_attribute_class;
  self->base.by_target = !self->base.by_source;
  return conset_value_finish (self);
}

static ConsetValue *
attribute_new_copy (const ConsetValueClass *klass, const double *array, gsize n, const char *name)
{
  double *copy = array != NULL ? g_memdup2 (array, n * sizeof *array) : NULL;

  return attribute_new (klass, copy, n, name, copy, g_free);
}

ConsetValue *
conset_value_source_attribute (const double *array, gsize n, const char *name)
{
  return attribute_new_copy (&conset_value_source_attribute_class, array, n, name);
}

ConsetValue *
conset_value_target_attribute (const double *array, gsize n, const char *name)
{
  return attribute_new_copy (&conset_value_target_attribute_class, array, n, name);
}

ConsetValue *
conset_value_source_attribute_take (
  const double *array, gsize n, const char *name, gpointer user_data, GDestroyNotify destroy)
{
  return attribute_new (&conset_value_source_attribute_class, array, n, name, user_data, destroy);
}

ConsetValue *
conset_value_target_attribute_take (
  const double *array, gsize n, const char *name, gpointer user_data, GDestroyNotify destroy)
{
  return attribute_new (&conset_value_target_attribute_class, array, n, name, user_data, destroy);
}

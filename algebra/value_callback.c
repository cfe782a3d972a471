/* SPDX-License-Identifier: MIT */
/*
 * Callbacks: values given by the user's own functions.
 *
 * The fill callback, where there is one, writes straight into the block that is asked for;
 * otherwise there is a call for each place.
 */
#include "value.h"

typedef struct
{
  ConsetValue base;
  char *name;
  ConsetValueAtFunc at;
  ConsetValueFillFunc fill;
  gpointer user_data;
  GDestroyNotify destroy;
} CallbackValue;

static void
callback_finalize (ConsetValue *value)
{
  CallbackValue *self = (CallbackValue *) value;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->name);
}

static void
callback_print (const ConsetValue *value, GString *out)
{
  g_string_append_printf (out, "<%s>", ((const CallbackValue *) value)->name);
}

static double
callback_at (const ConsetValue *value, const ConsetPlace *place)
{
  const CallbackValue *self = (const CallbackValue *) value;

  return self->at (place->source, place->target, self->user_data);
}

static void
callback_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const CallbackValue *self = (const CallbackValue *) step->value;

  if (self->fill != NULL)
    self->fill (places, out, self->user_data);
  else
    for (gsize k = 0; k < places->n; k++)
      out[k] = self->at (conset_places_source (places, k), conset_places_target (places, k),
                         self->user_data);
}

static const ConsetValueClass conset_value_callback_class = {
  .name = "callback",
  .struct_size = sizeof (CallbackValue),
  .finalize = callback_finalize,
  .print = callback_print,
  .at = callback_at,
  .fill = callback_fill,
};

ConsetValue *
conset_value_callback (const char *name,
                       ConsetValueAtFunc at,
                       ConsetValueFillFunc fill,
                       gpointer user_data,
                       GDestroyNotify destroy)
{
  CallbackValue *self;

  if (at == NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return conset_value_error_new ("callback(%s): there is no function for one pair; pass one",
                                     name != NULL ? name : "");
    }
  self = conset_value_new (&conset_value_callback_class);
  self->name = g_strdup (name != NULL ? name : "callback");
  self->at = at;
  self->fill = fill;
  self->user_data = user_data;
  self->destroy = destroy;
  self->base.by_source = TRUE;
  self->base.by_target = TRUE;
  return conset_value_finish (self);
}

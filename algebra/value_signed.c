/* SPDX-License-Identifier: MIT */
/*
 * v itself, where it has the sign that it should have; elsewhere an error.
 *
 * Zero has either sign, and NaN none that were wrong. Costs a comparison a value.
 */
#include "value_signed.h"

#include "text.h"

#include <math.h>

typedef struct
{
  ConsetValue base;
  ConsetSign sign;
  const char *owner;
  const char *name;
  const char *advice;
} SignedValue;

static void
signed_print (const ConsetValue *value, GString *out)
{
  conset_value_print (value->children[0], CONSET_VALUE_PREC_SUM, out);
}

static inline gboolean
is_wrong (ConsetSign sign, double number)
{
  return sign == CONSET_SIGN_NOT_NEGATIVE ? number < 0.0 : number > 0.0;
}

static const char *
sign_name (ConsetSign sign)
{
  return sign == CONSET_SIGN_NOT_NEGATIVE ? "negative" : "positive";
}

static double
signed_fail (const SignedValue *self, const ConsetPlace *place, double number)
{
  g_autofree char *text = conset_value_show_number (&self->base, number);
  g_autofree char *value = conset_value_describe (self->base.children[0]);

  return conset_place_fail (place, CONSET_ERROR_VALUE,
                            "%s(%s=%s): must not be %s, but is %s from source %" G_GUINT64_FORMAT
                            " to target %" G_GUINT64_FORMAT "; %s",
                            self->owner, self->name, value, sign_name (self->sign), text,
                            place->source, place->target, self->advice);
}

static double
signed_at (const ConsetValue *value, const ConsetPlace *place)
{
  const SignedValue *self = (const SignedValue *) value;
  double number = conset_value_child_at (value, 0, place);

  if (!is_wrong (self->sign, number))
    return number;
  /* Only an error that is wanted is worth its text. */
  return place->error != NULL ? signed_fail (self, place, number) : NAN;
}

static void
signed_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const SignedValue *self = (const SignedValue *) step->value;
  const ConsetSign sign = self->sign;
  gboolean wrong = FALSE;

  conset_value_step_spread (step->children[0], places, out);
  for (gsize k = 0; k < places->n; k++)
    wrong |= is_wrong (sign, out[k]);
  for (gsize k = 0; k < places->n && wrong; k++)
    if (is_wrong (sign, out[k]))
      {
        const ConsetPlace place = conset_value_plan_place (step->plan, places, k);

        out[k] = signed_fail (self, &place, out[k]);
      }
}

static Conset *
signed_support (const ConsetValue *value)
{
  return conset_value_support (value->children[0]);
}

static const ConsetValueClass conset_value_signed_class = {
  .name = "signed",
  .struct_size = sizeof (SignedValue),
  .print = signed_print,
  .at = signed_at,
  .fill = signed_fill,
  .support = signed_support,
};

/* Consumes a constant that is wrong. */
static ConsetValue *
error_of_constant (
  ConsetValue *value, ConsetSign sign, const char *owner, const char *name, const char *advice)
{
  g_autofree char *text = conset_value_describe (value);

  conset_value_unref (value);
  return conset_value_error_new ("%s(%s=%s): must not be %s; %s", owner, name, text,
                                 sign_name (sign), advice);
}

ConsetValue *
conset_value_signed_new (
  ConsetValue *value, ConsetSign sign, const char *owner, const char *name, const char *advice)
{
  SignedValue *self;
  double number;

  if (conset_value_error_message (value) != NULL)
    return value;
  if (conset_value_is_fixed (value, &number))
    return is_wrong (sign, number) ? error_of_constant (value, sign, owner, name, advice) : value;

  self = conset_value_new (&conset_value_signed_class);
  self->sign = sign;
  self->owner = owner;
  self->name = name;
  self->advice = advice;
  conset_value_adopt (self, value);
  /* So that it is not looked at once for a line, at a source that it has no connection from. */
  self->base.by_source = self->base.by_target = TRUE;
  self->base.precedence = value->precedence;
  return conset_value_finish_as (self, CONSET_UNITS_SAME);
}

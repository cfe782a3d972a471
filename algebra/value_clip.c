/* SPDX-License-Identifier: MIT */
/*
 * clip(v, low, high): v, or the bound that it lies beyond. A pair where the low bound is above the
 * high one has no value.
 */
#include "value_fold.h"

#include "kernels.h"

#include <math.h>

enum
{
  CLIPPED,
  LOW,
  HIGH,
  N_PARTS,
};

static void
clip_print (const ConsetValue *value, GString *out)
{
  for (guint k = 0; k < N_PARTS; k++)
    {
      g_string_append (out, k == 0 ? "clip(" : ", ");
      conset_value_print (value->children[k], CONSET_VALUE_PREC_LEAST, out);
    }
  g_string_append_c (out, ')');
}

static double
bounds_fail (const ConsetValue *value, const ConsetPlace *place, double low, double high)
{
  g_autofree char *text = conset_value_describe (value);
  g_autofree char *least = conset_value_show_number (value, low);
  g_autofree char *most = conset_value_show_number (value, high);

  return conset_place_fail (place, CONSET_ERROR_VALUE,
                            "%s: at source %" G_GUINT64_FORMAT ", target %" G_GUINT64_FORMAT
                            " the low bound, %s, is above the high one, %s; exchange them, or keep "
                            "them apart",
                            text, place->source, place->target, least, most);
}

static double
clip_at (const ConsetValue *value, const ConsetPlace *place)
{
  double v = conset_value_child_at (value, CLIPPED, place);
  double low = conset_value_child_at (value, LOW, place);
  double high = conset_value_child_at (value, HIGH, place);

  return low > high ? bounds_fail (value, place, low, high) : conset_number_between (v, low, high);
}

static void
clip_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  ConsetValueStep *low = step->children[LOW], *high = step->children[HIGH];
  double *least, *most;
  gsize k = 0;

  conset_value_step_spread (step->children[CLIPPED], places, out);
  least = conset_value_step_borrow (low, places);
  most = conset_value_step_borrow (high, places);
  if (!conset_arithmetic ()->between[low->uniform][high->uniform](out, least, most, places->n))
    {
      ConsetPlace place;

      while (!(least[low->uniform ? 0 : k] > most[high->uniform ? 0 : k]))
        k++;
      place = conset_value_plan_place (step->plan, places, k);
      bounds_fail (step->value, &place, least[low->uniform ? 0 : k], most[high->uniform ? 0 : k]);
    }
  conset_value_step_give_back (high, most);
  conset_value_step_give_back (low, least);
}

/* Bounds that have 0 between them leave it. */
static Conset *
clip_support (const ConsetValue *value)
{
  double low, high;
  gboolean keeps_zero = conset_value_is_fixed (value->children[LOW], &low)
                        && conset_value_is_fixed (value->children[HIGH], &high) && low <= 0.0
                        && high >= 0.0;

  return keeps_zero ? conset_value_support (value->children[CLIPPED]) : NULL;
}

static const ConsetValueClass conset_value_clip_class = {
  .name = "clip",
  .struct_size = sizeof (ConsetValue),
  .print = clip_print,
  .at = clip_at,
  .fill = clip_fill,
  .support = clip_support,
};

ConsetValue *
conset_value_clip (ConsetValue *v, ConsetValue *low, ConsetValue *high)
{
  ConsetValue *value = conset_value_absorb_three ("clip", &v, &low, &high);
  gboolean fixed;
  double least = 0.0, most = 0.0;

  if (value != NULL)
    return value;
  value = conset_value_new (&conset_value_clip_class);
  fixed = conset_value_is_fixed (low, &least) && conset_value_is_fixed (high, &most);
  value->total = fixed && v->total;
  conset_value_adopt (value, v);
  conset_value_adopt (value, low);
  conset_value_adopt (value, high);
  if (fixed && least > most && conset_unit_is_alike (low->unit, high->unit))
    {
      g_autofree char *text = conset_value_describe (value);

      conset_value_unref (value);
      return conset_value_error_new ("%s: the low bound is above the high one; exchange them",
                                     text);
    }
  return conset_value_fold (value, CONSET_UNITS_SAME);
}

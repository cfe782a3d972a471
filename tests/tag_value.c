/* SPDX-License-Identifier: MIT */
/*
 * Values for tests: tags, which are hashes of place and copy, and failures.
 *
 * Both check what they are asked for: the places of a block ascend along one line in the order of
 * the plan, within the universe, and are no more than a block holds.
 */
#include "tag_value.h"

#include "value.h"

#include <check.h>
#include <math.h>

typedef struct
{
  ConsetValue base;
  guint64 tag;
} TagValue;

typedef struct
{
  ConsetValue base;
  guint64 source;
  guint64 target;
} FailingValue;

static int n_tags;

static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 32)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  x = (x ^ (x >> 32)) * G_GUINT64_CONSTANT (0xd6e8feb86659fd93);
  return x ^ (x >> 32);
}

double
tag_number (guint64 tag, guint64 source, guint64 target, guint64 copy)
{
  return (double) (mix (mix (mix (mix (tag + 1) + source) + target) + copy) >> 14);
}

/* Check writes a file at each assertion, so that there is but one for a block. */
static void
assert_places (const ConsetValueStep *step, const ConsetPlaces *places)
{
  gboolean good = places->n >= 1 && places->n <= CONSET_VALUE_BLOCK
                  && places->order == conset_value_step_order (step)
                  && places->line < CONSET_INDEX_END;

  for (gsize k = 0; k < places->n; k++)
    {
      guint64 along = conset_places_along (places, k);

      good = good && along < CONSET_INDEX_END
             && (k == 0 || conset_places_along (places, k - 1) <= along);
    }
  if (!good)
    ck_abort_msg ("values are asked for at wrong places");
}

static guint64
place_copy (const ConsetPlaces *places, gsize k)
{
  return places->copies != NULL ? places->copies[k] : 0;
}

/* {{{ tags */

static void
tag_finalize (ConsetValue *value G_GNUC_UNUSED)
{
  g_atomic_int_add (&n_tags, -1);
}

static void
tag_print (const ConsetValue *value, GString *out)
{
  g_string_append_printf (out, "<tag %" G_GUINT64_FORMAT ">", ((const TagValue *) value)->tag);
}

static double
tag_at (const ConsetValue *value, const ConsetPlace *place)
{
  return tag_number (((const TagValue *) value)->tag, place->source, place->target, place->copy);
}

static void
tag_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  assert_places (step, places);
  for (gsize k = 0; k < places->n; k++)
    out[k] = tag_number (((const TagValue *) step->value)->tag, conset_places_source (places, k),
                         conset_places_target (places, k), place_copy (places, k));
}

static const ConsetValueClass tag_class = {
  .name = "tag",
  .struct_size = sizeof (TagValue),
  .finalize = tag_finalize,
  .print = tag_print,
  .at = tag_at,
  .fill = tag_fill,
};

ConsetValue *
tag_value_new (guint64 tag)
{
  TagValue *self = conset_value_new (&tag_class);

  g_atomic_int_inc (&n_tags);
  self->tag = tag;
  self->base.by_source = TRUE;
  self->base.by_target = TRUE;
  return conset_value_finish (self);
}

int
tag_value_count (void)
{
  return g_atomic_int_get (&n_tags);
}

/* }}} */
/* {{{ failures */

static void
failing_print (const ConsetValue *value G_GNUC_UNUSED, GString *out)
{
  g_string_append (out, "<failing>");
}

static double
failing_at (const ConsetValue *value, const ConsetPlace *place)
{
  const FailingValue *self = (const FailingValue *) value;

  if (place->source != self->source || place->target != self->target)
    return (double) place->source;
  return conset_place_fail (place, CONSET_ERROR_COMPOSITION,
                            "no value at (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                            place->source, place->target);
}

static void
failing_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  assert_places (step, places);
  for (gsize k = 0; k < places->n; k++)
    {
      ConsetPlace place = conset_value_plan_place (step->plan, places, k);

      out[k] = failing_at (step->value, &place);
    }
}

static const ConsetValueClass failing_class = {
  .name = "failing",
  .struct_size = sizeof (FailingValue),
  .print = failing_print,
  .at = failing_at,
  .fill = failing_fill,
};

ConsetValue *
failing_value_new (guint64 source, guint64 target)
{
  FailingValue *self = conset_value_new (&failing_class);

  self->source = source;
  self->target = target;
  self->base.by_source = TRUE;
  self->base.by_target = TRUE;
  return conset_value_finish (self);
}

/* }}} */

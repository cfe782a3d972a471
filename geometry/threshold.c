/* SPDX-License-Identifier: MIT */
/*
 * Thresholds: the pairs at which a value is in a range, for metrics of which nothing is known.
 *
 * Every pair of a tile is looked at to fill it, and the candidates alone to filter them. The value
 * is that of the first copy. Where it is not a number, evaluation fails.
 */
#include "region_set.h"

#include "node.h"

#include <math.h>

#define BLOCK CONSET_VALUE_BLOCK

typedef struct
{
  Conset base;
  char *shape;
  ConsetValue *metric;
  double low;
  double below;
} ThresholdNode;

typedef struct
{
  ConsetValuePlan *plan;
  double distances[BLOCK];
} ThresholdState;

static const ConsetGeometry *
threshold_geometry (const Conset *set, G_GNUC_UNUSED ConsetOrder order, GPtrArray *values)
{
  g_ptr_array_add (values, ((const ThresholdNode *) set)->metric);
  return NULL;
}

static void
threshold_finalize (Conset *set)
{
  ThresholdNode *self = (ThresholdNode *) set;

  g_free (self->shape);
  conset_value_unref (self->metric);
}

static void
threshold_print (const Conset *set, GString *out)
{
  const ThresholdNode *self = (const ThresholdNode *) set;

  g_string_append_printf (out, "%s * ", self->shape);
  conset_value_print (self->metric, CONSET_VALUE_PREC_UNARY, out);
}

static gboolean
is_inside (const ThresholdNode *self, double distance)
{
  return distance >= self->low && distance < self->below;
}

static guint64
threshold_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const ThresholdNode *self = (const ThresholdNode *) set;
  const ConsetPlace place = { source, target, 0, NULL };

  return is_inside (self, self->metric->klass->at (self->metric, &place));
}

static void
threshold_start (ConsetStep *step)
{
  const ThresholdNode *self = (const ThresholdNode *) step->set;
  ThresholdState *state = g_new (ThresholdState, 1);

  state->plan = conset_value_plan_new (self->metric, step->order);
  step->state = state;
}

static void
threshold_stop (ConsetStep *step)
{
  ThresholdState *state = step->state;

  conset_value_plan_free (state->plan);
  g_free (state);
}

/* The distances of a block of places; FALSE after a failure. */
static gboolean
find_distances (ConsetStep *step, const ConsetPlaces *places)
{
  const ThresholdNode *self = (const ThresholdNode *) step->set;
  ThresholdState *state = step->state;
  const GError *error;

  if (!conset_value_plan_fill (state->plan, places, state->distances))
    {
      error = conset_value_plan_error (state->plan);
      conset_eval_fail (step->eval, (ConsetError) error->code, "%s", error->message);
      return FALSE;
    }
  for (gsize k = 0; k < places->n; k++)
    if (isnan (state->distances[k]))
      {
        conset_eval_fail (step->eval, CONSET_ERROR_VALUE,
                          "%s: the distance of source %" G_GUINT64_FORMAT
                          ", target %" G_GUINT64_FORMAT " is not a number; change the value",
                          self->shape, conset_places_source (places, k),
                          conset_places_target (places, k));
        return FALSE;
      }
  return TRUE;
}

static void
fill_bits (ConsetStep *step, ConsetTile *tile)
{
  const ThresholdNode *self = (const ThresholdNode *) step->set;
  const ThresholdState *state = step->state;
  guint64 *bits = conset_tile_make_bitmap (tile);

  for (guint32 from = 0; from < tile->width; from += BLOCK)
    {
      ConsetPlaces places = {
        step->order, tile->line, tile->first + from, NULL, MIN (BLOCK, tile->width - from), NULL
      };

      if (!find_distances (step, &places))
        {
          conset_tile_aim (tile, tile->line, tile->first, tile->width);
          return;
        }
      for (gsize k = 0; k < places.n; k += 64)
        {
          guint64 word = 0;

          for (gsize bit = 0; bit < MIN (64, places.n - k); bit++)
            word |= (guint64) is_inside (self, state->distances[k + bit]) << bit;
          bits[(from + k) / 64] = word;
        }
    }
}

static void
threshold_fill (ConsetStep *step, ConsetTile *tile)
{
  conset_step_fill_by_bitmaps (step, tile, fill_bits);
}

static void
threshold_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  const ThresholdNode *self = (const ThresholdNode *) step->set;
  const ThresholdState *state = step->state;
  gsize kept = 0;

  conset_tile_to_list (tile);
  for (gsize from = 0; from < tile->n; from += BLOCK)
    {
      ConsetPlaces places = {
        step->order, tile->line, tile->first, tile->list + from, MIN (BLOCK, tile->n - from), NULL
      };

      if (!find_distances (step, &places))
        {
          conset_tile_aim (tile, tile->line, tile->first, tile->width);
          return;
        }
      for (gsize k = 0; k < places.n; k++)
        {
          tile->list[kept] = places.offsets[k];
          kept += is_inside (self, state->distances[k]) == (mode == CONSET_FILTER_KEEP);
        }
    }
  conset_tile_set_list (tile, kept, FALSE);
}

static const char *
threshold_how (const ConsetStep *step G_GNUC_UNUSED)
{
  return "the value of each pair, in blocks";
}

static const ConsetClass conset_threshold_class = {
  .name = "threshold",
  .struct_size = sizeof (ThresholdNode),
  .precedence = CONSET_PREC_PRODUCT,
  .finalize = threshold_finalize,
  .geometry = threshold_geometry,
  .print = threshold_print,
  .multiplicity = threshold_multiplicity,
  .start = threshold_start,
  .stop = threshold_stop,
  .fill = threshold_fill,
  .filter = threshold_filter,
  .how = threshold_how,
};

Conset *
conset_threshold_new (double low, double below, char *shape, ConsetValue *metric)
{
  ThresholdNode *self = conset_node_new (&conset_threshold_class);

  self->low = low;
  self->below = below;
  self->shape = shape;
  self->metric = metric;
  self->base.facts.laborious = TRUE;
  self->base.facts.random = metric->random;
  conset_node_note_value (self, metric);
  return conset_node_finish (self);
}

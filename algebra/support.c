/* SPDX-License-Identifier: MIT */
/*
 * Supports: { (i, j) : value (i, j) is not 0 }.
 *
 * Where the value knows a set that it is 0 outside of (conset_value_support()), that is the
 * only child: its members are candidates, and the value is asked for them alone. Without, every
 * pair of a tile is asked for. Members come out ascending, once each.
 */
#include <conset/set.h>
#include <conset/support.h>

#include "node.h"

#include "sampled.h"

#include <math.h>
#include <string.h>

#define BLOCK CONSET_VALUE_BLOCK

typedef struct
{
  Conset base;
  ConsetValue *value;
} SupportNode;

typedef struct
{
  ConsetValuePlan *plan;
  double numbers[BLOCK];
} SupportState;

static const ConsetValue *
value_of (const Conset *set)
{
  return ((const SupportNode *) set)->value;
}

static const ConsetGeometry *
support_geometry (const Conset *set, G_GNUC_UNUSED ConsetOrder order, GPtrArray *values)
{
  g_ptr_array_add (values, ((const SupportNode *) set)->value);
  return NULL;
}

static void
support_finalize (Conset *set)
{
  conset_value_unref (((SupportNode *) set)->value);
}

static void
support_print (const Conset *set, GString *out)
{
  g_string_append (out, "support(");
  conset_value_print (value_of (set), CONSET_VALUE_PREC_LEAST, out);
  g_string_append_c (out, ')');
}

/* Whether a number above or below 0. */
static inline gboolean
counts (double number)
{
  return fabs (number) > 0.0;
}

static guint64
support_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const ConsetPlace place = { source, target, 0, NULL };
  const ConsetValue *value = value_of (set);

  if (set->n_children > 0 && conset_multiplicity (set->children[0], source, target) == 0)
    return 0;
  return counts (value->klass->at (value, &place));
}

static double
chance_of (double number, gconstpointer data G_GNUC_UNUSED)
{
  return counts (number) ? 1.0 : 0.0;
}

static double
support_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  if (set->n_children == 0)
    return (double) conset_window_area (window);
  return conset_sampled_expected (set->children[0], value_of (set), chance_of, NULL, window,
                                  census);
}

static guint64
support_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return set->n_children > 0 ? conset_node_next_line (set->children[0], order, line) : line;
}

static guint64
support_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  return set->n_children > 0 ? conset_node_next_along (set->children[0], order, line, from) : from;
}

/* {{{ evaluation */

static void
support_start (ConsetStep *step)
{
  SupportState *state = g_new (SupportState, 1);

  state->plan = conset_value_plan_new (value_of (step->set), step->order);
  step->state = state;
}

static void
support_stop (ConsetStep *step)
{
  SupportState *state = step->state;

  conset_value_plan_free (state->plan);
  g_free (state);
}

static void
fail_at (ConsetStep *step, const ConsetPlaces *places, gsize k)
{
  g_autofree char *text = conset_describe (step->set);

  conset_eval_fail (step->eval, CONSET_ERROR_VALUE,
                    "%s: at source %" G_GUINT64_FORMAT ", target %" G_GUINT64_FORMAT
                    " the value is not a number; change it, or choose another one there with "
                    "where(...)",
                    text, conset_places_source (places, k), conset_places_target (places, k));
}

/* The values of at most BLOCK places; FALSE if one is wrong. */
static gboolean
find_numbers (ConsetStep *step, const ConsetPlaces *places)
{
  SupportState *state = step->state;
  guint wrong = 0;

  if (!conset_value_plan_fill (state->plan, places, state->numbers))
    {
      const GError *error = conset_value_plan_error (state->plan);

      conset_eval_fail (step->eval, (ConsetError) error->code, "%s", error->message);
      return FALSE;
    }
  for (gsize k = 0; k < places->n; k++)
    wrong += state->numbers[k] != state->numbers[k];
  for (gsize k = 0; wrong > 0 && step->eval->error == NULL; k++)
    if (isnan (state->numbers[k]))
      fail_at (step, places, k);
  return wrong == 0;
}

/* Keeps those candidates of a list that are members, or those that are none. */
static void
thin_list (ConsetStep *step, ConsetTile *tile, gboolean wanted)
{
  const SupportState *state = step->state;
  gsize kept = 0;

  conset_tile_to_list (tile);
  for (gsize from = 0; from < tile->n && step->eval->error == NULL; from += BLOCK)
    {
      ConsetPlaces places = {
        step->order, tile->line, tile->first, tile->list + from, MIN (BLOCK, tile->n - from), NULL
      };

      if (!find_numbers (step, &places))
        break;
      for (gsize k = 0; k < places.n; k++)
        {
          tile->list[kept] = places.offsets[k];
          kept += counts (state->numbers[k]) == wanted;
        }
    }
  conset_tile_set_list (tile, step->eval->error == NULL ? kept : 0, FALSE);
}

static void
fill_bits (ConsetStep *step, ConsetTile *tile)
{
  const SupportState *state = step->state;
  guint64 *bits = conset_tile_make_bitmap (tile);

  memset (bits, 0, conset_bits_words (tile->width) * sizeof *bits);
  for (guint32 from = 0; from < tile->width && step->eval->error == NULL; from += BLOCK)
    {
      ConsetPlaces places = {
        step->order, tile->line, tile->first + from, NULL, MIN (BLOCK, tile->width - from), NULL
      };

      if (find_numbers (step, &places))
        for (gsize k = 0; k < places.n; k++)
          bits[(from + k) / 64] |= (guint64) counts (state->numbers[k]) << (k % 64);
    }
  if (step->eval->error != NULL)
    conset_tile_aim (tile, tile->line, tile->first, tile->width);
}

static void
support_fill (ConsetStep *step, ConsetTile *tile)
{
  if (step->n_children == 0)
    {
      conset_step_fill_by_bitmaps (step, tile, fill_bits);
      return;
    }
  conset_step_fill (step->children[0], tile);
  if (tile->kind != CONSET_TILE_EMPTY)
    thin_list (step, tile, TRUE);
}

static void
support_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (step->n_children == 0)
    thin_list (step, tile, mode == CONSET_FILTER_KEEP);
  else if (mode == CONSET_FILTER_DROP)
    conset_step_filter_by_fill (step, tile, mode);
  else
    {
      conset_step_filter (step->children[0], tile, mode);
      if (tile->kind != CONSET_TILE_EMPTY)
        thin_list (step, tile, TRUE);
    }
}

static const char *
support_how (const ConsetStep *step)
{
  return step->n_children > 0 ? "the value of each neighbour" : "the value of each pair";
}

/* }}} */

static const ConsetClass conset_support_class = {
  .name = "support",
  .struct_size = sizeof (SupportNode),
  .precedence = CONSET_PREC_ATOM,
  .prints_itself = TRUE,
  .finalize = support_finalize,
  .geometry = support_geometry,
  .print = support_print,
  .multiplicity = support_multiplicity,
  .expected = support_expected,
  .next_line = support_next_line,
  .next_along = support_next_along,
  .start = support_start,
  .stop = support_stop,
  .fill = support_fill,
  .filter = support_filter,
  .how = support_how,
};

/* Reducers: of 0 it is empty, of any other number full. */
Conset *
conset_support (ConsetValue *value)
{
  const char *message;
  Conset *candidates, *set = NULL;
  SupportNode *self;
  double number;

  g_return_val_if_fail (value != NULL, conset_error_new ("support: the value is NULL; pass one"));

  message = conset_value_error_message (value);
  if (message != NULL)
    set = conset_error_new ("%s", message);
  else if (conset_value_is_fixed (value, &number))
    set = counts (number) ? conset_full () : conset_empty ();
  if (set != NULL)
    {
      conset_value_unref (value);
      return set;
    }

  self = conset_node_new (&conset_support_class);
  self->value = value;
  conset_node_note_value (self, value);
  self->base.facts.random = value->random;
  candidates = conset_value_support (value);
  self->base.facts.laborious = candidates == NULL;
  if (candidates != NULL)
    {
      self->base.facts.bounds = candidates->facts.bounds;
      self->base.facts.density = candidates->facts.density;
      conset_node_adopt (self, candidates);
    }
  return conset_node_finish (self);
}

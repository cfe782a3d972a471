/* SPDX-License-Identifier: MIT */
/*
 * Predicates: { (i, j) : contains (i, j) }, a mask given by the user's callbacks.
 *
 * Members come out ascending, once each. Target-major tiles come from the fill callback where
 * there is one; everything else asks pair by pair, for candidates only when filtering.
 */
#include <conset/predicate.h>

#include "node.h"

#define FILL_AT_MOST 65536u

typedef struct
{
  Conset base;
  char *name;
  ConsetContainsFunc contains;
  ConsetFillFunc fill;
  gpointer user_data;
  GDestroyNotify destroy;
} PredicateNode;

static void
predicate_finalize (Conset *set)
{
  PredicateNode *self = (PredicateNode *) set;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->name);
}

static void
predicate_print (const Conset *set, GString *out)
{
  g_string_append_printf (out, "<%s>", ((const PredicateNode *) set)->name);
}

static guint64
predicate_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const PredicateNode *self = (const PredicateNode *) set;

  return self->contains (source, target, self->user_data) != FALSE;
}

/* What is wrong with the sources that a fill callback wrote, NULL if nothing. */
static const char *
fill_fault (const guint64 *sources, gsize n, guint64 first, guint64 end)
{
  if (n > end - first)
    return "more sources than there is room for";
  for (gsize k = 0; k < n; k++)
    {
      if (sources[k] < first || sources[k] >= end)
        return "a source outside the range asked for";
      if (k > 0 && sources[k] <= sources[k - 1])
        return "sources that do not ascend";
    }
  return NULL;
}

static void
predicate_start (ConsetStep *step)
{
  if (((const PredicateNode *) step->set)->fill != NULL)
    step->state = g_new (guint64, FILL_AT_MOST);
}

static void
predicate_stop (ConsetStep *step)
{
  g_free (step->state);
}

static gsize
fill_by_callback (ConsetStep *step, ConsetTile *tile, guint32 from, guint32 end, gsize n)
{
  const PredicateNode *self = (const PredicateNode *) step->set;
  guint64 *sources = step->state;
  guint64 first = tile->first + from;
  gsize some = self->fill (tile->line, first, tile->first + end, sources, self->user_data);
  const char *fault = fill_fault (sources, some, first, tile->first + end);

  if (fault != NULL)
    {
      conset_eval_fail (step->eval, CONSET_ERROR_CALLBACK,
                        "predicate(%s): the fill callback gave %s, for target %" G_GUINT64_FORMAT
                        " and sources from %" G_GUINT64_FORMAT
                        "; see the contract of ConsetFillFunc",
                        self->name, fault, tile->line, first);
      return 0;
    }
  conset_tile_reserve_list (tile, n + some);
  for (gsize k = 0; k < some; k++)
    tile->list[n + k] = (guint32) (sources[k] - tile->first);
  return n + some;
}

static gsize
fill_by_question (ConsetStep *step, ConsetTile *tile, guint32 from, guint32 end, gsize n)
{
  guint32 *list = conset_tile_reserve_list (tile, n + (end - from));

  for (guint32 offset = from; offset < end; offset++)
    {
      list[n] = offset;
      n += conset_node_multiplicity (step->set, step->order, tile->line, tile->first + offset);
    }
  return n;
}

static void
predicate_fill (ConsetStep *step, ConsetTile *tile)
{
  gboolean callback = step->state != NULL && step->order == CONSET_TARGET_MAJOR;
  gsize n = 0;

  for (guint32 from = 0, end; from < tile->width && step->eval->error == NULL; from = end)
    {
      end = from + MIN (FILL_AT_MOST, tile->width - from);
      n = callback ? fill_by_callback (step, tile, from, end, n)
                   : fill_by_question (step, tile, from, end, n);
    }
  conset_tile_set_list (tile, step->eval->error == NULL ? n : 0, FALSE);
}

static void
predicate_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  gboolean callback = step->state != NULL && step->order == CONSET_TARGET_MAJOR;
  guint64 wanted = mode == CONSET_FILTER_KEEP;
  gsize kept = 0;

  if (callback && conset_tile_count (tile) > tile->width / 16)
    {
      conset_step_filter_by_fill (step, tile, mode);
      return;
    }
  conset_tile_to_list (tile);
  for (gsize k = 0; k < tile->n; k++)
    if (conset_node_multiplicity (step->set, step->order, tile->line, tile->first + tile->list[k])
        == wanted)
      tile->list[kept++] = tile->list[k];
  conset_tile_set_list (tile, kept, FALSE);
}

static const char *
predicate_how (const ConsetStep *step)
{
  if (step->state != NULL && step->order == CONSET_TARGET_MAJOR)
    return "one call of the fill callback a tile";
  return "one call of the contains callback a pair";
}

static const ConsetClass conset_predicate_class = {
  .name = "predicate",
  .struct_size = sizeof (PredicateNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = predicate_finalize,
  .print = predicate_print,
  .multiplicity = predicate_multiplicity,
  .start = predicate_start,
  .stop = predicate_stop,
  .fill = predicate_fill,
  .filter = predicate_filter,
  .how = predicate_how,
};

Conset *
conset_predicate (const char *name,
                  ConsetContainsFunc contains,
                  ConsetFillFunc fill,
                  gpointer user_data,
                  GDestroyNotify destroy)
{
  PredicateNode *self;

  if (contains == NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return conset_error_new ("predicate(%s): there is no contains callback; pass one",
                               name != NULL ? name : "");
    }
  self = conset_node_new (&conset_predicate_class);
  self->name = g_strdup (name != NULL ? name : "predicate");
  self->contains = contains;
  self->fill = fill;
  self->user_data = user_data;
  self->destroy = destroy;
  self->base.facts.laborious = fill == NULL;
  return conset_node_finish (self);
}

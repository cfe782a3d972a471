/* SPDX-License-Identifier: MIT */
/*
 * Choices: the shares of operands, found by filtering.
 *
 * An operand is asked for the places that are left by a filter, each place as often as its
 * highest copy says; only for a pair of many copies, which come in many batches, its multiplicity
 * is asked. Where only one operand can have any, as its bounds and those of the others tell,
 * nothing is. The costs are those of the filters, beside a few steps a place.
 */
#include "choice.h"

#include "columns.h"
#include "thinning.h"

#include <math.h>
#include <string.h>

/* {{{ choices */

ConsetChoice *
conset_choice_borrow (ConsetStep *step)
{
  GPtrArray *spare = step->eval->spare_choices;
  guint n_columns = step->set->facts.columns->n;
  ConsetChoice *choice;

  choice = spare->len > 0 ? g_ptr_array_steal_index_fast (spare, spare->len - 1)
                          : g_new0 (ConsetChoice, 1);
  if (choice->n_columns < n_columns)
    {
      choice->values = g_renew (double *, choice->values, n_columns);
      while (choice->n_columns < n_columns)
        choice->values[choice->n_columns++] = g_new (double, CONSET_PLACES_MOST);
    }
  choice->n = 0;
  return choice;
}

void
conset_choice_give_back (ConsetStep *step, ConsetChoice *choice)
{
  g_ptr_array_add (step->eval->spare_choices, choice);
}

void
conset_choice_free (ConsetChoice *choice)
{
  for (guint k = 0; k < choice->n_columns; k++)
    g_free (choice->values[k]);
  g_free (choice->values);
  g_free (choice);
}

static guint32
place_offset (const ConsetPlaces *places, gsize k)
{
  return places->offsets != NULL ? places->offsets[k] : (guint32) k;
}

void
conset_choice_take_all (ConsetChoice *choice, const ConsetPlaces *places)
{
  choice->n = places->n;
  for (guint32 k = 0; k < places->n; k++)
    {
      choice->offsets[k] = place_offset (places, k);
      choice->copies[k] = places->copies != NULL ? places->copies[k] : 0;
      choice->numbers[k] = k;
    }
}

ConsetPlaces
conset_choice_places (const ConsetChoice *choice, const ConsetPlaces *places)
{
  return (ConsetPlaces){ places->order,   places->line, places->first,
                         choice->offsets, choice->n,    choice->copies };
}

/* }}} */
/* {{{ shares */

/* A pair of more copies than this is asked for by itself. */
#define TIMES_MOST 256

/* The places, of the first @n, of the pair of place @k: up to where they stand, and how often it is
 * asked for, by the highest copy, counted from 1. */
static gsize
pair_end (const ConsetChoice *choice, gsize n, gsize k, guint64 *times)
{
  guint32 offset = choice->offsets[k];

  for (*times = 0; k < n && choice->offsets[k] == offset; k++)
    *times = MAX (*times, (guint64) choice->copies[k] + 1);
  return k;
}

/* Each pair as often as it is asked for: candidates for a filter. */
static void
tile_of_choice (ConsetTile *tile, const ConsetChoice *choice, const ConsetPlaces *places)
{
  guint32 first = choice->offsets[0];
  guint64 times;
  gsize n = 0;
  gboolean repeated = FALSE;

  conset_tile_aim (tile, places->line, places->first + first,
                   choice->offsets[choice->n - 1] - first + 1);
  for (gsize k = 0, end; k < choice->n; k = end)
    {
      end = pair_end (choice, choice->n, k, &times);
      if (times > TIMES_MOST)
        continue;
      conset_tile_reserve_list (tile, n + times);
      repeated |= times > 1;
      for (; times > 0; times--)
        tile->list[n++] = choice->offsets[k] - first;
    }
  conset_tile_set_list (tile, n, repeated);
}

/* How often the pair at @offset, asked for @times, is in the set: what a filter has left in @tile,
 * from entry *at on. */
static guint64
count_found (
  const ConsetTile *tile, gsize *at, const ConsetStep *step, guint32 offset, guint64 times)
{
  guint64 found = 0;

  if (times > TIMES_MOST)
    return conset_node_multiplicity (step->set, step->order, tile->line, tile->first + offset);
  for (; *at < tile->n && tile->list[*at] == offset; ++*at)
    found++;
  return found;
}

static void
choice_add (ConsetChoice *choice, const ConsetChoice *from, gsize k, guint32 copy)
{
  choice->offsets[choice->n] = from->offsets[k];
  choice->numbers[choice->n] = from->numbers[k];
  choice->copies[choice->n++] = copy;
}

void
conset_choice_share (ConsetChoice *rest,
                     ConsetChoice *share,
                     const ConsetPlaces *places,
                     ConsetStep *step,
                     gboolean subtract)
{
  ConsetTile *tile = conset_eval_borrow (step->eval);
  guint32 first = rest->offsets[0];
  gsize n = rest->n, at = 0;

  tile_of_choice (tile, rest, places);
  conset_step_filter (step, tile, CONSET_FILTER_KEEP);
  conset_tile_to_list (tile);
  rest->n = 0;
  for (gsize k = 0; k < n;)
    {
      guint64 times, found;
      gsize end = pair_end (rest, n, k, &times);

      for (found = count_found (tile, &at, step, rest->offsets[k] - first, times); k < end; k++)
        if (rest->copies[k] < found)
          choice_add (share, rest, k, rest->copies[k]);
        else
          choice_add (rest, rest, k, rest->copies[k] - (subtract ? (guint32) found : 0));
    }
  conset_eval_give_back (step->eval, tile);
}

/* }}} */
/* {{{ children */

/* Whether a set can have one of the places; these are not none. */
static gboolean
child_meets (const Conset *child, const ConsetPlaces *places)
{
  guint64 first = conset_places_along (places, 0);
  ConsetWindow window = conset_window_of_line (places->order, places->line, first,
                                               conset_places_along (places, places->n - 1) + 1);

  return conset_window_meets (&window, child);
}

static void
fill_from (ConsetStep *step, guint k, const ConsetPlaces *places, double *const *values)
{
  conset_step_fill_values (step->children[k], places, values);
}

/* Takes the share of child @k from @rest, and finds its values. */
static void
fill_share (ConsetStep *step,
            guint k,
            ConsetChoice *rest,
            const ConsetPlaces *places,
            double *const *values,
            gboolean sum)
{
  ConsetChoice *share = conset_choice_borrow (step);

  conset_choice_share (rest, share, places, step->children[k], sum);
  if (share->n > 0)
    {
      ConsetPlaces chosen = conset_choice_places (share, places);

      fill_from (step, k, &chosen, share->values);
      for (guint c = 0; c < step->set->facts.columns->n; c++)
        for (gsize p = 0; p < share->n; p++)
          values[c][share->numbers[p]] = share->values[c][p];
    }
  conset_choice_give_back (step, share);
}

/* A rule may draw a pair more often than its candidates have it: the last child that has the pair
 * goes on counting. */
double
conset_children_value (const Conset *set, guint column, const ConsetPlace *place, gboolean sum)
{
  ConsetPlace at = *place, last_at = at;
  const Conset *last = NULL;

  for (guint k = 0; k < set->n_children; k++)
    {
      const Conset *child = set->children[k];
      guint64 times = conset_multiplicity (child, at.source, at.target);

      if (times == 0)
        continue;
      last = child;
      last_at = at;
      if (at.copy < times)
        break;
      at.copy -= sum ? times : 0;
    }
  return last != NULL ? conset_node_value (last, column, &last_at) : NAN;
}

/* The same for places that no child has by its multiplicity, one by one. */
static void
fill_beyond (ConsetStep *step,
             const ConsetChoice *rest,
             const ConsetPlaces *places,
             double *const *values,
             gboolean sum)
{
  for (gsize p = 0; p < rest->n && step->eval->error == NULL; p++)
    {
      guint32 k = rest->numbers[p];
      ConsetPlace place = { conset_places_source (places, k), conset_places_target (places, k), 0,
                            &step->eval->error };

      if (places->copies != NULL)
        place.copy = places->copies[k];
      for (guint c = 0; c < step->set->facts.columns->n; c++)
        values[c][k] = conset_children_value (step->set, c, &place, sum);
    }
}

/* Finds the values of places that several children can have. */
static void
fill_by_shares (ConsetStep *step, const ConsetPlaces *places, double *const *values, gboolean sum)
{
  ConsetChoice *rest = conset_choice_borrow (step);

  conset_choice_take_all (rest, places);
  for (guint k = 0; k < step->n_children && rest->n > 0; k++)
    if (child_meets (step->children[k]->set, places))
      fill_share (step, k, rest, places, values, sum);
  fill_beyond (step, rest, places, values, sum);
  conset_choice_give_back (step, rest);
}

/* The first place behind @from that lies at @along or beyond. */
static gsize
places_search (const ConsetPlaces *places, gsize from, guint64 along)
{
  gsize end = places->n;

  while (from < end)
    {
      gsize middle = from + (end - from) / 2;

      if (conset_places_along (places, middle) < along)
        from = middle + 1;
      else
        end = middle;
    }
  return end;
}

/*
 * How many of the places from @from on, the first included, only child @k can have, by its bounds
 * and those of the others; 0 if the first is not so.
 */
static gsize
count_of_one (const ConsetStep *step, const ConsetPlaces *places, gsize from, guint *k)
{
  guint64 at = conset_places_along (places, from), end = CONSET_INDEX_END;
  guint n_meeting = 0;

  for (guint c = 0; c < step->n_children; c++)
    {
      guint64 line[2], along[2];

      conset_window_axes (&step->children[c]->set->facts.bounds, places->order, line, along);
      if (places->line < line[0] || places->line >= line[1] || at >= along[1])
        continue;
      if (at >= along[0])
        {
          n_meeting++;
          *k = c;
        }
      end = MIN (end, at < along[0] ? along[0] : along[1]);
    }
  return n_meeting == 1 ? places_search (places, from, end) - from : 0;
}

void
conset_children_fill_values (ConsetStep *step,
                             const ConsetPlaces *places,
                             double *const *values,
                             gboolean sum)
{
  const guint n_columns = step->set->facts.columns->n;
  double **now = g_newa (double *, n_columns);

  for (gsize from = 0, n = 0; from < places->n; from += n)
    {
      ConsetPlaces some = *places;
      guint k = 0;

      n = count_of_one (step, places, from, &k);
      some.n = n > 0 ? n : places->n - from;
      if (places->offsets != NULL)
        some.offsets += from;
      else
        some.first += from;
      if (places->copies != NULL)
        some.copies += from;
      for (guint c = 0; c < n_columns; c++)
        now[c] = values[c] + from;
      if (n > 0)
        fill_from (step, k, &some, now);
      else
        fill_by_shares (step, &some, now, sum);
      n = some.n;
    }
}

/* }}} */

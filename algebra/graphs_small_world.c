/* SPDX-License-Identifier: MIT */
/*
 * Small world: a ring lattice, some of whose connections are rewired (Watts and Strogatz 1998,
 * directed).
 *
 * Connection e of source i has the draw at (i, e): 64 bits say whether it is rewired, and 64
 * choose among the nodes that are free, by rank: the nodes taken are kept sorted, so that the
 * node of a rank is found by bisection, and nothing is tried twice. The bits are a multiple
 * of 2^-64, which is as exact as a probability is here.
 *
 * Members come out ascending, once each. A source's line is drawn whole, O(k log k) and
 * moving up to k numbers for each connection rewired; lines of targets are made crosswise.
 */
#include <conset/graphs.h>

#include "node.h"

#include "crosswise.h"
#include "kernels.h"
#include "random.h"
#include "text.h"
#include "thinning.h"

#include <string.h>

#define MOST_CONNECTIONS 65536

typedef struct
{
  Conset base;
  guint64 n;
  guint64 k;
  double p;
  guint64 seed;
  ConsetKey key;
  guint64 threshold;
} SmallWorldNode;

/* The nodes that @source may not be rewired to: itself and its targets, ascending. */
typedef struct
{
  const SmallWorldNode *set;
  gboolean drawn;
  guint64 source;
  guint64 *taken;
} Line;

typedef struct
{
  Line line;
  ConsetBand *band;
} SmallWorldState;

static void
small_world_print (const Conset *set, GString *out)
{
  const SmallWorldNode *self = (const SmallWorldNode *) set;

  g_string_append_printf (out, "smallWorld(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", ", self->n,
                          self->k);
  conset_append_double (out, self->p);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

/* {{{ lines */

static void
line_init (Line *line, const SmallWorldNode *set)
{
  *line = (Line){ set, FALSE, 0, g_new (guint64, set->k + 1) };
}

static void
line_clear (Line *line)
{
  g_free (line->taken);
}

/* The lattice: @source and k / 2 nodes on either side of it. */
static void
line_begin (Line *line, guint64 source)
{
  guint64 n = line->set->n, k = line->set->k, half = k / 2;
  guint64 first = source >= half ? source - half : source + n - half;
  guint64 wrapped = k + 1 > n - first ? k + 1 - (n - first) : 0;

  for (guint64 e = 0; e < wrapped; e++)
    line->taken[e] = e;
  for (guint64 e = wrapped; e <= k; e++)
    line->taken[e] = first + (e - wrapped);
}

/* How many of the nodes taken are below @node. */
static gsize
line_below (const Line *line, guint64 node)
{
  gsize first = 0, n = line->set->k + 1;

  while (n > 0)
    {
      gsize half = n / 2;

      if (line->taken[first + half] < node)
        {
          first += half + 1;
          n -= half + 1;
        }
      else
        n = half;
    }
  return first;
}

/* The node that is number @rank among those that are free. */
static guint64
line_free (const Line *line, guint64 rank)
{
  gsize first = 0, n = line->set->k + 1;

  while (n > 0)
    {
      gsize half = n / 2;

      if (line->taken[first + half] - (first + half) <= rank)
        {
          first += half + 1;
          n -= half + 1;
        }
      else
        n = half;
    }
  return rank + first;
}

/* Takes @to in place of @from. */
static void
line_rewire (Line *line, guint64 from, guint64 to)
{
  guint64 *taken = line->taken;
  gsize old = line_below (line, from), place = line_below (line, to);

  if (place > old)
    memmove (taken + old, taken + old + 1, (--place - old) * sizeof *taken);
  else
    memmove (taken + place + 1, taken + place, (old - place) * sizeof *taken);
  taken[place] = to;
}

/* Connection @e of the lattice goes to i + 1, i - 1, i + 2, ... in turn. */
static guint64
lattice_target (const SmallWorldNode *set, guint64 source, guint64 e)
{
  guint64 step = e / 2 + 1;

  if (e % 2 == 0)
    return step < set->n - source ? source + step : step - (set->n - source);
  return source >= step ? source - step : source + set->n - step;
}

/* What the draw of connection @e says. */
static void
line_follow (Line *line, guint64 e, const guint32 drawn[4], guint64 n_free)
{
  const SmallWorldNode *set = line->set;
  guint64 rank;

  if (set->p < 1.0 && (drawn[0] | (guint64) drawn[1] << 32) >= set->threshold)
    return;
  rank = ((unsigned __int128) (drawn[2] | (guint64) drawn[3] << 32) * n_free) >> 64;
  line_rewire (line, lattice_target (set, line->source, e), line_free (line, rank));
}

#define DRAWS_AT_ONCE 32

static void
line_draw (Line *line, guint64 source)
{
  const SmallWorldNode *set = line->set;
  guint64 n_free = set->n - 1 - set->k;
  guint32 drawn[DRAWS_AT_ONCE][4];

  if (line->drawn && line->source == source)
    return;
  line->drawn = TRUE;
  line->source = source;
  line_begin (line, source);
  if (n_free == 0 || set->p == 0.0)
    return;
  for (guint64 e = 0; e < set->k; e += DRAWS_AT_ONCE)
    {
      gsize some = MIN (DRAWS_AT_ONCE, set->k - e);

      conset_draws ()->threefry (&set->key, source, e, 0, 1, some, drawn);
      for (gsize d = 0; d < some; d++)
        line_follow (line, e + d, drawn[d], n_free);
    }
}

static gboolean
line_has (const Line *line, guint64 target)
{
  gsize place = line_below (line, target);

  return target != line->source && place <= line->set->k && line->taken[place] == target;
}

/* Makes @tile, whose line is that of a source, the list of its targets. */
static void
line_list (gpointer data, ConsetTile *tile)
{
  Line *line = data;
  guint64 k = line->set->k, end = tile->first + tile->width;
  gsize n = 0;

  line_draw (line, tile->line);
  conset_tile_reserve_list (tile, k + 1);
  for (gsize e = line_below (line, tile->first); e <= k && line->taken[e] < end; e++)
    if (line->taken[e] != tile->line)
      tile->list[n++] = (guint32) (line->taken[e] - tile->first);
  conset_tile_set_list (tile, n, FALSE);
}

/* }}} */

static guint64
small_world_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  Line line;
  gboolean has;

  line_init (&line, (const SmallWorldNode *) set);
  line_draw (&line, source);
  has = line_has (&line, target);
  line_clear (&line);
  return has;
}

/* Closed for whole lines of sources: each has k members. */
static gboolean
small_world_count (const Conset *set,
                   const ConsetWindow *window,
                   ConsetCensus *census G_GNUC_UNUSED,
                   ConsetCount *count)
{
  const SmallWorldNode *self = (const SmallWorldNode *) set;

  *count = (ConsetCount) (window->source_end - window->source_first) * self->k;
  return window->target_end - window->target_first == self->n;
}

/* Sources draw apart; that each has k targets ties those together a little. */
static ConsetDependence
small_world_dependence (const Conset *set,
                        const ConsetWindow *window G_GNUC_UNUSED,
                        ConsetOrder order,
                        ConsetDrawn *drawn)
{
  if (!conset_drawn_add (drawn, ((const SmallWorldNode *) set)->seed))
    return CONSET_DEPENDENCE_UNKNOWN;
  return order == CONSET_SOURCE_MAJOR ? CONSET_DEPENDENCE_NONE : CONSET_DEPENDENCE_WEAK;
}

/* Where a source's line is as long as many tiles, it is worth drawing to find the next one. */
static guint64
small_world_next_along (const Conset *set, ConsetOrder order, guint64 source, guint64 from)
{
  const SmallWorldNode *self = (const SmallWorldNode *) set;
  Line line;
  gsize e;

  if (order == CONSET_TARGET_MAJOR || self->n <= CONSET_TILE_MAX_WIDTH)
    return from;
  line_init (&line, self);
  line_draw (&line, source);
  e = line_below (&line, from);
  from = e <= self->k ? line.taken[e] : CONSET_INDEX_END;
  line_clear (&line);
  return from;
}

/* Evaluation */

static void
small_world_start (ConsetStep *step)
{
  const SmallWorldNode *self = (const SmallWorldNode *) step->set;
  SmallWorldState *state = g_new0 (SmallWorldState, 1);

  line_init (&state->line, self);
  if (step->order == CONSET_TARGET_MAJOR)
    state->band = conset_band_new (line_list, &state->line, self->base.facts.density, step);
  step->state = state;
}

static void
small_world_stop (ConsetStep *step)
{
  SmallWorldState *state = step->state;

  g_clear_pointer (&state->band, conset_band_free);
  line_clear (&state->line);
  g_free (state);
}

static void
small_world_fill (ConsetStep *step, ConsetTile *tile)
{
  SmallWorldState *state = step->state;

  if (state->band != NULL)
    conset_band_line (state->band, tile);
  else
    line_list (&state->line, tile);
}

static const char *
small_world_how (const ConsetStep *step)
{
  return step->order == CONSET_TARGET_MAJOR ? "the lines of all sources, many targets at a time"
                                            : "a source's line, as a list";
}

static const ConsetClass conset_small_world_class = {
  .name = "smallWorld",
  .struct_size = sizeof (SmallWorldNode),
  .precedence = CONSET_PREC_ATOM,
  .print = small_world_print,
  .multiplicity = small_world_multiplicity,
  .count = small_world_count,
  .dependence = small_world_dependence,
  .next_along = small_world_next_along,
  .start = small_world_start,
  .stop = small_world_stop,
  .fill = small_world_fill,
  .how = small_world_how,
};

static Conset *
small_world_error (guint64 n, guint64 k, double p)
{
  g_autoptr (GString) number = g_string_new (NULL);
  const char *fault = NULL;

  if (n >= CONSET_INDEX_END)
    fault = "there must be less than 2^63 nodes";
  else if (k % 2 != 0 || k >= n || k > MOST_CONNECTIONS)
    fault = "k must be even, below n, and at most 65536";
  else if (!(p >= 0.0 && p <= 1.0))
    fault = "probability must lie in [0, 1]";
  if (fault == NULL)
    return NULL;
  conset_append_double (number, p);
  return conset_error_new ("smallWorld(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %s): %s", n, k,
                           number->str, fault);
}

/* Reducer: without connections it is empty. */
Conset *
conset_small_world (guint64 n, guint64 k, double p, guint64 seed)
{
  Conset *error = small_world_error (n, k, p);
  SmallWorldNode *self;

  if (error != NULL)
    return error;
  if (k == 0)
    return conset_empty ();
  self = conset_node_new (&conset_small_world_class);
  self->n = n;
  self->k = k;
  self->p = p;
  self->seed = seed;
  self->key = conset_key (seed, CONSET_RULE_REWIRING, 0);
  self->threshold = conset_fraction_64 (p);
  self->base.facts.bounds = CONSET_WINDOW (n, n);
  self->base.facts.density = (double) k / (double) n;
  self->base.facts.random = TRUE;
  return conset_node_finish (self);
}

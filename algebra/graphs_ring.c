/* SPDX-License-Identifier: MIT */
/*
 * Ring neighbours: { (i, i + d mod n) : 1 <= d <= k }, and as many in the other direction.
 *
 * Members come out ascending, once each, as at most three runs a line.
 */
#include <conset/graphs.h>

#include "graphs_arcs.h"

typedef struct
{
  Conset base;
  guint64 n;
  guint64 k;
  gboolean both_sides;
} RingNode;

static void
ring_print (const Conset *set, GString *out)
{
  const RingNode *self = (const RingNode *) set;

  g_string_append_printf (out, "ring(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "%s)", self->n,
                          self->k, self->both_sides ? "" : ", bidirectional=False");
}

static guint64
ring_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const RingNode *self = (const RingNode *) set;
  guint64 ahead = target >= source ? target - source : self->n - (source - target);

  return ahead > 0 && (ahead <= self->k || (self->both_sides && self->n - ahead <= self->k));
}

/* The sum of u = 1, 2, ..., @t, each cut to @most. */
static ConsetCount
cut_sum (__int128 t, guint64 most)
{
  ConsetCount whole = t > most ? most : t > 0 ? (ConsetCount) t : 0;
  ConsetCount sum = whole * (whole + 1) / 2;

  return t > most ? sum + (ConsetCount) (t - most) * most : sum;
}

/* How many pairs of @window have j - i <= @most. */
static ConsetCount
count_up_to (const ConsetWindow *window, __int128 most)
{
  guint64 n_targets = window->target_end - window->target_first;
  __int128 first = most + window->source_first - window->target_first;
  __int128 end = most + window->source_end - window->target_first;

  return cut_sum (end, n_targets) - cut_sum (first, n_targets);
}

static ConsetCount
count_between (const ConsetWindow *window, __int128 least, __int128 most)
{
  return count_up_to (window, most) - count_up_to (window, least - 1);
}

static gboolean
ring_count (const Conset *set,
            const ConsetWindow *window,
            ConsetCensus *census G_GNUC_UNUSED,
            ConsetCount *count)
{
  const RingNode *self = (const RingNode *) set;
  __int128 n = self->n, k = self->k;

  *count = count_between (window, 1, k) + count_between (window, 1 - n, k - n);
  if (self->both_sides)
    *count += count_between (window, -k, -1) + count_between (window, n - k, n - 1);
  return TRUE;
}

/* The neighbours of @line: from a line, targets lie ahead and sources lie behind. */
static guint
ring_arcs (const RingNode *self, ConsetOrder order, guint64 line, ConsetArc arcs[3])
{
  gboolean by_target = order == CONSET_TARGET_MAJOR;
  guint64 back = self->both_sides || by_target ? self->k : 0;
  guint64 ahead = self->both_sides || !by_target ? self->k : 0;
  guint64 first = line >= back ? line - back : line + self->n - back;
  guint n = conset_arcs_of_ring (self->n, first, back + 1 + ahead, arcs);

  return conset_arcs_without (arcs, n, line);
}

static guint64
ring_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  ConsetArc arcs[3];
  guint n = ring_arcs ((const RingNode *) set, order, line, arcs);

  return conset_arcs_next (arcs, n, from);
}

static void
ring_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetArc arcs[3];
  guint n = ring_arcs ((const RingNode *) step->set, step->order, tile->line, arcs);
  gsize n_runs = 0;

  conset_arcs_append (tile, arcs, n, &n_runs);
  conset_tile_set_runs (tile, n_runs);
}

static const ConsetClass conset_ring_class = {
  .name = "ring",
  .struct_size = sizeof (RingNode),
  .precedence = CONSET_PREC_ATOM,
  .print = ring_print,
  .multiplicity = ring_multiplicity,
  .count = ring_count,
  .next_along = ring_next_along,
  .fill = ring_fill,
};

/* Reducer: without neighbours it is empty. */
Conset *
conset_ring (guint64 n, guint64 k, gboolean both_sides)
{
  guint64 most = both_sides ? (n - (n > 0)) / 2 : n - (n > 0);
  RingNode *self;

  if (n == 0 || n >= CONSET_INDEX_END || k > most)
    return conset_error_new ("ring(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                             "): k neighbours %s need a ring of at least %s + 1 nodes, "
                             "and less than 2^63",
                             n, k, both_sides ? "on each side" : "on one side",
                             both_sides ? "2 k" : "k");
  if (k == 0)
    return conset_empty ();
  self = conset_node_new (&conset_ring_class);
  self->n = n;
  self->k = k;
  self->both_sides = both_sides;
  self->base.facts.bounds = CONSET_WINDOW (n, n);
  self->base.facts.density = (both_sides ? 2.0 : 1.0) * (double) k / (double) n;
  return conset_node_finish (self);
}

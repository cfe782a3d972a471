/* SPDX-License-Identifier: MIT */
/*
 * Scale-free: preferential attachment (Barabasi and Albert 1999).
 *
 * The degrees of the nodes are kept as a tree of partial sums (Fenwick 1994), in which a node of
 * a given place among all ends of connections is found, taken out for as long as the new node
 * goes on choosing, and put back, in O(log n) each: successive draws without replacement, and
 * nothing is tried twice. Choice c of node v has the draw at (v, c).
 *
 * The graph is drawn when it is first looked at, and kept as neighbours by node, ascending. It is
 * symmetric, so that both orders are the same. Members come out ascending, once each; a tile
 * costs O(log degree + members).
 */
#include <conset/graphs.h>

#include "node.h"

#include "random.h"

#define MOST_CONNECTIONS (G_GUINT64_CONSTANT (1) << 40)

/* Neighbours of node v: neighbours[starts[v]] up to neighbours[starts[v + 1]]. */
typedef struct
{
  guint64 *starts;
  guint32 *neighbours;
} Graph;

typedef struct
{
  Conset base;
  guint64 n;
  guint64 m;
  guint64 seed;
  GMutex mutex;
  Graph *graph;
} ScaleFreeNode;

/* How many nodes there are at first, all knowing one another. */
static guint64
clique_size (const ScaleFreeNode *self)
{
  return MAX (self->m, 2);
}

/* {{{ sums */

/* sums[k] is the degree of nodes (k - lowest bit of k) to k - 1. */
typedef struct
{
  gsize n;
  gsize top;
  guint64 *sums;
} Degrees;

static gboolean
degrees_init (Degrees *degrees, gsize n)
{
  *degrees = (Degrees){ n, 1, g_try_new0 (guint64, n + 1) };
  while (degrees->top <= n / 2)
    degrees->top *= 2;
  return degrees->sums != NULL;
}

/* Adds @more, which may be a negative number, to the degree of @node. */
static void
degrees_add (Degrees *degrees, gsize node, guint64 more)
{
  for (gsize k = node + 1; k <= degrees->n; k += k & -k)
    degrees->sums[k] += more;
}

/* The node that has place @place, when every node has as many as its degree; and its degree. */
static gsize
degrees_find (const Degrees *degrees, guint64 place)
{
  gsize node = 0;

  for (gsize step = degrees->top; step > 0; step /= 2)
    if (node + step <= degrees->n && degrees->sums[node + step] <= place)
      {
        node += step;
        place -= degrees->sums[node];
      }
  return node;
}

/* }}} */

/* {{{ drawing */

/* A graph in the making: chosen[m (v - clique) + c] is choice c of node v, degree[v] its degree. */
typedef struct
{
  const ScaleFreeNode *set;
  guint64 clique;
  guint32 *chosen;
  guint64 *degree;
} Draft;

static int
compare_nodes (const void *a, const void *b)
{
  guint32 left = *(const guint32 *) a, right = *(const guint32 *) b;

  return (left > right) - (left < right);
}

/* Node @node chooses; @total is the sum of all degrees. */
static void
draft_attach (Draft *draft, Degrees *degrees, const ConsetKey *key, guint64 node, guint64 total)
{
  guint64 m = draft->set->m;
  guint32 *chosen = draft->chosen + m * (node - draft->clique);

  for (guint64 c = 0; c < m; c++)
    {
      gsize other = degrees_find (degrees, conset_draw_below (key, node, c, total));

      chosen[c] = (guint32) other;
      total -= draft->degree[other];
      degrees_add (degrees, other, 0 - draft->degree[other]);
    }
  for (guint64 c = 0; c < m; c++)
    degrees_add (degrees, chosen[c], ++draft->degree[chosen[c]]);
  draft->degree[node] = m;
  degrees_add (degrees, node, m);
  qsort (chosen, m, sizeof *chosen, compare_nodes);
}

static gboolean
draft_draw (Draft *draft)
{
  const ScaleFreeNode *set = draft->set;
  ConsetKey key = conset_key (set->seed, CONSET_RULE_ATTACHMENT, 0);
  guint64 total = draft->clique * (draft->clique - 1);
  Degrees degrees;

  if (!degrees_init (&degrees, set->n))
    return FALSE;
  for (guint64 node = 0; node < draft->clique; node++)
    {
      draft->degree[node] = draft->clique - 1;
      degrees_add (&degrees, node, draft->clique - 1);
    }
  for (guint64 node = draft->clique; node < set->n; node++, total += 2 * set->m)
    draft_attach (draft, &degrees, &key, node, total);
  g_free (degrees.sums);
  return TRUE;
}

/* Going through the nodes in order, all neighbours that a node chose come before those that
 * chose it, so that neighbours ascend. */
static void
draft_list (const Draft *draft, guint64 *at, guint32 *neighbours)
{
  const ScaleFreeNode *set = draft->set;

  for (guint64 node = 0; node < draft->clique; node++)
    for (guint64 other = 0; other < draft->clique; other++)
      if (other != node)
        neighbours[at[node]++] = (guint32) other;
  for (guint64 node = draft->clique; node < set->n; node++)
    for (guint64 c = 0; c < set->m; c++)
      {
        guint32 other = draft->chosen[set->m * (node - draft->clique) + c];

        neighbours[at[node]++] = other;
        neighbours[at[other]++] = (guint32) node;
      }
}

static void
graph_free (Graph *graph)
{
  if (graph == NULL)
    return;
  g_free (graph->starts);
  g_free (graph->neighbours);
  g_free (graph);
}

/* NULL without memory. */
static Graph *
draft_finish (const Draft *draft)
{
  guint64 n = draft->set->n, *at = g_try_new (guint64, n);
  Graph *graph = g_new0 (Graph, 1);

  graph->starts = g_try_new0 (guint64, n + 1);
  if (at != NULL && graph->starts != NULL)
    {
      for (guint64 node = 0; node < n; node++)
        {
          at[node] = graph->starts[node];
          graph->starts[node + 1] = graph->starts[node] + draft->degree[node];
        }
      graph->neighbours = g_try_new (guint32, graph->starts[n]);
    }
  if (graph->neighbours != NULL)
    draft_list (draft, at, graph->neighbours);
  else
    g_clear_pointer (&graph, graph_free);
  g_free (at);
  return graph;
}

/* NULL without memory. */
static Graph *
graph_new (const ScaleFreeNode *set)
{
  guint64 clique = clique_size (set), n_chosen = MAX (set->m * (set->n - clique), 1);
  Draft draft = { set, clique, g_try_new (guint32, n_chosen), g_try_new (guint64, set->n) };
  Graph *graph = NULL;

  if (draft.chosen != NULL && draft.degree != NULL && draft_draw (&draft))
    graph = draft_finish (&draft);
  g_free (draft.chosen);
  g_free (draft.degree);
  return graph;
}

/* }}} */

/* NULL if there is no memory for it. */
static const Graph *
scale_free_graph (const Conset *set)
{
  ScaleFreeNode *self = (ScaleFreeNode *) set;
  Graph *graph = g_atomic_pointer_get (&self->graph);

  if (graph == NULL)
    {
      g_mutex_lock (&self->mutex);
      graph = g_atomic_pointer_get (&self->graph);
      if (graph == NULL)
        {
          graph = graph_new (self);
          g_atomic_pointer_set (&self->graph, graph);
        }
      g_mutex_unlock (&self->mutex);
    }
  return graph;
}

static void
scale_free_finalize (Conset *set)
{
  ScaleFreeNode *self = (ScaleFreeNode *) set;

  graph_free (self->graph);
  g_mutex_clear (&self->mutex);
}

static void
scale_free_print (const Conset *set, GString *out)
{
  const ScaleFreeNode *self = (const ScaleFreeNode *) set;

  g_string_append_printf (
    out, "scaleFree(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", seed=%" G_GUINT64_FORMAT ")",
    self->n, self->m, self->seed);
}

/* Where the first neighbour of @node is that is not below @least. */
static guint64
graph_find (const Graph *graph, guint64 node, guint64 least)
{
  guint64 first = graph->starts[node], n = graph->starts[node + 1] - first;

  while (n > 0)
    {
      guint64 half = n / 2;

      if (graph->neighbours[first + half] < least)
        {
          first += half + 1;
          n -= half + 1;
        }
      else
        n = half;
    }
  return first;
}

static guint64
scale_free_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const Graph *graph = scale_free_graph (set);
  guint64 k;

  if (graph == NULL)
    return 0;
  k = graph_find (graph, target, source);
  return k < graph->starts[target + 1] && graph->neighbours[k] == source;
}

/* The connections of all nodes. */
static ConsetCount
count_all (const ScaleFreeNode *self)
{
  ConsetCount clique = clique_size (self);

  return clique * (clique - 1) + 2 * (ConsetCount) self->m * (self->n - (guint64) clique);
}

static gboolean
scale_free_count (const Conset *set,
                  const ConsetWindow *window,
                  ConsetCensus *census G_GNUC_UNUSED,
                  ConsetCount *count)
{
  *count = count_all ((const ScaleFreeNode *) set);
  return conset_window_area (window) == conset_window_area (&set->facts.bounds);
}

static guint64
scale_free_next_along (const Conset *set,
                       ConsetOrder order G_GNUC_UNUSED,
                       guint64 line,
                       guint64 from)
{
  const Graph *graph = scale_free_graph (set);
  guint64 k;

  if (graph == NULL)
    return from;
  k = graph_find (graph, line, from);
  return k < graph->starts[line + 1] ? graph->neighbours[k] : CONSET_INDEX_END;
}

/* Evaluation */

/* The step keeps the graph from the first tile on, so that a plan that is only explained draws
 * nothing. */
static void
scale_free_fill (ConsetStep *step, ConsetTile *tile)
{
  const Graph *graph;
  guint64 first, end;
  guint32 *list;

  if (step->state == NULL)
    step->state = (gpointer) scale_free_graph (step->set);
  graph = step->state;
  if (graph == NULL)
    {
      g_autofree char *text = conset_describe (step->set);

      conset_eval_fail (step->eval, CONSET_ERROR_OVERFLOW,
                        "%s: not enough memory to draw it whole; take fewer nodes or connections",
                        text);
      return;
    }
  first = graph_find (graph, tile->line, tile->first);
  end = graph_find (graph, tile->line, tile->first + tile->width);
  list = conset_tile_reserve_list (tile, end - first);
  for (guint64 k = first; k < end; k++)
    list[k - first] = (guint32) (graph->neighbours[k] - tile->first);
  conset_tile_set_list (tile, end - first, FALSE);
}

static const char *
scale_free_how (const ConsetStep *step G_GNUC_UNUSED)
{
  return "drawn whole, once, and kept";
}

static const ConsetClass conset_scale_free_class = {
  .name = "scaleFree",
  .struct_size = sizeof (ScaleFreeNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = scale_free_finalize,
  .print = scale_free_print,
  .multiplicity = scale_free_multiplicity,
  .count = scale_free_count,
  .next_along = scale_free_next_along,
  .fill = scale_free_fill,
  .how = scale_free_how,
};

Conset *
conset_scale_free (guint64 n, guint64 m, guint64 seed)
{
  const char *fault = NULL;
  ScaleFreeNode *self;

  if (m == 0 || n < 2 || n < m)
    fault = "it takes max(m, 2) nodes at least, and m of 1 or more";
  else if (n > G_MAXUINT32 || (unsigned __int128) n * m > MOST_CONNECTIONS / 2)
    fault = "it would have to be drawn whole, which is too much; "
            "take less than 2^32 nodes and 2^40 connections";
  if (fault != NULL)
    return conset_error_new ("scaleFree(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "): %s", n, m,
                             fault);
  self = conset_node_new (&conset_scale_free_class);
  self->n = n;
  self->m = m;
  self->seed = seed;
  g_mutex_init (&self->mutex);
  self->base.facts.bounds = CONSET_WINDOW (n, n);
  self->base.facts.density = (double) count_all (self) / (double) n / (double) n;
  self->base.facts.random = TRUE;
  return conset_node_finish (self);
}

/* SPDX-License-Identifier: MIT */
/*
 * Union and sum: m = max, + of the operands' m.
 *
 * A chain written left to right is one node with any number of operands. Members come out
 * ascending, with multiplicity; every operand whose bounds meet the tile is filled.
 *
 * A network of many populations is a long sum of sets that lie apart. So that a line does
 * not cost a look at each of them, the operands of a long chain stand in bundles, and those
 * in larger ones, each with the bounds of what is in it.
 */
#include "node.h"

/* {{{ chains */

#define CHAIN_MOST 16

/* Level 0 holds operands, level k bundles of level k - 1, all full but the last. */
typedef struct
{
  Conset base;
  guint level;
} ChainNode;

/* Facts of a chain with one more operand. */
typedef void (*ChainMerge) (ConsetFacts *facts, const ConsetFacts *more);

/* A chain whose first operand, or bundle, is @first, and whose facts are those of it. */
static Conset *
chain_new (const ConsetClass *klass, guint level, Conset *first)
{
  ChainNode *self = conset_node_new (klass);

  self->level = level;
  self->base.facts.bounds = first->facts.bounds;
  self->base.facts.max_multiplicity = first->facts.max_multiplicity;
  self->base.facts.density = first->facts.density;
  conset_node_adopt (self, first);
  return &self->base;
}

/* @set as the only operand of nested bundles, the outermost of @level. */
static Conset *
chain_wrap (const ConsetClass *klass, guint level, Conset *set)
{
  for (guint k = 0; k <= level; k++)
    set = chain_new (klass, k, set);
  return set;
}

/* Puts @operand behind the others of a chain that nobody else sees; FALSE if it is full. */
static gboolean
chain_take (Conset *chain, Conset *operand, ChainMerge merge)
{
  guint level = ((ChainNode *) chain)->level;
  Conset *last = chain->children[chain->n_children - 1];
  guint64 size = last->facts.size;

  if (level > 0 && chain_take (last, operand, merge))
    {
      chain->facts.size += last->facts.size - size;
      chain->facts.depth = MAX (chain->facts.depth, last->facts.depth + 1);
      chain->facts.random |= last->facts.random;
    }
  else if (chain->n_children < CHAIN_MOST)
    conset_node_adopt (chain, level > 0 ? chain_wrap (chain->klass, level - 1, operand) : operand);
  else
    return FALSE;
  merge (&chain->facts, &operand->facts);
  return TRUE;
}

static Conset *
chain_append (const ConsetClass *klass, Conset *a, Conset *b, ChainMerge merge)
{
  guint level = 0;

  if (a->klass == klass && g_atomic_ref_count_compare (&a->refs, 1))
    {
      if (chain_take (a, b, merge))
        return conset_node_finish (a);
      level = ((ChainNode *) a)->level + 1;
    }
  a = chain_new (klass, level, a);
  chain_take (a, b, merge);
  return conset_node_finish (a);
}

/* Bundles do not show: of all operands only the very first goes without a sign before it. */
static void
chain_print_on (const Conset *set, const char *sign, gboolean first, GString *out)
{
  gboolean bundles = ((const ChainNode *) set)->level > 0;

  for (guint k = 0; k < set->n_children; k++, first = FALSE)
    if (bundles)
      chain_print_on (set->children[k], sign, first, out);
    else
      {
        if (!first)
          g_string_append (out, sign);
        conset_print (set->children[k], set->klass->precedence + !first, out);
      }
}

static void
chain_print (const Conset *set, const char *sign, GString *out)
{
  chain_print_on (set, sign, TRUE, out);
}

/* A line, or a place along one, can have a member only if some operand says so. */
static guint64
chain_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  guint64 next = CONSET_INDEX_END;

  for (guint k = 0; k < set->n_children && next > line; k++)
    next = conset_lesser (next, conset_node_next_line (set->children[k], order, line));
  return next;
}

static guint64
chain_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 next = CONSET_INDEX_END;

  for (guint k = 0; k < set->n_children && next > from; k++)
    next = conset_lesser (next, conset_node_next_along (set->children[k], order, line, from));
  return next;
}

static void
chain_fill (ConsetStep *step, ConsetTile *tile, ConsetCombine op)
{
  ConsetTile *more = conset_eval_borrow (step->eval);

  conset_step_fill (step->children[0], tile);
  for (guint k = 1; k < step->n_children; k++)
    {
      conset_tile_aim (more, tile->line, tile->first, tile->width);
      conset_step_fill (step->children[k], more);
      conset_combine (tile, more, op);
    }
  conset_eval_give_back (step->eval, more);
}

/*
 * Of a set t, t - max (a, b) = t - (a + b) = (t - a) - b, and min (t, max (a, b)) =
 * min (t, a + b) is what these take from t: no multiplicity is ever made, and nothing is asked of
 * an operand once all of t has been found.
 */
static void
chain_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  ConsetTile *rest = tile;

  if (mode == CONSET_FILTER_KEEP)
    {
      rest = conset_eval_borrow (step->eval);
      conset_tile_copy (rest, tile);
    }
  for (guint k = 0; k < step->n_children && rest->kind != CONSET_TILE_EMPTY; k++)
    conset_step_filter (step->children[k], rest, CONSET_FILTER_DROP);
  if (mode == CONSET_FILTER_KEEP)
    {
      conset_combine (tile, rest, CONSET_COMBINE_MONUS);
      conset_eval_give_back (step->eval, rest);
    }
}

/* The other operand, if one is empty: the reducer that union and sum share. */
static Conset *
without_empty (Conset *a, Conset *b)
{
  if (conset_is_empty_node (a))
    {
      conset_unref (a);
      return b;
    }
  if (conset_is_empty_node (b))
    {
      conset_unref (b);
      return a;
    }
  return NULL;
}

/* }}} */

/* {{{ union */

static void
union_print (const Conset *set, GString *out)
{
  chain_print (set, " | ", out);
}

static guint64
union_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  guint64 most = 0;

  for (guint k = 0; k < set->n_children; k++)
    {
      guint64 times = conset_multiplicity (set->children[k], source, target);

      most = MAX (most, times);
    }
  return most;
}

static double
union_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  double nowhere = 1.0;

  for (guint k = 0; k < set->n_children; k++)
    nowhere *= 1.0 - conset_node_share (set->children[k], window, census);
  return (double) conset_window_area (window) * (1.0 - nowhere);
}

/* For two operands: a + b less what they share, max (a, b) = a + b - min (a, b). */
static gboolean
union_count (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census,
             ConsetCount *count)
{
  g_autoptr (Conset) both = NULL;
  ConsetCount n[2], common;

  if (set->n_children != 2)
    return FALSE;
  both = conset_intersect (conset_ref (set->children[0]), conset_ref (set->children[1]));
  if (!conset_check (both, NULL) || !conset_node_count (set->children[0], window, census, &n[0])
      || !conset_node_count (set->children[1], window, census, &n[1])
      || !conset_node_count (both, window, census, &common))
    return FALSE;
  *count = n[0] - common;
  return conset_census_add (census, count, n[1], 1);
}

/* Pairs that operands share do not add up, but each of them may hold more on the way. */
static double
union_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  double all = (double) width * (double) step->set->facts.max_multiplicity;
  double total = 0.0, most = 0.0;

  for (guint k = 0; k < step->n_children; k++)
    {
      double load = conset_step_load (step->children[k], line, first, width);

      total += load;
      most = MAX (most, load);
    }
  return MAX (most, MIN (total, all));
}

static void
union_fill (ConsetStep *step, ConsetTile *tile)
{
  chain_fill (step, tile, CONSET_COMBINE_MAX);
}

static const ConsetClass conset_union_class = {
  .name = "union",
  .struct_size = sizeof (ChainNode),
  .precedence = CONSET_PREC_UNION,
  .print = union_print,
  .multiplicity = union_multiplicity,
  .expected = union_expected,
  .count = union_count,
  .next_line = chain_next_line,
  .next_along = chain_next_along,
  .fill = union_fill,
  .filter = chain_filter,
  .load = union_load,
};

static void
union_merge (ConsetFacts *facts, const ConsetFacts *more)
{
  facts->bounds = conset_window_hull (&facts->bounds, &more->bounds);
  facts->max_multiplicity = MAX (facts->max_multiplicity, more->max_multiplicity);
  facts->density += more->density;
  facts->density = MIN (facts->density, (double) facts->max_multiplicity);
}

/* Reducers: what is empty drops out; x | x is x. */
Conset *
conset_union (Conset *a, Conset *b)
{
  Conset *set = conset_absorb ("union", &a, &b);

  if (set == NULL)
    set = without_empty (a, b);
  if (set != NULL)
    return set;
  if (a == b)
    {
      conset_unref (b);
      return a;
    }

  return chain_append (&conset_union_class, a, b, union_merge);
}

/* }}} */

/* {{{ sum */

static void
sum_print (const Conset *set, GString *out)
{
  chain_print (set, " + ", out);
}

static guint64
sum_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  guint64 total = 0;

  for (guint k = 0; k < set->n_children; k++)
    total += conset_multiplicity (set->children[k], source, target);
  return total;
}

static double
sum_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  double expected = 0.0;

  for (guint k = 0; k < set->n_children; k++)
    expected += conset_node_expected (set->children[k], window, census);
  return expected;
}

static gboolean
sum_count (const Conset *set, const ConsetWindow *window, ConsetCensus *census, ConsetCount *count)
{
  *count = 0;
  for (guint k = 0; k < set->n_children; k++)
    {
      ConsetCount n;

      if (!conset_node_count (set->children[k], window, census, &n)
          || !conset_census_add (census, count, n, 1))
        return FALSE;
    }
  return TRUE;
}

static void
sum_fill (ConsetStep *step, ConsetTile *tile)
{
  chain_fill (step, tile, CONSET_COMBINE_SUM);
}

static double
sum_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  double load = 0.0;

  for (guint k = 0; k < step->n_children; k++)
    load += conset_step_load (step->children[k], line, first, width);
  return load;
}

static const ConsetClass conset_sum_class = {
  .name = "sum",
  .struct_size = sizeof (ChainNode),
  .precedence = CONSET_PREC_SUM,
  .print = sum_print,
  .multiplicity = sum_multiplicity,
  .expected = sum_expected,
  .count = sum_count,
  .next_line = chain_next_line,
  .next_along = chain_next_along,
  .fill = sum_fill,
  .filter = chain_filter,
  .load = sum_load,
};

static gboolean
lie_apart (const ConsetFacts *facts, const ConsetFacts *more)
{
  ConsetWindow both = conset_window_intersect (&facts->bounds, &more->bounds);

  return conset_window_is_empty (&both);
}

/* Sets that lie apart add no multiplicities. */
static guint64
sum_most (const ConsetFacts *facts, const ConsetFacts *more)
{
  if (lie_apart (facts, more))
    return MAX (facts->max_multiplicity, more->max_multiplicity);
  return facts->max_multiplicity + more->max_multiplicity;
}

static void
sum_merge (ConsetFacts *facts, const ConsetFacts *more)
{
  facts->max_multiplicity = sum_most (facts, more);
  if (lie_apart (facts, more))
    facts->density = MAX (facts->density, more->density);
  else
    facts->density += more->density;
  facts->bounds = conset_window_hull (&facts->bounds, &more->bounds);
}

/* Reducer: what is empty drops out. */
Conset *
conset_sum (Conset *a, Conset *b)
{
  Conset *set = conset_absorb ("sum", &a, &b);
  guint64 most;

  if (set == NULL)
    set = without_empty (a, b);
  if (set != NULL)
    return set;
  most = sum_most (&a->facts, &b->facts);
  if (most > CONSET_MAX_MULTIPLICITY)
    {
      conset_unref (a);
      conset_unref (b);
      return conset_error_new ("sum: a connection could occur %" G_GUINT64_FORMAT
                               " times; at most %" G_GUINT64_FORMAT
                               " are possible; use union for a set without repetitions",
                               most, CONSET_MAX_MULTIPLICITY);
    }

  return chain_append (&conset_sum_class, a, b, sum_merge);
}

/* }}} */

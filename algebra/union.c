/* SPDX-License-Identifier: MIT */
/*
 * Union and sum: m = max, + of the operands' m.
 *
 * A chain is one node with any number of operands, in bundles (chain.h). Members come out
 * ascending, with multiplicity; every operand whose bounds meet the tile is filled.
 */
#include "chain.h"
#include "choice.h"
#include "columns.h"
#include "cset.h"
#include "inclusion.h"

#include "thinning.h"

#include <math.h>

/* {{{ chains */

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

/*
 * How much of the share @more of operand @k those before it, of @share and within @hull, have
 * too: none where it lies apart, all where it is one of them.
 */
static double
chain_common (const Conset *set, guint k, ConsetWindow *hull, double share, double more)
{
  const ConsetWindow *bounds = &set->children[k]->facts.bounds;
  ConsetWindow both = conset_window_intersect (hull, bounds);

  *hull = conset_window_hull (hull, bounds);
  for (guint j = 0; j < k; j++)
    if (set->children[j] == set->children[k])
      return more;
  return conset_window_is_empty (&both) ? 0.0 : share * more;
}

static double
chain_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetWindow hull = CONSET_WINDOW (0, 0);
  double share = 0.0;

  for (guint k = 0; k < set->n_children; k++)
    {
      double more = conset_node_share (set->children[k], window, census);

      share += more - chain_common (set, k, &hull, share, more);
    }
  return share;
}

/* The highest operand goes first, before another tile is held: so a tree that leans to any
 * side holds a few tiles, not one a level. */
static void
chain_fill (ConsetStep *step, ConsetTile *tile, ConsetCombine op)
{
  ConsetTile *more;
  guint highest = 0;

  for (guint k = 1; k < step->n_children; k++)
    if (step->children[k]->set->facts.height > step->children[highest]->set->facts.height)
      highest = k;
  conset_step_fill (step->children[highest], tile);
  more = conset_eval_borrow (step->eval);
  for (guint k = 0; k < step->n_children; k++)
    if (k != highest)
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

/* Each counted once, the pairs of a sum are those of the union. */
static gboolean
chain_thin (const Conset *set,
            const ConsetWindow *window,
            ConsetDrawn *drawn,
            ConsetThinning *thinning)
{
  return conset_children_thin (set, CONSET_COMBINE_MAX, window, drawn, thinning);
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

static double
union_value (const Conset *set, guint column, const ConsetPlace *place)
{
  return conset_children_value (set, column, place, FALSE);
}

static void
union_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  conset_children_fill_values (step, places, values, FALSE);
}

static void
union_print (const Conset *set, GString *out)
{
  conset_chain_print (set, " | ", out);
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

/* max (a, b) = a + b - min (a, b). */
static double
union_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetPresence all = { 0.0, 1.0 };
  ConsetWindow hull = CONSET_WINDOW (0, 0);

  for (guint k = 0; k < set->n_children; k++)
    {
      ConsetPresence more = conset_node_presence (set->children[k], window, census);
      double both = chain_common (set, k, &hull, all.share, more.share);
      double total =
        all.share * all.times + more.share * more.times - both * MIN (all.times, more.times);

      all.share += more.share - both;
      all.times = all.share > 0.0 ? total / all.share : 1.0;
    }
  return (double) conset_window_area (window) * all.share * all.times;
}

static gboolean
union_count (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census,
             ConsetCount *count)
{
  g_autoptr (GPtrArray) operands = g_ptr_array_new ();

  conset_chain_operands (set, operands);
  return conset_count_union ((Conset **) operands->pdata, operands->len, window, census, count);
}

/* The law of the only operand that the line meets. */
static gboolean
union_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  ConsetWindow window = conset_window_of_line (order, line, first, end);
  const Conset *only = NULL;

  for (guint k = 0; k < set->n_children; k++)
    if (conset_window_meets (&window, set->children[k]))
      {
        if (only != NULL)
          return FALSE;
        only = set->children[k];
      }
  *law =
    only != NULL ? conset_node_degree_law (only, order, line, first, end) : conset_law_delta (0.0);
  return TRUE;
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
  .struct_size = sizeof (ConsetChain),
  .roles = CONSET_ROLES_CHAIN,
  .bundles = TRUE,
  .precedence = CONSET_PREC_UNION,
  .print = union_print,
  .multiplicity = union_multiplicity,
  .expected = union_expected,
  .share = chain_share,
  .count = union_count,
  .degree_law = union_degree_law,
  .thin = chain_thin,
  .dependence = conset_children_dependence,
  .next_line = chain_next_line,
  .next_along = chain_next_along,
  .fill = union_fill,
  .filter = chain_filter,
  .load = union_load,
  .value = union_value,
  .fill_values = union_fill_values,
};

static void
union_merge (ConsetFacts *facts, const ConsetFacts *more)
{
  facts->bounds = conset_window_hull (&facts->bounds, &more->bounds);
  facts->max_multiplicity = MAX (facts->max_multiplicity, more->max_multiplicity);
  facts->density += more->density;
  facts->density = MIN (facts->density, (double) facts->max_multiplicity);
}

/* The values of @b in the units of @a; NULL, or the error that they are too many operators. */
static Conset *
show_in_units_of (Conset *a, Conset **b)
{
  *b = conset_cset_show_in (*b, a->facts.columns);
  if (conset_error_message (*b) == NULL)
    return NULL;
  conset_unref (a);
  return *b;
}

/* Reducers: what is empty drops out; x | x is x. */
Conset *
conset_union (Conset *a, Conset *b)
{
  Conset *set = conset_absorb ("union", &a, &b);

  if (set == NULL)
    set = conset_columns_check ("union", CONSET_COLUMNS_SAME, a, b);
  if (set == NULL)
    set = without_empty (a, b);
  if (set != NULL)
    return set;
  set = show_in_units_of (a, &b);
  if (set != NULL)
    return set;
  if (a == b)
    {
      conset_unref (b);
      return a;
    }

  return conset_chain_join (&conset_union_class, a, b, union_merge);
}

/* }}} */

/* {{{ sum */

static double
sum_value (const Conset *set, guint column, const ConsetPlace *place)
{
  return conset_children_value (set, column, place, TRUE);
}

static void
sum_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  conset_children_fill_values (step, places, values, TRUE);
}

static void
sum_print (const Conset *set, GString *out)
{
  conset_chain_print (set, " + ", out);
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

/*
 * What is known of the sum of some degrees.
 *
 * @n_random: how many are random, and the law of the last of them
 * @certain: the sum of the others
 * @drawn: of all random ones; what draws apart is independent
 * @trials: the sum of the random ones if they are @alike: binomial with the same chance
 */
typedef struct
{
  ConsetWindow window;
  ConsetOrder order;
  guint n_random;
  ConsetLaw last;
  double certain;
  double mean;
  double variance;
  ConsetDrawn drawn;
  gboolean independent;
  gboolean alike;
  double trials;
} SumOfDegrees;

static void
sum_of_degrees_add (SumOfDegrees *sum, const Conset *set)
{
  guint64 line[2], along[2];
  ConsetLaw law;

  conset_window_axes (&sum->window, sum->order, line, along);
  law = conset_node_degree_law (set, sum->order, line[0], along[0], along[1]);
  sum->mean += law.mean;
  sum->variance += law.variance;
  if (law.kind == CONSET_LAW_DELTA)
    {
      sum->certain += law.mean;
      return;
    }
  sum->independent = sum->independent
                     && conset_node_dependence (set, &sum->window, sum->order, &sum->drawn)
                          != CONSET_DEPENDENCE_UNKNOWN;
  sum->alike = sum->alike && law.kind == CONSET_LAW_BINOMIAL
               && (sum->n_random == 0 || law.parameters[1] == sum->last.parameters[1]);
  sum->trials += law.parameters[0];
  sum->n_random++;
  sum->last = law;
}

static void
sum_of_degrees_add_chain (SumOfDegrees *sum, const Conset *chain)
{
  for (guint k = 0; k < chain->n_children; k++)
    if (chain->children[k]->klass == chain->klass)
      sum_of_degrees_add_chain (sum, chain->children[k]);
    else if (conset_window_meets (&sum->window, chain->children[k]))
      sum_of_degrees_add (sum, chain->children[k]);
}

static gboolean
sum_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  SumOfDegrees sum = { .window = conset_window_of_line (order, line, first, end),
                       .order = order,
                       .independent = TRUE,
                       .alike = TRUE };

  sum_of_degrees_add_chain (&sum, set);
  if (sum.n_random == 0)
    *law = conset_law_delta (sum.certain);
  else if (sum.n_random == 1 && sum.certain == 0.0)
    *law = sum.last;
  else if (sum.independent && sum.alike && sum.certain == 0.0)
    *law = conset_law_binomial (sum.trials, sum.last.parameters[1]);
  else
    *law = conset_law_unknown (sum.mean, sum.independent || sum.n_random == 1 ? sum.variance : NAN);
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
  .struct_size = sizeof (ConsetChain),
  .roles = CONSET_ROLES_CHAIN,
  .bundles = TRUE,
  .precedence = CONSET_PREC_SUM,
  .print = sum_print,
  .multiplicity = sum_multiplicity,
  .expected = sum_expected,
  .share = chain_share,
  .count = sum_count,
  .degree_law = sum_degree_law,
  .thin = chain_thin,
  .dependence = conset_children_dependence,
  .next_line = chain_next_line,
  .next_along = chain_next_along,
  .fill = sum_fill,
  .filter = chain_filter,
  .load = sum_load,
  .value = sum_value,
  .fill_values = sum_fill_values,
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
    set = conset_columns_check ("sum", CONSET_COLUMNS_SAME, a, b);
  if (set == NULL)
    set = without_empty (a, b);
  if (set != NULL)
    return set;
  set = show_in_units_of (a, &b);
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

  return conset_chain_join (&conset_sum_class, a, b, sum_merge);
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * Intersection, union and sum: m = min, max, + of the operands' m.
 *
 * They take any number of operands: a chain written left to right is one node. Members come
 * out ascending, with multiplicity. An intersection fills from the operand that promises the
 * fewest members and lets the others filter; a union and a sum fill every operand whose
 * bounds meet the tile.
 */
#include "node.h"

/* A node for a and b, or a itself with b appended where nobody else can see a change. */
static Conset *
chain_append (const ConsetClass *klass, Conset *a, Conset *b)
{
  Conset *set = a;

  if (a->klass != klass || !g_atomic_ref_count_compare (&a->refs, 1))
    {
      set = conset_node_new (klass);
      set->facts.bounds = a->facts.bounds;
      set->facts.max_multiplicity = a->facts.max_multiplicity;
      set->facts.density = a->facts.density;
      conset_node_adopt (set, a);
    }
  conset_node_adopt (set, b);
  return set;
}

static void
chain_print (const Conset *set, const char *sign, GString *out)
{
  for (guint k = 0; k < set->n_children; k++)
    {
      if (k > 0)
        g_string_append (out, sign);
      conset_print (set->children[k], set->klass->precedence + (k > 0), out);
    }
}

/* A line, or a place along one, can have a member only if some operand says so. */
static guint64
any_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  guint64 next = CONSET_INDEX_END;

  for (guint k = 0; k < set->n_children && next > line; k++)
    next = conset_lesser (next, conset_node_next_line (set->children[k], order, line));
  return next;
}

static guint64
any_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 next = CONSET_INDEX_END;

  for (guint k = 0; k < set->n_children && next > from; k++)
    next = conset_lesser (next, conset_node_next_along (set->children[k], order, line, from));
  return next;
}

/* {{{ intersection */

static void
intersection_print (const Conset *set, GString *out)
{
  chain_print (set, " * ", out);
}

static guint64
intersection_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  guint64 least = G_MAXUINT64;

  for (guint k = 0; k < set->n_children && least > 0; k++)
    least = conset_lesser (least, conset_multiplicity (set->children[k], source, target));
  return least;
}

static double
intersection_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  double expected = (double) conset_window_area (window);

  for (guint k = 0; k < set->n_children; k++)
    expected *= conset_node_share (set->children[k], window, census);
  return expected;
}

/* Operands that have all of the window drop out; closed if at most one is left. */
static gboolean
intersection_count (const Conset *set,
                    const ConsetWindow *window,
                    ConsetCensus *census,
                    ConsetCount *count)
{
  guint left = 0;

  *count = conset_window_area (window);
  for (guint k = 0; k < set->n_children; k++)
    {
      ConsetCount n;

      if (set->children[k]->facts.max_multiplicity > 1
          || !conset_node_count (set->children[k], window, census, &n))
        return FALSE;
      left += n < conset_window_area (window);
      *count = MIN (*count, n);
    }
  return left <= 1 || *count == 0;
}

/* Every operand is asked once, from where the one before it got to: what comes out need not
 * be a member, but nothing before it is. To ask until all agree could go on for ever. */
static guint64
intersection_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  for (guint k = 0; k < set->n_children && line < CONSET_INDEX_END; k++)
    line = conset_node_next_line (set->children[k], order, line);
  return line;
}

static guint64
intersection_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  for (guint k = 0; k < set->n_children && from < CONSET_INDEX_END; k++)
    from = conset_node_next_along (set->children[k], order, line, from);
  return from;
}

static int
by_expected (const void *a, const void *b, gpointer data G_GNUC_UNUSED)
{
  const ConsetStep *left = *(ConsetStep *const *) a, *right = *(ConsetStep *const *) b;

  return (left->expected > right->expected) - (left->expected < right->expected);
}

static void
intersection_start (ConsetStep *step)
{
  for (guint k = 0; k < step->n_children; k++)
    {
      ConsetCensus census = CONSET_CENSUS_BRIEF;

      step->children[k]->expected =
        conset_node_expected (step->children[k]->set, &step->window, &census);
    }
  g_qsort_with_data (step->children, (int) step->n_children, sizeof *step->children, by_expected,
                     NULL);
}

static void
intersection_fill (ConsetStep *step, ConsetTile *tile)
{
  conset_step_fill (step->children[0], tile);
  for (guint k = 1; k < step->n_children && tile->kind != CONSET_TILE_EMPTY; k++)
    conset_step_filter (step->children[k], tile, CONSET_FILTER_KEEP);
}

static void
intersection_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (mode == CONSET_FILTER_DROP)
    conset_step_filter_by_fill (step, tile, mode);
  else
    for (guint k = 0; k < step->n_children; k++)
      conset_step_filter (step->children[k], tile, mode);
}

static const ConsetClass conset_intersection_class = {
  .name = "intersection",
  .struct_size = sizeof (Conset),
  .roles = CONSET_ROLES_INTERSECTION,
  .precedence = CONSET_PREC_PRODUCT,
  .print = intersection_print,
  .multiplicity = intersection_multiplicity,
  .expected = intersection_expected,
  .count = intersection_count,
  .next_line = intersection_next_line,
  .next_along = intersection_next_along,
  .start = intersection_start,
  .fill = intersection_fill,
  .filter = intersection_filter,
};

/* What two operands make together, where a class knows: nested cross products fold. */
static Conset *
intersection_meet (const Conset *a, const Conset *b)
{
  Conset *both = NULL;

  if (a->klass->meet != NULL)
    both = a->klass->meet (a, b);
  if (both == NULL && b->klass->meet != NULL)
    both = b->klass->meet (b, a);
  return both;
}

/*
 * Reducers: x * x is x; what is empty, or has bounds that do not meet the other's,
 * annihilates; two sets that a class can fold become one.
 */
Conset *
conset_intersect (Conset *a, Conset *b)
{
  Conset *set = conset_absorb ("intersect", &a, &b);
  ConsetWindow bounds;

  if (set != NULL)
    return set;
  bounds = conset_window_intersect (&a->facts.bounds, &b->facts.bounds);
  if (a == b)
    set = conset_ref (a);
  else if (conset_is_empty_node (a) || conset_is_empty_node (b) || conset_window_is_empty (&bounds))
    set = conset_empty ();
  else
    set = intersection_meet (a, b);
  if (set != NULL)
    {
      conset_unref (a);
      conset_unref (b);
      return set;
    }

  set = chain_append (&conset_intersection_class, a, b);
  set->facts.bounds = bounds;
  set->facts.max_multiplicity = MIN (set->facts.max_multiplicity, b->facts.max_multiplicity);
  set->facts.density = MIN (set->facts.density, b->facts.density);
  return conset_node_finish (set);
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

static void
chain_drop (ConsetStep *step, ConsetTile *tile)
{
  for (guint k = 0; k < step->n_children; k++)
    conset_step_filter (step->children[k], tile, CONSET_FILTER_DROP);
}

static void
union_fill (ConsetStep *step, ConsetTile *tile)
{
  chain_fill (step, tile, CONSET_COMBINE_MAX);
}

/* t - max (a, b) = (t - a) - b holds for a set t. */
static void
union_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (mode == CONSET_FILTER_DROP)
    chain_drop (step, tile);
  else
    conset_step_filter_by_fill (step, tile, mode);
}

static const ConsetClass conset_union_class = {
  .name = "union",
  .struct_size = sizeof (Conset),
  .precedence = CONSET_PREC_UNION,
  .print = union_print,
  .multiplicity = union_multiplicity,
  .expected = union_expected,
  .count = union_count,
  .next_line = any_next_line,
  .next_along = any_next_along,
  .fill = union_fill,
  .filter = union_filter,
};

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

  set = chain_append (&conset_union_class, a, b);
  set->facts.bounds = conset_window_hull (&set->facts.bounds, &b->facts.bounds);
  set->facts.max_multiplicity = MAX (set->facts.max_multiplicity, b->facts.max_multiplicity);
  set->facts.density = MIN (1.0, set->facts.density + b->facts.density);
  return conset_node_finish (set);
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

/* t - (a + b) = (t - a) - b. */
static void
sum_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (mode == CONSET_FILTER_DROP)
    chain_drop (step, tile);
  else
    conset_step_filter_by_fill (step, tile, mode);
}

static const ConsetClass conset_sum_class = {
  .name = "sum",
  .struct_size = sizeof (Conset),
  .precedence = CONSET_PREC_SUM,
  .print = sum_print,
  .multiplicity = sum_multiplicity,
  .expected = sum_expected,
  .count = sum_count,
  .next_line = any_next_line,
  .next_along = any_next_along,
  .fill = sum_fill,
  .filter = sum_filter,
};

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
  most = a->facts.max_multiplicity + b->facts.max_multiplicity;
  if (most > CONSET_MAX_MULTIPLICITY)
    {
      conset_unref (a);
      conset_unref (b);
      return conset_error_new ("sum: a connection could occur %" G_GUINT64_FORMAT
                               " times; at most %" G_GUINT64_FORMAT
                               " are possible; use union for a set without repetitions",
                               most, CONSET_MAX_MULTIPLICITY);
    }

  set = chain_append (&conset_sum_class, a, b);
  set->facts.bounds = conset_window_hull (&set->facts.bounds, &b->facts.bounds);
  set->facts.max_multiplicity = most;
  set->facts.density += b->facts.density;
  return conset_node_finish (set);
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * Intersection: m = min of the operands' m.
 *
 * A chain written left to right is one node with any number of operands. Members come out
 * ascending, with multiplicity. The operand that promises the least work is filled, the others
 * filter what it has; one that would look at every pair comes after all that do not.
 */
#include "chain.h"

#include "columns.h"
#include "thinning.h"

static void
intersection_print (const Conset *set, GString *out)
{
  for (guint k = 0; k < set->n_children && !conset_print_is_full (out); k++)
    {
      if (k > 0)
        g_string_append (out, " * ");
      conset_print (set->children[k], CONSET_PREC_PRODUCT + (k > 0), out);
    }
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
  double share = 1.0, times = (double) set->facts.max_multiplicity;

  for (guint k = 0; k < set->n_children; k++)
    if (times <= 1.0)
      share *= conset_node_share (set->children[k], window, census);
    else
      {
        ConsetPresence presence = conset_node_presence (set->children[k], window, census);

        share *= presence.share;
        times = MIN (times, presence.times);
      }
  return (double) conset_window_area (window) * share * times;
}

static double
intersection_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  double share = 1.0;

  for (guint k = 0; k < set->n_children; k++)
    share *= conset_node_share (set->children[k], window, census);
  return share;
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

static gboolean
intersection_thin (const Conset *set,
                   const ConsetWindow *window,
                   ConsetDrawn *drawn,
                   ConsetThinning *thinning)
{
  return conset_children_thin (set, CONSET_COMBINE_MIN, window, drawn, thinning);
}

/* The law of the only random operand, where the others leave a stretch of the line. */
static gboolean
intersection_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  const Conset *random = NULL;

  for (guint k = 0; k < set->n_children; k++)
    {
      const Conset *child = set->children[k];

      if (child->facts.max_multiplicity > 1 || (child->facts.random && random != NULL))
        return FALSE;
      if (child->facts.random)
        random = child;
      else if (!conset_mask_narrow (child, order, line, &first, &end))
        return FALSE;
    }
  *law = conset_node_degree_law (random, order, line, first, end);
  return TRUE;
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

static gboolean
is_laborious (const Conset *set)
{
  while (set->n_children == 1)
    set = set->children[0];
  return set->facts.laborious;
}

static int
by_expected (const void *a, const void *b, gpointer data G_GNUC_UNUSED)
{
  const ConsetStep *left = *(ConsetStep *const *) a, *right = *(ConsetStep *const *) b;
  gboolean left_last = is_laborious (left->set), right_last = is_laborious (right->set);

  if (left_last != right_last)
    return left_last - right_last;
  return (left->expected > right->expected) - (left->expected < right->expected);
}

/* What is filled need not be what has the fewest members: the few of a complement, or of a
 * difference, may come of many. So the least work leads, and the fewest members filter first. */
static void
intersection_start (ConsetStep *step)
{
  guint leader = 0;

  for (guint k = 0; k < step->n_children; k++)
    {
      ConsetStep *child = step->children[k];
      ConsetCensus census = CONSET_CENSUS_BRIEF;

      child->expected = conset_node_expected (child->set, &step->window, &census);
    }
  g_qsort_with_data (step->children, (int) step->n_children, sizeof *step->children, by_expected,
                     NULL);
  for (guint k = 0; k < step->n_children; k++)
    {
      double cost = conset_step_cost (step->children[k]);

      if (k > 0 && is_laborious (step->children[k]->set))
        break;
      cost = MAX (cost, step->children[k]->expected);
      if (k > 0 && cost >= step->cost)
        continue;
      step->cost = cost;
      leader = k;
    }
  for (ConsetStep *lead = step->children[leader]; leader > 0; leader--)
    {
      step->children[leader] = step->children[leader - 1];
      step->children[leader - 1] = lead;
    }
}

static double
intersection_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return conset_step_load (step->children[0], line, first, width);
}

/* Of more candidates than this part of the pairs, all pairs around them are drawn at less cost. */
#define SIFTED (1.0 / 16)

/* Whether the second operand can judge members of the first as they are found, before they are put
 * in order. */
static gboolean
find_sieve (const ConsetStep *step, ConsetSieve *sieve)
{
  ConsetStep *second = step->n_children > 1 ? step->children[1] : NULL;

  return second != NULL && second->klass->sieve != NULL && step->children[0]->klass->sift != NULL
         && step->children[0]->density < SIFTED && second->klass->sieve (second, sieve);
}

static gboolean
intersection_fill_lines (
  ConsetStep *step, guint64 line, guint n, const ConsetSieve *sieve, ConsetLines *lines)
{
  ConsetSieve own;

  return sieve == NULL && step->n_children == 2 && find_sieve (step, &own) && own.toss != NULL
         && conset_step_fill_lines (step->children[0], line, n, &own, lines);
}

static void
intersection_fill (ConsetStep *step, ConsetTile *tile)
{
  ConsetSieve sieve;
  guint k = 2;

  if (!find_sieve (step, &sieve) || !conset_step_sift (step->children[0], tile, &sieve))
    {
      conset_step_fill (step->children[0], tile);
      k = 1;
    }
  for (; k < step->n_children && tile->kind != CONSET_TILE_EMPTY; k++)
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
  .struct_size = sizeof (ConsetChain),
  .roles = CONSET_ROLES_INTERSECTION,
  .precedence = CONSET_PREC_PRODUCT,
  .print = intersection_print,
  .multiplicity = intersection_multiplicity,
  .expected = intersection_expected,
  .share = intersection_share,
  .count = intersection_count,
  .degree_law = intersection_degree_law,
  .thin = intersection_thin,
  .dependence = conset_children_dependence,
  .next_line = intersection_next_line,
  .next_along = intersection_next_along,
  .gapless = conset_children_gapless,
  .start = intersection_start,
  .fill = intersection_fill,
  .fill_lines = intersection_fill_lines,
  .filter = intersection_filter,
  .load = intersection_load,
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

  if (set == NULL)
    set = conset_columns_check ("intersect", CONSET_COLUMNS_ONE, a, b);
  if (set != NULL)
    return set;
  bounds = conset_window_intersect (&a->facts.bounds, &b->facts.bounds);
  if (a == b)
    set = conset_ref (a);
  else if (conset_is_empty_node (a) || conset_is_empty_node (b) || conset_window_is_empty (&bounds))
    set = conset_columns_empty (a->facts.columns != NULL ? a->facts.columns : b->facts.columns);
  else
    set = intersection_meet (a, b);
  if (set != NULL)
    {
      conset_unref (a);
      conset_unref (b);
      return set;
    }

  set = conset_chain_open (&conset_intersection_class, a);
  conset_node_adopt (set, b);
  set->facts.bounds = bounds;
  set->facts.max_multiplicity = MIN (set->facts.max_multiplicity, b->facts.max_multiplicity);
  set->facts.density = MIN (set->facts.density, b->facts.density);
  return conset_node_finish (set);
}

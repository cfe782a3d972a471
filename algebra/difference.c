/* SPDX-License-Identifier: MIT */
/*
 * Difference, symmetric difference and complement: m = max (0, a - b), |a - b|, and 1 where
 * a is 0.
 *
 * A chain a - b - c is one node with a first operand and others that are taken away, since
 * (a - b) - c = a - (b + c). Members come out ascending. A difference costs what its first
 * operand costs to fill and the others to filter; a complement is what its operand leaves of all.
 */
#include <conset/cset.h>

#include "chain.h"
#include "columns.h"
#include "inclusion.h"

#include "thinning.h"

/* The number of pairs that two operands share, min (a, b) summed. */
static gboolean
count_common (const Conset *a,
              const Conset *b,
              const ConsetWindow *window,
              ConsetCensus *census,
              ConsetCount *count)
{
  g_autoptr (Conset) both = conset_intersect (conset_ref (a), conset_ref (b));

  return conset_check (both, NULL) && conset_node_count (both, window, census, count);
}

/* {{{ difference */

static void
difference_print (const Conset *set, GString *out)
{
  for (guint k = 0; k < set->n_children && !conset_print_is_full (out); k++)
    {
      if (k > 0)
        g_string_append (out, " - ");
      conset_print (set->children[k], CONSET_PREC_SUM + (k > 0), out);
    }
}

static guint64
difference_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  guint64 left = conset_multiplicity (set->children[0], source, target);

  for (guint k = 1; k < set->n_children && left > 0; k++)
    {
      guint64 taken = conset_multiplicity (set->children[k], source, target);

      left -= MIN (left, taken);
    }
  return left;
}

/* What is left where a has it more often than b, or b has it not. */
static ConsetPresence
difference_presence (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetPresence left = conset_node_presence (set->children[0], window, census);

  for (guint k = 1; k < set->n_children; k++)
    {
      ConsetPresence taken = conset_node_presence (set->children[k], window, census);
      double both = left.share * taken.share;
      double total = left.share * left.times - both * MIN (left.times, taken.times);

      if (taken.times >= left.times)
        left.share -= both;
      left.times = left.share > 0.0 ? total / left.share : 1.0;
    }
  return left;
}

static double
difference_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetPresence left = difference_presence (set, window, census);

  return (double) conset_window_area (window) * left.share * left.times;
}

static double
difference_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  return difference_presence (set, window, census).share;
}

/*
 * What is taken from a set a is what it shares with any of the others, the union of min (a, b),
 * min (a, c), ... Where a repeats members, what b and c take adds up, which is the same as
 * long as they take nothing in common.
 */
static gboolean
count_taken (const Conset *set,
             const ConsetWindow *window,
             ConsetCensus *census,
             ConsetCount *count)
{
  g_autoptr (GPtrArray) shared = g_ptr_array_new_with_free_func ((GDestroyNotify) conset_unref);
  ConsetCensus sum = { 0, FALSE };
  ConsetCount total = 0, n = 0;
  gboolean closed = census->budget >= set->n_children;

  for (guint k = 1; k < set->n_children && closed; k++)
    {
      Conset *both = conset_intersect (conset_mask (conset_ref (set->children[0])),
                                       conset_ref (set->children[k]));

      g_ptr_array_add (shared, both);
      closed = conset_check (both, NULL) && conset_node_count (both, window, census, &n);
      conset_census_add (&sum, &total, n, 1);
    }
  return closed
         && conset_count_union ((Conset **) shared->pdata, shared->len, window, census, count)
         && (set->children[0]->facts.max_multiplicity <= 1 || (!sum.overflow && *count == total));
}

static gboolean
difference_count (const Conset *set,
                  const ConsetWindow *window,
                  ConsetCensus *census,
                  ConsetCount *count)
{
  ConsetCount taken;

  if (!conset_node_count (set->children[0], window, census, count)
      || !count_taken (set, window, census, &taken))
    return FALSE;
  *count -= taken;
  return TRUE;
}

static gboolean
difference_thin (const Conset *set,
                 const ConsetWindow *window,
                 ConsetDrawn *drawn,
                 ConsetThinning *thinning)
{
  return set->children[0]->facts.max_multiplicity <= 1
         && conset_children_thin (set, CONSET_COMBINE_MONUS, window, drawn, thinning);
}

/* The law of the first operand, where the others leave a stretch of the line. */
static gboolean
difference_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  ConsetWindow window = conset_window_of_line (order, line, first, end);

  for (guint k = 1; k < set->n_children; k++)
    {
      const Conset *taken = set->children[k];
      g_autoptr (Conset) left = NULL;

      if (!conset_window_meets (&window, taken))
        continue;
      if (taken->facts.random || taken->facts.max_multiplicity > 1
          || set->facts.max_multiplicity > 1)
        return FALSE;
      left = conset_complement (conset_ref (taken));
      if (!conset_mask_narrow (left, order, line, &first, &end))
        return FALSE;
    }
  *law = conset_node_degree_law (set->children[0], order, line, first, end);
  return TRUE;
}

static guint64
difference_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return conset_node_next_line (set->children[0], order, line);
}

static guint64
difference_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  return conset_node_next_along (set->children[0], order, line, from);
}

static void
difference_drop (ConsetStep *step, ConsetTile *tile)
{
  for (guint k = 1; k < step->n_children; k++)
    conset_step_filter (step->children[k], tile, CONSET_FILTER_DROP);
}

static void
difference_fill (ConsetStep *step, ConsetTile *tile)
{
  conset_step_fill (step->children[0], tile);
  difference_drop (step, tile);
}

/* min (t, a - b) = min (t, a) - b holds where both t and a are sets. */
static void
difference_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  if (mode == CONSET_FILTER_DROP || step->children[0]->set->facts.max_multiplicity > 1)
    conset_step_filter_by_fill (step, tile, mode);
  else
    {
      conset_step_filter (step->children[0], tile, mode);
      difference_drop (step, tile);
    }
}

static double
difference_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return conset_step_load (step->children[0], line, first, width);
}

static const ConsetClass conset_difference_class = {
  .name = "difference",
  .struct_size = sizeof (ConsetChain),
  .roles = CONSET_ROLES_DIFFERENCE,
  .precedence = CONSET_PREC_SUM,
  .print = difference_print,
  .multiplicity = difference_multiplicity,
  .expected = difference_expected,
  .share = difference_share,
  .count = difference_count,
  .degree_law = difference_degree_law,
  .thin = difference_thin,
  .dependence = conset_children_dependence,
  .next_line = difference_next_line,
  .next_along = difference_next_along,
  .gapless = conset_children_gapless,
  .fill = difference_fill,
  .filter = difference_filter,
  .load = difference_load,
};

static gboolean
bounds_meet (const Conset *a, const Conset *b)
{
  ConsetWindow both = conset_window_intersect (&a->facts.bounds, &b->facts.bounds);

  return !conset_window_is_empty (&both);
}

/*
 * Reducers: x - x is empty; what is empty, or has bounds that do not meet those of a, need
 * not be taken away; nothing can be taken from what is empty.
 */
Conset *
conset_difference (Conset *a, Conset *b)
{
  Conset *set = conset_absorb ("difference", &a, &b);

  if (set == NULL)
    set = conset_columns_check ("difference", CONSET_COLUMNS_LEFT, a, b);
  if (set != NULL)
    return set;
  if (a == b)
    {
      conset_unref (a);
      conset_unref (b);
      return conset_empty ();
    }
  if (conset_is_empty_node (a) || conset_is_empty_node (b) || !bounds_meet (a, b))
    {
      conset_unref (b);
      return a;
    }

  set = conset_chain_open (&conset_difference_class, a);
  conset_node_adopt (set, b);
  return conset_node_finish (set);
}

/* }}} */

/* {{{ symmetric difference */

static void
symmetric_print (const Conset *set, GString *out)
{
  conset_print (set->children[0], CONSET_PREC_XOR, out);
  g_string_append (out, " ^ ");
  conset_print (set->children[1], CONSET_PREC_XOR + 1, out);
}

static guint64
symmetric_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  guint64 a = conset_multiplicity (set->children[0], source, target);
  guint64 b = conset_multiplicity (set->children[1], source, target);

  return a > b ? a - b : b - a;
}

/* |a - b| = a + b - 2 min (a, b). */
static double
symmetric_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetPresence a = conset_node_presence (set->children[0], window, census);
  ConsetPresence b = conset_node_presence (set->children[1], window, census);
  double both = a.share * b.share * MIN (a.times, b.times);

  return (double) conset_window_area (window)
         * (a.share * a.times + b.share * b.times - 2.0 * both);
}

static double
symmetric_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetPresence a = conset_node_presence (set->children[0], window, census);
  ConsetPresence b = conset_node_presence (set->children[1], window, census);
  double both = a.share * b.share;

  return a.share + b.share - (a.times == b.times ? 2.0 : 1.0) * both;
}

static gboolean
symmetric_count (const Conset *set,
                 const ConsetWindow *window,
                 ConsetCensus *census,
                 ConsetCount *count)
{
  ConsetCount n, common;

  if (!conset_node_count (set->children[0], window, census, count)
      || !conset_node_count (set->children[1], window, census, &n)
      || !count_common (set->children[0], set->children[1], window, census, &common))
    return FALSE;
  *count -= common;
  return conset_census_add (census, count, n - common, 1);
}

static gboolean
symmetric_thin (const Conset *set,
                const ConsetWindow *window,
                ConsetDrawn *drawn,
                ConsetThinning *thinning)
{
  return set->facts.max_multiplicity <= 1
         && conset_children_thin (set, CONSET_COMBINE_DISTANCE, window, drawn, thinning);
}

/* The law of the one operand that the line meets. */
static gboolean
symmetric_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  ConsetWindow window = conset_window_of_line (order, line, first, end);
  gboolean left = conset_window_meets (&window, set->children[0]);

  if (left && conset_window_meets (&window, set->children[1]))
    return FALSE;
  *law = conset_node_degree_law (set->children[left ? 0 : 1], order, line, first, end);
  return TRUE;
}

static guint64
symmetric_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return conset_lesser (conset_node_next_line (set->children[0], order, line),
                        conset_node_next_line (set->children[1], order, line));
}

static guint64
symmetric_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  return conset_lesser (conset_node_next_along (set->children[0], order, line, from),
                        conset_node_next_along (set->children[1], order, line, from));
}

/* The higher operand goes first, before another tile is held. */
static void
symmetric_fill (ConsetStep *step, ConsetTile *tile)
{
  guint low = step->children[0]->set->facts.height < step->children[1]->set->facts.height ? 0 : 1;
  ConsetTile *other;

  conset_step_fill (step->children[1 - low], tile);
  other = conset_eval_borrow (step->eval);
  conset_tile_aim (other, tile->line, tile->first, tile->width);
  conset_step_fill (step->children[low], other);
  conset_combine (tile, other, CONSET_COMBINE_DISTANCE);
  conset_eval_give_back (step->eval, other);
}

static double
symmetric_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return conset_step_load (step->children[0], line, first, width)
         + conset_step_load (step->children[1], line, first, width);
}

static const ConsetClass conset_symmetric_difference_class = {
  .name = "symmetric difference",
  .struct_size = sizeof (Conset),
  .precedence = CONSET_PREC_XOR,
  .print = symmetric_print,
  .multiplicity = symmetric_multiplicity,
  .expected = symmetric_expected,
  .share = symmetric_share,
  .count = symmetric_count,
  .degree_law = symmetric_degree_law,
  .thin = symmetric_thin,
  .dependence = conset_children_dependence,
  .next_line = symmetric_next_line,
  .next_along = symmetric_next_along,
  .fill = symmetric_fill,
  .load = symmetric_load,
};

/* Reducers: x ^ x is empty; what is empty drops out. */
Conset *
conset_symmetric_difference (Conset *a, Conset *b)
{
  Conset *set = conset_absorb ("symmetric_difference", &a, &b);

  if (set == NULL)
    set = conset_columns_check ("symmetric_difference", CONSET_COLUMNS_NONE, a, b);
  if (set != NULL)
    return set;
  if (a == b)
    {
      conset_unref (a);
      conset_unref (b);
      return conset_empty ();
    }
  if (conset_is_empty_node (a) || conset_is_empty_node (b))
    {
      gboolean left = conset_is_empty_node (b);

      conset_unref (left ? b : a);
      return left ? a : b;
    }

  set = conset_node_new (&conset_symmetric_difference_class);
  set->facts.bounds = conset_window_hull (&a->facts.bounds, &b->facts.bounds);
  set->facts.max_multiplicity = MAX (a->facts.max_multiplicity, b->facts.max_multiplicity);
  set->facts.density =
    MIN (a->facts.density + b->facts.density, (double) set->facts.max_multiplicity);
  conset_node_adopt (set, a);
  conset_node_adopt (set, b);
  return conset_node_finish (set);
}

/* }}} */

/* {{{ complement */

static void
complement_print (const Conset *set, GString *out)
{
  g_string_append_c (out, '~');
  conset_print (set->children[0], CONSET_PREC_UNARY, out);
}

static guint64
complement_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  return conset_multiplicity (set->children[0], source, target) == 0;
}

static double
complement_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  return (double) conset_window_area (window)
         * (1.0 - conset_node_share (set->children[0], window, census));
}

static gboolean
complement_count (const Conset *set,
                  const ConsetWindow *window,
                  ConsetCensus *census,
                  ConsetCount *count)
{
  ConsetCount n;

  if (set->children[0]->facts.max_multiplicity > 1
      || !conset_node_count (set->children[0], window, census, &n))
    return FALSE;
  *count = conset_window_area (window) - n;
  return TRUE;
}

static gboolean
complement_thin (const Conset *set,
                 const ConsetWindow *window,
                 ConsetDrawn *drawn,
                 ConsetThinning *thinning)
{
  g_auto (ConsetThinning) taken = { NULL, 0.0 };

  if (!conset_node_thin (set->children[0], window, drawn, &taken))
    return FALSE;
  thinning->candidates = conset_full ();
  thinning->chance = 1.0;
  return conset_thinning_combine (thinning, &taken, CONSET_COMBINE_MONUS, window);
}

static gboolean
complement_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  double n = (double) (end - first);

  if (set->children[0]->facts.max_multiplicity > 1)
    return FALSE;
  *law = conset_node_degree_law (set->children[0], order, line, first, end);
  if (law->kind == CONSET_LAW_DELTA)
    *law = conset_law_delta (n - law->mean);
  else
    *law = conset_law_unknown (n - law->mean, law->variance);
  return TRUE;
}

static void
complement_fill (ConsetStep *step, ConsetTile *tile)
{
  tile->kind = CONSET_TILE_FULL;
  conset_step_filter (step->children[0], tile, CONSET_FILTER_DROP);
}

/* Of a set of candidates, keeping what is outside a is dropping a, and the other way round. */
static void
complement_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  conset_step_filter (step->children[0], tile,
                      mode == CONSET_FILTER_KEEP ? CONSET_FILTER_DROP : CONSET_FILTER_KEEP);
}

static const ConsetClass conset_complement_class = {
  .name = "complement",
  .struct_size = sizeof (Conset),
  .roles = CONSET_ROLES_COMPLEMENT,
  .precedence = CONSET_PREC_UNARY,
  .print = complement_print,
  .multiplicity = complement_multiplicity,
  .expected = complement_expected,
  .count = complement_count,
  .degree_law = complement_degree_law,
  .thin = complement_thin,
  .dependence = conset_children_dependence,
  .fill = complement_fill,
  .filter = complement_filter,
};

/* Reducers: ~~x is x where x is a set; ~empty is full. */
Conset *
conset_complement (Conset *a)
{
  Conset *set = conset_absorb ("complement", &a, NULL);

  if (set == NULL)
    set = conset_columns_check ("complement", CONSET_COLUMNS_NONE, a, NULL);
  if (set != NULL)
    return set;
  if (conset_is_empty_node (a))
    set = conset_full ();
  else if (a->klass == &conset_complement_class && a->children[0]->facts.max_multiplicity == 1)
    set = conset_ref (a->children[0]);
  if (set != NULL)
    {
      conset_unref (a);
      return set;
    }

  set = conset_node_new (&conset_complement_class);
  conset_node_adopt (set, a);
  return conset_node_finish (set);
}

/* }}} */

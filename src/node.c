/* SPDX-License-Identifier: MIT */
/*
 * Nodes: life, errors, composition, and questions put to any kind of node.
 *
 * Height is bounded where nodes are made (CONSET_MAX_DEPTH), so that every walk over a tree
 * may recurse; only the release of a tree does not, since it must never fail.
 */
#include "node.h"

#include "life.h"

#include <string.h>

GQuark
conset_error_quark (void)
{
  return g_quark_from_static_string ("conset-error-quark");
}

/* Errors */

static gpointer error_node_new (void);

CONSET_DEFINE_ERRORS (Conset, conset, error_node_new ())

static guint64
error_multiplicity (const Conset *set G_GNUC_UNUSED,
                    guint64 source G_GNUC_UNUSED,
                    guint64 target G_GNUC_UNUSED)
{
  return 0;
}

static const ConsetClass conset_error_class = {
  .name = "error",
  .struct_size = sizeof (conset_ErrorNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = conset_error_finalize,
  .print = conset_error_print,
  .multiplicity = error_multiplicity,
};

static gpointer
error_node_new (void)
{
  Conset *set = conset_node_new (&conset_error_class);

  set->facts.bounds = CONSET_WINDOW (0, 0);
  set->facts.max_multiplicity = 0;
  return set;
}

/* Life */

gpointer
conset_node_new (const ConsetClass *klass)
{
  Conset *set = g_malloc0 (klass->struct_size);

  set->klass = klass;
  g_atomic_ref_count_init (&set->refs);
  set->facts.bounds = CONSET_WINDOW_ALL;
  set->facts.max_multiplicity = 1;
  set->facts.density = 1.0;
  set->facts.depth = 1;
  set->facts.height = 1;
  set->facts.size = 1;
  return set;
}

CONSET_DEFINE_REF (Conset, conset)
CONSET_DEFINE_TREE_UNREF (Conset, conset, CONSET_NOTHING_ELSE)

/* Composition */

void
conset_node_adopt (gpointer node, Conset *child)
{
  Conset *set = node;
  guint n = set->n_children;

  /* The array doubles: its capacity is the least power of two that holds the children. */
  if ((n & (n - 1)) == 0)
    set->children = g_renew (Conset *, set->children, MAX (1, 2 * n));
  set->children[set->n_children++] = child;
  set->facts.depth = MAX (set->facts.depth, child->facts.depth + 1);
  set->facts.height = MAX (set->facts.height, child->facts.height + 1);
  set->facts.size += child->facts.size;
  set->facts.random |= child->facts.random;
  if (set->facts.columns == NULL)
    set->facts.columns = child->facts.columns;
}

void
conset_node_note_value (gpointer node, const ConsetValue *value)
{
  Conset *set = node;

  set->facts.height = MAX (set->facts.height, value->depth + 1);
  set->facts.size += value->size;
}

Conset *
conset_node_finish (gpointer node)
{
  Conset *set = node, *error = NULL;

  if (set->facts.height > CONSET_MAX_DEPTH)
    error = conset_error_new ("%s: the expression is nested more than %d operators deep; "
                              "compose it as a balanced tree, or conset_fix() a finite part",
                              set->klass->name, CONSET_MAX_DEPTH);
  else if (set->facts.size > CONSET_MAX_SIZE)
    error = conset_error_new ("%s: the expression has more than %" G_GUINT64_FORMAT
                              " operators, shared parts counted each time; "
                              "conset_fix() a finite part that occurs often",
                              set->klass->name, CONSET_MAX_SIZE);
  if (error == NULL)
    return set;
  conset_unref (set);
  return error;
}

static gboolean
given_twice (const Conset *a, const Conset *b)
{
  return a == b && g_atomic_ref_count_compare ((gatomicrefcount *) &a->refs, 1);
}

Conset *
conset_absorb (const char *operator_name, Conset **a, Conset **b)
{
  Conset *left = *a, *right = b != NULL ? *b : NULL;
  gboolean missing = left == NULL || (b != NULL && right == NULL);

  if (missing)
    {
      g_critical ("%s: an operand is NULL", operator_name);
      g_clear_pointer (&left, conset_unref);
      g_clear_pointer (&right, conset_unref);
      return conset_error_new ("%s: an operand is NULL; pass a set", operator_name);
    }
  if (right != NULL && given_twice (left, right))
    {
      g_critical ("%s: one reference given for both operands; use conset_ref()", operator_name);
      conset_ref (left);
    }
  if (conset_error_message (left) != NULL)
    {
      g_clear_pointer (&right, conset_unref);
      return left;
    }
  if (right != NULL && conset_error_message (right) != NULL)
    {
      conset_unref (left);
      return right;
    }
  return NULL;
}

/* Facts */

void
conset_get_bounds (const Conset *set, ConsetWindow *bounds)
{
  g_return_if_fail (set != NULL && bounds != NULL);

  *bounds = set->facts.bounds;
}

gboolean
conset_is_finite (const Conset *set)
{
  g_return_val_if_fail (set != NULL, FALSE);

  return set->facts.bounds.source_end < CONSET_INDEX_END
         && set->facts.bounds.target_end < CONSET_INDEX_END;
}

guint64
conset_max_multiplicity (const Conset *set)
{
  g_return_val_if_fail (set != NULL, 0);

  return set->facts.max_multiplicity;
}

gboolean
conset_is_random (const Conset *set)
{
  g_return_val_if_fail (set != NULL, FALSE);

  return set->facts.random;
}

gboolean
conset_is_empty_node (const Conset *set)
{
  return set->facts.max_multiplicity == 0;
}

/* Text */

void
conset_print (const Conset *set, ConsetPrecedence least, GString *out)
{
  gboolean parentheses = set->klass->precedence < least;

  if (conset_print_is_full (out))
    return;
  if (parentheses)
    g_string_append_c (out, '(');
  set->klass->print (set, out);
  if (parentheses)
    g_string_append_c (out, ')');
}

char *
conset_to_string (const Conset *set)
{
  GString *out;

  g_return_val_if_fail (set != NULL, NULL);

  out = g_string_new (NULL);
  conset_print (set, CONSET_PREC_UNION, out);
  return g_string_free (out, FALSE);
}

char *
conset_describe (const Conset *set)
{
  GString *text = g_string_new (NULL);
  gsize before = conset_print_limit (CONSET_DESCRIPTION_MOST);

  conset_print (set, CONSET_PREC_UNION, text);
  conset_print_limit (before);
  return conset_abridge (g_string_free (text, FALSE));
}

/* Questions */

guint64
conset_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  const ConsetWindow *bounds;

  g_return_val_if_fail (set != NULL, 0);

  bounds = &set->facts.bounds;
  if (source < bounds->source_first || source >= bounds->source_end || target < bounds->target_first
      || target >= bounds->target_end)
    return 0;
  return set->klass->multiplicity (set, source, target);
}

gboolean
conset_contains (const Conset *set, guint64 source, guint64 target)
{
  return conset_multiplicity (set, source, target) > 0;
}

guint64
conset_node_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, order, lines, along);
  line = MAX (line, lines[0]);
  if (line < lines[1] && set->klass->next_line != NULL)
    line = set->klass->next_line (set, order, line);
  return line < lines[1] ? line : CONSET_INDEX_END;
}

guint64
conset_node_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  guint64 lines[2], along[2];

  conset_window_axes (&set->facts.bounds, order, lines, along);
  if (line < lines[0] || line >= lines[1])
    return CONSET_INDEX_END;
  from = MAX (from, along[0]);
  if (from < along[1] && set->klass->next_along != NULL)
    from = set->klass->next_along (set, order, line, from);
  return from < along[1] ? from : CONSET_INDEX_END;
}

gboolean
conset_node_gapless (const Conset *set)
{
  if (set->klass->gapless != NULL)
    return set->klass->gapless (set);
  return set->klass->next_line == NULL && set->klass->next_along == NULL;
}

gboolean
conset_children_gapless (const Conset *set)
{
  for (guint k = 0; k < set->n_children; k++)
    if (!conset_node_gapless (set->children[k]))
      return FALSE;
  return TRUE;
}

/* A count may ask for parts more than once, so that a deep tree gets an attempt at each level. */
#define COUNT_ATTEMPT 64

double
conset_node_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetWindow part = conset_window_intersect (window, &set->facts.bounds);
  ConsetCensus attempt = { COUNT_ATTEMPT, FALSE };
  ConsetCount count;

  if (conset_window_is_empty (&part))
    return 0.0;
  if (!set->facts.random && conset_node_count (set, &part, &attempt, &count))
    return (double) count;
  if (census->budget == 0 || set->klass->expected == NULL)
    return (double) conset_window_area (&part) * set->facts.density;
  census->budget--;
  return set->klass->expected (set, &part, census);
}

double
conset_node_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetWindow part = conset_window_intersect (window, &set->facts.bounds);
  double area = (double) conset_window_area (window), share;

  if (conset_window_is_empty (&part))
    return 0.0;
  if (set->facts.max_multiplicity <= 1 || set->klass->share == NULL || census->budget == 0)
    share = conset_node_expected (set, &part, census) / area;
  else
    {
      census->budget--;
      share = set->klass->share (set, &part, census) * (double) conset_window_area (&part) / area;
    }
  return MIN (1.0, share);
}

ConsetPresence
conset_node_presence (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  ConsetPresence presence = { conset_node_share (set, window, census), 1.0 };
  double expected;

  if (set->facts.max_multiplicity > 1 && presence.share > 0.0)
    {
      expected = conset_node_expected (set, window, census);
      presence.times =
        MAX (1.0, expected / (presence.share * (double) conset_window_area (window)));
    }
  return presence;
}

gboolean
conset_node_count (const Conset *set,
                   const ConsetWindow *window,
                   ConsetCensus *census,
                   ConsetCount *count)
{
  ConsetWindow part = conset_window_intersect (window, &set->facts.bounds);

  *count = 0;
  if (conset_window_is_empty (&part))
    return TRUE;
  if (census->budget == 0 || set->klass->count == NULL)
    return FALSE;
  census->budget--;
  return set->klass->count (set, &part, census, count);
}

gboolean
conset_census_add (ConsetCensus *census, ConsetCount *total, ConsetCount n, guint64 weight)
{
  ConsetCount share;

  if (__builtin_mul_overflow (n, (ConsetCount) weight, &share)
      || __builtin_add_overflow (*total, share, total))
    census->overflow = TRUE;
  return !census->overflow;
}

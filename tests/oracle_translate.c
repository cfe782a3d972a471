/* SPDX-License-Identifier: MIT */
/*
 * The oracle's expressions in the two tongues of the library: composed through the C API,
 * and written in the text language.
 *
 * Nothing is simplified on the way, so that the library meets every tree as the generator
 * made it. An operand that occurs twice in a tree becomes one set with two references.
 */
#include "support.h"

#include <string.h>

/* Composition */

static ConsetIntervals *
indices_compose (const OracleIndices *indices)
{
  ConsetIntervals *intervals = conset_intervals_empty ();

  for (guint k = 0; k < indices->n; k++)
    {
      const OracleRange *range = &indices->ranges[k];

      intervals = conset_intervals_union (
        intervals, conset_intervals_range (range->first, range->end, range->step));
    }
  return indices->complemented ? conset_intervals_complement (intervals) : intervals;
}

static Conset *
explicit_compose (const OracleExpr *expr)
{
  g_autofree guint64 *sources = g_new (guint64, expr->list_length + 1);
  g_autofree guint64 *targets = g_new (guint64, expr->list_length + 1);

  for (gsize k = 0; k < expr->list_length; k++)
    {
      sources[k] = expr->list[2 * k];
      targets[k] = expr->list[2 * k + 1];
    }
  return conset_explicit (sources, targets, expr->list_length);
}

static Conset *
leaf_compose (const OracleExpr *expr)
{
  switch (expr->kind)
    {
    case ORACLE_FULL:
      return conset_full ();
    case ORACLE_ONE_TO_ONE:
      return conset_one_to_one ();
    case ORACLE_CROSS:
      return conset_cross (indices_compose (&expr->sources), indices_compose (&expr->targets));
    case ORACLE_EXPLICIT:
      return explicit_compose (expr);
    case ORACLE_RANDOM:
      return conset_random (expr->p, expr->seed);
    case ORACLE_SYMMETRIC:
      return conset_random_symmetric (expr->p, expr->seed);
    case ORACLE_POISSON:
      return conset_random_poisson (expr->p, expr->seed);
    case ORACLE_BY_VALUE:
      return conset_random_by_value (conset_value_ref (expr->value), expr->flag, expr->seed);
    case ORACLE_GRAPH:
      return conset_ref (expr->drawn.set);
    case ORACLE_PREDICATE:
    case ORACLE_PREDICATE_FILL:
      return oracle_predicate_set (expr->p, expr->seed, expr->kind == ORACLE_PREDICATE_FILL);
    default:
      return conset_empty ();
    }
}

/* The masks are the one that is selected, and others that have the rest. */
static Conset *
partition_compose (const OracleExpr *expr, Conset *set, Conset *mask)
{
  Conset *masks[ORACLE_MOST_MASKS];
  Conset *rest = conset_complement (conset_ref (mask));

  for (guint k = 0, other = 0; k < expr->n; k++)
    if (k == expr->m)
      masks[k] = mask;
    else if (expr->n == 2)
      masks[k] = conset_ref (rest);
    else if (other++ == 0)
      masks[k] = conset_intersect (conset_ref (rest), conset_one_to_one ());
    else
      masks[k] = conset_difference (conset_ref (rest), conset_one_to_one ());
  conset_unref (rest);
  return conset_partition (masks, expr->n, expr->m, set);
}

static Conset *
split_compose (const OracleExpr *expr, Conset *set)
{
  if (expr->flag)
    return expr->across ? conset_split_sources_block (set, expr->m, expr->n)
                        : conset_split_targets_block (set, expr->m, expr->n);
  return expr->across ? conset_split_sources_round_robin (set, expr->m, expr->n)
                      : conset_split_targets_round_robin (set, expr->m, expr->n);
}

Conset *
oracle_compose_operator (const OracleExpr *expr, Conset *a, Conset *b)
{
  switch (expr->kind)
    {
    case ORACLE_UNION:
      return conset_union (a, b);
    case ORACLE_SUM:
      return conset_sum (a, b);
    case ORACLE_INTERSECTION:
      return conset_intersect (a, b);
    case ORACLE_DIFFERENCE:
      return conset_difference (a, b);
    case ORACLE_SYMMETRIC_DIFFERENCE:
      return conset_symmetric_difference (a, b);
    case ORACLE_COMPLEMENT:
      return conset_complement (a);
    case ORACLE_BLOCK:
      return conset_block (expr->m, expr->n, a);
    case ORACLE_REPEAT:
      return conset_repeat (expr->m, expr->n, a);
    case ORACLE_SHIFT:
      return conset_shift (expr->m, expr->n, a);
    case ORACLE_TRANSPOSE:
      return conset_transpose (a);
    case ORACLE_PARTITION:
      return partition_compose (expr, a, b);
    case ORACLE_SPLIT:
      return split_compose (expr, a);
    case ORACLE_TOTAL:
      return conset_random_total (expr->m, expr->flag, expr->seed, a);
    case ORACLE_FAN_IN:
      return conset_random_fan_in (conset_degrees_ref (expr->degrees), expr->flag, expr->seed, a);
    case ORACLE_FAN_OUT:
      return conset_random_fan_out (conset_degrees_ref (expr->degrees), expr->flag, expr->seed, a);
    default:
      return conset_fix (a);
    }
}

/* Returns: (transfer full): the set of @expr; @done holds one of each that was made so far */
static Conset *
compose (const OracleExpr *expr, GHashTable *done)
{
  Conset *set = g_hash_table_lookup (done, expr);
  Conset *a;

  if (set == NULL)
    {
      if (expr->a == NULL)
        set = leaf_compose (expr);
      else
        {
          a = compose (expr->a, done);
          set = oracle_compose_operator (expr, a, expr->b != NULL ? compose (expr->b, done) : NULL);
        }
      if (expr->references == 1)
        return set;
      g_hash_table_insert (done, (gpointer) expr, set);
    }
  return conset_ref (set);
}

Conset *
oracle_compose (const OracleExpr *expr)
{
  g_autoptr (GHashTable) done =
    g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) conset_unref);

  return compose (expr, done);
}

/* Text */

static void
range_print (const OracleRange *range, GString *text)
{
  if (range->end == CONSET_INDEX_END && range->step == 1 && range->first == 0)
    g_string_append (text, "N");
  else if (range->end == CONSET_INDEX_END && range->step == 1)
    g_string_append_printf (text, "(N - ival (0, %" G_GUINT64_FORMAT "))", range->first - 1);
  else
    g_string_append_printf (
      text, "range (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
      range->first, range->end, range->step);
}

static void
indices_print (const OracleIndices *indices, GString *text)
{
  g_string_append (text, indices->complemented ? "N - (" : "(");
  for (guint k = 0; k < indices->n; k++)
    {
      g_string_append (text, k == 0 ? "" : " + ");
      range_print (&indices->ranges[k], text);
    }
  g_string_append (text, ")");
}

static void
leaf_print (const OracleExpr *expr, GString *text)
{
  g_autofree char *value = NULL;
  char p[G_ASCII_DTOSTR_BUF_SIZE];

  switch (expr->kind)
    {
    case ORACLE_FULL:
      g_string_append (text, "full");
      break;
    case ORACLE_ONE_TO_ONE:
      g_string_append (text, "oneToOne");
      break;
    case ORACLE_CROSS:
      g_string_append (text, "cross (");
      indices_print (&expr->sources, text);
      g_string_append (text, ", ");
      indices_print (&expr->targets, text);
      g_string_append (text, ")");
      break;
    case ORACLE_EXPLICIT:
      g_string_append (text, "[");
      for (gsize k = 0; k < expr->list_length; k++)
        g_string_append_printf (text, "%s(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                                k == 0 ? "" : ", ", expr->list[2 * k], expr->list[2 * k + 1]);
      g_string_append (text, "]");
      break;
    case ORACLE_RANDOM:
      g_string_append_printf (text, "random (%s, seed=%" G_GUINT64_FORMAT ")",
                              g_ascii_dtostr (p, sizeof p, expr->p), expr->seed);
      break;
    case ORACLE_SYMMETRIC:
      g_string_append_printf (text, "random (%s, symmetric=True, seed=%" G_GUINT64_FORMAT ")",
                              g_ascii_dtostr (p, sizeof p, expr->p), expr->seed);
      break;
    case ORACLE_POISSON:
      g_string_append_printf (text, "random (poisson=%s, seed=%" G_GUINT64_FORMAT ")",
                              g_ascii_dtostr (p, sizeof p, expr->p), expr->seed);
      break;
    case ORACLE_BY_VALUE:
      value = conset_value_to_string (expr->value);
      g_string_append_printf (text, "(random (clip=%s, seed=%" G_GUINT64_FORMAT ") * (%s))",
                              expr->flag ? "True" : "False", expr->seed, value);
      break;
    case ORACLE_GRAPH:
      g_string_append (text, expr->text);
      if (expr->seed > 0)
        g_string_append_printf (text, "%" G_GUINT64_FORMAT ")", expr->seed);
      break;
    case ORACLE_PREDICATE:
    case ORACLE_PREDICATE_FILL:
      g_string_append_printf (text, "<predicate (%s, %" G_GUINT64_FORMAT ")>",
                              g_ascii_dtostr (p, sizeof p, expr->p), expr->seed);
      break;
    default:
      g_string_append (text, "empty");
    }
}

static const char *
binary_sign (OracleKind kind)
{
  switch (kind)
    {
    case ORACLE_UNION:
      return " | ";
    case ORACLE_SUM:
      return " + ";
    case ORACLE_INTERSECTION:
      return " * ";
    case ORACLE_DIFFERENCE:
      return " - ";
    default:
      return " ^ ";
    }
}

static void
reshape_print (const OracleExpr *expr, GString *text)
{
  const char *name = expr->kind == ORACLE_BLOCK    ? "block"
                     : expr->kind == ORACLE_REPEAT ? "repeat"
                                                   : "shift";

  if (expr->kind == ORACLE_COMPLEMENT)
    g_string_append (text, "~");
  else if (expr->kind == ORACLE_TRANSPOSE)
    g_string_append (text, "transpose * ");
  else if (expr->kind == ORACLE_FIX)
    g_string_append (text, "fix * ");
  else
    g_string_append_printf (text, "%s (%" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ") * ", name,
                            expr->m, expr->n);
}

static void expr_print (const OracleExpr *expr, GString *text);

static void
rule_print (const OracleExpr *expr, GString *text)
{
  g_autofree char *degrees = NULL;

  if (expr->kind == ORACLE_TOTAL)
    g_string_append_printf (text, "random (N=%" G_GINT64_FORMAT, expr->m);
  else
    {
      degrees = conset_degrees_to_string (expr->degrees);
      g_string_append_printf (text, "random (%s=%s",
                              expr->kind == ORACLE_FAN_IN ? "fanIn" : "fanOut", degrees);
    }
  g_string_append_printf (text, ", multapses=%s, seed=%" G_GUINT64_FORMAT ") * ",
                          expr->flag ? "True" : "False", expr->seed);
  expr_print (expr->a, text);
}

static void
partition_print (const OracleExpr *expr, GString *text)
{
  GString *mask = g_string_new (NULL);

  expr_print (expr->b, mask);
  g_string_append (text, "partition (");
  expr_print (expr->a, text);
  g_string_append (text, ", [");
  for (guint k = 0, other = 0; k < expr->n; k++)
    {
      g_string_append_printf (text, "%s%s%s", k == 0 ? "" : ", ", k == expr->m ? "" : "~",
                              mask->str);
      if (k != expr->m && expr->n > 2)
        g_string_append (text, other++ == 0 ? " * oneToOne" : " - oneToOne");
    }
  g_string_append_printf (text, "], %" G_GINT64_FORMAT ")", expr->m);
  g_string_free (mask, TRUE);
}

static gboolean
is_shared (const OracleExpr *expr)
{
  return expr != NULL && (expr->references > 1 || is_shared (expr->a) || is_shared (expr->b));
}

/* Blocks are cut from the bounds. These are known less well where operands are not shared, as
 * they are in the set that was composed; then the text is about the part itself. */
static void
split_print (const OracleExpr *expr, GString *text)
{
  gboolean by_name = !expr->flag || !is_shared (expr->a);

  g_string_append (text, !by_name       ? "partition ("
                         : expr->across ? "splitSources ("
                                        : "splitTargets (");
  expr_print (expr->a, text);
  if (by_name)
    g_string_append_printf (text, ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", contiguous=%s)",
                            expr->m, expr->n, expr->flag ? "True" : "False");
  else
    {
      g_string_append (text, expr->across ? ", [cross (" : ", [cross (N, ");
      range_print (&expr->sources.ranges[0], text);
      g_string_append (text, expr->across ? ", N)], 0)" : ")], 0)");
    }
}

static void
operation_print (const OracleExpr *expr, GString *text)
{
  g_string_append (text, "(");
  if (expr->b == NULL)
    reshape_print (expr, text);
  expr_print (expr->a, text);
  if (expr->b != NULL)
    {
      g_string_append (text, binary_sign (expr->kind));
      expr_print (expr->b, text);
    }
  g_string_append (text, ")");
}

static void
expr_print (const OracleExpr *expr, GString *text)
{
  switch (expr->kind)
    {
    case ORACLE_TOTAL:
    case ORACLE_FAN_IN:
    case ORACLE_FAN_OUT:
      g_string_append (text, "(");
      rule_print (expr, text);
      g_string_append (text, ")");
      break;
    case ORACLE_PARTITION:
      partition_print (expr, text);
      break;
    case ORACLE_SPLIT:
      split_print (expr, text);
      break;
    default:
      if (expr->a == NULL)
        leaf_print (expr, text);
      else
        operation_print (expr, text);
    }
}

char *
oracle_describe (const OracleExpr *expr)
{
  GString *text = g_string_new (NULL);

  expr_print (expr, text);
  return g_string_free (text, FALSE);
}

char *
oracle_text (const OracleExpr *expr)
{
  char *text = oracle_describe (expr);

  if (strchr (text, '<') != NULL)
    g_clear_pointer (&text, g_free);
  return text;
}

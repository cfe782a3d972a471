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
    case ORACLE_PREDICATE:
    case ORACLE_PREDICATE_FILL:
      return oracle_predicate_set (expr->p, expr->seed, expr->kind == ORACLE_PREDICATE_FILL);
    default:
      return conset_empty ();
    }
}

static Conset *
operator_compose (const OracleExpr *expr, Conset *a, Conset *b)
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
          set = operator_compose (expr, a, expr->b != NULL ? compose (expr->b, done) : NULL);
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

static void
expr_print (const OracleExpr *expr, GString *text)
{
  if (expr->a == NULL)
    {
      leaf_print (expr, text);
      return;
    }
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

/* SPDX-License-Identifier: MIT */
/*
 * The dense oracle: expression trees evaluated pointwise, from the formulas that define the
 * operators.
 *
 * oracle_multiplicity() recurses over the tree for one pair. oracle_table() does the same
 * for all pairs of a window, with a table for every operator, which is what makes tens of
 * thousands of trees affordable; a reshaping operator asks its operand for the window that
 * the pairs come from. Both share the formula of each operator.
 */
#include "support.h"

/* A table of more pairs than this is not made for the operand of a repetition. */
#define MAX_REPEATED_AREA (1 << 20)

/* Leaves */

static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 30)) * G_GUINT64_CONSTANT (0xbf58476d1ce4e5b9);
  x = (x ^ (x >> 27)) * G_GUINT64_CONSTANT (0x94d049bb133111eb);
  return x ^ (x >> 31);
}

/* What a predicate knows: each pair is a member if its hash lies below the threshold. */
typedef struct
{
  guint64 seed;
  guint64 threshold;
} HashRule;

static HashRule
hash_rule (double p, guint64 seed)
{
  return (HashRule){ mix (seed + 1),
                     p >= 1.0 ? G_MAXUINT64 : (guint64) (p * 18446744073709551616.0) };
}

static gboolean
hash_contains (guint64 source, guint64 target, gpointer user_data)
{
  const HashRule *rule = user_data;

  return mix (mix (rule->seed ^ source) + target) < rule->threshold;
}

static gsize
hash_fill (guint64 target, guint64 first, guint64 end, guint64 *sources, gpointer user_data)
{
  gsize n = 0;

  for (guint64 source = first; source < end; source++)
    if (hash_contains (source, target, user_data))
      sources[n++] = source;
  return n;
}

Conset *
oracle_predicate_set (double p, guint64 seed, gboolean with_fill)
{
  HashRule *rule = g_new (HashRule, 1);

  *rule = hash_rule (p, seed);
  return conset_predicate ("hash", hash_contains, with_fill ? hash_fill : NULL, rule, g_free);
}

static gboolean
range_contains (const OracleRange *range, guint64 index)
{
  return index >= range->first && index < range->end && (index - range->first) % range->step == 0;
}

static gboolean
indices_contains (const OracleIndices *indices, guint64 index)
{
  gboolean inside = FALSE;

  for (guint k = 0; k < indices->n; k++)
    inside = inside || range_contains (&indices->ranges[k], index);
  return inside != indices->complemented;
}

static guint64
explicit_multiplicity (const OracleExpr *expr, guint64 i, guint64 j)
{
  guint64 m = 0;

  for (gsize k = 0; k < expr->list_length; k++)
    m += expr->list[2 * k] == i && expr->list[2 * k + 1] == j;
  return m;
}

static guint64
leaf_multiplicity (const OracleExpr *expr, guint64 i, guint64 j)
{
  HashRule rule;

  switch (expr->kind)
    {
    case ORACLE_FULL:
      return 1;
    case ORACLE_ONE_TO_ONE:
      return i == j;
    case ORACLE_CROSS:
      return indices_contains (&expr->sources, i) && indices_contains (&expr->targets, j);
    case ORACLE_EXPLICIT:
      return explicit_multiplicity (expr, i, j);
    case ORACLE_RANDOM:
      return conset_contains (expr->leaf, i, j);
    case ORACLE_PREDICATE:
    case ORACLE_PREDICATE_FILL:
      rule = hash_rule (expr->p, expr->seed);
      return hash_contains (i, j, &rule);
    default:
      return 0;
    }
}

/* Operators */

static guint64
combine (OracleKind kind, guint64 a, guint64 b)
{
  switch (kind)
    {
    case ORACLE_UNION:
      return MAX (a, b);
    case ORACLE_SUM:
      return a + b;
    case ORACLE_INTERSECTION:
      return MIN (a, b);
    case ORACLE_DIFFERENCE:
      return a > b ? a - b : 0;
    case ORACLE_SYMMETRIC_DIFFERENCE:
      return a > b ? a - b : b - a;
    default:
      g_assert_not_reached ();
    }
}

static gboolean
index_unshift (gint64 by, guint64 *index)
{
  guint64 distance = by < 0 ? -(guint64) by : (guint64) by;

  if (by >= 0 ? *index < distance : *index >= CONSET_INDEX_END - distance)
    return FALSE;
  *index = by >= 0 ? *index - distance : *index + distance;
  return TRUE;
}

/* Maps a pair to the pair of the operand that it comes from. Returns: FALSE if there is none */
static gboolean
pair_origin (const OracleExpr *expr, guint64 *i, guint64 *j)
{
  guint64 source = *i;

  switch (expr->kind)
    {
    case ORACLE_BLOCK:
      *i /= expr->m;
      *j /= expr->n;
      return TRUE;
    case ORACLE_REPEAT:
      *i %= expr->m;
      *j %= expr->n;
      return TRUE;
    case ORACLE_SHIFT:
      return index_unshift (expr->m, i) && index_unshift (expr->n, j);
    case ORACLE_TRANSPOSE:
      *i = *j;
      *j = source;
      return TRUE;
    default:
      return TRUE;
    }
}

guint64
oracle_multiplicity (const OracleExpr *expr, guint64 i, guint64 j)
{
  if (i >= CONSET_INDEX_END || j >= CONSET_INDEX_END)
    return 0;
  if (expr->a == NULL)
    return leaf_multiplicity (expr, i, j);
  if (expr->b != NULL)
    return combine (expr->kind, oracle_multiplicity (expr->a, i, j),
                    oracle_multiplicity (expr->b, i, j));
  if (expr->kind == ORACLE_COMPLEMENT)
    return oracle_multiplicity (expr->a, i, j) == 0;
  return pair_origin (expr, &i, &j) ? oracle_multiplicity (expr->a, i, j) : 0;
}

/* Tables */

static OracleTable *
table_new (const ConsetWindow *window)
{
  OracleTable *table = g_new (OracleTable, 1);

  table->window = *window;
  table->n_sources =
    window->source_end > window->source_first ? window->source_end - window->source_first : 0;
  table->n_targets =
    window->target_end > window->target_first ? window->target_end - window->target_first : 0;
  table->m = g_new0 (guint32, table->n_sources * table->n_targets + 1);
  return table;
}

void
oracle_table_free (OracleTable *table)
{
  g_free (table->m);
  g_free (table);
}

guint32
oracle_table_get (const OracleTable *table, guint64 i, guint64 j)
{
  return table
    ->m[(j - table->window.target_first) * table->n_sources + (i - table->window.source_first)];
}

static void
axis_unshift (gint64 by, guint64 *first, guint64 *end)
{
  guint64 distance = by < 0 ? -(guint64) by : (guint64) by;

  if (by >= 0)
    {
      *first = *first > distance ? *first - distance : 0;
      *end = *end > distance ? *end - distance : 0;
    }
  else
    {
      *first = *first < CONSET_INDEX_END - distance ? *first + distance : CONSET_INDEX_END;
      *end = *end < CONSET_INDEX_END - distance ? *end + distance : CONSET_INDEX_END;
    }
}

/* Maps [*first, *end), not empty, to the part of the operand's axis that it comes from. */
static void
axis_origin (OracleKind kind, gint64 by, guint64 *first, guint64 *end)
{
  guint64 last = *end - 1;

  if (kind == ORACLE_SHIFT)
    axis_unshift (by, first, end);
  else if (kind == ORACLE_BLOCK)
    {
      *first /= by;
      *end = last / by + 1;
    }
  else if (*first / by == last / by)
    {
      *first %= by;
      *end = last % by + 1;
    }
  else
    {
      *first = 0;
      *end = by;
    }
}

static ConsetWindow
window_origin (const OracleExpr *expr, const ConsetWindow *window)
{
  ConsetWindow origin = *window;

  if (expr->kind == ORACLE_TRANSPOSE)
    return (ConsetWindow){ window->target_first, window->target_end, window->source_first,
                           window->source_end };
  if (expr->kind != ORACLE_FIX)
    {
      axis_origin (expr->kind, expr->m, &origin.source_first, &origin.source_end);
      axis_origin (expr->kind, expr->n, &origin.target_first, &origin.target_end);
    }
  return origin;
}

static double
window_area (const ConsetWindow *window)
{
  if (window->source_end <= window->source_first || window->target_end <= window->target_first)
    return 0.0;
  return (double) (window->source_end - window->source_first)
         * (double) (window->target_end - window->target_first);
}

static void
table_fill_pointwise (OracleTable *table, const OracleExpr *expr)
{
  guint32 *m = table->m;

  for (guint64 j = 0; j < table->n_targets; j++)
    for (guint64 i = 0; i < table->n_sources; i++)
      *m++ =
        oracle_multiplicity (expr, table->window.source_first + i, table->window.target_first + j);
}

static void
table_fill_combined (OracleTable *table, const OracleExpr *expr)
{
  g_autoptr (OracleTable) a = oracle_table (expr->a, &table->window);
  g_autoptr (OracleTable) b = oracle_table (expr->b, &table->window);

  for (guint64 k = 0; k < table->n_sources * table->n_targets; k++)
    table->m[k] = combine (expr->kind, a->m[k], b->m[k]);
}

static void
table_fill_complement (OracleTable *table, const OracleExpr *expr)
{
  g_autoptr (OracleTable) a = oracle_table (expr->a, &table->window);

  for (guint64 k = 0; k < table->n_sources * table->n_targets; k++)
    table->m[k] = a->m[k] == 0;
}

static void
table_fill_reshaped (OracleTable *table, const OracleExpr *expr, const ConsetWindow *origin)
{
  g_autoptr (OracleTable) a = oracle_table (expr->a, origin);
  guint32 *m = table->m;

  for (guint64 row = 0; row < table->n_targets; row++)
    for (guint64 column = 0; column < table->n_sources; column++, m++)
      {
        guint64 i = table->window.source_first + column;
        guint64 j = table->window.target_first + row;

        if (pair_origin (expr, &i, &j))
          *m = oracle_table_get (a, i, j);
      }
}

OracleTable *
oracle_table (const OracleExpr *expr, const ConsetWindow *window)
{
  OracleTable *table = table_new (window);
  ConsetWindow origin;

  if (table->n_sources == 0 || table->n_targets == 0)
    return table;
  if (expr->a == NULL)
    table_fill_pointwise (table, expr);
  else if (expr->b != NULL)
    table_fill_combined (table, expr);
  else if (expr->kind == ORACLE_COMPLEMENT)
    table_fill_complement (table, expr);
  else
    {
      origin = window_origin (expr, window);
      if (window_area (&origin) <= MAX (MAX_REPEATED_AREA, window_area (window)))
        table_fill_reshaped (table, expr, &origin);
      else
        table_fill_pointwise (table, expr);
    }
  return table;
}

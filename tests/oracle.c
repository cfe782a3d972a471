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
      return conset_contains (expr->drawn.set, i, j);
    case ORACLE_SYMMETRIC:
    case ORACLE_POISSON:
    case ORACLE_BY_VALUE:
    case ORACLE_GRAPH:
      return oracle_drawn_multiplicity (expr, i, j);
    case ORACLE_PREDICATE:
    case ORACLE_PREDICATE_FILL:
      rule = hash_rule (expr->p, expr->seed);
      return hash_contains (i, j, &rule);
    default:
      return 0;
    }
}

/* Operators */

static gboolean
is_rule (const OracleExpr *expr)
{
  return expr->kind == ORACLE_TOTAL || expr->kind == ORACLE_FAN_IN || expr->kind == ORACLE_FAN_OUT;
}

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
    case ORACLE_PARTITION:
      return b > 0 ? a : 0;
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

gboolean
oracle_pair_origin (const OracleExpr *expr, guint64 *i, guint64 *j)
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
    case ORACLE_SPLIT:
      return indices_contains (expr->across ? &expr->sources : &expr->targets,
                               expr->across ? *i : *j);
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
  if (is_rule (expr))
    return oracle_drawn_multiplicity (expr, i, j);
  if (expr->b != NULL)
    return combine (expr->kind, oracle_multiplicity (expr->a, i, j),
                    oracle_multiplicity (expr->b, i, j));
  if (expr->kind == ORACLE_COMPLEMENT)
    return oracle_multiplicity (expr->a, i, j) == 0;
  return oracle_pair_origin (expr, &i, &j) ? oracle_multiplicity (expr->a, i, j) : 0;
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

gboolean
oracle_in_window (const ConsetWindow *window, guint64 i, guint64 j)
{
  return i >= window->source_first && i < window->source_end && j >= window->target_first
         && j < window->target_end;
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
  if (expr->kind != ORACLE_FIX && expr->kind != ORACLE_SPLIT)
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

        if (oracle_pair_origin (expr, &i, &j))
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
  if (is_rule (expr) || expr->kind == ORACLE_GRAPH)
    oracle_drawn_fill (table, expr);
  else if (expr->a == NULL)
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

/* Bounds */

static const ConsetWindow everywhere = { 0, CONSET_INDEX_END, 0, CONSET_INDEX_END };

static guint64
indices_end (const OracleIndices *indices)
{
  guint64 end = indices->complemented ? CONSET_INDEX_END : 0;

  for (guint k = 0; k < indices->n; k++)
    end = MAX (end, indices->ranges[k].end);
  return end;
}

static ConsetWindow
explicit_bounds (const OracleExpr *expr)
{
  ConsetWindow bounds = { G_MAXUINT64, 0, G_MAXUINT64, 0 };

  for (gsize k = 0; k < expr->list_length; k++)
    {
      bounds.source_first = MIN (bounds.source_first, expr->list[2 * k]);
      bounds.source_end = MAX (bounds.source_end, expr->list[2 * k] + 1);
      bounds.target_first = MIN (bounds.target_first, expr->list[2 * k + 1]);
      bounds.target_end = MAX (bounds.target_end, expr->list[2 * k + 1] + 1);
    }
  return bounds;
}

static ConsetWindow
leaf_bounds (const OracleExpr *expr)
{
  switch (expr->kind)
    {
    case ORACLE_EMPTY:
      return (ConsetWindow){ 0 };
    case ORACLE_CROSS:
      return (ConsetWindow){ 0, indices_end (&expr->sources), 0, indices_end (&expr->targets) };
    case ORACLE_EXPLICIT:
      return explicit_bounds (expr);
    case ORACLE_GRAPH:
      return expr->drawn.whole ? expr->drawn.window : everywhere;
    default:
      return everywhere;
    }
}

static ConsetWindow
bounds_hull (const ConsetWindow *a, const ConsetWindow *b)
{
  return (ConsetWindow){ MIN (a->source_first, b->source_first), MAX (a->source_end, b->source_end),
                         MIN (a->target_first, b->target_first),
                         MAX (a->target_end, b->target_end) };
}

static ConsetWindow
bounds_meet (const ConsetWindow *a, const ConsetWindow *b)
{
  ConsetWindow both = { MAX (a->source_first, b->source_first), MIN (a->source_end, b->source_end),
                        MAX (a->target_first, b->target_first),
                        MIN (a->target_end, b->target_end) };

  return window_area (&both) > 0.0 ? both : (ConsetWindow){ 0 };
}

static void
axis_block (guint64 by, guint64 *first, guint64 *end)
{
  gboolean inside = g_uint64_checked_mul (end, *end, by);

  *first = inside ? *first * by : 0;
  *end = inside ? MIN (*end, CONSET_INDEX_END) : CONSET_INDEX_END;
}

static void
axis_shift (gint64 by, guint64 *first, guint64 *end)
{
  guint64 distance = by < 0 ? -(guint64) by : (guint64) by;

  if (by >= 0)
    {
      *first = MIN (*first + distance, CONSET_INDEX_END);
      *end = MIN (*end + distance, CONSET_INDEX_END);
    }
  else
    {
      *first = *first > distance ? *first - distance : 0;
      if (*end < CONSET_INDEX_END)
        *end = *end > distance ? *end - distance : 0;
    }
}

static ConsetWindow
reshaped_bounds (const OracleExpr *expr, ConsetWindow bounds)
{
  switch (expr->kind)
    {
    case ORACLE_COMPLEMENT:
    case ORACLE_REPEAT:
      return everywhere;
    case ORACLE_TRANSPOSE:
      return (ConsetWindow){ bounds.target_first, bounds.target_end, bounds.source_first,
                             bounds.source_end };
    case ORACLE_BLOCK:
      axis_block (expr->m, &bounds.source_first, &bounds.source_end);
      axis_block (expr->n, &bounds.target_first, &bounds.target_end);
      return bounds;
    case ORACLE_SHIFT:
      axis_shift (expr->m, &bounds.source_first, &bounds.source_end);
      axis_shift (expr->n, &bounds.target_first, &bounds.target_end);
      return bounds;
    default:
      return bounds;
    }
}

static ConsetWindow
expr_bounds (const OracleExpr *expr)
{
  ConsetWindow a, b;

  if (expr->a == NULL)
    return leaf_bounds (expr);
  a = expr_bounds (expr->a);
  if (expr->b == NULL)
    return reshaped_bounds (expr, a);
  if (expr->kind == ORACLE_DIFFERENCE)
    return a;
  b = expr_bounds (expr->b);
  if (expr->kind == ORACLE_INTERSECTION || expr->kind == ORACLE_PARTITION)
    return bounds_meet (&a, &b);
  return window_area (&a) == 0.0 ? b : window_area (&b) == 0.0 ? a : bounds_hull (&a, &b);
}

gboolean
oracle_bounds (const OracleExpr *expr, ConsetWindow *bounds)
{
  *bounds = expr_bounds (expr);
  return bounds->source_end < CONSET_INDEX_END && bounds->target_end < CONSET_INDEX_END;
}

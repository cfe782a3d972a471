/* SPDX-License-Identifier: MIT */
/*
 * Making the oracle's expressions: constructors, and the generator of random trees.
 *
 * The generator is weighted towards what the engine treats specially: few seeds, so that
 * the same random set meets itself; operands that occur twice; sizes around 64 and 1,000;
 * probabilities on both sides of every change of method. It keeps multiplicities below
 * ORACLE_MOST_TIMES, and gives fix only what is finite.
 */
#include "support.h"

/* Constructors */

static OracleExpr *
expr_new (OracleKind kind)
{
  OracleExpr *expr = g_new0 (OracleExpr, 1);

  expr->kind = kind;
  expr->references = 1;
  return expr;
}

OracleExpr *
oracle_ref (OracleExpr *expr)
{
  expr->references++;
  return expr;
}

void
oracle_unref (OracleExpr *expr)
{
  if (expr == NULL || --expr->references > 0)
    return;
  oracle_unref (expr->a);
  oracle_unref (expr->b);
  g_clear_pointer (&expr->value, conset_value_unref);
  g_clear_pointer (&expr->degrees, conset_degrees_unref);
  oracle_drawn_clear (&expr->drawn);
  g_free (expr->text);
  g_free (expr->list);
  g_free (expr);
}

OracleExpr *
oracle_leaf (OracleKind kind)
{
  return expr_new (kind);
}

OracleExpr *
oracle_cross (const OracleIndices *sources, const OracleIndices *targets)
{
  OracleExpr *expr = expr_new (ORACLE_CROSS);

  expr->sources = *sources;
  expr->targets = *targets;
  return expr;
}

OracleExpr *
oracle_cross_n (guint64 n_sources, guint64 n_targets)
{
  OracleIndices sources = { { { 0, n_sources, 1 } }, 1, FALSE };
  OracleIndices targets = { { { 0, n_targets, 1 } }, 1, FALSE };

  return oracle_cross (&sources, &targets);
}

OracleExpr *
oracle_explicit (const guint64 *pairs, gsize n)
{
  OracleExpr *expr = expr_new (ORACLE_EXPLICIT);

  expr->list = g_memdup2 (pairs, 2 * n * sizeof *pairs);
  expr->list_length = n;
  return expr;
}

OracleExpr *
oracle_bernoulli (double p, guint64 seed)
{
  OracleExpr *expr = expr_new (ORACLE_RANDOM);

  expr->p = p;
  expr->seed = seed;
  expr->drawn.set = conset_random (p, seed);
  return expr;
}

OracleExpr *
oracle_symmetric (double p, guint64 seed)
{
  OracleExpr *expr = expr_new (ORACLE_SYMMETRIC);

  expr->p = p;
  expr->seed = seed;
  expr->drawn.set = oracle_compose (expr);
  return expr;
}

OracleExpr *
oracle_poisson (double mean, guint64 seed)
{
  OracleExpr *expr = expr_new (ORACLE_POISSON);

  expr->p = mean;
  expr->seed = seed;
  expr->drawn.set = oracle_compose (expr);
  return expr;
}

OracleExpr *
oracle_by_value (ConsetValue *value, gboolean clip, guint64 seed)
{
  OracleExpr *expr = expr_new (ORACLE_BY_VALUE);

  expr->value = value;
  expr->flag = clip;
  expr->seed = seed;
  expr->drawn.set = oracle_compose (expr);
  return expr;
}

OracleExpr *
oracle_graph (guint64 n_nodes, Conset *set, char *text, guint64 seed)
{
  OracleExpr *expr = expr_new (ORACLE_GRAPH);

  expr->n = n_nodes;
  expr->seed = seed;
  expr->text = text;
  expr->drawn.set = set;
  return expr;
}

OracleExpr *
oracle_predicate (double p, guint64 seed, gboolean with_fill)
{
  OracleExpr *expr = expr_new (with_fill ? ORACLE_PREDICATE_FILL : ORACLE_PREDICATE);

  expr->p = p;
  expr->seed = seed;
  return expr;
}

OracleExpr *
oracle_unary (OracleKind kind, OracleExpr *a)
{
  return oracle_binary (kind, a, NULL);
}

OracleExpr *
oracle_binary (OracleKind kind, OracleExpr *a, OracleExpr *b)
{
  OracleExpr *expr = expr_new (kind);

  expr->a = a;
  expr->b = b;
  return expr;
}

OracleExpr *
oracle_reshape (OracleKind kind, gint64 m, gint64 n, OracleExpr *a)
{
  OracleExpr *expr = oracle_unary (kind, a);

  expr->m = m;
  expr->n = n;
  return expr;
}

static OracleExpr *
rule (OracleKind kind, gboolean multapses, guint64 seed, OracleExpr *candidates)
{
  OracleExpr *expr = oracle_unary (kind, candidates);

  expr->flag = multapses;
  expr->seed = seed;
  return expr;
}

OracleExpr *
oracle_total (guint64 n, gboolean multapses, guint64 seed, OracleExpr *candidates)
{
  OracleExpr *expr = rule (ORACLE_TOTAL, multapses, seed, candidates);

  expr->m = n;
  expr->drawn.set = oracle_compose (expr);
  return expr;
}

OracleExpr *
oracle_fan (
  OracleKind kind, ConsetDegrees *degrees, gboolean multapses, guint64 seed, OracleExpr *candidates)
{
  OracleExpr *expr = rule (kind, multapses, seed, candidates);

  expr->degrees = degrees;
  expr->drawn.set = oracle_compose (expr);
  return expr;
}

OracleExpr *
oracle_partition (guint selected, guint n_masks, OracleExpr *set, OracleExpr *mask)
{
  OracleExpr *expr = oracle_binary (ORACLE_PARTITION, set, mask);

  expr->m = selected;
  expr->n = n_masks;
  return expr;
}

/* Part @rank of the range of indices [@first, @end), cut into @n_ranks. */
static OracleRange
range_part (guint64 first, guint64 end, guint64 rank, guint64 n_ranks)
{
  guint64 length = (end - first) / n_ranks, longer = (end - first) % n_ranks;
  guint64 start = first + rank * length + MIN (rank, longer);

  return (OracleRange){ start, start + length + (rank < longer), 1 };
}

/* What blocks are cut from, the bounds, only the library can say. */
OracleExpr *
oracle_split (gboolean blocks, gboolean of_sources, guint64 rank, guint64 n_ranks, OracleExpr *set)
{
  OracleExpr *expr = oracle_unary (ORACLE_SPLIT, set);
  g_autoptr (Conset) whole = oracle_compose (set);
  OracleRange range = { rank, CONSET_INDEX_END, n_ranks };
  ConsetWindow bounds;

  conset_get_bounds (whole, &bounds);
  if (blocks && of_sources)
    range = range_part (bounds.source_first, bounds.source_end, rank, n_ranks);
  else if (blocks)
    range = range_part (bounds.target_first, bounds.target_end, rank, n_ranks);
  expr->m = rank;
  expr->n = n_ranks;
  expr->flag = blocks;
  expr->across = of_sources;
  expr->sources = expr->targets = (OracleIndices){ { range }, 1, FALSE };
  return expr;
}

/* Other seeds */

static Conset *
graph_reseeded (const OracleExpr *expr)
{
  g_autofree char *text = oracle_text (expr);

  return conset_parse (text, CONSET_DEFAULT_SEED, NULL);
}

void
oracle_reseed (OracleExpr *expr, guint64 times)
{
  if (expr == NULL)
    return;
  if (expr->seed > 0 && expr->kind != ORACLE_PREDICATE && expr->kind != ORACLE_PREDICATE_FILL)
    expr->seed = expr->seed % 1000 + 1000 * times;
  if (expr->kind == ORACLE_GRAPH)
    {
      conset_unref (expr->drawn.set);
      expr->drawn.set = graph_reseeded (expr);
    }
  oracle_reseed (expr->a, times);
  oracle_reseed (expr->b, times);
}

/* Random leaves */

gboolean
oracle_chance (GRand *rand, double p)
{
  return g_rand_double (rand) < p;
}

guint64
oracle_pick (GRand *rand, const guint64 *values, guint n)
{
  return values[g_rand_int_range (rand, 0, n)];
}

static OracleRange
range_random (GRand *rand)
{
  static const guint64 steps[] = { 1, 1, 1, 1, 1, 2, 3, 4, 7, 64 };
  static const guint64 lengths[] = { 1, 2, 5, 10, 20, 50, 64, 100, 130, 1000, 66000, 100000 };
  OracleRange range;

  range.first = oracle_chance (rand, 0.5) ? 0 : g_rand_int_range (rand, 0, 100);
  range.end = range.first
              + g_rand_int_range (rand, 0, oracle_pick (rand, lengths, G_N_ELEMENTS (lengths)) + 1);
  range.step = oracle_pick (rand, steps, G_N_ELEMENTS (steps));
  if (oracle_chance (rand, 0.05))
    range.end = CONSET_INDEX_END;
  return range;
}

static OracleIndices
indices_random (GRand *rand)
{
  OracleIndices indices;

  indices.n = oracle_chance (rand, 0.7) ? 1 : g_rand_int_range (rand, 2, 4);
  for (guint k = 0; k < indices.n; k++)
    indices.ranges[k] = range_random (rand);
  indices.complemented = oracle_chance (rand, 0.15);
  return indices;
}

static OracleExpr *
cross_random (GRand *rand)
{
  OracleIndices sources = indices_random (rand);
  OracleIndices targets = indices_random (rand);

  return oracle_cross (&sources, &targets);
}

static OracleExpr *
explicit_random (GRand *rand)
{
  static const guint64 extents[] = { 3, 8, 40, 130 };
  guint64 pairs[80];
  guint64 extent = oracle_pick (rand, extents, G_N_ELEMENTS (extents));
  gsize n = g_rand_int_range (rand, 1, G_N_ELEMENTS (pairs) / 2);

  for (gsize k = 0; k < 2 * n; k++)
    pairs[k] = g_rand_int_range (rand, 0, extent);
  for (gsize k = 2; k < 2 * n && oracle_chance (rand, 0.5); k++)
    pairs[k] = pairs[k - 2];
  return oracle_explicit (pairs, n);
}

static OracleExpr *
bernoulli_random (GRand *rand)
{
  static const double ps[] = { 0.0, 1.0, 0.5, 0.5, 0.25, 0.4999, 0.7, 0.1, 0.03125, 0.02, 0.001 };
  double p = ps[g_rand_int_range (rand, 0, G_N_ELEMENTS (ps))];

  return oracle_bernoulli (oracle_chance (rand, 0.05) ? g_rand_double (rand) : p,
                           g_rand_int_range (rand, 1, 4));
}

static OracleExpr *
leaf_random (GRand *rand)
{
  double kind = g_rand_double (rand);

  if (kind < 0.02)
    return oracle_leaf (ORACLE_EMPTY);
  if (kind < 0.08)
    return oracle_leaf (ORACLE_FULL);
  if (kind < 0.20)
    return oracle_leaf (ORACLE_ONE_TO_ONE);
  if (kind < 0.39)
    return cross_random (rand);
  if (kind < 0.52)
    return explicit_random (rand);
  if (kind < 0.76)
    return bernoulli_random (rand);
  if (kind < 0.89)
    return oracle_random_pairwise (rand);
  if (kind < 0.95)
    return oracle_random_graph (rand, FALSE);
  return oracle_predicate (g_rand_double (rand), g_rand_int_range (rand, 1, 4),
                           oracle_chance (rand, 0.5));
}

/* Random operators */

guint64
oracle_max_multiplicity (const OracleExpr *expr)
{
  guint64 a = expr->a != NULL ? oracle_max_multiplicity (expr->a) : 1;
  guint64 b = expr->b != NULL ? oracle_max_multiplicity (expr->b) : 1;

  switch (expr->kind)
    {
    case ORACLE_EXPLICIT:
      return expr->list_length;
    case ORACLE_SUM:
      return a + b;
    case ORACLE_INTERSECTION:
      return MIN (a, b);
    case ORACLE_DIFFERENCE:
    case ORACLE_PARTITION:
      return a;
    case ORACLE_COMPLEMENT:
      return 1;
    case ORACLE_POISSON:
    case ORACLE_TOTAL:
    case ORACLE_FAN_IN:
    case ORACLE_FAN_OUT:
      return expr->drawn.most;
    default:
      return MAX (a, b);
    }
}

static gint64
size_random (GRand *rand)
{
  static const guint64 sizes[] = {
    1, 2, 2, 3, 3, 4, 5, 6, 7, 8, 10, 10, 16, 63, 64, 65, 100, 1000
  };

  return oracle_pick (rand, sizes, G_N_ELEMENTS (sizes));
}

static OracleExpr *
reshape_random (GRand *rand, guint depth)
{
  OracleExpr *a = oracle_random (rand, depth - 1);
  gboolean square = oracle_chance (rand, 0.4);
  gint64 m = size_random (rand);
  gint64 n = square ? m : size_random (rand);

  if (oracle_chance (rand, 0.35))
    return oracle_reshape (ORACLE_BLOCK, m, n, a);
  if (oracle_chance (rand, 0.5))
    return oracle_reshape (ORACLE_REPEAT, m, n, a);
  m = g_rand_int_range (rand, -30, 31);
  n = g_rand_int_range (rand, -30, 31);
  return oracle_reshape (ORACLE_SHIFT, oracle_chance (rand, 0.1) ? 64 * m : m, n, a);
}

static OracleExpr *
fix_random (GRand *rand, guint depth)
{
  OracleExpr *finite =
    oracle_cross_n (g_rand_int_range (rand, 0, 90), g_rand_int_range (rand, 0, 90));

  if (depth > 1)
    finite = oracle_binary (ORACLE_INTERSECTION, oracle_random (rand, depth - 2), finite);
  return oracle_unary (ORACLE_FIX, finite);
}

static OracleExpr *
unary_random (GRand *rand, guint depth)
{
  double kind = g_rand_double (rand);

  if (kind < 0.15)
    return oracle_unary (ORACLE_COMPLEMENT, oracle_random (rand, depth - 1));
  if (kind < 0.28)
    return oracle_unary (ORACLE_TRANSPOSE, oracle_random (rand, depth - 1));
  if (kind < 0.34)
    return fix_random (rand, depth);
  if (kind < 0.49)
    return oracle_random_rule (rand, oracle_random_candidates (rand, depth - 1));
  if (kind < 0.52)
    return oracle_random_endless (rand, 0, 0, oracle_random (rand, depth - 1));
  if (kind < 0.60)
    return oracle_random_part (rand, depth);
  return reshape_random (rand, depth);
}

static OracleExpr *
binary_random (GRand *rand, guint depth)
{
  static const OracleKind kinds[] = {
    ORACLE_UNION,        ORACLE_SUM,        ORACLE_INTERSECTION, ORACLE_INTERSECTION,
    ORACLE_INTERSECTION, ORACLE_DIFFERENCE, ORACLE_DIFFERENCE,   ORACLE_SYMMETRIC_DIFFERENCE,
  };
  OracleKind kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  OracleExpr *deep = oracle_random (rand, depth - 1);
  OracleExpr *other = oracle_chance (rand, 0.06)
                        ? oracle_ref (deep)
                        : oracle_random (rand, g_rand_int_range (rand, 0, depth));
  gboolean swap = oracle_chance (rand, 0.5);

  if (kind == ORACLE_SUM
      && oracle_max_multiplicity (deep) + oracle_max_multiplicity (other) > ORACLE_MOST_TIMES)
    kind = ORACLE_UNION;
  return oracle_binary (kind, swap ? other : deep, swap ? deep : other);
}

OracleExpr *
oracle_random (GRand *rand, guint depth)
{
  if (depth == 0 || oracle_chance (rand, 0.05))
    return leaf_random (rand);
  return oracle_chance (rand, 0.6) ? binary_random (rand, depth) : unary_random (rand, depth);
}

/* Random windows */

ConsetWindow
oracle_window (GRand *rand)
{
  guint64 source = oracle_chance (rand, 0.4) ? 0 : g_rand_int_range (rand, 0, 201);
  guint64 target = oracle_chance (rand, 0.4) ? 0 : g_rand_int_range (rand, 0, 201);
  guint64 n_sources = g_rand_int_range (rand, 0, 131);
  guint64 n_targets = g_rand_int_range (rand, 0, 131);

  if (oracle_chance (rand, 0.006))
    {
      n_sources = 70000;
      n_targets = 2;
    }
  else if (oracle_chance (rand, 0.02))
    {
      n_sources = 3;
      n_targets = 1000;
    }
  return (ConsetWindow){ source, source + n_sources, target, target + n_targets };
}

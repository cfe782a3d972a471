/* SPDX-License-Identifier: MIT */
/*
 * The oracle for connection sets: trees, their sets, and the values by definition.
 *
 * Of two operands with values the copies of a pair that the left one has are its own. In a sum the
 * others are the first ones of the right operand; in a union they are those of the same number.
 * Where a rule with multapses draws a pair more often than its candidates have it, the last
 * operand that has the pair goes on, and a fixed set begins anew.
 */
#include "oracle_csets.h"

#include "tag_value.h"

/* {{{ making */

static OracleCset *
cset_new (OracleCsetKind kind, OracleExpr *mask, OracleCset *a, OracleCset *b)
{
  OracleCset *cset = g_new0 (OracleCset, 1);

  cset->kind = kind;
  cset->references = 1;
  cset->mask = mask;
  cset->a = a;
  cset->b = b;
  return cset;
}

static OracleCset *
cset_ref (OracleCset *cset)
{
  cset->references++;
  return cset;
}

void
oracle_cset_unref (OracleCset *cset)
{
  if (cset == NULL || --cset->references > 0)
    return;
  oracle_unref (cset->mask);
  oracle_cset_unref (cset->a);
  oracle_cset_unref (cset->b);
  g_free (cset);
}

static OracleCset *
plain_new (OracleExpr *mask)
{
  return cset_new (ORACLE_CSET_PLAIN, mask, NULL, NULL);
}

static OracleCset *
operator_new (OracleExpr *mask, OracleCset *a, OracleCset *b)
{
  OracleCset *cset = cset_new (ORACLE_CSET_OPERATOR, mask, a, b);

  cset->columns = a->columns.n > 0 ? a->columns : b->columns;
  return cset;
}

static OracleCset *
binary_new (OracleKind kind, OracleCset *a, OracleCset *b)
{
  return operator_new (oracle_binary (kind, oracle_ref (a->mask), oracle_ref (b->mask)), a, b);
}

static OracleCset *
reshape_new (OracleKind kind, gint64 m, gint64 n, OracleCset *a)
{
  return operator_new (oracle_reshape (kind, m, n, oracle_ref (a->mask)), a, NULL);
}

/* }}} */
/* {{{ sets */

static ConsetValue *
linear_compose (const OracleValue *value)
{
  ConsetValue *i = conset_value_multiply (conset_value_constant (value->a), conset_value_source ());
  ConsetValue *j = conset_value_multiply (conset_value_constant (value->b), conset_value_target ());

  return conset_value_add (conset_value_add (i, j), conset_value_constant (value->d));
}

static ConsetValue *
value_compose (const OracleValue *value, const Conset *operand)
{
  if (value->kind == ORACLE_VALUE_TAG)
    return tag_value_new (value->tag);
  if (value->kind == ORACLE_VALUE_LINEAR)
    return linear_compose (value);
  return conset_value_add (conset_value_of (conset_ref (operand), value->column),
                           conset_value_constant (value->d));
}

/* @operand with the values of @cset. */
static Conset *
valued_compose (const OracleCset *cset, Conset *operand)
{
  ConsetValue *values[ORACLE_MOST_COLUMNS];

  for (guint k = 0; k < cset->columns.n; k++)
    values[k] = value_compose (&cset->values[k], operand);
  return conset_cset (conset_mask (operand), cset->columns.n, values, cset->columns.names);
}

static Conset *compose (const OracleCset *cset, GHashTable *done);

static Conset *
compose_anew (const OracleCset *cset, GHashTable *done)
{
  Conset *a;

  switch (cset->kind)
    {
    case ORACLE_CSET_PLAIN:
      return oracle_compose (cset->mask);
    case ORACLE_CSET_MASK:
      return conset_mask (compose (cset->a, done));
    case ORACLE_CSET_VALUED:
    case ORACLE_CSET_OF:
      return valued_compose (cset, compose (cset->a, done));
    default:
      a = compose (cset->a, done);
      return oracle_compose_operator (cset->mask, a,
                                      cset->b != NULL ? compose (cset->b, done) : NULL);
    }
}

/* Returns: (transfer full): the set of @cset; @done holds one of each that occurs again */
static Conset *
compose (const OracleCset *cset, GHashTable *done)
{
  Conset *set = g_hash_table_lookup (done, cset);

  if (set == NULL)
    {
      set = compose_anew (cset, done);
      if (cset->references == 1)
        return set;
      g_hash_table_insert (done, (gpointer) cset, set);
    }
  return conset_ref (set);
}

Conset *
oracle_cset_compose (const OracleCset *cset)
{
  g_autoptr (GHashTable) done =
    g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, (GDestroyNotify) conset_unref);

  return compose (cset, done);
}

/* }}} */
/* {{{ values */

/* The operand that a copy of a pair comes from, where both have values. */
static const OracleCset *
operand_of_two (const OracleCset *cset, guint64 i, guint64 j, guint64 *copy)
{
  guint64 left = oracle_multiplicity (cset->a->mask, i, j);

  if (*copy < left || oracle_multiplicity (cset->b->mask, i, j) == 0)
    return cset->a;
  if (cset->mask->kind == ORACLE_SUM)
    *copy -= left;
  return cset->b;
}

/* One operator down; where that is becomes what was asked for. */
static const OracleCset *
operand_of (const OracleCset *cset, guint64 *i, guint64 *j, guint64 *copy)
{
  guint64 times;

  switch (cset->mask->kind)
    {
    case ORACLE_SUM:
    case ORACLE_UNION:
      return operand_of_two (cset, *i, *j, copy);
    case ORACLE_INTERSECTION:
      return cset->a->columns.n > 0 ? cset->a : cset->b;
    case ORACLE_FIX:
      times = oracle_multiplicity (cset->a->mask, *i, *j);
      *copy %= MAX (times, 1);
      return cset->a;
    default:
      oracle_pair_origin (cset->mask, i, j);
      return cset->a;
    }
}

gboolean
oracle_cset_values (const OracleCset *cset, guint64 i, guint64 j, guint64 copy, double *values)
{
  double of[ORACLE_MOST_COLUMNS];

  while (cset->kind == ORACLE_CSET_OPERATOR)
    cset = operand_of (cset, &i, &j, &copy);
  if (cset->kind == ORACLE_CSET_OF
      && (copy >= oracle_multiplicity (cset->a->mask, i, j)
          || !oracle_cset_values (cset->a, i, j, copy, of)))
    return FALSE;
  for (guint k = 0; k < cset->columns.n; k++)
    {
      const OracleValue *value = &cset->values[k];

      if (value->kind == ORACLE_VALUE_TAG)
        values[k] = tag_number (value->tag, i, j, copy);
      else if (value->kind == ORACLE_VALUE_LINEAR)
        values[k] = value->a * (double) i + value->b * (double) j + value->d;
      else
        values[k] = of[value->column] + value->d;
    }
  return TRUE;
}

/* }}} */
/* {{{ random trees */

#define MAX_DEPTH 6

/* Candidates for rules, and what is fixed, have no more pairs. */
#define MOST_PAIRS 6000

static OracleCset *cset_random (GRand *rand, guint depth, const OracleColumns *columns);

static OracleColumns
columns_random (GRand *rand)
{
  static const char *const names[] = { "weight", "delay", "w_2" };
  OracleColumns columns = { .n = g_rand_int_range (rand, 1, ORACLE_MOST_COLUMNS + 1) };
  guint first_named = g_rand_int_range (rand, 0, columns.n + 1);

  for (guint k = first_named; k < columns.n; k++)
    columns.names[k] = names[k];
  return columns;
}

/* A set that has many pairs near the origin, some of them more often than once. */
static OracleExpr *
dense_random (GRand *rand)
{
  guint64 seed = g_rand_int_range (rand, 1, 4);
  OracleExpr *expr;

  switch (g_rand_int_range (rand, 0, 5))
    {
    case 0:
      return oracle_leaf (ORACLE_FULL);
    case 1:
      return oracle_bernoulli (0.7, seed);
    case 2:
      return oracle_cross_n (g_rand_int_range (rand, 50, 200), g_rand_int_range (rand, 50, 200));
    default:
      expr = oracle_poisson (oracle_chance (rand, 0.5) ? 0.7 : 2.0, seed);
      oracle_draw (expr, &(ConsetWindow){ 0, 110, 0, 110 }, FALSE, NULL, rand);
      expr->drawn.most = 10;
      return expr;
    }
}

/* A set without values, which may have had some. */
static OracleCset *
mask_random (GRand *rand, guint depth)
{
  OracleColumns columns;
  OracleCset *cset;

  if (oracle_chance (rand, 0.4))
    return plain_new (dense_random (rand));
  if (depth == 0 || !oracle_chance (rand, 0.25))
    return plain_new (oracle_random (rand, depth));
  columns = columns_random (rand);
  cset = cset_random (rand, depth - 1, &columns);
  return cset_new (ORACLE_CSET_MASK, oracle_ref (cset->mask), cset, NULL);
}

static OracleValue
value_random (GRand *rand, const OracleColumns *operand, gboolean tags)
{
  OracleValue value = { .kind = tags ? ORACLE_VALUE_TAG : ORACLE_VALUE_LINEAR,
                        .tag = g_rand_int_range (rand, 0, 1000000),
                        .a = g_rand_int_range (rand, -3, 4),
                        .b = g_rand_int_range (rand, -3, 4),
                        .d = g_rand_int_range (rand, -50, 50) };

  if (operand->n > 0 && oracle_chance (rand, 0.8))
    {
      value.kind = ORACLE_VALUE_OF;
      value.column = g_rand_int_range (rand, 0, (gint32) operand->n);
    }
  return value;
}

/* Values for a set of any kind. */
static OracleCset *
valued_random (GRand *rand, guint depth, const OracleColumns *columns)
{
  OracleColumns others = columns_random (rand);
  gboolean of_others = depth > 0 && oracle_chance (rand, 0.2);
  gboolean tags = oracle_chance (rand, 0.75);
  OracleCset *a = of_others ? cset_random (rand, depth - 1, &others) : mask_random (rand, depth);
  OracleCset *cset =
    cset_new (of_others ? ORACLE_CSET_OF : ORACLE_CSET_VALUED, oracle_ref (a->mask), a, NULL);

  cset->columns = *columns;
  for (guint k = 0; k < columns->n; k++)
    cset->values[k] = value_random (rand, &a->columns, tags);
  return cset;
}

static OracleCset *
two_random (GRand *rand, guint depth, const OracleColumns *columns)
{
  OracleCset *a = cset_random (rand, depth - 1, columns);
  OracleCset *b = oracle_chance (rand, 0.1)
                    ? cset_ref (a)
                    : cset_random (rand, g_rand_int_range (rand, 0, depth), columns);
  gboolean swap = oracle_chance (rand, 0.5);
  OracleKind kind = oracle_chance (rand, 0.6) ? ORACLE_SUM : ORACLE_UNION;

  if (oracle_max_multiplicity (a->mask) + oracle_max_multiplicity (b->mask) > ORACLE_MOST_TIMES)
    kind = ORACLE_UNION;
  return binary_new (kind, swap ? b : a, swap ? a : b);
}

static OracleCset *
masked_random (GRand *rand, guint depth, const OracleColumns *columns)
{
  OracleCset *a = cset_random (rand, depth - 1, columns);
  OracleCset *mask = mask_random (rand, g_rand_int_range (rand, 0, MIN (depth, 4)));
  guint n_masks = g_rand_int_range (rand, 1, ORACLE_MOST_MASKS + 1);

  if (oracle_chance (rand, 0.5))
    return oracle_chance (rand, 0.5) ? binary_new (ORACLE_INTERSECTION, mask, a)
                                     : binary_new (ORACLE_INTERSECTION, a, mask);
  if (oracle_chance (rand, 0.7))
    return binary_new (ORACLE_DIFFERENCE, a, mask);
  return operator_new (oracle_partition (g_rand_int_range (rand, 0, (gint32) n_masks), n_masks,
                                         oracle_ref (a->mask), oracle_ref (mask->mask)),
                       a, mask);
}

static gint64
size_random (GRand *rand)
{
  static const guint64 sizes[] = { 1, 2, 2, 3, 3, 4, 5, 7, 8, 10, 16, 63, 64, 65, 100, 1000 };

  return (gint64) oracle_pick (rand, sizes, G_N_ELEMENTS (sizes));
}

static OracleCset *
reshaped_random (GRand *rand, guint depth, const OracleColumns *columns)
{
  OracleCset *a = cset_random (rand, depth - 1, columns);
  double kind = g_rand_double (rand);

  if (kind < 0.3)
    return reshape_new (ORACLE_BLOCK, size_random (rand), size_random (rand), a);
  if (kind < 0.55)
    return reshape_new (ORACLE_REPEAT, size_random (rand), size_random (rand), a);
  if (kind < 0.8)
    return reshape_new (ORACLE_SHIFT, g_rand_int_range (rand, -30, 31),
                        g_rand_int_range (rand, -30, 31), a);
  return operator_new (oracle_unary (ORACLE_TRANSPOSE, oracle_ref (a->mask)), a, NULL);
}

/* A connection set of few pairs. */
static OracleCset *
small_random (GRand *rand, guint depth, const OracleColumns *columns)
{
  OracleCset *a = cset_random (rand, depth - 1, columns);
  ConsetWindow window;

  if (oracle_bounds (a->mask, &window)
      && (double) (window.source_end - window.source_first)
             * (double) (window.target_end - window.target_first)
           <= MOST_PAIRS)
    return a;
  return binary_new (
    ORACLE_INTERSECTION, a,
    plain_new (oracle_cross_n (g_rand_int_range (rand, 1, 76), g_rand_int_range (rand, 1, 76))));
}

/* Blocks are cut from the bounds, which may be known better of a set without values. */
static gboolean
has_same_bounds (const OracleCset *cset)
{
  g_autoptr (Conset) mask = oracle_compose (cset->mask);
  g_autoptr (Conset) set = oracle_cset_compose (cset);
  ConsetWindow a, b;

  conset_get_bounds (mask, &a);
  conset_get_bounds (set, &b);
  return a.source_first == b.source_first && a.source_end == b.source_end
         && a.target_first == b.target_first && a.target_end == b.target_end;
}

static OracleCset *
part_random (GRand *rand, OracleCset *a)
{
  gint32 n_ranks = g_rand_int_range (rand, 1, 6);
  gboolean blocks = oracle_chance (rand, 0.5) && has_same_bounds (a);

  return operator_new (oracle_split (blocks, g_rand_boolean (rand),
                                     g_rand_int_range (rand, 0, n_ranks), n_ranks,
                                     oracle_ref (a->mask)),
                       a, NULL);
}

static OracleCset *
drawn_random (GRand *rand, guint depth, const OracleColumns *columns)
{
  OracleCset *a = small_random (rand, depth, columns);
  double kind = g_rand_double (rand);

  if (kind < 0.55)
    return operator_new (oracle_random_rule (rand, oracle_ref (a->mask)), a, NULL);
  if (kind < 0.75)
    return operator_new (oracle_unary (ORACLE_FIX, oracle_ref (a->mask)), a, NULL);
  return part_random (rand, a);
}

static OracleCset *
cset_random (GRand *rand, guint depth, const OracleColumns *columns)
{
  double kind = g_rand_double (rand);

  if (depth == 0 || kind < 0.1)
    return valued_random (rand, depth, columns);
  if (kind < 0.45)
    return two_random (rand, depth, columns);
  if (kind < 0.65)
    return masked_random (rand, depth, columns);
  return kind < 0.85 ? reshaped_random (rand, depth, columns) : drawn_random (rand, depth, columns);
}

/* Moves @cset to where @window shall be. */
static OracleCset *
moved_away (GRand *rand, OracleCset *cset, ConsetWindow *window)
{
  static const guint64 bases[] = { G_GUINT64_CONSTANT (1) << 62, G_GUINT64_CONSTANT (1) << 53,
                                   (G_GUINT64_CONSTANT (1) << 32) - 30,
                                   (G_GUINT64_CONSTANT (1) << 63) - 200 };
  guint64 source = oracle_pick (rand, bases, G_N_ELEMENTS (bases));
  guint64 target = oracle_pick (rand, bases, G_N_ELEMENTS (bases));
  double kind = g_rand_double (rand);

  *window = (ConsetWindow){ source, source + 90, target, target + 90 };
  if (kind < 0.4)
    return reshape_new (ORACLE_SHIFT, (gint64) source, (gint64) target, cset);
  if (kind < 0.7)
    return reshape_new (ORACLE_REPEAT, (gint64) source / 3 + 1, (gint64) target - 5, cset);
  return reshape_new (ORACLE_BLOCK, (gint64) source / 7, (gint64) target / 5 + 1, cset);
}

OracleCset *
oracle_cset_tree (GRand *rand, ConsetWindow *window)
{
  OracleColumns columns = columns_random (rand);
  OracleCset *cset = cset_random (rand, g_rand_int_range (rand, 0, MAX_DEPTH + 1), &columns);

  *window = oracle_window (rand);
  if (oracle_chance (rand, 0.6))
    *window =
      (ConsetWindow){ 0, g_rand_int_range (rand, 20, 100), 0, g_rand_int_range (rand, 20, 100) };
  return oracle_chance (rand, 0.07) ? moved_away (rand, cset, window) : cset;
}

/* }}} */

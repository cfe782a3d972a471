/* SPDX-License-Identifier: MIT */
/*
 * The generator of random trees: the random rules, graphs and parts.
 *
 * A rule is given what it can draw: the oracle evaluates the candidates first, so that the numbers
 * asked for range from none to all there are. Some rules are then asked for one more, to
 * see that they refuse.
 */
#include "support.h"

#include <string.h>

#define N_SEEDS 4

static guint64
seed_random (GRand *rand)
{
  return g_rand_int_range (rand, 1, N_SEEDS);
}

/* Returns: a number in [@first, @last] */
static guint64
range_random (GRand *rand, guint64 first, guint64 last)
{
  return first + (guint64) (g_rand_double (rand) * (last - first + 1));
}

/* Values */

/* Returns: a number for each pair, of no particular size, and never infinite */
static ConsetValue *
number_random (GRand *rand, guint depth)
{
  double kind = g_rand_double (rand);
  ConsetValue *a;

  if (depth == 0 || kind < 0.1)
    return kind < 0.04   ? conset_value_constant (g_rand_int_range (rand, -20, 20))
           : kind < 0.05 ? conset_value_constant (g_rand_double (rand))
           : kind < 0.55 ? conset_value_source ()
                         : conset_value_target ();
  a = number_random (rand, depth - 1);
  if (kind < 0.45)
    return conset_value_subtract (a, number_random (rand, depth - 1));
  if (kind < 0.6)
    return conset_value_add (a, number_random (rand, depth - 1));
  if (kind < 0.65)
    return conset_value_multiply (a, number_random (rand, depth - 1));
  if (kind < 0.7)
    return conset_value_min (a, number_random (rand, depth - 1));
  if (kind < 0.75)
    return conset_value_max (a, number_random (rand, depth - 1));
  if (kind < 0.9)
    return conset_value_abs (a);
  return kind < 0.95 ? conset_value_negate (a)
                     : conset_value_floor (conset_value_divide (a, conset_value_constant (7.0)));
}

/* Returns: a probability for each pair, whatever @x is */
static ConsetValue *
chance_of_number (GRand *rand, ConsetValue *x)
{
  static const double scales[] = { 0.5, 1.0, 3.0, 10.0, 50.0 };
  ConsetValue *scale = conset_value_constant (scales[g_rand_int_range (rand, 0, 5)]);

  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
    case 1:
      return conset_value_exp (
        conset_value_negate (conset_value_divide (conset_value_abs (x), scale)));
    case 2:
      return conset_value_abs (conset_value_sin (conset_value_divide (x, scale)));
    case 3:
      return conset_value_tanh (conset_value_abs (conset_value_divide (x, scale)));
    case 4:
      return conset_value_power (conset_value_cos (conset_value_divide (x, scale)),
                                 conset_value_constant (2.0));
    case 5:
      return conset_value_min (
        conset_value_max (conset_value_divide (x, scale), conset_value_constant (0.0)),
        conset_value_constant (1.0));
    case 6:
      return conset_value_divide (
        conset_value_constant (1.0),
        conset_value_add (conset_value_constant (1.0),
                          conset_value_multiply (scale, conset_value_abs (x))));
    default:
      return conset_value_multiply (conset_value_exp (conset_value_negate (conset_value_sqrt (
                                      conset_value_abs (conset_value_divide (x, scale))))),
                                    conset_value_constant (g_rand_double (rand)));
    }
}

static OracleExpr *
by_value_random (GRand *rand)
{
  ConsetValue *x = number_random (rand, g_rand_int_range (rand, 0, 4));

  if (oracle_chance (rand, 0.7))
    return oracle_by_value (chance_of_number (rand, x), oracle_chance (rand, 0.3),
                            seed_random (rand));
  x = conset_value_divide (x, conset_value_constant (g_rand_int_range (rand, 1, 60)));
  return oracle_by_value (x, TRUE, seed_random (rand));
}

/* Pairwise rules */

OracleExpr *
oracle_random_pairwise (GRand *rand)
{
  static const double means[] = { 0.0, 0.001, 0.02, 0.05, 0.1, 0.3, 0.5, 1.0, 2.0, 3.0 };
  static const double ps[] = { 0.0, 0.001, 0.02, 0.03125, 0.1, 0.25, 0.5, 0.7, 0.9, 1.0 };
  double kind = g_rand_double (rand);
  OracleExpr *expr;

  if (kind < 0.35)
    return by_value_random (rand);
  if (kind < 0.65)
    return oracle_symmetric (ps[g_rand_int_range (rand, 0, G_N_ELEMENTS (ps))], seed_random (rand));
  expr =
    oracle_poisson (means[g_rand_int_range (rand, 0, G_N_ELEMENTS (means))], seed_random (rand));
  expr->drawn.most = MAX (3, 5 * expr->p);
  return expr;
}

/* Graphs */

static double
probability_random (GRand *rand)
{
  static const double ps[] = { 0.0, 0.05, 0.3, 0.5, 0.9, 1.0 };

  return ps[g_rand_int_range (rand, 0, G_N_ELEMENTS (ps))];
}

static OracleExpr *
ring_random (GRand *rand, guint64 n, gboolean far)
{
  gboolean both = g_rand_boolean (rand);
  guint64 k = range_random (rand, 0, MIN ((n - 1) / (both ? 2 : 1), far ? 100 : n));

  if (both && 2 * k >= n)
    k = 0;
  return oracle_graph (n, conset_ring (n, k, both),
                       g_strdup_printf ("ring (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                                        ", bidirectional=%s)",
                                        n, k, both ? "True" : "False"),
                       0);
}

/* @n is what a grid has of rows and of columns at most. */
static OracleExpr *
grid_random (GRand *rand, guint64 n)
{
  guint64 rows = range_random (rand, 1, n), columns = range_random (rand, 1, n);
  guint64 radius = range_random (rand, 0, 4);
  gboolean square = g_rand_boolean (rand), periodic = g_rand_boolean (rand);

  return oracle_graph (
    rows * columns,
    conset_grid_neighbours (rows, columns, radius, square ? CONSET_MOORE : CONSET_VON_NEUMANN,
                            periodic),
    g_strdup_printf ("gridNeighbours (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                     ", %" G_GUINT64_FORMAT ", moore=%s, periodic=%s)",
                     rows, columns, radius, square ? "True" : "False", periodic ? "True" : "False"),
    0);
}

static OracleExpr *
small_world_random (GRand *rand, guint64 n)
{
  guint64 k = 2 * range_random (rand, 0, MIN (n - 1, 20) / 2), seed = seed_random (rand);
  double p = probability_random (rand);

  return oracle_graph (
    n, conset_small_world (n, k, p, seed),
    g_strdup_printf ("smallWorld (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %g, seed=", n, k,
                     p),
    seed);
}

static OracleExpr *
regular_random (GRand *rand, guint64 n)
{
  guint64 k = range_random (rand, 0, MIN (n - 1, 40)), seed = seed_random (rand);

  return oracle_graph (
    n, conset_regular (n, k, seed),
    g_strdup_printf ("regular (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", seed=", n, k), seed);
}

static OracleExpr *
scale_free_random (GRand *rand, guint64 n)
{
  guint64 m = range_random (rand, 1, MIN (n, 8)), seed = seed_random (rand);

  n = MAX (n, 2);
  return oracle_graph (
    n, conset_scale_free (n, m, seed),
    g_strdup_printf ("scaleFree (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", seed=", n, m), seed);
}

static OracleExpr *
modular_random (GRand *rand, guint64 n)
{
  guint64 n_modules = range_random (rand, 1, MIN (n, 9)), seed = seed_random (rand);
  double intra = probability_random (rand), inter = probability_random (rand);
  guint64 sizes[] = { range_random (rand, 1, n), range_random (rand, 1, 9) };

  if (n < CONSET_INDEX_END / 2 && oracle_chance (rand, 0.3))
    return oracle_graph (sizes[0] + sizes[1], conset_modular_sizes (sizes, 2, intra, inter, seed),
                         g_strdup_printf ("modular (%" G_GUINT64_FORMAT ", [%" G_GUINT64_FORMAT
                                          ", %" G_GUINT64_FORMAT "], %g, %g, seed=",
                                          sizes[0] + sizes[1], sizes[0], sizes[1], intra, inter),
                         seed);
  return oracle_graph (
    n, conset_modular (n, n_modules, intra, inter, seed),
    g_strdup_printf ("modular (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %g, %g, seed=", n,
                     n_modules, intra, inter),
    seed);
}

static OracleExpr *
hierarchical_random (GRand *rand, guint64 n)
{
  guint64 n_levels = range_random (rand, 1, MIN (n, 7)), seed = seed_random (rand);
  double within = probability_random (rand), up = probability_random (rand);
  double down = probability_random (rand), skip = probability_random (rand);

  return oracle_graph (n, conset_hierarchical (n, n_levels, within, up, down, skip, seed),
                       g_strdup_printf ("hierarchical (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                                        ", %g, %g, %g, %g, seed=",
                                        n, n_levels, within, up, down, skip),
                       seed);
}

static OracleExpr *
core_random (GRand *rand, guint64 n)
{
  guint64 n_core = range_random (rand, 0, n - 1), seed = seed_random (rand);
  double cc = probability_random (rand), cp = probability_random (rand);
  double pc = probability_random (rand), pp = probability_random (rand);

  return oracle_graph (n, conset_core_periphery (n, n_core, cc, cp, pc, pp, seed),
                       g_strdup_printf ("corePeriphery (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                                        ", %g, %g, %g, %g, seed=",
                                        n, n_core, cc, cp, pc, pp),
                       seed);
}

static guint64
far_nodes_random (GRand *rand)
{
  static const guint64 numbers[] = {
    CONSET_INDEX_END - 1,
    (G_GUINT64_CONSTANT (1) << 62) + 50,
    (G_GUINT64_CONSTANT (1) << 62) - 3,
    (G_GUINT64_CONSTANT (1) << 40) + 77,
    (G_GUINT64_CONSTANT (1) << 32) + 1,
  };

  return oracle_pick (rand, numbers, G_N_ELEMENTS (numbers));
}

OracleExpr *
oracle_random_graph (GRand *rand, gboolean far)
{
  static const guint64 numbers[] = { 1, 2, 3, 5, 8, 20, 63, 64, 65, 90, 130 };
  guint64 n = far ? far_nodes_random (rand) : oracle_pick (rand, numbers, G_N_ELEMENTS (numbers));
  OracleExpr *expr;

  switch (g_rand_int_range (rand, 0, far ? 7 : 8))
    {
    case 0:
      expr = ring_random (rand, n, far);
      break;
    case 1:
      expr = modular_random (rand, n);
      break;
    case 2:
      expr = hierarchical_random (rand, n);
      break;
    case 3:
      expr = core_random (rand, n);
      break;
    case 4:
      expr = grid_random (rand, far ? 3000000000 : 11);
      break;
    case 5:
      expr = regular_random (rand, n);
      break;
    case 6:
      expr = small_world_random (rand, n);
      break;
    default:
      expr = scale_free_random (rand, n);
    }
  if (!far)
    oracle_draw (expr, &(ConsetWindow){ 0, expr->n, 0, expr->n }, TRUE, NULL, rand);
  return expr;
}

/* Candidates */

/* What has more pairs is cut. */
#define MOST_PAIRS 6000

static gboolean
is_small (const OracleExpr *expr, ConsetWindow *window)
{
  return oracle_bounds (expr, window)
         && (double) (window->source_end - window->source_first)
                * (double) (window->target_end - window->target_first)
              <= MOST_PAIRS;
}

static OracleExpr *
rectangle_random (GRand *rand)
{
  static const guint64 sizes[] = { 1, 2, 5, 10, 30, 64, 65, 75 };
  guint64 n_sources = oracle_pick (rand, sizes, G_N_ELEMENTS (sizes));
  guint64 n_targets = oracle_pick (rand, sizes, G_N_ELEMENTS (sizes));

  if (oracle_chance (rand, 0.05))
    n_sources = oracle_chance (rand, 0.5) ? MOST_PAIRS : 70000, n_targets = 1;
  else if (oracle_chance (rand, 0.05))
    n_targets = MOST_PAIRS / n_sources;
  return oracle_cross_n (n_sources, n_targets);
}

OracleExpr *
oracle_random_candidates (GRand *rand, guint depth)
{
  double kind = g_rand_double (rand);
  ConsetWindow window;
  OracleExpr *expr;

  if (kind < 0.1)
    return rectangle_random (rand);
  if (kind < 0.2)
    return oracle_binary (ORACLE_DIFFERENCE, rectangle_random (rand),
                          oracle_leaf (ORACLE_ONE_TO_ONE));
  if (kind < 0.3 && depth > 0)
    return oracle_random_rule (rand, oracle_random_candidates (rand, depth - 1));
  expr = oracle_random (rand, depth);
  if (is_small (expr, &window))
    return expr;
  return oracle_binary (ORACLE_INTERSECTION, expr, rectangle_random (rand));
}

/* Numbers */

/* How many candidates there are: on each line, in all, and where any are, at least. */
typedef struct
{
  guint64 first;
  guint64 n_lines;
  guint64 *number;
  guint64 total;
  guint64 least;
} Census;

static Census
census_new (const OracleTable *table, gboolean by_target)
{
  Census census = { 0 };

  census.first = by_target ? table->window.target_first : table->window.source_first;
  census.n_lines = by_target ? table->n_targets : table->n_sources;
  census.number = g_new0 (guint64, census.n_lines + 1);
  census.least = G_MAXUINT64;
  for (guint64 j = 0; j < table->n_targets; j++)
    for (guint64 i = 0; i < table->n_sources; i++)
      census.number[by_target ? j : i] += table->m[j * table->n_sources + i] > 0;
  for (guint64 line = 0; line < census.n_lines; line++)
    {
      census.total += census.number[line];
      if (census.number[line] > 0)
        census.least = MIN (census.least, census.number[line]);
    }
  if (census.total == 0)
    census.least = 0;
  return census;
}

/* Returns: none, all, or some of @n */
static guint64
some_of (GRand *rand, guint64 n)
{
  const guint64 numbers[] = { 0, 1, n / 2, (n + 1) / 2, n - 1, n, n };

  if (n == 0 || oracle_chance (rand, 0.4))
    return range_random (rand, 0, n);
  return oracle_pick (rand, numbers, G_N_ELEMENTS (numbers));
}

static ConsetDegrees *
table_random (GRand *rand, guint64 most)
{
  double weights[20];
  gsize n = MIN (most + 1, G_N_ELEMENTS (weights));

  for (gsize k = 0; k < n; k++)
    weights[k] = oracle_chance (rand, 0.3) ? 0.0 : g_rand_double (rand);
  weights[n - 1] = 1.0;
  return conset_degrees_table (weights, n);
}

/* Returns: degrees of which none is above @most, or, @beyond, hardly any */
static ConsetDegrees *
degrees_random (GRand *rand, guint64 most, gboolean beyond)
{
  double kind = g_rand_double (rand);
  guint64 a, b;

  if (kind < 0.45)
    return conset_degrees_constant (some_of (rand, most));
  if (kind < 0.65)
    {
      a = some_of (rand, most);
      b = some_of (rand, most);
      return conset_degrees_uniform (MIN (a, b), MAX (a, b));
    }
  if (kind < 0.75)
    return conset_degrees_binomial (most, g_rand_double (rand));
  if (!beyond || kind < 0.8)
    return table_random (rand, most);
  return kind < 0.9 ? conset_degrees_poisson (g_rand_double (rand) * 5.0)
                    : conset_degrees_geometric (g_rand_double (rand) * 2.0);
}

/* A degree for each line, of those that there are candidates for unless with multapses. */
static guint64 *
list_random (GRand *rand, const Census *census, gboolean multapses)
{
  guint64 *list = g_new0 (guint64, census->first + census->n_lines);

  for (guint64 line = 0; line < census->n_lines; line++)
    list[census->first + line] =
      multapses ? range_random (rand, 0, 12) : some_of (rand, census->number[line]);
  return list;
}

#define LIST_END 1000
#define REFUSED 0.1
#define MOST_DEGREE 12

static OracleExpr *
fan_random (
  GRand *rand, OracleKind kind, gboolean multapses, const Census *census, OracleExpr *candidates)
{
  guint64 end = census->first + census->n_lines;
  OracleExpr *expr;
  guint64 *list;

  if (census->n_lines == 0 || end > LIST_END || oracle_chance (rand, 0.85))
    return oracle_fan (kind,
                       degrees_random (rand, multapses ? MOST_DEGREE : census->least, multapses),
                       multapses, seed_random (rand), candidates);
  list = list_random (rand, census, multapses);
  expr =
    oracle_fan (kind, conset_degrees_list (list, end), multapses, seed_random (rand), candidates);
  expr->list = list;
  expr->list_length = end;
  return expr;
}

/* Rules that cannot be kept */

/* Returns: (nullable): what is wrong with the refusal of @set, which it consumes, in @window */
static char *
check_refusal (Conset *set, const ConsetWindow *window, guint64 n, guint64 k)
{
  g_autoptr (Conset) owned = set;
  g_autoptr (GError) error = NULL;
  g_autofree char *numbers =
    g_strdup_printf ("has %" G_GUINT64_FORMAT " candidates for %" G_GUINT64_FORMAT, n, k);
  guint64 count;

  if (conset_count (set, window, &count, &error))
    return g_strdup_printf ("%s but gives %" G_GUINT64_FORMAT, numbers, count);
  return strstr (error->message, numbers) != NULL
           ? NULL
           : g_strdup_printf ("'%s' does not say '%s'", error->message, numbers);
}

/* Asks the rule of @expr for one connection more than there are candidates for. */
static char *
check_one_more (const OracleExpr *expr, const Census *census)
{
  ConsetWindow window = expr->drawn.window;
  g_autoptr (Conset) candidates = oracle_compose (expr->a);
  guint64 line = 0;

  if (expr->kind == ORACLE_TOTAL)
    return check_refusal (
      conset_random_total (census->total + 1, FALSE, expr->seed, conset_ref (candidates)), &window,
      census->total, census->total + 1);
  while (census->number[line] != census->least)
    line++;
  if (expr->kind == ORACLE_FAN_IN)
    {
      window.target_first += line;
      window.target_end = window.target_first + 1;
      return check_refusal (conset_random_fan_in (conset_degrees_constant (census->least + 1),
                                                  FALSE, expr->seed, conset_ref (candidates)),
                            &window, census->least, census->least + 1);
    }
  window.source_first += line;
  window.source_end = window.source_first + 1;
  return check_refusal (conset_random_fan_out (conset_degrees_constant (census->least + 1), FALSE,
                                               expr->seed, conset_ref (candidates)),
                        &window, census->least, census->least + 1);
}

/* Rules */

OracleExpr *
oracle_random_rule (GRand *rand, OracleExpr *candidates)
{
  static const OracleKind kinds[] = { ORACLE_TOTAL, ORACLE_FAN_IN, ORACLE_FAN_OUT };
  OracleKind kind = kinds[g_rand_int_range (rand, 0, G_N_ELEMENTS (kinds))];
  gboolean multapses = oracle_chance (rand, 0.4);
  ConsetWindow window;
  g_autoptr (OracleTable) table = NULL;
  OracleExpr *expr;
  Census census;
  guint64 n;

  oracle_bounds (candidates, &window);
  table = oracle_table (candidates, &window);
  census = census_new (table, kind != ORACLE_FAN_OUT);
  if (kind == ORACLE_TOTAL)
    {
      n = some_of (rand, census.total);
      if (multapses && census.total > 0)
        n = oracle_chance (rand, 0.5) ? range_random (rand, 0, 30) : n;
      expr = oracle_total (n, multapses, seed_random (rand), candidates);
    }
  else
    expr = fan_random (rand, kind, multapses, &census, candidates);
  oracle_draw (expr, &window, TRUE, table, rand);
  if (expr->drawn.wrong == NULL && census.total > 0 && conset_check (expr->drawn.set, NULL)
      && oracle_chance (rand, REFUSED))
    expr->drawn.wrong = check_one_more (expr, &census);
  g_free (census.number);
  return expr;
}

/* Of candidates that are everywhere alike the number is known, of others only that lines that
 * have any have one. */
OracleExpr *
oracle_random_endless (GRand *rand, guint64 source, guint64 target, OracleExpr *candidates)
{
  gboolean by_target = g_rand_boolean (rand), multapses = oracle_chance (rand, 0.5);
  guint64 width = range_random (rand, 1, 70), most = 1;
  OracleIndices all = { { { 0, CONSET_INDEX_END, 1 } }, 1, FALSE };
  OracleIndices some = { { { 0, width, 1 } }, 1, FALSE };
  ConsetWindow window;
  OracleTable *table;
  OracleExpr *expr;

  expr = by_target ? oracle_cross (&some, &all) : oracle_cross (&all, &some);
  if (oracle_chance (rand, 0.3))
    {
      expr = oracle_binary (ORACLE_DIFFERENCE, expr, oracle_leaf (ORACLE_ONE_TO_ONE));
      most = width - 1;
      oracle_unref (candidates);
    }
  else
    expr = oracle_binary (ORACLE_INTERSECTION, expr, candidates);
  expr = oracle_fan (by_target ? ORACLE_FAN_IN : ORACLE_FAN_OUT,
                     degrees_random (rand, multapses ? MOST_DEGREE : most, multapses), multapses,
                     seed_random (rand), expr);
  if (by_target)
    window = (ConsetWindow){ 0, width, target, MIN (target + 150, CONSET_INDEX_END) };
  else
    window = (ConsetWindow){ source, MIN (source + 150, CONSET_INDEX_END), 0, width };
  table = oracle_table (expr->a, &window);
  oracle_draw (expr, &window, FALSE, table, rand);
  oracle_table_free (table);
  expr->drawn.most = multapses ? conset_degrees_most (expr->degrees) : 1;
  return expr;
}

/* Parts */

static OracleExpr *
split_random (GRand *rand, guint depth)
{
  gboolean blocks = oracle_chance (rand, 0.4);
  OracleExpr *set =
    blocks ? oracle_random_candidates (rand, depth - 1) : oracle_random (rand, depth - 1);
  guint64 n_ranks = range_random (rand, 1, oracle_chance (rand, 0.8) ? 5 : 200);

  return oracle_split (blocks, g_rand_boolean (rand), range_random (rand, 0, n_ranks - 1), n_ranks,
                       set);
}

OracleExpr *
oracle_random_part (GRand *rand, guint depth)
{
  guint n_masks = g_rand_int_range (rand, 1, ORACLE_MOST_MASKS + 1);
  OracleExpr *set;

  if (oracle_chance (rand, 0.5))
    return split_random (rand, depth);
  set = oracle_random (rand, depth - 1);
  return oracle_partition (g_rand_int_range (rand, 0, n_masks), n_masks, set,
                           oracle_random (rand, g_rand_int_range (rand, 0, MIN (depth, 3))));
}

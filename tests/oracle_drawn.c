/* SPDX-License-Identifier: MIT */
/*
 * What the oracle has to ask the library for: the members of random sets.
 *
 * A set that draws pair by pair is asked pair by pair. Of a rule that draws from candidates, and
 * of a graph, all members of a window are taken once, by a route chosen at random: in either order,
 * by lines, by points, by parts, or from a list of the candidates in place of the operand. Whatever
 * route that was, the library is then held against these members, and they are held
 * against the rule: every number is exact, all members are candidates, which the oracle has
 * evaluated, and none is there twice where that is forbidden.
 */
#include "support.h"

#include <stdlib.h>
#include <string.h>

void
oracle_drawn_clear (OracleDrawn *drawn)
{
  g_clear_pointer (&drawn->set, conset_unref);
  g_clear_pointer (&drawn->members, pair_list_free);
  g_clear_pointer (&drawn->wrong, g_free);
}

/* Questions */

/* Returns: the place of the first of @list, which is sorted, that is not before (@i, @j) */
static gsize
list_find (const PairList *list, guint64 i, guint64 j)
{
  gsize low = 0;
  gsize high = pair_list_length (list);

  while (low < high)
    {
      gsize middle = low + (high - low) / 2;
      guint64 target = pair_list_target (list, middle);

      if (target < j || (target == j && pair_list_source (list, middle) < i))
        low = middle + 1;
      else
        high = middle;
    }
  return low;
}

guint64
oracle_drawn_multiplicity (const OracleExpr *expr, guint64 i, guint64 j)
{
  const OracleDrawn *drawn = &expr->drawn;

  if (drawn->members != NULL && oracle_in_window (&drawn->window, i, j))
    return list_find (drawn->members, i + 1, j) - list_find (drawn->members, i, j);
  return drawn->whole ? 0 : conset_multiplicity (drawn->set, i, j);
}

/* Adds what @list has in the window of @table. */
static void
table_add (OracleTable *table, const PairList *list)
{
  const ConsetWindow *window = &table->window;
  gsize k = list_find (list, window->source_first, window->target_first);

  for (; k < pair_list_length (list) && pair_list_target (list, k) < window->target_end; k++)
    {
      guint64 i = pair_list_source (list, k);
      guint64 j = pair_list_target (list, k);

      if (oracle_in_window (window, i, j))
        table->m[(j - window->target_first) * table->n_sources + (i - window->source_first)]++;
    }
}

static gboolean
is_within (const ConsetWindow *window, const ConsetWindow *outer)
{
  return window->source_first >= outer->source_first && window->source_end <= outer->source_end
         && window->target_first >= outer->target_first && window->target_end <= outer->target_end;
}

void
oracle_drawn_fill (OracleTable *table, const OracleExpr *expr)
{
  const OracleDrawn *drawn = &expr->drawn;
  g_autoptr (PairList) list = NULL;

  if (drawn->members != NULL && (drawn->whole || is_within (&table->window, &drawn->window)))
    table_add (table, drawn->members);
  else if (!drawn->whole)
    {
      list = pair_list_of_set (drawn->set, &table->window, CONSET_TARGET_MAJOR, NULL);
      if (list != NULL)
        table_add (table, list);
    }
}

/* Routes: each appends the members of a window to a list, in any order of them */

typedef struct
{
  const Conset *set;
  const ConsetWindow *window;
  GRand *rand;
  PairList *list;
} Route;

static gboolean
route_iterate (const Route *route, const ConsetWindow *window, ConsetOrder order, GError **error)
{
  g_autoptr (PairList) list = pair_list_of_set (route->set, window, order, error);

  if (list == NULL)
    return FALSE;
  g_array_append_vals (route->list->sources, list->sources->data, list->sources->len);
  g_array_append_vals (route->list->targets, list->targets->data, list->targets->len);
  return TRUE;
}

static gboolean
route_by_targets (const Route *route, GError **error)
{
  return route_iterate (route, route->window, CONSET_TARGET_MAJOR, error);
}

static gboolean
route_by_sources (const Route *route, GError **error)
{
  return route_iterate (route, route->window, CONSET_SOURCE_MAJOR, error);
}

/* A number in [@first, @end], all of which are as far apart as memory allows. */
static guint64
between (GRand *rand, guint64 first, guint64 end)
{
  return first + (guint64) (g_rand_double (rand) * (end - first + 1));
}

/* Four parts, each in an order of its own. */
static gboolean
route_by_parts (const Route *route, GError **error)
{
  const ConsetWindow *window = route->window;
  guint64 i = between (route->rand, window->source_first, window->source_end);
  guint64 j = between (route->rand, window->target_first, window->target_end);
  const ConsetWindow parts[] = {
    { window->source_first, i, window->target_first, j },
    { i, window->source_end, window->target_first, j },
    { window->source_first, i, j, window->target_end },
    { i, window->source_end, j, window->target_end },
  };

  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    if (!route_iterate (route, &parts[k],
                        g_rand_boolean (route->rand) ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR,
                        error))
      return FALSE;
  return TRUE;
}

static gboolean
route_by_lines (const Route *route, GError **error)
{
  const ConsetWindow *window = route->window;

  for (guint64 line = window->target_first; line < window->target_end; line++)
    {
      GError *failure = NULL;
      gsize n;
      g_autofree guint64 *sources = conset_sources_of (route->set, line, window->source_first,
                                                       window->source_end, &n, &failure);

      if (failure != NULL)
        {
          g_propagate_error (error, failure);
          return FALSE;
        }
      g_array_append_vals (route->list->sources, sources, n);
      for (gsize k = 0; k < n; k++)
        g_array_append_val (route->list->targets, line);
    }
  return TRUE;
}

static gboolean
route_by_points (const Route *route, GError **error G_GNUC_UNUSED)
{
  const ConsetWindow *window = route->window;

  for (guint64 j = window->target_first; j < window->target_end; j++)
    for (guint64 i = window->source_first; i < window->source_end; i++)
      for (guint64 m = conset_multiplicity (route->set, i, j); m > 0; m--)
        pair_list_add (route->list, i, j);
  return TRUE;
}

/* Whether one may look at each pair, at each line, of a window */
#define MOST_POINTS 300
#define MOST_LINES 60

typedef gboolean (*RouteFunc) (const Route *route, GError **error);

static RouteFunc
route_choose (const ConsetWindow *window, GRand *rand)
{
  static const RouteFunc routes[] = { route_by_targets, route_by_sources, route_by_parts,
                                      route_by_lines, route_by_points };
  guint64 n_sources = window->source_end - window->source_first;
  guint64 n_targets = window->target_end - window->target_first;
  gboolean few_lines = n_targets <= MOST_LINES && window->source_end < CONSET_INDEX_END;
  gboolean few_points = n_targets <= MOST_POINTS && n_sources <= MOST_POINTS / (n_targets + 1);

  return routes[g_rand_int_range (rand, 0, 3 + few_lines + (few_lines && few_points))];
}

typedef struct
{
  guint64 target;
  guint64 source;
} Pair;

static int
pair_compare (const void *a, const void *b)
{
  const Pair *one = a;
  const Pair *other = b;

  if (one->target != other->target)
    return one->target < other->target ? -1 : 1;
  return (one->source > other->source) - (one->source < other->source);
}

static void
list_sort (PairList *list)
{
  gsize n = pair_list_length (list);
  g_autofree Pair *pairs = g_new (Pair, n + 1);

  for (gsize k = 0; k < n; k++)
    pairs[k] = (Pair){ pair_list_target (list, k), pair_list_source (list, k) };
  qsort (pairs, n, sizeof *pairs, pair_compare);
  for (gsize k = 0; k < n; k++)
    {
      g_array_index (list->sources, guint64, k) = pairs[k].source;
      g_array_index (list->targets, guint64, k) = pairs[k].target;
    }
}

static PairList *
take_members (const Conset *set, const ConsetWindow *window, GRand *rand, GError **error)
{
  g_autoptr (PairList) list = pair_list_new ();
  const Route route = { set, window, rand, list };

  if (!route_choose (window, rand) (&route, error))
    return NULL;
  list_sort (list);
  return g_steal_pointer (&list);
}

/* The same rule as @expr with other candidates, which it consumes. */
static Conset *
rule_on (const OracleExpr *expr, Conset *candidates)
{
  if (expr->kind == ORACLE_TOTAL)
    return conset_random_total (expr->m, expr->flag, expr->seed, candidates);
  if (expr->kind == ORACLE_FAN_IN)
    return conset_random_fan_in (conset_degrees_ref (expr->degrees), expr->flag, expr->seed,
                                 candidates);
  return conset_random_fan_out (conset_degrees_ref (expr->degrees), expr->flag, expr->seed,
                                candidates);
}

/* The rule of @expr, drawing from a list of what @candidates have. */
static Conset *
rule_on_list (const OracleExpr *expr, const OracleTable *candidates)
{
  g_autoptr (PairList) list = pair_list_of_table (candidates, CONSET_TARGET_MAJOR);

  return rule_on (expr,
                  conset_explicit ((const guint64 *) list->sources->data,
                                   (const guint64 *) list->targets->data, pair_list_length (list)));
}

/* Whether the rules are kept; each check returns what is wrong, or NULL */

static guint64
list_most (const PairList *list)
{
  guint64 most = 0;
  gsize first = 0;

  for (gsize k = 0; k < pair_list_length (list); k++)
    {
      if (pair_list_source (list, k) != pair_list_source (list, first)
          || pair_list_target (list, k) != pair_list_target (list, first))
        first = k;
      most = MAX (most, k - first + 1);
    }
  return most;
}

static char *
check_candidates (const OracleExpr *expr)
{
  const PairList *members = expr->drawn.members;

  for (gsize k = 0; k < pair_list_length (members); k++)
    {
      guint64 i = pair_list_source (members, k);
      guint64 j = pair_list_target (members, k);

      if (oracle_multiplicity (expr->a, i, j) == 0)
        return g_strdup_printf (
          "(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ") was drawn and is no candidate", i, j);
    }
  if (!expr->flag && expr->drawn.most > 1)
    return g_strdup ("drawn twice without multapses");
  return NULL;
}

static char *
check_total (const OracleExpr *expr)
{
  gsize n = pair_list_length (expr->drawn.members);

  return !expr->drawn.whole || n == (guint64) expr->m
           ? NULL
           : g_strdup_printf ("%" G_GSIZE_FORMAT " connections of %" G_GINT64_FORMAT, n, expr->m);
}

/* The degree of @line: that which it has where there is a single candidate. */
static guint64
degree_of_line (const OracleExpr *expr, guint64 line)
{
  gboolean by_target = expr->kind == ORACLE_FAN_IN;
  ConsetIntervals *lines = conset_intervals_range (line, line + 1, 1);
  ConsetIntervals *first = conset_intervals_range (0, 1, 1);
  Conset *single = by_target ? conset_cross (first, lines) : conset_cross (lines, first);
  g_autoptr (Conset) set = NULL;

  set = by_target
          ? conset_random_fan_in (conset_degrees_ref (expr->degrees), TRUE, expr->seed, single)
          : conset_random_fan_out (conset_degrees_ref (expr->degrees), TRUE, expr->seed, single);
  return by_target ? conset_multiplicity (set, 0, line) : conset_multiplicity (set, line, 0);
}

static char *
check_line (const OracleExpr *expr, guint64 line, gboolean has_candidates, guint64 degree)
{
  guint64 expected;

  if (!has_candidates)
    expected = 0;
  else if (expr->list != NULL)
    expected = expr->list[line];
  else
    expected = degree_of_line (expr, line);
  if (degree == expected
      && (!has_candidates
          || (degree >= conset_degrees_least (expr->degrees)
              && degree <= conset_degrees_most (expr->degrees))))
    return NULL;
  return g_strdup_printf ("line %" G_GUINT64_FORMAT " has %" G_GUINT64_FORMAT
                          " connections of %" G_GUINT64_FORMAT,
                          line, degree, expected);
}

static char *
check_degrees (const OracleExpr *expr, const OracleTable *candidates)
{
  gboolean by_target = expr->kind == ORACLE_FAN_IN;
  const ConsetWindow *window = &expr->drawn.window;
  const PairList *members = expr->drawn.members;
  guint64 first = by_target ? window->target_first : window->source_first;
  guint64 n_lines = by_target ? candidates->n_targets : candidates->n_sources;
  guint64 n_along = by_target ? candidates->n_sources : candidates->n_targets;
  g_autofree guint64 *degrees = g_new0 (guint64, n_lines + 1);
  char *wrong = NULL;

  for (gsize k = 0; k < pair_list_length (members); k++)
    degrees[(by_target ? pair_list_target (members, k) : pair_list_source (members, k)) - first]++;
  for (guint64 line = 0; line < n_lines && wrong == NULL; line++)
    {
      gboolean some = FALSE;

      for (guint64 k = 0; k < n_along && !some; k++)
        some = candidates->m[by_target ? line * n_along + k : k * n_lines + line] > 0;
      wrong = check_line (expr, first + line, some, degrees[line]);
    }
  return wrong;
}

/* That the members by another route are the same. */
static char *
check_again (const OracleExpr *expr, const OracleTable *candidates, GRand *rand)
{
  const OracleDrawn *drawn = &expr->drawn;
  g_autoptr (GError) error = NULL;
  g_autoptr (PairList) again = NULL;
  g_autoptr (Conset) other = NULL;

  if (candidates != NULL && drawn->whole && g_rand_boolean (rand))
    other = rule_on_list (expr, candidates);
  again = take_members (other != NULL ? other : drawn->set, &drawn->window, rand, &error);
  return error != NULL ? g_strdup (error->message) : pair_list_difference (again, drawn->members);
}

#define AGAIN 0.3

void
oracle_draw (OracleExpr *expr,
             const ConsetWindow *window,
             gboolean whole,
             const OracleTable *candidates,
             GRand *rand)
{
  OracleDrawn *drawn = &expr->drawn;
  g_autoptr (GError) error = NULL;

  drawn->window = *window;
  drawn->whole = whole;
  drawn->members = take_members (drawn->set, window, rand, &error);
  if (drawn->members == NULL)
    {
      drawn->members = pair_list_new ();
      drawn->wrong = conset_check (drawn->set, NULL) ? g_strdup (error->message) : NULL;
      return;
    }
  drawn->most = list_most (drawn->members);
  if (expr->a != NULL)
    drawn->wrong = check_candidates (expr);
  if (drawn->wrong == NULL && expr->kind == ORACLE_TOTAL)
    drawn->wrong = check_total (expr);
  else if (drawn->wrong == NULL && candidates != NULL && expr->degrees != NULL)
    drawn->wrong = check_degrees (expr, candidates);
  if (drawn->wrong == NULL && g_rand_double (rand) < AGAIN)
    drawn->wrong = check_again (expr, candidates, rand);
}

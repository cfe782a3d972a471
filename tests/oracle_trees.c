/* SPDX-License-Identifier: MIT */
/*
 * Which random trees are tried, and where they are looked at: near the origin, far from it, and
 * rules that draw from candidates, where most of their members are.
 */
#include "support.h"

#define MAX_DEPTH 8

/* Near the origin */

OracleExpr *
oracle_near_tree (GRand *rand, ConsetWindow *window)
{
  *window = oracle_window (rand);
  return oracle_random (rand, g_rand_int_range (rand, 0, MAX_DEPTH + 1));
}

/* A rule on top, or of something simple, where most of its members are. */
OracleExpr *
oracle_rule_tree (GRand *rand, ConsetWindow *window)
{
  OracleExpr *expr =
    oracle_random_rule (rand, oracle_random_candidates (rand, g_rand_int_range (rand, 0, 5)));

  window->source_first = g_rand_int_range (rand, 0, 30);
  window->target_first = g_rand_int_range (rand, 0, 30);
  window->source_end = window->source_first + g_rand_int_range (rand, 1, 100);
  window->target_end = window->target_first + g_rand_int_range (rand, 1, 100);
  switch (g_rand_int_range (rand, 0, 8))
    {
    case 0:
      return oracle_unary (ORACLE_COMPLEMENT, expr);
    case 1:
      return oracle_unary (ORACLE_TRANSPOSE, expr);
    case 2:
      return oracle_binary (ORACLE_INTERSECTION, expr, oracle_random (rand, 2));
    case 3:
      return oracle_binary (ORACLE_DIFFERENCE, oracle_random (rand, 2), expr);
    default:
      return expr;
    }
}

/* Far from the origin */

static const guint64 far_bases[] = {
  G_GUINT64_CONSTANT (1) << 62,
  (G_GUINT64_CONSTANT (1) << 62) - 20,
  (G_GUINT64_CONSTANT (1) << 63) - 100,
  G_GUINT64_CONSTANT (1) << 53,
  G_GUINT64_CONSTANT (1) << 40,
  (G_GUINT64_CONSTANT (1) << 32) - 30,
  0,
};

static ConsetWindow
far_window (GRand *rand)
{
  ConsetWindow window;

  window.source_first = far_bases[g_rand_int_range (rand, 0, G_N_ELEMENTS (far_bases))];
  window.target_first = far_bases[g_rand_int_range (rand, 0, G_N_ELEMENTS (far_bases))];
  window.source_end = window.source_first + g_rand_int_range (rand, 1, 101);
  window.target_end = window.target_first + g_rand_int_range (rand, 1, 101);
  return window;
}

/* Returns: a rule or a graph with members where @window is */
static OracleExpr *
far_rule_random (GRand *rand, const ConsetWindow *window)
{
  OracleExpr *candidates;

  if (g_rand_double (rand) < 0.3)
    return oracle_random_graph (rand, TRUE);
  if (g_rand_double (rand) < 0.5)
    return oracle_random_endless (rand, window->source_first, window->target_first,
                                  oracle_random (rand, MAX_DEPTH / 2));
  candidates = oracle_random_candidates (rand, MAX_DEPTH / 2);
  return oracle_random_rule (
    rand, oracle_reshape (ORACLE_SHIFT, window->source_first, window->target_first, candidates));
}

/* Returns: an expression with members where @window is */
static OracleExpr *
far_random (GRand *rand, const ConsetWindow *window)
{
  OracleExpr *near = oracle_random (rand, MAX_DEPTH - 2);
  gint64 m = window->source_first;
  gint64 n = window->target_first;
  int kind = g_rand_int_range (rand, 0, 6);

  if (kind >= 4)
    {
      oracle_unref (near);
      near = far_rule_random (rand, window);
      return g_rand_boolean (rand)
               ? near
               : oracle_binary (ORACLE_SYMMETRIC_DIFFERENCE, oracle_random (rand, 3), near);
    }
  if (kind == 0)
    near = oracle_reshape (ORACLE_REPEAT, m + 1, n + 1, near);
  else if (kind == 1)
    near = oracle_reshape (ORACLE_BLOCK, m / 7 + 1, n / 5 + 1, near);
  else
    near = oracle_reshape (ORACLE_SHIFT, m, n, near);
  if (kind == 2)
    near = oracle_binary (ORACLE_SYMMETRIC_DIFFERENCE, oracle_random (rand, MAX_DEPTH - 1), near);
  return near;
}

OracleExpr *
oracle_far_tree (GRand *rand, ConsetWindow *window)
{
  *window = far_window (rand);
  return far_random (rand, window);
}

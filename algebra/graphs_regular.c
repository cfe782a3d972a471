/* SPDX-License-Identifier: MIT */
/*
 * Regular: each node to k others, every choice of which is equally likely.
 *
 * It is random(fanOut=k, multapses=False) * (cross(n, n) - oneToOne), of a seed drawn from the
 * one given.
 */
#include <conset/graphs.h>
#include <conset/random.h>
#include <conset/set.h>

#include "named.h"
#include "random.h"

/* The lane of the key that draws the seed: apart from those of graphs_modules.c. */
#define LANE 16

/* Reducer: without connections it is empty. */
Conset *
conset_regular (guint64 n, guint64 k, guint64 seed)
{
  ConsetKey key = conset_key (seed, CONSET_RULE_PARTS, LANE);
  Conset *pairs;

  if (k >= n || n >= CONSET_INDEX_END)
    return conset_error_new ("regular(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                             "): k must be below the number of nodes, and that below 2^63",
                             n, k);
  if (k == 0)
    return conset_empty ();
  pairs = conset_difference (conset_cross_n (n, n), conset_one_to_one ());
  pairs =
    conset_random_fan_out (conset_degrees_constant (k), FALSE, conset_draw_64 (&key, 0, 0), pairs);
  return conset_named_new (g_strdup_printf ("regular(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                                            ", seed=%" G_GUINT64_FORMAT ")",
                                            n, k, seed),
                           &pairs, 1);
}

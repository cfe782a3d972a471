/* SPDX-License-Identifier: MIT */
/*
 * Graphs: sets of connections among n nodes, sources and targets alike numbered from 0 to n - 1.
 *
 * They are sets like all others, to be shifted, intersected and streamed. None has autapses.
 * Those that are random take a seed, and are a function of their arguments and the seed
 * alone. How much of a graph has to be drawn to see a part of it differs, and is said of each.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/* Lattices: not random; any part costs O(its connections), and the rows of a grid that are near */

/**
 * conset_ring:
 * @n: number of nodes
 * @k: number of neighbours on a side; 2 @k < @n for both sides, @k < @n for one
 * @both_sides: whether nodes connect to those before them as well as to those behind
 *
 * { (i, (i + d) mod n) : 1 <= d <= k }, and (i, (i - d) mod n) with @both_sides.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_ring            (guint64             n,
                                              guint64             k,
                                              gboolean            both_sides)
                                              G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetNeighbourhood:
 * @CONSET_VON_NEUMANN: rows and columns apart, added up, are at most the radius: a diamond
 * @CONSET_MOORE: each of them is at most the radius: a square
 */
typedef enum
{
  CONSET_VON_NEUMANN,
  CONSET_MOORE,
} ConsetNeighbourhood;

/**
 * conset_grid_neighbours:
 * @rows: number of rows, at least 1
 * @columns: number of columns, at least 1
 * @radius: how far neighbours may lie apart, in cells
 * @neighbourhood: how that is measured
 * @periodic: whether rows and columns close to rings
 *
 * Node r @columns + c is the cell in row r and column c. Every cell connects to all other
 * cells within the radius; each once, even if it is near in more than one way round.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_grid_neighbours (guint64             rows,
                                              guint64             columns,
                                              guint64             radius,
                                              ConsetNeighbourhood neighbourhood,
                                              gboolean            periodic)
                                              G_GNUC_WARN_UNUSED_RESULT;

/* Random graphs */

/**
 * conset_regular:
 * @n: number of nodes
 * @k: connections of each source, below @n
 * @seed: names the draw
 *
 * Each node connects to @k others, every choice of which is equally likely: what
 * conset_random_fan_out() draws from all pairs of different nodes, with a seed of its own. Costs
 * are the same.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_regular          (guint64 n,
                                               guint64 k,
                                               guint64 seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_small_world:
 * @n: number of nodes
 * @k: connections of each source, an even number below @n, at most 65,536
 * @p: probability that a connection is rewired, in [0, 1]
 * @seed: names the draw
 *
 * Watts and Strogatz (1998), directed: from each node i to the @k / 2 nodes on either side on
 * a ring; then each connection in turn (to i + 1, i - 1, i + 2, ...) is rewired with
 * probability @p, to a node chosen uniformly among those that are neither i nor one of its
 * targets at that time. So every out-degree is exactly @k. A node whose targets are all the
 * others cannot be rewired.
 *
 * What a source draws depends on (@seed, source) alone: a part of some sources costs O(@k) draws
 * for each of them, whatever n. In target-major order the lines of all sources in the window
 * are drawn for about 10^6 / @k targets at a time, which then cost nothing more: O(@n @k) for
 * the first target, and in all (@n @k)^2 / 10^6 where that is more than @n @k.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_small_world      (guint64 n,
                                               guint64 k,
                                               double  p,
                                               guint64 seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_modular:
 * @n: number of nodes
 * @n_modules: number of modules, from 1 to @n
 * @p_intra: probability of a connection within a module
 * @p_inter: probability of a connection between modules
 * @seed: names the draw
 *
 * Modules are contiguous ranges of nodes, whose lengths differ by at most 1, the longer ones
 * first. Each pair of different nodes is connected independently: any part is drawn alone.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_modular          (guint64 n,
                                               guint64 n_modules,
                                               double  p_intra,
                                               double  p_inter,
                                               guint64 seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_modular_sizes:
 * @sizes: (array length=n_modules): number of nodes of each module, at least 1; copied
 * @n_modules: number of modules, at least 1
 *
 * As conset_modular(), with modules of given sizes, one behind the other.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_modular_sizes    (const guint64 *sizes,
                                               gsize          n_modules,
                                               double         p_intra,
                                               double         p_inter,
                                               guint64        seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_hierarchical:
 * @n: number of nodes
 * @n_levels: number of levels, from 1 to @n
 * @recurrent: probability of a connection within a level
 * @feedforward: ... from a level to the next one
 * @feedback: ... from a level to the one before it
 * @skip: ... from a level to those beyond the next
 * @seed: names the draw
 *
 * Levels are contiguous ranges of nodes, whose lengths differ by at most 1, the longer ones
 * first. Each pair of different nodes is connected independently: any part is drawn alone.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_hierarchical       (guint64        n,
                                                 guint64        n_levels,
                                                 double         recurrent,
                                                 double         feedforward,
                                                 double         feedback,
                                                 double         skip,
                                                 guint64        seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_hierarchical_sizes:
 * @sizes: (array length=n_levels): number of nodes of each level, at least 1; copied
 * @n_levels: number of levels, at least 1
 *
 * As conset_hierarchical(), with levels of given sizes, one behind the other.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_hierarchical_sizes (const guint64 *sizes,
                                                 gsize          n_levels,
                                                 double         recurrent,
                                                 double         feedforward,
                                                 double         feedback,
                                                 double         skip,
                                                 guint64        seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_core_periphery:
 * @n: number of nodes
 * @n_core: number of nodes of the core, which come first; at most @n
 * @core_core: probability of a connection within the core
 * @core_periphery: ... from the core to the periphery
 * @periphery_core: ... from the periphery to the core
 * @periphery_periphery: ... within the periphery
 * @seed: names the draw
 *
 * Each pair of different nodes is connected independently: any part is drawn alone.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_core_periphery   (guint64 n,
                                               guint64 n_core,
                                               double  core_core,
                                               double  core_periphery,
                                               double  periphery_core,
                                               double  periphery_periphery,
                                               guint64 seed) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_scale_free:
 * @n: number of nodes, at least max (@m, 2), below 2^32
 * @m: connections of each new node, at least 1
 * @seed: names the draw
 *
 * Barabasi and Albert (1999): the first max (@m, 2) nodes all know one another; each further
 * node attaches to @m different older ones, chosen one after the other with probability
 * proportional to their degree before it came, among those not chosen yet. Every attachment
 * is two connections, one in each direction: the set is symmetric.
 *
 * Who attaches to whom depends on all attachments before, so the graph has to be drawn whole:
 * it is when it is first looked at, by any thread, and kept as long as the set. That
 * takes O(@n @m log @n), about 0.2 us a connection, and 4 bytes a connection. Its number of
 * connections is known without; more than 2^40 of them are an error.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_scale_free       (guint64 n,
                                               guint64 m,
                                               guint64 seed) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

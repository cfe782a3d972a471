/* SPDX-License-Identifier: MIT */
/*
 * The edges of a population of a SONATA file, and their indices: how many there are, the datasets
 * that hold them, and the numbers in these.
 */
#pragma once

#include "export.h"
#include "hdf5_column.h"

G_BEGIN_DECLS

/** The datasets of an index: two numbers for each node, which are rows of the other, whose two
 * numbers are a range of edges. */
#define CONSET_SONATA_NODES "node_id_to_ranges"
#define CONSET_SONATA_RANGES "range_to_edge_id"

/**
 * What is known of the edges before any is written; of it, what ranks share:
 *
 * @own: the window of this rank
 * @first_target, @end_target: whose rows of the index by targets it writes
 * @n_edges, @n_own, @first_edge: edges of all, of this rank, and the number of its first
 * @n_ranges, @first_range: ranges of the index by targets, one for each that has edges
 * @n_runs: ranges of the index by sources, one for each pair
 * @first_runs: (nullable): the first of this rank for each source
 * @runs: (nullable): how many there are of each source, on all ranks
 */
typedef struct
{
  ConsetWindow own;
  guint64      first_target;
  guint64      end_target;
  guint64      n_edges;
  guint64      n_own;
  guint64      first_edge;
  guint64      n_ranges;
  guint64      first_range;
  guint64      n_runs;
  guint64     *first_runs;
  guint64     *runs;
} ConsetEdgeCounts;

/** The datasets, those of indices NULL if there is no such index. From @first on they are those of
 * the edges and of the index by targets, from @first_by_sources on of that by sources, up to @end. */
typedef struct
{
  ConsetHdf5Column  *sources;
  ConsetHdf5Column  *targets;
  ConsetHdf5Column  *numbers;
  ConsetHdf5Column **values;
  ConsetHdf5Column  *target_nodes;
  ConsetHdf5Column  *target_ranges;
  ConsetHdf5Column  *source_nodes;
  ConsetHdf5Column  *source_ranges;
  guint              first;
  guint              first_by_sources;
  guint              end;
} ConsetEdgeColumns;

/** A population; to be zeroed but for the first two. */
typedef struct
{
  const ConsetExport     *export;
  const ConsetExportPart *part;
  ConsetEdgeCounts        counts;
  ConsetEdgeColumns       columns;
} ConsetEdges;

void     conset_edges_clear       (ConsetEdges       *edges);

/** Evaluates the set once, all ranks together. */
gboolean conset_edges_count       (ConsetEdges       *edges,
                                   GError           **error);

/** Adds the datasets to @writer, in the group "edges/@name". */
void     conset_edges_add_columns (ConsetEdges       *edges,
                                   ConsetHdf5Writer  *writer,
                                   const char        *name);

/** Fills the datasets, all ranks together. */
gboolean conset_edges_write       (ConsetEdges       *edges,
                                   ConsetHdf5Writer  *writer,
                                   GError           **error);

G_END_DECLS

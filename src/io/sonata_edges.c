/* SPDX-License-Identifier: MIT */
/*
 * Edges of SONATA files: see sonata_edges.h.
 *
 * The set is evaluated twice. The first time its connections are counted, so that the datasets have
 * their sizes and each rank its place in them; the second time they are written. Each rank looks at
 * its own targets, whose edges follow each other in the file, and so do those of the ranks.
 * Counting leaves values alone, and is quick beside writing.
 *
 * The index by targets has one range for each target that has edges, which comes with these. For
 * the index by sources the set is evaluated once more, source-major: as the sources of each target
 * ascend in both orders, the edge of (i, j) is the next of target j. It has a range for each pair,
 * however ranges may touch: so the ranges of a source are those of rank after rank, and all that is
 * to be known of other ranks is how many they have of each source. This index takes 8 bytes a
 * target of the rank, and 16 a source, on each rank.
 */
#include "sonata_edges.h"

#include "sonata.h"

#include <conset/partition.h>

void
conset_edges_clear (ConsetEdges *edges)
{
  g_free (edges->counts.first_runs);
  g_free (edges->counts.runs);
  g_free (edges->columns.values);
}

static gboolean
edges_are_indexed (const ConsetEdges *edges, ConsetIndexing by)
{
  return (edges->export->indexing & by) != 0;
}

static gboolean
fail_memory (GError **error)
{
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                       "the nodes do not fit the memory, as an index by sources needs");
  return FALSE;
}

/* {{{ counting */

/* @lines: targets with edges; @runs: for each source, the pairs it is part of. */
typedef struct
{
  guint64 n;
  guint64 lines;
  guint64 *runs;
  gboolean any;
  guint64 source;
  guint64 target;
} Count;

static gboolean
count_take (const ConsetBatch *batch, gpointer user_data, GError **error G_GNUC_UNUSED)
{
  Count *count = user_data;

  if (batch->n == 0)
    return TRUE;
  if (!count->any || count->target != batch->line)
    {
      count->lines++;
      count->source = G_MAXUINT64;
    }
  count->any = TRUE;
  count->n += batch->n;
  count->target = batch->line;
  for (gsize k = 0; count->runs != NULL && k < batch->n; k++)
    {
      count->runs[batch->indices[k]] += batch->indices[k] != count->source;
      count->source = batch->indices[k];
    }
  return TRUE;
}

/* Counts what is in the window of this rank. */
static gboolean
edges_count_own (const ConsetEdges *edges, Count *count, GError **error)
{
  g_autoptr (Conset) mask = conset_mask (conset_ref (edges->part->shown));
  const ConsetWindow *own = &edges->counts.own;
  ConsetTask *task = edges->export->task;

  if (edges->export->indexing == CONSET_INDEX_NONE)
    return conset_parallel_count (mask, own, task, &count->n, error);
  if (edges_are_indexed (edges, CONSET_INDEX_SOURCES))
    {
      count->runs = g_try_new0 (guint64, MAX (edges->part->n_sources, 1));
      if (count->runs == NULL)
        return fail_memory (error);
    }
  return conset_parallel_foreach (mask, own, CONSET_TARGET_MAJOR, task, count_take, count, error);
}

/* What this rank has of what all ranks have: before it, and in all. */
static void
sum_up (const ConsetRanks *ranks, guint64 *numbers, guint64 *all, gsize n)
{
  if (ranks != NULL)
    {
      ranks->sum (numbers, all, n, ranks->user_data);
      return;
    }
  for (gsize k = 0; k < n; k++)
    {
      all[k] = numbers[k];
      numbers[k] = 0;
    }
}

/* From how many ranges there are of each source to where each has its first. */
static void
counts_add_runs (ConsetEdgeCounts *counts, const ConsetRanks *ranks, guint64 n_sources)
{
  sum_up (ranks, counts->first_runs, counts->runs, n_sources);
  for (guint64 k = 0; k < n_sources; k++)
    {
      counts->first_runs[k] += counts->n_runs;
      counts->n_runs += counts->runs[k];
    }
}

gboolean
conset_edges_count (ConsetEdges *edges, GError **error)
{
  const ConsetExportPart *part = edges->part;
  const ConsetRanks *ranks = edges->export->ranks;
  guint64 rank = ranks != NULL ? ranks->rank : 0, n_ranks = ranks != NULL ? ranks->n_ranks : 1;
  ConsetEdgeCounts *counts = &edges->counts;
  Count count = { 0 };
  guint64 numbers[2], all[2];
  gboolean good;

  good = conset_rank_window (part->shown, &part->window, CONSET_TARGET_MAJOR, rank, n_ranks,
                             &counts->own, error)
         && edges_count_own (edges, &count, error);
  counts->first_runs = count.runs;
  if (good && count.runs != NULL)
    {
      counts->runs = g_try_new (guint64, MAX (part->n_sources, 1));
      good = counts->runs != NULL || fail_memory (error);
    }
  if (ranks != NULL)
    good = ranks->agree (good, ranks->user_data, error);
  if (!good)
    return FALSE;
  numbers[0] = counts->n_own = count.n;
  numbers[1] = count.lines;
  sum_up (ranks, numbers, all, 2);
  counts->first_edge = numbers[0];
  counts->n_edges = all[0];
  counts->first_range = numbers[1];
  counts->n_ranges = all[1];
  counts->first_target = rank == 0 ? 0 : counts->own.target_first;
  counts->end_target = rank + 1 == n_ranks ? part->n_targets : counts->own.target_end;
  if (count.runs != NULL)
    counts_add_runs (counts, ranks, part->n_sources);
  return TRUE;
}

/* }}} */
/* {{{ datasets */

void
conset_edges_add_columns (ConsetEdges *edges, ConsetHdf5Writer *writer, const char *name)
{
  const ConsetExportPart *part = edges->part;
  const ConsetEdgeCounts *counts = &edges->counts;
  ConsetEdgeColumns *columns = &edges->columns;

#define ADD(format, argument, width, is_real, n)                                                   \
  conset_hdf5_column_add (writer, g_strdup_printf ("edges/%s/" format, name, argument), width,     \
                          is_real, n)
  columns->first = writer->columns->len;
  columns->sources = ADD ("%s", "source_node_id", 1, FALSE, counts->n_edges);
  columns->targets = ADD ("%s", "target_node_id", 1, FALSE, counts->n_edges);
  columns->values = g_new0 (ConsetHdf5Column *, part->n_columns + 1);
  for (guint k = 0; k < part->n_columns; k++)
    columns->values[k] =
      ADD ("0/%s", conset_sonata_name (part->columns[k].name), 1, TRUE, counts->n_edges);
  columns->numbers = ADD ("%s", "edge_group_index", 1, FALSE, counts->n_edges);
  if (edges_are_indexed (edges, CONSET_INDEX_TARGETS))
    {
      columns->target_nodes =
        ADD ("indices/target_to_source/%s", CONSET_SONATA_NODES, 2, FALSE, part->n_targets);
      columns->target_ranges =
        ADD ("indices/target_to_source/%s", CONSET_SONATA_RANGES, 2, FALSE, counts->n_ranges);
    }
  columns->first_by_sources = writer->columns->len;
  if (edges_are_indexed (edges, CONSET_INDEX_SOURCES))
    {
      columns->source_nodes =
        ADD ("indices/source_to_target/%s", CONSET_SONATA_NODES, 2, FALSE, part->n_sources);
      columns->source_ranges =
        ADD ("indices/source_to_target/%s", CONSET_SONATA_RANGES, 2, FALSE, counts->n_runs);
      columns->source_ranges->is_scattered = TRUE;
    }
  columns->end = writer->columns->len;
#undef ADD
}

/* }}} */
/* {{{ edges and the index by targets */

/* @line: the target whose edges come; @n: the next edge; @range: the next range; @from: the first
 * edge of each target of this rank, for the index by sources. */
typedef struct
{
  const ConsetEdges *edges;
  const ConsetHdf5Writer *writer;
  guint64 line;
  guint64 n;
  guint64 line_first;
  guint64 range;
  guint64 *from;
} Stream;

/* The target at @line has all its edges; and those up to @end have none. */
static void
stream_end_lines (Stream *stream, guint64 end)
{
  const ConsetEdgeColumns *columns = &stream->edges->columns;
  guint64 range = stream->range, line = stream->line;

  stream->line = end;
  if (columns->target_nodes != NULL && stream->n > stream->line_first)
    {
      conset_hdf5_column_put (columns->target_ranges, stream->line_first);
      conset_hdf5_column_put (columns->target_ranges, stream->n);
      stream->range++;
    }
  stream->line_first = stream->n;
  for (; columns->target_nodes != NULL && line < end; line++)
    {
      conset_hdf5_column_put (columns->target_nodes, range);
      conset_hdf5_column_put (columns->target_nodes, stream->range);
      range = stream->range;
    }
}

static gboolean
edges_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  Stream *stream = user_data;
  const ConsetEdgeColumns *columns = &stream->edges->columns;

  if (batch->line != stream->line)
    stream_end_lines (stream, batch->line);
  if (stream->from != NULL && stream->n == stream->line_first)
    stream->from[batch->line - stream->edges->counts.own.target_first] = stream->n;
  conset_hdf5_column_copy (columns->sources, batch->indices, batch->n);
  conset_hdf5_column_fill (columns->targets, batch->line, batch->n);
  for (guint c = 0; c < batch->n_values; c++)
    conset_hdf5_column_copy (columns->values[c], batch->values[c], batch->n);
  stream->n += batch->n;
  return conset_hdf5_writer_check (stream->writer, error);
}

static void
columns_aim (const ConsetEdgeColumns *columns, const ConsetEdgeCounts *counts)
{
  conset_hdf5_column_aim (columns->sources, counts->first_edge);
  conset_hdf5_column_aim (columns->targets, counts->first_edge);
  for (guint k = 0; columns->values[k] != NULL; k++)
    conset_hdf5_column_aim (columns->values[k], counts->first_edge);
  conset_hdf5_column_aim (columns->numbers, counts->first_edge);
  if (columns->target_nodes == NULL)
    return;
  conset_hdf5_column_aim (columns->target_nodes, 2 * counts->first_target);
  conset_hdf5_column_aim (columns->target_ranges, 2 * counts->first_range);
}

static gboolean
edges_write_by_targets (const ConsetEdges *edges,
                        ConsetHdf5Writer *writer,
                        guint64 *from,
                        GError **error)
{
  const ConsetEdgeCounts *counts = &edges->counts;
  const ConsetEdgeColumns *columns = &edges->columns;
  Stream stream = { edges,
                    writer,
                    counts->first_target,
                    counts->first_edge,
                    counts->first_edge,
                    counts->first_range,
                    from };
  gboolean good;

  conset_hdf5_writer_begin (writer, columns->first, columns->first_by_sources);
  columns_aim (columns, counts);
  good = conset_parallel_foreach (edges->part->shown, &counts->own, CONSET_TARGET_MAJOR,
                                  edges->export->task, edges_take, &stream, error);
  if (good)
    {
      stream_end_lines (&stream, counts->end_target);
      conset_hdf5_column_number (columns->numbers, counts->first_edge, counts->n_own);
    }
  return conset_hdf5_writer_finish (writer, good, error);
}

/* }}} */
/* {{{ the index by sources */

/* @next: the next edge of each target of this rank; the range [@first, @end), if it is not empty,
 * of the pair (@source, @target) is not yet put. */
typedef struct
{
  const ConsetEdges *edges;
  const ConsetHdf5Writer *writer;
  guint64 *next;
  guint64 source;
  guint64 target;
  guint64 first;
  guint64 end;
} Runs;

static void
runs_put (Runs *runs)
{
  ConsetHdf5Column *ranges = runs->edges->columns.source_ranges;

  if (runs->end == runs->first)
    return;
  conset_hdf5_column_put (ranges, runs->first);
  conset_hdf5_column_put (ranges, runs->end);
  runs->end = runs->first;
}

static gboolean
runs_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  Runs *runs = user_data;
  const ConsetEdgeCounts *counts = &runs->edges->counts;

  if (batch->line != runs->source)
    {
      runs_put (runs);
      runs->source = batch->line;
      conset_hdf5_column_aim (runs->edges->columns.source_ranges,
                              2 * counts->first_runs[batch->line]);
    }
  for (gsize k = 0; k < batch->n; k++)
    {
      guint64 target = batch->indices[k], edge = runs->next[target - counts->own.target_first]++;

      if (target != runs->target || runs->end == runs->first)
        {
          runs_put (runs);
          runs->target = target;
          runs->first = edge;
        }
      runs->end = edge + 1;
    }
  return conset_hdf5_writer_check (runs->writer, error);
}

/* The rows of the nodes of which this rank has the share of @rank of @n_ranks. */
static void
edges_put_source_nodes (const ConsetEdges *edges, guint64 rank, guint64 n_ranks)
{
  ConsetHdf5Column *nodes = edges->columns.source_nodes;
  guint64 n = edges->part->n_sources, first = n * rank / n_ranks, end = n * (rank + 1) / n_ranks;
  guint64 range = 0;

  conset_hdf5_column_aim (nodes, 2 * first);
  for (guint64 k = 0; k < end; k++)
    {
      if (k >= first)
        {
          conset_hdf5_column_put (nodes, range);
          conset_hdf5_column_put (nodes, range + edges->counts.runs[k]);
        }
      range += edges->counts.runs[k];
    }
}

static gboolean
edges_write_by_sources (const ConsetEdges *edges,
                        ConsetHdf5Writer *writer,
                        guint64 *next,
                        GError **error)
{
  const ConsetRanks *ranks = edges->export->ranks;
  g_autoptr (Conset) mask = conset_mask (conset_ref (edges->part->shown));
  Runs runs = { edges, writer, next, G_MAXUINT64, G_MAXUINT64, 0, 0 };
  gboolean good;

  conset_hdf5_writer_begin (writer, edges->columns.first_by_sources, edges->columns.end);
  edges_put_source_nodes (edges, ranks != NULL ? ranks->rank : 0,
                          ranks != NULL ? ranks->n_ranks : 1);
  good = conset_parallel_foreach (mask, &edges->counts.own, CONSET_SOURCE_MAJOR,
                                  edges->export->task, runs_take, &runs, error);
  if (good)
    runs_put (&runs);
  return conset_hdf5_writer_finish (writer, good, error);
}

/* }}} */

gboolean
conset_edges_write (ConsetEdges *edges, ConsetHdf5Writer *writer, GError **error)
{
  const ConsetRanks *ranks = edges->export->ranks;
  const ConsetWindow *own = &edges->counts.own;
  g_autofree guint64 *next = NULL;

  if (!edges_are_indexed (edges, CONSET_INDEX_SOURCES))
    return edges_write_by_targets (edges, writer, NULL, error);
  next = g_try_new0 (guint64, own->target_end - own->target_first + 1);
  if (next == NULL)
    fail_memory (error);
  if (ranks == NULL ? next == NULL : !ranks->agree (next != NULL, ranks->user_data, error))
    return FALSE;
  return edges_write_by_targets (edges, writer, next, error)
         && edges_write_by_sources (edges, writer, next, error);
}

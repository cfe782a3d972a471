/* SPDX-License-Identifier: MIT */
/*
 * SONATA edges (SONATA Developer Guide of the Allen Institute and the Blue Brain Project): a
 * population a set, which libsonata, BMTK and NEST read alike.
 *
 *   /edges/POPULATION/source_node_id, target_node_id   as they come, target-major
 *                     edge_type_id                     how many populations came before, for all
 *                     edge_group_id, edge_group_index  0, and 0, 1, 2, ...
 *                     0/syn_weight, delay, ...         the values
 *                     indices/target_to_source         one range of edges for each target
 *                     indices/source_to_target         ranges for each source
 *
 * The edges of a target follow each other, so that its range comes with them. For the index by
 * sources the set is evaluated once more, source-major: as the sources of each target ascend in
 * both orders, the edge of (i, j) is the next of target j. That takes 8 bytes a target.
 *
 * What is the same for all edges takes no room: it is the value that the dataset is filled with.
 */
#include "export.h"
#include "hdf5_column.h"
#include "hdf5_driver.h"
#include "notes.h"
#include "sonata.h"

#include <string.h>

/* An index has two numbers for each node of a population. */
#define NODES_MOST ((guint64) 1 << 32)

/* A population being written; @next is the next edge of each target, for the index by sources. */
typedef struct
{
  const ConsetExport *export;
  const ConsetExportPart *part;
  ConsetFile *file;
  const char *name;
  hid_t group;
  ConsetHdf5Column *sources;
  ConsetHdf5Column *targets;
  ConsetHdf5Column **values;
  guint64 n;
  guint64 *next;
} Population;

/* An index being written: ranges of edges, and of these ranges for each node. The range [@first,
 * @end) is not yet written. */
typedef struct
{
  hid_t group;
  ConsetHdf5Column *nodes;
  ConsetHdf5Column *ranges;
  guint64 line;
  guint64 line_first;
  guint64 first;
  guint64 end;
} Index;

static gboolean
population_fail (const Population *population, GError **error)
{
  return conset_hdf5_fail (error, "cannot write", population->export->name);
}

/* {{{ indices */

static guint64
index_n_ranges (const Index *index)
{
  return index->ranges->n / 2;
}

static void
index_end_range (Index *index)
{
  if (index->end > index->first)
    {
      conset_hdf5_column_put (index->ranges, index->first);
      conset_hdf5_column_put (index->ranges, index->end);
    }
  index->first = index->end = 0;
}

/* The nodes up to @line have all their edges. */
static void
index_end_lines (Index *index, guint64 line)
{
  for (index_end_range (index); index->line < line; index->line++)
    {
      conset_hdf5_column_put (index->nodes, index->line_first);
      conset_hdf5_column_put (index->nodes, index_n_ranges (index));
      index->line_first = index_n_ranges (index);
    }
}

/* @n more edges of the node @line, from @edge on. */
static inline void
index_add (Index *index, guint64 line, guint64 edge, gsize n)
{
  if (G_UNLIKELY (line != index->line))
    index_end_lines (index, line);
  if (index->end != edge || index->end == index->first)
    {
      index_end_range (index);
      index->first = edge;
    }
  index->end = edge + n;
}

static gboolean
index_begin (Index *index, const Population *population, const char *name)
{
  g_auto (ConsetH5Group) indices = conset_hdf5_need_group (population->group, "indices");

  *index = (Index){ .group = conset_hdf5_need_group (indices, name) };
  if (index->group < 0)
    return FALSE;
  index->nodes = conset_hdf5_column_new (index->group, "node_id_to_ranges", 2, FALSE,
                                         population->export->compression);
  index->ranges = conset_hdf5_column_new (index->group, "range_to_edge_id", 2, FALSE,
                                          population->export->compression);
  return TRUE;
}

/* BMTK reads the index by a name in the singular. */
static gboolean
index_finish (Index *index, guint64 n_nodes)
{
  index_end_lines (index, n_nodes);
  return conset_hdf5_column_finish (index->nodes) && conset_hdf5_column_finish (index->ranges)
         && H5Lcreate_hard (index->group, "node_id_to_ranges", H5L_SAME_LOC, "node_id_to_range",
                            H5P_DEFAULT, H5P_DEFAULT)
              >= 0;
}

static void
index_clear (Index *index)
{
  g_clear_pointer (&index->nodes, conset_hdf5_column_free);
  g_clear_pointer (&index->ranges, conset_hdf5_column_free);
  if (index->group > 0)
    H5Gclose (index->group);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Index, index_clear)

typedef struct
{
  Population *population;
  Index *index;
} SourcesIndex;

static gboolean
sources_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  SourcesIndex *self = user_data;
  guint64 *next = self->population->next;

  for (gsize k = 0; k < batch->n; k++)
    index_add (self->index, batch->line, next[batch->indices[k]]++, 1);
  if (self->index->ranges->failed)
    return population_fail (self->population, error);
  return conset_file_check (self->population->file, error);
}

static gboolean
population_index_sources (Population *population, GError **error)
{
  g_auto (Index) index = { 0 };
  SourcesIndex self = { population, &index };

  if (!index_begin (&index, population, "source_to_target"))
    return population_fail (population, error);
  return conset_export_stream (population->export, population->part, CONSET_SOURCE_MAJOR,
                               sources_take, &self, error)
         && (index_finish (&index, population->part->n_sources)
             || population_fail (population, error));
}

/* }}} */
/* {{{ edges */

typedef struct
{
  Population *population;
  Index *index;
} Edges;

static void
column_fill (ConsetHdf5Column *column, guint64 number, gsize n)
{
  while (n > 0)
    {
      gsize part = MIN (n, conset_hdf5_column_room (column));
      guint64 *at = conset_hdf5_column_end (column);

      for (gsize k = 0; k < part; k++)
        at[k] = number;
      conset_hdf5_column_grow (column, part);
      n -= part;
    }
}

static void
column_copy (ConsetHdf5Column *column, const void *numbers, gsize n)
{
  const char *from = numbers;

  while (n > 0)
    {
      gsize part = MIN (n, conset_hdf5_column_room (column));

      memcpy (conset_hdf5_column_end (column), from, part * sizeof (guint64));
      conset_hdf5_column_grow (column, part);
      from += part * sizeof (guint64);
      n -= part;
    }
}

static gboolean
population_has_failed (const Population *population)
{
  gboolean failed = population->sources->failed || population->targets->failed;

  for (guint k = 0; k < population->part->n_columns; k++)
    failed |= population->values[k]->failed;
  return failed;
}

static gboolean
edges_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  const Edges *edges = user_data;
  Population *population = edges->population;

  column_copy (population->sources, batch->indices, batch->n);
  column_fill (population->targets, batch->line, batch->n);
  for (guint c = 0; c < batch->n_values; c++)
    column_copy (population->values[c], batch->values[c], batch->n);
  if (edges->index != NULL)
    index_add (edges->index, batch->line, population->n, batch->n);
  if (population->next != NULL && batch->line + 1 < population->part->n_targets)
    population->next[batch->line + 1] = population->n + batch->n;
  population->n += batch->n;
  if (population_has_failed (population))
    return population_fail (population, error);
  return conset_file_check (population->file, error);
}

/* 0, 1, 2, ... */
static gboolean
population_write_numbers (const Population *population)
{
  g_autoptr (ConsetHdf5Column) numbers = conset_hdf5_column_new (
    population->group, "edge_group_index", 1, FALSE, population->export->compression);

  while (numbers->n < population->n)
    {
      gsize part = (gsize) MIN (population->n - numbers->n, conset_hdf5_column_room (numbers));
      guint64 *at = conset_hdf5_column_end (numbers);

      for (gsize k = 0; k < part; k++)
        at[k] = numbers->n + k;
      conset_hdf5_column_grow (numbers, part);
    }
  return conset_hdf5_column_finish (numbers);
}

/* Whose node ids a column has, and how many nodes there are, which no other part of the file tells.
 */
static gboolean
write_nodes (const ConsetHdf5Column *column, const char *nodes, guint64 n)
{
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  return conset_hdf5_write_text (column->dataset, "node_population", nodes)
         && conset_hdf5_write_text (column->dataset, "conset_nodes", count);
}

static gboolean
population_finish_columns (const Population *population)
{
  const ConsetExportPart *part = population->part;
  gboolean ok = conset_hdf5_column_finish (population->sources)
                && conset_hdf5_column_finish (population->targets)
                && write_nodes (population->sources, part->sources, part->n_sources)
                && write_nodes (population->targets, part->targets, part->n_targets);

  for (guint k = 0; ok && k < part->n_columns; k++)
    ok = conset_hdf5_column_finish (population->values[k])
         && (part->columns[k].unit == NULL
             || conset_hdf5_write_text (population->values[k]->dataset, "units",
                                        part->columns[k].unit));
  return ok;
}

static gboolean
population_write_edges (Population *population, GError **error)
{
  const ConsetExportPart *part = population->part;
  gboolean indexed = (population->export->indexing & CONSET_INDEX_TARGETS) != 0;
  g_auto (Index) index = { 0 };
  Edges edges = { population, indexed ? &index : NULL };

  if (indexed && !index_begin (&index, population, "target_to_source"))
    return population_fail (population, error);
  if (!conset_export_stream (population->export, part, CONSET_TARGET_MAJOR, edges_take, &edges,
                             error))
    return FALSE;
  return (population_finish_columns (population) && population_write_numbers (population)
          && (!indexed || index_finish (&index, part->n_targets)))
         || population_fail (population, error);
}

/* }}} */
/* {{{ populations */

/* From where each target's edges begin: known of those that have some. */
static void
population_complete_next (Population *population)
{
  for (guint64 k = 1; k < population->part->n_targets; k++)
    population->next[k] = MAX (population->next[k], population->next[k - 1]);
}

static gboolean
population_begin (Population *population, hid_t edges)
{
  const ConsetExportPart *part = population->part;
  g_auto (ConsetH5Group) values = H5I_INVALID_HID;

  population->group = conset_hdf5_need_group (edges, population->name);
  values = conset_hdf5_need_group (population->group, "0");
  if (values < 0)
    return FALSE;
  population->sources = conset_hdf5_column_new (population->group, "source_node_id", 1, FALSE,
                                                population->export->compression);
  population->targets = conset_hdf5_column_new (population->group, "target_node_id", 1, FALSE,
                                                population->export->compression);
  population->values = g_new0 (ConsetHdf5Column *, part->n_columns);
  for (guint k = 0; k < part->n_columns; k++)
    population->values[k] = conset_hdf5_column_new (H5Gopen2 (population->group, "0", H5P_DEFAULT),
                                                    conset_sonata_name (part->columns[k].name), 1,
                                                    TRUE, population->export->compression);
  return TRUE;
}

static void
population_clear (Population *population)
{
  for (guint k = 0; population->values != NULL && k < population->part->n_columns; k++)
    {
      H5Gclose (population->values[k]->group);
      conset_hdf5_column_free (population->values[k]);
    }
  g_free (population->values);
  g_clear_pointer (&population->sources, conset_hdf5_column_free);
  g_clear_pointer (&population->targets, conset_hdf5_column_free);
  if (population->group > 0)
    H5Gclose (population->group);
  g_free (population->next);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Population, population_clear)

/* Datasets have no order of their own. */
static char *
population_column_names (const ConsetExportPart *part)
{
  GString *names = g_string_new (NULL);

  for (guint k = 0; k < part->n_columns; k++)
    g_string_append_printf (names, "%s%s", k > 0 ? " " : "",
                            conset_sonata_name (part->columns[k].name));
  return g_string_free (names, FALSE);
}

static gboolean
population_write_notes (const Population *population)
{
  const ConsetExportPart *part = population->part;
  g_autofree char *expression = conset_to_string (part->set);
  g_autofree char *window = conset_notes_write_window (part->whole ? NULL : &part->wanted);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, population->export->seed);
  g_autofree char *columns = population_column_names (part);
  hid_t group = population->group;

  if (part->n_columns > 1 && !conset_hdf5_write_text (group, CONSET_NOTE_COLUMNS, columns))
    return FALSE;
  if (population->export->no_comments)
    return TRUE;
  return conset_hdf5_write_text (group, CONSET_NOTE_VERSION, conset_version ())
         && conset_hdf5_write_text (group, CONSET_NOTE_EXPRESSION, expression)
         && conset_hdf5_write_text (group, CONSET_NOTE_WINDOW, window)
         && (!population->export->has_seed
             || conset_hdf5_write_text (group, CONSET_NOTE_SEED, seed))
         && (part->digest == NULL
             || conset_hdf5_write_text (group, CONSET_NOTE_DIGEST, part->digest));
}

static gboolean
population_write (const ConsetExport *export,
                  guint k,
                  ConsetFile *file,
                  hid_t edges,
                  const char *name,
                  GError **error)
{
  const ConsetExportPart *part = g_ptr_array_index (export->parts, k);
  gboolean by_sources = (export->indexing & CONSET_INDEX_SOURCES) != 0;
  g_auto (Population) population = { .export = export, .part = part, .file = file, .name = name };
  guint32 type = (guint32) conset_hdf5_n_links (edges);

  if (!population_begin (&population, edges))
    return population_fail (&population, error);
  if (by_sources)
    {
      population.next = g_try_new0 (guint64, MAX (part->n_targets, 1));
      if (population.next == NULL)
        {
          g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                               "the targets do not fit the memory, as an index by sources needs");
          return FALSE;
        }
    }
  if (!population_write_edges (&population, error))
    return FALSE;
  if (by_sources)
    population_complete_next (&population);
  if (by_sources && !population_index_sources (&population, error))
    return FALSE;
  if (export->network && population.n == 0)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                   "the population '%s' has no connections, which NEST cannot load; leave it out",
                   name);
      return FALSE;
    }
  return (conset_hdf5_write_same (population.group, "edge_type_id", population.n, type)
          && conset_hdf5_write_same (population.group, "edge_group_id", population.n, 0)
          && population_write_notes (&population))
         || population_fail (&population, error);
}

/* }}} */
/* {{{ files */

/* What tells that the file is SONATA, version 0.1. */
static gboolean
root_write (hid_t file)
{
  static const guint32 magic = 0x0a7a, version[2] = { 0, 1 };
  hsize_t size = 2;
  g_auto (ConsetH5Space) scalar = H5Screate (H5S_SCALAR);
  g_auto (ConsetH5Space) pair = H5Screate_simple (1, &size, NULL);
  g_auto (ConsetH5Attribute) a = H5I_INVALID_HID, b = H5I_INVALID_HID;

  if (H5Aexists (file, "magic") > 0)
    return TRUE;
  a = H5Acreate2 (file, "magic", H5T_STD_U32LE, scalar, H5P_DEFAULT, H5P_DEFAULT);
  b = H5Acreate2 (file, "version", H5T_STD_U32LE, pair, H5P_DEFAULT, H5P_DEFAULT);
  return H5Awrite (a, H5T_NATIVE_UINT32, &magic) >= 0
         && H5Awrite (b, H5T_NATIVE_UINT32, version) >= 0;
}

/* The name of a population that @edges has not yet (transfer full); NULL with @error set. */
static char *
population_name (const ConsetExportPart *part, hid_t edges, GError **error)
{
  g_autofree char *name = part->population != NULL
                            ? g_strdup (part->population)
                            : g_strdup_printf ("%s_to_%s", part->sources, part->targets);

  if (name[0] == '\0' || name[0] == '.' || strchr (name, '/') != NULL)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                 "'%s' is no name for a population; leave out slashes, and points at the start",
                 name);
  else if (H5Lexists (edges, name, H5P_DEFAULT) > 0)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                 "the file has a population '%s' already; choose another name", name);
  else
    return g_steal_pointer (&name);
  return NULL;
}

static gboolean
parts_check (const ConsetExport *export, GError **error)
{
  static const char *const taken[] = { "syn_weight", "dynamics_params", NULL };

  for (guint k = 0; k < export->parts->len; k++)
    {
      const ConsetExportPart *part = g_ptr_array_index (export->parts, k);

      if (!conset_export_check_names (part, taken, error))
        return FALSE;
      if (MAX (part->n_sources, part->n_targets) <= NODES_MOST
          || export->indexing == CONSET_INDEX_NONE)
        continue;
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                   "an index would need a row for each of %" G_GUINT64_FORMAT
                   " nodes; give a smaller window, or write no index",
                   MAX (part->n_sources, part->n_targets));
      return FALSE;
    }
  return TRUE;
}

/* The file, with what it held before if that is to stay. */
static hid_t
file_open (const ConsetExport *export, ConsetFile *file, GError **error)
{
  hid_t opened;

  if (export->append && !conset_file_copy (file, error))
    return H5I_INVALID_HID;
  opened = conset_hdf5_write_to (file);
  if (opened < 0)
    conset_hdf5_fail (error, "cannot write", export->name);
  return opened;
}

gboolean
conset_write_sonata (const ConsetExport *export, ConsetFile *file, GError **error)
{
  g_auto (ConsetHdf5) session = { NULL, NULL };
  g_auto (ConsetH5File) opened = H5I_INVALID_HID;
  g_auto (ConsetH5Group) edges = H5I_INVALID_HID;

  conset_hdf5_begin (&session);
  if (!parts_check (export, error))
    return FALSE;
  opened = file_open (export, file, error);
  if (opened < 0)
    return FALSE;
  edges = conset_hdf5_need_group (opened, "edges");
  if (edges < 0 || !root_write (opened))
    return conset_hdf5_fail (error, "cannot write", export->name);
  for (guint k = 0; k < export->parts->len; k++)
    {
      g_autofree char *name = population_name (g_ptr_array_index (export->parts, k), edges, error);

      if (name == NULL || !population_write (export, k, file, edges, name, error))
        return FALSE;
    }
  conset_hdf5_clear_ConsetH5Group (&edges);
  if (H5Fflush (opened, H5F_SCOPE_GLOBAL) < 0)
    return conset_hdf5_fail (error, "cannot write", export->name);
  return TRUE;
}

/* }}} */

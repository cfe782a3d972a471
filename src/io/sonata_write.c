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
 * All connections are counted first. Then the file is made whole but for the numbers of its
 * datasets, by libhdf5, which rank 0 alone calls if several write; and then the numbers are written
 * into their places, see sonata_edges.c. What is the same for all edges takes no room: it is the
 * value that the dataset is filled with.
 */
#include "export.h"
#include "hdf5_column.h"
#include "hdf5_driver.h"
#include "hdf5_trial.h"
#include "notes.h"
#include "sonata.h"
#include "sonata_edges.h"

#include <string.h>

/* An index has two numbers for each node of a population. */
#define NODES_MOST ((guint64) 1 << 32)

/* Bytes that a file may have beside its numbers, for a trial. */
#define STRUCTURE_MOST ((guint64) 1 << 28)

static gboolean
fail (const ConsetExport *export, GError **error)
{
  return conset_hdf5_fail (error, "cannot write", export->name);
}

static char *
part_name (const ConsetExportPart *part)
{
  return part->population != NULL ? g_strdup (part->population)
                                  : g_strdup_printf ("%s_to_%s", part->sources, part->targets);
}

/* {{{ populations */

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
write_notes (const ConsetExport *export, const ConsetExportPart *part, hid_t group)
{
  g_autofree char *expression = conset_to_string (part->set);
  g_autofree char *window = conset_notes_write_window (part->whole ? NULL : &part->wanted);
  g_autofree char *seed = g_strdup_printf ("%" G_GUINT64_FORMAT, export->seed);
  g_autofree char *columns = population_column_names (part);

  if (part->n_columns > 1 && !conset_hdf5_write_text (group, CONSET_NOTE_COLUMNS, columns))
    return FALSE;
  if (export->no_comments)
    return TRUE;
  return conset_hdf5_write_text (group, CONSET_NOTE_VERSION, conset_version ())
         && conset_hdf5_write_text (group, CONSET_NOTE_EXPRESSION, expression)
         && conset_hdf5_write_text (group, CONSET_NOTE_WINDOW, window)
         && (!export->has_seed || conset_hdf5_write_text (group, CONSET_NOTE_SEED, seed))
         && (part->digest == NULL
             || conset_hdf5_write_text (group, CONSET_NOTE_DIGEST, part->digest));
}

/* Whether @name can be that of a population that @edges has not yet. */
static gboolean
check_name (const char *name, hid_t edges, GError **error)
{
  if (name[0] == '\0' || name[0] == '.' || strchr (name, '/') != NULL)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                 "'%s' is no name for a population; leave out slashes, and points at the start",
                 name);
  else if (H5Lexists (edges, name, H5P_DEFAULT) > 0)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                 "the file has a population '%s' already; choose another name", name);
  else
    return TRUE;
  return FALSE;
}

/* Whose node ids a column has, and how many nodes there are, which no other part of the file tells.
 */
static gboolean
write_nodes (const ConsetHdf5Column *column, hid_t file, const char *nodes, guint64 n)
{
  g_autofree char *count = g_strdup_printf ("%" G_GUINT64_FORMAT, n);

  return conset_hdf5_column_note (column, file, "node_population", nodes)
         && conset_hdf5_column_note (column, file, "conset_nodes", count);
}

/* BMTK reads an index by a name in the singular. */
static gboolean
write_singular (hid_t group, const char *index)
{
  g_autofree char *from = g_strdup_printf ("indices/%s/" CONSET_SONATA_NODES, index);
  g_autofree char *to = g_strdup_printf ("indices/%s/node_id_to_range", index);

  return H5Lcreate_hard (group, from, H5L_SAME_LOC, to, H5P_DEFAULT, H5P_DEFAULT) >= 0;
}

static gboolean
write_groups (const ConsetExport *export, hid_t group)
{
  g_auto (ConsetH5Group) values = conset_hdf5_need_group (group, "0");
  g_auto (ConsetH5Group) indices = H5I_INVALID_HID;
  g_auto (ConsetH5Group) by_targets = H5I_INVALID_HID;
  g_auto (ConsetH5Group) by_sources = H5I_INVALID_HID;

  if (export->indexing == CONSET_INDEX_NONE)
    return values >= 0;
  indices = conset_hdf5_need_group (group, "indices");
  if ((export->indexing & CONSET_INDEX_TARGETS) != 0)
    by_targets = conset_hdf5_need_group (indices, "target_to_source");
  if ((export->indexing & CONSET_INDEX_SOURCES) != 0)
    by_sources = conset_hdf5_need_group (indices, "source_to_target");
  return values >= 0 && indices >= 0;
}

/* The datasets, and what is told about them. */
static gboolean
write_columns (const ConsetEdges *edges, ConsetHdf5Writer *writer, hid_t file, hid_t group)
{
  const ConsetEdgeColumns *columns = &edges->columns;
  const ConsetExportPart *part = edges->part;

  for (guint k = columns->first; k < columns->end; k++)
    if (!conset_hdf5_column_create (g_ptr_array_index (writer->columns, k), file))
      return FALSE;
  for (guint k = 0; k < part->n_columns; k++)
    if (part->columns[k].unit != NULL
        && !conset_hdf5_column_note (columns->values[k], file, "units", part->columns[k].unit))
      return FALSE;
  return write_nodes (columns->sources, file, part->sources, part->n_sources)
         && write_nodes (columns->targets, file, part->targets, part->n_targets)
         && (columns->target_nodes == NULL || write_singular (group, "target_to_source"))
         && (columns->source_nodes == NULL || write_singular (group, "source_to_target"));
}

/* All of a population but the numbers. */
static gboolean
write_population (const ConsetEdges *edges, ConsetHdf5Writer *writer, hid_t file, GError **error)
{
  const ConsetExport *export = edges->export;
  g_autofree char *name = part_name (edges->part);
  g_auto (ConsetH5Group) all = conset_hdf5_need_group (file, "edges");
  g_auto (ConsetH5Group) group = H5I_INVALID_HID;
  guint32 type = (guint32) conset_hdf5_n_links (all);

  if (all < 0)
    return fail (export, error);
  if (!check_name (name, all, error))
    return FALSE;
  if (export->network && edges->counts.n_edges == 0)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                   "the population '%s' has no connections, which NEST cannot load; leave it out",
                   name);
      return FALSE;
    }
  group = conset_hdf5_need_group (all, name);
  return (group >= 0 && write_groups (export, group) && write_columns (edges, writer, file, group)
          && conset_hdf5_write_same (group, "edge_type_id", edges->counts.n_edges, type)
          && conset_hdf5_write_same (group, "edge_group_id", edges->counts.n_edges, 0)
          && write_notes (export, edges->part, group))
         || fail (export, error);
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

/* What makes the structure of a file. */
typedef struct
{
  const ConsetExport *export;
  const ConsetEdges *populations;
  ConsetHdf5Writer *writer;
} Structure;

/* All of a file but the numbers. */
static gboolean
structure_write (const Structure *structure, hid_t file, GError **error)
{
  const ConsetExport *export = structure->export;

  if (!root_write (file))
    return fail (export, error);
  for (guint k = 0; k < export->parts->len; k++)
    if (!write_population (&structure->populations[k], structure->writer, file, error))
      return FALSE;
  return H5Fflush (file, H5F_SCOPE_GLOBAL) >= 0 || fail (export, error);
}

/* What cannot be written for another reason than damage is told when it is to be written. */
static void
structure_try (hid_t file, gpointer data)
{
  structure_write (data, file, NULL);
}

/* Begins with what the file held before, and finds out whether there can be more. */
static gboolean
file_begin (Structure *structure, GError **error)
{
  const ConsetHdf5Writer *writer = structure->writer;
  ConsetHdf5Trial trial = { FALSE, structure_try, structure, STRUCTURE_MOST,
                            structure->export->task };

  if (!conset_file_copy (writer->file, error))
    return FALSE;
  for (guint k = 0; k < writer->columns->len; k++)
    trial.more +=
      ((const ConsetHdf5Column *) g_ptr_array_index (writer->columns, k))->n * sizeof (guint64);
  return conset_hdf5_try (conset_file_descriptor (writer->file), structure->export->name, &trial,
                          error);
}

/* All of the file but the numbers, which rank 0 writes. Compressed datasets stay open. */
static gboolean
write_structure (const ConsetExport *export,
                 const ConsetEdges *populations,
                 ConsetHdf5Writer *writer,
                 hid_t *file,
                 GError **error)
{
  Structure structure = { export, populations, writer };

  if (export->append && !file_begin (&structure, error))
    return FALSE;
  *file = conset_hdf5_write_to (writer->file);
  if (*file < 0)
    return fail (export, error);
  if (!structure_write (&structure, *file, error))
    return FALSE;
  if (export->compression == 0)
    {
      conset_hdf5_clear_ConsetH5File (file);
      conset_file_reserve (writer->file);
    }
  return conset_file_check (writer->file, error);
}

/* {{{ ranks */

/* Where rank 0 has made the datasets. */
static void
share_places (ConsetHdf5Writer *writer)
{
  const ConsetRanks *ranks = writer->ranks;
  guint n = writer->columns->len;
  g_autofree guint64 *places = g_new0 (guint64, n);

  for (guint k = 0; k < n; k++)
    places[k] = ((ConsetHdf5Column *) g_ptr_array_index (writer->columns, k))->data.address;
  ranks->share (places, n * sizeof *places, ranks->user_data);
  for (guint k = 0; k < n; k++)
    ((ConsetHdf5Column *) g_ptr_array_index (writer->columns, k))->data.address = places[k];
}

/* The path where all ranks find the file that rank 0 has, which @by_name is a name beside the final
 * one (transfer full); NULL on all if they do not. */
static char *
find_file (const ConsetHdf5Writer *writer, gboolean by_name)
{
  const ConsetRanks *ranks = writer->ranks;
  guint64 told[3] = { 0 }, found, all;
  char *path = NULL;

  if (writer->file != NULL)
    path = conset_file_locate (writer->file, by_name, told);
  told[2] = path != NULL ? strlen (path) : 0;
  ranks->share (told, sizeof told, ranks->user_data);
  if (writer->file == NULL)
    path = g_new0 (char, told[2] + 1);
  if (told[2] > 0)
    ranks->share (path, told[2], ranks->user_data);
  found = told[2] > 0 && conset_file_is_at (path, told);
  ranks->sum (&found, &all, 1, ranks->user_data);
  if (all == ranks->n_ranks)
    return path;
  g_free (path);
  return NULL;
}

/* All ranks open the file of rank 0. */
static gboolean
ranks_open (const ConsetExport *export, const ConsetHdf5Writer *writer, GError **error)
{
  const ConsetRanks *ranks = writer->ranks;
  g_autofree char *path = find_file (writer, FALSE);

  if (path == NULL)
    path = find_file (writer, TRUE);
  if (path != NULL)
    return ranks->open (path, export->name, ranks->user_data, error);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
               "cannot write %s: not all ranks find the file; choose a folder that they share",
               export->name);
  return FALSE;
}

/* }}} */

static gboolean
write_numbers (const ConsetExport *export,
               ConsetEdges *populations,
               ConsetHdf5Writer *writer,
               GError **error)
{
  for (guint k = 0; k < export->parts->len; k++)
    if (!conset_edges_write (&populations[k], writer, error))
      return FALSE;
  return TRUE;
}

/* The structure by rank 0, the numbers by all. */
static gboolean
write_on_ranks (const ConsetExport *export,
                ConsetEdges *populations,
                ConsetHdf5Writer *writer,
                GError **error)
{
  const ConsetRanks *ranks = writer->ranks;
  g_autoptr (GError) closing = NULL;
  gboolean good = TRUE;

  if (writer->file != NULL)
    {
      g_auto (ConsetHdf5) session = { NULL, NULL };
      g_auto (ConsetH5File) file = H5I_INVALID_HID;

      conset_hdf5_begin (&session);
      good = write_structure (export, populations, writer, &file, error);
    }
  if (!ranks->agree (good, ranks->user_data, error))
    return FALSE;
  share_places (writer);
  if (!ranks_open (export, writer, error))
    return FALSE;
  good = write_numbers (export, populations, writer, error);
  if (ranks->close (ranks->user_data, &closing) || !good)
    return good;
  g_propagate_error (error, g_steal_pointer (&closing));
  return FALSE;
}

static gboolean
write_alone (const ConsetExport *export,
             ConsetEdges *populations,
             ConsetHdf5Writer *writer,
             GError **error)
{
  g_auto (ConsetHdf5) session = { NULL, NULL };
  g_auto (ConsetH5File) file = H5I_INVALID_HID;
  gboolean good;

  conset_hdf5_begin (&session);
  good = write_structure (export, populations, writer, &file, error)
         && write_numbers (export, populations, writer, error);
  conset_hdf5_writer_clear (writer);
  if (good && file >= 0 && H5Fflush (file, H5F_SCOPE_GLOBAL) < 0)
    return fail (export, error);
  return good;
}

gboolean
conset_write_sonata (const ConsetExport *export, ConsetFile *file, GError **error)
{
  guint n = export->parts->len;
  g_autofree ConsetEdges *populations = g_new0 (ConsetEdges, n);
  g_auto (ConsetHdf5Writer) writer;
  gboolean good = parts_check (export, error);

  conset_hdf5_writer_init (&writer, file, export->ranks, export->compression);
  for (guint k = 0; good && k < n; k++)
    {
      g_autofree char *name = part_name (g_ptr_array_index (export->parts, k));

      populations[k].export = export;
      populations[k].part = g_ptr_array_index (export->parts, k);
      good = conset_edges_count (&populations[k], error);
      if (good)
        conset_edges_add_columns (&populations[k], &writer, name);
    }
  if (good)
    good = export->ranks != NULL ? write_on_ranks (export, populations, &writer, error)
                                 : write_alone (export, populations, &writer, error);
  for (guint k = 0; k < n; k++)
    conset_edges_clear (&populations[k]);
  return good;
}

/* }}} */

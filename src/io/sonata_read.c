/* SPDX-License-Identifier: MIT */
/*
 * Connections of SONATA files: one population of edges, with the numbers of its group of values.
 *
 * What is no vector of numbers in the group, such as texts and parameters of models, is left out.
 * Values belong to edges as edge_group_index says, which is mostly, but need not be, in their
 * order. Populations with several groups have different values for different edges, and are
 * refused.
 */
#include "hdf5_column.h"
#include "reader.h"
#include "sonata.h"

#include <string.h>

/* Bytes that deflate makes out of one, at most. */
#define DEFLATE_MOST 1032

typedef struct
{
  ConsetReader base;
  ConsetHdf5 session;
  hid_t file;
  hid_t population;
  hid_t sources;
  hid_t targets;
  hid_t group_ids;
  hid_t group_indices;
  guint64 group;
  guint64 *rows;
  GArray *values;
  guint64 n;
  guint64 done;
} Reader;

static void
reader_free (ConsetReader *base)
{
  Reader *reader = (Reader *) base;

  for (guint k = 0; k < reader->values->len; k++)
    H5Dclose (g_array_index (reader->values, hid_t, k));
  g_array_unref (reader->values);
  conset_hdf5_clear_ConsetH5Dataset (&reader->sources);
  conset_hdf5_clear_ConsetH5Dataset (&reader->targets);
  conset_hdf5_clear_ConsetH5Dataset (&reader->group_ids);
  conset_hdf5_clear_ConsetH5Dataset (&reader->group_indices);
  g_free (reader->rows);
  conset_hdf5_clear_ConsetH5Group (&reader->population);
  conset_hdf5_clear_ConsetH5File (&reader->file);
  conset_hdf5_end (&reader->session);
}

/* {{{ datasets */

/* Whether @dataset is a vector of numbers, and how many. */
static gboolean
is_vector (hid_t dataset, H5T_class_t wanted, guint64 *n)
{
  g_auto (ConsetH5Space) space = H5Dget_space (dataset);
  g_auto (ConsetH5Type) type = H5Dget_type (dataset);
  H5T_class_t class = H5Tget_class (type);
  hsize_t size = 0;

  if (H5Sget_simple_extent_ndims (space) != 1
      || (class != H5T_INTEGER && (wanted == H5T_INTEGER || class != H5T_FLOAT)))
    return FALSE;
  H5Sget_simple_extent_dims (space, &size, NULL);
  *n = size;
  return TRUE;
}

static gboolean
dataset_read (hid_t dataset, hid_t type, guint64 first, gsize n, void *numbers)
{
  hsize_t start = first, size = n;
  g_auto (ConsetH5Space) space = H5Dget_space (dataset);
  g_auto (ConsetH5Space) memory = H5Screate_simple (1, &size, NULL);

  return H5Sselect_hyperslab (space, H5S_SELECT_SET, &start, NULL, &size, NULL) >= 0
         && H5Dread (dataset, type, memory, space, H5P_DEFAULT, numbers) >= 0;
}

/* Ids with a sign are read as such: libhdf5 would make 0 of a negative one. */
static gboolean
ids_read (hid_t dataset, guint64 first, gsize n, guint64 *ids)
{
  g_auto (ConsetH5Type) type = H5Dget_type (dataset);

  return dataset_read (
    dataset, H5Tget_sign (type) == H5T_SGN_2 ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64, first, n, ids);
}

/* The rows of the group that the next @n edges have. */
static gboolean
rows_read (Reader *reader, gsize n, gboolean *ascending, GError **error)
{
  guint64 *rows = reader->rows;

  *ascending = TRUE;
  if (reader->group_ids >= 0)
    {
      if (!ids_read (reader->group_ids, reader->done, n, rows))
        return conset_hdf5_fail (error, "cannot read", reader->base.name);
      for (gsize k = 0; k < n; k++)
        if (rows[k] != reader->group)
          return conset_reader_fail (reader->base.name, error,
                                     "edge %" G_GUINT64_FORMAT
                                     " is of another group than '%" G_GUINT64_FORMAT
                                     "', which is the only one",
                                     reader->done + k, reader->group);
    }
  if (reader->group_indices < 0)
    return TRUE;
  if (!ids_read (reader->group_indices, reader->done, n, rows))
    return conset_hdf5_fail (error, "cannot read", reader->base.name);
  for (gsize k = 0; k < n; k++)
    {
      if (rows[k] >= reader->n)
        return conset_reader_fail (reader->base.name, error,
                                   "edge %" G_GUINT64_FORMAT " has row %" G_GUINT64_FORMAT
                                   " of its group, which has fewer",
                                   reader->done + k, rows[k]);
      *ascending &= rows[k] == reader->done + k;
    }
  return TRUE;
}

/* The numbers of @n rows, wherever they are. */
static gboolean
dataset_gather (hid_t dataset, const guint64 *rows, gsize n, double *numbers)
{
  hsize_t size = n;
  g_autofree hsize_t *points = g_new (hsize_t, n);
  g_auto (ConsetH5Space) space = H5Dget_space (dataset);
  g_auto (ConsetH5Space) memory = H5Screate_simple (1, &size, NULL);

  for (gsize k = 0; k < n; k++)
    points[k] = rows[k];
  return H5Sselect_elements (space, H5S_SELECT_SET, n, points) >= 0
         && H5Dread (dataset, H5T_NATIVE_DOUBLE, memory, space, H5P_DEFAULT, numbers) >= 0;
}

/* The values of the next @n edges. */
static gboolean
values_read (Reader *reader, gsize n, double *const *values, GError **error)
{
  gboolean ascending, ok = TRUE;

  if (n == 0 || reader->base.n_columns == 0)
    return TRUE;
  if (!rows_read (reader, n, &ascending, error))
    return FALSE;
  for (guint c = 0; ok && c < reader->base.n_columns; c++)
    {
      hid_t dataset = g_array_index (reader->values, hid_t, c);

      ok = ascending ? dataset_read (dataset, H5T_NATIVE_DOUBLE, reader->done, n, values[c])
                     : dataset_gather (dataset, reader->rows, n, values[c]);
    }
  return ok || conset_hdf5_fail (error, "cannot read", reader->base.name);
}

static gssize
reader_read (ConsetReader *base,
             gsize most,
             guint64 *sources,
             guint64 *targets,
             double *const *values,
             GError **error)
{
  Reader *reader = (Reader *) base;
  gsize n = (gsize) MIN (MIN (most, reader->n - reader->done), CONSET_READER_BLOCK);

  if (n > 0
      && (!ids_read (reader->sources, reader->done, n, sources)
          || !ids_read (reader->targets, reader->done, n, targets)))
    {
      conset_hdf5_fail (error, "cannot read", base->name);
      return -1;
    }
  if (!values_read (reader, n, values, error))
    return -1;
  reader->done += n;
  return (gssize) n;
}

static void
reader_tell (ConsetReader *base)
{
  static const char *const keys[] = { CONSET_NOTE_VERSION, CONSET_NOTE_EXPRESSION, CONSET_NOTE_SEED,
                                      CONSET_NOTE_WINDOW, CONSET_NOTE_DIGEST };
  Reader *reader = (Reader *) base;

  for (gsize k = 0; k < G_N_ELEMENTS (keys); k++)
    {
      char *text = conset_hdf5_read_text (reader->population, keys[k]);

      if (text != NULL)
        conset_notes_set (&base->notes, keys[k], text);
    }
  base->sources = conset_hdf5_read_text (reader->sources, "node_population");
  base->targets = conset_hdf5_read_text (reader->targets, "node_population");
}

static const ConsetReaderClass reader_class = { reader_read, reader_free, reader_tell };

/* }}} */
/* {{{ opening */

/* The population that is asked for, or the only one (transfer full); NULL with @error set. */
static char *
find_population (const char *name, hid_t edges, const char *population, GError **error)
{
  guint64 n = conset_hdf5_n_links (edges);
  g_autofree char *first = n > 0 ? conset_hdf5_link_name (edges, 0) : NULL;

  if (population == NULL && n == 1 && first != NULL)
    return g_steal_pointer (&first);
  if (population != NULL && strchr (population, '/') == NULL && population[0] != '\0'
      && population[0] != '.' && H5Lexists (edges, population, H5P_DEFAULT) > 0)
    return g_strdup (population);
  if (n == 0)
    conset_reader_fail (name, error, "there are no populations of edges");
  else if (population == NULL)
    conset_reader_fail (name, error,
                        "there are %" G_GUINT64_FORMAT " populations; choose one, such as '%.60s'",
                        n, first);
  else
    conset_reader_fail (name, error, "there is no population '%s', but '%.60s', for example",
                        population, first);
  return NULL;
}

/* Whether @n numbers can come of what @dataset takes of the file: else a damaged size would have
 * memory filled with what libhdf5 makes up for them. Nothing is known of filters but those that
 * everybody has. */
static gboolean
dataset_has_room (hid_t dataset, guint64 n)
{
  g_auto (ConsetH5List) list = H5Dget_create_plist (dataset);
  g_auto (ConsetH5Type) type = H5Dget_type (dataset);
  double room = (double) H5Dget_storage_size (dataset);
  int n_filters = H5Pget_nfilters (list);

  if (H5Pget_layout (list) == H5D_VIRTUAL)
    return TRUE;
  for (int k = 0; k < n_filters; k++)
    {
      gsize n_values = 0;
      H5Z_filter_t filter =
        H5Pget_filter2 (list, (unsigned) k, NULL, &n_values, NULL, 0, NULL, NULL);

      if (filter == H5Z_FILTER_DEFLATE)
        room *= DEFLATE_MOST;
      else if (filter != H5Z_FILTER_SHUFFLE && filter != H5Z_FILTER_FLETCHER32)
        return TRUE;
    }
  return (double) n * (double) H5Tget_size (type) <= room;
}

static gboolean
reader_open_ids (Reader *reader, const char *name, hid_t *dataset, guint64 *n, GError **error)
{
  *dataset = H5Lexists (reader->population, name, H5P_DEFAULT) > 0
               ? H5Dopen2 (reader->population, name, H5P_DEFAULT)
               : H5I_INVALID_HID;
  if (*dataset >= 0 && is_vector (*dataset, H5T_INTEGER, n))
    return TRUE;
  return conset_reader_fail (reader->base.name, error,
                             "the population has no vector '%s' of node ids; it is no SONATA file",
                             name);
}

/* One vector of the group. */
static gboolean
reader_add_values (Reader *reader, hid_t group, const char *name, GError **error)
{
  H5O_info_t info;
  hid_t dataset;
  guint64 n;

  if (H5Oget_info_by_name (group, name, &info, H5P_DEFAULT) < 0)
    return conset_hdf5_fail (error, "cannot read", reader->base.name);
  if (info.type != H5O_TYPE_DATASET)
    return TRUE;
  dataset = H5Dopen2 (group, name, H5P_DEFAULT);
  if (dataset < 0)
    return conset_hdf5_fail (error, "cannot read", reader->base.name);
  if (is_vector (dataset, H5T_FLOAT, &n))
    {
      g_autofree char *unit = conset_hdf5_read_text (dataset, "units");

      g_array_append_val (reader->values, dataset);
      conset_reader_add_column (&reader->base, conset_sonata_column (name), unit);
      return n == reader->n
             || conset_reader_fail (reader->base.name, error,
                                    "there are not as many values '%.60s' as edges", name);
    }
  H5Dclose (dataset);
  return TRUE;
}

/* The name of the only group of values (transfer full), which is a number; NULL for none. */
static gboolean
reader_find_group (Reader *reader, char **found, GError **error)
{
  guint64 n = conset_hdf5_n_links (reader->population);

  *found = NULL;
  for (guint64 k = 0; k < n; k++)
    {
      g_autofree char *name = conset_hdf5_link_name (reader->population, k);

      if (name == NULL)
        return conset_hdf5_fail (error, "cannot read", reader->base.name);
      if (!g_ascii_string_to_unsigned (name, 10, 0, G_MAXUINT32, &reader->group, NULL))
        continue;
      if (*found != NULL)
        return conset_reader_fail (
          reader->base.name, error,
          "the population has several groups of edges, with different values; "
          "that cannot be read");
      *found = g_steal_pointer (&name);
    }
  if (*found != NULL)
    g_ascii_string_to_unsigned (*found, 10, 0, G_MAXUINT32, &reader->group, NULL);
  return TRUE;
}

/* The vector @name, of a number for each edge, if it is there; one below 0 if not. */
static gboolean
reader_open_rows (Reader *reader, const char *name, hid_t *dataset, GError **error)
{
  guint64 n = 0;

  if (H5Lexists (reader->population, name, H5P_DEFAULT) <= 0)
    return TRUE;
  if (!reader_open_ids (reader, name, dataset, &n, error))
    return FALSE;
  return n == reader->n
         || conset_reader_fail (reader->base.name, error, "there are not as many '%s' as edges",
                                name);
}

static gboolean
reader_open_values (Reader *reader, GError **error)
{
  g_auto (ConsetH5Group) group = H5I_INVALID_HID;
  g_autofree char *order = NULL, *found = NULL;
  g_auto (GStrv) first = NULL;
  guint64 n;

  if (!reader_find_group (reader, &found, error))
    return FALSE;
  if (found == NULL)
    return TRUE;
  group = H5Gopen2 (reader->population, found, H5P_DEFAULT);
  if (group < 0)
    return conset_hdf5_fail (error, "cannot read", reader->base.name);
  if (!reader_open_rows (reader, "edge_group_id", &reader->group_ids, error)
      || !reader_open_rows (reader, "edge_group_index", &reader->group_indices, error))
    return FALSE;
  order = conset_hdf5_read_text (reader->population, CONSET_NOTE_COLUMNS);
  first = g_strsplit (order != NULL ? order : "syn_weight delay", " ", -1);
  for (guint k = 0; first[k] != NULL; k++)
    if (first[k][0] != '\0' && strchr (first[k], '/') == NULL && first[k][0] != '.'
        && !g_strv_contains ((const char *const *) first + k + 1, first[k])
        && H5Lexists (group, first[k], H5P_DEFAULT) > 0
        && !reader_add_values (reader, group, first[k], error))
      return FALSE;
  n = conset_hdf5_n_links (group);
  for (guint64 k = 0; k < n; k++)
    {
      g_autofree char *name = conset_hdf5_link_name (group, k);

      if (name == NULL)
        return conset_hdf5_fail (error, "cannot read", reader->base.name);
      if (!g_strv_contains ((const char *const *) first, name)
          && !reader_add_values (reader, group, name, error))
        return FALSE;
    }
  return TRUE;
}

/* The group of edges of @file, which is opened; one below 0 with @error set. */
static hid_t
edges_open (const char *name, gboolean numbers, hid_t *file, GError **error)
{
  hid_t edges;

  *file = conset_hdf5_open (name, numbers, error);
  if (*file < 0)
    return H5I_INVALID_HID;
  if (H5Lexists (*file, "edges", H5P_DEFAULT) <= 0)
    {
      conset_reader_fail (name, error, "there is no group 'edges'; it is no SONATA file");
      return H5I_INVALID_HID;
    }
  edges = H5Gopen2 (*file, "edges", H5P_DEFAULT);
  if (edges < 0)
    conset_hdf5_fail (error, "cannot read", name);
  return edges;
}

static gboolean
reader_open (Reader *reader, const char *population, GError **error)
{
  const char *name = reader->base.name;
  g_auto (ConsetH5Group) edges = edges_open (name, TRUE, &reader->file, error);
  g_autofree char *found = NULL;
  guint64 n_targets = 0;

  found = edges >= 0 ? find_population (name, edges, population, error) : NULL;
  if (found == NULL)
    return FALSE;
  reader->base.population = g_utf8_make_valid (found, -1);
  reader->population = H5Gopen2 (edges, found, H5P_DEFAULT);
  if (reader->population < 0)
    return conset_hdf5_fail (error, "cannot read", name);
  if (!reader_open_ids (reader, "source_node_id", &reader->sources, &reader->n, error)
      || !reader_open_ids (reader, "target_node_id", &reader->targets, &n_targets, error))
    return FALSE;
  if (reader->n != n_targets)
    return conset_reader_fail (name, error, "there are not as many sources as targets");
  if (!dataset_has_room (reader->sources, reader->n)
      || !dataset_has_room (reader->targets, reader->n))
    return conset_reader_fail (name, error,
                               "there are said to be %" G_GUINT64_FORMAT
                               " edges, which are not there; the file is damaged",
                               reader->n);
  return reader_open_values (reader, error);
}

ConsetReader *
conset_read_sonata (const char *file, const char *population, GError **error)
{
  Reader *reader = conset_reader_new (&reader_class, sizeof *reader, file);

  conset_hdf5_begin (&reader->session);
  reader->base.sonata = TRUE;
  reader->file = reader->population = reader->sources = reader->targets = H5I_INVALID_HID;
  reader->group_ids = reader->group_indices = H5I_INVALID_HID;
  reader->rows = g_new (guint64, CONSET_READER_BLOCK);
  reader->values = g_array_new (FALSE, FALSE, sizeof (hid_t));
  if (reader_open (reader, population, error))
    return &reader->base;
  conset_reader_free (&reader->base);
  return NULL;
}

char **
conset_sonata_populations (const char *name, GError **error)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (ConsetBytes) bytes = conset_bytes_open (name, error);
  g_auto (ConsetHdf5) session;
  g_auto (ConsetH5File) file = H5I_INVALID_HID;
  g_auto (ConsetH5Group) edges = H5I_INVALID_HID;
  guint64 n;

  conset_hdf5_begin (&session);
  edges = bytes != NULL ? edges_open (name, FALSE, &file, error) : H5I_INVALID_HID;
  if (edges < 0)
    return NULL;
  n = conset_hdf5_n_links (edges);
  for (guint64 k = 0; k < n; k++)
    {
      char *link = conset_hdf5_link_name (edges, k);

      if (link == NULL)
        {
          conset_hdf5_fail (error, "cannot read", name);
          return NULL;
        }
      g_ptr_array_add (names, link);
    }
  g_ptr_array_add (names, NULL);
  return (char **) g_ptr_array_free (g_steal_pointer (&names), FALSE);
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * Positions of the nodes of SONATA, in HDF5: /nodes/POPULATION/GROUP/{x,y,z}.
 *
 * Row r of a population is node node_id[r], or r without such a column; its attributes are in row
 * node_group_index[r] of group node_group_id[r]. The usual file has one group with the rows in
 * order, whose columns go to where they belong at once; of others a column at a time is read, and
 * then spread out, so that memory is that of the positions and one column.
 *
 * Format: SONATA developer guide, https://github.com/AllenInstitute/sonata
 */
#include "hdf5.h"
#include "positions.h"

#include <conset/types.h>

#include <string.h>

#define PIECE 8192

/* Data are compressed to a thousandth at best (the limit of deflate is 1032). */
#define MOST_COMPRESSED 1100

/* @name: a number, as text
 * @n: rows
 * @column: (nullable): of one coordinate */
typedef struct
{
  char *name;
  guint64 number;
  hid_t id;
  guint64 n;
  double *column;
} Group;

/* @names: of the columns of coordinates; NULL for one that has all of them, "positions"
 * @place: node ids of a piece of rows; @group, @row: where these are */
typedef struct
{
  ConsetPositions *positions;
  ConsetBytes *bytes;
  hid_t population;
  GArray *groups;
  const char *const *names;
  guint64 place[PIECE];
  guint64 group[PIECE];
  guint64 row[PIECE];
} Nodes;

static gboolean G_GNUC_PRINTF (3, 4)
  nodes_fail (const Nodes *nodes, GError **error, const char *format, ...)
{
  g_autofree char *problem = NULL;
  va_list args;

  va_start (args, format);
  problem = g_strdup_vprintf (format, args);
  va_end (args);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s: %s", conset_bytes_name (nodes->bytes),
               problem);
  return FALSE;
}

static gboolean
library_fail (const Nodes *nodes, GError **error)
{
  return conset_hdf5_fail (error, "cannot read", conset_bytes_name (nodes->bytes));
}

static void
group_clear (gpointer data)
{
  Group *group = data;

  g_free (group->name);
  g_free (group->column);
  if (group->id >= 0)
    H5Gclose (group->id);
}

static Group *
nodes_group (const Nodes *nodes, guint k)
{
  return &g_array_index (nodes->groups, Group, k);
}

static gboolean
has_link (hid_t parent, const char *name)
{
  return H5Lexists (parent, name, H5P_DEFAULT) > 0;
}

/* {{{ datasets */

/* The dataset @name of numbers; its size goes to @n, and its second dimension, 1 for none, to
 * @width. Below 0 with @error set if there is none such. */
static hid_t
open_numbers (
  const Nodes *nodes, hid_t parent, const char *name, guint64 *n, guint64 *width, GError **error)
{
  g_auto (ConsetH5Dataset) dataset = H5Dopen2 (parent, name, H5P_DEFAULT);
  g_auto (ConsetH5Space) space = dataset >= 0 ? H5Dget_space (dataset) : H5I_INVALID_HID;
  g_auto (ConsetH5Type) type = dataset >= 0 ? H5Dget_type (dataset) : H5I_INVALID_HID;
  hsize_t size[2] = { 0, 1 };
  int n_sizes = space >= 0 ? H5Sget_simple_extent_ndims (space) : -1;
  hid_t found = dataset;

  if (dataset < 0 || space < 0 || type < 0)
    {
      library_fail (nodes, error);
      return H5I_INVALID_HID;
    }
  if (n_sizes < 1 || n_sizes > 2 || H5Sget_simple_extent_dims (space, size, NULL) < 0
      || (H5Tget_class (type) != H5T_INTEGER && H5Tget_class (type) != H5T_FLOAT))
    {
      nodes_fail (nodes, error, "the dataset %s is none of numbers", name);
      return H5I_INVALID_HID;
    }
  *n = size[0];
  *width = size[1];
  if (size[0] / MOST_COMPRESSED > conset_bytes_size (nodes->bytes))
    {
      nodes_fail (nodes, error, "the dataset %s says that it is larger than the file can hold",
                  name);
      return H5I_INVALID_HID;
    }
  dataset = H5I_INVALID_HID;
  return found;
}

/* Reads @n rows from @first on; of two dimensions, column @column. Numbers are @stride apart. */
static gboolean
read_rows (const Nodes *nodes,
           hid_t dataset,
           hid_t type,
           guint64 first,
           guint64 n,
           int column,
           gsize stride,
           void *to,
           GError **error)
{
  g_auto (ConsetH5Space) file = H5Dget_space (dataset);
  const hsize_t from[] = { first, (hsize_t) MAX (column, 0) }, count[] = { n, 1 };
  const hsize_t room[] = { n * stride }, zero[] = { 0 }, apart[] = { stride };
  g_auto (ConsetH5Space) memory = H5Screate_simple (1, room, NULL);

  if (n == 0)
    return TRUE;
  if (H5Sselect_hyperslab (file, H5S_SELECT_SET, from, NULL, count, NULL) < 0
      || H5Sselect_hyperslab (memory, H5S_SELECT_SET, zero, apart, count, NULL) < 0
      || H5Dread (dataset, type, memory, file, H5P_DEFAULT, to) < 0)
    return library_fail (nodes, error);
  return TRUE;
}

/* }}} */

/* {{{ rows */

/* Part of a column of integers, one a row; @otherwise, or @first on, where there is no such column.
 */
static gboolean
read_integers (const Nodes *nodes,
               const char *name,
               guint64 first,
               gsize n,
               gboolean counting,
               guint64 *to,
               GError **error)
{
  g_auto (ConsetH5Dataset) dataset = H5I_INVALID_HID;
  guint64 size, width;

  if (!has_link (nodes->population, name))
    {
      for (gsize k = 0; k < n; k++)
        to[k] = counting ? first + k : 0;
      return TRUE;
    }
  dataset = open_numbers (nodes, nodes->population, name, &size, &width, error);
  if (dataset < 0)
    return FALSE;
  if (size != nodes->positions->n || width != 1)
    return nodes_fail (
      nodes, error, "%s has %" G_GUINT64_FORMAT " rows, where there are %" G_GSIZE_FORMAT " nodes",
      name, size, nodes->positions->n);
  return read_rows (nodes, dataset, H5T_NATIVE_UINT64, first, n, -1, 1, to, error);
}

/* Which nodes rows from @first on are, and where their attributes are; all of it is checked. */
static gboolean
read_piece (Nodes *nodes, guint64 first, gsize n, GError **error)
{
  if (!read_integers (nodes, "node_id", first, n, TRUE, nodes->place, error)
      || !read_integers (nodes, "node_group_id", first, n, FALSE, nodes->group, error)
      || !read_integers (nodes, "node_group_index", first, n, TRUE, nodes->row, error))
    return FALSE;
  for (gsize k = 0; k < n; k++)
    {
      guint g = 0;

      while (g < nodes->groups->len && nodes_group (nodes, g)->number != nodes->group[k])
        g++;
      if (g == nodes->groups->len)
        return nodes_fail (nodes, error,
                           "row %" G_GUINT64_FORMAT " is of group %" G_GUINT64_FORMAT
                           ", which is not there",
                           first + k, nodes->group[k]);
      if (nodes->row[k] >= nodes_group (nodes, g)->n)
        return nodes_fail (nodes, error,
                           "row %" G_GUINT64_FORMAT " is row %" G_GUINT64_FORMAT
                           " of group %s, which has %" G_GUINT64_FORMAT,
                           first + k, nodes->row[k], nodes_group (nodes, g)->name,
                           nodes_group (nodes, g)->n);
      if (nodes->place[k] >= nodes->positions->n)
        return nodes_fail (nodes, error,
                           "node_id %" G_GUINT64_FORMAT " is none from 0 to below %" G_GSIZE_FORMAT
                           ", the number of nodes",
                           nodes->place[k], nodes->positions->n);
      nodes->group[k] = g;
    }
  return TRUE;
}

/* Whether all rows are in order, in one group; each node is to be there once. */
static gboolean
check_rows (Nodes *nodes, gboolean *in_order, GError **error)
{
  gsize n = nodes->positions->n;
  g_autofree guint8 *seen = g_try_malloc0 (n / 8 + 1);

  *in_order = nodes->groups->len == 1;
  if (seen == NULL)
    return nodes_fail (nodes, error, "there is no memory for its nodes");
  for (gsize first = 0, some; first < n; first += some)
    {
      some = MIN (PIECE, n - first);
      if (!read_piece (nodes, first, some, error))
        return FALSE;
      for (gsize k = 0; k < some; k++)
        {
          guint64 place = nodes->place[k];

          *in_order = *in_order && place == first + k && nodes->row[k] == first + k;
          if (seen[place / 8] & 1u << place % 8)
            return nodes_fail (nodes, error, "node_id %" G_GUINT64_FORMAT " is there twice", place);
          seen[place / 8] |= (guint8) (1u << place % 8);
        }
    }
  return TRUE;
}

/* }}} */

/* {{{ columns */

/* Reads coordinate @d of a group, @stride apart. */
static gboolean
read_column (
  const Nodes *nodes, const Group *group, guint d, gsize stride, double *to, GError **error)
{
  const char *name = nodes->names != NULL ? nodes->names[d] : "positions";
  g_auto (ConsetH5Dataset) dataset = H5I_INVALID_HID;
  guint64 n, width;

  if (!has_link (group->id, name))
    return nodes_fail (nodes, error, "group %s has no column %s", group->name, name);
  dataset = open_numbers (nodes, group->id, name, &n, &width, error);
  if (dataset < 0)
    return FALSE;
  if (n != group->n || width != (nodes->names != NULL ? 1 : nodes->positions->n_dimensions))
    return nodes_fail (nodes, error, "column %s of group %s is not of the size of the others", name,
                       group->name);
  return read_rows (nodes, dataset, H5T_NATIVE_DOUBLE, 0, n, nodes->names != NULL ? -1 : (int) d,
                    stride, to, error);
}

/* Coordinate @d of all nodes, wherever it is. */
static gboolean
spread_column (Nodes *nodes, guint d, GError **error)
{
  guint n_dimensions = nodes->positions->n_dimensions;
  gsize n = nodes->positions->n;

  for (guint k = 0; k < nodes->groups->len; k++)
    {
      Group *group = nodes_group (nodes, k);

      if (group->column == NULL)
        group->column = g_try_new (double, group->n + 1);
      if (group->column == NULL)
        return nodes_fail (nodes, error, "there is no memory for its columns");
      if (!read_column (nodes, group, d, 1, group->column, error))
        return FALSE;
    }
  for (gsize first = 0, some; first < n; first += some)
    {
      some = MIN (PIECE, n - first);
      if (!read_piece (nodes, first, some, error))
        return FALSE;
      for (gsize k = 0; k < some; k++)
        nodes->positions->numbers[nodes->place[k] * n_dimensions + d] =
          nodes_group (nodes, (guint) nodes->group[k])->column[nodes->row[k]];
    }
  return TRUE;
}

static gboolean
read_columns (Nodes *nodes, GError **error)
{
  gboolean in_order;

  if (!check_rows (nodes, &in_order, error))
    return FALSE;
  for (guint d = 0; d < nodes->positions->n_dimensions; d++)
    if (in_order && nodes->groups->len == 1 && nodes_group (nodes, 0)->n == nodes->positions->n
          ? !read_column (nodes, nodes_group (nodes, 0), d, nodes->positions->n_dimensions,
                          nodes->positions->numbers + d, error)
          : !spread_column (nodes, d, error))
      return FALSE;
  return TRUE;
}

/* }}} */

/* {{{ groups and populations */

/* The number that the name of a group is; FALSE for other links. */
static gboolean
read_number (const char *name, guint64 *number)
{
  gsize length = strlen (name);

  if (length == 0 || length > 18 || strspn (name, "0123456789") < length)
    return FALSE;
  *number = g_ascii_strtoull (name, NULL, 10);
  return TRUE;
}

/* What the columns of coordinates are called, and how many rows the group has. */
static gboolean
find_columns (Nodes *nodes, Group *group, gboolean is_first, GError **error)
{
  static const char *const usual[] = { "x", "y", "z", NULL };
  const char *const *asked = nodes->positions->options->columns;
  g_auto (ConsetH5Dataset) dataset = H5I_INVALID_HID;
  guint64 width;
  guint n = 0;

  if (is_first)
    {
      nodes->names = asked != NULL || has_link (group->id, "x") ? asked : NULL;
      if (asked == NULL && (has_link (group->id, "x") || !has_link (group->id, "positions")))
        nodes->names = usual;
    }
  dataset = open_numbers (nodes, group->id, nodes->names != NULL ? nodes->names[0] : "positions",
                          &group->n, &width, error);
  if (dataset < 0)
    {
      g_prefix_error (error, "group %s of the nodes has no positions: ", group->name);
      return FALSE;
    }
  if (!is_first)
    return TRUE;
  for (n = 0; nodes->names != NULL && nodes->names[n] != NULL; n++)
    if (nodes->names == usual && n == 2 && !has_link (group->id, "z"))
      break;
  if (nodes->names == NULL)
    n = (guint) MIN (width, 4);
  nodes->positions->n_dimensions = n;
  return n == 2 || n == 3
         || nodes_fail (nodes, error, "positions have 2 or 3 coordinates; name as many columns");
}

static gboolean
find_groups (Nodes *nodes, GError **error)
{
  guint64 n_links = conset_hdf5_n_links (nodes->population);

  for (guint64 k = 0; k < n_links; k++)
    {
      g_autofree char *name = conset_hdf5_link_name (nodes->population, k);
      Group group = { .id = H5I_INVALID_HID };

      if (name == NULL || !read_number (name, &group.number))
        continue;
      group.id = H5Gopen2 (nodes->population, name, H5P_DEFAULT);
      group.name = g_steal_pointer (&name);
      g_array_append_val (nodes->groups, group);
      if (group.id < 0)
        return library_fail (nodes, error);
      if (!find_columns (nodes, nodes_group (nodes, nodes->groups->len - 1),
                         nodes->groups->len == 1, error))
        return FALSE;
    }
  return nodes->groups->len > 0
         || nodes_fail (nodes, error, "the population has no group of attributes, such as '0'");
}

/* The one that was asked for, or the only one. */
static char *
find_population (const Nodes *nodes, hid_t all, GError **error)
{
  const char *asked = nodes->positions->options->population;
  guint64 n = conset_hdf5_n_links (all);
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint64 k = 0; k < n; k++)
    {
      g_autofree char *name = conset_hdf5_link_name (all, k);

      if (name != NULL && (asked != NULL ? strcmp (name, asked) == 0 : n == 1))
        return g_steal_pointer (&name);
      if (name != NULL && names->len < 200)
        g_string_append_printf (names, "%s'%.40s'", names->len > 0 ? ", " : "", name);
    }
  if (asked != NULL)
    nodes_fail (nodes, error, "there is no population '%s' of nodes; there are %s", asked,
                names->len > 0 ? names->str : "none");
  else
    nodes_fail (nodes, error, "choose the population of nodes; there are %s",
                names->len > 0 ? names->str : "none");
  return NULL;
}

/* How many nodes there are. */
static gboolean
count_nodes (Nodes *nodes, guint64 *n, GError **error)
{
  static const char *const names[] = { "node_id", "node_group_index", "node_type_id" };
  guint64 width;

  *n = nodes_group (nodes, 0)->n;
  for (guint k = 0; k < G_N_ELEMENTS (names); k++)
    if (has_link (nodes->population, names[k]))
      {
        g_auto (ConsetH5Dataset) dataset =
          open_numbers (nodes, nodes->population, names[k], n, &width, error);

        return dataset >= 0;
      }
  return TRUE;
}

/* }}} */

static gboolean
read_population (Nodes *nodes, hid_t file, GError **error)
{
  g_auto (ConsetH5Group) all =
    has_link (file, "nodes") ? H5Gopen2 (file, "nodes", H5P_DEFAULT) : H5I_INVALID_HID;
  g_auto (ConsetH5Group) population = H5I_INVALID_HID;
  g_autofree char *name = NULL;
  guint64 n;

  if (all < 0)
    return nodes_fail (nodes, error, "there are no nodes; give a file with nodes of SONATA");
  name = find_population (nodes, all, error);
  if (name == NULL)
    return FALSE;
  population = H5Gopen2 (all, name, H5P_DEFAULT);
  nodes->population = population;
  if (population < 0)
    return library_fail (nodes, error);
  return find_groups (nodes, error) && count_nodes (nodes, &n, error)
         && conset_positions_reserve (nodes->positions, nodes->bytes, n, error)
         && read_columns (nodes, error);
}

gboolean
conset_positions_read_nodes (ConsetPositions *positions,
                             const char *name,
                             ConsetBytes *bytes,
                             GError **error)
{
  g_auto (ConsetHdf5) session = { 0 };
  g_autoptr (GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_autofree Nodes *nodes = g_new0 (Nodes, 1);
  g_auto (ConsetH5File) file = H5I_INVALID_HID;

  conset_hdf5_begin (&session);
  g_array_set_clear_func (groups, group_clear);
  *nodes = (Nodes){ .positions = positions, .bytes = bytes, .groups = groups };
  file = conset_hdf5_open (name, TRUE, error);
  if (file < 0)
    return FALSE;
  return read_population (nodes, file, error);
}

/* SPDX-License-Identifier: MIT */
/*
 * What makes a network of a SONATA file of edges, NAME.h5: the nodes, their types and those of the
 * edges, and a configuration that names them all.
 *
 *   NAME_nodes.h5         a population for each name that the edges tell, all nodes of one type
 *   NAME_node_types.csv   type 0 is the neuron model, with the parameters of NAME_neuron.json
 *   NAME_edge_types.csv   a type for each population of edges, which are of the synapse model
 *   NAME_neuron.json      no parameters; a place for some
 *   NAME_circuit.json     what to load: nest.SonataNetwork ("NAME_circuit.json"), or BMTK
 *
 * All of it is made from what the file of edges holds, so that it is right after populations have
 * been appended, too. Weights and delays of the file count more than those of the tables.
 */
#include "export.h"
#include "hdf5_column.h"
#include "hdf5_driver.h"

#include <string.h>

/* Milliseconds: the resolution and the time simulated that the configuration begins with. */
#define RESOLUTION "0.1"
#define DURATION "1000.0"

typedef struct
{
  const ConsetExport *export;
  char *stem;
  GTree *nodes;
  guint n_populations;
} Network;

static int
compare_names (gconstpointer a, gconstpointer b, gpointer data G_GNUC_UNUSED)
{
  return strcmp (a, b);
}

static char *
network_file_name (const Network *network, const char *ending)
{
  return g_strconcat (network->stem, ending, NULL);
}

/* {{{ what the edges tell */

/* The nodes that a dataset of node ids names. */
static gboolean
network_see (Network *network, hid_t population, const char *name)
{
  g_auto (ConsetH5Dataset) dataset = H5Dopen2 (population, name, H5P_DEFAULT);
  g_autofree char *nodes = dataset >= 0 ? conset_hdf5_read_text (dataset, "node_population") : NULL;
  g_autofree char *count = dataset >= 0 ? conset_hdf5_read_text (dataset, "conset_nodes") : NULL;
  guint64 n, *most;

  if (nodes == NULL || count == NULL
      || !g_ascii_string_to_unsigned (count, 10, 0, CONSET_INDEX_END, &n, NULL))
    return FALSE;
  most = g_tree_lookup (network->nodes, nodes);
  if (most == NULL)
    {
      most = g_new0 (guint64, 1);
      g_tree_insert (network->nodes, g_steal_pointer (&nodes), most);
    }
  *most = MAX (*most, n);
  return TRUE;
}

static gboolean
network_read (Network *network, GError **error)
{
  g_auto (ConsetH5File) file = conset_hdf5_open (network->export->name, FALSE, error);
  g_auto (ConsetH5Group) edges = file >= 0 ? H5Gopen2 (file, "edges", H5P_DEFAULT) : file;

  if (file < 0)
    return FALSE;
  if (edges < 0)
    return conset_hdf5_fail (error, "cannot read", network->export->name);
  network->n_populations = (guint) conset_hdf5_n_links (edges);
  for (guint k = 0; k < network->n_populations; k++)
    {
      g_autofree char *name = conset_hdf5_link_name (edges, k);
      g_auto (ConsetH5Group) population =
        name != NULL ? H5Gopen2 (edges, name, H5P_DEFAULT) : H5I_INVALID_HID;

      if (population >= 0 && network_see (network, population, "source_node_id")
          && network_see (network, population, "target_node_id"))
        continue;
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                   "%s: the population '%s' does not tell how many nodes there are; have conset "
                   "write all of the file",
                   network->export->name, name);
      return FALSE;
    }
  return TRUE;
}

/* }}} */
/* {{{ nodes */

typedef struct
{
  hid_t file;
  hid_t group;
  ConsetHdf5Writer *writer;
  GError *error;
  gboolean failed;
} Nodes;

/* Nodes 0, 1, 2, ... of type 0. */
static gboolean
nodes_write (gpointer key, gpointer value, gpointer data)
{
  static const char *const counting[] = { "node_id", "node_group_index" };
  static const char *const zeros[] = { "node_type_id", "node_group_id" };
  Nodes *nodes = data;
  guint64 n = *(guint64 *) value;
  guint first = nodes->writer->columns->len;
  g_auto (ConsetH5Group) group = conset_hdf5_need_group (nodes->group, key);
  g_auto (ConsetH5Group) values = conset_hdf5_need_group (group, "0");
  gboolean ok = values >= 0;

  for (guint k = 0; k < G_N_ELEMENTS (counting); k++)
    {
      ConsetHdf5Column *column = conset_hdf5_column_add (
        nodes->writer, g_strdup_printf ("nodes/%s/%s", (char *) key, counting[k]), 1, FALSE, n);

      ok = ok && conset_hdf5_column_create (column, nodes->file);
    }
  for (guint k = 0; k < G_N_ELEMENTS (zeros); k++)
    ok = ok && conset_hdf5_write_same (group, zeros[k], n, 0);
  conset_hdf5_writer_begin (nodes->writer, first, nodes->writer->columns->len);
  for (guint k = first; ok && k < nodes->writer->columns->len; k++)
    conset_hdf5_column_number (g_ptr_array_index (nodes->writer->columns, k), 0, n);
  nodes->failed = !conset_hdf5_writer_finish (nodes->writer, ok, &nodes->error);
  return nodes->failed;
}

static gboolean
network_write_nodes (const Network *network, GError **error)
{
  g_autofree char *name = network_file_name (network, "_nodes.h5");
  g_autoptr (ConsetFile) file = conset_file_new (name, error);
  g_auto (ConsetHdf5Writer) writer;
  g_auto (ConsetH5File) opened = H5I_INVALID_HID;
  g_auto (ConsetH5Group) group = H5I_INVALID_HID;
  Nodes nodes = { .writer = &writer };

  conset_hdf5_writer_init (&writer, file, NULL, 0);
  if (file == NULL)
    return FALSE;
  nodes.file = opened = conset_hdf5_write_to (file);
  nodes.group = group = conset_hdf5_need_group (opened, "nodes");
  g_tree_foreach (network->nodes, nodes_write, &nodes);
  if (nodes.error != NULL)
    {
      g_propagate_error (error, nodes.error);
      return FALSE;
    }
  if (group < 0 || nodes.failed || H5Fflush (opened, H5F_SCOPE_GLOBAL) < 0)
    return conset_hdf5_fail (error, "cannot write", name);
  conset_hdf5_clear_ConsetH5Group (&group);
  conset_hdf5_clear_ConsetH5File (&opened);
  return conset_file_commit (file, error);
}

/* }}} */
/* {{{ tables and the configuration */

static gboolean
network_write_text (const Network *network, const char *ending, const char *text, GError **error)
{
  g_autofree char *name = network_file_name (network, ending);
  g_autoptr (ConsetFile) file = conset_file_new (name, error);

  if (file == NULL)
    return FALSE;
  conset_file_text (file, text);
  return conset_file_commit (file, error);
}

/* @text as it stands between the quotes of JSON. */
static char *
json_escape (const char *text)
{
  GString *out = g_string_new (NULL);

  for (const char *at = text; *at != '\0'; at++)
    if (*at == '"' || *at == '\\')
      g_string_append_printf (out, "\\%c", *at);
    else if ((guchar) *at < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) *at);
    else
      g_string_append_c (out, *at);
  return g_string_free (out, FALSE);
}

static gboolean
network_write_types (const Network *network, const char *stem, GError **error)
{
  g_autofree char *nodes =
    g_strdup_printf ("node_type_id model_type model_template dynamics_params\n"
                     "0 point_neuron nest:%s %s_neuron.json\n",
                     network->export->neuron, stem);
  GString *edges = g_string_new ("edge_type_id model_template\n");
  g_autofree char *text = NULL;

  for (guint k = 0; k < network->n_populations; k++)
    g_string_append_printf (edges, "%u %s\n", k, network->export->synapse);
  text = g_string_free (edges, FALSE);
  return network_write_text (network, "_node_types.csv", nodes, error)
         && network_write_text (network, "_edge_types.csv", text, error)
         && network_write_text (network, "_neuron.json", "{}\n", error);
}

static gboolean
network_write_configuration (const Network *network, const char *stem, GError **error)
{
  g_autofree char *base = g_path_get_basename (network->export->name);
  g_autofree char *edges = json_escape (base);
  g_autofree char *name = json_escape (stem);
  g_autofree char *text =
    g_strdup_printf ("{\n"
                     "  \"manifest\": {\"$BASE_DIR\": \".\"},\n"
                     "  \"target_simulator\": \"NEST\",\n"
                     "  \"run\": {\"tstop\": " DURATION ", \"dt\": " RESOLUTION "},\n"
                     "  \"components\": {\n"
                     "    \"point_neuron_models_dir\": \"$BASE_DIR\",\n"
                     "    \"synaptic_models_dir\": \"$BASE_DIR\"\n"
                     "  },\n"
                     "  \"networks\": {\n"
                     "    \"nodes\": [\n"
                     "      {\"nodes_file\": \"$BASE_DIR/%s_nodes.h5\", "
                     "\"node_types_file\": \"$BASE_DIR/%s_node_types.csv\"}\n"
                     "    ],\n"
                     "    \"edges\": [\n"
                     "      {\"edges_file\": \"$BASE_DIR/%s\", "
                     "\"edge_types_file\": \"$BASE_DIR/%s_edge_types.csv\"}\n"
                     "    ]\n"
                     "  }\n"
                     "}\n",
                     name, name, edges, name);

  return network_write_text (network, "_circuit.json", text, error);
}

/* }}} */

gboolean
conset_write_network (const ConsetExport *export, GError **error)
{
  g_auto (ConsetHdf5) session = { NULL, NULL };
  g_autoptr (GTree) nodes = g_tree_new_full (compare_names, NULL, g_free, g_free);
  const char *dot = strrchr (export->name, '.'), *slash = strrchr (export->name, '/');
  gsize length = dot != NULL && (slash == NULL || dot > slash + 1) ? (gsize) (dot - export->name)
                                                                   : strlen (export->name);
  g_autofree char *stem = g_strndup (export->name, length);
  g_autofree char *base = g_path_get_basename (stem);
  Network network = { export, stem, nodes, 0 };

  conset_hdf5_begin (&session);
  return network_read (&network, error) && network_write_nodes (&network, error)
         && network_write_types (&network, base, error)
         && network_write_configuration (&network, base, error);
}

/* SPDX-License-Identifier: MIT */
/*
 * conset export: connections into a file that other programs read.
 *
 * The library writes; here are the options, and the progress.
 */
#include <signal.h>

#include "cli.h"
#include "export.h"
#include "input.h"
#include "options.h"
#include "ranks.h"
#include "work.h"

/* In the order of ConsetIndexing. */
#define INDEX_CHOICES "none|target|source|both"

static struct
{
  char *file;
  int format;
  int index;
  guint64 level;
  char *value;
  char *population;
  char *sources;
  char *targets;
  char *neuron;
  char *synapse;
  gboolean network;
  gboolean append;
  gboolean digest;
  gboolean no_comments;
} options = { .index = CONSET_INDEX_TARGETS };

static gboolean
format_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_choice_parse (option, value, CLI_FORMAT_CHOICES, &options.format, error);
}

static gboolean
index_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_choice_parse (option, value, INDEX_CHOICES, &options.index, error);
}

static gboolean
level_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_integer_parse (option, value, 9, &options.level, error);
}

#define CALLBACK(function) 0, G_OPTION_ARG_CALLBACK, (gpointer) (function)
#define FLAG(name) 0, G_OPTION_ARG_NONE, &options.name
#define STRING(name) 0, G_OPTION_ARG_STRING, &options.name

static const GOptionEntry export_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.file,
    "Write FILE, whose extension names the format: .h5, .mtx, .npy, .npz, .csv or .tsv", "FILE" },
  { "format", 0, CALLBACK (format_option),
    "Write this format; csc is what .npz stands for, coo and csr are the others of SciPy",
    CLI_FORMAT_CHOICES },
  { "value", 0, STRING (value), "Take the values NAME for the entries of a matrix", "NAME" },
  { "compress", 0, CALLBACK (level_option),
    "Compress a SONATA file, from 0, the default, for not at all to 9", "LEVEL" },
  { "digest", 0, FLAG (digest),
    "Store the digest, which takes longer than all else; small files have it anyway", NULL },
  { "no-comments", 0, FLAG (no_comments), "Do not tell in the file what made it", NULL },
  { 0 },
};

static const GOptionEntry sonata_options[] = {
  { "population", 0, STRING (population), "Call the edges of a SONATA file NAME", "NAME" },
  { "source-nodes", 0, STRING (sources), "Call the sources NAME; default nodes", "NAME" },
  { "target-nodes", 0, STRING (targets), "Call the targets NAME; default nodes", "NAME" },
  { "index", 0, CALLBACK (index_option),
    "Index the edges by target, the default, by source, which takes a second evaluation, or both",
    INDEX_CHOICES },
  { "append", 0, FLAG (append), "Keep the populations that the SONATA file has", NULL },
  { "network", 0, FLAG (network),
    "Write nodes, types and a configuration beside the file, for NEST and BMTK", NULL },
  { "neuron-model", 0, STRING (neuron), "Neurons of the network; default iaf_psc_alpha", "NAME" },
  { "synapse-model", 0, STRING (synapse), "Synapses of the network; default static_synapse",
    "NAME" },
  { 0 },
};

/* {{{ signals */

/* What a signal stops, and which one it was. */
static ConsetTask *running;
static volatile sig_atomic_t stopped_by;

static void
stop (int number)
{
  stopped_by = number;
  conset_task_cancel (running);
}

static const int stopping[] = { SIGINT, SIGTERM, SIGHUP };

/* Those that were ignored stay so. */
static void
signals_catch (ConsetTask *task)
{
  running = task;
  for (gsize k = 0; k < G_N_ELEMENTS (stopping); k++)
    if (signal (stopping[k], stop) == SIG_IGN)
      signal (stopping[k], SIG_IGN);
}

/* When no file is left that nobody wants, the signal takes its usual way. */
static void
signals_release (gboolean failed)
{
  for (gsize k = 0; k < G_N_ELEMENTS (stopping); k++)
    if (signal (stopping[k], SIG_DFL) == SIG_IGN)
      signal (stopping[k], SIG_IGN);
  running = NULL;
  if (failed && stopped_by != 0)
    raise (stopped_by);
}

/* }}} */

static ConsetExport *
export_new (void)
{
  ConsetExport *export = conset_export_new (options.file);

  conset_export_set_format (export, (ConsetFormat) options.format);
  conset_export_set_seed (export, cli_get_seed ());
  conset_export_set_compression (export, (guint) options.level);
  conset_export_set_indexing (export, (ConsetIndexing) options.index);
  conset_export_set_value (export, options.value);
  conset_export_set_digest (export, options.digest);
  conset_export_set_comments (export, !options.no_comments);
  conset_export_set_append (export, options.append);
  conset_export_set_nodes (export, options.sources != NULL ? options.sources : "nodes",
                           options.targets != NULL ? options.targets : "nodes");
  if (options.network)
    conset_export_set_network (export, options.neuron, options.synapse);
  return export;
}

gboolean
cli_export_write (ConsetExport *export, GError **error)
{
  CliWork work;
  gboolean ok;

  cli_work_begin (&work, TRUE);
  conset_export_set_task (export, work.task);
  signals_catch (work.task);
  ok = cli_ranks_export (export, error);
  signals_release (!ok);
  cli_work_end (&work);
  return ok;
}

/* Tells that the first rank works alone, if it does. */
static void
tell_ranks (void)
{
  ConsetFormat format = options.format != CONSET_FORMAT_AUTO
                          ? (ConsetFormat) options.format
                          : conset_format_of_name (options.file, NULL);

  if (cli_n_ranks () > 1 && cli_rank () == 0 && format > CONSET_FORMAT_SONATA)
    g_printerr ("conset export: the first of %u ranks writes this format alone; ranks write SONATA "
                "files (.h5) together\n",
                cli_n_ranks ());
}

static gboolean
export_check (const Conset *set, const ConsetWindow **window, GError **error)
{
  if (set == NULL)
    return FALSE;
  if (options.file != NULL)
    return cli_get_window (set, window, error);
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                       "missing option -o; give the file to write with -o FILE");
  return FALSE;
}

static gboolean
export_run (char **arguments, G_GNUC_UNUSED CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  g_autoptr (ConsetExport) export = NULL;
  const ConsetWindow *window;

  if (!cli_ranks_agree (export_check (set, &window, error), error))
    return FALSE;
  tell_ranks ();
  export = export_new ();
  conset_export_add (export, set, window, options.population);
  return cli_export_write (export, error);
}

const CliCommand cli_export_command = {
  .name = "export",
  .arguments = "EXPR",
  .summary = "write the connections into a file",
  .description =
    "Writes the connections, with their values, into a file that other programs read: SONATA "
    "edges (.h5; NEST, BMTK, libsonata), Matrix Market (.mtx), NumPy arrays (.npy) and sparse "
    "matrices of SciPy (.npz), CSV and TSV. In matrices the sources are the rows and the targets "
    "the columns. Connections stand target by target; in a csr matrix source by source.\n\n"
    "In a SONATA file the values weight and delay are called syn_weight and delay; delays that "
    "have a unit come in ms, everything else in the unit that it has. Files are not compressed "
    "unless "
    "--compress asks for it: some readers, such as the libsonata of PyPI, know no compression.\n\n"
    "A finite set is written as a whole, or in the window of -n and -m, which also gives the "
    "numbers of nodes, of rows and columns. An infinite set needs a window. Memory does not "
    "depend on the number of connections.\n\n"
    "The file appears under its name when it is whole; until then, and if anything fails, what "
    "had the name before stays. The same set gives the same bytes. The file tells what made it, "
    "so that `conset verify` can compare.\n\n"
    "Started by mpirun, each rank writes the connections of its own targets into a SONATA file, "
    "which has the same bytes for any number of ranks.",
  .options = { cli_expression_options, cli_window_options, cli_thread_options, export_options,
               sonata_options },
  .example = "conset export 'random(0.1)' -n 1000 -o net.npz",
  .example_output = "",
  .run = export_run,
  .on_ranks = TRUE,
};

/* SPDX-License-Identifier: MIT */
/*
 * conset import: what is in a file of connections, and the expression that stands for it.
 *
 * Nothing is kept anywhere: whoever wants to work with the connections gives that expression to any
 * other command. With -o they go into another file, with the names and the numbers of nodes that
 * they have.
 */
#include <math.h>

#include "cli.h"
#include "export.h"
#include "options.h"

static struct
{
  int format;
  int to;
  char *population;
  char *file;
  char *value;
  guint64 level;
  gboolean quiet;
} options;

static gboolean
format_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_choice_parse (option, value, CLI_FORMAT_CHOICES, &options.format, error);
}

static gboolean
to_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_choice_parse (option, value, CLI_FORMAT_CHOICES, &options.to, error);
}

static gboolean
level_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_integer_parse (option, value, 9, &options.level, error);
}

#define CALLBACK(function) 0, G_OPTION_ARG_CALLBACK, (gpointer) (function)

static const GOptionEntry import_options[] = {
  { "format", 0, CALLBACK (format_option), "Read this format; without, the extension names it",
    CLI_FORMAT_CHOICES },
  { "population", 0, 0, G_OPTION_ARG_STRING, &options.population,
    "Take the edges NAME of a SONATA file alone; without, all populations", "NAME" },
  { "quiet", 'q', 0, G_OPTION_ARG_NONE, &options.quiet, "Print the expression alone", NULL },
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.file,
    "Convert: write the connections into FILE, whose extension names the format", "FILE" },
  { "to", 0, CALLBACK (to_option), "Write this format, whatever the extension",
    CLI_FORMAT_CHOICES },
  { "value", 0, 0, G_OPTION_ARG_STRING, &options.value,
    "Take the values NAME for the entries of a matrix that is written", "NAME" },
  { "compress", 0, CALLBACK (level_option),
    "Compress a SONATA file that is written, from 0, the default, for not at all to 9", "LEVEL" },
  { 0 },
};

/* A set of the file, and what the file tells of it. */
typedef struct
{
  Conset *set;
  ConsetFileInfo *info;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_clear_pointer (&part->set, conset_unref);
  conset_file_info_free (part->info);
  g_free (part);
}

/* {{{ reading */

static gboolean
part_add (GPtrArray *parts, const char *file, const char *population, GError **error)
{
  ConsetFormat format = (ConsetFormat) options.format;
  Part *part = g_new0 (Part, 1);

  g_ptr_array_add (parts, part);
  part->info = conset_file_info_read (file, format, population, error);
  if (part->info != NULL)
    part->set = conset_import (file, format, population, error);
  return part->set != NULL;
}

/* All populations, or the one that is asked for, or the one of a file that has no more. */
static GPtrArray *
parts_read (const char *file, GError **error)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (part_free);
  g_auto (GStrv) names = NULL;
  gboolean ok = TRUE;

  if (options.population == NULL)
    {
      names = conset_file_populations (file, (ConsetFormat) options.format, error);
      if (names == NULL)
        return NULL;
    }
  if (names == NULL || g_strv_length (names) < 2)
    ok = part_add (parts, file, options.population, error);
  else
    for (guint k = 0; ok && names[k] != NULL; k++)
      ok = part_add (parts, file, names[k], error);
  return ok ? g_steal_pointer (&parts) : NULL;
}

/* }}} */
/* {{{ telling */

/* What is found by going through all connections, of which @last_source and @last_target are the
 * last. @least and @most have a number for each column; NaN is passed over. */
typedef struct
{
  ConsetWindow bounds;
  guint64 count;
  guint64 repeated;
  guint64 last_source;
  guint64 last_target;
  double *least;
  double *most;
} Found;

static void
found_clear (Found *found)
{
  g_free (found->least);
  g_free (found->most);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Found, found_clear)

static void
found_add (Found *found, const ConsetBatch *batch)
{
  for (gsize k = 0; k < batch->n; k++)
    {
      guint64 index = batch->indices[k];

      found->bounds.source_first = MIN (found->bounds.source_first, index);
      found->bounds.source_end = MAX (found->bounds.source_end, index + 1);
      found->repeated +=
        found->count > 0 && found->last_target == batch->line && found->last_source == index;
      found->last_target = batch->line;
      found->last_source = index;
      found->count++;
    }
  found->bounds.target_first = MIN (found->bounds.target_first, batch->line);
  found->bounds.target_end = MAX (found->bounds.target_end, batch->line + 1);
  for (guint c = 0; c < batch->n_values; c++)
    for (gsize k = 0; k < batch->n; k++)
      {
        found->least[c] = fmin (found->least[c], batch->values[c][k]);
        found->most[c] = fmax (found->most[c], batch->values[c][k]);
      }
}

static gboolean
found_look (Found *found, const Conset *set, GError **error)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  guint n = conset_arity (set);
  ConsetBatch batch;

  found->bounds = (ConsetWindow){ G_MAXUINT64, 0, G_MAXUINT64, 0 };
  found->least = g_new (double, n);
  found->most = g_new (double, n);
  for (guint c = 0; c < n; c++)
    found->least[c] = found->most[c] = (double) NAN;
  while (conset_iter_next_batch (iter, &batch))
    found_add (found, &batch);
  return conset_iter_finish (iter, error);
}

static void
line_print (CliOutput *output, const char *label, const char *text)
{
  if (text != NULL)
    cli_output_printf (output, "%-12s %s\n", label, text);
}

/* "0 to 59", and of how many they are, if the file tells. */
static void
range_print (CliOutput *output, const char *label, guint64 first, guint64 end, guint64 n)
{
  g_autofree char *of = n > 0 ? g_strdup_printf (" of %" G_GUINT64_FORMAT, n) : g_strdup ("");

  cli_output_printf (output, "%-12s %" G_GUINT64_FORMAT " to %" G_GUINT64_FORMAT "%s\n", label,
                     first, end - 1, of);
}

static void
values_print (CliOutput *output, const Conset *set, const Found *found)
{
  if (conset_arity (set) == 0)
    line_print (output, "values", "none");
  for (guint c = 0; c < conset_arity (set); c++)
    {
      const char *name = conset_column_name (set, c), *unit = conset_column_unit (set, c);
      char least[CONSET_DOUBLE_SIZE], most[CONSET_DOUBLE_SIZE];

      conset_write_double (least, found->least[c]);
      conset_write_double (most, found->most[c]);
      cli_output_printf (output, "%-12s %s%s%s%s", c == 0 ? "values" : "",
                         name != NULL ? name : "(no name)", unit != NULL ? " [" : "",
                         unit != NULL ? unit : "", unit != NULL ? "]" : "");
      if (found->count > 0)
        cli_output_printf (output, " from %s to %s", least, most);
      cli_output_text (output, "\n");
    }
}

static gboolean
part_print (const Part *part, CliOutput *output, GError **error)
{
  static const char *const formats[] = { "",         "SONATA",   "Matrix Market", "npy", "npz, coo",
                                         "npz, csr", "npz, csc", "csv",           "tsv" };
  const ConsetFileInfo *info = part->info;
  g_autofree char *expression = conset_to_string (part->set);
  g_auto (Found) found = { .count = 0 };

  if (!found_look (&found, part->set, error))
    return FALSE;
  line_print (output, "format", formats[info->format]);
  line_print (output, "population", info->population);
  line_print (output, "from nodes", info->sources);
  line_print (output, "to nodes", info->targets);
  cli_output_printf (output, "%-12s %" G_GUINT64_FORMAT "\n", "connections", found.count);
  if (found.repeated > 0)
    cli_output_printf (output, "%-12s %" G_GUINT64_FORMAT "\n", "repeated", found.repeated);
  if (found.count > 0)
    {
      range_print (output, "sources", found.bounds.source_first, found.bounds.source_end,
                   info->n_sources);
      range_print (output, "targets", found.bounds.target_first, found.bounds.target_end,
                   info->n_targets);
    }
  values_print (output, part->set, &found);
  line_print (output, "version", info->version);
  line_print (output, "made of", info->expression);
  line_print (output, "seed", info->seed);
  line_print (output, "digest", info->digest);
  line_print (output, "expression", expression);
  return TRUE;
}

static gboolean
parts_print (GPtrArray *parts, CliOutput *output, GError **error)
{
  for (guint k = 0; k < parts->len; k++)
    {
      const Part *part = g_ptr_array_index (parts, k);
      g_autofree char *expression = conset_to_string (part->set);

      if (options.quiet)
        cli_output_printf (output, "%s\n", expression);
      else
        {
          cli_output_text (output, k > 0 ? "\n" : "");
          if (!part_print (part, output, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* }}} */
/* {{{ converting */

/* As many nodes as the file tells of, unless it has connections beyond. */
static void
part_export (const Part *part, ConsetExport *export)
{
  const ConsetFileInfo *info = part->info;
  ConsetWindow window = CONSET_WINDOW (info->n_sources, info->n_targets), bounds;
  gboolean fits;

  conset_get_bounds (part->set, &bounds);
  fits = info->n_sources > 0 && info->n_targets > 0 && bounds.source_end <= info->n_sources
         && bounds.target_end <= info->n_targets;
  conset_export_set_nodes (export, info->sources != NULL ? info->sources : "nodes",
                           info->targets != NULL ? info->targets : "nodes");
  conset_export_add (export, part->set, fits ? &window : NULL, info->population);
}

static gboolean
parts_convert (GPtrArray *parts, GError **error)
{
  g_autoptr (ConsetExport) export = conset_export_new (options.file);

  conset_export_set_format (export, (ConsetFormat) options.to);
  conset_export_set_value (export, options.value);
  conset_export_set_compression (export, (guint) options.level);
  for (guint k = 0; k < parts->len; k++)
    part_export (g_ptr_array_index (parts, k), export);
  return cli_export_write (export, error);
}

/* }}} */

static gboolean
import_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (GPtrArray) parts = NULL;

  if (options.file == NULL && (options.to != 0 || options.value != NULL || options.level != 0))
    {
      g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                           "--to, --value and --compress are about the file of -o; give it");
      return FALSE;
    }
  parts = parts_read (arguments[0], error);
  if (parts == NULL)
    return FALSE;
  return options.file != NULL ? parts_convert (parts, error) : parts_print (parts, output, error);
}

const CliCommand cli_import_command = {
  .name = "import",
  .arguments = "FILE",
  .summary = "tell what is in a file of connections, or convert it",
  .description =
    "Reads SONATA edges (.h5), Matrix Market (.mtx), NumPy arrays (.npy), sparse matrices of SciPy "
    "(.npz), CSV and TSV, and tells what is in FILE: how many connections, which nodes, the values "
    "with their units and the least and the greatest of each, and what made the file, if it tells. "
    "Last comes the expression that stands for the connections in all other commands, such as "
    "fromFile(\"net.h5\"); -q prints it alone. SONATA files may have several populations.\n\n"
    "With -o, the connections are written into another file, with their values and units, and the "
    "populations and numbers of nodes that the file tells. More can be done by `conset export` of "
    "the expression. What such a file tells of itself is that expression, so that `conset verify "
    "--files` can compare the two.",
  .options = { import_options, cli_thread_options },
  .example = "conset export 'random(0.1)' -n 100 -o net.csv && conset import net.csv",
  .example_output = "format       csv\n"
                    "connections  979\n"
                    "sources      0 to 99 of 100\n"
                    "targets      0 to 99 of 100\n"
                    "values       none\n"
                    "...\n"
                    "expression   fromFile(\"net.csv\")\n",
  .run = import_run,
};

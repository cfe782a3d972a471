/* SPDX-License-Identifier: MIT */
/*
 * conset verify: whether a file holds what made it.
 */
#include "cli.h"
#include "export.h"
#include "options.h"

static struct
{
  int format;
  char *population;
  char *expression;
  gboolean files;
} options;

static gboolean
format_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_choice_parse (option, value, CLI_FORMAT_CHOICES, &options.format, error);
}

static const GOptionEntry verify_options[] = {
  { "format", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) format_option,
    "Read this format; without, the extension names it", CLI_FORMAT_CHOICES },
  { "population", 0, 0, G_OPTION_ARG_STRING, &options.population,
    "Look at the edges NAME of a SONATA file; needed if there are several", "NAME" },
  { "expression", 'e', 0, G_OPTION_ARG_STRING, &options.expression,
    "Compare with EXPR, in the window of -n and -m, and not with what the file tells", "EXPR" },
  { "files", 0, 0, G_OPTION_ARG_NONE, &options.files,
    "Allow the expression that FILE tells to read the files that it names", NULL },
  { 0 },
};

/* What @file tells that it holds, read with the files that it names. */
static Conset *
told_set (const char *file, const ConsetWindow **window, GError **error)
{
  static ConsetWindow told;
  g_autoptr (ConsetFileInfo) info =
    conset_file_info_read (file, (ConsetFormat) options.format, options.population, error);
  Conset *set;

  if (info == NULL)
    return NULL;
  if (info->expression == NULL)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_INPUT,
                   "%s: the file does not tell what made it; give the expression with -e", file);
      return NULL;
    }
  told = info->window;
  *window = info->whole ? NULL : &told;
  set = conset_parse_with (info->expression, cli_get_seed (), CONSET_PARSE_FILES, error);
  if (set == NULL)
    g_prefix_error (error, "%s: the expression that the file tells: ", file);
  return set;
}

static gboolean
verify_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = NULL;
  const ConsetWindow *window = NULL;
  guint64 count;

  if (options.expression != NULL)
    {
      set = conset_parse_with (options.expression, cli_get_seed (), CONSET_PARSE_FILES, error);
      if (set == NULL || !cli_get_window (set, &window, error))
        return FALSE;
    }
  else if (options.files)
    {
      set = told_set (arguments[0], &window, error);
      if (set == NULL)
        return FALSE;
    }
  if (!conset_verify (arguments[0], (ConsetFormat) options.format, options.population, set, window,
                      &count, error))
    return FALSE;
  cli_output_printf (output, "%" G_GUINT64_FORMAT " connections as they should be\n", count);
  return TRUE;
}

const CliCommand cli_verify_command = {
  .name = "verify",
  .arguments = "FILE",
  .summary = "compare a file with what made it",
  .description =
    "Evaluates the expression that `conset export` has stored in FILE, or the one of -e, once "
    "more, "
    "and compares connection by connection and value by value, to the last bit. Tells the first "
    "difference, and fails.\n\n"
    "Of a matrix, the values that it holds are compared. Memory does not depend on the number of "
    "connections, but for compressed .npz.",
  .options = { cli_script_options, cli_window_options, verify_options },
  .example = "conset export 'random(0.1)' -n 100 -o net.csv && conset verify net.csv",
  .example_output = "979 connections as they should be\n",
  .run = verify_run,
};

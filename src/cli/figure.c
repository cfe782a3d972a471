/* SPDX-License-Identifier: MIT */
/*
 * conset figure: several pictures in one figure, each told by the command line that draws it alone.
 */
#include "cli.h"
#include "figures.h"
#include "options.h"

static int n_columns;
static char *figure_title;

static const GOptionEntry layout_options[] = {
  { "columns", 0, 0, G_OPTION_ARG_INT, &n_columns, "Draw C pictures in a row; default 4", "C" },
  { "title", 0, 0, G_OPTION_ARG_STRING, &figure_title, "Write TEXT above all of them", "TEXT" },
  { 0 },
};

static gboolean
usage_fail (const char *problem, GError **error)
{
  g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE, problem);
  return FALSE;
}

/* Adds what the command @argv draws. */
static gboolean
command_draw (char **argv, ConsetFigure *figure, GError **error)
{
  const CliCommand *command = cli_find_command (argv[0], error);
  const char *file = cli_get_figure_file ();
  g_auto (GStrv) arguments = NULL;
  gboolean ok;

  if (command == NULL)
    return FALSE;
  if (command->draw == NULL)
    return usage_fail (
      "this command draws nothing; a picture is one of show, matrix, hist, plot2d, "
      "plotsel2d and field",
      error);
  arguments = cli_parse_options (command, argv, error);
  if (arguments == NULL)
    return FALSE;
  if (cli_help_wanted () || cli_get_figure_file () != file)
    return usage_fail ("-o and --help belong to the whole figure", error);
  ok = command->draw (arguments, figure, error);
  cli_options_reset ();
  cli_figure_options_reset ();
  if (command->reset != NULL)
    command->reset ();
  return ok;
}

static gboolean
panel_draw (const char *words, ConsetFigure *figure, GError **error)
{
  g_auto (GStrv) argv = NULL;
  GError *cause = NULL;
  gboolean ok;

  if (!g_shell_parse_argv (words, NULL, &argv, NULL))
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                   "'%s' is no command; its quotes must be in pairs", words);
      return FALSE;
    }
  ok = command_draw (argv, figure, &cause);
  if (cause != NULL)
    g_propagate_prefixed_error (error, cause, "%s: ", argv[0]);
  return ok;
}

static gboolean
figure_draw (char **arguments, ConsetFigure *figure, GError **error)
{
  cli_options_keep ();
  for (; *arguments != NULL; arguments++)
    if (!panel_draw (*arguments, figure, error))
      return FALSE;
  if (n_columns != 0)
    conset_figure_set_columns (figure, (guint) MAX (n_columns, 0));
  conset_figure_set_title (figure, figure_title);
  return TRUE;
}

static gboolean
figure_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();

  return figure_draw (arguments, figure, error) && cli_figure_finish (figure, output, error);
}

const CliCommand cli_figure_command = {
  .name = "figure",
  .arguments = "PICTURE...",
  .summary = "draw several pictures in one figure",
  .description =
    "Each PICTURE is a command that draws, such as show, matrix, hist, plot2d, plotsel2d or field, "
    "with its options and arguments, in quotes; quotes within it are those of the shell. The "
    "pictures stand in rows, C of them in each. Options for the file and for the terminal are "
    "those "
    "of the figure.",
  .options = { cli_script_options, cli_picture_options, cli_file_options, layout_options },
  .example = "conset figure 'show oneToOne' 'hist full -n 9 --of in-degree' -o both.svg",
  .example_output = "",
  .run = figure_run,
};

/* SPDX-License-Identifier: MIT */
/*
 * conset run: carries a script out, its pictures and listings one below the other, or its pictures
 * in files.
 */
#include <string.h>

#include "cli.h"
#include "figures.h"
#include "input.h"
#include "options.h"
#include "picture.h"
#include "tabulate.h"

typedef struct
{
  CliOutput *output;
  gboolean started;
  guint n_figures;
} Script;

/* Writes @figure to the file of -o, a number before its ending. */
static gboolean
script_write (Script *script, ConsetFigure *figure, GError **error)
{
  const char *file = cli_get_figure_file ();
  const char *end = strrchr (file, '.');
  int length = end != NULL ? (int) (end - file) : (int) strlen (file);
  g_autofree char *name =
    g_strdup_printf ("%.*s-%u%s", length, file, ++script->n_figures, file + length);

  return cli_figure_write (figure, name, error);
}

/* An empty line between what two statements print. */
static void
script_separate (Script *script)
{
  if (script->started)
    cli_output_text (script->output, "\n");
  script->started = TRUE;
}

static gboolean
script_show (
  const Conset *set, guint64 n_sources, guint64 n_targets, gpointer user_data, GError **error)
{
  Script *script = user_data;

  if (cli_get_figure_file () != NULL)
    {
      g_autoptr (ConsetFigure) figure = conset_figure_new ();

      conset_figure_add_matrix (figure, set, &CONSET_WINDOW (n_sources, n_targets));
      return script_write (script, figure, error);
    }
  script_separate (script);
  return cli_picture_draw (set, n_sources, n_targets, FALSE, cli_get_picture_style (),
                           script->output, error)
         && cli_output_flush (script->output, error);
}

static gboolean
script_tabulate (const Conset *set, gpointer user_data, GError **error)
{
  Script *script = user_data;

  script_separate (script);
  return cli_tabulate (set, NULL, CONSET_TARGET_MAJOR, script->output, error);
}

static void
selection_add (ConsetPanel *panel, const ConsetScriptSelection *selection)
{
  conset_panel_set_column (panel, selection->column);
  if (selection->has_range)
    conset_panel_set_range (panel, selection->low, selection->high);
  conset_panel_add_selection (panel, selection->set, selection->order, selection->index,
                              selection->lines);
}

static gboolean
script_plot (const ConsetGeometry *geometry,
             guint64 n,
             const ConsetScriptSelection *selection,
             gpointer user_data,
             GError **error)
{
  Script *script = user_data;
  g_autoptr (ConsetFigure) figure = conset_figure_new ();
  ConsetPanel *panel = conset_figure_add_positions (figure, geometry, n);

  if (selection != NULL)
    selection_add (panel, selection);
  if (cli_get_figure_file () != NULL)
    return script_write (script, figure, error);
  script_separate (script);
  return cli_figure_print (figure, script->output, error)
         && cli_output_flush (script->output, error);
}

static gboolean
run_run (char **arguments, CliOutput *output, GError **error)
{
  static const ConsetScriptHost host = { .show = script_show,
                                         .tabulate = script_tabulate,
                                         .plot = script_plot,
                                         .flags = CONSET_PARSE_FILES };
  Script script = { .output = output };
  g_autofree char *title = cli_get_file_title (arguments[0]);
  g_autofree char *text = cli_read_text (arguments[0], error);

  return text != NULL && conset_run_script (title, text, cli_get_seed (), &host, &script, error);
}

const CliCommand cli_run_command = {
  .name = "run",
  .arguments = "FILE",
  .summary = "run a script",
  .description =
    "Carries out the statements of FILE, of standard input if it is '-': assignments, "
    "show (SET), show (SET, N0), show (SET, N0, N1), tabulate (SET), gplot2d (GEOMETRY, N) and "
    "gplotsel2d (GEOMETRY, SET, SOURCE), as in a session with the Python CSA. Pictures are drawn "
    "in the terminal; with -o figure.png they are written to figure-1.png, figure-2.png, and so "
    "on. A line `from csa import *` is accepted. The syntax of the whole script is "
    "checked before its first statement runs; the first statement that fails ends it.",
  .options = { cli_script_options, cli_thread_options, cli_picture_options, cli_file_options },
  .example = "echo 'c = cross(range(3), N)*oneToOne; tabulate(c)' | conset run -",
  .example_output = "0\t0\n1\t1\n2\t2\n",
  .run = run_run,
};

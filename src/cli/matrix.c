/* SPDX-License-Identifier: MIT */
/*
 * conset matrix: the values of a set as a matrix of colours.
 */
#include "cli.h"
#include "figures.h"
#include "input.h"
#include "options.h"

static gboolean
matrix_draw (char **arguments, ConsetFigure *figure, GError **error)
{
  const char *text = cli_get_file () == NULL ? arguments[0] : NULL;
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  g_autofree char *title = cli_get_figure_title (text);
  const ConsetWindow *window;
  ConsetPanel *panel;

  if (set == NULL || !cli_get_window (set, &window, error))
    return FALSE;
  panel = conset_figure_add_matrix (figure, set, window);
  conset_panel_set_title (panel, title);
  return cli_panel_set_up (panel, set, TRUE, error);
}

static gboolean
matrix_run (char **arguments, CliOutput *output, GError **error)
{
  return cli_figure_run (&cli_matrix_command, arguments, output, error);
}

const CliCommand cli_matrix_command = {
  .name = "matrix",
  .arguments = "EXPR",
  .summary = "draw the values of connections as a matrix of colours",
  .description =
    "Draws the sources below N0 from top to bottom and the targets below N1 from left to right; "
    "all of a finite set without -n. The colour of a cell is the first value of the connection, "
    "or the one that --value names; that of a multapse is the mean of its values. Of a set "
    "without values it tells how often a pair is connected. Cells without a connection are "
    "white, values that are no numbers grey.\n\n"
    "A window that is larger than the picture is divided into cells of many pairs, which show "
    "the mean of their values, or how many connections there are for each pair. The note below "
    "the picture says what a cell is, and if only some of its pairs were looked "
    "at.\n\n" CLI_FIGURE_IN_TERMINAL,
  .options = { cli_expression_options, cli_window_options, cli_picture_options, cli_file_options,
               cli_figure_options, cli_colours_options, cli_matrix_options },
  .example = "conset matrix 'cset(random(0.1), weight=(i - j)*nS)' -n 100 -o weights.png",
  .example_output = "",
  .run = matrix_run,
  .draw = matrix_draw,
};

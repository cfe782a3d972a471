/* SPDX-License-Identifier: MIT */
/*
 * conset show: a picture of the connectivity matrix, in the terminal or in a file.
 */
#include "cli.h"
#include "figures.h"
#include "input.h"
#include "options.h"
#include "picture.h"

/* Days of work; a picture of fewer is exact, with a progress bar. */
#define MANY_CONNECTIONS 1e14

static gboolean
show_draw (char **arguments, ConsetFigure *figure, GError **error)
{
  const char *text = cli_get_file () == NULL ? arguments[0] : NULL;
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  ConsetWindow standard = CONSET_WINDOW (CLI_PICTURE_SIZE, CLI_PICTURE_SIZE);
  const ConsetWindow *window = &standard;
  g_autofree char *title = cli_get_figure_title (text);
  ConsetPanel *panel;

  if (set == NULL || (cli_has_window () && !cli_get_window (set, &window, error)))
    return FALSE;
  panel = conset_figure_add_matrix (figure, set, window);
  conset_panel_set_title (panel, title);
  return cli_panel_set_up (panel, set, FALSE, error);
}

/* Whether connections are so many that figures estimate them, where there is no formula. */
static gboolean
is_too_much (const Conset *set, const ConsetWindow *window)
{
  return conset_expected_count (set, window) > MANY_CONNECTIONS && conset_is_random (set);
}

static gboolean
show_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = NULL;
  char **again = arguments;
  ConsetWindow standard = CONSET_WINDOW (CLI_PICTURE_SIZE, CLI_PICTURE_SIZE);
  const ConsetWindow *window = &standard;

  if (cli_get_figure_file () != NULL || !cli_figure_is_plain ())
    return cli_figure_run (&cli_show_command, arguments, output, error);
  set = cli_take_set (&arguments, error);
  if (set == NULL || (cli_has_window () && !cli_get_window (set, &window, error)))
    return FALSE;
  if (is_too_much (set, window))
    return cli_figure_run (&cli_show_command, again, output, error);
  return cli_picture_draw (set, window->source_end, window->target_end, cli_wants_turned (),
                           cli_get_picture_style (), output, error);
}

const CliCommand cli_show_command = {
  .name = "show",
  .arguments = "EXPR",
  .summary = "draw the connectivity matrix, in the terminal or in a file",
  .description =
    "Draws the sources below N0 from top to bottom and the targets below N1 from left to right, "
    "30 x 30 without -n, and a caption with the expression, as much of it as fits, and the "
    "number of connections.\n\n"
    "A matrix that fits is drawn with half blocks, two sources a line. A larger one is drawn "
    "with braille dots, four sources a line and two targets a column; one that is larger still "
    "is divided into cells, whose shade tells which share of their pairs is connected, as the "
    "caption explains. --style=braille draws a dot for every cell that is not empty. "
    "--style=ascii, which is also the choice where the locale has no Unicode, draws '#' for a "
    "connection, a digit for a pair that is connected more than once ('+' from ten times on), "
    "'.' for none, and shades with the characters .:-=+*#%@ in that order.\n\n"
    "-o FILE writes the picture to a file instead, where a cell is the darker the more often its "
    "pair is connected; a matrix that is larger than the picture is divided into cells, whose "
    "shade tells how many connections there are for each pair. `conset matrix` shows values.",
  .options = { cli_expression_options, cli_window_options, cli_picture_options, cli_file_options,
               cli_figure_options, cli_colours_options, cli_matrix_options, cli_thread_options },
  .example = "conset show 'block(3)*oneToOne - oneToOne' -n 9 --style=ascii",
  .example_output = "              target\n"
                    "        0         5\n"
                    "source ++---------+-------+\n"
                    "     0 +. # # . . . . . . |\n"
                    "       |# . # . . . . . . |\n"
                    "       |# # . . . . . . . |\n"
                    "       |. . . . # # . . . |\n"
                    "       |. . . # . # . . . |\n"
                    "     5 +. . . # # . . . . |\n"
                    "       |. . . . . . . # # |\n"
                    "       |. . . . . . # . # |\n"
                    "       |. . . . . . # # . |\n"
                    "       +------------------+\n"
                    "block(3, 3) * oneToOne - oneToOne\n"
                    "9 sources x 9 targets, 18 connections\n",
  .run = show_run,
  .draw = show_draw,
};

/* SPDX-License-Identifier: MIT */
/*
 * Figures, in files and in terminals: the options of commands that write them, and what these do.
 */
#pragma once

#include "cli.h"
#include "picture.h"

G_BEGIN_DECLS

/** What the descriptions of commands say of terminals. */
#define CLI_FIGURE_IN_TERMINAL                                                                    \
  "Without -o the picture is drawn in the terminal: in colour where that is one, else with shades, " \
  "or with digits from 0 to 9, with a sign for numbers below 0, as the line below it explains."

extern const GOptionEntry cli_file_options[];    /* -o, --side, --scale */
extern const GOptionEntry cli_figure_options[];  /* --title, --x-label, --y-label */
extern const GOptionEntry cli_colours_options[]; /* --value, --colours, --range */
extern const GOptionEntry cli_matrix_options[];  /* --turn, --numbers, --populations */

/** cli_get_figure_file: Returns: (nullable): the file of -o */
const char *cli_get_figure_file (void);

gboolean cli_wants_turned (void);

/** cli_figure_is_plain: Returns: whether no option asks for numbers, names, values or colours */
gboolean cli_figure_is_plain (void);

/** cli_get_figure_title: Returns: (transfer full): the title of --title; else @expression, on one
 * line, or nothing */
char *cli_get_figure_title (const char *expression);

/**
 * cli_panel_set_up:
 * @set: (nullable): what it shows
 *
 * Does to @panel what the options say. Without --value, a connection set shows its first value if
 * @valued.
 *
 * Returns: FALSE with @error set if an option does not fit @set
 */
gboolean
cli_panel_set_up (ConsetPanel *panel, const Conset *set, gboolean valued, GError **error);

/**
 * cli_find_column:
 * @name: name of a column of @set, or its number
 *
 * Returns: the column; -1 with @error set if there is no such
 */
int cli_find_column (const Conset *set, const char *name, GError **error);

/** cli_panel_set_labels: gives @panel the labels of --x-label and --y-label. */
void cli_panel_set_labels (ConsetPanel *panel);

/** cli_take_set_of: Returns: (transfer full): the set @k of several, of which -f may give the first;
 * NULL with @error set */
Conset *cli_take_set_of (guint k, char ***arguments, GError **error);

/** cli_count_arguments: Returns: how many arguments a command has, that of -f among them */
guint cli_count_arguments (char **arguments);

/** cli_figure_run: what most commands that draw do: their figure goes to the file of -o, or to the
 * terminal. */
gboolean
cli_figure_run (const CliCommand *command, char **arguments, CliOutput *output, GError **error);

/** cli_figure_finish: draws @figure there. */
gboolean cli_figure_finish (ConsetFigure *figure, CliOutput *output, GError **error);

/** cli_figure_write: writes @figure to @file, with a progress bar. */
gboolean cli_figure_write (ConsetFigure *figure, const char *file, GError **error);

/** cli_figure_print: draws @figure with characters, as wide and high as the terminal. */
gboolean cli_figure_print (ConsetFigure *figure, CliOutput *output, GError **error);

/** cli_figure_options_reset: forgets what the options above have set, but for cli_file_options. */
void cli_figure_options_reset (void);

/** cli_parse_range: reads "LOW,HIGH"; FALSE with @error set, which names @option, if it is none. */
gboolean
cli_parse_range (const char *option, const char *text, double *low, double *high, GError **error);

G_END_DECLS

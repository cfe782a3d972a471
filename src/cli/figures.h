/* SPDX-License-Identifier: MIT */
/*
 * Figures in files: the options of commands that write them, and what these do.
 */
#pragma once

#include "cli.h"

G_BEGIN_DECLS

extern const GOptionEntry cli_file_options[];    /* -o, --side, --scale */
extern const GOptionEntry cli_figure_options[];  /* --title, --x-label, --y-label */
extern const GOptionEntry cli_colours_options[]; /* --value, --colours, --range */
extern const GOptionEntry cli_matrix_options[];  /* --turn, --numbers, --populations */

/** cli_get_figure_file: Returns: (nullable): the file of -o */
const char *cli_get_figure_file (void);

gboolean cli_wants_turned (void);

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

/** cli_figure_write: writes @figure to the file of -o, with a progress bar. */
gboolean cli_figure_write (ConsetFigure *figure, GError **error);

/** cli_figure_write_to: the same to another file. */
gboolean cli_figure_write_to (ConsetFigure *figure, const char *file, GError **error);

/** cli_figure_file_check: Returns: FALSE with @error set if there is no -o */
gboolean cli_figure_file_check (GError **error);

/** cli_parse_range: reads "LOW,HIGH"; FALSE with @error set, which names @option, if it is none. */
gboolean
cli_parse_range (const char *option, const char *text, double *low, double *high, GError **error);

G_END_DECLS

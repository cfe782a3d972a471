/* SPDX-License-Identifier: MIT */
/*
 * Options that commands share.
 *
 * A command names the tables it wants in its CliCommand, and asks here for what they have
 * set. A process runs one command, so the values are kept here and not passed around.
 */
#pragma once

#include "cli.h"
#include "picture.h"

G_BEGIN_DECLS

extern const GOptionEntry cli_expression_options[]; /* -f, --seed */
extern const GOptionEntry cli_script_options[];     /* --seed */
extern const GOptionEntry cli_window_options[];     /* -n, -m */
extern const GOptionEntry cli_order_options[];      /* --order */
extern const GOptionEntry cli_thread_options[];     /* --threads */
extern const GOptionEntry cli_picture_options[];    /* --style, --width */
extern const GOptionEntry cli_positions_options[];  /* -n, --extent, --nearest */
extern const GOptionEntry cli_help_options[];       /* -h, --help: every command has it */

/**
 * cli_parse_options:
 * @command: whose options they are
 * @argv: (array zero-terminated=1): the command line from the name of the command on
 *
 * Returns: (transfer full): what the options have left; NULL with @error set for a wrong
 *   command line
 */
char **cli_parse_options (const CliCommand *command, char **argv, GError **error);

/** cli_options_keep: what options have set up to now is what cli_options_reset() goes back to, before
 * another command line is read. */
void cli_options_keep (void);

void cli_options_reset (void);

/* For the readers of a command's own options: they name the option in an error. */

/** cli_choice_parse: finds @value among @choices, which are separated by '|'. */
gboolean cli_choice_parse (
  const char *option, const char *value, const char *choices, int *choice, GError **error);

/** cli_integer_parse: reads an integer in [0, @max]. */
gboolean cli_integer_parse (
  const char *option, const char *value, guint64 max, guint64 *number, GError **error);

/** cli_help_wanted: Returns: whether --help was among the options */
gboolean cli_help_wanted (void);

/* What the options have set */

/** cli_get_file: Returns: (nullable): the file of -f */
const char *cli_get_file (void);

guint64 cli_get_seed (void);
/** cli_get_threads: Returns: the number of --threads, 0 for one a processor */
guint cli_get_threads (void);

ConsetOrder cli_get_order (void);
const CliPictureStyle *cli_get_picture_style (void);

/** cli_get_n_positions: Returns: the number of -n; CONSET_INDEX_END without */
guint64 cli_get_n_positions (void);

gboolean cli_wants_extent (void);

/** cli_get_nearest: Returns: (nullable): the @n coordinates of --nearest */
const double *cli_get_nearest (guint *n);

/** cli_has_window: Returns: whether -n was given */
gboolean cli_has_window (void);

/**
 * cli_get_window:
 * @set: what is looked at
 * @window: (out): the window that -n and -m give; NULL, for all of @set, without them
 *
 * Returns: FALSE with @error set if there is no window and @set is infinite
 */
gboolean cli_get_window (const Conset *set, const ConsetWindow **window, GError **error);

G_END_DECLS

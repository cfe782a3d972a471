/* SPDX-License-Identifier: MIT */
/*
 * Documentation made from the tables of commands and options: help, the manual page and
 * shell completions.
 */
#pragma once

#include "cli.h"
#include "output.h"

G_BEGIN_DECLS

/* help.c */

/** cli_help_print: the help of the tool, a line a command. */
void cli_help_print (CliOutput *output);

/** cli_help_print_command: the help of one command. */
void cli_help_print_command (const CliCommand *command, CliOutput *output);

/** cli_help_introduction: what the tool is, in paragraphs separated by an empty line. */
extern const char cli_help_introduction[];

/** cli_help_examples: command lines that show what the tool is for, ended by NULL. */
extern const char *const cli_help_examples[];

/** cli_help_print_language: what an expression may contain, for the terminal. */
void cli_help_print_language (CliOutput *output);

/* manual.c */

/** cli_manual_print: the manual page, in the man macros of troff. */
void cli_manual_print (CliOutput *output);

/* completion.c */

void cli_completion_print_bash (CliOutput *output);
void cli_completion_print_zsh (CliOutput *output);
void cli_completion_print_fish (CliOutput *output);

/* What all of these ask of a command */

/**
 * cli_command_options:
 *
 * Returns: (transfer container) (element-type GOptionEntry): the options of @command, --help last
 */
GPtrArray *cli_command_options (const CliCommand *command);

/* What these ask of the language */

/**
 * cli_language_item:
 * @index: counts from 0
 * @term: (out): how it is written
 * @meaning: (out): a line
 *
 * What an expression may contain: signs, then names.
 *
 * Returns: FALSE beyond the last item
 */
gboolean cli_language_item (gsize index, const char **term, const char **meaning);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * The commands of the tool.
 *
 * A command lives in one file that ends in its CliCommand; main.c lists them all. The
 * dispatcher, the help, the manual page and the shell completions read nothing else, so a
 * new command is a file and a line of the list.
 */
#pragma once

#include <conset/conset.h>

#include "output.h"

G_BEGIN_DECLS

/** Option tables that one command can have. */
#define CLI_MAX_OPTION_TABLES 8

/**
 * CliCommand:
 * @name: what the user types
 * @arguments: what follows the options, for the synopsis; `a|b` names a choice, FILE a file
 * @summary: what it does, in a few words
 * @description: paragraphs separated by an empty line
 * @options: the option tables; an argument named `a|b` is a choice, FILE a file
 * @example: a command line
 * @example_output: (nullable): what it prints; a line "..." stands for lines left out
 * @draw: (nullable): adds what it shows to a figure, for `conset figure`
 * @reset: (nullable): forgets what its own options have set
 * @on_ranks: whether all ranks carry it out together (ranks.h), not the first one alone
 * @run: carries the command out; `arguments` is what the options have left, ended by NULL
 */
typedef struct
{
  const char *name;
  const char *arguments;
  const char *summary;
  const char *description;
  const GOptionEntry *options[CLI_MAX_OPTION_TABLES + 1];
  const char *example;
  const char *example_output;
  gboolean (*run) (char **arguments, CliOutput *output, GError **error);
  gboolean (*draw) (char **arguments, ConsetFigure *figure, GError **error);
  void (*reset) (void);
  gboolean on_ranks;
} CliCommand;

/** All commands, ended by NULL. */
extern const CliCommand *const cli_commands[];

/** cli_find_command: Returns: the command called @word; NULL with @error set if there is none */
const CliCommand *cli_find_command (const char *word, GError **error);

extern const CliCommand cli_contains_command;
extern const CliCommand cli_count_command;
extern const CliCommand cli_digest_command;
extern const CliCommand cli_docs_command;
extern const CliCommand cli_explain_command;
extern const CliCommand cli_export_command;
extern const CliCommand cli_field_command;
extern const CliCommand cli_figure_command;
extern const CliCommand cli_hist_command;
extern const CliCommand cli_matrix_command;
extern const CliCommand cli_import_command;
extern const CliCommand cli_parse_command;
extern const CliCommand cli_plot2d_command;
extern const CliCommand cli_plotsel2d_command;
extern const CliCommand cli_positions_command;
extern const CliCommand cli_run_command;
extern const CliCommand cli_show_command;
extern const CliCommand cli_stats_command;
extern const CliCommand cli_tabulate_command;
extern const CliCommand cli_verify_command;
extern const CliCommand cli_xml_command;

/**
 * CliError:
 * @CLI_ERROR_USAGE: the command line is wrong; the tool exits with 2
 * @CLI_ERROR_INPUT: an input cannot be read as text
 * @CLI_ERROR_CLOSED_PIPE: nobody reads the output any more, a quiet end
 *
 * Codes of the domain CLI_ERROR.
 */
typedef enum
{
  CLI_ERROR_USAGE,
  CLI_ERROR_INPUT,
  CLI_ERROR_CLOSED_PIPE,
} CliError;

#define CLI_ERROR (cli_error_quark ())

GQuark cli_error_quark (void);

G_END_DECLS

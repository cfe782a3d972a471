/* SPDX-License-Identifier: MIT */
/*
 * conset docs: the manual page and the shell completions, for whoever packages the tool.
 */
#include "docs.h"

#include <string.h>

#include "options.h"

GPtrArray *
cli_command_options (const CliCommand *command)
{
  GPtrArray *entries = g_ptr_array_new ();

  for (gsize k = 0; command->options[k] != NULL; k++)
    for (const GOptionEntry *entry = command->options[k]; entry->long_name != NULL; entry++)
      g_ptr_array_add (entries, (gpointer) entry);
  for (const GOptionEntry *entry = cli_help_options; entry->long_name != NULL; entry++)
    g_ptr_array_add (entries, (gpointer) entry);
  return entries;
}

static const struct
{
  const char *name;
  void (*print) (CliOutput *output);
} kinds[] = {
  { "man", cli_manual_print },
  { "bash", cli_completion_print_bash },
  { "zsh", cli_completion_print_zsh },
  { "fish", cli_completion_print_fish },
};

static gboolean
docs_run (char **arguments, CliOutput *output, GError **error)
{
  for (gsize k = 0; k < G_N_ELEMENTS (kinds); k++)
    if (strcmp (kinds[k].name, arguments[0]) == 0)
      {
        kinds[k].print (output);
        return TRUE;
      }
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "'%s' is none of %s", arguments[0],
               cli_docs_command.arguments);
  return FALSE;
}

const CliCommand cli_docs_command = {
  .name = "docs",
  .arguments = "man|bash|zsh|fish",
  .summary = "print the manual page or a shell completion",
  .description =
    "Prints the manual page in troff, or a completion script for the shell of that name. Both "
    "are made from the tables that the tool itself works with.",
  .example = "source <(conset docs bash)",
  .run = docs_run,
};

/* SPDX-License-Identifier: MIT */
/*
 * conset, the command-line tool: finds the command, runs it, reports how it went.
 *
 * Exit codes: 0 for success, also if whoever reads the output has seen enough; 1 if the
 * command failed; 2 if the command line was wrong.
 */
#include <locale.h>
#include <signal.h>
#include <string.h>

#include "cli.h"
#include "docs.h"
#include "interrupt.h"
#include "options.h"
#include "ranks.h"

/* Edits between a word and a command that it may have been meant for. */
#define MAX_EDITS 2

const CliCommand *const cli_commands[] = {
  &cli_show_command,      &cli_matrix_command,
  &cli_hist_command,      &cli_plot2d_command,
  &cli_plotsel2d_command, &cli_field_command,
  &cli_figure_command,    &cli_tabulate_command,
  &cli_count_command,     &cli_stats_command,
  &cli_contains_command,  &cli_digest_command,
  &cli_explain_command,   &cli_positions_command,
  &cli_export_command,    &cli_import_command,
  &cli_verify_command,    &cli_xml_command,
  &cli_parse_command,     &cli_run_command,
  &cli_docs_command,      NULL,
};

GQuark
cli_error_quark (void)
{
  return g_quark_from_static_string ("conset-cli-error-quark");
}

/* Least number of inserted, deleted and exchanged letters that make @b of @a. */
static guint
edit_distance (const char *a, const char *b)
{
  gsize n = strlen (b);
  g_autofree guint *row = g_new (guint, n + 1);

  for (gsize k = 0; k <= n; k++)
    row[k] = k;
  for (; *a != '\0'; a++)
    {
      guint diagonal = row[0]++;

      for (gsize k = 1; k <= n; k++)
        {
          guint exchanged = diagonal + (*a != b[k - 1]);

          diagonal = row[k];
          row[k] = MIN (MIN (row[k], row[k - 1]) + 1, exchanged);
        }
    }
  return row[n];
}

static const CliCommand *
command_nearest (const char *word)
{
  const CliCommand *nearest = NULL;
  guint least = MAX_EDITS + 1;

  for (gsize k = 0; cli_commands[k] != NULL; k++)
    {
      guint distance = edit_distance (word, cli_commands[k]->name);

      if (strlen (word) > 1 && g_str_has_prefix (cli_commands[k]->name, word))
        return cli_commands[k];
      if (distance < least && distance < strlen (word))
        {
          least = distance;
          nearest = cli_commands[k];
        }
    }
  return nearest;
}

const CliCommand *
cli_find_command (const char *word, GError **error)
{
  const CliCommand *nearest;

  for (gsize k = 0; cli_commands[k] != NULL; k++)
    if (strcmp (cli_commands[k]->name, word) == 0)
      return cli_commands[k];

  nearest = command_nearest (word);
  if (word[0] == '-')
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "unknown option %s before a command", word);
  else if (nearest != NULL)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "unknown command '%s'; did you mean '%s'?",
                 word, nearest->name);
  else
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "unknown command '%s'", word);
  return NULL;
}

static gboolean
command_run (const CliCommand *command, char **argv, CliOutput *output, GError **error)
{
  g_auto (GStrv) arguments = cli_parse_options (command, argv, error);

  if (arguments == NULL)
    return FALSE;
  if (cli_help_wanted ())
    {
      cli_help_print_command (command, output);
      return TRUE;
    }
  if (!command->on_ranks)
    {
      gboolean first = cli_rank () == 0;

      cli_ranks_leave_to_first ();
      return !first || command->run (arguments, output, error);
    }
  return command->run (arguments, output, error);
}

/* Carries out the command line; *@command is what messages are about, if it was found. */
static gboolean
tool_run (char **argv, const CliCommand **command, CliOutput *output, GError **error)
{
  const char *word = argv[0] != NULL ? argv[1] : NULL;

  if (word == NULL)
    {
      g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE, "missing argument COMMAND");
      return FALSE;
    }
  if (strcmp (word, "--help") == 0 || strcmp (word, "-h") == 0)
    cli_help_print (output);
  else if (strcmp (word, "--version") == 0)
    cli_output_printf (output, "conset %s (%s kernels)\n", conset_version (), conset_isa ());
  else
    {
      *command = cli_find_command (word, error);
      return *command != NULL && command_run (*command, argv + 1, output, error);
    }
  return TRUE;
}

static int
error_report (const GError *error, const CliCommand *command)
{
  g_autofree char *name =
    command != NULL ? g_strdup_printf ("conset %s", command->name) : g_strdup ("conset");

  if (g_error_matches (error, CLI_ERROR, CLI_ERROR_CLOSED_PIPE))
    return 0;
  if (cli_rank () > 0)
    return g_error_matches (error, CLI_ERROR, CLI_ERROR_USAGE) ? 2 : 1;
  g_printerr ("%s: %s%s", name, error->message,
              g_str_has_suffix (error->message, "\n") ? "" : "\n");
  if (!g_error_matches (error, CLI_ERROR, CLI_ERROR_USAGE))
    return 1;
  g_printerr ("Try '%s --help'.\n", name);
  return 2;
}

int
main (G_GNUC_UNUSED int argc, char **argv)
{
  g_autoptr (CliOutput) output = cli_output_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) output_error = NULL;
  const CliCommand *command = NULL;

  /* Only the character set is the user's; numbers and messages are the same everywhere. */
  setlocale (LC_CTYPE, "");
  signal (SIGPIPE, SIG_IGN);
  cli_interrupts_init ();

  if (!cli_ranks_begin (argv, &error))
    return error_report (error, NULL);
  if (cli_rank () > 0)
    cli_output_silence (output);
  if (tool_run (argv, &command, output, &error))
    cli_output_close (output, &error);
  else if (!cli_output_flush (output, &output_error))
    {
      /* What the command says then comes of it. */
      g_clear_error (&error);
      error = g_steal_pointer (&output_error);
    }
  return cli_ranks_end (error != NULL ? error_report (error, command) : 0);
}

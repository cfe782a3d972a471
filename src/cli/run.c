/* SPDX-License-Identifier: MIT */
/*
 * conset run: carries a script out, its pictures and listings one below the other.
 */
#include "cli.h"
#include "input.h"
#include "options.h"
#include "picture.h"
#include "tabulate.h"

typedef struct
{
  CliOutput *output;
  gboolean started;
} Script;

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

  script_separate (script);
  return cli_picture_draw (set, n_sources, n_targets, cli_get_picture_style (), script->output,
                           error)
         && cli_output_flush (script->output, error);
}

static gboolean
script_tabulate (const Conset *set, gpointer user_data, GError **error)
{
  Script *script = user_data;

  script_separate (script);
  return cli_tabulate (set, NULL, CONSET_TARGET_MAJOR, script->output, error);
}

static gboolean
run_run (char **arguments, CliOutput *output, GError **error)
{
  static const ConsetScriptHost host = { .show = script_show,
                                         .tabulate = script_tabulate,
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
    "show (SET), show (SET, N0), show (SET, N0, N1) and tabulate (SET), as in a session with "
    "the Python CSA. A line `from csa import *` is accepted. The syntax of the whole script is "
    "checked before its first statement runs; the first statement that fails ends it.",
  .options = { cli_script_options, cli_thread_options, cli_picture_options },
  .example = "echo 'c = cross(range(3), N)*oneToOne; tabulate(c)' | conset run -",
  .example_output = "0\t0\n1\t1\n2\t2\n",
  .run = run_run,
};

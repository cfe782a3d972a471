/* SPDX-License-Identifier: MIT */
/*
 * conset digest: a fingerprint of the connections.
 *
 * SHA-256 goes through the connections from first to last, while threads find and list the next.
 */
#include "cli.h"
#include "input.h"
#include "options.h"
#include "ranks.h"
#include "work.h"

static gboolean
digest_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  g_autofree char *digest = NULL;
  const ConsetWindow *window;
  CliWork work;

  if (!cli_ranks_agree (set != NULL && cli_get_window (set, &window, error), error))
    return FALSE;
  cli_work_begin (&work, TRUE);
  digest = cli_ranks_digest (set, window, work.task, error);
  cli_work_end (&work);
  if (digest == NULL)
    return FALSE;
  cli_output_printf (output, "%s\n", digest);
  return TRUE;
}

const CliCommand cli_digest_command = {
  .name = "digest",
  .arguments = "EXPR",
  .summary = "print a fingerprint of the connections",
  .description =
    "Prints the SHA-256 of the connections, 64 hexadecimal digits, and nothing else. Two sets "
    "have the same digest if and only if they have the same connections, however they are "
    "written and computed: it is the hash of a listing with a line \"source target\" a "
    "connection, targets ascending, and for each target its sources ascending.\n\n"
    "A finite set is taken as a whole, or in the window of -n and -m. An infinite set needs a "
    "window.",
  .options = { cli_expression_options, cli_window_options, cli_thread_options },
  .example = "conset digest oneToOne -n 30",
  .example_output = "6591d9be347421bd66d0e749ade46d8880bdd4261e338516e7415a08bd8299b1\n",
  .run = digest_run,
  .on_ranks = TRUE,
};

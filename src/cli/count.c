/* SPDX-License-Identifier: MIT */
/*
 * conset count: how many connections there are.
 */
#include "cli.h"
#include "input.h"
#include "options.h"
#include "ranks.h"
#include "work.h"

static gboolean
count_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  const ConsetWindow *window;
  CliWork work;
  gboolean good;
  guint64 count;

  if (!cli_ranks_agree (set != NULL && cli_get_window (set, &window, error), error))
    return FALSE;
  cli_work_begin (&work, TRUE);
  good = cli_ranks_count (set, window, work.task, &count, error);
  cli_work_end (&work);
  if (!good)
    return FALSE;
  cli_output_printf (output, "%" G_GUINT64_FORMAT "\n", count);
  return TRUE;
}

const CliCommand cli_count_command = {
  .name = "count",
  .arguments = "EXPR",
  .summary = "print the number of connections",
  .description =
    "Prints how many connections a set has, with multiplicity, and nothing else. The number is "
    "exact, and comes at once where there is a closed form.\n\n"
    "A finite set is counted as a whole, or in the window of -n and -m. An infinite set needs "
    "a window.",
  .options = { cli_expression_options, cli_window_options, cli_thread_options },
  .example = "conset count 'full - oneToOne' -n 1000",
  .example_output = "999000\n",
  .run = count_run,
  .on_ranks = TRUE,
};

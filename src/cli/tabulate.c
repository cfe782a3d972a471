/* SPDX-License-Identifier: MIT */
/*
 * conset tabulate: the connections, a line each.
 *
 * Batches stream from the iterator to the output. What is formatted goes out at least ten
 * times a second, so that whoever reads a pipe sees the connections of a sparse set when
 * they are found.
 */
#include "tabulate.h"

#include <unistd.h>

#include "cli.h"
#include "input.h"
#include "options.h"
#include "progress.h"

gboolean
cli_tabulate (const Conset *set,
              const ConsetWindow *window,
              ConsetOrder order,
              CliOutput *output,
              GError **error)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  ConsetWindow whole;
  ConsetBatch batch;
  CliProgress progress;
  guint64 connections = 0;

  conset_get_bounds (set, &whole);
  cli_progress_begin (&progress, !isatty (STDOUT_FILENO));
  while (conset_iter_next_batch (iter, &batch) && cli_output_batch (output, &batch, order))
    {
      connections += batch.n;
      if (!cli_progress_due (&progress))
        continue;
      if (!cli_output_flush (output, NULL))
        break;
      cli_progress_draw (&progress,
                         cli_progress_fraction (window != NULL ? window : &whole, order, &batch),
                         connections);
    }
  cli_progress_end (&progress);
  return conset_iter_finish (iter, error) && cli_output_flush (output, error);
}

static gboolean
tabulate_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  const ConsetWindow *window;

  return set != NULL && cli_get_window (set, &window, error)
         && cli_tabulate (set, window, cli_get_order (), output, error);
}

const CliCommand cli_tabulate_command = {
  .name = "tabulate",
  .arguments = "EXPR",
  .summary = "list the connections",
  .description =
    "Prints a line for each connection: its source, a tab, its target. Targets ascend, and for "
    "each target its sources; --order=source exchanges the two. A connection of multiplicity k "
    "has k lines.\n\n"
    "A finite set is listed as a whole, or in the window of -n and -m. An infinite set needs a "
    "window. Memory does not depend on the number of connections. While a long listing goes to a "
    "file or a pipe, a terminal shows the progress.",
  .options = { cli_expression_options, cli_window_options, cli_order_options },
  .example = "conset tabulate '[(22, 7), (8, 23)]'",
  .example_output = "22\t7\n8\t23\n",
  .run = tabulate_run,
};

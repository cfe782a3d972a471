/* SPDX-License-Identifier: MIT */
/*
 * conset tabulate: the connections, a line each.
 *
 * Threads find and format connections, the first one writes them. What is formatted goes out at
 * least ten times a second, so that whoever reads a pipe sees the connections of a sparse set when
 * they are found.
 */
#include "tabulate.h"

#include <unistd.h>

#include "cli.h"
#include "input.h"
#include "options.h"
#include "work.h"

/* So few bytes may wait for others, but no longer than this. */
#define SMALL 4096
#define PERIOD (G_USEC_PER_SEC / 20)

typedef struct
{
  CliOutput *output;
  ConsetOrder order;
  gint64 flushed;
} Listing;

static void
listing_format (const ConsetBatch *batch, GByteArray *bytes, gpointer data)
{
  const Listing *listing = data;

  cli_lines_append (batch, listing->order, bytes);
}

static gboolean
listing_take (const guint8 *bytes, gsize n, gpointer data, GError **error)
{
  Listing *listing = data;
  gint64 now = g_get_monotonic_time ();

  cli_output_bytes (listing->output, (const char *) bytes, n);
  if (n < SMALL && now - listing->flushed < PERIOD)
    return TRUE;
  listing->flushed = now;
  return cli_output_flush (listing->output, error);
}

gboolean
cli_tabulate (const Conset *set,
              const ConsetWindow *window,
              ConsetOrder order,
              CliOutput *output,
              GError **error)
{
  Listing listing = { output, order, 0 };
  gboolean good;
  CliWork work;

  cli_work_begin (&work, !isatty (STDOUT_FILENO));
  good = conset_parallel_format (set, window, order, work.task, listing_format, listing_take,
                                 &listing, error);
  cli_work_end (&work);
  return good && cli_output_flush (output, error);
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
  .options = { cli_expression_options, cli_window_options, cli_order_options, cli_thread_options },
  .example = "conset tabulate '[(22, 7), (8, 23)]'",
  .example_output = "22\t7\n8\t23\n",
  .run = tabulate_run,
};

/* SPDX-License-Identifier: MIT */
/*
 * conset count: how many connections there are.
 *
 * Where somebody watches, the targets are counted in slices, whose counts add up to the
 * same number. The first is one target wide; the next ones double until a slice takes a
 * moment, and go on as long as that makes a target cheaper. A set with a closed form, or
 * one that needs the same preparation for any window, takes few slices.
 */
#include <unistd.h>

#include "cli.h"
#include "input.h"
#include "options.h"
#include "progress.h"

/* Time that a slice should take. */
#define SLICE_TIME 0.1

/* Slices that there are at least, where there are as many targets: the bar shall move. */
#define MIN_SLICES 64

/* Doubling pays if it makes a target cheaper by this factor. */
#define WORTHWHILE (2.0 / 3.0)

static gboolean
count_add (guint64 *count, guint64 more, GError **error)
{
  if (g_uint64_checked_add (count, *count, more))
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                       "more than 2^64 - 1 connections; give a smaller window with -n and -m");
  return FALSE;
}

static gboolean
slices_count (const Conset *set, const ConsetWindow *window, guint64 *count, GError **error)
{
  guint64 span = window->target_end - window->target_first;
  ConsetWindow slice = *window;
  guint64 width = 1;
  double last_cost = G_MAXDOUBLE;
  gboolean ok = TRUE;
  CliProgress progress;

  *count = 0;
  cli_progress_begin (&progress, TRUE);
  while (ok && slice.target_first < window->target_end)
    {
      gint64 start = g_get_monotonic_time ();
      guint64 part = 0;
      double elapsed;
      double cost;

      width = MIN (width, window->target_end - slice.target_first);
      slice.target_end = slice.target_first + width;
      ok = conset_count (set, &slice, &part, error) && count_add (count, part, error);
      slice.target_first = slice.target_end;
      if (cli_progress_due (&progress))
        cli_progress_draw (&progress, (double) (slice.target_first - window->target_first) / span,
                           *count);

      elapsed = (g_get_monotonic_time () - start) / (double) G_USEC_PER_SEC;
      cost = elapsed / width;
      if (elapsed < SLICE_TIME || cost < last_cost * WORTHWHILE)
        width = MAX (1, MIN (2 * width, span / MIN_SLICES));
      last_cost = cost;
    }
  cli_progress_end (&progress);
  return ok;
}

static gboolean
count_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (Conset) set = cli_take_set (&arguments, error);
  const ConsetWindow *window;
  ConsetWindow bounds;
  guint64 count;

  if (set == NULL || !cli_get_window (set, &window, error))
    return FALSE;
  if (isatty (STDERR_FILENO))
    {
      conset_get_bounds (set, &bounds);
      if (!slices_count (set, window != NULL ? window : &bounds, &count, error))
        return FALSE;
    }
  else if (!conset_count (set, window, &count, error))
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
  .options = { cli_expression_options, cli_window_options },
  .example = "conset count 'full - oneToOne' -n 1000",
  .example_output = "999000\n",
  .run = count_run,
};

/* SPDX-License-Identifier: MIT */
/*
 * A progress bar on standard error: fraction, rate and time left.
 *
 * The clock is read every so many calls of cli_progress_due(). Their number doubles while
 * calls follow each other fast, and falls back to one as soon as they do not: small batches
 * are not held up, and batches that take long to find are not missed.
 */
#include "progress.h"

#include <string.h>
#include <unistd.h>

#include "interrupt.h"
#include "numbers.h"
#include "ranks.h"
#include "terminal.h"

#define DELAY (1 * G_USEC_PER_SEC)
#define PERIOD (G_USEC_PER_SEC / 10)

/* Most calls between two looks at the clock, and the time below which their number doubles. */
#define MAX_STRIDE 256
#define SHORT_TIME (G_USEC_PER_SEC / 1000)

/* Columns of the bar itself. */
#define BAR_WIDTH 20

void
cli_progress_begin (CliProgress *progress, gboolean wanted)
{
  gint64 now = g_get_monotonic_time ();

  *progress = (CliProgress){
    .visible = wanted && cli_rank () == 0 && isatty (STDERR_FILENO),
    .start = now,
    .looked = now,
    .drew = now,
    .stride = 1,
    .wait = 1,
  };
}

gboolean
cli_progress_due (CliProgress *progress)
{
  gint64 now;

  if (--progress->wait > 0)
    return FALSE;

  now = g_get_monotonic_time ();
  if (now - progress->looked >= SHORT_TIME)
    progress->stride = 1;
  else if (progress->stride < MAX_STRIDE)
    progress->stride *= 2;
  progress->wait = progress->stride;
  progress->looked = now;
  if (now - progress->drew < PERIOD)
    return FALSE;
  progress->drew = now;
  return TRUE;
}

static void
error_write (const char *text)
{
  gsize length = strlen (text);

  while (length > 0)
    {
      gssize written = write (STDERR_FILENO, text, length);

      if (written <= 0)
        return;
      text += written;
      length -= written;
    }
}

/* Replaces the line; what was longer before is covered with spaces. */
static void
line_replace (CliProgress *progress, const char *text)
{
  gsize width = cli_terminal_columns (STDERR_FILENO) - 1;
  gsize length = MIN (strlen (text), width);
  gsize covered = MIN (MAX (length, progress->drawn), width);
  g_autofree char *line =
    g_strdup_printf ("\r%-*.*s%s", (int) covered, (int) length, text, length == 0 ? "\r" : "");

  cli_interrupts_note_bar (covered);
  error_write (line);
  progress->drawn = length;
  cli_interrupts_note_bar (length);
}

static char *
time_format (double seconds)
{
  guint64 s = seconds < 3.6e9 ? (guint64) (seconds + 0.5) : G_GUINT64_CONSTANT (3600000000);

  if (s < 3600)
    return g_strdup_printf ("%d:%02d", (int) (s / 60), (int) (s % 60));
  return g_strdup_printf ("%d:%02d:%02d", (int) (s / 3600), (int) (s / 60 % 60), (int) (s % 60));
}

void
cli_progress_draw (CliProgress *progress, double fraction, guint64 connections)
{
  static const char full[BAR_WIDTH + 1] = "####################";
  gint64 now = g_get_monotonic_time ();
  double elapsed = (now - progress->start) / (double) G_USEC_PER_SEC;
  int filled = (int) (fraction * BAR_WIDTH);
  g_autofree char *seen = NULL;
  g_autofree char *rate = NULL;
  g_autofree char *left = NULL;
  g_autofree char *line = NULL;

  if (!progress->visible || now - progress->start < DELAY)
    return;
  seen = cli_number_scaled (connections);
  rate = cli_number_scaled (connections / elapsed);
  left = fraction > 0 ? time_format (elapsed / fraction * (1 - fraction)) : g_strdup ("?");
  line = g_strdup_printf ("[%-*.*s] %3d %%  %s connections, %s/s, %s left", BAR_WIDTH, filled, full,
                          (int) (100 * fraction), seen, rate, left);
  line_replace (progress, line);
}

void
cli_progress_end (CliProgress *progress)
{
  if (progress->drawn > 0)
    line_replace (progress, "");
}

/* SPDX-License-Identifier: MIT */
/*
 * Signals: a handler that does only what handlers may, and then lets the signal do what it does.
 *
 * What it needs to know is in variables of the process, as handlers have no other way.
 */
#include "interrupt.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* Seconds that a task has to come to its end. */
#define PATIENCE 3

#define BLANKS 64

static volatile sig_atomic_t bar_columns;
static volatile sig_atomic_t pending;
static ConsetTask *guarded; /* accessed atomically */

static void
error_write (const char *text, gsize length)
{
  if (write (STDERR_FILENO, text, length) < 0)
    return;
}

/* Covers the bar. */
static void
bar_wipe (void)
{
  static const char blanks[BLANKS + 1] =
    "                                                                ";
  int columns = bar_columns;

  if (columns == 0)
    return;
  bar_columns = 0;
  error_write ("\r", 1);
  for (; columns > 0; columns -= BLANKS)
    error_write (blanks, MIN (columns, BLANKS));
  error_write ("\r", 1);
}

/* The signal has its usual effect again, which comes when the handler returns. */
static void
on_signal (int number)
{
  ConsetTask *task = g_atomic_pointer_get (&guarded);
  int error_number = errno;

  bar_wipe ();
  if (number == SIGALRM)
    {
      signal (pending, SIG_DFL);
      raise (pending);
    }
  else if (task == NULL)
    raise (number);
  else
    {
      pending = number;
      conset_task_cancel (task);
      alarm (PATIENCE);
    }
  errno = error_number;
}

void
cli_interrupts_init (void)
{
  static const int numbers[] = { SIGINT, SIGTERM, SIGHUP, SIGALRM };
  struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int) SA_RESETHAND };

  sigemptyset (&action.sa_mask);
  for (gsize k = 0; k < G_N_ELEMENTS (numbers); k++)
    {
      struct sigaction now;

      /* What nohup and shells have switched off stays so. */
      if (sigaction (numbers[k], NULL, &now) == 0 && now.sa_handler != SIG_IGN)
        sigaction (numbers[k], &action, NULL);
    }
}

void
cli_interrupts_note_bar (gsize columns)
{
  bar_columns = (int) MIN (columns, G_MAXINT);
}

void
cli_interrupts_guard (ConsetTask *task)
{
  g_atomic_pointer_set (&guarded, task);
}

void
cli_interrupts_release (void)
{
  g_atomic_pointer_set (&guarded, NULL);
  if (pending == 0)
    return;
  signal (pending, SIG_DFL);
  raise (pending);
}

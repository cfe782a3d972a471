/* SPDX-License-Identifier: MIT */
/*
 * A progress bar on standard error: fraction, rate and time left.
 *
 * It appears after a second, only if standard error is a terminal, and is gone when the
 * work is done. The worker asks cli_progress_due() in its loop, which nearly always costs
 * a subtraction.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** CliProgress: on the stack; its members are private. */
typedef struct
{
  gboolean visible;
  gint64 start;
  gint64 looked;
  gint64 drew;
  guint stride;
  guint wait;
  gsize drawn;
} CliProgress;

/**
 * cli_progress_begin:
 * @wanted: FALSE if there shall be no bar in any case
 */
void cli_progress_begin (CliProgress *progress, gboolean wanted);

/** cli_progress_due: Returns: TRUE about ten times a second, if it is called often enough */
gboolean cli_progress_due (CliProgress *progress);

/**
 * cli_progress_draw:
 * @fraction: how much of the work is done, in [0, 1]
 * @connections: how many connections have been seen
 */
void cli_progress_draw (CliProgress *progress, double fraction, guint64 connections);

/** cli_progress_end: removes the bar. */
void cli_progress_end (CliProgress *progress);

G_END_DECLS

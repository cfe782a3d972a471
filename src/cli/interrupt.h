/* SPDX-License-Identifier: MIT */
/*
 * What Ctrl-C and its like (SIGINT, SIGTERM, SIGHUP) leave behind: a terminal without a half drawn
 * bar, no half written file, and an exit by the signal, which a shell sees as 130, 143 or 129.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** cli_interrupts_init: a signal ends the process at once from here on, and its bar with it. */
void cli_interrupts_init (void);

/** cli_interrupts_note_bar: @columns of the line that standard error is at are not to stay. */
void cli_interrupts_note_bar (gsize columns);

/**
 * cli_interrupts_guard:
 * @task: what a signal cancels from here on, in place of ending the process
 *
 * For what has to tidy up after itself, such as a file that is being written: the task fails with
 * CONSET_ERROR_CANCELLED, the writer removes its file, and cli_interrupts_release() ends the
 * process. A second signal, or a few seconds, end it in any case.
 */
void cli_interrupts_guard (ConsetTask *task);

/** cli_interrupts_release: ends what cli_interrupts_guard() has begun. */
void cli_interrupts_release (void);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Long work: tasks that draw a bar.
 */
#include "work.h"

#include "options.h"

static void
work_tell (const ConsetProgress *progress, gpointer data)
{
  CliWork *work = data;

  cli_progress_draw (&work->progress, progress->fraction, progress->connections);
}

void
cli_work_begin (CliWork *work, gboolean wanted)
{
  work->task = conset_task_new ();
  conset_task_set_threads (work->task, cli_get_threads ());
  cli_progress_begin (&work->progress, wanted);
  if (work->progress.visible)
    conset_task_set_progress (work->task, work_tell, work);
}

void
cli_work_end (CliWork *work)
{
  cli_progress_end (&work->progress);
  g_clear_pointer (&work->task, conset_task_free);
}

/* SPDX-License-Identifier: MIT */
/*
 * Tasks: how evaluations are carried out.
 */
#include "task.h"

ConsetTask *
conset_task_new (void)
{
  return g_new0 (ConsetTask, 1);
}

void
conset_task_free (ConsetTask *task)
{
  g_free (task);
}

void
conset_task_set_threads (ConsetTask *task, guint n_threads)
{
  g_return_if_fail (task != NULL);

  task->n_threads = n_threads;
}

guint
conset_task_get_threads (const ConsetTask *task)
{
  g_return_val_if_fail (task != NULL, 1);

  return task->n_threads > 0 ? task->n_threads : g_get_num_processors ();
}

void
conset_task_set_stretch (ConsetTask *task, guint64 connections)
{
  g_return_if_fail (task != NULL);

  task->stretch = connections;
}

void
conset_task_set_progress (ConsetTask *task, ConsetProgressFunc func, gpointer user_data)
{
  g_return_if_fail (task != NULL);

  task->progress = func;
  task->progress_data = user_data;
}

void
conset_task_cancel (ConsetTask *task)
{
  g_return_if_fail (task != NULL);

  g_atomic_int_set (&task->cancelled, TRUE);
}

gboolean
conset_task_is_cancelled (const ConsetTask *task)
{
  g_return_val_if_fail (task != NULL, FALSE);

  return g_atomic_int_get (&task->cancelled);
}

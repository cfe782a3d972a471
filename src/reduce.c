/* SPDX-License-Identifier: MIT */
/*
 * Reducing: threads take stretches and keep what they find to themselves, until all is done.
 *
 * After an error no more stretches are taken; those that were taken before it are finished, so that
 * an earlier error among them is found.
 */
#include "crew.h"
#include "evaluation.h"

/* A stretch is so many connections. */
#define GOAL 131072.0

typedef struct _Worker Worker;

/* Deals with the next batch or tile and tells its connections; FALSE at the end or on an error,
 * which is set if it is none of the iterator's. */
typedef gboolean (*WorkerStep) (Worker *worker, guint64 *n, GError **error);

struct _Worker
{
  ConsetCrew *crew;
  ConsetIter *iter;
  WorkerStep step;
  const ConsetReducer *reducer;
  gpointer state;
  guint64 count;
};

/* The calling thread tells how far all are; what it has found of the current stretch counts. */
static void
worker_tell (Worker *worker, guint64 n)
{
  ConsetCrew *crew = worker->crew;
  double work_done;

  pthread_mutex_lock (&crew->lock);
  work_done = crew->work_done;
  n += crew->connections;
  pthread_mutex_unlock (&crew->lock);
  conset_crew_tell (crew, work_done, n);
}

static guint64
worker_stretch (Worker *worker, gboolean tells, GError **error)
{
  guint64 n = 0, some;

  while (worker->step (worker, &some, error))
    {
      n += some;
      if (tells && conset_crew_due (worker->crew))
        worker_tell (worker, n);
    }
  if (*error == NULL)
    conset_iter_finish (worker->iter, error);
  return n;
}

static void
worker_run (Worker *worker, gboolean tells)
{
  ConsetCrew *crew = worker->crew;
  ConsetStretch stretch;
  guint64 number, n;

  pthread_mutex_lock (&crew->lock);
  while (conset_crew_take (crew, &stretch, &number))
    {
      GError *error = NULL;

      pthread_mutex_unlock (&crew->lock);
      conset_iter_aim (worker->iter, stretch.line, stretch.at, stretch.end_line, stretch.end_at);
      n = worker_stretch (worker, tells, &error);
      pthread_mutex_lock (&crew->lock);
      crew->connections += n;
      crew->work_done += stretch.work;
      if (error != NULL)
        conset_crew_fail (crew, number, error);
    }
  pthread_mutex_unlock (&crew->lock);
}

static gpointer
helper_run (gpointer data)
{
  Worker *worker = data;

  worker->iter = conset_crew_iter (worker->crew);
  worker_run (worker, FALSE);
  conset_iter_free (worker->iter);
  conset_crew_leave (worker->crew);
  return NULL;
}

/* The calling thread has nothing to do any more. */
static void
wait_for_helpers (ConsetCrew *crew)
{
  pthread_mutex_lock (&crew->lock);
  while (crew->n_running > 0)
    {
      conset_crew_await (crew);
      if (conset_crew_due (crew))
        {
          double work_done = crew->work_done;
          guint64 connections = crew->connections;

          pthread_mutex_unlock (&crew->lock);
          conset_crew_tell (crew, work_done, connections);
          pthread_mutex_lock (&crew->lock);
        }
    }
  pthread_mutex_unlock (&crew->lock);
}

/* Lets all work, each with a copy of @pattern; @begin and @end are called for each. */
static gboolean
crew_reduce (ConsetCrew *crew, const Worker *pattern, gpointer data, guint64 *count, GError **error)
{
  const ConsetReducer *reducer = pattern->reducer;
  g_autofree Worker *workers = g_new (Worker, crew->n_threads);
  g_autofree gpointer *helpers = g_new (gpointer, crew->n_threads);
  gboolean overflow = FALSE;

  for (guint k = 0; k < crew->n_threads; k++)
    {
      workers[k] = *pattern;
      workers[k].state = reducer != NULL && reducer->begin != NULL ? reducer->begin (data) : data;
      helpers[k] = &workers[k];
    }
  workers[0].iter = crew->iter;
  conset_crew_start (crew, helper_run, helpers);
  worker_run (&workers[0], TRUE);
  wait_for_helpers (crew);
  conset_crew_join (crew);
  *count = 0;
  for (guint k = 0; k < crew->n_threads; k++)
    {
      if (reducer != NULL && reducer->end != NULL)
        reducer->end (workers[k].state, data);
      overflow |= __builtin_add_overflow (*count, workers[k].count, count);
    }
  if (overflow && crew->error == NULL)
    conset_count_overflow (&crew->error);
  return conset_crew_clear (crew, error);
}

/* {{{ batches */

static gboolean
step_batch (Worker *worker, guint64 *n, GError **error)
{
  ConsetBatch batch;

  if (!conset_iter_next_batch (worker->iter, &batch))
    return FALSE;
  *n = batch.n;
  if (worker->reducer->add (&batch, worker->state, error))
    return TRUE;
  if (*error == NULL)
    *error = conset_crew_stopped ();
  return FALSE;
}

gboolean
conset_parallel_reduce (const Conset *set,
                        const ConsetWindow *window,
                        ConsetOrder order,
                        ConsetTask *task,
                        const ConsetReducer *reducer,
                        gpointer user_data,
                        GError **error)
{
  ConsetCrew crew;
  Worker pattern = { .crew = &crew, .step = step_batch, .reducer = reducer };
  guint64 count;

  g_return_val_if_fail (set != NULL && reducer != NULL && reducer->add != NULL, FALSE);

  return conset_crew_init (&crew, set, window, order, task, GOAL, error)
         && crew_reduce (&crew, &pattern, user_data, &count, error);
}

/* }}} */
/* {{{ counting */

static gboolean
step_count (Worker *worker, guint64 *n, GError **error)
{
  if (!conset_iter_next_tile (worker->iter, n))
    return FALSE;
  if (!__builtin_add_overflow (worker->count, *n, &worker->count))
    return TRUE;
  conset_count_overflow (error);
  return FALSE;
}

gboolean
conset_parallel_count (
  const Conset *set, const ConsetWindow *window, ConsetTask *task, guint64 *count, GError **error)
{
  ConsetCrew crew;
  Worker pattern = { .crew = &crew, .step = step_count };
  gboolean good;

  g_return_val_if_fail (set != NULL && count != NULL, FALSE);

  if (conset_count_closed (set, window, count, &good, error))
    return good;
  return conset_crew_init (&crew, set, window, CONSET_TARGET_MAJOR, task, GOAL, error)
         && crew_reduce (&crew, &pattern, NULL, count, error);
}

/* }}} */

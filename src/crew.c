/* SPDX-License-Identifier: MIT */
/*
 * Crews: starting threads, handing out stretches, and ending together.
 *
 * A thread is worth its while from some ten thousand connections on, so that small windows are
 * evaluated by the calling thread alone, which then pays for no more than an iterator.
 */
#include "crew.h"

#include "evaluation.h"

#include <time.h>

/* Less work than this is not shared; and a stretch has no less, unless the task says so. */
#define WORTH_A_THREAD 65536.0
#define LEAST_GOAL 4096.0
/* Stretches for each thread, so that all end at about the same time. */
#define STRETCHES 16.0

#define PERIOD (G_USEC_PER_SEC / 10)
#define MOST_STRIDE 256
#define SHORT_TIME (G_USEC_PER_SEC / 1000)

/* {{{ beginning and end */

static void
choose_threads (ConsetCrew *crew, double goal)
{
  double threads = conset_task_get_threads (&crew->task);
  double least = WORTH_A_THREAD;

  crew->work = conset_cutter_init (&crew->cutter, conset_iter_get_eval (crew->iter),
                                   conset_task_get_threads (&crew->task));
  if (crew->task.stretch > 0)
    least = goal = (double) crew->task.stretch;
  else
    goal = CLAMP (crew->work / (threads * STRETCHES), MIN (goal, LEAST_GOAL), goal);
  crew->cutter.goal = goal;
  crew->n_threads = (guint) MIN (threads, 1.0 + crew->work / least);
}

static void
lock_init (ConsetCrew *crew)
{
  pthread_condattr_t attributes;

  pthread_condattr_init (&attributes);
  pthread_condattr_setclock (&attributes, CLOCK_MONOTONIC);
  pthread_mutex_init (&crew->lock, NULL);
  pthread_cond_init (&crew->news, &attributes);
  pthread_cond_init (&crew->room, NULL);
  pthread_condattr_destroy (&attributes);
}

gboolean
conset_crew_init (ConsetCrew *crew,
                  const Conset *set,
                  const ConsetWindow *window,
                  ConsetOrder order,
                  ConsetTask *task,
                  double goal,
                  GError **error)
{
  *crew = (ConsetCrew){ .set = set, .order = order, .stride = 1, .wait = 1 };
  if (!conset_resolve_window (set, window, &crew->window, error))
    return FALSE;
  if (task != NULL)
    {
      crew->cancelled = &task->cancelled;
      crew->task.n_threads = task->n_threads;
      crew->task.stretch = task->stretch;
      crew->task.progress = task->progress;
      crew->task.progress_data = task->progress_data;
    }
  crew->told = crew->looked = g_get_monotonic_time ();
  lock_init (crew);
  crew->iter = conset_crew_iter (crew);
  choose_threads (crew, goal);
  return TRUE;
}

gboolean
conset_crew_clear (ConsetCrew *crew, GError **error)
{
  conset_iter_free (crew->iter);
  g_free (crew->threads);
  pthread_cond_destroy (&crew->room);
  pthread_cond_destroy (&crew->news);
  pthread_mutex_destroy (&crew->lock);
  if (crew->error == NULL)
    return TRUE;
  g_propagate_error (error, crew->error);
  return FALSE;
}

void
conset_crew_start (ConsetCrew *crew, GThreadFunc work, gpointer *data)
{
  crew->threads = g_new (GThread *, crew->n_threads);
  crew->n_running = crew->n_threads - 1;
  for (guint k = 1; k < crew->n_threads; k++)
    {
      GThread *thread = g_thread_try_new ("conset", work, data[k], NULL);

      if (thread == NULL)
        {
          pthread_mutex_lock (&crew->lock);
          crew->n_running -= crew->n_threads - k;
          pthread_mutex_unlock (&crew->lock);
          return;
        }
      crew->threads[crew->n_threads_made++] = thread;
    }
}

void
conset_crew_leave (ConsetCrew *crew)
{
  pthread_mutex_lock (&crew->lock);
  crew->n_running--;
  pthread_cond_signal (&crew->news);
  pthread_mutex_unlock (&crew->lock);
}

void
conset_crew_join (ConsetCrew *crew)
{
  for (guint k = 0; k < crew->n_threads_made; k++)
    g_thread_join (crew->threads[k]);
}

/* }}} */
/* {{{ stretches */

ConsetIter *
conset_crew_iter (ConsetCrew *crew)
{
  ConsetIter *iter = conset_iter_new (crew->set, &crew->window, crew->order);
  ConsetEval *eval = conset_iter_get_eval (iter);

  eval->stops[0] = crew->cancelled;
  eval->stops[1] = &crew->stop;
  return iter;
}

gboolean
conset_crew_take (ConsetCrew *crew, ConsetStretch *stretch, guint64 *number)
{
  if (crew->all_taken)
    return FALSE;
  if (!conset_cutter_next (&crew->cutter, stretch))
    {
      crew->all_taken = TRUE;
      pthread_cond_broadcast (&crew->room);
      pthread_cond_signal (&crew->news);
      return FALSE;
    }
  *number = crew->n_taken++;
  return TRUE;
}

void
conset_crew_fail (ConsetCrew *crew, guint64 number, GError *error)
{
  crew->all_taken = TRUE;
  pthread_cond_broadcast (&crew->room);
  if (crew->error != NULL && crew->error_at <= number)
    {
      g_error_free (error);
      return;
    }
  g_clear_error (&crew->error);
  crew->error = error;
  crew->error_at = number;
}

void
conset_crew_stop (ConsetCrew *crew)
{
  g_atomic_int_set (&crew->stop, 1);
  crew->all_taken = TRUE;
  pthread_cond_broadcast (&crew->room);
}

void
conset_crew_await (ConsetCrew *crew)
{
  struct timespec until;

  clock_gettime (CLOCK_MONOTONIC, &until);
  until.tv_nsec += PERIOD * 1000;
  if (until.tv_nsec >= 1000000000)
    {
      until.tv_nsec -= 1000000000;
      until.tv_sec++;
    }
  pthread_cond_timedwait (&crew->news, &crew->lock, &until);
}

GError *
conset_crew_stopped (void)
{
  return g_error_new_literal (CONSET_ERROR, CONSET_ERROR_CANCELLED,
                              "stopped by the function called for each batch");
}

/* }}} */
/* {{{ progress */

/* The clock is read every so many calls: their number doubles while they follow each other fast. */
gboolean
conset_crew_due (ConsetCrew *crew)
{
  gint64 now;

  if (--crew->wait > 0)
    return FALSE;
  now = g_get_monotonic_time ();
  if (now - crew->looked >= SHORT_TIME)
    crew->stride = 1;
  else if (crew->stride < MOST_STRIDE)
    crew->stride *= 2;
  crew->wait = crew->stride;
  crew->looked = now;
  if (now - crew->told < PERIOD)
    return FALSE;
  crew->told = now;
  return TRUE;
}

void
conset_crew_tell (ConsetCrew *crew, double work_done, guint64 connections)
{
  ConsetProgress progress = { connections, 0.0 };

  if (crew->task.progress == NULL)
    return;
  if (crew->work > 0.0)
    progress.fraction = CLAMP (work_done / crew->work, 0.0, 1.0);
  crew->task.progress (&progress, crew->task.progress_data);
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * Crews: the threads of one evaluation, and what they share: a lock, what is left to be done, the
 * first error, how far they are.
 *
 * The calling thread is one of the crew. It has an iterator from the beginning; the other members
 * make theirs, and with it their plans, when they begin.
 */
#pragma once

#include "stretch.h"
#include "task.h"

#include <pthread.h>

/**
 * ConsetCrew:
 * @task: how; a copy, but for @cancelled
 * @cancelled: (nullable): that of the task
 * @iter: of the calling thread
 * @n_threads: with the calling one
 * @lock: guards all that follows; the lock and the conditions are those that thread sanitizers see
 * @news: something has happened that the calling thread may wait for
 * @room: something has happened that the other threads may wait for
 * @n_taken: stretches that have been taken
 * @all_taken: there are no more
 * @stop: not 0 if all shall end at once; written under the lock, read atomically
 * @n_running: members beside the calling thread that have not ended
 * @error: the first in the order of stretches, that of number @error_at
 */
typedef struct
{
  ConsetTask      task;
  const gint     *cancelled;
  const Conset   *set;
  ConsetOrder     order;
  ConsetWindow    window;
  ConsetIter     *iter;
  guint           n_threads;
  GThread       **threads;
  guint           n_threads_made;

  pthread_mutex_t lock;
  pthread_cond_t  news;
  pthread_cond_t  room;
  ConsetCutter    cutter;
  guint64         n_taken;
  gboolean        all_taken;
  gint            stop;
  guint           n_running;
  GError         *error;
  guint64         error_at;

  double          work;
  double          work_done;
  guint64         connections;
  gint64          told;
  gint64          looked;
  guint           stride;
  guint           wait;
} ConsetCrew;

/** @goal: connections of a stretch, unless the task says another. FALSE with an error, and then
 * nothing to be cleared, if there is nothing to evaluate. */
gboolean    conset_crew_init   (ConsetCrew          *crew,
                                const Conset        *set,
                                const ConsetWindow  *window,
                                ConsetOrder          order,
                                ConsetTask          *task,
                                double               goal,
                                GError             **error);
/** Takes the error out. FALSE if there was one. */
gboolean    conset_crew_clear  (ConsetCrew          *crew,
                                GError             **error);

/** Starts @work (@data[k]) in other threads, k from 1 on: fewer if the system has no more. */
void        conset_crew_start  (ConsetCrew          *crew,
                                GThreadFunc          work,
                                gpointer            *data);
/** What the function of conset_crew_start() ends with. */
void        conset_crew_leave  (ConsetCrew          *crew);
/** Waits for the others. */
void        conset_crew_join   (ConsetCrew          *crew);

/** An iterator for a member. (transfer full) */
ConsetIter *conset_crew_iter   (ConsetCrew          *crew);

/** The next stretch and its number, aimed at by @iter; FALSE if there is none. Locked. */
gboolean    conset_crew_take   (ConsetCrew          *crew,
                                ConsetStretch       *stretch,
                                guint64             *number);
/** Keeps @error (transfer full) of stretch @number; no more are taken. Locked. */
void        conset_crew_fail   (ConsetCrew          *crew,
                                guint64              number,
                                GError              *error);
/** Ends all at once. Locked. */
void        conset_crew_stop   (ConsetCrew          *crew);
/** Waits for news for a tenth of a second. Locked. */
void        conset_crew_await  (ConsetCrew          *crew);

/** TRUE about ten times a second, when the calling thread had better look around. */
gboolean    conset_crew_due    (ConsetCrew          *crew);
/** Tells the task how far it is. Not locked. */
void        conset_crew_tell   (ConsetCrew          *crew,
                                double               work_done,
                                guint64              connections);

/** The error of a callback that has stopped without one. (transfer full) */
GError     *conset_crew_stopped (void);

/* SPDX-License-Identifier: MIT */
/*
 * Evaluating a set by several threads.
 *
 * The window is cut into stretches of about equal expected work, which threads take one after the
 * other; each has a plan of its own, and the set is shared. Results do not depend on the number of
 * threads or on the cuts, to the last bit: batches, in particular, come as conset_iter_next_batch()
 * gives them, and of several errors it is the first in order that is told.
 *
 * Where a callback is called by the calling thread, it may use what belongs to that thread. All
 * functions return when their threads have ended. Memory does not depend on the number of
 * connections: some 2 MiB a thread for what waits for its turn, and what plans need.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/eval.h>

G_BEGIN_DECLS

/* Tasks */

/**
 * ConsetTask:
 *
 * How a long evaluation is carried out: by how many threads, who is told how far it is, and
 * whether it shall stop. One task may serve one evaluation after the other, and belongs to the
 * thread that calls for them; only conset_task_cancel() may be called by any.
 *
 * Where a task is asked for, NULL is as many threads as there are processors, and no more.
 */
typedef struct _ConsetTask ConsetTask;

/**
 * ConsetProgress:
 * @connections: connections that have been found
 * @fraction: how much of the expected work is done, from 0 to 1
 */
typedef struct
{
  guint64 connections;
  double  fraction;
} ConsetProgress;

typedef void (*ConsetProgressFunc) (const ConsetProgress *progress,
                                    gpointer              user_data);

/** conset_task_new: Returns: (transfer full): a task with as many threads as processors */
CONSET_PUBLIC ConsetTask *conset_task_new           (void) G_GNUC_WARN_UNUSED_RESULT;
CONSET_PUBLIC void        conset_task_free          (ConsetTask *task);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetTask, conset_task_free)

/**
 * conset_task_set_threads:
 * @n_threads: the number of threads, the calling one among them; 0 for one a processor that this
 *   process may use
 *
 * Fewer are made for what is quickly done.
 */
CONSET_PUBLIC void        conset_task_set_threads   (ConsetTask *task,
                                                     guint       n_threads);

/** conset_task_get_threads: Returns: the number of threads, at least 1 */
CONSET_PUBLIC guint       conset_task_get_threads   (const ConsetTask *task);

/**
 * conset_task_set_stretch:
 * @connections: about how many connections a thread takes at a time; 0, the default, for what
 *   suits caches
 *
 * No result depends on it.
 */
CONSET_PUBLIC void        conset_task_set_stretch   (ConsetTask *task,
                                                     guint64     connections);

/**
 * conset_task_set_progress:
 * @func: (nullable): called by the thread that called for the evaluation, about ten times a second
 * @user_data: (closure): passed to @func
 */
CONSET_PUBLIC void        conset_task_set_progress  (ConsetTask         *task,
                                                     ConsetProgressFunc  func,
                                                     gpointer            user_data);

/**
 * conset_task_cancel:
 *
 * Stops what is carried out by @task, and what would be, at the next tile of each thread: they
 * fail with CONSET_ERROR_CANCELLED. May be called by any thread, by callbacks and by handlers of
 * signals.
 */
CONSET_PUBLIC void        conset_task_cancel        (ConsetTask *task);

/** conset_task_is_cancelled: Returns: whether conset_task_cancel() was called */
CONSET_PUBLIC gboolean    conset_task_is_cancelled  (const ConsetTask *task);

/* Evaluations */

/**
 * ConsetBatchTaker: as ConsetBatchFunc, for those that can fail in ways of their own
 *
 * Returns: FALSE to stop, perhaps with @error set
 */
typedef gboolean (*ConsetBatchTaker) (const ConsetBatch *batch,
                                      gpointer           user_data,
                                      GError           **error);

/**
 * conset_parallel_foreach:
 * @set: (transfer none): a set
 * @window: (nullable): where to look
 * @order: the order of the connections
 * @task: (nullable): how
 * @func: (scope call): called by the calling thread with batch after batch, in order
 * @user_data: (closure): passed to @func
 *
 * The batches are those of conset_foreach(). Threads work ahead of @func and wait where it is
 * slower than they are.
 *
 * Returns: TRUE if @func has seen every connection, else FALSE with @error set
 */
CONSET_PUBLIC gboolean conset_parallel_foreach (const Conset        *set,
                                                const ConsetWindow  *window,
                                                ConsetOrder          order,
                                                ConsetTask          *task,
                                                ConsetBatchTaker     func,
                                                gpointer             user_data,
                                                GError             **error);

/** ConsetBatchFormat: appends to @bytes what stands for @batch, and for nothing else; called by any
 * thread, by several at a time. */
typedef void (*ConsetBatchFormat) (const ConsetBatch *batch,
                                   GByteArray        *bytes,
                                   gpointer           user_data);

/** ConsetBytesTaker: Returns: FALSE to stop, perhaps with @error set */
typedef gboolean (*ConsetBytesTaker) (const guint8 *bytes,
                                      gsize         n,
                                      gpointer      user_data,
                                      GError      **error);

/**
 * conset_parallel_format:
 * @format: (scope call): makes bytes of batches
 * @take: (scope call): called by the calling thread with bytes after bytes, in the order of the
 *   batches; how they are cut is left open
 *
 * As conset_parallel_foreach(), for what is written: threads format, too.
 *
 * Returns: TRUE if @take has seen everything, else FALSE with @error set
 */
CONSET_PUBLIC gboolean conset_parallel_format  (const Conset        *set,
                                                const ConsetWindow  *window,
                                                ConsetOrder          order,
                                                ConsetTask          *task,
                                                ConsetBatchFormat    format,
                                                ConsetBytesTaker     take,
                                                gpointer             user_data,
                                                GError             **error);

/**
 * ConsetReducer:
 * @begin: (nullable): makes the state of a thread; called by the calling thread, once for each
 * @add: takes a batch; called by the thread that the state belongs to
 * @end: (nullable): takes the state of a thread in and frees it; called by the calling thread, once
 *   for each, when all threads have ended, also after an error
 *
 * Batches come in any order, and to any thread; only those of one stretch come one after the other
 * and to the same thread. So what is made of them is the same each time if sums, and so on, do not
 * depend on the order: those of integers do not, those of floating-point numbers do. A state need
 * not be locked. All copies of a connection are in one stretch.
 */
typedef struct
{
  gpointer (*begin) (gpointer user_data);
  gboolean (*add)   (const ConsetBatch *batch, gpointer state, GError **error);
  void     (*end)   (gpointer state, gpointer user_data);
} ConsetReducer;

/**
 * conset_parallel_reduce:
 * @reducer: what is done
 * @user_data: passed to its functions; without @begin, the state of all threads
 *
 * The fastest way through a set where order is of no account: nothing is copied, nobody waits.
 *
 * Returns: TRUE if every connection was added, else FALSE with @error set
 */
CONSET_PUBLIC gboolean conset_parallel_reduce  (const Conset         *set,
                                                const ConsetWindow   *window,
                                                ConsetOrder           order,
                                                ConsetTask           *task,
                                                const ConsetReducer  *reducer,
                                                gpointer              user_data,
                                                GError              **error);

/** conset_parallel_count: as conset_count(). */
CONSET_PUBLIC gboolean conset_parallel_count   (const Conset         *set,
                                                const ConsetWindow   *window,
                                                ConsetTask           *task,
                                                guint64              *count,
                                                GError              **error);

/** conset_listing_append: a ConsetBatchFormat that appends the lines of @batch which conset_digest()
 * hashes; @batch is in target-major order, @user_data is ignored. */
CONSET_PUBLIC void     conset_listing_append   (const ConsetBatch    *batch,
                                                GByteArray           *bytes,
                                                gpointer              user_data);

/**
 * conset_parallel_digest: as conset_digest().
 *
 * SHA-256 goes from the first line of the listing to the last, which is the work of the calling
 * thread; others make the listing.
 */
CONSET_PUBLIC char    *conset_parallel_digest  (const Conset         *set,
                                                const ConsetWindow   *window,
                                                ConsetTask           *task,
                                                GError              **error);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Evaluating by threads: who is called by whom, what stops it, and matrices.
 */
#include "support.h"

#include <string.h>

static ConsetTask *
task_new (guint n_threads, guint64 stretch)
{
  ConsetTask *task = conset_task_new ();

  conset_task_set_threads (task, n_threads);
  conset_task_set_stretch (task, stretch);
  return task;
}

static const guint thread_numbers[] = { 1, 2, 3, 8, 99 };

/* {{{ order */

typedef struct
{
  GThread *thread;
  guint64 n;
  guint64 stop_at;
  gboolean with_error;
  gboolean elsewhere;
  gboolean disordered;
  guint64 line;
  guint64 last;
} Watch;

static gboolean
watch_batch (const ConsetBatch *batch, gpointer data, GError **error)
{
  Watch *watch = data;

  watch->elsewhere |= g_thread_self () != watch->thread;
  watch->disordered |= watch->n > 0
                       && (batch->line < watch->line
                           || (batch->line == watch->line && batch->indices[0] <= watch->last));
  watch->line = batch->line;
  watch->last = batch->indices[batch->n - 1];
  watch->n += batch->n;
  if (watch->n < watch->stop_at)
    return TRUE;
  if (watch->with_error)
    g_set_error_literal (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC, "the disk is full");
  return FALSE;
}

START_TEST (the_caller_is_called_in_order)
{
  g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 5000);
  g_autoptr (Conset) set = conset_random (0.1, 1);
  ConsetWindow window = CONSET_WINDOW (3000, 1000);
  Watch watch = { .thread = g_thread_self (), .stop_at = G_MAXUINT64 };
  guint64 count;

  ck_assert (
    conset_parallel_foreach (set, &window, CONSET_TARGET_MAJOR, task, watch_batch, &watch, NULL));
  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (watch.n, count);
  ck_assert (!watch.elsewhere);
  ck_assert (!watch.disordered);
}
END_TEST

START_TEST (a_function_that_stops_stops_all)
{
  for (guint with_error = 0; with_error < 2; with_error++)
    for (guint64 stop_at = 1; stop_at < 400000; stop_at = 7 * stop_at + 1000)
      {
        g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 3000);
        g_autoptr (Conset) set = conset_random (0.1, 1);
        g_autoptr (GError) error = NULL;
        ConsetWindow window = CONSET_WINDOW (3000, 2000);
        Watch watch = { .thread = g_thread_self (), .stop_at = stop_at, .with_error = with_error };

        ck_assert (!conset_parallel_foreach (set, &window, CONSET_SOURCE_MAJOR, task, watch_batch,
                                             &watch, &error));
        if (with_error)
          ck_assert (g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOSPC));
        else
          ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CANCELLED));
        ck_assert (!watch.disordered);
        ck_assert_uint_lt (watch.n, stop_at + 1024);
      }
}
END_TEST

/* A consumer that is slower than the threads are: they wait, in bounded memory. */
static gboolean
doze (const ConsetBatch *batch, gpointer data, GError **error G_GNUC_UNUSED)
{
  guint64 *n = data;

  if (*n % 262144 < batch->n)
    g_usleep (2000);
  *n += batch->n;
  return TRUE;
}

START_TEST (threads_wait_for_a_slow_function)
{
  /* One stretch is longer than what may wait for its turn. */
  g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 700000);
  g_autoptr (Conset) set = conset_full ();
  ConsetWindow window = CONSET_WINDOW (100000, 100);
  guint64 n = 0;

  ck_assert (conset_parallel_foreach (set, &window, CONSET_TARGET_MAJOR, task, doze, &n, NULL));
  ck_assert_uint_eq (n, 10000000);
}
END_TEST

/* }}} */
/* {{{ errors */

START_TEST (errors_of_sets_and_windows_surface)
{
  g_autoptr (Conset) wrong = conset_random (2.0, 1);
  g_autoptr (Conset) full = conset_full ();
  ConsetWindow beyond = { 0, G_MAXUINT64, 0, 10 };
  Watch watch = { .stop_at = G_MAXUINT64 };
  GError *error = NULL;
  guint64 count;

  ck_assert (
    !conset_parallel_foreach (wrong, NULL, CONSET_TARGET_MAJOR, NULL, watch_batch, &watch, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  g_clear_error (&error);
  ck_assert (!conset_parallel_count (full, NULL, NULL, &count, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED));
  g_clear_error (&error);
  ck_assert_ptr_null (conset_parallel_digest (full, &beyond, NULL, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_WINDOW));
  g_clear_error (&error);
  ck_assert_ptr_null (conset_matrix_new (full, NULL, CONSET_TARGET_MAJOR, NULL, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED));
  g_clear_error (&error);
}
END_TEST

/* A probability that is none from target 500 on. */
static double
bad_from_500 (guint64 source G_GNUC_UNUSED, guint64 target, gpointer data G_GNUC_UNUSED)
{
  return target < 500 ? 0.5 : 7.0;
}

START_TEST (the_first_error_in_order_is_told)
{
  ConsetValue *p = conset_value_callback ("p", bad_from_500, NULL, NULL, NULL);
  g_autoptr (Conset) set = conset_random_by_value (p, FALSE, 1);
  g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 2000);
  g_autoptr (GError) one = NULL, many = NULL, counted = NULL;
  ConsetWindow window = CONSET_WINDOW (400, 2000);
  Watch watch = { .thread = g_thread_self (), .stop_at = G_MAXUINT64 };
  guint64 count;

  ck_assert (!conset_count (set, &window, &count, &one));
  ck_assert (
    !conset_parallel_foreach (set, &window, CONSET_TARGET_MAJOR, task, watch_batch, &watch, &many));
  ck_assert (!conset_parallel_count (set, &window, task, &count, &counted));
  ck_assert_str_eq (many->message, one->message);
  ck_assert_str_eq (counted->message, one->message);
  ck_assert_uint_eq (watch.line, 499);
}
END_TEST

/* }}} */
/* {{{ cancellation and progress */

typedef struct
{
  ConsetTask *task;
  guint64 n;
  guint64 cancel_at;
} Cancel;

static gboolean
cancel_batch (const ConsetBatch *batch, gpointer data, GError **error G_GNUC_UNUSED)
{
  Cancel *cancel = data;

  cancel->n += batch->n;
  if (cancel->n >= cancel->cancel_at)
    conset_task_cancel (cancel->task);
  return TRUE;
}

START_TEST (a_cancelled_task_ends)
{
  g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 4000);
  g_autoptr (Conset) set = conset_random (0.1, 1);
  g_autoptr (GError) error = NULL, again = NULL;
  ConsetWindow window = CONSET_WINDOW (100000, 1000000000);
  Cancel cancel = { task, 0, 200000 };
  guint64 count;

  ck_assert (!conset_task_is_cancelled (task));
  ck_assert (!conset_parallel_foreach (set, &window, CONSET_TARGET_MAJOR, task, cancel_batch,
                                       &cancel, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CANCELLED));
  ck_assert (conset_task_is_cancelled (task));
  ck_assert (!conset_parallel_count (set, &window, task, &count, &again));
  ck_assert (g_error_matches (again, CONSET_ERROR, CONSET_ERROR_CANCELLED));
}
END_TEST

static gpointer
cancel_soon (gpointer task)
{
  g_usleep (50000);
  conset_task_cancel (task);
  return NULL;
}

START_TEST (another_thread_cancels)
{
  g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 0);
  g_autoptr (Conset) set = conset_random (0.3, 1);
  g_autoptr (GError) error = NULL;
  ConsetWindow window = CONSET_WINDOW (CONSET_INDEX_END, CONSET_INDEX_END);
  GThread *thread = g_thread_new ("cancel", cancel_soon, task);
  guint64 count;

  ck_assert (!conset_parallel_count (set, &window, task, &count, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_CANCELLED));
  g_thread_join (thread);
}
END_TEST

typedef struct
{
  GThread *thread;
  ConsetTask *task;
  guint n;
  guint64 connections;
  double fraction;
  gboolean elsewhere;
  gboolean backwards;
} Told;

static void
tell (const ConsetProgress *progress, gpointer data)
{
  Told *told = data;

  told->elsewhere |= g_thread_self () != told->thread;
  told->backwards |= progress->fraction < told->fraction || progress->fraction > 1.0;
  told->connections = progress->connections;
  told->fraction = progress->fraction;
  if (++told->n == 3)
    conset_task_cancel (told->task);
}

START_TEST (progress_is_told_to_the_caller)
{
  g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 0);
  g_autoptr (Conset) set = conset_random (0.3, 1);
  ConsetWindow window = CONSET_WINDOW (100000000, 1000000);
  Told told = { .thread = g_thread_self (), .task = task };
  guint64 count;

  conset_task_set_progress (task, tell, &told);
  ck_assert (!conset_parallel_count (set, &window, task, &count, NULL));
  ck_assert_uint_ge (told.n, 3);
  ck_assert (!told.elsewhere);
  ck_assert (!told.backwards);
  ck_assert_uint_gt (told.connections, 0);
  ck_assert (told.fraction > 0.0);
}
END_TEST

/* }}} */
/* {{{ matrices */

static void
assert_matrix (const ConsetMatrix *matrix, const Conset *set)
{
  gboolean rows = matrix->order == CONSET_SOURCE_MAJOR;
  guint64 first = rows ? matrix->window.source_first : matrix->window.target_first;
  guint64 other = rows ? matrix->window.target_first : matrix->window.source_first;
  g_autoptr (ConsetIter) iter = conset_iter_new (set, &matrix->window, matrix->order);
  guint64 source, target, k = 0;

  ck_assert_uint_eq (matrix->indptr[0], 0);
  ck_assert_uint_eq (matrix->indptr[matrix->n_lines], matrix->n);
  for (guint64 line = 0; line < matrix->n_lines; line++)
    for (; k < matrix->indptr[line + 1]; k++)
      {
        if (!conset_iter_next (iter, &source, &target) || (rows ? source : target) != first + line
            || (rows ? target : source) != other + matrix->indices[k])
          ck_abort_msg ("entry %" G_GUINT64_FORMAT " is wrong", k);
        for (guint c = 0; c < matrix->n_values; c++)
          {
            double value = conset_iter_get_value (iter, c);

            if (memcmp (&value, &matrix->values[c][k], sizeof value) != 0)
              ck_abort_msg ("value %u of entry %" G_GUINT64_FORMAT " is wrong", c, k);
          }
      }
  ck_assert (!conset_iter_next (iter, &source, &target));
}

START_TEST (matrices_have_what_iterators_give)
{
  static const char *const expressions[] = {
    "random(0.1, seed=1)",
    "random(poisson=0.7, seed=1)",
    "cset(random(0.05, seed=1), normal(0, 1, seed=2), i - j)",
    "[(5, 7), (5, 7), (6, 7), (200, 399)]",
    "empty",
    "random(N=5000, seed=1) * cross(range(100, 300), range(20, 60))",
  };
  const ConsetWindow windows[] = { CONSET_WINDOW (400, 400), { 100, 333, 7, 51 }, { 3, 3, 0, 9 } };

  for (guint e = 0; e < G_N_ELEMENTS (expressions); e++)
    for (guint w = 0; w < G_N_ELEMENTS (windows); w++)
      for (guint order = 0; order < 2; order++)
        {
          g_autoptr (ConsetTask) task = task_new (thread_numbers[_i], 500);
          g_autoptr (Conset) set = conset_parse (expressions[e], 1, NULL);
          g_autoptr (ConsetMatrix) matrix = NULL;

          ck_assert_ptr_nonnull (set);
          matrix = conset_matrix_new (set, &windows[w], order, task, NULL);
          ck_assert_ptr_nonnull (matrix);
          assert_matrix (matrix, set);
        }
}
END_TEST

START_TEST (a_matrix_of_a_finite_set_needs_no_window)
{
  g_autoptr (Conset) set = conset_parse ("shift(10, 20) * cross(range(5), range(7))", 1, NULL);
  g_autoptr (ConsetMatrix) matrix = conset_matrix_new (set, NULL, CONSET_SOURCE_MAJOR, NULL, NULL);

  ck_assert_uint_eq (matrix->window.source_first, 10);
  ck_assert_uint_eq (matrix->n_lines, 5);
  ck_assert_uint_eq (matrix->n, 35);
  assert_matrix (matrix, set);
}
END_TEST

START_TEST (a_matrix_too_large_is_an_error)
{
  g_autoptr (Conset) set = conset_one_to_one ();
  g_autoptr (GError) error = NULL;
  ConsetWindow window = CONSET_WINDOW (G_GUINT64_CONSTANT (1) << 60, G_GUINT64_CONSTANT (1) << 60);

  ck_assert_ptr_null (conset_matrix_new (set, &window, CONSET_TARGET_MAJOR, NULL, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW));
}
END_TEST

/* }}} */

/* {{{ ranks */

/* Parts follow each other, and have all; of an uneven set, each has about as much. */
START_TEST (ranks_share_the_work)
{
  static const guint64 numbers[] = { 1, 2, 3, 7, 64, 1000 };
  g_autoptr (Conset) set = conset_parse (
    "random(seed=1) * (0.5 * exp(-j / 500)) * cross(range(1000), range(3000))", 1, NULL);
  guint64 n_ranks = numbers[_i], next = 0, sum = 0, most = 0, whole;
  g_autoptr (GError) error = NULL;

  ck_assert (conset_count (set, NULL, &whole, NULL));
  for (guint64 rank = 0; rank < n_ranks; rank++)
    {
      g_autoptr (Conset) part = conset_partition_for_rank (conset_ref (set), rank, n_ranks);
      ConsetWindow window;
      guint64 count, same;

      ck_assert (
        conset_rank_window (set, NULL, CONSET_TARGET_MAJOR, rank, n_ranks, &window, &error));
      ck_assert (conset_count (part, NULL, &count, NULL));
      ck_assert (conset_count (set, &window, &same, NULL));
      ck_assert_uint_eq (count, same);
      ck_assert_uint_eq (window.target_first, next);
      next = window.target_end;
      sum += count;
      most = MAX (most, count);
    }
  ck_assert_uint_eq (next, 3000);
  ck_assert_uint_eq (sum, whole);
  /* A target has some 500 connections at most, and the tail of the set has more pairs than those.
   */
  ck_assert_uint_le (most, whole / n_ranks + whole / (4 * n_ranks) + 1000);
}
END_TEST

START_TEST (ranks_need_bounds_or_a_window)
{
  g_autoptr (Conset) part = conset_partition_for_rank (conset_full (), 1, 3);
  g_autoptr (Conset) full = conset_full ();
  g_autoptr (GError) error = NULL, unbounded = NULL;
  ConsetWindow window, all = CONSET_WINDOW (100, 90);

  ck_assert (!conset_check (part, &error));
  ck_assert_ptr_nonnull (strstr (error->message, "unbounded targets"));
  ck_assert (!conset_rank_window (full, NULL, CONSET_SOURCE_MAJOR, 1, 3, &window, &unbounded));
  ck_assert (conset_rank_window (full, &all, CONSET_SOURCE_MAJOR, 1, 2, &window, NULL));
  ck_assert_uint_eq (window.source_first, 50);
  ck_assert_uint_eq (window.source_end, 100);
  ck_assert_uint_eq (window.target_end, 90);
}
END_TEST

/* }}} */

START_TEST (tasks_have_threads)
{
  g_autoptr (ConsetTask) task = conset_task_new ();

  ck_assert_uint_eq (conset_task_get_threads (task), g_get_num_processors ());
  conset_task_set_threads (task, 5);
  ck_assert_uint_eq (conset_task_get_threads (task), 5);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("threads");
  TCase *tcase = test_case_add (suite, "threads");
  /* Without the 99, for minutes; trees are given to so many threads with a sanitizer, too. */
  const int n = (int) G_N_ELEMENTS (thread_numbers) - (test_sanitized () ? 1 : 0);

  tcase_add_test (tcase, tasks_have_threads);
  tcase_add_loop_test (tcase, the_caller_is_called_in_order, 0, n);
  tcase_add_loop_test (tcase, a_function_that_stops_stops_all, 0, n);
  tcase_add_loop_test (tcase, threads_wait_for_a_slow_function, 0, n);
  tcase_add_test (tcase, errors_of_sets_and_windows_surface);
  tcase_add_loop_test (tcase, the_first_error_in_order_is_told, 0, n);
  tcase_add_loop_test (tcase, a_cancelled_task_ends, 0, n);
  tcase_add_loop_test (tcase, another_thread_cancels, 0, n);
  tcase_add_loop_test (tcase, progress_is_told_to_the_caller, 0, n);
  tcase_add_loop_test (tcase, matrices_have_what_iterators_give, 0, n);
  tcase_add_test (tcase, a_matrix_of_a_finite_set_needs_no_window);
  /* Sanitizers abort when memory is asked for that there cannot be. */
  if (!test_sanitized ())
    tcase_add_test (tcase, a_matrix_too_large_is_an_error);
  tcase_add_loop_test (tcase, ranks_share_the_work, 0, 6);
  tcase_add_test (tcase, ranks_need_bounds_or_a_window);
  return test_run (suite);
}

/* SPDX-License-Identifier: MIT */
/*
 * Random trees by several threads against one: the same batches, cut in the same places, the same
 * counts, digests, sums and errors, for any number of threads and any stretches.
 *
 * Tree k is made from the seed CONSET_TEST_SEED + k alone, so that a failure is repeated by
 *
 *   CONSET_TEST_SEED=<the seed it names> CONSET_TEST_TREES=1 test_threads_trees
 */
#include "oracle_csets.h"

#include <string.h>

static const guint thread_numbers[] = { 1, 2, 3, 8, 99 };

/* What an evaluation gave: batches as bytes, and the error at the end of them. */
typedef struct
{
  GByteArray *bytes;
  GError *error;
} Record;

static void
record_clear (Record *record)
{
  g_byte_array_unref (record->bytes);
  g_clear_error (&record->error);
}

static void
format_batch (const ConsetBatch *batch, GByteArray *bytes, gpointer data G_GNUC_UNUSED)
{
  guint64 head[] = { batch->line, batch->n, batch->n_values };

  g_byte_array_append (bytes, (const guint8 *) head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *) batch->indices,
                       (guint) (batch->n * sizeof (guint64)));
  for (guint k = 0; k < batch->n_values; k++)
    g_byte_array_append (bytes, (const guint8 *) batch->values[k],
                         (guint) (batch->n * sizeof (double)));
}

static gboolean
record_batch (const ConsetBatch *batch, gpointer data)
{
  format_batch (batch, ((Record *) data)->bytes, NULL);
  return TRUE;
}

static gboolean
take_batch (const ConsetBatch *batch, gpointer data, GError **error G_GNUC_UNUSED)
{
  return record_batch (batch, data);
}

static gboolean
take_bytes (const guint8 *bytes, gsize n, gpointer data, GError **error G_GNUC_UNUSED)
{
  g_byte_array_append (((Record *) data)->bytes, bytes, (guint) n);
  return TRUE;
}

static gboolean
errors_agree (const GError *a, const GError *b)
{
  if (a == NULL || b == NULL)
    return a == b;
  return g_error_matches (a, b->domain, b->code) && strcmp (a->message, b->message) == 0;
}

static gboolean
records_agree (const Record *a, const Record *b)
{
  return a->bytes->len == b->bytes->len
         && (a->bytes->len == 0 || memcmp (a->bytes->data, b->bytes->data, a->bytes->len) == 0)
         && errors_agree (a->error, b->error);
}

/* {{{ any order */

/* A sum over connections that shows each of them. */
typedef struct
{
  guint64 sum;
  guint n_states;
} Mixture;

static gpointer
mixture_begin (gpointer data)
{
  ((Mixture *) data)->n_states++;
  return g_new0 (guint64, 1);
}

static guint64
mix (guint64 x)
{
  x = (x ^ (x >> 31)) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
  return x ^ (x >> 29);
}

static gboolean
mixture_add (const ConsetBatch *batch, gpointer state, GError **error G_GNUC_UNUSED)
{
  guint64 *sum = state, bits;

  for (gsize k = 0; k < batch->n; k++)
    {
      *sum += mix (mix (batch->line) + batch->indices[k]);
      for (guint c = 0; c < batch->n_values; c++)
        {
          memcpy (&bits, &batch->values[c][k], sizeof bits);
          *sum += mix (mix (batch->indices[k]) + bits + c);
        }
    }
  return TRUE;
}

static void
mixture_end (gpointer state, gpointer data)
{
  Mixture *mixture = data;

  mixture->sum += *(guint64 *) state;
  mixture->n_states--;
  g_free (state);
}

static const ConsetReducer mixture_reducer = { mixture_begin, mixture_add, mixture_end };

/* }}} */

/* What one thread finds. */
typedef struct
{
  Conset *set;
  ConsetWindow window;
  ConsetOrder order;
  gint least; /* stretches are this long, or up to 40 times as long */
  Record record;
  guint64 sum;
  guint64 count;
  GError *count_error;
} Trial;

static void
trial_begin (Trial *trial)
{
  ConsetTask *alone = conset_task_new ();
  Mixture mixture = { 0, 0 };
  gboolean good;

  conset_task_set_threads (alone, 1);
  trial->record.bytes = g_byte_array_new ();
  conset_foreach (trial->set, &trial->window, trial->order, record_batch, &trial->record,
                  &trial->record.error);
  good = conset_parallel_reduce (trial->set, &trial->window, trial->order, alone, &mixture_reducer,
                                 &mixture, NULL);
  if (good != (trial->record.error == NULL) || mixture.n_states != 0)
    ck_abort_msg ("a sum by one thread went another way");
  trial->sum = mixture.sum;
  conset_count (trial->set, &trial->window, &trial->count, &trial->count_error);
  conset_task_free (alone);
}

static const char *
trial_stream (Trial *trial, ConsetTask *task, gboolean formatted)
{
  Record record = { g_byte_array_new (), NULL };
  const char *wrong = NULL;

  if (formatted)
    conset_parallel_format (trial->set, &trial->window, trial->order, task, format_batch,
                            take_bytes, &record, &record.error);
  else
    conset_parallel_foreach (trial->set, &trial->window, trial->order, task, take_batch, &record,
                             &record.error);
  /* What was formatted before an error need not have been handed on. */
  if (formatted && trial->record.error != NULL ? !errors_agree (record.error, trial->record.error)
                                               : !records_agree (&record, &trial->record))
    wrong = formatted ? "formatted bytes differ" : "batches differ";
  record_clear (&record);
  return wrong;
}

static const char *
trial_reduce (Trial *trial, ConsetTask *task)
{
  Mixture mixture = { 0, 0 };
  g_autoptr (GError) error = NULL;

  conset_parallel_reduce (trial->set, &trial->window, trial->order, task, &mixture_reducer,
                          &mixture, &error);
  if (mixture.n_states != 0)
    return "a state was not taken back";
  if (!errors_agree (error, trial->record.error))
    return "reducing gives another error";
  return error == NULL && mixture.sum != trial->sum ? "sums differ" : NULL;
}

static const char *
trial_count (Trial *trial, ConsetTask *task)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  conset_parallel_count (trial->set, &trial->window, task, &count, &error);
  if (!errors_agree (error, trial->count_error))
    return "counting gives another error";
  return error == NULL && count != trial->count ? "counts differ" : NULL;
}

static const char *
trial_digest (Trial *trial, ConsetTask *task)
{
  g_autofree char *one = conset_digest (trial->set, &trial->window, NULL);
  g_autofree char *many = conset_parallel_digest (trial->set, &trial->window, task, NULL);

  return g_strcmp0 (one, many) != 0 ? "digests differ" : NULL;
}

/* What goes wrong by the threads of @task; NULL for nothing. */
static const char *
trial_compare (Trial *trial, ConsetTask *task)
{
  const char *wrong = trial_stream (trial, task, FALSE);

  if (wrong == NULL)
    wrong = trial_stream (trial, task, TRUE);
  if (wrong == NULL)
    wrong = trial_reduce (trial, task);
  if (wrong == NULL)
    wrong = trial_count (trial, task);
  if (wrong == NULL)
    wrong = trial_digest (trial, task);
  return wrong;
}

static void
trial_run (Trial *trial, guint32 seed, guint number, GRand *rand)
{
  guint n_threads = thread_numbers[number];
  guint64 stretch = (guint64) g_rand_int_range (rand, trial->least, 40 * trial->least);
  g_autoptr (ConsetTask) task = conset_task_new ();
  const char *wrong;

  conset_task_set_threads (task, n_threads);
  conset_task_set_stretch (task, stretch);
  wrong = trial_compare (trial, task);
  if (wrong != NULL)
    {
      g_autofree char *text = conset_to_string (trial->set);

      ck_abort_msg ("seed %u, %u threads, stretch %" G_GUINT64_FORMAT
                    ", order %d, sources [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                    "), targets [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT "): %s\n  %s",
                    seed, n_threads, stretch, trial->order, trial->window.source_first,
                    trial->window.source_end, trial->window.target_first, trial->window.target_end,
                    wrong, text);
    }
}

/* Both orders, each by all numbers of threads or, of a @large window, by one of them that @seed
 * chooses; one order and one number where a sanitizer watches. */
static void
try_set (Conset *set, const ConsetWindow *window, guint32 seed, gboolean large, GRand *rand)
{
  const guint n_numbers = G_N_ELEMENTS (thread_numbers);

  for (guint order = 0; order < 2; order++)
    {
      Trial trial = { .set = set, .window = *window, .order = order, .least = large ? 300 : 5 };

      if (test_sanitized () && order != seed % 2)
        continue;
      trial_begin (&trial);
      for (guint number = 0; number < n_numbers; number++)
        if ((!large && !test_sanitized ()) || number == 1 + (seed + order) % (n_numbers - 1))
          trial_run (&trial, seed, number, rand);
      record_clear (&trial.record);
      g_clear_error (&trial.count_error);
    }
}

START_TEST (trees_are_the_same_by_any_number_of_threads)
{
  static const OracleTreeFunc trees[] = { oracle_near_tree, oracle_rule_tree, oracle_far_tree };
  guint64 n = test_number ("CONSET_TEST_TREES", test_sanitized () ? 6 : 15);
  guint64 first = test_number ("CONSET_TEST_SEED", 1);

  for (guint32 seed = (guint32) first; seed < first + n; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      ConsetWindow window;
      g_autoptr (OracleExpr) expr = trees[seed % 3](rand, &window);
      g_autoptr (Conset) set = oracle_compose (expr);

      try_set (set, &window, seed, FALSE, rand);
    }
}
END_TEST

START_TEST (trees_with_values_are_the_same_by_any_number_of_threads)
{
  guint64 n = test_number ("CONSET_TEST_TREES", test_sanitized () ? 4 : 10);
  guint64 first = test_number ("CONSET_TEST_SEED", 1);

  for (guint32 seed = (guint32) first; seed < first + n; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      ConsetWindow window;
      g_autoptr (OracleCset) cset = oracle_cset_tree (rand, &window);
      g_autoptr (Conset) set = oracle_cset_compose (cset);

      try_set (set, &window, seed, FALSE, rand);
    }
}
END_TEST

/* Windows of a size that is cut in earnest, also along lines. */
static const struct
{
  const char *expression;
  ConsetWindow window;
} windows[] = {
  { "random(0.1, seed=1)", { 5, 900, 3, 600 } },
  { "random(0.5, seed=1) - oneToOne", { 0, 500, 0, 200 } },
  { "random(0.3, seed=1)", { 100, 50000, 7, 9 } },
  { "random(0.0001, seed=1)", { 0, 1000000, 5, 8 } },
  { "random(0.001, seed=1)", { 0, 3000, 0, 100000 } },
  { "random(poisson=0.5, seed=1)", { 11, 50000, 0, 3 } },
  { "transpose * random(0.002, seed=1)", { 0, 5000, 0, 5000 } },
  { "block(10, 7) * random(0.002, seed=1)", { 3, 5000, 3, 5000 } },
  { "shift(30, 41) * (block(5) * random(0.01, seed=1))", { 0, 2000, 0, 2000 } },
  { "repeat(500, 300) * random(0.01, seed=1)", { 0, 2000, 0, 2000 } },
  { "random(N=50000, seed=1) * cross(range(1000), range(1000))", { 0, 1000, 0, 1000 } },
  { "random(fanIn=100, multapses=False, seed=1) * (cross(range(500), range(500)) - oneToOne)",
    { 0, 500, 0, 500 } },
  { "random(fanOut=40, seed=1) * cross(range(1000), range(1000))", { 0, 1000, 100, 1000 } },
  { "random(fanIn=30, weight=i + 1, seed=1) * cross(range(1000), range(500))",
    { 0, 1000, 0, 500 } },
  { "random(fanIn=20000, weight=i + 1, seed=1) * cross(range(30000), range(3))",
    { 0, 30000, 0, 3 } },
  { "smallWorld(5000, 10, 0.1, seed=1)", { 0, 5000, 0, 5000 } },
  { "scaleFree(3000, 10, seed=1)", { 0, 3000, 0, 3000 } },
  { "random(seed=1) * (0.1 * exp(-abs(i - j) / 100))", { 0, 1500, 0, 1500 } },
  { "cset(random(0.1, seed=1), normal(1, 0.2, seed=2), i - j)", { 0, 400, 0, 300 } },
  { "cset(random(poisson=1.5, seed=1), uniform(0, 1, seed=2))", { 0, 6000, 0, 2 } },
  { "full * cross(range(100, 60000, 3), [5, 70000])", { 0, 60000, 0, 100000 } },
};

START_TEST (large_windows_are_the_same_by_any_number_of_threads)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (windows[_i].expression, 1, &error);

  if (set == NULL)
    ck_abort_msg ("%s", error->message);
  try_set (set, &windows[_i].window, _i, TRUE, rand);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("threads trees");
  TCase *tcase = test_case_add (suite, "trees");

  tcase_add_test (tcase, trees_are_the_same_by_any_number_of_threads);
  tcase_add_test (tcase, trees_with_values_are_the_same_by_any_number_of_threads);
  tcase_add_loop_test (tcase, large_windows_are_the_same_by_any_number_of_threads, 0,
                       G_N_ELEMENTS (windows));
  return test_run (suite);
}

/* SPDX-License-Identifier: MIT */
/*
 * Files that several processes write: threads stand in for these, and pass their messages through
 * memory. Whatever their number, the bytes are those of one; and when one fails, all do.
 */
#include "folder.h"
#include "support.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <pthread.h>
#include <string.h>
#include <unistd.h>

#define RANKS_MOST 9

/* {{{ messages through memory */

/* An exchange of looks: how many have told their state, and the least of them. */
typedef struct
{
  guint64 told;
  ConsetRanksState least;
} Exchange;

/*
 * Team: what the ranks share.
 * @fails_after: how many writes of rank @failing succeed
 * @hidden: no rank finds the file by way of another process
 * @writes: how many writes each rank has made
 */
typedef struct
{
  guint64 n;
  guint64 failing;
  guint64 fails_after;
  gboolean hidden;
  pthread_barrier_t barrier;
  pthread_mutex_t lock;
  pthread_cond_t news;
  GArray *exchanges;
  gboolean good[RANKS_MOST];
  const GError *errors[RANKS_MOST];
  gpointer bytes;
  guint64 *numbers[RANKS_MOST];
  guint64 writes[RANKS_MOST];
} Team;

/* Member: a rank of @team; the exchange it is at, and whether it has told its state there. */
typedef struct
{
  Team *team;
  guint64 rank;
  guint exchange;
  gboolean has_told;
  int fd;
  ConsetExport *export;
  gboolean written;
  GError *error;
} Member;

/* Waits until all are here. */
static void
meet (const Member *member)
{
  pthread_barrier_wait (&member->team->barrier);
}

static gboolean
agree (gboolean good, gpointer user_data, GError **error)
{
  const Member *member = user_data;
  Team *team = member->team;
  guint64 first = 0;
  GError *copy = NULL;

  team->good[member->rank] = good;
  team->errors[member->rank] = *error;
  meet (member);
  while (first < team->n && team->good[first])
    first++;
  if (first < team->n && first != member->rank)
    copy = g_error_copy (team->errors[first]);
  meet (member);
  if (copy != NULL)
    {
      g_clear_error (error);
      *error = copy;
    }
  return first == team->n;
}

static ConsetRanksState
look (ConsetRanksState state, gboolean wait, gpointer user_data)
{
  Member *member = user_data;
  Team *team = member->team;
  ConsetRanksState least = CONSET_RANKS_WORKING;
  Exchange *exchange;

  pthread_mutex_lock (&team->lock);
  if (team->exchanges->len <= member->exchange)
    g_array_append_vals (team->exchanges, &(Exchange){ 0, CONSET_RANKS_DONE }, 1);
  exchange = &g_array_index (team->exchanges, Exchange, member->exchange);
  if (!member->has_told)
    {
      exchange->told++;
      exchange->least = MIN (exchange->least, state);
      pthread_cond_broadcast (&team->news);
    }
  member->has_told = TRUE;
  while (wait && g_array_index (team->exchanges, Exchange, member->exchange).told < team->n)
    pthread_cond_wait (&team->news, &team->lock);
  exchange = &g_array_index (team->exchanges, Exchange, member->exchange);
  if (exchange->told == team->n)
    {
      least = exchange->least;
      member->exchange++;
      member->has_told = FALSE;
    }
  pthread_mutex_unlock (&team->lock);
  return least;
}

static void
share (gpointer bytes, gsize n, gpointer user_data)
{
  const Member *member = user_data;

  if (member->rank == 0)
    member->team->bytes = bytes;
  meet (member);
  if (member->rank > 0)
    memcpy (bytes, member->team->bytes, n);
  meet (member);
}

/* That a file is found is what all ranks sum up a single number for. */
static void
sum (guint64 *numbers, guint64 *all, gsize n, gpointer user_data)
{
  const Member *member = user_data;
  Team *team = member->team;
  g_autofree guint64 *before = g_new0 (guint64, n);

  team->numbers[member->rank] = numbers;
  memset (all, 0, n * sizeof *all);
  meet (member);
  for (guint64 rank = 0; rank < team->n; rank++)
    for (gsize k = 0; k < n; k++)
      {
        all[k] += team->numbers[rank][k];
        before[k] += rank < member->rank ? team->numbers[rank][k] : 0;
      }
  meet (member);
  if (n > 0)
    memcpy (numbers, before, n * sizeof *numbers);
  if (n == 1 && team->hidden)
    {
      all[0] = 0;
      meet (member);
      team->hidden = FALSE;
    }
}

static char *
digest (const Conset *set,
        const ConsetWindow *window,
        ConsetTask *task,
        gpointer user_data,
        GError **error)
{
  gboolean first = ((const Member *) user_data)->rank == 0;
  char *digits = first ? conset_parallel_digest (set, window, task, error) : NULL;

  if (!agree (digits != NULL || !first, user_data, error))
    return NULL;
  if (!first)
    digits = g_new0 (char, 65);
  share (digits, 64, user_data);
  return digits;
}

static gboolean
file_open (const char *path, const char *name G_GNUC_UNUSED, gpointer user_data, GError **error)
{
  Member *member = user_data;

  member->fd = open (path, O_WRONLY | O_CLOEXEC);
  if (member->fd < 0)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s cannot be opened", path);
  return agree (member->fd >= 0, member, error);
}

static gboolean
file_write (const ConsetRanksData *data,
            const ConsetRanksSpan *spans,
            gsize n_spans,
            const guint64 *numbers,
            gpointer user_data,
            GError **error)
{
  const Member *member = user_data;
  guint64 end = 0;

  if (member->rank == member->team->failing
      && member->team->writes[member->rank] == member->team->fails_after)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s cannot be written", data->dataset);
      return FALSE;
    }
  member->team->writes[member->rank]++;
  for (gsize k = 0; k < n_spans; k++)
    {
      gsize n = spans[k].n * sizeof *numbers;

      if (spans[k].n == 0 || (k > 0 && spans[k].first < end)
          || pwrite (member->fd, numbers, n,
                     (off_t) (data->address + spans[k].first * sizeof *numbers))
               != (gssize) n)
        ck_abort_msg ("a wrong span");
      end = spans[k].first + spans[k].n;
      numbers += spans[k].n;
    }
  return TRUE;
}

static gboolean
file_close (gpointer user_data, GError **error)
{
  const Member *member = user_data;

  return agree (close (member->fd) == 0, user_data, error);
}

/* }}} */
/* {{{ what is written */

typedef struct
{
  const char *text;
  ConsetWindow window;
  ConsetIndexing indexing;
} Case;

#define BOTH (CONSET_INDEX_TARGETS | CONSET_INDEX_SOURCES)

static const Case cases[] = {
  { "random(0.2)", { 0, 120, 0, 90 }, BOTH },
  { "cset(random(fanIn=9, multapses=True)*cross(range(40), N), weight=normal(1, 2), "
    "delay=uniform(1, 2))",
    { 0, 40, 0, 500 },
    BOTH },
  /* Uneven in-degrees; more ranks than targets; many copies. */
  { "random * (exp(-j / 20))", { 0, 300, 0, 200 }, BOTH },
  { "full", { 0, 2000, 0, 3 }, BOTH },
  { "random(N=5000) * cross(range(8), range(7))", { 0, 8, 0, 7 }, BOTH },
  /* One source, whose edges are one range; targets without edges, and a window that begins late. */
  { "full", { 0, 1, 0, 50 }, BOTH },
  { "random(0.5) * cross([(10, 19)], [(30, 39), (60, 69)])", { 0, 100, 0, 100 }, BOTH },
  { "random(0.5)", { 20, 60, 30, 70 }, BOTH },
  { "empty", { 0, 10, 0, 20 }, BOTH },
  { "full", { 0, 0, 0, 20 }, BOTH },
  /* More than a block, and the indices one by one. */
  { "cset(random(0.4), weight=i)", { 0, 600, 0, 700 }, BOTH },
  { "random(0.4)", { 0, 200, 0, 300 }, CONSET_INDEX_TARGETS },
  { "random(0.4)", { 0, 200, 0, 300 }, CONSET_INDEX_SOURCES },
  { "random(0.4)", { 0, 200, 0, 300 }, CONSET_INDEX_NONE },
};

static char *
path_of (const char *name)
{
  return g_build_filename (test_folder, name, NULL);
}

static ConsetExport *
export_new (const char *name, const Case *example)
{
  g_autoptr (Conset) set = conset_parse (example->text, 1, NULL);
  g_autofree char *path = path_of (name);
  ConsetExport *export = conset_export_new (path);

  ck_assert_ptr_nonnull (set);
  conset_export_set_indexing (export, example->indexing);
  conset_export_add (export, set, &example->window, "first");
  return export;
}

static gpointer
member_run (gpointer data)
{
  Member *member = data;
  const ConsetRanks ranks = { member->rank, member->team->n, member,    agree,
                              look,         share,           sum,       digest,
                              file_open,    file_write,      file_close };
  g_autoptr (ConsetTask) task = conset_task_new ();

  conset_task_set_threads (task, 1 + (guint) (member->rank % 2));
  conset_task_set_stretch (task, 500);
  conset_export_set_task (member->export, task);
  member->written = conset_export_write_on_ranks (member->export, &ranks, &member->error);
  return NULL;
}

/* Writes by all ranks of @team, each with the export that @make makes. (transfer full) the error,
 * which is the same on all; NULL if all have written. */
static GError *
team_write (Team *team, ConsetExport *(*make) (gconstpointer data), gconstpointer data)
{
  Member members[RANKS_MOST] = { { 0 } };
  GThread *threads[RANKS_MOST];

  pthread_barrier_init (&team->barrier, NULL, (guint) team->n);
  pthread_mutex_init (&team->lock, NULL);
  pthread_cond_init (&team->news, NULL);
  team->exchanges = g_array_new (FALSE, FALSE, sizeof (Exchange));
  for (guint64 rank = 0; rank < team->n; rank++)
    {
      members[rank] = (Member){ .team = team, .rank = rank, .export = make (data) };
      threads[rank] = g_thread_new ("rank", member_run, &members[rank]);
    }
  for (guint64 rank = 0; rank < team->n; rank++)
    {
      g_thread_join (threads[rank]);
      conset_export_free (members[rank].export);
    }
  for (guint64 rank = 0; rank < team->n; rank++)
    {
      ck_assert_int_eq (members[rank].written, members[0].written);
      ck_assert_int_eq (members[rank].error == NULL, members[rank].written);
      if (rank == 0 || members[rank].error == NULL)
        continue;
      ck_assert_str_eq (members[rank].error->message, members[0].error->message);
      g_error_free (members[rank].error);
    }
  g_array_unref (team->exchanges);
  pthread_cond_destroy (&team->news);
  pthread_mutex_destroy (&team->lock);
  pthread_barrier_destroy (&team->barrier);
  return members[0].error;
}

static Team
team_of (guint64 n)
{
  return (Team){ .n = n, .failing = RANKS_MOST };
}

static void
assert_same_bytes (const char *what, guint64 n_ranks, const char *name_a, const char *name_b)
{
  g_autofree char *path_a = path_of (name_a), *path_b = path_of (name_b), *a = NULL, *b = NULL;
  gsize n_a, n_b;

  ck_assert (g_file_get_contents (path_a, &a, &n_a, NULL));
  ck_assert (g_file_get_contents (path_b, &b, &n_b, NULL));
  if (n_a != n_b || memcmp (a, b, n_a) != 0)
    ck_abort_msg ("%s: other bytes by %d ranks", what, (int) n_ranks);
}

static void
assert_written (ConsetExport *export)
{
  g_autoptr (ConsetExport) owned = export;
  g_autoptr (GError) error = NULL;

  if (!conset_export_write (owned, &error))
    ck_abort_msg ("%s", error->message);
}

/* }}} */

static ConsetExport *
export_of_case (gconstpointer data)
{
  return export_new ("many.h5", data);
}

START_TEST (any_number_of_ranks_writes_the_same_bytes)
{
  static const guint64 numbers[] = { 2, 3, 4, 9 };

  if (!conset_has_hdf5 ())
    return;
  for (gsize k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      assert_written (export_new ("one.h5", &cases[k]));
      for (gsize r = 0; r < G_N_ELEMENTS (numbers); r++)
        {
          Team team = team_of (numbers[r]);
          g_autoptr (GError) error = team_write (&team, export_of_case, &cases[k]);

          if (error != NULL)
            ck_abort_msg ("%s: %s", cases[k].text, error->message);
          assert_same_bytes (cases[k].text, numbers[r], "one.h5", "many.h5");
        }
    }
  ck_assert_uint_eq (test_folder_empty (), 2);
}
END_TEST

/* Two populations, of which the file has one already. */
static ConsetExport *
export_more (const char *name)
{
  g_autoptr (Conset) set = conset_parse ("cset(random(0.3), delay=1.5)", 2, NULL);
  ConsetExport *export = export_new (name, &cases[0]);

  conset_export_add (export, set, &CONSET_WINDOW (50, 60), "second");
  return export;
}

static ConsetExport *
export_appended (gconstpointer name)
{
  g_autoptr (Conset) set = conset_parse ("oneToOne", 2, NULL);
  g_autofree char *path = path_of (name);
  ConsetExport *export = conset_export_new (path);

  conset_export_set_append (export, TRUE);
  conset_export_add (export, set, &CONSET_WINDOW (50, 60), "third");
  return export;
}

static ConsetExport *
export_many_more (gconstpointer name)
{
  return export_more (name);
}

START_TEST (ranks_write_several_populations)
{
  if (!conset_has_hdf5 ())
    return;
  assert_written (export_more ("one.h5"));
  assert_written (export_appended ("one.h5"));
  for (guint64 n = 2; n <= 4; n++)
    {
      Team team = team_of (n), appending = team_of (n);
      g_autoptr (GError) error = team_write (&team, export_many_more, "many.h5");
      g_autoptr (GError) again = team_write (&appending, export_appended, "many.h5");

      ck_assert (error == NULL && again == NULL);
      assert_same_bytes ("populations", n, "one.h5", "many.h5");
      if (n == 2)
        {
          Team twice = team_of (n);
          g_autoptr (GError) taken = team_write (&twice, export_appended, "many.h5");

          ck_assert_ptr_nonnull (strstr (taken->message, "has a population 'third' already"));
          assert_same_bytes ("populations", n, "one.h5", "many.h5");
        }
    }
}
END_TEST

START_TEST (files_are_found_by_name_where_they_must)
{
  Team team = team_of (3);

  if (!conset_has_hdf5 ())
    return;
  assert_written (export_new ("one.h5", &cases[1]));
  team.hidden = TRUE;
  ck_assert_ptr_null (team_write (&team, export_of_case, &cases[1]));
  assert_same_bytes ("by name", 3, "one.h5", "many.h5");
  ck_assert_uint_eq (test_folder_empty (), 2);
}
END_TEST

static void
assert_fails (Team *team,
              ConsetExport *(*make) (gconstpointer data),
              gconstpointer data,
              const char *file,
              const char *message)
{
  static const char old[] = "what was there before";
  g_autofree char *path = path_of (file), *bytes = NULL;
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_set_contents (path, old, -1, NULL));
  error = team_write (team, make, data);
  if (error == NULL || strstr (error->message, message) == NULL)
    ck_abort_msg ("%s, not %s", error != NULL ? error->message : "no error", message);
  ck_assert (g_file_get_contents (path, &bytes, NULL, NULL));
  ck_assert_str_eq (bytes, old);
  ck_assert_uint_eq (test_folder_empty (), 1);
}

START_TEST (the_error_of_a_rank_is_that_of_all)
{
  static const Case wrong[] = {
    { "random * (1 + 1e-6 * (j - 950))", { 0, 1000, 0, 1000 }, CONSET_INDEX_TARGETS },
    { "cset(random(0.3), weight=normal(0, 900 - j))", { 0, 1000, 0, 1000 }, CONSET_INDEX_TARGETS },
    { "cset(random(0.3), weight=normal(0, j - 100))", { 0, 1000, 0, 1000 }, CONSET_INDEX_TARGETS },
  };

  if (!conset_has_hdf5 ())
    return;
  for (gsize k = 0; k < G_N_ELEMENTS (wrong); k++)
    for (guint64 n = 2; n <= 4; n++)
      {
        Team team = team_of (n);
        g_autoptr (ConsetExport) export = export_new ("one.h5", &wrong[k]);
        g_autoptr (GError) error = NULL;

        ck_assert (!conset_export_write (export, &error));
        assert_fails (&team, export_of_case, &wrong[k], "many.h5", error->message);
      }
}
END_TEST

START_TEST (a_write_that_fails_ends_all)
{
  static const Case large = { "random(0.5)", { 0, 700, 0, 900 }, BOTH };

  if (!conset_has_hdf5 ())
    return;
  for (guint64 n = 2; n <= 3; n++)
    for (guint64 rank = 0; rank < n; rank++)
      for (guint64 after = 0; after < 5; after += 4)
        {
          Team team = team_of (n);

          team.failing = rank;
          team.fails_after = after;
          team.hidden = after == 4;
          assert_fails (&team, export_of_case, &large, "many.h5", "cannot be written");
        }
}
END_TEST

static ConsetExport *
export_compressed (gconstpointer data)
{
  ConsetExport *export = export_new ("many.h5", data);

  conset_export_set_compression (export, 4);
  return export;
}

static ConsetExport *
export_table (gconstpointer data)
{
  return export_new ("many.csv", data);
}

START_TEST (what_ranks_do_not_write_together)
{
  Team compressing = team_of (3), alone = team_of (1), others = team_of (3);

  assert_written (export_new ("one.csv", &cases[1]));
  ck_assert_ptr_null (team_write (&others, export_table, &cases[1]));
  assert_same_bytes ("csv", 3, "one.csv", "many.csv");
  test_folder_empty ();
  if (!conset_has_hdf5 ())
    return;
  assert_fails (&compressing, export_compressed, &cases[1], "many.h5",
                "leave the compression out, and have h5repack do it, or start one process");
  ck_assert_ptr_null (team_write (&alone, export_compressed, &cases[1]));
  ck_assert_uint_eq (test_folder_empty (), 1);
}
END_TEST

static Suite *
make_suite (void)
{
  Suite *suite = suite_create ("ranks");
  TCase *tests = tcase_create ("ranks");

  tcase_set_timeout (tests, 300);
  tcase_add_checked_fixture (tests, test_folder_make, test_folder_remove);
  tcase_add_test (tests, any_number_of_ranks_writes_the_same_bytes);
  tcase_add_test (tests, ranks_write_several_populations);
  tcase_add_test (tests, files_are_found_by_name_where_they_must);
  tcase_add_test (tests, the_error_of_a_rank_is_that_of_all);
  tcase_add_test (tests, a_write_that_fails_ends_all);
  tcase_add_test (tests, what_ranks_do_not_write_together);
  suite_add_tcase (suite, tests);
  return suite;
}

int
main (void)
{
  return test_run (make_suite ());
}

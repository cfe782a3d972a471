/* SPDX-License-Identifier: MIT */
/*
 * The public functions in everyday use: composing, iterating, asking, sharing, one's own
 * predicates, large indices, scripts, and memory while streaming.
 */
#include "support.h"

#include <math.h>
#include <string.h>
#include <sys/resource.h>

#define FAR_INDEX (G_GUINT64_CONSTANT (1) << 62)

/* The expression that the header shows. */
static Conset *
example_network (void)
{
  return conset_difference (
    conset_intersect (conset_block (10, 10, conset_random (0.7, 1)), conset_random (0.5, 2)),
    conset_one_to_one ());
}

static guint64
count_of (const Conset *set, const ConsetWindow *window)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  ck_assert_msg (conset_count (set, window, &count, &error), "%s",
                 error != NULL ? error->message : "no error set");
  return count;
}

static void
assert_same_members (const Conset *a, const Conset *b, const ConsetWindow *window)
{
  g_autofree char *digest_a = conset_digest (a, window, NULL);
  g_autofree char *digest_b = conset_digest (b, window, NULL);

  ck_assert_ptr_nonnull (digest_a);
  ck_assert_ptr_nonnull (digest_b);
  ck_assert_str_eq (digest_a, digest_b);
}

/* Memory */

static glong
peak_rss_kib (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

START_TEST (streaming_needs_little_memory)
{
  g_autoptr (Conset) set = conset_random (0.1, 1);
  ConsetWindow window = CONSET_WINDOW (100000, 100000);

  for (guint order = 0; order < 2 && !test_sanitized (); order++)
    {
      g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, order);
      ConsetBatch batch;
      guint64 n = 0;
      guint64 source;
      guint64 target;

      while (n < 20000000 && conset_iter_next_batch (iter, &batch))
        n += batch.n;
      while (n < 21000000 && conset_iter_next (iter, &source, &target))
        n++;
      ck_assert (conset_iter_finish (iter, NULL));
      ck_assert_uint_ge (n, 21000000);
    }
  if (!test_sanitized ())
    ck_assert_int_lt (peak_rss_kib (), 32 * 1024);
}
END_TEST

/* Life */

START_TEST (references_keep_a_set)
{
  Conset *set = example_network ();
  Conset *again = conset_ref (set);
  ConsetWindow window = CONSET_WINDOW (30, 30);
  guint64 count = count_of (set, &window);

  ck_assert_ptr_eq (set, again);
  conset_unref (set);
  ck_assert_uint_eq (count_of (again, &window), count);
  conset_unref (again);
}
END_TEST

START_TEST (iterator_keeps_its_set)
{
  Conset *set = conset_cross_n (100, 50);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  ConsetBatch batch;
  gsize n = 0;

  conset_unref (set);
  while (conset_iter_next_batch (iter, &batch))
    n += batch.n;
  ck_assert_uint_eq (n, 5000);
}
END_TEST

START_TEST (operands_may_be_kept)
{
  g_autoptr (Conset) r = conset_random (0.3, 9);
  g_autoptr (Conset) both = conset_union (conset_ref (r), conset_transpose (conset_ref (r)));
  ConsetWindow window = CONSET_WINDOW (40, 40);
  guint64 n_wrong = 0;

  for (guint64 i = 0; i < 40; i++)
    for (guint64 j = 0; j < 40; j++)
      n_wrong +=
        conset_contains (both, i, j) != (conset_contains (r, i, j) || conset_contains (r, j, i));
  ck_assert_uint_eq (n_wrong, 0);
  ck_assert_uint_ge (count_of (both, &window), count_of (r, &window));
}
END_TEST

/* Facts */

START_TEST (facts_are_known_at_once)
{
  g_autoptr (Conset) empty = conset_empty ();
  g_autoptr (Conset) full = conset_full ();
  g_autoptr (Conset) cross =
    conset_cross (conset_intervals_range (3, 10, 2), conset_intervals_range (5, 9, 1));
  g_autoptr (Conset) net = example_network ();
  ConsetWindow bounds;

  ck_assert (conset_is_finite (empty));
  ck_assert_uint_eq (conset_max_multiplicity (empty), 0);
  ck_assert (!conset_is_finite (full));
  ck_assert_uint_eq (conset_max_multiplicity (full), 1);
  ck_assert (!conset_is_random (full));
  ck_assert (conset_is_random (net));
  ck_assert (conset_is_finite (cross));
  conset_get_bounds (cross, &bounds);
  ck_assert_uint_eq (bounds.source_first, 3);
  ck_assert_uint_eq (bounds.source_end, 10);
  ck_assert_uint_eq (bounds.target_first, 5);
  ck_assert_uint_eq (bounds.target_end, 9);
  conset_get_bounds (full, &bounds);
  ck_assert_uint_eq (bounds.source_end, CONSET_INDEX_END);
  conset_get_bounds (empty, &bounds);
  ck_assert_uint_eq (bounds.source_end, 0);
  ck_assert_uint_eq (bounds.target_end, 0);
}
END_TEST

START_TEST (multiplicities_add_up)
{
  static const guint64 sources[] = { 1, 1, 2, 1 };
  static const guint64 targets[] = { 5, 5, 3, 5 };
  g_autoptr (Conset) set = conset_sum (conset_explicit (sources, targets, 4), conset_one_to_one ());
  g_autoptr (Conset) list = conset_explicit (sources, targets, 4);

  ck_assert_uint_eq (conset_multiplicity (set, 1, 5), 3);
  ck_assert_uint_eq (conset_multiplicity (set, 2, 2), 1);
  ck_assert_uint_eq (conset_multiplicity (set, 2, 5), 0);
  ck_assert_uint_ge (conset_max_multiplicity (set), 3);
  ck_assert_uint_eq (count_of (list, NULL), 4);
  ck_assert_uint_eq (conset_multiplicity (set, CONSET_INDEX_END, CONSET_INDEX_END), 0);
}
END_TEST

START_TEST (explicit_list_may_be_empty)
{
  g_autoptr (Conset) set = conset_explicit (NULL, NULL, 0);

  ck_assert (conset_check (set, NULL));
  ck_assert_uint_eq (count_of (set, NULL), 0);
}
END_TEST

/* Iteration */

START_TEST (orders_are_ascending)
{
  g_autoptr (Conset) set = example_network ();
  ConsetWindow window = { 5, 95, 12, 80 };

  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, order);
      guint64 last = 0;
      guint64 source = 0;
      guint64 target = 0;
      guint64 n_wrong = 0;

      while (conset_iter_next (iter, &source, &target))
        {
          guint64 place =
            order == CONSET_TARGET_MAJOR ? target * 1000 + source : source * 1000 + target;

          n_wrong += place <= last || !conset_contains (set, source, target);
          last = place;
        }
      ck_assert_uint_eq (n_wrong, 0);
      ck_assert_uint_gt (last, 0);
    }
}
END_TEST

START_TEST (end_leaves_the_last_connection_alone)
{
  g_autoptr (Conset) set = conset_explicit ((guint64[]){ 3 }, (guint64[]){ 4 }, 1);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  guint64 source = 77;
  guint64 target = 88;

  ck_assert (conset_iter_next (iter, &source, &target));
  ck_assert (conset_iter_finish (iter, NULL));
  for (guint k = 0; k < 3; k++)
    {
      ck_assert (!conset_iter_next (iter, &source, &target));
      ck_assert_uint_eq (source, 3);
      ck_assert_uint_eq (target, 4);
    }
  ck_assert (conset_iter_finish (iter, NULL));
}
END_TEST

typedef struct
{
  guint64 n;
  guint64 sum;
} Totals;

static gboolean
totals_add (const ConsetBatch *batch, gpointer user_data)
{
  Totals *totals = user_data;

  totals->n += batch->n;
  for (gsize k = 0; k < batch->n; k++)
    totals->sum += batch->indices[k] + batch->line;
  return TRUE;
}

START_TEST (foreach_visits_every_connection)
{
  g_autoptr (Conset) set = conset_cross_n (3000, 7);
  Totals totals = { 0, 0 };

  ck_assert (conset_foreach (set, NULL, CONSET_TARGET_MAJOR, totals_add, &totals, NULL));
  ck_assert_uint_eq (totals.n, 21000);
  ck_assert_uint_eq (totals.sum, 7 * (2999 * 3000 / 2) + 3000 * 21);
}
END_TEST

/* Questions */

START_TEST (lines_are_listed)
{
  static const guint64 sources[] = { 1, 1, 7, 4 };
  static const guint64 targets[] = { 5, 5, 5, 6 };
  g_autoptr (Conset) set = conset_explicit (sources, targets, 4);
  gsize n;
  g_autofree guint64 *in = conset_sources_of (set, 5, 0, CONSET_INDEX_END, &n, NULL);
  g_autofree guint64 *out = NULL;
  g_autofree guint64 *none = NULL;

  ck_assert_uint_eq (n, 3);
  ck_assert_mem_eq (in, ((guint64[]){ 1, 1, 7 }), 3 * sizeof *in);
  out = conset_targets_of (set, 1, 0, 10, &n, NULL);
  ck_assert_uint_eq (n, 2);
  ck_assert_mem_eq (out, ((guint64[]){ 5, 5 }), 2 * sizeof *out);
  none = conset_sources_of (set, 5, 2, 7, &n, NULL);
  ck_assert_ptr_nonnull (none);
  ck_assert_uint_eq (n, 0);
}
END_TEST

START_TEST (counts_have_closed_forms)
{
  ConsetWindow window = CONSET_WINDOW (FAR_INDEX, FAR_INDEX);
  g_autoptr (Conset) one = conset_one_to_one ();
  g_autoptr (Conset) off = conset_difference (conset_cross_n (3000000000, 3), conset_one_to_one ());
  g_autoptr (Conset) blocks = conset_block (1000, 1, conset_one_to_one ());
  g_autoptr (Conset) moved = conset_shift (5, 0, conset_transpose (conset_one_to_one ()));

  ck_assert_uint_eq (count_of (one, &window), FAR_INDEX);
  ck_assert_uint_eq (count_of (off, NULL), 8999999997);
  ck_assert_uint_eq (count_of (blocks, &window), FAR_INDEX);
  ck_assert_uint_eq (count_of (moved, &window), FAR_INDEX - 5);
}
END_TEST

START_TEST (expected_counts_are_means)
{
  ConsetWindow window = CONSET_WINDOW (1000, 2000);
  g_autoptr (Conset) random = conset_random (0.25, 1);
  g_autoptr (Conset) product = conset_intersect (conset_random (0.25, 1), conset_random (0.5, 2));
  g_autoptr (Conset) one = conset_one_to_one ();

  ck_assert_double_eq_tol (conset_expected_count (random, &window), 500000.0, 1e-6);
  ck_assert_double_eq_tol (conset_expected_count (product, &window), 250000.0, 1e-6);
  ck_assert_double_eq_tol (conset_expected_count (one, &window), 1000.0, 1e-9);
  ck_assert (isinf (conset_expected_count (random, NULL)));
}
END_TEST

START_TEST (digest_is_that_of_the_listing)
{
  g_autoptr (Conset) set = conset_full ();
  ConsetWindow window = CONSET_WINDOW (5, 7);
  g_autofree char *digest = conset_digest (set, &window, NULL);

  ck_assert_str_eq (digest, "e8ca31a39c7f710e4d3f39dce9d2ea345915a9f317c526b3e9be73fb829c2392");
}
END_TEST

START_TEST (explanation_names_the_operators)
{
  static const char *const names[] = { "block", "random", "oneToOne" };
  g_autoptr (Conset) set = example_network ();
  ConsetWindow window = CONSET_WINDOW (1000, 1000);

  for (guint order = 0; order < 2; order++)
    {
      g_autofree char *text = conset_explain (set, &window, order, NULL);

      ck_assert_ptr_nonnull (text);
      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        ck_assert_msg (strstr (text, names[k]) != NULL, "no %s in:\n%s", names[k], text);
    }
}
END_TEST

START_TEST (kernels_are_chosen_by_name)
{
  ck_assert (conset_set_isa ("portable"));
  ck_assert_str_eq (conset_isa (), "portable");
  ck_assert (!conset_set_isa ("mmx"));
  ck_assert_str_eq (conset_isa (), "portable");
  ck_assert (conset_set_isa ("auto"));
  ck_assert_str_ne (conset_version (), "");
}
END_TEST

/* Sharing */

static gpointer
thread_digest (gpointer data)
{
  ConsetWindow window = CONSET_WINDOW (700, 300);
  Conset *set = conset_intersect (conset_ref (data), conset_complement (conset_ref (data)));
  Conset *rest = conset_difference (conset_ref (data), set);
  char *digest = conset_digest (rest, &window, NULL);

  conset_unref (rest);
  return digest;
}

START_TEST (threads_share_a_set)
{
  g_autoptr (Conset) set = example_network ();
  GThread *threads[8];
  g_autofree char *expected = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
    threads[k] = g_thread_new ("digest", thread_digest, set);
  expected = thread_digest (set);
  for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
    {
      g_autofree char *digest = g_thread_join (threads[k]);

      ck_assert_str_eq (digest, expected);
    }
}
END_TEST

/* Predicates */

START_TEST (fill_function_changes_nothing_but_speed)
{
  ConsetWindow window = { 3, 203, 50, 250 };

  for (guint k = 0; k < 4; k++)
    {
      g_autoptr (Conset) slow = oracle_predicate_set (0.1 + 0.25 * k, k, FALSE);
      g_autoptr (Conset) fast = oracle_predicate_set (0.1 + 0.25 * k, k, TRUE);
      g_autoptr (Conset) slow_net =
        conset_difference (conset_block (3, 2, conset_ref (slow)), conset_ref (fast));
      g_autoptr (Conset) fast_net =
        conset_difference (conset_block (3, 2, conset_ref (fast)), conset_ref (slow));

      assert_same_members (slow, fast, &window);
      assert_same_members (slow_net, fast_net, &window);
    }
}
END_TEST

static gboolean
is_below_diagonal (guint64 source, guint64 target, gpointer user_data)
{
  return source < target + *(guint64 *) user_data;
}

START_TEST (predicate_takes_part_in_the_algebra)
{
  guint64 margin = 2;
  g_autoptr (Conset) set = conset_intersect (
    conset_predicate ("below", is_below_diagonal, NULL, &margin, NULL), conset_cross_n (10, 10));
  g_autofree char *text = conset_to_string (set);

  ck_assert_uint_eq (count_of (set, NULL), 64);
  ck_assert (conset_contains (set, 4, 3));
  ck_assert (!conset_contains (set, 5, 3));
  ck_assert_msg (strstr (text, "<below>") != NULL, "%s", text);
}
END_TEST

/* Large indices */

START_TEST (indices_reach_far)
{
  static const guint64 sources[] = { FAR_INDEX, CONSET_INDEX_END - 2, 0 };
  static const guint64 targets[] = { 3, CONSET_INDEX_END - 2, FAR_INDEX + 5 };
  g_autoptr (Conset) set = conset_explicit (sources, targets, 3);
  g_autoptr (Conset) back = conset_shift (-(gint64) FAR_INDEX, 0, conset_ref (set));
  g_autoptr (PairList) list = pair_list_of_set (set, NULL, CONSET_TARGET_MAJOR, NULL);

  ck_assert_uint_eq (pair_list_length (list), 3);
  ck_assert_uint_eq (pair_list_source (list, 0), FAR_INDEX);
  ck_assert_uint_eq (pair_list_target (list, 1), FAR_INDEX + 5);
  ck_assert_uint_eq (pair_list_source (list, 2), CONSET_INDEX_END - 2);
  ck_assert (conset_contains (set, CONSET_INDEX_END - 2, CONSET_INDEX_END - 2));
  ck_assert (conset_contains (back, 0, 3));
  ck_assert (conset_contains (back, FAR_INDEX - 2, CONSET_INDEX_END - 2));
}
END_TEST

START_TEST (windows_lie_anywhere)
{
  ConsetWindow far = { FAR_INDEX - 50, FAR_INDEX + 50, FAR_INDEX - 20, FAR_INDEX + 80 };
  g_autoptr (Conset) one = conset_one_to_one ();
  g_autoptr (Conset) band = conset_block (7, 7, conset_one_to_one ());
  g_autoptr (PairList) list = pair_list_of_set (band, &far, CONSET_SOURCE_MAJOR, NULL);
  guint64 n_wrong = 0;

  ck_assert_uint_eq (count_of (one, &far), 70);
  ck_assert_uint_eq (count_of (band, &far), pair_list_length (list));
  for (gsize k = 0; k < pair_list_length (list); k++)
    n_wrong += pair_list_source (list, k) / 7 != pair_list_target (list, k) / 7;
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (sparse_sets_stream_over_wide_windows)
{
  static const guint64 sources[] = { 5, FAR_INDEX, FAR_INDEX + 1 };
  static const guint64 targets[] = { FAR_INDEX, 5, 5 };
  g_autoptr (Conset) set = conset_explicit (sources, targets, 3);
  g_autoptr (Conset) thinned =
    conset_intersect (conset_full (), conset_block (1, 1, conset_ref (set)));
  ConsetWindow all = CONSET_WINDOW_ALL;

  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (PairList) list = pair_list_of_set (set, &all, order, NULL);
      g_autoptr (PairList) again = pair_list_of_set (thinned, &all, order, NULL);

      ck_assert_uint_eq (pair_list_length (list), 3);
      ck_assert_ptr_null (pair_list_difference (again, list));
    }
}
END_TEST

START_TEST (last_block_is_cut_by_the_end_of_the_universe)
{
  const guint64 size = CONSET_INDEX_END / 7 + 1;
  ConsetWindow window = { 6 * size - 5, 6 * size + 5, 0, 3 };
  ConsetIntervals *sources = conset_intervals_complement (conset_intervals_range (1, 6, 1));
  g_autoptr (Conset) set = conset_block (size, 1, conset_cross (sources, conset_intervals_all ()));
  g_autoptr (PairList) list = pair_list_of_set (set, &window, CONSET_TARGET_MAJOR, NULL);

  ck_assert_uint_eq (pair_list_length (list), 15);
  ck_assert_uint_eq (pair_list_source (list, 0), 6 * size);
  ck_assert_uint_eq (count_of (set, &window), 15);
}
END_TEST

START_TEST (repetitions_that_never_meet_come_to_an_end)
{
  ConsetWindow window = CONSET_WINDOW (1000, 1000);
  g_autoptr (Conset) even =
    conset_repeat (2, 1, conset_explicit ((guint64[]){ 0 }, (guint64[]){ 0 }, 1));
  g_autoptr (Conset) odd = conset_shift (1, 0, conset_ref (even));
  g_autoptr (Conset) both = conset_intersect (conset_ref (even), conset_ref (odd));

  ck_assert_uint_eq (count_of (even, &window), 500000);
  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (PairList) list = pair_list_of_set (both, &window, order, NULL);

      ck_assert_uint_eq (pair_list_length (list), 0);
    }
}
END_TEST

/* Fix */

/* Candidates of ever other stretches are thinned by lines drawn across; if each stretch had
 * them drawn anew, this would take hours. */
START_TEST (sets_across_one_another_are_filtered_by_what_is_kept)
{
  static const double ps[] = { 0.03, 0.01, 0.001, 0.1 };
  const guint64 n = 20000;
  ConsetWindow window = CONSET_WINDOW (n, n);
  g_autoptr (Conset) along =
    conset_difference (conset_random (0.002, 1), conset_transpose (conset_random (ps[_i], 2)));
  g_autoptr (Conset) across = conset_transpose (
    conset_difference (conset_transpose (conset_random (0.002, 1)), conset_random (ps[_i], 2)));

  assert_same_members (along, across, &window);
}
END_TEST

START_TEST (fixed_set_is_the_same_set)
{
  ConsetWindow window = CONSET_WINDOW (100, 100);
  g_autoptr (Conset) set = conset_intersect (example_network (), conset_cross_n (60, 80));
  g_autoptr (Conset) fixed = conset_fix (conset_ref (set));

  ck_assert (conset_check (fixed, NULL));
  assert_same_members (set, fixed, &window);
  assert_same_members (set, fixed, NULL);
}
END_TEST

/* Text and scripts */

START_TEST (printed_set_is_read_back)
{
  g_autoptr (Conset) set = example_network ();
  g_autofree char *text = conset_to_string (set);
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) again = conset_parse (text, 99, &error);
  ConsetWindow window = CONSET_WINDOW (50, 50);

  ck_assert_msg (again != NULL, "%s", error != NULL ? error->message : "no error set");
  assert_same_members (set, again, &window);
}
END_TEST

START_TEST (model_seed_decides_what_has_no_seed)
{
  const char *text = "block (2) * random (0.5) - random (0.5)";
  g_autoptr (Conset) a = conset_parse (text, 1, NULL);
  g_autoptr (Conset) b = conset_parse (text, 1, NULL);
  g_autoptr (Conset) c = conset_parse (text, 2, NULL);
  ConsetWindow window = CONSET_WINDOW (50, 50);
  g_autofree char *digest_a = conset_digest (a, &window, NULL);
  g_autofree char *digest_c = conset_digest (c, &window, NULL);

  assert_same_members (a, b, &window);
  ck_assert_str_ne (digest_a, digest_c);
}
END_TEST

/* What a script did, a line a statement. */
static gboolean
script_show (
  const Conset *set, guint64 n_sources, guint64 n_targets, gpointer user_data, GError **error)
{
  ConsetWindow window = CONSET_WINDOW (n_sources, n_targets);
  guint64 count;

  if (!conset_count (set, &window, &count, error))
    return FALSE;
  if (conset_is_random (set))
    g_string_append_printf (user_data, "show %u x %u, random\n", (guint) n_sources,
                            (guint) n_targets);
  else
    g_string_append_printf (user_data, "show %u x %u: %u\n", (guint) n_sources, (guint) n_targets,
                            (guint) count);
  return TRUE;
}

static gboolean
script_tabulate (const Conset *set, gpointer user_data, GError **error)
{
  guint64 count;

  if (!conset_count (set, NULL, &count, error))
    return FALSE;
  g_string_append_printf (user_data, "tabulate: %u\n", (guint) count);
  return TRUE;
}

static const ConsetScriptHost script_host = { .show = script_show, .tabulate = script_tabulate };

START_TEST (script_of_the_seed_runs)
{
  g_autofree char *path = test_path ("golden/seed.script");
  g_autofree char *expected_path = test_path ("golden/seed.expected");
  g_autofree char *text = NULL;
  g_autofree char *expected = NULL;
  g_autoptr (GString) done = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  ck_assert (g_file_get_contents (expected_path, &expected, NULL, NULL));
  ck_assert_msg (conset_run_script ("seed.script", text, 1, &script_host, done, &error), "%s",
                 error != NULL ? error->message : "no error set");
  ck_assert_str_eq (done->str, expected);
}
END_TEST

START_TEST (script_ends_where_its_host_fails)
{
  g_autoptr (GString) done = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_run_script ("unbounded", "show (full, 3, 4)\ntabulate (full)\nshow (empty)\n",
                                 1, &script_host, done, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED));
  ck_assert_str_eq (done->str, "show 3 x 4: 12\n");
}
END_TEST

START_TEST (script_is_read_before_it_runs)
{
  g_autoptr (GString) done = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  ck_assert (
    !conset_run_script ("broken", "show (full)\nshow (full\n", 1, &script_host, done, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_SYNTAX));
  ck_assert_str_eq (done->str, "");
}
END_TEST

static void
set_tests (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "sets");

  tcase_add_test (tcase, references_keep_a_set);
  tcase_add_test (tcase, operands_may_be_kept);
  tcase_add_test (tcase, facts_are_known_at_once);
  tcase_add_test (tcase, multiplicities_add_up);
  tcase_add_test (tcase, explicit_list_may_be_empty);
  tcase_add_test (tcase, threads_share_a_set);
  tcase_add_test (tcase, fill_function_changes_nothing_but_speed);
  tcase_add_test (tcase, predicate_takes_part_in_the_algebra);
  tcase_add_test (tcase, indices_reach_far);
  tcase_add_test (tcase, windows_lie_anywhere);
  tcase_add_test (tcase, sparse_sets_stream_over_wide_windows);
  tcase_add_test (tcase, last_block_is_cut_by_the_end_of_the_universe);
  tcase_add_test (tcase, repetitions_that_never_meet_come_to_an_end);
  tcase_add_loop_test (tcase, sets_across_one_another_are_filtered_by_what_is_kept, 0, 4);
  tcase_add_test (tcase, fixed_set_is_the_same_set);
}

static void
evaluation_tests (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "evaluation");

  tcase_add_test (tcase, iterator_keeps_its_set);
  tcase_add_test (tcase, orders_are_ascending);
  tcase_add_test (tcase, end_leaves_the_last_connection_alone);
  tcase_add_test (tcase, foreach_visits_every_connection);
  tcase_add_test (tcase, lines_are_listed);
  tcase_add_test (tcase, counts_have_closed_forms);
  tcase_add_test (tcase, expected_counts_are_means);
  tcase_add_test (tcase, digest_is_that_of_the_listing);
  tcase_add_test (tcase, explanation_names_the_operators);
  tcase_add_test (tcase, kernels_are_chosen_by_name);
}

static void
text_tests (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "text");

  tcase_add_test (tcase, printed_set_is_read_back);
  tcase_add_test (tcase, model_seed_decides_what_has_no_seed);
  tcase_add_test (tcase, script_of_the_seed_runs);
  tcase_add_test (tcase, script_ends_where_its_host_fails);
  tcase_add_test (tcase, script_is_read_before_it_runs);
}

static Suite *
api_suite (void)
{
  Suite *suite = suite_create ("api");

  /* First, since the peak of memory is that of the whole program where Check does not fork. */
  tcase_add_test (test_case_add (suite, "memory"), streaming_needs_little_memory);
  set_tests (suite);
  evaluation_tests (suite);
  text_tests (suite);
  return suite;
}

int
main (void)
{
  return test_run (api_suite ());
}

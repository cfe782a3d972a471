/* SPDX-License-Identifier: MIT */
/*
 * Parts of sets: what a mask leaves of a set, pair by pair, and that the parts by masks and by
 * ranks are disjoint and sum to the whole.
 *
 * Sets and masks are random trees of the oracle, whose tables say what a part must hold. Tree k
 * is made from the seed CONSET_TEST_SEED + k alone.
 */
#include "support.h"

#include <string.h>

#define N_TREES 500
#define DEPTH 4

/* Parts pair by pair */

/* A set, a mask and a third that the part is combined with, and what they hold in a window. */
typedef struct
{
  OracleExpr *exprs[3];
  OracleTable *tables[3];
  Conset *part;
  ConsetWindow window;
} Trial;

static void
trial_clear (Trial *trial)
{
  for (guint k = 0; k < 3; k++)
    {
      oracle_unref (trial->exprs[k]);
      g_clear_pointer (&trial->tables[k], oracle_table_free);
    }
  g_clear_pointer (&trial->part, conset_unref);
}

/* FALSE where a tree denotes no set, since it would reach beyond the universe. */
static gboolean
trial_init (Trial *trial, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (Conset) set = NULL;
  Conset *masks[1];

  *trial = (Trial){ 0 };
  for (guint k = 0; k < 3; k++)
    trial->exprs[k] = oracle_random (rand, g_rand_int_range (rand, 0, DEPTH + 1));
  if (g_rand_boolean (rand))
    trial->exprs[0] = oracle_binary (ORACLE_SUM, trial->exprs[0], oracle_random (rand, 1));
  trial->window = oracle_window (rand);
  set = oracle_compose (trial->exprs[0]);
  masks[0] = oracle_compose (trial->exprs[1]);
  trial->part = conset_partition (masks, 1, 0, g_steal_pointer (&set));
  if (!conset_check (trial->part, NULL))
    return FALSE;
  for (guint k = 0; k < 3; k++)
    trial->tables[k] = oracle_table (trial->exprs[k], &trial->window);
  return TRUE;
}

typedef enum
{
  ALONE,
  MIN_WITH,
  TAKEN_FROM,
  LESS_THAN,
  PLUS,
  N_WAYS,
} Way;

static guint32
combined (Way way, guint32 part, guint32 third)
{
  switch (way)
    {
    case MIN_WITH:
      return MIN (part, third);
    case TAKEN_FROM:
      return third - MIN (part, third);
    case LESS_THAN:
      return part - MIN (part, third);
    case PLUS:
      return part + third;
    default:
      return part;
    }
}

static Conset *
combine (Way way, Conset *part, Conset *third)
{
  switch (way)
    {
    case MIN_WITH:
      return conset_intersect (part, third);
    case TAKEN_FROM:
      return conset_difference (third, part);
    case LESS_THAN:
      return conset_difference (part, third);
    case PLUS:
      return conset_sum (part, third);
    default:
      conset_unref (third);
      return part;
    }
}

/* What the part, combined with the third set, holds by the tables. */
static OracleTable *
trial_expect (const Trial *trial, Way way)
{
  const OracleTable *set = trial->tables[0], *mask = trial->tables[1], *third = trial->tables[2];
  OracleTable *table = g_new (OracleTable, 1);
  gsize n = set->n_sources * set->n_targets;

  *table = *set;
  table->m = g_new (guint32, n + 1);
  for (gsize k = 0; k < n; k++)
    table->m[k] = combined (way, mask->m[k] > 0 ? set->m[k] : 0, third->m[k]);
  return table;
}

static void
trial_fail (const Trial *trial, guint32 seed, const char *what, const char *wrong)
{
  g_autofree char *set = oracle_describe (trial->exprs[0]);
  g_autofree char *mask = oracle_describe (trial->exprs[1]);
  g_autofree char *third = oracle_describe (trial->exprs[2]);

  ck_abort_msg ("seed %u: %s: %s\n  set   %s\n  mask  %s\n  third %s", seed, what, wrong, set, mask,
                third);
}

static void
trial_check (const Trial *trial, guint32 seed, Way way)
{
  static const char *const names[] = { "alone", "min", "taken away", "less", "plus" };
  g_autoptr (OracleTable) table = trial_expect (trial, way);
  g_autoptr (Conset) set =
    combine (way, conset_ref (trial->part), oracle_compose (trial->exprs[2]));
  guint64 count;

  if (!conset_check (set, NULL))
    return;
  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    {
      g_autoptr (PairList) expected = pair_list_of_table (table, order);
      g_autoptr (PairList) got = pair_list_of_set (set, &trial->window, order, NULL);
      g_autofree char *wrong = pair_list_difference (got, expected);

      if (wrong != NULL)
        trial_fail (trial, seed, names[way], wrong);
      ck_assert (conset_count (set, &trial->window, &count, NULL));
      if (count != pair_list_length (expected))
        trial_fail (trial, seed, names[way], "the count");
    }
  for (gsize k = 0; k < table->n_sources * table->n_targets; k += 7)
    if (conset_multiplicity (set, trial->window.source_first + k % table->n_sources,
                             trial->window.target_first + k / table->n_sources)
        != table->m[k])
      trial_fail (trial, seed, names[way], "a multiplicity");
}

START_TEST (a_part_holds_what_the_mask_has_with_its_multiplicity)
{
  guint32 seed = test_number ("CONSET_TEST_SEED", 1) + _i;
  guint32 n = test_number ("CONSET_TEST_TREES", N_TREES) / 10;

  for (guint32 k = 0; k < n; k++)
    {
      Trial trial;

      if (trial_init (&trial, seed + 10 * k))
        {
          trial_check (&trial, seed + 10 * k, ALONE);
          trial_check (&trial, seed + 10 * k, ALONE + 1 + k % (N_WAYS - 1));
        }
      trial_clear (&trial);
    }
}
END_TEST

/* Parts sum to the whole */

typedef Conset *(*SplitFunc) (Conset *set, guint64 rank, guint64 n_ranks);

/* Masks of crossing patterns, each less those before it; the last one has what is left. */
static Conset *
split_by_masks (Conset *set, guint64 rank, guint64 n_ranks)
{
  g_autofree Conset **masks = g_new (Conset *, n_ranks);
  Conset *left = conset_full ();

  for (guint64 k = 0; k + 1 < n_ranks; k++)
    {
      Conset *mask = conset_cross (conset_intervals_range (k, CONSET_INDEX_END, 3),
                                   conset_intervals_range (2 * k, CONSET_INDEX_END, 5));

      masks[k] = conset_intersect (conset_ref (left), conset_ref (mask));
      left = conset_difference (left, mask);
    }
  masks[n_ranks - 1] = left;
  return conset_partition (masks, n_ranks, rank, set);
}

static const SplitFunc splits[] = {
  conset_split_targets_round_robin,
  conset_split_sources_round_robin,
  conset_split_targets_block,
  conset_split_sources_block,
  split_by_masks,
};

static Conset *
made_finite (Conset *set)
{
  return conset_is_finite (set) ? set : conset_intersect (set, conset_cross_n (300, 290));
}

/* That the parts sum to @set: pair by pair in both orders, and by their counts. */
static void
assert_parts (const Conset *set, SplitFunc split, guint64 n_ranks)
{
  g_autoptr (Conset) sum = conset_empty ();
  ConsetWindow window = CONSET_WINDOW (300, 300);
  guint64 whole, total = 0;

  for (guint64 rank = 0; rank < n_ranks; rank++)
    {
      g_autoptr (Conset) part = split (conset_ref (set), rank, n_ranks);
      guint64 count;

      ck_assert (conset_count (part, &window, &count, NULL));
      total += count;
      sum = conset_sum (g_steal_pointer (&sum), g_steal_pointer (&part));
    }
  ck_assert (conset_count (set, &window, &whole, NULL));
  ck_assert_uint_eq (total, whole);
  ck_assert (conset_check (sum, NULL));
  for (ConsetOrder order = CONSET_TARGET_MAJOR; order <= CONSET_SOURCE_MAJOR; order++)
    {
      g_autoptr (PairList) expected = pair_list_of_set (set, &window, order, NULL);
      g_autoptr (PairList) got = pair_list_of_set (sum, &window, order, NULL);
      g_autofree char *wrong = pair_list_difference (got, expected);

      ck_assert_msg (wrong == NULL, "%s", wrong);
    }
}

START_TEST (parts_of_random_trees_sum_to_the_whole)
{
  guint32 seed = test_number ("CONSET_TEST_SEED", 1);
  guint32 n = test_number ("CONSET_TEST_TREES", N_TREES) / 10;

  for (guint32 k = 0; k < n; k++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed + k);
      g_autoptr (OracleExpr) expr = oracle_random (rand, DEPTH);
      g_autoptr (Conset) set = made_finite (oracle_compose (expr));

      if (conset_check (set, NULL))
        assert_parts (set, splits[_i], g_rand_int_range (rand, 1, 6));
    }
}
END_TEST

static Conset *
with_multapses (void)
{
  static const guint64 sources[] = { 3, 3, 3, 5, 3, 9, 9 }, targets[] = { 4, 4, 4, 4, 5, 0, 0 };

  return conset_explicit (sources, targets, G_N_ELEMENTS (sources));
}

START_TEST (parts_of_every_kind_sum_to_the_whole)
{
  g_autoptr (Conset) random = conset_random (0.2, 1);
  const Conset *kinds[] = {
    conset_empty (),
    conset_cross_n (7, 200),
    conset_intersect (conset_cross_n (100, 90), conset_random (0.01, 3)),
    with_multapses (),
    conset_sum (conset_block (10, 7, with_multapses ()), conset_cross_n (50, 50)),
    conset_intersect (conset_sum (conset_ref (random), conset_transpose (conset_ref (random))),
                      conset_sum (conset_cross_n (90, 90), conset_cross_n (80, 70))),
    conset_sum (
      conset_shift (5, 9, with_multapses ()),
      conset_repeat (4, 3, conset_intersect (conset_one_to_one (), conset_cross_n (60, 60)))),
  };

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    {
      g_autoptr (Conset) set = made_finite ((Conset *) kinds[k]);

      for (guint s = 0; s < G_N_ELEMENTS (splits); s++)
        for (guint64 n_ranks = 1; n_ranks < 140; n_ranks = 3 * n_ranks + 1)
          assert_parts (set, splits[s], MIN (n_ranks, splits[s] == split_by_masks ? 5 : n_ranks));
    }
}
END_TEST

/* Ranks */

START_TEST (blocks_differ_by_one_target_at_most)
{
  g_autoptr (Conset) set =
    conset_cross (conset_intervals_range (0, 4, 1), conset_intervals_range (10, 33, 1));
  static const guint64 starts[] = { 10, 14, 18, 22, 26, 30, 33 };

  for (guint64 rank = 0; rank < 6; rank++)
    {
      g_autoptr (Conset) part = conset_split_targets_block (conset_ref (set), rank, 6);
      ConsetWindow bounds;

      conset_get_bounds (part, &bounds);
      ck_assert_uint_eq (bounds.target_first, starts[rank]);
      ck_assert_uint_eq (bounds.target_end, starts[rank + 1]);
    }
}
END_TEST

START_TEST (unbounded_sets_split_round_robin)
{
  g_autoptr (Conset) set = conset_split_targets_round_robin (conset_full (), 3, 10);
  g_autoptr (Conset) far =
    conset_split_sources_round_robin (conset_full (), G_MAXUINT64 - 1, G_MAXUINT64);
  ConsetWindow window = { 5, 6, 0, 1000 };
  guint64 count;

  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (count, 100);
  ck_assert (conset_contains (set, 77, 1003));
  ck_assert (!conset_contains (set, 77, 1004));
  ck_assert (conset_check (far, NULL));
  ck_assert_uint_eq (conset_max_multiplicity (far), 0);
}
END_TEST

/* The example of Python CSA's manual, with its digest: see cases.tsv. */
START_TEST (partition_is_that_of_python_csa)
{
  g_autoptr (Conset) blocks =
    conset_difference (conset_block (10, 10, conset_one_to_one ()), conset_one_to_one ());
  Conset *masks[] = {
    conset_cross (conset_intervals_range (0, 60, 1), conset_intervals_range (0, 60, 2)),
    conset_cross (conset_intervals_range (0, 60, 1), conset_intervals_range (1, 60, 2)),
  };
  g_autoptr (Conset) part = conset_partition (
    masks, 2, 1, conset_intersect (conset_cross_n (60, 60), g_steal_pointer (&blocks)));
  g_autofree char *digest = conset_digest (part, NULL, NULL);

  ck_assert_str_eq (digest, "9ad5967e1ebaaf02635d90825277fdf8ba7b868d5c9f0fe56bd28238be0e802e");
}
END_TEST

/* Text */

START_TEST (a_part_prints_as_its_mask_alone)
{
  Conset *masks[] = { conset_cross_n (3, 3), conset_cross_n (2, 100) };
  g_autoptr (Conset) part = NULL;
  g_autoptr (Conset) again = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_again = NULL;
  g_autoptr (Conset) parsed = NULL;
  g_autofree char *text_parsed = NULL;

  masks[0] = conset_difference (masks[0], conset_ref (masks[1]));
  part = conset_partition (masks, 2, 1, conset_sum (conset_full (), conset_one_to_one ()));
  text = conset_to_string (part);
  ck_assert_str_eq (text, "partition(full + oneToOne, [cross(range(2), range(100))], 0)");
  parsed = conset_parse (text, CONSET_DEFAULT_SEED, NULL);
  text_parsed = conset_to_string (parsed);
  ck_assert_str_eq (text_parsed, text);
  masks[0] = conset_one_to_one ();
  again = conset_partition (masks, 1, 0, g_steal_pointer (&part));
  text_again = conset_to_string (again);
  ck_assert_str_eq (text_again, "partition(full + oneToOne, [cross(range(2), N) * oneToOne], 0)");
}
END_TEST

/* Laws */

START_TEST (a_part_has_the_law_of_the_whole)
{
  Conset *masks[] = { conset_cross_n (40, 9) };
  g_autoptr (Conset) part = conset_partition (
    masks, 1, 0,
    conset_random_fan_in (conset_degrees_poisson (8.0), TRUE, 2, conset_cross_n (40, 80)));
  ConsetLaw law, expected = conset_law_poisson (8.0);

  ck_assert_uint_gt (conset_max_multiplicity (part), 1);
  ck_assert (conset_degree_law (part, NULL, CONSET_TARGET_MAJOR, 3, &law, NULL));
  ck_assert (conset_law_equal (&law, &expected));
  ck_assert_double_eq_tol (conset_expected_count (part, NULL), 72.0, 1e-9);
}
END_TEST

/* Errors */

static void
assert_error (Conset *set, const char *message)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert_msg (strcmp (error->message, message) == 0, "'%s' where '%s' was expected",
                 error->message, message);
  conset_unref (set);
}

static Conset *
strip (guint64 first, guint64 end)
{
  return conset_cross (conset_intervals_all (), conset_intervals_range (first, end, 1));
}

START_TEST (overlapping_masks_are_an_error)
{
  Conset *masks[] = { strip (0, 10), strip (10, 20), strip (19, 30) };
  Conset *again[] = { strip (0, 10), strip (10, 20), strip (19, 30) };
  Conset *unseen[] = { strip (0, 10), strip (10, 20), strip (19, 30) };
  g_autoptr (Conset) part = NULL;

  assert_error (conset_partition (masks, 3, 1, conset_full ()),
                "partition(selected=1): masks 1, 'cross(N, range(10, 20))', and 2, "
                "'cross(N, range(19, 30))', overlap; take the one from the other");
  assert_error (conset_partition (again, 3, 0, conset_full ()),
                "partition(selected=0): masks 1, 'cross(N, range(10, 20))', and 2, "
                "'cross(N, range(19, 30))', overlap; take the one from the other");
  part = conset_partition (unseen, 3, 1, conset_cross_n (100, 19));
  ck_assert (conset_check (part, NULL));
}
END_TEST

START_TEST (a_part_that_is_not_there_is_an_error)
{
  Conset *masks[] = { strip (0, 10), strip (10, 20) };

  assert_error (
    conset_partition (masks, 2, 2, conset_full ()),
    "partition(selected=2): of 2 masks there is none of this number; give a mask for each "
    "part, and count them from 0");
  assert_error (
    conset_partition (NULL, 0, 0, conset_full ()),
    "partition(selected=0): of 0 masks there is none of this number; give a mask for each "
    "part, and count them from 0");
}
END_TEST

START_TEST (errors_of_operands_come_through)
{
  static const char wrong[] = "random(1.5): probability must lie in [0, 1]";
  Conset *first[] = { conset_random (1.5, 1), conset_random (2.5, 1) };
  Conset *second[] = { conset_full (), conset_random (1.5, 1), conset_empty () };
  Conset *masks[] = { conset_full () };

  assert_error (conset_partition (first, 2, 0, conset_full ()), wrong);
  assert_error (conset_partition (second, 3, 2, conset_full ()), wrong);
  assert_error (conset_partition (masks, 1, 0, conset_random (1.5, 1)), wrong);
  assert_error (conset_split_targets_block (conset_random (1.5, 1), 7, 2), wrong);
}
END_TEST

START_TEST (ranks_that_are_not_there_are_errors)
{
  assert_error (conset_split_targets_block (conset_cross_n (3, 3), 4, 4),
                "splitTargets(rank=4, parts=4, contiguous=True): rank must be below the number of "
                "parts; the first one is 0");
  assert_error (conset_split_sources_round_robin (conset_full (), 0, 0),
                "splitSources(rank=0, parts=0): rank must be below the number of parts; the first "
                "one is 0");
  assert_error (conset_split_sources_block (conset_full (), 0, 2),
                "splitSources(rank=0, parts=2, contiguous=True): operand 'full' has unbounded "
                "sources; intersect it with cross(...) first");
}
END_TEST

static void
swallow (const char *domain G_GNUC_UNUSED,
         GLogLevelFlags level G_GNUC_UNUSED,
         const char *message G_GNUC_UNUSED,
         gpointer n_logged)
{
  ++*(guint *) n_logged;
}

START_TEST (misuse_is_told_and_survived)
{
  guint n_logged = 0;
  GLogFunc handler = g_log_set_default_handler (swallow, &n_logged);
  Conset *mask = conset_random (0.5, 1), *twice[] = { mask, mask };
  Conset *missing[] = { conset_full (), NULL };
  g_autoptr (Conset) part = conset_partition (twice, 2, 0, conset_full ());
  g_autoptr (Conset) none = conset_partition (missing, 2, 0, conset_full ());

  g_log_set_default_handler (handler, NULL);
  ck_assert (conset_check (part, NULL));
  ck_assert (!conset_check (none, NULL));
  ck_assert_uint_eq (n_logged, 2);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("partition");
  TCase *tcase = test_case_add (suite, "parts");

  tcase_add_loop_test (tcase, a_part_holds_what_the_mask_has_with_its_multiplicity, 0, 10);
  tcase_add_loop_test (tcase, parts_of_random_trees_sum_to_the_whole, 0, G_N_ELEMENTS (splits));
  tcase_add_test (tcase, parts_of_every_kind_sum_to_the_whole);
  tcase_add_test (tcase, blocks_differ_by_one_target_at_most);
  tcase_add_test (tcase, unbounded_sets_split_round_robin);
  tcase_add_test (tcase, partition_is_that_of_python_csa);
  tcase_add_test (tcase, a_part_prints_as_its_mask_alone);
  tcase_add_test (tcase, a_part_has_the_law_of_the_whole);
  tcase = test_case_add (suite, "errors");
  tcase_add_test (tcase, overlapping_masks_are_an_error);
  tcase_add_test (tcase, a_part_that_is_not_there_is_an_error);
  tcase_add_test (tcase, errors_of_operands_come_through);
  tcase_add_test (tcase, ranks_that_are_not_there_are_errors);
  tcase_add_test (tcase, misuse_is_told_and_survived);
  return test_run (suite);
}

/* SPDX-License-Identifier: MIT */
/*
 * Connection sets evaluated: values by batch, one by one and asked for, copies of pairs across the
 * ends of batches, and every container of tiles.
 */
#include "support.h"

#include "plan.h"
#include "tag_value.h"
#include "value.h"

#include <math.h>
#include <string.h>

#define MOST_IN_BATCH 1024

/* What Check is not asked for one by one, since it writes a file each time. */
#define REQUIRE(condition)                                                                         \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition))                                                                              \
      ck_abort_msg ("not so: %s", #condition);                                                     \
  }                                                                                                \
  G_STMT_END

static const ConsetOrder orders[] = { CONSET_TARGET_MAJOR, CONSET_SOURCE_MAJOR };

#define N_ORDERS ((int) G_N_ELEMENTS (orders))

/* @mask with the tags 1 and 2. */
static Conset *
with_tags (Conset *mask)
{
  ConsetValue *values[] = { tag_value_new (1), tag_value_new (2) };

  return conset_cset (mask, 2, values, NULL);
}

/* (source, target), listed @n times. */
static Conset *
listed_often (guint64 source, guint64 target, gsize n)
{
  g_autofree guint64 *sources = g_new (guint64, n);
  g_autofree guint64 *targets = g_new (guint64, n);

  for (gsize k = 0; k < n; k++)
    {
      sources[k] = source;
      targets[k] = target;
    }
  return conset_explicit (sources, targets, n);
}

/* Where an iteration is, and which copy came last. */
typedef struct
{
  ConsetOrder order;
  guint64 source;
  guint64 target;
  guint64 copy;
  gsize n;
} Walk;

static void
walk_on (Walk *walk, guint64 source, guint64 target)
{
  gboolean again = walk->n > 0 && walk->source == source && walk->target == target;

  walk->copy = again ? walk->copy + 1 : 0;
  walk->source = source;
  walk->target = target;
  walk->n++;
}

/* A number that the connection that @walk is at should have in @column. */
typedef double (*NumberFunc) (const Walk *walk, guint column);

static double
number_of_tags (const Walk *walk, guint column)
{
  return tag_number (column + 1, walk->source, walk->target, walk->copy);
}

static void
check_batch (Walk *walk, const ConsetBatch *batch, NumberFunc number)
{
  gboolean by_target = walk->order == CONSET_TARGET_MAJOR;

  REQUIRE (batch->n >= 1 && batch->n <= MOST_IN_BATCH);
  for (gsize k = 0; k < batch->n; k++)
    {
      walk_on (walk, by_target ? batch->indices[k] : batch->line,
               by_target ? batch->line : batch->indices[k]);
      for (guint c = 0; c < batch->n_values; c++)
        REQUIRE (batch->values[c][k] == number (walk, c));
    }
}

/* Iterates @set in batches. Returns: how many connections it has in @window */
static gsize
check_batches (const Conset *set, const ConsetWindow *window, ConsetOrder order, NumberFunc number)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  Walk walk = { .order = order };
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      REQUIRE (batch.n_values == conset_arity (set));
      check_batch (&walk, &batch, number);
    }
  ck_assert (conset_iter_finish (iter, NULL));
  return walk.n;
}

/* {{{ batches */

START_TEST (masks_have_no_values)
{
  g_autoptr (Conset) mask = conset_cross_n (3, 2);
  g_autoptr (ConsetIter) iter = conset_iter_new (mask, NULL, CONSET_TARGET_MAJOR);
  ConsetBatch batch;

  ck_assert (conset_iter_next_batch (iter, &batch));
  ck_assert_uint_eq (batch.n_values, 0);
  ck_assert_ptr_null (batch.values);
}
END_TEST

/* One by one, in batches, and what a batch has left of what was taken one by one. */
START_TEST (next_and_batches_may_be_mixed)
{
  g_autoptr (Conset) set =
    with_tags (conset_sum (conset_random (0.4, 1), conset_random_poisson (1.5, 2)));
  const ConsetWindow window = { 5, 105, 0, 200 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, orders[_i]);
  Walk walk = { .order = orders[_i] };
  guint64 source, target, count;
  ConsetBatch batch;
  gboolean more = TRUE;

  while (more)
    if (g_rand_int_range (rand, 0, 30) == 0)
      {
        more = conset_iter_next_batch (iter, &batch);
        if (more)
          check_batch (&walk, &batch, number_of_tags);
      }
    else if ((more = conset_iter_next (iter, &source, &target)))
      {
        walk_on (&walk, source, target);
        for (guint c = 0; c < 2; c++)
          REQUIRE (conset_iter_get_value (iter, c) == number_of_tags (&walk, c));
        REQUIRE (conset_iter_get_value (iter, 1) == number_of_tags (&walk, 1));
      }
  ck_assert (conset_iter_finish (iter, NULL));
  ck_assert (conset_count (set, &window, &count, NULL));
  ck_assert_uint_eq (walk.n, count);
}
END_TEST

static gboolean
foreach_batch (const ConsetBatch *batch, gpointer user_data)
{
  check_batch (user_data, batch, number_of_tags);
  return TRUE;
}

START_TEST (foreach_gives_values)
{
  g_autoptr (Conset) set = with_tags (conset_cross_n (70, 40));
  Walk walk = { .order = orders[_i] };

  ck_assert (conset_foreach (set, NULL, orders[_i], foreach_batch, &walk, NULL));
  ck_assert_uint_eq (walk.n, 2800);
}
END_TEST

/* Copies of one pair that fill batches, and end in the middle of one. */
START_TEST (copies_go_on_from_batch_to_batch)
{
  static const gsize numbers[] = { 1023, 1024, 1025, 2048, 5000 };

  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    {
      g_autoptr (Conset) set = with_tags (
        conset_sum (conset_sum (listed_often (7, 3, numbers[k]), listed_often (8, 3, 10)),
                    conset_sum (listed_often (7, 4, 3), conset_cross_n (9, 5))));

      ck_assert_uint_eq (check_batches (set, NULL, orders[_i], number_of_tags),
                         numbers[k] + 13 + 45);
    }
}
END_TEST

/* Of the copies of (7, 3) the first are those of the left operand, with their own numbers. */
static guint64 n_left;

static double
number_of_sum (const Walk *walk, guint column)
{
  gboolean is_listed = walk->source == 7 && walk->target == 3;
  guint64 before = is_listed ? n_left : 0;

  if (walk->copy < before)
    return tag_number (column + 1, walk->source, walk->target, walk->copy);
  return tag_number (column + 11, walk->source, walk->target, walk->copy - before);
}

static double
number_of_union (const Walk *walk, guint column)
{
  gboolean is_listed = walk->source == 7 && walk->target == 3;
  guint64 before = is_listed ? n_left : 0;

  return tag_number (column + (walk->copy < before ? 1 : 11), walk->source, walk->target,
                     walk->copy);
}

START_TEST (copies_of_sums_go_on_from_batch_to_batch)
{
  static const gsize numbers[] = { 1, 255, 256, 257, 1000, 1024, 1500, 3000 };

  for (guint k = 0; k < G_N_ELEMENTS (numbers); k++)
    {
      ConsetValue *others[] = { tag_value_new (11), tag_value_new (12) };
      Conset *left = with_tags (listed_often (7, 3, numbers[k]));
      Conset *right = conset_cset (conset_sum (listed_often (7, 3, 2000), conset_cross_n (20, 6)),
                                   2, others, NULL);
      g_autoptr (Conset) sum = conset_sum (conset_ref (left), conset_ref (right));
      g_autoptr (Conset) both = conset_union (left, right);

      n_left = numbers[k];
      ck_assert_uint_eq (check_batches (sum, NULL, orders[_i], number_of_sum),
                         numbers[k] + 2000 + 120);
      ck_assert_uint_eq (check_batches (both, NULL, orders[_i], number_of_union),
                         MAX (numbers[k], 2001) + 119);
    }
}
END_TEST

/* So many copies that to list them all for each batch would take minutes. */
START_TEST (many_copies_cost_no_more_than_they_are)
{
  gsize n = test_sanitized () ? 20000 : 2000000;
  ConsetValue *others[] = { tag_value_new (11), tag_value_new (12) };
  Conset *left = with_tags (listed_often (7, 3, n));
  Conset *right = conset_cset (listed_often (7, 3, n), 2, others, NULL);
  g_autoptr (Conset) sum = conset_sum (left, right);
  double values[2];

  n_left = n;
  ck_assert_uint_eq (check_batches (sum, NULL, CONSET_TARGET_MAJOR, number_of_sum), 2 * n);
  for (guint64 copy = 0; copy < 2 * n; copy += n / 2)
    {
      ck_assert (conset_values_at (sum, 7, 3, copy, values, NULL));
      ck_assert (values[1] == tag_number (copy < n ? 2 : 12, 7, 3, copy < n ? copy : copy - n));
    }
}
END_TEST

/* }}} */
/* {{{ tiles */

typedef struct
{
  const char *mask;
  ConsetWindow window;
} TileCase;

#define FAR (G_GUINT64_CONSTANT (1) << 62)

/* Bitmaps, runs, lists, wide tiles and full ones; windows that begin anywhere. */
static const TileCase tiles[] = {
  { "random(0.5, seed=1)", { 0, 5000, 0, 3 } },
  { "random(0.5, seed=1)", { 63, 70001, 5, 6 } },
  { "random(0.001, seed=1)", { 17, 3000000, 5, 6 } },
  { "full", { 3, 70000, 7, 8 } },
  { "full",
    { 9223372036854700000u, 9223372036854775808u, 9223372036854775800u, 9223372036854775801u } },
  { "cross(range(0, 1000000, 3) + range(10, 2000), N)", { 5, 300000, 1, 2 } },
  { "cross(range(100, 200) + range(3000, 900000), N)", { 150, 800000, 1, 2 } },
  { "oneToOne", { 0, 100000000, 0, 3000 } },
  { "oneToOne", { FAR, FAR + 100000000, FAR + 50000000, FAR + 50000100 } },
  { "random(poisson=2, seed=1)", { 1, 3000, 0, 5 } },
  { "random(poisson=0.001, seed=1)", { 1, 1000000, 0, 2 } },
  { "full - oneToOne - random(0.9, seed=1)", { 1, 66000, 0, 3 } },
  { "random(fanIn=3000, seed=1) * cross(range(100000), range(3))", { 0, 100000, 0, 3 } },
  { "shift(4611686018427387904, 5) * random(0.5, seed=3)", { FAR - 10, FAR + 70000, 5, 7 } },
  { "block(1000, 2) * random(0.5, seed=3)", { 500, 90000, 1, 5 } },
  { "repeat(100, 3) * random(poisson=1, seed=3)", { 50, 5000, 1, 9 } },
};

START_TEST (values_of_tiles_of_any_kind)
{
  const TileCase *tile = &tiles[_i % G_N_ELEMENTS (tiles)];
  g_autoptr (Conset) set = with_tags (test_read (tile->mask));
  const ConsetWindow *window = &tile->window;
  ConsetWindow turned = { window->target_first, window->target_end, window->source_first,
                          window->source_end };
  g_autoptr (Conset) transposed = conset_transpose (with_tags (test_read (tile->mask)));
  guint64 count = 0;

  ck_assert (conset_set_isa (_i < (int) G_N_ELEMENTS (tiles) ? "portable" : "auto"));
  ck_assert (conset_count (set, window, &count, NULL));
  ck_assert_uint_gt (count, 0);
  ck_assert_uint_eq (check_batches (set, window, CONSET_TARGET_MAJOR, number_of_tags), count);
  ck_assert (conset_count (transposed, &turned, &count, NULL));
  {
    g_autoptr (ConsetIter) iter = conset_iter_new (transposed, &turned, CONSET_SOURCE_MAJOR);
    Walk walk = { .order = CONSET_TARGET_MAJOR };
    ConsetBatch batch;

    while (conset_iter_next_batch (iter, &batch))
      check_batch (&walk, &batch, number_of_tags);
    ck_assert_uint_eq (walk.n, count);
  }
  conset_set_isa ("auto");
}
END_TEST

/* What sets make together of their values, over wide tiles of which each has a part. */
static double
number_of_patchwork (const Walk *walk, guint column)
{
  guint64 tag = walk->source % 3 == 0 ? 1 : 11;

  if (walk->source >= 40000 && walk->source < 90000 && tag == 11)
    return tag_number (21 + column, walk->source - 40000, walk->target, walk->copy);
  return tag_number (tag + column, walk->source, walk->target, walk->copy);
}

START_TEST (values_of_operands_that_share_a_tile)
{
  ConsetValue *second[] = { tag_value_new (11), tag_value_new (12) };
  ConsetValue *third[] = { tag_value_new (21), tag_value_new (22) };
  Conset *a = with_tags (test_read ("cross(range(0, 200000, 3), N)"));
  Conset *b =
    conset_cset (test_read ("cross(range(40000) + range(90000, 200000), N)"), 2, second, NULL);
  Conset *c = conset_shift (40000, 0, conset_cset (conset_cross_n (50000, 20), 2, third, NULL));
  g_autoptr (Conset) set = conset_union (conset_union (a, c), b);
  const ConsetWindow window = { 11, 190001, 2, 5 };

  ck_assert_uint_eq (check_batches (set, &window, orders[_i], number_of_patchwork), 3 * 189990);
}
END_TEST

/* }}} */
/* {{{ questions */

static void
assert_no_values (const Conset *set, guint64 i, guint64 j, guint64 copy, const char *message)
{
  g_autoptr (GError) error = NULL;
  double values[2] = { 5.0, 6.0 };

  ck_assert (!conset_values_at (set, i, j, copy, values, &error));
  ck_assert_str_eq (error->message, message);
  ck_assert (values[0] == 5.0 && values[1] == 6.0);
  ck_assert (!conset_values_at (set, i, j, copy, values, NULL));
}

START_TEST (values_at_a_pair)
{
  g_autoptr (Conset) set =
    conset_shift (1, 0, with_tags (conset_sum (listed_often (2, 3, 2), conset_cross_n (10, 10))));
  g_autoptr (Conset) mask = conset_one_to_one ();
  g_autoptr (Conset) wrong = conset_block (0, 1, conset_full ());
  g_autoptr (GError) error = NULL;
  double values[2];

  for (guint64 copy = 0; copy < 3; copy++)
    {
      ck_assert (conset_values_at (set, 3, 3, copy, values, &error));
      ck_assert (values[0] == tag_number (1, 2, 3, copy)
                 && values[1] == tag_number (2, 2, 3, copy));
    }
  assert_no_values (
    set, 3, 3, 3,
    "the set 'shift(1, 0) * cset([(2, 3), (2, 3)] + cross(range(10), ra...' has no copy 3 of the "
    "connection from source 3 to target 3; its multiplicity is 3");
  assert_no_values (
    set, 0, 3, 0,
    "the set 'shift(1, 0) * cset([(2, 3), (2, 3)] + cross(range(10), ra...' has no copy 0 of the "
    "connection from source 0 to target 3; its multiplicity is 0");
  assert_no_values (
    set, G_MAXUINT64, 3, 0,
    "the set 'shift(1, 0) * cset([(2, 3), (2, 3)] + cross(range(10), ra...' has no copy 0 of the "
    "connection from source 18446744073709551615 to target 3; its multiplicity is 0");
  assert_no_values (wrong, 0, 0, 0, "block(0, 1): both sizes must be at least 1");
  ck_assert (conset_values_at (mask, 4, 4, 0, NULL, NULL));
  ck_assert (!conset_values_at (mask, 4, 5, 0, NULL, NULL));
}
END_TEST

/* Places as no iteration has them: any copies in any order, pairs that are no connections. */
static void
assert_value_of_fills (const Conset *set, ConsetOrder order, GRand *rand)
{
  g_autoptr (ConsetValue) value = conset_value_of (conset_ref (set), 1);
  ConsetValuePlan *plan = conset_value_plan_new (value, order);
  guint32 offsets[700], copies[700];
  double values[700];

  for (guint round = 0; round < 30; round++)
    {
      guint64 line = g_rand_int_range (rand, 0, 12), first = g_rand_int_range (rand, 0, 10);
      gsize n = (gsize) g_rand_int_range (rand, 1, G_N_ELEMENTS (offsets));
      ConsetPlaces places = { order, line, first, offsets, n, copies };

      for (gsize k = 0; k < n; k++)
        {
          offsets[k] = (k > 0 ? offsets[k - 1] : 0) + (guint32) (g_rand_int (rand) % 8 == 0);
          copies[k] = g_rand_int_range (rand, 0, 9) == 0 ? G_MAXUINT32 - (guint32) k
                                                         : (guint32) g_rand_int_range (rand, 0, 5);
        }
      if (round % 3 == 1)
        places.copies = NULL;
      if (round % 3 == 2)
        places.offsets = NULL;
      ck_assert (conset_value_plan_fill (plan, &places, values));
      for (gsize k = 0; k < n; k++)
        {
          double at = conset_value_at_copy (value, conset_places_source (&places, k),
                                            conset_places_target (&places, k),
                                            places.copies != NULL ? copies[k] : 0);

          REQUIRE (values[k] == at || (isnan (values[k]) && isnan (at)));
        }
    }
  conset_value_plan_free (plan);
}

static const char *const sets_of_values[] = {
  "cset(cross(range(8), range(9)), i, i * j) * random(0.5, seed=1)",
  "block(2, 3) * (cset(random(poisson=2, seed=1), i, i * j) + cset(oneToOne, 5, 6))",
  "cset(random(poisson=2, seed=1), i, i * j) | transpose * cset(random(poisson=2, seed=3), i, j)",
  "repeat(3, 2) * cset(random(0.5, seed=2), j, i + 100 * j)",
  "random(fanIn=4, multapses=True, seed=1) * cset(cross(range(8), range(9)), i, i * j)",
  "fix * (cset(random(poisson=2, seed=1) * cross(range(20), range(20)), i, i * j))",
};

START_TEST (values_of_sets_at_any_places)
{
  g_autoptr (Conset) set = test_read (sets_of_values[_i]);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (gsize k = 0; k < G_N_ELEMENTS (orders); k++)
    assert_value_of_fills (set, orders[k], rand);
}
END_TEST

/* A rule with multapses may draw a pair more often than its candidates have it; whatever order it
 * is looked at in, each copy has the value that is told. */
static const char *const drawn_sets[] = {
  "random(N=300, seed=1) * (cset([(1, 2), (3, 4)], 5, 6) + cset([(1, 2), (4, 4)], i, j))",
  "random(fanIn=300, seed=1) * (cset(cross(range(2), range(3)), i, j) | cset([(0, 1)], 8, 9))",
  "random(fanIn=2000, seed=1) * (block(2, 2) * cset([(1, 1)], 8, i) + cset(oneToOne, 1, 2)"
  " * cross(range(4), range(4)))",
  "random(fanOut=300, seed=1) * (fix * cset(random(poisson=2, seed=1) * cross(range(3), range(4)),"
  " i, j))",
  "random(fanOut=300, weight=1 + i, seed=1) * cset(cross(range(3), range(4)), i, j)",
  "transpose * (random(N=3000, seed=1) * cset(cross(range(3), range(4)), i, j) - oneToOne)",
};

START_TEST (copies_that_candidates_lack_have_values)
{
  g_autoptr (Conset) set = test_read (drawn_sets[_i]);

  for (gsize k = 0; k < G_N_ELEMENTS (orders); k++)
    {
      g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, orders[k]);
      Walk walk = { .order = orders[k] };
      guint64 source, target, most = 0;
      double values[2];

      while (conset_iter_next (iter, &source, &target))
        {
          walk_on (&walk, source, target);
          most = MAX (most, walk.copy);
          REQUIRE (conset_values_at (set, source, target, walk.copy, values, NULL));
          REQUIRE (conset_iter_get_value (iter, 0) == values[0]);
          REQUIRE (conset_iter_get_value (iter, 1) == values[1]);
        }
      ck_assert (conset_iter_finish (iter, NULL));
      ck_assert_uint_gt (most, 20);
    }
}
END_TEST

/* }}} */
static Suite *
csets_values_suite (void)
{
  Suite *suite = suite_create ("csets values");
  TCase *batches = test_case_add (suite, "batches");
  TCase *tile_cases = test_case_add (suite, "tiles");
  TCase *questions = test_case_add (suite, "questions");

  tcase_add_test (batches, masks_have_no_values);
  tcase_add_loop_test (batches, next_and_batches_may_be_mixed, 0, N_ORDERS);
  tcase_add_loop_test (batches, foreach_gives_values, 0, N_ORDERS);
  tcase_add_loop_test (batches, copies_go_on_from_batch_to_batch, 0, N_ORDERS);
  tcase_add_loop_test (batches, copies_of_sums_go_on_from_batch_to_batch, 0, N_ORDERS);
  tcase_add_test (batches, many_copies_cost_no_more_than_they_are);

  tcase_add_loop_test (tile_cases, values_of_tiles_of_any_kind, 0, 2 * G_N_ELEMENTS (tiles));
  tcase_add_loop_test (tile_cases, values_of_operands_that_share_a_tile, 0, N_ORDERS);

  tcase_add_test (questions, values_at_a_pair);
  tcase_add_loop_test (questions, values_of_sets_at_any_places, 0, G_N_ELEMENTS (sets_of_values));
  tcase_add_loop_test (questions, copies_that_candidates_lack_have_values, 0,
                       G_N_ELEMENTS (drawn_sets));
  return suite;
}

int
main (void)
{
  return test_run (csets_values_suite ());
}

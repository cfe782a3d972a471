/* SPDX-License-Identifier: MIT */
/*
 * Memory while streaming: it does not grow with the number of connections, whatever the
 * expression, its multiplicities, and the distance between what it has and what it looks at.
 *
 * Every test runs in a process of its own, whose peak is what the test needed.
 */
#include "support.h"

#include <string.h>
#include <sys/resource.h>

#define MOST_KIB (48 * 1024)

/* Connections after which a stream is as large as it will get. */
#define ENOUGH 3000000

static void
assert_small (const char *what)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  if (!test_sanitized ())
    ck_assert_msg (usage.ru_maxrss < MOST_KIB, "%s: %ld KiB", what, usage.ru_maxrss);
}

static void
stream (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  g_autoptr (GError) error = NULL;
  ConsetBatch batch;
  guint64 n = 0;

  while (n < ENOUGH && conset_iter_next_batch (iter, &batch))
    n += batch.n;
  ck_assert (conset_iter_finish (iter, &error));
}

/* Expressions */

static const char *const expressions[] = {
  "~random(0.9999999999, seed=1) * oneToOne * cross(range(1000000000), range(1000))",
  "(random(0.5, seed=1) * cross(range(500000000), range(1)) + [(999999999, 999999999)])"
  " * oneToOne",
  "(cross(range(500000000), range(1)) + [(999999999, 999999999)]) * oneToOne",
  "(random(0.5, seed=1) * cross(range(500000000), range(1)) - [(1, 1)]) * oneToOne",
  "block(7) * (~random(0.9999999999, seed=1) * oneToOne) * cross(range(1000000000), range(70))",
  "cross(range(1000000000), range(9)) * random(0.00000001, seed=1) - "
  "(random(0.5, seed=2) + random(0.5, seed=3))",
};

START_TEST (expressions_need_little_memory)
{
  g_autoptr (Conset) set = conset_parse (expressions[_i], 1, NULL);

  ck_assert_ptr_nonnull (set);
  stream (set, NULL, CONSET_TARGET_MAJOR);
  assert_small (expressions[_i]);
}
END_TEST

/* Sums of many copies */

#define COPIES 4096

static Conset *
copies_of (Conset *set)
{
  g_autoptr (Conset) operand = set;
  Conset *sum = conset_empty ();

  for (guint k = 0; k < COPIES; k++)
    sum = conset_sum (sum, conset_ref (operand));
  return sum;
}

static Conset *
wide_cross (void)
{
  return conset_cross_n (1000000, 3);
}

static Conset *
plain (Conset *sum)
{
  return sum;
}

static Conset *
moved (Conset *sum)
{
  return conset_transpose (conset_shift (5, 1, conset_transpose (conset_shift (3, 7, sum))));
}

static Conset *
in_blocks (Conset *sum)
{
  return conset_block (3, 1, sum);
}

static Conset *
repeated (Conset *sum)
{
  return conset_repeat (900000, 2, sum);
}

static Conset *
lessened (Conset *sum)
{
  return conset_difference (sum, conset_one_to_one ());
}

static Conset *
complemented (Conset *sum)
{
  return conset_complement (sum);
}

static Conset *
thinned (Conset *sum)
{
  return conset_intersect (conset_random (0.9, 1), sum);
}

static Conset *
taken_away (Conset *sum)
{
  return conset_difference (conset_cross_n (100, 2), sum);
}

static Conset *
made_a_set (Conset *sum)
{
  return conset_union (sum, conset_full ());
}

static Conset *
compared (Conset *sum)
{
  return conset_symmetric_difference (conset_one_to_one (), sum);
}

typedef Conset *(*StepFunc) (Conset *sum);

static const StepFunc steps[] = {
  plain,        moved,   in_blocks,  repeated,   lessened,
  complemented, thinned, taken_away, made_a_set, compared,
};

START_TEST (multiplicities_need_little_memory)
{
  g_autoptr (Conset) set = steps[_i](copies_of (wide_cross ()));
  const ConsetWindow window = CONSET_WINDOW (1000000, 3);

  for (guint order = 0; order < 2; order++)
    stream (set, &window, order);
  assert_small ("copies of a cross product");
}
END_TEST

/* Points at one place, many times: a list that is not dense by its length. */
START_TEST (repeated_points_need_little_memory)
{
  g_autofree guint64 *indices = g_new (guint64, 2 * 16000);
  g_autoptr (Conset) set = NULL;

  for (guint k = 0; k < 16000; k++)
    {
      indices[k] = k;
      indices[16000 + k] = 5;
    }
  set = steps[_i](copies_of (conset_explicit (indices, indices + 16000, 16000)));
  stream (set, &CONSET_WINDOW (1000000, 10), CONSET_TARGET_MAJOR);
  assert_small ("copies of a list");
}
END_TEST

/* Narrow tiles change nothing: every pair is there as often as it was added. */
START_TEST (copies_are_all_there)
{
  g_autoptr (Conset) sum = copies_of (conset_cross_n (200, 2));
  g_autoptr (ConsetIter) iter = conset_iter_new (sum, NULL, CONSET_TARGET_MAJOR);
  guint64 source, target, n = 0, n_wrong = 0;

  for (; conset_iter_next (iter, &source, &target); n++)
    n_wrong += source != n / COPIES % 200 || target != n / COPIES / 200;
  ck_assert_uint_eq (n_wrong, 0);
  ck_assert_uint_eq (n, 2 * 200 * COPIES);
}
END_TEST

/* A line that the memory has no room for is an error, not an end. */
START_TEST (line_too_long_for_the_memory_is_an_error)
{
  const struct rlimit limit = { 512 << 20, 512 << 20 };
  g_autoptr (Conset) set = conset_full ();
  g_autoptr (GError) error = NULL;
  gsize n;

  if (test_sanitized () || setrlimit (RLIMIT_AS, &limit) != 0)
    return;
  ck_assert_ptr_null (conset_sources_of (set, 3, 0, G_GUINT64_CONSTANT (1) << 40, &n, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW));
  ck_assert_ptr_nonnull (strstr (error->message, "iterate"));
}
END_TEST

/* What lies apart does not add up: a line of a grid of populations is no denser than one. */
START_TEST (grid_of_populations_is_streamed_in_wide_tiles)
{
  g_autoptr (Conset) grid = conset_empty ();
  g_autoptr (Conset) random = conset_random (0.1, 1);
  guint64 count, n = 0, n_batches = 0;
  g_autoptr (ConsetIter) iter = NULL;
  ConsetBatch batch;

  for (guint64 a = 0; a < 40; a++)
    for (guint64 b = 0; b < 40; b++)
      grid = conset_sum (grid, conset_cross (conset_intervals_range (500 * a, 500 * a + 500, 1),
                                             conset_intervals_range (5 * b, 5 * b + 5, 1)));
  ck_assert (conset_count (grid, NULL, &count, NULL));
  iter = conset_iter_new (grid, NULL, CONSET_TARGET_MAJOR);
  while (conset_iter_next_batch (iter, &batch))
    {
      n += batch.n;
      n_batches++;
    }
  ck_assert_uint_eq (n, count);
  ck_assert_uint_le (n_batches, 200 * 20);
}
END_TEST

static Suite *
memory_suite (void)
{
  Suite *suite = suite_create ("memory");
  TCase *tcase = test_case_add (suite, "streaming");

  tcase_add_loop_test (tcase, expressions_need_little_memory, 0, G_N_ELEMENTS (expressions));
  tcase_add_loop_test (tcase, multiplicities_need_little_memory, 0, G_N_ELEMENTS (steps));
  tcase_add_loop_test (tcase, repeated_points_need_little_memory, 0, G_N_ELEMENTS (steps));
  tcase_add_test (tcase, copies_are_all_there);
  tcase_add_test (tcase, line_too_long_for_the_memory_is_an_error);
  tcase_add_test (tcase, grid_of_populations_is_streamed_in_wide_tiles);
  return suite;
}

int
main (void)
{
  return test_run (memory_suite ());
}

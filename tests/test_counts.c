/* SPDX-License-Identifier: MIT */
/*
 * Counts from closed forms: they are those of the members, where these can be listed, and they
 * are known at once where nobody could list them.
 */
#include "support.h"

#include <math.h>
#include <string.h>

static guint64
count_of (const Conset *set, const ConsetWindow *window)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  ck_assert_msg (conset_count (set, window, &count, &error), "%s",
                 error != NULL ? error->message : "no error set");
  return count;
}

static guint64
count_listed (const Conset *set, const ConsetWindow *window)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  ConsetBatch batch;
  guint64 n = 0;

  while (conset_iter_next_batch (iter, &batch))
    n += batch.n;
  return n;
}

static gboolean
is_closed (const Conset *set, const ConsetWindow *window)
{
  g_autofree char *text = conset_explain (set, window, CONSET_TARGET_MAJOR, NULL);

  return text != NULL && strstr (text, "from a closed form") != NULL;
}

/* Sets too large to be listed */

typedef struct
{
  const char *expression;
  guint64 count;
} CountCase;

#define GIGA G_GUINT64_CONSTANT (1000000000)
#define SIDE "cross(range(1000000000), range(1000000000))"

static const CountCase count_cases[] = {
  { SIDE " - oneToOne - cross(range(1000), range(2000)) - cross(range(500, 3000), range(10))",
    GIGA *GIGA - GIGA - 1000 * 2000 + 1000 - 10 * 2500 + 10 * 500 },
  { SIDE
    " | oneToOne * cross(range(1000000010), N) | cross(range(999999999, 1000000003), range(7))",
    GIGA *GIGA + 10 + 7 * 3 },
  { SIDE " | oneToOne * cross(range(1000000010), N) | shift(5, 5) * (" SIDE ")",
    GIGA *GIGA + 10 * GIGA - 25 + 5 },
  { "~(oneToOne | cross(range(5), N) | cross(range(3, 8), N)) * " SIDE,
    GIGA *GIGA - 8 * GIGA - (GIGA - 8) },
  { "block(1000) * (cross(range(1000000), range(1000000)) - oneToOne - cross(range(9), range(9)))",
    (GIGA / 1000 * (GIGA / 1000) - GIGA / 1000 - 81 + 9) * 1000000 },
};

START_TEST (huge_counts_have_closed_forms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (count_cases[_i].expression, 1, &error);

  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
  ck_assert (is_closed (set, NULL));
  ck_assert_uint_eq (count_of (set, NULL), count_cases[_i].count);
}
END_TEST

/* Random trees of few kinds, small enough to be listed */

static ConsetIntervals *
range_random (GRand *rand)
{
  guint64 first = g_rand_int_range (rand, 0, 30);

  return conset_intervals_range (first, first + g_rand_int_range (rand, 1, 30),
                                 g_rand_int_range (rand, 1, 4));
}

static Conset *
operand_random (GRand *rand)
{
  Conset *set;

  if (g_rand_int_range (rand, 0, 3) > 0)
    set = conset_cross (range_random (rand), range_random (rand));
  else
    set = conset_shift (g_rand_int_range (rand, -9, 9), g_rand_int_range (rand, -9, 9),
                        conset_intersect (conset_one_to_one (), conset_cross_n (40, 40)));
  return g_rand_int_range (rand, 0, 5) == 0 ? conset_sum (conset_ref (set), set) : set;
}

typedef Conset *(*ChainFunc) (Conset *a, Conset *b);

START_TEST (counts_are_those_of_the_members)
{
  static const ChainFunc funcs[] = { conset_union, conset_difference, conset_sum };
  g_autoptr (GRand) rand = g_rand_new_with_seed (61);
  guint n_closed = 0;

  for (guint k = 0; k < 3000; k++)
    {
      ChainFunc func = funcs[k % G_N_ELEMENTS (funcs)];
      guint64 first = g_rand_int_range (rand, 0, 20);
      ConsetWindow window = { first, first + g_rand_int_range (rand, 1, 50), 3, 50 };
      g_autoptr (Conset) set = operand_random (rand);

      for (gint32 n = g_rand_int_range (rand, 1, 7); n > 0; n--)
        set = func (g_steal_pointer (&set), operand_random (rand));
      ck_assert_uint_eq (count_of (set, &window), count_listed (set, &window));
      n_closed += is_closed (set, &window);
    }
  ck_assert_uint_ge (n_closed, 1500);
}
END_TEST

/* Sets that are moved out of the universe */
START_TEST (what_leaves_the_universe_is_empty)
{
  const guint64 big = G_GUINT64_CONSTANT (1) << 62;
  Conset *far_away = conset_cross (conset_intervals_range (big, CONSET_INDEX_END, 1),
                                   conset_intervals_range (0, 3, 1));
  Conset *sets[] = {
    conset_shift (G_MININT64, 0, conset_full ()),
    conset_shift (0, G_MININT64, conset_random (0.5, 1)),
    conset_block (2, 1, conset_ref (far_away)),
    conset_block (1, 4, conset_transpose (far_away)),
  };

  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      ck_assert (conset_check (sets[k], NULL));
      ck_assert_uint_eq (conset_max_multiplicity (sets[k]), 0);
      ck_assert (conset_is_finite (sets[k]));
      conset_unref (sets[k]);
    }
}
END_TEST

/* Many operands */

START_TEST (grid_of_populations_has_a_closed_form)
{
  ChainFunc func = _i == 0 ? conset_union : conset_sum;
  g_autoptr (Conset) grid = conset_empty ();
  const guint64 n = _i == 0 ? 60 : 500, size = 1000000;

  for (guint64 a = 0; a < n; a++)
    for (guint64 b = 0; b < n; b++)
      grid = func (grid, conset_cross (conset_intervals_range (size * a, size * (a + 1), 1),
                                       conset_intervals_range (size * b, size * (b + 1), 1)));
  ck_assert_uint_eq (count_of (grid, NULL), n * n * size * size);
  ck_assert (is_closed (grid, NULL));
}
END_TEST

/* Without a closed form that is small, the members are counted. */
START_TEST (overlapping_sets_are_counted_soon)
{
  g_autoptr (Conset) set = conset_empty ();
  const ConsetWindow window = CONSET_WINDOW (1000, 1000);

  for (guint k = 0; k < 200; k++)
    set = conset_union (set, conset_cross_n (1 + 5 * k, 1000 - 5 * k));
  ck_assert_uint_eq (count_of (set, &window), count_listed (set, &window));
}
END_TEST

/* Means */

typedef struct
{
  const char *expression;
  double share;
} MeanCase;

#define NAMES "p = random(0.3, seed=1); q = random(0.2, seed=2); r = random(0.01, seed=3); "

/* The mean number of members to a pair of p, q and r with probabilities 0.3, 0.2 and 0.01. */
static const MeanCase mean_cases[] = {
  { "p + q + r", 0.51 },
  { "~(p + q)", 0.7 * 0.8 },
  { "~(p + q + r)", 0.7 * 0.8 * 0.99 },
  { "~(p + p)", 0.7 },
  { "(p + p) * q", 0.3 * 0.2 },
  { "(p + p) * (q + q)", 2 * 0.3 * 0.2 },
  { "(p + p) * (q + q + q) * r", 0.3 * 0.2 * 0.01 },
  { "(p + p) - q", 2 * 0.3 - 0.3 * 0.2 },
  { "(p + p) - (q + q)", 2 * 0.3 * 0.8 },
  { "(p + p) - q - r", (2 * 0.3 - 0.3 * 0.2) - 0.3 * 0.01 },
  { "~((p + p) - q)", 0.7 },
  { "~(p - (q + q))", 1.0 - 0.3 * 0.8 },
  { "(p + p) ^ q", 2 * 0.3 + 0.2 - 2 * 0.3 * 0.2 },
  { "~((p + p) ^ q)", 0.7 * 0.8 },
  { "(p + p) | q", 2 * 0.3 + 0.2 - 0.3 * 0.2 },
  { "~((p + p) | (q + q))", 0.7 * 0.8 },
  { "~(block(3) * (p + p))", 0.7 },
  { "~(repeat(7, 9) * (p + p))", 0.7 },
  { "~(shift(-3, -4) * (p + p))", 0.7 },
  { "~(transpose * (p + p))", 0.7 },
  { "~([(1, 1), (1, 1), (2, 3)] + p)", (1.0 - 2e-4) * 0.7 },
  { "p * cross(range(50), range(70)) | q * cross(range(50, 100), range(70))", 0.35 * 0.5 },
  { "~(p * cross(range(50), range(70)) + q * cross(range(50, 100), range(70)))", 1 - 0.35 * 0.5 },
};

static Conset *
mean_case_set (const MeanCase *mean_case)
{
  g_autofree char *text = g_strconcat (NAMES, mean_case->expression, NULL);
  Conset *set = conset_parse (text, 1, NULL);

  ck_assert_ptr_nonnull (set);
  return set;
}

START_TEST (means_are_those_of_multisets)
{
  g_autoptr (Conset) set = mean_case_set (&mean_cases[_i]);
  const ConsetWindow window = CONSET_WINDOW (100, 100);

  ck_assert_double_eq_tol (conset_expected_count (set, &window) * 1e-4, mean_cases[_i].share, 1e-9);
}
END_TEST

/* Six standard deviations, of blocks and repetitions with as many members for each draw. */
START_TEST (means_are_near_what_is_drawn)
{
  g_autoptr (Conset) set = mean_case_set (&mean_cases[_i]);
  const ConsetWindow window = CONSET_WINDOW (100, 100);
  double n = (double) count_listed (set, &window), mean = 1e4 * mean_cases[_i].share;
  double most = strstr (mean_cases[_i].expression, "repeat") != NULL ? 180.0 : 9.0;

  ck_assert_double_le (fabs (n - mean), 6.0 * sqrt (most * mean));
}
END_TEST

static Suite *
counts_suite (void)
{
  Suite *suite = suite_create ("counts");
  TCase *tcase = test_case_add (suite, "closed forms");

  tcase_add_loop_test (tcase, huge_counts_have_closed_forms, 0, G_N_ELEMENTS (count_cases));
  tcase_add_test (tcase, counts_are_those_of_the_members);
  tcase_add_test (tcase, what_leaves_the_universe_is_empty);
  tcase_add_loop_test (tcase, grid_of_populations_has_a_closed_form, 0, 2);
  tcase_add_test (tcase, overlapping_sets_are_counted_soon);
  tcase = test_case_add (suite, "means");
  tcase_add_loop_test (tcase, means_are_those_of_multisets, 0, G_N_ELEMENTS (mean_cases));
  tcase_add_loop_test (tcase, means_are_near_what_is_drawn, 0, G_N_ELEMENTS (mean_cases));
  return suite;
}

int
main (void)
{
  return test_run (counts_suite ());
}

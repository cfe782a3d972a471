/* SPDX-License-Identifier: MIT */
/*
 * That conset_random_poisson() is what it says: a Poisson number for each pair, independently,
 * the same in every window, order and combination.
 *
 * Seeds are fixed. Statistics exceed their limits with probability 1e-6 each (statistics.h);
 * how many there are stands beside each test, about 500 together: 0.05 %.
 */
#include "grid.h"
#include "statistics.h"
#include "support.h"

#include <math.h>

/* On both sides of every border between ways to draw: places of 16 bits or 32, groups of other
 * sizes, groups and pairs. */
static const double means[] = { 1e-6, 1e-5, 3e-4, 0.003, 0.0045, 0.02, 0.1, 0.3, 0.74, 0.76,
                                1,    1.49, 1.5,  2,     3.7,    10,   64,  300, 1000 };
#define N_MEANS G_N_ELEMENTS (means)
/* Those that windows of pairs tell something about. */
#define FIRST_COMMON 4

static Grid *
poisson_grid (double mean, guint64 seed, guint64 n_sources, guint64 n_targets)
{
  g_autoptr (Conset) set = conset_random_poisson (mean, seed);

  return grid_of_set (set, &CONSET_WINDOW (n_sources, n_targets), CONSET_TARGET_MAJOR);
}

/* The law */

/* 3 statistics a mean: seeds of all sizes. */
START_TEST (counts_are_poisson)
{
  static const guint64 seeds[] = { 0, 12345, G_MAXUINT64 };
  double mean = means[_i], n = CLAMP (1e6 / mean, 4e4, 1e10);
  ConsetWindow window = CONSET_WINDOW ((guint64) sqrt (n) * 4, (guint64) sqrt (n) / 4);
  double expected = (double) window.source_end * (double) window.target_end * mean;

  for (guint k = 0; k < G_N_ELEMENTS (seeds); k++)
    {
      g_autoptr (Conset) set = conset_random_poisson (mean, seeds[k]);

      ck_assert_double_eq_tol (conset_expected_count (set, &window), expected, 1e-9 * expected);
      assert_z ((grid_count (set, &window) - expected) / sqrt (expected), "count", mean);
    }
}
END_TEST

/* How often each number of [0, most] occurs among @n, against the law. */
static void
assert_numbers (const guint32 *numbers, gsize n, double mean, const char *what, double parameter)
{
  guint most = mean + 20.0 * sqrt (mean) + 30.0;
  g_autofree gsize *found = g_new0 (gsize, most + 1);
  ChiSquare chi = { 0 };

  for (gsize k = 0; k < n; k++)
    found[MIN (numbers[k], most)]++;
  for (guint k = 0; k <= most; k++)
    chi_square_add (&chi, n * poisson_chance (k, mean), found[k]);
  chi_square_assert (&chi, what, parameter);
}

/* 1 statistic a mean: the numbers of pairs. */
START_TEST (pairs_are_poisson)
{
  double mean = means[_i];
  guint64 n = CLAMP (4e6 / mean, 2e4, 4e5);
  g_autoptr (Grid) grid = poisson_grid (mean, 7, 2000, n / 2000);

  assert_numbers (grid->m, n / 2000 * 2000, mean, "pairs", mean);
}
END_TEST

/* 2 statistics a mean: the numbers of a target and of a source, over lines so long that about 20
 * are expected of each. */
START_TEST (degrees_are_poisson)
{
  double mean = means[_i];
  guint64 length = MAX (1.0, 20.0 / mean);
  const guint64 n_lines = mean < 1e-5 ? 600 : 3000;

  for (guint order = 0; order < 2; order++)
    {
      g_autoptr (Conset) set = conset_random_poisson (mean, 8 + order);
      g_autofree guint32 *degrees = g_new0 (guint32, n_lines);
      ConsetWindow window = order == CONSET_TARGET_MAJOR ? CONSET_WINDOW (length, n_lines)
                                                         : CONSET_WINDOW (n_lines, length);
      g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, order);
      ConsetBatch batch;

      while (conset_iter_next_batch (iter, &batch))
        degrees[batch.line] += batch.n;
      assert_numbers (degrees, n_lines, mean * length, order == 0 ? "in-degrees" : "out-degrees",
                      mean);
    }
}
END_TEST

/* Independence */

/* z of the covariance of each number and that of the pair (di, dj) away. */
static double
neighbour_z (const Grid *grid, guint di, guint dj, double mean)
{
  guint side = grid->n_sources;
  double sum = 0.0;

  for (guint j = 0; j + dj < side; j++)
    for (guint i = 0; i + di < side; i++)
      sum += (*grid_at (grid, i, j) - mean) * (*grid_at (grid, i + di, j + dj) - mean);
  return sum / mean / sqrt ((double) (side - di) * (side - dj));
}

/* 11 statistics a mean, the last of transposed pairs. */
START_TEST (neighbours_are_independent)
{
  static const guint steps[][2] = { { 1, 0 },  { 2, 0 },  { 3, 0 }, { 4, 0 }, { 8, 0 },
                                    { 32, 0 }, { 64, 0 }, { 0, 1 }, { 1, 1 }, { 4, 1 } };
  double mean = means[_i], sum = 0.0;
  const guint side = mean < 100 ? 600 : 150;
  g_autoptr (Grid) grid = poisson_grid (mean, 4242, side, side);

  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    {
      g_autofree char *what = g_strdup_printf ("step (%u, %u)", steps[k][0], steps[k][1]);

      assert_z (neighbour_z (grid, steps[k][0], steps[k][1], mean), what, mean);
    }
  for (guint j = 0; j < side; j++)
    for (guint i = 0; i < j; i++)
      sum += (*grid_at (grid, i, j) - mean) * (*grid_at (grid, j, i) - mean);
  assert_z (sum / mean / sqrt (side * (side - 1) / 2.0), "transposed", mean);
}
END_TEST

/* 1 statistic a mean: the joint frequencies of two neighbours, of which a group that was not
 * thinned independently would have too many or too few. */
START_TEST (neighbours_have_the_joint_law)
{
  double mean = means[_i];
  const guint most = 30;
  g_autoptr (Grid) grid = poisson_grid (mean, 11, 2000, 200);
  g_autofree guint *found = g_new0 (guint, (most + 1) * (most + 1));
  ChiSquare chi = { 0 };

  for (gsize k = 0; k < 400000; k += 2)
    found[MIN (grid->m[k], most) * (most + 1) + MIN (grid->m[k + 1], most)]++;
  for (guint a = 0; a <= most; a++)
    for (guint b = 0; b <= most; b++)
      chi_square_add (&chi, 200000.0 * poisson_chance (a, mean) * poisson_chance (b, mean),
                      found[a * (most + 1) + b]);
  chi_square_assert (&chi, "joint law", mean);
}
END_TEST

/* 20 statistics a mean: seeds that differ in one bit. */
START_TEST (seeds_are_independent)
{
  double mean = means[_i];
  const guint64 seed = G_GUINT64_CONSTANT (0x123456789abcdef0);
  const gsize n = 300 * 300;
  g_autoptr (Grid) a = poisson_grid (mean, seed, 300, 300);

  for (guint bit = 0; bit < 64; bit += 3)
    {
      g_autoptr (Grid) b = poisson_grid (mean, seed ^ (G_GUINT64_CONSTANT (1) << bit), 300, 300);
      double sum = 0.0;

      for (gsize k = 0; k < n; k++)
        sum += (a->m[k] - mean) * (b->m[k] - mean);
      assert_z (sum / mean / sqrt (n), "seeds a bit apart", mean);
    }
}
END_TEST

/* The same set everywhere */

static const guint64 bases[] = {
  0,
  65536 - 30,
  (G_GUINT64_CONSTANT (1) << 32) - 30,
  (G_GUINT64_CONSTANT (1) << 62) - 30,
  CONSET_INDEX_END - 200,
};

static ConsetWindow
window_within (GRand *rand, const ConsetWindow *all)
{
  ConsetWindow window;

  window.source_first = all->source_first + g_rand_int_range (rand, 0, 200);
  window.source_end =
    window.source_first + g_rand_int_range (rand, 1, 1 + all->source_end - window.source_first);
  window.target_first = all->target_first + g_rand_int_range (rand, 0, 60);
  window.target_end =
    window.target_first + g_rand_int_range (rand, 1, 1 + all->target_end - window.target_first);
  return window;
}

/* Membership, both orders, and windows cut from the whole; everywhere in the universe. */
START_TEST (windows_cut_from_one_another_agree)
{
  double mean = means[_i];
  g_autoptr (Conset) set = conset_random_poisson (mean, 31);
  g_autoptr (GRand) rand = g_rand_new_with_seed (5 + _i);
  const guint n_cuts = mean < 100 ? 8 : 2;

  for (guint k = 0; k < G_N_ELEMENTS (bases); k++)
    {
      guint64 source = bases[k], target = bases[(3 * k + _i) % G_N_ELEMENTS (bases)];
      ConsetWindow all = { source, source + 200, target, target + 60 };
      g_autoptr (Grid) whole = grid_of_set (set, &all, CONSET_TARGET_MAJOR);
      guint n_wrong = 0;

      for (guint64 j = target; j < target + 60; j++)
        for (guint64 i = source; i < source + 200; i++)
          n_wrong += conset_multiplicity (set, i, j) != *grid_at (whole, i, j);
      ck_assert_uint_eq (n_wrong, 0);
      for (guint cut = 0; cut < n_cuts; cut++)
        {
          ConsetWindow window = window_within (rand, &all);

          grid_assert_restriction (set, whole, &window);
        }
    }
}
END_TEST

/* A number that depends on the members, but not on their order; that pairs seem to be members
 * which are not is noted. */
static guint64
checksum_of (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  g_autoptr (PairList) list = pair_list_of_set (set, window, order, NULL);
  guint64 sum = 0;
  guint n_wrong = 0;

  for (gsize k = 0; k < pair_list_length (list); k++)
    {
      guint64 source = pair_list_source (list, k), target = pair_list_target (list, k);
      guint64 mixed = (source * 0x9e3779b97f4a7c15u) ^ (target * 0xc2b2ae3d27d4eb4fu);

      sum += (mixed ^ mixed >> 29) * 0xbf58476d1ce4e5b9u;
      n_wrong += !conset_contains (set, source, target);
    }
  ck_assert_uint_eq (n_wrong, 0);
  return sum;
}

/* Rare members in both orders, which a small window would not show. */
START_TEST (rare_members_agree)
{
  double mean = means[_i];
  guint64 side = sqrt (3000.0 / mean);
  g_autoptr (Conset) set = conset_random_poisson (mean, 32);
  ConsetWindow windows[] = { { 1000, 1000 + side, 77, 77 + side },
                             { 1000 + side / 3, 1000 + side / 2, 77, 77 + side / 2 } };

  for (guint k = 0; k < G_N_ELEMENTS (windows); k++)
    ck_assert_uint_eq (checksum_of (set, &windows[k], CONSET_TARGET_MAJOR),
                       checksum_of (set, &windows[k], CONSET_SOURCE_MAJOR));
}
END_TEST

START_TEST (kernels_agree)
{
  double mean = means[_i];
  guint64 side = CLAMP (sqrt (1e5 / mean), 100.0, 1e5);
  g_autoptr (Conset) set = conset_random_poisson (mean, 33);
  ConsetWindow window = { 3, 3 + side, 5, 5 + side };
  g_autofree char *digest = NULL, *portable = NULL;

  ck_assert (conset_set_isa ("auto"));
  digest = conset_digest (set, &window, NULL);
  ck_assert (conset_set_isa ("portable"));
  portable = conset_digest (set, &window, NULL);
  ck_assert (conset_set_isa ("auto"));
  ck_assert_str_eq (digest, portable);
}
END_TEST

/* In expressions */

/* Operands that stand for all kinds of candidates: dense, sparse, runs, many times over. */
static Conset *
operand_new (guint k, double mean)
{
  static const guint64 sources[] = { 5, 17, 17, 17, 100, 150 }, targets[] = { 3, 3, 3, 9, 9, 40 };

  switch (k)
    {
    case 0:
      return conset_cross_n (150, 50);
    case 1:
      return conset_random (0.4, 5);
    case 2:
      return conset_random (0.01, 6);
    case 3:
      return conset_one_to_one ();
    case 4:
      return conset_random_poisson (mean, 99);
    case 5:
      return conset_sum (conset_full (), conset_block (7, 3, conset_one_to_one ()));
    case 6:
      return conset_explicit (sources, targets, G_N_ELEMENTS (sources));
    case 7:
      return conset_full ();
    default:
      return conset_shift (-2, 5, conset_random_poisson (mean, 31));
    }
}

#define N_OPERANDS 9

typedef enum
{
  OP_INTERSECT,
  OP_DIFFERENCE,
  OP_MONUS_OTHER,
  OP_SUM,
  OP_UNION,
  OP_DISTANCE,
  N_OPS,
} Op;

static guint64
combined (Op op, guint64 a, guint64 b)
{
  switch (op)
    {
    case OP_INTERSECT:
      return MIN (a, b);
    case OP_DIFFERENCE:
      return a > b ? a - b : 0;
    case OP_MONUS_OTHER:
      return b > a ? b - a : 0;
    case OP_SUM:
      return a + b;
    case OP_UNION:
      return MAX (a, b);
    default:
      return a > b ? a - b : b - a;
    }
}

static Conset *
combine (Op op, Conset *a, Conset *b)
{
  switch (op)
    {
    case OP_INTERSECT:
      return conset_intersect (a, b);
    case OP_DIFFERENCE:
      return conset_difference (a, b);
    case OP_MONUS_OTHER:
      return conset_difference (b, a);
    case OP_SUM:
      return conset_sum (a, b);
    case OP_UNION:
      return conset_union (a, b);
    default:
      return conset_symmetric_difference (a, b);
    }
}

START_TEST (expressions_are_pointwise)
{
  double mean = means[_i];
  ConsetWindow window = { 2, 160, 1, mean < 100 ? 55 : 10 };
  g_autoptr (Conset) set = conset_random_poisson (mean, 31);
  g_autoptr (Grid) a = grid_of_set (set, &window, CONSET_TARGET_MAJOR);

  for (guint k = 0; k < N_OPERANDS; k++)
    {
      g_autoptr (Conset) operand = operand_new (k, mean);
      g_autoptr (Grid) b = grid_of_set (operand, &window, CONSET_TARGET_MAJOR);

      for (Op op = 0; op < N_OPS; op++)
        for (guint order = 0; order < 2; order++)
          {
            g_autoptr (Conset) both = combine (op, conset_ref (set), conset_ref (operand));
            g_autoptr (Grid) got = grid_of_set (both, &window, order);

            for (gsize at = 0; at < got->n_sources * got->n_targets; at++)
              if (got->m[at] != combined (op, a->m[at], b->m[at]))
                ck_abort_msg ("mean %g, operand %u, operator %d, order %u: %u of %u and %u", mean,
                              k, op, order, got->m[at], a->m[at], b->m[at]);
          }
    }
}
END_TEST

START_TEST (complements_and_shapes_are_pointwise)
{
  double mean = means[_i];
  ConsetWindow window = CONSET_WINDOW (120, 40);
  g_autoptr (Conset) set = conset_random_poisson (mean, 34);
  g_autoptr (Conset) none = conset_complement (conset_ref (set));
  g_autoptr (Conset) blocks = conset_block (3, 2, conset_ref (set));
  g_autoptr (Conset) again = conset_repeat (7, 5, conset_ref (set));
  g_autoptr (Grid) a = grid_of_set (none, &window, CONSET_TARGET_MAJOR);
  g_autoptr (Grid) b = grid_of_set (blocks, &window, CONSET_SOURCE_MAJOR);
  g_autoptr (Grid) c = grid_of_set (again, &window, CONSET_TARGET_MAJOR);
  guint n_wrong = 0;

  for (guint64 j = 0; j < 40; j++)
    for (guint64 i = 0; i < 120; i++)
      {
        n_wrong += *grid_at (a, i, j) != !conset_contains (set, i, j);
        n_wrong += *grid_at (b, i, j) != conset_multiplicity (set, i / 3, j / 2);
        n_wrong += *grid_at (c, i, j) != conset_multiplicity (set, i % 7, j % 5);
      }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

/* A set less itself is empty, and it meets itself in itself, where the two are not one node. */
START_TEST (equal_sets_are_the_same)
{
  double mean = means[_i];
  ConsetWindow window = CONSET_WINDOW (100, 50);
  g_autoptr (Conset) set = conset_random_poisson (mean, 35);
  g_autoptr (Conset) less = conset_difference (
    conset_random_poisson (mean, 35),
    conset_shift (-3, -5, conset_shift (3, 5, conset_random_poisson (mean, 35))));
  g_autoptr (Conset) met =
    conset_intersect (conset_random_poisson (mean, 35),
                      conset_shift (-3, -5, conset_shift (3, 5, conset_random_poisson (mean, 35))));
  g_autoptr (Grid) a = grid_of_set (set, &window, CONSET_TARGET_MAJOR);
  g_autoptr (Grid) b = grid_of_set (met, &window, CONSET_SOURCE_MAJOR);

  ck_assert_uint_eq (grid_count (less, &window), 0);
  grid_assert_equal (a, b);
}
END_TEST

/* Facts and errors */

START_TEST (multiplicities_are_bounded)
{
  double mean = means[_i];
  g_autoptr (Conset) set = conset_random_poisson (mean, 36);
  g_autoptr (Grid) grid = poisson_grid (mean, 36, 300, 50);
  guint64 most = 0;

  for (gsize k = 0; k < 300 * 50; k++)
    most = MAX (most, grid->m[k]);
  ck_assert_uint_le (most, conset_max_multiplicity (set));
  ck_assert (conset_is_random (set));
  ck_assert (!conset_is_finite (set));
}
END_TEST

START_TEST (means_are_checked)
{
  static const double wrong[] = { -0.5, 65536.5, NAN, INFINITY };
  static const char *const texts[] = { "-0.5", "65536.5", "nan", "inf" };
  g_autoptr (Conset) none = conset_random_poisson (0.0, 1);
  g_autoptr (Conset) some = conset_random_poisson (0.5, 7);
  g_autofree char *text = conset_to_string (some);

  ck_assert_uint_eq (conset_max_multiplicity (none), 0);
  ck_assert_str_eq (text, "random(poisson=0.5, seed=7)");
  for (guint k = 0; k < G_N_ELEMENTS (wrong); k++)
    {
      g_autoptr (Conset) set = conset_random_poisson (wrong[k], 1);
      g_autofree char *message =
        g_strdup_printf ("random(poisson=%s): the mean must lie in [0, 65536]", texts[k]);
      g_autoptr (GError) error = NULL;

      ck_assert (!conset_check (set, &error));
      ck_assert_str_eq (error->message, message);
    }
}
END_TEST

/* Next to nothing, and 65,536 copies. 2 statistics. */
START_TEST (extreme_means_are_drawn)
{
  g_autoptr (Conset) never = conset_random_poisson (1e-300, 1);
  g_autoptr (Conset) rare = conset_random_poisson (1e-10, 2);
  g_autoptr (Conset) many = conset_random_poisson (65536.0, 3);
  ConsetWindow wide = { 1, (G_GUINT64_CONSTANT (1) << 40) + 1, 5, 7 };
  ConsetWindow few = CONSET_WINDOW (20, 20);
  double expected = 2e-10 * 0x1p40;

  ck_assert_uint_eq (grid_count (never, &wide), 0);
  assert_z ((grid_count (rare, &wide) - expected) / sqrt (expected), "count", 1e-10);
  assert_z ((grid_count (many, &few) - 400.0 * 65536.0) / sqrt (400.0 * 65536.0), "count", 65536.0);
}
END_TEST

static Suite *
poisson_suite (void)
{
  Suite *suite = suite_create ("poisson");
  TCase *law = test_case_add (suite, "law"), *same = test_case_add (suite, "same everywhere");

  tcase_add_loop_test (law, counts_are_poisson, 0, N_MEANS);
  tcase_add_loop_test (law, pairs_are_poisson, FIRST_COMMON, N_MEANS);
  tcase_add_loop_test (law, degrees_are_poisson, 0, N_MEANS);
  tcase_add_loop_test (law, neighbours_are_independent, FIRST_COMMON, N_MEANS);
  tcase_add_loop_test (law, neighbours_have_the_joint_law, FIRST_COMMON, N_MEANS - 3);
  tcase_add_loop_test (law, seeds_are_independent, FIRST_COMMON, N_MEANS - 3);

  tcase_add_loop_test (same, windows_cut_from_one_another_agree, 0, N_MEANS);
  tcase_add_loop_test (same, rare_members_agree, 0, FIRST_COMMON + 4);
  tcase_add_loop_test (same, kernels_agree, 0, N_MEANS);
  tcase_add_loop_test (same, expressions_are_pointwise, 0, N_MEANS);
  tcase_add_loop_test (same, complements_and_shapes_are_pointwise, 0, N_MEANS);
  tcase_add_loop_test (same, equal_sets_are_the_same, 0, N_MEANS);
  tcase_add_loop_test (same, multiplicities_are_bounded, 0, N_MEANS);
  tcase_add_test (same, means_are_checked);
  tcase_add_test (same, extreme_means_are_drawn);
  return suite;
}

int
main (void)
{
  return test_run (poisson_suite ());
}

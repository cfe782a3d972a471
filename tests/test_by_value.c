/* SPDX-License-Identifier: MIT */
/*
 * That conset_random_by_value() is what it says: independent trials, each with the probability
 * that the value has there, the same in every window, order and filter.
 *
 * Seeds are fixed, and each statistic fails with probability 1e-6 for a right generator (see
 * statistics.h). All tests together make about 120 statistics: 0.012 %.
 */
#include "everywhere.h"
#include "isas.h"
#include "statistics.h"
#include "support.h"

#include "kernels.h"

#include <math.h>
#include <string.h>

#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)

/* Values */

/* Takes all of [0, 1], in no order. */
static double
scatter_at (guint64 source, guint64 target, gpointer data)
{
  guint64 mixed = (source * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15) ^ target)
                  * G_GUINT64_CONSTANT (0xd1342543de82ef95);
  double p = (double) (mixed >> 11) * 0x1p-53;

  return data != NULL ? *(double *) data * p : p;
}

static ConsetValue *
scatter (double *factor)
{
  return conset_value_callback ("scatter", scatter_at, NULL, factor, NULL);
}

/* exp (-|i - j| / 50) */
static ConsetValue *
kernel (void)
{
  return conset_value_exp (conset_value_divide (
    conset_value_negate (conset_value_abs (conset_value_subtract (I, J))), NUMBER (50)));
}

/* 1 / |i - j|, infinite at i = j. */
static ConsetValue *
inverse (void)
{
  return conset_value_divide (NUMBER (1), conset_value_abs (conset_value_subtract (I, J)));
}

static guint64
count_in (const Conset *set, const ConsetWindow *window)
{
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  ck_assert_msg (conset_count (set, window, &count, &error), "%s",
                 error != NULL ? error->message : "");
  return count;
}

/* {{{ statistics */

/* 1 statistic: over many seeds, how often each pair is a member, as z values squared. */
START_TEST (each_pair_has_its_own_probability)
{
  enum
  {
    SIDE = 30,
    SEEDS = 3000
  };
  guint found[SIDE * SIDE] = { 0 };
  ConsetWindow window = { 5, 5 + SIDE, 3, 3 + SIDE };
  double sum = 0.0;
  guint df = 0;

  for (guint64 seed = 0; seed < SEEDS; seed++)
    {
      g_autoptr (Conset) set = conset_random_by_value (scatter (NULL), FALSE, seed);
      g_autoptr (PairList) list = pair_list_of_set (set, &window, CONSET_TARGET_MAJOR, NULL);

      for (gsize k = 0; k < pair_list_length (list); k++)
        found[(pair_list_target (list, k) - 3) * SIDE + pair_list_source (list, k) - 5]++;
    }
  for (guint64 j = 0; j < SIDE; j++)
    for (guint64 i = 0; i < SIDE; i++)
      {
        double p = scatter_at (5 + i, 3 + j, NULL), variance = SEEDS * p * (1.0 - p);
        double excess = found[j * SIDE + i] - SEEDS * p;

        if (variance < 20.0)
          continue;
        sum += excess * excess / variance;
        df++;
      }
  ck_assert_uint_gt (df, SIDE * SIDE * 9 / 10);
  ck_assert_msg (sum < chi_square_limit (df), "chi-square %g of %u degrees", sum, df);
}
END_TEST

/* 1 statistic a probability. */
START_TEST (counts_are_binomial)
{
  static const double ps[] = { 1e-6, 1e-3, 0.03, 0.3, 0.5, 0.97 };
  double p = ps[_i], n = 4e7 * p < 4000.0 ? 4e7 : 1e6;
  g_autoptr (Conset) set = conset_random_by_value (NUMBER (p), FALSE, 7);
  ConsetWindow window = { 11, 11 + (guint64) (n / 1000), 1, 1001 };

  assert_z ((count_in (set, &window) - n * p) / sqrt (n * p * (1.0 - p)), "count", p);
}
END_TEST

#define SIDE 1500

/* z of the covariance of members (i, j) of @a and (i + di, j + dj) of @b. */
static double
covariance_z (const guint8 *a, const guint8 *b, gsize di, gsize dj, double p)
{
  double n = (double) (SIDE - di) * (double) (SIDE - dj), both = 0.0, either = 0.0;

  for (gsize j = 0; j + dj < SIDE; j++)
    for (gsize i = 0; i + di < SIDE; i++)
      {
        guint8 x = a[j * SIDE + i], y = b[(j + dj) * SIDE + i + di];

        both += x & y;
        either += x + y;
      }
  return (both - p * either + n * p * p) / (p * (1.0 - p) * sqrt (n));
}

/* 14 statistics a probability: neighbours, and the same places of other sets. */
START_TEST (pairs_are_independent)
{
  static const gsize steps[][2] = { { 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 }, { 5, 0 },
                                    { 8, 0 }, { 0, 1 }, { 0, 4 }, { 1, 1 }, { 4, 1 } };
  double p = _i == 0 ? 0.1 : 0.5;
  g_autoptr (Conset) set = conset_random_by_value (NUMBER (p), FALSE, 1);
  g_autoptr (Conset) other = conset_random_by_value (NUMBER (p), FALSE, 2);
  g_autoptr (Conset) high = conset_random_by_value (NUMBER (p), FALSE, 1 | 1ull << 32);
  g_autoptr (Conset) rule = conset_random (p, 1);
  g_autoptr (Conset) turned = conset_transpose (conset_ref (set));
  g_autofree guint8 *matrix = matrix_of (set, SIDE, CONSET_TARGET_MAJOR);
  const Conset *const sets[] = { other, high, rule };

  for (guint k = 0; k < G_N_ELEMENTS (steps); k++)
    assert_z (covariance_z (matrix, matrix, steps[k][0], steps[k][1], p), "neighbours", p);
  for (guint k = 0; k < G_N_ELEMENTS (sets); k++)
    {
      g_autofree guint8 *there = matrix_of (sets[k], SIDE, CONSET_TARGET_MAJOR);

      assert_z (covariance_z (matrix, there, 0, 0, p), "other sets", p);
    }
  {
    g_autofree guint8 *there = matrix_of (turned, SIDE, CONSET_TARGET_MAJOR);
    double n = SIDE * (SIDE - 1) / 2.0, both = 0.0, either = 0.0;

    for (gsize j = 0; j < SIDE; j++)
      for (gsize i = 0; i < j; i++)
        {
          both += matrix[j * SIDE + i] & there[j * SIDE + i];
          either += matrix[j * SIDE + i] + there[j * SIDE + i];
        }
    assert_z ((both - p * either + n * p * p) / (p * (1.0 - p) * sqrt (n)), "transposed", p);
  }
}
END_TEST

/* }}} */

/* {{{ ties */

/* A probability that lies @data of the way between the pair's 32 bits and the next number. */
static double
tie_at (guint64 source, guint64 target, gpointer data)
{
  ConsetKey key = conset_key (9, CONSET_RULE_BERNOULLI_VALUE, 0);
  ConsetSheets sheets;
  guint32 bits;

  conset_sheets_init (&sheets, &key);
  bits = (guint32) (conset_sheets_draw (&sheets, source / 2, target) >> 32 * (source % 2));
  return (bits + *(double *) data) * 0x1p-32;
}

/* 1 statistic a part: where 32 bits tie, further ones decide. */
START_TEST (ties_are_decided_by_more_bits)
{
  static const double parts[] = { 0.0, 0.0625, 0.3125, 0.5, 0.875, 1.0 };
  double part = parts[_i];
  g_autoptr (Conset) set = conset_random_by_value (
    conset_value_callback ("tie", tie_at, NULL, (gpointer) &parts[_i], NULL), FALSE, 9);
  ConsetWindow window = CONSET_WINDOW (300, 100);
  double n = 30000.0, count = count_in (set, &window);

  if (part == 0.0 || part == 1.0)
    ck_assert_double_eq (count, part * n);
  else
    assert_z ((count - n * part) / sqrt (n * part * (1.0 - part)), "ties", part);
  for (guint64 i = 0; i < 100; i++)
    {
      g_autoptr (Conset) turned = conset_transpose (conset_ref (set));

      ck_assert_int_eq (conset_contains (set, i, 2 * i), conset_contains (turned, 2 * i, i));
    }
}
END_TEST

/* With and without ties, a greater probability has all members of a lesser one. */
START_TEST (greater_probability_is_superset)
{
  static double factors[] = { 0.0, 1e-3, 0.4, 0.4000001, 0.9999, 1.0 };
  static double parts[] = { 0.0, 0.1, 0.4, 0.40001, 0.9, 1.0 };
  ConsetWindow window = CONSET_WINDOW (400, 100);

  for (guint k = 1; k < G_N_ELEMENTS (factors); k++)
    {
      g_autoptr (Conset) gone =
        conset_difference (conset_random_by_value (scatter (&factors[k - 1]), FALSE, 3),
                           conset_random_by_value (scatter (&factors[k]), FALSE, 3));
      g_autoptr (Conset) tied_gone = conset_difference (
        conset_random_by_value (conset_value_callback ("a", tie_at, NULL, &parts[k - 1], NULL),
                                FALSE, 9),
        conset_random_by_value (conset_value_callback ("b", tie_at, NULL, &parts[k], NULL), FALSE,
                                9));

      ck_assert_uint_eq (count_in (gone, &window), 0);
      ck_assert_uint_eq (count_in (tied_gone, &window), 0);
    }
}
END_TEST

/* }}} */

/* {{{ the same everywhere */

static const guint64 bases[] = { 0, 65536 - 700, (G_GUINT64_CONSTANT (1) << 32) - 99,
                                 (G_GUINT64_CONSTANT (1) << 53) - 300, CONSET_INDEX_END - 1500 };

/* That iterating @window gives what @set is asked pair by pair, and @also has. */
static void
assert_window (const Conset *set,
               const Conset *asked,
               const Conset *also,
               const ConsetWindow *window,
               ConsetOrder order)
{
  g_autoptr (PairList) got = pair_list_of_set (set, window, order, NULL);
  g_autoptr (PairList) expected = pair_list_new ();
  g_autofree char *difference = NULL;
  gboolean by_target = order == CONSET_TARGET_MAJOR;
  guint64 line = by_target ? window->target_first : window->source_first;
  guint64 lines_end = by_target ? window->target_end : window->source_end;
  guint64 first = by_target ? window->source_first : window->target_first;
  guint64 end = by_target ? window->source_end : window->target_end;

  ck_assert_ptr_nonnull (got);
  for (; line < lines_end; line++)
    for (guint64 k = first; k < end; k++)
      {
        guint64 i = by_target ? k : line, j = by_target ? line : k;

        if (conset_contains (asked, i, j) && (also == NULL || conset_contains (also, i, j)))
          pair_list_add (expected, i, j);
      }
  difference = pair_list_difference (got, expected);
  ck_assert_msg (difference == NULL, "%s: %s", conset_isa (), difference);
}

static ConsetWindow
random_window (GRand *rand, guint k)
{
  guint64 i = bases[k % G_N_ELEMENTS (bases)] + g_rand_int_range (rand, 0, 70);
  guint64 j =
    bases[k / G_N_ELEMENTS (bases) % G_N_ELEMENTS (bases)] + g_rand_int_range (rand, 0, 70);

  return k % 2 == 0 ? (ConsetWindow){ i, i + g_rand_int_range (rand, 1, 1400), j, j + 5 }
                    : (ConsetWindow){ i, i + 5, j, j + g_rand_int_range (rand, 1, 1400) };
}

START_TEST (windows_and_orders_agree)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (12);

  if (!conset_set_isa (isas[_i]))
    return;
  for (guint k = 0; k < 100; k++)
    {
      g_autoptr (Conset) set =
        conset_random_by_value (k % 3 == 0 ? scatter (NULL) : kernel (), FALSE, k);
      ConsetWindow window = random_window (rand, k);

      assert_window (set, set, NULL, &window, CONSET_TARGET_MAJOR);
      assert_window (set, set, NULL, &window, CONSET_SOURCE_MAJOR);
    }
  conset_set_isa ("auto");
}
END_TEST

/* Sets to intersect with: sparse and dense ones, runs, lists, bitmaps. */
static Conset *
candidates (guint k, const ConsetWindow *window)
{
  guint64 i = window->source_first, j = window->target_first;
  guint64 some = MIN (window->source_end - i, window->target_end - j);
  g_autoptr (GArray) sources = g_array_new (FALSE, FALSE, sizeof (guint64));
  g_autoptr (GArray) targets = g_array_new (FALSE, FALSE, sizeof (guint64));

  switch (k % 7)
    {
    case 0:
      return conset_random (0.001, 5);
    case 1:
      return conset_random (0.1, 5);
    case 2:
      return conset_random (0.8, 5);
    case 3:
      return conset_difference (conset_full (), conset_random (0.01, 5));
    case 4:
      return conset_block (64, 64, conset_random (0.5, 5));
    case 5:
      for (guint64 n = 0; n < some; n++)
        {
          guint64 source = i + n, target = j + n * 3 % some;

          g_array_append_val (sources, source);
          g_array_append_val (targets, target);
        }
      return conset_explicit ((guint64 *) (gpointer) sources->data,
                              (guint64 *) (gpointer) targets->data, some);
    default:
      return conset_cross (conset_intervals_range (i + some / 3, window->source_end, 1),
                           conset_intervals_range (j, j + some, 1));
    }
}

START_TEST (filters_agree)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (13);

  if (!conset_set_isa (isas[_i]))
    return;
  for (guint k = 0; k < 140; k++)
    {
      ConsetWindow window = random_window (rand, k);
      g_autoptr (Conset) set =
        conset_random_by_value (k % 3 == 0 ? scatter (NULL) : kernel (), FALSE, k);
      g_autoptr (Conset) also = candidates (k, &window);
      g_autoptr (Conset) both = conset_intersect (conset_ref (set), conset_ref (also));
      g_autoptr (Conset) less = conset_difference (conset_ref (also), conset_ref (set));
      g_autoptr (Conset) less_set = conset_complement (conset_ref (set));

      for (guint order = 0; order < 2; order++)
        {
          assert_window (both, set, also, &window, order);
          assert_window (less, less_set, also, &window, order);
        }
    }
  conset_set_isa ("auto");
}
END_TEST

/* A tile too wide for a bitmap: a thin set makes it so, and a sum has it filled, not filtered. */
START_TEST (wide_tiles_agree)
{
  ConsetWindow window = { 1000, 400000, 77, 80 };
  g_autoptr (Conset) set = conset_random_by_value (kernel (), FALSE, 1);
  g_autoptr (Conset) thin = conset_random (1e-5, 2);
  g_autoptr (Conset) both =
    conset_intersect (conset_ref (thin), conset_sum (conset_ref (set), conset_ref (set)));
  g_autoptr (Conset) less = conset_difference (conset_ref (thin), conset_ref (set));

  assert_window (both, set, thin, &window, CONSET_TARGET_MAJOR);
  ck_assert_uint_eq (count_in (both, &window) + count_in (less, &window), count_in (thin, &window));
}
END_TEST

/* Whole sets, as they are now and for all time. */
START_TEST (members_never_change)
{
  ConsetWindow window = CONSET_WINDOW (500, 300);
  g_autoptr (Conset) set = conset_random_by_value (kernel (), FALSE, 20);
  g_autofree char *digest = NULL;

  if (!conset_set_isa (isas[_i]))
    return;
  digest = conset_digest (set, &window, NULL);
  ck_assert_str_eq (digest, "838679eaccd238dc258911b9bece1249cdce22c53708f14bd4b5e95646ba11d2");
  conset_set_isa ("auto");
}
END_TEST

/* }}} */

/* {{{ probabilities that are none */

static void
assert_fails (const Conset *set,
              const ConsetWindow *window,
              ConsetOrder order,
              const char *expected)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PairList) list = pair_list_of_set (set, window, order, &error);

  ck_assert_ptr_null (list);
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_PROBABILITY));
  ck_assert_str_eq (error->message, expected);
}

START_TEST (wrong_probability_stops_evaluation)
{
  g_autoptr (Conset) tenths =
    conset_random_by_value (conset_value_divide (I, NUMBER (10)), FALSE, 1);
  g_autoptr (Conset) below =
    conset_random_by_value (conset_value_subtract (NUMBER (0.5), J), FALSE, 1);
  g_autoptr (Conset) roots =
    conset_random_by_value (conset_value_sqrt (conset_value_subtract (I, NUMBER (1))), TRUE, 1);
  ConsetWindow window = CONSET_WINDOW (2000, 3);
  guint64 count;

  assert_fails (tenths, &window, CONSET_TARGET_MAJOR,
                "random(seed=1) * (i / 10): the probability of source 11, target 0 is 1.1, which "
                "is not in [0, 1]; change the value, or clip it to [0, 1] with clip=True");
  assert_fails (tenths, &window, CONSET_SOURCE_MAJOR,
                "random(seed=1) * (i / 10): the probability of source 11, target 0 is 1.1, which "
                "is not in [0, 1]; change the value, or clip it to [0, 1] with clip=True");
  assert_fails (below, &window, CONSET_TARGET_MAJOR,
                "random(seed=1) * (0.5 - j): the probability of source 0, target 1 is -0.5, which "
                "is not in [0, 1]; change the value, or clip it to [0, 1] with clip=True");
  assert_fails (roots, &window, CONSET_TARGET_MAJOR,
                "random(clip=True, seed=1) * sqrt(i - 1): the probability of source 0, target 0 is "
                "nan, which is not in [0, 1]; take these pairs away from the candidates, or change "
                "the value");
  ck_assert (!conset_count (tenths, &window, &count, NULL));
  ck_assert (!conset_contains (tenths, 11, 0));
  ck_assert (conset_contains (tenths, 10, 0));
  ck_assert (!conset_contains (roots, 0, 0));
  ck_assert_uint_eq (count_in (tenths, &CONSET_WINDOW (1, 1000)), 0);
}
END_TEST

/* Pairs that are no candidates do not matter, whether there are few candidates or many. */
START_TEST (wrong_probability_matters_only_where_it_is_asked_for)
{
  ConsetWindow window = CONSET_WINDOW (1000, 1000);
  g_autoptr (Conset) set = conset_random_by_value (inverse (), FALSE, 4);
  g_autoptr (Conset) apart = conset_difference (conset_full (), conset_one_to_one ());
  g_autoptr (Conset) dense = conset_intersect (conset_ref (set), conset_ref (apart));
  g_autoptr (Conset) sparse = conset_intersect (
    conset_intersect (conset_ref (set), conset_random (0.05, 1)), conset_ref (apart));
  g_autoptr (Conset) turned = conset_transpose (
    conset_intersect (conset_ref (apart), conset_transpose (conset_transpose (conset_ref (set)))));
  double expected = 0.0;

  for (guint d = 1; d < 1000; d++)
    expected += 2.0 * (1000 - d) / d;
  /* Of variances less than their means: |z| is overrated. 2 statistics. */
  assert_z ((count_in (dense, &window) - expected) / sqrt (expected), "off the diagonal", 1.0);
  assert_z ((count_in (sparse, &window) - 0.05 * expected) / sqrt (0.05 * expected),
            "off the diagonal", 0.05);
  ck_assert_uint_eq (count_in (turned, &window), count_in (dense, &window));
  assert_fails (set, &window, CONSET_SOURCE_MAJOR,
                "random(seed=4) * (1 / abs(i - j)): the probability of source 0, target 0 is inf, "
                "which is not in [0, 1]; change the value, or clip it to [0, 1] with clip=True");
}
END_TEST

START_TEST (clipping_cuts_both_ends)
{
  /* (i - 10) / 10: nothing up to source 10, everything from source 20 on. */
  g_autoptr (Conset) set = conset_random_by_value (
    conset_value_divide (conset_value_subtract (I, NUMBER (10)), NUMBER (10)), TRUE, 1);
  ConsetWindow none = { 0, 11, 0, 100 }, all = { 20, 700, 0, 100 }, some = { 15, 16, 0, 10000 };

  ck_assert_uint_eq (count_in (set, &none), 0);
  ck_assert_uint_eq (count_in (set, &all), 68000);
  assert_z ((count_in (set, &some) - 5000.0) / 50.0, "clipped", 0.5);
  ck_assert (conset_contains (set, 1000, 0));
  ck_assert (!conset_contains (set, 3, 0));
}
END_TEST

/* }}} */

/* {{{ composition */

static void
assert_set_text (Conset *set, const char *expected)
{
  g_autofree char *text = conset_to_string (set);

  ck_assert_str_eq (text, expected);
  conset_unref (set);
}

START_TEST (set_prints_its_value)
{
  assert_set_text (conset_random_by_value (kernel (), FALSE, 3),
                   "random(seed=3) * exp(-abs(i - j) / 50)");
  assert_set_text (conset_random_by_value (conset_value_divide (I, NUMBER (9)), TRUE, 3),
                   "random(clip=True, seed=3) * (i / 9)");
  assert_set_text (
    conset_intersect (conset_cross_n (2, 2), conset_random_by_value (kernel (), FALSE, 3)),
    "cross(range(2), range(2)) * (random(seed=3) * exp(-abs(i - j) / 50))");
  assert_set_text (conset_random_by_value (NUMBER (0.5), FALSE, 3), "random(seed=3) * 0.5");
}
END_TEST

static void
assert_set_error (Conset *set, const char *expected)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert_str_eq (error->message, expected);
  conset_unref (set);
}

START_TEST (composition_errors_and_reducers)
{
  g_autoptr (Conset) none = conset_random_by_value (NUMBER (0), FALSE, 1);
  g_autoptr (Conset) all = conset_random_by_value (NUMBER (1), FALSE, 1);
  g_autoptr (Conset) above = conset_random_by_value (NUMBER (3), TRUE, 1);
  g_autoptr (Conset) below = conset_random_by_value (NUMBER (-3), TRUE, 1);

  ck_assert_uint_eq (conset_max_multiplicity (none), 0);
  ck_assert_uint_eq (conset_max_multiplicity (below), 0);
  ck_assert_uint_eq (count_in (all, &CONSET_WINDOW (100, 100)), 10000);
  ck_assert_uint_eq (count_in (above, &CONSET_WINDOW (100, 100)), 10000);
  ck_assert (!conset_is_random (all));
  assert_set_error (conset_random_by_value (NUMBER (1.5), FALSE, 1),
                    "random * 1.5: probability must lie in [0, 1]; change it, or clip it with "
                    "clip=True");
  assert_set_error (conset_random_by_value (NUMBER (-0.1), FALSE, 1),
                    "random * -0.1: probability must lie in [0, 1]; change it, or clip it with "
                    "clip=True");
  assert_set_error (conset_random_by_value (conset_value_log (NUMBER (-1)), TRUE, 1),
                    "log(-1): the result is not a number; use numbers for which it is finite");
}
END_TEST

START_TEST (expected_counts_are_near)
{
  g_autoptr (Conset) set = conset_random_by_value (kernel (), FALSE, 1);
  g_autoptr (Conset) constant = conset_random_by_value (NUMBER (0.25), FALSE, 1);
  g_autoptr (Conset) clipped = conset_random_by_value (conset_value_subtract (I, J), TRUE, 1);
  g_autoptr (Conset) turned = conset_transpose (conset_ref (set));
  double small = 0.0, large = 0.0;

  for (guint64 i = 0; i < 100; i++)
    for (guint64 j = 0; j < 100; j++)
      small += exp (-fabs ((double) i - (double) j) / 50);
  for (guint64 d = 0; d < 3000; d++)
    large += (d == 0 ? 1 : 2) * (3000.0 - d) * exp (-(double) d / 50);
  ck_assert_double_eq_tol (conset_expected_count (set, &CONSET_WINDOW (100, 100)), small,
                           1e-9 * small);
  ck_assert_double_eq_tol (conset_expected_count (set, &CONSET_WINDOW (3000, 3000)), large,
                           0.05 * large);
  ck_assert_double_eq_tol (conset_expected_count (turned, &CONSET_WINDOW (3000, 3000)), large,
                           0.05 * large);
  ck_assert_double_eq_tol (conset_expected_count (constant, &CONSET_WINDOW (1ull << 40, 1000)),
                           0.25 * 0x1p40 * 1000, 1e6);
  ck_assert_double_eq (conset_expected_count (clipped, &CONSET_WINDOW (100, 50)), 3725.0);
}
END_TEST

START_TEST (explanation_filters_what_looks_at_every_pair)
{
  g_autoptr (Conset) set =
    conset_intersect (conset_random_by_value (NUMBER (0.001), FALSE, 1), conset_random (0.5, 2));
  g_autofree char *text =
    conset_explain (set, &CONSET_WINDOW (1000, 1000), CONSET_TARGET_MAJOR, NULL);

  ck_assert_msg (strstr (text, "fill (leads): random(0.5, seed=2)") != NULL, "%s", text);
  ck_assert_msg (strstr (text, "filter, keep: random(seed=1) * 0.001, about 1000 members; a trial "
                               "for each pair, in blocks")
                   != NULL,
                 "%s", text);
}
END_TEST

/* }}} */

static Suite *
by_value_suite (void)
{
  Suite *suite = suite_create ("by_value");
  TCase *tcase = test_case_add (suite, "statistics");

  tcase_add_test (tcase, each_pair_has_its_own_probability);
  tcase_add_loop_test (tcase, counts_are_binomial, 0, 6);
  tcase_add_loop_test (tcase, pairs_are_independent, 0, 2);
  tcase_add_loop_test (tcase, ties_are_decided_by_more_bits, 0, 6);
  tcase_add_test (tcase, greater_probability_is_superset);
  tcase = test_case_add (suite, "the same everywhere");
  tcase_add_loop_test (tcase, windows_and_orders_agree, 0, N_ISAS);
  tcase_add_loop_test (tcase, filters_agree, 0, N_ISAS);
  tcase_add_test (tcase, wide_tiles_agree);
  tcase_add_loop_test (tcase, members_never_change, 0, N_ISAS);
  tcase = test_case_add (suite, "probabilities that are none");
  tcase_add_test (tcase, wrong_probability_stops_evaluation);
  tcase_add_test (tcase, wrong_probability_matters_only_where_it_is_asked_for);
  tcase_add_test (tcase, clipping_cuts_both_ends);
  tcase = test_case_add (suite, "composition");
  tcase_add_test (tcase, set_prints_its_value);
  tcase_add_test (tcase, composition_errors_and_reducers);
  tcase_add_test (tcase, expected_counts_are_near);
  tcase_add_test (tcase, explanation_filters_what_looks_at_every_pair);
  return suite;
}

int
main (void)
{
  return test_run (by_value_suite ());
}

/* SPDX-License-Identifier: MIT */
/*
 * Networks of excitatory and inhibitory neurons: the example of the tutorial of braintools, laws,
 * values and their signs, errors, texts.
 *
 * Seeds are fixed. The totals of the tutorial's example are to lie within 4 standard deviations,
 * which fails wrongly with probability 6e-5 each, 60 times; every other statistic alarms
 * wrongly with probability 1e-6 (statistics.h), 8 of them.
 */
#include "everywhere.h"
#include "statistics.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define N 500
#define N_EXC 400
#define N_INH 100
#define EXC_PROB 0.1
#define INH_PROB 0.2
#define N_SEEDS 20

/* The tutorial's, without values. */
static Conset *
plain_network (guint64 seed)
{
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (N);

  network.seed = seed;
  return conset_excitatory_inhibitory (&network);
}

/* With weights and, unless it is NULL, delays of both kinds. */
static Conset *
weighted_network (ConsetValue *exc_weight, ConsetValue *inh_weight, ConsetValue *delay)
{
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (N);

  network.exc_weight = exc_weight;
  network.inh_weight = inh_weight;
  network.exc_delay = delay != NULL ? conset_value_ref (delay) : NULL;
  network.inh_delay = delay;
  network.seed = 42;
  return conset_excitatory_inhibitory (&network);
}

/* {{{ members */

/* Number of connections from sources [first, end). */
static guint64
count_from (const Conset *set, guint64 first, guint64 end)
{
  const ConsetWindow window = { first, end, 0, N };
  guint64 count;

  ck_assert (conset_count (set, &window, &count, NULL));
  return count;
}

static void
assert_within_4 (guint64 found, double pairs, double p)
{
  double excess = ((double) found - pairs * p) / sqrt (pairs * p * (1.0 - p));

  ck_assert_msg (fabs (excess) < 4.0, "%g standard deviations", excess);
}

/* 500 neurons, 400 of them excitatory, and 30,000 connections expected. */
START_TEST (tutorial_example)
{
  const double variance =
    N_EXC * N * EXC_PROB * (1.0 - EXC_PROB) + N_INH * N * INH_PROB * (1.0 - INH_PROB);
  double total = 0.0;

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (Conset) set = plain_network (seed);
      guint64 exc = count_from (set, 0, N_EXC), inh = count_from (set, N_EXC, N);

      assert_within_4 (exc, N_EXC * N, EXC_PROB);
      assert_within_4 (inh, N_INH * N, INH_PROB);
      ck_assert_uint_eq (count_from (set, 0, CONSET_INDEX_END), exc + inh);
      ck_assert_double_eq (conset_expected_count (set, NULL), 30000.0);
      ck_assert (fabs ((double) (exc + inh) - 30000.0) < 4.0 * sqrt (variance));
      total += (double) (exc + inh);
    }
  assert_z ((total - N_SEEDS * 30000.0) / sqrt (N_SEEDS * variance), "connections", N_SEEDS);
}
END_TEST

/* The degrees that @n lines have in @from, binomial with @n_trials and @p. */
static void
assert_degrees (const guint *found, guint n, guint n_trials, double p, const char *what)
{
  ChiSquare chi = { 0 };

  for (guint k = 0; k <= n_trials; k++)
    chi_square_add (&chi, n * binomial_chance (n_trials, k, p), found[k]);
  chi_square_assert (&chi, what, p);
}

/* In-degrees from either population, and out-degrees of either, over all seeds. 4 statistics. */
START_TEST (degrees_are_binomial)
{
  guint in[2][N + 1] = { 0 }, out[2][N + 1] = { 0 };

  for (guint64 seed = 0; seed < N_SEEDS; seed++)
    {
      g_autoptr (Conset) set = plain_network (seed);
      g_autofree guint8 *matrix = matrix_of (set, N, CONSET_TARGET_MAJOR);

      for (guint a = 0; a < N; a++)
        {
          guint from[2] = { 0 }, to = 0;

          for (guint b = 0; b < N; b++)
            {
              from[b >= N_EXC] += matrix[a * N + b];
              to += matrix[b * N + a];
            }
          in[0][from[0]]++;
          in[1][from[1]]++;
          out[a >= N_EXC][to]++;
        }
    }
  assert_degrees (in[0], N_SEEDS * N, N_EXC, EXC_PROB, "in-degree from excitatory");
  assert_degrees (in[1], N_SEEDS * N, N_INH, INH_PROB, "in-degree from inhibitory");
  assert_degrees (out[0], N_SEEDS * N_EXC, N, EXC_PROB, "out-degree of excitatory");
  assert_degrees (out[1], N_SEEDS * N_INH, N, INH_PROB, "out-degree of inhibitory");
}
END_TEST

/* Also what is known without looking: the laws of degrees. */
START_TEST (laws_are_known)
{
  g_autoptr (Conset) set = plain_network (7);
  const ConsetWindow windows[2] = { { 0, N_EXC, 0, N }, { N_EXC, N, 0, N } };
  const double ps[2] = { EXC_PROB, INH_PROB };

  ck_assert_uint_eq (conset_max_multiplicity (set), 1);
  for (guint kind = 0; kind < 2; kind++)
    {
      double n = (double) (windows[kind].source_end - windows[kind].source_first);
      ConsetLaw in = conset_law_binomial (n, ps[kind]), out = conset_law_binomial (N, ps[kind]);
      ConsetLaw law;

      ck_assert (conset_degree_law (set, &windows[kind], CONSET_TARGET_MAJOR, 3, &law, NULL));
      ck_assert (conset_law_equal (&law, &in));
      ck_assert (
        conset_degree_law (set, NULL, CONSET_SOURCE_MAJOR, windows[kind].source_first, &law, NULL));
      ck_assert (conset_law_equal (&law, &out));
    }
}
END_TEST

/* 3 statistics. Two seeds, and the two kinds of one seed, are independent. */
START_TEST (parts_and_seeds_are_independent)
{
  g_autoptr (Conset) a = plain_network (1);
  g_autoptr (Conset) b = plain_network (2);
  g_autoptr (Conset) both = conset_intersect (conset_ref (a), conset_ref (b));
  ConsetExcitatoryInhibitory half = CONSET_EXCITATORY_INHIBITORY_INIT (N);
  g_autoptr (Conset) halves = NULL;
  g_autoptr (Conset) overlap = NULL;
  const double q = EXC_PROB * EXC_PROB, r = INH_PROB * INH_PROB, s = 0.25;

  assert_z (((double) count_from (both, 0, N_EXC) - N_EXC * N * q) / sqrt (N_EXC * N * q * (1 - q)),
            "seeds", 1);
  assert_z (((double) count_from (both, N_EXC, N) - N_INH * N * r) / sqrt (N_INH * N * r * (1 - r)),
            "seeds", 2);
  half.exc_ratio = half.exc_prob = half.inh_prob = 0.5;
  halves = conset_excitatory_inhibitory (&half);
  overlap = conset_intersect (conset_ref (halves), conset_shift (N / 2, 0, conset_ref (halves)));
  assert_z (((double) count_from (overlap, N / 2, N) - N / 2 * N * s)
              / sqrt (N / 2 * N * s * (1 - s)),
            "kinds", 0.5);
}
END_TEST

/* Nor does it change from one release to the next. */
START_TEST (the_same_everywhere)
{
  g_autoptr (Conset) set = plain_network (42);
  g_autofree char *digest = conset_digest (set, NULL, NULL);

  ck_assert_str_eq (digest, "d38fe547fb5ec28d67c9b9ad02b2abac99dfb210827862d6ee6938d3a8cb0d0c");
  assert_same_everywhere (set, N);
}
END_TEST

START_TEST (autapses_are_not_left_out)
{
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (N);
  g_autoptr (Conset) set = NULL;
  guint64 count;

  network.exc_prob = network.inh_prob = 1.0;
  set = conset_excitatory_inhibitory (&network);
  ck_assert (conset_count (set, NULL, &count, NULL));
  ck_assert_uint_eq (count, N * N);
}
END_TEST

/* As Python has int(n * ratio). */
START_TEST (counts_are_products_rounded_down)
{
  const struct
  {
    guint64 n;
    double ratio;
    guint64 exc;
  } cases[] = {
    { 500, 0.8, 400 }, { 10, 0.7, 7 },
    { 100, 0.29, 28 }, { 7, 0.5, 3 },
    { 0, 0.8, 0 },     { 9, 0.0, 0 },
    { 9, 1.0, 9 },     { CONSET_INDEX_END - 1, 1.0, CONSET_INDEX_END - 1 },
  };

  for (guint k = 0; k < G_N_ELEMENTS (cases); k++)
    {
      guint64 exc, inh;

      conset_excitatory_inhibitory_count (cases[k].n, cases[k].ratio, &exc, &inh);
      ck_assert_uint_eq (exc, cases[k].exc);
      ck_assert_uint_eq (exc + inh, cases[k].n);
      conset_excitatory_inhibitory_count (cases[k].n, cases[k].ratio, NULL, NULL);
    }
}
END_TEST

/* }}} */

/* {{{ values */

/* Every connection has the weight of its source's kind, and the delay 1 + i + 1000 j. */
START_TEST (connections_have_the_values_of_their_kind)
{
  ConsetValue *delay = conset_value_add (
    conset_value_constant (1.0),
    conset_value_add (conset_value_source (), conset_value_multiply (conset_value_constant (1000.0),
                                                                     conset_value_target ())));
  g_autoptr (Conset) set =
    weighted_network (conset_value_constant (1.0), conset_value_constant (-0.8), delay);
  g_autoptr (Conset) plain = plain_network (42);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, _i);
  g_autoptr (ConsetIter) like = conset_iter_new (plain, NULL, _i);
  guint64 source, target;

  ck_assert_uint_eq (conset_arity (set), 2);
  ck_assert_str_eq (conset_column_name (set, 0), "weight");
  ck_assert_str_eq (conset_column_name (set, 1), "delay");
  ck_assert_uint_eq (conset_arity (plain), 0);
  while (conset_iter_next (iter, &source, &target))
    {
      guint64 i, j;

      ck_assert (conset_iter_next (like, &i, &j) && i == source && j == target);
      ck_assert_double_eq (conset_iter_get_value (iter, 0), source < N_EXC ? 1.0 : -0.8);
      ck_assert_double_eq (conset_iter_get_value (iter, 1), 1.0 + source + 1000.0 * target);
    }
  ck_assert (conset_iter_finish (iter, NULL));
  ck_assert (!conset_iter_next (like, &source, &target));
}
END_TEST

/* No kind need have a source. */
START_TEST (columns_stay_without_connections)
{
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (N);
  g_autoptr (Conset) set = NULL;
  guint64 count;

  network.exc_ratio = _i;
  network.exc_prob = network.inh_prob = 0.0;
  network.exc_delay = conset_value_constant (1.5);
  network.inh_delay = conset_value_constant (0.5);
  set = conset_excitatory_inhibitory (&network);
  ck_assert_uint_eq (conset_arity (set), 1);
  ck_assert_str_eq (conset_column_name (set, 0), "delay");
  ck_assert (conset_count (set, NULL, &count, NULL));
  ck_assert_uint_eq (count, 0);
}
END_TEST

/* Sources [first, end) to all, with p and its own number as value. */
static Conset *
stripe (guint64 first, guint64 end, double p, double number)
{
  ConsetValue *value =
    conset_value_add (conset_value_constant (number),
                      conset_value_divide (conset_value_source (), conset_value_constant (1000.0)));

  return conset_cset (conset_intersect (conset_random (p, (guint64) number),
                                        conset_cross (conset_intervals_range (first, end, 1),
                                                      conset_intervals_range (0, 60, 1))),
                      1, &value, NULL);
}

/* Sums of stripes, apart, touching and overlapping: batches tell what a look at each pair does. */
START_TEST (batches_and_pairs_agree_on_values)
{
  static const guint64 stripes[][4][2] = {
    { { 0, 40 }, { 40, 100 }, { 100, 100 }, { 110, 120 } },
    { { 0, 100 }, { 20, 30 }, { 60, 130 }, { 128, 140 } },
    { { 90, 140 }, { 0, 5 }, { 5, 90 }, { 100, 120 } },
  };
  g_autoptr (Conset) set = stripe (0, 0, 1.0, 1.0);
  const ConsetOrder order = _i / 3;
  g_autoptr (ConsetIter) iter = NULL;
  guint64 source, target, last_source = G_MAXUINT64, last_target = G_MAXUINT64, copy = 0;

  for (guint k = 0; k < 4; k++)
    set = conset_sum (set, stripe (stripes[_i % 3][k][0], stripes[_i % 3][k][1], 0.4, k + 2.0));
  iter = conset_iter_new (set, NULL, order);
  while (conset_iter_next (iter, &source, &target))
    {
      double value = NAN;

      copy = source == last_source && target == last_target ? copy + 1 : 0;
      ck_assert (conset_values_at (set, source, target, copy, &value, NULL));
      ck_assert_double_eq (conset_iter_get_value (iter, 0), value);
      last_source = source;
      last_target = target;
    }
  ck_assert (conset_iter_finish (iter, NULL));
}
END_TEST

/* }}} */

/* {{{ signs */

/* Iterates @set; returns: (transfer full): what is wrong, or NULL. */
static GError *
iterate (const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  GError *error = NULL;
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    ;
  return conset_iter_finish (iter, &error) ? NULL : error;
}

static ConsetValue *
source_less (double number)
{
  return conset_value_subtract (conset_value_source (), conset_value_constant (number));
}

static ConsetValue *
target_less (double number)
{
  return conset_value_subtract (conset_value_target (), conset_value_constant (number));
}

/* The pair and the number that a message names are a connection, and what it has there. */
static void
assert_names_a_connection (const char *message, const Conset *plain, const ConsetValue *weight)
{
  const char *text = strstr (message, "but is ");
  guint64 source, target;
  double number;

  ck_assert_msg (text != NULL, "%s", message);
  ck_assert_int_eq (
    sscanf (text, "but is %lf from source %" G_GUINT64_FORMAT " to target %" G_GUINT64_FORMAT ";",
            &number, &source, &target),
    3);
  ck_assert_msg (conset_contains (plain, source, target), "%s", message);
  ck_assert_double_eq (conset_value_at (weight, source, target), number);
}

/* Weights that have the wrong sign at some pairs: by source, by target, of either kind. */
START_TEST (a_wrong_sign_stops_where_it_is)
{
  const gboolean exc = _i % 2 == 0;
  const ConsetOrder order = _i / 4;
  g_autoptr (ConsetValue) weight =
    _i / 2 % 2 == 0 ? source_less (exc ? 50 : 450) : target_less (99);
  g_autoptr (Conset) plain = plain_network (42);
  g_autoptr (Conset) set = NULL;
  g_autoptr (GError) error = NULL;
  guint64 count;

  if (exc)
    set = weighted_network (conset_value_ref (weight), conset_value_constant (-1.0), NULL);
  else
    set = weighted_network (conset_value_constant (1.0), conset_value_ref (weight), NULL);
  ck_assert (conset_check (set, NULL));
  /* Members can be asked for, whatever the weights are. */
  ck_assert (conset_count (set, NULL, &count, NULL));
  ck_assert_uint_eq (count, count_from (plain, 0, N));
  error = iterate (set, NULL, order);
  ck_assert_msg (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE), "%s",
                 error != NULL ? error->message : "no error");
  ck_assert (strstr (error->message, exc ? "exc_weight=" : "inh_weight=") != NULL);
  ck_assert (strstr (error->message, "dale=False") != NULL);
  assert_names_a_connection (error->message, plain, weight);
}
END_TEST

/* Wherever among the others it stands. */
START_TEST (a_single_wrong_sign_is_found)
{
  const ConsetWindow line = { 0, N, 7, 8 };
  g_autoptr (Conset) plain = plain_network (42);
  gsize n;
  g_autofree guint64 *sources = conset_sources_of (plain, 7, 0, N_EXC, &n, NULL);

  ck_assert_uint_gt (n, 20);
  for (gsize k = 0; k < n; k++)
    {
      ConsetValue *weight = conset_value_subtract (
        conset_value_abs (source_less ((double) sources[k])), conset_value_constant (0.5));
      g_autoptr (Conset) set = weighted_network (weight, conset_value_constant (-1.0), NULL);
      g_autofree char *place =
        g_strdup_printf ("but is -0.5 from source %" G_GUINT64_FORMAT " to target 7;", sources[k]);
      g_autoptr (GError) error = iterate (set, &line, CONSET_TARGET_MAJOR);

      ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
      ck_assert_msg (strstr (error->message, place) != NULL, "%s", error->message);
    }
}
END_TEST

/* A distribution may break the rule, or be cut off so that it cannot. */
START_TEST (distributions_are_watched)
{
  g_autoptr (Conset) plain = plain_network (42);
  g_autoptr (ConsetValue) normal =
    conset_value_normal (conset_value_constant (1.0), conset_value_constant (0.4), 3);
  g_autoptr (Conset) loose =
    weighted_network (conset_value_ref (normal), conset_value_constant (-1.0), NULL);
  g_autoptr (Conset) cut = weighted_network (
    conset_value_truncated_normal (conset_value_constant (1.0), conset_value_constant (0.4),
                                   conset_value_constant (0.0), NULL, 3),
    conset_value_negate (
      conset_value_lognormal (conset_value_constant (0.8), conset_value_constant (0.2), 4)),
    NULL);
  g_autoptr (GError) error = iterate (loose, NULL, _i);
  g_autoptr (GError) none = iterate (cut, NULL, _i);

  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
  assert_names_a_connection (error->message, plain, normal);
  ck_assert_msg (none == NULL, "%s", none != NULL ? none->message : "");
}
END_TEST

START_TEST (what_is_not_looked_at_may_be_wrong)
{
  g_autoptr (Conset) set = weighted_network (source_less (50), source_less (450), NULL);
  const ConsetWindow right = { 50, 451, 0, N };
  g_autoptr (GError) error = iterate (set, &right, CONSET_TARGET_MAJOR);
  double value = 0.0;

  ck_assert_msg (error == NULL, "%s", error != NULL ? error->message : "");
  for (guint64 source = 0; source < N; source++)
    if (conset_contains (set, source, 7))
      {
        g_autoptr (GError) wrong = NULL;
        gboolean good = conset_values_at (set, source, 7, 0, &value, &wrong);

        ck_assert (good == (source >= 50 && source <= 450));
        ck_assert (good || g_error_matches (wrong, CONSET_ERROR, CONSET_ERROR_VALUE));
        ck_assert (!good || value == (double) source - (source < N_EXC ? 50.0 : 450.0));
      }
}
END_TEST

START_TEST (signs_are_free_without_dale)
{
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (N);
  g_autoptr (Conset) set = NULL;
  g_autoptr (Conset) magnitudes = NULL;
  g_autoptr (GError) error = NULL;

  network.dale = FALSE;
  network.exc_weight = source_less (50);
  network.inh_weight = target_less (50);
  set = conset_excitatory_inhibitory (&network);
  error = iterate (set, NULL, CONSET_TARGET_MAJOR);
  ck_assert (error == NULL);
  network.exc_weight = conset_value_constant (-1.0);
  network.inh_weight = conset_value_constant (0.8);
  magnitudes = conset_excitatory_inhibitory (&network);
  ck_assert (conset_check (magnitudes, NULL));
}
END_TEST

/* }}} */

/* {{{ texts and errors */

static const char *const texts[] = {
  "ExcitatoryInhibitory(500, exc_ratio=0.8, exc_prob=0.1, inh_prob=0.2, seed=42)",
  "ExcitatoryInhibitory(500, exc_ratio=0.8, exc_prob=0.1, inh_prob=0.2, exc_weight=1, "
  "inh_weight=-0.8, seed=42)",
  "ExcitatoryInhibitory(40, post_size=30, exc_ratio=0.5, exc_prob=1, inh_prob=0.25, "
  "exc_weight=i + 2 * j, inh_weight=-exp(-abs(i - j)), exc_delay=1.5, inh_delay=1 + 0.001 * i, "
  "seed=18446744073709551615)",
  "ExcitatoryInhibitory(40, exc_ratio=0.5, exc_prob=0.1, inh_prob=0.25, exc_weight=i - j, "
  "inh_weight=3, dale=False, seed=0)",
  "ExcitatoryInhibitory(40, exc_ratio=0.5, exc_prob=0.1, inh_prob=0.25, "
  "exc_weight=lognormal(1, 0.5, seed=3), inh_weight=-uniform(0.5, 1.5, seed=4), "
  "exc_delay=truncatedNormal(1.5, 0.3, 0.1, seed=5), inh_delay=0.8, seed=0)",
  "ExcitatoryInhibitory(40, exc_ratio=1, exc_prob=0.1, inh_prob=0.25, exc_delay=2, inh_delay=3, "
  "seed=1) - oneToOne",
};

START_TEST (texts_are_read_back)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (texts[_i], 1, &error);
  g_autofree char *text = NULL;

  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
  text = conset_to_string (set);
  ck_assert_str_eq (text, texts[_i]);
}
END_TEST

/* The call of the tutorial; what is left out is as in braintools. */
START_TEST (the_language_and_c_agree)
{
  g_autoptr (Conset) set =
    weighted_network (conset_value_constant (1.0), conset_value_constant (-0.8), NULL);
  g_autofree char *text = conset_to_string (set);
  g_autofree char *whole = test_evaluate ("ExcitatoryInhibitory(500, exc_ratio=0.8, exc_prob=0.1, "
                                          "inh_prob=0.2, exc_weight=1.0, inh_weight=-0.8, "
                                          "seed=42)");
  g_autofree char *brief = test_evaluate ("ExcitatoryInhibitory(500, exc_weight=1.0, "
                                          "inh_weight=-0.8, seed=42)");
  g_autofree char *none = test_evaluate ("ExcitatoryInhibitory(500, exc_ratio=0.8, exc_prob=0.0, "
                                         "inh_prob=0.0, seed=42)");

  ck_assert_str_eq (whole, text);
  ck_assert_str_eq (brief, text);
  ck_assert_str_eq (none, "empty");
}
END_TEST

/* The tutorial's own, and weights in another unit than those that they come in. */
START_TEST (values_come_in_the_units_of_the_excitatory_ones)
{
  static const char *const arguments[] = {
    "exc_weight=1.0*nS, inh_weight=-0.8*nS, exc_delay=1.5*ms, inh_delay=1.5*ms",
    "exc_weight=1.0*nS, inh_weight=-800*pS, exc_delay=1.5*ms, inh_delay=0.0015*s",
    "exc_weight=1.0*nS, inh_weight=-(800 + 0 * i)*pS, exc_delay=1.5*ms, inh_delay=(i-i+1500)*us",
  };
  g_autofree char *text = g_strdup_printf ("ExcitatoryInhibitory(500, %s, seed=42)", arguments[_i]);
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = NULL;
  g_autoptr (ConsetIter) iter = NULL;
  guint64 source, target;

  if (!conset_has_units ())
    return;
  set = conset_parse (text, 1, &error);
  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
  ck_assert_str_eq (conset_column_unit (set, 0), "nS");
  ck_assert_str_eq (conset_column_unit (set, 1), "ms");
  iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  while (conset_iter_next (iter, &source, &target))
    {
      ck_assert_double_eq_tol (conset_iter_get_value (iter, 0), source < N_EXC ? 1.0 : -0.8, 1e-12);
      ck_assert_double_eq_tol (conset_iter_get_value (iter, 1), 1.5, 1e-12);
    }
  ck_assert (conset_iter_finish (iter, NULL));
}
END_TEST

START_TEST (units_are_checked)
{
  const struct
  {
    const char *text;
    const char *message;
  } cases[] = {
    { "exc_weight=1*nS, inh_weight=-1*mV",
      "ExcitatoryInhibitory: exc_weight is in nS, and inh_weight is in mV; give both the same kind "
      "of unit" },
    { "exc_delay=1*ms, inh_delay=1", "exc_delay is in ms, and inh_delay is " },
    { "exc_delay=j, inh_delay=i*ms", "and inh_delay is in ms; give both the same kind of unit" },
    { "exc_weight=1*nS, inh_weight=2*nS",
      "ExcitatoryInhibitory(inh_weight=2 * nS): must not be positive" },
  };

  for (guint k = 0; k < G_N_ELEMENTS (cases) && conset_has_units (); k++)
    {
      g_autofree char *text =
        g_strdup_printf ("ExcitatoryInhibitory(50, %s, seed=1)", cases[k].text);
      g_autofree char *message = test_evaluate (text);

      ck_assert_msg (strstr (message, cases[k].message) != NULL, "%s: %s", text, message);
    }
}
END_TEST

/* The number is told in its unit. */
START_TEST (a_wrong_sign_has_a_unit)
{
  g_autoptr (Conset) set = NULL;
  g_autoptr (GError) error = NULL;

  if (!conset_has_units ())
    return;
  set = conset_parse ("ExcitatoryInhibitory(500, exc_weight=(i-50)*nS, inh_weight=-1*nS, seed=42)",
                      1, NULL);
  error = iterate (set, NULL, CONSET_SOURCE_MAJOR);
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_VALUE));
  ck_assert_msg (strstr (error->message, "but is -50 nS from source 0 to target ") != NULL, "%s",
                 error->message);
}
END_TEST

static const struct
{
  const char *text;
  const char *message;
} wrong[] = {
  { "exc_ratio=1.5", "ExcitatoryInhibitory(exc_ratio=1.5): must lie in [0, 1]" },
  { "exc_ratio=-0.1", "ExcitatoryInhibitory(exc_ratio=-0.1): must lie in [0, 1]" },
  { "exc_prob=2", "ExcitatoryInhibitory(exc_prob=2): must lie in [0, 1]" },
  { "inh_prob=-1", "ExcitatoryInhibitory(inh_prob=-1): must lie in [0, 1]" },
  { "post_size=9223372036854775808", "give less than 2^63 sources and targets" },
  { "exc_weight=1", "exc_weight is given and inh_weight is not; give both or neither" },
  { "inh_weight=-1", "inh_weight is given and exc_weight is not; give both or neither" },
  { "exc_delay=1", "exc_delay is given and inh_delay is not; give both or neither" },
  { "exc_weight=1, inh_weight=-1, inh_delay=i", "inh_delay is given and exc_delay is not" },
  { "exc_weight=-1, inh_weight=-1", "ExcitatoryInhibitory(exc_weight=-1): must not be negative; "
                                    "give weights that never are, or dale=False to allow it" },
  { "exc_weight=1, inh_weight=0.8", "ExcitatoryInhibitory(inh_weight=0.8): must not be positive; "
                                    "give weights that never are, or dale=False to allow it" },
};

START_TEST (what_is_wrong_is_said)
{
  g_autofree char *text = g_strdup_printf ("ExcitatoryInhibitory(50, %s, seed=1)", wrong[_i].text);
  g_autofree char *message = test_evaluate (text);

  ck_assert_msg (strstr (message, wrong[_i].message) != NULL, "%s: %s", text, message);
}
END_TEST

/* What C can do wrong alone. Values are consumed in any case, as a leak checker sees. */
START_TEST (errors_are_absorbed)
{
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (CONSET_INDEX_END);
  g_autoptr (Conset) large = NULL;
  g_autoptr (Conset) number = NULL;
  g_autoptr (Conset) value = NULL;
  g_autoptr (GError) error = NULL;

  network.exc_weight = conset_value_source ();
  network.inh_delay = conset_value_source ();
  large = conset_excitatory_inhibitory (&network);
  ck_assert (!conset_check (large, NULL));

  network = (ConsetExcitatoryInhibitory) CONSET_EXCITATORY_INHIBITORY_INIT (5);
  network.exc_ratio = NAN;
  network.inh_delay = conset_value_target ();
  number = conset_excitatory_inhibitory (&network);
  ck_assert (!conset_check (number, NULL));

  network = (ConsetExcitatoryInhibitory) CONSET_EXCITATORY_INHIBITORY_INIT (5);
  network.exc_weight =
    conset_value_divide (conset_value_constant (1.0), conset_value_constant (0.0));
  network.inh_weight = conset_value_constant (1.0);
  value = conset_excitatory_inhibitory (&network);
  ck_assert (!conset_check (value, &error));
  ck_assert_msg (strstr (error->message, "exc_weight") == NULL, "%s", error->message);
}
END_TEST

/* }}} */

int
main (void)
{
  Suite *suite = suite_create ("excitatory inhibitory");
  TCase *tcase = test_case_add (suite, "members");

  tcase_add_test (tcase, tutorial_example);
  tcase_add_test (tcase, degrees_are_binomial);
  tcase_add_test (tcase, laws_are_known);
  tcase_add_test (tcase, parts_and_seeds_are_independent);
  tcase_add_test (tcase, the_same_everywhere);
  tcase_add_test (tcase, autapses_are_not_left_out);
  tcase_add_test (tcase, counts_are_products_rounded_down);
  tcase = test_case_add (suite, "values");
  tcase_add_loop_test (tcase, connections_have_the_values_of_their_kind, 0, 2);
  tcase_add_loop_test (tcase, batches_and_pairs_agree_on_values, 0, 6);
  tcase_add_loop_test (tcase, columns_stay_without_connections, 0, 2);
  tcase = test_case_add (suite, "signs");
  tcase_add_loop_test (tcase, a_wrong_sign_stops_where_it_is, 0, 8);
  tcase_add_test (tcase, a_single_wrong_sign_is_found);
  tcase_add_loop_test (tcase, distributions_are_watched, 0, 2);
  tcase_add_test (tcase, what_is_not_looked_at_may_be_wrong);
  tcase_add_test (tcase, signs_are_free_without_dale);
  tcase = test_case_add (suite, "texts and errors");
  tcase_add_loop_test (tcase, texts_are_read_back, 0, G_N_ELEMENTS (texts));
  tcase_add_test (tcase, the_language_and_c_agree);
  tcase_add_loop_test (tcase, values_come_in_the_units_of_the_excitatory_ones, 0, 3);
  tcase_add_test (tcase, units_are_checked);
  tcase_add_test (tcase, a_wrong_sign_has_a_unit);
  tcase_add_loop_test (tcase, what_is_wrong_is_said, 0, G_N_ELEMENTS (wrong));
  tcase_add_test (tcase, errors_are_absorbed);
  return test_run (suite);
}

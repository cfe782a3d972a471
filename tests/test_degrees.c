/* SPDX-License-Identifier: MIT */
/*
 * That degrees follow their laws, are the same whenever they are asked for, read as text, and
 * say what is wrong with them.
 *
 * Statistics exceed their limits with probability 1e-6 each (statistics.h); there are about 60.
 */
#include "statistics.h"
#include "support.h"

#include "chances.h"
#include "degrees.h"
#include "kernels.h"

#include <math.h>

#define N_LINES 200000

static ConsetKey
test_key (void)
{
  return conset_key (G_GUINT64_CONSTANT (0xfedcba9876543210), CONSET_RULE_DEGREES_IN, 0);
}

/* Laws */

/* A law to be drawn, and the chance of each of its numbers. */
typedef struct
{
  const char *text;
  double a;
  double b;
  double mean;
  double variance;
} LawCase;

static const LawCase law_cases[] = {
  { "uniformInt(5, 15)", 5, 15, 10, 10 },
  { "uniformInt(0, 1)", 0, 1, 0.5, 0.25 },
  { "binomial(100, 0.1)", 100, 0.1, 10, 9 },
  { "binomial(100, 0.9)", 100, 0.9, 90, 9 },
  { "binomial(7, 0.5)", 7, 0.5, 3.5, 1.75 },
  { "binomial(1000000, 1e-06)", 1e6, 1e-6, 1, 1 - 1e-6 },
  { "binomial(1000000, 0.25)", 1e6, 0.25, 250000, 187500 },
  { "poisson(0.001)", 0.001, 0, 0.001, 0.001 },
  { "poisson(0.5)", 0.5, 0, 0.5, 0.5 },
  { "poisson(10)", 10, 0, 10, 10 },
  { "poisson(1000)", 1000, 0, 1000, 1000 },
  { "poisson(1000000)", 1e6, 0, 1e6, 1e6 },
  { "geometric(0.01)", 0.01, 0, 0.01, 0.0101 },
  { "geometric(1)", 1, 0, 1, 2 },
  { "geometric(10)", 10, 0, 10, 110 },
  { "geometric(1000)", 1000, 0, 1000, 1001000 },
  { "geometric(5000)", 5000, 0, 5000, 25005000 },
};

static ConsetDegrees *
degrees_of_case (const LawCase *law)
{
  switch (law->text[0])
    {
    case 'u':
      return conset_degrees_uniform (law->a, law->b);
    case 'b':
      return conset_degrees_binomial (law->a, law->b);
    case 'p':
      return conset_degrees_poisson (law->a);
    default:
      return conset_degrees_geometric (law->a);
    }
}

static double
chance_of_case (const LawCase *law, guint64 k)
{
  switch (law->text[0])
    {
    case 'u':
      return k >= law->a && k <= law->b ? 1.0 / (law->b - law->a + 1.0) : 0.0;
    case 'b':
      return binomial_chance (law->a, k, law->b);
    case 'p':
      return poisson_chance (k, law->a);
    default:
      return geometric_chance (k, law->a);
    }
}

/* How often each degree from the least on occurs; what is 20 deviations above the mean goes last.
 */
static guint *
degrees_histogram (const ConsetDegrees *degrees, guint64 least, guint64 most)
{
  guint *found = g_new0 (guint, most - least + 1);
  guint64 lowest = G_MAXUINT64, highest = 0;
  ConsetKey key = test_key ();

  for (guint64 line = 0; line < N_LINES; line++)
    {
      guint64 k = conset_degrees_draw (degrees, &key, line);

      lowest = MIN (lowest, k);
      highest = MAX (highest, k);
      found[CLAMP (k, least, most) - least]++;
    }
  ck_assert_uint_ge (lowest, conset_degrees_least (degrees));
  ck_assert_uint_le (highest, conset_degrees_most (degrees));
  return found;
}

/* 1 statistic a law. */
START_TEST (degrees_follow_their_law)
{
  const LawCase *law = &law_cases[_i];
  g_autoptr (ConsetDegrees) degrees = degrees_of_case (law);
  double reach = 20.0 * sqrt (law->variance) + 2.0;
  guint64 least = MAX (0.0, law->mean - reach), most = law->mean + reach;
  g_autofree guint *found = degrees_histogram (degrees, least, most);
  ChiSquare chi = { 0 };

  for (guint64 k = least; k <= most; k++)
    chi_square_add (&chi, N_LINES * chance_of_case (law, k), found[k - least]);
  chi_square_assert (&chi, law->text, law->a);
}
END_TEST

START_TEST (degrees_know_their_moments_and_text)
{
  const LawCase *law = &law_cases[_i];
  g_autoptr (ConsetDegrees) degrees = degrees_of_case (law);
  g_autofree char *text = conset_degrees_to_string (degrees);

  ck_assert_str_eq (text, law->text);
  ck_assert_double_eq_tol (conset_degrees_mean (degrees), law->mean, 1e-9 * law->mean);
  ck_assert_double_eq_tol (conset_degrees_variance (degrees), law->variance, 1e-9 * law->variance);
}
END_TEST

/* Means so large that most digits are tossed: 2 statistics a mean, of the mean and of the
 * share above it; 1 of each two neighbouring digits. */
START_TEST (large_geometric_degrees_follow_their_law)
{
  static const double means[] = { 3e4, 1e7, 1e12, 0x1p48 };
  double mean = means[_i], sum = 0.0, above = exp (-1.0);
  g_autoptr (ConsetDegrees) degrees = conset_degrees_geometric (mean);
  ConsetKey key = test_key ();
  guint n_above = 0, equal = 0;

  for (guint64 line = 0; line < N_LINES; line++)
    {
      guint64 k = conset_degrees_draw (degrees, &key, line);

      sum += k;
      n_above += k > mean;
      equal += (k & 1) == (k >> 1 & 1);
    }
  assert_z ((sum / N_LINES - mean) / mean * sqrt (N_LINES), "mean", mean);
  assert_z ((n_above - N_LINES * above) / sqrt (N_LINES * above * (1.0 - above)), "tail", mean);
  assert_z ((equal - N_LINES * 0.5) / sqrt (N_LINES * 0.25), "digits", mean);
}
END_TEST

/* Tables made without logarithms against formulas with them, to the last value. */
START_TEST (chances_are_those_of_the_formula)
{
  const LawCase *law = &law_cases[_i];
  g_autofree ConsetChances *chances = NULL;
  double worst = 0.0;
  guint n_descents = 0;

  if (law->text[0] == 'b')
    chances = conset_chances_binomial (law->a, law->b);
  else if (law->text[0] == 'p')
    chances = conset_chances_poisson (law->a);
  else
    return;
  for (gsize k = 0; k < chances->n; k++)
    {
      double below = k > 0 ? chances->at_most[k - 1] * 0x1p-64 : 0.0;
      double chance = chance_of_case (law, chances->least + k);
      double error = fabs (chances->at_most[k] * 0x1p-64 - below - chance);

      n_descents += k > 0 && chances->at_most[k] < chances->at_most[k - 1];
      worst = MAX (worst, error / (1e-8 * chance + 1e-15));
    }
  ck_assert_uint_eq (n_descents, 0);
  ck_assert_double_lt (worst, 1.0);
  ck_assert_uint_eq (chances->at_most[chances->n - 1], G_MAXUINT64);
  ck_assert (chances->least == 0 || chance_of_case (law, chances->least - 1) < 0x1p-64);
  ck_assert_double_lt (chance_of_case (law, conset_chances_most (chances) + 1), 0x1p-64);
}
END_TEST

START_TEST (draws_pick_by_the_table)
{
  static const double weights[] = { 0, 1, 0, 2, 1, 0, 0 };
  g_autofree ConsetChances *chances = conset_chances_new (10, weights, G_N_ELEMENTS (weights));
  const guint64 quarter = G_GUINT64_CONSTANT (1) << 62;

  ck_assert_uint_eq (chances->least, 11);
  ck_assert_uint_eq (conset_chances_most (chances), 14);
  ck_assert_uint_eq (conset_chances_pick (chances, 0), 11);
  ck_assert_uint_eq (conset_chances_pick (chances, quarter - 1), 11);
  ck_assert_uint_eq (conset_chances_pick (chances, quarter), 13);
  ck_assert_uint_eq (conset_chances_pick (chances, 3 * quarter - 1), 13);
  ck_assert_uint_eq (conset_chances_pick (chances, 3 * quarter), 14);
  ck_assert_uint_eq (conset_chances_pick (chances, G_MAXUINT64), 14);
}
END_TEST

/* A pair of a Poisson set has a word; where that ties with an entry of the table, and only
 * there, 32 further bits are drawn. Of eight million pairs some do. */
START_TEST (ties_are_settled_by_further_bits)
{
  const double mean = 65536.0;
  g_autoptr (Conset) set = conset_random_poisson (mean, 17);
  g_autofree ConsetChances *chances = conset_chances_poisson (mean);
  ConsetKey key = conset_key (17, CONSET_RULE_POISSON, 0);
  guint n_ties = 0, n_wrong = 0;

  for (guint64 block = 0; block < 2000000; block += 1000)
    {
      guint32 words[1000][4];

      conset_draws ()->threefry (&key, block, 3, 1, 0, 1000, words);
      for (guint k = 0; k < 4000; k++)
        {
          guint32 word = words[k / 4][k % 4];
          guint64 bits = (guint64) word << 32, number = conset_chances_pick (chances, bits);
          ConsetKey more = conset_key (17, CONSET_RULE_POISSON, 1 + k % 4);

          if (chances->at_most[number - chances->least] >> 32 != word)
            continue;
          bits |= conset_draw_64 (&more, block + k / 4, 3) >> 32;
          n_wrong +=
            conset_multiplicity (set, 4 * block + k, 3) != conset_chances_pick (chances, bits);
          n_ties++;
        }
    }
  ck_assert_uint_gt (n_ties, 0);
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

/* 1 statistic. */
START_TEST (tables_are_drawn_as_weighed)
{
  static const double weights[] = { 0, 3, 0.5, 0, 6.5, 0 };
  g_autoptr (ConsetDegrees) degrees = conset_degrees_table (weights, G_N_ELEMENTS (weights));
  g_autofree char *text = conset_degrees_to_string (degrees);
  g_autofree guint *found = degrees_histogram (degrees, 0, 5);
  ChiSquare chi = { 0 };

  ck_assert_str_eq (text, "degreeTable([0, 3, 0.5, 0, 6.5, 0])");
  ck_assert_uint_eq (conset_degrees_least (degrees), 1);
  ck_assert_uint_eq (conset_degrees_most (degrees), 4);
  ck_assert_double_eq_tol (conset_degrees_mean (degrees), 3.0, 1e-12);
  ck_assert_double_eq_tol (conset_degrees_variance (degrees), 1.9, 1e-12);
  for (guint k = 0; k <= 5; k++)
    if (weights[k] == 0.0)
      ck_assert_uint_eq (found[k], 0);
    else
      chi_square_add (&chi, N_LINES * weights[k] / 10.0, found[k]);
  chi_square_assert (&chi, "table", 0);
}
END_TEST

/* Wide uniform degrees: 2 statistics. */
START_TEST (wide_uniform_degrees_are_uniform)
{
  const guint64 most = CONSET_INDEX_END - 1;
  g_autoptr (ConsetDegrees) degrees = conset_degrees_uniform (0, most);
  ConsetKey key = test_key ();
  guint64 greatest = 0;
  double sum = 0.0;
  guint odd = 0;

  for (guint64 line = 0; line < N_LINES; line++)
    {
      guint64 k = conset_degrees_draw (degrees, &key, line);

      greatest = MAX (greatest, k);
      sum += k * 0x1p-63;
      odd += k & 1;
    }
  ck_assert_uint_le (greatest, most);
  assert_z ((sum - N_LINES / 2.0) / sqrt (N_LINES / 12.0), "mean", 0);
  assert_z ((odd - N_LINES / 2.0) / sqrt (N_LINES / 4.0), "odd", 0);
}
END_TEST

/* 1 statistic a lag: the covariance of lines that far apart. */
START_TEST (lines_are_independent)
{
  static const guint lags[] = { 1, 2, 16, 64 };
  g_autoptr (ConsetDegrees) degrees = conset_degrees_poisson (10.0);
  g_autofree double *excess = g_new (double, N_LINES);
  ConsetKey key = test_key ();

  for (guint64 line = 0; line < N_LINES; line++)
    excess[line] = conset_degrees_draw (degrees, &key, line) - 10.0;
  for (guint k = 0; k < G_N_ELEMENTS (lags); k++)
    {
      double sum = 0.0;

      for (guint line = 0; line + lags[k] < N_LINES; line++)
        sum += excess[line] * excess[line + lags[k]];
      assert_z (sum / 10.0 / sqrt (N_LINES - lags[k]), "lag", lags[k]);
    }
}
END_TEST

/* What holds whatever is drawn */

START_TEST (draws_depend_on_key_and_line_alone)
{
  g_autoptr (ConsetDegrees) degrees = conset_degrees_geometric (1e6);
  g_autoptr (ConsetDegrees) same = conset_degrees_geometric (1e6);
  ConsetKey key = test_key (), other = conset_key (1, CONSET_RULE_DEGREES_IN, 0);
  guint differ = 0;

  for (guint64 line = 100; line-- > 0;)
    {
      guint64 k = conset_degrees_draw (degrees, &key, line);

      ck_assert_uint_eq (k, conset_degrees_draw (same, &key, line));
      differ += k != conset_degrees_draw (degrees, &other, line);
    }
  ck_assert_uint_gt (differ, 90);
}
END_TEST

START_TEST (constants_are_constant)
{
  ConsetDegrees *constants[] = {
    conset_degrees_constant (7),
    conset_degrees_uniform (7, 7),
    conset_degrees_binomial (7, 1.0),
    conset_degrees_table ((double[]){ 0, 0, 0, 0, 0, 0, 0, 2 }, 8),
    conset_degrees_binomial (9, 0.0),
    conset_degrees_binomial (0, 0.5),
    conset_degrees_poisson (0.0),
    conset_degrees_geometric (0.0),
  };
  ConsetKey key = test_key ();

  for (guint k = 0; k < G_N_ELEMENTS (constants); k++)
    {
      guint64 expected = k < 4 ? 7 : 0, value = 99;

      ck_assert (conset_degrees_check (constants[k], NULL));
      ck_assert (conset_degrees_constant_value (constants[k], &value));
      ck_assert_uint_eq (value, expected);
      ck_assert_uint_eq (conset_degrees_draw (constants[k], &key, 3), expected);
      ck_assert_double_eq (conset_degrees_mean (constants[k]), expected);
      ck_assert_double_eq (conset_degrees_variance (constants[k]), 0.0);
      ck_assert_uint_eq (conset_degrees_n_lines (constants[k]), CONSET_INDEX_END);
      conset_degrees_unref (constants[k]);
    }
}
END_TEST

START_TEST (lists_give_each_line_its_own)
{
  static const guint64 list[] = { 3, 4, 5 };
  g_autoptr (ConsetDegrees) degrees = conset_degrees_list (list, G_N_ELEMENTS (list));
  g_autofree char *text = conset_degrees_to_string (degrees);
  g_autofree char *missing = conset_degrees_missing (degrees, "target", 7);
  ConsetKey key = test_key ();
  guint64 value;

  for (guint line = 0; line < 3; line++)
    ck_assert_uint_eq (conset_degrees_draw (degrees, &key, line), list[line]);
  ck_assert_str_eq (text, "[3, 4, 5]");
  ck_assert (!conset_degrees_constant_value (degrees, &value));
  ck_assert_uint_eq (conset_degrees_n_lines (degrees), 3);
  ck_assert_uint_eq (conset_degrees_least (degrees), 3);
  ck_assert_uint_eq (conset_degrees_most (degrees), 5);
  ck_assert_double_eq_tol (conset_degrees_mean (degrees), 4.0, 1e-12);
  ck_assert_double_eq_tol (conset_degrees_variance (degrees), 2.0 / 3.0, 1e-12);
  ck_assert_str_eq (missing, "target 7 has no degree, the list holds those of 0 to 2; "
                             "give a longer list, or fewer targets");
  ck_assert_ptr_null (conset_degrees_missing (degrees, "target", 2));
}
END_TEST

START_TEST (references_keep_degrees_alive)
{
  ConsetDegrees *degrees = conset_degrees_poisson (3.0);
  g_autoptr (ConsetDegrees) kept = conset_degrees_ref (degrees);

  conset_degrees_unref (degrees);
  ck_assert_double_eq (conset_degrees_mean (kept), 3.0);
}
END_TEST

static void
assert_error (ConsetDegrees *consumed, const char *message)
{
  g_autoptr (ConsetDegrees) degrees = consumed;
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_degrees_check (degrees, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_str_eq (error->message, message);
  ck_assert_str_eq (conset_degrees_error (degrees), message);
}

START_TEST (wrong_degrees_say_so)
{
  const guint64 list[] = { 1, CONSET_INDEX_END };

  assert_error (conset_degrees_constant (CONSET_INDEX_END),
                "degree 9223372036854775808: must be below 2^63");
  assert_error (conset_degrees_uniform (15, 5),
                "uniformInt(15, 5): the first number is above the second; exchange them");
  assert_error (conset_degrees_uniform (1, CONSET_INDEX_END),
                "uniformInt(1, 9223372036854775808): degrees must be below 2^63");
  assert_error (conset_degrees_binomial (100, 1.5),
                "binomial(100, 1.5): probability must lie in [0, 1]");
  assert_error (conset_degrees_binomial (100, NAN),
                "binomial(100, nan): probability must lie in [0, 1]");
  assert_error (conset_degrees_binomial (CONSET_INDEX_END, 0.5),
                "binomial(9223372036854775808, 0.5): the number of trials must be below 2^63");
  assert_error (conset_degrees_binomial (G_GUINT64_CONSTANT (1) << 40, 0.5),
                "binomial(1099511627776, 0.5): the variance is above 2^32; give fewer trials");
  assert_error (conset_degrees_poisson (-1.0), "poisson(-1): the mean must lie in [0, 2^32]");
  assert_error (conset_degrees_poisson (1e10),
                "poisson(10000000000): the mean must lie in [0, 2^32]");
  assert_error (conset_degrees_geometric (INFINITY),
                "geometric(inf): the mean must lie in [0, 2^48]");
  assert_error (conset_degrees_table (NULL, 0), "degreeTable([]): no weight is above 0");
  assert_error (conset_degrees_table ((double[]){ 1, -0.5 }, 2),
                "degreeTable(...): weight 1 is -0.5; weights must be finite and not negative");
  assert_error (conset_degrees_table ((double[]){ 1.5e308, 1.5e308 }, 2),
                "degreeTable(...): the sum of the weights is infinite; scale them down");
  assert_error (conset_degrees_list (list, 0),
                "[]: a list of degrees must have an entry for each line");
  assert_error (conset_degrees_list (list, 2), "list of degrees: entry 1 is 9223372036854775808; "
                                               "degrees must be below 2^63");
}
END_TEST

/* The ends of what is allowed make tables of bounded size. */
START_TEST (extreme_laws_are_drawn)
{
  ConsetDegrees *extreme[] = {
    conset_degrees_poisson (0x1p32),
    conset_degrees_poisson (5e-324),
    conset_degrees_binomial (CONSET_INDEX_END - 1, 4e-10),
    conset_degrees_binomial (CONSET_INDEX_END - 1, 5e-324),
    conset_degrees_binomial (G_GUINT64_CONSTANT (1) << 34, 0.5),
    conset_degrees_binomial (1000, 1.0 - 0x1p-53),
    conset_degrees_geometric (0x1p48),
    conset_degrees_geometric (5e-324),
  };
  ConsetKey key = test_key ();

  for (guint k = 0; k < G_N_ELEMENTS (extreme); k++)
    {
      double mean = conset_degrees_mean (extreme[k]);
      double reach = 50.0 * sqrt (conset_degrees_variance (extreme[k])) + 1.0;

      ck_assert (conset_degrees_check (extreme[k], NULL));
      for (guint64 line = 0; line < 100; line++)
        ck_assert_double_le (fabs (conset_degrees_draw (extreme[k], &key, line) - mean), reach);
      conset_degrees_unref (extreme[k]);
    }
}
END_TEST

static Suite *
degrees_suite (void)
{
  Suite *suite = suite_create ("degrees");
  TCase *laws = test_case_add (suite, "laws"), *facts = test_case_add (suite, "facts");
  const int n_laws = G_N_ELEMENTS (law_cases);

  tcase_add_loop_test (laws, degrees_follow_their_law, 0, n_laws);
  tcase_add_loop_test (laws, degrees_know_their_moments_and_text, 0, n_laws);
  tcase_add_loop_test (laws, large_geometric_degrees_follow_their_law, 0, 4);
  tcase_add_loop_test (laws, chances_are_those_of_the_formula, 0, n_laws);
  tcase_add_test (laws, draws_pick_by_the_table);
  tcase_add_test (laws, ties_are_settled_by_further_bits);
  tcase_add_test (laws, tables_are_drawn_as_weighed);
  tcase_add_test (laws, wide_uniform_degrees_are_uniform);
  tcase_add_test (laws, lines_are_independent);

  tcase_add_test (facts, draws_depend_on_key_and_line_alone);
  tcase_add_test (facts, constants_are_constant);
  tcase_add_test (facts, lists_give_each_line_its_own);
  tcase_add_test (facts, references_keep_degrees_alive);
  tcase_add_test (facts, wrong_degrees_say_so);
  tcase_add_test (facts, extreme_laws_are_drawn);
  return suite;
}

int
main (void)
{
  return test_run (degrees_suite ());
}

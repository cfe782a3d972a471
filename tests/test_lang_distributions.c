/* SPDX-License-Identifier: MIT */
/*
 * Distributions in the text language: what they print, which is read back as the same and has
 * the same values; seeds; laws of degrees that become value sets; and errors with their places.
 */
#include "support.h"

#include <math.h>
#include <string.h>

/* {{{ printing */

static const TestExample values[] = {
  { "uniform (0, 1, seed=2)", "uniform(0, 1, seed=2)" },
  { "uniform (high=3, low=-1, seed=2)", "uniform(-1, 3, seed=2)" },
  { "normal (0.5, 0.1, seed=2)", "normal(0.5, 0.1, seed=2)" },
  { "normal (i - j, 1 + 1, seed=2)", "normal(i - j, 2, seed=2)" },
  { "normal (mean=0.5, sd=0.1 * i, seed=2)", "normal(0.5, 0.1 * i, seed=2)" },
  { "truncatedNormal (0, 1, -1, 2, seed=2)", "truncatedNormal(0, 1, -1, 2, seed=2)" },
  { "truncatedNormal (0, 1, -1, seed=2)", "truncatedNormal(0, 1, -1, seed=2)" },
  { "truncatedNormal (0, 1, high=2, seed=2)", "truncatedNormal(0, 1, high=2, seed=2)" },
  { "truncatedNormal (0, 1, seed=2)", "truncatedNormal(0, 1, seed=2)" },
  { "lognormal (3, 1, seed=2)", "lognormal(3, 1, seed=2)" },
  { "lognormal (mu=-3, sigma=1, seed=2)", "lognormal(mu=-3, sigma=1, seed=2)" },
  { "exponential (3, seed=2)", "exponential(3, seed=2)" },
  { "gamma (0.5, 3, seed=2)", "gamma(0.5, 3, seed=2)" },
  { "weibull (1.5, 3, seed=2)", "weibull(1.5, 3, seed=2)" },
  { "beta (2, 3, seed=2)", "beta(2, 3, 0, 1, seed=2)" },
  { "beta (2, 3, high=4, seed=2)", "beta(2, 3, 0, 4, seed=2)" },
  { "uniformInt (1, 6, seed=2)", "uniformInt(1, 6, seed=2)" },
  { "uniformInt (-6, 6, seed=2)", "uniformInt(-6, 6, seed=2)" },
  { "uniformInt (0, i, seed=2)", "uniformInt(0, i, seed=2)" },
  { "poisson (4, seed=2)", "poisson(4, seed=2)" },
  { "poisson (i + 1, seed=2)", "poisson(i + 1, seed=2)" },
  { "binomial (4, 0.25, seed=2)", "binomial(4, 0.25, seed=2)" },
  { "binomial (4, 1 / (i + 1), seed=2)", "binomial(4, 1 / (i + 1), seed=2)" },
  { "geometric (4, seed=2)", "geometric(4, seed=2)" },
  { "mixture ([1, 2.5], [3, normal (0, 1, seed=3)], seed=2)",
    "mixture([1, 2.5], [3, normal(0, 1, seed=3)], seed=2)" },
  { "2 * normal (0, 1, seed=2) ** 2", "2 * normal(0, 1, seed=2) ** 2" },
  { "-exponential (1, seed=2)", "-exponential(1, seed=2)" },
  { "normal (0, 1, seed=18446744073709551615)", "normal(0, 1, seed=18446744073709551615)" },
  { "d = normal (0, 1, seed=2); d - d", NULL },
};

static Conset *
parse (const char *text, guint64 model_seed)
{
  g_autoptr (GError) error = NULL;
  Conset *set = conset_parse (text, model_seed, &error);

  ck_assert_msg (set != NULL, "%s: %s", text, error != NULL ? error->message : "");
  return set;
}

static void
assert_same_values (const Conset *a, const Conset *b)
{
  const ConsetWindow window = CONSET_WINDOW (40, 30);
  g_autofree char *one = conset_digest (a, &window, NULL),
                  *other = conset_digest (b, &window, NULL);

  ck_assert_ptr_nonnull (one);
  ck_assert_str_eq (one, other);
}

START_TEST (values_print_as_they_are_read)
{
  const TestExample *example = &values[_i];
  const char *last = strrchr (example->text, ';');
  g_autofree char *text =
    last != NULL ? g_strdup_printf ("%.*s; cset (full, %s)", (int) (last - example->text),
                                    example->text, last + 1)
                 : g_strdup_printf ("cset (full, %s)", example->text);
  g_autoptr (Conset) set = parse (text, 1);
  g_autofree char *printed = conset_to_string (set);
  g_autoptr (Conset) again = parse (printed, 99);
  g_autofree char *expected = g_strdup_printf ("cset(full, %s)", example->printed);
  g_autofree char *printed_again = conset_to_string (again);

  if (example->printed != NULL)
    ck_assert_str_eq (printed, expected);
  ck_assert_str_eq (printed_again, printed);
  assert_same_values (set, again);
}
END_TEST

/* }}} */

/* {{{ seeds */

/* Two texts that denote the same connections with the same values, or not, for one model seed. */
typedef struct
{
  const char *a;
  const char *b;
  gboolean same;
} Pair;

static const Pair pairs[] = {
  /* The same text is the same, without seeds, too. */
  { "cset (full, normal (0, 1))", "cset (full, normal (0, 1))", TRUE },
  { "x = normal (0, 1); cset (full, x, x)", "cset (full, normal (0, 1), normal (0, 1))", FALSE },
  /* Sets and values are counted apart: a delay changes no edge, and an edge no weight. */
  { "random (0.5)", "d = normal (0, 1); random (0.5)", TRUE },
  { "random (0.5)", "d = uniformInt (1, 3); random (0.5)", TRUE },
  { "cset (full, normal (0, 1))", "m = random (0.5); cset (full, normal (0, 1))", TRUE },
  { "mask (cset (random (0.5), poisson (3)))", "random (0.5)", TRUE },
  { "random (fanIn=poisson (3)) * cross (range (9), range (9))",
    "d = poisson (3); random (fanIn=d) * cross (range (9), range (9))", TRUE },
  /* Giving one value a seed leaves the others as they were. */
  { "d = normal (0, 1); cset (full, normal (0, 1))",
    "d = normal (0, 1, seed=4); cset (full, normal (0, 1))", TRUE },
  { "d = poisson (3); cset (full, normal (0, 1))",
    "d = poisson (3, seed=4); cset (full, normal (0, 1))", TRUE },
  { "d = normal (0, 1); cset (full, normal (0, 1))", "cset (full, normal (0, 1))", FALSE },

  /* A law is one value wherever it is used. */
  { "d = uniformInt (1, 6); cset (full, d - d)", "cset (full, 0 * i)", TRUE },
  { "d = poisson (3); cset (full, d, 2 * d)", "d = poisson (3); cset (full, d + 0, d + d)", TRUE },
  { "d = binomial (6, 0.5); cset (full, 1 + -d)", "d = binomial (6, 0.5); cset (full, 1 - d)",
    TRUE },
  { "d = geometric (6); cset (full, exp (d))", "d = geometric (6); cset (full, exp (0 + d))",
    TRUE },
  { "cset (full, poisson (3) - poisson (3))", "cset (full, 0 * i)", FALSE },
  { "d = degreeTable ([1, 0, 2]); cset (full, d)",
    "d = degreeTable ([1, 0, 2]); cset (full, d + 0)", TRUE },
  /* Constants and value sets that are the same have the same draws. */
  { "cset (full, poisson (3, seed=2))", "cset (full, poisson (3 + 0 * i, seed=2))", TRUE },
  { "cset (full, uniformInt (1, 3, seed=2))", "cset (full, uniformInt (1, 3 + 0 * j, seed=2))",
    TRUE },
  { "cset (full, beta (2, 3, seed=2))", "cset (full, beta (2, 3 + 0 * j, seed=2))", TRUE },
};

START_TEST (seeds_follow_the_text)
{
  const Pair *pair = &pairs[_i];
  const ConsetWindow window = CONSET_WINDOW (9, 9);

  for (guint64 seed = 1; seed <= 2; seed++)
    {
      g_autoptr (Conset) a = parse (pair->a, seed), b = parse (pair->b, seed);
      g_autofree char *one = conset_digest (a, &window, NULL);
      g_autofree char *other = conset_digest (b, &window, NULL);

      ck_assert_msg ((strcmp (one, other) == 0) == pair->same, "%s and %s", pair->a, pair->b);
    }
}
END_TEST

START_TEST (model_seeds_change_values)
{
  const ConsetWindow window = CONSET_WINDOW (9, 9);
  g_autoptr (Conset) a = parse ("cset (full, normal (0, 1))", 1);
  g_autoptr (Conset) b = parse ("cset (full, normal (0, 1))", 2);
  g_autofree char *one = conset_digest (a, &window, NULL);
  g_autofree char *other = conset_digest (b, &window, NULL);

  ck_assert_str_ne (one, other);
}
END_TEST

/* The same text is a number of connections and a number of a connection. */
START_TEST (laws_are_degrees_and_values)
{
  g_autoptr (Conset) set = parse ("d = uniformInt (2, 4); "
                                  "cset (random (fanIn=d) * cross (range (50), range (80)), d)",
                                  1);
  const ConsetWindow window = CONSET_WINDOW (50, 80);
  g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, CONSET_TARGET_MAJOR);
  guint64 source, target, degrees[80] = { 0 }, n_degrees[5] = { 0 }, n_numbers[5] = { 0 };

  while (conset_iter_next (iter, &source, &target))
    {
      double number = conset_iter_get_value (iter, 0);

      ck_assert (number == 2 || number == 3 || number == 4);
      n_numbers[(guint) number]++;
      degrees[target]++;
    }
  ck_assert (conset_iter_finish (iter, NULL));
  for (guint k = 0; k < 80; k++)
    {
      ck_assert_uint_ge (degrees[k], 2);
      ck_assert_uint_le (degrees[k], 4);
      n_degrees[degrees[k]]++;
    }
  for (guint k = 2; k <= 4; k++)
    ck_assert (n_degrees[k] > 0 && n_numbers[k] > 0);
}
END_TEST

/* }}} */

/* {{{ errors */

static const TestExample mistakes[] = {
  { "normal (0)", "line 1, column 1: normal(0): sd is missing; it is normal(mean, sd, seed=...)\n"
                  "  normal (0)\n"
                  "  ^" },
  { "full; normal (0, -1)",
    "line 1, column 7: normal(0, -1): sd is -1; it must be 0 or more, and finite\n"
    "  full; normal (0, -1)\n"
    "        ^" },
  { "normal (0, 1, 3)",
    "line 1, column 15: normal(0, 1, 3): seed is given by keyword; write seed=...\n"
    "  normal (0, 1, 3)\n"
    "                ^" },
  { "normal (0, full)",
    "line 1, column 12: normal(0, full): sd: a number or a value set, such as i - j, is needed, "
    "not the set full\n"
    "  normal (0, full)\n"
    "             ^" },
  { "lognormal (3, sigma=1)",
    "line 1, column 1: lognormal(3, sigma=1): give mean and sd of the numbers, or mu and sigma of "
    "their logarithms; it is lognormal(mean, sd, seed=...) or lognormal(mu=m, sigma=s, seed=...)\n"
    "  lognormal (3, sigma=1)\n"
    "  ^" },
  { "mixture ([1, 2], [3])",
    "line 1, column 1: mixture([1, 2], [3]): give as many weights as values, not 2 and 1\n"
    "  mixture ([1, 2], [3])\n"
    "  ^" },
  { "mixture ([1, 2], [3, full])",
    "line 1, column 18: mixture([1, 2], [3, full]): values: element 2 of the list: "
    "a number or a value set, such as i - j, is needed, not the set full\n"
    "  mixture ([1, 2], [3, full])\n"
    "                   ^" },
  { "uniformInt (5, 2)",
    "line 1, column 1: uniformInt(5, 2): the first number is above the second; exchange them\n"
    "  uniformInt (5, 2)\n"
    "  ^" },
  { "uniformInt (5, 2, seed=1)",
    "line 1, column 1: uniformInt(5, 2): high is 2; it must be at least low\n"
    "  uniformInt (5, 2, seed=1)\n"
    "  ^" },
  { "uniformInt (0.5, 2)", "line 1, column 1: uniformInt(0.5, 2): low is 0.5; "
                           "it must be a whole number from -2^53 to 2^53\n"
                           "  uniformInt (0.5, 2)\n"
                           "  ^" },
  { "random (fanIn=poisson (3, seed=1)) * full",
    "line 1, column 9: random(fanIn=poisson(3, seed=1)): a number of connections (an integer from "
    "0 to 2^63 - 1, a list of those, or a law such as poisson(mean)) is needed, "
    "not the value set poisson(3, seed=1)\n"
    "  random (fanIn=poisson (3, seed=1)) * full\n"
    "          ^" },
  { "poisson (3) * full",
    "line 1, column 13: poisson(3) * full: a set is needed, not the degrees poisson(3)\n"
    "  poisson (3) * full\n"
    "              ^" },
  { "poisson (3) | 2", "line 1, column 13: poisson(3) | 2: '|' joins sets, not value sets\n"
                       "  poisson (3) | 2\n"
                       "              ^" },
};

START_TEST (mistakes_have_their_place)
{
  g_autofree char *message = test_evaluate (mistakes[_i].text);

  ck_assert_str_eq (message, mistakes[_i].printed);
}
END_TEST

/* }}} */

static Suite *
lang_distributions_suite (void)
{
  Suite *suite = suite_create ("lang distributions");
  TCase *tcase = test_case_add (suite, "distributions");

  tcase_add_loop_test (tcase, values_print_as_they_are_read, 0, G_N_ELEMENTS (values));
  tcase_add_loop_test (tcase, seeds_follow_the_text, 0, G_N_ELEMENTS (pairs));
  tcase_add_test (tcase, model_seeds_change_values);
  tcase_add_test (tcase, laws_are_degrees_and_values);
  tcase_add_loop_test (tcase, mistakes_have_their_place, 0, G_N_ELEMENTS (mistakes));
  return suite;
}

int
main (void)
{
  return test_run (lang_distributions_suite ());
}

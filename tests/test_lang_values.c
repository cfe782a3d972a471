/* SPDX-License-Identifier: MIT */
/*
 * Numbers, value sets and powers in the text language: what they print, which is read back as
 * the same, and every error with its place.
 */
#include "support.h"

#include <string.h>

/* Numbers: what they are as the end of a range */

static const TestExample numbers[] = {
  { "2 ** 5", "32" },
  { "2 ** 3 ** 2", "512" },
  { "(2 ** 3) ** 2", "64" },
  { "7 + -2 ** 2", "3" },
  { "3 * 2 ** 2 * 2", "24" },
  { "9 ** 0", "1" },
  { "0 ** 0", "1" },
  { "3 ** 39", "4052555153018976267" },
  { "(-3) ** 38", "1350851717672992089" },
  { "1 ** 18446744073709551615", "1" },
  { "8 * 2 ** -2", "2" },
  { "2. ** 3", "8" },
  { "abs (-3) + abs (3.0)", "6" },
  { "floor (7 / 2)", "3" },
  { "ceil (7 / 2)", "4" },
  { "floor (9223372036854775807) - 9223372036854775800", "7" },
  { "min (3, 9007199254740993) + max (-3, -4) + 3", "3" },
  { "max (9007199254740992, 9007199254740993)", "9007199254740993" },
  { "min (v=-1, w=18446744073709551615) + 5", "4" },
  { "min (3.5, 2)", "2" },
  { "sqrt (16)", "4" },
  { "exp (0) + cos (0) + sin (0) + tanh (0) + log (1)", "2" },
};

START_TEST (test_number_folds)
{
  g_autofree char *text = g_strdup_printf ("cross (range (%s), N)", numbers[_i].text);
  g_autofree char *printed = g_strdup_printf ("cross(range(%s), N)", numbers[_i].printed);

  test_assert_prints (text, printed);
}
END_TEST

/* Value sets: what the random set that has them for probabilities prints */

static const TestExample values[] = {
  { "i", "i" },
  { "+j", "j" },
  { "-(-i)", "-(-i)" },
  { "i - j - 3", "(i - j - 3)" },
  { "i - (j - 3)", "(i - (j - 3))" },
  { "i / (j / 2)", "(i / (j / 2))" },
  { "(i + 1) * j", "((i + 1) * j)" },
  { "-(i - j)", "-(i - j)" },
  { "i * -j", "(i * -j)" },
  { "i - -0.5", "(i - -0.5)" },
  { "-0.0 * i", "(0 * i)" },

  /* Powers lean to the right, and bind tighter than a sign before them */
  { "i ** 2", "i ** 2" },
  { "-i ** 2", "-i ** 2" },
  { "(-i) ** 2", "(-i) ** 2" },
  { "i ** j ** 2", "i ** j ** 2" },
  { "(i ** j) ** 2", "(i ** j) ** 2" },
  { "2 ** -i", "2 ** -i" },
  { "(-0.5) ** i", "(-0.5) ** i" },
  { "-0.5 ** i", "-0.5 ** i" },
  { "i * j ** 2 / 3", "(i * j ** 2 / 3)" },

  /* Functions */
  { "exp (-abs (i - j) / 10)", "exp(-abs(i - j) / 10)" },
  { "log (i + 1) + sqrt (j)", "(log(i + 1) + sqrt(j))" },
  { "sin (i) * cos (j) - tanh (i)", "(sin(i) * cos(j) - tanh(i))" },
  { "floor (i / 10) - ceil (j / 10)", "(floor(i / 10) - ceil(j / 10))" },
  { "min (i, max (w=j, v=3))", "min(i, max(3, j))" },

  /* Numbers are folded */
  { "2 * 3 / 4 * i", "(1.5 * i)" },
  { "i * 2 ** -2", "(i * 0.25)" },
  { "i / sqrt (4)", "(i / 2)" },
  { "1 / 4", "0.25" },
};

START_TEST (test_value_prints)
{
  g_autofree char *text = g_strdup_printf ("random (seed=1) * (%s)", values[_i].text);
  g_autofree char *printed = g_strdup_printf ("random(seed=1) * %s", values[_i].printed);

  test_assert_prints (text, printed);
}
END_TEST

/* The value at a pair, by what a probability of 0 or 1 makes of it */
START_TEST (test_indices)
{
  g_autoptr (Conset) set =
    conset_parse ("random * min (1, max (0, 1 - abs (i - 2 * j - 1)))", 1, NULL);

  for (guint64 i = 0; i < 20; i++)
    for (guint64 j = 0; j < 20; j++)
      ck_assert_uint_eq (conset_multiplicity (set, i, j), i == 2 * j + 1 ? 1 : 0);
}
END_TEST

/* Names of values may be names of other things */
static const TestExample hidden[] = {
  { "i = 3; j = 2 * i; cross (range (i), range (j))", "cross(range(3), range(6))" },
  { "i = i + 1; random (seed=1) * (1 / i)", "random(seed=1) * (1 / (i + 1))" },
  { "d = abs (i - j); i = 7; random (seed=i) * (1 / (1 + d))",
    "random(seed=7) * (1 / (1 + abs(i - j)))" },
  { "e = exp; random (seed=1) * e (-i)", "random(seed=1) * exp(-i)" },
  { "exp = full; exp", "full" },
};

START_TEST (test_hidden)
{
  test_assert_prints (hidden[_i].text, hidden[_i].printed);
}
END_TEST

/* Errors */

static const TestExample mistakes[] = {
  { "i", "line 1, column 1: a set is needed, not the value set i\n"
         "  i\n"
         "  ^" },
  { "random (i / 100)",
    "line 1, column 11: random(i / 100): a number, the same for all pairs, is needed, "
    "not the value set i / 100\n"
    "  random (i / 100)\n"
    "            ^" },
  { "range (i)", "line 1, column 8: range(i): an integer is needed, not the value set i\n"
                 "  range (i)\n"
                 "         ^" },
  { "full * i", "line 1, column 6: full * i: a value set and a set of connections do not mix; "
                "random * (value set) draws a set\n"
                "  full * i\n"
                "       ^" },
  { "i + N", "line 1, column 3: i + N: a number or a value set, such as i - j, is needed, "
             "not the index set N\n"
             "  i + N\n"
             "    ^" },
  { "i | j", "line 1, column 3: i | j: '|' joins sets, not value sets\n"
             "  i | j\n"
             "    ^" },
  { "~i", "line 1, column 1: ~i: a set is needed, not the value set i\n"
          "  ~i\n"
          "  ^" },
  { "full ** 2", "line 1, column 6: full ** 2: '**' is for numbers and value sets only\n"
                 "  full ** 2\n"
                 "       ^" },
  { "transpose ** 2",
    "line 1, column 11: transpose ** 2: an operator is applied with '*', not with '**'\n"
    "  transpose ** 2\n"
    "            ^" },
  { "2 ** 64", "line 1, column 3: 2 ** 64: the result does not fit 64 bits; "
               "write one operand as a real, such as 1.0\n"
               "  2 ** 64\n"
               "    ^" },
  { "2 *** 3", "line 1, column 5: expected an expression, found '*'\n"
               "  2 *** 3\n"
               "      ^" },
  { "exp (full)", "line 1, column 6: exp(full): a number or a value set, such as i - j, is needed, "
                  "not the set full\n"
                  "  exp (full)\n"
                  "       ^" },
  { "exp (1, 2)", "line 1, column 9: exp(1, 2): too many arguments; it is exp(v)\n"
                  "  exp (1, 2)\n"
                  "          ^" },
  { "full; log (-1)",
    "line 1, column 7: log(-1): the result is not a number; use numbers for which it is finite\n"
    "  full; log (-1)\n"
    "        ^" },
  { "i (3)", "line 1, column 1: the value set i cannot be called\n"
             "  i (3)\n"
             "  ^" },
};

START_TEST (test_mistake)
{
  g_autofree char *message = test_evaluate (mistakes[_i].text);

  ck_assert_str_eq (message, mistakes[_i].printed);
}
END_TEST

/* Powers nest, sums and products do not. */
START_TEST (test_extremes)
{
  g_autofree char *powers = test_repeat_text ("cross (range (1", " ** 1", 999, "), N)");
  g_autofree char *more = test_repeat_text ("cross (range (1", " ** 1", 1001, "), N)");
  g_autofree char *sum = test_repeat_text ("random * (i", " + i", 1000000, ")");
  g_autofree char *one = test_evaluate (powers);
  g_autofree char *too_many = test_evaluate (more);
  g_autofree char *too_deep = test_evaluate (sum);

  ck_assert_ptr_nonnull (strstr (one, "are nested more than 1000 levels deep"));
  ck_assert_ptr_nonnull (strstr (too_many, "are nested more than 1000 levels deep"));
  ck_assert (g_str_has_prefix (too_deep, "line 1, column "));
}
END_TEST

static Suite *
lang_values_suite (void)
{
  Suite *suite = suite_create ("lang values");
  TCase *good = test_case_add (suite, "values");
  TCase *bad = test_case_add (suite, "errors");

  tcase_add_loop_test (good, test_number_folds, 0, G_N_ELEMENTS (numbers));
  tcase_add_loop_test (good, test_value_prints, 0, G_N_ELEMENTS (values));
  tcase_add_test (good, test_indices);
  tcase_add_loop_test (good, test_hidden, 0, G_N_ELEMENTS (hidden));

  tcase_add_loop_test (bad, test_mistake, 0, G_N_ELEMENTS (mistakes));
  tcase_add_test (bad, test_extremes);
  return suite;
}

int
main (void)
{
  return test_run (lang_values_suite ());
}

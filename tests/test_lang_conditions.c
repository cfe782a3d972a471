/* SPDX-License-Identifier: MIT */
/*
 * Comparisons, conditions, functions that a text makes, attributes and modules in the text
 * language: what they print, which is read back as the same, how they bind, which operands they ask
 * for, and every error with its place.
 */
#include "support.h"

#include <string.h>

/* Numbers, as the end of a range */

static const TestExample numbers[] = {
  /* Remainders: between integers to the last digit, of reals as in Python */
  { "7 % 3", "1" },
  { "-7 % 3 + 7 % -3", "0" },
  { "-6 % 3 + -6 % -4 + 2", "0" },
  { "18446744073709551615 % 10", "5" },
  { "7.5 % 2 * 2", "3" },
  { "-0.5 % 2 * 2", "3" },
  { "2 * 7 % 4", "2" },
  { "2 + 7 % 4", "5" },
  { "7 % 4 ** 2", "7" },

  /* Functions of numbers */
  { "round (2.5) + round (3.5) + round (7)", "13" },
  { "sign (-3) + sign (0) + sign (2.5) + 1", "1" },
  { "log2 (1024) + log10 (1000)", "13" },
  { "hypot (3, 4) + atan2 (0, 1) + asin (0) + acos (1) + tan (0) + atan (0)", "5" },
  { "sinh (0) + cosh (0) + erf (0) + erf (30) + expm1 (0) + log1p (0)", "2" },
  { "floor (pi * 1000)", "3141" },
  { "clip (7, 2, 5) + clip (1, 2, 5) + clip (3, 2, 5)", "10" },
  { "min (4, 3, 9) + max ([4, 3, 9]) + min ([5])", "17" },
  { "max (1, 9007199254740993, 3, 9007199254740992)", "9007199254740993" },

  /* Conditions between numbers are decided at once */
  { "5 if 1 < 2 else 3", "5" },
  { "5 if 9007199254740993 > 9007199254740992 else 3", "5" },
  { "5 if 9007199254740993 == 9007199254740992.0 else 3", "3" },
  { "5 if 0.5 < 1 <= 1.0 != 2 else 3", "5" },
  { "5 if 3 > 2 > 2 else 3", "3" },
  { "5 if nan != nan and not (nan == nan or nan < 0 or nan >= 0) else 3", "5" },
  { "5 if -inf < -1e308 and 1e308 < math.inf == cmath.inf else 3", "5" },
  { "5 if 1 <= 1 and not 2 >= 3 or 1 / 0 else 3", "5" },
  { "5 if False and 1 / 0 else 3", "3" },
  { "5 if True or 1 / 0 else 3", "5" },
  { "5 if 2 and 0.5 else 3", "5" },
  { "5 if 0 or 0.0 else 3", "3" },
  { "5 if not 0 else 1 / 0", "5" },
  { "1 if False else 2 if False else 3", "3" },
  { "1 / 0 if 3 < 1 < 1 / 0 else 4", "4" },
  { "where (1 < 2, 5, 3) + where (False, 5, 3)", "8" },
  { "(1 if True else 2) + 3", "4" },
  { "1 if True else 2 + 3", "1" },

  /* Lambdas: parameters hide names; other names are as they are when it is called */
  { "(lambda x: x + 1) (3)", "4" },
  { "(lambda: 3) ()", "3" },
  { "(lambda x, y,: x - y) (7, 4)", "3" },
  { "(lambda x: lambda y: x - y) (7) (4)", "3" },
  { "(lambda pi: pi + 1) (3)", "4" },
  { "(lambda f: f (f (3))) (lambda x: x * 2)", "12" },
  { "(lambda x: 1 if x < 2 else 2) (1)", "1" },
  { "(lambda x: (lambda x: x * 2) (x + 1) + x) (3)", "11" },
  { "vset (3) + vset (2.0)", "5" },
  { "vset (lambda i, j: 3)", "3" },

  /* Modules of Python */
  { "math.sqrt (16) + cmath.exp (0) + math.floor (math.pi)", "8" },
};

START_TEST (test_number_folds)
{
  g_autofree char *text = g_strdup_printf ("cross (range (%s), N)", numbers[_i].text);
  g_autofree char *printed = g_strdup_printf ("cross(range(%s), N)", numbers[_i].printed);

  if (strcmp (numbers[_i].printed, "0") == 0)
    test_assert_prints (text, "empty");
  else
    test_assert_prints (text, printed);
}
END_TEST

/* Value sets, as what a random set has for probabilities */

static const TestExample values[] = {
  { "i < j", "(i < j)" },
  { "i <= j", "(i <= j)" },
  { "i > 3", "(i > 3)" },
  { "3 >= j", "(3 >= j)" },
  { "i == j", "(i == j)" },
  { "i != j", "(i != j)" },
  { "i + 1 < j * 2", "(i + 1 < j * 2)" },
  { "i + (1 < j) * 2", "(i + (1 < j) * 2)" },
  { "(i < j) == (j < 3)", "((i < j) == (j < 3))" },
  { "1 < i < 3", "(1 < i and i < 3)" },
  { "0 <= i <= j < 9 != i", "(0 <= i and i <= j and j < 9 and 9 != i)" },
  { "1 < 2 < i", "(1 and 2 < i)" },
  { "i < j and j < 3 or not i", "(i < j and j < 3 or not i)" },
  { "i < j and (j < 3 or not i)", "(i < j and (j < 3 or not i))" },
  { "not i < j and j", "(not i < j and j)" },
  { "not (i < j and j)", "(not (i < j and j))" },
  { "not not i", "(not not i)" },
  { "i or j or 3", "(i or j or 3)" },
  { "i or (j or 3)", "(i or (j or 3))" },
  { "True and i", "(1 and i)" },
  { "i and True", "(i and 1)" },
  { "-(i < j)", "-(i < j)" },
  { "(not i) + 1", "((not i) + 1)" },
  { "exp (i < j)", "exp(i < j)" },
  { "i % 10", "(i % 10)" },
  { "i * j % 10", "(i * j % 10)" },
  { "i * (j % 10)", "(i * (j % 10))" },
  { "-i % 10 ** 2", "(-i % 100)" },

  { "where (i < j, 1, 0.5)", "where(i < j, 1, 0.5)" },
  { "1 if i < j else 0.5", "where(i < j, 1, 0.5)" },
  { "i if i < j else j if j else 3", "where(i < j, i, where(j, j, 3))" },
  { "(i if i < j else j) + 1", "(where(i < j, i, j) + 1)" },
  { "where (True, i, j)", "i" },
  { "where (1 > 2, i, j)", "j" },
  { "i if 3 else j", "i" },
  { "clip (i / 100, low=0, high=1)", "clip(i / 100, 0, 1)" },
  { "min (i, 3, j, 5)", "min(min(min(i, 3), j), 5)" },
  { "max ([i, 1, 2])", "max(max(i, 1), 2)" },
  { "min (i, max (w=j, v=3))", "min(i, max(3, j))" },
  { "sign (i) + round (j / 3) - log10 (i + 1)", "(sign(i) + round(j / 3) - log10(i + 1))" },
  { "atan2 (i, j) * hypot (x=i, y=j)", "(atan2(i, j) * hypot(i, j))" },
  { "erf (tan (asin (acos (atan (i)))))", "erf(tan(asin(acos(atan(i)))))" },
  { "sinh (cosh (expm1 (log1p (log2 (i)))))", "sinh(cosh(expm1(log1p(log2(i)))))" },
  { "cos (2 * pi * i / 10)", "cos(6.283185307179586 * i / 10)" },

  { "sourceAttribute ([1.0, 2.5, -3])", "sourceAttribute([1, 2.5, -3])" },
  { "targetAttribute ([0.1] + [0.2], name='tau')", "targetAttribute([0.1, 0.2], name=\"tau\")" },
  { "targetAttribute ([], name='a \"b\"')", "targetAttribute([], name='a \"b\"')" },
  { "i * sourceAttribute (values=[2])", "(i * sourceAttribute([2]))" },

  { "vset (i)", "i" },
  { "vset (lambda i, j: i - j)", "(i - j)" },
  { "vset (lambda j, i: i - j)", "(j - i)" },
  { "vset (lambda a, b: abs (a - b))", "abs(i - j)" },
  { "(lambda a: a + i) (j)", "(j + i)" },
  { "vset (lambda i, j: 1 if i < j else 0.5)", "where(i < j, 1, 0.5)" },
  { "math.exp (-math.hypot (i, j))", "exp(-hypot(i, j))" },
};

START_TEST (test_value)
{
  g_autofree char *text = g_strdup_printf ("random (seed=1) * (%s)", values[_i].text);
  g_autofree char *printed = g_strdup_printf ("random(seed=1) * %s", values[_i].printed);

  test_assert_prints (text, printed);
}
END_TEST

/* What is no value set may be chosen and passed, too. */
static const TestExample others[] = {
  { "full if 1 < 2 else oneToOne", "full" },
  { "c = 3; a = oneToOne if c > 3 else full - oneToOne; a", "full - oneToOne" },
  { "f = lambda s, n: block (n) * s - oneToOne; f (oneToOne, 2)",
    "block(2, 2) * oneToOne - oneToOne" },
  { "f = lambda: b; b = full; f ()", "full" },
  { "f = lambda x: (x, lambda: x); full", "full" },
  { "splitTargets (full, 2, 3, contiguous=1 > 2)", "cross(N, range(2, 9223372036854775808, 3))" },
  { "import math\nimport cmath; random (seed=1) * (1 / math.cosh (i))",
    "random(seed=1) * (1 / cosh(i))" },
  { "k = 2; f = lambda x: x ** k; k = 3; random (seed=1) * f (i)", "random(seed=1) * i ** 3" },
  { "(full\nif 1 < 2\nelse empty)", "full" },
};

START_TEST (test_other)
{
  test_assert_prints (others[_i].text, others[_i].printed);
}
END_TEST

/* A random set in the middle of a chain, or in a lambda, is drawn once for each time it is made. */
START_TEST (test_seeds)
{
  g_autofree char *once = test_evaluate ("f = lambda s: s - oneToOne + s; f (random (0.5))");
  g_autofree char *twice = test_evaluate ("f = lambda: random (0.5); f () + f ()");
  g_autofree char *plain = test_evaluate ("random (0.5) + random (0.5)");
  g_autofree char *chosen = test_evaluate ("random (0.5) if 1 < 2 else random (0.25)");
  g_autofree char *one = test_evaluate ("random (0.5)");
  g_autofree char *expected = g_strdup_printf ("%s - oneToOne + %s", one, one);

  ck_assert_str_eq (once, expected);
  ck_assert_str_eq (twice, plain);
  ck_assert_str_eq (chosen, one);
}
END_TEST

/* The values themselves, by what a probability of 0 or 1 makes of them */
START_TEST (test_members)
{
  static const char *const texts[] = {
    "random * (1 < i <= j and not i % 3 == 0)",
    "random * where (1 < i <= j, i % 3 != 0, 0)",
    "random * (i % 3 != 0 if 1 < i <= j else 0)",
    "random * vset (lambda a, b: a % 3 != 0 and (1 < a and a <= b))",
    "random * clip (where (i > 1, i % 3, 0) * (i <= j), 0, 1)",
    "random * (sourceAttribute ([0, 0, 1, 0, 1, 1, 0, 1, 1, 0, 1, 1]) * (i <= j)) * "
    "cross (range (12), N)",
  };
  g_autoptr (Conset) set = conset_parse (texts[_i], 1, NULL);

  for (guint64 i = 0; i < 12; i++)
    for (guint64 j = 0; j < 12; j++)
      ck_assert_uint_eq (conset_multiplicity (set, i, j), 1 < i && i <= j && i % 3 != 0 ? 1 : 0);
}
END_TEST

/* Errors */

static const TestExample mistakes[] = {
  /* Operands that do not go together */
  { "1 < full", "line 1, column 3: 1 < full: a number or a value set, such as i - j, is needed, "
                "not the set full\n"
                "  1 < full\n"
                "    ^" },
  { "0 < i <= N", "line 1, column 7: i <= N: a number or a value set, such as i - j, is needed, "
                  "not the index set N\n"
                  "  0 < i <= N\n"
                  "        ^" },
  { "full | oneToOne < 3",
    "line 1, column 17: full | oneToOne < 3: a number or a value set, such as i - j, is needed, "
    "not the set full | oneToOne\n"
    "  full | oneToOne < 3\n"
    "                  ^" },
  { "True == True",
    "line 1, column 6: True == True: a number or a value set, such as i - j, is needed, "
    "not the boolean True\n"
    "  True == True\n"
    "       ^" },
  { "full and 3",
    "line 1, column 6: full and 3: a condition, such as i < j, is needed, not the set full\n"
    "  full and 3\n"
    "       ^" },
  { "i or full", "line 1, column 3: i or full: a condition, such as i < j, is needed, "
                 "not the set full\n"
                 "  i or full\n"
                 "    ^" },
  { "not N", "line 1, column 1: not N: a condition, such as i < j, is needed, not the index set N\n"
             "  not N\n"
             "  ^" },
  { "3 if full else 4",
    "line 1, column 6: a condition, such as i < j, is needed, not the set full\n"
    "  3 if full else 4\n"
    "       ^" },
  { "full if i < 3 else empty",
    "line 1, column 6: a number or a value set, such as i - j, is needed, not the set full\n"
    "  full if i < 3 else empty\n"
    "       ^" },
  { "where (N, 1, 2)",
    "line 1, column 8: where(N, 1, 2): condition: a condition, such as i < j, is needed, "
    "not the index set N\n"
    "  where (N, 1, 2)\n"
    "         ^" },
  { "full % 2", "line 1, column 6: full % 2: '%' is for numbers and value sets only\n"
                "  full % 2\n"
                "       ^" },
  { "5 % 0", "line 1, column 3: 5 % 0: division by zero\n  5 % 0\n    ^" },
  { "5 % 0.0", "line 1, column 3: 5 % 0: division by zero\n  5 % 0.0\n    ^" },

  /* Grammar */
  { "3 ! 4", "line 1, column 3: the character '!' (U+0021) has no meaning here; "
             "write 'not', or '!=' between two numbers or value sets\n"
             "  3 ! 4\n"
             "    ^" },
  { "3 if 4", "line 1, column 7: expected 'else' after the condition, as in a if c else b, "
              "found the end of the text\n"
              "  3 if 4\n"
              "        ^" },
  { "3 < < 4", "line 1, column 5: expected an expression, found '<'\n"
               "  3 < < 4\n"
               "      ^" },
  { "if 3", "line 1, column 1: expected an expression, found 'if'; "
            "it stands inside of one, as in Python\n"
            "  if 3\n"
            "  ^" },
  { "i and and j", "line 1, column 7: expected an expression, found 'and'; "
                   "it stands inside of one, as in Python\n"
                   "  i and and j\n"
                   "        ^" },
  { "f (i == 3 = 4)", "line 1, column 11: expected a name before '=', found '='\n"
                      "  f (i == 3 = 4)\n"
                      "            ^" },
  { "lambda 3: 4", "line 1, column 8: expected the name of a parameter, or ':' and an expression, "
                   "found '3'\n"
                   "  lambda 3: 4\n"
                   "         ^" },
  { "lambda if: 4", "line 1, column 8: expected the name of a parameter, or ':' and an expression, "
                    "found 'if'\n"
                    "  lambda if: 4\n"
                    "         ^" },
  { "lambda x y: 4", "line 1, column 10: expected ',' or ':' after a parameter, found 'y'\n"
                     "  lambda x y: 4\n"
                     "           ^" },
  { "lambda x, y, x: 4",
    "line 1, column 14: the parameter x is there already; give each its own name\n"
    "  lambda x, y, x: 4\n"
    "               ^" },
  { "math.3", "line 1, column 5: expected an operator or the end of the statement, found '.3'\n"
              "  math.3\n"
              "      ^" },
  { "math.(3)", "line 1, column 6: expected a name after '.', found '('\n"
                "  math.(3)\n"
                "       ^" },
  { "math.if", "line 1, column 6: there is no 'if' in the module math\n"
               "  math.if\n"
               "       ^" },
  { "x: 3", "line 1, column 2: expected an operator or the end of the statement, found ':'\n"
            "  x: 3\n"
            "   ^" },

  /* Modules */
  { "math.full", "line 1, column 6: there is no 'full' in the module math\n"
                 "  math.full\n"
                 "       ^" },
  { "cmath.erf (1)", "line 1, column 7: there is no 'erf' in the module cmath\n"
                     "  cmath.erf (1)\n"
                     "        ^" },
  { "i.real", "line 1, column 3: there is no 'real' in the value set i\n"
              "  i.real\n"
              "    ^" },
  { "math (3)", "line 1, column 1: the module math cannot be called\n"
                "  math (3)\n"
                "  ^" },
  { "full * math", "line 1, column 6: full * math: a set is needed, not the module math\n"
                   "  full * math\n"
                   "       ^" },

  /* Lambdas */
  { "lambda i: i", "line 1, column 1: a set is needed, not the function lambda i: ...\n"
                   "  lambda i: i\n"
                   "  ^" },
  { "f = lambda x: x; f ()", "line 1, column 18: (lambda x: ...) takes 1 argument, not 0\n"
                             "  f = lambda x: x; f ()\n"
                             "                   ^" },
  { "(lambda: 1) (2)", "line 1, column 2: (lambda: ...) takes 0 arguments, not 1\n"
                       "  (lambda: 1) (2)\n"
                       "   ^" },
  { "f = lambda x: x; f (x=2)",
    "line 1, column 21: lambdas take their arguments by position; write the value alone\n"
    "  f = lambda x: x; f (x=2)\n"
    "                      ^" },
  { "vset (lambda i: i)",
    "line 1, column 1: vset(lambda i: ...): (lambda i: ...) takes 1 argument, not 2\n"
    "  vset (lambda i: i)\n"
    "  ^" },
  { "vset (lambda i, j: full)",
    "line 1, column 1: vset(lambda i, j: ...): a number or a value set, such as i - j, is needed, "
    "not the set full\n"
    "  vset (lambda i, j: full)\n"
    "  ^" },
  { "vset (full)", "line 1, column 7: vset(full): a number or a value set, such as i - j, "
                   "is needed, not the set full\n"
                   "  vset (full)\n"
                   "        ^" },
  { "random * vset (lambda a, b:\n  exp (full))",
    "line 2, column 8: exp(full): a number or a value set, such as i - j, is needed, "
    "not the set full\n"
    "    exp (full))\n"
    "         ^" },
  { "f = lambda x: y; f (3)", "line 1, column 15: the name 'y' is unknown\n"
                              "  f = lambda x: y; f (3)\n"
                              "                ^" },
  { "f = lambda x: g (x); g = lambda x: x + a; a = full; f (3)", "line 1, column 38: 3 + full: " },
  { "exp (lambda x: x)",
    "line 1, column 6: exp(lambda x: ...): a number or a value set, such as i - j, is needed, "
    "not the function lambda x: ...\n"
    "  exp (lambda x: x)\n"
    "       ^" },

  /* Arguments */
  { "min ([])", "line 1, column 1: min([]): the list is empty; give it numbers or value sets\n"
                "  min ([])\n"
                "  ^" },
  { "max (3)", "line 1, column 1: max(3): there is nothing to compare with; give two, or a list\n"
               "  max (3)\n"
               "  ^" },
  { "min ([3], 4)", "line 1, column 1: min([3], 4): a list stands alone; give the others in it\n"
                    "  min ([3], 4)\n"
                    "  ^" },
  { "min (3, 4, 5, full)",
    "line 1, column 15: min(3, 4, 5, full): x: a number or a value set, such as i - j, is needed, "
    "not the set full\n"
    "  min (3, 4, 5, full)\n"
    "                ^" },
  { "min (3, 4, k=5)", "line 1, column 1: min(3, 4, k=5): there is no keyword 'k'; "
                       "it is min(v, w, ...) or min([v, w, ...])\n"
                       "  min (3, 4, k=5)\n"
                       "  ^" },
  { "full; clip (i, 5, 3)",
    "line 1, column 7: clip(i, 5, 3): the low bound is above the high one; exchange them\n"
    "  full; clip (i, 5, 3)\n"
    "        ^" },
  { "sourceAttribute ([1, i])",
    "line 1, column 18: sourceAttribute([1, i]): element 2 of the list: "
    "a number, the same for all pairs, is needed, not the value set i\n"
    "  sourceAttribute ([1, i])\n"
    "                   ^" },
  { "sourceAttribute ([1], name=3)", "line 1, column 23: sourceAttribute([1], name=3): name: "
                                     "a string in quotes is needed, not the integer 3\n"
                                     "  sourceAttribute ([1], name=3)\n"
                                     "                        ^" },
  { "sourceAttribute ([1], 'tau')",
    "line 1, column 23: sourceAttribute([1], \"tau\"): name is given by keyword; write name=...\n"
    "  sourceAttribute ([1], 'tau')\n"
    "                        ^" },
};

/* Of a few only the beginning is given. */
START_TEST (test_mistake)
{
  const char *expected = mistakes[_i].printed;
  gboolean whole = g_str_has_suffix (expected, "^");
  g_autofree char *message = test_evaluate (mistakes[_i].text);

  ck_assert_msg (whole ? strcmp (message, expected) == 0 : g_str_has_prefix (message, expected),
                 "'%s' gives\n%s\nand not\n%s", mistakes[_i].text, message, expected);
}
END_TEST

/* Extremes */

typedef struct
{
  const char *head;
  const char *part;
  gsize n;
  const char *tail;
  const char *part_of_message; /* or of what it prints */
} Extreme;

#define TOO_DEEP "are nested too deep here; a lambda must not call itself without end"
#define TOO_LONG "take more than 1000000 steps"
#define TOO_NESTED "are nested more than 1000 levels deep"

static const Extreme extremes[] = {
  { "cross (range (5 if 0 <", " 1 <=", 100000, " 1 else 3), N)", "cross(range(5), N)" },
  { "cross (range (5 if 1", " and 1", 100000, " else 3), N)", "cross(range(5), N)" },
  { "cross (range (5 if 0", " or 0", 100000, " else 3), N)", "cross(range(3), N)" },
  { "cross (range (min (", "7, ", 100000, "5)), N)", "cross(range(5), N)" },
  { "full; i", " < i", 5000, "", "nested more than 4096 operators deep" },
  { "cross (range (", "1 if 0 else ", 990, "5), N)", "cross(range(5), N)" },
  { "", "1 if 0 else ", 1010, "5", TOO_NESTED },
  { "", "not ", 1010, "5", TOO_NESTED },
  { "", "lambda: ", 1010, "5", TOO_NESTED },
  { "math", ".pi", 1010, "", TOO_NESTED },
  { "full; x = ", "lambda: ", 990, "5; full", "full" },
  { "f = lambda x: f (x); f (1)", "", 0, "", TOO_DEEP },
  { "f = lambda x: vset (lambda i, j: f (x)); f (1)", "", 0, "", TOO_DEEP },
  { "f = lambda n: 1 if n < 2 else f (n - 1) + f (n - 2); f (90)", "", 0, "", TOO_LONG },
  { "f = lambda x: x\n", "g = f; f = lambda x: g (x) + g (x)\n", 2, "f (1)", TOO_DEEP },
  { "f = lambda g: lambda: g\nx = 1\n", "x = f (x)\n", 200, "full",
    "lambdas, lists and tuples hold each other more than 100 levels deep" },
  { "f = lambda g: [lambda: g]\nx = 1\n", "x = f (x)\n", 100000, "full",
    "lambdas, lists and tuples hold each other more than 100 levels deep" },
};

START_TEST (test_extreme)
{
  const Extreme *extreme = &extremes[_i];
  g_autofree char *text =
    test_repeat_text (extreme->head, extreme->part, extreme->n, extreme->tail);
  g_autofree char *message = test_evaluate (text);

  ck_assert_msg (strstr (message, extreme->part_of_message) != NULL, "%s... gives\n%s",
                 extreme->head, message);
}
END_TEST

/* Every level of brackets holds as many operators as can nest in one another. */
START_TEST (test_deepest)
{
  g_autofree char *opened =
    test_repeat_text ("f = lambda x: x\nx = ", "[0 or 1 and 1 < 2 + 3 * (", 498, "1");
  g_autofree char *text = test_repeat_text (opened, ")]", 498, "; full");
  g_autofree char *message = test_evaluate (text);

  ck_assert_msg (strstr (message, "3 * [True]: a set is needed") != NULL, "%s", message);
}
END_TEST

static Suite *
lang_conditions_suite (void)
{
  Suite *suite = suite_create ("lang conditions");
  TCase *good = test_case_add (suite, "values");
  TCase *bad = test_case_add (suite, "errors");

  tcase_add_loop_test (good, test_number_folds, 0, G_N_ELEMENTS (numbers));
  tcase_add_loop_test (good, test_value, 0, G_N_ELEMENTS (values));
  tcase_add_loop_test (good, test_other, 0, G_N_ELEMENTS (others));
  tcase_add_test (good, test_seeds);
  tcase_add_loop_test (good, test_members, 0, 6);

  tcase_add_loop_test (bad, test_mistake, 0, G_N_ELEMENTS (mistakes));
  tcase_add_loop_test (bad, test_extreme, 0, G_N_ELEMENTS (extremes));
  tcase_add_test (bad, test_deepest);
  return suite;
}

int
main (void)
{
  return test_run (lang_conditions_suite ());
}

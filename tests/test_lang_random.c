/* SPDX-License-Identifier: MIT */
/*
 * The name `random` of the text language: which rule its arguments choose, what operators of
 * it apply to, seeds, and every error with its place.
 */
#include "support.h"

#include <string.h>

/* The first and the second seed that a text gets for itself */
#define FIRST "2052068592637856"
#define SECOND "4689906084250499"

static const TestExample expressions[] = {
  /* Pairs, each for itself */
  { "random (0.5, seed=7)", "random(0.5, seed=7)" },
  { "random (seed=7, p=1 / 4)", "random(0.25, seed=7)" },
  { "random (0.5, seed=18446744073709551615)", "random(0.5, seed=18446744073709551615)" },
  { "random (exp (-1), seed=7)", "random(0.36787944117144233, seed=7)" },
  { "random (0.5, symmetric=False, seed=7)", "random(0.5, seed=7)" },
  { "random (0.5, symmetric=True, seed=7)", "random(0.5, symmetric=True, seed=7)" },
  { "random (poisson=2.5, seed=7)", "random(poisson=2.5, seed=7)" },
  { "random (0)", "empty" },
  { "random (1.0)", "full" },

  /* Pairs, by a value set */
  { "random (seed=7) * i", "random(seed=7) * i" },
  { "random (seed=7) * (i / 100)", "random(seed=7) * (i / 100)" },
  { "random (clip=True, seed=7) * exp (-i)", "random(clip=True, seed=7) * exp(-i)" },
  { "random (clip=False, seed=7) * exp (-i)", "random(seed=7) * exp(-i)" },
  { "random * exp (-i)", "random(seed=" FIRST ") * exp(-i)" },
  { "random (clip=True) * exp (-i)", "random(clip=True, seed=" FIRST ") * exp(-i)" },
  { "r = random (seed=7); r * i + r * j", "random(seed=7) * i + random(seed=7) * j" },

  /* Some of the candidates */
  { "random (N=10, seed=7) * cross (range (9), range (8))",
    "random(N=10, seed=7) * cross(range(9), range(8))" },
  { "random (multapses=True, N=10, seed=7) * cross (range (9), range (8))",
    "random(N=10, seed=7) * cross(range(9), range(8))" },
  { "random (N=10, multapses=False, seed=7) * (cross (range (9), range (8)) - oneToOne)",
    "random(N=10, multapses=False, seed=7) * (cross(range(9), range(8)) - oneToOne)" },
  { "random (fanIn=3, seed=7) * cross (range (9), range (8))",
    "random(fanIn=3, seed=7) * cross(range(9), range(8))" },
  { "random (fanIn=poisson (4), multapses=False, seed=7) * cross (range (99), range (8))",
    "random(fanIn=poisson(4), multapses=False, seed=7) * cross(range(99), range(8))" },
  { "random (fanOut=[3] + [4, 5.], seed=7) * cross (range (3), range (8))",
    "random(fanOut=[3, 4, 5], seed=7) * cross(range(3), range(8))" },
  { "d = uniformInt (2, 4); random (fanOut=d, seed=7) * cross (range (3), range (8))",
    "random(fanOut=uniformInt(2, 4), seed=7) * cross(range(3), range(8))" },
  { "random (fanIn=3, weight=1 + i, seed=7) * cross (range (9), range (8))",
    "random(fanIn=3, weight=1 + i, seed=7) * cross(range(9), range(8))" },
  { "w = exp (-abs (i - j)); random (multapses=False, weight=w, fanOut=3, seed=7) * cross (range "
    "(9), range (8))",
    "random(fanOut=3, weight=exp(-abs(i - j)), multapses=False, seed=7) * cross(range(9), "
    "range(8))" },
  { "r = random (N=2, seed=7); r * [(1, 2), (3, 4)] + r * [(5, 6), (7, 8)]",
    "random(N=2, seed=7) * [(1, 2), (3, 4)] + random(N=2, seed=7) * [(5, 6), (7, 8)]" },
  { "block (5) * random (N=4) * cross (range (9), range (8))",
    "block(5, 5) * (random(N=4, seed=" FIRST ") * cross(range(9), range(8)))" },
  { "random (N=4, seed=7) * (random (fanIn=3, multapses=False, seed=8) * cross (range (9), range "
    "(8)))",
    "random(N=4, seed=7) * (random(fanIn=3, multapses=False, seed=8) * cross(range(9), "
    "range(8)))" },
  { "random (N=4, seed=7) * random (fanIn=3, multapses=False, seed=8) * cross (range (9), range "
    "(8))",
    "random(N=4, seed=7) * (random(fanIn=3, multapses=False, seed=8) * cross(range(9), "
    "range(8)))" },
  { "full - random (N=4, seed=7) * cross (range (9), range (8)) * oneToOne",
    "full - random(N=4, seed=7) * cross(range(9), range(8)) * oneToOne" },
  { "random (N=4, seed=7) * (cross (range (9), range (8)) * oneToOne)",
    "random(N=4, seed=7) * (cross(range(8), N) * oneToOne)" },
  /* Candidates count once each */
  { "random (N=4, seed=7) * [(1, 2), (1, 2), (3, 4)]",
    "random(N=4, seed=7) * ([(1, 2), (1, 2), (3, 4)] * full)" },

  /* Compositions */
  { "transpose * random (seed=7) * i", "transpose * (random(seed=7) * i)" },
  { "block (2) * (random (seed=7) * i)", "block(2, 2) * (random(seed=7) * i)" },
  { "op = block (2) * random (seed=7); op * i", "block(2, 2) * (random(seed=7) * i)" },
  { "transpose * random * i", "transpose * (random(seed=" FIRST ") * i)" },

  /* Seeds: one for each call, one for each use of the name alone */
  { "random (0.5)", "random(0.5, seed=" FIRST ")" },
  { "random (0.5) | random (0.5)", "random(0.5, seed=" FIRST ") | random(0.5, seed=" SECOND ")" },
  { "random (0.5, seed=7) | random (0.5)", "random(0.5, seed=7) | random(0.5, seed=" SECOND ")" },
  { "random (seed=7) * i | random * i", "random(seed=7) * i | random(seed=" SECOND ") * i" },
  { "r = random; r * i | r * i", "random(seed=" FIRST ") * i | random(seed=" SECOND ") * i" },
  { "r = random (clip=True); r * i - r * j",
    "random(clip=True, seed=" FIRST ") * i - random(clip=True, seed=" FIRST ") * j" },
  { "r = random; r (0.5)", "random(0.5, seed=" FIRST ")" },
  { "random = full; random", "full" },
};

START_TEST (test_rule)
{
  const TestExample *test = &expressions[_i];
  g_autofree char *result = test_evaluate (test->text);
  g_autofree char *again = test_evaluate (test->printed);

  ck_assert_msg (strcmp (result, test->printed) == 0, "'%s' gives '%s' and not '%s'", test->text,
                 result, test->printed);
  ck_assert_msg (strcmp (again, test->printed) == 0, "'%s' reads back as '%s'", test->printed,
                 again);
}
END_TEST

/* How many connections a text means, and whether a pair may have several */
static const struct
{
  const char *text;
  guint64 count;
  gboolean multapses;
} counts[] = {
  { "random (N=10) * cross (range (9), range (8))", 10, TRUE },
  { "random (N=72, multapses=False) * cross (range (9), range (8))", 72, FALSE },
  { "random (fanIn=3) * cross (range (9), range (8))", 24, TRUE },
  { "random (fanIn=8, multapses=False) * (cross (range (9), range (8)) - oneToOne)", 64, FALSE },
  { "random (fanOut=3) * cross (range (9), range (8))", 27, TRUE },
  { "random (fanIn=3, weight=1 + i) * cross (range (9), range (8))", 24, TRUE },
  { "random (fanOut=3, weight=2, multapses=False) * cross (range (9), range (8))", 27, FALSE },
  { "random (fanOut=[1, 0, 4], multapses=False) * cross (range (3), range (8))", 5, FALSE },
};

START_TEST (test_count)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (counts[_i].text, CONSET_DEFAULT_SEED, &error);
  guint64 count;

  ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
  ck_assert (conset_count (set, NULL, &count, &error));
  ck_assert_uint_eq (count, counts[_i].count);
  ck_assert_int_eq (conset_max_multiplicity (set) > 1, counts[_i].multapses);
}
END_TEST

/* Errors */

#define CHOICE "p, N, fanIn, fanOut, poisson"
#define SIGNATURE                                                                                  \
  "random(p, symmetric=False), random(poisson=mean), random(N=n, multapses=True) * set, "          \
  "random(fanIn=k, weight=1, multapses=True) * set, "                                              \
  "random(fanOut=k, weight=1, multapses=True) * set "                                              \
  "or random(clip=False) * v, each with or without seed=..."

static const TestExample mistakes[] = {
  { "random ()", "line 1, column 1: random(): give one of " CHOICE "; "
                 "or write random * v, v being a value set of probabilities\n"
                 "  random ()\n"
                 "  ^" },
  { "full; random (symmetric=True)",
    "line 1, column 7: random(symmetric=True): give one of " CHOICE "; "
    "or write random * v, v being a value set of probabilities\n"
    "  full; random (symmetric=True)\n"
    "        ^" },
  { "full * random (NN=100, p=1)",
    "line 1, column 16: random(NN=100, p=1): there is no keyword 'NN'; it is " SIGNATURE "\n"
    "  full * random (NN=100, p=1)\n"
    "                 ^" },
  { "random (0.5, sed=1)",
    "line 1, column 14: random(0.5, sed=1): there is no keyword 'sed'; did you mean 'seed'?\n"
    "  random (0.5, sed=1)\n"
    "               ^" },
  { "random (0.5, 1)",
    "line 1, column 14: random(0.5, 1): argument 2 is given by keyword; it is " SIGNATURE "\n"
    "  random (0.5, 1)\n"
    "               ^" },
  { "random (0.5, p=0.5)", "line 1, column 14: random(0.5, p=0.5): p is given twice\n"
                           "  random (0.5, p=0.5)\n"
                           "               ^" },
  { "random (1.7)", "line 1, column 1: random(1.7): probability must lie in [0, 1]\n"
                    "  random (1.7)\n"
                    "  ^" },
  { "full - random (poisson=0.5, p=0.5)",
    "line 1, column 8: random(poisson=0.5, p=0.5): give one of " CHOICE "\n"
    "  full - random (poisson=0.5, p=0.5)\n"
    "         ^" },
  { "random (0.5, clip=True)",
    "line 1, column 1: random(0.5, clip=True): clip goes without p: random(clip=...) * v, "
    "v being a value set\n"
    "  random (0.5, clip=True)\n"
    "  ^" },
  { "random (N=10, fanIn=3)", "line 1, column 1: random(N=10, fanIn=3): give one of " CHOICE "\n"
                              "  random (N=10, fanIn=3)\n"
                              "  ^" },
  { "random (0.5, multapses=False)", "line 1, column 1: random(0.5, multapses=False): "
                                     "multapses does not go with p, but with N, fanIn, fanOut\n"
                                     "  random (0.5, multapses=False)\n"
                                     "  ^" },
  { "random (N=3, weight=i) * full", "line 1, column 1: random(N=3, weight=i): "
                                     "weight does not go with N, but with fanIn, fanOut\n"
                                     "  random (N=3, weight=i) * full\n"
                                     "  ^" },
  { "random (fanIn=3, multapses=0) * full",
    "line 1, column 18: random(fanIn=3, multapses=0): multapses: "
    "True or False is needed, not the integer 0\n"
    "  random (fanIn=3, multapses=0) * full\n"
    "                   ^" },
  { "random (N=2.5) * full",
    "line 1, column 9: random(N=2.5): an integer is needed, not the real 2.5\n"
    "  random (N=2.5) * full\n"
    "          ^" },
  { "random (fanIn=[3, -1]) * full",
    "line 1, column 9: random(fanIn=[3, -1]): element 2 of the list: a number of connections "
    "(an integer from 0 to 2^63 - 1, a list of those, or a law such as poisson(mean)) is needed, "
    "not the integer -1\n"
    "  random (fanIn=[3, -1]) * full\n"
    "          ^" },
  { "random (fanOut=full) * full",
    "line 1, column 9: random(fanOut=full): a number of connections "
    "(an integer from 0 to 2^63 - 1, a list of those, or a law such as poisson(mean)) is needed, "
    "not the set full\n"
    "  random (fanOut=full) * full\n"
    "          ^" },
  { "random (clip=1) * i",
    "line 1, column 9: random(clip=1): True or False is needed, not the integer 1\n"
    "  random (clip=1) * i\n"
    "          ^" },
  { "random (poisson=0.5, symmetric=True)",
    "line 1, column 1: random(poisson=0.5, symmetric=True): "
    "symmetric does not go with poisson, but with p\n"
    "  random (poisson=0.5, symmetric=True)\n"
    "  ^" },

  /* What operators apply to */
  { "random (seed=7)",
    "line 1, column 1: a set, such as operator * full, is needed, not the operator "
    "random(seed=7)\n"
    "  random (seed=7)\n"
    "  ^" },
  { "random (clip=True, seed=7) * full",
    "line 1, column 28: random(clip=True, seed=7) * full: "
    "a number or a value set, such as i - j, is needed, not the set full\n"
    "  random (clip=True, seed=7) * full\n"
    "                             ^" },
  { "random (N=10, seed=7)",
    "line 1, column 1: a set, such as operator * full, is needed, not the operator "
    "random(N=10, seed=7)\n"
    "  random (N=10, seed=7)\n"
    "  ^" },
  { "random (N=10, multapses=False, seed=7) * i",
    "line 1, column 40: random(N=10, multapses=False, seed=7) * i: "
    "a set is needed, not the value set i\n"
    "  random (N=10, multapses=False, seed=7) * i\n"
    "                                         ^" },
  { "r = random (seed=7); r * transpose * full",
    "line 1, column 36: random(seed=7) * transpose * full: "
    "a number or a value set, such as i - j, is needed, not the set transpose * full\n"
    "  r = random (seed=7); r * transpose * full\n"
    "                                     ^" },
  { "transpose * i", "line 1, column 11: transpose * i: a set is needed, not the value set i\n"
                     "  transpose * i\n"
                     "            ^" },
  { "i * random", "line 1, column 3: i * random: an operator stands to the left of what it "
                  "applies to; put the two in parentheses\n"
                  "  i * random\n"
                  "    ^" },
  { "random (seed=7) * i * j",
    "line 1, column 21: random(seed=7) * i * j: "
    "a value set and a set of connections do not mix; random * (value set) draws a set\n"
    "  random (seed=7) * i * j\n"
    "                      ^" },
  { "random + full", "line 1, column 8: random + full: a set is needed, not the function random, "
                     "which is to be called: " SIGNATURE "\n"
                     "  random + full\n"
                     "         ^" },
  /* A seed that nobody wrote is in no message */
  { "random * full", "line 1, column 8: random * full: "
                     "a number or a value set, such as i - j, is needed, not the set full\n"
                     "  random * full\n"
                     "         ^" },
  { "random (N=10) * 4", "line 1, column 15: random(N=10) * 4: a set is needed, not the integer 4\n"
                         "  random (N=10) * 4\n"
                         "                ^" },
  { "random * 1.5",
    "line 1, column 8: random * 1.5: probability must lie in [0, 1]; change it, or clip it "
    "with clip=True\n"
    "  random * 1.5\n"
    "         ^" },
};

START_TEST (test_mistake)
{
  g_autofree char *message = test_evaluate (mistakes[_i].text);

  ck_assert_str_eq (message, mistakes[_i].printed);
}
END_TEST

static Suite *
lang_random_suite (void)
{
  Suite *suite = suite_create ("lang random");
  TCase *tcase = test_case_add (suite, "random");

  tcase_add_loop_test (tcase, test_rule, 0, G_N_ELEMENTS (expressions));
  tcase_add_loop_test (tcase, test_count, 0, G_N_ELEMENTS (counts));
  tcase_add_loop_test (tcase, test_mistake, 0, G_N_ELEMENTS (mistakes));
  return suite;
}

int
main (void)
{
  return test_run (lang_random_suite ());
}

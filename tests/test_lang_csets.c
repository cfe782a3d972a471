/* SPDX-License-Identifier: MIT */
/*
 * Connection sets in the text language: what every form prints, which is read back as the same,
 * what is an error, and what the connections and values are.
 */
#include "support.h"

#include <string.h>

static const TestExample examples[] = {
  { "cset (full)", "full" },
  { "cset (mask = full)", "full" },
  { "cset (full, 2)", "cset(full, 2)" },
  { "cset (full, 2.0, i)", "cset(full, 2, i)" },
  { "cset (full, weight=2)", "cset(full, weight=2)" },
  { "cset (full, 0.5, weight=2, delay=i)", "cset(full, 0.5, weight=2, delay=i)" },
  { "cset (mask=full, weight=2)", "cset(full, weight=2)" },
  { "cset (weight=2, mask=full, _d_1=i - j)", "cset(full, weight=2, _d_1=i - j)" },
  { "cset (full, value=1, set=2, k=3, v1=4, i=5)", "cset(full, value=1, set=2, k=3, v1=4, i=5)" },
  { "w = 2 * i; cset (full, w, w=w)", "cset(full, 2 * i, w=2 * i)" },
  { "cset (full, -i, -0.5, 1 - i - j, (1 - i) * j)",
    "cset(full, -i, -0.5, 1 - i - j, (1 - i) * j)" },
  { "cset (full | oneToOne, 1 + 1)", "cset(full | oneToOne, 2)" },
  { "cset ([(1, 2)], i)", "cset([(1, 2)], i)" },
  { "cset ([(1, 2), (0, 1)], [5, 7], delay=[0.5, 2])",
    "cset([(0, 1), (1, 2)], [7, 5], delay=[2, 0.5])" },
  { "cset ([(1, 2), (0, 1)], 3, delay=[0.5, 2])",
    "cset([(0, 1), (1, 2)], [3, 3], delay=[2, 0.5])" },
  { "cset (cross (range (3), N), 1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,w=20,v=i)",
    "cset(cross(range(3), N), 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, "
    "w=20, v=i)" },
  { "cset (random (0.5, seed=1), random=1)", "cset(random(0.5, seed=1), random=1)" },
  { "cset (random (seed=2) * 0.25, 1)", "cset(random(seed=2) * 0.25, 1)" },

  /* Operators */
  { "cset (full, 1) * oneToOne", "cset(full, 1) * oneToOne" },
  { "oneToOne * cset (full, 1) * random (0.5, seed=1)",
    "oneToOne * cset(full, 1) * random(0.5, seed=1)" },
  { "full * cset (oneToOne, 1)", "cset(oneToOne, 1)" },
  { "cset (full, 1) - oneToOne - [(1, 2)]", "cset(full, 1) - oneToOne - [(1, 2)]" },
  { "cset (full, w=1) + cset (oneToOne, w=i)", "cset(full, w=1) + cset(oneToOne, w=i)" },
  { "cset (full, 1) | cset (oneToOne, i)", "cset(full, 1) | cset(oneToOne, i)" },
  { "block (2) * cset (full - oneToOne, 1)", "block(2, 2) * cset(full - oneToOne, 1)" },
  { "repeat (2, 3) * transpose * shift (1, 0) * cset (oneToOne, i)",
    "repeat(2, 3) * (transpose * (shift(1, 0) * cset(oneToOne, i)))" },
  { "fix * cset ([(1, 2)] * full, i)", "fix * cset([(1, 2)], i)" },
  { "partition (cset (full, 1), [oneToOne, full - oneToOne], 1)",
    "cset(full, 1) * (full - oneToOne)" },
  { "random (N=5, seed=1) * cset (cross (range (3), range (3)), 1)",
    "random(N=5, seed=1) * cset(cross(range(3), range(3)), 1)" },

  /* Masks, values, arity */
  { "mask (full)", "full" },
  { "mask (cset (oneToOne, 1, 2))", "oneToOne" },
  { "mask (set=cset (oneToOne, 1, 2) - [(1, 1)])", "mask(cset(oneToOne, 1, 2) - [(1, 1)])" },
  { "mask (mask (block (2) * cset (oneToOne, 1)))", "mask(block(2, 2) * cset(oneToOne, 1))" },
  { "mask (cset (full, 1) + cset (full, 2)) - oneToOne",
    "mask(cset(full, 1) + cset(full, 2)) - oneToOne" },
  { "c = cset (full, i, j); cset (oneToOne, value (c, 1), value (k=0, set=c) + 1)",
    "cset(oneToOne, j, i + 1)" },
  { "c = cset (full, i, j) - oneToOne; cset (mask (c), value (c, 1) - 2 * value (c, 0))",
    "cset(mask(cset(full, i, j) - oneToOne), value(cset(full, i, j) - oneToOne, 1) - 2 * "
    "value(cset(full, i, j) - oneToOne, 0))" },
  { "random (seed=1) * (1 / (1 + value (cset (full, i) - oneToOne, 0)))",
    "random(seed=1) * (1 / (1 + value(cset(full, i) - oneToOne, 0)))" },
  { "cross (range (arity (full), arity (cset (full, 1, 2, 3))), N)", "cross(range(3), N)" },
  { "cset (full, arity (set=cset (full, 1) - oneToOne))", "cset(full, 1)" },

  /* Empty sets have as many values as before */
  { "cset (empty, 1, w=2)", "cset(empty, 1, w=2)" },
  { "cset (full, 1, w=i) * empty", "cset(empty, 0, w=0)" },
  { "cset (full, 1, w=i) * empty + cset (full, 2, w=3)", "cset(full, 2, w=3)" },
};

START_TEST (test_prints)
{
  test_assert_prints (examples[_i].text, examples[_i].printed);
}
END_TEST

/* Names of functions may be names of other things, and so of values. */
static const TestExample hidden[] = {
  { "mask = full; cset (mask, 1)", "cset(full, 1)" },
  { "value = 3; cset (full, value, value=value)", "cset(full, 3, value=3)" },
  { "c = cset; c (full, c=1)", "cset(full, c=1)" },
  { "arity = 2; cset (full, arity)", "cset(full, 2)" },
};

START_TEST (test_hidden)
{
  test_assert_prints (hidden[_i].text, hidden[_i].printed);
}
END_TEST

/* Errors */

static const TestExample mistakes[] = {
  { "cset ()",
    "line 1, column 1: cset(): mask is missing; it is cset(mask, v1, v2, ..., name=v, ...)\n"
    "  cset ()\n"
    "  ^" },
  { "cset (weight=2)", "line 1, column 1: cset(weight=2): mask is missing; it is cset(mask, v1, "
                       "v2, ..., name=v, ...)\n"
                       "  cset (weight=2)\n"
                       "  ^" },
  { "cset (3, i)", "line 1, column 7: cset(3, i): mask: a set is needed, not the integer 3\n"
                   "  cset (3, i)\n"
                   "        ^" },
  { "cset (range (3), i)",
    "line 1, column 7: cset(range(3), i): mask: a set of connections, such as cross(A, B), is "
    "needed, not the index set range(3)\n"
    "  cset (range (3), i)\n"
    "        ^" },
  { "cset (full, oneToOne)",
    "line 1, column 13: cset(full, oneToOne): value: a number or a value set, such as i - j, is "
    "needed, not the set oneToOne\n"
    "  cset (full, oneToOne)\n"
    "              ^" },
  { "cset (full, 1, weight=i, delay=full)",
    "line 1, column 26: cset(full, 1, weight=i, delay=full): delay: a number or a value set, such "
    "as i - j, is needed, not the set full\n"
    "  cset (full, 1, weight=i, delay=full)\n"
    "                           ^" },
  { "cset (full, True)", "line 1, column 13: cset(full, True): value: a number or a value set, "
                         "such as i - j, is needed, "
                         "not the boolean True\n"
                         "  cset (full, True)\n"
                         "              ^" },
  { "cset (full, (1, 2))",
    "line 1, column 13: cset(full, (1, 2)): value: a number or a value set, such as i - j, is "
    "needed, not the tuple (1, 2)\n"
    "  cset (full, (1, 2))\n"
    "              ^" },
  { "cset (full, sin)",
    "line 1, column 13: cset(full, sin): value: a number or a value set, such as i - j, is needed, "
    "not the function sin, which is to be called: sin(v)\n"
    "  cset (full, sin)\n"
    "              ^" },
  { "cset (full, mask=2)", "line 1, column 13: cset(full, mask=2): mask is given twice\n"
                           "  cset (full, mask=2)\n"
                           "              ^" },
  { "cset (full, w=1, 2)",
    "line 1, column 18: an argument without a name follows one with a name; give arguments without "
    "a name first\n"
    "  cset (full, w=1, 2)\n"
    "                   ^" },
  { "cset (full, w=1, d=2, w=3)",
    "line 1, column 1: cset: two values are named 'w'; give them names of their own\n"
    "  cset (full, w=1, d=2, w=3)\n"
    "  ^" },
  { "cset (full, class=1)",
    "line 1, column 13: 'class' is a word of Python that this language does not have; it has "
    "assignments, calls, lambda, a if c else b, and, or, not, comparisons and the operators "
    "+ - * / % ** | ^ ~\n"
    "  cset (full, class=1)\n"
    "              ^" },
  { "cset (cset (full, 1), 2)",
    "line 1, column 1: cset: the operand 'cset(full, 1)' has values, which it cannot keep; take "
    "them away with mask(...)\n"
    "  cset (cset (full, 1), 2)\n"
    "  ^" },

  /* Lists */
  { "cset (full, [1, 2])",
    "line 1, column 7: cset(full, [1, 2]): mask: a list of pairs, one for each number of the lists "
    "of values, is needed, not the set full\n"
    "  cset (full, [1, 2])\n"
    "        ^" },
  { "cset ([(1, 2), (3, 4)], 5, w=[1])", "line 1, column 28: cset([(1, 2), (3, 4)], 5, w=[1]): w: "
                                         "a list of 1 numbers for 2 connections; "
                                         "give one for each\n"
                                         "  cset ([(1, 2), (3, 4)], 5, w=[1])\n"
                                         "                             ^" },
  { "cset ([(1, 2), (3, 4)], [5, i])", "line 1, column 25: cset([(1, 2), (3, 4)], [5, i]): value: "
                                       "a number, the same for all pairs, is "
                                       "needed, not the value set i\n"
                                       "  cset ([(1, 2), (3, 4)], [5, i])\n"
                                       "                          ^" },
  { "cset ([1], [2])",
    "line 1, column 7: cset([1], [2]): mask: element 1 of the list: a (source, target) pair is "
    "needed, not the integer 1\n"
    "  cset ([1], [2])\n"
    "        ^" },

  /* mask, value, arity */
  { "mask ()", "line 1, column 1: mask(): set is missing; it is mask(set)\n"
               "  mask ()\n"
               "  ^" },
  { "mask (3)", "line 1, column 7: mask(3): a set is needed, not the integer 3\n"
                "  mask (3)\n"
                "        ^" },
  { "mask (sett=full)",
    "line 1, column 7: mask(sett=full): there is no keyword 'sett'; did you mean 'set'?\n"
    "  mask (sett=full)\n"
    "        ^" },
  { "value (full, 0)",
    "line 1, column 1: value(0): the set 'full' has no values; give it some with cset(...)\n"
    "  value (full, 0)\n"
    "  ^" },
  { "value (cset (full, 1, 2), 2)",
    "line 1, column 1: value(2): the set 'cset(full, 1, 2)' has 2 values, numbered from 0; ask for "
    "one of them\n"
    "  value (cset (full, 1, 2), 2)\n"
    "  ^" },
  { "value (cset (full, 1), 9223372036854775808)",
    "line 1, column 1: value(4294967295): the set 'cset(full, 1)' has 1 value, numbered from 0; "
    "ask "
    "for one of them\n"
    "  value (cset (full, 1), 9223372036854775808)\n"
    "  ^" },
  { "value (cset (full, 1), -1)",
    "line 1, column 24: value(cset(full, 1), -1): k: -1 is negative; give 0 or more\n"
    "  value (cset (full, 1), -1)\n"
    "                         ^" },
  { "value (cset (full, 1))",
    "line 1, column 1: value(cset(full, 1)): k is missing; it is value(set, k)\n"
    "  value (cset (full, 1))\n"
    "  ^" },
  { "arity (3)", "line 1, column 8: arity(3): a set is needed, not the integer 3\n"
                 "  arity (3)\n"
                 "         ^" },

  /* Operators */
  { "cset (full, 1) * cset (full, i)",
    "line 1, column 16: intersect: both operands have values, 'cset(full, 1)' and 'cset(full, i)'; "
    "take those of one away with mask(...)\n"
    "  cset (full, 1) * cset (full, i)\n"
    "                 ^" },
  { "full - cset (full, 1)",
    "line 1, column 6: difference: the operand 'cset(full, 1)' has values, which it cannot keep; "
    "take them away with mask(...)\n"
    "  full - cset (full, 1)\n"
    "       ^" },
  { "cset (full, w=1) + cset (full, 1)",
    "line 1, column 18: sum: the left operand has 1 value (w), the right one has 1 value "
    "(unnamed); "
    "both need the same, give them with cset(...) or take them away with mask(...)\n"
    "  cset (full, w=1) + cset (full, 1)\n"
    "                   ^" },
  { "~cset (full, 1)",
    "line 1, column 1: complement: the operand 'cset(full, 1)' has values, which it cannot keep; "
    "take them away with mask(...)\n"
    "  ~cset (full, 1)\n"
    "  ^" },
  { "cset (full, 1) ^ full",
    "line 1, column 16: symmetric_difference: the operand 'cset(full, 1)' has values, which it "
    "cannot keep; take them away with mask(...)\n"
    "  cset (full, 1) ^ full\n"
    "                 ^" },
  { "cset * full",
    "line 1, column 6: cset * full: a set is needed, not the function cset, which is to be called: "
    "cset(mask, v1, v2, ..., name=v, ...)\n"
    "  cset * full\n"
    "       ^" },

  /* Keywords of other functions, which take no further ones */
  { "random (0.5, sead=1)",
    "line 1, column 14: random(0.5, sead=1): there is no keyword 'sead'; did you mean 'seed'?\n"
    "  random (0.5, sead=1)\n"
    "               ^" },
  { "shift (1, 2, weight=1) * full",
    "line 1, column 14: shift(1, 2, weight=1): there is no keyword 'weight'; it is shift(M, N)\n"
    "  shift (1, 2, weight=1) * full\n"
    "               ^" },
};

START_TEST (test_mistakes)
{
  g_autofree char *message = test_evaluate (mistakes[_i].text);

  ck_assert_str_eq (message, mistakes[_i].printed);
}
END_TEST

/* What the connections are, and their values */

static const TestExample listings[] = {
  { "cset ([(4, 0), (2, 0), (4, 0)], i, j + 0.5)", "2 0 2 0.5\n4 0 4 0.5\n4 0 4 0.5\n" },
  { "cset ([(4, 0), (2, 0), (4, 0)], [5, 6, 7])", "2 0 6\n4 0 5\n4 0 7\n" },
  { "block (2, 1) * cset ([(1, 0)], 10 * i + j)", "2 0 10\n3 0 10\n" },
  { "shift (3, 1) * cset ([(1, 0), (0, 1)], 10 * i + j)", "4 1 10\n3 2 1\n" },
  { "transpose * cset ([(1, 0), (0, 2)], 10 * i + j)", "2 0 2\n0 1 10\n" },
  { "repeat (2, 1) * cset ([(1, 0)], 10 * i + j) * [(3, 5), (1, 0), (2, 0)]", "1 0 10\n3 5 10\n" },
  { "cset ([(0, 0), (1, 1)], 1) + cset ([(0, 0), (2, 2)], 2)", "0 0 1\n0 0 2\n1 1 1\n2 2 2\n" },
  { "cset ([(0, 0), (1, 1)], 1) | cset ([(0, 0), (2, 2)], 2)", "0 0 1\n1 1 1\n2 2 2\n" },
  { "cset ([(0, 0)], 1) | cset ([(0, 0), (0, 0)], [2, 3])", "0 0 1\n0 0 3\n" },
  { "cset ([(0, 0), (0, 0), (0, 0)], [1, 2, 3]) - [(0, 0)]", "0 0 1\n0 0 2\n" },
  { "cset ([(0, 0), (0, 0), (0, 0)], [1, 2, 3]) * [(0, 0), (0, 0)]", "0 0 1\n0 0 2\n" },
  { "c = cset ([(0, 0), (0, 0), (1, 5)], [1, 2, 3]); cset (mask (c), value (c, 0) * 2, d=j)",
    "0 0 2 0\n0 0 4 0\n1 5 6 5\n" },
  { "c = shift (1, 0) * cset ([(0, 0), (2, 0)], [1, 2]); cset ([(1, 0), (2, 0)], value (c, 0))",
    "1 0 1\n2 0 nan\n" },
  { "random (N=3) * (2 * (cset ([(1, 0), (2, 2)], [5, 6]) - oneToOne))",
    "1 0 10\n1 0 10\n1 0 10\n" },
  { "partition (cset ([(0, 0), (0, 0), (1, 1)], [1, 2, 3]), [[(0, 0)], [(1, 1)]], 0)",
    "0 0 1\n0 0 2\n" },
};

START_TEST (test_listings)
{
  g_autoptr (Conset) set = test_read (listings[_i].text);
  g_autofree char *digest = conset_digest (set, NULL, NULL);
  g_autofree char *expected =
    g_compute_checksum_for_string (G_CHECKSUM_SHA256, listings[_i].printed, -1);

  ck_assert_str_eq (digest, expected);
}
END_TEST

static Suite *
lang_csets_suite (void)
{
  Suite *suite = suite_create ("lang csets");
  TCase *tcase = test_case_add (suite, "csets");

  tcase_add_loop_test (tcase, test_prints, 0, G_N_ELEMENTS (examples));
  tcase_add_loop_test (tcase, test_hidden, 0, G_N_ELEMENTS (hidden));
  tcase_add_loop_test (tcase, test_mistakes, 0, G_N_ELEMENTS (mistakes));
  tcase_add_loop_test (tcase, test_listings, 0, G_N_ELEMENTS (listings));
  return suite;
}

int
main (void)
{
  return test_run (lang_csets_suite ());
}

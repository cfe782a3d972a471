/* SPDX-License-Identifier: MIT */
/*
 * Errors of the text language, each with its message, place and caret.
 */
#include "support.h"

#include <string.h>

#define MODEL_SEED CONSET_DEFAULT_SEED

typedef struct
{
  const char *text;
  ConsetError code;
  const char *message;
} Mistake;

#define SYNTAX CONSET_ERROR_SYNTAX
#define COMPOSITION CONSET_ERROR_COMPOSITION

static const Mistake mistakes[] = {
  /* Characters */
  { "full & oneToOne", SYNTAX,
    "line 1, column 6: the character '&' (U+0026) has no meaning here; "
    "the intersection is written '*'; for conditions there is 'and'\n"
    "  full & oneToOne\n"
    "       ^" },
  { "'a'", COMPOSITION,
    "line 1, column 1: a set is needed, not the string \"a\"\n"
    "  'a'\n"
    "  ^" },
  { "'\"'", COMPOSITION,
    "line 1, column 1: a set is needed, not the string '\"'\n"
    "  '\"'\n"
    "  ^" },
  { "('a\n')", SYNTAX,
    "line 1, column 2: ''a' is a string without an end; close it on the same line\n"
    "  ('a\n"
    "   ^" },
  { "'a", SYNTAX,
    "line 1, column 1: ''a' is a string without an end; close it on the same line\n"
    "  'a\n"
    "  ^" },
  { "'a\\''", SYNTAX,
    "line 1, column 1: ''a' is followed by a backslash; strings have none\n"
    "  'a\\''\n"
    "  ^" },
  { "'a' + 1", COMPOSITION,
    "line 1, column 5: \"a\" + 1: a set is needed, not the string \"a\"\n"
    "  'a' + 1\n"
    "      ^" },
  { "full \\ 3", SYNTAX,
    "line 1, column 6: the character '\\' (U+005C) has no meaning here; "
    "a backslash goes at the very end of a line that continues\n"
    "  full \\ 3\n"
    "       ^" },
  { "full\x1b", SYNTAX,
    "line 1, column 5: the character U+001B has no meaning here; remove it\n"
    "  full\xef\xbf\xbd\n"
    "      ^" },
  { "ä = full; ä \xff", SYNTAX,
    "line 1, column 13: the byte 0xff is no part of UTF-8 text; save the text as UTF-8\n"
    "  ä = full; ä \xef\xbf\xbd\n"
    "              ^" },

  /* Numbers */
  { "10full", SYNTAX,
    "line 1, column 1: '10full' is no number; separate numbers from names\n"
    "  10full\n"
    "  ^" },
  { "0x", SYNTAX,
    "line 1, column 1: '0x' is no number; give hexadecimal digits after the 0x\n"
    "  0x\n"
    "  ^" },
  { "block (010)", SYNTAX,
    "line 1, column 8: '010' begins with a zero; write decimal numbers without it\n"
    "  block (010)\n"
    "         ^" },
  { "18446744073709551616", SYNTAX,
    "line 1, column 1: '18446744073709551616' is too large; integers are below 2^64\n"
    "  18446744073709551616\n"
    "  ^" },
  { "random (-inf)", COMPOSITION,
    "line 1, column 9: random(-inf): a finite number is needed, not the real -inf\n"
    "  random (-inf)\n"
    "          ^" },
  { "random (1e999)", SYNTAX,
    "line 1, column 9: '1e999' is too large; reals are below 1.8e308\n"
    "  random (1e999)\n"
    "          ^" },

  /* Grammar */
  { "", SYNTAX, "line 1, column 1: the text has no expression\n  \n  ^" },
  { "# nothing", SYNTAX,
    "line 1, column 1: the text has no expression\n"
    "  # nothing\n"
    "  ^" },
  { "full -", SYNTAX,
    "line 1, column 7: expected an expression, found the end of the text\n"
    "  full -\n"
    "        ^" },
  { "full -\noneToOne", SYNTAX,
    "line 1, column 7: expected an expression, found the end of the line\n"
    "  full -\n"
    "        ^" },
  { "full oneToOne", SYNTAX,
    "line 1, column 6: expected an operator or the end of the statement, found 'oneToOne'\n"
    "  full oneToOne\n"
    "       ^" },
  { "full)", SYNTAX,
    "line 1, column 5: expected an operator or the end of the statement, found ')'\n"
    "  full)\n"
    "      ^" },
  { "full\n  cross (range (3),", SYNTAX,
    "line 2, column 9: '(' is never closed; add ')'\n"
    "    cross (range (3),\n"
    "          ^" },
  { "[(1, 2)\nfull", SYNTAX,
    "line 2, column 1: expected ',' or ']', found 'full'; "
    "the '[' of line 1, column 1 is still open\n"
    "  full\n"
    "  ^" },
  { "[(1, 2]", SYNTAX,
    "line 1, column 7: expected ',' or ')', found ']'; "
    "the '(' of line 1, column 2 is still open\n"
    "  [(1, 2]\n"
    "        ^" },
  { "block (M=3, 4)", SYNTAX,
    "line 1, column 13: an argument without a name follows one with a name; "
    "give arguments without a name first\n"
    "  block (M=3, 4)\n"
    "              ^" },
  { "block (2 * M=3)", SYNTAX,
    "line 1, column 13: expected a name before '=', found '='\n"
    "  block (2 * M=3)\n"
    "              ^" },
  { "1 + 2 = 3", SYNTAX,
    "line 1, column 1: only a name can be assigned to; write name = expression\n"
    "  1 + 2 = 3\n"
    "  ^" },
  { "True = full", SYNTAX,
    "line 1, column 1: only a name can be assigned to; write name = expression\n"
    "  True = full\n"
    "  ^" },
  { "full\nc = full", SYNTAX,
    "line 2, column 1: the last statement must be an expression, not an assignment\n"
    "  c = full\n"
    "  ^" },
  { "import numpy", SYNTAX,
    "line 1, column 1: the imports that are known are 'from csa import *', 'import cmath' and "
    "'import math'; remove this one\n"
    "  import numpy\n"
    "  ^" },
  { "for x in c: print x", SYNTAX,
    "line 1, column 1: 'for' is a word of Python that this language does not have; "
    "it has assignments, calls, lambda, a if c else b, and, or, not, comparisons and the "
    "operators + - * / % ** | ^ ~\n"
    "  for x in c: print x\n"
    "  ^" },

  /* Names */
  { "full - onetoone", COMPOSITION,
    "line 1, column 8: the name 'onetoone' is unknown; did you mean 'oneToOne'?\n"
    "  full - onetoone\n"
    "         ^" },
  { "excitation = full; exitation", COMPOSITION,
    "line 1, column 20: the name 'exitation' is unknown; did you mean 'excitation'?\n"
    "  excitation = full; exitation\n"
    "                     ^" },
  { "a", COMPOSITION, "line 1, column 1: the name 'a' is unknown\n  a\n  ^" },

  /* Calls */
  { "full (3)", COMPOSITION,
    "line 1, column 1: the set full cannot be called\n"
    "  full (3)\n"
    "  ^" },
  { "transpose (full)", COMPOSITION,
    "line 1, column 1: the operator transpose cannot be called; apply it with '*'\n"
    "  transpose (full)\n"
    "  ^" },
  { "block ()", COMPOSITION,
    "line 1, column 1: block(): M is missing; it is block(M, N=M)\n"
    "  block ()\n"
    "  ^" },
  { "block (2, n=3)", COMPOSITION,
    "line 1, column 11: block(2, n=3): there is no keyword 'n'; did you mean 'N'?\n"
    "  block (2, n=3)\n"
    "            ^" },
  { "block (2, size=3)", COMPOSITION,
    "line 1, column 11: block(2, size=3): there is no keyword 'size'; it is block(M, N=M)\n"
    "  block (2, size=3)\n"
    "            ^" },
  { "block (2, M=3)", COMPOSITION,
    "line 1, column 11: block(2, M=3): M is given twice\n"
    "  block (2, M=3)\n"
    "            ^" },
  { "range (1, 2, 3, 4)", COMPOSITION,
    "line 1, column 17: range(1, 2, 3, 4): too many arguments; "
    "it is range(end) or range(start, end, step=1)\n"
    "  range (1, 2, 3, 4)\n"
    "                  ^" },
  { "show (full)", COMPOSITION,
    "line 1, column 1: show is a statement of a script (conset run) and has no value; "
    "give the set alone, or put show(set, n=30, m=n) on a line of its own in a script\n"
    "  show (full)\n"
    "  ^" },

  /* Arguments */
  { "cross (range (-3), N)", COMPOSITION,
    "line 1, column 15: range(-3): -3 is negative; give 0 or more\n"
    "  cross (range (-3), N)\n"
    "                ^" },
  { "range (3, 9, -1)", COMPOSITION,
    "line 1, column 14: range(3, 9, -1): step: -1 is negative; give 0 or more\n"
    "  range (3, 9, -1)\n"
    "               ^" },
  { "range (9223372036854775809)", COMPOSITION,
    "line 1, column 8: range(9223372036854775809): 9223372036854775809 is too large; "
    "give at most 2^63\n"
    "  range (9223372036854775809)\n"
    "         ^" },
  { "block (full)", COMPOSITION,
    "line 1, column 8: block(full): an integer is needed, not the set full\n"
    "  block (full)\n"
    "         ^" },
  { "block (2.5)", COMPOSITION,
    "line 1, column 8: block(2.5): an integer is needed, not the real 2.5\n"
    "  block (2.5)\n"
    "         ^" },
  { "random (full)", COMPOSITION,
    "line 1, column 9: random(full): a number is needed, not the set full\n"
    "  random (full)\n"
    "          ^" },
  { "random (True)", COMPOSITION,
    "line 1, column 9: random(True): a number is needed, not the boolean True\n"
    "  random (True)\n"
    "          ^" },
  { "shift (9223372036854775808, 0)", COMPOSITION,
    "line 1, column 8: shift(9223372036854775808, 0): M: an offset is at least -2^63 and "
    "below 2^63\n"
    "  shift (9223372036854775808, 0)\n"
    "         ^" },
  { "ival (5, 3)", COMPOSITION,
    "line 1, column 1: ival(5, 3): 5 to 3 is no interval; "
    "give its least and its greatest index, below 2^63\n"
    "  ival (5, 3)\n"
    "  ^" },
  { "cross ([3, full], N)", COMPOSITION,
    "line 1, column 8: cross([3, full], N): sources: element 2 of the list: an index set "
    "(an index, a (first, last) pair, a range, or a list of those) is needed, "
    "not the set full\n"
    "  cross ([3, full], N)\n"
    "         ^" },

  { "degreeTable ([1, full])", COMPOSITION,
    "line 1, column 14: degreeTable([1, full]): element 2 of the list: "
    "a number is needed, not the set full\n"
    "  degreeTable ([1, full])\n"
    "               ^" },
  { "degreeTable (3)", COMPOSITION,
    "line 1, column 14: degreeTable(3): a list is needed, not the integer 3\n"
    "  degreeTable (3)\n"
    "               ^" },

  { "modular (9, [8, -1], 0.1, 0.1)", COMPOSITION,
    "line 1, column 13: modular(9, [8, -1], 0.1, 0.1): modules: element 2 of the list: "
    "-1 is negative; give 0 or more\n"
    "  modular (9, [8, -1], 0.1, 0.1)\n"
    "              ^" },
  { "modular (9, [3, 4], 0.1, 0.1)", COMPOSITION,
    "line 1, column 1: modular(9, [3, 4], 0.1, 0.1): "
    "the sizes do not add up to the number of nodes, 9\n"
    "  modular (9, [3, 4], 0.1, 0.1)\n"
    "  ^" },
  { "partition (full, full, 0)", COMPOSITION,
    "line 1, column 18: partition(full, full, 0): masks: a list is needed, not the set full\n"
    "  partition (full, full, 0)\n"
    "                   ^" },
  { "partition (full, [full, 3], 0)", COMPOSITION,
    "line 1, column 18: partition(full, [full, 3], 0): masks: element 2 of the list: "
    "a set is needed, not the integer 3\n"
    "  partition (full, [full, 3], 0)\n"
    "                   ^" },
  { "splitTargets (full, 2, 3, contiguous=1)", COMPOSITION,
    "line 1, column 27: splitTargets(full, 2, 3, contiguous=1): contiguous: "
    "True or False is needed, not the integer 1\n"
    "  splitTargets (full, 2, 3, contiguous=1)\n"
    "                            ^" },
  { "splitTargets (full, 2, 3, True)", COMPOSITION,
    "line 1, column 27: splitTargets(full, 2, 3, True): contiguous is given by keyword; "
    "write contiguous=...\n"
    "  splitTargets (full, 2, 3, True)\n"
    "                            ^" },

  /* What the sets themselves refuse */
  { "full * block (0, 10) * oneToOne", COMPOSITION,
    "line 1, column 8: block(0, 10): both sizes must be at least 1\n"
    "  full * block (0, 10) * oneToOne\n"
    "         ^" },

  { "full; binomial (p=1.5, n=3)", COMPOSITION,
    "line 1, column 7: binomial(3, 1.5): probability must lie in [0, 1]\n"
    "  full; binomial (p=1.5, n=3)\n"
    "        ^" },
  { "full; uniformInt (5, 3)", COMPOSITION,
    "line 1, column 7: uniformInt(5, 3): the first number is above the second; exchange them\n"
    "  full; uniformInt (5, 3)\n"
    "        ^" },

  { "partition (full, [full], 1)", COMPOSITION,
    "line 1, column 1: partition(selected=1): of 1 masks there is none of this number; "
    "give a mask for each part, and count them from 0\n"
    "  partition (full, [full], 1)\n"
    "  ^" },

  /* Operators between values that do not go together */
  { "full + 3", COMPOSITION,
    "line 1, column 6: full + 3: a set is needed, not the integer 3\n"
    "  full + 3\n"
    "       ^" },
  { "block (10) * 3", COMPOSITION,
    "line 1, column 12: block(10) * 3: a set is needed, not the integer 3\n"
    "  block (10) * 3\n"
    "             ^" },
  { "shift (N=2, M=-3) * transpose * 3", COMPOSITION,
    "line 1, column 31: transpose * 3: a set is needed, not the integer 3\n"
    "  shift (N=2, M=-3) * transpose * 3\n"
    "                                ^" },
  { "shift (N=2, M=-3) * block1 (4) + transpose", COMPOSITION,
    "line 1, column 32: shift(-3, 2) * block1(4) + transpose: "
    "an operator is applied with '*', not with '+'\n"
    "  shift (N=2, M=-3) * block1 (4) + transpose\n"
    "                                 ^" },
  { "block (10) + full", COMPOSITION,
    "line 1, column 12: block(10) + full: an operator is applied with '*', not with '+'\n"
    "  block (10) + full\n"
    "             ^" },
  { "full * transpose * oneToOne", COMPOSITION,
    "line 1, column 6: full * transpose: an operator stands to the left of what it applies to; "
    "put the two in parentheses\n"
    "  full * transpose * oneToOne\n"
    "       ^" },
  { "block * full", COMPOSITION,
    "line 1, column 7: block * full: a set is needed, not the function block, "
    "which is to be called: block(M, N=M)\n"
    "  block * full\n"
    "        ^" },
  { "N * full", COMPOSITION,
    "line 1, column 3: N * full: an index set and a set of connections do not mix; "
    "make a set of index sets with cross(sources, targets)\n"
    "  N * full\n"
    "    ^" },
  { "N - 3", COMPOSITION,
    "line 1, column 3: N - 3: an index set and a number do not mix; "
    "write ival(i, i) for one index\n"
    "  N - 3\n"
    "    ^" },
  { "oneToOne + (1, 2)", COMPOSITION,
    "line 1, column 10: oneToOne + (1, 2): a set, such as a list of pairs, is needed, "
    "not the tuple (1, 2)\n"
    "  oneToOne + (1, 2)\n"
    "           ^" },
  { "oneToOne + [(1, 2), (3)]", COMPOSITION,
    "line 1, column 10: oneToOne + [(1, 2), 3]: element 2 of the list: "
    "a (source, target) pair is needed, not the integer 3\n"
    "  oneToOne + [(1, 2), (3)]\n"
    "           ^" },
  { "-full", COMPOSITION,
    "line 1, column 1: -full: the sign '-' goes before numbers and value sets; "
    "the complement of a set is written '~'\n"
    "  -full\n"
    "  ^" },
  { "~False", COMPOSITION,
    "line 1, column 1: ~False: a set is needed, not the boolean False\n"
    "  ~False\n"
    "  ^" },
  { "True + 1", COMPOSITION,
    "line 1, column 6: True + 1: a set is needed, not the boolean True\n"
    "  True + 1\n"
    "       ^" },
  { "~3", COMPOSITION,
    "line 1, column 1: ~3: a set is needed, not the integer 3\n"
    "  ~3\n"
    "  ^" },
  { "full / 2", COMPOSITION,
    "line 1, column 6: full / 2: '/' is for numbers and value sets only\n"
    "  full / 2\n"
    "       ^" },

  /* Arithmetic */
  { "18446744073709551615 + 1", COMPOSITION,
    "line 1, column 22: 18446744073709551615 + 1: the result does not fit 64 bits; "
    "write one operand as a real, such as 1.0\n"
    "  18446744073709551615 + 1\n"
    "                       ^" },
  { "4294967296 * 4294967296", COMPOSITION,
    "line 1, column 12: 4294967296 * 4294967296: the result does not fit 64 bits; "
    "write one operand as a real, such as 1.0\n"
    "  4294967296 * 4294967296\n"
    "             ^" },
  { "1 / 0", COMPOSITION, "line 1, column 3: 1 / 0: division by zero\n  1 / 0\n    ^" },
  { "1e200 * 1e200", COMPOSITION,
    "line 1, column 7: 1e+200 * 1e+200: the result is too large for a real\n"
    "  1e200 * 1e200\n"
    "        ^" },
  { "1 | 2", COMPOSITION,
    "line 1, column 3: 1 | 2: '|' joins sets, not numbers\n"
    "  1 | 2\n"
    "    ^" },

  /* Results that are no sets */
  { "N", COMPOSITION,
    "line 1, column 1: a set of connections, such as cross(A, B), is needed, "
    "not the index set N\n"
    "  N\n"
    "  ^" },
  { "full; block (10)", COMPOSITION,
    "line 1, column 7: a set, such as operator * full, is needed, "
    "not the operator block(10)\n"
    "  full; block (10)\n"
    "        ^" },
  { "d = geometric (2.5); d", COMPOSITION,
    "line 1, column 22: a set is needed, not the degrees geometric(2.5)\n"
    "  d = geometric (2.5); d\n"
    "                       ^" },
  { "degreeTable ([1, 0.5] + [0])", COMPOSITION,
    "line 1, column 1: a set is needed, not the degrees degreeTable([1, 0.5, 0])\n"
    "  degreeTable ([1, 0.5] + [0])\n"
    "  ^" },
  { "full + 3; full", COMPOSITION,
    "line 1, column 6: full + 3: a set is needed, not the integer 3\n"
    "  full + 3; full\n"
    "       ^" },

  /* The caret below tabs, wide and combining characters */
  { "\tfull\t+ a", COMPOSITION,
    "line 1, column 9: the name 'a' is unknown\n"
    "  \tfull\t+ a\n"
    "  \t    \t  ^" },
  { "量 = full; 量 + a", COMPOSITION,
    "line 1, column 15: the name 'a' is unknown\n"
    "  量 = full; 量 + a\n"
    "                  ^" },
  { "e\xcc\x81 = full; a", COMPOSITION,
    "line 1, column 12: the name 'a' is unknown\n"
    "  e\xcc\x81 = full; a\n"
    "            ^" },
};

START_TEST (test_mistake)
{
  const Mistake *mistake = &mistakes[_i];
  g_autoptr (GError) error = NULL;

  ck_assert_ptr_null (conset_parse (mistake->text, MODEL_SEED, &error));
  ck_assert_msg (strcmp (error->message, mistake->message) == 0, "'%s' gives\n%s\nand not\n%s",
                 mistake->text, error->message, mistake->message);
  ck_assert (g_error_matches (error, CONSET_ERROR, mistake->code));
  ck_assert_ptr_null (conset_parse (mistake->text, MODEL_SEED, NULL));
}
END_TEST

START_TEST (test_long_line)
{
  g_autofree char *blanks = g_strnfill (500, ' ');
  g_autofree char *text = g_strconcat ("full +", blanks, "a +", blanks, "full", NULL);
  g_autofree char *message = test_evaluate (text);
  g_autofree char *room = g_strnfill (50, ' ');
  g_autofree char *rest = g_strnfill (47, ' ');
  g_autofree char *expected = g_strconcat ("line 1, column 507: the name 'a' is unknown\n  ...",
                                           room, "a +", rest, "...\n     ", room, "^", NULL);

  ck_assert_str_eq (message, expected);
}
END_TEST

/* Whatever an error quotes is shortened, at a character. */
START_TEST (test_long_name)
{
  static const char *const layouts[] = { "%s", "1%s", "full %s", "block (%s=3)", "%s = 3" };

  for (gsize i = 0; i < G_N_ELEMENTS (layouts); i++)
    for (gsize n = 20; n < 120; n++)
      {
        g_autofree char *narrow = g_strnfill (n, 'a');
        g_autofree char *name = test_repeat_text (narrow, "ö", 50, "");
        g_auto (GStrv) parts = g_strsplit (layouts[i], "%s", 2);
        g_autofree char *text = g_strjoinv (name, parts);
        g_autofree char *message = test_evaluate (text);

        ck_assert (g_utf8_validate (message, -1, NULL));
        ck_assert_uint_lt (strlen (message), 800);
      }
}
END_TEST

static Suite *
lang_errors_suite (void)
{
  Suite *suite = suite_create ("lang errors");
  TCase *tcase = test_case_add (suite, "errors");

  tcase_add_loop_test (tcase, test_mistake, 0, G_N_ELEMENTS (mistakes));
  tcase_add_test (tcase, test_long_line);
  tcase_add_test (tcase, test_long_name);
  return suite;
}

int
main (void)
{
  return test_run (lang_errors_suite ());
}

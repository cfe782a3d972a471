/* SPDX-License-Identifier: MIT */
/*
 * The text language: what expressions denote, by what they print; every error with its
 * message, place and caret; seeds that are made for random sets; scripts; and texts that
 * are very long, very deep or garbage.
 */
#include <conset/conset.h>

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define MODEL_SEED 1

/* Returns: (transfer full): what @text denotes, printed, or the message of its error */
static char *
evaluate (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (text, MODEL_SEED, &error);

  if (set == NULL)
    {
      ck_assert_ptr_nonnull (error);
      ck_assert (error->domain == CONSET_ERROR);
      return g_strdup (error->message);
    }
  ck_assert_ptr_null (error);
  ck_assert (conset_check (set, NULL));
  return conset_to_string (set);
}

/* Returns: (transfer full): @before, then @n times @part, then @after */
static char *
repeat_text (const char *before, const char *part, gsize n, const char *after)
{
  GString *text = g_string_new (before);

  for (gsize i = 0; i < n; i++)
    g_string_append (text, part);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

/* What expressions denote */

typedef struct
{
  const char *text;
  const char *printed;
} Expression;

static const Expression expressions[] = {
  /* Names, and the operators of sets */
  { "empty", "empty" },
  { "full", "full" },
  { "oneToOne", "oneToOne" },
  { "full - oneToOne", "full - oneToOne" },
  { "~oneToOne", "~oneToOne" },
  { "~(oneToOne)", "~oneToOne" },
  { "((full)) - ((oneToOne))", "full - oneToOne" },

  /* Precedence: | ^ +- * ~, all of them to the left */
  { "oneToOne | [(1, 2)] * [(1, 2), (3, 4)]", "oneToOne | [(1, 2)] * [(1, 2), (3, 4)]" },
  { "(oneToOne | [(1, 2)]) * [(1, 2), (3, 4)]", "(oneToOne | [(1, 2)]) * [(1, 2), (3, 4)]" },
  { "~oneToOne - [(1, 2)]", "~oneToOne - [(1, 2)]" },
  { "~(oneToOne - [(1, 2)])", "~(oneToOne - [(1, 2)])" },
  { "oneToOne ^ [(1, 2)] + [(3, 4)] - oneToOne", "oneToOne ^ [(1, 2)] + [(3, 4)] - oneToOne" },

  /* Explicit sets */
  { "[(22, 7), (8, 23)]", "[(22, 7), (8, 23)]" },
  { "[(1, 1), (2, 2), (2, 3)] + [(1, 1), (2, 4)]", "[(1, 1), (2, 2), (2, 3)] + [(1, 1), (2, 4)]" },
  { "[(22, 7), (8, 23),]", "[(22, 7), (8, 23)]" },
  { "[(1e2, 0x10)]", "[(100, 16)]" },
  { "[] + oneToOne", "oneToOne" },
  { "oneToOne + [(1, 1), (2, 4)]", "oneToOne + [(1, 1), (2, 4)]" },

  /* Index sets */
  { "cross (range (10), range (20))", "cross(range(10), range(20))" },
  { "cross (range (3, 30), range (10, 20, 3))", "cross(range(3, 30), range(10, 20, 3))" },
  { "cross ((0, 1), [(2, 5), (9, 9), (20, 26)])",
    "cross(range(2), ival(2, 5) + ival(9, 9) + ival(20, 26))" },
  { "cross ([(4, 8), (0, 5)], N)", "cross(range(9), N)" },
  { "cross ([1, 2, 5], 3)", "cross(ival(1, 2) + ival(5, 5), range(3, 4))" },
  { "cross ([1, range (2, 4), ival (7, 8)], N)", "cross(ival(1, 3) + ival(7, 8), N)" },
  { "cross (ival (0, 9) + ival (12, 14), N - ival (4, 20))",
    "cross(ival(0, 9) + ival(12, 14), ~ival(4, 20))" },
  { "cross (ival (0, 9) | [12, 13, 14], (4, 20) * N)",
    "cross(ival(0, 9) + ival(12, 14), range(4, 21))" },
  { "cross (~ival (3, 5), ival (0, 9) ^ ival (5, 12))",
    "cross(~ival(3, 5), ival(0, 4) + ival(10, 12))" },
  { "cross (targets=range (2), sources=range (3))", "cross(range(3), range(2))" },
  { "cross ([], N)", "empty" },
  { "cross (range (5, 5), N)", "empty" },
  { "cross (range (0, 9223372036854775808), ival (0, 9223372036854775807))", "full" },
  { "cross (range (9223372036854775807), N)", "cross(range(9223372036854775807), N)" },

  /* Operators */
  { "block (5, 3) * oneToOne", "block(5, 3) * oneToOne" },
  { "block (10) * oneToOne", "block(10, 10) * oneToOne" },
  { "block1 (10) * oneToOne", "block(10, 10) * oneToOne" },
  { "block (N=2, M=3) * oneToOne", "block(3, 2) * oneToOne" },
  { "repeat (3, 2) * [(0, 0), (2, 1)]", "repeat(3, 2) * [(0, 0), (2, 1)]" },
  { "shift (-2, 3) * (full - oneToOne)", "shift(-2, 3) * (full - oneToOne)" },
  { "transpose * random (0.5, seed=1)", "transpose * random(0.5, seed=1)" },
  { "fix * [(3, 4), (1, 2)]", "[(1, 2), (3, 4)]" },
  { "block (10) * oneToOne * [(1, 2)]", "block(10, 10) * oneToOne * [(1, 2)]" },
  { "block (2) * transpose * random (0.5, seed=1)",
    "block(2, 2) * (transpose * random(0.5, seed=1))" },
  { "block (2) * (transpose * random (0.5, seed=1))",
    "block(2, 2) * (transpose * random(0.5, seed=1))" },

  /* Random sets */
  { "random (0.5, seed=7)", "random(0.5, seed=7)" },
  { "random (seed=7, p=1 / 4)", "random(0.25, seed=7)" },
  { "random (0.5, seed=18446744073709551615)", "random(0.5, seed=18446744073709551615)" },
  { "block (10) * random (0.7, seed=1) * random (0.5, seed=2) - oneToOne",
    "block(10, 10) * random(0.7, seed=1) * random(0.5, seed=2) - oneToOne" },

  /* Numbers */
  { "cross (range (2 + 3 * 4 - 6 / 2), range (-(-4)))", "cross(range(11), range(4))" },
  { "cross (range (1e3), range (0xfF))", "cross(range(1000), range(255))" },
  { "cross (range (1_000), range (.5 * 4))", "cross(range(1000), range(2))" },
  { "cross (range (18446744073709551615 - 18446744073709551613), range (+2.))",
    "cross(range(2), range(2))" },

  /* Names */
  { "c = full - oneToOne; c", "full - oneToOne" },
  { "N = 30\ncross (range (N), range (2 * N))", "cross(range(30), range(60))" },
  { "b = block; t = transpose; b (2) * (t * random (0.5, seed=1))",
    "block(2, 2) * (transpose * random(0.5, seed=1))" },
  { "full = oneToOne; full", "oneToOne" },
  { "op = block (2) * shift (1, 0)\nop * oneToOne", "block(2, 2) * (shift(1, 0) * oneToOne)" },
  { "r = random (0.5, seed=1); r - r", "empty" },
  { "σ = 3; größe_2 = σ; cross (range (σ), range (größe_2))", "cross(range(3), range(3))" },

  /* Layout */
  { "from csa import *\nimport cmath\n\nfull", "full" },
  { "full\nimport cmath", "full" },
  { "  c = oneToOne # sources are targets\r\n\t# nothing\r\n;;  c  ;\n\n", "oneToOne" },
  { "cross (\n  range (10), # sources\n  range (20)\n)", "cross(range(10), range(20))" },
  { "full - \\\n  oneToOne", "full - oneToOne" },
  { "full - \\\r\n  oneToOne", "full - oneToOne" },
  { "\xef\xbb\xbf full", "full" },
};

START_TEST (test_expression)
{
  g_autofree char *printed = evaluate (expressions[_i].text);
  g_autofree char *again = NULL;

  ck_assert_msg (strcmp (printed, expressions[_i].printed) == 0, "'%s' gives '%s' and not '%s'",
                 expressions[_i].text, printed, expressions[_i].printed);
  again = evaluate (printed);
  ck_assert_str_eq (again, printed);
}
END_TEST

/* Errors */

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
    "the intersection is written '*'\n"
    "  full & oneToOne\n"
    "       ^" },
  { "'a'", SYNTAX,
    "line 1, column 1: the character ''' (U+0027) has no meaning here; "
    "the language has no strings\n"
    "  'a'\n"
    "  ^" },
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
  { "full\nc = full", SYNTAX,
    "line 2, column 1: the last statement must be an expression, not an assignment\n"
    "  c = full\n"
    "  ^" },
  { "import numpy", SYNTAX,
    "line 1, column 1: the imports that are known are 'from csa import *' and "
    "'import cmath'; remove this one\n"
    "  import numpy\n"
    "  ^" },
  { "for x in c: print x", SYNTAX,
    "line 1, column 1: 'for' is a word of Python that this language does not have; "
    "it has assignments, calls and the operators + - * / | ^ ~\n"
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
    "line 1, column 1: the operator transpose cannot be called; apply it to a set with '*'\n"
    "  transpose (full)\n"
    "  ^" },
  { "random ()", COMPOSITION,
    "line 1, column 1: random(): p is missing; it is random(p, seed=...)\n"
    "  random ()\n"
    "  ^" },
  { "full * random (NN=100, p=1)", COMPOSITION,
    "line 1, column 16: random(NN=100, p=1): there is no keyword 'NN'; "
    "it is random(p, seed=...)\n"
    "  full * random (NN=100, p=1)\n"
    "                 ^" },
  { "random (0.5, sed=1)", COMPOSITION,
    "line 1, column 14: random(0.5, sed=1): there is no keyword 'sed'; "
    "it is random(p, seed=...); did you mean 'seed'?\n"
    "  random (0.5, sed=1)\n"
    "               ^" },
  { "random (0.5, 1)", COMPOSITION,
    "line 1, column 14: random(0.5, 1): seed is given by keyword; write seed=...\n"
    "  random (0.5, 1)\n"
    "               ^" },
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

  /* What the sets themselves refuse */
  { "full * block (0, 10) * oneToOne", COMPOSITION,
    "line 1, column 8: block(0, 10): both sizes must be at least 1\n"
    "  full * block (0, 10) * oneToOne\n"
    "         ^" },

  /* Operators between values that do not go together */
  { "full + 3", COMPOSITION,
    "line 1, column 6: full + 3: a set is needed, not the integer 3\n"
    "  full + 3\n"
    "       ^" },
  { "block (10) * 3", COMPOSITION,
    "line 1, column 12: block(10, 10) * 3: a set is needed, not the integer 3\n"
    "  block (10) * 3\n"
    "             ^" },
  { "block (10) + full", COMPOSITION,
    "line 1, column 12: block(10, 10) + full: an operator is applied to a set with '*', "
    "not with '+'\n"
    "  block (10) + full\n"
    "             ^" },
  { "full * transpose * oneToOne", COMPOSITION,
    "line 1, column 6: full * transpose: an operator stands to the left of its set; "
    "put the operator and its set in parentheses\n"
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
    "line 1, column 1: -full: the sign '-' goes before numbers; "
    "the complement of a set is written '~'\n"
    "  -full\n"
    "  ^" },
  { "~3", COMPOSITION,
    "line 1, column 1: ~3: a set is needed, not the integer 3\n"
    "  ~3\n"
    "  ^" },
  { "full / 2", COMPOSITION,
    "line 1, column 6: full / 2: '/' divides numbers only\n"
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
    "not the operator block(10, 10)\n"
    "  full; block (10)\n"
    "        ^" },
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
  g_autofree char *message = evaluate (text);
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
        g_autofree char *name = repeat_text (narrow, "ö", 50, "");
        g_auto (GStrv) parts = g_strsplit (layouts[i], "%s", 2);
        g_autofree char *text = g_strjoinv (name, parts);
        g_autofree char *message = evaluate (text);

        ck_assert (g_utf8_validate (message, -1, NULL));
        ck_assert_uint_lt (strlen (message), 800);
      }
}
END_TEST

/* Automatic seeds */

START_TEST (test_seeds)
{
  g_autofree char *one = evaluate ("random (0.5)");
  g_autofree char *two = evaluate ("random (0.5) | random (0.5)");
  g_autofree char *named = evaluate ("r = random (0.5); r * (r - oneToOne)");
  g_autofree char *first = g_strdup_printf ("%s | ", one);
  g_autofree char *mixed = evaluate ("random (0.5, seed=3) | random (0.5)");
  g_autofree char *expected = g_strdup_printf ("%s * (%s - oneToOne)", one, one);

  ck_assert_str_eq (one, "random(0.5, seed=2052068592637856)");
  ck_assert (g_str_has_prefix (two, first));
  ck_assert_str_ne (two + strlen (first), one);
  ck_assert_str_eq (named, expected);
  ck_assert_str_eq (strstr (mixed, " | "), strstr (two, " | "));
}
END_TEST

START_TEST (test_model_seed)
{
  const guint64 seeds[] = { 0, 1, 2, G_GUINT64_CONSTANT (1) << 32, G_MAXUINT64 };
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_autoptr (Conset) set = conset_parse ("random (0.5)", seeds[i], NULL);

      g_hash_table_add (seen, conset_to_string (set));
    }
  ck_assert_uint_eq (g_hash_table_size (seen), G_N_ELEMENTS (seeds));
}
END_TEST

/* Scripts */

static gboolean
log_show (const Conset *set,
          guint64 n_sources,
          guint64 n_targets,
          gpointer user_data,
          GError **error G_GNUC_UNUSED)
{
  g_autofree char *text = conset_to_string (set);

  g_string_append_printf (user_data, "show %s %d %d\n", text, (int) n_sources, (int) n_targets);
  return TRUE;
}

static gboolean
log_tabulate (const Conset *set, gpointer user_data, GError **error)
{
  g_autofree char *text = conset_to_string (set);

  if (!conset_is_finite (set))
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED, "%s is unbounded", text);
      return FALSE;
    }
  g_string_append_printf (user_data, "tabulate %s\n", text);
  return TRUE;
}

static const ConsetScriptHost log_host = { log_show, log_tabulate };

typedef struct
{
  const char *text;
  const char *log;     /* what the host is told */
  const char *message; /* NULL if the script succeeds */
} Script;

static const Script scripts[] = {
  { "", "", NULL },
  { "from csa import *\n"
    "full\n"
    "show (full)\n"
    "show (oneToOne, 100, 50)\n"
    "show (full - oneToOne, 40)\n"
    "show ([(22, 7), (8, 23)], m=10)\n"
    "  c = cross (range (10), range (10)) * oneToOne\n"
    "  show (c)\n"
    "tabulate (c); import cmath\n",
    "show full 30 30\n"
    "show oneToOne 100 50\n"
    "show full - oneToOne 40 40\n"
    "show [(22, 7), (8, 23)] 30 10\n"
    "show cross(range(10), N) * oneToOne 30 30\n"
    "tabulate cross(range(10), N) * oneToOne\n",
    NULL },
  { "show = 3\nc = full", "", NULL },
  { "show (full)\nshow (full\n", "",
    "model.csa:2:6: '(' is never closed; add ')'\n"
    "  show (full\n"
    "       ^" },
  { "show (oneToOne)\n\n  full + 3\nshow (full)", "show oneToOne 30 30\n",
    "model.csa:3:8: full + 3: a set is needed, not the integer 3\n"
    "    full + 3\n"
    "         ^" },
  { "show ()", "",
    "model.csa:1:1: show(): set is missing; it is show(set, n=30, m=n)\n"
    "  show ()\n"
    "  ^" },
  { "show (N)", "",
    "model.csa:1:7: show(N): a set of connections, such as cross(A, B), is needed, "
    "not the index set N\n"
    "  show (N)\n"
    "        ^" },
  { "c = show (full)", "",
    "model.csa:1:5: show is a statement of a script (conset run) and has no value; "
    "give the set alone, or put show(set, n=30, m=n) on a line of its own in a script\n"
    "  c = show (full)\n"
    "      ^" },
  { "tabulate ([(1, 2)])\ntabulate (full)\nshow (full)", "tabulate [(1, 2)]\n",
    "model.csa:2:1: full is unbounded\n"
    "  tabulate (full)\n"
    "  ^" },
};

START_TEST (test_script)
{
  const Script *script = &scripts[_i];
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean ok = conset_run_script ("model.csa", script->text, MODEL_SEED, &log_host, log, &error);

  ck_assert_str_eq (log->str, script->log);
  ck_assert_int_eq (ok, script->message == NULL);
  if (ok)
    ck_assert_ptr_null (error);
  else
    ck_assert_str_eq (error->message, script->message);
}
END_TEST

START_TEST (test_script_host_error_code)
{
  g_autoptr (GString) log = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_run_script ("a", "tabulate (full)", MODEL_SEED, &log_host, log, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED));
}
END_TEST

/* Long and deep texts */

START_TEST (test_long_sum_of_numbers)
{
  g_autofree char *text = repeat_text ("cross (range (0", " + 1", 1000000, "), range (1))");
  g_autofree char *printed = evaluate (text);

  ck_assert_str_eq (printed, "cross(range(1000000), range(1))");
}
END_TEST

START_TEST (test_long_sum_of_lists)
{
  g_autofree char *text = repeat_text ("[(1, 2)]", " + [(1, 2)]", 99999, "");
  g_autoptr (Conset) set = conset_parse (text, MODEL_SEED, NULL);

  ck_assert_uint_eq (conset_multiplicity (set, 1, 2), 100000);
}
END_TEST

START_TEST (test_long_list)
{
  g_autofree char *text = repeat_text ("cross ([", "7, ", 100000, "], N)");
  g_autofree char *printed = evaluate (text);

  ck_assert_str_eq (printed, "cross(range(7, 8), N)");
}
END_TEST

static const struct
{
  const char *part;
  gsize n;
} chains[] = {
  { " ^ oneToOne | full", 500000 },
  { " - [(1, 2)]", 100000 },
  { " * [(1, 2)]", 100000 },
  { " - random (0.5)", 10000 },
};

/* A chain of sets either folds or is refused where it gets deeper than a set may be. */
START_TEST (test_long_chain_of_sets)
{
  g_autofree char *text = repeat_text ("oneToOne", chains[_i].part, chains[_i].n, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (text, MODEL_SEED, &error);

  if (set == NULL)
    ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  else
    ck_assert (conset_check (set, NULL));
}
END_TEST

START_TEST (test_long_composition)
{
  g_autofree char *text = repeat_text ("o = transpose", " * transpose", 1000000, "\nfull");
  g_autofree char *message = evaluate (text);

  ck_assert_ptr_nonnull (strstr (message, "a composition of more than 4096 operators"));
}
END_TEST

START_TEST (test_growing_lists)
{
  g_autofree char *doubling = repeat_text ("a = [1]\n", "a = a + a\n", 100, "full");
  g_autofree char *empty = repeat_text ("a = []\n", "a = a + a\n", 100, "a");
  g_autofree char *nesting = repeat_text ("a = []\n", "a = [a, a]\n", 1000, "full");
  g_autofree char *too_long = evaluate (doubling);
  g_autofree char *nothing = evaluate (empty);
  g_autofree char *too_deep = evaluate (nesting);

  ck_assert_ptr_nonnull (strstr (too_long, "the list would have more than 16777216 elements"));
  ck_assert_str_eq (nothing, "empty");
  ck_assert_ptr_nonnull (strstr (too_deep, "lists and tuples are nested more than 100 levels"));
}
END_TEST

START_TEST (test_nesting)
{
  static const char *const parts[] = { "(", "~", "~(", "[", "cross (", "cross (range (" };

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    {
      g_autofree char *text = repeat_text ("", parts[i], 1000000, "");
      g_autofree char *message = evaluate (text);

      ck_assert_msg (strstr (message, "are nested more than 1000 levels deep") != NULL, "%s",
                     message);
    }
}
END_TEST

START_TEST (test_nesting_limit)
{
  g_autofree char *open = g_strnfill (1000, '(');
  g_autofree char *close = g_strnfill (1000, ')');
  g_autofree char *deepest = g_strconcat (open, "oneToOne", close, NULL);
  g_autofree char *deeper = g_strconcat ("(", deepest, ")", NULL);
  g_autofree char *printed = evaluate (deepest);
  g_autofree char *message = evaluate (deeper);

  ck_assert_str_eq (printed, "oneToOne");
  ck_assert (g_str_has_prefix (message, "line 1, column 1001: "));
}
END_TEST

START_TEST (test_many_statements)
{
  g_autofree char *text = repeat_text ("a = full\n", "a = a;", 300000, "\na");
  g_autofree char *printed = evaluate (text);

  ck_assert_str_eq (printed, "full");
}
END_TEST

/* Garbage */

/* Returns: (transfer full): words of the language in any order */
static char *
garbage_new (GRand *rand)
{
  static const char *const words[] = {
    "full",      "oneToOne", "empty",  "random", "block",
    "transpose", "shift",    "repeat", "cross",  "range",
    "ival",      "N",        "a",      "b",      "a",
    "=",         "(",        ")",      "(",      ")",
    "[",         "]",        ",",      ",",      "+",
    "-",         "*",        "|",      "^",      "~",
    "/",         "\n",       ";",      "0",      "1",
    "2",         "0.5",      "3",      "0x3",    "seed=",
    "#",         "\\\n",     "(2, 3)", "(0.5)",  "[(1, 2), (3, 4)]",
    "range (5)", "a = ",     "show",   "(1, 2)",
  };
  GString *text = g_string_new (NULL);
  int n = g_rand_int_range (rand, 1, 14);

  for (int i = 0; i < n; i++)
    {
      g_string_append (text, words[g_rand_int_range (rand, 0, G_N_ELEMENTS (words))]);
      g_string_append (text, g_rand_boolean (rand) ? " " : "");
    }
  return g_string_free (text, FALSE);
}

START_TEST (test_garbage)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20240607);
  guint n_sets = 0;

  for (guint i = 0; i < 50000; i++)
    {
      g_autofree char *text = garbage_new (rand);
      g_autoptr (GError) error = NULL;
      g_autoptr (Conset) set = conset_parse (text, MODEL_SEED, &error);

      ck_assert_msg ((set != NULL) != (error != NULL), "%s", text);
      if (set != NULL)
        {
          g_autofree char *printed = conset_to_string (set);
          g_autofree char *again = evaluate (printed);

          ck_assert_msg (strcmp (printed, again) == 0, "'%s': '%s' reads back as '%s'", text,
                         printed, again);
          n_sets++;
        }
    }
  ck_assert_uint_gt (n_sets, 500);
}
END_TEST

START_TEST (test_bytes)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < 50000; i++)
    {
      char text[24];
      gsize n = (gsize) g_rand_int_range (rand, 0, sizeof text);
      g_autofree char *result = NULL;

      for (gsize k = 0; k < n; k++)
        text[k] = (char) g_rand_int_range (rand, 1, i % 2 == 0 ? 256 : 128);
      text[n] = '\0';
      result = evaluate (text);
      ck_assert (g_utf8_validate (result, -1, NULL));
    }
}
END_TEST

/* Every beginning of a text, which cuts all constructs in two */
START_TEST (test_beginnings)
{
  static const char text[] =
    "from csa import *; a = block (10, 0x10) * ~random (p=0.5, seed=1_0) \\\n"
    "| transpose * [(1, 2), (3, 4e0)] ^ cross (N - ival (4, 20), [1, (2, 3)]) # ö\na";

  for (gsize n = 0; n <= strlen (text); n++)
    {
      g_autofree char *beginning = g_strndup (text, n);
      g_autofree char *result = evaluate (beginning);

      ck_assert (g_utf8_validate (result, -1, NULL));
    }
}
END_TEST

static Suite *
lang_suite (void)
{
  Suite *suite = suite_create ("lang");
  TCase *expressions_case = tcase_create ("expressions");
  TCase *errors_case = tcase_create ("errors");
  TCase *scripts_case = tcase_create ("scripts");
  TCase *extremes_case = tcase_create ("extremes");

  tcase_add_loop_test (expressions_case, test_expression, 0, G_N_ELEMENTS (expressions));
  tcase_add_test (expressions_case, test_seeds);
  tcase_add_test (expressions_case, test_model_seed);
  suite_add_tcase (suite, expressions_case);

  tcase_add_loop_test (errors_case, test_mistake, 0, G_N_ELEMENTS (mistakes));
  tcase_add_test (errors_case, test_long_line);
  tcase_add_test (errors_case, test_long_name);
  suite_add_tcase (suite, errors_case);

  tcase_add_loop_test (scripts_case, test_script, 0, G_N_ELEMENTS (scripts));
  tcase_add_test (scripts_case, test_script_host_error_code);
  suite_add_tcase (suite, scripts_case);

  tcase_set_timeout (extremes_case, 0);
  tcase_add_test (extremes_case, test_long_sum_of_numbers);
  tcase_add_test (extremes_case, test_long_sum_of_lists);
  tcase_add_test (extremes_case, test_long_list);
  tcase_add_loop_test (extremes_case, test_long_chain_of_sets, 0, G_N_ELEMENTS (chains));
  tcase_add_test (extremes_case, test_long_composition);
  tcase_add_test (extremes_case, test_growing_lists);
  tcase_add_test (extremes_case, test_nesting);
  tcase_add_test (extremes_case, test_nesting_limit);
  tcase_add_test (extremes_case, test_many_statements);
  tcase_add_test (extremes_case, test_garbage);
  tcase_add_test (extremes_case, test_bytes);
  tcase_add_test (extremes_case, test_beginnings);
  suite_add_tcase (suite, extremes_case);
  return suite;
}

int
main (void)
{
  SRunner *runner = srunner_create (lang_suite ());
  int n_failed;

  srunner_run_all (runner, CK_ENV);
  n_failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return n_failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

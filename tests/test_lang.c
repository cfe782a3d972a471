/* SPDX-License-Identifier: MIT */
/*
 * The text language: what expressions denote, by what they print; seeds that are made for
 * random sets; scripts.
 */
#include "support.h"

#include <string.h>

#define MODEL_SEED CONSET_DEFAULT_SEED

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

  { "block (10) * random (0.7, seed=1) * random (0.5, seed=2) - oneToOne",
    "block(10, 10) * random(0.7, seed=1) * random(0.5, seed=2) - oneToOne" },

  /* Parts of a set */
  { "partition (random (0.5, seed=1), [cross (range (3), N), cross (range (3, 5), N)], 1)",
    "random(0.5, seed=1) * cross(range(3, 5), N)" },
  { "partition (masks=[[(1, 1)] + [(2, 2)], empty], selected=0, set=[(1, 1), (1, 1)] + [(2, 2)])",
    "partition([(1, 1), (1, 1)] + [(2, 2)], [[(1, 1)] + [(2, 2)]], 0)" },
  { "splitTargets (full, 2, 3)", "cross(N, range(2, 9223372036854775808, 3))" },
  { "splitSources (full, rank=2, parts=3)", "cross(range(2, 9223372036854775808, 3), N)" },
  { "splitTargets (cross (range (4), range (10)), 1, 3, contiguous=True)",
    "cross(range(4), range(4, 7))" },
  { "splitSources (cross (range (10), range (4)), 1, 3, contiguous=False)",
    "cross(range(1, 8, 3), range(4))" },

  /* Graphs */
  { "ring (10, 2)", "ring(10, 2)" },
  { "ring (k=2, n=10, bidirectional=False)", "ring(10, 2, bidirectional=False)" },
  { "gridNeighbours (3, 4)", "gridNeighbours(3, 4)" },
  { "gridNeighbours (3, 4, 2, moore=True, periodic=True)",
    "gridNeighbours(3, 4, radius=2, moore=True, periodic=True)" },
  { "smallWorld (1000, 10, 0.1, seed=3)", "smallWorld(1000, 10, 0.1, seed=3)" },
  { "smallWorld (1000, 10, 0.1)", "smallWorld(1000, 10, 0.1, seed=2052068592637856)" },
  { "modular (1000, 10, 0.3, 0.01, seed=3)", "modular(1000, 10, 0.3, 0.01, seed=3)" },
  { "modular (7, 2, 0.5, -0.0, seed=3)", "modular(7, 2, 0.5, 0, seed=3)" },
  { "modular (7, [3, 4], pInter=0.01, pIntra=0.3, seed=3)",
    "modular(7, [3, 4], 0.3, 0.01, seed=3)" },
  { "hierarchical (7, [3] + [4], 0.3, 0.2, 0.1, skip=0.5, seed=3)",
    "hierarchical(7, [3, 4], 0.3, 0.2, 0.1, 0.5, seed=3)" },
  { "hierarchical (7, [3, 4], 0.3, 0.2, seed=3)",
    "hierarchical(7, [3, 4], 0.3, 0.2, 0, 0, seed=3)" },
  { "corePeriphery (100, 10, 0.5, 0.25, 0.125, 0.75, seed=3)",
    "corePeriphery(100, 10, 0.5, 0.25, 0.125, 0.75, seed=3)" },
  { "scaleFree (100, 2, seed=3)", "scaleFree(100, 2, seed=3)" },
  { "shift (5, 5) * scaleFree (100, 2, seed=3) - ring (20, 1)",
    "shift(5, 5) * scaleFree(100, 2, seed=3) - ring(20, 1)" },

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
  g_autofree char *printed = test_evaluate (expressions[_i].text);
  g_autofree char *again = NULL;

  ck_assert_msg (strcmp (printed, expressions[_i].printed) == 0, "'%s' gives '%s' and not '%s'",
                 expressions[_i].text, printed, expressions[_i].printed);
  again = test_evaluate (printed);
  ck_assert_str_eq (again, printed);
}
END_TEST

/* Automatic seeds */

START_TEST (test_seeds)
{
  g_autofree char *one = test_evaluate ("random (0.5)");
  g_autofree char *two = test_evaluate ("random (0.5) | random (0.5)");
  g_autofree char *named = test_evaluate ("r = random (0.5); r * (r - oneToOne)");
  g_autofree char *first = g_strdup_printf ("%s | ", one);
  g_autofree char *mixed = test_evaluate ("random (0.5, seed=3) | random (0.5)");
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

static const ConsetScriptHost log_host = { .show = log_show, .tabulate = log_tabulate };

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

static Suite *
lang_suite (void)
{
  Suite *suite = suite_create ("lang");
  TCase *expressions_case = test_case_add (suite, "expressions");
  TCase *scripts_case = test_case_add (suite, "scripts");

  tcase_add_loop_test (expressions_case, test_expression, 0, G_N_ELEMENTS (expressions));
  tcase_add_test (expressions_case, test_seeds);
  tcase_add_test (expressions_case, test_model_seed);

  tcase_add_loop_test (scripts_case, test_script, 0, G_N_ELEMENTS (scripts));
  tcase_add_test (scripts_case, test_script_host_error_code);
  return suite;
}

int
main (void)
{
  return test_run (lang_suite ());
}

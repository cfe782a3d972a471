/* SPDX-License-Identifier: MIT */
/*
 * The names of graphs in the text language: what their arguments mean, seeds, and what is said
 * where arguments are wrong.
 */
#include "support.h"

#include <string.h>

/* The first and the second seed that a text gets for itself */
#define FIRST "2052068592637856"
#define SECOND "4689906084250499"

static const TestExample expressions[] = {
  /* Lattices */
  { "ring (10, 2)", "ring(10, 2)" },
  { "ring (k=2, n=10)", "ring(10, 2)" },
  { "ring (10, 2, bidirectional=False)", "ring(10, 2, bidirectional=False)" },
  { "ring (10, 2, bidirectional=True)", "ring(10, 2)" },
  { "ring (10, 0)", "empty" },
  { "gridNeighbours (3, 4)", "gridNeighbours(3, 4)" },
  { "gridNeighbours (3, 4, 1, moore=False)", "gridNeighbours(3, 4)" },
  { "gridNeighbours (3, 4, 2, periodic=True)", "gridNeighbours(3, 4, radius=2, periodic=True)" },
  { "gridNeighbours (3, 4, radius=1, moore=True)", "gridNeighbours(3, 4, moore=True)" },

  /* Random graphs, with and without seeds */
  { "smallWorld (1000, 10, 0.5, seed=3)", "smallWorld(1000, 10, 0.5, seed=3)" },
  { "smallWorld (1000, 10, 1)", "smallWorld(1000, 10, 1, seed=" FIRST ")" },
  { "smallWorld (n=1000, p=1 / 4, k=10, seed=3)", "smallWorld(1000, 10, 0.25, seed=3)" },
  { "regular (10, 3, seed=3)", "regular(10, 3, seed=3)" },
  { "regular (10, k=3)", "regular(10, 3, seed=" FIRST ")" },
  { "scaleFree (10, 2, seed=3)", "scaleFree(10, 2, seed=3)" },
  { "scaleFree (10, 2, seed=3) + scaleFree (10, 2)",
    "scaleFree(10, 2, seed=3) + scaleFree(10, 2, seed=" SECOND ")" },
  { "corePeriphery (9, 3, 1, 0.5, 0.25, 0, seed=3)",
    "corePeriphery(9, 3, 1, 0.5, 0.25, 0, seed=3)" },
  { "corePeriphery (9, 3, 0, 0, 0, 0)", "empty" },

  /* Ranges of nodes: how many, or their sizes */
  { "modular (9, 3, 0.5, 0.25, seed=3)", "modular(9, 3, 0.5, 0.25, seed=3)" },
  { "modular (9, [2, 3, 4], 0.5, 0.25, seed=3)", "modular(9, [2, 3, 4], 0.5, 0.25, seed=3)" },
  { "modular (9, [9], pIntra=0.5, pInter=0.25)", "modular(9, [9], 0.5, 0.25, seed=" FIRST ")" },
  { "hierarchical (9, 3, 0.5, 0.25, 0.125, seed=3)",
    "hierarchical(9, 3, 0.5, 0.25, 0.125, 0, seed=3)" },
  { "hierarchical (9, 3, 0.5, 0.25, seed=3)", "hierarchical(9, 3, 0.5, 0.25, 0, 0, seed=3)" },
  { "hierarchical (9, [2] + [7], 0.5, 0.25, 0.125, skip=1, seed=3)",
    "hierarchical(9, [2, 7], 0.5, 0.25, 0.125, 1, seed=3)" },

  /* Sets like all others */
  { "n = 10; shift (n, n) * (ring (n, 1) - scaleFree (n, 2))",
    "shift(10, 10) * (ring(10, 1) - scaleFree(10, 2, seed=" FIRST "))" },
};

START_TEST (test_graph)
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

static const TestExample mistakes[] = {
  { "ring (10, 5)", "line 1, column 1: ring(10, 5): k neighbours on each side need a ring of at "
                    "least 2 k + 1 nodes, and less than 2^63\n"
                    "  ring (10, 5)\n"
                    "  ^" },
  { "smallWorld (10, 3, 0.5)",
    "line 1, column 1: smallWorld(10, 3, 0.5): k must be even, below n, and at most 65536\n"
    "  smallWorld (10, 3, 0.5)\n"
    "  ^" },
  { "modular (9, 3, 0.5, 1.25)",
    "line 1, column 1: modular(pInter=1.25): probability must lie in [0, 1]\n"
    "  modular (9, 3, 0.5, 1.25)\n"
    "  ^" },
  { "modular (9, [3, 7], 0.5, 0.25)",
    "line 1, column 1: modular(9, [3, 7], 0.5, 0.25): the sizes do not add up to the number of "
    "nodes, 9\n"
    "  modular (9, [3, 7], 0.5, 0.25)\n"
    "  ^" },
  { "hierarchical (9, [3], 0.5, 0.5, 0.5)", "line 1, column 1: hierarchical(9, [3], 0.5, 0.5, "
                                            "0.5): the sizes do not add up to the number of "
                                            "nodes, 9\n"
                                            "  hierarchical (9, [3], 0.5, 0.5, 0.5)\n"
                                            "  ^" },
  { "modular (9, [9, 0], 0.5, 0.25)",
    "line 1, column 1: modular: give at least one size; each is at least 1, "
    "and all together less than 2^63\n"
    "  modular (9, [9, 0], 0.5, 0.25)\n"
    "  ^" },
  { "modular (9, [9, 0.5], 0.5, 0.25)",
    "line 1, column 13: modular(9, [9, 0.5], 0.5, 0.25): modules: element 2 of the list: "
    "an integer is needed, not the real 0.5\n"
    "  modular (9, [9, 0.5], 0.5, 0.25)\n"
    "              ^" },
  { "full - scaleFree (10)",
    "line 1, column 8: scaleFree(10): m is missing; it is scaleFree(n, m, seed=...)\n"
    "  full - scaleFree (10)\n"
    "         ^" },
};

START_TEST (test_mistake)
{
  g_autofree char *message = test_evaluate (mistakes[_i].text);

  ck_assert_str_eq (message, mistakes[_i].printed);
}
END_TEST

int
main (void)
{
  Suite *suite = suite_create ("lang graphs");
  TCase *tcase = test_case_add (suite, "graphs");

  tcase_add_loop_test (tcase, test_graph, 0, G_N_ELEMENTS (expressions));
  tcase_add_loop_test (tcase, test_mistake, 0, G_N_ELEMENTS (mistakes));
  return test_run (suite);
}

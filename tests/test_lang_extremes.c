/* SPDX-License-Identifier: MIT */
/*
 * Texts that are very long, very deep or garbage.
 */
#include "support.h"

#include <string.h>

#define MODEL_SEED CONSET_DEFAULT_SEED

START_TEST (test_long_sum_of_numbers)
{
  g_autofree char *text = test_repeat_text ("cross (range (0", " + 1", 1000000, "), range (1))");
  g_autofree char *printed = test_evaluate (text);

  ck_assert_str_eq (printed, "cross(range(1000000), range(1))");
}
END_TEST

START_TEST (test_long_sum_of_lists)
{
  g_autofree char *text = test_repeat_text ("[(1, 2)]", " + [(1, 2)]", 99999, "");
  g_autoptr (Conset) set = conset_parse (text, MODEL_SEED, NULL);

  ck_assert_uint_eq (conset_multiplicity (set, 1, 2), 100000);
}
END_TEST

START_TEST (test_long_list)
{
  g_autofree char *text = test_repeat_text ("cross ([", "7, ", 100000, "], N)");
  g_autofree char *printed = test_evaluate (text);

  ck_assert_str_eq (printed, "cross(range(7, 8), N)");
}
END_TEST

static const struct
{
  const char *part;
  gsize n;
} chains[] = {
  { " ^ oneToOne | full", 200000 },
  { " - [(1, 2)]", 100000 },
  { " * [(1, 2)]", 100000 },
  { " - random (0.5)", 10000 },
};

/* A chain of sets either folds or is refused where it gets deeper than a set may be. */
START_TEST (test_long_chain_of_sets)
{
  g_autofree char *text = test_repeat_text ("oneToOne", chains[_i].part, chains[_i].n, "");
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
  g_autofree char *text = test_repeat_text ("o = transpose", " * transpose", 200000, "\nfull");
  g_autofree char *message = test_evaluate (text);

  ck_assert_ptr_nonnull (strstr (message, "a composition of more than 4096 operators"));
}
END_TEST

START_TEST (test_growing_lists)
{
  g_autofree char *doubling = test_repeat_text ("a = [1]\n", "a = a + a\n", 100, "full");
  g_autofree char *empty = test_repeat_text ("a = []\n", "a = a + a\n", 100, "a");
  g_autofree char *nesting = test_repeat_text ("a = []\n", "a = [a, a]\n", 1000, "full");
  g_autofree char *too_long = test_evaluate (doubling);
  g_autofree char *nothing = test_evaluate (empty);
  g_autofree char *too_deep = test_evaluate (nesting);

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
      g_autofree char *text = test_repeat_text ("", parts[i], 200000, "");
      g_autofree char *message = test_evaluate (text);

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
  g_autofree char *printed = test_evaluate (deepest);
  g_autofree char *message = test_evaluate (deeper);

  ck_assert_str_eq (printed, "oneToOne");
  ck_assert (g_str_has_prefix (message, "line 1, column 1001: "));
}
END_TEST

START_TEST (test_many_statements)
{
  g_autofree char *text = test_repeat_text ("a = full\n", "a = a;", 300000, "\na");
  g_autofree char *printed = test_evaluate (text);

  ck_assert_str_eq (printed, "full");
}
END_TEST

/* Garbage */

/* Returns: (transfer full): words of the language in any order */
static char *
garbage_new (GRand *rand)
{
  static const char *const words[] = {
    "full",
    "oneToOne",
    "empty",
    "random",
    "block",
    "transpose",
    "shift",
    "repeat",
    "cross",
    "range",
    "ival",
    "N",
    "a",
    "b",
    "a",
    "=",
    "(",
    ")",
    "(",
    ")",
    "[",
    "]",
    ",",
    ",",
    "+",
    "-",
    "*",
    "|",
    "^",
    "~",
    "/",
    "\n",
    ";",
    "0",
    "1",
    "2",
    "0.5",
    "3",
    "0x3",
    "seed=",
    "#",
    "\\\n",
    "(2, 3)",
    "(0.5)",
    "[(1, 2), (3, 4)]",
    "range (5)",
    "a = ",
    "show",
    "(1, 2)",
    "i",
    "j",
    "**",
    "i ** 2",
    "random *",
    "random (seed=1) *",
    "exp (",
    "min (i, j)",
    "clip=True",
    "poisson=",
    "partition (",
    "random (N=3) *",
    "random (fanIn=2, seed=1) *",
    "random (fanOut=[1, 2]) *",
    "cross (range (4), range (3))",
    "block (2) *",
    "True",
    "False",
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
          g_autofree char *again = test_evaluate (printed);

          ck_assert_msg (strcmp (printed, again) == 0, "'%s': '%s' reads back as '%s'", text,
                         printed, again);
          n_sets++;
        }
    }
  ck_assert_uint_gt (n_sets, 300);
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
      result = test_evaluate (text);
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
      g_autofree char *result = test_evaluate (beginning);

      ck_assert (g_utf8_validate (result, -1, NULL));
    }
}
END_TEST

static Suite *
lang_extremes_suite (void)
{
  Suite *suite = suite_create ("lang extremes");
  TCase *long_case = test_case_add (suite, "long and deep");
  TCase *garbage_case = test_case_add (suite, "garbage");

  tcase_add_test (long_case, test_long_sum_of_numbers);
  tcase_add_test (long_case, test_long_sum_of_lists);
  tcase_add_test (long_case, test_long_list);
  tcase_add_loop_test (long_case, test_long_chain_of_sets, 0, G_N_ELEMENTS (chains));
  tcase_add_test (long_case, test_long_composition);
  tcase_add_test (long_case, test_growing_lists);
  tcase_add_test (long_case, test_nesting);
  tcase_add_test (long_case, test_nesting_limit);
  tcase_add_test (long_case, test_many_statements);

  tcase_add_test (garbage_case, test_garbage);
  tcase_add_test (garbage_case, test_bytes);
  tcase_add_test (garbage_case, test_beginnings);
  return suite;
}

int
main (void)
{
  return test_run (lang_extremes_suite ());
}

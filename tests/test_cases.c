/* SPDX-License-Identifier: MIT */
/*
 * The reference cases: expressions whose members were computed by a dense pointwise
 * evaluation, and by Python CSA where it can.
 *
 * A line of cases.tsv is "sources targets", an expression, the number of connections in that
 * window and the SHA-256 of their listing. Expressions that need what the library does not
 * have are listed in cases-pending.txt, with the name of what is missing; such a case fails
 * when it passes, so that it is taken off the list.
 */
#include "support.h"

#include <string.h>

typedef struct
{
  ConsetWindow window;
  char *expression;
  guint64 count;
  char *digest;
} ReferenceCase;

static GArray *reference_cases;
static GHashTable *pending;

static void
reference_case_clear (gpointer data)
{
  ReferenceCase *test = data;

  g_free (test->expression);
  g_free (test->digest);
}

static char **
file_lines (const char *name)
{
  g_autofree char *path = test_path (name);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &text, NULL, &error))
    g_error ("%s", error->message);
  return g_strsplit (g_strchomp (text), "\n", -1);
}

static void
read_cases (void)
{
  g_auto (GStrv) lines = file_lines ("cases.tsv");

  reference_cases = g_array_new (FALSE, TRUE, sizeof (ReferenceCase));
  g_array_set_clear_func (reference_cases, reference_case_clear);
  for (guint k = 0; lines[k] != NULL; k++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[k], "\t", -1);
      ReferenceCase test = { 0 };
      char *targets;

      g_assert (g_strv_length (fields) == 4);
      test.window.source_end = g_ascii_strtoull (fields[0], &targets, 10);
      test.window.target_end = g_ascii_strtoull (targets, NULL, 10);
      test.expression = g_strdup (fields[1]);
      test.count = g_ascii_strtoull (fields[2], NULL, 10);
      test.digest = g_strdup (fields[3]);
      g_array_append_val (reference_cases, test);
    }
}

static void
read_pending (void)
{
  g_auto (GStrv) lines = file_lines ("cases-pending.txt");

  pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (guint k = 0; lines[k] != NULL; k++)
    {
      g_auto (GStrv) fields = g_strsplit (lines[k], "\t", -1);

      g_assert (g_strv_length (fields) == 2);
      g_hash_table_insert (pending, g_strdup (fields[0]), g_strdup (fields[1]));
    }
}

/* Returns: (nullable): how @test fails */
static char *
reference_case_run (const ReferenceCase *test)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (test->expression, CONSET_DEFAULT_SEED, &error);
  g_autofree char *digest = NULL;
  guint64 count = 0;

  if (set == NULL || !conset_count (set, &test->window, &count, &error))
    return g_strdup (error->message);
  if (count != test->count)
    return g_strdup_printf ("%" G_GUINT64_FORMAT
                            " connections where there should be %" G_GUINT64_FORMAT,
                            count, test->count);
  digest = conset_digest (set, &test->window, &error);
  if (digest == NULL)
    return g_strdup (error->message);
  return strcmp (digest, test->digest) == 0 ? NULL : g_strdup_printf ("the digest is %s", digest);
}

START_TEST (case_is_as_computed)
{
  const ReferenceCase *test = &g_array_index (reference_cases, ReferenceCase, _i);
  const char *missing = g_hash_table_lookup (pending, test->expression);
  g_autofree char *wrong = reference_case_run (test);

  if (missing == NULL)
    ck_assert_msg (wrong == NULL, "%s\n%s", test->expression, wrong);
  else
    ck_assert_msg (wrong != NULL, "%s passes: take it off cases-pending.txt, where it waits for %s",
                   test->expression, missing);
}
END_TEST

START_TEST (what_is_pending_is_a_case)
{
  guint n_found = 0;

  for (guint k = 0; k < reference_cases->len; k++)
    n_found +=
      g_hash_table_contains (pending, g_array_index (reference_cases, ReferenceCase, k).expression);
  ck_assert_uint_eq (n_found, g_hash_table_size (pending));
}
END_TEST

static Suite *
cases_suite (void)
{
  Suite *suite = suite_create ("cases");
  TCase *tcase = test_case_add (suite, "reference");

  tcase_add_loop_test (tcase, case_is_as_computed, 0, reference_cases->len);
  tcase_add_test (tcase, what_is_pending_is_a_case);
  return suite;
}

int
main (void)
{
  int status;

  read_cases ();
  read_pending ();
  status = test_run (cases_suite ());
  g_array_unref (reference_cases);
  g_hash_table_unref (pending);
  return status;
}

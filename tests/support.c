/* SPDX-License-Identifier: MIT */
/*
 * Lists of connections, texts, sets that are counted, and other conveniences of the test suites.
 *
 * A PairList holds what an iteration gave, or what the oracle says it should have given, so
 * that the two can be compared pair by pair and the first difference be named.
 */
#include "support.h"

#include <stdlib.h>
#include <math.h>
#include <string.h>

#ifndef CONSET_TESTS_DIR
#define CONSET_TESTS_DIR "tests"
#endif

PairList *
pair_list_new (void)
{
  PairList *list = g_new (PairList, 1);

  list->sources = g_array_new (FALSE, FALSE, sizeof (guint64));
  list->targets = g_array_new (FALSE, FALSE, sizeof (guint64));
  return list;
}

void
pair_list_free (PairList *list)
{
  g_array_unref (list->sources);
  g_array_unref (list->targets);
  g_free (list);
}

void
pair_list_add (PairList *list, guint64 source, guint64 target)
{
  g_array_append_val (list->sources, source);
  g_array_append_val (list->targets, target);
}

void
pair_list_add_batch (PairList *list, const ConsetBatch *batch, ConsetOrder order)
{
  gboolean by_target = order == CONSET_TARGET_MAJOR;

  g_array_append_vals (by_target ? list->sources : list->targets, batch->indices, batch->n);
  for (gsize k = 0; k < batch->n; k++)
    g_array_append_val (by_target ? list->targets : list->sources, batch->line);
}

gsize
pair_list_length (const PairList *list)
{
  return list->sources->len;
}

guint64
pair_list_source (const PairList *list, gsize k)
{
  return g_array_index (list->sources, guint64, k);
}

guint64
pair_list_target (const PairList *list, gsize k)
{
  return g_array_index (list->targets, guint64, k);
}

PairList *
pair_list_of_table (const OracleTable *table, ConsetOrder order)
{
  PairList *list = pair_list_new ();
  gboolean by_target = order == CONSET_TARGET_MAJOR;
  guint64 n_lines = by_target ? table->n_targets : table->n_sources;
  guint64 n_cells = by_target ? table->n_sources : table->n_targets;

  for (guint64 line = 0; line < n_lines; line++)
    for (guint64 cell = 0; cell < n_cells; cell++)
      {
        guint64 source = by_target ? cell : line;
        guint64 target = by_target ? line : cell;
        guint32 copies = table->m[target * table->n_sources + source];

        for (; copies > 0; copies--)
          pair_list_add (list, table->window.source_first + source,
                         table->window.target_first + target);
      }
  return list;
}

PairList *
pair_list_of_set (const Conset *set, const ConsetWindow *window, ConsetOrder order, GError **error)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  g_autoptr (PairList) list = pair_list_new ();
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    pair_list_add_batch (list, &batch, order);
  if (!conset_iter_finish (iter, error))
    return NULL;
  return g_steal_pointer (&list);
}

static char *
pair_list_print_pair (const PairList *list, gsize k)
{
  if (k >= pair_list_length (list))
    return g_strdup ("the end");
  return g_strdup_printf ("(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")",
                          pair_list_source (list, k), pair_list_target (list, k));
}

char *
pair_list_difference (const PairList *got, const PairList *expected)
{
  gsize n_got = pair_list_length (got);
  gsize n_expected = pair_list_length (expected);
  g_autofree char *got_pair = NULL;
  g_autofree char *expected_pair = NULL;
  gsize k = 0;

  while (k < MIN (n_got, n_expected) && pair_list_source (got, k) == pair_list_source (expected, k)
         && pair_list_target (got, k) == pair_list_target (expected, k))
    k++;
  if (k == n_got && k == n_expected)
    return NULL;
  got_pair = pair_list_print_pair (got, k);
  expected_pair = pair_list_print_pair (expected, k);
  return g_strdup_printf ("connection %" G_GSIZE_FORMAT
                          " is %s where %s was expected (%" G_GSIZE_FORMAT
                          " connections where %" G_GSIZE_FORMAT " were expected)",
                          k, got_pair, expected_pair, n_got, n_expected);
}

char *
pair_list_digest (const PairList *list)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  char line[64];

  for (gsize k = 0; k < pair_list_length (list); k++)
    {
      int length = g_snprintf (line, sizeof line, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT "\n",
                               pair_list_source (list, k), pair_list_target (list, k));

      g_checksum_update (checksum, (const guchar *) line, length);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Texts */

char *
test_evaluate (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (text, CONSET_DEFAULT_SEED, &error);

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

void
test_assert_prints (const char *text, const char *printed)
{
  g_autofree char *result = test_evaluate (text);
  g_autofree char *again = test_evaluate (printed);

  ck_assert_msg (strcmp (result, printed) == 0, "'%s' gives '%s' and not '%s'", text, result,
                 printed);
  ck_assert_msg (strcmp (again, printed) == 0, "'%s' reads back as '%s'", printed, again);
}

void
test_assert_value_text (ConsetValue *consumed, const char *expected)
{
  g_autoptr (ConsetValue) value = consumed;
  g_autofree char *text = conset_value_to_string (value);

  ck_assert_str_eq (text, expected);
}

void
test_assert_value_error (ConsetValue *consumed, const char *expected)
{
  g_autoptr (ConsetValue) value = consumed;
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_value_check (value, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_str_eq (error->message, expected);
  ck_assert (isnan (conset_value_at (value, 3, 4)));
  ck_assert (!conset_value_is_constant (value, NULL));
}

Conset *
test_read (const char *text)
{
  g_autoptr (GError) error = NULL;
  Conset *set = conset_parse (text, CONSET_DEFAULT_SEED, &error);

  ck_assert_msg (set != NULL, "%s: %s", text, error != NULL ? error->message : "");
  return set;
}

char *
test_repeat_text (const char *before, const char *part, gsize n, const char *after)
{
  GString *text = g_string_new (before);

  for (gsize i = 0; i < n; i++)
    g_string_append (text, part);
  g_string_append (text, after);
  return g_string_free (text, FALSE);
}

/* Sets that tell whether they live */

static int n_living;

static void
living_freed (gpointer user_data)
{
  (*(int *) user_data)--;
}

static gboolean
living_contains (guint64 source G_GNUC_UNUSED,
                 guint64 target G_GNUC_UNUSED,
                 gpointer user_data G_GNUC_UNUSED)
{
  return TRUE;
}

Conset *
test_living (void)
{
  n_living++;
  return conset_predicate ("living", living_contains, NULL, &n_living, living_freed);
}

int
test_n_living (void)
{
  return n_living;
}

/* Misuse */

static guint n_criticals;
static GLogLevelFlags fatal_before;

static void
critical_count (const char *domain G_GNUC_UNUSED,
                GLogLevelFlags level,
                const char *message G_GNUC_UNUSED,
                gpointer user_data G_GNUC_UNUSED)
{
  n_criticals += (level & G_LOG_LEVEL_CRITICAL) != 0;
}

void
test_criticals_begin (void)
{
  n_criticals = 0;
  g_log_set_default_handler (critical_count, NULL);
  fatal_before = g_log_set_always_fatal (G_LOG_FATAL_MASK);
}

guint
test_criticals_end (void)
{
  g_log_set_default_handler (g_log_default_handler, NULL);
  g_log_set_always_fatal (fatal_before);
  return n_criticals;
}

/* Conveniences */

TCase *
test_case_add (Suite *suite, const char *name)
{
  TCase *tcase = tcase_create (name);

  tcase_set_timeout (tcase, 0);
  suite_add_tcase (suite, tcase);
  return tcase;
}

int
test_run (Suite *suite)
{
  SRunner *runner = srunner_create (suite);
  int failed;

  srunner_run_all (runner, CK_ENV);
  failed = srunner_ntests_failed (runner);
  srunner_free (runner);
  return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}

guint64
test_number (const char *name, guint64 otherwise)
{
  const char *text = g_getenv (name);

  return text != NULL && *text != '\0' ? g_ascii_strtoull (text, NULL, 0) : otherwise;
}

char *
test_path (const char *name)
{
  return g_build_filename (CONSET_TESTS_DIR, name, NULL);
}

gboolean
test_sanitized (void)
{
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  return TRUE;
#elif defined(__has_feature)
  return __has_feature (address_sanitizer) || __has_feature (thread_sanitizer)
         || __has_feature (memory_sanitizer);
#else
  return FALSE;
#endif
}

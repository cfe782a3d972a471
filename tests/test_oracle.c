/* SPDX-License-Identifier: MIT */
/*
 * Random expression trees against the dense oracle.
 *
 * Each tree is composed through the C API and looked at through a random window in every
 * way that the library offers; all must agree with the oracle. Tree k is made from the seed
 * CONSET_TEST_SEED + k alone, so that a failure is repeated by
 *
 *   CONSET_TEST_SEED=<the seed it names> CONSET_TEST_TREES=1 test_oracle
 *
 * A failing tree is cut down to the smallest of its operands that still fails.
 */
#include "support.h"

#include <math.h>
#include <string.h>

/* One tree under test. */
typedef struct
{
  const OracleExpr *expr;
  ConsetWindow window;
  Conset *set;
  OracleTable *table;
  PairList *by_target;
  PairList *by_source;
  char *digest;
  GRand *rand;
} Trial;

typedef struct
{
  const char *name;
  /* Returns: (nullable): what is wrong */
  char *(*run) (Trial *trial);
} TrialCheck;

static const PairList *
trial_expected (const Trial *trial, ConsetOrder order)
{
  return order == CONSET_TARGET_MAJOR ? trial->by_target : trial->by_source;
}

static ConsetOrder
trial_order (Trial *trial)
{
  return g_rand_boolean (trial->rand) ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR;
}

/* Returns: a random number in [0, @n) */
static guint64
trial_below (Trial *trial, guint64 n)
{
  return (guint64) (g_rand_double (trial->rand) * n);
}

static gboolean
trial_is_empty (const Trial *trial)
{
  return trial->table->n_sources == 0 || trial->table->n_targets == 0;
}

/* Returns: (nullable): what @error or @got against @expected says is wrong */
static char *
verdict (const PairList *got, const PairList *expected, const GError *error)
{
  if (error != NULL)
    return g_strdup (error->message);
  return pair_list_difference (got, expected);
}

/* Iteration */

/* Draws from an iterator: next with the probability @p_next, else a batch. */
static char *
trial_iterate (Trial *trial, ConsetOrder order, double p_next)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (trial->set, &trial->window, order);
  g_autoptr (PairList) got = pair_list_new ();
  g_autoptr (GError) error = NULL;
  gboolean more = TRUE;
  ConsetBatch batch;
  guint64 source;
  guint64 target;

  while (more)
    if (g_rand_double (trial->rand) < p_next)
      {
        more = conset_iter_next (iter, &source, &target);
        if (more)
          pair_list_add (got, source, target);
      }
    else
      {
        more = conset_iter_next_batch (iter, &batch);
        if (more && (batch.n < 1 || batch.n > 1024))
          return g_strdup_printf ("a batch of %" G_GSIZE_FORMAT " connections", batch.n);
        if (more)
          pair_list_add_batch (got, &batch, order);
      }
  if (conset_iter_next (iter, &source, &target) || conset_iter_next_batch (iter, &batch))
    return g_strdup ("a connection after the end");
  conset_iter_finish (iter, &error);
  return verdict (got, trial_expected (trial, order), error);
}

static char *
check_next (Trial *trial)
{
  return trial_iterate (trial, CONSET_TARGET_MAJOR, 1.0);
}

static char *
check_batches (Trial *trial)
{
  return trial_iterate (trial, CONSET_TARGET_MAJOR, 0.0);
}

static char *
check_mixture (Trial *trial)
{
  return trial_iterate (trial, trial_order (trial), 0.9);
}

static char *
check_source_major (Trial *trial)
{
  return trial_iterate (trial, CONSET_SOURCE_MAJOR, 0.0);
}

typedef struct
{
  PairList *list;
  ConsetOrder order;
} Collector;

static gboolean
collect_batch (const ConsetBatch *batch, gpointer user_data)
{
  Collector *collector = user_data;

  pair_list_add_batch (collector->list, batch, collector->order);
  return TRUE;
}

static char *
check_foreach (Trial *trial)
{
  g_autoptr (PairList) got = pair_list_new ();
  g_autoptr (GError) error = NULL;
  Collector collector = { got, trial_order (trial) };

  conset_foreach (trial->set, &trial->window, collector.order, collect_batch, &collector, &error);
  return verdict (got, trial_expected (trial, collector.order), error);
}

/* Questions */

static char *
check_count (Trial *trial)
{
  g_autoptr (GError) error = NULL;
  guint64 expected = pair_list_length (trial->by_target);
  guint64 count = 0;

  if (!conset_count (trial->set, &trial->window, &count, &error))
    return g_strdup (error->message);
  if (count != expected)
    return g_strdup_printf ("%" G_GUINT64_FORMAT
                            " connections counted where there are %" G_GUINT64_FORMAT,
                            count, expected);
  return NULL;
}

static char *
trial_ask (const Trial *trial, guint64 source, guint64 target, guint64 expected)
{
  guint64 got = conset_multiplicity (trial->set, source, target);

  if (got == expected && conset_contains (trial->set, source, target) == (expected > 0))
    return NULL;
  return g_strdup_printf ("multiplicity of (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                          ") is %" G_GUINT64_FORMAT " where %" G_GUINT64_FORMAT " was expected",
                          source, target, got, expected);
}

static char *
check_points (Trial *trial)
{
  const ConsetWindow *window = &trial->window;
  char *wrong = NULL;

  for (guint k = 0; k < 20 && wrong == NULL && !trial_is_empty (trial); k++)
    {
      guint64 source = window->source_first + trial_below (trial, trial->table->n_sources);
      guint64 target = window->target_first + trial_below (trial, trial->table->n_targets);
      guint64 expected = oracle_table_get (trial->table, source, target);

      wrong = trial_ask (trial, source, target, expected);
      if (wrong == NULL && oracle_multiplicity (trial->expr, source, target) != expected)
        wrong = g_strdup ("the oracle disagrees with itself");
    }
  for (guint k = 0; k < 5 && wrong == NULL; k++)
    {
      guint64 source = window->source_first + trial_below (trial, 100000);
      guint64 target = window->target_first + trial_below (trial, 1000);

      wrong = trial_ask (trial, source, target, oracle_multiplicity (trial->expr, source, target));
    }
  return wrong;
}

/* The connections of one line, as conset_sources_of() and conset_targets_of() list them. */
static char *
trial_line (Trial *trial, ConsetOrder order, guint64 line)
{
  const ConsetWindow *window = &trial->window;
  const PairList *all = trial_expected (trial, order);
  gboolean by_target = order == CONSET_TARGET_MAJOR;
  g_autoptr (GError) error = NULL;
  g_autofree guint64 *got = NULL;
  gsize n = 0;
  gsize at = 0;

  got =
    by_target
      ? conset_sources_of (trial->set, line, window->source_first, window->source_end, &n, &error)
      : conset_targets_of (trial->set, line, window->target_first, window->target_end, &n, &error);
  if (error != NULL)
    return g_strdup (error->message);
  for (gsize k = 0; k < pair_list_length (all); k++)
    if ((by_target ? pair_list_target (all, k) : pair_list_source (all, k)) == line)
      {
        guint64 index = by_target ? pair_list_source (all, k) : pair_list_target (all, k);

        if (at >= n || got[at++] != index)
          return g_strdup_printf ("line %" G_GUINT64_FORMAT " lacks %" G_GUINT64_FORMAT, line,
                                  index);
      }
  return at == n ? NULL : g_strdup_printf ("line %" G_GUINT64_FORMAT " is too long", line);
}

static char *
check_lines (Trial *trial)
{
  char *wrong = NULL;

  /* As an end of lines CONSET_INDEX_END means that there is none. */
  if (trial->window.source_end == CONSET_INDEX_END || trial->window.target_end == CONSET_INDEX_END)
    return NULL;
  for (guint k = 0; k < 2 && wrong == NULL && !trial_is_empty (trial); k++)
    {
      wrong =
        trial_line (trial, CONSET_TARGET_MAJOR,
                    trial->window.target_first + trial_below (trial, trial->table->n_targets));
      if (wrong == NULL)
        wrong =
          trial_line (trial, CONSET_SOURCE_MAJOR,
                      trial->window.source_first + trial_below (trial, trial->table->n_sources));
    }
  return wrong;
}

/* Returns: (nullable): how the digest of @set differs from that of the expected members */
static char *
trial_compare_digest (const Trial *trial, const Conset *set, const char *of_what)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *got = conset_digest (set, &trial->window, &error);

  if (got == NULL)
    return g_strdup_printf ("%s: %s", of_what, error->message);
  if (strcmp (got, trial->digest) == 0)
    return NULL;
  return g_strdup_printf ("the digest of %s is %s where %s was expected", of_what, got,
                          trial->digest);
}

static char *
check_digest (Trial *trial)
{
  return trial_compare_digest (trial, trial->set, "the set");
}

static char *
check_other_isa (Trial *trial)
{
  g_autofree char *isa = g_strdup (conset_isa ());
  char *wrong;

  if (!conset_set_isa (strcmp (isa, "avx2") == 0 ? "portable" : "avx2"))
    return NULL;
  wrong = trial_compare_digest (trial, trial->set, "the set by other kernels");
  conset_set_isa (isa);
  return wrong;
}

/* Facts */

static char *
check_facts (Trial *trial)
{
  guint64 max = conset_max_multiplicity (trial->set);
  gboolean finite;
  ConsetWindow bounds;

  conset_get_bounds (trial->set, &bounds);
  finite = bounds.source_end < CONSET_INDEX_END && bounds.target_end < CONSET_INDEX_END;
  if (conset_is_finite (trial->set) != finite)
    return g_strdup ("is_finite and the bounds disagree");
  for (gsize k = 0; k < pair_list_length (trial->by_target); k++)
    {
      guint64 source = pair_list_source (trial->by_target, k);
      guint64 target = pair_list_target (trial->by_target, k);

      if (!oracle_in_window (&bounds, source, target))
        return g_strdup_printf ("(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ") lies out of bounds",
                                source, target);
      if (oracle_table_get (trial->table, source, target) > max)
        return g_strdup_printf ("multiplicity above %" G_GUINT64_FORMAT, max);
    }
  return NULL;
}

/* A NULL window stands for the bounds, and for an error where there are none. */
static char *
check_whole (Trial *trial)
{
  g_autoptr (OracleTable) table = NULL;
  g_autoptr (PairList) expected = NULL;
  g_autoptr (PairList) got = NULL;
  g_autoptr (GError) error = NULL;
  ConsetWindow bounds;

  conset_get_bounds (trial->set, &bounds);
  if (conset_is_finite (trial->set)
      && (double) bounds.source_end * (double) bounds.target_end > 20000.0)
    return NULL;
  got = pair_list_of_set (trial->set, NULL, CONSET_TARGET_MAJOR, &error);
  if (!conset_is_finite (trial->set))
    return g_error_matches (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED)
             ? NULL
             : g_strdup ("an unbounded set was iterated without a window");
  if (got == NULL)
    return g_strdup (error->message);
  table = oracle_table (trial->expr, &bounds);
  expected = pair_list_of_table (table, CONSET_TARGET_MAJOR);
  return pair_list_difference (got, expected);
}

static char *
check_expected_count (Trial *trial)
{
  double expected = conset_expected_count (trial->set, &trial->window);
  gsize count = pair_list_length (trial->by_target);
  gboolean leaf = trial->expr->a == NULL && trial->expr->kind < ORACLE_RANDOM;

  if (!isfinite (expected) || expected < 0.0 || (leaf && expected != (double) count))
    return g_strdup_printf ("expected count %g of %" G_GSIZE_FORMAT, expected, count);
  return NULL;
}

static char *
check_explain (Trial *trial)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = conset_explain (trial->set, &trial->window, trial_order (trial), &error);

  if (text == NULL)
    return g_strdup (error->message);
  return *text == '\0' ? g_strdup ("nothing explained") : NULL;
}

/* Windows of windows */

static char *
check_cuts (Trial *trial)
{
  const ConsetWindow *window = &trial->window;
  guint64 source = window->source_first + trial_below (trial, trial->table->n_sources + 1);
  guint64 target = window->target_first + trial_below (trial, trial->table->n_targets + 1);
  const ConsetWindow quarters[] = {
    { window->source_first, source, window->target_first, target },
    { source, window->source_end, window->target_first, target },
    { window->source_first, source, target, window->target_end },
    { source, window->source_end, target, window->target_end },
  };
  const ConsetWindow *quarter = &quarters[trial_below (trial, G_N_ELEMENTS (quarters))];
  ConsetOrder order = trial_order (trial);
  const PairList *all = trial_expected (trial, order);
  g_autoptr (PairList) expected = pair_list_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PairList) got = pair_list_of_set (trial->set, quarter, order, &error);

  for (gsize k = 0; k < pair_list_length (all); k++)
    if (oracle_in_window (quarter, pair_list_source (all, k), pair_list_target (all, k)))
      pair_list_add (expected, pair_list_source (all, k), pair_list_target (all, k));
  return verdict (got, expected, error);
}

/* Text */

/* Whether @error says that a set would reach beyond the universe. */
static gboolean
is_beyond (const GError *error)
{
  return error != NULL && strstr (error->message, "beyond the largest index") != NULL;
}

/* A text has no shared operands, so it may reach too far where the set that was composed is
 * known to be empty. */
static char *
trial_parse (const Trial *trial, const char *text, const char *of_what)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = conset_parse (text, CONSET_DEFAULT_SEED, &error);
  g_autofree char *wrong = NULL;

  if (is_beyond (error))
    return NULL;
  if (set == NULL)
    return g_strdup_printf ("parsing %s, '%s': %s", of_what, text, error->message);
  wrong = trial_compare_digest (trial, set, of_what);
  return wrong != NULL ? g_strdup_printf ("%s; it was '%s'", wrong, text) : NULL;
}

/* Returns: (transfer full): @text read and printed */
static char *
reprint (const char *text)
{
  g_autoptr (Conset) set = conset_parse (text, CONSET_DEFAULT_SEED, NULL);

  return conset_to_string (set);
}

/* That reading and printing changes nothing; only sums of lists may lose their brackets. */
static char *
check_reprint (const char *printed)
{
  g_autofree char *again = reprint (printed);
  g_autofree char *thrice = reprint (again);

  if (strcmp (again, printed) == 0
      || (strstr (printed, "] + ") != NULL && strcmp (again, thrice) == 0))
    return NULL;
  return g_strdup_printf ("'%s' is printed as '%s' when read back", printed, again);
}

static char *
check_text (Trial *trial)
{
  g_autofree char *spoken = oracle_text (trial->expr);
  g_autofree char *printed = conset_to_string (trial->set);
  char *wrong;

  if (spoken == NULL)
    return NULL;
  wrong = trial_parse (trial, printed, "the printed set");
  if (wrong == NULL)
    wrong = trial_parse (trial, spoken, "the oracle's text");
  return wrong != NULL ? wrong : check_reprint (printed);
}

/* What the oracle has found of the rules that draw from candidates. */
static char *
expr_wrong (const OracleExpr *expr)
{
  char *wrong = NULL;

  if (expr->drawn.wrong != NULL)
    return g_strdup (expr->drawn.wrong);
  if (expr->a != NULL)
    wrong = expr_wrong (expr->a);
  if (wrong == NULL && expr->b != NULL)
    wrong = expr_wrong (expr->b);
  return wrong;
}

static char *
check_rules (Trial *trial)
{
  return expr_wrong (trial->expr);
}

static const TrialCheck trial_checks[] = {
  { "rules", check_rules },
  { "next", check_next },
  { "batches", check_batches },
  { "next and batches", check_mixture },
  { "source-major", check_source_major },
  { "foreach", check_foreach },
  { "count", check_count },
  { "points", check_points },
  { "lines", check_lines },
  { "digest", check_digest },
  { "other kernels", check_other_isa },
  { "facts", check_facts },
  { "no window", check_whole },
  { "expected count", check_expected_count },
  { "explain", check_explain },
  { "cuts", check_cuts },
  { "text", check_text },
};

/* Trials */

static char *
trial_run_checks (Trial *trial)
{
  for (guint k = 0; k < G_N_ELEMENTS (trial_checks); k++)
    {
      g_autofree char *wrong = trial_checks[k].run (trial);

      if (wrong != NULL)
        return g_strdup_printf ("%s: %s", trial_checks[k].name, wrong);
    }
  return NULL;
}

/* Returns: (nullable): what is wrong with @expr in @window; nothing if it denotes no set for
 * reaching beyond the universe, which @beyond tells */
static char *
trial_run (const OracleExpr *expr, const ConsetWindow *window, guint32 seed, gboolean *beyond)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (Conset) set = oracle_compose (expr);
  g_autoptr (GError) error = NULL;
  g_autoptr (OracleTable) table = NULL;
  g_autoptr (PairList) by_target = NULL;
  g_autoptr (PairList) by_source = NULL;
  g_autofree char *digest = NULL;

  conset_check (set, &error);
  *beyond = is_beyond (error);
  if (error != NULL)
    return *beyond ? NULL : g_strdup (error->message);
  table = oracle_table (expr, window);
  by_target = pair_list_of_table (table, CONSET_TARGET_MAJOR);
  by_source = pair_list_of_table (table, CONSET_SOURCE_MAJOR);
  digest = pair_list_digest (by_target);
  return trial_run_checks (
    &(Trial){ expr, *window, set, table, by_target, by_source, digest, rand });
}

static G_GNUC_NORETURN void
trial_fail (const OracleExpr *expr, const ConsetWindow *window, guint32 seed)
{
  g_autofree char *wrong = NULL;
  g_autofree char *text = NULL;
  gboolean smaller = TRUE;
  gboolean beyond;

  while (smaller)
    {
      g_autofree char *a = expr->a != NULL ? trial_run (expr->a, window, seed, &beyond) : NULL;
      g_autofree char *b = expr->b != NULL ? trial_run (expr->b, window, seed, &beyond) : NULL;

      smaller = a != NULL || b != NULL;
      expr = a != NULL ? expr->a : b != NULL ? expr->b : expr;
    }
  wrong = trial_run (expr, window, seed, &beyond);
  text = oracle_describe (expr);
  ck_abort_msg ("seed %u, kernels %s, sources [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                "), targets [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")\n  %s\n  %s",
                seed, conset_isa (), window->source_first, window->source_end, window->target_first,
                window->target_end, text, wrong);
}

/* Suites */

/* Tries @n trees. Returns: how many denote no set because they reach beyond the universe */
static guint64
trees_run (guint64 n, OracleTreeFunc tree)
{
  guint64 first = test_number ("CONSET_TEST_SEED", 1);
  guint64 n_beyond = 0;

  for (guint32 seed = first; seed < first + n; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      ConsetWindow window;
      g_autoptr (OracleExpr) expr = tree (rand, &window);
      g_autofree char *wrong = NULL;
      gboolean beyond;

      conset_set_isa (seed % 2 == 0 ? "avx2" : "portable");
      wrong = trial_run (expr, &window, seed, &beyond);
      if (wrong != NULL)
        trial_fail (expr, &window, seed);
      n_beyond += beyond;
    }
  conset_set_isa ("auto");
  return n_beyond;
}

static guint64
number_of_trees (void)
{
  return test_number ("CONSET_TEST_TREES", test_sanitized () ? 600 : 3500);
}

START_TEST (trees_near_the_origin_agree_with_the_oracle)
{
  ck_assert_uint_eq (trees_run (number_of_trees (), oracle_near_tree), 0);
}
END_TEST

START_TEST (rules_agree_with_the_oracle)
{
  ck_assert_uint_eq (trees_run (number_of_trees () / 5 + 1, oracle_rule_tree), 0);
}
END_TEST

START_TEST (trees_far_from_the_origin_agree_with_the_oracle)
{
  guint64 n = number_of_trees () / 10 + 1;

  ck_assert_uint_le (trees_run (n, oracle_far_tree), n / 4 + 1);
}
END_TEST

static Suite *
oracle_suite (void)
{
  Suite *suite = suite_create ("oracle");
  TCase *tcase = test_case_add (suite, "trees");

  tcase_add_test (tcase, trees_near_the_origin_agree_with_the_oracle);
  tcase_add_test (tcase, rules_agree_with_the_oracle);
  tcase_add_test (tcase, trees_far_from_the_origin_agree_with_the_oracle);
  return suite;
}

int
main (void)
{
  return test_run (oracle_suite ());
}

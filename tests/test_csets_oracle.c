/* SPDX-License-Identifier: MIT */
/*
 * Random trees of connection sets against the oracle: which connections there are, and every value
 * of every copy of each, to the last bit.
 *
 * Tree k is made from the seed CONSET_TEST_SEED + k alone, so that a failure is repeated by
 *
 *   CONSET_TEST_SEED=<the seed it names> CONSET_TEST_TREES=1 test_csets_oracle
 *
 * A failing tree is cut down to the smallest of its operands that still fails.
 */
#include "oracle_csets.h"

#include <math.h>
#include <string.h>

/* Connections in an order, and the values of each, one behind the other. */
typedef struct
{
  PairList *pairs;
  GArray *values;
} Listing;

/* One tree under test. */
typedef struct
{
  const OracleCset *cset;
  ConsetWindow window;
  Conset *set;
  guint n_values;
  Listing *expected[2]; /* by ConsetOrder */
  GRand *rand;
} Trial;

typedef struct
{
  const char *name;
  /* Returns: (nullable): what is wrong */
  char *(*run) (Trial *trial);
} TrialCheck;

/* {{{ listings */

static Listing *
listing_new (void)
{
  Listing *listing = g_new (Listing, 1);

  listing->pairs = pair_list_new ();
  listing->values = g_array_new (FALSE, FALSE, sizeof (double));
  return listing;
}

static void
listing_free (Listing *listing)
{
  pair_list_free (listing->pairs);
  g_array_unref (listing->values);
  g_free (listing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Listing, listing_free)

static const double *
listing_get (const Listing *listing, gsize k, guint n_values)
{
  return &g_array_index (listing->values, double, k *n_values);
}

static gboolean
same_values (const double *a, const double *b, guint n)
{
  for (guint k = 0; k < n; k++)
    if (a[k] != b[k] && !(isnan (a[k]) && isnan (b[k])))
      return FALSE;
  return TRUE;
}

/* Returns: (nullable): how @got differs from @expected first */
static char *
listing_difference (const Listing *got, const Listing *expected, guint n_values)
{
  char *wrong = pair_list_difference (got->pairs, expected->pairs);

  for (gsize k = 0; wrong == NULL && k < pair_list_length (expected->pairs); k++)
    {
      const double *a = listing_get (got, k, n_values), *b = listing_get (expected, k, n_values);

      if (!same_values (a, b, n_values))
        wrong = g_strdup_printf ("connection %" G_GSIZE_FORMAT ", (%" G_GUINT64_FORMAT
                                 ", %" G_GUINT64_FORMAT ") has values beginning with %.17g where "
                                 "%.17g was expected",
                                 k, pair_list_source (expected->pairs, k),
                                 pair_list_target (expected->pairs, k), a[0], b[0]);
    }
  return wrong;
}

static Listing *
trial_list (const Trial *trial, const OracleTable *table, ConsetOrder order)
{
  Listing *listing = g_new (Listing, 1);
  double values[ORACLE_MOST_COLUMNS];
  guint64 copy = 0;

  listing->pairs = pair_list_of_table (table, order);
  listing->values = g_array_new (FALSE, FALSE, sizeof (double));
  for (gsize k = 0; k < pair_list_length (listing->pairs); k++)
    {
      guint64 i = pair_list_source (listing->pairs, k), j = pair_list_target (listing->pairs, k);
      gboolean again = k > 0 && pair_list_source (listing->pairs, k - 1) == i
                       && pair_list_target (listing->pairs, k - 1) == j;

      copy = again ? copy + 1 : 0;
      oracle_cset_values (trial->cset, i, j, copy, values);
      g_array_append_vals (listing->values, values, trial->n_values);
    }
  return listing;
}

/* }}} */
/* {{{ iteration */

static ConsetOrder
trial_order (Trial *trial)
{
  return g_rand_boolean (trial->rand) ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR;
}

static void
take_batch (Listing *listing, const ConsetBatch *batch, ConsetOrder order)
{
  pair_list_add_batch (listing->pairs, batch, order);
  for (gsize k = 0; k < batch->n; k++)
    for (guint c = 0; c < batch->n_values; c++)
      g_array_append_val (listing->values, batch->values[c][k]);
}

/* Returns: FALSE at the end */
static gboolean
take_one (Listing *listing, ConsetIter *iter, guint n_values)
{
  guint64 source, target;

  if (!conset_iter_next (iter, &source, &target))
    return FALSE;
  pair_list_add (listing->pairs, source, target);
  for (guint c = 0; c < n_values; c++)
    {
      double value = conset_iter_get_value (iter, c);

      g_array_append_val (listing->values, value);
    }
  return TRUE;
}

/* Iterates @set: one by one with the probability @p_next, else a batch. */
static Listing *
iterate (Trial *trial,
         const Conset *set,
         const ConsetWindow *window,
         ConsetOrder order,
         double p_next,
         GError **error)
{
  g_autoptr (ConsetIter) iter = conset_iter_new (set, window, order);
  g_autoptr (Listing) listing = listing_new ();
  gboolean more = TRUE;
  ConsetBatch batch;

  while (more)
    if (g_rand_double (trial->rand) < p_next)
      more = take_one (listing, iter, conset_arity (set));
    else if ((more = conset_iter_next_batch (iter, &batch)))
      take_batch (listing, &batch, order);
  return conset_iter_finish (iter, error) ? g_steal_pointer (&listing) : NULL;
}

static char *
compare_set (Trial *trial, const Conset *set, ConsetOrder order, double p_next)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (Listing) got = NULL;

  if (conset_arity (set) != trial->n_values)
    return g_strdup_printf ("%u values where %u were expected", conset_arity (set),
                            trial->n_values);
  got = iterate (trial, set, &trial->window, order, p_next, &error);
  if (got == NULL)
    return g_strdup (error->message);
  return listing_difference (got, trial->expected[order], trial->n_values);
}

static char *
check_batches (Trial *trial)
{
  return compare_set (trial, trial->set, CONSET_TARGET_MAJOR, 0.0);
}

static char *
check_source_major (Trial *trial)
{
  return compare_set (trial, trial->set, CONSET_SOURCE_MAJOR, 0.0);
}

static char *
check_mixture (Trial *trial)
{
  return compare_set (trial, trial->set, trial_order (trial), 0.95);
}

static char *
check_other_isa (Trial *trial)
{
  g_autofree char *isa = g_strdup (conset_isa ());
  char *wrong;

  if (!conset_set_isa (strcmp (isa, "avx2") == 0 ? "portable" : "avx2"))
    return NULL;
  wrong = compare_set (trial, trial->set, trial_order (trial), 0.0);
  conset_set_isa (isa);
  return wrong;
}

/* A window within the window. */
static char *
check_part (Trial *trial)
{
  const ConsetWindow *all = &trial->window;
  ConsetOrder order = trial_order (trial);
  const Listing *expected = trial->expected[order];
  g_autoptr (Listing) part = listing_new ();
  g_autoptr (Listing) got = NULL;
  g_autoptr (GError) error = NULL;
  ConsetWindow window = *all;

  window.source_first += (guint64) (g_rand_double (trial->rand) * 40);
  window.target_first += (guint64) (g_rand_double (trial->rand) * 40);
  window.source_end = MIN (window.source_first + 37, all->source_end);
  window.target_end = MIN (window.target_first + 41, all->target_end);
  for (gsize k = 0; k < pair_list_length (expected->pairs); k++)
    {
      guint64 i = pair_list_source (expected->pairs, k), j = pair_list_target (expected->pairs, k);

      if (!oracle_in_window (&window, i, j))
        continue;
      pair_list_add (part->pairs, i, j);
      g_array_append_vals (part->values, listing_get (expected, k, trial->n_values),
                           trial->n_values);
    }
  got = iterate (trial, trial->set, &window, order, 0.0, &error);
  return got != NULL ? listing_difference (got, part, trial->n_values) : g_strdup (error->message);
}

/* }}} */
/* {{{ questions */

/* What the copy @copy of a connection has, in two ways. */
static char *
ask (Trial *trial, guint64 i, guint64 j, guint64 copy, const double *expected)
{
  double values[ORACLE_MOST_COLUMNS];
  g_autoptr (GError) error = NULL;

  if (!conset_values_at (trial->set, i, j, copy, values, &error))
    return g_strdup (error->message);
  for (guint c = 0; c < trial->n_values && same_values (values, expected, trial->n_values); c++)
    {
      g_autoptr (ConsetValue) value = conset_value_of (conset_ref (trial->set), c);

      values[c] = conset_value_at_copy (value, i, j, copy);
    }
  if (same_values (values, expected, trial->n_values))
    return NULL;
  return g_strdup_printf ("values of copy %" G_GUINT64_FORMAT " of (%" G_GUINT64_FORMAT
                          ", %" G_GUINT64_FORMAT ") begin with %.17g where %.17g was expected",
                          copy, i, j, values[0], expected[0]);
}

static char *
check_points (Trial *trial)
{
  const Listing *expected = trial->expected[CONSET_TARGET_MAJOR];
  gsize n = pair_list_length (expected->pairs);
  char *wrong = NULL;

  for (guint k = 0; k < 12 && n > 0 && wrong == NULL; k++)
    {
      gsize at = (gsize) (g_rand_double (trial->rand) * (double) n);
      guint64 i = pair_list_source (expected->pairs, at);
      guint64 j = pair_list_target (expected->pairs, at);
      guint64 copy = 0;

      while (copy < at && pair_list_source (expected->pairs, at - copy - 1) == i
             && pair_list_target (expected->pairs, at - copy - 1) == j)
        copy++;
      wrong = ask (trial, i, j, copy, listing_get (expected, at, trial->n_values));
    }
  return wrong;
}

/* The values taken out and put on the mask. */
static char *
check_taken_apart (Trial *trial)
{
  ConsetValue *values[ORACLE_MOST_COLUMNS];
  g_autoptr (Conset) again = NULL;

  for (guint c = 0; c < trial->n_values; c++)
    values[c] = conset_value_of (conset_ref (trial->set), c);
  again = conset_cset (conset_mask (conset_ref (trial->set)), trial->n_values, values, NULL);
  return compare_set (trial, again, trial_order (trial), 0.0);
}

static char *
check_mask (Trial *trial)
{
  const PairList *expected = trial->expected[CONSET_TARGET_MAJOR]->pairs;
  g_autoptr (Conset) mask = conset_mask (conset_ref (trial->set));
  g_autoptr (PairList) got = NULL;
  g_autoptr (GError) error = NULL;
  guint64 count = 0;

  if (conset_arity (mask) != 0)
    return g_strdup ("a mask has values");
  got = pair_list_of_set (mask, &trial->window, CONSET_TARGET_MAJOR, &error);
  if (got == NULL || !conset_count (trial->set, &trial->window, &count, &error))
    return g_strdup (error->message);
  if (count != pair_list_length (expected))
    return g_strdup_printf ("%" G_GUINT64_FORMAT " are counted of %" G_GSIZE_FORMAT, count,
                            pair_list_length (expected));
  return pair_list_difference (got, expected);
}

static char *
listing_digest (const Listing *listing, guint n_values)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  char text[64];

  for (gsize k = 0; k < pair_list_length (listing->pairs); k++)
    {
      int n =
        g_snprintf (text, sizeof text, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
                    pair_list_source (listing->pairs, k), pair_list_target (listing->pairs, k));

      g_checksum_update (checksum, (const guchar *) text, n);
      for (guint c = 0; c < n_values; c++)
        {
          n = g_snprintf (text, sizeof text, " %.9g", listing_get (listing, k, n_values)[c]);
          g_checksum_update (checksum, (const guchar *) text, n);
        }
      g_checksum_update (checksum, (const guchar *) "\n", 1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

/* Sometimes, since to print numbers takes long. */
static char *
check_digest (Trial *trial)
{
  g_autofree char *expected = NULL, *got = NULL;

  if (!oracle_chance (trial->rand, 0.2))
    return NULL;
  expected = listing_digest (trial->expected[CONSET_TARGET_MAJOR], trial->n_values);
  got = conset_digest (trial->set, &trial->window, NULL);
  if (g_strcmp0 (got, expected) == 0)
    return NULL;
  return g_strdup_printf ("the digest is %s where %s was expected", got, expected);
}

static char *
check_explain (Trial *trial)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = conset_explain (trial->set, &trial->window, trial_order (trial), &error);

  if (text == NULL)
    return g_strdup (error->message);
  return strstr (text, " value") != NULL ? NULL : g_strdup ("no values explained");
}

/* That reading and printing changes nothing; only sums of lists may lose their brackets, and empty
 * sets, which tell of no values but how many there are, are read as having some. */
static char *
check_reprint (const char *text, const Conset *set)
{
  g_autofree char *again = conset_to_string (set);

  if (strcmp (text, again) == 0 || strstr (text, "] + ") != NULL
      || strstr (text, "cset(empty") != NULL)
    return NULL;
  return g_strdup_printf ("'%s' is printed as '%s' when read back", text, again);
}

/* Tags and predicates cannot be read back. */
static char *
check_text (Trial *trial)
{
  g_autofree char *text = conset_to_string (trial->set), *wrong = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Conset) set = NULL;

  if (strchr (text, '<') != NULL)
    return NULL;
  set = conset_parse (text, CONSET_DEFAULT_SEED, &error);
  if (set == NULL && strstr (error->message, "beyond the largest index") != NULL)
    return NULL;
  if (set == NULL)
    return g_strdup_printf ("parsing '%s': %s", text, error->message);
  wrong = compare_set (trial, set, CONSET_TARGET_MAJOR, 0.0);
  if (wrong != NULL)
    return g_strdup_printf ("reading '%s': %s", text, wrong);
  return check_reprint (text, set);
}

/* }}} */
/* {{{ trials */

static const TrialCheck trial_checks[] = {
  { "batches", check_batches },
  { "source-major", check_source_major },
  { "next and batches", check_mixture },
  { "other kernels", check_other_isa },
  { "part", check_part },
  { "points", check_points },
  { "taken apart", check_taken_apart },
  { "mask", check_mask },
  { "digest", check_digest },
  { "explain", check_explain },
  { "text", check_text },
};

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

/* Returns: (nullable): what is wrong with @cset in @window; nothing if it reaches beyond the
 * universe */
static char *
trial_run (const OracleCset *cset, const ConsetWindow *window, guint32 seed)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  g_autoptr (Conset) set = oracle_cset_compose (cset);
  g_autoptr (OracleTable) table = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (Listing) by_target = NULL, by_source = NULL;
  Trial trial = { cset, *window, set, cset->columns.n, { NULL, NULL }, rand };

  if (!conset_check (set, &error))
    return strstr (error->message, "beyond the largest index") != NULL ? NULL
                                                                       : g_strdup (error->message);
  table = oracle_table (cset->mask, window);
  trial.expected[CONSET_TARGET_MAJOR] = by_target = trial_list (&trial, table, CONSET_TARGET_MAJOR);
  trial.expected[CONSET_SOURCE_MAJOR] = by_source = trial_list (&trial, table, CONSET_SOURCE_MAJOR);
  return trial_run_checks (&trial);
}

/* Returns: what is wrong with an operand that has values, none if there is no such */
static char *
operand_run (const OracleCset *operand, const ConsetWindow *window, guint32 seed)
{
  if (operand == NULL || operand->columns.n == 0)
    return NULL;
  return trial_run (operand, window, seed);
}

static G_GNUC_NORETURN void
trial_fail (const OracleCset *cset, const ConsetWindow *window, guint32 seed)
{
  g_autofree char *wrong = NULL, *text = NULL;
  g_autoptr (Conset) set = NULL;
  gboolean smaller = TRUE;

  while (smaller)
    {
      g_autofree char *a = operand_run (cset->a, window, seed);
      g_autofree char *b = operand_run (cset->b, window, seed);

      smaller = a != NULL || b != NULL;
      cset = a != NULL ? cset->a : b != NULL ? cset->b : cset;
    }
  wrong = trial_run (cset, window, seed);
  set = oracle_cset_compose (cset);
  text = conset_to_string (set);
  ck_abort_msg ("seed %u, kernels %s, sources [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                "), targets [%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ")\n  %s\n  %s",
                seed, conset_isa (), window->source_first, window->source_end, window->target_first,
                window->target_end, text, wrong);
}

START_TEST (trees_of_connection_sets_agree_with_the_oracle)
{
  guint64 n = test_number ("CONSET_TEST_TREES", test_sanitized () ? 120 : 800);
  guint64 first = test_number ("CONSET_TEST_SEED", 1);

  for (guint32 seed = (guint32) first; seed < first + n; seed++)
    {
      g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
      ConsetWindow window;
      g_autoptr (OracleCset) cset = oracle_cset_tree (rand, &window);
      g_autofree char *wrong = NULL;

      conset_set_isa (seed % 2 == 0 ? "avx2" : "portable");
      wrong = trial_run (cset, &window, seed);
      if (wrong != NULL)
        trial_fail (cset, &window, seed);
    }
  conset_set_isa ("auto");
}
END_TEST

/* }}} */

int
main (void)
{
  Suite *suite = suite_create ("csets oracle");
  TCase *tcase = test_case_add (suite, "trees");

  tcase_add_test (tcase, trees_of_connection_sets_agree_with_the_oracle);
  return test_run (suite);
}

/* SPDX-License-Identifier: MIT */
/*
 * Degrees against their laws.
 *
 * Lines with the same law are put together. The expected number of lines with a degree in some
 * range is the sum over all lines of its probability; where laws differ, the chi-square then
 * varies less than it would for one law, so that the test errs on the safe side.
 */
#include "degree_stats.h"

#include <math.h>

#include "chi_square.h"

/* Random laws above which no expected numbers are computed; each costs as many sums as bins. */
#define MOST_LAWS 256

/* Laws that are kept. */
#define MOST_LAWS_KEPT 65536

/* Expected lines of a cell of the test. */
#define LEAST_EXPECTED 5.0

/* Ranges of degrees that are pooled to cells, and how far they reach. */
#define RANGES 256
#define DEVIATIONS 10.0

static void
window_lines (const ConsetWindow *window, ConsetOrder order, guint64 *first, guint64 *n)
{
  gboolean targets = order == CONSET_TARGET_MAJOR;

  *first = targets ? window->target_first : window->source_first;
  *n = (targets ? window->target_end : window->source_end) - *first;
}

void
cli_degrees_init (CliDegrees *degrees, const ConsetWindow *window, ConsetOrder order)
{
  *degrees = (CliDegrees){ .order = order };
  window_lines (window, order, &degrees->first, &degrees->n);
  degrees->degrees = g_new0 (guint64, degrees->n);
}

void
cli_degrees_clear (CliDegrees *degrees)
{
  g_clear_pointer (&degrees->degrees, g_free);
  g_clear_pointer (&degrees->laws, g_array_unref);
}

/* {{{ Comparison */

static void
degrees_summarize (CliDegrees *degrees)
{
  double sum = 0.0;
  double squares = 0.0;

  degrees->least = degrees->most = degrees->degrees[0];
  for (guint64 k = 0; k < degrees->n; k++)
    {
      degrees->least = MIN (degrees->least, degrees->degrees[k]);
      degrees->most = MAX (degrees->most, degrees->degrees[k]);
      sum += (double) degrees->degrees[k];
    }
  degrees->mean = sum / (double) degrees->n;
  for (guint64 k = 0; k < degrees->n; k++)
    squares += pow ((double) degrees->degrees[k] - degrees->mean, 2.0);
  degrees->deviation = sqrt (squares / (double) degrees->n);
}

static guint
law_hash (gconstpointer key)
{
  const ConsetLaw *law = key;
  guint hash = law->kind;

  for (guint k = 0; k < G_N_ELEMENTS (law->parameters); k++)
    hash = 31 * hash + g_double_hash (&law->parameters[k]);
  return hash;
}

static gboolean
law_equal (gconstpointer a, gconstpointer b)
{
  return conset_law_equal (a, b);
}

static int
share_compare (gconstpointer a, gconstpointer b)
{
  const CliLawShare *x = a;
  const CliLawShare *y = b;

  if (x->n != y->n)
    return x->n > y->n ? -1 : 1;
  return (x->law.mean > y->law.mean) - (x->law.mean < y->law.mean);
}

/* Moves the shares out of @table, or drops them all if a law was not known. */
static void
laws_take (CliDegrees *degrees, GHashTable *table, gboolean known)
{
  GHashTableIter iter;
  gpointer share;

  if (!known || g_hash_table_size (table) > MOST_LAWS_KEPT)
    return;
  degrees->laws = g_array_new (FALSE, FALSE, sizeof (CliLawShare));
  g_hash_table_iter_init (&iter, table);
  while (g_hash_table_iter_next (&iter, NULL, &share))
    {
      g_array_append_vals (degrees->laws, share, 1);
      degrees->n_random += ((CliLawShare *) share)->law.kind != CONSET_LAW_DELTA;
    }
  g_array_sort (degrees->laws, share_compare);
}

static void
table_add (GHashTable *table, const ConsetLaw *law)
{
  CliLawShare *share = g_hash_table_lookup (table, law);

  if (share == NULL)
    {
      share = g_new (CliLawShare, 1);
      *share = (CliLawShare){ *law, 0 };
      g_hash_table_insert (table, &share->law, share);
    }
  share->n++;
}

static void
degrees_check_certain (CliDegrees *degrees, guint64 k, const ConsetLaw *law)
{
  degrees->n_certain++;
  if ((double) degrees->degrees[k] == law->mean)
    return;
  if (degrees->n_wrong++ == 0)
    degrees->wrong = degrees->first + k;
}

gboolean
cli_degrees_compare (CliDegrees *degrees,
                     const Conset *set,
                     const ConsetWindow *window,
                     GError **error)
{
  g_autoptr (GHashTable) table = g_hash_table_new_full (law_hash, law_equal, NULL, g_free);
  gboolean known = TRUE;
  double n = (double) degrees->n;
  double squares = 0.0;

  degrees_summarize (degrees);
  for (guint64 k = 0; k < degrees->n; k++)
    {
      ConsetLaw law;

      if (!conset_degree_law (set, window, degrees->order, degrees->first + k, &law, error))
        return FALSE;
      known = known && law.kind != CONSET_LAW_UNKNOWN;
      degrees->expected_total += law.mean;
      squares += law.mean * law.mean;
      degrees->total_variance += law.variance;
      if (known && g_hash_table_size (table) <= MOST_LAWS_KEPT)
        table_add (table, &law);
      if (law.kind == CONSET_LAW_DELTA)
        degrees_check_certain (degrees, k, &law);
    }
  laws_take (degrees, table, known);
  /* A degree of any line varies as its law does, and as the means do. */
  degrees->expected_deviation = sqrt (
    degrees->total_variance / n + MAX (0.0, squares / n - pow (degrees->expected_total / n, 2.0)));
  degrees->dependence = conset_degree_dependence (set, window, degrees->order);
  return TRUE;
}

/* }}} */
/* {{{ Ranges of degrees */

/* Lines of a share expected to have a degree in [first, end); a range from 0 on has all below. */
static double
share_expected (const CliLawShare *share, guint64 first, guint64 end)
{
  double below = first > 0 ? conset_law_cumulative (&share->law, first - 1) : 0.0;

  return (double) share->n * (conset_law_cumulative (&share->law, end - 1) - below);
}

static double *
ranges_expected (const CliDegrees *degrees, guint64 first, guint64 step, gsize n)
{
  double *expected = g_new0 (double, n);

  for (guint law = 0; law < degrees->laws->len; law++)
    for (gsize k = 0; k < n; k++)
      expected[k] += share_expected (&g_array_index (degrees->laws, CliLawShare, law),
                                     first + k * step, first + (k + 1) * step);
  return expected;
}

/* Degrees below or above all ranges are counted in the first or the last. */
static double *
ranges_found (const CliDegrees *degrees, guint64 first, guint64 step, gsize n)
{
  double *found = g_new0 (double, n);

  for (guint64 k = 0; k < degrees->n; k++)
    {
      guint64 above = degrees->degrees[k] - MIN (degrees->degrees[k], first);

      found[MIN (above / step, n - 1)]++;
    }
  return found;
}

/* }}} */
/* {{{ Test */

/* The ranges that random laws hardly leave. */
static void
ranges_choose (const CliDegrees *degrees, guint64 *first, guint64 *step)
{
  double low = G_MAXDOUBLE;
  double high = 0.0;

  for (guint k = 0; k < degrees->laws->len; k++)
    {
      const ConsetLaw *law = &g_array_index (degrees->laws, CliLawShare, k).law;
      double reach = DEVIATIONS * sqrt (law->variance);

      if (law->kind == CONSET_LAW_DELTA)
        continue;
      low = MIN (low, law->mean - reach);
      high = MAX (high, law->mean + reach);
    }
  *first = (guint64) MAX (0.0, floor (low));
  *step = (guint64) ((high - (double) *first) / RANGES) + 1;
}

/* Sums cells of at least LEAST_EXPECTED, the rest in the last one; returns how many. */
static guint
chi_square_sum (const double *found, const double *expected, gsize n, double *chi_square)
{
  double last_found = 0.0;
  double last_expected = 0.0;
  double pool_found = 0.0;
  double pool_expected = 0.0;
  guint n_cells = 0;

  *chi_square = 0.0;
  for (gsize k = 0; k < n; k++)
    {
      pool_found += found[k];
      pool_expected += expected[k];
      if (pool_expected < LEAST_EXPECTED)
        continue;
      if (n_cells++ > 0)
        *chi_square += pow (last_found - last_expected, 2.0) / last_expected;
      last_found = pool_found;
      last_expected = pool_expected;
      pool_found = pool_expected = 0.0;
    }
  last_found += pool_found;
  last_expected += pool_expected;
  if (n_cells > 0)
    *chi_square += pow (last_found - last_expected, 2.0) / last_expected;
  return n_cells;
}

/* Why the degrees cannot be tested, or NULL. */
static const char *
test_obstacle (const CliDegrees *degrees)
{
  if (degrees->laws == NULL)
    return "the laws are not known";
  if (degrees->n_random > MOST_LAWS)
    return "there are too many different laws";
  if (degrees->dependence == CONSET_DEPENDENCE_UNKNOWN)
    return "degrees may depend on each other";
  return NULL;
}

/* Takes a share that leaves nothing to chance out of what was found: it is no part of the test. */
static void
share_take_out (const CliLawShare *share, guint64 first, guint64 step, double *found)
{
  guint64 degree = (guint64) share->law.mean;
  guint64 above = degree - MIN (degree, first);

  found[MIN (above / step, RANGES - 1)] -= (double) share->n;
}

/* Adds what a share expects; what is beyond all ranges falls into the first or the last. */
static void
share_expect (const CliLawShare *share, guint64 first, guint64 step, double *expected)
{
  double before = 0.0;

  for (guint64 range = 1; range <= RANGES; range++)
    {
      double until =
        range < RANGES ? conset_law_cumulative (&share->law, first + range * step - 1) : 1.0;

      expected[range - 1] += (double) share->n * (until - before);
      before = until;
    }
}

CliDegreeTest
cli_degrees_test (const CliDegrees *degrees)
{
  CliDegreeTest test = { .obstacle = test_obstacle (degrees) };
  double expected[RANGES] = { 0.0 };
  g_autofree double *found = NULL;
  guint64 first;
  guint64 step;
  guint n_cells;

  if (test.obstacle != NULL)
    return test;
  ranges_choose (degrees, &first, &step);
  found = ranges_found (degrees, first, step, RANGES);
  for (guint k = 0; k < degrees->laws->len; k++)
    {
      const CliLawShare *share = &g_array_index (degrees->laws, CliLawShare, k);

      if (share->law.kind == CONSET_LAW_DELTA)
        share_take_out (share, first, step, found);
      else
        share_expect (share, first, step, expected);
    }
  n_cells = chi_square_sum (found, expected, RANGES, &test.chi_square);
  if (n_cells < 2)
    {
      test.obstacle = "there are too few of them";
      return test;
    }
  test.df = n_cells - 1;
  test.p = cli_chi_square_tail (test.chi_square, test.df);
  return test;
}

/* }}} */
/* {{{ Bins */

/* The least of 1, 2, 5, 10, 20, ... that is @least or more. */
static guint64
round_step (guint64 least)
{
  static const guint8 mantissas[] = { 1, 2, 5 };

  for (guint64 power = 1;; power *= 10)
    for (gsize k = 0; k < G_N_ELEMENTS (mantissas); k++)
      if (mantissas[k] * power >= least)
        return mantissas[k] * power;
}

void
cli_degree_bins_init (CliDegreeBins *bins, const CliDegrees *degrees, gsize n)
{
  bins->step = round_step ((degrees->most - degrees->least) / n + 1);
  bins->first = degrees->least - degrees->least % bins->step;
  bins->n = (degrees->most - bins->first) / bins->step + 1;
  bins->found = ranges_found (degrees, bins->first, bins->step, bins->n);
  bins->expected = NULL;
  if (degrees->laws != NULL && degrees->n_random <= MOST_LAWS)
    bins->expected = ranges_expected (degrees, bins->first, bins->step, bins->n);
}

void
cli_degree_bins_clear (CliDegreeBins *bins)
{
  g_clear_pointer (&bins->found, g_free);
  g_clear_pointer (&bins->expected, g_free);
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * That drawn numbers follow their laws, exactly as far as a test can see, for numbers from 0
 * to 2^62, and stay what they are.
 *
 * The chances that the counts are held against come from the ratio of neighbours, in long
 * double, scaled to a sum of 1; the draws compute theirs in another way. Where a law is too wide
 * for that, the normal law is taken.
 *
 * Seeds are fixed, so a run is always the same; what follows is the chance that right draws would
 * fail for the seeds that stand here. Every statistic is compared with the value that it exceeds
 * with probability 1e-6, see test_random.c; there are about 120 of them: 0.012 %.
 */
#include "statistics.h"
#include "support.h"

#include "draw_numbers.h"

#include <math.h>

#define N_DRAWS 100000
#define MANY_DRAWS 2000000
#define N_BINS 64

#define E(digits) G_GUINT64_CONSTANT (1##digits)
#define E9 E (000000000)
#define E18 E (000000000000000000)

typedef enum
{
  BINOMIAL,
  BINOMIAL_P,
  HYPERGEOMETRIC,
  POISSON,
} Kind;

typedef struct
{
  Kind kind;
  guint64 n;
  guint64 left;
  guint64 total;
  /* The probability or the mean. */
  double parameter;
} Law;

static guint64
law_draw (const Law *law, const ConsetWell *well)
{
  switch (law->kind)
    {
    case BINOMIAL:
      return conset_draw_binomial (well, law->n, law->left, law->total);
    case BINOMIAL_P:
      return conset_draw_binomial_p (well, law->n, law->parameter);
    case HYPERGEOMETRIC:
      return conset_draw_hypergeometric (well, law->n, law->left, law->total);
    case POISSON:
    default:
      return conset_draw_poisson (well, law->parameter);
    }
}

static char *
law_name (const Law *law)
{
  static const char *const names[] = { "binomial", "binomial_p", "hypergeometric", "poisson" };

  return g_strdup_printf ("%s (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                          ", %g)",
                          names[law->kind], law->n, law->left, law->total, law->parameter);
}

static long double
law_probability (const Law *law)
{
  return law->kind == BINOMIAL_P ? (long double) law->parameter
                                 : (long double) law->left / (long double) law->total;
}

static long double
law_mean (const Law *law)
{
  return law->kind == POISSON ? law->parameter : law->n * law_probability (law);
}

static long double
law_variance (const Law *law)
{
  long double variance = law_mean (law);

  if (law->kind != POISSON)
    variance *= 1.0L - law_probability (law);
  if (law->kind == HYPERGEOMETRIC && law->total > 1)
    variance *= (long double) (law->total - law->n) / (long double) (law->total - 1);
  return variance;
}

/* Chance (k + 1) / chance (k). */
static long double
law_ratio (const Law *law, guint64 k)
{
  long double p;

  switch (law->kind)
    {
    case HYPERGEOMETRIC:
      if (law->n + law->left > law->total + k)
        return k + 1 == law->n + law->left - law->total ? INFINITY : 0.0L;
      return (long double) (law->n - k) * (long double) (law->left - k)
             / ((k + 1.0L) * (long double) (law->total + k + 1 - law->n - law->left));
    case POISSON:
      return (long double) law->parameter / (k + 1.0L);
    case BINOMIAL:
    case BINOMIAL_P:
    default:
      p = law_probability (law);
      return (long double) (law->n - k) / (k + 1.0L) * (p / (1.0L - p));
    }
}

/* Statistics */

/* Numbers found against numbers expected, among @n_draws; see ChiSquare for @least. */
static void
assert_chi_square (const double *found,
                   const double *expected,
                   gsize n,
                   double least,
                   const char *what,
                   double n_draws)
{
  ChiSquare chi_square = { .least = least };

  for (gsize k = 0; k < n; k++)
    chi_square_add (&chi_square, expected[k], found[k]);
  chi_square_assert (&chi_square, what, n_draws);
}

/* Draws number @k of the test @test. */
static ConsetWell
well_number (guint test, guint64 k)
{
  return (ConsetWell){ conset_key (2027, CONSET_RULE_TOTAL, 0), k, test };
}

/* Laws whose chances can be written down */

static const Law narrow_laws[] = {
  { BINOMIAL, 1, 1, 3, 0.0 },
  { BINOMIAL, 2, 1, 2, 0.0 },
  { BINOMIAL, 10, 3, 10, 0.0 },
  { BINOMIAL, 16, 1, 2, 0.0 },
  { BINOMIAL, 17, 1, 2, 0.0 },
  { BINOMIAL, 17, 9, 10, 0.0 },
  { BINOMIAL, 50, 1, 1000, 0.0 },
  { BINOMIAL, 100, 499, 1000, 0.0 },
  { BINOMIAL, 1000, 1, 2, 0.0 },
  { BINOMIAL, 4000, (E18 / 2) + 12345, E18, 0.0 },
  { BINOMIAL, 4200, 1, 2, 0.0 },
  { BINOMIAL, 20000, 1, 10, 0.0 },
  { BINOMIAL, 1000000, 999, 1000, 0.0 },
  { BINOMIAL, E9, 1, E9, 0.0 },
  { BINOMIAL, E18, 40, E18, 0.0 },
  { BINOMIAL, E18, 5000, E18, 0.0 },
  { BINOMIAL, 40000000, 1, 2, 0.0 },
  { BINOMIAL_P, 5, 0, 0, 0.7 },
  { BINOMIAL_P, 300, 0, 0, 0.03 },
  { BINOMIAL_P, 300, 0, 0, 0.97 },
  { BINOMIAL_P, 100000, 0, 0, 0.3 },
  { BINOMIAL_P, E18, 0, 0, 2e-15 },
  { HYPERGEOMETRIC, 1, 1, 2, 0.0 },
  { HYPERGEOMETRIC, 3, 3, 6, 0.0 },
  { HYPERGEOMETRIC, 10, 5, 12, 0.0 },
  { HYPERGEOMETRIC, 16, 16, 32, 0.0 },
  { HYPERGEOMETRIC, 17, 17, 34, 0.0 },
  { HYPERGEOMETRIC, 30, 60, 70, 0.0 },
  { HYPERGEOMETRIC, 64, 64, 128, 0.0 },
  { HYPERGEOMETRIC, 100, 900, 1000, 0.0 },
  { HYPERGEOMETRIC, 999, 500, 1000, 0.0 },
  { HYPERGEOMETRIC, 1000, 3, 1000000, 0.0 },
  { HYPERGEOMETRIC, 1000, E18 / 2, E18, 0.0 },
  { HYPERGEOMETRIC, 4000, 500000, 1000000, 0.0 },
  { HYPERGEOMETRIC, 10000, 10000, 20000, 0.0 },
  { HYPERGEOMETRIC, 10000, 2000, 14000, 0.0 },
  { HYPERGEOMETRIC, 20000, 18000, 40000, 0.0 },
  { HYPERGEOMETRIC, E9, E9, E18, 0.0 },
  { HYPERGEOMETRIC, 2000 * E9, 2 * E9, E18, 0.0 },
  { HYPERGEOMETRIC, E18 - 50, E18 / 4, E18, 0.0 },
  { POISSON, 0, 0, 0, 0.001 },
  { POISSON, 0, 0, 0, 0.8 },
  { POISSON, 0, 0, 0, 16.0 },
  { POISSON, 0, 0, 0, 16.7 },
  { POISSON, 0, 0, 0, 300.5 },
  { POISSON, 0, 0, 0, 1024.0 },
  { POISSON, 0, 0, 0, 1024.4 },
  { POISSON, 0, 0, 0, 50000.9 },
};

/* The chances of first, first + 1, ... as far as they exceed 1e-25 of that at the mean. */
static double *
law_chances (const Law *law, guint64 *first, gsize *n)
{
  guint64 centre = (guint64) law_mean (law), below = centre;
  GArray *up = g_array_new (FALSE, FALSE, sizeof (long double));
  GArray *down = g_array_new (FALSE, FALSE, sizeof (long double));
  long double chance = 1.0L, sum = 0.0L;
  double *chances;

  for (guint64 k = centre; chance > 1e-25L; chance *= law_ratio (law, k++))
    g_array_append_val (up, chance);
  for (chance = 1.0L; below > 0;)
    {
      chance /= law_ratio (law, below - 1);
      if (!(chance > 1e-25L))
        break;
      g_array_append_val (down, chance);
      below--;
    }
  *first = below;
  *n = up->len + down->len;
  for (guint k = 0; k < up->len; k++)
    sum += g_array_index (up, long double, k);
  for (guint k = 0; k < down->len; k++)
    sum += g_array_index (down, long double, k);
  chances = g_new (double, *n);
  for (guint k = 0; k < down->len; k++)
    chances[down->len - 1 - k] = (double) (g_array_index (down, long double, k) / sum);
  for (guint k = 0; k < up->len; k++)
    chances[down->len + k] = (double) (g_array_index (up, long double, k) / sum);
  g_array_unref (up);
  g_array_unref (down);
  return chances;
}

static void
assert_law (const Law *law, guint test, guint64 n_draws, double least)
{
  g_autofree char *name = law_name (law);
  guint64 first;
  gsize n;
  g_autofree double *expected = law_chances (law, &first, &n);
  /* An assertion that holds costs a call of the system: one for all. */
  g_autofree double *found = g_new0 (double, n);
  guint n_outside = 0;

  for (gsize k = 0; k < n; k++)
    expected[k] *= n_draws;
  for (guint64 k = 0; k < n_draws; k++)
    {
      ConsetWell well = well_number (test, k);
      guint64 number = law_draw (law, &well);

      if (number >= first && number - first < n)
        found[number - first]++;
      else
        n_outside++;
    }
  ck_assert_msg (n_outside == 0, "%s: %u without a chance", name, n_outside);
  assert_chi_square (found, expected, n, least, name, n_draws);
}

/* 1 statistic a law. */
START_TEST (numbers_are_as_frequent_as_they_should_be)
{
  assert_law (&narrow_laws[_i], _i, N_DRAWS, 0.0);
}
END_TEST

/* Where rejection begins, the law fits its hat most tightly. Many draws in few bins show if it
 * sticks out. 1 statistic a law. */
START_TEST (hats_cover_their_laws)
{
  static const Law laws[] = {
    { POISSON, 0, 0, 0, 1024.77 },
    { BINOMIAL, 4100, 1, 2, 0.0 },
    { HYPERGEOMETRIC, 30000, 5000, 65000, 0.0 },
  };

  assert_law (&laws[_i], 400 + _i, MANY_DRAWS, MANY_DRAWS / 30.0);
}
END_TEST

/* Laws as wide as normal ones */

static const Law wide_laws[] = {
  { BINOMIAL, E9, 1, 3, 0.0 },
  { BINOMIAL, E18, E18 / 2 - 7, E18, 0.0 },
  { BINOMIAL, E18, 999, 1000, 0.0 },
  { BINOMIAL, G_GUINT64_CONSTANT (1) << 62, 1, 2, 0.0 },
  { BINOMIAL_P, E9, 0, 0, 0.8 },
  { BINOMIAL_P, E18 + 1, 0, 0, 1e-9 },
  { HYPERGEOMETRIC, E9, E9, 2 * E9, 0.0 },
  { HYPERGEOMETRIC, E18, E18, 4 * E18, 0.0 },
  { HYPERGEOMETRIC, 3 * E18, 8 * E18, 9 * E18, 0.0 },
  { HYPERGEOMETRIC, 1000 * E9, E9, 3000 * E9, 0.0 },
  { POISSON, 0, 0, 0, 1e9 },
  { POISSON, 0, 0, 0, 1e18 },
  { POISSON, 0, 0, 0, 0x1p62 },
};

/* 3 statistics a law. */
START_TEST (wide_laws_are_normal)
{
  const Law *law = &wide_laws[_i];
  g_autofree char *name = law_name (law);
  double found[N_BINS] = { 0 }, expected[N_BINS];
  long double mean = law_mean (law), deviation = sqrtl (law_variance (law));
  double sum = 0.0, squares = 0.0;

  for (guint64 k = 0; k < N_DRAWS; k++)
    {
      ConsetWell well = well_number (100 + _i, k);
      double z = (double) (((long double) law_draw (law, &well) - mean) / deviation);

      sum += z;
      squares += z * z;
      found[(gint) CLAMP (floor ((z + 4.0) * N_BINS / 8.0), 0, N_BINS - 1)]++;
    }
  for (gint bin = 0; bin < N_BINS; bin++)
    {
      double below = bin == 0 ? 0.0 : normal_below (bin * 8.0 / N_BINS - 4.0);
      double above = bin == N_BINS - 1 ? 1.0 : normal_below ((bin + 1) * 8.0 / N_BINS - 4.0);

      expected[bin] = N_DRAWS * (above - below);
    }
  assert_z (sum / sqrt (N_DRAWS), name, N_DRAWS);
  assert_z ((squares - N_DRAWS) / sqrt (2.0 * N_DRAWS), name, N_DRAWS);
  assert_chi_square (found, expected, N_BINS, 0.0, name, N_DRAWS);
}
END_TEST

/* Geometric numbers */

static const double geometric_means[] = { 1e-3, 0.5, 1.0, 3.0, 10.0, 250.0, 1e6, 1e12, 0x1p57 };

/* 1 statistic a mean: 64 ranges that split the numbers evenly, as far as they can. */
START_TEST (geometric_numbers_are_as_frequent_as_they_should_be)
{
  double mean = geometric_means[_i], logarithm = log1p (1.0 / mean);
  double found[N_BINS] = { 0 }, expected[N_BINS], ends[N_BINS];
  g_autofree char *name = g_strdup_printf ("geometric (%g)", mean);
  double above = 1.0;

  /* Bin k holds the numbers below ends[k] that no bin before it holds. */
  for (guint k = 0; k < N_BINS; k++)
    {
      double left = 1.0 - (k + 1.0) / N_BINS;
      double next;

      ends[k] = ceil (k + 1 < N_BINS ? -log (left) / logarithm : INFINITY);
      next = exp (-ends[k] * logarithm);
      expected[k] = N_DRAWS * (above - next);
      above = next;
    }
  for (guint64 k = 0; k < N_DRAWS; k++)
    {
      ConsetWell well = well_number (200 + _i, k);
      double number = conset_draw_geometric (&well, mean);
      guint bin = 0;

      while (number >= ends[bin])
        bin++;
      found[bin]++;
    }
  assert_chi_square (found, expected, N_BINS, 0.0, name, N_DRAWS);
}
END_TEST

/* Identities */

START_TEST (certain_numbers_are_drawn)
{
  ConsetWell well = well_number (300, 0);
  const guint64 huge = G_GUINT64_CONSTANT (1) << 62;

  ck_assert_uint_eq (conset_draw_binomial (&well, 0, 1, 2), 0);
  ck_assert_uint_eq (conset_draw_binomial (&well, 100, 0, 2), 0);
  ck_assert_uint_eq (conset_draw_binomial (&well, huge, 7, 7), huge);
  ck_assert_uint_eq (conset_draw_binomial_p (&well, huge, 0.0), 0);
  ck_assert_uint_eq (conset_draw_binomial_p (&well, huge, 1.0), huge);
  ck_assert_uint_eq (conset_draw_binomial_p (&well, huge, 0x1p-1074), 0);
  ck_assert_uint_eq (conset_draw_hypergeometric (&well, 0, 0, 0), 0);
  ck_assert_uint_eq (conset_draw_hypergeometric (&well, 1, 1, 1), 1);
  ck_assert_uint_eq (conset_draw_hypergeometric (&well, 5, 0, 9), 0);
  ck_assert_uint_eq (conset_draw_hypergeometric (&well, 5, 9, 9), 5);
  ck_assert_uint_eq (conset_draw_hypergeometric (&well, huge, huge, huge), huge);
  ck_assert_uint_eq (conset_draw_hypergeometric (&well, huge, 3, huge), 3);
  ck_assert_uint_eq (conset_draw_poisson (&well, 0.0), 0);
  ck_assert_uint_eq (conset_draw_geometric (&well, 0.0), 0);
}
END_TEST

static guint64
random_below_power (GRand *rand, guint most_bits)
{
  guint64 bits = (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);

  return bits >> (64 - g_rand_int_range (rand, 1, most_bits + 1));
}

START_TEST (numbers_stay_within_their_bounds)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  guint n_wrong = 0;

  for (guint k = 0; k < 200000; k++)
    {
      guint64 total = 1 + random_below_power (rand, 62);
      guint64 left = random_below_power (rand, 62) % (total + 1);
      guint64 draws = random_below_power (rand, 62) % (total + 1), number;
      ConsetWell well = well_number (301, k);

      left = k % 2 ? total - left : left;
      draws = k % 3 ? total - draws : draws;
      number = conset_draw_hypergeometric (&well, draws, left, total);
      n_wrong += number > MIN (draws, left);
      n_wrong += draws + left > total && number < draws + left - total;
      n_wrong += conset_draw_binomial (&well, draws, left, total) > draws;
    }
  ck_assert_uint_eq (n_wrong, 0);
}
END_TEST

START_TEST (what_is_left_out_completes_the_total)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);

  for (guint k = 0; k < 20000; k++)
    {
      guint64 total = 3 + 2 * random_below_power (rand, 60), n = random_below_power (rand, 62);
      guint64 left = random_below_power (rand, 60) % total, draws = n % total;
      ConsetWell well = well_number (302, k);

      ck_assert_uint_eq (conset_draw_binomial (&well, n, left, total)
                           + conset_draw_binomial (&well, n, total - left, total),
                         n);
      ck_assert_uint_eq (conset_draw_hypergeometric (&well, draws, left, total),
                         conset_draw_hypergeometric (&well, left, draws, total));
    }
}
END_TEST

START_TEST (probabilities_and_fractions_agree)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint k = 0; k < 20000; k++)
    {
      guint64 n = random_below_power (rand, 62), left = g_rand_int_range (rand, 0, 1025);
      ConsetWell well = well_number (303, k);

      ck_assert_uint_eq (conset_draw_binomial (&well, n, left, 1024),
                         conset_draw_binomial_p (&well, n, left / 1024.0));
    }
}
END_TEST

/* The same everywhere */

static guint64
digest_add (guint64 digest, guint64 number)
{
  return (digest ^ number ^ number >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

/* These numbers are part of the definition of every set that divides totals. */
START_TEST (numbers_never_change)
{
  guint64 digest = 0;
  ConsetWell well = { conset_key (1, CONSET_RULE_FAN_IN, 5), 2, 3 };

  ck_assert_uint_eq (conset_draw_binomial (&well, 10, 1, 2), 5);
  ck_assert_uint_eq (conset_draw_binomial (&well, 1000, 1, 3), 342);
  ck_assert_uint_eq (conset_draw_binomial (&well, E18, 1, 3),
                     G_GUINT64_CONSTANT (333333333029467227));
  ck_assert_uint_eq (conset_draw_hypergeometric (&well, 1000, 1000, 2000), 507);
  ck_assert_uint_eq (conset_draw_poisson (&well, 100.0), 94);
  ck_assert_uint_eq (conset_draw_geometric (&well, 100.0), 60);
  for (guint64 k = 0; k < 1000; k++)
    {
      well = well_number (304, k);
      for (guint i = 0; i < G_N_ELEMENTS (narrow_laws); i++)
        digest = digest_add (digest, law_draw (&narrow_laws[i], &well));
      for (guint i = 0; i < G_N_ELEMENTS (wide_laws); i++)
        digest = digest_add (digest, law_draw (&wide_laws[i], &well));
      for (guint i = 0; i < G_N_ELEMENTS (geometric_means); i++)
        digest = digest_add (digest, conset_draw_geometric (&well, geometric_means[i]));
    }
  ck_assert_msg (digest == G_GUINT64_CONSTANT (0x7b4e0e2cea0aefbd),
                 "digest 0x%016" G_GINT64_MODIFIER "x", digest);
}
END_TEST

static Suite *
laws_suite (void)
{
  Suite *suite = suite_create ("draw_numbers");
  TCase *tcase = test_case_add (suite, "laws");

  tcase_add_loop_test (tcase, numbers_are_as_frequent_as_they_should_be, 0,
                       G_N_ELEMENTS (narrow_laws));
  tcase_add_loop_test (tcase, hats_cover_their_laws, 0, 3);
  tcase_add_loop_test (tcase, wide_laws_are_normal, 0, G_N_ELEMENTS (wide_laws));
  tcase_add_loop_test (tcase, geometric_numbers_are_as_frequent_as_they_should_be, 0,
                       G_N_ELEMENTS (geometric_means));
  tcase_add_test (tcase, certain_numbers_are_drawn);
  tcase_add_test (tcase, numbers_stay_within_their_bounds);
  tcase_add_test (tcase, what_is_left_out_completes_the_total);
  tcase_add_test (tcase, probabilities_and_fractions_agree);
  tcase_add_test (tcase, numbers_never_change);
  return suite;
}

int
main (void)
{
  return test_run (laws_suite ());
}

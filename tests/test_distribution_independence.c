/* SPDX-License-Identifier: MIT */
/*
 * That drawn values are independent of each other: of other pairs and copies, of other seeds, of
 * other kinds of one seed, and of the members of random sets of one seed.
 *
 * Numbers are sorted into eighths of their sample, and two classifications held against each
 * other. Seeds are fixed. Every statistic alarms wrongly with probability 1e-6 (statistics.h);
 * there are about 330 of them: 0.03 %.
 */
#include "drawn.h"
#include "statistics.h"

#include <stdlib.h>

/* Short names for what the tests compose. */
#define NUMBER(x) conset_value_constant (x)

#define N_CLASSES 8

enum
{
  N_SOURCES = 400,
  N_TARGETS = 300,
  N = N_SOURCES * N_TARGETS,
};

/* {{{ kinds */

static ConsetValue *
uniform_make (guint64 seed)
{
  return conset_value_uniform (NUMBER (0), NUMBER (1), seed);
}

static ConsetValue *
normal_make (guint64 seed)
{
  return conset_value_normal (NUMBER (0), NUMBER (1), seed);
}

static ConsetValue *
truncated_make (guint64 seed)
{
  return conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (-1), NULL, seed);
}

static ConsetValue *
far_make (guint64 seed)
{
  return conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (9), NULL, seed);
}

static ConsetValue *
lognormal_make (guint64 seed)
{
  return conset_value_lognormal (NUMBER (1), NUMBER (1), seed);
}

static ConsetValue *
exponential_make (guint64 seed)
{
  return conset_value_exponential (NUMBER (1), seed);
}

static ConsetValue *
weibull_make (guint64 seed)
{
  return conset_value_weibull (NUMBER (1.5), NUMBER (1), seed);
}

static ConsetValue *
gamma_make (guint64 seed)
{
  return conset_value_gamma (NUMBER (0.5), NUMBER (1), seed);
}

static ConsetValue *
beta_make (guint64 seed)
{
  return conset_value_beta (NUMBER (2), NUMBER (0.5), NUMBER (0), NUMBER (1), seed);
}

static ConsetValue *
uniform_int_make (guint64 seed)
{
  return conset_value_uniform_int (NUMBER (0), NUMBER (7), seed);
}

static ConsetValue *
poisson_make (guint64 seed)
{
  return conset_value_poisson (NUMBER (3), seed);
}

static ConsetValue *
binomial_make (guint64 seed)
{
  return conset_value_binomial (NUMBER (10), NUMBER (0.4), seed);
}

static ConsetValue *
geometric_make (guint64 seed)
{
  return conset_value_geometric (NUMBER (4), seed);
}

static ConsetValue *
mixture_make (guint64 seed)
{
  const double weights[] = { 1, 2, 3 };
  ConsetValue *const values[] = { NUMBER (0), NUMBER (1), NUMBER (2) };

  return conset_value_mixture (3, weights, values, seed);
}

/* The truncated normal distribution has one kind of draws wherever its ends are; the second form
 * stands at the end, for tests of one kind alone. */
static ConsetValue *(*const kinds[]) (guint64 seed) = {
  uniform_make,  normal_make,    truncated_make, lognormal_make,   exponential_make,
  weibull_make,  gamma_make,     beta_make,      uniform_int_make, poisson_make,
  binomial_make, geometric_make, mixture_make,   far_make,
};

enum
{
  N_FORMS = G_N_ELEMENTS (kinds),
  N_KINDS = N_FORMS - 1,
};

/* }}} */

/* {{{ classes */

static int
by_size (const void *a, const void *b)
{
  double left = *(const double *) a, right = *(const double *) b;

  return (left > right) - (left < right);
}

/* In which eighth of all a number is. */
static guint8 *
classify (const double *numbers, gsize n)
{
  g_autofree double *sorted = g_memdup2 (numbers, n * sizeof *numbers);
  guint8 *classes = g_new0 (guint8, n);

  qsort (sorted, n, sizeof *sorted, by_size);
  for (gsize k = 0; k < n; k++)
    for (guint c = 1; c < N_CLASSES; c++)
      classes[k] += numbers[k] >= sorted[c * n / N_CLASSES];
  return classes;
}

/* Consumes @value. */
static guint8 *
draw_classes (ConsetValue *value)
{
  g_autofree double *numbers = draw_values (value, N_SOURCES, N_TARGETS);

  return classify (numbers, N);
}

/* }}} */

/* {{{ values */

/* 78 pairs of kinds */
START_TEST (kinds_of_one_seed_are_independent)
{
  guint8 *classes[N_KINDS];

  for (guint a = 0; a < N_KINDS; a++)
    {
      classes[a] = draw_classes (kinds[a](5));
      for (guint b = 0; b < a; b++)
        assert_independent (classes[a], classes[b], N, N_CLASSES, "kinds", a * 100.0 + b);
    }
  for (guint a = 0; a < N_KINDS; a++)
    g_free (classes[a]);
}
END_TEST

/* Two seeds, and pairs that lie beside each other, on one line or on two, near and far, or in each
 * other's place. 7 statistics a form. */
START_TEST (seeds_and_pairs_are_independent)
{
  static const guint shifts[] = { 1, 2, 64, N_SOURCES, 2 * N_SOURCES };
  g_autofree guint8 *one = draw_classes (kinds[_i](5)), *other = draw_classes (kinds[_i](6));
  g_autofree guint8 *turned = g_new (guint8, N);
  g_autofree guint8 *straight = g_new (guint8, N);
  gsize n = 0;

  assert_independent (one, other, N, N_CLASSES, "seeds", _i);
  for (guint s = 0; s < G_N_ELEMENTS (shifts); s++)
    assert_independent (one, one + shifts[s], N - shifts[s], N_CLASSES, "pairs", shifts[s]);
  for (guint j = 0; j < N_TARGETS; j++)
    for (guint i = 0; i < j; i++)
      {
        straight[n] = one[j * N_SOURCES + i];
        turned[n++] = one[i * N_SOURCES + j];
      }
  assert_independent (straight, turned, n, N_CLASSES, "transposed", _i);
}
END_TEST

/* Copies next to each other, and such that differ in high bits: 10 statistics. */
START_TEST (copies_are_independent)
{
  static const guint32 copies[] = { 0, 1, 2, 1 << 25, 0x7ffffffe };
  ConsetValue *(*const some[]) (guint64) = { normal_make, gamma_make, poisson_make, mixture_make };
  enum
  {
    N_COPIES = G_N_ELEMENTS (copies),
    N_PAIRS = 20000,
    N_LINE = 100,
  };
  g_autoptr (ConsetValue) value = some[_i](5);
  ConsetValuePlan *plan = conset_value_plan_new (value, CONSET_TARGET_MAJOR);
  g_autofree double *numbers = g_new (double, N_PAIRS);
  guint8 *classes[N_COPIES];

  for (guint c = 0; c < N_COPIES; c++)
    {
      guint32 same[N_LINE];

      for (guint i = 0; i < N_LINE; i++)
        same[i] = copies[c];
      for (guint j = 0; j < N_PAIRS / N_LINE; j++)
        {
          ConsetPlaces places = { CONSET_TARGET_MAJOR, j, 0, NULL, N_LINE, same };

          ck_assert (conset_value_plan_fill (plan, &places, numbers + j * N_LINE));
        }
      classes[c] = classify (numbers, N_PAIRS);
      for (guint b = 0; b < c; b++)
        assert_independent (classes[c], classes[b], N_PAIRS, N_CLASSES, "copies", c * 10.0 + b);
    }
  for (guint c = 0; c < N_COPIES; c++)
    g_free (classes[c]);
  conset_value_plan_free (plan);
}
END_TEST

/* }}} */

/* {{{ sets */

/* Which pairs of the window are members; consumes @set. */
static guint8 *
find_members (Conset *set)
{
  const ConsetWindow window = CONSET_WINDOW (N_SOURCES, N_TARGETS);
  ConsetIter *iter = conset_iter_new (set, &window, CONSET_TARGET_MAJOR);
  guint8 *member = g_new0 (guint8, N);
  guint64 source, target;

  while (conset_iter_next (iter, &source, &target))
    member[target * N_SOURCES + source] = 1;
  ck_assert (conset_iter_finish (iter, NULL));
  conset_iter_free (iter);
  conset_unref (set);
  return member;
}

/* Sets of the same seed: whether a pair is a member says nothing about its value. 104 statistics.
 */
START_TEST (sets_and_values_are_independent)
{
  Conset *const sets[] = {
    conset_random (0.5, 5),
    conset_random (0.3, 5),
    conset_random (0.01, 5),
    conset_random_by_value (NUMBER (0.2), FALSE, 5),
    conset_random_symmetric (0.4, 5),
    conset_random_total (N / 4, FALSE, 5, conset_cross_n (N_SOURCES, N_TARGETS)),
    conset_random_fan_in (conset_degrees_constant (100), FALSE, 5,
                          conset_cross_n (N_SOURCES, N_TARGETS)),
    conset_random_poisson (0.5, 5),
  };
  guint8 *classes[N_KINDS];

  for (guint k = 0; k < N_KINDS; k++)
    classes[k] = draw_classes (kinds[k](5));
  for (guint s = 0; s < G_N_ELEMENTS (sets); s++)
    {
      g_autofree guint8 *member = find_members (sets[s]);

      for (guint k = 0; k < N_KINDS; k++)
        assert_independent (member, classes[k], N, N_CLASSES, "set and value", s * 100.0 + k);
    }
  for (guint k = 0; k < N_KINDS; k++)
    g_free (classes[k]);
}
END_TEST

/* Which value a mixture takes says nothing about what that value is. */
START_TEST (choices_and_values_are_independent)
{
  const double weights[] = { 1, 2, 3 };
  g_autofree guint8 *choice = draw_classes (mixture_make (5));

  for (guint k = 0; k < N_KINDS - 1; k++)
    {
      ConsetValue *const values[] = { kinds[k](5), kinds[k](5), kinds[k](5) };
      g_autofree guint8 *classes = draw_classes (conset_value_mixture (3, weights, values, 5));

      assert_independent (choice, classes, N, N_CLASSES, "choice and value", k);
    }
}
END_TEST

/* }}} */

static Suite *
independence_suite (void)
{
  Suite *suite = suite_create ("distribution_independence");
  TCase *tcase = test_case_add (suite, "independence");

  tcase_add_test (tcase, kinds_of_one_seed_are_independent);
  tcase_add_loop_test (tcase, seeds_and_pairs_are_independent, 0, N_FORMS);
  tcase_add_loop_test (tcase, copies_are_independent, 0, 4);
  tcase_add_test (tcase, sets_and_values_are_independent);
  tcase_add_test (tcase, choices_and_values_are_independent);
  return suite;
}

int
main (void)
{
  return test_run (independence_suite ());
}

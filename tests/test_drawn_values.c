/* SPDX-License-Identifier: MIT */
/*
 * Drawn values as values: the same bits one by one and in blocks, in both orders, for copies, from
 * all kernels and for ever; and parameters that are value sets.
 */
#include "isas.h"
#include "support.h"

#include "kernels.h"
#include "value.h"

#include <math.h>
#include <string.h>

/* Short names for what the tests compose. */
#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)
#define ADD conset_value_add
#define TIMES conset_value_multiply
#define VOLTS(value) conset_value_with_unit (value, "V")
#define MILLIVOLTS(value) conset_value_with_unit (value, "mV")

/* {{{ kinds */

#define MOST_PARAMETERS 4

/* Makes a value of all parameters, which it consumes. */
typedef ConsetValue *(*Make) (ConsetValue **p);

static ConsetValue *
uniform_make (ConsetValue **p)
{
  return conset_value_uniform (p[0], p[1], 5);
}

static ConsetValue *
normal_make (ConsetValue **p)
{
  return conset_value_normal (p[0], p[1], 5);
}

static ConsetValue *
truncated_make (ConsetValue **p)
{
  return conset_value_truncated_normal (p[0], p[1], p[2], p[3], 5);
}

static ConsetValue *
above_make (ConsetValue **p)
{
  return conset_value_truncated_normal (p[0], p[1], p[2], NULL, 5);
}

static ConsetValue *
below_make (ConsetValue **p)
{
  return conset_value_truncated_normal (p[0], p[1], NULL, p[2], 5);
}

static ConsetValue *
lognormal_make (ConsetValue **p)
{
  return conset_value_lognormal (p[0], p[1], 5);
}

static ConsetValue *
lognormal_mu_make (ConsetValue **p)
{
  return conset_value_lognormal_mu_sigma (p[0], p[1], 5);
}

static ConsetValue *
exponential_make (ConsetValue **p)
{
  return conset_value_exponential (p[0], 5);
}

static ConsetValue *
weibull_make (ConsetValue **p)
{
  return conset_value_weibull (p[0], p[1], 5);
}

static ConsetValue *
gamma_make (ConsetValue **p)
{
  return conset_value_gamma (p[0], p[1], 5);
}

static ConsetValue *
beta_make (ConsetValue **p)
{
  return conset_value_beta (p[0], p[1], p[2], p[3], 5);
}

static ConsetValue *
uniform_int_make (ConsetValue **p)
{
  return conset_value_uniform_int (p[0], p[1], 5);
}

static ConsetValue *
poisson_make (ConsetValue **p)
{
  return conset_value_poisson (p[0], 5);
}

static ConsetValue *
binomial_make (ConsetValue **p)
{
  return conset_value_binomial (p[0], p[1], 5);
}

static ConsetValue *
geometric_make (ConsetValue **p)
{
  return conset_value_geometric (p[0], 5);
}

static ConsetValue *
mixture_make (ConsetValue **p)
{
  static const double weights[] = { 3, 1, 2 };

  return conset_value_mixture (
    3, weights, (ConsetValue *[]){ p[0], conset_value_normal (p[1], NUMBER (1), 6), NUMBER (7) },
    5);
}

typedef struct
{
  const char *name;
  Make make;
  guint n;
  double p[MOST_PARAMETERS];
} Kind;

static const Kind kinds[] = {
  { "uniform", uniform_make, 2, { -3, 4 } },
  { "normal", normal_make, 2, { 2, 3 } },
  { "truncated", truncated_make, 4, { 1, 2, -1, 4 } },
  { "truncated far above", truncated_make, 4, { 1, 2, 40, 41 } },
  { "truncated far below", truncated_make, 4, { 1, 2, -140, -41 } },
  { "above", above_make, 3, { 0, 1, 0.5 } },
  { "far above", above_make, 3, { 0, 1, 10 } },
  { "below", below_make, 3, { 0, 1, 0.5 } },
  { "far below", below_make, 3, { 0, 1, -20 } },
  { "lognormal", lognormal_make, 2, { 2, 3 } },
  { "lognormal mu", lognormal_mu_make, 2, { -2, 0.3 } },
  { "exponential", exponential_make, 1, { 3 } },
  { "weibull", weibull_make, 2, { 1.7, 3 } },
  { "gamma", gamma_make, 2, { 2.5, 3 } },
  { "gamma below 1", gamma_make, 2, { 0.25, 3 } },
  { "gamma far below 1", gamma_make, 2, { 0.001, 1e200 } },
  { "beta", beta_make, 4, { 2.5, 3, -1, 2 } },
  { "beta below 1", beta_make, 4, { 0.4, 0.7, -1, 2 } },
  { "beta on both sides of 1", beta_make, 4, { 3.4, 0.7, -1, 2 } },
  { "uniformInt", uniform_int_make, 2, { -3, 12 } },
  { "uniformInt of many", uniform_int_make, 2, { -0x1p53, 0x1p53 - 5 } },
  { "poisson", poisson_make, 1, { 4 } },
  { "binomial", binomial_make, 2, { 50, 0.2 } },
  { "geometric", geometric_make, 1, { 4 } },
  { "mixture", mixture_make, 2, { -3, 12 } },
};

#define N_KINDS ((int) G_N_ELEMENTS (kinds))

/* How a parameter is given: as a number, or as a value set that is near it and changes with the
 * source, the target, or both; whole where the number is, and by less than the gaps between the
 * parameters above. */
enum
{
  BY_NUMBER,
  BY_SOURCE,
  BY_TARGET,
  BY_BOTH,
  N_FORMS,
};

/* 1 if an index is odd, else 0. */
static ConsetValue *
odd (ConsetValue *index)
{
  ConsetValue *half = TIMES (conset_value_ref (index), NUMBER (0.5));

  return conset_value_subtract (index, TIMES (NUMBER (2), conset_value_floor (half)));
}

static ConsetValue *
parameter (double number, guint form)
{
  double step = number == floor (number) ? 1.0 : 0.0625;
  ConsetValue *x = form == BY_SOURCE   ? odd (I)
                   : form == BY_TARGET ? odd (J)
                                       : TIMES (odd (I), odd (J));

  if (form != BY_NUMBER)
    return ADD (NUMBER (number), TIMES (NUMBER (step), x));
  conset_value_unref (x);
  return NUMBER (number);
}

/* All parameters in one form, or (turn > N_FORMS) each in another one. */
static ConsetValue *
kind_compose (const Kind *kind, guint turn)
{
  ConsetValue *p[MOST_PARAMETERS] = { NULL };

  for (guint k = 0; k < kind->n; k++)
    p[k] = parameter (kind->p[k], turn < N_FORMS ? turn : (turn + k) % N_FORMS);
  return kind->make (p);
}

#define N_TURNS (2 * N_FORMS)

/* }}} */

/* {{{ evaluation */

static void
assert_places (const Kind *kind,
               const ConsetValue *value,
               ConsetValuePlan *plan,
               const ConsetPlaces *places)
{
  g_autofree double *values = g_new (double, places->n + 1);

  values[places->n] = 12345.0;
  if (!conset_value_plan_fill (plan, places, values))
    ck_abort_msg ("%s: %s", kind->name, conset_value_plan_error (plan)->message);
  ck_assert_double_eq (values[places->n], 12345.0);
  for (gsize k = 0; k < places->n; k++)
    {
      guint64 source = conset_places_source (places, k), target = conset_places_target (places, k);
      guint32 copy = places->copies != NULL ? places->copies[k] : 0;
      double expected = conset_value_at_copy (value, source, target, copy);

      if (isnan (expected) || memcmp (&values[k], &expected, sizeof expected) != 0)
        ck_abort_msg ("%s: %s at (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT ", %u) is %.17g, "
                      "not %.17g",
                      conset_isa (), kind->name, source, target, copy, values[k], expected);
    }
}

static guint64
random_index (GRand *rand)
{
  static const guint64 bases[] = { 0, 0, 1000, (G_GUINT64_CONSTANT (1) << 32) - 300,
                                   CONSET_INDEX_END - 5000 };

  return bases[g_rand_int_range (rand, 0, G_N_ELEMENTS (bases))] + g_rand_int_range (rand, 0, 500);
}

/* Ranges and lists, with copies and without. */
static void
assert_lines (GRand *rand, const Kind *kind, const ConsetValue *value, ConsetOrder order)
{
  ConsetValuePlan *plan = conset_value_plan_new_shown (value, order);
  guint32 offsets[1100], copies[1100], offset = 0;

  for (guint k = 0; k < G_N_ELEMENTS (offsets); k++)
    {
      gboolean again = k > 0 && g_rand_int_range (rand, 0, 5) == 0;

      copies[k] = again ? copies[k - 1] + 1 : 0;
      offsets[k] = again ? offset : (offset += g_rand_int_range (rand, 1, 4));
    }
  for (guint line = 0; line < 6; line++)
    {
      gboolean listed = line % 3 > 0;
      ConsetPlaces places = { order,
                              random_index (rand),
                              random_index (rand),
                              listed ? offsets : NULL,
                              g_rand_int_range (rand, 0, line == 0 ? 1100 : 200),
                              line % 3 == 2 ? copies : NULL };

      assert_places (kind, value, plan, &places);
    }
  conset_value_plan_free (plan);
}

START_TEST (blocks_are_pair_by_pair)
{
  const Kind *kind = &kinds[_i];
  g_autoptr (GRand) rand = g_rand_new_with_seed (_i);

  for (guint isa = 0; isa < N_ISAS; isa++)
    for (guint turn = 0; turn < N_TURNS; turn++)
      {
        g_autoptr (ConsetValue) value = kind_compose (kind, turn);
        g_autoptr (GError) error = NULL;

        if (!conset_set_isa (isas[isa]))
          continue;
        ck_assert_msg (conset_value_check (value, &error), "%s: %s", kind->name,
                       error != NULL ? error->message : "");
        assert_lines (rand, kind, value, CONSET_TARGET_MAJOR);
        assert_lines (rand, kind, value, CONSET_SOURCE_MAJOR);
      }
  conset_set_isa ("auto");
}
END_TEST

/* Quantities, some of whose parts are in another unit of the same kind. */
START_TEST (blocks_of_quantities_are_pair_by_pair)
{
  static const double weights[] = { 1, 2, 3 };
  static const Kind kind = { "quantity", NULL, 0, { 0 } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);
  ConsetValue *values[8];

  if (!conset_has_units ())
    return;
  values[0] = conset_value_normal (MILLIVOLTS (I), VOLTS (NUMBER (0.2)), 5);
  values[1] = conset_value_uniform (MILLIVOLTS (NUMBER (3)), VOLTS (NUMBER (0.2)), 5);
  values[2] = conset_value_truncated_normal (VOLTS (NUMBER (0)), MILLIVOLTS (NUMBER (3)), NULL,
                                             VOLTS (NUMBER (0.001)), 5);
  values[3] = conset_value_gamma (NUMBER (0.5), MILLIVOLTS (ADD (J, NUMBER (1))), 5);
  values[4] =
    conset_value_beta (NUMBER (2), NUMBER (3), VOLTS (NUMBER (-1)), MILLIVOLTS (NUMBER (7)), 5);
  values[5] = conset_value_lognormal (VOLTS (NUMBER (1)), MILLIVOLTS (NUMBER (70)), 5);
  values[6] = conset_value_exponential (MILLIVOLTS (NUMBER (70)), 5);
  values[7] = conset_value_mixture (
    3, weights,
    (ConsetValue *[]){ VOLTS (NUMBER (2)), MILLIVOLTS (J),
                       MILLIVOLTS (conset_value_exponential (NUMBER (2), 6)) },
    5);
  for (guint v = 0; v < G_N_ELEMENTS (values); v++)
    {
      ck_assert (conset_value_check (values[v], NULL));
      assert_lines (rand, &kind, values[v], CONSET_TARGET_MAJOR);
      assert_lines (rand, &kind, values[v], CONSET_SOURCE_MAJOR);
      conset_value_unref (values[v]);
    }
}
END_TEST

/* A parameter of a pair is as good as a constant. */
START_TEST (parameters_are_those_of_the_place)
{
  const Kind *kind = &kinds[_i];

  for (guint turn = BY_SOURCE; turn < N_TURNS; turn++)
    {
      g_autoptr (ConsetValue) value = kind_compose (kind, turn);

      for (guint64 place = 0; place < 60; place++)
        {
          guint64 source = place % 7 * 1000003, target = place * 11;
          ConsetValue *p[MOST_PARAMETERS] = { NULL };
          g_autoptr (ConsetValue) there = NULL;

          for (guint k = 0; k < kind->n; k++)
            {
              guint form = turn < N_FORMS ? turn : (turn + k) % N_FORMS;
              g_autoptr (ConsetValue) given = parameter (kind->p[k], form);

              p[k] = NUMBER (conset_value_at (given, source, target));
            }
          there = kind->make (p);
          ck_assert_double_eq (conset_value_at_copy (value, source, target, place % 3),
                               conset_value_at_copy (there, source, target, place % 3));
        }
    }
}
END_TEST

/* Location and scale leave the random numbers as they are. */
START_TEST (numbers_are_stretched_and_moved)
{
  g_autoptr (ConsetValue) z = conset_value_normal (NUMBER (0), NUMBER (1), 8);
  g_autoptr (ConsetValue) x = conset_value_normal (I, ADD (J, NUMBER (1)), 8);
  g_autoptr (ConsetValue) e = conset_value_exponential (NUMBER (1), 8);
  g_autoptr (ConsetValue) f = conset_value_exponential (J, 8);

  for (guint64 i = 0; i < 20; i++)
    for (guint64 j = 0; j < 20; j++)
      {
        ck_assert_double_eq (conset_value_at (x, i, j),
                             conset_value_at (z, i, j) * (double) (j + 1) + (double) i);
        ck_assert_double_eq (conset_value_at (f, i, j), conset_value_at (e, i, j) * (double) j);
      }
}
END_TEST

/* By inversion: two of one kind and seed, whatever their parameters are, are in the same order. */
START_TEST (one_seed_is_one_uniform_number)
{
  enum
  {
    N_LINE = 2000,
  };
  ConsetValue *const values[][2] = {
    { conset_value_uniform (NUMBER (0), NUMBER (1), 8),
      conset_value_uniform (NUMBER (-5), NUMBER (1e9), 8) },
    { conset_value_normal (NUMBER (0), NUMBER (1), 8),
      conset_value_normal (NUMBER (2), NUMBER (1e9), 8) },
    { conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (-1), NUMBER (2), 8),
      conset_value_truncated_normal (NUMBER (0), NUMBER (1), NULL, NUMBER (-20), 8) },
    { conset_value_truncated_normal (NUMBER (0), NUMBER (1), NULL, NUMBER (0), 8),
      conset_value_truncated_normal (NUMBER (0), NUMBER (1), NUMBER (20), NULL, 8) },
    { conset_value_lognormal (NUMBER (2), NUMBER (1), 8),
      conset_value_lognormal_mu_sigma (NUMBER (2), NUMBER (0.01), 8) },
    { conset_value_exponential (NUMBER (2), 8), conset_value_exponential (NUMBER (1e-9), 8) },
    { conset_value_weibull (NUMBER (2), NUMBER (2), 8),
      conset_value_weibull (NUMBER (0.3), NUMBER (1), 8) },
  };

  for (guint v = 0; v < G_N_ELEMENTS (values); v++)
    {
      for (guint64 k = 0; k + 1 < N_LINE; k++)
        {
          double a = conset_value_at (values[v][0], k, 3), b = conset_value_at (values[v][1], k, 3);
          double c = conset_value_at (values[v][0], k + 1, 3);
          double d = conset_value_at (values[v][1], k + 1, 3);

          if ((a < c) != (b < d))
            ck_abort_msg ("value %u, source %" G_GUINT64_FORMAT, v, k);
        }
      conset_value_unref (values[v][0]);
      conset_value_unref (values[v][1]);
    }
}
END_TEST

static guint64
digest_add (guint64 digest, double x)
{
  guint64 bits;

  memcpy (&bits, &x, sizeof bits);
  return (digest ^ bits ^ bits >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

/* Networks that have been published draw these. */
START_TEST (bits_never_change)
{
  guint64 digest = 0;

  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint turn = 0; turn < N_TURNS; turn += 3)
      {
        g_autoptr (ConsetValue) value = kind_compose (&kinds[k], turn);

        for (guint64 place = 0; place < 100; place++)
          digest = digest_add (
            digest, conset_value_at_copy (value, place * 1234567891, place % 10, place / 50));
      }
  ck_assert_msg (digest == G_GUINT64_CONSTANT (0xeece80e1436390b3),
                 "digest 0x%016" G_GINT64_MODIFIER "x", digest);
}
END_TEST

/* }}} */

/* {{{ composition */

START_TEST (first_error_is_kept)
{
  for (guint k = 0; k < G_N_ELEMENTS (kinds); k++)
    for (guint wrong = 0; wrong < kinds[k].n; wrong++)
      {
        ConsetValue *p[MOST_PARAMETERS] = { NULL };
        g_autoptr (ConsetValue) value = NULL;
        g_autoptr (GError) error = NULL;

        for (guint q = 0; q < kinds[k].n; q++)
          p[q] = q < wrong    ? NUMBER (kinds[k].p[q])
                 : q == wrong ? conset_value_log (NUMBER (-1))
                              : NUMBER (INFINITY);
        value = kinds[k].make (p);
        ck_assert (!conset_value_check (value, &error));
        ck_assert_str_eq (error->message, "log(-1): the result is not a number; "
                                          "use numbers for which it is finite");
      }
}
END_TEST

/* }}} */

static Suite *
drawn_values_suite (void)
{
  Suite *suite = suite_create ("drawn_values");
  TCase *tcase = test_case_add (suite, "evaluation");

  tcase_add_loop_test (tcase, blocks_are_pair_by_pair, 0, N_KINDS);
  tcase_add_test (tcase, blocks_of_quantities_are_pair_by_pair);
  tcase_add_loop_test (tcase, parameters_are_those_of_the_place, 0, N_KINDS);
  tcase_add_test (tcase, numbers_are_stretched_and_moved);
  tcase_add_test (tcase, one_seed_is_one_uniform_number);
  tcase_add_test (tcase, bits_never_change);
  tcase = test_case_add (suite, "composition");
  tcase_add_test (tcase, first_error_is_kept);
  return suite;
}

int
main (void)
{
  return test_run (drawn_values_suite ());
}

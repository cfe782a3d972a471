/* SPDX-License-Identifier: MIT */
/*
 * That the pinned functions are right to an ulp, treat the special numbers as C's do, and stay
 * what they are to the last bit.
 *
 * They are held against the long double functions of the system, where these have more digits
 * than a double. The points are fixed, so that a run is always the same.
 */
#include "support.h"

#include "pinned.h"
#include "pinned_inline.h"

#include <float.h>
#include <math.h>
#include <string.h>

#define N_POINTS 100000

/* Where long double is no better than double, the system's own error counts too. */
#if LDBL_MANT_DIG > DBL_MANT_DIG
#define MAX_ULPS 0.95L
#else
#define MAX_ULPS 2.0L
#endif

typedef double (*Function) (double x);
typedef long double (*Reference) (long double x);

typedef struct
{
  const char *name;
  Function function;
  Reference reference;
  /* Where the function has something to tell. */
  double least;
  double most;
  /* Of the bits of its values, see digest_of(). */
  guint64 digest;
} FunctionCase;

static const FunctionCase function_cases[] = {
  { "exp", conset_pinned_exp, expl, -750.0, 712.0, G_GUINT64_CONSTANT (0xee0e714e08c010f2) },
  { "expm1", conset_pinned_expm1, expm1l, -60.0, 60.0, G_GUINT64_CONSTANT (0xc4789aa7cac54ea9) },
  { "log", conset_pinned_log, logl, 0.0, 4.0, G_GUINT64_CONSTANT (0x521dd5ee2e1d997e) },
  { "log1p", conset_pinned_log1p, log1pl, -1.0, 4.0, G_GUINT64_CONSTANT (0x1c17d68ac4346af8) },
  { "sin", conset_pinned_sin, sinl, -0x1p22, 0x1p22, G_GUINT64_CONSTANT (0x299cee24c52cdad8) },
  { "cos", conset_pinned_cos, cosl, -0x1p22, 0x1p22, G_GUINT64_CONSTANT (0x19917fdda8747dc6) },
  { "tanh", conset_pinned_tanh, tanhl, -23.0, 23.0, G_GUINT64_CONSTANT (0x42762b2a02562148) },
  { "log2", conset_pinned_log2, log2l, 0.0, 4.0, G_GUINT64_CONSTANT (0x3230750bd916750f) },
  { "log10", conset_pinned_log10, log10l, 0.0, 4.0, G_GUINT64_CONSTANT (0xb1f2f34106f2cbe9) },
  { "tan", conset_pinned_tan, tanl, -0x1p22, 0x1p22, G_GUINT64_CONSTANT (0xe92dfe4d56bff8a1) },
  { "asin", conset_pinned_asin, asinl, -1.0, 1.0, G_GUINT64_CONSTANT (0x6a3dbebadbc8daf5) },
  { "acos", conset_pinned_acos, acosl, -1.0, 1.0, G_GUINT64_CONSTANT (0xe16ffaa51cad5cb6) },
  { "atan", conset_pinned_atan, atanl, -4.0, 4.0, G_GUINT64_CONSTANT (0xa705aad756e0e337) },
  { "sinh", conset_pinned_sinh, sinhl, -711.0, 711.0, G_GUINT64_CONSTANT (0xfeeb142cd64b11bb) },
  { "cosh", conset_pinned_cosh, coshl, -711.0, 711.0, G_GUINT64_CONSTANT (0xdcb3bb3571e4b01e) },
  { "erf", conset_pinned_erf, erfl, -6.5, 6.5, G_GUINT64_CONSTANT (0xea07c5477e1a437c) },
};

/* Points */

static guint64
random_bits (GRand *rand)
{
  return (guint64) g_rand_int (rand) << 32 | g_rand_int (rand);
}

/* A finite double of any size. */
static double
random_double (GRand *rand)
{
  for (;;)
    {
      double x = pinned_of_bits (random_bits (rand));

      if (isfinite (x))
        return x;
    }
}

/* A third anywhere among the doubles, a third where the function lives, a third of moderate
 * size. */
static double
random_point (GRand *rand, guint k, double least, double most)
{
  if (k % 3 == 0)
    return random_double (rand);
  if (k % 3 == 1)
    return g_rand_double_range (rand, least, most);
  return ldexp (g_rand_double_range (rand, -1.0, 1.0), g_rand_int_range (rand, -60, 12));
}

/* How far @x is from the exact value, in units of the last place of a double there. */
static long double
ulps_off (double x, long double exact)
{
  double rounded = (double) exact;
  int exponent;

  if (isnan (x) || isnan (rounded))
    return isnan (x) && isnan (rounded) ? 0.0L : INFINITY;
  if (isinf (x) || isinf (rounded))
    return x == rounded ? 0.0L : INFINITY;
  frexp (rounded, &exponent);
  return fabsl (x - exact) / ldexpl (1.0L, MAX (exponent - 53, -1074));
}

static void
assert_near (const char *name, double x, double found, long double exact, long double *worst)
{
  long double off = ulps_off (found, exact);

  /* An assertion that holds costs a call of the system. */
  if (!(off <= MAX_ULPS))
    ck_abort_msg ("%s (%a) = %a is %Lg ulps off", name, x, found, off);
  *worst = MAX (*worst, off);
}

/* Functions of one number */

START_TEST (functions_are_right_to_an_ulp)
{
  const FunctionCase *test = &function_cases[_i];
  g_autoptr (GRand) rand = g_rand_new_with_seed (1000 + _i);
  long double worst = 0.0L;

  for (guint k = 0; k < N_POINTS; k++)
    {
      double x = random_point (rand, k, test->least, test->most);

      assert_near (test->name, x, test->function (x), test->reference (x), &worst);
    }
  /* An error that never shows is one that is not measured. */
  ck_assert_msg (worst > 0.49L, "%s: at most %Lg ulps off", test->name, worst);
}
END_TEST

static const double edges[] = {
  0.0,
  0x1p-1074,
  0x1.8p-1073,
  DBL_MIN,
  0x1.fffffffffffffp-1023,
  0x1p-54,
  0x1p-53,
  0x1.fffffffffffffp-54,
  0x1p-30,
  0x1p-27,
  0x1.62e42fefa39efp-2,
  0x1.6a09e667f3bccp-1,
  0x1.6a09e667f3bcdp-1,
  0x1.921fb54442d18p-1,
  0x1.921fb54442d18p+0,
  0x1.921fb54442d18p+1,
  0x1.fffffffffffffp-1,
  1.0,
  0x1.0000000000001p+0,
  M_SQRT2,
  22.0,
  0x1.fffffffffffffp19,
  0x1p20,
  0x1.0000000000001p20,
  709.0,
  709.782712893384,
  709.7827128933841,
  744.4400719213812,
  745.1332191019411,
  745.1332191019412,
  800.0,
  0x1p52,
  0x1p53,
  /* The double that comes nearest to a multiple of pi/2. */
  0x1.6ac5b262ca1ffp+849,
  0x1p1023,
  DBL_MAX,
  INFINITY,
  NAN,
};

static void
assert_like_libm (const FunctionCase *test, double x)
{
  double found = test->function (x);
  long double exact = test->reference (x), worst = 0.0L;

  assert_near (test->name, x, found, exact, &worst);
  ck_assert_msg (isnan (found) || !signbit (found) == !signbit ((double) exact),
                 "%s (%a) = %a has the wrong sign", test->name, x, found);
}

START_TEST (edges_are_as_in_libm)
{
  for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
    {
      assert_like_libm (&function_cases[_i], edges[k]);
      assert_like_libm (&function_cases[_i], -edges[k]);
    }
}
END_TEST

/* Whole powers have whole logarithms. */
START_TEST (logarithms_of_powers_are_exact)
{
  double power = 1.0;

  for (gint k = -1074; k < 1024; k++)
    ck_assert_double_eq (conset_pinned_log2 (ldexp (1.0, k)), k);
  /* 10^22 is the last that is a double. */
  for (gint k = 0; k <= 22; k++, power *= 10.0)
    ck_assert_double_eq (conset_pinned_log10 (power), k);
}
END_TEST

/* Multiples of pi/2 leave little behind; the nearest doubles show how much is right. */
START_TEST (angles_near_multiples_of_a_right_angle)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2);
  long double worst = 0.0L;

  for (guint k = 0; k < N_POINTS; k++)
    {
      double n = k < N_POINTS / 2 ? k : floor (ldexp (g_rand_double (rand), k % 52));
      double x = (double) (n * 1.57079632679489661923132169163975144L);

      assert_near ("sin", x, conset_pinned_sin (x), sinl (x), &worst);
      assert_near ("cos", x, conset_pinned_cos (x), cosl (x), &worst);
      assert_near ("tan", x, conset_pinned_tan (x), tanl (x), &worst);
    }
}
END_TEST

/* pow */

START_TEST (powers_are_right_to_an_ulp)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  long double worst = 0.0L;

  for (guint k = 0; k < N_POINTS; k++)
    {
      double x = k % 2 ? g_rand_double_range (rand, 0.0, 3.0) : fabs (random_double (rand));
      double limit = 760.0 / MAX (fabs (log (x)), 1e-300);
      double y = k % 3 ? g_rand_double_range (rand, -limit, limit) : random_double (rand);
      g_autofree char *name = g_strdup_printf ("pow (x, %a)", y);

      assert_near (name, x, conset_pinned_pow (x, y), powl (x, y), &worst);
    }
}
END_TEST

START_TEST (powers_of_special_numbers_are_as_in_libm)
{
  static const double ys[] = { 0.0, 0.5,    1.0,    2.0,    3.0,      1e-300,    0x1p-1074, 4e15,
                               1.5, 0x1p52, 0x1p53, 0x1p70, INFINITY, NAN,       0x1.8p51,  -3.0,
                               7.0, 1e300,  100.5,  0x1p51, 0x1p1023, 0x1p52 + 1 };

  for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
    for (guint l = 0; l < G_N_ELEMENTS (ys); l++)
      for (guint signs = 0; signs < 4; signs++)
        {
          double x = signs & 1 ? -edges[k] : edges[k], y = signs & 2 ? -ys[l] : ys[l];
          double found = conset_pinned_pow (x, y);
          long double exact = powl (x, y), worst = 0.0L;
          g_autofree char *name = g_strdup_printf ("pow (x, %a)", y);

          assert_near (name, x, found, exact, &worst);
          ck_assert_msg (isnan (found) || !signbit (found) == !signbit ((double) exact),
                         "%s, x = %a has the wrong sign", name, x);
        }
}
END_TEST

/* Functions of two legs */

typedef struct
{
  const char *name;
  double (*function) (double x, double y);
  long double (*reference) (long double x, long double y);
  guint64 digest;
} LegsCase;

static const LegsCase legs_cases[] = {
  { "atan2", conset_pinned_atan2, atan2l, G_GUINT64_CONSTANT (0x94fa71b09b4bd4e0) },
  { "hypot", conset_pinned_hypot, hypotl, G_GUINT64_CONSTANT (0xff1f5e48827848e8) },
};

static void
assert_legs (const LegsCase *test, double x, double y, long double *worst)
{
  double found = test->function (x, y);
  long double exact = test->reference (x, y);
  g_autofree char *name = g_strdup_printf ("%s (y = %a), x", test->name, y);

  assert_near (name, x, found, exact, worst);
  ck_assert_msg (isnan (found) || !signbit (found) == !signbit ((double) exact),
                 "%s = %a has the wrong sign", name, x);
}

/* Of any sizes; of sizes that are not far apart, down to the subnormal and up to the largest; with
 * ratios near one and near tan (pi / 8), where atan2 changes its way. */
START_TEST (legs_are_right_to_an_ulp)
{
  const LegsCase *test = &legs_cases[_i];
  g_autoptr (GRand) rand = g_rand_new_with_seed (50 + _i);
  long double worst = 0.0L;

  for (guint k = 0; k < N_POINTS; k++)
    {
      double x = random_double (rand), sign = g_rand_boolean (rand) ? 1.0 : -1.0;
      double tiny = ldexp (g_rand_double_range (rand, -1.0, 1.0), -g_rand_int_range (rand, 0, 53));
      double ratios[] = { random_double (rand) / x,
                          ldexp (1.0 + tiny, g_rand_int_range (rand, -60, 60)), 1.0 + tiny,
                          M_SQRT2 - 1.0 + tiny };

      if (k % 2)
        x = g_rand_double_range (rand, -4.0, 4.0);
      assert_legs (test, x, sign * x * ratios[k / 2 % G_N_ELEMENTS (ratios)], &worst);
    }
  ck_assert_msg (worst > 0.49L, "%s: at most %Lg ulps off", test->name, worst);
}
END_TEST

/* All pairs of special numbers, in all quadrants: zeros have signs there, too. */
START_TEST (special_legs_are_as_in_libm)
{
  for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
    for (guint l = 0; l < G_N_ELEMENTS (edges); l++)
      for (guint signs = 0; signs < 4; signs++)
        {
          long double worst = 0.0L;

          assert_legs (&legs_cases[_i], signs & 1 ? -edges[k] : edges[k],
                       signs & 2 ? -edges[l] : edges[l], &worst);
        }
}
END_TEST

/* Remainders */

/* Python's definition; fmod is exact. */
static double
python_mod (double x, double y)
{
  double remainder = fmod (x, y);

  if (remainder == 0.0)
    return copysign (0.0, y);
  return (remainder < 0.0) != (y < 0.0) ? remainder + y : remainder;
}

static void
assert_mod (double x, double y)
{
  double found = conset_pinned_mod (x, y), expected = python_mod (x, y);

  if (!(isnan (found) && isnan (expected)) && memcmp (&found, &expected, sizeof found) != 0)
    ck_abort_msg ("%a mod %a = %a and not %a", x, y, found, expected);
}

START_TEST (remainders_are_those_of_python)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (60);

  for (guint k = 0; k < 3 * N_POINTS; k++)
    {
      double x = k % 3 ? g_rand_double_range (rand, -1e6, 1e6) : random_double (rand);
      double part = ldexp (g_rand_double_range (rand, -1.0, 1.0), -g_rand_int_range (rand, 0, 60));
      double divisors[] = { random_double (rand), x * part, 0.1, -7.0, 0x1p-900, -0x1p900 };
      double y = divisors[k % G_N_ELEMENTS (divisors)];

      assert_mod (x, y);
      assert_mod (floor (x), y);
      /* A multiple, and what is next to one. */
      x = y * floor (g_rand_double_range (rand, -1e9, 1e9));
      assert_mod (x, y);
      assert_mod (nextafter (x, INFINITY), y);
      assert_mod (nextafter (x, -INFINITY), y);
    }
}
END_TEST

START_TEST (remainders_of_special_numbers)
{
  ck_assert (isnan (conset_pinned_mod (1.0, 0.0)) && isnan (conset_pinned_mod (INFINITY, 2.0)));
  for (guint k = 0; k < G_N_ELEMENTS (edges); k++)
    for (guint l = 0; l < G_N_ELEMENTS (edges); l++)
      for (guint signs = 0; signs < 4; signs++)
        assert_mod (signs & 1 ? -edges[k] : edges[k], signs & 2 ? -edges[l] : edges[l]);
}
END_TEST

/* The same everywhere */

static guint64
digest_add (guint64 digest, double x)
{
  guint64 bits = isnan (x) ? 1 : pinned_bits (x);

  return (digest ^ bits ^ bits >> 29) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

/* These numbers are part of the definition of every set that a value or a law decides. */
START_TEST (bits_never_change)
{
  const FunctionCase *test = &function_cases[_i];
  guint64 digest = 0;

  for (gint k = -3000; k <= 3000; k++)
    {
      digest = digest_add (digest, test->function (k * 0x1.23456789abcdfp-3));
      digest = digest_add (digest, test->function (pinned_of_bits (
                                     (guint64) (k + 3000) * G_GUINT64_CONSTANT (0xaaaabbbbccccd))));
    }
  ck_assert_msg (digest == test->digest, "%s: digest 0x%016" G_GINT64_MODIFIER "x", test->name,
                 digest);
}
END_TEST

START_TEST (bits_of_powers_never_change)
{
  guint64 digest = 0;

  for (guint k = 0; k <= 300; k++)
    for (guint l = 0; l <= 30; l++)
      digest = digest_add (
        digest, conset_pinned_pow (k * 0x1.23456789abcdfp-5, (l - 15.0) * 0x1.3456789abcdefp0));
  ck_assert_msg (digest == G_GUINT64_CONSTANT (0x7e2e4ef46d1d36fb),
                 "digest 0x%016" G_GINT64_MODIFIER "x", digest);
}
END_TEST

START_TEST (bits_of_legs_never_change)
{
  const LegsCase *test = &legs_cases[_i];
  guint64 digest = 0;

  for (gint k = -100; k <= 100; k++)
    for (gint l = -100; l <= 100; l++)
      digest =
        digest_add (digest, test->function (k * 0x1.23456789abcdfp-3, l * 0x1.3456789abcdefp-2));
  ck_assert_msg (digest == test->digest, "%s: digest 0x%016" G_GINT64_MODIFIER "x", test->name,
                 digest);
}
END_TEST

static Suite *
pinned_suite (void)
{
  Suite *suite = suite_create ("pinned");
  TCase *tcase = test_case_add (suite, "pinned");
  const int n = G_N_ELEMENTS (function_cases), n_legs = G_N_ELEMENTS (legs_cases);

  tcase_add_loop_test (tcase, functions_are_right_to_an_ulp, 0, n);
  tcase_add_loop_test (tcase, edges_are_as_in_libm, 0, n);
  tcase_add_test (tcase, logarithms_of_powers_are_exact);
  tcase_add_test (tcase, angles_near_multiples_of_a_right_angle);
  tcase_add_test (tcase, powers_are_right_to_an_ulp);
  tcase_add_test (tcase, powers_of_special_numbers_are_as_in_libm);
  tcase_add_loop_test (tcase, legs_are_right_to_an_ulp, 0, n_legs);
  tcase_add_loop_test (tcase, special_legs_are_as_in_libm, 0, n_legs);
  tcase_add_test (tcase, remainders_are_those_of_python);
  tcase_add_test (tcase, remainders_of_special_numbers);
  tcase_add_loop_test (tcase, bits_never_change, 0, n);
  tcase_add_test (tcase, bits_of_powers_never_change);
  tcase_add_loop_test (tcase, bits_of_legs_never_change, 0, n_legs);
  return suite;
}

int
main (void)
{
  return test_run (pinned_suite ());
}

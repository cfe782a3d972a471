/* SPDX-License-Identifier: MIT */
/*
 * Quantities: the rules of operators, functions, distributions and connection sets for units, and
 * what is printed.
 */
#include "quantities.h"

#include <math.h>
#include <string.h>

typedef ConsetValue *(*BinaryFunc) (ConsetValue *a, ConsetValue *b);
typedef ConsetValue *(*UnaryFunc) (ConsetValue *a);

/* {{{ rules */

/* Consumes @value. */
static gboolean
is_error (ConsetValue *value)
{
  gboolean ok = conset_value_check (value, NULL);

  conset_value_unref (value);
  return !ok;
}

START_TEST (results_have_units)
{
  static const BinaryFunc same[] = { conset_value_add, conset_value_subtract, conset_value_min,
                                     conset_value_max };

  assert_unit (NUMBER (5), NULL);
  assert_unit (QUANTITY (5, "nS"), "nS");
  assert_unit (IN (I, "nS"), "nS");
  for (guint k = 0; k < G_N_ELEMENTS (same); k++)
    {
      assert_unit (same[k](IN (I, "nS"), QUANTITY (5, "pS")), "nS");
      assert_unit (same[k](QUANTITY (5, "pS"), IN (I, "nS")), "pS");
      assert_unit (same[k](QUANTITY (5, "pS"), QUANTITY (5, "nS")), "pS");
    }
  assert_unit (conset_value_multiply (IN (I, "nS"), IN (J, "mV")), "pA");
  assert_unit (conset_value_multiply (NUMBER (2), IN (J, "mV")), "mV");
  assert_unit (conset_value_multiply (IN (J, "mV"), I), "mV");
  assert_unit (conset_value_divide (IN (I, "um"), IN (J, "ms")), "um/ms");
  assert_unit (conset_value_divide (IN (I, "um"), IN (J, "mm")), NULL);
  assert_unit (conset_value_divide (NUMBER (1), IN (J, "ms")), "1/ms");
  assert_unit (conset_value_power (IN (I, "um"), NUMBER (2)), "um^2");
  assert_unit (conset_value_power (IN (I, "um"), NUMBER (-1)), "1/um");
  assert_unit (conset_value_power (IN (I, "um"), NUMBER (0)), NULL);
  assert_unit (conset_value_power (IN (I, "um^2"), NUMBER (1.5)), "um^3");
  assert_unit (conset_value_power (NUMBER (2), I), NULL);
  assert_unit (conset_value_sqrt (IN (I, "um^2")), "um");
  assert_unit (conset_value_sqrt (I), NULL);
  assert_unit (conset_value_abs (IN (I, "mV")), "mV");
  assert_unit (conset_value_negate (IN (I, "mV")), "mV");
  assert_unit (conset_value_exp (conset_value_divide (IN (I, "um"), IN (J, "mm"))), NULL);
  assert_unit (conset_value_floor (conset_value_magnitude (IN (I, "um"), "mm")), NULL);
  assert_unit (conset_value_to_unit (IN (I, "um"), "mm"), "mm");
  assert_unit (conset_value_to_unit (QUANTITY (3, "um"), "mm"), "mm");
  assert_unit (conset_value_magnitude (IN (I, "um"), "mm"), NULL);
  assert_unit (QUANTITY (5, "percent"), NULL);
  assert_unit (IN (I, "rad"), NULL);
}
END_TEST

/* Functions beyond arithmetic */
START_TEST (functions_have_units)
{
  static const UnaryFunc pure[] = {
    conset_value_exp,   conset_value_log,   conset_value_sin,   conset_value_cos,
    conset_value_tanh,  conset_value_expm1, conset_value_log1p, conset_value_log2,
    conset_value_log10, conset_value_tan,   conset_value_asin,  conset_value_acos,
    conset_value_atan,  conset_value_sinh,  conset_value_cosh,  conset_value_erf,
    conset_value_not,
  };
  static const UnaryFunc whole[] = { conset_value_floor, conset_value_ceil, conset_value_round };
  static const BinaryFunc compared[] = { conset_value_less,    conset_value_less_equal,
                                         conset_value_greater, conset_value_greater_equal,
                                         conset_value_equal,   conset_value_not_equal,
                                         conset_value_atan2 };
  static const BinaryFunc same[] = { conset_value_mod, conset_value_hypot };

  for (guint k = 0; k < G_N_ELEMENTS (pure); k++)
    {
      assert_unit (pure[k](conset_value_magnitude (IN (I, "um"), "mm")), NULL);
      ck_assert (is_error (pure[k](IN (I, "um"))));
    }
  for (guint k = 0; k < G_N_ELEMENTS (whole); k++)
    {
      assert_unit (whole[k](conset_value_magnitude (IN (I, "um"), "mm")), NULL);
      ck_assert (is_error (whole[k](IN (I, "um"))));
    }
  for (guint k = 0; k < G_N_ELEMENTS (compared); k++)
    {
      assert_unit (compared[k](IN (I, "um"), QUANTITY (3, "mm")), NULL);
      ck_assert (is_error (compared[k](IN (I, "um"), NUMBER (3))));
      ck_assert (is_error (compared[k](IN (I, "um"), IN (I, "nS"))));
    }
  for (guint k = 0; k < G_N_ELEMENTS (same); k++)
    {
      assert_unit (same[k](IN (I, "um"), QUANTITY (3, "mm")), "um");
      ck_assert (is_error (same[k](IN (I, "um"), NUMBER (3))));
    }
  assert_unit (conset_value_sign (IN (I, "um")), NULL);
  assert_unit (conset_value_clip (IN (I, "um"), QUANTITY (3, "mm"), QUANTITY (1, "m")), "um");
  ck_assert (is_error (conset_value_clip (IN (I, "um"), NUMBER (0), QUANTITY (1, "m"))));
  assert_unit (conset_value_where (I, IN (I, "um"), QUANTITY (3, "mm")), "um");
  assert_unit (conset_value_where (NUMBER (0), IN (I, "um"), QUANTITY (3, "mm")), "um");
  ck_assert (is_error (conset_value_where (NUMBER (1), IN (I, "um"), NUMBER (3))));
  ck_assert (is_error (conset_value_where (IN (I, "um"), I, J)));
  ck_assert (is_error (conset_value_and (IN (I, "um"), J)));
  ck_assert (is_error (conset_value_or (J, IN (I, "um"))));
}
END_TEST

START_TEST (distributions_have_units)
{
  const double weights[] = { 1, 2 };

  assert_unit (conset_value_uniform (QUANTITY (1, "um"), QUANTITY (1, "mm"), 1), "um");
  assert_unit (conset_value_normal (IN (I, "um"), QUANTITY (1, "mm"), 1), "um");
  assert_unit (conset_value_truncated_normal (QUANTITY (1, "um"), QUANTITY (1, "nm"), NULL,
                                              QUANTITY (3, "um"), 1),
               "um");
  assert_unit (conset_value_lognormal (QUANTITY (1, "nS"), QUANTITY (1, "pS"), 1), "nS");
  assert_unit (conset_value_lognormal_mu_sigma (NUMBER (1), NUMBER (2), 1), NULL);
  assert_unit (conset_value_exponential (QUANTITY (1, "ms"), 1), "ms");
  assert_unit (conset_value_weibull (NUMBER (2), QUANTITY (1, "ms"), 1), "ms");
  assert_unit (conset_value_gamma (NUMBER (2), QUANTITY (1, "ms"), 1), "ms");
  assert_unit (conset_value_beta (NUMBER (2), NUMBER (3), QUANTITY (1, "ms"), QUANTITY (1, "s"), 1),
               "ms");
  assert_unit (conset_value_mixture (2, weights,
                                     (ConsetValue *[]){ QUANTITY (1, "ms"), QUANTITY (1, "s") }, 1),
               "ms");
  ck_assert (is_error (conset_value_normal (NUMBER (1), QUANTITY (1, "mm"), 1)));
  ck_assert (is_error (conset_value_gamma (QUANTITY (1, "ms"), QUANTITY (1, "ms"), 1)));
  ck_assert (is_error (conset_value_lognormal_mu_sigma (QUANTITY (1, "ms"), NUMBER (2), 1)));
  ck_assert (is_error (
    conset_value_beta (NUMBER (2), QUANTITY (3, "s"), QUANTITY (1, "ms"), QUANTITY (1, "s"), 1)));
  ck_assert (
    is_error (conset_value_beta (NUMBER (2), NUMBER (3), NUMBER (0), QUANTITY (1, "s"), 1)));
  ck_assert (is_error (conset_value_uniform_int (NUMBER (1), QUANTITY (3, "s"), 1)));
  ck_assert (is_error (conset_value_poisson (QUANTITY (3, "s"), 1)));
  ck_assert (is_error (
    conset_value_mixture (2, weights, (ConsetValue *[]){ QUANTITY (1, "ms"), NUMBER (1) }, 1)));
}
END_TEST

START_TEST (numbers_are_in_their_units)
{
  double number;
  g_autoptr (ConsetValue) sum =
    conset_value_add (QUANTITY (7, "cm"), conset_value_to_unit (QUANTITY (0.07, "m"), "um"));

  assert_number (QUANTITY (0.07, "uS/cm^2"), 0.07);
  assert_number (IN (I, "Hz"), 3);
  assert_number (conset_value_to_unit (IN (I, "um"), "mm"), 0.003);
  assert_number (conset_value_to_unit (IN (I, "mm"), "nm"), 3e6);
  assert_number (conset_value_to_unit (IN (I, "minute"), "ms"), 180000);
  assert_number (conset_value_to_unit (IN (I, "inch"), "mm"), 76.2);
  assert_number (conset_value_magnitude (QUANTITY (25.4, "mm"), "inch"), 1);
  assert_number (conset_value_add (IN (I, "mm"), IN (J, "um")), 3.004);
  assert_number (conset_value_add (IN (J, "um"), IN (I, "mm")), 3004);
  assert_number (conset_value_min (IN (I, "mm"), IN (J, "um")), 0.004);
  assert_number (conset_value_divide (IN (I, "um"), QUANTITY (1, "mm")), 0.003);
  assert_number (conset_value_divide (IN (I, "mm"), QUANTITY (2, "um")), 1500);
  assert_number (conset_value_multiply (IN (I, "nS"), QUANTITY (2, "mV")), 6);
  assert_number (conset_value_power (IN (I, "mm"), NUMBER (2)), 9);
  assert_number (conset_value_hypot (QUANTITY (3, "um"), QUANTITY (0.004, "mm")), 5);
  assert_number (
    conset_value_subtract (conset_value_atan2 (IN (I, "um"), IN (I, "mm")),
                           conset_value_atan2 (I, conset_value_multiply (NUMBER (1000), I))),
    0);
  assert_number (conset_value_mod (IN (J, "mm"), QUANTITY (2500, "um")), 1.5);
  assert_number (conset_value_less (IN (J, "um"), IN (I, "mm")), 1);
  assert_number (conset_value_equal (QUANTITY (0.07, "mm"), QUANTITY (70, "um")), 1);
  assert_number (conset_value_where (J, QUANTITY (70, "um"), IN (I, "mm")), 70);
  assert_number (conset_value_where (NUMBER (0), QUANTITY (70, "um"), IN (I, "mm")), 3000);
  assert_number (conset_value_clip (IN (I, "um"), QUANTITY (0.0035, "mm"), QUANTITY (1, "m")), 3.5);
  assert_number (conset_value_sign (QUANTITY (-3, "pS")), -1);
  assert_number (conset_value_normal (QUANTITY (3, "mm"), QUANTITY (0, "um"), 1), 3);
  assert_number (
    conset_value_divide (conset_value_normal (QUANTITY (3, "pm"), QUANTITY (20, "pm"), 9),
                         conset_value_normal (QUANTITY (0.003, "nm"), QUANTITY (2e-11, "m"), 9)),
    1);
  assert_number (conset_value_sqrt (conset_value_multiply (IN (I, "um"), IN (I, "mm"))),
                 sqrt (9000));
  assert_number (QUANTITY (7, "percent"), 0.07);
  assert_number (conset_value_magnitude (NUMBER (0.07), "percent"), 7);
  ck_assert_str_eq (conset_value_get_unit (sum), "cm");
  ck_assert (conset_value_is_constant (sum, &number));
  ck_assert_double_eq (number, 14);
}
END_TEST

typedef struct
{
  ConsetValue *(*make) (void);
  const char *message;
} Mistake;

#define MISTAKE(name, value)                                                                       \
  static ConsetValue *name (void)                                                                  \
  {                                                                                                \
    return value;                                                                                  \
  }

MISTAKE (clash, conset_value_add (QUANTITY (5, "nS"), QUANTITY (3, "mV")))
MISTAKE (clash_of_values, conset_value_min (IN (I, "nS"), IN (J, "mV")))
MISTAKE (number_on_the_right, conset_value_subtract (IN (I, "um"), NUMBER (3)))
MISTAKE (number_on_the_left, conset_value_max (NUMBER (0), IN (I, "uS/cm^2")))
MISTAKE (exponential, conset_value_exp (IN (I, "um")))
MISTAKE (exponential_of_number, conset_value_tanh (QUANTITY (5, "um")))
MISTAKE (whole, conset_value_floor (QUANTITY (5.5, "um")))
MISTAKE (whole_of_sum, conset_value_ceil (conset_value_add (IN (I, "um"), IN (J, "inch"))))
MISTAKE (root, conset_value_sqrt (IN (I, "um")))
MISTAKE (third, conset_value_power (IN (I, "um"), NUMBER (0.25)))
MISTAKE (half, conset_value_power (IN (I, "um"), NUMBER (0.5)))
MISTAKE (varying, conset_value_power (IN (I, "um"), J))
MISTAKE (exponent, conset_value_power (NUMBER (2), IN (J, "ms")))
MISTAKE (great_power, conset_value_power (IN (I, "um"), NUMBER (100)))
MISTAKE (huge_power, conset_value_power (IN (I, "um"), NUMBER (1e300)))
MISTAKE (unknown, QUANTITY (5, "nSS"))
MISTAKE (unknown_one, QUANTITY (1, "nSS"))
MISTAKE (unknown_of_sum, IN (conset_value_add (I, J), "nSS"))
MISTAKE (celsius, QUANTITY (36.6, "degC"))
MISTAKE (twice, IN (IN (I, "nS"), "mV"))
MISTAKE (other_kind, conset_value_to_unit (IN (I, "nS"), "mm"))
MISTAKE (number_in_unit, conset_value_to_unit (I, "mm"))
MISTAKE (in_percent, conset_value_to_unit (I, "percent"))
MISTAKE (in_unknown, conset_value_to_unit (IN (I, "nS"), "nSS"))
MISTAKE (count_of_other, conset_value_magnitude (IN (I, "nS"), "mm"))
MISTAKE (too_large, QUANTITY (1e300, "Ym"))
MISTAKE (first_of_two, conset_value_exp (conset_value_add (QUANTITY (5, "nS"), NUMBER (3))))

static const Mistake mistakes[] = {
  { clash, "5 * nS + 3 * mV: 5 * nS is in nS, but 3 * mV is in mV, and neither converts into the "
           "other; give both the same kind of unit" },
  { clash_of_values, "min(i * nS, j * mV): i * nS is in nS, but j * mV is in mV, and neither "
                     "converts into the other; give both the same kind of unit" },
  { number_on_the_right, "i * um - 3: i * um is in um, but 3 is a pure number; multiply the number "
                         "by a unit such as um, or divide the quantity by one" },
  { number_on_the_left,
    "max(0, i * uS / cm ** 2): 0 is a pure number, but i * uS / cm ** 2 is in uS/cm^2; multiply "
    "the number by a unit such as (uS / cm ** 2), or divide the quantity by one" },
  { exponential, "exp(i * um): i * um is in um, but a pure number is needed; divide it by a "
                 "quantity of the same kind, such as um" },
  { exponential_of_number, "tanh(5 * um): 5 * um is in um, but a pure number is needed; divide it "
                           "by a quantity of the same kind, such as um" },
  { whole, "floor(5.5 * um): what is whole depends on the unit; divide by the unit to count in, "
           "as in 5.5 * um / um" },
  { whole_of_sum, "ceil(i * um + j * unit(\"inch\")): what is whole depends on the unit; divide by "
                  "the unit to count in, as in (i * um + j * unit(\"inch\")) / um" },
  { root, "sqrt(i * um): i * um is in um, and there is no unit that is um ** 0.5; divide by a "
          "quantity of the same kind before, such as um" },
  { third, "(i * um) ** 0.25: i * um is in um, and there is no unit that is um ** 0.25; divide by "
           "a quantity of the same kind before, such as um" },
  { half, "(i * um) ** 0.5: i * um is in um, and there is no unit that is um ** 0.5; divide by a "
          "quantity of the same kind before, such as um" },
  { varying, "(i * um) ** j: i * um is in um, so that the exponent must be the same for all pairs, "
             "which j is not; divide the base by a quantity of the same kind before" },
  { exponent, "2 ** (j * ms): j * ms is in ms, but a pure number is needed; divide it by a "
              "quantity of the same kind, such as ms" },
  { great_power, "(i * um) ** 100: the power of um is too great; powers of units go up to 99" },
  { huge_power, "(i * um) ** 1e+300: i * um is in um, and there is no unit that is um ** 1e+300; "
                "divide by a quantity of the same kind before, such as um" },
  { unknown, "5 * nSS: 'nSS' is no unit that udunits2 can read; "
             "write one such as nS, um, ms or uS/cm^2" },
  { unknown_one, "unit(\"nSS\"): 'nSS' is no unit that udunits2 can read; "
                 "write one such as nS, um, ms or uS/cm^2" },
  { unknown_of_sum, "(i + j) * nSS: 'nSS' is no unit that udunits2 can read; "
                    "write one such as nS, um, ms or uS/cm^2" },
  { celsius, "36.6 * degC: 'degC' counts from a zero of its own, so that sums and products of it "
             "mean nothing; use a unit that counts from nothing, such as K" },
  { twice, "i * nS * mV: the value is in nS already; convert it, or multiply it by a value that is "
           "1 mV" },
  { other_kind, "convert(i * nS, mm): i * nS is in nS, which does not convert into mm; "
                "name a unit of the same kind" },
  { number_in_unit, "convert(i, mm): i is a pure number; multiply it by a unit to make it a "
                    "quantity" },
  { in_percent, "convert(i, percent): percent is a number; divide by it" },
  { in_unknown, "convert(i * nS, nSS): 'nSS' is no unit that udunits2 can read; "
                "write one such as nS, um, ms or uS/cm^2" },
  { count_of_other, "i * nS / mm: i * nS is in nS, which does not convert into mm; "
                    "name a unit of the same kind" },
  { too_large, "constant: inf is not a finite number; give one" },
  { first_of_two, "5 * nS + 3: 5 * nS is in nS, but 3 is a pure number; multiply the number by a "
                  "unit such as nS, or divide the quantity by one" },
};

START_TEST (mistakes_name_both_units)
{
  assert_message (mistakes[_i].make (), mistakes[_i].message);
}
END_TEST

/* What is wrong at a pair is told in the unit of what is wrong. */
START_TEST (numbers_in_messages_have_units)
{
  static const char *const messages[] = {
    "normal(5 * nS, -3 * pS * i): sd at source 1, target 1 is -3 pS; it must be 0 or more, and "
    "finite",
    "clip(i * uS, 3 * uS * i, 500 * nS * i): at source 1, target 1 the low bound, 3 uS, is above "
    "the high one, 0.5 uS; exchange them, or keep them apart",
  };
  ConsetValue *values[] = {
    conset_value_normal (QUANTITY (5, "nS"), conset_value_multiply (QUANTITY (-3, "pS"), I), 1),
    conset_value_clip (IN (I, "uS"), conset_value_multiply (QUANTITY (3, "uS"), I),
                       conset_value_multiply (QUANTITY (500, "nS"), I)),
  };
  const guint64 one = 1;

  for (guint k = 0; k < G_N_ELEMENTS (values); k++)
    {
      g_autoptr (Conset) set = conset_cset (conset_explicit (&one, &one, 1), 1, &values[k], NULL);
      g_autoptr (ConsetIter) iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
      g_autoptr (GError) error = NULL;
      ConsetBatch batch;

      while (conset_iter_next_batch (iter, &batch))
        ;
      ck_assert (!conset_iter_finish (iter, &error));
      ck_assert_str_eq (error->message, messages[k]);
    }
  assert_message (conset_value_normal (QUANTITY (5, "nS"), QUANTITY (-3, "pS"), 1),
                  "normal(5 * nS, -3 * pS): sd is -3 pS; it must be 0 or more, and finite");
  assert_message (conset_value_normal (QUANTITY (5, "nS"), QUANTITY (3, "mV"), 1),
                  "normal(5 * nS, 3 * mV, seed=1): 5 * nS is in nS, but 3 * mV is in mV, and "
                  "neither converts into the other; give both the same kind of unit");
}
END_TEST

static void
assert_set_message (Conset *set, const char *message)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_check (set, &error));
  ck_assert_str_eq (error->message, message);
  conset_unref (set);
}

START_TEST (rules_of_sets_take_numbers)
{
  assert_set_message (conset_random_by_value (QUANTITY (0.5, "nS"), TRUE, 1),
                      "random * (0.5 * nS): the value is a probability; 0.5 * nS is in nS, but a "
                      "pure number is needed; divide it by a quantity of the same kind, such as "
                      "nS");
  assert_set_message (
    conset_random_fan_in_preferring (
      conset_degrees_constant (3), IN (I, "nS"), TRUE, 1,
      conset_cross (conset_intervals_range (0, 10, 1), conset_intervals_range (0, 10, 1))),
    "random(fanIn=3, weight=i * nS): weights tell how likely candidates are; i * nS is in nS, but "
    "a pure number is needed; divide it by a quantity of the same kind, such as nS");
}
END_TEST

/* }}} */

/* {{{ text */

START_TEST (text_is_that_of_the_language)
{
  ConsetValue *sum = conset_value_add (QUANTITY (0.1, "m"), QUANTITY (0.2, "m"));

  test_assert_value_text (QUANTITY (5, "nS"), "5 * nS");
  test_assert_value_text (QUANTITY (-65, "mV"), "-65 * mV");
  test_assert_value_text (QUANTITY (1, "nS"), "nS");
  test_assert_value_text (QUANTITY (-1, "nS"), "-1 * nS");
  test_assert_value_text (QUANTITY (2, "uS/cm^2"), "2 * uS / cm ** 2");
  test_assert_value_text (QUANTITY (0.10000000000000003, "uS/cm^2"),
                          "0.10000000000000003 * (uS / cm ** 2)");
  test_assert_value_text (QUANTITY (2, "1/ms"), "2 / ms");
  test_assert_value_text (QUANTITY (1, "1/ms"), "1 / ms");
  test_assert_value_text (QUANTITY (1, "cm^2"), "cm ** 2");
  test_assert_value_text (QUANTITY (5, "inch"), "5 * unit(\"inch\")");
  test_assert_value_text (QUANTITY (5, "uS/inch^2"), "5 * unit(\"uS/inch^2\")");
  test_assert_value_text (QUANTITY (5, "nS*mV"), "5 * unit(\"nS*mV\")");
  test_assert_value_text (QUANTITY (5, "as"), "5 * unit(\"as\")");
  test_assert_value_text (IN (I, "nS"), "i * nS");
  test_assert_value_text (IN (I, "1/ms"), "i / ms");
  test_assert_value_text (IN (I, "uS/cm^2"), "i * uS / cm ** 2");
  test_assert_value_text (IN (conset_value_add (I, J), "nS"), "(i + j) * nS");
  test_assert_value_text (conset_value_negate (IN (I, "nS")), "-(i * nS)");
  test_assert_value_text (conset_value_add (IN (I, "nS"), QUANTITY (5, "pS")), "i * nS + 5 * pS");
  test_assert_value_text (conset_value_multiply (I, QUANTITY (5, "pS")), "i * (5 * pS)");
  test_assert_value_text (conset_value_multiply (QUANTITY (5, "pS"), I), "5 * pS * i");
  test_assert_value_text (conset_value_power (IN (I, "um"), NUMBER (2)), "(i * um) ** 2");
  test_assert_value_text (conset_value_power (QUANTITY (1, "um"), NUMBER (2)), "um ** 2");
  test_assert_value_text (conset_value_to_unit (IN (I, "um"), "mm"), "convert(i * um, mm)");
  test_assert_value_text (
    conset_value_to_unit (IN (I, "um"), "uS"),
    "<error: convert(i * um, uS): i * um is in um, which does not convert into uS; "
    "name a unit of the same kind>");
  test_assert_value_text (conset_value_to_unit (conset_value_to_unit (IN (I, "um"), "mm"), "um"),
                          "i * um");
  test_assert_value_text (
    conset_value_to_unit (conset_value_add (IN (I, "um"), IN (J, "um")), "km"),
    "convert(i * um + j * um, km)");
  test_assert_value_text (conset_value_magnitude (IN (I, "um"), "um"), "i");
  test_assert_value_text (conset_value_magnitude (IN (I, "um"), "mm"), "i * um / mm");
  test_assert_value_text (
    conset_value_exp (conset_value_multiply (
      conset_value_divide (conset_value_negate (I), QUANTITY (10, "um")), QUANTITY (1, "um"))),
    "exp(-i / (10 * um) * um)");
  /* A number goes with the unit beside it. */
  test_assert_value_text (IN (conset_value_multiply (I, NUMBER (0.07)), "mm"), "i * (0.07 * mm)");
  test_assert_value_text (IN (conset_value_multiply (NUMBER (0.07), I), "mm"), "0.07 * mm * i");
  test_assert_value_text (conset_value_multiply (NUMBER (0.07), IN (I, "mm")), "0.07 * mm * i");
  test_assert_value_text (conset_value_multiply (IN (I, "mm"), NUMBER (0.07)), "i * (0.07 * mm)");
  /* There is no number of metres that is these micrometres. */
  test_assert_value_text (conset_value_to_unit (QUANTITY (0.30000000000000004, "um"), "m"),
                          "3.0000000000000004e-07 * m");
  test_assert_value_text (sum, "0.3 * m");
}
END_TEST

/* }}} */

/* {{{ columns */

#define SET(text) parse_set (text)

static Conset *
parse_set (const char *text)
{
  g_autoptr (GError) error = NULL;
  Conset *set = conset_parse (text, 1, &error);

  ck_assert_msg (set != NULL, "%s: %s", text, error != NULL ? error->message : "");
  return set;
}

static void
assert_column (const Conset *set, guint column, const char *unit)
{
  ck_assert_msg (g_strcmp0 (conset_column_unit (set, column), unit) == 0, "column %u is in %s",
                 column, conset_column_unit (set, column));
}

/* What iterating and asking for a pair gives for column 0 of the connection from 3 to 4. */
static void
assert_value (const Conset *set, double expected)
{
  g_autoptr (ConsetIter) iter =
    conset_iter_new (set, &(ConsetWindow){ 3, 4, 4, 5 }, CONSET_TARGET_MAJOR);
  double values[CONSET_MAX_ARITY];
  ConsetBatch batch;

  ck_assert (conset_values_at (set, 3, 4, 0, values, NULL));
  ck_assert_double_eq (values[0], expected);
  ck_assert (conset_iter_next_batch (iter, &batch));
  ck_assert_uint_eq (batch.n, 1);
  ck_assert_double_eq (batch.values[0][0], expected);
}

START_TEST (columns_have_units)
{
  g_autoptr (Conset) set = SET ("cset (full, weight=0.07 * uS, delay=(1 + i) * ms, kind=i)");
  g_autoptr (Conset) moved = SET ("transpose * (block (2) * cset (full, i * um / ms) * oneToOne)");
  g_autoptr (Conset) fixed =
    SET ("fix * (cross (range (3, 4), range (4, 5)) * cset (full, 7 * pS))");
  g_autoptr (Conset) empty = SET ("cset (empty, weight=3 * nS)");
  g_autofree char *text = conset_to_string (empty), *explained = NULL;

  assert_column (set, 0, "uS");
  assert_column (set, 1, "ms");
  assert_column (set, 2, NULL);
  assert_value (set, 0.07);
  assert_column (moved, 0, "um/ms");
  assert_column (fixed, 0, "pS");
  assert_value (fixed, 7);
  ck_assert_str_eq (text, "cset(empty, weight=3 * nS)");
  explained = conset_explain (set, &CONSET_WINDOW (10, 10), CONSET_TARGET_MAJOR, NULL);
  ck_assert_ptr_nonnull (strstr (explained, "3 values (weight in uS, delay in ms, kind)"));
}
END_TEST

START_TEST (sums_convert_columns)
{
  static const char *const signs[] = { "+", "|" };

  for (guint k = 0; k < G_N_ELEMENTS (signs); k++)
    {
      g_autofree char *text = g_strdup_printf (
        "a = cset ([(0, 1)], w=5 * nS); b = cset ([(3, 4)], w=i * 250 * pS); a %s b", signs[k]);
      g_autofree char *unlike = g_strdup_printf (
        "a = cset ([(0, 1)], w=5 * nS); b = cset ([(3, 4)], w=i * mV); a %s b", signs[k]);
      g_autofree char *many = g_strdup_printf (
        "a = cset ([(0, 1)], w=5 * nS); b = random (1.0) * cset ([(3, 4), (2, 2)], w=i * uS); "
        "a %s (b - oneToOne) %s a",
        signs[k], signs[k]);
      g_autoptr (Conset) sum = SET (text), sum_of_many = SET (many);
      g_autofree char *printed = conset_to_string (sum_of_many);
      g_autoptr (Conset) again = SET (printed);
      g_autofree char *error = test_evaluate (unlike);

      assert_column (sum, 0, "nS");
      assert_value (sum, 0.75);
      assert_column (sum_of_many, 0, "nS");
      assert_value (sum_of_many, 3000);
      assert_column (again, 0, "nS");
      assert_value (again, 3000);
      ck_assert_ptr_nonnull (strstr (
        error, "the left operand has 1 value (w in nS), the right one has 1 value (w in mV); "));
    }
}
END_TEST

START_TEST (columns_are_values)
{
  g_autoptr (Conset) a = SET ("c = cset (full, i * 250 * pS) * oneToOne; "
                              "shift (0, 1) * cset (mask (c), value (c, 0))");
  g_autoptr (Conset) ratio =
    SET ("c = shift (0, 1) * (cset (full, i * 250 * pS) * oneToOne); "
         "cset (mask (c), value (c, 0) / nS, convert (value (c, 0), uS), value (c, 0) + 1 * nS)");

  assert_column (a, 0, "pS");
  assert_value (a, 750);
  assert_column (ratio, 0, NULL);
  assert_column (ratio, 1, "uS");
  assert_column (ratio, 2, "pS");
  assert_value (ratio, 0.75);
}
END_TEST

START_TEST (networks_convert_columns)
{
  g_autoptr (Conset) set = SET ("ExcitatoryInhibitory (4, post_size=5, exc_ratio=0.75, exc_prob=1, "
                                "inh_prob=1, exc_weight=5 * nS, inh_weight=-70 * pS)");
  g_autofree char *error =
    test_evaluate ("ExcitatoryInhibitory (10, exc_weight=5 * nS, inh_weight=-3)");

  assert_column (set, 0, "nS");
  assert_value (set, -0.07);
  ck_assert_ptr_nonnull (strstr (error, "exc_weight is in nS, and inh_weight is a pure number; "
                                        "give both the same kind of unit"));
}
END_TEST

/* }}} */

static Suite *
quantities_suite (void)
{
  Suite *suite = suite_create ("quantities");
  TCase *tcase = test_case_add (suite, "rules");

  if (!conset_has_units ())
    return suite;
  tcase_add_test (tcase, results_have_units);
  tcase_add_test (tcase, functions_have_units);
  tcase_add_test (tcase, distributions_have_units);
  tcase_add_test (tcase, numbers_are_in_their_units);
  tcase_add_loop_test (tcase, mistakes_name_both_units, 0, G_N_ELEMENTS (mistakes));
  tcase_add_test (tcase, numbers_in_messages_have_units);
  tcase_add_test (tcase, rules_of_sets_take_numbers);
  tcase_add_test (tcase, text_is_that_of_the_language);
  tcase = test_case_add (suite, "columns");
  tcase_add_test (tcase, columns_have_units);
  tcase_add_test (tcase, sums_convert_columns);
  tcase_add_test (tcase, columns_are_values);
  tcase_add_test (tcase, networks_convert_columns);
  return suite;
}

int
main (void)
{
  return test_run (quantities_suite ());
}

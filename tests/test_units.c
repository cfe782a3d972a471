/* SPDX-License-Identifier: MIT */
/*
 * Units: their names and arithmetic, the rules of operators, conversions, and that a model does
 * not depend on the units that it is written in. In a build without units, that this is said.
 */
#include "support.h"

#include "text.h"
#include "unit.h"
#include "value.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

/* Short names for what the tests compose. */
#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)
#define IN(value, unit) conset_value_with_unit (value, unit)
#define QUANTITY(x, unit) IN (NUMBER (x), unit)

typedef ConsetValue *(*BinaryFunc) (ConsetValue *a, ConsetValue *b);
typedef ConsetValue *(*UnaryFunc) (ConsetValue *a);

static const ConsetUnit *
unit_of (const char *text)
{
  g_autofree char *problem = NULL;
  const ConsetUnit *unit = conset_unit_parse (text, &problem);

  ck_assert_msg (unit != NULL, "'%s': %s", text, problem);
  ck_assert_ptr_null (problem);
  return unit;
}

/* {{{ names */

static const char *const names[][2] = {
  { "nS", "nS" },
  { "um", "um" },
  { "  ms ", "ms" },
  { "uS/cm^2", "uS/cm^2" },
  { "uS cm-2", "uS/cm^2" },
  { "uS.cm^-2", "uS/cm^2" },
  { "uS / cm**2", "uS/cm^2" },
  { "cm-2 uS", "uS/cm^2" },
  { "m.s-1", "m/s" },
  { "m2", "m^2" },
  { "m*m", "m^2" },
  { "m*s/m", "s" },
  { "1/ms", "1/ms" },
  { "1 / ms", "1/ms" },
  { "ms^-1", "1/ms" },
  { "1/ms/um", "1/ms/um" },
  { "mV/ms/um^2", "mV/ms/um^2" },
  { "nS*mV", "nS*mV" },
  { "\xc2\xb5m", "um" },
  { "\xce\xbcm", "um" },
  { "k\xce\xa9", "kohm" },
  { "M\xe2\x84\xa6", "Mohm" },
  { "MOhm", "MOhm" },
  { "mM", "mM" },
  { "mol/L", "mol/L" },
  { "inch", "inch" },
  { "(um)^2", "um^2" },
  { "furlong per fortnight", "furlong per fortnight" },
  { "(furlong per fortnight)^2/ms", "(furlong per fortnight)^2/ms" },
  { "5 nS", "5 nS" },
  { "H2O", "H2O" },
  { "%", "%" },
  { "m^30", "m^30" },
};

START_TEST (names_are_what_was_written)
{
  const ConsetUnit *unit = unit_of (names[_i][0]);

  ck_assert_str_eq (conset_unit_name (unit), names[_i][1]);
  ck_assert_ptr_eq (unit, unit_of (names[_i][1]));
  ck_assert_str_eq (conset_unit_name (NULL), "1");
}
END_TEST

static const char *const problems[][2] = {
  { "foo", "'foo' is no unit that udunits2 can read; write one such as nS, um, ms or uS/cm^2" },
  { "nS/foo",
    "'nS/foo' is no unit that udunits2 can read; write one such as nS, um, ms or uS/cm^2" },
  { "(m", "'(m' is no unit that udunits2 can read; write one such as nS, um, ms or uS/cm^2" },
  { "", "the name of the unit is empty; write one such as nS, um, ms or uS/cm^2" },
  { " ", "the name of the unit is empty; write one such as nS, um, ms or uS/cm^2" },
  { "degC", "'degC' counts from a zero of its own, so that sums and products of it mean nothing; "
            "use a unit that counts from nothing, such as K" },
  { "degC^2", "'degC' counts from a zero of its own, so that sums and products of it mean nothing; "
              "use a unit that counts from nothing, such as K" },
  { "K @ 273.15", "'K @ 273.15' counts from a zero of its own, so that sums and products of it "
                  "mean nothing; use a unit that counts from nothing, such as K" },
  { "s since 1970-01-01", "'s since 1970-01-01' counts from a point in time, so that sums and "
                          "products of it mean nothing; use a unit that counts from nothing, such "
                          "as s" },
  { "dBm", "'dBm' is logarithmic, so that a sum of it is a product; "
           "use the unit that it is the logarithm of, such as mW" },
  { "lg(re 1 mV)", "'lg(re 1 mV)' is logarithmic, so that a sum of it is a product; "
                   "use the unit that it is the logarithm of, such as mW" },
  { "-5 m", "'-5 m' is not a positive number of units; "
            "write a unit such as nS, um, ms or uS/cm^2" },
  { "m\"", "the name of the unit has a quote, a backslash or a control character; "
           "write one such as nS, um, ms or uS/cm^2" },
  { "m\xff", "the name of the unit is not UTF-8; write one such as nS or um" },
  { "m^100", "the power of m is too great; powers of units go up to 99" },
  { "Ym^12", "the unit Ym^12 is too large or too small; use another prefix" },
};

START_TEST (wrong_names_are_told)
{
  g_autofree char *problem = NULL;

  ck_assert_ptr_null (conset_unit_parse (problems[_i][0], &problem));
  ck_assert_str_eq (problem, problems[_i][1]);
}
END_TEST

/* What is read term by term is what udunits2 reads as a whole. */
START_TEST (terms_are_read_as_udunits2_reads_them)
{
  static const char *const symbols[] = { "nS", "um", "ms",   "mV",  "pA",   "kg", "mol",
                                         "L",  "MM", "Hz",   "ohm", "inch", "K",  "minute",
                                         "pF", "cd", "mile", "J",   "g",    "uM", "rad" };
  static const char *const signs[] = { " ", ".", "*", "/", " / " };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint n = 0; n < 500; n++)
    {
      g_autoptr (GString) text = g_string_new (n % 5 == 0 ? "1/" : "");
      g_autofree char *problem = NULL;
      const ConsetUnit *unit;
      ConsetMeasure whole;
      double got, expected;

      for (int k = g_rand_int_range (rand, 1, 5); k > 0; k--)
        {
          g_string_append (text, symbols[g_rand_int_range (rand, 0, G_N_ELEMENTS (symbols))]);
          if (g_rand_boolean (rand))
            g_string_append_printf (text, "%s%d", g_rand_boolean (rand) ? "^" : "",
                                    g_rand_boolean (rand) ? 2 : -3);
          if (k > 1)
            g_string_append (text, signs[g_rand_int_range (rand, 0, G_N_ELEMENTS (signs))]);
        }
      unit = unit_of (text->str);
      ck_assert (conset_measure_read (text->str, &whole, &problem));
      ck_assert_msg (conset_measure_is_alike (&unit->measure, &whole), "%s", text->str);
      got = log10 (unit->measure.times / unit->measure.over) + unit->measure.exponent;
      expected = log10 (whole.times / whole.over) + whole.exponent;
      ck_assert_msg (fabs (got - expected) < 1e-10, "%s: %.17g and %.17g", text->str, got,
                     expected);
      ck_assert_ptr_eq (unit, unit_of (conset_unit_name (unit)));
    }
}
END_TEST

typedef struct
{
  const char *a;
  const char *b;
  int power;
  const char *product;
} Product;

/* Those in @b are to the power of @power; "" is a pure number, "=" one that is not 1. */
static const Product products[] = {
  { "nS", "mV", 1, "pA" },
  { "mV", "nA", -1, "Mohm" },
  { "nA", "mV", -1, "uS" },
  { "pF", "nS", -1, "ms" },
  { "pA", "ms", 1, "fC" },
  { "V", "A", 1, "W" },
  { "um", "ms", -1, "um/ms" },
  { "um", "um", 1, "um^2" },
  { "um", "um", -1, "" },
  { "um", "mm", 1, "um*mm" },
  { "um", "mm", -1, "=" },
  { "mm*um", "um", -1, "mm" },
  { "uS/cm^2", "cm", 2, "uS" },
  { "uS/cm^2", "mm", 2, "uS*mm^2/cm^2" },
  { "kHz", "ms", 1, "" },
  { "Hz", "m", 1, "Hz*m" },
  { "mol", "L", -1, "mol/L" },
  { "furlong per fortnight", "ms", 1, "(furlong per fortnight)*ms" },
  { "uS", "inch", -2, "uS/inch^2" },
};

START_TEST (products_have_names)
{
  const Product *p = &products[_i];
  const ConsetUnit *unit = NULL;
  g_autofree char *problem = NULL;

  ck_assert (conset_unit_multiply (unit_of (p->a), unit_of (p->b), p->power, &unit, &problem));
  if (p->product[0] == '\0')
    ck_assert (conset_unit_is_one (unit));
  else if (p->product[0] == '=')
    ck_assert (!conset_unit_is_one (unit) && conset_unit_strip (unit) == NULL);
  else
    {
      ck_assert_str_eq (conset_unit_name (unit), p->product);
      ck_assert_ptr_eq (unit, unit_of (p->product));
    }
}
END_TEST

START_TEST (roots_are_found)
{
  static const char *const roots[][2] = { { "mm^2", "mm" },    { "mm^4/s^2", "mm^2/s" },
                                          { "um*mm", "um" },   { "nS*pS", "nS" },
                                          { "mm", NULL },      { "mV/ms", NULL },
                                          { "inch^2", "inch" } };

  for (guint k = 0; k < G_N_ELEMENTS (roots); k++)
    {
      const ConsetUnit *root = NULL;

      ck_assert_int_eq (conset_unit_root (unit_of (roots[k][0]), &root), roots[k][1] != NULL);
      if (roots[k][1] != NULL)
        ck_assert_str_eq (conset_unit_name (root), roots[k][1]);
    }
}
END_TEST

/* A name in the language that is a unit's would hide the unit. */
START_TEST (symbols_are_no_names_of_the_language)
{
  static const char *const symbols[] = { "nS", "um", "mV", "kohm", "MOhm", "Hz", "mM", "uL", "T" };
  static const char *const others[] = { "N", "i", "j", "as", "inch", "nSS", "uu", "k", "", "min" };
  ConsetLangName name;

  for (gsize k = 0; conset_lang_get_name (k, &name); k++)
    {
      g_autofree char *symbol = conset_unit_symbol (name.name);

      ck_assert_msg (symbol == NULL, "%s is a unit", name.name);
    }
  for (guint k = 0; k < G_N_ELEMENTS (symbols); k++)
    {
      g_autofree char *symbol = conset_unit_symbol (symbols[k]);

      ck_assert_str_eq (symbol, symbols[k]);
      if (conset_has_units ())
        unit_of (symbol);
    }
  for (guint k = 0; k < G_N_ELEMENTS (others); k++)
    ck_assert_ptr_null (conset_unit_symbol (others[k]));
}
END_TEST

/* }}} */

/* {{{ rules */

static void
assert_unit (ConsetValue *value, const char *unit)
{
  g_autofree char *text = conset_value_to_string (value);

  ck_assert_msg (conset_value_check (value, NULL), "%s", text);
  ck_assert_msg (g_strcmp0 (conset_value_get_unit (value), unit) == 0, "%s is in %s, not in %s",
                 text, conset_value_get_unit (value), unit);
  conset_value_unref (value);
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

/* The value, in its own unit, at source 3, target 4. */
static void
assert_number (ConsetValue *value, double expected)
{
  g_autofree char *text = conset_value_to_string (value);

  ck_assert_msg (conset_value_at (value, 3, 4) == expected, "%s: %.17g, not %.17g", text,
                 conset_value_at (value, 3, 4), expected);
  conset_value_unref (value);
}

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

static void
assert_message (ConsetValue *value, const char *message)
{
  g_autoptr (GError) error = NULL;

  ck_assert (!conset_value_check (value, &error));
  ck_assert (g_error_matches (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION));
  ck_assert_str_eq (error->message, message);
  ck_assert_ptr_null (conset_value_get_unit (value));
  conset_value_unref (value);
}

START_TEST (mistakes_name_both_units)
{
  assert_message (mistakes[_i].make (), mistakes[_i].message);
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

static void
assert_text (ConsetValue *value, const char *expected)
{
  g_autofree char *text = conset_value_to_string (value);

  ck_assert_str_eq (text, expected);
  conset_value_unref (value);
}

START_TEST (text_is_that_of_the_language)
{
  ConsetValue *sum = conset_value_add (QUANTITY (0.1, "m"), QUANTITY (0.2, "m"));

  assert_text (QUANTITY (5, "nS"), "5 * nS");
  assert_text (QUANTITY (-65, "mV"), "-65 * mV");
  assert_text (QUANTITY (1, "nS"), "nS");
  assert_text (QUANTITY (-1, "nS"), "-1 * nS");
  assert_text (QUANTITY (2, "uS/cm^2"), "2 * uS / cm ** 2");
  assert_text (QUANTITY (0.10000000000000003, "uS/cm^2"), "0.10000000000000003 * (uS / cm ** 2)");
  assert_text (QUANTITY (2, "1/ms"), "2 / ms");
  assert_text (QUANTITY (1, "1/ms"), "1 / ms");
  assert_text (QUANTITY (1, "cm^2"), "cm ** 2");
  assert_text (QUANTITY (5, "inch"), "5 * unit(\"inch\")");
  assert_text (QUANTITY (5, "uS/inch^2"), "5 * unit(\"uS/inch^2\")");
  assert_text (QUANTITY (5, "nS*mV"), "5 * unit(\"nS*mV\")");
  assert_text (QUANTITY (5, "as"), "5 * unit(\"as\")");
  assert_text (IN (I, "nS"), "i * nS");
  assert_text (IN (I, "1/ms"), "i / ms");
  assert_text (IN (I, "uS/cm^2"), "i * uS / cm ** 2");
  assert_text (IN (conset_value_add (I, J), "nS"), "(i + j) * nS");
  assert_text (conset_value_negate (IN (I, "nS")), "-(i * nS)");
  assert_text (conset_value_add (IN (I, "nS"), QUANTITY (5, "pS")), "i * nS + 5 * pS");
  assert_text (conset_value_multiply (I, QUANTITY (5, "pS")), "i * (5 * pS)");
  assert_text (conset_value_multiply (QUANTITY (5, "pS"), I), "5 * pS * i");
  assert_text (conset_value_power (IN (I, "um"), NUMBER (2)), "(i * um) ** 2");
  assert_text (conset_value_power (QUANTITY (1, "um"), NUMBER (2)), "um ** 2");
  assert_text (conset_value_to_unit (IN (I, "um"), "mm"), "convert(i * um, mm)");
  assert_text (conset_value_to_unit (IN (I, "um"), "uS"),
               "<error: convert(i * um, uS): i * um is in um, which does not convert into uS; "
               "name a unit of the same kind>");
  assert_text (conset_value_to_unit (conset_value_to_unit (IN (I, "um"), "mm"), "um"), "i * um");
  assert_text (conset_value_to_unit (conset_value_add (IN (I, "um"), IN (J, "um")), "km"),
               "convert(i * um + j * um, km)");
  assert_text (conset_value_magnitude (IN (I, "um"), "um"), "i");
  assert_text (conset_value_magnitude (IN (I, "um"), "mm"), "i * um / mm");
  assert_text (
    conset_value_exp (conset_value_multiply (
      conset_value_divide (conset_value_negate (I), QUANTITY (10, "um")), QUANTITY (1, "um"))),
    "exp(-i / (10 * um) * um)");
  /* A number goes with the unit beside it. */
  assert_text (IN (conset_value_multiply (I, NUMBER (0.07)), "mm"), "i * (0.07 * mm)");
  assert_text (IN (conset_value_multiply (NUMBER (0.07), I), "mm"), "0.07 * mm * i");
  assert_text (conset_value_multiply (NUMBER (0.07), IN (I, "mm")), "0.07 * mm * i");
  assert_text (conset_value_multiply (IN (I, "mm"), NUMBER (0.07)), "i * (0.07 * mm)");
  /* There is no number of metres that is these micrometres. */
  assert_text (conset_value_to_unit (QUANTITY (0.30000000000000004, "um"), "m"),
               "3.0000000000000004e-07 * m");
  assert_text (sum, "0.3 * m");
}
END_TEST

/* }}} */

/* {{{ conversions */

typedef struct
{
  const char *name;
  int exponent;
} Decimal;

static const Decimal lengths[] = { { "pm", -12 }, { "nm", -9 }, { "um", -6 }, { "mm", -3 },
                                   { "cm", -2 },  { "m", 0 },   { "km", 3 } };

/* @digits * 10 ** @exponent m, written in a unit of the user's choice. */
static ConsetValue *
length_in (int digits, int exponent, const Decimal *unit)
{
  g_autofree char *text = g_strdup_printf ("%de%d", digits, exponent - unit->exponent);

  return QUANTITY (g_ascii_strtod (text, NULL), unit->name);
}

START_TEST (constants_are_converted_as_decimals)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (11);

  for (guint n = 0; n < 20000; n++)
    {
      const Decimal *a = &lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
      const Decimal *b = &lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
      int digits = g_rand_int_range (rand, 1, 1 << g_rand_int_range (rand, 3, 31));
      int exponent = g_rand_int_range (rand, -12, 3);
      g_autoptr (ConsetValue) in_a = length_in (digits, exponent, a);
      g_autoptr (ConsetValue) in_b = length_in (digits, exponent, b);
      g_autoptr (ConsetValue) converted = conset_value_to_unit (conset_value_ref (in_a), b->name);
      g_autoptr (ConsetValue) ratio =
        conset_value_divide (conset_value_ref (in_a), conset_value_ref (in_b));

      assert_number (conset_value_ref (converted), conset_value_at (in_b, 0, 0));
      assert_number (conset_value_ref (ratio), 1.0);
      assert_number (conset_value_subtract (conset_value_ref (in_a), conset_value_ref (in_b)), 0.0);
    }
}
END_TEST

/* {{{ one model in many units */

/* @shape draws the same for each writing of a model, @units the units of one; NULL: all in um. */
typedef struct
{
  GRand *shape;
  GRand *units;
} Writer;

static ConsetValue *
write_length (Writer *writer)
{
  int digits = g_rand_int_range (writer->shape, 1, 100000);
  int exponent = g_rand_int_range (writer->shape, -11, -3);
  int unit =
    writer->units != NULL ? g_rand_int_range (writer->units, 0, G_N_ELEMENTS (lengths)) : 2;

  return length_in (digits, exponent, &lengths[unit]);
}

/* A length by itself or times an index, with the number beside its unit in some way. */
static ConsetValue *
write_leaf (Writer *writer)
{
  ConsetValue *length = write_length (writer);
  ConsetValue *index = g_rand_boolean (writer->shape) ? I : J;
  double number = conset_value_at (length, 0, 0);
  g_autofree char *unit = g_strdup (conset_value_get_unit (length));

  switch (g_rand_int_range (writer->shape, 0, 5))
    {
    case 0:
      conset_value_unref (index);
      return length;
    case 1:
      return conset_value_multiply (index, length);
    case 2:
      return conset_value_multiply (length, index);
    case 3:
      conset_value_unref (length);
      return IN (conset_value_multiply (index, NUMBER (number)), unit);
    default:
      conset_value_unref (length);
      return conset_value_multiply (NUMBER (number), IN (index, unit));
    }
}

static ConsetValue *write_number (Writer *writer, guint depth);

static ConsetValue *
write_value (Writer *writer, guint depth)
{
  static const BinaryFunc same[] = { conset_value_add, conset_value_subtract, conset_value_min,
                                     conset_value_max };
  ConsetValue *a, *b;
  int kind;

  if (depth == 0)
    return write_leaf (writer);
  kind = g_rand_int_range (writer->shape, 0, 9);
  a = write_value (writer, depth - 1);
  switch (kind)
    {
    case 0:
      return conset_value_abs (a);
    case 1:
      return conset_value_multiply (a, write_number (writer, depth - 1));
    case 2:
      b = write_value (writer, depth - 1);
      return conset_value_sqrt (conset_value_abs (conset_value_multiply (a, b)));
    case 3:
      return conset_value_power (conset_value_power (a, NUMBER (2)), NUMBER (0.5));
    case 4:
      return conset_value_to_unit (a, lengths[g_rand_int_range (writer->shape, 0, 7)].name);
    default:
      b = write_value (writer, depth - 1);
      return same[kind - 5](a, b);
    }
}

/* A pure number, in which no unit is left. */
static ConsetValue *
write_number (Writer *writer, guint depth)
{
  ConsetValue *a = write_value (writer, depth), *b = write_value (writer, depth);
  ConsetValue *ratio = conset_value_divide (a, b);

  return g_rand_boolean (writer->shape) ? ratio : conset_value_tanh (ratio);
}

static void
assert_same_bits (const ConsetValue *a, const ConsetValue *b, guint64 source, guint64 target)
{
  double x = conset_value_at (a, source, target), y = conset_value_at (b, source, target);
  g_autofree char *text_a = NULL, *text_b = NULL;

  if ((isnan (x) && isnan (y)) || memcmp (&x, &y, sizeof x) == 0)
    return;
  text_a = conset_value_to_string (a);
  text_b = conset_value_to_string (b);
  ck_abort_msg ("%s is %.17g\n%s is %.17g", text_a, x, text_b, y);
}

/* Constants may break, by dividing by zero, in all of them. */
START_TEST (units_of_a_model_never_change_a_bit)
{
  guint64 n_models = test_number ("CONSET_TEST_TREES", 4000) / (test_sanitized () ? 20 : 1);
  guint n_wrong = 0;

  for (guint n = 0; n < n_models; n++)
    {
      g_autoptr (GRand) shape = g_rand_new_with_seed (n), again = g_rand_new_with_seed (n);
      g_autoptr (GRand) units = g_rand_new_with_seed (n + 1000000);
      Writer in_um = { shape, NULL }, in_many = { again, units };
      guint depth = n % 4;
      gboolean is_number = n % 2 == 0;
      g_autoptr (ConsetValue) a =
        is_number ? write_number (&in_um, depth) : write_value (&in_um, depth);
      g_autoptr (ConsetValue) b =
        is_number ? write_number (&in_many, depth) : write_value (&in_many, depth);

      ck_assert_int_eq (conset_value_check (a, NULL), conset_value_check (b, NULL));
      if (!conset_value_check (a, NULL))
        {
          n_wrong++;
          continue;
        }
      if (!is_number)
        {
          a = conset_value_to_unit (g_steal_pointer (&a), "um");
          b = conset_value_to_unit (g_steal_pointer (&b), "um");
        }
      for (guint k = 0; k < 5; k++)
        assert_same_bits (a, b, 1 + 17 * k, k * k);
    }
  ck_assert_uint_lt (n_wrong, n_models / 10);
}
END_TEST

/* The same for whoever draws by it. */
START_TEST (units_of_a_model_never_change_an_edge)
{
  static const char *const texts[] = {
    "random(seed=1) * exp(-abs(i - j) * 0.07 * mm / (0.9 * mm))",
    "random(seed=1) * exp(-abs(i - j) * 70 * um / (900 * um))",
    "random(seed=1) * exp(-abs(i - j) * 70 * um / (0.09 * cm))",
    "d = abs(i - j) * 70000 * nm; s = 0.0009 * m; random(seed=1) * exp(-d / s)",
    "d = 0.00007 * m * abs(i - j); s = 900 * um; random(seed=1) * exp(-(d / s))",
  };
  g_autofree char *first = NULL;

  for (guint k = 0; k < G_N_ELEMENTS (texts); k++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (Conset) set = conset_parse (texts[k], 1, &error);
      g_autoptr (PairList) pairs = NULL;
      char *digest;

      ck_assert_msg (set != NULL, "%s", error != NULL ? error->message : "");
      pairs = pair_list_of_set (set, &CONSET_WINDOW (300, 300), CONSET_TARGET_MAJOR, NULL);
      ck_assert_uint_gt (pair_list_length (pairs), 1000);
      digest = pair_list_digest (pairs);
      if (first != NULL)
        ck_assert_str_eq (digest, first);
      g_free (first);
      first = digest;
    }
}
END_TEST

/* }}} */

static double
noise_at (guint64 source, guint64 target, gpointer data G_GNUC_UNUSED)
{
  return (double) (source * 6364136223846793005u + target * 1442695040888963407u) * 1e-18;
}

/* Numbers that somebody gave come back as they were, in the unit that they were given. */
START_TEST (numbers_that_were_given_come_back)
{
  static const char *const units[] = {
    "nS", "uS", "nm", "Hz", "uS/cm^2", "inch", "minute", "5 nS"
  };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint k = 0; k < G_N_ELEMENTS (units); k++)
    {
      g_autoptr (ConsetValue) value =
        IN (conset_value_callback ("noise", noise_at, NULL, NULL, NULL), units[k]);

      for (guint64 n = 0; n < 100; n++)
        ck_assert_double_eq (conset_value_at (value, n, n + 1), noise_at (n, n + 1, NULL));
    }
  for (guint n = 0; n < 2000; n++)
    {
      const Decimal *unit = &lengths[g_rand_int_range (rand, 0, G_N_ELEMENTS (lengths))];
      g_autofree char *text =
        g_strdup_printf ("%d.%09de%d", g_rand_int_range (rand, 1, 10),
                         g_rand_int_range (rand, 0, 1000000000), g_rand_int_range (rand, -20, 20));

      assert_number (QUANTITY (g_ascii_strtod (text, NULL), unit->name),
                     g_ascii_strtod (text, NULL));
    }
}
END_TEST

static void
assert_filled (ConsetValue *value)
{
  for (guint order = 0; order < 2; order++)
    {
      ConsetValuePlan *plan = conset_value_plan_new (value, order);
      g_autofree double *values = g_new (double, 1500);

      for (guint64 line = 5; line < 8; line++)
        {
          ConsetPlaces places = { order, line, 3, NULL, 1500, NULL };

          ck_assert (conset_value_plan_fill (plan, &places, values));
          for (guint k = 0; k < 1500; k++)
            {
              double expected = conset_value_at (value, conset_places_source (&places, k),
                                                 conset_places_target (&places, k));

              ck_assert_msg (memcmp (&values[k], &expected, sizeof expected) == 0,
                             "%.17g, not %.17g", values[k], expected);
            }
        }
      conset_value_plan_free (plan);
    }
  conset_value_unref (value);
}

START_TEST (plans_give_what_pairs_give)
{
  static const char *const units[] = { "um", "mm", "nm", "inch" };

  for (guint k = 0; k < G_N_ELEMENTS (units); k++)
    {
      assert_filled (QUANTITY (0.07, units[k]));
      assert_filled (IN (I, units[k]));
      assert_filled (conset_value_multiply (J, QUANTITY (0.07, units[k])));
      assert_filled (conset_value_to_unit (IN (J, "um"), units[k]));
      assert_filled (conset_value_to_unit (IN (conset_value_add (I, J), units[k]), "mm"));
      assert_filled (conset_value_add (IN (I, "mm"), IN (J, units[k])));
      assert_filled (conset_value_magnitude (IN (I, units[k]), "mm"));
      assert_filled (conset_value_exp (conset_value_negate (conset_value_divide (
        IN (conset_value_callback ("noise", noise_at, NULL, NULL, NULL), units[k]),
        QUANTITY (30, "m")))));
    }
}
END_TEST

/* Nothing is converted where there is nothing to convert. */
START_TEST (values_in_base_units_cost_nothing)
{
  static const char *const base[] = { "um", "ms", "mV",  "pA", "nS",  "pF",
                                      "fC", "mM", "kHz", "K",  "Gohm" };

  for (guint k = 0; k < G_N_ELEMENTS (base); k++)
    {
      ck_assert_double_eq (conset_unit_scale (unit_of (base[k])).factor, 1.0);
      ck_assert_double_eq (conset_unit_to_base (unit_of (base[k]), 0.07), 0.07);
    }
  ck_assert_double_eq (conset_unit_scale (unit_of ("mm")).factor, 1000.0);
  ck_assert (!conset_unit_scale (unit_of ("mm")).divide);
  ck_assert_double_eq (conset_unit_scale (unit_of ("nm")).factor, 1000.0);
  ck_assert (conset_unit_scale (unit_of ("nm")).divide);
  ck_assert_double_eq (conset_unit_scale (unit_of ("1/inch")).factor, 25400.0);
  ck_assert (conset_unit_scale (unit_of ("1/inch")).divide);
}
END_TEST

START_TEST (decimals_are_moved)
{
  ck_assert_double_eq (conset_shift_decimal (0.07, 2), 7);
  ck_assert_double_eq (conset_shift_decimal (7, -2), 0.07);
  ck_assert_double_eq (conset_shift_decimal (-1.5e-300, 300), -1.5);
  ck_assert_double_eq (conset_shift_decimal (0, 30), 0);
  ck_assert (isinf (conset_shift_decimal (1e300, 10)));
}
END_TEST

/* }}} */

/* {{{ surroundings */

static gpointer
read_many (gpointer data)
{
  GRand *rand = g_rand_new_with_seed (GPOINTER_TO_UINT (data));
  const ConsetUnit **units = g_new (const ConsetUnit *, 40 * 40);

  for (guint n = 0; n < 40 * 40; n++)
    units[n] = NULL;
  for (guint n = 0; n < 2000; n++)
    {
      guint k = g_rand_int_range (rand, 0, 40 * 40);
      g_autofree char *text = g_strdup_printf ("um^%u/ms^%u", 1 + k / 40, 1 + k % 40);
      g_autofree char *problem = NULL;

      if (n % 10 == 0)
        ck_assert_ptr_null (conset_unit_parse ("foo", &problem));
      units[k] = unit_of (text);
      ck_assert_int_eq (units[k]->terms[0].power, (int) (1 + k / 40));
      ck_assert_int_eq (units[k]->terms[1].power, -(int) (1 + k % 40));
      assert_unit (conset_value_divide (IN (I, "um"), IN (J, "ms")), "um/ms");
    }
  g_rand_free (rand);
  return units;
}

START_TEST (threads_share_units)
{
  GThread *threads[8];
  const ConsetUnit **units[8];

  for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
    threads[k] = g_thread_new ("units", read_many, GUINT_TO_POINTER (k));
  for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
    units[k] = g_thread_join (threads[k]);
  for (guint k = 0; k < G_N_ELEMENTS (threads); k++)
    {
      for (guint n = 0; n < 40 * 40; n++)
        if (units[0][n] != NULL && units[k][n] != NULL)
          ck_assert_ptr_eq (units[0][n], units[k][n]);
      if (k > 0)
        g_free (units[k]);
    }
  g_free (units[0]);
}
END_TEST

/* What udunits2 would say to standard error is said in the error value alone. */
START_TEST (nothing_is_written_to_standard_error)
{
  g_autofree char *path = NULL, *text = NULL, *problem = NULL;
  int file = g_file_open_tmp ("conset-units-XXXXXX", &path, NULL), before = dup (STDERR_FILENO);

  ck_assert_int_ge (file, 0);
  dup2 (file, STDERR_FILENO);
  conset_unit_parse ("foo", &problem);
  g_free (g_steal_pointer (&problem));
  conset_unit_parse ("m^1000", &problem);
  dup2 (before, STDERR_FILENO);
  close (before);
  close (file);
  ck_assert (g_file_get_contents (path, &text, NULL, NULL));
  g_unlink (path);
  ck_assert_str_eq (text, "");
}
END_TEST

/* A locale whose decimal point is a comma, made for the test where the system can. */
static gboolean
set_comma_locale (const char *folder)
{
  g_autofree char *command =
    g_strdup_printf ("localedef -i de_DE -f UTF-8 '%s/de_DE.UTF-8' >/dev/null 2>&1", folder);
  const char *const arguments[] = { "sh", "-c", command, NULL };

  g_setenv ("LOCPATH", folder, TRUE);
  return g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                       NULL, NULL)
         && setlocale (LC_ALL, "de_DE.UTF-8") != NULL;
}

START_TEST (decimal_points_do_not_depend_on_the_locale)
{
  g_autofree char *folder = g_dir_make_tmp ("conset-locale-XXXXXX", NULL);
  g_autofree char *command = g_strdup_printf ("rm -rf '%s'", folder);

  if (set_comma_locale (folder))
    {
      ck_assert_str_eq (localeconv ()->decimal_point, ",");
      assert_number (conset_value_to_unit (QUANTITY (0.5, "2.5 m"), "cm"), 125);
      assert_number (conset_value_to_unit (QUANTITY (1.5, "dm"), "cm"), 15);
      assert_number (conset_value_to_unit (QUANTITY (2.5, "inch"), "cm"), 6.35);
      assert_text (QUANTITY (2.5, "inch"), "2.5 * unit(\"inch\")");
    }
  else
    g_print ("no locale with a comma could be made\n");
  setlocale (LC_ALL, "C");
  g_unsetenv ("LOCPATH");
  ck_assert (g_spawn_command_line_sync (command, NULL, NULL, NULL, NULL));
}
END_TEST

START_TEST (builds_without_units_say_so)
{
  assert_message (QUANTITY (5, "nS"),
                  "5 * nS: this build of conset has no units (udunits2); build it where udunits2 "
                  "is installed (Debian package libudunits2-dev), or give pure numbers");
  assert_message (QUANTITY (1, "nS"),
                  "nS: this build of conset has no units (udunits2); build it where udunits2 is "
                  "installed (Debian package libudunits2-dev), or give pure numbers");
  assert_message (conset_value_to_unit (I, "nS"),
                  "convert(i, nS): this build of conset has no units (udunits2); build it where "
                  "udunits2 is installed (Debian package libudunits2-dev), or give pure numbers");
  assert_message (conset_value_magnitude (I, "nS"),
                  "i / nS: this build of conset has no units (udunits2); build it where udunits2 "
                  "is installed (Debian package libudunits2-dev), or give pure numbers");
  assert_unit (conset_value_add (I, NUMBER (3)), NULL);
}
END_TEST

/* }}} */

static void
add_cases (Suite *suite)
{
  TCase *tcase = test_case_add (suite, "names");

  tcase_add_loop_test (tcase, names_are_what_was_written, 0, G_N_ELEMENTS (names));
  tcase_add_loop_test (tcase, wrong_names_are_told, 0, G_N_ELEMENTS (problems));
  tcase_add_test (tcase, terms_are_read_as_udunits2_reads_them);
  tcase_add_loop_test (tcase, products_have_names, 0, G_N_ELEMENTS (products));
  tcase_add_test (tcase, roots_are_found);
  tcase = test_case_add (suite, "rules");
  tcase_add_test (tcase, results_have_units);
  tcase_add_test (tcase, numbers_are_in_their_units);
  tcase_add_loop_test (tcase, mistakes_name_both_units, 0, G_N_ELEMENTS (mistakes));
  tcase_add_test (tcase, rules_of_sets_take_numbers);
  tcase_add_test (tcase, text_is_that_of_the_language);
  tcase = test_case_add (suite, "conversions");
  tcase_add_test (tcase, constants_are_converted_as_decimals);
  tcase_add_test (tcase, units_of_a_model_never_change_a_bit);
  tcase_add_test (tcase, units_of_a_model_never_change_an_edge);
  tcase_add_test (tcase, numbers_that_were_given_come_back);
  tcase_add_test (tcase, plans_give_what_pairs_give);
  tcase_add_test (tcase, values_in_base_units_cost_nothing);
  tcase_add_test (tcase, decimals_are_moved);
  tcase = test_case_add (suite, "surroundings");
  tcase_add_test (tcase, threads_share_units);
  tcase_add_test (tcase, nothing_is_written_to_standard_error);
  tcase_add_test (tcase, decimal_points_do_not_depend_on_the_locale);
}

static Suite *
units_suite (void)
{
  Suite *suite = suite_create ("units");
  TCase *tcase = test_case_add (suite, "in any build");

  tcase_add_test (tcase, symbols_are_no_names_of_the_language);
  if (conset_has_units ())
    add_cases (suite);
  else
    tcase_add_test (tcase, builds_without_units_say_so);
  return suite;
}

int
main (void)
{
  return test_run (units_suite ());
}

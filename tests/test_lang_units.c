/* SPDX-License-Identifier: MIT */
/*
 * Units in the text language: what is written, that what is printed reads back as the same, and
 * every error with its place.
 */
#include "support.h"

#include <string.h>

/* {{{ what is printed */

/* Each is a length in um, of which a probability is made; what is printed of it reads back as the
 * same text. */
static const TestExample lengths[] = {
  { "5 * um * i", "5 * um * i" },
  { "i * 5 * um", "i * (5 * um)" },
  { "5 * (i * um)", "5 * um * i" },
  { "i * um", "i * um" },
  { "um * i", "i * um" },
  { "+i * um", "i * um" },
  { "-i * um", "-i * um" },
  { "-(i * um)", "-(i * um)" },
  { "i * \xc2\xb5m", "i * um" },
  { "i * um + 5 * mm", "(i * um + 5 * mm)" },
  { "i * um + 5 * mm * 2", "(i * um + 10 * mm)" },
  { "min(i * um, 1e3 * nm)", "min(i * um, 1000 * nm)" },
  { "i * um / ms * s", "i * mm" },
  { "i * (um / ms) * (ms * 3)", "i * um / ms * (3 * ms)" },
  { "sqrt((i * um) ** 2 + (j * mm) ** 2)", "sqrt((i * um) ** 2 + (j * mm) ** 2)" },
  { "(i * um) ** 1.5 * 0 * um ** -0.5 + j * m", NULL },
  { "convert(i * um, mm)", "convert(i * um, mm)" },
  { "convert(v=i * um, unit=unit('inch'))", "convert(i * um, unit(\"inch\"))" },
  { "convert(convert(i * um, mm), km)", "convert(i * um, km)" },
  { "convert(i * um, um) * 2", "i * (2 * um)" },
  { "i * unit(\"inch\")", "i * unit(\"inch\")" },
  { "i * unit('furlong per fortnight') * s", "i * unit(\"(furlong per fortnight)*s\")" },
  { "i / (5 / um)", "i / (5 / um)" },
  { "i * (3 * uS / cm ** 2) / (uS / cm ** 2) * um", "i * (3 * uS / cm ** 2) * cm ** 2 * um / uS" },
  { "i * 0.1234567890123456 * mm", "i * (0.1234567890123456 * mm)" },
  { "i * unit('percent') * um", "i * (0.01 * um)" },
};

/* The text of @length over a length, as a probability; or the message of the error. */
static char *
evaluate_length (const char *length)
{
  g_autofree char *text = g_strdup_printf ("random (seed=1) * ((%s) / (3 * km))", length);

  return test_evaluate (text);
}

START_TEST (test_lengths)
{
  const TestExample *example = &lengths[_i];
  g_autofree char *result = evaluate_length (example->text), *again = NULL, *expected = NULL;

  if (!conset_has_units ())
    return;
  if (example->printed == NULL)
    {
      ck_assert_msg (!g_str_has_prefix (result, "random"), "%s", result);
      return;
    }
  expected = g_strdup_printf ("random(seed=1) * (%s / (3 * km))", example->printed);
  again = test_evaluate (expected);
  ck_assert_str_eq (result, expected);
  ck_assert_str_eq (again, expected);
}
END_TEST

/* Pure numbers made of quantities */
static const TestExample numbers[] = {
  { "um / mm", "0.001" },
  { "mm / um", "1000" },
  { "0.07 * m / (7 * cm)", "1" },
  { "nS * mV / pA", "1" },
  { "5 * mM / (mol / L)", "0.005" },
  { "2 * uS / cm**2 / (mS / m**2)", "20" },
  { "-65 * mV / (-0.065 * V)", "1" },
  { "1.5*ms * (4 * Hz)", "0.006" },
  { "kohm * mA / V + 1", "2" },
  { "(3 * um) ** 2 / um ** 2", "9" },
  { "sqrt(9 * mm ** 2) / mm", "3" },
  { "(9 * mm ** 2) ** 0.5 / um", "3000" },
  { "max(3 * um, 1 * mm) / um", "1000" },
  { "floor(5.5 * um / um)", "5" },
  { "convert(5 * um, mm) / mm", "0.005" },
  { "unit('inch') / mm", "25.4" },
  { "unit('percent')", "0.01" },
  { "abs(-3 * um) / (2 * um)", "1.5" },
  { "exp(um / um - 1)", "1" },
  { "2 ** (3 * um / um)", "8" },
};

START_TEST (test_numbers)
{
  const TestExample *example = &numbers[_i];
  g_autofree char *text = g_strdup_printf ("random (seed=1) * (i * (%s))", example->text);
  g_autofree char *expected = g_strdup_printf ("random(seed=1) * (i * %s)", example->printed);
  g_autofree char *result = test_evaluate (text);

  if (conset_has_units ())
    ck_assert_str_eq (result, expected);
}
END_TEST

/* Names that a variable or a function has win. */
static const TestExample hidden[] = {
  { "um = 3; cross (range (um), N)", "cross(range(3), N)" },
  { "m = 2 * m; random (seed=1) * (i * m / (3 * km))",
    "random(seed=1) * (i * (2 * m) / (3 * km))" },
  { "g = cross (range (3), N); g", "cross(range(3), N)" },
  { "cross (range (3), N)", "cross(range(3), N)" },
  { "i = 3 * um; random (seed=1) * (j * i / km)", "random(seed=1) * (j * (3 * um) / km)" },
};

START_TEST (test_hidden)
{
  g_autofree char *result = test_evaluate (hidden[_i].text);

  if (conset_has_units () || strstr (hidden[_i].text, "km") == NULL)
    ck_assert_str_eq (result, hidden[_i].printed);
}
END_TEST

/* }}} */

/* {{{ values survive being printed */

/* Constants with as many digits as there are, in all sorts of units, next to what they are. */
START_TEST (test_round_trip)
{
  static const char *const units[] = { "um",          "mm", "nm",           "km",  "unit('inch')",
                                       "um / ms * s", "pm", "unit('5 um')", "dam", "um ** 2 / mm" };
  g_autoptr (GRand) rand = g_rand_new_with_seed (5);
  guint n_converted = 0;

  for (guint n = 0; conset_has_units () && n < 3000; n++)
    {
      const char *a = units[g_rand_int_range (rand, 0, G_N_ELEMENTS (units))];
      const char *b = units[g_rand_int_range (rand, 0, G_N_ELEMENTS (units))];
      char x[G_ASCII_DTOSTR_BUF_SIZE], y[G_ASCII_DTOSTR_BUF_SIZE];
      g_autofree char *text = NULL, *printed = NULL, *again = NULL;

      g_ascii_formatd (x, sizeof x, "%.17g", g_rand_double_range (rand, 0.0, 10.0));
      g_ascii_formatd (y, sizeof y, "%.3g", g_rand_double_range (rand, -10.0, 10.0));
      text =
        g_strdup_printf ("random (seed=1) * (i * convert (%s * %s + %s * %s, (%s)) / (1e6 * m))", x,
                         a, y, b, n % 2 == 0 ? a : b);
      printed = test_evaluate (text);
      ck_assert_msg (g_str_has_prefix (printed, "random(seed=1) * ("), "%s: %s", text, printed);
      again = test_evaluate (printed);
      ck_assert_msg (strcmp (printed, again) == 0, "%s\n%s\n%s", text, printed, again);
      n_converted += strstr (printed, "convert") != NULL;
    }
  ck_assert_uint_lt (n_converted, 1500);
}
END_TEST

/* }}} */

/* {{{ errors */

static const TestExample mistakes[] = {
  { "5 * nSS", "line 1, column 5: the name 'nSS' is unknown\n"
               "  5 * nSS\n"
               "      ^" },
  { "5 * nS + 3 * mV",
    "line 1, column 8: 5 * nS + 3 * mV: 5 * nS is in nS, but 3 * mV is in mV, and neither "
    "converts into the other; give both the same kind of unit\n"
    "  5 * nS + 3 * mV\n"
    "         ^" },
  { "exp (i * um)",
    "line 1, column 1: exp(i * um): i * um is in um, but a pure number is needed; divide it by a "
    "quantity of the same kind, such as um\n"
    "  exp (i * um)\n"
    "  ^" },
  { "random * (5 * nS)",
    "line 1, column 8: random * (5 * nS): the value is a probability; 5 * nS is in nS, but a pure "
    "number is needed; divide it by a quantity of the same kind, such as nS\n"
    "  random * (5 * nS)\n"
    "         ^" },
  { "random (5 * nS)",
    "line 1, column 11: random(5 * nS): a pure number is needed, not the quantity 5 * nS\n"
    "  random (5 * nS)\n"
    "            ^" },
  { "range (5 * nS)",
    "line 1, column 10: range(5 * nS): an integer is needed, not the quantity 5 * nS\n"
    "  range (5 * nS)\n"
    "           ^" },
  { "5 * nS", "line 1, column 1: a set is needed, not the quantity 5 * nS\n"
              "  5 * nS\n"
              "  ^" },
  { "full * nS", "line 1, column 6: full * nS: a value set and a set of connections do not mix; "
                 "random * (value set) draws a set\n"
                 "  full * nS\n"
                 "       ^" },
  { "um (3)", "line 1, column 1: the quantity um cannot be called\n"
              "  um (3)\n"
              "  ^" },
  { "unit (3)", "line 1, column 7: unit(3): a string in quotes is needed, not the integer 3\n"
                "  unit (3)\n"
                "        ^" },
  { "unit (\"degC\")",
    "line 1, column 1: unit(\"degC\"): 'degC' counts from a zero of its own, so that sums and "
    "products of it mean nothing; use a unit that counts from nothing, such as K\n"
    "  unit (\"degC\")\n"
    "  ^" },
  { "convert (i * um, 3 * um)", "line 1, column 1: convert(i * um, 3 * um): 3 * um is no unit; "
                                "give one such as nS, um / ms or unit(\"inch\")\n"
                                "  convert (i * um, 3 * um)\n"
                                "  ^" },
  { "convert (i * um, 1)", "line 1, column 1: convert(i * um, 1): 1 is no unit; "
                           "give one such as nS, um / ms or unit(\"inch\")\n"
                           "  convert (i * um, 1)\n"
                           "  ^" },
  { "convert (i * um, nS)",
    "line 1, column 1: convert(i * um, nS): i * um is in um, which does not convert into nS; "
    "name a unit of the same kind\n"
    "  convert (i * um, nS)\n"
    "  ^" },
  { "N * um", "line 1, column 3: N * um: a number or a value set, such as i - j, is needed, "
              "not the index set N\n"
              "  N * um\n"
              "    ^" },
};

START_TEST (test_mistake)
{
  g_autofree char *message = test_evaluate (mistakes[_i].text);

  if (conset_has_units ())
    ck_assert_str_eq (message, mistakes[_i].printed);
}
END_TEST

START_TEST (test_without_units)
{
  g_autofree char *message = test_evaluate ("random * (5 * nS)");
  g_autofree char *named = test_evaluate ("unit ('inch')");

  if (conset_has_units ())
    return;
  ck_assert_str_eq (message, "line 1, column 15: nS: this build of conset has no units (udunits2); "
                             "build it where udunits2 is installed (Debian package "
                             "libudunits2-dev), or give pure numbers\n"
                             "  random * (5 * nS)\n"
                             "                ^");
  ck_assert_str_eq (named, "line 1, column 1: unit(\"inch\"): this build of conset has no units "
                           "(udunits2); build it where udunits2 is installed (Debian package "
                           "libudunits2-dev), or give pure numbers\n"
                           "  unit ('inch')\n"
                           "  ^");
}
END_TEST

/* }}} */

static Suite *
lang_units_suite (void)
{
  Suite *suite = suite_create ("lang units");
  TCase *good = test_case_add (suite, "quantities");
  TCase *bad = test_case_add (suite, "errors");

  tcase_add_loop_test (good, test_lengths, 0, G_N_ELEMENTS (lengths));
  tcase_add_loop_test (good, test_numbers, 0, G_N_ELEMENTS (numbers));
  tcase_add_loop_test (good, test_hidden, 0, G_N_ELEMENTS (hidden));
  tcase_add_test (good, test_round_trip);
  tcase_add_loop_test (bad, test_mistake, 0, G_N_ELEMENTS (mistakes));
  tcase_add_test (bad, test_without_units);
  return suite;
}

int
main (void)
{
  return test_run (lang_units_suite ());
}

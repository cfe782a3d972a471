/* SPDX-License-Identifier: MIT */
/*
 * Units: their names and arithmetic, threads, locales and what is written to standard error. In a
 * build without units, that this is said.
 */
#include "quantities.h"

#include "unit.h"

#include <glib/gstdio.h>
#include <locale.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

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
      test_assert_value_text (QUANTITY (2.5, "inch"), "2.5 * unit(\"inch\")");
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

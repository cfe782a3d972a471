/* SPDX-License-Identifier: MIT */
/*
 * Measures of units, read with udunits2: the only file that knows that library.
 *
 * udunits2 keeps its state in globals, reads and writes numbers by the locale, and reports to
 * standard error. So a call stands between begin() and end(), which turn to the C locale and to
 * silence and back; callers see to it that there is one at a time. The database is loaded by the
 * first of them, and kept.
 *
 * udunits2 multiplies powers of ten as doubles, so that mol/L is 999.99999999999977 mol/m3. A
 * factor is taken to be the decimal of twelve digits from which it differs no more than that.
 */
#include "measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct
{
  const char *symbol;
  const char *si_symbol;
  int si_exponent;
} BaseUnit;

/* A base unit is 10 ** si_exponent of the unit of the SI. */
static const BaseUnit base_units[CONSET_N_BASE_UNITS] = {
  { "um", "m", -6 }, { "ng", "kg", -12 },    { "ms", "s", -3 }, { "pA", "A", -12 },
  { "K", "K", 0 },   { "amol", "mol", -18 }, { "cd", "cd", 0 },
};

const char *
conset_base_unit_symbol (guint k)
{
  return base_units[k].symbol;
}

/* {{{ arithmetic */

/* Cuts @factor into a number in [1, 10), which is returned, and a power of ten. */
static double
cut_factor (double factor, int *exponent)
{
  const double tolerance = 5e-13;
  char text[G_ASCII_DTOSTR_BUF_SIZE];
  double rounded;
  char *e;

  g_ascii_formatd (text, sizeof text, "%.11e", factor);
  rounded = g_ascii_strtod (text, NULL);
  if (fabs (factor - rounded) > tolerance * rounded)
    g_ascii_formatd (text, sizeof text, "%.16e", factor);
  e = strchr (text, 'e');
  *exponent = atoi (e + 1);
  *e = '\0';
  return g_ascii_strtod (text, NULL);
}

static void
measure_multiply_once (ConsetMeasure *measure, double times, double over)
{
  int exponent_times, exponent_over;

  measure->times = cut_factor (measure->times * times, &exponent_times);
  measure->over = cut_factor (measure->over * over, &exponent_over);
  measure->exponent += exponent_times - exponent_over;
  if (measure->times == measure->over)
    measure->times = measure->over = 1.0;
}

void
conset_measure_multiply (ConsetMeasure *measure, const ConsetMeasure *other, int power)
{
  for (guint k = 0; k < CONSET_N_BASE_UNITS; k++)
    measure->powers[k] += power * other->powers[k];
  measure->exponent += power * other->exponent;
  for (int k = 0; !conset_measure_is_decimal (other) && k < ABS (power); k++)
    measure_multiply_once (measure, power > 0 ? other->times : other->over,
                           power > 0 ? other->over : other->times);
}

gboolean
conset_measure_is_decimal (const ConsetMeasure *measure)
{
  return measure->times == 1.0 && measure->over == 1.0;
}

gboolean
conset_measure_is_alike (const ConsetMeasure *a, const ConsetMeasure *b)
{
  return memcmp (a->powers, b->powers, sizeof a->powers) == 0;
}

/* }}} */

#ifdef CONSET_HAVE_UDUNITS2

#include <locale.h>
#include <udunits2.h>

gboolean
conset_measure_is_known (void)
{
  return TRUE;
}

/* {{{ the library */

typedef struct
{
  locale_t locale;
  ut_error_message_handler handler;
} Outside;

static Outside
begin (void)
{
  static locale_t c_locale;
  Outside outside;

  if (c_locale == (locale_t) 0)
    c_locale = newlocale (LC_ALL_MASK, "C", (locale_t) 0);
  outside.locale = uselocale (c_locale);
  outside.handler = ut_set_error_message_handler (ut_ignore);
  return outside;
}

static void
end (Outside outside)
{
  ut_set_error_message_handler (outside.handler);
  uselocale (outside.locale);
}

/* udunits2 has no symbol for what chemists write with M. */
static void
add_molar (ut_system *database)
{
  ut_unit *molar = ut_parse (database, "mol/L", UT_UTF8);

  if (molar != NULL)
    ut_map_symbol_to_unit ("M", UT_ASCII, molar);
  ut_free (molar);
}

/* NULL, at every call, where there is no database. */
static ut_system *
load_database (void)
{
  static gboolean is_loaded;
  static ut_system *database;

  if (is_loaded)
    return database;
  is_loaded = TRUE;
  database = ut_read_xml (NULL);
  if (database != NULL)
    add_molar (database);
  return database;
}

static char *
problem_with_database (void)
{
  ut_status status;
  const char *path = ut_get_path_xml (NULL, &status);

  return g_strdup_printf ("the units of udunits2 could not be read from %s; install its database "
                          "(Debian package libudunits2-data), or name it in the environment "
                          "variable UDUNITS2_XML_PATH",
                          path);
}

/* }}} */

/* {{{ visiting a unit */

typedef struct
{
  const char *text;
  gboolean is_unit;
  ConsetMeasure measure;
  double factor;
  char *problem;
} Reading;

static ut_status
add_basic (Reading *reading, const ut_unit *unit, int power)
{
  const char *symbol = ut_get_symbol (unit, UT_ASCII);

  for (guint k = 0; symbol != NULL && k < CONSET_N_BASE_UNITS; k++)
    if (strcmp (symbol, base_units[k].si_symbol) == 0)
      {
        reading->measure.powers[k] += power;
        reading->measure.exponent -= power * base_units[k].si_exponent;
        return UT_SUCCESS;
      }
  /* A plane angle is a number: of radians. */
  if (ut_is_dimensionless (unit))
    return UT_SUCCESS;
  reading->problem = g_strdup_printf ("'%s' is made of units that are none of the SI; "
                                      "write one such as nS, um, ms or uS/cm^2",
                                      reading->text);
  return UT_VISIT_ERROR;
}

static ut_status
visit_basic (const ut_unit *unit, gpointer data)
{
  return add_basic (data, unit, 1);
}

static ut_status
visit_product (const ut_unit *unit G_GNUC_UNUSED,
               int n,
               const ut_unit *const *parts,
               const int *powers,
               gpointer data)
{
  ut_status status = UT_SUCCESS;

  for (int k = 0; k < n && status == UT_SUCCESS; k++)
    status = add_basic (data, parts[k], powers[k]);
  return status;
}

static const ut_visitor visitor;

static ut_status
visit_galilean (const ut_unit *unit G_GNUC_UNUSED,
                double scale,
                const ut_unit *underlying,
                double offset,
                gpointer data)
{
  Reading *reading = data;

  reading->factor *= scale;
  if (offset == 0.0)
    return ut_accept_visitor (underlying, &visitor, data);
  reading->problem =
    g_strdup_printf ("'%s' counts from a zero of its own, so that sums and products of it mean "
                     "nothing; use a unit that counts from nothing, such as K",
                     reading->text);
  return UT_VISIT_ERROR;
}

static ut_status
visit_timestamp (const ut_unit *unit G_GNUC_UNUSED,
                 const ut_unit *time G_GNUC_UNUSED,
                 double origin G_GNUC_UNUSED,
                 gpointer data)
{
  Reading *reading = data;

  reading->problem =
    g_strdup_printf ("'%s' counts from a point in time, so that sums and products of it mean "
                     "nothing; use a unit that counts from nothing, such as s",
                     reading->text);
  return UT_VISIT_ERROR;
}

static ut_status
visit_logarithmic (const ut_unit *unit G_GNUC_UNUSED,
                   double base G_GNUC_UNUSED,
                   const ut_unit *reference G_GNUC_UNUSED,
                   gpointer data)
{
  Reading *reading = data;

  reading->problem = g_strdup_printf ("'%s' is logarithmic, so that a sum of it is a product; "
                                      "use the unit that it is the logarithm of, such as mW",
                                      reading->text);
  return UT_VISIT_ERROR;
}

static const ut_visitor visitor = {
  visit_basic, visit_product, visit_galilean, visit_timestamp, visit_logarithmic,
};

/* }}} */

static void
read_text (Reading *reading)
{
  ut_system *database = load_database ();
  ut_unit *unit;

  if (database == NULL)
    {
      reading->problem = problem_with_database ();
      return;
    }
  unit = ut_parse (database, reading->text, UT_UTF8);
  reading->is_unit = unit != NULL;
  if (reading->is_unit)
    ut_accept_visitor (unit, &visitor, reading);
  ut_free (unit);
}

gboolean
conset_measure_read (const char *text, ConsetMeasure *measure, char **problem)
{
  Reading reading = { .text = text, .measure = CONSET_MEASURE_ONE, .factor = 1.0 };
  Outside outside = begin ();

  read_text (&reading);
  end (outside);
  if (reading.is_unit && reading.problem == NULL
      && (!isnormal (reading.factor) || reading.factor < 0.0))
    reading.problem = g_strdup_printf ("'%s' is not a positive number of units; "
                                       "write a unit such as nS, um, ms or uS/cm^2",
                                       text);
  *problem = reading.problem;
  if (!reading.is_unit || reading.problem != NULL)
    return FALSE;
  measure_multiply_once (&reading.measure, reading.factor, 1.0);
  *measure = reading.measure;
  return TRUE;
}

#else

gboolean
conset_measure_is_known (void)
{
  return FALSE;
}

gboolean
conset_measure_read (const char *text G_GNUC_UNUSED,
                     ConsetMeasure *measure G_GNUC_UNUSED,
                     char **problem)
{
  *problem = g_strdup ("this build of conset has no units (udunits2); build it where udunits2 is "
                       "installed (Debian package libudunits2-dev), or give pure numbers");
  return FALSE;
}

#endif

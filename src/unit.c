/* SPDX-License-Identifier: MIT */
/*
 * Units: names, terms, and the table of all units there are.
 *
 * A name is cut into terms, and each symbol is read by itself; a name that is cut into anything
 * that cannot be read, such as "5 nS" or "furlong per fortnight", is one symbol as a whole.
 */
#include "unit.h"

#include "text.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#define LONGEST_NAME 100
#define GREATEST_POWER 99
#define GREATEST_EXPONENT 290

/* name -> ConsetUnit, symbol -> ConsetMeasure; nothing is ever taken out. The lock is one that
 * thread sanitizers see, as they do not see those of GLib. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static GHashTable *units;
static GHashTable *symbols;

/* {{{ symbols */

typedef struct
{
  const char *text;
  int exponent;
} Prefix;

static const Prefix prefixes[] = {
  { "", 0 },   { "y", -24 }, { "z", -21 }, { "a", -18 }, { "f", -15 }, { "p", -12 }, { "n", -9 },
  { "u", -6 }, { "m", -3 },  { "c", -2 },  { "d", -1 },  { "da", 1 },  { "h", 2 },   { "k", 3 },
  { "M", 6 },  { "G", 9 },   { "T", 12 },  { "P", 15 },  { "E", 18 },  { "Z", 21 },  { "Y", 24 },
};

/* Of these, by themselves or behind a prefix, the text language makes names. N is a set there. */
static const char *const names[] = {
  "m", "s", "A", "V", "S", "ohm", "Ohm", "F", "C", "J", "W", "T", "K", "M", "L", "g", "mol", "Hz",
};

/* What products of several units become where they are of its kind, such as nS*mV. */
static const char *const simple_names[] = { "m", "s", "A", "V", "S", "ohm", "F", "C", "J", "W" };

static gboolean
symbol_is_name (const char *symbol)
{
  /* A word of Python. */
  if (strcmp (symbol, "as") == 0)
    return FALSE;
  for (guint k = 0; k < G_N_ELEMENTS (prefixes); k++)
    if (g_str_has_prefix (symbol, prefixes[k].text))
      for (guint n = 0; n < G_N_ELEMENTS (names); n++)
        if (strcmp (symbol + strlen (prefixes[k].text), names[n]) == 0)
          return TRUE;
  return FALSE;
}

/* Both signs of a micro become u, both signs of an Ohm become ohm. */
static char *
usual_letters (const char *symbol)
{
  static const char *const others[][2] = {
    { "\xc2\xb5", "u" }, { "\xce\xbc", "u" }, { "\xce\xa9", "ohm" }, { "\xe2\x84\xa6", "ohm" }
  };
  GString *text = g_string_new (symbol);

  for (guint k = 0; k < G_N_ELEMENTS (others); k++)
    g_string_replace (text, others[k][0], others[k][1], 1);
  return g_string_free (text, FALSE);
}

char *
conset_unit_symbol (const char *name)
{
  char *symbol = usual_letters (name);

  if (symbol_is_name (symbol))
    return symbol;
  g_free (symbol);
  return NULL;
}

/* NULL, with a @problem or without, as conset_measure_read(). */
static const ConsetMeasure *
symbol_measure (const char *symbol, char **problem)
{
  ConsetMeasure *measure = symbols != NULL ? g_hash_table_lookup (symbols, symbol) : NULL;
  ConsetMeasure read;

  if (measure != NULL)
    return measure;
  if (!conset_measure_read (symbol, &read, problem))
    return NULL;
  if (symbols == NULL)
    symbols = g_hash_table_new (g_str_hash, g_str_equal);
  measure = g_memdup2 (&read, sizeof read);
  g_hash_table_insert (symbols, g_strdup (symbol), measure);
  return measure;
}

/* }}} */

/* {{{ terms */

static GArray *
terms_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (ConsetUnitTerm));
}

static ConsetUnitTerm *
terms_get (const GArray *terms, guint k)
{
  return &g_array_index (terms, ConsetUnitTerm, k);
}

/* Multiplies by @symbol, of which the pointer is kept, to the power of @power. */
static void
terms_multiply (GArray *terms, const char *symbol, int power)
{
  const ConsetUnitTerm term = { symbol, power };

  for (guint k = 0; k < terms->len; k++)
    if (strcmp (terms_get (terms, k)->symbol, symbol) == 0)
      {
        terms_get (terms, k)->power += power;
        if (terms_get (terms, k)->power == 0)
          g_array_remove_index (terms, k);
        return;
      }
  if (power != 0)
    g_array_append_val (terms, term);
}

/* Puts positive powers first, as they are. */
static void
terms_sort (GArray *terms)
{
  for (guint k = 0, n_positive = 0; k < terms->len; k++)
    {
      ConsetUnitTerm term = *terms_get (terms, k);

      if (term.power < 0)
        continue;
      g_array_remove_index (terms, k);
      g_array_insert_val (terms, n_positive, term);
      n_positive++;
    }
}

/* The letters of a symbol at @text, 0 if there are none. */
static gsize
symbol_length (const char *text)
{
  const char *end = text;

  while (g_unichar_isalpha (g_utf8_get_char (end)) || (end > text && *end == '_'))
    end = g_utf8_next_char (end);
  return (gsize) (end - text);
}

static char *
terms_name (const GArray *terms)
{
  GString *name = g_string_new (NULL);

  for (guint k = 0; k < terms->len; k++)
    {
      const ConsetUnitTerm *term = terms_get (terms, k);
      gboolean is_plain = symbol_length (term->symbol) == strlen (term->symbol);

      if (term->power < 0)
        g_string_append (name, k == 0 ? "1/" : "/");
      else if (k > 0)
        g_string_append_c (name, '*');
      if (is_plain || (terms->len == 1 && term->power == 1))
        g_string_append (name, term->symbol);
      else
        g_string_append_printf (name, "(%s)", term->symbol);
      if (ABS (term->power) != 1)
        g_string_append_printf (name, "^%d", ABS (term->power));
    }
  return g_string_free (name, FALSE);
}

/* }}} */

/* {{{ the table */

/* The measure of the first @n terms. */
static gboolean
terms_measure (const GArray *terms, guint n, ConsetMeasure *measure, char **problem)
{
  *measure = (ConsetMeasure) CONSET_MEASURE_ONE;
  for (guint k = 0; k < n; k++)
    {
      const ConsetMeasure *part = symbol_measure (terms_get (terms, k)->symbol, problem);

      if (part == NULL)
        return FALSE;
      conset_measure_multiply (measure, part, terms_get (terms, k)->power);
    }
  return TRUE;
}

/* The symbol of what the product of several terms is by another name; NULL if there is none. */
static char *
measure_simple_name (const ConsetMeasure *measure)
{
  if (!conset_measure_is_decimal (measure))
    return NULL;
  for (guint n = 0; n < G_N_ELEMENTS (simple_names); n++)
    {
      char *problem = NULL;
      const ConsetMeasure *simple = symbol_measure (simple_names[n], &problem);
      int exponent;

      g_free (problem);
      if (simple == NULL || !conset_measure_is_alike (simple, measure))
        continue;
      exponent = measure->exponent - simple->exponent;
      for (guint k = 0; exponent % 3 == 0 && k < G_N_ELEMENTS (prefixes); k++)
        if (prefixes[k].exponent == exponent)
          return g_strconcat (prefixes[k].text, simple_names[n], NULL);
    }
  return NULL;
}

/* Whether the language, which multiplies term by term, ends where it should. */
static gboolean
terms_are_written (const GArray *terms)
{
  for (guint k = 0; k < terms->len; k++)
    {
      g_autofree char *simple = NULL, *problem = NULL;
      ConsetMeasure measure;

      if (!symbol_is_name (terms_get (terms, k)->symbol)
          || !terms_measure (terms, k + 1, &measure, &problem))
        return FALSE;
      simple = k > 0 ? measure_simple_name (&measure) : NULL;
      if (simple != NULL)
        return FALSE;
    }
  return TRUE;
}

static ConsetUnit *
unit_new (char *name, const GArray *terms, const ConsetMeasure *measure)
{
  ConsetUnit *unit = g_new (ConsetUnit, 1);

  *unit = (ConsetUnit){ name, terms->len, g_new (ConsetUnitTerm, terms->len),
                        terms_are_written (terms), *measure };
  for (guint k = 0; k < terms->len; k++)
    unit->terms[k] =
      (ConsetUnitTerm){ g_strdup (terms_get (terms, k)->symbol), terms_get (terms, k)->power };
  return unit;
}

static char *
terms_problem (const GArray *terms, const char *name, const ConsetMeasure *measure)
{
  for (guint k = 0; k < terms->len; k++)
    if (ABS (terms_get (terms, k)->power) > GREATEST_POWER)
      return g_strdup_printf ("the power of %s is too great; powers of units go up to %d",
                              terms_get (terms, k)->symbol, GREATEST_POWER);
  if (strlen (name) > LONGEST_NAME)
    return g_strdup_printf ("the name of the unit would have more than %d letters; "
                            "convert to a simpler one before",
                            LONGEST_NAME);
  if (ABS (measure->exponent) > GREATEST_EXPONENT)
    return g_strdup_printf ("the unit %s is too large or too small; use another prefix", name);
  return NULL;
}

/* The unit that @terms are, with one symbol at least. */
static const ConsetUnit *
unit_of_terms (GArray *terms, char **problem)
{
  g_autofree char *name = NULL;
  const ConsetUnit *known;
  ConsetMeasure measure;
  ConsetUnit *unit;

  terms_sort (terms);
  name = terms_name (terms);
  known = units != NULL ? g_hash_table_lookup (units, name) : NULL;
  if (known != NULL)
    return known;
  if (!terms_measure (terms, terms->len, &measure, problem))
    return NULL;
  *problem = terms_problem (terms, name, &measure);
  if (*problem != NULL)
    return NULL;
  if (units == NULL)
    units = g_hash_table_new (g_str_hash, g_str_equal);
  unit = unit_new (g_steal_pointer (&name), terms, &measure);
  g_hash_table_insert (units, unit->name, unit);
  return unit;
}

/* }}} */

/* {{{ reading a name */

/* How far the parentheses that open at @text reach, 0 if they never close. */
static gsize
parentheses_length (const char *text)
{
  guint n_open = 0;

  for (gsize k = 0; text[k] != '\0'; k++)
    {
      if (text[k] == '(')
        n_open++;
      else if (text[k] == ')' && --n_open == 0)
        return k + 1;
    }
  return 0;
}

/* A symbol at *@at, which is anything in parentheses; NULL if there is none. (transfer full) */
static char *
read_symbol (const char **at)
{
  gboolean is_plain = **at != '(';
  gsize length = is_plain ? symbol_length (*at) : parentheses_length (*at);
  const char *text = *at;
  char *letters, *symbol;

  if (length == 0)
    return NULL;
  *at += length;
  if (!is_plain)
    return g_strstrip (g_strndup (text + 1, length - 2));
  letters = g_strndup (text, length);
  symbol = conset_unit_symbol (letters);
  if (symbol == NULL)
    return letters;
  g_free (letters);
  return symbol;
}

/* "^2", "**2", "2", "-1" or nothing at *@at; 0 if it is too great. */
static int
read_power (const char **at)
{
  const char *digits = *at + (g_str_has_prefix (*at, "**") ? 2 : **at == '^' ? 1 : 0);
  const char *first = digits + (*digits == '-' || *digits == '+');
  gsize length = strspn (first, "0123456789");
  int power;

  if (length == 0)
    return digits == *at ? 1 : 0;
  power = length <= 4 ? atoi (digits) : 0;
  *at = first + length;
  return power;
}

/* What stands between two terms: 1 for a product, -1 for a quotient, 0 for none. */
static int
read_sign (const char **at)
{
  const char *p = *at + strspn (*at, " ");
  int sign = *p == '/' ? -1 : *p == '.' || *p == '*' || p > *at ? 1 : 0;

  if (strchr ("/.*", *p) != NULL && *p != '\0')
    p++;
  *at = p + strspn (p, " ");
  return sign;
}

/* The terms of @text, whose symbols are put into @kept; NULL if it is none of the plain form. */
static GArray *
read_terms (const char *text, GPtrArray *kept)
{
  g_autoptr (GArray) terms = terms_new ();
  const char *at = text;
  int sign = 1;

  if (g_str_has_prefix (at, "1/") || g_str_has_prefix (at, "1 /"))
    {
      at++;
      sign = read_sign (&at);
    }
  do
    {
      char *symbol = read_symbol (&at);
      int power = read_power (&at);

      if (symbol != NULL)
        g_ptr_array_add (kept, symbol);
      if (symbol == NULL || power == 0)
        return NULL;
      terms_multiply (terms, symbol, sign * power);
      sign = *at != '\0' ? read_sign (&at) : 0;
    }
  while (sign != 0);
  return *at == '\0' && terms->len > 0 ? g_steal_pointer (&terms) : NULL;
}

static char *
text_problem (const char *text)
{
  if (*text == '\0')
    return g_strdup ("the name of the unit is empty; write one such as nS, um, ms or uS/cm^2");
  if (strlen (text) > LONGEST_NAME)
    return g_strdup_printf ("the name of the unit has more than %d letters; write a shorter one",
                            LONGEST_NAME);
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_iscntrl (*p) || strchr ("\"'\\", *p) != NULL)
      return g_strdup ("the name of the unit has a quote, a backslash or a control character; "
                       "write one such as nS, um, ms or uS/cm^2");
  return g_utf8_validate (text, -1, NULL)
           ? NULL
           : g_strdup ("the name of the unit is not UTF-8; write one such as nS or um");
}

/* @text as one symbol. */
static const ConsetUnit *
unit_of_symbol (const char *text, char **problem)
{
  g_autoptr (GArray) terms = terms_new ();

  terms_multiply (terms, text, 1);
  return unit_of_terms (terms, problem);
}

static const ConsetUnit *
unit_of_text (const char *text, char **problem)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  const ConsetUnit *known = units != NULL ? g_hash_table_lookup (units, text) : NULL;
  g_autoptr (GArray) terms = known == NULL ? read_terms (text, kept) : NULL;
  g_autofree char *unread = NULL;
  ConsetMeasure measure;

  if (known != NULL)
    return known;
  if (terms != NULL && terms_measure (terms, terms->len, &measure, &unread))
    return unit_of_terms (terms, problem);
  *problem = g_steal_pointer (&unread);
  return *problem == NULL ? unit_of_symbol (text, problem) : NULL;
}

const ConsetUnit *
conset_unit_parse (const char *text, char **problem)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  const ConsetUnit *unit = NULL;

  *problem = text_problem (stripped);
  if (*problem != NULL)
    return NULL;
  pthread_mutex_lock (&lock);
  unit = unit_of_text (stripped, problem);
  pthread_mutex_unlock (&lock);
  if (unit == NULL && *problem == NULL)
    *problem = g_strdup_printf ("'%s' is no unit that udunits2 can read; "
                                "write one such as nS, um, ms or uS/cm^2",
                                stripped);
  return unit;
}

/* }}} */

/* {{{ arithmetic */

/* NULL for no terms at all. */
static gboolean
unit_of_product (GArray *terms, const ConsetUnit **product, char **problem)
{
  g_autofree char *simple = NULL;

  *product = NULL;
  if (terms->len == 0)
    return TRUE;
  *product = unit_of_terms (terms, problem);
  if (*product == NULL)
    return FALSE;
  if (terms->len > 1)
    simple = measure_simple_name (&(*product)->measure);
  if (simple != NULL)
    *product = unit_of_symbol (simple, problem);
  return *product != NULL;
}

gboolean
conset_unit_multiply (
  const ConsetUnit *a, const ConsetUnit *b, int power, const ConsetUnit **product, char **problem)
{
  g_autoptr (GArray) terms = terms_new ();
  gboolean ok;

  if (b == NULL || power == 0 || (a == NULL && power == 1))
    {
      *product = b == NULL || power == 0 ? a : b;
      return TRUE;
    }
  for (guint k = 0; a != NULL && k < a->n_terms; k++)
    terms_multiply (terms, a->terms[k].symbol, a->terms[k].power);
  for (guint k = 0; k < b->n_terms; k++)
    terms_multiply (terms, b->terms[k].symbol, power * b->terms[k].power);
  pthread_mutex_lock (&lock);
  ok = unit_of_product (terms, product, problem);
  pthread_mutex_unlock (&lock);
  return ok;
}

/* Of powers of base units. */
static const ConsetUnit *
unit_of_powers (const int powers[CONSET_N_BASE_UNITS])
{
  g_autoptr (GArray) terms = terms_new ();
  g_autofree char *problem = NULL;
  const ConsetUnit *unit = NULL;

  for (guint k = 0; k < CONSET_N_BASE_UNITS; k++)
    terms_multiply (terms, conset_base_unit_symbol (k), powers[k]);
  pthread_mutex_lock (&lock);
  unit_of_product (terms, &unit, &problem);
  pthread_mutex_unlock (&lock);
  return unit;
}

/* Half of each term, if they are all even; else base units. */
gboolean
conset_unit_root (const ConsetUnit *unit, const ConsetUnit **root)
{
  g_autoptr (GArray) terms = terms_new ();
  g_autofree char *problem = NULL;
  int powers[CONSET_N_BASE_UNITS];
  gboolean ok;

  *root = NULL;
  for (guint k = 0; k < CONSET_N_BASE_UNITS; k++)
    {
      powers[k] = unit->measure.powers[k] / 2;
      if (unit->measure.powers[k] % 2 != 0)
        return FALSE;
    }
  for (guint k = 0; k < unit->n_terms; k++)
    {
      if (unit->terms[k].power % 2 != 0)
        {
          *root = unit_of_powers (powers);
          return TRUE;
        }
      terms_multiply (terms, unit->terms[k].symbol, unit->terms[k].power / 2);
    }
  pthread_mutex_lock (&lock);
  ok = unit_of_product (terms, root, &problem);
  pthread_mutex_unlock (&lock);
  return ok;
}

const ConsetUnit *
conset_unit_base (const ConsetUnit *unit)
{
  return unit_of_powers (unit->measure.powers);
}

/* }}} */

const char *
conset_unit_name (const ConsetUnit *unit)
{
  return unit != NULL ? unit->name : "1";
}

const ConsetUnit *
conset_unit_strip (const ConsetUnit *unit)
{
  return conset_unit_is_alike (unit, NULL) ? NULL : unit;
}

gboolean
conset_unit_is_one (const ConsetUnit *unit)
{
  return unit == NULL
         || (conset_unit_is_alike (unit, NULL) && conset_measure_is_decimal (&unit->measure)
             && unit->measure.exponent == 0);
}

gboolean
conset_unit_is_alike (const ConsetUnit *a, const ConsetUnit *b)
{
  const ConsetMeasure one = CONSET_MEASURE_ONE;

  return a == b
         || conset_measure_is_alike (a != NULL ? &a->measure : &one,
                                     b != NULL ? &b->measure : &one);
}

/* {{{ numbers */

ConsetScale
conset_unit_scale (const ConsetUnit *unit)
{
  const ConsetMeasure *measure = &unit->measure;
  gboolean divide =
    measure->over != 1.0 ? measure->times == 1.0 : measure->times == 1.0 && measure->exponent < 0;
  double factor = divide ? measure->over : measure->times / measure->over;

  return (ConsetScale){
    conset_shift_decimal (factor, divide ? -measure->exponent : measure->exponent), divide
  };
}

double
conset_unit_to_base (const ConsetUnit *unit, double number)
{
  if (!conset_measure_is_decimal (&unit->measure))
    return conset_scale_apply (conset_unit_scale (unit), number);
  return conset_shift_decimal (number, unit->measure.exponent);
}

static gsize
text_length (double number)
{
  g_autoptr (GString) text = g_string_new (NULL);

  conset_append_double (text, number);
  return text->len;
}

/* The shortest of the numbers near @nearest that are exactly @base of base units. */
double
conset_unit_from_base (const ConsetUnit *unit, double base)
{
  double nearest = conset_measure_is_decimal (&unit->measure)
                     ? conset_shift_decimal (base, -unit->measure.exponent)
                     : conset_scale_apply (conset_scale_invert (conset_unit_scale (unit)), base);
  const double candidates[] = { nearest, nextafter (nearest, -INFINITY),
                                nextafter (nearest, INFINITY) };
  double best = nearest;
  gsize least = G_MAXSIZE;

  if (conset_measure_is_decimal (&unit->measure) && conset_unit_to_base (unit, nearest) == base)
    return nearest;
  for (guint k = 0; isfinite (nearest) && k < G_N_ELEMENTS (candidates); k++)
    if (conset_unit_to_base (unit, candidates[k]) == base && text_length (candidates[k]) < least)
      {
        best = candidates[k];
        least = text_length (best);
      }
  return best;
}

/* }}} */

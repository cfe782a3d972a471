/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, words; and how much of a text is wanted.
 *
 * Fifteen digits always survive the way there and back, seventeen name every double; the
 * first of 15, 16, 17 that reads back is as short as it can be.
 */
#include "text.h"

#include <conset/lang.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

char *
conset_write_double (char *at, double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };

  if (isnan (number))
    return g_stpcpy (at, "nan");
  for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
    {
      g_ascii_formatd (at, CONSET_DOUBLE_SIZE, formats[k], number);
      if (g_ascii_strtod (at, NULL) == number)
        break;
    }
  return at + strlen (at);
}

void
conset_append_double (GString *out, double number)
{
  char text[CONSET_DOUBLE_SIZE];

  conset_write_double (text, number);
  g_string_append (out, text);
}

void
conset_append_real (GString *out, double number)
{
  conset_append_double (out, number);
  if (number == 0 && signbit (number))
    g_string_append (out, ".0");
}

gboolean
conset_is_reserved_word (const char *word, gsize length)
{
  static const char *const words[] = {
    "False", "None", "True",   "and", "as", "class",  "def", "del", "elif",   "else",  "for",
    "from",  "if",   "import", "in",  "is", "lambda", "not", "or",  "return", "while", "with",
  };

  for (gsize k = 0; k < G_N_ELEMENTS (words); k++)
    if (strlen (words[k]) == length && memcmp (words[k], word, length) == 0)
      return TRUE;
  return FALSE;
}

/* Powers of ten that doubles are. */
static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

#define MOST_PLACES ((int) G_N_ELEMENTS (powers) - 1)

/* Of numbers of up to 15 digits, which are whole ones over a power of ten: no other decimal of as
 * many digits is the same double, and one product, or one quotient, is rounded once. FALSE for all
 * others. */
static gboolean
shift_short_decimal (double number, int places, double *shifted)
{
  double size = fabs (number);

  for (int k = 0; k <= MOST_PLACES && size * powers[k] < 1e15; k++)
    {
      double digits = rint (size * powers[k]);
      int left = places - k;

      if (digits / powers[k] != size)
        continue;
      if (ABS (left) > MOST_PLACES)
        return FALSE;
      *shifted = copysign (left >= 0 ? digits * powers[left] : digits / powers[-left], number);
      return TRUE;
    }
  return FALSE;
}

double
conset_shift_decimal (double number, int places)
{
  double shifted_number;
  g_autoptr (GString) text = NULL;
  char *exponent;
  int shifted = places;

  if (places == 0)
    return number;
  if (shift_short_decimal (number, places, &shifted_number))
    return shifted_number;
  text = g_string_new (NULL);
  conset_append_double (text, number);
  exponent = strchr (text->str, 'e');
  if (exponent != NULL)
    {
      shifted += atoi (exponent + 1);
      g_string_truncate (text, (gsize) (exponent - text->str));
    }
  g_string_append_printf (text, "e%d", shifted);
  return g_ascii_strtod (text->str, NULL);
}

gboolean
conset_is_string (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL) || strchr (text, '\\') != NULL
      || (strchr (text, '"') != NULL && strchr (text, '\'') != NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

void
conset_append_string (GString *out, const char *text)
{
  char quote = strchr (text, '"') != NULL ? '\'' : '"';

  g_string_append_printf (out, "%c%s%c", quote, text, quote);
}

char *
conset_abridge (char *text)
{
  if (strlen (text) > CONSET_DESCRIPTION_MOST)
    {
      char *cut = g_utf8_find_prev_char (text, text + CONSET_DESCRIPTION_MOST - 2);

      memcpy (cut != NULL ? cut : text, "...", sizeof "...");
    }
  return text;
}

/* What would be printed beyond this is not looked at. Printers call each other through the
 * classes of nodes and values, so that it is a variable of the thread that describes. */
static _Thread_local gsize print_most = G_MAXSIZE;

gboolean
conset_print_is_full (const GString *out)
{
  return out->len > print_most;
}

gsize
conset_print_limit (gsize most)
{
  gsize before = print_most;

  print_most = most;
  return before;
}

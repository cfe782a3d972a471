/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text.
 *
 * Fifteen digits always survive the way there and back, seventeen name every double; the
 * first of 15, 16, 17 that reads back is as short as it can be.
 */
#include "text.h"

#include <stdlib.h>
#include <string.h>

void
conset_append_double (GString *out, double number)
{
  static const char *const formats[] = { "%.15g", "%.16g", "%.17g" };
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  for (guint k = 0; k < G_N_ELEMENTS (formats); k++)
    {
      g_ascii_formatd (text, sizeof text, formats[k], number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }
  g_string_append (out, text);
}

double
conset_shift_decimal (double number, int places)
{
  g_autoptr (GString) text = NULL;
  char *exponent;
  int shifted = places;

  if (places == 0)
    return number;
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

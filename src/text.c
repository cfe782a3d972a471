/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text.
 *
 * Fifteen digits always survive the way there and back, seventeen name every double; the
 * first of 15, 16, 17 that reads back is as short as it can be.
 */
#include "text.h"

#include <conset/lang.h>

#include <math.h>
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

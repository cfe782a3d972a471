/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text.
 *
 * Fifteen digits always survive the way there and back, seventeen name every double; the
 * first of 15, 16, 17 that reads back is as short as it can be.
 */
#include "text.h"

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

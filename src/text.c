/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text; and how much of a text is wanted.
 *
 * Fifteen digits always survive the way there and back, seventeen name every double; the
 * first of 15, 16, 17 that reads back is as short as it can be.
 */
#include "text.h"

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

gboolean
conset_is_line (const char *text)
{
  if (!g_utf8_validate (text, -1, NULL))
    return FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    if (g_unichar_iscntrl (g_utf8_get_char (text)))
      return FALSE;
  return TRUE;
}

void
conset_append_quoted (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (; *text != '\0'; text++)
    {
      if (*text == '"' || *text == '\\')
        g_string_append_c (out, '\\');
      g_string_append_c (out, *text);
    }
  g_string_append_c (out, '"');
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

/* SPDX-License-Identifier: MIT */
/*
 * Positions and the errors that show them:
 *
 *   line 1, column 8: block(0, 10): both sizes must be at least 1
 *     full * block (0, 10) * oneToOne
 *            ^
 *
 * Columns count characters. The caret stands under its character on any terminal: tabs
 * are repeated above it, wide characters take two places. What cannot be printed is shown
 * as U+FFFD, and a long line is cut around the caret.
 */
#include "source.h"

#include <string.h>

#define SHOWN_COLUMNS 100
#define QUOTED_BYTES 60
#define REPLACEMENT_CHARACTER 0xfffd

/* The character at *p, which moves on; a byte that is no UTF-8 counts as one. */
static gunichar
character_next (const char **p, const char *end)
{
  gunichar character = g_utf8_get_char_validated (*p, end - *p);

  if (character == (gunichar) -1 || character == (gunichar) -2)
    {
      *p += 1;
      return REPLACEMENT_CHARACTER;
    }
  *p = g_utf8_next_char (*p);
  return character;
}

static gsize
characters_count (const char *begin, const char *end)
{
  gsize n = 0;

  for (const char *p = begin; p < end; n++)
    character_next (&p, end);
  return n;
}

static const char *
line_begin (const ConsetSource *source, gsize position)
{
  const char *p = source->text + position;

  while (p > source->text && p[-1] != '\n')
    p--;
  return p;
}

static const char *
line_end (const ConsetSource *source, gsize position)
{
  const char *p = source->text + position;
  const char *end = source->text + source->length;

  while (p < end && *p != '\n' && *p != '\r')
    p++;
  return p;
}

void
conset_source_locate (const ConsetSource *source, gsize position, gsize *line, gsize *column)
{
  *line = 1;
  for (const char *p = source->text; p < source->text + position; p++)
    *line += *p == '\n';
  *column = 1 + characters_count (line_begin (source, position), source->text + position);
}

/* Appends @character to the line that is shown and, if it stands before the caret, as much
 * room to the line of the caret. */
static void
character_show (gunichar character, gboolean before_caret, GString *shown, GString *room)
{
  guint width = g_unichar_iswide (character) ? 2 : g_unichar_iszerowidth (character) ? 0 : 1;

  if (character != '\t' && !g_unichar_isprint (character))
    character = REPLACEMENT_CHARACTER, width = 1;
  g_string_append_unichar (shown, character);
  if (before_caret && character == '\t')
    g_string_append_c (room, '\t');
  else if (before_caret)
    g_string_append_printf (room, "%*s", (int) width, "");
}

/* Appends the line at @position and its caret. */
static void
line_show (const ConsetSource *source, gsize position, GString *message)
{
  const char *p = line_begin (source, position);
  const char *end = line_end (source, position);
  gsize caret = characters_count (p, source->text + position);
  gsize length = characters_count (p, end);
  gsize from = length <= SHOWN_COLUMNS || caret < SHOWN_COLUMNS / 2 ? 0 : caret - SHOWN_COLUMNS / 2;
  gsize to = MIN (length, from + SHOWN_COLUMNS);
  g_autoptr (GString) room = g_string_new (from > 0 ? "     " : "  ");

  g_string_append (message, from > 0 ? "\n  ..." : "\n  ");
  for (gsize i = 0; i < to; i++)
    {
      gunichar character = character_next (&p, end);

      if (i >= from)
        character_show (character, i < caret, message, room);
    }
  g_string_append_printf (message, "%s\n%s^", to < length ? "..." : "", room->str);
}

static char *
message_compose (const ConsetSource *source, gsize position, const char *what)
{
  GString *message = g_string_new (NULL);
  gsize line, column;

  conset_source_locate (source, position, &line, &column);
  if (source->name != NULL)
    g_string_printf (message, "%s:%" G_GSIZE_FORMAT ":%" G_GSIZE_FORMAT ": %s", source->name, line,
                     column, what);
  else
    g_string_printf (message, "line %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT ": %s", line,
                     column, what);
  line_show (source, position, message);
  return g_string_free (message, FALSE);
}

/* What an error says takes one line; the second shows the place. */
gboolean
conset_source_is_placed (const GError *error)
{
  return strchr (error->message, '\n') != NULL;
}

void
conset_source_propagate (const ConsetSource *source, gsize position, GError **error, GError *cause)
{
  if (!conset_source_is_placed (cause))
    {
      char *message = message_compose (source, position, cause->message);

      g_free (cause->message);
      cause->message = message;
    }
  g_propagate_error (error, cause);
}

void
conset_source_set_error (const ConsetSource *source,
                         gsize position,
                         ConsetError code,
                         GError **error,
                         const char *format,
                         ...)
{
  va_list arguments;

  va_start (arguments, format);
  conset_source_propagate (source, position, error,
                           g_error_new_valist (CONSET_ERROR, (int) code, format, arguments));
  va_end (arguments);
}

void
conset_shorten (GString *text, gsize n_bytes)
{
  if (text->len <= n_bytes)
    return;
  while (n_bytes > 0 && ((guchar) text->str[n_bytes] & 0xc0) == 0x80)
    n_bytes--;
  g_string_truncate (text, n_bytes);
  g_string_append (text, "...");
}

char *
conset_quote (const char *text, gsize length)
{
  GString *quoted = g_string_new ("'");

  g_string_append_len (quoted, text, (gssize) MIN (length, 4 * QUOTED_BYTES));
  conset_shorten (quoted, QUOTED_BYTES);
  g_string_append_c (quoted, '\'');
  return g_string_free (quoted, FALSE);
}

/* SPDX-License-Identifier: MIT */
/*
 * Notes: what a file tells of what made it. An expression has no line ends, so a note is a line;
 * units come as a line a column.
 */
#include "notes.h"

#include <string.h>

static char **
notes_find (ConsetNotes *notes, const char *key)
{
  const struct
  {
    const char *key;
    char **value;
  } known[] = {
    { CONSET_NOTE_VERSION, &notes->version }, { CONSET_NOTE_EXPRESSION, &notes->expression },
    { CONSET_NOTE_SEED, &notes->seed },       { CONSET_NOTE_WINDOW, &notes->window },
    { CONSET_NOTE_DIGEST, &notes->digest },   { CONSET_NOTE_ENTRIES, &notes->entries },
    { CONSET_NOTE_UNIT, &notes->units },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (known); k++)
    if (strcmp (known[k].key, key) == 0)
      return known[k].value;
  return NULL;
}

void
conset_notes_clear (ConsetNotes *notes)
{
  g_free (notes->version);
  g_free (notes->expression);
  g_free (notes->seed);
  g_free (notes->window);
  g_free (notes->digest);
  g_free (notes->entries);
  g_free (notes->units);
  *notes = (ConsetNotes){ NULL };
}

void
conset_notes_set (ConsetNotes *notes, const char *key, char *value)
{
  char **note = notes_find (notes, key);

  if (note == NULL)
    {
      g_free (value);
      return;
    }
  if (*note != NULL && note == &notes->units)
    {
      char *both = g_strconcat (*note, "\n", value, NULL);

      g_free (value);
      value = both;
    }
  g_free (*note);
  *note = value;
}

void
conset_notes_read (ConsetNotes *notes, const char *line, gsize n)
{
  const char *colon = memchr (line, ':', n);
  g_autofree char *key = NULL;
  gsize n_key;

  if (colon == NULL)
    return;
  n_key = (gsize) (colon - line);
  key = g_strndup (line, n_key);
  g_strstrip (key);
  if (notes_find (notes, key) != NULL
      && g_utf8_validate (colon + 1, (gssize) (n - n_key - 1), NULL))
    conset_notes_set (notes, key, g_strstrip (g_strndup (colon + 1, n - n_key - 1)));
}

char *
conset_notes_write_window (const ConsetWindow *window)
{
  if (window == NULL)
    return g_strdup ("all");
  return g_strdup_printf (
    "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT,
    window->source_first, window->source_end, window->target_first, window->target_end);
}

gboolean
conset_notes_read_window (const ConsetNotes *notes, ConsetWindow *window, gboolean *all)
{
  g_auto (GStrv) words = NULL;
  guint64 *ends[] = { &window->source_first, &window->source_end, &window->target_first,
                      &window->target_end };

  *all = notes->window == NULL || strcmp (notes->window, "all") == 0;
  if (*all)
    return TRUE;
  words = g_strsplit (notes->window, " ", -1);
  if (g_strv_length (words) != G_N_ELEMENTS (ends))
    return FALSE;
  for (gsize k = 0; k < G_N_ELEMENTS (ends); k++)
    if (!g_ascii_string_to_unsigned (words[k], 10, 0, CONSET_INDEX_END, ends[k], NULL))
      return FALSE;
  return TRUE;
}

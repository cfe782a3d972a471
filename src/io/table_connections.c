/* SPDX-License-Identifier: MIT */
/*
 * Connections of tables, CSV and TSV: the columns source and target, or the first two where there
 * are no names; every other column is a value. See table_write.c for what is written.
 */
#include "reader.h"
#include "table_read.h"

#include <math.h>
#include <string.h>

/* Notes stand in the first lines. */
#define NOTES_MOST (1 << 20)

typedef struct
{
  ConsetReader base;
  ConsetBytes *bytes;
  ConsetTable *table;
  guint source;
  guint target;
  guint *columns;
} Reader;

static void
reader_free (ConsetReader *base)
{
  Reader *reader = (Reader *) base;

  g_clear_pointer (&reader->table, conset_table_free);
  g_clear_pointer (&reader->bytes, conset_bytes_free);
  g_free (reader->columns);
}

/* What conset and others write for numbers that are no decimals, in whatever case. */
static gboolean
special_number (const char *text, double *number)
{
  const char *word = text + (*text == '-' || *text == '+');

  if (g_ascii_strcasecmp (word, "nan") == 0)
    *number = (double) NAN;
  else if (g_ascii_strcasecmp (word, "inf") == 0 || g_ascii_strcasecmp (word, "infinity") == 0)
    *number = *text == '-' ? (double) -INFINITY : (double) INFINITY;
  else
    return FALSE;
  return TRUE;
}

static gboolean
row_read (
  Reader *reader, guint64 *source, guint64 *target, double *const *values, gsize k, GError **error)
{
  if (!conset_table_get_index (reader->table, reader->source, source, error)
      || !conset_table_get_index (reader->table, reader->target, target, error))
    return FALSE;
  for (guint c = 0; c < reader->base.n_columns; c++)
    if (!special_number (conset_table_get_text (reader->table, reader->columns[c]), &values[c][k])
        && !conset_table_get_real (reader->table, reader->columns[c], &values[c][k], error))
      return FALSE;
  return TRUE;
}

static gssize
reader_read (ConsetReader *base,
             gsize most,
             guint64 *sources,
             guint64 *targets,
             double *const *values,
             GError **error)
{
  Reader *reader = (Reader *) base;
  GError *cause = NULL;
  gsize n = 0;

  for (; n < most && conset_table_next (reader->table, &cause); n++)
    if (!row_read (reader, &sources[n], &targets[n], values, n, error))
      return -1;
  if (cause == NULL && (n == most || conset_bytes_check (reader->bytes, &cause)))
    return (gssize) n;
  g_propagate_error (error, cause);
  return -1;
}

static const ConsetReaderClass reader_class = { reader_read, reader_free, NULL };

/* The notes in lines that begin with '#'. */
static gboolean
reader_read_notes (Reader *reader, GError **error)
{
  gsize n = (gsize) MIN (conset_bytes_size (reader->bytes), NOTES_MOST);
  g_autofree char *text = g_malloc (n + 1);
  const char *line = text, *end = text + n;

  if (!conset_bytes_read (reader->bytes, 0, n, text, error))
    return FALSE;
  while (line < end && *line == '#')
    {
      const char *stop = memchr (line, '\n', (gsize) (end - line));

      if (stop == NULL)
        return TRUE;
      conset_notes_read (&reader->base.notes, line + 1, (gsize) (stop - line - 1));
      line = stop + 1;
    }
  return TRUE;
}

static gboolean
reader_find_columns (Reader *reader, GError **error)
{
  guint n = conset_table_n_columns (reader->table);
  int source = 0, target = 1;

  if (n > 0 && conset_table_name (reader->table, 0) != NULL)
    {
      source = conset_table_find (reader->table, "source");
      target = conset_table_find (reader->table, "target");
    }
  if (n < 2 || source < 0 || target < 0)
    return conset_reader_fail (reader->base.name, error,
                               "there are no columns source and target; name them so");
  reader->source = (guint) source;
  reader->target = (guint) target;
  reader->columns = g_new (guint, n);
  for (guint k = 0; k < n; k++)
    if ((int) k != source && (int) k != target)
      {
        const char *name = conset_table_name (reader->table, k);

        reader->columns[reader->base.n_columns] = k;
        if (name != NULL)
          conset_reader_add_named (&reader->base, name);
        else
          conset_reader_add_column (&reader->base, NULL, NULL);
      }
  return TRUE;
}

ConsetReader *
conset_read_table (ConsetBytes *bytes, char separator, GError **error)
{
  Reader *reader = conset_reader_new (&reader_class, sizeof *reader, conset_bytes_name (bytes));

  reader->bytes = bytes;
  if (reader_read_notes (reader, error))
    reader->table = conset_table_open (bytes, separator, error);
  if (reader->table != NULL && reader_find_columns (reader, error))
    return &reader->base;
  conset_reader_free (&reader->base);
  return NULL;
}

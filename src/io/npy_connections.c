/* SPDX-License-Identifier: MIT */
/*
 * Connections of NumPy arrays: n x 2 integers, or records with fields source and target, of which
 * every other field is a value. See npy_write.c for what is written, and for the notes behind it.
 */
#include "npy_read.h"
#include "reader.h"

#include <string.h>

#define NOTES_MOST (1 << 20)

typedef struct
{
  ConsetReader base;
  ConsetBytes *bytes;
  ConsetNpy npy;
  gboolean pairs;
  guint source;
  guint target;
  guint *columns;
  guint64 n;
  guint64 done;
  guint64 *both;
} Reader;

static void
reader_free (ConsetReader *base)
{
  Reader *reader = (Reader *) base;

  conset_npy_clear (&reader->npy);
  g_clear_pointer (&reader->bytes, conset_bytes_free);
  g_free (reader->columns);
  g_free (reader->both);
}

/* Sources and targets side by side. */
static gboolean
read_pairs (Reader *reader, gsize n, guint64 *sources, guint64 *targets, GError **error)
{
  if (reader->npy.fortran_order)
    return conset_npy_read_indices (&reader->npy, reader->bytes, 0, reader->done, n, sources, 1,
                                    error)
           && conset_npy_read_indices (&reader->npy, reader->bytes, 0, reader->n + reader->done, n,
                                       targets, 1, error);
  if (!conset_npy_read_indices (&reader->npy, reader->bytes, 0, 2 * reader->done, 2 * n,
                                reader->both, 1, error))
    return FALSE;
  for (gsize k = 0; k < n; k++)
    {
      sources[k] = reader->both[2 * k];
      targets[k] = reader->both[2 * k + 1];
    }
  return TRUE;
}

static gboolean
read_records (Reader *reader,
              gsize n,
              guint64 *sources,
              guint64 *targets,
              double *const *values,
              GError **error)
{
  const ConsetNpy *npy = &reader->npy;

  if (!conset_npy_read_indices (npy, reader->bytes, reader->source, reader->done, n, sources, 1,
                                error)
      || !conset_npy_read_indices (npy, reader->bytes, reader->target, reader->done, n, targets, 1,
                                   error))
    return FALSE;
  for (guint c = 0; c < reader->base.n_columns; c++)
    if (!conset_npy_read_reals (npy, reader->bytes, reader->columns[c], reader->done, n, values[c],
                                1, error))
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
  gsize n = (gsize) MIN (MIN (most, reader->n - reader->done), CONSET_READER_BLOCK);

  if (n == 0)
    return conset_bytes_check (reader->bytes, error) ? 0 : -1;
  if (reader->pairs ? !read_pairs (reader, n, sources, targets, error)
                    : !read_records (reader, n, sources, targets, values, error))
    return -1;
  reader->done += n;
  return (gssize) n;
}

static const ConsetReaderClass reader_class = { reader_read, reader_free, NULL };

/* A second array, of bytes; whatever else follows is none of our business. Its type is '|S...',
 * which is no number; so its text is looked at as it is. */
static void
reader_read_notes (Reader *reader)
{
  guint64 start = reader->npy.data + reader->npy.n_items * reader->npy.item_size;
  guint64 left = conset_bytes_size (reader->bytes) - start;
  gsize n = (gsize) MIN (left, NOTES_MOST);
  g_autofree char *text = g_malloc (n + 1);
  g_auto (GStrv) lines = NULL;

  if (n < 10 || !conset_bytes_read (reader->bytes, start, n, text, NULL)
      || memcmp (text, "\x93NUMPY", 6) != 0)
    return;
  text[n] = '\0';
  for (gsize k = 0; k < n; k++)
    if (text[k] == '\0')
      text[k] = ' ';
  lines = g_strsplit (text, "\n", -1);
  for (guint k = 0; lines[k] != NULL; k++)
    conset_notes_read (&reader->base.notes, lines[k], strlen (lines[k]));
  conset_reader_add_units (&reader->base);
}

static gboolean
reader_find_fields (Reader *reader, GError **error)
{
  const ConsetNpy *npy = &reader->npy;
  int source = conset_npy_find (npy, "source"), target = conset_npy_find (npy, "target");

  if (!npy->is_record)
    {
      reader->pairs = TRUE;
      reader->both = g_new (guint64, 2 * CONSET_READER_BLOCK);
      if (npy->n_shape == 2 && npy->shape[1] == 2 && npy->fields[0].kind != 'f')
        return TRUE;
      return conset_reader_fail (reader->base.name, error,
                                 "connections are an array of n x 2 integers, or one with fields "
                                 "source and target");
    }
  if (source < 0 || target < 0 || npy->n_shape != 1)
    return conset_reader_fail (reader->base.name, error,
                               "there are no fields source and target in an array of one "
                               "dimension; name them so");
  reader->source = (guint) source;
  reader->target = (guint) target;
  reader->columns = g_new (guint, npy->n_fields);
  for (guint k = 0; k < npy->n_fields; k++)
    if ((int) k != source && (int) k != target)
      {
        reader->columns[reader->base.n_columns] = k;
        conset_reader_add_column (&reader->base, npy->fields[k].name, NULL);
      }
  return TRUE;
}

ConsetReader *
conset_read_npy (ConsetBytes *bytes, GError **error)
{
  Reader *reader = conset_reader_new (&reader_class, sizeof *reader, conset_bytes_name (bytes));

  reader->bytes = bytes;
  if (conset_npy_open (bytes, 0, &reader->npy, error) && reader_find_fields (reader, error))
    {
      reader->n = reader->npy.n_shape > 0 ? reader->npy.shape[0] : 0;
      reader_read_notes (reader);
      return &reader->base;
    }
  conset_reader_free (&reader->base);
  return NULL;
}

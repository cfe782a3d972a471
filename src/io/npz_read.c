/* SPDX-License-Identifier: MIT */
/*
 * Connections of sparse matrices of SciPy, .npz: coo, csr and csc, sources being the rows. data
 * gives the column "weight", unless a note of conset tells its name, or that it is none; other
 * arrays of as many numbers are further columns.
 */
#include "npy_read.h"
#include "reader.h"
#include "zip_read.h"

#include <string.h>

#define NOTES_MOST (1 << 20)

/* An array of the archive. */
typedef struct
{
  ConsetZipPart part;
  ConsetNpy npy;
} Array;

/* @lines: of COO the index of the line of each connection; else pointers, of which @pointers holds
 * those from @pointers_first on. */
typedef struct
{
  ConsetReader base;
  ConsetBytes *bytes;
  GPtrArray *entries;
  gboolean coo;
  Array *indices;
  Array *lines;
  GPtrArray *values;
  guint64 n_lines;
  guint64 n_across;
  guint64 n;
  guint64 done;
  guint64 line;
  guint64 line_end;
  guint64 *pointers;
  guint64 pointers_first;
  gsize n_pointers;
} Reader;

/* {{{ arrays */

static void
array_free (Array *array)
{
  if (array == NULL)
    return;
  conset_npy_clear (&array->npy);
  conset_zip_part_clear (&array->part);
  g_free (array);
}

static const ConsetZipEntry *
entry_find (const Reader *reader, const char *name)
{
  for (guint k = 0; k < reader->entries->len; k++)
    {
      const ConsetZipEntry *entry = g_ptr_array_index (reader->entries, k);

      if (g_str_has_suffix (entry->name, ".npy") && strlen (entry->name) == strlen (name) + 4
          && strncmp (entry->name, name, strlen (name)) == 0)
        return entry;
    }
  return NULL;
}

/* A vector of numbers. */
static Array *
array_open (Reader *reader, const char *name, GError **error)
{
  const ConsetZipEntry *entry = entry_find (reader, name);
  Array *array = g_new0 (Array, 1);
  gboolean ok;

  if (entry == NULL)
    ok = conset_reader_fail (reader->base.name, error,
                             "there is no array '%s', which this format has", name);
  else
    ok = conset_zip_open (reader->bytes, entry, &array->part, error)
         && conset_npy_open (array->part.bytes, array->part.start, &array->npy, error);
  if (ok
      && (array->npy.n_shape != 1 || array->npy.is_record
          || array->npy.data + array->npy.n_items * array->npy.item_size
               > array->part.start + array->part.size))
    ok =
      conset_reader_fail (reader->base.name, error, "the array '%s' is no vector of numbers", name);
  if (ok)
    return array;
  array_free (array);
  return NULL;
}

static gboolean
array_read_indices (const Array *array, guint64 first, gsize n, guint64 *indices, GError **error)
{
  return conset_npy_read_indices (&array->npy, array->part.bytes, 0, first, n, indices, 1, error);
}

/* The text behind the header of an array of characters; without any 0, and cut if it is long. */
static char *
text_read (Reader *reader, const char *name)
{
  const ConsetZipEntry *entry = entry_find (reader, name);
  ConsetZipPart part = { NULL };
  g_autofree char *text = NULL;
  const char *start;
  GString *out;
  gsize n = 0;

  if (entry != NULL && conset_zip_open (reader->bytes, entry, &part, NULL))
    {
      n = (gsize) MIN (part.size, NOTES_MOST);
      text = g_malloc (n + 1);
      if (!conset_bytes_read (part.bytes, part.start, n, text, NULL))
        n = 0;
    }
  conset_zip_part_clear (&part);
  start = n > 0 ? memchr (text, '\n', n) : NULL;
  if (start == NULL)
    return NULL;
  out = g_string_new (NULL);
  for (const char *at = start + 1; at < text + n; at++)
    if (*at != '\0')
      g_string_append_c (out, *at);
  return g_string_free (out, FALSE);
}

/* }}} */
/* {{{ reading */

static void
reader_free (ConsetReader *base)
{
  Reader *reader = (Reader *) base;

  array_free (reader->indices);
  array_free (reader->lines);
  g_ptr_array_unref (reader->values);
  g_clear_pointer (&reader->entries, g_ptr_array_unref);
  g_clear_pointer (&reader->bytes, conset_bytes_free);
  g_free (reader->pointers);
}

static gboolean
pointer_fail (const Reader *reader, GError **error)
{
  return conset_reader_fail (reader->base.name, error,
                             "the pointers to the lines of the matrix are wrong");
}

/* The pointer of number @k. */
static gboolean
pointer_get (Reader *reader, guint64 k, guint64 *pointer, GError **error)
{
  if (k < reader->pointers_first || k >= reader->pointers_first + reader->n_pointers)
    {
      reader->pointers_first = k;
      reader->n_pointers = (gsize) MIN (reader->n_lines + 1 - k, CONSET_READER_BLOCK);
      if (!array_read_indices (reader->lines, k, reader->n_pointers, reader->pointers, error))
        return FALSE;
    }
  *pointer = reader->pointers[k - reader->pointers_first];
  return TRUE;
}

/* The lines of the next @n connections. */
static gboolean
lines_read (Reader *reader, gsize n, guint64 *lines, GError **error)
{
  for (gsize k = 0; k < n; k++)
    {
      while (reader->done + k >= reader->line_end)
        {
          guint64 before = reader->line_end;

          if (++reader->line > reader->n_lines)
            return pointer_fail (reader, error);
          if (!pointer_get (reader, reader->line, &reader->line_end, error))
            return FALSE;
          if (reader->line_end < before || reader->line_end > reader->n)
            return pointer_fail (reader, error);
        }
      lines[k] = reader->line - 1;
    }
  return TRUE;
}

static gboolean
check_range (const Reader *reader, const guint64 *indices, gsize n, guint64 end, GError **error)
{
  for (gsize k = 0; k < n; k++)
    if (indices[k] >= end)
      return conset_reader_fail (reader->base.name, error, "an index is not within the matrix");
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
  gboolean by_source = base->order == CONSET_SOURCE_MAJOR;
  guint64 *lines = by_source ? sources : targets, *across = by_source ? targets : sources;

  if (n == 0)
    return conset_bytes_check (reader->bytes, error) ? 0 : -1;
  if (!array_read_indices (reader->indices, reader->done, n, across, error)
      || !(reader->coo ? array_read_indices (reader->lines, reader->done, n, lines, error)
                       : lines_read (reader, n, lines, error))
      || !check_range (reader, across, n, reader->n_across, error)
      || !check_range (reader, lines, n, reader->n_lines, error))
    return -1;
  for (guint c = 0; c < base->n_columns; c++)
    {
      const Array *array = g_ptr_array_index (reader->values, c);

      if (!conset_npy_read_reals (&array->npy, array->part.bytes, 0, reader->done, n, values[c], 1,
                                  error))
        return -1;
    }
  reader->done += n;
  return (gssize) n;
}

static const ConsetReaderClass reader_class = { reader_read, reader_free, NULL };

/* }}} */
/* {{{ opening */

/* What there is beside the matrix itself. */
static gboolean
reader_add_values (Reader *reader, GError **error)
{
  static const char *const taken[] = { "row",    "col",   "data",   "indices",   "indptr",
                                       "format", "shape", "conset", "_is_array", NULL };
  const char *entries = reader->base.notes.entries;

  if (g_strcmp0 (entries, "ones") != 0)
    {
      Array *array = array_open (reader, "data", error);

      if (array == NULL)
        return FALSE;
      g_ptr_array_add (reader->values, array);
      conset_reader_add_named (&reader->base, entries != NULL ? entries : "weight");
    }
  for (guint k = 0; k < reader->entries->len; k++)
    {
      const ConsetZipEntry *entry = g_ptr_array_index (reader->entries, k);
      g_autofree char *name = g_strndup (
        entry->name, strlen (entry->name) - (g_str_has_suffix (entry->name, ".npy") ? 4 : 0));
      Array *array;

      if (g_strv_contains (taken, name))
        continue;
      array = array_open (reader, name, error);
      if (array == NULL)
        return FALSE;
      g_ptr_array_add (reader->values, array);
      conset_reader_add_column (&reader->base, name, NULL);
    }
  for (guint k = 0; k < reader->values->len; k++)
    if (((const Array *) g_ptr_array_index (reader->values, k))->npy.n_items != reader->n)
      return conset_reader_fail (reader->base.name, error,
                                 "there are not as many values as connections");
  conset_reader_add_units (&reader->base);
  return TRUE;
}

static gboolean
reader_open_matrix (Reader *reader, const char *format, GError **error)
{
  gboolean csr = strcmp (format, "csr") == 0;
  Array *shape = array_open (reader, "shape", error);
  guint64 size[2];
  gboolean ok =
    shape != NULL && shape->npy.n_items == 2 && array_read_indices (shape, 0, 2, size, error);

  if (shape != NULL && shape->npy.n_items != 2)
    conset_reader_fail (reader->base.name, error, "the shape of the matrix is wrong");
  array_free (shape);
  if (!ok)
    return FALSE;
  reader->coo = strcmp (format, "coo") == 0;
  if (!reader->coo && !csr && strcmp (format, "csc") != 0)
    return conset_reader_fail (reader->base.name, error,
                               "the matrix is '%.10s', but must be coo, csr or csc", format);
  reader->base.order = csr ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
  reader->base.format = reader->coo ? CONSET_FORMAT_COO
                        : csr       ? CONSET_FORMAT_CSR
                                    : CONSET_FORMAT_CSC;
  reader->base.n_sources = size[0];
  reader->base.n_targets = size[1];
  reader->n_lines = size[csr ? 0 : 1];
  reader->n_across = size[csr ? 1 : 0];
  reader->indices = array_open (reader, reader->coo ? "row" : "indices", error);
  if (reader->indices == NULL)
    return FALSE;
  reader->lines = array_open (reader, reader->coo ? "col" : "indptr", error);
  if (reader->lines == NULL)
    return FALSE;
  reader->n = reader->indices->npy.n_items;
  if (reader->lines->npy.n_items != (reader->coo ? reader->n : reader->n_lines + 1))
    return pointer_fail (reader, error);
  return TRUE;
}

static gboolean
reader_open (Reader *reader, GError **error)
{
  g_autofree char *format = NULL, *notes = NULL;
  g_auto (GStrv) lines = NULL;

  reader->entries = conset_zip_list (reader->bytes, error);
  if (reader->entries == NULL)
    return FALSE;
  format = text_read (reader, "format");
  if (format == NULL)
    return conset_reader_fail (reader->base.name, error,
                               "there is no array 'format', as scipy.sparse.save_npz() writes it");
  notes = text_read (reader, "conset");
  lines = g_strsplit (notes != NULL ? notes : "", "\n", -1);
  for (guint k = 0; lines[k] != NULL; k++)
    conset_notes_read (&reader->base.notes, lines[k], strlen (lines[k]));
  return reader_open_matrix (reader, format, error) && reader_add_values (reader, error);
}

static void
values_free (gpointer data)
{
  array_free (data);
}

ConsetReader *
conset_read_npz (ConsetBytes *bytes, GError **error)
{
  Reader *reader = conset_reader_new (&reader_class, sizeof *reader, conset_bytes_name (bytes));

  reader->bytes = bytes;
  reader->values = g_ptr_array_new_with_free_func (values_free);
  reader->pointers = g_new (guint64, CONSET_READER_BLOCK);
  if (reader_open (reader, error))
    return &reader->base;
  conset_reader_free (&reader->base);
  return NULL;
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * NumPy arrays, .npy: n x 2 integers for a mask, and for a connection set a structured array with
 * fields source, target and one for each column. Little endian, C order.
 *
 * The number of connections stands in the header, which is written twice. Behind the array
 * follows, as if a second one had been saved into the file, an array of bytes with the notes, and
 * the units, for which a field of NumPy has no room (its title would do, were they not to differ):
 * numpy.load() of an open file reads the one and then the other, of a file name the first.
 */
#include "export.h"
#include "npy.h"

#include <string.h>

#define MAGIC "\x93NUMPY\x01"
#define MAGIC_SIZE 8
#define ALIGNMENT 64

GString *
conset_npy_header (const char *descr, const char *shape)
{
  GString *text = g_string_new (NULL);
  GString *header = g_string_new_len (MAGIC "\0", MAGIC_SIZE);
  gsize longest, size;

  g_string_printf (text, "{'descr': %s, 'fortran_order': False, 'shape': %s, }", descr, shape);
  longest = text->len - strlen (shape) + CONSET_NPY_SHAPE_SIZE + 1;
  size = (MAGIC_SIZE + 2 + longest + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT - MAGIC_SIZE - 2;
  if (size > G_MAXUINT16)
    {
      g_string_free (text, TRUE);
      g_string_free (header, TRUE);
      return NULL;
    }
  g_string_append_c (header, (char) (size & 0xff));
  g_string_append_c (header, (char) (size >> 8));
  g_string_append_len (header, text->str, (gssize) text->len);
  while (header->len < MAGIC_SIZE + 2 + size - 1)
    g_string_append_c (header, ' ');
  g_string_append_c (header, '\n');
  g_string_free (text, TRUE);
  return header;
}

typedef struct
{
  ConsetFile *file;
  guint64 n;
  gsize record_size;
  guint64 *records;
} Array;

/* Numbers of eight bytes, whatever they are. */
static gboolean
array_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  Array *array = user_data;
  guint64 *at = array->records;

  for (gsize k = 0; k < batch->n; k++)
    {
      at[0] = GUINT64_TO_LE (batch->indices[k]);
      at[1] = GUINT64_TO_LE (batch->line);
      for (guint c = 0; c < batch->n_values; c++)
        {
          guint64 bits;

          memcpy (&bits, &batch->values[c][k], sizeof bits);
          at[2 + c] = GUINT64_TO_LE (bits);
        }
      at += 2 + batch->n_values;
    }
  conset_file_write (array->file, array->records, batch->n * array->record_size);
  array->n += batch->n;
  return conset_file_check (array->file, error);
}

/* The header for @n connections; NULL if it does not fit. */
static GString *
array_header (const ConsetExportPart *part, guint64 n)
{
  g_autofree char *shape = NULL;
  GString *descr, *header;

  if (part->n_columns == 0)
    {
      shape = g_strdup_printf ("(%" G_GUINT64_FORMAT ", 2)", n);
      return conset_npy_header ("'<i8'", shape);
    }
  shape = g_strdup_printf ("(%" G_GUINT64_FORMAT ",)", n);
  descr = g_string_new ("[('source', '<i8'), ('target', '<i8')");
  for (guint k = 0; k < part->n_columns; k++)
    g_string_append_printf (descr, ", ('%s', '<f8')", part->columns[k].name);
  g_string_append_c (descr, ']');
  header = conset_npy_header (descr->str, shape);
  g_string_free (descr, TRUE);
  return header;
}

/* An array of no dimension of bytes. */
static void
notes_write (ConsetFile *file, const char *notes)
{
  g_autofree char *descr = g_strdup_printf ("'|S%" G_GSIZE_FORMAT "'", strlen (notes));
  GString *header = conset_npy_header (descr, "()");

  conset_file_write (file, header->str, header->len);
  conset_file_text (file, notes);
  g_string_free (header, TRUE);
}

gboolean
conset_write_npy (const ConsetExport *export, ConsetFile *file, GError **error)
{
  static const char *const taken[] = { "source", "target", NULL };
  const ConsetExportPart *part = conset_export_part (export);
  g_autofree char *told = conset_export_notes (export, part, "");
  g_autofree char *units = conset_export_unit_notes (part);
  g_autofree char *notes = g_strconcat (told, units, NULL);
  gsize record_size = 8 * (2 + part->n_columns);
  g_autofree guint64 *records = g_malloc (1024 * record_size);
  Array array = { file, 0, record_size, records };
  GString *header;

  if (!conset_export_check_names (part, taken, error))
    return FALSE;
  header = array_header (part, 0);
  if (header == NULL)
    {
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_FILE,
                           "the names of the values are too long for NumPy; use fewer");
      return FALSE;
    }
  conset_file_write (file, header->str, header->len);
  g_string_free (header, TRUE);
  if (!conset_export_stream (export, part, CONSET_TARGET_MAJOR, array_take, &array, error))
    return FALSE;
  if (notes[0] != '\0')
    notes_write (file, notes);
  header = array_header (part, array.n);
  conset_file_patch (file, 0, header->str, header->len);
  g_string_free (header, TRUE);
  return conset_file_check (file, error);
}

/* SPDX-License-Identifier: MIT */
/*
 * Readers: what all formats have in common. See reader.h.
 */
#include "reader.h"

#include "export.h"

#include <string.h>

gpointer
conset_reader_new (const ConsetReaderClass *klass, gsize size, const char *name)
{
  ConsetReader *reader = g_malloc0 (size);

  reader->klass = klass;
  reader->name = g_strdup (name);
  return reader;
}

void
conset_reader_free (ConsetReader *reader)
{
  if (reader == NULL)
    return;
  reader->klass->free (reader);
  for (guint k = 0; k < reader->n_columns; k++)
    {
      g_free (reader->names[k]);
      g_free (reader->units[k]);
    }
  g_free (reader->names);
  g_free (reader->units);
  g_free (reader->name);
  g_free (reader->population);
  g_free (reader->sources);
  g_free (reader->targets);
  conset_notes_clear (&reader->notes);
  g_free (reader);
}

void
conset_reader_add_column (ConsetReader *reader, const char *name, const char *unit)
{
  guint n = reader->n_columns++;

  reader->names = g_renew (char *, reader->names, reader->n_columns);
  reader->units = g_renew (char *, reader->units, reader->n_columns);
  /* What is no text is no name either, which is told later. */
  reader->names[n] = name != NULL ? g_utf8_make_valid (name, -1) : NULL;
  reader->units[n] = unit != NULL ? g_utf8_make_valid (unit, -1) : NULL;
}

/* Takes "name (unit)" apart; without one, @unit is NULL. */
static void
split_unit (const char *text, char **name, char **unit)
{
  const char *open = strrchr (text, '(');
  gsize length = strlen (text);

  *unit = NULL;
  if (open == NULL || text[length - 1] != ')')
    {
      *name = g_strstrip (g_strdup (text));
      return;
    }
  *name = g_strstrip (g_strndup (text, (gsize) (open - text)));
  *unit = g_strstrip (g_strndup (open + 1, length - (gsize) (open - text) - 2));
}

void
conset_reader_add_named (ConsetReader *reader, const char *text)
{
  g_autofree char *name = NULL, *unit = NULL;

  split_unit (text, &name, &unit);
  conset_reader_add_column (reader, name, unit);
}

void
conset_reader_add_units (ConsetReader *reader)
{
  g_auto (GStrv) lines =
    g_strsplit (reader->notes.units != NULL ? reader->notes.units : "", "\n", -1);

  for (guint line = 0; lines[line] != NULL; line++)
    {
      g_autofree char *name = NULL, *unit = NULL;

      split_unit (lines[line], &name, &unit);
      for (guint k = 0; k < reader->n_columns; k++)
        if (unit != NULL && reader->units[k] == NULL && g_strcmp0 (reader->names[k], name) == 0)
          reader->units[k] = g_strdup (unit);
    }
}

gboolean
conset_reader_fail (const char *name, GError **error, const char *format, ...)
{
  g_autofree char *problem = NULL, *valid = NULL, *shown = g_filename_display_name (name);
  va_list arguments;

  va_start (arguments, format);
  problem = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  valid = g_utf8_make_valid (problem, -1);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s: %s", shown, valid);
  return FALSE;
}

void
conset_reader_tell (ConsetReader *reader)
{
  if (reader->klass->tell != NULL)
    reader->klass->tell (reader);
}

gssize
conset_reader_read (ConsetReader *reader,
                    gsize most,
                    guint64 *sources,
                    guint64 *targets,
                    double *const *values,
                    GError **error)
{
  gssize n = reader->klass->read (reader, most, sources, targets, values, error);

  for (gssize k = 0; k < n; k++)
    if (sources[k] >= CONSET_INDEX_END - 1 || targets[k] >= CONSET_INDEX_END - 1)
      {
        conset_reader_fail (reader->name, error,
                            "the connection (%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                            ") has an index beyond the largest, 2^63 - 2",
                            sources[k], targets[k]);
        return -1;
      }
  return n;
}

static ConsetReader *
open_sonata (const char *file, const char *population, GError **error)
{
#ifdef CONSET_HAVE_HDF5
  g_autoptr (ConsetBytes) bytes = conset_bytes_open (file, error);

  return bytes != NULL ? conset_read_sonata (file, population, error) : NULL;
#else
  (void) population;
  conset_reader_fail (file, error,
                      "this build of conset has no HDF5; configure it with "
                      "CONSET_HDF5=ON");
  return NULL;
#endif
}

static ConsetReader *
open_format (const char *file, ConsetFormat format, const char *population, GError **error)
{
  ConsetBytes *bytes;

  if (format == CONSET_FORMAT_SONATA)
    return open_sonata (file, population, error);
  if (population != NULL)
    {
      conset_reader_fail (file, error, "only SONATA files have populations; leave '%s' out",
                          population);
      return NULL;
    }
  bytes = conset_bytes_open (file, error);
  if (bytes == NULL)
    return NULL;
  switch (format)
    {
    case CONSET_FORMAT_MATRIX_MARKET:
      return conset_read_matrix_market (bytes, error);
    case CONSET_FORMAT_NPY:
      return conset_read_npy (bytes, error);
    case CONSET_FORMAT_COO:
    case CONSET_FORMAT_CSR:
    case CONSET_FORMAT_CSC:
      return conset_read_npz (bytes, error);
    case CONSET_FORMAT_CSV:
    case CONSET_FORMAT_TSV:
      return conset_read_table (bytes, format == CONSET_FORMAT_TSV ? '\t' : 0, error);
    default:
      g_return_val_if_reached (NULL);
    }
}

ConsetReader *
conset_reader_open (const char *file, ConsetFormat format, const char *population, GError **error)
{
  ConsetReader *reader;

  if (format == CONSET_FORMAT_AUTO)
    format = conset_format_of_name (file, error);
  if (format == CONSET_FORMAT_AUTO)
    return NULL;
  reader = open_format (file, format, population, error);
  /* Archives have found out which of three they are. */
  if (reader != NULL && reader->format == CONSET_FORMAT_AUTO)
    reader->format = format;
  return reader;
}

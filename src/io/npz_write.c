/* SPDX-License-Identifier: MIT */
/*
 * NumPy archives, .npz, as scipy.sparse.load_npz() reads them: a matrix of the sources (rows) by
 * the targets (columns).
 *
 *   coo  row, col, data
 *   csc  indptr of the columns, indices (rows), data: target-major order as it is
 *   csr  indptr of the rows, indices (columns), data: the set evaluated source-major
 *
 * and in each format, shape, the notes in "conset", and the further columns by their names. data is
 * double: 1.0 for a mask. Multapses are entries that come twice, which SciPy adds up where it must.
 * Indices take 32 bits where all fit.
 *
 * Every member has its place in the archive, so the connections are counted first.
 */
#include "export.h"
#include "notes.h"
#include "npy.h"
#include "zip.h"

#include <string.h>

typedef struct
{
  const ConsetExportPart *part;
  ConsetFile *file;
  ConsetZip *zip;
  ConsetFormat format;
  gboolean wide;
  int column;
  guint64 n;
  guint64 n_lines;
  /* What is open: of COO, @lines are the indices of the lines; else the pointers. */
  ConsetZipMember *lines;
  ConsetZipMember *indices;
  ConsetZipMember *data;
  ConsetZipMember **others;
  guint64 next_line;
  guint64 taken;
} Archive;

/* {{{ arrays */

static ConsetZipMember *
array_begin (Archive *archive, const char *name, const char *descr, const char *shape, guint64 size)
{
  g_autofree char *member = g_strconcat (name, ".npy", NULL);
  GString *header = conset_npy_header (descr, shape);
  ConsetZipMember *array = conset_zip_add (archive->zip, member, header->len + size);

  conset_zip_write (array, header->str, header->len);
  g_string_free (header, TRUE);
  return array;
}

static ConsetZipMember *
array_begin_vector (Archive *archive, const char *name, const char *descr, guint64 n, guint size)
{
  g_autofree char *shape = g_strdup_printf ("(%" G_GUINT64_FORMAT ",)", n);

  return array_begin (archive, name, descr, shape, n * size);
}

static ConsetZipMember *
array_begin_indices (Archive *archive, const char *name, guint64 n)
{
  return array_begin_vector (archive, name, archive->wide ? "'<i8'" : "'<i4'", n,
                             archive->wide ? 8 : 4);
}

static void
array_bytes (Archive *archive, const char *name, const char *bytes)
{
  g_autofree char *descr = g_strdup_printf ("'|S%" G_GSIZE_FORMAT "'", strlen (bytes));

  if (bytes[0] != '\0')
    conset_zip_write (array_begin (archive, name, descr, "()", strlen (bytes)), bytes,
                      strlen (bytes));
}

static void
array_index (const Archive *archive, ConsetZipMember *array, guint64 index)
{
  guint64 wide = GUINT64_TO_LE (index);
  guint32 narrow = GUINT32_TO_LE ((guint32) index);

  if (archive->wide)
    conset_zip_write (array, &wide, sizeof wide);
  else
    conset_zip_write (array, &narrow, sizeof narrow);
}

static void
array_number (ConsetZipMember *array, double number)
{
  guint64 bits;

  memcpy (&bits, &number, sizeof bits);
  bits = GUINT64_TO_LE (bits);
  conset_zip_write (array, &bits, sizeof bits);
}

/* }}} */

/* The pointers of all lines up to @line. */
static void
archive_write_pointers (Archive *archive, guint64 line)
{
  for (; archive->next_line <= line; archive->next_line++)
    array_index (archive, archive->lines, archive->taken);
}

static gboolean
archive_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  Archive *archive = user_data;

  if (archive->format != CONSET_FORMAT_COO)
    archive_write_pointers (archive, batch->line);
  else
    for (gsize k = 0; k < batch->n; k++)
      array_index (archive, archive->lines, batch->line);
  for (gsize k = 0; k < batch->n; k++)
    array_index (archive, archive->indices, batch->indices[k]);
  for (gsize k = 0; k < batch->n; k++)
    array_number (archive->data, archive->column >= 0 ? batch->values[archive->column][k] : 1.0);
  for (guint c = 0; c < batch->n_values; c++)
    for (gsize k = 0; k < batch->n && (int) c != archive->column; k++)
      array_number (archive->others[c], batch->values[c][k]);
  archive->taken += batch->n;
  return conset_file_check (archive->file, error);
}

/* The notes, what the data are, and the units. */
static char *
archive_notes (const Archive *archive, const ConsetExport *export)
{
  const ConsetExportPart *part = archive->part;
  const ConsetExportColumn *column = archive->column >= 0 ? &part->columns[archive->column] : NULL;
  g_autofree char *notes = conset_export_notes (export, part, "");
  g_autofree char *units = conset_export_unit_notes (part);

  return g_strconcat (notes, CONSET_NOTE_ENTRIES ": ", column != NULL ? column->name : "ones", "\n",
                      units, NULL);
}

static void
archive_begin (Archive *archive, const char *notes)
{
  static const char *const names[] = { "coo", "csr", "csc" };
  const ConsetExportPart *part = archive->part;
  ConsetZipMember *shape;

  array_bytes (archive, "format", names[archive->format - CONSET_FORMAT_COO]);
  shape = array_begin_vector (archive, "shape", "'<i8'", 2, 8);
  for (guint k = 0; k < 2; k++)
    {
      guint64 size = GUINT64_TO_LE (k == 0 ? part->n_sources : part->n_targets);

      conset_zip_write (shape, &size, sizeof size);
    }
  array_bytes (archive, "conset", notes);
  if (archive->format == CONSET_FORMAT_COO)
    {
      archive->indices = array_begin_indices (archive, "row", archive->n);
      archive->lines = array_begin_indices (archive, "col", archive->n);
    }
  else
    {
      archive->indices = array_begin_indices (archive, "indices", archive->n);
      archive->lines = array_begin_indices (archive, "indptr", archive->n_lines + 1);
    }
  archive->data = array_begin_vector (archive, "data", "'<f8'", archive->n, 8);
  for (guint k = 0; k < part->n_columns; k++)
    if ((int) k != archive->column)
      archive->others[k] =
        array_begin_vector (archive, part->columns[k].name, "'<f8'", archive->n, 8);
}

/* Pointers are needed for every line, and indices have 63 bits at most. */
static gboolean
archive_check (Archive *archive, GError **error)
{
  guint64 size = MAX (archive->part->n_sources, archive->part->n_targets);

  archive->wide = MAX (size, archive->n) > G_MAXINT32;
  if (archive->format == CONSET_FORMAT_COO || archive->n_lines <= G_MAXINT32)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
               "the matrix has %" G_GUINT64_FORMAT " lines, too many to point to each; give a "
               "smaller window, or use coo",
               archive->n_lines);
  return FALSE;
}

gboolean
conset_write_npz (const ConsetExport *export, ConsetFile *file, GError **error)
{
  static const char *const taken[] = { "row",    "col",   "data",   "indices", "indptr",
                                       "format", "shape", "conset", NULL };
  const ConsetExportPart *part = conset_export_part (export);
  ConsetOrder order =
    export->format == CONSET_FORMAT_CSR ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
  g_autofree ConsetZipMember **others = g_new0 (ConsetZipMember *, part->n_columns);
  g_autofree char *notes = NULL;
  g_autoptr (ConsetZip) zip = conset_zip_new (file);
  Archive archive = {
    .part = part,
    .file = file,
    .zip = zip,
    .format = export->format,
    .others = others,
    .n_lines = order == CONSET_TARGET_MAJOR ? part->n_targets : part->n_sources,
  };

  if (!conset_export_check_names (part, taken, error)
      || !conset_export_data_column (export, FALSE, &archive.column, error)
      || !conset_parallel_count (part->set, &part->window, export->task, &archive.n, error)
      || !archive_check (&archive, error))
    return FALSE;
  notes = archive_notes (&archive, export);
  archive_begin (&archive, notes);
  if (!conset_export_stream (export, part, order, archive_take, &archive, error))
    return FALSE;
  if (export->format != CONSET_FORMAT_COO)
    archive_write_pointers (&archive, archive.n_lines);
  conset_zip_finish (zip);
  return conset_file_check (file, error);
}

/* SPDX-License-Identifier: MIT */
/*
 * Matrix Market coordinates (Boisvert, Pozo and Remington 1996, The Matrix Market exchange formats:
 * initial design): a line a connection, source + 1 and target + 1, and by column.
 *
 * A mask is a pattern, one with multapses integers, which count them, so that no entry comes twice.
 * Values are real; the values of multapses are entries of their own, which readers add up.
 *
 * The number of entries stands before them. It is written last, into blanks that are left for it.
 */
#include "digits.h"
#include "export.h"
#include "notes.h"

#include <conset/lang.h>

#include <string.h>

/* @n entries so far; the entry that is being counted, for integers: @times of it have come. */
typedef struct
{
  ConsetFile *file;
  int column;
  gboolean counts;
  gsize n;
  guint64 times;
  guint64 source;
  guint64 target;
} Matrix;

/* Room for two indices, a number, and what separates them. */
#define LINE_SIZE (2 * (CONSET_DIGITS_MOST + 1) + CONSET_DOUBLE_SIZE + 1)

static char *
write_place (char *at, guint64 source, guint64 target)
{
  at = conset_write_digits (at, source + 1);
  *at++ = ' ';
  return conset_write_digits (at, target + 1);
}

/* {{{ patterns and reals */

/* The lines of @batch; any thread. */
static void
matrix_format (const ConsetBatch *batch, GByteArray *bytes, gpointer user_data)
{
  Matrix *matrix = user_data;
  const double *values = matrix->column >= 0 ? batch->values[matrix->column] : NULL;
  guint used = bytes->len;
  char *start, *at;

  g_atomic_pointer_add (&matrix->n, (gssize) batch->n);
  g_byte_array_set_size (bytes, (guint) (used + batch->n * LINE_SIZE));
  start = at = (char *) bytes->data + used;
  for (gsize k = 0; k < batch->n; k++)
    {
      at = write_place (at, batch->indices[k], batch->line);
      if (values != NULL)
        {
          *at++ = ' ';
          at = conset_write_double (at, values[k]);
        }
      *at++ = '\n';
    }
  g_byte_array_set_size (bytes, used + (guint) (at - start));
}

static gboolean
matrix_take (const guint8 *bytes, gsize n, gpointer user_data, GError **error)
{
  const Matrix *matrix = user_data;

  conset_file_write (matrix->file, bytes, n);
  return conset_file_check (matrix->file, error);
}

/* }}} */
/* {{{ integers */

static void
matrix_end_entry (Matrix *matrix)
{
  char line[LINE_SIZE], *at;

  if (matrix->times == 0)
    return;
  at = write_place (line, matrix->source, matrix->target);
  *at++ = ' ';
  at = conset_write_digits (at, matrix->times);
  *at++ = '\n';
  conset_file_write (matrix->file, line, (gsize) (at - line));
  matrix->times = 0;
  matrix->n++;
}

static gboolean
matrix_count (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  Matrix *matrix = user_data;

  for (gsize k = 0; k < batch->n; k++)
    {
      if (matrix->source != batch->indices[k] || matrix->target != batch->line)
        matrix_end_entry (matrix);
      matrix->source = batch->indices[k];
      matrix->target = batch->line;
      matrix->times++;
    }
  return conset_file_check (matrix->file, error);
}

static gboolean
matrix_write_counts (const ConsetExport *export, Matrix *matrix, GError **error)
{
  if (!conset_export_stream (export, conset_export_part (export), CONSET_TARGET_MAJOR, matrix_count,
                             matrix, error))
    return FALSE;
  matrix_end_entry (matrix);
  return TRUE;
}

/* }}} */

static void
matrix_write_head (const ConsetExport *export, const Matrix *matrix)
{
  const ConsetExportPart *part = conset_export_part (export);
  g_autofree char *notes = conset_export_notes (export, part, "% ");
  const ConsetExportColumn *column = matrix->column >= 0 ? &part->columns[matrix->column] : NULL;
  const char *field = "pattern";

  if (column != NULL)
    field = "real";
  else if (matrix->counts)
    field = "integer";
  conset_file_printf (matrix->file, "%%%%MatrixMarket matrix coordinate %s general\n", field);
  conset_file_text (matrix->file, notes);
  if (matrix->counts)
    conset_file_text (matrix->file, "% " CONSET_NOTE_ENTRIES ": multiplicities\n");
  else if (column != NULL && column->unit != NULL)
    conset_file_printf (matrix->file, "%% " CONSET_NOTE_ENTRIES ": %s (%s)\n", column->name,
                        column->unit);
  else if (column != NULL)
    conset_file_printf (matrix->file, "%% " CONSET_NOTE_ENTRIES ": %s\n", column->name);
}

gboolean
conset_write_matrix_market (const ConsetExport *export, ConsetFile *file, GError **error)
{
  const ConsetExportPart *part = conset_export_part (export);
  Matrix matrix = { .file = file };
  char number[CONSET_DIGITS_MOST + 1];
  guint64 offset;

  if (!conset_export_data_column (export, TRUE, &matrix.column, error))
    return FALSE;
  matrix.counts = matrix.column < 0 && conset_max_multiplicity (part->set) > 1;
  matrix_write_head (export, &matrix);
  conset_file_printf (file, "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT " ", part->n_sources,
                      part->n_targets);
  offset = conset_file_tell (file);
  conset_file_printf (file, "%*s\n", CONSET_DIGITS_MOST, "");
  if (matrix.counts
        ? !matrix_write_counts (export, &matrix, error)
        : !conset_export_format (export, part, matrix_format, matrix_take, &matrix, error))
    return FALSE;
  memset (number, ' ', sizeof number);
  conset_write_digits (number, matrix.n);
  conset_file_patch (file, offset, number, CONSET_DIGITS_MOST);
  return conset_file_check (file, error);
}

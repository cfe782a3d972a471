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

/* The entry that is being counted, for integers: @times of it have come. */
typedef struct
{
  ConsetFile *file;
  int column;
  gboolean counts;
  guint64 n;
  guint64 times;
  guint64 source;
  guint64 target;
} Matrix;

static void
entry_write (Matrix *matrix, guint64 source, guint64 target, const double *value)
{
  char line[3 * (CONSET_DIGITS_MOST + 1) + CONSET_DOUBLE_SIZE];
  char *at = conset_write_digits (line, source + 1);

  *at++ = ' ';
  at = conset_write_digits (at, target + 1);
  if (matrix->counts)
    {
      *at++ = ' ';
      at = conset_write_digits (at, matrix->times);
    }
  else if (value != NULL)
    {
      *at++ = ' ';
      at = conset_write_double (at, *value);
    }
  *at++ = '\n';
  conset_file_write (matrix->file, line, (gsize) (at - line));
  matrix->n++;
}

static void
matrix_end_entry (Matrix *matrix)
{
  if (matrix->counts && matrix->times > 0)
    entry_write (matrix, matrix->source, matrix->target, NULL);
  matrix->times = 0;
}

static void
matrix_count (Matrix *matrix, guint64 source, guint64 target)
{
  if (matrix->times == 0 || matrix->source != source || matrix->target != target)
    matrix_end_entry (matrix);
  matrix->source = source;
  matrix->target = target;
  matrix->times++;
}

static gboolean
matrix_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  Matrix *matrix = user_data;
  const double *values = matrix->column >= 0 ? batch->values[matrix->column] : NULL;

  for (gsize k = 0; k < batch->n; k++)
    if (matrix->counts)
      matrix_count (matrix, batch->indices[k], batch->line);
    else
      entry_write (matrix, batch->indices[k], batch->line, values != NULL ? values + k : NULL);
  return conset_file_check (matrix->file, error);
}

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
  if (!conset_export_stream (export, part, CONSET_TARGET_MAJOR, 0.0, 1.0, matrix_take, &matrix,
                             error))
    return FALSE;
  matrix_end_entry (&matrix);
  memset (number, ' ', sizeof number);
  conset_write_digits (number, matrix.n);
  conset_file_patch (file, offset, number, CONSET_DIGITS_MOST);
  return conset_file_check (file, error);
}

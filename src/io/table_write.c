/* SPDX-License-Identifier: MIT */
/*
 * Tables of text, CSV and TSV: notes as comments that begin with '#', a line with the names of the
 * columns, then a line a connection.
 *
 *   # conset_version: 0.1.0
 *   # conset_expression: cset([(0, 1)], weight=[0.5])
 *   # conset_window: all
 *   source,target,weight (nS)
 *   0,1,0.5
 *
 * A unit stands in parentheses behind the name. Values are the shortest decimals that read back as
 * the same number; inf, -inf and nan where they are none.
 */
#include "digits.h"
#include "export.h"

#include <conset/lang.h>

#include <string.h>

typedef struct
{
  ConsetFile *file;
  char separator;
  char *line;
} Table;

static gboolean
table_take (const ConsetBatch *batch, gpointer user_data, GError **error)
{
  Table *table = user_data;
  char target[CONSET_DIGITS_MOST];
  gsize n_target = (gsize) (conset_write_digits (target, batch->line) - target);

  for (gsize k = 0; k < batch->n; k++)
    {
      char *at = conset_write_digits (table->line, batch->indices[k]);

      *at++ = table->separator;
      memcpy (at, target, n_target);
      at += n_target;
      for (guint c = 0; c < batch->n_values; c++)
        {
          *at++ = table->separator;
          at = conset_write_double (at, batch->values[c][k]);
        }
      *at++ = '\n';
      conset_file_write (table->file, table->line, (gsize) (at - table->line));
    }
  return conset_file_check (table->file, error);
}

static void
table_write_head (const ConsetExportPart *part, const Table *table)
{
  conset_file_printf (table->file, "source%ctarget", table->separator);
  for (guint k = 0; k < part->n_columns; k++)
    {
      const ConsetExportColumn *column = &part->columns[k];

      if (column->unit != NULL)
        conset_file_printf (table->file, "%c%s (%s)", table->separator, column->name, column->unit);
      else
        conset_file_printf (table->file, "%c%s", table->separator, column->name);
    }
  conset_file_text (table->file, "\n");
}

gboolean
conset_write_table (const ConsetExport *export, ConsetFile *file, GError **error)
{
  static const char *const taken[] = { "source", "target", NULL };
  const ConsetExportPart *part = conset_export_part (export);
  g_autofree char *notes = conset_export_notes (export, part, "# ");
  g_autofree char *line =
    g_malloc (2 * CONSET_DIGITS_MOST + 3 + part->n_columns * (CONSET_DOUBLE_SIZE + 1));
  Table table = { file, export->format == CONSET_FORMAT_TSV ? '\t' : ',', line };

  if (!conset_export_check_names (part, taken, error))
    return FALSE;
  conset_file_text (file, notes);
  table_write_head (part, &table);
  return conset_export_stream (export, part, CONSET_TARGET_MAJOR, 0.0, 1.0, table_take, &table,
                               error);
}

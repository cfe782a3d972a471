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
} Table;

/* The lines of @batch; any thread. */
static void
table_format (const ConsetBatch *batch, GByteArray *bytes, gpointer user_data)
{
  const Table *table = user_data;
  gsize longest = 2 * CONSET_DIGITS_MOST + 2 + batch->n_values * (CONSET_DOUBLE_SIZE + 1);
  guint used = bytes->len;
  char target[CONSET_DIGITS_MOST], *start, *at;
  gsize n_target = (gsize) (conset_write_digits (target, batch->line) - target);

  g_byte_array_set_size (bytes, (guint) (used + batch->n * longest));
  start = at = (char *) bytes->data + used;
  for (gsize k = 0; k < batch->n; k++)
    {
      at = conset_write_digits (at, batch->indices[k]);
      *at++ = table->separator;
      memcpy (at, target, n_target);
      at += n_target;
      for (guint c = 0; c < batch->n_values; c++)
        {
          *at++ = table->separator;
          at = conset_write_double (at, batch->values[c][k]);
        }
      *at++ = '\n';
    }
  g_byte_array_set_size (bytes, used + (guint) (at - start));
}

static gboolean
table_take (const guint8 *bytes, gsize n, gpointer user_data, GError **error)
{
  const Table *table = user_data;

  conset_file_write (table->file, bytes, n);
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
  Table table = { file, export->format == CONSET_FORMAT_TSV ? '\t' : ',' };

  if (!conset_export_check_names (part, taken, error))
    return FALSE;
  conset_file_text (file, notes);
  table_write_head (part, &table);
  return conset_export_format (export, part, table_format, table_take, &table, error);
}

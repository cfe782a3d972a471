/* SPDX-License-Identifier: MIT */
/*
 * Reading tables of numbers: CSV, TSV, and columns that are separated by blanks.
 *
 * A line is a row; columns are separated by a comma, a semicolon, a tab or blanks, whichever the
 * first line has. Numbers are decimals with a point. If something in the first line is no number, it
 * holds the names of the columns. Empty lines and those that begin with '#' are left out; so are the
 * blanks and the quotes around a field. All rows have as many columns as the first line.
 *
 * Memory is that of a line. Errors tell the line, and the column.
 */
#pragma once

#include "bytes.h"

G_BEGIN_DECLS

typedef struct _ConsetTable ConsetTable;

/**
 * conset_table_open:
 * @bytes: stays alive as long as the table
 * @separator: ',', ';', a tab or any other character; ' ' for blanks; 0 to find out
 *
 * Reads the first line. Returns: (transfer full): a table before its first row; NULL with @error set
 *   if there is no line
 */
ConsetTable *conset_table_open      (ConsetBytes       *bytes,
                                     char               separator,
                                     GError           **error);

void         conset_table_free      (ConsetTable       *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetTable, conset_table_free)

guint        conset_table_n_columns (const ConsetTable *table);

/** conset_table_name: Returns: (nullable): the name of a column; NULL if it has none */
const char  *conset_table_name      (const ConsetTable *table,
                                     guint              column);

/** conset_table_find: Returns: the column of this name, letter by letter; -1 for none */
int          conset_table_find      (const ConsetTable *table,
                                     const char        *name);

/**
 * conset_table_next:
 *
 * Goes on to the next row. Returns: FALSE behind the last one, or with @error set if the line is
 *   wrong
 */
gboolean     conset_table_next      (ConsetTable       *table,
                                     GError           **error);

/** conset_table_get_text: Returns: a field of the row, until conset_table_next() */
const char  *conset_table_get_text  (const ConsetTable *table,
                                     guint              column);

/** conset_table_get_real: Returns: FALSE with @error set if the field is no finite decimal; else it
 * is the double next to it */
gboolean     conset_table_get_real  (const ConsetTable *table,
                                     guint              column,
                                     double            *number,
                                     GError           **error);

/** conset_table_get_moved: the same of the decimal, its point moved by @places to the right. */
gboolean     conset_table_get_moved (const ConsetTable *table,
                                     guint              column,
                                     int                places,
                                     double            *number,
                                     GError           **error);

/** conset_table_get_index: Returns: FALSE with @error set if the field is no integer in [0, 2^63) */
gboolean     conset_table_get_index (const ConsetTable *table,
                                     guint              column,
                                     guint64           *index,
                                     GError           **error);

/** conset_table_fail: an error about the row, or about one of its columns if that is not -1.
 * Returns: FALSE */
gboolean     conset_table_fail      (const ConsetTable *table,
                                     int                column,
                                     GError           **error,
                                     const char        *format,
                                     ...) G_GNUC_PRINTF (4, 5);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Tables of numbers, line by line. The fields of a line are cut out of it in place: each ends with
 * a 0 where its separator was.
 */
#include "table_read.h"

#include <conset/types.h>

#include <math.h>
#include <string.h>

#define PIECE 65536

/* Longer lines, and more columns, are those of something else. */
#define LONGEST_LINE (1u << 20)
#define MOST_COLUMNS 4096

/* @read: how many bytes of the file were read; @piece holds the last of them, from @used on unseen
 * @line: the number of @text, from 1
 * @fields: where the fields of the row begin
 * @names: (nullable): of the columns
 * @held: whether the first line is the first row, which is still to come */
struct _ConsetTable
{
  ConsetBytes *bytes;
  guint8 *piece;
  guint64 read;
  gsize used;
  gsize filled;
  GString *text;
  guint64 line;
  char separator;
  GArray *fields;
  guint n_columns;
  char **names;
  gboolean held;
};

/* Errors show what stands in a file, cut at any byte, which need not be text. */
gboolean
conset_table_fail (const ConsetTable *table, int column, GError **error, const char *format, ...)
{
  g_autofree char *what = NULL, *where = NULL, *problem = NULL, *message = NULL;
  va_list args;

  va_start (args, format);
  what = g_strdup_vprintf (format, args);
  va_end (args);
  if (column >= 0 && table->names != NULL)
    where = g_strdup_printf (", column '%.40s'", table->names[column]);
  else if (column >= 0)
    where = g_strdup_printf (", column %d", column + 1);
  problem =
    g_strdup_printf ("%s, line %" G_GUINT64_FORMAT "%s: %s", conset_bytes_name (table->bytes),
                     table->line, where != NULL ? where : "", what);
  message = g_utf8_make_valid (problem, -1);
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_FILE, message);
  return FALSE;
}

/* {{{ lines */

/* Reads on. FALSE at the end of the file, or with @error set. */
static gboolean
table_fill (ConsetTable *table, GError **error)
{
  guint64 left = conset_bytes_size (table->bytes) - table->read;

  table->used = 0;
  table->filled = 0;
  if (left == 0
      || !conset_bytes_read (table->bytes, table->read, MIN (left, PIECE), table->piece, error))
    return FALSE;
  table->filled = MIN (left, PIECE);
  table->read += table->filled;
  return TRUE;
}

/* The next line, without its end, into @text. FALSE behind the last one, or with @error set. */
static gboolean
table_read_line (ConsetTable *table, GError **error)
{
  gboolean any = FALSE;

  g_string_truncate (table->text, 0);
  table->line++;
  for (;;)
    {
      const guint8 *start, *end;
      GError *cause = NULL;
      gsize n;

      if (table->used == table->filled && !table_fill (table, &cause))
        {
          if (cause != NULL)
            g_propagate_error (error, cause);
          return cause == NULL && any;
        }
      any = TRUE;
      start = table->piece + table->used;
      end = memchr (start, '\n', table->filled - table->used);
      n = end != NULL ? (gsize) (end - start) : table->filled - table->used;
      if (table->text->len + n > LONGEST_LINE)
        return conset_table_fail (table, -1, error,
                                  "the line is longer than %u characters; the file is no table",
                                  LONGEST_LINE);
      g_string_append_len (table->text, (const char *) start, (gssize) n);
      table->used += n + (end != NULL);
      if (end != NULL)
        return TRUE;
    }
}

/* The same with something in it. */
static gboolean
table_read_full_line (ConsetTable *table, GError **error)
{
  for (;;)
    {
      gsize start = 0;
      GError *cause = NULL;

      if (!table_read_line (table, &cause))
        {
          if (cause != NULL)
            g_propagate_error (error, cause);
          return FALSE;
        }
      if (memchr (table->text->str, '\0', table->text->len) != NULL)
        return conset_table_fail (table, -1, error,
                                  "there is a byte of 0; save the table as text in UTF-8");
      if (table->line == 1 && g_str_has_prefix (table->text->str, "\xef\xbb\xbf"))
        g_string_erase (table->text, 0, 3);
      start = strspn (table->text->str, " \t\r");
      if (table->text->str[start] != '\0' && table->text->str[start] != '#')
        return TRUE;
    }
}

/* }}} */

/* {{{ fields */

/* Without the blanks and the quotes around it. */
static char *
field_trim (char *field)
{
  gsize length;

  field = g_strstrip (field);
  length = strlen (field);
  if (length >= 2 && (*field == '"' || *field == '\'') && field[length - 1] == *field)
    {
      field[length - 1] = '\0';
      field = g_strstrip (field + 1);
    }
  return field;
}

/* The separator behind @field, which is not in double quotes; NULL for none. */
static char *
field_end (char *field, char separator)
{
  char *start = field + strspn (field, " ");
  char *quote = *start == '"' ? strchr (start + 1, '"') : NULL;

  if (quote != NULL)
    field = quote;
  return separator == ' ' ? field + strcspn (field, " \t") : strchr (field, separator);
}

/* The one of ; tab , and blanks that the line has first in this order. */
static char
find_separator (const char *line)
{
  static const char separators[] = ";\t,";

  for (const char *p = separators; *p != '\0'; p++)
    if (strchr (line, *p) != NULL)
      return *p;
  return ' ';
}

static gboolean
table_split (ConsetTable *table, GError **error)
{
  char *at = table->text->str;

  g_array_set_size (table->fields, 0);
  if (table->separator == ' ')
    at = g_strstrip (at);
  while (at != NULL)
    {
      char *end = field_end (at, table->separator), *field = at;

      at = end != NULL && *end != '\0' ? end + 1 : NULL;
      if (end != NULL)
        *end = '\0';
      if (at != NULL && table->separator == ' ')
        at += strspn (at, " \t");
      field = field_trim (field);
      g_array_append_val (table->fields, field);
      if (table->fields->len > MOST_COLUMNS)
        return conset_table_fail (
          table, -1, error, "there are more than %d columns; the file is no table", MOST_COLUMNS);
    }
  if (table->n_columns == 0 || table->fields->len == table->n_columns)
    return TRUE;
  return conset_table_fail (table, -1, error,
                            "the row has %u columns, and the first line has %u; give all as many",
                            table->fields->len, table->n_columns);
}

const char *
conset_table_get_text (const ConsetTable *table, guint column)
{
  return g_array_index (table->fields, const char *, column);
}

/* The digits at @at, as a number, which is exact up to 18 of them. */
static const char *
read_digits (const char *at, guint64 *number, int *n)
{
  for (; g_ascii_isdigit (*at); at++)
    {
      if (*n < 19)
        *number = *number * 10 + (guint64) (*at - '0');
      *n += *number > 0;
    }
  return at;
}

/* Powers of ten that a double holds exactly. */
static const double powers[] = { 1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                 1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* The double next to the decimal @text, its point moved by @move; its exponent, or its end, is at
 * @exponent. */
static double
read_long_decimal (const char *text, const char *exponent, int move)
{
  g_autofree char *moved = NULL;
  gint64 power;

  if (move == 0)
    return g_ascii_strtod (text, NULL);
  /* Beyond that all is 0, or infinite, for lines are not so long. */
  power = *exponent != '\0' ? g_ascii_strtoll (exponent + 1, NULL, 10) : 0;
  power = CLAMP (power, -(1 << 24), 1 << 24);
  moved = g_strdup_printf ("%.*se%d", (int) (exponent - text), text, (int) power + move);
  return g_ascii_strtod (moved, NULL);
}

/* The double next to the decimal @text, its point moved by @move; FALSE if it is none. Up to 15
 * digits and a small power of ten are exact, so that one division, or one product, rounds once. */
static gboolean
read_decimal (const char *text, int move, double *number)
{
  const char *at = text + (*text == '-' || *text == '+'), *first = at, *point, *fraction;
  guint64 digits = 0;
  int n = 0, places = 0;
  gsize n_written;
  const char *end;

  point = read_digits (at, &digits, &n);
  fraction = *point == '.' ? point + 1 : point;
  at = read_digits (fraction, &digits, &n);
  places = (int) MIN (at - fraction, 1000) - move;
  end = at;
  n_written = (gsize) (point - first) + (gsize) (at - fraction);
  if (n_written == 0)
    return FALSE;
  if (*at == 'e' || *at == 'E')
    {
      const char *exponent = at + 1 + (at[1] == '-' || at[1] == '+');

      at = exponent + strspn (exponent, "0123456789");
      if (at == exponent)
        return FALSE;
      n = 100;
    }
  if (*at != '\0')
    return FALSE;
  if (n > 15 || ABS (places) > 22)
    *number = read_long_decimal (text, end, move);
  else
    {
      double size =
        places >= 0 ? (double) digits / powers[places] : (double) digits * powers[-places];

      *number = *text == '-' ? -size : size;
    }
  return TRUE;
}

gboolean
conset_table_get_real (const ConsetTable *table, guint column, double *number, GError **error)
{
  return conset_table_get_moved (table, column, 0, number, error);
}

gboolean
conset_table_get_moved (
  const ConsetTable *table, guint column, int places, double *number, GError **error)
{
  const char *text = conset_table_get_text (table, column);

  if (*text == '\0')
    return conset_table_fail (table, (int) column, error, "the number is missing");
  if (!read_decimal (text, places, number))
    return conset_table_fail (table, (int) column, error,
                              "'%.40s' is no number; write finite decimals such as -1.5e3", text);
  if (!isfinite (*number))
    return conset_table_fail (table, (int) column, error, "%.40s is too large for a double", text);
  return TRUE;
}

gboolean
conset_table_get_index (const ConsetTable *table, guint column, guint64 *index, GError **error)
{
  const char *text = conset_table_get_text (table, column);
  gsize length = strlen (text);

  if (length > 0 && length <= 19 && strspn (text, "0123456789") == length)
    {
      *index = g_ascii_strtoull (text, NULL, 10);
      if (*index < CONSET_INDEX_END)
        return TRUE;
    }
  return conset_table_fail (table, (int) column, error,
                            "'%.40s' is no index; write integers from 0 to 2^63 - 1", text);
}

/* }}} */

/* {{{ tables */

static gboolean
row_is_numbers (const ConsetTable *table)
{
  double number;

  for (guint k = 0; k < table->fields->len; k++)
    if (!read_decimal (conset_table_get_text (table, k), 0, &number))
      return FALSE;
  return TRUE;
}

/* Takes the first line for names, or for a row. */
static gboolean
table_read_first (ConsetTable *table, GError **error)
{
  GError *cause = NULL;

  if (!table_read_full_line (table, &cause))
    {
      if (cause == NULL)
        g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE,
                     "%s is empty; a table has at least one line",
                     conset_bytes_name (table->bytes));
      else
        g_propagate_error (error, cause);
      return FALSE;
    }
  if (table->separator == '\0')
    table->separator = find_separator (table->text->str);
  if (!table_split (table, error))
    return FALSE;
  table->n_columns = table->fields->len;
  table->held = row_is_numbers (table);
  if (table->held)
    return TRUE;
  table->names = g_new0 (char *, table->n_columns + 1);
  for (guint k = 0; k < table->n_columns; k++)
    table->names[k] = g_utf8_make_valid (conset_table_get_text (table, k), -1);
  return TRUE;
}

ConsetTable *
conset_table_open (ConsetBytes *bytes, char separator, GError **error)
{
  g_autoptr (ConsetTable) table = g_new0 (ConsetTable, 1);

  table->bytes = bytes;
  table->piece = g_malloc (PIECE);
  table->text = g_string_new (NULL);
  table->fields = g_array_new (FALSE, FALSE, sizeof (char *));
  table->separator = separator;
  return table_read_first (table, error) ? g_steal_pointer (&table) : NULL;
}

void
conset_table_free (ConsetTable *table)
{
  g_free (table->piece);
  g_string_free (table->text, TRUE);
  g_array_unref (table->fields);
  g_strfreev (table->names);
  g_free (table);
}

guint
conset_table_n_columns (const ConsetTable *table)
{
  return table->n_columns;
}

const char *
conset_table_name (const ConsetTable *table, guint column)
{
  return table->names != NULL ? table->names[column] : NULL;
}

int
conset_table_find (const ConsetTable *table, const char *name)
{
  for (guint k = 0; table->names != NULL && k < table->n_columns; k++)
    if (strcmp (table->names[k], name) == 0)
      return (int) k;
  return -1;
}

gboolean
conset_table_next (ConsetTable *table, GError **error)
{
  if (table->held)
    {
      table->held = FALSE;
      return TRUE;
    }
  return table_read_full_line (table, error) && table_split (table, error);
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * Connections of Matrix Market files: coordinates, row = source + 1, column = target + 1.
 *
 * pattern gives a mask; real and integer a column of values, "weight" if no note names it. Integers
 * that conset has written for multapses are multiplicities. Of a symmetric matrix, the part that is
 * not listed comes along: entry by entry, (i, j) and then (j, i).
 */
#include "reader.h"

#include <string.h>

#define PIECE 65536
#define LONGEST_LINE (1u << 20)

/* (@source, @target, @value) has @again copies yet to come, and then its mirror image. */
typedef struct
{
  ConsetReader base;
  ConsetBytes *bytes;
  guint64 read;
  char piece[PIECE];
  gsize used;
  gsize filled;
  GString *line;
  guint64 number;
  gboolean counts;
  gboolean pattern;
  int mirror;
  guint64 n_rows;
  guint64 n_columns;
  guint64 n_left;
  guint64 source;
  guint64 target;
  double value;
  guint64 again;
  gboolean mirrored;
} Reader;

static void
reader_free (ConsetReader *base)
{
  Reader *reader = (Reader *) base;

  g_clear_pointer (&reader->bytes, conset_bytes_free);
  g_string_free (reader->line, TRUE);
}

static gboolean
line_fail (const Reader *reader, GError **error, const char *problem)
{
  return conset_reader_fail (reader->base.name, error, "line %" G_GUINT64_FORMAT ": %s",
                             reader->number, problem);
}

/* The next line without its end; FALSE at the end of the file, which is no error, or with @error.
 */
static gboolean
line_next (Reader *reader, GError **error)
{
  g_string_truncate (reader->line, 0);
  reader->number++;
  for (;;)
    {
      guint64 left = conset_bytes_size (reader->bytes) - reader->read;
      const char *from = reader->piece + reader->used;
      gsize n = reader->filled - reader->used;
      const char *stop = memchr (from, '\n', n);

      g_string_append_len (reader->line, from, stop != NULL ? stop - from : (gssize) n);
      reader->used += stop != NULL ? (gsize) (stop - from) + 1 : n;
      if (reader->line->len > LONGEST_LINE)
        return line_fail (reader, error, "the line is too long for this format");
      if (stop != NULL)
        return TRUE;
      if (left == 0)
        return reader->line->len > 0;
      reader->filled = (gsize) MIN (left, PIECE);
      reader->used = 0;
      if (!conset_bytes_read (reader->bytes, reader->read, reader->filled, reader->piece, error))
        return FALSE;
      reader->read += reader->filled;
    }
}

/* {{{ entries */

/* Digits, between blanks. */
static gboolean
take_integer (char **at, guint64 *number)
{
  char *end;

  while (g_ascii_isspace (**at))
    (*at)++;
  if (!g_ascii_isdigit (**at))
    return FALSE;
  *number = g_ascii_strtoull (*at, &end, 10);
  *at = end;
  return *number < CONSET_INDEX_END && (*end == '\0' || g_ascii_isspace (*end));
}

static gboolean
take_real (char **at, double *number)
{
  char *end;

  *number = g_ascii_strtod (*at, &end);
  if (end == *at || memchr (*at, 'x', (gsize) (end - *at)) != NULL
      || memchr (*at, 'X', (gsize) (end - *at)) != NULL)
    return FALSE;
  *at = end;
  return *end == '\0' || g_ascii_isspace (*end);
}

static gboolean
at_end (const char *at)
{
  while (g_ascii_isspace (*at))
    at++;
  return *at == '\0';
}

/* Reads the next entry; FALSE with @error set, also if there is none. */
static gboolean
entry_next (Reader *reader, GError **error)
{
  GError *cause = NULL;
  char *at;

  do
    if (!line_next (reader, &cause))
      {
        if (cause != NULL)
          g_propagate_error (error, cause);
        else
          conset_reader_fail (reader->base.name, error,
                              "the file ends %" G_GUINT64_FORMAT " entries too early",
                              reader->n_left);
        return FALSE;
      }
  while (at_end (reader->line->str));

  at = reader->line->str;
  reader->again = 1;
  if (!take_integer (&at, &reader->source) || !take_integer (&at, &reader->target)
      || (reader->counts && !take_integer (&at, &reader->again))
      || (!reader->counts && !reader->pattern && !take_real (&at, &reader->value)) || !at_end (at))
    return line_fail (reader, error, "this is no entry of such a matrix");
  if (reader->source < 1 || reader->source > reader->n_rows || reader->target < 1
      || reader->target > reader->n_columns)
    return line_fail (reader, error, "the entry is not within the matrix");
  if (reader->again > CONSET_MAX_MULTIPLICITY)
    return line_fail (reader, error, "the multiplicity is too large");
  reader->n_left--;
  reader->mirrored = reader->mirror != 0 && reader->source != reader->target;
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
  gsize n = 0;

  while (n < most)
    {
      if (reader->again == 0 && reader->mirrored)
        {
          guint64 source = reader->source;

          reader->source = reader->target;
          reader->target = source;
          reader->value *= reader->mirror;
          reader->again = 1;
          reader->mirrored = FALSE;
        }
      else if (reader->again == 0 && reader->n_left == 0)
        return (gssize) n;
      else if (reader->again == 0 && !entry_next (reader, error))
        return -1;
      if (reader->again == 0)
        continue;
      sources[n] = reader->source - 1;
      targets[n] = reader->target - 1;
      if (base->n_columns > 0)
        values[0][n] = reader->value;
      reader->again--;
      n++;
    }
  return (gssize) n;
}

/* }}} */

static const ConsetReaderClass reader_class = { reader_read, reader_free, NULL };

/* "%%MatrixMarket matrix coordinate FIELD SYMMETRY" */
static gboolean
reader_read_banner (Reader *reader, GError **error)
{
  static const char *const fields[] = { "pattern", "real", "double", "integer", NULL };
  static const struct
  {
    const char *name;
    int mirror;
  } symmetries[] = { { "general", 0 }, { "symmetric", 1 }, { "skew-symmetric", -1 } };
  g_autofree char *folded = NULL;
  g_auto (GStrv) words = NULL;

  if (!line_next (reader, error))
    return error != NULL && *error != NULL ? FALSE : line_fail (reader, error, "the file is empty");
  folded = g_ascii_strdown (reader->line->str, -1);
  words = g_strsplit_set (g_strstrip (folded), " \t", -1);
  if (g_strv_length (words) != 5 || strcmp (words[0], "%%matrixmarket") != 0
      || strcmp (words[1], "matrix") != 0 || strcmp (words[2], "coordinate") != 0)
    return line_fail (reader, error,
                      "a Matrix Market file begins with '%%MatrixMarket matrix coordinate'");
  if (!g_strv_contains (fields, words[3]))
    return line_fail (reader, error, "entries must be pattern, real or integer");
  reader->pattern = strcmp (words[3], "pattern") == 0;
  for (gsize k = 0; k < G_N_ELEMENTS (symmetries); k++)
    if (strcmp (words[4], symmetries[k].name) == 0)
      {
        reader->mirror = symmetries[k].mirror;
        return TRUE;
      }
  return line_fail (reader, error, "the matrix must be general, symmetric or skew-symmetric");
}

/* Comments and the line with the sizes. */
static gboolean
reader_read_head (Reader *reader, GError **error)
{
  GError *cause = NULL;
  char *at;

  do
    {
      if (!line_next (reader, &cause))
        {
          if (cause == NULL)
            return line_fail (reader, error, "the file ends before the size of the matrix");
          g_propagate_error (error, cause);
          return FALSE;
        }
      if (reader->line->str[0] == '%')
        conset_notes_read (&reader->base.notes, reader->line->str + 1, reader->line->len - 1);
    }
  while (reader->line->str[0] == '%' || at_end (reader->line->str));
  at = reader->line->str;
  return (take_integer (&at, &reader->n_rows) && take_integer (&at, &reader->n_columns)
          && take_integer (&at, &reader->n_left) && at_end (at))
         || line_fail (reader, error, "here must be the numbers of rows, columns and entries");
}

ConsetReader *
conset_read_matrix_market (ConsetBytes *bytes, GError **error)
{
  Reader *reader = conset_reader_new (&reader_class, sizeof *reader, conset_bytes_name (bytes));
  GError *cause = NULL;
  const char *entries;

  reader->bytes = bytes;
  reader->line = g_string_new (NULL);
  if (!reader_read_banner (reader, &cause) || !reader_read_head (reader, &cause))
    {
      g_propagate_error (error, cause);
      conset_reader_free (&reader->base);
      return NULL;
    }
  reader->base.n_sources = reader->n_rows;
  reader->base.n_targets = reader->n_columns;
  entries = reader->base.notes.entries;
  reader->counts = !reader->pattern && g_strcmp0 (entries, "multiplicities") == 0;
  if (!reader->pattern && !reader->counts)
    conset_reader_add_named (&reader->base, entries != NULL ? entries : "weight");
  return &reader->base;
}

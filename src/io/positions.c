/* SPDX-License-Identifier: MIT */
/*
 * Positions from files: which reader, which columns, and the geometry that is made of what was
 * read.
 */
#include "positions.h"

#include "measured.h"
#include "text.h"
#include "value.h"

#include <math.h>
#include <string.h>

static gboolean G_GNUC_PRINTF (3, 4)
  positions_fail (const ConsetBytes *bytes, GError **error, const char *format, ...)
{
  g_autofree char *problem = NULL, *valid = NULL;
  va_list args;

  va_start (args, format);
  problem = g_strdup_vprintf (format, args);
  va_end (args);
  /* It may show what stands in the file. */
  valid = g_utf8_make_valid (problem, -1);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s: %s", conset_bytes_name (bytes), valid);
  return FALSE;
}

gboolean
conset_positions_reserve (ConsetPositions *positions,
                          const ConsetBytes *bytes,
                          guint64 n,
                          GError **error)
{
  gsize size = positions->n_dimensions * sizeof (double);

  if (n < G_MAXSIZE / size - 1)
    positions->numbers = g_try_malloc0 ((n + 1) * size);
  positions->n = n;
  return positions->numbers != NULL
         || positions_fail (bytes, error,
                            "there is no memory for its %" G_GUINT64_FORMAT " positions", n);
}

gboolean
conset_positions_finish (const ConsetPositions *positions, const ConsetBytes *bytes, GError **error)
{
  guint n_dimensions = positions->n_dimensions;

  for (gsize k = 0; k < positions->n * n_dimensions; k++)
    if (!isfinite (positions->numbers[k]))
      return positions_fail (bytes, error,
                             "coordinate %c of position %" G_GSIZE_FORMAT
                             " is %s; coordinates are finite numbers",
                             "xyz"[k % n_dimensions], k / n_dimensions,
                             isnan (positions->numbers[k]) ? "nan" : "too large");
  return TRUE;
}

/* {{{ columns */

int
conset_column_number (const char *column, guint n)
{
  gsize length = strlen (column);
  guint64 number;

  if (length == 0 || length > 9 || strspn (column, "0123456789") < length)
    return -1;
  number = g_ascii_strtoull (column, NULL, 10);
  return number < n ? (int) number : -1;
}

/* What columns there are, for a message. */
static char *
list_columns (const char *(*name) (gconstpointer file, guint column), gconstpointer file, guint n)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (n == 0 || name (file, 0) == NULL)
    return g_strdup_printf ("there are %u columns, without names", n);
  g_string_append (text, "there are the columns ");
  for (guint k = 0; k < MIN (n, 8); k++)
    g_string_append_printf (text, "%s'%.40s'", k > 0 ? ", " : "", name (file, k));
  g_string_append (text, n > 8 ? ", ..." : "");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
conset_positions_columns (ConsetPositions *positions,
                          const ConsetBytes *bytes,
                          int (*find) (gconstpointer file, const char *name),
                          const char *(*name) (gconstpointer file, guint column),
                          gconstpointer file,
                          guint n,
                          guint columns[CONSET_MAX_DIMENSIONS],
                          GError **error)
{
  static const char *const usual[] = { "x", "y", "z", NULL };
  const char *const *asked = positions->options->columns;
  const char *const *wanted = asked != NULL ? asked : usual;
  gboolean all = asked == NULL && (n == 2 || n == 3) && name (file, 0) == NULL;
  g_autofree char *list = NULL;
  guint found = 0;

  for (; found < CONSET_MAX_DIMENSIONS && wanted[found] != NULL; found++)
    {
      int column = all ? (found < n ? (int) found : -1) : find (file, wanted[found]);

      if (column < 0 && asked != NULL)
        column = conset_column_number (wanted[found], n);
      if (column < 0)
        break;
      columns[found] = (guint) column;
    }
  positions->n_dimensions = found;
  if (found >= 2 && (asked == NULL || asked[found] == NULL))
    return TRUE;
  list = list_columns (name, file, n);
  if (asked != NULL && (found == CONSET_MAX_DIMENSIONS || wanted[found] == NULL))
    return positions_fail (bytes, error, "positions have 2 or 3 coordinates; name as many columns");
  return positions_fail (
    bytes, error,
    "there is no column '%s'; %s; name those of x, y and, in space, z, or give "
    "their numbers, which count from 0",
    wanted[found], list);
}

/* }}} */

/* {{{ the geometry */

static gboolean
has_ending (const char *name, const char *const *endings)
{
  const char *dot = strrchr (name, '.');

  for (; dot != NULL && *endings != NULL; endings++)
    if (g_ascii_strcasecmp (dot, *endings) == 0)
      return TRUE;
  return FALSE;
}

static gboolean
read_nodes (ConsetPositions *positions G_GNUC_UNUSED,
            const char *name G_GNUC_UNUSED,
            ConsetBytes *bytes,
            GError **error)
{
#ifdef CONSET_HAVE_HDF5
  return conset_positions_read_nodes (positions, name, bytes, error);
#else
  return positions_fail (bytes, error,
                         "this build reads no HDF5; build it with CONSET_HDF5=ON, or save the "
                         "positions in another format");
#endif
}

/* Numbers that were not written as decimals are multiplied. TRUE, for the end of a condition. */
static gboolean
scale_numbers (ConsetPositions *positions)
{
  ConsetScale scale;

  if (positions->unit == NULL)
    return TRUE;
  scale = conset_unit_scale (positions->unit);
  for (gsize k = 0; k < positions->n * positions->n_dimensions; k++)
    positions->numbers[k] = conset_scale_apply (scale, positions->numbers[k]);
  return TRUE;
}

static gboolean
positions_read (ConsetPositions *positions, const char *name, ConsetBytes *bytes, GError **error)
{
  static const char *const tables[] = { ".csv", ".tsv", ".txt", NULL };
  static const char *const arrays[] = { ".npy", NULL };
  static const char *const nodes[] = { ".h5", ".hdf5", ".sonata", NULL };
  static const char *const tabs[] = { ".tsv", NULL };
  char separator = positions->options->separator;

  if (separator == '\0' && has_ending (name, tabs))
    separator = '\t';
  if (separator != '\0' && strchr (",;\t |:", separator) == NULL)
    return positions_fail (bytes, error,
                           "no table is separated by '%c'; use one of , ; | : a blank or a tab",
                           g_ascii_isprint (separator) ? separator : '?');
  if (has_ending (name, tables))
    return conset_positions_read_table (positions, bytes, separator, error);
  if (has_ending (name, arrays))
    return conset_positions_read_npy (positions, bytes, error) && scale_numbers (positions);
  if (has_ending (name, nodes))
    return read_nodes (positions, name, bytes, error) && scale_numbers (positions);
  return positions_fail (bytes, error,
                         "the ending of its name tells no format; use .csv, .tsv or .txt for "
                         "tables, .npy for arrays of NumPy, .h5 for nodes of SONATA");
}

static void
append_strings (GString *text, const char *const *strings)
{
  g_string_append (text, ", columns=[");
  for (guint k = 0; strings[k] != NULL; k++)
    {
      g_string_append (text, k > 0 ? ", " : "");
      if (conset_column_number (strings[k], G_MAXINT) >= 0)
        g_string_append (text, strings[k]);
      else
        conset_append_string (text, strings[k]);
    }
  g_string_append_c (text, ']');
}

/* What reads the same file again; where the language has no words for it, what was read. */
static char *
positions_text (const ConsetPositions *positions, const char *name)
{
  const ConsetPositionsOptions *options = positions->options;
  GString *text = g_string_new ("positionsFromFile(");
  gboolean is_written = conset_is_string (name);

  for (guint k = 0; options->columns != NULL && options->columns[k] != NULL; k++)
    is_written = is_written && conset_is_string (options->columns[k]);
  if (!is_written || (options->population != NULL && !conset_is_string (options->population)))
    {
      g_string_assign (text, "<positions from a file>");
      return g_string_free (text, FALSE);
    }
  conset_append_string (text, name);
  if (options->columns != NULL)
    append_strings (text, options->columns);
  if (options->separator != '\0')
    {
      const char separator[] = { options->separator, '\0' };

      g_string_append (text, ", separator=");
      conset_append_string (text, options->separator == '\t' ? "tab" : separator);
    }
  if (options->population != NULL)
    {
      g_string_append (text, ", population=");
      conset_append_string (text, options->population);
    }
  if (positions->unit != NULL)
    {
      g_string_append (text, ", unit=");
      conset_unit_print (positions->unit, CONSET_VALUE_PREC_LEAST, text);
    }
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

static gboolean
find_unit (ConsetPositions *positions, const char *name, GError **error)
{
  g_autofree char *problem = NULL;

  if (name == NULL)
    return TRUE;
  positions->unit = conset_unit_parse (name, &problem);
  if (problem == NULL && conset_unit_strip (positions->unit) == NULL)
    problem = g_strdup_printf ("%s is a number; use a unit such as um", name);
  if (problem != NULL)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "unit=%s: %s", name, problem);
  return problem == NULL;
}

ConsetGeometry *
conset_geometry_from_file (const char *name, const ConsetPositionsOptions *options, GError **error)
{
  static const ConsetPositionsOptions usual = { 0 };
  ConsetPositions positions = { .options = options != NULL ? options : &usual };
  g_autoptr (ConsetBytes) bytes = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (name != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!find_unit (&positions, positions.options->unit, error))
    return NULL;
  bytes = conset_bytes_open (name, error);
  if (bytes == NULL)
    return NULL;
  if (!positions_read (&positions, name, bytes, error) || !conset_bytes_check (bytes, error)
      || !conset_positions_finish (&positions, bytes, error))
    {
      g_free (positions.numbers);
      return NULL;
    }
  text = positions_text (&positions, name);
  return conset_geometry_told (positions.n_dimensions, positions.numbers, positions.n,
                               positions.unit, text, positions.numbers, g_free);
}

/* }}} */

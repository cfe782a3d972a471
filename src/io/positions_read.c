/* SPDX-License-Identifier: MIT */
/*
 * Positions of tables and of arrays of NumPy.
 */
#include "npy_read.h"
#include "positions.h"
#include "table_read.h"

#include <string.h>

/* {{{ tables */

static int
table_find (gconstpointer file, const char *name)
{
  return conset_table_find (file, name);
}

static const char *
table_name (gconstpointer file, guint column)
{
  return conset_table_name (file, column);
}

/* Room for more positions; it grows by a half each time, and is moved by the system if it is large.
 */
static gboolean
positions_grow (ConsetPositions *positions, gsize *room, ConsetTable *table, GError **error)
{
  gsize more = *room + *room / 2 + 512;
  double *numbers =
    g_try_realloc_n (positions->numbers, more, positions->n_dimensions * sizeof *numbers);

  if (numbers == NULL)
    return conset_table_fail (table, -1, error,
                              "there is no memory for more than %" G_GSIZE_FORMAT " positions",
                              positions->n);
  positions->numbers = numbers;
  *room = more;
  return TRUE;
}

/* By how many places decimals of @unit (nullable) are moved, and how they are scaled then. */
static int
unit_places (const ConsetUnit *unit, ConsetScale *scale)
{
  gboolean is_decimal = unit == NULL || conset_measure_is_decimal (&unit->measure);

  *scale = is_decimal ? (ConsetScale) CONSET_SCALE_ONE : conset_unit_scale (unit);
  return is_decimal && unit != NULL ? unit->measure.exponent : 0;
}

gboolean
conset_positions_read_table (ConsetPositions *positions,
                             ConsetBytes *bytes,
                             char separator,
                             GError **error)
{
  g_autoptr (ConsetTable) table = conset_table_open (bytes, separator, error);
  guint columns[CONSET_MAX_DIMENSIONS];
  ConsetScale scale;
  GError *cause = NULL;
  gsize room = 0;
  int places = unit_places (positions->unit, &scale);

  if (table == NULL
      || !conset_positions_columns (positions, bytes, table_find, table_name, table,
                                    conset_table_n_columns (table), columns, error))
    return FALSE;
  for (; conset_table_next (table, &cause); positions->n++)
    {
      double *numbers;

      if (positions->n == room && !positions_grow (positions, &room, table, error))
        return FALSE;
      numbers = positions->numbers + positions->n * positions->n_dimensions;
      for (guint d = 0; d < positions->n_dimensions; d++)
        {
          if (!conset_table_get_moved (table, columns[d], places, &numbers[d], error))
            return FALSE;
          numbers[d] = conset_scale_apply (scale, numbers[d]);
        }
    }
  if (cause != NULL)
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  positions->numbers =
    g_realloc_n (positions->numbers, positions->n + 1, positions->n_dimensions * sizeof (double));
  return TRUE;
}

/* }}} */

/* {{{ arrays of NumPy */

#define MOST_COLUMNS 4096

static int
npy_find (gconstpointer file, const char *name)
{
  return conset_npy_find (file, name);
}

static const char *
npy_name (gconstpointer file, guint column)
{
  const ConsetNpy *npy = file;

  return npy->is_record ? npy->fields[column].name : NULL;
}

/* How many columns the array has; 0 with @error set for what is no table. */
static guint
npy_n_columns (const ConsetNpy *npy, const ConsetBytes *bytes, GError **error)
{
  if (npy->is_record && npy->n_shape == 1)
    return npy->n_fields;
  if (!npy->is_record && npy->n_shape == 2 && npy->shape[1] > 0 && npy->shape[1] <= MOST_COLUMNS)
    return (guint) npy->shape[1];
  g_set_error (
    error, CONSET_ERROR, CONSET_ERROR_FILE,
    "%s: the array has %u dimensions%s; positions are n x 2 or n x 3 numbers, or n records",
    conset_bytes_name (bytes), npy->n_shape, npy->n_shape == 2 ? ", but not so many columns" : "");
  return 0;
}

/* Numbers of C order are those of all columns, row by row. */
static gboolean
read_rows (ConsetPositions *positions,
           const ConsetNpy *npy,
           ConsetBytes *bytes,
           const guint *columns,
           GError **error)
{
  guint n_dimensions = positions->n_dimensions;
  gsize n_columns = npy->shape[1], n_rows = MAX (1, 8192 / n_columns);
  g_autofree double *rows = g_new (double, n_rows *n_columns);

  for (gsize first = 0, n; first < positions->n; first += n)
    {
      n = MIN (n_rows, positions->n - first);
      if (!conset_npy_read_reals (npy, bytes, 0, first * n_columns, n * n_columns, rows, 1, error))
        return FALSE;
      for (gsize k = 0; k < n; k++)
        for (guint d = 0; d < n_dimensions; d++)
          positions->numbers[(first + k) * n_dimensions + d] = rows[k * n_columns + columns[d]];
    }
  return TRUE;
}

/* Column by column: fields of records, or numbers of Fortran order. */
static gboolean
read_columns (ConsetPositions *positions,
              const ConsetNpy *npy,
              ConsetBytes *bytes,
              const guint *columns,
              GError **error)
{
  for (guint d = 0; d < positions->n_dimensions; d++)
    if (!conset_npy_read_reals (npy, bytes, npy->is_record ? columns[d] : 0,
                                npy->is_record ? 0 : columns[d] * positions->n, positions->n,
                                positions->numbers + d, positions->n_dimensions, error))
      return FALSE;
  return TRUE;
}

gboolean
conset_positions_read_npy (ConsetPositions *positions, ConsetBytes *bytes, GError **error)
{
  g_auto (ConsetNpy) npy = { 0 };
  guint columns[CONSET_MAX_DIMENSIONS], n_columns;
  gboolean by_rows;

  if (!conset_npy_open (bytes, 0, &npy, error))
    return FALSE;
  n_columns = npy_n_columns (&npy, bytes, error);
  if (n_columns == 0
      || !conset_positions_columns (positions, bytes, npy_find, npy_name, &npy, n_columns, columns,
                                    error)
      || !conset_positions_reserve (positions, bytes, npy.shape[0], error))
    return FALSE;
  by_rows = !npy.is_record && !npy.fortran_order;
  return by_rows ? read_rows (positions, &npy, bytes, columns, error)
                 : read_columns (positions, &npy, bytes, columns, error);
}

/* }}} */

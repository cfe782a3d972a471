/* SPDX-License-Identifier: MIT */
/*
 * Readers of positions: one a format.
 */
#pragma once

#include <conset/positions.h>

#include "bytes.h"
#include "unit.h"

G_BEGIN_DECLS

/**
 * ConsetPositions:
 * @options: never NULL
 * @unit: (nullable): that of @options
 * @n_dimensions: 2 or 3, once it is known
 * @numbers: of base units, position by position; to be freed
 * @n: how many positions
 *
 * What is read, and what has been.
 */
typedef struct
{
  const ConsetPositionsOptions *options;
  const ConsetUnit             *unit;
  guint                         n_dimensions;
  double                       *numbers;
  gsize                         n;
} ConsetPositions;

/** conset_positions_reserve: room for @n positions, and a 0 for each number. FALSE with @error set if
 * there is none. */
gboolean conset_positions_reserve    (ConsetPositions  *positions,
                                      const ConsetBytes *bytes,
                                      guint64           n,
                                      GError          **error);

gboolean conset_positions_read_table (ConsetPositions  *positions,
                                      ConsetBytes      *bytes,
                                      char              separator,
                                      GError          **error);

gboolean conset_positions_read_npy   (ConsetPositions  *positions,
                                      ConsetBytes      *bytes,
                                      GError          **error);

#ifdef CONSET_HAVE_HDF5
/** conset_positions_read_nodes: @name: that of the file, of which libhdf5 opens it again */
gboolean conset_positions_read_nodes (ConsetPositions  *positions,
                                      const char       *name,
                                      ConsetBytes      *bytes,
                                      GError          **error);
#endif

/** conset_column_number: Returns: the number that @column is, from 0 to below @n; -1 if it is none */
int      conset_column_number        (const char       *column,
                                      guint             n);

/**
 * conset_positions_columns:
 * @find: (scope call): the column of this name; -1 for none
 * @list: (scope call): names all columns, for an error; NULL if they have no names
 * @n: how many columns there are
 * @columns: (out): which are the coordinates
 *
 * Finds the columns that were asked for, and the number of dimensions. Returns: FALSE with @error set
 * if there are none such
 */
gboolean conset_positions_columns    (ConsetPositions  *positions,
                                      const ConsetBytes *bytes,
                                      int             (*find) (gconstpointer file, const char *name),
                                      const char     *(*name) (gconstpointer file, guint column),
                                      gconstpointer     file,
                                      guint             n,
                                      guint             columns[CONSET_MAX_DIMENSIONS],
                                      GError          **error);

/** conset_positions_finish: Returns: FALSE with @error set if a number is not finite */
gboolean conset_positions_finish     (const ConsetPositions *positions,
                                      const ConsetBytes *bytes,
                                      GError          **error);

G_END_DECLS

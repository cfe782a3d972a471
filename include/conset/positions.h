/* SPDX-License-Identifier: MIT */
/*
 * Positions from files.
 *
 *   g_autoptr (ConsetGeometry) cells = conset_geometry_from_file (
 *     "cells.csv", &(ConsetPositionsOptions){ .unit = "mm" }, &error);
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/geometry.h>

G_BEGIN_DECLS

/**
 * ConsetPositionsOptions:
 * @unit: (nullable): what the numbers of the file count, such as "um"; NULL for pure numbers
 * @columns: (nullable) (array zero-terminated=1): the columns of x, y and, in space, z: by name, or
 *   by number from "0" on; NULL for those that are called x, y and z, or for all of a file without
 *   names that has two or three
 * @separator: of tables: what separates columns, ' ' for blanks; 0 to find out
 * @population: (nullable): of SONATA: the population of nodes; NULL if there is one alone
 *
 * What is to be known of a file; zeroed for the usual.
 */
typedef struct
{
  const char        *unit;
  const char *const *columns;
  char               separator;
  const char        *population;
} ConsetPositionsOptions;

/**
 * conset_geometry_from_file:
 * @name: the name of a regular file; its ending tells the format
 * @options: (nullable): what is to be known of it
 *
 * Reads positions, in two dimensions or three, in the order of the file:
 *
 *   .csv .tsv .txt    tables: a line for each position, columns separated by commas, semicolons, tabs
 *                     or blanks; a first line with names, if there is one; '#' begins a comment
 *   .npy              arrays of NumPy, n x 2 or n x 3, or of records, of any integers or of floats
 *                     of four or eight bytes, in C or Fortran order, in either byte order
 *   .h5 .hdf5 .sonata nodes of SONATA: x, y and z of the group of a population, position i being that
 *                     of node_id i
 *
 * Decimals of a table become the doubles next to them, and are converted from @unit as decimals, so
 * that tables in mm and in um give the same bits; numbers of other files are multiplied. All numbers
 * have to be finite. The file is read at once, and may be written to afterwards; peak memory is that
 * of the coordinates. Printed as positionsFromFile("name", ...), which reads it again.
 *
 * Returns: (transfer full): a new geometry; NULL with @error set if the file cannot be read, or is
 *   wrong anywhere, of which the line is told
 */
CONSET_PUBLIC ConsetGeometry *conset_geometry_from_file (const char                    *name,
                                                         const ConsetPositionsOptions  *options,
                                                         GError                       **error)
                                                         G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

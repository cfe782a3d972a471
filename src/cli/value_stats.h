/* SPDX-License-Identifier: MIT */
/*
 * Mean, spread and extremes of the values that connections carry.
 */
#pragma once

#include <conset/conset.h>

/** Of one column: @n finite numbers, and how many there are beside them. */
typedef struct
{
  guint64 n;
  guint64 n_infinite;
  guint64 n_nan;
  double  mean;
  double  squares;
  double  least;
  double  most;
} CliValueStats;

/** Room for the values of @set, one for each column. (transfer full) */
CliValueStats *cli_value_stats_new    (const Conset        *set);
void           cli_value_stats_add    (CliValueStats       *stats,
                                       const ConsetBatch   *batch);
/** Appends a row for each column; nothing for a set without values. */
void           cli_value_stats_append (const CliValueStats *stats,
                                       const Conset        *set,
                                       GString             *text);

/* SPDX-License-Identifier: MIT */
/*
 * Mean, spread and extremes of the values that connections carry.
 */
#pragma once

#include <conset/conset.h>

typedef struct _CliValueStats CliValueStats;

/** For the values of @set. (transfer full) */
CliValueStats *cli_value_stats_new    (const Conset        *set);
void           cli_value_stats_free   (CliValueStats       *stats);
/** Batches come in order. */
void           cli_value_stats_add    (CliValueStats       *stats,
                                       const ConsetBatch   *batch);
/** Takes in what other ranks have; all ranks call it, when all batches were added. */
void           cli_value_stats_gather (CliValueStats       *stats);
/** Appends a row for each column; nothing for a set without values. */
void           cli_value_stats_append (const CliValueStats *stats,
                                       const Conset        *set,
                                       GString             *text);

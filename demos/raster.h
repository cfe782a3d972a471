/* SPDX-License-Identifier: MIT */
/*
 * Spikes drawn in the terminal: rows of neurons by columns of time, and how many neurons fire
 * below it.
 */
#pragma once

#include "lif.h"

/**
 * @first, @end: the steps that are shown, first[neuron] below the end of the run
 * @n_neurons: number of neurons, those from @n_exc on inhibitory
 */
typedef struct
{
  const GArray *spikes;
  guint32 first;
  guint32 end;
  double dt;
  guint n_neurons;
  guint n_exc;
} Raster;

/** raster_append: appends the picture; of dots, or of plain characters unless @utf8. */
void raster_append (const Raster *raster, guint n_columns, gboolean utf8, GString *text);

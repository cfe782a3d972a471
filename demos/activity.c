/* SPDX-License-Identifier: MIT */
/*
 * Statistics of spikes: two passes over all of them, one neuron by neuron, one bin by bin.
 */
#include "activity.h"

#include <math.h>

/* Neurons with fewer intervals than this do not count for the irregularity. */
#define LEAST_INTERVALS 3

#define BIN_TIME 1.0

/* The spikes of a neuron, and the intervals between them in steps. */
typedef struct
{
  guint32 n_spikes;
  guint32 last;
  double sum;
  double squares;
} Train;

static void
train_add (Train *train, guint32 step)
{
  if (train->n_spikes++ > 0)
    {
      double interval = step - train->last;

      train->sum += interval;
      train->squares += interval * interval;
    }
  train->last = step;
}

/* Of the neurons that fire often enough. */
static double
mean_irregularity (const Train *trains, guint n)
{
  double sum = 0.0;
  guint n_counted = 0;

  for (guint i = 0; i < n; i++)
    {
      double n_intervals = trains[i].n_spikes - 1.0;
      double mean = trains[i].sum / n_intervals;
      double square = trains[i].squares / n_intervals;

      if (n_intervals < LEAST_INTERVALS)
        continue;
      sum += sqrt (MAX (square - mean * mean, 0.0) * n_intervals / (n_intervals - 1.0)) / mean;
      n_counted++;
    }
  return n_counted > 0 ? sum / n_counted : NAN;
}

/* Variance over mean. */
static double
dispersion (const double *counts, guint n)
{
  double sum = 0.0, squares = 0.0;

  for (guint k = 0; k < n; k++)
    {
      sum += counts[k];
      squares += counts[k] * counts[k];
    }
  return sum > 0.0 ? (squares - sum * sum / n) / sum : NAN;
}

Activity
activity_of (const GArray *spikes, guint first, guint end, guint32 from, guint n_steps, double dt)
{
  guint n_bins = (guint) (n_steps * dt / BIN_TIME);
  g_autofree Train *trains = g_new0 (Train, end - first);
  g_autofree double *bins = g_new0 (double, n_bins + 1);
  gsize n_spikes = 0;

  for (guint k = 0; k < spikes->len; k++)
    {
      const Spike *spike = &g_array_index (spikes, Spike, k);

      if (spike->neuron < first || spike->neuron >= end)
        continue;
      n_spikes++;
      train_add (&trains[spike->neuron - first], spike->step);
      /* What is left over after the last whole bin is not looked at. */
      bins[MIN ((guint) ((spike->step - from) * dt / BIN_TIME), n_bins)] += 1.0;
    }
  return (Activity){
    .rate = (double) n_spikes / (end - first) / (n_steps * dt) * 1000.0,
    .irregularity = mean_irregularity (trains, end - first),
    .synchrony = dispersion (bins, n_bins),
  };
}

/* SPDX-License-Identifier: MIT */
/*
 * What a histogram is of: numbers, values of connections, degrees.
 */
#pragma once

#include "panel.h"

/**
 * ConsetHistogramData:
 * @label: (nullable): what it is called
 * @set: (nullable): where the numbers come from
 * @column: which value; -1 for degrees
 * @order: whose degrees
 * @numbers: (nullable): the numbers, if they are kept
 * @n: how many of them are finite
 * @n_broken: how many are not
 * @whole: whether all are whole
 * @counts: (nullable): how many are in each bin
 * @n_beyond: how many are in none
 */
typedef struct
{
  char         *label;
  Conset       *set;
  gboolean      has_window;
  ConsetWindow  window;
  int           column;
  ConsetOrder   order;
  double       *numbers;
  gsize         n_numbers;
  guint64       n;
  guint64       n_broken;
  double        low;
  double        high;
  double        mean;
  double        squares;
  gboolean      whole;
  guint64      *counts;
  guint64       n_beyond;
} ConsetHistogramData;

/** conset_histogram_data_free: for lists of them. */
void     conset_histogram_data_free  (gpointer             data);

/** conset_histogram_data_sum_up: looks at all numbers: how many, their range, mean and deviation.
 * Degrees are kept, which takes 8 bytes a line; values of connections are not. */
gboolean conset_histogram_data_sum_up (ConsetHistogramData *self,
                                       ConsetPlotWork      *work,
                                       GError             **error);

/** conset_histogram_data_count: counts how many are in each of @n_bins bins from @low to @high; the
 * last one holds @high, too. */
gboolean conset_histogram_data_count (ConsetHistogramData *self,
                                      double               low,
                                      double               high,
                                      guint                n_bins,
                                      ConsetPlotWork      *work,
                                      GError             **error);

/** conset_histogram_data_deviation: Returns: the standard deviation of the sample; 0 for one number */
double   conset_histogram_data_deviation (const ConsetHistogramData *self);

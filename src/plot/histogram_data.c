/* SPDX-License-Identifier: MIT */
/*
 * What a histogram is of.
 *
 * Values of connections stream past twice, once for their range and once for their bins: sets are
 * values, and come the same each time. Memory does not depend on how many there are.
 */
#include "histogram_data.h"

#include <conset/cset.h>
#include <conset/eval.h>
#include <conset/set.h>

#include <math.h>

/* Lines whose degrees are counted at most: a gigabyte of them. */
#define MOST_LINES (G_GUINT64_CONSTANT (1) << 27)

typedef void (*NumbersFunc) (ConsetHistogramData *self, const double *numbers, gsize n);

void
conset_histogram_data_free (gpointer data)
{
  ConsetHistogramData *self = data;

  if (self->set != NULL)
    conset_unref (self->set);
  g_free (self->label);
  g_free (self->numbers);
  g_free (self->counts);
  g_free (self);
}

/* {{{ Streams */

static void
degrees_add (const ConsetBatch *batch, gpointer data)
{
  ConsetHistogramData *self = data;
  guint64 first =
    self->order == CONSET_TARGET_MAJOR ? self->window.target_first : self->window.source_first;

  self->numbers[batch->line - first] += (double) batch->n;
}

static gboolean
degrees_count (ConsetHistogramData *self, ConsetPlotWork *work, GError **error)
{
  gboolean targets = self->order == CONSET_TARGET_MAJOR;
  guint64 first = targets ? self->window.target_first : self->window.source_first;
  guint64 end = targets ? self->window.target_end : self->window.source_end;
  g_autoptr (Conset) mask = conset_mask (conset_ref (self->set));

  end = MAX (first, end);
  if (end - first > MOST_LINES)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_OVERFLOW,
                   "the window has %" G_GUINT64_FORMAT
                   " %s, and the degrees of at most %" G_GUINT64_FORMAT
                   " are counted; give a smaller window",
                   end - first, targets ? "targets" : "sources", MOST_LINES);
      return FALSE;
    }
  self->n_numbers = end - first;
  self->numbers = g_new0 (double, self->n_numbers);
  return conset_plot_work_stream (work, mask, &self->window, &self->window, self->order,
                                  degrees_add, self, error);
}

/* What is done with the values of a batch. */
typedef struct
{
  ConsetHistogramData *data;
  NumbersFunc func;
} Taker;

static void
numbers_take (const ConsetBatch *batch, gpointer user_data)
{
  Taker *taker = user_data;

  taker->func (taker->data, batch->values[taker->data->column], batch->n);
}

/* Hands all numbers to @func. */
static gboolean
numbers_stream (ConsetHistogramData *self, NumbersFunc func, ConsetPlotWork *work, GError **error)
{
  Taker taker = { self, func };

  if (self->set == NULL || self->column < 0)
    {
      func (self, self->numbers, self->n_numbers);
      return TRUE;
    }
  return conset_plot_work_stream (work, self->set, &self->window, &self->window,
                                  CONSET_TARGET_MAJOR, numbers_take, &taker, error);
}

/* }}} */
/* {{{ Passes */

/* Running means, which stay exact enough over any number of numbers (Welford 1962). */
static void
numbers_sum_up (ConsetHistogramData *self, const double *numbers, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      double difference = numbers[k] - self->mean;

      if (!isfinite (numbers[k]))
        {
          self->n_broken++;
          continue;
        }
      self->low = self->n > 0 ? MIN (self->low, numbers[k]) : numbers[k];
      self->high = self->n > 0 ? MAX (self->high, numbers[k]) : numbers[k];
      self->mean += difference / (double) ++self->n;
      self->squares += difference * (numbers[k] - self->mean);
      self->whole = self->whole && numbers[k] == floor (numbers[k]);
    }
}

static gboolean
data_check (ConsetHistogramData *self, GError **error)
{
  return self->set == NULL
         || (conset_plot_window (self->set, self->has_window ? &self->window : NULL, &self->window,
                                 error)
             && (self->column < 0 || conset_column_check (self->set, self->column, error)));
}

gboolean
conset_histogram_data_sum_up (ConsetHistogramData *self, ConsetPlotWork *work, GError **error)
{
  if (!data_check (self, error))
    return FALSE;
  if (self->set != NULL && self->column < 0 && !degrees_count (self, work, error))
    return FALSE;
  self->whole = TRUE;
  return numbers_stream (self, numbers_sum_up, work, error);
}

/* Where @counts are, for numbers_count(). */
typedef struct
{
  ConsetHistogramData base;
  double low;
  double high;
  guint n_bins;
} Counted;

static void
numbers_count (ConsetHistogramData *data, const double *numbers, gsize n)
{
  Counted *self = (Counted *) data;
  double per_unit = self->n_bins / (self->high - self->low);

  for (gsize k = 0; k < n; k++)
    if (numbers[k] >= self->low && numbers[k] <= self->high)
      {
        guint bin = (guint) ((numbers[k] - self->low) * per_unit);

        data->counts[MIN (bin, self->n_bins - 1)]++;
      }
    else if (isfinite (numbers[k]))
      data->n_beyond++;
}

gboolean
conset_histogram_data_count (ConsetHistogramData *self,
                             double low,
                             double high,
                             guint n_bins,
                             ConsetPlotWork *work,
                             GError **error)
{
  Counted counted;
  gboolean ok;

  self->counts = g_new0 (guint64, n_bins);
  counted = (Counted){ *self, low, high, n_bins };
  ok = numbers_stream (&counted.base, numbers_count, work, error);
  self->n_beyond = counted.base.n_beyond;
  return ok;
}

double
conset_histogram_data_deviation (const ConsetHistogramData *self)
{
  return self->n > 1 ? sqrt (self->squares / (double) (self->n - 1)) : 0.0;
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * The looking at sets before anything is drawn.
 */
#include "work.h"

gboolean
conset_plot_work_tick (ConsetPlotWork *work, double fraction, guint64 connections, GError **error)
{
  work->connections += connections;
  if (work->func == NULL
      || work->func (work->from + work->share * fraction, work->connections, work->user_data))
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_CANCELLED, "the picture was cancelled");
  return FALSE;
}

typedef struct
{
  ConsetPlotWork *work;
  guint64 first;
  double n_lines;
  void (*func) (const ConsetBatch *batch, gpointer user_data);
  gpointer user_data;
} Stream;

static gboolean
stream_take (const ConsetBatch *batch, gpointer data, GError **error)
{
  Stream *stream = data;
  double fraction = (double) (batch->line - stream->first) / stream->n_lines;

  stream->func (batch, stream->user_data);
  return conset_plot_work_tick (stream->work, fraction, batch->n, error);
}

gboolean
conset_plot_work_stream (ConsetPlotWork *work,
                         const Conset *set,
                         const ConsetWindow *window,
                         const ConsetWindow *whole,
                         ConsetOrder order,
                         void (*func) (const ConsetBatch *batch, gpointer user_data),
                         gpointer user_data,
                         GError **error)
{
  gboolean targets = order == CONSET_TARGET_MAJOR;
  guint64 first = targets ? whole->target_first : whole->source_first;
  guint64 end = targets ? whole->target_end : whole->source_end;
  Stream stream = { work, first, (double) (end - first), func, user_data };

  return conset_parallel_foreach (set, window, order, work->task, stream_take, &stream, error);
}

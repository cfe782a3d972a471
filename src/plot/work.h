/* SPDX-License-Identifier: MIT */
/*
 * The looking at sets before anything is drawn: by how many threads, and who is told how it goes.
 */
#pragma once

#include <conset/parallel.h>
#include <conset/plot.h>

#include "text.h"

/**
 * ConsetPlotWork:
 * @task: by how many threads
 * @from: how much of all work was done before this panel
 * @share: how much of it this panel is
 * @side: about how long the inside will be, in units
 * @room: (nullable): the room for text, if that is what it will be
 * @connections: how many have been looked at
 */
typedef struct
{
  ConsetTask              *task;
  ConsetFigureProgressFunc func;
  gpointer                 user_data;
  double                   from;
  double                   share;
  double                   side;
  const ConsetTextRoom    *room;
  guint64                  connections;
} ConsetPlotWork;

/** conset_plot_work_tick: tells that @fraction of the panel and another @connections are done.
 * Returns: FALSE with @error set if it is to stop */
gboolean conset_plot_work_tick   (ConsetPlotWork  *work,
                                  double           fraction,
                                  guint64          connections,
                                  GError         **error);

/**
 * conset_plot_work_stream:
 * @window: where to look
 * @whole: what @window is a part of, or itself: the panel is done at the last of its lines
 * @func: called with batch after batch, in order, by this thread
 *
 * Threads find the connections ahead of @func.
 *
 * Returns: FALSE with @error set if the set fails somewhere, or if it is to stop
 */
gboolean conset_plot_work_stream (ConsetPlotWork      *work,
                                  const Conset        *set,
                                  const ConsetWindow  *window,
                                  const ConsetWindow  *whole,
                                  ConsetOrder          order,
                                  void               (*func) (const ConsetBatch *batch,
                                                              gpointer           user_data),
                                  gpointer             user_data,
                                  GError             **error);

/* SPDX-License-Identifier: MIT */
/*
 * Tasks, as evaluations see them.
 */
#pragma once

#include <conset/parallel.h>

/** @cancelled is read and written atomically; all else belongs to the calling thread. */
struct _ConsetTask
{
  guint              n_threads;
  guint64            stretch;
  ConsetProgressFunc progress;
  gpointer           progress_data;
  gint               cancelled;
};

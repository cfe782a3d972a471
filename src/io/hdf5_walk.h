/* SPDX-License-Identifier: MIT */
/*
 * Looking at all that a file of HDF5 has: see hdf5_walk.c.
 */
#pragma once

#include "hdf5.h"

G_BEGIN_DECLS

/** What has become of a walk: of a file that was not REFUSED when it was opened. */
typedef enum
{
  CONSET_HDF5_WALKING,
  CONSET_HDF5_REFUSED,
  CONSET_HDF5_WALKED,
  CONSET_HDF5_UNREADABLE,
  CONSET_HDF5_ELSEWHERE,
} ConsetHdf5Verdict;

/**
 * What a walk tells to another process, which may look at any time, and must not trust it.
 *
 * @steps: grow while there is progress
 * @object: the path of what is looked at, with "@NAME" for an attribute
 * @reason: what libhdf5 has said first about that
 */
typedef struct
{
  volatile gint verdict;
  volatile guint steps;
  char object[512];
  char reason[256];
} ConsetHdf5Report;

/** conset_hdf5_report_to: from now on, @report is told why libhdf5 fails, which else is silent. */
void     conset_hdf5_report_to (ConsetHdf5Report *report);

/** conset_hdf5_walk: looks at all of @file, also at the numbers of datasets if @numbers; tells to
 * @report, and calls nothing but libhdf5 and what it may in the child of a process with threads.
 * Returns: FALSE, with the verdict told, if the file cannot be read */
gboolean conset_hdf5_walk (hid_t             file,
                           gboolean          numbers,
                           ConsetHdf5Report *report);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Whether libhdf5 can read a file, found out in a process of its own: see hdf5_trial.c.
 */
#pragma once

#include <conset/parallel.h>

#include "hdf5.h"

G_BEGIN_DECLS

/**
 * What is tried.
 *
 * @numbers: whether those of datasets will be read
 * @change: (nullable): what will be done to the file, with @data; it may call nothing but libhdf5
 *   and what takes no lock
 * @more: bytes that this will add, at most
 * @task: (nullable): whose cancelling ends the trial
 */
typedef struct
{
  gboolean    numbers;
  void      (*change) (hid_t file, gpointer data);
  gpointer    data;
  guint64     more;
  ConsetTask *task;
} ConsetHdf5Trial;

/** conset_hdf5_try: has a child of this process do what is to be done to the file of descriptor
 * @fd, which is to be called @name. Within a session. FALSE with @error set if the file is
 * none of HDF5, is damaged, or leads to others. */
gboolean conset_hdf5_try (int                    fd,
                          const char            *name,
                          const ConsetHdf5Trial *trial,
                          GError               **error);

G_END_DECLS

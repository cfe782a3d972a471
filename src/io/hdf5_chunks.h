/* SPDX-License-Identifier: MIT */
/*
 * Whether chunks of a dataset hold as much as chunks are to hold: see hdf5_chunks.c.
 */
#pragma once

#include "hdf5.h"

G_BEGIN_DECLS

/** Filters that are followed, at most. */
#define CONSET_HDF5_FILTERS 8

/** @filters: in the order of writing; @bytes: of a chunk before them */
typedef struct
{
  int          n_filters;
  H5Z_filter_t filters[CONSET_HDF5_FILTERS];
  guint64      bytes;
} ConsetHdf5Chunks;

/** conset_hdf5_chunks_find: the chunks of @bytes of a dataset that was made by @list. FALSE if it
 * has filters whose outcome is not known without libhdf5. */
gboolean conset_hdf5_chunks_find  (ConsetHdf5Chunks       *chunks,
                                   hid_t                   list,
                                   double                  bytes);

/** conset_hdf5_chunks_check: Returns: whether the chunk of @dataset that begins at @start is not
 * there, or whole. Takes no lock. */
gboolean conset_hdf5_chunks_check (const ConsetHdf5Chunks *chunks,
                                   hid_t                   dataset,
                                   const hsize_t          *start);

G_END_DECLS

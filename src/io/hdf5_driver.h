/* SPDX-License-Identifier: MIT */
/*
 * libhdf5 writing into a ConsetFile, which need not have a name.
 */
#pragma once

#include "file.h"
#include "hdf5.h"

/**
 * A new file of HDF5 in @file, or, if that has bytes already, the one that they are; below 0 on
 * failure. So that the same calls give the same bytes by any version of libhdf5.
 *
 * Failed writes are no errors of libhdf5, which would never get rid of the file again: ask
 * conset_file_check().
 */
hid_t conset_hdf5_write_to (ConsetFile *file);

/* SPDX-License-Identifier: MIT */
/*
 * What the writer and the reader of HDF5 share: sessions, errors, attributes.
 *
 * libhdf5 is for one thread at a time, and prints its errors. Between conset_hdf5_begin() and
 * conset_hdf5_end() a thread has it alone, and it keeps silent.
 */
#pragma once

#include <glib.h>

#include <hdf5.h>

G_BEGIN_DECLS

/** What is to be put back at the end. */
typedef struct
{
  H5E_auto2_t func;
  void       *data;
} ConsetHdf5;

void conset_hdf5_begin (ConsetHdf5 *session);
void conset_hdf5_end   (ConsetHdf5 *session);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetHdf5, conset_hdf5_end)

/** Handles that close themselves; those below 0 are none. */
typedef hid_t ConsetH5File;
typedef hid_t ConsetH5Group;
typedef hid_t ConsetH5Dataset;
typedef hid_t ConsetH5Space;
typedef hid_t ConsetH5Type;
typedef hid_t ConsetH5Attribute;
typedef hid_t ConsetH5List;

#define CONSET_HDF5_CLEANUP(type, close)                                                           \
  static inline void conset_hdf5_clear_##type (type *id)                                           \
  {                                                                                                \
    if (*id >= 0)                                                                                  \
      close (*id);                                                                                 \
    *id = H5I_INVALID_HID;                                                                         \
  }                                                                                                \
  G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (type, conset_hdf5_clear_##type)

CONSET_HDF5_CLEANUP (ConsetH5File, H5Fclose)
CONSET_HDF5_CLEANUP (ConsetH5Group, H5Gclose)
CONSET_HDF5_CLEANUP (ConsetH5Dataset, H5Dclose)
CONSET_HDF5_CLEANUP (ConsetH5Space, H5Sclose)
CONSET_HDF5_CLEANUP (ConsetH5Type, H5Tclose)
CONSET_HDF5_CLEANUP (ConsetH5Attribute, H5Aclose)
CONSET_HDF5_CLEANUP (ConsetH5List, H5Pclose)

/** Sets @error to "@what @name: " and the root of what libhdf5 has to say. Returns: FALSE */
gboolean conset_hdf5_fail (GError **error, const char *what, const char *name);

/** The same, of what libhdf5 has said elsewhere. */
gboolean conset_hdf5_fail_by (GError **error, const char *what, const char *name,
                              const char *reason);

/** How files are opened. */
hid_t    conset_hdf5_access_list (void);

/** A file that is there, for reading, after a trial (see hdf5_trial.h): of its structure, or also of
 * @numbers of datasets. One below 0 with @error set if it cannot be read. */
hid_t    conset_hdf5_open       (const char *path, gboolean numbers, GError **error);

/** An attribute of text, UTF-8; FALSE on failure. */
gboolean conset_hdf5_write_text (hid_t object, const char *key, const char *text);

/** Returns: (transfer full) (nullable): a text, of any kind of string, valid UTF-8; NULL for none */
char    *conset_hdf5_read_text  (hid_t object, const char *key);

/** A group that does not tell when it was made; opened if it is there. */
hid_t    conset_hdf5_need_group (hid_t parent, const char *name);

/** How many links @group has; and the name of link @index (transfer full), in the order of names. */
guint64  conset_hdf5_n_links    (hid_t group);
char    *conset_hdf5_link_name  (hid_t group, guint64 index);

G_END_DECLS

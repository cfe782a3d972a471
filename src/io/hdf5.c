/* SPDX-License-Identifier: MIT */
/*
 * What the writer and the reader of HDF5 share: see hdf5.h.
 */
#include "hdf5.h"

#include "hdf5_trial.h"

#include <conset/types.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

/* {{{ sessions */

static GRecMutex mutex;

/* The root of the last failure of the session: later calls may have cleared libhdf5's own account.
 */
static char *last_root;

/* The innermost entry comes first. */
static herr_t
take_root (unsigned n, const H5E_error2_t *entry, void *data)
{
  char **root = data;

  if (n == 0 && entry->desc != NULL)
    {
      g_free (*root);
      *root = g_utf8_make_valid (entry->desc, -1);
    }
  return 0;
}

/* What libhdf5 calls where it would print. */
static herr_t
keep_root (hid_t stack, void *data G_GNUC_UNUSED)
{
  return H5Ewalk2 (stack, H5E_WALK_UPWARD, take_root, &last_root);
}

void
conset_hdf5_begin (ConsetHdf5 *session)
{
  g_rec_mutex_lock (&mutex);
  H5open ();
  H5Eget_auto2 (H5E_DEFAULT, &session->func, &session->data);
  H5Eset_auto2 (H5E_DEFAULT, keep_root, NULL);
  g_clear_pointer (&last_root, g_free);
}

void
conset_hdf5_end (ConsetHdf5 *session)
{
  H5Eset_auto2 (H5E_DEFAULT, session->func, session->data);
  g_clear_pointer (&last_root, g_free);
  g_rec_mutex_unlock (&mutex);
}

gboolean
conset_hdf5_fail_by (GError **error, const char *what, const char *name, const char *reason)
{
  g_autofree char *shown = g_filename_display_name (name);
  g_autofree char *valid = g_utf8_make_valid (reason, -1);

  g_set_error (error, CONSET_ERROR, CONSET_ERROR_FILE, "%s %s: HDF5 says: %s", what, shown, valid);
  return FALSE;
}

gboolean
conset_hdf5_fail (GError **error, const char *what, const char *name)
{
  return conset_hdf5_fail_by (error, what, name, last_root != NULL ? last_root : "no reason");
}

/* }}} */
/* {{{ files */

hid_t
conset_hdf5_access_list (void)
{
  hid_t list = H5Pcreate (H5P_FILE_ACCESS);

  H5Pset_libver_bounds (list, H5F_LIBVER_EARLIEST, H5F_LIBVER_V18);
  return list;
}

/* A file that cannot be opened here cannot be by libhdf5 either, which says why. */
static gboolean
try_first (const char *path, gboolean numbers, GError **error)
{
  const ConsetHdf5Trial trial = { .numbers = numbers };
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  gboolean good = fd < 0 || conset_hdf5_try (fd, path, &trial, error);

  if (fd >= 0)
    close (fd);
  return good;
}

hid_t
conset_hdf5_open (const char *path, gboolean numbers, GError **error)
{
  g_auto (ConsetH5List) list = H5I_INVALID_HID;
  hid_t file;

  if (!try_first (path, numbers, error))
    return H5I_INVALID_HID;
  list = conset_hdf5_access_list ();
  file = H5Fopen (path, H5F_ACC_RDONLY, list);
  if (file < 0)
    conset_hdf5_fail (error, "cannot read", path);
  return file;
}

/* }}} */
/* {{{ attributes */

gboolean
conset_hdf5_write_text (hid_t object, const char *key, const char *text)
{
  g_auto (ConsetH5Space) space = H5Screate (H5S_SCALAR);
  g_auto (ConsetH5Type) type = H5Tcopy (H5T_C_S1);
  g_auto (ConsetH5Attribute) attribute = H5I_INVALID_HID;

  if (H5Tset_size (type, H5T_VARIABLE) < 0 || H5Tset_cset (type, H5T_CSET_UTF8) < 0)
    return FALSE;
  attribute = H5Acreate2 (object, key, type, space, H5P_DEFAULT, H5P_DEFAULT);
  return attribute >= 0 && H5Awrite (attribute, type, &text) >= 0;
}

/* A string of variable length. */
static char *
read_variable (hid_t attribute)
{
  g_auto (ConsetH5Type) type = H5Tcopy (H5T_C_S1);
  g_auto (ConsetH5Type) stored = H5Aget_type (attribute);
  char *text = NULL, *copy;

  if (H5Tset_size (type, H5T_VARIABLE) < 0 || H5Tset_cset (type, H5Tget_cset (stored)) < 0
      || H5Aread (attribute, type, &text) < 0 || text == NULL)
    return NULL;
  copy = g_strdup (text);
  H5free_memory (text);
  return copy;
}

/* One of fixed length, which need not end with a 0. */
static char *
read_fixed (hid_t attribute, hid_t stored)
{
  gsize size = H5Tget_size (stored);
  char *text = size < G_MAXINT32 ? g_try_malloc0 (size + 1) : NULL;

  if (text != NULL && H5Aread (attribute, stored, text) >= 0)
    return text;
  g_free (text);
  return NULL;
}

char *
conset_hdf5_read_text (hid_t object, const char *key)
{
  g_auto (ConsetH5Attribute) attribute = H5I_INVALID_HID;
  g_auto (ConsetH5Type) type = H5I_INVALID_HID;
  g_auto (ConsetH5Space) space = H5I_INVALID_HID;
  char *text;

  if (H5Aexists (object, key) <= 0)
    return NULL;
  attribute = H5Aopen (object, key, H5P_DEFAULT);
  type = H5Aget_type (attribute);
  space = H5Aget_space (attribute);
  if (attribute < 0 || H5Tget_class (type) != H5T_STRING
      || H5Sget_simple_extent_npoints (space) != 1)
    return NULL;
  text = H5Tis_variable_str (type) > 0 ? read_variable (attribute) : read_fixed (attribute, type);
  if (text != NULL && !g_utf8_validate (text, -1, NULL))
    g_clear_pointer (&text, g_free);
  return text;
}

/* }}} */
/* {{{ groups */

hid_t
conset_hdf5_need_group (hid_t parent, const char *name)
{
  g_auto (ConsetH5List) list = H5Pcreate (H5P_GROUP_CREATE);

  if (H5Lexists (parent, name, H5P_DEFAULT) > 0)
    return H5Gopen2 (parent, name, H5P_DEFAULT);
  if (H5Pset_obj_track_times (list, 0) < 0)
    return H5I_INVALID_HID;
  return H5Gcreate2 (parent, name, H5P_DEFAULT, list, H5P_DEFAULT);
}

guint64
conset_hdf5_n_links (hid_t group)
{
  H5G_info_t info;

  return H5Gget_info (group, &info) >= 0 ? info.nlinks : 0;
}

char *
conset_hdf5_link_name (hid_t group, guint64 index)
{
  gssize size =
    H5Lget_name_by_idx (group, ".", H5_INDEX_NAME, H5_ITER_INC, index, NULL, 0, H5P_DEFAULT);
  char *name;

  if (size < 0)
    return NULL;
  name = g_malloc0 ((gsize) size + 1);
  if (H5Lget_name_by_idx (group, ".", H5_INDEX_NAME, H5_ITER_INC, index, name, (gsize) size + 1,
                          H5P_DEFAULT)
      >= 0)
    return name;
  g_free (name);
  return NULL;
}

/* }}} */

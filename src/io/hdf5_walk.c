/* SPDX-License-Identifier: MIT */
/*
 * Looking at all that a file of HDF5 has, in the ways in which readers do: every object, link and
 * attribute, and the numbers of datasets where it depends on the file how libhdf5 finds or converts
 * them.
 *
 * Numbers in one piece and of usual types are only looked at where they begin and end. Chunks are
 * all decompressed, once; or read, a block at a time, if their filters or their type are unusual.
 * If few of a dataset's chunks are there, these alone are looked for, so that a size that is only
 * claimed takes no time. Nothing is reported of numbers, only that they can be read.
 *
 * Other files are never opened: links to such, and datasets whose numbers are in such, end the
 * walk.
 *
 * It runs in the child of a process that may have threads, whose locks nobody will open: so it asks
 * for nothing but libhdf5, memory and copies of text.
 */
#include "hdf5_walk.h"

#include "hdf5_chunks.h"

#include <stdlib.h>
#include <string.h>

/* Numbers of a block, of 8 bytes. */
#define BLOCK (1 << 16)

/* Bytes that are converted at once; libhdf5 clears so many each time. */
#define CONVERTED (1 << 16)

/* Names that are also asked for by their number. */
#define NAMES_MOST 16

/* Bytes that the cache may have for the chunks of a dataset: those that lie side by side. */
#define CACHE_LEAST (1 << 20)
#define CACHE_MOST (1 << 30)

/* Of so many chunks one is to be there, or else those that are there are looked for. */
#define SPARSE 16
#define FEW_CHUNKS 1024

typedef struct
{
  ConsetHdf5Report *report;
  gboolean numbers;
  guint64 *block;
  hid_t transfer;
  const char *object;
  size_t length;
} Walk;

/* A dataset of numbers, of @size rows and columns. @usual: a type that needs little conversion;
 * @is_sized: @chunks tells how large its chunks are. */
typedef struct
{
  hid_t id;
  hid_t space;
  int n_dimensions;
  hsize_t size[2];
  hsize_t chunk[2];
  gboolean is_integer;
  gboolean has_sign;
  gboolean usual;
  gboolean is_sized;
  ConsetHdf5Chunks chunks;
} Numbers;

/* {{{ telling */

static void
tell (Walk *walk, const char *path, const char *separator, const char *name)
{
  ConsetHdf5Report *report = walk->report;
  const char *parts[] = { path, separator, name };
  size_t at = 0;

  for (size_t k = 0; k < G_N_ELEMENTS (parts); k++)
    for (const char *from = parts[k]; *from != '\0' && at + 1 < sizeof report->object; from++)
      report->object[at++] = *from;
  report->object[at] = '\0';
  report->reason[0] = '\0';
  report->steps++;
}

/* The innermost entry comes first. */
static herr_t
take_reason (unsigned n, const H5E_error2_t *entry, void *data)
{
  ConsetHdf5Report *report = data;

  if (n == 0 && entry->desc != NULL)
    g_strlcpy (report->reason, entry->desc, sizeof report->reason);
  return 0;
}

/* What libhdf5 calls where it would print. What comes later comes of that. */
static herr_t
keep_reason (hid_t stack, void *data)
{
  const ConsetHdf5Report *report = data;

  return report->reason[0] != '\0' ? 0 : H5Ewalk2 (stack, H5E_WALK_UPWARD, take_reason, data);
}

static gboolean
end_elsewhere (Walk *walk, const char *file)
{
  g_strlcpy (walk->report->reason, file, sizeof walk->report->reason);
  walk->report->verdict = CONSET_HDF5_ELSEWHERE;
  return FALSE;
}

/* }}} */
/* {{{ numbers */

/* Reads a block as one type or another; nobody wants to know what stands there. */
static gboolean
block_read (
  const Walk *walk, const Numbers *numbers, const hsize_t *start, const hsize_t *count, hid_t type)
{
  hsize_t n = count[0] * (numbers->n_dimensions > 1 ? count[1] : 1);
  g_auto (ConsetH5Space) memory = H5Screate_simple (1, &n, NULL);

  walk->report->steps++;
  return H5Sselect_hyperslab (numbers->space, H5S_SELECT_SET, start, NULL, count, NULL) >= 0
         && H5Dread (numbers->id, type, memory, numbers->space, walk->transfer, walk->block) >= 0;
}

/* Reads the @count rows and columns from @start on. */
static gboolean
part_read (
  const Walk *walk, const Numbers *numbers, const hsize_t *start, const hsize_t *count, hid_t type)
{
  hsize_t width = MIN (count[1], BLOCK);
  hsize_t height = MIN (count[0], BLOCK / MAX (width, 1));

  for (hsize_t row = 0; row < count[0]; row += height)
    for (hsize_t column = 0; column < count[1]; column += width)
      {
        hsize_t from[2] = { start[0] + row, start[1] + column };
        hsize_t n[2] = { MIN (height, count[0] - row), MIN (width, count[1] - column) };

        if (!block_read (walk, numbers, from, n, type))
          return FALSE;
      }
  return TRUE;
}

/* What is done with the part of a dataset that a chunk has. */
typedef gboolean (*ChunkFunc) (const Walk *walk,
                               const Numbers *numbers,
                               const hsize_t *start,
                               hid_t type);

static gboolean
chunk_read (const Walk *walk, const Numbers *numbers, const hsize_t *start, hid_t type)
{
  hsize_t count[2] = { 1, 1 };

  for (int k = 0; k < numbers->n_dimensions; k++)
    {
      if (start[k] >= numbers->size[k])
        return TRUE;
      count[k] = MIN (numbers->chunk[k], numbers->size[k] - start[k]);
    }
  return part_read (walk, numbers, start, count, type);
}

static gboolean
chunk_check (const Walk *walk,
             const Numbers *numbers,
             const hsize_t *start,
             hid_t type G_GNUC_UNUSED)
{
  walk->report->steps++;
  if (conset_hdf5_chunks_check (&numbers->chunks, numbers->id, start))
    return TRUE;
  if (walk->report->reason[0] == '\0')
    g_strlcpy (walk->report->reason, "a chunk is not whole", sizeof walk->report->reason);
  return FALSE;
}

/* Whether @n_stored chunks are few of those that the dataset has. */
static gboolean
is_sparse (const Numbers *numbers, hsize_t n_stored)
{
  double n = 1;

  for (int k = 0; k < numbers->n_dimensions; k++)
    n *= (double) (numbers->size[k] / numbers->chunk[k] + 1);
  return n > (double) n_stored * SPARSE + FEW_CHUNKS;
}

/* Calls @func for the chunks that are there, or for all in their order. */
static gboolean
chunks_visit (const Walk *walk, const Numbers *numbers, ChunkFunc func, hid_t type)
{
  hsize_t start[2] = { 0, 0 }, n_stored = 0, bytes;
  unsigned mask;
  haddr_t address;

  if (H5Sselect_all (numbers->space) < 0
      || H5Dget_num_chunks (numbers->id, numbers->space, &n_stored) < 0)
    return FALSE;
  if (!is_sparse (numbers, n_stored))
    {
      for (; start[0] < numbers->size[0]; start[0] += numbers->chunk[0])
        for (start[1] = 0; start[1] < numbers->size[1]; start[1] += numbers->chunk[1])
          if (!func (walk, numbers, start, type))
            return FALSE;
      return TRUE;
    }
  for (hsize_t k = 0; k < n_stored; k++)
    if (H5Sselect_all (numbers->space) < 0
        || H5Dget_chunk_info (numbers->id, numbers->space, k, start, &mask, &address, &bytes) < 0
        || !func (walk, numbers, start, type))
      return FALSE;
  return TRUE;
}

static gboolean
all_read (const Walk *walk, const Numbers *numbers, hid_t type)
{
  static const hsize_t zero[2] = { 0, 0 };

  return numbers->chunk[0] > 0 ? chunks_visit (walk, numbers, chunk_read, type)
                               : part_read (walk, numbers, zero, numbers->size, type);
}

/* The first number, and the last. */
static gboolean
ends_read (const Walk *walk, const Numbers *numbers, hid_t type)
{
  static const hsize_t one[2] = { 1, 1 }, zero[2] = { 0, 0 };
  const hsize_t last[2] = { numbers->size[0] - 1, numbers->size[1] - 1 };

  return block_read (walk, numbers, zero, one, type) && block_read (walk, numbers, last, one, type);
}

/* Reads what readers read numbers as. */
static gboolean
numbers_read (const Walk *walk, const Numbers *numbers)
{
  hid_t integer = numbers->has_sign ? H5T_NATIVE_INT64 : H5T_NATIVE_UINT64;
  gboolean all = (numbers->chunk[0] > 0 && !numbers->is_sized) || !numbers->usual;

  if (numbers->size[0] == 0 || numbers->size[1] == 0)
    return TRUE;
  if (numbers->is_sized && !chunks_visit (walk, numbers, chunk_check, H5I_INVALID_HID))
    return FALSE;
  if (!ends_read (walk, numbers, H5T_NATIVE_DOUBLE)
      || (numbers->is_integer
          && (!ends_read (walk, numbers, integer)
              || !ends_read (walk, numbers, H5T_NATIVE_UINT64))))
    return FALSE;
  if (numbers->is_integer && all && !all_read (walk, numbers, integer))
    return FALSE;
  return !all || (numbers->is_integer && numbers->usual)
         || all_read (walk, numbers, H5T_NATIVE_DOUBLE);
}

/* }}} */
/* {{{ datasets */

static gboolean
is_usual (hid_t type)
{
  const hid_t usual[] = {
    H5T_STD_U64LE, H5T_STD_I64LE, H5T_STD_U32LE,  H5T_STD_I32LE,  H5T_IEEE_F64LE, H5T_IEEE_F32LE,
    H5T_STD_U16LE, H5T_STD_I16LE, H5T_STD_U8LE,   H5T_STD_I8LE,   H5T_STD_U64BE,  H5T_STD_I64BE,
    H5T_STD_U32BE, H5T_STD_I32BE, H5T_IEEE_F64BE, H5T_IEEE_F32BE, H5T_STD_U16BE,  H5T_STD_I16BE,
  };

  for (size_t k = 0; k < G_N_ELEMENTS (usual); k++)
    if (H5Tequal (type, usual[k]) > 0)
      return TRUE;
  return FALSE;
}

/* Whether the dataset names no other files. */
static gboolean
is_here (Walk *walk, hid_t list)
{
  char name[sizeof walk->report->reason] = "";
  size_t n = 0;

  if (H5Pget_layout (list) == H5D_VIRTUAL)
    {
      if (H5Pget_virtual_count (list, &n) < 0)
        return FALSE;
      for (size_t k = 0; k < n; k++)
        if (H5Pget_virtual_filename (list, k, name, sizeof name) < 0)
          return FALSE;
        else if (strcmp (name, ".") != 0)
          return end_elsewhere (walk, name);
    }
  if (H5Pget_external_count (list) <= 0)
    return TRUE;
  H5Pget_external (list, 0, sizeof name - 1, name, NULL, NULL);
  return end_elsewhere (walk, name);
}

/* Filters that this libhdf5 does not have make readers fail. */
static gboolean
has_filters (hid_t list)
{
  int n = H5Pget_nfilters (list);

  for (int k = 0; k < n; k++)
    {
      size_t n_values = 0;
      H5Z_filter_t filter =
        H5Pget_filter2 (list, (unsigned) k, NULL, &n_values, NULL, 0, NULL, NULL);

      if (filter < 0 || H5Zfilter_avail (filter) <= 0)
        return FALSE;
    }
  return n >= 0;
}

/* The size of chunks; 0 for numbers that are in one piece. */
static void
find_chunks (Numbers *numbers, hid_t list)
{
  numbers->chunk[0] = numbers->chunk[1] = 1;
  if (H5Pget_layout (list) != H5D_CHUNKED
      || H5Pget_chunk (list, numbers->n_dimensions, numbers->chunk) != numbers->n_dimensions
      || numbers->chunk[1] == 0)
    numbers->chunk[0] = 0;
}

/* Opens the dataset with a cache for as many chunks as blocks meet that follow each other, so that
 * none is decompressed twice. */
static hid_t
open_cached (hid_t parent, const char *name, const Numbers *numbers, size_t size)
{
  g_auto (ConsetH5List) list = H5Pcreate (H5P_DATASET_ACCESS);
  double bytes = (double) numbers->chunk[0] * (double) numbers->chunk[1] * (double) size;

  if (numbers->chunk[0] == 0)
    return H5Dopen2 (parent, name, H5P_DEFAULT);
  bytes *= (double) (numbers->size[1] / numbers->chunk[1] + 1);
  H5Pset_chunk_cache (list, H5D_CHUNK_CACHE_NSLOTS_DEFAULT,
                      (size_t) CLAMP (bytes, CACHE_LEAST, CACHE_MOST), H5D_CHUNK_CACHE_W0_DEFAULT);
  return H5Dopen2 (parent, name, list);
}

/* What @dataset has as readers see it; FALSE if it has no numbers that they would read. */
static gboolean
find_numbers (Numbers *numbers, hid_t dataset, hid_t type, hid_t list)
{
  H5T_class_t class = H5Tget_class (type);
  g_auto (ConsetH5Space) space = H5Dget_space (dataset);
  int n = H5Sget_simple_extent_ndims (space);

  if ((class != H5T_INTEGER && class != H5T_FLOAT) || n < 1 || n > 2
      || H5Sget_simple_extent_dims (space, numbers->size, NULL) != n)
    return FALSE;
  numbers->n_dimensions = n;
  numbers->is_integer = class == H5T_INTEGER;
  numbers->has_sign = numbers->is_integer && H5Tget_sign (type) == H5T_SGN_2;
  numbers->usual = is_usual (type);
  find_chunks (numbers, list);
  numbers->is_sized =
    numbers->chunk[0] > 0
    && conset_hdf5_chunks_find (&numbers->chunks, list,
                                (double) numbers->chunk[0] * (double) numbers->chunk[1]
                                  * (double) H5Tget_size (type));
  return TRUE;
}

/* Whether a dataset that is part of its object's header is there as a whole. */
static gboolean
is_whole (hid_t dataset, const Numbers *numbers, hid_t type, hid_t list)
{
  return H5Pget_layout (list) != H5D_COMPACT
         || (double) numbers->size[0] * (double) numbers->size[1] * (double) H5Tget_size (type)
              <= (double) H5Dget_storage_size (dataset);
}

static gboolean
dataset_try (Walk *walk, hid_t parent, const char *name)
{
  g_auto (ConsetH5Dataset) dataset = H5Dopen2 (parent, name, H5P_DEFAULT);
  g_auto (ConsetH5Type) type = H5Dget_type (dataset);
  g_auto (ConsetH5List) list = H5Dget_create_plist (dataset);
  Numbers numbers = { .id = H5I_INVALID_HID, .size = { 0, 1 } };
  g_auto (ConsetH5Space) space = H5Dget_space (dataset);

  if (dataset < 0 || type < 0 || list < 0 || space < 0 || !is_here (walk, list))
    return FALSE;
  if (!walk->numbers || !find_numbers (&numbers, dataset, type, list) || !has_filters (list))
    return TRUE;
  if (!is_whole (dataset, &numbers, type, list))
    return FALSE;
  H5Dclose (dataset);
  dataset = open_cached (parent, name, &numbers, H5Tget_size (type));
  numbers.id = dataset;
  numbers.space = space;
  return dataset >= 0 && numbers_read (walk, &numbers);
}

/* }}} */
/* {{{ objects */

/* Texts are read as readers do; other attributes are only found. */
static herr_t
attribute_try (hid_t object, const char *name, const H5A_info_t *info G_GNUC_UNUSED, void *data)
{
  Walk *walk = data;
  char *text;

  tell (walk, walk->object, "@", name);
  text = conset_hdf5_read_text (object, name);
  g_free (text);
  return text != NULL || walk->report->reason[0] == '\0' ? 0 : -1;
}

/* No link into another file is followed. */
static herr_t
refuse_file (const char *file G_GNUC_UNUSED,
             const char *group G_GNUC_UNUSED,
             const char *other G_GNUC_UNUSED,
             const char *object G_GNUC_UNUSED,
             unsigned *flags G_GNUC_UNUSED,
             hid_t list G_GNUC_UNUSED,
             void *data G_GNUC_UNUSED)
{
  return -1;
}

/* Soft links may lead nowhere. */
static void
soft_link_try (hid_t group, const char *name)
{
  g_auto (ConsetH5List) list = H5Pcreate (H5P_LINK_ACCESS);
  H5O_info_t info;

  if (H5Pset_elink_cb (list, refuse_file, NULL) >= 0)
    H5Oget_info_by_name (group, name, &info, list);
}

static gboolean
external_link_refuse (Walk *walk, hid_t group, const char *name, size_t size)
{
  const char *file = "", *object = "";
  char *value = malloc (size + 1);
  unsigned flags;

  if (value != NULL && H5Lget_val (group, name, value, size, H5P_DEFAULT) >= 0)
    H5Lunpack_elink_val (value, size, &flags, &file, &object);
  end_elsewhere (walk, file);
  free (value);
  return FALSE;
}

static herr_t
link_try (hid_t group, const char *name, const H5L_info_t *info, void *data)
{
  Walk *walk = data;
  H5O_info_t object;

  tell (walk, walk->object, walk->length > 0 ? "/" : "", name);
  if (info->type == H5L_TYPE_EXTERNAL)
    return external_link_refuse (walk, group, name, info->u.val_size) ? 0 : -1;
  if (info->type == H5L_TYPE_SOFT)
    soft_link_try (group, name);
  return info->type != H5L_TYPE_HARD || H5Oget_info_by_name (group, name, &object, H5P_DEFAULT) >= 0
           ? 0
           : -1;
}

static gboolean
group_try (Walk *walk, hid_t group)
{
  guint64 n = MIN (conset_hdf5_n_links (group), NAMES_MOST);
  hsize_t at = 0;

  for (guint64 k = 0; k < n; k++)
    {
      char *name = conset_hdf5_link_name (group, k);

      if (name == NULL)
        return FALSE;
      g_free (name);
    }
  return H5Literate (group, H5_INDEX_NAME, H5_ITER_NATIVE, &at, link_try, walk) >= 0;
}

static herr_t
object_try (hid_t root, const char *name, const H5O_info_t *info, void *data)
{
  Walk *walk = data;
  hid_t object;
  gboolean good;

  walk->object = strcmp (name, ".") == 0 ? "" : name;
  walk->length = strlen (walk->object);
  tell (walk, walk->object, "", "");
  object = H5Oopen (root, name, H5P_DEFAULT);
  good = object >= 0
         && H5Aiterate2 (object, H5_INDEX_NAME, H5_ITER_NATIVE, NULL, attribute_try, walk) >= 0;
  if (good && info->type == H5O_TYPE_GROUP)
    good = group_try (walk, object);
  if (object >= 0)
    H5Oclose (object);
  if (!good || info->type != H5O_TYPE_DATASET)
    return good ? 0 : -1;
  tell (walk, walk->object, "", "");
  return dataset_try (walk, root, name) ? 0 : -1;
}

/* }}} */

void
conset_hdf5_report_to (ConsetHdf5Report *report)
{
  H5Eset_auto2 (H5E_DEFAULT, keep_reason, report);
}

gboolean
conset_hdf5_walk (hid_t file, gboolean numbers, ConsetHdf5Report *report)
{
  Walk walk = { .report = report, .numbers = numbers, .object = "" };
  gboolean good;

  walk.transfer = H5Pcreate (H5P_DATASET_XFER);
  walk.block = malloc (BLOCK * sizeof *walk.block);
  good = walk.block != NULL && H5Pset_buffer (walk.transfer, CONVERTED, NULL, NULL) >= 0
         && H5Ovisit (file, H5_INDEX_NAME, H5_ITER_NATIVE, object_try, &walk) >= 0;
  free (walk.block);
  H5Pclose (walk.transfer);
  if (!good && report->verdict == CONSET_HDF5_WALKING)
    report->verdict = CONSET_HDF5_UNREADABLE;
  return good;
}

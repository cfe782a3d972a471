/* SPDX-License-Identifier: MIT */
/*
 * Whether chunks of a dataset hold as much as chunks are to hold.
 *
 * libhdf5 takes for granted that they do: of one that is shorter, or becomes so when it is
 * decompressed, it reads on in memory, which mostly does no harm, and then does. So the filters
 * that everybody has are followed here, as far as sizes go: deflate gives what zlib says, shuffle
 * as much as it takes, and fletcher32 4 bytes less, its checksum. Costs: decompression, once.
 */
#include "hdf5_chunks.h"

#include <stdlib.h>

#ifdef CONSET_HAVE_ZLIB
#include <zlib.h>
#endif

#define CHECKSUM 4

gboolean
conset_hdf5_chunks_find (ConsetHdf5Chunks *chunks, hid_t list, double bytes)
{
  guint n_deflate = 0;

  chunks->n_filters = H5Pget_nfilters (list);
  chunks->bytes = bytes < (double) G_MAXINT64 ? (guint64) bytes : G_MAXINT64;
  if (chunks->n_filters < 0 || chunks->n_filters > CONSET_HDF5_FILTERS)
    return FALSE;
  for (int k = 0; k < chunks->n_filters; k++)
    {
      size_t n_values = 0;

      chunks->filters[k] =
        H5Pget_filter2 (list, (unsigned) k, NULL, &n_values, NULL, 0, NULL, NULL);
      if (chunks->filters[k] == H5Z_FILTER_DEFLATE)
        n_deflate++;
      else if (chunks->filters[k] != H5Z_FILTER_SHUFFLE
               && chunks->filters[k] != H5Z_FILTER_FLETCHER32)
        return FALSE;
    }
#ifdef CONSET_HAVE_ZLIB
  return n_deflate <= 1;
#else
  return n_deflate == 0;
#endif
}

/* How many bytes come of @n; 0 if they cannot be decompressed. */
static guint64
inflated (void *bytes, guint64 n)
{
#ifdef CONSET_HAVE_ZLIB
  guint8 out[1 << 15];
  z_stream stream = { .next_in = bytes, .avail_in = (uInt) n };
  guint64 total = 0;
  int status;

  if (n > G_MAXUINT || inflateInit (&stream) != Z_OK)
    return 0;
  do
    {
      stream.next_out = out;
      stream.avail_out = sizeof out;
      status = inflate (&stream, Z_SYNC_FLUSH);
      total += sizeof out - stream.avail_out;
    }
  while (status == Z_OK);
  inflateEnd (&stream);
  return status == Z_STREAM_END ? total : 0;
#else
  (void) bytes;
  return n;
#endif
}

/* How large a chunk of @n @bytes is before its filters, of which @mask names those left out. */
static guint64
unfiltered (const ConsetHdf5Chunks *chunks, void *bytes, guint64 n, guint32 mask)
{
  for (int k = chunks->n_filters - 1; k >= 0; k--)
    if ((mask & 1u << k) != 0)
      continue;
    else if (chunks->filters[k] == H5Z_FILTER_DEFLATE)
      n = inflated (bytes, n);
    else if (chunks->filters[k] == H5Z_FILTER_FLETCHER32)
      n = n > CHECKSUM ? n - CHECKSUM : 0;
  return n;
}

gboolean
conset_hdf5_chunks_check (const ConsetHdf5Chunks *chunks, hid_t dataset, const hsize_t *start)
{
  hsize_t n = 0;
  guint32 mask = 0;
  gboolean whole;
  void *bytes;

  if (H5Dget_chunk_storage_size (dataset, start, &n) < 0)
    return FALSE;
  if (n == 0)
    return TRUE;
  bytes = malloc (n);
  whole = bytes != NULL && H5Dread_chunk (dataset, H5P_DEFAULT, start, &mask, bytes) >= 0
          && unfiltered (chunks, bytes, n, mask) >= chunks->bytes;
  free (bytes);
  return whole;
}

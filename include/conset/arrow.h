/* SPDX-License-Identifier: MIT */
/*
 * Connections as a stream of Apache Arrow: pyarrow, polars, DuckDB, pandas and other programs take
 * them from memory, batch by batch, as they are made.
 *
 * The structs are those of the Arrow C data and C stream interfaces
 * (https://arrow.apache.org/docs/format/CStreamInterface.html), whose layout is fixed for ever; no
 * library of Arrow is needed.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

#include <stdint.h>

G_BEGIN_DECLS

/* The macros are those by which all headers that declare these structs agree who does. */

#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema
{
  const char          *format;
  const char          *name;
  const char          *metadata;
  int64_t              flags;
  int64_t              n_children;
  struct ArrowSchema **children;
  struct ArrowSchema  *dictionary;
  void               (*release) (struct ArrowSchema *);
  void                *private_data;
};

struct ArrowArray
{
  int64_t              length;
  int64_t              null_count;
  int64_t              offset;
  int64_t              n_buffers;
  int64_t              n_children;
  const void         **buffers;
  struct ArrowArray  **children;
  struct ArrowArray   *dictionary;
  void               (*release) (struct ArrowArray *);
  void                *private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream
{
  int         (*get_schema)     (struct ArrowArrayStream *, struct ArrowSchema *);
  int         (*get_next)       (struct ArrowArrayStream *, struct ArrowArray *);
  const char *(*get_last_error) (struct ArrowArrayStream *);
  void        (*release)        (struct ArrowArrayStream *);
  void         *private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/** Connections of a batch where none is chosen. */
#define CONSET_ARROW_BATCH 65536

/**
 * ConsetArrowOptions:
 * @batch: the most connections of a batch, 0 for CONSET_ARROW_BATCH
 * @unsigned_indices: whether sources and targets are uint64, as in SONATA, instead of int64, which
 *   holds every index too and is what pandas, polars and SQL work with
 * @seed: (nullable): the model seed, to be told in the metadata
 */
typedef struct
{
  gsize          batch;
  gboolean       unsigned_indices;
  const guint64 *seed;
} ConsetArrowOptions;

/**
 * conset_arrow_stream:
 * @set: (transfer none): what to stream; the stream keeps a reference
 * @window: (nullable): where to look
 * @order: the order of the connections
 * @options: (nullable): NULL for the defaults
 * @out: (out caller-allocates): the stream, to be given back by its release()
 *
 * A stream of record batches with the columns `source` and `target`, and one of float64 for each
 * value, by the name of the column or as `value0`, `value1`, ... Its field metadata tell the
 * "unit", if there is one; the metadata of the schema what made it: "conset_version",
 * "conset_expression", "conset_window" (source_first, source_end, target_first, target_end; or
 * "all") and "conset_seed", where that is given. Nothing is null. A connection of multiplicity k
 * has k rows.
 *
 * What is wrong with @set or @window is told by the get_schema() of the stream, what is wrong with
 * a connection by get_next(): both return a number of errno.h, get_last_error() the message. After
 * an error, and after the end, every get_next() gives the same.
 *
 * Memory is that of the batches that the consumer holds; get_next() makes one when it is asked. A
 * stream is for one thread at a time; what it has handed out does not depend on it, and the columns
 * of a batch not on each other.
 */
CONSET_PUBLIC void conset_arrow_stream (const Conset             *set,
                                        const ConsetWindow       *window,
                                        ConsetOrder               order,
                                        const ConsetArrowOptions *options,
                                        struct ArrowArrayStream  *out);

G_END_DECLS

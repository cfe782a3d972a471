/* SPDX-License-Identifier: MIT */
/*
 * Reading NumPy's .npy format, versions 1.0 to 3.0 (NEP 1, numpy.lib.format): arrays of numbers, and
 * of records of numbers, in either byte order.
 *
 * A header is a literal of Python. Of it just what numpy.save() writes is read: nothing is executed,
 * what is unknown is an error, and what it says of sizes is held against the size of the file.
 */
#pragma once

#include "bytes.h"

G_BEGIN_DECLS

/** Greatest number of dimensions of an array, and of fields of a record. */
#define CONSET_NPY_MAX_SHAPE 8
#define CONSET_NPY_MAX_FIELDS 1024

/**
 * ConsetNpyField:
 * @name: (nullable): of an array that is none of records
 * @kind: 'f', 'i' or 'u'
 * @size: bytes of a number: of floats 4 or 8, of integers 1, 2, 4 or 8
 * @swapped: whether its bytes are in the other order
 * @offset: where it is in a record
 */
typedef struct
{
  char    *name;
  char     kind;
  guint    size;
  gboolean swapped;
  gsize    offset;
} ConsetNpyField;

/**
 * ConsetNpy:
 * @is_record: whether fields have names; else there is one field
 * @item_size: bytes of an item, which is a number or a record
 * @n_items: product of the shape
 * @data: where the first item is in the file, in which all of them are
 */
typedef struct
{
  gboolean        is_record;
  guint           n_fields;
  ConsetNpyField *fields;
  gsize           item_size;
  gboolean        fortran_order;
  guint           n_shape;
  guint64         shape[CONSET_NPY_MAX_SHAPE];
  guint64         n_items;
  guint64         data;
} ConsetNpy;

/**
 * conset_npy_open:
 * @offset: where the array begins: 0, or where another one ends, at @data + @n_items * @item_size
 * @npy: (out): to be cleared, also on failure
 *
 * Reads a header. Returns: FALSE with @error set if it is none, or the file has no such many items
 */
gboolean conset_npy_open         (ConsetBytes      *bytes,
                                  guint64           offset,
                                  ConsetNpy        *npy,
                                  GError          **error);

void     conset_npy_clear        (ConsetNpy        *npy);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetNpy, conset_npy_clear)

/** conset_npy_find: Returns: the index of the field @name; -1 for none */
int      conset_npy_find         (const ConsetNpy  *npy,
                                  const char       *name);

/**
 * conset_npy_read_reals:
 * @field: an index
 * @first: an item, in the order of the file
 * @numbers: (out): item @first + k goes to k * @stride
 *
 * Returns: FALSE with @error set if the file cannot be read
 */
gboolean conset_npy_read_reals   (const ConsetNpy  *npy,
                                  ConsetBytes      *bytes,
                                  guint             field,
                                  guint64           first,
                                  gsize             n,
                                  double           *numbers,
                                  gsize             stride,
                                  GError          **error);

/** conset_npy_read_indices: the same of integers in [0, 2^63); FALSE with @error set, too, for what is
 * none. */
gboolean conset_npy_read_indices (const ConsetNpy  *npy,
                                  ConsetBytes      *bytes,
                                  guint             field,
                                  guint64           first,
                                  gsize             n,
                                  guint64          *indices,
                                  gsize             stride,
                                  GError          **error);

G_END_DECLS

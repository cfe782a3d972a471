/* SPDX-License-Identifier: MIT */
/*
 * Sets as sparse matrices in memory: compressed rows or columns.
 *
 * The matrix has a row for each source and a column for each target of a window, and an entry for
 * each connection; one of multiplicity k has k entries side by side. That is how SciPy, SuiteSparse
 * and others have CSR (CONSET_SOURCE_MAJOR: lines are rows) and CSC (CONSET_TARGET_MAJOR: lines are
 * columns).
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/parallel.h>

G_BEGIN_DECLS

/**
 * ConsetMatrix:
 * @window: what it shows; row 0 is its first source, column 0 its first target
 * @order: CONSET_SOURCE_MAJOR for compressed rows, CONSET_TARGET_MAJOR for compressed columns
 * @n_lines: number of rows, or of columns
 * @n: number of entries
 * @indptr: (array length=n_lines + 1): entries of line k are those from indptr[k] up to
 *   indptr[k + 1]
 * @indices: (array length=n): the column of each entry, or its row; ascending within a line
 * @n_values: how many values an entry has, conset_arity()
 * @values: (array length=n_values): for each value an array of @n
 *
 * To be read only. It belongs to who has made it, and to no set.
 */
typedef struct
{
  ConsetWindow   window;
  ConsetOrder    order;
  guint64        n_lines;
  guint64        n;
  guint64       *indptr;
  guint64       *indices;
  guint          n_values;
  double       **values;
} ConsetMatrix;

/**
 * conset_matrix_new:
 * @set: (transfer none): a set
 * @window: (nullable): where to look; it must be finite along @order's lines
 * @order: which way it is compressed
 * @task: (nullable): how it is evaluated
 *
 * One pass over the connections. 8 bytes a line, an entry and a value; while it is made, up to half
 * of that more where expected numbers say little.
 *
 * Returns: (transfer full): the matrix; NULL with @error set, CONSET_ERROR_OVERFLOW if there is
 *   not enough memory
 */
CONSET_PUBLIC ConsetMatrix *conset_matrix_new  (const Conset        *set,
                                                const ConsetWindow  *window,
                                                ConsetOrder          order,
                                                ConsetTask          *task,
                                                GError             **error)
                                                G_GNUC_WARN_UNUSED_RESULT;
CONSET_PUBLIC void          conset_matrix_free (ConsetMatrix        *matrix);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetMatrix, conset_matrix_free)

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Connection sets: sets whose connections carry values, such as a weight and a delay.
 *
 * conset_cset() gives a mask values; how many there are is the arity of the set. Operators
 * of set.h, random.h and partition.h take connection sets, too:
 *
 *   intersection   one operand may have values; the connections left keep theirs
 *   difference     the left operand may; its connections left keep theirs
 *   sum, union     both have as many columns, of the same names and of units that convert; of a
 *                  pair in both, the connections of the left operand come first; the values come
 *                  in the units of the left one
 *   block, repeat, shift, transpose, fix, partition, splits and random rules: values move
 *                  along with their connections
 *
 * The copies of a multapse are numbered, from 0, in the order of iteration; each has its own
 * value. An operator that leaves fewer copies of a pair leaves the first ones. Anything else is
 * an error that names the operands; conset_mask() takes the values away.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/**
 * conset_cset:
 * @mask: (transfer full): which connections there are, a set without values
 * @n: number of values of each connection, at most CONSET_MAX_ARITY
 * @values: (array length=n) (transfer full): the values; the array stays the caller's, the
 *   values in it are consumed
 * @names: (array length=n) (nullable): names of the columns, each a keyword as in the text language
 *   (letters, digits and _, no digit first, no word of Python nor "mask"), no two the same; the
 *   first ones may be NULL
 *
 * The connections of @mask, the copy c of (i, j) with the values v(i, j, c). With @n 0, @mask
 * itself. A mask with values, a wrong name or an error among the arguments gives an error set.
 * O(@n); evaluation costs that of the mask and of the values at its connections.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset      *conset_cset          (Conset             *mask,
                                                 guint               n,
                                                 ConsetValue *const *values,
                                                 const char *const  *names)
                                                 G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_explicit_with_values:
 * @sources: (array length=n): source of each connection, in any order; copied
 * @targets: (array length=n): target of each connection; copied
 * @n: number of connections
 * @n_values: number of values of each
 * @values: (array length=n_values): for each value an array of @n; copied
 * @names: (array length=n_values) (nullable): names of the columns, as in conset_cset()
 *
 * conset_explicit() with values: of a connection that is listed more than once, the copies are
 * in the order of the list. Takes 8 bytes a connection and value more.
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset      *conset_explicit_with_values (const guint64       *sources,
                                                        const guint64       *targets,
                                                        gsize                n,
                                                        guint                n_values,
                                                        const double *const *values,
                                                        const char *const   *names)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/** conset_mask: @set without its values. */
CONSET_PUBLIC Conset      *conset_mask          (Conset             *set) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_of:
 * @set: (transfer full): a connection set
 * @column: which of its values, from 0
 *
 * The value that the connections of @set have: v itself for a conset_cset() of v; of what
 * operators have made of such sets, the value at (i, j, c) is that of the copy c of (i, j), and NaN
 * where there is no such connection. An error value if @set has no such column.
 *
 * Returns: (transfer full): a value
 */
CONSET_PUBLIC ConsetValue *conset_value_of      (Conset             *set,
                                                 guint               column)
                                                 G_GNUC_WARN_UNUSED_RESULT;

/** conset_arity: Returns: how many values the connections of @set have; 0 for a mask, an error */
CONSET_PUBLIC guint        conset_arity         (const Conset       *set);

/** conset_column_name: Returns: (nullable): the name of a column below conset_arity() */
CONSET_PUBLIC const char  *conset_column_name   (const Conset       *set,
                                                 guint               column);

/**
 * conset_column_unit:
 *
 * Returns: (nullable): what the numbers of a column below conset_arity() count, such as "nS", in
 *   batches and everywhere else; NULL if they are pure numbers
 */
CONSET_PUBLIC const char  *conset_column_unit   (const Conset       *set,
                                                 guint               column);

/**
 * conset_values_at:
 * @copy: which copy of the connection, from 0
 * @values: (out caller-allocates): room for conset_arity() values
 *
 * O(operators).
 *
 * Returns: FALSE with @error set if @set has no such connection, or a value is wrong there
 */
CONSET_PUBLIC gboolean     conset_values_at     (const Conset       *set,
                                                 guint64             source,
                                                 guint64             target,
                                                 guint64             copy,
                                                 double             *values,
                                                 GError            **error);

G_END_DECLS

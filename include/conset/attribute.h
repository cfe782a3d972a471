/* SPDX-License-Identifier: MIT */
/*
 * Attributes: values that are given by an array, a number for each source or for each target.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/value.h>

G_BEGIN_DECLS

/**
 * conset_value_source_attribute:
 * @array: (array length=n): finite numbers; copied, once for all references to the value
 * @n: how many, the number of sources
 * @name: (nullable): what messages call the array: a line of UTF-8 without backslashes,
 *   and with one kind of quotes at most
 *
 * @array[i] for the pair (i, j): an error of CONSET_ERROR_VALUE where it is asked for an i of @n
 * or more. Printed as sourceAttribute([...], name="..."). O(@n); a value costs one load.
 *
 * Returns: (transfer full): a new value, never NULL
 */
CONSET_PUBLIC ConsetValue *conset_value_source_attribute (const double *array,
                                                          gsize         n,
                                                          const char   *name)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_target_attribute: as conset_value_source_attribute(), with @array[j]. */
CONSET_PUBLIC ConsetValue *conset_value_target_attribute (const double *array,
                                                          gsize         n,
                                                          const char   *name)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_source_attribute_take:
 * @array: (array length=n): finite numbers; stays as it is until @destroy is called
 * @user_data: (closure): what owns @array, such as @array itself
 * @destroy: (nullable): called on @user_data when the value is freed, or is an error
 *
 * As conset_value_source_attribute(), without a copy: for arrays of many millions.
 */
CONSET_PUBLIC ConsetValue *conset_value_source_attribute_take (const double   *array,
                                                               gsize           n,
                                                               const char     *name,
                                                               gpointer        user_data,
                                                               GDestroyNotify  destroy)
                                                               G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_target_attribute_take: as conset_value_source_attribute_take(), with @array[j]. */
CONSET_PUBLIC ConsetValue *conset_value_target_attribute_take (const double   *array,
                                                               gsize           n,
                                                               const char     *name,
                                                               gpointer        user_data,
                                                               GDestroyNotify  destroy)
                                                               G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

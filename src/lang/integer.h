/* SPDX-License-Identifier: MIT */
/*
 * Exact integers of the text language.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/**
 * ConsetInteger:
 * @negative: whether it is below zero; never of zero itself
 * @magnitude: its absolute value
 *
 * An integer in (-2^64, 2^64): indices reach 2^63, seeds 2^64 - 1, shifts below zero.
 */
typedef struct
{
  gboolean negative;
  guint64  magnitude;
} ConsetInteger;

ConsetInteger conset_integer_negate      (ConsetInteger  a);

/** conset_integer_add: Returns: FALSE if the result is out of range, as all of these */
gboolean      conset_integer_add         (ConsetInteger  a,
                                          ConsetInteger  b,
                                          ConsetInteger *result);
gboolean      conset_integer_multiply    (ConsetInteger  a,
                                          ConsetInteger  b,
                                          ConsetInteger *result);
/** conset_integer_power: @a multiplied with itself, @n factors in all */
gboolean      conset_integer_power       (ConsetInteger  a,
                                          guint64        n,
                                          ConsetInteger *result);
/** conset_integer_mod: the remainder of @a by @b, which is not 0; it has the sign of @b */
ConsetInteger conset_integer_mod         (ConsetInteger  a,
                                          ConsetInteger  b);
/** conset_integer_compare: Returns: below, at or above 0 as @a is less than, equal to, above @b */
int           conset_integer_compare     (ConsetInteger  a,
                                          ConsetInteger  b);
/** conset_integer_from_double: Returns: FALSE if @value is out of range or has a fraction */
gboolean      conset_integer_from_double (double         value,
                                          ConsetInteger *result);

void          conset_integer_print       (ConsetInteger  a,
                                          GString       *out);
double        conset_integer_to_double   (ConsetInteger  a);
/** conset_integer_to_int64: Returns: FALSE if @a is outside of [-2^63, 2^63) */
gboolean      conset_integer_to_int64    (ConsetInteger  a,
                                          gint64        *result);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Values: a real number for each pair (source i, target j), as an expression.
 *
 * A ConsetValue is an immutable expression tree, like a Conset: a weight, a delay, or the
 * probability with which pairs are members. It has a value at every pair; nothing is
 * computed until somebody asks.
 *
 *   g_autoptr (ConsetValue) v =   // 0.5 * exp(-abs(i - j) / 10)
 *     conset_value_multiply (
 *       conset_value_constant (0.5),
 *       conset_value_exp (conset_value_divide (
 *         conset_value_negate (conset_value_abs (
 *           conset_value_subtract (conset_value_source (), conset_value_target ()))),
 *         conset_value_constant (10.0))));
 *
 * Ownership: operators consume every ConsetValue that is not const in their prototype; keep
 * one with conset_value_ref() at the call. They never return NULL. A wrong argument gives an
 * error value: it absorbs what it is combined with, keeps the first message, and surfaces at
 * conset_value_check() and in every set that is made of it.
 *
 * Arithmetic is that of IEEE doubles, the same bits on every machine and in every order of
 * evaluation. Operations between constants are done at once. More operators, comparisons and
 * conditions are in functions.h, arrays in attribute.h.
 *
 * Values may be shared by threads: reference counts are atomic, nothing else ever changes.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/* Life */

/** conset_value_ref: Returns: (transfer full): @value, with one more reference */
CONSET_PUBLIC ConsetValue *conset_value_ref   (const ConsetValue *value);

/** conset_value_unref: gives a reference back; the last one frees @value, in O(1) stack. */
CONSET_PUBLIC void         conset_value_unref (ConsetValue       *value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetValue, conset_value_unref)

/* Questions */

/** conset_value_check: Returns: FALSE with the first error of the composition in @error, if any */
CONSET_PUBLIC gboolean conset_value_check       (const ConsetValue  *value,
                                                 GError            **error);

/**
 * conset_value_to_string:
 *
 * Prints @value in the text language, such as "0.5 * exp(-abs(i - j) / 10)"; a callback by
 * its name in angle brackets, an error by its message.
 *
 * Returns: (transfer full): the text
 */
CONSET_PUBLIC char    *conset_value_to_string   (const ConsetValue  *value);

/**
 * conset_value_at:
 *
 * Returns: the value at (@source, @target), both below CONSET_INDEX_END, for the first of
 *   the pair's copies, in its unit (unit.h) if it has one; NaN for an error value, and where a
 *   parameter or an attribute is wrong there. O(operators).
 */
CONSET_PUBLIC double   conset_value_at          (const ConsetValue  *value,
                                                 guint64             source,
                                                 guint64             target);

/** conset_value_at_copy: as conset_value_at() for the copy 0, 1, ... of a multapse. */
CONSET_PUBLIC double   conset_value_at_copy     (const ConsetValue  *value,
                                                 guint64             source,
                                                 guint64             target,
                                                 guint64             copy);

/**
 * conset_value_is_constant:
 * @number: (out) (optional): the number, in the unit of @value if it has one
 *
 * Returns: whether @value is a single number or quantity
 */
CONSET_PUBLIC gboolean conset_value_is_constant (const ConsetValue  *value,
                                                 double             *number);

/* Elementary values */

/** conset_value_constant: @number everywhere; an error value unless it is finite. */
CONSET_PUBLIC ConsetValue *conset_value_constant (double number) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_source: the source i; above 2^53 rounded to a double. Printed as "i". */
CONSET_PUBLIC ConsetValue *conset_value_source   (void) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_target: the target j; above 2^53 rounded to a double. Printed as "j". */
CONSET_PUBLIC ConsetValue *conset_value_target   (void) G_GNUC_WARN_UNUSED_RESULT;

/* Arithmetic. Between constants the result must be finite, or it is an error value. */

/** conset_value_add: a + b. */
CONSET_PUBLIC ConsetValue *conset_value_add      (ConsetValue *a,
                                                  ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_subtract: a - b. */
CONSET_PUBLIC ConsetValue *conset_value_subtract (ConsetValue *a,
                                                  ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_multiply: a * b. */
CONSET_PUBLIC ConsetValue *conset_value_multiply (ConsetValue *a,
                                                  ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_divide: a / b. */
CONSET_PUBLIC ConsetValue *conset_value_divide   (ConsetValue *a,
                                                  ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_power: a ** b, as C's pow: NaN for a negative a unless b is a whole number,
 * and 0 ** 0 is 1. By multiplication where b is a whole number from -4 to 4.
 */
CONSET_PUBLIC ConsetValue *conset_value_power    (ConsetValue *a,
                                                  ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_min: the lesser of a and b; NaN where one of them is. */
CONSET_PUBLIC ConsetValue *conset_value_min      (ConsetValue *a,
                                                  ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_max: the greater of a and b; NaN where one of them is. */
CONSET_PUBLIC ConsetValue *conset_value_max      (ConsetValue *a,
                                                  ConsetValue *b) G_GNUC_WARN_UNUSED_RESULT;

/** conset_value_negate: -a. */
CONSET_PUBLIC ConsetValue *conset_value_negate   (ConsetValue *a) G_GNUC_WARN_UNUSED_RESULT;

/* Values of your own */

/**
 * ConsetPlaces:
 * @order: what a line is: CONSET_TARGET_MAJOR, a target; CONSET_SOURCE_MAJOR, a source
 * @line: the target, or the source
 * @first: where offsets count from
 * @offsets: (nullable): offsets along the line, ascending, each below 2^31; those of a multapse
 *   stand as often as it is asked for; NULL for 0, 1, ...
 * @n: number of places
 * @copies: (nullable): which copy of its pair a place is, in any order; NULL for the first, 0
 *
 * Pairs that share a target or a source. See conset_places_source(), conset_places_target().
 */
typedef struct
{
  ConsetOrder    order;
  guint64        line;
  guint64        first;
  const guint32 *offsets;
  gsize          n;
  const guint32 *copies;
} ConsetPlaces;

/** conset_places_along: Returns: where on its line place @k is */
static inline guint64
conset_places_along (const ConsetPlaces *places, gsize k)
{
  return places->first + (places->offsets != NULL ? places->offsets[k] : k);
}

/** conset_places_source: Returns: the source of place @k */
static inline guint64
conset_places_source (const ConsetPlaces *places, gsize k)
{
  return places->order == CONSET_TARGET_MAJOR ? conset_places_along (places, k) : places->line;
}

/** conset_places_target: Returns: the target of place @k */
static inline guint64
conset_places_target (const ConsetPlaces *places, gsize k)
{
  return places->order == CONSET_TARGET_MAJOR ? places->line : conset_places_along (places, k);
}

/**
 * ConsetValueAtFunc:
 *
 * Returns: the value at (@source, @target). Must be a pure function of its arguments, answer
 *   for every pair, and may be called from any thread.
 */
typedef double (*ConsetValueAtFunc) (guint64  source,
                                     guint64  target,
                                     gpointer user_data);

/**
 * ConsetValueFillFunc:
 * @places: what is asked for; chosen by the engine, valid during the call
 * @values: (out) (array): room for as many values as there are places
 *
 * Writes the value of each place, the same bits as the ConsetValueAtFunc beside it would
 * return. @values is the engine's own buffer: nothing is copied. May be called from any thread.
 */
typedef void (*ConsetValueFillFunc) (const ConsetPlaces *places,
                                     double             *values,
                                     gpointer            user_data);

/**
 * conset_value_callback:
 * @name: what conset_value_to_string() prints, as "<name>"; copied
 * @at: the value at a pair
 * @fill: (nullable): the values of many pairs; saves a call for each
 * @user_data: (closure): passed to both
 * @destroy: (nullable): called on @user_data when the value is freed
 *
 * Returns: (transfer full): a new value, never NULL
 */
CONSET_PUBLIC ConsetValue *conset_value_callback (const char          *name,
                                                  ConsetValueAtFunc    at,
                                                  ConsetValueFillFunc  fill,
                                                  gpointer             user_data,
                                                  GDestroyNotify       destroy)
                                                  G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

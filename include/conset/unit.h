/* SPDX-License-Identifier: MIT */
/*
 * Units of values, with udunits2: 5 nS, 1.5 ms, 2 uS/cm^2.
 *
 *   g_autoptr (ConsetValue) delay =   // 1.5 * ms + abs(i - j) * um / (0.3 * um / ms)
 *     conset_value_add (
 *       conset_value_with_unit (conset_value_constant (1.5), "ms"),
 *       conset_value_divide (
 *         conset_value_with_unit (
 *           conset_value_abs (conset_value_subtract (conset_value_source (),
 *                                                    conset_value_target ())), "um"),
 *         conset_value_with_unit (conset_value_constant (0.3), "um/ms")));
 *
 * A value without a unit is a pure number. Units are checked as values are composed:
 *
 *   + - min max         take operands of one kind, mm and um; the result is in the unit of the left
 *   * /                 multiply and divide units; mm/um is a pure number, 1000
 *   **  sqrt            take whole and half powers of a unit, where there are such
 *   abs negate          keep the unit
 *   exp log sin ...     take pure numbers, as do probabilities and weights of rules
 *   floor ceil          take pure numbers: what is whole depends on the unit
 *
 * What breaks a rule is an error value that names both units. Celsius and others that do not count
 * from nothing, and logarithmic units, are refused.
 *
 * A model written in mm is the same, to the last bit, as one written in um: constants are
 * converted as decimals, 0.07 m is 7 cm, and all is computed in um, ms, mV, pA, nS and their like,
 * whatever unit a value is in. For that a number must stand beside its unit: i * 0.07 * mm and
 * i * 70 * um are the same, (i * 0.07 + 1) * mm and (i * 70 + 1000) * um might differ in the last
 * bit.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/** conset_has_units: Returns: whether this build has units; without, each one is an error value */
CONSET_PUBLIC gboolean     conset_has_units       (void);

/**
 * conset_value_get_unit:
 *
 * Returns: (transfer none) (nullable): what the numbers of @value count, such as "nS" or
 *   "uS/cm^2", for as long as the program runs; NULL if it is a pure number, or an error value
 */
CONSET_PUBLIC const char  *conset_value_get_unit  (const ConsetValue *value);

/**
 * conset_value_with_unit:
 * @value: (transfer full): a pure number
 * @unit: a unit as udunits2 reads it, such as "nS", "um/ms" or "uS cm-2"; "M" is mol/L
 *
 * @value times @unit. The number that conset_value_at() gives is that of @value.
 *
 * An error value if udunits2 does not know @unit, or @value has one already.
 *
 * Returns: (transfer full): a new value, never NULL
 */
CONSET_PUBLIC ConsetValue *conset_value_with_unit (ConsetValue       *value,
                                                   const char        *unit)
                                                   G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_to_unit:
 * @value: (transfer full): a quantity
 * @unit: a unit of the same kind
 *
 * The same quantity in another unit. An error value if the one does not convert into the other.
 *
 * Returns: (transfer full): a new value, never NULL
 */
CONSET_PUBLIC ConsetValue *conset_value_to_unit   (ConsetValue       *value,
                                                   const char        *unit)
                                                   G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_value_magnitude:
 * @value: (transfer full): a quantity
 * @unit: a unit of the same kind
 *
 * How many of @unit @value is: @value / @unit, a pure number. An error value if the units differ
 * in kind.
 *
 * Returns: (transfer full): a new value, never NULL
 */
CONSET_PUBLIC ConsetValue *conset_value_magnitude (ConsetValue       *value,
                                                   const char        *unit)
                                                   G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Conversions: what multiplies a geometry by a unit, divides it by one, or shows it in another.
 *
 * Kinds that are made of numbers that are written down convert these, as decimals, and make
 * themselves anew, so that a grid stays one and positions in mm are, to the last bit, those in um.
 * All others are wrapped: their positions are multiplied as they are found.
 */
#pragma once

#include "geometry.h"
#include "projection.h"

/** What becomes of a number. */
typedef enum
{
  /* A number of @unit becomes one of base units. */
  CONSET_CONVERT_TO_BASE,
  /* The other way around; the result is a pure number. */
  CONSET_CONVERT_FROM_BASE,
  /* Nothing; it is shown in @unit. */
  CONSET_CONVERT_SHOW,
} ConsetConversionKind;

/** @done: geometries that were converted already, by what they were converted from: parts may be
 * shared */
struct _ConsetConversion
{
  ConsetConversionKind kind;
  const ConsetUnit    *unit;
  GHashTable          *done;
};

/** The unit of what is converted. */
static inline const ConsetUnit *
conset_conversion_unit (const ConsetConversion *conversion)
{
  return conversion->kind == CONSET_CONVERT_FROM_BASE ? NULL : conversion->unit;
}

double            conset_convert_number     (const ConsetConversion *conversion, double number);
/** @n at most CONSET_MAX_DIMENSIONS. */
void              conset_convert_numbers    (const ConsetConversion *conversion,
                                             const double *numbers, guint n, double *converted);
/** @geometry stays alive. (transfer full) */
ConsetGeometry   *conset_convert_geometry   (const ConsetGeometry *geometry,
                                             ConsetConversion *conversion);
/** The positions of @geometry multiplied one by one, for kinds that can do no better.
 * (transfer full) */
ConsetGeometry   *conset_convert_positions  (const ConsetGeometry *geometry,
                                             const ConsetConversion *conversion);

/** NULL if @b positions or sizes may be compared with those of @a; else what is wrong, and what to
 * do. (transfer full) */
char             *conset_units_clash        (const char *what_a, const ConsetUnit *a,
                                             const char *what_b, const ConsetUnit *b);

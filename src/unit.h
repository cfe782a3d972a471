/* SPDX-License-Identifier: MIT */
/*
 * Units: what the numbers of a quantity count.
 *
 * Units are interned: there is one of each name, it is never freed, and two are compared by
 * pointer. NULL is a pure number. A unit is a function of its name alone, which is what was
 * written, in one form: the same symbol once, what is divided by last, as in uS/cm^2.
 *
 * Quantities are computed in base units (measure.h), whatever they are written in and shown in.
 * So nothing is converted between operators, and a model written in mm is, to the last bit, the
 * same as one written in um. Numbers that are written down are turned into base units and back
 * as decimals: their point is moved. All others are multiplied or divided by a power of ten, 1000
 * rather than 1/1000, which is exact up to 10^22. For units that are no power of ten of base
 * units, such as inches, they are multiplied by a factor, and divided by it.
 *
 * Any thread may ask; reading a name takes a lock.
 */
#pragma once

#include "measure.h"

typedef struct _ConsetUnit ConsetUnit;

/** A symbol that can be read by itself, such as um, to a power that is not 0. */
typedef struct
{
  const char *symbol;
  int         power;
} ConsetUnitTerm;

/**
 * @terms: positive powers come first
 * @is_written: whether the text language has a name for each symbol, and makes this unit out of
 *   their product
 */
struct _ConsetUnit
{
  char           *name;
  guint           n_terms;
  ConsetUnitTerm *terms;
  gboolean        is_written;
  ConsetMeasure   measure;
};

/** How numbers turn into base units: x * factor, or x / factor. */
typedef struct
{
  double   factor;
  gboolean divide;
} ConsetScale;

#define CONSET_SCALE_ONE { 1.0, FALSE }

/* Finding units. @problem (transfer full) says what is wrong, and what to do. */

/** The unit of this name, never NULL unless there is a @problem. */
const ConsetUnit *conset_unit_parse    (const char *text, char **problem);

/** Symbols that are names in the text language: @name in its usual letters, or NULL. */
char             *conset_unit_symbol   (const char *name);

/** a * b ** @power. FALSE with @problem set if that is too large, or too long. */
gboolean          conset_unit_multiply (const ConsetUnit *a, const ConsetUnit *b, int power,
                                        const ConsetUnit **product, char **problem);
/** The unit whose square is @unit. FALSE with nothing set if there is none. */
gboolean          conset_unit_root     (const ConsetUnit *unit, const ConsetUnit **root);
/** That in which quantities of this kind are computed; NULL if it is that of numbers. */
const ConsetUnit *conset_unit_base     (const ConsetUnit *unit);

/* Looking at units */

/** Such as "nS"; of a pure number "1". */
const char       *conset_unit_name     (const ConsetUnit *unit);
/** Whether quantities in @a and @b may be added; numbers, too. */
gboolean          conset_unit_is_alike (const ConsetUnit *a, const ConsetUnit *b);
/** What a value in this unit is in: NULL for um/mm, which is a number. */
const ConsetUnit *conset_unit_strip    (const ConsetUnit *unit);
/** Whether to multiply by @unit changes nothing. */
gboolean          conset_unit_is_one   (const ConsetUnit *unit);

/* Numbers */

ConsetScale conset_unit_scale     (const ConsetUnit *unit);
/** @number, one that is written down, of @unit in base units; and back. */
double      conset_unit_to_base   (const ConsetUnit *unit, double number);
double      conset_unit_from_base (const ConsetUnit *unit, double base);

static inline double
conset_scale_apply (ConsetScale scale, double number)
{
  return scale.divide ? number / scale.factor : number * scale.factor;
}

static inline ConsetScale
conset_scale_invert (ConsetScale scale)
{
  return (ConsetScale){ scale.factor, !scale.divide };
}

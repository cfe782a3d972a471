/* SPDX-License-Identifier: MIT */
/*
 * What constructors of geometries have in common: numbers that must be finite, and how arguments
 * are printed.
 */
#pragma once

#include "geometry.h"

/** What is wrong with @n numbers (nullable) that are to be finite; NULL for nothing. @what they are
 * called, with a verb, such as "the origin is". */
ConsetGeometry *conset_numbers_error   (const char *function, const char *what,
                                        const double *numbers, guint n);

/** Appends ", @name=@number", shown in @unit (nullable), unless it is the @usual one, which is a pure
 * number: of quantities, 0 alone can be left out. */
void            conset_append_keyword  (GString *out, const char *name, double number,
                                        double usual, const ConsetUnit *unit);
/** The same of @n numbers, one for each dimension; x, y and z stand before the name. */
void            conset_append_keywords (GString *out, const char *name, const double *numbers,
                                        guint n, double usual, const ConsetUnit *unit);
/** The same of an integer, a pure number. */
void            conset_append_count    (GString *out, const char *name, guint64 count,
                                        guint64 usual);

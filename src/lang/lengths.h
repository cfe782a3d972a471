/* SPDX-License-Identifier: MIT */
/*
 * Lengths among the arguments of a function: numbers that are all pure, or all quantities of units
 * that convert into each other. 0 needs no unit.
 */
#pragma once

#include "registry.h"

#include "unit.h"

G_BEGIN_DECLS

/**
 * ConsetLengths:
 * @unit: (nullable): the unit of the first quantity
 * @named: (nullable): what has it
 * @pure: (nullable): a pure number that is not 0
 * @number: what it is
 *
 * What is known of the lengths so far. Zeroed at first. Names are borrowed.
 */
typedef struct
{
  const ConsetUnit *unit;
  const char       *named;
  const char       *pure;
  double            number;
} ConsetLengths;

/** conset_lengths_begin: lengths of which a geometry says what they are in; NULL for pure numbers.
 * @name: what it is called */
ConsetLengths conset_lengths_begin (const ConsetUnit      *unit,
                                    const char            *name);

/**
 * conset_lengths_add:
 * @name: what @value is called
 * @value: a number or a quantity
 * @number: (out): it, of base units if it is a quantity
 *
 * Returns: FALSE with @error set if it is neither, or clashes with those before, which are named then
 */
gboolean      conset_lengths_add   (ConsetLengths         *lengths,
                                    const char            *name,
                                    const ConsetLangValue *value,
                                    double                *number,
                                    GError               **error);

/**
 * conset_lengths_get:
 * @call: one with @n parameters of type CONSET_PARAMETER_LENGTH
 * @index: the first of them
 * @otherwise: a pure number, for those that are left out
 *
 * The same for each. Returns: FALSE with @error set
 */
gboolean      conset_lengths_get   (ConsetLengths         *lengths,
                                    const ConsetCall      *call,
                                    gsize                  index,
                                    guint                  n,
                                    double                 otherwise,
                                    double                *numbers,
                                    GError               **error);

G_END_DECLS

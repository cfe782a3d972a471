/* SPDX-License-Identifier: MIT */
/*
 * Columns: what a connection set tells of its values: how many there are, their names and units.
 *
 * Columns are interned: equal ones are one pointer, kept to the end of the process. A set
 * without values, a mask, has none: NULL.
 */
#pragma once

#include "node.h"
#include "unit.h"

/** A name may be NULL; a unit is NULL for pure numbers. Values are carried in their units. */
struct _ConsetColumns
{
  guint              n;
  const char       **names;
  const ConsetUnit **units;
};

/** The error set that names the wrong one of @n @names (nullable), or says that they are too many;
 * NULL for none. */
Conset *conset_columns_check_names (const char        *operator_name,
                                    guint              n,
                                    const char *const *names);

/** @names and @units may be NULL. NULL for no columns. */
const ConsetColumns *conset_columns_get (guint n, const char *const *names,
                                         const ConsetUnit *const *units);

/**
 * What an operator makes of operands with values.
 *
 * @CONSET_COLUMNS_NONE: it takes masks only
 * @CONSET_COLUMNS_LEFT: the left one may have some
 * @CONSET_COLUMNS_ONE: one of them may
 * @CONSET_COLUMNS_SAME: both have the same, up to a change of units, or neither has any
 */
typedef enum
{
  CONSET_COLUMNS_NONE,
  CONSET_COLUMNS_LEFT,
  CONSET_COLUMNS_ONE,
  CONSET_COLUMNS_SAME,
} ConsetColumnsRule;

/**
 * The second thing a constructor does with its operands, which are no errors: NULL for go on, else
 * the error set to return, the operands being released. @b may be NULL.
 */
Conset *conset_columns_check (const char       *operator_name,
                              ConsetColumnsRule rule,
                              Conset           *a,
                              Conset           *b);

/** The error set that says that @operand, which is borrowed, has values where it must have none. */
Conset *conset_columns_refuse (const char *operator_name, const Conset *operand);

/** The empty set, with columns. */
Conset *conset_columns_empty (const ConsetColumns *columns);

/** Columns in words, for messages: "no values", "2 values (weight, delay)". (transfer full) */
char   *conset_columns_describe (const ConsetColumns *columns);

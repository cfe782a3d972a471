/* SPDX-License-Identifier: MIT */
/*
 * Sizes: values that are one number for all pairs, such as a radius.
 */
#pragma once

#include <conset/set.h>

#include "value.h"

/** The @number, in base units, of the size @value (nullable) of a set @name; an error set (transfer
 * full) if it is none that is finite and not negative. @what it is: "radius". */
Conset *conset_size_read (const char        *name,
                          const char        *what,
                          const ConsetValue *value,
                          double            *number);

/** What is wrong with the operand (nullable) of a set @name, as an error set; NULL for nothing. */
Conset *conset_metric_error (const char *name, const ConsetValue *metric);

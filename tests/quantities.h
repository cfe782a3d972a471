/* SPDX-License-Identifier: MIT */
/*
 * What the suites of quantities compose, and what they assert of it.
 */
#pragma once

#include "support.h"

G_BEGIN_DECLS

#define I conset_value_source ()
#define J conset_value_target ()
#define NUMBER(x) conset_value_constant (x)
#define IN(value, unit) conset_value_with_unit (value, unit)
#define QUANTITY(x, unit) IN (NUMBER (x), unit)

/* All of these consume @value. */

/** assert_unit: it is no error, and in @unit (nullable) */
void assert_unit    (ConsetValue *value,
                     const char  *unit);

/** assert_number: it is @expected of its unit at source 3, target 4 */
void assert_number  (ConsetValue *value,
                     double       expected);

/** assert_message: it is an error value that says @message */
void assert_message (ConsetValue *value,
                     const char  *message);

G_END_DECLS

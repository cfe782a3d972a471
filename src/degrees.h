/* SPDX-License-Identifier: MIT */
/*
 * What random sets ask of degrees, beyond <conset/degrees.h>.
 *
 * All of it only looks. An error value answers as the constant 0 does, so callers ask
 * conset_degrees_error() first.
 */
#pragma once

#include <conset/degrees.h>
#include <conset/law.h>

#include "random.h"

/** conset_degrees_error: Returns: (nullable): what is wrong */
const char *conset_degrees_error          (const ConsetDegrees *degrees);

/**
 * conset_degrees_draw:
 * @key: who draws: the seed of the set, CONSET_RULE_DEGREES_IN or _OUT, and a lane
 * @line: below conset_degrees_n_lines()
 *
 * O(log of the support); draws at places (@line, 0), (@line, 1), ...
 *
 * Returns: the degree of @line, a pure function of @key and @line
 */
guint64     conset_degrees_draw           (const ConsetDegrees *degrees,
                                           const ConsetKey     *key,
                                           guint64              line);

/** Lines from this one on have no degree: the length of a list, CONSET_INDEX_END for laws. */
guint64     conset_degrees_n_lines        (const ConsetDegrees *degrees);

/**
 * conset_degrees_missing:
 * @line_name: what a line is, "target" or "source"
 *
 * Returns: (transfer full) (nullable): what a message says of @line where it lies beyond the
 *   list, such as "target 7 has no degree, the list holds those of 0 to 2; ..."
 */
char       *conset_degrees_missing        (const ConsetDegrees *degrees,
                                           const char          *line_name,
                                           guint64              line);

/** The law of the degree of @line, over all seeds; unknown but for its moments, of a table. */
ConsetLaw   conset_degrees_law            (const ConsetDegrees *degrees,
                                           guint64              line);

/** Whether all lines have one degree, and then which. */
gboolean    conset_degrees_constant_value (const ConsetDegrees *degrees,
                                           guint64             *k);

/** Appends the text of conset_degrees_to_string(). */
void        conset_degrees_print          (const ConsetDegrees *degrees,
                                           GString             *out);

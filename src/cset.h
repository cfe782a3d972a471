/* SPDX-License-Identifier: MIT */
/*
 * What a connection set tells of the value it was made of.
 */
#pragma once

#include "node.h"

/** @set (transfer full), with its values shown in the units of @columns, which are alike. */
Conset            *conset_cset_show_in (Conset *set, const ConsetColumns *columns);

/** The value of @column of a node that conset_cset() has made (borrowed); NULL for any other. */
const ConsetValue *conset_cset_value (const Conset *set, guint column);

/**
 * An explicit set, of the @n connections (sources[k], targets[k]), that prints as @text. Takes @text,
 * both arrays, and @values over: an array of @n for each of @columns (nullable).
 */
Conset            *conset_explicit_of_file (char                *text,
                                            guint64             *sources,
                                            guint64             *targets,
                                            gsize                n,
                                            const ConsetColumns *columns,
                                            double             **values);

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

/* SPDX-License-Identifier: MIT */
/*
 * What constructors of arithmetic end with.
 */
#pragma once

#include "value.h"

/** @node, finished by @rule, or the constant that it is if all its children are; an error if that
 * is not finite. */
ConsetValue *conset_value_fold (gpointer node, ConsetUnitRule rule);

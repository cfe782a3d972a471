/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, the same in every locale.
 */
#pragma once

#include <glib.h>

/** Appends the shortest decimal that reads back as @number. */
void conset_append_double (GString *out, double number);

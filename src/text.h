/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, the same in every locale.
 */
#pragma once

#include <glib.h>

/** Appends what conset_write_double() writes. */
void conset_append_double (GString *out, double number);

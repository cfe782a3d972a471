/* SPDX-License-Identifier: MIT */
/*
 * Numbers as text, the same in every locale.
 */
#pragma once

#include <glib.h>

/** Appends the shortest decimal that reads back as @number. */
void   conset_append_double (GString *out, double number);

/** The double next to the decimal above, its point moved by @places to the right. Of a finite
 * number; infinite where the result is too large. */
double conset_shift_decimal (double number, int places);

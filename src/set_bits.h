/* SPDX-License-Identifier: MIT */
/*
 * Which bits of a byte are set.
 */
#pragma once

#include <glib.h>

/** The numbers of the set bits of each byte, ascending, filled up with zeros; there from the time
 * on that the library is loaded. */
extern guint8 conset_set_bits[256][8];

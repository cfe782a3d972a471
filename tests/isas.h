/* SPDX-License-Identifier: MIT */
/*
 * The instruction sets that kernels are compiled for, for tests that loop over them; those that the
 * machine lacks are left out by conset_set_isa(), which is then FALSE.
 */
#pragma once

#include <glib.h>

static const char *const isas[] = { "portable", "avx2" };

#define N_ISAS ((int) G_N_ELEMENTS (isas))

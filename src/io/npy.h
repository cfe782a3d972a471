/* SPDX-License-Identifier: MIT */
/*
 * Headers of NumPy's .npy format, version 1.0 (NEP 1, numpy.lib.format).
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** Room for the digits of any shape, so that one that is not yet known can be written later. */
#define CONSET_NPY_SHAPE_SIZE 48

/**
 * conset_npy_header:
 * @descr: the type of an element, as a literal of Python, such as "'<i8'"
 * @shape: as a literal of Python, such as "(3, 2)"; at most CONSET_NPY_SHAPE_SIZE bytes
 *
 * Returns: (transfer full): a header whose length, a multiple of 64, does not depend on @shape; NULL
 *   if @descr is too long for one
 */
GString *conset_npy_header (const char *descr, const char *shape);

G_END_DECLS

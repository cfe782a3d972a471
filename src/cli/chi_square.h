/* SPDX-License-Identifier: MIT */
/*
 * The chi-square law.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/** cli_chi_square_tail: Returns: the probability that a chi-square of @df degrees of freedom, at
 * least 1, is @x or more */
double cli_chi_square_tail (double x, guint df);

G_END_DECLS

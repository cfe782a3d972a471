/* SPDX-License-Identifier: MIT */
/*
 * Listings of a set, for `conset tabulate` and for scripts.
 */
#pragma once

#include <conset/conset.h>

#include "output.h"

G_BEGIN_DECLS

/**
 * cli_tabulate:
 * @set: a set
 * @window: (nullable): what to list of it
 * @order: in which order
 * @output: where to
 *
 * Writes "source<TAB>target" a line; shows progress if the listing does not go to a terminal.
 *
 * Returns: FALSE with @error set if the set cannot be evaluated or the output not be written
 */
gboolean cli_tabulate (const Conset *set,
                       const ConsetWindow *window,
                       ConsetOrder order,
                       CliOutput *output,
                       GError **error);

G_END_DECLS

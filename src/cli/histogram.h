/* SPDX-License-Identifier: MIT */
/*
 * Histograms of degrees in a terminal.
 */
#pragma once

#include "degree_stats.h"

G_BEGIN_DECLS

/**
 * cli_histogram_append:
 * @degrees: the degrees, compared with their laws
 * @lines: what lines are called, such as "targets"
 * @text: where to append
 *
 * Draws a row for each bin: its degrees, how many lines have them, how many were to be
 * expected, a bar for the former and a mark for the latter. As wide as the terminal.
 */
void cli_histogram_append (const CliDegrees *degrees, const char *lines, GString *text);

G_END_DECLS

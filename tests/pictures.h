/* SPDX-License-Identifier: MIT */
/*
 * Figures as SVG, for tests to look at their elements.
 */
#pragma once

#include <conset/conset.h>

/** picture_set: Returns: (transfer full): the set of a text */
Conset  *picture_set       (const char   *expression);

/** picture_svg: Returns: (transfer full): @figure as SVG */
char    *picture_svg       (ConsetFigure *figure);

/** picture_failure: Returns: (transfer full): the message with which @figure cannot be drawn */
char    *picture_failure   (ConsetFigure *figure);

/** picture_times: Returns: how often @part is in @text */
guint    picture_times     (const char   *text,
                            const char   *part);

/** picture_cells: Returns: (transfer full): what the first group of cells holds; empty if there is
 * none */
char    *picture_cells     (const char   *svg);

/** picture_has_label: Returns: whether a text of the picture is just this */
gboolean picture_has_label (const char   *svg,
                            const char   *text);

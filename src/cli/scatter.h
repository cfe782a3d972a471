/* SPDX-License-Identifier: MIT */
/*
 * Positions in a terminal.
 */
#pragma once

#include <conset/conset.h>

#include "output.h"
#include "picture.h"

G_BEGIN_DECLS

/**
 * cli_scatter_draw:
 * @geometry: where positions are
 * @n: how many of them, at most
 * @plane: which two of three coordinates
 * @selection: (nullable): what is selected; colours and lines are not drawn
 * @style: how wide, and with which characters
 *
 * Draws the positions in the right proportions, the selected ones apart, and a caption.
 *
 * Returns: FALSE with @error set, and nothing drawn, if anything cannot be evaluated
 */
gboolean cli_scatter_draw (const ConsetGeometry *geometry,
                           guint64 n,
                           ConsetPlane plane,
                           const ConsetScriptSelection *selection,
                           const CliPictureStyle *style,
                           CliOutput *output,
                           GError **error);

G_END_DECLS

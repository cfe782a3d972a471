/* SPDX-License-Identifier: MIT */
/*
 * Pictures of a set in a terminal.
 */
#pragma once

#include <conset/conset.h>

#include "output.h"

G_BEGIN_DECLS

/** Sources and targets of a picture without a window. */
#define CLI_PICTURE_SIZE 30

/** Bounds of --width. */
#define CLI_PICTURE_MIN_WIDTH 20
#define CLI_PICTURE_MAX_WIDTH 1000

typedef enum
{
  CLI_STYLE_AUTO,
  CLI_STYLE_BLOCKS,
  CLI_STYLE_BRAILLE,
  CLI_STYLE_ASCII,
  CLI_STYLE_COLOUR,
} CliStyle;

/**
 * CliPictureStyle:
 * @style: how to draw; CLI_STYLE_AUTO: as finely as fits the width and the locale allows
 * @width: greatest number of columns; 0: those of the terminal
 */
typedef struct
{
  CliStyle style;
  guint width;
} CliPictureStyle;

/**
 * cli_picture_draw:
 * @set: a set
 * @n_sources: draws the sources [0, @n_sources), from top to bottom,
 * @n_targets: and the targets [0, @n_targets), from left to right
 * @turned: whether sources are drawn across instead, and targets down
 * @style: how
 * @output: where to
 *
 * Draws the picture with axes and a caption. Every connection of the window is counted,
 * whatever the resolution. Memory is bounded by the size of the picture.
 *
 * Returns: FALSE with @error set, and nothing drawn, if the set cannot be evaluated
 */
gboolean cli_picture_draw (const Conset *set,
                           guint64 n_sources,
                           guint64 n_targets,
                           gboolean turned,
                           const CliPictureStyle *style,
                           CliOutput *output,
                           GError **error);

G_END_DECLS

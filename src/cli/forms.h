/* SPDX-License-Identifier: MIT */
/*
 * Forms: ways to draw the cells of a grid with characters.
 */
#pragma once

#include "grid.h"
#include "picture.h"

G_BEGIN_DECLS

/**
 * CliForm:
 * @style: the style that it belongs to
 * @automatic: whether CLI_STYLE_AUTO may take it
 * @binned: whether a cell may be more than one pair
 * @across: cells that a character stands for, from left to right
 * @down: and from top to bottom
 * @width: columns of a character
 * @aspect: height of a cell on the screen, in its widths
 * @cell: what the caption calls a cell that is more than one pair
 * @shades: (nullable): characters from light to dark, if density is drawn
 * @append_line: draws a line of characters; a density of @full_density is the darkest
 */
typedef struct
{
  CliStyle style;
  gboolean automatic;
  gboolean binned;
  guint across;
  guint down;
  guint width;
  guint aspect;
  const char *cell;
  const char *shades;
  void (*append_line) (const CliGrid *grid, gsize line, double full_density, GString *text);
} CliForm;

/**
 * cli_form_choose:
 * @style: CLI_STYLE_AUTO only in a locale with Unicode
 * @n_sources: sources of the window
 * @n_targets: targets of the window
 * @columns: columns that the picture may take
 * @lines: lines that it may take
 * @source_step: (out): sources of a cell
 * @target_step: (out): targets of a cell
 *
 * Returns: the first form of @style that shows every pair in the given room; if there is
 *   none, the one that fits with larger cells
 */
const CliForm *cli_form_choose (CliStyle style,
                                guint64 n_sources,
                                guint64 n_targets,
                                gsize columns,
                                gsize lines,
                                guint64 *source_step,
                                guint64 *target_step);

G_END_DECLS

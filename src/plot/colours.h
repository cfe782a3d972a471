/* SPDX-License-Identifier: MIT */
/*
 * Colours of pictures: maps from numbers to colours, colours of categories, and those of ink.
 */
#pragma once

#include <conset/plot.h>

/** A colour, 0xRRGGBB. */
typedef guint32 ConsetColour;

#define CONSET_COLOUR_PAPER 0xffffff
#define CONSET_COLOUR_INK 0x12304f    /* members of a set */
#define CONSET_COLOUR_TEXT 0x262626   /* titles and labels */
#define CONSET_COLOUR_FRAME 0x595959  /* frames and ticks */
#define CONSET_COLOUR_FAINT 0x737373  /* notes */
#define CONSET_COLOUR_GREY 0xc4c8cc   /* positions behind a selection */
#define CONSET_COLOUR_BROKEN 0x9e9e9e /* what is no number */
#define CONSET_COLOUR_MARK 0xd55e00   /* what is selected */

/** Palettes have an entry for no cell, one for each level of a map, and one for what is no number. */
#define CONSET_LEVEL_BLANK 0
#define CONSET_LEVEL_FIRST 1
#define CONSET_LEVEL_LAST 253
#define CONSET_LEVEL_BROKEN 254
#define CONSET_PALETTE_SIZE 255

/** conset_colour_at: Returns: the colour of @t in [0, 1]; beyond, that of the nearer end */
ConsetColour conset_colour_at       (ConsetColours map,
                                     double        t);

/** conset_colour_level: Returns: the level of a palette that is nearest to @t, or that of NaN */
guint8       conset_colour_level    (double        t);

/** conset_colour_palette: fills @palette with the levels of @map. */
void         conset_colour_palette  (ConsetColours map,
                                     ConsetColour  palette[CONSET_PALETTE_SIZE]);

/** conset_colour_category: Returns: the colour of the category 0, 1, ...; they repeat after seven */
ConsetColour conset_colour_category (guint         k);

/** conset_colour_is_dark: Returns: whether white is easier to read on it than black */
gboolean     conset_colour_is_dark  (ConsetColour  colour);

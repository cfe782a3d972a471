/* SPDX-License-Identifier: MIT */
/*
 * Axes, frames, colour bars and legends: what is around the inside of a panel.
 */
#pragma once

#include "canvas.h"
#include "ticks.h"

#define CONSET_TICK_SIZE 12.0
#define CONSET_LABEL_SIZE 13.0
#define CONSET_TITLE_SIZE 14.0
#define CONSET_NOTE_SIZE 11.0

/**
 * ConsetAxis:
 * @low: the number at its start: left, or at the bottom; at the top if it is turned
 * @high: the number at its end
 * @length: in units
 * @vertical: whether it goes up
 * @downwards: or down
 * @opposite: whether it is to the right of what it belongs to, instead of left or below
 * @label: (nullable): what stands along it
 */
typedef struct
{
  double      low;
  double      high;
  double      length;
  gboolean    vertical;
  gboolean    downwards;
  gboolean    opposite;
  const char *label;
  ConsetTicks ticks;
} ConsetAxis;

/** conset_axis_init: chooses ticks, @whole numbers only if that is TRUE; other members are set
 * before. */
void   conset_axis_init   (ConsetAxis       *axis,
                           gboolean          whole);

/** conset_axis_at: Returns: how far @number is from the left or upper end, in units */
double conset_axis_at     (const ConsetAxis *axis,
                           double            number);

/** conset_axis_extent: Returns: the room that ticks and labels take */
double conset_axis_extent (const ConsetAxis *axis);

/** conset_axis_draw: draws ticks and labels; (@x, @y) is the left or upper end of the axis. */
void   conset_axis_draw   (const ConsetAxis *axis,
                           ConsetCanvas     *canvas,
                           double            x,
                           double            y);

/** conset_frame_draw: a thin frame around the inside of a panel. */
void   conset_frame_draw  (ConsetCanvas *canvas,
                           double        x,
                           double        y,
                           double        width,
                           double        height);

/* Colour bars, to the right of a panel */

/**
 * ConsetColourBar:
 * @palette: its colours
 * @n_steps: 0 for a scale from @low to @high; else so many colours for the whole numbers from @low on
 * @broken: whether to explain the colour of what is no number
 */
typedef struct
{
  const ConsetColour *palette;
  double              low;
  double              high;
  guint               n_steps;
  gboolean            broken;
  const char         *label;
} ConsetColourBar;

/** conset_colour_bar_extent: Returns: the room that it takes beside a panel of @height */
double conset_colour_bar_extent (const ConsetColourBar *bar,
                                 double                 height);

/** conset_colour_bar_draw: draws it beside a panel whose right upper corner is (@x, @y). */
void   conset_colour_bar_draw   (const ConsetColourBar *bar,
                                 ConsetCanvas          *canvas,
                                 double                 x,
                                 double                 y,
                                 double                 height);

/** conset_colour_bar_level: Returns: the level of the palette that @number has */
guint8 conset_colour_bar_level  (const ConsetColourBar *bar,
                                 double                 number);

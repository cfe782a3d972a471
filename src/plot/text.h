/* SPDX-License-Identifier: MIT */
/*
 * Panels as text, for terminals: cells, dots and bars of characters, with axes around them.
 *
 * A character is taken to be twice as high as it is wide; for axes, whose lengths are in units, it
 * is 8 wide and 16 high.
 */
#pragma once

#include "axes.h"

#define CONSET_CHARACTER_WIDTH 8.0
#define CONSET_CHARACTER_HEIGHT 16.0

/** Columns left of the inside, at most: a label of a tick, and a space. */
#define CONSET_TEXT_MARGIN 9

/**
 * ConsetTextRoom:
 * @columns: of a line, at most
 * @lines: of the inside, at most
 */
typedef struct
{
  ConsetTextForm form;
  gsize          columns;
  gsize          lines;
} ConsetTextRoom;

/**
 * ConsetTextCells:
 * @levels: (array length=rows*columns): colours in @palette, the upper row first
 * @values: (nullable) (array length=rows*columns): numbers to be written, instead of shades
 * @bar: what levels mean
 * @has_bar: whether there is anything to explain
 * @x, @y: axes that are set up but for their lengths and ticks
 * @x_whole, @y_whole: whether their ticks are at whole numbers only
 */
typedef struct
{
  gsize                  columns;
  gsize                  rows;
  const guint8          *levels;
  const double          *values;
  const ConsetColour    *palette;
  const ConsetColourBar *bar;
  gboolean               has_bar;
  ConsetAxis             x;
  ConsetAxis             y;
  gboolean               x_whole;
  gboolean               y_whole;
} ConsetTextCells;

/** conset_text_cells_most: Returns: how many cells along an axis find room */
gsize conset_text_cells_most (const ConsetTextRoom  *room);

void  conset_text_cells_print (const ConsetTextCells *cells,
                               const ConsetTextRoom  *room,
                               GString               *text);

/** What is at a place of dots; what is greater is drawn. */
typedef enum
{
  CONSET_MARK_NOTHING,
  CONSET_MARK_POSITION,
  CONSET_MARK_SELECTED,
  CONSET_MARK_INDEX,
} ConsetMark;

/**
 * ConsetTextDots:
 * @x, @y: axes that are set up but for their lengths and ticks
 * @marks: (array length=lines*columns): what is where, the upper line first
 * @levels: (array length=lines*columns): colours of what is selected; CONSET_LEVEL_BLANK for none
 */
typedef struct
{
  ConsetAxis             x;
  ConsetAxis             y;
  gsize                  columns;
  gsize                  lines;
  guint8                *marks;
  guint8                *levels;
} ConsetTextDots;

/** conset_text_dots_init: an inside in the proportions of its axes, without dots. */
void  conset_text_dots_init  (ConsetTextDots       *dots,
                              const ConsetAxis     *x,
                              const ConsetAxis     *y,
                              const ConsetTextRoom *room);

void  conset_text_dots_clear (ConsetTextDots       *dots);

/** conset_text_dots_add: marks the place of @xy; @level is that of its value. */
void  conset_text_dots_add   (ConsetTextDots       *dots,
                              const double          xy[2],
                              ConsetMark            mark,
                              guint8                level);

/** conset_text_dots_print: @bar (nullable): what levels mean. */
void  conset_text_dots_print (const ConsetTextDots  *dots,
                              const ConsetColourBar *bar,
                              const ConsetColour    *palette,
                              const ConsetTextRoom  *room,
                              GString               *text);

/* What these are made of */

/** conset_text_append: appends @string, in characters that @form has. */
void  conset_text_append     (GString              *text,
                              ConsetTextForm        form,
                              const char           *string);

/** conset_text_append_line: appends the same, cut to @columns, and a line end. */
void  conset_text_append_line (GString             *text,
                               const ConsetTextRoom *room,
                               const char          *string);

/** conset_text_append_wrapped: appends the same on as many lines as it needs. */
void  conset_text_append_wrapped (GString             *text,
                                  const ConsetTextRoom *room,
                                  const char          *string);

/** conset_text_pen: letters from here on are of colour @ink, and what is behind them of @paper; -1 for
 * those of the terminal. Nothing if @form has no colours. */
void  conset_text_pen        (GString              *text,
                              ConsetTextForm        form,
                              gint64                ink,
                              gint64                paper);

/** conset_text_digit: Returns: the digit, from 0 to 9, that stands for @level; of numbers of which some
 * are negative, from -9 to 9 */
int   conset_text_digit      (const ConsetColourBar *bar,
                              guint8                 level);

/** What stands for a level where there are no colours; a sign alone only for numbers of both signs. */
typedef enum
{
  CONSET_GLYPH_SHADE,
  CONSET_GLYPH_DIGIT,
  CONSET_GLYPH_SIGN,
} ConsetGlyph;

/** conset_text_bar_append: explains the levels of @bar. */
void  conset_text_bar_append (const ConsetColourBar *bar,
                              const ConsetColour    *palette,
                              ConsetGlyph            glyph,
                              const ConsetTextRoom  *room,
                              GString               *text);

/** conset_text_frame: frames @lines (array length=n_lines), which are @columns wide, and writes the axes
 * around them. */
void  conset_text_frame      (const ConsetAxis      *x,
                              gboolean               x_whole,
                              const ConsetAxis      *y,
                              gboolean               y_whole,
                              const GPtrArray       *lines,
                              gsize                  columns,
                              const ConsetTextRoom  *room,
                              GString               *text);

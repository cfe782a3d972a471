/* SPDX-License-Identifier: MIT */
/*
 * A canvas: what pictures are drawn on, whatever the format of the file.
 *
 * Lengths are in units, of which there are 96 to an inch; x grows to the right, y downwards. What
 * is drawn later covers what was drawn before. Text is measured by a table (lettering.c), so that a
 * picture has the same layout in every format and on every machine.
 */
#pragma once

#include "colours.h"

typedef struct _ConsetCanvas ConsetCanvas;

/** Where the point of a text is in it: at its start, middle or end along the line. */
typedef enum
{
  CONSET_ANCHOR_START,
  CONSET_ANCHOR_MIDDLE,
  CONSET_ANCHOR_END,
} ConsetAnchor;

/**
 * ConsetTextStyle:
 * @size: of the letters
 * @bold: whether they are
 * @upwards: whether the line runs upwards
 */
typedef struct
{
  double       size;
  ConsetColour colour;
  ConsetAnchor anchor;
  gboolean     bold;
  gboolean     upwards;
} ConsetTextStyle;

/**
 * ConsetStroke:
 * @width: of the line
 * @opacity: 1 if nothing shows through
 * @dash: length of dashes and of the gaps between them; 0 for none
 */
typedef struct
{
  ConsetColour colour;
  double       width;
  double       opacity;
  double       dash;
} ConsetStroke;

/** ConsetFill: @opacity as of strokes. */
typedef struct
{
  ConsetColour colour;
  double       opacity;
} ConsetFill;

/**
 * ConsetCells:
 * @x, @y: the upper left corner
 * @width, @height: of a cell
 * @levels: (array length=rows*columns): colours in @palette, row after row; nothing is drawn for
 *   CONSET_LEVEL_BLANK
 */
typedef struct
{
  double              x;
  double              y;
  double              width;
  double              height;
  gsize               columns;
  gsize               rows;
  const guint8       *levels;
  const ConsetColour *palette;
} ConsetCells;

/**
 * ConsetCanvasClass:
 * @group: what is drawn up to the next @end_group belongs together; @name is a word
 * @clip: shows nothing outside of a rectangle up to the next @end_clip
 * @gradient: @colours (array length=n), from the bottom to the top
 * @discs: of one radius, @points are n times x and y
 * @rings: such, with a stroke around
 * @finish: Returns: (transfer full): the file, NULL with @error set
 */
typedef struct
{
  gsize struct_size;
  void (*group) (ConsetCanvas *self, const char *name);
  void (*end_group) (ConsetCanvas *self);
  void (*clip) (ConsetCanvas *self, double x, double y, double width, double height);
  void (*end_clip) (ConsetCanvas *self);
  void (*rectangle) (ConsetCanvas       *self,
                     double              x,
                     double              y,
                     double              width,
                     double              height,
                     const ConsetFill   *fill,
                     const ConsetStroke *stroke);
  void (*polyline) (ConsetCanvas       *self,
                    const double       *points,
                    gsize               n,
                    const ConsetStroke *stroke);
  void (*discs) (ConsetCanvas       *self,
                 const double       *points,
                 gsize               n,
                 double              radius,
                 const ConsetFill   *fill,
                 const ConsetStroke *stroke);
  void (*cells) (ConsetCanvas *self, const ConsetCells *cells);
  void (*gradient) (ConsetCanvas       *self,
                    double              x,
                    double              y,
                    double              width,
                    double              height,
                    const ConsetColour *colours,
                    guint               n);
  void (*text) (ConsetCanvas          *self,
                double                 x,
                double                 y,
                const char            *text,
                const ConsetTextStyle *style);
  GBytes *(*finish) (ConsetCanvas *self, GError **error);
  void (*finalize) (ConsetCanvas *self);
} ConsetCanvasClass;

struct _ConsetCanvas
{
  const ConsetCanvasClass *klass;
};

/** conset_svg_canvas_new: a canvas for a file of SVG 1.1: the same bytes on every machine. @title is
 * what the picture is called. */
ConsetCanvas *conset_svg_canvas_new (double      width,
                                     double      height,
                                     const char *title);

/**
 * conset_png_canvas_new:
 * @scale: pixels to a unit
 *
 * Returns: (transfer full): a canvas for a file of PNG; NULL with @error set if it is too large, or
 *   this build is without Cairo
 */
ConsetCanvas *conset_png_canvas_new (double       width,
                                     double       height,
                                     double       scale,
                                     GError     **error);

/** conset_pdf_canvas_new: the same for a file of PDF, of one page and without a date. */
ConsetCanvas *conset_pdf_canvas_new (double       width,
                                     double       height,
                                     const char  *title,
                                     GError     **error);

void          conset_canvas_free    (ConsetCanvas *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetCanvas, conset_canvas_free)

/* Shorthands */

void conset_canvas_line (ConsetCanvas       *self,
                         double              x0,
                         double              y0,
                         double              x1,
                         double              y1,
                         const ConsetStroke *stroke);

/** conset_canvas_text: @y is the middle of the letters' height; nothing for an empty @text. */
void conset_canvas_text (ConsetCanvas          *self,
                         double                 x,
                         double                 y,
                         const char            *text,
                         const ConsetTextStyle *style);

/* Lettering */

/** conset_text_width: Returns: how long @text is, in units; a little more if it is bold */
double conset_text_width (const char *text,
                          double      size,
                          gboolean    bold);

/** conset_text_fit: Returns: (transfer full): @text, cut with an ellipsis to be no longer than
 * @width; line ends become spaces */
char  *conset_text_fit   (const char *text,
                          double      size,
                          gboolean    bold,
                          double      width);

/* Images */

/** conset_png_encode: appends a file of PNG with these cells as pixels to @out: with a palette,
 * and not compressed, so that nothing but the cells decides about its bytes. */
void conset_png_encode (GByteArray        *out,
                        const ConsetCells *cells);

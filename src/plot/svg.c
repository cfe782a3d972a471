/* SPDX-License-Identifier: MIT */
/*
 * A canvas for SVG 1.1, written so that one can read it: cells are rectangles, labels are text.
 *
 * Numbers are rounded to hundredths of a unit and printed the same in every locale: the same
 * picture is the same bytes on every machine. Cells of a colour share a group; where there are very
 * many, an image is embedded instead.
 */
#include "canvas.h"

#include <math.h>
#include <string.h>

/* Cells that are drawn as rectangles at most: half a megabyte of them. */
#define MOST_RECTANGLES 10000

/* As wide as lettering.c has it, or narrower. */
#define FONTS "DejaVu Sans, Verdana, Helvetica, Arial, sans-serif"

typedef struct
{
  ConsetCanvas base;
  GString *out;
  guint n_clips;
  guint n_gradients;
} SvgCanvas;

/* {{{ Parts of elements */

static GString *
out_of (ConsetCanvas *canvas)
{
  return ((SvgCanvas *) canvas)->out;
}

/* @number to hundredths, without zeros at the end. */
static void
append_number (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE + 320];
  gsize n;

  g_ascii_formatd (text, sizeof text, "%.2f", number);
  n = strlen (text);
  while (text[n - 1] == '0')
    n--;
  if (text[n - 1] == '.')
    n--;
  text[n] = '\0';
  g_string_append (out, strcmp (text, "-0") == 0 ? "0" : text);
}

static void
append_attribute (GString *out, const char *name, double number)
{
  g_string_append_printf (out, " %s=\"", name);
  append_number (out, number);
  g_string_append_c (out, '"');
}

static void
append_fill (GString *out, const ConsetFill *fill)
{
  if (fill == NULL)
    {
      g_string_append (out, " fill=\"none\"");
      return;
    }
  g_string_append_printf (out, " fill=\"#%06x\"", fill->colour);
  if (fill->opacity < 1.0)
    append_attribute (out, "fill-opacity", fill->opacity);
}

static void
append_stroke (GString *out, const ConsetStroke *stroke)
{
  if (stroke == NULL)
    return;
  g_string_append_printf (out, " stroke=\"#%06x\"", stroke->colour);
  append_attribute (out, "stroke-width", stroke->width);
  if (stroke->opacity < 1.0)
    append_attribute (out, "stroke-opacity", stroke->opacity);
  if (stroke->dash > 0.0)
    append_attribute (out, "stroke-dasharray", stroke->dash);
}

static void
append_escaped (GString *out, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append (out, escaped);
}

static void
append_box (GString *out, double x, double y, double width, double height)
{
  append_attribute (out, "x", x);
  append_attribute (out, "y", y);
  append_attribute (out, "width", width);
  append_attribute (out, "height", height);
}

/* }}} */
/* {{{ Calls */

static void
svg_group (ConsetCanvas *canvas, const char *name)
{
  g_string_append_printf (out_of (canvas), "<g class=\"%s\">\n", name);
}

static void
svg_end_group (ConsetCanvas *canvas)
{
  g_string_append (out_of (canvas), "</g>\n");
}

static void
svg_clip (ConsetCanvas *canvas, double x, double y, double width, double height)
{
  guint id = ++((SvgCanvas *) canvas)->n_clips;
  GString *out = out_of (canvas);

  g_string_append_printf (out, "<clipPath id=\"clip%u\"><rect", id);
  append_box (out, x, y, width, height);
  g_string_append_printf (out, "/></clipPath>\n<g clip-path=\"url(#clip%u)\">\n", id);
}

static void
svg_rectangle (ConsetCanvas *canvas,
               double x,
               double y,
               double width,
               double height,
               const ConsetFill *fill,
               const ConsetStroke *stroke)
{
  GString *out = out_of (canvas);

  g_string_append (out, "<rect");
  append_box (out, x, y, width, height);
  append_fill (out, fill);
  append_stroke (out, stroke);
  g_string_append (out, "/>\n");
}

static void
svg_line (GString *out, const double points[4], const ConsetStroke *stroke)
{
  static const char *const names[] = { "x1", "y1", "x2", "y2" };

  g_string_append (out, "<line");
  for (guint k = 0; k < 4; k++)
    append_attribute (out, names[k], points[k]);
  append_stroke (out, stroke);
  g_string_append (out, "/>\n");
}

static void
svg_polyline (ConsetCanvas *canvas, const double *points, gsize n, const ConsetStroke *stroke)
{
  GString *out = out_of (canvas);

  if (n == 2)
    {
      svg_line (out, points, stroke);
      return;
    }
  g_string_append (out, "<polyline points=\"");
  for (gsize k = 0; k < n; k++)
    {
      g_string_append (out, k > 0 ? " " : "");
      append_number (out, points[2 * k]);
      g_string_append_c (out, ',');
      append_number (out, points[2 * k + 1]);
    }
  g_string_append (out, "\" fill=\"none\" stroke-linejoin=\"round\"");
  append_stroke (out, stroke);
  g_string_append (out, "/>\n");
}

static void
svg_discs (ConsetCanvas *canvas,
           const double *points,
           gsize n,
           double radius,
           const ConsetFill *fill,
           const ConsetStroke *stroke)
{
  GString *out = out_of (canvas);

  g_string_append (out, "<g");
  append_fill (out, fill);
  append_stroke (out, stroke);
  g_string_append (out, ">\n");
  for (gsize k = 0; k < n; k++)
    {
      g_string_append (out, "<circle");
      append_attribute (out, "cx", points[2 * k]);
      append_attribute (out, "cy", points[2 * k + 1]);
      append_attribute (out, "r", radius);
      g_string_append (out, "/>\n");
    }
  g_string_append (out, "</g>\n");
}

static void
append_image (GString *out, const ConsetCells *cells)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autofree char *text = NULL;

  conset_png_encode (png, cells);
  text = g_base64_encode (png->data, png->len);
  g_string_append (out, "<image");
  append_box (out, cells->x, cells->y, cells->columns * cells->width, cells->rows * cells->height);
  g_string_append_printf (out,
                          " preserveAspectRatio=\"none\" style=\"image-rendering:pixelated\" "
                          "xlink:href=\"data:image/png;base64,%s\"/>\n",
                          text);
}

/* The cells of one level. */
static void
append_level (GString *out, const ConsetCells *cells, guint8 level)
{
  g_string_append_printf (out, "<g fill=\"#%06x\">\n", cells->palette[level]);
  for (gsize k = 0; k < cells->rows * cells->columns; k++)
    if (cells->levels[k] == level)
      {
        g_string_append (out, "<rect");
        append_box (out, cells->x + k % cells->columns * cells->width,
                    cells->y + k / cells->columns * cells->height, cells->width, cells->height);
        g_string_append (out, "/>\n");
      }
  g_string_append (out, "</g>\n");
}

static void
svg_cells (ConsetCanvas *canvas, const ConsetCells *cells)
{
  GString *out = out_of (canvas);
  gsize uses[CONSET_PALETTE_SIZE] = { 0 };
  gsize n = cells->rows * cells->columns;

  for (gsize k = 0; k < n; k++)
    uses[cells->levels[k]]++;
  g_string_append (out, "<g class=\"cells\" shape-rendering=\"crispEdges\">\n");
  if (n - uses[CONSET_LEVEL_BLANK] > MOST_RECTANGLES)
    append_image (out, cells);
  else
    for (guint level = CONSET_LEVEL_FIRST; level < CONSET_PALETTE_SIZE; level++)
      if (uses[level] > 0)
        append_level (out, cells, level);
  g_string_append (out, "</g>\n");
}

static void
svg_gradient (ConsetCanvas *canvas,
              double x,
              double y,
              double width,
              double height,
              const ConsetColour *colours,
              guint n)
{
  guint id = ++((SvgCanvas *) canvas)->n_gradients;
  GString *out = out_of (canvas);

  g_string_append_printf (
    out, "<linearGradient id=\"colours%u\" x1=\"0\" y1=\"1\" x2=\"0\" y2=\"0\">\n", id);
  for (guint k = 0; k < n; k++)
    {
      g_string_append (out, "<stop");
      append_attribute (out, "offset", (double) k / (n - 1));
      g_string_append_printf (out, " stop-color=\"#%06x\"/>\n", colours[k]);
    }
  g_string_append (out, "</linearGradient>\n<rect");
  append_box (out, x, y, width, height);
  g_string_append_printf (out, " fill=\"url(#colours%u)\"/>\n", id);
}

static void
svg_text (ConsetCanvas *canvas, double x, double y, const char *text, const ConsetTextStyle *style)
{
  static const char *const anchors[] = { "start", "middle", "end" };
  GString *out = out_of (canvas);

  g_string_append (out, "<text");
  append_attribute (out, "x", x);
  append_attribute (out, "y", y);
  append_attribute (out, "font-size", style->size);
  g_string_append_printf (out, " text-anchor=\"%s\" fill=\"#%06x\"", anchors[style->anchor],
                          style->colour);
  if (style->bold)
    g_string_append (out, " font-weight=\"bold\"");
  if (style->upwards)
    {
      g_string_append (out, " transform=\"rotate(-90 ");
      append_number (out, x);
      g_string_append_c (out, ' ');
      append_number (out, y);
      g_string_append (out, ")\"");
    }
  g_string_append_c (out, '>');
  append_escaped (out, text);
  g_string_append (out, "</text>\n");
}

static GBytes *
svg_finish (ConsetCanvas *canvas, G_GNUC_UNUSED GError **error)
{
  SvgCanvas *self = (SvgCanvas *) canvas;
  gsize n;

  g_string_append (self->out, "</svg>\n");
  n = self->out->len;
  return g_bytes_new_take (g_string_free (g_steal_pointer (&self->out), FALSE), n);
}

static void
svg_finalize (ConsetCanvas *canvas)
{
  SvgCanvas *self = (SvgCanvas *) canvas;

  if (self->out != NULL)
    g_string_free (self->out, TRUE);
}

/* }}} */

static const ConsetCanvasClass svg_class = {
  .struct_size = sizeof (SvgCanvas),
  .group = svg_group,
  .end_group = svg_end_group,
  .clip = svg_clip,
  .end_clip = svg_end_group,
  .rectangle = svg_rectangle,
  .polyline = svg_polyline,
  .discs = svg_discs,
  .cells = svg_cells,
  .gradient = svg_gradient,
  .text = svg_text,
  .finish = svg_finish,
  .finalize = svg_finalize,
};

ConsetCanvas *
conset_svg_canvas_new (double width, double height, const char *title)
{
  SvgCanvas *self = g_new0 (SvgCanvas, 1);
  GString *out = g_string_new ("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
                               "<svg xmlns=\"http://www.w3.org/2000/svg\" "
                               "xmlns:xlink=\"http://www.w3.org/1999/xlink\" version=\"1.1\"");

  append_attribute (out, "width", width);
  append_attribute (out, "height", height);
  g_string_append (out, " viewBox=\"0 0 ");
  append_number (out, width);
  g_string_append_c (out, ' ');
  append_number (out, height);
  g_string_append (out, "\" font-family=\"" FONTS "\">\n<title>");
  append_escaped (out, title);
  g_string_append (out, "</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n");
  self->base.klass = &svg_class;
  self->out = out;
  return &self->base;
}

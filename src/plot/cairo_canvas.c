/* SPDX-License-Identifier: MIT */
/*
 * Canvases for PNG and PDF, through Cairo; a build without it has none and says so.
 *
 * Cells are an image, of which each cell is a pixel: no seams show between them at any size. Text
 * is drawn by Cairo's own calls for simple text, with the fonts that the system has.
 */
#include "canvas.h"

#ifdef CONSET_HAVE_CAIRO

#include <cairo-pdf.h>
#include <cairo.h>
#include <math.h>
#include <string.h>

#define FONT "DejaVu Sans"

/* Points of PDF in a unit. */
#define POINTS 0.75

/* Beyond, Cairo makes no images. */
#define MOST_PIXELS 32767

typedef struct
{
  ConsetCanvas base;
  cairo_surface_t *surface;
  cairo_t *cairo;
  GByteArray *bytes;
  gboolean is_png;
  double scale;
} CairoCanvas;

static cairo_t *
cairo_of (ConsetCanvas *canvas)
{
  return ((CairoCanvas *) canvas)->cairo;
}

/* {{{ Calls */

static void
set_colour (cairo_t *cairo, ConsetColour colour, double opacity)
{
  cairo_set_source_rgba (cairo, (colour >> 16) / 255.0, ((colour >> 8) & 0xff) / 255.0,
                         (colour & 0xff) / 255.0, opacity);
}

/* Fills the path and draws along it. */
static void
draw_path (cairo_t *cairo, const ConsetFill *fill, const ConsetStroke *stroke)
{
  if (fill != NULL)
    {
      set_colour (cairo, fill->colour, fill->opacity);
      cairo_fill_preserve (cairo);
    }
  if (stroke != NULL)
    {
      set_colour (cairo, stroke->colour, stroke->opacity);
      cairo_set_line_width (cairo, stroke->width);
      cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
      cairo_set_dash (cairo, &stroke->dash, stroke->dash > 0.0, 0.0);
      cairo_stroke_preserve (cairo);
    }
  cairo_new_path (cairo);
}

static void
cairo_canvas_group (G_GNUC_UNUSED ConsetCanvas *canvas, G_GNUC_UNUSED const char *name)
{
}

static void
cairo_canvas_end_group (G_GNUC_UNUSED ConsetCanvas *canvas)
{
}

static void
cairo_canvas_clip (ConsetCanvas *canvas, double x, double y, double width, double height)
{
  cairo_t *cairo = cairo_of (canvas);

  cairo_save (cairo);
  cairo_rectangle (cairo, x, y, width, height);
  cairo_clip (cairo);
}

static void
cairo_canvas_end_clip (ConsetCanvas *canvas)
{
  cairo_restore (cairo_of (canvas));
}

static void
cairo_canvas_rectangle (ConsetCanvas *canvas,
                        double x,
                        double y,
                        double width,
                        double height,
                        const ConsetFill *fill,
                        const ConsetStroke *stroke)
{
  cairo_t *cairo = cairo_of (canvas);

  cairo_rectangle (cairo, x, y, width, height);
  draw_path (cairo, fill, stroke);
}

static void
cairo_canvas_polyline (ConsetCanvas *canvas,
                       const double *points,
                       gsize n,
                       const ConsetStroke *stroke)
{
  cairo_t *cairo = cairo_of (canvas);

  for (gsize k = 0; k < n; k++)
    cairo_line_to (cairo, points[2 * k], points[2 * k + 1]);
  draw_path (cairo, NULL, stroke);
}

static void
cairo_canvas_discs (ConsetCanvas *canvas,
                    const double *points,
                    gsize n,
                    double radius,
                    const ConsetFill *fill,
                    const ConsetStroke *stroke)
{
  cairo_t *cairo = cairo_of (canvas);

  for (gsize k = 0; k < n; k++)
    {
      cairo_arc (cairo, points[2 * k], points[2 * k + 1], radius, 0.0, 2.0 * G_PI);
      cairo_close_path (cairo);
      draw_path (cairo, fill, stroke);
    }
}

static cairo_surface_t *
image_of (const ConsetCells *cells)
{
  cairo_surface_t *image =
    cairo_image_surface_create (CAIRO_FORMAT_ARGB32, cells->columns, cells->rows);
  guint8 *pixels = cairo_image_surface_get_data (image);
  gsize stride = cairo_image_surface_get_stride (image);

  for (gsize row = 0; pixels != NULL && row < cells->rows; row++)
    for (gsize column = 0; column < cells->columns; column++)
      {
        guint8 level = cells->levels[row * cells->columns + column];
        guint32 pixel = level == CONSET_LEVEL_BLANK ? 0 : 0xff000000 | cells->palette[level];

        memcpy (pixels + row * stride + column * sizeof pixel, &pixel, sizeof pixel);
      }
  cairo_surface_mark_dirty (image);
  return image;
}

static void
cairo_canvas_cells (ConsetCanvas *canvas, const ConsetCells *cells)
{
  CairoCanvas *self = (CairoCanvas *) canvas;
  cairo_surface_t *image = image_of (cells);
  double least = MIN (cells->width, cells->height) * self->scale;
  gboolean sharp = !self->is_png || least >= 1.0;

  cairo_save (self->cairo);
  cairo_translate (self->cairo, cells->x, cells->y);
  cairo_scale (self->cairo, cells->width, cells->height);
  cairo_set_source_surface (self->cairo, image, 0.0, 0.0);
  cairo_pattern_set_filter (cairo_get_source (self->cairo),
                            sharp ? CAIRO_FILTER_NEAREST : CAIRO_FILTER_GOOD);
  cairo_paint (self->cairo);
  cairo_restore (self->cairo);
  cairo_surface_destroy (image);
}

static void
cairo_canvas_gradient (ConsetCanvas *canvas,
                       double x,
                       double y,
                       double width,
                       double height,
                       const ConsetColour *colours,
                       guint n)
{
  cairo_t *cairo = cairo_of (canvas);
  cairo_pattern_t *pattern = cairo_pattern_create_linear (x, y + height, x, y);

  for (guint k = 0; k < n; k++)
    cairo_pattern_add_color_stop_rgb (pattern, (double) k / (n - 1), (colours[k] >> 16) / 255.0,
                                      ((colours[k] >> 8) & 0xff) / 255.0,
                                      (colours[k] & 0xff) / 255.0);
  cairo_set_source (cairo, pattern);
  cairo_rectangle (cairo, x, y, width, height);
  cairo_fill (cairo);
  cairo_pattern_destroy (pattern);
}

static void
cairo_canvas_text (
  ConsetCanvas *canvas, double x, double y, const char *text, const ConsetTextStyle *style)
{
  cairo_t *cairo = cairo_of (canvas);
  cairo_text_extents_t extents;

  cairo_save (cairo);
  cairo_select_font_face (cairo, FONT, CAIRO_FONT_SLANT_NORMAL,
                          style->bold ? CAIRO_FONT_WEIGHT_BOLD : CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cairo, style->size);
  cairo_text_extents (cairo, text, &extents);
  cairo_translate (cairo, x, y);
  if (style->upwards)
    cairo_rotate (cairo, -G_PI / 2.0);
  set_colour (cairo, style->colour, 1.0);
  cairo_move_to (cairo, -0.5 * style->anchor * extents.x_advance, 0.0);
  cairo_show_text (cairo, text);
  cairo_new_path (cairo);
  cairo_restore (cairo);
}

/* }}} */
/* {{{ Ends */

static cairo_status_t
bytes_append (void *closure, const unsigned char *data, unsigned int n)
{
  g_byte_array_append (closure, data, n);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
cairo_canvas_finish (ConsetCanvas *canvas, GError **error)
{
  CairoCanvas *self = (CairoCanvas *) canvas;
  cairo_status_t status = cairo_status (self->cairo);

  if (status == CAIRO_STATUS_SUCCESS && self->is_png)
    status = cairo_surface_write_to_png_stream (self->surface, bytes_append, self->bytes);
  cairo_surface_finish (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (self->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    return g_byte_array_free_to_bytes (g_steal_pointer (&self->bytes));
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_PICTURE, "Cairo cannot draw the picture: %s",
               cairo_status_to_string (status));
  return NULL;
}

static void
cairo_canvas_finalize (ConsetCanvas *canvas)
{
  CairoCanvas *self = (CairoCanvas *) canvas;

  cairo_destroy (self->cairo);
  cairo_surface_finish (self->surface);
  cairo_surface_destroy (self->surface);
  g_clear_pointer (&self->bytes, g_byte_array_unref);
}

static const ConsetCanvasClass cairo_class = {
  .struct_size = sizeof (CairoCanvas),
  .group = cairo_canvas_group,
  .end_group = cairo_canvas_end_group,
  .clip = cairo_canvas_clip,
  .end_clip = cairo_canvas_end_clip,
  .rectangle = cairo_canvas_rectangle,
  .polyline = cairo_canvas_polyline,
  .discs = cairo_canvas_discs,
  .cells = cairo_canvas_cells,
  .gradient = cairo_canvas_gradient,
  .text = cairo_canvas_text,
  .finish = cairo_canvas_finish,
  .finalize = cairo_canvas_finalize,
};

/* Takes @surface; @scale is that of its coordinates. */
static ConsetCanvas *
canvas_new (cairo_surface_t *surface, GByteArray *bytes, gboolean is_png, double scale)
{
  CairoCanvas *self = g_new0 (CairoCanvas, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->base.klass = &cairo_class;
  self->surface = surface;
  self->cairo = cairo_create (surface);
  self->bytes = bytes;
  self->is_png = is_png;
  self->scale = scale;
  cairo_scale (self->cairo, scale, scale);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  cairo_set_font_options (self->cairo, options);
  cairo_font_options_destroy (options);
  set_colour (self->cairo, CONSET_COLOUR_PAPER, 1.0);
  cairo_paint (self->cairo);
  return &self->base;
}

/* }}} */

ConsetCanvas *
conset_png_canvas_new (double width, double height, double scale, GError **error)
{
  double columns = ceil (width * scale), rows = ceil (height * scale);

  if (columns > MOST_PIXELS || rows > MOST_PIXELS)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_PICTURE,
                   "the picture has %.0f x %.0f pixels, of which Cairo draws at most %d each; "
                   "give a smaller scale, or fewer panels",
                   columns, rows, MOST_PIXELS);
      return NULL;
    }
  return canvas_new (cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int) columns, (int) rows),
                     g_byte_array_new (), TRUE, scale);
}

ConsetCanvas *
conset_pdf_canvas_new (double width, double height, const char *title, G_GNUC_UNUSED GError **error)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface =
    cairo_pdf_surface_create_for_stream (bytes_append, bytes, width * POINTS, height * POINTS);

  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  return canvas_new (surface, bytes, FALSE, POINTS);
}

#else

static ConsetCanvas *
no_cairo (const char *format, GError **error)
{
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_PICTURE,
               "this build is without Cairo, and writes no %s; write .svg, or build conset with "
               "CONSET_CAIRO (Debian package libcairo2-dev)",
               format);
  return NULL;
}

ConsetCanvas *
conset_png_canvas_new (G_GNUC_UNUSED double width,
                       G_GNUC_UNUSED double height,
                       G_GNUC_UNUSED double scale,
                       GError **error)
{
  return no_cairo ("PNG", error);
}

ConsetCanvas *
conset_pdf_canvas_new (G_GNUC_UNUSED double width,
                       G_GNUC_UNUSED double height,
                       G_GNUC_UNUSED const char *title,
                       GError **error)
{
  return no_cairo ("PDF", error);
}

#endif

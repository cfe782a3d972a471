/* SPDX-License-Identifier: MIT */
/*
 * Figures: panels in rows and columns, looked at once and drawn in any format.
 *
 * The insides of panels of a row begin at the same height, those of a column at the same distance
 * from the left.
 */
#include "io/file.h"
#include "panel.h"

#include <math.h>
#include <stdarg.h>

#define STANDARD_COLUMNS 4
#define STANDARD_SCALE 2.0
#define LEAST_SIDE 60.0
#define MOST_SIDE 4000.0
#define MOST_SCALE 20.0

/* Around the figure, and between panels. */
#define MARGIN 14.0
#define GAP 26.0

#define FIGURE_TITLE_SIZE 16.0
#define LEAST_TITLE_SIZE 11.0
#define TITLE_ROOM 24.0
#define NOTE_ROOM 18.0
#define NOTE_LINE 14.0

/* Panels are made as wide as this for their notes. */
#define NOTE_WIDTH 260.0

/* Of text, if there is no limit, or a narrower one. */
#define MOST_LINES 100000
#define LEAST_COLUMNS 20

struct _ConsetFigure
{
  char *title;
  GPtrArray *panels;
  guint n_columns;
  double side;
  double scale;
  ConsetTask *task;
  ConsetFigureProgressFunc progress;
  gpointer user_data;
  GError *error;
  gboolean prepared;
};

/* {{{ Life */

ConsetFigure *
conset_figure_new (void)
{
  ConsetFigure *self = g_new0 (ConsetFigure, 1);

  self->panels = g_ptr_array_new_with_free_func ((GDestroyNotify) conset_panel_free);
  self->n_columns = STANDARD_COLUMNS;
  self->scale = STANDARD_SCALE;
  self->task = conset_task_new ();
  return self;
}

void
conset_figure_free (ConsetFigure *self)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_unref (self->panels);
  conset_task_free (self->task);
  g_clear_error (&self->error);
  g_free (self->title);
  g_free (self);
}

gpointer
conset_panel_new (ConsetFigure *self, const ConsetPanelClass *klass)
{
  ConsetPanel *panel = conset_panel_init (self, klass);

  if (self->prepared)
    conset_figure_fail (self, "%s: the figure is written already; make a new one", klass->name);
  g_ptr_array_add (self->panels, panel);
  return panel;
}

void
conset_figure_fail (ConsetFigure *self, const char *format, ...)
{
  va_list arguments;

  if (self->error != NULL)
    return;
  va_start (arguments, format);
  self->error = g_error_new_valist (CONSET_ERROR, CONSET_ERROR_COMPOSITION, format, arguments);
  va_end (arguments);
}

/* }}} */
/* {{{ Looks */

void
conset_figure_set_title (ConsetFigure *self, const char *title)
{
  g_return_if_fail (self != NULL);

  g_free (self->title);
  self->title = g_strdup (title);
}

void
conset_figure_set_columns (ConsetFigure *self, guint n_columns)
{
  g_return_if_fail (self != NULL);

  if (n_columns == 0)
    conset_figure_fail (self, "columns(0): give at least 1");
  else
    self->n_columns = n_columns;
}

void
conset_figure_set_side (ConsetFigure *self, double side)
{
  g_return_if_fail (self != NULL);

  if (side >= LEAST_SIDE && side <= MOST_SIDE)
    self->side = side;
  else
    conset_figure_fail (self, "side(%g): give %g to %g units", side, LEAST_SIDE, MOST_SIDE);
}

void
conset_figure_set_scale (ConsetFigure *self, double scale)
{
  g_return_if_fail (self != NULL);

  if (scale > 0.0 && scale <= MOST_SCALE)
    self->scale = scale;
  else
    conset_figure_fail (self, "scale(%g): it must be above 0 and at most %g", scale, MOST_SCALE);
}

void
conset_figure_set_threads (ConsetFigure *self, guint n_threads)
{
  g_return_if_fail (self != NULL);

  conset_task_set_threads (self->task, n_threads);
}

void
conset_figure_set_progress (ConsetFigure *self,
                            ConsetFigureProgressFunc progress,
                            gpointer user_data)
{
  g_return_if_fail (self != NULL);

  self->progress = progress;
  self->user_data = user_data;
}

/* }}} */
/* {{{ Layout */

/* Room of the columns and rows. */
typedef struct
{
  guint n_columns;
  guint n_rows;
  ConsetPanelSize *columns;
  ConsetPanelSize *rows;
  double top;
  double width;
  double height;
} Layout;

static ConsetPanel *
panel_at (const ConsetFigure *self, guint k)
{
  return g_ptr_array_index (self->panels, k);
}

static double
figure_side (const ConsetFigure *self)
{
  static const double sides[] = { 480.0, 360.0, 300.0, 240.0 };
  guint across = MIN (self->n_columns, self->panels->len);

  if (self->side > 0.0)
    return self->side;
  return sides[CLAMP (across, 1, G_N_ELEMENTS (sides)) - 1];
}

/* All that is around the inside is of whole units: cells then begin where pixels do. */
static void
panel_measure (ConsetPanel *panel, double side)
{
  ConsetPanelSize *size = &panel->size;

  panel->klass->measure (panel, side, &panel->size);
  if (panel->title != NULL)
    panel->size.top += TITLE_ROOM;
  if (panel->note != NULL)
    {
      g_auto (GStrv) lines = g_strsplit (panel->note, "\n", -1);

      for (guint k = 0; lines[k] != NULL; k++)
        {
          double width = MIN (conset_text_width (lines[k], CONSET_NOTE_SIZE, FALSE), NOTE_WIDTH);

          panel->size.bottom += k == 0 ? NOTE_ROOM : NOTE_LINE;
          panel->size.right = MAX (size->right, width + 1.0 - size->left - size->width);
        }
    }
  size->left = ceil (size->left);
  size->right = ceil (size->right + size->width) - size->width;
  size->top = ceil (size->top);
  size->bottom = ceil (size->bottom + size->height) - size->height;
}

static void
layout_init (Layout *layout, const ConsetFigure *self)
{
  guint n = self->panels->len;

  layout->n_columns = MAX (MIN (self->n_columns, n), 1);
  layout->n_rows = (n + layout->n_columns - 1) / layout->n_columns;
  layout->columns = g_new0 (ConsetPanelSize, layout->n_columns);
  layout->rows = g_new0 (ConsetPanelSize, MAX (layout->n_rows, 1));
  for (guint k = 0; k < n; k++)
    {
      const ConsetPanelSize *size = &panel_at (self, k)->size;
      ConsetPanelSize *column = &layout->columns[k % layout->n_columns];
      ConsetPanelSize *row = &layout->rows[k / layout->n_columns];

      column->left = MAX (column->left, size->left);
      column->right = MAX (column->right, size->width + size->right);
      row->top = MAX (row->top, size->top);
      row->bottom = MAX (row->bottom, size->height + size->bottom);
    }
  layout->top = MARGIN + (self->title != NULL ? TITLE_ROOM + 6.0 : 0.0);
  layout->width = 2 * MARGIN + GAP * (layout->n_columns - 1);
  for (guint k = 0; k < layout->n_columns; k++)
    layout->width += layout->columns[k].left + layout->columns[k].right;
  layout->height = layout->top + MARGIN + GAP * (MAX (layout->n_rows, 1) - 1);
  for (guint k = 0; k < layout->n_rows; k++)
    layout->height += layout->rows[k].top + layout->rows[k].bottom;
  layout->width = ceil (layout->width);
  layout->height = ceil (layout->height);
}

static void
layout_clear (Layout *layout)
{
  g_free (layout->columns);
  g_free (layout->rows);
}

/* }}} */
/* {{{ Drawing */

/* A title of at most @room, in smaller letters if need be. */
static void
title_draw (ConsetCanvas *canvas, double x, double y, const char *title, double size, double room)
{
  double width = conset_text_width (title, size, TRUE);
  double fitting = MAX (size * MIN (1.0, room / MAX (width, 1.0)), LEAST_TITLE_SIZE);
  ConsetTextStyle style = { fitting, CONSET_COLOUR_TEXT, CONSET_ANCHOR_MIDDLE, TRUE, FALSE };
  g_autofree char *text = conset_text_fit (title, fitting, TRUE, room + 1.0);

  conset_canvas_text (canvas, x, y, text, &style);
}

/* What stands below, its last line just above @bottom. */
static void
note_draw (const ConsetPanel *panel, ConsetCanvas *canvas, double x, double bottom, double room)
{
  static const ConsetTextStyle style = { CONSET_NOTE_SIZE, CONSET_COLOUR_FAINT, CONSET_ANCHOR_START,
                                         FALSE, FALSE };
  g_auto (GStrv) lines = g_strsplit (panel->note != NULL ? panel->note : "", "\n", -1);
  guint n = g_strv_length (lines);

  for (guint k = 0; k < n; k++)
    {
      g_autofree char *line = conset_text_fit (lines[k], CONSET_NOTE_SIZE, FALSE, room);

      conset_canvas_text (canvas, x, bottom - NOTE_ROOM / 2 + 3.0 - (n - 1 - k) * NOTE_LINE, line,
                          &style);
    }
}

/* @column and @row are the room of the column and of the row that it stands in. */
static void
panel_draw (ConsetPanel *panel,
            ConsetCanvas *canvas,
            double x,
            double y,
            const ConsetPanelSize *column,
            const ConsetPanelSize *row)
{
  const ConsetPanelSize *size = &panel->size;
  double left = x - column->left;
  double room = column->left + column->right;

  canvas->klass->group (canvas, "panel");
  if (panel->title != NULL)
    {
      /* Above the middle of the inside, unless it is too long for that. */
      double middle = x + size->width / 2;
      double half = conset_text_width (panel->title, CONSET_TITLE_SIZE, TRUE) / 2;

      if (middle - half < left || middle + half > left + room)
        middle = CLAMP (middle, left + MIN (half, room / 2), left + room - MIN (half, room / 2));
      title_draw (canvas, middle, y - row->top + TITLE_ROOM / 2 - 3.0, panel->title,
                  CONSET_TITLE_SIZE, room);
    }
  panel->klass->draw (panel, canvas, x, y);
  note_draw (panel, canvas, left, y + size->height + size->bottom, room);
  canvas->klass->end_group (canvas);
}

static void
figure_draw (const ConsetFigure *self, const Layout *layout, ConsetCanvas *canvas)
{
  double y = layout->top;

  if (self->title != NULL)
    title_draw (canvas, layout->width / 2, MARGIN + TITLE_ROOM / 2 - 2.0, self->title,
                FIGURE_TITLE_SIZE, layout->width - 2 * MARGIN);
  for (guint row = 0; row < layout->n_rows; row++)
    {
      double x = MARGIN;

      for (guint column = 0; column < layout->n_columns; column++)
        {
          guint k = row * layout->n_columns + column;

          if (k < self->panels->len)
            panel_draw (panel_at (self, k), canvas, x + layout->columns[column].left,
                        y + layout->rows[row].top, &layout->columns[column], &layout->rows[row]);
          x += layout->columns[column].left + layout->columns[column].right + GAP;
        }
      y += layout->rows[row].top + layout->rows[row].bottom + GAP;
    }
}

static const char *
figure_name (const ConsetFigure *self)
{
  if (self->title != NULL)
    return self->title;
  return self->panels->len > 0 && panel_at (self, 0)->title != NULL ? panel_at (self, 0)->title
                                                                    : "conset";
}

static ConsetCanvas *
canvas_for (const ConsetFigure *self,
            const Layout *layout,
            ConsetPictureFormat format,
            GError **error)
{
  g_autofree char *name = g_utf8_make_valid (figure_name (self), -1);

  switch (format)
    {
    case CONSET_PICTURE_PNG:
      return conset_png_canvas_new (layout->width, layout->height, self->scale, error);
    case CONSET_PICTURE_SVG:
      return conset_svg_canvas_new (layout->width, layout->height, name);
    case CONSET_PICTURE_PDF:
      return conset_pdf_canvas_new (layout->width, layout->height, name, error);
    }
  g_return_val_if_reached (NULL);
}

/* }}} */
/* {{{ Writing */

/* Looks at what is to be seen, once; @room (nullable) is that of text. */
static gboolean
figure_prepare (ConsetFigure *self, const ConsetTextRoom *room, GError **error)
{
  guint n = self->panels->len;

  if (self->error == NULL && n == 0)
    conset_figure_fail (self, "the figure is empty; add a panel");
  for (guint k = 0; k < n && self->error == NULL && !self->prepared; k++)
    {
      ConsetPanel *panel = panel_at (self, k);
      ConsetPlotWork work = {
        .task = self->task,
        .func = self->progress,
        .user_data = self->user_data,
        .from = (double) k / n,
        .share = 1.0 / n,
        .side = figure_side (self),
        .room = room,
      };

      panel->klass->prepare (panel, &work, &self->error);
    }
  self->prepared = TRUE;
  if (self->error == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (self->error));
  return FALSE;
}

GBytes *
conset_figure_to_bytes (ConsetFigure *self, ConsetPictureFormat format, GError **error)
{
  g_autoptr (ConsetCanvas) canvas = NULL;
  Layout layout;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (format <= CONSET_PICTURE_PDF, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!figure_prepare (self, NULL, error))
    return NULL;
  for (guint k = 0; k < self->panels->len; k++)
    panel_measure (panel_at (self, k), figure_side (self));
  layout_init (&layout, self);
  canvas = canvas_for (self, &layout, format, error);
  if (canvas != NULL)
    figure_draw (self, &layout, canvas);
  layout_clear (&layout);
  return canvas != NULL ? canvas->klass->finish (canvas, error) : NULL;
}

char *
conset_figure_to_text (
  ConsetFigure *self, ConsetTextForm form, guint columns, guint lines, GError **error)
{
  ConsetTextRoom room = { form, MAX (columns, LEAST_COLUMNS), lines > 0 ? lines : MOST_LINES };
  GString *text;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (form <= CONSET_TEXT_COLOURS, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!figure_prepare (self, &room, error))
    return NULL;
  text = g_string_new (NULL);
  if (self->title != NULL)
    conset_text_append_line (text, &room, self->title);
  for (guint k = 0; k < self->panels->len; k++)
    {
      ConsetPanel *panel = panel_at (self, k);

      if (text->len > 0)
        g_string_append_c (text, '\n');
      if (panel->title != NULL)
        conset_text_append_line (text, &room, panel->title);
      panel->klass->print (panel, &room, text);
      if (panel->note != NULL)
        conset_text_append_wrapped (text, &room, panel->note);
    }
  return g_string_free (text, FALSE);
}

/* FALSE with @error set unless the name ends in .png, .svg or .pdf. */
static gboolean
format_of (const char *file, ConsetPictureFormat *format, GError **error)
{
  static const char *const endings[] = { ".png", ".svg", ".pdf" };
  g_autofree char *lower = g_ascii_strdown (file, -1);
  g_autofree char *shown = g_filename_display_name (file);

  for (guint k = 0; k < G_N_ELEMENTS (endings); k++)
    if (g_str_has_suffix (lower, endings[k]))
      {
        *format = k;
        return TRUE;
      }
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_PICTURE,
               "cannot write %s: the format is not known; end the name in .png, .svg or .pdf",
               shown);
  return FALSE;
}

/* The file is begun before anything is looked at, so that a name that cannot be written is told of
 * before a long work. */
gboolean
conset_figure_write (ConsetFigure *self, const char *file, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ConsetFile) out = NULL;
  ConsetPictureFormat format;

  g_return_val_if_fail (self != NULL && file != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!format_of (file, &format, error))
    return FALSE;
  out = conset_file_new (file, error);
  bytes = out != NULL ? conset_figure_to_bytes (self, format, error) : NULL;
  if (bytes == NULL)
    return FALSE;
  conset_file_write (out, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return conset_file_commit (out, error);
}

/* }}} */

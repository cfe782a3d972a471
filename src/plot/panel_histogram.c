/* SPDX-License-Identifier: MIT */
/*
 * Histograms of one or several data, over one another or side by side.
 *
 * Bins are equal and shared by all data. Whole numbers, such as degrees, have bins that are whole
 * numbers wide and end between them, so that none holds more numbers than the next.
 */
#include "histogram_data.h"

#include "pinned.h"

#include <conset/cset.h>
#include <conset/set.h>

#include <math.h>
#include <string.h>

#define STANDARD_BINS 30

/* The inside, in sides. */
#define WIDTH 1.15
#define HEIGHT 0.75

/* Bars at least so wide have outlines. */
#define OUTLINED 4.0

/* The part of a bin that bars side by side take. */
#define BARS 0.85

#define CURVE_POINTS 200

#define LEGEND_LINE 18.0
#define LEGEND_SWATCH 12.0

static const ConsetStroke outline = { 0x333333, 0.8, 0.8, 0.0 };
static const ConsetStroke guide = { 0xe2e2e2, 1.0, 1.0, 0.0 };

typedef struct
{
  ConsetPanel base;
  GPtrArray *data;
  double low;
  double high;
  guint n_bins;
  gboolean whole;
  double most;
  char *label;
} HistogramPanel;

static ConsetHistogramData *
data_at (const HistogramPanel *self, guint k)
{
  return g_ptr_array_index (self->data, k);
}

/* {{{ What is to be seen */

/* Chooses the ends and the number of bins. */
static void
histogram_choose_bins (HistogramPanel *self)
{
  guint wanted = self->base.n_bins > 0 ? self->base.n_bins : STANDARD_BINS;
  gboolean any = FALSE;

  self->whole = TRUE;

  for (guint k = 0; k < self->data->len; k++)
    {
      const ConsetHistogramData *data = data_at (self, k);

      if (data->n == 0)
        continue;
      self->low = any ? MIN (self->low, data->low) : data->low;
      self->high = any ? MAX (self->high, data->high) : data->high;
      self->whole = self->whole && data->whole;
      any = TRUE;
    }
  if (self->base.has_range)
    {
      self->low = self->base.low;
      self->high = self->base.high;
    }
  self->n_bins = wanted;
  if (any && self->whole && !self->base.has_range && self->high - self->low < 1e15)
    {
      double width = MAX (1.0, ceil ((self->high - self->low + 1.0) / wanted));

      self->n_bins = (guint) ceil ((self->high - self->low + 1.0) / width);
      self->low -= 0.5;
      self->high = self->low + self->n_bins * width;
    }
  else if (!(self->low < self->high))
    {
      self->low -= 0.5;
      self->high += 0.5;
    }
}

/* How high a bar is. */
static double
histogram_height (const HistogramPanel *self, const ConsetHistogramData *data, guint bin)
{
  double width = (self->high - self->low) / self->n_bins;
  double height = (double) data->counts[bin];

  return self->base.density && data->n > 0 ? height / ((double) data->n * width) : height;
}

/* The normal distribution of the same mean and deviation, as high as the bars. */
static double
histogram_normal (const HistogramPanel *self, const ConsetHistogramData *data, double x)
{
  double deviation = conset_histogram_data_deviation (data);
  double z = (x - data->mean) / deviation;
  double density = conset_pinned_exp (-0.5 * z * z) / (deviation * sqrt (2.0 * G_PI));
  double width = (self->high - self->low) / self->n_bins;

  return self->base.density ? density : density * (double) data->n * width;
}

static gboolean
has_normal (const HistogramPanel *self, const ConsetHistogramData *data)
{
  return self->base.normal && conset_histogram_data_deviation (data) > 0.0;
}

static void
histogram_find_most (HistogramPanel *self)
{
  self->most = 0.0;
  for (guint k = 0; k < self->data->len; k++)
    {
      const ConsetHistogramData *data = data_at (self, k);

      for (guint bin = 0; bin < self->n_bins; bin++)
        self->most = MAX (self->most, histogram_height (self, data, bin));
      if (has_normal (self, data))
        self->most = MAX (self->most, histogram_normal (self, data, data->mean));
    }
  if (self->most == 0.0)
    self->most = 1.0;
}

static char *
histogram_note (const HistogramPanel *self)
{
  guint64 n = 0, n_broken = 0, n_beyond = 0;
  GString *text = g_string_new (NULL);

  for (guint k = 0; k < self->data->len; k++)
    {
      n += data_at (self, k)->n;
      n_broken += data_at (self, k)->n_broken;
      n_beyond += data_at (self, k)->n_beyond;
    }
  if (n > 0)
    {
      g_autofree char *count = conset_plot_count (n);

      g_string_append_printf (text, "%s number%s", count, n == 1 ? "" : "s");
    }
  else
    g_string_append (text, "no numbers");
  if (self->data->len == 1 && n > 0)
    {
      const ConsetHistogramData *data = data_at (self, 0);
      g_autofree char *mean = conset_plot_number (data->mean, 4);
      g_autofree char *sd = conset_plot_number (conset_histogram_data_deviation (data), 4);

      g_string_append_printf (text, ", mean %s, sd %s", mean, sd);
    }
  if (n_broken > 0)
    g_string_append_printf (text, "; %" G_GUINT64_FORMAT " not finite", n_broken);
  if (n_beyond > 0)
    g_string_append_printf (text, "; %" G_GUINT64_FORMAT " beyond the range", n_beyond);
  return g_string_free (text, FALSE);
}

/* What stands along the axis by itself: what the first data are. */
static char *
histogram_label (const HistogramPanel *self)
{
  const ConsetHistogramData *data = self->data->len > 0 ? data_at (self, 0) : NULL;

  if (data == NULL || data->set == NULL)
    return g_strdup ("value");
  if (data->column >= 0)
    return conset_column_label (data->set, data->column);
  return g_strdup (data->order == CONSET_TARGET_MAJOR ? "in-degree" : "out-degree");
}

static gboolean
histogram_prepare (ConsetPanel *panel, ConsetPlotWork *work, GError **error)
{
  HistogramPanel *self = (HistogramPanel *) panel;
  double from = work->from, share = work->share / (2 * MAX (self->data->len, 1));

  work->share = share;
  for (guint k = 0; k < self->data->len; k++, work->from = from + k * share)
    if (!conset_histogram_data_sum_up (data_at (self, k), work, error))
      return FALSE;
  histogram_choose_bins (self);
  from = work->from;
  for (guint k = 0; k < self->data->len; k++, work->from = from + k * share)
    if (!conset_histogram_data_count (data_at (self, k), self->low, self->high, self->n_bins, work,
                                      error))
      return FALSE;
  histogram_find_most (self);
  self->label = histogram_label (self);
  panel->note = histogram_note (self);
  return TRUE;
}

/* }}} */
/* {{{ Layout */

static void
histogram_axis_init (const HistogramPanel *self, gboolean vertical, ConsetAxis *axis)
{
  const ConsetPanel *panel = &self->base;
  const char *own = vertical ? panel->y_label : panel->x_label;
  const char *label = vertical ? panel->density ? "density" : "count" : self->label;

  *axis = (ConsetAxis){
    .low = vertical ? 0.0 : self->low,
    .high = vertical ? self->most * 1.06 : self->high,
    .length = vertical ? panel->size.height : panel->size.width,
    .vertical = vertical,
    .label = own != NULL ? own : label,
  };
  conset_axis_init (axis, vertical ? !panel->density : self->whole);
}

static void
histogram_measure (ConsetPanel *panel, double side, ConsetPanelSize *size)
{
  HistogramPanel *self = (HistogramPanel *) panel;
  ConsetAxis axis;

  size->width = floor (WIDTH * side);
  size->height = floor (HEIGHT * side);
  panel->size = *size;
  histogram_axis_init (self, TRUE, &axis);
  size->left = conset_axis_extent (&axis);
  size->top = axis.ticks.scale != 0 ? CONSET_TICK_SIZE + 8.0 : 8.0;
  histogram_axis_init (self, FALSE, &axis);
  size->bottom = conset_axis_extent (&axis);
  size->right = 12.0;
}

/* }}} */
/* {{{ Drawing */

static void
histogram_draw_bars (const HistogramPanel *self, guint k, ConsetCanvas *canvas, double x, double y)
{
  const ConsetHistogramData *data = data_at (self, k);
  guint n = self->data->len;
  gboolean beside = self->base.side_by_side && n > 1;
  ConsetFill fill = { conset_colour_category (k), n > 1 && !beside ? 0.55 : 0.75 };
  double step = self->base.size.width / self->n_bins;
  double width = beside ? step * BARS / n : step;
  double shift = beside ? step * (1.0 - BARS) / 2 + k * width : 0.0;

  canvas->klass->group (canvas, "bars");
  for (guint bin = 0; bin < self->n_bins; bin++)
    {
      double height =
        histogram_height (self, data, bin) / (self->most * 1.06) * self->base.size.height;

      if (height > 0.0)
        canvas->klass->rectangle (canvas, x + bin * step + shift,
                                  y + self->base.size.height - height, width, height, &fill,
                                  width >= OUTLINED ? &outline : NULL);
    }
  canvas->klass->end_group (canvas);
}

static void
histogram_draw_normal (
  const HistogramPanel *self, guint k, ConsetCanvas *canvas, double x, double y)
{
  ConsetStroke stroke = { self->data->len > 1 ? conset_colour_category (k) : CONSET_COLOUR_MARK,
                          2.0, 1.0, 0.0 };
  double points[2 * CURVE_POINTS];
  ConsetAxis across, up;

  histogram_axis_init (self, FALSE, &across);
  histogram_axis_init (self, TRUE, &up);
  for (guint p = 0; p < CURVE_POINTS; p++)
    {
      double at = self->low + (self->high - self->low) * p / (CURVE_POINTS - 1);

      points[2 * p] = x + conset_axis_at (&across, at);
      points[2 * p + 1] = y + conset_axis_at (&up, histogram_normal (self, data_at (self, k), at));
    }
  canvas->klass->polyline (canvas, points, CURVE_POINTS, &stroke);
}

/* Whether the bars to the right are lower than those to the left. */
static gboolean
is_free_right (const HistogramPanel *self)
{
  double left = 0.0, right = 0.0;

  for (guint k = 0; k < self->data->len; k++)
    for (guint bin = 0; bin < self->n_bins; bin++)
      {
        double height = histogram_height (self, data_at (self, k), bin);

        if (3 * bin < self->n_bins)
          left = MAX (left, height);
        else if (3 * (bin + 1) > 2 * self->n_bins)
          right = MAX (right, height);
      }
  return right <= left;
}

static void
histogram_draw_legend (const HistogramPanel *self, ConsetCanvas *canvas, double x, double y)
{
  static const ConsetFill paper = { CONSET_COLOUR_PAPER, 0.85 };
  ConsetTextStyle style = { CONSET_TICK_SIZE, CONSET_COLOUR_TEXT, CONSET_ANCHOR_START, FALSE,
                            FALSE };
  double widest = 0.0, width;
  guint n = 0;

  for (guint k = 0; k < self->data->len; k++)
    if (data_at (self, k)->label != NULL)
      {
        widest = MAX (widest, conset_text_width (data_at (self, k)->label, style.size, FALSE));
        n++;
      }
  if (n == 0)
    return;
  widest = MIN (widest, self->base.size.width / 2);
  width = widest + LEGEND_SWATCH + 22.0;
  x += is_free_right (self) ? self->base.size.width - width - 6.0 : 6.0;
  y += 6.0;
  canvas->klass->group (canvas, "legend");
  canvas->klass->rectangle (canvas, x, y, width, n * LEGEND_LINE + 8.0, &paper, &guide);
  y += 4.0 + LEGEND_LINE / 2;
  for (guint k = 0; k < self->data->len; k++)
    if (data_at (self, k)->label != NULL)
      {
        ConsetFill fill = { conset_colour_category (k), 0.75 };
        g_autofree char *text =
          conset_text_fit (data_at (self, k)->label, style.size, FALSE, widest + 0.5);

        canvas->klass->rectangle (canvas, x + 7.0, y - LEGEND_SWATCH / 2, LEGEND_SWATCH,
                                  LEGEND_SWATCH, &fill, &outline);
        conset_canvas_text (canvas, x + 14.0 + LEGEND_SWATCH, y, text, &style);
        y += LEGEND_LINE;
      }
  canvas->klass->end_group (canvas);
}

static void
histogram_draw (ConsetPanel *panel, ConsetCanvas *canvas, double x, double y)
{
  static const ConsetStroke spine = { CONSET_COLOUR_FRAME, 1.0, 1.0, 0.0 };
  HistogramPanel *self = (HistogramPanel *) panel;
  double width = panel->size.width, height = panel->size.height;
  ConsetAxis axis;

  histogram_axis_init (self, TRUE, &axis);
  for (guint k = 0; k < axis.ticks.n; k++)
    {
      double at = y + conset_axis_at (&axis, conset_ticks_at (&axis.ticks, k));

      conset_canvas_line (canvas, x, at, x + width, at, &guide);
    }
  canvas->klass->clip (canvas, x, y - 1.0, width, height + 1.0);
  for (guint k = 0; k < self->data->len; k++)
    histogram_draw_bars (self, k, canvas, x, y);
  for (guint k = 0; k < self->data->len; k++)
    if (has_normal (self, data_at (self, k)))
      histogram_draw_normal (self, k, canvas, x, y);
  canvas->klass->end_clip (canvas);
  conset_canvas_line (canvas, x, y, x, y + height, &spine);
  conset_canvas_line (canvas, x, y + height, x + width, y + height, &spine);
  conset_axis_draw (&axis, canvas, x, y);
  histogram_axis_init (self, FALSE, &axis);
  conset_axis_draw (&axis, canvas, x, y + height);
  histogram_draw_legend (self, canvas, x, y);
}

/* }}} */
/* {{{ Text */

/* The ends of a bin, or the only whole number in it. */
static char *
bin_text (const HistogramPanel *self, guint bin)
{
  double width = (self->high - self->low) / self->n_bins;
  double first = self->low + bin * width, last = first + width;
  g_autofree char *from = NULL, *to = NULL;

  if (self->whole && !self->base.has_range)
    {
      first += 0.5;
      last -= 0.5;
      if (first == last)
        return conset_plot_number (first, 15);
    }
  from = conset_plot_number (first, self->whole ? 15 : 4);
  to = conset_plot_number (last, self->whole ? 15 : 4);
  return g_strdup_printf ("%s to %s", from, to);
}

/* A bar of @length columns, with @mark for what is expected where that is not negative. */
static void
append_bar (double length,
            double mark,
            gsize columns,
            ConsetTextForm form,
            ConsetColour colour,
            GString *text)
{
  static const char *const eighths[] = { " ", "▏", "▎", "▍", "▌", "▋", "▊", "▉", "█" };
  gsize parts = (gsize) (length * 8.0 + 0.5), at = (gsize) MAX (mark, 0.0);

  conset_text_pen (text, form, colour, -1);
  for (gsize column = 0; column < columns; column++)
    {
      gsize part = MIN (parts - MIN (parts, 8 * column), 8);

      if (mark >= 0.0 && column == MIN (at, columns - 1))
        g_string_append (text, form == CONSET_TEXT_ASCII ? "|" : "│");
      else if (form == CONSET_TEXT_ASCII)
        g_string_append_c (text, part >= 4 ? '#' : ' ');
      else
        g_string_append (text, eighths[part]);
    }
  conset_text_pen (text, form, -1, -1);
}

static void
append_padded (
  const char *string, gsize columns, gboolean right, ConsetTextForm form, GString *text)
{
  gsize length = g_utf8_strlen (string, -1);

  for (gsize k = length; right && k < columns; k++)
    g_string_append_c (text, ' ');
  conset_text_append (text, form, string);
  for (gsize k = length; !right && k < columns; k++)
    g_string_append_c (text, ' ');
}

static char *
height_text (const HistogramPanel *self, double height)
{
  return self->base.density ? conset_plot_number (height, 3) : conset_plot_count ((guint64) height);
}

/* Widths of the columns of a table: bins, heights, bars. */
static void
table_measure (const HistogramPanel *self, const ConsetTextRoom *room, gsize widths[3])
{
  gsize n = MAX (self->data->len, 1), taken;

  const char *x = self->base.x_label != NULL ? self->base.x_label : self->label;

  widths[0] = MIN ((gsize) g_utf8_strlen (x, -1), room->columns / 3);
  widths[1] = strlen (self->base.density ? "density" : "count");
  for (guint bin = 0; bin < self->n_bins; bin++)
    {
      g_autofree char *label = bin_text (self, bin);

      widths[0] = MAX (widths[0], (gsize) g_utf8_strlen (label, -1));
      for (guint k = 0; k < self->data->len; k++)
        {
          g_autofree char *height =
            height_text (self, histogram_height (self, data_at (self, k), bin));

          widths[1] = MAX (widths[1], (gsize) g_utf8_strlen (height, -1));
        }
    }
  taken = widths[0] + n * (widths[1] + 4);
  widths[2] = room->columns > taken ? MAX ((room->columns - taken) / n, 1) : 1;
}

static void
histogram_print_head (const HistogramPanel *self,
                      const gsize widths[3],
                      const ConsetTextRoom *room,
                      GString *text)
{
  const char *x = self->base.x_label != NULL ? self->base.x_label : self->label;
  const char *y = self->base.y_label != NULL ? self->base.y_label
                  : self->base.density       ? "density"
                                             : "count";
  g_autoptr (GString) line = g_string_new (NULL);

  append_padded (x, widths[0], FALSE, room->form, line);
  for (guint k = 0; k < self->data->len; k++)
    {
      append_padded (y, widths[1] + 2, TRUE, room->form, line);
      g_string_append (line, "  ");
      append_padded (data_at (self, k)->label != NULL ? data_at (self, k)->label : "", widths[2],
                     FALSE, room->form, line);
    }
  g_strchomp (line->str);
  conset_text_append_line (text, room, line->str);
}

static void
histogram_print (ConsetPanel *panel, const ConsetTextRoom *room, GString *text)
{
  HistogramPanel *self = (HistogramPanel *) panel;
  gsize widths[3];

  table_measure (self, room, widths);
  histogram_print_head (self, widths, room, text);
  for (guint bin = 0; bin < self->n_bins; bin++)
    {
      g_autofree char *label = bin_text (self, bin);
      double middle = self->low + (self->high - self->low) * (bin + 0.5) / self->n_bins;

      append_padded (label, widths[0], TRUE, room->form, text);
      for (guint k = 0; k < self->data->len; k++)
        {
          const ConsetHistogramData *data = data_at (self, k);
          double height = histogram_height (self, data, bin), scale = widths[2] / self->most;
          g_autofree char *number = height_text (self, height);

          append_padded (number, widths[1] + 2, TRUE, room->form, text);
          g_string_append (text, "  ");
          append_bar (height * scale,
                      has_normal (self, data) ? histogram_normal (self, data, middle) * scale
                                              : -1.0,
                      widths[2], room->form, conset_colour_category (k), text);
        }
      while (text->str[text->len - 1] == ' ')
        g_string_truncate (text, text->len - 1);
      g_string_append_c (text, '\n');
    }
}

/* }}} */

static void
histogram_finalize (ConsetPanel *panel)
{
  HistogramPanel *self = (HistogramPanel *) panel;

  g_ptr_array_unref (self->data);
  g_free (self->label);
}

/* {{{ Public functions */

const ConsetPanelClass conset_histogram_panel_class = {
  .struct_size = sizeof (HistogramPanel),
  .name = "histogram",
  .prepare = histogram_prepare,
  .measure = histogram_measure,
  .draw = histogram_draw,
  .print = histogram_print,
  .finalize = histogram_finalize,
};

ConsetPanel *
conset_figure_add_histogram (ConsetFigure *figure)
{
  HistogramPanel *self;

  g_return_val_if_fail (figure != NULL, NULL);

  self = conset_panel_new (figure, &conset_histogram_panel_class);
  self->data = g_ptr_array_new_with_free_func (conset_histogram_data_free);
  return &self->base;
}

/* Adds to @panel what comes from @set, unless that is NULL; NULL if @panel is no histogram. */
static ConsetHistogramData *
data_add (ConsetPanel *panel, const char *label, const Conset *set, const ConsetWindow *window)
{
  ConsetHistogramData *data;

  g_return_val_if_fail (panel != NULL && panel->klass == &conset_histogram_panel_class, NULL);

  data = g_new0 (ConsetHistogramData, 1);
  data->label = g_strdup (label);
  data->set = set != NULL ? conset_ref (set) : NULL;
  data->has_window = window != NULL;
  if (window != NULL)
    data->window = *window;
  g_ptr_array_add (((HistogramPanel *) panel)->data, data);
  return data;
}

void
conset_panel_add_numbers (ConsetPanel *panel, const char *label, const double *numbers, gsize n)
{
  ConsetHistogramData *data;

  g_return_if_fail (numbers != NULL || n == 0);

  data = data_add (panel, label, NULL, NULL);
  if (data == NULL)
    return;
  data->numbers = g_memdup2 (numbers, n * sizeof *numbers);
  data->n_numbers = n;
}

void
conset_panel_add_values (ConsetPanel *panel,
                         const char *label,
                         const Conset *set,
                         const ConsetWindow *window,
                         guint column)
{
  ConsetHistogramData *data;

  g_return_if_fail (set != NULL);

  data = data_add (panel, label, set, window);
  if (data != NULL)
    data->column = (int) MIN (column, G_MAXINT);
}

void
conset_panel_add_degrees (ConsetPanel *panel,
                          const char *label,
                          const Conset *set,
                          const ConsetWindow *window,
                          ConsetOrder order)
{
  ConsetHistogramData *data;

  g_return_if_fail (set != NULL);

  data = data_add (panel, label, set, window);
  if (data == NULL)
    return;
  data->column = -1;
  data->order = order;
}

/* }}} */

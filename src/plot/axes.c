/* SPDX-License-Identifier: MIT */
/*
 * Axes, frames and colour bars.
 *
 * There are as many ticks as find room for their labels, at round numbers.
 */
#include "axes.h"

#include <math.h>

#define TICK_LENGTH 4.0
#define GAP 5.0

/* Room of a label along the axis, beside its own length. */
#define LABEL_GAP 16.0
#define LINE_HEIGHT 26.0
#define MOST_TICKS 11

#define BAR_DISTANCE 16.0
#define BAR_WIDTH 15.0
#define BROKEN_HEIGHT 22.0
#define GRADIENT_COLOURS 33

static const ConsetStroke frame_stroke = { CONSET_COLOUR_FRAME, 1.0, 1.0, 0.0 };

static const ConsetTextStyle tick_style = { CONSET_TICK_SIZE, CONSET_COLOUR_TEXT,
                                            CONSET_ANCHOR_MIDDLE, FALSE, FALSE };

/* {{{ Axes */

static double
axis_widest_label (const ConsetAxis *axis)
{
  double widest = 0.0;

  for (guint k = 0; k < axis->ticks.n; k++)
    {
      g_autofree char *label = conset_ticks_label (&axis->ticks, k);

      widest = MAX (widest, conset_text_width (label, CONSET_TICK_SIZE, FALSE));
    }
  return widest;
}

void
conset_axis_init (ConsetAxis *axis, gboolean whole)
{
  guint most = CLAMP (axis->length / LINE_HEIGHT, 2, MOST_TICKS);

  conset_ticks_init (&axis->ticks, axis->low, axis->high, most, whole);
  if (axis->vertical)
    return;
  while (most > 2 && axis->ticks.n * (axis_widest_label (axis) + LABEL_GAP) > axis->length)
    conset_ticks_init (&axis->ticks, axis->low, axis->high, --most, whole);
}

double
conset_axis_at (const ConsetAxis *axis, double number)
{
  double t = (number - axis->low) / (axis->high - axis->low);

  return axis->length * (axis->vertical && !axis->downwards ? 1.0 - t : t);
}

static gboolean
has_text (const char *text)
{
  return text != NULL && *text != '\0';
}

double
conset_axis_extent (const ConsetAxis *axis)
{
  double extent = TICK_LENGTH + GAP + (has_text (axis->label) ? GAP + CONSET_LABEL_SIZE : 0.0);

  return extent + (axis->vertical ? axis_widest_label (axis) : CONSET_TICK_SIZE);
}

static void
axis_draw_tick (const ConsetAxis *axis, guint k, ConsetCanvas *canvas, double x, double y)
{
  g_autofree char *text = conset_ticks_label (&axis->ticks, k);
  double at = conset_axis_at (axis, conset_ticks_at (&axis->ticks, k));
  double side = axis->opposite ? 1.0 : -1.0;
  ConsetTextStyle style = tick_style;

  if (!axis->vertical)
    {
      conset_canvas_line (canvas, x + at, y, x + at, y + TICK_LENGTH, &frame_stroke);
      conset_canvas_text (canvas, x + at, y + TICK_LENGTH + GAP + CONSET_TICK_SIZE / 2, text,
                          &style);
      return;
    }
  style.anchor = axis->opposite ? CONSET_ANCHOR_START : CONSET_ANCHOR_END;
  conset_canvas_line (canvas, x, y + at, x + side * TICK_LENGTH, y + at, &frame_stroke);
  conset_canvas_text (canvas, x + side * (TICK_LENGTH + GAP - 1.0), y + at, text, &style);
}

/* Such as ×10⁶, at the end of the axis. */
static void
axis_draw_scale (const ConsetAxis *axis, ConsetCanvas *canvas, double x, double y)
{
  g_autofree char *text = conset_ticks_scale_label (&axis->ticks);
  ConsetTextStyle style = tick_style;

  if (axis->vertical)
    {
      style.anchor = axis->opposite ? CONSET_ANCHOR_START : CONSET_ANCHOR_END;
      conset_canvas_text (canvas, x, y - GAP - CONSET_TICK_SIZE / 2, text, &style);
      return;
    }
  style.anchor = CONSET_ANCHOR_END;
  conset_canvas_text (canvas, x + axis->length,
                      y + TICK_LENGTH + 2 * GAP + CONSET_TICK_SIZE + CONSET_LABEL_SIZE / 2, text,
                      &style);
}

void
conset_axis_draw (const ConsetAxis *axis, ConsetCanvas *canvas, double x, double y)
{
  ConsetTextStyle style = { CONSET_LABEL_SIZE, CONSET_COLOUR_TEXT, CONSET_ANCHOR_MIDDLE, FALSE,
                            axis->vertical };
  double beyond = conset_axis_extent (axis) - CONSET_LABEL_SIZE / 2;
  g_autofree char *label = NULL;

  canvas->klass->group (canvas, axis->vertical ? "y-axis" : "x-axis");
  for (guint k = 0; k < axis->ticks.n; k++)
    axis_draw_tick (axis, k, canvas, x, y);
  axis_draw_scale (axis, canvas, x, y);
  if (has_text (axis->label))
    {
      label = conset_text_fit (axis->label, style.size, FALSE, MAX (axis->length, 120.0));
      if (axis->vertical)
        conset_canvas_text (canvas, x + (axis->opposite ? beyond : -beyond), y + axis->length / 2,
                            label, &style);
      else
        conset_canvas_text (canvas, x + axis->length / 2, y + beyond, label, &style);
    }
  canvas->klass->end_group (canvas);
}

void
conset_frame_draw (ConsetCanvas *canvas, double x, double y, double width, double height)
{
  canvas->klass->rectangle (canvas, x, y, width, height, NULL, &frame_stroke);
}

/* }}} */
/* {{{ Colour bars */

/* The part of the height that is the scale. */
static double
bar_height (const ConsetColourBar *bar, double height)
{
  return height - (bar->broken ? BROKEN_HEIGHT + GAP : 0.0);
}

static void
bar_axis_init (ConsetAxis *axis, const ConsetColourBar *bar, double height)
{
  double half = bar->n_steps > 0 ? 0.5 : 0.0;

  *axis = (ConsetAxis){
    .low = bar->low - half,
    .high = bar->high + half,
    .length = bar_height (bar, height),
    .vertical = TRUE,
    .opposite = TRUE,
    .label = bar->label,
  };
  conset_axis_init (axis, bar->n_steps > 0);
}

double
conset_colour_bar_extent (const ConsetColourBar *bar, double height)
{
  ConsetAxis axis;
  double broken = conset_text_width ("no number", CONSET_TICK_SIZE, FALSE) + GAP;

  bar_axis_init (&axis, bar, height);
  return BAR_DISTANCE + BAR_WIDTH + MAX (conset_axis_extent (&axis), bar->broken ? broken : 0.0);
}

guint8
conset_colour_bar_level (const ConsetColourBar *bar, double number)
{
  if (isinf (number))
    return CONSET_LEVEL_BROKEN;
  return conset_colour_level (bar->high > bar->low ? (number - bar->low) / (bar->high - bar->low)
                                                   : number - bar->low + 1.0);
}

static void
bar_draw_steps (const ConsetColourBar *bar, ConsetCanvas *canvas, double x, double y, double height)
{
  double step = height / bar->n_steps;

  for (guint k = 0; k < bar->n_steps; k++)
    {
      ConsetFill fill = { bar->palette[conset_colour_bar_level (bar, bar->low + k)], 1.0 };

      canvas->klass->rectangle (canvas, x, y + height - (k + 1) * step, BAR_WIDTH, step, &fill,
                                NULL);
    }
}

static void
bar_draw_scale (const ConsetColourBar *bar, ConsetCanvas *canvas, double x, double y, double height)
{
  ConsetColour colours[GRADIENT_COLOURS];

  for (guint k = 0; k < GRADIENT_COLOURS; k++)
    colours[k] = bar->palette[conset_colour_level ((double) k / (GRADIENT_COLOURS - 1))];
  canvas->klass->gradient (canvas, x, y, BAR_WIDTH, height, colours, GRADIENT_COLOURS);
}

void
conset_colour_bar_draw (
  const ConsetColourBar *bar, ConsetCanvas *canvas, double x, double y, double height)
{
  ConsetFill broken = { CONSET_COLOUR_BROKEN, 1.0 };
  ConsetTextStyle style = tick_style;
  ConsetAxis axis;

  bar_axis_init (&axis, bar, height);
  x += BAR_DISTANCE;
  canvas->klass->group (canvas, "colour-bar");
  if (bar->n_steps > 0)
    bar_draw_steps (bar, canvas, x, y, axis.length);
  else
    bar_draw_scale (bar, canvas, x, y, axis.length);
  conset_frame_draw (canvas, x, y, BAR_WIDTH, axis.length);
  conset_axis_draw (&axis, canvas, x + BAR_WIDTH, y);
  if (bar->broken)
    {
      double top = y + height - BROKEN_HEIGHT / 2 - BAR_WIDTH / 2;

      style.anchor = CONSET_ANCHOR_START;
      canvas->klass->rectangle (canvas, x, top, BAR_WIDTH, BAR_WIDTH, &broken, &frame_stroke);
      conset_canvas_text (canvas, x + BAR_WIDTH + GAP, top + BAR_WIDTH / 2, "no number", &style);
    }
  canvas->klass->end_group (canvas);
}

/* }}} */

/* SPDX-License-Identifier: MIT */
/*
 * A canvas: what its formats have in common.
 */
#include "canvas.h"

/* Where the middle of the letters is above the base line, in their size: half a capital. */
#define MIDDLE 0.36

void
conset_canvas_free (ConsetCanvas *self)
{
  self->klass->finalize (self);
  g_free (self);
}

void
conset_canvas_line (
  ConsetCanvas *self, double x0, double y0, double x1, double y1, const ConsetStroke *stroke)
{
  double points[] = { x0, y0, x1, y1 };

  self->klass->polyline (self, points, 2, stroke);
}

void
conset_canvas_text (
  ConsetCanvas *self, double x, double y, const char *text, const ConsetTextStyle *style)
{
  double below = MIDDLE * style->size;

  if (text == NULL || *text == '\0')
    return;
  if (style->upwards)
    self->klass->text (self, x + below, y, text, style);
  else
    self->klass->text (self, x, y + below, text, style);
}

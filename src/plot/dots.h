/* SPDX-License-Identifier: MIT */
/*
 * Dots in a plane: positions, from their geometry to the canvas.
 */
#pragma once

#include "axes.h"

/**
 * ConsetDots:
 * @xy: (array length=n): two coordinates of each position
 *
 * The first @n positions of a geometry, seen in a plane.
 */
typedef struct
{
  double *xy;
  gsize   n;
  double  low[2];
  double  high[2];
} ConsetDots;

/** conset_dots_init: looks positions up; FALSE with @error set if that fails, or they are too many. */
gboolean conset_dots_init   (ConsetDots            *dots,
                             const ConsetGeometry  *geometry,
                             guint64                n,
                             ConsetPlane            plane,
                             GError               **error);

void     conset_dots_clear  (ConsetDots            *dots);

/** conset_dots_pad: makes the range of both coordinates a little larger, and never empty. */
void     conset_dots_pad    (ConsetDots            *dots);

/** conset_dots_radius: Returns: the radius that @n dots have in a rectangle */
double   conset_dots_radius (gsize                  n,
                             double                 width,
                             double                 height);

/** conset_plane_axes: which coordinates @plane shows, and their names. */
void     conset_plane_axes  (ConsetPlane            plane,
                             guint                  axes[2],
                             const char            *names[2]);

/** conset_dots_draw: draws @points, n times x and y on the canvas, in a rectangle; as shades if there
 * are too many for discs. */
void     conset_dots_draw   (ConsetCanvas          *canvas,
                             const double          *points,
                             gsize                  n,
                             double                 radius,
                             ConsetColour           colour,
                             const double           box[4]);

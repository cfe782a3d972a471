/* SPDX-License-Identifier: MIT */
/*
 * Dots in a plane.
 *
 * Up to MOST_DISCS of them are discs; more are counted in cells of a unit, which are the darker the
 * more of them they hold: a picture never grows beyond its size.
 */
#include "dots.h"

#include <math.h>
#include <string.h>

/* 16 bytes each while the picture is made. */
#define MOST_DOTS (G_GUINT64_CONSTANT (1) << 26)

#define BLOCK 1024
#define MOST_DISCS 20000
#define PAD 0.04

void
conset_plane_axes (ConsetPlane plane, guint axes[2], const char *names[2])
{
  static const char *const coordinates[] = { "x", "y", "z" };

  axes[0] = plane == CONSET_PLANE_YZ ? 1 : 0;
  axes[1] = plane == CONSET_PLANE_XY ? 1 : 2;
  names[0] = coordinates[axes[0]];
  names[1] = coordinates[axes[1]];
}

static gboolean
dots_check (
  const ConsetGeometry *geometry, guint64 n, guint n_dimensions, ConsetPlane plane, GError **error)
{
  if (!conset_geometry_check (geometry, error))
    return FALSE;
  if (n > MOST_DOTS)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_PICTURE,
                 "%" G_GUINT64_FORMAT " positions are too many; show at most %" G_GUINT64_FORMAT, n,
                 MOST_DOTS);
  else if (plane != CONSET_PLANE_XY && n_dimensions < 3)
    g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_PICTURE,
                         "a geometry of two dimensions is seen in the plane xy only");
  else
    return TRUE;
  return FALSE;
}

gboolean
conset_dots_init (
  ConsetDots *dots, const ConsetGeometry *geometry, guint64 n, ConsetPlane plane, GError **error)
{
  guint n_dimensions = conset_geometry_n_dimensions (geometry), axes[2];
  double block[BLOCK * CONSET_MAX_DIMENSIONS];
  const char *names[2];

  *dots = (ConsetDots){ .n = MIN (n, conset_geometry_size (geometry)) };
  if (!dots_check (geometry, dots->n, n_dimensions, plane, error))
    return FALSE;
  conset_plane_axes (plane, axes, names);
  dots->xy = g_new (double, 2 * dots->n);
  for (guint64 first = 0; first < dots->n; first += BLOCK)
    {
      gsize some = MIN (BLOCK, dots->n - first);

      if (!conset_geometry_positions (geometry, first, NULL, some, block, error))
        return FALSE;
      for (gsize k = 0; k < some; k++)
        for (guint a = 0; a < 2; a++)
          {
            double at = block[k * n_dimensions + axes[a]];
            gboolean any = first + k > 0;

            dots->xy[2 * (first + k) + a] = at;
            dots->low[a] = any ? MIN (dots->low[a], at) : at;
            dots->high[a] = any ? MAX (dots->high[a], at) : at;
          }
    }
  return TRUE;
}

void
conset_dots_clear (ConsetDots *dots)
{
  g_clear_pointer (&dots->xy, g_free);
}

void
conset_dots_pad (ConsetDots *dots)
{
  double longer = MAX (dots->high[0] - dots->low[0], dots->high[1] - dots->low[1]);
  double pad = longer > 0.0 ? PAD * longer : 0.5;

  for (guint a = 0; a < 2; a++)
    {
      dots->low[a] -= pad;
      dots->high[a] += pad;
      /* Where positions are so far out that nothing was added. */
      if (!(dots->low[a] < dots->high[a]))
        dots->high[a] = dots->low[a] + MAX (fabs (dots->low[a]) * 1e-9, 1.0);
    }
}

double
conset_dots_radius (gsize n, double width, double height)
{
  return CLAMP (0.25 * sqrt (width * height / MAX (n, 1)), 1.0, 4.5);
}

/* Shades of cells of a unit. */
static void
draw_shades (
  ConsetCanvas *canvas, const double *points, gsize n, ConsetColour colour, const double box[4])
{
  gsize columns = (gsize) ceil (box[2]), rows = (gsize) ceil (box[3]);
  g_autofree guint32 *counts = g_new0 (guint32, columns * rows);
  g_autofree guint8 *levels = g_new0 (guint8, columns * rows);
  ConsetColour palette[CONSET_PALETTE_SIZE];
  ConsetCells cells = { box[0], box[1], 1.0, 1.0, columns, rows, levels, palette };
  guint32 most = 1;

  for (gsize k = 0; k < n; k++)
    {
      double x = points[2 * k] - box[0], y = points[2 * k + 1] - box[1];

      if (x >= 0.0 && y >= 0.0 && x < columns && y < rows)
        {
          guint32 *count = &counts[(gsize) y * columns + (gsize) x];

          most = MAX (most, ++*count);
        }
    }
  for (gsize k = 0; k < columns * rows; k++)
    if (counts[k] > 0)
      levels[k] = conset_colour_level ((double) counts[k] / most);
  palette[CONSET_LEVEL_BLANK] = CONSET_COLOUR_PAPER;
  palette[CONSET_LEVEL_BROKEN] = colour;
  /* From a third of the colour to all of it. */
  for (guint level = CONSET_LEVEL_FIRST; level <= CONSET_LEVEL_LAST; level++)
    {
      double t = 1.0 / 3 + 2.0 / 3 * (level - CONSET_LEVEL_FIRST) / (CONSET_LEVEL_LAST - 1.0);

      palette[level] = 0;
      for (guint shift = 0; shift < 24; shift += 8)
        palette[level] |= (guint32) (255.5 - t * (255 - ((colour >> shift) & 0xff))) << shift;
    }
  canvas->klass->cells (canvas, &cells);
}

void
conset_dots_draw (ConsetCanvas *canvas,
                  const double *points,
                  gsize n,
                  double radius,
                  ConsetColour colour,
                  const double box[4])
{
  ConsetFill fill = { colour, 1.0 };

  if (n > MOST_DISCS)
    draw_shades (canvas, points, n, colour, box);
  else if (n > 0)
    canvas->klass->discs (canvas, points, n, radius, &fill, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * Geometry in C: what the introduction to the connection-set algebra types about positions,
 * distances and projections, line by line, beside the functions that say the same.
 *
 * Pictures are of plain characters: a dot for a position, an o for one that is selected.
 */
#include <complex.h>
#include <math.h>
#include <stdlib.h>

#include <conset/conset.h>

#define WIDTH 59
#define HEIGHT 30

typedef struct
{
  char cells[HEIGHT][WIDTH + 1];
  double low[2];
  double high[2];
} Picture;

static void
stop_unless (gboolean good, const char *text, GError *error)
{
  if (good)
    return;
  g_printerr ("%s: %s\n", text, error->message);
  exit (EXIT_FAILURE);
}

static int
cell_along (double x, double low, double high, int n)
{
  double place = high > low ? (x - low) / (high - low) : 0.5;

  return CLAMP ((int) (place * (n - 1) + 0.5), 0, n - 1);
}

static void
mark (Picture *picture, const double *position, char sign)
{
  int column = cell_along (position[0], picture->low[0], picture->high[0], WIDTH);
  int line = cell_along (position[1], picture->low[1], picture->high[1], HEIGHT);

  picture->cells[HEIGHT - 1 - line][column] = sign;
}

/* A picture of all positions. */
static Picture *
picture_new (const char *text, const ConsetGeometry *geometry)
{
  Picture *picture = g_new (Picture, 1);
  guint64 n = conset_geometry_size (geometry);
  g_autofree double *positions = g_new (double, 2 * n);
  g_autoptr (GError) error = NULL;

  for (int line = 0; line < HEIGHT; line++)
    g_snprintf (picture->cells[line], WIDTH + 1, "%*s", WIDTH, "");
  stop_unless (conset_geometry_extent (geometry, picture->low, picture->high, &error), text, error);
  stop_unless (conset_geometry_positions (geometry, 0, NULL, n, positions, &error), text, error);
  for (guint64 i = 0; i < n; i++)
    mark (picture, positions + 2 * i, '.');
  return picture;
}

static void
picture_print (const Picture *picture, const char *text)
{
  g_print ("%s\n(%.3g, %.3g) to (%.3g, %.3g)\n", text, picture->low[0], picture->low[1],
           picture->high[0], picture->high[1]);
  for (int line = 0; line < HEIGHT; line++)
    g_print ("|%s|\n", picture->cells[line]);
}

/* gplot2d (geometry, n) */
static void
gplot2d (const char *text, const ConsetGeometry *geometry)
{
  g_autofree Picture *picture = picture_new (text, geometry);

  picture_print (picture, text);
  g_print ("\n");
}

/* gplotsel2d (geometry, set, source): the targets of a source */
static void
gplotsel2d (const char *text, const ConsetGeometry *geometry, const Conset *set, guint64 source)
{
  g_autofree Picture *picture = picture_new (text, geometry);
  guint64 n = conset_geometry_size (geometry), target, n_found = 0;
  const ConsetWindow line = { source, source + 1, 0, n };
  g_autoptr (ConsetIter) iter = conset_iter_new (set, &line, CONSET_SOURCE_MAJOR);
  g_autoptr (GError) error = NULL;
  double position[2];

  while (conset_iter_next (iter, &source, &target))
    {
      stop_unless (conset_geometry_position (geometry, target, position, &error), text, error);
      mark (picture, position, 'o');
      n_found++;
    }
  stop_unless (conset_iter_finish (iter, &error), text, error);
  picture_print (picture, text);
  g_print ("%" G_GUINT64_FORMAT " targets of source %" G_GUINT64_FORMAT "\n\n", n_found, source);
}

/* The direction in visual space, in arc minutes, as a place on the cortex in mm (Dow et al. 1985).
 */
static void
visual_space_to_cortex (const double *p, double *result, gpointer data G_GNUC_UNUSED)
{
  double complex w = 7.7 * clog (CMPLX (p[0] + 0.33, p[1]));

  result[0] = creal (w);
  result[1] = cimag (w);
}

/* The way back. */
static void
cortex_to_visual_space (const double *p, double *result, gpointer data G_GNUC_UNUSED)
{
  double complex c = cexp (CMPLX (p[0], p[1]) / 7.7) - 0.33;

  result[0] = creal (c);
  result[1] = cimag (c);
}

static Conset *
disc (double radius, ConsetValue *metric)
{
  return conset_disc (conset_value_constant (radius), metric);
}

static void
distances (void)
{
  g_autoptr (ConsetGeometry) random = conset_geometry_random2d (900, NULL, NULL, 1);
  g_autoptr (ConsetGeometry) grid = conset_geometry_grid2d (30, 30, NULL, NULL);
  g_autoptr (Conset) c = disc (0.3, conset_metric_euclid (conset_geometry_ref (grid), NULL));

  gplot2d ("g = random2d (900); gplot2d (g, 900)", random);
  gplot2d ("g = grid2d (30); gplot2d (g, 900)", grid);
  gplotsel2d ("d = euclidMetric2d (g); c = disc (0.3) * d; gplotsel2d (g, c, 434)", grid, c, 434);
}

static void
projections (void)
{
  static const double scale[] = { 8.0, 8.0 }, origin[] = { -7.0, 0.0 };
  ConsetProjection *to_cortex =
    conset_projection_callback ("GvspaceToCx", 2, 2, visual_space_to_cortex, NULL, NULL);
  ConsetProjection *to_visual_space =
    conset_projection_callback ("GcxToVspace", 2, 2, cortex_to_visual_space, NULL, NULL);
  g_autoptr (ConsetGeometry) g1 = conset_geometry_grid2d (30, 30, NULL, NULL);
  g_autoptr (ConsetGeometry) g2 = conset_geometry_grid2d (30, 30, scale, origin);
  g_autoptr (ConsetGeometry) on_cortex = conset_project (to_cortex, conset_geometry_ref (g1));
  g_autoptr (Conset) c =
    disc (0.1, conset_metric_euclid (conset_geometry_ref (g1),
                                     conset_project (to_visual_space, conset_geometry_ref (g2))));

  gplot2d ("gplot2d (GvspaceToCx * g1, 900)", on_cortex);
  gplotsel2d ("c = disc (0.1) * euclidMetric2d (g1, GcxToVspace * g2); gplotsel2d (g2, c, 282)", g2,
              c, 282);
}

int
main (void)
{
  distances ();
  projections ();
  return EXIT_SUCCESS;
}

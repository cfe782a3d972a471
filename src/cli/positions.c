/* SPDX-License-Identifier: MIT */
/*
 * conset positions: where the neurons of a geometry are, how far they reach, and which one is
 * nearest to a point.
 *
 * Positions stream from the geometry to the output block by block, as connections do in tabulate.
 */
#include <unistd.h>

#include "cli.h"
#include "input.h"
#include "options.h"
#include "progress.h"

#define BLOCK 512

static void
put_numbers (CliOutput *output, const double *numbers, guint n)
{
  char text[CONSET_DOUBLE_SIZE];

  for (guint d = 0; d < n; d++)
    {
      conset_write_double (text, numbers[d]);
      cli_output_printf (output, "%s%s", text, d + 1 < n ? "\t" : "\n");
    }
}

static gboolean
print_extent (const ConsetGeometry *geometry, CliOutput *output, GError **error)
{
  guint n = conset_geometry_n_dimensions (geometry);
  double low[CONSET_MAX_DIMENSIONS], high[CONSET_MAX_DIMENSIONS];

  if (!conset_geometry_extent (geometry, low, high, error))
    return FALSE;
  put_numbers (output, low, n);
  put_numbers (output, high, n);
  return TRUE;
}

static gboolean
print_nearest (const ConsetGeometry *geometry,
               const double *point,
               guint n_numbers,
               CliOutput *output,
               GError **error)
{
  guint n = conset_geometry_n_dimensions (geometry);
  guint64 index;

  if (n_numbers != n)
    {
      g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                   "--nearest: %u coordinates are given, the geometry has %u", n_numbers, n);
      return FALSE;
    }
  if (!conset_geometry_nearest (geometry, point, &index, error))
    return FALSE;
  cli_output_printf (output, "%" G_GUINT64_FORMAT "\n", index);
  return TRUE;
}

static gboolean
print_positions (const ConsetGeometry *geometry, CliOutput *output, GError **error)
{
  guint64 end = conset_geometry_size (geometry);
  guint n = conset_geometry_n_dimensions (geometry);
  double positions[BLOCK * CONSET_MAX_DIMENSIONS];
  CliProgress progress;
  gboolean good = TRUE;

  cli_progress_begin (&progress, !isatty (STDOUT_FILENO));
  for (guint64 first = 0; first < end && good; first += BLOCK)
    {
      gsize some = MIN (BLOCK, end - first);

      good = conset_geometry_positions (geometry, first, NULL, some, positions, error);
      for (gsize k = 0; good && k < some; k++)
        {
          cli_output_printf (output, "%" G_GUINT64_FORMAT "\t", first + k);
          put_numbers (output, positions + k * n, n);
        }
      if (!good || !cli_progress_due (&progress))
        continue;
      good = cli_output_flush (output, error);
      cli_progress_draw (&progress, (double) first / (double) end, first);
    }
  cli_progress_end (&progress);
  return good && cli_output_flush (output, error);
}

/* The geometry, as far as -n looks at it. */
static ConsetGeometry *
take_geometry (char ***arguments, GError **error)
{
  ConsetGeometry *geometry = cli_take_geometry (arguments, error);
  guint64 n = cli_get_n_positions ();

  if (geometry == NULL || n == CONSET_INDEX_END || n == conset_geometry_size (geometry))
    return geometry;
  return conset_geometry_part (0, MIN (n, conset_geometry_end (geometry)), geometry);
}

static gboolean
positions_run (char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (ConsetGeometry) geometry = take_geometry (&arguments, error);
  const double *point;
  guint n_numbers;

  if (geometry == NULL)
    return FALSE;
  if (conset_geometry_size (geometry) == CONSET_INDEX_END)
    {
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
                           "the geometry has a position for every index; give a number of them "
                           "with -n");
      return FALSE;
    }
  point = cli_get_nearest (&n_numbers);
  if (point != NULL)
    return print_nearest (geometry, point, n_numbers, output, error);
  return cli_wants_extent () ? print_extent (geometry, output, error)
                             : print_positions (geometry, output, error);
}

const CliCommand cli_positions_command = {
  .name = "positions",
  .arguments = "EXPR",
  .summary = "list the positions of a geometry, or find the nearest",
  .description =
    "Prints a line for each index of a geometry: the index and the coordinates of its position, "
    "separated by tabs. --extent prints the least and the greatest coordinates instead, a line "
    "each, and --nearest the index of the position that is nearest to a point, of several the "
    "least.\n\n"
    "-n leaves the positions below N alone; grid2d() and grid3d() have more than those of the "
    "square, or the cube, if they are asked for. A geometry without an end, such as random2d() "
    "without "
    "a "
    "number, needs it.",
  .options = { cli_expression_options, cli_positions_options },
  .example = "conset positions 'grid2d(30)' --nearest 0.5,0.26",
  .example_output = "255\n",
  .run = positions_run,
};

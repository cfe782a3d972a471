/* SPDX-License-Identifier: MIT */
/*
 * conset plot2d, plotsel2d and field: where neurons are, what one of them is connected with, and
 * receptive fields; in the terminal or in a file.
 */
#include "cli.h"
#include "figures.h"
#include "input.h"
#include "options.h"

static struct
{
  gboolean of_target;
  gboolean no_lines;
  int plane;
  char *geometry;
  char *names;
  guint64 n;
} options = { .plane = -1, .n = CONSET_INDEX_END };

/* In the order of ConsetPlane. */
#define PLANE_CHOICES "xy|xz|yz"

static gboolean
plane_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_choice_parse (option, value, PLANE_CHOICES, &options.plane, error);
}

static gboolean
number_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  return cli_integer_parse (option, value, CONSET_INDEX_END - 1, &options.n, error);
}

static const GOptionEntry plane_options[] = {
  { "plane", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) plane_option,
    "Look at these coordinates of three; by itself all three pairs of them are drawn",
    PLANE_CHOICES },
  { 0 },
};

static const GOptionEntry selection_options[] = {
  { "positions", 'n', 0, G_OPTION_ARG_CALLBACK, (gpointer) number_option,
    "Draw the positions below N only", "N" },
  { "sources", 0, 0, G_OPTION_ARG_NONE, &options.of_target,
    "INDEX is a target: draw its sources instead", NULL },
  { "no-lines", 0, 0, G_OPTION_ARG_NONE, &options.no_lines, "Draw no lines, dots only", NULL },
  { 0 },
};

static const GOptionEntry field_options[] = {
  { "geometry", 0, 0, G_OPTION_ARG_STRING, &options.geometry, "Where the sources are", "GEOMETRY" },
  { "positions", 'n', 0, G_OPTION_ARG_CALLBACK, (gpointer) number_option,
    "Draw the positions below N only", "N" },
  { "names", 0, 0, G_OPTION_ARG_STRING, &options.names, "Titles of the panels", "NAME,..." },
  { 0 },
};

/* {{{ Panels */

typedef struct
{
  const ConsetGeometry *geometry;
  guint64 n;
  const Conset *set;
  guint64 index;
} Plotted;

static gboolean
n_check (const ConsetGeometry *geometry, guint64 n, GError **error)
{
  if (MIN (n, conset_geometry_size (geometry)) < CONSET_INDEX_END)
    return TRUE;
  g_set_error_literal (
    error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
    "the geometry has a position for every index; give a number of them with -n");
  return FALSE;
}

/* A panel for one plane. */
static gboolean
plane_add (ConsetFigure *figure,
           const Plotted *plotted,
           ConsetPlane plane,
           const char *title,
           GError **error)
{
  ConsetPanel *panel = conset_figure_add_positions (figure, plotted->geometry, plotted->n);

  conset_panel_set_plane (panel, plane);
  conset_panel_set_title (panel, title);
  cli_panel_set_labels (panel);
  if (plotted->set == NULL)
    return TRUE;
  conset_panel_add_selection (panel, plotted->set,
                              options.of_target ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR,
                              plotted->index, !options.no_lines);
  return cli_panel_set_up (panel, plotted->set, FALSE, error);
}

/* In all planes of three dimensions, unless one is asked for. */
static gboolean
planes_add (ConsetFigure *figure, const Plotted *plotted, const char *text, GError **error)
{
  g_autofree char *title = cli_get_figure_title (text);

  if (!n_check (plotted->geometry, plotted->n, error))
    return FALSE;
  if (options.plane >= 0 || conset_geometry_n_dimensions (plotted->geometry) == 2)
    return plane_add (figure, plotted, MAX (options.plane, 0), title, error);
  conset_figure_set_title (figure, title);
  for (guint plane = 0; plane < 3; plane++)
    if (!plane_add (figure, plotted, plane, NULL, error))
      return FALSE;
  return TRUE;
}

/* }}} */
/* {{{ Commands */

static gboolean
plot2d_draw (char **arguments, ConsetFigure *figure, GError **error)
{
  const char *text = cli_get_file () == NULL ? arguments[0] : NULL;
  g_autoptr (ConsetGeometry) geometry = cli_take_geometry (&arguments, error);
  Plotted plotted = { .geometry = geometry };

  return geometry != NULL && cli_take_index (&arguments, "N", &plotted.n, error)
         && planes_add (figure, &plotted, text, error);
}

static gboolean
plot2d_run (char **arguments, CliOutput *output, GError **error)
{
  return cli_figure_run (&cli_plot2d_command, arguments, output, error);
}

static gboolean
plotsel2d_draw (char **arguments, ConsetFigure *figure, GError **error)
{
  g_autoptr (ConsetGeometry) geometry = cli_take_geometry (&arguments, error);
  const char *text = arguments[0];
  g_autoptr (Conset) set = geometry != NULL ? cli_take_set_of (1, &arguments, error) : NULL;
  Plotted plotted = { geometry, options.n, set, 0 };

  return set != NULL && cli_take_index (&arguments, "INDEX", &plotted.index, error)
         && planes_add (figure, &plotted, text, error);
}

static gboolean
plotsel2d_run (char **arguments, CliOutput *output, GError **error)
{
  return cli_figure_run (&cli_plotsel2d_command, arguments, output, error);
}

/* That of --geometry, or the one that the set itself speaks of. */
static ConsetGeometry *
field_geometry (const Conset *set, GError **error)
{
  const ConsetGeometry *own;

  if (options.geometry != NULL)
    return cli_parse_geometry (options.geometry, error);
  own = conset_geometry_of (set, CONSET_SOURCE_MAJOR);
  if (own != NULL)
    return conset_geometry_ref (own);
  g_set_error_literal (
    error, CLI_ERROR, CLI_ERROR_USAGE,
    "the set says nothing of where its sources are; tell it by --geometry, such as "
    "--geometry 'grid2d(20)'");
  return NULL;
}

static gboolean
field_draw (char **arguments, ConsetFigure *figure, GError **error)
{
  guint n = cli_count_arguments (arguments) - 1;
  g_auto (GStrv) names = g_strsplit (options.names != NULL ? options.names : "", ",", (int) n);
  char **last = arguments + g_strv_length (arguments) - 1;
  g_autofree char *title = cli_get_figure_title (NULL);
  guint64 target;

  if (!cli_take_index (&last, "TARGET", &target, error))
    return FALSE;
  for (guint k = 0; k < n; k++)
    {
      const char *text = cli_get_file () == NULL || k > 0 ? *arguments : NULL;
      g_autoptr (Conset) set = cli_take_set_of (k, &arguments, error);
      g_autoptr (ConsetGeometry) geometry = set != NULL ? field_geometry (set, error) : NULL;
      ConsetPanel *panel;

      if (geometry == NULL || !n_check (geometry, options.n, error))
        return FALSE;
      panel = conset_figure_add_field (figure, set, geometry, options.n, target);
      conset_panel_set_plane (panel, MAX (options.plane, 0));
      conset_panel_set_title (panel, k < g_strv_length (names) ? names[k]
                                     : n == 1 && title != NULL ? title
                                                               : text);
      if (!cli_panel_set_up (panel, set, TRUE, error))
        return FALSE;
    }
  if (title != NULL && (n > 1 || *names != NULL))
    conset_figure_set_title (figure, title);
  return TRUE;
}

static gboolean
field_run (char **arguments, CliOutput *output, GError **error)
{
  return cli_figure_run (&cli_field_command, arguments, output, error);
}

static void
positions_reset (void)
{
  g_free (options.geometry);
  g_free (options.names);
  options.of_target = options.no_lines = FALSE;
  options.plane = -1;
  options.geometry = options.names = NULL;
  options.n = CONSET_INDEX_END;
}

/* }}} */

const CliCommand cli_plot2d_command = {
  .name = "plot2d",
  .arguments = "GEOMETRY N",
  .summary = "draw the positions of a geometry",
  .description =
    "Draws the first N positions of a geometry, in the right proportions, in the terminal or in "
    "the file of -o. A geometry in three dimensions is seen from three sides, or as "
    "--plane says.",
  .options = { cli_expression_options, cli_picture_options, cli_file_options, cli_figure_options,
               plane_options },
  .example = "conset plot2d 'grid2d(4)' 16 --style=ascii --width=30",
  .run = plot2d_run,
  .draw = plot2d_draw,
  .reset = positions_reset,
};

const CliCommand cli_plotsel2d_command = {
  .name = "plotsel2d",
  .arguments = "GEOMETRY EXPR INDEX",
  .summary = "draw what an index is connected with, where it is",
  .description =
    "Draws the positions of a geometry, and on them the targets of the source INDEX in a "
    "connection set, or the sources of the target INDEX with --sources. In a file, lines lead to "
    "them from the position of INDEX, and --value colours them by a value.",
  .options = { cli_expression_options, cli_picture_options, cli_file_options, cli_figure_options,
               cli_colours_options, plane_options, selection_options },
  .example = "conset plotsel2d 'grid2d(30)' 'random(0.1)' 434 -o targets.png",
  .example_output = "",
  .run = plotsel2d_run,
  .draw = plotsel2d_draw,
  .reset = positions_reset,
};

const CliCommand cli_field_command = {
  .name = "field",
  .arguments = "EXPR... TARGET",
  .summary = "draw the receptive field of a target",
  .description =
    "Draws the sources of TARGET where the set itself tells that they are, or --geometry, coloured "
    "by the first value of their connections, or the one that --value names: a heat map where the "
    "positions are a grid, else dots. Several sets stand in a row, each in a "
    "panel.\n\n" CLI_FIGURE_IN_TERMINAL,
  .options = { cli_expression_options, cli_picture_options, cli_file_options, cli_figure_options,
               cli_colours_options, plane_options, field_options },
  .example = "conset field 'GaussianKernel(grid2d(20), sigma=0.1)' 210 -o field.png",
  .example_output = "",
  .run = field_run,
  .draw = field_draw,
  .reset = positions_reset,
};

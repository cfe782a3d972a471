/* SPDX-License-Identifier: MIT */
/*
 * conset hist: histograms of values, distances and degrees.
 */
#include <string.h>

#include "cli.h"
#include "figures.h"
#include "input.h"
#include "options.h"

static struct
{
  char *of;
  int bins;
  gboolean density;
  gboolean normal;
  gboolean side_by_side;
  gboolean panels;
  char *names;
  char *geometry;
  char *target_geometry;
  gboolean has_range;
  double low;
  double high;
} options;

static gboolean
range_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  options.has_range = TRUE;
  return cli_parse_range (option, value, &options.low, &options.high, error);
}

static const GOptionEntry hist_options[] = {
  { "of", 0, 0, G_OPTION_ARG_STRING, &options.of,
    "Count weight, delay, distance, in-degree, out-degree, or any other value by its name or "
    "number; default weight",
    "WHAT" },
  { "bins", 0, 0, G_OPTION_ARG_INT, &options.bins, "Use B bins; default 30", "B" },
  { "range", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) range_option,
    "Look at the numbers from LOW to HIGH only", "LOW,HIGH" },
  { "density", 0, 0, G_OPTION_ARG_NONE, &options.density, "Scale the area to 1", NULL },
  { "normal", 0, 0, G_OPTION_ARG_NONE, &options.normal,
    "Draw the normal distribution of the same mean and deviation", NULL },
  { "side-by-side", 0, 0, G_OPTION_ARG_NONE, &options.side_by_side,
    "Draw the bars of several sets side by side, instead of over one another", NULL },
  { "panels", 0, 0, G_OPTION_ARG_NONE, &options.panels, "Draw each set in a panel of its own",
    NULL },
  { "names", 0, 0, G_OPTION_ARG_STRING, &options.names, "What to call the sets", "NAME,..." },
  { "geometry", 0, 0, G_OPTION_ARG_STRING, &options.geometry,
    "Where neurons are, for distances; default: a value of that name", "GEOMETRY" },
  { "target-geometry", 0, 0, G_OPTION_ARG_STRING, &options.target_geometry,
    "Where targets are, if that is elsewhere", "GEOMETRY" },
  { 0 },
};

/* {{{ What is counted */

/* By its name, or else the first or second of all values, which are weight and delay by custom. */
static int
find_column (const Conset *set, const char *of, GError **error)
{
  guint k = strcmp (of, "weight") == 0 ? 0 : strcmp (of, "delay") == 0 ? 1 : G_MAXUINT;

  for (guint c = 0; c < conset_arity (set); c++)
    if (g_strcmp0 (conset_column_name (set, c), of) == 0)
      return c;
  if (k < conset_arity (set) && conset_column_name (set, k) == NULL)
    return k;
  return cli_find_column (set, of, error);
}

/* @set with the distance as its only value; NULL with @error set. */
static Conset *
with_distance (const Conset *set, GError **error)
{
  static const char *const names[] = { "distance" };
  g_autoptr (ConsetGeometry) sources = NULL, targets = NULL;
  g_autoptr (ConsetValue) metric = NULL;
  ConsetValue *values[1];

  sources = cli_parse_geometry (options.geometry, error);
  if (sources == NULL)
    return NULL;
  if (options.target_geometry != NULL)
    {
      targets = cli_parse_geometry (options.target_geometry, error);
      if (targets == NULL)
        return NULL;
    }
  metric = conset_metric_euclid (g_steal_pointer (&sources), g_steal_pointer (&targets));
  if (!conset_value_check (metric, error))
    return NULL;
  values[0] = g_steal_pointer (&metric);
  return conset_cset (conset_mask (conset_ref (set)), 1, values, names);
}

static gboolean
data_add (ConsetPanel *panel,
          const Conset *set,
          const char *name,
          const ConsetWindow *window,
          GError **error)
{
  const char *of = options.of != NULL ? options.of : "weight";
  gboolean in = strcmp (of, "in-degree") == 0;
  g_autoptr (Conset) measured = NULL;
  int column;

  if (in || strcmp (of, "out-degree") == 0)
    {
      conset_panel_add_degrees (panel, name, set, window,
                                in ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR);
      return TRUE;
    }
  if (strcmp (of, "distance") == 0 && options.geometry != NULL)
    {
      measured = with_distance (set, error);
      if (measured == NULL)
        return FALSE;
      set = measured;
    }
  column = find_column (set, of, error);
  if (column >= 0)
    conset_panel_add_values (panel, name, set, window, column);
  return column >= 0;
}

/* }}} */

static ConsetPanel *
panel_add (ConsetFigure *figure)
{
  ConsetPanel *panel = conset_figure_add_histogram (figure);

  if (options.bins != 0)
    conset_panel_set_bins (panel, MAX (options.bins, 0));
  conset_panel_set_density (panel, options.density);
  conset_panel_set_normal (panel, options.normal);
  conset_panel_set_side_by_side (panel, options.side_by_side);
  cli_panel_set_labels (panel);
  if (options.has_range)
    conset_panel_set_range (panel, options.low, options.high);
  return panel;
}

static gboolean
hist_draw (char **arguments, ConsetFigure *figure, GError **error)
{
  guint n = cli_count_arguments (arguments);
  g_auto (GStrv) names = g_strsplit (options.names != NULL ? options.names : "", ",", (int) n);
  guint n_names = g_strv_length (names);
  const char *text = n == 1 && cli_get_file () == NULL ? arguments[0] : NULL;
  g_autofree char *title = cli_get_figure_title (text);
  ConsetPanel *panel = NULL;

  for (guint k = 0; k < n; k++)
    {
      const char *word = *arguments != NULL ? *arguments : "";
      const char *name = k < n_names ? names[k] : n > 1 ? word : NULL;
      g_autoptr (Conset) set = cli_take_set_of (k, &arguments, error);
      const ConsetWindow *window;

      if (set == NULL || !cli_get_window (set, &window, error))
        return FALSE;
      if (panel == NULL || options.panels)
        {
          panel = panel_add (figure);
          conset_panel_set_title (panel, options.panels && n > 1 ? name : title);
        }
      if (!data_add (panel, set, options.panels ? NULL : name, window, error))
        return FALSE;
    }
  if (options.panels && n > 1)
    conset_figure_set_title (figure, title);
  return TRUE;
}

static gboolean
hist_run (char **arguments, CliOutput *output, GError **error)
{
  return cli_figure_run (&cli_hist_command, arguments, output, error);
}

static void
hist_reset (void)
{
  g_free (options.of);
  g_free (options.names);
  g_free (options.geometry);
  g_free (options.target_geometry);
  memset (&options, 0, sizeof options);
}

const CliCommand cli_hist_command = {
  .name = "hist",
  .arguments = "EXPR...",
  .summary = "draw histograms of values, distances and degrees",
  .description =
    "Counts what --of names: a value of the connections of each set, the distance between the two "
    "ends of each connection, for which --geometry says where neurons are, or the in-degrees of "
    "targets or out-degrees of sources. Values without names are weight and delay, in this "
    "order.\n\n"
    "Several sets share their bins, one drawn over the other, or side by side, or in panels. Whole "
    "numbers have bins that are whole numbers wide. Numbers that are not finite are left out; the "
    "note below says how many, and the mean and the deviation of all others.\n\n"
    "Without -o the bars are drawn in the terminal, a line a bin; those of several sets stand side "
    "by side, and the mark of --normal is where its bar would end.",
  .options = { cli_expression_options, cli_window_options, cli_picture_options, cli_file_options,
               cli_figure_options, hist_options },
  .example = "conset hist 'random(0.1)' full -n 50 --of in-degree -o degrees.png",
  .example_output = "",
  .run = hist_run,
  .draw = hist_draw,
  .reset = hist_reset,
};

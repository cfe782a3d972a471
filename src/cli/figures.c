/* SPDX-License-Identifier: MIT */
/*
 * Figures, in files and in terminals: the options of commands that write them, and what these do.
 *
 * As in options.c, a process runs one command, so what options set is kept here.
 */
#include "figures.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "input.h"
#include "numbers.h"
#include "options.h"
#include "progress.h"
#include "terminal.h"

/* Lines around the inside of a picture in a terminal, and the least inside. */
#define LINES_AROUND 8
#define MIN_LINES 10

static struct
{
  char *file;
  double side;
  double scale;
} target;

static struct
{
  char *title;
  char *x_label;
  char *y_label;
  char *value;
  ConsetColours colours;
  gboolean has_range;
  double low;
  double high;
  gboolean turned;
  gboolean numbers;
  char *populations;
  char *source_populations;
  char *target_populations;
} options;

/* {{{ Options */

/* In the order of ConsetColours. */
#define COLOURS_CHOICES "auto|viridis|diverging|grey|ink"

static gboolean
colours_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  int choice;

  if (!cli_choice_parse (option, value, COLOURS_CHOICES, &choice, error))
    return FALSE;
  options.colours = choice;
  return TRUE;
}

gboolean
cli_parse_range (const char *option, const char *text, double *low, double *high, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text, ",", -1);
  double *ends[] = { low, high };
  gboolean good = g_strv_length (words) == 2;

  for (guint k = 0; good && k < 2; k++)
    {
      char *end;

      *ends[k] = g_ascii_strtod (words[k], &end);
      good = end != words[k] && *end == '\0' && isfinite (*ends[k]);
    }
  if (good && *low < *high)
    return TRUE;
  g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
               "%s: '%s' is no range; write LOW,HIGH without spaces, the lower number first",
               option, text);
  return FALSE;
}

static gboolean
range_option (const char *option, const char *value, G_GNUC_UNUSED gpointer data, GError **error)
{
  options.has_range = TRUE;
  return cli_parse_range (option, value, &options.low, &options.high, error);
}

const GOptionEntry cli_file_options[] = {
  { "output", 'o', 0, G_OPTION_ARG_FILENAME, &target.file,
    "Write the picture to FILE, whose name ends in .png, .svg or .pdf", "FILE" },
  { "side", 0, 0, G_OPTION_ARG_DOUBLE, &target.side,
    "Make the longer side of a panel about U units long, of which there are 96 to an inch", "U" },
  { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &target.scale,
    "Draw PNG with P pixels to a unit; default 2", "P" },
  { 0 },
};

const GOptionEntry cli_figure_options[] = {
  { "title", 0, 0, G_OPTION_ARG_STRING, &options.title,
    "Write TEXT above the picture, instead of the expression", "TEXT" },
  { "x-label", 0, 0, G_OPTION_ARG_STRING, &options.x_label, "Write TEXT along the x axis", "TEXT" },
  { "y-label", 0, 0, G_OPTION_ARG_STRING, &options.y_label, "Write TEXT along the y axis", "TEXT" },
  { 0 },
};

const GOptionEntry cli_colours_options[] = {
  { "value", 0, 0, G_OPTION_ARG_STRING, &options.value,
    "Show this value of the connections, by its name or number", "COLUMN" },
  { "colours", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) colours_option,
    "Colour numbers like this; by itself blue and red for numbers of both signs", COLOURS_CHOICES },
  { "range", 0, 0, G_OPTION_ARG_CALLBACK, (gpointer) range_option,
    "Spread the colours over the numbers from LOW to HIGH", "LOW,HIGH" },
  { 0 },
};

const GOptionEntry cli_matrix_options[] = {
  { "turn", 0, 0, G_OPTION_ARG_NONE, &options.turned, "Draw sources across and targets down",
    NULL },
  { "numbers", 0, 0, G_OPTION_ARG_NONE, &options.numbers,
    "Write the number into each cell, of 40 x 40 at most", NULL },
  { "populations", 0, 0, G_OPTION_ARG_STRING, &options.populations,
    "Name ranges of sources and of targets, and draw lines between them, such as E:400,I:100",
    "NAME:SIZE,..." },
  { "source-populations", 0, 0, G_OPTION_ARG_STRING, &options.source_populations,
    "The same for sources only", "NAME:SIZE,..." },
  { "target-populations", 0, 0, G_OPTION_ARG_STRING, &options.target_populations,
    "The same for targets only", "NAME:SIZE,..." },
  { 0 },
};

/* }}} */
/* {{{ Panels */

const char *
cli_get_figure_file (void)
{
  return target.file;
}

gboolean
cli_wants_turned (void)
{
  return options.turned;
}

gboolean
cli_figure_is_plain (void)
{
  return !options.numbers && options.populations == NULL && options.source_populations == NULL
         && options.target_populations == NULL && options.value == NULL && !options.has_range
         && options.colours == CONSET_COLOURS_AUTO && options.title == NULL
         && options.x_label == NULL && options.y_label == NULL;
}

char *
cli_get_figure_title (const char *expression)
{
  g_auto (GStrv) lines = NULL;
  const char *title = options.title != NULL ? options.title : expression;

  if (title == NULL || *title == '\0')
    return NULL;
  lines = g_strsplit (title, "\n", -1);
  return g_strjoinv (" ", lines);
}

int
cli_find_column (const Conset *set, const char *name, GError **error)
{
  guint arity = conset_arity (set);
  GString *names = g_string_new (NULL);
  guint64 number;
  int found = -1;

  for (guint k = 0; k < arity; k++)
    {
      const char *known = conset_column_name (set, k);

      if (g_strcmp0 (known, name) == 0)
        found = k;
      if (known != NULL)
        g_string_append_printf (names, "%s%s", names->len > 0 ? ", " : ": ", known);
    }
  if (found < 0 && cli_number_parse (name, arity > 0 ? arity - 1 : 0, &number) && number < arity)
    found = number;
  if (found < 0)
    g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE, "the set has no value '%s'; it has %u%s%s",
                 name, arity, names->str,
                 arity == 0 ? ", which cset() would give it; a mask has degrees" : "");
  g_string_free (names, TRUE);
  return found;
}

/* Reads NAME:SIZE,... */
static gboolean
populations_add (ConsetPanel *panel, ConsetOrder order, const char *text, GError **error)
{
  g_auto (GStrv) words = g_strsplit (text != NULL ? text : "", ",", -1);
  guint64 first = 0;

  for (guint k = 0; words[k] != NULL; k++)
    {
      g_auto (GStrv) parts = g_strsplit (words[k], ":", 2);
      guint64 size;

      if (parts[0] == NULL || parts[1] == NULL
          || !cli_number_parse (parts[1], CONSET_INDEX_END - first, &size))
        {
          g_set_error (error, CLI_ERROR, CLI_ERROR_USAGE,
                       "'%s' is no population; write names and sizes such as E:400,I:100",
                       words[k]);
          return FALSE;
        }
      conset_panel_add_population (panel, order, parts[0], first, first + size);
      first += size;
    }
  return TRUE;
}

void
cli_panel_set_labels (ConsetPanel *panel)
{
  conset_panel_set_labels (panel, options.x_label, options.y_label, NULL);
}

Conset *
cli_take_set_of (guint k, char ***arguments, GError **error)
{
  return k == 0 ? cli_take_set (arguments, error) : cli_parse_set (*(*arguments)++, error);
}

guint
cli_count_arguments (char **arguments)
{
  return g_strv_length (arguments) + (cli_get_file () != NULL);
}

gboolean
cli_panel_set_up (ConsetPanel *panel, const Conset *set, gboolean valued, GError **error)
{
  int column = valued && conset_arity (set) > 0 ? 0 : -1;

  if (options.value != NULL)
    column = cli_find_column (set, options.value, error);
  if (options.value != NULL && column < 0)
    return FALSE;
  conset_panel_set_column (panel, column);
  conset_panel_set_colours (panel, options.colours);
  if (options.has_range)
    conset_panel_set_range (panel, options.low, options.high);
  cli_panel_set_labels (panel);
  conset_panel_set_turned (panel, options.turned);
  conset_panel_set_numbers (panel, options.numbers);
  return populations_add (panel, CONSET_SOURCE_MAJOR, options.populations, error)
         && populations_add (panel, CONSET_TARGET_MAJOR, options.populations, error)
         && populations_add (panel, CONSET_SOURCE_MAJOR, options.source_populations, error)
         && populations_add (panel, CONSET_TARGET_MAJOR, options.target_populations, error);
}

/* }}} */
/* {{{ Writing */

static gboolean
progress_tell (double fraction, guint64 connections, gpointer user_data)
{
  CliProgress *progress = user_data;

  if (cli_progress_due (progress))
    cli_progress_draw (progress, fraction, connections);
  return TRUE;
}

gboolean
cli_figure_write (ConsetFigure *figure, const char *file, GError **error)
{
  CliProgress progress;
  gboolean ok;

  conset_figure_set_threads (figure, cli_get_threads ());
  conset_figure_set_progress (figure, progress_tell, &progress);
  cli_progress_begin (&progress, TRUE);
  ok = conset_figure_write (figure, file, error);
  cli_progress_end (&progress);
  return ok;
}

static ConsetTextForm
text_form (CliStyle style)
{
  const char *terminal = g_getenv ("TERM"), *none = g_getenv ("NO_COLOR");

  if (style == CLI_STYLE_ASCII || (style == CLI_STYLE_AUTO && !cli_locale_is_utf8 ()))
    return CONSET_TEXT_ASCII;
  if (style == CLI_STYLE_COLOUR)
    return CONSET_TEXT_COLOURS;
  return style == CLI_STYLE_AUTO && isatty (STDOUT_FILENO) && g_strcmp0 (terminal, "dumb") != 0
             && (none == NULL || *none == '\0')
           ? CONSET_TEXT_COLOURS
           : CONSET_TEXT_UNICODE;
}

gboolean
cli_figure_print (ConsetFigure *figure, CliOutput *output, GError **error)
{
  const CliPictureStyle *style = cli_get_picture_style ();
  guint lines = style->width == 0 ? cli_terminal_lines (STDOUT_FILENO) : 0;
  g_autofree char *text = NULL;
  CliProgress progress;

  if (lines > 0)
    lines = MAX (lines, MIN_LINES + LINES_AROUND) - LINES_AROUND;
  conset_figure_set_threads (figure, cli_get_threads ());
  conset_figure_set_progress (figure, progress_tell, &progress);
  cli_progress_begin (&progress, TRUE);
  text = conset_figure_to_text (
    figure, text_form (style->style),
    style->width > 0 ? style->width : cli_terminal_columns (STDOUT_FILENO), lines, error);
  cli_progress_end (&progress);
  if (text == NULL)
    return FALSE;
  cli_output_text (output, text);
  return TRUE;
}

gboolean
cli_figure_finish (ConsetFigure *figure, CliOutput *output, GError **error)
{
  if (target.side != 0.0)
    conset_figure_set_side (figure, target.side);
  if (target.scale != 0.0)
    conset_figure_set_scale (figure, target.scale);
  return target.file != NULL ? cli_figure_write (figure, target.file, error)
                             : cli_figure_print (figure, output, error);
}

gboolean
cli_figure_run (const CliCommand *command, char **arguments, CliOutput *output, GError **error)
{
  g_autoptr (ConsetFigure) figure = conset_figure_new ();

  return command->draw (arguments, figure, error) && cli_figure_finish (figure, output, error);
}

void
cli_figure_options_reset (void)
{
  g_free (options.title);
  g_free (options.x_label);
  g_free (options.y_label);
  g_free (options.value);
  g_free (options.populations);
  g_free (options.source_populations);
  g_free (options.target_populations);
  memset (&options, 0, sizeof options);
}

/* }}} */

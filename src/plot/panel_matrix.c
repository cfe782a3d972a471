/* SPDX-License-Identifier: MIT */
/*
 * The connectivity matrix of a set: a cell a pair, or of many pairs where there are more of them
 * than a picture can show.
 */
#include "bins.h"

#include <conset/cset.h>
#include <conset/set.h>

#include <math.h>

/* Cells have at least this size, and at most that of few pairs. */
#define LEAST_CELL 0.5
#define MOST_CELL 40.0
#define LEAST_SIDE 60.0
#define FEW_SIDE 160.0

/* Cells with numbers in them. */
#define NUMBER_CELL 36.0
#define MOST_NUMBERED 40
#define NUMBER_SIZE 10.0

/* Cells of an axis at most where they are sampled. */
#define MOST_SAMPLED 240

/* Multiplicities that have a step each in the colour bar; more have a scale. */
#define MOST_STEPS 9

#define NAME_ROOM 20.0
#define NAME_SIZE 13.0

/*
 * MatrixPanel:
 * @across, @down: cells
 * @levels: (array length=across*down): their colours
 * @values: (nullable): their numbers, if those are drawn
 * @cell_width, @cell_height: as measured
 * @has_bar: whether there is a colour bar
 */
typedef struct
{
  ConsetPanel base;
  Conset *set;
  gboolean has_window;
  ConsetWindow window;
  guint64 source_step;
  guint64 target_step;
  gsize across;
  gsize down;
  guint8 *levels;
  double *values;
  ConsetColour palette[CONSET_PALETTE_SIZE];
  ConsetColourBar bar;
  char *bar_label;
  gboolean has_bar;
  double cell_width;
  double cell_height;
} MatrixPanel;

/* {{{ What is to be seen */

/* What a cell shows; NaN for values that are no numbers. */
static double
bins_number (const ConsetBins *bins, gsize source, gsize target)
{
  if (bins->column >= 0)
    return conset_bins_mean (bins, source, target);
  if (conset_bins_is_exact (bins))
    return (double) bins->counts[source * bins->n_targets + target];
  return conset_bins_density (bins, source, target);
}

/* The least and the greatest number of all cells; both 0 if there is none. */
static void
bins_range (const ConsetBins *bins, double *low, double *high)
{
  gboolean any = FALSE;

  *low = *high = 0.0;
  for (gsize k = 0; k < bins->n_sources * bins->n_targets; k++)
    {
      double number;

      if (bins->counts[k] == 0)
        continue;
      number = bins_number (bins, k / bins->n_targets, k % bins->n_targets);
      if (!isfinite (number))
        continue;
      *low = any ? MIN (*low, number) : number;
      *high = any ? MAX (*high, number) : number;
      any = TRUE;
    }
}

/* Colours of the values of a column. */
static void
matrix_colour_values (MatrixPanel *self, const ConsetBins *bins)
{
  g_autofree char *label = conset_column_label (self->set, bins->column);
  double low, high;
  ConsetColours map;

  bins_range (bins, &low, &high);
  map = conset_panel_colours_for (&self->base, &low, &high);
  conset_colour_palette (map, self->palette);
  self->bar_label = g_strdup_printf ("%s%s", conset_bins_is_exact (bins) ? "" : "mean ", label);
  self->bar = (ConsetColourBar){ .low = low, .high = high };
  self->has_bar = TRUE;
}

/* Colours of multiplicities, and of densities. */
static void
matrix_colour_members (MatrixPanel *self, const ConsetBins *bins)
{
  ConsetColours map =
    self->base.colours == CONSET_COLOURS_AUTO ? CONSET_COLOURS_INK : self->base.colours;
  gboolean exact = conset_bins_is_exact (bins);
  double low, high;

  bins_range (bins, &low, &high);
  low = exact ? 1.0 : 0.0;
  high = MAX (high, exact ? 1.0 : 0.0);
  if (self->base.has_range)
    {
      low = self->base.low;
      high = self->base.high;
    }
  conset_colour_palette (map, self->palette);
  self->bar_label = g_strdup (exact ? "connections of a pair" : "connections for each pair");
  self->bar = (ConsetColourBar){ .low = low, .high = high };
  if (exact && high < low + MOST_STEPS && !self->base.has_range)
    self->bar.n_steps = (guint) (high - low) + 1;
  self->has_bar = high > low;
}

static void
matrix_fill_levels (MatrixPanel *self, const ConsetBins *bins)
{
  gboolean turned = self->base.turned;
  gsize n = bins->n_sources * bins->n_targets;

  self->across = turned ? bins->n_sources : bins->n_targets;
  self->down = turned ? bins->n_targets : bins->n_sources;
  self->levels = g_new0 (guint8, n);
  self->values = self->base.numbers ? g_new0 (double, n) : NULL;
  for (gsize k = 0; k < n; k++)
    {
      gsize source = k / bins->n_targets, target = k % bins->n_targets;
      gsize at = turned ? target * bins->n_sources + source : k;
      double number;

      if (bins->counts[k] == 0)
        continue;
      number = bins_number (bins, source, target);
      self->levels[at] = conset_colour_bar_level (&self->bar, number);
      self->bar.broken = self->bar.broken || self->levels[at] == CONSET_LEVEL_BROKEN;
      if (self->values != NULL)
        self->values[at] = number;
    }
}

static void
append_plural (GString *text, guint64 n, const char *noun)
{
  g_autofree char *count = conset_plot_count (n);

  g_string_append_printf (text, "%s %s%s", count, noun, n == 1 ? "" : "s");
}

static char *
matrix_note (const MatrixPanel *self, const ConsetBins *bins)
{
  GString *text = g_string_new (NULL);
  g_autofree char *s = conset_plot_count (self->source_step);
  g_autofree char *t = conset_plot_count (self->target_step);
  guint64 looked_at = MAX (bins->sampled_pairs, bins->sampled_targets);
  g_autofree char *sampled = conset_plot_count (looked_at);

  append_plural (text, self->window.source_end - self->window.source_first, "source");
  g_string_append (text, " × ");
  append_plural (text, self->window.target_end - self->window.target_first, "target");
  if (looked_at == 0)
    {
      g_string_append (text, bins->total == G_MAXUINT64 ? ", more than " : ", ");
      append_plural (text, bins->total, "connection");
    }
  if (!conset_bins_is_exact (bins))
    g_string_append_printf (text, "%seach cell %s × %s", looked_at > 0 ? ",\n" : "; ", s, t);
  if (looked_at > 0)
    g_string_append_printf (text, ", of %s %s were looked at",
                            bins->sampled_targets > 0 ? "whose targets" : "which", sampled);
  return g_string_free (text, FALSE);
}

static gboolean
matrix_check (const MatrixPanel *self, GError **error)
{
  guint64 n_sources = self->window.source_end - self->window.source_first;
  guint64 n_targets = self->window.target_end - self->window.target_first;

  if (self->base.column >= 0 && !conset_column_check (self->set, self->base.column, error))
    return FALSE;
  if (!self->base.numbers || MAX (n_sources, n_targets) <= MOST_NUMBERED)
    return TRUE;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_PICTURE,
               "numbers in %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT
               " cells could not be read; show at most %d x %d",
               n_sources, n_targets, MOST_NUMBERED, MOST_NUMBERED);
  return FALSE;
}

static gboolean
matrix_prepare (ConsetPanel *panel, ConsetPlotWork *work, GError **error)
{
  MatrixPanel *self = (MatrixPanel *) panel;
  ConsetBins bins;
  gboolean ok;
  gsize most;

  if (!conset_plot_window (self->set, self->has_window ? &self->window : NULL, &self->window,
                           error))
    return FALSE;
  if (self->window.source_first >= self->window.source_end
      || self->window.target_first >= self->window.target_end)
    {
      self->window = (ConsetWindow){ 0 };
      panel->note = g_strdup ("no pairs");
      return panel->column < 0 || conset_column_check (self->set, panel->column, error);
    }
  if (!matrix_check (self, error))
    return FALSE;
  most = work->room != NULL ? conset_text_cells_most (work->room) : (gsize) (2 * work->side);
  ok = conset_bins_fill (&bins, self->set, &self->window, panel->column, most,
                         MIN (most, MOST_SAMPLED), work, error);
  if (ok)
    {
      self->source_step = bins.source_step;
      self->target_step = bins.target_step;
      if (panel->column >= 0)
        matrix_colour_values (self, &bins);
      else
        matrix_colour_members (self, &bins);
      matrix_fill_levels (self, &bins);
      panel->note = matrix_note (self, &bins);
    }
  conset_bins_clear (&bins);
  return ok;
}

/* }}} */
/* {{{ Layout */

/* The indices along an axis. */
static void
matrix_indices (
  const MatrixPanel *self, gboolean vertical, guint64 *first, guint64 *n, guint64 *step)
{
  gboolean targets = vertical == self->base.turned;

  *first = targets ? self->window.target_first : self->window.source_first;
  *n = (targets ? self->window.target_end : self->window.source_end) - *first;
  *step = targets ? self->target_step : self->source_step;
}

/* Whole units, or halves, so that cells end where pixels do. */
static double
cell_size (gsize n, double side)
{
  double size = floor (2.0 * side / n) / 2.0;
  double most = MAX (MOST_CELL, FEW_SIDE / n);

  if (size >= 4.0)
    size = floor (size);
  else if ((size + 0.5) * n - side < side - size * n)
    size += 0.5;
  return CLAMP (size, LEAST_CELL, most);
}

/* How long the inside is along an axis whose cells have @size. */
static double
matrix_length (const MatrixPanel *self, gboolean vertical, double size)
{
  guint64 first, n, step;

  matrix_indices (self, vertical, &first, &n, &step);
  return n > 0 ? (double) n / (double) step * size : FEW_SIDE;
}

static void
matrix_choose_cells (MatrixPanel *self, double side)
{
  double size = cell_size (MAX (MAX (self->across, self->down), 1), side);

  if (self->values != NULL)
    size = MAX (size, NUMBER_CELL);
  self->cell_width = self->cell_height = size;
  if (self->source_step != self->target_step)
    {
      self->cell_width = cell_size (self->across, side);
      self->cell_height = cell_size (self->down, side);
    }
  if (self->across > 0)
    self->cell_width = MAX (self->cell_width, LEAST_SIDE / self->across);
  if (self->down > 0)
    self->cell_height = MAX (self->cell_height, LEAST_SIDE / self->down);
}

static void
matrix_axis_init (const MatrixPanel *self, gboolean vertical, ConsetAxis *axis)
{
  const ConsetPanel *panel = &self->base;
  const char *own = vertical ? panel->y_label : panel->x_label;
  guint64 first, n, step;

  matrix_indices (self, vertical, &first, &n, &step);
  *axis = (ConsetAxis){
    .low = (double) first - 0.5,
    .high = (double) first + (double) MAX (n, 1) - 0.5,
    .length = vertical ? panel->size.height : panel->size.width,
    .vertical = vertical,
    .downwards = vertical,
    .label = own != NULL                 ? own
             : vertical == panel->turned ? "target"
                                         : "source",
  };
  conset_axis_init (axis, TRUE);
  if (n == 0)
    axis->ticks.n = 0;
}

/* The room of the names of populations along an axis. */
static double
matrix_names_room (const MatrixPanel *self, gboolean vertical)
{
  ConsetOrder order = vertical == self->base.turned ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR;
  double room = 0.0;

  for (guint k = 0; k < self->base.populations->len; k++)
    {
      const ConsetPopulation *population =
        &g_array_index (self->base.populations, ConsetPopulation, k);

      if (population->order == order && population->name != NULL)
        room = MAX (room, vertical ? conset_text_width (population->name, NAME_SIZE, TRUE) + 8.0
                                   : NAME_ROOM);
    }
  return room;
}

static void
matrix_measure (ConsetPanel *panel, double side, ConsetPanelSize *size)
{
  MatrixPanel *self = (MatrixPanel *) panel;
  ConsetAxis axis;

  matrix_choose_cells (self, side);
  size->width = matrix_length (self, FALSE, self->cell_width);
  size->height = matrix_length (self, TRUE, self->cell_height);
  panel->size = *size;
  matrix_axis_init (self, TRUE, &axis);
  size->left = conset_axis_extent (&axis);
  matrix_axis_init (self, FALSE, &axis);
  size->bottom = conset_axis_extent (&axis);
  size->top = 8.0 + matrix_names_room (self, FALSE);
  size->right = 8.0 + matrix_names_room (self, TRUE);
  self->bar.label = panel->colours_label != NULL ? panel->colours_label : self->bar_label;
  if (self->has_bar && panel->colour_bar)
    size->right += conset_colour_bar_extent (&self->bar, size->height);
}

/* }}} */
/* {{{ Drawing */

static void
matrix_draw_numbers (const MatrixPanel *self, ConsetCanvas *canvas, double x, double y)
{
  for (gsize k = 0; k < self->across * self->down; k++)
    {
      ConsetTextStyle style = { NUMBER_SIZE, CONSET_COLOUR_TEXT, CONSET_ANCHOR_MIDDLE, FALSE,
                                FALSE };
      g_autofree char *text = NULL;

      if (self->levels[k] == CONSET_LEVEL_BLANK)
        continue;
      text = isnan (self->values[k]) ? g_strdup ("nan") : conset_plot_number (self->values[k], 3);
      if (conset_colour_is_dark (self->palette[self->levels[k]]))
        style.colour = CONSET_COLOUR_PAPER;
      conset_canvas_text (canvas, x + (k % self->across + 0.5) * self->cell_width,
                          y + (k / self->across + 0.5) * self->cell_height, text, &style);
    }
}

/* A line across the inside where a population begins or ends; bright under the dashes, for dark
 * cells. */
static void
matrix_draw_border (const MatrixPanel *self,
                    ConsetCanvas *canvas,
                    const ConsetAxis *axis,
                    double x,
                    double y,
                    guint64 index)
{
  static const ConsetStroke strokes[] = { { CONSET_COLOUR_PAPER, 2.5, 0.7, 0.0 },
                                          { 0x000000, 1.5, 0.75, 6.0 } };
  double at = conset_axis_at (axis, (double) index - 0.5);
  double width = self->base.size.width, height = self->base.size.height;

  for (guint k = 0; k < G_N_ELEMENTS (strokes) && at > 0.5 && at < axis->length - 0.5; k++)
    if (axis->vertical)
      conset_canvas_line (canvas, x, y + at, x + width, y + at, &strokes[k]);
    else
      conset_canvas_line (canvas, x + at, y, x + at, y + height, &strokes[k]);
}

static void
matrix_draw_population (const MatrixPanel *self,
                        ConsetCanvas *canvas,
                        const ConsetPopulation *population,
                        double x,
                        double y)
{
  static const ConsetTextStyle style = { NAME_SIZE, CONSET_COLOUR_TEXT, CONSET_ANCHOR_MIDDLE, TRUE,
                                         FALSE };
  gboolean vertical = (population->order == CONSET_TARGET_MAJOR) == self->base.turned;
  ConsetTextStyle beside = style;
  ConsetAxis axis;
  double from, to, middle;

  matrix_axis_init (self, vertical, &axis);
  from = CLAMP (conset_axis_at (&axis, (double) population->first - 0.5), 0.0, axis.length);
  to = CLAMP (conset_axis_at (&axis, (double) population->end - 0.5), 0.0, axis.length);
  matrix_draw_border (self, canvas, &axis, x, y, population->first);
  matrix_draw_border (self, canvas, &axis, x, y, population->end);
  middle = (from + to) / 2;
  beside.anchor = CONSET_ANCHOR_START;
  if (to <= from)
    return;
  if (vertical)
    conset_canvas_text (canvas, x + self->base.size.width + 6.0, y + middle, population->name,
                        &beside);
  else
    conset_canvas_text (canvas, x + middle, y - NAME_ROOM / 2, population->name, &style);
}

static void
matrix_draw (ConsetPanel *panel, ConsetCanvas *canvas, double x, double y)
{
  MatrixPanel *self = (MatrixPanel *) panel;
  double width = panel->size.width, height = panel->size.height;
  ConsetCells cells = {
    x, y, self->cell_width, self->cell_height, self->across, self->down, self->levels, self->palette
  };
  ConsetAxis axis;

  if (self->levels != NULL)
    {
      canvas->klass->clip (canvas, x, y, width, height);
      canvas->klass->cells (canvas, &cells);
      if (self->values != NULL)
        matrix_draw_numbers (self, canvas, x, y);
      canvas->klass->end_clip (canvas);
    }
  conset_frame_draw (canvas, x, y, width, height);
  matrix_axis_init (self, TRUE, &axis);
  conset_axis_draw (&axis, canvas, x, y);
  matrix_axis_init (self, FALSE, &axis);
  conset_axis_draw (&axis, canvas, x, y + height);
  for (guint k = 0; k < panel->populations->len; k++)
    matrix_draw_population (self, canvas, &g_array_index (panel->populations, ConsetPopulation, k),
                            x, y);
  self->bar.palette = self->palette;
  if (self->has_bar && panel->colour_bar)
    conset_colour_bar_draw (&self->bar, canvas, x + width + matrix_names_room (self, TRUE), y,
                            height);
}

/* }}} */
/* {{{ Text */

/* Such as "sources: E from 0, I from 400". */
static void
matrix_print_populations (const MatrixPanel *self,
                          ConsetOrder order,
                          const ConsetTextRoom *room,
                          GString *text)
{
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint k = 0; k < self->base.populations->len; k++)
    {
      const ConsetPopulation *population =
        &g_array_index (self->base.populations, ConsetPopulation, k);

      if (population->order == order && population->name != NULL)
        g_string_append_printf (line, "%s %s from %" G_GUINT64_FORMAT,
                                line->len > 0                  ? ","
                                : order == CONSET_SOURCE_MAJOR ? "sources:"
                                                               : "targets:",
                                population->name, population->first);
    }
  if (line->len > 0)
    conset_text_append_line (text, room, line->str);
}

static void
matrix_print (ConsetPanel *panel, const ConsetTextRoom *room, GString *text)
{
  MatrixPanel *self = (MatrixPanel *) panel;
  ConsetTextCells cells = { .columns = self->across,
                            .rows = self->down,
                            .levels = self->levels,
                            .values = self->values,
                            .palette = self->palette,
                            .bar = &self->bar,
                            .has_bar = self->has_bar && panel->colour_bar,
                            .x_whole = TRUE,
                            .y_whole = TRUE };

  if (self->levels == NULL)
    return;
  self->bar.label = panel->colours_label != NULL ? panel->colours_label : self->bar_label;
  matrix_axis_init (self, FALSE, &cells.x);
  matrix_axis_init (self, TRUE, &cells.y);
  conset_text_cells_print (&cells, room, text);
  matrix_print_populations (self, CONSET_SOURCE_MAJOR, room, text);
  matrix_print_populations (self, CONSET_TARGET_MAJOR, room, text);
}

/* }}} */

static void
matrix_finalize (ConsetPanel *panel)
{
  MatrixPanel *self = (MatrixPanel *) panel;

  conset_unref (self->set);
  g_free (self->levels);
  g_free (self->values);
  g_free (self->bar_label);
}

const ConsetPanelClass conset_matrix_panel_class = {
  .struct_size = sizeof (MatrixPanel),
  .name = "matrix",
  .prepare = matrix_prepare,
  .measure = matrix_measure,
  .draw = matrix_draw,
  .print = matrix_print,
  .finalize = matrix_finalize,
};

ConsetPanel *
conset_figure_add_matrix (ConsetFigure *figure, const Conset *set, const ConsetWindow *window)
{
  MatrixPanel *self;

  g_return_val_if_fail (figure != NULL && set != NULL, NULL);

  self = conset_panel_new (figure, &conset_matrix_panel_class);
  self->set = conset_ref (set);
  self->has_window = window != NULL;
  if (window != NULL)
    self->window = *window;
  return &self->base;
}

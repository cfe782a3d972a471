/* SPDX-License-Identifier: MIT */
/*
 * Positions of a geometry; what an index is connected with, on the others in grey; and receptive
 * fields, which are heat maps where the positions are a grid.
 */
#include "dots.h"
#include "selected.h"

#include <conset/cset.h>
#include <conset/set.h>

#include <math.h>

/* A line to each selected position, at most. */
#define MOST_LINES 20000

/* Positions of a grid may be off by so much of their distance. */
#define GRID_TOLERANCE 1e-6

#define LEAST_SIDE 60.0

/*
 * PositionsPanel:
 * @set: (nullable): what is selected by
 * @is_field: whether this is a receptive field
 * @grid: (nullable): columns and rows, if the positions are a grid of a field, and their distances
 * @levels: their colours, the upper row first
 */
typedef struct
{
  ConsetPanel base;
  ConsetGeometry *geometry;
  guint64 n;
  Conset *set;
  ConsetOrder order;
  guint64 index;
  gboolean lines;
  gboolean is_field;
  ConsetDots dots;
  ConsetSelected selected;
  gsize columns;
  gsize rows;
  double step[2];
  guint8 *levels;
  ConsetColour palette[CONSET_PALETTE_SIZE];
  ConsetColourBar bar;
  char *bar_label;
  char *axis_labels[2];
  gboolean has_bar;
} PositionsPanel;

/* {{{ Grids */

/* Whether position k is at the place k of a grid with @columns. */
static gboolean
is_grid_of (const PositionsPanel *self, gsize columns, const double step[2])
{
  const double *xy = self->dots.xy;

  for (gsize k = 0; k < self->dots.n; k++)
    for (guint a = 0; a < 2; a++)
      {
        gsize steps = a == 0 ? k % columns : k / columns;

        if (fabs (xy[2 * k + a] - (xy[a] + steps * step[a])) > GRID_TOLERANCE * fabs (step[a]))
          return FALSE;
      }
  return TRUE;
}

/* Rows of positions along x, one above the other; those of one row or one column are square. */
static void
find_grid (PositionsPanel *self)
{
  const double *xy = self->dots.xy;
  gsize n = self->dots.n, columns = 1;
  double step[2];

  if (n < 2)
    return;
  while (columns < n && xy[2 * columns + 1] == xy[1])
    columns++;
  if (n % columns != 0)
    return;
  step[0] = columns > 1 ? xy[2] - xy[0] : 0.0;
  step[1] = columns < n ? xy[2 * columns + 1] - xy[1] : 0.0;
  if (columns == 1)
    step[0] = fabs (step[1]);
  if (columns == n)
    step[1] = fabs (step[0]);
  if (step[0] == 0.0 || step[1] == 0.0 || !is_grid_of (self, columns, step))
    return;
  self->columns = columns;
  self->rows = n / columns;
  self->step[0] = step[0];
  self->step[1] = step[1];
}

static void
fill_grid (PositionsPanel *self)
{
  self->levels = g_new0 (guint8, self->columns * self->rows);
  for (gsize k = 0; k < self->selected.n; k++)
    {
      gsize column = self->selected.indices[k] % self->columns;
      gsize row = self->selected.indices[k] / self->columns;

      if (self->step[0] < 0.0)
        column = self->columns - 1 - column;
      if (self->step[1] > 0.0)
        row = self->rows - 1 - row;
      self->levels[row * self->columns + column] =
        conset_colour_bar_level (&self->bar, self->selected.values[k]);
    }
  for (guint a = 0; a < 2; a++)
    {
      self->dots.low[a] -= fabs (self->step[a]) / 2;
      self->dots.high[a] += fabs (self->step[a]) / 2;
    }
}

/* }}} */
/* {{{ What is to be seen */

static void
choose_colours (PositionsPanel *self, int column)
{
  ConsetPanel *panel = &self->base;
  double low, high;
  ConsetColours map;

  conset_selected_range (&self->selected, &low, &high);
  if (column < 0 && !panel->has_range)
    {
      low = MIN (low, 1.0);
      high = MAX (high, 1.0);
    }
  if (column < 0 && panel->colours == CONSET_COLOURS_AUTO && low == high)
    map = CONSET_COLOURS_INK;
  else
    map = conset_panel_colours_for (panel, &low, &high);
  conset_colour_palette (map, self->palette);
  self->bar = (ConsetColourBar){ .low = low, .high = high };
  self->bar_label =
    column >= 0 ? conset_column_label (self->set, column) : g_strdup ("connections of a pair");
  self->has_bar = column >= 0 || high > low;
  for (gsize k = 0; k < self->selected.n; k++)
    self->bar.broken = self->bar.broken || !isfinite (self->selected.values[k]);
}

static char *
selection_note (const PositionsPanel *self)
{
  g_autofree char *count = conset_plot_count (self->selected.n);
  gboolean targets = self->order == CONSET_SOURCE_MAJOR;

  return g_strdup_printf ("%s %" G_GUINT64_FORMAT ", %s %s%s", targets ? "source" : "target",
                          self->index, count, targets ? "target" : "source",
                          self->selected.n == 1 ? "" : "s");
}

static char *
positions_note (const PositionsPanel *self)
{
  g_autofree char *count = conset_plot_count (self->dots.n);

  return g_strdup_printf ("%s position%s", count, self->dots.n == 1 ? "" : "s");
}

/* Such as "x (um)". */
static void
label_axes (PositionsPanel *self)
{
  const char *unit = conset_geometry_unit (self->geometry), *names[2];
  guint axes[2];

  conset_plane_axes (self->base.plane, axes, names);
  for (guint a = 0; a < 2; a++)
    self->axis_labels[a] =
      unit != NULL ? g_strdup_printf ("%s (%s)", names[a], unit) : g_strdup (names[a]);
}

static gboolean
positions_prepare (ConsetPanel *panel, ConsetPlotWork *work, GError **error)
{
  PositionsPanel *self = (PositionsPanel *) panel;
  int column = panel->column;

  if (!conset_dots_init (&self->dots, self->geometry, self->n, panel->plane, error))
    return FALSE;
  label_axes (self);
  if (self->set == NULL)
    {
      panel->note = positions_note (self);
      conset_dots_pad (&self->dots);
      return TRUE;
    }
  if (self->is_field && column < 0 && conset_arity (self->set) > 0)
    column = 0;
  if (!conset_selected_init (&self->selected, self->set, self->order, self->index, self->dots.n,
                             column, error)
      || !conset_plot_work_tick (work, 1.0, self->selected.n, error))
    return FALSE;
  panel->note = selection_note (self);
  if (self->is_field || column >= 0)
    choose_colours (self, column);
  if (self->is_field)
    find_grid (self);
  if (self->columns > 0)
    fill_grid (self);
  else
    conset_dots_pad (&self->dots);
  return TRUE;
}

/* }}} */
/* {{{ Layout */

static void
positions_axis_init (const PositionsPanel *self, gboolean vertical, ConsetAxis *axis)
{
  const ConsetPanel *panel = &self->base;
  const char *own = vertical ? panel->y_label : panel->x_label;

  *axis = (ConsetAxis){
    .low = self->dots.low[vertical],
    .high = self->dots.high[vertical],
    .length = vertical ? panel->size.height : panel->size.width,
    .vertical = vertical,
    .label = own != NULL ? own : self->axis_labels[vertical],
  };
  conset_axis_init (axis, FALSE);
}

/* The right proportions; cells of a grid are a whole number of units wide, where they can be. */
static void
choose_inside (const PositionsPanel *self, double side, ConsetPanelSize *size)
{
  double width = self->dots.high[0] - self->dots.low[0];
  double height = self->dots.high[1] - self->dots.low[1];
  double unit = side / MAX (width, height);

  if (self->columns > 0)
    {
      double cell = width / self->columns * unit;

      cell = cell >= 1.0 ? floor (cell) : cell;
      unit = cell / (width / self->columns);
    }
  size->width = MAX (width * unit, LEAST_SIDE);
  size->height = MAX (height * unit, LEAST_SIDE);
}

static void
positions_measure (ConsetPanel *panel, double side, ConsetPanelSize *size)
{
  PositionsPanel *self = (PositionsPanel *) panel;
  ConsetAxis axis;

  choose_inside (self, side, size);
  panel->size = *size;
  positions_axis_init (self, TRUE, &axis);
  size->left = conset_axis_extent (&axis);
  size->top = axis.ticks.scale != 0 ? CONSET_TICK_SIZE + 8.0 : 8.0;
  positions_axis_init (self, FALSE, &axis);
  size->bottom = conset_axis_extent (&axis);
  size->right = 8.0;
  self->bar.label = panel->colours_label != NULL ? panel->colours_label : self->bar_label;
  self->bar.palette = self->palette;
  if (self->has_bar && panel->colour_bar)
    size->right += conset_colour_bar_extent (&self->bar, size->height);
}

/* }}} */
/* {{{ Drawing */

/* Where the inside is, and the axes of it. */
typedef struct
{
  double box[4];
  ConsetAxis axes[2];
} Place;

static void
place_of (const Place *place, const double *xy, double *point)
{
  point[0] = place->box[0] + conset_axis_at (&place->axes[0], xy[0]);
  point[1] = place->box[1] + conset_axis_at (&place->axes[1], xy[1]);
}

static void
draw_all (const PositionsPanel *self, ConsetCanvas *canvas, const Place *place)
{
  g_autofree double *points = g_new (double, 2 * self->dots.n);
  gsize n = self->dots.n;

  for (gsize k = 0; k < n; k++)
    place_of (place, self->dots.xy + 2 * k, points + 2 * k);
  canvas->klass->group (canvas, "positions");
  conset_dots_draw (canvas, points, n, conset_dots_radius (n, place->box[2], place->box[3]),
                    self->set != NULL ? CONSET_COLOUR_GREY : conset_colour_category (0),
                    place->box);
  canvas->klass->end_group (canvas);
}

static void
draw_lines (const PositionsPanel *self,
            ConsetCanvas *canvas,
            const double *points,
            const double from[2])
{
  for (gsize k = 0; k < MIN (self->selected.n, MOST_LINES); k++)
    {
      ConsetColour colour =
        self->base.column >= 0
          ? self->palette[conset_colour_bar_level (&self->bar, self->selected.values[k])]
          : CONSET_COLOUR_MARK;
      ConsetStroke stroke = { colour, 1.0, 0.6, 0.0 };

      conset_canvas_line (canvas, from[0], from[1], points[2 * k], points[2 * k + 1], &stroke);
    }
}

/* Dots of their values, a group of each colour. */
static void
draw_valued (const PositionsPanel *self, ConsetCanvas *canvas, const double *points, double radius)
{
  g_autofree double *some = g_new (double, 2 * self->selected.n);
  static const ConsetStroke rim = { CONSET_COLOUR_FRAME, 0.5, 0.7, 0.0 };

  for (guint level = CONSET_LEVEL_FIRST; level < CONSET_PALETTE_SIZE; level++)
    {
      ConsetFill fill = { self->palette[level], 1.0 };
      gsize n = 0;

      for (gsize k = 0; k < self->selected.n; k++)
        if (conset_colour_bar_level (&self->bar, self->selected.values[k]) == level)
          {
            some[2 * n] = points[2 * k];
            some[2 * n + 1] = points[2 * k + 1];
            n++;
          }
      if (n > 0)
        canvas->klass->discs (canvas, some, n, radius, &fill, &rim);
    }
}

static void
draw_selected (const PositionsPanel *self, ConsetCanvas *canvas, const Place *place)
{
  static const ConsetStroke ring = { 0x000000, 1.6, 1.0, 0.0 };
  gsize n = self->selected.n;
  double radius = conset_dots_radius (self->dots.n, place->box[2], place->box[3]) + 0.7;
  g_autofree double *points = g_new (double, 2 * n);
  gboolean has_index = !self->is_field && self->index < self->dots.n;
  double from[2];

  for (gsize k = 0; k < n; k++)
    place_of (place, self->dots.xy + 2 * self->selected.indices[k], points + 2 * k);
  if (has_index)
    place_of (place, self->dots.xy + 2 * self->index, from);
  canvas->klass->group (canvas, "selected");
  if (self->lines && has_index)
    draw_lines (self, canvas, points, from);
  if (self->is_field || self->base.column >= 0)
    draw_valued (self, canvas, points, radius);
  else
    conset_dots_draw (canvas, points, n, radius, CONSET_COLOUR_MARK, place->box);
  if (has_index)
    canvas->klass->discs (canvas, from, 1, radius + 2.0, NULL, &ring);
  canvas->klass->end_group (canvas);
}

static void
draw_grid (const PositionsPanel *self, ConsetCanvas *canvas, const double box[4])
{
  ConsetCells cells = { box[0],        box[1],     box[2] / self->columns, box[3] / self->rows,
                        self->columns, self->rows, self->levels,           self->palette };

  canvas->klass->cells (canvas, &cells);
}

static void
positions_draw (ConsetPanel *panel, ConsetCanvas *canvas, double x, double y)
{
  PositionsPanel *self = (PositionsPanel *) panel;
  double width = panel->size.width, height = panel->size.height;
  Place place = { .box = { x, y, width, height } };

  positions_axis_init (self, FALSE, &place.axes[0]);
  positions_axis_init (self, TRUE, &place.axes[1]);
  if (self->columns > 0)
    draw_grid (self, canvas, place.box);
  else
    {
      draw_all (self, canvas, &place);
      if (self->set != NULL)
        draw_selected (self, canvas, &place);
    }
  conset_frame_draw (canvas, x, y, width, height);
  conset_axis_draw (&place.axes[0], canvas, x, y + height);
  conset_axis_draw (&place.axes[1], canvas, x, y);
  if (self->has_bar && panel->colour_bar)
    conset_colour_bar_draw (&self->bar, canvas, x + width, y, height);
}

/* }}} */
/* {{{ Text */

static void
print_grid (PositionsPanel *self, const ConsetTextRoom *room, GString *text)
{
  ConsetTextCells cells = { .columns = self->columns,
                            .rows = self->rows,
                            .levels = self->levels,
                            .palette = self->palette,
                            .bar = &self->bar,
                            .has_bar = self->has_bar && self->base.colour_bar };

  positions_axis_init (self, FALSE, &cells.x);
  positions_axis_init (self, TRUE, &cells.y);
  conset_text_cells_print (&cells, room, text);
}

static void
print_dots (PositionsPanel *self, const ConsetTextRoom *room, GString *text)
{
  gboolean valued = self->set != NULL && (self->is_field || self->base.column >= 0);
  ConsetTextDots dots;
  ConsetAxis x, y;

  positions_axis_init (self, FALSE, &x);
  positions_axis_init (self, TRUE, &y);
  conset_text_dots_init (&dots, &x, &y, room);
  for (gsize k = 0; k < self->dots.n; k++)
    conset_text_dots_add (&dots, self->dots.xy + 2 * k, CONSET_MARK_POSITION, CONSET_LEVEL_BLANK);
  for (gsize k = 0; k < self->selected.n; k++)
    conset_text_dots_add (
      &dots, self->dots.xy + 2 * self->selected.indices[k], CONSET_MARK_SELECTED,
      valued ? conset_colour_bar_level (&self->bar, self->selected.values[k]) : CONSET_LEVEL_BLANK);
  if (self->set != NULL && !self->is_field && self->index < self->dots.n)
    conset_text_dots_add (&dots, self->dots.xy + 2 * self->index, CONSET_MARK_INDEX,
                          CONSET_LEVEL_BLANK);
  conset_text_dots_print (&dots, valued && self->has_bar ? &self->bar : NULL, self->palette, room,
                          text);
  conset_text_dots_clear (&dots);
}

static void
positions_print (ConsetPanel *panel, const ConsetTextRoom *room, GString *text)
{
  PositionsPanel *self = (PositionsPanel *) panel;

  self->bar.label = panel->colours_label != NULL ? panel->colours_label : self->bar_label;
  if (self->columns > 0)
    print_grid (self, room, text);
  else
    print_dots (self, room, text);
}

/* }}} */

static void
positions_finalize (ConsetPanel *panel)
{
  PositionsPanel *self = (PositionsPanel *) panel;

  conset_geometry_unref (self->geometry);
  if (self->set != NULL)
    conset_unref (self->set);
  conset_dots_clear (&self->dots);
  conset_selected_clear (&self->selected);
  g_free (self->levels);
  g_free (self->bar_label);
  g_free (self->axis_labels[0]);
  g_free (self->axis_labels[1]);
}

/* {{{ Public functions */

const ConsetPanelClass conset_positions_panel_class = {
  .struct_size = sizeof (PositionsPanel),
  .name = "positions",
  .prepare = positions_prepare,
  .measure = positions_measure,
  .draw = positions_draw,
  .print = positions_print,
  .finalize = positions_finalize,
};

ConsetPanel *
conset_figure_add_positions (ConsetFigure *figure, const ConsetGeometry *geometry, guint64 n)
{
  PositionsPanel *self;

  g_return_val_if_fail (figure != NULL && geometry != NULL, NULL);

  self = conset_panel_new (figure, &conset_positions_panel_class);
  self->geometry = conset_geometry_ref (geometry);
  self->n = n;
  return &self->base;
}

static void
selection_set (PositionsPanel *self, const Conset *set, ConsetOrder order, guint64 index)
{
  if (self->set != NULL)
    conset_unref (self->set);
  self->set = conset_ref (set);
  self->order = order;
  self->index = index;
  if (index >= CONSET_INDEX_END)
    conset_figure_fail (self->base.figure, "index(%" G_GUINT64_FORMAT "): it must be below 2^63",
                        index);
}

void
conset_panel_add_selection (
  ConsetPanel *panel, const Conset *set, ConsetOrder order, guint64 index, gboolean lines)
{
  PositionsPanel *self = (PositionsPanel *) panel;

  g_return_if_fail (panel != NULL && panel->klass == &conset_positions_panel_class);
  g_return_if_fail (set != NULL && !self->is_field);

  selection_set (self, set, order, index);
  self->lines = lines;
}

ConsetPanel *
conset_figure_add_field (ConsetFigure *figure,
                         const Conset *set,
                         const ConsetGeometry *geometry,
                         guint64 n,
                         guint64 target)
{
  ConsetPanel *panel;

  g_return_val_if_fail (set != NULL, NULL);

  panel = conset_figure_add_positions (figure, geometry, n);
  if (panel == NULL)
    return NULL;
  ((PositionsPanel *) panel)->is_field = TRUE;
  selection_set ((PositionsPanel *) panel, set, CONSET_TARGET_MAJOR, target);
  return panel;
}

/* }}} */

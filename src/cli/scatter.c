/* SPDX-License-Identifier: MIT */
/*
 * Positions in a terminal: a character for each place that has some.
 *
 * A character is taken to be twice as high as it is wide. Positions stream past twice, once for
 * their extent; only the picture is kept.
 */
#include "scatter.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"
#include "terminal.h"

#define BLOCK 512
#define MIN_LINES 10
#define LINES_AROUND 6

/* What is at a place; what is greater is drawn. */
enum
{
  NOTHING,
  POSITION,
  SELECTED,
  INDEX,
};

static const char *const unicode_marks[] = { " ", "·", "●", "◉" };
static const char *const ascii_marks[] = { " ", ".", "#", "@" };

/*
 * Scatter:
 * @axes: which coordinates
 * @low, @high: the extent of both
 * @columns, @lines: the size of the picture
 * @marks: (array length=lines*columns): what is where, the upper line first
 * @shown: how many positions
 */
typedef struct
{
  const ConsetGeometry *geometry;
  guint64 n;
  guint axes[2];
  double low[2];
  double high[2];
  gsize columns;
  gsize lines;
  guint8 *marks;
} Scatter;

/* {{{ Positions */

typedef void (*PositionFunc) (Scatter *self, double x, double y);

static gboolean
positions_each (const Scatter *self, PositionFunc func, GError **error)
{
  guint n_dimensions = conset_geometry_n_dimensions (self->geometry);
  double block[BLOCK * CONSET_MAX_DIMENSIONS];

  for (guint64 first = 0; first < self->n; first += BLOCK)
    {
      gsize some = MIN (BLOCK, self->n - first);

      if (!conset_geometry_positions (self->geometry, first, NULL, some, block, error))
        return FALSE;
      for (gsize k = 0; k < some; k++)
        func ((Scatter *) self, block[k * n_dimensions + self->axes[0]],
              block[k * n_dimensions + self->axes[1]]);
    }
  return TRUE;
}

static void
extent_add (Scatter *self, double x, double y)
{
  double at[] = { x, y };

  for (guint a = 0; a < 2; a++)
    {
      self->low[a] = MIN (self->low[a], at[a]);
      self->high[a] = MAX (self->high[a], at[a]);
    }
}

/* The place of a coordinate among @n, from its low end. */
static gsize
place_of (const Scatter *self, guint axis, double at, gsize n)
{
  double t = (at - self->low[axis]) / (self->high[axis] - self->low[axis]);

  return t > 0.0 ? MIN ((gsize) (t * (n - 1) + 0.5), n - 1) : 0;
}

static void
mark (Scatter *self, double x, double y, guint8 what)
{
  gsize column = place_of (self, 0, x, self->columns);
  gsize line = self->lines - 1 - place_of (self, 1, y, self->lines);
  guint8 *at = &self->marks[line * self->columns + column];

  *at = MAX (*at, what);
}

static void
position_mark (Scatter *self, double x, double y)
{
  mark (self, x, y, POSITION);
}

static gboolean
index_mark (Scatter *self, guint64 index, guint8 what, GError **error)
{
  double position[CONSET_MAX_DIMENSIONS];

  if (index >= self->n)
    return TRUE;
  if (!conset_geometry_position (self->geometry, index, position, error))
    return FALSE;
  mark (self, position[self->axes[0]], position[self->axes[1]], what);
  return TRUE;
}

/* }}} */
/* {{{ Layout */

/* As large as the terminal allows, in the right proportions. */
static void
scatter_choose_size (Scatter *self, const CliPictureStyle *style)
{
  gsize width = style->width > 0 ? style->width : cli_terminal_columns (STDOUT_FILENO);
  gsize room = CLAMP (width, CLI_PICTURE_MIN_WIDTH, CLI_PICTURE_MAX_WIDTH) - 2;
  gsize terminal = cli_terminal_lines (STDOUT_FILENO);
  gsize most = style->width == 0 && terminal > 0
                 ? MAX (terminal, MIN_LINES + LINES_AROUND) - LINES_AROUND
                 : room / 2;
  double across = self->high[0] - self->low[0], up = self->high[1] - self->low[1];

  for (guint a = 0; a < 2; a++)
    if (!(self->low[a] < self->high[a]))
      self->high[a] = self->low[a] + 1.0;
  self->columns = room;
  self->lines = 1;
  if (across > 0.0 && up > 0.0)
    {
      self->lines = (gsize) CLAMP (room / 2.0 * up / across + 0.5, 1, 1e6);
      if (self->lines > most)
        {
          self->columns = (gsize) CLAMP (most * 2.0 * across / up + 0.5, 1, room);
          self->lines = most;
        }
    }
  else if (up > 0.0)
    {
      self->columns = 1;
      self->lines = most;
    }
  self->marks = g_new0 (guint8, self->columns * self->lines);
}

static void
frame_append (GString *text, gsize columns, const char *left, const char *line, const char *right)
{
  g_string_append (text, left);
  for (gsize k = 0; k < columns; k++)
    g_string_append (text, line);
  g_string_append_printf (text, "%s\n", right);
}

static void
scatter_append (const Scatter *self, gboolean ascii, GString *text)
{
  const char *const *marks = ascii ? ascii_marks : unicode_marks;

  frame_append (text, self->columns, ascii ? "+" : "┌", ascii ? "-" : "─", ascii ? "+" : "┐");
  for (gsize line = 0; line < self->lines; line++)
    {
      g_string_append (text, ascii ? "|" : "│");
      for (gsize column = 0; column < self->columns; column++)
        g_string_append (text, marks[self->marks[line * self->columns + column]]);
      g_string_append (text, ascii ? "|\n" : "│\n");
    }
  frame_append (text, self->columns, ascii ? "+" : "└", ascii ? "-" : "─", ascii ? "+" : "┘");
}

static void
extent_append (const Scatter *self, GString *text)
{
  for (guint a = 0; a < 2; a++)
    g_string_append_printf (text, "%c from %.6g to %.6g%s", "xyz"[self->axes[a]], self -> low[a],
                            self -> high[a], a == 0 ? ", " : "\n");
}

/* }}} */

static gboolean
selection_mark (Scatter *self,
                const ConsetScriptSelection *selection,
                GString *caption,
                GError **error)
{
  gboolean targets = selection->order == CONSET_SOURCE_MAJOR;
  guint64 index = selection->index;
  gsize n;
  g_autofree guint64 *others = targets
                                 ? conset_targets_of (selection->set, index, 0, self->n, &n, error)
                                 : conset_sources_of (selection->set, index, 0, self->n, &n, error);

  if (others == NULL)
    return FALSE;
  for (gsize k = 0; k < n; k++)
    if (!index_mark (self, others[k], SELECTED, error))
      return FALSE;
  g_string_append_printf (caption, "%s %" G_GUINT64_FORMAT ": %" G_GSIZE_FORMAT " %s%s\n",
                          targets ? "source" : "target", index, n, targets ? "target" : "source",
                          n == 1 ? "" : "s");
  return index_mark (self, index, INDEX, error);
}

gboolean
cli_scatter_draw (const ConsetGeometry *geometry,
                  guint64 n,
                  ConsetPlane plane,
                  const ConsetScriptSelection *selection,
                  const CliPictureStyle *style,
                  CliOutput *output,
                  GError **error)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GString) caption = g_string_new (NULL);
  gboolean ascii =
    style->style == CLI_STYLE_ASCII || (style->style == CLI_STYLE_AUTO && !cli_locale_is_utf8 ());
  Scatter self = {
    .geometry = geometry,
    .n = MIN (n, conset_geometry_size (geometry)),
    .axes = { plane == CONSET_PLANE_YZ, plane == CONSET_PLANE_XY ? 1 : 2 },
    .low = { HUGE_VAL, HUGE_VAL },
    .high = { -HUGE_VAL, -HUGE_VAL },
  };
  gboolean ok;

  if (self.axes[1] >= conset_geometry_n_dimensions (geometry))
    {
      g_set_error_literal (error, CLI_ERROR, CLI_ERROR_USAGE,
                           "--plane: the geometry has two dimensions");
      return FALSE;
    }
  if (!positions_each (&self, extent_add, error))
    return FALSE;
  if (self.n == 0)
    self.low[0] = self.low[1] = self.high[0] = self.high[1] = 0.0;
  g_string_append_printf (caption, "%" G_GUINT64_FORMAT " position%s, ", self.n,
                          self.n == 1 ? "" : "s");
  extent_append (&self, caption);
  scatter_choose_size (&self, style);
  ok = positions_each (&self, position_mark, error)
       && (selection == NULL || selection_mark (&self, selection, caption, error));
  if (ok)
    {
      scatter_append (&self, ascii, text);
      g_string_append (text, caption->str);
      cli_output_text (output, text->str);
    }
  g_free (self.marks);
  return ok;
}

/* SPDX-License-Identifier: MIT */
/*
 * Cells as text.
 *
 * With colours, a cell is half a line high and a column wide, or a multiple of it. Without, it is
 * two columns of a line: a shade, or a digit where numbers are of both signs or there are no
 * shades.
 */
#include "text.h"

#include <math.h>
#include <string.h>

#define MOST_MAGNIFICATION 8

/* Columns of a cell that is no number. */
#define PLAIN_WIDTH 2

gsize
conset_text_cells_most (const ConsetTextRoom *room)
{
  gsize columns = room->columns - MIN (room->columns, CONSET_TEXT_MARGIN + 3);
  gboolean coloured = room->form == CONSET_TEXT_COLOURS;

  return MAX (
    MIN (coloured ? columns : columns / PLAIN_WIDTH, coloured ? 2 * room->lines : room->lines), 1);
}

static gboolean
has_shades (const ConsetTextCells *cells, ConsetTextForm form)
{
  return form != CONSET_TEXT_ASCII && cells->bar->low >= 0.0 && cells->values == NULL;
}

/* {{{ With colours */

/* The colour of a pixel, -1 for none; a cell is @k pixels wide and high. */
static gint64
pixel_of (const ConsetTextCells *cells, gsize k, gsize row, gsize column)
{
  guint8 level;

  if (row / k >= cells->rows)
    return -1;
  level = cells->levels[row / k * cells->columns + column / k];
  return level != CONSET_LEVEL_BLANK ? (gint64) cells->palette[level] : -1;
}

/* Two rows of pixels as a line: upper halves in ink, lower ones in paper. */
static char *
coloured_line (const ConsetTextCells *cells, gsize k, gsize line)
{
  GString *text = g_string_new (NULL);
  gint64 ink = -1, paper = -1;

  for (gsize column = 0; column < cells->columns * k; column++)
    {
      gint64 upper = pixel_of (cells, k, 2 * line, column);
      gint64 lower = pixel_of (cells, k, 2 * line + 1, column);
      gboolean turned = upper < 0 && lower >= 0;
      gint64 first = turned ? lower : upper, second = turned ? upper : lower;

      if (first != ink || second != paper)
        conset_text_pen (text, CONSET_TEXT_COLOURS, first, second);
      ink = first;
      paper = second;
      g_string_append (text, first < 0 ? " " : turned ? "▄" : "▀");
    }
  if (ink >= 0 || paper >= 0)
    conset_text_pen (text, CONSET_TEXT_COLOURS, -1, -1);
  return g_string_free (text, FALSE);
}

static gsize
coloured_lines (const ConsetTextCells *cells, const ConsetTextRoom *room, GPtrArray *lines)
{
  gsize columns = room->columns - MIN (room->columns, CONSET_TEXT_MARGIN + 3);
  gsize k =
    CLAMP (MIN (columns / cells->columns, 2 * room->lines / cells->rows), 1, MOST_MAGNIFICATION);

  for (gsize line = 0; 2 * line < cells->rows * k; line++)
    g_ptr_array_add (lines, coloured_line (cells, k, line));
  return cells->columns * k;
}

/* }}} */
/* {{{ Without colours */

static void
append_plain (const ConsetTextCells *cells, ConsetTextForm form, guint8 level, GString *text)
{
  static const char *const shades[] = { "░░", "▒▒", "▓▓", "██" };
  gboolean ascii = form == CONSET_TEXT_ASCII;

  if (level == CONSET_LEVEL_BLANK)
    g_string_append (text, has_shades (cells, form) ? "  " : ascii ? " ." : " ·");
  else if (level == CONSET_LEVEL_BROKEN)
    g_string_append (text, " ?");
  else if (has_shades (cells, form))
    g_string_append (text, shades[(level - CONSET_LEVEL_FIRST) * G_N_ELEMENTS (shades)
                                  / (CONSET_LEVEL_LAST - CONSET_LEVEL_FIRST + 1)]);
  else if (!cells->has_bar)
    g_string_append (text, " #");
  else
    g_string_append_printf (text, "%2d", conset_text_digit (cells->bar, level));
}

/* Columns of the widest number, and one more; 0 if none is written. */
static gsize
number_width (const ConsetTextCells *cells)
{
  gsize widest = 0;

  for (gsize k = 0; cells->values != NULL && k < cells->rows * cells->columns; k++)
    if (cells->levels[k] != CONSET_LEVEL_BLANK)
      {
        g_autofree char *number = conset_plot_number (cells->values[k], 3);

        widest = MAX (widest, (gsize) g_utf8_strlen (number, -1));
      }
  return cells->values != NULL ? widest + 1 : 0;
}

static void
append_number (
  const ConsetTextCells *cells, ConsetTextForm form, gsize k, gsize width, GString *text)
{
  gboolean blank = cells->levels[k] == CONSET_LEVEL_BLANK;
  g_autofree char *number = blank                      ? g_strdup (".")
                            : isnan (cells->values[k]) ? g_strdup ("nan")
                                                       : conset_plot_number (cells->values[k], 3);

  for (gsize n = g_utf8_strlen (number, -1); n < width; n++)
    g_string_append_c (text, ' ');
  conset_text_append (text, form, number);
}

static gsize
plain_lines (const ConsetTextCells *cells, ConsetTextForm form, GPtrArray *lines)
{
  gsize width = number_width (cells);

  for (gsize row = 0; row < cells->rows; row++)
    {
      GString *line = g_string_new (NULL);

      for (gsize column = 0; column < cells->columns; column++)
        {
          gsize k = row * cells->columns + column;

          if (width > 0)
            append_number (cells, form, k, width, line);
          else
            append_plain (cells, form, cells->levels[k], line);
        }
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  return cells->columns * MAX (width, width > 0 ? width : PLAIN_WIDTH);
}

/* }}} */

void
conset_text_cells_print (const ConsetTextCells *cells, const ConsetTextRoom *room, GString *text)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  gboolean coloured = room->form == CONSET_TEXT_COLOURS && cells->values == NULL;
  gsize columns =
    coloured ? coloured_lines (cells, room, lines) : plain_lines (cells, room->form, lines);

  conset_text_frame (&cells->x, cells->x_whole, &cells->y, cells->y_whole, lines, columns, room,
                     text);
  if (cells->has_bar && cells->values == NULL)
    conset_text_bar_append (
      cells->bar, cells->palette,
      has_shades (cells, room->form) ? CONSET_GLYPH_SHADE : CONSET_GLYPH_DIGIT, room, text);
  else if (cells->has_bar && cells->bar->label != NULL)
    conset_text_append_line (text, room, cells->bar->label);
}

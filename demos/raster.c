/* SPDX-License-Identifier: MIT */
/*
 * Spike rasters of characters: each cell is two columns of time by four neurons, a Braille
 * character; without UTF-8 a mark that says how many of the eight dots are there. The neurons are
 * spread evenly over both populations; the histogram below counts all of them.
 */
#include "raster.h"

#include <math.h>
#include <string.h>

#define CELL_COLUMNS 2
#define CELL_ROWS 4
#define EXC_LINES 10
#define INH_LINES 3
#define N_LINES (EXC_LINES + INH_LINES)
#define BAR_LINES 4
#define BAR_PARTS 8
/* "E |" before a line of cells, "1234 |" before one of bars: as wide as the widest. */
#define MARGIN 8

/* The bit of each dot of a Braille character, by row and column (Unicode, U+2800). */
static const guint8 dots[CELL_ROWS][CELL_COLUMNS] = {
  { 0x01, 0x08 },
  { 0x02, 0x10 },
  { 0x04, 0x20 },
  { 0x40, 0x80 },
};

/* By how many dots of a cell are set, or how many eighths of it a bar fills. */
static const char ascii_dots[] = " .:-+*%@#";
static const char ascii_bars[] = "  ..::||#";

/* Returns: which of the @n_cells that share @n items item @k is shown in */
static guint
share (guint64 k, guint64 n, guint n_cells)
{
  return (guint) (k * n_cells / n);
}

/* The row of dots that @neuron is shown in, or -1: of those that share a row the first one is. */
static int
row_of (const Raster *raster, guint32 neuron)
{
  gboolean inhibitory = neuron >= raster->n_exc;
  guint32 k = inhibitory ? neuron - raster->n_exc : neuron;
  guint n = inhibitory ? raster->n_neurons - raster->n_exc : raster->n_exc;
  guint n_rows = CELL_ROWS * (inhibitory ? INH_LINES : EXC_LINES);
  guint row = share (k, n, n_rows);

  if (k > 0 && share (k - 1, n, n_rows) == row)
    return -1;
  return (int) (inhibitory ? row + CELL_ROWS * EXC_LINES : row);
}

static void
append_cell (guint8 cell, gboolean utf8, GString *text)
{
  if (utf8)
    g_string_append_unichar (text, 0x2800 + cell);
  else
    g_string_append_c (text, ascii_dots[__builtin_popcount (cell)]);
}

static void
append_bar (int eighths, gboolean utf8, GString *text)
{
  if (!utf8)
    g_string_append_c (text, ascii_bars[eighths]);
  else if (eighths == 0)
    g_string_append_c (text, ' ');
  else
    g_string_append_unichar (text, 0x2580 + (gunichar) eighths);
}

static void
append_margin (const char *label, gboolean utf8, GString *text)
{
  g_string_append_printf (text, "%*s %s", MARGIN - 2, label, utf8 ? "│" : "|");
}

/* What is left of a line needs no trailing spaces. */
static void
end_line (GString *text)
{
  while (text->len > 0 && text->str[text->len - 1] == ' ')
    g_string_truncate (text, text->len - 1);
  g_string_append_c (text, '\n');
}

static void
append_cells (const guint8 *cells, guint n_columns, gboolean utf8, GString *text)
{
  for (guint line = 0; line < N_LINES; line++)
    {
      append_margin (line == 0 ? "E" : line == EXC_LINES ? "I" : "", utf8, text);
      for (guint column = 0; column < n_columns; column++)
        append_cell (cells[line * n_columns + column], utf8, text);
      end_line (text);
    }
}

/* The mean rate of all neurons in each column, in lines of bars. */
static void
append_bars (
  const Raster *raster, const double *rates, guint n_columns, gboolean utf8, GString *text)
{
  double most = 0.0;

  for (guint column = 0; column < n_columns; column++)
    most = MAX (most, rates[column]);
  for (int line = BAR_LINES - 1; line >= 0; line--)
    {
      g_autofree char *label = g_strdup_printf ("%.0f", line == 0 ? 0.0 : most);

      append_margin (line == 0 || line == BAR_LINES - 1 ? label
                     : line == 1                        ? "Hz"
                                                        : "",
                     utf8, text);
      for (guint column = 0; column < n_columns; column++)
        {
          int height = most > 0.0 ? (int) lround (rates[column] / most * BAR_LINES * BAR_PARTS) : 0;

          append_bar (CLAMP (height - line * BAR_PARTS, 0, BAR_PARTS), utf8, text);
        }
      end_line (text);
    }
  g_string_append_printf (text, "%*s%-*.0f%.0f ms\n", MARGIN, "", (int) n_columns - 6,
                          raster->first * raster->dt, raster->end * raster->dt);
}

void
raster_append (const Raster *raster, guint n_columns, gboolean utf8, GString *text)
{
  const guint n_cells = n_columns > MARGIN + 20 ? n_columns - MARGIN : 20;
  const guint n_dots = n_cells * CELL_COLUMNS;
  const guint32 n_steps = raster->end - raster->first;
  const double column_time = n_steps * raster->dt / 1000.0 / n_cells;
  g_autofree guint8 *cells = g_new0 (guint8, (gsize) N_LINES * n_cells);
  g_autofree double *rates = g_new0 (double, n_cells);

  for (guint k = 0; k < raster->spikes->len; k++)
    {
      const Spike *spike = &g_array_index (raster->spikes, Spike, k);
      guint dot;
      int row;

      if (spike->step < raster->first || spike->step >= raster->end)
        continue;
      dot = share (spike->step - raster->first, n_steps, n_dots);
      rates[dot / CELL_COLUMNS] += 1.0 / (raster->n_neurons * column_time);
      row = row_of (raster, spike->neuron);
      if (row >= 0)
        cells[(guint) row / CELL_ROWS * n_cells + dot / CELL_COLUMNS] |=
          dots[row % CELL_ROWS][dot % CELL_COLUMNS];
    }
  append_cells (cells, n_cells, utf8, text);
  append_bars (raster, rates, n_cells, utf8, text);
}

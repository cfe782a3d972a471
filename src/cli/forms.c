/* SPDX-License-Identifier: MIT */
/*
 * Forms: ways to draw the cells of a grid with characters.
 *
 * Of the forms of a style the first one that fits with one pair a cell is taken. The last
 * one fits always: its cells grow with the window.
 */
#include "forms.h"

/* Cells whose sizes along the two axes differ less than this are made square. */
#define SQUARE_RATIO 4

/* Characters of shades, from light to dark. */
#define BLOCK_SHADES "░▒▓█"
#define ASCII_SHADES ".:-=+*#%@"

/* Lines of cells */

static void
halves_append_line (const CliGrid *grid,
                    gsize line,
                    G_GNUC_UNUSED double full_density,
                    GString *text)
{
  static const char *const halves[] = { " ", "▀", "▄", "█" };

  for (gsize column = 0; column < grid->columns; column++)
    {
      guint upper = cli_grid_get (grid, 2 * line, column) > 0;
      guint lower = cli_grid_get (grid, 2 * line + 1, column) > 0;

      g_string_append (text, halves[upper + 2 * lower]);
    }
}

static void
braille_append_line (const CliGrid *grid,
                     gsize line,
                     G_GNUC_UNUSED double full_density,
                     GString *text)
{
  /* Bits of a braille character of Unicode, by row and column of the dot. */
  static const guint8 dots[4][2] = {
    { 0x01, 0x08 }, { 0x02, 0x10 }, { 0x04, 0x20 }, { 0x40, 0x80 }
  };

  for (gsize column = 0; column < (grid->columns + 1) / 2; column++)
    {
      gunichar character = 0x2800;

      for (guint row = 0; row < 4; row++)
        for (guint side = 0; side < 2; side++)
          if (cli_grid_get (grid, 4 * line + row, 2 * column + side) > 0)
            character |= dots[row][side];
      g_string_append_unichar (text, character);
    }
}

/* The level nearest to the density, from 0 to @n_levels; 0 for empty cells only. */
static guint
cell_level (const CliGrid *grid, gsize row, gsize column, double full_density, guint n_levels)
{
  double density = cli_grid_density (grid, row, column);

  return density > 0 ? MAX (1, (guint) (density / full_density * n_levels + 0.5)) : 0;
}

static void
shades_append_line (const CliGrid *grid, gsize line, double full_density, GString *text)
{
  static const char *const shades[] = { " ", "░", "▒", "▓", "█" };

  for (gsize column = 0; column < grid->columns; column++)
    g_string_append (
      text, shades[cell_level (grid, line, column, full_density, G_N_ELEMENTS (shades) - 1)]);
}

static void
ramp_append_line (const CliGrid *grid, gsize line, double full_density, GString *text)
{
  static const char ramp[] = " " ASCII_SHADES;

  for (gsize column = 0; column < grid->columns; column++)
    g_string_append_c (text, ramp[cell_level (grid, line, column, full_density, sizeof ramp - 2)]);
}

static char
multiplicity_character (guint64 multiplicity)
{
  static const char characters[] = ".#23456789+";

  return characters[MIN (multiplicity, sizeof characters - 2)];
}

/* Draws a digit or sign for each pair, and @gap after it. */
static void
pairs_append (const CliGrid *grid, gsize line, const char *gap, GString *text)
{
  for (gsize column = 0; column < grid->columns; column++)
    g_string_append_printf (text, "%c%s",
                            multiplicity_character (cli_grid_get (grid, line, column)), gap);
}

static void
signs_append_line (const CliGrid *grid,
                   gsize line,
                   G_GNUC_UNUSED double full_density,
                   GString *text)
{
  pairs_append (grid, line, "", text);
}

static void
wide_signs_append_line (const CliGrid *grid,
                        gsize line,
                        G_GNUC_UNUSED double full_density,
                        GString *text)
{
  pairs_append (grid, line, " ", text);
}

static const CliForm forms[] = {
  { CLI_STYLE_BLOCKS, TRUE, FALSE, 1, 2, 1, 1, NULL, NULL, halves_append_line },
  { CLI_STYLE_BRAILLE, TRUE, FALSE, 2, 4, 1, 1, NULL, NULL, braille_append_line },
  { CLI_STYLE_BRAILLE, FALSE, TRUE, 2, 4, 1, 1, "dot", NULL, braille_append_line },
  { CLI_STYLE_BLOCKS, TRUE, TRUE, 1, 1, 1, 2, "cell", BLOCK_SHADES, shades_append_line },
  { CLI_STYLE_ASCII, FALSE, FALSE, 1, 1, 2, 1, NULL, NULL, wide_signs_append_line },
  { CLI_STYLE_ASCII, FALSE, FALSE, 1, 1, 1, 2, NULL, NULL, signs_append_line },
  { CLI_STYLE_ASCII, FALSE, TRUE, 1, 1, 1, 2, "cell", ASCII_SHADES, ramp_append_line },
};

/* Choice */

/* The least of 1, 2, 3, 4, 5, 6, 8, 10, 20, ... that divides @n into at most @room parts. */
static guint64
step_for (guint64 n, guint64 room)
{
  static const guint8 mantissas[] = { 1, 2, 3, 4, 5, 6, 8 };
  guint64 least = n / room + (n % room != 0);

  for (guint64 power = 1;; power *= 10)
    for (gsize k = 0; k < G_N_ELEMENTS (mantissas); k++)
      if (mantissas[k] * power >= least)
        return mantissas[k] * power;
}

/* The sizes of cells with which @form fits; FALSE if it may not have such. */
static gboolean
form_fits (const CliForm *form,
           guint64 n_sources,
           guint64 n_targets,
           gsize columns,
           gsize lines,
           guint64 *source_step,
           guint64 *target_step)
{
  guint64 from_sources;

  *source_step = step_for (n_sources, lines * form->down);
  *target_step = step_for (n_targets, columns / form->width * form->across);
  if (*source_step == 1 && *target_step == 1)
    return TRUE;

  from_sources = *source_step / form->aspect + (*source_step % form->aspect != 0);

  if (MAX (from_sources, *target_step) / SQUARE_RATIO < MIN (from_sources, *target_step))
    {
      *target_step = MAX (from_sources, *target_step);
      *source_step = *target_step * form->aspect;
    }
  return form->binned;
}

const CliForm *
cli_form_choose (CliStyle style,
                 guint64 n_sources,
                 guint64 n_targets,
                 gsize columns,
                 gsize lines,
                 guint64 *source_step,
                 guint64 *target_step)
{
  const CliForm *form = forms;

  while (!(style == CLI_STYLE_AUTO ? form->automatic : form->style == style)
         || !form_fits (form, n_sources, n_targets, columns, lines, source_step, target_step))
    form++;
  return form;
}

/* SPDX-License-Identifier: MIT */
/*
 * Pictures of a set in a terminal.
 *
 * A form knows what the inside looks like; the frame, its ticks and the caption are the
 * same for all forms. The picture is put together in memory and written when it is done.
 */
#include "picture.h"

#include <string.h>
#include <unistd.h>

#include "forms.h"
#include "grid.h"
#include "numbers.h"
#include "terminal.h"

/* Columns left of the picture: a label of a source, and a space. */
#define MARGIN 7

/* Least distance of ticks, in columns and in lines. */
#define TICK_COLUMNS 8
#define TICK_LINES 4

/* Lines above and below the picture itself, and the least lines it gets in a low terminal. */
#define LINES_AROUND 7
#define MIN_LINES 16

/* Characters of the frame. */
typedef struct
{
  const char *top_left, *top, *top_tick, *top_right;
  const char *left, *left_tick, *right;
  const char *bottom_left, *bottom, *bottom_right;
  const char *ellipsis;
} Frame;

static const Frame unicode_frame = { "┌", "─", "┴", "┐", "│", "┤", "│", "└", "─", "┘", "…" };
static const Frame ascii_frame = { "+", "-", "+", "+", "|", "+", "|", "+", "-", "+", "..." };

/*
 * Picture:
 * @form: how cells are drawn
 * @frame: and what is around them
 * @width: columns of the whole
 * @lines: lines of the inside
 * @columns: columns of the inside
 * @full_density: density of a cell in full shade
 * @turned: whether the grid is that of the transposed set
 * @grid: the cells
 */
typedef struct
{
  const CliForm *form;
  const Frame *frame;
  gsize width;
  gsize lines;
  gsize columns;
  double full_density;
  gboolean turned;
  CliGrid grid;
} Picture;

/* Layout */

/* Lines that a picture with @columns columns may have: it is square, or lower in a low terminal. */
static gsize
lines_for (gsize columns, const CliPictureStyle *style)
{
  gsize lines = columns / 2;
  gsize terminal = cli_terminal_lines (STDOUT_FILENO);

  if (style->width == 0 && terminal > 0)
    lines = MIN (lines, MAX (terminal, MIN_LINES + LINES_AROUND) - LINES_AROUND);
  return lines;
}

static void
picture_init (Picture *picture, guint64 n_sources, guint64 n_targets, const CliPictureStyle *style)
{
  CliStyle wanted = style->style;
  gsize width = style->width > 0 ? style->width : cli_terminal_columns (STDOUT_FILENO);
  gsize room;
  const CliForm *form;
  guint64 source_step;
  guint64 target_step;

  if (wanted == CLI_STYLE_COLOUR)
    wanted = CLI_STYLE_AUTO;
  if (wanted == CLI_STYLE_AUTO && !cli_locale_is_utf8 ())
    wanted = CLI_STYLE_ASCII;
  width = CLAMP (width, CLI_PICTURE_MIN_WIDTH, CLI_PICTURE_MAX_WIDTH);
  room = width - MARGIN - 2;
  form = cli_form_choose (wanted, n_sources, n_targets, room, lines_for (room, style), &source_step,
                          &target_step);

  picture->form = form;
  picture->frame = wanted == CLI_STYLE_ASCII ? &ascii_frame : &unicode_frame;
  picture->width = width;
  cli_grid_init (&picture->grid, n_sources, n_targets, source_step, target_step);
  picture->columns = (picture->grid.columns + form->across - 1) / form->across * form->width;
  picture->lines = (picture->grid.rows + form->down - 1) / form->down;
}

/* The least of 1, 2, 5, 10, ... or of 1, 1/2, 1/5, 1/10, ... that no cell exceeds. */
static double
density_bound (const CliGrid *grid)
{
  static const double mantissas[] = { 1, 2, 5 };
  double greatest = 0;
  double power = 1;

  for (gsize row = 0; row < grid->rows; row++)
    for (gsize column = 0; column < grid->columns; column++)
      greatest = MAX (greatest, cli_grid_density (grid, row, column));
  while (greatest > 0 && power >= greatest)
    power /= 10;
  for (;; power *= 10)
    for (gsize k = 0; k < G_N_ELEMENTS (mantissas); k++)
      if (mantissas[k] * power >= greatest)
        return mantissas[k] * power;
}

/* Ticks */

/* Distance of ticks: 1, 2 or 5 times a power of ten, at least @room characters of @pairs pairs. */
static guint64
tick_step (double room, double pairs)
{
  static const guint8 mantissas[] = { 1, 2, 5 };

  for (guint64 power = 1;; power *= 10)
    for (gsize k = 0; k < G_N_ELEMENTS (mantissas); k++)
      if (mantissas[k] * (double) power >= room * pairs)
        return mantissas[k] * power;
}

static guint64
picture_target_tick (const Picture *picture)
{
  return tick_step (TICK_COLUMNS, (double) picture->grid.target_step * picture->form->across
                                    / picture->form->width);
}

static guint64
picture_source_tick (const Picture *picture)
{
  return tick_step (TICK_LINES, (double) picture->grid.source_step * picture->form->down);
}

/* The column, from the left of the inside, where @target is drawn. */
static gsize
picture_column_of (const Picture *picture, guint64 target)
{
  return target / picture->grid.target_step / picture->form->across * picture->form->width;
}

/* Text around the cells */

static void
spaces_append (GString *text, gsize n)
{
  for (; n > 0; n--)
    g_string_append_c (text, ' ');
}

static void
title_append (const Picture *picture, GString *text)
{
  const char *title = picture->turned ? "source" : "target";
  gsize centre = MARGIN + 1 + picture->columns / 2, half = (strlen (title) + 1) / 2;

  spaces_append (text, MAX (centre, MARGIN + half) - half);
  g_string_append_printf (text, "%s\n", title);
}

static void
target_labels_append (const Picture *picture, GString *text)
{
  guint64 step = picture_target_tick (picture);
  gsize used = 0;

  for (guint64 target = 0; target < picture->grid.n_targets; target += step)
    {
      g_autofree char *label = cli_number_short (target);
      gsize at = MARGIN + 1 + picture_column_of (picture, target);

      at -= (strlen (label) - 1) / 2;
      if (at < used || at + strlen (label) > picture->width)
        continue;
      spaces_append (text, at - used);
      g_string_append (text, label);
      used = at + strlen (label);
    }
  g_string_append_c (text, '\n');
}

static void
top_append (const Picture *picture, GString *text)
{
  guint64 step = picture_target_tick (picture);
  guint64 next = 0;

  g_string_append_printf (text, "%*s %s", MARGIN - 1, picture->turned ? "target" : "source",
                          picture->frame->top_left);
  for (gsize column = 0; column < picture->columns; column++)
    {
      gboolean tick = next < picture->grid.n_targets && picture_column_of (picture, next) == column;

      g_string_append (text, tick ? picture->frame->top_tick : picture->frame->top);
      if (tick)
        next += step;
    }
  g_string_append_printf (text, "%s\n", picture->frame->top_right);
}

static void
lines_append (const Picture *picture, GString *text)
{
  guint64 step = picture_source_tick (picture);
  guint64 next = 0;

  for (gsize line = 0; line < picture->lines; line++)
    {
      guint64 per_line = picture->grid.source_step * picture->form->down;
      gboolean tick = next < picture->grid.n_sources && next / per_line == line;
      g_autofree char *label = tick ? cli_number_short (next) : g_strdup ("");

      g_string_append_printf (text, "%*s %s", MARGIN - 1, label,
                              tick ? picture->frame->left_tick : picture->frame->left);
      picture->form->append_line (&picture->grid, line, picture->full_density, text);
      g_string_append_printf (text, "%s\n", picture->frame->right);
      if (tick)
        next += step;
    }
}

static void
bottom_append (const Picture *picture, GString *text)
{
  spaces_append (text, MARGIN);
  g_string_append (text, picture->frame->bottom_left);
  for (gsize column = 0; column < picture->columns; column++)
    g_string_append (text, picture->frame->bottom);
  g_string_append_printf (text, "%s\n", picture->frame->bottom_right);
}

/* Caption */

/* The first @width characters of @text, without what the frame has no characters for. */
static void
clipped_append (const Picture *picture, const char *expression, GString *text)
{
  gsize length = g_utf8_strlen (expression, -1);
  gsize ellipsis = g_utf8_strlen (picture->frame->ellipsis, -1);
  gsize keep = length <= picture->width ? length : picture->width - ellipsis;

  for (; keep > 0; keep--, expression = g_utf8_next_char (expression))
    {
      gunichar character = g_utf8_get_char (expression);

      if (character == '\n')
        character = ' ';
      else if (character >= 0x80 && picture->frame == &ascii_frame)
        character = '?';
      g_string_append_unichar (text, character);
    }
  if (length > picture->width)
    g_string_append (text, picture->frame->ellipsis);
  g_string_append_c (text, '\n');
}

/* Appends "1 source", "2 sources". */
static void
plural_append (GString *text, guint64 n, const char *noun)
{
  g_string_append_printf (text, "%" G_GUINT64_FORMAT " %s%s", n, noun, n == 1 ? "" : "s");
}

static gboolean
picture_is_exact (const Picture *picture)
{
  return picture->grid.source_step == 1 && picture->grid.target_step == 1;
}

static void
size_append (const Picture *picture, GString *text)
{
  const CliGrid *grid = &picture->grid;
  guint64 greatest = 0;

  plural_append (text, picture->turned ? grid->n_targets : grid->n_sources, "source");
  g_string_append (text, " x ");
  plural_append (text, picture->turned ? grid->n_sources : grid->n_targets, "target");
  g_string_append (text, ", ");
  plural_append (text, grid->total, "connection");
  for (gsize k = 0; k < grid->rows * grid->columns; k++)
    greatest = MAX (greatest, grid->counts[k]);
  if (picture_is_exact (picture) && greatest > 1)
    g_string_append_printf (text, ", multiplicity up to %" G_GUINT64_FORMAT, greatest);
  g_string_append_c (text, '\n');
}

static void
cells_append (const Picture *picture, GString *text)
{
  if (picture_is_exact (picture))
    return;
  g_string_append_printf (text, "each %s: ", picture->form->cell);
  plural_append (text, picture->turned ? picture->grid.target_step : picture->grid.source_step,
                 "source");
  g_string_append (text, " x ");
  plural_append (text, picture->turned ? picture->grid.source_step : picture->grid.target_step,
                 "target");
  if (picture->form->shades != NULL)
    g_string_append_printf (text, ", %s up to density %g\n", picture->form->shades,
                            picture->full_density);
  else
    g_string_append (text, ", set where a pair is connected\n");
}

static void
picture_append (const Picture *picture, const char *expression, GString *text)
{
  title_append (picture, text);
  target_labels_append (picture, text);
  top_append (picture, text);
  lines_append (picture, text);
  bottom_append (picture, text);
  clipped_append (picture, expression, text);
  size_append (picture, text);
  cells_append (picture, text);
}

gboolean
cli_picture_draw (const Conset *set,
                  guint64 n_sources,
                  guint64 n_targets,
                  gboolean turned,
                  const CliPictureStyle *style,
                  CliOutput *output,
                  GError **error)
{
  g_autofree char *expression = conset_to_string (set);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (Conset) seen = conset_ref (set);
  Picture picture = { .turned = turned };
  gboolean ok;

  if (turned)
    seen = conset_transpose (g_steal_pointer (&seen));
  picture_init (&picture, turned ? n_targets : n_sources, turned ? n_sources : n_targets, style);
  ok = cli_grid_count (&picture.grid, seen, error);
  if (ok)
    {
      picture.full_density = density_bound (&picture.grid);
      picture_append (&picture, expression, text);
      cli_output_text (output, text->str);
    }
  cli_grid_clear (&picture.grid);
  return ok;
}

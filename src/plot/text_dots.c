/* SPDX-License-Identifier: MIT */
/*
 * Dots as text: a character for each place that has some.
 */
#include "text.h"

#include <math.h>

static const char *const unicode_marks[] = { " ", "·", "●", "◉" };
static const char *const ascii_marks[] = { " ", ".", "#", "@" };

void
conset_text_dots_init (ConsetTextDots *dots,
                       const ConsetAxis *x,
                       const ConsetAxis *y,
                       const ConsetTextRoom *room)
{
  double columns = (double) (room->columns - MIN (room->columns - 1, CONSET_TEXT_MARGIN + 3));
  double ratio = (y->high - y->low) / (x->high - x->low);
  double lines = columns / 2.0 * ratio;

  if (lines > (double) room->lines)
    {
      lines = (double) room->lines;
      columns = MIN (columns, lines * 2.0 / ratio);
    }
  *dots = (ConsetTextDots){ .x = *x, .y = *y };
  dots->columns = (gsize) MAX (columns + 0.5, 1.0);
  dots->lines = (gsize) MAX (lines + 0.5, 1.0);
  dots->x.length = (double) dots->columns;
  dots->y.length = (double) dots->lines;
  dots->marks = g_new0 (guint8, dots->columns * dots->lines);
  dots->levels = g_new0 (guint8, dots->columns * dots->lines);
}

void
conset_text_dots_clear (ConsetTextDots *dots)
{
  g_clear_pointer (&dots->marks, g_free);
  g_clear_pointer (&dots->levels, g_free);
}

static gsize
place_of (const ConsetAxis *axis, double number, gsize n)
{
  return MIN ((gsize) MAX (conset_axis_at (axis, number), 0.0), n - 1);
}

void
conset_text_dots_add (ConsetTextDots *dots, const double xy[2], ConsetMark mark, guint8 level)
{
  gsize k = place_of (&dots->y, xy[1], dots->lines) * dots->columns
            + place_of (&dots->x, xy[0], dots->columns);

  if (mark < dots->marks[k])
    return;
  dots->marks[k] = mark;
  dots->levels[k] = level;
}

static void
append_mark (const ConsetTextDots *dots,
             gsize k,
             const ConsetColourBar *bar,
             const ConsetColour *palette,
             ConsetTextForm form,
             GString *line)
{
  const char *const *marks = form == CONSET_TEXT_ASCII ? ascii_marks : unicode_marks;
  guint8 mark = dots->marks[k], level = dots->levels[k];
  gboolean valued = mark == CONSET_MARK_SELECTED && level != CONSET_LEVEL_BLANK && bar != NULL;
  int digit;

  if (form == CONSET_TEXT_COLOURS && mark >= CONSET_MARK_SELECTED)
    {
      conset_text_pen (line, form, valued ? palette[level] : CONSET_COLOUR_MARK, -1);
      g_string_append (line, marks[mark]);
      conset_text_pen (line, form, -1, -1);
      return;
    }
  if (!valued || level == CONSET_LEVEL_BROKEN)
    {
      g_string_append (line, valued ? "?" : marks[mark]);
      return;
    }
  /* There is room for a digit or for a sign. */
  digit = conset_text_digit (bar, level);
  if (bar->low < 0.0)
    g_string_append (line, digit < 0 ? "-" : digit > 0 ? "+" : "0");
  else
    g_string_append_printf (line, "%d", digit);
}

void
conset_text_dots_print (const ConsetTextDots *dots,
                        const ConsetColourBar *bar,
                        const ConsetColour *palette,
                        const ConsetTextRoom *room,
                        GString *text)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  for (gsize row = 0; row < dots->lines; row++)
    {
      GString *line = g_string_new (NULL);

      for (gsize column = 0; column < dots->columns; column++)
        append_mark (dots, row * dots->columns + column, bar, palette, room->form, line);
      g_ptr_array_add (lines, g_string_free (line, FALSE));
    }
  conset_text_frame (&dots->x, FALSE, &dots->y, FALSE, lines, dots->columns, room, text);
  if (bar != NULL)
    conset_text_bar_append (bar, palette, CONSET_GLYPH_SIGN, room, text);
}

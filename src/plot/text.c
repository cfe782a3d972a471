/* SPDX-License-Identifier: MIT */
/*
 * Panels as text: what their kinds share.
 */
#include "text.h"

#include <math.h>
#include <string.h>

/* Characters of a frame. */
typedef struct
{
  const char *top_left, *top, *top_right;
  const char *left, *left_tick, *right;
  const char *bottom_left, *bottom, *bottom_tick, *bottom_right;
} Frame;

static const Frame unicode_frame = { "┌", "─", "┐", "│", "┤", "│", "└", "─", "┬", "┘" };
static const Frame ascii_frame = { "+", "-", "+", "|", "+", "|", "+", "-", "+", "+" };

#define GRADIENT_COLUMNS 16

/* {{{ Characters */

static void
append_ascii (GString *text, gunichar c)
{
  static const char *const raised = "0123456789";
  static const gunichar superscripts[] = { 0x2070, 0xb9,   0xb2,   0xb3,   0x2074,
                                           0x2075, 0x2076, 0x2077, 0x2078, 0x2079 };

  for (guint k = 0; k < G_N_ELEMENTS (superscripts); k++)
    if (c == superscripts[k])
      {
        g_string_append_c (text, raised[k]);
        return;
      }
  if (c < 0x80)
    g_string_append_c (text, (char) c);
  else if (c == 0x2212 || c == 0x207b)
    g_string_append_c (text, '-');
  else if (c == 0xd7)
    g_string_append_c (text, 'x');
  else if (c == 0xb5 || c == 0x3bc)
    g_string_append_c (text, 'u');
  else if (c == 0x2026)
    g_string_append (text, "...");
  else
    g_string_append_c (text, '?');
}

void
conset_text_append (GString *text, ConsetTextForm form, const char *string)
{
  g_autofree char *valid = g_utf8_make_valid (string, -1);

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c))
        c = ' ';
      if (form == CONSET_TEXT_ASCII)
        append_ascii (text, c);
      else
        g_string_append_unichar (text, c);
    }
}

void
conset_text_append_line (GString *text, const ConsetTextRoom *room, const char *string)
{
  g_autoptr (GString) line = g_string_new (NULL);
  gsize length;

  conset_text_append (line, room->form, string);
  length = g_utf8_strlen (line->str, -1);
  if (length > room->columns)
    {
      const char *ellipsis = room->form == CONSET_TEXT_ASCII ? "..." : "…";
      gsize keep = room->columns - MIN (room->columns, (gsize) g_utf8_strlen (ellipsis, -1));

      g_string_truncate (line, g_utf8_offset_to_pointer (line->str, keep) - line->str);
      g_string_append (line, ellipsis);
    }
  g_string_append_printf (text, "%s\n", line->str);
}

void
conset_text_append_wrapped (GString *text, const ConsetTextRoom *room, const char *string)
{
  g_auto (GStrv) words = g_strsplit (string, " ", -1);
  g_autoptr (GString) line = g_string_new (NULL);

  for (guint k = 0; words[k] != NULL; k++)
    {
      gsize length = g_utf8_strlen (line->str, -1) + g_utf8_strlen (words[k], -1) + 1;

      if (line->len > 0 && length > room->columns)
        {
          conset_text_append_line (text, room, line->str);
          g_string_truncate (line, 0);
        }
      g_string_append_printf (line, "%s%s", line->len > 0 ? " " : "", words[k]);
    }
  conset_text_append_line (text, room, line->str);
}

static void
append_colour (GString *text, guint what, gint64 colour)
{
  if (colour >= 0)
    g_string_append_printf (text, ";%u;2;%u;%u;%u", what, (guint) colour >> 16,
                            ((guint) colour >> 8) & 0xff, (guint) colour & 0xff);
}

void
conset_text_pen (GString *text, ConsetTextForm form, gint64 ink, gint64 paper)
{
  if (form != CONSET_TEXT_COLOURS)
    return;
  g_string_append (text, "\033[0");
  append_colour (text, 38, ink);
  append_colour (text, 48, paper);
  g_string_append_c (text, 'm');
}

/* }}} */
/* {{{ What levels mean */

int
conset_text_digit (const ConsetColourBar *bar, guint8 level)
{
  double t = (double) (level - CONSET_LEVEL_FIRST) / (CONSET_LEVEL_LAST - CONSET_LEVEL_FIRST);
  double most = MAX (fabs (bar->low), fabs (bar->high));

  if (bar->low < 0.0)
    t = (bar->low + t * (bar->high - bar->low)) / most;
  return (int) (t < 0.0 ? -floor (-9.0 * t + 0.5) : floor (9.0 * t + 0.5));
}

/* What stands before the numbers. */
static void
append_scale (const ConsetColourBar *bar,
              const ConsetColour *palette,
              ConsetGlyph glyph,
              ConsetTextForm form,
              GString *text)
{
  if (form != CONSET_TEXT_COLOURS)
    {
      g_string_append (text, glyph == CONSET_GLYPH_SHADE  ? "░ to █"
                             : bar->low >= 0.0            ? "0 to 9"
                             : glyph == CONSET_GLYPH_SIGN ? "- to +"
                                                          : "-9 to 9");
      return;
    }
  for (guint k = 0; k < GRADIENT_COLUMNS; k++)
    {
      conset_text_pen (text, form, palette[conset_colour_level (k / (GRADIENT_COLUMNS - 1.0))], -1);
      g_string_append (text, "█");
    }
  conset_text_pen (text, form, -1, -1);
}

void
conset_text_bar_append (const ConsetColourBar *bar,
                        const ConsetColour *palette,
                        ConsetGlyph glyph,
                        const ConsetTextRoom *room,
                        GString *text)
{
  gboolean symmetric = room->form != CONSET_TEXT_COLOURS && bar->low < 0.0;
  double most = MAX (fabs (bar->low), fabs (bar->high));
  g_autofree char *low = conset_plot_number (symmetric ? -most : bar->low, 4);
  g_autofree char *high = conset_plot_number (symmetric ? most : bar->high, 4);
  g_autofree char *meaning =
    g_strdup_printf (": %s to %s%s%s%s", low, high, bar->label != NULL ? " " : "",
                     bar->label != NULL ? bar->label : "", bar->broken ? "; ?: no number" : "");

  append_scale (bar, palette, glyph, room->form, text);
  conset_text_append_line (text, room, meaning);
}

/* }}} */
/* {{{ Frames */

static gsize
tick_place (const ConsetAxis *axis, guint k, double unit, gsize n)
{
  double at = conset_axis_at (axis, conset_ticks_at (&axis->ticks, k)) / unit;

  return MIN ((gsize) MAX (at, 0.0), n - 1);
}

/* The label of the tick in line @line, or nothing. */
static char *
line_label (const ConsetAxis *y, gsize line, gsize n_lines, ConsetTextForm form)
{
  for (guint k = 0; k < y->ticks.n; k++)
    if (tick_place (y, k, CONSET_CHARACTER_HEIGHT, n_lines) == line)
      {
        g_autofree char *label = conset_ticks_label (&y->ticks, k);
        GString *plain = g_string_new (NULL);

        conset_text_append (plain, form, label);
        return g_string_free (plain, FALSE);
      }
  return NULL;
}

static void
append_repeated (GString *text, const char *what, gsize n)
{
  for (; n > 0; n--)
    g_string_append (text, what);
}

/* Columns left of the frame. */
static gsize
margin_of (const ConsetAxis *y, gsize n_lines, ConsetTextForm form)
{
  gsize widest = 0;

  for (gsize line = 0; line < n_lines; line++)
    {
      g_autofree char *label = line_label (y, line, n_lines, form);

      if (label != NULL)
        widest = MAX (widest, (gsize) g_utf8_strlen (label, -1));
    }
  return widest + 1;
}

static void
append_scaled_label (const ConsetAxis *axis, ConsetTextForm form, GString *text)
{
  g_autofree char *scale = conset_ticks_scale_label (&axis->ticks);

  if (axis->label != NULL)
    conset_text_append (text, form, axis->label);
  if (*scale != '\0')
    g_string_append_c (text, ' ');
  conset_text_append (text, form, scale);
}

static void
append_bottom (const ConsetAxis *x, const Frame *frame, gsize margin, gsize columns, GString *text)
{
  g_autofree gboolean *ticks = g_new0 (gboolean, columns);

  for (guint k = 0; k < x->ticks.n; k++)
    ticks[tick_place (x, k, CONSET_CHARACTER_WIDTH, columns)] = TRUE;
  append_repeated (text, " ", margin);
  g_string_append (text, frame->bottom_left);
  for (gsize column = 0; column < columns; column++)
    g_string_append (text, ticks[column] ? frame->bottom_tick : frame->bottom);
  g_string_append_printf (text, "%s\n", frame->bottom_right);
}

static void
append_x_labels (
  const ConsetAxis *x, gsize margin, gsize columns, const ConsetTextRoom *room, GString *text)
{
  gsize used = 0;

  for (guint k = 0; k < x->ticks.n; k++)
    {
      g_autofree char *label = conset_ticks_label (&x->ticks, k);
      gsize length = g_utf8_strlen (label, -1);
      gsize middle = margin + 1 + tick_place (x, k, CONSET_CHARACTER_WIDTH, columns);
      gsize at = middle - MIN (middle, length / 2);

      if ((used > 0 && at <= used) || at + length > room->columns)
        continue;
      append_repeated (text, " ", at - used);
      conset_text_append (text, room->form, label);
      used = at + length;
    }
  g_string_append_c (text, '\n');
}

void
conset_text_frame (const ConsetAxis *x,
                   gboolean x_whole,
                   const ConsetAxis *y,
                   gboolean y_whole,
                   const GPtrArray *lines,
                   gsize columns,
                   const ConsetTextRoom *room,
                   GString *text)
{
  const Frame *frame = room->form == CONSET_TEXT_ASCII ? &ascii_frame : &unicode_frame;
  g_autoptr (GString) label = g_string_new (NULL);
  ConsetAxis across = *x, up = *y;
  gsize margin, length;

  across.length = columns * CONSET_CHARACTER_WIDTH;
  up.length = lines->len * CONSET_CHARACTER_HEIGHT;
  conset_axis_init (&across, x_whole);
  conset_axis_init (&up, y_whole);
  margin = margin_of (&up, lines->len, room->form);
  append_scaled_label (&up, room->form, label);
  conset_text_append_line (text, room, label->str);
  append_repeated (text, " ", margin);
  g_string_append (text, frame->top_left);
  append_repeated (text, frame->top, columns);
  g_string_append_printf (text, "%s\n", frame->top_right);
  for (guint line = 0; line < lines->len; line++)
    {
      g_autofree char *tick = line_label (&up, line, lines->len, room->form);
      gsize width = tick != NULL ? g_utf8_strlen (tick, -1) : 0;

      append_repeated (text, " ", margin - 1 - width);
      g_string_append_printf (text, "%s %s%s%s\n", tick != NULL ? tick : "",
                              tick != NULL ? frame->left_tick : frame->left,
                              (const char *) lines->pdata[line], frame->right);
    }
  append_bottom (&across, frame, margin, columns, text);
  append_x_labels (&across, margin, columns, room, text);
  g_string_truncate (label, 0);
  append_scaled_label (&across, room->form, label);
  length = g_utf8_strlen (label->str, -1);
  append_repeated (text, " ", margin + 1 + (columns > length ? (columns - length) / 2 : 0));
  g_string_append_printf (text, "%s\n", label->str);
}

/* }}} */

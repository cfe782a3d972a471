/* SPDX-License-Identifier: MIT */
/*
 * Panels: what they have in common, and how they are set up.
 */
#include "panel.h"

#include <conset/cset.h>
#include <conset/eval.h>
#include <conset/set.h>

#include <math.h>

#define MOST_BINS 1000

/* {{{ Life */

static void
population_clear (gpointer data)
{
  ConsetPopulation *population = data;

  g_free (population->name);
}

ConsetPanel *
conset_panel_init (ConsetFigure *figure, const ConsetPanelClass *klass)
{
  ConsetPanel *self = g_malloc0 (klass->struct_size);

  self->klass = klass;
  self->figure = figure;
  self->colour_bar = TRUE;
  self->column = -1;
  self->populations = g_array_new (FALSE, FALSE, sizeof (ConsetPopulation));
  g_array_set_clear_func (self->populations, population_clear);
  return self;
}

void
conset_panel_free (ConsetPanel *self)
{
  self->klass->finalize (self);
  g_free (self->title);
  g_free (self->x_label);
  g_free (self->y_label);
  g_free (self->colours_label);
  g_free (self->note);
  g_array_unref (self->populations);
  g_free (self);
}

/* }}} */
/* {{{ What kinds of panels share */

ConsetColours
conset_panel_colours_for (const ConsetPanel *self, double *low, double *high)
{
  ConsetColours map = self->colours;
  double most = MAX (fabs (*low), fabs (*high));

  if (map == CONSET_COLOURS_AUTO)
    map = *low < 0.0 && *high > 0.0 ? CONSET_COLOURS_DIVERGING : CONSET_COLOURS_VIRIDIS;
  if (self->has_range)
    {
      *low = self->low;
      *high = self->high;
      most = MAX (fabs (*low), fabs (*high));
    }
  if (map == CONSET_COLOURS_DIVERGING)
    {
      *low = -most;
      *high = most;
    }
  /* One number alone: from 0 to it. */
  if (!(*low < *high))
    {
      *low = MIN (*low, 0.0);
      *high = MAX (*high, 0.0);
    }
  if (!(*low < *high))
    *high = *low + 1.0;
  return map;
}

gboolean
conset_column_check (const Conset *set, guint column, GError **error)
{
  if (column < conset_arity (set))
    return TRUE;
  g_set_error (
    error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
    "the set has no value %u, it has %u; show another one, or give it values with cset()", column,
    conset_arity (set));
  return FALSE;
}

char *
conset_column_label (const Conset *set, guint column)
{
  const char *name = conset_column_name (set, column), *unit = conset_column_unit (set, column);
  g_autofree char *word = name != NULL             ? g_strdup (name)
                          : conset_arity (set) > 1 ? g_strdup_printf ("value %u", column)
                                                   : g_strdup ("value");

  return unit != NULL ? g_strdup_printf ("%s (%s)", word, unit) : g_strdup (word);
}

gboolean
conset_plot_window (const Conset *set,
                    const ConsetWindow *given,
                    ConsetWindow *window,
                    GError **error)
{
  if (!conset_check (set, error))
    return FALSE;
  if (given == NULL && !conset_is_finite (set))
    {
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_UNBOUNDED,
                           "the set is infinite; give a window to show");
      return FALSE;
    }
  if (given != NULL)
    *window = *given;
  else
    conset_get_bounds (set, window);
  if (window->source_end <= CONSET_INDEX_END && window->target_end <= CONSET_INDEX_END)
    return TRUE;
  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_WINDOW,
                       "the window reaches beyond 2^63; give a smaller one");
  return FALSE;
}

/* }}} */
/* {{{ Looks */

static void
string_set (char **at, const char *text)
{
  g_free (*at);
  *at = g_strdup (text);
}

void
conset_panel_set_title (ConsetPanel *self, const char *title)
{
  g_return_if_fail (self != NULL);

  string_set (&self->title, title);
}

void
conset_panel_set_labels (ConsetPanel *self, const char *x, const char *y, const char *colours)
{
  g_return_if_fail (self != NULL);

  string_set (&self->x_label, x);
  string_set (&self->y_label, y);
  string_set (&self->colours_label, colours);
}

void
conset_panel_set_colours (ConsetPanel *self, ConsetColours colours)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (colours <= CONSET_COLOURS_INK);

  self->colours = colours;
}

void
conset_panel_set_colour_bar (ConsetPanel *self, gboolean shown)
{
  g_return_if_fail (self != NULL);

  self->colour_bar = shown;
}

void
conset_panel_set_range (ConsetPanel *self, double low, double high)
{
  g_return_if_fail (self != NULL);

  if (!isfinite (low) || !isfinite (high) || !(low < high))
    {
      conset_figure_fail (self->figure,
                          "range(%g, %g): the ends must be finite, the lower one first", low, high);
      return;
    }
  self->has_range = TRUE;
  self->low = low;
  self->high = high;
}

void
conset_panel_set_column (ConsetPanel *self, int column)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (column >= -1);

  self->column = column;
}

void
conset_panel_set_turned (ConsetPanel *self, gboolean turned)
{
  g_return_if_fail (self != NULL);

  self->turned = turned;
}

void
conset_panel_set_numbers (ConsetPanel *self, gboolean numbers)
{
  g_return_if_fail (self != NULL);

  self->numbers = numbers;
}

void
conset_panel_add_population (
  ConsetPanel *self, ConsetOrder order, const char *name, guint64 first, guint64 end)
{
  ConsetPopulation population = { order, g_strdup (name), first, end };

  g_return_if_fail (self != NULL);

  g_array_append_val (self->populations, population);
}

void
conset_panel_set_plane (ConsetPanel *self, ConsetPlane plane)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (plane <= CONSET_PLANE_YZ);

  self->plane = plane;
}

void
conset_panel_set_bins (ConsetPanel *self, guint n_bins)
{
  g_return_if_fail (self != NULL);

  if (n_bins < 1 || n_bins > MOST_BINS)
    conset_figure_fail (self->figure, "bins(%u): give 1 to %d of them", n_bins, MOST_BINS);
  else
    self->n_bins = n_bins;
}

void
conset_panel_set_density (ConsetPanel *self, gboolean density)
{
  g_return_if_fail (self != NULL);

  self->density = density;
}

void
conset_panel_set_side_by_side (ConsetPanel *self, gboolean side_by_side)
{
  g_return_if_fail (self != NULL);

  self->side_by_side = side_by_side;
}

void
conset_panel_set_normal (ConsetPanel *self, gboolean normal)
{
  g_return_if_fail (self != NULL);

  self->normal = normal;
}

/* }}} */

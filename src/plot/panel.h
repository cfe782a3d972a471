/* SPDX-License-Identifier: MIT */
/*
 * Panels: what figures are made of. A kind of panel lives in one file, with its struct, its class
 * and its constructor.
 */
#pragma once

#include "text.h"
#include "work.h"

/** A named range of sources or targets. */
typedef struct
{
  ConsetOrder order;
  char       *name;
  guint64     first;
  guint64     end;
} ConsetPopulation;

/**
 * ConsetPanelSize:
 * @width, @height: of the inside
 *
 * The inside of a panel and what is around it, in units.
 */
typedef struct
{
  double left;
  double right;
  double top;
  double bottom;
  double width;
  double height;
} ConsetPanelSize;

/**
 * ConsetPanelClass:
 * @name: for misuse
 * @prepare: looks at what is to be shown; called once
 * @measure: how large it is if its inside is about @side; the title is not in it
 * @draw: draws it, the upper left corner of the inside at (@x, @y)
 * @print: appends it as text
 */
typedef struct
{
  gsize       struct_size;
  const char *name;
  gboolean  (*prepare)  (ConsetPanel *self, ConsetPlotWork *work, GError **error);
  void      (*measure)  (ConsetPanel *self, double side, ConsetPanelSize *size);
  void      (*draw)     (ConsetPanel *self, ConsetCanvas *canvas, double x, double y);
  void      (*print)    (ConsetPanel *self, const ConsetTextRoom *room, GString *text);
  void      (*finalize) (ConsetPanel *self);
} ConsetPanelClass;

/**
 * ConsetPanel:
 * @figure: whose panel it is
 * @colours_label: along the colour bar
 * @note: (nullable): what stands below, in small letters; set by @prepare
 * @has_range: whether @low and @high are given
 * @column: which value, -1 for none
 * @size: as it was measured
 */
struct _ConsetPanel
{
  const ConsetPanelClass *klass;
  ConsetFigure           *figure;
  char                   *title;
  char                   *x_label;
  char                   *y_label;
  char                   *colours_label;
  char                   *note;
  ConsetColours           colours;
  gboolean                colour_bar;
  gboolean                has_range;
  double                  low;
  double                  high;
  int                     column;
  gboolean                turned;
  gboolean                numbers;
  ConsetPlane             plane;
  guint                   n_bins;
  gboolean                density;
  gboolean                side_by_side;
  gboolean                normal;
  GArray                 *populations;
  ConsetPanelSize         size;
};

/** conset_panel_init: Returns: (transfer full): a panel of @klass for @figure */
ConsetPanel *conset_panel_init (ConsetFigure         *figure,
                              const ConsetPanelClass *klass);

/** conset_panel_new: Returns: (transfer none): a panel of @klass, at the end of @figure */
gpointer conset_panel_new    (ConsetFigure           *figure,
                              const ConsetPanelClass *klass);

void     conset_panel_free   (ConsetPanel            *panel);

/** conset_figure_fail: keeps an error of composition, unless there is one already. */
void     conset_figure_fail  (ConsetFigure           *figure,
                              const char             *format,
                              ...) G_GNUC_PRINTF (2, 3);

/** conset_panel_colours_for: Returns: the map for numbers from @low to @high; makes both ends those of
 * the range that is given, or one that suits the map */
ConsetColours conset_panel_colours_for (const ConsetPanel *panel,
                                        double            *low,
                                        double            *high);

/** conset_column_check: Returns: FALSE with @error set unless @set has this column */
gboolean conset_column_check (const Conset  *set,
                              guint          column,
                              GError       **error);

/** conset_column_label: Returns: (transfer full): its name and unit, such as "weight (nS)" */
char    *conset_column_label (const Conset  *set,
                              guint          column);

/** conset_plot_window: Returns: FALSE with @error set if there is no window to look at; else @window
 * is @given, or the bounds of @set */
gboolean conset_plot_window  (const Conset        *set,
                              const ConsetWindow  *given,
                              ConsetWindow        *window,
                              GError             **error);

extern const ConsetPanelClass conset_histogram_panel_class;
extern const ConsetPanelClass conset_matrix_panel_class;
extern const ConsetPanelClass conset_positions_panel_class;

/* SPDX-License-Identifier: MIT */
/*
 * Pictures of sets, of their values and of geometries: figures of one or several panels, written
 * as PNG, SVG or PDF.
 *
 *   g_autoptr (ConsetFigure) figure = conset_figure_new ();
 *   g_autoptr (GError) error = NULL;
 *   ConsetPanel *panel = conset_figure_add_matrix (figure, net, &CONSET_WINDOW (500, 500));
 *
 *   conset_panel_set_column (panel, 0);
 *   conset_panel_set_title (panel, "Weights");
 *   if (!conset_figure_write (figure, "weights.svg", &error))
 *     g_printerr ("%s\n", error->message);
 *
 * Figures keep references to the sets and geometries that they show, and look at them when they are
 * written, once; from then on a figure stays as it is. Panels belong to their figure. What is wrong
 * with a panel is told when the figure is written. A figure is for one thread at a time.
 *
 * A file of SVG is the same bytes on every machine. PNG and PDF are drawn by Cairo, which a build
 * may be without; fonts are those of the system, the layout is always the same.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/geometry.h>
#include <conset/types.h>
#include <conset/value.h>

G_BEGIN_DECLS

typedef struct _ConsetFigure ConsetFigure;
typedef struct _ConsetPanel  ConsetPanel;

/**
 * ConsetColours:
 * @CONSET_COLOURS_AUTO: CONSET_COLOURS_DIVERGING for numbers of both signs, else
 *   CONSET_COLOURS_VIRIDIS; CONSET_COLOURS_INK for multiplicities and densities
 * @CONSET_COLOURS_VIRIDIS: from dark blue over green to yellow
 * @CONSET_COLOURS_DIVERGING: from blue for negative numbers over nearly white for 0 to red; its range
 *   is as wide on both sides
 * @CONSET_COLOURS_GREY: from white to black
 * @CONSET_COLOURS_INK: from a light to a dark blue
 *
 * Maps from numbers to colours. People with any colour vision can read them.
 */
typedef enum
{
  CONSET_COLOURS_AUTO,
  CONSET_COLOURS_VIRIDIS,
  CONSET_COLOURS_DIVERGING,
  CONSET_COLOURS_GREY,
  CONSET_COLOURS_INK,
} ConsetColours;

/**
 * ConsetPlane:
 * @CONSET_PLANE_XY: x to the right, y upwards
 *
 * Which two coordinates of a geometry in three dimensions are drawn.
 */
typedef enum
{
  CONSET_PLANE_XY,
  CONSET_PLANE_XZ,
  CONSET_PLANE_YZ,
} ConsetPlane;

/**
 * ConsetPictureFormat:
 *
 * CONSET_PICTURE_PNG is drawn with 2 pixels to a unit, of which there are 96 to an inch.
 */
typedef enum
{
  CONSET_PICTURE_PNG,
  CONSET_PICTURE_SVG,
  CONSET_PICTURE_PDF,
} ConsetPictureFormat;

/* Figures */

/** conset_figure_new: Returns: (transfer full): a figure without panels */
CONSET_PUBLIC ConsetFigure *conset_figure_new          (void) G_GNUC_WARN_UNUSED_RESULT;

/** conset_figure_free: frees @figure and its panels. */
CONSET_PUBLIC void          conset_figure_free         (ConsetFigure *figure);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetFigure, conset_figure_free)

/** conset_figure_set_title: a title above all panels. */
CONSET_PUBLIC void          conset_figure_set_title    (ConsetFigure *figure,
                                                        const char   *title);

/** conset_figure_set_columns: how many panels stand in a row, at least 1; 4 if it is not set. */
CONSET_PUBLIC void          conset_figure_set_columns  (ConsetFigure *figure,
                                                        guint         n_columns);

/** conset_figure_set_side: about how long the longer side of a panel is inside, in units, from 60 to
 * 4000; if it is not set, 480 for one panel and less for several. */
CONSET_PUBLIC void          conset_figure_set_side     (ConsetFigure *figure,
                                                        double        side);

/** conset_figure_set_scale: pixels of PNG to a unit, above 0 and up to 20; 2 if it is not set. */
CONSET_PUBLIC void          conset_figure_set_scale    (ConsetFigure *figure,
                                                        double        scale);

/**
 * conset_figure_set_threads:
 * @n_threads: the number of threads that look at sets, the calling one among them; 0, the default,
 *   for one a processor that this process may use
 *
 * The picture is the same for any number.
 */
CONSET_PUBLIC void          conset_figure_set_threads  (ConsetFigure *figure,
                                                        guint         n_threads);

/**
 * ConsetFigureProgressFunc:
 * @fraction: how much of the work is done, about, in [0, 1]
 * @connections: how many connections have been looked at
 *
 * Called many times a second while sets are looked at.
 *
 * Returns: FALSE to stop, an error CONSET_ERROR_CANCELLED of conset_figure_write()
 */
typedef gboolean (*ConsetFigureProgressFunc) (double   fraction,
                                              guint64  connections,
                                              gpointer user_data);

/** conset_figure_set_progress: @progress (nullable) (scope forever): who is told. */
CONSET_PUBLIC void          conset_figure_set_progress (ConsetFigure             *figure,
                                                        ConsetFigureProgressFunc  progress,
                                                        gpointer                  user_data);

/**
 * conset_figure_write:
 * @file: where to; the format is that of its ending .png, .svg or .pdf
 *
 * Looks at what is to be seen, draws it and writes it. The file appears under its name when it is
 * whole; until then, and if anything fails, what was there stays.
 *
 * Costs what it costs to iterate the windows, of which large ones may be sampled, see
 * conset_figure_add_matrix(); memory depends on the size of the picture, not on the number of
 * connections, beside 8 bytes a line for histograms of degrees.
 *
 * Returns: FALSE with @error set on failure
 */
CONSET_PUBLIC gboolean      conset_figure_write        (ConsetFigure         *figure,
                                                        const char           *file,
                                                        GError              **error);

/** conset_figure_to_bytes: Returns: (transfer full): what conset_figure_write() would write in this
 * format; NULL with @error set on failure */
CONSET_PUBLIC GBytes       *conset_figure_to_bytes     (ConsetFigure         *figure,
                                                        ConsetPictureFormat   format,
                                                        GError              **error)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetTextForm:
 * @CONSET_TEXT_ASCII: ASCII characters; digits stand for numbers
 * @CONSET_TEXT_UNICODE: lines, blocks and shades of Unicode, in UTF-8
 * @CONSET_TEXT_COLOURS: the same in colours of 24 bits, by the escape sequences of ISO 8613-6
 *
 * What a terminal can show.
 */
typedef enum
{
  CONSET_TEXT_ASCII,
  CONSET_TEXT_UNICODE,
  CONSET_TEXT_COLOURS,
} ConsetTextForm;

/**
 * conset_figure_to_text:
 * @columns: of a line, 20 or more; numbers in cells may need longer ones
 * @lines: of the inside of a panel, at most; 0 for any number
 *
 * Draws with characters, panels below one another. Windows are divided into as many cells as find
 * room; a figure that was looked at for text keeps them, whatever it is written to later.
 *
 * Returns: (transfer full): lines of text; NULL with @error set on failure
 */
CONSET_PUBLIC char         *conset_figure_to_text      (ConsetFigure         *figure,
                                                        ConsetTextForm        form,
                                                        guint                 columns,
                                                        guint                 lines,
                                                        GError              **error)
                                                        G_GNUC_WARN_UNUSED_RESULT;

/* Panels, from left to right and from top to bottom. Each belongs to its figure. */

/**
 * conset_figure_add_matrix:
 * @set: (transfer none): a set
 * @window: (nullable): what to show; the bounds of @set if it is NULL
 *
 * The connectivity matrix: sources down, targets across, a cell a pair. Cells of a mask are dark,
 * and the darker the more often a pair is connected; those of a column of values
 * (conset_panel_set_column()) have the colour of their value, of multapses the mean. Values that
 * are no numbers are grey.
 *
 * A window that is larger than the picture is divided into cells of many pairs: their shade tells
 * how many connections there are for each pair, all of them counted, and their colour the mean of
 * the values. Where there are too many to count (more than 2 * 10^9 without a formula for their
 * number, and of values more than 2 * 10^8), cells are estimated: from 64 or 1,024 targets of each,
 * with all their sources, or where these are too many from 4,096 of its pairs. The note below the
 * panel says so.
 */
CONSET_PUBLIC ConsetPanel  *conset_figure_add_matrix   (ConsetFigure         *figure,
                                                        const Conset         *set,
                                                        const ConsetWindow   *window);

/**
 * conset_figure_add_positions:
 * @geometry: (transfer none): a geometry
 * @n: how many positions, from the first; at most those it has
 *
 * Positions, as dots in the right proportions. A great many are drawn as shades.
 */
CONSET_PUBLIC ConsetPanel  *conset_figure_add_positions (ConsetFigure         *figure,
                                                         const ConsetGeometry *geometry,
                                                         guint64               n);

/**
 * conset_panel_add_selection:
 * @panel: one of positions
 * @set: (transfer none): a set
 * @order: CONSET_SOURCE_MAJOR for the targets of a source; CONSET_TARGET_MAJOR for the sources of a
 *   target
 * @index: the source, or the target
 * @lines: whether to draw lines to them from the position of @index, which is ringed
 *
 * Shows those positions of the panel that @index is connected with, on the others in grey. With
 * conset_panel_set_column(), they have the colours of their values.
 */
CONSET_PUBLIC void          conset_panel_add_selection (ConsetPanel          *panel,
                                                        const Conset         *set,
                                                        ConsetOrder           order,
                                                        guint64               index,
                                                        gboolean              lines);

/**
 * conset_figure_add_field:
 * @set: (transfer none): a set
 * @geometry: (transfer none): where its sources are, @n of them
 * @target: a target
 *
 * The receptive field of @target: its sources as a heat map of their first value, or of how often
 * they are connected if @set is a mask. Each position of a regular grid is a cell, others are dots.
 */
CONSET_PUBLIC ConsetPanel  *conset_figure_add_field    (ConsetFigure         *figure,
                                                        const Conset         *set,
                                                        const ConsetGeometry *geometry,
                                                        guint64               n,
                                                        guint64               target);

/** conset_figure_add_histogram: a histogram, of what is added by the functions below. */
CONSET_PUBLIC ConsetPanel  *conset_figure_add_histogram (ConsetFigure        *figure);

/* What a histogram is of. Several data share their bins and the legend, where @label (nullable)
 * stands. Numbers that are not finite are left out, and counted in the note below. */

/** conset_panel_add_numbers: @numbers (array length=n) are copied. */
CONSET_PUBLIC void          conset_panel_add_numbers   (ConsetPanel          *panel,
                                                        const char           *label,
                                                        const double         *numbers,
                                                        gsize                 n);

/** conset_panel_add_values: the column @column of a connection set, one number a connection. */
CONSET_PUBLIC void          conset_panel_add_values    (ConsetPanel          *panel,
                                                        const char           *label,
                                                        const Conset         *set,
                                                        const ConsetWindow   *window,
                                                        guint                 column);

/** conset_panel_add_degrees: in-degrees of targets for CONSET_TARGET_MAJOR, out-degrees of sources
 * for CONSET_SOURCE_MAJOR. */
CONSET_PUBLIC void          conset_panel_add_degrees   (ConsetPanel          *panel,
                                                        const char           *label,
                                                        const Conset         *set,
                                                        const ConsetWindow   *window,
                                                        ConsetOrder           order);

/* Looks. Strings are copied. */

/** conset_panel_set_title: what stands above @panel; NULL for nothing. */
CONSET_PUBLIC void conset_panel_set_title       (ConsetPanel   *panel,
                                                 const char    *title);

/** conset_panel_set_labels: what stands along the axes and the colour bar; NULL for what would stand
 * there by itself. */
CONSET_PUBLIC void conset_panel_set_labels      (ConsetPanel   *panel,
                                                 const char    *x,
                                                 const char    *y,
                                                 const char    *colours);

/** conset_panel_set_colours: how numbers are coloured. */
CONSET_PUBLIC void conset_panel_set_colours     (ConsetPanel   *panel,
                                                 ConsetColours  colours);

/** conset_panel_set_colour_bar: whether there is one; TRUE if it is not set. */
CONSET_PUBLIC void conset_panel_set_colour_bar  (ConsetPanel   *panel,
                                                 gboolean       shown);

/** conset_panel_set_range: the numbers that the first and the last colour stand for, or the ends of a
 * histogram; @low must be below @high, both finite. Numbers beyond have the colours of the ends, and
 * are left out of histograms. */
CONSET_PUBLIC void conset_panel_set_range       (ConsetPanel   *panel,
                                                 double         low,
                                                 double         high);

/** conset_panel_set_column: which value is shown by a matrix, a selection or a field; -1 for how
 * often pairs are connected. */
CONSET_PUBLIC void conset_panel_set_column      (ConsetPanel   *panel,
                                                 int            column);

/** conset_panel_set_turned: whether sources are across and targets down, in a matrix. */
CONSET_PUBLIC void conset_panel_set_turned      (ConsetPanel   *panel,
                                                 gboolean       turned);

/** conset_panel_set_numbers: whether the number stands in each cell of a matrix; at most 40 x 40. */
CONSET_PUBLIC void conset_panel_set_numbers     (ConsetPanel   *panel,
                                                 gboolean       numbers);

/**
 * conset_panel_add_population:
 * @order: CONSET_SOURCE_MAJOR for sources, CONSET_TARGET_MAJOR for targets
 * @name: (nullable): what it is called
 * @first: its first index
 * @end: one past its last
 *
 * Names a range of a matrix, and draws lines where it begins and ends.
 */
CONSET_PUBLIC void conset_panel_add_population  (ConsetPanel   *panel,
                                                 ConsetOrder    order,
                                                 const char    *name,
                                                 guint64        first,
                                                 guint64        end);

/** conset_panel_set_plane: which coordinates of three are drawn. */
CONSET_PUBLIC void conset_panel_set_plane       (ConsetPanel   *panel,
                                                 ConsetPlane    plane);

/** conset_panel_set_bins: how many bins a histogram has, from 1 to 1000; 30 if it is not set, and
 * fewer for whole numbers. */
CONSET_PUBLIC void conset_panel_set_bins        (ConsetPanel   *panel,
                                                 guint          n_bins);

/** conset_panel_set_density: whether the area of a histogram is 1, instead of counting. */
CONSET_PUBLIC void conset_panel_set_density     (ConsetPanel   *panel,
                                                 gboolean       density);

/** conset_panel_set_side_by_side: whether the bars of several data stand side by side instead of over
 * one another. */
CONSET_PUBLIC void conset_panel_set_side_by_side (ConsetPanel  *panel,
                                                  gboolean      side_by_side);

/** conset_panel_set_normal: whether to draw the normal distribution of the same mean and standard
 * deviation over a histogram. */
CONSET_PUBLIC void conset_panel_set_normal      (ConsetPanel   *panel,
                                                 gboolean       normal);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * The geometry: what all kinds of geometries have in common.
 *
 * As with values (src/value.h), a kind is one file that holds its struct, which begins with
 * ConsetGeometry, its constant class table and its constructor.
 *
 * The contract of fill: it writes the positions of at most CONSET_VALUE_BLOCK indices, all of them
 * inside the geometry; each is a function of its index alone, so that one index by itself gives the
 * same bits. It neither allocates nor takes a lock.
 */
#pragma once

#include <conset/geometry.h>

#include "value.h"

typedef struct _ConsetConversion    ConsetConversion;
typedef struct _ConsetGeometryClass ConsetGeometryClass;
typedef struct _ConsetCells         ConsetCells;

/** Indices first + offsets[k], or first + k without offsets; ascending, they may repeat. */
typedef struct
{
  guint64        first;
  const guint32 *offsets;
  gsize          n;
} ConsetIndices;

typedef struct
{
  double low[CONSET_MAX_DIMENSIONS];
  double high[CONSET_MAX_DIMENSIONS];
} ConsetBox;

/** print and fill are mandatory; extent and nearest are found by looking at all positions where
 * there is no slot, and positions are converted one by one as they are asked for. */
struct _ConsetGeometryClass
{
  const char *name;
  gsize       struct_size;

  /* Frees what the struct owns beside its children. */
  void     (*finalize) (ConsetGeometry *geometry);
  void     (*print)    (const ConsetGeometry *geometry, GString *out);
  /* Coordinate d of each index goes to xyz[d]; all CONSET_MAX_DIMENSIONS may be written to. */
  void     (*fill)     (const ConsetGeometry *geometry, const ConsetIndices *indices,
                        double *const xyz[CONSET_MAX_DIMENSIONS]);
  void     (*extent)   (const ConsetGeometry *geometry, ConsetBox *box);
  guint64  (*nearest)  (const ConsetGeometry *geometry, const double *position);
  /* Names of ranges of indices; the slots of conset_geometry_find_layer() and _layer_of(). */
  gboolean (*find_layer) (const ConsetGeometry *geometry, const char *name, guint64 *first,
                          guint64 *end);
  const char *(*layer_of) (const ConsetGeometry *geometry, guint64 index);
  /* The same of converted numbers; the conversion has its unit. */
  ConsetGeometry *(*convert) (const ConsetGeometry *geometry, ConsetConversion *conversion);
  /* Whether the unit is printed behind all the rest, as a factor. */
  gboolean unit_behind;
};

/** Binding strength of a geometry's text, weakest first: times a unit, projected, or neither. */
typedef enum
{
  CONSET_GEOMETRY_PREC_PRODUCT,
  CONSET_GEOMETRY_PREC_PROJECTED,
  CONSET_GEOMETRY_PREC_ATOM,
} ConsetGeometryPrecedence;

/**
 * @size: how many positions there are; CONSET_INDEX_END for one for every index
 * @end: indices below it have a position: more than @size where the rows of a grid go on
 * @finite: whether all coordinates are known to be finite numbers
 * @unit: (nullable): what coordinates are shown in; inside they are in base units, see src/unit.h
 * @cells: found when they are first asked for, see cells.h
 */
struct _ConsetGeometry
{
  const ConsetGeometryClass *klass;
  gatomicrefcount            refs;
  ConsetGeometryPrecedence   precedence;
  guint                      n_dimensions;
  guint64                    size;
  guint64                    end;
  gboolean                   finite;
  const ConsetUnit          *unit;
  guint                      depth;
  guint                      n_children;
  ConsetGeometry           **children;
  ConsetCells               *cells;
  ConsetGeometry            *next_dead;
};

/* Making geometries */

/** A zeroed node of @klass with one reference, an atom of finite coordinates. */
gpointer        conset_geometry_new    (const ConsetGeometryClass *klass, guint n_dimensions,
                                        guint64 size);
/** Appends @child (transfer full), no error. The first one says what the unit is. */
void            conset_geometry_adopt  (gpointer node, ConsetGeometry *child);
/** The node itself, or an error in its place if it has become too deep. */
ConsetGeometry *conset_geometry_finish (gpointer node);

ConsetGeometry *conset_geometry_error_new     (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** The message of an error geometry, NULL for any other. */
const char     *conset_geometry_error_message (const ConsetGeometry *geometry);
/** As conset_value_absorb(), for one operand. */
ConsetGeometry *conset_geometry_absorb        (const char *operator_name, ConsetGeometry *a);

/* Looking at geometries */

void  conset_geometry_print    (const ConsetGeometry *geometry, ConsetGeometryPrecedence least,
                                GString *out);
/** The text of @geometry cut to about sixty characters, for messages. (transfer full) */
char *conset_geometry_describe (const ConsetGeometry *geometry);

static inline gboolean
conset_geometry_is_endless (const ConsetGeometry *geometry)
{
  return geometry->size >= CONSET_INDEX_END;
}

/** Bounds of the indices that sets of @geometry may have members at. */
static inline guint64
conset_geometry_bound (const ConsetGeometry *geometry)
{
  return geometry->end > geometry->size ? CONSET_INDEX_END : geometry->size;
}

static inline guint64
conset_indices_get (const ConsetIndices *indices, gsize k)
{
  return indices->first + (indices->offsets != NULL ? indices->offsets[k] : k);
}

/** How numbers of base units turn into those of @unit (nullable), in which they are shown. */
static inline ConsetScale
conset_unit_shown (const ConsetUnit *unit)
{
  return unit != NULL ? conset_scale_invert (conset_unit_scale (unit))
                      : (ConsetScale) CONSET_SCALE_ONE;
}

/**
 * The positions of at most CONSET_VALUE_BLOCK indices, in base units; xyz[d] is written to for d below the number
 * of dimensions, at least. FALSE if @geometry lacks one, or if it is not finite, with the first
 * such index in @wrong; see conset_geometry_problem().
 */
gboolean conset_geometry_fill    (const ConsetGeometry *geometry, const ConsetIndices *indices,
                                  double *const xyz[CONSET_MAX_DIMENSIONS], guint64 *wrong);
/** The same for one index. */
gboolean conset_geometry_at      (const ConsetGeometry *geometry, guint64 index,
                                  double position[CONSET_MAX_DIMENSIONS]);
/** What is wrong with position @index, and what to do. (transfer full) */
char    *conset_geometry_problem (const ConsetGeometry *geometry, guint64 index);

/** The extent. FALSE with @error set if there is none. */
gboolean conset_geometry_find_box (const ConsetGeometry *geometry, ConsetBox *box, GError **error);

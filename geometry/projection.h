/* SPDX-License-Identifier: MIT */
/*
 * The projection: what all kinds of projections have in common. A kind is one file, as with
 * geometries.
 */
#pragma once

#include <conset/projection.h>

#include "geometry.h"

typedef struct _ConsetProjectionClass ConsetProjectionClass;

/** What a projection does with units of positions. */
typedef enum
{
  /* It takes pure numbers alone, and gives such. */
  CONSET_PROJECTION_PURE,
  /* It takes positions in any unit, or none, and keeps it. */
  CONSET_PROJECTION_LINEAR,
  /* It takes positions in units that convert into its own, and keeps theirs. */
  CONSET_PROJECTION_MEASURED,
} ConsetProjectionUnits;

/** All but finalize and convert are mandatory. */
struct _ConsetProjectionClass
{
  const char *name;
  gsize       struct_size;

  void (*finalize) (ConsetProjection *projection);
  void (*print)    (const ConsetProjection *projection, GString *out);
  /* Replaces @n points, of which coordinate d is in xyz[d], all of which may be written to. Each is
   * a function of its point alone. */
  void (*apply)    (const ConsetProjection *projection, double *const xyz[CONSET_MAX_DIMENSIONS],
                    gsize n);
  /* Optional, for kinds that keep the unit: the same of converted numbers; the rest is seen to. */
  ConsetProjection *(*convert) (const ConsetProjection *projection,
                                const ConsetConversion *conversion);
};

/**
 * @n_from: how many dimensions it takes; more are ignored if @takes_more
 * @n_to: how many its results have
 * @unit: that of a CONSET_PROJECTION_MEASURED one
 */
struct _ConsetProjection
{
  const ConsetProjectionClass *klass;
  gatomicrefcount              refs;
  guint                        n_from;
  gboolean                     takes_more;
  guint                        n_to;
  ConsetProjectionUnits        units;
  const ConsetUnit            *unit;
  guint                        depth;
};

/** A zeroed node of @klass with one reference. */
gpointer          conset_projection_new           (const ConsetProjectionClass *klass, guint n_from,
                                                   guint n_to);
ConsetProjection *conset_projection_error_new     (const char *format, ...) G_GNUC_PRINTF (1, 2);
const char       *conset_projection_error_message (const ConsetProjection *projection);

void  conset_projection_print    (const ConsetProjection *projection, GString *out);
char *conset_projection_describe (const ConsetProjection *projection);

/** (transfer full): the same of converted numbers; NULL if @projection is of none. */
ConsetProjection *conset_projection_convert (const ConsetProjection *projection,
                                             const ConsetConversion *conversion);

/** Whether it takes points of so many dimensions. */
static inline gboolean
conset_projection_takes (const ConsetProjection *projection, guint n_dimensions)
{
  return n_dimensions == projection->n_from
         || (projection->takes_more && n_dimensions > projection->n_from);
}

/* SPDX-License-Identifier: MIT */
/*
 * The projection: what all kinds of projections have in common. A kind is one file, as with
 * geometries.
 */
#pragma once

#include <conset/projection.h>

#include "geometry.h"

typedef struct _ConsetProjectionClass ConsetProjectionClass;

/** All but finalize are mandatory. */
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
};

/**
 * @n_from: how many dimensions it takes; more are ignored if @takes_more
 * @n_to: how many its results have
 */
struct _ConsetProjection
{
  const ConsetProjectionClass *klass;
  gatomicrefcount              refs;
  guint                        n_from;
  gboolean                     takes_more;
  guint                        n_to;
  guint                        depth;
};

/** A zeroed node of @klass with one reference. */
gpointer          conset_projection_new           (const ConsetProjectionClass *klass, guint n_from,
                                                   guint n_to);
ConsetProjection *conset_projection_error_new     (const char *format, ...) G_GNUC_PRINTF (1, 2);
const char       *conset_projection_error_message (const ConsetProjection *projection);

void  conset_projection_print    (const ConsetProjection *projection, GString *out);
char *conset_projection_describe (const ConsetProjection *projection);

/** Whether it takes points of so many dimensions. */
static inline gboolean
conset_projection_takes (const ConsetProjection *projection, guint n_dimensions)
{
  return n_dimensions == projection->n_from
         || (projection->takes_more && n_dimensions > projection->n_from);
}

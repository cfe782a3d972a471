/* SPDX-License-Identifier: MIT */
/*
 * Projections: life, errors and questions; composition; and their application to a geometry.
 *
 * Positions are replaced in place, block by block, so that a projection of a projection needs no
 * room of its own.
 */
#include "projection.h"

#include "life.h"
#include "measured.h"
#include "text.h"
#include "units.h"

#include <math.h>
#include <string.h>

#define MAX_DEPTH 100

/* Errors */

CONSET_DEFINE_ERRORS (ConsetProjection,
                      conset_projection,
                      conset_projection_new (&conset_projection_error_class, 0, 0))

static const ConsetProjectionClass conset_projection_error_class = {
  .name = "error",
  .struct_size = sizeof (conset_projection_ErrorNode),
  .finalize = conset_projection_error_finalize,
  .print = conset_projection_error_print,
};

/* Life */

gpointer
conset_projection_new (const ConsetProjectionClass *klass, guint n_from, guint n_to)
{
  ConsetProjection *projection = g_malloc0 (klass->struct_size);

  projection->klass = klass;
  g_atomic_ref_count_init (&projection->refs);
  projection->n_from = n_from;
  projection->n_to = n_to;
  projection->depth = 1;
  return projection;
}

CONSET_DEFINE_REF (ConsetProjection, conset_projection)

void
conset_projection_unref (ConsetProjection *projection)
{
  g_return_if_fail (projection != NULL && projection->klass != NULL);

  if (!g_atomic_ref_count_dec (&projection->refs))
    return;
  if (projection->klass->finalize != NULL)
    projection->klass->finalize (projection);
  g_free (projection);
}

/* Text */

void
conset_projection_print (const ConsetProjection *projection, GString *out)
{
  if (!conset_print_is_full (out))
    projection->klass->print (projection, out);
}

char *
conset_projection_to_string (const ConsetProjection *projection)
{
  GString *out;

  g_return_val_if_fail (projection != NULL, NULL);

  out = g_string_new (NULL);
  conset_projection_print (projection, out);
  return g_string_free (out, FALSE);
}

char *
conset_projection_describe (const ConsetProjection *projection)
{
  gsize before = conset_print_limit (CONSET_DESCRIPTION_MOST);
  char *text = conset_projection_to_string (projection);

  conset_print_limit (before);
  return conset_abridge (text);
}

/* Questions */

guint
conset_projection_n_dimensions (const ConsetProjection *projection)
{
  g_return_val_if_fail (projection != NULL, 0);

  return projection->n_to;
}

/* What it takes, for a message that says what it is to be applied to. */
static char *
clash (const ConsetProjection *projection, guint n_dimensions)
{
  return g_strdup_printf ("the projection takes %u dimensions%s, not %u; "
                          "use another projection, or other positions",
                          projection->n_from, projection->takes_more ? " or more" : "",
                          n_dimensions);
}

gboolean
conset_projection_apply (const ConsetProjection *projection,
                         guint n_dimensions,
                         const double *position,
                         double *result,
                         GError **error)
{
  double at[CONSET_MAX_DIMENSIONS] = { 0 };
  g_autofree char *text = NULL, *problem = NULL;

  g_return_val_if_fail (projection != NULL && position != NULL && result != NULL, FALSE);
  if (!conset_projection_check (projection, error))
    return FALSE;

  if (n_dimensions > CONSET_MAX_DIMENSIONS || !conset_projection_takes (projection, n_dimensions))
    problem = clash (projection, n_dimensions);
  else
    {
      for (guint d = 0; d < n_dimensions; d++)
        at[d] = projection->unit != NULL ? conset_unit_to_base (projection->unit, position[d])
                                         : position[d];
      projection->klass->apply (projection, (double *[]){ &at[0], &at[1], &at[2] }, 1);
      for (guint d = 0; d < projection->n_to; d++)
        result[d] = conset_scale_apply (conset_unit_shown (projection->unit), at[d]);
    }
  for (guint d = 0; d < projection->n_to && problem == NULL; d++)
    if (!isfinite (at[d]))
      problem = g_strdup_printf ("coordinate %c of the result is not finite; ask for a position "
                                 "where it is",
                                 "xyz"[d]);
  if (problem == NULL)
    return TRUE;
  text = conset_projection_describe (projection);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_VALUE, "%s: %s", text, problem);
  return FALSE;
}

/* Units */

ConsetProjection *
conset_projection_convert (const ConsetProjection *projection, const ConsetConversion *conversion)
{
  return projection->klass->convert != NULL ? projection->klass->convert (projection, conversion)
                                            : NULL;
}

/* NULL if @projection takes positions in @unit (nullable), else that it does not, and what to do.
 */
static char *
unit_problem (const ConsetProjection *projection, const ConsetUnit *unit)
{
  const char *name = conset_unit_name (unit);

  if (projection->units == CONSET_PROJECTION_LINEAR
      || conset_unit_is_alike (projection->unit, unit))
    return NULL;
  if (projection->units == CONSET_PROJECTION_PURE)
    return g_strdup_printf ("the projection takes pure numbers, and the positions are in %s; "
                            "divide them by a unit, and multiply the result by one: "
                            "P * (g / %s) * %s",
                            name, name, name);
  if (unit == NULL)
    return g_strdup_printf ("the offset of the projection is in %s, and the positions are pure "
                            "numbers; multiply them by a unit",
                            conset_unit_name (projection->unit));
  return g_strdup_printf ("the offset of the projection is in %s, and the positions are in %s; "
                          "use units of one kind",
                          conset_unit_name (projection->unit), name);
}

ConsetProjection *
conset_projection_in_unit (const char *unit, ConsetProjection *projection)
{
  g_autofree char *text = NULL, *problem = NULL;
  ConsetConversion conversion = { CONSET_CONVERT_TO_BASE, NULL, NULL };
  ConsetProjection *converted = NULL;

  g_return_val_if_fail (unit != NULL && projection != NULL,
                        conset_projection_error_new ("a projection or a unit is NULL; pass one"));

  if (conset_projection_error_message (projection) != NULL)
    return projection;
  conversion.unit = conset_unit_parse (unit, &problem);
  if (problem == NULL && conset_unit_strip (conversion.unit) == NULL)
    problem = g_strdup_printf ("%s is a number; use a unit such as um", unit);
  if (problem == NULL && projection->unit != NULL)
    problem = g_strdup_printf ("the offset is in %s already", conset_unit_name (projection->unit));
  if (problem == NULL)
    converted = conset_projection_convert (projection, &conversion);
  if (problem == NULL && converted == NULL)
    problem = g_strdup ("the projection takes pure numbers; multiply what it gives by a unit");
  if (problem != NULL)
    {
      text = conset_projection_describe (projection);
      converted = conset_projection_error_new ("%s in %s: %s", text, unit, problem);
    }
  conset_projection_unref (projection);
  return converted;
}

/* Composition */

typedef struct
{
  ConsetProjection base;
  ConsetProjection *last;
  ConsetProjection *first;
} CompositeProjection;

static void
composite_finalize (ConsetProjection *projection)
{
  CompositeProjection *self = (CompositeProjection *) projection;

  conset_projection_unref (self->last);
  conset_projection_unref (self->first);
}

/* Composition is associative, and so needs no parentheses. */
static void
composite_print (const ConsetProjection *projection, GString *out)
{
  const CompositeProjection *self = (const CompositeProjection *) projection;

  conset_projection_print (self->last, out);
  g_string_append (out, " * ");
  conset_projection_print (self->first, out);
}

static void
composite_apply (const ConsetProjection *projection,
                 double *const xyz[CONSET_MAX_DIMENSIONS],
                 gsize n)
{
  const CompositeProjection *self = (const CompositeProjection *) projection;

  self->first->klass->apply (self->first, xyz, n);
  self->last->klass->apply (self->last, xyz, n);
}

static ConsetProjection *
composite_convert (const ConsetProjection *projection, const ConsetConversion *conversion)
{
  const CompositeProjection *self = (const CompositeProjection *) projection;
  ConsetProjection *last = conset_projection_convert (self->last, conversion);
  ConsetProjection *first = conset_projection_convert (self->first, conversion);

  if (last != NULL && first != NULL)
    return conset_projection_compose (last, first);
  g_clear_pointer (&last, conset_projection_unref);
  g_clear_pointer (&first, conset_projection_unref);
  return NULL;
}

static const ConsetProjectionClass conset_projection_composite_class = {
  .name = "composition",
  .struct_size = sizeof (CompositeProjection),
  .finalize = composite_finalize,
  .print = composite_print,
  .apply = composite_apply,
  .convert = composite_convert,
};

static ConsetProjection *
composition_error (const ConsetProjection *a, const ConsetProjection *b)
{
  g_autofree char *left = NULL, *right = NULL, *problem = NULL;

  if (conset_projection_error_message (a) != NULL)
    return conset_projection_ref (a);
  if (conset_projection_error_message (b) != NULL)
    return conset_projection_ref (b);
  if (MAX (a->depth, b->depth) >= MAX_DEPTH)
    return conset_projection_error_new ("a composition of more than %d projections; "
                                        "make one of them that does it all",
                                        MAX_DEPTH);
  if (!conset_projection_takes (a, b->n_to))
    problem = clash (a, b->n_to);
  else if (a->units != CONSET_PROJECTION_LINEAR && b->units != CONSET_PROJECTION_LINEAR)
    problem =
      conset_units_clash ("numbers of the first are", a->unit, "those of the second are", b->unit);
  if (problem == NULL)
    return NULL;
  left = conset_projection_describe (a);
  right = conset_projection_describe (b);
  return conset_projection_error_new ("%s * %s: %s", left, right, problem);
}

ConsetProjection *
conset_projection_compose (ConsetProjection *a, ConsetProjection *b)
{
  ConsetProjection *error;
  CompositeProjection *self;

  g_return_val_if_fail (a != NULL && b != NULL,
                        conset_projection_error_new ("a projection is NULL; pass one"));

  error = composition_error (a, b);
  if (error != NULL)
    {
      conset_projection_unref (a);
      conset_projection_unref (b);
      return error;
    }
  self = conset_projection_new (&conset_projection_composite_class, b->n_from, a->n_to);
  self->base.takes_more = b->takes_more;
  self->base.depth = MAX (a->depth, b->depth) + 1;
  self->base.units = a->units != CONSET_PROJECTION_LINEAR ? a->units : b->units;
  self->base.unit = a->unit != NULL ? a->unit : b->unit;
  self->last = a;
  self->first = b;
  return &self->base;
}

/* Application */

typedef struct
{
  ConsetGeometry base;
  ConsetProjection *projection;
} ProjectedGeometry;

static void
projected_finalize (ConsetGeometry *geometry)
{
  conset_projection_unref (((ProjectedGeometry *) geometry)->projection);
}

static void
projected_print (const ConsetGeometry *geometry, GString *out)
{
  conset_projection_print (((const ProjectedGeometry *) geometry)->projection, out);
  g_string_append (out, " * ");
  conset_geometry_print (geometry->children[0], CONSET_GEOMETRY_PREC_PROJECTED, out);
}

static void
projected_fill (const ConsetGeometry *geometry,
                const ConsetIndices *indices,
                double *const xyz[CONSET_MAX_DIMENSIONS])
{
  const ConsetProjection *projection = ((const ProjectedGeometry *) geometry)->projection;

  geometry->children[0]->klass->fill (geometry->children[0], indices, xyz);
  projection->klass->apply (projection, xyz, indices->n);
}

static gboolean
projected_find_layer (const ConsetGeometry *geometry,
                      const char *name,
                      guint64 *first,
                      guint64 *end)
{
  return conset_geometry_find_layer (geometry->children[0], name, first, end);
}

static const char *
projected_layer_of (const ConsetGeometry *geometry, guint64 index)
{
  return conset_geometry_layer_of (geometry->children[0], index);
}

/* Where the projection keeps units, what it is applied to is converted. */
static ConsetGeometry *
projected_convert (const ConsetGeometry *geometry, ConsetConversion *conversion)
{
  ConsetProjection *projection =
    conset_projection_convert (((const ProjectedGeometry *) geometry)->projection, conversion);

  if (projection == NULL)
    return conset_convert_positions (geometry, conversion);
  return conset_project (projection, conset_convert_geometry (geometry->children[0], conversion));
}

static const ConsetGeometryClass conset_geometry_projected_class = {
  .name = "projection",
  .struct_size = sizeof (ProjectedGeometry),
  .finalize = projected_finalize,
  .print = projected_print,
  .fill = projected_fill,
  .find_layer = projected_find_layer,
  .layer_of = projected_layer_of,
  .convert = projected_convert,
};

/* What is wrong, as an error geometry; NULL for nothing. */
static ConsetGeometry *
projected_error (const ConsetProjection *projection, const ConsetGeometry *geometry)
{
  g_autofree char *left = NULL, *right = NULL, *problem = NULL;

  if (conset_projection_error_message (projection) != NULL)
    return conset_geometry_error_new ("%s", conset_projection_error_message (projection));
  if (conset_geometry_error_message (geometry) != NULL)
    return conset_geometry_ref (geometry);
  problem = conset_projection_takes (projection, geometry->n_dimensions)
              ? unit_problem (projection, geometry->unit)
              : clash (projection, geometry->n_dimensions);
  if (problem == NULL)
    return NULL;
  left = conset_projection_describe (projection);
  right = conset_geometry_describe (geometry);
  return conset_geometry_error_new ("%s * %s: %s", left, right, problem);
}

ConsetGeometry *
conset_project (ConsetProjection *projection, ConsetGeometry *geometry)
{
  ConsetGeometry *error;
  ProjectedGeometry *self;

  g_return_val_if_fail (projection != NULL && geometry != NULL,
                        conset_geometry_error_new ("a projection or a geometry is NULL; pass one"));

  error = projected_error (projection, geometry);
  if (error != NULL)
    {
      conset_projection_unref (projection);
      conset_geometry_unref (geometry);
      return error;
    }
  self = conset_geometry_new (&conset_geometry_projected_class, projection->n_to, geometry->size);
  self->base.end = geometry->end;
  self->projection = projection;
  self->base.precedence = CONSET_GEOMETRY_PREC_PROJECTED;
  self->base.finite = FALSE;
  conset_geometry_adopt (self, geometry);
  return conset_geometry_finish (self);
}

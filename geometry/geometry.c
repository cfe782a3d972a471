/* SPDX-License-Identifier: MIT */
/*
 * Geometries: life, errors, composition, and questions put to any kind of geometry.
 *
 * Depth is bounded where geometries are made, so that every walk down a geometry may recurse and
 * have some kilobytes of the stack on each level.
 */
#include "geometry.h"

#include "cells.h"
#include "life.h"
#include "text.h"

#include <math.h>
#include <string.h>

#define MAX_DEPTH 100

/* Errors */

CONSET_DEFINE_ERRORS (ConsetGeometry,
                      conset_geometry,
                      conset_geometry_new (&conset_geometry_error_class, 0, 0))

static const ConsetGeometryClass conset_geometry_error_class = {
  .name = "error",
  .struct_size = sizeof (conset_geometry_ErrorNode),
  .finalize = conset_geometry_error_finalize,
  .print = conset_geometry_error_print,
};

/* Life */

gpointer
conset_geometry_new (const ConsetGeometryClass *klass, guint n_dimensions, guint64 size)
{
  ConsetGeometry *geometry = g_malloc0 (klass->struct_size);

  geometry->klass = klass;
  g_atomic_ref_count_init (&geometry->refs);
  geometry->precedence = CONSET_GEOMETRY_PREC_ATOM;
  geometry->n_dimensions = n_dimensions;
  geometry->size = size;
  geometry->end = size;
  geometry->finite = TRUE;
  geometry->depth = 1;
  return geometry;
}

static void
free_cells (ConsetGeometry *geometry)
{
  g_clear_pointer (&geometry->cells, conset_cells_free);
}

CONSET_DEFINE_REF (ConsetGeometry, conset_geometry)
CONSET_DEFINE_TREE_UNREF (ConsetGeometry, conset_geometry, free_cells)

/* Composition */

void
conset_geometry_adopt (gpointer node, ConsetGeometry *child)
{
  ConsetGeometry *geometry = node;

  geometry->children = g_renew (ConsetGeometry *, geometry->children, geometry->n_children + 1);
  if (geometry->n_children == 0)
    geometry->unit = child->unit;
  geometry->children[geometry->n_children++] = child;
  geometry->depth = MAX (geometry->depth, child->depth + 1);
  geometry->finite = geometry->finite && child->finite;
}

ConsetGeometry *
conset_geometry_finish (gpointer node)
{
  ConsetGeometry *geometry = node, *error;

  if (geometry->depth <= MAX_DEPTH)
    return geometry;
  error = conset_geometry_error_new ("%s: the geometry is nested more than %d operators deep; "
                                     "compute its positions, and give them as an array",
                                     geometry->klass->name, MAX_DEPTH);
  conset_geometry_unref (geometry);
  return error;
}

ConsetGeometry *
conset_geometry_absorb (const char *operator_name, ConsetGeometry *a)
{
  if (a == NULL)
    {
      g_critical ("%s: the geometry is NULL", operator_name);
      return conset_geometry_error_new ("%s: the geometry is NULL; pass one", operator_name);
    }
  return conset_geometry_error_message (a) != NULL ? a : NULL;
}

/* Text */

void
conset_geometry_print (const ConsetGeometry *geometry, ConsetGeometryPrecedence least, GString *out)
{
  gboolean parentheses = geometry->precedence < least;

  if (conset_print_is_full (out))
    return;
  if (parentheses)
    g_string_append_c (out, '(');
  geometry->klass->print (geometry, out);
  if (parentheses)
    g_string_append_c (out, ')');
}

char *
conset_geometry_to_string (const ConsetGeometry *geometry)
{
  GString *out;

  g_return_val_if_fail (geometry != NULL, NULL);

  out = g_string_new (NULL);
  conset_geometry_print (geometry, CONSET_GEOMETRY_PREC_PRODUCT, out);
  return g_string_free (out, FALSE);
}

char *
conset_geometry_describe (const ConsetGeometry *geometry)
{
  gsize before = conset_print_limit (CONSET_DESCRIPTION_MOST);
  char *text = conset_geometry_to_string (geometry);

  conset_print_limit (before);
  return conset_abridge (text);
}

/* Positions */

/* The first of @n coordinates that is not finite, @n for none. */
static gsize
first_not_finite (const double *x, gsize n)
{
  const guint64 exponent = G_GUINT64_CONSTANT (0x7ff) << 52;
  guint64 wrong = 0;
  gsize k = 0;

  for (; k < n; k++)
    {
      guint64 bits;

      memcpy (&bits, &x[k], sizeof bits);
      wrong |= (bits & exponent) == exponent;
    }
  if (wrong == 0)
    return n;
  for (k = 0; isfinite (x[k]); k++)
    ;
  return k;
}

gboolean
conset_geometry_fill (const ConsetGeometry *geometry,
                      const ConsetIndices *indices,
                      double *const xyz[CONSET_MAX_DIMENSIONS],
                      guint64 *wrong)
{
  gsize n = indices->n, good = n;

  if (n == 0)
    return TRUE;
  if (conset_indices_get (indices, n - 1) >= geometry->end)
    {
      gsize k = 0;

      while (conset_indices_get (indices, k) < geometry->end)
        k++;
      *wrong = conset_indices_get (indices, k);
      return FALSE;
    }
  geometry->klass->fill (geometry, indices, xyz);
  for (guint d = 0; !geometry->finite && d < geometry->n_dimensions; d++)
    good = first_not_finite (xyz[d], good);
  if (good < n)
    *wrong = conset_indices_get (indices, good);
  return good == n;
}

gboolean
conset_geometry_at (const ConsetGeometry *geometry,
                    guint64 index,
                    double position[CONSET_MAX_DIMENSIONS])
{
  const ConsetIndices one = { index, NULL, 1 };
  guint64 wrong;

  return conset_geometry_fill (geometry, &one,
                               (double *[]){ &position[0], &position[1], &position[2] }, &wrong);
}

char *
conset_geometry_problem (const ConsetGeometry *geometry, guint64 index)
{
  g_autofree char *text = conset_geometry_describe (geometry);
  double position[CONSET_MAX_DIMENSIONS];
  guint d = 0;

  if (index >= geometry->end)
    return g_strdup_printf ("%s has %" G_GUINT64_FORMAT
                            " positions, and none for index %" G_GUINT64_FORMAT
                            "; ask for indices from 0 to below that",
                            text, geometry->end, index);
  conset_geometry_at (geometry, index, position);
  while (d + 1 < geometry->n_dimensions && isfinite (position[d]))
    d++;
  return g_strdup_printf ("%s: coordinate %c of position %" G_GUINT64_FORMAT
                          " is %s; coordinates are finite numbers",
                          text, "xyz"[d], index,
                          isnan (position[d]) ? "nan"
                          : position[d] > 0.0 ? "inf"
                                              : "-inf");
}

static gboolean
positions_fail (const ConsetGeometry *geometry, guint64 index, GError **error)
{
  g_autofree char *problem = conset_geometry_problem (geometry, index);

  g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_VALUE, problem);
  return FALSE;
}

gboolean
conset_geometry_positions (const ConsetGeometry *geometry,
                           guint64 first,
                           const guint32 *offsets,
                           gsize n,
                           double *positions,
                           GError **error)
{
  double x[CONSET_VALUE_BLOCK], y[CONSET_VALUE_BLOCK], z[CONSET_VALUE_BLOCK];
  double *const xyz[] = { x, y, z };
  ConsetScale shown;
  guint n_dimensions;
  guint64 wrong;

  g_return_val_if_fail (geometry != NULL && (positions != NULL || n == 0), FALSE);
  if (!conset_geometry_check (geometry, error))
    return FALSE;

  n_dimensions = geometry->n_dimensions;
  shown = conset_unit_shown (geometry->unit);
  for (gsize from = 0; from < n; from += CONSET_VALUE_BLOCK)
    {
      ConsetIndices block = { offsets != NULL ? first : first + from,
                              offsets != NULL ? offsets + from : NULL,
                              MIN (CONSET_VALUE_BLOCK, n - from) };

      if (!conset_geometry_fill (geometry, &block, xyz, &wrong))
        return positions_fail (geometry, wrong, error);
      for (gsize k = 0; k < block.n; k++)
        for (guint d = 0; d < n_dimensions; d++)
          positions[(from + k) * n_dimensions + d] = conset_scale_apply (shown, xyz[d][k]);
    }
  return TRUE;
}

gboolean
conset_geometry_position (const ConsetGeometry *geometry,
                          guint64 index,
                          double *position,
                          GError **error)
{
  return conset_geometry_positions (geometry, index, NULL, 1, position, error);
}

/* Questions */

guint
conset_geometry_n_dimensions (const ConsetGeometry *geometry)
{
  g_return_val_if_fail (geometry != NULL, 0);

  return geometry->n_dimensions;
}

guint64
conset_geometry_size (const ConsetGeometry *geometry)
{
  g_return_val_if_fail (geometry != NULL, 0);

  return geometry->size;
}

guint64
conset_geometry_end (const ConsetGeometry *geometry)
{
  g_return_val_if_fail (geometry != NULL, 0);

  return geometry->end;
}

/* Sets @error for what can be asked of some positions alone. */
static gboolean
check_has_some (const ConsetGeometry *geometry, const char *what, GError **error)
{
  g_autofree char *text = NULL;

  if (!conset_geometry_check (geometry, error))
    return FALSE;
  if (geometry->size > 0 && !conset_geometry_is_endless (geometry))
    return TRUE;
  text = conset_geometry_describe (geometry);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_VALUE,
               "%s has %s positions, so that there is no %s; give it a size", text,
               geometry->size == 0 ? "no" : "endlessly many", what);
  return FALSE;
}

/* Looks at all positions. */
static gboolean
walk_box (const ConsetGeometry *geometry, ConsetBox *box, GError **error)
{
  double x[CONSET_VALUE_BLOCK], y[CONSET_VALUE_BLOCK], z[CONSET_VALUE_BLOCK];
  double *const xyz[] = { x, y, z };
  guint64 wrong;

  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    {
      box->low[d] = INFINITY;
      box->high[d] = -INFINITY;
    }
  for (guint64 from = 0; from < geometry->size; from += CONSET_VALUE_BLOCK)
    {
      ConsetIndices block = { from, NULL, MIN (CONSET_VALUE_BLOCK, geometry->size - from) };

      if (!conset_geometry_fill (geometry, &block, xyz, &wrong))
        return positions_fail (geometry, wrong, error);
      for (guint d = 0; d < geometry->n_dimensions; d++)
        for (gsize k = 0; k < block.n; k++)
          {
            box->low[d] = MIN (box->low[d], xyz[d][k]);
            box->high[d] = MAX (box->high[d], xyz[d][k]);
          }
    }
  return TRUE;
}

gboolean
conset_geometry_find_box (const ConsetGeometry *geometry, ConsetBox *box, GError **error)
{
  if (geometry->klass->extent == NULL)
    return check_has_some (geometry, "extent", error) && walk_box (geometry, box, error);
  geometry->klass->extent (geometry, box);
  return TRUE;
}

gboolean
conset_geometry_extent (const ConsetGeometry *geometry, double *low, double *high, GError **error)
{
  ConsetScale shown;
  ConsetBox box;

  g_return_val_if_fail (geometry != NULL && low != NULL && high != NULL, FALSE);

  if (!conset_geometry_check (geometry, error) || !conset_geometry_find_box (geometry, &box, error))
    return FALSE;
  shown = conset_unit_shown (geometry->unit);
  for (guint d = 0; d < geometry->n_dimensions; d++)
    {
      low[d] = conset_scale_apply (shown, box.low[d]);
      high[d] = conset_scale_apply (shown, box.high[d]);
    }
  return TRUE;
}

static gboolean
check_is_finite (const ConsetGeometry *geometry, const double *position, GError **error)
{
  for (guint d = 0; d < geometry->n_dimensions; d++)
    if (!isfinite (position[d]))
      {
        g_set_error (error, CONSET_ERROR, CONSET_ERROR_VALUE,
                     "coordinate %c of the position is not finite; give finite numbers", "xyz"[d]);
        return FALSE;
      }
  return TRUE;
}

gboolean
conset_geometry_nearest (const ConsetGeometry *geometry,
                         const double *position,
                         guint64 *index,
                         GError **error)
{
  double at[CONSET_MAX_DIMENSIONS] = { 0 };
  const ConsetCells *cells;

  g_return_val_if_fail (geometry != NULL && position != NULL && index != NULL, FALSE);

  if (!check_has_some (geometry, "nearest one", error))
    return FALSE;
  for (guint d = 0; d < geometry->n_dimensions; d++)
    at[d] =
      geometry->unit != NULL ? conset_unit_to_base (geometry->unit, position[d]) : position[d];
  if (!check_is_finite (geometry, at, error))
    return FALSE;
  if (geometry->klass->nearest != NULL)
    {
      *index = geometry->klass->nearest (geometry, at);
      return TRUE;
    }
  cells = conset_geometry_cells (geometry, error);
  if (cells == NULL)
    return FALSE;
  *index = conset_cells_nearest (cells, geometry, at);
  return TRUE;
}

gboolean
conset_geometry_find_layer (const ConsetGeometry *geometry,
                            const char *name,
                            guint64 *first,
                            guint64 *end)
{
  g_return_val_if_fail (geometry != NULL && name != NULL && first != NULL && end != NULL, FALSE);

  return geometry->klass->find_layer != NULL
         && geometry->klass->find_layer (geometry, name, first, end);
}

const char *
conset_geometry_layer_of (const ConsetGeometry *geometry, guint64 index)
{
  g_return_val_if_fail (geometry != NULL, NULL);

  if (geometry->klass->layer_of == NULL || index >= geometry->size)
    return NULL;
  return geometry->klass->layer_of (geometry, index);
}

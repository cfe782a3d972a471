/* SPDX-License-Identifier: MIT */
/*
 * Names of the sets of near pairs: operators that wait for a metric, or for geometries.
 */
#include "functions.h"

#include "operator.h"
#include "sequence.h"

/* {{{ of a metric */

/* The operand as a value set; FALSE with @error set if it is none. */
static gboolean
operand_to_metric (ConsetLangValue *operand, GError **error)
{
  if (operand->kind == CONSET_LANG_GEOMETRY)
    {
      guint n_dimensions = conset_geometry_n_dimensions (operand->geometry);

      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "distances are needed, not positions; "
                   "apply it to a metric of them, such as euclidMetric%ud(g)",
                   n_dimensions);
      return FALSE;
    }
  if (operand->kind == CONSET_LANG_SET)
    {
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                           "distances are needed, not a set; "
                           "apply it to a metric, such as euclidMetric2d(g), "
                           "and put it and the metric in parentheses");
      return FALSE;
    }
  return conset_lang_value_to_value (operand, error);
}

static ConsetValue *
call_copy_value (const ConsetCall *call, gsize index)
{
  ConsetLangValue copy;

  if (!conset_call_has (call, index))
    return NULL;
  copy = conset_lang_value_copy (&call->values[index]);
  conset_lang_value_to_value (&copy, NULL);
  return copy.value;
}

static gboolean
disc_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  return operand_to_metric (operand, error)
         && conset_result_take_set (operand,
                                    conset_disc (call_copy_value (call, 0), operand->value));
}

static gboolean
within_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  return operand_to_metric (operand, error)
         && conset_result_take_set (operand,
                                    conset_within (call_copy_value (call, 0), operand->value));
}

static gboolean
annulus_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  return operand_to_metric (operand, error)
         && conset_result_take_set (
           operand,
           conset_annulus (call_copy_value (call, 0), call_copy_value (call, 1), operand->value));
}

static gboolean
nearest_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  ConsetOrder owner =
    conset_call_get_flag (call, 2, FALSE) ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;

  return operand_to_metric (operand, error)
         && conset_result_take_set (operand, conset_nearest (conset_call_get_count (call, 0),
                                                             conset_call_get_flag (call, 1, TRUE),
                                                             owner, operand->value));
}

/* }}} */

/* {{{ of positions */

/* Moves one geometry, or two in a tuple, out of the operand; @targets is NULL for one. */
static gboolean
operand_steal_geometries (ConsetLangValue *operand,
                          ConsetGeometry **sources,
                          ConsetGeometry **targets,
                          GError **error)
{
  ConsetLangValue *first, *second;

  *targets = NULL;
  if (operand->kind == CONSET_LANG_TUPLE && conset_sequence_length (operand->sequence) == 2)
    {
      first = conset_sequence_get (operand->sequence, 0);
      second = conset_sequence_get (operand->sequence, 1);
      if (first->kind == CONSET_LANG_GEOMETRY && second->kind == CONSET_LANG_GEOMETRY)
        {
          *sources = conset_geometry_ref (first->geometry);
          *targets = conset_geometry_ref (second->geometry);
          conset_lang_value_clear (operand);
          return TRUE;
        }
    }
  if (operand->kind == CONSET_LANG_GEOMETRY)
    {
      *sources = operand->geometry;
      operand->kind = CONSET_LANG_NONE;
      return TRUE;
    }
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "positions are needed%s; apply it to a geometry, such as grid2d(30), or to two, "
               "(g1, g2)",
               operand->kind == CONSET_LANG_VALUE ? ", not a value set" : "");
  return FALSE;
}

/* How a shape lies: arguments from @next on. A flat one has no polar angle. */
static ConsetPlacement
call_copy_placement (const ConsetCall *call, gsize next, guint n_dimensions)
{
  ConsetPlacement placement = { 0 };

  if (conset_call_has (call, next))
    placement.azimuth = call->values[next].real;
  next++;
  if (n_dimensions > 2)
    {
      if (conset_call_has (call, next))
        placement.polar = call->values[next].real;
      next++;
    }
  for (guint d = 0; d < n_dimensions; d++)
    {
      placement.anchor[d] = call_copy_value (call, next + d);
      placement.torus[d] = call_copy_value (call, next + n_dimensions + d);
    }
  return placement;
}

static gboolean
flat_apply (const ConsetCall *call,
            ConsetLangValue *operand,
            Conset *(*make) (ConsetValue *,
                             ConsetValue *,
                             const ConsetPlacement *,
                             ConsetGeometry *,
                             ConsetGeometry *),
            GError **error)
{
  ConsetGeometry *sources, *targets;
  ConsetPlacement placement;

  if (!operand_steal_geometries (operand, &sources, &targets, error))
    return FALSE;
  placement = call_copy_placement (call, 2, 2);
  return conset_result_take_set (
    operand,
    make (call_copy_value (call, 0), call_copy_value (call, 1), &placement, sources, targets));
}

static gboolean
solid_apply (const ConsetCall *call,
             ConsetLangValue *operand,
             Conset *(*make) (ConsetValue *,
                              ConsetValue *,
                              ConsetValue *,
                              const ConsetPlacement *,
                              ConsetGeometry *,
                              ConsetGeometry *),
             GError **error)
{
  ConsetGeometry *sources, *targets;
  ConsetPlacement placement;

  if (!operand_steal_geometries (operand, &sources, &targets, error))
    return FALSE;
  placement = call_copy_placement (call, 3, 3);
  return conset_result_take_set (operand,
                                 make (call_copy_value (call, 0), call_copy_value (call, 1),
                                       call_copy_value (call, 2), &placement, sources, targets));
}

static gboolean
rectangle_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  return flat_apply (call, operand, conset_rectangle, error);
}

static gboolean
ellipse_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  return flat_apply (call, operand, conset_ellipse, error);
}

static gboolean
box_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  return solid_apply (call, operand, conset_box, error);
}

static gboolean
ellipsoid_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  return solid_apply (call, operand, conset_ellipsoid, error);
}

/* }}} */

#define SIZES_FLAT                                                                                 \
  { "width", CONSET_PARAMETER_VALUE, 0 },                                                          \
  {                                                                                                \
    "height", CONSET_PARAMETER_VALUE, 0                                                            \
  }
#define SIZES_SOLID                                                                                \
  SIZES_FLAT,                                                                                      \
  {                                                                                                \
    "depth", CONSET_PARAMETER_VALUE, 0                                                             \
  }
#define LENGTH(keyword)                                                                            \
  {                                                                                                \
    keyword, CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD                                              \
  }
#define ANGLE(keyword)                                                                             \
  {                                                                                                \
    keyword, CONSET_PARAMETER_REAL, OPTIONAL_KEYWORD                                               \
  }

#define PLACEMENT_FLAT                                                                             \
  ANGLE ("azimuth"), LENGTH ("x0"), LENGTH ("y0"), LENGTH ("xScale"), LENGTH ("yScale")
#define PLACEMENT_SOLID                                                                            \
  ANGLE ("azimuth"), ANGLE ("polar"), LENGTH ("x0"), LENGTH ("y0"), LENGTH ("z0"),                 \
    LENGTH ("xScale"), LENGTH ("yScale"), LENGTH ("zScale")

#define SHAPE(function, sizes, parameters_sizes, parameters_placement, text)                       \
  {                                                                                                \
    .name = #function, .kind = CONSET_FUNCTION_CONSTRUCTOR, .signature = #function sizes,          \
    .help = "operator: the pairs of which the source is in " text " about the target",             \
    .apply = function##_apply, .takes = CONSET_PARAMETER_ANY,                                      \
    .parameters = { parameters_sizes, parameters_placement },                                      \
  }
#define KEYWORDS_FLAT ", azimuth=0, x0=0, y0=0, xScale, yScale)"
#define KEYWORDS_SOLID ", azimuth=0, polar=0, x0=0, y0=0, z0=0, xScale, yScale, zScale)"

static const ConsetFunction functions[] = {
  {
    .name = "disc",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "disc(r)",
    .help = "operator: the pairs of which the distance, by a metric, is below r",
    .apply = disc_apply,
    .takes = CONSET_PARAMETER_ANY,
    .parameters = { { "r", CONSET_PARAMETER_VALUE, 0 } },
  },
  {
    .name = "ball",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ball(r)",
    .help = "operator: the same as disc(r)",
    .apply = disc_apply,
    .takes = CONSET_PARAMETER_ANY,
    .parameters = { { "r", CONSET_PARAMETER_VALUE, 0 } },
  },
  {
    .name = "within",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "within(r)",
    .help = "operator: the pairs of which the distance, by a metric, is r at most",
    .apply = within_apply,
    .takes = CONSET_PARAMETER_ANY,
    .parameters = { { "r", CONSET_PARAMETER_VALUE, 0 } },
  },
  {
    .name = "annulus",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "annulus(r0, r1)",
    .help = "operator: the pairs of which the distance, by a metric, is r0 or more, but below r1",
    .apply = annulus_apply,
    .takes = CONSET_PARAMETER_ANY,
    .parameters = { { "r0", CONSET_PARAMETER_VALUE, 0 }, { "r1", CONSET_PARAMETER_VALUE, 0 } },
  },
  {
    .name = "nearest",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "nearest(k, autapses=True, targets=False)",
    .help = "operator: the k sources nearest to each target, by a metric; "
            "with targets=True the k targets nearest to each source",
    .apply = nearest_apply,
    .takes = CONSET_PARAMETER_ANY,
    .parameters = { { "k", CONSET_PARAMETER_COUNT, 0 },
                    { "autapses", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
                    { "targets", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD } },
  },
  SHAPE (rectangle, "(width, height" KEYWORDS_FLAT, SIZES_FLAT, PLACEMENT_FLAT, "a rectangle"),
  SHAPE (ellipse, "(width, height" KEYWORDS_FLAT, SIZES_FLAT, PLACEMENT_FLAT, "an ellipse"),
  SHAPE (box, "(width, height, depth" KEYWORDS_SOLID, SIZES_SOLID, PLACEMENT_SOLID, "a box"),
  SHAPE (ellipsoid,
         "(width, height, depth" KEYWORDS_SOLID,
         SIZES_SOLID,
         PLACEMENT_SOLID,
         "an ellipsoid"),
};

const ConsetFunctionTable conset_functions_spatial = { functions, G_N_ELEMENTS (functions) };

/* SPDX-License-Identifier: MIT */
/*
 * Names of metrics and displacements: value sets of one geometry, or of two.
 */
#include "functions.h"

#include "lengths.h"
#include "measured.h"

#include <string.h>

/* Moves the geometries of the call out of it; @targets is NULL if there is one alone. FALSE if one
 * has not @n_dimensions, unless that is 0. */
static gboolean
call_steal_geometries (ConsetCall *call,
                       guint n_dimensions,
                       ConsetGeometry **sources,
                       ConsetGeometry **targets,
                       GError **error)
{
  for (guint k = 0; k < 2; k++)
    if (n_dimensions > 0 && conset_call_has (call, k)
        && conset_geometry_n_dimensions (call->values[k].geometry) != n_dimensions)
      {
        g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                     "%s: the metric is of %u dimensions, the positions are of %u; "
                     "use the metric of their dimensions, or a projection",
                     k == 0 ? "g1" : "g2", n_dimensions,
                     conset_geometry_n_dimensions (call->values[k].geometry));
        return FALSE;
      }
  *sources = call->values[0].geometry;
  *targets = conset_call_has (call, 1) ? call->values[1].geometry : NULL;
  call->values[0].kind = CONSET_LANG_NONE;
  call->values[1].kind = CONSET_LANG_NONE;
  return TRUE;
}

/* By the end of the name. */
static guint
call_dimensions (const ConsetCall *call)
{
  return g_str_has_suffix (call->function->name, "3d") ? 3 : 2;
}

static gboolean
metric_make (ConsetCall *call,
             ConsetValue *(*make) (ConsetGeometry *, ConsetGeometry *),
             ConsetLangValue *result,
             GError **error)
{
  ConsetGeometry *sources, *targets;

  if (!call_steal_geometries (call, call_dimensions (call), &sources, &targets, error))
    return FALSE;
  return conset_result_take_value (result, make (sources, targets));
}

static gboolean
euclid_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return metric_make (call, conset_metric_euclid, result, error);
}

static gboolean
city_block_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return metric_make (call, conset_metric_city_block, result, error);
}

static gboolean
maximum_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return metric_make (call, conset_metric_maximum, result, error);
}

/* Lengths that are beside positions of sources. */
static ConsetLengths
call_lengths (const ConsetCall *call)
{
  return conset_lengths_begin (conset_geometry_measure (call->values[0].geometry), "g1");
}

static gboolean
toroid_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint n_dimensions = call_dimensions (call);
  double box[CONSET_MAX_DIMENSIONS];
  ConsetLengths lengths = call_lengths (call);
  ConsetGeometry *sources, *targets;

  if (!conset_lengths_get (&lengths, call, 2, n_dimensions, 1.0, box, error)
      || !call_steal_geometries (call, n_dimensions, &sources, &targets, error))
    return FALSE;
  return conset_result_take_value (result, conset_toroid_measured (box, sources, targets));
}

/* dx, dy or dz. */
static gboolean
displacement_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetLengths lengths = call_lengths (call);
  ConsetGeometry *sources, *targets;
  double box;

  if (!conset_lengths_get (&lengths, call, 2, 1, 0.0, &box, error)
      || !call_steal_geometries (call, 0, &sources, &targets, error))
    return FALSE;
  return conset_result_take_value (
    result,
    conset_displacement_measured ((guint) (call->function->name[1] - 'x'), box, sources, targets));
}

#define GEOMETRIES                                                                                 \
  { "g1", CONSET_PARAMETER_GEOMETRY, 0 },                                                          \
  {                                                                                                \
    "g2", CONSET_PARAMETER_GEOMETRY, OPTIONAL                                                      \
  }
#define SIZE(keyword)                                                                              \
  {                                                                                                \
    keyword, CONSET_PARAMETER_LENGTH, OPTIONAL                                                     \
  }

#define METRIC(function, name_text, dimensions, text)                                              \
  {                                                                                                \
    .name = name_text dimensions, .kind = CONSET_FUNCTION_CONSTRUCTOR,                             \
    .signature = name_text dimensions "(g1, g2=g1)",                                               \
    .help = "value set: " text " of positions of sources and targets", .make = function##_make,    \
    .parameters = { GEOMETRIES },                                                                  \
  }

#define DISPLACEMENT(axis)                                                                         \
  {                                                                                                \
    .name = "d" axis, .kind = CONSET_FUNCTION_CONSTRUCTOR,                                         \
    .signature = "d" axis "(g1, g2=g1, box=0)",                                                    \
    .help = "value set: " axis " of the source minus " axis                                        \
            " of the target; with a box the shorter way around a torus",                           \
    .make = displacement_make,                                                                     \
    .parameters = { GEOMETRIES, { "box", CONSET_PARAMETER_LENGTH, OPTIONAL_KEYWORD } },            \
  }

static const ConsetFunction functions[] = {
  METRIC (euclid, "euclidMetric", "2d", "the distance"),
  METRIC (euclid, "euclidMetric", "3d", "the distance"),
  {
    .name = "euclidToroidMetric2d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "euclidToroidMetric2d(g1, g2=g1, xScale=1, yScale=1)",
    .help = "value set: the distance on a torus of this size",
    .make = toroid_make,
    .parameters = { GEOMETRIES, SIZE ("xScale"), SIZE ("yScale") },
  },
  {
    .name = "euclidToroidMetric3d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "euclidToroidMetric3d(g1, g2=g1, xScale=1, yScale=1, zScale=1)",
    .help = "value set: the distance on a torus of this size",
    .make = toroid_make,
    .parameters = { GEOMETRIES, SIZE ("xScale"), SIZE ("yScale"), SIZE ("zScale") },
  },
  METRIC (city_block, "cityBlockMetric", "2d", "|dx| + |dy|"),
  METRIC (city_block, "cityBlockMetric", "3d", "|dx| + |dy| + |dz|"),
  METRIC (maximum, "maximumMetric", "2d", "the greater of |dx| and |dy|"),
  METRIC (maximum, "maximumMetric", "3d", "the greatest of |dx|, |dy| and |dz|"),
  DISPLACEMENT ("x"),
  DISPLACEMENT ("y"),
  DISPLACEMENT ("z"),
};

const ConsetFunctionTable conset_functions_metrics = { functions, G_N_ELEMENTS (functions) };

/* SPDX-License-Identifier: MIT */
/*
 * Metrics and displacements: values of two geometries.
 *
 * Along a line the position of the target, or the source, is looked up once; those of the others
 * are found block by block, and a loop makes distances of them in place.
 */
#include "metric.h"

#include <conset/spatial.h>

#include "arguments.h"
#include "kernels.h"
#include "measured.h"
#include "text.h"
#include "units.h"

#include <math.h>
#include <string.h>

/* What a value does with two positions. */
typedef enum
{
  USE_METRIC,
  USE_CALLBACK,
  USE_AXIS,
} Use;

/* @targets: that of the sources, with a reference of its own, where one is both
 * @box: 0 where there is no torus */
typedef struct
{
  ConsetValue base;
  Use use;
  ConsetMetricKind kind;
  guint axis;
  ConsetGeometry *sources;
  ConsetGeometry *targets;
  double box[CONSET_MAX_DIMENSIONS];
  ConsetScale shown;
  char *name;
  ConsetMetricFunc metric;
  gpointer user_data;
  GDestroyNotify destroy;
} MetricValue;

/* @line: whose position @at is */
typedef struct
{
  gboolean has_line;
  guint64 line;
  double at[CONSET_MAX_DIMENSIONS];
  double y[CONSET_VALUE_BLOCK];
  double z[CONSET_VALUE_BLOCK];
} MetricState;

static const char *const metric_names[CONSET_N_METRICS] = {
  [CONSET_METRIC_EUCLID] = "euclidMetric",
  [CONSET_METRIC_TOROID] = "euclidToroidMetric",
  [CONSET_METRIC_CITY_BLOCK] = "cityBlockMetric",
  [CONSET_METRIC_MAXIMUM] = "maximumMetric",
};

static guint
n_dimensions (const MetricValue *self)
{
  return self->sources->n_dimensions;
}

static const ConsetGeometry *
metric_geometry (const ConsetValue *value, ConsetOrder order)
{
  const MetricValue *self = (const MetricValue *) value;

  return order == CONSET_SOURCE_MAJOR ? self->sources : self->targets;
}

static void
metric_finalize (ConsetValue *value)
{
  MetricValue *self = (MetricValue *) value;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  conset_geometry_unref (self->sources);
  conset_geometry_unref (self->targets);
  g_free (self->name);
}

static void
print_box (const MetricValue *self, GString *out)
{
  const ConsetUnit *unit = self->base.unit;

  if (self->use == USE_AXIS)
    conset_append_keyword (out, "box", self->box[self->axis], 0.0, unit);
  if (self->use == USE_METRIC && self->kind == CONSET_METRIC_TOROID)
    conset_append_keywords (out, "Scale", self->box, n_dimensions (self), 1.0, unit);
}

static void
metric_print (const ConsetValue *value, GString *out)
{
  const MetricValue *self = (const MetricValue *) value;

  if (self->use == USE_CALLBACK)
    g_string_append_printf (out, "<%s>(", self->name);
  else if (self->use == USE_AXIS)
    g_string_append_printf (out, "d%c(", "xyz"[self->axis]);
  else
    g_string_append_printf (out, "%s%ud(", metric_names[self->kind], n_dimensions (self));
  conset_geometry_print (self->sources, CONSET_GEOMETRY_PREC_PRODUCT, out);
  if (self->targets != self->sources)
    {
      g_string_append (out, ", ");
      conset_geometry_print (self->targets, CONSET_GEOMETRY_PREC_PRODUCT, out);
    }
  print_box (self, out);
  g_string_append_c (out, ')');
}

/* The name of the value without its geometries, for messages that have them. */
static const char *
metric_function (const MetricValue *self, char name[32])
{
  if (self->use == USE_CALLBACK)
    return self->name;
  if (self->use == USE_AXIS)
    g_snprintf (name, 32, "d%c", "xyz"[self->axis]);
  else
    g_snprintf (name, 32, "%s%ud", metric_names[self->kind], n_dimensions (self));
  return name;
}

static double
position_fail (const MetricValue *self,
               const ConsetGeometry *geometry,
               guint64 index,
               const ConsetPlace *place)
{
  g_autofree char *problem = NULL;
  char name[32];

  if (place->error == NULL)
    return NAN;
  problem = conset_geometry_problem (geometry, index);
  return conset_place_fail (place, CONSET_ERROR_VALUE, "%s: %s", metric_function (self, name),
                            problem);
}

/* Of @n positions (x, y, z) along a line and the one @at across: what they make goes to x. Signs of
 * displacements are those of x - at. */
static void
combine (const MetricValue *self, double *x, double *y, double *z, const double *at, gsize n)
{
  const ConsetSpatial *spatial = conset_spatial ();
  double *along = self->axis == 0 ? x : self->axis == 1 ? y : z;

  if (self->use == USE_METRIC)
    {
      spatial->distance[self->kind][n_dimensions (self) == 3](x, y, z, at, self->box, n);
      return;
    }
  if (self->box[self->axis] > 0.0)
    spatial->around (along, at[self->axis], self->box[self->axis], n);
  else
    conset_arithmetic ()->by_number[CONSET_BINARY_SUBTRACT](along, at[self->axis], n);
  if (along != x)
    memcpy (x, along, n * sizeof *x);
}

/* What the function of the user makes of two positions, all in the unit of the value. */
static double
call_metric (const MetricValue *self, const double *source, const double *target)
{
  double a[CONSET_MAX_DIMENSIONS], b[CONSET_MAX_DIMENSIONS];

  for (guint d = 0; d < n_dimensions (self); d++)
    {
      a[d] = conset_scale_apply (self->shown, source[d]);
      b[d] = conset_scale_apply (self->shown, target[d]);
    }
  return conset_scale_apply (conset_scale_invert (self->shown),
                             self->metric (a, b, n_dimensions (self), self->user_data));
}

/* The number of one pair. Subtraction is the same both ways, but for the sign. */
static double
metric_at (const ConsetValue *value, const ConsetPlace *place)
{
  const MetricValue *self = (const MetricValue *) value;
  double source[CONSET_MAX_DIMENSIONS], target[CONSET_MAX_DIMENSIONS];

  if (!conset_geometry_at (self->sources, place->source, source))
    return position_fail (self, self->sources, place->source, place);
  if (!conset_geometry_at (self->targets, place->target, target))
    return position_fail (self, self->targets, place->target, place);
  if (self->use == USE_CALLBACK)
    return call_metric (self, source, target);
  combine (self, &source[0], &source[1], &source[2], target, 1);
  return source[0];
}

static void
metric_start (ConsetValueStep *step)
{
  step->state = g_new0 (MetricState, 1);
}

static void
metric_stop (ConsetValueStep *step)
{
  g_free (step->state);
}

/* The position of the line. */
static gboolean
state_aim (MetricState *state, const ConsetGeometry *geometry, guint64 line)
{
  if (state->has_line && state->line == line)
    return TRUE;
  state->has_line = conset_geometry_at (geometry, line, state->at);
  state->line = line;
  return state->has_line;
}

static void
callback_fill (
  const MetricValue *self, const MetricState *state, gboolean target_major, double *x, gsize n)
{
  for (gsize k = 0; k < n; k++)
    {
      const double along[] = { x[k], state->y[k], state->z[k] };

      x[k] = call_metric (self, target_major ? along : state->at, target_major ? state->at : along);
    }
}

/* All places of a block fail at once: the plan keeps the first error. */
static void
fill_fail (ConsetValueStep *step,
           const ConsetPlaces *places,
           const ConsetGeometry *geometry,
           guint64 index,
           double *out)
{
  const MetricValue *self = (const MetricValue *) step->value;
  ConsetPlace place = conset_value_plan_place (step->plan, places, 0);

  for (gsize k = 0; k < places->n; k++)
    out[k] = NAN;
  position_fail (self, geometry, index, &place);
}

static void
metric_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const MetricValue *self = (const MetricValue *) step->value;
  MetricState *state = step->state;
  gboolean target_major = places->order == CONSET_TARGET_MAJOR;
  const ConsetGeometry *across = target_major ? self->targets : self->sources;
  const ConsetGeometry *along = target_major ? self->sources : self->targets;
  const ConsetIndices indices = { places->first, places->offsets, places->n };
  guint64 wrong;

  if (!conset_geometry_fill (along, &indices, (double *[]){ out, state->y, state->z }, &wrong))
    fill_fail (step, places, along, wrong, out);
  else if (!state_aim (state, across, places->line))
    fill_fail (step, places, across, places->line, out);
  else if (self->use == USE_CALLBACK)
    callback_fill (self, state, target_major, out, places->n);
  else
    {
      combine (self, out, state->y, state->z, state->at, places->n);
      if (self->use == USE_AXIS && !target_major)
        conset_arithmetic ()->number_by[CONSET_BINARY_SUBTRACT](out, 0.0, places->n);
    }
}

/* The disc, if an index finds it. */
static Conset *
metric_below (const ConsetValue *value, double bound, gboolean closed)
{
  ConsetValue *radius;

  if (((const MetricValue *) value)->use != USE_METRIC || !(bound >= 0.0) || !isfinite (bound))
    return NULL;
  radius = conset_value_quantity (bound, value->unit);
  return closed ? conset_within (radius, conset_value_ref (value))
                : conset_disc (radius, conset_value_ref (value));
}

static const ConsetValueClass conset_value_metric_class = {
  .name = "metric",
  .struct_size = sizeof (MetricValue),
  .finalize = metric_finalize,
  .geometry = metric_geometry,
  .print = metric_print,
  .at = metric_at,
  .start = metric_start,
  .stop = metric_stop,
  .fill = metric_fill,
  .below = metric_below,
};

gboolean
conset_metric_look (const ConsetValue *value, ConsetMetricParts *parts)
{
  const MetricValue *self = (const MetricValue *) value;

  if (value->klass != &conset_value_metric_class || self->use != USE_METRIC)
    return FALSE;
  parts->kind = self->kind;
  parts->sources = self->sources;
  parts->targets = self->targets;
  memcpy (parts->box, self->box, sizeof parts->box);
  return TRUE;
}

/* Constructors */

/* What is wrong with the geometries, as an error value; NULL for nothing. */
static ConsetValue *
geometries_error (const char *function, ConsetGeometry *sources, ConsetGeometry *targets)
{
  g_autofree char *a = NULL, *b = NULL, *problem = NULL;
  const char *message;

  if (sources == NULL)
    {
      g_critical ("%s: the geometry of the sources is NULL", function);
      return conset_value_error_new ("%s: the geometry of the sources is NULL; pass one", function);
    }
  message = conset_geometry_error_message (sources);
  if (message == NULL && targets != NULL)
    message = conset_geometry_error_message (targets);
  if (message != NULL)
    return conset_value_error_new ("%s", message);
  if (targets == NULL)
    return NULL;
  problem = conset_units_clash ("positions of sources are", sources->unit,
                                "positions of targets are", targets->unit);
  if (problem == NULL && sources->n_dimensions == targets->n_dimensions)
    return NULL;
  a = conset_geometry_describe (sources);
  b = conset_geometry_describe (targets);
  if (sources->n_dimensions == targets->n_dimensions)
    return conset_value_error_new ("%s(%s, %s): %s", function, a, b, problem);
  return conset_value_error_new ("%s(%s, %s): positions of sources have %u dimensions, those of "
                                 "targets %u; use as many in both, or a projection",
                                 function, a, b, sources->n_dimensions, targets->n_dimensions);
}

/* Consumes the geometries in any case. NULL with @error set if they are wrong. */
static MetricValue *
metric_new (const char *function,
            Use use,
            ConsetGeometry *sources,
            ConsetGeometry *targets,
            ConsetValue **error)
{
  MetricValue *self;

  *error = geometries_error (function, sources, targets);
  if (*error != NULL)
    {
      g_clear_pointer (&sources, conset_geometry_unref);
      g_clear_pointer (&targets, conset_geometry_unref);
      return NULL;
    }
  self = conset_value_new (&conset_value_metric_class);
  self->use = use;
  self->sources = sources;
  self->targets = targets != NULL ? targets : conset_geometry_ref (sources);
  self->base.by_source = TRUE;
  self->base.by_target = TRUE;
  self->base.unit = sources->unit;
  self->shown = conset_unit_shown (sources->unit);
  return self;
}

static ConsetValue *
known_metric (ConsetMetricKind kind, ConsetGeometry *sources, ConsetGeometry *targets)
{
  ConsetValue *error;
  MetricValue *self = metric_new (metric_names[kind], USE_METRIC, sources, targets, &error);

  if (self == NULL)
    return error;
  self->kind = kind;
  return conset_value_finish_as (self, CONSET_UNITS_OWN);
}

ConsetValue *
conset_metric_euclid (ConsetGeometry *sources, ConsetGeometry *targets)
{
  return known_metric (CONSET_METRIC_EUCLID, sources, targets);
}

ConsetValue *
conset_metric_city_block (ConsetGeometry *sources, ConsetGeometry *targets)
{
  return known_metric (CONSET_METRIC_CITY_BLOCK, sources, targets);
}

ConsetValue *
conset_metric_maximum (ConsetGeometry *sources, ConsetGeometry *targets)
{
  return known_metric (CONSET_METRIC_MAXIMUM, sources, targets);
}

ConsetValue *
conset_metric_toroid (const double *box, ConsetGeometry *sources, ConsetGeometry *targets)
{
  double measured[CONSET_MAX_DIMENSIONS];

  if (box == NULL || sources == NULL || sources->unit == NULL)
    return conset_toroid_measured (box, sources, targets);
  for (guint d = 0; d < sources->n_dimensions; d++)
    measured[d] = conset_unit_to_base (sources->unit, box[d]);
  return conset_toroid_measured (measured, sources, targets);
}

ConsetValue *
conset_toroid_measured (const double *box, ConsetGeometry *sources, ConsetGeometry *targets)
{
  ConsetValue *error;
  MetricValue *self =
    metric_new (metric_names[CONSET_METRIC_TOROID], USE_METRIC, sources, targets, &error);

  if (self == NULL)
    return error;
  self->kind = CONSET_METRIC_TOROID;
  for (guint d = 0; d < n_dimensions (self) && error == NULL; d++)
    {
      self->box[d] = box != NULL ? box[d] : 0.0;
      if (!(self->box[d] > 0.0) || !isfinite (self->box[d]))
        error = conset_value_error_new ("euclidToroidMetric%ud: the %cScale of the torus is not "
                                        "above 0; give its size",
                                        n_dimensions (self), "xyz"[d]);
    }
  if (error == NULL)
    return conset_value_finish_as (self, CONSET_UNITS_OWN);
  conset_value_unref (&self->base);
  return error;
}

ConsetValue *
conset_metric_callback (const char *name,
                        ConsetMetricFunc metric,
                        gpointer user_data,
                        GDestroyNotify destroy,
                        ConsetGeometry *sources,
                        ConsetGeometry *targets)
{
  const char *printed = name != NULL ? name : "callback";
  ConsetValue *error;
  MetricValue *self = metric_new (printed, USE_CALLBACK, sources, targets, &error);

  if (self == NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return error;
    }
  self->name = g_strdup (printed);
  self->metric = metric;
  self->user_data = user_data;
  self->destroy = destroy;
  if (metric != NULL)
    return conset_value_finish_as (self, CONSET_UNITS_OWN);
  conset_value_unref (&self->base);
  return conset_value_error_new ("callback(%s): there is no function; pass one", printed);
}

ConsetValue *
conset_displacement (guint axis, double box, ConsetGeometry *sources, ConsetGeometry *targets)
{
  if (sources != NULL && sources->unit != NULL)
    box = conset_unit_to_base (sources->unit, box);
  return conset_displacement_measured (axis, box, sources, targets);
}

ConsetValue *
conset_displacement_measured (guint axis,
                              double box,
                              ConsetGeometry *sources,
                              ConsetGeometry *targets)
{
  const char *const names[] = { "dx", "dy", "dz" };
  const char *name = axis < G_N_ELEMENTS (names) ? names[axis] : "displacement";
  ConsetValue *error;
  MetricValue *self = metric_new (name, USE_AXIS, sources, targets, &error);

  if (self == NULL)
    return error;
  if (axis >= n_dimensions (self))
    error = conset_value_error_new ("%s: positions have %u dimensions; use fewer", name,
                                    n_dimensions (self));
  else if (!(box >= 0.0) || !isfinite (box))
    error =
      conset_value_error_new ("%s: the box is not a size; give that of the torus, or 0", name);
  if (error != NULL)
    {
      conset_value_unref (&self->base);
      return error;
    }
  self->axis = axis;
  self->box[axis] = box;
  return conset_value_finish_as (self, CONSET_UNITS_OWN);
}

/* SPDX-License-Identifier: MIT */
/*
 * The class of drawn values: parameters, text, errors, and the evaluation that all kinds share.
 *
 * Bits are drawn for all places of a block at once, as those of copy 0. Other copies are few as
 * a rule; their places are then drawn one by one, with their own keys.
 */
#include "distribution.h"

#include "text.h"

#include <float.h>
#include <math.h>

typedef struct
{
  ConsetValue base;
  const Distribution *kind;
  guint64 seed;
  /* Which child a parameter is; -1 if it is left out. */
  gint child_of[DISTRIBUTION_MOST_PARAMETERS];
  /* Whether ready holds what is ready, for constants. */
  gboolean prepared;
  double ready[DISTRIBUTION_MOST_READY];
} DistributionValue;

/* {{{ parameters */

/* [least, most], all of it or the whole numbers, and what follows "must be". */
typedef struct
{
  double least;
  double most;
  gboolean whole;
  const char *text;
} Range;

static const Range ranges[] = {
  [RANGE_FINITE] = { -DBL_MAX, DBL_MAX, FALSE, "finite" },
  [RANGE_NOT_NEGATIVE] = { 0.0, DBL_MAX, FALSE, "0 or more, and finite" },
  [RANGE_POSITIVE] = { 0x1p-1074, DBL_MAX, FALSE, "above 0, and finite" },
  [RANGE_END] = { -INFINITY, INFINITY, FALSE, "a number" },
  [RANGE_WHOLE] = { -0x1p53, 0x1p53, TRUE, "a whole number from -2^53 to 2^53" },
  [RANGE_COUNT] = { 0.0, 0x1p53, TRUE, "a whole number from 0 to 2^53" },
  [RANGE_CHANCE] = { 0.0, 1.0, FALSE, "in [0, 1]" },
  [RANGE_POISSON_MEAN] = { 0.0, 0x1p62, FALSE, "in [0, 2^62]" },
  [RANGE_GEOMETRIC_MEAN] = { 0.0, 0x1p57, FALSE, "in [0, 2^57]" },
};

static inline gboolean
range_has (const Range *range, double x)
{
  return x >= range->least && x <= range->most && (!range->whole || conset_number_floor (x) == x);
}

/* Where the first of @n numbers is that is not in it; @n if all are. */
static gsize
range_find_other (const Range *range, const double *x, gsize n)
{
  const double least = range->least, most = range->most;
  gsize n_inside = 0, k = 0;

  for (gsize l = 0; l < n; l++)
    n_inside += (x[l] >= least) & (x[l] <= most);
  if (n_inside == n && !range->whole)
    return n;
  while (k < n && range_has (range, x[k]))
    k++;
  return k;
}

static const Range *
range_of (const Distribution *kind, guint parameter)
{
  return &ranges[kind->parameters[parameter].range];
}

/* What is ready of parameters in their ranges: NULL, or what parameter number @culprit must be. */
static const char *
make_ready (const Distribution *kind, const double *given, double *ready, guint *culprit)
{
  if (kind->prepare != NULL)
    return kind->prepare (given, ready, culprit);
  for (guint p = 0; p < kind->n_parameters; p++)
    ready[p] = given[p];
  return NULL;
}

/* The same of any parameters. */
static const char *
prepare (const Distribution *kind, const double *given, double *ready, guint *culprit)
{
  for (*culprit = 0; *culprit < kind->n_parameters; ++*culprit)
    if (!range_has (range_of (kind, *culprit), given[*culprit]))
      return range_of (kind, *culprit)->text;
  return make_ready (kind, given, ready, culprit);
}

/* "normal(0, 1" */
static void
print_parameters (const DistributionValue *self, GString *out)
{
  gboolean by_keyword = self->kind->by_keyword;
  const char *separator = "(";

  g_string_append (out, self->kind->name);
  for (guint p = 0; p < self->kind->n_parameters; p++)
    {
      if (self->child_of[p] < 0)
        {
          by_keyword = TRUE;
          continue;
        }
      g_string_append (out, separator);
      if (by_keyword)
        g_string_append_printf (out, "%s=", self->kind->parameters[p].name);
      conset_value_print (self->base.children[self->child_of[p]], CONSET_VALUE_PREC_LEAST, out);
      separator = ", ";
    }
}

/* For messages: without the seed, which matters to none of them. */
static char *
describe (const DistributionValue *self)
{
  gsize before = conset_print_limit (CONSET_DESCRIPTION_MOST);
  GString *text = g_string_new (NULL);

  print_parameters (self, text);
  g_string_append_c (text, ')');
  conset_print_limit (before);
  return conset_abridge (g_string_free (text, FALSE));
}

/* The text of a number that a parameter is. */
static char *
number_text (const DistributionValue *self, guint parameter, double x)
{
  gint child = self->child_of[parameter];

  return conset_value_show_number (child >= 0 ? self->base.children[child] : NULL, x);
}

static double
fail_at (const DistributionValue *self,
         const ConsetPlace *place,
         guint culprit,
         double x,
         const char *must)
{
  g_autofree char *text = describe (self), *number = number_text (self, culprit, x);

  return conset_place_fail (
    place, CONSET_ERROR_VALUE,
    "%s: %s at source %" G_GUINT64_FORMAT ", target %" G_GUINT64_FORMAT " is %s; it must be %s",
    text, self->kind->parameters[culprit].name, place->source, place->target, number, must);
}

/* The parameters at @place, made ready; FALSE with its error set if they are wrong. */
static gboolean
prepare_at (const DistributionValue *self,
            const ConsetPlace *place,
            const double *given,
            double *ready)
{
  const char *must;
  guint culprit;

  /* A parameter that has failed itself has said why. */
  if (place->error != NULL && *place->error != NULL)
    return FALSE;
  must = prepare (self->kind, given, ready, &culprit);
  if (must != NULL)
    fail_at (self, place, culprit, given[culprit], must);
  return must == NULL;
}

/* }}} */

/* {{{ the class */

static void
distribution_print (const ConsetValue *value, GString *out)
{
  const DistributionValue *self = (const DistributionValue *) value;

  print_parameters (self, out);
  g_string_append_printf (out, ", seed=%" G_GUINT64_FORMAT ")", self->seed);
}

static double
distribution_at (const ConsetValue *value, const ConsetPlace *place)
{
  const DistributionValue *self = (const DistributionValue *) value;
  const ConsetWell well = { conset_copy_key (self->seed, self->kind->rule, place->copy),
                            place->source, place->target };
  double given[DISTRIBUTION_MOST_PARAMETERS], ready[DISTRIBUTION_MOST_READY];

  if (self->prepared)
    return self->kind->number (&well, self->ready);
  for (guint p = 0; p < self->kind->n_parameters; p++)
    given[p] = self->child_of[p] >= 0
                 ? conset_value_child_at (value, (guint) self->child_of[p], place)
                 : self->kind->parameters[p].otherwise;
  return prepare_at (self, place, given, ready) ? self->kind->number (&well, ready) : NAN;
}

static gboolean
step_is_even (const ConsetValueStep *step)
{
  for (guint k = 0; k < step->value->n_children; k++)
    if (!step->children[k]->uniform)
      return FALSE;
  return TRUE;
}

/* A block, with room for what is ready at each place where it takes preparation. */
static void
distribution_start (ConsetValueStep *step)
{
  const DistributionValue *self = (const DistributionValue *) step->value;
  gboolean takes_room = self->kind->prepare != NULL && !step_is_even (step);
  gsize n = takes_room ? self->kind->n_ready * CONSET_VALUE_BLOCK : 0;
  DistributionBlock *block = g_malloc (sizeof *block + n * sizeof (double));

  block->kind = self->kind;
  block->seed = self->seed;
  for (guint r = 0; r < self->kind->n_ready; r++)
    block->ready[r] = (DistributionOperand){ self->ready[r], NULL };
  step->state = block;
}

static void
distribution_stop (ConsetValueStep *step)
{
  g_free (step->state);
}

static void
draw_block (DistributionBlock *block, double *out)
{
  const Distribution *kind = block->kind;

  if (kind->fill_uneven != NULL)
    kind->fill_uneven (block, out);
  else if (kind->fill != NULL && block->ready[0].block == NULL)
    kind->fill (block, out);
  else
    distribution_fill_singly (block, out);
}

/* Parameters that are the same all along the line. */
static gboolean
prepare_line (ConsetValueStep *step, const ConsetPlaces *places)
{
  const DistributionValue *self = (const DistributionValue *) step->value;
  const ConsetPlace place = conset_value_plan_place (step->plan, places, 0);
  DistributionBlock *block = step->state;
  double given[DISTRIBUTION_MOST_PARAMETERS], ready[DISTRIBUTION_MOST_READY];

  for (guint p = 0; p < self->kind->n_parameters; p++)
    given[p] = self->child_of[p] >= 0 ? step->children[self->child_of[p]]->number
                                      : self->kind->parameters[p].otherwise;
  if (!prepare_at (self, &place, given, ready))
    return FALSE;
  for (guint r = 0; r < self->kind->n_ready; r++)
    block->ready[r] = (DistributionOperand){ ready[r], NULL };
  return TRUE;
}

/* The parameters of place @k. */
static void
gather (const Distribution *kind, double *const *parameters, gsize k, double *given)
{
  for (guint p = 0; p < kind->n_parameters; p++)
    given[p] = parameters[p] != NULL ? parameters[p][k] : kind->parameters[p].otherwise;
}

/* Fails at the first place whose parameters are wrong. */
static void
fail_in_block (ConsetValueStep *step, const ConsetPlaces *places, double *const *parameters)
{
  const DistributionValue *self = (const DistributionValue *) step->value;
  double given[DISTRIBUTION_MOST_PARAMETERS], ready[DISTRIBUTION_MOST_READY];

  for (gsize k = 0; k < places->n; k++)
    {
      const ConsetPlace place = conset_value_plan_place (step->plan, places, k);

      gather (self->kind, parameters, k, given);
      if (!prepare_at (self, &place, given, ready))
        return;
    }
}

/* Parameters of their own for all places; FALSE if some are wrong. */
static gboolean
prepare_places (DistributionBlock *block, double *const *parameters, gsize n)
{
  const Distribution *kind = block->kind;
  double *room = (double *) (block + 1);
  double given[DISTRIBUTION_MOST_PARAMETERS], ready[DISTRIBUTION_MOST_READY];
  guint culprit;

  for (guint p = 0; p < kind->n_parameters; p++)
    if (parameters[p] != NULL && range_find_other (range_of (kind, p), parameters[p], n) < n)
      return FALSE;
  for (guint r = 0; r < kind->n_ready; r++)
    block->ready[r].block = kind->prepare != NULL ? room + r * CONSET_VALUE_BLOCK : parameters[r];
  if (kind->prepare == NULL)
    return TRUE;
  for (gsize k = 0; k < n; k++)
    {
      gather (kind, parameters, k, given);
      if (kind->prepare (given, ready, &culprit) != NULL)
        return FALSE;
      for (guint r = 0; r < kind->n_ready; r++)
        room[r * CONSET_VALUE_BLOCK + k] = ready[r];
    }
  return TRUE;
}

static void
fill_unevenly (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const DistributionValue *self = (const DistributionValue *) step->value;
  double *parameters[DISTRIBUTION_MOST_PARAMETERS] = { NULL };

  for (guint p = 0; p < self->kind->n_parameters; p++)
    if (self->child_of[p] >= 0)
      {
        parameters[p] = conset_value_plan_borrow (step->plan);
        conset_value_step_spread (step->children[self->child_of[p]], places, parameters[p]);
      }
  if (prepare_places (step->state, parameters, places->n))
    draw_block (step->state, out);
  else
    fail_in_block (step, places, parameters);
  for (guint p = 0; p < self->kind->n_parameters; p++)
    if (parameters[p] != NULL)
      conset_value_plan_give_back (step->plan, parameters[p]);
}

static void
distribution_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  const DistributionValue *self = (const DistributionValue *) step->value;
  DistributionBlock *block = step->state;

  block->places = places;
  if (self->prepared)
    draw_block (block, out);
  else if (!step_is_even (step))
    fill_unevenly (step, places, out);
  else if (prepare_line (step, places))
    draw_block (block, out);
}

static const ConsetValueClass conset_value_distribution_class = {
  .name = "distribution",
  .struct_size = sizeof (DistributionValue),
  .print = distribution_print,
  .at = distribution_at,
  .start = distribution_start,
  .stop = distribution_stop,
  .fill = distribution_fill,
};

/* }}} */

/* {{{ for the kinds */

ConsetWell
distribution_well (const DistributionBlock *block, gsize k)
{
  const ConsetPlaces *places = block->places;
  guint32 copy = places->copies != NULL ? places->copies[k] : 0;

  return (ConsetWell){ conset_copy_key (block->seed, block->kind->rule, copy),
                       conset_places_source (places, k), conset_places_target (places, k) };
}

void
distribution_draw_bits (DistributionBlock *block, guint32 lane, gboolean more)
{
  const ConsetPlaces *places = block->places;
  ConsetKey key = conset_key (block->seed, block->kind->rule, lane);

  conset_draws ()->pair_draws (&key, places->order == CONSET_TARGET_MAJOR, places->line,
                               places->first, places->offsets, places->n, block->bits,
                               more ? block->more : NULL);
  for (gsize k = 0; places->copies != NULL && k < places->n; k++)
    if (places->copies[k] != 0)
      {
        const ConsetWell well = distribution_well (block, k);

        block->bits[k] = distribution_well_bits (&well, lane, more ? &block->more[k] : NULL);
      }
}

void
distribution_fill_singly (DistributionBlock *block, double *out)
{
  for (gsize k = 0; k < block->places->n; k++)
    {
      const ConsetWell well = distribution_well (block, k);
      double ready[DISTRIBUTION_MOST_READY];

      for (guint r = 0; r < block->kind->n_ready; r++)
        ready[r] = distribution_operand_at (&block->ready[r], k);
      out[k] = block->kind->number (&well, ready);
    }
}

/* }}} */

/* {{{ composition */

/* As conset_value_absorb(), for any number of parameters, some of which may be left out. */
static ConsetValue *
absorb_all (const Distribution *kind, ConsetValue *const *parameters)
{
  ConsetValue *wrong = NULL;

  for (guint p = 0; p < kind->n_parameters; p++)
    if (parameters[p] == NULL && !kind->parameters[p].optional)
      {
        g_critical ("%s: %s is NULL", kind->name, kind->parameters[p].name);
        wrong = conset_value_error_new ("%s: %s is NULL; pass a value", kind->name,
                                        kind->parameters[p].name);
        break;
      }
  for (guint p = 0; p < kind->n_parameters && wrong == NULL; p++)
    if (parameters[p] != NULL && conset_value_error_message (parameters[p]) != NULL)
      wrong = conset_value_ref (parameters[p]);
  for (guint p = 0; p < kind->n_parameters && wrong != NULL; p++)
    if (parameters[p] != NULL)
      conset_value_unref (parameters[p]);
  return wrong;
}

/* A reference that is given for two parameters counts once. */
static void
repair_references (const Distribution *kind, ConsetValue *const *parameters)
{
  for (guint p = 0; p < kind->n_parameters; p++)
    for (guint q = 0; q < p; q++)
      if (parameters[p] != NULL && parameters[p] == parameters[q]
          && g_atomic_ref_count_compare (&parameters[p]->refs, 1))
        {
          g_critical ("%s: one reference given for two parameters; use conset_value_ref()",
                      kind->name);
          conset_value_ref (parameters[p]);
        }
}

/* Parameters that are constants are looked at at once; NULL if they are right. Consumes the value
 * otherwise. */
static ConsetValue *
find_error (DistributionValue *self)
{
  const Distribution *kind = self->kind;
  double given[DISTRIBUTION_MOST_PARAMETERS];
  g_autofree char *text = NULL, *number = NULL;
  const char *must = NULL;
  guint culprit = 0, n_known = 0;

  for (guint p = 0; p < kind->n_parameters && must == NULL; p++)
    {
      gint child = self->child_of[p];

      given[p] = kind->parameters[p].otherwise;
      if (child >= 0 && !conset_value_is_fixed (self->base.children[child], &given[p]))
        continue;
      n_known++;
      culprit = p;
      if (!range_has (range_of (kind, p), given[p]))
        must = range_of (kind, p)->text;
    }
  if (must == NULL && n_known == kind->n_parameters)
    {
      must = make_ready (kind, given, self->ready, &culprit);
      self->prepared = must == NULL;
    }
  if (must == NULL)
    return NULL;
  text = describe (self);
  number = number_text (self, culprit, given[culprit]);
  conset_value_unref (&self->base);
  return conset_value_error_new ("%s: %s is %s; it must be %s", text,
                                 kind->parameters[culprit].name, number, must);
}

ConsetValue *
distribution_new (const Distribution *kind, guint64 seed, ConsetValue *const *parameters)
{
  DistributionValue *self;
  ConsetValue *value, *error;

  repair_references (kind, parameters);
  value = absorb_all (kind, parameters);
  if (value != NULL)
    return value;
  self = conset_value_new (&conset_value_distribution_class);
  self->kind = kind;
  self->seed = seed;
  for (guint p = 0; p < kind->n_parameters; p++)
    {
      self->child_of[p] = parameters[p] != NULL ? (gint) self->base.n_children : -1;
      if (parameters[p] != NULL)
        conset_value_adopt (self, parameters[p]);
    }
  self->base.by_source = self->base.by_target = self->base.random = TRUE;
  value = conset_value_finish_as (self, kind->units);
  if (conset_value_error_message (value) != NULL)
    return value;
  error = find_error (self);
  return error != NULL ? error : value;
}

/* }}} */

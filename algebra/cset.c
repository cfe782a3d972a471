/* SPDX-License-Identifier: MIT */
/*
 * Connection sets: m'(i, j) = m(i, j), the copy c of (i, j) with the values v(i, j, c).
 * Masks: m'(i, j) = m(i, j), without values.
 *
 * Both hand every question on to their operand. Values are found for the connections that are
 * left of the set at the end, and for no others.
 */
#include <conset/cset.h>

#include "cset.h"

#include "columns.h"
#include "thinning.h"

#include <string.h>

/* {{{ what both have in common */

static guint64
same_multiplicity (const Conset *set, guint64 source, guint64 target)
{
  return conset_multiplicity (set->children[0], source, target);
}

static double
same_expected (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  return conset_node_expected (set->children[0], window, census);
}

static double
same_share (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  return conset_node_share (set->children[0], window, census);
}

static gboolean
same_count (const Conset *set, const ConsetWindow *window, ConsetCensus *census, ConsetCount *count)
{
  return conset_node_count (set->children[0], window, census, count);
}

static gboolean
same_degree_law (
  const Conset *set, ConsetOrder order, guint64 line, guint64 first, guint64 end, ConsetLaw *law)
{
  *law = conset_node_degree_law (set->children[0], order, line, first, end);
  return TRUE;
}

static gboolean
same_thin (const Conset *set,
           const ConsetWindow *window,
           ConsetDrawn *drawn,
           ConsetThinning *thinning)
{
  return conset_node_thin (set->children[0], window, drawn, thinning);
}

static guint64
same_next_line (const Conset *set, ConsetOrder order, guint64 line)
{
  return conset_node_next_line (set->children[0], order, line);
}

static guint64
same_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from)
{
  return conset_node_next_along (set->children[0], order, line, from);
}

static void
same_fill (ConsetStep *step, ConsetTile *tile)
{
  conset_step_fill (step->children[0], tile);
}

static void
same_filter (ConsetStep *step, ConsetTile *tile, ConsetFilter mode)
{
  conset_step_filter (step->children[0], tile, mode);
}

static double
same_load (const ConsetStep *step, guint64 line, guint64 first, guint64 width)
{
  return conset_step_load (step->children[0], line, first, width);
}

#define SAME_SLOTS                                                                                 \
  .multiplicity = same_multiplicity, .expected = same_expected, .share = same_share,               \
  .count = same_count, .degree_law = same_degree_law, .thin = same_thin,                           \
  .dependence = conset_children_dependence, .next_line = same_next_line,                           \
  .next_along = same_next_along, .gapless = conset_children_gapless, .fill = same_fill,            \
  .filter = same_filter, .load = same_load

/* Adopts @set with the facts of it. */
static void
same_adopt (Conset *self, Conset *set)
{
  self->facts.bounds = set->facts.bounds;
  self->facts.max_multiplicity = set->facts.max_multiplicity;
  self->facts.density = set->facts.density;
  self->facts.laborious = set->facts.laborious;
  conset_node_adopt (self, set);
}

/* }}} */
/* {{{ connection sets */

typedef struct
{
  Conset base;
  ConsetValue **values;
} CsetNode;

/* A plan for each value, made when they are first asked for. */
typedef struct
{
  guint n;
  ConsetValuePlan **plans;
} CsetState;

static const ConsetGeometry *
cset_geometry (const Conset *set, G_GNUC_UNUSED ConsetOrder order, GPtrArray *values)
{
  const CsetNode *self = (const CsetNode *) set;

  for (guint k = 0; k < set->facts.columns->n; k++)
    g_ptr_array_add (values, self->values[k]);
  return NULL;
}

static void
cset_finalize (Conset *set)
{
  CsetNode *self = (CsetNode *) set;

  for (guint k = 0; k < set->facts.columns->n; k++)
    conset_value_unref (self->values[k]);
  g_free (self->values);
}

/* A value that is a list of numbers cannot be told from a keyword's; all others can. */
static void
cset_print_values (const CsetNode *self, GString *out)
{
  const ConsetColumns *columns = self->base.facts.columns;

  for (guint k = 0; k < columns->n && !conset_print_is_full (out); k++)
    {
      g_string_append (out, ", ");
      if (columns->names[k] != NULL)
        g_string_append_printf (out, "%s=", columns->names[k]);
      conset_value_print (self->values[k], CONSET_VALUE_PREC_SUM, out);
    }
}

static void
cset_print (const Conset *set, GString *out)
{
  g_string_append (out, "cset(");
  conset_print (set->children[0], CONSET_PREC_UNION, out);
  cset_print_values ((const CsetNode *) set, out);
  g_string_append_c (out, ')');
}

static double
cset_value (const Conset *set, guint column, const ConsetPlace *place)
{
  ConsetShown shown = conset_value_shown (((const CsetNode *) set)->values[column]);

  return conset_shown_number (&shown, shown.value->klass->at (shown.value, place));
}

static CsetState *
cset_state_new (const ConsetStep *step)
{
  const CsetNode *self = (const CsetNode *) step->set;
  CsetState *state = g_new (CsetState, 1);

  state->n = step->set->facts.columns->n;
  state->plans = g_new (ConsetValuePlan *, state->n);
  for (guint k = 0; k < state->n; k++)
    state->plans[k] = conset_value_plan_new_shown (self->values[k], step->order);
  return state;
}

static void
cset_stop (ConsetStep *step)
{
  CsetState *state = step->state;

  if (state == NULL)
    return;
  for (guint k = 0; k < state->n; k++)
    conset_value_plan_free (state->plans[k]);
  g_free (state->plans);
  g_free (state);
}

static void
cset_fill_values (ConsetStep *step, const ConsetPlaces *places, double *const *values)
{
  CsetState *state = step->state;

  if (state == NULL)
    step->state = state = cset_state_new (step);
  for (guint k = 0; k < state->n; k++)
    if (!conset_value_plan_fill (state->plans[k], places, values[k]))
      {
        const GError *error = conset_value_plan_error (state->plans[k]);

        conset_eval_fail (step->eval, (ConsetError) error->code, "%s", error->message);
        return;
      }
}

static const ConsetClass conset_cset_class = {
  .name = "cset",
  .struct_size = sizeof (CsetNode),
  .precedence = CONSET_PREC_ATOM,
  .finalize = cset_finalize,
  .geometry = cset_geometry,
  .print = cset_print,
  SAME_SLOTS,
  .value = cset_value,
  .stop = cset_stop,
  .fill_values = cset_fill_values,
};

static const ConsetColumns *
columns_of (guint n, ConsetValue *const *values, const char *const *names)
{
  g_autofree const ConsetUnit **units = g_new (const ConsetUnit *, n);

  for (guint k = 0; k < n; k++)
    units[k] = values[k]->unit;
  return conset_columns_get (n, names, units);
}

/* What is wrong with the arguments, as an error set; NULL for nothing. */
static Conset *
check_arguments (guint n, ConsetValue *const *values, const char *const *names)
{
  for (guint k = 0; k < n; k++)
    {
      if (values[k] == NULL)
        return conset_error_new ("cset: value %u is NULL; pass a value", k);
      if (conset_value_error_message (values[k]) != NULL)
        return conset_error_new ("%s", conset_value_error_message (values[k]));
    }
  return conset_columns_check_names ("cset", n, names);
}

static void
unref_values (guint n, ConsetValue *const *values)
{
  for (guint k = 0; k < n; k++)
    if (values[k] != NULL)
      conset_value_unref (values[k]);
}

/* Each place in @values needs a reference of its own. */
static void
mend_values (guint n, ConsetValue *const *values)
{
  for (guint k = 1; k < n; k++)
    {
      gint before = 0;

      for (guint l = 0; l < k && values[k] != NULL; l++)
        before += values[l] == values[k];
      if (before == 0 || !g_atomic_ref_count_compare (&values[k]->refs, before))
        continue;
      g_critical ("cset: one reference given for two values; use conset_value_ref()");
      conset_value_ref (values[k]);
    }
}

Conset *
conset_cset (Conset *mask, guint n, ConsetValue *const *values, const char *const *names)
{
  Conset *error;
  CsetNode *self;

  g_return_val_if_fail (n == 0 || values != NULL, mask);

  mend_values (n, values);
  error = conset_absorb ("cset", &mask, NULL);
  if (error == NULL && n > 0)
    error = conset_columns_check ("cset", CONSET_COLUMNS_NONE, mask, NULL);
  if (error != NULL)
    {
      unref_values (n, values);
      return error;
    }
  if (n == 0)
    return mask;
  error = check_arguments (n, values, names);
  if (error != NULL)
    {
      unref_values (n, values);
      conset_unref (mask);
      return error;
    }

  self = conset_node_new (&conset_cset_class);
  self->values = g_new (ConsetValue *, n);
  memcpy (self->values, values, n * sizeof *values);
  same_adopt (&self->base, mask);
  self->base.facts.columns = columns_of (n, values, names);
  for (guint k = 0; k < n; k++)
    conset_node_note_value (self, values[k]);
  return conset_node_finish (self);
}

const ConsetValue *
conset_cset_value (const Conset *set, guint column)
{
  return set->klass == &conset_cset_class ? ((const CsetNode *) set)->values[column] : NULL;
}

/* cset(mask(set), convert(value(set, 0), ...), ...) */
Conset *
conset_cset_show_in (Conset *set, const ConsetColumns *columns)
{
  ConsetValue **values;
  Conset *shown;

  if (set->facts.columns == columns || conset_is_empty_node (set))
    return set;
  values = g_new (ConsetValue *, columns->n);
  for (guint k = 0; k < columns->n; k++)
    values[k] = conset_value_show_in (conset_value_of (conset_ref (set), k), columns->units[k]);
  shown = conset_cset (conset_mask (set), columns->n, values, columns->names);
  g_free (values);
  return shown;
}

/* }}} */
/* {{{ masks */

static void
mask_print (const Conset *set, GString *out)
{
  g_string_append (out, "mask(");
  conset_print (set->children[0], CONSET_PREC_UNION, out);
  g_string_append_c (out, ')');
}

static const ConsetClass conset_mask_class = {
  .name = "mask",
  .struct_size = sizeof (Conset),
  .precedence = CONSET_PREC_ATOM,
  .print = mask_print,
  SAME_SLOTS,
};

/* Reducers: of a mask it is the set itself, of what conset_cset() has made its operand. */
Conset *
conset_mask (Conset *set)
{
  Conset *self = conset_absorb ("mask", &set, NULL);

  if (self != NULL)
    return self;
  if (set->facts.columns == NULL)
    return set;
  if (set->klass == &conset_cset_class)
    self = conset_ref (set->children[0]);
  else if (conset_is_empty_node (set))
    self = conset_empty ();
  if (self != NULL)
    {
      conset_unref (set);
      return self;
    }

  self = conset_node_new (&conset_mask_class);
  same_adopt (self, set);
  self->facts.columns = NULL;
  return conset_node_finish (self);
}

/* }}} */

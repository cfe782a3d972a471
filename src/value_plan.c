/* SPDX-License-Identifier: MIT */
/*
 * Plans of values: building the steps, and walking over the places of a line block by block.
 *
 * Of two operands the one that occupies more blocks is evaluated first, so that a tree of n
 * operators occupies at most log2 (n + 1) + 1 blocks at once, whatever its shape (Ershov 1958,
 * Sethi and Ullman 1970); blocks are lent to steps and taken back.
 */
#include "value.h"

#include "kernels.h"

/* @uniform holds the steps whose number depends on the line. Of a quantity, which steps compute in
 * base units, @scale makes what is shown. */
struct _ConsetValuePlan
{
  ConsetScale scale;
  ConsetOrder order;
  gboolean has_line;
  guint64 line;
  ConsetValueStep *root;
  GPtrArray *uniform;
  GPtrArray *spare;
  GError *error;
};

/* Steps */

static void
step_find_number (ConsetValueStep *step, guint64 line)
{
  const ConsetPlaces anywhere = { step->plan->order, line, 0, NULL, 1, NULL };
  const ConsetPlace place = conset_value_plan_place (step->plan, &anywhere, 0);

  step->number = step->klass->at (step->value, &place);
}

/* Registers to evaluate operands that need a and b of them. */
static guint
blocks_for (guint a, guint b)
{
  return a == b ? a + 1 : MAX (a, b);
}

static ConsetValueStep *step_new (ConsetValuePlan *plan, const ConsetValue *value);

static void
step_add_children (ConsetValueStep *step)
{
  const ConsetValue *value = step->value;
  guint n = step->klass->lazy ? step->klass->n_eager : value->n_children;

  step->blocks = 1;
  step->children = g_new0 (ConsetValueStep *, value->n_children);
  for (guint k = 0; k < n; k++)
    {
      step->children[k] = step_new (step->plan, value->children[k]);
      step->blocks = MAX (step->blocks, k + step->children[k]->blocks);
    }
  if (n == 2)
    step->blocks = blocks_for (step->children[0]->blocks, step->children[1]->blocks);
}

static ConsetValueStep *
step_new (ConsetValuePlan *plan, const ConsetValue *value)
{
  ConsetValueStep *step = g_new0 (ConsetValueStep, 1);
  gboolean target_major = plan->order == CONSET_TARGET_MAJOR;

  step->value = value;
  step->klass = value->klass;
  step->plan = plan;
  step->uniform = !(target_major ? value->by_source : value->by_target);
  if (step->uniform)
    {
      if (target_major ? value->by_target : value->by_source)
        g_ptr_array_add (plan->uniform, step);
      else
        step_find_number (step, 0);
      return step;
    }
  step_add_children (step);
  if (step->klass->start != NULL)
    step->klass->start (step);
  return step;
}

static void
step_free (ConsetValueStep *step)
{
  if (step->klass->stop != NULL && !step->uniform)
    step->klass->stop (step);
  for (guint k = 0; !step->uniform && k < step->value->n_children; k++)
    g_clear_pointer (&step->children[k], step_free);
  g_free (step->children);
  g_free (step);
}

void
conset_value_step_fill (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  step->klass->fill (step, places, out);
}

void
conset_value_step_spread (ConsetValueStep *step, const ConsetPlaces *places, double *out)
{
  if (!step->uniform)
    {
      conset_value_step_fill (step, places, out);
      return;
    }
  for (gsize k = 0; k < places->n; k++)
    out[k] = step->number;
}

/* Plans */

void
conset_scale_loop (ConsetScale scale, double *x, gsize n)
{
  if (scale.factor != 1.0)
    conset_arithmetic ()->by_number[scale.divide ? CONSET_BINARY_DIVIDE : CONSET_BINARY_MULTIPLY](
      x, scale.factor, n);
}

ConsetValuePlan *
conset_value_plan_new (const ConsetValue *value, ConsetOrder order)
{
  ConsetValuePlan *plan = g_new0 (ConsetValuePlan, 1);

  plan->order = order;
  plan->uniform = g_ptr_array_new ();
  plan->spare = g_ptr_array_new_with_free_func (g_free);
  plan->root = step_new (plan, value);
  plan->scale = (ConsetScale) CONSET_SCALE_ONE;
  return plan;
}

ConsetValuePlan *
conset_value_plan_new_shown (const ConsetValue *value, ConsetOrder order)
{
  ConsetShown shown = conset_value_shown (value);
  ConsetValuePlan *plan = conset_value_plan_new (shown.value, order);

  plan->scale = shown.scale;
  if (shown.unit != NULL)
    plan->root->number = conset_shown_number (&shown, plan->root->number);
  return plan;
}

void
conset_value_plan_free (ConsetValuePlan *plan)
{
  step_free (plan->root);
  g_ptr_array_unref (plan->uniform);
  g_ptr_array_unref (plan->spare);
  g_clear_error (&plan->error);
  g_free (plan);
}

double *
conset_value_plan_borrow (ConsetValuePlan *plan)
{
  if (plan->spare->len == 0)
    return g_new (double, CONSET_VALUE_BLOCK);
  return g_ptr_array_steal_index_fast (plan->spare, plan->spare->len - 1);
}

void
conset_value_plan_give_back (ConsetValuePlan *plan, double *block)
{
  g_ptr_array_add (plan->spare, block);
}

double *
conset_value_step_borrow (ConsetValueStep *step, const ConsetPlaces *places)
{
  double *block;

  if (step->uniform)
    return &step->number;
  block = conset_value_plan_borrow (step->plan);
  conset_value_step_fill (step, places, block);
  return block;
}

void
conset_value_step_give_back (ConsetValueStep *step, double *numbers)
{
  if (!step->uniform)
    conset_value_plan_give_back (step->plan, numbers);
}

static void
plan_aim (ConsetValuePlan *plan, guint64 line)
{
  if (plan->has_line && plan->line == line)
    return;
  for (guint k = 0; k < plan->uniform->len; k++)
    step_find_number (plan->uniform->pdata[k], line);
  plan->line = line;
  plan->has_line = TRUE;
}

ConsetOrder
conset_value_step_order (const ConsetValueStep *step)
{
  return step->plan->order;
}

const GError *
conset_value_plan_error (const ConsetValuePlan *plan)
{
  return plan->error;
}

void
conset_value_plan_fail_as (ConsetValuePlan *plan, const ConsetValuePlan *other)
{
  if (plan->error == NULL)
    plan->error = g_error_copy (other->error);
}

ConsetPlace
conset_value_plan_place (ConsetValuePlan *plan, const ConsetPlaces *places, gsize k)
{
  return (ConsetPlace){ conset_places_source (places, k), conset_places_target (places, k),
                        places->copies != NULL ? places->copies[k] : 0, &plan->error };
}

gboolean
conset_value_plan_fill (ConsetValuePlan *plan, const ConsetPlaces *places, double *out)
{
  plan_aim (plan, places->line);
  for (gsize from = 0; from < places->n && plan->error == NULL; from += CONSET_VALUE_BLOCK)
    {
      ConsetPlaces block = *places;

      block.n = MIN (CONSET_VALUE_BLOCK, places->n - from);
      if (places->offsets != NULL)
        block.offsets += from;
      else
        block.first += from;
      if (places->copies != NULL)
        block.copies += from;
      conset_value_step_spread (plan->root, &block, out + from);
      conset_scale_loop (plan->scale, out + from, block.n);
    }
  return plan->error == NULL;
}

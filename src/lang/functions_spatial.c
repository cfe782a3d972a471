/* SPDX-License-Identifier: MIT */
/*
 * Names of the sets of near pairs: operators that wait for a metric, or for geometries.
 */
#include "functions.h"

#include "operator.h"

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
  ConsetLangValue copy = conset_lang_value_copy (&call->values[index]);

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
operator_make (ConsetCall *call, ConsetOperatorApply apply, ConsetLangValue *result)
{
  return conset_result_take_operator (result,
                                      conset_operator_new (call, CONSET_PARAMETER_ANY, apply));
}

static gboolean
disc_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return operator_make (call, disc_apply, result);
}

static gboolean
within_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return operator_make (call, within_apply, result);
}

static gboolean
annulus_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return operator_make (call, annulus_apply, result);
}

/* }}} */

static const ConsetFunction functions[] = {
  {
    .name = "disc",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "disc(r)",
    .help = "operator: the pairs of which the distance, by a metric, is below r",
    .make = disc_make,
    .parameters = { { "r", CONSET_PARAMETER_VALUE, 0 } },
  },
  {
    .name = "ball",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ball(r)",
    .help = "operator: the same as disc(r)",
    .make = disc_make,
    .parameters = { { "r", CONSET_PARAMETER_VALUE, 0 } },
  },
  {
    .name = "within",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "within(r)",
    .help = "operator: the pairs of which the distance, by a metric, is r at most",
    .make = within_make,
    .parameters = { { "r", CONSET_PARAMETER_VALUE, 0 } },
  },
  {
    .name = "annulus",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "annulus(r0, r1)",
    .help = "operator: the pairs of which the distance, by a metric, is r0 or more, but below r1",
    .make = annulus_make,
    .parameters = { { "r0", CONSET_PARAMETER_VALUE, 0 }, { "r1", CONSET_PARAMETER_VALUE, 0 } },
  },
};

const ConsetFunctionTable conset_functions_spatial = { functions, G_N_ELEMENTS (functions) };

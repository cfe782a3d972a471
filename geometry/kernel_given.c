/* SPDX-License-Identifier: MIT */
/*
 * Kernels of the user: formulas of the text language, and functions in C.
 *
 * Both see displacements in the unit of the metric.
 */
#include "kernel.h"

#include "kernels.h"

#include <math.h>

static const ConsetKernelParameter max_distance_parameter = { "max_distance", CONSET_KERNEL_LIMIT,
                                                              TRUE, INFINITY };

static void
scale_all (ConsetScale scale, double *const xyz[3], gsize n)
{
  for (guint d = 0; d < 3; d++)
    for (gsize k = 0; k < n && scale.factor != 1.0; k++)
      xyz[d][k] = conset_scale_apply (scale, xyz[d][k]);
}

/* Takes the limit of @parts, and appends it to @text (transfer full), which becomes their text. An
 * error value, with @metric released, or NULL. */
static ConsetValue *
take_limit (const char *name,
            ConsetKernelParts *parts,
            GString *text,
            ConsetValue *max_distance,
            ConsetValue *metric)
{
  gboolean is_limited = max_distance != NULL;
  g_autoptr (GString) argument = g_string_new ("(");
  ConsetValue *error = conset_kernel_parameter (name, &max_distance_parameter, max_distance, metric,
                                                &parts->limit, argument);

  if (is_limited && error == NULL)
    g_string_append_printf (text, ", %s", argument->str + 1);
  g_string_append_c (text, ')');
  parts->text = g_string_free (text, FALSE);
  if (error == NULL)
    return NULL;
  conset_kernel_parts_clear (parts);
  conset_value_unref (metric);
  return error;
}

/* {{{ formulas */

typedef struct
{
  ConsetTape *tape;
  ConsetScale scale;
} Formula;

static void
formula_run (gconstpointer data, double *const xyz[3], gsize n)
{
  const Formula *formula = data;

  scale_all (formula->scale, xyz, n);
  conset_tape_run (formula->tape, xyz, n);
}

static void
formula_destroy (gpointer data)
{
  Formula *formula = data;

  conset_tape_free (formula->tape);
  g_free (formula);
}

static const ConsetKernelClass formula_class = { formula_run, formula_destroy };

/* What is wrong with the formula, as an error value; NULL for nothing. */
static ConsetValue *
formula_error (const ConsetFormula *formula, const ConsetValue *metric)
{
  g_autofree char *text = conset_formula_to_string (formula);
  ConsetMetricParts of;

  if (conset_formula_is_complex (formula))
    return conset_value_error_new ("kernel: %s is complex; use its .real or .imag", text);
  if (conset_metric_look (metric, &of)
      && conset_formula_n_axes (formula) > of.sources->n_dimensions)
    return conset_value_error_new ("kernel: %s asks for coordinate %u, and positions have %u "
                                   "dimensions; use fewer",
                                   text, conset_formula_n_axes (formula) - 1,
                                   of.sources->n_dimensions);
  return NULL;
}

ConsetValue *
conset_kernel_formula (const ConsetFormula *formula, ConsetValue *max_distance, ConsetValue *metric)
{
  ConsetKernelParts parts = CONSET_KERNEL_PARTS_INIT;
  ConsetValue *error = conset_kernel_absorb ("kernel", &parts, &metric);
  g_autoptr (GError) problem = NULL;
  ConsetTape *tape = NULL;
  Formula *data;
  GString *text;

  if (error == NULL)
    error = formula_error (formula, metric);
  if (error == NULL)
    {
      tape = conset_formula_compile ((ConsetFormula *[]){ (ConsetFormula *) formula }, 1, &problem);
      error = tape == NULL ? conset_value_error_new ("kernel: %s", problem->message) : NULL;
    }
  if (error != NULL)
    {
      g_clear_pointer (&max_distance, conset_value_unref);
      g_clear_pointer (&metric, conset_value_unref);
      return error;
    }
  data = g_new (Formula, 1);
  *data = (Formula){ tape, conset_unit_shown (metric->unit) };
  parts.klass = &formula_class;
  parts.data = data;
  parts.of_displacement = TRUE;
  text = g_string_new ("kernel(lambda p: ");
  conset_formula_print (formula, text);
  error = take_limit ("kernel", &parts, text, max_distance, metric);
  return error != NULL ? error : conset_kernel_finish (&parts, metric);
}

/* }}} */

/* {{{ functions */

typedef struct
{
  ConsetKernelFunc at;
  ConsetKernelFillFunc fill;
  gpointer user_data;
  GDestroyNotify destroy;
  ConsetScale scale;
} Callback;

static void
callback_run (gconstpointer data, double *const xyz[3], gsize n)
{
  const Callback *callback = data;
  double values[CONSET_VALUE_BLOCK];

  scale_all (callback->scale, xyz, n);
  if (callback->fill != NULL)
    callback->fill ((const double *[]){ xyz[0], xyz[1], xyz[2] }, n, values, callback->user_data);
  else
    for (gsize k = 0; k < n; k++)
      values[k] =
        callback->at ((const double[]){ xyz[0][k], xyz[1][k], xyz[2][k] }, callback->user_data);
  for (gsize k = 0; k < n; k++)
    xyz[0][k] = values[k];
}

static void
callback_destroy (gpointer data)
{
  Callback *callback = data;

  if (callback->destroy != NULL)
    callback->destroy (callback->user_data);
  g_free (callback);
}

static const ConsetKernelClass callback_class = { callback_run, callback_destroy };

ConsetValue *
conset_kernel_callback (const char *name,
                        ConsetKernelFunc at,
                        ConsetKernelFillFunc fill,
                        gpointer user_data,
                        GDestroyNotify destroy,
                        ConsetValue *max_distance,
                        ConsetValue *metric)
{
  const char *printed = name != NULL ? name : "callback";
  ConsetKernelParts parts = CONSET_KERNEL_PARTS_INIT;
  Callback *callback = g_new (Callback, 1);
  ConsetValue *error;
  GString *text;

  *callback = (Callback){ at, fill, user_data, destroy, CONSET_SCALE_ONE };
  parts.klass = &callback_class;
  parts.data = callback;
  parts.of_displacement = TRUE;
  error = conset_kernel_absorb (printed, &parts, &metric);
  if (error == NULL && at == NULL)
    {
      error =
        conset_value_error_new ("kernel(%s): there is no function for one pair; pass one", printed);
      conset_kernel_parts_clear (&parts);
      conset_value_unref (metric);
    }
  if (error != NULL)
    {
      g_clear_pointer (&max_distance, conset_value_unref);
      return error;
    }
  callback->scale = conset_unit_shown (metric->unit);
  text = g_string_new (NULL);
  g_string_append_printf (text, "kernel(<%s>", printed);
  error = take_limit (printed, &parts, text, max_distance, metric);
  return error != NULL ? error : conset_kernel_finish (&parts, metric);
}

/* }}} */

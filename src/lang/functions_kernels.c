/* SPDX-License-Identifier: MIT */
/*
 * Names of kernels, which are operators that wait for a metric, and of supports.
 *
 * Rows of kernels that are formulas have the names and parameters of src/kernel_kinds.h, in the
 * same order.
 */
#include "functions.h"

#include "formulas.h"
#include "kernel_kinds.h"
#include "lambda.h"
#include "operator.h"
#include "sequence.h"

#include <string.h>

/* {{{ arguments */

ConsetValue *
conset_call_copy_value (const ConsetCall *call, gsize index)
{
  ConsetLangValue copy;

  if (!conset_call_has (call, index))
    return NULL;
  copy = conset_lang_value_copy (&call->values[index]);
  conset_lang_value_to_value (&copy, NULL);
  return copy.value;
}

static ConsetLangValue
coordinate (guint axis)
{
  return (ConsetLangValue){ .kind = CONSET_LANG_FORMULA,
                            .formula = conset_formula_coordinate (axis) };
}

/* p as a tuple of all coordinates. */
static gboolean
position_take (ConsetLangValue *position, GError **error)
{
  g_autoptr (GArray) axes = conset_sequence_items_new ();

  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    {
      ConsetLangValue axis = coordinate (d);

      g_array_append_val (axes, axis);
    }
  position->sequence = conset_sequence_new (g_steal_pointer (&axes), error);
  position->kind = CONSET_LANG_TUPLE;
  return position->sequence != NULL;
}

ConsetFormula *
conset_lambda_kernel (const ConsetLambda *lambda, GError **error)
{
  gsize n = MIN (conset_lambda_n_parameters (lambda), CONSET_MAX_DIMENSIONS);
  ConsetLangValue arguments[CONSET_MAX_DIMENSIONS] = { CONSET_LANG_VALUE_INIT };
  g_auto (ConsetLangValue) found = CONSET_LANG_VALUE_INIT;
  gboolean ok = n != 1 || position_take (&arguments[0], error);

  for (guint d = 0; n > 1 && d < n; d++)
    arguments[d] = coordinate (d);
  ok = ok && conset_lambda_apply (lambda, arguments, n, &found, error)
       && conset_lang_value_to_formula (&found, error);
  for (guint d = 0; d < n; d++)
    conset_lang_value_clear (&arguments[d]);
  return ok ? conset_formula_ref (found.formula) : NULL;
}

static gboolean
is_list (const ConsetLangValue *value)
{
  return value->kind == CONSET_LANG_LIST || value->kind == CONSET_LANG_TUPLE;
}

static gboolean
row_get_reals (const ConsetLangValue *row, guint n, double *numbers, GError **error)
{
  g_autofree char *found = NULL;

  if (!is_list (row) || conset_sequence_length (row->sequence) != n)
    {
      found = conset_lang_value_describe (row);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a row of %u numbers is needed, not %s", n, found);
      return FALSE;
    }
  for (guint k = 0; k < n; k++)
    {
      ConsetLangValue number = *conset_sequence_get (row->sequence, k);

      if (!conset_lang_value_to_real (&number, error))
        return FALSE;
      numbers[k] = number.real;
    }
  return TRUE;
}

double *
conset_lang_value_get_matrix (const ConsetLangValue *value,
                              guint *n_rows,
                              guint *n_columns,
                              GError **error)
{
  const ConsetLangValue *first = NULL;
  g_autofree double *numbers = NULL;
  g_autofree char *found = NULL;

  if (is_list (value) && conset_sequence_length (value->sequence) > 0)
    first = conset_sequence_get (value->sequence, 0);
  if (first == NULL || !is_list (first) || conset_sequence_length (first->sequence) == 0)
    {
      found = conset_lang_value_describe (value);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a list of rows is needed, such as [[0, 1, 0], [1, -4, 1], [0, 1, 0]], not %s",
                   found);
      return NULL;
    }
  *n_rows = (guint) MIN (conset_sequence_length (value->sequence), G_MAXUINT16);
  *n_columns = (guint) MIN (conset_sequence_length (first->sequence), G_MAXUINT16);
  numbers = g_new (double, (gsize) *n_rows **n_columns);
  for (guint row = 0; row < *n_rows; row++)
    if (!row_get_reals (conset_sequence_get (value->sequence, row), *n_columns,
                        numbers + (gsize) row * *n_columns, error))
      {
        g_prefix_error (error, "row %u: ", row);
        return NULL;
      }
  return g_steal_pointer (&numbers);
}

gboolean
conset_call_get_choice (
  const ConsetCall *call, gsize index, const char *const *names, guint *choice, GError **error)
{
  const char *name = conset_call_has (call, index) ? call->values[index].string : names[0];
  g_autofree char *all = NULL;

  for (*choice = 0; names[*choice] != NULL; (*choice)++)
    if (strcmp (names[*choice], name) == 0)
      return TRUE;
  all = g_strjoinv ("', '", (char **) names);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "'%s' is none of '%s'", name, all);
  return FALSE;
}

/* }}} */

/* {{{ kernels */

static gboolean
operator_make (ConsetCall *call, ConsetOperatorApply apply, ConsetLangValue *result)
{
  return conset_result_take_operator (result,
                                      conset_operator_new (call, CONSET_PARAMETER_VALUE, apply));
}

/* A flag is a number to a kernel, and none where it is off. */
static ConsetValue *
call_copy_parameter (const ConsetCall *call, gsize index)
{
  if (conset_call_has (call, index) && call->values[index].kind == CONSET_LANG_BOOLEAN)
    return call->values[index].boolean ? conset_value_constant (1.0) : NULL;
  return conset_call_copy_value (call, index);
}

static gboolean
kernel_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  const ConsetKernelKind *kind = conset_kernel_kind_find (call->function->name);
  ConsetValue *parameters[CONSET_KERNEL_PARAMETERS];

  for (guint k = 0; k < conset_kernel_kind_n_parameters (kind); k++)
    parameters[k] = call_copy_parameter (call, k);
  return conset_result_take_value (operand, conset_kernel_new (kind, parameters, operand->value));
}

/* The function of the user: what it gives is found at once, for it belongs to this text. */

static gboolean
formula_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_value (operand, conset_kernel_formula (call->values[0].formula,
                                                                   conset_call_copy_value (call, 1),
                                                                   operand->value));
}

static gboolean
formula_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetFormula *formula;

  if (call->values[0].kind != CONSET_LANG_LAMBDA)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a function of the displacement is needed, such as "
                   "lambda dx, dy: exp(-abs(dx) - abs(dy))");
      return FALSE;
    }
  formula = conset_lambda_kernel (call->values[0].lambda, error);
  if (formula == NULL)
    return FALSE;
  conset_lang_value_clear (&call->values[0]);
  call->values[0] = (ConsetLangValue){ .kind = CONSET_LANG_FORMULA, .formula = formula };
  return operator_make (call, formula_apply, result);
}

/* Matrices */

static gboolean
conv2d_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  guint n_rows, n_columns;
  g_autofree double *matrix =
    conset_lang_value_get_matrix (&call->values[0], &n_rows, &n_columns, error);

  return matrix != NULL
         && conset_result_take_value (
           operand, conset_kernel_conv2d (matrix, n_rows, n_columns,
                                          conset_call_copy_value (call, 1), operand->value));
}

static gboolean
conv2d_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint n_rows, n_columns;
  g_autofree double *matrix =
    conset_lang_value_get_matrix (&call->values[0], &n_rows, &n_columns, error);

  return matrix != NULL && operator_make (call, conv2d_apply, result);
}

static const char *const directions[] = { "horizontal", "vertical", "both", NULL };
static const char *const neighbourhoods[] = { "4-connected", "8-connected", NULL };

static gboolean
sobel_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  guint which;

  return conset_call_get_choice (call, 0, directions, &which, error)
         && conset_result_take_value (
           operand, conset_kernel_sobel ((ConsetEdge) which, conset_call_copy_value (call, 1),
                                         operand->value));
}

static gboolean
sobel_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint which;

  return conset_call_get_choice (call, 0, directions, &which, error)
         && operator_make (call, sobel_apply, result);
}

static gboolean
laplacian_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error)
{
  guint which;

  return conset_call_get_choice (call, 0, neighbourhoods, &which, error)
         && conset_result_take_value (
           operand, conset_kernel_laplacian (which == 0 ? 4 : 8, conset_call_copy_value (call, 1),
                                             operand->value));
}

static gboolean
laplacian_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint which;

  return conset_call_get_choice (call, 0, neighbourhoods, &which, error)
         && operator_make (call, laplacian_apply, result);
}

/* }}} */

/* Numbers compare at once: what is left of a condition of them is True or False. */
static gboolean
support_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  if (call->values[0].kind == CONSET_LANG_BOOLEAN)
    return conset_result_take_set (result,
                                   call->values[0].boolean ? conset_full () : conset_empty ());
  return conset_result_take_set (result, conset_support (conset_call_steal_value (call, 0)));
}

#define VALUE(name)                                                                                \
  {                                                                                                \
    name, CONSET_PARAMETER_VALUE, 0                                                                \
  }
#define VALUE_OPTIONAL(name)                                                                       \
  {                                                                                                \
    name, CONSET_PARAMETER_VALUE, OPTIONAL                                                         \
  }
#define KEYWORD(name)                                                                              \
  {                                                                                                \
    name, CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD                                                 \
  }
#define LIMIT KEYWORD ("max_distance")

#define KERNEL(text, arguments, formula, ...)                                                      \
  {                                                                                                \
    .name = text, .kind = CONSET_FUNCTION_CONSTRUCTOR, .signature = text "(" arguments ")",        \
    .help = "operator of a metric d: " formula, .apply = kernel_apply,                             \
    .takes = CONSET_PARAMETER_VALUE, .parameters = { __VA_ARGS__ },                                \
  }

static const ConsetFunction functions[] = {
  KERNEL ("gaussian",
          "sigma, cutoff, normalize=False, max_distance=...",
          "exp(-d ** 2 / (2 * sigma ** 2)) where d < cutoff; normalize divides by "
          "2 * pi * sigma ** 2",
          VALUE ("sigma"),
          VALUE_OPTIONAL ("cutoff"),
          { "normalize", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
          LIMIT),
  KERNEL ("GaussianProfile",
          "sigma, max_distance=...",
          "exp(-d ** 2 / (2 * sigma ** 2)) where d <= max_distance",
          VALUE ("sigma"),
          LIMIT),
  KERNEL ("ExponentialProfile",
          "decay_constant, max_distance=...",
          "exp(-d / decay_constant)",
          VALUE ("decay_constant"),
          LIMIT),
  KERNEL ("PowerLawProfile",
          "exponent, min_distance=1, max_distance=...",
          "(max(d, d0) / d0) ** -exponent, where d0 is min_distance",
          VALUE ("exponent"),
          KEYWORD ("min_distance"),
          LIMIT),
  KERNEL ("LinearProfile", "max_distance", "max(0, 1 - d / max_distance)", VALUE ("max_distance")),
  KERNEL ("StepProfile",
          "threshold, inside_prob=1, outside_prob=0",
          "inside_prob where d <= threshold, outside_prob elsewhere",
          VALUE ("threshold"),
          KEYWORD ("inside_prob"),
          KEYWORD ("outside_prob")),
  KERNEL ("SigmoidProfile",
          "midpoint, slope=0.05, max_distance=...",
          "1 / (1 + exp(slope * (d - midpoint)))",
          VALUE ("midpoint"),
          KEYWORD ("slope"),
          LIMIT),
  KERNEL ("LogisticProfile",
          "growth_rate, midpoint, max_distance=...",
          "1 / (1 + exp(growth_rate * (d - midpoint)))",
          VALUE ("growth_rate"),
          VALUE ("midpoint"),
          LIMIT),
  KERNEL ("DoGProfile",
          "sigma_center, sigma_surround, amplitude_center=1, amplitude_surround=0.5, "
          "max_distance=...",
          "a difference of Gaussians, or 0 where that is below",
          VALUE ("sigma_center"),
          VALUE ("sigma_surround"),
          KEYWORD ("amplitude_center"),
          KEYWORD ("amplitude_surround"),
          LIMIT),
  KERNEL ("BimodalProfile",
          "sigma1, sigma2, center1=0, center2=0, amplitude1=1, amplitude2=1, max_distance=...",
          "the sum of two Gaussians of d, each around its center",
          VALUE ("sigma1"),
          VALUE ("sigma2"),
          KEYWORD ("center1"),
          KEYWORD ("center2"),
          KEYWORD ("amplitude1"),
          KEYWORD ("amplitude2"),
          LIMIT),
  KERNEL ("MexicanHatProfile",
          "sigma, amplitude=1, max_distance=...",
          "max(0, amplitude * (1 - u ** 2) * exp(-u ** 2 / 2)), where u is d / sigma",
          VALUE ("sigma"),
          KEYWORD ("amplitude"),
          LIMIT),
  KERNEL ("differenceOfGaussians",
          "sigma_center, sigma_surround, amplitude_center=1, amplitude_surround=0.8, "
          "max_distance=...",
          "a Gaussian of the center minus one of the surround",
          VALUE ("sigma_center"),
          VALUE ("sigma_surround"),
          KEYWORD ("amplitude_center"),
          KEYWORD ("amplitude_surround"),
          LIMIT),
  KERNEL ("mexicanHat",
          "sigma, max_distance=...",
          "2 * exp(-d ** 2 / (2 * sigma ** 2)) - exp(-d ** 2 / (4 * sigma ** 2))",
          VALUE ("sigma"),
          LIMIT),
  KERNEL ("gabor",
          "sigma, frequency, theta, phase=0, max_distance=...",
          "a Gaussian times cos(2 * pi * frequency * x + phase), x being the way along theta, "
          "in radians",
          VALUE ("sigma"),
          VALUE ("frequency"),
          VALUE ("theta"),
          KEYWORD ("phase"),
          LIMIT),
  KERNEL ("gaborRectified",
          "std, lam, theta=0, gamma=1, psi=0, max_distance=...",
          "the gabor of NEST, which is not below 0, in degrees",
          VALUE ("std"),
          VALUE ("lam"),
          KEYWORD ("theta"),
          KEYWORD ("gamma"),
          KEYWORD ("psi"),
          LIMIT),
  {
    .name = "conv2d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "conv2d(matrix, kernel_size)",
    .help = "operator of a metric: numbers of a matrix around the target, its longer side being "
            "kernel_size",
    .make = conv2d_make,
    .parameters = { { "matrix", CONSET_PARAMETER_ANY, 0 }, VALUE ("kernel_size") },
  },
  {
    .name = "sobel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "sobel(\"horizontal\", \"vertical\" or \"both\", kernel_size=1)",
    .help = "operator of a metric: conv2d with a matrix that finds edges",
    .make = sobel_make,
    .parameters = { { "direction", CONSET_PARAMETER_STRING, OPTIONAL },
                    VALUE_OPTIONAL ("kernel_size") },
  },
  {
    .name = "laplacian",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "laplacian(\"4-connected\" or \"8-connected\", kernel_size=1)",
    .help = "operator of a metric: conv2d with ones around -4, or -8",
    .make = laplacian_make,
    .parameters = { { "kernel_type", CONSET_PARAMETER_STRING, OPTIONAL },
                    VALUE_OPTIONAL ("kernel_size") },
  },
  {
    .name = "kernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "kernel(lambda dx, dy: ..., max_distance=...)",
    .help = "operator of a metric: a function of the displacement, in the unit of the metric",
    .make = formula_make,
    .parameters = { { "f", CONSET_PARAMETER_ANY, 0 }, LIMIT },
  },
  {
    .name = "support",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "support(v)",
    .help = "the pairs where the value set v is not 0, or where the condition v holds",
    .make = support_make,
    .parameters = { { "v", CONSET_PARAMETER_TRUTH, 0 } },
  },
};

const ConsetFunctionTable conset_functions_kernels = { functions, G_N_ELEMENTS (functions) };

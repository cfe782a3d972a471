/* SPDX-License-Identifier: MIT */
/*
 * Names of kernels as connection sets: the constructors of kernel_sets.h, with the keywords of
 * braintools.conn. The geometry comes first, or a pair of geometries.
 */
#include "functions.h"

#include "kernel_kinds.h"
#include "lambda.h"
#include "sequence.h"

#include <string.h>

/* {{{ what all have */

/* The places of these parameters, which come last. */
enum
{
  WEIGHT,
  DELAY,
  ALLOW_SELF_CONNECTIONS,
  THRESHOLD,
  PRUNING,
  N_COMMON,
};

static gsize
common_index (const ConsetCall *call, guint which)
{
  gsize n = 0;

  while (n < CONSET_MAX_PARAMETERS && call->function->parameters[n].name != NULL)
    n++;
  for (gsize k = 0; k < n; k++)
    if (strcmp (call->function->parameters[k].name, "weight") == 0)
      return k + which;
  g_return_val_if_reached (0);
}

/* The geometries of the first argument: one, or a pair. */
static gboolean
take_geometries (ConsetKernelSet *set, const ConsetLangValue *value, GError **error)
{
  gboolean is_pair =
    value->kind == CONSET_LANG_TUPLE && conset_sequence_length (value->sequence) == 2;
  const ConsetLangValue *parts[2] = { value, NULL };
  g_autofree char *found = NULL;

  for (guint k = 0; is_pair && k < 2; k++)
    parts[k] = conset_sequence_get (value->sequence, k);
  for (guint k = 0; k < 2 && parts[k] != NULL; k++)
    if (parts[k]->kind != CONSET_LANG_GEOMETRY)
      {
        found = conset_lang_value_describe (parts[k]);
        g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                     "a geometry, or a pair of geometries, is needed, not %s", found);
        return FALSE;
      }
  set->sources = conset_geometry_ref (parts[0]->geometry);
  if (parts[1] != NULL)
    set->targets = conset_geometry_ref (parts[1]->geometry);
  return TRUE;
}

/* FALSE with @error set, and nothing in @set, if the arguments are wrong. */
static gboolean
take_common (ConsetCall *call, ConsetKernelSet *set, GError **error)
{
  static const char *const prunings[] = { "relative", "absolute", NULL };
  gsize first = common_index (call, 0);
  guint pruning = 0;

  *set = (ConsetKernelSet) CONSET_KERNEL_SET_INIT (NULL);
  if (call->function->parameters[first + PRUNING].name != NULL
      && !conset_call_get_choice (call, first + PRUNING, prunings, &pruning, error))
    return FALSE;
  set->absolute = pruning == 1;
  if (call->function->parameters[first + THRESHOLD].name != NULL
      && conset_call_has (call, first + THRESHOLD))
    set->threshold = call->values[first + THRESHOLD].real;
  if (set->threshold < 0.0 && call->function->parameters[first + THRESHOLD].name != NULL
      && conset_call_has (call, first + THRESHOLD))
    {
      call->culprit = &call->positions[first + THRESHOLD];
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "threshold: must be a number that is not below 0");
      return FALSE;
    }
  if (!take_geometries (set, &call->values[0], error))
    return FALSE;
  set->weight = conset_call_steal_value (call, first + WEIGHT);
  set->delay = conset_call_steal_value (call, first + DELAY);
  set->allow_self_connections = conset_call_get_flag (call, first + ALLOW_SELF_CONNECTIONS, FALSE);
  return TRUE;
}

/* }}} */

static gboolean
gaussian_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetKernelSet set;

  return take_common (call, &set, error)
         && conset_result_take_set (
           result, conset_kernel_set_gaussian (&set, conset_call_copy_value (call, 1),
                                               conset_call_copy_value (call, 2),
                                               conset_call_get_flag (call, 3, TRUE)));
}

static gboolean
gabor_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetKernelSet set;

  return take_common (call, &set, error)
         && conset_result_take_set (
           result, conset_kernel_set_gabor (
                     &set, conset_call_copy_value (call, 1), conset_call_copy_value (call, 2),
                     conset_call_copy_value (call, 3), conset_call_copy_value (call, 4),
                     conset_call_copy_value (call, 5)));
}

static gboolean
difference_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetKernelSet set;

  return take_common (call, &set, error)
         && conset_result_take_set (
           result, conset_kernel_set_difference_of_gaussians (
                     &set, conset_call_copy_value (call, 1), conset_call_copy_value (call, 2),
                     conset_call_copy_value (call, 3), conset_call_copy_value (call, 4),
                     conset_call_copy_value (call, 5)));
}

static gboolean
mexican_hat_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetKernelSet set;

  return take_common (call, &set, error)
         && conset_result_take_set (
           result, conset_kernel_set_mexican_hat (&set, conset_call_copy_value (call, 1),
                                                  conset_call_copy_value (call, 2)));
}

static gboolean
conv2d_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint n_rows, n_columns;
  g_autofree double *matrix =
    conset_lang_value_get_matrix (&call->values[1], &n_rows, &n_columns, error);
  ConsetKernelSet set;

  return matrix != NULL && take_common (call, &set, error)
         && conset_result_take_set (result,
                                    conset_kernel_set_conv2d (&set, matrix, n_rows, n_columns,
                                                              conset_call_copy_value (call, 2)));
}

static gboolean
sobel_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  static const char *const directions[] = { "horizontal", "vertical", "both", NULL };
  ConsetKernelSet set;
  guint which;

  return conset_call_get_choice (call, 1, directions, &which, error)
         && take_common (call, &set, error)
         && conset_result_take_set (
           result,
           conset_kernel_set_sobel (&set, (ConsetEdge) which, conset_call_copy_value (call, 2)));
}

static gboolean
laplacian_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  static const char *const neighbourhoods[] = { "4-connected", "8-connected", NULL };
  ConsetKernelSet set;
  guint which;

  return conset_call_get_choice (call, 1, neighbourhoods, &which, error)
         && take_common (call, &set, error)
         && conset_result_take_set (result,
                                    conset_kernel_set_laplacian (&set, which == 0 ? 4 : 8,
                                                                 conset_call_copy_value (call, 2)));
}

static gboolean
custom_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  g_autoptr (ConsetFormula) formula = NULL;
  g_autofree char *found = NULL;
  ConsetKernelSet set;

  if (call->values[1].kind != CONSET_LANG_LAMBDA)
    {
      found = conset_lang_value_describe (&call->values[1]);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a function of the displacement is needed, such as "
                   "lambda x, y: exp(-abs(x) - abs(y)), not %s",
                   found);
      return FALSE;
    }
  formula = conset_lambda_kernel (call->values[1].lambda, error);
  return formula != NULL && take_common (call, &set, error)
         && conset_result_take_set (
           result, conset_kernel_set_formula (&set, formula, conset_call_copy_value (call, 2)));
}

#define GEOMETRY                                                                                   \
  {                                                                                                \
    "geometry", CONSET_PARAMETER_ANY, 0                                                            \
  }
#define VALUE(name)                                                                                \
  {                                                                                                \
    name, CONSET_PARAMETER_VALUE, 0                                                                \
  }
#define VALUE_OPTIONAL(name)                                                                       \
  {                                                                                                \
    name, CONSET_PARAMETER_VALUE, OPTIONAL                                                         \
  }
#define COMMON                                                                                     \
  { "weight", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },                                          \
    { "delay", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },                                         \
    { "allow_self_connections", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },                      \
  {                                                                                                \
    "threshold", CONSET_PARAMETER_REAL, OPTIONAL_KEYWORD                                           \
  }
#define PRUNED                                                                                     \
  COMMON,                                                                                          \
  {                                                                                                \
    "pruning", CONSET_PARAMETER_STRING, OPTIONAL_KEYWORD                                           \
  }
#define COMMON_TEXT "weight=1, delay=..., allow_self_connections=False, threshold="
#define PRUNED_TEXT(threshold) COMMON_TEXT threshold ", pruning=\"relative\" or \"absolute\")"

static const ConsetFunction functions[] = {
  {
    .name = "GaussianKernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature =
      "GaussianKernel(g, sigma, max_distance=3*sigma, normalize=True, " PRUNED_TEXT ("1e-6"),
    .help = "near neurons of a geometry g, or of (g1, g2), their weight times a Gaussian",
    .make = gaussian_make,
    .parameters = { GEOMETRY,
                    VALUE ("sigma"),
                    VALUE_OPTIONAL ("max_distance"),
                    { "normalize", CONSET_PARAMETER_BOOLEAN, OPTIONAL },
                    PRUNED },
  },
  {
    .name = "GaborKernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature =
      "GaborKernel(g, sigma, frequency, theta, phase=0, max_distance=3*sigma, " PRUNED_TEXT (
        "1e-3"),
    .help = "the same with a Gabor function: cycles per length, angles in radians",
    .make = gabor_make,
    .parameters = { GEOMETRY, VALUE ("sigma"), VALUE ("frequency"), VALUE ("theta"),
                    VALUE_OPTIONAL ("phase"), VALUE_OPTIONAL ("max_distance"), PRUNED },
  },
  {
    .name = "DoGKernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "DoGKernel(g, sigma_center, sigma_surround, amplitude_center=1, "
                 "amplitude_surround=0.8, max_distance=3*sigma_surround, " PRUNED_TEXT ("1e-4"),
    .help = "the same with a difference of Gaussians",
    .make = difference_make,
    .parameters = { GEOMETRY, VALUE ("sigma_center"), VALUE ("sigma_surround"),
                    VALUE_OPTIONAL ("amplitude_center"), VALUE_OPTIONAL ("amplitude_surround"),
                    VALUE_OPTIONAL ("max_distance"), PRUNED },
  },
  {
    .name = "MexicanHat",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "MexicanHat(g, sigma, max_distance=4*sigma, " PRUNED_TEXT ("1e-4"),
    .help = "the same with 2 exp(-d^2 / (2 sigma^2)) - exp(-d^2 / (4 sigma^2))",
    .make = mexican_hat_make,
    .parameters = { GEOMETRY, VALUE ("sigma"), VALUE_OPTIONAL ("max_distance"), PRUNED },
  },
  {
    .name = "Conv2dKernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "Conv2dKernel(g, kernel, kernel_size, " COMMON_TEXT "0)",
    .help = "near neurons, their weight times the number of a matrix around the target",
    .make = conv2d_make,
    .parameters = { GEOMETRY,
                    { "kernel", CONSET_PARAMETER_ANY, 0 },
                    VALUE ("kernel_size"),
                    COMMON },
  },
  {
    .name = "SobelKernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "SobelKernel(g, direction=\"horizontal\", \"vertical\" or \"both\", "
                 "kernel_size=1, " COMMON_TEXT "0)",
    .help = "the same with a matrix that finds edges",
    .make = sobel_make,
    .parameters = { GEOMETRY,
                    { "direction", CONSET_PARAMETER_STRING, OPTIONAL },
                    VALUE_OPTIONAL ("kernel_size"),
                    COMMON },
  },
  {
    .name = "LaplacianKernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "LaplacianKernel(g, kernel_type=\"4-connected\" or \"8-connected\", "
                 "kernel_size=1, " COMMON_TEXT "0)",
    .help = "the same with ones around -4, or -8",
    .make = laplacian_make,
    .parameters = { GEOMETRY,
                    { "kernel_type", CONSET_PARAMETER_STRING, OPTIONAL },
                    VALUE_OPTIONAL ("kernel_size"),
                    COMMON },
  },
  {
    .name = "CustomKernel",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "CustomKernel(g, lambda x, y: ..., kernel_size, " COMMON_TEXT "0)",
    .help = "neurons no further than half of kernel_size, their weight times a function of the "
            "displacement, in the unit of g",
    .make = custom_make,
    .parameters = { GEOMETRY,
                    { "kernel_func", CONSET_PARAMETER_ANY, 0 },
                    VALUE ("kernel_size"),
                    COMMON },
  },
};

const ConsetFunctionTable conset_functions_kernel_sets = { functions, G_N_ELEMENTS (functions) };

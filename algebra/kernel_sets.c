/* SPDX-License-Identifier: MIT */
/*
 * Kernels as connection sets: cset (support (|k| > threshold) - autapses, weight * k, delay).
 *
 * Each is composed of values and sets that exist, and printed as it was made. A threshold that is a
 * part of the kernel's peak is found from what the kernel is at the distance of its peak.
 */
#include <conset/kernel_sets.h>
#include <conset/cset.h>
#include <conset/functions.h>
#include <conset/metric.h>
#include <conset/projection.h>
#include <conset/set.h>
#include <conset/support.h>

#include "kernel_kinds.h"
#include "named.h"
#include "pinned.h"
#include "text.h"

#include <math.h>
#include <string.h>

/* {{{ where sources and targets are */

#define CHUNK 256

/* Whether all positions of both are the same numbers. */
static gboolean
have_same_positions (const ConsetGeometry *a, const ConsetGeometry *b)
{
  guint64 n = conset_geometry_size (a);
  guint n_dimensions = conset_geometry_n_dimensions (a);
  double left[CHUNK * 3], right[CHUNK * 3];

  for (guint64 first = 0; first < n; first += CHUNK)
    {
      gsize some = MIN (CHUNK, n - first);

      if (!conset_geometry_positions (a, first, NULL, some, left, NULL)
          || !conset_geometry_positions (b, first, NULL, some, right, NULL)
          || memcmp (left, right, some * n_dimensions * sizeof *left) != 0)
        return FALSE;
    }
  return TRUE;
}

/* Of those without end the texts are compared. */
static gboolean
are_same (const ConsetGeometry *a, const ConsetGeometry *b)
{
  g_autofree char *left = NULL, *right = NULL;

  if (b == NULL || a == b)
    return TRUE;
  if (conset_geometry_size (a) != conset_geometry_size (b)
      || conset_geometry_n_dimensions (a) != conset_geometry_n_dimensions (b))
    return FALSE;
  if (conset_geometry_size (a) < CONSET_INDEX_END)
    return have_same_positions (a, b);
  left = conset_geometry_to_string (a);
  right = conset_geometry_to_string (b);
  return strcmp (left, right) == 0;
}

/* Without z, if there is one. Consumes @geometry. */
static ConsetGeometry *
flatten (ConsetGeometry *geometry)
{
  static const double matrix[] = { 1.0, 0.0, 0.0, 0.0, 1.0, 0.0 };

  if (geometry == NULL || conset_geometry_n_dimensions (geometry) != 3)
    return geometry;
  return conset_project (conset_projection_affine (3, 2, matrix, NULL), geometry);
}

/* The metric of the geometries of @set, which stay alive. */
static ConsetValue *
set_metric (const ConsetKernelSet *set)
{
  ConsetGeometry *targets = set->targets != NULL ? conset_geometry_ref (set->targets) : NULL;

  if (set->sources == NULL)
    return conset_metric_euclid (NULL, targets);
  return conset_metric_euclid (flatten (conset_geometry_ref (set->sources)), flatten (targets));
}

/* }}} */

/* {{{ text */

/* Arguments without a value are left out. */
static void
append_value (GString *text, const char *keyword, const ConsetValue *value)
{
  if (value == NULL)
    return;
  g_string_append_printf (text, ", %s=", keyword);
  conset_value_print (value, CONSET_VALUE_PREC_LEAST, text);
}

/* The name and the geometries. */
static GString *
text_begin (const ConsetKernelSet *set, const char *name)
{
  GString *text = g_string_new (name);
  g_autofree char *sources = NULL, *targets = NULL;

  g_string_append_c (text, '(');
  if (set->sources == NULL)
    return text;
  sources = conset_geometry_to_string (set->sources);
  if (set->targets != NULL && set->targets != set->sources)
    {
      targets = conset_geometry_to_string (set->targets);
      g_string_append_printf (text, "(%s, %s)", sources, targets);
    }
  else
    g_string_append (text, sources);
  return text;
}

static char *
text_end (const ConsetKernelSet *set, GString *text)
{
  append_value (text, "weight", set->weight);
  append_value (text, "delay", set->delay);
  if (set->allow_self_connections)
    g_string_append (text, ", allow_self_connections=True");
  if (set->threshold >= 0.0)
    {
      g_string_append (text, ", threshold=");
      conset_append_double (text, set->threshold);
    }
  if (set->absolute)
    g_string_append (text, ", pruning=\"absolute\"");
  g_string_append_c (text, ')');
  return g_string_free (text, FALSE);
}

/* }}} */

/* {{{ composition */

/* What @set holds is released, but for what has been taken out of it. */
static void
set_clear (ConsetKernelSet *set)
{
  g_clear_pointer (&set->sources, conset_geometry_unref);
  g_clear_pointer (&set->targets, conset_geometry_unref);
  g_clear_pointer (&set->weight, conset_value_unref);
  g_clear_pointer (&set->delay, conset_value_unref);
}

static Conset *
threshold_error (const char *name, double threshold)
{
  g_autoptr (GString) text = g_string_new (NULL);

  conset_append_double (text, threshold);
  return conset_error_new ("%s(threshold=%s): must be a number that is not below 0", name,
                           text->str);
}

/* The pairs whose kernel (borrowed) is above the threshold in size. */
static Conset *
set_members (const ConsetKernelSet *set, ConsetValue *kernel, double threshold)
{
  Conset *members = conset_support (
    conset_value_greater (conset_value_abs (kernel), conset_value_constant (threshold)));

  if (!set->allow_self_connections && are_same (set->sources, set->targets))
    members = conset_difference (members, conset_one_to_one ());
  return members;
}

/* Consumes @text, @kernel, and what is in @set. @threshold is the number that kernels are compared
 * with. */
static Conset *
set_finish (
  ConsetKernelSet *set, const char *name, GString *text, ConsetValue *kernel, double threshold)
{
  static const char *const names[] = { "weight", "delay" };
  g_autofree char *printed = text_end (set, text);
  const char *message = conset_value_error_message (kernel);
  ConsetValue *values[2];
  Conset *members = NULL;

  if (message != NULL)
    members = conset_error_new ("%s: %s", name, message);
  else if (!(threshold >= 0.0) || !isfinite (threshold))
    members = threshold_error (name, set->threshold);
  if (members != NULL)
    {
      conset_value_unref (kernel);
      set_clear (set);
      return members;
    }
  members = set_members (set, conset_value_ref (kernel), threshold);
  values[0] = kernel;
  if (set->weight != NULL)
    values[0] = conset_value_multiply (g_steal_pointer (&set->weight), kernel);
  values[1] = g_steal_pointer (&set->delay);
  members = conset_cset (members, values[1] != NULL ? 2 : 1, values, names);
  set_clear (set);
  return conset_named_new (g_steal_pointer (&printed), &members, 1);
}

/* @factor * @length, which is borrowed; NULL of NULL. */
static ConsetValue *
times (double factor, const ConsetValue *length)
{
  if (length == NULL)
    return NULL;
  return conset_value_multiply (conset_value_constant (factor), conset_value_ref (length));
}

/* @value, or a new reference to the default (transfer full), which is released otherwise. */
static ConsetValue *
or_default (ConsetValue *value, ConsetValue *otherwise)
{
  if (value == NULL)
    return otherwise;
  g_clear_pointer (&otherwise, conset_value_unref);
  return value;
}

static ConsetValue *
ref_or_null (const ConsetValue *value)
{
  return value != NULL ? conset_value_ref (value) : NULL;
}

/* The size of the kernel of @kind with these parameters (borrowed) at @distance of base units. */
static double
size_at (const ConsetKernelKind *kind,
         ConsetValue *const *parameters,
         const ConsetUnit *unit,
         double distance)
{
  ConsetValue *copies[CONSET_KERNEL_PARAMETERS] = { NULL };
  g_autoptr (ConsetValue) kernel = NULL;

  for (guint k = 0; k < conset_kernel_kind_n_parameters (kind); k++)
    copies[k] = ref_or_null (parameters[k]);
  kernel = conset_kernel_new (kind, copies, conset_value_quantity (distance, unit));
  return fabs (conset_value_at (kernel, 0, 0));
}

/* Where a difference of Gaussians has no slope: d^2 = 2 log (Ac Ss^2 / (As Sc^2)) / (1 / Sc^2 - 1 /
 * Ss^2). 0 where that is nowhere else. */
static double
difference_turn (double sc, double ss, double ac, double as)
{
  double ratio = ac * (ss * ss) / (as * (sc * sc));
  double square = 2.0 * conset_pinned_log (ratio) / (1.0 / (sc * sc) - 1.0 / (ss * ss));

  return ratio > 0.0 && isfinite (square) && square > 0.0 ? sqrt (square) : 0.0;
}

/* The threshold of a smooth kernel. */
static double
threshold_of (const ConsetKernelSet *set, double otherwise, double peak)
{
  double threshold = set->threshold >= 0.0 || isnan (set->threshold) ? set->threshold : otherwise;

  return set->absolute ? threshold : threshold * peak;
}

/* }}} */

/* {{{ smooth kernels */

Conset *
conset_kernel_set_gaussian (const ConsetKernelSet *set,
                            ConsetValue *sigma,
                            ConsetValue *max_distance,
                            gboolean normalize)
{
  const ConsetKernelKind *kind = conset_kernel_kind_find ("gaussian");
  ConsetKernelSet mine = *set;
  ConsetValue *metric = set_metric (set), *parameters[CONSET_KERNEL_PARAMETERS] = { NULL };
  GString *text = text_begin (set, "GaussianKernel");
  double peak;

  append_value (text, "sigma", sigma);
  append_value (text, "max_distance", max_distance);
  if (!normalize)
    g_string_append (text, ", normalize=False");
  parameters[0] = sigma;
  parameters[2] = normalize ? conset_value_constant (1.0) : NULL;
  parameters[3] = or_default (max_distance, times (3.0, sigma));
  peak = size_at (kind, parameters, metric->unit, 0.0);
  return set_finish (&mine, "GaussianKernel", text, conset_kernel_new (kind, parameters, metric),
                     threshold_of (set, 1e-6, peak));
}

Conset *
conset_kernel_set_gabor (const ConsetKernelSet *set,
                         ConsetValue *sigma,
                         ConsetValue *frequency,
                         ConsetValue *theta,
                         ConsetValue *phase,
                         ConsetValue *max_distance)
{
  ConsetKernelSet mine = *set;
  GString *text = text_begin (set, "GaborKernel");
  ConsetValue *kernel;

  append_value (text, "sigma", sigma);
  append_value (text, "frequency", frequency);
  append_value (text, "theta", theta);
  append_value (text, "phase", phase);
  append_value (text, "max_distance", max_distance);
  max_distance = or_default (max_distance, times (3.0, sigma));
  kernel = conset_kernel_gabor (sigma, frequency, theta, phase, max_distance, set_metric (set));
  return set_finish (&mine, "GaborKernel", text, kernel, threshold_of (set, 1e-3, 1.0));
}

/* The peak of a difference of Gaussians is at its center, or where it turns. */
static double
difference_peak (const ConsetKernelKind *kind,
                 ConsetValue *const *parameters,
                 const ConsetUnit *unit)
{
  double p[] = { 0.0, 0.0, 1.0, 0.8 }, center = size_at (kind, parameters, unit, 0.0), turn;

  for (guint k = 0; k < G_N_ELEMENTS (p); k++)
    if (parameters[k] != NULL && !conset_value_is_fixed (parameters[k], &p[k]))
      return center;
  turn = size_at (kind, parameters, unit, difference_turn (p[0], p[1], p[2], p[3]));
  return MAX (center, turn);
}

/* Consumes the parameters: sigmas, amplitudes and the limit. */
static Conset *
difference_finish (const ConsetKernelSet *set,
                   const char *name,
                   GString *text,
                   ConsetValue *const *parameters)
{
  const ConsetKernelKind *kind = conset_kernel_kind_find ("differenceOfGaussians");
  ConsetKernelSet mine = *set;
  ConsetValue *metric = set_metric (set);
  ConsetValue *endless[CONSET_KERNEL_PARAMETERS] = { parameters[0], parameters[1], parameters[2],
                                                     parameters[3], NULL };
  double peak = difference_peak (kind, endless, metric->unit);

  return set_finish (&mine, name, text, conset_kernel_new (kind, parameters, metric),
                     threshold_of (set, 1e-4, peak));
}

Conset *
conset_kernel_set_difference_of_gaussians (const ConsetKernelSet *set,
                                           ConsetValue *sigma_center,
                                           ConsetValue *sigma_surround,
                                           ConsetValue *amplitude_center,
                                           ConsetValue *amplitude_surround,
                                           ConsetValue *max_distance)
{
  GString *text = text_begin (set, "DoGKernel");
  ConsetValue *parameters[CONSET_KERNEL_PARAMETERS] = { sigma_center, sigma_surround,
                                                        amplitude_center, amplitude_surround,
                                                        NULL };

  append_value (text, "sigma_center", sigma_center);
  append_value (text, "sigma_surround", sigma_surround);
  append_value (text, "amplitude_center", amplitude_center);
  append_value (text, "amplitude_surround", amplitude_surround);
  append_value (text, "max_distance", max_distance);
  parameters[4] = or_default (max_distance, times (3.0, sigma_surround));
  return difference_finish (set, "DoGKernel", text, parameters);
}

Conset *
conset_kernel_set_mexican_hat (const ConsetKernelSet *set,
                               ConsetValue *sigma,
                               ConsetValue *max_distance)
{
  GString *text = text_begin (set, "MexicanHat");
  ConsetValue *parameters[CONSET_KERNEL_PARAMETERS] = { NULL };

  append_value (text, "sigma", sigma);
  append_value (text, "max_distance", max_distance);
  parameters[0] = sigma;
  parameters[1] = times (sqrt (2.0), sigma);
  parameters[2] = conset_value_constant (2.0);
  parameters[3] = conset_value_constant (1.0);
  parameters[4] = or_default (max_distance, times (4.0, sigma));
  return difference_finish (set, "MexicanHat", text, parameters);
}

/* }}} */

/* {{{ matrices and kernels of the user */

/* Thresholds are numbers as they are. */
static double
threshold_or_0 (const ConsetKernelSet *set)
{
  return set->threshold >= 0.0 || isnan (set->threshold) ? set->threshold : 0.0;
}

static void
append_matrix (GString *text, const double *matrix, guint n_rows, guint n_columns)
{
  g_string_append (text, ", [");
  for (guint row = 0; matrix != NULL && row < n_rows; row++)
    for (guint column = 0; column < n_columns; column++)
      {
        g_string_append (text, column > 0 ? ", " : row > 0 ? "], [" : "[");
        conset_append_double (text, matrix[row * n_columns + column]);
      }
  g_string_append (text, "]]");
}

Conset *
conset_kernel_set_conv2d (const ConsetKernelSet *set,
                          const double *matrix,
                          guint n_rows,
                          guint n_columns,
                          ConsetValue *kernel_size)
{
  ConsetKernelSet mine = *set;
  GString *text = text_begin (set, "Conv2dKernel");

  append_matrix (text, matrix, n_rows, n_columns);
  append_value (text, "kernel_size", kernel_size);
  return set_finish (
    &mine, "Conv2dKernel", text,
    conset_kernel_conv2d (matrix, n_rows, n_columns, kernel_size, set_metric (set)),
    threshold_or_0 (set));
}

Conset *
conset_kernel_set_sobel (const ConsetKernelSet *set, ConsetEdge direction, ConsetValue *kernel_size)
{
  static const char *const names[] = { "horizontal", "vertical", "both" };
  ConsetKernelSet mine = *set;
  GString *text = text_begin (set, "SobelKernel");

  g_string_append_printf (text, ", direction=\"%s\"",
                          names[MIN ((guint) direction, (guint) CONSET_EDGE_BOTH)]);
  append_value (text, "kernel_size", kernel_size);
  return set_finish (&mine, "SobelKernel", text,
                     conset_kernel_sobel (direction, kernel_size, set_metric (set)),
                     threshold_or_0 (set));
}

Conset *
conset_kernel_set_laplacian (const ConsetKernelSet *set,
                             guint n_neighbours,
                             ConsetValue *kernel_size)
{
  ConsetKernelSet mine = *set;
  GString *text = text_begin (set, "LaplacianKernel");

  g_string_append_printf (text, ", kernel_type=\"%s-connected\"", n_neighbours == 8 ? "8" : "4");
  append_value (text, "kernel_size", kernel_size);
  return set_finish (&mine, "LaplacianKernel", text,
                     conset_kernel_laplacian (n_neighbours, kernel_size, set_metric (set)),
                     threshold_or_0 (set));
}

Conset *
conset_kernel_set_custom (const ConsetKernelSet *set,
                          const char *name,
                          ConsetKernelFunc at,
                          ConsetKernelFillFunc fill,
                          gpointer user_data,
                          GDestroyNotify destroy,
                          ConsetValue *kernel_size)
{
  ConsetKernelSet mine = *set;
  GString *text = text_begin (set, "CustomKernel");
  ConsetValue *kernel = conset_kernel_callback (name, at, fill, user_data, destroy,
                                                times (0.5, kernel_size), set_metric (set));

  g_string_append_printf (text, ", <%s>", name != NULL ? name : "callback");
  append_value (text, "kernel_size", kernel_size);
  g_clear_pointer (&kernel_size, conset_value_unref);
  return set_finish (&mine, "CustomKernel", text, kernel, threshold_or_0 (set));
}

Conset *
conset_kernel_set_formula (const ConsetKernelSet *set,
                           const ConsetFormula *formula,
                           ConsetValue *kernel_size)
{
  ConsetKernelSet mine = *set;
  GString *text = text_begin (set, "CustomKernel");
  ConsetValue *kernel = conset_kernel_formula (formula, times (0.5, kernel_size), set_metric (set));

  g_string_append (text, ", lambda p: ");
  conset_formula_print (formula, text);
  append_value (text, "kernel_size", kernel_size);
  g_clear_pointer (&kernel_size, conset_value_unref);
  return set_finish (&mine, "CustomKernel", text, kernel, threshold_or_0 (set));
}

/* }}} */

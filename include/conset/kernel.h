/* SPDX-License-Identifier: MIT */
/*
 * Kernels: values that are a function of how far, or of where, the source is from the target.
 *
 *   g_autoptr (ConsetValue) k =   // exp(-d^2 / (2 0.2^2)) where d < 0.5, 0 elsewhere
 *     conset_kernel_gaussian (conset_value_constant (0.2), conset_value_constant (0.5), FALSE,
 *                             conset_metric_euclid (conset_geometry_grid2d (10, 10, NULL, NULL),
 *                                                   NULL));
 *
 * A kernel is a weight, a probability (conset_random_by_value()) or a mask (conset_support()). Each
 * is 0 beyond a distance that it knows: its cutoff, or where its formula is 0 in doubles, such as 39
 * sigma of a Gaussian. Sets that are made of kernels look at pairs within it alone.
 *
 * All functions consume their values. @metric, d in the formulas, is any value, such as
 * conset_metric_euclid(); kernels of displacements (dx, dy) take a Euclidean or toroidal metric
 * alone, for they look up the positions of the source and the target: dx is the x of the source
 * minus that of the target, the shorter way around a torus.
 *
 * Parameters are values that are the same for all pairs. Lengths have the kind of unit that @metric
 * has, or none if that has none. What is per length, such as a frequency, is a quantity too, or a
 * number for each of the unit of @metric. NULL stands for the default that is named. A kernel is a
 * pure number. Where @max_distance (nullable, no limit) is given, pairs with d > max_distance have 0;
 * those at just that distance have what the formula says.
 *
 * Functions never return NULL; a wrong argument gives an error value. Formulas of profiles are those
 * of braintools.init, which have the same names in the text language; elementary functions are those
 * of functions.h, with the same bits on all machines. Costs are some nanoseconds a pair.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/value.h>

G_BEGIN_DECLS

/* Of the distance */

/**
 * conset_kernel_gaussian:
 * @sigma: the standard deviation, above 0
 * @cutoff: (nullable): 0 where d >= @cutoff; no cutoff by default
 * @normalize: whether to divide by 2 pi sigma^2, sigma being counted in the unit of @metric
 *
 * exp (-d^2 / (2 sigma^2)), rounded as in Python CSA: gaussian(sigma, cutoff) * d.
 */
CONSET_PUBLIC ConsetValue *conset_kernel_gaussian        (ConsetValue *sigma,
                                                          ConsetValue *cutoff,
                                                          gboolean     normalize,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_exponential: exp (-d / @decay_constant) */
CONSET_PUBLIC ConsetValue *conset_kernel_exponential     (ConsetValue *decay_constant,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_power_law: (max (d, d0) / d0) ^ -@exponent, where d0 is @min_distance (nullable, 1, or
 * 1 um) */
CONSET_PUBLIC ConsetValue *conset_kernel_power_law       (ConsetValue *exponent,
                                                          ConsetValue *min_distance,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_linear: max (0, 1 - d / @max_distance) */
CONSET_PUBLIC ConsetValue *conset_kernel_linear          (ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_step: @inside (nullable, 1) where d <= @threshold, @outside (nullable, 0) elsewhere */
CONSET_PUBLIC ConsetValue *conset_kernel_step            (ConsetValue *threshold,
                                                          ConsetValue *inside,
                                                          ConsetValue *outside,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_sigmoid: 1 / (1 + exp (@slope (d - @midpoint))); the slope (nullable, 0.05) is per
 * length */
CONSET_PUBLIC ConsetValue *conset_kernel_sigmoid         (ConsetValue *midpoint,
                                                          ConsetValue *slope,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_kernel_difference_of_gaussians:
 * @amplitude_center: (nullable): Ac, 1 by default
 * @amplitude_surround: (nullable): As, 0.8 by default; 0.5 if @clip
 * @clip: whether what is below 0 becomes 0
 *
 * Ac exp (-d^2 / (2 sigma_center^2)) - As exp (-d^2 / (2 sigma_surround^2))
 */
CONSET_PUBLIC ConsetValue *conset_kernel_difference_of_gaussians (ConsetValue *sigma_center,
                                                          ConsetValue *sigma_surround,
                                                          ConsetValue *amplitude_center,
                                                          ConsetValue *amplitude_surround,
                                                          gboolean     clip,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_mexican_hat: 2 exp (-d^2 / (2 sigma^2)) - exp (-d^2 / (4 sigma^2)), which is 0 at
 * 1.665 sigma */
CONSET_PUBLIC ConsetValue *conset_kernel_mexican_hat     (ConsetValue *sigma,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_ricker: max (0, @amplitude (1 - u^2) exp (-u^2 / 2)), u = d / sigma; the amplitude is
 * (nullable, 1) */
CONSET_PUBLIC ConsetValue *conset_kernel_ricker          (ConsetValue *sigma,
                                                          ConsetValue *amplitude,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_bimodal: the sum of @amplitude1 exp (-((d - @center1) / @sigma1)^2 / 2) and the same of
 * the second; centers (nullable, 0), amplitudes (nullable, 1) */
CONSET_PUBLIC ConsetValue *conset_kernel_bimodal         (ConsetValue *sigma1,
                                                          ConsetValue *sigma2,
                                                          ConsetValue *center1,
                                                          ConsetValue *center2,
                                                          ConsetValue *amplitude1,
                                                          ConsetValue *amplitude2,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/* Of the displacement */

/**
 * conset_kernel_gabor:
 * @frequency: cycles per length, along the direction of @theta
 * @theta: the direction, in radians
 * @phase: (nullable): in radians, 0 by default
 *
 * exp (-(x'^2 + y'^2) / (2 sigma^2)) cos (2 pi frequency x' + phase), where x' = dx cos theta + dy sin
 * theta and y' = -dx sin theta + dy cos theta.
 */
CONSET_PUBLIC ConsetValue *conset_kernel_gabor           (ConsetValue *sigma,
                                                          ConsetValue *frequency,
                                                          ConsetValue *theta,
                                                          ConsetValue *phase,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_kernel_gabor_rectified:
 * @std: the standard deviation along y'
 * @lam: the wave length
 * @theta: (nullable): the direction, in degrees, 0 by default
 * @gamma: (nullable): the aspect ratio, 1 by default
 * @psi: (nullable): the phase, in degrees, 0 by default
 *
 * The gabor of NEST: exp (-(gamma^2 x'^2 + y'^2) / (2 std^2)) max (0, cos (2 pi y' / lam + psi)), with
 * x' and y' as in conset_kernel_gabor().
 */
CONSET_PUBLIC ConsetValue *conset_kernel_gabor_rectified (ConsetValue *std,
                                                          ConsetValue *lam,
                                                          ConsetValue *theta,
                                                          ConsetValue *gamma,
                                                          ConsetValue *psi,
                                                          ConsetValue *max_distance,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_kernel_conv2d:
 * @matrix: (array): @n_rows * @n_columns finite numbers, row by row; copied
 * @n_rows: at least 1, along y
 * @n_columns: at least 1, along x
 * @size: the longer side of the matrix, as a length, above 0
 *
 * The matrix covers a rectangle around the target: size / max (n_rows, n_columns) times n_columns
 * along x, and times n_rows along y, rim included; beyond it the kernel is 0. Its numbers stand at
 * evenly spaced nodes from rim to rim, in ascending order of dx and dy; a pair has the number of the
 * node that is nearest in x and in y, of two the lower one.
 */
CONSET_PUBLIC ConsetValue *conset_kernel_conv2d          (const double *matrix,
                                                          guint         n_rows,
                                                          guint         n_columns,
                                                          ConsetValue  *size,
                                                          ConsetValue  *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetEdge:
 * @CONSET_EDGE_HORIZONTAL: rows -1 -2 -1, 0 0 0, 1 2 1
 * @CONSET_EDGE_VERTICAL: the transpose of that
 * @CONSET_EDGE_BOTH: the first, and the second where that is 0
 */
typedef enum
{
  CONSET_EDGE_HORIZONTAL,
  CONSET_EDGE_VERTICAL,
  CONSET_EDGE_BOTH,
} ConsetEdge;

/** conset_kernel_sobel: conset_kernel_conv2d() of a Sobel matrix; @size (nullable, 1) */
CONSET_PUBLIC ConsetValue *conset_kernel_sobel           (ConsetEdge   direction,
                                                          ConsetValue *size,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_laplacian: the same of ones around -4, or -8 with the corners if @n_neighbours is 8;
 * otherwise that is 4 */
CONSET_PUBLIC ConsetValue *conset_kernel_laplacian       (guint        n_neighbours,
                                                          ConsetValue *size,
                                                          ConsetValue *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/* Your own */

/**
 * ConsetKernelFunc:
 * @displacement: (array): dx and dy, and dz in three dimensions, in the unit of the metric
 *
 * Returns: the value. Must be a pure function of its arguments, and may be called from any thread.
 */
typedef double (*ConsetKernelFunc)     (const double *displacement,
                                        gpointer      user_data);

/**
 * ConsetKernelFillFunc:
 * @displacements: (array): an array of @n for each dimension
 * @values: (out) (array length=n): the same bits as the ConsetKernelFunc beside it would return
 */
typedef void   (*ConsetKernelFillFunc) (const double *const *displacements,
                                        gsize                n,
                                        double              *values,
                                        gpointer             user_data);

/**
 * conset_kernel_callback:
 * @name: what conset_value_to_string() prints, as "<name>"; copied
 * @at: the value for a displacement
 * @fill: (nullable): the values for many of them; saves a call for each
 * @user_data: (closure): passed to both
 * @destroy: (nullable): called on @user_data when the value is freed, or is an error
 */
CONSET_PUBLIC ConsetValue *conset_kernel_callback        (const char           *name,
                                                          ConsetKernelFunc      at,
                                                          ConsetKernelFillFunc  fill,
                                                          gpointer              user_data,
                                                          GDestroyNotify        destroy,
                                                          ConsetValue          *max_distance,
                                                          ConsetValue          *metric)
                                                          G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Kernels as connection sets, as braintools.conn makes them: who is near enough is connected, with a
 * weight that a kernel (kernel.h) tells.
 *
 *   ConsetKernelSet near = CONSET_KERNEL_SET_INIT (conset_geometry_ref (grid));
 *
 *   near.weight = conset_value_with_unit (conset_value_constant (5.0), "nS");
 *   net = conset_kernel_set_gaussian (&near, sigma, NULL, TRUE);
 *
 * A pair is a member if its distance is not above the greatest one, and if its kernel is above a
 * threshold in size. Its values are a "weight", that of the network times the kernel, and a "delay"
 * if there is one. Of positions in space x and y count alone, as in braintools.
 *
 * Thresholds of smooth kernels are a small part of the greatest value that the kernel has anywhere, so
 * that they mean the same in any unit. braintools compares the number itself, which for a normalized
 * Gaussian depends on the unit of positions: an absolute threshold is just that.
 *
 * Neighbours alone are looked at, in any order; costs are those of conset_support().
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/geometry.h>
#include <conset/kernel.h>

G_BEGIN_DECLS

/**
 * ConsetKernelSet:
 * @sources: (transfer full): where the sources are
 * @targets: (nullable) (transfer full): where the targets are; the same by default
 * @weight: (nullable) (transfer full): what the kernel is multiplied by; 1 by default
 * @delay: (nullable) (transfer full): the delays
 * @allow_self_connections: whether a pair (i, i) may be a member where both have the same positions:
 *   the same geometry, or one that has just the same numbers. Of others such pairs are as any.
 * @threshold: not below 0; below 0 stands for the default of the kernel
 * @absolute: whether the threshold is a number, and no part of the peak of the kernel; those of
 *   matrices and of your own kernels are always numbers
 */
typedef struct
{
  ConsetGeometry *sources;
  ConsetGeometry *targets;
  ConsetValue    *weight;
  ConsetValue    *delay;
  gboolean        allow_self_connections;
  double          threshold;
  gboolean        absolute;
} ConsetKernelSet;

/** The @geometry connected with itself. */
#define CONSET_KERNEL_SET_INIT(geometry) { .sources = (geometry), .threshold = -1.0 }

/* All functions consume their values and what is in @set, and never return NULL; a wrong argument
 * gives an error set. Parameters are those of kernel.h; NULL for a @max_distance is the default. */

/** conset_kernel_set_gaussian: @max_distance is 3 sigma by default, the threshold 1e-6 */
CONSET_PUBLIC Conset *conset_kernel_set_gaussian    (const ConsetKernelSet *set,
                                                     ConsetValue           *sigma,
                                                     ConsetValue           *max_distance,
                                                     gboolean               normalize)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_set_gabor: @max_distance is 3 sigma by default, the threshold 1e-3 */
CONSET_PUBLIC Conset *conset_kernel_set_gabor       (const ConsetKernelSet *set,
                                                     ConsetValue           *sigma,
                                                     ConsetValue           *frequency,
                                                     ConsetValue           *theta,
                                                     ConsetValue           *phase,
                                                     ConsetValue           *max_distance)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_set_difference_of_gaussians: @max_distance is 3 @sigma_surround by default, the
 * threshold 1e-4 */
CONSET_PUBLIC Conset *conset_kernel_set_difference_of_gaussians (const ConsetKernelSet *set,
                                                     ConsetValue           *sigma_center,
                                                     ConsetValue           *sigma_surround,
                                                     ConsetValue           *amplitude_center,
                                                     ConsetValue           *amplitude_surround,
                                                     ConsetValue           *max_distance)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_set_mexican_hat: @max_distance is 4 sigma by default, the threshold 1e-4 */
CONSET_PUBLIC Conset *conset_kernel_set_mexican_hat (const ConsetKernelSet *set,
                                                     ConsetValue           *sigma,
                                                     ConsetValue           *max_distance)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_set_conv2d: the threshold is 0 by default, as with the next two */
CONSET_PUBLIC Conset *conset_kernel_set_conv2d      (const ConsetKernelSet *set,
                                                     const double          *matrix,
                                                     guint                  n_rows,
                                                     guint                  n_columns,
                                                     ConsetValue           *kernel_size)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_set_sobel: @kernel_size is (nullable, 1) */
CONSET_PUBLIC Conset *conset_kernel_set_sobel       (const ConsetKernelSet *set,
                                                     ConsetEdge             direction,
                                                     ConsetValue           *kernel_size)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_kernel_set_laplacian: @kernel_size is (nullable, 1) */
CONSET_PUBLIC Conset *conset_kernel_set_laplacian   (const ConsetKernelSet *set,
                                                     guint                  n_neighbours,
                                                     ConsetValue           *kernel_size)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_kernel_set_custom:
 * @name, @at, @fill, @user_data, @destroy: as in conset_kernel_callback()
 * @kernel_size: how far from side to side: twice the greatest distance
 *
 * The threshold is 0 by default.
 */
CONSET_PUBLIC Conset *conset_kernel_set_custom      (const ConsetKernelSet *set,
                                                     const char            *name,
                                                     ConsetKernelFunc       at,
                                                     ConsetKernelFillFunc   fill,
                                                     gpointer               user_data,
                                                     GDestroyNotify         destroy,
                                                     ConsetValue           *kernel_size)
                                                     G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

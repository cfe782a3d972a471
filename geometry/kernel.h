/* SPDX-License-Identifier: MIT */
/*
 * The kernel: what all kernels have in common.
 */
#pragma once

#include "kernel_kinds.h"
#include "metric.h"

/**
 * What makes numbers of distances or displacements.
 *
 * @run: input d of n places, at most CONSET_VALUE_BLOCK, is in xyz[d], and results go to xyz[0]; all
 * three may be written to. Each element is computed by itself.
 */
typedef struct
{
  void (*run)     (gconstpointer data, double *const xyz[3], gsize n);
  void (*destroy) (gpointer data);
} ConsetKernelClass;

/**
 * @text: (transfer full): the kernel without its metric
 * @of_displacement: whether inputs are dx, dy and dz, or the distance
 * @is_monotone: whether what it is of the distance only falls, or only rises
 * @limit: 0 beyond it; INFINITY for none
 * @closed: whether what is just at the limit counts
 * @reach: 0 beyond it by itself
 */
typedef struct
{
  const ConsetKernelClass *klass;
  gpointer                 data;
  char                    *text;
  gboolean                 of_displacement;
  gboolean                 is_monotone;
  double                   limit;
  gboolean                 closed;
  double                   reach;
} ConsetKernelParts;

#define CONSET_KERNEL_PARTS_INIT { .limit = INFINITY, .closed = TRUE, .reach = INFINITY }

void         conset_kernel_parts_clear (ConsetKernelParts *parts);

/** The kernel, or an error value; consumes @parts, and @metric, which is no error. */
ConsetValue *conset_kernel_finish (ConsetKernelParts *parts, ConsetValue *metric);

/** NULL for go on, else the error to return; @parts are cleared and @metric is released then. */
ConsetValue *conset_kernel_absorb (const char *name, ConsetKernelParts *parts, ConsetValue **metric);

/**
 * Takes @value (transfer full) (nullable: the default) for @parameter of the kernel @name.
 *
 * @number: (out): in base units
 * @text: (nullable): where it is appended as an argument, unless it is left out
 *
 * Returns: (transfer full) (nullable): an error value; NULL for none
 */
ConsetValue *conset_kernel_parameter (const char *name, const ConsetKernelParameter *parameter,
                                      ConsetValue *value, const ConsetValue *metric,
                                      double *number, GString *text);

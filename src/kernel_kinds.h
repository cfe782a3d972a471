/* SPDX-License-Identifier: MIT */
/*
 * Kinds of kernels, by the names that the text language has for them. What is declared here is
 * defined in geometry/, which the language knows nothing else of.
 */
#pragma once

#include "formula.h"

#include <conset/kernel.h>
#include <conset/kernel_sets.h>

#define CONSET_KERNEL_PARAMETERS 8

/** What a parameter of a kernel is. */
typedef enum
{
  /* A length above 0, or not below it. */
  CONSET_KERNEL_LENGTH,
  CONSET_KERNEL_PLACE,
  /* A pure number. */
  CONSET_KERNEL_NUMBER,
  /* Per length, or a number for each of the metric's unit. */
  CONSET_KERNEL_RATE,
  /* 0 or 1. */
  CONSET_KERNEL_FLAG,
  /* A length above 0: the kernel is 0 from there on, or beyond. */
  CONSET_KERNEL_CUTOFF,
  CONSET_KERNEL_LIMIT,
} ConsetKernelUnit;

/** @otherwise: the default, in base units; NAN for none */
typedef struct
{
  const char      *name;
  ConsetKernelUnit unit;
  gboolean         keyword;
  double           otherwise;
} ConsetKernelParameter;

typedef struct _ConsetKernelKind ConsetKernelKind;

/** @parameters end where there is no name */
struct _ConsetKernelKind
{
  const char           *name;
  const char           *help;
  ConsetKernelParameter parameters[CONSET_KERNEL_PARAMETERS];
  /* Whether it is of the displacement. */
  gboolean              of_displacement;
  /* Whether it only falls with the distance, or only rises. */
  gboolean              is_monotone;
  /* Writes the formula: of the distance, or of dx and dy; p are in base units. */
  ConsetOperand       (*write) (ConsetTape *tape, const double *p);
  /* The distance beyond which it is 0 by itself. */
  double              (*reach) (const double *p);
};

/** In the order of a help text; NULL beyond the last. */
const ConsetKernelKind *conset_kernel_kind_get  (gsize index);
const ConsetKernelKind *conset_kernel_kind_find (const char *name);
guint                   conset_kernel_kind_n_parameters (const ConsetKernelKind *kind);

/** @parameters (transfer full): as many as the kind has, NULL for those left out. */
ConsetValue            *conset_kernel_new       (const ConsetKernelKind *kind,
                                                 ConsetValue *const     *parameters,
                                                 ConsetValue            *metric);
/** The kernel of displacements p[0], p[1] and p[2] in the unit of the metric. */
ConsetValue            *conset_kernel_formula   (const ConsetFormula    *formula,
                                                 ConsetValue            *max_distance,
                                                 ConsetValue            *metric);

/** In algebra/: conset_kernel_set_custom() of a formula. */
Conset                 *conset_kernel_set_formula (const ConsetKernelSet *set,
                                                   const ConsetFormula   *formula,
                                                   ConsetValue           *kernel_size);

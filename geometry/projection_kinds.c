/* SPDX-License-Identifier: MIT */
/*
 * Kinds of projections: affine maps, formulas of the text language, and functions of the user.
 */
#include "projection.h"

#include "formula.h"
#include "kernels.h"
#include "measured.h"
#include "text.h"
#include "units.h"

#include <math.h>
#include <string.h>

static ConsetProjection *
dimensions_error (const char *function, guint n_from, guint n_to)
{
  if (n_from >= 2 && n_from <= CONSET_MAX_DIMENSIONS && n_to >= 2 && n_to <= CONSET_MAX_DIMENSIONS)
    return NULL;
  return conset_projection_error_new ("%s: from %u dimensions to %u; use 2 or 3", function, n_from,
                                      n_to);
}

/* Affine maps */

typedef struct
{
  ConsetProjection base;
  double matrix[CONSET_MAX_DIMENSIONS][CONSET_MAX_DIMENSIONS];
  double offset[CONSET_MAX_DIMENSIONS];
} AffineProjection;

static void
print_tuple (const double *numbers, guint n, const ConsetUnit *unit, GString *out)
{
  for (guint k = 0; k < n; k++)
    {
      g_string_append (out, k > 0 ? ", " : "(");
      conset_quantity_print (numbers[k], numbers[k] != 0.0 ? unit : NULL, out);
    }
  g_string_append_c (out, ')');
}

static void
affine_print (const ConsetProjection *projection, GString *out)
{
  const AffineProjection *self = (const AffineProjection *) projection;
  gboolean moves = FALSE;

  g_string_append (out, "affine([");
  for (guint row = 0; row < projection->n_to; row++)
    {
      g_string_append (out, row > 0 ? ", " : "");
      print_tuple (self->matrix[row], projection->n_from, NULL, out);
      moves |= self->offset[row] != 0.0;
    }
  g_string_append_c (out, ']');
  if (moves)
    {
      g_string_append (out, ", ");
      print_tuple (self->offset, projection->n_to, projection->unit, out);
    }
  g_string_append_c (out, ')');
}

static void
affine_apply (const ConsetProjection *projection, double *const xyz[CONSET_MAX_DIMENSIONS], gsize n)
{
  const AffineProjection *self = (const AffineProjection *) projection;

  for (gsize k = 0; k < n; k++)
    {
      const double from[] = { xyz[0][k], xyz[1][k], projection->n_from == 3 ? xyz[2][k] : 0.0 };

      for (guint row = 0; row < projection->n_to; row++)
        {
          const double *factors = self->matrix[row];
          double sum = factors[0] * from[0] + factors[1] * from[1];

          if (projection->n_from == 3)
            sum += factors[2] * from[2];
          xyz[row][k] = sum + self->offset[row];
        }
    }
}

static ConsetProjection *
affine_convert (const ConsetProjection *projection, const ConsetConversion *conversion)
{
  const AffineProjection *self = (const AffineProjection *) projection;
  double matrix[CONSET_MAX_DIMENSIONS * CONSET_MAX_DIMENSIONS], offset[CONSET_MAX_DIMENSIONS];

  for (guint row = 0; row < projection->n_to; row++)
    memcpy (matrix + row * projection->n_from, self->matrix[row],
            projection->n_from * sizeof *matrix);
  conset_convert_numbers (conversion, self->offset, projection->n_to, offset);
  return conset_affine_measured (projection->n_from, projection->n_to, matrix, offset,
                                 conset_conversion_unit (conversion));
}

static const ConsetProjectionClass conset_projection_affine_class = {
  .name = "affine",
  .struct_size = sizeof (AffineProjection),
  .print = affine_print,
  .apply = affine_apply,
  .convert = affine_convert,
};

ConsetProjection *
conset_projection_affine (guint n_from, guint n_to, const double *matrix, const double *offset)
{
  return conset_affine_measured (n_from, n_to, matrix, offset, NULL);
}

ConsetProjection *
conset_affine_measured (
  guint n_from, guint n_to, const double *matrix, const double *offset, const ConsetUnit *unit)
{
  ConsetProjection *error = dimensions_error ("affine", n_from, n_to);
  AffineProjection *self;

  if (error == NULL && matrix == NULL)
    error = conset_projection_error_new ("affine: there is no matrix; pass one");
  for (guint k = 0; error == NULL && k < n_from * n_to; k++)
    if (!isfinite (matrix[k]))
      error = conset_projection_error_new ("affine: number %u of the matrix is not finite; "
                                           "give finite numbers",
                                           k);
  for (guint k = 0; error == NULL && offset != NULL && k < n_to; k++)
    if (!isfinite (offset[k]))
      error = conset_projection_error_new ("affine: number %u of the offset is not finite; "
                                           "give finite numbers",
                                           k);
  if (error != NULL)
    return error;
  self = conset_projection_new (&conset_projection_affine_class, n_from, n_to);
  self->base.units = CONSET_PROJECTION_LINEAR;
  for (guint row = 0; row < n_to; row++)
    {
      memcpy (self->matrix[row], matrix + row * n_from, n_from * sizeof *matrix);
      self->offset[row] = offset != NULL ? offset[row] : 0.0;
      if (self->offset[row] != 0.0)
        self->base.units = unit != NULL ? CONSET_PROJECTION_MEASURED : CONSET_PROJECTION_PURE;
    }
  self->base.unit = self->base.units == CONSET_PROJECTION_MEASURED ? unit : NULL;
  return &self->base;
}

/* Formulas */

typedef struct
{
  ConsetProjection base;
  ConsetFormula *formulas[CONSET_MAX_DIMENSIONS];
  ConsetTape *tape;
} FormulaProjection;

static void
formula_finalize (ConsetProjection *projection)
{
  FormulaProjection *self = (FormulaProjection *) projection;

  for (guint d = 0; d < projection->n_to; d++)
    conset_formula_unref (self->formulas[d]);
  conset_tape_free (self->tape);
}

static void
formula_print (const ConsetProjection *projection, GString *out)
{
  const FormulaProjection *self = (const FormulaProjection *) projection;

  g_string_append (out, "ProjectionOperator(lambda p: ");
  for (guint d = 0; d < projection->n_to; d++)
    {
      g_string_append (out, d > 0 ? ", " : "(");
      conset_formula_print (self->formulas[d], out);
    }
  g_string_append (out, "))");
}

static void
formula_apply (const ConsetProjection *projection,
               double *const xyz[CONSET_MAX_DIMENSIONS],
               gsize n)
{
  conset_tape_run (((const FormulaProjection *) projection)->tape, xyz, n);
}

static const ConsetProjectionClass conset_projection_formula_class = {
  .name = "ProjectionOperator",
  .struct_size = sizeof (FormulaProjection),
  .finalize = formula_finalize,
  .print = formula_print,
  .apply = formula_apply,
};

ConsetProjection *
conset_projection_formula (ConsetFormula *const *formulas, guint n, GError **error)
{
  ConsetTape *tape = conset_formula_compile (formulas, n, error);
  FormulaProjection *self;
  guint n_axes = 2;

  if (tape == NULL)
    return NULL;
  for (guint d = 0; d < n; d++)
    n_axes = MAX (n_axes, conset_formula_n_axes (formulas[d]));
  self = conset_projection_new (&conset_projection_formula_class, n_axes, n);
  self->base.takes_more = TRUE;
  self->tape = tape;
  for (guint d = 0; d < n; d++)
    self->formulas[d] = conset_formula_ref (formulas[d]);
  return &self->base;
}

/* Functions of the user */

typedef struct
{
  ConsetProjection base;
  char *name;
  ConsetProjectionFunc function;
  gpointer user_data;
  GDestroyNotify destroy;
} CallbackProjection;

static void
callback_finalize (ConsetProjection *projection)
{
  CallbackProjection *self = (CallbackProjection *) projection;

  if (self->destroy != NULL)
    self->destroy (self->user_data);
  g_free (self->name);
}

static void
callback_print (const ConsetProjection *projection, GString *out)
{
  g_string_append_printf (out, "<%s>", ((const CallbackProjection *) projection)->name);
}

static void
callback_apply (const ConsetProjection *projection,
                double *const xyz[CONSET_MAX_DIMENSIONS],
                gsize n)
{
  const CallbackProjection *self = (const CallbackProjection *) projection;

  for (gsize k = 0; k < n; k++)
    {
      const double from[] = { xyz[0][k], xyz[1][k], projection->n_from == 3 ? xyz[2][k] : 0.0 };
      double to[CONSET_MAX_DIMENSIONS] = { 0 };

      self->function (from, to, self->user_data);
      for (guint d = 0; d < projection->n_to; d++)
        xyz[d][k] = to[d];
    }
}

static const ConsetProjectionClass conset_projection_callback_class = {
  .name = "callback",
  .struct_size = sizeof (CallbackProjection),
  .finalize = callback_finalize,
  .print = callback_print,
  .apply = callback_apply,
};

ConsetProjection *
conset_projection_callback (const char *name,
                            guint n_from,
                            guint n_to,
                            ConsetProjectionFunc function,
                            gpointer user_data,
                            GDestroyNotify destroy)
{
  const char *printed = name != NULL ? name : "callback";
  ConsetProjection *error = dimensions_error (printed, n_from, n_to);
  CallbackProjection *self;

  if (error == NULL && function == NULL)
    error = conset_projection_error_new ("callback(%s): there is no function; pass one", printed);
  if (error != NULL)
    {
      if (destroy != NULL)
        destroy (user_data);
      return error;
    }
  self = conset_projection_new (&conset_projection_callback_class, n_from, n_to);
  self->name = g_strdup (printed);
  self->function = function;
  self->user_data = user_data;
  self->destroy = destroy;
  return &self->base;
}

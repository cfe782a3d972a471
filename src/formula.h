/* SPDX-License-Identifier: MIT */
/*
 * Formulas: what a projection makes of the coordinates of a position, in real and complex numbers.
 *
 * A formula is an immutable expression, real or complex, that is shared by all who are made of it.
 * It means what the same expression means in Python, with its modules math and cmath. Geometry and
 * the text language make projections out of formulas; formulas know nothing of either.
 */
#pragma once

#include <conset/types.h>

#include "tape.h"

#include <glib.h>

typedef struct _ConsetFormula ConsetFormula;

/** Parts of a complex number, written behind it with a point, but for the angle. */
typedef enum
{
  CONSET_PART_REAL,
  CONSET_PART_IMAGINARY,
  CONSET_PART_CONJUGATE,
  CONSET_PART_PHASE,
} ConsetPart;

ConsetFormula *conset_formula_ref        (const ConsetFormula *formula);
void           conset_formula_unref      (ConsetFormula *formula);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetFormula, conset_formula_unref)

gboolean       conset_formula_is_complex (const ConsetFormula *formula);
/** One more than the greatest axis of a coordinate in it; 0 if there is none. */
guint          conset_formula_n_axes     (const ConsetFormula *formula);
/** As an expression of the language, in which the position is p. (transfer full) */
char          *conset_formula_to_string  (const ConsetFormula *formula);
void           conset_formula_print      (const ConsetFormula *formula, GString *out);

/* Making formulas. Operands are borrowed. NULL with @error set where an operation has no meaning
 * for them, or the formula becomes too large. */

ConsetFormula *conset_formula_coordinate (guint axis);
ConsetFormula *conset_formula_number     (double number);
/** x + y i of two real ones. */
ConsetFormula *conset_formula_complex    (const ConsetFormula *x, const ConsetFormula *y,
                                          GError **error);
/** Of a complex operand: negate, abs, exp, log, log10, sqrt, sin, cos, tan, sinh, cosh, tanh. */
ConsetFormula *conset_formula_unary      (ConsetUnary op, const ConsetFormula *a, GError **error);
/** Of complex operands: add, subtract, multiply, divide, power. */
ConsetFormula *conset_formula_binary     (ConsetBinary op, const ConsetFormula *a,
                                          const ConsetFormula *b, GError **error);
ConsetFormula *conset_formula_part       (ConsetPart part, const ConsetFormula *a, GError **error);
/** @a where @condition is not 0, @b elsewhere, all real. */
ConsetFormula *conset_formula_choose     (const ConsetFormula *condition, const ConsetFormula *a,
                                          const ConsetFormula *b, GError **error);

/** The tape of @n real formulas. NULL with @error set if they are too large. */
ConsetTape    *conset_formula_compile    (ConsetFormula *const *formulas, guint n, GError **error);

/** In geometry/: the projection to @n real formulas of the coordinates, 2 or 3, which are borrowed.
 * NULL with @error set if they are too large. */
ConsetProjection *conset_projection_formula (ConsetFormula *const *formulas, guint n,
                                             GError **error);

/* For the compiler */

typedef enum
{
  CONSET_FORMULA_COORDINATE,
  CONSET_FORMULA_NUMBER,
  CONSET_FORMULA_COMPLEX,
  CONSET_FORMULA_UNARY,
  CONSET_FORMULA_BINARY,
  CONSET_FORMULA_PART,
  CONSET_FORMULA_CHOOSE,
} ConsetFormulaKind;

/** @op: the axis, the operation or the part */
struct _ConsetFormula
{
  gatomicrefcount   refs;
  ConsetFormulaKind kind;
  guint             op;
  double            number;
  gboolean          is_complex;
  guint             n_axes;
  guint             depth;
  guint64           size;
  guint             n_operands;
  ConsetFormula    *operands[3];
};

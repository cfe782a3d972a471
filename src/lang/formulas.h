/* SPDX-License-Identifier: MIT */
/*
 * Formulas of positions: what the signs and functions of the language mean where the coordinates of
 * a position, p[0], p[1] and p[2], or complex numbers take part. Numbers become formulas beside
 * them; a real formula without coordinates becomes a number.
 */
#pragma once

#include "registry.h"

G_BEGIN_DECLS

static inline gboolean
conset_lang_value_is_formula (const ConsetLangValue *value)
{
  return value->kind == CONSET_LANG_FORMULA;
}

/** conset_lang_value_take_formula: @value holds @formula (transfer full) afterwards, or its number */
void     conset_lang_value_take_formula (ConsetLangValue       *value,
                                         ConsetFormula         *formula);

/** conset_lang_value_to_formula: takes numbers, too. */
gboolean conset_lang_value_to_formula   (ConsetLangValue       *value,
                                         GError               **error);

/* Operations; each leaves its result in the first operand that is inout. */

/** conset_formulas_combine: @sign is one of arithmetic, a comparison, `and` or `or` */
gboolean conset_formulas_combine        (char                   sign,
                                         ConsetLangValue       *left,
                                         ConsetLangValue       *right,
                                         GError               **error);
/** conset_formula_negate: @sign is '+', '-' or CONSET_SIGN_NOT */
gboolean conset_formula_negate          (char                   sign,
                                         ConsetLangValue       *operand,
                                         GError               **error);
gboolean conset_formulas_choose         (ConsetLangValue       *condition,
                                         ConsetLangValue       *a,
                                         ConsetLangValue       *b,
                                         GError               **error);
/** conset_formula_attribute: .real and .imag of formulas and numbers. Returns: whether there is one
 * of this name */
gboolean conset_formula_attribute       (const ConsetLangValue *object,
                                         const char            *name,
                                         ConsetLangValue       *result);

/**
 * conset_formula_call:
 * @handled: (out): whether @function is one of formulas, and one stands among the arguments
 *
 * Returns: FALSE with @error set on failure
 */
gboolean conset_formula_call            (const ConsetFunction  *function,
                                         const ConsetArgument  *arguments,
                                         gsize                  n,
                                         gboolean              *handled,
                                         ConsetLangValue       *result,
                                         GError               **error);

G_END_DECLS

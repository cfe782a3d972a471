/* SPDX-License-Identifier: MIT */
/*
 * What the signs + - * / % ** | ^ ~ mean for values of each kind.
 */
#pragma once

#include "ast.h"
#include "value.h"

G_BEGIN_DECLS

/**
 * conset_lang_value_combine:
 * @sign: the sign, CONSET_SIGN_POWER for `**`
 * @left: (inout): the left operand; becomes the result
 * @right: (inout): the right operand; converted or emptied
 *
 * Returns: FALSE with @error set if @sign means nothing between the two, or the result
 *   is wrong
 */
gboolean conset_lang_value_combine (char              sign,
                                    ConsetLangValue  *left,
                                    ConsetLangValue  *right,
                                    GError          **error);

/**
 * conset_lang_value_negate:
 * @operand: (inout): becomes the result
 *
 * The unary @sign. Returns: FALSE with @error set if @sign means nothing for @operand
 */
gboolean conset_lang_value_negate  (char              sign,
                                    ConsetLangValue  *operand,
                                    GError          **error);

/* For operations elsewhere */

/**
 * conset_operation_fail:
 * @left: (nullable): the left operand; NULL for a unary @sign
 * @right: the right, or only, operand
 *
 * Sets @error: the operation, and what the rest says. Returns: FALSE
 */
gboolean conset_operation_fail     (char                    sign,
                                    const ConsetLangValue  *left,
                                    const ConsetLangValue  *right,
                                    GError                **error,
                                    const char             *format,
                                    ...) G_GNUC_PRINTF (5, 6);

/** conset_operand_convert: converts @operand, one of the two; a failure names the operation. */
gboolean conset_operand_convert    (char                    sign,
                                    ConsetLangValue        *left,
                                    ConsetLangValue        *right,
                                    ConsetLangValue        *operand,
                                    gboolean              (*convert) (ConsetLangValue *, GError **),
                                    GError                **error);

G_END_DECLS

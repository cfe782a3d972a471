/* SPDX-License-Identifier: MIT */
/*
 * Operator values of the text language: block(10), random(fanIn=3), or a composition such as
 * block(10) * transpose, waiting for what they apply to.
 */
#pragma once

#include "registry.h"

G_BEGIN_DECLS

/**
 * conset_operator_new:
 * @call: (inout): the call that makes the operator; its arguments are moved out of it
 * @takes: what the operator applies to; operands are converted to it
 * @apply: applies it
 *
 * Returns: (transfer full): an operator that prints as the call does
 */
ConsetOperator *conset_operator_new       (ConsetCall               *call,
                                           ConsetParameterType       takes,
                                           ConsetOperatorApply       apply);
ConsetOperator *conset_operator_ref       (ConsetOperator           *op);
void            conset_operator_unref     (ConsetOperator           *op);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetOperator, conset_operator_unref)

/**
 * conset_operator_compose:
 * @a: (transfer full): the operator that is applied last
 * @b: (transfer full): the operator that is applied first
 *
 * Returns: (transfer full): @a * @b; NULL with @error set if it has more steps than a set
 *   may have operators
 */
ConsetOperator *conset_operator_compose   (ConsetOperator           *a,
                                           ConsetOperator           *b,
                                           GError                  **error)
                                           G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_operator_apply:
 * @operand: (inout): becomes @op * @operand, checked
 *
 * Returns: FALSE with @error set if @op does not apply to it, or the result is wrong
 */
gboolean        conset_operator_apply     (const ConsetOperator     *op,
                                           ConsetLangValue          *operand,
                                           GError                  **error);

char           *conset_operator_to_string (const ConsetOperator     *op);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Operator values of the text language: block(10), transpose, or a composition such as
 * block(10) * transpose, waiting for the set they apply to.
 */
#pragma once

#include "integer.h"

G_BEGIN_DECLS

typedef struct _ConsetOperator     ConsetOperator;
typedef struct _ConsetOperatorStep ConsetOperatorStep;

/**
 * ConsetOperatorStep:
 * @name: of the operator; static
 * @n_arguments: 0 or 2
 * @arguments: its arguments
 * @apply: calls the operator of set.h; consumes @set
 */
struct _ConsetOperatorStep
{
  const char    *name;
  guint          n_arguments;
  ConsetInteger  arguments[2];
  Conset      *(*apply) (const ConsetOperatorStep *step,
                         Conset                   *set);
};

/** conset_operator_new: Returns: (transfer full): the operator of this one step */
ConsetOperator *conset_operator_new       (const ConsetOperatorStep  *step);
ConsetOperator *conset_operator_ref       (ConsetOperator            *op);
void            conset_operator_unref     (ConsetOperator            *op);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetOperator, conset_operator_unref)

/**
 * conset_operator_compose:
 * @a: (transfer full): the operator that is applied last
 * @b: (transfer full): the operator that is applied first
 *
 * Returns: (transfer full): @a * @b; NULL with @error set if it has more steps than a set
 *   may have operators
 */
ConsetOperator *conset_operator_compose   (ConsetOperator            *a,
                                           ConsetOperator            *b,
                                           GError                   **error)
                                           G_GNUC_WARN_UNUSED_RESULT;

/** conset_operator_apply: Returns: (transfer full): @op * @set; consumes @set */
Conset         *conset_operator_apply     (const ConsetOperator      *op,
                                           Conset                    *set)
                                           G_GNUC_WARN_UNUSED_RESULT;

/** conset_operator_check: Returns: FALSE with @error set if it could be applied to no set */
gboolean        conset_operator_check     (const ConsetOperator      *op,
                                           GError                   **error);

char           *conset_operator_to_string (const ConsetOperator      *op);

G_END_DECLS

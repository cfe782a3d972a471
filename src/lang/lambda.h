/* SPDX-License-Identifier: MIT */
/*
 * Functions that a text makes: lambda i, j: i + j.
 *
 * A lambda sees the parameters of the lambdas around it as they were when it was made, and all
 * other names as they are when it is applied, as in Python. It belongs to the text that it stands
 * in: it must not be applied when the interpreter of that is gone.
 */
#pragma once

#include "interpreter.h"

G_BEGIN_DECLS

/* Scopes: the parameters of a lambda that is being applied, and of those around it. */

/**
 * conset_scope_new:
 * @parent: (nullable): the scope around it
 * @parameters: their names
 * @arguments: (array length=n): their values, which are copied; as many as there are parameters
 */
ConsetScope           *conset_scope_new    (const ConsetScope     *parent,
                                            const ConsetAstItem   *parameters,
                                            const ConsetLangValue *arguments,
                                            gsize                  n);
ConsetScope           *conset_scope_ref    (const ConsetScope     *scope);
void                   conset_scope_unref  (ConsetScope           *scope);

/** conset_scope_find: Returns: (nullable): what @name stands for, the innermost one */
const ConsetLangValue *conset_scope_find   (const ConsetScope     *scope,
                                            const char            *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetScope, conset_scope_unref)

/* Lambdas */

/**
 * conset_lambda_new:
 * @interpreter: who applies it
 * @node: a CONSET_AST_LAMBDA
 * @scope: (nullable): where it is made
 */
ConsetLambda          *conset_lambda_new   (ConsetInterpreter     *interpreter,
                                            const ConsetAstNode   *node,
                                            const ConsetScope     *scope);
ConsetLambda          *conset_lambda_ref   (ConsetLambda          *lambda);
void                   conset_lambda_unref (ConsetLambda          *lambda);

/** conset_lambda_get_depth: Returns: how deep lists, tuples and lambdas nest in what it sees */
guint                  conset_lambda_get_depth (const ConsetLambda *lambda);

/** conset_lambda_n_parameters: Returns: how many arguments it takes */
gsize                  conset_lambda_n_parameters (const ConsetLambda *lambda);

/** conset_lambda_print: appends its parameters: "lambda i, j: ..." */
void                   conset_lambda_print (const ConsetLambda    *lambda,
                                            GString               *out);

/**
 * conset_lambda_apply:
 * @arguments: (array length=n): the values of the parameters, which are copied; any values at all:
 *   the sources and the targets of pairs, for one
 * @result: (out): what the lambda gives for them
 *
 * Returns: FALSE with @error set, which has a place in the text where it was caused there
 */
gboolean               conset_lambda_apply (const ConsetLambda    *lambda,
                                            const ConsetLangValue *arguments,
                                            gsize                  n,
                                            ConsetLangValue       *result,
                                            GError               **error);

G_END_DECLS

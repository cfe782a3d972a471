/* SPDX-License-Identifier: MIT */
/*
 * Evaluates what need not ask for all of its operands, in the way of Python.
 */
#pragma once

#include "interpreter.h"

G_BEGIN_DECLS

/** conset_interpreter_evaluate_comparison: a < b < c asks for b once, and for c if a < b may be. */
gboolean conset_interpreter_evaluate_comparison  (ConsetInterpreter    *self,
                                                  const ConsetAstNode  *node,
                                                  ConsetLangValue      *result,
                                                  GError              **error);

/** conset_interpreter_evaluate_conditional: a if c else b; both where c is a value set. */
gboolean conset_interpreter_evaluate_conditional (ConsetInterpreter    *self,
                                                  const ConsetAstNode  *node,
                                                  ConsetLangValue      *result,
                                                  GError              **error);

/**
 * conset_interpreter_join:
 * @node: joins by `and` or `or`
 * @result: (inout): its left operand
 *
 * The right operand is asked for if the left one does not decide.
 */
gboolean conset_interpreter_join                 (ConsetInterpreter    *self,
                                                  const ConsetAstNode  *node,
                                                  ConsetLangValue      *result,
                                                  GError              **error);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Evaluates syntax trees.
 */
#pragma once

#include "ast.h"
#include "seeds.h"
#include "source.h"
#include "value.h"

G_BEGIN_DECLS

typedef struct _ConsetInterpreter ConsetInterpreter;
typedef struct _ConsetScope       ConsetScope;

/**
 * conset_interpreter_new:
 * @source: (transfer none): the text that errors show; must outlive the interpreter
 * @seed: the model seed
 * @flags: what the text is allowed
 */
ConsetInterpreter *conset_interpreter_new      (const ConsetSource        *source,
                                                guint64                    seed,
                                                ConsetParseFlags           flags);
void               conset_interpreter_free     (ConsetInterpreter         *interpreter);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetInterpreter, conset_interpreter_free)

/**
 * conset_interpreter_execute:
 * @statement: an assignment, or an expression whose value is dropped
 * @host: (nullable): who carries out the statements of a script; NULL where there are none
 *
 * Returns: FALSE with @error set on failure
 */
gboolean           conset_interpreter_execute  (ConsetInterpreter         *interpreter,
                                                const ConsetAstStatement  *statement,
                                                const ConsetScriptHost    *host,
                                                gpointer                   user_data,
                                                GError                   **error);

/** Makes what a caller needs of a value, such as conset_lang_value_to_set(). */
typedef gboolean (*ConsetLangConversion) (ConsetLangValue  *value,
                                          GError          **error);

/**
 * conset_interpreter_evaluate_as:
 * @convert: makes what is needed of the value
 * @result: (out): what @statement denotes; holds nothing before. What it holds after a failure is
 *   to be cleared like any value.
 *
 * Returns: FALSE with @error set on failure
 */
gboolean           conset_interpreter_evaluate_as (ConsetInterpreter         *interpreter,
                                                   const ConsetAstStatement  *statement,
                                                   ConsetLangConversion       convert,
                                                   ConsetLangValue           *result,
                                                   GError                   **error);

/* For what is evaluated elsewhere: conditions.c, lambda.c */

/**
 * conset_interpreter_evaluate:
 * @result: (out): what @node denotes; holds nothing before. What it holds after a failure is to be
 *   cleared like any value.
 *
 * Returns: FALSE with @error set on failure
 */
gboolean           conset_interpreter_evaluate    (ConsetInterpreter      *interpreter,
                                                   const ConsetAstNode    *node,
                                                   ConsetLangValue        *result,
                                                   GError                **error);

/**
 * conset_interpreter_evaluate_in:
 * @scope: names that hide all others
 *
 * As conset_interpreter_evaluate(), for what a lambda gives. What the lambdas of a text do is
 * bounded, so that none runs for ever or without end calls itself.
 */
gboolean           conset_interpreter_evaluate_in (ConsetInterpreter      *interpreter,
                                                   const ConsetAstNode    *node,
                                                   ConsetScope            *scope,
                                                   ConsetLangValue        *result,
                                                   GError                **error);

/** conset_interpreter_fail_with: gives @cause its place. Returns: FALSE, to end a function */
gboolean           conset_interpreter_fail_with   (ConsetInterpreter      *interpreter,
                                                   gsize                   position,
                                                   GError                **error,
                                                   GError                 *cause);

G_END_DECLS

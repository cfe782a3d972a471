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

/**
 * conset_interpreter_new:
 * @source: (transfer none): the text that errors show; must outlive the interpreter
 * @seed: the model seed
 */
ConsetInterpreter *conset_interpreter_new      (const ConsetSource        *source,
                                                guint64                    seed);
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

/**
 * conset_interpreter_evaluate_set:
 *
 * Returns: (transfer full): the set that @statement denotes; NULL with @error set on failure
 */
Conset            *conset_interpreter_evaluate_set (ConsetInterpreter         *interpreter,
                                                    const ConsetAstStatement  *statement,
                                                    GError                   **error);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * From text to syntax tree.
 */
#pragma once

#include "ast.h"
#include "source.h"

G_BEGIN_DECLS

/**
 * conset_ast_parse:
 * @source: the text
 *
 * O(length of the text); the stack that it needs is bounded.
 *
 * Returns: (transfer full) (nullable): the statements; NULL with @error set at the first
 *   place that breaks the grammar
 */
ConsetAst *conset_ast_parse (const ConsetSource  *source,
                             GError             **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

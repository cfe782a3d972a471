/* SPDX-License-Identifier: MIT */
/*
 * What the parts of the parser share: parser_operands.c reads what stands between comparisons,
 * parser.c what is made of comparisons, and parser_definitions.c functions of several lines.
 */
#pragma once

#include "ast.h"
#include "lexer.h"

G_BEGIN_DECLS

/** @nesting: levels that are open, of at most CONSET_AST_MAX_NESTING. */
typedef struct
{
  const ConsetSource *source;
  ConsetLexer         lexer;
  ConsetToken         token;
  ConsetAst          *ast;
  guint               nesting;
  GError            **error;
} ConsetParser;

void     conset_parser_advance        (ConsetParser       *self);
gboolean conset_parser_at_word        (const ConsetParser *self,
                                       const char         *word);

/** Words of Python that are no names: those that the language has, and those that it does not. */
gboolean conset_parser_at_keyword     (const ConsetParser *self);
gboolean conset_parser_at_foreign_word (const ConsetParser *self);

/** Errors; each sets the error unless the lexer has set one at the current token. */
void     conset_parser_fail           (ConsetParser       *self,
                                       gsize               position,
                                       const char         *format,
                                       ...) G_GNUC_PRINTF (3, 4);
void     conset_parser_fail_expecting (ConsetParser       *self,
                                       const char         *expected);

/** Enters a level of nesting at the current token; FALSE with an error if that is one too many. */
gboolean conset_parser_enter          (ConsetParser       *self);

/* Each reads from the current token on, and returns NULL with an error set on failure. */

/** A number, a string, a boolean or a name. */
ConsetAstNode *conset_parser_read_atom       (ConsetParser   *self,
                                              ConsetAstKind   kind);
/** The unary operator at the current token, before what @read reads. */
ConsetAstNode *conset_parser_read_prefix     (ConsetParser   *self,
                                              char            sign,
                                              ConsetAstNode *(*read) (ConsetParser *));
/** Operands joined by operators other than comparisons, `and` and `or`. */
ConsetAstNode *conset_parser_read_sum        (ConsetParser   *self);
/** The name of a parameter that @lambda does not have yet. */
ConsetAstNode *conset_parser_read_parameter  (ConsetParser        *self,
                                              const ConsetAstNode *lambda);
/** Anything that has a value. */
ConsetAstNode *conset_parser_read_expression (ConsetParser   *self);

/** Adds the statement that is the definition at the current token, which is '@' or `def`. */
void           conset_parser_read_definition (ConsetParser   *self);

gboolean       conset_parser_at_end_of_statement (const ConsetParser *self);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * Tokens of the text language.
 */
#pragma once

#include "source.h"

G_BEGIN_DECLS

/**
 * ConsetTokenKind:
 *
 * A sign is its own kind: '(' for a parenthesis, '\n' for the end of a line outside all
 * brackets. These are the others; the last ones are the signs `**`, `<=`, `>=`, `==` and `!=`.
 */
enum
{
  CONSET_TOKEN_END = 256,
  CONSET_TOKEN_ERROR,
  CONSET_TOKEN_NAME,
  CONSET_TOKEN_INTEGER,
  CONSET_TOKEN_REAL,
  CONSET_TOKEN_STRING,
  CONSET_TOKEN_POWER,
  CONSET_TOKEN_LESS_EQUAL,
  CONSET_TOKEN_GREATER_EQUAL,
  CONSET_TOKEN_EQUAL,
  CONSET_TOKEN_NOT_EQUAL,
};

/**
 * ConsetToken:
 * @kind: a sign or one of the above
 * @position: where it begins
 * @length: its bytes
 * @integer: value of a CONSET_TOKEN_INTEGER
 * @real: value of a CONSET_TOKEN_REAL
 */
typedef struct
{
  int   kind;
  gsize position;
  gsize length;
  union
  {
    guint64 integer;
    double  real;
  };
} ConsetToken;

/**
 * ConsetLexer:
 * @source: valid UTF-8
 * @offset: where the next token is looked for
 * @n_open: brackets that are open; line ends count for nothing while there are any
 */
typedef struct
{
  const ConsetSource *source;
  gsize               offset;
  gsize               n_open;
} ConsetLexer;

void conset_lexer_init (ConsetLexer         *lexer,
                        const ConsetSource  *source);

/**
 * conset_lexer_next:
 * @token: (out): the next token; a CONSET_TOKEN_ERROR if @error is set
 */
void conset_lexer_next (ConsetLexer         *lexer,
                        ConsetToken         *token,
                        GError             **error);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * The syntax tree of a text.
 *
 * A tree is built once, by the parser, and then only read. All its parts belong to the
 * ConsetAst and go with it, in O(1) stack. A chain such as a + b + c leans to the left and
 * may be as long as memory allows: walk down its left side in a loop. On every other way
 * down the tree at most CONSET_AST_MAX_NESTING brackets, calls, powers and unary operators
 * follow one another.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** The sign of an operator that is written `**`; all others are one character. */
#define CONSET_SIGN_POWER 'P'

/** Greatest number of brackets, calls, powers and unary operators around an expression. */
#define CONSET_AST_MAX_NESTING 1000

typedef struct _ConsetAst          ConsetAst;
typedef struct _ConsetAstStatement ConsetAstStatement;
typedef struct _ConsetAstNode      ConsetAstNode;
typedef struct _ConsetAstItem      ConsetAstItem;

/**
 * ConsetAstKind:
 * @CONSET_AST_BOOLEAN: `True`
 * @CONSET_AST_INTEGER: `7`
 * @CONSET_AST_REAL: `0.5`
 * @CONSET_AST_STRING: `"nS"`
 * @CONSET_AST_NAME: `full`
 * @CONSET_AST_TUPLE: `(a, b)`
 * @CONSET_AST_LIST: `[a, b]`
 * @CONSET_AST_UNARY: `~a`
 * @CONSET_AST_BINARY: `a + b`
 * @CONSET_AST_CALL: `callee (a, keyword=b)`
 */
typedef enum
{
  CONSET_AST_BOOLEAN,
  CONSET_AST_INTEGER,
  CONSET_AST_REAL,
  CONSET_AST_STRING,
  CONSET_AST_NAME,
  CONSET_AST_TUPLE,
  CONSET_AST_LIST,
  CONSET_AST_UNARY,
  CONSET_AST_BINARY,
  CONSET_AST_CALL,
} ConsetAstKind;

/**
 * ConsetAstItem:
 * @keyword: (nullable): the name of an argument that is given by keyword
 * @position: where it begins
 *
 * An element of a tuple or a list, or an argument of a call.
 */
struct _ConsetAstItem
{
  ConsetAstItem *next;
  const char    *keyword;
  gsize          position;
  ConsetAstNode *value;
};

/**
 * ConsetAstNode:
 * @position: where errors about it point: the sign of an operator, the beginning of all others
 * @name: a name, or what stands between the quotes of a string
 * @sign: of an operator
 * @left: its left operand, NULL for a unary one
 * @right: its right or only operand
 * @callee: what is called
 * @items: elements of a tuple or a list, arguments of a call
 * @n_items: how many
 */
struct _ConsetAstNode
{
  ConsetAstKind kind;
  gsize         position;
  union
  {
    gboolean    boolean;
    guint64     integer;
    double      real;
    const char *name;
    struct
    {
      char           sign;
      ConsetAstNode *left;
      ConsetAstNode *right;
    };
    struct
    {
      ConsetAstNode *callee;
      ConsetAstItem *items;
      gsize          n_items;
    };
  };
};

/**
 * ConsetAstStatement:
 * @target: (nullable): the name that is assigned to; NULL for an expression alone
 * @position: where it begins
 */
struct _ConsetAstStatement
{
  ConsetAstStatement *next;
  const char         *target;
  gsize               position;
  ConsetAstNode      *expression;
};

ConsetAst                *conset_ast_new            (void);
void                      conset_ast_free           (ConsetAst *ast);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ConsetAst, conset_ast_free)

/** conset_ast_get_statements: Returns: (nullable) (transfer none): the first statement */
const ConsetAstStatement *conset_ast_get_statements (const ConsetAst *ast);

/* For the parser */

const char               *conset_ast_add_name       (ConsetAst      *ast,
                                                     const char     *name,
                                                     gsize           length);
ConsetAstNode            *conset_ast_add_node       (ConsetAst      *ast,
                                                     ConsetAstKind   kind,
                                                     gsize           position);
ConsetAstItem            *conset_ast_add_item       (ConsetAst      *ast,
                                                     ConsetAstNode  *value);
/** conset_ast_add_statement: appends a statement that is still to be filled in. */
ConsetAstStatement       *conset_ast_add_statement  (ConsetAst      *ast,
                                                     gsize           position);

G_END_DECLS

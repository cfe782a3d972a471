/* SPDX-License-Identifier: MIT */
/*
 * The syntax tree of a text.
 *
 * A tree is built once, by the parser, and then only read. All its parts belong to the
 * ConsetAst and go with it, in O(1) stack. A chain such as a + b + c leans to the left and
 * may be as long as memory allows: walk down its left side in a loop. On every other way
 * down the tree at most CONSET_AST_MAX_NESTING brackets, calls, powers, unary operators,
 * conditions and lambdas follow one another.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** The signs of operators that are written `**`, `<=`, `>=`, `==`, `!=`, or as words of these
 * names; all others are one character. */
#define CONSET_SIGN_POWER 'P'
#define CONSET_SIGN_LESS_EQUAL 'l'
#define CONSET_SIGN_GREATER_EQUAL 'g'
#define CONSET_SIGN_EQUAL 'e'
#define CONSET_SIGN_NOT_EQUAL 'd'
#define CONSET_SIGN_AND 'A'
#define CONSET_SIGN_OR 'O'
#define CONSET_SIGN_NOT 'N'

/** Greatest number of such levels around an expression. */
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
 * @CONSET_AST_COMPARISON: `a < b`, `a < b <= c`
 * @CONSET_AST_CONDITIONAL: `a if c else b`
 * @CONSET_AST_CALL: `callee (a, keyword=b)`
 * @CONSET_AST_ATTRIBUTE: `object.name`
 * @CONSET_AST_SUBSCRIPT: `object[a]`
 * @CONSET_AST_LAMBDA: `lambda i, j: a`
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
  CONSET_AST_COMPARISON,
  CONSET_AST_CONDITIONAL,
  CONSET_AST_CALL,
  CONSET_AST_ATTRIBUTE,
  CONSET_AST_SUBSCRIPT,
  CONSET_AST_LAMBDA,
} ConsetAstKind;

/**
 * ConsetAstItem:
 * @keyword: (nullable): the name of an argument that is given by keyword
 * @sign: of an operand of a comparison, the sign before it; the first has none
 * @position: where it begins, or that sign
 *
 * An element of a tuple or a list, an argument of a call, an operand of a comparison, or a
 * parameter of a lambda, which is a name.
 */
struct _ConsetAstItem
{
  ConsetAstItem *next;
  const char    *keyword;
  char           sign;
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
 * @condition: what decides between @chosen and @otherwise
 * @object: what @member, or the element that @subscript tells, is looked up in
 * @callee: what is called; of a lambda, what it gives
 * @items: elements of a tuple or a list, arguments of a call, operands of a comparison,
 *   parameters of a lambda
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
      ConsetAstNode *condition;
      ConsetAstNode *chosen;
      ConsetAstNode *otherwise;
    };
    struct
    {
      ConsetAstNode *object;
      const char    *member;
      ConsetAstNode *subscript;
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

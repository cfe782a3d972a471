/* SPDX-License-Identifier: MIT */
/*
 * Storage of the syntax tree: parts are cut from blocks and never freed alone, so that
 * building costs little and freeing does not follow the tree.
 */
#include "ast.h"

#include <string.h>

#define BLOCK_BYTES (64 * 1024)
#define ALIGNMENT sizeof (guint64)

struct _ConsetAst
{
  GPtrArray *blocks;
  char *block; /* the block in use, NULL at the beginning */
  gsize n_used;
  ConsetAstStatement *first;
  ConsetAstStatement **end; /* where the next statement is linked */
};

ConsetAst *
conset_ast_new (void)
{
  ConsetAst *ast = g_new0 (ConsetAst, 1);

  ast->blocks = g_ptr_array_new_with_free_func (g_free);
  ast->end = &ast->first;
  return ast;
}

void
conset_ast_free (ConsetAst *ast)
{
  g_ptr_array_unref (ast->blocks);
  g_free (ast);
}

const ConsetAstStatement *
conset_ast_get_statements (const ConsetAst *ast)
{
  return ast->first;
}

static gpointer
ast_block (ConsetAst *ast, gsize bytes)
{
  gpointer block = g_malloc0 (bytes);

  g_ptr_array_add (ast->blocks, block);
  return block;
}

/* Zeroed memory of the tree. */
static gpointer
ast_take (ConsetAst *ast, gsize bytes)
{
  gpointer part;

  bytes = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  if (bytes > BLOCK_BYTES)
    return ast_block (ast, bytes);

  if (ast->block == NULL || ast->n_used + bytes > BLOCK_BYTES)
    {
      ast->block = ast_block (ast, BLOCK_BYTES);
      ast->n_used = 0;
    }
  part = ast->block + ast->n_used;
  ast->n_used += bytes;
  return part;
}

const char *
conset_ast_add_name (ConsetAst *ast, const char *name, gsize length)
{
  return memcpy (ast_take (ast, length + 1), name, length);
}

ConsetAstNode *
conset_ast_add_node (ConsetAst *ast, ConsetAstKind kind, gsize position)
{
  ConsetAstNode *node = ast_take (ast, sizeof *node);

  node->kind = kind;
  node->position = position;
  return node;
}

ConsetAstItem *
conset_ast_add_item (ConsetAst *ast, ConsetAstNode *value)
{
  ConsetAstItem *item = ast_take (ast, sizeof *item);

  item->value = value;
  item->position = value->position;
  return item;
}

ConsetAstStatement *
conset_ast_add_statement (ConsetAst *ast, gsize position)
{
  ConsetAstStatement *statement = ast_take (ast, sizeof *statement);

  statement->position = position;
  *ast->end = statement;
  ast->end = &statement->next;
  return statement;
}

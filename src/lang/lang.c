/* SPDX-License-Identifier: MIT */
/*
 * The text language, as the public functions offer it.
 *
 * A text is parsed as a whole before any of it is evaluated, so a syntax error anywhere
 * is found first.
 */
#include "interpreter.h"
#include "parser.h"
#include "registry.h"

#include <string.h>

static gboolean
source_init (ConsetSource *source, const char *name, const char *text, GError **error)
{
  const char *end;

  *source = (ConsetSource){ .name = name, .text = text, .length = strlen (text) };
  if (g_utf8_validate (text, (gssize) source->length, &end))
    return TRUE;
  conset_source_set_error (source, (gsize) (end - text), CONSET_ERROR_SYNTAX, error,
                           "the byte 0x%02x is no part of UTF-8 text; save the text as UTF-8",
                           (guint) (guchar) *end);
  return FALSE;
}

/* Executes all statements but the last, which it returns; NULL with @error set on failure. */
static const ConsetAstStatement *
execute_up_to_result (const ConsetSource *source,
                      const ConsetAst *ast,
                      ConsetInterpreter *interpreter,
                      GError **error)
{
  const ConsetAstStatement *statement = conset_ast_get_statements (ast);
  const ConsetAstStatement *last = statement;

  while (last != NULL && last->next != NULL)
    last = last->next;
  if (last == NULL)
    conset_source_set_error (source, 0, CONSET_ERROR_SYNTAX, error, "the text has no expression");
  else if (last->target != NULL)
    conset_source_set_error (source, last->position, CONSET_ERROR_SYNTAX, error,
                             "the last statement must be an expression, not an assignment");
  if (last == NULL || last->target != NULL)
    return NULL;

  for (; statement != last; statement = statement->next)
    if (!conset_interpreter_execute (interpreter, statement, NULL, NULL, error))
      return NULL;
  return last;
}

/* Evaluates @text; @result (out) is what its last expression denotes, by @convert. */
static gboolean
evaluate (const char *text,
          guint64 seed,
          ConsetParseFlags flags,
          ConsetLangConversion convert,
          ConsetLangValue *result,
          GError **error)
{
  ConsetSource source;
  g_autoptr (ConsetAst) ast = NULL;
  g_autoptr (ConsetInterpreter) interpreter = NULL;
  const ConsetAstStatement *last;

  if (!source_init (&source, NULL, text, error))
    return FALSE;
  ast = conset_ast_parse (&source, error);
  if (ast == NULL)
    return FALSE;
  interpreter = conset_interpreter_new (&source, seed, flags);
  last = execute_up_to_result (&source, ast, interpreter, error);
  return last != NULL && conset_interpreter_evaluate_as (interpreter, last, convert, result, error);
}

Conset *
conset_parse (const char *text, guint64 seed, GError **error)
{
  return conset_parse_with (text, seed, CONSET_PARSE_DEFAULT, error);
}

Conset *
conset_parse_with (const char *text, guint64 seed, ConsetParseFlags flags, GError **error)
{
  g_auto (ConsetLangValue) result = CONSET_LANG_VALUE_INIT;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!evaluate (text, seed, flags, conset_lang_value_to_set, &result, error))
    return NULL;
  result.kind = CONSET_LANG_NONE;
  return result.set;
}

ConsetGeometry *
conset_parse_geometry (const char *text, guint64 seed, GError **error)
{
  return conset_parse_geometry_with (text, seed, CONSET_PARSE_DEFAULT, error);
}

ConsetGeometry *
conset_parse_geometry_with (const char *text, guint64 seed, ConsetParseFlags flags, GError **error)
{
  g_auto (ConsetLangValue) result = CONSET_LANG_VALUE_INIT;

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (error == NULL || *error == NULL, NULL);

  if (!evaluate (text, seed, flags, conset_lang_value_to_geometry, &result, error))
    return NULL;
  result.kind = CONSET_LANG_NONE;
  return result.geometry;
}

gboolean
conset_run_script (const char *name,
                   const char *text,
                   guint64 seed,
                   const ConsetScriptHost *host,
                   gpointer user_data,
                   GError **error)
{
  ConsetSource source;
  g_autoptr (ConsetAst) ast = NULL;
  g_autoptr (ConsetInterpreter) interpreter = NULL;
  const ConsetAstStatement *statement;

  g_return_val_if_fail (name != NULL && text != NULL && host != NULL, FALSE);
  g_return_val_if_fail (error == NULL || *error == NULL, FALSE);

  if (!source_init (&source, name, text, error))
    return FALSE;
  ast = conset_ast_parse (&source, error);
  if (ast == NULL)
    return FALSE;
  interpreter = conset_interpreter_new (&source, seed, host->flags);
  for (statement = conset_ast_get_statements (ast); statement != NULL; statement = statement->next)
    if (!conset_interpreter_execute (interpreter, statement, host, user_data, error))
      return FALSE;
  return TRUE;
}

gboolean
conset_lang_get_name (gsize index, ConsetLangName *name)
{
  const ConsetFunction *function = conset_function_get (index);

  g_return_val_if_fail (name != NULL, FALSE);

  if (function == NULL)
    return FALSE;
  *name = (ConsetLangName){ function->name, function->signature, function->help };
  return TRUE;
}

/* SPDX-License-Identifier: MIT */
/*
 * Comparisons, `and` and `or`, and conditional expressions: which operands are asked for.
 */
#include "conditions.h"

#include "comparisons.h"

gboolean
conset_interpreter_join (ConsetInterpreter *self,
                         const ConsetAstNode *node,
                         ConsetLangValue *result,
                         GError **error)
{
  ConsetTruth decided = node->sign == CONSET_SIGN_AND ? CONSET_TRUTH_NO : CONSET_TRUTH_YES;
  g_auto (ConsetLangValue) right = CONSET_LANG_VALUE_INIT;
  GError *cause = NULL;

  if (conset_lang_value_truth (result) == decided)
    {
      *result =
        (ConsetLangValue){ .kind = CONSET_LANG_BOOLEAN, .boolean = decided == CONSET_TRUTH_YES };
      return TRUE;
    }
  if (!conset_interpreter_evaluate (self, node->right, &right, error))
    return FALSE;
  return conset_lang_value_join (node->sign, result, &right, &cause)
         || conset_interpreter_fail_with (self, node->position, error, cause);
}

/* Compares @left, which becomes what @item is, and joins that to @result by `and`. */
static gboolean
compare_next (ConsetInterpreter *self,
              const ConsetAstItem *item,
              ConsetLangValue *left,
              ConsetLangValue *result,
              GError **error)
{
  g_auto (ConsetLangValue) right = CONSET_LANG_VALUE_INIT, holds = CONSET_LANG_VALUE_INIT;
  GError *cause = NULL;

  if (!conset_interpreter_evaluate (self, item->value, &right, error))
    return FALSE;
  holds = *left;
  *left = conset_lang_value_copy (&right);
  return (conset_lang_value_compare (item->sign, &holds, &right, &cause)
          && conset_lang_value_join (CONSET_SIGN_AND, result, &holds, &cause))
         || conset_interpreter_fail_with (self, item->position, error, cause);
}

gboolean
conset_interpreter_evaluate_comparison (ConsetInterpreter *self,
                                        const ConsetAstNode *node,
                                        ConsetLangValue *result,
                                        GError **error)
{
  const ConsetAstItem *item = node->items->next;
  g_auto (ConsetLangValue) left = CONSET_LANG_VALUE_INIT;
  g_auto (ConsetLangValue) right = CONSET_LANG_VALUE_INIT;
  GError *cause = NULL;

  if (!conset_interpreter_evaluate (self, node->items->value, result, error)
      || !conset_interpreter_evaluate (self, item->value, &right, error))
    return FALSE;
  if (item->next != NULL)
    left = conset_lang_value_copy (&right);
  if (!conset_lang_value_compare (item->sign, result, &right, &cause))
    return conset_interpreter_fail_with (self, item->position, error, cause);
  for (item = item->next; item != NULL; item = item->next)
    if (conset_lang_value_truth (result) != CONSET_TRUTH_NO
        && !compare_next (self, item, &left, result, error))
      return FALSE;
  return TRUE;
}

/* The condition of @node, checked. */
static gboolean
evaluate_condition (ConsetInterpreter *self,
                    const ConsetAstNode *node,
                    ConsetLangValue *condition,
                    GError **error)
{
  GError *cause = NULL;

  if (!conset_interpreter_evaluate (self, node->condition, condition, error))
    return FALSE;
  return conset_lang_value_to_truth (condition, &cause)
         || conset_interpreter_fail_with (self, node->condition->position, error, cause);
}

gboolean
conset_interpreter_evaluate_conditional (ConsetInterpreter *self,
                                         const ConsetAstNode *node,
                                         ConsetLangValue *result,
                                         GError **error)
{
  g_auto (ConsetLangValue) condition = CONSET_LANG_VALUE_INIT;
  g_auto (ConsetLangValue) otherwise = CONSET_LANG_VALUE_INIT;
  GError *cause = NULL;
  ConsetTruth truth;

  if (!evaluate_condition (self, node, &condition, error))
    return FALSE;
  truth = conset_lang_value_truth (&condition);
  if (truth != CONSET_TRUTH_NO && !conset_interpreter_evaluate (self, node->chosen, result, error))
    return FALSE;
  if (truth != CONSET_TRUTH_YES
      && !conset_interpreter_evaluate (self, node->otherwise, &otherwise, error))
    return FALSE;
  return conset_lang_value_choose (&condition, result, &otherwise, &cause)
         || conset_interpreter_fail_with (self, node->position, error, cause);
}

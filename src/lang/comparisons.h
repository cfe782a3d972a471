/* SPDX-License-Identifier: MIT */
/*
 * What comparisons, `and`, `or` and `not` mean for values of each kind.
 */
#pragma once

#include "ast.h"
#include "value.h"

G_BEGIN_DECLS

/**
 * ConsetTruth:
 * @CONSET_TRUTH_NO: False, or the number 0
 * @CONSET_TRUTH_YES: True, or another number
 * @CONSET_TRUTH_VARIES: a value set: to each pair its own; or a formula of positions
 * @CONSET_TRUTH_NONE: of what is no condition
 */
typedef enum
{
  CONSET_TRUTH_NO,
  CONSET_TRUTH_YES,
  CONSET_TRUTH_VARIES,
  CONSET_TRUTH_NONE,
} ConsetTruth;

ConsetTruth conset_lang_value_truth   (const ConsetLangValue *value);

/**
 * conset_lang_value_compare:
 * @sign: the sign of a comparison
 * @left: (inout): the left operand; becomes True or False between numbers, a value set otherwise
 * @right: (inout): the right operand; converted or emptied
 *
 * Returns: FALSE with @error set if the two do not compare
 */
gboolean    conset_lang_value_compare (char                   sign,
                                       ConsetLangValue       *left,
                                       ConsetLangValue       *right,
                                       GError               **error);

/**
 * conset_lang_value_join:
 * @sign: CONSET_SIGN_AND or CONSET_SIGN_OR
 *
 * As conset_lang_value_compare(), for conditions.
 */
gboolean    conset_lang_value_join    (char                   sign,
                                       ConsetLangValue       *left,
                                       ConsetLangValue       *right,
                                       GError               **error);

/** conset_lang_value_not: the same for `not`. */
gboolean    conset_lang_value_not     (ConsetLangValue       *operand,
                                       GError               **error);

/** conset_lang_value_to_truth: takes True and False, numbers, and what is a value set, as it is. */
gboolean    conset_lang_value_to_truth (ConsetLangValue      *value,
                                        GError              **error);

/**
 * conset_lang_value_choose:
 * @condition: (inout): a condition; emptied
 * @a: (inout): becomes @a where @condition holds, and @b elsewhere
 * @b: (inout): emptied
 *
 * Returns: FALSE with @error set if the condition varies and one of the two is no value set
 */
gboolean    conset_lang_value_choose  (ConsetLangValue       *condition,
                                       ConsetLangValue       *a,
                                       ConsetLangValue       *b,
                                       GError               **error);

G_END_DECLS

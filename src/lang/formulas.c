/* SPDX-License-Identifier: MIT */
/*
 * Formulas of positions, by operation.
 */
#include "formulas.h"

#include "ast.h"
#include "formula.h"
#include "operations.h"

#include <math.h>
#include <string.h>

/* Conversions */

/* The number that @formula, which has no coordinates, is; FALSE if it is none. */
static gboolean
formula_find_number (ConsetFormula *formula, double *number)
{
  g_autoptr (ConsetTape) tape = conset_formula_compile (&formula, 1, NULL);
  double y = 0.0, z = 0.0;

  if (tape == NULL)
    return FALSE;
  conset_tape_run (tape, (double *[]){ number, &y, &z }, 1);
  return isfinite (*number);
}

void
conset_lang_value_take_formula (ConsetLangValue *value, ConsetFormula *formula)
{
  double number = 0.0;

  *value = (ConsetLangValue){ .kind = CONSET_LANG_FORMULA, .formula = formula };
  if (conset_formula_n_axes (formula) > 0 || conset_formula_is_complex (formula)
      || !formula_find_number (formula, &number))
    return;
  conset_formula_unref (formula);
  *value = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = number };
}

gboolean
conset_lang_value_to_formula (ConsetLangValue *value, GError **error)
{
  g_autofree char *found = NULL;

  if (conset_lang_value_is_formula (value))
    return TRUE;
  if (conset_lang_value_is_number (value) && conset_lang_value_to_real (value, error))
    {
      *value = (ConsetLangValue){ .kind = CONSET_LANG_FORMULA,
                                  .formula = conset_formula_number (value->real) };
      return TRUE;
    }
  found = conset_lang_value_describe (value);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "a number or a formula of the position, such as p[0], is needed, not %s", found);
  return FALSE;
}

/* True and False count as 1 and 0. */
static gboolean
value_to_condition (ConsetLangValue *value, GError **error)
{
  if (value->kind == CONSET_LANG_BOOLEAN)
    *value = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = value->boolean ? 1.0 : 0.0 };
  return conset_lang_value_to_formula (value, error);
}

/* Puts @formula, NULL on failure, in place of what @value holds. */
static gboolean
value_become (ConsetLangValue *value, ConsetFormula *formula)
{
  if (formula == NULL)
    return FALSE;
  conset_lang_value_clear (value);
  conset_lang_value_take_formula (value, formula);
  return TRUE;
}

/* Operations */

static ConsetBinary
sign_operation (char sign)
{
  static const struct
  {
    char sign;
    ConsetBinary operation;
  } signs[] = {
    { '+', CONSET_BINARY_ADD },
    { '-', CONSET_BINARY_SUBTRACT },
    { '*', CONSET_BINARY_MULTIPLY },
    { '/', CONSET_BINARY_DIVIDE },
    { '%', CONSET_BINARY_MOD },
    { CONSET_SIGN_POWER, CONSET_BINARY_POWER },
    { '<', CONSET_BINARY_LESS },
    { '>', CONSET_BINARY_GREATER },
    { CONSET_SIGN_LESS_EQUAL, CONSET_BINARY_LESS_EQUAL },
    { CONSET_SIGN_GREATER_EQUAL, CONSET_BINARY_GREATER_EQUAL },
    { CONSET_SIGN_EQUAL, CONSET_BINARY_EQUAL },
    { CONSET_SIGN_NOT_EQUAL, CONSET_BINARY_NOT_EQUAL },
    { CONSET_SIGN_AND, CONSET_BINARY_AND },
    { CONSET_SIGN_OR, CONSET_BINARY_OR },
  };

  for (gsize k = 0; k < G_N_ELEMENTS (signs); k++)
    if (signs[k].sign == sign)
      return signs[k].operation;
  return CONSET_N_BINARY;
}

gboolean
conset_formulas_combine (char sign, ConsetLangValue *left, ConsetLangValue *right, GError **error)
{
  ConsetBinary operation = sign_operation (sign);
  gboolean joins = sign == CONSET_SIGN_AND || sign == CONSET_SIGN_OR;
  gboolean (*convert) (ConsetLangValue *, GError **) =
    joins ? value_to_condition : conset_lang_value_to_formula;

  if (operation == CONSET_N_BINARY)
    return conset_operation_fail (sign, left, right, error, "'%c' joins sets, not formulas", sign);
  if (!conset_operand_convert (sign, left, right, left, convert, error)
      || !conset_operand_convert (sign, left, right, right, convert, error))
    return FALSE;
  return value_become (left,
                       conset_formula_binary (operation, left->formula, right->formula, error));
}

gboolean
conset_formula_negate (char sign, ConsetLangValue *operand, GError **error)
{
  if (sign == '+')
    return TRUE;
  return value_become (
    operand, conset_formula_unary (sign == CONSET_SIGN_NOT ? CONSET_UNARY_NOT : CONSET_UNARY_NEGATE,
                                   operand->formula, error));
}

gboolean
conset_formulas_choose (ConsetLangValue *condition,
                        ConsetLangValue *a,
                        ConsetLangValue *b,
                        GError **error)
{
  if (!value_to_condition (condition, error) || !conset_lang_value_to_formula (a, error)
      || !conset_lang_value_to_formula (b, error))
    return FALSE;
  return value_become (a,
                       conset_formula_choose (condition->formula, a->formula, b->formula, error));
}

gboolean
conset_formula_attribute (const ConsetLangValue *object, const char *name, ConsetLangValue *result)
{
  ConsetPart part = strcmp (name, "real") == 0 ? CONSET_PART_REAL : CONSET_PART_IMAGINARY;

  if (part != CONSET_PART_REAL && strcmp (name, "imag") != 0)
    return FALSE;
  if (conset_lang_value_is_number (object))
    {
      *result = part == CONSET_PART_REAL
                  ? *object
                  : (ConsetLangValue){ .kind = CONSET_LANG_INTEGER, .integer = { FALSE, 0 } };
      return TRUE;
    }
  if (!conset_lang_value_is_formula (object))
    return FALSE;
  conset_lang_value_take_formula (result, conset_formula_part (part, object->formula, NULL));
  return TRUE;
}

/* Functions */

typedef struct
{
  const char *name;
  guint operation;
} NamedOperation;

static const NamedOperation unary_functions[] = {
  { "abs", CONSET_UNARY_ABS },     { "floor", CONSET_UNARY_FLOOR }, { "ceil", CONSET_UNARY_CEIL },
  { "sqrt", CONSET_UNARY_SQRT },   { "exp", CONSET_UNARY_EXP },     { "expm1", CONSET_UNARY_EXPM1 },
  { "log", CONSET_UNARY_LOG },     { "log1p", CONSET_UNARY_LOG1P }, { "log2", CONSET_UNARY_LOG2 },
  { "log10", CONSET_UNARY_LOG10 }, { "sin", CONSET_UNARY_SIN },     { "cos", CONSET_UNARY_COS },
  { "tan", CONSET_UNARY_TAN },     { "asin", CONSET_UNARY_ASIN },   { "acos", CONSET_UNARY_ACOS },
  { "atan", CONSET_UNARY_ATAN },   { "sinh", CONSET_UNARY_SINH },   { "cosh", CONSET_UNARY_COSH },
  { "tanh", CONSET_UNARY_TANH },   { "erf", CONSET_UNARY_ERF },     { "round", CONSET_UNARY_ROUND },
  { "sign", CONSET_UNARY_SIGN },
};

static const NamedOperation binary_functions[] = {
  { "atan2", CONSET_BINARY_ATAN2 },
  { "hypot", CONSET_BINARY_HYPOT },
  { "min", CONSET_BINARY_MIN },
  { "max", CONSET_BINARY_MAX },
};

static gboolean
find_operation (const NamedOperation *table, gsize n, const char *name, guint *operation)
{
  for (gsize k = 0; k < n; k++)
    if (strcmp (table[k].name, name) == 0)
      {
        *operation = table[k].operation;
        return TRUE;
      }
  return FALSE;
}

/* A real function of a complex number is an error, as in Python's module math: cmath has those of
 * complex ones. */
static ConsetFormula *
call_unary (guint operation, const ConsetLangValue *arguments, GError **error)
{
  g_autofree char *text = NULL;
  const ConsetFormula *argument = arguments[0].formula;

  if (!conset_formula_is_complex (argument) || operation == CONSET_UNARY_ABS)
    return conset_formula_unary (operation, argument, error);
  text = conset_lang_value_to_string (&arguments[0]);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "%s is complex; use the function of this name in cmath", text);
  return NULL;
}

/* min and max take any number of arguments. */
static ConsetFormula *
call_binary (guint operation, const ConsetLangValue *arguments, gsize n, GError **error)
{
  g_autoptr (ConsetFormula) result = conset_formula_ref (arguments[0].formula);

  for (gsize k = 1; k < n && result != NULL; k++)
    {
      ConsetFormula *next = conset_formula_binary (operation, result, arguments[k].formula, error);

      conset_formula_unref (result);
      result = next;
    }
  return g_steal_pointer (&result);
}

static ConsetFormula *
call_clip (const ConsetLangValue *arguments, GError **error)
{
  g_autoptr (ConsetFormula) above =
    conset_formula_binary (CONSET_BINARY_MAX, arguments[0].formula, arguments[1].formula, error);

  if (above == NULL)
    return NULL;
  return conset_formula_binary (CONSET_BINARY_MIN, above, arguments[2].formula, error);
}

/* What @function makes of formulas; NULL with @error not set if it makes nothing of them. */
static ConsetFormula *
call_function (const char *name, const ConsetLangValue *arguments, gsize n, GError **error)
{
  guint operation;

  if (n == 1 && find_operation (unary_functions, G_N_ELEMENTS (unary_functions), name, &operation))
    return call_unary (operation, arguments, error);
  if (n >= 2 && find_operation (binary_functions, G_N_ELEMENTS (binary_functions), name, &operation)
      && (n == 2 || operation == CONSET_BINARY_MIN || operation == CONSET_BINARY_MAX))
    return call_binary (operation, arguments, n, error);
  if (n == 3 && strcmp (name, "where") == 0)
    return conset_formula_choose (arguments[0].formula, arguments[1].formula, arguments[2].formula,
                                  error);
  if (n == 3 && strcmp (name, "clip") == 0)
    return call_clip (arguments, error);
  return NULL;
}

static gboolean
has_formula (const ConsetArgument *arguments, gsize n)
{
  for (gsize k = 0; k < n; k++)
    if (conset_lang_value_is_formula (&arguments[k].value))
      return TRUE;
  return FALSE;
}

static void
value_clear (gpointer value)
{
  conset_lang_value_clear (value);
}

/* Copies of the arguments as formulas; NULL if one is none, or has a keyword. */
static GArray *
convert_arguments (const ConsetArgument *arguments, gsize n)
{
  g_autoptr (GArray) formulas = g_array_new (FALSE, FALSE, sizeof (ConsetLangValue));

  g_array_set_clear_func (formulas, value_clear);
  for (gsize k = 0; k < n; k++)
    {
      ConsetLangValue value = conset_lang_value_copy (&arguments[k].value);
      gboolean ok = arguments[k].keyword == NULL && value_to_condition (&value, NULL);

      g_array_append_val (formulas, value);
      if (!ok)
        return NULL;
    }
  return g_steal_pointer (&formulas);
}

gboolean
conset_formula_call (const ConsetFunction *function,
                     const ConsetArgument *arguments,
                     gsize n,
                     gboolean *handled,
                     ConsetLangValue *result,
                     GError **error)
{
  g_autoptr (GArray) formulas = NULL;
  ConsetFormula *formula;
  GError *cause = NULL;

  *handled = FALSE;
  if (!has_formula (arguments, n))
    return TRUE;
  formulas = convert_arguments (arguments, n);
  if (formulas == NULL)
    return TRUE;
  formula =
    call_function (function->name, (const ConsetLangValue *) formulas->data, formulas->len, &cause);
  *handled = formula != NULL || cause != NULL;
  if (formula != NULL)
    conset_lang_value_take_formula (result, formula);
  else if (cause != NULL)
    g_propagate_error (error, cause);
  return cause == NULL;
}

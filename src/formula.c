/* SPDX-License-Identifier: MIT */
/*
 * Formulas: life, composition and text.
 *
 * Depth is bounded, so that walks may recurse; and so is the size, in which what is shared counts
 * as often as it is printed.
 */
#include "formula.h"

#include "text.h"
#include "value.h"

#define MAX_DEPTH 1000
#define MAX_SIZE 100000

ConsetFormula *
conset_formula_ref (const ConsetFormula *formula)
{
  ConsetFormula *self = (ConsetFormula *) formula;

  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
conset_formula_unref (ConsetFormula *formula)
{
  if (!g_atomic_ref_count_dec (&formula->refs))
    return;
  for (guint k = 0; k < formula->n_operands; k++)
    conset_formula_unref (formula->operands[k]);
  g_free (formula);
}

gboolean
conset_formula_is_complex (const ConsetFormula *formula)
{
  return formula->is_complex;
}

guint
conset_formula_n_axes (const ConsetFormula *formula)
{
  return formula->n_axes;
}

/* Composition */

static gboolean G_GNUC_PRINTF (2, 3) formula_fail (GError **error, const char *format, ...)
{
  va_list arguments;

  va_start (arguments, format);
  g_propagate_error (
    error, g_error_new_valist (CONSET_ERROR, CONSET_ERROR_COMPOSITION, format, arguments));
  va_end (arguments);
  return FALSE;
}

static ConsetFormula *
formula_new (ConsetFormulaKind kind, guint op, gboolean is_complex)
{
  ConsetFormula *self = g_new0 (ConsetFormula, 1);

  g_atomic_ref_count_init (&self->refs);
  self->kind = kind;
  self->op = op;
  self->is_complex = is_complex;
  self->depth = 1;
  self->size = 1;
  return self;
}

static ConsetFormula *
formula_compose (ConsetFormulaKind kind,
                 guint op,
                 gboolean is_complex,
                 const ConsetFormula *const *operands,
                 guint n,
                 GError **error)
{
  ConsetFormula *self = formula_new (kind, op, is_complex);

  for (guint k = 0; k < n; k++)
    {
      self->operands[self->n_operands++] = conset_formula_ref (operands[k]);
      self->n_axes = MAX (self->n_axes, operands[k]->n_axes);
      self->depth = MAX (self->depth, operands[k]->depth + 1);
      self->size += operands[k]->size;
    }
  if (self->depth <= MAX_DEPTH && self->size <= MAX_SIZE)
    return self;
  conset_formula_unref (self);
  formula_fail (error,
                "the formula has more than %d operations in one another, or %d in all, "
                "where what is used twice counts twice; use a projection of two steps",
                MAX_DEPTH, MAX_SIZE);
  return NULL;
}

ConsetFormula *
conset_formula_coordinate (guint axis)
{
  ConsetFormula *self = formula_new (CONSET_FORMULA_COORDINATE, axis, FALSE);

  self->n_axes = axis + 1;
  return self;
}

ConsetFormula *
conset_formula_number (double number)
{
  ConsetFormula *self = formula_new (CONSET_FORMULA_NUMBER, 0, FALSE);

  self->number = number;
  return self;
}

static const char *const unary_names[CONSET_N_UNARY] = {
  [CONSET_UNARY_NEGATE] = "-",    [CONSET_UNARY_ABS] = "abs",     [CONSET_UNARY_SQRT] = "sqrt",
  [CONSET_UNARY_FLOOR] = "floor", [CONSET_UNARY_CEIL] = "ceil",   [CONSET_UNARY_EXP] = "exp",
  [CONSET_UNARY_LOG] = "log",     [CONSET_UNARY_SIN] = "sin",     [CONSET_UNARY_COS] = "cos",
  [CONSET_UNARY_TANH] = "tanh",   [CONSET_UNARY_EXPM1] = "expm1", [CONSET_UNARY_LOG1P] = "log1p",
  [CONSET_UNARY_LOG2] = "log2",   [CONSET_UNARY_LOG10] = "log10", [CONSET_UNARY_TAN] = "tan",
  [CONSET_UNARY_ASIN] = "asin",   [CONSET_UNARY_ACOS] = "acos",   [CONSET_UNARY_ATAN] = "atan",
  [CONSET_UNARY_SINH] = "sinh",   [CONSET_UNARY_COSH] = "cosh",   [CONSET_UNARY_ERF] = "erf",
  [CONSET_UNARY_ROUND] = "round", [CONSET_UNARY_SIGN] = "sign",   [CONSET_UNARY_NOT] = "not",
};

/* How an operation on two is written: between its operands, of which the right one of equal
 * strength needs parentheses, or as a function. */
typedef struct
{
  const char *name;
  gboolean between;
  ConsetValuePrecedence precedence;
} BinaryText;

static const BinaryText binary_texts[CONSET_N_BINARY] = {
  [CONSET_BINARY_ADD] = { "+", TRUE, CONSET_VALUE_PREC_SUM },
  [CONSET_BINARY_SUBTRACT] = { "-", TRUE, CONSET_VALUE_PREC_SUM },
  [CONSET_BINARY_MULTIPLY] = { "*", TRUE, CONSET_VALUE_PREC_PRODUCT },
  [CONSET_BINARY_DIVIDE] = { "/", TRUE, CONSET_VALUE_PREC_PRODUCT },
  [CONSET_BINARY_MOD] = { "%", TRUE, CONSET_VALUE_PREC_PRODUCT },
  [CONSET_BINARY_POWER] = { "**", TRUE, CONSET_VALUE_PREC_POWER },
  [CONSET_BINARY_MIN] = { "min", FALSE, CONSET_VALUE_PREC_ATOM },
  [CONSET_BINARY_MAX] = { "max", FALSE, CONSET_VALUE_PREC_ATOM },
  [CONSET_BINARY_ATAN2] = { "atan2", FALSE, CONSET_VALUE_PREC_ATOM },
  [CONSET_BINARY_HYPOT] = { "hypot", FALSE, CONSET_VALUE_PREC_ATOM },
  [CONSET_BINARY_LESS] = { "<", TRUE, CONSET_VALUE_PREC_COMPARISON },
  [CONSET_BINARY_LESS_EQUAL] = { "<=", TRUE, CONSET_VALUE_PREC_COMPARISON },
  [CONSET_BINARY_GREATER] = { ">", TRUE, CONSET_VALUE_PREC_COMPARISON },
  [CONSET_BINARY_GREATER_EQUAL] = { ">=", TRUE, CONSET_VALUE_PREC_COMPARISON },
  [CONSET_BINARY_EQUAL] = { "==", TRUE, CONSET_VALUE_PREC_COMPARISON },
  [CONSET_BINARY_NOT_EQUAL] = { "!=", TRUE, CONSET_VALUE_PREC_COMPARISON },
  [CONSET_BINARY_AND] = { "and", TRUE, CONSET_VALUE_PREC_AND },
  [CONSET_BINARY_OR] = { "or", TRUE, CONSET_VALUE_PREC_OR },
};

/* Sets @error unless @formula is real. */
static gboolean
check_is_real (const char *operation, const ConsetFormula *formula, GError **error)
{
  g_autofree char *text = NULL;

  if (!formula->is_complex)
    return TRUE;
  text = conset_abridge (conset_formula_to_string (formula));
  return formula_fail (error, "%s: %s is complex; take its .real, its .imag or its abs()",
                       operation, text);
}

ConsetFormula *
conset_formula_complex (const ConsetFormula *x, const ConsetFormula *y, GError **error)
{
  if (!check_is_real ("complex", x, error) || !check_is_real ("complex", y, error))
    return NULL;
  return formula_compose (CONSET_FORMULA_COMPLEX, 0, TRUE, (const ConsetFormula *[]){ x, y }, 2,
                          error);
}

static gboolean
unary_is_complex (ConsetUnary op)
{
  switch (op)
    {
    case CONSET_UNARY_NEGATE:
    case CONSET_UNARY_ABS:
    case CONSET_UNARY_EXP:
    case CONSET_UNARY_LOG:
    case CONSET_UNARY_LOG10:
    case CONSET_UNARY_SQRT:
    case CONSET_UNARY_SIN:
    case CONSET_UNARY_COS:
    case CONSET_UNARY_TAN:
    case CONSET_UNARY_SINH:
    case CONSET_UNARY_COSH:
    case CONSET_UNARY_TANH:
      return TRUE;
    default:
      return FALSE;
    }
}

ConsetFormula *
conset_formula_unary (ConsetUnary op, const ConsetFormula *a, GError **error)
{
  if (!unary_is_complex (op) && !check_is_real (unary_names[op], a, error))
    return NULL;
  return formula_compose (CONSET_FORMULA_UNARY, op, a->is_complex && op != CONSET_UNARY_ABS, &a, 1,
                          error);
}

ConsetFormula *
conset_formula_binary (ConsetBinary op,
                       const ConsetFormula *a,
                       const ConsetFormula *b,
                       GError **error)
{
  if (op > CONSET_BINARY_POWER
      && (!check_is_real (binary_texts[op].name, a, error)
          || !check_is_real (binary_texts[op].name, b, error)))
    return NULL;
  return formula_compose (CONSET_FORMULA_BINARY, op, a->is_complex || b->is_complex,
                          (const ConsetFormula *[]){ a, b }, 2, error);
}

ConsetFormula *
conset_formula_part (ConsetPart part, const ConsetFormula *a, GError **error)
{
  return formula_compose (CONSET_FORMULA_PART, part, a->is_complex && part == CONSET_PART_CONJUGATE,
                          &a, 1, error);
}

ConsetFormula *
conset_formula_choose (const ConsetFormula *condition,
                       const ConsetFormula *a,
                       const ConsetFormula *b,
                       GError **error)
{
  const ConsetFormula *operands[] = { condition, a, b };

  for (guint k = 0; k < G_N_ELEMENTS (operands); k++)
    if (!check_is_real ("if", operands[k], error))
      return NULL;
  return formula_compose (CONSET_FORMULA_CHOOSE, 0, FALSE, operands, 3, error);
}

/* Text */

static ConsetValuePrecedence
precedence (const ConsetFormula *formula)
{
  if (formula->kind == CONSET_FORMULA_BINARY)
    return binary_texts[formula->op].precedence;
  if (formula->kind == CONSET_FORMULA_NUMBER)
    return formula->number < 0.0 ? CONSET_VALUE_PREC_UNARY : CONSET_VALUE_PREC_ATOM;
  if (formula->kind != CONSET_FORMULA_UNARY)
    return CONSET_VALUE_PREC_ATOM;
  return formula->op == CONSET_UNARY_NEGATE ? CONSET_VALUE_PREC_UNARY
         : formula->op == CONSET_UNARY_NOT  ? CONSET_VALUE_PREC_NOT
                                            : CONSET_VALUE_PREC_ATOM;
}

static void
print_within (const ConsetFormula *formula, ConsetValuePrecedence least, GString *out)
{
  gboolean parentheses = precedence (formula) < least;

  if (conset_print_is_full (out))
    return;
  g_string_append (out, parentheses ? "(" : "");
  conset_formula_print (formula, out);
  g_string_append (out, parentheses ? ")" : "");
}

static void
print_call (const char *name, const ConsetFormula *formula, GString *out)
{
  g_string_append_printf (out, "%s(", name);
  for (guint k = 0; k < formula->n_operands; k++)
    {
      g_string_append (out, k > 0 ? ", " : "");
      print_within (formula->operands[k], CONSET_VALUE_PREC_OR, out);
    }
  g_string_append_c (out, ')');
}

static void
print_unary (const ConsetFormula *formula, GString *out)
{
  const ConsetFormula *operand = formula->operands[0];

  if (formula->op == CONSET_UNARY_NEGATE)
    {
      g_string_append_c (out, '-');
      print_within (operand, CONSET_VALUE_PREC_POWER, out);
    }
  else if (formula->op == CONSET_UNARY_NOT)
    {
      g_string_append (out, "not ");
      print_within (operand, CONSET_VALUE_PREC_NOT, out);
    }
  else
    {
      if (formula->is_complex)
        g_string_append (out, "cmath.");
      print_call (unary_names[formula->op], formula, out);
    }
}

/* A power leans to the right, comparisons do not follow one another, all others lean to the left.
 */
static void
print_binary (const ConsetFormula *formula, GString *out)
{
  const BinaryText *text = &binary_texts[formula->op];
  ConsetValuePrecedence left = text->precedence, right = text->precedence + 1;

  if (!text->between)
    {
      print_call (text->name, formula, out);
      return;
    }
  if (formula->op == CONSET_BINARY_POWER)
    {
      left = CONSET_VALUE_PREC_ATOM;
      right = CONSET_VALUE_PREC_UNARY;
    }
  if (text->precedence == CONSET_VALUE_PREC_COMPARISON)
    left++;
  print_within (formula->operands[0], left, out);
  g_string_append_printf (out, " %s ", text->name);
  print_within (formula->operands[1], right, out);
}

static void
print_part (const ConsetFormula *formula, GString *out)
{
  static const char *const parts[] = { ".real", ".imag", ".conjugate()" };

  if (formula->op == CONSET_PART_PHASE)
    {
      print_call ("cmath.phase", formula, out);
      return;
    }
  /* The point of a number is one of its digits. */
  print_within (formula->operands[0],
                formula->operands[0]->kind == CONSET_FORMULA_NUMBER ? CONSET_VALUE_PREC_ATOM + 1
                                                                    : CONSET_VALUE_PREC_ATOM,
                out);
  g_string_append (out, parts[formula->op]);
}

void
conset_formula_print (const ConsetFormula *formula, GString *out)
{
  switch (formula->kind)
    {
    case CONSET_FORMULA_COORDINATE:
      g_string_append_printf (out, "p[%u]", formula->op);
      break;
    case CONSET_FORMULA_NUMBER:
      conset_append_double (out, formula->number);
      break;
    case CONSET_FORMULA_COMPLEX:
      print_call ("complex", formula, out);
      break;
    case CONSET_FORMULA_UNARY:
      print_unary (formula, out);
      break;
    case CONSET_FORMULA_BINARY:
      print_binary (formula, out);
      break;
    case CONSET_FORMULA_PART:
      print_part (formula, out);
      break;
    case CONSET_FORMULA_CHOOSE:
      print_call ("where", formula, out);
      break;
    }
}

char *
conset_formula_to_string (const ConsetFormula *formula)
{
  GString *out = g_string_new (NULL);

  conset_formula_print (formula, out);
  return g_string_free (out, FALSE);
}

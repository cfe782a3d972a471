/* SPDX-License-Identifier: MIT */
/*
 * From formulas to tapes: complex arithmetic in real operations.
 *
 * The ways of Python's cmath are taken where they matter for the last digits: quotients by Smith
 * (1962), roots and logarithms by the absolute value, the latter by log1p where that is near 1. A
 * complex number meets a real one part by part. Zeros below zero choose the side of a branch cut,
 * as in C and Python.
 */
#include "formula.h"

/* A real number has the number 0 for its imaginary part. */
typedef struct
{
  ConsetOperand re;
  ConsetOperand im;
  gboolean is_complex;
} Pair;

typedef struct
{
  ConsetTape *tape;
  GHashTable *known; /* formula -> Pair */
} Compiler;

static Pair
real (ConsetOperand x)
{
  return (Pair){ x, conset_operand_number (0.0), FALSE };
}

static Pair
complex_pair (ConsetOperand re, ConsetOperand im)
{
  return (Pair){ re, im, TRUE };
}

#define NUMBER(x) conset_operand_number (x)
#define UNARY(op, a) conset_tape_unary (tape, CONSET_UNARY_##op, a)
#define BINARY(op, a, b) conset_tape_binary (tape, CONSET_BINARY_##op, a, b)
#define CHOOSE(condition, a, b) conset_tape_choose (tape, condition, a, b)

/* Arithmetic */

static Pair
multiply (ConsetTape *tape, Pair a, Pair b)
{
  if (!a.is_complex && !b.is_complex)
    return real (BINARY (MULTIPLY, a.re, b.re));
  if (!b.is_complex)
    return complex_pair (BINARY (MULTIPLY, a.re, b.re), BINARY (MULTIPLY, a.im, b.re));
  if (!a.is_complex)
    return complex_pair (BINARY (MULTIPLY, a.re, b.re), BINARY (MULTIPLY, a.re, b.im));
  return complex_pair (
    BINARY (SUBTRACT, BINARY (MULTIPLY, a.re, b.re), BINARY (MULTIPLY, a.im, b.im)),
    BINARY (ADD, BINARY (MULTIPLY, a.re, b.im), BINARY (MULTIPLY, a.im, b.re)));
}

/* a / b where |b.re| >= |b.im|; or, with the parts of b exchanged, of a / (i b). */
static Pair
divide_by_larger (ConsetTape *tape, Pair a, ConsetOperand larger, ConsetOperand smaller)
{
  ConsetOperand ratio = BINARY (DIVIDE, smaller, larger);
  ConsetOperand divisor = BINARY (ADD, larger, BINARY (MULTIPLY, smaller, ratio));

  return complex_pair (
    BINARY (DIVIDE, BINARY (ADD, a.re, BINARY (MULTIPLY, a.im, ratio)), divisor),
    BINARY (DIVIDE, BINARY (SUBTRACT, a.im, BINARY (MULTIPLY, a.re, ratio)), divisor));
}

static Pair
divide (ConsetTape *tape, Pair a, Pair b)
{
  ConsetOperand flat;
  Pair by_real, by_imaginary, turned;

  if (!b.is_complex)
    return (Pair){ BINARY (DIVIDE, a.re, b.re), a.is_complex ? BINARY (DIVIDE, a.im, b.re) : a.im,
                   a.is_complex };
  /* a / b = (-i a) / (-i b), and -i (x + y i) = y - x i. */
  turned = complex_pair (a.im, UNARY (NEGATE, a.re));
  by_real = divide_by_larger (tape, a, b.re, b.im);
  by_imaginary = divide_by_larger (tape, turned, b.im, UNARY (NEGATE, b.re));
  flat = BINARY (GREATER_EQUAL, UNARY (ABS, b.re), UNARY (ABS, b.im));
  return complex_pair (CHOOSE (flat, by_real.re, by_imaginary.re),
                       CHOOSE (flat, by_real.im, by_imaginary.im));
}

static Pair
add (ConsetTape *tape, Pair a, Pair b)
{
  ConsetOperand re = BINARY (ADD, a.re, b.re);

  if (a.is_complex && b.is_complex)
    return complex_pair (re, BINARY (ADD, a.im, b.im));
  return (Pair){ re, a.is_complex ? a.im : b.im, a.is_complex || b.is_complex };
}

static Pair
subtract (ConsetTape *tape, Pair a, Pair b)
{
  ConsetOperand re = BINARY (SUBTRACT, a.re, b.re);

  if (a.is_complex && b.is_complex)
    return complex_pair (re, BINARY (SUBTRACT, a.im, b.im));
  if (b.is_complex)
    return complex_pair (re, UNARY (NEGATE, b.im));
  return (Pair){ re, a.im, a.is_complex };
}

/* Functions */

static ConsetOperand
absolute (ConsetTape *tape, Pair a)
{
  return a.is_complex ? BINARY (HYPOT, a.re, a.im) : UNARY (ABS, a.re);
}

/* log |a|; near 1 by |a|^2 - 1 = (x - 1) (x + 1) + y^2. */
static ConsetOperand
log_absolute (ConsetTape *tape, Pair a)
{
  ConsetOperand size = absolute (tape, a), x = UNARY (ABS, a.re), y = UNARY (ABS, a.im);
  ConsetOperand more = BINARY (MAX, x, y), less = BINARY (MIN, x, y);
  ConsetOperand excess = BINARY (
    ADD, BINARY (MULTIPLY, BINARY (SUBTRACT, more, NUMBER (1.0)), BINARY (ADD, more, NUMBER (1.0))),
    BINARY (MULTIPLY, less, less));
  ConsetOperand near =
    BINARY (AND, BINARY (GREATER, size, NUMBER (0.71)), BINARY (LESS, size, NUMBER (1.73)));

  return CHOOSE (near, BINARY (MULTIPLY, NUMBER (0.5), UNARY (LOG1P, excess)), UNARY (LOG, size));
}

static ConsetOperand
phase (ConsetTape *tape, Pair a)
{
  return BINARY (ATAN2, a.im, a.re);
}

static Pair
complex_log (ConsetTape *tape, Pair a)
{
  return complex_pair (log_absolute (tape, a), phase (tape, a));
}

/* r (cos angle + i sin angle) */
static Pair
polar (ConsetTape *tape, ConsetOperand r, ConsetOperand angle)
{
  return complex_pair (BINARY (MULTIPLY, r, UNARY (COS, angle)),
                       BINARY (MULTIPLY, r, UNARY (SIN, angle)));
}

/* The root with a real part that is not negative: s + i y / (2 s) for s = sqrt ((|x| + |a|) / 2),
 * or its parts exchanged where x is negative. The sign of y is that of 1 / y, also for zeros. */
static Pair
complex_sqrt (ConsetTape *tape, Pair a)
{
  ConsetOperand half = BINARY (MULTIPLY, NUMBER (0.5), UNARY (ABS, a.re));
  ConsetOperand s =
    UNARY (SQRT, BINARY (ADD, half, BINARY (MULTIPLY, NUMBER (0.5), absolute (tape, a))));
  ConsetOperand d = BINARY (DIVIDE, UNARY (ABS, a.im), BINARY (MULTIPLY, NUMBER (2.0), s));
  ConsetOperand zero = BINARY (EQUAL, s, NUMBER (0.0));
  ConsetOperand right = BINARY (GREATER_EQUAL, a.re, NUMBER (0.0));
  ConsetOperand below = BINARY (LESS, BINARY (DIVIDE, NUMBER (1.0), a.im), NUMBER (0.0));
  ConsetOperand im;

  d = CHOOSE (zero, NUMBER (0.0), d);
  im = CHOOSE (right, d, s);
  return complex_pair (CHOOSE (right, s, d), CHOOSE (below, UNARY (NEGATE, im), im));
}

static Pair
complex_exp (ConsetTape *tape, Pair a)
{
  return polar (tape, UNARY (EXP, a.re), a.im);
}

static Pair
complex_sinh (ConsetTape *tape, Pair a)
{
  return complex_pair (BINARY (MULTIPLY, UNARY (SINH, a.re), UNARY (COS, a.im)),
                       BINARY (MULTIPLY, UNARY (COSH, a.re), UNARY (SIN, a.im)));
}

static Pair
complex_cosh (ConsetTape *tape, Pair a)
{
  return complex_pair (BINARY (MULTIPLY, UNARY (COSH, a.re), UNARY (COS, a.im)),
                       BINARY (MULTIPLY, UNARY (SINH, a.re), UNARY (SIN, a.im)));
}

/* With t = tanh x and u = tan y: (t (1 + u^2) + i u / cosh^2 x) / (1 + t^2 u^2). */
static Pair
complex_tanh (ConsetTape *tape, Pair a)
{
  ConsetOperand t = UNARY (TANH, a.re), u = UNARY (TAN, a.im), cosh = UNARY (COSH, a.re);
  ConsetOperand tu = BINARY (MULTIPLY, t, u);
  ConsetOperand divisor = BINARY (ADD, NUMBER (1.0), BINARY (MULTIPLY, tu, tu));
  ConsetOperand re = BINARY (MULTIPLY, t, BINARY (ADD, NUMBER (1.0), BINARY (MULTIPLY, u, u)));
  ConsetOperand im = BINARY (DIVIDE, BINARY (DIVIDE, u, cosh), cosh);

  return complex_pair (BINARY (DIVIDE, re, divisor), BINARY (DIVIDE, im, divisor));
}

/* i a */
static Pair
turn (ConsetTape *tape, Pair a)
{
  return complex_pair (UNARY (NEGATE, a.im), a.re);
}

/* -i a */
static Pair
turn_back (ConsetTape *tape, Pair a)
{
  return complex_pair (a.im, UNARY (NEGATE, a.re));
}

static Pair
complex_unary (ConsetTape *tape, ConsetUnary op, Pair a)
{
  switch (op)
    {
    case CONSET_UNARY_NEGATE:
      return complex_pair (UNARY (NEGATE, a.re), UNARY (NEGATE, a.im));
    case CONSET_UNARY_ABS:
      return real (absolute (tape, a));
    case CONSET_UNARY_EXP:
      return complex_exp (tape, a);
    case CONSET_UNARY_LOG:
      return complex_log (tape, a);
    case CONSET_UNARY_LOG10:
      return divide (tape, complex_log (tape, a), real (NUMBER (G_LN10)));
    case CONSET_UNARY_SQRT:
      return complex_sqrt (tape, a);
    case CONSET_UNARY_SIN:
      return turn_back (tape, complex_sinh (tape, turn (tape, a)));
    case CONSET_UNARY_COS:
      return complex_cosh (tape, turn (tape, a));
    case CONSET_UNARY_TAN:
      return turn_back (tape, complex_tanh (tape, turn (tape, a)));
    case CONSET_UNARY_SINH:
      return complex_sinh (tape, a);
    case CONSET_UNARY_COSH:
      return complex_cosh (tape, a);
    case CONSET_UNARY_TANH:
      return complex_tanh (tape, a);
    default:
      g_return_val_if_reached (a);
    }
}

/* By squares. */
static Pair
whole_power (ConsetTape *tape, Pair a, guint n)
{
  Pair power = real (NUMBER (1.0));
  gboolean any = FALSE;

  for (; n > 0; n >>= 1)
    {
      if (n & 1)
        {
          power = any ? multiply (tape, power, a) : a;
          any = TRUE;
        }
      if (n > 1)
        a = multiply (tape, a, a);
    }
  return any ? power : complex_pair (NUMBER (1.0), NUMBER (0.0));
}

/* |a| ** re b * exp (-im b phase a) at the angle re b phase a + im b log |a|. */
static Pair
complex_power (ConsetTape *tape, Pair a, Pair b)
{
  ConsetOperand r, angle;
  double n = b.re.number;

  if (!b.is_complex && b.re.is_number && n == conset_number_floor (n) && fabs (n) <= 100.0)
    {
      Pair power = whole_power (tape, a, (guint) fabs (n));

      return n < 0.0 ? divide (tape, real (NUMBER (1.0)), power) : power;
    }
  r = BINARY (POWER, absolute (tape, a), b.re);
  angle = BINARY (MULTIPLY, phase (tape, a), b.re);
  if (b.is_complex)
    {
      ConsetOperand shrink = UNARY (EXP, UNARY (NEGATE, BINARY (MULTIPLY, phase (tape, a), b.im)));

      r = BINARY (MULTIPLY, r, shrink);
      angle = BINARY (ADD, angle, BINARY (MULTIPLY, b.im, log_absolute (tape, a)));
    }
  return polar (tape, r, angle);
}

static Pair
complex_binary (ConsetTape *tape, ConsetBinary op, Pair a, Pair b)
{
  switch (op)
    {
    case CONSET_BINARY_ADD:
      return add (tape, a, b);
    case CONSET_BINARY_SUBTRACT:
      return subtract (tape, a, b);
    case CONSET_BINARY_MULTIPLY:
      return multiply (tape, a, b);
    case CONSET_BINARY_DIVIDE:
      return divide (tape, a, b);
    case CONSET_BINARY_POWER:
      return complex_power (tape, a, b);
    default:
      g_return_val_if_reached (a);
    }
}

static Pair
part_of (ConsetTape *tape, ConsetPart part, Pair a)
{
  switch (part)
    {
    case CONSET_PART_REAL:
      return real (a.re);
    case CONSET_PART_IMAGINARY:
      return real (a.im);
    case CONSET_PART_PHASE:
      return real (phase (tape, a));
    case CONSET_PART_CONJUGATE:
      return a.is_complex ? complex_pair (a.re, UNARY (NEGATE, a.im)) : a;
    }
  g_return_val_if_reached (a);
}

/* Walking */

static Pair compile (Compiler *self, const ConsetFormula *formula);

static Pair
compile_anew (Compiler *self, const ConsetFormula *formula)
{
  ConsetTape *tape = self->tape;
  Pair operands[3];

  for (guint k = 0; k < formula->n_operands; k++)
    operands[k] = compile (self, formula->operands[k]);
  switch (formula->kind)
    {
    case CONSET_FORMULA_COORDINATE:
      return real (conset_tape_input (tape, formula->op));
    case CONSET_FORMULA_NUMBER:
      return real (NUMBER (formula->number));
    case CONSET_FORMULA_COMPLEX:
      return complex_pair (operands[0].re, operands[1].re);
    case CONSET_FORMULA_UNARY:
      return operands[0].is_complex ? complex_unary (tape, formula->op, operands[0])
                                    : real (conset_tape_unary (tape, formula->op, operands[0].re));
    case CONSET_FORMULA_BINARY:
      return operands[0].is_complex || operands[1].is_complex
               ? complex_binary (tape, formula->op, operands[0], operands[1])
               : real (conset_tape_binary (tape, formula->op, operands[0].re, operands[1].re));
    case CONSET_FORMULA_PART:
      return part_of (tape, formula->op, operands[0]);
    case CONSET_FORMULA_CHOOSE:
      return real (CHOOSE (operands[0].re, operands[1].re, operands[2].re));
    }
  g_return_val_if_reached (operands[0]);
}

static Pair
compile (Compiler *self, const ConsetFormula *formula)
{
  Pair *known = g_hash_table_lookup (self->known, formula);

  if (known == NULL)
    {
      Pair made = compile_anew (self, formula);

      known = g_memdup2 (&made, sizeof made);
      g_hash_table_insert (self->known, (gpointer) formula, known);
    }
  return *known;
}

ConsetTape *
conset_formula_compile (ConsetFormula *const *formulas, guint n, GError **error)
{
  g_autoptr (ConsetTape) tape = conset_tape_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  Compiler compiler = { tape, known };
  ConsetOperand outputs[CONSET_TAPE_INPUTS];

  g_return_val_if_fail (n <= CONSET_TAPE_INPUTS, NULL);

  for (guint k = 0; k < n; k++)
    outputs[k] = compile (&compiler, formulas[k]).re;
  if (conset_tape_finish (tape, outputs, n))
    return g_steal_pointer (&tape);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "the formula keeps too many results at once; use a projection of two steps");
  return NULL;
}

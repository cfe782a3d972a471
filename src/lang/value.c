/* SPDX-License-Identifier: MIT */
/*
 * Values: their life, and how errors show them. What errors show is cut to about sixty
 * characters, whatever the size of the value.
 */
#include "value.h"

#include "formula.h"
#include "lambda.h"
#include "operator.h"
#include "sequence.h"
#include "source.h"
#include "text.h"

#define SHOWN_BYTES 60

void
conset_lang_value_clear (ConsetLangValue *value)
{
  switch (value->kind)
    {
    case CONSET_LANG_STRING:
      g_free (value->string);
      break;
    case CONSET_LANG_TUPLE:
    case CONSET_LANG_LIST:
      conset_sequence_unref (value->sequence);
      break;
    case CONSET_LANG_INTERVALS:
      conset_intervals_unref (value->intervals);
      break;
    case CONSET_LANG_SET:
      conset_unref (value->set);
      break;
    case CONSET_LANG_DEGREES:
      conset_degrees_unref (value->degrees);
      break;
    case CONSET_LANG_VALUE:
      conset_value_unref (value->value);
      break;
    case CONSET_LANG_OPERATOR:
      conset_operator_unref (value->op);
      break;
    case CONSET_LANG_LAMBDA:
      conset_lambda_unref (value->lambda);
      break;
    case CONSET_LANG_GEOMETRY:
      conset_geometry_unref (value->geometry);
      break;
    case CONSET_LANG_PROJECTION:
      conset_projection_unref (value->projection);
      break;
    case CONSET_LANG_FORMULA:
      conset_formula_unref (value->formula);
      break;
    case CONSET_LANG_NONE:
    case CONSET_LANG_BOOLEAN:
    case CONSET_LANG_INTEGER:
    case CONSET_LANG_REAL:
    case CONSET_LANG_FUNCTION:
      break;
    }
  value->kind = CONSET_LANG_NONE;
}

ConsetLangValue
conset_lang_value_copy (const ConsetLangValue *value)
{
  ConsetLangValue copy = *value;

  switch (value->kind)
    {
    case CONSET_LANG_STRING:
      copy.string = g_strdup (value->string);
      break;
    case CONSET_LANG_TUPLE:
    case CONSET_LANG_LIST:
      copy.sequence = conset_sequence_ref (value->sequence);
      break;
    case CONSET_LANG_INTERVALS:
      copy.intervals = conset_intervals_ref (value->intervals);
      break;
    case CONSET_LANG_SET:
      copy.set = conset_ref (value->set);
      break;
    case CONSET_LANG_DEGREES:
      copy.degrees = conset_degrees_ref (value->degrees);
      break;
    case CONSET_LANG_VALUE:
      copy.value = conset_value_ref (value->value);
      break;
    case CONSET_LANG_OPERATOR:
      copy.op = conset_operator_ref (value->op);
      break;
    case CONSET_LANG_LAMBDA:
      copy.lambda = conset_lambda_ref (value->lambda);
      break;
    case CONSET_LANG_GEOMETRY:
      copy.geometry = conset_geometry_ref (value->geometry);
      break;
    case CONSET_LANG_PROJECTION:
      copy.projection = conset_projection_ref (value->projection);
      break;
    case CONSET_LANG_FORMULA:
      copy.formula = conset_formula_ref (value->formula);
      break;
    case CONSET_LANG_NONE:
    case CONSET_LANG_BOOLEAN:
    case CONSET_LANG_INTEGER:
    case CONSET_LANG_REAL:
    case CONSET_LANG_FUNCTION:
      break;
    }
  return copy;
}

gboolean
conset_lang_value_is_number (const ConsetLangValue *value)
{
  return value->kind == CONSET_LANG_INTEGER || value->kind == CONSET_LANG_REAL;
}

const char *
conset_lang_value_get_unit (const ConsetLangValue *value)
{
  double number;

  if (value->kind != CONSET_LANG_VALUE || !conset_value_is_constant (value->value, &number)
      || number != 1.0)
    return NULL;
  return conset_value_get_unit (value->value);
}

void
conset_lang_value_take_value (ConsetLangValue *value, ConsetValue *set)
{
  double number;

  *value = (ConsetLangValue){ .kind = CONSET_LANG_VALUE, .value = set };
  if (!conset_value_is_constant (set, &number) || conset_value_get_unit (set) != NULL)
    return;
  conset_value_unref (set);
  *value = (ConsetLangValue){ .kind = CONSET_LANG_REAL, .real = number };
}

gboolean
conset_lang_value_check (const ConsetLangValue *value, GError **error)
{
  switch (value->kind)
    {
    case CONSET_LANG_INTERVALS:
      return conset_intervals_check (value->intervals, error);
    case CONSET_LANG_SET:
      return conset_check (value->set, error);
    case CONSET_LANG_DEGREES:
      return conset_degrees_check (value->degrees, error);
    case CONSET_LANG_VALUE:
      return conset_value_check (value->value, error);
    case CONSET_LANG_GEOMETRY:
      return conset_geometry_check (value->geometry, error);
    case CONSET_LANG_PROJECTION:
      return conset_projection_check (value->projection, error);
    default:
      return TRUE;
    }
}

static void value_print (const ConsetLangValue *value, GString *out);

/* Prints elements until there is enough to be cut. */
static void
sequence_print (const ConsetLangValue *value, GString *out)
{
  gboolean is_tuple = value->kind == CONSET_LANG_TUPLE;
  gsize n = conset_sequence_length (value->sequence);

  g_string_append_c (out, is_tuple ? '(' : '[');
  for (gsize i = 0; i < n && out->len <= SHOWN_BYTES; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      value_print (conset_sequence_get (value->sequence, i), out);
    }
  g_string_append (out, is_tuple && n == 1 ? ",)" : is_tuple ? ")" : "]");
}

static void
text_print (char *text, GString *out)
{
  g_string_append (out, text);
  g_free (text);
}

static void
real_print (double real, GString *out)
{
  char digits[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (digits, sizeof digits, "%.12g", real));
}

static void
value_print (const ConsetLangValue *value, GString *out)
{
  switch (value->kind)
    {
    case CONSET_LANG_NONE:
      break;
    case CONSET_LANG_BOOLEAN:
      g_string_append (out, value->boolean ? "True" : "False");
      break;
    case CONSET_LANG_INTEGER:
      conset_integer_print (value->integer, out);
      break;
    case CONSET_LANG_REAL:
      real_print (value->real, out);
      break;
    case CONSET_LANG_STRING:
      conset_append_string (out, value->string);
      break;
    case CONSET_LANG_TUPLE:
    case CONSET_LANG_LIST:
      sequence_print (value, out);
      break;
    case CONSET_LANG_INTERVALS:
      text_print (conset_intervals_to_string (value->intervals), out);
      break;
    case CONSET_LANG_SET:
      text_print (conset_to_string (value->set), out);
      break;
    case CONSET_LANG_DEGREES:
      text_print (conset_degrees_to_string (value->degrees), out);
      break;
    case CONSET_LANG_VALUE:
      text_print (conset_value_to_string (value->value), out);
      break;
    case CONSET_LANG_OPERATOR:
      text_print (conset_operator_to_string (value->op), out);
      break;
    case CONSET_LANG_FUNCTION:
      g_string_append (out, value->function->name);
      break;
    case CONSET_LANG_LAMBDA:
      conset_lambda_print (value->lambda, out);
      break;
    case CONSET_LANG_GEOMETRY:
      text_print (conset_geometry_to_string (value->geometry), out);
      break;
    case CONSET_LANG_PROJECTION:
      text_print (conset_projection_to_string (value->projection), out);
      break;
    case CONSET_LANG_FORMULA:
      conset_formula_print (value->formula, out);
      break;
    }
}

char *
conset_lang_value_to_string (const ConsetLangValue *value)
{
  GString *out = g_string_new (NULL);

  value_print (value, out);
  conset_shorten (out, SHOWN_BYTES);
  return g_string_free (out, FALSE);
}

char *
conset_lang_value_describe (const ConsetLangValue *value)
{
  static const char *const kinds[] = {
    [CONSET_LANG_NONE] = "nothing",           [CONSET_LANG_BOOLEAN] = "the boolean ",
    [CONSET_LANG_INTEGER] = "the integer ",   [CONSET_LANG_REAL] = "the real ",
    [CONSET_LANG_STRING] = "the string ",     [CONSET_LANG_TUPLE] = "the tuple ",
    [CONSET_LANG_LIST] = "the list ",         [CONSET_LANG_INTERVALS] = "the index set ",
    [CONSET_LANG_SET] = "the set ",           [CONSET_LANG_DEGREES] = "the degrees ",
    [CONSET_LANG_VALUE] = "the value set ",   [CONSET_LANG_OPERATOR] = "the operator ",
    [CONSET_LANG_FUNCTION] = "the function ", [CONSET_LANG_LAMBDA] = "the function ",
    [CONSET_LANG_GEOMETRY] = "the geometry ", [CONSET_LANG_PROJECTION] = "the projection ",
    [CONSET_LANG_FORMULA] = "the formula ",
  };
  g_autofree char *text = conset_lang_value_to_string (value);

  if (value->kind == CONSET_LANG_FUNCTION && value->function->kind == CONSET_FUNCTION_MODULE)
    return g_strconcat ("the module ", text, NULL);
  if (value->kind == CONSET_LANG_FUNCTION)
    return g_strdup_printf ("the function %s, which is to be called: %s", text,
                            value->function->signature);
  if (value->kind == CONSET_LANG_VALUE && conset_value_is_constant (value->value, NULL))
    return g_strdup_printf ("the quantity %s", text);
  return g_strconcat (kinds[value->kind], text, NULL);
}

/* SPDX-License-Identifier: MIT */
/*
 * The names that the language knows: one table, from which the text language, XML and the
 * command line take them. Parser and interpreter know none by name.
 *
 * A new name is a row of a table in one of the files functions_*.c, with its parameters, and
 * a function that makes its value.
 */
#pragma once

#include "seeds.h"
#include "value.h"

G_BEGIN_DECLS

/** Greatest number of parameters of a function. */
#define CONSET_MAX_PARAMETERS 16

/**
 * ConsetParameterType:
 * @CONSET_PARAMETER_COUNT: an integer in [0, 2^63], such as a size or an end
 * @CONSET_PARAMETER_COUNT_OR_COUNTS: such an integer, or a list of them
 * @CONSET_PARAMETER_OFFSET: an integer in [-2^63, 2^63)
 * @CONSET_PARAMETER_SEED: an integer in [0, 2^64)
 * @CONSET_PARAMETER_REAL: a number
 * @CONSET_PARAMETER_LENGTH: a number, as CONSET_LANG_REAL, or a quantity; see lengths.h
 * @CONSET_PARAMETER_STRING: a string
 * @CONSET_PARAMETER_BOOLEAN: True or False
 * @CONSET_PARAMETER_INTERVALS: an index set, or what converts to one
 * @CONSET_PARAMETER_SET: a set, or what converts to one
 * @CONSET_PARAMETER_SETS: a list of sets, or of what converts to sets
 * @CONSET_PARAMETER_NUMERIC: a number or a value set, as it is
 * @CONSET_PARAMETER_NUMERIC_OR_LIST: such, or a list of such
 * @CONSET_PARAMETER_NUMERIC_OR_LAMBDA: such, or a lambda
 * @CONSET_PARAMETER_TRUTH: True or False, a number or a value set, as it is
 * @CONSET_PARAMETER_VALUE: a value set, or what converts to one
 * @CONSET_PARAMETER_VALUES: a list of value sets, or of what converts to them
 * @CONSET_PARAMETER_DEGREES: degrees, or what converts to them
 * @CONSET_PARAMETER_GEOMETRY: a geometry
 * @CONSET_PARAMETER_REALS: a list of numbers
 * @CONSET_PARAMETER_ANY: whatever is given, as it is
 *
 * Arguments are converted: an integer arrives as CONSET_LANG_INTEGER, for example.
 */
typedef enum
{
  CONSET_PARAMETER_COUNT,
  CONSET_PARAMETER_COUNT_OR_COUNTS,
  CONSET_PARAMETER_OFFSET,
  CONSET_PARAMETER_SEED,
  CONSET_PARAMETER_REAL,
  CONSET_PARAMETER_LENGTH,
  CONSET_PARAMETER_STRING,
  CONSET_PARAMETER_BOOLEAN,
  CONSET_PARAMETER_INTERVALS,
  CONSET_PARAMETER_SET,
  CONSET_PARAMETER_SETS,
  CONSET_PARAMETER_NUMERIC,
  CONSET_PARAMETER_NUMERIC_OR_LIST,
  CONSET_PARAMETER_NUMERIC_OR_LAMBDA,
  CONSET_PARAMETER_TRUTH,
  CONSET_PARAMETER_VALUE,
  CONSET_PARAMETER_VALUES,
  CONSET_PARAMETER_DEGREES,
  CONSET_PARAMETER_GEOMETRY,
  CONSET_PARAMETER_REALS,
  CONSET_PARAMETER_ANY,
} ConsetParameterType;

/**
 * ConsetParameterFlags:
 * @CONSET_PARAMETER_OPTIONAL: may be left out
 * @CONSET_PARAMETER_KEYWORD: is given by keyword only
 * @CONSET_PARAMETER_REST: the last parameter, which takes all further arguments, and those of
 *   keywords that no other parameter has
 */
typedef enum
{
  CONSET_PARAMETER_OPTIONAL = 1 << 0,
  CONSET_PARAMETER_KEYWORD = 1 << 1,
  CONSET_PARAMETER_REST = 1 << 2,
} ConsetParameterFlags;

typedef struct
{
  const char          *name;
  ConsetParameterType  type;
  ConsetParameterFlags flags;
} ConsetParameter;

/**
 * conset_lang_value_to_type:
 * @value: (inout): becomes one of @type
 *
 * Returns: FALSE with @error set if it does not convert; then @value is as it was
 */
gboolean conset_lang_value_to_type (ConsetLangValue      *value,
                                    ConsetParameterType   type,
                                    GError              **error);

/**
 * ConsetArgument:
 * @keyword: (nullable): the name it is given by
 * @position: where it stands, for errors
 */
typedef struct
{
  const char     *keyword;
  gsize           position;
  ConsetLangValue value;
} ConsetArgument;

/**
 * ConsetCall:
 * @function: what is called
 * @values: a value for each parameter, CONSET_LANG_NONE for those left out
 * @positions: where these stand
 * @rest: (array length=n_rest): what a CONSET_PARAMETER_REST has taken; the keywords are borrowed
 * @seeds: where random sets without a seed get theirs
 * @taken: bits of the parameters that got a seed from there
 * @culprit: (nullable): where the argument stands that was found wrong when the call was made
 *
 * The arguments of a function, checked and converted.
 */
typedef struct
{
  const ConsetFunction *function;
  ConsetLangValue       values[CONSET_MAX_PARAMETERS];
  gsize                 positions[CONSET_MAX_PARAMETERS];
  ConsetArgument       *rest;
  gsize                 n_rest;
  ConsetSeeds          *seeds;
  guint                 taken;
  const gsize          *culprit;
} ConsetCall;

void conset_call_clear (ConsetCall       *call);

/** conset_call_print: appends the call with the arguments that it was given, in the order of the
 * parameters. */
void conset_call_print (const ConsetCall *call,
                        GString          *out);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetCall, conset_call_clear)

/**
 * ConsetOperatorApply:
 * @call: the arguments that the operator was made with
 * @operand: (inout): of the type that the operator takes; becomes the result, whose errors
 *   of its own are found by who applies the operator
 *
 * Returns: FALSE with @error set on failure; then @operand is as it was
 */
typedef gboolean (*ConsetOperatorApply) (const ConsetCall  *call,
                                         ConsetLangValue   *operand,
                                         GError           **error);

/**
 * ConsetFunctionKind:
 * @CONSET_FUNCTION_CONSTANT: a value, made anew wherever the name stands
 * @CONSET_FUNCTION_CONSTRUCTOR: a function of its arguments
 * @CONSET_FUNCTION_STATEMENT: a statement of a script, which the host carries out
 * @CONSET_FUNCTION_MODULE: a module of Python, of which functions here are members
 */
typedef enum
{
  CONSET_FUNCTION_CONSTANT,
  CONSET_FUNCTION_CONSTRUCTOR,
  CONSET_FUNCTION_STATEMENT,
  CONSET_FUNCTION_MODULE,
} ConsetFunctionKind;

/**
 * ConsetFunction:
 * @signature: how it is written, for help and errors
 * @help: one line
 * @make: of constants and constructors; may move values out of @call. Who calls it finds
 *   sets, intervals and operators that are wrong, and says in errors which call it was.
 * @apply: (nullable): of constructors that have no @make: the call is an operator, which this
 *   applies
 * @takes: what such an operator applies to; operands are converted to it
 * @bare: (nullable): of constructors whose name alone, beside a '*', is an operator
 * @run: of statements
 * @members: of modules: names of other entries, ended by NULL; beside those of which the name begins
 *   with that of the module and a point
 * @parameters: up to the first without a name
 */
struct _ConsetFunction
{
  const char        *name;
  ConsetFunctionKind kind;
  const char        *signature;
  const char        *help;
  gboolean         (*make) (ConsetCall       *call,
                            ConsetLangValue  *result,
                            GError          **error);
  ConsetOperatorApply apply;
  ConsetParameterType takes;
  gboolean         (*bare) (ConsetCall       *call,
                            ConsetLangValue  *result,
                            GError          **error);
  gboolean         (*run)  (const ConsetCall        *call,
                            const ConsetScriptHost  *host,
                            gpointer                 user_data,
                            GError                 **error);
  const char *const *members;
  ConsetParameter    parameters[CONSET_MAX_PARAMETERS];
};

/**
 * conset_function_get:
 * @index: counts from 0
 *
 * Returns: (nullable): an entry, in the order of a help text; NULL beyond the last
 */
const ConsetFunction *conset_function_get    (gsize                  index);

/** conset_function_find: Returns: (nullable): the entry of this name */
const ConsetFunction *conset_function_find   (const char            *name);

/** conset_function_find_member: Returns: (nullable): the entry that @module.@name stands for */
const ConsetFunction *conset_function_find_member (const ConsetFunction *module,
                                              const char            *name);

/**
 * conset_function_bind:
 * @arguments: (array length=n): those without keyword first
 * @call: (out): the same as @function takes them; also cleared by the caller on failure
 * @position: (inout): where the call stands; where the culprit stands if there is an error
 *
 * Finds the parameter of each argument and converts it to its type.
 *
 * Returns: FALSE with @error set if that cannot be done
 */
gboolean              conset_function_bind   (const ConsetFunction  *function,
                                              const ConsetArgument  *arguments,
                                              gsize                  n,
                                              ConsetCall            *call,
                                              gsize                 *position,
                                              GError               **error);

/**
 * conset_function_call:
 * @function: a constant or a constructor
 * @result: (out): what it makes, checked
 *
 * Returns: FALSE with @error set, @position being as in conset_function_bind()
 */
gboolean              conset_function_call   (const ConsetFunction  *function,
                                              const ConsetArgument  *arguments,
                                              gsize                  n,
                                              ConsetSeeds           *seeds,
                                              ConsetLangValue       *result,
                                              gsize                 *position,
                                              GError               **error);

/**
 * conset_function_call_bare:
 * @function: one that has an operator for its name alone
 * @result: (out): the operator
 *
 * Returns: FALSE with @error set on failure
 */
gboolean              conset_function_call_bare (const ConsetFunction *function,
                                              ConsetSeeds           *seeds,
                                              ConsetLangValue       *result,
                                              GError               **error);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * What expressions of the text language evaluate to.
 *
 * A value owns what it holds. Lists and tuples become sets and intervals only where one is
 * needed, by the conversions below. Those take a value in place; on failure the value stays
 * as it was and @error says, without naming a place, what was needed and what was found.
 */
#pragma once

#include "integer.h"

G_BEGIN_DECLS

typedef struct _ConsetFormula  ConsetFormula;
typedef struct _ConsetFunction ConsetFunction;
typedef struct _ConsetLambda   ConsetLambda;
typedef struct _ConsetOperator ConsetOperator;
typedef struct _ConsetSequence ConsetSequence;

typedef enum
{
  CONSET_LANG_NONE,
  CONSET_LANG_BOOLEAN,
  CONSET_LANG_INTEGER,
  CONSET_LANG_REAL,
  CONSET_LANG_STRING,
  CONSET_LANG_TUPLE,
  CONSET_LANG_LIST,
  CONSET_LANG_INTERVALS,
  CONSET_LANG_SET,
  CONSET_LANG_DEGREES,
  CONSET_LANG_VALUE,
  CONSET_LANG_OPERATOR,
  CONSET_LANG_FUNCTION,
  CONSET_LANG_LAMBDA,
  CONSET_LANG_GEOMETRY,
  CONSET_LANG_PROJECTION,
  CONSET_LANG_FORMULA,
} ConsetLangKind;

/**
 * ConsetLangValue:
 * @sequence: of CONSET_LANG_TUPLE and CONSET_LANG_LIST
 * @law_seed: of degrees that are a law: the seed with which they draw as a value set
 * @function: of CONSET_LANG_FUNCTION, an entry of the registry that is not called yet
 * @formula: of the coordinates of a position, or a complex number; see formulas.h
 */
typedef struct
{
  ConsetLangKind kind;
  union
  {
    gboolean              boolean;
    ConsetInteger         integer;
    double                real;
    char                 *string;
    ConsetSequence       *sequence;
    ConsetIntervals      *intervals;
    Conset               *set;
    struct
    {
      ConsetDegrees      *degrees;
      guint64             law_seed;
    };
    ConsetValue          *value;
    ConsetOperator       *op;
    const ConsetFunction *function;
    ConsetLambda         *lambda;
    ConsetGeometry       *geometry;
    ConsetProjection     *projection;
    ConsetFormula        *formula;
  };
} ConsetLangValue;

/** Greatest depth of lists, tuples and lambdas in one another, so that they are freed in bounded
 * stack. */
#define CONSET_LANG_MAX_DEPTH 100

/** CONSET_LANG_VALUE_INIT: a value that holds nothing. */
#define CONSET_LANG_VALUE_INIT { .kind = CONSET_LANG_NONE }

void            conset_lang_value_clear        (ConsetLangValue       *value);
ConsetLangValue conset_lang_value_copy         (const ConsetLangValue *value);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ConsetLangValue, conset_lang_value_clear)

gboolean        conset_lang_value_is_number    (const ConsetLangValue *value);
/** conset_lang_value_get_unit: Returns: (nullable): the unit that @value is one of: 1 * mm */
const char     *conset_lang_value_get_unit     (const ConsetLangValue *value);

/** conset_lang_value_check: Returns: FALSE with @error set if a set, degrees or values are wrong */
gboolean        conset_lang_value_check        (const ConsetLangValue *value,
                                                GError               **error);

/**
 * conset_lang_value_take_value:
 * @value: (out): holds @set afterwards
 * @set: (transfer full): a value set; one that is a single pure number becomes that number
 */
void            conset_lang_value_take_value   (ConsetLangValue       *value,
                                                ConsetValue           *set);

/* In errors */

/** conset_lang_value_to_string: Returns: (transfer full): the value as text, shortened */
char           *conset_lang_value_to_string    (const ConsetLangValue *value);
/** conset_lang_value_describe: Returns: (transfer full): with its kind: "the integer 3" */
char           *conset_lang_value_describe     (const ConsetLangValue *value);

/* Conversions */

/** conset_lang_value_to_integer: takes reals without a fraction, too. */
gboolean        conset_lang_value_to_integer   (ConsetLangValue       *value,
                                                GError               **error);
/** conset_lang_value_to_real: a finite one, and no zero below zero. */
gboolean        conset_lang_value_to_real      (ConsetLangValue       *value,
                                                GError               **error);
/** conset_lang_value_to_double: any that there is. */
gboolean        conset_lang_value_to_double    (ConsetLangValue       *value,
                                                GError               **error);
gboolean        conset_lang_value_to_boolean   (ConsetLangValue       *value,
                                                GError               **error);
/**
 * conset_lang_value_get_pairs:
 * @sources: (out) (transfer full): the first number of each of a list of pairs
 * @targets: (out) (transfer full): the second
 * @n: (out): number of pairs
 */
gboolean        conset_lang_value_get_pairs    (const ConsetLangValue *value,
                                                guint64              **sources,
                                                guint64              **targets,
                                                gsize                 *n,
                                                GError               **error);
gboolean        conset_lang_value_to_text      (ConsetLangValue       *value,
                                                GError               **error);
/** conset_lang_value_to_set: takes lists of (source, target) pairs, too. */
gboolean        conset_lang_value_to_set       (ConsetLangValue       *value,
                                                GError               **error);
/**
 * conset_lang_value_to_intervals:
 *
 * Takes integers, too, pairs (first, last), and lists of integers, pairs and intervals,
 * which may overlap.
 */
gboolean        conset_lang_value_to_intervals (ConsetLangValue       *value,
                                                GError               **error);

/** conset_lang_value_to_value: takes numbers, too, and degrees that are a law. */
gboolean        conset_lang_value_to_value     (ConsetLangValue       *value,
                                                GError               **error);
/** conset_lang_value_to_geometry: takes geometries alone, as they are. */
gboolean        conset_lang_value_to_geometry  (ConsetLangValue       *value,
                                                GError               **error);
/** conset_lang_value_to_degrees: takes integers and lists of integers, too. */
gboolean        conset_lang_value_to_degrees   (ConsetLangValue       *value,
                                                GError               **error);
/**
 * conset_lang_value_to_list:
 * @convert: converts an element, as the functions above do
 *
 * Takes lists alone, and converts all their elements.
 */
gboolean        conset_lang_value_to_list      (ConsetLangValue       *value,
                                                gboolean             (*convert) (ConsetLangValue *,
                                                                                 GError **),
                                                GError               **error);

/** conset_interval_new: Returns: (transfer full): [@first, @last]; NULL with @error set if empty */
ConsetIntervals *conset_interval_new           (guint64                first,
                                                guint64                last,
                                                GError               **error);

G_END_DECLS

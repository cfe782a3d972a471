/* SPDX-License-Identifier: MIT */
/*
 * The value: what every kind of value set has in common, and how values are evaluated.
 *
 * As with sets (node.h), a kind is one file of algebra/ that holds its struct, which begins
 * with ConsetValue, its constant class table and its constructor.
 *
 * A plan evaluates a value along lines, in blocks of CONSET_VALUE_BLOCK places. Its steps form
 * a tree like that of the value; but a part that is the same all along a line (a constant, the
 * target in target-major order, and what is made of such) is no step: it is one number, found
 * anew when the line changes. A plan belongs to one thread; the value under it may be shared.
 *
 * The contract of a class's evaluation slots: start makes the step's state, stop frees it; fill
 * writes the values of at most CONSET_VALUE_BLOCK places of the plan's line, each the same bits
 * as at() has there. fill neither allocates once buffers have grown, takes a lock, nor touches
 * anything but its own step and the block.
 *
 * at and fill of a quantity are in base units, whatever its unit is (unit.h): classes convert
 * nothing, and say by a rule which units their children may have, and what theirs is then. From
 * outside, conset_value_at(), conset_value_is_constant() and plans of shown values tell a quantity
 * in its unit; inside, ask conset_value_child_at(), conset_value_is_fixed() and plans.
 */
#pragma once

#include <conset/attribute.h>
#include <conset/functions.h>
#include <conset/value.h>

#include "unit.h"

typedef struct _ConsetValueClass ConsetValueClass;
typedef struct _ConsetValueStep  ConsetValueStep;
typedef struct _ConsetValuePlan  ConsetValuePlan;

/** One copy of a pair. @error (nullable) takes what is wrong with the value there. */
typedef struct
{
  guint64  source;
  guint64  target;
  guint64  copy;
  GError **error;
} ConsetPlace;

/** Places in a block: its values stay in the nearest cache. */
#define CONSET_VALUE_BLOCK 512

/** Binding strength of a value's text, weakest first; that of Python. */
typedef enum
{
  CONSET_VALUE_PREC_OR,
  CONSET_VALUE_PREC_AND,
  CONSET_VALUE_PREC_NOT,
  CONSET_VALUE_PREC_COMPARISON,
  CONSET_VALUE_PREC_SUM,
  CONSET_VALUE_PREC_PRODUCT,
  CONSET_VALUE_PREC_UNARY,
  CONSET_VALUE_PREC_POWER,
  CONSET_VALUE_PREC_ATOM,
} ConsetValuePrecedence;

/** That of what needs no parentheses in an argument. */
#define CONSET_VALUE_PREC_LEAST CONSET_VALUE_PREC_OR

/** What the units of its children mean to a value. */
typedef enum
{
  /* All are pure numbers, and so is the value. */
  CONSET_UNITS_PURE,
  /* The same; the value is a whole number of a unit that has to be told. */
  CONSET_UNITS_COUNT,
  /* All are of one kind; the value is in the unit of the first. */
  CONSET_UNITS_SAME,
  /* The same of all but the first, or the first two, which are pure numbers. */
  CONSET_UNITS_SAME_BUT_FIRST,
  CONSET_UNITS_SAME_BUT_TWO,
  /* All are of one kind; the value is a pure number. */
  CONSET_UNITS_COMPARED,
  /* Any; the value is a pure number. */
  CONSET_UNITS_IGNORED,
  /* Of two: a * b, a / b, a ** b; of one: the square root. */
  CONSET_UNITS_PRODUCT,
  CONSET_UNITS_QUOTIENT,
  CONSET_UNITS_POWER,
  CONSET_UNITS_ROOT,
  /* The class has seen to it. */
  CONSET_UNITS_OWN,
} ConsetUnitRule;

/** The table of a kind; print and at are mandatory, and fill unless the kind is always uniform. */
struct _ConsetValueClass
{
  const char *name;
  gsize       struct_size;

  /* Frees what the struct owns beside its children. */
  void   (*finalize) (ConsetValue *value);
  void   (*print)    (const ConsetValue *value, GString *out);
  /* NaN, with place->error set, where there is no value. */
  double (*at)       (const ConsetValue *value, const ConsetPlace *place);

  void   (*start)    (ConsetValueStep *step);
  void   (*stop)     (ConsetValueStep *step);
  void   (*fill)     (ConsetValueStep *step, const ConsetPlaces *places, double *out);

  /* Whether steps have the first n_eager children alone, and see to the others themselves: those
   * are not to be asked wherever the value is. */
  gboolean lazy;
  guint    n_eager;

  /* The pure number that counts the value's unit, if it is at hand; else NULL. */
  const ConsetValue *(*count) (const ConsetValue *value);

  /* A set without values or multiplicity that has every pair where the value is not 0, found
   * faster than by a look at all pairs; NULL where there is none. What a factor is outside the
   * support of the other does not matter, as if it were a number. */
  Conset *(*support)          (const ConsetValue *value);
  /* The pairs with a value < @bound, in base units, or <= it, found in the same way; or NULL. */
  Conset *(*below)            (const ConsetValue *value, double bound, gboolean closed);
  /* Of a value that is a function of the metric of its support alone, which only falls or only rises,
   * but for some last digits: what it is where that metric is @distance. FALSE for others. */
  gboolean (*by_distance)     (const ConsetValue *value, double distance, double *number);
  /* As that of sets; default: what the first child that knows says. */
  const ConsetGeometry *(*geometry) (const ConsetValue *value, ConsetOrder order);
};

/**
 * @by_source, @by_target: whether the value may differ between sources, or targets; what
 * differs between the copies of a pair is also by source and by target
 * @random: whether a part of it is drawn
 * @total: whether it may be asked for any pair whatever: it is arithmetic of numbers and indices,
 * in which nothing is ever wrong and no function of the user is called
 * @unit: (nullable): what it is shown in; NULL for a pure number
 */
struct _ConsetValue
{
  const ConsetValueClass *klass;
  gatomicrefcount         refs;
  const ConsetUnit       *unit;
  ConsetValuePrecedence   precedence;
  gboolean                by_source;
  gboolean                by_target;
  gboolean                random;
  gboolean                total;
  guint                   depth;
  guint64                 size;
  guint                   n_children;
  ConsetValue           **children;
  ConsetValue            *next_dead;
};

/**
 * @uniform: whether @number is the value all along the plan's line; such a step has no children
 * @children: as many as the value has; NULL for those that a lazy class sees to
 * @blocks: how many blocks its evaluation occupies, its own result counted
 */
struct _ConsetValueStep
{
  const ConsetValue      *value;
  const ConsetValueClass *klass;
  ConsetValuePlan        *plan;
  gboolean                uniform;
  double                  number;
  guint                   blocks;
  ConsetValueStep       **children;
  gpointer                state;
};

/* Making values */

/** A zeroed node of @klass with one reference, an atom that is the same everywhere. */
gpointer     conset_value_new    (const ConsetValueClass *klass);
/** Appends @child (transfer full), no error, and folds in what is known of it. */
void         conset_value_adopt  (gpointer node, ConsetValue *child);
/**
 * The node itself with its unit, or an error in its place if a child's unit breaks @rule, or if it
 * has become too deep or too large.
 */
ConsetValue *conset_value_finish_as (gpointer node, ConsetUnitRule rule);
/** The same for nodes of which all children are pure numbers. */
ConsetValue *conset_value_finish    (gpointer node);
/** Finds the unit of @value. Returns: (nullable) (transfer full): what is wrong with those of its
 * children, and what to do */
char        *conset_value_apply_rule (ConsetValue *value, ConsetUnitRule rule);

/** An error value with a printf-style message. */
ConsetValue *conset_value_error_new     (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** The message of an error value, NULL for any other. */
const char  *conset_value_error_message (const ConsetValue *value);

/**
 * The first thing a constructor does with its operands: NULL for go on, else the error value
 * to return, the operands being released. @b may be NULL for operators of one operand.
 */
ConsetValue *conset_value_absorb (const char *operator_name, ConsetValue **a, ConsetValue **b);
/** The same for three operands. */
ConsetValue *conset_value_absorb_three (const char *operator_name, ConsetValue **a, ConsetValue **b,
                                        ConsetValue **c);

/* Looking at values */

void  conset_value_print    (const ConsetValue *value, ConsetValuePrecedence least, GString *out);
/** The text of @value cut to about sixty characters, for messages. (transfer full) */
char *conset_value_describe (const ConsetValue *value);
/** NULL if @value is a pure number, else that it is not, and what to do. (transfer full) */
char *conset_value_impurity (const ConsetValue *value);

/** The value of a child at @place. */
static inline double
conset_value_child_at (const ConsetValue *value, guint k, const ConsetPlace *place)
{
  const ConsetValue *child = value->children[k];

  return child->klass->at (child, place);
}

/** Sets the error of @place, if it can take one, and returns NaN. */
double conset_place_fail (const ConsetPlace *place, ConsetError code, const char *format, ...)
                          G_GNUC_PRINTF (3, 4);

/**
 * How the numbers of a quantity in its unit are found: those of @value are scaled, or, if there is
 * a @unit, converted from base units as they are written.
 */
typedef struct
{
  const ConsetValue *value;
  ConsetScale        scale;
  const ConsetUnit  *unit;
} ConsetShown;

ConsetShown conset_value_shown        (const ConsetValue *value);
double      conset_shown_number       (const ConsetShown *shown, double number);
/** For messages: @number, of @value (nullable) in base units, in its unit, such as "-5 nS".
 * (transfer full) */
char       *conset_value_show_number  (const ConsetValue *value, double number);

/** conset_support() without a look at pairs: a set that has at least those where @value is not 0.
 * (nullable) (transfer full) */
Conset *conset_value_support    (const ConsetValue *value);
/** The pairs with @value < @bound, or <= it; @bound is in base units. (nullable) (transfer full) */
Conset *conset_value_below      (const ConsetValue *value, double bound, gboolean closed);
/** The slot; FALSE where there is none. */
gboolean conset_value_by_distance (const ConsetValue *value, double distance, double *number);

/* Quantities */

/** @number of base units, shown in @unit (nullable); an error value unless it is finite. */
ConsetValue *conset_value_quantity       (double number, const ConsetUnit *unit);
/** Whether @value is the same for all pairs; in base units it is @number. */
gboolean     conset_value_is_fixed       (const ConsetValue *value, double *number);
/** Whether @value is one of its unit: 1 * nS. */
gboolean     conset_value_is_unit        (const ConsetValue *value);
/** @value, no error, times @unit if @power is 1, or divided by it if that is -1. */
ConsetValue *conset_value_attach         (ConsetValue *value, const ConsetUnit *unit, int power);
/** Whether @value is its child times a @unit. */
gboolean     conset_value_is_attached    (const ConsetValue *value, const ConsetUnit **unit);
/** @value, no error, shown in @unit, which is of the same kind. */
ConsetValue *conset_value_show_in        (ConsetValue *value, const ConsetUnit *unit);

/** @unit as an expression of the text language. */
void                  conset_unit_print          (const ConsetUnit     *unit,
                                                  ConsetValuePrecedence least,
                                                  GString              *out);
/** The same behind what it is multiplied by, such as " * uS / cm ** 2". */
void                  conset_unit_print_behind   (const ConsetUnit *unit, GString *out);
/** A constant as an expression, and how it binds. */
void                  conset_quantity_print      (double number, const ConsetUnit *unit,
                                                  GString *out);
ConsetValuePrecedence conset_quantity_precedence (double number, const ConsetUnit *unit);

/* Evaluation */

/** @value is no error and stays alive. In base units, as at and fill. */
ConsetValuePlan *conset_value_plan_new  (const ConsetValue *value, ConsetOrder order);
/** The same in the unit of @value, for those who show it. */
ConsetValuePlan *conset_value_plan_new_shown (const ConsetValue *value, ConsetOrder order);
void             conset_value_plan_free (ConsetValuePlan *plan);
/**
 * Writes the values of any number of @places, which are in the plan's order. FALSE, from then
 * on for ever, after conset_value_plan_fail().
 */
gboolean         conset_value_plan_fill  (ConsetValuePlan    *plan,
                                          const ConsetPlaces *places,
                                          double             *out);
/** What went wrong, NULL for nothing. Borrowed. */
const GError    *conset_value_plan_error (const ConsetValuePlan *plan);

/** For a class's fill: the values of a child that is not uniform. */
void    conset_value_step_fill      (ConsetValueStep    *step,
                                     const ConsetPlaces *places,
                                     double             *out);
/** The same of any child. */
void    conset_value_step_spread    (ConsetValueStep    *step,
                                     const ConsetPlaces *places,
                                     double             *out);
/** The same as a block, or a number if the child is uniform; to be given back. */
double *conset_value_step_borrow    (ConsetValueStep *step, const ConsetPlaces *places);
void    conset_value_step_give_back (ConsetValueStep *step, double *numbers);
/** The order of the plan that @step is part of. */
ConsetOrder conset_value_step_order (const ConsetValueStep *step);
/** For a class's fill: place @k, which takes the plan's errors. */
ConsetPlace conset_value_plan_place (ConsetValuePlan *plan, const ConsetPlaces *places, gsize k);
/** @plan fails for what @other has failed for. */
void    conset_value_plan_fail_as   (ConsetValuePlan *plan, const ConsetValuePlan *other);
/** Scales @n numbers in place, at most CONSET_VALUE_BLOCK. */
void    conset_scale_loop           (ConsetScale scale, double *x, gsize n);
/** Room for the values of a block, to be given back before fill returns. */
double *conset_value_plan_borrow    (ConsetValuePlan *plan);
void    conset_value_plan_give_back (ConsetValuePlan *plan, double *block);

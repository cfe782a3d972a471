/* SPDX-License-Identifier: MIT */
/*
 * The node: what every kind of set has in common.
 *
 * A node kind is one file of algebra/ (or geometry/) that holds its struct, which begins
 * with Conset, its constant class table and its constructor. The base keeps the children,
 * counts references, and stores the facts that the constructor has derived from them.
 */
#pragma once

#include <conset/eval.h>
#include <conset/law.h>
#include <conset/set.h>

#include "plan.h"
#include "text.h"
#include "value.h"

typedef struct _ConsetColumns  ConsetColumns;
typedef struct _ConsetDrawn    ConsetDrawn;
typedef struct _ConsetThinning ConsetThinning;

/** Binding strength of a node's text, weakest first; the same as in the text language. */
typedef enum
{
  CONSET_PREC_UNION,
  CONSET_PREC_XOR,
  CONSET_PREC_SUM,
  CONSET_PREC_PRODUCT,
  CONSET_PREC_UNARY,
  CONSET_PREC_ATOM,
} ConsetPrecedence;

/** What a step asks of its children's steps, for conset_explain(). */
typedef enum
{
  CONSET_ROLES_FILL,
  CONSET_ROLES_INTERSECTION,
  CONSET_ROLES_DIFFERENCE,
  CONSET_ROLES_COMPLEMENT,
  CONSET_ROLES_CHAIN,
} ConsetRoles;

/**
 * What is known of a set without evaluating it.
 *
 * @bounds holds every member. @density is the greatest expected number of members to a pair
 * in any larger part of the bounds, at most; with multiplicity, so that it may exceed 1. It
 * chooses the width of tiles, and stands in where an expected number is asked for too deep.
 * @depth is that of the expression as it is written, @height that of its nodes, which bounds
 * what walks over a tree need: bundles (chain.h) are no operators.
 * A @laborious set looks at every pair of a tile to fill it, and at the candidates only to
 * filter them. @columns are those of the values that connections carry, see columns.h; NULL for
 * a mask.
 */
typedef struct
{
  ConsetWindow         bounds;
  guint64              max_multiplicity;
  double               density;
  guint                depth;
  guint                height;
  guint64              size;
  gboolean             random;
  gboolean             laborious;
  const ConsetColumns *columns;
} ConsetFacts;

/** An exact number of connections: a window holds at most 2^126 pairs. */
typedef unsigned __int128 ConsetCount;

/**
 * A walk over a tree that answers a question about a window. Reshaping operators ask their
 * operand up to nine times, so the walk has a budget and gives up rather than never end.
 */
typedef struct
{
  guint    budget;
  gboolean overflow;
} ConsetCensus;

/**
 * A window on the average: the @share of its pairs that are members, and how many @times they
 * are. Operands are taken for independent, and for members as often wherever they are.
 */
typedef struct
{
  double share;
  double times;
} ConsetPresence;

/**
 * The table of a node kind. print and multiplicity are mandatory; each other slot has a
 * default that is right and slow.
 */
struct _ConsetClass
{
  const char      *name;
  gsize            struct_size;
  ConsetPrecedence precedence;
  ConsetRoles      roles;
  /* Whether the child's lines run along the other axis. */
  gboolean         transposes;
  /* Whether the class evaluates its children itself, in ways of its own: they get no steps. */
  gboolean         draws;
  /* Whether print tells all, without the children's texts. */
  gboolean         prints_itself;
  /* Whether nodes of the class may be bundles of its operands, see chain.h. */
  gboolean         bundles;

  /* Frees what the struct owns beside its children. */
  void     (*finalize)     (Conset *set);
  void     (*print)        (const Conset *set, GString *out);
  /* What print writes before " * " and the only child, such as "block(2, 3)", for
   * conset_explain(). Default: the name. */
  void     (*print_operator) (const Conset *set, GString *out);
  guint64  (*multiplicity) (const Conset *set, guint64 source, guint64 target);

  /* The part of the child that decides the members in @window; default: @window itself. */
  void     (*child_window) (const Conset *set, const ConsetWindow *window, ConsetWindow *child);
  /* Mean number of members in @window over all seeds. Default: every pair of it. */
  double   (*expected)     (const Conset *set, const ConsetWindow *window, ConsetCensus *census);
  /* Mean share of the pairs of @window that are members at least once; asked only where they
   * may be more than once. Default: the expected number to a pair, at most 1. */
  double   (*share)        (const Conset *set, const ConsetWindow *window, ConsetCensus *census);
  /* Exact number of members in @window; FALSE where there is no closed form. */
  gboolean (*count)        (const Conset       *set,
                            const ConsetWindow *window,
                            ConsetCensus       *census,
                            ConsetCount        *count);
  /* Of a set that is a product of sources and targets: these, to be borrowed. */
  void     (*sides)        (const Conset           *set,
                            const ConsetIntervals **sources,
                            const ConsetIntervals **targets);
  /* The law, over all seeds, of the number of members of @line at places [first, end) along
   * it, with multiplicity. FALSE where nothing is known. Asked within the bounds only, and
   * only where the members are no thinning. */
  gboolean (*degree_law)   (const Conset *set,
                            ConsetOrder   order,
                            guint64       line,
                            guint64       first,
                            guint64       end,
                            ConsetLaw    *law);
  /* The pairs of @window, each counted once, as a thinning; FALSE where they are none. The
   * window may reach beyond the bounds. See thinning.h. */
  gboolean (*thin)         (const Conset       *set,
                            const ConsetWindow *window,
                            ConsetDrawn        *drawn,
                            ConsetThinning     *thinning);
  /* How the degrees of the lines of @window depend on each other. Notes its draws unless the
   * answer is CONSET_DEPENDENCE_UNKNOWN, which is the default of a random set. */
  ConsetDependence (*dependence) (const Conset       *set,
                                  const ConsetWindow *window,
                                  ConsetOrder         order,
                                  ConsetDrawn        *drawn);
  /* a * b as a simpler node, or NULL; borrows both. */
  Conset * (*meet)         (const Conset *a, const Conset *b);

  /* No member has its line in [line, result), resp. its place along @line in [from, result). */
  guint64  (*next_line)    (const Conset *set, ConsetOrder order, guint64 line);
  guint64  (*next_along)   (const Conset *set, ConsetOrder order, guint64 line, guint64 from);
  /* Whether these two never skip anything within the bounds. Default: whether there are none. */
  gboolean (*gapless)      (const Conset *set);

  /* Values of a set with columns: that of @column at @place, of which the set has a connection.
   * Default: what the first child with columns has there, as does every operator that leaves
   * the first copies of its operand's connections where they are. */
  double   (*value)        (const Conset *set, guint column, const ConsetPlace *place);

  /* Evaluation, see plan.h. */
  void     (*start)        (ConsetStep *step);
  void     (*stop)         (ConsetStep *step);
  void     (*fill)         (ConsetStep *step, ConsetTile *tile);
  /* conset_step_sift() within the bounds. */
  gboolean (*sift)         (ConsetStep *step, ConsetTile *tile, const ConsetSieve *sieve);
  /* conset_step_fill_lines() where no bounds but the set's own cut lines short. */
  gboolean (*fill_lines)   (ConsetStep *step, guint64 line, guint n, const ConsetSieve *sieve,
                            ConsetLines *lines);
  /* What keeps those of few candidates that are members, as filter does. FALSE if nothing does. */
  gboolean (*sieve)        (ConsetStep *step, ConsetSieve *sieve);
  void     (*filter)       (ConsetStep *step, ConsetTile *tile, ConsetFilter mode);
  /* What conset_step_load() tells; the range lies in the bounds. Default: by the density. */
  double   (*load)         (const ConsetStep *step, guint64 line, guint64 first, guint64 width);
  /* The values of at most CONSET_PLACES_MOST places where the set has connections, a block for
   * each column. Default as that of value. */
  void     (*fill_values)  (ConsetStep *step, const ConsetPlaces *places, double *const *values);
  /* For conset_geometry_of(): where the sources are (of CONSET_SOURCE_MAJOR) or the targets, to be
   * borrowed; or NULL, with the values that may tell, not the children, appended to @values. */
  const ConsetGeometry *(*geometry) (const Conset *set, ConsetOrder order, GPtrArray *values);
  /* One line for conset_explain() on how fill works; NULL where the name says it. */
  const char * (*how)      (const ConsetStep *step);
};

struct _Conset
{
  const ConsetClass *klass;
  gatomicrefcount    refs;
  guint              n_children;
  Conset           **children;
  Conset            *next_dead;
  ConsetFacts        facts;
};

/* Making nodes */

/** A zeroed node of @klass with one reference, unbounded, of multiplicity 1 and density 1. */
gpointer conset_node_new    (const ConsetClass *klass);
/** Appends @child (transfer full), no error; folds its depth, height, size and randomness in, and
 * its columns if no child before it has any. */
void     conset_node_adopt  (gpointer node, Conset *child);
/** Folds in height and size of a value that is a part of the node and stays its own. */
void     conset_node_note_value (gpointer node, const ConsetValue *value);
/** The node itself, or an error in its place if it has become too deep or too large. */
Conset  *conset_node_finish (gpointer node);

/** An error set with a printf-style message. */
Conset     *conset_error_new     (const char *format, ...) G_GNUC_PRINTF (1, 2);
/** The message of an error set, NULL for any other. */
const char *conset_error_message (const Conset *set);

/**
 * The first thing a constructor does with its operands: NULL for go on, else the error
 * set to return, the operands being released. Catches NULL operands, and one reference given
 * twice. @b may be NULL for operators of one operand.
 */
Conset *conset_absorb (const char *operator_name, Conset **a, Conset **b);

/* Looking at nodes */

gboolean conset_is_empty_node (const Conset *set);
void     conset_print         (const Conset *set, ConsetPrecedence least, GString *out);

/**
 * conset_print() of @set cut to about sixty characters, for messages: costs as much as these
 * few, however large the set. (transfer full)
 */
char    *conset_describe      (const Conset *set);

guint64  conset_node_next_line  (const Conset *set, ConsetOrder order, guint64 line);
guint64  conset_node_next_along (const Conset *set, ConsetOrder order, guint64 line, guint64 from);
/** The value of @column where the set has a connection at @place. */
double   conset_node_value      (const Conset *set, guint column, const ConsetPlace *place);
double   conset_node_expected   (const Conset       *set,
                                 const ConsetWindow *window,
                                 ConsetCensus       *census);
/** The mean share of the pairs of @window that are members at least once. */
double   conset_node_share      (const Conset       *set,
                                 const ConsetWindow *window,
                                 ConsetCensus       *census);
ConsetPresence conset_node_presence (const Conset       *set,
                                     const ConsetWindow *window,
                                     ConsetCensus       *census);
gboolean conset_node_count      (const Conset       *set,
                                 const ConsetWindow *window,
                                 ConsetCensus       *census,
                                 ConsetCount        *count);

/** *total += n * weight; FALSE, and overflow noted in @census, where that does not fit. */
gboolean conset_census_add (ConsetCensus *census,
                            ConsetCount  *total,
                            ConsetCount   n,
                            guint64       weight);

#define CONSET_CENSUS_INIT { 200000, FALSE }
/* For an estimate that only orders operands. */
#define CONSET_CENSUS_BRIEF { 1000, FALSE }

/** Enough for each operator of @set, and for some of them a few times. */
static inline ConsetCensus
conset_census_of (const Conset *set)
{
  ConsetCensus census = CONSET_CENSUS_INIT;

  census.budget += 2 * (guint) set->facts.size;
  return census;
}

/* Laws */

/** The law of the number of members of @line at places [first, end); perhaps an unknown one. */
ConsetLaw        conset_node_degree_law (const Conset       *set,
                                         ConsetOrder         order,
                                         guint64             line,
                                         guint64             first,
                                         guint64             end);
/** CONSET_DEPENDENCE_NONE for a set without randomness. */
ConsetDependence conset_node_dependence (const Conset       *set,
                                         const ConsetWindow *window,
                                         ConsetOrder         order,
                                         ConsetDrawn        *drawn);
/** Whether next_line and next_along need not be asked within the bounds. */
gboolean conset_node_gapless     (const Conset *set);
/** Whether no child's need be. */
gboolean conset_children_gapless (const Conset *set);

/** The most that can be said if all children are looked at through @window. */
ConsetDependence conset_children_dependence (const Conset       *set,
                                             const ConsetWindow *window,
                                             ConsetOrder         order,
                                             ConsetDrawn        *drawn);

/* Windows */

gboolean     conset_window_is_empty  (const ConsetWindow *window);
ConsetWindow conset_window_intersect (const ConsetWindow *a, const ConsetWindow *b);
ConsetWindow conset_window_hull      (const ConsetWindow *a, const ConsetWindow *b);
ConsetWindow conset_window_transpose (const ConsetWindow *window);
ConsetCount  conset_window_area      (const ConsetWindow *window);

/** First and end of @window across (*line) and along (*along) the lines of @order. */
static inline void
conset_window_axes (const ConsetWindow *window,
                    ConsetOrder         order,
                    guint64             line[2],
                    guint64             along[2])
{
  gboolean target_major = order == CONSET_TARGET_MAJOR;

  line[0] = target_major ? window->target_first : window->source_first;
  line[1] = target_major ? window->target_end : window->source_end;
  along[0] = target_major ? window->source_first : window->target_first;
  along[1] = target_major ? window->source_end : window->target_end;
}

/** The part of @line at places [first, end). */
ConsetWindow conset_window_of_line (ConsetOrder order, guint64 line, guint64 first, guint64 end);

static inline ConsetOrder
conset_order_flip (ConsetOrder order)
{
  return order == CONSET_TARGET_MAJOR ? CONSET_SOURCE_MAJOR : CONSET_TARGET_MAJOR;
}

/** The lesser of two numbers; no macro, for an argument that walks a tree must not do so twice. */
static inline guint64
conset_lesser (guint64 a, guint64 b)
{
  return a < b ? a : b;
}

/** m at a place given by line and position along it. */
static inline guint64
conset_node_multiplicity (const Conset *set, ConsetOrder order, guint64 line, guint64 along)
{
  return order == CONSET_TARGET_MAJOR ? set->klass->multiplicity (set, along, line)
                                      : set->klass->multiplicity (set, line, along);
}

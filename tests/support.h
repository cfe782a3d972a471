/* SPDX-License-Identifier: MIT */
/*
 * What the test suites share: a dense oracle, a generator of random expressions and a few
 * conveniences.
 *
 * The oracle has its own expression trees and evaluates them pointwise, from the formulas
 * that define the operators. Of random sets it asks the library: pair by pair whether an
 * unbounded one holds them, and once, by one route of many, for the members of a rule that draws
 * from candidates. All else is then held against those.
 */
#pragma once

#include <conset/conset.h>

#include <check.h>

G_BEGIN_DECLS

typedef enum
{
  ORACLE_EMPTY,
  ORACLE_FULL,
  ORACLE_ONE_TO_ONE,
  ORACLE_CROSS,
  ORACLE_EXPLICIT,
  ORACLE_RANDOM,
  ORACLE_SYMMETRIC,
  ORACLE_POISSON,
  ORACLE_BY_VALUE,
  ORACLE_GRAPH,
  ORACLE_PREDICATE,
  ORACLE_PREDICATE_FILL,
  ORACLE_UNION,
  ORACLE_SUM,
  ORACLE_INTERSECTION,
  ORACLE_DIFFERENCE,
  ORACLE_SYMMETRIC_DIFFERENCE,
  ORACLE_COMPLEMENT,
  ORACLE_BLOCK,
  ORACLE_REPEAT,
  ORACLE_SHIFT,
  ORACLE_TRANSPOSE,
  ORACLE_FIX,
  ORACLE_PARTITION,
  ORACLE_SPLIT,
  ORACLE_TOTAL,
  ORACLE_FAN_IN,
  ORACLE_FAN_OUT,
} OracleKind;

/** A partition of a tree has at most so many masks. */
#define ORACLE_MOST_MASKS 3

/** Random trees have no connection more often than this. */
#define ORACLE_MOST_TIMES 40

/** { first + k step } below end. */
typedef struct
{
  guint64 first;
  guint64 end;
  guint64 step;
} OracleRange;

/** The union of n ranges, or all other indices. */
typedef struct
{
  OracleRange ranges[3];
  guint       n;
  gboolean    complemented;
} OracleIndices;

typedef struct _OracleExpr OracleExpr;

typedef struct _PairList PairList;

/** What is known of the members of a set that has to be asked for them. */
typedef struct
{
  Conset      *set;
  PairList    *members; /* those in the window, in target-major order; NULL if never asked for */
  ConsetWindow window;
  gboolean     whole;   /* there are no members but these */
  guint64      most;    /* the greatest multiplicity */
  char        *wrong;   /* (nullable): what is wrong with them */
} OracleDrawn;

struct _OracleExpr
{
  OracleKind     kind;
  guint          references;
  OracleExpr    *a;       /* operand; the left one of two; the candidates of a rule */
  OracleExpr    *b;       /* right operand; the mask of a partition */
  gint64         m;       /* block, repeat, shift: along the sources; split, partition: which
                           * part; fixed total: the number */
  gint64         n;       /* ... along the targets; split, partition: of how many parts;
                           * graphs: of how many nodes */
  OracleIndices  sources; /* cross; split: the lines of the part */
  OracleIndices  targets;
  guint64       *list;    /* explicit: list_length pairs, source before target */
  gsize          list_length;
  double         p;       /* random, predicates; mean of Poisson numbers */
  guint64        seed;
  gboolean       flag;    /* rules: multapses; by value: clip; split: by blocks */
  gboolean       across;  /* split: of sources */
  ConsetValue   *value;   /* by value */
  ConsetDegrees *degrees; /* fixed in- and out-degrees */
  char          *text;    /* graphs: up to a seed, if there is one */
  OracleDrawn    drawn;   /* random sets, graphs */
};

/* Constructors consume their operands */

OracleExpr *oracle_leaf      (OracleKind           kind);
OracleExpr *oracle_cross     (const OracleIndices *sources,
                              const OracleIndices *targets);
OracleExpr *oracle_cross_n   (guint64              n_sources,
                              guint64              n_targets);
OracleExpr *oracle_explicit  (const guint64       *pairs,
                              gsize                n);
OracleExpr *oracle_bernoulli (double               p,
                              guint64              seed);
OracleExpr *oracle_predicate (double               p,
                              guint64              seed,
                              gboolean             with_fill);
OracleExpr *oracle_unary     (OracleKind           kind,
                              OracleExpr          *a);
OracleExpr *oracle_binary    (OracleKind           kind,
                              OracleExpr          *a,
                              OracleExpr          *b);
OracleExpr *oracle_reshape   (OracleKind           kind,
                              gint64               m,
                              gint64               n,
                              OracleExpr          *a);
OracleExpr *oracle_symmetric (double               p,
                              guint64              seed);
OracleExpr *oracle_poisson   (double               mean,
                              guint64              seed);
OracleExpr *oracle_by_value  (ConsetValue         *value,
                              gboolean             clip,
                              guint64              seed);

/** oracle_graph: @text ends with "seed=", to be followed by @seed, unless that is 0 */
OracleExpr *oracle_graph     (guint64              n_nodes,
                              Conset              *set,
                              char                *text,
                              guint64              seed);

OracleExpr *oracle_total     (guint64              n,
                              gboolean             multapses,
                              guint64              seed,
                              OracleExpr          *candidates);
OracleExpr *oracle_fan       (OracleKind           kind,
                              ConsetDegrees       *degrees,
                              gboolean             multapses,
                              guint64              seed,
                              OracleExpr          *candidates);

/** oracle_partition: @n_masks: one is @mask, the others what it lacks; consumes both sets */
OracleExpr *oracle_partition (guint                selected,
                              guint                n_masks,
                              OracleExpr          *set,
                              OracleExpr          *mask);

OracleExpr *oracle_split     (gboolean             blocks,
                              gboolean             of_sources,
                              guint64              rank,
                              guint64              n_ranks,
                              OracleExpr          *set);

/** oracle_reseed: gives @expr seeds of its own for each of @times; those that were equal stay so.
 * Nothing may be asked for any more: compose it. */
void        oracle_reseed    (OracleExpr          *expr,
                              guint64              times);

OracleExpr *oracle_ref       (OracleExpr          *expr);
void        oracle_unref     (OracleExpr          *expr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OracleExpr, oracle_unref)

/* Random trees */

/** oracle_chance: Returns: TRUE with probability @p */
gboolean oracle_chance (GRand         *rand,
                        double         p);

/** oracle_pick: Returns: one of @values */
guint64  oracle_pick   (GRand         *rand,
                        const guint64 *values,
                        guint          n);

/** oracle_random: Returns: a random tree with at most @depth operators on a path */
OracleExpr *oracle_random            (GRand *rand,
                                      guint  depth);

/** oracle_random_pairwise: Returns: a random set that draws pair by pair, of the newer rules */
OracleExpr *oracle_random_pairwise   (GRand *rand);

/** oracle_random_graph: Returns: a random graph; @far: of many nodes, up to the last index */
OracleExpr *oracle_random_graph      (GRand   *rand,
                                      gboolean far);

/** oracle_random_candidates: Returns: a random tree that is finite, of bounds not too large */
OracleExpr *oracle_random_candidates (GRand *rand,
                                      guint  depth);

/** oracle_random_rule: Returns: a random rule that draws from the finite @candidates */
OracleExpr *oracle_random_rule       (GRand      *rand,
                                      OracleExpr *candidates);

/** oracle_random_endless: Returns: a random rule whose lines never end; @candidates need not be
 * finite. It is looked at from @source and @target on */
OracleExpr *oracle_random_endless    (GRand      *rand,
                                      guint64     source,
                                      guint64     target,
                                      OracleExpr *candidates);

/** oracle_random_part: Returns: a random part of a random tree */
OracleExpr *oracle_random_part       (GRand *rand,
                                      guint  depth);

/** oracle_window: Returns: a random window, mostly small and near the origin */
ConsetWindow oracle_window (GRand *rand);

/** Returns: a random tree and, in @window, where to look at it */
typedef OracleExpr *(*OracleTreeFunc) (GRand        *rand,
                                       ConsetWindow *window);

/** oracle_near_tree: Any tree, near the origin. */
OracleExpr *oracle_near_tree (GRand        *rand,
                              ConsetWindow *window);

/** oracle_rule_tree: A rule that draws from candidates, or something simple made of one. */
OracleExpr *oracle_rule_tree (GRand        *rand,
                              ConsetWindow *window);

/** oracle_far_tree: Sets that reach far, some to the end of the universe, looked at there. */
OracleExpr *oracle_far_tree  (GRand        *rand,
                              ConsetWindow *window);

/** oracle_max_multiplicity: Returns: how often @expr has a connection at most */
guint64 oracle_max_multiplicity (const OracleExpr *expr);

/* Evaluation */

/** oracle_multiplicity: Returns: m(@i, @j), by recursion over @expr */
guint64 oracle_multiplicity (const OracleExpr *expr,
                             guint64           i,
                             guint64           j);

/** oracle_pair_origin: maps a pair to the pair of the operand that it comes from, if any.
 * Returns: FALSE if there is none */
gboolean oracle_pair_origin (const OracleExpr *expr,
                             guint64          *i,
                             guint64          *j);

/** Multiplicities of a window, source by source of target after target. */
typedef struct
{
  ConsetWindow window;
  guint64      n_sources;
  guint64      n_targets;
  guint32     *m;
} OracleTable;

OracleTable *oracle_table      (const OracleExpr   *expr,
                                const ConsetWindow *window);
void         oracle_table_free (OracleTable        *table);

/** oracle_table_get: Returns: m(@i, @j), for a pair of the window */
guint32      oracle_table_get  (const OracleTable  *table,
                                guint64             i,
                                guint64             j);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OracleTable, oracle_table_free)

/** oracle_bounds: Returns: whether @expr is seen to be finite, and then @bounds hold its members */
gboolean     oracle_bounds     (const OracleExpr   *expr,
                                ConsetWindow       *bounds);

/** oracle_in_window: Returns: whether (@i, @j) lies in @window */
gboolean     oracle_in_window  (const ConsetWindow *window,
                                guint64             i,
                                guint64             j);

/* What has to be asked for */

/**
 * oracle_draw:
 * @expr: a rule or a graph without members so far
 * @window: where to look
 * @whole: whether all members are there
 * @candidates: (nullable): the multiplicities of the operand in @window
 *
 * Asks for the members in @window, by one of many routes, and says in drawn.wrong where the rule
 * is not kept.
 */
void     oracle_draw               (OracleExpr         *expr,
                                    const ConsetWindow *window,
                                    gboolean            whole,
                                    const OracleTable  *candidates,
                                    GRand              *rand);

/** oracle_drawn_multiplicity: Returns: m(@i, @j) of a set that was asked for */
guint64  oracle_drawn_multiplicity (const OracleExpr   *expr,
                                    guint64             i,
                                    guint64             j);

/** oracle_drawn_fill: fills @table, zeroed, with the multiplicities of such a set */
void     oracle_drawn_fill         (OracleTable        *table,
                                    const OracleExpr   *expr);

/** oracle_drawn_clear: frees what @drawn holds */
void     oracle_drawn_clear        (OracleDrawn        *drawn);

/* Translation */

/** oracle_compose: Returns: (transfer full): the set of @expr; shared operands are shared sets */
Conset *oracle_compose  (const OracleExpr *expr);

/** oracle_compose_operator: Returns: (transfer full): the operator of @expr applied to other
 * operands than its own, which it consumes; @b is NULL where @expr has none */
Conset *oracle_compose_operator (const OracleExpr *expr,
                                 Conset           *a,
                                 Conset           *b);

/** oracle_predicate_set: Returns: (transfer full): the set of oracle_predicate() */
Conset *oracle_predicate_set (double            p,
                              guint64           seed,
                              gboolean          with_fill);

/** oracle_text: Returns: (nullable): @expr in the text language; NULL if it holds a predicate */
char   *oracle_text     (const OracleExpr *expr);

/** oracle_describe: Returns: as oracle_text(), with predicates in angle brackets */
char   *oracle_describe (const OracleExpr *expr);

/* Lists of connections */

/** Pairs in the order in which they were added. */
struct _PairList
{
  GArray *sources;
  GArray *targets;
};

PairList *pair_list_new        (void);
void      pair_list_free       (PairList           *list);
void      pair_list_add        (PairList           *list,
                                guint64             source,
                                guint64             target);
void      pair_list_add_batch  (PairList           *list,
                                const ConsetBatch  *batch,
                                ConsetOrder         order);
gsize     pair_list_length     (const PairList     *list);
guint64   pair_list_source     (const PairList     *list,
                                gsize               k);
guint64   pair_list_target     (const PairList     *list,
                                gsize               k);

/** pair_list_of_table: Returns: the connections of @table in @order */
PairList *pair_list_of_table   (const OracleTable  *table,
                                ConsetOrder         order);

/** pair_list_of_set: Returns: what iterating gives, or NULL with @error set */
PairList *pair_list_of_set     (const Conset       *set,
                                const ConsetWindow *window,
                                ConsetOrder         order,
                                GError            **error);

/** pair_list_difference: Returns: (nullable): how @got differs from @expected first, or NULL */
char     *pair_list_difference (const PairList     *got,
                                const PairList     *expected);

/** pair_list_digest: Returns: SHA-256 of a line "source target\n" a pair */
char     *pair_list_digest     (const PairList     *list);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PairList, pair_list_free)

/* Texts */

/** test_evaluate: Returns: what @text denotes, printed, or the message of its error */
char *test_evaluate    (const char *text);

/** A text of the language, and what is printed of it; or whatever an example is to show. */
typedef struct
{
  const char *text;
  const char *printed;
} TestExample;

/** test_assert_prints: checks that what @text denotes is printed as @printed, and that this denotes
 * the same. */
void  test_assert_prints (const char *text,
                          const char *printed);

/** test_assert_value_text: checks that @consumed prints as @expected. */
void  test_assert_value_text  (ConsetValue *consumed,
                               const char  *expected);

/** test_assert_value_error: checks that @consumed is an error that says @expected, and is no number
 * anywhere. */
void  test_assert_value_error (ConsetValue *consumed,
                               const char  *expected);

/** test_read: Returns: (transfer full): the set that @text denotes, which must be right */
Conset *test_read      (const char *text);

/** test_repeat_text: Returns: @before, then @n times @part, then @after */
char *test_repeat_text (const char *before,
                        const char *part,
                        gsize       n,
                        const char *after);

/* Sets that tell whether they live */

/** test_living: Returns: (transfer full): an unbounded set, counted until it is freed */
Conset *test_living   (void);

/** test_n_living: Returns: how many of them there are */
int     test_n_living (void);

/* Misuse */

/** test_criticals_begin: from here to test_criticals_end() criticals are counted, and not fatal. */
void  test_criticals_begin (void);
/** test_criticals_end: Returns: how many there were */
guint test_criticals_end   (void);

/* Conveniences */

/** test_case_add: Returns: a new case of @suite; it has no time limit, since machines differ */
TCase   *test_case_add  (Suite      *suite,
                         const char *name);

/** test_run: runs @suite, as the environment of Check says. Returns: what main() is to return */
int      test_run       (Suite      *suite);

/** test_number: Returns: the environment variable @name as a number, or @otherwise */
guint64 test_number (const char *name,
                     guint64     otherwise);

/** test_path: Returns: (transfer full): where the file @name of the folder tests is */
char   *test_path   (const char *name);

/** test_sanitized: Returns: whether a sanitizer slows this program down and makes it larger */
gboolean test_sanitized (void);

G_END_DECLS

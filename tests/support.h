/* SPDX-License-Identifier: MIT */
/*
 * What the test suites share: a dense oracle, a generator of random expressions and a few
 * conveniences.
 *
 * The oracle has its own expression trees and evaluates them pointwise, from the formulas
 * that define the operators; of the library it asks only whether a random leaf holds a pair.
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
} OracleKind;

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

struct _OracleExpr
{
  OracleKind    kind;
  guint         references;
  OracleExpr   *a;       /* operand; the left one of two */
  OracleExpr   *b;       /* right operand */
  gint64        m;       /* block, repeat, shift: along the sources */
  gint64        n;       /* ... along the targets */
  OracleIndices sources; /* cross */
  OracleIndices targets;
  guint64      *list;    /* explicit: list_length pairs, source before target */
  gsize         list_length;
  double        p;       /* random, predicates */
  guint64       seed;
  Conset       *leaf;    /* random: what defines it */
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
OracleExpr *oracle_ref       (OracleExpr          *expr);
void        oracle_unref     (OracleExpr          *expr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OracleExpr, oracle_unref)

/** oracle_random: Returns: a random tree with at most @depth operators on a path */
OracleExpr *oracle_random (GRand *rand,
                           guint  depth);

/** oracle_window: Returns: a random window, mostly small and near the origin */
ConsetWindow oracle_window (GRand *rand);

/* Evaluation */

/** oracle_multiplicity: Returns: m(@i, @j), by recursion over @expr */
guint64 oracle_multiplicity (const OracleExpr *expr,
                             guint64           i,
                             guint64           j);

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

/* Translation */

/** oracle_compose: Returns: (transfer full): the set of @expr; shared operands are shared sets */
Conset *oracle_compose  (const OracleExpr *expr);

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
typedef struct
{
  GArray *sources;
  GArray *targets;
} PairList;

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

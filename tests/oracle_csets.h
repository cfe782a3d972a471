/* SPDX-License-Identifier: MIT */
/*
 * The oracle for connection sets: random trees of operators on sets with values.
 *
 * Beside each node stands the tree of the same operators on masks, of which the dense oracle tells
 * how often it has a pair. Values are found pointwise, from the definitions of cset.h: a pair and a
 * copy of it are followed down to the cset() that they come from.
 */
#pragma once

#include "support.h"

G_BEGIN_DECLS

#define ORACLE_MOST_COLUMNS 3

/** How many values, and what they are called; names may be NULL. */
typedef struct
{
  guint       n;
  const char *names[ORACLE_MOST_COLUMNS];
} OracleColumns;

typedef enum
{
  ORACLE_VALUE_TAG,
  ORACLE_VALUE_LINEAR,
  ORACLE_VALUE_OF,
} OracleValueKind;

/** tag_number() of @tag; or a i + b j + d; or value @column of the operand + d. */
typedef struct
{
  OracleValueKind kind;
  guint64         tag;
  int             a;
  int             b;
  int             d;
  guint           column;
} OracleValue;

/**
 * OracleCsetKind:
 * @ORACLE_CSET_PLAIN: a set without values, @mask
 * @ORACLE_CSET_MASK: operand @a without its values
 * @ORACLE_CSET_VALUED: operand @a, which has no values, with @values
 * @ORACLE_CSET_OF: operand @a, which has values, with @values instead of those
 * @ORACLE_CSET_OPERATOR: the operator of @mask applied to @a and @b
 */
typedef enum
{
  ORACLE_CSET_PLAIN,
  ORACLE_CSET_MASK,
  ORACLE_CSET_VALUED,
  ORACLE_CSET_OF,
  ORACLE_CSET_OPERATOR,
} OracleCsetKind;

typedef struct _OracleCset OracleCset;

/** @mask: the same without values */
struct _OracleCset
{
  OracleCsetKind kind;
  guint          references;
  OracleExpr    *mask;
  OracleCset    *a;
  OracleCset    *b;
  OracleColumns  columns;
  OracleValue    values[ORACLE_MOST_COLUMNS];
};

void oracle_cset_unref (OracleCset *cset);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (OracleCset, oracle_cset_unref)

/** oracle_cset_tree: Returns: a random tree with values and, in @window, where to look at it */
OracleCset *oracle_cset_tree    (GRand            *rand,
                                 ConsetWindow     *window);

/** oracle_cset_compose: Returns: (transfer full): the set of @cset */
Conset     *oracle_cset_compose (const OracleCset *cset);

/**
 * oracle_cset_values: the values of the copy @copy of (@i, @j), which there is.
 *
 * Returns: FALSE where they may be anything: those of more copies than a set has whose values are
 *   taken from it
 */
gboolean    oracle_cset_values  (const OracleCset *cset,
                                 guint64           i,
                                 guint64           j,
                                 guint64           copy,
                                 double           *values);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * The text language: the expression syntax of Python CSA.
 *
 * Statements `name = expression` separated by newlines or `;`, the last expression is the
 * result. Nothing is evaluated but this grammar: no shell, no network, no file.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/geometry.h>
#include <conset/types.h>

G_BEGIN_DECLS

/** The model seed where none is chosen. */
#define CONSET_DEFAULT_SEED G_GUINT64_CONSTANT (1)

/**
 * conset_parse:
 * @text: UTF-8 text
 * @seed: the model seed: a random node without `seed=` gets a seed made from this one and
 *   its ordinal in @text
 *
 * Reads @text. A wrong expression, be it in its syntax or in its meaning, gives an error
 * with line, column and the line itself with a caret under the culprit.
 *
 * Returns: (transfer full): the set that the last expression denotes; NULL with @error set
 *   on failure
 */
CONSET_PUBLIC Conset *conset_parse (const char  *text,
                                    guint64      seed,
                                    GError     **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetParseFlags:
 * @CONSET_PARSE_DEFAULT: a text computes, and does nothing else
 * @CONSET_PARSE_FILES: it may read files, such as positionsFromFile ("cells.csv"); names are relative
 *   to the current folder
 *
 * What a text is allowed.
 */
typedef enum
{
  CONSET_PARSE_DEFAULT = 0,
  CONSET_PARSE_FILES = 1 << 0,
} ConsetParseFlags;

/** conset_parse_with: as conset_parse(), with @flags. */
CONSET_PUBLIC Conset *conset_parse_with (const char        *text,
                                         guint64            seed,
                                         ConsetParseFlags   flags,
                                         GError           **error) G_GNUC_WARN_UNUSED_RESULT;

/** conset_parse_geometry: as conset_parse(), for a text whose last expression denotes a geometry. */
CONSET_PUBLIC ConsetGeometry *conset_parse_geometry (const char  *text,
                                                     guint64      seed,
                                                     GError     **error)
                                                     G_GNUC_WARN_UNUSED_RESULT;

/** conset_parse_geometry_with: the same with @flags. */
CONSET_PUBLIC ConsetGeometry *conset_parse_geometry_with (const char        *text,
                                                          guint64            seed,
                                                          ConsetParseFlags   flags,
                                                          GError           **error)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * ConsetScriptSelection:
 * @set: by what positions are selected
 * @order: CONSET_SOURCE_MAJOR for the targets of @index; else its sources
 * @column: the value that colours them, -1 for none
 * @has_range: whether colours are spread from @low to @high
 * @lines: whether lines lead to them
 *
 * What gplotsel2d (...) shows.
 */
typedef struct
{
  const Conset *set;
  ConsetOrder   order;
  guint64       index;
  int           column;
  gboolean      has_range;
  double        low;
  double        high;
  gboolean      lines;
} ConsetScriptSelection;

/**
 * ConsetScriptHost:
 * @show: draws @set in [0, @n_sources) x [0, @n_targets)
 * @tabulate: lists @set
 * @plot: (nullable): draws the first @n positions of @geometry, and on them @selection (nullable)
 * @flags: what the script is allowed
 *
 * What the statements of a script are carried out by. A function that returns FALSE with
 * an error set ends the script; one that is missing is an error of the statement.
 */
typedef struct
{
  gboolean (*show)     (const Conset  *set,
                        guint64        n_sources,
                        guint64        n_targets,
                        gpointer       user_data,
                        GError       **error);
  gboolean (*tabulate) (const Conset  *set,
                        gpointer       user_data,
                        GError       **error);
  gboolean (*plot)     (const ConsetGeometry         *geometry,
                        guint64                       n,
                        const ConsetScriptSelection  *selection,
                        gpointer                      user_data,
                        GError                      **error);
  ConsetParseFlags flags;
} ConsetScriptHost;

/**
 * conset_run_script:
 * @name: what errors call the script, such as a file name
 * @text: UTF-8 text of the script
 * @seed: the model seed, see conset_parse()
 * @host: who carries the statements out
 * @user_data: (closure): passed to the functions of @host
 *
 * Runs statement after statement: assignments, `show (set)`, `show (set, n)`,
 * `show (set, n, m)`, `tabulate (set)`, `gplot2d (geometry, n)`,
 * `gplotsel2d (geometry, set, source)`; `from csa import *`, `import cmath` and
 * `import math` are accepted. The whole text is checked for syntax before the first statement runs.
 *
 * Returns: FALSE with @error set at the first statement that fails
 */
CONSET_PUBLIC gboolean conset_run_script (const char              *name,
                                          const char              *text,
                                          guint64                  seed,
                                          const ConsetScriptHost  *host,
                                          gpointer                 user_data,
                                          GError                 **error);

/**
 * ConsetLangName:
 * @name: as it is written
 * @signature: with its arguments
 * @help: what it stands for, in a line
 */
typedef struct
{
  const char *name;
  const char *signature;
  const char *help;
} ConsetLangName;

/**
 * conset_lang_get_name:
 * @index: counts from 0
 * @name: (out caller-allocates): a name that the language knows, in static strings
 *
 * Lists the language, for help texts and completions: related names stand together.
 *
 * Returns: FALSE beyond the last name
 */
CONSET_PUBLIC gboolean conset_lang_get_name (gsize           index,
                                             ConsetLangName *name);

/* Numbers */

/** Room for any number as text, and the 0 behind it. */
#define CONSET_DOUBLE_SIZE 40

/**
 * conset_write_double:
 * @at: (out caller-allocates): room for CONSET_DOUBLE_SIZE characters
 *
 * Writes @number as the text language does, in every locale: the shortest of its decimals with 15,
 * 16 or 17 digits that reads back as @number; "inf", "-inf" or "nan" where it is none.
 *
 * Returns: the end of the text, where a 0 stands
 */
CONSET_PUBLIC char    *conset_write_double (char   *at,
                                            double  number);

G_END_DECLS

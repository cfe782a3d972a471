/* SPDX-License-Identifier: MIT */
/*
 * Types that every part of conset shares: indices, windows, orders, errors.
 *
 * Sources i and targets j are integers in [0, 2^63). A half-open interval that
 * ends at CONSET_INDEX_END is unbounded above.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <glib.h>

G_BEGIN_DECLS

#if defined(__GNUC__) && !defined(CONSET_STATIC)
#define CONSET_PUBLIC __attribute__ ((visibility ("default"))) extern
#else
#define CONSET_PUBLIC extern
#endif

/** One past the largest index, 2^63: as an end it means "unbounded". */
#define CONSET_INDEX_END (G_GUINT64_CONSTANT (1) << 63)

/** Greatest number of operators on a path from the root of an expression to a leaf. */
#define CONSET_MAX_DEPTH 4096

/** Greatest number of operators in an expression, shared parts counted each time they occur. */
#define CONSET_MAX_SIZE (G_GUINT64_CONSTANT (1) << 22)

/** Greatest number of values of a connection. */
#define CONSET_MAX_ARITY 1024

/** Greatest multiplicity of a connection in any set. */
#define CONSET_MAX_MULTIPLICITY G_GUINT64_CONSTANT (0x7fffffff)

typedef struct _Conset           Conset;
typedef struct _ConsetGeometry   ConsetGeometry;
typedef struct _ConsetIntervals  ConsetIntervals;
typedef struct _ConsetIter       ConsetIter;
typedef struct _ConsetProjection ConsetProjection;
typedef struct _ConsetValue      ConsetValue;

/**
 * ConsetOrder:
 * @CONSET_TARGET_MAJOR: ascending by (target, source), the order of CSA
 * @CONSET_SOURCE_MAJOR: ascending by (source, target)
 */
typedef enum
{
  CONSET_TARGET_MAJOR,
  CONSET_SOURCE_MAJOR,
} ConsetOrder;

/**
 * ConsetWindow:
 * @source_first: first source
 * @source_end: one past the last source, at most CONSET_INDEX_END
 * @target_first: first target
 * @target_end: one past the last target, at most CONSET_INDEX_END
 *
 * The rectangle [source_first, source_end) x [target_first, target_end). A window
 * whose end is not above its first is empty.
 */
typedef struct
{
  guint64 source_first;
  guint64 source_end;
  guint64 target_first;
  guint64 target_end;
} ConsetWindow;

/** The window [0, @n_sources) x [0, @n_targets), as an expression of type ConsetWindow. */
#define CONSET_WINDOW(n_sources, n_targets) ((ConsetWindow){ 0, (n_sources), 0, (n_targets) })

/** The window that holds every pair. */
#define CONSET_WINDOW_ALL CONSET_WINDOW (CONSET_INDEX_END, CONSET_INDEX_END)

/**
 * ConsetError:
 * @CONSET_ERROR_COMPOSITION: an expression that denotes no set; the message names
 *   the operator, its arguments, what is wrong and what to do
 * @CONSET_ERROR_SYNTAX: a text that is no expression; the message gives line,
 *   column and a caret
 * @CONSET_ERROR_UNBOUNDED: all members of an unbounded set were asked for
 * @CONSET_ERROR_OVERFLOW: a result does not fit its type, or the memory
 * @CONSET_ERROR_CALLBACK: a callback of the user broke its contract
 * @CONSET_ERROR_CANCELLED: a callback asked to stop
 * @CONSET_ERROR_WINDOW: a window reaches beyond the universe
 * @CONSET_ERROR_PROBABILITY: a value that is to be a probability, or a weight, is none
 * @CONSET_ERROR_VALUE: a value has no number at a pair: a parameter or an attribute is wrong there
 * @CONSET_ERROR_FILE: a file is damaged, or not what it should be
 * @CONSET_ERROR_DIFFERENT: a file does not hold what was expected
 * @CONSET_ERROR_UNSUPPORTED: the library was built without an optional part that this needs
 * @CONSET_ERROR_PICTURE: a picture cannot be drawn: its format is not known, or it is too large
 *
 * Codes of the domain CONSET_ERROR.
 */
typedef enum
{
  CONSET_ERROR_COMPOSITION,
  CONSET_ERROR_SYNTAX,
  CONSET_ERROR_UNBOUNDED,
  CONSET_ERROR_OVERFLOW,
  CONSET_ERROR_CALLBACK,
  CONSET_ERROR_CANCELLED,
  CONSET_ERROR_WINDOW,
  CONSET_ERROR_PROBABILITY,
  CONSET_ERROR_VALUE,
  CONSET_ERROR_FILE,
  CONSET_ERROR_DIFFERENT,
  CONSET_ERROR_UNSUPPORTED,
  CONSET_ERROR_PICTURE,
} ConsetError;

#define CONSET_ERROR (conset_error_quark ())

/** The domain of ConsetError. */
CONSET_PUBLIC GQuark      conset_error_quark (void);

/** Version of the library that runs, such as "0.1.0". */
CONSET_PUBLIC const char *conset_version     (void);

G_END_DECLS

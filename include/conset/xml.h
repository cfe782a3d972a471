/* SPDX-License-Identifier: MIT */
/*
 * Sets as XML, in the grammar of Python CSA.
 *
 * Where that grammar can say a set it is written in it, so that Python CSA reads it; all else
 * stands in elements of the namespace CONSET_XML_NAMESPACE, at which Python CSA stops with an
 * error. Seeds are attributes of that namespace, which Python CSA ignores: it draws its own
 * members.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/lang.h>
#include <conset/types.h>

G_BEGIN_DECLS

/** The namespace of what Python CSA has no word for; the number is the version of the grammar. */
#define CONSET_XML_NAMESPACE "urn:conset:1"

/** Elements of a document nest at most so deep. */
#define CONSET_XML_MAX_DEPTH 2000

/**
 * ConsetXmlFlags:
 * @CONSET_XML_DEFAULT: any set is written
 * @CONSET_XML_PYTHON: what Python CSA could not read is an error
 */
typedef enum
{
  CONSET_XML_DEFAULT = 0,
  CONSET_XML_PYTHON = 1 << 0,
} ConsetXmlFlags;

/**
 * conset_to_xml:
 * @set: (transfer none): a set
 * @flags: what may be written
 * @beyond: (out) (optional) (nullable) (transfer full): the first part that Python CSA cannot read,
 *   for a warning; NULL if it reads all
 *
 * Writes @set as a document in UTF-8, fully and with every seed: conset_parse_xml() reads it back
 * as the same set. Numbers are the shortest decimals that read back as the same doubles.
 *
 * A composition error, a predicate, which has no text, and what nests deeper than
 * CONSET_XML_MAX_DEPTH give a CONSET_ERROR_COMPOSITION. O(length of the text of @set). Needs no
 * libxml2.
 *
 * Returns: (transfer full): the document; NULL with @error set on failure
 */
CONSET_PUBLIC char   *conset_to_xml    (const Conset            *set,
                                        ConsetXmlFlags           flags,
                                        char                   **beyond,
                                        GError                 **error);

/**
 * ConsetXmlOptions:
 * @name: (nullable): what errors call the document, such as a file name
 * @seed: the model seed, see conset_parse()
 * @flags: what the document is allowed, such as to read the files of positions that it names
 * @parameters: (array length=n_parameters): the values of the variables of a document that is a
 *   closure, in the order in which it binds them
 * @n_parameters: how many
 */
typedef struct
{
  const char      *name;
  guint64          seed;
  ConsetParseFlags flags;
  const double    *parameters;
  gsize            n_parameters;
} ConsetXmlOptions;

/**
 * conset_parse_xml:
 * @text: (array length=length): a document in UTF-8, by which errors are told
 * @length: its bytes
 * @options: (nullable): NULL for no name, the default seed and no parameters
 *
 * Reads a document that Python CSA or conset_to_xml() has written. Whoever wrote it, it can do no
 * more than denote a set: document types, and so entities, are refused; no other file is read, but
 * where @options allow it, and nothing is fetched; numbers are read as numbers; unknown elements and attributes, wrong
 * namespaces, text between elements and elements nested deeper than CONSET_XML_MAX_DEPTH are
 * errors.
 *
 * O(@length) time and memory to read, then as conset_parse(). Errors give line and column, as those
 * of conset_parse() do.
 *
 * Returns: (transfer full): the set; NULL with @error set on failure, which is a
 *   CONSET_ERROR_UNSUPPORTED in a build without libxml2
 */
CONSET_PUBLIC Conset *conset_parse_xml (const char              *text,
                                        gsize                    length,
                                        const ConsetXmlOptions  *options,
                                        GError                 **error)
                                        G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS

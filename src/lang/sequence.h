/* SPDX-License-Identifier: MIT */
/*
 * The elements of a list or a tuple of the text language.
 */
#pragma once

#include "value.h"

G_BEGIN_DECLS

/**
 * conset_sequence_new:
 * @items: (transfer full) (element-type ConsetLangValue): the elements
 *
 * Returns: (transfer full): the sequence; NULL with @error set if sequences would be nested
 *   deeper than 100 levels
 */
ConsetSequence  *conset_sequence_new    (GArray                *items,
                                         GError               **error) G_GNUC_WARN_UNUSED_RESULT;
ConsetSequence  *conset_sequence_ref    (ConsetSequence        *sequence);
void             conset_sequence_unref  (ConsetSequence        *sequence);

/** conset_sequence_item_depth: Returns: how deep lists, tuples and lambdas nest in @item */
guint            conset_sequence_item_depth (const ConsetLangValue *item);

/** conset_sequence_items_new: Returns: (transfer full): an empty array for conset_sequence_new() */
GArray          *conset_sequence_items_new (void);

gsize            conset_sequence_length (const ConsetSequence  *sequence);
ConsetLangValue *conset_sequence_get    (const ConsetSequence  *sequence,
                                         gsize                  index);

/**
 * conset_sequence_pick:
 * @sequence: a list or a tuple
 * @index: counts from 0
 * @result: (out): a copy of the element
 *
 * Returns: FALSE with @error set if @sequence is none, or has no such element
 */
gboolean         conset_sequence_pick   (const ConsetLangValue *sequence,
                                         const ConsetLangValue *index,
                                         ConsetLangValue       *result,
                                         GError               **error);

/**
 * conset_sequence_append:
 * @a: (transfer full): a sequence
 * @b: (transfer none): what is put behind it
 *
 * O(elements of @b) if nobody else holds @a. Where lists were joined is remembered: as a
 * set of connections the result is the sum of them.
 *
 * Returns: (transfer full): the elements of both; NULL with @error set if they are too many
 */
ConsetSequence  *conset_sequence_append (ConsetSequence        *a,
                                         const ConsetSequence  *b,
                                         GError               **error) G_GNUC_WARN_UNUSED_RESULT;

/** conset_sequence_n_parts: Returns: how many lists were joined to make this one, at least 1 */
gsize            conset_sequence_n_parts  (const ConsetSequence *sequence);

/** conset_sequence_part_end: Returns: one past the last element of part @part */
gsize            conset_sequence_part_end (const ConsetSequence *sequence,
                                           gsize                 part);

G_END_DECLS

/* SPDX-License-Identifier: MIT */
/*
 * That a set is the same in every window and order, as an operand, and pair by pair.
 */
#pragma once

#include "support.h"

G_BEGIN_DECLS

/** matrix_of: Returns: (transfer full): how often each of @n x @n pairs comes out of an iteration,
 * source by source of target after target */
guint8 *matrix_of              (const Conset *set,
                                guint64       n,
                                ConsetOrder   order);

/** assert_same_everywhere: looks at the first @n sources and targets of @set, without multapses */
void    assert_same_everywhere (const Conset *set,
                                guint64       n);

G_END_DECLS

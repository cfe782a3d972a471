/* SPDX-License-Identifier: MIT */
/*
 * What everything that evaluates a set begins with.
 */
#pragma once

#include <conset/eval.h>

/**
 * The part of @window (nullable: the bounds) that @set can have members in; FALSE with an
 * error if @set is one, the window leaves the universe, or there is none for an unbounded set.
 */
gboolean conset_resolve_window (const Conset        *set,
                                const ConsetWindow  *window,
                                ConsetWindow        *resolved,
                                GError             **error);

/* SPDX-License-Identifier: MIT */
/*
 * conset: the connection-set algebra.
 *
 * Compose a set from the constructors and operators of set.h, the random rules of random.h, the
 * graphs of graphs.h, the networks of networks.h and your own predicates (predicate.h), or parse
 * one with lang.h or xml.h; look at it, count it and stream it with eval.h, part by part with
 * partition.h, and ask for the laws of its degrees with law.h. What sets are made of has types of its own:
 * index sets (intervals.h), values of pairs (value.h), drawn ones among them (distribution.h), which
 * may have units (unit.h), and numbers of connections (degrees.h). A set whose connections have
 * values is a connection set (cset.h). Operators consume their operands, queries only look, so expressions nest without temporaries:
 *
 *   g_autoptr (Conset) net =
 *     conset_difference (conset_intersect (conset_block (10, 10, conset_random (0.7, 1)),
 *                                          conset_random (0.5, 2)),
 *                        conset_one_to_one ());
 */
#pragma once

#define CONSET_H_INSIDE

#include <conset/types.h>

#include <conset/attribute.h>
#include <conset/cset.h>
#include <conset/degrees.h>
#include <conset/distribution.h>
#include <conset/functions.h>
#include <conset/geometry.h>
#include <conset/graphs.h>
#include <conset/intervals.h>
#include <conset/kernel.h>
#include <conset/kernel_sets.h>
#include <conset/law.h>
#include <conset/metric.h>
#include <conset/networks.h>
#include <conset/partition.h>
#include <conset/positions.h>
#include <conset/predicate.h>
#include <conset/projection.h>
#include <conset/random.h>
#include <conset/set.h>
#include <conset/spatial.h>
#include <conset/support.h>
#include <conset/unit.h>
#include <conset/value.h>

#include <conset/arrow.h>
#include <conset/eval.h>
#include <conset/io.h>
#include <conset/lang.h>
#include <conset/matrix.h>
#include <conset/parallel.h>
#include <conset/plot.h>
#include <conset/ranks.h>
#include <conset/xml.h>

#undef CONSET_H_INSIDE

/* SPDX-License-Identifier: MIT */
/*
 * What a metric is made of, for sets that find neighbours by it.
 */
#pragma once

#include <conset/metric.h>

#include "geometry.h"
#include "spatial.h"

/** @box: of a torus, its size in each dimension */
typedef struct
{
  ConsetMetricKind      kind;
  const ConsetGeometry *sources;
  const ConsetGeometry *targets;
  double                box[CONSET_MAX_DIMENSIONS];
} ConsetMetricParts;

/** Whether @value is a metric of one of the kinds that are known; of what, into @parts. */
gboolean conset_metric_look (const ConsetValue *value, ConsetMetricParts *parts);

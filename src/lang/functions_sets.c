/* SPDX-License-Identifier: MIT */
/*
 * Names of sets that are not random, and of index sets: the constructors of set.h and
 * intervals.h.
 */
#include "functions.h"

/* NULL says that an error is set. */
static gboolean
result_take_intervals (ConsetLangValue *result, ConsetIntervals *intervals)
{
  if (intervals == NULL)
    return FALSE;
  *result = (ConsetLangValue){ .kind = CONSET_LANG_INTERVALS, .intervals = intervals };
  return TRUE;
}

static ConsetIntervals *
call_steal_intervals (ConsetCall *call, gsize index)
{
  call->values[index].kind = CONSET_LANG_NONE;
  return call->values[index].intervals;
}

/* Sets */

static gboolean
empty_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (result, conset_empty ());
}

static gboolean
full_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (result, conset_full ());
}

static gboolean
one_to_one_make (ConsetCall *call G_GNUC_UNUSED,
                 ConsetLangValue *result,
                 GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (result, conset_one_to_one ());
}

static gboolean
cross_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  ConsetIntervals *sources = call_steal_intervals (call, 0);

  return conset_result_take_set (result, conset_cross (sources, call_steal_intervals (call, 1)));
}

/* Index sets */

static gboolean
all_make (ConsetCall *call G_GNUC_UNUSED, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return result_take_intervals (result, conset_intervals_all ());
}

/* As in Python, the first of several arguments is the start, one alone is the end. */
static gboolean
range_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 start = conset_call_get_count (call, 0);
  guint64 end = conset_call_get_count (call, 1);
  guint64 step = conset_call_get_count_or (call, 2, 1);

  if (!conset_call_has (call, 1))
    {
      end = start;
      start = 0;
    }
  return result_take_intervals (result, conset_intervals_range (start, end, step));
}

static gboolean
ival_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return result_take_intervals (
    result,
    conset_interval_new (conset_call_get_count (call, 0), conset_call_get_count (call, 1), error));
}

static const ConsetFunction functions[] = {
  {
    .name = "empty",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "empty",
    .help = "the set without connections",
    .make = empty_make,
  },
  {
    .name = "full",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "full",
    .help = "every source to every target",
    .make = full_make,
  },
  {
    .name = "oneToOne",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "oneToOne",
    .help = "each source to the target of the same number",
    .make = one_to_one_make,
  },
  {
    .name = "cross",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "cross(sources, targets)",
    .help = "every one of the sources to every one of the targets",
    .make = cross_make,
    .parameters = { { "sources", CONSET_PARAMETER_INTERVALS, 0 },
                    { "targets", CONSET_PARAMETER_INTERVALS, 0 } },
  },
  {
    .name = "N",
    .kind = CONSET_FUNCTION_CONSTANT,
    .signature = "N",
    .help = "all indices",
    .make = all_make,
  },
  {
    .name = "range",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "range(end) or range(start, end, step=1)",
    .help = "the indices from start, 0 by default, up to but without end",
    .make = range_make,
    .parameters = { { "start", CONSET_PARAMETER_COUNT, 0 },
                    { "end", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "step", CONSET_PARAMETER_COUNT, OPTIONAL } },
  },
  {
    .name = "ival",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ival(first, last)",
    .help = "the indices from first to last, both included",
    .make = ival_make,
    .parameters = { { "first", CONSET_PARAMETER_COUNT, 0 }, { "last", CONSET_PARAMETER_COUNT, 0 } },
  },
};

const ConsetFunctionTable conset_functions_sets = { functions, G_N_ELEMENTS (functions) };

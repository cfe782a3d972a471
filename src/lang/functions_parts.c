/* SPDX-License-Identifier: MIT */
/*
 * Names of parts of a set: the functions of partition.h.
 */
#include "functions.h"

#include "sequence.h"

static gboolean
partition_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  const ConsetSequence *list = call->values[1].sequence;
  gsize n = conset_sequence_length (list);
  g_autofree Conset **masks = g_new (Conset *, n);

  for (gsize i = 0; i < n; i++)
    masks[i] = conset_ref (conset_sequence_get (list, i)->set);
  return conset_result_take_set (
    result,
    conset_partition (masks, (guint) n, (guint) MIN (conset_call_get_count (call, 2), G_MAXUINT),
                      conset_call_steal_set (call, 0)));
}

/* One of the parts of equal size, in one of the two ways of dealing lines to them. */
static gboolean
split_make (ConsetCall *call,
            ConsetLangValue *result,
            Conset *(*round_robin) (Conset *, guint64, guint64),
            Conset *(*block) (Conset *, guint64, guint64))
{
  gboolean contiguous = conset_call_get_flag (call, 3, FALSE);

  return conset_result_take_set (
    result, (contiguous ? block : round_robin) (conset_call_steal_set (call, 0),
                                                conset_call_get_count (call, 1),
                                                conset_call_get_count (call, 2)));
}

static gboolean
split_targets_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return split_make (call, result, conset_split_targets_round_robin, conset_split_targets_block);
}

static gboolean
split_sources_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return split_make (call, result, conset_split_sources_round_robin, conset_split_sources_block);
}

static const ConsetFunction functions[] = {
  {
    .name = "partition",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "partition(set, masks, selected)",
    .help = "what the selected one of a list of masks has of the set; the first is 0",
    .make = partition_make,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 },
                    { "masks", CONSET_PARAMETER_SETS, 0 },
                    { "selected", CONSET_PARAMETER_COUNT, 0 } },
  },
  {
    .name = "splitTargets",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "splitTargets(set, rank, parts, contiguous=False)",
    .help = "one of several parts of the set, the first being 0; targets are dealt round-robin",
    .make = split_targets_make,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 },
                    { "rank", CONSET_PARAMETER_COUNT, 0 },
                    { "parts", CONSET_PARAMETER_COUNT, 0 },
                    { "contiguous", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD } },
  },
  {
    .name = "splitSources",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "splitSources(set, rank, parts, contiguous=False)",
    .help = "one of several parts of the set, the first being 0; sources are dealt round-robin",
    .make = split_sources_make,
    .parameters = { { "set", CONSET_PARAMETER_SET, 0 },
                    { "rank", CONSET_PARAMETER_COUNT, 0 },
                    { "parts", CONSET_PARAMETER_COUNT, 0 },
                    { "contiguous", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD } },
  },
};

const ConsetFunctionTable conset_functions_parts = { functions, G_N_ELEMENTS (functions) };

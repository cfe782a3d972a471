/* SPDX-License-Identifier: MIT */
/*
 * Names of graphs: the constructors of graphs.h.
 */
#include "functions.h"

#include "sequence.h"

/* A probability, 0 where it is left out. */
static double
call_get_chance (const ConsetCall *call, gsize index)
{
  return conset_call_has (call, index) ? call->values[index].real : 0.0;
}

static gboolean
ring_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (result, conset_ring (conset_call_get_count (call, 0),
                                                      conset_call_get_count (call, 1),
                                                      conset_call_get_flag (call, 2, TRUE)));
}

static gboolean
grid_neighbours_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 radius = conset_call_get_count_or (call, 2, 1);
  ConsetNeighbourhood neighbourhood =
    conset_call_get_flag (call, 3, FALSE) ? CONSET_MOORE : CONSET_VON_NEUMANN;

  return conset_result_take_set (
    result,
    conset_grid_neighbours (conset_call_get_count (call, 0), conset_call_get_count (call, 1),
                            radius, neighbourhood, conset_call_get_flag (call, 4, FALSE)));
}

static gboolean
small_world_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_call_take_seed (call, 3);

  return conset_result_take_set (result, conset_small_world (conset_call_get_count (call, 0),
                                                             conset_call_get_count (call, 1),
                                                             call_get_chance (call, 2), seed));
}

static gboolean
scale_free_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_call_take_seed (call, 2);

  return conset_result_take_set (result, conset_scale_free (conset_call_get_count (call, 0),
                                                            conset_call_get_count (call, 1), seed));
}

static gboolean
regular_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_call_take_seed (call, 2);

  return conset_result_take_set (result, conset_regular (conset_call_get_count (call, 0),
                                                         conset_call_get_count (call, 1), seed));
}

static gboolean
core_periphery_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 seed = conset_call_take_seed (call, 6);

  return conset_result_take_set (
    result, conset_core_periphery (conset_call_get_count (call, 0), conset_call_get_count (call, 1),
                                   call_get_chance (call, 2), call_get_chance (call, 3),
                                   call_get_chance (call, 4), call_get_chance (call, 5), seed));
}

/* The sizes that argument 1 lists, which are to add up to argument 0; NULL with @error set if
 * they do not. */
static guint64 *
call_get_sizes (const ConsetCall *call, gsize *n, GError **error)
{
  const ConsetSequence *list = call->values[1].sequence;
  g_autofree guint64 *sizes = NULL;
  guint64 total = 0;

  *n = conset_sequence_length (list);
  sizes = g_new (guint64, MAX (*n, 1));
  for (gsize i = 0; i < *n; i++)
    {
      sizes[i] = conset_sequence_get (list, i)->integer.magnitude;
      if (!g_uint64_checked_add (&total, total, sizes[i]))
        total = G_MAXUINT64;
    }
  if (total == conset_call_get_count (call, 0))
    return g_steal_pointer (&sizes);

  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "the sizes do not add up to the number of nodes, %" G_GUINT64_FORMAT,
               conset_call_get_count (call, 0));
  return NULL;
}

static gboolean
modular_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  double p_intra = call_get_chance (call, 2), p_inter = call_get_chance (call, 3);
  guint64 seed = conset_call_take_seed (call, 4);
  g_autofree guint64 *sizes = NULL;
  gsize n;

  if (call->values[1].kind == CONSET_LANG_INTEGER)
    return conset_result_take_set (result, conset_modular (conset_call_get_count (call, 0),
                                                           conset_call_get_count (call, 1), p_intra,
                                                           p_inter, seed));
  sizes = call_get_sizes (call, &n, error);
  return sizes != NULL
         && conset_result_take_set (result,
                                    conset_modular_sizes (sizes, n, p_intra, p_inter, seed));
}

static gboolean
hierarchical_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  double recurrent = call_get_chance (call, 2), feedforward = call_get_chance (call, 3);
  double feedback = call_get_chance (call, 4), skip = call_get_chance (call, 5);
  guint64 seed = conset_call_take_seed (call, 6);
  g_autofree guint64 *sizes = NULL;
  gsize n;

  if (call->values[1].kind == CONSET_LANG_INTEGER)
    return conset_result_take_set (
      result, conset_hierarchical (conset_call_get_count (call, 0), conset_call_get_count (call, 1),
                                   recurrent, feedforward, feedback, skip, seed));
  sizes = call_get_sizes (call, &n, error);
  return sizes != NULL
         && conset_result_take_set (
           result,
           conset_hierarchical_sizes (sizes, n, recurrent, feedforward, feedback, skip, seed));
}

static const ConsetFunction functions[] = {
  {
    .name = "ring",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ring(n, k, bidirectional=True)",
    .help = "each of n nodes to its k neighbours on either side",
    .make = ring_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "k", CONSET_PARAMETER_COUNT, 0 },
                    { "bidirectional", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD } },
  },
  {
    .name = "gridNeighbours",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "gridNeighbours(rows, columns, radius=1, moore=False, periodic=False)",
    .help = "each cell of a grid to those around it",
    .make = grid_neighbours_make,
    .parameters = { { "rows", CONSET_PARAMETER_COUNT, 0 },
                    { "columns", CONSET_PARAMETER_COUNT, 0 },
                    { "radius", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "moore", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
                    { "periodic", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD } },
  },
  {
    .name = "regular",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "regular(n, k, seed=...)",
    .help = "each of n nodes to k others, every choice of them equally likely",
    .make = regular_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "k", CONSET_PARAMETER_COUNT, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "smallWorld",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "smallWorld(n, k, p, seed=...)",
    .help = "a ring of n nodes with k neighbours each, rewired with probability p",
    .make = small_world_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "k", CONSET_PARAMETER_COUNT, 0 },
                    { "p", CONSET_PARAMETER_REAL, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "modular",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "modular(n, modules, pIntra, pInter, seed=...)",
    .help = "n nodes in modules, whose number or sizes are given; "
            "pairs within and between modules have different probabilities",
    .make = modular_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "modules", CONSET_PARAMETER_COUNT_OR_COUNTS, 0 },
                    { "pIntra", CONSET_PARAMETER_REAL, 0 },
                    { "pInter", CONSET_PARAMETER_REAL, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "hierarchical",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "hierarchical(n, levels, recurrent, feedforward, feedback=0, skip=0, seed=...)",
    .help = "n nodes in levels, whose number or sizes are given; "
            "pairs have a probability by how far their levels are apart",
    .make = hierarchical_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "levels", CONSET_PARAMETER_COUNT_OR_COUNTS, 0 },
                    { "recurrent", CONSET_PARAMETER_REAL, 0 },
                    { "feedforward", CONSET_PARAMETER_REAL, 0 },
                    { "feedback", CONSET_PARAMETER_REAL, OPTIONAL },
                    { "skip", CONSET_PARAMETER_REAL, OPTIONAL },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "corePeriphery",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "corePeriphery(n, core, coreCore, corePeriphery, peripheryCore, "
                 "peripheryPeriphery, seed=...)",
    .help = "n nodes, the first of them a core; four probabilities",
    .make = core_periphery_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "core", CONSET_PARAMETER_COUNT, 0 },
                    { "coreCore", CONSET_PARAMETER_REAL, 0 },
                    { "corePeriphery", CONSET_PARAMETER_REAL, 0 },
                    { "peripheryCore", CONSET_PARAMETER_REAL, 0 },
                    { "peripheryPeriphery", CONSET_PARAMETER_REAL, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "scaleFree",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "scaleFree(n, m, seed=...)",
    .help = "n nodes, each new one attached to m older ones in proportion to their degrees",
    .make = scale_free_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "m", CONSET_PARAMETER_COUNT, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
};

const ConsetFunctionTable conset_functions_graphs = { functions, G_N_ELEMENTS (functions) };

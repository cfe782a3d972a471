/* SPDX-License-Identifier: MIT */
/*
 * Names of graphs: the functions of graphs.h.
 */
#include "functions.h"

#include "sequence.h"

static guint64
call_count (const ConsetCall *call, gsize index)
{
  return call->values[index].integer.magnitude;
}

static double
call_real (const ConsetCall *call, gsize index)
{
  return conset_call_has (call, index) ? call->values[index].real : 0.0;
}

static gboolean
call_flag (const ConsetCall *call, gsize index, gboolean otherwise)
{
  return conset_call_has (call, index) ? call->values[index].boolean : otherwise;
}

/* A seed is taken even where one is given, so that giving one set a seed leaves the others as they
 * were. */
static guint64
call_take_seed (const ConsetCall *call, gsize index)
{
  guint64 seed = conset_seeds_next (call->seeds);

  return conset_call_has (call, index) ? call_count (call, index) : seed;
}

/* Lattices */

static gboolean
ring_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (
    result, conset_ring (call_count (call, 0), call_count (call, 1), call_flag (call, 2, TRUE)));
}

static gboolean
grid_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 radius = conset_call_has (call, 2) ? call_count (call, 2) : 1;
  gboolean moore = call_flag (call, 3, FALSE), periodic = call_flag (call, 4, FALSE);

  return conset_result_take_set (
    result, conset_grid_neighbours (call_count (call, 0), call_count (call, 1), radius,
                                    moore ? CONSET_MOORE : CONSET_VON_NEUMANN, periodic));
}

/* Random graphs */

static gboolean
small_world_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (
    result, conset_small_world (call_count (call, 0), call_count (call, 1), call_real (call, 2),
                                call_take_seed (call, 3)));
}

static gboolean
scale_free_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (
    result,
    conset_scale_free (call_count (call, 0), call_count (call, 1), call_take_seed (call, 2)));
}

static gboolean
core_periphery_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  return conset_result_take_set (
    result, conset_core_periphery (call_count (call, 0), call_count (call, 1), call_real (call, 2),
                                   call_real (call, 3), call_real (call, 4), call_real (call, 5),
                                   call_take_seed (call, 6)));
}

/* The sizes that argument 1 lists, and which must add up to argument 0; NULL with @error set if
 * they do not. */
static guint64 *
call_sizes (const ConsetCall *call, gsize *n, GError **error)
{
  const ConsetSequence *list = call->values[1].sequence;
  guint64 *sizes, left = call_count (call, 0);
  gboolean fits = TRUE;

  *n = conset_sequence_length (list);
  sizes = g_new (guint64, *n + 1);
  for (gsize k = 0; k < *n; k++)
    {
      sizes[k] = conset_sequence_get (list, k)->integer.magnitude;
      fits = fits && sizes[k] <= left;
      left -= fits ? sizes[k] : 0;
    }
  if (fits && left == 0)
    return sizes;
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "the sizes must add up to n, %" G_GUINT64_FORMAT, call_count (call, 0));
  g_free (sizes);
  return NULL;
}

static gboolean
modular_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  double p_intra = call_real (call, 2), p_inter = call_real (call, 3);
  guint64 seed = call_take_seed (call, 4);
  g_autofree guint64 *sizes = NULL;
  gsize n;

  if (call->values[1].kind != CONSET_LANG_LIST)
    return conset_result_take_set (
      result, conset_modular (call_count (call, 0), call_count (call, 1), p_intra, p_inter, seed));
  sizes = call_sizes (call, &n, error);
  return sizes != NULL
         && conset_result_take_set (result,
                                    conset_modular_sizes (sizes, n, p_intra, p_inter, seed));
}

static gboolean
hierarchical_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  double recurrent = call_real (call, 2), feedforward = call_real (call, 3);
  double feedback = call_real (call, 4), skip = call_real (call, 5);
  guint64 seed = call_take_seed (call, 6);
  g_autofree guint64 *sizes = NULL;
  gsize n;

  if (call->values[1].kind != CONSET_LANG_LIST)
    return conset_result_take_set (result, conset_hierarchical (call_count (call, 0),
                                                                call_count (call, 1), recurrent,
                                                                feedforward, feedback, skip, seed));
  sizes = call_sizes (call, &n, error);
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
    .help = "each of n nodes to the k next ones on a ring, and to the k before it",
    .make = ring_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "k", CONSET_PARAMETER_COUNT, 0 },
                    { "bidirectional", CONSET_PARAMETER_BOOLEAN, OPTIONAL } },
  },
  {
    .name = "gridNeighbours",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "gridNeighbours(rows, columns, radius=1, moore=False, periodic=False)",
    .help = "each cell of a grid to those near it; with moore in a square, else in a diamond",
    .make = grid_make,
    .parameters = { { "rows", CONSET_PARAMETER_COUNT, 0 },
                    { "columns", CONSET_PARAMETER_COUNT, 0 },
                    { "radius", CONSET_PARAMETER_COUNT, OPTIONAL },
                    { "moore", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
                    { "periodic", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD } },
  },
  {
    .name = "smallWorld",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "smallWorld(n, k, p, seed=...)",
    .help = "each node to k / 2 others on either side of a ring, rewired with probability p",
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
    .help = "a probability within modules, a number or a list of sizes, and one between them",
    .make = modular_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "modules", CONSET_PARAMETER_COUNTS, 0 },
                    { "pIntra", CONSET_PARAMETER_REAL, 0 },
                    { "pInter", CONSET_PARAMETER_REAL, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "hierarchical",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "hierarchical(n, levels, recurrent, feedforward, feedback, skip=0, seed=...)",
    .help = "probabilities within levels, a number or a list of sizes, to the next, the one "
            "before, and further on",
    .make = hierarchical_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "levels", CONSET_PARAMETER_COUNTS, 0 },
                    { "recurrent", CONSET_PARAMETER_REAL, 0 },
                    { "feedforward", CONSET_PARAMETER_REAL, 0 },
                    { "feedback", CONSET_PARAMETER_REAL, 0 },
                    { "skip", CONSET_PARAMETER_REAL, OPTIONAL },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "corePeriphery",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "corePeriphery(n, core, coreCore, corePeriphery, peripheryCore, "
                 "peripheryPeriphery, seed=...)",
    .help = "four probabilities, within and between the first nodes, the core, and the others",
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
    .help = "each new node to m older ones in proportion to their degree, and back",
    .make = scale_free_make,
    .parameters = { { "n", CONSET_PARAMETER_COUNT, 0 },
                    { "m", CONSET_PARAMETER_COUNT, 0 },
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
};

const ConsetFunctionTable conset_functions_graphs = { functions, G_N_ELEMENTS (functions) };

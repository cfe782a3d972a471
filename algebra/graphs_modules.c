/* SPDX-License-Identifier: MIT */
/*
 * Modular, hierarchical and core-periphery graphs: Bernoulli sets of several probabilities, each
 * between the nodes of some ranges and those of others.
 *
 * Each part is random(p) * mask, of a seed drawn from the one given. The masks have no pair
 * (i, i), and none that another mask has. Costs are those of the Bernoulli sets.
 */
#include <conset/graphs.h>
#include <conset/random.h>
#include <conset/intervals.h>

#include "graphs_levels.h"
#include "named.h"
#include "random.h"
#include "text.h"

/* Lanes of the key that draws the seeds of parts, so that families share none. */
typedef enum
{
  FAMILY_MODULAR,
  FAMILY_HIERARCHICAL,
  FAMILY_CORE_PERIPHERY,
} Family;

typedef struct
{
  const char *name;
  double p;
} Chance;

/* An error if a probability is none, else NULL. */
static Conset *
check_chances (const char *operator_name, const Chance *chances, guint n)
{
  for (guint k = 0; k < n; k++)
    if (!(chances[k].p >= 0.0 && chances[k].p <= 1.0))
      {
        g_autoptr (GString) number = g_string_new (NULL);

        conset_append_double (number, chances[k].p);
        return conset_error_new ("%s(%s=%s): probability must lie in [0, 1]", operator_name,
                                 chances[k].name, number->str);
      }
  return NULL;
}

/* Part @part of a graph: those pairs of @mask, which it consumes, that are drawn. */
static Conset *
graph_part (Family family, guint64 part, guint64 seed, double p, Conset *mask)
{
  ConsetKey key = conset_key (seed, CONSET_RULE_PARTS, family);

  return conset_intersect (conset_random (p, conset_draw_64 (&key, part, 0)), mask);
}

static void
append_chances (GString *text, const Chance *chances, guint n)
{
  for (guint k = 0; k < n; k++)
    {
      g_string_append (text, ", ");
      conset_append_double (text, chances[k].p);
    }
}

/* name(n, ranges, p, p, ..., seed=seed), the ranges being a number or a list. */
static char *
graph_text (const char *name,
            const ConsetLevels *levels,
            const Chance *chances,
            guint n_chances,
            guint64 seed)
{
  GString *text = g_string_new (name);

  g_string_append_printf (text, "(%" G_GUINT64_FORMAT ", ", levels->n);
  if (levels->starts == NULL)
    g_string_append_printf (text, "%" G_GUINT64_FORMAT, levels->n_levels);
  else
    for (guint64 k = 0; k < levels->n_levels; k++)
      g_string_append_printf (text, "%s%" G_GUINT64_FORMAT "%s", k == 0 ? "[" : ", ",
                              levels->starts[k + 1] - levels->starts[k],
                              k + 1 == levels->n_levels ? "]" : "");
  append_chances (text, chances, n_chances);
  g_string_append_printf (text, ", seed=%" G_GUINT64_FORMAT ")", seed);
  return g_string_free (text, FALSE);
}

/* Equal ranges, or an error. */
static Conset *
levels_of_number (const char *operator_name, ConsetLevels *levels, guint64 n, guint64 n_levels)
{
  if (n_levels == 0 || n_levels > n || n >= CONSET_INDEX_END)
    return conset_error_new ("%s(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                             "): give at least one range of nodes, a node for each, "
                             "and less than 2^63 nodes",
                             operator_name, n, n_levels);
  conset_levels_init_equal (levels, n, n_levels);
  return NULL;
}

/* Ranges of these sizes, or an error. */
static Conset *
levels_of_sizes (const char *operator_name,
                 ConsetLevels *levels,
                 const guint64 *sizes,
                 gsize n_levels)
{
  if (n_levels == 0 || !conset_levels_init_sizes (levels, sizes, n_levels))
    return conset_error_new ("%s: give at least one size; each is at least 1, "
                             "and all together less than 2^63",
                             operator_name);
  return NULL;
}

/* Modular */

static Conset *
modular_new (const ConsetLevels *levels, double p_intra, double p_inter, guint64 seed)
{
  const Chance chances[] = { { "pIntra", p_intra }, { "pInter", p_inter } };
  Conset *error = check_chances ("modular", chances, G_N_ELEMENTS (chances));
  Conset *parts[G_N_ELEMENTS (chances)];

  if (error != NULL)
    return error;
  parts[0] = graph_part (FAMILY_MODULAR, 0, seed, p_intra, conset_levels_apart (levels, 0, 0));
  parts[1] = graph_part (FAMILY_MODULAR, 1, seed, p_inter, conset_levels_other (levels));
  return conset_named_new (graph_text ("modular", levels, chances, G_N_ELEMENTS (chances), seed),
                           parts, G_N_ELEMENTS (parts));
}

Conset *
conset_modular (guint64 n, guint64 n_modules, double p_intra, double p_inter, guint64 seed)
{
  ConsetLevels levels;
  Conset *error = levels_of_number ("modular", &levels, n, n_modules);

  return error != NULL ? error : modular_new (&levels, p_intra, p_inter, seed);
}

Conset *
conset_modular_sizes (
  const guint64 *sizes, gsize n_modules, double p_intra, double p_inter, guint64 seed)
{
  ConsetLevels levels;
  Conset *set = levels_of_sizes ("modular", &levels, sizes, n_modules);

  if (set != NULL)
    return set;
  set = modular_new (&levels, p_intra, p_inter, seed);
  conset_levels_clear (&levels);
  return set;
}

/* Hierarchical */

#define HIERARCHICAL_CHANCES 4

static Conset *
hierarchical_new (const ConsetLevels *levels,
                  const Chance chances[HIERARCHICAL_CHANCES],
                  guint64 seed)
{
  static const gint64 apart[][2] = { { 0, 0 }, { 1, 1 }, { -1, -1 }, { 2, CONSET_LEVELS_ABOVE } };
  Conset *error = check_chances ("hierarchical", chances, HIERARCHICAL_CHANCES);
  Conset *parts[HIERARCHICAL_CHANCES];

  if (error != NULL)
    return error;
  for (guint k = 0; k < HIERARCHICAL_CHANCES; k++)
    parts[k] = graph_part (FAMILY_HIERARCHICAL, k, seed, chances[k].p,
                           conset_levels_apart (levels, apart[k][0], apart[k][1]));
  return conset_named_new (graph_text ("hierarchical", levels, chances, HIERARCHICAL_CHANCES, seed),
                           parts, HIERARCHICAL_CHANCES);
}

Conset *
conset_hierarchical (guint64 n,
                     guint64 n_levels,
                     double recurrent,
                     double feedforward,
                     double feedback,
                     double skip,
                     guint64 seed)
{
  const Chance chances[HIERARCHICAL_CHANCES] = {
    { "recurrent", recurrent },
    { "feedforward", feedforward },
    { "feedback", feedback },
    { "skip", skip },
  };
  ConsetLevels levels;
  Conset *error = levels_of_number ("hierarchical", &levels, n, n_levels);

  return error != NULL ? error : hierarchical_new (&levels, chances, seed);
}

Conset *
conset_hierarchical_sizes (const guint64 *sizes,
                           gsize n_levels,
                           double recurrent,
                           double feedforward,
                           double feedback,
                           double skip,
                           guint64 seed)
{
  const Chance chances[HIERARCHICAL_CHANCES] = {
    { "recurrent", recurrent },
    { "feedforward", feedforward },
    { "feedback", feedback },
    { "skip", skip },
  };
  ConsetLevels levels;
  Conset *set = levels_of_sizes ("hierarchical", &levels, sizes, n_levels);

  if (set != NULL)
    return set;
  set = hierarchical_new (&levels, chances, seed);
  conset_levels_clear (&levels);
  return set;
}

/* Core and periphery */

static char *
core_text (guint64 n, guint64 n_core, const Chance *chances, guint n_chances, guint64 seed)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "corePeriphery(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT, n,
                          n_core);
  append_chances (text, chances, n_chances);
  g_string_append_printf (text, ", seed=%" G_GUINT64_FORMAT ")", seed);
  return g_string_free (text, FALSE);
}

Conset *
conset_core_periphery (guint64 n,
                       guint64 n_core,
                       double core_core,
                       double core_periphery,
                       double periphery_core,
                       double periphery_periphery,
                       guint64 seed)
{
  const Chance chances[] = {
    { "coreCore", core_core },
    { "corePeriphery", core_periphery },
    { "peripheryCore", periphery_core },
    { "peripheryPeriphery", periphery_periphery },
  };
  const guint64 ends[][2] = { { 0, n_core }, { n_core, n } };
  Conset *error = check_chances ("corePeriphery", chances, G_N_ELEMENTS (chances));
  Conset *parts[G_N_ELEMENTS (chances)];

  if (error != NULL)
    return error;
  if (n_core > n || n >= CONSET_INDEX_END)
    return conset_error_new ("corePeriphery(%" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                             "): the core must be a part of the nodes, less than 2^63",
                             n, n_core);
  for (guint k = 0; k < G_N_ELEMENTS (parts); k++)
    {
      const guint64 *from = ends[k / 2], *to = ends[k % 2];
      Conset *mask = conset_cross (conset_intervals_range (from[0], from[1], 1),
                                   conset_intervals_range (to[0], to[1], 1));

      if (from == to)
        mask = conset_difference (mask, conset_one_to_one ());
      parts[k] = graph_part (FAMILY_CORE_PERIPHERY, k, seed, chances[k].p, mask);
    }
  return conset_named_new (core_text (n, n_core, chances, G_N_ELEMENTS (chances), seed), parts,
                           G_N_ELEMENTS (parts));
}

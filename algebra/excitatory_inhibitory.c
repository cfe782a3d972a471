/* SPDX-License-Identifier: MIT */
/*
 * Networks of excitatory and inhibitory neurons: two parts, random(p) * cross(sources, targets)
 * each, with the values of their kind.
 *
 * The parts have no source in common, and seeds of their own, drawn from the one given.
 */
#include <conset/networks.h>
#include <conset/cset.h>
#include <conset/intervals.h>
#include <conset/random.h>

#include "named.h"
#include "random.h"
#include "text.h"
#include "value_signed.h"

#define NAME "ExcitatoryInhibitory"

/* The lane of the key that draws the seeds: apart from those of graphs. */
#define LANE 32

enum
{
  EXC,
  INH,
  N_KINDS,
};

/* A column: the value of each kind, NULL for none. */
typedef struct
{
  const char *name;
  const char *keywords[N_KINDS];
  ConsetValue *values[N_KINDS];
} Column;

enum
{
  WEIGHT,
  DELAY,
  N_COLUMNS,
};

void
conset_excitatory_inhibitory_count (guint64 n_sources,
                                    double exc_ratio,
                                    guint64 *n_exc,
                                    guint64 *n_inh)
{
  guint64 n;

  g_return_if_fail (n_sources < CONSET_INDEX_END);
  g_return_if_fail (exc_ratio >= 0.0 && exc_ratio <= 1.0);

  /* A large number may round up to a double. */
  n = MIN ((guint64) ((double) n_sources * exc_ratio), n_sources);
  if (n_exc != NULL)
    *n_exc = n;
  if (n_inh != NULL)
    *n_inh = n_sources - n;
}

/* {{{ what is wrong with it */

static Conset *
check_share (const char *name, double share)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (share >= 0.0 && share <= 1.0)
    return NULL;
  conset_append_double (text, share);
  return conset_error_new (NAME "(%s=%s): must lie in [0, 1]", name, text->str);
}

static Conset *
check_numbers (const ConsetExcitatoryInhibitory *network)
{
  Conset *error = NULL;

  if (network->n_sources >= CONSET_INDEX_END || network->n_targets >= CONSET_INDEX_END)
    return conset_error_new (NAME "(%" G_GUINT64_FORMAT ", post_size=%" G_GUINT64_FORMAT
                                  "): give less than 2^63 sources and targets",
                             network->n_sources, network->n_targets);
  error = check_share ("exc_ratio", network->exc_ratio);
  if (error == NULL)
    error = check_share ("exc_prob", network->exc_prob);
  if (error == NULL)
    error = check_share ("inh_prob", network->inh_prob);
  return error;
}

/* Both kinds or neither have a value, and it is no error. */
static Conset *
check_column (const Column *column)
{
  for (guint kind = 0; kind < N_KINDS; kind++)
    {
      const ConsetValue *value = column->values[kind];

      if (value == NULL && column->values[N_KINDS - 1 - kind] != NULL)
        return conset_error_new (NAME ": %s is given and %s is not; give both or neither",
                                 column->keywords[N_KINDS - 1 - kind], column->keywords[kind]);
      if (value != NULL && conset_value_error_message (value) != NULL)
        return conset_error_new ("%s", conset_value_error_message (value));
    }
  return NULL;
}

/* The values of both kinds are in units that convert; those of the second are shown as the first.
 */
static Conset *
unify_units (Column *column)
{
  const ConsetValue *exc = column->values[EXC], *inh = column->values[INH];

  if (exc == NULL)
    return NULL;
  if (!conset_unit_is_alike (exc->unit, inh->unit))
    return conset_error_new (NAME ": %s is %s%s, and %s is %s%s; give both the same kind of unit",
                             column->keywords[EXC], exc->unit != NULL ? "in " : "a pure number",
                             exc->unit != NULL ? exc->unit->name : "", column->keywords[INH],
                             inh->unit != NULL ? "in " : "a pure number",
                             inh->unit != NULL ? inh->unit->name : "");
  column->values[INH] = conset_value_show_in (column->values[INH], exc->unit);
  return NULL;
}

/* Puts values that look at their sign in place of weights. */
static void
watch_signs (Column *weight)
{
  static const ConsetSign signs[N_KINDS] = { CONSET_SIGN_NOT_NEGATIVE, CONSET_SIGN_NOT_POSITIVE };

  for (guint kind = 0; kind < N_KINDS; kind++)
    if (weight->values[kind] != NULL)
      weight->values[kind] =
        conset_value_signed_new (weight->values[kind], signs[kind], NAME, weight->keywords[kind],
                                 "give weights that never are, or dale=False to allow it");
}

/* }}} */

/* {{{ composition */

static void
append_value (GString *text, const char *keyword, const ConsetValue *value)
{
  g_string_append_printf (text, ", %s=", keyword);
  conset_value_print (value, CONSET_VALUE_PREC_SUM, text);
}

static void
append_share (GString *text, const char *keyword, double share)
{
  g_string_append_printf (text, ", %s=", keyword);
  conset_append_double (text, share);
}

static char *
network_text (const ConsetExcitatoryInhibitory *network, const Column *columns)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, NAME "(%" G_GUINT64_FORMAT, network->n_sources);
  if (network->n_targets != network->n_sources)
    g_string_append_printf (text, ", post_size=%" G_GUINT64_FORMAT, network->n_targets);
  append_share (text, "exc_ratio", network->exc_ratio);
  append_share (text, "exc_prob", network->exc_prob);
  append_share (text, "inh_prob", network->inh_prob);
  for (guint c = 0; c < N_COLUMNS; c++)
    for (guint kind = 0; kind < N_KINDS && columns[c].values[kind] != NULL; kind++)
      append_value (text, columns[c].keywords[kind], columns[c].values[kind]);
  if (!network->dale)
    g_string_append (text, ", dale=False");
  g_string_append_printf (text, ", seed=%" G_GUINT64_FORMAT ")", network->seed);
  return g_string_free (text, FALSE);
}

/* Consumes the values of @kind. */
static Conset *
network_part (const ConsetExcitatoryInhibitory *network, Column *columns, guint kind)
{
  const ConsetKey key = conset_key (network->seed, CONSET_RULE_PARTS, LANE);
  double p = kind == EXC ? network->exc_prob : network->inh_prob;
  ConsetValue *values[N_COLUMNS];
  const char *names[N_COLUMNS];
  guint64 first = 0, end = 0;
  Conset *pairs;
  guint n = 0;

  conset_excitatory_inhibitory_count (network->n_sources, network->exc_ratio, &end, NULL);
  if (kind == INH)
    {
      first = end;
      end = network->n_sources;
    }
  pairs = conset_cross (conset_intervals_range (first, end, 1),
                        conset_intervals_range (0, network->n_targets, 1));
  for (guint c = 0; c < N_COLUMNS; c++)
    if (columns[c].values[kind] != NULL)
      {
        values[n] = g_steal_pointer (&columns[c].values[kind]);
        names[n++] = columns[c].name;
      }
  return conset_cset (conset_intersect (conset_random (p, conset_draw_64 (&key, kind, 0)), pairs),
                      n, values, names);
}

/* Reducer: without connections it is empty, but has its columns. Consumes its arguments. */
static Conset *
network_join (char *text, Conset *parts[N_KINDS])
{
  if (!conset_is_empty_node (parts[EXC]) || !conset_is_empty_node (parts[INH]))
    return conset_named_new (text, parts, N_KINDS);
  g_free (text);
  conset_unref (parts[INH]);
  return parts[EXC];
}

/* }}} */

Conset *
conset_excitatory_inhibitory (const ConsetExcitatoryInhibitory *network)
{
  Column columns[N_COLUMNS] = {
    { "weight", { "exc_weight", "inh_weight" }, { network->exc_weight, network->inh_weight } },
    { "delay", { "exc_delay", "inh_delay" }, { network->exc_delay, network->inh_delay } },
  };
  Conset *parts[N_KINDS];
  Conset *set = check_numbers (network);

  if (network->dale)
    watch_signs (&columns[WEIGHT]);
  for (guint c = 0; c < N_COLUMNS && set == NULL; c++)
    {
      set = check_column (&columns[c]);
      if (set == NULL)
        set = unify_units (&columns[c]);
    }
  if (set == NULL)
    {
      char *text = network_text (network, columns);

      for (guint kind = 0; kind < N_KINDS; kind++)
        parts[kind] = network_part (network, columns, kind);
      set = network_join (text, parts);
    }
  for (guint c = 0; c < N_COLUMNS; c++)
    for (guint kind = 0; kind < N_KINDS; kind++)
      g_clear_pointer (&columns[c].values[kind], conset_value_unref);
  return set;
}

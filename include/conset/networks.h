/* SPDX-License-Identifier: MIT */
/*
 * Networks of populations: connection sets as braintools.conn makes them, of cross products and
 * Bernoulli trials.
 */
#pragma once

#if !defined(CONSET_H_INSIDE) && !defined(CONSET_COMPILATION)
#error "Only <conset/conset.h> can be included directly."
#endif

#include <conset/types.h>

G_BEGIN_DECLS

/**
 * ConsetExcitatoryInhibitory:
 * @n_sources: number of sources, below 2^63
 * @n_targets: number of targets, below 2^63
 * @exc_ratio: the share of the sources that are excitatory, in [0, 1]
 * @exc_prob: probability with which an excitatory source connects to a target
 * @inh_prob: the same of an inhibitory one
 * @exc_weight: (nullable) (transfer full): the weights of excitatory connections
 * @inh_weight: (nullable) (transfer full): those of inhibitory ones
 * @exc_delay: (nullable) (transfer full): the delays of excitatory connections
 * @inh_delay: (nullable) (transfer full): those of inhibitory ones
 * @dale: whether a weight of the wrong sign is an error
 * @seed: names the draw of the connections
 *
 * Begin with CONSET_EXCITATORY_INHIBITORY_INIT() and set what differs.
 */
typedef struct
{
  guint64      n_sources;
  guint64      n_targets;
  double       exc_ratio;
  double       exc_prob;
  double       inh_prob;
  ConsetValue *exc_weight;
  ConsetValue *inh_weight;
  ConsetValue *exc_delay;
  ConsetValue *inh_delay;
  gboolean     dale;
  guint64      seed;
} ConsetExcitatoryInhibitory;

/** @n neurons, connected among themselves as braintools does where nothing is said. */
#define CONSET_EXCITATORY_INHIBITORY_INIT(n)                                                       \
  {                                                                                                \
    .n_sources = (n), .n_targets = (n), .exc_ratio = 0.8, .exc_prob = 0.1, .inh_prob = 0.2,        \
    .dale = TRUE                                                                                   \
  }

/**
 * conset_excitatory_inhibitory:
 * @network: (transfer none): what it is like; the values in it are consumed
 *
 * The first sources are excitatory, the others inhibitory, as conset_excitatory_inhibitory_count()
 * tells; each pair is a member independently, with the probability of its source's kind. Nothing
 * tells whether sources and targets are the same neurons, and autapses are not left out: take
 * conset_one_to_one() away for that.
 *
 * Connections have a weight and a delay, columns of these names, where both kinds are given
 * them. Weights that are given to one kind only, or in units that do not convert, are an
 * error; so it is with delays. Both come in the units of the excitatory ones.
 *
 * With @dale, excitatory weights must not be negative, and inhibitory ones not positive (Dale's
 * principle): a constant that is gives an error set, a value that is so at some connection stops
 * the evaluation there with CONSET_ERROR_VALUE. Weights without a sign, inhibitory ones being
 * known by their source, want it off.
 *
 * A membership is a function of (@seed, source, target) and the ratio and probabilities; values do
 * not change it. Costs are those of conset_random().
 *
 * Returns: (transfer full): a new set, never NULL
 */
CONSET_PUBLIC Conset *conset_excitatory_inhibitory       (const ConsetExcitatoryInhibitory *network)
                                                          G_GNUC_WARN_UNUSED_RESULT;

/**
 * conset_excitatory_inhibitory_count:
 * @n_sources: number of sources, below 2^63
 * @exc_ratio: the share of them that are excitatory, in [0, 1]
 * @n_exc: (out) (optional): how many are: the product as a double, rounded down
 * @n_inh: (out) (optional): how many are not
 *
 * Sources [0, @n_exc) are excitatory, [@n_exc, @n_exc + @n_inh) inhibitory.
 */
CONSET_PUBLIC void    conset_excitatory_inhibitory_count (guint64  n_sources,
                                                          double   exc_ratio,
                                                          guint64 *n_exc,
                                                          guint64 *n_inh);

G_END_DECLS

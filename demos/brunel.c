/* SPDX-License-Identifier: MIT */
/*
 * A network of excitatory and inhibitory neurons after Brunel (2000, J Comput Neurosci 8:183),
 * from an expression to spikes.
 *
 * 10,000 excitatory and 2,500 inhibitory leaky integrate-and-fire neurons (lif.h) get 1,000
 * excitatory and 250 inhibitory connections each, and spikes from 1,000 Poisson sources outside.
 * The ratio g of inhibitory to excitatory weights, and the ratio eta of the rate outside to the one
 * that alone would bring a neuron to its threshold, decide how the network behaves: the regimes
 * of figure 8 of the paper.
 *
 * The connections go from the set straight into the lists of the simulator (synapses.h).
 */
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "activity.h"
#include "raster.h"

/* Times in ms, potentials in mV. */
#define N_EXC 10000
#define N_INH 2500
#define K_EXC 1000
#define K_INH 250
#define WEIGHT 0.1
#define DELAY 1.5
#define TAU 20.0
#define THRESHOLD 20.0
#define RESET 10.0
#define REFRACTORY 2.0

/* The raster shows so much of the end of a run. */
#define RASTER_TIME 200.0
#define DEFAULT_COLUMNS 80
#define MOST_COLUMNS 160

#define EXIT_USAGE 2

/* @published: the rate in Hz of table 1 of the paper, 0 where there is none. */
typedef struct
{
  const char *name;
  const char *what;
  double g;
  double eta;
  double published;
} Regime;

static const Regime regimes[] = {
  { "SR", "synchronous regular", 3.0, 2.0, 0.0 },
  { "SI-fast", "synchronous irregular, fast", 6.0, 4.0, 60.7 },
  { "AI", "asynchronous irregular", 5.0, 2.0, 37.7 },
  { "SI-slow", "synchronous irregular, slow", 4.5, 0.9, 5.5 },
};

typedef struct
{
  double dt;
  double time;
  double transient;
  double scale;
  double delay_sd;
  gint64 seed;
  gboolean no_raster;
  char **regimes;
} Options;

/* Sizes of a network that may be a smaller one, where weights grow as in-degrees shrink. */
typedef struct
{
  guint n_exc;
  guint n_inh;
  guint k_exc;
  guint k_inh;
  double weight;
  double g;
} Network;

/* {{{ options */

static gboolean
find_regime (const char *name, const Regime **found)
{
  for (gsize k = 0; k < G_N_ELEMENTS (regimes); k++)
    if (g_ascii_strcasecmp (regimes[k].name, name) == 0)
      {
        *found = &regimes[k];
        return TRUE;
      }
  return FALSE;
}

/* What is wrong with the options, or NULL. */
static const char *
options_fault (const Options *options)
{
  const Regime *regime;

  if (!(options->dt >= 0.01 && options->dt <= DELAY))
    return "--dt must lie between 0.01 and the delay, 1.5 ms";
  if (!(options->time >= 10.0 && options->time <= 1e4))
    return "--time must lie between 10 and 10,000 ms";
  if (!(options->transient >= 0.0 && options->transient <= 1e4))
    return "--transient must lie between 0 and 10,000 ms";
  if (!(options->scale >= 0.02 && options->scale <= 2.0))
    return "--scale must lie between 0.02 and 2";
  if (!(options->delay_sd >= 0.0 && options->delay_sd <= 10.0))
    return "--delay-sd must lie between 0 and 10 ms";
  for (char **name = options->regimes; *name != NULL; name++)
    if (g_ascii_strcasecmp (*name, "all") != 0 && !find_regime (*name, &regime))
      return "--regime must be SR, SI-fast, AI, SI-slow or all";
  return NULL;
}

/* Returns: FALSE with a message on standard error if the command line is wrong */
static gboolean
options_parse (Options *options, int *argc, char ***argv)
{
  static const char *const usual[] = { "AI", "SI-slow", NULL };
  const GOptionEntry entries[] = {
    { "dt", 0, 0, G_OPTION_ARG_DOUBLE, &options->dt, "Time step in ms (0.1)", "MS" },
    { "time", 't', 0, G_OPTION_ARG_DOUBLE, &options->time,
      "Biological time that is looked at, in ms (1000)", "MS" },
    { "transient", 0, 0, G_OPTION_ARG_DOUBLE, &options->transient,
      "Biological time before that, in ms (500)", "MS" },
    { "scale", 0, 0, G_OPTION_ARG_DOUBLE, &options->scale,
      "Neurons and in-degrees are multiplied by S, weights divided (1)", "S" },
    { "delay-sd", 0, 0, G_OPTION_ARG_DOUBLE, &options->delay_sd,
      "Standard deviation of the delays, normal ones cut off at 0 and 3 ms (0)", "MS" },
    { "regime", 'r', 0, G_OPTION_ARG_STRING_ARRAY, &options->regimes,
      "SR, SI-fast, AI, SI-slow or all; may be given repeatedly (AI and SI-slow)", "NAME" },
    { "seed", 0, 0, G_OPTION_ARG_INT64, &options->seed, "Names the connections and the drive (1)",
      "SEED" },
    { "no-raster", 0, 0, G_OPTION_ARG_NONE, &options->no_raster, "Draw no spikes", NULL },
    { NULL, 0, 0, G_OPTION_ARG_NONE, NULL, NULL, NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  const char *fault;

  g_option_context_set_summary (context, "Simulates the network of Brunel (2000).");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, argc, argv, &error))
    {
      g_printerr ("brunel: %s\n", error->message);
      return FALSE;
    }
  if (options->regimes == NULL)
    options->regimes = g_strdupv ((char **) usual);
  fault = *argc > 1 ? "takes no arguments but options" : options_fault (options);
  if (fault != NULL)
    g_printerr ("brunel: %s\n", fault);
  return fault == NULL;
}

/* }}} */

/* {{{ the network */

static Network
network_make (const Options *options, const Regime *regime)
{
  return (Network){
    .n_exc = (guint) lround (N_EXC * options->scale),
    .n_inh = (guint) lround (N_INH * options->scale),
    .k_exc = (guint) lround (K_EXC * options->scale),
    .k_inh = (guint) lround (K_INH * options->scale),
    .weight = WEIGHT / options->scale,
    .g = regime->g,
  };
}

/* Each neuron gets @k of the sources [first, end), none of them twice, and never itself. */
static Conset *
fan_in (guint first, guint end, guint n, guint k, guint64 seed)
{
  Conset *pairs =
    conset_cross (conset_intervals_range (first, end, 1), conset_intervals_range (0, n, 1));

  return conset_random_fan_in (conset_degrees_constant (k), FALSE, seed,
                               conset_difference (pairs, conset_one_to_one ()));
}

/* In ms: all the same, or normal, cut off where they would be shorter than a step, and as far
 * above the mean. */
static ConsetValue *
delays (const Options *options, guint64 seed)
{
  if (options->delay_sd == 0.0)
    return conset_value_constant (DELAY);
  return conset_value_truncated_normal (
    conset_value_constant (DELAY), conset_value_constant (options->delay_sd),
    conset_value_constant (options->dt), conset_value_constant (2.0 * DELAY - options->dt), seed);
}

static Conset *
with_values (Conset *mask, ConsetValue *weight, ConsetValue *delay)
{
  static const char *const names[] = { "weight", "delay" };
  ConsetValue *const values[] = { weight, delay };

  return conset_cset (mask, G_N_ELEMENTS (values), values, names);
}

/* The network: a sum of what comes from either population. */
static Conset *
network_set (const Network *network, const Options *options)
{
  const guint64 seed = (guint64) options->seed;
  guint n = network->n_exc + network->n_inh;
  Conset *exc = fan_in (0, network->n_exc, n, network->k_exc, seed);
  Conset *inh = fan_in (network->n_exc, n, n, network->k_inh, seed + 1);
  ConsetValue *exc_weight = conset_value_constant (network->weight);
  ConsetValue *inh_weight = conset_value_constant (-network->g * network->weight);

  return conset_sum (with_values (exc, exc_weight, delays (options, seed)),
                     with_values (inh, inh_weight, delays (options, seed + 1)));
}

/* }}} */

/* {{{ a run */

static double
seconds_since (gint64 start)
{
  return (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC;
}

static void
print_activity (const char *name, const Activity *activity)
{
  g_print ("    %-11s %9.2f %8.3f %10.2f\n", name, activity->rate, activity->irregularity,
           activity->synchrony);
}

static void
print_raster (const Options *options, const Network *network, const GArray *spikes, guint32 end)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const Raster raster = {
    .spikes = spikes,
    .first = end - (guint32) (MIN (RASTER_TIME, options->time) / options->dt),
    .end = end,
    .dt = options->dt,
    .n_neurons = network->n_exc + network->n_inh,
    .n_exc = network->n_exc,
  };
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
    size.ws_col = DEFAULT_COLUMNS;
  raster_append (&raster, MIN (size.ws_col, MOST_COLUMNS), g_get_charset (NULL), text);
  g_print ("\n%s", text->str);
}

static void
simulate (const Options *options,
          const Regime *regime,
          const Network *network,
          const Synapses *synapses)
{
  const LifParameters parameters = {
    .dt = options->dt,
    .tau = TAU,
    .threshold = THRESHOLD,
    .reset = RESET,
    .refractory = REFRACTORY,
    /* Weight * rate * tau = threshold is where the mean alone brings a neuron to fire. */
    .drive_rate = regime->eta * THRESHOLD / (network->weight * TAU),
    .drive_weight = network->weight,
  };
  const guint n = network->n_exc + network->n_inh;
  const guint32 n_before = (guint32) lround (options->transient / options->dt);
  const guint32 n_steps = (guint32) lround (options->time / options->dt);
  g_autoptr (Lif) lif = lif_new (synapses, &parameters, (guint64) options->seed);
  g_autoptr (GArray) spikes = g_array_new (FALSE, FALSE, sizeof (Spike));
  gint64 start = g_get_monotonic_time ();
  Activity activity;

  lif_run (lif, n_before, NULL);
  lif_run (lif, n_steps, spikes);
  g_print ("  ran %g ms in %.2f s\n\n", options->transient + options->time, seconds_since (start));
  g_print ("    %-11s %9s %8s %10s\n", "population", "rate (Hz)", "CV (ISI)", "synchrony");
  activity = activity_of (spikes, 0, network->n_exc, n_before, n_steps, options->dt);
  print_activity ("excitatory", &activity);
  activity = activity_of (spikes, network->n_exc, n, n_before, n_steps, options->dt);
  print_activity ("inhibitory", &activity);
  if (regime->published > 0.0 && options->scale == 1.0)
    g_print ("    %-11s %9.2f\n", "published", regime->published);
  if (!options->no_raster)
    print_raster (options, network, spikes, n_before + n_steps);
}

static gboolean
run_regime (const Options *options, const Regime *regime, GError **error)
{
  Network network = network_make (options, regime);
  g_autoptr (Conset) set = network_set (&network, options);
  gint64 start = g_get_monotonic_time ();
  g_autoptr (Synapses) synapses =
    synapses_new (set, network.n_exc + network.n_inh, options->dt, error);
  double seconds = seconds_since (start);

  if (synapses == NULL)
    return FALSE;
  g_print ("%s: %s, g = %g, eta = %g\n", regime->name, regime->what, regime->g, regime->eta);
  g_print ("  built %" G_GSIZE_FORMAT " connections in %.2f s: %.1f million/s, %.1f MB\n",
           synapses_count (synapses), seconds, (double) synapses_count (synapses) / seconds / 1e6,
           (double) synapses_size (synapses) / 1e6);
  simulate (options, regime, &network, synapses);
  return TRUE;
}

/* }}} */

static gboolean
chosen (const Options *options, const Regime *regime)
{
  for (char **name = options->regimes; *name != NULL; name++)
    if (g_ascii_strcasecmp (*name, "all") == 0 || g_ascii_strcasecmp (*name, regime->name) == 0)
      return TRUE;
  return FALSE;
}

int
main (int argc, char **argv)
{
  Options options = { .dt = 0.1, .time = 1000.0, .transient = 500.0, .scale = 1.0, .seed = 1 };
  g_autoptr (GError) error = NULL;
  int status = EXIT_SUCCESS;
  gboolean more = FALSE;

  /* Which characters there are; numbers keep their points. */
  setlocale (LC_CTYPE, "");
  if (!options_parse (&options, &argc, &argv))
    status = EXIT_USAGE;
  for (gsize k = 0; k < G_N_ELEMENTS (regimes) && status == EXIT_SUCCESS; k++)
    if (chosen (&options, &regimes[k]))
      {
        g_print ("%s", more ? "\n" : "");
        more = TRUE;
        if (!run_regime (&options, &regimes[k], &error))
          {
            g_printerr ("brunel: %s\n", error->message);
            status = EXIT_FAILURE;
          }
      }
  g_strfreev (options.regimes);
  return status;
}

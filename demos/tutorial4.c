/* SPDX-License-Identifier: MIT */
/*
 * Networks of excitatory and inhibitory neurons and of kernels in C: the fourth tutorial on
 * connectivity of braintools, section by section, printing what it prints.
 *
 * What is drawn at random has other numbers there, of the same law. Kernels are cut off where it
 * cuts them off, at absolute values, and connect neurons with themselves as it did.
 */
#include <math.h>
#include <stdlib.h>

#include <conset/conset.h>

/* Neurons of the grid. */
#define SIDE 20
#define N_NEURONS (SIDE * SIDE)

static void
stop_unless (gboolean good, const char *what, GError *error)
{
  if (good)
    return;
  g_printerr ("%s: %s\n", what, error->message);
  exit (EXIT_FAILURE);
}

static ConsetValue *
quantity (double number, const char *unit)
{
  return conset_value_with_unit (conset_value_constant (number), unit);
}

/* What a walk over all connections adds up: how many there are, and the values of one column. */
typedef struct
{
  guint64 n;
  double sum;
} Total;

/* Of the connections with sources [first, end). */
static Total
add_up (const Conset *set, guint column, guint64 first, guint64 end)
{
  const ConsetWindow window = { first, end, 0, CONSET_INDEX_END };
  g_autoptr (ConsetIter) iter = conset_iter_new (set, &window, CONSET_TARGET_MAJOR);
  g_autoptr (GError) error = NULL;
  Total total = { 0, 0.0 };
  ConsetBatch batch;

  while (conset_iter_next_batch (iter, &batch))
    {
      total.n += batch.n;
      for (gsize k = 0; k < batch.n; k++)
        total.sum += batch.values[column][k];
    }
  stop_unless (conset_iter_finish (iter, &error), "a network", error);
  return total;
}

/* 1. Excitatory-inhibitory networks */

static void
excitatory_inhibitory (void)
{
  const guint64 n_neurons = 500;
  ConsetExcitatoryInhibitory network = CONSET_EXCITATORY_INHIBITORY_INIT (n_neurons);
  g_autoptr (Conset) set = NULL;
  guint64 n_exc, n_inh;
  Total exc, inh;

  network.exc_weight = quantity (1.0, "nS");
  network.inh_weight = quantity (-0.8, "nS");
  network.seed = 42;
  set = conset_excitatory_inhibitory (&network);
  conset_excitatory_inhibitory_count (n_neurons, network.exc_ratio, &n_exc, &n_inh);
  exc = add_up (set, 0, 0, n_exc);
  inh = add_up (set, 0, n_exc, n_neurons);

  g_print ("Total connections: %" G_GUINT64_FORMAT "\n", exc.n + inh.n);
  g_print ("Excitatory neurons: %" G_GUINT64_FORMAT "\n", n_exc);
  g_print ("Inhibitory neurons: %" G_GUINT64_FORMAT "\n", n_inh);
  g_print ("E/I weight ratio (magnitude): %.2f\n\n",
           fabs ((exc.sum / (double) exc.n) / (inh.sum / (double) inh.n)));
}

/* 2. to 5. Kernels */

/* A network of the grid, 1000 um wide with neurons on both borders. */
static ConsetKernelSet
on_grid (double weight)
{
  static const double last[] = { 1000.0, 1000.0 };
  ConsetKernelSet network = CONSET_KERNEL_SET_INIT (
    conset_geometry_in_unit ("um", conset_geometry_grid2d_between (SIDE, SIDE, NULL, last)));

  network.weight = quantity (weight, "nS");
  network.absolute = TRUE;
  network.allow_self_connections = TRUE;
  return network;
}

static Conset *
gaussian (void)
{
  ConsetKernelSet network = on_grid (5.0);

  return conset_kernel_set_gaussian (&network, quantity (100.0, "um"), quantity (300.0, "um"),
                                     TRUE);
}

/* The frequency is in cycles per um, the angle in degrees. */
static Conset *
gabor (double degrees)
{
  ConsetKernelSet network = on_grid (2.0);

  return conset_kernel_set_gabor (&network, quantity (80.0, "um"), quantity (0.015, "1/um"),
                                  conset_value_constant (degrees * G_PI / 180.0), NULL,
                                  quantity (240.0, "um"));
}

static Conset *
difference_of_gaussians (void)
{
  ConsetKernelSet network = on_grid (3.0);

  return conset_kernel_set_difference_of_gaussians (
    &network, quantity (50.0, "um"), quantity (100.0, "um"), conset_value_constant (1.0),
    conset_value_constant (0.8), quantity (300.0, "um"));
}

static Conset *
mexican_hat (void)
{
  ConsetKernelSet network = on_grid (3.0);

  return conset_kernel_set_mexican_hat (&network, quantity (60.0, "um"), quantity (240.0, "um"));
}

/* Falls with distance, and turns. */
static double
spiral (const double *displacement, gpointer user_data G_GNUC_UNUSED)
{
  double r = sqrt (displacement[0] * displacement[0] + displacement[1] * displacement[1]);
  double theta = atan2 (displacement[1], displacement[0]);

  return exp (-r / 100.0) * cos (r / 30.0 + 3.0 * theta);
}

static Conset *
custom (void)
{
  ConsetKernelSet network = on_grid (2.0);

  network.threshold = 0.1;
  return conset_kernel_set_custom (&network, "spiral", spiral, NULL, NULL, NULL,
                                   quantity (400.0, "um"));
}

static void
print_kernel (const char *name, Conset *set)
{
  Total total = add_up (set, 0, 0, N_NEURONS);

  g_print ("%s kernel connections: %" G_GUINT64_FORMAT "\n", name, total.n);
  g_print ("Average connections per neuron: %.1f\n", (double) total.n / N_NEURONS);
  g_print ("Sum of weights: %.3f nS\n\n", total.sum);
  conset_unref (set);
}

static void
kernels (void)
{
  print_kernel ("Gaussian", gaussian ());
  for (int degrees = 0; degrees < 180; degrees += 45)
    {
      g_autofree char *name = g_strdup_printf ("Gabor (%d degrees)", degrees);

      print_kernel (name, gabor (degrees));
    }
  print_kernel ("DoG", difference_of_gaussians ());
  print_kernel ("Mexican hat", mexican_hat ());
  print_kernel ("Custom", custom ());
}

/* 7. Both: random positions, excitatory neurons that reach far, inhibitory ones that are strong */

/* A Gaussian kernel from neurons [first, end) to all; a column "distance" beside the weights. */
static Conset *
gaussian_from (const ConsetGeometry *all, guint64 first, guint64 end, double sigma, double weight)
{
  ConsetGeometry *sources = conset_geometry_part (first, end, conset_geometry_ref (all));
  ConsetKernelSet network = CONSET_KERNEL_SET_INIT (conset_geometry_ref (sources));
  const char *const names[] = { "weight", "distance" };
  ConsetValue *values[2];
  g_autoptr (Conset) set = NULL;

  network.targets = conset_geometry_ref (all);
  network.weight = quantity (weight, "nS");
  network.absolute = TRUE;
  set = conset_kernel_set_gaussian (&network, quantity (sigma, "um"), quantity (3.0 * sigma, "um"),
                                    TRUE);
  values[0] = conset_value_of (conset_ref (set), 0);
  values[1] = conset_metric_euclid (sources, conset_geometry_ref (all));
  return conset_shift ((gint64) first, 0,
                       conset_cset (conset_mask (conset_ref (set)), 2, values, names));
}

static void
combined (void)
{
  const guint64 n_combined = 400, n_exc = 320;
  static const double scale[] = { 1000.0, 1000.0 };
  g_autoptr (ConsetGeometry) positions =
    conset_geometry_in_unit ("um", conset_geometry_random2d (n_combined, scale, NULL, 42));
  g_autoptr (Conset) set = conset_sum (gaussian_from (positions, 0, n_exc, 120.0, 1.0),
                                       gaussian_from (positions, n_exc, n_combined, 60.0, -1.2));
  Total exc = add_up (set, 1, 0, n_exc), inh = add_up (set, 1, n_exc, n_combined);

  g_print ("Combined E-I spatial network:\n");
  g_print ("  E connections: %" G_GUINT64_FORMAT "\n", exc.n);
  g_print ("  I connections: %" G_GUINT64_FORMAT "\n", inh.n);
  g_print ("  Total connections: %" G_GUINT64_FORMAT "\n", exc.n + inh.n);
  g_print ("Mean E connection distance: %.1f um\n", exc.sum / (double) exc.n);
  g_print ("Mean I connection distance: %.1f um\n", inh.sum / (double) inh.n);
}

int
main (void)
{
  excitatory_inhibitory ();
  kernels ();
  combined ();
  return EXIT_SUCCESS;
}

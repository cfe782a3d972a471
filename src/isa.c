/* SPDX-License-Identifier: MIT */
/*
 * Which kernels run: the fastest that the machine has, unless told otherwise.
 */
#include "kernels.h"

#include <conset/eval.h>

#include <string.h>

static const ConsetKernels *const conset_all_kernels[] = {
#ifdef CONSET_HAVE_AVX2
  &conset_kernels_avx2,
#endif
  &conset_kernels_portable,
};

static const ConsetKernels *conset_chosen_kernels;

static gboolean
kernels_run_here (const ConsetKernels *kernels)
{
#ifdef CONSET_HAVE_AVX2
  if (kernels == &conset_kernels_avx2)
    return __builtin_cpu_supports ("avx2") && __builtin_cpu_supports ("bmi")
           && __builtin_cpu_supports ("bmi2") && __builtin_cpu_supports ("popcnt");
#endif
  return kernels == &conset_kernels_portable;
}

gboolean
conset_set_isa (const char *name)
{
  gboolean any;

  g_return_val_if_fail (name != NULL, FALSE);

  any = strcmp (name, "auto") == 0;
  for (gsize k = 0; k < G_N_ELEMENTS (conset_all_kernels); k++)
    {
      const ConsetKernels *kernels = conset_all_kernels[k];

      if ((any || strcmp (name, kernels->name) == 0) && kernels_run_here (kernels))
        {
          g_atomic_pointer_set (&conset_chosen_kernels, kernels);
          return TRUE;
        }
    }
  return FALSE;
}

const ConsetKernels *
conset_kernels (void)
{
  const ConsetKernels *kernels = g_atomic_pointer_get (&conset_chosen_kernels);

  if (G_UNLIKELY (kernels == NULL))
    {
      conset_set_isa ("auto");
      kernels = g_atomic_pointer_get (&conset_chosen_kernels);
    }
  return kernels;
}

const char *
conset_isa (void)
{
  return conset_kernels ()->name;
}

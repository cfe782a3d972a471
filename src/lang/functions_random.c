/* SPDX-License-Identifier: MIT */
/*
 * The name of all random sets. Its arguments choose the rule: one that draws from all pairs
 * makes a set; one that draws from candidates makes an operator, random(N=10) * candidates;
 * the name alone, or with clip, is the operator of the rule that draws by a value set.
 *
 * A rule is a row of the table below and a function that makes its value.
 */
#include "functions.h"

#include "operator.h"

/* Places of the parameters. */
enum
{
  P,
  N,
  FAN_IN,
  FAN_OUT,
  POISSON,
  WEIGHT,
  CLIP,
  SYMMETRIC,
  MULTAPSES,
  SEED,
};

static guint64
call_seed (const ConsetCall *call)
{
  return call->values[SEED].integer.magnitude;
}

/* Rules that draw from all pairs */

static gboolean
bernoulli_make (ConsetCall *call, ConsetLangValue *result)
{
  double p = call->values[P].real;

  if (conset_call_get_flag (call, SYMMETRIC, FALSE))
    return conset_result_take_set (result, conset_random_symmetric (p, call_seed (call)));
  return conset_result_take_set (result, conset_random (p, call_seed (call)));
}

static gboolean
poisson_make (ConsetCall *call, ConsetLangValue *result)
{
  return conset_result_take_set (
    result, conset_random_poisson (call->values[POISSON].real, call_seed (call)));
}

/* Rules that draw from candidates */

static gboolean
total_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  operand->set = conset_random_total (conset_call_get_count (call, N),
                                      conset_call_get_flag (call, MULTAPSES, TRUE),
                                      call_seed (call), operand->set);
  return TRUE;
}

static gboolean
total_make (ConsetCall *call, ConsetLangValue *result)
{
  return conset_result_take_operator (
    result, conset_operator_new (call, CONSET_PARAMETER_SET, total_apply));
}

/* One of the rules of fixed degrees, with a weight or without. */
static gboolean
fan_apply (const ConsetCall *call,
           guint chooser,
           Conset *(*plain) (ConsetDegrees *, gboolean, guint64, Conset *),
           Conset *(*preferring) (ConsetDegrees *, ConsetValue *, gboolean, guint64, Conset *),
           ConsetLangValue *operand)
{
  ConsetDegrees *degrees = conset_degrees_ref (call->values[chooser].degrees);
  gboolean multapses = conset_call_get_flag (call, MULTAPSES, TRUE);

  if (conset_call_has (call, WEIGHT))
    operand->set = preferring (degrees, conset_value_ref (call->values[WEIGHT].value), multapses,
                               call_seed (call), operand->set);
  else
    operand->set = plain (degrees, multapses, call_seed (call), operand->set);
  return TRUE;
}

static gboolean
fan_in_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  return fan_apply (call, FAN_IN, conset_random_fan_in, conset_random_fan_in_preferring, operand);
}

static gboolean
fan_in_make (ConsetCall *call, ConsetLangValue *result)
{
  return conset_result_take_operator (
    result, conset_operator_new (call, CONSET_PARAMETER_SET, fan_in_apply));
}

static gboolean
fan_out_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  return fan_apply (call, FAN_OUT, conset_random_fan_out, conset_random_fan_out_preferring,
                    operand);
}

static gboolean
fan_out_make (ConsetCall *call, ConsetLangValue *result)
{
  return conset_result_take_operator (
    result, conset_operator_new (call, CONSET_PARAMETER_SET, fan_out_apply));
}

/* The rule that draws by a value set */

static gboolean
by_value_apply (const ConsetCall *call, ConsetLangValue *operand, GError **error G_GNUC_UNUSED)
{
  Conset *set = conset_random_by_value (operand->value, conset_call_get_flag (call, CLIP, FALSE),
                                        call_seed (call));

  return conset_result_take_set (operand, set);
}

static gboolean
by_value_make (ConsetCall *call, ConsetLangValue *result)
{
  return conset_result_take_operator (
    result, conset_operator_new (call, CONSET_PARAMETER_VALUE, by_value_apply));
}

/*
 * @chooser: the parameter that asks for the rule
 * @options: the bits of the parameters that go with it, beside the seed
 */
typedef struct
{
  guint chooser;
  guint options;
  gboolean (*make) (ConsetCall *call, ConsetLangValue *result);
} RandomRule;

static const RandomRule rules[] = {
  { P, 1 << SYMMETRIC, bernoulli_make },
  { N, 1 << MULTAPSES, total_make },
  { FAN_IN, 1 << MULTAPSES | 1 << WEIGHT, fan_in_make },
  { FAN_OUT, 1 << MULTAPSES | 1 << WEIGHT, fan_out_make },
  { POISSON, 0, poisson_make },
};

static const RandomRule by_value = { 0, 1 << CLIP, by_value_make };

/* The choosers of the rules that have all of @options, as "p, N, fanIn". */
static char *
choosers_to_string (const ConsetFunction *function, guint options)
{
  GString *out = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if ((rules[i].options & options) == options)
      g_string_append_printf (out, "%s%s", out->len > 0 ? ", " : "",
                              function->parameters[rules[i].chooser].name);
  return g_string_free (out, FALSE);
}

static gboolean
call_fail_to_choose (const ConsetCall *call, const char *hint, GError **error)
{
  g_autofree char *choosers = choosers_to_string (call->function, 0);

  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "give one of %s%s", choosers, hint);
  return FALSE;
}

/* The arguments that are given beside the seed, as bits. */
static guint
call_given (const ConsetCall *call)
{
  guint given = 0;

  for (guint i = 0; i < SEED; i++)
    given |= conset_call_has (call, i) ? 1u << i : 0;
  return given;
}

/* The rule that the arguments ask for; NULL with @error set if they ask for none or for several. */
static const RandomRule *
call_choose_rule (const ConsetCall *call, GError **error)
{
  const RandomRule *chosen = NULL;
  guint given = call_given (call);

  for (gsize i = 0; i < G_N_ELEMENTS (rules); i++)
    if (given & 1u << rules[i].chooser)
      {
        if (chosen != NULL)
          {
            call_fail_to_choose (call, "", error);
            return NULL;
          }
        chosen = &rules[i];
      }
  if (chosen != NULL)
    return chosen;

  if ((given & ~by_value.options) == 0 && (given != 0 || conset_call_has (call, SEED)))
    return &by_value;
  call_fail_to_choose (call, "; or write random * v, v being a value set of probabilities", error);
  return NULL;
}

/* Whether all other arguments go with the rule. */
static gboolean
call_check_options (const ConsetCall *call, const RandomRule *rule, GError **error)
{
  const ConsetParameter *parameters = call->function->parameters;
  guint wrong = call_given (call) & ~rule->options & ~(1u << rule->chooser);
  g_autofree char *choosers = NULL;
  guint i = 0;

  if (rule == &by_value || wrong == 0)
    return TRUE;

  while (!(wrong & 1u << i))
    i++;
  choosers = choosers_to_string (call->function, 1u << i);
  if (by_value.options & 1u << i)
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                 "%s goes without %s: random(%s=...) * v, v being a value set", parameters[i].name,
                 parameters[rule->chooser].name, parameters[i].name);
  else
    g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                 "%s does not go with %s, but with %s", parameters[i].name,
                 parameters[rule->chooser].name, choosers);
  return FALSE;
}

static gboolean
random_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  const RandomRule *rule = call_choose_rule (call, error);

  if (rule == NULL || !call_check_options (call, rule, error))
    return FALSE;
  conset_call_take_seed (call, SEED);
  return rule->make (call, result);
}

static gboolean
random_bare (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  conset_call_take_seed (call, SEED);
  return by_value_make (call, result);
}

static const ConsetFunction functions[] = {
  {
    .name = "random",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature =
      "random(p, symmetric=False), random(poisson=mean), random(N=n, multapses=True) * set, "
      "random(fanIn=k, weight=1, multapses=True) * set, "
      "random(fanOut=k, weight=1, multapses=True) * set or random(clip=False) * v, "
      "each with or without seed=...",
    .help = "a random set, by the rule that its arguments choose",
    .make = random_make,
    .bare = random_bare,
    .parameters = {
      [P] = { "p", CONSET_PARAMETER_REAL, OPTIONAL },
      [N] = { "N", CONSET_PARAMETER_COUNT, OPTIONAL_KEYWORD },
      [FAN_IN] = { "fanIn", CONSET_PARAMETER_DEGREES, OPTIONAL_KEYWORD },
      [FAN_OUT] = { "fanOut", CONSET_PARAMETER_DEGREES, OPTIONAL_KEYWORD },
      [POISSON] = { "poisson", CONSET_PARAMETER_REAL, OPTIONAL_KEYWORD },
      [WEIGHT] = { "weight", CONSET_PARAMETER_VALUE, OPTIONAL_KEYWORD },
      [CLIP] = { "clip", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
      [SYMMETRIC] = { "symmetric", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
      [MULTAPSES] = { "multapses", CONSET_PARAMETER_BOOLEAN, OPTIONAL_KEYWORD },
      [SEED] = { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD },
    },
  },
};

const ConsetFunctionTable conset_functions_random = { functions, G_N_ELEMENTS (functions) };

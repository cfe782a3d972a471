/* SPDX-License-Identifier: MIT */
/*
 * Names of units: those that are no symbol, and what a value is shown in. The symbols themselves,
 * such as nS, are names that the interpreter knows where no other thing has them.
 */
#include "functions.h"

static gboolean
unit_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  conset_lang_value_take_value (
    result, conset_value_with_unit (conset_value_constant (1.0), call->values[0].string));
  return TRUE;
}

static gboolean
convert_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  const char *unit = conset_lang_value_get_unit (&call->values[1]);
  g_autofree char *found = NULL;

  if (unit == NULL)
    {
      found = conset_lang_value_to_string (&call->values[1]);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "%s is no unit; give one such as nS, um / ms or unit(\"inch\")", found);
      return FALSE;
    }
  if (call->values[0].kind == CONSET_LANG_GEOMETRY)
    {
      *result = (ConsetLangValue){
        .kind = CONSET_LANG_GEOMETRY,
        .geometry = conset_geometry_to_unit (unit, call->values[0].geometry),
      };
      call->values[0].kind = CONSET_LANG_NONE;
      return TRUE;
    }
  if (!conset_lang_value_to_type (&call->values[0], CONSET_PARAMETER_NUMERIC, error))
    {
      g_prefix_error (error, "v: ");
      return FALSE;
    }
  conset_lang_value_to_value (&call->values[0], NULL);
  call->values[0].kind = CONSET_LANG_NONE;
  conset_lang_value_take_value (result, conset_value_to_unit (call->values[0].value, unit));
  return TRUE;
}

static const ConsetFunction functions[] = {
  {
    .name = "unit",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "unit(\"name\")",
    .help = "the unit of this name in udunits2, such as \"inch\"; V A S F ohm Hz s m g K mol M L J "
            "W C T, with and without prefixes, need no more than their symbol: 5 * nS",
    .make = unit_make,
    .parameters = { { "name", CONSET_PARAMETER_STRING, 0 } },
  },
  {
    .name = "convert",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "convert(v, unit)",
    .help =
      "the quantity or the geometry v in another unit of its kind; v / unit is how many of it "
      "v is",
    .make = convert_make,
    .parameters = { { "v", CONSET_PARAMETER_ANY, 0 }, { "unit", CONSET_PARAMETER_NUMERIC, 0 } },
  },
};

const ConsetFunctionTable conset_functions_units = { functions, G_N_ELEMENTS (functions) };

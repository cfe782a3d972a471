/* SPDX-License-Identifier: MIT */
/*
 * Names of geometries and projections.
 */
#include "functions.h"

#include "formula.h"
#include "formulas.h"
#include "lambda.h"
#include "lengths.h"
#include "measured.h"
#include "sequence.h"

static gboolean
result_take_geometry (ConsetLangValue *result, ConsetGeometry *geometry)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_GEOMETRY, .geometry = geometry };
  return TRUE;
}

static gboolean
result_take_projection (ConsetLangValue *result, ConsetProjection *projection)
{
  *result = (ConsetLangValue){ .kind = CONSET_LANG_PROJECTION, .projection = projection };
  return TRUE;
}

static ConsetGeometry *
call_steal_geometry (ConsetCall *call, gsize index)
{
  call->values[index].kind = CONSET_LANG_NONE;
  return call->values[index].geometry;
}

/* Grids */

/* Arguments of grids by their last positions, from @index on, or by their scale. */
static gboolean
grid_make (ConsetCall *call,
           const guint64 *size,
           guint n,
           gsize index,
           ConsetLangValue *result,
           GError **error)
{
  ConsetLengths lengths = { 0 };
  double to[CONSET_MAX_DIMENSIONS], origin[CONSET_MAX_DIMENSIONS];
  gboolean ends = conset_call_has (call, index), mixed = FALSE;
  ConsetGeometry *grid;

  for (guint d = 0; d < n; d++)
    mixed |= conset_call_has (call, index + d) != ends || (ends && conset_call_has (call, 1 + d));
  if (mixed)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "the last position is given by x1, y1%s, all of them, and without scales",
                   n == 3 ? ", z1" : "");
      return FALSE;
    }
  if (!conset_lengths_get (&lengths, call, ends ? index : 1, n, 1.0, to, error)
      || !conset_lengths_get (&lengths, call, 1 + n, n, 0.0, origin, error))
    return FALSE;
  if (n == 2)
    grid = ends ? conset_geometry_grid2d_between (size[0], size[1], origin, to)
                : conset_geometry_grid2d (size[0], size[1], to, origin);
  else
    grid = ends ? conset_geometry_grid3d_between (size[0], size[1], size[2], origin, to)
                : conset_geometry_grid3d (size[0], size[1], size[2], to, origin);
  return result_take_geometry (result, conset_geometry_measured (grid, lengths.unit));
}

static gboolean
grid2d_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint64 width = conset_call_get_count (call, 0);

  return grid_make (call,
                    (guint64[]){ width, conset_call_get_count_or (call, 5, CONSET_INDEX_END) }, 2,
                    6, result, error);
}

static gboolean
grid3d_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint64 width = conset_call_get_count (call, 0);

  return grid_make (call,
                    (guint64[]){ width, conset_call_get_count_or (call, 7, CONSET_INDEX_END),
                                 conset_call_get_count_or (call, 8, CONSET_INDEX_END) },
                    3, 9, result, error);
}

static gboolean
hexagonal_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint64 width = conset_call_get_count (call, 0);
  ConsetLengths lengths = { 0 };
  double spacing, origin[2];

  if (!conset_lengths_get (&lengths, call, 1, 1, 1.0 / (double) MAX (width, 1), &spacing, error)
      || !conset_lengths_get (&lengths, call, 2, 2, 0.0, origin, error))
    return FALSE;
  return result_take_geometry (
    result,
    conset_geometry_measured (
      conset_geometry_hexagonal (width, conset_call_get_count_or (call, 4, width), spacing, origin),
      lengths.unit));
}

/* Random positions */

static gboolean
random_make (ConsetCall *call,
             guint n,
             ConsetGeometry *(*make) (guint64, const double *, const double *, guint64),
             ConsetLangValue *result,
             GError **error)
{
  guint64 seed = conset_call_take_position_seed (call, 1 + 2 * n);
  double scale[CONSET_MAX_DIMENSIONS], origin[CONSET_MAX_DIMENSIONS];
  ConsetLengths lengths = { 0 };

  if (!conset_lengths_get (&lengths, call, 1, n, 1.0, scale, error)
      || !conset_lengths_get (&lengths, call, 1 + n, n, 0.0, origin, error))
    return FALSE;
  return result_take_geometry (
    result, conset_geometry_measured (
              make (conset_call_get_count_or (call, 0, CONSET_INDEX_END), scale, origin, seed),
              lengths.unit));
}

static gboolean
random2d_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return random_make (call, 2, conset_geometry_random2d, result, error);
}

static gboolean
random3d_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  return random_make (call, 3, conset_geometry_random3d, result, error);
}

static gboolean
jitter_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  guint64 seed = conset_call_take_position_seed (call, 4);
  guint n = conset_geometry_n_dimensions (call->values[0].geometry);
  ConsetLengths lengths =
    conset_lengths_begin (conset_geometry_measure (call->values[0].geometry), "geometry");
  double offset[CONSET_MAX_DIMENSIONS];

  if (conset_call_has (call, 3) && n < 3)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "positions in the plane have no z; leave it out");
      return FALSE;
    }
  if (!conset_lengths_get (&lengths, call, 1, 1, 0.0, offset, error))
    return FALSE;
  for (guint d = 1; d < n; d++)
    {
      offset[d] = offset[0];
      if (conset_call_has (call, 1 + d)
          && !conset_lengths_get (&lengths, call, 1 + d, 1, 0.0, &offset[d], error))
        return FALSE;
    }
  return result_take_geometry (
    result, conset_jitter_measured (offset, seed, call_steal_geometry (call, 0)));
}

/* Lists of positions */

/* The numbers of a tuple, which are called as an axis; pure ones alone without @lengths. */
static gboolean
tuple_get_reals (
  const ConsetLangValue *tuple, guint n, ConsetLengths *lengths, double *numbers, GError **error)
{
  static const char *const names[] = { "x", "y", "z" };
  g_autofree char *found = NULL;
  gboolean fits = tuple->kind == CONSET_LANG_TUPLE || tuple->kind == CONSET_LANG_LIST;

  if (!fits || conset_sequence_length (tuple->sequence) != n)
    {
      found = conset_lang_value_describe (tuple);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a tuple of %u numbers is needed, not %s", n, found);
      return FALSE;
    }
  for (guint d = 0; d < n; d++)
    {
      ConsetLangValue number = *conset_sequence_get (tuple->sequence, d);

      if (lengths != NULL ? !conset_lengths_add (lengths, names[d], &number, &numbers[d], error)
                          : !conset_lang_value_to_real (&number, error))
        return FALSE;
      if (lengths == NULL)
        numbers[d] = number.real;
    }
  return TRUE;
}

/* The elements of a list as @n numbers each, one behind the other. NULL with @error set if one is
 * something else. */
static double *
list_get_reals (const ConsetSequence *list, guint n, ConsetLengths *lengths, GError **error)
{
  gsize length = conset_sequence_length (list);
  g_autofree double *numbers = g_new (double, length *n + 1);

  for (gsize k = 0; k < length; k++)
    if (!tuple_get_reals (conset_sequence_get (list, k), n, lengths, numbers + k * n, error))
      {
        g_prefix_error (error, "element %" G_GSIZE_FORMAT " of the list: ", k + 1);
        return NULL;
      }
  return g_steal_pointer (&numbers);
}

static gboolean
check_is_list (const ConsetLangValue *value, const char *what, GError **error)
{
  g_autofree char *found = NULL;

  if (value->kind == CONSET_LANG_LIST)
    return TRUE;
  found = conset_lang_value_describe (value);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, "a list of %s is needed, not %s",
               what, found);
  return FALSE;
}

/* How many numbers the first element of a list has. */
static guint
list_width (const ConsetSequence *list, guint otherwise)
{
  const ConsetLangValue *first =
    conset_sequence_length (list) > 0 ? conset_sequence_get (list, 0) : NULL;

  if (first == NULL || (first->kind != CONSET_LANG_TUPLE && first->kind != CONSET_LANG_LIST))
    return otherwise;
  return conset_sequence_length (first->sequence) == 3 ? 3 : 2;
}

static gboolean
positions_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  const ConsetLangValue *list = &call->values[0];
  ConsetLengths lengths = { 0 };
  guint n_dimensions;
  double *numbers;

  if (!check_is_list (list, "positions, such as [(0, 0), (1, 0.5)],", error))
    return FALSE;
  n_dimensions =
    (guint) MIN (conset_call_get_count_or (call, 1, list_width (list->sequence, 2)), G_MAXUINT);
  if (n_dimensions < 2 || n_dimensions > CONSET_MAX_DIMENSIONS)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "positions have 2 or 3 dimensions; give one of these numbers");
      return FALSE;
    }
  numbers = list_get_reals (list->sequence, n_dimensions, &lengths, error);
  return numbers != NULL
         && result_take_geometry (
           result,
           conset_geometry_measured (
             conset_geometry_array_take (n_dimensions, numbers,
                                         conset_sequence_length (list->sequence), numbers, g_free),
             lengths.unit));
}

/* Layers */

static gboolean
layers_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  gsize n = call->n_rest;
  g_autofree ConsetGeometry **geometries = g_new (ConsetGeometry *, n);
  g_autofree const char **names = g_new (const char *, n);
  gsize n_named = 0;

  for (gsize k = 0; k < n; k++)
    {
      names[k] = call->rest[k].keyword;
      n_named += names[k] != NULL;
    }
  if (n_named > 0 && n_named < n)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "some layers have a name and some do not; give all of them one, or none");
      return FALSE;
    }
  for (gsize k = 0; k < n; k++)
    {
      geometries[k] = call->rest[k].value.geometry;
      call->rest[k].value.kind = CONSET_LANG_NONE;
    }
  return result_take_geometry (
    result, conset_geometry_layers ((guint) n, geometries, n_named > 0 ? names : NULL));
}

static gboolean
part_make (ConsetCall *call, ConsetLangValue *result, GError **error G_GNUC_UNUSED)
{
  guint64 first = conset_call_get_count (call, 1), end = conset_call_get_count (call, 2);

  return result_take_geometry (result,
                               conset_geometry_part (first, end, call_steal_geometry (call, 0)));
}

/* The indices of a layer. */
static gboolean
layer_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  const char *name = call->values[1].string;
  guint64 first, end;

  if (!conset_geometry_find_layer (call->values[0].geometry, name, &first, &end))
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "there is no layer of this name; name them in layers(%s=..., ...)", name);
      return FALSE;
    }
  *result = (ConsetLangValue){ .kind = CONSET_LANG_INTERVALS,
                               .intervals = conset_intervals_range (first, end, 1) };
  return TRUE;
}

/* Projections */

/* The coordinates that the lambda gives for p, as formulas; their number, 0 with @error set for
 * what is no position. */
static guint
lambda_get_formulas (const ConsetLambda *lambda,
                     ConsetLangValue formulas[CONSET_MAX_DIMENSIONS],
                     GError **error)
{
  g_autoptr (GArray) axes = conset_sequence_items_new ();
  g_auto (ConsetLangValue) position = CONSET_LANG_VALUE_INIT, found = CONSET_LANG_VALUE_INIT;
  g_autofree char *text = NULL;
  gsize n = 0;

  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    {
      ConsetLangValue axis = { .kind = CONSET_LANG_FORMULA,
                               .formula = conset_formula_coordinate (d) };

      g_array_append_val (axes, axis);
    }
  position.sequence = conset_sequence_new (g_steal_pointer (&axes), error);
  position.kind = CONSET_LANG_TUPLE;
  if (!conset_lambda_apply (lambda, &position, 1, &found, error))
    return 0;
  if (found.kind == CONSET_LANG_TUPLE || found.kind == CONSET_LANG_LIST)
    n = conset_sequence_length (found.sequence);
  if (n < 2 || n > CONSET_MAX_DIMENSIONS)
    {
      text = conset_lang_value_describe (&found);
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "the function gives %s, not a tuple of two or three numbers", text);
      return 0;
    }
  for (guint d = 0; d < n; d++)
    {
      formulas[d] = conset_lang_value_copy (conset_sequence_get (found.sequence, d));
      if (!conset_lang_value_to_formula (&formulas[d], error))
        return 0;
    }
  return (guint) n;
}

static gboolean
check_is_real (const ConsetFormula *formula, GError **error)
{
  g_autofree char *text = NULL;

  if (!conset_formula_is_complex (formula))
    return TRUE;
  text = conset_formula_to_string (formula);
  g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
               "the coordinate %.60s is complex; take its .real or its .imag", text);
  return FALSE;
}

static gboolean
projection_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  ConsetLangValue found[CONSET_MAX_DIMENSIONS] = { CONSET_LANG_VALUE_INIT };
  ConsetFormula *formulas[CONSET_MAX_DIMENSIONS];
  ConsetProjection *projection = NULL;
  gboolean ok;
  guint n;

  if (call->values[0].kind != CONSET_LANG_LAMBDA)
    {
      g_set_error (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION,
                   "a function of a position is needed, such as lambda p: (p[0], -p[1])");
      return FALSE;
    }
  n = lambda_get_formulas (call->values[0].lambda, found, error);
  ok = n > 0;
  for (guint d = 0; ok && d < n; d++)
    {
      formulas[d] = found[d].formula;
      ok = check_is_real (formulas[d], error);
    }
  if (ok)
    projection = conset_projection_formula (formulas, n, error);
  for (guint d = 0; d < CONSET_MAX_DIMENSIONS; d++)
    conset_lang_value_clear (&found[d]);
  return projection != NULL && result_take_projection (result, projection);
}

static gboolean
affine_make (ConsetCall *call, ConsetLangValue *result, GError **error)
{
  const ConsetLangValue *rows = &call->values[0];
  g_autofree double *matrix = NULL;
  double offset[CONSET_MAX_DIMENSIONS] = { 0 };
  ConsetLengths lengths = { 0 };
  guint n_from, n_to;

  if (!check_is_list (rows, "rows, such as [(0, -1), (1, 0)],", error))
    return FALSE;
  n_from = list_width (rows->sequence, 2);
  n_to = (guint) MIN (conset_sequence_length (rows->sequence), G_MAXUINT);
  matrix = list_get_reals (rows->sequence, n_from, NULL, error);
  if (matrix == NULL)
    return FALSE;
  if (conset_call_has (call, 1) && n_to <= CONSET_MAX_DIMENSIONS
      && !tuple_get_reals (&call->values[1], n_to, &lengths, offset, error))
    {
      g_prefix_error (error, "offset: ");
      return FALSE;
    }
  return result_take_projection (
    result, conset_affine_measured (n_from, n_to, matrix, offset, lengths.unit));
}

#define LENGTH(keyword)                                                                            \
  {                                                                                                \
    keyword, CONSET_PARAMETER_LENGTH, OPTIONAL                                                     \
  }
#define END(keyword)                                                                               \
  {                                                                                                \
    keyword, CONSET_PARAMETER_LENGTH, OPTIONAL_KEYWORD                                             \
  }

static const ConsetFunction functions[] = {
  {
    .name = "grid2d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "grid2d(width, xScale=1, yScale=1, x0=0, y0=0, height=width, x1=..., y1=...)",
    .help =
      "geometry: a grid in the plane, row by row; without a height, rows go on beyond "
      "the square; up to x1 and y1 inclusive, as linspace, if they are given in place of scales",
    .make = grid2d_make,
    .parameters = { { "width", CONSET_PARAMETER_COUNT, 0 },
                    LENGTH ("xScale"),
                    LENGTH ("yScale"),
                    LENGTH ("x0"),
                    LENGTH ("y0"),
                    { "height", CONSET_PARAMETER_COUNT, OPTIONAL_KEYWORD },
                    END ("x1"),
                    END ("y1") },
  },
  {
    .name = "grid3d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "grid3d(width, xScale=1, yScale=1, zScale=1, x0=0, y0=0, z0=0, height=width, "
                 "depth=width, x1=..., y1=..., z1=...)",
    .help = "geometry: a grid in space, layer by layer; without a depth, layers go on beyond "
            "the cube; up to x1, y1 and z1 inclusive, if they are given in place of scales",
    .make = grid3d_make,
    .parameters = { { "width", CONSET_PARAMETER_COUNT, 0 },
                    LENGTH ("xScale"),
                    LENGTH ("yScale"),
                    LENGTH ("zScale"),
                    LENGTH ("x0"),
                    LENGTH ("y0"),
                    LENGTH ("z0"),
                    { "height", CONSET_PARAMETER_COUNT, OPTIONAL_KEYWORD },
                    { "depth", CONSET_PARAMETER_COUNT, OPTIONAL_KEYWORD },
                    END ("x1"),
                    END ("y1"),
                    END ("z1") },
  },
  {
    .name = "hexagonal2d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "hexagonal2d(width, spacing=1/width, x0=0, y0=0, height=width)",
    .help = "geometry: a grid with six neighbours each, row by row",
    .make = hexagonal_make,
    .parameters = { { "width", CONSET_PARAMETER_COUNT, 0 },
                    LENGTH ("spacing"),
                    LENGTH ("x0"),
                    LENGTH ("y0"),
                    { "height", CONSET_PARAMETER_COUNT, OPTIONAL_KEYWORD } },
  },
  {
    .name = "random2d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "random2d(N, xScale=1, yScale=1, x0=0, y0=0, seed=...)",
    .help = "geometry: N uniform positions in a rectangle; one for every index without N",
    .make = random2d_make,
    .parameters = { { "N", CONSET_PARAMETER_COUNT, OPTIONAL },
                    LENGTH ("xScale"),
                    LENGTH ("yScale"),
                    LENGTH ("x0"),
                    LENGTH ("y0"),
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "random3d",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "random3d(N, xScale=1, yScale=1, zScale=1, x0=0, y0=0, z0=0, seed=...)",
    .help = "geometry: N uniform positions in a box; one for every index without N",
    .make = random3d_make,
    .parameters = { { "N", CONSET_PARAMETER_COUNT, OPTIONAL },
                    LENGTH ("xScale"),
                    LENGTH ("yScale"),
                    LENGTH ("zScale"),
                    LENGTH ("x0"),
                    LENGTH ("y0"),
                    LENGTH ("z0"),
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "jitter",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "jitter(geometry, x, y=x, z=x, seed=...)",
    .help = "geometry: each position moved by less than x, y and z, uniformly",
    .make = jitter_make,
    .parameters = { { "geometry", CONSET_PARAMETER_GEOMETRY, 0 },
                    { "x", CONSET_PARAMETER_LENGTH, 0 },
                    LENGTH ("y"),
                    LENGTH ("z"),
                    { "seed", CONSET_PARAMETER_SEED, OPTIONAL_KEYWORD } },
  },
  {
    .name = "positions",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "positions([(x, y), ...], dimensions=2 or 3)",
    .help = "geometry: the positions of a list of (x, y) or (x, y, z)",
    .make = positions_make,
    .parameters = { { "positions", CONSET_PARAMETER_ANY, 0 },
                    { "dimensions", CONSET_PARAMETER_COUNT, OPTIONAL_KEYWORD } },
  },
  {
    .name = "layers",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "layers(g1, g2, ...) or layers(name=g1, name=g2, ...)",
    .help = "geometry: the positions of several, one behind the other",
    .make = layers_make,
    .parameters = { { "geometry", CONSET_PARAMETER_GEOMETRY,
                      CONSET_PARAMETER_OPTIONAL | CONSET_PARAMETER_REST } },
  },
  {
    .name = "layer",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "layer(geometry, \"name\")",
    .help = "index set: the indices of a layer",
    .make = layer_make,
    .parameters = { { "geometry", CONSET_PARAMETER_GEOMETRY, 0 },
                    { "name", CONSET_PARAMETER_STRING, 0 } },
  },
  {
    .name = "part",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "part(geometry, first, end)",
    .help = "geometry: positions first to end - 1 of another",
    .make = part_make,
    .parameters = { { "geometry", CONSET_PARAMETER_GEOMETRY, 0 },
                    { "first", CONSET_PARAMETER_COUNT, 0 },
                    { "end", CONSET_PARAMETER_COUNT, 0 } },
  },
  {
    .name = "ProjectionOperator",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "ProjectionOperator(lambda p: (x, y))",
    .help = "projection: where the position p goes, by p[0], p[1], p[2] and complex numbers; "
            "P * geometry applies it, P * Q is Q first",
    .make = projection_make,
    .parameters = { { "f", CONSET_PARAMETER_ANY, 0 } },
  },
  {
    .name = "affine",
    .kind = CONSET_FUNCTION_CONSTRUCTOR,
    .signature = "affine([(a, b), (c, d)], (e, f))",
    .help = "projection: a matrix, row by row, times the position, plus an offset",
    .make = affine_make,
    .parameters = { { "matrix", CONSET_PARAMETER_ANY, 0 },
                    { "offset", CONSET_PARAMETER_ANY, OPTIONAL } },
  },
};

const ConsetFunctionTable conset_functions_geometry = { functions, G_N_ELEMENTS (functions) };

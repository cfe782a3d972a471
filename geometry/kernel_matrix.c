/* SPDX-License-Identifier: MIT */
/*
 * Kernels that are matrices of numbers: conv2d, and the matrices of Sobel and Laplace.
 *
 * A side of k nodes is evenly spaced from -extent / 2 to extent / 2. The node that is nearest to a
 * coordinate is that which rounding finds, or one beside it: these three are compared.
 */
#include "kernel.h"

#include "kernels.h"
#include "text.h"

#include <math.h>
#include <string.h>

typedef struct
{
  guint n;
  double half;
  double step;
} Side;

/* Numbers stand row by row, along y. */
typedef struct
{
  Side x;
  Side y;
  double numbers[];
} Matrix;

static inline double
side_node (const Side *side, guint k)
{
  return k + 1 == side->n && k > 0 ? side->half : -side->half + (double) k * side->step;
}

static Side
side_new (guint n, double extent)
{
  return (Side){ n, extent / 2.0, n > 1 ? extent / (double) (n - 1) : 0.0 };
}

/* The nearest node to @at, which is within the side; of two the lower one. */
static guint
side_nearest (const Side *side, double at)
{
  guint near = side->n > 1 ? (guint) ((at + side->half) / side->step) : 0, best;

  near = MIN (near, side->n - 1);
  best = near > 0 ? near - 1 : 0;
  for (guint k = best + 1; k < side->n && k <= near + 1; k++)
    if (fabs (side_node (side, k) - at) < fabs (side_node (side, best) - at))
      best = k;
  return best;
}

static void
matrix_run (gconstpointer data, double *const xyz[3], gsize n)
{
  const Matrix *matrix = data;

  for (gsize k = 0; k < n; k++)
    {
      double dx = xyz[0][k], dy = xyz[1][k];
      gboolean covered = fabs (dx) <= matrix->x.half && fabs (dy) <= matrix->y.half;

      if (covered)
        xyz[0][k] =
          matrix
            ->numbers[side_nearest (&matrix->y, dy) * matrix->x.n + side_nearest (&matrix->x, dx)];
      else
        xyz[0][k] = isnan (dx) || isnan (dy) ? NAN : 0.0;
    }
}

static const ConsetKernelClass matrix_class = { matrix_run, g_free };

static Matrix *
matrix_new (const double *numbers, guint n_rows, guint n_columns, double size)
{
  gsize n = (gsize) n_rows * n_columns;
  double pitch = size / (double) MAX (n_rows, n_columns);
  Matrix *matrix = g_malloc (sizeof *matrix + n * sizeof *numbers);

  matrix->x = side_new (n_columns, pitch * (double) n_columns);
  matrix->y = side_new (n_rows, pitch * (double) n_rows);
  memcpy (matrix->numbers, numbers, n * sizeof *numbers);
  return matrix;
}

/* The matrix as a list of rows. */
static void
append_rows (const double *numbers, guint n_rows, guint n_columns, GString *text)
{
  for (guint row = 0; row < n_rows; row++)
    {
      g_string_append (text, row == 0 ? "[" : ", ");
      for (guint column = 0; column < n_columns; column++)
        {
          g_string_append (text, column == 0 ? "[" : ", ");
          conset_append_double (text, numbers[row * n_columns + column]);
        }
      g_string_append_c (text, ']');
    }
  g_string_append_c (text, ']');
}

/* @text (transfer full) is the kernel up to its size; consumes the values. @size may be NULL if
 * @otherwise is a number. */
static ConsetValue *
matrix_kernel (const char *name,
               GString *text,
               const double *numbers,
               guint n_rows,
               guint n_columns,
               double otherwise,
               ConsetValue *size,
               ConsetValue *metric)
{
  const ConsetKernelParameter parameter = { "kernel_size", CONSET_KERNEL_LENGTH, FALSE, otherwise };
  ConsetKernelParts parts = CONSET_KERNEL_PARTS_INIT;
  ConsetValue *error = conset_kernel_absorb (name, &parts, &metric);
  Matrix *matrix;
  double length;

  if (error != NULL)
    {
      g_clear_pointer (&size, conset_value_unref);
      g_string_free (text, TRUE);
      return error;
    }
  error = conset_kernel_parameter (name, &parameter, size, metric, &length, text);
  g_string_append_c (text, ')');
  parts.text = g_string_free (text, FALSE);
  if (error != NULL)
    {
      conset_kernel_parts_clear (&parts);
      conset_value_unref (metric);
      return error;
    }
  matrix = matrix_new (numbers, n_rows, n_columns, length);
  parts.klass = &matrix_class;
  parts.data = matrix;
  parts.of_displacement = TRUE;
  parts.reach =
    sqrt (matrix->x.half * matrix->x.half + matrix->y.half * matrix->y.half) * (1.0 + 0x1p-40);
  return conset_kernel_finish (&parts, metric);
}

/* What is wrong with the matrix, or NULL. */
static ConsetValue *
matrix_error (const double *matrix, guint n_rows, guint n_columns)
{
  if (matrix == NULL || n_rows < 1 || n_columns < 1)
    return conset_value_error_new ("conv2d: the matrix is empty; give it a row and a column");
  if ((guint64) n_rows * n_columns > G_MAXINT32)
    return conset_value_error_new ("conv2d: the matrix has %u rows and %u columns; give less than "
                                   "2^31 numbers",
                                   n_rows, n_columns);
  for (gsize k = 0; k < (gsize) n_rows * n_columns; k++)
    if (!isfinite (matrix[k]))
      return conset_value_error_new ("conv2d: row %" G_GSIZE_FORMAT ", column %" G_GSIZE_FORMAT
                                     " of the matrix is not finite; give finite numbers",
                                     k / n_columns, k % n_columns);
  return NULL;
}

ConsetValue *
conset_kernel_conv2d (
  const double *matrix, guint n_rows, guint n_columns, ConsetValue *size, ConsetValue *metric)
{
  ConsetValue *error = matrix_error (matrix, n_rows, n_columns);
  GString *text;

  if (error != NULL)
    {
      g_clear_pointer (&size, conset_value_unref);
      g_clear_pointer (&metric, conset_value_unref);
      return error;
    }
  text = g_string_new ("conv2d(");
  append_rows (matrix, n_rows, n_columns, text);
  return matrix_kernel ("conv2d", text, matrix, n_rows, n_columns, NAN, size, metric);
}

ConsetValue *
conset_kernel_sobel (ConsetEdge direction, ConsetValue *size, ConsetValue *metric)
{
  static const char *const names[] = { "horizontal", "vertical", "both" };
  static const double matrices[][9] = {
    [CONSET_EDGE_HORIZONTAL] = { -1, -2, -1, 0, 0, 0, 1, 2, 1 },
    [CONSET_EDGE_VERTICAL] = { -1, 0, 1, -2, 0, 2, -1, 0, 1 },
    [CONSET_EDGE_BOTH] = { -1, -2, -1, -2, 0, 2, 1, 2, 1 },
  };
  guint which = MIN ((guint) direction, (guint) CONSET_EDGE_BOTH);
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "sobel(\"%s\"", names[which]);
  return matrix_kernel ("sobel", text, matrices[which], 3, 3, 1.0, size, metric);
}

ConsetValue *
conset_kernel_laplacian (guint n_neighbours, ConsetValue *size, ConsetValue *metric)
{
  static const double four[] = { 0, 1, 0, 1, -4, 1, 0, 1, 0 };
  static const double eight[] = { 1, 1, 1, 1, -8, 1, 1, 1, 1 };
  GString *text = g_string_new (NULL);

  g_string_append_printf (text, "laplacian(\"%s-connected\"", n_neighbours == 8 ? "8" : "4");
  return matrix_kernel ("laplacian", text, n_neighbours == 8 ? eight : four, 3, 3, 1.0, size,
                        metric);
}

/* SPDX-License-Identifier: MIT */
/*
 * Where the indices of a set are, by what the set itself speaks of: the geometry of a spatial set,
 * or that of a metric in a value.
 *
 * The tree is walked depth first, so that what is written first tells. Operators that move indices
 * are passed by, but for transpose, which exchanges the sides. O(size of the expression), without
 * recursion.
 */
#include "node.h"

#include "value.h"

#include <conset/spatial.h>

/* Large expressions repeat what they say. */
#define MOST_LOOKED_AT 100000

/* A set, or a value, that is still to be asked. */
typedef struct
{
  const Conset *set;
  const ConsetValue *value;
  ConsetOrder order;
} Question;

static void
ask (GArray *questions, const Conset *set, const ConsetValue *value, ConsetOrder order)
{
  Question question = { set, value, order };

  g_array_append_val (questions, question);
}

/* What a set knows; what its values and children are to be asked goes on top, the first last. */
static const ConsetGeometry *
set_answer (const Conset *set, ConsetOrder order, GArray *questions)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new ();
  const ConsetGeometry *geometry =
    set->klass->geometry != NULL ? set->klass->geometry (set, order, values) : NULL;

  if (set->klass->transposes)
    order = order == CONSET_SOURCE_MAJOR ? CONSET_TARGET_MAJOR : CONSET_SOURCE_MAJOR;
  for (guint k = values->len; geometry == NULL && k > 0; k--)
    ask (questions, NULL, values->pdata[k - 1], order);
  if (set->klass->child_window != NULL && !set->klass->transposes)
    return geometry;
  for (guint k = set->n_children; geometry == NULL && k > 0; k--)
    ask (questions, set->children[k - 1], NULL, order);
  return geometry;
}

static const ConsetGeometry *
value_answer (const ConsetValue *value, ConsetOrder order, GArray *questions)
{
  if (value->klass->geometry != NULL)
    return value->klass->geometry (value, order);
  for (guint k = value->n_children; k > 0; k--)
    ask (questions, NULL, value->children[k - 1], order);
  return NULL;
}

const ConsetGeometry *
conset_geometry_of (const Conset *set, ConsetOrder order)
{
  g_autoptr (GArray) questions = g_array_new (FALSE, FALSE, sizeof (Question));
  const ConsetGeometry *geometry = NULL;

  g_return_val_if_fail (set != NULL, NULL);

  ask (questions, set, NULL, order);
  for (guint n = 0; geometry == NULL && questions->len > 0 && n < MOST_LOOKED_AT; n++)
    {
      Question question = g_array_index (questions, Question, questions->len - 1);

      g_array_set_size (questions, questions->len - 1);
      geometry = question.set != NULL ? set_answer (question.set, question.order, questions)
                                      : value_answer (question.value, question.order, questions);
    }
  return geometry;
}

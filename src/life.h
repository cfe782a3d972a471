/* SPDX-License-Identifier: MIT */
/*
 * What sets, values, geometries and projections have in common, each with functions of its own
 * type: references, the release of a tree, and errors that stand in a tree's place.
 *
 * A Type has the members klass (of a class with finalize and print) and refs; one that is a tree
 * has n_children, children and next_dead, too.
 */
#pragma once

#include <glib.h>

#include <conset/set.h>

/* The looks at the class let the address sanitizer see a use after the last unref, which it would
 * not inside the library of the atomic operation. */

/** prefix_ref(), declared in a public header. */
#define CONSET_DEFINE_REF(Type, prefix)                                                            \
  Type *prefix##_ref (const Type *node)                                                            \
  {                                                                                                \
    g_return_val_if_fail (node != NULL && node->klass != NULL, NULL);                              \
                                                                                                   \
    g_atomic_ref_count_inc ((gatomicrefcount *) &node->refs);                                      \
    return (Type *) node;                                                                          \
  }

/**
 * prefix_unref() of a tree. It must never fail, and so does not recurse: the dead wait on a stack
 * that they are links of themselves.
 *
 * @also: called with each dead node after finalize, for what every node may own
 */
#define CONSET_DEFINE_TREE_UNREF(Type, prefix, also)                                               \
  static Type *prefix##_unref_onto (Type *node, Type *dead)                                        \
  {                                                                                                \
    if (!g_atomic_ref_count_dec (&node->refs))                                                     \
      return dead;                                                                                 \
    node->next_dead = dead;                                                                        \
    return node;                                                                                   \
  }                                                                                                \
                                                                                                   \
  void prefix##_unref (Type *node)                                                                 \
  {                                                                                                \
    Type *dead;                                                                                    \
                                                                                                   \
    g_return_if_fail (node != NULL && node->klass != NULL);                                        \
                                                                                                   \
    dead = prefix##_unref_onto (node, NULL);                                                       \
    while (dead != NULL)                                                                           \
      {                                                                                            \
        Type *self = dead;                                                                         \
                                                                                                   \
        dead = self->next_dead;                                                                    \
        for (guint k = 0; k < self->n_children; k++)                                               \
          dead = prefix##_unref_onto (self->children[k], dead);                                    \
        if (self->klass->finalize != NULL)                                                         \
          self->klass->finalize (self);                                                            \
        also (self);                                                                               \
        g_free (self->children);                                                                   \
        g_free (self);                                                                             \
      }                                                                                            \
  }

/** For CONSET_DEFINE_TREE_UNREF() where nodes own nothing else. */
#define CONSET_NOTHING_ELSE(node) G_STMT_START {} G_STMT_END

/**
 * The kind of node that is an error: prefix_error_new(), prefix_error_message() and
 * prefix_check(). Its class prefix_error_class, of the type TypeClass, is to be defined behind it,
 * with struct_size = sizeof (prefix_ErrorNode), finalize = prefix_error_finalize and
 * print = prefix_error_print.
 *
 * @make: an expression that makes a node of &prefix_error_class
 */
#define CONSET_DEFINE_ERRORS(Type, prefix, make)                                                   \
  typedef struct                                                                                   \
  {                                                                                                \
    Type base;                                                                                     \
    char *message;                                                                                 \
  } prefix##_ErrorNode;                                                                            \
                                                                                                   \
  static const Type##Class prefix##_error_class;                                                   \
                                                                                                   \
  static void prefix##_error_finalize (Type *node)                                                 \
  {                                                                                                \
    g_free (((prefix##_ErrorNode *) node)->message);                                               \
  }                                                                                                \
                                                                                                   \
  static void prefix##_error_print (const Type *node, GString *out)                                \
  {                                                                                                \
    g_string_append_printf (out, "<error: %s>", ((const prefix##_ErrorNode *) node)->message);     \
  }                                                                                                \
                                                                                                   \
  Type *prefix##_error_new (const char *format, ...)                                               \
  {                                                                                                \
    prefix##_ErrorNode *self = (make);                                                             \
    va_list args;                                                                                  \
                                                                                                   \
    va_start (args, format);                                                                       \
    self->message = g_strdup_vprintf (format, args);                                               \
    va_end (args);                                                                                 \
    return &self->base;                                                                            \
  }                                                                                                \
                                                                                                   \
  const char *prefix##_error_message (const Type *node)                                            \
  {                                                                                                \
    return node->klass == &prefix##_error_class ? ((const prefix##_ErrorNode *) node)->message     \
                                                : NULL;                                            \
  }                                                                                                \
                                                                                                   \
  gboolean prefix##_check (const Type *node, GError **error)                                       \
  {                                                                                                \
    const char *message;                                                                           \
                                                                                                   \
    g_return_val_if_fail (node != NULL, FALSE);                                                    \
                                                                                                   \
    message = prefix##_error_message (node);                                                       \
    if (message != NULL)                                                                           \
      g_set_error_literal (error, CONSET_ERROR, CONSET_ERROR_COMPOSITION, message);                \
    return message == NULL;                                                                        \
  }

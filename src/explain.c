/* SPDX-License-Identifier: MIT */
/*
 * Explaining a set: its tree with facts, and the plan by which a window would be evaluated.
 *
 * The plan shown is the plan made: the steps are built as for an iterator, and each line
 * tells what its step was told to do.
 */
#include "evaluation.h"

#include "chain.h"
#include "columns.h"
#include "node.h"

#include <math.h>
#include <string.h>

/* What a parent asks of a step. */
typedef enum
{
  ROLE_FILL,
  ROLE_LEAD,
  ROLE_KEEP,
  ROLE_DROP,
} Role;

static const char *const role_names[] = {
  [ROLE_FILL] = "fill",
  [ROLE_LEAD] = "fill (leads)",
  [ROLE_KEEP] = "filter, keep",
  [ROLE_DROP] = "filter, drop",
};

#define MOST_LINES 200

typedef struct
{
  GString *out;
  guint lines;
} Sheet;

static void
append_index (GString *out, guint64 index)
{
  if (index >= CONSET_INDEX_END)
    g_string_append (out, "inf");
  else
    g_string_append_printf (out, "%" G_GUINT64_FORMAT, index);
}

static void
append_window (GString *out, const ConsetWindow *window)
{
  const guint64 *ends[] = { &window->source_first, &window->source_end, &window->target_first,
                            &window->target_end };
  const char *const marks[] = { "[", ", ", ") x [", ", " };

  for (guint k = 0; k < G_N_ELEMENTS (ends); k++)
    {
      g_string_append (out, marks[k]);
      append_index (out, *ends[k]);
    }
  g_string_append_c (out, ')');
}

static void
append_rounded (GString *out, double number)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (out, g_ascii_formatd (text, sizeof text, "%.6g", number));
}

/* The node's own text: that of a leaf or a generator, or of an operator, its operands left out. */
static void
append_node (GString *out, const Conset *set)
{
  g_autofree char *text = NULL;

  if (set->n_children > 0 && set->klass->print_operator != NULL)
    {
      GString *operator_text = g_string_new (NULL);

      set->klass->print_operator (set, operator_text);
      text = conset_abridge (g_string_free (operator_text, FALSE));
    }
  else if (set->n_children == 0 || set->klass->prints_itself)
    text = conset_describe (set);
  g_string_append (out, text != NULL ? text : set->klass->name);
}

static void
append_facts (GString *out, const Conset *set)
{
  const ConsetFacts *facts = &set->facts;

  g_string_append (out, "  in ");
  append_window (out, &facts->bounds);
  if (facts->max_multiplicity > 1)
    g_string_append_printf (out, ", up to %" G_GUINT64_FORMAT " times", facts->max_multiplicity);
  if (facts->columns != NULL)
    {
      g_autofree char *columns = conset_columns_describe (facts->columns);

      g_string_append_printf (out, ", %s", columns);
    }
  if (facts->random && (set->n_children == 0 || set->klass->prints_itself || set->klass->draws))
    g_string_append (out, ", random");
}

/* FALSE once the sheet is full. */
static gboolean
begin_line (Sheet *sheet, guint depth)
{
  if (sheet->lines++ >= MOST_LINES)
    {
      if (sheet->lines == MOST_LINES + 1)
        g_string_append (sheet->out, "  ... and more\n");
      return FALSE;
    }
  g_string_append_printf (sheet->out, "%*s", (int) (2 + 2 * MIN (depth, 30)), "");
  return TRUE;
}

static void explain_operands (Sheet *sheet, const Conset *set, guint depth);

static void
explain_node (Sheet *sheet, const Conset *set, guint depth)
{
  if (!begin_line (sheet, depth))
    return;
  append_node (sheet->out, set);
  append_facts (sheet->out, set);
  g_string_append_c (sheet->out, '\n');
  explain_operands (sheet, set, depth + 1);
}

static void
explain_operands (Sheet *sheet, const Conset *set, guint depth)
{
  for (guint k = 0; k < set->n_children && sheet->lines <= MOST_LINES; k++)
    if (conset_chain_is_bundle (set, set->children[k]))
      explain_operands (sheet, set->children[k], depth);
    else
      explain_node (sheet, set->children[k], depth);
}

static Role
child_role (const ConsetStep *step, guint k, Role role)
{
  switch (step->klass->roles)
    {
    case CONSET_ROLES_INTERSECTION:
      return role == ROLE_FILL || role == ROLE_LEAD ? (k == 0 ? ROLE_LEAD : ROLE_KEEP) : ROLE_KEEP;
    case CONSET_ROLES_DIFFERENCE:
      return k == 0 ? (role == ROLE_KEEP ? ROLE_KEEP : ROLE_LEAD) : ROLE_DROP;
    case CONSET_ROLES_CHAIN:
      return role == ROLE_KEEP || role == ROLE_DROP ? ROLE_DROP : ROLE_FILL;
    case CONSET_ROLES_COMPLEMENT:
      return role == ROLE_DROP ? ROLE_KEEP : ROLE_DROP;
    default:
      return ROLE_FILL;
    }
}

static void explain_parts (Sheet *sheet, const ConsetStep *step, Role role, guint depth);

static void
explain_step (Sheet *sheet, const ConsetStep *step, Role role, guint depth)
{
  ConsetCensus census = CONSET_CENSUS_INIT;
  const char *how = step->klass->how != NULL ? step->klass->how (step) : NULL;

  if (!begin_line (sheet, depth))
    return;
  g_string_append_printf (sheet->out, "%s: ", role_names[role]);
  append_node (sheet->out, step->set);
  g_string_append (sheet->out, ", about ");
  append_rounded (sheet->out, conset_node_expected (step->set, &step->window, &census));
  g_string_append (sheet->out, " members");
  if (how != NULL)
    g_string_append_printf (sheet->out, "; %s", how);
  g_string_append_c (sheet->out, '\n');
  explain_parts (sheet, step, role, depth + 1);
}

static void
explain_parts (Sheet *sheet, const ConsetStep *step, Role role, guint depth)
{
  for (guint k = 0; k < step->n_children && sheet->lines <= MOST_LINES; k++)
    if (conset_chain_is_bundle (step->set, step->children[k]->set))
      explain_parts (sheet, step->children[k], role, depth);
    else
      explain_step (sheet, step->children[k], child_role (step, k, role), depth);
}

static void
explain_evaluation (Sheet *sheet, const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  ConsetEval *eval = conset_eval_new (set, window, order);
  GString *out = sheet->out;

  g_string_append_printf (out,
                          "plan: %s order, tiles of one %s by up to %" G_GUINT64_FORMAT " %s\n",
                          order == CONSET_TARGET_MAJOR ? "target-major" : "source-major",
                          order == CONSET_TARGET_MAJOR ? "target" : "source", eval->root->width,
                          order == CONSET_TARGET_MAJOR ? "sources" : "targets");
  sheet->lines = 0;
  explain_step (sheet, eval->root, ROLE_FILL, 0);
  conset_eval_free (eval);
}

static void
append_count (GString *out, const Conset *set, const ConsetWindow *window)
{
  ConsetCensus census = conset_census_of (set);
  ConsetCount count;

  if (conset_node_count (set, window, &census, &count) && count <= G_MAXUINT64)
    g_string_append_printf (out, "count: %" G_GUINT64_FORMAT " connections, from a closed form\n",
                            (guint64) count);
  else
    {
      g_string_append (out, "expected count: ");
      append_rounded (out, conset_expected_count (set, window));
      g_string_append_c (out, '\n');
    }
}

/* Degrees: of the first, a middle and the last line. */

static char *
describe_degree (const Conset *set, ConsetOrder order, guint64 line, const guint64 along[2])
{
  ConsetLaw law = conset_node_degree_law (set, order, line, along[0], along[1]);
  g_autofree char *name = conset_law_to_string (&law);
  GString *text = g_string_new (name);

  if (law.kind == CONSET_LAW_UNKNOWN && isnan (law.mean))
    {
      ConsetWindow window = conset_window_of_line (order, line, along[0], along[1]);
      ConsetCensus census = CONSET_CENSUS_INIT;

      g_string_append (text, ", mean about ");
      append_rounded (text, conset_node_expected (set, &window, &census));
    }
  else if (law.kind != CONSET_LAW_DELTA)
    {
      g_string_append (text, ", mean ");
      append_rounded (text, law.mean);
    }
  if (law.kind != CONSET_LAW_DELTA && !isnan (law.variance))
    {
      g_string_append (text, ", sd ");
      append_rounded (text, sqrt (law.variance));
    }
  return g_string_free (text, FALSE);
}

/* Neighbours of which the same is known share a line of text. */
static void
append_degrees (GString *out, const Conset *set, const ConsetWindow *window, ConsetOrder order)
{
  const char *head = order == CONSET_TARGET_MAJOR ? "in-degree of target" : "out-degree of source";
  g_autofree char *last = NULL;
  guint64 lines[2], along[2], at[3];

  conset_window_axes (window, order, lines, along);
  if (conset_window_is_empty (window) || along[1] == CONSET_INDEX_END)
    return;
  at[0] = lines[0];
  at[1] = lines[0] + (lines[1] - lines[0]) / 2;
  at[2] = lines[1] - 1;
  for (guint k = 0; k < G_N_ELEMENTS (at); k++)
    {
      g_autofree char *degree = describe_degree (set, order, at[k], along);

      if (k > 0 && at[k] == at[k - 1])
        continue;
      if (last != NULL && strcmp (degree, last) != 0)
        {
          g_string_append_printf (out, ": %s\n", last);
          g_clear_pointer (&last, g_free);
        }
      g_string_append_printf (out, "%s %" G_GUINT64_FORMAT, last != NULL ? "," : head, at[k]);
      g_free (last);
      last = g_steal_pointer (&degree);
    }
  g_string_append_printf (out, ": %s\n", last);
}

char *
conset_explain (const Conset *set, const ConsetWindow *window, ConsetOrder order, GError **error)
{
  g_autofree char *text = NULL, *columns = NULL;
  ConsetWindow resolved;
  Sheet sheet;

  g_return_val_if_fail (set != NULL, NULL);

  if (!conset_resolve_window (set, window != NULL ? window : &set->facts.bounds, &resolved, error))
    return NULL;
  text = conset_describe (set);
  columns = conset_columns_describe (set->facts.columns);
  sheet = (Sheet){ g_string_new (NULL), 0 };
  g_string_append_printf (sheet.out,
                          "set: %s\n"
                          "  %s, %s, %" G_GUINT64_FORMAT " %s, %u deep%s%s%s\n"
                          "tree:\n",
                          text, conset_is_finite (set) ? "finite" : "unbounded",
                          set->facts.max_multiplicity <= 1 ? "no multapses" : "multapses possible",
                          set->facts.size, set->facts.size == 1 ? "operator" : "operators",
                          set->facts.depth, set->facts.random ? ", random" : "",
                          set->facts.columns != NULL ? ", " : "",
                          set->facts.columns != NULL ? columns : "");
  explain_node (&sheet, set, 0);
  g_string_append (sheet.out, "window: ");
  append_window (sheet.out, window != NULL ? window : &set->facts.bounds);
  g_string_append_c (sheet.out, '\n');
  append_count (sheet.out, set, &resolved);
  append_degrees (sheet.out, set, &resolved, CONSET_TARGET_MAJOR);
  append_degrees (sheet.out, set, &resolved, CONSET_SOURCE_MAJOR);
  explain_evaluation (&sheet, set, &resolved, order);
  return g_string_free (sheet.out, FALSE);
}

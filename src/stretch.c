/* SPDX-License-Identifier: MIT */
/*
 * Stretches by expected work: connections, and a bit for every pair and every line.
 *
 * The number of lines of a stretch is doubled or halved from that of the last until the work is
 * what it should be; sets are even for the most part, so that one or two questions to the set are
 * enough, of O(operators) each.
 */
#include "stretch.h"

/* Work in connections: a pair of a set that looks at every one, of any other, and a line. Sparse sets
 * have no more work with pairs than with connections, and that of some pairs for each line. */
#define LABORIOUS_PAIR 4.0
#define PAIR (1.0 / 64.0)
#define LINE 2.0
#define LINE_OF_PAIRS 64.0

/* So often each thread makes lines at once, if it can, to end at about the same time as others. */
#define BANDS 4

/* Lines that a stretch should begin with: random rules in the other order go by words. */
#define ALIGNED 64

static guint64
step_grain (const ConsetStep *step, double root_lines)
{
  guint64 grain = 1, lines[2], along[2];

  if (conset_window_is_empty (&step->window))
    return 1;
  if (step->grain > 1)
    {
      double ratio;

      conset_window_axes (&step->window, step->order, lines, along);
      ratio = root_lines / (double) (lines[1] - lines[0]);
      grain = (guint64) MIN (MAX (1.0, ratio) * (double) step->grain, 1e15);
    }
  /* No macro, which would walk twice. */
  for (guint k = 0; k < step->n_children; k++)
    {
      guint64 other = step_grain (step->children[k], root_lines);

      grain = MAX (grain, other);
    }
  return grain;
}

static gboolean
step_is_whole (const ConsetStep *step)
{
  gboolean whole = step->whole_lines;

  for (guint k = 0; k < step->n_children && !whole; k++)
    whole = step_is_whole (step->children[k]);
  return whole;
}

double
conset_expected_work (const Conset *set, ConsetOrder order, const ConsetWindow *window)
{
  ConsetCensus census = CONSET_CENSUS_BRIEF;
  double area = (double) conset_window_area (window), expected, n_lines;
  guint64 lines[2], along[2];

  if (conset_window_is_empty (window))
    return 0.0;
  conset_window_axes (window, order, lines, along);
  n_lines = (double) (lines[1] - lines[0]);
  expected = conset_node_expected (set, window, &census);
  return expected + LINE * n_lines
         + (set->facts.laborious ? LABORIOUS_PAIR * area
                                 : MIN (PAIR * area, expected + LINE_OF_PAIRS * n_lines));
}

/* With what pairs cost that are thinned out. */
static double
cutter_work (const ConsetCutter *cutter, guint64 line, guint64 end)
{
  ConsetWindow window = cutter->window;

  if (cutter->order == CONSET_TARGET_MAJOR)
    {
      window.target_first = line;
      window.target_end = end;
    }
  else
    {
      window.source_first = line;
      window.source_end = end;
    }
  return conset_expected_work (cutter->set, cutter->order, &window)
         + cutter->work_of_pair * (double) conset_window_area (&window);
}

double
conset_cutter_init (ConsetCutter *cutter, const ConsetEval *eval, guint n_threads)
{
  const ConsetStep *root = eval->root;
  guint64 lines[2], along[2];
  double work, area = (double) conset_window_area (&eval->window);

  conset_window_axes (&eval->window, eval->order, lines, along);
  *cutter = (ConsetCutter){
    .set = root->set,
    .order = eval->order,
    .window = eval->window,
    .line = lines[0],
    .at = along[0],
    .n_lines = 1,
    .tile = root->width,
    .whole = step_is_whole (root),
  };
  if (conset_window_is_empty (&eval->window))
    return 0.0;
  work = cutter_work (cutter, lines[0], lines[1]);
  /* What is thinned costs more than what is left of it. */
  cutter->work_of_pair =
    MAX (0.0, conset_step_cost (root) - (work - LINE * (double) (lines[1] - lines[0]))) / area;
  cutter->grain = step_grain (root, (double) (lines[1] - lines[0]));
  cutter->grain = MIN (cutter->grain, (lines[1] - lines[0]) / (BANDS * n_threads) + 1);
  return cutter_work (cutter, lines[0], lines[1]);
}

/* About the right number of lines from the current one on: a power of two, or what is left. */
static double
choose_lines (ConsetCutter *cutter, guint64 left)
{
  guint64 n = MIN (cutter->n_lines, left);
  double work = cutter_work (cutter, cutter->line, cutter->line + n);

  while (n > 1 && n > cutter->grain && work > 1.5 * cutter->goal)
    {
      n = (n + 1) / 2;
      work = cutter_work (cutter, cutter->line, cutter->line + n);
    }
  while (n < left && (n < cutter->grain || work < 0.75 * cutter->goal))
    {
      guint64 more = n <= left / 2 ? 2 * n : left;
      double larger = cutter_work (cutter, cutter->line, cutter->line + more);

      if (larger > 1.5 * cutter->goal && n >= cutter->grain)
        break;
      n = more;
      work = larger;
    }
  cutter->n_lines = n;
  return work;
}

/* A part of the line: so many tiles as are expected to be the right work. */
static gboolean
cut_line (ConsetCutter *cutter, double work, const guint64 along[2], ConsetStretch *stretch)
{
  double length = (double) (along[1] - along[0]);
  double tiles = MAX (1.0, cutter->goal / work * length / (double) cutter->tile);
  guint64 left = (along[1] - cutter->at) / cutter->tile, end;

  if (cutter->whole || tiles >= (double) left)
    return FALSE;
  end = (cutter->at / cutter->tile + (guint64) tiles) * cutter->tile;
  *stretch = (ConsetStretch){ cutter->line, cutter->at, cutter->line, end,
                              work * (double) (end - cutter->at) / length };
  cutter->at = end;
  return TRUE;
}

gboolean
conset_cutter_next (ConsetCutter *cutter, ConsetStretch *stretch)
{
  guint64 lines[2], along[2], end, n;
  double work;

  conset_window_axes (&cutter->window, cutter->order, lines, along);
  if (cutter->at == along[0])
    cutter->line = conset_node_next_line (cutter->set, cutter->order, cutter->line);
  if (cutter->line >= lines[1] || along[0] >= along[1])
    return FALSE;
  if (cutter->at > along[0])
    cutter->n_lines = 1;
  work = cutter->at > along[0] ? cutter_work (cutter, cutter->line, cutter->line + 1)
                               : choose_lines (cutter, lines[1] - cutter->line);
  n = cutter->n_lines;
  if (n == 1 && work > 1.5 * cutter->goal && cut_line (cutter, work, along, stretch))
    return TRUE;
  if (cutter->at > along[0])
    work *= (double) (along[1] - cutter->at) / (double) (along[1] - along[0]);
  end = cutter->line + n;
  if (n >= ALIGNED && end < lines[1] && end - end % ALIGNED > cutter->line)
    end -= end % ALIGNED;
  *stretch = (ConsetStretch){ cutter->line, cutter->at, end, along[0],
                              work * (double) (end - cutter->line) / (double) n };
  cutter->line = end;
  cutter->at = along[0];
  return TRUE;
}

/* SPDX-License-Identifier: MIT */
/*
 * Spans: splitting an axis for reshaping operators, and adding up over the parts.
 */
#include "spans.h"

#include <math.h>

static void
spans_add (ConsetSpans *spans, guint64 first, guint64 end, guint64 weight)
{
  if (first >= end || weight == 0)
    return;
  spans->span[spans->n].first = first;
  spans->span[spans->n].end = end;
  spans->span[spans->n].weight = weight;
  spans->n++;
}

void
conset_spans_of_blocks (ConsetSpans *spans, guint64 first, guint64 end, guint64 size)
{
  guint64 first_block = first / size, last_block = (end - 1) / size;
  guint64 head = size - first % size, tail = (end - 1) % size + 1;

  spans->n = 0;
  if (first_block == last_block)
    {
      spans_add (spans, first_block, first_block + 1, end - first);
      return;
    }
  spans_add (spans, first_block, first_block + 1, head);
  spans_add (spans, first_block + 1, last_block, size);
  spans_add (spans, last_block, last_block + 1, tail);
}

/* What is left of the period at @first, whole periods, and a beginning of one. */
void
conset_spans_of_periods (ConsetSpans *spans, guint64 first, guint64 end, guint64 period)
{
  guint64 phase = first % period;
  guint64 head = phase == 0 ? 0 : MIN (period - phase, end - first);

  spans->n = 0;
  spans_add (spans, phase, phase + head, 1);
  first += head;
  spans_add (spans, 0, period, (end - first) / period);
  spans_add (spans, 0, (end - first) % period, 1);
}

static ConsetWindow
spans_window (const ConsetSpans spans[2], guint a, guint b)
{
  return (ConsetWindow){
    spans[0].span[a].first,
    spans[0].span[a].end,
    spans[1].span[b].first,
    spans[1].span[b].end,
  };
}

typedef double (*Mean) (const Conset *set, const ConsetWindow *window, ConsetCensus *census);

static double
spans_mean (const ConsetSpans spans[2], const Conset *set, ConsetCensus *census, Mean mean)
{
  double total = 0.0;

  for (guint a = 0; a < spans[0].n; a++)
    for (guint b = 0; b < spans[1].n; b++)
      {
        ConsetWindow window = spans_window (spans, a, b);

        total += mean (set, &window, census) * (double) spans[0].span[a].weight
                 * (double) spans[1].span[b].weight;
      }
  return total;
}

double
conset_spans_expected (const ConsetSpans spans[2], const Conset *set, ConsetCensus *census)
{
  return spans_mean (spans, set, census, conset_node_expected);
}

static double
present (const Conset *set, const ConsetWindow *window, ConsetCensus *census)
{
  return conset_node_share (set, window, census) * (double) conset_window_area (window);
}

double
conset_spans_share (const ConsetSpans spans[2], const Conset *set, ConsetCensus *census)
{
  return spans_mean (spans, set, census, present);
}

gboolean
conset_spans_count (const ConsetSpans spans[2],
                    const Conset *set,
                    ConsetCensus *census,
                    ConsetCount *count)
{
  *count = 0;
  for (guint a = 0; a < spans[0].n; a++)
    for (guint b = 0; b < spans[1].n; b++)
      {
        ConsetWindow window = spans_window (spans, a, b);
        ConsetCount n, row = 0;

        if (!conset_node_count (set, &window, census, &n)
            || !conset_census_add (census, &row, n, spans[0].span[a].weight)
            || !conset_census_add (census, count, row, spans[1].span[b].weight))
          return FALSE;
      }
  return TRUE;
}

/* A number with weight 1 keeps its law, one without chance its value; else moments are left. */
gboolean
conset_spans_degree_law (
  const ConsetSpans *along, const Conset *set, ConsetOrder order, guint64 line, ConsetLaw *law)
{
  double mean = 0.0, variance = 0.0;
  gboolean certain = TRUE;

  for (guint k = 0; k < along->n; k++)
    {
      double weight = (double) along->span[k].weight;

      *law = conset_node_degree_law (set, order, line, along->span[k].first, along->span[k].end);
      mean += weight * law->mean;
      variance += weight * weight * law->variance;
      certain = certain && law->kind == CONSET_LAW_DELTA;
    }
  if (certain)
    *law = conset_law_delta (mean);
  else if (along->n > 1 || along->span[0].weight > 1)
    *law = conset_law_unknown (mean, along->n == 1 ? variance : NAN);
  return TRUE;
}

/* SPDX-License-Identifier: MIT */
/*
 * First steps in C: what the introduction to the connection-set algebra types, line by line,
 * beside the functions that say the same.
 *
 * Most sets here are infinite; a picture or a listing looks at them through a window.
 */
#include <stdlib.h>

#include <conset/conset.h>

/*
 * A picture of the window in plain characters: sources go down, two of them a line, the first as
 * ', the second as . and both as :, and targets to the right.
 */
static char *
draw (const Conset *set, const ConsetWindow *window, GError **error)
{
  static const char marks[] = " '.:";
  guint64 width = window->target_end, n_lines = (window->source_end + 1) / 2;
  g_autofree guint8 *cells = g_new0 (guint8, width * n_lines);
  ConsetIter *iter = conset_iter_new (set, window, CONSET_TARGET_MAJOR);
  GString *picture = g_string_new (NULL);
  guint64 source, target;
  gboolean good;

  while (conset_iter_next (iter, &source, &target))
    cells[source / 2 * width + target] |= source % 2 == 0 ? 1 : 2;
  good = conset_iter_finish (iter, error);
  conset_iter_free (iter);

  for (guint64 line = 0; line < n_lines; line++)
    {
      g_string_append_c (picture, '|');
      for (guint64 column = 0; column < width; column++)
        g_string_append_c (picture, marks[cells[line * width + column]]);
      g_string_append (picture, "|\n");
    }
  return g_string_free (picture, !good);
}

/* show (set, n, n) */
static void
show (const char *text, const Conset *set, guint64 n)
{
  const ConsetWindow window = CONSET_WINDOW (n, n);
  g_autoptr (GError) error = NULL;
  g_autofree char *picture = draw (set, &window, &error);
  guint64 count;

  if (picture == NULL || !conset_count (set, &window, &count, &error))
    {
      g_printerr ("%s: %s\n", text, error->message);
      exit (EXIT_FAILURE);
    }
  g_print ("%s\n%s%" G_GUINT64_FORMAT " connections in %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT
           "\n\n",
           text, picture, count, n, n);
}

/* tabulate (set), and as well: for x in set: print (x) */
static void
tabulate (const char *text, const Conset *set)
{
  ConsetIter *iter = conset_iter_new (set, NULL, CONSET_TARGET_MAJOR);
  g_autoptr (GError) error = NULL;
  guint64 source, target;

  g_print ("%s\n", text);
  while (conset_iter_next (iter, &source, &target))
    g_print ("%" G_GUINT64_FORMAT "\t%" G_GUINT64_FORMAT "\n", source, target);
  if (!conset_iter_finish (iter, &error))
    {
      g_printerr ("%s: %s\n", text, error->message);
      exit (EXIT_FAILURE);
    }
  conset_iter_free (iter);
  g_print ("\n");
}

static ConsetIntervals *
range (guint64 n)
{
  return conset_intervals_range (0, n, 1);
}

static void
basics (void)
{
  static const guint64 sources[] = { 22, 8 };
  static const guint64 targets[] = { 7, 23 };

  g_autoptr (Conset) full = conset_full ();
  g_autoptr (Conset) one_to_one = conset_one_to_one ();
  g_autoptr (Conset) no_self = conset_difference (conset_ref (full), conset_ref (one_to_one));
  g_autoptr (Conset) pairs = conset_explicit (sources, targets, G_N_ELEMENTS (sources));
  g_autoptr (Conset) cross = conset_cross (range (10), range (20));
  g_autoptr (Conset) c =
    conset_intersect (conset_cross (range (10), range (10)), conset_ref (one_to_one));

  show ("show (full)", full, 30);
  show ("show (oneToOne)", one_to_one, 30);
  show ("show (oneToOne, 100, 100)", one_to_one, 100);
  show ("show (full - oneToOne)", no_self, 30);
  show ("show ([(22, 7), (8, 23)])", pairs, 30);
  show ("show (cross (range (10), range (20)))", cross, 30);
  show ("c = cross (range (10), range (10)) * oneToOne\nshow (c)", c, 30);
  tabulate ("tabulate (c)", c);
}

static void
random_connectivity (void)
{
  g_autoptr (Conset) random = conset_random (0.5, 1);
  g_autoptr (Conset) oblong = conset_block (5, 3, conset_ref (random));
  g_autoptr (Conset) square = conset_block (10, 10, conset_random (0.7, 2));
  g_autoptr (Conset) net = conset_difference (
    conset_intersect (conset_ref (square), conset_ref (random)), conset_one_to_one ());

  show ("show (random (0.5))", random, 30);
  show ("show (block (5,3) * random (0.5))", oblong, 30);
  show ("show (block (10) * random (0.7))", square, 30);
  show ("show (block (10) * random (0.7) * random (0.5) - oneToOne)", net, 30);
}

int
main (void)
{
  basics ();
  random_connectivity ();
  return EXIT_SUCCESS;
}

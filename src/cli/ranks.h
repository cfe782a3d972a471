/* SPDX-License-Identifier: MIT */
/*
 * Ranks: the processes that mpirun has started for one command.
 *
 * The tool is built twice: `conset`, which knows one process only and links with no MPI
 * (ranks_one.c), and `conset-mpi` (ranks_mpi.c), which `conset` turns into when mpirun has started
 * several. All ranks do the same; the first one speaks.
 */
#pragma once

#include <conset/conset.h>

G_BEGIN_DECLS

/** cli_ranks_begin: FALSE with @error set if there are ranks, and no way to work with them. */
gboolean cli_ranks_begin (char **argv, GError **error);

/** cli_ranks_end: leaves, with @code or with that of a rank which has failed. Returns: the code */
int cli_ranks_end (int code);

/** cli_ranks_leave_to_first: the first rank goes on as if it were alone; the others are done. */
void cli_ranks_leave_to_first (void);

guint cli_rank (void);
guint cli_n_ranks (void);

/** cli_ranks_agree: Returns: TRUE if all ranks are @good; else FALSE with @error set on all */
gboolean cli_ranks_agree (gboolean good, GError **error);

/** cli_ranks_share_text: Returns: (transfer full): what rank 0 gives as @text, on all ranks; NULL for
 * NULL */
char *cli_ranks_share_text (char *text);

/* Evaluations by all ranks, each of its own targets, with the same results on all */

gboolean cli_ranks_count (const Conset *set,
                          const ConsetWindow *window,
                          ConsetTask *task,
                          guint64 *count,
                          GError **error);

char *cli_ranks_digest (const Conset *set,
                        const ConsetWindow *window,
                        ConsetTask *task,
                        GError **error);

/** cli_ranks_export: as conset_export_write(); what is not shared is done by the first rank. */
gboolean cli_ranks_export (ConsetExport *export, GError **error);

/* What ranks have found by themselves */

/** cli_ranks_sum: adds up @numbers of all ranks; rank 0 gets the sums. */
void cli_ranks_sum (guint64 *numbers, gsize n);

/** cli_ranks_in_turn: calls @take on rank 0 with the @n bytes of rank after rank. */
void cli_ranks_in_turn (gconstpointer bytes,
                        gsize n,
                        void (*take) (gconstpointer bytes, gsize n, gpointer data),
                        gpointer data);

G_END_DECLS

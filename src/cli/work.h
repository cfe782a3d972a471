/* SPDX-License-Identifier: MIT */
/*
 * Long work: a task with the threads of --threads, whose progress the user can watch.
 */
#pragma once

#include "progress.h"

G_BEGIN_DECLS

/** CliWork: on the stack, where it stays; @task is what evaluations take. */
typedef struct
{
  ConsetTask *task;
  CliProgress progress;
} CliWork;

/**
 * cli_work_begin:
 * @wanted: FALSE if there shall be no bar in any case
 */
void cli_work_begin (CliWork *work, gboolean wanted);

/** cli_work_end: removes the bar, and frees the task. */
void cli_work_end (CliWork *work);

G_END_DECLS

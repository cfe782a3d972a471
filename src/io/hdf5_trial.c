/* SPDX-License-Identifier: MIT */
/*
 * Whether libhdf5 can read a file, found out in a process of its own.
 *
 * libhdf5 is not safe against any bytes: there are files that make it crash, loop, or take all
 * memory. So a child of this process reads all of a file first, and makes the changes that are to
 * be made, in a private image of it; what it finds, or that it ends by a signal, comes back through
 * memory that both share. The child has no more processor time than a file of that size could
 * need, and half of the memory. It leaves no core, prints nothing, and ends with this
 * process.
 *
 * This protects from damage, whoever did it; it does not make libhdf5 safe against those who write
 * files in order to take over the child.
 *
 * Of the child's inheritance, the locks of other threads are a danger: it calls libhdf5, which
 * the session keeps others out of, malloc, and little else. If it makes no progress nevertheless,
 * it is ended.
 *
 * Costs: a process, below a millisecond if this one is small, and what it takes to read the
 * metadata and decompress what is compressed, once.
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif

#include "hdf5_trial.h"

#include "hdf5_image.h"
#include "hdf5_walk.h"
#include "reader.h"

#include <conset/types.h>

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __linux__
#include <sys/prctl.h>
#endif

/* Seconds of processor time: for any file, and bytes for each more. */
#define SECONDS 3
#define BYTES_A_SECOND (1 << 20)

/* Milliseconds: how often is looked at the child, and how long it may tell nothing. */
#define LOOK 100
#define SILENCE 120000

/* Sanitizers take address space without end. */
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define WATCHED 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)                            \
  || __has_feature(memory_sanitizer)
#define WATCHED 1
#endif
#endif

/* How the child came to its end, if not by itself. */
typedef enum
{
  ENDED,
  CANCELLED,
  SILENT,
} Ending;

/* {{{ the child */

/* Signals do what they usually do: no handler of the program is for this process. Those that are
 * ignored stay so, but for crashes. */
static void
reset_signals (void)
{
  static const int crashes[] = { SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGXCPU };
  sigset_t none;

  for (int number = 1; number < NSIG; number++)
    {
      struct sigaction now;

      if (sigaction (number, NULL, &now) == 0 && now.sa_handler != SIG_IGN)
        signal (number, SIG_DFL);
    }
  for (gsize k = 0; k < G_N_ELEMENTS (crashes); k++)
    signal (crashes[k], SIG_DFL);
  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

static void
limit (int what, rlim_t most)
{
  struct rlimit now;

  if (getrlimit (what, &now) != 0 || (now.rlim_cur != RLIM_INFINITY && now.rlim_cur <= most))
    return;
  now.rlim_cur = most;
  setrlimit (what, &now);
}

/* Half of the memory of the machine above what is taken already. */
static void
limit_memory (void)
{
#if defined(__linux__) && !defined(WATCHED)
  long pages[6], page = sysconf (_SC_PAGESIZE), all = sysconf (_SC_PHYS_PAGES);
  char text[256] = "";
  int file = open ("/proc/self/statm", O_RDONLY | O_CLOEXEC);

  if (file < 0)
    return;
  if (read (file, text, sizeof text - 1) > 0
      && sscanf (text, "%ld %ld %ld %ld %ld %ld", &pages[0], &pages[1], &pages[2], &pages[3],
                 &pages[4], &pages[5])
           == 6)
    limit (RLIMIT_DATA, (rlim_t) (pages[5] + all / 2) * (rlim_t) page);
  close (file);
#endif
}

static void
limit_all (guint64 size)
{
  struct rlimit none = { 0, 0 };
  int silent = open ("/dev/null", O_RDWR | O_CLOEXEC);

  if (silent >= 0)
    {
      dup2 (silent, STDOUT_FILENO);
      dup2 (silent, STDERR_FILENO);
    }
  limit_memory ();
  limit (RLIMIT_CPU, SECONDS + (rlim_t) (size / BYTES_A_SECOND));
  setrlimit (RLIMIT_CORE, &none);
#ifdef __linux__
  prctl (PR_SET_DUMPABLE, 0);
#endif
}

/* What @trial says, on a file that can be opened. */
static void
child_try (ConsetHdf5Image *image, const ConsetHdf5Trial *trial, ConsetHdf5Report *report)
{
  hid_t file;

  conset_hdf5_report_to (report);
  file = conset_hdf5_image_open (image);
  if (file < 0)
    {
      report->verdict = CONSET_HDF5_REFUSED;
      return;
    }
  if (!conset_hdf5_walk (file, trial->numbers, report))
    return;
  report->object[0] = '\0';
  if (trial->change != NULL)
    trial->change (file, trial->data);
  /* A file that cannot be closed makes libhdf5 crash when the program ends. */
  report->verdict = H5Fclose (file) >= 0 ? CONSET_HDF5_WALKED : CONSET_HDF5_UNREADABLE;
}

static void G_GNUC_NORETURN
child_run (int fd, guint64 size, const ConsetHdf5Trial *trial, ConsetHdf5Report *report)
{
  ConsetHdf5Image image;

  reset_signals ();
  if (conset_hdf5_image_map (&image, fd, size, trial->change != NULL ? trial->more : 0))
    {
      limit_all (size);
      child_try (&image, trial, report);
    }
  _exit (0);
}

/* }}} */
/* {{{ the parent */

static pid_t
child_start (
  int fd, guint64 size, const ConsetHdf5Trial *trial, ConsetHdf5Report *report, const int *ends)
{
  pid_t parent = getpid (), child;
  sigset_t all, before;

  /* A handler of the program must not run in the child before it is taken away. */
  sigfillset (&all);
  pthread_sigmask (SIG_SETMASK, &all, &before);
  child = fork ();
  if (child == 0)
    {
#ifdef __linux__
      prctl (PR_SET_PDEATHSIG, SIGKILL);
#endif
      close (ends[0]);
      if (getppid () == parent)
        child_run (fd, size, trial, report);
      _exit (1);
    }
  pthread_sigmask (SIG_SETMASK, &before, NULL);
  return child;
}

/* Whether the child has ended. The program may have children taken away by itself. */
static gboolean
child_reap (pid_t child, int *status, gboolean wait)
{
  pid_t found;

  do
    found = waitpid (child, status, wait ? 0 : WNOHANG);
  while (found < 0 && errno == EINTR);
  if (found < 0)
    *status = 0;
  return found != 0;
}

/* Waits until the child has ended, which closes the pipe, unless one more child has inherited it.
 */
static Ending
child_wait (
  pid_t child, int end, const ConsetHdf5Report *report, const ConsetTask *task, int *status)
{
  struct pollfd closing = { .fd = end, .events = POLLIN };
  guint steps = report->steps, silence = 0;
  Ending ending = ENDED;

  for (;;)
    {
      int n = poll (&closing, 1, LOOK);

      if (child_reap (child, status, n > 0))
        return ending;
      if (n == 0)
        silence += LOOK;
      if (steps != report->steps)
        silence = 0;
      steps = report->steps;
      if (task != NULL && conset_task_is_cancelled (task))
        ending = CANCELLED;
      else if (silence >= SILENCE)
        ending = SILENT;
      if (ending != ENDED)
        kill (child, SIGKILL);
    }
}

/* What the child was doing, and why that failed, as text. The memory may hold anything. */
static gboolean
fail_damaged (const char *name, const ConsetHdf5Report *report, const char *why, GError **error)
{
  g_autofree char *object = g_strndup (report->object, sizeof report->object - 1);
  g_autofree char *shown =
    object[0] != '\0' ? g_strdup_printf (" at '/%s'", object) : g_strdup ("");

  return conset_reader_fail (
    name, error, "the HDF5 file is damaged: %s%s; have it made, or copied, once more", why, shown);
}

static gboolean
judge_verdict (const char *name,
               const ConsetHdf5Trial *trial,
               const ConsetHdf5Report *report,
               GError **error)
{
  g_autofree char *reason = g_strndup (report->reason, sizeof report->reason - 1);
  g_autofree char *object = g_strndup (report->object, sizeof report->object - 1);
  g_autofree char *why = NULL;

  if (report->verdict == CONSET_HDF5_WALKED)
    return TRUE;
  if (report->verdict == CONSET_HDF5_REFUSED)
    return conset_hdf5_fail_by (error, trial->change != NULL ? "cannot write" : "cannot read", name,
                                reason);
  if (report->verdict == CONSET_HDF5_ELSEWHERE)
    return conset_reader_fail (
      name, error,
      "'/%s' is in another file, '%s', and files are not opened for others; have all in one",
      object, reason);
  why = report->verdict == CONSET_HDF5_UNREADABLE && reason[0] != '\0'
          ? g_strdup_printf ("HDF5 says: %s,", reason)
          : g_strdup ("libhdf5 fails");
  return fail_damaged (name, report, why, error);
}

static gboolean
judge (const char *name,
       const ConsetHdf5Trial *trial,
       const ConsetHdf5Report *report,
       Ending ending,
       int status,
       GError **error)
{
  static const int stopping[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT };
  int number = WIFSIGNALED (status) ? WTERMSIG (status) : 0;
  g_autofree char *why = NULL;

  for (gsize k = 0; k < G_N_ELEMENTS (stopping); k++)
    if (number == stopping[k])
      ending = CANCELLED;
  if (ending == CANCELLED)
    {
      conset_reader_fail (name, error, "reading the file was stopped");
      if (error != NULL)
        (*error)->code = CONSET_ERROR_CANCELLED;
      return FALSE;
    }
  if (ending == SILENT || number == SIGXCPU)
    return fail_damaged (name, report, "libhdf5 comes to no end", error);
  if (number == 0)
    return judge_verdict (name, trial, report, error);
  why = g_strdup_printf ("libhdf5 crashes (%s)", g_strsignal (number));
  return fail_damaged (name, report, why, error);
}

/* }}} */

static gboolean
fail_system (const char *name, const char *what, GError **error)
{
  const char *problem = g_strerror (errno);

  return conset_reader_fail (
    name, error, "there is no %s for a process that tries the HDF5 file: %s", what, problem);
}

static gboolean
try_size (int fd,
          guint64 size,
          const char *name,
          const ConsetHdf5Trial *trial,
          ConsetHdf5Report *report,
          GError **error)
{
  int ends[2], status = 0;
  Ending ending;
  pid_t child;

  if (pipe2 (ends, O_CLOEXEC) != 0)
    return fail_system (name, "pipe", error);
  child = child_start (fd, size, trial, report, ends);
  close (ends[1]);
  if (child < 0)
    {
      fail_system (name, "room", error);
      close (ends[0]);
      return FALSE;
    }
  ending = child_wait (child, ends[0], report, trial->task, &status);
  close (ends[0]);
  return judge (name, trial, report, ending, status, error);
}

gboolean
conset_hdf5_try (int fd, const char *name, const ConsetHdf5Trial *trial, GError **error)
{
  ConsetHdf5Report *report;
  struct stat now;
  gboolean good;

  if (fstat (fd, &now) != 0 || !S_ISREG (now.st_mode) || now.st_size == 0)
    return TRUE;
  report = mmap (NULL, sizeof *report, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (report == MAP_FAILED)
    return fail_system (name, "memory", error);
  good = try_size (fd, (guint64) now.st_size, name, trial, report, error);
  munmap (report, sizeof *report);
  return good;
}

#!/bin/sh
# SPDX-License-Identifier: MIT
#
# ranks.sh TOOL DEMO: holds the tool and a demo, started by mpirun on 1 to 4 ranks, against one
# process: the same output to the last byte, and the same exit codes.

set -eu

TOOL=$1
DEMO=$2
n_failed=0
n_passed=0

# Ranks may be more than cores, and root may be all there is in a container.
OMPI_ALLOW_RUN_AS_ROOT=1
OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1
OMPI_MCA_rmaps_base_oversubscribe=1
OMPI_MCA_mpi_yield_when_idle=1
export OMPI_ALLOW_RUN_AS_ROOT OMPI_ALLOW_RUN_AS_ROOT_CONFIRM OMPI_MCA_rmaps_base_oversubscribe
export OMPI_MCA_mpi_yield_when_idle

if ! mpirun -n 2 true >/dev/null 2>&1; then
  echo "mpirun does not work here; ranks are not tested"
  exit 77
fi

report ()
{
  if [ "$2" = "$3" ]; then
    n_passed=$((n_passed + 1))
  else
    n_failed=$((n_failed + 1))
    printf 'FAILED  %s\n  got:      %s\n  expected: %s\n' "$1" "$2" "$3"
  fi
}

# outcome COMMAND...: what it prints, and its exit code.
outcome ()
{
  code=0
  text=$("$@" 2>/dev/null </dev/null) || code=$?
  printf '%s\nexit code %d\n' "$text" "$code"
}

# agrees RANKS ARGUMENTS...: the same by one process and by each number of RANKS.
agrees ()
{
  numbers=$1
  shift
  expected=$(outcome "$TOOL" "$@" --threads=1)
  for ranks in $numbers; do
    report "mpirun -n $ranks conset $*" \
      "$(outcome mpirun -n "$ranks" "$TOOL" "$@" --threads=$((1 + ranks % 2)))" "$expected"
  done
}

agrees '1 2 3 4' count 'random(0.1) * random(0.5)' -n 2000
agrees '1 2 3 4' digest 'cset(random(0.1), normal(0, 1))' -n 300
agrees '1 2 3 4' stats 'cset(random(poisson=1), normal(1e6, 1), uniform(0, 1))' -n 150
agrees 3 count 'full' -n 3000000000
agrees 2 count 'full' -n 5000000000
agrees 2 count 'empty'
agrees 4 digest '[(0, 5)]' -n 9
agrees 3 digest 'random(fanIn=7, seed=3) * cross(range(500), range(400))'
agrees 4 stats '[(0, 1), (0, 1), (3, 3)]'
# Work that is uneven, and errors that one rank alone can find.
agrees 3 count 'random * (1.0 * (j < 100))' -n 1000
agrees 3 count 'random * (1 + 1e-6 * (j - 950))' -n 1000
agrees 4 digest 'random * (1 + 1e-6 * (j - 950))' -n 1000
agrees 2 stats 'random * (1 + 1e-6 * (j - 950))' -n 1000
agrees 2 count 'full'
# What is for the first rank alone.
agrees 3 tabulate 'random(0.1)' -n 50

report "standard input" "$(echo oneToOne | mpirun -n 3 "$TOOL" count -f - -n 7)" 7
one=$(outcome mpirun -n 1 "$DEMO")
report "a demo" "$(outcome mpirun -n 3 "$DEMO")" "$one"
report "a demo's exit code" "${one##*exit code }" 0

echo "$n_passed passed, $n_failed failed"
[ "$n_failed" -eq 0 ]

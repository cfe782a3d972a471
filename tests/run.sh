#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh tests/run.sh: installs what is missing (Debian, Ubuntu) and runs all tests, in build/.
#
# First the Release build and every test of it; then, side by side, the suites under
# AddressSanitizer with UndefinedBehaviorSanitizer and LeakSanitizer, and a run each of
# ThreadSanitizer, valgrind, the fuzzers, programs of others and the bench. Logs are kept in
# build/logs/.

set -eu

cd "$(dirname "$0")/.."
. demos/common.sh

LANE_CORES=$(((CORES + 1) / 2))
RESULTS=$LOGS/results

# Sanitizers and valgrind see what goes through malloc, not the slices of older GLib.
G_SLICE=always-malloc
export G_SLICE

# Sanitizers want their addresses where old kernels put them; containers may forbid the asking.
if setarch "$(uname -m)" -R true 2>/dev/null; then
  STILL="setarch $(uname -m) -R"
else
  STILL="env"
fi

# step LOG NAME COMMAND...: one line of the report.
step ()
{
  log=$LOGS/$1.log
  name=$2
  shift 2
  began=$(date +%s)
  if "$@" >"$log" 2>&1; then
    verdict=passed
  else
    verdict=FAILED
  fi
  echo "$verdict" >>"$RESULTS"
  printf '%s %4d s  %s\n' "$verdict" $(($(date +%s) - began)) "$name"
  if [ $verdict = FAILED ]; then
    tail -n 60 "$log" | sed 's/^/    /'
    printf '    (all of it: %s)\n' "${log#"$PWD/"}"
    return 1
  fi
}

release_build ()
{
  build . "$CORES" all -DCMAKE_BUILD_TYPE=Release -DCONSET_WERROR=ON
}

release_tests ()
{
  ctest --test-dir "$BUILD" --parallel "$CORES" --output-on-failure
}

readers ()
{
  sh tests/readers.sh "$BUILD/conset" "$BUILD/readers"
}

asan_build ()
{
  build asan "$LANE_CORES" all --preset asan -DCONSET_WERROR=ON -DCONSET_BUILD_BENCH=OFF
}

asan_tests ()
{
  CK_FORK=no $STILL ctest --test-dir "$BUILD/asan" --parallel "$CORES" --label-regex suite \
    --output-on-failure
}

# Seed 3, since the first trees take long where each access is watched.
tsan_tests ()
{
  build tsan "$LANE_CORES" thread-suites --preset tsan -DCONSET_BUILD_BENCH=OFF \
    -DCONSET_BUILD_DEMOS=OFF \
    && CK_FORK=no CONSET_TEST_SEED=3 CONSET_TEST_TREES=2 CONSET_SPATIAL_SETS=4 $STILL \
      ctest --test-dir "$BUILD/tsan" --label-regex threads --output-on-failure
}

valgrind_tests ()
{
  CK_FORK=no valgrind --quiet --error-exitcode=1 --leak-check=full \
    --errors-for-leak-kinds=definite "$BUILD/tests/test_errors"
}

fuzzers ()
{
  build fuzz "$LANE_CORES" all -DCMAKE_BUILD_TYPE=RelWithDebInfo -DCMAKE_C_COMPILER=clang \
    -DCONSET_SANITIZE="address;undefined;fuzzer-no-link" -DCONSET_BUILD_FUZZERS=ON \
    -DCONSET_BUILD_TESTS=OFF -DCONSET_BUILD_DEMOS=OFF -DCONSET_BUILD_BENCH=OFF \
    && for fuzzer in "$BUILD"/fuzz/tests/fuzz_*; do
      (cd "$BUILD/fuzz" && $STILL "$fuzzer" -runs=20000 -max_total_time=30 -seed=1 -timeout=20) \
        || return 1
    done
}

others ()
{
  sh tests/others.sh "$BUILD"
}

bench ()
{
  "$BUILD/conset-bench" --seconds 0.05
}

lane_memory ()
{
  step asan-build "AddressSanitizer and UndefinedBehaviorSanitizer: build" asan_build \
    && step asan-tests "AddressSanitizer and UndefinedBehaviorSanitizer: suites" asan_tests
}

lane_others ()
{
  step tsan "ThreadSanitizer: build and suites with threads" tsan_tests
  step valgrind "valgrind: the suite of errors" valgrind_tests
  step fuzzers "fuzzers: build and a bounded run each" fuzzers
  step readers "NumPy, SciPy, pandas, libsonata, BMTK and NEST read what is written" readers
  step others "Python CSA, pyarrow and others of PyPI: what they exchange with conset" others
  step bench "conset-bench: a short run of every workload" bench
}

report ()
{
  n_failed=$(grep -c FAILED "$RESULTS" || true)
  n_passed=$(grep -c passed "$RESULTS" || true)
  say "$n_passed passed, $n_failed failed"
  [ "$n_failed" -eq 0 ]
}

need_packages valgrind clang libclang-rt-dev python3-venv chromium
mkdir -p "$LOGS"
: >"$RESULTS"
trap 'trap - INT; kill 0' INT

if step release-build "Release: build" release_build; then
  step release-tests "Release: suites, demos, README, layering, installation" release_tests || true
  lane_memory &
  lane_others || true
  wait
fi
report

# SPDX-License-Identifier: MIT
# shellcheck shell=sh
#
# What demos/run.sh and tests/run.sh share: packages and builds. To be sourced with the current
# directory at the top of the sources.
# shellcheck disable=SC2034

BUILD=$PWD/build
LOGS=$BUILD/logs
CORES=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 1)

say ()
{
  printf '%s\n' "$*"
}

die ()
{
  printf '%s: %s\n' "$0" "$*" >&2
  exit 1
}

# Whether what the Debian package $1 is needed for is there, wherever it comes from.
present ()
{
  if dpkg-query -W -f '${db:Status-Status}\n' "$1" 2>/dev/null | grep -qx installed; then
    return 0
  fi
  case $1 in
    gcc) command -v cc ;;
    libc6-dev) echo '#include <stdio.h>' | cc -E - ;;
    ninja-build) command -v ninja ;;
    cmake | clang | valgrind | pkg-config | python3) command -v "$1" ;;
    libglib2.0-dev) pkg-config --exists 'glib-2.0 >= 2.70' ;;
    check) pkg-config --exists 'check >= 0.15' ;;
    chromium) command -v chromium || command -v chromium-browser || command -v google-chrome ;;
    libcairo2-dev) pkg-config --exists 'cairo >= 1.16' cairo-pdf cairo-png ;;
    python3-venv) python3 -c 'import ensurepip, venv' ;;
    libxml2-dev) pkg-config --exists 'libxml-2.0 >= 2.9' ;;
    libhdf5-dev) pkg-config --exists hdf5 || pkg-config --exists hdf5-serial ;;
    libopenmpi-dev) command -v mpicc ;;
    openmpi-bin) command -v mpirun ;;
    zlib1g-dev) pkg-config --exists zlib ;;
    libudunits2-dev) echo '#include <udunits2.h>' | cc -E - ;;
    librandom123-dev) echo '#include <Random123/threefry.h>' | cc -E - ;;
    libclang-rt-dev) echo 'int main (void) { return 0; }' \
      | clang -x c -fsanitize=address -o /dev/null - ;;
    *) return 1 ;;
  esac >/dev/null 2>&1
}

# Installs what of these is missing: all that a build with its tests needs, by the names of the
# Debian packages, and the packages given. Says what it installs, and asks for nothing.
need_packages ()
{
  missing=
  for package in gcc libc6-dev cmake ninja-build pkg-config libglib2.0-dev librandom123-dev check \
    libudunits2-dev libcairo2-dev libhdf5-dev libxml2-dev zlib1g-dev libopenmpi-dev openmpi-bin python3 "$@"
  do
    present "$package" || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0

  if ! command -v apt-get >/dev/null 2>&1; then
    die "please install what these Debian packages hold, then start again:$missing"
  fi
  if [ "$(id -u)" -eq 0 ]; then
    as_root='env'
  elif command -v sudo >/dev/null 2>&1; then
    as_root='sudo env'
  else
    die "please have root run: apt-get install$missing"
  fi

  say "Installing with apt-get:$missing"
  mkdir -p "$LOGS"
  # Two of these variables hold lists of words.
  # shellcheck disable=SC2086
  { $as_root apt-get update \
      && $as_root DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends $missing
  } </dev/null >"$LOGS/apt.log" 2>&1 \
    || { tail -n 20 "$LOGS/apt.log" >&2; die "apt-get failed, see $LOGS/apt.log"; }
}

# build FOLDER JOBS TARGET [CMAKE-OPTION...]: configures $BUILD/FOLDER ("." for $BUILD) and builds
# TARGET there.
build ()
{
  folder=$BUILD/$1
  build_jobs=$2
  target=$3
  shift 3
  # A folder that has been configured keeps the generator that it has.
  CMAKE_GENERATOR=Ninja cmake -S . -B "$folder" "$@" \
    && cmake --build "$folder" --parallel "$build_jobs" --target "$target"
}

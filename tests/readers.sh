#!/bin/sh
# SPDX-License-Identifier: MIT
#
# sh tests/readers.sh TOOL FOLDER: has the programs that files are written for read them back.
#
# Installs what is missing of NumPy, SciPy, pandas, h5py, libsonata, BMTK and NEST from PyPI into the
# virtual environment FOLDER, and runs readers.py. A NEST that is there already is the one that is
# tried: one with HDF5 reads the files all by itself.

set -eu

tests=$(cd "$(dirname "$0")" && pwd)
tool=$1
folder=$2
python=$folder/bin/python

[ -x "$python" ] || python3 -m venv "$folder"
missing=$("$python" - <<'EOF'
import importlib.util
packages = {name: name for name in ("numpy", "scipy", "pandas", "h5py", "libsonata", "bmtk")}
packages["nest"] = "nest-simulator==3.10.0"
print(*[packages[name] for name in packages if importlib.util.find_spec(name) is None])
EOF
)
# shellcheck disable=SC2086
[ -z "$missing" ] || "$python" -m pip install --quiet $missing

exec "$python" "$tests/readers.py" "$tool"

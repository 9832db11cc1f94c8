#!/bin/sh
# Makes the virtual environment and installs the pinned, hash-checked dependencies into it.
# Usage: setup.sh PYTHON VENV
set -eu
python=$1
venv=$2
command -v "$python" >/dev/null 2>&1 || python=python3
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "掌柜 needs Python 3.11 or newer; $("$python" --version) was found." >&2
    exit 1
}
[ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
echo "Installing the pinned dependencies into $venv (once; later starts take no network)." >&2
"$venv/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-dev.txt

#!/bin/sh
# Opens the window; where there is no screen, takes the tour and says where its pictures and papers lie.
set -eu
sh installer/system.sh run
.venv/bin/python -m compileall -q app main.py  # every later start then reads bytecode, whatever the rights of its person
if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ] || [ "$(uname -s)" = Darwin ]; then
    exec .venv/bin/python main.py
fi
out=$(pwd)/tour
echo "No screen here: taking the tour instead." >&2
QT_QPA_PLATFORM=offscreen .venv/bin/python main.py tour --out "$out"
echo "Pictures and papers of a working day: $out" >&2

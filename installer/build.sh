#!/bin/sh
# Makes dist/zhanggui: the program with its Python and libraries, to be copied to a computer that has none of them.
# It is built on the system it is for; afterwards it is tried once, without a screen, on the sample office.
set -eu
.venv/bin/python -m PyInstaller --noconfirm --clean --log-level WARN \
    --distpath dist --workpath build/installer installer/zhanggui.spec
trial=$(mktemp -d)
trap 'rm -rf "$trial"' EXIT
ZHANGGUI_HOME=$trial QT_QPA_PLATFORM=offscreen dist/zhanggui/zhanggui tour --out "$trial/tour" --json >"$trial/said.json"
pictures=$(find "$trial/tour" -name '*.png' | wc -l)
papers=$(find "$trial/tour" -name '*.pdf' | wc -l)
[ "$pictures" -gt 0 ] && [ "$papers" -gt 0 ]
echo "dist/zhanggui ($(du -sh dist/zhanggui | cut -f1)); tried: $pictures pictures, $papers papers." >&2

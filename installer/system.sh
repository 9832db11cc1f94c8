#!/bin/sh
# Says which system libraries Qt misses here and installs them where it may (Debian and Ubuntu, as root or with sudo -n).
# Usage: system.sh run|tests
set -eu
[ "$(uname -s)" = Linux ] || exit 0

base="libglib2.0-0:libglib-2.0.so.0 libgl1:libGL.so.1 libegl1:libEGL.so.1 libdbus-1-3:libdbus-1.so.3
 libxkbcommon0:libxkbcommon.so.0 libfontconfig1:libfontconfig.so.1 libpulse0:libpulse.so.0"
window="libxcb-cursor0:libxcb-cursor.so.0 libxcb-icccm4:libxcb-icccm.so.4 libxcb-keysyms1:libxcb-keysyms.so.1
 libxcb-shape0:libxcb-shape.so.0 libxkbcommon-x11-0:libxkbcommon-x11.so.0"
commands=""
if [ "${1:-run}" = tests ]; then
    commands="xvfb:Xvfb xauth:xauth dbus:dbus-run-session gnome-keyring:gnome-keyring-daemon poppler-utils:pdftoppm
 zbar-tools:zbarimg"
fi

missing=""
for pair in $base $window; do
    ldconfig -p 2>/dev/null | grep -q "${pair#*:}" || missing="$missing ${pair%%:*}"
done
for pair in $commands; do
    command -v "${pair#*:}" >/dev/null 2>&1 || missing="$missing ${pair%%:*}"
done
[ -z "$missing" ] && exit 0

echo "Missing system packages:$missing" >&2
if command -v apt-get >/dev/null 2>&1; then
    if [ "$(id -u)" = 0 ]; then as=""; elif sudo -n true 2>/dev/null; then as="sudo -n"; else as=none; fi
    if [ "$as" != none ]; then
        echo "Installing them with apt-get." >&2
        $as apt-get update -qq >/dev/null
        # shellcheck disable=SC2086
        DEBIAN_FRONTEND=noninteractive $as apt-get install -y -qq --no-install-recommends $missing >/dev/null
        exit 0
    fi
    echo "Install them with: sudo apt-get install$missing" >&2
else
    echo "Install what your distribution calls these, then start again." >&2
fi
exit 1

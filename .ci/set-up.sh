#!/bin/sh
# Brings .venv up to one of the locks: `.ci/set-up.sh local` or `.ci/set-up.sh dev`.
# Quick when nothing changed: the stamp holds the checksum of what was installed, and where.
set -eu
cd "$(dirname "$0")/.."
kind=$1
lock=requirements-$kind.lock
recent='import sys; sys.exit(sys.version_info < (3, 11))'

want() { echo "$(cat "requirements-$1.lock" pyproject.toml | cksum) $(pwd -P)"; }
fresh() { [ "$(cat ".venv/set-up-$1" 2>/dev/null)" = "$(want "$1")" ]; }
stop() { echo "$1" >&2; exit 1; }

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        if "$name" -c "$recent" 2>/dev/null; then command -v "$name"; return; fi
    done
    stop "Python 3.11 or newer is needed and none was found on the PATH; install it (Debian: apt-get install python3 python3-venv)."
}

make_venv() {
    python=$(find_python)
    rm -rf .venv
    if command -v uv >/dev/null 2>&1; then
        uv venv --quiet --python "$python" .venv
    else
        "$python" -c 'import ensurepip, venv' 2>/dev/null ||
            stop "$python has no venv module; install it (Debian: apt-get install python3-venv) or install uv."
        "$python" -m venv .venv
    fi
}

if command -v uv >/dev/null 2>&1; then
    install() { uv pip install --quiet --python .venv/bin/python "$@"; }
else
    install() { .venv/bin/python -m pip install --quiet --disable-pip-version-check "$@"; }
fi

usable() { .venv/bin/python -c "$recent" 2>/dev/null; }
can_install() { command -v uv >/dev/null 2>&1 || .venv/bin/python -c 'import pip' 2>/dev/null; }

if { fresh "$kind" || fresh dev; } && usable; then exit 0; fi  # dev holds all that local has
if ! usable || ! can_install; then make_venv; fi
echo "Installing $lock into .venv ..." >&2
install --require-hashes -r "$lock"
install --no-deps --no-build-isolation --editable .
want "$kind" > ".venv/set-up-$kind"

#!/bin/sh
# Makes .venv what the locks say, hashes checked, and installs this project into it, editable.
#
# uv does it in seconds but reads no pip configuration, so it is handed pip's index, links and certificates (from PIP_* and pip.conf).
# Where it fails even so (an index that asks for a keyring, no wheel of uv for this machine), pip does the same in about a minute.
set -eu
cd "$(dirname "$0")/.."
base=${1:-python3}
python=.venv/bin/python

"$base" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "tocsin needs Python 3.11 or newer; '$base' is none. Name another one: make PYTHON=python3.12 ..." >&2
    exit 2
}
"$python" -m pip --version >/dev/null 2>&1 || "$base" -m venv --clear .venv

pip() { "$python" -m pip --disable-pip-version-check --quiet "$@"; }
setting() { "$python" -m pip config list 2>/dev/null | sed -n "s/^[a-z:]*\.$1='\(.*\)'\$/\1/p" | head -n 1 | sed 's/\\n/ /g'; }
hand_over() { # VARIABLE OPTION: what pip has, unless the user set uv's own
    value=$(setting "$2")
    if [ -n "$value" ]; then eval "export $1=\${$1:-\$value}"; fi
}

with_uv() {
    hand_over UV_DEFAULT_INDEX index-url
    hand_over UV_INDEX extra-index-url
    hand_over UV_FIND_LINKS find-links
    hand_over SSL_CERT_FILE cert
    pip install --require-hashes -r requirements-build.lock || return 1
    uv="$python -m uv --quiet --no-config --system-certs"
    $uv pip sync --python "$python" --require-hashes --compile-bytecode requirements-dev.lock || return 1
    $uv pip install --python "$python" --no-deps --no-build-isolation --editable .
}

with_pip() {
    echo "uv could not do it; pip does, which takes about a minute" >&2
    pip install --require-hashes --no-deps -r requirements-dev.lock # a lock is whole; resolving "sqlalchemy[asyncio]" anew fails on hashes
    pip install --no-deps --no-build-isolation --editable .
}

echo "Setting up .venv from requirements-dev.lock ..." >&2
with_uv || with_pip
touch .venv/made

#!/usr/bin/env bash
# Brings one environment in line with its lock file: setup.sh hub | bot. Does nothing when it already is.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '%s\n' "→ $*"; }

uv_here() {
    if [ ! -x .tools/bin/uv ]; then
        say "Fetching uv, which installs the rest (a few seconds)"
        python3 -m pip install --quiet --disable-pip-version-check --root-user-action ignore \
            --target .tools --require-hashes --requirement scripts/uv.txt >/dev/null
    fi
}

environment() { # folder, Python version, lock file, what it is
    local folder=$1 version=$2 lock=$3 what=$4 stamp
    stamp=$folder/installed.sha256
    if [ -f "$stamp" ] && sha256sum --status --check "$stamp"; then
        return
    fi
    uv_here
    if ! .tools/bin/uv venv --quiet --clear --python "$version" "$folder" 2>/dev/null; then
        echo "Python $version was not found: put python$version on the path (or install it with pyenv), or let uv fetch it (needs the internet)." >&2
        exit 2
    fi
    say "Installing $what (about a minute the first time)"
    .tools/bin/uv pip sync --quiet --compile-bytecode --python "$folder" --require-hashes "$lock"
    sha256sum "$lock" >"$stamp"
}

case "${1:-}" in
    hub) environment .venv 3.13 requirements.lock "the hub's environment" ;;
    bot) environment bot/.venv 3.11 bot/requirements.lock "the bot's environment, 2.5 GB" ;;
    *) echo "usage: setup.sh hub|bot" >&2; exit 2 ;;
esac

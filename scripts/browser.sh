#!/usr/bin/env bash
# A Chromium for the browser tests: the one that is here, else Debian's (when this is root), else a clear line.
set -euo pipefail
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null && exit 0
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "→ Installing Chromium for the browser tests"
    apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium >/dev/null && exit 0
fi
echo "No Chromium: install it (Debian: apt-get install chromium); the browser tests are skipped without it." >&2

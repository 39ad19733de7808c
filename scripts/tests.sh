#!/usr/bin/env bash
# Every test, on both cores at once: all that needs the bot in one run (one bot process), all else in another one beside it.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
with_bot=var/tests_with_bot.log
.venv/bin/python -m pytest -m product -p no:cacheprovider >"$with_bot" 2>&1 &
beside=$!
.venv/bin/python -m pytest -m "not product"
first=$?
echo "→ The tests that need the bot"
while kill -0 "$beside" 2>/dev/null; do
    sleep 20
    echo "  … $(grep -oE '\[ *[0-9]+%\]' "$with_bot" | tail -n 1)"
done
wait "$beside"
second=$?
cat "$with_bot"
[ "$first" -eq 0 ] && [ "$second" -eq 0 ]

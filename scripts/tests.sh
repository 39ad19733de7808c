#!/usr/bin/env bash
# Every test, on both cores at once: all that needs the bot (one bot process) and then the studio, all else in another run beside it.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
pytest=(.venv/bin/python -m pytest)
studio=(tests/studio)
with_bot=var/tests_with_bot.log of_studio=var/tests_of_studio.log
(
    "${pytest[@]}" -m product -p no:cacheprovider >"$with_bot" 2>&1
    first=$?
    "${pytest[@]}" -m "not product" -p no:cacheprovider "${studio[@]}" >"$of_studio" 2>&1 && exit "$first"
) &
beside=$!
"${pytest[@]}" -m "not product" "${studio[@]/#/--ignore=}"
others=$?
echo "→ The tests that need the bot, and those of the studio"
while kill -0 "$beside" 2>/dev/null; do
    sleep 20
    echo "  … $(cat "$with_bot" "$of_studio" 2>/dev/null | grep -oE '\[ *[0-9]+%\]' | tail -n 1)"
done
wait "$beside"
both=$?
cat "$with_bot" "$of_studio"
[ "$others" -eq 0 ] && [ "$both" -eq 0 ]

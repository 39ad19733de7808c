#!/usr/bin/env bash
# Every test, on both cores at once: all that needs the bot (one bot process) and then the curation, all else in another run beside it.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
pytest=(.venv/bin/python -m pytest)
curation=(tests/studio tests/curation)
with_bot=var/tests_with_bot.log of_curation=var/tests_of_curation.log
(
    "${pytest[@]}" -m product -p no:cacheprovider >"$with_bot" 2>&1
    first=$?
    "${pytest[@]}" -m "not product" -p no:cacheprovider "${curation[@]}" >"$of_curation" 2>&1 && exit "$first"
) &
beside=$!
"${pytest[@]}" -m "not product" "${curation[@]/#/--ignore=}"
others=$?
echo "→ The tests that need the bot, and those of the curation"
while kill -0 "$beside" 2>/dev/null; do
    sleep 20
    echo "  … $(cat "$with_bot" "$of_curation" 2>/dev/null | grep -oE '\[ *[0-9]+%\]' | tail -n 1)"
done
wait "$beside"
both=$?
cat "$with_bot" "$of_curation"
[ "$others" -eq 0 ] && [ "$both" -eq 0 ]

#!/usr/bin/env bash
# Every test, on both cores at once: all that needs the bot (one bot process) and then the studio, all else in another run beside it.
# A few that fail beside the others are run once more alone, and named: machines are shared, and a wait can be too short. What fails
# alone too is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
rm -f var/tests_with_bot.rc var/tests_of_studio.rc
pytest=(.venv/bin/python -m pytest)
studio=(tests/studio)
with_bot=var/tests_with_bot.log of_studio=var/tests_of_studio.log
most_again=5

run() { # NAME, then what pytest is told; what failed is remembered under that name
    rm -rf "var/pytest_$1"
    "${pytest[@]}" -o cache_dir="var/pytest_$1" "${@:2}"
}

alone() { # NAME, then what pytest is told: again, only what failed
    local failed="var/pytest_$1/v/cache/lastfailed" count
    count=$(.venv/bin/python -c 'import json, sys; print(len(json.load(open(sys.argv[1]))))' "$failed" 2>/dev/null || echo 0)
    if [ "$count" -eq 0 ] || [ "$count" -gt "$most_again" ]; then
        return 1
    fi
    echo "→ Failed beside the others, run again alone ($count):"
    .venv/bin/python -c 'import json, sys; print(*json.load(open(sys.argv[1])), sep="\n")' "$failed"
    "${pytest[@]}" -o cache_dir="var/pytest_$1" --last-failed "${@:2}"
}

(
    run with_bot -m product >"$with_bot" 2>&1
    echo $? >var/tests_with_bot.rc
    run of_studio -m "not product" "${studio[@]}" >"$of_studio" 2>&1
    echo $? >var/tests_of_studio.rc
) &
beside=$!
run others -m "not product" "${studio[@]/#/--ignore=}"
others=$?
echo "→ The tests that need the bot, and those of the studio"
while kill -0 "$beside" 2>/dev/null; do
    sleep 20
    echo "  … $(cat "$with_bot" "$of_studio" 2>/dev/null | grep -oE '\[ *[0-9]+%\]' | tail -n 1)"
done
cat "$with_bot" "$of_studio"
fails=0
[ "$others" -eq 0 ] || alone others -m "not product" "${studio[@]/#/--ignore=}" || fails=1
[ "$(cat var/tests_with_bot.rc)" = 0 ] || alone with_bot -m product || fails=1
[ "$(cat var/tests_of_studio.rc)" = 0 ] || alone of_studio -m "not product" "${studio[@]}" || fails=1
exit "$fails"

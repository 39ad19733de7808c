#!/usr/bin/env bash
# Every test, in three runs beside each other: all that needs the bot (one bot process), and faults; the studio; all else. Half of their
# time is spent waiting, for a phone's pace or a clock, so three fit on two cores.
# Each takes its ports from a range of its own (tests/ports.py).
# A few that fail beside the others are run once more alone, and named: machines are shared, and a wait can be too short. What fails
# alone too is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
pytest=(.venv/bin/python -m pytest)
rooms=(tests/studio)
declare -A chosen=(
    [with_bot]="-m with_faults"
    [of_rooms]="-m not_product ${rooms[*]}"
    [others]="-m not_product ${rooms[*]/#/--ignore=}"
)
declare -A stream=([with_bot]=0 [of_rooms]=1 [others]=2)
most_again=5

run() { # NAME; what failed is remembered under that name
    local -a words
    read -ra words <<<"${chosen[$1]}"
    words=("${words[@]/with_faults/product or faults}")
    words=("${words[@]/not_product/not product and not faults}")
    rm -rf "var/pytest_$1"
    TEST_STREAM="${stream[$1]}" "${pytest[@]}" -o cache_dir="var/pytest_$1" "${words[@]}"
}

alone() { # NAME: again, only what failed
    local failed="var/pytest_$1/v/cache/lastfailed" count
    local -a words
    read -ra words <<<"${chosen[$1]}"
    words=("${words[@]/with_faults/product or faults}")
    words=("${words[@]/not_product/not product and not faults}")
    count=$(.venv/bin/python -c 'import json, sys; print(len(json.load(open(sys.argv[1]))))' "$failed" 2>/dev/null || echo 0)
    if [ "$count" -eq 0 ] || [ "$count" -gt "$most_again" ]; then
        return 1
    fi
    echo "→ Failed beside the others, run again alone ($count):"
    .venv/bin/python -c 'import json, sys; print(*json.load(open(sys.argv[1])), sep="\n")' "$failed"
    TEST_STREAM="${stream[$1]}" "${pytest[@]}" -o cache_dir="var/pytest_$1" --last-failed "${words[@]}"
}

for name in with_bot of_rooms; do
    rm -f "var/tests_$name.rc"
    (
        run "$name" >"var/tests_$name.log" 2>&1
        echo $? >"var/tests_$name.rc"
    ) &
done
run others
others=$?
echo "→ The tests that need the bot, faults, and the studio"
while [ ! -f var/tests_with_bot.rc ] || [ ! -f var/tests_of_rooms.rc ]; do
    sleep 10
    for name in with_bot of_rooms; do
        [ -f "var/tests_$name.rc" ] || echo "  … $name $(grep -oE '\[ *[0-9]+%\]' "var/tests_$name.log" 2>/dev/null | tail -n 1)"
    done
done
wait
cat var/tests_with_bot.log var/tests_of_rooms.log
fails=0
[ "$others" -eq 0 ] || alone others || fails=1
for name in with_bot of_rooms; do
    [ "$(cat "var/tests_$name.rc")" = 0 ] || alone "$name" || fails=1
done
exit "$fails"

#!/usr/bin/env bash
# Every test, in three runs beside each other: all that needs the bot (one bot process), with Telegram and the page; the studio, and
# faults; all else. Half of their time is spent waiting, for a phone's pace or a clock, so three fit on two cores; with a fourth, answers
# came too late now and then. Each takes its ports from a range of its own (tests/ports.py).
# A few that fail beside the others are run once more alone, and named: machines are shared, and a wait can be too short. What fails
# alone too is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
rooms=(tests/studio tests/faults)
most_again=5
beside=(with_bot rooms)
declare -A stream=([with_bot]=0 [rooms]=1 [others]=2)

tests() { # NAME MORE...: pytest with the tests of that run
    local name="$1" words
    shift
    case "$name" in
        with_bot) words=(-m "(product or in_its_waits) and not faults") ;;
        rooms) words=(-m "faults or not product" "${rooms[@]}") ;;
        others) words=(-m "not product and not in_its_waits and not faults" "${rooms[@]/#/--ignore=}") ;;
    esac
    TEST_STREAM="${stream[$name]}" .venv/bin/python -m pytest -o cache_dir="var/pytest_$name" "$@" "${words[@]}"
}

run() { # NAME; what failed is remembered under that name
    rm -rf "var/pytest_$1"
    tests "$1"
}

alone() { # NAME: again, only what failed
    local failed="var/pytest_$1/v/cache/lastfailed" count
    count=$(.venv/bin/python -c 'import json, sys; print(len(json.load(open(sys.argv[1]))))' "$failed" 2>/dev/null || echo 0)
    if [ "$count" -eq 0 ] || [ "$count" -gt "$most_again" ]; then
        return 1
    fi
    echo "→ Failed beside the others, run again alone ($count):"
    .venv/bin/python -c 'import json, sys; print(*json.load(open(sys.argv[1])), sep="\n")' "$failed"
    tests "$1" --last-failed
}

is_running() { # whether one of those beside has not ended
    local name
    for name in "${beside[@]}"; do
        [ -f "var/tests_$name.rc" ] || return 0
    done
    return 1
}

for name in "${beside[@]}"; do
    rm -f "var/tests_$name.rc"
    (
        run "$name" >"var/tests_$name.log" 2>&1
        echo $? >"var/tests_$name.rc"
    ) &
done
run others
others=$?
echo "→ The tests that need the bot, faults, and the studio"
while is_running; do
    sleep 10
    for name in "${beside[@]}"; do
        [ -f "var/tests_$name.rc" ] || echo "  … $name $(grep -oE '\[ *[0-9]+%\]' "var/tests_$name.log" 2>/dev/null | tail -n 1)"
    done
done
wait
for name in "${beside[@]}"; do
    cat "var/tests_$name.log"
done
fails=0
[ "$others" -eq 0 ] || alone others || fails=1
for name in "${beside[@]}"; do
    [ "$(cat "var/tests_$name.rc")" = 0 ] || alone "$name" || fails=1
done
exit "$fails"

#!/usr/bin/env bash
# Every test, in runs beside each other. Half of their time is spent waiting, for a phone's pace or a clock, so three fit on two cores; with
# a fourth, answers came too late now and then. Each takes its ports from a range of its own (tests/ports.py).
# `scripts/tests.sh early` runs what needs no model: `make test` does so while the model is trained, on the core that this leaves free.
# `scripts/tests.sh rest` is what comes behind it, three runs: all that needs the bot (one bot process), with Telegram and the page; faults;
# all else. Without a word it runs all, the early ones before the faults.
# A few that fail beside the others are run once more alone, and named: machines are shared, and a wait can be too short. What fails
# alone too is a failure.
set -uo pipefail
cd "$(dirname "$0")/.."
mkdir -p var
most_again=5
without_model=(tests/kernel tests/safety tests/curation tests/studio)
declare -A stream=([with_bot]=0 [faults]=1 [others]=2 [early]=3)

tests() { # NAME MORE...: pytest with the tests of that run
    local name="$1" words
    shift
    case "$name" in
        with_bot) words=(-m "(product or in_its_waits) and not faults") ;;
        faults) words=(-m faults tests/faults) ;;
        others) words=(-m "not product and not in_its_waits and not faults" "${without_model[@]/#/--ignore=}") ;;
        early) words=(-m "not product" "${without_model[@]}") ;;
    esac
    TEST_STREAM="${stream[$name]}" .venv/bin/python -m pytest -o cache_dir="var/pytest_$name" "$@" "${words[@]}"
}

run() { # NAME...: one after another, each into a log of its own; what failed is remembered under its name
    local name
    for name in "$@"; do
        rm -rf "var/pytest_$name"
        tests "$name" >"var/tests_$name.log" 2>&1
        echo $? >"var/tests_$name.rc"
    done
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

is_running() { # whether one of them has not ended
    local name
    for name in "${names[@]}"; do
        [ -f "var/tests_$name.rc" ] || return 0
    done
    return 1
}

if [ "${1:-}" = early ]; then
    rm -f var/tests_early.rc
    echo "→ Tests that need no model, beside the training"
    run early
    tail -n 1 var/tests_early.log
    exit 0 # what failed is run again alone, behind all others
fi

names=(with_bot faults others early)
rm -f var/tests_{with_bot,faults,others}.rc
run with_bot &
run others &
if [ "${1:-}" = rest ] && [ -f var/tests_early.rc ]; then # not there where they were ended before their end
    run faults &
else
    rm -f var/tests_early.rc
    run early faults &
fi
while is_running; do
    sleep 10
    for name in "${names[@]}"; do
        [ -f "var/tests_$name.rc" ] || echo "  … $name $(grep -oE '\[ *[0-9]+%\]' "var/tests_$name.log" 2>/dev/null | tail -n 1)"
    done
done
wait
fails=0
for name in "${names[@]}"; do
    cat "var/tests_$name.log"
done
for name in "${names[@]}"; do
    [ "$(cat "var/tests_$name.rc")" = 0 ] || alone "$name" || fails=1
done
exit "$fails"

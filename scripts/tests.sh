#!/usr/bin/env bash
# Every test, after training the model unless it is there, in runs beside each other.
# What needs no model begins at once, in one lane beside the training, which leaves most of the second core free: with two the training,
# which all else waits for, takes half as long again. Behind it a second lane begins; each takes the next run that nobody has begun, so that
# they end at about the same time. What needs the bot (one bot process) is one run of its own, behind the training. So never more than
# three are at work: half of their time is spent waiting, for a phone's pace or a clock, and with a fourth, answers came too late now and
# then. Each takes its ports from a range of its own (tests/ports.py).
# A few that fail beside the others are run once more alone, and named: machines are shared, and a wait can be too short. What fails
# alone too is a failure.
set -uo pipefail
set -m # each job is a process group: what is ended here is ended with all that it started
cd "$(dirname "$0")/.."
mkdir -p var
most_again=5
one_lane=(early others hubs faults)
other_lane=(waits faults hubs others)
names=(with_bot waits early hubs others faults)
declare -A stream=([with_bot]=0 [waits]=1 [early]=2 [hubs]=3 [others]=4 [faults]=5)
declare -A rooms=(
    [waits]="tests/telegram tests/public_page"
    [early]="tests/kernel tests/safety tests/curation tests/studio"
    [hubs]="tests/channels"
    [faults]="tests/faults"
)

tests() { # NAME MORE...: pytest with the tests of that run
    local name="$1" words
    shift
    case "$name" in
        with_bot) words=(-m "product and not faults") ;;
        others)
            read -ra words <<<"${rooms[*]}"
            words=(-m "not product" "${words[@]/#/--ignore=}")
            ;;
        *)
            read -ra words <<<"${rooms[$name]}"
            words=(-m "not product" "${words[@]}")
            ;;
    esac
    TEST_STREAM="${stream[$name]}" .venv/bin/python -m pytest -o cache_dir="var/pytest_$name" "$@" "${words[@]}"
}

run() { # NAME: into a log of its own; how it ended is remembered under its name
    rm -rf "var/pytest_$1"
    tests "$1" >"var/tests_$1.log" 2>&1
    echo $? >"var/tests_$1.rc"
}

lane() { # NAME...: one after another, those that the other lane has not begun
    local name
    for name in "$@"; do
        mkdir "var/tests_$name.begun" 2>/dev/null && run "$name"
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

end_all() { # whatever still runs, with all that it started
    local job
    for job in $(jobs -p); do
        kill -- "-$job" 2>/dev/null
    done
}

trap end_all EXIT
trap 'exit 130' INT TERM
rm -rf var/tests_*.rc var/tests_*.log var/tests_*.begun
scripts/train.sh &
training=$!
echo "→ Checks, and tests that need no model, beside the training"
.venv/bin/python -m curation.check_all || exit
lane "${one_lane[@]}" &
wait "$training" || exit
lane "${other_lane[@]}" &
run with_bot &
while is_running; do
    sleep 10
    for name in "${names[@]}"; do
        [ -f "var/tests_$name.rc" ] || [ ! -f "var/tests_$name.log" ] ||
            echo "  … $name $(grep -oE '\[ *[0-9]+%\]' "var/tests_$name.log" | tail -n 1)"
    done
done
fails=0
for name in "${names[@]}"; do
    cat "var/tests_$name.log"
done
for name in "${names[@]}"; do
    [ "$(cat "var/tests_$name.rc")" = 0 ] || alone "$name" || fails=1
done
exit "$fails"

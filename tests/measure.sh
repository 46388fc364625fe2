#!/usr/bin/env bash
# Measures a built program: how long from its start to the first answer, and how much memory it holds when idle.
#
#   tests/measure.sh target/release/liangxin
#
# Everything is embedded (SQLite), on an empty directory for each of the five starts. Needs curl, and Linux's /proc.
set -euo pipefail
export LC_ALL=C

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

if [ $# -ne 1 ] || [ ! -x "$1" ]; then fail "usage: $0 PATH-OF-THE-PROGRAM"; fi
program=$(realpath -- "$1")
runs=5
patience_seconds=30
idle_seconds=5

scratch=$(mktemp -d)
server=

stop_server() {
    [ -n "$server" ] || return 0
    kill -TERM "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    server=
}

clean_up() {
    stop_server
    rm -rf "$scratch"
}
trap clean_up EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

now_micros() {
    printf '%s' "${EPOCHREALTIME/./}"
}

# Sets `url` to where the server says that it listens. It asks the file with the shell's own means: a process for each
# look would take longer than the server.
read_url() {
    local line
    url=
    while IFS= read -r line; do
        case $line in "listening on "*) url=${line#listening on } ;; esac
    done <"$1"
    [ -n "$url" ]
}

# Sets `took` to the microseconds until the first answer; the server goes on running.
start_server() {
    local data=$scratch/$1 begin
    mkdir "$data"
    : >"$data/out"
    begin=$(now_micros)
    # No setting of the caller's: the figures are those of the embedded server.
    env -i PATH="$PATH" HOME="$scratch" "$program" serve --listen 127.0.0.1:0 --data "$data/data" \
        >"$data/out" 2>"$data/err" &
    server=$!
    until read_url "$data/out" && is_answered; do
        kill -0 "$server" 2>/dev/null || fail "the server ended: $(tail -n 5 "$data/err")"
        [ $(($(now_micros) - begin)) -lt $((patience_seconds * 1000000)) ] || fail "no answer in $patience_seconds s"
    done
    took=$(($(now_micros) - begin))
}

is_answered() {
    local answer
    answer=$(curl -s --max-time 5 -H 'content-type: application/json' -d '{"query":"{__typename}"}' "$url/graphql") &&
        [[ $answer == *'"__typename"'* ]]
}

resident_kib() {
    awk '/^VmRSS:/ { print $2 }' "/proc/$server/status"
}

times=()
for run in $(seq "$runs"); do
    start_server "$run"
    times+=("$took")
    [ "$run" -eq "$runs" ] || stop_server
done
sleep "$idle_seconds"
memory=$(resident_kib)
[ -n "$memory" ] || fail "the memory of the server cannot be read"
stop_server

median=$(printf '%s\n' "${times[@]}" | sort -n | sed -n "$(((runs + 1) / 2))p")
awk -v median="$median" -v memory="$memory" -v runs="$runs" -v idle="$idle_seconds" 'BEGIN {
    printf "start to first answer (SQLite)  %6.0f ms   median of %d\n", median / 1000, runs
    printf "idle resident memory            %6.1f MiB  after %d s\n", memory / 1024, idle
}'

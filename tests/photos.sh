#!/usr/bin/env bash
# Makes the copies of 1,280 and 320 pixels of the same photos with the program's own code and with libvips, on one core, one
# after the other, and says how many photos a second each makes and how much memory it takes at most.
#
#   cargo build --release -p liangxin-picture --example copies
#   tests/photos.sh target/release/examples/copies TIMES FILE...
#
# Needs vipsthumbnail (Debian `libvips-tools`), taskset, and Linux's /proc. The program proves each photo whole and reads its
# facts besides; libvips only makes the copies.
set -euo pipefail
export LC_ALL=C

fail() {
    printf '%s: %s\n' "${0##*/}" "$*" >&2
    exit 1
}

if [ $# -lt 3 ] || [ ! -x "$1" ]; then fail "usage: $0 PATH-OF-THE-EXAMPLE TIMES FILE..."; fi
command -v vipsthumbnail >/dev/null || fail "vipsthumbnail is not installed (Debian: libvips-tools)"
copies=$(realpath -- "$1")
times=$2
shift 2
files=()
for file in "$@"; do files+=("$(realpath -- "$file")"); done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# Sets `peak` to the most memory, in KiB, that a process had while it ran, as often as it can be looked at.
watch_process() {
    local seen
    peak=0
    while seen=$(awk '/^VmHWM:/ { print $2 }' "/proc/$1/status" 2>/dev/null) && [ -n "$seen" ]; do
        [ "$seen" -le "$peak" ] || peak=$seen
        sleep 0.01
    done
}

# One size of all files, as whoever uses libvips would make it.
libvips() {
    exec taskset -c 0 env VIPS_CONCURRENCY=1 vipsthumbnail "${files[@]}" --size "$1" -o "$scratch/%s-$1.jpg[Q=86,strip]" 2>/dev/null
}

# Sets `spent` to the processor time, in milliseconds, of all processes that this shell waited for: what other work on the
# machine takes does not count.
processor_millis() {
    times >"$scratch/times"
    spent=$(awk 'NR == 2 { gsub(/[ms]/, " "); printf "%d", (($1 + $3) * 60 + $2 + $4) * 1000 }' "$scratch/times")
}

tell() {
    awk -v who="$1" -v photos=$((times * ${#files[@]})) -v millis="$2" -v most="$3" 'BEGIN {
        printf "%-13s %d photos, %.1f a second of one core, at most %.1f MiB\n", who, photos, photos * 1e3 / millis, most / 1024
    }'
}

processor_millis
begin=$spent
said=$(taskset -c 0 "$copies" "$times" "${files[@]}") || fail "$said"
processor_millis
tell 'this program:' $((spent - begin)) "$(sed -n 's/.*VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' <<<"$said")"
processor_millis
begin=$spent
for _ in $(seq "$times"); do
    for size in 1280 320; do
        (libvips "$size") || fail "vipsthumbnail failed"
    done
done
processor_millis
took=$((spent - begin))
# Once more, watched: whoever watches takes time, too.
most=0
for size in 1280 320; do
    (libvips "$size") &
    watch_process $!
    wait $! || fail "vipsthumbnail failed"
    [ "$peak" -le "$most" ] || most=$peak
done
tell 'libvips:' "$took" "$most"

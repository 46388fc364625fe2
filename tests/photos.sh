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

# libvips makes both sizes of all files, so often; one process a size, as whoever uses it would do.
libvips() {
    local size
    for _ in $(seq "$times"); do
        for size in 1280 320; do
            taskset -c 0 env VIPS_CONCURRENCY=1 vipsthumbnail "${files[@]}" --size "$size" \
                -o "$scratch/%s-$size.jpg[Q=86,strip]" 2>/dev/null &
            watch_process $!
            wait $! || fail "vipsthumbnail failed"
            [ "$peak" -le "$most" ] || most=$peak
        done
    done
}

printf 'this program: '
taskset -c 0 "$copies" "$times" "${files[@]}"
most=0
begin=${EPOCHREALTIME/./}
libvips
took=$((${EPOCHREALTIME/./} - begin))
awk -v photos=$((times * ${#files[@]})) -v took="$took" -v most="$most" 'BEGIN {
    printf "libvips:      %d photos, %.1f a second, VmHWM:\t%8d kB\n", photos, photos * 1e6 / took, most
}'

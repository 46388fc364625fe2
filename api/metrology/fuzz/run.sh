#!/usr/bin/env bash
# Fuzzes judging, family by family, and the readers of quantities and of rule files, with what Rust installs by default: coverage is
# counted by LLVM, the fuzzer is libFuzzer (of the crate libfuzzer-sys; needs a C++ compiler).
#
#   run.sh SECONDS_OF_A_FAMILY SECONDS_OF_EACH_READER [FAMILY...]
#
# As many families at a time as there are cores. What was found is kept in the directory that is told at the end.
set -euo pipefail
cd -- "$(dirname -- "${BASH_SOURCE[0]}")"

of_family=${1:?seconds of a family} of_readers=${2:?seconds of each reader}
shift 2
host=$(rustc -vV | sed -n 's/^host: //p')
build=${CARGO_TARGET_DIR:-$PWD/target}/fuzz
work=$build/corpus

# Branches and comparisons guide the fuzzer. The host's own programs (build scripts, macros)
# are not counted, which `--target` sees to.
flags="--cfg fuzzing -Cpasses=sancov-module"
for option in level=4 inline-8bit-counters pc-table trace-compares; do
    flags+=" -Cllvm-args=-sanitizer-coverage-$option"
done
RUSTFLAGS=$flags CARGO_TARGET_DIR=$build cargo build --locked --release --target "$host" --bins

python3 seeds.py "$work"
mkdir -p "$build/found"

# fuzz PROGRAM CORPUS SECONDS: quiet while nothing is found.
fuzz() {
    local program=$1 corpus=$work/$2 seconds=$3 log=$build/${2//\//-}.log
    if "$build/$host/release/$program" "$corpus" -dict="$work/words.dict" -max_total_time="$seconds" -max_len=65536 \
        -timeout=25 -rss_limit_mb=2048 -artifact_prefix="$build/found/${2//\//-}-" >"$log" 2>&1; then
        printf '%-28s %s\n' "$2" "$(grep -E '^Done ' "$log")"
    else
        tail -n 40 "$log"
        printf '%-28s FAILED\n' "$2"
        return 1
    fi
}
export -f fuzz
export build host work

families=("$@")
[ $# -gt 0 ] || mapfile -t families < <(ls "$work/judge")
{
    [ "$of_readers" -eq 0 ] || for reader in quantities rules; do printf '%s\0%s\0%s\0' "$reader" "$reader" "$of_readers"; done
    for family in "${families[@]}"; do printf '%s\0%s\0%s\0' judge "judge/$family" "$of_family"; done
} | xargs -0 -n 3 -P "$(nproc)" bash -c 'fuzz "$@"' _ || {
    echo "what was found: $build/found" >&2
    exit 1
}

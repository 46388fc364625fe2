#!/usr/bin/env bash
# Builds the library and writes its bindings for Kotlin, Swift and Python.
#
#   mobile-contract/verdict/generate.sh [DIRECTORY]
#
# DIRECTORY is made if it is not there; without it, target/verdict-bindings. The library of this machine is put beside
# them, so that the Python module can be imported from there.
set -eu

root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
mkdir -p -- "${1:-$root/target/verdict-bindings}"
out=$(cd -- "${1:-$root/target/verdict-bindings}" && pwd)
cd -- "$root/mobile-contract/verdict"
# One place for all that is built.
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}

case $(uname -s) in
Darwin) library=libliangxin_verdict.dylib ;;
*) library=libliangxin_verdict.so ;;
esac
# The library is read with its symbols: strip it only afterwards.
library=$CARGO_TARGET_DIR/release/$library

cargo build --locked --release
# Not in release: there it would build the library again, with what only this program needs.
cargo run --locked --quiet --features bindgen --bin uniffi-bindgen -- \
    generate --no-format --language kotlin --language swift --language python --out-dir "$out" "$library"
cp -- "$library" "$out"

echo "the bindings are in $out"

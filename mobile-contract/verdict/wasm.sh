#!/usr/bin/env bash
# Builds the library for WebAssembly, with what a page or a program in Node needs beside it.
#
#   mobile-contract/verdict/wasm.sh [DIRECTORY]
#
# DIRECTORY is made if it is not there; without it, target/verdict-wasm. Installs Rust's target for WebAssembly where
# it is missing.
set -eu

root=$(cd -- "$(dirname -- "$0")/../.." && pwd)
mkdir -p -- "${1:-$root/target/verdict-wasm}"
out=$(cd -- "${1:-$root/target/verdict-wasm}" && pwd)
cd -- "$root/mobile-contract/verdict"
export CARGO_TARGET_DIR=${CARGO_TARGET_DIR:-$root/target}

target=wasm32-unknown-unknown
# 77 says that it could not be had, for tests that may skip what is not installed.
[ -d "$(rustc --print sysroot)/lib/rustlib/$target" ] || timeout 300 rustup target add "$target" || exit 77
cargo build --locked --package liangxin-verdict-wasm --profile wasm --target "$target"
cp -- "$CARGO_TARGET_DIR/$target/wasm/liangxin_verdict_wasm.wasm" "$out/liangxin_verdict.wasm"
cp -- wasm/verdict.js wasm/verdict.d.ts "$root/mobile-contract/measurements/measurements.d.ts" "$out"

echo "the library is in $out"

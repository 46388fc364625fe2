# `just` lists what there is.
_default:
    @just --list --unsorted

# The story of one market stall, on an empty directory, in this terminal
demo *arguments:
    cargo run -- demo {{ arguments }}

# The server on this machine, with the fixtures
serve *arguments:
    cargo run -- serve --fixtures {{ arguments }}

# Every test; needs nothing but Rust and gcc, and says what it skipped
test:
    cargo test --workspace

# The verdict on the phone, through its Python binding
test-binding:
    cargo test --manifest-path mobile-contract/verdict/Cargo.toml

# The rules and state machines alone: no database, seconds
test-fast:
    cargo test -p liangxin-metrology -p liangxin-domain

# What the lint stage of .ci/run checks
lint:
    cargo fmt --all --check
    cargo clippy --workspace --all-targets -- -D warnings

# Write mobile-contract/schema.graphql anew from the code
schema:
    cargo run -- schema > mobile-contract/schema.graphql

# Run the tests and take over every changed snapshot: read the diff before keeping it
snapshots:
    LIANGXIN_UPDATE=1 cargo test --workspace

# Everything that must hold before a change is kept
ci:
    bash .ci/run

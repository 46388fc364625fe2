//! The library from outside: rule files in, verdicts out.

#![expect(
    clippy::unwrap_used,
    reason = "fixtures outside a #[test] function fail a test by panicking too"
)]

mod beyond;
mod by_measure;
mod deletions;
mod duty;
mod figures;
mod fuel;
mod golden;
mod left_out;
mod market;
mod optics;
mod part_rows;
mod parts;
mod plain;
mod prepackaged;
mod recompute;
mod retail;
mod rule_files;
mod scales;
mod sentences;
mod slips;
mod strict;
mod unverified;
mod wire;

//! The library from outside: rule files in, verdicts out.

#![expect(
    clippy::unwrap_used,
    reason = "fixtures outside a #[test] function fail a test by panicking too"
)]

mod retail_cases;
mod retail_table;
mod retail_verdict;
mod rule_files;
mod weighing;

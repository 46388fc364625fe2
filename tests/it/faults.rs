//! A few seeds of the fault runs; `cargo run -p liangxin-tests --bin faults` plays as many as one likes.

use liangxin_tests::database::Engine;
use liangxin_tests::faults::{Standards, play};

/// Between them, every place fails on each database.
const SEEDS: [u64; 2] = [2, 3];

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_or_doubled_while_everything_beside_the_program_fails() {
    let mut standards = Standards::default();
    for engine in Engine::available() {
        for seed in SEEDS {
            let outcome = play(seed, engine, &mut standards).await;
            assert!(
                outcome.findings.is_empty(),
                "seed {seed} on {engine} with {}: {:#?}",
                outcome.plan,
                outcome.findings
            );
        }
    }
}

//! Days of two officers with the reference phone, at random: bad lines, killed apps, phones that start anew and
//! whose clocks are set, days without a network. Nothing is lost, doubled, stuck or refused, and everything is at a
//! time in which it was.

use std::ops::Range;

use liangxin_tests::app::on_both_connected;
use liangxin_tests::postgres::variable;
use liangxin_tests::reference_phone::play;

/// `LIANGXIN_TEST_DAYS` says how many seeds on each database, or which, as `118..200`; a few by default.
fn seeds() -> Range<u64> {
    let wanted = variable("LIANGXIN_TEST_DAYS").unwrap_or_else(|| "3".to_owned());
    let (first, end) = wanted.split_once("..").unwrap_or(("0", &wanted));
    let seed = |text: &str| text.parse().unwrap_or_else(|_| panic!("no seed: {text}"));
    seed(first)..seed(end)
}

#[tokio::test]
async fn whatever_happens_to_phones_their_work_arrives_once_and_is_never_refused() {
    for seed in seeds() {
        // Two connections, so that nothing of these days becomes an example of the contract.
        on_both_connected(2, async |app| {
            eprintln!("days of seed {seed}");
            let played = Box::pin(play(&app, seed)).await;
            played.unwrap_or_else(|error| panic!("days of seed {seed}: {error:#}"));
        })
        .await;
    }
}

//! A database that was brought back from a copy and went on: what it notes anew is not taken for what phones have.

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_id;
use liangxin_tests::app::on_both;

use super::phone::Phone;
use super::{answered, patrol};

#[tokio::test]
async fn a_phone_that_saw_more_than_the_copy_holds_begins_anew_and_misses_nothing() {
    on_both(async |app| {
        for merchant in ["tianxin-stall-05", "tianxin-stall-08", "tianxin-stall-17"] {
            patrol(&app, merchant_id(merchant).uuid()).await;
        }
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        let before = zhou.checkpoint("visits").to_owned();
        app.execute("UPDATE phone_document SET position = 1").await;
        app.advance(TimeDelta::hours(1));
        let sent = patrol(&app, merchant_id("tianxin-stall-03").uuid()).await;
        // It counts from there, and came further since than the phone had seen.
        for anew in [
            "UPDATE phone_document SET position = 2 WHERE position > 1",
            "UPDATE phone_document SET position = 100 WHERE collection = 'instrument'",
        ] {
            app.execute(anew).await;
        }
        let refused = answered(&app, "zhou", "PullVisits", &before).await;
        assert_eq!(refused, ["CHECKPOINT_UNKNOWN"]);
        let mut fresh = zhou.anew();
        fresh.pull().await;
        assert_eq!(fresh.ids("visits").len(), 4);
        assert!(fresh.ids("visits").contains(&sent));
        app.advance(TimeDelta::hours(1));
        assert!(fresh.pull().await.is_empty());
        app.drain_jobs().await;
    })
    .await;
}

//! No change is ever missed, whoever writes meanwhile and in whatever order they end.

use std::cell::Cell;
use std::collections::BTreeSet;

use futures_util::future::{join, join_all};
use liangxin_app::app::App;
use liangxin_app::store;
use liangxin_demo::fixtures::{instrument_id, merchant_id, user_id};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{InstrumentId, MerchantId};
use liangxin_domain::merchants::instrument::Instrument;
use liangxin_tests::app::{TestApp, on_both_connected};
use serde_json::json;
use tokio::task::yield_now;
use uuid::Uuid;

use super::patrol;
use super::phone::{Phone, settled};

/// Who writes at once, each on a ledger of its own.
const WRITERS: [&str; 8] = [
    "tianxin-stall-03",
    "tianxin-stall-05",
    "tianxin-stall-08",
    "tianxin-stall-12",
    "tianxin-stall-15",
    "tianxin-stall-17",
    "tianxin-stall-21",
    "tianxin-stall-26",
];

/// How many rows each of them writes, each in a transaction of its own.
const ROWS: usize = 25;

/// An instrument as one of the fixtures, on a ledger.
async fn like_another(app: &App, merchant: &str) -> Instrument {
    let known = instrument_id("tianxin-stall-17-scale");
    let known = store::merchants::get_instrument(&app.db, known).await;
    Instrument {
        merchant: merchant_id(merchant),
        ..known.unwrap()
    }
}

/// Writes its rows; some of its transactions stay open while others come and go.
async fn write(app: &App, writer: usize, like: &Instrument) -> Vec<Uuid> {
    let mut written = Vec::new();
    for row in 0..ROWS {
        let id = app.ids.uuid(app.now());
        let new = Instrument {
            id: InstrumentId::new(id),
            serial: format!("{writer}-{row}"),
            ..like.clone()
        };
        let work = app.work(&Actor::System).await.unwrap();
        store::merchants::add_instrument(&work, &new).await.unwrap();
        for _ in 0..(writer * 7 + row * 3) % 11 {
            yield_now().await;
        }
        work.commit().await.unwrap();
        written.push(id);
    }
    written
}

#[tokio::test]
async fn eight_write_at_once_and_who_pulls_meanwhile_misses_nothing() {
    on_both_connected(12, async |app| {
        let mut likes = Vec::new();
        for merchant in WRITERS {
            patrol(&app, merchant_id(merchant).uuid()).await;
            likes.push(like_another(app.parts(), merchant).await);
        }
        let mut phones = ["zhou", "tang"].map(|who| Phone::of(&app, who));
        for phone in &mut phones {
            phone.pull().await;
        }
        let before = phones[0].ids("instruments");
        let is_over = Cell::new(false);
        let writing = async {
            let writers = likes.iter().enumerate();
            let writers = writers.map(|(writer, like)| write(app.parts(), writer, like));
            let written = join_all(writers).await;
            is_over.set(true);
            written.concat()
        };
        let pulling = async {
            let mut pages = 0;
            while !is_over.get() {
                for phone in &mut phones {
                    phone.pull_page(("instruments", "PullInstruments"), 3).await;
                    pages += 1;
                }
                yield_now().await;
            }
            pages
        };
        let (written, pages) = join(writing, pulling).await;
        assert!(pages > 0 && written.len() == WRITERS.len() * ROWS);
        let expected: BTreeSet<Uuid> = before.into_iter().chain(written).collect();
        for phone in &mut phones {
            phone.pull().await;
            let held: BTreeSet<Uuid> = phone.ids("instruments").into_iter().collect();
            assert_eq!(held.len(), expected.len());
            assert_eq!(held, expected);
        }
        app.drain_jobs().await;
    })
    .await;
}

/// Adds an instrument to a ledger.
async fn add(app: &TestApp, merchant: MerchantId, like: &Instrument) -> Uuid {
    let id = app.new_id();
    let new = Instrument {
        id: InstrumentId::new(id),
        merchant,
        serial: id.to_string(),
        ..like.clone()
    };
    let work = app.parts().work(&Actor::System).await.unwrap();
    store::merchants::add_instrument(&work, &new).await.unwrap();
    yield_now().await;
    work.commit().await.unwrap();
    id
}

#[tokio::test]
async fn what_comes_on_a_ledger_while_somebody_is_sent_there_comes_along() {
    on_both_connected(4, async |app| {
        let like = like_another(app.parts(), WRITERS[0]).await;
        let mut expected = BTreeSet::new();
        for merchant in WRITERS.map(merchant_id) {
            let (visit, added) =
                join(patrol(&app, merchant.uuid()), add(&app, merchant, &like)).await;
            // At the same moment somebody else goes, and something else is recorded.
            let others = json!({ "input": {
                "id": app.new_id(), "visitId": visit, "reason": "周某另有公务。",
                "inspectorIds": [user_id("tang").uuid(), user_id("peng").uuid()],
            } });
            let lin = app.as_("lin");
            let (replaced, more) = join(
                lin.run("ReplaceInspectors", others),
                add(&app, merchant, &like),
            )
            .await;
            replaced.ok();
            expected.extend([added, more]);
        }
        settled(&app).await;
        let mut peng = Phone::of(&app, "peng");
        peng.pull().await;
        let held: BTreeSet<Uuid> = peng.ids("instruments").into_iter().collect();
        let missed: Vec<_> = expected.difference(&held).collect();
        assert!(missed.is_empty(), "{missed:?}");
        let mut zhou = Phone::of(&app, "zhou");
        zhou.pull().await;
        assert!(zhou.is_empty());
        app.drain_jobs().await;
    })
    .await;
}

//! The phone of an inspector: it has what it pulled, and nothing else.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use liangxin_tests::app::TestApp;
use sea_orm::{ConnectionTrait as _, DbBackend, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

/// The collections whose documents change, each with its operation.
pub(super) const COLLECTIONS: [(&str, &str); 3] = [
    ("visits", "PullVisits"),
    ("merchants", "PullMerchants"),
    ("instruments", "PullInstruments"),
];

/// As long may a transaction of another test be open.
const PATIENCE: Duration = Duration::from_secs(60);

/// Waits until what is written can be pulled: transactions of other tests are open in the same cluster.
pub(super) async fn settled(app: &TestApp) {
    let db = &app.parts().db;
    if !db.is_postgres() {
        return;
    }
    let sql = "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint > COALESCE(MAX(position), 0) AS settled \
         FROM phone_document";
    let until = Instant::now() + PATIENCE;
    loop {
        let asked = Statement::from_string(DbBackend::Postgres, sql);
        let row = db.writer().query_one_raw(asked).await.unwrap().unwrap();
        if row.try_get("", "settled").unwrap() {
            return;
        }
        assert!(Instant::now() < until, "a transaction stays open");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}

/// The documents of a collection by their ids, each as it was pulled last.
type Documents = BTreeMap<Uuid, Value>;

/// A phone.
pub(super) struct Phone {
    app: TestApp,
    who: &'static str,
    checkpoints: BTreeMap<&'static str, String>,
    held: BTreeMap<&'static str, Documents>,
}

impl Phone {
    /// The phone of a person, with nothing on it.
    pub(super) fn of(app: &TestApp, who: &'static str) -> Self {
        Self {
            app: app.clone(),
            who,
            checkpoints: BTreeMap::new(),
            held: COLLECTIONS.map(|(name, _)| (name, Documents::new())).into(),
        }
    }

    /// Another one of the same person, with nothing on it.
    pub(super) fn anew(&self) -> Self {
        Self::of(&self.app, self.who)
    }

    /// Pulls all that changed; answers what is gone, in the order of ids.
    pub(super) async fn pull(&mut self) -> Vec<Uuid> {
        settled(&self.app).await;
        let mut gone = BTreeSet::new();
        for (name, operation) in COLLECTIONS {
            loop {
                let (went, has_more) = self.pull_page((name, operation), 3).await;
                gone.extend(went);
                if !has_more {
                    break;
                }
            }
        }
        gone.into_iter().collect()
    }

    /// Pulls a page of a collection; answers what is gone, and whether more is there.
    pub(super) async fn pull_page(
        &mut self,
        (name, operation): (&'static str, &str),
        limit: u32,
    ) -> (Vec<Uuid>, bool) {
        let asked = json!({ "checkpoint": self.checkpoints.get(name), "limit": limit });
        let reply = self.app.as_(self.who).run(operation, asked).await.ok();
        let page = reply.data(&format!("pull.{name}"));
        let checkpoint = page["checkpoint"].as_str().unwrap().to_owned();
        self.checkpoints.insert(name, checkpoint);
        let held = self.held.get_mut(name).unwrap();
        let mut gone = Vec::new();
        for document in page["documents"].as_array().unwrap() {
            let id: Uuid = document["id"].as_str().unwrap().parse().unwrap();
            match document["isDeleted"] == true {
                true => {
                    held.remove(&id);
                    gone.push(id);
                }
                false => {
                    held.insert(id, document.clone());
                }
            }
        }
        (gone, page["hasMore"] == true)
    }

    /// Everything that it has.
    pub(super) fn held(&self) -> &BTreeMap<&'static str, Documents> {
        &self.held
    }

    /// Whether it has nothing.
    pub(super) fn is_empty(&self) -> bool {
        self.held.values().all(Documents::is_empty)
    }

    /// What it has of a collection, by id.
    pub(super) fn ids(&self, name: &str) -> Vec<Uuid> {
        self.held[name].keys().copied().collect()
    }

    /// A document that it has.
    pub(super) fn document(&self, name: &str, id: Uuid) -> &Value {
        &self.held[name][&id]
    }

    /// How far it has come in a collection.
    pub(super) fn checkpoint(&self, name: &str) -> &str {
        &self.checkpoints[name]
    }
}

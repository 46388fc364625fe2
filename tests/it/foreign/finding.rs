//! Asking for one thing, once with its id and once with one that nobody has.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::sync::atomic::{AtomicU32, Ordering};

use liangxin_tests::app::TestApp;
use serde_json::{Value, json};

use super::asks::Asks;

/// One way to ask for something by an operation: what is named, and the variables with its id and with a random one.
pub(super) struct Way {
    pub(super) named: String,
    /// Whether it names merchants alone, which everybody knows.
    pub(super) is_public: bool,
    pub(super) told: Value,
    pub(super) random: Value,
}

/// What the reporter of the things holds.
pub(super) struct Held {
    pub(super) code: String,
    pub(super) uploads: String,
}

impl Held {
    /// The variables with the receipt code, where they name one.
    fn shown(&self, variables: Value) -> Value {
        match variables {
            Value::Object(fields) => {
                let shown = fields.into_iter().map(|(name, value)| {
                    let value = match name.as_str() {
                        "receiptCode" => json!(self.code),
                        _ => self.shown(value),
                    };
                    (name, value)
                });
                Value::Object(shown.collect())
            }
            other => other,
        }
    }
}

/// What is answered for what nobody has, by what was sent.
pub(super) type Nobodys = BTreeMap<String, (Vec<String>, Value)>;

/// What somebody is answered with, if that is otherwise than for an id that nobody has: the codes of what is refused. Each time
/// from another address: no brake answers.
pub(super) async fn finds(
    (app, held): (&TestApp, &Held),
    asks: Asks,
    name: &str,
    mut way: Way,
    nobodys: &mut Nobodys,
) -> Option<Vec<String>> {
    static ADDRESSES: AtomicU32 = AtomicU32::new(0);
    let session = || {
        let address = Ipv4Addr::from(0x0a00_0000 + ADDRESSES.fetch_add(1, Ordering::Relaxed));
        let session = asks
            .key()
            .map_or_else(|| app.anonymous(), |key| app.as_(key));
        session.at(&address.to_string())
    };
    if asks == Asks::Reporter {
        way = Way {
            told: held.shown(way.told),
            random: held.shown(way.random),
            ..way
        };
    }
    let sent = way.random.to_string();
    if !nobodys.contains_key(&sent) {
        let random = session().run(name, way.random).await;
        nobodys.insert(sent.clone(), (random.problems(), random.whole().clone()));
    }
    let told = session().run(name, way.told).await;
    let problems = told.problems();
    let answer = (problems.clone(), told.whole().clone());
    (nobodys.get(&sent) != Some(&answer)).then_some(problems)
}

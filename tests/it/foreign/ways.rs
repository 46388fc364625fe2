//! The ways to name a thing to an operation: by each kind of id that stands alone, by what an input has to name and may name, and
//! by a number.

use liangxin_tests::app::TestApp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::everything::PAYMENT_FILE;
use super::finding::Way;
use super::schema::{self, Ids, Schema, Things, Values};

/// Things that papers are about, which are asked for by their kind.
const SUBJECTS: [&str; 5] = ["complaintId", "reportId", "caseId", "rewardId", "disputeId"];

/// Things that stand in one field or behind one door, and otherwise are of a kind that is there already.
const OF_ONE_PLACE: [&str; 5] = [
    "bundleId",
    "marketId",
    "ownerId",
    "reportNoticeId",
    "signaturePhotoId",
];

/// What is asked for by its number: the operation, the number of Tianxin's, and one that nobody has.
const NUMBERED: [(&str, &str, &str); 1] =
    [("ExportPaymentsAgain", PAYMENT_FILE, "FK-430103-2026-000009")];

/// Operations whose items are the inputs of single operations: each item is read, permitted and taken as that is, which has lines
/// of its own. What they answer to strangers: `push.rs`.
const OF_ITEMS: [&str; 2] = ["HandIn", "Push"];

/// Whether a document writes.
pub(super) fn writes(document: &str) -> bool {
    document.lines().any(|line| line.starts_with("mutation"))
}

/// What a document wants to be told: names and types of its variables.
pub(super) fn declared(document: &str) -> Vec<(String, String)> {
    let mut lines = document.lines();
    let head = lines.find(|line| line.starts_with("query") || line.starts_with("mutation"));
    let Some((_, list)) = head.unwrap_or_default().split_once('(') else {
        return Vec::new();
    };
    let list = list.rsplit_once(')').map_or(list, |(list, _)| list);
    list.split('$')
        .filter_map(|part| part.split_once(": "))
        .map(|(name, kind)| {
            (
                name.to_owned(),
                kind.trim_end_matches([',', ' ']).to_owned(),
            )
        })
        .collect()
}

/// The ways to name things to an operation.
pub(super) struct Ways<'a> {
    pub(super) app: &'a TestApp,
    pub(super) schema: &'a Schema,
    pub(super) things: &'a Things,
    pub(super) declared: Vec<(String, String)>,
}

impl Ways<'_> {
    /// One for each kind of thing where an id stands alone, and for inputs one with what must be there and one for each id
    /// that may be.
    pub(super) fn all(&self, operation: &str) -> Vec<Way> {
        let numbered = NUMBERED.iter().filter(|(name, ..)| *name == operation);
        let numbered = numbered.map(|(_, known, nobodys)| self.numbered(known, nobodys));
        let mut ways: Vec<Way> = numbered.collect();
        if OF_ITEMS.contains(&operation) {
            return ways;
        }
        for (name, kind) in &self.declared {
            if kind.starts_with("UUID") {
                let nobodys = self.app.new_id();
                let alone = self.things.iter();
                let alone = alone.filter(|(kind, _)| !OF_ONE_PLACE.contains(kind));
                ways.extend(alone.map(|(kind, id)| {
                    let of = |id: Uuid| self.variables((name, kind), &json!(id));
                    Way {
                        named: format!("{name} = {kind}"),
                        is_public: *kind == "merchantId",
                        told: of(*id),
                        random: of(nobodys),
                    }
                }));
                continue;
            }
            let ids = self.schema.ids(kind.trim_end_matches('!'));
            let needed: Vec<String> = ids
                .iter()
                .filter(|(_, needed)| *needed)
                .map(|(path, _)| path.join("."))
                .collect();
            if !needed.is_empty() {
                ways.push(self.way((name, kind), &[], &needed));
            }
            let optional = ids.iter().filter(|(_, needed)| !needed);
            ways.extend(optional.map(|(path, _)| {
                let named = [needed.clone(), vec![path.join(".")]].concat();
                self.way((name, kind), path, &named)
            }));
        }
        ways
    }

    /// What has to be told at least, and names nothing.
    pub(super) fn unnamed(&self) -> Value {
        self.variables(("", ""), &Value::Null)
    }

    fn numbered(&self, known: &str, nobodys: &str) -> Way {
        let of = |number: &str| json!({ "input": { "id": self.app.new_id(), "number": number } });
        Way {
            named: "number".to_owned(),
            is_public: false,
            told: of(known),
            random: of(nobodys),
        }
    }

    fn way(&self, (name, kind): (&str, &str), path: &[String], named: &[String]) -> Way {
        let [told, random] = [Some(self.things), None].map(|elsewhere| {
            let app = self.app;
            let value = self.schema.value(
                (name, kind),
                path,
                &Ids {
                    app,
                    elsewhere,
                    values: Values::Fit,
                },
            );
            self.variables((name, ""), &value)
        });
        let is_merchant = |name: &String| {
            let field = name.rsplit('.').next().unwrap_or_default();
            ["merchantId", "marketId"].contains(&schema::kind_of(field))
        };
        Way {
            named: named.join(" "),
            is_public: named.iter().all(is_merchant),
            told,
            random,
        }
    }

    /// One variable as it is, the kind of thing that it names, and what else must be there.
    fn variables(&self, (name, thing): (&str, &str), value: &Value) -> Value {
        let values = self.declared.iter().filter_map(|(other, kind)| {
            let value = match self.schema.enums.get(kind.trim_end_matches('!')) {
                _ if other == name => value.clone(),
                _ if !kind.ends_with('!') => return None,
                Some(_) if SUBJECTS.contains(&thing) => {
                    json!(thing.trim_end_matches("Id").to_uppercase())
                }
                Some(first) => json!(first),
                None => json!("430103"),
            };
            Some((other.clone(), value))
        });
        Value::Object(values.collect())
    }
}

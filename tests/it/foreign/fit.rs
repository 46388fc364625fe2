//! Values that inputs take as they are: what is refused for its text says nothing about whose an id is.

use chrono::{NaiveDate, TimeDelta};
use liangxin_demo::fixtures::merchant_id;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::app::TestApp;
use liangxin_tests::contract::root;
use serde_json::{Value, json};

/// Fields that need not be told, without which nothing is looked for where no id leads to it.
pub(super) const TOLD: [&str; 3] = ["refusedReason", "positionMissing", "days"];

/// What goes with an id that an input need not name: the id, a field beside it, and the value without which nothing is looked
/// for.
const BESIDE: [(&str, &str, &str); 4] = [
    ("at.merchantId", "roles", "MERCHANT"),
    ("earlierReportId", "ground", "NOT_FIRST"),
    ("signaturePhotoId", "signerName", "吴德明"),
    ("reportId", "basis", "LEAD"),
];

/// What a case is filed on that nobody visited, beside its party.
const UNVISITED: [(&str, &str); 3] = [
    ("basis", "OWN_DISCOVERY"),
    ("conductOn", "2026-11-23"),
    ("facts", "巡查时发现电子秤作弊。"),
];

/// The value of a field beside an id on a path.
pub(super) fn beside(path: &[String], field: &str) -> Option<Value> {
    let path = path.join(".");
    let told = BESIDE
        .iter()
        .find(|(id, beside, _)| *id == path && *beside == field);
    if let Some((.., value)) = told {
        return Some(json!(value));
    }
    let is_unvisited = ["merchantId", "reportId", "inPlaceOfId"].contains(&path.as_str());
    if is_unvisited && field == "merchantId" {
        return Some(json!(merchant_id("tianxin-stall-17").uuid()));
    }
    let said = UNVISITED.iter().find(|(name, _)| *name == field);
    said.filter(|_| is_unvisited).map(|(_, value)| json!(value))
}

/// A weighing of that day as the contract's example says it, as text.
pub(super) fn weighing(day: NaiveDate) -> String {
    let example = root().join("mobile-contract/measurements/retail-weighing.example.json");
    let example = std::fs::read_to_string(example).unwrap();
    let mut weighing: Value = serde_json::from_str(&example).unwrap();
    weighing["weighed_on"] = json!(day);
    weighing.to_string()
}

/// A value that a field of that name takes; none where any value of its type does.
pub(super) fn value(app: &TestApp, (name, kind): (&str, &str)) -> Option<Value> {
    let later = app.now() + TimeDelta::days(20);
    Some(match (kind, name) {
        ("NaiveDate", "until" | "correctBy" | "recusalUntil" | "validUntil") => {
            json!(later.date_naive())
        }
        ("DateTime", "meetsAt") => json!(later),
        ("DateTime", "since") => json!(app.now() - TimeDelta::days(1)),
        ("Int", "width" | "height") => json!(100),
        ("Float", "latitude") => json!(28.11),
        ("Float", "longitude") => json!(112.98),
        ("String", "measurement") => json!(weighing(shanghai_date(app.now()))),
        ("String", name) => text(name)?,
        _ => return None,
    })
}

fn text(name: &str) -> Option<Value> {
    Some(match name {
        "sha256" => json!("07".repeat(32)),
        "violation" => json!("M-CHT-02"),
        "email" => json!("new@tianxin.example"),
        "accountNumber" => json!("6222021234567890123"),
        "unit" | "other" | "to" => json!("430102"),
        "receiptCode" | "wall" | "monotonicMs" | "bootId" => return None,
        name if name.ends_with("Yuan") => return None,
        name if name.to_lowercase().contains("division") => return None,
        name if name.ends_with("PerKg") => json!("28"),
        name if name.ends_with("Grams") => json!("2000"),
        _ => json!("这里写的是本测试编写的说明。"),
    })
}

//! Values that inputs take as they are: what is refused for its text says nothing about whose an id is.

use chrono::TimeDelta;
use liangxin_tests::app::TestApp;
use serde_json::{Value, json};

/// Fields that need not be told, without which nothing is looked for.
pub(super) const TOLD: [&str; 2] = ["refusedReason", "positionMissing"];

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
        ("String", name) => text(name)?,
        _ => return None,
    })
}

fn text(name: &str) -> Option<Value> {
    Some(match name {
        "sha256" => json!("07".repeat(32)),
        "violation" => json!("M-CHT-02"),
        "accountNumber" => json!("6222021234567890123"),
        "unit" | "other" | "to" => json!("430102"),
        "receiptCode" => return None,
        name if name.ends_with("Yuan") => return None,
        name if name.to_lowercase().contains("division") => return None,
        name if name.ends_with("PerKg") => json!("28"),
        name if name.ends_with("Grams") => json!("2000"),
        _ => json!("这里写的是本测试编写的说明。"),
    })
}

//! What may be left out of a measurement: every field that may be empty, every row of a list, everything
//! that nobody may have looked at. What stands there then, and the path by which all rows of a list are one.

use serde_json::{Value, json};

/// One thing left out.
#[derive(Debug, Clone)]
pub struct Deletion {
    /// Where it stands, as a pointer.
    pub pointer: String,
    /// The same without the numbers of rows: `/nozzles/*/points/*/runs/*`.
    pub path: String,
    how: How,
}

#[derive(Debug, Clone)]
enum How {
    /// Something else stands there.
    Becomes(Value),
    /// The row is not there.
    RowGone,
}

impl Deletion {
    /// The measurement without it; nothing where it is not there any more.
    pub fn from(&self, measurement: &Value) -> Option<Value> {
        let mut changed = measurement.clone();
        match &self.how {
            How::Becomes(value) => {
                let place = changed.pointer_mut(&self.pointer)?;
                if place == value {
                    return None;
                }
                *place = value.clone();
            }
            How::RowGone => {
                let (list, row) = self.pointer.rsplit_once('/')?;
                let rows = changed.pointer_mut(list)?.as_array_mut()?;
                let row: usize = row.parse().ok()?;
                if row >= rows.len() {
                    return None;
                }
                rows.remove(row);
            }
        }
        Some(changed)
    }

    /// What is left out, whichever row of a list it stands in.
    pub fn sort(&self) -> String {
        format!("{} {:?}", self.path, self.how)
    }

    /// Whether it takes away, changes or stands within what is at one of the pointers.
    pub fn touches(&self, kept: &[&str]) -> bool {
        let is_within = |one: &str, other: &str| {
            one == other
                || one
                    .strip_prefix(other)
                    .is_some_and(|rest| rest.starts_with('/'))
        };
        kept.iter()
            .any(|kept| is_within(kept, &self.pointer) || is_within(&self.pointer, kept))
    }
}

/// Everything that could be left out; whether the rest is still a measurement, whoever reads it says.
pub fn all(measurement: &Value) -> Vec<Deletion> {
    let mut found = Vec::new();
    walk(measurement, "", "", &mut found);
    found
}

fn walk(value: &Value, pointer: &str, path: &str, found: &mut Vec<Deletion>) {
    let mut push = |how: How| {
        found.push(Deletion {
            pointer: pointer.to_owned(),
            path: path.to_owned(),
            how,
        });
    };
    let is_top = pointer.is_empty();
    let is_row = pointer
        .rsplit('/')
        .next()
        .is_some_and(|step| step.parse::<usize>().is_ok());
    if is_row {
        push(How::RowGone);
    } else if !is_top && !value.is_null() {
        push(How::Becomes(Value::Null));
    }
    match value {
        Value::String(_) => push(How::Becomes(json!("NOT_SEEN"))),
        Value::Array(rows) => {
            push(How::Becomes(json!([])));
            // The rows of a list are alike.
            for (row, one) in rows.iter().enumerate().take(2) {
                walk(
                    one,
                    &format!("{pointer}/{row}"),
                    &format!("{path}/*"),
                    found,
                );
            }
        }
        Value::Object(fields) => {
            for (key, one) in fields {
                walk(
                    one,
                    &format!("{pointer}/{key}"),
                    &format!("{path}/{key}"),
                    found,
                );
            }
        }
        _ => {}
    }
}

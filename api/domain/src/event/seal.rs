//! Seals over the log of events. A batch of committed events is put in the order of their ids, hashed into one root, and
//! signed with the seal before it: a chain in which no event can be changed, removed, inserted or moved without a trace. A
//! seal says nothing about who did what; it can be deposited anywhere.
//!
//! It does say when it was made. An event that says no more than its day would be found by the seal that it stands under, to the
//! minute and beside what came with it: such events come under a seal together, when their day is over.

use crate::law::calendar::{shanghai_date, shanghai_end_of, shanghai_start_of};
use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The form of a seal. A verifier that knows another one alone refuses this.
pub const FORM: &str = "liangxin-seal-1";

/// Most events under one seal: few enough to be read at once, and to say near which of them a batch was changed.
pub const MOST_EVENTS: usize = 1_000;

/// How long after its day an event that says no more than its day waits for its seal: far longer than any transaction of this
/// program is open, so that none is committed behind the others of its day and comes under a seal alone.
const AFTER_DAY: TimeDelta = TimeDelta::hours(1);

/// What events of the days say that are not long enough over, if they say no more than their day.
#[must_use]
pub fn open_days(now: DateTime<Utc>) -> [DateTime<Utc>; 2] {
    [now, now - AFTER_DAY].map(|at| shanghai_start_of(shanghai_date(at)))
}

/// From when on an event comes under a seal.
#[must_use]
pub fn sealed_from(at: DateTime<Utc>) -> DateTime<Utc> {
    let day = shanghai_date(at);
    if at == shanghai_start_of(day) {
        shanghai_end_of(day) + AFTER_DAY
    } else {
        at
    }
}

/// What a seal states. Its bytes are those of RFC 8785 (JCS), so the fields stand in the order of the alphabet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Seal {
    /// When it was made, in UTC with milliseconds (RFC 3339).
    pub at: String,
    /// How many events it covers.
    pub events: usize,
    /// The first of them, in the order of their ids.
    pub first: Uuid,
    /// [`FORM`].
    pub form: String,
    /// The last of them.
    pub last: Uuid,
    /// Its number, from 1 on without a gap.
    pub number: i32,
    /// SHA-256 of the seal before it as it was signed; null for the first one.
    pub previous: Option<String>,
    /// The root of the tree over its events (RFC 6962, section 2.1, with SHA-256).
    pub root: String,
}

impl Seal {
    /// When it was made, as text.
    #[must_use]
    pub fn moment(at: DateTime<Utc>) -> String {
        at.to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

/// An event as it is sealed: every column of its row. Nothing that forgetting deletes stands in one, so no seal breaks by it.
/// Its bytes are those of RFC 8785 (JCS), so the fields stand in the order of the alphabet.
///
/// Rows that are sealed are never written again, by a migration neither. A column that comes later is left out where it is
/// empty, so that what was sealed before it came has the bytes that it had.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct SealedEvent {
    /// As whom the actor was known.
    pub actor_kind: String,
    /// The person, if it was one with an account.
    pub actor_user: Option<Uuid>,
    /// When, in UTC with nanoseconds (RFC 3339).
    pub at: String,
    /// The digest of what was recorded beside it ([`Beside`](super::beside::Beside)), if anything was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beside: Option<String>,
    /// The city of the office.
    pub city: Option<String>,
    /// Its id.
    pub id: Uuid,
    /// What happened.
    pub kind: String,
    /// Where the actor sat.
    pub office: Option<String>,
    /// The province of the office.
    pub province: Option<String>,
    /// The report on whose timeline it stands.
    pub report: Option<Uuid>,
    /// What it is about.
    pub subject: Uuid,
}

impl SealedEvent {
    /// A moment of an event, as text.
    #[must_use]
    pub fn moment(at: DateTime<Utc>) -> String {
        at.to_rfc3339_opts(SecondsFormat::Nanos, true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_that_names_nothing_beside_it_has_the_bytes_that_it_had_before_any_could() {
        let bare = SealedEvent {
            actor_kind: "system".to_owned(),
            actor_user: None,
            at: "2026-11-29T01:00:00.000000000Z".to_owned(),
            beside: None,
            city: None,
            id: Uuid::nil(),
            kind: "photo_stored".to_owned(),
            office: None,
            province: None,
            report: None,
            subject: Uuid::nil(),
        };
        let nil = Uuid::nil();
        let before = format!(
            r#"{{"actorKind":"system","actorUser":null,"at":"2026-11-29T01:00:00.000000000Z","city":null,"id":"{nil}","kind":"photo_stored","office":null,"province":null,"report":null,"subject":"{nil}"}}"#
        );
        assert_eq!(serde_json::to_string(&bare).unwrap(), before);
        let naming = SealedEvent {
            beside: Some("ab".to_owned()),
            ..bare
        };
        let now = before.replace(r#""city""#, r#""beside":"ab","city""#);
        assert_eq!(serde_json::to_string(&naming).unwrap(), now);
    }

    #[test]
    fn an_event_that_says_its_day_alone_waits_until_an_hour_after_it() {
        let midnight = "2026-11-23T16:00:00Z".parse::<DateTime<Utc>>();
        let midnight = midnight.expect("a moment");
        let second = TimeDelta::seconds(1);
        let over = midnight + TimeDelta::days(1) + TimeDelta::hours(1);
        assert_eq!(sealed_from(midnight), over);
        assert_eq!(sealed_from(midnight + second), midnight + second);
        for (now, waits) in [
            (midnight, true),
            (midnight + TimeDelta::hours(15), true),
            (midnight + TimeDelta::days(1), true),
            (over - second, true),
            (over, false),
        ] {
            assert_eq!(open_days(now).contains(&midnight), waits, "{now}");
        }
    }
}

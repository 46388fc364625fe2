//! What has to be on the server in the end: everything that happened, once, at a time in which it was, and nothing
//! that is marked without need.

use std::collections::BTreeSet;

use anyhow::{Context as _, ensure};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_app::usecase::evidence::check_receipt;
use liangxin_demo::fixtures::user_id;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_domain::limits::{CLOCK_AHEAD_SECONDS, HELD_DAYS};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Phone;
use super::diary::{Diary, Happened, Site};
use crate::app::TestApp;

/// Acts that are late at no time: those about the record as such.
const ON_TIME: [&str; 4] = [
    "VOID_FINDING",
    "CORRECT_FINDING",
    "REOPEN_VISIT",
    "SUBMIT_VISIT",
];

/// Acts that may wait for others.
const HELD: [&str; 5] = [
    "VOID_FINDING",
    "CORRECT_FINDING",
    "SIGN_RECORD",
    "SUBMIT_VISIT",
    "REOPEN_VISIT",
];

/// An error says what is not as it has to be.
pub(super) async fn check(
    app: &TestApp,
    phones: &mut [Phone],
    diaries: &[Diary],
) -> anyhow::Result<()> {
    for phone in phones.iter_mut() {
        let refused = phone.outbox.refused().await?;
        ensure!(refused.is_empty(), "refused {}: {refused:?}", phone.who);
        let health = phone.asked("SyncHealth", &json!({})).await?;
        let missing = health.data("syncHealth.photosMissing");
        ensure!(missing == &json!(0), "photos are missing: {health:?}");
    }
    nothing_waits(app, phones).await?;
    // The diaries of each officer stand one after the other, a visit each.
    let (first, second) = diaries.split_at(diaries.len() / 2);
    for both in first.iter().zip(second) {
        let both = [both.0, both.1];
        entries(app, both).await?;
        record(app, both).await?;
        receipt(app, both).await?;
    }
    Ok(())
}

/// No write is held any more, but one that was put before a person when its days were over and that then came by its own
/// operation. One that was taken without what it came after had waited long enough.
async fn nothing_waits(app: &TestApp, phones: &[Phone]) -> anyhow::Result<()> {
    for state in ["WAITING", "REFUSED"] {
        let items = held(app, state).await?;
        ensure!(items.is_empty(), "{state}: {items:?}");
    }
    for item in held(app, "FOR_PERSON").await? {
        let write = id(&item["writeId"])?;
        let came = phones.iter().any(|phone| phone.sent_alone.contains(&write));
        ensure!(came, "before a person: {item}");
    }
    for item in held(app, "APPLIED").await? {
        let waited = moment(&item["settledAt"])? - moment(&item["arrivedAt"])?;
        ensure!(waited >= TimeDelta::days(HELD_DAYS), "too early: {item}");
    }
    Ok(())
}

/// What the head sees that stands so.
async fn held(app: &TestApp, state: &str) -> anyhow::Result<Vec<Value>> {
    let he = app.as_("he");
    let asked = json!({ "state": state, "first": 100 });
    let found = he.run("HeldItems", asked).await.ok();
    list(found.data("heldItems"), "items").map(<[Value]>::to_vec)
}

/// Each write is there once, and nothing else is.
async fn entries(app: &TestApp, both: [&Diary; 2]) -> anyhow::Result<()> {
    let Site { visit, .. } = both[0].site;
    let variables = json!({ "id": visit });
    let seen = app.as_("lin").run("VisitEntries", variables).await.ok();
    let entries = list(seen.data("visit"), "entries")?;
    let closed = closed(app, visit).await?;
    let mut count = 0;
    for diary in both {
        let officer = json!(user_id(diary.who).uuid());
        for happened in &diary.happened {
            count += 1;
            let is_it = |entry: &&Value| {
                let claim = &entry["occurred"]["claim"];
                entry["act"] == happened.act
                    && entry["officer"]["id"] == officer
                    && claim["bootId"] == happened.said["bootId"]
                    && claim["monotonicMs"] == happened.said["monotonicMs"]
            };
            let found: Vec<_> = entries.iter().filter(is_it).collect();
            ensure!(found.len() == 1, "{happened:?} is there so: {found:?}");
            for entry in found {
                let is_as_it_was =
                    time(happened, entry).and_then(|()| order(entry, entries, &closed));
                is_as_it_was.with_context(|| format!("{}: {happened:?} as {entry}", diary.who))?;
            }
        }
    }
    ensure!(count == entries.len(), "more than happened: {entries:?}");
    Ok(())
}

/// It was in the time that the server reckoned, and the clock is doubted where it was wrong and that shows.
fn time(happened: &Happened, entry: &Value) -> anyhow::Result<()> {
    let occurred = &entry["occurred"];
    ensure!(
        entry["entryId"] == json!(happened.entry),
        "of another thing"
    );
    let (earliest, latest) = (moment(&occurred["earliest"])?, moment(&occurred["latest"])?);
    ensure!(
        earliest <= happened.at && happened.at <= latest,
        "at another time"
    );
    let at = moment(&occurred["at"])?;
    ensure!(earliest <= at && at <= latest, "reckoned with another time");
    let (off, tolerated) = (happened.off.abs(), TimeDelta::seconds(CLOCK_AHEAD_SECONDS));
    let is_doubted = has(entry, "CLOCK_DOUBTED");
    ensure!(!is_doubted || off > tolerated, "doubted without need");
    let shows = off > tolerated + (latest - earliest);
    ensure!(is_doubted || !shows, "not doubted");
    // What is corrected was measured in the time of the former one.
    let days = [earliest, latest].map(shanghai_date);
    let may_decide = match happened.act {
        "CHECK_INSTRUMENT" | "MEASURE" => days[0] != days[1],
        act => act == "CORRECT_FINDING",
    };
    ensure!(!has(entry, "DAY_DECIDES") || may_decide, "no day decides");
    ensure!(!has(entry, "DAY_DOUBTED"), "the day was told");
    Ok(())
}

/// What came before its officer's arrival or while the record was closed says so; of what came at the same moment
/// either is right. A write that may have been held was taken at some time after it came.
fn order(entry: &Value, entries: &[Value], closed: &[Closed]) -> anyhow::Result<()> {
    let came = moment(&entry["occurred"]["receivedAt"])?;
    let act = entry["act"].as_str().unwrap_or_default();
    let may_be_held = HELD.contains(&act);
    let mut arrivals = entries.iter().filter(|it| it["act"] == "CHECK_IN");
    let arrival = arrivals.find(|it| it["officer"] == entry["officer"]);
    let arrival = moment(&arrival.context("nobody arrived")?["occurred"]["receivedAt"])?;
    let is_before = has(entry, "BEFORE_ARRIVAL");
    let may_be = act != "CHECK_IN" && came <= arrival;
    ensure!(!is_before || may_be, "after its arrival");
    let has_to_be = may_be && came < arrival && !may_be_held;
    ensure!(is_before || !has_to_be, "before its arrival");
    let is_late = has(entry, "LATE");
    if ON_TIME.contains(&act) {
        ensure!(!is_late, "late at no time");
        return Ok(());
    }
    let mut closed = closed.iter();
    let may_be = may_be_held || closed.clone().any(|it| it.has(came));
    ensure!(!is_late || may_be, "late without need");
    let has_to_be = closed.any(|it| match may_be_held {
        true => it.until.is_none() && it.from < came,
        false => it.from < came && it.until.is_none_or(|until| came < until),
    });
    ensure!(is_late || !has_to_be, "not late");
    Ok(())
}

/// A time in which a record was closed.
struct Closed {
    from: DateTime<Utc>,
    until: Option<DateTime<Utc>>,
}

impl Closed {
    fn has(&self, at: DateTime<Utc>) -> bool {
        self.from <= at && self.until.is_none_or(|until| at <= until)
    }
}

/// When the record of a visit was closed.
async fn closed(app: &TestApp, visit: Uuid) -> anyhow::Result<Vec<Closed>> {
    let variables = json!({ "id": visit });
    let seen = app.as_("zhou").run("GetVisit", variables).await.ok();
    let visit = seen.data("visit");
    let mut closed = Vec::new();
    for opened in list(visit, "reopenings")? {
        closed.push(Closed {
            from: moment(&opened["closedAt"])?,
            until: Some(moment(&opened["reopenedAt"])?),
        });
    }
    closed.push(Closed {
        from: moment(&visit["submittedAt"])?,
        until: None,
    });
    Ok(closed)
}

/// The record has what was found, and each photo with the digest that it had on the phone.
async fn record(app: &TestApp, both: [&Diary; 2]) -> anyhow::Result<()> {
    let variables = json!({ "id": both[0].site.visit });
    let seen = app.as_("zhou").run("GetVisit", variables).await.ok();
    let visit = seen.data("visit");
    ensure!(visit["state"] == "SUBMITTED", "not closed: {visit}");
    ensure!(visit["missingPhotos"] == json!(0), "missing: {visit}");
    let arrivals = list(visit, "arrivals")?;
    ensure!(arrivals.len() == both.len(), "arrived: {arrivals:?}");
    let measured = list(visit, "measurements")?.iter();
    let found = measured.chain(list(visit, "instrumentChecks")?);
    let found: Vec<_> = found
        .map(|it| Ok((id(&it["id"])?, it["void"].is_object())))
        .collect::<anyhow::Result<_>>()?;
    let expected = both.iter().flat_map(|diary| &diary.findings);
    let expected = expected.map(|finding| (finding.id, finding.is_void));
    once(found, expected.collect())?;
    let photos = list(visit, "photos")?.iter();
    let held: Vec<_> = photos
        .filter(|photo| photo["storedAt"].is_string())
        .map(|photo| {
            let digest = photo["sha256"].as_str().unwrap_or_default();
            Ok((id(&photo["id"])?, digest.to_owned()))
        })
        .collect::<anyhow::Result<_>>()?;
    let taken = both.iter().flat_map(|diary| diary.photos.clone());
    once(held, taken.collect())
}

/// The signed receipt names exactly the photos that were taken; where none was there is none.
async fn receipt(app: &TestApp, both: [&Diary; 2]) -> anyhow::Result<()> {
    let taken = both.iter().flat_map(|diary| diary.photos.iter());
    let taken: Vec<_> = taken.map(|(_, digest)| digest.clone()).collect();
    if taken.is_empty() {
        return Ok(());
    }
    let asked = json!({ "kind": "VISIT", "id": both[0].site.visit, "photos": taken });
    let input = json!({ "input": { "records": [asked] } });
    let told = app.as_("zhou").run("Reconcile", input).await.ok();
    let told = told.data("reconcile.records.0");
    let stand = list(told, "photos")?.iter();
    let are_held = stand.clone().all(|photo| photo["standing"] == "HELD");
    ensure!(are_held && stand.len() == taken.len(), "not held: {told}");
    let receipt = told["holdingReceipt"].as_str().context("no receipt")?;
    let keys = app.parts().evidence_keys.published();
    let stated = check_receipt(keys, receipt);
    let stated =
        stated.map_err(|error| anyhow::anyhow!("a receipt that proves nothing: {error:?}"))?;
    let named = stated.photos.iter().map(|photo| photo.sha256.clone());
    once(named.collect(), taken)
}

/// Both are the same, whatever their order, and nothing is there twice.
fn once<T: Ord + std::fmt::Debug>(found: Vec<T>, expected: Vec<T>) -> anyhow::Result<()> {
    let (many, few) = (found.len(), expected.len());
    let (found, expected) = (BTreeSet::from_iter(found), BTreeSet::from_iter(expected));
    ensure!(
        found == expected && many == few,
        "{many} of {few}: {found:?} in place of {expected:?}"
    );
    Ok(())
}

fn has(entry: &Value, mark: &str) -> bool {
    let marks = entry["occurred"]["marks"].as_array();
    marks.is_some_and(|marks| marks.iter().any(|it| it == mark))
}

fn list<'a>(value: &'a Value, name: &str) -> anyhow::Result<&'a [Value]> {
    let items = value[name].as_array().map(Vec::as_slice);
    items.with_context(|| format!("no {name}: {value}"))
}

fn id(value: &Value) -> anyhow::Result<Uuid> {
    Ok(value.as_str().context("no id")?.parse()?)
}

fn moment(value: &Value) -> anyhow::Result<DateTime<Utc>> {
    Ok(value.as_str().context("no moment")?.parse()?)
}

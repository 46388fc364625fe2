//! Complaint and report of one letter beside each other: no value stands in both tracks and nowhere else. Once over everything
//! that each role reads, once over the rows of the database as an operator without keys dumps them.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::{self, Row, column, count};
use liangxin_tests::contract::{operation, operations};
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;
use serde_json::{Value, json};
use uuid::Uuid;

use super::mixed::{KEYS, asked, letter, stranger};
use crate::cases::matter::signed;
use crate::http_uploads::access_token;

/// What may stand in both tracks, and why it singles nobody out.
const ALLOWED: [(&str, &str); 1] = [(
    "accepted",
    "how far a matter has come: whatever an office takes on, of either kind, is that for a while",
)];

/// The fewest characters of a word that is looked at; of a number, the fewest digits.
const FEWEST: (usize, usize) = (6, 4);

/// A complaint and a report with the same address for mails, and what two strangers filed about the same stall that day.
pub(super) struct Letter {
    pub(super) complaint: Uuid,
    pub(super) report: Uuid,
    visit: Uuid,
}

impl Letter {
    pub(super) async fn filed(app: &TestApp) -> Self {
        for part in ["complaint", "report"] {
            let other = if part == "report" {
                "complaint"
            } else {
                "report"
            };
            let mut one = stranger(app);
            one["input"][other] = Value::Null;
            one["input"][part]["occurredAt"] = json!(app.now() - TimeDelta::minutes(17));
            app.anonymous().run("FileSubmission", one).await.ok();
            app.drain_jobs().await;
            app.advance(TimeDelta::minutes(11));
        }
        let mut both = letter(app);
        for part in ["complaint", "report"] {
            both["input"][part]["contactEmail"] = json!("canary@mail.example");
            both["input"][part]["consentToMail"] = json!(true);
        }
        let sent = app.anonymous().run("FileSubmission", both).await.ok();
        let id = |path: &str| {
            let id = sent.text(&format!("fileSubmission.{path}"));
            id.parse().unwrap()
        };
        let (complaint, report) = (id("complaint.complaintId"), id("report.reportId"));
        app.drain_jobs().await;
        app.advance(TimeDelta::minutes(3));
        // The phone looks at both at once.
        for part in ["Complaint", "Report"] {
            let receipt = format!("fileSubmission.{}.receiptCode", part.to_lowercase());
            let code = json!({ "receiptCode": sent.text(&receipt) });
            let come_back = format!("ComeBackTo{part}");
            app.anonymous().run(&come_back, code).await.ok();
        }
        app.advance(TimeDelta::minutes(3));
        let visit = worked_on(app, complaint, report).await;
        app.drain_jobs().await;
        Self {
            complaint,
            report,
            visit,
        }
    }
}

/// The office works on each by itself, minutes apart.
async fn worked_on(app: &TestApp, complaint: Uuid, report: Uuid) -> Uuid {
    let mut visit = Uuid::nil();
    let (deng, zhou, tang) = (
        user_id("deng").uuid(),
        user_id("zhou").uuid(),
        user_id("tang").uuid(),
    );
    for (who, name, mut input) in [
        (
            "lin",
            "AssignComplaint",
            json!({ "complaintId": complaint, "handlerId": deng }),
        ),
        (
            "deng",
            "AcceptComplaint",
            json!({ "complaintId": complaint }),
        ),
        ("lin", "AcceptReport", json!({ "reportId": report })),
        (
            "lin",
            "DispatchVisit",
            json!({ "reportId": report, "merchantId": merchant_id("tianxin-stall-17").uuid(),
                "inspectorIds": [zhou, tang] }),
        ),
    ] {
        input["id"] = match name {
            "DispatchVisit" => {
                // Made when it is sent, as every id of a phone: it tells that moment.
                visit = app.new_id();
                json!(visit)
            }
            _ => json!(app.new_id()),
        };
        app.as_(who).run(name, json!({ "input": input })).await.ok();
        app.advance(TimeDelta::minutes(2));
    }
    looked_into(app, visit).await;
    visit
}

/// The inspectors arrive, look at the scale, sign, and weigh the goods once more.
async fn looked_into(app: &TestApp, visit: Uuid) {
    signed(app, visit, "2026-05-11").await;
    app.advance(TimeDelta::minutes(2));
    let mut weighing = Flow::new(app).variables(Step::RecordMeasurement);
    weighing["input"]["id"] = json!(app.new_id());
    weighing["input"]["visitId"] = json!(visit);
    app.as_("zhou")
        .run("RecordMeasurement", weighing)
        .await
        .ok();
    app.advance(TimeDelta::minutes(2));
}

/// What is read of each track, and of everything else.
#[derive(Default)]
struct Tracks {
    complaint: BTreeSet<String>,
    report: BTreeSet<String>,
    elsewhere: BTreeSet<String>,
}

impl Tracks {
    /// The values of both tracks that nothing else has.
    fn joined(&self) -> Vec<&String> {
        let both = self.complaint.intersection(&self.report);
        let alone = both.filter(|value| !self.elsewhere.contains(*value));
        alone
            .filter(|value| ALLOWED.iter().all(|(allowed, _)| allowed != value))
            .collect()
    }

    /// Where a value belongs that stands beside these ids.
    fn of(&mut self, is_complaint: bool, is_report: bool) -> &mut BTreeSet<String> {
        assert!(!(is_complaint && is_report), "one thing names both");
        match (is_complaint, is_report) {
            (true, _) => &mut self.complaint,
            (_, true) => &mut self.report,
            _ => &mut self.elsewhere,
        }
    }
}

/// The parts of a value that are looked for: the value, and the moment in an id.
fn parts(value: &str) -> Vec<String> {
    let plain = value.replace('-', "").to_lowercase();
    let is_id = plain.len() == 32 && plain.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_id {
        let moment = (plain.as_bytes()[12] == b'7').then(|| format!("moment {}", &plain[..12]));
        return moment.into_iter().chain([plain]).collect();
    }
    let fewest = match value.bytes().all(|byte| byte.is_ascii_digit()) {
        true => FEWEST.1,
        false => FEWEST.0,
    };
    let long = value.chars().count() >= fewest;
    long.then(|| value.to_owned()).into_iter().collect()
}

fn leaves(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| leaves(item, found)),
        Value::Object(fields) => fields.values().for_each(|field| leaves(field, found)),
        Value::String(text) => found.extend(parts(text)),
        Value::Number(number) => found.extend(parts(&number.to_string())),
        Value::Null | Value::Bool(_) => {}
    }
}

/// Sorts an answer: what is told of a thing of one track, by its id or because it was asked by one, and the rest.
fn sort(value: &Value, (complaint, report): (&[Uuid], &[Uuid]), tracks: &mut Tracks) {
    match value {
        Value::Array(items) => items
            .iter()
            .for_each(|item| sort(item, (complaint, report), tracks)),
        Value::Object(fields) => {
            let names = |ids: &[Uuid]| {
                let mut direct = fields.values().filter_map(Value::as_str);
                direct.any(|value| ids.iter().any(|id| id.to_string() == value))
            };
            match (names(complaint), names(report)) {
                (false, false) => fields
                    .values()
                    .for_each(|field| sort(field, (complaint, report), tracks)),
                (is_complaint, is_report) => leaves(value, tracks.of(is_complaint, is_report)),
            }
        }
        other => leaves(other, &mut tracks.elsewhere),
    }
}

/// The papers about a thing.
async fn papers(app: &TestApp, of: Uuid) -> Vec<Uuid> {
    let of = format!("subject_id = {}", app.literal(of));
    column::<Uuid>(&app.parts().db, "notice", "id", &of).await
}

/// Everything that somebody reads by the contract, asked for everything and by every id.
async fn read(app: &TestApp, key: &str, (complaint, report): (&[Uuid], &[Uuid])) -> Tracks {
    let session = app.as_(key);
    let mut tracks = Tracks::default();
    let ids: Vec<Uuid> = [complaint, report, &[merchant_id("tianxin-stall-17").uuid()]].concat();
    for name in operations() {
        let document = operation(&name);
        if document.contains("$receiptCode") {
            continue;
        }
        for variables in asked(&document, &ids, "") {
            let answer = session.run(&name, variables.clone()).await;
            let named = |ids: &[Uuid]| {
                ids.iter()
                    .any(|id| variables.to_string().contains(&id.to_string()))
            };
            match (named(complaint), named(report)) {
                (false, false) => sort(answer.whole(), (complaint, report), &mut tracks),
                (is_complaint, is_report) => {
                    leaves(answer.whole(), tracks.of(is_complaint, is_report));
                }
            }
        }
    }
    let wanted = json!({ "input": { "id": app.new_id(), "since": app.now() - TimeDelta::days(1),
        "until": app.now() } });
    let log = session.run("ExportEventLog", wanted).await.body();
    for matter in [complaint, report].concat() {
        assert!(!log.contains(&matter.to_string()), "{key} {matter}");
    }
    tracks
}

/// The words of a page without its marks.
fn words(page: &str) -> BTreeSet<String> {
    let texts = page.split('<').filter_map(|part| part.split_once('>'));
    let words = texts.flat_map(|(_, text)| text.split(['　', ' ', '\n', '：', '，', '。', '；']));
    words.map(str::trim).flat_map(parts).collect()
}

/// The papers of both tracks as somebody gets them, and the record of the visit; answers whether that was shown.
async fn read_papers(
    (app, server): (&TestApp, &Server),
    key: &str,
    (complaint, report): (&[Uuid], &[Uuid]),
    tracks: &mut Tracks,
) -> bool {
    let token = access_token(app, key).await;
    let page = async |path: String| {
        let asked = server.get(&path).bearer_auth(&token);
        let answer = asked.send().await.unwrap();
        (answer.status().as_u16(), answer.text().await.unwrap())
    };
    for notice in column::<Uuid>(&app.parts().db, "notice", "id", "TRUE").await {
        let (_, paper) = page(format!("/notices/{notice}")).await;
        let of = tracks.of(complaint.contains(&notice), report.contains(&notice));
        of.extend(words(&paper));
    }
    let mut is_shown = false;
    for visit in column::<Uuid>(&app.parts().db, "visit", "id", "TRUE").await {
        let (status, record) = page(format!("/visits/{visit}/record")).await;
        tracks
            .of(complaint.contains(&visit), report.contains(&visit))
            .extend(words(&record));
        is_shown |= status == 200;
    }
    is_shown
}

#[tokio::test]
async fn nothing_that_one_role_reads_stands_in_both_tracks_of_a_letter_and_nowhere_else() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let letter = Letter::filed(&app).await;
        let mut complaint = papers(&app, letter.complaint).await;
        complaint.push(letter.complaint);
        let mut report = papers(&app, letter.report).await;
        report.extend([letter.report, letter.visit]);
        let (mut readers, mut of_record) = (0, 0);
        for key in KEYS.into_iter().flatten() {
            let mut tracks = read(&app, key, (&complaint, &report)).await;
            let door = (&app, &server);
            let is_shown = read_papers(door, key, (&complaint, &report), &mut tracks).await;
            of_record += usize::from(is_shown);
            assert_eq!(tracks.joined(), Vec::<&String>::new(), "{key}");
            readers += usize::from(tracks.complaint.len() > 40 && tracks.report.len() > 40);
        }
        assert!(readers >= 2, "{readers} read both tracks");
        assert!(of_record >= 2, "{of_record} read the record of the visit");
        app.leave_jobs();
    })
    .await;
}

/// The values of a row; a text of JSON is its leaves.
fn values(row: &Row) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, value) in &row.cells {
        match serde_json::from_str(value) {
            Ok(inner @ (Value::Array(_) | Value::Object(_))) => leaves(&inner, &mut found),
            _ => found.extend(parts(value)),
        }
    }
    found
}

/// The rows that a thing leads to: those that name it, and those that name what was made for it.
fn led_to(rows: &[Row], before: &BTreeSet<Row>, from: Uuid) -> BTreeSet<Row> {
    let mut names = BTreeSet::from([from.simple().to_string()]);
    let mut found: BTreeSet<Row> = BTreeSet::new();
    loop {
        let more: Vec<&Row> = rows
            .iter()
            .filter(|row| !before.contains(*row) && !found.contains(*row))
            .filter(|row| values(row).iter().any(|value| names.contains(value)))
            .collect();
        if more.is_empty() {
            return found;
        }
        for row in more {
            let own = row.cells.iter().filter(|(column, _)| column == "id");
            names.extend(
                own.flat_map(|(_, id)| parts(id))
                    .filter(|id| id.len() == 32),
            );
            found.insert(row.clone());
        }
    }
}

#[tokio::test]
async fn no_row_of_a_dump_joins_the_tracks_of_a_letter_by_a_moment_or_a_value() {
    on_both(async |app| {
        let db = &app.parts().db;
        let before: BTreeSet<Row> = census::rows(db).await.into_iter().collect();
        let letter = Letter::filed(&app).await;
        let rows = census::rows(db).await;
        let complaint = led_to(&rows, &before, letter.complaint);
        let report = led_to(&rows, &before, letter.report);
        let shared: Vec<_> = complaint.intersection(&report).collect();
        assert!(shared.is_empty(), "{shared:#?}");
        assert!(complaint.len() >= 8 && report.len() >= 8);
        let mut tracks = Tracks::default();
        for row in &rows {
            let of = tracks.of(complaint.contains(row), report.contains(row));
            of.extend(values(row));
        }
        let joined = tracks.joined();
        let bearers: Vec<&Row> = rows
            .iter()
            .filter(|row| complaint.contains(*row) || report.contains(*row))
            .filter(|row| joined.iter().any(|value| values(row).contains(*value)))
            .collect();
        assert!(joined.is_empty(), "{joined:?} in {bearers:#?}");
        let dated = "operation = 'FileSubmission' AND at IN (SELECT received_at FROM report)";
        let dated = count(db, "command", dated).await;
        assert_eq!(dated, 0, "nor does any say that a letter came then");
        app.leave_jobs();
    })
    .await;
}

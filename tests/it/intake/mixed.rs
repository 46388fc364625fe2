//! One person complains and reports in one go. Everybody runs every read operation of the contract, and no answer joins
//! the two parts; the reported side reads nothing of the report.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_code, merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::{operation, operations};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::complaint;

/// Everybody with an account in the fixtures who works or trades here, and nobody.
pub(super) const KEYS: [Option<&str>; 13] = [
    Some("zhou"),
    Some("lin"),
    Some("deng"),
    Some("xiao"),
    Some("he"),
    Some("luo"),
    Some("liao"),
    Some("peng"),
    Some("shen"),
    Some("qiu"),
    Some("wu"),
    Some("shi"),
    None,
];

/// What was sent, and by which words each part is recognised.
struct Mixed {
    ids: Vec<Uuid>,
    codes: [String; 2],
    submission: String,
    complaint: Vec<String>,
    report: Vec<String>,
}

impl Mixed {
    /// Both parts come in together and are worked on: the complaint is accepted, the case on the report goes as far
    /// as the notice to the merchant.
    async fn filed(app: &TestApp) -> Self {
        let flow = Flow::new(app);
        let mut report = flow.variables(Step::FileReport)["input"].clone();
        report["photos"] = json!([]);
        report["narrative"] = json!("金丝雀举报经过");
        report["contactEmail"] = json!("canary@mail.example");
        let mut complaint = complaint(app);
        complaint["complainants"][0]["name"] = json!("金丝雀姓名");
        complaint["complainants"][0]["phone"] = json!("13900139000");
        complaint["content"] = json!("金丝雀投诉内容");
        complaint["merchantCode"] = json!(merchant_code("tianxin-stall-17").as_str());
        let submission = app.new_id();
        let input = json!({ "id": submission, "complaint": complaint, "report": report });
        let filed = app
            .anonymous()
            .run("FileSubmission", json!({ "input": input }))
            .await
            .ok();
        let text = |path: &str| filed.text(&format!("fileSubmission.{path}")).to_owned();
        let complaint_id = text("complaint.complaintId");
        for (who, name, more) in [
            (
                "lin",
                "AssignComplaint",
                json!({ "handlerId": user_id("deng").uuid() }),
            ),
            ("deng", "AcceptComplaint", json!({})),
        ] {
            let mut input = more;
            input["id"] = json!(app.new_id());
            input["complaintId"] = json!(complaint_id);
            app.as_(who).run(name, json!({ "input": input })).await.ok();
        }
        work_on(&flow).await;
        Self {
            ids: vec![
                flow.report(),
                flow.visit(),
                flow.case(),
                complaint_id.parse().unwrap(),
                submission,
                merchant_id("tianxin-stall-17").uuid(),
            ],
            codes: [text("complaint.receiptCode"), text("report.receiptCode")],
            submission: submission.to_string(),
            complaint: vec![
                complaint_id,
                text("complaint.number"),
                "金丝雀姓名".to_owned(),
                "13900139000".to_owned(),
                "金丝雀投诉内容".to_owned(),
            ],
            report: vec![
                flow.report().to_string(),
                text("report.number"),
                "金丝雀举报经过".to_owned(),
                "canary@mail.example".to_owned(),
            ],
        }
    }

    fn tells(marks: &[String], answer: &str) -> bool {
        marks.iter().any(|mark| answer.contains(mark))
    }
}

async fn work_on(flow: &Flow) {
    let all = [
        Step::AcceptReport,
        Step::DispatchVisit,
        Step::CheckIn,
        Step::ArriveToo,
        Step::CheckInstrument,
        Step::RecordMeasurement,
        Step::DeclarePhotos,
        Step::SignRecord,
        Step::SubmitVisit,
        Step::FileCase,
        Step::ProposePenalty,
        Step::AuditCase,
        Step::IssueNotice,
        Step::ServeNotice,
    ];
    for step in all {
        flow.take(step).await;
        if step == Step::DeclarePhotos {
            flow.send_photos().await;
        }
    }
}

/// Every set of variables that a read operation can be asked with here; none if it is a write.
pub(super) fn asked(document: &str, ids: &[Uuid], code: &str) -> Vec<Value> {
    let Some(head) = document.lines().find(|line| line.starts_with("query")) else {
        return Vec::new();
    };
    let declared = head.split_once('(').map_or("", |(_, rest)| rest);
    let named: Vec<(&str, &str)> = declared
        .split('$')
        .filter_map(|part| part.split_once(':'))
        .map(|(name, kind)| (name.trim(), kind.trim()))
        .collect();
    let kinds: &[&str] = if declared.contains("NoticeSubjectKind") {
        &["COMPLAINT", "REPORT", "CASE"]
    } else {
        &[""]
    };
    let mut all = Vec::new();
    for id in ids {
        for subject in kinds {
            let mut variables = json!({});
            for (name, kind) in &named {
                variables[*name] = match *name {
                    "receiptCode" => json!(code),
                    "subjectKind" => json!(subject),
                    "code" => json!(merchant_code("tianxin-stall-17").as_str()),
                    _ if kind.starts_with("UUID") => json!(id),
                    _ if kind.starts_with("String!") => json!("430103"),
                    _ => continue,
                };
            }
            if !all.contains(&variables) {
                all.push(variables);
            }
        }
    }
    all
}

#[tokio::test]
async fn no_answer_to_anybody_joins_the_parts_of_a_submission_and_the_merchant_reads_nothing_of_the_report()
 {
    on_both(async |app| {
        let mixed = Mixed::filed(&app).await;
        let (mut of_complaint, mut of_report) = (0, 0);
        for key in KEYS {
            let session = key.map_or_else(|| app.anonymous(), |key| app.as_(key));
            for name in operations() {
                let document = operation(&name);
                let is_by_code = document.contains("$receiptCode");
                let codes = if is_by_code {
                    &mixed.codes[..]
                } else {
                    &mixed.codes[..1]
                };
                for variables in codes
                    .iter()
                    .flat_map(|code| asked(&document, &mixed.ids, code))
                {
                    let answer = session.run(&name, variables).await.body();
                    let complaint = Mixed::tells(&mixed.complaint, &answer);
                    let report = Mixed::tells(&mixed.report, &answer);
                    assert!(!(complaint && report), "{key:?} {name}: {answer}");
                    assert!(!answer.contains(&mixed.submission), "{key:?} {name}");
                    // The codes are the citizen's, whoever types them in.
                    let outside = matches!(key, Some("wu" | "shi") | None) && !is_by_code;
                    assert!(!(report && outside), "{key:?} {name}: {answer}");
                    if key == Some("he") {
                        of_complaint += usize::from(complaint);
                        of_report += usize::from(report);
                    }
                }
            }
        }
        // Whoever heads both tracks reads both, each by itself.
        assert!(of_complaint > 0 && of_report > 0);
        app.leave_jobs();
    })
    .await;
}

/// Every text and number in the answers about one thing, as somebody gets them.
async fn told(
    app: &TestApp,
    key: &str,
    (operation, list, id): (&str, &str, &str),
) -> BTreeSet<String> {
    let session = app.as_(key);
    let one = session.run(operation, json!({ "id": id })).await;
    let all = session.run(list, json!({ "first": 100 })).await;
    let mut leaves = BTreeSet::new();
    collect(one.whole(), &mut leaves);
    rows(all.whole(), id, &mut leaves);
    leaves
}

fn collect(value: &Value, leaves: &mut BTreeSet<String>) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| collect(item, leaves)),
        Value::Object(fields) => fields.values().for_each(|field| collect(field, leaves)),
        Value::String(text) => drop(leaves.insert(text.clone())),
        Value::Number(number) => drop(leaves.insert(number.to_string())),
        Value::Null | Value::Bool(_) => {}
    }
}

/// What stands in the row of a list that is about the thing.
fn rows(value: &Value, id: &str, leaves: &mut BTreeSet<String>) {
    match value {
        Value::Object(fields) if fields.get("id").is_some_and(|own| own == id) => {
            collect(value, leaves);
        }
        Value::Object(fields) => fields.values().for_each(|field| rows(field, id, leaves)),
        Value::Array(items) => items.iter().for_each(|item| rows(item, id, leaves)),
        _ => {}
    }
}

#[tokio::test]
async fn a_letter_in_two_parts_has_no_more_in_common_than_two_strangers_about_the_same_stall() {
    on_both(async |app| {
        let letter = letter(&app);
        let sent = app
            .anonymous()
            .run("FileSubmission", letter.clone())
            .await
            .ok();
        let text = |path: &str| sent.text(&format!("fileSubmission.{path}")).to_owned();
        let own = [text("complaint.complaintId"), text("report.reportId")];
        app.advance(TimeDelta::minutes(7));
        let mut strangers = Vec::new();
        for (part, field) in [("complaint", "complaintId"), ("report", "reportId")] {
            // The same stall at another hour, in words of their own: what the letter's own words have in common shows.
            let mut one = stranger(&app);
            let other = if part == "report" {
                "complaint"
            } else {
                "report"
            };
            one["input"][other] = Value::Null;
            one["input"][part]["occurredAt"] = json!(app.now() - TimeDelta::minutes(43));
            let sent = app.anonymous().run("FileSubmission", one).await.ok();
            strangers.push(
                sent.text(&format!("fileSubmission.{part}.{field}"))
                    .to_owned(),
            );
            app.advance(TimeDelta::minutes(11));
        }
        let mut readers = 0;
        for key in KEYS.into_iter().flatten() {
            let common = async |complaint: &str, report: &str| {
                let complaint =
                    told(&app, key, ("GetComplaint", "ComplaintQueue", complaint)).await;
                let report = told(&app, key, ("GetReport", "ReportQueue", report)).await;
                complaint
                    .intersection(&report)
                    .cloned()
                    .collect::<BTreeSet<_>>()
            };
            let joined = common(&own[0], &own[1]).await;
            let usual = common(&strangers[0], &strangers[1]).await;
            readers += usize::from(usual.contains("430103"));
            let more: Vec<_> = joined.difference(&usual).collect();
            assert!(more.is_empty(), "{key}: {more:?}");
        }
        assert!(readers >= 3, "some read both tracks");
        app.drain_jobs().await;
    })
    .await;
}

/// A complaint and a report about one purchase, as one person writes them.
pub(super) fn letter(app: &TestApp) -> Value {
    let flow = Flow::new(app);
    let mut report = flow.variables(Step::FileReport)["input"].clone();
    report["photos"] = json!([]);
    report["narrative"] = json!("秤上显示三公斤，公平秤只有两公斤八百五十克。");
    let mut complaint = complaint(app);
    complaint["merchantCode"] = json!(merchant_code("tianxin-stall-17").as_str());
    complaint["occurredAt"] = report["occurredAt"].clone();
    complaint["place"] = report["place"].clone();
    json!({ "input": { "id": app.new_id(), "complaint": complaint, "report": report } })
}

/// As another person writes both, of whom each stranger sends one: about the stall as the register names it, and all else in
/// words of its own.
pub(super) fn stranger(app: &TestApp) -> Value {
    let mut letter = letter(app);
    let report = &mut letter["input"]["report"];
    report["party"] = json!("十七号肉摊");
    report["goods"] = json!("里脊");
    report["unitPriceYuanPerKg"] = json!("36");
    report["settledGrams"] = json!("1500");
    report["checkedGrams"] = json!("1380");
    report["narrative"] = json!("少了一百二十克，摊主说秤没有问题。");
    report["position"] = json!({ "latitude": 28.1712, "longitude": 112.9741, "accuracyM": 30.0 });
    let complaint = &mut letter["input"]["complaint"];
    complaint["respondentName"] = json!("姓吴的肉摊");
    complaint["content"] = json!("里脊少了一百二十克，要退钱。");
    complaint["paidFen"] = json!(5400);
    complaint["evidence"] = json!("小票。");
    letter
}

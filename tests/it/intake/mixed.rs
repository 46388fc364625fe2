//! One person complains and reports in one go. Everybody runs every read operation of the contract, and no answer joins
//! the two parts; the reported side reads nothing of the report.

use liangxin_demo::fixtures::{merchant_code, merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::contract::{operation, operations};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::complaint;

/// Everybody with an account in the fixtures who works or trades here, and nobody.
const KEYS: [Option<&str>; 13] = [
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
        Step::CheckInstrument,
        Step::RecordMeasurement,
        Step::DeclarePhotos,
        Step::SignRecord,
        Step::SubmitVisit,
        Step::FileCase,
        Step::ProposePenalty,
        Step::AuditCase,
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
fn asked(document: &str, ids: &[Uuid], code: &str) -> Vec<Value> {
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

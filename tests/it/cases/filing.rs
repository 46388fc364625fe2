//! How a case comes to be.

use liangxin_app::usecase::cases::Filing;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_domain::id::{CaseId, ReportId};
use liangxin_domain::notices::field::{MatterField, OpenField};
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

use super::matter::{Matter, overdue_scale};

fn investigators(keys: &[&str]) -> Value {
    let ids: Vec<_> = keys.iter().map(|key| user_id(key).uuid()).collect();
    json!({ "investigatorIds": ids })
}

#[tokio::test]
async fn a_case_is_filed_by_two_certified_officers_on_a_closed_visit() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SignRecord).await;
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["WRONG_STATE"]
        );
        flow.take(Step::SubmitVisit).await;
        for (keys, code) in [
            (vec!["zhou"], "INSPECTORS_TWO_REQUIRED"),
            (vec!["tang", "tang"], "INSPECTORS_TWO_REQUIRED"),
            (vec!["zhou", "trainee"], "INSPECTOR_NOT_CERTIFIED"),
            (vec!["zhou", "gong"], "INSPECTOR_UNKNOWN"),
            (vec!["zhou"; 21], "FIELD_TOO_LONG"),
        ] {
            assert_eq!(
                flow.refused(Step::FileCase, investigators(&keys)).await,
                [code],
                "{keys:?}"
            );
        }
        let nothing = json!({ "visitId": app.new_id() });
        assert_eq!(flow.refused(Step::FileCase, nothing).await, ["NOT_FOUND"]);
        let filed = flow.take(Step::FileCase).await;
        assert!(
            filed
                .text("fileCase.case.number")
                .starts_with("AJ-430103-2026-")
        );
        assert_eq!(filed.text("fileCase.case.clocks.0.ruleId"), "P-DECIDE");
        let report = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(report.text("report.state"), "FILED");
        assert_eq!(report.text("report.clocks.0.satisfiedOn"), "2026-11-23");
        assert_eq!(report.text("report.caseId"), flow.case().to_string());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn no_case_is_filed_while_a_promised_photo_is_missing() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::RecordMeasurement).await;
        for step in [Step::DeclarePhotos, Step::SignRecord, Step::SubmitVisit] {
            flow.take(step).await;
        }
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["EVIDENCE_INCOMPLETE"]
        );
        flow.send_photos().await;
        flow.take(Step::FileCase).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn no_case_is_filed_on_a_visit_that_found_nothing_wrong() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        flow.take_with(
            Step::CheckInstrument,
            json!({ "markValidUntil": "2027-05-11" }),
        )
        .await;
        flow.take_with(Step::RecordMeasurement, json!({ "checkedGrams": "2001" }))
            .await;
        flow.take(Step::DeclarePhotos).await;
        flow.send_photos().await;
        flow.take(Step::SignRecord).await;
        flow.take(Step::SubmitVisit).await;
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["NOTHING_FAILED"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_case_on_a_visit_is_about_what_was_visited_and_nothing_else() {
    on_both(async |app| {
        let visit = overdue_scale(&app).await;
        let filing = |change: Value| {
            let mut input = investigators(&["zhou", "tang"]);
            input["id"] = json!(app.new_id());
            input["visitId"] = json!(visit);
            input["inSpite"] = json!("拍照设备故障，另有执法记录仪录像。");
            for (name, value) in change.as_object().into_iter().flatten() {
                input[name] = value.clone();
            }
            json!({ "input": input })
        };
        let he = app.as_("he");
        for change in [
            json!({ "basis": "OWN_DISCOVERY" }),
            json!({ "basis": "REPORT" }),
            json!({ "merchantId": merchant_id("tianxin-stall-21").uuid() }),
            json!({ "reportId": app.new_id() }),
        ] {
            let refused = he.refused("FileCase", filing(change.clone())).await;
            assert_eq!(refused, ["FIELD_FORMAT"], "{change}");
        }
        let said = json!({
            "basis": "VISIT", "merchantId": merchant_id("tianxin-stall-17").uuid(),
        });
        let filed = he.run("FileCase", filing(said)).await.ok();
        assert_eq!(filed.text("fileCase.case.state"), "FILED");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn one_visit_makes_one_case() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        assert_eq!(
            flow.refused(Step::FileCase, json!({})).await,
            ["WRONG_STATE"],
            "the report is filed already"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_second_case_on_a_visit_that_has_one_is_stale_even_if_the_report_were_open_again() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        let begun = json!({ "by": user_id("lin").uuid(), "at": "2026-11-23T01:00:01Z" });
        let progress = json!({ "verifying": { "begun": begun, "tests": [], "proposal": null } });
        app.execute(&format!(
            "UPDATE report SET state = 'verifying', progress = '{progress}', case_id = NULL"
        ))
        .await;
        assert_eq!(flow.refused(Step::FileCase, json!({})).await, ["STALE"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_lead_without_a_report_is_filed_within_the_days_as_any_other_matter() {
    on_both(async |app| {
        let today = app.now().date_naive();
        let told = json!({ "foundOn": today });
        let matter = Matter::found(&app, "LEAD", told).await;
        assert_eq!(matter.clock("P-FILE").await, "SATISFIED");
        app.leave_jobs();
    })
    .await;
}

#[test]
fn a_filing_without_a_report_is_the_write_that_it_was_before_there_were_reports_of_leads() {
    let case = CaseId::new(Uuid::nil());
    let filing = Filing {
        case,
        basis: None,
        visit: None,
        report: None,
        merchant: None,
        conduct_on: None,
        found_on: None,
        facts: None,
        in_place_of: None,
        from: None,
        in_spite: None,
        investigators: Vec::new(),
    };
    let sent = serde_json::to_string(&filing).unwrap();
    let nil = Uuid::nil();
    assert_eq!(
        sent,
        format!(
            r#"{{"case":"{nil}","basis":null,"visit":null,"merchant":null,"conduct_on":null,"found_on":null,"facts":null,"from":null,"in_spite":null,"investigators":[]}}"#
        )
    );
    let on_a_lead = Filing {
        report: Some(ReportId::new(nil)),
        ..filing
    };
    assert!(
        serde_json::to_string(&on_a_lead)
            .unwrap()
            .contains("report")
    );
}

#[tokio::test]
async fn the_approval_says_what_shows_each_fact_and_what_is_missing() {
    on_both(async |app| {
        let visit = overdue_scale(&app).await;
        let filing = json!({ "input": {
            "id": app.new_id(), "visitId": visit,
            "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
        } });
        let refused = app.as_("he").refused("FileCase", filing).await;
        assert_eq!(refused, ["VISIT_WITHOUT_PHOTO"]);
        let in_spite = "拍照设备故障，另有执法记录仪录像。";
        let in_spite = json!({ "visitId": visit, "inSpite": in_spite });
        let bare = Matter::filed(&app, in_spite).await;
        let flow = Flow::after(&app, Step::ProposePenalty).await;
        let whole = Matter {
            app: app.clone(),
            case: flow.case(),
        };
        let told = Matter::found(&app, "TRANSFER_IN", json!({ "from": "天农移〔2026〕3号" })).await;
        for (matter, field, parts) in [
            (
                &bare,
                OpenField::Proofs,
                vec!["已超期", "现场笔录，", "现场照片0张"],
            ),
            (&bare, OpenField::Missing, vec!["现场检查没有照片"]),
            (&whole, OpenField::Proofs, vec!["现场笔录，", "现场照片1张"]),
            (
                &told,
                OpenField::Proofs,
                vec!["移送材料（天农移〔2026〕3号）"],
            ),
            (&told, OpenField::Missing, vec!["没有现场检查笔录和照片"]),
        ] {
            let said = matter.said(("filing_approval", "FILE"), field).await;
            for part in parts {
                assert!(said.contains(part), "{field}: {said}");
            }
        }
        let approval = ("filing_approval", "FILE");
        assert_eq!(whole.said(approval, OpenField::Missing).await, "");
        let lead = bare.said(approval, MatterField::Lead).await;
        assert!(lead.contains("拍照设备故障"), "{lead}");
        let report = ("case_file", "FILE");
        let proposed = whole.said(report, OpenField::Penalty).await;
        assert!(proposed.contains("罚款2000"), "{proposed}");
        app.drain_jobs().await;
    })
    .await;
}

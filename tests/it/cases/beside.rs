//! What lies beside the straight way of a case, each step to its success, with its period, paper and event.

use chrono::{Months, NaiveDate, TimeDelta};
use liangxin_demo::fixtures::merchant_code;
use liangxin_domain::notices::field::OpenField;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::server::Server;
use serde_json::{Value, json};

use super::matter::Matter;
use super::week::calendar;

fn today(app: &TestApp) -> NaiveDate {
    (app.now() + TimeDelta::hours(8)).date_naive()
}

/// The papers of a case, those for its party and those for its file.
async fn papers(matter: &Matter, recipient: &str) -> Vec<String> {
    let of = json!({ "subjectKind": "CASE", "subjectId": matter.case });
    let listed = matter.app.as_("deng").run("ListNotices", of).await.ok();
    let papers = listed.data("notices").as_array().unwrap().iter();
    let papers = papers.filter(|paper| paper["recipient"] == recipient);
    papers
        .map(|paper| paper["paper"].as_str().unwrap().to_owned())
        .collect()
}

/// Whether something was told of the case.
async fn is_told(matter: &Matter, kind: &str) -> bool {
    let case = matter.app.literal(matter.case);
    let of_case = format!("kind = '{kind}' AND subject = {case}");
    count(&matter.app.parts().db, "event", &of_case).await > 0
}

/// The period of a rule that ran last.
async fn period(matter: &Matter, rule: &str) -> Value {
    let seen = matter.seen("he").await;
    let clocks = seen.data("case.clocks").as_array().unwrap().clone();
    let last = clocks.into_iter().rfind(|clock| clock["ruleId"] == rule);
    last.unwrap_or_else(|| panic!("no {rule}"))
}

/// Whether the period of a rule runs, however near its end is.
async fn runs(matter: &Matter, rule: &str) -> bool {
    ["RUNNING", "DUE_SOON"].contains(&matter.clock(rule).await.as_str())
}

fn day(clock: &Value) -> NaiveDate {
    clock["dueOn"].as_str().unwrap().parse().unwrap()
}

#[tokio::test]
async fn a_case_is_ordered_to_be_put_right_waits_goes_on_gets_more_time_and_goes_to_another_agency()
{
    on_both(async |app| {
        // The period for deciding ends in the next year.
        calendar(&app).await;
        let matter = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        let order = json!({
            "violation": "M-QTY-01", "correction": "停止短缺量销售，校准电子秤。",
            "correctBy": "2026-12-07", "consequence": "逾期不改正的，依法处罚。",
        });
        let ordered = matter.step("deng", "OrderCorrection", order).await;
        assert_eq!(
            ordered.text("orderCorrection.case.orders.0.correctBy"),
            "2026-12-07"
        );
        let first = day(&period(&matter, "P-DECIDE").await);

        let waits = json!({ "cause": "PARTY_MISSING", "reason": "当事人下落不明，无法询问。" });
        matter.step("he", "SuspendCase", waits).await;
        assert_eq!(matter.clock("P-DECIDE").await, "PAUSED");
        app.advance(TimeDelta::days(10));
        let resumed = matter.step("he", "ResumeCase", json!({})).await;
        assert_eq!(resumed.text("resumeCase.case.state"), "FILED");
        assert_ne!(
            resumed.data("resumeCase.case.suspensions.0.until"),
            &Value::Null
        );
        let waited = period(&matter, "P-DECIDE").await;
        assert_eq!(waited["pauses"][0]["cause"], "SUSPENSION");
        // The ninety days and nine: those between the day on which it began to wait and the one on which it went on.
        assert_eq!(first.to_string(), "2027-02-22", "a Sunday moves");
        assert_eq!(day(&waited).to_string(), "2027-03-02", "{waited}");

        let more = json!({ "reason": "案情复杂，需外地协查。" });
        matter.step("he", "ExtendCase", more).await;
        let extended = period(&matter, "P-DECIDE").await;
        assert_eq!(extended["extensions"][0]["length"], 30);
        assert!(
            day(&extended) >= day(&waited) + TimeDelta::days(28),
            "{extended}"
        );
        further(&matter, day(&extended)).await;

        let gone = json!({ "to": "OTHER_AGENCY", "receiver": "天心区农业农村局",
            "reason": "属农产品质量安全监管职责。" });
        let handed = matter.step("he", "TransferCase", gone).await;
        assert_eq!(handed.text("transferCase.case.state"), "TRANSFERRED");
        let (on, decide) = (today(&app).to_string(), period(&matter, "P-DECIDE").await);
        assert_eq!(decide["lapsedOn"], json!(on), "{decide}");

        left_behind(&matter).await;
        let early = matter.refused("deng", "ArchiveCase", json!({})).await;
        assert_eq!(early, ["PAPER_NOT_SERVED"]);
        matter.took("correction_order").await;
        matter.step("deng", "ArchiveCase", json!({})).await;
        app.drain_jobs().await;
    })
    .await;
}

/// Each step has its papers and is told.
async fn left_behind(matter: &Matter) {
    let on_file = papers(matter, "FILE").await;
    for paper in [
        "filing_approval",
        "correction_order",
        "suspension_of_case",
        "extension_of_case",
        "transfer_letter",
    ] {
        assert!(
            on_file.iter().any(|made| made == paper),
            "{paper}: {on_file:?}"
        );
    }
    let letter = ("transfer_letter", "BODY");
    let enclosed = matter.said(letter, OpenField::Enclosures).await;
    let titles: Vec<_> = enclosed
        .lines()
        .map(|line| line.split('，').next().unwrap())
        .collect();
    assert_eq!(titles, ["1. 立案审批表", "2. 责令改正通知书"]);
    assert!(
        papers(matter, "RESPONDENT")
            .await
            .contains(&"correction_order".to_owned())
    );
    for kind in [
        "correction_ordered",
        "case_suspended",
        "case_resumed",
        "case_extended",
        "case_transferred",
    ] {
        assert!(is_told(matter, kind).await, "{kind}");
    }
}

/// The heads together fix more once, and a test waits for its result.
async fn further(matter: &Matter, extended: NaiveDate) {
    let fixed = |days: u32, attendees: Value| json!({ "reason": "案情特别复杂，经延期仍不能作出决定。", "days": days, "attendees": attendees });
    let heads = || json!(["贺敏", "罗静怡"]);
    for (input, code) in [
        (
            json!({ "reason": "案情复杂，再延三十日。" }),
            "EXTENSION_NOT_ALLOWED",
        ),
        (fixed(20, json!(["贺敏"])), "CONFERENCE_TWO"),
        (fixed(0, heads()), "OUT_OF_RANGE"),
        (fixed(366, heads()), "OUT_OF_RANGE"),
        (
            json!({ "reason": "案情特别复杂，集体决定。", "attendees": heads() }),
            "FIELD_REQUIRED",
        ),
    ] {
        let refused = matter.refused("he", "ExtendCase", input).await;
        assert_eq!(refused, [code]);
    }
    matter.step("he", "ExtendCase", fixed(20, heads())).await;
    let fixed_by = period(matter, "P-DECIDE").await;
    assert_eq!(fixed_by["extensions"][1]["length"], 20);
    assert!(
        day(&fixed_by) >= extended + TimeDelta::days(15),
        "{fixed_by}"
    );
    let again = fixed(20, heads());
    let refused = matter.refused("he", "ExtendCase", again).await;
    assert_eq!(refused, ["EXTENSION_NOT_ALLOWED"]);
    let tested = json!({ "cause": "TESTING", "reason": "电子秤送计量所检定。" });
    matter.step("he", "SuspendCase", tested).await;
    let waits = period(matter, "P-DECIDE").await;
    assert_eq!(waits["pauses"][1]["cause"], "TESTING");
    matter.step("he", "ResumeCase", json!({})).await;
}

#[tokio::test]
async fn more_time_to_pay_owes_no_late_fee_and_what_is_carried_out_is_shown_no_more_when_that_is_asked_for()
 {
    on_both(async |app| {
        calendar(&app).await;
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        matter.decided().await;
        let until = today(&app) + TimeDelta::days(40);
        let more = json!({ "until": until, "reason": "摊位歇业，资金周转困难。" });
        let allowed = matter.step("he", "AllowInstalments", more).await;
        let pay_until = allowed.text("allowInstalments.case.execution.payUntil");
        assert_eq!(pay_until, until.to_string());
        assert!(is_told(&matter, "instalments_allowed").await);
        app.advance(TimeDelta::days(40));
        let owed = matter.seen("he").await;
        assert_eq!(owed.text("case.execution.lateFeeYuan"), "0.00");
        matter.paid("800", "罚0801").await;
        assert_eq!(matter.clock("P-PAY").await, "SATISFIED");
        matter.corrected().await;
        matter.step("he", "FinishCase", json!({})).await;
        repaired(&matter).await;
        app.drain_jobs().await;
    })
    .await;
}

/// Asked for too early, then incomplete, then granted.
async fn repaired(matter: &Matter) {
    let app = &matter.app;
    let ask = json!({ "promise": "信用修复承诺书", "proof": "缴款凭证" });
    let early = matter.refused("wu", "RepairCredit", ask.clone()).await;
    assert_eq!(early, ["REPAIR_TOO_EARLY"]);
    app.advance(TimeDelta::days(60));
    assert!(is_shown(matter).await);
    matter.step("wu", "RepairCredit", ask.clone()).await;
    assert!(runs(matter, "CR-ACCEPT").await);
    let missing = json!({ "missing": "缺少整改照片。" });
    let asked = matter.step("deng", "AcceptRepair", missing).await;
    assert_eq!(
        asked.text("acceptRepair.case.repairs.0.state"),
        "INCOMPLETE"
    );
    assert_eq!(matter.clock("CR-ACCEPT").await, "SATISFIED");
    let told = ("credit_repair_notice", "RESPONDENT");
    assert_eq!(
        matter.said(told, OpenField::Missing).await,
        "缺少整改照片。"
    );
    matter.step("wu", "RepairCredit", ask).await;
    matter.step("deng", "AcceptRepair", json!({})).await;
    assert!(
        matter
            .said(told, OpenField::Decision)
            .await
            .starts_with("受理")
    );
    assert!(runs(matter, "CR-DECIDE").await);
    let first = day(&period(matter, "CR-DECIDE").await);
    let longer = json!({ "reason": "需向税务机关核实票据。" });
    let extended = matter.step("he", "ExtendRepair", longer.clone()).await;
    let given = "extendRepair.case.repairs.0.extendedAt";
    assert_ne!(extended.data(given), &Value::Null);
    let last = period(matter, "CR-DECIDE").await;
    assert_eq!(last["extensions"][0]["length"], 10);
    assert!(day(&last) >= first + TimeDelta::days(12), "{last}");
    let why = matter.said(told, OpenField::Reason).await;
    assert_eq!(why, "需向税务机关核实票据。");
    let again = matter.refused("he", "ExtendRepair", longer).await;
    assert_eq!(again, ["EXTENSION_NOT_ALLOWED"]);
    let grant = json!({ "grant": true, "reason": "义务履行完毕，已改正。" });
    let granted = matter.step("he", "DecideRepair", grant).await;
    assert_eq!(granted.text("decideRepair.case.repairs.0.state"), "GRANTED");
    let on = today(app).to_string();
    assert_eq!(granted.text("decideRepair.case.display.repairedOn"), on);
    assert_eq!(matter.clock("CR-DECIDE").await, "SATISFIED");
    for kind in ["repair_asked", "repair_answered", "repair_decided"] {
        assert!(is_told(matter, kind).await, "{kind}");
    }
    let said = matter.said(told, OpenField::Decision).await;
    assert!(said.starts_with("准予"), "{said}");
    assert!(!is_shown(matter).await);
    lied(matter).await;
}

/// The receipt was forged: what was granted is undone, and the display begins anew.
async fn lied(matter: &Matter) {
    matter.app.advance(TimeDelta::days(9));
    let undo = json!({ "reason": "银行证明缴款凭证系伪造。" });
    let refused = matter.refused("deng", "UndoRepair", undo.clone()).await;
    assert_eq!(refused, ["DENIED"]);
    let undone = matter.step("he", "UndoRepair", undo.clone()).await;
    let case = "undoRepair.case";
    assert_eq!(undone.text(&format!("{case}.repairs.0.state")), "UNDONE");
    let repaired_on = undone.data(&format!("{case}.display.repairedOn"));
    assert_eq!(repaired_on, &Value::Null);
    let until = today(&matter.app) + Months::new(36);
    let shown = undone.text(&format!("{case}.display.until"));
    assert_eq!(shown, until.to_string());
    assert!(is_shown(matter).await);
    let ask = json!({ "promise": "信用修复承诺书", "proof": "缴款凭证" });
    let again = matter.refused("wu", "RepairCredit", ask).await;
    assert_eq!(again, ["REPAIR_TOO_EARLY"]);
    let told = ("credit_repair_notice", "RESPONDENT");
    let said = matter.said(told, OpenField::Decision).await;
    assert!(said.starts_with("撤销"), "{said}");
    let twice = matter.refused("he", "UndoRepair", undo).await;
    assert_eq!(twice, ["WRONG_STATE"]);
}

/// Whether everybody reads the decision behind the code on the wall.
async fn is_shown(matter: &Matter) -> bool {
    let server = Server::start(&matter.app, Mode::Production).await;
    let path = format!("/m/{}", merchant_code("tianxin-stall-17"));
    let page = server
        .get(&path)
        .send()
        .await
        .unwrap()
        .text()
        .await
        .unwrap();
    let seen = matter.seen("he").await;
    page.contains(seen.text("case.number"))
}

#[tokio::test]
async fn what_the_police_refuse_they_look_at_again_and_take_up_with_its_goods() {
    on_both(async |app| {
        let matter = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        let report = json!({ "facts": "使用作弊秤，获利数额较大。", "report": "二名执法人员核实后书面报告。" });
        matter.step("deng", "ReportCrime", report).await;
        let refer = json!({ "refer": true, "reason": "涉嫌犯罪，应当移送。" });
        matter.step("he", "DecideReferral", refer).await;
        let letter = json!({
            "to": "天心公安分局", "document": "天市监移〔2026〕1号", "goods": "作弊秤一台。",
            "tests": "检定结果通知书一份。", "others": "没有其他材料。",
        });
        matter.step("deng", "HandOver", letter).await;
        let answer = |accepted: bool, number: u8| {
            let document = format!("天公立〔2026〕{number}号");
            json!({ "accepted": accepted, "document": document, "on": today(&app) })
        };
        matter.step("deng", "NotePoliceAnswer", answer(false, 8)).await;
        assert!(runs(&matter, "PR-REVIEW").await);
        let again = json!({ "reason": "获利数额已达立案追诉标准。" });
        let asked = matter.step("he", "AskReview", again).await;
        assert_eq!(asked.text("askReview.case.referrals.0.state"), "UNDER_REVIEW");
        assert_eq!(matter.clock("PR-REVIEW").await, "SATISFIED");
        assert!(runs(&matter, "PR-ANSWER").await);
        matter.step("deng", "NotePoliceAnswer", answer(true, 9)).await;
        assert_eq!(matter.clock("PR-ANSWER").await, "SATISFIED");
        assert!(runs(&matter, "PR-GOODS").await);
        let goods = json!({ "list": "作弊秤一台。" });
        matter.step("deng", "HandOverGoods", goods).await;
        assert_eq!(matter.clock("PR-GOODS").await, "SATISFIED");
        let gone = json!({ "to": "POLICE", "receiver": "天心公安分局", "reason": "公安机关已立案侦查。" });
        matter.step("he", "TransferCase", gone).await;
        for kind in ["referral_review_asked", "goods_handed_over", "case_transferred"] {
            assert!(is_told(&matter, kind).await, "{kind}");
        }
        let on_file = papers(&matter, "FILE").await;
        for paper in ["police_transfer", "transfer_letter"] {
            assert!(on_file.iter().any(|made| made == paper), "{paper}: {on_file:?}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_fine_on_refusal_rests_on_an_order_that_was_served_and_found_missed() {
    on_both(async |app| {
        let matter = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        let order = json!({
            "violation": "M-STL-03", "correction": "停止估量计价，按实际称重结算。",
            "correctBy": "2026-11-30", "consequence": "拒不改正的，依法处罚。",
        });
        matter.step("deng", "OrderCorrection", order).await;
        let seen = matter.seen("he").await;
        let number = seen.text("case.number").to_owned();
        let fined = |missed_on: NaiveDate| {
            let mut penalty = Matter::penalty("M-STL-03", 1000);
            penalty["charges"][0]["order"] = json!({ "number": number,
                "orderedOn": "2026-11-23", "dueOn": "2026-11-30", "missedOn": missed_on });
            penalty
        };
        app.advance(TimeDelta::days(8));
        let on = today(&app);
        let refused = matter.refused("deng", "ProposePenalty", fined(on)).await;
        assert_eq!(refused, ["ORDER_MISSING"]);
        let look = json!({ "violation": "M-STL-03", "on": on, "isMade": false, "found": "仍在估量计价。" });
        let refused = matter.refused("deng", "CheckCorrection", look.clone()).await;
        assert_eq!(refused, ["ORDER_NOT_SERVED"]);
        // It was handed over on the day after it was made, and that is noted now.
        matter.took_at("correction_order", app.now() - TimeDelta::days(7)).await;
        let looked = matter.step("deng", "CheckCorrection", look).await;
        let missed = "checkCorrection.case.orders.0.missed.0";
        assert_eq!(looked.text(&format!("{missed}.missedOn")), on.to_string());
        assert_eq!(looked.text(&format!("{missed}.number")), number);
        matter.step("deng", "ProposePenalty", fined(on)).await;
        app.drain_jobs().await;
    })
    .await;
}

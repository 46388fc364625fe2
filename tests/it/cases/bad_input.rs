//! What is wrong with an act on a case, from its filing to its end: each is refused with its code and leaves nothing behind.

use chrono::{NaiveDate, TimeDelta};
use futures_util::future::join_all;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use serde_json::{Value, json};

use super::matter::{Matter, moment};

/// Who tries what, and the code of the refusal.
type Attempt = (&'static str, &'static str, Value, &'static str);

async fn all_refused(matter: &Matter, attempts: Vec<Attempt>) {
    for (who, operation, input, code) in attempts {
        let told = format!("{who} {operation} {input}");
        assert_eq!(
            matter.refused(who, operation, input).await,
            [code],
            "{told}"
        );
    }
}

fn today(app: &TestApp) -> NaiveDate {
    (app.now() + TimeDelta::hours(8)).date_naive()
}

/// A penalty with something changed.
fn penalty(change: impl FnOnce(&mut Value)) -> Value {
    let mut penalty = Matter::penalty("M-VER-01", 800);
    change(&mut penalty);
    penalty
}

fn audit(opinion: &str) -> Value {
    json!({ "kind": "CASE", "opinion": opinion })
}

fn paid(sum: &str, on: NaiveDate, receipt: &str) -> Value {
    json!({ "sumYuan": sum, "paidOn": on, "receipt": receipt })
}

/// Acts that have their ground in one that nobody took yet.
fn out_of_order(matter: &Matter) -> Vec<Attempt> {
    let none = || json!({});
    vec![
        (
            "xiao",
            "AuditCase",
            audit("事实清楚。"),
            "PROPOSAL_REQUIRED",
        ),
        ("deng", "IssueNotice", none(), "PROPOSAL_REQUIRED"),
        (
            "deng",
            "ServeNotice",
            matter.delivery(),
            "PROPOSAL_REQUIRED",
        ),
        ("he", "DecideCase", none(), "PROPOSAL_REQUIRED"),
        (
            "he",
            "CloseCase",
            json!({ "reason": "证据不足。" }),
            "PROPOSAL_REQUIRED",
        ),
        (
            "deng",
            "ServeDecision",
            matter.delivery(),
            "CASE_NOT_DECIDED",
        ),
        ("deng", "RemindParty", none(), "WRONG_STATE"),
        ("he", "FinishCase", none(), "WRONG_STATE"),
        ("he", "ResumeCase", none(), "WRONG_STATE"),
        ("deng", "ArchiveCase", none(), "WRONG_STATE"),
        ("deng", "FilePapers", none(), "WRONG_STATE"),
    ]
}

/// Acts of whoever may not, and on what is not theirs.
fn by_others() -> Vec<Attempt> {
    let suspend = || json!({ "cause": "PARTY_MISSING", "reason": "当事人下落不明。" });
    vec![
        ("zhou", "AuditCase", audit("事实清楚，同意。"), "DENIED"),
        ("deng", "SuspendCase", suspend(), "DENIED"),
        ("wu", "SuspendCase", suspend(), "DENIED"),
        ("liao", "SuspendCase", suspend(), "DENIED"),
        (
            "peng",
            "ProposePenalty",
            Matter::penalty("M-VER-01", 800),
            "NOT_FOUND",
        ),
        (
            "fang",
            "AnswerNotice",
            json!({ "waives": true }),
            "NOT_FOUND",
        ),
    ]
}

/// Content that no law allows, or that says nothing.
fn beyond_the_law(app: &TestApp) -> Vec<Attempt> {
    let propose =
        |change: &dyn Fn(&mut Value), code| ("deng", "ProposePenalty", penalty(change), code);
    let foreign = app.new_id();
    vec![
        propose(
            &|it| it["charges"][0]["fineYuan"] = json!(50_000),
            "FINE_OUT_OF_RANGE",
        ),
        propose(
            &|it| it["charges"][0]["fineYuan"] = json!(-1),
            "OUT_OF_RANGE",
        ),
        propose(&|it| it["charges"] = json!([]), "FIELD_REQUIRED"),
        propose(
            &|it| it["charges"][0]["violation"] = json!("M-NIL-01"),
            "VIOLATION_UNKNOWN",
        ),
        propose(
            &|it| it["charges"][0]["violation"] = json!("M-GAS-08"),
            "VIOLATION_VENUE",
        ),
        propose(
            &|it| it["charges"][0]["findings"] = json!([foreign]),
            "FINDING_UNKNOWN",
        ),
        propose(
            &|it| it["charges"][0]["reasoned"] = Value::Null,
            "CHARGE_UNPROVED",
        ),
        propose(&|it| it["tierReason"] = json!("轻"), "FIELD_TOO_SHORT"),
        propose(&|it| it["correctBy"] = json!("2026-11-01"), "TIME_TOO_OLD"),
        (
            "he",
            "SuspendCase",
            json!({ "cause": "OTHER", "reason": "。" }),
            "FIELD_TOO_SHORT",
        ),
        (
            "he",
            "ExtendCase",
            json!({ "reason": "忙" }),
            "FIELD_TOO_SHORT",
        ),
    ]
}

/// What is wrong while the notice lies there and nobody has it yet.
fn not_yet_served(app: &TestApp, matter: &Matter) -> Vec<Attempt> {
    let served = |at: TimeDelta, channel: &str| {
        let mut served = matter.delivery();
        served["delivery"]["at"] = json!(moment(app.now() + at));
        served["delivery"]["channel"] = json!(channel);
        served
    };
    let day = TimeDelta::days(1);
    vec![
        (
            "xiao",
            "AuditCase",
            audit("事实清楚，同意。"),
            "WRONG_STATE",
        ),
        ("deng", "IssueNotice", json!({}), "WRONG_STATE"),
        (
            "deng",
            "ServeNotice",
            served(-day, "IN_PERSON"),
            "SERVED_BEFORE_ISSUED",
        ),
        (
            "deng",
            "ServeNotice",
            served(day, "IN_PERSON"),
            "TIME_IN_FUTURE",
        ),
        (
            "deng",
            "ServeNotice",
            served(TimeDelta::zero(), "PHONE"),
            "SERVICE_CHANNEL",
        ),
        (
            "deng",
            "ServeNotice",
            served(TimeDelta::zero(), "LEFT"),
            "FIELD_REQUIRED",
        ),
    ]
}

#[tokio::test]
async fn what_is_wrong_before_the_decision_is_refused_with_its_code() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        all_refused(&matter, out_of_order(&matter)).await;
        all_refused(&matter, by_others()).await;
        all_refused(&matter, beyond_the_law(&app)).await;
        matter
            .step("deng", "ProposePenalty", Matter::penalty("M-VER-01", 800))
            .await;
        let one_word = vec![("xiao", "AuditCase", audit("可"), "FIELD_TOO_SHORT")];
        all_refused(&matter, one_word).await;
        matter.audited("CASE").await;
        matter.step("deng", "IssueNotice", json!({})).await;
        all_refused(&matter, not_yet_served(&app, &matter)).await;
        matter.step("deng", "ServeNotice", matter.delivery()).await;
        let attempts = vec![
            ("deng", "ServeNotice", matter.delivery(), "WRONG_STATE"),
            ("he", "DecideCase", json!({}), "DEFENCE_WINDOW_OPEN"),
            ("wu", "DecideCase", json!({}), "DENIED"),
        ];
        all_refused(&matter, attempts).await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn what_is_wrong_after_the_decision_is_refused_with_its_code() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        app.advance(TimeDelta::days(2));
        matter.decided().await;
        let (today, on) = (today(&app), |days: i64| today(&app) + TimeDelta::days(days));
        matter.step("deng", "RecordFinePayment", paid("300", today, "罚01")).await;
        let looked = |on: NaiveDate| json!({ "on": on, "isMade": true, "found": "现场已改正。" });
        let court = json!({ "court": "天心区人民法院", "grounds": "逾期不履行。" });
        let change = |on: NaiveDate, fine: i64| {
            json!({
                "kind": "LOWERED", "by": "REVIEW", "body": "天心区人民政府", "document": "复决〔2026〕1号", "on": on,
                "fineYuan": fine, "reason": "处罚过重，予以变更。",
            })
        };
        let pay = "RecordFinePayment";
        let attempts = vec![
            ("he", "DecideCase", json!({}), "WRONG_STATE"),
            ("deng", "ServeDecision", matter.delivery(), "WRONG_STATE"),
            ("wu", "AnswerNotice", json!({ "statement": "不服。" }), "WRONG_STATE"),
            ("deng", pay, paid("0", today, "罚02"), "OUT_OF_RANGE"),
            ("deng", pay, paid("501", today, "罚02"), "PAID_TOO_MUCH"),
            ("deng", pay, paid("100", on(1), "罚02"), "TIME_IN_FUTURE"),
            ("deng", pay, paid("100", on(-1), "罚02"), "TIME_TOO_OLD"),
            ("deng", pay, paid("100", today, "罚01"), "RECEIPT_TWICE"),
            ("wu", pay, paid("100", today, "罚02"), "DENIED"),
            ("deng", "CheckCorrection", looked(on(-1)), "TIME_TOO_OLD"),
            ("deng", "CheckCorrection", looked(on(1)), "TIME_IN_FUTURE"),
            ("he", "ApplyToCourt", court, "REMINDER_REQUIRED"),
            ("he", "FinishCase", json!({}), "NOT_CARRIED_OUT"),
            ("he", "ChangeDecision", change(on(-1), 1), "TIME_TOO_OLD"),
            ("he", "ChangeDecision", change(today, 900), "FINE_HEAVIER_THAN_NOTICE"),
        ];
        all_refused(&matter, attempts).await;
        matter.paid("500", "罚02").await;
        matter.corrected().await;
        matter.archived().await;
        let attempts = vec![
            ("deng", pay, paid("1", today, "罚03"), "WRONG_STATE"),
            ("he", "FinishCase", json!({}), "WRONG_STATE"),
            ("deng", "ArchiveCase", json!({}), "WRONG_STATE"),
        ];
        all_refused(&matter, attempts).await;
        app.leave_jobs();
    })
    .await;
}

/// Acts of those who said that the party is a relative's; each would have been taken otherwise, or refused for another reason.
fn on_a_relatives_case(matter: &Matter) -> Vec<Attempt> {
    let team = json!({ "investigatorIds": [user_id("tang").uuid(), user_id("peng").uuid()], "reason": "更换人员。" });
    let ask =
        json!({ "officerId": user_id("he").uuid(), "ground": "OTHER_TIE", "words": "是同学。" });
    let acts = vec![
        ("zhou", "ProposePenalty", Matter::penalty("M-VER-01", 800)),
        ("deng", "ProposePenalty", Matter::penalty("M-VER-01", 800)),
        ("xiao", "AuditCase", audit("事实清楚，同意。")),
        ("deng", "IssueNotice", json!({})),
        ("deng", "ServeNotice", matter.delivery()),
        ("deng", "AskRecusal", ask),
        (
            "he",
            "ExtendCase",
            json!({ "reason": "案情复杂，需要延长。" }),
        ),
        ("he", "ReplaceTeam", team),
        ("he", "DecideCase", json!({})),
    ];
    let refused = |(who, operation, input)| (who, operation, input, "RECUSED");
    acts.into_iter().map(refused).collect()
}

#[tokio::test]
async fn nobody_acts_in_the_case_of_a_relative() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        for who in ["zhou", "deng", "xiao", "he"] {
            let said = json!({ "input": {
                "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
                "kind": "RELATIVE", "words": "摊主是本人的表兄。",
            } });
            app.as_(who).run("DeclareInterest", said).await.ok();
        }
        all_refused(&matter, on_a_relatives_case(&matter)).await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn of_two_heads_who_decide_at_once_one_decides() {
    on_both_connected(16, async |app| {
        app.grant("luo", "head").await;
        // A first use signs the person in.
        app.as_("luo").run("Me", json!({})).await.ok();
        let matter = Matter::on_patrol(&app).await;
        matter.announced(Matter::penalty("M-VER-01", 800)).await;
        matter
            .step("wu", "AnswerNotice", json!({ "waives": true }))
            .await;
        let attempts = (0..6).map(|n| {
            let head = app.as_(if n % 2 == 0 { "he" } else { "luo" });
            let input = json!({ "input": { "id": app.new_id(), "caseId": matter.case } });
            async move { head.run("DecideCase", input).await.problems() }
        });
        let outcomes = join_all(attempts).await;
        let taken = outcomes.iter().filter(|problems| problems.is_empty());
        assert_eq!(taken.count(), 1, "{outcomes:?}");
        let mut refused = outcomes.iter().flatten();
        assert!(
            refused.all(|code| code == "WRONG_STATE" || code == "STALE"),
            "{outcomes:?}"
        );
        let decided = json!({ "subjectKind": "CASE", "subjectId": matter.case });
        let papers = app.as_("deng").run("ListNotices", decided).await.ok();
        let papers = papers.data("notices").as_array().unwrap().clone();
        let decisions = papers.iter().filter(|paper| {
            paper["paper"] == "penalty_decision" && paper["recipient"] == "RESPONDENT"
        });
        assert_eq!(decisions.count(), 1);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_case_is_filed_by_nobody_on_a_ground_that_is_none() {
    on_both(async |app| {
        let filing = |change: Value| {
            let mut input = json!({
                "id": app.new_id(), "basis": "TRANSFER_IN", "from": "天农移〔2026〕3号",
                "merchantId": merchant_id("tianxin-stall-17").uuid(),
                "conductOn": "2026-11-20", "facts": "短缺150克。",
                "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            });
            for (name, value) in change.as_object().unwrap() {
                input[name] = value.clone();
            }
            json!({ "input": input })
        };
        let he = app.as_("he");
        for (change, code) in [
            (json!({ "from": null }), "FIELD_REQUIRED"),
            (json!({ "facts": null }), "FACTS_REQUIRED"),
            (json!({ "basis": null }), "FIELD_REQUIRED"),
            (json!({ "basis": "REPORT" }), "FIELD_REQUIRED"),
            (json!({ "merchantId": app.new_id() }), "MERCHANT_UNKNOWN"),
            (json!({ "conductOn": "2026-11-25" }), "TIME_IN_FUTURE"),
            (json!({ "conductOn": "2020-11-25" }), "TIME_TOO_OLD"),
            (json!({ "foundOn": "2026-11-25" }), "TIME_IN_FUTURE"),
            (json!({ "foundOn": "2026-11-19" }), "TIME_TOO_OLD"),
            // What was found before today is put on record as a lead first.
            (json!({ "foundOn": "2026-11-22" }), "FIELD_REQUIRED"),
            (
                json!({ "investigatorIds": [user_id("zhou").uuid()] }),
                "INSPECTORS_TWO_REQUIRED",
            ),
        ] {
            let refused = he.refused("FileCase", filing(change.clone())).await;
            assert_eq!(refused, [code], "{change}");
        }
        let found = json!({ "foundOn": "2026-11-23" });
        let filed = he.run("FileCase", filing(found)).await.ok();
        let clocks = filed
            .data("fileCase.case.clocks")
            .as_array()
            .unwrap()
            .clone();
        let file = clocks.iter().find(|clock| clock["ruleId"] == "P-FILE");
        assert_eq!(file.unwrap()["state"], "SATISFIED", "{clocks:?}");
        app.leave_jobs();
    })
    .await;
}

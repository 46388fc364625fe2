//! The way of a reward from the decided case to the payment, and off that way.

use chrono::{NaiveDate, TimeDelta};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, STEPS, Step};
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

const PASSWORD: &str = "银杏树下-2026";
const ACCOUNT: &str = "6222021234567890123";

/// A decided case with its reward, and what its reporter holds.
struct Rewarded {
    app: TestApp,
    flow: Flow,
    code: String,
}

impl Rewarded {
    /// The reward of a case with that fine, screened. The reporter chose a claim password, or not.
    async fn screened(app: &TestApp, fine: i64, password: Option<&str>) -> Self {
        let flow = Flow::new(app);
        let mut report = flow.variables(Step::FileReport);
        report["input"]["claimPassword"] = json!(password);
        let filed = app.anonymous().run("FileReport", report).await.ok();
        let code = filed.text("fileReport.receipt.receiptCode").to_owned();
        app.advance(TimeDelta::seconds(1));
        for step in STEPS {
            let sum = json!({ "violation": "M-CHT-02", "fineYuan": fine });
            match step {
                Step::FileReport => {}
                Step::ProposePenalty => {
                    flow.take_with(step, sum).await;
                }
                Step::DecideCase => {
                    flow.take_with(step, json!({ "fineYuan": fine })).await;
                }
                _ => {
                    flow.take(step).await;
                }
            }
            if step == Step::DeclarePhotos {
                flow.send_photos().await;
            }
            app.advance(TimeDelta::seconds(1));
        }
        let app = app.clone();
        Self { app, flow, code }
    }

    fn reward(&self) -> Value {
        self.flow.variables(Step::ScreenReward)["input"]["id"].clone()
    }

    fn input(&self, rest: Value) -> Value {
        let mut input = rest;
        input["id"] = json!(self.app.new_id());
        input["rewardId"] = self.reward();
        json!({ "input": input })
    }

    fn own(&self, rest: Value) -> Value {
        let mut input = rest;
        input["id"] = json!(self.app.new_id());
        input["receiptCode"] = json!(self.code);
        json!({ "input": input })
    }

    /// An officer's step. Panics if it is refused.
    async fn step(&self, who: &str, operation: &str, rest: Value) -> Reply {
        let reply = self.app.as_(who).run(operation, self.input(rest)).await;
        self.app.advance(TimeDelta::seconds(1));
        reply.ok()
    }

    /// An officer's step that must be refused and change nothing.
    async fn refused(&self, who: &str, operation: &str, rest: Value) -> Vec<String> {
        self.app.as_(who).refused(operation, self.input(rest)).await
    }

    async fn pursue(&self, operation: &str, rest: Value) -> Reply {
        let reply = self.app.anonymous().run(operation, self.own(rest)).await;
        self.app.advance(TimeDelta::seconds(1));
        reply
    }

    async fn state(&self) -> String {
        let seen = json!({ "id": self.reward() });
        let reply = self.app.as_("luo").run("GetReward", seen).await.ok();
        reply.text("reward.state").to_owned()
    }

    async fn tracked(&self) -> Reply {
        let code = json!({ "receiptCode": self.code });
        self.app.anonymous().run("TrackReport", code).await.ok()
    }

    /// On to the application.
    async fn applied(&self, check: Value) {
        self.step("luo", "RecordEligibility", check).await;
        self.pursue("ApplyForReward", json!({})).await.ok();
    }

    /// On to the decision that the reporter was told.
    async fn told(&self, check: Value, grading: Value) {
        self.applied(check).await;
        self.step("luo", "GradeReward", grading).await;
        self.step("he", "DecideReward", json!({ "words": "同意。" }))
            .await;
        self.step("luo", "TellDecision", json!({})).await;
    }
}

fn eligible() -> Value {
    json!({ "standing": "OUTSIDER", "note": "核对举报材料与案件材料。" })
}

fn grade(fines: i64) -> Value {
    json!({ "grading": {
        "grade": 2,
        "finesYuan": fines.to_string(),
        "facts": [{ "reported": "秤有作弊功能", "found": "查获作弊装置" }],
        "reason": "有事实和直接证据。",
    } })
}

fn payee() -> Value {
    json!({ "accountName": "陈晚晴", "bank": "湘江银行天心支行", "accountNumber": ACCOUNT })
}

fn claim(password: &str) -> Value {
    json!({ "claimPassword": password, "payees": [payee()] })
}

fn voucher(sum: &str) -> Value {
    json!({ "voucher": "付2026-118", "paidOn": "2026-11-23", "sumYuan": sum })
}

fn taken_back() -> Value {
    json!({ "reason": "原处罚决定已撤销。", "appeal": "可在六十日内申请行政复议。" })
}

#[tokio::test]
async fn an_anonymous_reporter_is_paid_by_code_and_password_alone() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        assert_eq!(on.state().await, "SCREENING");
        on.told(eligible(), grade(400_000)).await;
        let seen = on.tracked().await;
        let reward = "trackReport.report.reward";
        assert_eq!(
            seen.text(&format!("{reward}.award.amountYuan")),
            "12000.00"
        );
        let steps = seen.data(&format!("{reward}.award.steps")).to_string();
        for number in ["400000.00", "3.00 %", "12000.00", "3000.00", "1000000.00"] {
            assert!(steps.contains(number), "{number} in {steps}");
        }
        // 30 and 10 working days from Monday the 23rd of November; 2027 is not loaded.
        let windows = seen.data(&format!("{reward}.windows"));
        assert_eq!(
            windows,
            &json!([{ "kind": "CLAIM", "dueOn": null }, { "kind": "OBJECTION", "dueOn": "2026-12-07" }])
        );
        let claimed = on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        assert_eq!(claimed.text("claimReward.reward.state"), "CLAIMED");
        let csv = app
            .as_("luo")
            .run("ExportPayments", json!({ "input": { "id": app.new_id() } }))
            .await
            .ok();
        let csv = csv.text("exportPayments.csv").to_owned();
        assert!(csv.contains(ACCOUNT) && csv.ends_with("12000.00\r\n"), "{csv}");
        assert!(!csv.contains(&on.flow.report().to_string()));
        on.step("luo", "RecordPayment", voucher("12000")).await;
        assert_eq!(on.state().await, "PAID");
        let stray = app.census().await;
        assert_eq!(stray.tables_with(ACCOUNT), Vec::<&str>::new());
        assert_eq!(stray.tables_with(PASSWORD), Vec::<&str>::new());
        assert_eq!(stray.tables_with("陈晚晴"), Vec::<&str>::new());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn guessed_claim_passwords_soon_have_to_wait() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(400_000)).await;
        for _ in 0..5 {
            let wrong = on.pursue("ClaimReward", claim("银杏树下-2027")).await;
            assert_eq!(wrong.problems(), ["CLAIM_PASSWORD_WRONG"]);
        }
        for password in ["银杏树下-2028", PASSWORD] {
            let waits = on.pursue("ClaimReward", claim(password)).await;
            assert_eq!(waits.problems(), ["TOO_MANY_ATTEMPTS"]);
        }
        assert_eq!(on.state().await, "NOTIFIED_DECISION");
        app.advance(TimeDelta::minutes(20));
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_password_the_claim_is_made_in_person() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.told(eligible(), grade(400_000)).await;
        let refused = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(refused.problems(), ["CLAIM_PASSWORD_MISSING"]);
        let counter = json!({ "note": "已核对本人身份证件。", "payees": [payee()] });
        on.step("luo", "RecordClaim", counter).await;
        assert_eq!(on.state().await, "CLAIMED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_repeated_claim_is_one_claim_and_another_one_under_its_id_is_refused() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(400_000)).await;
        let variables = on.own(claim(PASSWORD));
        for _ in 0..3 {
            let reply = app.anonymous().run("ClaimReward", variables.clone()).await;
            assert_eq!(reply.ok().text("claimReward.reward.state"), "CLAIMED");
        }
        let mut other = variables;
        other["input"]["payees"][0]["accountNumber"] = json!("6222021234567890999");
        let reply = app.anonymous().run("ClaimReward", other).await;
        assert_eq!(reply.problems(), ["ID_REUSED"]);
        assert_eq!(count(&app.parts().db, "payout", "1 = 1").await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_was_not_first_is_told_so_and_nobody_else_is_named() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        let second = Flow::new(&app);
        let mut report = second.variables(Step::FileReport);
        report["input"]["secret"] = json!("c2VuZGVyLXNlY3JldC0wMDI");
        let filed = app.anonymous().run("FileReport", report.clone()).await;
        let code = filed.ok().text("fileReport.receipt.receiptCode").to_owned();
        // It came after the decision, so that it is not a report on the case.
        let screen = json!({ "input": {
            "id": app.new_id(), "reportId": second.report(), "caseId": on.flow.case(),
        } });
        let late = app.as_("luo").refused("ScreenReward", screen.clone()).await;
        assert_eq!(late, ["NOT_FOUND"]);
        let received = format!("UPDATE report SET received_at = (SELECT received_at FROM report WHERE number <> '{0}') WHERE number = '{0}'",
            number(&app, &code).await);
        app.execute(&received).await;
        app.as_("luo").run("ScreenReward", screen.clone()).await.ok();
        let not_first = |earlier: Uuid| json!({ "input": {
            "id": app.new_id(),
            "rewardId": screen["input"]["id"],
            "standing": "OUTSIDER",
            "note": "同一线索。",
            "exclusions": [{ "ground": "NOT_FIRST", "reason": "甲先举报。", "earlierReportId": earlier }],
        } });
        let unknown = app.as_("luo").refused("RecordEligibility", not_first(app.new_id())).await;
        assert_eq!(unknown, ["REWARD_REPORT_NOT_EARLIER"]);
        let itself = app.as_("luo").refused("RecordEligibility", not_first(second.report())).await;
        assert_eq!(itself, ["REWARD_REPORT_NOT_EARLIER"]);
        let checked = app.as_("luo").run("RecordEligibility", not_first(on.flow.report())).await;
        checked.ok();
        let seen = app.anonymous().run("TrackReport", json!({ "receiptCode": code })).await.ok();
        assert_eq!(seen.text("trackReport.report.reward.state"), "INELIGIBLE");
        assert_eq!(seen.text("trackReport.report.reward.grounds.0.code"), "INELIGIBLE_NOT_FIRST");
        assert!(!seen.body().contains("甲先举报"));
        assert!(!seen.body().contains(&on.flow.report().to_string()));
        app.drain_jobs().await;
    })
    .await;
}

async fn number(app: &TestApp, code: &str) -> String {
    let seen = app
        .anonymous()
        .run("TrackReport", json!({ "receiptCode": code }))
        .await;
    seen.ok().text("trackReport.report.number").to_owned()
}

#[tokio::test]
async fn a_joint_report_has_one_reward_and_as_many_payees_as_signatures() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        let mut joint = eligible();
        joint["reporters"] = json!(3);
        on.told(joint, grade(400_000)).await;
        let seen = on.tracked().await;
        assert_eq!(
            seen.data("trackReport.report.reward.award.sharesYuan"),
            &json!(["4000.00", "4000.00", "4000.00"])
        );
        let one = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(one.problems(), ["REWARD_REPORTERS"]);
        let mut all = claim(PASSWORD);
        all["payees"] = json!([payee(), payee(), payee()]);
        on.pursue("ClaimReward", all).await.ok();
        assert_eq!(on.state().await, "CLAIMED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_insiders_uplift_waits_for_the_paper_of_finance() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.applied(json!({ "standing": "INSIDER", "note": "内部员工。" }))
            .await;
        let mut raised = grade(400_000);
        raised["grading"]["insiderUpliftBasisPoints"] = json!(2_000);
        let graded = on.step("luo", "GradeReward", raised).await;
        assert_eq!(
            graded.text("gradeReward.reward.grading.award.amountYuan"),
            "14400.00"
        );
        assert_eq!(graded.text("gradeReward.reward.state"), "FINANCE_PENDING");
        assert_eq!(
            graded.text("gradeReward.reward.reward.state"),
            "APPLIED",
            "what the reporter sees"
        );
        let opinion = json!({ "words": "同意。" });
        let early = on.refused("he", "DecideReward", opinion.clone()).await;
        assert_eq!(early, ["REWARD_FINANCE_REQUIRED"]);
        let paper = json!({
            "number": "天财函〔2026〕88号",
            "authority": "天心区财政局",
            "dated": "2026-11-23",
            "sha256": "ab".repeat(32),
        });
        on.step("luo", "RecordFinanceConsent", paper).await;
        on.step("he", "DecideReward", opinion).await;
        assert_eq!(on.state().await, "DECIDED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_objection_is_reviewed_by_somebody_else_and_told_again() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(200_000)).await;
        let words = json!({ "words": "全部事实都是我举报的。" });
        on.pursue("ObjectToReward", words.clone()).await.ok();
        let opinion = json!({ "opinion": "异议成立。", "grading": grade(400_000)["grading"] });
        assert_eq!(
            on.refused("luo", "ReviewReward", opinion.clone()).await,
            ["REWARD_GRADER_CANNOT_APPROVE"]
        );
        let during = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(during.problems(), ["WRONG_STATE"]);
        let reviewed = on.step("he", "ReviewReward", opinion).await;
        assert_eq!(
            reviewed.text("reviewReward.reward.grading.award.amountYuan"),
            "12000.00"
        );
        let again = on.pursue("ObjectToReward", words).await;
        assert_eq!(again.problems(), ["REWARD_REVIEWED_BEFORE"]);
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

/// Lets the day of the closing come in a calendar that is loaded.
async fn shorten(app: &TestApp, reward: &Value, column: &str, last: &str) {
    let reward = reward.as_str().unwrap().replace('-', "");
    let id = if app.parts().db.is_postgres() {
        format!("id = '{reward}'")
    } else {
        format!("id = X'{reward}'")
    };
    let file = format!("replace(file, '\"{column}\":null', '\"{column}\":\"{last}\"')");
    let sql = format!("UPDATE reward SET closes_after = '{last}', file = {file} WHERE {id}");
    app.execute(&sql).await;
}

#[tokio::test]
async fn what_nobody_claims_is_forfeited_by_the_clock_once() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(400_000)).await;
        app.advance(TimeDelta::days(500));
        app.drain_jobs().await;
        assert_eq!(
            on.state().await,
            "NOTIFIED_DECISION",
            "nothing ends on a day that nobody can compute"
        );
        shorten(&app, &on.reward(), "claim_by", "2027-01-05").await;
        let late = on.pursue("ClaimReward", claim(PASSWORD)).await;
        assert_eq!(late.problems(), ["REWARD_WINDOW_OVER"]);
        for _ in 0..2 {
            app.drain_jobs().await;
        }
        assert_eq!(on.state().await, "FORFEITED");
        let forfeited = "kind = 'reward_forfeited'";
        assert_eq!(count(&app.parts().db, "event", forfeited).await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_does_not_apply_in_time_has_let_it_lapse() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.step("luo", "RecordEligibility", eligible()).await;
        shorten(&app, &on.reward(), "apply_by", "2026-11-24").await;
        app.advance(TimeDelta::days(1));
        app.drain_jobs().await;
        assert_eq!(on.state().await, "NOTIFIED_ELIGIBLE", "on the last day");
        app.advance(TimeDelta::days(1));
        let late = on.pursue("ApplyForReward", json!({})).await;
        assert_eq!(late.problems(), ["REWARD_WINDOW_OVER"]);
        app.drain_jobs().await;
        assert_eq!(on.state().await, "LAPSED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_annulled_decision_revokes_the_reward_and_forgets_the_bank_data() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(400_000)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.step("he", "RevokeReward", taken_back()).await;
        assert_eq!(on.state().await, "REVOKED");
        assert_eq!(count(&app.parts().db, "payout", "1 = 1").await, 0);
        let seen = on.tracked().await;
        let appeal = seen.text("trackReport.report.reward.takenBack.appeal");
        assert_eq!(appeal, "可在六十日内申请行政复议。");
        assert_eq!(
            on.refused("luo", "RecordPayment", voucher("12000")).await,
            ["WRONG_STATE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_paid_reward_is_asked_back_for_fraud_and_its_bank_data_purged_in_the_end() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(400_000)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        assert_eq!(
            on.refused("luo", "RecordPayment", voucher("11999.99"))
                .await,
            ["REWARD_SUM"]
        );
        on.step("luo", "RecordPayment", voucher("12000")).await;
        assert_eq!(
            on.refused("he", "RevokeReward", taken_back()).await,
            ["WRONG_STATE"]
        );
        on.step("he", "RecoverReward", taken_back()).await;
        on.step("luo", "RecordRecovery", voucher("12000")).await;
        assert_eq!(on.state().await, "RECOVERED");
        let end = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap() + TimeDelta::days(1_095);
        app.advance(TimeDelta::days(1_095));
        app.drain_jobs().await;
        assert_eq!(count(&app.parts().db, "payout", "1 = 1").await, 1, "{end}");
        app.advance(TimeDelta::days(1));
        for _ in 0..2 {
            app.drain_jobs().await;
        }
        assert_eq!(count(&app.parts().db, "payout", "1 = 1").await, 0);
        let purged = "kind = 'payout_purged'";
        assert_eq!(count(&app.parts().db, "event", purged).await, 1);
    })
    .await;
}

#[tokio::test]
async fn whoever_worked_on_the_case_works_on_no_part_of_the_reward() {
    on_both(async |app| {
        app.grant("tang", "reward_officer").await;
        app.grant("zhou", "head").await;
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        let denied = ["INVESTIGATOR_CANNOT_APPROVE"];
        assert_eq!(
            on.refused("tang", "RecordEligibility", eligible()).await,
            denied
        );
        on.applied(eligible()).await;
        assert_eq!(
            on.refused("tang", "GradeReward", grade(400_000)).await,
            denied
        );
        on.step("luo", "GradeReward", grade(400_000)).await;
        let opinion = json!({ "words": "同意。" });
        assert_eq!(
            on.refused("zhou", "DecideReward", opinion.clone()).await,
            denied
        );
        app.grant("luo", "head").await;
        assert_eq!(
            on.refused("luo", "DecideReward", opinion.clone()).await,
            ["REWARD_GRADER_CANNOT_APPROVE"]
        );
        on.step("he", "DecideReward", opinion).await;
        on.step("luo", "TellDecision", json!({})).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        let export = json!({ "input": { "id": app.new_id() } });
        let csv = app.as_("tang").run("ExportPayments", export).await.ok();
        assert!(!csv.body().contains(ACCOUNT));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn nobody_but_reward_officers_heads_and_the_reporter_sees_a_reward() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.applied(eligible()).await;
        let id = json!({ "id": on.reward() });
        for key in ["lin", "zhou", "tang", "deng", "xiao", "wu", "shen", "qiu"] {
            let reply = app.as_(key).run("GetReward", id.clone()).await;
            assert_eq!(reply.problems(), ["DENIED"], "{key}");
            let report = json!({ "id": on.flow.report() });
            let reply = app.as_(key).run("GetReport", report).await;
            assert!(!reply.body().contains("NOTIFIED"), "{key}");
            assert!(!reply.body().contains("APPLIED"), "{key}");
        }
        for key in ["luo", "he"] {
            let reply = app.as_(key).run("GetReward", id.clone()).await.ok();
            assert_eq!(reply.text("reward.state"), "APPLIED", "{key}");
            let queue = app
                .as_(key)
                .run("ListRewards", json!({ "state": "APPLIED" }))
                .await;
            assert_eq!(queue.ok().data("rewards.items.0.id"), &on.reward());
        }
        let anonymous = app.anonymous().run("GetReward", id.clone()).await;
        assert_eq!(anonymous.problems(), ["SIGN_IN_REQUIRED"]);
        app.execute("UPDATE reward SET division = '430104'").await;
        let reply = app.as_("luo").run("GetReward", id).await.ok();
        assert_eq!(reply.data("reward"), &Value::Null);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_the_law_data_cannot_tell_an_officer_decides_with_a_reason() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 20_000, None).await;
        assert_eq!(
            on.refused("luo", "RecordEligibility", eligible()).await,
            ["REWARD_SCOPE_UNDECIDED"]
        );
        let mut ruled = eligible();
        ruled["scope"] = json!({ "finding": "NOT_IN_SCOPE", "reason": "未达较大数额。" });
        on.step("luo", "RecordEligibility", ruled).await;
        assert_eq!(on.state().await, "NOT_IN_SCOPE");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn sums_and_words_that_cannot_be_are_refused_with_their_field() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.applied(eligible()).await;
        assert_eq!(
            on.refused("luo", "GradeReward", grade(400_001)).await,
            ["REWARD_SUM"]
        );
        for (field, value, code) in [
            ("finesYuan", json!("1.005"), "FIELD_FORMAT"),
            ("finesYuan", json!("-1"), "FIELD_FORMAT"),
            ("grade", json!(4), "OUT_OF_RANGE"),
            ("adjustedToYuan", json!("2999.99"), "REWARD_SUM"),
            ("insiderUpliftBasisPoints", json!(100), "REWARD_SUM"),
            ("facts", json!([]), "FIELD_REQUIRED"),
            ("reason", json!("  "), "FIELD_REQUIRED"),
        ] {
            let mut wrong = grade(400_000);
            wrong["grading"][field] = value;
            let reply = app.as_("luo").run("GradeReward", on.input(wrong)).await;
            assert_eq!(reply.problems(), [code], "{field}");
            assert_eq!(reply.field().as_deref(), Some(field));
        }
        app.drain_jobs().await;
    })
    .await;
}

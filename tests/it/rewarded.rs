//! The way of a reward from the decided case to the payment, and off that way.

mod anew;
mod base;
mod claims;
mod crime;
mod digests;
mod ends;
mod facts;
mod grades;
mod papers;
mod payee_checks;
mod payees;
mod payments;
mod races;
mod rights;

use chrono::TimeDelta;
use liangxin_tests::app::TestApp;
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, STEPS, Step};
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

pub(crate) const PASSWORD: &str = "银杏树下-2026";
pub(crate) const ACCOUNT: &str = "6222021234567890123";

/// A decided case with its reward, and what its reporter holds.
pub(crate) struct Rewarded {
    pub(crate) app: TestApp,
    pub(crate) flow: Flow,
    pub(crate) code: String,
}

impl Rewarded {
    /// The reward of a case with that fine, screened. The reporter chose a claim password, or not.
    pub(crate) async fn screened(app: &TestApp, fine: i64, password: Option<&str>) -> Self {
        let flow = Flow::new(app);
        let mut report = flow.variables(Step::FileReport);
        report["input"]["claimPassword"] = json!(password);
        let filed = app.anonymous().run("FileReport", report).await.ok();
        let code = filed.text("fileReport.receipt.receiptCode").to_owned();
        let on = Self {
            app: app.clone(),
            flow,
            code,
        };
        on.walk(fine).await;
        on
    }

    /// A claim by password whose payee nobody checked yet.
    pub(crate) async fn unchecked(app: &TestApp) -> Self {
        let on = Self::screened(app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on
    }

    /// The same with a payee against whom nothing was found.
    pub(crate) async fn claimed(app: &TestApp) -> Self {
        let on = Self::unchecked(app).await;
        on.payee_checked("luo", "he").await;
        on
    }

    /// From the filed report to the screened reward of a case with that fine.
    pub(crate) async fn walk(&self, fine: i64) {
        let Self { app, flow, .. } = self;
        app.advance(TimeDelta::seconds(1));
        for step in STEPS.into_iter().skip(1) {
            match step {
                Step::ProposePenalty => {
                    let mut charges = flow.charges("M-CHT-02", fine);
                    charges[0]["reasoned"] = json!("查获作弊遥控装置，当事人承认有意使用。");
                    let sum = json!({ "charges": charges, "sanction": { "gainsYuan": "0" } });
                    flow.take_with(step, sum).await;
                }
                Step::RecordFinePayment => {
                    let paid = json!({ "sumYuan": fine.to_string() });
                    flow.take_with(step, paid).await;
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
    }

    pub(crate) fn reward(&self) -> Value {
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
    pub(crate) async fn step(&self, who: &str, operation: &str, rest: Value) -> Reply {
        let reply = self.app.as_(who).run(operation, self.input(rest)).await;
        self.app.advance(TimeDelta::seconds(1));
        reply.ok()
    }

    /// An officer's step that must be refused and change nothing.
    async fn refused(&self, who: &str, operation: &str, rest: Value) -> Vec<String> {
        self.app.as_(who).refused(operation, self.input(rest)).await
    }

    pub(crate) async fn pursue(&self, operation: &str, rest: Value) -> Reply {
        let reply = self.app.anonymous().run(operation, self.own(rest)).await;
        self.app.advance(TimeDelta::seconds(1));
        reply
    }

    pub(crate) async fn state(&self) -> String {
        let seen = json!({ "id": self.reward() });
        let reply = self.app.as_("luo").run("GetReward", seen).await.ok();
        reply.text("reward.state").to_owned()
    }

    async fn tracked(&self) -> Reply {
        let code = json!({ "receiptCode": self.code });
        self.app.anonymous().run("TrackReport", code).await.ok()
    }

    /// On to the first day on which the money may move.
    pub(crate) fn wait_for_objections(&self) {
        self.app.advance(TimeDelta::days(8));
    }

    /// Asks to see the payee, has it approved by a head and looks.
    pub(crate) async fn look_at_payee(&self, who: &str, head: &str) {
        let opening = self.app.new_id();
        let asked = json!({ "input": {
            "id": opening,
            "reportId": self.flow.report(),
            "ofPayee": true,
            "purpose": "REWARD_PAYMENT",
            "reason": "付款前核查收款人",
            "fields": ["NAME", "BANK_ACCOUNT"],
        } });
        let officer = self.app.as_(who);
        officer.run("RequestIdentityOpening", asked).await.ok();
        let hours =
            json!({ "input": { "id": self.app.new_id(), "openingId": opening, "hours": 24 } });
        let head = self.app.as_(head);
        head.run("ApproveIdentityOpening", hours).await.ok();
        let look = json!({ "input": { "id": self.app.new_id(), "openingId": opening } });
        officer.run("OpenIdentity", look).await.ok();
    }

    /// Somebody whose look a head approves finds nothing against the payee.
    pub(crate) async fn payee_checked(&self, who: &str, head: &str) {
        self.look_at_payee(who, head).await;
        self.step(who, "CheckPayee", nothing_against()).await;
    }

    /// The file that finance gets of what is due.
    pub(crate) async fn export(&self, who: &str) -> Reply {
        let input = json!({ "input": { "id": self.app.new_id() } });
        let reply = self.app.as_(who).run("ExportPayments", input).await;
        self.app.advance(TimeDelta::seconds(1));
        reply.ok()
    }

    /// The head says that the violation is of a kind that is rewarded.
    pub(crate) async fn ruled(&self) {
        self.step("he", "RuleOnScope", in_scope()).await;
    }

    /// On to the application.
    async fn applied(&self, check: Value) {
        self.ruled().await;
        self.step("luo", "RecordEligibility", check).await;
        self.pursue("ApplyForReward", json!({})).await.ok();
    }

    /// On to the decision that the reporter was told.
    pub(crate) async fn told(&self, check: Value, grading: Value) {
        self.applied(check).await;
        self.step("luo", "GradeReward", grading).await;
        self.step("he", "DecideReward", json!({ "words": "同意。" }))
            .await;
        self.step("luo", "TellDecision", json!({})).await;
    }
}

pub(crate) fn eligible() -> Value {
    json!({ "standing": "OUTSIDER", "note": "核对举报材料与案件材料。" })
}

pub(crate) fn in_scope() -> Value {
    json!({ "finding": "IN_SCOPE", "kind": "WIDE_IMPACT", "reason": "社会影响大，危害严重。" })
}

/// A grade of all that the decision took.
pub(crate) fn grade(grade: u8) -> Value {
    json!({ "grading": {
        "grade": grade,
        "facts": [{ "reported": "秤有作弊功能", "found": "查获作弊装置" }],
        "reason": "有事实和直接证据。",
    } })
}

fn payee() -> Value {
    json!({ "accountName": "陈晚晴", "bank": "湘江银行天心支行", "accountNumber": ACCOUNT })
}

pub(crate) fn claim(password: &str) -> Value {
    json!({ "claimPassword": password, "payees": [payee()] })
}

/// A check of a payee that finds nothing.
pub(crate) fn nothing_against() -> Value {
    json!({ "note": "与本局人员、当事人名册核对，无排除情形。" })
}

/// Money that went on the first day on which it may: after the five working days from the 23rd.
pub(crate) fn voucher(sum: &str) -> Value {
    json!({ "voucher": "付2026-118", "paidOn": "2026-12-01", "sumYuan": sum })
}

fn taken_back() -> Value {
    json!({ "reason": "原处罚决定已撤销。", "appeal": "可在六十日内申请行政复议。" })
}

/// An account as it stands in a file for a spreadsheet: in groups of four.
fn grouped(account: &str) -> String {
    let digits: Vec<char> = account.chars().collect();
    let groups = digits.chunks(4).map(|group| group.iter().collect());
    groups.collect::<Vec<String>>().join(" ")
}

/// How many rewards have bank data.
async fn payees(app: &TestApp) -> i64 {
    let accounts = "field = 'bank_account'";
    count(&app.parts().db, "sealed_field", accounts).await
}

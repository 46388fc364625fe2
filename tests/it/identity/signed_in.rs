//! Whoever is signed in does at the citizens' doors what anybody does there: nothing that is kept of it names the session.

use std::collections::BTreeSet;

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_code, user_id};
use liangxin_domain::policy::Need;
use liangxin_graphql::access;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::rows;
use liangxin_tests::contract::operation;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

use crate::complaints::form;
use crate::rewarded::{ACCOUNT, PASSWORD, Rewarded, claim, eligible, grade};

/// What everybody may call to be somebody: there the account is meant.
const OF_ACCOUNTS: [&str; 4] = ["handIn", "refreshSession", "signIn", "usePasswordCode"];

/// The phone of the reporter who is asked back.
const OTHER_PHONE: &str = "c2VjcmV0LW9mLWEtc2Vjb25kLXBob25l";

/// Somebody with an account who goes through all the citizens' doors.
struct Walk<'a> {
    app: &'a TestApp,
    who: &'static str,
    called: BTreeSet<String>,
}

impl Walk<'_> {
    /// Runs an operation on the session. Panics if it is refused, or if one row more names who was signed in.
    async fn run(&mut self, name: &str, variables: Value) -> Reply {
        let session = self.app.as_(self.who);
        session.run("Me", json!({})).await.ok();
        let before = self.named().await;
        let reply = session.run(name, variables).await.ok();
        assert_eq!(self.named().await, before, "{name} by {}", self.who);
        self.called.insert(operation(name));
        reply
    }

    /// A write with an id of its own.
    async fn write(&mut self, name: &str, mut input: Value) -> Reply {
        input["id"] = json!(self.app.new_id());
        self.run(name, json!({ "input": input })).await
    }

    /// How many rows name who is signed in, by table.
    async fn named(&self) -> Vec<String> {
        let id = user_id(self.who).uuid().simple().to_string();
        let names = |value: &str| value.replace('-', "").to_lowercase().contains(&id);
        let kept = rows(&self.app.parts().db).await.into_iter();
        let named = kept.filter(|row| row.cells.iter().any(|(_, value)| names(value)));
        named.map(|row| row.table).collect()
    }

    /// What tells everybody the same, or looks at nothing of anybody.
    async fn reads(&mut self) {
        let merchant = merchant_code("tianxin-stall-17");
        let merchant = merchant.as_str();
        for (name, variables) in [
            ("CompetentBureau", json!({ "division": "430103" })),
            ("ConfidentialityPromise", json!({})),
            ("Limits", json!({})),
            ("LookUpMerchant", json!({ "code": merchant })),
            ("PersonalDataWarnings", json!({ "texts": [] })),
            ("RuleEditions", json!({})),
            ("ServerTime", json!({})),
            (
                "SimilarReports",
                json!({ "input": { "merchantCode": merchant } }),
            ),
        ] {
            self.run(name, variables).await;
        }
    }

    /// A report, everything that its code opens, and its withdrawal.
    async fn report(&mut self) {
        let flow = Flow::with_secret(self.app, OTHER_PHONE);
        let filed = self
            .run("FileReport", flow.variables(Step::FileReport))
            .await;
        let code = filed.text("fileReport.receipt.receiptCode").to_owned();
        let own = json!({ "receiptCode": code });
        let with = |more: Value| {
            let mut input = more;
            input["receiptCode"] = own["receiptCode"].clone();
            input
        };
        let photo = self.app.new_id();
        let more = json!({ "photos": [pictures::declared(photo, pictures::stall())] });
        self.write("AddReportPhotos", with(more)).await;
        let withdrawn = json!({ "photoId": photo, "reason": "照片在旧手机上，手机已丢失。" });
        self.write("WithdrawPhoto", with(withdrawn)).await;
        let said = json!({ "text": "上午九点。" });
        self.write("AnswerQuestion", with(said)).await;
        let records = json!({ "input": with(json!({ "records": [] })) });
        self.run("Reconcile", records).await;
        for name in [
            "TrackReport",
            "ComeBackToReport",
            "StopReportMail",
            "RevokeUploads",
        ] {
            self.run(name, own.clone()).await;
        }
        self.write("WithdrawReport", with(json!({}))).await;
    }

    /// A letter of one part.
    async fn letter(&mut self) {
        let mut part = Flow::new(self.app).variables(Step::FileReport)["input"].clone();
        part["photos"] = json!([]);
        self.write("FileSubmission", json!({ "report": part }))
            .await;
    }

    /// A complaint with everything that its code opens; answers its id and its code.
    async fn complaint(&mut self) -> (Value, String) {
        let form = json!({ "input": form(self.app, self.app.new_id()) });
        let filed = self.run("FileComplaint", form).await;
        let receipt = filed.data("fileComplaint.receipt").clone();
        let code = receipt["receiptCode"].as_str().unwrap().to_owned();
        (receipt["complaintId"].clone(), code)
    }

    async fn complains(&mut self) {
        let (id, code) = self.complaint().await;
        let own = json!({ "complaintId": id, "receiptCode": code });
        self.write("WithdrawComplaint", own).await;
        let (id, code) = self.complaint().await;
        let own = |more: Value| {
            let mut input = more;
            input["complaintId"] = id.clone();
            input["receiptCode"] = json!(code);
            input
        };
        for name in ["TrackComplaint", "ComeBackToComplaint", "StopComplaintMail"] {
            self.run(name, json!({ "receiptCode": code })).await;
        }
        self.write("WithdrawPublicationConsent", own(json!({})))
            .await;
        let app = self.app;
        let officers = async |who: &str, name: &str, more: Value| {
            let mut input = more;
            input["id"] = json!(app.new_id());
            input["complaintId"] = id.clone();
            let input = json!({ "input": input });
            app.as_(who).run(name, input).await.ok()
        };
        let handler = json!({ "handlerId": user_id("deng").uuid() });
        officers("lin", "AssignComplaint", handler).await;
        officers("deng", "AcceptComplaint", json!({})).await;
        let consent =
            |side: &str, way: &str| json!({ "side": side, "to": "MEDIATION", "way": way });
        officers(
            "wu",
            "ConsentToMediation",
            consent("RESPONDENT", "IN_PERSON"),
        )
        .await;
        self.write(
            "ConsentToMediation",
            own(consent("COMPLAINANT", "INTERNET")),
        )
        .await;
        let meets_at = app.now() + TimeDelta::days(2);
        let plan = json!({ "meetsAt": meets_at, "place": "天心局调解室", "mediators": ["邓佩华"],
            "recusalUntil": meets_at.date_naive() });
        officers("deng", "AnnounceSession", plan).await;
        let about =
            json!({ "side": "COMPLAINANT", "mediator": "邓佩华", "reason": "与摊主是亲戚。" });
        self.write("RequestRecusal", own(about)).await;
    }

    /// A reward with all that its reporter may say about it.
    async fn rewarded(&mut self) {
        let flow = Flow::new(self.app);
        let mut report = flow.variables(Step::FileReport);
        report["input"]["claimPassword"] = json!(PASSWORD);
        let filed = self.run("FileReport", report).await;
        let code = filed.text("fileReport.receipt.receiptCode").to_owned();
        let on = Rewarded {
            app: self.app.clone(),
            flow,
            code: code.clone(),
        };
        let own = |mut input: Value| {
            input["receiptCode"] = json!(code);
            input
        };
        on.walk(400_000).await;
        on.ruled().await;
        on.step("luo", "RecordEligibility", eligible()).await;
        self.write("ApplyForReward", own(json!({}))).await;
        on.step("luo", "GradeReward", grade(3)).await;
        on.step("he", "DecideReward", json!({ "words": "同意。" }))
            .await;
        on.step("luo", "TellDecision", json!({})).await;
        let words = json!({ "words": "全部事实都是我举报的。" });
        self.write("ObjectToReward", own(words)).await;
        let opinion = json!({ "opinion": "异议成立。", "grading": grade(2)["grading"] });
        on.step("he", "ReviewReward", opinion).await;
        let payee = json!({ "accountName": "罗某某", "bank": "某银行", "accountNumber": ACCOUNT });
        let in_person = json!({ "note": "已核对证件。", "payees": [payee] });
        on.step("luo", "RecordClaim", in_person).await;
        let words = json!({ "words": "这不是我的账户。" });
        self.write("ObjectToPayee", own(words)).await;
        on.step("he", "VoidClaim", json!({ "words": "收款人不是举报人。" }))
            .await;
        self.write("ClaimReward", own(claim(PASSWORD))).await;
    }
}

/// The operations that were run call this root field.
fn called(documents: &BTreeSet<String>, field: &str) -> bool {
    let field = format!("\n  {field}");
    let calls = |document: &String| {
        let mut found = document.match_indices(&field);
        found.any(|(at, _)| document[at + field.len()..].starts_with(['(', ' ', '\n']))
    };
    documents.iter().any(calls)
}

#[tokio::test]
async fn a_session_at_any_door_of_the_citizens_leaves_its_person_nowhere() {
    for who in ["lin", "shi"] {
        on_both(async |app| {
            let mut walk = Walk {
                app: &app,
                who,
                called: BTreeSet::new(),
            };
            walk.reads().await;
            walk.report().await;
            walk.letter().await;
            walk.complains().await;
            walk.rewarded().await;
            for (field, need) in access::list() {
                if *need == Need::Anyone && !OF_ACCOUNTS.contains(&field) {
                    let came = called(&walk.called, field);
                    assert!(came, "nobody who is signed in came to the door {field}");
                }
            }
            app.drain_jobs().await;
        })
        .await;
    }
}

//! What the marked citizens send and hold: every field of the promise carries a mark of its own.

use chrono::TimeDelta;
use liangxin_app::usecase;
use liangxin_demo::fixtures::merchant_id;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ReportId;
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject, Personal};
use liangxin_domain::privacy::promise::Viewer;
use liangxin_tests::app::TestApp;
use liangxin_tests::census::column;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};
use uuid::Uuid;

use super::doors;
use crate::complaints::{Dispute, form};
use crate::rewarded::{Rewarded, eligible, grade};

const ACCOUNT: &str = "6222021234567890127";
const PAYEE_ACCOUNT: &str = "6222029876543210987";
const CLAIM_PASSWORD: &str = "标记卯密码-2026";
const SECRET: &str = "bWFyay1vZi10aGUtc2VjcmV0";
const SECRET_OF_THE_COMPLAINT: &str = "bWFyay1vZi10aGUtZGlzcHV0ZQ";
const DEVICE: &str = "标记机型";

/// What the marked report sends.
fn marked(flow: &Flow) -> Value {
    let mut variables = flow.variables(Step::FileReport);
    let marks = json!({
        "secret": SECRET,
        "party": "标记甲号摊位",
        "place": "标记乙市场",
        "position": { "latitude": 28.171_357, "longitude": 112.971_357, "accuracyM": 9.5 },
        "goods": "标记丙肉",
        "unitPriceYuanPerKg": "27.37",
        "settledGrams": "2013.5",
        "checkedGrams": "1853.5",
        "occurredAt": "2026-11-23T00:11:22.333Z",
        "narrative": "标记丁经过",
        "contactEmail": "mark.mail@mail.example",
        "claimPassword": CLAIM_PASSWORD,
        "identity": { "name": "标记戊", "phone": "13800138000", "address": "标记己路一号",
            "idNumber": "11010519491231002X" },
    });
    for (name, value) in marks.as_object().into_iter().flatten() {
        variables["input"][name] = value.clone();
    }
    let photo = &mut variables["input"]["photos"][0];
    photo["tellsPlace"] = json!(true);
    photo["capture"] = json!({ "make": "标记机厂", "model": DEVICE });
    variables
}

/// What the marked complaint sends.
fn marked_complaint(app: &TestApp, id: Uuid) -> Value {
    let mut input = form(app, id);
    let person = |name: &str| {
        json!({ "name": name, "phone": "0731-0550-7777", "address": "标记寅路二号",
            "idKind": "居民身份证", "idNumber": "430103190001010011" })
    };
    input["complainants"] = json!([person("标记丑投诉人")]);
    input["agent"] = json!({ "person": person("标记子代理人"), "matter": "代为投诉",
        "powers": "代为参加调解", "until": "2027-11-23", "signedOn": "2026-11-20" });
    let marks = json!({
        "secret": SECRET_OF_THE_COMPLAINT,
        "contactEmail": "mark.dispute@mail.example",
        "respondentName": "标记经营者",
        "demandWords": "标记壬请求",
        "occurredAt": "2026-10-11T04:00:00Z",
        "place": "标记纠纷地点",
        "content": "标记癸事实",
        "paidFen": 987_654,
        "evidence": "标记证据说明",
    });
    for (name, value) in marks.as_object().into_iter().flatten() {
        input[name] = value.clone();
    }
    input
}

/// What the marked citizens hold.
pub(super) struct Held {
    pub(super) on: Rewarded,
    complaint: Dispute,
    /// A complaint that was withdrawn.
    withdrawn: Dispute,
    earlier_code: String,
    digest: String,
    original: String,
    photo_place: String,
}

impl Held {
    /// The codes that a viewer shows, one after the other.
    pub(super) fn codes_of(&self, viewer: Viewer) -> Vec<Option<&str>> {
        match viewer {
            Viewer::Reporter => vec![Some(&self.on.code)],
            Viewer::Complainant => vec![Some(&self.complaint.code), Some(&self.withdrawn.code)],
            _ => vec![None],
        }
    }

    /// What everybody asks for.
    pub(super) async fn ids(&self) -> Vec<Uuid> {
        let flow = &self.on.flow;
        let mut ids = vec![
            flow.report(),
            flow.visit(),
            flow.case(),
            merchant_id("tianxin-stall-17").uuid(),
            self.on.reward().as_str().unwrap().parse().unwrap(),
            self.complaint.id,
            self.withdrawn.id,
        ];
        ids.extend(column::<Uuid>(&self.on.app.parts().db, "measurement", "id", "TRUE").await);
        ids
    }
}

/// Whether a text has the mark of a field. A file for finance has the digits of an account in groups of four.
pub(super) fn shows(text: &str, field: &str, held: &Held) -> bool {
    let mark = mark(field, held);
    let is_number = mark.bytes().all(|it| it.is_ascii_digit());
    let groups: Vec<_> = mark
        .as_bytes()
        .chunks(4)
        .map(String::from_utf8_lossy)
        .collect();
    text.contains(mark) || (is_number && text.contains(&groups.join(" ")))
}

/// The mark of each field of the promise.
pub(super) fn mark<'a>(field: &str, held: &'a Held) -> &'a str {
    match field {
        "party" => "标记甲号摊位",
        "place" => "标记乙市场",
        "position" => "28.171357",
        "goods" => "标记丙肉",
        "unitPriceYuanPerKg" => "27.37",
        "settledGrams" => "2013.5",
        "checkedGrams" => "1853.5",
        "occurredAt" => "00:11:22",
        "narrative" => "标记丁经过",
        "photos" => &held.digest,
        "photoPlace" => &held.photo_place,
        "photoOriginal" => &held.original,
        "answer" => "标记庚答复",
        "photoDevice" => DEVICE,
        "photoWithdrawal" => "标记手机丢失",
        "withdrawal" => "标记撤回举报",
        "earlierReceiptCode" => &held.earlier_code,
        "receiptCode" => &held.on.code,
        "secret" => SECRET,
        "contactEmail" => "mark.mail@mail.example",
        "address" => "203.0.113.7",
        "identity.name" => "标记戊",
        "identity.phone" => "13800138000",
        "identity.address" => "标记己路一号",
        "identity.idNumber" => "11010519491231002X",
        "bankAccount" => ACCOUNT,
        "claimPassword" => CLAIM_PASSWORD,
        "rewardObjection" => "标记奖励异议",
        "payeeObjection" => "标记收款异议",
        "payee.bank" => "标记银行天心支行",
        "payee.name" => "标记辛收款人",
        "payee.accountNumber" => PAYEE_ACCOUNT,
        "complaint.name" => "标记丑投诉人",
        "complaint.phone" => "0731-0550-7777",
        "complaint.address" => "标记寅路二号",
        "complaint.idNumber" => "430103190001010011",
        "complaint.agent" => "标记子代理人",
        "complaint.demand" => "标记壬请求",
        "complaint.narrative" => "标记癸事实",
        "complaint.secret" => SECRET_OF_THE_COMPLAINT,
        "complaint.contactEmail" => "mark.dispute@mail.example",
        "complaint.respondent" => "标记经营者",
        "complaint.place" => "标记纠纷地点",
        "complaint.occurredOn" => "2026-10-11",
        "complaint.sums" => "9876.54",
        "complaint.evidence" => "标记证据说明",
        "complaint.withdrawal" => "标记撤回投诉",
        "complaint.recusal" => "标记回避理由",
        "complaint.receiptCode" => &held.complaint.code,
        other => panic!("the promise names {other}, and this test sends no mark for it"),
    }
}

/// Citizens send something, without account.
async fn send(app: &TestApp, operation: &str, mut input: Value) {
    input["id"] = json!(app.new_id());
    let anybody = app.anonymous();
    let sent = anybody.run(operation, json!({ "input": input }));
    sent.await.ok();
}

/// A report that somebody sent before, whose code the marked one shows.
async fn earlier(app: &TestApp) -> String {
    let flow = Flow::with_secret(app, "c2VjcmV0LW9mLXRoZS1maXJzdA");
    let mut sent = flow.variables(Step::FileReport);
    sent["input"]["photos"] = json!([]);
    sent["input"]["contactEmail"] = Value::Null;
    let filed = app.anonymous().run("FileReport", sent).await.ok();
    filed.text("fileReport.receipt.receiptCode").to_owned()
}

/// A marked report on its whole way up to the claim of its reward, a marked complaint that is being mediated, and one that was
/// withdrawn.
pub(super) async fn story(app: &TestApp) -> Held {
    let earlier_code = earlier(app).await;
    let on = reported(app, &earlier_code).await;
    on.walk(400_000).await;
    let answer = json!({ "receiptCode": on.code, "text": "标记庚答复" });
    send(app, "AnswerQuestion", answer).await;
    claimed(&on).await;
    let withdrawn = json!({ "receiptCode": on.code, "words": "标记撤回举报" });
    send(app, "WithdrawReport", withdrawn).await;
    seal_account(app, on.flow.report()).await;
    let complaint = Dispute::mediating_about(app, marked_complaint(app, app.new_id())).await;
    recused(app, &complaint).await;
    let withdrawn = Dispute::assigned(app).await;
    let why = json!({ "complaintId": withdrawn.id, "receiptCode": withdrawn.code,
        "reason": "标记撤回投诉" });
    send(app, "WithdrawComplaint", why).await;
    app.drain_jobs().await;
    let of_reports = "report_id IS NOT NULL AND latitude IS NOT NULL";
    let places = column::<f64>(&app.parts().db, "photo", "latitude", of_reports).await;
    let digest = pictures::declared(on.flow.report_photo(), pictures::scale());
    Held {
        on,
        complaint,
        withdrawn,
        earlier_code,
        photo_place: places[0].to_string(),
        original: doors::original(digest["sha256"].as_str().unwrap()),
        digest: digest["sha256"].as_str().unwrap().to_owned(),
    }
}

/// The marked report with its photo, and another photo that will not come.
async fn reported(app: &TestApp, earlier_code: &str) -> Rewarded {
    let flow = Flow::with_secret(app, SECRET);
    let mut sent = marked(&flow);
    sent["input"]["earlierReceiptCode"] = json!(earlier_code);
    let filed = app.anonymous().run("FileReport", sent).await.ok();
    let code = filed.text("fileReport.receipt.receiptCode").to_owned();
    let token = filed.text("fileReport.receipt.uploadToken");
    let phone = app.bearer(token);
    let sent = phone.upload(flow.report_photo(), pictures::scale());
    sent.await.unwrap();
    let photo = app.new_id();
    let more = json!({ "receiptCode": code,
        "photos": [pictures::declared(photo, pictures::stall())] });
    send(app, "AddReportPhotos", more).await;
    let lost = json!({ "receiptCode": code, "photoId": photo, "reason": "标记手机丢失" });
    send(app, "WithdrawPhoto", lost).await;
    Rewarded {
        app: app.clone(),
        flow,
        code,
    }
}

/// The reporter objects to the grade, which is reviewed, and claims.
async fn claimed(on: &Rewarded) {
    on.told(eligible(), grade(3)).await;
    let objection = json!({ "words": "标记奖励异议" });
    on.pursue("ObjectToReward", objection).await.ok();
    let review = json!({ "opinion": "异议成立。", "grading": grade(2)["grading"] });
    on.step("he", "ReviewReward", review).await;
    let payee = json!({ "accountName": "标记辛收款人", "bank": "标记银行天心支行",
        "accountNumber": PAYEE_ACCOUNT });
    let claim = json!({ "claimPassword": CLAIM_PASSWORD, "payees": [payee] });
    on.pursue("ClaimReward", claim).await.ok();
}

/// The complainant asks that a mediator steps back, in vain.
async fn recused(app: &TestApp, complaint: &Dispute) {
    let of_it = |mut input: Value| {
        input["complaintId"] = json!(complaint.id);
        input["id"] = json!(app.new_id());
        json!({ "input": input })
    };
    let meets_at = app.now() + TimeDelta::days(2);
    let plan = json!({ "meetsAt": meets_at, "place": "天心局调解室", "mediators": ["邓佩华"],
        "recusalUntil": meets_at.date_naive() });
    let deng = app.as_("deng");
    deng.run("AnnounceSession", of_it(plan)).await.ok();
    let about = json!({ "complaintId": complaint.id, "receiptCode": complaint.code,
        "side": "COMPLAINANT", "mediator": "邓佩华", "reason": "标记回避理由" });
    send(app, "RequestRecusal", about).await;
    let ruling = of_it(json!({ "ruling": "REJECTED" }));
    app.as_("he").run("DecideRecusal", ruling).await.ok();
}

async fn seal_account(app: &TestApp, report: Uuid) {
    let parts = app.parts();
    let work = parts.work(&Actor::System).await.unwrap();
    let account = [(
        IdentityField::BankAccount,
        Personal::new(ACCOUNT.to_owned()),
    )];
    let subject = IdentitySubject::Report(ReportId::new(report));
    usecase::identity::seal(parts, &work, subject, &account, None)
        .await
        .unwrap();
    work.commit().await.unwrap();
}

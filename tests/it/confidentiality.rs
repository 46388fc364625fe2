//! The promise, held: every field that a citizen may send carries a mark of its own, and then everybody
//! runs every read operation of the contract and opens the pages, every paper and every photo. Where a
//! mark turns up is compared with what was promised before sending.

mod doors;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use liangxin_app::usecase;
use liangxin_demo::fixtures::merchant_id;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ReportId;
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject, Personal};
use liangxin_domain::privacy::promise::{PROMISE, Viewer};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::column;
use liangxin_tests::contract::assert_file;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::complaints::{Dispute, form};
use crate::rewarded::{Rewarded, eligible, grade};

const ACCOUNT: &str = "6222021234567890127";
const PAYEE_ACCOUNT: &str = "6222029876543210987";
const CLAIM_PASSWORD: &str = "标记卯密码-2026";
const SECRET: &str = "bWFyay1vZi10aGUtc2VjcmV0";

/// Who looks, and as whom of the fixtures; none has no account.
const VIEWERS: [(Viewer, Option<&str>); 16] = [
    (Viewer::Reporter, None),
    (Viewer::Complainant, None),
    (Viewer::Inspector, Some("zhou")),
    (Viewer::IntakeOfficer, Some("lin")),
    (Viewer::CaseOfficer, Some("deng")),
    (Viewer::LegalAuditor, Some("xiao")),
    (Viewer::Head, Some("he")),
    (Viewer::RewardOfficer, Some("luo")),
    (Viewer::Supervisor, Some("gong")),
    (Viewer::Merchant, Some("wu")),
    (Viewer::OtherMerchant, Some("shi")),
    (Viewer::OtherDivision, Some("yi")),
    (Viewer::OtherInspector, Some("peng")),
    (Viewer::SecurityAuditor, Some("shen")),
    (Viewer::Administrator, Some("qiu")),
    (Viewer::Public, None),
];

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
    input["demandWords"] = json!("标记壬请求");
    input["content"] = json!("标记癸事实");
    input
}

/// What the marked citizens hold.
struct Held {
    flow: Flow,
    reward: Uuid,
    complaint: Uuid,
    report_code: String,
    complaint_code: String,
    digest: String,
    original: String,
    photo_place: String,
}

impl Held {
    /// The code that a viewer shows.
    fn code_of(&self, viewer: Viewer) -> Option<&str> {
        match viewer {
            Viewer::Reporter => Some(&self.report_code),
            Viewer::Complainant => Some(&self.complaint_code),
            _ => None,
        }
    }
}

/// The mark of each field of the promise.
fn mark<'a>(field: &str, held: &'a Held) -> &'a str {
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
        "receiptCode" => &held.report_code,
        "secret" => SECRET,
        "contactEmail" => "mark.mail@mail.example",
        "address" => "203.0.113.7",
        "identity.name" => "标记戊",
        "identity.phone" => "13800138000",
        "identity.address" => "标记己路一号",
        "identity.idNumber" => "11010519491231002X",
        "bankAccount" => ACCOUNT,
        "claimPassword" => CLAIM_PASSWORD,
        "payee.name" => "标记辛收款人",
        "payee.accountNumber" => PAYEE_ACCOUNT,
        "complaint.name" => "标记丑投诉人",
        "complaint.phone" => "0731-0550-7777",
        "complaint.address" => "标记寅路二号",
        "complaint.idNumber" => "430103190001010011",
        "complaint.agent" => "标记子代理人",
        "complaint.demand" => "标记壬请求",
        "complaint.narrative" => "标记癸事实",
        "complaint.receiptCode" => &held.complaint_code,
        other => panic!("the promise names {other}, and this test sends no mark for it"),
    }
}

/// A marked report on its whole way, up to the claim of its reward, and a marked complaint that is
/// being mediated.
async fn story(app: &TestApp) -> Held {
    let flow = Flow::with_secret(app, SECRET);
    let mut sent = marked(&flow);
    sent["input"]["photos"][0]["tellsPlace"] = json!(true);
    let filed = app.anonymous().run("FileReport", sent).await.ok();
    let code = filed.text("fileReport.receipt.receiptCode").to_owned();
    let token = filed.text("fileReport.receipt.uploadToken");
    let phone = app.bearer(token);
    let sent = phone.upload(flow.report_photo(), pictures::scale());
    sent.await.unwrap();
    let on = Rewarded {
        app: app.clone(),
        flow,
        code,
    };
    on.walk(400_000).await;
    let answer =
        json!({ "input": { "id": app.new_id(), "receiptCode": on.code, "text": "标记庚答复" } });
    app.anonymous().run("AnswerQuestion", answer).await.ok();
    on.told(eligible(), grade(2)).await;
    let payee = json!({ "accountName": "标记辛收款人", "bank": "湘江银行天心支行",
        "accountNumber": PAYEE_ACCOUNT });
    let claim = json!({ "claimPassword": CLAIM_PASSWORD, "payees": [payee] });
    on.pursue("ClaimReward", claim).await.ok();
    seal_account(app, on.flow.report()).await;
    let complaint = marked_complaint(app, app.new_id());
    let dispute = Dispute::mediating_about(app, complaint).await;
    app.drain_jobs().await;
    let places = column::<f64>(
        &app.parts().db,
        "photo",
        "latitude",
        "report_id IS NOT NULL",
    )
    .await;
    let digest = pictures::declared(on.flow.report_photo(), pictures::scale());
    Held {
        reward: on.reward().as_str().unwrap().parse().unwrap(),
        flow: on.flow,
        complaint: dispute.id,
        report_code: on.code,
        complaint_code: dispute.code,
        photo_place: places[0].to_string(),
        original: doors::original(digest["sha256"].as_str().unwrap()),
        digest: digest["sha256"].as_str().unwrap().to_owned(),
    }
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

/// Which fields turn up before whom.
async fn seen(app: &TestApp, held: &Held) -> BTreeMap<Viewer, BTreeSet<&'static str>> {
    let merchant = merchant_id("tianxin-stall-17").uuid();
    let flow = &held.flow;
    let mut ids = vec![
        flow.report(),
        flow.visit(),
        flow.case(),
        merchant,
        held.reward,
        held.complaint,
    ];
    ids.extend(column::<Uuid>(&app.parts().db, "measurement", "id", "TRUE").await);
    let server = Server::start(app, Mode::Production).await;
    let mut seen = BTreeMap::new();
    let mut answered = BTreeSet::new();
    for (viewer, key) in VIEWERS {
        let code = held.code_of(viewer);
        let mut read = doors::everything(app, (key, code), &ids, &mut answered).await;
        match key {
            None => read += &doors::pages(&server, code).await,
            Some(key) => read += &doors::taken_out(&server, key, &ids, app).await,
        }
        read += &doors::sheets_and_photos(app, &server, (key, code)).await;
        let fields = PROMISE.iter().map(|promise| promise.field);
        let found = fields.filter(|field| read.contains(mark(field, held)));
        seen.insert(viewer, found.collect());
    }
    let queries = doors::queries();
    let never: Vec<_> = queries
        .iter()
        .filter(|it| !answered.contains(*it))
        .collect();
    assert!(
        never.is_empty(),
        "asked so that nobody could be answered: {never:?}"
    );
    seen
}

#[tokio::test]
async fn everybody_sees_what_was_promised_and_nothing_else() {
    on_both(async |app| {
        let held = story(&app).await;
        // The fixtures have nobody who supervises: of the city, and nothing else.
        app.execute(
            "DELETE FROM user_role WHERE user_id = (SELECT id FROM \"user\" WHERE email LIKE 'gong@%')",
        )
        .await;
        app.grant("gong", "supervisor").await;
        // The fixtures have nobody in another district.
        app.execute("UPDATE \"user\" SET division = '430104' WHERE email LIKE 'yi@%'")
            .await;
        let seen = seen(&app, &held).await;
        let mut table = String::from(
            "Who reads which field of a report and a complaint, by every read operation and page.\n\n",
        );
        let mut broken = Vec::new();
        for promise in PROMISE {
            let by = |viewer: &Viewer| seen[viewer].contains(promise.field);
            let found: Vec<Viewer> = VIEWERS
                .iter()
                .map(|(viewer, _)| *viewer)
                .filter(by)
                .collect();
            let words: Vec<String> = found.iter().map(ToString::to_string).collect();
            writeln!(table, "{:<21} {}", promise.field, words.join(" ")).unwrap();
            if found.iter().collect::<BTreeSet<_>>() != promise.seen_by.iter().collect() {
                broken.push((promise.field, words));
            }
        }
        assert!(broken.is_empty(), "promised otherwise: {broken:?}");
        let table: String = table
            .lines()
            .map(|line| format!("{}\n", line.trim_end()))
            .collect();
        assert_file("tests/it/snapshots/confidentiality.txt", &table);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_promise_is_told_to_everybody_in_both_languages() {
    on_both(async |app| {
        let told = app
            .anonymous()
            .run("ConfidentialityPromise", json!({}))
            .await
            .ok();
        let fields = told.data("confidentialityPromise").as_array().unwrap();
        assert_eq!(fields.len(), PROMISE.len());
        assert_eq!(fields[0]["field"], "party");
        assert_eq!(fields[0]["name"], "Who is reported");
    })
    .await;
}

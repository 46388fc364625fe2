//! Who reported: sealed, opened by two people for hours, told to the reporter, forgotten in time; and
//! what bureau and reporter say to each other meanwhile.

mod dump;
mod everybody;
mod forms;
mod kept;
mod keyed;
pub(crate) mod logs;
mod refused_mail;
mod retention;
mod signed_in;
mod talk;
mod units;
mod ways;

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use liangxin_app::ports::identity_keys::IdentityKeys;
use liangxin_app::{store, usecase};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ReportId;
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject, Personal};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use uuid::Uuid;

const NAME: &str = "陈婉清";
const PHONE: &str = "13800138000";
const ADDRESS: &str = "天心区书院路甲一号";
const ID_NUMBER: &str = "11010519491231002X";
const ACCOUNT: &str = "6222021234567890127";

pub(crate) fn identity() -> Value {
    json!({ "name": NAME, "phone": PHONE, "address": ADDRESS, "idNumber": ID_NUMBER })
}

/// A real-name report; answers its id and receipt code.
pub(crate) async fn filed(app: &TestApp, change: Value) -> (Uuid, String) {
    let flow = Flow::new(app);
    let mut change = change;
    change["photos"] = json!([]);
    let variables = flow.changed(Step::FileReport, change);
    let reply = app.anonymous().run("FileReport", variables).await.ok();
    let id = reply.text("fileReport.receipt.reportId").parse().unwrap();
    (id, reply.text("fileReport.receipt.receiptCode").to_owned())
}

pub(crate) async fn request(
    app: &TestApp,
    who: &str,
    report: Uuid,
    purpose: &str,
    fields: Value,
) -> Uuid {
    let id = app.new_id();
    let input = json!({ "id": id, "reportId": report, "purpose": purpose,
        "reason": "核对领奖人身份", "fields": fields });
    let officer = app.as_(who);
    let run = officer.run("RequestIdentityOpening", json!({ "input": input }));
    let reply = run.await.ok();
    assert_eq!(
        reply.data("requestIdentityOpening.opening.approvedAt"),
        &Value::Null
    );
    id
}

fn approval(app: &TestApp, opening: Uuid) -> Value {
    json!({ "input": { "id": app.new_id(), "openingId": opening, "hours": 24 } })
}

fn look(app: &TestApp, opening: Uuid) -> Value {
    json!({ "input": { "id": app.new_id(), "openingId": opening } })
}

/// Asks for name and phone for a payment, which nobody may approve but a head.
async fn approved(app: &TestApp, report: Uuid) -> Uuid {
    let opening = request(
        app,
        "luo",
        report,
        "REWARD_PAYMENT",
        json!(["NAME", "PHONE"]),
    )
    .await;
    let early = app
        .as_("luo")
        .refused("OpenIdentity", look(app, opening))
        .await;
    assert_eq!(early, ["OPENING_NOT_APPROVED"]);
    for stranger in ["luo", "deng"] {
        let tried = app
            .as_(stranger)
            .refused("ApproveIdentityOpening", approval(app, opening))
            .await;
        assert_eq!(tried, ["DENIED"], "{stranger}");
    }
    app.as_("he")
        .run("ApproveIdentityOpening", approval(app, opening))
        .await
        .ok();
    let listed = app
        .as_("he")
        .run("ListIdentityOpenings", json!({}))
        .await
        .ok();
    assert_eq!(listed.text("identityOpenings.0.reason"), "核对领奖人身份");
    for stranger in ["he", "deng"] {
        let tried = app
            .as_(stranger)
            .refused("OpenIdentity", look(app, opening))
            .await;
        assert!(
            ["DENIED", "NOT_FOUND"].contains(&&*tried[0]),
            "{stranger}: {tried:?}"
        );
    }
    opening
}

/// The reporter sees who looked at what, as a role and a purpose, and never why in words or by whom.
async fn assert_reporter_was_told(app: &TestApp, code: &str) {
    let tracked = app
        .anonymous()
        .run("TrackReport", json!({ "receiptCode": code }))
        .await
        .ok();
    let told = tracked.data("trackReport.report.openings");
    assert_eq!(told.as_array().unwrap().len(), 1);
    assert_eq!(told[0]["purpose"], "REWARD_PAYMENT");
    assert_eq!(told[0]["fields"], json!(["NAME", "PHONE"]));
    assert_eq!(told[0]["role"], "reward_officer");
    assert!(tracked.body().contains("identity_opened"));
    assert!(!tracked.body().contains("核对领奖人身份") && !tracked.body().contains("Luo"));
}

#[tokio::test]
async fn an_identity_opens_for_two_people_some_hours_and_the_approved_fields_and_the_reporter_is_told()
 {
    on_both(async |app| {
        let (report, code) = filed(&app, json!({ "identity": identity() })).await;
        app.drain_jobs().await;
        app.confirm_mail().await;
        let seen = app
            .as_("luo")
            .run("GetReport", json!({ "id": report }))
            .await
            .ok();
        let token = seen.text("report.reporterToken");
        assert!(token.starts_with("R-") && token.len() == 11, "{token}");
        assert!(!seen.body().contains(NAME));
        let opening = approved(&app, report).await;
        let opened = app
            .as_("luo")
            .run("OpenIdentity", look(&app, opening))
            .await
            .ok();
        let fields = opened.data("openIdentity.fields").as_array().unwrap();
        let values: Vec<_> = fields
            .iter()
            .map(|field| field["value"].as_str().unwrap())
            .collect();
        assert_eq!(values, [NAME, PHONE], "exactly what was approved");
        assert_reporter_was_told(&app, &code).await;
        app.advance(TimeDelta::hours(24));
        let late = app
            .as_("luo")
            .refused("OpenIdentity", look(&app, opening))
            .await;
        assert_eq!(late, ["OPENING_OVER"]);
        app.drain_jobs().await;
        let told = app.mails();
        let told = told
            .iter()
            .any(|mail| mail.body.contains("sealed identity was opened"));
        assert!(told);
    })
    .await;
}

#[tokio::test]
async fn a_head_does_not_approve_the_own_request_and_a_mediation_gets_a_grant() {
    on_both(async |app| {
        let (report, _) = filed(&app, json!({ "identity": identity() })).await;
        let own = request(&app, "he", report, "PROTECTION", json!(["PHONE"])).await;
        let tried = app
            .as_("he")
            .refused("ApproveIdentityOpening", approval(&app, own))
            .await;
        assert_eq!(tried, ["OPENING_SAME_PERSON"]);
        let grant = request(&app, "lin", report, "MEDIATION_DISCLOSURE", json!(["NAME"])).await;
        let seen = app
            .as_("lin")
            .run("GetReport", json!({ "id": report }))
            .await
            .ok();
        assert_eq!(seen.data("report.disclosureGrants"), &json!([]));
        app.as_("he")
            .run("ApproveIdentityOpening", approval(&app, grant))
            .await
            .ok();
        let seen = app
            .as_("lin")
            .run("GetReport", json!({ "id": report }))
            .await
            .ok();
        assert_eq!(
            seen.data("report.disclosureGrants.0.fields"),
            &json!(["NAME"])
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_opening_is_for_a_role_that_needs_it_and_for_fields_that_its_purpose_needs() {
    on_both(async |app| {
        let (report, _) = filed(&app, json!({ "identity": identity() })).await;
        for (who, purpose, fields, code) in [
            ("lin", "REWARD_PAYMENT", json!(["NAME"]), "DENIED"),
            (
                "lin",
                "MEDIATION_DISCLOSURE",
                json!(["ID_NUMBER"]),
                "OPENING_FIELD_NOT_NEEDED",
            ),
            ("lin", "MEDIATION_DISCLOSURE", json!([]), "FIELD_REQUIRED"),
            ("xiao", "MEDIATION_DISCLOSURE", json!(["NAME"]), "DENIED"),
            ("wu", "MEDIATION_DISCLOSURE", json!(["NAME"]), "DENIED"),
        ] {
            let input = json!({ "id": app.new_id(), "reportId": report, "purpose": purpose,
                "reason": "x", "fields": fields });
            let tried = app
                .as_(who)
                .refused("RequestIdentityOpening", json!({ "input": input }))
                .await;
            assert_eq!(tried, [code], "{who} {purpose}");
        }
        let (anonymous, _) = filed(&app, json!({})).await;
        request(&app, "luo", report, "REWARD_PAYMENT", json!(["NAME"])).await;
        let again = json!({ "id": app.new_id(), "reportId": report, "purpose": "REWARD_PAYMENT",
            "reason": "x", "fields": ["NAME"] });
        let tried = app
            .as_("luo")
            .refused("RequestIdentityOpening", json!({ "input": again }))
            .await;
        assert_eq!(tried, ["OPENING_PENDING"]);
        let input = json!({ "id": app.new_id(), "reportId": anonymous, "purpose": "REWARD_PAYMENT",
            "reason": "x", "fields": ["NAME"] });
        let tried = app
            .as_("luo")
            .refused("RequestIdentityOpening", json!({ "input": input }))
            .await;
        assert_eq!(tried, ["IDENTITY_ABSENT"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn with_the_key_in_a_safe_the_server_gives_the_sealed_field_alone() {
    on_both(async |app| {
        let keys = Arc::clone(&app.parts().identity_keys);
        let outside = Arc::new(keys.without_private());
        let app = app.with(|parts| parts.identity_keys = outside);
        let (report, _) = filed(&app, json!({ "identity": identity() })).await;
        let opening = request(&app, "luo", report, "REWARD_PAYMENT", json!(["NAME"])).await;
        app.as_("he")
            .run("ApproveIdentityOpening", approval(&app, opening))
            .await
            .ok();
        let opened = app
            .as_("luo")
            .run("OpenIdentity", look(&app, opening))
            .await
            .ok();
        assert_eq!(opened.data("openIdentity.fields.0.value"), &Value::Null);
        let sealed = STANDARD
            .decode(opened.text("openIdentity.fields.0.ciphertext"))
            .unwrap();
        let subject = IdentitySubject::Report(ReportId::new(report));
        let identity = store::identities::find(&app.parts().db, subject)
            .await
            .unwrap()
            .unwrap();
        let name = keys
            .open_field(identity.id.uuid(), IdentityField::Name, &sealed)
            .unwrap();
        assert_eq!(name.expose(), NAME);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_key_real_names_are_refused_and_anonymous_reports_are_not() {
    on_both(async |app| {
        let app = app.with(|parts| parts.identity_keys = Arc::new(IdentityKeys::none()));
        let variables =
            Flow::new(&app).changed(Step::FileReport, json!({ "identity": identity() }));
        let tried = app.anonymous().refused("FileReport", variables).await;
        assert_eq!(tried, ["IDENTITY_KEY_MISSING"]);
        filed(&app, json!({})).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_planted_number_or_address_tells_an_officer_nothing_about_who_else_gave_it() {
    on_both(async |app| {
        let person = json!({ "identity": identity(), "contactEmail": "chen@mail.example" });
        let (report, _) = filed(&app, person).await;
        // Somebody inside sends the number and the address of a suspect with a report of his own.
        let bait = json!({ "identity": identity(), "contactEmail": "chen@mail.example",
            "merchantCode": null, "party": "别家摊位", "goods": "花生", "narrative": "另一件事。" });
        let (bait, _) = filed(&app, bait).await;
        for who in ["lin", "deng", "he", "luo", "xiao"] {
            for name in ["GetReport", "ReportSuggestions"] {
                let seen = app.as_(who).run(name, json!({ "id": bait })).await;
                assert!(!seen.body().contains(&report.to_string()), "{who} {name}");
                assert!(!seen.body().contains("MANY_IN_SHORT_TIME"), "{who} {name}");
                assert!(!seen.body().contains("CONTACT"), "{who} {name}");
            }
        }
        let input = json!({ "id": app.new_id(), "reportId": bait, "earlierId": report,
            "sameness": "号码相同。" });
        let officer = app.as_("lin");
        let tried = officer.refused("MarkDuplicate", json!({ "input": input }));
        assert_eq!(tried.await, ["OTHER_REPORTER"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn sealed_fields_go_when_their_time_is_over() {
    on_both(async |app| {
        let (report, _) = filed(&app, json!({ "identity": identity() })).await;
        let parts = app.parts();
        let subject = IdentitySubject::Report(ReportId::new(report));
        let work = parts.work(&Actor::System).await.unwrap();
        let account = [(
            IdentityField::BankAccount,
            Personal::new(ACCOUNT.to_owned()),
        )];
        let until = Some(app.now() + TimeDelta::days(30));
        usecase::identity::seal(parts, &work, subject, &account, until)
            .await
            .unwrap();
        work.commit().await.unwrap();
        assert_eq!(
            count(&parts.db, "sealed_identity", "1 = 1").await,
            1,
            "one person, one token"
        );
        assert_eq!(count(&parts.db, "sealed_field", "1 = 1").await, 5);
        assert_eq!(usecase::identity::purge(parts).await.unwrap(), 0);
        app.drain_jobs().await;
        app.advance(TimeDelta::days(30));
        assert_eq!(usecase::identity::purge(parts).await.unwrap(), 1);
        assert_eq!(
            count(&parts.db, "sealed_field", "field = 'bank_account'").await,
            0
        );
        assert_eq!(count(&parts.db, "sealed_field", "1 = 1").await, 4);
        assert_eq!(
            count(&parts.db, "event", "kind = 'identity_purged'").await,
            1
        );
        app.drain_jobs().await;
        app.advance(TimeDelta::minutes(2));
        app.drain_jobs().await;
        // Nothing that is forgotten stands in the log: its seals are whole.
        let (read, findings) = crate::seals::found(&app).await;
        assert_eq!((read.waiting, findings), (0, Vec::new()));
    })
    .await;
}

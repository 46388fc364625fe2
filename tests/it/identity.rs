//! Who reported: sealed, opened by two people for hours, told to the reporter, forgotten in time; and
//! what bureau and reporter say to each other meanwhile.

use std::process::Command;
use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use chrono::TimeDelta;
use liangxin::app::sha256;
use liangxin::ports::identity_keys::IdentityKeys;
use liangxin::{store, usecase};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{ReportId, RewardId};
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject, Personal};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{CONTACT, Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};
use uuid::Uuid;

const NAME: &str = "陈婉清";
const PHONE: &str = "13800138000";
const ADDRESS: &str = "天心区书院路甲一号";
const ID_NUMBER: &str = "11010519491231002X";
const ACCOUNT: &str = "6222021234567890127";

fn identity() -> Value {
    json!({ "name": NAME, "phone": PHONE, "address": ADDRESS, "idNumber": ID_NUMBER })
}

/// A real-name report; answers its id and receipt code.
async fn filed(app: &TestApp, change: Value) -> (Uuid, String) {
    let flow = Flow::new(app);
    let mut change = change;
    change["photos"] = json!([]);
    let variables = flow.changed(Step::FileReport, change);
    let reply = app.anonymous().run("FileReport", variables).await.ok();
    let id = reply.text("fileReport.receipt.reportId").parse().unwrap();
    (id, reply.text("fileReport.receipt.receiptCode").to_owned())
}

async fn request(app: &TestApp, who: &str, report: Uuid, purpose: &str, fields: Value) -> Uuid {
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

#[tokio::test]
async fn an_identity_opens_for_two_people_some_hours_and_the_approved_fields_and_the_reporter_is_told()
 {
    on_both(async |app| {
        let (report, code) = filed(&app, json!({ "identity": identity() })).await;
        let seen = app
            .as_("luo")
            .run("GetReport", json!({ "id": report }))
            .await
            .ok();
        let token = seen.text("report.reporterToken");
        assert!(token.starts_with("R-") && token.len() == 11, "{token}");
        assert!(!seen.body().contains(NAME));
        let opening = request(
            &app,
            "luo",
            report,
            "REWARD_PAYMENT",
            json!(["NAME", "PHONE"]),
        )
        .await;
        let early = app
            .as_("luo")
            .refused("OpenIdentity", look(&app, opening))
            .await;
        assert_eq!(early, ["OPENING_NOT_APPROVED"]);
        for stranger in ["luo", "deng"] {
            let tried = app
                .as_(stranger)
                .refused("ApproveIdentityOpening", approval(&app, opening))
                .await;
            assert_eq!(tried, ["DENIED"], "{stranger}");
        }
        app.as_("he")
            .run("ApproveIdentityOpening", approval(&app, opening))
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
                .refused("OpenIdentity", look(&app, opening))
                .await;
            assert!(
                ["DENIED", "NOT_FOUND"].contains(&&*tried[0]),
                "{stranger}: {tried:?}"
            );
        }
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
        app.advance(TimeDelta::hours(24));
        let late = app
            .as_("luo")
            .refused("OpenIdentity", look(&app, opening))
            .await;
        assert_eq!(late, ["OPENING_OVER"]);
        app.drain_jobs().await;
        assert!(
            app.mails()
                .iter()
                .any(|mail| mail.body.contains("sealed identity was opened"))
        );
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
async fn the_same_person_is_known_again_by_a_keyed_hash() {
    on_both(async |app| {
        filed(&app, json!({ "identity": identity() })).await;
        let mut same = identity();
        same["phone"] = json!("+86 139 9999 9999");
        same["idNumber"] = json!(ID_NUMBER.to_lowercase());
        filed(&app, json!({ "identity": same })).await;
        filed(&app, json!({ "identity": { "name": "别人", "phone": "13700137000" } })).await;
        filed(&app, json!({})).await;
        let db = &app.parts().db;
        let twice = "reporter_key IN (SELECT reporter_key FROM report GROUP BY reporter_key HAVING COUNT(*) = 2)";
        assert_eq!(count(db, "report", twice).await, 2);
        assert_eq!(count(db, "report", "reporter_key IS NULL").await, 1);
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
    })
    .await;
}

#[tokio::test]
async fn bureau_and_reporter_talk_and_photos_follow_within_the_bounds_of_a_day() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let code = flow.receipt_code().await;
        let question = app.new_id();
        let input = json!({ "id": question, "reportId": flow.report(), "text": "当时几点？" });
        let asked = json!({ "input": input });
        app.as_("zhou").run("AskReporter", asked.clone()).await.ok();
        app.as_("zhou").run("AskReporter", asked.clone()).await.ok();
        for stranger in ["peng", "yi"] {
            let mut other = asked.clone();
            other["input"]["id"] = json!(app.new_id());
            assert_eq!(
                app.as_(stranger).refused("AskReporter", other).await,
                ["NOT_FOUND"]
            );
        }
        let answer = |question: Value| {
            json!({ "input": { "id": app.new_id(), "receiptCode": code, "questionId": question,
                "text": "上午九点。" } })
        };
        let first = answer(json!(question));
        app.anonymous()
            .run("AnswerQuestion", first.clone())
            .await
            .ok();
        let said = app.anonymous().run("AnswerQuestion", first).await.ok();
        let messages = said.data("answerQuestion.messages").as_array().unwrap();
        assert_eq!(messages.len(), 2, "a repetition is no second answer");
        assert_eq!(messages[1]["questionId"], json!(question));
        let unknown = app
            .anonymous()
            .run("AnswerQuestion", answer(json!(app.new_id())))
            .await;
        assert_eq!(unknown.problems(), ["QUESTION_UNKNOWN"]);
        for _ in 0..9 {
            app.anonymous()
                .run("AnswerQuestion", answer(Value::Null))
                .await
                .ok();
        }
        let eleventh = app
            .anonymous()
            .run("AnswerQuestion", answer(Value::Null))
            .await;
        assert_eq!(eleventh.problems(), ["MESSAGE_LIMIT"]);
        let seen = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(seen.text("report.messages.1.text"), "上午九点。");
        let photo = app.new_id();
        let more = json!({ "input": { "id": app.new_id(), "receiptCode": code,
            "photos": [pictures::declared(photo, pictures::stall())] } });
        let added = app.anonymous().run("AddReportPhotos", more).await.ok();
        let token = added.text("addReportPhotos.uploadToken");
        app.bearer(token)
            .upload(photo, pictures::stall())
            .await
            .unwrap();
        let tracked = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await
            .ok();
        assert_eq!(tracked.data("trackReport.report.photosDeclared"), &json!(2));
        for event in ["reporter_asked", "reporter_answered", "report_photos_added"] {
            assert!(tracked.body().contains(event), "{event}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_looks_personal_is_told_before_sending_and_kept_nowhere() {
    on_both(async |app| {
        let texts = json!({ "texts": [
            { "field": "narrative", "text": "打我电话13800138000，或a@b.cn" },
            { "field": "photo1", "text": "11010519491231002X.jpg" },
            { "field": "goods", "text": "五花肉2000克" },
        ] });
        let before = app.census().await;
        let reply = app
            .anonymous()
            .run("PersonalDataWarnings", texts)
            .await
            .ok();
        assert_eq!(
            reply.data("personalDataWarnings"),
            &json!([
                { "field": "narrative", "kind": "MOBILE_PHONE", "start": 4, "end": 15 },
                { "field": "narrative", "kind": "EMAIL", "start": 17, "end": 23 },
                { "field": "photo1", "kind": "ID_NUMBER", "start": 0, "end": 18 },
            ])
        );
        assert_eq!(
            app.census().await.changed_since(&before),
            Vec::<&str>::new()
        );
        let many: Vec<_> = (0..21)
            .map(|_| json!({ "field": "x", "text": "y" }))
            .collect();
        let reply = app
            .anonymous()
            .run("PersonalDataWarnings", json!({ "texts": many }))
            .await;
        assert_eq!(reply.problems(), ["FIELD_TOO_LONG"]);
    })
    .await;
}

/// A dump as an administrator, or a thief, makes it; the census where the tool is missing.
async fn dump(app: &TestApp) -> String {
    let url = app.database_url();
    let (tool, arguments) = match url.strip_prefix("sqlite://") {
        Some(path) => {
            let path = path.split('?').next().unwrap_or(path).to_owned();
            ("sqlite3".to_owned(), vec![path, ".dump".to_owned()])
        }
        None => {
            let versions = std::fs::read_dir("/usr/lib/postgresql")
                .into_iter()
                .flatten();
            let tools = versions
                .flatten()
                .map(|entry| entry.path().join("bin/pg_dump"));
            let tool = tools.into_iter().find(|path| path.exists());
            let tool = tool.map_or("pg_dump".to_owned(), |path| path.display().to_string());
            (tool, vec!["--inserts".to_owned(), url.to_owned()])
        }
    };
    match Command::new(&tool).args(&arguments).output() {
        Ok(made) if made.status.success() => String::from_utf8_lossy(&made.stdout).into_owned(),
        made => {
            eprintln!(
                "no dump by {tool}, every column is read instead: {:?}",
                made.err()
            );
            format!("{:?}", app.census().await)
        }
    }
}

#[tokio::test]
async fn a_dump_without_the_key_links_no_report_to_a_person() {
    on_both(async |app| {
        let (report, code) = filed(
            &app,
            json!({ "identity": identity(), "contactEmail": CONTACT,
            "consentToMail": true }),
        )
        .await;
        let parts = app.parts();
        let work = parts.work(&Actor::System).await.unwrap();
        let account = [(
            IdentityField::BankAccount,
            Personal::new(ACCOUNT.to_owned()),
        )];
        for subject in [
            IdentitySubject::Report(ReportId::new(report)),
            IdentitySubject::Reward(RewardId::new(app.new_id())),
        ] {
            usecase::identity::seal(parts, &work, subject, &account, None)
                .await
                .unwrap();
        }
        work.commit().await.unwrap();
        let opening = request(
            &app,
            "luo",
            report,
            "REWARD_PAYMENT",
            json!(["NAME", "BANK_ACCOUNT"]),
        )
        .await;
        app.as_("he")
            .run("ApproveIdentityOpening", approval(&app, opening))
            .await
            .ok();
        app.as_("luo")
            .run("OpenIdentity", look(&app, opening))
            .await
            .ok();
        app.drain_jobs().await;
        let dump = dump(&app).await;
        assert!(
            dump.contains("书院坪农贸市场"),
            "the dump does hold the report"
        );
        for value in [
            NAME,
            PHONE,
            ADDRESS,
            ID_NUMBER,
            ACCOUNT,
            CONTACT,
            &code,
            &code.replace('-', ""),
        ] {
            for form in forms(value) {
                assert!(
                    !dump.to_lowercase().contains(&form.to_lowercase()),
                    "{value} stands as {form}"
                );
            }
        }
        let subject = IdentitySubject::Report(ReportId::new(report));
        let identity = store::identities::find(&parts.db, subject)
            .await
            .unwrap()
            .unwrap();
        assert!(
            dump.contains(&identity.token),
            "the token is what stands for the person"
        );
        let all = [IdentityField::Name, IdentityField::BankAccount];
        let sealed = store::identities::fields(&parts.db, identity.id, &all)
            .await
            .unwrap();
        let opened: Vec<_> = sealed
            .iter()
            .map(|field| {
                parts
                    .identity_keys
                    .open_field(identity.id.uuid(), field.field, &field.ciphertext)
            })
            .map(|value| value.unwrap().expose().to_owned())
            .collect();
        assert_eq!(
            opened,
            [NAME, ACCOUNT],
            "with the key the token leads to the person"
        );
        let stranger = IdentityKeys::generate();
        assert!(sealed.iter().all(|field| {
            stranger
                .open_field(identity.id.uuid(), field.field, &field.ciphertext)
                .is_none()
        }));
    })
    .await;
}

/// How a value could stand in a dump without a key: plain, hexadecimal, base 64 in its three
/// alignments, and unkeyed digests.
fn forms(value: &str) -> Vec<String> {
    let bytes = value.as_bytes();
    let hex = |bytes: &[u8]| bytes.iter().map(|b| format!("{b:02x}")).collect::<String>();
    let mut forms = vec![value.to_owned(), hex(bytes)];
    for shift in 0..3 {
        let mut padded = vec![b' '; shift];
        padded.extend_from_slice(bytes);
        let text = STANDARD.encode(padded);
        // The ends depend on what stands around.
        let whole = text.trim_end_matches('=');
        forms.push(whole[(shift * 8).div_ceil(6)..whole.len() - 1].to_owned());
    }
    for digest in [sha256(bytes).bytes().to_vec(), md5(bytes).to_vec()] {
        forms.extend([hex(&digest), STANDARD.encode(&digest)]);
    }
    forms
}

/// MD5 (RFC 1321): nobody should use it, and nobody does here, which is what the test shows.
fn md5(message: &[u8]) -> [u8; 16] {
    const SHIFTS: [[u32; 4]; 4] = [
        [7, 12, 17, 22],
        [5, 9, 14, 20],
        [4, 11, 16, 23],
        [6, 10, 15, 21],
    ];
    let mut state = [0x6745_2301_u32, 0xefcd_ab89, 0x98ba_dcfe, 0x1032_5476];
    let mut padded = message.to_vec();
    padded.push(0x80);
    padded.resize((padded.len() + 8).next_multiple_of(64) - 8, 0);
    padded.extend((message.len() as u64 * 8).to_le_bytes());
    for block in padded.chunks(64) {
        let word = |at: usize| u32::from_le_bytes(block[at * 4..at * 4 + 4].try_into().unwrap());
        let [mut a, mut b, mut c, mut d] = state;
        for i in 0..64 {
            let (f, g) = match i / 16 {
                0 => ((b & c) | (!b & d), i),
                1 => ((d & b) | (!d & c), (5 * i + 1) % 16),
                2 => (b ^ c ^ d, (3 * i + 5) % 16),
                _ => (c ^ (b | !d), (7 * i) % 16),
            };
            let constant = (((i + 1) as f64).sin().abs() * 4_294_967_296.0) as u32;
            let sum = a
                .wrapping_add(f)
                .wrapping_add(constant)
                .wrapping_add(word(g));
            (a, d, c) = (d, c, b);
            b = b.wrapping_add(sum.rotate_left(SHIFTS[i / 16][i % 4]));
        }
        for (sum, part) in state.iter_mut().zip([a, b, c, d]) {
            *sum = sum.wrapping_add(part);
        }
    }
    let mut out = [0; 16];
    for (bytes, word) in out.chunks_mut(4).zip(state) {
        bytes.copy_from_slice(&word.to_le_bytes());
    }
    out
}

#[test]
fn the_digest_that_is_looked_for_is_the_right_one() {
    let hex: String = md5(b"abc").iter().map(|b| format!("{b:02x}")).collect();
    assert_eq!(hex, "900150983cd24fb0d6963f7d28e17f72");
}

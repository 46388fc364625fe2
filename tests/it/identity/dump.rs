//! A thief's view: what a dump of the database tells without the bureau's identity key.

use std::process::Command;

use liangxin_app::ports::identity_keys::IdentityKeys;
use liangxin_app::{store, usecase};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{ReportId, RewardId};
use liangxin_domain::privacy::identity::{IdentityField, IdentitySubject, Personal};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::{CONTACT, Flow, Step};
use serde_json::json;
use uuid::Uuid;

use crate::complaints::{Dispute, form};
use crate::rewarded::{ACCOUNT as PAYEE_ACCOUNT, PASSWORD, Rewarded, claim, eligible, grade};

use super::forms::assert_hidden;
use super::{ACCOUNT, ADDRESS, ID_NUMBER, NAME, PHONE, approval, filed, identity, look, request};

/// A dump as an administrator, or a thief, makes it; the census where the tool is missing.
pub(super) async fn dump(app: &TestApp) -> String {
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

/// Seals a bank account for a report and for a reward.
async fn seal_accounts(app: &TestApp, report: Uuid) {
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
}

/// An officer looks at name and account with a head's approval.
async fn opened(app: &TestApp, report: Uuid) {
    let fields = json!(["NAME", "BANK_ACCOUNT"]);
    let opening = request(app, "luo", report, "REWARD_PAYMENT", fields).await;
    app.as_("he")
        .run("ApproveIdentityOpening", approval(app, opening))
        .await
        .ok();
    app.as_("luo")
        .run("OpenIdentity", look(app, opening))
        .await
        .ok();
}

#[tokio::test]
async fn a_dump_without_the_key_links_no_report_to_a_person() {
    on_both(async |app| {
        let more = json!({ "identity": identity(), "contactEmail": CONTACT,
            "consentToMail": true });
        let (report, code) = filed(&app, more).await;
        seal_accounts(&app, report).await;
        opened(&app, report).await;
        app.drain_jobs().await;
        let dump = dump(&app).await;
        assert!(
            dump.contains("书院坪农贸市场"),
            "the dump does hold the report"
        );
        let plain = code.replace('-', "");
        let values = [
            NAME, PHONE, ADDRESS, ID_NUMBER, ACCOUNT, CONTACT, &code, &plain,
        ];
        assert_hidden(dump.as_bytes(), &values);
        with_the_key_the_token_leads_to_the_person(&app, report, &dump).await;
    })
    .await;
}

async fn with_the_key_the_token_leads_to_the_person(app: &TestApp, report: Uuid, dump: &str) {
    let parts = app.parts();
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
    let open = |keys: &IdentityKeys| -> Vec<Option<String>> {
        let of = identity.id.uuid();
        let fields = sealed.iter();
        fields
            .map(|field| keys.open_field(of, field.field, &field.ciphertext))
            .map(|value| value.map(|value| value.expose().to_owned()))
            .collect()
    };
    let person = [NAME, ACCOUNT].map(|value| Some(value.to_owned()));
    assert_eq!(open(&parts.identity_keys), person);
    assert_eq!(
        open(&IdentityKeys::generate()),
        [None, None],
        "a stranger's key"
    );
}

/// Both parts in one go, of one person; answers their codes.
async fn submitted(app: &TestApp) -> Vec<String> {
    let flow = Flow::new(app);
    let more = json!({ "photos": [], "identity": identity() });
    let report = flow.changed(Step::FileReport, more)["input"].clone();
    let input = json!({ "input": {
        "id": app.new_id(), "complaint": form(app, app.random_id()), "report": report,
    } });
    let reply = app.anonymous().run("FileSubmission", input).await.ok();
    ["complaint", "report"]
        .map(|part| reply.text(&format!("fileSubmission.{part}.receiptCode")))
        .map(str::to_owned)
        .to_vec()
}

#[tokio::test]
async fn a_dump_tells_neither_who_complains_nor_who_is_paid() {
    on_both(async |app| {
        let mut codes = submitted(&app).await;
        codes.push(Dispute::mediating(&app).await.code);
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        codes.push(on.code.clone());
        codes.extend(codes.clone().iter().map(|code| code.replace('-', "")));
        app.drain_jobs().await;
        let dump = dump(&app).await;
        assert!(dump.contains("AJ-430103-"), "the dump does hold the case");
        let complainant = [
            "陈小满",
            "0731-0550-1234",
            "书院坪路1号",
            "430103190001010011",
        ];
        let reporter = [NAME, PHONE, ADDRESS, ID_NUMBER];
        let paid = [PASSWORD, "陈晚晴", PAYEE_ACCOUNT];
        for values in [&complainant[..], &reporter, &paid] {
            assert_hidden(dump.as_bytes(), values);
        }
        let codes: Vec<&str> = codes.iter().map(String::as_str).collect();
        assert_hidden(dump.as_bytes(), &codes);
    })
    .await;
}

//! Nobody is two persons: an account whose access an administrator gave is nobody's second person before some days are over,
//! and who could notice is told.

use chrono::{Days, TimeDelta};
use liangxin_app::ports::mailer::Mail;
use liangxin_demo::fixtures::{PASSWORD, email_of, user_id};
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::session::Session;
use serde_json::{Value, json};

use super::passwords::{by_code, code_for};
use super::sign_in;
use crate::identity::{filed, identity, request};
use crate::rewarded::{Rewarded, nothing_against};

/// What needs a second person, as a head of the county does it.
const ACTS: [&str; 4] = [
    "ApproveIdentityOpening",
    "ApproveClaim",
    "CheckPayee",
    "ExportPayments",
];

/// Somebody chooses a password by a code that the administrator made, and signs in.
async fn let_in_by_a_code(app: &TestApp, key: &str) -> Session {
    let chosen = by_code(app, key, &code_for(app, key).await, PASSWORD);
    let nobody = app.anonymous();
    nobody.run("UsePasswordCode", chosen).await.ok();
    sign_in(app, key).await.0
}

fn head(roles: &[&str]) -> Value {
    json!({ "userId": user_id("shen").uuid(), "roles": roles })
}

fn named(app: &TestApp, mut input: Value) -> Value {
    input["id"] = json!(app.new_id());
    json!({ "input": input })
}

#[tokio::test]
async fn whoever_chose_a_password_by_a_code_is_nobodys_second_person_for_three_whole_days() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        let (report, _) = filed(&app, json!({ "identity": identity() })).await;
        let opening = request(&app, "luo", report, "REWARD_PAYMENT", json!(["NAME"])).await;
        let act = |operation: &str| {
            let mut input = match operation {
                "CheckPayee" => nothing_against(),
                _ => json!({}),
            };
            match operation {
                "ApproveIdentityOpening" => {
                    input["openingId"] = json!(opening);
                    input["hours"] = json!(24);
                }
                "ExportPayments" => {}
                _ => input["rewardId"] = on.reward(),
            }
            named(&app, input)
        };
        let he = let_in_by_a_code(&app, "he").await;
        for operation in ACTS {
            let refused = he.refused(operation, act(operation)).await;
            assert_eq!(refused, ["ACCOUNT_UNSETTLED"], "{operation}");
        }
        let first = shanghai_date(app.now()) + Days::new(4);
        let told = he.run("ExportPayments", act("ExportPayments")).await;
        assert!(told.body().contains(&first.to_string()), "{}", told.body());
        // What needs no second person goes on.
        he.run("ListCases", json!({})).await.ok();
        app.advance(TimeDelta::days(4));
        let (he, _) = sign_in(&app, "he").await;
        for operation in ACTS {
            let reply = he.run(operation, act(operation)).await;
            let refused = reply.problems().contains(&"ACCOUNT_UNSETTLED".to_owned());
            assert!(!refused, "{operation}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whose_roles_an_administrator_set_confirms_no_calendar_that_he_loaded() {
    on_both(async |app| {
        let set = named(&app, head(&["HEAD"]));
        app.as_("qiu").run("SetAccountRoles", set).await.ok();
        let confirm = || named(&app, json!({ "draftId": app.new_id() }));
        let shen = app.as_("shen");
        let refused = shen.refused("ConfirmCalendarYear", confirm()).await;
        assert_eq!(refused, ["ACCOUNT_UNSETTLED"]);
        app.advance(TimeDelta::days(4));
        let refused = shen.refused("ConfirmCalendarYear", confirm()).await;
        assert_eq!(refused, ["NOT_FOUND"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_person_and_every_administrator_above_are_told_that_access_was_given() {
    on_both(async |app| {
        app.grant("lin", "administrator").await;
        let code = named(&app, json!({ "userId": user_id("he").uuid() }));
        let lin = app.as_("lin");
        let made = lin.run("MakePasswordCode", code).await.ok();
        app.drain_jobs().await;
        let mails = app.mails();
        let mut told: Vec<_> = mails.iter().map(|mail| mail.to.as_str()).collect();
        told.sort_unstable();
        let mut due = ["he", "lin", "qiu"].map(|key| email_of(key).unwrap());
        due.sort_unstable_by(|a, b| a.as_str().cmp(b.as_str()));
        assert_eq!(told, due.each_ref().map(|email| email.as_str()));
        let code = made.text("makePasswordCode.code");
        assert!(mails.iter().all(|mail| !mail.body.contains(code)));
        let set = named(&app, head(&["HEAD", "REWARD_OFFICER"]));
        app.as_("qiu").run("SetAccountRoles", set).await.ok();
        app.drain_jobs().await;
        let after = app.mails().split_off(mails.len());
        assert_eq!(
            after.len(),
            2,
            "the person, and the one administrator there"
        );
        let is_said = |mail: &Mail| mail.body.contains("head, reward_officer");
        assert!(after.iter().all(is_said), "{after:?}");
    })
    .await;
}

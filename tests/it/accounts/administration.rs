//! What administrators do with accounts: adding, moving, roles, the end of access; and who may not.

use liangxin_demo::fixtures::{PASSWORD, email_of, merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::program::{Program, said};
use serde_json::{Value, json};
use uuid::Uuid;

use super::passwords::{by_code, code_for};
use super::{credentials, refresh, sign_in};

/// A step on an account, with what else it says.
fn on(app: &TestApp, user: Uuid, more: Value) -> Value {
    let mut input = more;
    input["id"] = json!(app.new_id());
    input["userId"] = json!(user);
    json!({ "input": input })
}

fn of(app: &TestApp, key: &str, more: Value) -> Value {
    on(app, user_id(key).uuid(), more)
}

fn somebody(app: &TestApp) -> Value {
    json!({ "input": {
        "id": app.new_id(), "email": "new@tianxin.example", "nameZh": "新人", "nameEn": "Somebody New",
        "roles": ["INTAKE_OFFICER"], "at": { "division": "430103" }, "certificateNo": "XZ-430103-0999" } })
}

#[tokio::test]
async fn an_account_that_was_added_is_used_after_a_password_was_chosen_by_a_code() {
    on_both(async |app| {
        let new = somebody(&app);
        let qiu = app.as_("qiu");
        let added = qiu.run("AddAccount", new.clone()).await.ok();
        assert_eq!(added.text("addAccount.account.division"), "430103");
        qiu.run("AddAccount", new.clone()).await.ok();
        let mut sign_in = json!({ "input": {
            "email": "new@tianxin.example", "password": "!", "deviceName": "phone" } });
        let none = app.anonymous().run("SignIn", sign_in.clone()).await;
        assert_eq!(
            none.problems(),
            ["BAD_CREDENTIALS"],
            "there is no password yet"
        );
        let user = new["input"]["id"].as_str().unwrap().parse().unwrap();
        let made = qiu
            .run("MakePasswordCode", on(&app, user, json!({})))
            .await
            .ok();
        let code = made.text("makePasswordCode.code");
        let mut chosen = by_code(&app, "zhou", code, PASSWORD);
        chosen["input"]["email"] = json!("New@Tianxin.example");
        app.anonymous().run("UsePasswordCode", chosen).await.ok();
        sign_in["input"]["password"] = json!(PASSWORD);
        let signed_in = app.anonymous().run("SignIn", sign_in).await.ok();
        let phone = app.bearer(signed_in.text("signIn.session.accessToken"));
        let me = phone.run("Me", json!({})).await.ok();
        assert_eq!(me.data("me.person.roles"), &json!(["INTAKE_OFFICER"]));
        assert_eq!(me.text("me.person.certificateNo"), "XZ-430103-0999");
        phone.run("ReportQueue", json!({})).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_inspectors_of_a_division_are_found_among_more_people_than_a_list_shows() {
    on_both(async |app| {
        let qiu = app.as_("qiu");
        let before = app.as_("lin").run("ListInspectors", json!({})).await.ok();
        // New ids stand before those of the fixtures.
        for n in 0..210 {
            let mut one = somebody(&app);
            one["input"]["email"] = json!(format!("new{n}@tianxin.example"));
            qiu.run("AddAccount", one).await.ok();
        }
        let after = app.as_("lin").run("ListInspectors", json!({})).await.ok();
        assert_eq!(after.data("inspectors"), before.data("inspectors"));
        assert!(!after.data("inspectors").as_array().unwrap().is_empty());
    })
    .await;
}

#[tokio::test]
async fn an_account_that_makes_no_sense_is_refused_by_its_field() {
    on_both(async |app| {
        let taken = email_of("zhou").unwrap();
        for (field, value, code) in [
            ("email", json!(taken.as_str()), "EMAIL_TAKEN"),
            ("email", json!("nobody"), "FIELD_FORMAT"),
            ("nameZh", json!(" "), "FIELD_REQUIRED"),
            ("nameEn", json!("x".repeat(121)), "FIELD_TOO_LONG"),
            ("roles", json!([]), "FIELD_REQUIRED"),
            ("roles", json!(["HEAD", "MERCHANT"]), "ROLE_NOT_FITTING"),
            ("at", json!({ "division": "430104" }), "DIVISION_UNKNOWN"),
            ("at", json!({ "division": "x" }), "DIVISION_UNKNOWN"),
            (
                "at",
                json!({ "merchantId": app.new_id() }),
                "MERCHANT_UNKNOWN",
            ),
            (
                "at",
                json!({ "merchantId": merchant_id("tianxin-stall-17").uuid() }),
                "ROLE_NOT_FITTING",
            ),
            ("certificateNo", json!("x".repeat(65)), "FIELD_TOO_LONG"),
        ] {
            let mut new = somebody(&app);
            new["input"][field] = value.clone();
            let refused = app.as_("qiu").refused("AddAccount", new).await;
            assert_eq!(refused, [code], "{field} {value}");
        }
    })
    .await;
}

#[tokio::test]
async fn whoever_is_moved_or_gets_other_roles_sees_what_is_to_be_seen_from_there_at_once() {
    on_both(async |app| {
        let (lin, _) = sign_in(&app, "lin").await;
        let moved = of(&app, "lin", json!({ "to": { "division": "430100" } }));
        let reply = app.as_("qiu").run("MoveAccount", moved.clone()).await.ok();
        assert_eq!(reply.text("moveAccount.account.division"), "430100");
        let me = lin.run("Me", json!({})).await.ok();
        assert_eq!(me.text("me.division"), "430100");
        app.as_("qiu").run("MoveAccount", moved).await.ok();
        let roles = json!({ "roles": ["CASE_OFFICER", "INSPECTOR"] });
        let set = of(&app, "lin", roles);
        app.as_("qiu").run("SetAccountRoles", set).await.ok();
        let me = lin.run("Me", json!({})).await.ok();
        assert_eq!(
            me.data("me.person.roles"),
            &json!(["INSPECTOR", "CASE_OFFICER"])
        );
        let inspectors = lin.run("ListInspectors", json!({})).await;
        assert_eq!(inspectors.problems(), ["DENIED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_disabled_account_ends_at_once_and_an_enabled_one_signs_in_again() {
    on_both(async |app| {
        let (phone, token) = sign_in(&app, "zhou").await;
        let qiu = app.as_("qiu");
        let disabled = qiu
            .run("DisableAccount", of(&app, "zhou", json!({})))
            .await
            .ok();
        assert!(!disabled.data("disableAccount.account.disabledAt").is_null());
        assert_eq!(
            phone.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"]
        );
        assert_eq!(refresh(&app, &token).await.problems(), ["SESSION_EXPIRED"]);
        let refused = app
            .anonymous()
            .run("SignIn", credentials("zhou", PASSWORD))
            .await;
        assert_eq!(refused.problems(), ["BAD_CREDENTIALS"]);
        qiu.run("EnableAccount", of(&app, "zhou", json!({})))
            .await
            .ok();
        assert_eq!(
            phone.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"],
            "the old device"
        );
        sign_in(&app, "zhou").await;
    })
    .await;
}

#[tokio::test]
async fn a_step_that_changes_nothing_is_refused() {
    on_both(async |app| {
        let qiu = app.as_("qiu");
        for (operation, more) in [
            ("EnableAccount", json!({})),
            ("RemoveSecondFactor", json!({})),
            ("SetAccountRoles", json!({ "roles": ["INSPECTOR"] })),
            ("MoveAccount", json!({ "to": { "division": "430103" } })),
        ] {
            let refused = qiu.refused(operation, of(&app, "zhou", more)).await;
            assert_eq!(refused, ["WRONG_STATE"], "{operation}");
        }
        qiu.run("DisableAccount", of(&app, "zhou", json!({})))
            .await
            .ok();
        let refused = qiu
            .refused("DisableAccount", of(&app, "zhou", json!({})))
            .await;
        assert_eq!(refused, ["WRONG_STATE"]);
        let merchant = json!({ "to": { "merchantId": merchant_id("tianxin-stall-17").uuid() } });
        let refused = qiu.refused("MoveAccount", of(&app, "tang", merchant)).await;
        assert_eq!(refused, ["ROLE_NOT_FITTING"]);
        let roles = of(&app, "wu", json!({ "roles": ["HEAD"] }));
        assert_eq!(
            qiu.refused("SetAccountRoles", roles).await,
            ["ROLE_NOT_FITTING"]
        );
    })
    .await;
}

#[tokio::test]
async fn of_two_steps_at_once_on_an_account_neither_undoes_the_other() {
    on_both_connected(4, async |app| {
        let qiu = app.as_("qiu");
        qiu.run("Me", json!({})).await.ok();
        for key in ["zhou", "tang", "peng", "deng", "xiao"] {
            let roles = json!({ "roles": ["HEAD"] });
            let (disabled, set) = tokio::join!(
                qiu.run("DisableAccount", of(&app, key, json!({}))),
                qiu.run("SetAccountRoles", of(&app, key, roles)),
            );
            disabled.ok();
            set.ok();
            let email = json!({ "email": email_of(key).unwrap().as_str() });
            let found = qiu.run("ListAccounts", email).await.ok();
            let account = found.data("accounts.items.0");
            assert!(!account["disabledAt"].is_null(), "{key}");
            assert_eq!(account["person"]["roles"], json!(["HEAD"]), "{key}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_locks_nobody_out_of_the_own_account_nor_gives_oneself_a_role() {
    on_both(async |app| {
        for (operation, more) in [
            ("DisableAccount", json!({})),
            (
                "SetAccountRoles",
                json!({ "roles": ["ADMINISTRATOR", "HEAD"] }),
            ),
            ("MoveAccount", json!({ "to": { "division": "430100" } })),
            ("RemoveSecondFactor", json!({})),
        ] {
            let own = of(&app, "qiu", more);
            assert_eq!(
                app.as_("qiu").refused(operation, own).await,
                ["ACCOUNT_OWN"],
                "{operation}"
            );
        }
    })
    .await;
}

#[tokio::test]
async fn an_administrator_of_a_district_has_to_do_with_its_accounts_alone() {
    on_both(async |app| {
        app.grant("lin", "administrator").await;
        let lin = app.as_("lin");
        let elsewhere = lin
            .refused("DisableAccount", of(&app, "yi", json!({})))
            .await;
        assert_eq!(elsewhere, ["NOT_FOUND"]);
        let up = json!({ "to": { "division": "430100" } });
        assert_eq!(
            lin.refused("MoveAccount", of(&app, "zhou", up)).await,
            ["DENIED"]
        );
        let mut new = somebody(&app);
        new["input"]["at"] = json!({ "division": "430100" });
        assert_eq!(lin.refused("AddAccount", new).await, ["DENIED"]);
        let listed = lin.run("ListAccounts", json!({ "first": 100 })).await.ok();
        let listed = listed.data("accounts.items").as_array().unwrap().clone();
        let emails: Vec<_> = listed
            .iter()
            .map(|one| one["email"].as_str().unwrap())
            .collect();
        assert!(
            emails.contains(&"zhou@tianxin.example") && emails.contains(&"wu@merchants.example")
        );
        assert!(
            !emails.contains(&"yi@changsha.example")
                && !emails.contains(&"ouyang@merchants.example")
        );
        lin.run("DisableAccount", of(&app, "wu", json!({})))
            .await
            .ok();
        let head = app.as_("he").run("ListAccounts", json!({})).await;
        assert_eq!(head.problems(), ["DENIED"]);
    })
    .await;
}

#[tokio::test]
async fn the_list_of_accounts_is_read_page_by_page_and_by_name() {
    on_both(async |app| {
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = json!({ "first": 7, "after": after });
            let page = app.as_("qiu").run("ListAccounts", page).await.ok();
            let items = page.data("accounts.items").as_array().unwrap();
            seen.extend(
                items
                    .iter()
                    .map(|one| one["email"].as_str().unwrap().to_owned()),
            );
            after = page.data("accounts.endCursor").clone();
            if page.data("accounts.hasNextPage") == false {
                break;
            }
        }
        let all = count(&app.parts().db, "user", "1 = 1").await;
        assert_eq!(i64::try_from(seen.len()).unwrap(), all);
        // One that cannot be read takes no other with it.
        app.execute("UPDATE \"user\" SET email = 'x' WHERE email LIKE 'tang@%'")
            .await;
        let whole = app
            .as_("qiu")
            .run("ListAccounts", json!({ "first": 100 }))
            .await;
        let whole = whole.ok();
        let left = whole.data("accounts.items").as_array().unwrap().len();
        assert_eq!(left, seen.len() - 1);
        let named = json!({ "email": "WU@merchants.example" });
        let found = app.as_("qiu").run("ListAccounts", named).await.ok();
        assert_eq!(
            found.text("accounts.items.0.merchant.name"),
            "Wu's Fresh Pork"
        );
        assert_eq!(found.data("accounts.items").as_array().unwrap().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn every_step_on_an_account_is_told_with_who_took_it() {
    on_both(async |app| {
        let qiu = app.as_("qiu");
        qiu.run("AddAccount", somebody(&app)).await.ok();
        for (operation, more) in [
            ("MoveAccount", json!({ "to": { "division": "430100" } })),
            ("SetAccountRoles", json!({ "roles": ["HEAD"] })),
            ("DisableAccount", json!({})),
            ("EnableAccount", json!({})),
        ] {
            qiu.run(operation, of(&app, "zhou", more)).await.ok();
        }
        code_for(&app, "zhou").await;
        for kind in [
            "account_added",
            "account_moved",
            "account_roles_set",
            "account_disabled",
            "account_enabled",
            "password_code_made",
        ] {
            let told = format!("kind = '{kind}' AND actor_user IS NOT NULL");
            assert_eq!(count(&app.parts().db, "event", &told).await, 1, "{kind}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_administrator_who_is_locked_out_is_let_in_from_the_machine() {
    let directory = tempfile::tempdir().unwrap();
    let data = directory.path().join("data");
    let place = data.to_str().unwrap();
    drop(Program::serve(&data, &[]).await);
    let unlock = |email: &str, more: &[&str]| {
        let arguments = ["accounts", "unlock", email, "--data", place];
        said(&[&arguments[..], more].concat())
    };
    let (succeeds, told) = unlock("qiu@hunan.example", &[]);
    assert!(succeeds, "{told}");
    let code = told.lines().next().unwrap();
    let program = Program::serve(&data, &[]).await;
    let chosen = json!({ "query": liangxin_tests::contract::operation("UsePasswordCode"), "variables": { "input": {
        "id": "01890000-0000-7000-8000-000000000001", "email": "qiu@hunan.example", "code": code,
        "password": "a new and better one" } } });
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    let sent = client
        .post(format!("{}/graphql", program.url))
        .json(&chosen)
        .send();
    let answer: Value = sent.await.unwrap().json().await.unwrap();
    assert_eq!(answer["data"]["usePasswordCode"]["isSet"], true, "{answer}");
    drop(program);
    let (succeeds, _) = unlock("lin@tianxin.example", &["--administrator"]);
    assert!(succeeds);
    let (succeeds, listed) = said(&["accounts", "list", "--data", place]);
    let lin = listed.lines().find(|line| line.contains("lin@")).unwrap();
    assert!(succeeds && lin.contains("administrator"), "{listed}");
    let (succeeds, told) = unlock("nobody@tianxin.example", &[]);
    assert!(!succeeds && told.contains("Not found"), "{told}");
}

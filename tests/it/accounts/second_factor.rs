//! A second factor: set up, asked for, never the same code twice, lost and found; and demanded of those in charge.

use chrono::TimeDelta;
use futures_util::future::join_all;
use liangxin_app::ports::totp;
use liangxin_demo::fixtures::{PASSWORD, user_id};
use liangxin_domain::accounts::second_factor::{DIGITS, Demand, STEP_SECONDS};
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::contract::operation;
use liangxin_tests::server::Server;
use liangxin_tests::session::{Reply, Session};
use serde_json::{Value, json};

use super::{credentials, refresh, sign_in};

/// What a phone with an authenticator app keeps.
pub(super) struct Phone {
    app: TestApp,
    secret: Vec<u8>,
}

impl Phone {
    /// Reads the secret as it is typed.
    fn scan(app: &TestApp, secret: &str) -> Self {
        const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        let value = |letter| LETTERS.find(letter).unwrap();
        let bits = secret
            .chars()
            .flat_map(|letter| (0..5).rev().map(move |at| value(letter) >> at & 1));
        let bits: Vec<_> = bits.collect();
        let byte = |bits: &[usize]| bits.iter().fold(0, |byte, bit| byte << 1 | bit);
        let bytes = bits.chunks_exact(8).map(byte);
        Self {
            app: app.clone(),
            secret: bytes.map(|byte| u8::try_from(byte).unwrap()).collect(),
        }
    }

    /// The code that it shows so many steps from now.
    fn code(&self, steps: i64) -> String {
        let step = self.app.now().timestamp() / STEP_SECONDS + steps;
        totp::code(&self.secret, step, DIGITS)
    }

    /// The code that it shows after half a minute.
    fn next(&self) -> String {
        self.app.advance(TimeDelta::seconds(STEP_SECONDS));
        self.code(0)
    }
}

fn shown(app: &TestApp, code: &str) -> Value {
    json!({ "input": { "id": app.new_id(), "code": code } })
}

async fn begin(app: &TestApp, session: &Session) -> Phone {
    let begun = session
        .run("BeginSecondFactor", json!({ "password": PASSWORD }))
        .await
        .ok();
    Phone::scan(app, begun.text("beginSecondFactor.secret"))
}

/// Sets one up: the phone and the recovery codes.
pub(super) async fn set_up(app: &TestApp, session: &Session) -> (Phone, Vec<String>) {
    let phone = begin(app, session).await;
    let confirm = shown(app, &phone.code(0));
    let confirmed = session.run("ConfirmSecondFactor", confirm).await.ok();
    let codes = confirmed.data("confirmSecondFactor.recoveryCodes");
    let codes = codes.as_array().unwrap().iter();
    let codes = codes.map(|code| code.as_str().unwrap().to_owned());
    (phone, codes.collect())
}

async fn enter(app: &TestApp, key: &str, code: Option<&str>) -> Reply {
    let mut variables = credentials(key, PASSWORD);
    variables["input"]["secondFactor"] = json!(code);
    app.anonymous().run("SignIn", variables).await
}

#[tokio::test]
async fn whoever_set_up_a_second_factor_signs_in_with_its_code() {
    on_both(async |app| {
        let (zhou, _) = sign_in(&app, "zhou").await;
        let (tablet, token) = sign_in(&app, "zhou").await;
        let phone = begin(&app, &zhou).await;
        // It is not asked for before the phone showed that it works.
        enter(&app, "zhou", None).await.ok();
        let confirm = shown(&app, &phone.code(0));
        let confirmed = zhou.run("ConfirmSecondFactor", confirm.clone()).await.ok();
        let again = zhou.run("ConfirmSecondFactor", confirm).await.ok();
        assert_eq!(confirmed.body(), again.body(), "the answer was lost");
        assert_eq!(
            tablet.run("Me", json!({})).await.problems(),
            ["SESSION_EXPIRED"]
        );
        assert_eq!(refresh(&app, &token).await.problems(), ["SESSION_EXPIRED"]);
        let me = zhou.run("Me", json!({})).await.ok();
        assert!(!me.data("me.secondFactorAt").is_null());
        let without = enter(&app, "zhou", None).await;
        assert_eq!(without.problems(), ["SECOND_FACTOR_REQUIRED"]);
        assert_eq!(without.field().as_deref(), Some("secondFactor"));
        enter(&app, "zhou", Some(&phone.next())).await.ok();
        let zhou_knows_it = count(&app.parts().db, "throttle", "failures > 0").await;
        assert_eq!(zhou_knows_it, 0, "a code that was not shown is no guess");
    })
    .await;
}

#[tokio::test]
async fn a_code_works_one_step_early_and_one_late_and_never_twice() {
    on_both(async |app| {
        let (phone, _) = set_up(&app, &app.as_("zhou")).await;
        let used = phone.code(0);
        let twice = enter(&app, "zhou", Some(&used)).await;
        assert_eq!(twice.problems(), ["SECOND_FACTOR_WRONG"], "it confirmed");
        let early = phone.code(1);
        enter(&app, "zhou", Some(&early)).await.ok();
        let twice = enter(&app, "zhou", Some(&early)).await;
        assert_eq!(twice.problems(), ["SECOND_FACTOR_WRONG"]);
        app.advance(TimeDelta::seconds(10 * STEP_SECONDS));
        for too_far in [-2, 2] {
            let wrong = enter(&app, "zhou", Some(&phone.code(too_far))).await;
            assert_eq!(wrong.problems(), ["SECOND_FACTOR_WRONG"], "{too_far}");
        }
        enter(&app, "zhou", Some(&phone.code(-1))).await.ok();
        enter(&app, "zhou", Some(&phone.code(0))).await.ok();
    })
    .await;
}

#[tokio::test]
async fn of_many_who_show_the_same_code_at_once_one_gets_in() {
    on_both_connected(8, async |app| {
        let (phone, recovery) = set_up(&app, &app.as_("zhou")).await;
        for code in [phone.next(), recovery[0].clone()] {
            let tries = (0..5).map(|_| enter(&app, "zhou", Some(&code)));
            let told = join_all(tries).await;
            let entered = told.iter().filter(|reply| reply.problems().is_empty());
            assert_eq!(entered.count(), 1, "{told:?}");
            app.advance(TimeDelta::hours(2));
        }
    })
    .await;
}

#[tokio::test]
async fn guesses_at_a_code_meet_the_brake_of_the_account() {
    on_both(async |app| {
        let (phone, _) = set_up(&app, &app.as_("zhou")).await;
        for guess in ["000000", "aaaa-aaaa-aaaa-aaaa", "", "12345", "hello"] {
            let wrong = enter(&app, "zhou", Some(guess)).await;
            assert_eq!(wrong.problems(), ["SECOND_FACTOR_WRONG"], "{guess}");
        }
        let right = enter(&app, "zhou", Some(&phone.code(1))).await;
        assert_eq!(right.problems(), ["TOO_MANY_ATTEMPTS"]);
        enter(&app, "zhou", Some(&phone.next())).await.ok();
        // A wrong password says nothing of the code.
        let mut wrong = credentials("zhou", "not-the-password");
        wrong["input"]["secondFactor"] = json!(phone.next());
        let reply = app.anonymous().run("SignIn", wrong).await;
        assert_eq!(reply.problems(), ["BAD_CREDENTIALS"]);
    })
    .await;
}

#[tokio::test]
async fn a_recovery_code_takes_the_place_of_the_phone_once() {
    on_both(async |app| {
        let (phone, codes) = set_up(&app, &app.as_("zhou")).await;
        assert_eq!(codes.len(), 10);
        enter(&app, "zhou", Some(&codes[3].to_uppercase()))
            .await
            .ok();
        let twice = enter(&app, "zhou", Some(&codes[3])).await;
        assert_eq!(twice.problems(), ["SECOND_FACTOR_WRONG"]);
        let renew = shown(&app, &phone.next());
        let renewed = app
            .as_("zhou")
            .run("RenewRecoveryCodes", renew.clone())
            .await
            .ok();
        let again = app.as_("zhou").run("RenewRecoveryCodes", renew).await.ok();
        assert_eq!(renewed.body(), again.body());
        let old = enter(&app, "zhou", Some(&codes[4])).await;
        assert_eq!(old.problems(), ["SECOND_FACTOR_WRONG"]);
        let new = renewed.text("renewRecoveryCodes.recoveryCodes.0");
        enter(&app, "zhou", Some(new)).await.ok();
        let census = app.census().await;
        for secret in [new, &codes[0], &totp::base_32(&phone.secret)] {
            let plain = secret.replace('-', "");
            assert_eq!(census.tables_with(&plain), Vec::<&str>::new());
        }
        let told = count(&app.parts().db, "event", "kind = 'recovery_code_used'").await;
        assert_eq!(told, 2);
    })
    .await;
}

#[tokio::test]
async fn whoever_has_a_code_does_without_again_and_begins_anew() {
    on_both(async |app| {
        let zhou = app.as_("zhou");
        let (phone, codes) = set_up(&app, &zhou).await;
        let begun = zhou
            .refused("BeginSecondFactor", json!({ "password": PASSWORD }))
            .await;
        assert_eq!(begun, ["WRONG_STATE"]);
        let wrong = zhou.run("EndSecondFactor", shown(&app, "000000")).await;
        assert_eq!(wrong.problems(), ["SECOND_FACTOR_WRONG"]);
        let end = shown(&app, &codes[0]);
        let ended = zhou.run("EndSecondFactor", end.clone()).await.ok();
        assert!(ended.data("endSecondFactor.me.secondFactorAt").is_null());
        zhou.run("EndSecondFactor", end).await.ok();
        enter(&app, "zhou", None).await.ok();
        let (other, _) = set_up(&app, &zhou).await;
        let old = enter(&app, "zhou", Some(&phone.next())).await;
        assert_eq!(old.problems(), ["SECOND_FACTOR_WRONG"]);
        enter(&app, "zhou", Some(&other.code(0))).await.ok();
        for (operation, who) in [
            ("EndSecondFactor", "tang"),
            ("RenewRecoveryCodes", "tang"),
            ("ConfirmSecondFactor", "tang"),
        ] {
            let refused = app.as_(who).refused(operation, shown(&app, "000000")).await;
            assert_eq!(refused, ["WRONG_STATE"], "{operation}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_stolen_session_sets_up_nothing_and_what_nobody_confirmed_is_shown_for_an_hour() {
    on_both(async |app| {
        let zhou = app.as_("zhou");
        let wrong = zhou
            .run(
                "BeginSecondFactor",
                json!({ "password": "not-the-password" }),
            )
            .await;
        assert_eq!(wrong.problems(), ["PASSWORD_WRONG"]);
        let first = begin(&app, &zhou).await;
        let again = begin(&app, &zhou).await;
        assert_eq!(first.secret, again.secret, "the answer was lost");
        let wrong = zhou
            .run("ConfirmSecondFactor", shown(&app, &first.code(5)))
            .await;
        assert_eq!(wrong.problems(), ["SECOND_FACTOR_WRONG"]);
        app.advance(TimeDelta::hours(1));
        assert_ne!(begin(&app, &zhou).await.secret, first.secret);
        assert_ne!(begin(&app, &app.as_("tang")).await.secret, first.secret);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_forgets_what_somebody_lost() {
    on_both(async |app| {
        set_up(&app, &app.as_("zhou")).await;
        let lost = json!({ "input": { "id": app.new_id(), "userId": user_id("zhou").uuid() } });
        app.as_("qiu").run("RemoveSecondFactor", lost).await.ok();
        enter(&app, "zhou", None).await.ok();
        for table in ["second_factor", "recovery_code"] {
            assert_eq!(count(&app.parts().db, table, "1 = 1").await, 0, "{table}");
        }
    })
    .await;
}

#[tokio::test]
async fn those_in_charge_set_up_a_second_factor_and_do_nothing_else_before() {
    on_both(async |app| {
        let app = app.with(|parts| parts.demand = Demand::Required);
        sign_in(&app, "zhou")
            .await
            .0
            .run("ReportQueue", json!({}))
            .await
            .ok();
        for key in ["he", "luo"] {
            let (session, token) = sign_in(&app, key).await;
            let queue = session.refused("ReportQueue", json!({})).await;
            assert_eq!(queue, ["SECOND_FACTOR_MISSING"], "{key}");
            let me = session.run("Me", json!({})).await.ok();
            assert_eq!(me.data("me.mustSetUpSecondFactor"), true);
            session.run("MyDevices", json!({})).await.ok();
            set_up(&app, &session).await;
            session.run("ReportQueue", json!({})).await.ok();
            let me = session.run("Me", json!({})).await.ok();
            assert_eq!(me.data("me.mustSetUpSecondFactor"), false);
            refresh(&app, &token).await.ok();
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_that_has_to_set_up_a_second_factor_gets_no_photo_and_no_paper() {
    on_both(async |app| {
        let app = app.with(|parts| parts.demand = Demand::Required);
        let reply = enter(&app, "he", None).await.ok();
        let token = reply.text("signIn.session.accessToken");
        let server = Server::start(&app, Mode::Production).await;
        let id = app.new_id();
        let photo = server
            .get(&format!("/photos/{id}"))
            .bearer_auth(token)
            .send();
        let photo = photo.await.unwrap();
        assert_eq!(photo.status(), 403);
        let told: Value = photo.json().await.unwrap();
        assert_eq!(told["code"], "SECOND_FACTOR_MISSING");
        let paper = server
            .get(&format!("/notices/of/report/{id}"))
            .bearer_auth(token)
            .send();
        assert!(paper.await.unwrap().status().is_client_error());
        let queue = server.graphql(&operation("ReportQueue"), &json!({}));
        let answer = queue.bearer_auth(token).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let told: Value = answer.json().await.unwrap();
        let error = &told["errors"][0]["extensions"];
        assert_eq!(
            (&error["code"], &error["class"]),
            (&json!("SECOND_FACTOR_MISSING"), &json!("SIGN_IN"))
        );
    })
    .await;
}

//! The rows that open doors: who verifies reads them all, and what works no longer goes.

use chrono::TimeDelta;
use liangxin_app::jobs;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;

use super::passwords::code_for;
use super::second_factor::set_up;
use super::{credentials, sign_in};
use crate::damage::check;

/// A person with a device, its token, a second factor and recovery codes; another with a code for a new password;
/// and somebody's wrong guess.
async fn doors(app: &TestApp) {
    let (zhou, _) = sign_in(app, "zhou").await;
    set_up(app, &zhou).await;
    code_for(app, "tang").await;
    let wrong = credentials("lin", "not-the-password");
    let refused = app.anonymous().run("SignIn", wrong).await;
    assert_eq!(refused.problems(), ["BAD_CREDENTIALS"]);
}

#[tokio::test]
async fn every_row_that_opens_a_door_is_read_by_who_verifies_and_named_if_it_cannot_be() {
    on_both(async |app| {
        doors(&app).await;
        app.drain_jobs().await;
        assert_eq!(check(&app).await.1, []);
        let nothing = match app.parts().db.is_postgres() {
            true => r"secret_sealed = '\x00'",
            false => "secret_sealed = X'00'",
        };
        let first =
            |key, table| format!("{key} = '?' WHERE {key} = (SELECT min({key}) FROM {table})");
        for (table, column, damage) in [
            ("throttle", "failures", "failures = -1".to_owned()),
            ("password_code", "code_hash", "code_hash = '?'".to_owned()),
            ("second_factor", "secret_sealed", nothing.to_owned()),
            (
                "recovery_code",
                "code_hash",
                first("code_hash", "recovery_code"),
            ),
            (
                "refresh_token",
                "token_hash",
                first("token_hash", "refresh_token"),
            ),
            (
                "user_role",
                "role",
                "role = '?' WHERE role = 'administrator'".to_owned(),
            ),
        ] {
            app.execute(&format!("UPDATE {table} SET {damage}")).await;
            let (_, damaged) = check(&app).await;
            let mut found = damaged.iter().filter(|row| row.table == table).peekable();
            assert!(found.peek().is_some(), "{table}: {damaged:?}");
            assert!(found.all(|row| row.why.contains(column)), "{damaged:?}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_code_for_a_new_password_goes_when_it_works_no_longer() {
    on_both(async |app| {
        code_for(&app, "tang").await;
        let codes = async || count(&app.parts().db, "password_code", "1 = 1").await;
        jobs::run_due(app.parts()).await;
        assert_eq!(codes().await, 1, "it still works");
        app.advance(TimeDelta::days(30));
        jobs::run_due(app.parts()).await;
        assert_eq!(codes().await, 0);
        app.drain_jobs().await;
    })
    .await;
}

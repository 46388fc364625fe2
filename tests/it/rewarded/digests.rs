//! What the digest of a write tells of its payee: nothing, even to whoever has the database and the server's key.

use liangxin_app::store::day_keys;
use liangxin_domain::id::CommandId;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_domain::rewards::command::RewardCommand;
use liangxin_domain::rewards::payout::Payee;
use liangxin_domain::text::{Line, Narrative};
use liangxin_tests::app::on_both;
use liangxin_tests::census::column;
use uuid::Uuid;

use super::*;

const NOTE: &str = "已核对本人身份证件。";

/// The right guess.
fn guessed() -> Vec<Payee> {
    let line = |text| Line::parse(text, "payee").unwrap();
    vec![Payee {
        account_name: line("陈晚晴"),
        bank: line("湘江银行天心支行"),
        account_number: ACCOUNT.to_owned(),
    }]
}

/// Whether the digest that the server's key makes of a guess stands beside a write.
async fn is_confirmed(app: &TestApp, subject: Uuid, guess: &RewardCommand) -> bool {
    let id = CommandId::new(app.new_id());
    let named = app.parts().named(id, subject, guess).unwrap();
    let of_it = format!("operation = '{}'", named.operation);
    let kept = column::<String>(&app.parts().db, "command", "digest", &of_it).await;
    assert_eq!(kept.len(), 1, "{}", named.operation);
    kept.contains(&named.digest.to_string())
}

#[tokio::test]
async fn the_write_of_a_claim_confirms_no_guess_at_its_payee() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        let guess = RewardCommand::ClaimReward { payees: guessed() };
        assert!(!is_confirmed(&app, on.flow.report(), &guess).await);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_write_of_a_claim_in_person_confirms_none_once_the_key_of_its_day_is_thrown_away() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, None).await;
        on.told(eligible(), grade(2)).await;
        let counter = on.input(json!({ "note": NOTE, "payees": [payee()] }));
        let luo = app.as_("luo");
        for _ in 0..2 {
            luo.run("RecordClaim", counter.clone()).await.ok();
        }
        let guess = RewardCommand::RecordClaim {
            note: Narrative::parse(NOTE, "note").unwrap(),
            payees: guessed(),
        };
        let reward = serde_json::from_value(on.reward()).unwrap();
        assert!(!is_confirmed(&app, reward, &guess).await);
        // The key is thrown away with the day, and with it goes what tells the same write from another one.
        let db = &app.parts().db;
        let today = shanghai_date(app.now());
        assert!(day_keys::find(db, today).await.unwrap().is_some());
        app.advance(TimeDelta::days(1));
        let tomorrow = shanghai_date(app.now());
        day_keys::forget_before(db, tomorrow).await.unwrap();
        assert_eq!(day_keys::find(db, today).await.unwrap(), None);
        assert_eq!(luo.refused("RecordClaim", counter).await, ["ID_REUSED"]);
        app.drain_jobs().await;
    })
    .await;
}

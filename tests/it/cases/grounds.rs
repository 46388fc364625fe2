//! What time bars, and what is spared for being slight or the first time.

use chrono::{Days, Months, NaiveDate, TimeDelta};
use liangxin_app::{caller::Caller, usecase::notices::read};
use liangxin_domain::{
    id::NoticeId,
    notices::{field::OpenField, said::Said},
};
use liangxin_tests::app::{TestApp, on_both};
use serde_json::{Value, json};
use uuid::Uuid;

use super::matter::Matter;

fn today(app: &TestApp) -> NaiveDate {
    (app.now() + TimeDelta::hours(8)).date_naive()
}

/// A case on something of another day that the bureau found today.
async fn of(app: &TestApp, conduct_on: NaiveDate) -> Matter {
    let told = json!({ "conductOn": conduct_on });
    Matter::found(app, "OWN_DISCOVERY", told).await
}

fn charged(name: &str, value: Value) -> Value {
    let mut penalty = Matter::penalty("M-QTY-01", 5000);
    penalty["charges"][0][name] = value;
    penalty
}

fn spared(ground: &str, corrected_on: Option<NaiveDate>) -> Value {
    json!({ "ground": ground, "reason": "情节轻微，已当场改正。", "correctedOn": corrected_on })
}

#[tokio::test]
async fn what_nobody_found_in_two_years_is_punished_only_if_it_went_on_or_did_harm() {
    on_both(async |app| {
        let on = today(&app);
        let two_years_ago = on - Months::new(24);
        let late = of(&app, two_years_ago - Days::new(1)).await;
        let plain = Matter::penalty("M-QTY-01", 5000);
        let refused = late.refused("deng", "ProposePenalty", plain.clone()).await;
        assert_eq!(refused, ["TIME_BARRED"]);
        for until in [two_years_ago - Days::new(2), on + Days::new(1)] {
            let penalty = charged("lastedUntil", json!(until));
            let refused = late.refused("deng", "ProposePenalty", penalty).await;
            let code = if until > on {
                "TIME_IN_FUTURE"
            } else {
                "TIME_TOO_OLD"
            };
            assert_eq!(refused, [code]);
        }
        let harm = charged("harm", json!("造成多名群众财产损失，危害金融安全。"));
        late.step("deng", "ProposePenalty", harm).await;
        let lasted = charged("lastedUntil", json!(on));
        let proposed = late.step("deng", "ProposePenalty", lasted).await;
        let charge = "proposePenalty.case.rounds.1.penalty.charges.0";
        assert_eq!(
            proposed.text(&format!("{charge}.lastedUntil")),
            on.to_string()
        );
        late.step("deng", "ProposeNoPenalty", spared("TIME_BARRED", None))
            .await;

        let in_time = of(&app, two_years_ago).await;
        let refused = in_time
            .refused("deng", "ProposeNoPenalty", spared("TIME_BARRED", None))
            .await;
        assert_eq!(refused, ["NOT_TIME_BARRED"]);
        in_time.step("deng", "ProposePenalty", plain).await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_first_offence_is_the_first_one_of_the_register_and_was_put_right() {
    on_both(async |app| {
        let on = today(&app);
        let first = of(&app, on - Days::new(3)).await;
        let later = of(&app, on).await;
        let spare = |day| spared("FIRST_OFFENCE", day);
        for (day, code) in [
            (None, "FIELD_REQUIRED"),
            (Some(on + Days::new(1)), "TIME_IN_FUTURE"),
            (Some(on - Days::new(4)), "TIME_TOO_OLD"),
        ] {
            let refused = first.refused("deng", "ProposeNoPenalty", spare(day)).await;
            assert_eq!(refused, [code], "{day:?}");
        }
        let proposed = first
            .step("deng", "ProposeNoPenalty", spare(Some(on)))
            .await;
        let seen = "proposeNoPenalty.case.rounds.0.correctedOn";
        assert_eq!(proposed.text(seen), on.to_string());
        // As long as the first one is not decided the later one has none before it.
        later
            .step("deng", "ProposeNoPenalty", spare(Some(on)))
            .await;
        for matter in [&first, &later] {
            matter.audited("CASE").await;
        }
        let closing = json!({ "reason": "初次违法，不予处罚。" });
        first.step("he", "CloseCase", closing.clone()).await;
        let said = no_penalty(&first).await;
        let looked = on.format("%Y年%-m月%-d日").to_string();
        assert!(said.contains(&looked), "{said}");
        let refused = later.refused("he", "CloseCase", closing.clone()).await;
        assert_eq!(refused, ["OFFENCE_NOT_FIRST"]);
        let refused = later
            .refused("deng", "ProposeNoPenalty", spare(Some(on)))
            .await;
        assert_eq!(refused, ["OFFENCE_NOT_FIRST"]);
        let slight = spared("SLIGHT", Some(on));
        later.step("deng", "ProposeNoPenalty", slight).await;
        later.audited("CASE").await;
        later.step("he", "CloseCase", closing).await;
        // What happened before both has none before it.
        let before = of(&app, on - Days::new(9)).await;
        before
            .step("deng", "ProposeNoPenalty", spare(Some(on)))
            .await;
        app.leave_jobs();
    })
    .await;
}

/// The reason on the paper that says that there is no penalty.
async fn no_penalty(matter: &Matter) -> String {
    let of = json!({ "subjectKind": "CASE", "subjectId": matter.case });
    let listed = matter.app.as_("deng").run("ListNotices", of).await.ok();
    let papers = listed.data("notices").as_array().unwrap().clone();
    let told = papers
        .iter()
        .find(|it| it["paper"] == "no_penalty_decision" && it["recipient"] == "RESPONDENT");
    let id: Uuid = told.unwrap()["id"].as_str().unwrap().parse().unwrap();
    let open = read(matter.app.parts(), &Caller::system(), NoticeId::new(id))
        .await
        .unwrap();
    match open.written.get(OpenField::Reason.into()) {
        Some(Said::Words(words)) => words.to_string(),
        other => panic!("{other:?}"),
    }
}

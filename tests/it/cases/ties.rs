//! When a tie to a merchant is over: who says so, who hears of it, what stays barred, and who is free again.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use liangxin_demo::fixtures::{email_of, merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::script::occurred;
use liangxin_tests::statements::Asked;
use serde_json::{Value, json};
use uuid::Uuid;

use super::matter::Matter;

const REASON: &str = "股份已经转让给他人。";

fn id(who: &str) -> Uuid {
    user_id(who).uuid()
}

/// The day in China.
fn day(at: DateTime<Utc>) -> NaiveDate {
    (at + TimeDelta::hours(8)).date_naive()
}

/// Says that stall 17 is of interest; answers under which id.
async fn declares(app: &TestApp, who: &str) -> Value {
    let said = json!({ "input": {
        "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
        "kind": "PROPERTY", "words": "本人在该摊位有股份。",
    } });
    let said = app.as_(who).run("DeclareInterest", said).await.ok();
    let all = said.data("declareInterest.me.interests").as_array();
    all.unwrap().last().unwrap()["id"].clone()
}

fn end(app: &TestApp, interest: &Value, on: NaiveDate) -> Value {
    json!({ "input": { "id": app.new_id(), "interestId": interest, "endedOn": on, "reason": REASON } })
}

/// On a round with words of its own: for the same reason nobody is sent twice.
fn sent(app: &TestApp, about: &str, officers: [&str; 2]) -> Value {
    json!({ "input": {
        "id": app.new_id(), "origin": { "patrol": about },
        "merchantId": merchant_id("tianxin-stall-17").uuid(), "inspectorIds": officers.map(id),
    } })
}

fn arrives(app: &TestApp, visit: &Value) -> Value {
    json!({ "input": {
        "id": app.new_id(), "visitId": visit["input"]["id"], "occurred": occurred(app.now()),
        "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 },
        "party": "TOLD",
    } })
}

fn filing(app: &TestApp, conduct_on: NaiveDate) -> Value {
    json!({ "input": {
        "id": app.new_id(), "basis": "OWN_DISCOVERY", "facts": "短缺150克。",
        "merchantId": merchant_id("tianxin-stall-17").uuid(), "conductOn": conduct_on,
        "investigatorIds": [id("zhou"), id("tang")],
    } })
}

#[tokio::test]
async fn a_tie_is_ended_once_by_whoever_declared_it_and_stays_with_its_end() {
    on_both(async |app| {
        let said = declares(&app, "zhou").await;
        app.advance(TimeDelta::days(3));
        let today = day(app.now());
        let (early, late) = (today - Days::new(4), today + Days::new(1));
        let mut bare = end(&app, &said, today);
        bare["input"]["reason"] = json!("无");
        for (who, input, code) in [
            ("tang", end(&app, &said, today), "NOT_FOUND"),
            ("he", end(&app, &said, today), "NOT_FOUND"),
            ("zhou", end(&app, &json!(app.new_id()), today), "NOT_FOUND"),
            ("zhou", end(&app, &said, early), "TIME_TOO_OLD"),
            ("zhou", end(&app, &said, late), "TIME_IN_FUTURE"),
            ("zhou", bare, "FIELD_TOO_SHORT"),
            ("wu", end(&app, &said, today), "DENIED"),
        ] {
            assert_eq!(app.as_(who).refused("EndInterest", input).await, [code]);
        }
        let zhou = app.as_("zhou");
        let ends = end(&app, &said, today - Days::new(1));
        let ended = zhou.run("EndInterest", ends.clone()).await.ok();
        let shown = ended.data("endInterest.me.interests.0").clone();
        assert_eq!(shown["id"], said);
        assert_eq!(shown["words"], "本人在该摊位有股份。");
        assert_eq!(shown["endedOn"], json!(today - Days::new(1)));
        assert_eq!(shown["endReason"], REASON);
        app.drain_jobs().await;
        // Sent again it is the same write; said again it is over already.
        let before = app.census().await;
        zhou.run("EndInterest", ends).await.ok();
        let changed = app.census().await;
        assert_eq!(changed.changed_since(&before), Vec::<&str>::new());
        let twice = zhou.refused("EndInterest", end(&app, &said, today)).await;
        assert_eq!(twice, ["INTEREST_OVER"]);
        let own = zhou.run("MyInterests", json!({})).await.ok();
        assert_eq!(own.data("me.interests.0"), &shown);
    })
    .await;
}

#[tokio::test]
async fn from_the_day_after_one_is_free_for_what_comes_and_what_began_stays_barred() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        let (lin, zhou, he) = (app.as_("lin"), app.as_("zhou"), app.as_("he"));
        let visit = sent(&app, "书院坪农贸市场早市巡查", ["zhou", "peng"]);
        lin.run("DispatchInspection", visit.clone()).await.ok();
        let said = declares(&app, "zhou").await;
        app.advance(TimeDelta::days(2));
        // A day of before frees nobody: it would be his word alone.
        let before = day(app.now()) - Days::new(2);
        zhou.run("EndInterest", end(&app, &said, before)).await.ok();
        let again = sent(&app, "书院坪农贸市场晚市巡查", ["zhou", "peng"]);
        let refused = lin.refused("DispatchInspection", again).await;
        assert_eq!(refused, ["RECUSED"], "on the day itself");
        app.advance(TimeDelta::days(1));
        let today = day(app.now());
        let again = sent(&app, "书院坪农贸市场晚市巡查", ["zhou", "peng"]);
        lin.run("DispatchInspection", again.clone()).await.ok();
        zhou.run("CheckIn", arrives(&app, &again)).await.ok();
        he.run("FileCase", filing(&app, today)).await.ok();
        let older = filing(&app, today - Days::new(1));
        assert_eq!(he.refused("FileCase", older).await, ["RECUSED"]);
        let arrives = arrives(&app, &visit);
        assert_eq!(zhou.refused("CheckIn", arrives).await, ["RECUSED"]);
        let proposed = Matter::penalty("M-VER-01", 800);
        let refused = matter.refused("zhou", "ProposePenalty", proposed).await;
        assert_eq!(refused, ["RECUSED"]);
        let seen = json!({ "id": matter.case });
        let seen = he.run("CaseRecusals", seen).await.ok();
        assert_eq!(seen.text("case.steppedBack.0.id"), id("zhou").to_string());
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_heads_are_told_that_a_tie_is_over_and_see_what_was_said() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        app.drain_jobs().await;
        app.grant("tang", "head").await;
        for (who, told) in [("zhou", vec!["he", "tang"]), ("tang", vec!["he"])] {
            let said = declares(&app, who).await;
            let known = app.mails().len();
            let ends = end(&app, &said, day(app.now()));
            app.as_(who).run("EndInterest", ends).await.ok();
            app.drain_jobs().await;
            let mails = app.mails().split_off(known);
            let mut to: Vec<_> = mails
                .iter()
                .map(|mail| mail.to.as_str().to_owned())
                .collect();
            to.sort();
            let mut heads: Vec<_> = told.iter().map(|key| email_of(key).unwrap()).collect();
            heads.sort_by(|one, other| one.as_str().cmp(other.as_str()));
            let heads: Vec<_> = heads
                .iter()
                .map(|email| email.as_str().to_owned())
                .collect();
            assert_eq!(to, heads, "{who} is not told of himself");
            let words = &mails[0].body;
            assert!(words.contains(&day(app.now()).to_string()), "{words}");
            assert!(!words.contains("股份"), "{words}");
        }
        let seen = json!({ "id": matter.case });
        let head = app.as_("he").run("CaseRecusals", seen.clone()).await.ok();
        assert_eq!(
            head.text("case.interests.0.officer.id"),
            id("zhou").to_string()
        );
        assert_eq!(head.text("case.interests.0.endReason"), REASON);
        let other = app.as_("deng").run("CaseRecusals", seen).await.ok();
        assert_eq!(other.data("case.interests"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn a_head_sees_what_officers_of_the_office_and_below_said_and_nobody_elses() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        for who in ["zhou", "gong"] {
            declares(&app, who).await;
        }
        for (head, told) in [("he", vec!["zhou"]), ("liao", vec!["zhou", "gong"])] {
            let seen = json!({ "id": matter.case });
            let seen = app.as_(head).run("CaseRecusals", seen).await.ok();
            let said = seen.data("case.interests").as_array().unwrap();
            let by: Vec<_> = said
                .iter()
                .map(|one| one["officer"]["id"].clone())
                .collect();
            let told: Vec<_> = told.iter().map(|key| json!(id(key))).collect();
            assert_eq!(by, told, "{head}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn who_stepped_back_is_asked_once_for_a_whole_list() {
    on_both(async |app| {
        const LIST: &str =
            "{ cases(first: 20) { items { id steppedBack { id } interests { id } } } }";
        declares(&app, "zhou").await;
        let asked = Asked::default();
        let heard = app.with(|parts| parts.db = asked.of(parts.db.clone()));
        let mut all = Vec::new();
        for cases in [1, 4] {
            let told = json!({ "investigatorIds": [id("tang"), id("peng")] });
            while all.len() < cases {
                let matter = Matter::found(&app, "OWN_DISCOVERY", told.clone()).await;
                all.push(matter.case);
            }
            asked.take();
            let list = heard.as_("he").send(LIST, json!({})).await.ok();
            assert_eq!(list.data("cases.items").as_array().unwrap().len(), cases);
            let of_ties = |text: &str| text.contains("declared_interest");
            let reads = asked.take();
            let reads = reads.iter().filter(|asked| of_ties(&asked.text));
            assert_eq!(reads.count(), 1, "{cases} cases");
        }
        app.leave_jobs();
    })
    .await;
}

//! The log that a security auditor reads: who did what, when and what for, in the own office and below, without any matter.

use chrono::TimeDelta;
use liangxin_demo::fixtures::user_id;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use crate::rewarded::{PASSWORD, Rewarded, claim, eligible, grade};

/// Every event of the log that somebody reads, page by page.
async fn read(app: &TestApp, who: &str) -> Vec<Value> {
    read_of(app, who, Value::Null).await
}

/// The same of a part of the log.
async fn read_of(app: &TestApp, who: &str, filter: Value) -> Vec<Value> {
    let (mut all, mut after) = (Vec::new(), Value::Null);
    loop {
        let page = json!({ "first": 20, "after": after, "filter": filter });
        let reply = app.as_(who).run("EventLog", page).await.ok();
        all.extend(reply.data("eventLog.items").as_array().unwrap().clone());
        if reply.data("eventLog.hasNextPage") != true {
            return all;
        }
        after = reply.data("eventLog.endCursor").clone();
    }
}

fn of<'a>(events: &'a [Value], word: &str) -> Vec<&'a Value> {
    events
        .iter()
        .filter(|event| event["event"] == word)
        .collect()
}

#[tokio::test]
async fn an_auditor_sees_openings_exports_and_administration_and_no_matter() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.payee_checked("luo", "he").await;
        app.advance(TimeDelta::days(8));
        let export = json!({ "input": { "id": app.new_id() } });
        app.as_("luo").run("ExportPayments", export).await.ok();
        let loading = json!({ "input": { "id": app.new_id(), "year": 2027, "version": "1",
            "csv": super::law::MADE_UP_2027 } });
        app.as_("qiu").run("LoadCalendarYear", loading).await.ok();
        let seen = read(&app, "shen").await;
        let exported = of(&seen, "payout_exported");
        assert_eq!(exported.len(), 1);
        assert_eq!(exported[0]["group"], "EXPORT");
        assert_eq!(exported[0]["office"], "430103");
        assert!(exported[0]["actorId"].is_string());
        assert_eq!(of(&seen, "calendar_drafted")[0]["group"], "ADMINISTRATION");
        // Nothing that citizens did, and nothing that leads to a matter.
        for citizens in ["report_filed", "reward_applied", "reward_claimed"] {
            assert_eq!(of(&seen, citizens).len(), 0, "{citizens}");
        }
        let body = json!(seen).to_string();
        for matter in [on.flow.report(), on.flow.case(), on.flow.visit()] {
            assert!(!body.contains(&matter.to_string()));
        }
        assert!(!body.contains(on.reward().as_str().unwrap()));
        for other in ["he", "qiu", "lin", "xiao"] {
            let denied = app.as_(other).run("EventLog", json!({})).await;
            assert_eq!(denied.problems(), ["DENIED"], "{other}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn an_auditor_reads_the_own_office_and_below_and_not_beside() {
    on_both(async |app| {
        app.grant("gong", "security_auditor").await;
        Flow::after(&app, Step::AcceptReport).await;
        assert_eq!(of(&read(&app, "gong").await, "report_accepted").len(), 1);
        app.execute("UPDATE event SET office = '430204', city = '430200'")
            .await;
        assert_eq!(read(&app, "gong").await, Vec::<Value>::new());
        assert_eq!(of(&read(&app, "shen").await, "report_accepted").len(), 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_log_is_taken_out_as_a_file_and_that_stands_in_it() {
    on_both(async |app| {
        app.execute("UPDATE \"user\" SET name_zh = '=1+1' WHERE email = 'lin@tianxin.example'")
            .await;
        Flow::after(&app, Step::AcceptReport).await;
        // Whoever left since is named for what they did.
        app.execute(
            "UPDATE \"user\" SET disabled_at = '2026-11-23 12:00:00+00:00' WHERE email = 'lin@tianxin.example'",
        )
        .await;
        let (since, until) = (
            app.now() - TimeDelta::days(1),
            app.now() + TimeDelta::days(1),
        );
        let export = json!({ "input": { "id": app.new_id(), "since": since, "until": until } });
        for _ in 0..2 {
            let file = app
                .as_("shen")
                .run("ExportEventLog", export.clone())
                .await
                .ok();
            let csv = file.text("exportEventLog.csv");
            assert!(csv.starts_with("\u{feff}at,event,group,actor,"), "{csv}");
            assert!(
                csv.contains(",report_accepted,work,\"'=1+1\",\"lin@tianxin.example\",430103,,"),
                "{csv}"
            );
        }
        assert_eq!(of(&read(&app, "shen").await, "log_exported").len(), 2);
        let denied = app.as_("he").refused("ExportEventLog", export).await;
        assert_eq!(denied, ["DENIED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn failed_sign_ins_are_seen_bounded_and_forgotten() {
    on_both(async |app| {
        let sign_in = |email: &str| {
            json!({ "input": {
            "email": email, "password": "wrong-password-1", "deviceName": "x",
        } })
        };
        for _ in 0..3 {
            app.anonymous()
                .run("SignIn", sign_in("lin@tianxin.example"))
                .await;
        }
        app.anonymous()
            .run("SignIn", sign_in("nobody@tianxin.example"))
            .await;
        app.anonymous()
            .run("SignIn", sign_in("wu@merchants.example"))
            .await;
        let seen = app.as_("shen").run("FailedSignIns", json!({})).await.ok();
        let items = seen.data("failedSignIns.items").as_array().unwrap();
        assert_eq!((items.len(), &items[0]["tries"]), (1, &json!(3)));
        let denied = app.as_("qiu").run("FailedSignIns", json!({})).await;
        assert_eq!(denied.problems(), ["DENIED"]);
        app.advance(TimeDelta::days(191));
        app.drain_jobs().await;
        assert_eq!(count(&app.parts().db, "failed_sign_in", "1 = 1").await, 0);
    })
    .await;
}

#[tokio::test]
async fn the_log_is_asked_by_person_kind_purpose_and_time_and_shows_who_signed_in() {
    on_both(async |app| {
        let on = Rewarded::screened(&app, 400_000, Some(PASSWORD)).await;
        on.told(eligible(), grade(2)).await;
        on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
        on.payee_checked("luo", "he").await;
        app.anonymous().run("SignIn", json!({ "input": {
            "email": "luo@tianxin.example", "password": liangxin_demo::fixtures::PASSWORD,
            "deviceName": "phone",
        } })).await.ok();
        app.anonymous().run("SignIn", json!({ "input": {
            "email": "wu@merchants.example", "password": liangxin_demo::fixtures::PASSWORD,
            "deviceName": "phone",
        } })).await.ok();
        let luo = json!(user_id("luo").uuid());
        let all = read(&app, "shen").await;
        let part = async |filter: Value| {
            let part = read_of(&app, "shen", filter).await;
            assert!(!part.is_empty() && part.len() < all.len());
            assert!(part.iter().all(|event| all.contains(event)));
            part
        };
        let of_luo = part(json!({ "actorId": luo })).await;
        assert!(of_luo.iter().all(|event| event["actorId"] == luo));
        let signed_in = part(json!({ "event": "signed_in", "actorId": luo })).await;
        assert_eq!(signed_in.last().unwrap()["office"], "430103");
        // A merchant is no officer of any office.
        let wu = json!(user_id("wu").uuid());
        assert!(all.iter().all(|event| event["actorId"] != wu));
        let identity = part(json!({ "group": "IDENTITY" })).await;
        assert!(identity.iter().all(|event| event["group"] == "IDENTITY"));
        let paying = part(json!({ "purpose": "REWARD_PAYMENT" })).await;
        assert!(paying.iter().all(|event| event["purpose"] == "REWARD_PAYMENT"));
        let until = all[3]["at"].clone();
        let early = read_of(&app, "shen", json!({ "until": until })).await;
        assert!(early.len() <= 3);
        let court = read_of(&app, "shen", json!({ "purpose": "PROTECTION" })).await;
        assert_eq!(court, Vec::<Value>::new());
        let unknown = json!({ "filter": { "event": "no_such_thing" } });
        let refused = app.as_("shen").run("EventLog", unknown).await;
        assert_eq!(refused.problems(), ["FIELD_FORMAT"]);
        let export = json!({ "input": { "id": app.new_id(), "since": app.now() - TimeDelta::days(30),
            "until": app.now() + TimeDelta::days(1), "filter": { "event": "signed_in", "actorId": luo } } });
        let file = app.as_("shen").run("ExportEventLog", export).await.ok();
        assert_eq!(file.data("exportEventLog.events"), &json!(signed_in.len()));
        app.drain_jobs().await;
    })
    .await;
}

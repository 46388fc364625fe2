//! Calendar years that administrators load.

use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

use super::{MADE_UP_2027, advance_to, clock_of};

fn year(app: &TestApp, version: &str, csv: &str) -> Value {
    json!({ "input": { "id": app.new_id(), "year": 2027, "version": version, "csv": csv } })
}

/// A year that one administrator of the highest bureau loads and a head of it, `shen`, confirms.
async fn in_force(app: &TestApp, version: &str, csv: &str) -> Reply {
    let loading = year(app, version, csv);
    let draft = loading["input"]["id"].clone();
    app.as_("qiu").run("LoadCalendarYear", loading).await.ok();
    let confirm = json!({ "input": { "id": app.new_id(), "draftId": draft } });
    app.as_("shen")
        .run("ConfirmCalendarYear", confirm)
        .await
        .ok()
}

#[tokio::test]
async fn a_missing_year_stops_nothing_and_is_asked_for_once() {
    on_both(async |app| {
        app.grant("shen", "head").await;
        advance_to(&app, "2026-12-21");
        let flow = Flow::after(&app, Step::FileReport).await;
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        let clock = clock_of(&app, &flow).await;
        assert_eq!(clock["state"], json!("UNKNOWN"));
        assert_eq!(clock["missingYear"], json!(2027));
        // Seven of the fifteen days are left on 31 December, and the first of January is off in every year.
        assert_eq!(clock["dueNotBefore"], json!("2027-01-08"));
        let asked: Vec<_> = app
            .mails()
            .into_iter()
            .filter(|mail| mail.subject.contains("2027"))
            .collect();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].to.as_str(), "qiu@hunan.example");
        let loaded = in_force(&app, "made up", MADE_UP_2027).await;
        let years = loaded
            .data("confirmCalendarYear.years")
            .as_array()
            .unwrap()
            .clone();
        assert_eq!(years.len(), 5);
        app.drain_jobs().await;
        let clock = clock_of(&app, &flow).await;
        assert_eq!(clock["dueOn"], json!("2027-01-13"));
        assert_eq!(clock["calendarVersion"], json!("cn-2023-2026/1+1"));
        let former = &clock["formerEnds"][0];
        assert_eq!(former["dueOn"], Value::Null);
        assert_eq!(
            (&former["cause"], &former["wasLate"]),
            (&json!("CALENDAR"), &json!(false))
        );
    })
    .await;
}

#[tokio::test]
async fn a_corrected_year_takes_the_place_of_the_old_one_which_is_kept() {
    on_both(async |app| {
        app.grant("shen", "head").await;
        let qiu = app.as_("qiu");
        in_force(&app, "one", MADE_UP_2027).await;
        advance_to(&app, "2026-12-21");
        let flow = Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        assert_eq!(clock_of(&app, &flow).await["dueOn"], json!("2027-01-13"));
        let corrected = MADE_UP_2027.replace("2027-01-04,off,元旦\n", "2027-01-09,work,元旦\n");
        in_force(&app, "two", &corrected).await;
        app.drain_jobs().await;
        let clock = clock_of(&app, &flow).await;
        assert_eq!(clock["dueOn"], json!("2027-01-11"));
        assert_eq!(clock["formerEnds"][0]["dueOn"], json!("2027-01-13"));
        let listed = qiu.run("CalendarYears", json!({})).await.ok();
        let listed: Vec<_> = listed
            .data("calendarYears")
            .as_array()
            .unwrap()
            .iter()
            .filter(|year| year["year"] == json!(2027))
            .map(|year| (year["version"].clone(), year["isInForce"].clone()))
            .collect();
        assert_eq!(
            listed,
            [(json!("one"), json!(false)), (json!("two"), json!(true))]
        );
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a list of calendars that are none")]
async fn a_calendar_is_loaded_by_administrators_alone_and_only_if_it_is_one() {
    on_both(async |app| {
        app.grant("shen", "head").await;
        let before = app.census().await;
        let refused = app
            .as_("he")
            .run("LoadCalendarYear", year(&app, "one", MADE_UP_2027))
            .await;
        assert_eq!(refused.problems(), ["DENIED"]);
        let qiu = app.as_("qiu");
        let wrong = [
            ("nothing", "", "CALENDAR_INVALID"),
            (
                "other year",
                "date,kind,occasion\n2028-05-01,off,x\n",
                "CALENDAR_INVALID",
            ),
            (
                "kind",
                "date,kind,occasion\n2027-01-01,of,x\n",
                "CALENDAR_INVALID",
            ),
            (
                "weekday",
                "date,kind,occasion\n2027-01-01,off,x\n2027-01-05,work,x\n",
                "CALENDAR_INVALID",
            ),
            (
                "one line",
                "date,kind,occasion\n2027-01-01,off,元旦\n",
                "CALENDAR_INVALID",
            ),
        ];
        let run = async |input: Value| -> Reply { qiu.run("LoadCalendarYear", input).await };
        for (what, csv, code) in wrong {
            assert_eq!(
                run(year(&app, "one", csv)).await.problems(),
                [code],
                "{what}"
            );
        }
        let long = "x".repeat(20_001);
        assert_eq!(
            run(year(&app, "one", &long)).await.problems(),
            ["FIELD_TOO_LONG"]
        );
        let mut far = year(&app, "one", MADE_UP_2027);
        far["input"]["year"] = json!(20_270);
        assert_eq!(run(far).await.problems(), ["OUT_OF_RANGE"]);
        let changed = app.census().await;
        assert!(
            changed
                .changed_since(&before)
                .iter()
                .all(|table| *table == "device")
        );
        let input = year(&app, "one", MADE_UP_2027);
        run(input.clone()).await.ok();
        run(input.clone()).await.ok();
        assert_eq!(
            count(&app.parts().db, "calendar_year", "year = 2027").await,
            0
        );
        in_force(&app, "one", MADE_UP_2027).await;
        run(year(&app, "one", MADE_UP_2027)).await.ok();
        assert_eq!(
            count(&app.parts().db, "calendar_year", "year = 2027").await,
            1
        );
        let other = MADE_UP_2027.replace("01-04", "01-05");
        assert_eq!(
            run(year(&app, "one", &other)).await.problems(),
            ["CALENDAR_VERSION_TAKEN"]
        );
        let mut reused = input;
        reused["input"]["csv"] = json!(other);
        assert_eq!(run(reused).await.problems(), ["ID_REUSED"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_calendar_of_all_bureaus_is_changed_by_two_people_of_the_highest() {
    on_both(async |app| {
        app.grant("he", "administrator").await;
        app.grant("shen", "administrator").await;
        let county = app
            .as_("he")
            .run("LoadCalendarYear", year(&app, "one", MADE_UP_2027))
            .await;
        assert_eq!(county.problems(), ["DENIED"]);
        let loading = year(&app, "one", MADE_UP_2027);
        let draft = loading["input"]["id"].clone();
        let loaded = app.as_("qiu").run("LoadCalendarYear", loading).await.ok();
        // What would change is shown, and nothing has changed.
        let draft_2027 = loaded.data("loadCalendarYear.drafts.0").clone();
        assert_eq!(draft_2027["changes"].as_array().unwrap().len(), 14);
        assert_eq!(
            draft_2027["changes"][1],
            json!({ "date": "2027-01-04", "before": "UNKNOWN", "after": "OFF" })
        );
        let years = loaded
            .data("loadCalendarYear.years")
            .as_array()
            .unwrap()
            .len();
        assert_eq!(years, 4);
        let confirm = || json!({ "input": { "id": app.new_id(), "draftId": draft } });
        let refused = app
            .as_("qiu")
            .refused("ConfirmCalendarYear", confirm())
            .await;
        assert_eq!(refused, ["PROPOSER_CANNOT_APPROVE"]);
        let refused = app
            .as_("he")
            .refused("ConfirmCalendarYear", confirm())
            .await;
        assert_eq!(refused, ["DENIED"]);
        app.as_("shen")
            .run("ConfirmCalendarYear", confirm())
            .await
            .ok();
        let refused = app
            .as_("shen")
            .refused("ConfirmCalendarYear", confirm())
            .await;
        assert_eq!(refused, ["NOT_FOUND"]);
        let corrected = MADE_UP_2027.replace("2027-01-04,off,元旦\n", "");
        let corrected = year(&app, "two", &corrected);
        app.as_("shen")
            .run("LoadCalendarYear", corrected)
            .await
            .ok();
        let drafts = app.as_("qiu").run("CalendarDrafts", json!({})).await.ok();
        assert_eq!(
            drafts.data("calendarDrafts.0.changes"),
            &json!([{ "date": "2027-01-04", "before": "OFF", "after": "WORKING" }])
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_clock_in_an_unknown_year_warns_before_it_can_end_and_stands_by_that_day() {
    on_both(async |app| {
        advance_to(&app, "2026-12-21");
        let flow = Flow::after(&app, Step::AcceptReport).await;
        app.drain_jobs().await;
        let warned = async || {
            for _ in 0..5 {
                app.drain_jobs().await;
            }
            let mails = app.mails();
            let told = mails.iter().filter(|mail| mail.body.contains("2027-01-08"));
            told.count()
        };
        assert_eq!(warned().await, 0);
        let queued = "CAST(queue_at AS TEXT) LIKE '2027-01-08%'";
        assert_eq!(count(&app.parts().db, "report", queued).await, 1);
        // Five days from Monday to Friday before the eighth.
        advance_to(&app, "2027-01-01");
        assert!(warned().await > 0);
        let soon = warned().await;
        advance_to(&app, "2027-01-06");
        assert!(warned().await > soon);
        let urgent = warned().await;
        // Whether it is over, nobody can say before the notice is there.
        advance_to(&app, "2027-02-01");
        assert_eq!(warned().await, urgent);
        assert_eq!(clock_of(&app, &flow).await["state"], json!("UNKNOWN"));
    })
    .await;
}

#[tokio::test]
async fn a_loaded_year_tells_how_many_open_clocks_it_moves_before_it_applies() {
    on_both(async |app| {
        app.grant("shen", "head").await;
        advance_to(&app, "2026-12-21");
        for _ in 0..3 {
            Flow::after(&app, Step::FileReport).await;
        }
        let loaded = app
            .as_("qiu")
            .run("LoadCalendarYear", year(&app, "one", MADE_UP_2027))
            .await
            .ok();
        let draft_2027 = loaded.data("loadCalendarYear.drafts.0").clone();
        assert_eq!(draft_2027["lawfulDaysOff"], json!(13));
        assert_eq!(
            draft_2027["months"][0],
            json!({
                "month": 1, "workingDays": 19, "off": ["2027-01-01", "2027-01-04"], "worked": [],
            })
        );
        let moved = loaded.data("loadCalendarYear.drafts.0.openClocks").clone();
        assert_eq!(moved, json!({ "lookedAt": 3, "moved": 3, "waiting": 3 }));
        assert_eq!(
            count(&app.parts().db, "clock", "missing_year = 2027").await,
            3
        );
        in_force(&app, "one again", MADE_UP_2027).await;
        app.drain_jobs().await;
        // A correction that no open period feels moves none.
        let later = MADE_UP_2027.replace("2027-10-05", "2027-10-06");
        let loaded = app
            .as_("qiu")
            .run("LoadCalendarYear", year(&app, "two", &later))
            .await
            .ok();
        let moved = loaded.data("loadCalendarYear.drafts.0.openClocks").clone();
        assert_eq!(moved, json!({ "lookedAt": 3, "moved": 0, "waiting": 0 }));
        let earlier = MADE_UP_2027.replace("2027-01-04", "2027-01-05");
        let loaded = app
            .as_("qiu")
            .run("LoadCalendarYear", year(&app, "two", &earlier))
            .await
            .ok();
        let moved = loaded.data("loadCalendarYear.drafts.0.openClocks").clone();
        assert_eq!(moved, json!({ "lookedAt": 3, "moved": 0, "waiting": 0 }));
        let worked = MADE_UP_2027.replace("2027-01-04,off,元旦\n", "");
        let loaded = app
            .as_("qiu")
            .run("LoadCalendarYear", year(&app, "two", &worked))
            .await
            .ok();
        let moved = loaded.data("loadCalendarYear.drafts.0.openClocks").clone();
        assert_eq!(moved, json!({ "lookedAt": 3, "moved": 3, "waiting": 0 }));
        app.drain_jobs().await;
    })
    .await;
}

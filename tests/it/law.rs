//! The law at work: what is done to statutory periods, calendars that are loaded, warnings, and law files that are
//! looked at before they are in force.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin::fixtures::user_id;
use liangxin::store::law::{RunsOn, clocks_of_complaints, find_clock};
use liangxin::usecase::law::{apply, retime, warn};
use liangxin_domain::accounts::role::{Role, Roles};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{ComplaintId, ReportId};
use liangxin_domain::law::clock::{Basis, Clock, Due, PauseCause, Replaced, applied};
use liangxin_domain::law::deadline::DeadlineRules;
use liangxin_domain::law::effect::ClockEffect;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::program;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};

/// The notice for 2027 was not out when this was written: every day of it is made up.
const MADE_UP_2027: &str = "date,kind,occasion\n2027-01-01,off,made up\n2027-01-04,off,made up\n";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// Moves the clock to nine o'clock in the morning of that day in China.
fn advance_to(app: &TestApp, date: &str) {
    let then: DateTime<Utc> = format!("{date}T01:00:00Z").parse().unwrap();
    let by = then - app.now();
    assert!(by >= TimeDelta::zero(), "{date} is over");
    app.advance(by);
}

async fn effect(app: &TestApp, on: RunsOn, effects: &[ClockEffect]) -> Result<(), String> {
    let work = app.parts().work(&Actor::System).await.unwrap();
    match apply(app.parts(), &work, on, effects).await {
        Ok(()) => {
            work.commit().await.unwrap();
            Ok(())
        }
        Err(error) => Err(error.refusal().code.to_string()),
    }
}

fn year(app: &TestApp, version: &str, csv: &str) -> Value {
    json!({ "input": { "id": app.new_id(), "year": 2027, "version": version, "csv": csv } })
}

async fn clock_of(app: &TestApp, flow: &Flow) -> Value {
    let lin = app.as_("lin");
    let report = lin.run("GetReport", json!({ "id": flow.report() })).await;
    report.ok().data("report.clocks.0").clone()
}

/// The subjects of the mails about deadlines with the person each went to, in order.
fn warnings(app: &TestApp) -> Vec<(String, String)> {
    let mails = app.mails().into_iter();
    let about = mails.filter(|mail| mail.subject.starts_with("【量信】JB-"));
    about
        .map(|mail| {
            let to = mail.to.as_str().split('@').next().unwrap().to_owned();
            let why = mail.subject.rsplit('：').next().unwrap().to_owned();
            (to, why)
        })
        .collect()
}

#[tokio::test]
async fn what_is_done_to_a_clock_is_kept_and_is_what_the_domain_says() {
    on_both(async |app| {
        let complaint = ComplaintId::new(app.new_id());
        let on = RunsOn::Complaint(complaint);
        let effects = [
            ClockEffect::Start {
                rule: "R-VERIFY",
                opened_on: day("2026-09-01"),
            },
            ClockEffect::Pause {
                rule: "R-VERIFY",
                cause: PauseCause::Testing,
                on: day("2026-09-03"),
            },
            ClockEffect::Resume {
                rule: "R-VERIFY",
                on: day("2026-09-10"),
            },
            ClockEffect::Extend {
                rule: "R-VERIFY",
                by: user_id("he"),
                on: day("2026-09-11"),
            },
            ClockEffect::Restart {
                rule: "R-VERIFY",
                opened_on: day("2026-11-02"),
            },
            ClockEffect::Pause {
                rule: "R-VERIFY",
                cause: PauseCause::Identification,
                on: day("2026-11-04"),
            },
            ClockEffect::Resume {
                rule: "R-VERIFY",
                on: day("2026-11-05"),
            },
            ClockEffect::Satisfy {
                rule: "R-VERIFY",
                on: day("2026-11-20"),
            },
        ];
        let rules = DeadlineRules::embedded().unwrap();
        let roles: Roles = [Role::Head].into_iter().collect();
        let mut expected: Option<Clock> = None;
        for one in &effects {
            effect(&app, on, std::slice::from_ref(one)).await.unwrap();
            let basis = Basis {
                rule: rules.rule_on("R-VERIFY", day("2026-09-01")).unwrap(),
                calendar: &app.parts().law.calendar,
                roles: &roles,
                latest: None,
            };
            expected = Some(applied(expected.as_ref(), one, basis).unwrap());
            let held = find_clock(&app.parts().db, on, "R-VERIFY").await.unwrap();
            assert_eq!(held.map(|held| held.clock), expected, "{one:?}");
        }
        let clock = expected.unwrap();
        assert_eq!(clock.former[0].cause, Replaced::Restart);
        let mut all = clocks_of_complaints(&app.parts().db, &[complaint])
            .await
            .unwrap();
        assert_eq!(all.remove(&complaint), Some(vec![clock]));
    })
    .await;
}

#[tokio::test]
async fn effects_that_cannot_be_are_refused_and_leave_nothing_behind() {
    on_both(async |app| {
        let on = RunsOn::Complaint(ComplaintId::new(app.new_id()));
        let start = |rule| ClockEffect::Start {
            rule,
            opened_on: day("2026-11-02"),
        };
        effect(&app, on, &[start("C-ACCEPT"), start("C-MEDIATE")])
            .await
            .unwrap();
        let before = app.census().await;
        let prove = |until| ClockEffect::StartUntil {
            rule: "C-IDPROOF",
            opened_on: day("2026-11-03"),
            until: day(until),
        };
        for (refused, code) in [
            (start("C-ACCEPT"), "CLOCK_RUNNING"),
            (
                ClockEffect::Resume {
                    rule: "C-MEDIATE",
                    on: day("2026-11-03"),
                },
                "CLOCK_NOT_PAUSED",
            ),
            (
                ClockEffect::Pause {
                    rule: "C-ACCEPT",
                    cause: PauseCause::Testing,
                    on: day("2026-11-03"),
                },
                "PAUSE_NOT_ALLOWED",
            ),
            (
                ClockEffect::Extend {
                    rule: "C-MEDIATE",
                    by: user_id("he"),
                    on: day("2026-11-03"),
                },
                "EXTENSION_NOT_ALLOWED",
            ),
            (
                ClockEffect::Satisfy {
                    rule: "C-TERMNOTE",
                    on: day("2026-11-03"),
                },
                "CLOCK_NOT_RUNNING",
            ),
            // The acceptance ends on 11 November.
            (prove("2026-11-12"), "DUE_OUTSIDE_PERIOD"),
        ] {
            assert_eq!(effect(&app, on, &[refused]).await, Err(code.to_owned()));
        }
        assert_eq!(
            app.census().await.changed_since(&before),
            Vec::<&str>::new()
        );
        effect(&app, on, &[prove("2026-11-11")]).await.unwrap();
        let report = RunsOn::Complaint(ComplaintId::new(app.new_id()));
        effect(&app, report, &[start("R-VERIFY")]).await.unwrap();
        let by_lin = ClockEffect::Extend {
            rule: "R-VERIFY",
            by: user_id("lin"),
            on: day("2026-11-03"),
        };
        assert_eq!(
            effect(&app, report, &[by_lin]).await,
            Err("EXTENSION_BY_OTHER".to_owned())
        );
        let late = ClockEffect::Extend {
            rule: "R-VERIFY",
            by: user_id("he"),
            on: day("2026-11-24"),
        };
        assert_eq!(
            effect(&app, report, &[late]).await,
            Err("DEADLINE_PASSED".to_owned())
        );
    })
    .await;
}

#[tokio::test]
async fn both_regimes_live_side_by_side() {
    on_both(async |app| {
        let mut ends = Vec::new();
        for opened_on in ["2026-04-14", "2026-04-15"] {
            let on = RunsOn::Complaint(ComplaintId::new(app.new_id()));
            let start = ClockEffect::Start {
                rule: "C-MEDIATE",
                opened_on: day(opened_on),
            };
            effect(&app, on, &[start]).await.unwrap();
            let held = find_clock(&app.parts().db, on, "C-MEDIATE")
                .await
                .unwrap()
                .unwrap();
            let Due::On { moved, .. } = held.clock.due else {
                panic!("no end")
            };
            ends.push((held.clock.article, moved));
        }
        // 45 working days over Labour Day and Dragon Boat, and 60 days that end on a Sunday.
        assert_eq!(
            ends,
            [
                ("第二十一条".to_owned(), day("2026-06-18")),
                ("第二十三条第五项".to_owned(), day("2026-06-15")),
            ]
        );
    })
    .await;
}

#[tokio::test]
async fn a_missing_year_stops_nothing_and_is_asked_for_once() {
    on_both(async |app| {
        advance_to(&app, "2026-12-21");
        let flow = Flow::after(&app, Step::FileReport).await;
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        let clock = clock_of(&app, &flow).await;
        assert_eq!(clock["state"], json!("UNKNOWN"));
        assert_eq!(clock["missingYear"], json!(2027));
        let asked: Vec<_> = app
            .mails()
            .into_iter()
            .filter(|mail| mail.subject.contains("2027"))
            .collect();
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].to.as_str(), "qiu@hunan.example");
        let loaded = app
            .as_("qiu")
            .run("LoadCalendarYear", year(&app, "made up", MADE_UP_2027))
            .await
            .ok();
        let years = loaded
            .data("loadCalendarYear.years")
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
        let qiu = app.as_("qiu");
        qiu.run("LoadCalendarYear", year(&app, "one", MADE_UP_2027))
            .await
            .ok();
        advance_to(&app, "2026-12-21");
        let flow = Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        assert_eq!(clock_of(&app, &flow).await["dueOn"], json!("2027-01-13"));
        let corrected =
            MADE_UP_2027.replace("2027-01-04,off,made up\n", "2027-01-09,work,made up\n");
        qiu.run("LoadCalendarYear", year(&app, "two", &corrected))
            .await
            .ok();
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
async fn a_calendar_is_loaded_by_administrators_alone_and_only_if_it_is_one() {
    on_both(async |app| {
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
        run(year(&app, "one", MADE_UP_2027)).await.ok();
        assert_eq!(
            count(&app.parts().db, "calendar_year", "year = 2027").await,
            1
        );
        let other = MADE_UP_2027.replace("04", "05");
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
async fn an_office_is_warned_at_five_and_two_days_and_the_head_too_when_it_is_late() {
    on_both(async |app| {
        // Ends on 14 December.
        Flow::after(&app, Step::AcceptReport).await;
        let sweep = async || {
            for _ in 0..5 {
                app.drain_jobs().await;
            }
            warnings(&app)
        };
        let pair = |to: &str, why: &str| (to.to_owned(), why.to_owned());
        advance_to(&app, "2026-12-04");
        assert_eq!(sweep().await, []);
        let mut expected = Vec::new();
        for (date, mails) in [
            ("2026-12-07", vec![pair("lin", "剩余不超过 5 个工作日")]),
            ("2026-12-09", vec![]),
            ("2026-12-10", vec![pair("lin", "剩余不超过 2 个工作日")]),
            ("2026-12-14", vec![]),
            (
                "2026-12-15",
                vec![pair("lin", "已逾期"), pair("he", "已逾期")],
            ),
            ("2026-12-30", vec![]),
        ] {
            advance_to(&app, date);
            expected.extend(mails);
            let mut found = sweep().await;
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{date}");
        }
        let body = app.mails().pop().unwrap().body;
        for part in [
            "核查举报线索并决定是否立案",
            "市场监督管理行政处罚程序规定",
            "第十八条",
            "2026-12-14",
            "已逾期",
            "it is overdue",
        ] {
            assert!(body.contains(part), "{part} is not in {body}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_report_that_nobody_took_in_warns_every_intake_officer_of_the_bureau() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        app.grant("tang", "intake_officer").await;
        advance_to(&app, "2026-12-15");
        app.drain_jobs().await;
        let mut found: Vec<_> = warnings(&app).into_iter().map(|(to, _)| to).collect();
        found.sort();
        // The one look came late: only that it is over is told, once to each.
        assert_eq!(found, ["he", "lin", "tang"]);
    })
    .await;
}

#[tokio::test]
async fn a_paused_clock_does_not_warn_and_an_extended_one_warns_again() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        app.drain_jobs().await;
        let on = RunsOn::Report(ReportId::new(flow.report()));
        advance_to(&app, "2026-12-07");
        app.drain_jobs().await;
        assert_eq!(warnings(&app).len(), 1);
        let pause = ClockEffect::Pause {
            rule: "R-VERIFY",
            cause: PauseCause::Testing,
            on: day("2026-12-08"),
        };
        effect(&app, on, &[pause]).await.unwrap();
        advance_to(&app, "2026-12-20");
        app.drain_jobs().await;
        assert_eq!(warnings(&app).len(), 1);
        assert_eq!(clock_of(&app, &flow).await["state"], json!("PAUSED"));
        // Ten working days do not count; five are left again: nothing new is told.
        let resume = ClockEffect::Resume {
            rule: "R-VERIFY",
            on: day("2026-12-22"),
        };
        effect(&app, on, &[resume]).await.unwrap();
        app.drain_jobs().await;
        assert_eq!(warnings(&app).len(), 1);
        advance_to(&app, "2026-12-25");
        app.drain_jobs().await;
        assert_eq!(warnings(&app).len(), 2);
    })
    .await;
}

#[tokio::test]
async fn replicas_that_look_at_the_same_time_warn_once() {
    on_both_connected(5, async |app| {
        for _ in 0..4 {
            Flow::after(&app, Step::FileReport).await;
        }
        app.drain_jobs().await;
        advance_to(&app, "2026-12-08");
        let parts = app.parts();
        let looks = tokio::join!(
            warn(parts),
            warn(parts),
            warn(parts),
            warn(parts),
            warn(parts)
        );
        for look in [looks.0, looks.1, looks.2, looks.3, looks.4] {
            look.unwrap();
        }
        assert_eq!(count(&parts.db, "event", "kind = 'clock_warned'").await, 4);
        app.drain_jobs().await;
        assert_eq!(warnings(&app).len(), 4);
    })
    .await;
}

#[tokio::test]
async fn the_time_of_a_party_tells_the_officer_only_that_it_is_over() {
    on_both(async |app| {
        Flow::after(&app, Step::ServeNotice).await;
        app.drain_jobs().await;
        let mails = app.mails().len();
        // Five working days for a statement end on 30 November.
        advance_to(&app, "2026-11-30");
        app.drain_jobs().await;
        assert_eq!(app.mails().len(), mails);
        advance_to(&app, "2026-12-01");
        app.drain_jobs().await;
        let told: Vec<_> = app.mails().into_iter().skip(mails).collect();
        assert!(!told.is_empty());
        assert!(
            told.iter()
                .all(|mail| mail.subject.ends_with("当事人的期限已届满"))
        );
        assert!(told.iter().all(|mail| !mail.to.as_str().starts_with("he@")));
    })
    .await;
}

#[tokio::test]
async fn a_change_of_law_is_timed_without_saving_anything() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileCase).await;
        app.drain_jobs().await;
        let part = r#"
[[deadline]]
id = "P-DECIDE"
track = "case"
duty_zh = "作出处理决定"
duty_en = "decide the case"
length = 60
unit = "calendar_days"
starts_zh = "立案之日"
starts_en = "the case is filed"
instrument = "一部虚构的规定"
edition = "虚构"
article = "第一条"
valid_from = "2026-01-01"
provenance = "proposal"
"#;
        let edition = app.parts().law.deadlines.with_part(part).unwrap();
        let before = app.census().await;
        let found = retime(app.parts(), &edition).await.unwrap();
        assert_eq!(
            app.census().await.changed_since(&before),
            Vec::<&str>::new()
        );
        assert_eq!(
            (found.open, found.changed.len(), found.untouched),
            (1, 1, 0)
        );
        let changed = &found.changed[0];
        assert!(
            changed.number.starts_with("AJ-430103-"),
            "{}",
            changed.number
        );
        assert_eq!(changed.rule_id, "P-DECIDE");
        assert!(changed.new_article.ends_with("第一条"));
        let same = retime(app.parts(), &app.parts().law.deadlines)
            .await
            .unwrap();
        assert_eq!(same.changed, []);
        assert_eq!(flow.case(), flow.case());
    })
    .await;
}

fn directory(name: &str, files: &[(&str, &str)]) -> PathBuf {
    let directory =
        std::env::temp_dir().join(format!("liangxin-law-{name}-{}", std::process::id()));
    std::fs::create_dir_all(&directory).unwrap();
    for (name, text) in files {
        std::fs::write(directory.join(name), text).unwrap();
    }
    directory
}

fn check(directory: &Path) -> (bool, String) {
    program::said(&["law", "check", "--law", &directory.to_string_lossy()])
}

#[test]
fn the_built_in_law_is_found_without_fault() {
    let (succeeds, said) = program::said(&["law", "check"]);
    assert!(succeeds, "{said}");
    assert!(said.contains("nothing is wrong"), "{said}");
    assert!(said.contains("calendar: 2023 2024 2025 2026"), "{said}");
    assert!(said.contains("C-MEDIATE×2"), "{said}");
}

#[test]
fn a_mistake_in_a_law_file_is_named_with_file_and_row_and_stops_a_start() {
    let deadlines = include_str!("../../api/domain/law/deadlines.toml");
    let schemes = include_str!("../../api/domain/law/reward-schemes.toml");
    let rival = schemes.replacen("id = \"CN-2021-4\"", "id = \"CN-OTHER\"", 1);
    let first = rival.find("[[scheme]]").unwrap();
    let second = rival[first + 1..].find("\n[[scheme]]").unwrap() + first + 1;
    let both = format!("{schemes}\n{}", &rival[first..second]);
    let wrong = [
        (
            "unit",
            "deadlines.toml",
            deadlines.replacen("working_days", "worknig_days", 1),
            "deadlines.toml, deadline 1 (C-ACCEPT)",
        ),
        (
            "overlap",
            "deadlines.toml",
            deadlines.replacen("valid_to = \"2026-04-14\"", "valid_to = \"2026-04-15\"", 1),
            "two rows of C-ACCEPT apply on 2026-04-15",
        ),
        (
            "gap",
            "deadlines.toml",
            deadlines.replacen("valid_to = \"2026-04-14\"", "valid_to = \"2026-04-10\"", 1),
            "deadlines.toml, C-ACCEPT: no row between 2026-04-10 and 2026-04-15",
        ),
        (
            "lost",
            "deadlines.toml",
            deadlines.replace("id = \"R-VERIFY\"", "id = \"R-VERFIY\""),
            "deadlines.toml, R-VERIFY",
        ),
        (
            "rivals",
            "reward-schemes.toml",
            both,
            "reward-schemes.toml, scheme CN-OTHER",
        ),
        (
            "name",
            "deadlnies.toml",
            deadlines.to_owned(),
            "deadlnies.toml is none of the files",
        ),
    ];
    for (name, file, text, expected) in wrong {
        let directory = directory(name, &[(file, &text)]);
        let (succeeds, said) = check(&directory);
        assert!(!succeeds && said.contains(expected), "{name}: {said}");
        std::fs::remove_dir_all(directory).unwrap();
    }
}

#[test]
fn a_year_and_a_change_of_law_go_through_the_program() {
    let place = directory("program", &[]);
    let data = place.join("data");
    let csv = place.join("2027.csv");
    std::fs::write(&csv, MADE_UP_2027).unwrap();
    program::run(&["migrate"], &data);
    let load = [
        "law",
        "load-calendar",
        "--year",
        "2027",
        "--file",
        &csv.to_string_lossy(),
    ];
    let said = program::run(&load, &data);
    assert!(
        said.contains("2 days off, 0 weekend days of work"),
        "{said}"
    );
    let part = place.join("part.toml");
    let deadlines = include_str!("../../api/domain/law/deadlines.toml");
    std::fs::write(&part, deadlines).unwrap();
    let what_if = ["law", "what-if", "--edition", &part.to_string_lossy()];
    let said = program::run(&what_if, &data);
    assert!(said.contains("0 open periods: 0 would change"), "{said}");
    std::fs::remove_dir_all(place).unwrap();
}

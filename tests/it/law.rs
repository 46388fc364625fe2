//! The law at work: what is done to statutory periods, calendars that are loaded, warnings, and law files that are
//! looked at before they are in force.

mod calendars;
mod files;
mod warnings;

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use liangxin_app::store::law::{RunsOn, clocks_on, find_clock};
use liangxin_app::usecase::law::apply;
use liangxin_demo::fixtures::user_id;
use liangxin_domain::accounts::role::{Role, Roles};
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ComplaintId;
use liangxin_domain::law::clock::{Basis, Clock, Due, PauseCause, Replaced, applied};
use liangxin_domain::law::deadline::DeadlineRules;
use liangxin_domain::law::effect::ClockEffect;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::flow::Flow;
use serde_json::{Value, json};

/// The notice for 2027 was not out when this was written: every day of it is made up.
pub(crate) const MADE_UP_2027: &str = "date,kind,occasion
2027-01-01,off,元旦
2027-01-04,off,元旦
2027-02-09,off,春节
2027-02-10,off,春节
2027-02-11,off,春节
2027-02-12,off,春节
2027-04-05,off,清明
2027-05-01,off,劳动节
2027-05-03,off,劳动节
2027-06-09,off,端午
2027-09-15,off,中秋
2027-10-01,off,国庆节
2027-10-04,off,国庆节
2027-10-05,off,国庆节
";

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

async fn clock_of(app: &TestApp, flow: &Flow) -> Value {
    let lin = app.as_("lin");
    let report = lin.run("GetReport", json!({ "id": flow.report() })).await;
    report.ok().data("report.clocks.0").clone()
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a list of effects")]
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
        let mut all = clocks_on(&app.parts().db, &[on]).await.unwrap();
        assert_eq!(all.remove(&on), Some(vec![clock]));
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a list of effects")]
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
        // Sixty days from 2 November end in a year without calendar, which was asked for.
        app.drain_jobs().await;
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

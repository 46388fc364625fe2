//! A superior reads below and does not act below; where the law gives it an act, the policy says so.

mod visits;

use liangxin_app::usecase::notices::{self, NewNotice};
use liangxin_demo::fixtures::user_id;
use liangxin_domain::accounts::role::Role;
use liangxin_domain::actor::{Actor, Seat, SignedIn};
use liangxin_domain::id::{BureauId, DeviceId, NoticeId, ReportId};
use liangxin_domain::notices::draft::{Draft, ToReporter};
use liangxin_domain::notices::field::{MatterField, OpenField};
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::notices::said::Said;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, STEPS, Step};
use serde_json::json;
use uuid::Uuid;

use crate::complaints::Dispute;

/// Makes somebody of the city everything that an officer can be.
async fn city_officer(app: &TestApp) {
    for role in [
        "intake_officer",
        "case_officer",
        "head",
        "reward_officer",
        "legal_auditor",
    ] {
        app.grant("gong", role).await;
    }
}

#[tokio::test]
async fn a_city_reads_every_step_of_its_county_and_takes_none() {
    on_both(async |app| {
        city_officer(&app).await;
        let flow = Flow::new(&app);
        let officers = |step: &Step| {
            !matches!(
                step,
                // Citizens, and inspectors and merchants, whom a division does not tie.
                Step::FileReport
                    | Step::CheckIn
                    | Step::ArriveToo
                    | Step::CheckInstrument
                    | Step::RecordMeasurement
                    | Step::DeclarePhotos
                    | Step::SignRecord
                    | Step::SubmitVisit
                    | Step::AnswerNotice
            )
        };
        for step in STEPS {
            if officers(&step) {
                let refused = flow.refused_for("gong", step).await;
                assert_eq!(refused, ["DENIED"], "{step:?}");
            }
            flow.take(step).await;
            if step == Step::DeclarePhotos {
                flow.send_photos().await;
            }
            app.advance(chrono::TimeDelta::seconds(1));
        }
        let gong = app.as_("gong");
        let report = gong
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(report.text("report.state"), "CLOSED_PENALTY");
        let case = gong.run("GetCase", json!({ "id": flow.case() })).await.ok();
        assert_eq!(case.text("case.state"), "CLOSED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn where_a_division_has_no_office_the_one_above_acts() {
    on_both(async |app| {
        city_officer(&app).await;
        let flow = Flow::after(&app, Step::FileReport).await;
        app.execute("UPDATE report SET division = '430104', unit = '430104'")
            .await;
        let accept = flow.variables(Step::AcceptReport);
        let refused = app.as_("lin").refused("AcceptReport", accept.clone()).await;
        assert_eq!(refused, ["NOT_FOUND"]);
        app.as_("gong").run("AcceptReport", accept).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_paper_names_the_office_that_decided() {
    on_both(async |app| {
        city_officer(&app).await;
        let names = async |name: &str| {
            let named = format!("content LIKE '%\"bureau_zh\":\"{name}\"%'");
            count(&app.parts().db, "notice", &named).await > 0
        };
        let (city, county) = ("长沙市市场监督管理局", "长沙市天心区市场监督管理局");
        Flow::after(&app, Step::DecideCase).await;
        assert!(names(county).await && !names(city).await);
        let flow = Flow::new(&app);
        let mut report = flow.variables(Step::FileReport);
        report["input"]["merchantCode"] = json!(null);
        report["input"]["division"] = json!("430104");
        app.anonymous().run("FileReport", report).await.ok();
        // Yuelu has no office: the city's stands on what the city decides.
        let reply = json!({ "input": {
            "id": app.new_id(), "reportId": flow.report(),
            "competent": "湘潭市市场监督管理局", "reason": "经营者在湘潭。",
        } });
        app.as_("gong").run("ReplyNotCompetent", reply).await.ok();
        assert!(names(city).await);
        app.drain_jobs().await;
    })
    .await;
}

/// Somebody of the city, as a request knows them.
fn of_the_city(app: &TestApp) -> Actor {
    Actor::User(SignedIn {
        user: user_id("gong"),
        device: DeviceId::new(app.new_id()),
        roles: [Role::Head].into_iter().collect(),
        seat: Seat::Bureau {
            bureau: BureauId::new(app.new_id()),
            division: "430100".parse().unwrap(),
        },
        settles_on: None,
    })
}

/// The policy leaves a superior no act that writes a paper about what lies below; whatever it may give one, the paper is the
/// superior's.
#[tokio::test]
async fn a_paper_about_what_lies_below_stands_in_the_name_of_whoever_decided() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let report = ReportId::new(flow.report());
        let work = app.parts().work(&of_the_city(&app)).await.unwrap();
        let today = Said::Day(work.today());
        let written = Draft::to(ToReporter(report))
            .say(MatterField::ReportNumber, "JB-430103-2026-000001")
            .say(OpenField::ReceivedOn, today.clone())
            .say(OpenField::Reason, "经营者在湘潭。")
            .say(OpenField::CompetentBureau, "湘潭市市场监督管理局")
            .say(OpenField::DecidedOn, today);
        let new = NewNotice {
            id: NoticeId::new(app.new_id()),
            paper: Paper::CompetenceReply,
            subject: Subject::Report(report),
            division: "430103".parse().unwrap(),
            written: written.finish(),
        };
        notices::issue(app.parts(), &work, new).await.unwrap();
        work.commit().await.unwrap();
        for (office, papers) in [("长沙市", 1), ("长沙市天心区", 0)] {
            let named = format!(
                "paper = 'competence_reply' AND content LIKE '%\"bureau_zh\":\"{office}市场监督管理局\"%'"
            );
            assert_eq!(
                count(&app.parts().db, "notice", &named).await,
                papers,
                "{office}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

/// Somebody of the province who supervises and is nothing else.
async fn supervisor(app: &TestApp) {
    app.execute(
        "DELETE FROM user_role WHERE user_id = (SELECT id FROM \"user\" WHERE email LIKE 'shen@%')",
    )
    .await;
    app.grant("shen", "supervisor").await;
}

#[tokio::test]
async fn whoever_supervises_reads_below_decides_nothing_and_is_seen_to_look() {
    on_both(async |app| {
        supervisor(&app).await;
        let flow = Flow::new(&app);
        for step in STEPS {
            if step != Step::FileReport {
                let refused = flow.refused_for("shen", step).await;
                assert!(refused == ["DENIED"], "{step:?}: {refused:?}");
            }
            flow.take(step).await;
            if step == Step::DeclarePhotos {
                flow.send_photos().await;
            }
            app.advance(chrono::TimeDelta::seconds(1));
        }
        let events = async |kind: &str| {
            let kind = format!("kind = '{kind}_inspected'");
            count(&app.parts().db, "event", &kind).await
        };
        let shen = app.as_("shen");
        for (operation, kind, id) in [
            ("GetReport", "report", flow.report()),
            ("GetVisit", "visit", flow.visit()),
            ("GetCase", "case", flow.case()),
        ] {
            let seen = shen.run(operation, json!({ "id": id })).await.ok();
            assert_eq!(seen.text(&format!("{kind}.id")), id.to_string());
            assert_eq!(events(kind).await, 1, "{kind}");
            // What an office reads of its own is no inspection.
            app.as_("he").run(operation, json!({ "id": id })).await.ok();
            assert_eq!(events(kind).await, 1, "{kind}");
        }
        // A photo says what it was looked at for, once a day.
        for _ in 0..2 {
            for who in ["shen", "deng"] {
                app.as_(who).look_at(flow.scene_photo()).await.unwrap();
            }
            assert_eq!(events("photo").await, 1);
        }
        let desk = shen
            .run("Desk", json!({ "filter": { "withOver": true } }))
            .await
            .ok();
        let kinds = desk.data("desk.items").as_array().unwrap().clone();
        assert!(
            ["REPORT", "CASE", "REWARD"]
                .iter()
                .all(|kind| kinds.iter().any(|item| item["kind"] == **kind))
        );
        // Neither a reporter's identity, nor a complaint's parties, nor a payee.
        for (operation, variables) in [
            ("ListIdentityOpenings", json!({})),
            ("ListRewards", json!({})),
        ] {
            let denied = shen.run(operation, variables).await;
            assert_eq!(denied.problems(), ["DENIED"], "{operation}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_head_of_the_city_who_opens_a_case_of_the_county_is_noted_too() {
    on_both(async |app| {
        city_officer(&app).await;
        let flow = Flow::after(&app, Step::FileCase).await;
        app.as_("gong")
            .run("GetCase", json!({ "id": flow.case() }))
            .await
            .ok();
        assert_eq!(
            count(&app.parts().db, "event", "kind = 'case_inspected'").await,
            1
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_into_matters_of_below_in_a_list_is_seen_to_look_once_a_day() {
    on_both(async |app| {
        city_officer(&app).await;
        app.grant("he", "intake_officer").await;
        Flow::after(&app, Step::SubmitVisit).await;
        Flow::after(&app, Step::FileReport).await;
        let looks = async |kind: &str| {
            let kind = format!("kind = '{kind}_inspected'");
            count(&app.parts().db, "event", &kind).await
        };
        let lists = [
            (
                "number state party place goods caseId visits { id state }",
                "report",
                0,
            ),
            ("narrative", "report", 2),
            ("messages { id }", "report", 2),
            (
                "position { latitude } narrative photos { id } records { kind }",
                "report",
                2,
            ),
            ("visits { id state dispatchedAt }", "visit", 0),
            ("visits { measurements { id } photos { id } }", "visit", 1),
            ("visits { signatures { takenAt } }", "visit", 1),
        ];
        for day in 1..=2 {
            for (fields, kind, noted) in lists {
                let before = looks(kind).await;
                let list = format!("{{ reports {{ items {{ {fields} }} }} }}");
                app.as_("he").send(&list, json!({})).await.ok();
                assert_eq!(looks(kind).await, before, "{fields} of the own office");
                app.as_("gong").send(&list, json!({})).await.ok();
                let each_day = if kind == "visit" { 1 } else { 2 };
                let looked = each_day * (day - 1) + noted;
                assert_eq!(looks(kind).await, looked, "{fields}, day {day}");
            }
            app.advance(chrono::TimeDelta::days(1));
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_into_a_case_of_below_in_a_list_is_seen_to_look_once_a_day() {
    on_both(async |app| {
        city_officer(&app).await;
        Flow::after(&app, Step::DecideCase).await;
        for day in 1..=2 {
            for (fields, noted) in [
                ("number state conductOn filedAt decision { at }", 0),
                ("facts", 1),
                (
                    "rounds { proposedAt } orders { correction } change { body }",
                    1,
                ),
            ] {
                let list = format!("{{ cases {{ items {{ {fields} }} }} }}");
                for who in ["he", "gong"] {
                    app.as_(who).send(&list, json!({})).await.ok();
                }
                let looked = count(&app.parts().db, "event", "kind = 'case_inspected'").await;
                assert_eq!(looked, day - 1 + noted, "{fields}, day {day}");
            }
            app.advance(chrono::TimeDelta::days(1));
        }
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn whoever_reads_a_matter_of_below_by_another_door_is_seen_to_look_too() {
    on_both(async |app| {
        city_officer(&app).await;
        // Who sees as much in the office itself.
        app.grant("he", "intake_officer").await;
        let dispute = Dispute::accepted(&app).await;
        let flow = Flow::after(&app, Step::ScreenReward).await;
        let looks = async |kind: &str| {
            let kind = format!("kind = '{kind}_inspected'");
            count(&app.parts().db, "event", &kind).await
        };
        let list = "{ complaints { items { particulars { content } } } }";
        for (who, looked) in [("he", 0), ("gong", 1), ("gong", 1)] {
            app.as_(who).send(list, json!({})).await.ok();
            assert_eq!(looks("complaint").await, looked, "a list by {who}");
        }
        let index = |kind: &str, id: Uuid| json!({ "subjectKind": kind, "subjectId": id });
        let made_by = |step| json!({ "id": flow.variables(step)["input"]["id"] });
        for (operation, of, kind) in [
            ("GetComplaint", json!({ "id": dispute.id }), "complaint"),
            ("ListNotices", index("COMPLAINT", dispute.id), "complaint"),
            ("ListNotices", index("CASE", flow.case()), "case"),
            ("GetReward", made_by(Step::ScreenReward), "reward"),
            ("GetVerdict", made_by(Step::RecordMeasurement), "visit"),
            (
                "ReportSuggestions",
                json!({ "id": flow.report() }),
                "report",
            ),
        ] {
            let before = looks(kind).await;
            app.as_("he").run(operation, of.clone()).await.ok();
            assert_eq!(looks(kind).await, before, "{operation} in the own office");
            app.as_("gong").run(operation, of).await.ok();
            assert_eq!(looks(kind).await, before + 1, "{operation} of a {kind}");
        }
        for (kind, id) in [("complaint", dispute.id), ("case", flow.case())] {
            let listed = index(&kind.to_uppercase(), id);
            let listed = app.as_("gong").run("ListNotices", listed).await.ok();
            let paper = listed.text("notices.0.id").parse().unwrap();
            let before = looks(kind).await;
            for (who, looked) in [("he", 0), ("gong", 1)] {
                app.as_(who).open_paper(paper).await.unwrap();
                assert_eq!(looks(kind).await, before + looked, "a paper of a {kind}");
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

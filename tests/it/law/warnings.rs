//! Warnings of the ends of periods: who gets which mail, and each once.

use liangxin_app::store::law::RunsOn;
use liangxin_app::usecase::law::warn;
use liangxin_domain::id::ReportId;
use liangxin_domain::law::clock::PauseCause;
use liangxin_domain::law::effect::ClockEffect;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::json;

use crate::complaints::Dispute;

use super::{advance_to, clock_of, day, effect};

/// The subjects of the mails about deadlines of reports with the person each went to, in order.
fn warnings(app: &TestApp) -> Vec<(String, String)> {
    warnings_about(app, "JB-")
}

fn warnings_about(app: &TestApp, kind: &str) -> Vec<(String, String)> {
    let begin = format!("编号：{kind}");
    let mails = app.mails().into_iter();
    let about = mails.filter(|mail| mail.body.starts_with(&begin));
    about
        .map(|mail| {
            let to = mail.to.as_str().split('@').next().unwrap().to_owned();
            let why = mail.subject.strip_prefix("【量信】期限提醒：").unwrap();
            let why = why.to_owned();
            (to, why)
        })
        .collect()
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
async fn the_handler_of_a_complaint_is_warned_and_the_head_too_when_it_is_late() {
    on_both(async |app| {
        // Seven working days end on 2 December.
        Dispute::assigned(&app).await;
        let pair = |to: &str, why: &str| (to.to_owned(), why.to_owned());
        let mut expected = Vec::new();
        for (date, mails) in [
            ("2026-11-24", vec![]),
            ("2026-11-25", vec![pair("deng", "剩余不超过 5 个工作日")]),
            ("2026-11-30", vec![pair("deng", "剩余不超过 2 个工作日")]),
            ("2026-12-02", vec![]),
            (
                "2026-12-03",
                vec![pair("deng", "已逾期"), pair("he", "已逾期")],
            ),
        ] {
            advance_to(&app, date);
            for _ in 0..5 {
                app.drain_jobs().await;
            }
            expected.extend(mails);
            let mut found = warnings_about(&app, "TS-");
            found.retain(|(to, _)| to != "chen");
            found.sort();
            expected.sort();
            assert_eq!(found, expected, "{date}");
        }
        let mut mails = app.mails().into_iter();
        let last = mails.rfind(|mail| mail.subject.ends_with("已逾期"));
        let body = last.unwrap().body;
        for part in [
            "编号：TS-430103-",
            "决定是否受理投诉并告知投诉人",
            "市场监督管理投诉举报处理办法",
            "第十五条",
            "2026-12-02",
        ] {
            assert!(body.contains(part), "{part} is not in {body}");
        }
        assert!(!body.contains("陈小满") && !body.contains("吴记"));
    })
    .await;
}

#[tokio::test]
async fn a_complaint_that_nobody_handles_warns_the_intake_officers() {
    on_both(async |app| {
        Dispute::filed(&app).await;
        advance_to(&app, "2026-11-25");
        app.drain_jobs().await;
        let mut found = warnings_about(&app, "TS-");
        found.retain(|(to, _)| to != "chen");
        assert_eq!(
            found,
            [("lin".to_owned(), "剩余不超过 5 个工作日".to_owned())]
        );
    })
    .await;
}

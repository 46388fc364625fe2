//! Work in the background goes on, whatever one part of it meets.

pub(crate) mod mails;

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use liangxin_app::jobs::{self, Watcher};
use liangxin_app::ports::mailer::Mailer;
use liangxin_domain::event::Lane;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::statements::Asked;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, watch};

pub(crate) fn silent() -> Watcher {
    Box::new(|_, _| {})
}

/// The application with a mail server that takes connections and says nothing.
async fn with_silent_mail(app: &TestApp, patience: Duration) -> (TestApp, TcpListener) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let from = "liangxin@liangxin.example".parse().unwrap();
    let mailer = Mailer::smtp_within(&url, from, patience).unwrap();
    (app.with(|parts| parts.mailer = mailer.into()), listener)
}

#[tokio::test]
async fn where_nothing_is_due_the_background_writes_nothing() {
    on_both(async |app| {
        jobs::run_due(app.parts()).await;
        app.drain_jobs().await;
        let asked = Asked::default();
        let heard = app.with(|parts| parts.db = asked.of(parts.db.clone()));
        jobs::run_due(heard.parts()).await;
        let watcher = silent();
        for lane in [Lane::Mail, Lane::Objects, Lane::Work] {
            let drained = jobs::drain_lane(heard.parts(), lane, &watcher, || false).await;
            assert_eq!(drained.unwrap(), 0);
        }
        let asked = asked.take();
        let is_read = |text: &str| text.starts_with("SELECT");
        assert!(!asked.is_empty());
        assert!(asked.iter().all(|it| is_read(&it.text)), "{asked:?}");
    })
    .await;
}

#[tokio::test]
async fn a_mail_server_that_says_nothing_delays_mail_alone() {
    on_both(async |app| {
        // The mails of a decided case wait for it, and so does the grade.
        let (app, _listener) = with_silent_mail(&app, Duration::from_secs(3600)).await;
        Flow::after(&app, Step::ServeDecision).await;
        let watcher = silent();
        let mail = jobs::drain_lane(app.parts(), Lane::Mail, &watcher, || false);
        let work = jobs::drain_lane(app.parts(), Lane::Work, &watcher, || false);
        let done = tokio::select! {
            biased;
            ended = mail => panic!("a silent server took a mail: {ended:?}"),
            done = work => done.unwrap(),
        };
        assert!(done > 0, "the grade is computed while the mail waits");
        let waiting = "state <> 'done' AND kind IN ('compute_rating', 'recompute_clocks')";
        assert_eq!(count(&app.parts().db, "job", waiting).await, 0);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_mail_that_gets_no_answer_is_let_go_and_tried_again_later() {
    on_both(async |app| {
        let (app, _listener) = with_silent_mail(&app, Duration::from_millis(50)).await;
        Flow::after(&app, Step::FileReport).await;
        let watcher = silent();
        let done = jobs::drain_lane(app.parts(), Lane::Mail, &watcher, || false).await;
        assert_eq!(done.unwrap(), 0);
        let postponed = "kind = 'mail_reporter' AND state = 'ready' AND attempt = 1 \
                         AND last_error IS NOT NULL";
        assert_eq!(count(&app.parts().db, "job", postponed).await, 1);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_job_that_cannot_be_read_waits_for_a_person_and_the_next_one_is_done() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.execute("UPDATE job SET note = '?' WHERE kind = 'mail_reporter'")
            .await;
        Flow::after(&app, Step::FileReport).await;
        assert_eq!(app.drain_jobs().await, 1);
        let given_up = "state = 'failed' AND last_error = 'the job cannot be read'";
        assert_eq!(count(&app.parts().db, "job", given_up).await, 1);
        assert_eq!(app.mails().len(), 1);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_is_told_to_stop_ends_after_its_present_job() {
    on_both(async |app| {
        for _ in 0..3 {
            Flow::after(&app, Step::FileReport).await;
        }
        let watcher = silent();
        let looks = std::cell::Cell::new(0);
        let is_stopped = || looks.replace(looks.get() + 1) == 1;
        let done = jobs::drain_lane(app.parts(), Lane::Mail, &watcher, is_stopped).await;
        assert_eq!(done.unwrap(), 1);
        assert_eq!(app.drain_jobs().await, 2);
    })
    .await;
}

#[tokio::test]
async fn a_reward_that_cannot_be_read_stops_neither_the_other_looks_nor_the_jobs() {
    on_both(async |app| {
        Flow::after(&app, Step::ScreenReward).await;
        app.execute("UPDATE reward SET file = '?', closes_after = NULL")
            .await;
        assert!(app.drain_jobs().await > 0);
    })
    .await;
}

#[tokio::test]
async fn a_job_that_ends_whoever_does_it_waits_for_a_person_at_last() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.execute("UPDATE job SET state = 'running', attempt = 120, lease_until = run_at WHERE kind = 'mail_reporter'")
            .await;
        app.advance(TimeDelta::minutes(1));
        app.drain_jobs().await;
        let given_up = "state = 'failed' AND last_error = 'the job ends whoever does it'";
        assert_eq!(count(&app.parts().db, "job", given_up).await, 1);
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_worker_that_is_lost_is_begun_anew() {
    on_both_connected(4, async |app| {
        for _ in 0..2 {
            Flow::after(&app, Step::FileReport).await;
        }
        let (done, mut told) = mpsc::unbounded_channel();
        let is_first = AtomicBool::new(true);
        let watcher: Watcher = Box::new(move |kind, _| {
            assert!(
                !is_first.swap(false, Ordering::Relaxed),
                "the first job ends its worker"
            );
            let _ = done.send(kind);
        });
        let (stop, stopped) = watch::channel(false);
        let workers = jobs::start(app.parts(), watcher, &stopped);
        assert_eq!(told.recv().await, Some("mail_reporter"));
        stop.send_replace(true);
        workers.await;
    })
    .await;
}

//! Work in the background goes on, whatever one part of it meets.

use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use liangxin_app::jobs::{self, Watcher};
use liangxin_app::ports::mailer::Mailer;
use liangxin_app::store;
use liangxin_domain::event::Lane;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{mpsc, watch};
use uuid::Uuid;

fn silent() -> Watcher {
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

/// What whoever connects is taken to say before anything else.
const CONNECT: &str = "CONNECT";

/// A mail server that answers each line as the test says, or not at all, on as many connections as come, until the
/// test ends. Whether the library keeps a connection for its next mail depends on who comes first.
async fn with_mail_server(
    app: &TestApp,
    answer: impl FnMut(&str) -> Option<&'static str> + Send + 'static,
) -> TestApp {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let from = "liangxin@liangxin.example".parse().unwrap();
    #[expect(
        clippy::disallowed_methods,
        reason = "a mail server, which ends with its test"
    )]
    tokio::spawn(async move {
        let answer = Mutex::new(answer);
        let mut talks = FuturesUnordered::new();
        loop {
            tokio::select! {
                come = listener.accept() => match come {
                    Ok((stream, _)) => talks.push(talk(stream, &answer)),
                    Err(_) => break,
                },
                Some(()) = talks.next() => {}
            }
        }
    });
    let mailer = Mailer::smtp_within(&url, from, Duration::from_secs(3600)).unwrap();
    app.with(|parts| parts.mailer = mailer.into())
}

/// One connection to the mail server, until it ends.
async fn talk(stream: TcpStream, answer: &Mutex<impl FnMut(&str) -> Option<&'static str>>) {
    let mut stream = BufStream::new(stream);
    let mut line = String::new();
    let mut next = (answer.lock().unwrap())(CONNECT).map(|_| "220 mail.example");
    loop {
        if let Some(next) = next {
            let said = stream.write_all(format!("{next}\r\n").as_bytes()).await;
            if said.is_err() || stream.flush().await.is_err() {
                return;
            }
        }
        line.clear();
        match stream.read_line(&mut line).await {
            Err(_) | Ok(0) => return,
            Ok(_) => next = (answer.lock().unwrap())(line.trim_end()),
        }
    }
}

/// A mail server that knows nobody.
async fn with_mail_for_nobody(app: &TestApp) -> TestApp {
    let answer = |line: &str| match line.get(..4) {
        Some("RCPT") => Some("550 5.1.1 no such mailbox"),
        _ => Some("250 ok"),
    };
    with_mail_server(app, answer).await
}

/// A mail server that takes one mail and then says nothing; it tells whose mail it took, and when it falls silent.
async fn with_mail_for_one(app: &TestApp, told: mpsc::UnboundedSender<String>) -> TestApp {
    let (mut is_letter, mut is_silent) = (false, false);
    let answer = move |line: &str| match line {
        _ if is_silent => {
            let _ = told.send("silent".to_owned());
            None
        }
        "." => {
            (is_letter, is_silent) = (false, true);
            Some("250 kept")
        }
        _ if is_letter => None,
        "DATA" => {
            is_letter = true;
            Some("354 go on")
        }
        _ => {
            if let Some(whom) = line.strip_prefix("RCPT TO:<") {
                let name = whom.split('@').next().unwrap_or_default();
                let _ = told.send(name.to_owned());
            }
            Some("250 ok")
        }
    };
    with_mail_server(app, answer).await
}

#[tokio::test]
async fn a_warning_that_was_cut_goes_to_those_who_had_none() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        app.grant("tang", "intake_officer").await;
        app.advance(TimeDelta::days(22));
        jobs::run_due(app.parts()).await;
        let due = count(&app.parts().db, "job", "state = 'ready'").await;
        assert_eq!(due, 1, "one warning for three people");
        let (told, mut heard) = mpsc::unbounded_channel();
        let cut = with_mail_for_one(&app, told).await;
        let watcher = silent();
        let work = jobs::drain_lane(cut.parts(), Lane::Mail, &watcher, || false);
        let first = async {
            let first = heard.recv().await.unwrap();
            assert_eq!(heard.recv().await.as_deref(), Some("silent"));
            first
        };
        let first = tokio::select! {
            ended = work => panic!("a silent server took every mail: {ended:?}"),
            first = first => first,
        };
        app.advance(TimeDelta::minutes(1));
        assert_eq!(app.drain_jobs().await, 1);
        let warned = app.mails().into_iter();
        let warned = warned.filter(|mail| mail.body.contains("it is overdue"));
        let mut warned: Vec<_> = warned
            .map(|mail| mail.to.as_str().split('@').next().unwrap().to_owned())
            .collect();
        assert_eq!(warned.len(), 2, "{first} and {warned:?}");
        warned.push(first);
        warned.sort();
        assert_eq!(warned, ["he", "lin", "tang"]);
    })
    .await;
}

#[tokio::test]
async fn a_mail_for_a_mailbox_that_is_not_there_waits_for_a_person_and_can_be_sent_again() {
    on_both(async |app| {
        let refused = with_mail_for_nobody(&app).await;
        Flow::after(&refused, Step::FileReport).await;
        let watcher = silent();
        let done = jobs::drain_lane(refused.parts(), Lane::Mail, &watcher, || false).await;
        assert_eq!(done.unwrap(), 0);
        let [waiting] = jobs_waiting(&app).await.try_into().unwrap();
        assert_eq!(
            (waiting.kind.as_str(), waiting.attempts),
            ("mail_reporter", 1)
        );
        assert!(!waiting.last_error.contains('@'), "{}", waiting.last_error);
        app.advance(TimeDelta::hours(2));
        assert_eq!(app.drain_jobs().await, 0, "nobody said so");
        let retried = store::jobs::retry(&app.parts().db, Some(waiting.id), app.now()).await;
        assert_eq!(retried.unwrap(), 1);
        assert_eq!(app.drain_jobs().await, 1);
        assert_eq!(jobs_waiting(&app).await, []);
        assert_eq!(app.mails().len(), 1);
    })
    .await;
}

#[tokio::test]
async fn an_administrator_of_the_highest_bureau_lets_a_job_that_waits_be_tried_again() {
    on_both(async |app| {
        let refused = with_mail_for_nobody(&app).await;
        Flow::after(&refused, Step::FileReport).await;
        let watcher = silent();
        let done = jobs::drain_lane(refused.parts(), Lane::Mail, &watcher, || false).await;
        assert_eq!(done.unwrap(), 0);
        let listed = app.as_("qiu").run("WaitingJobs", json!({})).await.ok();
        let Some([waiting]) = listed.data("waitingJobs").as_array().map(Vec::as_slice) else {
            panic!("one waits: {listed:?}");
        };
        assert_eq!(waiting["kind"], "mail_reporter");
        let retry = |write: Uuid, job: &Value| json!({ "input": { "id": write, "jobId": job } });
        let write = app.new_id();
        for who in ["lin", "yi"] {
            app.grant(who, "administrator").await;
            let listed = app.as_(who).run("WaitingJobs", json!({})).await;
            assert_eq!(
                listed.problems(),
                ["DENIED"],
                "{who} is below another bureau"
            );
            let (session, retry) = (app.as_(who), retry(write, &waiting["id"]));
            assert_eq!(session.refused("RetryJob", retry).await, ["DENIED"]);
        }
        let unknown = retry(app.new_id(), &json!(app.new_id()));
        assert_eq!(
            app.as_("qiu").refused("RetryJob", unknown).await,
            ["NOT_FOUND"]
        );
        for _ in 0..2 {
            let (session, retry) = (app.as_("qiu"), retry(write, &waiting["id"]));
            let retried = session.run("RetryJob", retry).await.ok();
            assert_eq!(retried.data("retryJob.isRetried"), &json!(true));
        }
        let told = "kind = 'job_retried'";
        assert_eq!(count(&app.parts().db, "event", told).await, 1);
        assert_eq!(app.drain_jobs().await, 1);
        assert_eq!(app.mails().len(), 1);
    })
    .await;
}

async fn jobs_waiting(app: &TestApp) -> Vec<store::jobs::Waiting> {
    store::jobs::list_waiting(&app.parts().db).await.unwrap()
}

#[tokio::test]
async fn a_mail_goes_out_although_its_server_was_away_for_five_days() {
    on_both(async |app| {
        let nobody = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("smtp://{}", nobody.local_addr().unwrap());
        drop(nobody);
        let from = "liangxin@liangxin.example".parse().unwrap();
        let away = Mailer::smtp_within(&url, from, Duration::from_secs(20)).unwrap();
        let away = app.with(|parts| parts.mailer = away.into());
        Flow::after(&away, Step::FileReport).await;
        let watcher = silent();
        let back_at = app.now() + TimeDelta::days(5);
        while app.now() < back_at {
            let done = jobs::drain_lane(away.parts(), Lane::Mail, &watcher, || false).await;
            assert_eq!(done.unwrap(), 0);
            app.advance(TimeDelta::hours(1));
        }
        app.advance(TimeDelta::hours(2));
        assert_eq!(app.drain_jobs().await, 1);
        assert_eq!(app.mails().len(), 1);
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

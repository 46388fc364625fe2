//! Mail servers that are away, full, late or know nobody: what they keep from whom.

use std::fmt::Display;
use std::mem;
use std::sync::Mutex;
use std::time::Duration;

use chrono::TimeDelta;
use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use liangxin_app::jobs;
use liangxin_app::ports::mailer::Mailer;
use liangxin_app::store;
use liangxin_domain::event::Lane;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufStream};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use uuid::Uuid;

use super::silent;

/// What whoever connects is taken to say before anything else.
const CONNECT: &str = "CONNECT";

/// A mail server that answers each line as the test says, or not at all, on as many connections as come, until the
/// test ends. Whether the library keeps a connection for its next mail depends on who comes first.
pub(crate) async fn with_mail_server<A: Display + 'static>(
    app: &TestApp,
    answer: impl FnMut(&str) -> Option<A> + Send + 'static,
) -> TestApp {
    with_mail_server_within(app, Duration::from_secs(3600), answer).await
}

/// The same, for mails that wait so long for their answers.
async fn with_mail_server_within<A: Display + 'static>(
    app: &TestApp,
    patience: Duration,
    answer: impl FnMut(&str) -> Option<A> + Send + 'static,
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
    let mailer = Mailer::smtp_within(&url, from, patience).unwrap();
    app.with(|parts| parts.mailer = mailer.into())
}

/// One connection to the mail server, until it ends.
async fn talk<A: Display>(stream: TcpStream, answer: &Mutex<impl FnMut(&str) -> Option<A>>) {
    let mut stream = BufStream::new(stream);
    let mut line = String::new();
    let mut next = (answer.lock().unwrap())(CONNECT).map(|_| "220 mail.example".to_owned());
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
            Ok(_) => {
                let answer = (answer.lock().unwrap())(line.trim_end());
                next = answer.map(|answer| answer.to_string());
            }
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

/// A warning that waits to go to three people: a period is over.
async fn one_warning_for_three(app: &TestApp) {
    Flow::after(app, Step::FileReport).await;
    app.drain_jobs().await;
    app.grant("tang", "intake_officer").await;
    app.advance(TimeDelta::days(22));
    jobs::run_due(app.parts()).await;
    let due = count(&app.parts().db, "job", "state = 'ready'").await;
    assert_eq!(due, 1, "one warning for three people");
}

/// Who was told that a period is over.
fn warned(app: &TestApp) -> Vec<String> {
    let mails = app.mails().into_iter();
    let warned = mails.filter(|mail| mail.body.contains("it is overdue"));
    warned
        .map(|mail| mail.to.as_str().split('@').next().unwrap().to_owned())
        .collect()
}

#[tokio::test]
async fn an_account_that_cannot_be_read_keeps_a_warning_from_nobody_else() {
    on_both(async |app| {
        one_warning_for_three(&app).await;
        app.execute("UPDATE \"user\" SET email = '?' WHERE email LIKE 'lin@%'")
            .await;
        assert_eq!(app.drain_jobs().await, 1);
        let mut warned = warned(&app);
        warned.sort();
        assert_eq!(warned, ["he", "tang"]);
    })
    .await;
}

#[tokio::test]
async fn a_warning_that_was_cut_goes_to_those_who_had_none() {
    on_both(async |app| {
        one_warning_for_three(&app).await;
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
        let mut warned = warned(&app);
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

/// A mail server that is late with its answer to the first mail, and refuses every other one when it has all of it.
async fn with_late_mail(app: &TestApp) -> TestApp {
    let (mut is_letter, mut is_first, mut late) = (false, true, None);
    let answer = move |line: &str| {
        if line == CONNECT {
            (is_letter, late) = (false, None);
            return Some("");
        }
        if is_letter && line != "." {
            return None;
        }
        is_letter = line == "DATA";
        let due = match line {
            "DATA" => "354 go on",
            "." if is_first => {
                (is_first, late) = (false, Some("250 kept"));
                return None;
            }
            "." => "552 too much mail",
            _ => "250 ok",
        };
        // What was late comes before what is due.
        Some(match &mut late {
            Some(late) => mem::replace(late, due),
            None => due,
        })
    };
    with_mail_server_within(app, Duration::from_millis(200), answer).await
}

#[tokio::test]
async fn no_late_answer_to_one_mail_is_taken_for_that_to_the_next() {
    on_both(async |app| {
        let late = with_late_mail(&app).await;
        Flow::after(&late, Step::FileReport).await;
        let watcher = silent();
        for _ in 0..2 {
            let done = jobs::drain_lane(late.parts(), Lane::Mail, &watcher, || false).await;
            assert_eq!(done.unwrap(), 0, "no mail was taken");
            app.advance(TimeDelta::minutes(1));
        }
        assert_eq!(app.drain_jobs().await, 1);
    })
    .await;
}

/// A mail server that has no room for whoever is named first.
async fn with_one_full_mailbox(app: &TestApp) -> TestApp {
    let (mut is_letter, mut full) = (false, None);
    let answer = move |line: &str| {
        if is_letter && line != "." {
            return None;
        }
        is_letter = line == "DATA";
        Some(match line {
            "DATA" => "354 go on",
            _ if line.starts_with("RCPT") => {
                let first = full.get_or_insert_with(|| line.to_owned());
                if first == line {
                    "452 4.2.2 full"
                } else {
                    "250 ok"
                }
            }
            _ => "250 ok",
        })
    };
    with_mail_server(app, answer).await
}

#[tokio::test]
async fn a_warning_reaches_the_others_while_one_mailbox_is_full() {
    on_both(async |app| {
        one_warning_for_three(&app).await;
        let full = with_one_full_mailbox(&app).await;
        let db = &app.parts().db;
        let sent = async || count(db, "sent_mail", "TRUE").await;
        let before = sent().await;
        let watcher = silent();
        let done = jobs::drain_lane(full.parts(), Lane::Mail, &watcher, || false).await;
        assert_eq!(done.unwrap(), 0, "the mail of one is left");
        assert_eq!(sent().await - before, 2, "of three");
        assert_eq!(count(db, "job", "state = 'ready'").await, 1);
        app.advance(TimeDelta::minutes(1));
        let before = app.mails().len();
        assert_eq!(app.drain_jobs().await, 1);
        assert_eq!(app.mails().len() - before, 1);
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

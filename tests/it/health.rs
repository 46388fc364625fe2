//! What whoever watches the program is told, and whether it is true.

use std::time::Duration;

use chrono::TimeDelta;
use liangxin_app::work::{Db, Source as _, Work};
use liangxin_app::{jobs, store};
use liangxin_domain::actor::Actor;
use liangxin_domain::event::Sweep;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::program::{Program, run};
use liangxin_tests::server::Server;
use sea_orm::ConnectionTrait as _;
use tokio::net::TcpListener;

async fn ready(server: &Server) -> (u16, String) {
    let answer = server.get("/readyz").send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

#[tokio::test]
async fn ready_means_that_something_was_written() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        app.execute("ALTER TABLE health RENAME TO gone").await;
        let (status, said) = ready(&server).await;
        assert_eq!(status, 503);
        assert!(said.contains("database failed"), "{said}");
        app.execute("ALTER TABLE gone RENAME TO health").await;
        let (status, said) = ready(&server).await;
        assert_eq!(
            (status, said.contains("database ok")),
            (200, true),
            "{said}"
        );
    })
    .await;
}

/// Holds the lock that every writer needs, as a process does that hangs in the middle of a work.
async fn hold(app: &TestApp) -> Work {
    let work = app.parts().work(&Actor::System).await.unwrap();
    if app.parts().db.is_postgres() {
        let lock = "LOCK TABLE health IN ACCESS EXCLUSIVE MODE";
        work.connection().execute_unprepared(lock).await.unwrap();
    }
    work
}

#[tokio::test]
async fn while_no_writer_comes_through_it_is_not_ready_and_readers_are_served() {
    on_both_connected(16, async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let held = hold(&app).await;
        let many = futures_util::future::join_all((0..8).map(|_| ready(&server))).await;
        assert!(many.iter().all(|(status, _)| *status == 503), "{many:?}");
        let said = &many[0].1;
        assert!(
            said.contains("objects ok") && said.contains("oldest due in mail 0 s"),
            "{said}"
        );
        let page = server.get("/m/LX-CS-0007").send().await.unwrap();
        assert!(page.status().as_u16() < 500);
        drop(held);
        assert_eq!(ready(&server).await.0, 200);
    })
    .await;
}

#[tokio::test]
async fn how_long_the_background_has_not_come_to_its_work_is_told() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        jobs::run_due(app.parts()).await;
        Flow::after(&app, Step::FileReport).await;
        app.advance(TimeDelta::seconds(90));
        let (_, said) = ready(&server).await;
        for line in [
            "oldest due in mail 9",
            "oldest due in work 0 s",
            "oldest due in sweeps 6",
        ] {
            assert!(said.contains(line), "{line}: {said}");
        }
        let figures = server.get("/metrics").send().await.unwrap();
        let figures = figures.text().await.unwrap();
        let figure = r#"liangxin_oldest_due_seconds{lane="mail"} 9"#;
        assert!(figures.contains(figure), "{figures}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn figures_and_what_waits_are_told_to_nobody_for_whom_a_proxy_asks() {
    on_both(async |app| {
        for server in [
            Server::start(&app, Mode::Production).await,
            Server::behind_a_proxy(&app, Mode::Production).await,
        ] {
            for (name, value) in [
                ("X-Forwarded-For", "203.0.113.7"),
                ("Forwarded", "for=203.0.113.7"),
            ] {
                let asked = async |path| {
                    let asked = server.get(path).header(name, value);
                    let answer = asked.send().await.unwrap();
                    (answer.status().as_u16(), answer.text().await.unwrap())
                };
                assert_eq!(asked("/metrics").await, (404, String::new()));
                assert_eq!(asked("/readyz").await, (200, String::new()));
            }
            let within = server.get("/metrics").send().await.unwrap();
            assert_eq!(within.status().as_u16(), 200);
            assert!(ready(&server).await.1.contains("oldest due in mail"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_look_that_fails_is_told_until_it_is_made_well() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        for (change, told) in [
            ("ALTER TABLE throttle RENAME TO gone", "looks that fail 1"),
            ("ALTER TABLE gone RENAME TO throttle", "looks that fail 0"),
        ] {
            app.execute(change).await;
            app.advance(TimeDelta::minutes(20));
            jobs::run_due(app.parts()).await;
            let (status, said) = ready(&server).await;
            assert!(status == 200 && said.contains(told), "{said}");
        }
    })
    .await;
}

#[tokio::test]
async fn of_all_processes_one_makes_a_look_and_another_takes_over_from_a_dead_one() {
    on_both(async |app| {
        let claim = async || {
            let claimed = store::sweeps::claim(&app.parts().db, Sweep::Purge, app.now()).await;
            claimed.unwrap()
        };
        assert_eq!((claim().await, claim().await), (Some(1), None));
        app.advance(TimeDelta::seconds(31));
        assert_eq!((claim().await, claim().await), (Some(2), None));
    })
    .await;
}

#[tokio::test]
async fn what_is_remembered_for_a_while_only_goes() {
    on_both(async |app| {
        Flow::after(&app, Step::FileReport).await;
        app.drain_jobs().await;
        app.execute("INSERT INTO throttle (key, failures, last_failed_at) VALUES ('k', 3, '2026-11-01T00:00:00+00:00')")
            .await;
        let db = &app.parts().db;
        assert!(count(db, "job", "state = 'done'").await > 0);
        jobs::run_due(app.parts()).await;
        assert_eq!(count(db, "throttle", "1 = 1").await, 0);
        assert!(count(db, "job", "state = 'done'").await > 0, "too early");
        app.advance(TimeDelta::days(31));
        jobs::run_due(app.parts()).await;
        assert_eq!(count(db, "job", "state = 'done'").await, 0);
        assert!(count(db, "event", "kind = 'report_filed'").await > 0);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_start_without_the_object_store_serves_what_needs_no_photo_and_says_so() {
    let directory = tempfile::tempdir().unwrap();
    // A port that nobody listens on.
    let closed = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let endpoint = format!("http://{}", closed.local_addr().unwrap());
    drop(closed);
    let environment = [
        ("S3_BUCKET", "photos"),
        ("S3_ENDPOINT", endpoint.as_str()),
        ("AWS_ACCESS_KEY_ID", "id"),
        ("AWS_SECRET_ACCESS_KEY", "secret"),
    ];
    let program = Program::serve(directory.path(), &environment).await;
    let answer = reqwest::get(format!("{}/readyz", program.url))
        .await
        .unwrap();
    assert_eq!(answer.status(), 200);
    let said = answer.text().await.unwrap();
    assert!(
        said.contains("objects failed: photos are refused"),
        "{said}"
    );
    let page = reqwest::get(format!("{}/report", program.url))
        .await
        .unwrap();
    assert_eq!(page.status(), 200);
}

#[tokio::test]
async fn too_few_files_are_told_and_served_with() {
    let directory = tempfile::tempdir().unwrap();
    let program = Program::serve_with_files(directory.path(), 512).await;
    let program = program.unwrap();
    let answer = reqwest::get(format!("{}/readyz", program.url)).await;
    assert_eq!(answer.unwrap().status(), 200);
    let log = std::fs::read_to_string(directory.path().join("stderr.log")).unwrap();
    let told = log.contains("few files may be open") && log.contains("512");
    assert!(told, "{log}");
}

/// Seven thousand mails that nobody takes, written as the program writes them.
const QUEUE: &str = "INSERT INTO event (id, at, actor_kind, kind, subject) \
    WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 7000) \
    SELECT randomblob(16), '2026-11-23T00:00:00+00:00', 'system', 'queue', randomblob(16) FROM n; \
    INSERT INTO job (id, event_id, kind, subject, note, state, run_at, attempt, lane, priority) \
    SELECT randomblob(16), id, 'compute_rating', subject, '', 'ready', at, 0, 'work', 1 FROM event WHERE kind = 'queue'";

#[tokio::test]
async fn a_server_with_seven_thousand_jobs_ends_when_it_is_told_to_and_loses_none() {
    let directory = tempfile::tempdir().unwrap();
    let program = Program::serve(directory.path(), &[]).await;
    let url = format!(
        "sqlite://{}",
        directory.path().join("liangxin.db").display()
    );
    let db = Db::connect(&url, 1).await.unwrap();
    db.writer().execute_unprepared(QUEUE).await.unwrap();
    // The worker has begun with them.
    while count(&db, "job", "kind = 'compute_rating' AND attempt > 0").await == 0 {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = async {
        loop {
            // A port that is closed has told nobody.
            let answer = reqwest::get(format!("{}/readyz", program.url))
                .await
                .unwrap();
            if answer.status() == 503 {
                return answer.text().await.unwrap();
            }
        }
    };
    let (ended, told) = tokio::join!(program.terminate(), told);
    assert!(ended && told.starts_with("ending\n"), "{told}");
    assert_eq!(
        count(&db, "job", "kind = 'compute_rating' AND state <> 'done'").await,
        7000
    );
    db.close().await.unwrap();
}

#[tokio::test]
async fn what_waits_for_a_person_is_listed_and_tried_again_by_a_command() {
    let directory = tempfile::tempdir().unwrap();
    let program = Program::serve(directory.path(), &[]).await;
    assert!(program.terminate().await);
    let file = directory.path().join("liangxin.db");
    let db = Db::connect(&format!("sqlite://{}", file.display()), 1)
        .await
        .unwrap();
    let failed = "INSERT INTO event (id, at, actor_kind, kind, subject) VALUES \
         (randomblob(16), '2026-11-23T00:00:00+00:00', 'system', 'queue', randomblob(16)), \
         (randomblob(16), '2026-11-23T00:00:00+00:00', 'system', 'queue', randomblob(16)); \
         INSERT INTO job (id, event_id, kind, subject, note, state, run_at, attempt, lane, priority, last_error) \
         SELECT randomblob(16), id, 'compute_rating', subject, '', 'failed', at, 120, 'work', 1, 'could not do it' \
         FROM event WHERE kind = 'queue'";
    db.writer().execute_unprepared(failed).await.unwrap();
    let waiting = store::jobs::list_waiting(&db).await.unwrap();
    let listed = run(&["jobs", "list"], directory.path());
    assert!(listed.contains(&waiting[1].id.to_string()), "{listed}");
    assert!(listed.contains("could not do it") && listed.ends_with("2 jobs wait for a person\n"));
    let first = waiting[0].id.to_string();
    let one = run(&["jobs", "retry", &first], directory.path());
    assert_eq!(one, "1 jobs will be tried again\n");
    let is_new = "state = 'ready' AND attempt = 0";
    assert_eq!(count(&db, "job", is_new).await, 1);
    run(&["jobs", "retry"], directory.path());
    assert_eq!(count(&db, "job", is_new).await, 2);
    db.close().await.unwrap();
}

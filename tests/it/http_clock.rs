//! The clock of invented people over real sockets: it goes on, and real people have no such door.

use chrono::{DateTime, TimeDelta, Utc};
use liangxin_app::ports::clock::Clock;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::server::Server;

const FORM: &str = "application/x-www-form-urlencoded";

async fn until(server: &Server, moment: &str) -> (u16, String) {
    let asked = server.post("/fixtures/clock").header("Content-Type", FORM);
    let answer = asked.body(format!("until={moment}")).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn text(moment: DateTime<Utc>) -> String {
    moment.format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

#[tokio::test]
async fn where_real_people_work_nobody_moves_the_clock() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Development).await;
        let before = app.now();
        let (status, _) = until(&server, "2026-12-20T01:30:00Z").await;
        assert_eq!((status, app.now()), (404, before));
    })
    .await;
}

#[tokio::test]
async fn the_clock_of_invented_people_goes_on_and_never_back() {
    on_both(async |app| {
        let start = app.now();
        let app = app.with(|parts| parts.clock = Clock::running_from(start));
        let server = Server::start(&app, Mode::Development).await;
        let week = start + TimeDelta::days(7);
        assert_eq!(until(&server, &text(week)).await.0, 200);
        let later = app.now();
        assert!(later + TimeDelta::seconds(1) > week);
        let (status, told) = until(&server, &text(start)).await;
        assert_eq!(status, 200);
        assert!(told.trim().parse::<DateTime<Utc>>().unwrap() >= later);
        let (status, told) = until(&server, "tomorrow").await;
        assert!(
            status == 400 && told.contains("2026-12-08T01:30:00Z"),
            "{told}"
        );
        let (status, _) = until(&server, &text(app.now() + TimeDelta::days(400))).await;
        assert_eq!(status, 400);
        assert!(app.now() < week + TimeDelta::days(1));
    })
    .await;
}

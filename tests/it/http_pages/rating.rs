//! The page behind the code on a wall.

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_code;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::server::Server;

use super::page;

/// The grade that a page shows.
fn letter(html: &str) -> &'static str {
    let letters = ["AAA", "AA", "A", "B", "C", "D", "N"];
    let shown = letters
        .iter()
        .find(|letter| html.contains(&format!(">{letter}<")));
    shown.copied().unwrap_or_default()
}

#[tokio::test]
async fn the_page_behind_the_code_on_the_wall_shows_the_grade_before_and_after_a_decision() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let path = format!("/m/{}", merchant_code("tianxin-stall-17"));
        let (status, before) = page(&server, &path).await;
        assert_eq!(status, 200);
        assert!(
            before.contains("Fresh Pork") && before.contains("<svg"),
            "{before}"
        );
        assert_eq!(letter(&before), "B", "its scale is overdue");
        let chinese = server
            .get(&format!("{path}?lang=zh"))
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert!(chinese.contains("吴记鲜肉"));
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        app.drain_jobs().await;
        let (_, visited) = page(&server, &path).await;
        flow.go_on(Step::SubmitVisit, Step::DecideCase).await;
        app.advance(TimeDelta::seconds(1));
        app.drain_jobs().await;
        let (_, decided) = page(&server, &path).await;
        assert_eq!(
            letter(&decided),
            letter(&visited),
            "what did not reach the merchant is not public"
        );
        flow.take(Step::ServeDecision).await;
        app.advance(TimeDelta::seconds(1));
        app.drain_jobs().await;
        let (_, after) = page(&server, &path).await;
        assert_eq!(letter(&after), "C");
        let (status, nobody) = page(&server, &format!("/m/{}", merchant_code("nobody"))).await;
        assert_eq!(status, 404, "{nobody}");
    })
    .await;
}

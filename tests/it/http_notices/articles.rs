//! Which article the ground of a decision has on its paper.

use liangxin_domain::id::ReportId;
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::papers::{self, issued};
use liangxin_tests::server::Server;

use super::{shown, token};

#[tokio::test]
async fn a_chinese_sheet_has_an_article_in_place_of_a_code_and_ends_its_sentences() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let about = (
            Subject::Report(ReportId::new(flow.report())),
            Paper::RefusalNotice,
        );
        let refusal = papers::refusal("同一争议已经法院受理");
        let id = issued(&app, about, refusal).await.unwrap();
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "deng@tianxin.example").await;
        let (_, sheet) = shown(&server, &format!("/notices/{id}?lang=zh"), &token).await;
        for part in [
            "《市场监督管理投诉举报处理办法》第十六条第二项",
            "理由：同一争议已经法院受理。</p>",
            "□短信",
        ] {
            assert!(sheet.contains(part), "{part}: {sheet}");
        }
        for word in ["REF_2", "unverified"] {
            assert!(!sheet.contains(word), "{word}: {sheet}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_article_is_that_of_the_day_on_which_the_complaint_came() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "deng@tianxin.example").await;
        let subject = Subject::Report(ReportId::new(flow.report()));
        for (received, article) in [
            (
                Some("2026-11-20"),
                "《市场监督管理投诉举报处理办法》第二十三条第一项",
            ),
            (
                Some("2026-04-14"),
                "《市场监督管理投诉举报处理暂行办法》相应条款",
            ),
            // It stays as it was issued.
            (None, "TERM_1"),
        ] {
            let draft = papers::termination(received);
            let about = (subject, Paper::TerminationNotice);
            let id = issued(&app, about, draft).await.unwrap();
            let (_, sheet) = shown(&server, &format!("/notices/{id}?lang=zh"), &token).await;
            assert!(sheet.contains(article), "{article}: {sheet}");
        }
        app.drain_jobs().await;
    })
    .await;
}

//! Papers over real sockets: for a token, for a code, and for nobody else. `articles.rs`: which article a ground has on its paper.

mod articles;

use liangxin_app::store;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::{CaseId, ComplaintId, NoticeId, ReportId};
use liangxin_domain::notices::field::FieldClass;
use liangxin_domain::notices::notice::{Notice, Subject};
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::notices::recipient::RecipientKind;
use liangxin_domain::notices::said::Said;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::contract;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::papers::{self, COMPLAINANT, issued};
use liangxin_tests::server::Server;
use reqwest::Response;
use serde_json::json;

use crate::complaints::Dispute;

async fn token(server: &Server, email: &str) -> String {
    let credentials = json!({ "input": {
        "email": email, "password": liangxin_demo::fixtures::PASSWORD, "deviceName": "desk",
    } });
    let reply = server
        .ask(&contract::operation("SignIn"), &credentials)
        .await
        .ok();
    reply.text("signIn.session.accessToken").to_owned()
}

async fn shown(server: &Server, path: &str, token: &str) -> (u16, String) {
    let answer = server.get(path).bearer_auth(token).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn opened(server: &Server, notice: NoticeId, code: &str) -> (u16, String) {
    let form = "application/x-www-form-urlencoded";
    let request = server
        .post(&format!("/notices/{notice}"))
        .header("Content-Type", form);
    let answer = request.body(format!("code={code}")).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

fn header_of<'a>(answer: &'a Response, name: &str) -> &'a str {
    answer
        .headers()
        .get(name)
        .map_or("", |value| value.to_str().unwrap())
}

async fn reply_for(app: &TestApp, flow: &Flow, reason: &str) -> NoticeId {
    let about = (
        Subject::Report(ReportId::new(flow.report())),
        Paper::CompetenceReply,
    );
    let reply = papers::competence_reply(flow.report(), reason);
    issued(app, about, reply).await.unwrap()
}

#[tokio::test]
async fn a_citizen_opens_a_paper_with_the_code_and_that_is_its_service() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let id = reply_for(&app, &flow, "摊位位于岳麓区。").await;
        let code = flow.receipt_code().await;
        let server = Server::start(&app, Mode::Production).await;
        let (status, sheet) = opened(&server, id, &code).await;
        assert_eq!(status, 200, "{sheet}");
        for words in [
            "举报管辖告知书",
            "摊位位于岳麓区。",
            "长沙市岳麓区市场监督管理局",
            "当事人凭查询码",
            "网络",
        ] {
            assert!(sheet.contains(words), "{words}: {sheet}");
        }
        assert!(!sheet.contains(&code) && !sheet.contains("<script"));
        let (status, _) = opened(&server, id, &code).await;
        assert_eq!(status, 200);
        let served = "served_channel = 'internet' AND served_by IS NULL";
        assert_eq!(count(&app.parts().db, "notice", served).await, 1);
        assert_eq!(
            count(&app.parts().db, "event", "kind = 'paper_served'").await,
            1
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_code_there_is_a_form_and_a_wrong_code_opens_nothing() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let id = reply_for(&app, &flow, "摊位位于岳麓区。").await;
        let server = Server::start(&app, Mode::Production).await;
        let answer = server.get(&format!("/notices/{id}")).send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let form = answer.text().await.unwrap();
        assert!(
            form.contains("name=\"code\"") && !form.contains("岳麓"),
            "{form}"
        );
        for code in ["", "x", "7777-7777-7777-7777-7777"] {
            let (status, page) = opened(&server, id, code).await;
            assert!((400..500).contains(&status), "{code}: {status}");
            assert!(!page.contains("岳麓"), "{code}");
        }
        assert_eq!(
            count(&app.parts().db, "notice", "served_at IS NOT NULL").await,
            0
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_code_of_another_report_and_a_paper_for_somebody_else_are_not_found() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let other = Flow::with_secret(&app, "YW5vdGhlci1zZWNyZXQtMDAy");
        let second = other.variables(Step::FileReport);
        let filed = app.anonymous().run("FileReport", second).await.ok();
        let code = filed.text("fileReport.receipt.receiptCode");
        let server = Server::start(&app, Mode::Production).await;
        let id = reply_for(&app, &flow, "理由").await;
        assert_eq!(opened(&server, id, code).await.0, 404);
        let about = (
            Subject::Complaint(papers::complaint()),
            Paper::MediationNotice,
        );
        let to_wu = issued(&app, about, papers::mediation(&app)).await.unwrap();
        assert_eq!(
            opened(&server, to_wu, &flow.receipt_code().await).await.0,
            404
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn officers_and_the_addressed_merchant_read_by_token_and_reading_is_not_serving() {
    on_both(async |app| {
        let about = ComplaintId::new(Dispute::assigned(&app).await.id);
        let about = (Subject::Complaint(about), Paper::MediationNotice);
        let id = issued(&app, about, papers::mediation(&app)).await.unwrap();
        let server = Server::start(&app, Mode::Production).await;
        let path = format!("/notices/{id}");
        for (email, expected) in [
            ("deng@tianxin.example", 200),
            ("lin@tianxin.example", 200),
            ("wu@merchants.example", 200),
            ("zhou@tianxin.example", 404),
            ("shi@merchants.example", 404),
            // The complaint is none of hers, so nothing that hangs on it is.
            ("luo@tianxin.example", 404),
        ] {
            let token = token(&server, email).await;
            let (status, sheet) = shown(&server, &path, &token).await;
            assert_eq!(status, expected, "{email}");
            assert_eq!(sheet.contains(COMPLAINANT), expected == 200, "{email}");
        }
        assert!((400..500).contains(&shown(&server, &path, "rubbish").await.0));
        assert_eq!(
            count(&app.parts().db, "notice", "served_at IS NOT NULL").await,
            0
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_paper_is_kept_by_no_cache_and_no_search_engine_and_runs_nothing() {
    on_both(async |app| {
        let about = ComplaintId::new(Dispute::assigned(&app).await.id);
        let nasty = "<script>alert(1)</script>\"'><img src=x onerror=y>";
        let about = (Subject::Complaint(about), Paper::RefusalNotice);
        let id = issued(&app, about, papers::refusal(nasty)).await.unwrap();
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "deng@tianxin.example").await;
        let request = server.get(&format!("/notices/{id}")).bearer_auth(token);
        let answer = request.send().await.unwrap();
        assert_eq!(header_of(&answer, "cache-control"), "private, no-store");
        assert!(header_of(&answer, "x-robots-tag").contains("noindex"));
        assert!(header_of(&answer, "content-security-policy").contains("default-src 'none'"));
        let sheet = answer.text().await.unwrap();
        assert!(
            !sheet.contains("<script") && !sheet.contains("<img"),
            "{sheet}"
        );
        assert!(sheet.contains("&lt;script&gt;alert(1)"));
        let style = sheet
            .split("/assets/paper.css")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        let style = server
            .get(&format!("/assets/paper.css{style}"))
            .send()
            .await
            .unwrap();
        assert!(header_of(&style, "cache-control").contains("immutable"));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn every_paper_is_printed_with_everything_that_is_on_it_in_both_languages() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "deng@tianxin.example").await;
        let forms = &app.parts().law.papers;
        for form in forms.iter() {
            for kind in &form.served_on {
                let to = papers::recipient(*kind, flow.report());
                let written = papers::filled(forms, form, to, "<甲>");
                let about = (Subject::Report(ReportId::new(flow.report())), form.paper);
                let id = issued(&app, about, written.clone()).await.unwrap();
                for (lang, title) in [("zh", &form.title_zh), ("en", &form.title_en)] {
                    let (status, sheet) =
                        shown(&server, &format!("/notices/{id}?lang={lang}"), &token).await;
                    assert_eq!(status, 200, "{}", form.paper);
                    assert!(sheet.contains(title.as_str()), "{}: {sheet}", form.paper);
                    for (field, said) in written.iter() {
                        let words = match said {
                            Said::Words(_) => format!("{field}&lt;甲&gt;"),
                            Said::Day(_) if lang == "zh" => "2026年11月23日".to_owned(),
                            Said::Day(_) => "23 November 2026".to_owned(),
                            Said::Moment(_) => "1970".to_owned(),
                        };
                        assert!(
                            sheet.contains(&words),
                            "{} {field} {lang}: {sheet}",
                            form.paper
                        );
                    }
                }
                let outward = !matches!(kind, RecipientKind::File | RecipientKind::Reporter);
                let points = written
                    .iter()
                    .any(|(field, _)| field.class() == FieldClass::Reporter);
                assert!(!(outward && points), "{}", form.paper);
            }
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_boxes_of_a_paper_for_the_party_of_a_case_are_the_ways_of_the_law() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::IssueNotice).await;
        let case = Subject::Case(CaseId::new(flow.case()));
        let papers = store::notices::list(&app.parts().db, &Actor::System, case);
        let papers = papers.await.unwrap();
        let is_notice = |paper: &&Notice| {
            paper.paper == Paper::PenaltyNotice
                && paper.recipient.kind() == RecipientKind::Respondent
        };
        let id = papers.iter().find(is_notice).unwrap().id;
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "deng@tianxin.example").await;
        let (_, sheet) = shown(&server, &format!("/notices/{id}?lang=zh"), &token).await;
        assert!(
            sheet.contains("□留置") && sheet.contains("□公告"),
            "{sheet}"
        );
        assert!(!sheet.contains("□电话") && !sheet.contains("□短信"));
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_index_of_a_file_lists_its_papers_for_officers() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let id = reply_for(&app, &flow, "理由").await;
        let server = Server::start(&app, Mode::Production).await;
        let path = format!("/notices/of/report/{}", flow.report());
        let officer = token(&server, "lin@tianxin.example").await;
        let (status, index) = shown(&server, &path, &officer).await;
        assert_eq!(status, 200);
        assert!(
            index.contains("卷内文件目录") && index.contains(&format!("/notices/{id}")),
            "{index}"
        );
        let merchant = token(&server, "wu@merchants.example").await;
        let (_, index) = shown(&server, &path, &merchant).await;
        assert!(!index.contains(&id.to_string()));
        let nobody = server.get(&path).send().await.unwrap();
        assert!((400..500).contains(&nobody.status().as_u16()));
        for path in ["/notices/of/rubbish/1", "/notices/1"] {
            assert_eq!(shown(&server, path, &officer).await.0, 404, "{path}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_tracking_page_leads_to_the_papers() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let id = reply_for(&app, &flow, "理由").await;
        let code = flow.receipt_code().await;
        let server = Server::start(&app, Mode::Production).await;
        let form = "application/x-www-form-urlencoded";
        let request = server.post("/track?lang=en").header("Content-Type", form);
        let page = request.body(format!("code={code}")).send().await.unwrap();
        let page = page.text().await.unwrap();
        assert!(
            page.contains(&format!("action=\"/notices/{id}?lang=en\"")),
            "{page}"
        );
        assert!(page.contains("Reply on competence"));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_complainant_opens_the_acceptance_with_the_code_and_that_is_its_service() {
    on_both(async |app| {
        let dispute = Dispute::accepted(&app).await;
        let flow = Flow::after(&app, Step::FileReport).await;
        let complaint = Subject::Complaint(ComplaintId::new(dispute.id));
        let papers = store::notices::list(&app.parts().db, &Actor::System, complaint);
        let papers = papers.await.unwrap();
        let to = |kind: RecipientKind| move |paper: &&Notice| paper.recipient.kind() == kind;
        let own = papers.iter().find(to(RecipientKind::Complainant)).unwrap();
        let server = Server::start(&app, Mode::Production).await;
        let stranger = opened(&server, own.id, &flow.receipt_code().await).await;
        assert_eq!(stranger.0, 404, "the code of a report");
        let (status, sheet) = opened(&server, own.id, &dispute.code).await;
        assert_eq!(status, 200, "{sheet}");
        assert!(sheet.contains("当事人凭查询码"), "{sheet}");
        let served = "served_channel = 'internet' AND served_by IS NULL";
        assert_eq!(count(&app.parts().db, "notice", served).await, 1);
        for paper in papers.iter().filter(|paper| paper.id != own.id) {
            let (status, _) = opened(&server, paper.id, &dispute.code).await;
            let is_own = paper.recipient.kind() == RecipientKind::Complainant;
            assert_eq!(status, if is_own { 200 } else { 404 });
        }
        app.drain_jobs().await;
    })
    .await;
}

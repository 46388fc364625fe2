//! The record of a visit as a paper: what stands on it, for whom, as a page and as a PDF, and how a printed one is checked.

use chrono::TimeDelta;
use liangxin_demo::fixtures;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::contract;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pdf;
use liangxin_tests::postgres::absent;
use liangxin_tests::script::occurred;
use liangxin_tests::server::{Server, Typeface};
use serde_json::{Value, json};

const SLIP: &str = "录入时少按一位数字。";

async fn token(server: &Server, key: &str) -> String {
    let email = fixtures::email_of(key).unwrap();
    let credentials = json!({ "input": {
        "email": email.as_str(), "password": fixtures::PASSWORD, "deviceName": "desk",
    } });
    let sign_in = contract::operation("SignIn");
    server
        .ask(&sign_in, &credentials)
        .await
        .ok()
        .text("signIn.session.accessToken")
        .to_owned()
}

/// What somebody is answered who asks for a file.
async fn fetched(server: &Server, path: &str, token: &str) -> (u16, Vec<u8>) {
    let answer = server.get(path).bearer_auth(token).send().await.unwrap();
    let status = answer.status().as_u16();
    (status, answer.bytes().await.unwrap().to_vec())
}

async fn shown(server: &Server, path: &str, token: &str) -> (u16, String) {
    let (status, bytes) = fetched(server, path, token).await;
    (status, String::from_utf8_lossy(&bytes).into_owned())
}

fn record(flow: &Flow) -> String {
    format!("/visits/{}/record", flow.visit())
}

async fn visit(app: &TestApp, flow: &Flow) -> Value {
    let variables = json!({ "id": flow.visit() });
    let seen = app.as_("lin").run("GetVisit", variables).await.ok();
    seen.data("visit").clone()
}

/// Zhou makes the weighing of the story void.
async fn voided(app: &TestApp, flow: &Flow) {
    let weighed = flow.variables(Step::RecordMeasurement)["input"]["id"].clone();
    let slip = json!({ "input": {
        "id": app.new_id(), "visitId": flow.visit(), "findingId": weighed, "reason": SLIP,
    } });
    app.as_("zhou").run("VoidFinding", slip).await.ok();
}

/// What stands on the record of the story, whether it is read as a page or as a PDF.
const SAID: [&str; 16] = [
    "现场笔录",
    "2026年11月23日",
    "周立群",
    "XZ-430103-0117",
    "XZ-430103-0124",
    "依职责开展的监督检查",
    "已出示执法证件，告知有权申请回避",
    "现场检查情况",
    "出厂编号",
    "铅封",
    "超过有效期",
    "现场照片",
    "SHA-256",
    "当事人签名：吴德明",
    "所签即本笔录",
    "见证人",
];

#[tokio::test]
async fn the_record_of_a_visit_says_who_when_where_before_whom_what_was_found_and_who_signed() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "lin").await;
        let (status, sheet) = shown(&server, &format!("{}?lang=zh", record(&flow)), &token).await;
        assert_eq!(status, 200, "{sheet}");
        for words in SAID {
            assert!(sheet.contains(words), "{words}: {sheet}");
        }
        let seen = visit(&app, &flow).await;
        let digest = seen["recordDigest"].as_str().unwrap();
        assert!(sheet.contains(digest) && sheet.contains("<svg"));
        assert!(!sheet.contains("检查尚未结束") && !sheet.contains("签名以后的补充"));
        // The party signs it: what led to the visit is none of its business.
        assert!(!sheet.contains(&flow.report().to_string()) && !sheet.contains("举报"));
        let (status, sheet) = shown(&server, &format!("{}?lang=en", record(&flow)), &token).await;
        assert_eq!(status, 200);
        for words in [
            "On-site record",
            "Zhou Liqun",
            "What was found",
            "signed by",
        ] {
            assert!(sheet.contains(words), "{words}: {sheet}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn why_the_office_sent_others_is_no_word_of_the_record_that_the_party_signs() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let reason = "举报人认得周某，改派他人。";
        for officers in [["tang", "peng"], ["zhou", "tang"]] {
            let officers = officers.map(|who| fixtures::user_id(who).uuid());
            let others = json!({ "input": {
                "id": app.new_id(), "visitId": flow.visit(), "inspectorIds": officers, "reason": reason,
            } });
            app.as_("lin").run("ReplaceInspectors", others).await.ok();
        }
        flow.go_on(Step::DispatchVisit, Step::SubmitVisit).await;
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "lin").await;
        let (status, sheet) = shown(&server, &format!("{}?lang=zh", record(&flow)), &token).await;
        assert_eq!(status, 200, "{sheet}");
        assert!(sheet.contains("更换检查人员"), "{sheet}");
        assert!(!sheet.contains("举报"), "{sheet}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_is_void_stays_readable_and_what_comes_after_the_signature_stands_apart() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SignRecord).await;
        let more = json!({ "checkedGrams": "1700" });
        flow.take_with(Step::RecordMeasurement, more).await;
        app.advance(TimeDelta::seconds(1));
        voided(&app, &flow).await;
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "zhou").await;
        let (status, sheet) = shown(&server, &format!("{}?lang=zh", record(&flow)), &token).await;
        assert_eq!(status, 200, "{sheet}");
        for words in ["第2项（作废）", SLIP, "此后有补充", "检查尚未结束"] {
            assert!(sheet.contains(words), "{words}: {sheet}");
        }
        let (before, added) = sheet.split_once("签名以后的补充").unwrap();
        assert!(before.contains("第2项") && !before.contains("第3项"));
        assert!(added.contains("第3项"));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_phone_sends_a_day_later_stands_at_its_time_and_a_doubted_time_says_so() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::ArriveToo).await;
        let (then, ahead) = (app.now(), app.now() + TimeDelta::hours(2));
        let mut wrong = occurred(then);
        wrong["wall"] = occurred(ahead)["wall"].clone();
        app.advance(TimeDelta::seconds(1));
        flow.take_with(Step::RecordMeasurement, json!({ "occurred": wrong }))
            .await;
        app.advance(TimeDelta::days(1));
        for step in [Step::CheckInstrument, Step::SignRecord, Step::SubmitVisit] {
            if step == Step::SignRecord {
                flow.take(Step::DeclarePhotos).await;
            }
            flow.take_with(step, json!({ "occurred": occurred(then) }))
                .await;
            app.advance(TimeDelta::seconds(1));
        }
        let server = Server::start(&app, Mode::Production).await;
        let token = token(&server, "zhou").await;
        let (status, sheet) = shown(&server, &format!("{}?lang=zh", record(&flow)), &token).await;
        assert_eq!(status, 200, "{sheet}");
        // Without an anchor the day on which it came is as far as it can have been, and never what is told.
        let ends = sheet.matches("至2026年11月24日9时00分之间").count();
        assert!(ends > 0, "{sheet}");
        assert_eq!(sheet.matches("2026年11月24日").count(), ends, "{sheet}");
        assert!(sheet.contains("手机时钟存疑"), "{sheet}");
        let (_, sheet) = shown(&server, &format!("{}?lang=en", record(&flow)), &token).await;
        assert!(sheet.contains("clock is in doubt"), "{sheet}");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_record_as_pdf_says_the_same_on_counted_pages_and_is_the_same_another_day() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let server = Server::start(&app, Mode::Production).await;
        let path = format!("{}.pdf?lang=zh", record(&flow));
        let zhou = token(&server, "zhou").await;
        let (status, bytes) = fetched(&server, &path, &zhou).await;
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
        assert!(bytes.starts_with(b"%PDF-") && bytes.len() < 400_000);
        let digest = visit(&app, &flow).await["recordDigest"].clone();
        let digest = digest.as_str().unwrap();
        if let Some(pages) = pdf::pages(&bytes) {
            let of = pages.len();
            for (place, page) in pages.iter().enumerate() {
                let counted = format!("第{}页共{of}页", place + 1);
                for foot in [counted.as_str(), digest, "当事人：____"] {
                    assert!(page.contains(foot), "{foot}: {page}");
                }
            }
            let all = pages.concat();
            for words in SAID {
                assert!(all.contains(words), "{words}: {all}");
            }
            assert!(all.contains(&format!("/records/{}/{digest}", flow.visit())));
        }
        app.advance(TimeDelta::days(1));
        let lin = token(&server, "lin").await;
        let (_, again) = fetched(&server, &path, &lin).await;
        assert!(again == bytes, "other bytes of the same record");
        let answer = server.get(&path).bearer_auth(&lin).send().await.unwrap();
        let headers = answer.headers();
        assert_eq!(headers["content-type"], "application/pdf");
        assert_eq!(headers["cache-control"], "private, no-store");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn without_a_typeface_the_page_stands_and_the_pdf_says_by_its_code_what_to_do() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let server = Server::with_typeface(&app, Typeface::Missing).await;
        let token = token(&server, "zhou").await;
        let (status, _) = shown(&server, &record(&flow), &token).await;
        assert_eq!(status, 200);
        let path = format!("{}.pdf?lang=en", record(&flow));
        let (status, page) = shown(&server, &path, &token).await;
        assert_eq!(status, 503);
        for words in [
            "PAPER_FONT_MISSING",
            "LIANGXIN_PAPER_FONT",
            "fonts-noto-cjk",
        ] {
            assert!(page.contains(words), "{words}: {page}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_typeface_of_this_machine_writes_the_record_small_and_readable() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let server = Server::with_typeface(&app, Typeface::Installed).await;
        let token = token(&server, "zhou").await;
        let path = format!("{}.pdf?lang=zh", record(&flow));
        let (status, bytes) = fetched(&server, &path, &token).await;
        app.drain_jobs().await;
        if status == 503 {
            absent("no Chinese typeface found to write a PDF");
            return;
        }
        assert_eq!(status, 200);
        assert!(bytes.len() < 1_000_000, "{} bytes", bytes.len());
        if let Some(pages) = pdf::pages(&bytes) {
            let all = pages.concat();
            for words in SAID {
                assert!(all.contains(words), "{words}: {all}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn the_record_opens_for_whoever_may_see_the_visit_and_a_superior_is_seen_to_look() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let server = Server::start(&app, Mode::Production).await;
        let lin = token(&server, "lin").await;
        let (status, page) = shown(&server, &record(&flow), &lin).await;
        assert!(status == 400 && page.contains("WRONG_STATE"), "{page}");
        flow.go_on(Step::DispatchVisit, Step::SubmitVisit).await;
        let paths = [record(&flow), format!("{}.pdf", record(&flow))];
        for (key, expected) in [("tang", 200), ("lin", 200), ("peng", 404), ("wu", 404)] {
            let token = token(&server, key).await;
            for path in &paths {
                let (status, _) = fetched(&server, path, &token).await;
                assert_eq!(status, expected, "{key} {path}");
            }
        }
        for path in &paths {
            let nobody = server.get(path).send().await.unwrap();
            assert!((400..500).contains(&nobody.status().as_u16()));
        }
        let (status, _) = shown(&server, "/visits/1/record", &lin).await;
        assert_eq!(status, 404);
        let looked = "kind = 'visit_inspected'";
        assert_eq!(count(&app.parts().db, "event", looked).await, 0);
        app.grant("gong", "head").await;
        let gong = token(&server, "gong").await;
        let (status, _) = shown(&server, &record(&flow), &gong).await;
        assert_eq!(status, 200);
        assert_eq!(count(&app.parts().db, "event", looked).await, 1);
        app.drain_jobs().await;
    })
    .await;
}

/// What anybody reads who checks a digest.
async fn checked(server: &Server, visit: &str, digest: &str) -> (u16, String) {
    let path = format!("/records/{visit}/{digest}?lang=en");
    let answer = server.get(&path).send().await.unwrap();
    let status = answer.status().as_u16();
    let page = answer.text().await.unwrap();
    let (_, told) = page.split_once("<main").unwrap();
    (status, told.split_once("</main>").unwrap().0.to_owned())
}

#[tokio::test]
async fn whoever_holds_a_printed_record_learns_whether_its_digest_is_the_records_and_nothing_else()
{
    on_both(async |app| {
        let flow = Flow::after(&app, Step::SubmitVisit).await;
        let server = Server::start(&app, Mode::Production).await;
        let id = flow.visit().to_string();
        let signed = visit(&app, &flow).await["recordDigest"].clone();
        let signed = signed.as_str().unwrap();
        let (status, told) = checked(&server, &id, signed).await;
        assert!(status == 200 && told.contains("the digest of the record"));
        let nothing = "0".repeat(64);
        let (status, wrong) = checked(&server, &id, &nothing).await;
        assert!(status == 404 && wrong.contains("no digest of a record"));
        let nowhere = app.new_id().to_string();
        for (visit, digest) in [(&*nowhere, signed), (&*id, "x"), ("x", signed)] {
            let (status, other) = checked(&server, visit, digest).await;
            assert_eq!((status, &other), (404, &wrong));
        }
        voided(&app, &flow).await;
        let (status, told) = checked(&server, &id, signed).await;
        assert!(status == 200 && told.contains("as it was"), "{told}");
        let now = visit(&app, &flow).await["recordDigest"].clone();
        let (status, told) = checked(&server, &id, now.as_str().unwrap()).await;
        assert!(status == 200 && !told.contains("as it was"), "{told}");
        for words in ["吴德明", "周立群", "Fresh", SLIP] {
            assert!(!told.contains(words), "{words}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn every_paper_of_a_matter_is_written_as_pdf_for_whoever_may_read_it() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::IssueNotice).await;
        let server = Server::start(&app, Mode::Production).await;
        let of_case = json!({ "subjectKind": "CASE", "subjectId": flow.case() });
        let listed = app.as_("deng").run("ListNotices", of_case).await.ok();
        let papers = listed.data("notices").as_array().unwrap().clone();
        assert!(!papers.is_empty());
        let deng = token(&server, "deng").await;
        for paper in &papers {
            let path = format!("/notices/{}/pdf?lang=zh", paper["id"].as_str().unwrap());
            let (status, bytes) = fetched(&server, &path, &deng).await;
            assert!(status == 200 && bytes.starts_with(b"%PDF-"), "{paper}");
            let Some(pages) = pdf::pages(&bytes) else {
                continue;
            };
            let number = paper["number"].as_str().unwrap();
            assert!(pages[0].contains(number), "{paper}: {pages:?}");
            let nobody = server.get(&path).send().await.unwrap();
            assert!((400..500).contains(&nobody.status().as_u16()));
        }
        app.leave_jobs();
    })
    .await;
}

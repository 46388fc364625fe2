//! The pages over real sockets: a phone with a browser, without account and without script.

mod broken;
mod drafts;
mod former;
mod more_photos;
mod opinion;
mod passport;
mod rating;
mod receipt;

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_code;
use liangxin_graphql::limits::Mode;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::pictures;
use liangxin_tests::server::Server;
use reqwest::multipart::{Form, Part};
use serde_json::json;
use uuid::Uuid;

/// What a citizen typed into the form, beside what the form brought itself.
const ANSWERS: [(&str, &str); 9] = [
    ("goods", "五花肉"),
    ("unit_price", "14"),
    ("price_unit", "jin"),
    ("settled_weight", "4"),
    ("settled_unit", "jin"),
    ("checked_weight", "1850"),
    ("checked_unit", "g"),
    ("happened_at", "2026-11-23T08:20"),
    ("story", "买了四斤五花肉，复称只有1850克。"),
];

async fn page(server: &Server, path: &str) -> (u16, String) {
    let answer = server
        .get(path)
        .header("Accept-Language", "en")
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The value of a hidden input.
fn hidden(html: &str, name: &str) -> String {
    let (_, rest) = html
        .split_once(&format!("name=\"{name}\" value=\""))
        .unwrap_or_else(|| panic!("no {name}: {html}"));
    rest.split('"').next().unwrap().to_owned()
}

/// A form as a browser sends it; `photos` are files, and an empty one is a field that was left empty.
fn form(shown: &str, answers: &[(&str, &str)], photos: &[&[u8]]) -> Form {
    let mut form = Form::new();
    for name in ["id", "secret", "merchant", "division"] {
        form = form.text(name.to_owned(), hidden(shown, name));
    }
    for (name, value) in answers {
        form = form.text((*name).to_owned(), (*value).to_owned());
    }
    for bytes in photos {
        let name = if bytes.is_empty() { "" } else { "IMG_0001.jpg" };
        form = form.part("photo", Part::bytes(bytes.to_vec()).file_name(name));
    }
    form
}

/// The id of the report that a form becomes.
fn reported(app: &TestApp, shown: &str) -> Uuid {
    let sent = hidden(shown, "id").parse().unwrap();
    app.report_named(sent, &hidden(shown, "secret"))
}

async fn empty_form(server: &Server) -> String {
    let path = format!("/report?m={}", merchant_code("tianxin-stall-17"));
    let (status, shown) = page(server, &path).await;
    assert_eq!(status, 200);
    shown
}

async fn send(server: &Server, form: Form) -> (u16, String) {
    let answer = server
        .post("/report")
        .header("Accept-Language", "en")
        .multipart(form)
        .send()
        .await
        .unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

async fn track(server: &Server, code: &str) -> (u16, String) {
    let form = "application/x-www-form-urlencoded";
    let request = server.post("/track").header("Content-Type", form);
    let answer = request.body(format!("code={code}")).send().await.unwrap();
    (answer.status().as_u16(), answer.text().await.unwrap())
}

/// The receipt code on a page, without the marks between its groups.
fn receipt_code(html: &str) -> String {
    let (_, rest) = html
        .split_once("<p class=\"code\">")
        .unwrap_or_else(|| panic!("no receipt code: {html}"));
    let (shown, _) = rest.split_once("</p>").unwrap();
    shown
        .replace("<span>", "")
        .replace("</span>", "")
        .replace(' ', "")
}

async fn nothing_was_filed(app: &TestApp) {
    for table in ["report", "photo", "command", "job"] {
        assert_eq!(count(&app.parts().db, table, "1 = 1").await, 0, "{table}");
    }
    assert_eq!(app.parts().objects.count(), 0);
}

#[tokio::test]
async fn a_form_with_photos_becomes_a_report_with_a_code_that_opens_it() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let sent = form(
            &shown,
            &ANSWERS,
            &[pictures::scale(), pictures::stall(), b""],
        );
        let (status, receipt) = send(&server, sent).await;
        assert_eq!(status, 200, "{receipt}");
        let code = receipt_code(&receipt);
        let tracked = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await;
        let tracked = tracked.ok();
        assert_eq!(tracked.data("trackReport.report.photosStored"), &json!(2));
        let (status, opened) = track(&server, &code).await;
        assert_eq!(status, 200);
        assert!(opened.contains(tracked.text("trackReport.report.number")));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_was_typed_in_jin_and_beijing_time_is_kept_in_grams_and_utc() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        send(&server, form(&shown, &ANSWERS, &[])).await;
        let id = json!({ "id": reported(&app, &shown) });
        let report = app.as_("lin").run("GetReport", id).await.ok();
        for (field, value) in [
            ("unitPriceYuanPerKg", "28"),
            ("settledGrams", "2000"),
            ("checkedGrams", "1850"),
            ("occurredAt", "2026-11-23T00:20:00.000Z"),
            ("merchant.name", "Wu's Fresh Pork"),
        ] {
            assert_eq!(report.text(&format!("report.{field}")), value);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_form_takes_what_a_phone_sends_a_long_story_a_position_a_name_and_an_earlier_code() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let (_, first) = send(&server, form(&shown, &ANSWERS, &[])).await;
        let (code, story) = (receipt_code(&first), "重".repeat(4000));
        let mut answers: Vec<_> = ANSWERS
            .iter()
            .copied()
            .filter(|it| it.0 != "story")
            .collect();
        answers.extend([
            ("story", story.as_str()),
            ("position", "28.19312, 112.98765"),
            ("name", "周敏"),
            ("phone", "13800138000"),
            ("earlier_code", code.as_str()),
        ]);
        let shown = empty_form(&server).await;
        // Five photos: more than the four that the form names.
        let photos: Vec<_> = [pictures::scale(), pictures::stall()]
            .into_iter()
            .cycle()
            .take(5)
            .collect();
        let (status, receipt) = send(&server, form(&shown, &answers, &photos)).await;
        assert_eq!(status, 200, "{receipt}");
        let id = json!({ "id": reported(&app, &shown) });
        let report = app.as_("lin").run("GetReport", id).await.ok();
        assert_eq!(report.text("report.narrative"), story);
        assert_eq!(report.data("report.position.latitude"), &json!(28.19312));
        assert!(report.text("report.reporterToken").starts_with("R-"));
        let db = &app.parts().db;
        assert_eq!(count(db, "report", "follows IS NOT NULL").await, 1);
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 5);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_same_form_again_is_the_same_report() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let (_, first) = send(&server, form(&shown, &ANSWERS, &[pictures::scale()])).await;
        let (status, again) = send(&server, form(&shown, &ANSWERS, &[pictures::scale()])).await;
        assert_eq!(status, 200);
        assert_eq!(receipt_code(&first), receipt_code(&again));
        assert_eq!(count(&app.parts().db, "report", "1 = 1").await, 1);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_form_with_a_bad_photo_or_a_missing_answer_comes_back_and_leaves_nothing_behind() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let cut = &pictures::scale()[..pictures::scale().len() - 50];
        let mut blank = ANSWERS;
        blank[0].1 = " ";
        let huge = pictures::claims_400_megapixels();
        for (answers, photos, told) in [
            (&ANSWERS, vec![pictures::stall(), cut], "cut off or damaged"),
            (
                &ANSWERS,
                vec![b"a letter, not a photo".as_slice()],
                "Not a photo of a known kind",
            ),
            (&ANSWERS, vec![huge.as_slice()], "pixels"),
            (&blank, vec![pictures::scale()], "This field is required"),
        ] {
            let shown = empty_form(&server).await;
            let (status, back) = send(&server, form(&shown, answers, &photos)).await;
            assert_eq!(status, 422, "{told}");
            assert!(back.contains(told), "{told}: {back}");
            assert!(back.contains("1850"), "what was typed is still there");
            nothing_was_filed(&app).await;
        }
    })
    .await;
}

#[tokio::test]
async fn a_wrong_answer_loses_neither_the_other_answers_nor_the_photos() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let mut wrong = ANSWERS;
        wrong[3].1 = "2公斤多";
        let photos = [pictures::scale(), pictures::stall()];
        let (status, back) = send(&server, form(&shown, &wrong, &photos)).await;
        assert_eq!(status, 422);
        assert!(back.contains("五花肉") && back.contains("2公斤多"));
        nothing_was_filed(&app).await;
        // The corrected form leaves one photo out and brings another; a bad one is told and taken out.
        let kept = [hidden(&back, "kept_photo_1"), hidden(&back, "kept_photo_2")];
        let corrected = |photo: &[u8]| {
            let form = form(&back, &ANSWERS, &[photo]);
            let [one, other] = kept.clone();
            form.text("shown_photo_1", one).text("shown_photo_2", other)
        };
        let bad = corrected(b"a letter, not a photo")
            .text("kept_photo_1", kept[0].clone())
            .text("kept_photo_2", kept[1].clone());
        let (status, back_again) = send(&server, bad).await;
        assert_eq!(status, 422);
        assert!(
            back_again.contains("Photo 3: Not a photo of a known kind"),
            "{back_again}"
        );
        assert_eq!(hidden(&back_again, "kept_photo_2"), kept[1]);
        let good = || corrected(pictures::stroke()).text("kept_photo_2", kept[1].clone());
        let (status, receipt) = send(&server, good()).await;
        assert_eq!(status, 200, "{receipt}");
        let db = &app.parts().db;
        assert_eq!(count(db, "photo", "stored_at IS NOT NULL").await, 2);
        for photo in [pictures::stall(), pictures::stroke()] {
            let kept = app.parts().objects.get(liangxin_app::app::sha256(photo));
            assert_eq!(kept.await.unwrap().as_deref(), Some(photo));
        }
        let (status, again) = send(&server, good()).await;
        assert_eq!(status, 200, "{again}");
        assert_eq!(receipt_code(&again), receipt_code(&receipt));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn photos_that_waited_too_long_are_asked_for_again() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let mut wrong = ANSWERS;
        wrong[3].1 = "2公斤多";
        let (_, back) = send(&server, form(&shown, &wrong, &[pictures::scale()])).await;
        assert_eq!(app.parts().objects.count_parts(), 1);
        app.advance(TimeDelta::hours(25));
        let kept = hidden(&back, "kept_photo_1");
        let late = form(&back, &ANSWERS, &[]).text("kept_photo_1", kept);
        let (status, back) = send(&server, late).await;
        assert_eq!(status, 422);
        assert!(back.contains("Photo 1: It has waited too long"), "{back}");
        nothing_was_filed(&app).await;
        app.drain_jobs().await;
        assert_eq!(app.parts().objects.count_parts(), 0);
        let (status, _) = send(&server, form(&back, &ANSWERS, &[pictures::scale()])).await;
        assert_eq!(status, 200);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_somebody_typed_is_shown_as_text_and_never_as_markup() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let shown = empty_form(&server).await;
        let mut answers = ANSWERS;
        answers[0].1 = "<script>alert(1)</script>\"'";
        answers[3].1 = "many";
        let (status, back) = send(&server, form(&shown, &answers, &[])).await;
        assert_eq!(status, 422);
        assert!(
            !back.contains("<script") && back.contains("&lt;script&gt;"),
            "{back}"
        );
        nothing_was_filed(&app).await;
    })
    .await;
}

#[tokio::test]
async fn a_code_that_is_mistyped_or_unknown_opens_nothing() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        for code in ["", "x", "7777-7777-7777-7777-7777"] {
            let (status, _) = track(&server, code).await;
            assert!((400..500).contains(&status), "{code}: {status}");
        }
        let (status, asked) = page(&server, "/track").await;
        assert_eq!(status, 200);
        assert!(asked.contains("name=\"code\""));
    })
    .await;
}

#[tokio::test]
async fn every_page_works_without_script_and_asks_no_other_server() {
    on_both(async |app| {
        let server = Server::start(&app, Mode::Production).await;
        let merchant = format!("/m/{}", merchant_code("tianxin-stall-08"));
        for path in ["/", "/report", "/track", merchant.as_str()] {
            let (status, html) = page(&server, path).await;
            assert_eq!(status, 200, "{path}");
            assert!(
                !html.contains("<script") && !html.contains(" onclick"),
                "{path}"
            );
            for attribute in ["src=\"http", "href=\"//", "src=\"//"] {
                assert!(!html.contains(attribute), "{path}: {attribute}");
            }
        }
    })
    .await;
}

//! Reports: filing, coming back with the receipt code, the queue, taking in.

use chrono::TimeDelta;
use liangxin_demo::fixtures::merchant_code;
use liangxin_domain::limits::{PHOTO_BYTES, REPORT_AGE_DAYS};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::flow::{CONTACT, Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};

#[tokio::test]
async fn the_whole_story_is_accepted_step_by_step_and_told_in_four_mails() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        assert_eq!(app.drain_jobs().await, 1, "the address is asked");
        app.confirm_mail().await;
        flow.go_on(Step::FileReport, Step::ScreenReward).await;
        let jobs = app.drain_jobs().await;
        assert_eq!(
            jobs, 9,
            "three mails, a grade after the visit, the decision and the correction, the year 2027 is asked for, and two \
             photos are looked for among the others"
        );
        let (mails, others): (Vec<_>, Vec<_>) = app
            .mails()
            .into_iter()
            .partition(|mail| mail.to.as_str() == CONTACT);
        assert!(
            others.iter().all(|mail| mail.subject.contains("2027")),
            "the period for deciding ends in a year without calendar"
        );
        let news = [
            "有人在量信留下了这个邮箱",
            "已开始核查。",
            "已有处理结果。",
            "奖励审核已有结果。",
        ];
        assert_eq!(mails.len(), news.len());
        for (mail, news) in mails.iter().zip(news) {
            assert!(mail.body.contains(news), "{news}: {}", mail.body);
            let subject = &mail.subject;
            assert!(
                !subject.contains("举报") && !subject.contains("JB-"),
                "{subject}"
            );
        }
        let code = flow.receipt_code().await;
        assert!(
            mails
                .iter()
                .all(|mail| !mail.body.contains(&code) && !mail.body.contains("五花肉"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_filed_report_has_a_number_a_way_back_and_fifteen_working_days() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        let receipt = flow.take(Step::FileReport).await;
        let number = receipt.text("fileReport.receipt.number");
        assert!(number.starts_with("JB-430103-2026-"), "{number}");
        assert_eq!(
            receipt.text("fileReport.receipt.trackUrl"),
            "https://liangxin.example/track"
        );
        assert_eq!(
            receipt.text("fileReport.receipt.uploadUrl"),
            "https://liangxin.example/uploads"
        );
        let report = report_of(&app, &flow).await;
        assert_eq!(report.text("report.merchant.name"), "Wu's Fresh Pork");
        assert_eq!(report.text("report.settledGrams"), "2000");
        let clock = report.data("report.clocks.0");
        assert_eq!(
            (&clock["ruleId"], &clock["dueOn"], &clock["state"]),
            (&json!("R-VERIFY"), &json!("2026-12-14"), &json!("RUNNING"))
        );
        app.drain_jobs().await;
    })
    .await;
}

/// Files reports with one impossible field each: its name, what is in it, and the code of the refusal.
async fn assert_refused(app: &TestApp, flow: &Flow, fields: Vec<(&str, Value, &str)>) {
    for (field, value, code) in fields {
        let mut variables = flow.changed(Step::FileReport, json!({}));
        variables["input"][field] = value.clone();
        let reply = app.anonymous().run("FileReport", variables.clone()).await;
        assert_eq!(reply.problems(), [code], "{field}: {value}");
        assert_eq!(reply.field().as_deref(), Some(field), "{field}: {value}");
        app.anonymous().refused("FileReport", variables).await;
    }
}

#[tokio::test]
async fn every_text_that_cannot_be_is_refused_by_its_name_and_leaves_nothing_behind() {
    on_both(async |app| {
        let nobody = merchant_code("nobody");
        let fields = vec![
            ("secret", json!("short"), "FIELD_FORMAT"),
            ("secret", json!("x".repeat(65)), "FIELD_FORMAT"),
            ("merchantCode", json!("no code"), "MERCHANT_UNKNOWN"),
            ("merchantCode", json!(nobody.as_str()), "MERCHANT_UNKNOWN"),
            ("party", json!("  "), "FIELD_REQUIRED"),
            ("party", json!("摊".repeat(121)), "FIELD_TOO_LONG"),
            ("place", json!("书院坪\u{202e}市场"), "TEXT_CHARACTER"),
            ("goods", json!("\u{0}"), "TEXT_CHARACTER"),
            ("narrative", json!("字".repeat(4001)), "FIELD_TOO_LONG"),
            (
                "contactEmail",
                json!("a@b\r\nBcc: c@d.example"),
                "FIELD_FORMAT",
            ),
        ];
        assert_refused(&app, &Flow::new(&app), fields).await;
    })
    .await;
}

#[tokio::test]
async fn every_number_time_or_place_that_cannot_be_is_refused_and_leaves_nothing_behind() {
    on_both(async |app| {
        let tomorrow = app.now() + TimeDelta::days(1);
        let long_ago = app.now() - TimeDelta::days(REPORT_AGE_DAYS + 1);
        let position = |latitude: f64| json!({ "latitude": latitude, "longitude": 0.0 });
        let fields = vec![
            ("id", json!(uuid::Uuid::nil()), "FIELD_FORMAT"),
            ("position", position(0.0), "OUT_OF_RANGE"),
            ("position", position(91.0), "OUT_OF_RANGE"),
            ("occurredAt", json!(tomorrow), "TIME_IN_FUTURE"),
            ("occurredAt", json!(long_ago), "TIME_TOO_OLD"),
            ("unitPriceYuanPerKg", json!("28 元"), "FIELD_FORMAT"),
            ("settledGrams", json!("-1"), "OUT_OF_RANGE"),
            ("checkedGrams", json!("1e3"), "FIELD_FORMAT"),
        ];
        assert_refused(&app, &Flow::new(&app), fields).await;
    })
    .await;
}

#[tokio::test]
async fn every_promise_of_photos_that_cannot_be_is_refused_and_leaves_nothing_behind() {
    on_both(async |app| {
        let photo = |size: u64| {
            let mut photo = pictures::declared(app.new_id(), pictures::scale());
            photo["sizeBytes"] = json!(size);
            photo
        };
        let many: Vec<_> = (0..25).map(|_| photo(10)).collect();
        let twice = photo(10);
        let mut no_digest = photo(10);
        no_digest["sha256"] = json!("abc");
        let fields = vec![
            ("photos", json!(many), "PHOTO_LIMIT"),
            ("photos", json!([twice, twice]), "PHOTO_TWICE"),
            ("photos", json!([photo(PHOTO_BYTES + 1)]), "PHOTO_TOO_LARGE"),
            ("photos", json!([photo(0)]), "PHOTO_TRUNCATED"),
            ("photos", json!([no_digest]), "FIELD_FORMAT"),
        ];
        assert_refused(&app, &Flow::new(&app), fields).await;
    })
    .await;
}

#[tokio::test]
async fn a_division_that_is_not_known_is_refused_unless_the_merchants_counts() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        for division in ["999999", "43010", "长沙"] {
            let codes = flow
                .refused(
                    Step::FileReport,
                    json!({ "merchantCode": null, "division": division }),
                )
                .await;
            assert_eq!(codes, ["DIVISION_UNKNOWN"]);
        }
        let filed = flow
            .take_with(
                Step::FileReport,
                json!({ "division": "430104", "photos": [] }),
            )
            .await;
        assert!(
            filed
                .text("fileReport.receipt.number")
                .starts_with("JB-430103-")
        );
        let queue = app.as_("lin").run("ReportQueue", json!({})).await.ok();
        assert_eq!(
            queue.data("reports.items").as_array().unwrap().len(),
            1,
            "the merchant is in Tianxin"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_photo_id_that_another_report_has_is_another_photo() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let theirs = flow.variables(Step::FileReport)["input"]["photos"][0]["id"].clone();
        let mut taken = pictures::declared(flow.report_photo(), pictures::scale());
        for id in [theirs, json!(flow.report_photo())] {
            taken["id"] = id;
            let filed = flow
                .take_with(Step::FileReport, json!({ "photos": [taken] }))
                .await;
            let token = filed.text("fileReport.receipt.uploadToken");
            let photo = taken["id"].as_str().unwrap().parse().unwrap();
            let sent = app.bearer(token).upload(photo, pictures::scale()).await;
            assert_eq!(sent, Ok(()));
        }
        let stored = "stored_at IS NOT NULL";
        assert_eq!(count(&app.parts().db, "photo", stored).await, 2);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn without_consent_no_address_is_kept_and_no_mail_is_sent() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        flow.take_with(Step::FileReport, json!({ "consentToMail": false }))
            .await;
        assert_eq!(app.drain_jobs().await, 1);
        assert_eq!(app.mails().len(), 0);
        assert_eq!(count(&app.parts().db, "contact", "TRUE").await, 0);
    })
    .await;
}

#[tokio::test]
async fn a_report_is_taken_although_its_period_ends_in_a_year_without_calendar() {
    on_both(async |app| {
        app.advance(TimeDelta::days(27));
        let flow = Flow::after(&app, Step::FileReport).await;
        let report = report_of(&app, &flow).await;
        let clock = report.data("report.clocks.0");
        assert_eq!(
            (&clock["missingYear"], &clock["dueOn"], &clock["state"]),
            (&json!(2027), &Value::Null, &json!("UNKNOWN"))
        );
        flow.take(Step::AcceptReport).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_is_taken_in_once() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        assert_eq!(
            flow.refused(Step::AcceptReport, json!({})).await,
            ["WRONG_STATE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_report_that_is_not_there_is_not_found() {
    on_both(async |app| {
        let flow = Flow::new(&app);
        assert_eq!(
            flow.refused(Step::AcceptReport, json!({})).await,
            ["NOT_FOUND"]
        );
        let report = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(report.data("report"), &Value::Null);
    })
    .await;
}

#[tokio::test]
async fn the_queue_gives_every_report_once_oldest_first_page_by_page() {
    on_both(async |app| {
        let mut filed = Vec::new();
        for _ in 0..5 {
            let flow = Flow::after(&app, Step::FileReport).await;
            filed.push(flow.report().to_string());
            app.advance(TimeDelta::minutes(1));
        }
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let page = app
                .as_("lin")
                .run("ReportQueue", json!({ "first": 2, "after": after }))
                .await
                .ok();
            let items = page.data("reports.items").as_array().unwrap().clone();
            seen.extend(
                items
                    .iter()
                    .map(|item| item["id"].as_str().unwrap().to_owned()),
            );
            after = page.data("reports.endCursor").clone();
            if page.data("reports.hasNextPage") == &json!(false) {
                break;
            }
        }
        assert_eq!(seen, filed);
        let verifying = app
            .as_("lin")
            .run("ReportQueue", json!({ "state": "VERIFYING" }))
            .await
            .ok();
        assert_eq!(verifying.data("reports.items"), &json!([]));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_too_large_or_a_cursor_that_nobody_gave_is_refused() {
    on_both(async |app| {
        for (variables, code) in [
            (json!({ "first": 101 }), "PAGE_TOO_LARGE"),
            (json!({ "first": -1 }), "PAGE_TOO_LARGE"),
            (json!({ "after": "rubbish" }), "FIELD_FORMAT"),
        ] {
            assert_eq!(
                app.as_("lin").refused("ReportQueue", variables).await,
                [code]
            );
        }
    })
    .await;
}

async fn report_of(app: &TestApp, flow: &Flow) -> liangxin_tests::session::Reply {
    app.as_("lin")
        .run("GetReport", json!({ "id": flow.report() }))
        .await
        .ok()
}

//! What bureau and reporter say to each other, and the warning before something is sent.

use liangxin_tests::app::on_both;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};

#[tokio::test]
async fn bureau_and_reporter_talk() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::DispatchVisit).await;
        let code = flow.receipt_code().await;
        let question = app.new_id();
        let input = json!({ "id": question, "reportId": flow.report(), "text": "当时几点？" });
        let asked = json!({ "input": input });
        app.as_("zhou").run("AskReporter", asked.clone()).await.ok();
        app.as_("zhou").run("AskReporter", asked.clone()).await.ok();
        app.execute("UPDATE \"user\" SET division = '430104' WHERE email LIKE 'yi@%'")
            .await;
        for stranger in ["peng", "yi"] {
            let mut other = asked.clone();
            other["input"]["id"] = json!(app.new_id());
            assert_eq!(
                app.as_(stranger).refused("AskReporter", other).await,
                ["NOT_FOUND"]
            );
        }
        let answer = |question: Value| {
            json!({ "input": { "id": app.new_id(), "receiptCode": code, "questionId": question,
                "text": "上午九点。" } })
        };
        let first = answer(json!(question));
        app.anonymous()
            .run("AnswerQuestion", first.clone())
            .await
            .ok();
        let said = app.anonymous().run("AnswerQuestion", first).await.ok();
        let messages = said.data("answerQuestion.messages").as_array().unwrap();
        assert_eq!(messages.len(), 2, "a repetition is no second answer");
        assert_eq!(messages[1]["questionId"], json!(question));
        let seen = app
            .as_("lin")
            .run("GetReport", json!({ "id": flow.report() }))
            .await
            .ok();
        assert_eq!(seen.text("report.messages.1.text"), "上午九点。");
        let tracked = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await
            .ok();
        for event in ["reporter_asked", "reporter_answered"] {
            assert!(tracked.body().contains(event), "{event}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn answers_are_bounded_by_the_day_and_name_a_question_that_was_asked() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let answer = |question: Value| {
            json!({ "input": { "id": app.new_id(), "receiptCode": code, "questionId": question,
                "text": "上午九点。" } })
        };
        let unknown = app
            .anonymous()
            .run("AnswerQuestion", answer(json!(app.new_id())))
            .await;
        assert_eq!(unknown.problems(), ["QUESTION_UNKNOWN"]);
        for _ in 0..10 {
            app.anonymous()
                .run("AnswerQuestion", answer(Value::Null))
                .await
                .ok();
        }
        let eleventh = app
            .anonymous()
            .run("AnswerQuestion", answer(Value::Null))
            .await;
        assert_eq!(eleventh.problems(), ["MESSAGE_LIMIT"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn photos_follow_with_the_receipt_code() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let photo = app.new_id();
        let more = json!({ "input": { "id": app.new_id(), "receiptCode": code,
            "photos": [pictures::declared(photo, pictures::stall())] } });
        let added = app.anonymous().run("AddReportPhotos", more).await.ok();
        let token = added.text("addReportPhotos.uploadToken");
        app.bearer(token)
            .upload(photo, pictures::stall())
            .await
            .unwrap();
        let tracked = app
            .anonymous()
            .run("TrackReport", json!({ "receiptCode": code }))
            .await
            .ok();
        assert_eq!(tracked.data("trackReport.report.photosDeclared"), &json!(2));
        assert!(tracked.body().contains("report_photos_added"));
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_looks_personal_is_told_before_sending_and_kept_nowhere() {
    on_both(async |app| {
        let texts = json!({ "texts": [
            { "field": "narrative", "text": "打我电话13800138000，或a@b.cn" },
            { "field": "photo1", "text": "11010519491231002X.jpg" },
            { "field": "goods", "text": "五花肉2000克" },
        ] });
        let before = app.census().await;
        let reply = app
            .anonymous()
            .run("PersonalDataWarnings", texts)
            .await
            .ok();
        assert_eq!(
            reply.data("personalDataWarnings"),
            &json!([
                { "field": "narrative", "kind": "MOBILE_PHONE", "start": 4, "end": 15 },
                { "field": "narrative", "kind": "EMAIL", "start": 17, "end": 23 },
                { "field": "photo1", "kind": "ID_NUMBER", "start": 0, "end": 18 },
            ])
        );
        assert_eq!(
            app.census().await.changed_since(&before),
            Vec::<&str>::new()
        );
        let many: Vec<_> = (0..21)
            .map(|_| json!({ "field": "x", "text": "y" }))
            .collect();
        let reply = app
            .anonymous()
            .run("PersonalDataWarnings", json!({ "texts": many }))
            .await;
        assert_eq!(reply.problems(), ["FIELD_TOO_LONG"]);
    })
    .await;
}

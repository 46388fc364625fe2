//! Coming back with the receipt code.

use chrono::TimeDelta;
use liangxin_app::app::sha256;
use liangxin_domain::receipts::proof::leading_zero_bits;
use liangxin_domain::reports::receipt::ReceiptCode;
use liangxin_tests::app::{TestApp, on_both, on_both_connected};
use liangxin_tests::census::count;
use liangxin_tests::flow::{Flow, Step};
use liangxin_tests::pictures;
use serde_json::{Value, json};

#[tokio::test]
async fn a_reporter_comes_back_with_the_code_however_it_is_typed() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::AcceptReport).await;
        let code = flow.receipt_code().await;
        app.reporter(&code)
            .upload(flow.report_photo(), pictures::scale())
            .await
            .unwrap();
        let typings = [
            code.clone(),
            code.to_lowercase(),
            code.replace('-', " "),
            code.replace('0', "O"),
        ];
        for typed in typings {
            let reply = app
                .anonymous()
                .run("TrackReport", json!({ "receiptCode": typed }))
                .await
                .ok();
            assert_eq!(reply.text("trackReport.report.state"), "VERIFYING");
            assert_eq!(reply.data("trackReport.report.photosStored"), &json!(1));
            assert_eq!(reply.data("trackReport.report.photosDeclared"), &json!(1));
            let timeline = reply
                .data("trackReport.report.timeline")
                .as_array()
                .unwrap();
            let events: Vec<_> = timeline
                .iter()
                .map(|entry| entry["event"].as_str().unwrap())
                .collect();
            assert_eq!(events, ["report_filed", "report_accepted", "photo_stored"]);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_mistyped_code_is_told_apart_from_an_unknown_one() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let mut typed = flow.receipt_code().await;
        let last = if typed.ends_with('7') { "8" } else { "7" };
        typed.replace_range(typed.len() - 1.., last);
        for (code, problem) in [
            (typed, "RECEIPT_CODE_FORMAT"),
            (String::new(), "RECEIPT_CODE_FORMAT"),
            (
                ReceiptCode::from_bytes([7; 18]).to_string(),
                "RECEIPT_UNKNOWN",
            ),
        ] {
            let reply = app
                .anonymous()
                .run("TrackReport", json!({ "receiptCode": code }))
                .await;
            assert_eq!(reply.problems(), [problem]);
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_code_is_shown_again_on_the_first_return_and_never_after() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        let typed = json!({ "receiptCode": code.to_lowercase().replace('-', "") });
        let first = app.anonymous().run("TrackReport", typed.clone()).await.ok();
        assert_eq!(first.text("trackReport.receiptCode"), code);
        let second = app.anonymous().run("TrackReport", typed).await.ok();
        assert_eq!(second.data("trackReport.receiptCode"), &Value::Null);
        let moments = count(
            &app.parts().db,
            "report",
            "receipt_shown_again_at IS NOT NULL",
        )
        .await;
        assert_eq!(moments, 1, "the moment is kept");
        app.drain_jobs().await;
    })
    .await;
}

/// A well-formed code that nobody has; all of a group begin alike.
pub(crate) fn wrong(group: u8, n: u8) -> String {
    let mut bytes = [n; 18];
    bytes[..4].fill(group);
    ReceiptCode::from_bytes(bytes).to_string()
}

/// A well-formed code that nobody has and that begins like a given one, so that it fills its brake.
pub(crate) fn alike(code: &str, n: u8) -> String {
    let mut bytes = [n; 18];
    for (byte, digit) in bytes.iter_mut().zip(code.chars().take(4)) {
        let begins = |value: &u8| {
            ReceiptCode::from_bytes([*value; 18])
                .to_string()
                .starts_with(digit)
        };
        *byte = (0..32).find(begins).unwrap();
    }
    ReceiptCode::from_bytes(bytes).to_string()
}

async fn track(app: &TestApp, code: &str, proof: Value) -> Vec<String> {
    let variables = json!({ "receiptCode": code, "proof": proof });
    let reply = app.anonymous().run("TrackReport", variables).await;
    reply.problems()
}

/// Asks for a challenge and works on it.
pub(crate) async fn work(app: &TestApp, code: &str) -> Value {
    let asked = app
        .anonymous()
        .run("ReceiptChallenge", json!({ "receiptCode": code }))
        .await
        .ok();
    assert_eq!(asked.data("receiptChallenge.isNeeded"), &json!(true));
    let challenge = asked.text("receiptChallenge.challenge");
    let bits = asked.data("receiptChallenge.difficulty").as_u64().unwrap();
    let is_enough = |nonce: &u64| {
        let digest = sha256(format!("{challenge}:{nonce}").as_bytes());
        u64::from(leading_zero_bits(&digest.bytes()[..])) >= bits
    };
    let nonce = (0..).find(is_enough).unwrap();
    json!({ "challenge": challenge, "nonce": nonce.to_string() })
}

#[tokio::test]
async fn guesses_that_begin_alike_need_a_proof_of_work_and_other_codes_stay_free() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        for n in 0..5 {
            assert_eq!(
                track(&app, &wrong(7, n), Value::Null).await,
                ["RECEIPT_UNKNOWN"]
            );
        }
        let braked = wrong(7, 9);
        assert_eq!(
            track(&app, &braked, Value::Null).await,
            ["PROOF_OF_WORK_REQUIRED"]
        );
        assert_eq!(track(&app, &code, Value::Null).await, Vec::<String>::new());
        let proof = work(&app, &braked).await;
        assert_eq!(
            track(&app, &braked, proof.clone()).await,
            ["RECEIPT_UNKNOWN"]
        );
        assert_eq!(
            track(&app, &braked, proof.clone()).await,
            ["PROOF_INVALID"],
            "once"
        );
        let mut forged = work(&app, &braked).await;
        let text = forged["challenge"]
            .as_str()
            .unwrap()
            .replacen(".16.", ".1.", 1);
        forged["challenge"] = json!(text.replacen(".17.", ".1.", 1));
        assert_eq!(track(&app, &braked, forged).await, ["PROOF_INVALID"]);
        let old = work(&app, &braked).await;
        app.advance(TimeDelta::seconds(600));
        let late = track(&app, &braked, old).await;
        assert_eq!(late, ["PROOF_INVALID"], "the challenge is over");
        app.advance(TimeDelta::hours(2));
        assert_eq!(track(&app, &braked, Value::Null).await, ["RECEIPT_UNKNOWN"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_brake_on_all_tries_is_no_matter_of_the_address() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        for n in 0..60_u8 {
            let session = app.anonymous().at(&format!("198.51.100.{n}"));
            let variables = json!({ "receiptCode": wrong(n % 32, n / 2) });
            let reply = session.run("TrackReport", variables).await;
            assert_eq!(reply.problems(), ["RECEIPT_UNKNOWN"]);
        }
        assert_eq!(
            track(&app, &code, Value::Null).await,
            ["PROOF_OF_WORK_REQUIRED"]
        );
        let proof = work(&app, &code).await;
        assert_eq!(track(&app, &code, proof).await, Vec::<String>::new());
        app.advance(TimeDelta::minutes(2));
        assert_eq!(track(&app, &code, Value::Null).await, Vec::<String>::new());
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn guesses_sent_at_once_meet_the_brake_like_guesses_in_a_row() {
    on_both_connected(8, async |app| {
        let tries = (0..20).map(|n| {
            let app = app.clone();
            async move { track(&app, &wrong(3, n), Value::Null).await }
        });
        let answers = futures_util::future::join_all(tries).await;
        let passed = answers
            .iter()
            .filter(|codes| **codes == ["RECEIPT_UNKNOWN"]);
        assert_eq!(passed.count(), 5);
    })
    .await;
}

#[tokio::test]
async fn a_braked_code_writes_with_a_proof_and_not_without() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::FileReport).await;
        let code = flow.receipt_code().await;
        for n in 0..5 {
            let wrong = json!({ "input": { "id": app.new_id(), "receiptCode": alike(&code, n) } });
            let reply = app.anonymous().run("ApplyForReward", wrong).await;
            assert_eq!(reply.problems(), ["RECEIPT_UNKNOWN"]);
        }
        let own = |proof: Value| {
            let id = app.new_id();
            json!({ "input": { "id": id, "receiptCode": code, "proof": proof } })
        };
        for operation in ["ApplyForReward", "WithdrawReport"] {
            let braked = app.anonymous().run(operation, own(Value::Null)).await;
            assert_eq!(braked.problems(), ["PROOF_OF_WORK_REQUIRED"], "{operation}");
        }
        let proof = work(&app, &code).await;
        let applied = app.anonymous().run("ApplyForReward", own(proof)).await;
        assert_eq!(applied.problems(), ["NOT_FOUND"], "there is no reward yet");
        let proof = work(&app, &code).await;
        app.anonymous().run("WithdrawReport", own(proof)).await.ok();
        app.drain_jobs().await;
    })
    .await;
}

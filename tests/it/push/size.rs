//! What a push weighs on a slow line.

use std::io::Write as _;

use flate2::{Compression, write::GzEncoder};
use liangxin_tests::app::on_both;
use liangxin_tests::contract::operation;
use liangxin_tests::flow::{Flow, Step};
use serde_json::json;

use super::{document, item, push, statuses};

/// How many bytes a text has once it is packed.
fn packed(text: &str) -> usize {
    let mut packer = GzEncoder::new(Vec::new(), Compression::default());
    packer.write_all(text.as_bytes()).unwrap();
    packer.finish().unwrap().len()
}

#[tokio::test]
async fn forty_records_with_their_measurements_and_the_answer_are_at_most_40_kilobytes() {
    on_both(async |app| {
        let flow = Flow::after(&app, Step::CheckIn).await;
        let weighings = (0..40).map(|n| {
            let input = json!({
                "id": app.random_id(), "visitId": flow.visit(), "measurement": document(2600 + 7 * n),
            });
            item("submitMeasurement", &input, &[])
        });
        let items: Vec<_> = weighings.collect();
        let request = json!({
            "query": operation("Push"),
            "operationName": "Push",
            "variables": { "input": { "items": items } },
        });
        let reply = push(&app, "zhou", &items).await;
        assert_eq!(statuses(&reply, "push"), vec!["ACCEPTED"; 40]);
        let bytes = packed(&request.to_string()) + packed(&reply.body());
        assert!(bytes <= 40_000, "{bytes} bytes");
        app.drain_jobs().await;
    })
    .await;
}

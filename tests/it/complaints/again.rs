//! The same write again, copies at once, and writes on something stale.

use futures_util::future::join_all;
use liangxin_app::store;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ComplaintId;
use liangxin_tests::app::{on_both, on_both_connected};
use liangxin_tests::census::count;

use super::*;

#[tokio::test]
async fn the_same_write_again_is_a_quiet_success_and_other_content_is_not() {
    on_both(async |app| {
        let id = app.new_id();
        let input = form(&app, id);
        let run = |input: Value| {
            let session = app.anonymous();
            async move {
                session
                    .run("FileComplaint", json!({ "input": input }))
                    .await
            }
        };
        let first = run(input.clone()).await.ok();
        let again = run(input.clone()).await.ok();
        let path = "fileComplaint.receipt.receiptCode";
        assert_eq!(first.text(path), again.text(path));
        let mut other = input.clone();
        other["content"] = json!("别的事。");
        assert_eq!(run(other).await.problems(), ["ID_REUSED"]);
        assert_eq!(count(&app.parts().db, "complaint", "1 = 1").await, 1);
        let code = first.text(path).to_owned();
        let dispute = Dispute {
            app: app.clone(),
            id: app.complaint_named(id, SECRET),
            code,
        };
        let handler = dispute.variables(json!({ "handlerId": user_id("deng").uuid() }));
        app.as_("lin")
            .run("AssignComplaint", handler.clone())
            .await
            .ok();
        app.as_("lin").run("AssignComplaint", handler).await.ok();
        let accept = dispute.variables(json!({}));
        app.as_("deng")
            .run("AcceptComplaint", accept.clone())
            .await
            .ok();
        app.as_("deng").run("AcceptComplaint", accept).await.ok();
        assert_eq!(
            dispute.refused("deng", "AcceptComplaint", json!({})).await,
            ["WRONG_STATE"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn fifty_copies_of_one_complaint_at_once_are_one_complaint() {
    on_both_connected(16, async |app| {
        let input = json!({ "input": form(&app, app.new_id()) });
        let copies = (0..50).map(|_| {
            let (session, input) = (app.anonymous(), input.clone());
            async move { session.run("FileComplaint", input).await.ok() }
        });
        let replies = join_all(copies).await;
        let code = replies[0].text("fileComplaint.receipt.receiptCode");
        for reply in &replies {
            assert_eq!(reply.text("fileComplaint.receipt.receiptCode"), code);
        }
        for (table, rows) in [
            ("complaint", 1),
            ("command", 1),
            ("clock", 1),
            ("complaint_consent", 2),
        ] {
            assert_eq!(
                count(&app.parts().db, table, "1 = 1").await,
                rows,
                "{table}"
            );
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_change_of_a_complaint_that_somebody_else_changed_is_stale() {
    on_both(async |app| {
        let dispute = Dispute::assigned(&app).await;
        let parts = app.parts();
        let id = ComplaintId::new(dispute.id);
        let read = store::complaints::get(&parts.db, &Actor::System, id);
        let read = read.await.unwrap();
        dispute.take("deng", "AcceptComplaint", json!({})).await;
        let work = parts.work(&Actor::System).await.unwrap();
        let late = store::complaints::save(&work, &read).await.unwrap_err();
        assert_eq!(late.refusal().code.to_string(), "STALE");
        drop(work);
        assert_eq!(dispute.state().await, "ACCEPTED");
        app.drain_jobs().await;
    })
    .await;
}

//! Who sees what of a complaint.

use liangxin_tests::app::on_both;

use super::*;

#[tokio::test]
async fn each_sees_what_the_work_needs_and_the_stall_no_person_before_both_agreed() {
    on_both(async |app| {
        let dispute = Dispute::assigned(&app).await;
        assert_eq!(dispute.seen_by("wu").await, Value::Null, "not accepted yet");
        dispute.take("deng", "AcceptComplaint", json!({})).await;
        // An audit needs the persons and not the numbers of their papers.
        let audited = dispute.seen_by("xiao").await;
        let person = &audited["particulars"]["complainants"][0];
        assert_eq!(
            (&person["idKind"], &person["idNumber"]),
            (&Value::Null, &Value::Null)
        );
        assert!(person["name"].is_string());
        for key in ["lin", "deng", "he", "liao"] {
            let seen = dispute.seen_by(key).await;
            let person = &seen["particulars"]["complainants"][0];
            assert_eq!(person["idNumber"], "430103190001010011", "{key}");
        }
        for key in ["zhou", "luo", "shen", "qiu", "shi", "ouyang"] {
            assert_eq!(dispute.seen_by(key).await, Value::Null, "{key}");
            let queue = app.as_(key).run("ComplaintQueue", json!({})).await.ok();
            assert_eq!(queue.data("complaints.items"), &json!([]), "{key}");
        }
        let own = dispute.seen_by("wu").await;
        assert_eq!(own["particulars"]["complainants"], json!([]));
        assert_eq!(own["particulars"]["demand"], "MAKE_UP_QUANTITY");
        for side in ["COMPLAINANT", "RESPONDENT"] {
            let consent = json!({ "side": side, "to": "MEDIATION", "way": "PHONE" });
            dispute.take("deng", "ConsentToMediation", consent).await;
        }
        let person = dispute.seen_by("wu").await["particulars"]["complainants"][0].clone();
        assert_eq!(person["name"], "陈小满");
        assert_eq!(
            (&person["address"], &person["idNumber"]),
            (&Value::Null, &Value::Null)
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_complaint_of_another_district_is_not_found() {
    on_both(async |app| {
        let dispute = Dispute::assigned(&app).await;
        app.execute("UPDATE complaint SET division = '430104', taken_in_by = '430104'")
            .await;
        for (key, operation) in [("lin", "TakeInComplaint"), ("he", "ApproveRefusal")] {
            assert_eq!(
                dispute.refused(key, operation, json!({})).await,
                ["NOT_FOUND"],
                "{operation}"
            );
        }
        assert_eq!(
            dispute.refused("deng", "AcceptComplaint", json!({})).await,
            ["DENIED"],
            "the handler sees it and has nothing to do with it any more"
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_database_holds_no_party_in_the_clear() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        app.drain_jobs().await;
        let census = app.census().await;
        for secret in [
            "陈小满",
            "0731-0550-1234",
            "书院坪路1号",
            "430103190001010011",
            MAIL,
            dispute.code.as_str(),
            &dispute.code.replace('-', ""),
        ] {
            assert_eq!(census.tables_with(secret), Vec::<&str>::new(), "{secret}");
        }
        for open in ["吴记鲜肉摊", "少了150克"] {
            assert_eq!(
                census.tables_with(open),
                ["notice"],
                "{open} is what papers say of the other side"
            );
        }
    })
    .await;
}

//! Filing a complaint: what is taken, where it goes, who proves what.

use liangxin_app::caller::Caller;
use liangxin_app::store;
use liangxin_app::usecase::notices::read;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ComplaintId;
use liangxin_domain::notices::field::OpenField;
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::notices::said::Said;
use liangxin_tests::app::on_both;

use super::*;

#[tokio::test]
async fn the_proof_of_identity_has_its_day_inside_the_period_for_accepting() {
    on_both(async |app| {
        let dispute = Dispute::assigned(&app).await;
        let until = |day: &str| json!({ "until": day });
        assert_eq!(
            dispute
                .refused("deng", "RequestIdentityProof", until("2026-12-03"))
                .await,
            ["DUE_OUTSIDE_PERIOD"]
        );
        dispute
            .take("deng", "RequestIdentityProof", until("2026-11-27"))
            .await;
        assert_eq!(dispute.clock("C-IDPROOF").await["dueOn"], "2026-11-27");
        let refused = json!({ "ground": "REF_3_NOT_CONSUMPTION", "reason": "非生活消费。" });
        assert_eq!(
            dispute.refused("deng", "ProposeRefusal", refused).await,
            ["GROUND_NOT_ALLOWED"]
        );
        dispute.take("deng", "ProveIdentity", json!({})).await;
        assert_eq!(dispute.state().await, "REGISTERED");
        assert_eq!(dispute.clock("C-IDPROOF").await["state"], "SATISFIED");
        dispute.take("deng", "AcceptComplaint", json!({})).await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_dispatched_complaint_comes_back_or_is_taken_in_but_never_passed_on() {
    on_both(async |app| {
        let id = app.new_id();
        let mut input = form(&app, id);
        input["merchantCode"] = Value::Null;
        input["division"] = json!("430100");
        let filed = app
            .anonymous()
            .run("FileComplaint", json!({ "input": input }))
            .await
            .ok();
        let code = filed.text("fileComplaint.receipt.receiptCode").to_owned();
        let dispute = Dispute {
            app: app.clone(),
            id: app.complaint_named(id, SECRET),
            code,
        };
        // Nobody could take it in there: no office in Yuelu, another city, beside it, the province above.
        for (to, code) in [
            ("430104", "NO_INTAKE_OFFICER"),
            ("430200", "NOT_A_LOWER_BUREAU"),
            ("430100", "NOT_A_LOWER_BUREAU"),
            ("430000", "NOT_A_LOWER_BUREAU"),
            ("439999", "DIVISION_UNKNOWN"),
        ] {
            let to = json!({ "division": to });
            let refused = dispute.refused("yi", "DispatchComplaint", to).await;
            assert_eq!(refused, [code]);
        }
        let there = json!({ "division": "430103" });
        dispute.take("yi", "DispatchComplaint", there.clone()).await;
        let back = dispute.take("lin", "ReturnComplaint", json!({})).await;
        assert_eq!(
            back.data("returnComplaint.complaint"),
            &Value::Null,
            "out of sight"
        );
        app.advance(TimeDelta::days(1));
        dispute.take("yi", "DispatchComplaint", there).await;
        assert_eq!(dispute.clock("C-ACCEPT").await["startedOn"], "2026-11-24");
        dispute.take("lin", "TakeInComplaint", json!({})).await;
        let on = json!({ "division": "430104" });
        assert_eq!(
            dispute.refused("lin", "DispatchComplaint", on).await,
            ["MAY_NOT_PASS_ON"]
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
#[expect(clippy::too_many_lines, reason = "a list of fields")]
async fn every_field_of_form_one_that_cannot_be_is_refused_by_its_name() {
    on_both(async |app| {
        let person = |change: (&str, Value)| {
            let mut person = form(&app, app.new_id())["complainants"][0].clone();
            person[change.0] = change.1;
            json!([person])
        };
        let tomorrow = app.now() + TimeDelta::days(1);
        let nobody = merchant_code("nobody");
        let fields = vec![
            ("id", json!(Uuid::nil()), "id", "FIELD_FORMAT"),
            ("secret", json!("short"), "secret", "FIELD_FORMAT"),
            (
                "merchantCode",
                json!(nobody.as_str()),
                "merchantCode",
                "MERCHANT_UNKNOWN",
            ),
            ("complainants", json!([]), "complainants", "FIELD_REQUIRED"),
            (
                "complainants",
                person(("name", json!(" "))),
                "name",
                "FIELD_REQUIRED",
            ),
            (
                "complainants",
                person(("phone", json!("没有"))),
                "phone",
                "FIELD_FORMAT",
            ),
            (
                "complainants",
                person(("address", json!("路".repeat(121)))),
                "address",
                "FIELD_TOO_LONG",
            ),
            (
                "complainants",
                person(("idNumber", json!("110105194912310021"))),
                "idNumber",
                "ID_NUMBER_CHECK",
            ),
            (
                "complainants",
                person(("idKind", Value::Null)),
                "idKind",
                "FIELD_REQUIRED",
            ),
            (
                "representatives",
                json!(3),
                "representatives",
                "REPRESENTATIVES_TOO_MANY",
            ),
            (
                "respondentName",
                json!(""),
                "respondentName",
                "FIELD_REQUIRED",
            ),
            (
                "respondentAddress",
                json!("\u{202e}"),
                "respondentAddress",
                "TEXT_CHARACTER",
            ),
            ("demandFen", json!(-1), "demandFen", "OUT_OF_RANGE"),
            (
                "occurredAt",
                json!(tomorrow),
                "occurredAt",
                "TIME_IN_FUTURE",
            ),
            ("place", json!(""), "place", "FIELD_REQUIRED"),
            (
                "content",
                json!("字".repeat(4001)),
                "content",
                "FIELD_TOO_LONG",
            ),
            ("paidFen", json!(-1), "paidFen", "OUT_OF_RANGE"),
            ("evidence", json!(""), "evidence", "FIELD_REQUIRED"),
            ("contactEmail", json!("a@b"), "contactEmail", "FIELD_FORMAT"),
        ];
        for (field, value, named, code) in fields {
            let mut input = form(&app, app.new_id());
            input[field] = value;
            let variables = json!({ "input": input });
            let reply = app
                .anonymous()
                .run("FileComplaint", variables.clone())
                .await;
            assert_eq!(reply.problems(), [code], "{field}");
            assert_eq!(reply.field().as_deref(), Some(named), "{field}");
            app.anonymous().refused("FileComplaint", variables).await;
        }
    })
    .await;
}

#[tokio::test]
async fn the_form_of_a_complaint_says_to_what_its_sender_agreed_and_to_what_not() {
    on_both(async |app| {
        let mut input = form(&app, app.new_id());
        input["publishConsent"] = json!(false);
        let dispute = Dispute::filed_with(&app, input).await;
        let subject = Subject::Complaint(ComplaintId::new(dispute.id));
        let papers = store::notices::list(&app.parts().db, &Actor::System, subject);
        let papers = papers.await.unwrap();
        let mut forms = papers.iter().filter(|it| it.paper == Paper::ComplaintForm);
        let id = forms.next().unwrap().id;
        let open = read(app.parts(), &Caller::system(), id).await.unwrap();
        for (field, words) in [
            (OpenField::PublishConsent, "不同意"),
            (OpenField::EntrustConsent, "同意"),
        ] {
            let said = open.written.get(field.into());
            assert_eq!(said, Some(&Said::from(words)), "{field}");
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_complaint_after_more_than_three_years_is_taken_and_told_to_be_late() {
    on_both(async |app| {
        let mut input = form(&app, app.new_id());
        input["harmKnownOn"] = json!("2023-11-22");
        let filed = app
            .anonymous()
            .run("FileComplaint", json!({ "input": input }))
            .await
            .ok();
        assert_eq!(filed.data("fileComplaint.receipt.isLate"), &json!(true));
        app.drain_jobs().await;
    })
    .await;
}

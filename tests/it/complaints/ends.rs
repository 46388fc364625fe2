//! How complaints end: refusal, withdrawal, termination.

use liangxin_app::caller::Caller;
use liangxin_app::store;
use liangxin_app::usecase::notices::read;
use liangxin_domain::actor::Actor;
use liangxin_domain::id::ComplaintId;
use liangxin_domain::law::calendar::shanghai_date;
use liangxin_domain::notices::field::OpenField;
use liangxin_domain::notices::notice::Subject;
use liangxin_domain::notices::paper::Paper;
use liangxin_domain::notices::said::Said;
use liangxin_tests::app::on_both;

use super::*;

#[tokio::test]
async fn a_complaint_is_refused_by_two_people_on_a_ground_of_the_day() {
    on_both(async |app| {
        let dispute = Dispute::assigned(&app).await;
        let reason =
            |ground: &str| json!({ "ground": ground, "reason": "经核实，不属于本机关职责。" });
        assert_eq!(
            dispute
                .refused("deng", "ProposeRefusal", reason("REF_7_OTHER"))
                .await,
            ["FIELD_REQUIRED"]
        );
        assert_eq!(
            dispute.refused("he", "ApproveRefusal", json!({})).await,
            ["NOTHING_PROPOSED"]
        );
        dispute
            .take("deng", "ProposeRefusal", reason("REF_1_NO_COMPETENCE"))
            .await;
        app.grant("deng", "head").await;
        assert_eq!(
            dispute.refused("deng", "ApproveRefusal", json!({})).await,
            ["PROPOSER_CANNOT_APPROVE"]
        );
        dispute.take("he", "ApproveRefusal", json!({})).await;
        let tracked = app
            .anonymous()
            .run("TrackComplaint", json!({ "receiptCode": dispute.code }))
            .await
            .ok();
        assert_eq!(
            tracked.text("trackComplaint.complaint.ending.ground"),
            "REF_1_NO_COMPETENCE"
        );
        assert_eq!(dispute.clock("C-ACCEPT").await["state"], "SATISFIED");
        dispute.end().await;
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn every_ground_that_is_open_terminates_and_both_sides_are_told() {
    on_both(async |app| {
        for ground in [
            "TERM_1", "TERM_2", "TERM_3", "TERM_4", "TERM_6", "TERM_7", "TERM_8",
        ] {
            let dispute = Dispute::mediating(&app).await;
            dispute.terminate(ground).await;
            let seen = dispute.seen_by("he").await;
            assert_eq!(seen["ending"]["ground"], ground);
            assert_eq!(dispute.clock("C-MEDIATE").await["state"], "LAPSED");
            assert_eq!(
                dispute.refused("deng", "CloseComplaint", json!({})).await,
                ["SIDES_NOT_TOLD"]
            );
            for side in ["COMPLAINANT", "RESPONDENT"] {
                let told = json!({ "side": side, "way": "POST" });
                dispute.take("deng", "NoteSideTold", told).await;
            }
            assert_eq!(dispute.clock("C-TERMNOTE").await["state"], "SATISFIED");
            dispute.end().await;
        }
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn whoever_speaks_for_others_withdraws_with_their_consent() {
    on_both(async |app| {
        let id = app.new_id();
        let mut input = form(&app, id);
        let one = input["complainants"][0].clone();
        input["complainants"] = json!([one.clone(), one.clone(), one]);
        input["representatives"] = json!(1);
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
        let alone = dispute.by_code("WithdrawComplaint", json!({})).await;
        assert_eq!(alone.problems(), ["REPRESENTED_CONSENT_REQUIRED"]);
        let together = json!({ "representedConsentOn": "2026-11-23", "reason": "已自行和解。" });
        dispute.by_code("WithdrawComplaint", together).await.ok();
        assert_eq!(dispute.state().await, "WITHDRAWN");
        assert_eq!(dispute.clock("C-ACCEPT").await["state"], "LAPSED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn both_notices_of_a_termination_say_when_the_complaint_came() {
    on_both(async |app| {
        let filed_on = shanghai_date(app.now());
        let dispute = Dispute::mediating(&app).await;
        app.advance(TimeDelta::days(2));
        dispute.terminate("TERM_2").await;
        let subject = Subject::Complaint(ComplaintId::new(dispute.id));
        let papers = store::notices::list(&app.parts().db, &Actor::System, subject);
        let papers = papers.await.unwrap();
        let told = papers
            .iter()
            .filter(|it| it.paper == Paper::TerminationNotice);
        let told: Vec<_> = told.collect();
        assert_eq!(told.len(), 2);
        for paper in told {
            let system = Caller::system();
            let open = read(app.parts(), &system, paper.id).await.unwrap();
            let said = open.written.get(OpenField::ReceivedOn.into());
            assert_eq!(said, Some(&Said::Day(filed_on)));
        }
        app.drain_jobs().await;
    })
    .await;
}

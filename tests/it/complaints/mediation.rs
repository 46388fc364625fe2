//! Mediation: letters, bodies, mediators, leads.

use liangxin_demo::fixtures::merchant_id;
use liangxin_tests::app::on_both;

use super::*;

#[tokio::test]
async fn a_complaint_goes_all_the_way_to_a_mediation_letter() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        let clock = dispute.clock("C-ACCEPT").await;
        assert_eq!(
            (&clock["dueOn"], &clock["state"]),
            (&json!("2026-12-02"), &json!("SATISFIED"))
        );
        let clock = dispute.clock("C-MEDIATE").await;
        assert_eq!(
            (&clock["dueOn"], &clock["state"]),
            (&Value::Null, &json!("UNKNOWN")),
            "sixty days end in a year that is not loaded"
        );
        let letter = json!({ "form": "LETTER", "terms": "补足150克。" });
        assert_eq!(
            dispute
                .refused("deng", "RecordAgreement", letter.clone())
                .await,
            ["LETTER_NEEDS_ON_SITE"]
        );
        dispute.meet().await;
        dispute.take("deng", "RecordAgreement", letter).await;
        assert_eq!(dispute.state().await, "AGREED_LETTER");
        assert_eq!(dispute.clock("C-MEDIATE").await["state"], "SATISFIED");
        dispute.end().await;
        app.drain_jobs().await;
        // The administrator is asked for the year that is missing; the rest is for the complainant.
        let mut mails = app.mails();
        mails.retain(|mail| mail.to.as_str() == MAIL);
        assert!(
            mails[0].body.contains("/mail/confirm?t="),
            "it is asked first"
        );
        assert!(mails.iter().all(|mail| !mail.subject.contains("投诉")));
        assert!(
            mails
                .iter()
                .all(|mail| !mail.body.contains("五花肉") && !mail.body.contains("吴"))
        );
    })
    .await;
}

#[tokio::test]
async fn a_body_mediates_with_both_consents_and_gives_the_matter_back() {
    on_both(async |app| {
        let dispute = Dispute::accepted(&app).await;
        let body = json!({ "kind": "CONSUMERS_ASSOCIATION", "body": "天心区消费者委员会" });
        assert_eq!(
            dispute
                .refused("deng", "EntrustMediation", body.clone())
                .await,
            ["CONSENT_MISSING"],
            "form 1 says yes for the complainant alone"
        );
        let other = json!({ "side": "RESPONDENT", "to": "ENTRUSTMENT", "way": "PHONE" });
        dispute.take("deng", "ConsentToMediation", other).await;
        dispute.take("deng", "EntrustMediation", body).await;
        assert_eq!(
            dispute.seen_by("he").await["mediationBody"],
            "天心区消费者委员会"
        );
        dispute.take("deng", "TakeBackMediation", json!({})).await;
        assert_eq!(dispute.state().await, "MEDIATING");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn what_a_complainant_does_stands_on_its_day_behind_what_led_to_it() {
    on_both(async |app| {
        let dispute = Dispute::accepted(&app).await;
        let other = json!({ "side": "RESPONDENT", "to": "MEDIATION", "way": "IN_PERSON" });
        dispute.take("wu", "ConsentToMediation", other).await;
        let own = json!({ "side": "COMPLAINANT", "to": "MEDIATION", "way": "INTERNET" });
        dispute.by_code("ConsentToMediation", own).await.ok();
        let asked = json!({ "side": "COMPLAINANT", "mediator": "邓佩华", "reason": "是亲戚。" });
        dispute.by_code("RequestRecusal", asked).await.ok();
        let granted = json!({ "ruling": "GRANTED" });
        dispute.take("he", "DecideRecusal", granted).await;
        let own = json!({ "receiptCode": dispute.code });
        let seen = app.anonymous().run("TrackComplaint", own).await.ok();
        let told = seen.data("trackComplaint.complaint.timeline");
        let told = told.as_array().unwrap().iter();
        let told: Vec<_> = told.map(|entry| entry["event"].as_str().unwrap()).collect();
        let expected = [
            "complaint_filed",
            "complaint_accepted",
            "complaint_mediation_began",
            "complaint_recusal_asked",
            "complaint_recusal_decided",
        ];
        assert_eq!(told, expected, "all on one day");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_request_about_a_mediator_stops_the_mediation_until_a_head_decides() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        dispute.announce().await;
        assert_eq!(dispute.clock("C-RECUSE").await["state"], "DUE_SOON");
        let request =
            |side: &str| json!({ "side": side, "mediator": "邓佩华", "reason": "与摊主是亲戚。" });
        assert_eq!(
            dispute
                .by_code("RequestRecusal", request("RESPONDENT"))
                .await
                .problems(),
            ["DENIED"]
        );
        dispute
            .by_code("RequestRecusal", request("COMPLAINANT"))
            .await
            .ok();
        assert_eq!(dispute.state().await, "SUSPENDED_RECUSAL");
        dispute
            .take("he", "DecideRecusal", json!({ "ruling": "GRANTED" }))
            .await;
        let seen = dispute.seen_by("deng").await;
        assert_eq!(seen["announcedSession"], Value::Null);
        assert_eq!(seen["recusals"][0]["ruling"], "GRANTED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_lead_found_in_mediation_opens_a_report_with_a_period_of_its_own() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        let lead = json!({ "words": "现场发现作弊秤。" });
        let told = dispute.take("deng", "ReportLead", lead.clone()).await;
        let report = told
            .text("reportLead.complaint.leads.0.reportId")
            .to_owned();
        assert_eq!(dispute.clock("R-FROMMED").await, Value::Null);
        let seen = async |who: &str| {
            let asked = json!({ "id": report });
            app.as_(who)
                .run("GetReport", asked)
                .await
                .ok()
                .data("report")
                .clone()
        };
        let found = seen("he").await;
        assert_eq!(found["state"], "VERIFYING");
        assert_eq!(found["foundInMediation"], true);
        assert_eq!(found["narrative"], "现场发现作弊秤。");
        assert_eq!(found["goods"], Value::Null);
        assert_eq!(found["clocks"].as_array().unwrap().len(), 1);
        assert_eq!(found["clocks"][0]["ruleId"], "R-FROMMED");
        assert_eq!(found["clocks"][0]["dueOn"], "2026-12-14");
        assert!(!found.to_string().contains("陈小满"), "{found}");
        let more = json!({ "input": {
            "id": app.new_id(), "reportId": report, "reason": "须向生产企业调取资料。",
        } });
        let own = app
            .as_("deng")
            .refused("ExtendVerification", more.clone())
            .await;
        assert_eq!(own, ["DENIED"]);
        app.as_("he").run("ExtendVerification", more).await.ok();
        let longer = &seen("he").await["clocks"][0];
        assert_eq!(longer["extensions"][0]["length"], 15);
        // What a mediation found is another matter than the mediation: it ends without waiting.
        let another = dispute.take("deng", "ReportLead", lead).await;
        let leads = another
            .data("reportLead.complaint.leads")
            .as_array()
            .unwrap()
            .len();
        assert_eq!(leads, 2);
        let settled = json!({ "outcome": "FILED", "reason": "符合立案条件。" });
        let refused = dispute.refused("he", "SettleLead", settled).await;
        assert_eq!(refused, ["NOTHING_PROPOSED"]);
        let agreed = json!({ "form": "PERFORMED", "terms": "当场补足。" });
        dispute.take("deng", "RecordAgreement", agreed).await;
        let police = json!({ "police": "天心区公安分局", "conduct": "调包。" });
        dispute.take("he", "ReferToPolice", police).await;
        dispute.end().await;
        let own = dispute.seen_by("wu").await;
        assert_eq!(
            (&own["leads"], &own["referredToPoliceAt"]),
            (&json!([]), &Value::Null)
        );
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_case_on_a_lead_ends_the_period_of_its_report() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        let lead = json!({ "words": "现场发现作弊秤。" });
        let told = dispute.take("deng", "ReportLead", lead).await;
        let report = told
            .text("reportLead.complaint.leads.0.reportId")
            .to_owned();
        let filing = |basis: &str| {
            json!({ "input": {
                "id": app.new_id(), "basis": basis, "reportId": report, "facts": "秤有作弊功能。",
                "merchantId": merchant_id("tianxin-stall-17").uuid(), "conductOn": "2026-11-23",
                "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            } })
        };
        let he = app.as_("he");
        let other = he.refused("FileCase", filing("OWN_DISCOVERY")).await;
        assert_eq!(other, ["FIELD_FORMAT"]);
        let mut beside = filing("LEAD");
        beside["input"]["merchantId"] = json!(merchant_id("tianxin-stall-21").uuid());
        assert_eq!(he.refused("FileCase", beside).await, ["OTHER_MERCHANT"]);
        let filed = he.run("FileCase", filing("LEAD")).await.ok();
        let case = json!({ "id": filed.text("fileCase.case.id") });
        let case = he.run("GetCase", case).await.ok();
        assert_eq!(case.text("case.basis"), "LEAD");
        let seen = he.run("GetReport", json!({ "id": report })).await.ok();
        assert_eq!(seen.text("report.state"), "FILED");
        assert_eq!(seen.text("report.clocks.0.state"), "SATISFIED");
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn the_office_that_has_a_lead_files_it_wherever_its_party_is_registered_and_no_other() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        let lead = json!({ "words": "现场发现作弊秤。" });
        let told = dispute.take("deng", "ReportLead", lead).await;
        let report = told.text("reportLead.complaint.leads.0.reportId");
        let stall = merchant_id("tianxin-stall-17").uuid();
        let at_the_city = app.literal(stall);
        app.execute(&format!(
            "UPDATE merchant SET division = '430100' WHERE id = {at_the_city}"
        ))
        .await;
        let filing = || {
            json!({ "input": {
                "id": app.new_id(), "basis": "LEAD", "reportId": report, "facts": "秤有作弊功能。",
                "merchantId": stall, "conductOn": "2026-11-23",
                "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            } })
        };
        let above = app.as_("liao").refused("FileCase", filing()).await;
        assert_eq!(above, ["DENIED"]);
        app.as_("he").run("FileCase", filing()).await.ok();
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_lead_of_before_that_has_no_report_is_settled_by_another_than_who_found_it() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        let lead = json!({ "words": "现场发现作弊秤。" });
        let told = dispute.take("deng", "ReportLead", lead).await;
        let report = told.text("reportLead.complaint.leads.0.reportId");
        // As it was written down when a lead opened no report and its period ran on the complaint.
        let complaint = app.literal(dispute.id);
        for statement in [
            format!("UPDATE complaint SET side_json = REPLACE(side_json, '\"{report}\"', 'null')"),
            format!(
                "UPDATE clock SET report_id = NULL, complaint_id = {complaint} WHERE rule_id = 'R-FROMMED'"
            ),
        ] {
            app.execute(&statement).await;
        }
        let settled = json!({ "outcome": "FILED", "reason": "符合立案条件。" });
        dispute.take("he", "SettleLead", settled.clone()).await;
        let again = dispute.refused("he", "SettleLead", settled).await;
        assert_eq!(again, ["NOTHING_PROPOSED"]);
        assert_eq!(dispute.clock("R-FROMMED").await["state"], "SATISFIED");
        app.drain_jobs().await;
    })
    .await;
}

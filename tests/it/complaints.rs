//! Complaints: filing, dispatching, refusing, mediating, ending, and who sees what of them.

use chrono::{NaiveDate, TimeDelta};
use liangxin::fixtures::{merchant_code, user_id};
use liangxin::ports::clock::Clock;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::count;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

/// Where the consenting complainant gets mail.
const MAIL: &str = "chen@consumers.example";

/// One complaint of 陈小满 about stall 17.
struct Dispute {
    app: TestApp,
    id: Uuid,
    code: String,
}

fn form(app: &TestApp, id: Uuid) -> Value {
    json!({
        "id": id,
        "secret": "Y29tcGxhaW50LXNlY3JldC0wMQ",
        "merchantCode": merchant_code("tianxin-stall-17").as_str(),
        "division": "430103",
        "complainants": [{
            "name": "陈小满", "phone": "0731-0550-1234", "address": "长沙市天心区书院坪路1号",
            "idKind": "居民身份证", "idNumber": "430103190001010013",
        }],
        "respondentName": "吴记鲜肉摊",
        "respondentAddress": "书院坪农贸市场17号摊位",
        "demand": "MAKE_UP_QUANTITY",
        "demandFen": 420,
        "occurredAt": app.now() - TimeDelta::hours(1),
        "place": "书院坪农贸市场",
        "content": "两公斤五花肉少了150克，要求补足。",
        "paidFen": 5600,
        "evidence": "公平秤照片和付款记录。",
        "publishConsent": true,
        "entrustConsent": true,
        "contactEmail": MAIL,
        "consentToMail": true,
    })
}

impl Dispute {
    /// Filed by the citizen.
    async fn filed(app: &TestApp) -> Self {
        let id = app.new_id();
        let input = json!({ "input": form(app, id) });
        let filed = app.anonymous().run("FileComplaint", input).await.ok();
        let code = filed.text("fileComplaint.receipt.receiptCode").to_owned();
        Self {
            app: app.clone(),
            id,
            code,
        }
    }

    /// Filed, and handled by Deng.
    async fn assigned(app: &TestApp) -> Self {
        let dispute = Self::filed(app).await;
        let handler = json!({ "handlerId": user_id("deng").uuid() });
        dispute.take("lin", "AssignComplaint", handler).await;
        dispute
    }

    /// Accepted by Deng.
    async fn accepted(app: &TestApp) -> Self {
        let dispute = Self::assigned(app).await;
        dispute.take("deng", "AcceptComplaint", json!({})).await;
        dispute
    }

    /// Being mediated: the citizen consents by the code, the stall in person.
    async fn mediating(app: &TestApp) -> Self {
        let dispute = Self::accepted(app).await;
        let own = json!({ "side": "COMPLAINANT", "to": "MEDIATION", "way": "INTERNET" });
        dispute.by_code("ConsentToMediation", own).await.ok();
        let other = json!({ "side": "RESPONDENT", "to": "MEDIATION", "way": "IN_PERSON" });
        let began = dispute.take("wu", "ConsentToMediation", other).await;
        assert_eq!(
            began.text("consentToMediation.complaint.state"),
            "MEDIATING"
        );
        dispute
    }

    fn variables(&self, more: Value) -> Value {
        let mut input = json!({ "id": self.app.new_id(), "complaintId": self.id });
        for (name, value) in more.as_object().into_iter().flatten() {
            input[name] = value.clone();
        }
        json!({ "input": input })
    }

    async fn take(&self, who: &str, operation: &str, more: Value) -> Reply {
        let variables = self.variables(more);
        self.app.as_(who).run(operation, variables).await.ok()
    }

    async fn refused(&self, who: &str, operation: &str, more: Value) -> Vec<String> {
        let variables = self.variables(more);
        self.app.as_(who).refused(operation, variables).await
    }

    async fn by_code(&self, operation: &str, more: Value) -> Reply {
        let mut variables = self.variables(more);
        variables["input"]["receiptCode"] = json!(self.code);
        self.app.anonymous().run(operation, variables).await
    }

    /// As somebody sees it; null if not at all.
    async fn seen_by(&self, who: &str) -> Value {
        let session = self.app.as_(who);
        let reply = session.run("GetComplaint", json!({ "id": self.id })).await;
        reply.ok().data("complaint").clone()
    }

    async fn clock(&self, rule: &str) -> Value {
        let seen = self.seen_by("he").await;
        let clocks = seen["clocks"].as_array().cloned().unwrap_or_default();
        let last = clocks.into_iter().rfind(|clock| clock["ruleId"] == rule);
        last.unwrap_or_default()
    }

    async fn state(&self) -> String {
        self.seen_by("he").await["state"]
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    async fn announce(&self) -> Value {
        let meets_at = self.app.now() + TimeDelta::days(2);
        let plan = json!({
            "meetsAt": meets_at, "place": "天心局调解室", "mediators": ["邓佩华"],
            "recusalUntil": meets_at.date_naive(),
        });
        self.take("deng", "AnnounceSession", plan.clone()).await;
        plan
    }

    /// Announced, and held on site two days later.
    async fn meet(&self) {
        let plan = self.announce().await;
        self.app.advance(TimeDelta::days(2) + TimeDelta::hours(1));
        let held = json!({
            "mode": "ON_SITE", "heldAt": plan["meetsAt"], "place": plan["place"],
            "mediators": plan["mediators"], "record": "双方到场，同意补足。",
        });
        self.take("deng", "HoldSession", held).await;
    }

    async fn end(&self) {
        self.take("deng", "CloseComplaint", json!({})).await;
        self.take("deng", "ArchiveComplaint", json!({})).await;
        assert_eq!(self.state().await, "ARCHIVED");
    }

    async fn terminate(&self, ground: &str) {
        let reason =
            json!({ "ground": ground, "reason": "双方分歧较大。", "citation": "第二十三条" });
        self.take("deng", "ProposeTermination", reason).await;
        assert_eq!(
            self.refused("deng", "TerminateMediation", json!({})).await,
            ["DENIED"]
        );
        self.take("he", "TerminateMediation", json!({})).await;
    }
}

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
        assert!(mails[0].subject.ends_with("我们已收到。"));
        assert!(
            mails
                .iter()
                .all(|mail| !mail.body.contains("五花肉") && !mail.body.contains("吴"))
        );
    })
    .await;
}

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
async fn time_over_is_no_ground_before_the_sixtieth_day_and_testing_does_not_count() {
    on_both(async |app| {
        let may = "2026-05-06T01:00:00Z".parse().unwrap();
        let app = app.with(|parts| parts.clock = Clock::manual(may));
        let dispute = Dispute::mediating(&app).await;
        let over = || json!({ "ground": "TERM_5" });
        let due = async || -> NaiveDate {
            let clock = dispute.clock("C-MEDIATE").await;
            serde_json::from_value(clock["dueOn"].clone()).unwrap()
        };
        let without_test = due().await;
        assert_eq!(without_test.to_string(), "2026-07-06", "the sixtieth day is a Sunday");
        app.advance(TimeDelta::days(1));
        let test = json!({
            "body": "长沙市计量测试检定所", "sample": "电子秤", "chosenBy": "PARTIES", "cost": "SHARED",
        });
        dispute.take("deng", "SendForTesting", test).await;
        assert_eq!(dispute.clock("C-MEDIATE").await["state"], "PAUSED");
        app.advance(TimeDelta::days(10));
        let result = json!({ "result": "示值误差超差。" });
        dispute.take("deng", "RecordTestResult", result).await;
        let with_test = due().await;
        assert!(with_test > without_test + TimeDelta::days(7), "{with_test}");
        app.advance(with_test - app.now().date_naive());
        assert_eq!(
            dispute.refused("deng", "ProposeTermination", over()).await,
            ["MEDIATION_TIME_NOT_OVER"]
        );
        app.advance(TimeDelta::days(1));
        dispute.take("deng", "ProposeTermination", over()).await;
        dispute.take("he", "TerminateMediation", json!({})).await;
        app.leave_jobs();
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
async fn a_lead_found_in_mediation_has_a_period_of_its_own() {
    on_both(async |app| {
        let dispute = Dispute::mediating(&app).await;
        let lead = json!({ "words": "现场发现作弊秤。" });
        dispute.take("deng", "ReportLead", lead.clone()).await;
        assert_eq!(
            dispute.refused("deng", "ReportLead", lead).await,
            ["LEAD_OPEN"]
        );
        assert_eq!(dispute.clock("R-FROMMED").await["dueOn"], "2026-12-14");
        let agreed = json!({ "form": "PERFORMED", "terms": "当场补足。" });
        dispute.take("deng", "RecordAgreement", agreed).await;
        assert_eq!(
            dispute.refused("deng", "CloseComplaint", json!({})).await,
            ["LEAD_OPEN"]
        );
        let police = json!({ "police": "天心区公安分局", "conduct": "调包。" });
        dispute.take("he", "ReferToPolice", police).await;
        let settled = json!({ "outcome": "FILED", "reason": "符合立案条件。" });
        dispute.take("he", "SettleLead", settled).await;
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
            id,
            code,
        };
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
async fn each_sees_what_the_work_needs_and_the_stall_no_person_before_both_agreed() {
    on_both(async |app| {
        let dispute = Dispute::assigned(&app).await;
        assert_eq!(dispute.seen_by("wu").await, Value::Null, "not accepted yet");
        dispute.take("deng", "AcceptComplaint", json!({})).await;
        for key in ["lin", "deng", "xiao", "he", "liao"] {
            let seen = dispute.seen_by(key).await;
            let person = &seen["particulars"]["complainants"][0];
            assert_eq!(person["idNumber"], "430103190001010013", "{key}");
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
            "430103190001010013",
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
            id,
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
                "FIELD_FORMAT",
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
            id,
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
async fn the_consent_to_publication_may_be_taken_back_once() {
    on_both(async |app| {
        let dispute = Dispute::filed(&app).await;
        dispute
            .by_code("WithdrawPublicationConsent", json!({}))
            .await
            .ok();
        let again = dispute
            .by_code("WithdrawPublicationConsent", json!({}))
            .await;
        assert_eq!(again.problems(), ["CONSENT_MISSING"]);
        let code = json!({ "receiptCode": "0000-0000-0000-0000-0001" });
        let wrong = app.anonymous().run("TrackComplaint", code).await.problems();
        assert_eq!(wrong, ["RECEIPT_CODE_FORMAT"]);
        app.drain_jobs().await;
    })
    .await;
}

#[tokio::test]
async fn a_period_that_ends_in_a_year_without_calendar_stops_nothing() {
    on_both(async |app| {
        app.advance(TimeDelta::days(34));
        let dispute = Dispute::mediating(&app).await;
        let clock = dispute.clock("C-ACCEPT").await;
        assert_eq!(clock["dueOn"], Value::Null);
        let over = json!({ "ground": "TERM_5" });
        assert_eq!(
            dispute.refused("deng", "ProposeTermination", over).await,
            ["CALENDAR_YEAR_MISSING"]
        );
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn an_old_complaint_keeps_the_old_period_and_grounds_beside_a_new_one() {
    on_both(async |app| {
        let at = |time: &str| {
            let time = time.parse().unwrap();
            app.with(|parts| parts.clock = Clock::manual(time))
        };
        let march = at("2026-03-20T01:00:00Z");
        let old = Dispute::mediating(&march).await;
        let may = at("2026-05-20T01:00:00Z");
        let new = Dispute::mediating(&may).await;
        let old = Dispute {
            app: may.clone(),
            ..old
        };
        assert_eq!(
            old.clock("C-MEDIATE").await["edition"],
            "市场监管总局令第20号（2019年），经第61号（2022年）修正"
        );
        assert_eq!(old.clock("C-MEDIATE").await["dueOn"], "2026-05-27");
        assert_eq!(new.clock("C-MEDIATE").await["dueOn"], "2026-07-20");
        let gone = json!({ "ground": "TERM_7" });
        assert_eq!(
            old.refused("deng", "ProposeTermination", gone.clone())
                .await,
            ["GROUND_UNKNOWN"]
        );
        new.take("deng", "ProposeTermination", gone).await;
        may.drain_jobs().await;
    })
    .await;
}

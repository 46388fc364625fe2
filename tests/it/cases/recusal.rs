//! Who steps back from a case, who investigates then, and who is tied to a merchant.

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::script::occurred;
use serde_json::{Value, json};
use uuid::Uuid;

use super::matter::{Matter, moment};
use crate::complaints::Dispute;

pub(super) fn id(who: &str) -> Uuid {
    user_id(who).uuid()
}

pub(super) fn ask(of: &str) -> Value {
    json!({ "officerId": id(of), "ground": "DIRECT_INTEREST", "words": "与当事人是近亲属。" })
}

fn asked_on_paper(of: &str) -> Value {
    let mut asked = ask(of);
    asked["proof"] = json!("回避申请书");
    asked
}

pub(super) fn rule(of: &str, grant: bool, heads: &[&str]) -> Value {
    json!({ "officerId": id(of), "grant": grant, "reason": "经核实，理由成立与否如上。", "attendees": heads })
}

pub(super) fn team(officers: &[&str]) -> Value {
    let officers: Vec<_> = officers.iter().map(|who| id(who)).collect();
    json!({ "investigatorIds": officers, "reason": "原办案人员回避。" })
}

pub(super) fn proposed() -> Value {
    Matter::penalty("M-VER-01", 800)
}

/// Says that stall 17 is a relative's.
pub(super) async fn declares(app: &TestApp, who: &str) {
    let said = json!({ "input": {
        "id": app.new_id(), "merchantId": merchant_id("tianxin-stall-17").uuid(),
        "kind": "RELATIVE", "words": "摊主是本人的表兄。",
    } });
    app.as_(who).run("DeclareInterest", said).await.ok();
}

#[tokio::test]
async fn whoever_stepped_back_takes_no_act_and_a_head_names_another() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.step("zhou", "ProposePenalty", proposed()).await;
        matter
            .step("deng", "AskRecusal", asked_on_paper("zhou"))
            .await;
        // Nothing stops before a head ruled.
        matter.step("zhou", "ProposePenalty", proposed()).await;
        let ruled = matter
            .step("he", "RuleOnRecusal", rule("zhou", true, &[]))
            .await;
        let case = "ruleOnRecusal.case";
        assert_eq!(
            ruled.text(&format!("{case}.steppedBack.0.id")),
            id("zhou").to_string()
        );
        for (who, operation, input, code) in [
            ("zhou", "ProposePenalty", proposed(), "RECUSED"),
            ("deng", "ProposePenalty", proposed(), "TEAM_INCOMPLETE"),
            ("he", "ReplaceTeam", team(&["zhou", "peng"]), "RECUSED"),
            ("he", "ReplaceTeam", team(&["zhou", "tang"]), "TEAM_SAME"),
            (
                "he",
                "ReplaceTeam",
                team(&["tang", "trainee"]),
                "INSPECTOR_NOT_CERTIFIED",
            ),
            (
                "he",
                "ReplaceTeam",
                team(&["tang"]),
                "INSPECTORS_TWO_REQUIRED",
            ),
        ] {
            let told = format!("{who} {operation}");
            assert_eq!(
                matter.refused(who, operation, input).await,
                [code],
                "{told}"
            );
        }
        matter
            .step("he", "ReplaceTeam", team(&["tang", "peng"]))
            .await;
        let gone = matter.refused("zhou", "ProposePenalty", proposed()).await;
        assert_eq!(gone, ["NOT_FOUND"]);
        matter.step("peng", "ProposePenalty", proposed()).await;
        let seen = json!({ "id": matter.case });
        let seen = app.as_("he").run("CaseRecusals", seen).await.ok();
        let acts = seen
            .data("case.recusals.0.acts")
            .as_array()
            .unwrap()
            .clone();
        let kinds: Vec<_> = acts.iter().map(|act| act["kind"].clone()).collect();
        assert_eq!(kinds, ["penalty_proposed", "penalty_proposed"]);
        assert_eq!(seen.text("case.recusals.0.asker"), "PARTY");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn the_party_asks_for_itself_and_gets_the_decision_on_paper() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        matter.announced(proposed()).await;
        matter.step("wu", "AskRecusal", ask("xiao")).await;
        matter.step("tang", "AskRecusal", ask("tang")).await;
        let twice = matter.refused("wu", "AskRecusal", ask("xiao")).await;
        assert_eq!(twice, ["RECUSAL_OPEN"]);
        matter
            .step("he", "RuleOnRecusal", rule("xiao", false, &[]))
            .await;
        let seen = json!({ "id": matter.case });
        let seen = app.as_("wu").run("CaseRecusals", seen).await.ok();
        let recusals = seen.data("case.recusals").as_array().unwrap().clone();
        assert_eq!(recusals.len(), 1, "what an officer asked is the office's");
        assert_eq!(recusals[0]["granted"], false);
        assert_eq!(recusals[0]["acts"], Value::Null);
        let of = json!({ "subjectKind": "CASE", "subjectId": matter.case });
        let listed = app.as_("deng").run("ListNotices", of).await.ok();
        let papers = listed.data("notices").as_array().unwrap().clone();
        let mut papers = papers
            .iter()
            .filter(|paper| paper["paper"] == "case_recusal_decision");
        assert!(papers.any(|paper| paper["recipient"] == "RESPONDENT"));
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn nobody_rules_on_himself_and_on_a_head_the_heads_rule_together() {
    on_both(async |app| {
        app.grant("luo", "head").await;
        let matter = Matter::on_patrol(&app).await;
        let suspend = || json!({ "cause": "PARTY_MISSING", "reason": "当事人下落不明。" });
        matter.step("he", "AskRecusal", ask("he")).await;
        for (who, operation, input, code) in [
            (
                "he",
                "RuleOnRecusal",
                rule("he", false, &["贺敏", "罗静怡"]),
                "RECUSAL_OF_ONESELF",
            ),
            (
                "luo",
                "RuleOnRecusal",
                rule("he", true, &["罗静怡"]),
                "CONFERENCE_TWO",
            ),
            (
                "luo",
                "RuleOnRecusal",
                rule("he", true, &["罗静怡", "罗静怡"]),
                "CONFERENCE_TWO",
            ),
            (
                "luo",
                "RuleOnRecusal",
                rule("he", true, &["罗静怡", "贺敏"]),
                "RECUSAL_OF_ONESELF",
            ),
            (
                "luo",
                "RuleOnRecusal",
                rule("xiao", true, &[]),
                "NOTHING_PROPOSED",
            ),
            ("zhou", "RuleOnRecusal", rule("he", true, &[]), "DENIED"),
            ("deng", "AskRecusal", ask("liao"), "HANDLER_UNKNOWN"),
            ("deng", "AskRecusal", ask("wu"), "HANDLER_UNKNOWN"),
            ("peng", "AskRecusal", ask("he"), "NOT_FOUND"),
        ] {
            let refused = matter.refused(who, operation, input).await;
            assert_eq!(refused, [code], "{who} {operation}");
        }
        matter
            .step(
                "luo",
                "RuleOnRecusal",
                rule("he", true, &["罗静怡", "周副局长"]),
            )
            .await;
        let refused = matter.refused("he", "SuspendCase", suspend()).await;
        assert_eq!(refused, ["RECUSED"]);
        matter.step("luo", "SuspendCase", suspend()).await;
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_relative_of_the_merchant_is_neither_sent_nor_acts() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        let sent = |officers: [&str; 2]| {
            json!({ "input": {
                "id": app.new_id(), "origin": { "patrol": "书院坪农贸市场巡查" },
                "merchantId": merchant_id("tianxin-stall-17").uuid(),
                "inspectorIds": officers.map(id),
            } })
        };
        let visit = sent(["zhou", "peng"]);
        app.as_("lin")
            .run("DispatchInspection", visit.clone())
            .await
            .ok();
        declares(&app, "zhou").await;
        let arrives = json!({ "input": {
            "id": app.new_id(), "visitId": visit["input"]["id"], "occurred": occurred(app.now()),
            "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 },
            "party": "TOLD",
        } });
        assert_eq!(
            app.as_("zhou").refused("CheckIn", arrives).await,
            ["RECUSED"]
        );
        let again = app
            .as_("lin")
            .refused("DispatchInspection", sent(["zhou", "tang"]))
            .await;
        assert_eq!(again, ["RECUSED"]);
        let filing = json!({ "input": {
            "id": app.new_id(), "basis": "OWN_DISCOVERY", "facts": "短缺150克。",
            "merchantId": merchant_id("tianxin-stall-17").uuid(), "conductOn": "2026-11-20",
            "investigatorIds": [id("zhou"), id("tang")],
        } });
        assert_eq!(app.as_("he").refused("FileCase", filing).await, ["RECUSED"]);
        for (who, operation, input, code) in [
            ("zhou", "ProposePenalty", proposed(), "RECUSED"),
            ("tang", "ProposePenalty", proposed(), "TEAM_INCOMPLETE"),
            ("he", "ReplaceTeam", team(&["zhou", "peng"]), "RECUSED"),
        ] {
            assert_eq!(matter.refused(who, operation, input).await, [code], "{who}");
        }
        matter
            .step("he", "ReplaceTeam", team(&["tang", "peng"]))
            .await;
        matter.step("tang", "ProposePenalty", proposed()).await;
        let own = app.as_("zhou").run("MyInterests", json!({})).await.ok();
        assert_eq!(own.text("me.interests.0.words"), "摊主是本人的表兄。");
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_relative_of_the_merchant_neither_gets_nor_handles_its_complaints() {
    on_both(async |app| {
        app.grant("luo", "case_officer").await;
        let handled = Dispute::assigned(&app).await;
        let filed = Dispute::filed(&app).await;
        declares(&app, "deng").await;
        let on = |dispute: &Dispute, handler: Option<&str>| {
            let mut input = json!({ "id": app.new_id(), "complaintId": dispute.id });
            if let Some(handler) = handler {
                input["handlerId"] = json!(id(handler));
            }
            json!({ "input": input })
        };
        let deng = app.as_("deng");
        let accepts = deng.refused("AcceptComplaint", on(&handled, None)).await;
        assert_eq!(accepts, ["RECUSED"]);
        let lin = app.as_("lin");
        let named = lin
            .refused("AssignComplaint", on(&filed, Some("deng")))
            .await;
        assert_eq!(named, ["RECUSED"]);
        lin.run("AssignComplaint", on(&handled, Some("luo")))
            .await
            .ok();
        app.as_("luo")
            .run("AcceptComplaint", on(&handled, None))
            .await
            .ok();
        app.leave_jobs();
    })
    .await;
}

#[tokio::test]
async fn a_chair_who_is_a_relative_leads_no_hearing() {
    on_both(async |app| {
        let matter = Matter::found(&app, "OWN_DISCOVERY", json!({})).await;
        matter.announced(Matter::penalty("M-QTY-01", 20_000)).await;
        matter.step("wu", "RequestHearing", json!({})).await;
        declares(&app, "xiao").await;
        let at = moment(app.now() + TimeDelta::days(20));
        let hearing = json!({ "at": at, "place": "三楼会议室", "chairId": id("xiao") });
        let refused = matter.refused("deng", "AnnounceHearing", hearing).await;
        assert_eq!(refused, ["RECUSED"]);
        app.leave_jobs();
    })
    .await;
}

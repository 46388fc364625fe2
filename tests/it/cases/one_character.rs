//! One character is no order, no record, no proof and no reason: whatever an office writes into a case says something.

use liangxin_demo::fixtures::{merchant_id, user_id};
use liangxin_tests::app::on_both;
use serde_json::{Value, json};

use super::matter::Matter;

/// Who would write a single character where, by the operation; the rest of its input is whole.
fn written(matter: &Matter) -> Vec<(&'static str, &'static str, Value)> {
    let order = |correction: &str, consequence: &str| {
        json!({
            "violation": "M-VER-01", "correction": correction, "correctBy": "2026-12-15",
            "consequence": consequence,
        })
    };
    let one = "改";
    let mut penalty = Matter::penalty("M-VER-01", 800);
    penalty["correction"] = json!(one);
    let mut delivery = matter.delivery();
    delivery["delivery"]["proof"] = json!(one);
    let together =
        json!({ "attendees": ["贺敏", "罗静怡"], "record": one, "opinion": "同意处罚。" });
    let audit = json!({ "kind": "CASE", "opinion": "退回补充调查。", "missing": one });
    let transfer = json!({ "to": "OTHER_AGENCY", "receiver": "商务局", "reason": one });
    let crime = |facts: &str, report: &str| json!({ "facts": facts, "report": report });
    let told = "使用作弊秤，获利数额较大。";
    let enclosing = |goods: &str, tests: &str, others: &str| {
        json!({
            "to": "天心区公安分局", "document": "天市监移〔2026〕1号", "goods": goods, "tests": tests,
            "others": others,
        })
    };
    vec![
        ("deng", "OrderCorrection", order(one, "逾期将依法处罚。")),
        ("deng", "OrderCorrection", order("停止使用并送检。", one)),
        ("deng", "ProposePenalty", penalty),
        ("xiao", "AuditCase", audit),
        ("deng", "ServeNotice", delivery.clone()),
        (
            "xiao",
            "HoldHearing",
            json!({ "record": one, "opinion": "维持拟处罚意见。" }),
        ),
        ("he", "RecordConference", together),
        ("deng", "ServeDecision", delivery),
        (
            "deng",
            "CheckCorrection",
            json!({ "on": "2026-11-23", "isMade": true, "found": one }),
        ),
        ("he", "CloseCase", json!({ "reason": one })),
        ("he", "TransferCase", transfer),
        (
            "he",
            "TerminateCase",
            json!({ "proof": "证明", "reason": one }),
        ),
        ("deng", "ReportCrime", crime(one, told)),
        ("deng", "ReportCrime", crime(told, one)),
        ("deng", "HandOver", enclosing(one, told, told)),
        ("deng", "HandOver", enclosing(told, one, told)),
        ("deng", "HandOver", enclosing(told, told, one)),
        ("deng", "HandOverGoods", json!({ "list": one })),
        ("deng", "AcceptRepair", json!({ "missing": one })),
        ("he", "ExtendRepair", json!({ "reason": one })),
        ("he", "UndoRepair", json!({ "reason": one })),
    ]
}

#[tokio::test]
async fn one_character_is_no_order_no_record_no_proof_and_no_reason() {
    on_both(async |app| {
        let matter = Matter::on_patrol(&app).await;
        for (who, operation, input) in written(&matter) {
            let told = format!("{operation} {input}");
            let refused = matter.refused(who, operation, input).await;
            assert_eq!(refused, ["FIELD_TOO_SHORT"], "{told}");
        }
        for field in ["facts", "told", "proof", "correction"] {
            let mut input = Matter::on_the_spot(&app, app.new_id());
            input[field] = json!("秤");
            let input = json!({ "input": input });
            let refused = app.as_("zhou").refused("PunishOnTheSpot", input).await;
            assert_eq!(refused, ["FIELD_TOO_SHORT"], "{field}");
        }
        let filing = json!({ "input": {
            "id": app.new_id(), "basis": "OWN_DISCOVERY", "conductOn": "2026-11-20", "facts": "短",
            "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
        } });
        let refused = app.as_("he").refused("FileCase", filing).await;
        assert_eq!(refused, ["FIELD_TOO_SHORT"]);
        app.leave_jobs();
    })
    .await;
}

//! A bureau's week: cases from each kind of basis, to their ends.

use chrono::{NaiveDate, TimeDelta};
use liangxin_demo::fixtures::user_id;
use liangxin_domain::notices::field::OpenField;
use liangxin_tests::app::{TestApp, on_both};
use liangxin_tests::census::{column, count};
use liangxin_tests::flow::{Flow, Step};
use serde_json::{Value, json};

use super::matter::{Matter, moment};
use crate::law::MADE_UP_2027;
use crate::rewarded::{PASSWORD, Rewarded, claim, eligible, grade, voucher};

#[tokio::test]
async fn a_bureau_takes_its_matters_from_their_discovery_to_the_archive() {
    on_both(async |app| {
        calendar(&app).await;
        from_a_report(&app).await;
        rewarded(&app).await;
        payee_excluded(&app).await;
        on_the_spot(&app).await;
        to_the_police_and_back(&app).await;
        annulled(&app).await;
        heard(&app).await;
        app.drain_jobs().await;
        let open = "case_id IS NOT NULL AND satisfied_on IS NULL AND lapsed_on IS NULL";
        let running: Vec<String> = column(&app.parts().db, "clock", "rule_id", open).await;
        assert_eq!(running, Vec::<String>::new(), "no period is left running");
        let unserved = "subject_kind = 'case' AND paper IN ('penalty_notice', 'penalty_decision', \
            'decision_change') AND recipient_kind = 'respondent' AND served_at IS NULL";
        assert_eq!(
            count(&app.parts().db, "notice", unserved).await,
            0,
            "every paper was served"
        );
    })
    .await;
}

/// The year into which the longer ones reach.
pub(super) async fn calendar(app: &TestApp) {
    app.grant("shen", "head").await;
    let draft = app.new_id();
    let year =
        json!({ "input": { "id": draft, "year": 2027, "version": "one", "csv": MADE_UP_2027 } });
    app.as_("qiu").run("LoadCalendarYear", year).await.ok();
    let confirmed = json!({ "input": { "id": app.new_id(), "draftId": draft } });
    app.as_("shen")
        .run("ConfirmCalendarYear", confirmed)
        .await
        .ok();
}

/// A citizen's report, without objection.
async fn from_a_report(app: &TestApp) {
    let flow = Flow::after(app, Step::FinishCase).await;
    let matter = Matter {
        app: app.clone(),
        case: flow.case(),
    };
    assert_eq!(matter.clock("P-CLOSE").await, "SATISFIED");
    matter.step("deng", "ArchiveCase", json!({})).await;
    let seen = matter.seen("wu").await;
    assert_eq!(seen.text("case.state"), "ARCHIVED");
    assert_eq!(
        seen.data("case.basis"),
        &Value::Null,
        "the party does not learn of a report"
    );
    let kept = app.census().await;
    assert_eq!(
        kept.tables_with("行政处罚告知书（送当事人），WS-430103-2026-"),
        ["notice"],
        "the catalogue calls papers by their titles"
    );
}

/// A reporter who stays unknown is paid, after a look at the payee and the days in which the reporter may object.
async fn rewarded(app: &TestApp) {
    let on = claimed(app).await;
    on.payee_checked("luo", "he").await;
    on.wait_for_objections();
    assert_eq!(on.export("luo").await.data("exportPayments.rewards"), 1);
    on.step("luo", "RecordPayment", voucher("12000")).await;
    assert_eq!(on.state().await, "PAID");
    case_of(&on).step("deng", "ArchiveCase", json!({})).await;
}

/// Another's payee is of the bureau's own people: no money moves.
async fn payee_excluded(app: &TestApp) {
    let on = claimed(app).await;
    on.look_at_payee("luo", "he").await;
    let against = json!({
        "note": "与本局人员名册核对。",
        "appeal": "可在六十日内申请行政复议。",
        "exclusions": [{ "ground": "STAFF_OR_DUTY", "reason": "收款人系本局协管员甲。" }],
    });
    on.step("luo", "CheckPayee", against).await;
    assert_eq!(on.state().await, "REVOKED");
    on.wait_for_objections();
    assert_eq!(on.export("luo").await.data("exportPayments.rewards"), 0);
    case_of(&on).step("deng", "ArchiveCase", json!({})).await;
}

/// The reward of a closed case, claimed with code and password.
async fn claimed(app: &TestApp) -> Rewarded {
    let on = Rewarded::screened(app, 400_000, Some(PASSWORD)).await;
    on.told(eligible(), grade(2)).await;
    on.pursue("ClaimReward", claim(PASSWORD)).await.ok();
    on
}

fn case_of(on: &Rewarded) -> Matter {
    Matter {
        app: on.app.clone(),
        case: on.flow.case(),
    }
}

/// Two officers at the stall, 200 yuan.
async fn on_the_spot(app: &TestApp) {
    let case = app.new_id();
    let input = Matter::on_the_spot(app, case);
    let zhou = app.as_("zhou");
    let mut larger = input.clone();
    larger["id"] = json!(app.new_id());
    larger["charges"][0]["fineYuan"] = json!(201);
    let refused = zhou
        .refused("PunishOnTheSpot", json!({ "input": larger }))
        .await;
    assert_eq!(refused, ["ON_THE_SPOT_SUM"]);
    zhou.run("PunishOnTheSpot", json!({ "input": input }))
        .await
        .ok();
    let matter = Matter {
        app: app.clone(),
        case,
    };
    assert_eq!(matter.seen("he").await.text("case.state"), "SERVED");
    matter.step("zhou", "FilePapers", json!({})).await;
    assert_eq!(matter.clock("P-SIMPLE").await, "SATISFIED");
    matter.paid("200", "罚0200").await;
    matter.corrected().await;
    matter.archived().await;
}

/// What another agency handed over looks like a crime; the police give it back.
async fn to_the_police_and_back(app: &TestApp) {
    let early = json!({ "basis": "TRANSFER_IN" });
    let from = json!({ "from": "天心区农业农村局，天农移〔2026〕3号" });
    let refused = json!({ "input": {
        "id": app.new_id(), "basis": early["basis"],
        "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
    } });
    assert_eq!(
        app.as_("he").refused("FileCase", refused).await,
        ["FACTS_REQUIRED"]
    );
    let matter = Matter::found(app, "TRANSFER_IN", from).await;
    let report =
        json!({ "facts": "使用作弊秤，获利数额较大。", "report": "二名执法人员核实后书面报告。" });
    matter.step("deng", "ReportCrime", report).await;
    let refer = json!({ "refer": true, "reason": "涉嫌犯罪，应当移送。" });
    assert_eq!(
        matter
            .refused("zhou", "DecideReferral", refer.clone())
            .await,
        ["DENIED"]
    );
    matter.step("he", "DecideReferral", refer).await;
    let letter = json!({
        "to": "天心公安分局", "document": "天市监移〔2026〕1号", "goods": "作弊秤一台。",
        "tests": "检定结果通知书一份。", "others": "没有其他材料。",
    });
    matter.step("deng", "HandOver", letter).await;
    let paper = ("police_transfer", "BODY");
    let enclosed = matter.said(paper, OpenField::Enclosures).await;
    for part in [
        "移送书（天市监移〔2026〕1号）",
        "二名执法人员核实后书面报告。",
        "物品清单：作弊秤一台。",
        "检定结果通知书一份。",
        "没有其他材料。",
    ] {
        assert!(enclosed.contains(part), "{enclosed}");
    }
    let today = (app.now() + TimeDelta::hours(8)).date_naive();
    let answer = json!({ "accepted": true, "document": "天公立〔2026〕9号", "on": today });
    matter.step("deng", "NotePoliceAnswer", answer).await;
    let penalty = Matter::penalty("M-QTY-01", 5000);
    let refused = matter
        .refused("deng", "ProposePenalty", penalty.clone())
        .await;
    assert_eq!(refused, ["POLICE_HAVE_CASE"]);
    let goods = json!({ "list": "作弊秤一台。" });
    matter.step("deng", "HandOverGoods", goods).await;
    let back = json!({ "document": "天公撤〔2026〕2号", "on": today, "reason": "情节显著轻微。" });
    matter.step("deng", "ReturnFromPolice", back).await;
    matter.announced(penalty).await;
    matter.decided().await;
    matter.paid("5000", "罚5000").await;
    matter.corrected().await;
    matter.archived().await;
}

/// A round of the bureau's own; the reviewing body takes the decision away.
async fn annulled(app: &TestApp) {
    let matter = Matter::on_patrol(app).await;
    matter.announced(Matter::penalty("M-VER-01", 800)).await;
    matter.decided().await;
    let today = (app.now() + TimeDelta::hours(8)).date_naive();
    let change = json!({
        "kind": "ANNULLED", "by": "REVIEW", "body": "天心区人民政府", "document": "天政复决〔2026〕5号",
        "on": today, "reason": "送达程序违法，予以撤销。",
    });
    matter.step("he", "ChangeDecision", change).await;
    let seen = matter.seen("wu").await;
    assert_eq!(seen.text("case.state"), "ANNULLED");
    assert_eq!(
        seen.data("case.display"),
        &Value::Null,
        "nothing of it is shown any more"
    );
    assert_eq!(
        matter.refused("deng", "ArchiveCase", json!({})).await,
        ["PAPER_NOT_SERVED"]
    );
    matter.took("decision_change").await;
    matter.step("deng", "ArchiveCase", json!({})).await;
}

/// The bureau's own discovery, with a hearing, decided together, paid late.
async fn heard(app: &TestApp) {
    let matter = Matter::found(app, "OWN_DISCOVERY", json!({})).await;
    matter.announced(Matter::penalty("M-QTY-01", 20_000)).await;
    let asked = json!({ "words": "要求听证。" });
    matter.step("wu", "RequestHearing", asked).await;
    assert_eq!(
        matter.refused("he", "DecideCase", json!({})).await,
        ["DEFENCE_WINDOW_OPEN"]
    );
    let hearing = |days: i64, chair: &str| {
        json!({ "at": moment(app.now() + TimeDelta::days(days)), "place": "三楼会议室",
            "chairId": user_id(chair).uuid() })
    };
    let announce = "AnnounceHearing";
    let refused = matter.refused("deng", announce, hearing(5, "xiao")).await;
    assert_eq!(refused, ["HEARING_TOO_SOON"]);
    let refused = matter.refused("deng", announce, hearing(15, "deng")).await;
    assert_eq!(refused, ["CHAIR_INVESTIGATED"]);
    matter.step("deng", announce, hearing(15, "xiao")).await;
    matter.took("hearing_notice").await;
    let record = json!({ "record": "当事人陈述秤具故障。", "opinion": "维持拟处罚意见。" });
    assert_eq!(
        matter.refused("xiao", "HoldHearing", record.clone()).await,
        ["HEARING_NOT_YET"]
    );
    app.advance(TimeDelta::days(16));
    assert_eq!(
        matter.refused("he", "DecideCase", json!({})).await,
        ["HEARING_REQUIRED"]
    );
    matter.step("xiao", "HoldHearing", record).await;
    let held = ("hearing_record", "FILE");
    let place = matter.said(held, OpenField::HearingPlace).await;
    assert_eq!(place, "三楼会议室");
    let review = json!({ "defenceReview": "秤具故障不影响认定。" });
    assert_eq!(
        matter.refused("he", "DecideCase", review.clone()).await,
        ["LEGAL_AUDIT_REQUIRED"]
    );
    let unnamed = json!({ "kind": "LEGAL", "opinion": "事实清楚，证据充分。" });
    let refused = matter.refused("xiao", "AuditCase", unnamed).await;
    assert_eq!(refused, ["FIELD_REQUIRED"]);
    matter.audited("LEGAL").await;
    assert_eq!(
        matter.refused("he", "DecideCase", review.clone()).await,
        ["CONFERENCE_REQUIRED"]
    );
    let together =
        json!({ "attendees": ["贺敏", "罗静怡"], "record": "集体讨论。", "opinion": "同意处罚。" });
    matter.step("he", "RecordConference", together).await;
    matter.step("he", "DecideCase", review).await;
    matter
        .step("deng", "ServeDecision", matter.delivery())
        .await;
    paid_late(&matter).await;
}

async fn paid_late(matter: &Matter) {
    let app = &matter.app;
    assert_eq!(
        matter.refused("deng", "RemindParty", json!({})).await,
        ["PAYMENT_WINDOW_OPEN"]
    );
    // Two days after the last one 6 percent are owed too.
    let decided = matter.seen("he").await;
    let until = decided.text("case.decision.served.until");
    let until: NaiveDate = until.parse().unwrap();
    let today = (app.now() + TimeDelta::hours(8)).date_naive();
    app.advance(until + TimeDelta::days(2) - today);
    let owed = matter.seen("he").await;
    assert_eq!(owed.text("case.execution.owedYuan"), "20000.00");
    assert_eq!(owed.text("case.execution.lateFeeYuan"), "1200.00");
    matter.step("deng", "RemindParty", json!({})).await;
    let court = json!({ "court": "天心区人民法院", "grounds": "催告期满仍不履行。" });
    let refused = async || matter.refused("he", "ApplyToCourt", court.clone()).await;
    assert_eq!(refused().await, ["REMINDER_NOT_SERVED"]);
    matter.took("payment_reminder").await;
    assert_eq!(refused().await, ["PAYMENT_WINDOW_OPEN"]);
    app.advance(TimeDelta::days(30));
    assert_eq!(refused().await, ["REMEDIES_OPEN"], "six months for a suit");
    app.advance(TimeDelta::days(140));
    matter.step("he", "ApplyToCourt", court).await;
    // The late fee has reached the fine long ago, and is never more.
    let owed = matter.seen("he").await;
    assert_eq!(owed.text("case.execution.lateFeeYuan"), "20000.00");
    matter.paid("40000", "法院执行0001").await;
    matter.corrected().await;
    matter.archived().await;
}

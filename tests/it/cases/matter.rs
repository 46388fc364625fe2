//! A case that is led by hand: any basis, any step, by whoever takes it.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use liangxin_app::{caller::Caller, usecase::notices::read};
use liangxin_demo::fixtures::{instrument_id, merchant_id, user_id};
use liangxin_domain::{id::NoticeId, notices::field::Field};
use liangxin_tests::app::TestApp;
use liangxin_tests::script::occurred;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

/// A case, and the application in which it is led.
pub(super) struct Matter {
    pub(super) app: TestApp,
    pub(super) case: Uuid,
}

fn joined(mut one: Value, other: Value) -> Value {
    for (name, value) in other.as_object().into_iter().flatten() {
        one[name] = value.clone();
    }
    one
}

/// A moment as a phone sends it.
pub(super) fn moment(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

impl Matter {
    /// A case that He files against stall 17, with two investigators.
    pub(super) async fn filed(app: &TestApp, filing: Value) -> Self {
        let case = app.new_id();
        let officers = [user_id("zhou").uuid(), user_id("tang").uuid()];
        let input = json!({ "id": case, "investigatorIds": officers });
        let input = json!({ "input": joined(input, filing) });
        app.as_("he").run("FileCase", input).await.ok();
        let app = app.clone();
        Self { app, case }
    }

    /// One that nobody visited.
    pub(super) async fn found(app: &TestApp, basis: &str, more: Value) -> Self {
        let today = app.now().date_naive();
        let told = json!({
            "basis": basis,
            "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "conductOn": today,
            "facts": "暗访购买五花肉2000克，实际1850克，短缺150克。",
        });
        Self::filed(app, joined(told, more)).await
    }

    /// One on a round of the bureau's own that found the scale overdue, and of which there is no photo.
    pub(super) async fn on_patrol(app: &TestApp) -> Self {
        let visit = overdue_scale(app).await;
        let in_spite = "拍照设备故障，另有执法记录仪录像。";
        Self::filed(app, json!({ "visitId": visit, "inSpite": in_spite })).await
    }

    fn input(&self, more: Value) -> Value {
        let input = json!({ "id": self.app.new_id(), "caseId": self.case });
        json!({ "input": joined(input, more) })
    }

    /// Takes a step. Panics if it is refused.
    pub(super) async fn step(&self, who: &str, operation: &str, more: Value) -> Reply {
        let reply = self.app.as_(who).run(operation, self.input(more)).await;
        self.app.advance(TimeDelta::seconds(1));
        reply.ok()
    }

    /// The codes with which a step is refused; it leaves nothing behind.
    pub(super) async fn refused(&self, who: &str, operation: &str, more: Value) -> Vec<String> {
        let session = self.app.as_(who);
        session.refused(operation, self.input(more)).await
    }

    /// A penalty for one violation, shown by what Deng says.
    pub(super) fn penalty(violation: &str, fine: i64) -> Value {
        json!({
            "charges": [{ "violation": violation, "reasoned": "有购物视频和复称记录。", "fineYuan": fine }],
            "tier": "ORDINARY",
            "tierReason": "首次查处，按一般档处罚。",
            "correction": "停止短缺量销售。",
            "correctBy": "2027-03-31",
        })
    }

    /// A penalty of 200 yuan that Zhou and Tang impose on the spot.
    pub(super) fn on_the_spot(app: &TestApp, case: Uuid) -> Value {
        let told = json!({
            "id": case,
            "merchantId": merchant_id("tianxin-stall-17").uuid(),
            "facts": "电子计价秤超过检定周期仍在使用。",
            "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            "told": "当场告知事实、理由、依据和陈述申辩的权利。",
            "to": "吴德明",
            "proof": "当事人当场签收。",
            "at": moment(app.now()),
        });
        joined(Self::penalty("M-VER-01", 200), told)
    }

    /// From the final report to the notice that Wu has.
    pub(super) async fn announced(&self, penalty: Value) {
        self.step("deng", "ProposePenalty", penalty).await;
        self.audited("CASE").await;
        self.step("deng", "IssueNotice", json!({})).await;
        self.step("deng", "ServeNotice", self.delivery()).await;
    }

    pub(super) async fn audited(&self, kind: &str) {
        let mut audit = json!({ "kind": kind, "opinion": "事实清楚，证据充分。" });
        if kind == "LEGAL" {
            audit["qualification"] = json!("法律职业资格A20184301030001");
        }
        self.step("xiao", "AuditCase", audit).await;
    }

    /// From the waiver to the decision that Wu has.
    pub(super) async fn decided(&self) {
        self.step("wu", "AnswerNotice", json!({ "waives": true }))
            .await;
        self.step("he", "DecideCase", json!({})).await;
        self.step("deng", "ServeDecision", self.delivery()).await;
    }

    /// A paper that Wu takes now.
    pub(super) fn delivery(&self) -> Value {
        json!({ "delivery": {
            "channel": "IN_PERSON",
            "at": moment(self.app.now()),
            "to": "吴德明",
            "proof": "当事人在送达回证上签字。",
        } })
    }

    /// The newest paper of a kind, by the word for whom it is.
    pub(super) async fn newest(&self, paper: &str, recipient: &str) -> NoticeId {
        let of = json!({ "subjectKind": "CASE", "subjectId": self.case });
        let listed = self.app.as_("deng").run("ListNotices", of).await.ok();
        let papers = listed.data("notices").as_array().unwrap().clone();
        let newest = papers
            .iter()
            .rfind(|found| found["paper"] == paper && found["recipient"] == recipient);
        let id: Uuid = newest.unwrap()["id"].as_str().unwrap().parse().unwrap();
        NoticeId::new(id)
    }

    /// What stands in a field of it.
    pub(super) async fn said(
        &self,
        (paper, recipient): (&str, &str),
        field: impl Into<Field>,
    ) -> String {
        let id = self.newest(paper, recipient).await;
        let open = read(self.app.parts(), &Caller::system(), id).await.unwrap();
        let said = open.written.get(field.into());
        said.map(ToString::to_string).unwrap_or_default()
    }

    /// A note that Wu took the newest paper of a kind, which no step of the case serves; with something changed.
    pub(super) async fn service(&self, paper: &str, change: &Value) -> Value {
        let notice = self.newest(paper, "RESPONDENT").await;
        let service = json!({
            "id": self.app.new_id(), "noticeId": notice.uuid(), "channel": "IN_PERSON",
            "servedAt": moment(self.app.now()), "proof": "当事人签收。", "to": "吴德明",
        });
        json!({ "input": joined(service, change.clone()) })
    }

    /// Notes that Wu took the newest paper of a kind, which no step of the case serves.
    pub(super) async fn took(&self, paper: &str) {
        self.took_at(paper, self.app.now()).await;
    }

    /// The same, some time ago.
    pub(super) async fn took_at(&self, paper: &str, at: DateTime<Utc>) {
        let service = self
            .service(paper, &json!({ "servedAt": moment(at) }))
            .await;
        self.app
            .as_("deng")
            .run("RecordService", service)
            .await
            .ok();
    }

    pub(super) async fn paid(&self, sum: &str, receipt: &str) -> Reply {
        let today = (self.app.now() + TimeDelta::hours(8)).date_naive();
        let paid = json!({ "sumYuan": sum, "paidOn": today, "receipt": receipt });
        self.step("deng", "RecordFinePayment", paid).await
    }

    pub(super) async fn corrected(&self) {
        let today = (self.app.now() + TimeDelta::hours(8)).date_naive();
        let seen = json!({ "on": today, "isMade": true, "found": "现场已改正。" });
        self.step("deng", "CheckCorrection", seen).await;
    }

    /// From what is carried out to the archive.
    pub(super) async fn archived(&self) {
        self.step("he", "FinishCase", json!({})).await;
        self.step("deng", "ArchiveCase", json!({})).await;
        assert_eq!(self.seen("he").await.text("case.state"), "ARCHIVED");
    }

    /// The case as somebody sees it.
    pub(super) async fn seen(&self, who: &str) -> Reply {
        let id = json!({ "id": self.case });
        self.app.as_(who).run("GetCase", id).await.ok()
    }

    /// The state of the period of a rule, the last one that ran.
    pub(super) async fn clock(&self, rule: &str) -> String {
        let seen = self.seen("he").await;
        let clocks = seen.data("case.clocks").as_array().unwrap().clone();
        let last = clocks.iter().rfind(|clock| clock["ruleId"] == rule);
        last.map_or_else(String::new, |clock| {
            clock["state"].as_str().unwrap_or_default().to_owned()
        })
    }
}

/// A closed visit on the bureau's own round that found the mark of the scale overdue.
pub(super) async fn overdue_scale(app: &TestApp) -> Uuid {
    let round = json!({ "patrol": "书院坪农贸市场巡查，查电子秤" });
    scale_seen(app, (round, "2026-05-11")).await
}

/// A closed visit for a reason that read that day on the mark of the scale.
pub(super) async fn scale_seen(app: &TestApp, seen: (Value, &str)) -> Uuid {
    let visit = scale_signed(app, seen).await;
    closed(app, visit).await;
    visit
}

/// Zhou closes a visit.
pub(super) async fn closed(app: &TestApp, visit: Uuid) {
    let closed = json!({ "input": { "id": app.new_id(), "visitId": visit } });
    app.as_("zhou").run("SubmitVisit", closed).await.ok();
}

/// A visit that read that day on the mark of the scale, signed and not closed yet.
pub(super) async fn scale_signed(app: &TestApp, (origin, valid_until): (Value, &str)) -> Uuid {
    let visit = sent(app, origin).await;
    signed(app, visit, valid_until).await;
    visit
}

/// Lin sends Zhou and Tang to the stall.
pub(super) async fn sent(app: &TestApp, origin: Value) -> Uuid {
    let visit = app.new_id();
    let officers = [user_id("zhou").uuid(), user_id("tang").uuid()];
    let sent = json!({
        "id": visit,
        "origin": origin,
        "merchantId": merchant_id("tianxin-stall-17").uuid(),
        "inspectorIds": officers,
    });
    let sent = json!({ "input": sent });
    app.as_("lin").run("DispatchInspection", sent).await.ok();
    visit
}

/// They read that day on the mark of the scale, and sign.
pub(crate) async fn signed(app: &TestApp, visit: Uuid, valid_until: &str) {
    let run = async |who: &str, operation: &str, input: Value| {
        app.as_(who)
            .run(operation, json!({ "input": input }))
            .await
            .ok()
    };
    for who in ["zhou", "tang"] {
        let here = json!({
            "id": app.new_id(), "visitId": visit, "occurred": occurred(app.now()),
            "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 },
            "party": "TOLD",
        });
        run(who, "CheckIn", here).await;
    }
    let check = json!({
        "id": app.new_id(), "visitId": visit,
        "instrumentId": instrument_id("tianxin-stall-17-scale").uuid(),
        "markValidUntil": valid_until, "seal": "INTACT",
    });
    run("tang", "CheckInstrument", check).await;
    let signed = json!({ "id": app.new_id(), "visitId": visit, "refusedReason": "当事人不在场。" });
    run("zhou", "SignRecord", signed).await;
}

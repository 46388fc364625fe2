//! Complaints: filing, dispatching, refusing, mediating, ending, and who sees what of them.

mod again;
mod codes;
mod ends;
mod filing;
mod mediation;
mod periods;
mod rights;

use chrono::TimeDelta;
use liangxin_demo::fixtures::{merchant_code, user_id};
use liangxin_tests::app::TestApp;
use liangxin_tests::session::Reply;
use serde_json::{Value, json};
use uuid::Uuid;

/// Where the consenting complainant gets mail.
const MAIL: &str = "chen@consumers.example";

/// What only the phone of the complainant knows.
pub(crate) const SECRET: &str = "Y29tcGxhaW50LXNlY3JldC0wMQ";

/// One complaint of 陈小满 about stall 17.
pub(crate) struct Dispute {
    app: TestApp,
    pub(crate) id: Uuid,
    pub(crate) code: String,
}

/// What the citizen sends.
pub(crate) fn form(app: &TestApp, id: Uuid) -> Value {
    json!({
        "id": id,
        "secret": SECRET,
        "merchantCode": merchant_code("tianxin-stall-17").as_str(),
        "division": "430103",
        "complainants": [{
            "name": "陈小满", "phone": "0731-0550-1234", "address": "长沙市天心区书院坪路1号",
            "idKind": "居民身份证", "idNumber": "430103190001010011",
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
    pub(crate) async fn filed(app: &TestApp) -> Self {
        Self::filed_with(app, form(app, app.new_id())).await
    }

    /// Filed with other content.
    async fn filed_with(app: &TestApp, input: Value) -> Self {
        let input = json!({ "input": input });
        let filed = app.anonymous().run("FileComplaint", input).await.ok();
        let id = filed.text("fileComplaint.receipt.complaintId");
        let id = id.parse().unwrap();
        let code = filed.text("fileComplaint.receipt.receiptCode").to_owned();
        Self {
            app: app.clone(),
            id,
            code,
        }
    }

    /// Filed, and handled by Deng.
    pub(crate) async fn assigned(app: &TestApp) -> Self {
        let dispute = Self::filed(app).await;
        dispute.assign().await;
        dispute
    }

    async fn assign(&self) {
        let handler = json!({ "handlerId": user_id("deng").uuid() });
        self.take("lin", "AssignComplaint", handler).await;
    }

    /// Accepted by Deng.
    pub(crate) async fn accepted(app: &TestApp) -> Self {
        let dispute = Self::assigned(app).await;
        dispute.take("deng", "AcceptComplaint", json!({})).await;
        dispute
    }

    /// Being mediated: the citizen consents by the code, the stall in person.
    pub(crate) async fn mediating(app: &TestApp) -> Self {
        Self::mediating_about(app, form(app, app.new_id())).await
    }

    /// The same about another complaint.
    pub(crate) async fn mediating_about(app: &TestApp, input: Value) -> Self {
        let dispute = Self::filed_with(app, input).await;
        dispute.assign().await;
        dispute.take("deng", "AcceptComplaint", json!({})).await;
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

    pub(crate) async fn by_code(&self, operation: &str, more: Value) -> Reply {
        let mut variables = self.variables(more);
        variables["input"]["receiptCode"] = json!(self.code);
        self.app.anonymous().run(operation, variables).await
    }

    /// As somebody sees it; null if not at all.
    pub(crate) async fn seen_by(&self, who: &str) -> Value {
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

//! The one story that every flow is a part of: a stall sells pork short, a citizen reports it, inspectors weigh it
//! again, the bureau decides, the reward is screened.
//!
//! Every step is an operation of the contract with ids fixed from the beginning, so that a test can stop anywhere, send
//! a step again, or send another one in its place.

use std::collections::BTreeMap;

use chrono::{SecondsFormat, TimeDelta};
use liangxin_demo::fixtures::{instrument_id, merchant_code, merchant_id, user_id};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::app::TestApp;
use crate::pictures;
use crate::session::{Reply, Session};

/// Where the citizen of the story wants news.
pub const CONTACT: &str = "chen.wanqing@mail.example";

/// The steps of the story in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// A citizen reports 2000 g that were 1850 g.
    FileReport,
    /// Lin takes it in.
    AcceptReport,
    /// Lin sends Zhou and Tang.
    DispatchVisit,
    /// Zhou arrives.
    CheckIn,
    /// Tang looks at the scale, whose mark is overdue.
    CheckInstrument,
    /// Zhou weighs the goods again.
    RecordMeasurement,
    /// Zhou promises a photo of the stall and the signature, and sends them.
    DeclarePhotos,
    /// Wu signs.
    SignRecord,
    /// Zhou closes the visit.
    SubmitVisit,
    /// He files a case.
    FileCase,
    /// Deng proposes a fine of 2000 yuan.
    ProposePenalty,
    /// Xiao audits.
    AuditCase,
    /// Deng serves the notice.
    ServeNotice,
    /// Wu has no objection.
    AnswerNotice,
    /// He decides.
    DecideCase,
    /// Luo screens the reward.
    ScreenReward,
}

/// All steps in their order.
pub const STEPS: [Step; 16] = [
    Step::FileReport,
    Step::AcceptReport,
    Step::DispatchVisit,
    Step::CheckIn,
    Step::CheckInstrument,
    Step::RecordMeasurement,
    Step::DeclarePhotos,
    Step::SignRecord,
    Step::SubmitVisit,
    Step::FileCase,
    Step::ProposePenalty,
    Step::AuditCase,
    Step::ServeNotice,
    Step::AnswerNotice,
    Step::DecideCase,
    Step::ScreenReward,
];

impl Step {
    /// The operation of the contract.
    pub fn operation(self) -> String {
        format!("{self:?}")
    }

    /// The root field of the operation.
    pub fn field(self) -> String {
        let name = self.operation();
        let (first, rest) = name.split_at(1);
        first.to_lowercase() + rest
    }

    /// Who does it: a key of the fixtures, or nobody with an account.
    pub fn who(self) -> Option<&'static str> {
        match self {
            Self::FileReport => None,
            Self::AcceptReport | Self::DispatchVisit => Some("lin"),
            Self::CheckInstrument => Some("tang"),
            Self::CheckIn
            | Self::RecordMeasurement
            | Self::DeclarePhotos
            | Self::SignRecord
            | Self::SubmitVisit => Some("zhou"),
            Self::FileCase | Self::DecideCase => Some("he"),
            Self::ProposePenalty | Self::ServeNotice => Some("deng"),
            Self::AuditCase => Some("xiao"),
            Self::AnswerNotice => Some("wu"),
            Self::ScreenReward => Some("luo"),
        }
    }
}

/// The story in one application.
#[derive(Clone)]
pub struct Flow {
    app: TestApp,
    ids: BTreeMap<Step, Uuid>,
    report_photo: Uuid,
    scene_photo: Uuid,
    signature_photo: Uuid,
    began_at: chrono::DateTime<chrono::Utc>,
}

impl Flow {
    /// The story before its first step.
    pub fn new(app: &TestApp) -> Self {
        Self {
            app: app.clone(),
            ids: STEPS.iter().map(|step| (*step, app.new_id())).collect(),
            report_photo: app.new_id(),
            scene_photo: app.new_id(),
            signature_photo: app.new_id(),
            began_at: app.now(),
        }
    }

    /// The story after a step. Panics if a step on the way is refused.
    pub async fn after(app: &TestApp, last: Step) -> Self {
        let flow = Self::new(app);
        for step in STEPS.into_iter().filter(|step| *step <= last) {
            flow.take(step).await;
            if step == Step::DeclarePhotos {
                flow.send_photos().await;
            }
            // What happens at the same moment has no order.
            app.advance(TimeDelta::seconds(1));
        }
        flow
    }

    /// Takes a step. Panics if it is refused.
    pub async fn take(&self, step: Step) -> Reply {
        self.session(step)
            .run(&step.operation(), self.variables(step))
            .await
            .ok()
    }

    /// Takes a step with other input, under an id of its own. Panics if it is refused.
    pub async fn take_with(&self, step: Step, change: Value) -> Reply {
        self.session(step)
            .run(&step.operation(), self.changed(step, change))
            .await
            .ok()
    }

    /// The codes with which a step is refused that has other input and an id of its own. Panics if it is not, or if it
    /// leaves anything behind.
    pub async fn refused(&self, step: Step, change: Value) -> Vec<String> {
        self.session(step)
            .refused(&step.operation(), self.changed(step, change))
            .await
    }

    /// The same, when somebody else takes the step.
    pub async fn refused_for(&self, who: &str, step: Step) -> Vec<String> {
        self.app
            .as_(who)
            .refused(&step.operation(), self.changed(step, json!({})))
            .await
    }

    /// Who takes a step.
    pub fn session(&self, step: Step) -> Session {
        step.who()
            .map_or_else(|| self.app.anonymous(), |key| self.app.as_(key))
    }

    /// The variables of a step, with other input and a fresh id.
    pub fn changed(&self, step: Step, change: Value) -> Value {
        let mut variables = self.variables(step);
        variables["input"]["id"] = json!(self.app.new_id());
        for (name, value) in change.as_object().into_iter().flatten() {
            variables["input"][name] = value.clone();
        }
        variables
    }

    /// Sends the photos that the visit owes. Panics if one is refused.
    pub async fn send_photos(&self) {
        for (photo, bytes) in [
            (self.scene_photo, pictures::stall()),
            (self.signature_photo, pictures::stroke()),
        ] {
            let sent = self.app.as_("zhou").upload(photo, bytes).await;
            assert_eq!(sent, Ok(()), "a photo of the visit");
        }
    }

    /// Files the same report again and answers the receipt code, which that gives to its sender.
    pub async fn receipt_code(&self) -> String {
        self.take(Step::FileReport)
            .await
            .text("fileReport.receipt.receiptCode")
            .to_owned()
    }

    /// The id of the report.
    pub fn report(&self) -> Uuid {
        self.id(Step::FileReport)
    }

    /// The id of the visit.
    pub fn visit(&self) -> Uuid {
        self.id(Step::DispatchVisit)
    }

    /// The id of the case.
    pub fn case(&self) -> Uuid {
        self.id(Step::FileCase)
    }

    /// The id of the photo that the citizen promised.
    pub fn report_photo(&self) -> Uuid {
        self.report_photo
    }

    /// The id of the photo of the stall.
    pub fn scene_photo(&self) -> Uuid {
        self.scene_photo
    }

    /// The id of the photo of the signature.
    pub fn signature_photo(&self) -> Uuid {
        self.signature_photo
    }

    fn id(&self, step: Step) -> Uuid {
        self.ids.get(&step).copied().unwrap_or_default()
    }

    /// The variables of a step, the same ones each time.
    pub fn variables(&self, step: Step) -> Value {
        let mut input = self.input(step);
        input["id"] = json!(self.id(step));
        json!({ "input": input })
    }

    fn input(&self, step: Step) -> Value {
        let visit = self.visit();
        match step {
            Step::FileReport => self.new_report(),
            Step::AcceptReport | Step::ScreenReward => json!({ "reportId": self.report() }),
            Step::DispatchVisit => json!({
                "reportId": self.report(),
                "merchantId": merchant_id("tianxin-stall-17").uuid(),
                "inspectorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            }),
            Step::CheckIn => json!({
                "visitId": visit,
                "at": self.time(TimeDelta::zero()),
                "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 },
            }),
            Step::CheckInstrument => json!({
                "visitId": visit,
                "instrumentId": instrument_id("tianxin-stall-17-scale").uuid(),
                "markValidUntil": "2026-05-11",
                "seal": "INTACT",
                "note": "检定合格证已过期",
            }),
            Step::RecordMeasurement => json!({
                "visitId": visit,
                "instrumentId": instrument_id("tianxin-stall-17-scale").uuid(),
                "weighedOn": "2026-11-23",
                "goodsName": "五花肉",
                "goods": { "food": { "group": "MEAT" } },
                "unitPriceYuanPerKg": "28",
                "settledGrams": "2000",
                "checkedGrams": "1850",
                "method": "HIGHER_ACCURACY",
            }),
            Step::DeclarePhotos => json!({
                "visitId": visit,
                "photos": [
                    { "kind": "SCENE", "photo": pictures::declared(self.scene_photo, pictures::stall()) },
                    { "kind": "SIGNATURE", "photo": pictures::declared(self.signature_photo, pictures::stroke()) },
                ],
            }),
            Step::SignRecord => json!({
                "visitId": visit,
                "signerName": "吴德明",
                "signaturePhotoId": self.signature_photo,
            }),
            Step::SubmitVisit => json!({ "visitId": visit }),
            Step::FileCase
            | Step::ProposePenalty
            | Step::AuditCase
            | Step::ServeNotice
            | Step::AnswerNotice
            | Step::DecideCase => self.case_input(step),
        }
    }

    fn case_input(&self, step: Step) -> Value {
        let case = self.case();
        match step {
            Step::FileCase => json!({
                "visitId": self.visit(),
                "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            }),
            Step::ProposePenalty => json!({
                "caseId": case,
                "violation": "M-QTY-01",
                "fineYuan": 2000,
                "correction": "立即停止短缺量销售，并将电子秤送检。",
                "correctBy": "2026-12-15",
            }),
            Step::AuditCase => {
                json!({ "caseId": case, "opinion": "事实清楚，证据充分，适用法律正确。" })
            }
            Step::DecideCase => json!({
                "caseId": case,
                "fineYuan": 2000,
                "correction": "立即停止短缺量销售，并将电子秤送检。",
                "correctBy": "2026-12-15",
            }),
            // Serving and answering the notice name the case alone, and no other step is a case's.
            _ => json!({ "caseId": case }),
        }
    }

    fn new_report(&self) -> Value {
        json!({
            "secret": "c2VuZGVyLXNlY3JldC0wMDE",
            "merchantCode": merchant_code("tianxin-stall-17").as_str(),
            "party": "书院坪农贸市场17号摊位 吴记鲜肉",
            "division": "430103",
            "place": "书院坪农贸市场",
            "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 12.5 },
            "occurredAt": self.time(TimeDelta::minutes(-40)),
            "goods": "五花肉",
            "unitPriceYuanPerKg": "28",
            "settledGrams": "2000",
            "checkedGrams": "1850",
            "narrative": "买了两公斤五花肉，到公平秤复称只有1850克。",
            "contactEmail": CONTACT,
            "consentToMail": true,
            "photos": [pictures::declared(self.report_photo, pictures::scale())],
        })
    }

    fn time(&self, offset: TimeDelta) -> String {
        (self.began_at + offset).to_rfc3339_opts(SecondsFormat::Millis, true)
    }
}

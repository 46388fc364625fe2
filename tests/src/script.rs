//! The one story that every flow is a part of: a stall sells pork short, a citizen reports it, inspectors weigh it
//! again, the bureau decides, the reward is screened.
//!
//! Every step is an operation of the contract with ids fixed from the beginning. Here is what is sent and by whom; who
//! sends it, and how, is told elsewhere.

use std::collections::BTreeMap;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, SecondsFormat, TimeDelta, Utc};
use liangxin_demo::fixtures::{instrument_id, merchant_code, merchant_id, user_id};
use liangxin_domain::law::calendar::shanghai_date;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::pictures;

/// Where the citizen of the story wants news.
pub const CONTACT: &str = "chen.wanqing@mail.example";

/// What only the phone of the story's citizen knows.
pub const SECRET: &str = "c2VuZGVyLXNlY3JldC0wMDE";

/// What the merchant of the story has to put right.
pub const CORRECTION: &str = "立即停止短缺量销售，并将电子秤送检。";

/// How long after the beginning papers are handed over, where nobody says otherwise: after they were written, and
/// not so late that a clock would be wrong.
const SERVED_AFTER: TimeDelta = TimeDelta::minutes(5);

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
    /// Tang arrives.
    ArriveToo,
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
    /// Deng writes the notice.
    IssueNotice,
    /// Deng hands it over.
    ServeNotice,
    /// Wu has no objection.
    AnswerNotice,
    /// He decides.
    DecideCase,
    /// Deng hands the decision over.
    ServeDecision,
    /// Deng notes that Wu paid.
    RecordFinePayment,
    /// Deng looks whether the scale was verified.
    CheckCorrection,
    /// He closes the case.
    FinishCase,
    /// Luo screens the reward.
    ScreenReward,
}

/// All steps in their order.
pub const STEPS: [Step; 22] = [
    Step::FileReport,
    Step::AcceptReport,
    Step::DispatchVisit,
    Step::CheckIn,
    Step::ArriveToo,
    Step::CheckInstrument,
    Step::RecordMeasurement,
    Step::DeclarePhotos,
    Step::SignRecord,
    Step::SubmitVisit,
    Step::FileCase,
    Step::ProposePenalty,
    Step::AuditCase,
    Step::IssueNotice,
    Step::ServeNotice,
    Step::AnswerNotice,
    Step::DecideCase,
    Step::ServeDecision,
    Step::RecordFinePayment,
    Step::CheckCorrection,
    Step::FinishCase,
    Step::ScreenReward,
];

impl Step {
    /// The operation of the contract.
    pub fn operation(self) -> String {
        match self {
            Self::ArriveToo => Self::CheckIn.operation(),
            step => format!("{step:?}"),
        }
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
            Self::ArriveToo | Self::CheckInstrument => Some("tang"),
            Self::CheckIn
            | Self::RecordMeasurement
            | Self::DeclarePhotos
            | Self::SignRecord
            | Self::SubmitVisit => Some("zhou"),
            Self::FileCase | Self::DecideCase | Self::FinishCase => Some("he"),
            Self::ProposePenalty
            | Self::IssueNotice
            | Self::ServeNotice
            | Self::ServeDecision
            | Self::RecordFinePayment
            | Self::CheckCorrection => Some("deng"),
            Self::AuditCase => Some("xiao"),
            Self::AnswerNotice => Some("wu"),
            Self::ScreenReward => Some("luo"),
        }
    }
}

/// What a phone says of a moment whose clock is right, whose counter never started anew this year, and that never asked the
/// server for its time.
pub fn occurred(at: DateTime<Utc>) -> Value {
    let began = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap_or_default();
    let began = began.and_time(NaiveTime::MIN).and_utc();
    let shown = (at - began).num_milliseconds().max(0);
    let wall = FixedOffset::east_opt(8 * 3600).map(|zone| at.with_timezone(&zone).to_rfc3339());
    json!({
        "wall": wall,
        "zone": "Asia/Shanghai",
        "monotonicMs": shown.to_string(),
        "bootId": "boot-1",
    })
}

/// What is sent in one run of the story.
#[derive(Debug, Clone)]
pub struct Script {
    ids: BTreeMap<Step, Uuid>,
    /// The id that the report has, once it is known: the citizen's own name for it is another one.
    pub report: Option<Uuid>,
    secret: String,
    /// The id of the photo that the citizen promises.
    pub report_photo: Uuid,
    /// The id of the photo of the stall.
    pub scene_photo: Uuid,
    /// The id of the photo of the signature.
    pub signature_photo: Uuid,
    began_at: DateTime<Utc>,
}

impl Script {
    /// A run with ids of its own that begins at a moment.
    pub fn new(mut new_id: impl FnMut() -> Uuid, began_at: DateTime<Utc>) -> Self {
        Self {
            ids: STEPS.iter().map(|step| (*step, new_id())).collect(),
            report: None,
            secret: SECRET.to_owned(),
            report_photo: new_id(),
            scene_photo: new_id(),
            signature_photo: new_id(),
            began_at,
        }
    }

    /// The same of a phone with another secret.
    pub fn with_secret(mut self, secret: &str) -> Self {
        secret.clone_into(&mut self.secret);
        self
    }

    /// The id of the report, or the one that was sent for it.
    pub fn report(&self) -> Uuid {
        self.report.unwrap_or_else(|| self.id(Step::FileReport))
    }

    /// The id of a step, and of what officers make by it.
    pub fn id(&self, step: Step) -> Uuid {
        self.ids.get(&step).copied().unwrap_or_default()
    }

    /// The variables of a step, the same ones each time.
    pub fn variables(&self, step: Step) -> Value {
        let mut input = self.input(step);
        input["id"] = json!(self.id(step));
        json!({ "input": input })
    }

    fn input(&self, step: Step) -> Value {
        let visit = self.id(Step::DispatchVisit);
        match step {
            Step::FileReport => self.new_report(),
            Step::AcceptReport | Step::ScreenReward => {
                json!({ "reportId": self.report() })
            }
            Step::DispatchVisit => json!({
                "reportId": self.report(),
                "merchantId": merchant_id("tianxin-stall-17").uuid(),
                "inspectorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            }),
            Step::CheckIn | Step::ArriveToo => json!({
                "visitId": visit,
                "occurred": occurred(self.began_at),
                "position": { "latitude": 28.17059, "longitude": 112.97383, "accuracyM": 8.0 },
                "party": "TOLD",
            }),
            Step::CheckInstrument => json!({
                "visitId": visit,
                "instrumentId": instrument_id("tianxin-stall-17-scale").uuid(),
                "markValidUntil": "2026-05-11",
                "seal": "INTACT",
                "note": "检定合格证已过期",
            }),
            Step::RecordMeasurement => self.weighing(),
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
            | Step::IssueNotice
            | Step::ServeNotice
            | Step::AnswerNotice
            | Step::DecideCase
            | Step::ServeDecision
            | Step::RecordFinePayment
            | Step::CheckCorrection
            | Step::FinishCase => self.case_input(step),
        }
    }

    /// Zhou weighs again, with the bureau's own scale.
    fn weighing(&self) -> Value {
        json!({
            "visitId": self.id(Step::DispatchVisit),
            "instrumentId": instrument_id("tianxin-stall-17-scale").uuid(),
            "weighedOn": shanghai_date(self.began_at),
            "goodsName": "五花肉",
            "goods": { "food": { "group": "MEAT" } },
            "unitPriceYuanPerKg": "28",
            "settledGrams": "2000",
            "checkedGrams": "1850",
            "method": "HIGHER_ACCURACY",
            "madeWith": {
                "serial": "TX-SCALE-01",
                "certificate": "CZ2026-30011",
                "validUntil": "2027-04-30",
                "maxErrorGrams": "1",
            },
        })
    }

    fn case_input(&self, step: Step) -> Value {
        let case = self.id(Step::FileCase);
        match step {
            Step::FileCase => json!({
                "visitId": self.id(Step::DispatchVisit),
                "investigatorIds": [user_id("zhou").uuid(), user_id("tang").uuid()],
            }),
            Step::ProposePenalty => json!({
                "caseId": case,
                "charges": self.charges("M-QTY-01", 2000),
                "tier": "ORDINARY",
                "tierReason": "首次查处，短缺量较大，按一般档处罚。",
                "correction": CORRECTION,
                "correctBy": "2026-12-15",
            }),
            Step::AuditCase => json!({
                "caseId": case,
                "kind": "CASE",
                "opinion": "事实清楚，证据充分，适用法律正确。",
            }),
            Step::ServeNotice | Step::ServeDecision => {
                json!({ "caseId": case, "delivery": self.delivery(self.began_at + SERVED_AFTER) })
            }
            Step::AnswerNotice => json!({ "caseId": case, "waives": true }),
            Step::RecordFinePayment => json!({
                "caseId": case,
                "sumYuan": "2000.00",
                "paidOn": shanghai_date(self.began_at),
                "receipt": "湘罚缴字0001",
            }),
            Step::CheckCorrection => json!({
                "caseId": case,
                "on": shanghai_date(self.began_at),
                "isMade": true,
                "found": "电子秤已检定合格。",
            }),
            // The others name the case alone, and no other step is a case's.
            _ => json!({ "caseId": case }),
        }
    }

    /// One violation that the weighing shows, with its fine in yuan.
    pub fn charges(&self, violation: &str, fine: i64) -> Value {
        let found = self.id(Step::RecordMeasurement);
        json!([{ "violation": violation, "findings": [found], "fineYuan": fine }])
    }

    /// A paper that was handed over at a moment.
    pub fn delivery(&self, at: DateTime<Utc>) -> Value {
        json!({
            "channel": "IN_PERSON",
            "at": at.to_rfc3339_opts(SecondsFormat::Millis, true),
            "to": "吴德明",
            "proof": "当事人在送达回证上签字。",
        })
    }

    fn new_report(&self) -> Value {
        json!({
            "secret": self.secret,
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

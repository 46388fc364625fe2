//! What is written: whole matters, each a chain of writes with ids of its own.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::TimeDelta;
use liangxin_app::naming::{self, Sender};
use liangxin_demo::fixtures::{merchant_code, user_id};
use liangxin_domain::actor::{Actor, Seat, SignedIn};
use liangxin_domain::id::{CommandId, ComplaintId, DeviceId, MerchantId, PhotoId, ReportId};
use serde_json::{Value, json};
use strum::Display;
use uuid::Uuid;

use crate::chance::Chance;
use crate::phone::Phone;
use crate::pictures;
use crate::post_office::NOBODY;
use crate::script::{STEPS, Script, Step};

/// What kind of matter is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Display)]
pub(super) enum Play {
    /// The story from the report with its photo to the screening of the reward, with a question and its answer.
    Story,
    /// A report without photos that is withdrawn.
    Report,
    /// A complaint until it is being mediated.
    Complaint,
    /// A report and a complaint in one go.
    Submission,
    /// A report to which a photo is added later.
    Photos,
}

impl Play {
    /// Every kind.
    pub(super) const ALL: [Self; 5] = [
        Self::Story,
        Self::Report,
        Self::Complaint,
        Self::Submission,
        Self::Photos,
    ];
}

/// The way back to a report or complaint.
#[derive(Debug)]
pub(super) struct Receipt {
    /// `TrackReport` or `TrackComplaint`.
    pub(super) operation: &'static str,
    /// What the citizen keeps.
    pub(super) code: String,
    /// What it is called on paper.
    pub(super) number: Value,
}

/// A matter whose every write was acknowledged.
#[derive(Debug)]
pub(super) struct Matter {
    /// Its kind.
    pub(super) play: Play,
    /// Its reports.
    pub(super) reports: Vec<Uuid>,
    /// Its complaints.
    pub(super) complaints: Vec<Uuid>,
    /// The photos that the server said that it holds.
    pub(super) photos: Vec<Uuid>,
    /// The writes with an id of their own: operation and id.
    pub(super) commands: Vec<(String, Uuid)>,
    /// The ways back.
    pub(super) receipts: Vec<Receipt>,
    /// The address that its citizen leaves.
    pub(super) mailbox: String,
    /// Whether there is such a mailbox.
    pub(super) has_mailbox: bool,
}

/// Writes a matter to its end. An error says what the server did that the contract does not allow.
pub(super) async fn play(phone: &Phone, play: Play, chance: &mut Chance) -> anyhow::Result<Matter> {
    let mut writer = Writer::begin(phone, play, chance).await?;
    match play {
        Play::Story => writer.story().await?,
        Play::Report => writer.report().await?,
        Play::Complaint => writer.complaint().await?,
        Play::Submission => writer.submission().await?,
        Play::Photos => writer.photos().await?,
    }
    Ok(writer.matter)
}

/// Somebody who writes a matter.
struct Writer<'a> {
    phone: &'a Phone,
    chance: &'a mut Chance,
    script: Script,
    secret: String,
    matter: Matter,
}

impl<'a> Writer<'a> {
    async fn begin(
        phone: &'a Phone,
        play: Play,
        chance: &'a mut Chance,
    ) -> anyhow::Result<Writer<'a>> {
        let now = phone.server_time().await?;
        let script = Script::new(|| chance.uuid(), now);
        let has_mailbox = chance.between(0, 6) > 0;
        let name = chance.uuid().simple().to_string();
        let begin = if has_mailbox { "reporter-" } else { NOBODY };
        Ok(Self {
            phone,
            script,
            secret: URL_SAFE_NO_PAD.encode(chance.uuid().as_bytes()),
            matter: Matter {
                play,
                reports: Vec::new(),
                complaints: Vec::new(),
                photos: Vec::new(),
                commands: Vec::new(),
                receipts: Vec::new(),
                mailbox: format!("{begin}{name}@mail.example"),
                has_mailbox,
            },
            chance,
        })
    }

    /// Sends a write until it is acknowledged, and sometimes once more: what was done is a success.
    async fn write(
        &mut self,
        who: Option<&'static str>,
        operation: &str,
        variables: Value,
    ) -> anyhow::Result<Value> {
        let done = self.phone.run(who, operation, &variables).await?;
        if self.chance.between(0, 8) == 0 {
            self.phone.run(who, operation, &variables).await?;
        }
        if let (8, Some(who)) = (self.chance.between(0, 12), who) {
            self.phone.refresh(who).await?;
        }
        let name = self.name(who, &variables["input"])?;
        self.matter.commands.push((operation.to_owned(), name));
        Ok(done)
    }

    async fn step(&mut self, step: Step) -> anyhow::Result<Value> {
        let variables = self.variables(step);
        self.write(step.who(), &step.operation(), variables).await
    }

    fn variables(&self, step: Step) -> Value {
        let mut variables = self.script.variables(step);
        if step == Step::FileReport {
            variables["input"]["secret"] = json!(self.secret);
            variables["input"]["contactEmail"] = json!(self.matter.mailbox);
        }
        variables
    }

    async fn story(&mut self) -> anyhow::Result<()> {
        for step in STEPS {
            let done = self.step(step).await?;
            match step {
                Step::FileReport => {
                    let code = self.keep_report(&done["receipt"])?;
                    let token = text(&done["receipt"]["uploadToken"])?;
                    let photo = self.script.report_photo;
                    self.phone.upload(&token, photo, pictures::scale()).await?;
                    self.keep_photo(photo);
                    self.talk(&code).await?;
                }
                Step::DeclarePhotos => self.send_photos().await?,
                _ => {}
            }
        }
        Ok(())
    }

    /// A question of the intake officer and the citizen's answer.
    async fn talk(&mut self, code: &str) -> anyhow::Result<()> {
        let (question, answer) = (self.chance.uuid(), self.chance.uuid());
        let report = self.script.report();
        let ask = json!({ "id": question, "reportId": report, "text": "请问摊主当时怎么说？" });
        let ask = json!({ "input": ask });
        self.write(Some("lin"), "AskReporter", ask).await?;
        let reply = json!({
            "id": answer, "receiptCode": code, "questionId": question, "text": "他说秤没有问题。",
        });
        let reply = json!({ "input": reply });
        self.write(None, "AnswerQuestion", reply).await?;
        Ok(())
    }

    async fn send_photos(&mut self) -> anyhow::Result<()> {
        let photos = [
            (self.script.scene_photo, pictures::stall()),
            (self.script.signature_photo, pictures::stroke()),
        ];
        for (photo, bytes) in photos {
            self.phone.upload_as("zhou", photo, bytes).await?;
            self.matter.photos.push(photo);
        }
        Ok(())
    }

    async fn report(&mut self) -> anyhow::Result<()> {
        let mut variables = self.variables(Step::FileReport);
        variables["input"]["photos"] = json!([]);
        let done = self.write(None, "FileReport", variables).await?;
        let code = self.keep_report(&done["receipt"])?;
        self.step(Step::AcceptReport).await?;
        let input =
            json!({ "id": self.chance.uuid(), "receiptCode": code, "words": "不想再追究了。" });
        let input = json!({ "input": input });
        self.write(None, "WithdrawReport", input).await?;
        Ok(())
    }

    async fn photos(&mut self) -> anyhow::Result<()> {
        let mut variables = self.variables(Step::FileReport);
        variables["input"]["photos"] = json!([]);
        let done = self.write(None, "FileReport", variables).await?;
        let code = self.keep_report(&done["receipt"])?;
        let photo = self.chance.uuid();
        let declared = pictures::declared(photo, pictures::stall());
        let input = json!({ "id": self.chance.uuid(), "receiptCode": code, "photos": [declared] });
        let input = json!({ "input": input });
        let done = self.write(None, "AddReportPhotos", input).await?;
        let token = text(&done["uploadToken"])?;
        self.phone.upload(&token, photo, pictures::stall()).await?;
        self.keep_photo(photo);
        Ok(())
    }

    async fn complaint(&mut self) -> anyhow::Result<()> {
        let id = self.chance.uuid();
        let input = json!({ "input": self.form(id).await? });
        let done = self.write(None, "FileComplaint", input).await?;
        let (id, code) = self.keep_complaint(&done["receipt"])?;
        self.about(
            id,
            (Some("lin"), "AssignComplaint"),
            json!({ "handlerId": user_id("deng").uuid() }),
        )
        .await?;
        self.about(id, (Some("deng"), "AcceptComplaint"), json!({}))
            .await?;
        let own = json!({
            "side": "COMPLAINANT", "to": "MEDIATION", "way": "INTERNET", "receiptCode": code,
        });
        self.about(id, (None, "ConsentToMediation"), own).await?;
        let other = json!({ "side": "RESPONDENT", "to": "MEDIATION", "way": "IN_PERSON" });
        self.about(id, (Some("wu"), "ConsentToMediation"), other)
            .await
    }

    async fn about(
        &mut self,
        complaint: Uuid,
        (who, operation): (Option<&'static str>, &str),
        mut input: Value,
    ) -> anyhow::Result<()> {
        input["id"] = json!(self.chance.uuid());
        input["complaintId"] = json!(complaint);
        let variables = json!({ "input": input });
        self.write(who, operation, variables).await.map(drop)
    }

    async fn submission(&mut self) -> anyhow::Result<()> {
        let (id, complaint) = (self.chance.uuid(), self.chance.uuid());
        let mut report = self.variables(Step::FileReport)["input"].clone();
        report["photos"] = json!([]);
        let form = self.form(complaint).await?;
        let input = json!({ "input": { "id": id, "report": report, "complaint": form } });
        let done = self.write(None, "FileSubmission", input).await?;
        self.keep_report(&done["report"])?;
        self.keep_complaint(&done["complaint"])?;
        Ok(())
    }

    async fn form(&self, id: Uuid) -> anyhow::Result<Value> {
        let now = self.phone.server_time().await?;
        Ok(json!({
            "id": id,
            "secret": self.secret,
            "merchantCode": merchant_code("tianxin-stall-17").as_str(),
            "division": "430103",
            "complainants": [{
                "name": "陈小满", "phone": "0731-0550-1234", "address": "长沙市天心区书院坪路1号",
            }],
            "respondentName": "吴记鲜肉摊",
            "respondentAddress": "书院坪农贸市场17号摊位",
            "demand": "MAKE_UP_QUANTITY",
            "demandFen": 420,
            "occurredAt": now - TimeDelta::hours(1),
            "place": "书院坪农贸市场",
            "content": "两公斤五花肉少了150克，要求补足。",
            "paidFen": 5600,
            "evidence": "公平秤照片和付款记录。",
            "publishConsent": true,
            "entrustConsent": true,
            "contactEmail": self.matter.mailbox,
            "consentToMail": true,
        }))
    }

    fn keep_report(&mut self, receipt: &Value) -> anyhow::Result<String> {
        let report = text(&receipt["reportId"])?.parse()?;
        self.script.report = Some(report);
        self.matter.reports.push(report);
        self.keep("TrackReport", receipt)
    }

    fn keep_complaint(&mut self, receipt: &Value) -> anyhow::Result<(Uuid, String)> {
        let complaint = text(&receipt["complaintId"])?.parse()?;
        self.matter.complaints.push(complaint);
        Ok((complaint, self.keep("TrackComplaint", receipt)?))
    }

    /// Remembers a photo of the report by the id that it has there.
    fn keep_photo(&mut self, sent: Uuid) {
        let report = ReportId::new(self.script.report());
        let photo = naming::of_photo(report, PhotoId::new(sent));
        self.matter.photos.push(photo.uuid());
    }

    /// The name under which a write is remembered. Of a filing nobody outside can tell it.
    fn name(&self, who: Option<&str>, input: &Value) -> anyhow::Result<Uuid> {
        let id = CommandId::new(text(&input["id"])?.parse()?);
        let actor = match (who, input["complaintId"].as_str()) {
            (Some(key), _) => Actor::User(SignedIn {
                user: user_id(key),
                device: DeviceId::new(Uuid::nil()),
                roles: [].into_iter().collect(),
                seat: Seat::Merchant(MerchantId::new(Uuid::nil())),
                settles_on: None,
            }),
            (None, Some(complaint)) => Actor::Complainant(ComplaintId::new(complaint.parse()?)),
            (None, None) => Actor::Reporter(ReportId::new(self.script.report())),
        };
        Ok(naming::of_write(&actor, Sender::Actor, id))
    }

    fn keep(&mut self, operation: &'static str, receipt: &Value) -> anyhow::Result<String> {
        let code = text(&receipt["receiptCode"])?;
        self.matter.receipts.push(Receipt {
            operation,
            code: code.clone(),
            number: receipt["number"].clone(),
        });
        Ok(code)
    }
}

fn text(value: &Value) -> anyhow::Result<String> {
    let text = value.as_str().map(str::to_owned);
    text.ok_or_else(|| anyhow::anyhow!("an acknowledged write answers {value}"))
}

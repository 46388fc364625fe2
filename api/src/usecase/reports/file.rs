//! Filing a report.

use crate::{
    app::{self, App},
    error::AppError,
    ports::keys::Purpose,
    store::{self, law::RunsOn, reports::Intake},
    usecase,
    work::{Begun, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::{CommandId, ReportId},
    law::{calendar::shanghai_date, effect::ClockEffect},
    limits::UPLOAD_TOKEN_SECONDS,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    reports::{receipt::ReceiptCode, report::NewReport},
    text::Email,
};

/// The period for verifying a lead: Order 2, article 18.
pub(crate) const VERIFY: &str = "R-VERIFY";

/// What the citizen takes home.
#[derive(Debug, Clone)]
pub struct Filed {
    /// The report.
    pub report: ReportId,
    /// Its number on paper.
    pub number: String,
    /// The way back. Whoever repeats the same report with the same secret gets it again.
    pub receipt_code: ReceiptCode,
    /// Lets the same phone send the declared photos.
    pub upload_token: String,
}

/// Takes a report in. The same report again, from the same device, is the same report.
pub async fn file(app: &App, actor: &Actor, mut new: NewReport) -> Result<Filed, AppError> {
    permit(actor, Action::FileReport, Facts::placeless(Stake::None))?;
    let now = app.now();
    new.check(now)?;
    let id = CommandId::new(new.id.uuid());
    let command = app::command(id, "FileReport", new.id.uuid(), &new.canonical());
    let receipt_code = receipt_code(app, &new);
    // Whoever reports a merchant by its code means the place where that merchant is.
    if let Some(merchant) = new.merchant {
        new.division = store::merchants::get(&app.db, merchant).await?.division;
    }
    if app.law.divisions.find(new.division).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "division").into());
    }
    let number = match app.begin(actor, &command).await? {
        Begun::Repeated => {
            store::reports::get(&app.db, &Actor::System, new.id)
                .await?
                .number
        }
        Begun::Fresh(work) => take_in(app, work, &new, &receipt_code).await?,
    };
    let upload_token = app
        .keys
        .issue(
            Purpose::Upload,
            new.id.uuid(),
            None,
            (now, UPLOAD_TOKEN_SECONDS),
        )
        .map_err(|e| AppError::internal("sign a token", e))?;
    Ok(Filed {
        report: new.id,
        number,
        receipt_code,
        upload_token,
    })
}

/// Writes the report with its period and its promised photos; answers its number.
async fn take_in(
    app: &App,
    work: Work,
    new: &NewReport,
    receipt_code: &ReceiptCode,
) -> Result<String, AppError> {
    let number = number("JB", &new.division.to_string(), new.id.uuid(), work.now());
    let intake = Intake {
        number: number.clone(),
        contact_sealed: new
            .contact
            .as_ref()
            .map(|email| seal(app, new, email))
            .transpose()?,
        receipt_key: receipt_key(app, receipt_code),
    };
    store::reports::insert(&work, new, intake).await?;
    let verify = ClockEffect::Start {
        rule: VERIFY,
        opened_on: work.today(),
    };
    usecase::law::apply(app, &work, RunsOn::Report(new.id), &[verify]).await?;
    store::evidence::declare(&work, PhotoOwner::Report(new.id), &new.photos).await?;
    app.record(&work, Event::ReportFiled { report: new.id });
    work.commit().await?;
    Ok(number)
}

fn seal(app: &App, new: &NewReport, email: &Email) -> Result<Vec<u8>, AppError> {
    let sealed = app.keys.seal(&app.ids, new.id.uuid(), email.as_str());
    sealed.ok_or_else(|| AppError::internal("seal a contact", "the cipher refused"))
}

/// The code follows from the id, the sender's secret and the server's key: it need not be stored
/// to be shown again to the device that lost the answer, and nobody else can ask for it.
fn receipt_code(app: &App, new: &NewReport) -> ReceiptCode {
    let content = [
        new.id.uuid().as_bytes().as_slice(),
        new.secret.expose().as_bytes(),
    ]
    .concat();
    let hash = app.keys.hash("receipt code", &content);
    let mut bytes = [0; 18];
    bytes.copy_from_slice(&hash[..18]);
    ReceiptCode::from_bytes(bytes)
}

/// What the database keeps of a receipt code.
pub(super) fn receipt_key(app: &App, code: &ReceiptCode) -> Sha256 {
    Sha256::new(app.keys.hash("receipt lookup", code.plain().as_bytes()))
}

/// A number for paper: kind, division, day, and eight digits of the id's random end.
pub(crate) fn number(kind: &str, division: &str, id: uuid::Uuid, now: DateTime<Utc>) -> String {
    let day = shanghai_date(now).format("%Y%m%d");
    let hex = id.simple().to_string().to_uppercase();
    format!("{kind}-{division}-{day}-{}", &hex[24..])
}

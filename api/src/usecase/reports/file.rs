//! Filing a report.

use crate::{
    app::{self, App},
    error::AppError,
    ports::keys::Purpose,
    store::{self, law::RunsOn, reports::Intake},
    usecase::{accounts::hash_claim_password, law},
    work::{Begun, Command, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::{CommandId, ReportId},
    law::calendar::shanghai_date,
    limits::UPLOAD_TOKEN_SECONDS,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    reports::{machine, receipt::ReceiptCode, report::NewReport, signal},
    text::Email,
};

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
pub async fn file(app: &App, actor: &Actor, new: NewReport) -> Result<Filed, AppError> {
    permit(actor, Action::FileReport, Facts::placeless(Stake::None))?;
    new.check(app.now())?;
    // Begun with what the phone sent: what we find out about the place is not its content.
    let command = command(&new);
    let new = prepare(app, new).await?;
    let receipt_code = receipt_code(app, &new);
    let claim_secret = claim_secret(app, &new).await?;
    if let Begun::Fresh(work) = app.begin(actor, &command).await? {
        take_in(app, &work, &new, (&receipt_code, claim_secret)).await?;
        work.commit().await?;
    }
    filed(app, &new, receipt_code).await
}

/// The write that files this report.
pub(super) fn command(new: &NewReport) -> Command {
    let id = CommandId::new(new.id.uuid());
    app::command(id, "FileReport", new.id.uuid(), &new.canonical())
}

/// Checks what the database and the law know about the place.
pub(super) async fn prepare(app: &App, mut new: NewReport) -> Result<NewReport, AppError> {
    // Whoever reports a merchant by its code means the place where that merchant is.
    if let Some(merchant) = new.merchant {
        new.division = store::merchants::get(&app.db, merchant).await?.division;
    }
    if app.law.divisions.find(new.division).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "division").into());
    }
    Ok(new)
}

/// What the citizen takes home of a report that was taken in, now or before.
pub(super) async fn filed(
    app: &App,
    new: &NewReport,
    receipt_code: ReceiptCode,
) -> Result<Filed, AppError> {
    let report = store::reports::get(&app.db, &Actor::System, new.id).await?;
    let upload_token = app
        .keys
        .issue(
            Purpose::Upload,
            new.id.uuid(),
            None,
            (app.now(), UPLOAD_TOKEN_SECONDS),
        )
        .map_err(|e| AppError::internal("sign a token", e))?;
    Ok(Filed {
        report: new.id,
        number: report.number,
        receipt_code,
        upload_token,
    })
}

/// The hash of the claim password. Hashing takes its time: it is done before the transaction.
pub(super) async fn claim_secret(app: &App, new: &NewReport) -> Result<Option<String>, AppError> {
    match &new.claim_password {
        Some(password) => Ok(Some(hash_claim_password(app, password).await?)),
        None => Ok(None),
    }
}

/// Writes the report with its period and its promised photos.
pub(super) async fn take_in(
    app: &App,
    work: &Work,
    new: &NewReport,
    (receipt_code, claim_secret): (&ReceiptCode, Option<String>),
) -> Result<(), AppError> {
    let follows = match &new.follows {
        None => None,
        Some(code) => Some(
            store::reports::find_by_receipt(work, receipt_key(app, code))
                .await?
                .ok_or_else(|| Refusal::on(Code::ReceiptUnknown, "earlierReceiptCode"))?,
        ),
    };
    let number = number("JB", &new.division.to_string(), new.id.uuid(), work.now());
    let intake = Intake {
        number,
        contact_sealed: new
            .contact
            .as_ref()
            .map(|email| seal(app, new, email))
            .transpose()?,
        contact_key: new
            .contact
            .as_ref()
            .map(|email| Sha256::new(app.keys.hash("contact", email.as_str().as_bytes()))),
        receipt_key: receipt_key(app, receipt_code),
        reporter_key: None,
        follows,
    };
    // Hints for an officer; nothing is refused because of them.
    let facts = store::reports::intake_facts(work, new, &intake).await?;
    store::reports::insert(work, new, intake).await?;
    if let Some(hash) = claim_secret {
        store::rewards::insert_claim_secret(work, new.id, hash).await?;
    }
    let signals = signal::signals(facts)
        .into_iter()
        .map(|signal| (app.ids.uuid(work.now()), signal))
        .collect();
    store::reports::insert_signals(work, new.id, signals).await?;
    let step = machine::register(work.today());
    law::apply(app, work, RunsOn::Report(new.id), &step.clocks).await?;
    store::evidence::declare(work, PhotoOwner::Report(new.id), &new.photos).await?;
    app.record(work, Event::ReportFiled { report: new.id });
    Ok(())
}

fn seal(app: &App, new: &NewReport, email: &Email) -> Result<Vec<u8>, AppError> {
    let sealed = app.keys.seal(&app.ids, new.id.uuid(), email.as_str());
    sealed.ok_or_else(|| AppError::internal("seal a contact", "the cipher refused"))
}

/// The code follows from the id, the sender's secret and the server's key: it need not be stored
/// to be shown again to the device that lost the answer, and nobody else can ask for it.
pub(super) fn receipt_code(app: &App, new: &NewReport) -> ReceiptCode {
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

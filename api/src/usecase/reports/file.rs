//! Filing a report.

use crate::{
    app::{self, App},
    error::AppError,
    ports::keys::Purpose,
    store::{self, law::RunsOn, reports::Intake},
    usecase::{identity, receipts},
    work::{Begun, Work},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::{ClockId, CommandId, ReportId},
    law::{calendar::shanghai_date, clock::Clock},
    limits::UPLOAD_TOKEN_SECONDS,
    policy::{Action, Facts, Stake, permit},
    privacy::identity::IdentitySubject,
    receipts::ReceiptKind,
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
    let receipt_code = receipts::derive(app, ReceiptKind::Report, new.id.uuid(), &new.secret);
    if new.identity.is_some() && app.identity_keys.recipient().is_none() {
        return Err(Refusal::on(Code::IdentityKeyMissing, "identity").into());
    }
    // Whoever reports a merchant by its code means the place where that merchant is.
    if let Some(merchant) = new.merchant {
        new.division = store::merchants::get(&app.db, merchant).await?.division;
    }
    if app.law.divisions.find(new.division).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "division").into());
    }
    // Before the transaction: nobody waits for a lock while a code is hashed.
    let receipt_key = receipts::hash(app, ReceiptKind::Report, &receipt_code).await?;
    let number = match app.begin(actor, &command).await? {
        Begun::Repeated => {
            store::reports::get(&app.db, &Actor::System, new.id)
                .await?
                .number
        }
        Begun::Fresh(work) => take_in(app, work, &new, receipt_key).await?,
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
    receipt_key: Sha256,
) -> Result<String, AppError> {
    let number = number("JB", &new.division.to_string(), new.id.uuid(), work.now());
    let intake = Intake {
        number: number.clone(),
        contact_sealed: new
            .contact
            .as_ref()
            .map(|email| seal(app, new, email))
            .transpose()?,
        receipt_key,
    };
    store::reports::insert(&work, new, intake).await?;
    if let Some(person) = &new.identity {
        let subject = IdentitySubject::Report(new.id);
        identity::seal(app, &work, subject, &person.fields(), None).await?;
        identity::recognise(app, &work, new.id, person).await?;
    }
    let rule = app.law.deadlines.rule_on(VERIFY, work.today());
    let rule = rule.map_err(|e| AppError::internal("find the period for verification", e))?;
    let clock = Clock::start(rule, work.today(), &app.law.calendar);
    let clock_id = ClockId::new(app.ids.uuid(work.now()));
    store::law::insert_clock(&work, clock_id, RunsOn::Report(new.id), &clock).await?;
    store::evidence::declare(&work, PhotoOwner::Report(new.id), &new.photos).await?;
    app.record(&work, Event::ReportFiled { report: new.id });
    work.commit().await?;
    Ok(number)
}

fn seal(app: &App, new: &NewReport, email: &Email) -> Result<Vec<u8>, AppError> {
    let sealed = app.keys.seal(&app.ids, new.id.uuid(), email.as_str());
    sealed.ok_or_else(|| AppError::internal("seal a contact", "the cipher refused"))
}

/// A number for paper: kind, division, day, and eight digits of the id's random end.
pub(crate) fn number(kind: &str, division: &str, id: uuid::Uuid, now: DateTime<Utc>) -> String {
    let day = shanghai_date(now).format("%Y%m%d");
    let hex = id.simple().to_string().to_uppercase();
    format!("{kind}-{division}-{day}-{}", &hex[24..])
}

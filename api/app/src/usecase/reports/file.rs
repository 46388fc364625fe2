//! Filing a report.

use crate::{
    app::{App, sha256},
    budget::Spending,
    caller::Caller,
    error::AppError,
    naming,
    store::{self, numbers::Series, reports::Intake},
    usecase::{
        accounts::hash_claim_password, correspondence, identity, matter_number, receipts, step,
    },
    work::{Begun, Command, Work},
};
use liangxin_domain::{
    actor::Actor,
    evidence::{digest::Sha256, photo::PhotoOwner},
    id::{CommandId, ReportId},
    policy::{Action, Facts, Stake, permit},
    privacy::{correspondence::Correspondence, identity::IdentitySubject},
    receipts::ReceiptKind,
    refusal::{Code, Refusal},
    reports::{
        receipt::ReceiptCode,
        report::{NewReport, SenderSecret},
        signal,
    },
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
pub async fn file(app: &App, caller: &Caller, new: NewReport) -> Result<Filed, AppError> {
    app.spend(caller, Spending::Filing)?;
    // Whoever is signed in files as anybody does: who reported stands in no event and no command.
    let citizen = Actor::Anonymous;
    permit(&citizen, Action::FileReport, Facts::placeless(Stake::None))?;
    new.check(app.now())?;
    // Begun with what the phone sent: what we find out about the place is not its content.
    let command = command(app, &new)?;
    let ready = prepare(app, caller, new).await?;
    if let Begun::Fresh(work) = app.begin(&citizen, &command).await? {
        take_in(app, &work, &ready).await?;
        work.commit().await?;
    }
    filed(app, ready).await
}

/// A report that can be written: everything slow or outside the transaction is done.
pub(super) struct Ready {
    /// The report, in the division where it belongs.
    pub(super) new: NewReport,
    receipt_code: ReceiptCode,
    receipt_key: Sha256,
    follows: Option<ReportId>,
    claim_secret: Option<String>,
}

/// The write that files this report, as it was sent.
pub(super) fn command(app: &App, new: &NewReport) -> Result<Command, AppError> {
    let sent = new.id.uuid();
    let command = app.write(CommandId::new(sent), "FileReport", sent, new)?;
    Ok(Command {
        sender: naming::sender_of(&app.keys, &[&new.secret]),
        subject: named(app, new.id, &new.secret).uuid(),
        ..command
    })
}

/// The id of the report that the citizen named so, with the secret that goes with it.
#[must_use]
pub fn named(app: &App, sent: ReportId, secret: &SenderSecret) -> ReportId {
    let id = naming::of_filed(&app.keys, ReceiptKind::Report, sent.uuid(), secret);
    ReportId::new(id)
}

/// Checks what the database and the law know about the place, whether a real name can be sealed, and
/// hashes the code: nobody waits for a lock meanwhile. From here on the report has its own id.
pub(super) async fn prepare(
    app: &App,
    caller: &Caller,
    mut new: NewReport,
) -> Result<Ready, AppError> {
    // Whoever reports a merchant by its code means the place where that merchant is.
    if let Some(merchant) = new.merchant {
        new.division = store::merchants::get(&app.db, merchant).await?.division;
    }
    if app.law.divisions.find(new.division).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "division").into());
    }
    if new.identity.is_some() && app.identity_keys.recipient().is_none() {
        return Err(Refusal::on(Code::IdentityKeyMissing, "identity").into());
    }
    let receipt_code = receipts::derive(app, ReceiptKind::Report, new.id.uuid(), &new.secret);
    let receipt_key = receipts::hash(app, ReceiptKind::Report, &receipt_code);
    new.id = named(app, new.id, &new.secret);
    let follows = match &new.follows {
        None => None,
        Some(code) => Some(earlier(app, caller, code).await?),
    };
    let claim_secret = match &new.claim_password {
        Some(password) => Some(hash_claim_password(app, password).await?),
        None => None,
    };
    Ok(Ready {
        new,
        receipt_code,
        receipt_key,
        follows,
        claim_secret,
    })
}

/// The report behind the code that is shown as an earlier one.
async fn earlier(app: &App, caller: &Caller, code: &ReceiptCode) -> Result<ReportId, AppError> {
    match super::open_receipt::reporter_of(app, caller, &code.plain()).await {
        Ok((report, _)) => Ok(report),
        Err(AppError::Refused(refusal)) => Err(Refusal {
            field: Some("earlierReceiptCode"),
            ..refusal
        }
        .into()),
        Err(error) => Err(error),
    }
}

/// What the citizen takes home of a report that was taken in, now or before.
pub(super) async fn filed(app: &App, ready: Ready) -> Result<Filed, AppError> {
    let Ready {
        receipt_code,
        receipt_key,
        ..
    } = ready;
    let found = store::reports::find_by_receipt(&app.db, receipt_key).await?;
    let id = AppError::written(found.ok_or_else(|| Refusal::of(Code::NotFound).into()))?;
    let report = store::reports::get(&app.db, &Actor::System, id).await;
    let report = AppError::written(report)?;
    let upload_token = super::upload_token(app, id).await?;
    Ok(Filed {
        report: id,
        number: report.number,
        receipt_code,
        upload_token,
    })
}

/// Writes the report with its period and its promised photos.
pub(super) async fn take_in(app: &App, work: &Work, ready: &Ready) -> Result<(), AppError> {
    let new = &ready.new;
    // The sender used the id when it was the report's own.
    if store::reports::find_by_receipt(work, ready.receipt_key)
        .await?
        .is_some()
    {
        return Err(Refusal::on(Code::IdReused, "id").into());
    }
    let number = matter_number::next(app, work, (Series::Report, new.division)).await?;
    let intake = Intake {
        number,
        words_key: sha256(new.narrative.to_string().as_bytes()),
        receipt_key: ready.receipt_key,
        follows: ready.follows,
    };
    // Hints for an officer; nothing is refused because of them.
    let facts = store::reports::intake_facts(work, new, &intake).await?;
    store::reports::insert(work, new, intake).await?;
    if let Some(email) = &new.contact {
        correspondence::leave(app, work, Correspondence::Report(new.id), email).await?;
    }
    if let Some(hash) = &ready.claim_secret {
        store::rewards::insert_claim_secret(work, new.id, hash.clone()).await?;
    }
    if let Some(person) = &new.identity {
        let subject = IdentitySubject::Report(new.id);
        identity::seal(app, work, subject, &person.fields(), None).await?;
    }
    let signals = signal::signals(facts)
        .into_iter()
        .map(|signal| (work.new_id(&app.ids), signal))
        .collect();
    store::reports::insert_signals(work, new.id, signals).await?;
    store::evidence::declare(work, PhotoOwner::Report(new.id), &new.photos).await?;
    let report = store::reports::get(work, &Actor::System, new.id).await?;
    step::tell(app, work, report.register()).await?;
    Ok(())
}

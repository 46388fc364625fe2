//! Filing a complaint.

use crate::{
    app::App,
    budget::Spending,
    caller::Caller,
    error::AppError,
    naming,
    ports::keys::Column,
    store::{self, complaints::Intake, numbers::Series},
    usecase::{correspondence, matter_number, receipts, step},
    work::{Begun, Command, Work},
};
use chrono::NaiveDate;
use liangxin_domain::{
    actor::Actor,
    complaints::{
        complaint::{Complaint, LIMIT},
        consent::{Consent, ConsentMatter, MediationConsent, Side, Way},
        filing::{Choice, NewComplaint, is_late},
    },
    evidence::digest::Sha256,
    id::{CommandId, ComplaintId},
    policy::{Action, Facts, Stake, permit},
    privacy::correspondence::Correspondence,
    receipts::ReceiptKind,
    refusal::{Code, Refusal},
    reports::receipt::ReceiptCode,
};

/// Whether the complaint came in time, as the complainant is told. An officer decides about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timeliness {
    /// Within the years of C-LIMIT.
    InTime,
    /// After them.
    Late,
}

/// What the complainant takes home.
#[derive(Debug, Clone)]
pub struct FiledComplaint {
    /// The complaint.
    pub complaint: ComplaintId,
    /// Its number on paper.
    pub number: String,
    /// The way back. Whoever repeats the same complaint with the same secret gets it again.
    pub receipt_code: ReceiptCode,
    /// Whether it came in time.
    pub timeliness: Timeliness,
}

/// Takes a complaint in, as anybody's, whoever is signed in. The same complaint again, from the same device,
/// is the same complaint.
pub async fn file(
    app: &App,
    caller: &Caller,
    mut new: NewComplaint,
) -> Result<FiledComplaint, AppError> {
    app.spend(caller, Spending::Filing)?;
    settle(app, &mut new).await?;
    let command = command(app, &new)?;
    let ready = prepare(app, new).await?;
    // By the day: a moment would lead to a report that the same person sent in the same letter.
    if let Begun::Fresh(work) = app.begin_by_day(&Actor::Anonymous, &command).await? {
        register(app, &work, &ready).await?;
        work.commit().await?;
    }
    filed(app, ready).await
}

/// A settled complaint that can be written: everything slow is done.
pub(crate) struct Ready {
    /// The complaint.
    pub(crate) new: NewComplaint,
    receipt_code: ReceiptCode,
    receipt_key: Sha256,
}

/// Makes and hashes the code of a settled complaint: nobody waits for a lock meanwhile. From here on the complaint has its
/// own id.
pub(crate) async fn prepare(app: &App, mut new: NewComplaint) -> Result<Ready, AppError> {
    let receipt_code = receipts::derive(app, ReceiptKind::Complaint, new.id.uuid(), &new.secret);
    let receipt_key = receipts::hash(app, ReceiptKind::Complaint, &receipt_code);
    new.id = named(app, &new);
    Ok(Ready {
        new,
        receipt_code,
        receipt_key,
    })
}

/// The write that files a settled complaint, as it was sent.
pub(crate) fn command(app: &App, new: &NewComplaint) -> Result<Command, AppError> {
    let sent = new.id.uuid();
    let command = app.write(CommandId::new(sent), "FileComplaint", sent, new)?;
    Ok(Command {
        sender: naming::sender_of(&app.keys, &[&new.secret]),
        subject: named(app, new).uuid(),
        ..command
    })
}

/// The id of the complaint that the consumer named so.
fn named(app: &App, new: &NewComplaint) -> ComplaintId {
    let id = naming::of_filed(
        &app.keys,
        ReceiptKind::Complaint,
        new.id.uuid(),
        &new.secret,
    );
    ComplaintId::new(id)
}

/// What the complainant takes home of a complaint that was taken in, now or before.
pub(crate) async fn filed(app: &App, ready: Ready) -> Result<FiledComplaint, AppError> {
    let Ready {
        new,
        receipt_code,
        receipt_key,
    } = ready;
    let found = store::complaints::find_by_receipt(&app.db, receipt_key).await?;
    let id = AppError::written(found.ok_or_else(|| Refusal::of(Code::NotFound).into()))?;
    let found = store::complaints::get(&app.db, &Actor::System, id).await;
    let found = AppError::written(found)?;
    Ok(FiledComplaint {
        complaint: id,
        number: found.number,
        receipt_code,
        timeliness: timeliness(app, &new)?,
    })
}

/// Settles where a complaint belongs: whoever complains about an operator by its code means the
/// place where that operator is (article 13). To be called before the unit of work begins.
pub(crate) async fn settle(app: &App, new: &mut NewComplaint) -> Result<(), AppError> {
    let now = app.now();
    new.check(now, today(app))?;
    if let Some(merchant) = new.merchant {
        new.division = store::merchants::get(&app.db, merchant).await?.division;
    }
    if app.law.divisions.find(new.division).is_none() {
        return Err(Refusal::on(Code::DivisionUnknown, "division").into());
    }
    Ok(())
}

/// Writes a settled complaint with its period, its consents and its paper inside somebody's unit of
/// work, which is dated by the day. The caller took the command.
pub(crate) async fn register(app: &App, work: &Work, ready: &Ready) -> Result<(), AppError> {
    let Ready {
        new, receipt_key, ..
    } = ready;
    let permit = permit(
        work.actor(),
        Action::FileComplaint,
        Facts::placeless(Stake::None),
    )?;
    // The sender used the id when it was the complaint's own.
    if store::complaints::find_by_receipt(work, *receipt_key)
        .await?
        .is_some()
    {
        return Err(Refusal::on(Code::IdReused, "id").into());
    }
    let number = matter_number::next(app, work, (Series::Complaint, new.division)).await?;
    let step = Complaint::register(
        &permit,
        (new.id, number),
        (new.division, new.merchant),
        new.particulars.standing(),
        work.now(),
    )?;
    let intake = sealed(app, new, *receipt_key)?;
    store::complaints::insert(work, &step.after, intake).await?;
    if let Some(email) = &new.contact {
        correspondence::leave(app, work, Correspondence::Complaint(new.id), email).await?;
    }
    note_consents(app, work, new).await?;
    step::tell(app, work, step).await?;
    Ok(())
}

/// Whether the complaint came in time.
pub(crate) fn timeliness(app: &App, new: &NewComplaint) -> Result<Timeliness, AppError> {
    let rule = app.law.deadlines.rule_on(LIMIT, today(app));
    let rule = rule.map_err(|e| AppError::internal("find how late one may complain", e))?;
    let known_on = new.particulars.basis.harm_known_on;
    Ok(if is_late(known_on, rule.length, today(app)) {
        Timeliness::Late
    } else {
        Timeliness::InTime
    })
}

fn today(app: &App) -> NaiveDate {
    liangxin_domain::law::calendar::shanghai_date(app.now())
}

fn sealed(app: &App, new: &NewComplaint, receipt_key: Sha256) -> Result<Intake, AppError> {
    let seal = |text: &str| {
        let sealed = app
            .keys
            .seal(&app.ids, Column::Particulars.of(new.id.uuid()), text);
        sealed.ok_or_else(|| AppError::internal("seal a complaint", "the cipher refused"))
    };
    let particulars = serde_json::to_string(&new.particulars)
        .map_err(|e| AppError::internal("write the particulars of a complaint", e))?;
    Ok(Intake {
        particulars_sealed: seal(&particulars)?,
        receipt_key,
    })
}

/// What form 1 asks: publication and mediation by a body, each on its own.
async fn note_consents(app: &App, work: &Work, new: &NewComplaint) -> Result<(), AppError> {
    let consent = Consent {
        way: Way::Internet,
        at: work.now(),
        noted_by: work.actor().user(),
    };
    for (choice, matter) in [
        (new.publication, ConsentMatter::Publication),
        (new.entrustment, MediationConsent::Entrustment.into()),
    ] {
        if choice == Choice::Agreed {
            let row = work.new_id(&app.ids);
            let about = (Side::Complainant, matter);
            store::complaints::insert_consent(work, row, new.id, about, consent).await?;
        }
    }
    Ok(())
}

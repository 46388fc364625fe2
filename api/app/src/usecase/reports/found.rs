//! A lead that an officer found: a report that nobody sent (Order 121, article 27; Order 2, article 18).

use crate::{
    app::{App, sha256},
    caller::Caller,
    error::AppError,
    store::{self, numbers::Series},
    usecase::{
        matter::Matter,
        matter_number, office,
        step::{self, Written},
    },
    work::{Begun, Work},
};
use chrono::{DateTime, NaiveDate, Utc};
use liangxin_domain::{
    accounts::interest::Party,
    complaints::{complaint::Complaint, filing::Particulars},
    id::{CommandId, ReportId, UserId},
    inspections::{origin::Origin, visit::Visit},
    merchants::merchant::Merchant,
    places::{custody::Custody, division::DivisionCode},
    policy::{Stake, permit},
    refusal::{Code, Refusal},
    reports::{
        command::NewLead,
        machine::FILE,
        report::{FoundIn, Report, ReportState},
    },
    step::Command as _,
    text::Narrative,
};

/// Opens the report of a lead, in the hands of the office that has the complaint. Nothing of who complained goes into it.
pub(in crate::usecase) async fn open_lead(
    app: &App,
    work: &Work,
    (complaint, particulars): (&Complaint, &Particulars),
    (id, words, by): (ReportId, &Narrative, UserId),
) -> Result<(), AppError> {
    let (party, place, division) = match complaint.merchant {
        Some(merchant) => {
            let merchant = store::merchants::get(work, merchant).await?;
            (merchant.name_zh, merchant.address, merchant.division)
        }
        None => {
            let respondent = &particulars.respondent;
            let (name, address) = (respondent.name.to_string(), respondent.address.to_string());
            (name, address, complaint.division)
        }
    };
    let lead = Report {
        id,
        number: matter_number::next(app, work, (Series::Report, complaint.division)).await?,
        state: ReportState::Registered,
        merchant: complaint.merchant,
        party,
        division,
        custody: Custody::received_by(complaint.division),
        place,
        position: None,
        // Since when it was so nobody knows yet.
        occurred_at: work.now(),
        short: None,
        narrative: words.to_string(),
        found_in: Some(FoundIn::Mediation(complaint.id)),
        received_at: work.now(),
        version: 1,
    };
    open(app, work, lead, by).await
}

/// Opens the report of what a visit found that no report was behind, in the hands of the bureau that is competent there.
pub(in crate::usecase) async fn open_found(
    app: &App,
    work: &Work,
    (visit, found): (&Visit, String),
    by: UserId,
) -> Result<(), AppError> {
    let merchant = store::merchants::get(work, visit.merchant).await?;
    let arrived = visit.arrivals.iter().map(|arrival| arrival.at).min();
    // Who is sent because of a lead was sent when it was known already.
    let since = match visit.origin {
        Origin::Lead(_) => Some(visit.dispatched_at),
        _ => arrived,
    };
    let told = (since.unwrap_or_else(|| work.now()), found);
    let there = (merchant, visit.division);
    let id = ReportId::new(work.new_id(&app.ids));
    let lead = about((app, work), id, there, (told, FoundIn::Visit(visit.id))).await?;
    open(app, work, lead, by).await
}

/// Puts a lead on record that came to light without a report and without a visit. Its id names the write too.
pub async fn put_on_record(
    app: &App,
    caller: &Caller,
    id: ReportId,
    new: NewLead,
) -> Result<Written, AppError> {
    let named = app.named(CommandId::new(id.uuid()), id.uuid(), &new)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &named).await? else {
        return Ok(Written::Before);
    };
    let action = new.action();
    let NewLead::OpenLead {
        merchant,
        found_on: day,
        words,
    } = new;
    let merchant = store::merchants::get_within(&work, &caller.actor, merchant).await?;
    let facts = office::facts(&work, &caller.actor, &merchant.division, Stake::None).await?;
    let by = permit(&caller.actor, action, facts)?.person(action)?;
    let day = found_on(app, &work, day)?;
    let party = Party {
        merchant: merchant.id,
        since: day,
    };
    let matter = Matter::about(Some(party));
    matter.check_own(&work, &caller.actor).await?;
    let division = merchant.division;
    let there = (merchant, division);
    let told = (work.now(), words.to_string());
    let lead = about((app, &work), id, there, (told, FoundIn::Bureau(day))).await?;
    open(app, &work, lead, by).await?;
    work.commit().await?;
    Ok(Written::Now)
}

/// The day from which the days for verifying run (Order 2, article 18), as it is told.
pub(in crate::usecase) fn found_on(
    app: &App,
    work: &Work,
    told: Option<NaiveDate>,
) -> Result<NaiveDate, Refusal> {
    let day = told.unwrap_or_else(|| work.today());
    if day > work.today() {
        return Err(Refusal::on(Code::TimeInFuture, "foundOn"));
    }
    if app.law.deadlines.rule_on(FILE, day).is_err() {
        return Err(Refusal::on(Code::TimeTooOld, "foundOn"));
    }
    Ok(day)
}

/// A lead about an operator, in the hands of the bureau that is competent there.
async fn about(
    (app, work): (&App, &Work),
    id: ReportId,
    (merchant, division): (Merchant, DivisionCode),
    ((occurred_at, narrative), found_in): ((DateTime<Utc>, String), FoundIn),
) -> Result<Report, AppError> {
    let bureau = store::places::competent_bureau(work, division).await?;
    let unit = bureau.map_or(division, |bureau| bureau.division);
    Ok(Report {
        id,
        number: matter_number::next(app, work, (Series::Report, unit)).await?,
        state: ReportState::Registered,
        merchant: Some(merchant.id),
        party: merchant.name_zh,
        division,
        custody: Custody::received_by(unit),
        place: merchant.address,
        position: None,
        occurred_at,
        short: None,
        narrative,
        found_in: Some(found_in),
        received_at: work.now(),
        version: 1,
    })
}

async fn open(app: &App, work: &Work, lead: Report, by: UserId) -> Result<(), AppError> {
    let nobodys = sha256(lead.id.uuid().as_bytes());
    let opened = lead.found(by);
    store::reports::insert_found(work, &opened.after, nobodys).await?;
    step::tell(app, work, opened).await?;
    Ok(())
}

//! A lead that an officer found: a report that nobody sent (Order 121, article 27; Order 2, article 18).

use crate::{
    app::{App, sha256},
    error::AppError,
    store::{self, numbers::Series},
    usecase::step,
    work::Work,
};
use liangxin_domain::{
    complaints::{complaint::Complaint, filing::Particulars},
    id::{ReportId, UserId},
    inspections::visit::Visit,
    places::custody::Custody,
    reports::report::{FoundIn, Report, ReportState},
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
        number: store::numbers::next(work, Series::Report, complaint.division).await?,
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
    let bureau = store::places::competent_bureau(work, visit.division).await?;
    let unit = bureau.map_or(visit.division, |bureau| bureau.division);
    let arrived = visit.arrivals.iter().map(|arrival| arrival.at).min();
    let lead = Report {
        id: ReportId::new(work.new_id(&app.ids)),
        number: store::numbers::next(work, Series::Report, unit).await?,
        state: ReportState::Registered,
        merchant: Some(visit.merchant),
        party: merchant.name_zh,
        division: visit.division,
        custody: Custody::received_by(unit),
        place: merchant.address,
        position: None,
        occurred_at: arrived.unwrap_or_else(|| work.now()),
        short: None,
        narrative: found,
        found_in: Some(FoundIn::Visit(visit.id)),
        received_at: work.now(),
        version: 1,
    };
    open(app, work, lead, by).await
}

async fn open(app: &App, work: &Work, lead: Report, by: UserId) -> Result<(), AppError> {
    let nobodys = sha256(lead.id.uuid().as_bytes());
    let opened = lead.found(by);
    store::reports::insert_found(work, &opened.after, nobodys).await?;
    step::tell(app, work, opened).await?;
    Ok(())
}

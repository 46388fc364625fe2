//! A lead that an officer found in a mediation: a report that nobody sent (Order 121, article 27).

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
    places::custody::Custody,
    reports::report::{Report, ReportState},
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
        found_in: Some(complaint.id),
        received_at: work.now(),
        version: 1,
    };
    let opened = lead.found(by);
    store::reports::insert_found(work, &opened.after, sha256(id.uuid().as_bytes())).await?;
    step::tell(app, work, opened).await?;
    Ok(())
}

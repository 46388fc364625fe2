//! A report as a row, and back.

use super::Intake;
use crate::{
    error::AppError,
    store::{
        queue::{seats, undated},
        row::{optional_word, position, word},
    },
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    evidence::digest::Sha256,
    id::{ComplaintId, MerchantId, ReportId, VisitId},
    metrology::quantity::{Gram, YuanPerKg},
    places::custody::Custody,
    reports::{
        report::{FoundIn, NewReport, Report, ReportState, ReportStateKind, Short},
        state::Mark,
    },
};
use liangxin_entity::report;
use sea_orm::ActiveValue::Set;

/// The row of a new report.
pub(super) fn fresh(
    new: &NewReport,
    intake: Intake,
    received_at: DateTime<Utc>,
) -> Result<report::ActiveModel, AppError> {
    let (city, province) = seats(new.division);
    Ok(report::ActiveModel {
        id: Set(new.id.uuid()),
        number: Set(intake.number),
        state: Set(ReportStateKind::Registered.to_string()),
        progress: Set(progress(&ReportState::Registered)?),
        unit: Set(new.division.to_string()),
        dispatched_from: Set(None),
        merchant_id: Set(new.merchant.map(|merchant| merchant.uuid())),
        party: Set(new.party.to_string()),
        division: Set(new.division.to_string()),
        place: Set(new.place.to_string()),
        latitude: Set(new.position.map(|p| p.latitude)),
        longitude: Set(new.position.map(|p| p.longitude)),
        accuracy_m: Set(new.position.and_then(|p| p.accuracy_m)),
        occurred_at: Set(new.occurred_at),
        goods: Set(new.goods.to_string()),
        unit_price: Set(new.unit_price.value().to_string()),
        settled_g: Set(new.settled.value().to_string()),
        checked_g: Set(new.checked.value().to_string()),
        narrative: Set(new.narrative.to_string()),
        words_key: Set(Some(intake.words_key.to_string())),
        receipt_key: Set(intake.receipt_key.to_string()),
        receipt_shown_again_at: Set(None),
        follows: Set(intake.follows.map(|earlier| earlier.uuid())),
        received_at: Set(received_at),
        accepted_by: Set(None),
        accepted_at: Set(None),
        case_id: Set(None),
        version: Set(1),
        city: Set(city),
        province: Set(province),
        queue_at: Set(undated(received_at)),
        found_in: Set(None),
        found_on_visit: Set(None),
        found_on: Set(None),
    })
}

/// The row of a lead that an officer found: nobody has a receipt for it, and it tells no goods.
pub(super) fn found(lead: &Report, receipt_key: Sha256) -> Result<report::ActiveModel, AppError> {
    let unit = lead.custody.unit;
    let (city, province) = seats(unit);
    let (complaint, visit, day) = match lead.found_in {
        Some(FoundIn::Mediation(complaint)) => (Some(complaint.uuid()), None, None),
        Some(FoundIn::Visit(visit)) => (None, Some(visit.uuid()), None),
        Some(FoundIn::Bureau(day)) => (None, None, Some(day)),
        None => (None, None, None),
    };
    let accepted = accepted(&lead.state);
    Ok(report::ActiveModel {
        id: Set(lead.id.uuid()),
        number: Set(lead.number.clone()),
        state: Set(lead.state.kind().to_string()),
        progress: Set(progress(&lead.state)?),
        unit: Set(unit.to_string()),
        dispatched_from: Set(None),
        merchant_id: Set(lead.merchant.map(|merchant| merchant.uuid())),
        party: Set(lead.party.clone()),
        division: Set(lead.division.to_string()),
        place: Set(lead.place.clone()),
        latitude: Set(None),
        longitude: Set(None),
        accuracy_m: Set(None),
        occurred_at: Set(lead.occurred_at),
        goods: Set(String::new()),
        unit_price: Set(String::new()),
        settled_g: Set(String::new()),
        checked_g: Set(String::new()),
        narrative: Set(lead.narrative.clone()),
        words_key: Set(None),
        receipt_key: Set(receipt_key.to_string()),
        receipt_shown_again_at: Set(None),
        follows: Set(None),
        received_at: Set(lead.received_at),
        accepted_by: Set(accepted.map(|mark| mark.by.uuid())),
        accepted_at: Set(accepted.map(|mark| mark.at)),
        case_id: Set(None),
        version: Set(lead.version),
        city: Set(city),
        province: Set(province),
        queue_at: Set(undated(lead.received_at)),
        found_in: Set(complaint),
        found_on_visit: Set(visit),
        found_on: Set(day),
    })
}

/// The data of a state as text. The word beside it is for queries; a row in which the two differ
/// is damaged.
pub(super) fn progress(state: &ReportState) -> Result<String, AppError> {
    serde_json::to_string(state).map_err(|e| AppError::internal("write a report's progress", e))
}

/// Who took the report in, and when, once somebody did.
pub(super) fn accepted(state: &ReportState) -> Option<Mark> {
    state.verification().map(|lead| lead.begun)
}

/// Reads a row.
pub(in crate::store) fn read(row: report::Model) -> Result<Report, AppError> {
    let kind: ReportStateKind = word(&row.state, "report", "state")?;
    let state: ReportState = serde_json::from_str(&row.progress)
        .map_err(|_unreadable| AppError::damaged("report", "progress"))?;
    if state.kind() != kind {
        return Err(AppError::damaged("report", "progress"));
    }
    let mediation = row.found_in.map(ComplaintId::new).map(FoundIn::Mediation);
    let visit = row.found_on_visit.map(VisitId::new).map(FoundIn::Visit);
    let found_in = mediation.or(visit).or(row.found_on.map(FoundIn::Bureau));
    let short = match found_in {
        Some(_) => None,
        None => Some(short(&row)?),
    };
    Ok(Report {
        id: ReportId::new(row.id),
        number: row.number,
        state,
        merchant: row.merchant_id.map(MerchantId::new),
        party: row.party,
        division: word(&row.division, "report", "division")?,
        custody: Custody {
            unit: word(&row.unit, "report", "unit")?,
            from: optional_word(row.dispatched_from.as_deref(), "report", "dispatched_from")?,
        },
        place: row.place,
        position: position(row.latitude, row.longitude, row.accuracy_m),
        occurred_at: row.occurred_at,
        short,
        narrative: row.narrative,
        found_in,
        received_at: row.received_at,
        version: row.version,
    })
}

/// What a citizen told about the goods.
fn short(row: &report::Model) -> Result<Short, AppError> {
    let damaged = |column| move |_| AppError::damaged("report", column);
    Ok(Short {
        goods: row.goods.clone(),
        unit_price: YuanPerKg::parse(&row.unit_price).map_err(damaged("unit_price"))?,
        settled: Gram::parse(&row.settled_g).map_err(damaged("settled_g"))?,
        checked: Gram::parse(&row.checked_g).map_err(damaged("checked_g"))?,
    })
}

//! A complaint as a row: a few columns to look for, and the state with its data as one strict text.

use super::Intake;
use crate::{
    error::AppError,
    store::{
        queue::{seats, undated},
        row::word,
    },
};
use liangxin_domain::{
    complaints::{
        complaint::Complaint,
        filing::Representation,
        state::{ComplaintState, ComplaintStateKind},
    },
    id::{ComplaintId, MerchantId, UserId},
};
use liangxin_entity::complaint;
use sea_orm::ActiveValue::Set;

pub(super) fn written(new: &Complaint, intake: Intake) -> Result<complaint::ActiveModel, AppError> {
    let Intake {
        particulars_sealed,
        receipt_key,
    } = intake;
    let (city, province) = seats(new.division);
    Ok(complaint::ActiveModel {
        id: Set(new.id.uuid()),
        number: Set(new.number.clone()),
        state: Set(new.kind().to_string()),
        state_json: Set(state_json(new)?),
        side_json: Set(side_json(new)?),
        division: Set(new.division.to_string()),
        taken_in_by: Set(new.taken_in_by.to_string()),
        merchant_id: Set(new.merchant.map(|merchant| merchant.uuid())),
        handler_id: Set(new.handler.map(|handler| handler.uuid())),
        standing: Set(standing_word(new.standing).to_owned()),
        particulars_sealed: Set(particulars_sealed),
        receipt_key: Set(receipt_key.to_string()),
        receipt_shown_again_at: Set(None),
        received_at: Set(new.received_at),
        accepted_at: Set(None),
        version: Set(new.version),
        sent_on_by: Set(sent_on_by(new)),
        city: Set(city),
        province: Set(province),
        queue_at: Set(undated(new.received_at)),
    })
}

/// Who took in what lies with somebody else by now; a column of its own, because what is little is found by an index.
pub(super) fn sent_on_by(complaint: &Complaint) -> Option<String> {
    (complaint.division != complaint.taken_in_by).then(|| complaint.taken_in_by.to_string())
}

pub(super) fn state_json(complaint: &Complaint) -> Result<String, AppError> {
    serde_json::to_string(&complaint.state)
        .map_err(|e| AppError::internal("write the state of a complaint", e))
}

pub(super) fn side_json(complaint: &Complaint) -> Result<String, AppError> {
    serde_json::to_string(&complaint.side)
        .map_err(|e| AppError::internal("write the side records of a complaint", e))
}

pub(in crate::store) fn read(row: complaint::Model) -> Result<Complaint, AppError> {
    let damaged = |column| AppError::damaged("complaint", column);
    let state: ComplaintState =
        serde_json::from_str(&row.state_json).map_err(|_| damaged("state_json"))?;
    let kind: ComplaintStateKind = word(&row.state, "complaint", "state")?;
    // The column is what lists look for; it may not tell another story than the state.
    if state.kind() != kind {
        return Err(damaged("state"));
    }
    Ok(Complaint {
        id: ComplaintId::new(row.id),
        number: row.number,
        division: word(&row.division, "complaint", "division")?,
        taken_in_by: word(&row.taken_in_by, "complaint", "taken_in_by")?,
        merchant: row.merchant_id.map(MerchantId::new),
        handler: row.handler_id.map(UserId::new),
        standing: read_standing(&row.standing)?,
        received_at: row.received_at,
        state,
        side: serde_json::from_str(&row.side_json).map_err(|_| damaged("side_json"))?,
        version: row.version,
    })
}

const fn standing_word(standing: Representation) -> &'static str {
    match standing {
        Representation::InPerson => "in_person",
        Representation::Represented => "represented",
    }
}

fn read_standing(text: &str) -> Result<Representation, AppError> {
    match text {
        "in_person" => Ok(Representation::InPerson),
        "represented" => Ok(Representation::Represented),
        _ => Err(AppError::damaged("complaint", "standing")),
    }
}

//! Coming back with the receipt code of a complaint.

use crate::{app::App, caller::Caller, error::AppError, store, usecase::receipts, work::Dating};
use liangxin_domain::{
    actor::Actor, id::ComplaintId, receipts::ReceiptKind, reports::receipt::ReceiptCode,
};

/// The complainant behind a receipt code, without counting as a return.
pub async fn open_receipt(app: &App, caller: &Caller, code: &str) -> Result<Caller, AppError> {
    let found = complainant_of(app, caller, code).await?;
    Ok(found.1)
}

/// The complaint behind a receipt code and its complainant; nothing is written.
pub async fn complainant_of(
    app: &App,
    caller: &Caller,
    code: &str,
) -> Result<(ComplaintId, Caller), AppError> {
    let (complaint, _) = find(app, caller, code).await?;
    Ok((complaint, caller.known_as(Actor::Complainant(complaint))))
}

/// A complainant comes back: the code in its own spelling, once more. On the first return alone, because
/// codes get lost on the first screen. Noted by the day: a phone comes back to the report of the same letter at the same moment.
pub async fn come_back(
    app: &App,
    caller: &Caller,
    code: &str,
) -> Result<Option<ReceiptCode>, AppError> {
    let (complaint, code) = find(app, caller, code).await?;
    let complainant = Actor::Complainant(complaint);
    let work = app.work(&complainant).await?.dated(Dating::Day);
    let is_first = store::complaints::mark_shown_again(&work, complaint).await?;
    work.commit().await?;
    Ok(is_first.then_some(code))
}

async fn find(
    app: &App,
    caller: &Caller,
    code: &str,
) -> Result<(ComplaintId, ReceiptCode), AppError> {
    receipts::open(app, ReceiptKind::Complaint, (caller, code), async |key| {
        store::complaints::find_by_receipt(&app.db, key).await
    })
    .await
}

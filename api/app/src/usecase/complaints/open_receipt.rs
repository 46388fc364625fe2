//! Coming back with the receipt code of a complaint.

use crate::{
    app::App,
    error::AppError,
    store,
    usecase::receipts::{self, Tried},
};
use liangxin_domain::{
    actor::Actor, id::ComplaintId, receipts::ReceiptKind, reports::receipt::ReceiptCode,
};

/// What a complainant finds on coming back.
#[derive(Debug)]
pub struct Returned {
    /// The complaint.
    pub complaint: ComplaintId,
    /// The complainant, as an actor.
    pub complainant: Actor,
    /// The code in its own spelling, once more: on the first return alone, because codes get lost on
    /// the first screen.
    pub code_again: Option<ReceiptCode>,
}

/// The complainant behind a receipt code, without counting as a return.
pub async fn open_receipt(app: &App, tried: Tried<'_>) -> Result<Actor, AppError> {
    let (complaint, _) = find(app, tried).await?;
    Ok(Actor::Complainant(complaint))
}

/// A complainant comes back to look.
pub async fn come_back(app: &App, tried: Tried<'_>) -> Result<Returned, AppError> {
    let (complaint, code) = find(app, tried).await?;
    let complainant = Actor::Complainant(complaint);
    let work = app.work(&complainant).await?;
    let is_first = store::complaints::mark_shown_again(&work, complaint).await?;
    work.commit().await?;
    Ok(Returned {
        complaint,
        complainant,
        code_again: is_first.then_some(code),
    })
}

async fn find(app: &App, tried: Tried<'_>) -> Result<(ComplaintId, ReceiptCode), AppError> {
    receipts::open(app, ReceiptKind::Complaint, tried, async |key| {
        store::complaints::find_by_receipt(&app.db, key).await
    })
    .await
}

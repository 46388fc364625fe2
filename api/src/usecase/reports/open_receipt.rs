//! Coming back with the receipt code.

use super::file::receipt_key;
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    refusal::{Code, Refusal},
    reports::receipt::ReceiptCode,
};

/// The reporter behind a receipt code.
pub async fn open_receipt(app: &App, code: &str) -> Result<Actor, AppError> {
    let code = ReceiptCode::parse(code)?;
    store::reports::find_by_receipt(&app.db, receipt_key(app, &code))
        .await?
        .map(Actor::Reporter)
        .ok_or_else(|| Refusal::on(Code::ReceiptUnknown, "receiptCode").into())
}

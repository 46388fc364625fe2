//! Opening a receipt code.

use super::code;
use crate::{app::App, budget::Spending, error::AppError};
use liangxin_domain::{
    evidence::digest::Sha256,
    receipts::ReceiptKind,
    refusal::{Code, Refusal},
    reports::receipt::ReceiptCode,
};

/// A code that somebody shows.
#[derive(Clone, Copy)]
pub struct Tried<'a> {
    /// The code as it was typed.
    pub code: &'a str,
    /// The network address, whose budget the look is taken from; empty if nobody knows it.
    pub address: &'a str,
}

/// What `find` finds under the code's hash. A right code and a wrong one cost the same: guessing at 90
/// random bits is hopeless at any rate, so that no wrong one ever closes the door to a right one.
pub(crate) async fn open<T>(
    app: &App,
    kind: ReceiptKind,
    tried: Tried<'_>,
    find: impl AsyncFnOnce(Sha256) -> Result<Option<T>, AppError>,
) -> Result<(T, ReceiptCode), AppError> {
    app.budgets
        .spend(Spending::Look, tried.address, app.now())?;
    let code = ReceiptCode::parse(tried.code)?;
    let found = find(code::hash(app, kind, &code)).await?;
    let found = found.ok_or_else(|| Refusal::on(Code::ReceiptUnknown, "receiptCode"))?;
    Ok((found, code))
}

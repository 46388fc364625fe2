//! Opening a receipt code.

use super::code;
use crate::{app::App, budget::Spending, caller::Caller, error::AppError};
use liangxin_domain::{
    evidence::digest::Sha256,
    receipts::ReceiptKind,
    refusal::{Code, Refusal},
    reports::receipt::ReceiptCode,
};

/// What `find` finds under the hash of the code that the caller typed. A right code and a wrong one cost the same: guessing at 90
/// random bits is hopeless at any rate, so that no wrong one ever closes the door to a right one.
pub(crate) async fn open<T>(
    app: &App,
    kind: ReceiptKind,
    (caller, typed): (&Caller, &str),
    find: impl AsyncFnOnce(Sha256) -> Result<Option<T>, AppError>,
) -> Result<(T, ReceiptCode), AppError> {
    app.spend(caller, Spending::Look)?;
    let code = ReceiptCode::parse(typed)?;
    let found = find(code::hash(app, kind, &code)).await?;
    let found = found.ok_or_else(|| Refusal::on(Code::ReceiptUnknown, "receiptCode"))?;
    Ok((found, code))
}

//! The receipt code of a complaint.

use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    actor::Actor,
    complaints::filing::NewComplaint,
    evidence::digest::Sha256,
    refusal::{Code, Refusal},
    reports::receipt::ReceiptCode,
};

/// The code follows from the id, the sender's secret and the server's key, apart from the codes of
/// reports: it need not be stored to be shown again to the device that lost the answer.
pub(crate) fn receipt_code(app: &App, new: &NewComplaint) -> ReceiptCode {
    let content = [
        new.id.uuid().as_bytes().as_slice(),
        new.secret.expose().as_bytes(),
    ]
    .concat();
    let hash = app.keys.hash("complaint receipt code", &content);
    let mut bytes = [0; 18];
    bytes.copy_from_slice(&hash[..18]);
    ReceiptCode::from_bytes(bytes)
}

/// What the database keeps of a receipt code.
pub(crate) fn receipt_key(app: &App, code: &ReceiptCode) -> Sha256 {
    Sha256::new(
        app.keys
            .hash("complaint receipt lookup", code.plain().as_bytes()),
    )
}

/// The complainant behind a receipt code.
pub async fn open_receipt(app: &App, code: &str) -> Result<Actor, AppError> {
    let code = ReceiptCode::parse(code)?;
    store::complaints::find_by_receipt(&app.db, receipt_key(app, &code))
        .await?
        .map(Actor::Complainant)
        .ok_or_else(|| Refusal::on(Code::ReceiptUnknown, "receiptCode").into())
}

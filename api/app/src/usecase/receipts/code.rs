//! A receipt code and what the database keeps of it.

use crate::app::App;
use liangxin_domain::{
    evidence::digest::Sha256,
    receipts::ReceiptKind,
    reports::{receipt::ReceiptCode, report::SenderSecret},
};
use uuid::Uuid;

/// Makes the code of a submission. It follows from the id, the sender's secret and the server's key:
/// it need not be stored to be shown again to the device that lost the answer, and nobody else can
/// ask for it.
pub(crate) fn derive(app: &App, kind: ReceiptKind, id: Uuid, secret: &SenderSecret) -> ReceiptCode {
    let content = [id.as_bytes().as_slice(), secret.expose().as_bytes()].concat();
    let hash = app.keys.hash(&format!("receipt code {kind}"), &content);
    let mut bytes = [0; 18];
    bytes.copy_from_slice(&hash[..18]);
    ReceiptCode::from_bytes(bytes)
}

/// What the database keeps of a code: a hash of it with a key of the server, looked up by a unique
/// index. It need not be slow: a code is 90 random bits that the server makes, never a person's choice
/// and never used elsewhere, and without the server's key not even one guess can be checked.
pub(crate) fn hash(app: &App, kind: ReceiptKind, code: &ReceiptCode) -> Sha256 {
    let plain = code.plain();
    Sha256::new(app.keys.hash(&format!("receipt {kind}"), plain.as_bytes()))
}

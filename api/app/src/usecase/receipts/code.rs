//! A receipt code and what the database keeps of it.

use crate::{app::App, error::AppError, usecase::turn::in_turn};
use argon2::{Algorithm, Argon2, Params, Version};
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

/// What the database keeps of a code: Argon2id over it with a key of the server, in turn with other
/// heavy work.
///
/// The salt is the same for all codes of a kind and follows from the server's key, because the hash
/// is looked up by a unique index. A salt of its own for each code keeps one table of guesses from
/// serving all rows; here that gains nothing: codes are 90 random bits that the server makes, never
/// a person's choice and never used elsewhere, so a table would need 2^90 entries, and without the
/// server's key not even one guess can be checked.
pub(crate) async fn hash(
    app: &App,
    kind: ReceiptKind,
    code: &ReceiptCode,
) -> Result<Sha256, AppError> {
    let key = app
        .keys
        .hash("receipt pepper", <&str>::from(kind).as_bytes());
    let salt = app.keys.hash("receipt salt", <&str>::from(kind).as_bytes());
    let plain = code.plain();
    let hashed = in_turn(app, "hash a receipt code", move || {
        let mut out = [0; 32];
        Argon2::new_with_secret(&key, Algorithm::Argon2id, Version::V0x13, Params::DEFAULT)
            .and_then(|argon2| argon2.hash_password_into(plain.as_bytes(), &salt[..16], &mut out))
            .map(|()| out)
            .map_err(|e| e.to_string())
    });
    hashed
        .await?
        .map(Sha256::new)
        .map_err(|e| AppError::internal("hash a receipt code", e))
}

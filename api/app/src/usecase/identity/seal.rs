//! Sealing what a person tells about themselves.

use crate::{
    app::App,
    error::AppError,
    store::{
        self,
        identities::{SealedField, SealedIdentity},
    },
    work::Work,
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    id::IdentityId,
    privacy::identity::{IdentityField, IdentitySubject, Personal, reporter_token},
    refusal::{Code, Refusal},
};

/// Seals fields of a subject's identity, field by field; fields of the same name are replaced, the
/// others stay. `purge_after` is when these fields are deleted; none means: not before somebody says.
pub async fn seal(
    app: &App,
    work: &Work,
    subject: IdentitySubject,
    fields: &[(IdentityField, Personal)],
    purge_after: Option<DateTime<Utc>>,
) -> Result<SealedIdentity, AppError> {
    let missing = || Refusal::on(Code::IdentityKeyMissing, "identity");
    let recipient = app.identity_keys.recipient().ok_or_else(missing)?;
    let id = IdentityId::new(work.new_id(&app.ids));
    let token = reporter_token(app.keys.hash("identity token", id.uuid().as_bytes()));
    let fresh = SealedIdentity { id, token, subject };
    let identity = store::identities::insert_or_get(work, fresh).await?;
    for (field, value) in fields {
        let ciphertext = app
            .identity_keys
            .seal(identity.id.uuid(), *field, value)
            .ok_or_else(|| AppError::internal("seal an identity", "the cipher refused"))?;
        let sealed = SealedField {
            field: *field,
            ciphertext,
            recipient: recipient.clone(),
        };
        store::identities::put_field(work, identity.id, sealed, purge_after).await?;
    }
    Ok(identity)
}

//! Seeing who reported, as approved.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, identities::SealedField},
    usecase::step,
    work::Begun,
};
use liangxin_domain::{
    id::{CommandId, OpeningId},
    privacy::{
        identity::Personal,
        opening::{Command, Opening},
    },
};

/// A field that was approved.
#[derive(Debug, Clone)]
pub struct OpenedField {
    /// The field as it is sealed, for whoever holds the key.
    pub sealed: SealedField,
    /// The value, if this server holds the private key.
    pub value: Option<Personal>,
}

/// What may be seen.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The opening.
    pub opening: OpeningId,
    /// The fields that were approved and given.
    pub fields: Vec<OpenedField>,
}

/// The officer who asked looks, while it lasts. Every call is a look of its own, also one that
/// repeats another's id: what was seen twice was seen twice.
pub async fn open(
    app: &App,
    caller: &Caller,
    id: CommandId,
    opening: OpeningId,
) -> Result<Opened, AppError> {
    let named = app.named(id, opening.uuid(), &Command::OpenIdentity)?;
    let work = match app.begin(&caller.actor, &named).await? {
        Begun::Fresh(work) => work,
        Begun::Repeated => app.work(&caller.actor).await?,
    };
    let seen = step::within::<Opening>(app, &work, opening, Command::OpenIdentity).await?;
    let sealed = store::identities::fields(&work, seen.identity, &seen.fields).await?;
    let fields = sealed
        .into_iter()
        .map(|sealed| OpenedField {
            value: app.identity_keys.open_field(
                seen.identity.uuid(),
                sealed.field,
                &sealed.ciphertext,
            ),
            sealed,
        })
        .collect();
    work.commit().await?;
    Ok(Opened { opening, fields })
}

//! Seeing who reported, as approved.

use super::approve::report_of;
use crate::{
    app::{self, App},
    error::AppError,
    store::{self, identities::SealedField},
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    canonical::Canonical,
    event::Event,
    id::{CommandId, OpeningId},
    policy::{Action, Facts, Stake, permit},
    privacy::identity::Personal,
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
    actor: &Actor,
    id: CommandId,
    opening: OpeningId,
) -> Result<Opened, AppError> {
    let content = Canonical::of("OpenIdentity").field("opening", opening);
    let command = app::command(id, "OpenIdentity", opening.uuid(), &content);
    let work = match app.begin(actor, &command).await? {
        Begun::Fresh(work) => work,
        Begun::Repeated => app.work(actor).await?,
    };
    let found = store::openings::get(&work, actor, opening).await?;
    let report = store::reports::get(&work, actor, report_of(found.subject)?).await?;
    let stake = match actor.user() == Some(found.requested_by) {
        true => Stake::Own,
        false => Stake::None,
    };
    let facts = Facts::at(actor, &report.custody.unit, stake);
    let permit = permit(actor, Action::OpenIdentity, facts)?;
    let approved = found.look(&permit, work.now())?;
    let sealed = store::identities::fields(&work, found.identity, approved).await?;
    let fields = sealed
        .into_iter()
        .map(|sealed| OpenedField {
            value: app.identity_keys.open_field(
                found.identity.uuid(),
                sealed.field,
                &sealed.ciphertext,
            ),
            sealed,
        })
        .collect();
    store::openings::insert_look(&work, app.ids.uuid(work.now()), opening).await?;
    app.record(
        &work,
        Event::IdentityOpened {
            opening,
            report: report.id,
        },
    );
    work.commit().await?;
    Ok(Opened { opening, fields })
}

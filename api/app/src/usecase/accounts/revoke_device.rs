//! Ending a device.

use crate::{app::App, caller::Caller, error::AppError, store};
use liangxin_domain::{
    event::Event,
    id::DeviceId,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};

/// Revokes one of the actor's own devices; doing it again changes nothing.
pub async fn revoke_device(app: &App, caller: &Caller, device: DeviceId) -> Result<(), AppError> {
    let owner = caller.actor.signed_in()?.user;
    let own = store::devices::devices_of(&app.db, owner).await?;
    let Some(found) = own.iter().find(|known| known.id == device) else {
        return Err(Refusal::on(Code::NotFound, "deviceId").into());
    };
    permit(
        &caller.actor,
        Action::RevokeDevice,
        Facts::placeless(Stake::Own),
    )?
    .person(Action::RevokeDevice)?;
    if found.revoked_at.is_some() {
        return Ok(());
    }
    let work = app.work(&caller.actor).await?;
    if store::devices::revoke_device(&work, device, Some(owner)).await? {
        app.record(&work, Event::DeviceRevoked { device });
    }
    work.commit().await
}

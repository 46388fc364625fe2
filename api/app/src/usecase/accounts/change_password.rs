//! Changing one's own password.

use super::{brake, password};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    tries::Brake,
    work::{Begun, Command},
};
use liangxin_domain::{
    accounts::password::{ChosenPassword, PasswordWrite},
    actor::Actor,
    event::Event,
    id::CommandId,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};

/// What somebody changes the own password with. Neither is written, nor hashed with the command.
pub struct ChangedPassword {
    /// The present password.
    pub old: String,
    /// The new one.
    pub password: ChosenPassword,
}

/// Changes the password of whoever asks and ends the other devices.
pub async fn change_password(
    app: &App,
    caller: &Caller,
    id: CommandId,
    change: ChangedPassword,
) -> Result<(), AppError> {
    let me = caller.actor.signed_in()?;
    let ChangedPassword { old, password } = change;
    permit(
        &caller.actor,
        Action::ChangePassword,
        Facts::placeless(Stake::Own),
    )?;
    let command = app.named(id, me.user.uuid(), &PasswordWrite::ChangePassword)?;
    let known = store::accounts::find_password(&app.db, me.user).await?;
    let (_, before) = known.ok_or_else(|| Refusal::of(Code::NotFound))?;
    if was_accepted(app, &caller.actor, &command).await? {
        return repeated(app, &[brake::own(app, me.user)], before, &password).await;
    }
    let wrong = Refusal::on(Code::PasswordWrong, "oldPassword");
    let compare = password::compare(app, old, (before.clone(), wrong));
    app.tried(&[brake::own(app, me.user)], compare).await?;
    let after = password::hash_password(app, &password).await?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        // Sent twice at once; the other one did it.
        return Ok(());
    };
    let hashes = (before.as_deref(), after);
    password::replace(app, &work, me.user, hashes, Some(me.device)).await?;
    app.record(&work, Event::PasswordChanged { user: me.user });
    work.commit().await
}

/// Whether the same write was accepted before. Nothing is begun by asking.
pub(super) async fn was_accepted(
    app: &App,
    actor: &Actor,
    command: &Command,
) -> Result<bool, AppError> {
    Ok(matches!(app.begin(actor, command).await?, Begun::Repeated))
}

/// The answer to a write that was accepted before. No password is kept with a write, so the new one is compared
/// with what it made: another password under the same id is another write.
pub(super) async fn repeated(
    app: &App,
    brakes: &[Brake],
    present: Option<String>,
    password: &ChosenPassword,
) -> Result<(), AppError> {
    let another = Refusal::on(Code::IdReused, "id");
    let compare = password::compare(app, password.expose().to_owned(), (present, another));
    app.tried(brakes, compare).await
}

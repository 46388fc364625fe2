//! The way back in for whoever nobody else can help, from the machine on which the program runs.

use super::{
    brake,
    password_code::{MadeCode, code_of, keep},
};
use crate::{app::App, error::AppError, store};
use liangxin_domain::{
    accounts::{
        account::Account,
        role::{Role, Roles},
    },
    actor::Actor,
    event::Event,
    id::CommandId,
    refusal::{Code, Refusal},
    text::Email,
};

/// Whether an account becomes an administrator's by being unlocked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promotion {
    /// Its roles stay.
    No,
    /// It becomes one, because none is left.
    Administrator,
}

/// Enables an account, forgets its second factor and its wrong tries, and makes a code for a new password.
/// Whoever may run this may read the database and the keys anyway; what was done is told like all else.
pub async fn unlock(app: &App, email: &Email, promotion: Promotion) -> Result<MadeCode, AppError> {
    let work = app.work(&Actor::System).await?;
    let found = store::accounts::find_named(&work, email).await?;
    let user = found.ok_or_else(|| Refusal::of(Code::NotFound))?.id;
    store::accounts::lock(&work, user).await?;
    let locked = store::accounts::find_named(&work, email).await?;
    let mut account = locked.ok_or_else(|| Refusal::of(Code::NotFound))?;
    if account.disabled_at.take().is_some() {
        app.record(&work, Event::AccountEnabled { user });
    }
    if account.second_factor_at.take().is_some() {
        store::second_factors::forget(&work, user).await?;
        app.record(&work, Event::SecondFactorRemoved { user });
    }
    if promotion == Promotion::Administrator && !account.roles.has(Role::Administrator) {
        account.roles = with_administrator(&account)?;
        account.given_at = Some(work.now());
        app.record(&work, Event::AccountRolesSet { user });
    }
    store::accounts::save(&work, &account).await?;
    // What strangers tried is forgiven by the new password.
    store::throttles::clear(&work, brake::own(app, user).0).await?;
    let write = CommandId::new(work.new_id(&app.ids));
    let made = keep(app, &work, user, code_of(app, write, user)).await?;
    work.commit().await?;
    Ok(made)
}

fn with_administrator(account: &Account) -> Result<Roles, Refusal> {
    let roles: Roles = account.roles.iter().chain([Role::Administrator]).collect();
    roles.check(&account.seat)?;
    Ok(roles)
}

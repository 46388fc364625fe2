//! A code for a new password: an administrator makes it and hands it over, its person uses it once.

use super::{
    brake,
    change_password::{repeated, was_accepted},
    password,
};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    naming::Sender,
    store,
    tries::Brake,
    work::{Begun, Work},
};
use chrono::{DateTime, TimeDelta, Utc};
use liangxin_domain::{
    accounts::{
        code::OneTimeCode,
        password::{ChosenPassword, PASSWORD_CODE_SECONDS, PasswordWrite},
        throttle::FREE_FOR_ACCOUNT,
    },
    actor::Actor,
    event::Event,
    evidence::digest::Sha256,
    id::{CommandId, UserId},
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
    text::Email,
};

/// A code that was made.
#[derive(Debug)]
pub struct MadeCode {
    /// The code, for whoever hands it over.
    pub code: OneTimeCode,
    /// Until when it works.
    pub expires_at: DateTime<Utc>,
}

/// A code that somebody tries.
pub struct TriedCode {
    /// The account's name.
    pub email: Email,
    /// The code; none if what was typed cannot be one.
    pub code: Option<OneTimeCode>,
    /// The password to have from now on.
    pub password: ChosenPassword,
}

/// Makes a code for the person of an account. It follows from the write and the server's secret: repeated, the
/// write answers the same code as long as that works.
pub async fn make_password_code(
    app: &App,
    caller: &Caller,
    id: CommandId,
    user: UserId,
) -> Result<MadeCode, AppError> {
    let command = app.named(id, user.uuid(), &PasswordWrite::MakePasswordCode)?;
    let code = code_of(app, id, user);
    let hash = hash_of(app, &code);
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        let known = store::password_codes::find(&app.db, user, hash).await?;
        let expires_at = known.ok_or_else(|| Refusal::of(Code::PasswordCodeWrong))?;
        return Ok(MadeCode { code, expires_at });
    };
    let account = super::kept::find(&work, &caller.actor, user).await?;
    let place = super::kept::place(&work, &account.seat).await?;
    let facts = Facts::at(&caller.actor, (&place, &place), Stake::None);
    let permit = permit(&caller.actor, Action::MakePasswordCode, facts)?;
    // With a stolen session one could choose a password without knowing the present one.
    if permit.person(Action::MakePasswordCode)? == user {
        return Err(Refusal::of(Code::AccountOwn).into());
    }
    account.is_enabled()?;
    let made = keep(app, &work, user, code).await?;
    work.commit().await?;
    Ok(made)
}

/// The code of a write.
pub(super) fn code_of(app: &App, id: CommandId, user: UserId) -> OneTimeCode {
    let named = [*id.uuid().as_bytes(), *user.uuid().as_bytes()].concat();
    OneTimeCode::of(&app.keys.hash("password code of a write", &named))
}

/// Keeps the hash of a code.
pub(super) async fn keep(
    app: &App,
    work: &Work,
    user: UserId,
    code: OneTimeCode,
) -> Result<MadeCode, AppError> {
    let expires_at = work.now() + TimeDelta::seconds(PASSWORD_CODE_SECONDS);
    store::password_codes::keep(work, user, hash_of(app, &code), expires_at).await?;
    app.record(work, Event::PasswordCodeMade { user });
    Ok(MadeCode { code, expires_at })
}

/// Chooses a new password by a code; all devices are ended.
pub async fn use_password_code(
    app: &App,
    caller: &Caller,
    id: CommandId,
    tried: TriedCode,
) -> Result<(), AppError> {
    let TriedCode {
        email,
        code,
        password,
    } = tried;
    let nobody = Actor::Anonymous;
    let wrong = || Refusal::on(Code::PasswordCodeWrong, "code");
    let known = store::accounts::find_by_email(&app.db, &email).await?;
    let hash = code.map(|code| hash_of(app, &code));
    let brakes = [
        code_brake(app, &email, &caller.address),
        brake::address(app, &caller.address),
    ];
    let (Some(known), Some(hash)) = (known, hash) else {
        return app.tried(&brakes, async { Ok(Err(wrong())) }).await;
    };
    let (user, before) = (known.user, known.password_hash);
    let content = (PasswordWrite::UsePasswordCode, hash.to_string());
    let command = app.write(id, "UsePasswordCode", user.uuid(), &content)?;
    let command = command.of(Sender::Knows(*hash.bytes()));
    if was_accepted(app, &nobody, &command).await? {
        return repeated(app, &brakes, before, &password).await;
    }
    let now = app.now();
    let compare = async {
        let until = store::password_codes::find(&app.db, user, hash).await?;
        let works = until.is_some_and(|until| now < until);
        Ok(works.then_some(()).ok_or_else(wrong))
    };
    app.tried(&brakes, compare).await?;
    let after = password::hash_password(app, &password).await?;
    let Begun::Fresh(work) = app.begin(&nobody, &command).await? else {
        // Sent twice at once; the other one did it.
        return Ok(());
    };
    permit(
        &nobody,
        Action::UsePasswordCode,
        Facts::placeless(Stake::None),
    )?;
    if !store::password_codes::spend(&work, user, hash).await? {
        return Err(wrong().into());
    }
    let hashes = (before.as_deref(), after);
    password::replace(app, &work, user, hashes, None).await?;
    store::accounts::note_given(&work, user).await?;
    store::throttles::clear(&work, brakes[0].0).await?;
    app.record(&work, Event::PasswordCodeUsed { user });
    work.commit().await
}

fn hash_of(app: &App, code: &OneTimeCode) -> Sha256 {
    Sha256::new(app.keys.hash("password code", code.plain().as_bytes()))
}

/// Apart from that of the password: whoever guesses at one does not close the door of the other. Guesses from elsewhere do not
/// count: a code has eighty bits, so nobody comes by it from however many addresses, and anybody could keep it from its person.
fn code_brake(app: &App, email: &Email, at: &str) -> Brake {
    let here = format!("{}\0{at}", email.as_str());
    let key = app.keys.hash("throttle password code at", here.as_bytes());
    (Sha256::new(key), FREE_FOR_ACCOUNT)
}

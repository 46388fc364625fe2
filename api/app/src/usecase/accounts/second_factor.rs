//! One's own second factor: begun with the password, confirmed with a code, ended with a code. The secret is sealed
//! under the server's key for its person; recovery codes are kept hashed.

use super::{
    brake,
    change_password::was_accepted,
    password::{self, end_devices},
};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    ports::{keys::Column, totp},
    store::{self, second_factors::Works},
    tries::Compared,
    work::{Begun, Work},
};
use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use liangxin_domain::{
    accounts::{
        account::Account,
        code::OneTimeCode,
        second_factor::{
            FactorWrite, Proof, RECOVERY_CODES, SECRET_BYTES, accepted, is_shown_again,
        },
    },
    actor::Actor,
    event::Event,
    evidence::digest::Sha256,
    id::{CommandId, UserId},
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};

/// A secret for the person's phone.
pub struct BegunFactor {
    /// To be typed.
    pub secret: String,
    /// To be scanned.
    pub uri: String,
}

/// What a right code uses up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spent {
    /// The code of a step, with all before it.
    Step(i64),
    /// A recovery code.
    Recovery(Sha256),
}

/// Begins: answers the secret for the phone. Until a code confirms it, nobody is asked for one. A stolen session
/// alone begins nothing.
pub async fn begin_second_factor(
    app: &App,
    caller: &Caller,
    tried: String,
) -> Result<BegunFactor, AppError> {
    let me = own_account(app, &caller.actor).await?;
    if me.second_factor_at.is_some() {
        return Err(Refusal::of(Code::WrongState).with("second factor").into());
    }
    let known = store::accounts::find_password(&app.db, me.id).await?;
    let hash = known.and_then(|(_, hash)| hash);
    let wrong = Refusal::on(Code::PasswordWrong, "password");
    let compare = password::compare(app, tried, (hash, wrong));
    app.tried(&[brake::own(app, me.id)], compare).await?;
    let work = app.work(&caller.actor).await?;
    let held = store::second_factors::find(&work, me.id).await?;
    // After a lost answer the same secret is shown again: the phone may have scanned it already.
    let secret = match held {
        Some(held) if is_shown_again(held.begun_at, work.now()) => {
            unseal(app, me.id, &held.sealed)?
        }
        _ => {
            let fresh = app.ids.bytes::<SECRET_BYTES>().to_vec();
            let plain = STANDARD_NO_PAD.encode(&fresh);
            let sealed = app
                .keys
                .seal(&app.ids, Column::SecondFactor.of(me.id.uuid()), &plain);
            let sealed = sealed.ok_or_else(|| AppError::internal("seal a secret", "it failed"))?;
            store::second_factors::begin(&work, me.id, sealed).await?;
            fresh
        }
    };
    work.commit().await?;
    Ok(BegunFactor {
        uri: totp::uri(&secret, me.email.as_str()),
        secret: totp::base_32(&secret),
    })
}

/// Confirms by a code of the phone: answers the recovery codes. The other devices are ended, because they signed
/// in without.
pub async fn confirm_second_factor(
    app: &App,
    caller: &Caller,
    id: CommandId,
    proof: Option<Proof>,
) -> Result<Vec<OneTimeCode>, AppError> {
    let me = own_account(app, &caller.actor).await?;
    let command = app.named(id, me.id.uuid(), &FactorWrite::ConfirmSecondFactor)?;
    if was_accepted(app, &caller.actor, &command).await? {
        return shown_again(app, id, me.id).await;
    }
    let is_begun = store::second_factors::find(&app.db, me.id).await?.is_some();
    if me.second_factor_at.is_some() || !is_begun {
        return Err(Refusal::of(Code::WrongState).with("second factor").into());
    }
    // A recovery code of an earlier factor confirms nothing.
    let proof = proof.filter(|proof| matches!(proof, Proof::Totp(_)));
    let spent = prove(app, &me, proof.as_ref()).await?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return shown_again(app, id, me.id).await;
    };
    spend(app, &work, me.id, (spent, "code")).await?;
    store::second_factors::mark(&work, me.id, Some(work.now())).await?;
    end_devices(app, &work, me.id, Some(caller.actor.signed_in()?.device)).await?;
    app.record(&work, Event::SecondFactorSet { user: me.id });
    keep_recovery_codes(app, work, id, me.id).await
}

/// Makes new recovery codes by a code of the phone, or by the last recovery code.
pub async fn renew_recovery_codes(
    app: &App,
    caller: &Caller,
    id: CommandId,
    proof: Option<Proof>,
) -> Result<Vec<OneTimeCode>, AppError> {
    let me = own_account(app, &caller.actor).await?;
    let command = app.named(id, me.id.uuid(), &FactorWrite::RenewRecoveryCodes)?;
    if was_accepted(app, &caller.actor, &command).await? {
        return shown_again(app, id, me.id).await;
    }
    has_factor(&me)?;
    let spent = prove(app, &me, proof.as_ref()).await?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return shown_again(app, id, me.id).await;
    };
    spend(app, &work, me.id, (spent, "code")).await?;
    app.record(&work, Event::RecoveryCodesRenewed { user: me.id });
    keep_recovery_codes(app, work, id, me.id).await
}

/// Does without from now on, by a code of the phone or a recovery code.
pub async fn end_second_factor(
    app: &App,
    caller: &Caller,
    id: CommandId,
    proof: Option<Proof>,
) -> Result<(), AppError> {
    let me = own_account(app, &caller.actor).await?;
    let command = app.named(id, me.id.uuid(), &FactorWrite::EndSecondFactor)?;
    if was_accepted(app, &caller.actor, &command).await? {
        return Ok(());
    }
    has_factor(&me)?;
    let spent = prove(app, &me, proof.as_ref()).await?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(());
    };
    spend(app, &work, me.id, (spent, "code")).await?;
    store::second_factors::forget(&work, me.id).await?;
    store::second_factors::mark(&work, me.id, None).await?;
    app.record(&work, Event::SecondFactorRemoved { user: me.id });
    work.commit().await
}

async fn own_account(app: &App, actor: &Actor) -> Result<Account, AppError> {
    let me = actor.signed_in()?.user;
    permit(
        actor,
        Action::KeepSecondFactor,
        Facts::placeless(Stake::Own),
    )?;
    let found = store::accounts::find(&app.db, me).await?;
    Ok(found.ok_or_else(|| Refusal::of(Code::NotFound))?)
}

fn has_factor(account: &Account) -> Result<(), Refusal> {
    let since = account.second_factor_at.map(|_| ());
    since.ok_or_else(|| Refusal::of(Code::WrongState).with("no second factor"))
}

/// Compares a code of somebody who has signed in; a wrong one counts like a wrong password.
async fn prove(app: &App, me: &Account, proof: Option<&Proof>) -> Result<Spent, AppError> {
    let compare = compare(app, me.id, (proof, "code"));
    app.tried(&[brake::own(app, me.id)], compare).await
}

/// What a code would use up, if it is right.
pub(super) async fn compare(
    app: &App,
    user: UserId,
    (proof, field): (Option<&Proof>, &'static str),
) -> Compared<Spent> {
    let spent = match proof {
        None => None,
        Some(Proof::Totp(code)) => of_phone(app, user, code).await?.map(Spent::Step),
        Some(Proof::Recovery(code)) => {
            let hash = hash_of(app, code);
            let found = store::second_factors::find_recovery_code(&app.db, user, hash).await?;
            (found == Some(Works::Yes)).then_some(Spent::Recovery(hash))
        }
    };
    Ok(spent.ok_or(Refusal::on(Code::SecondFactorWrong, field)))
}

async fn of_phone(app: &App, user: UserId, code: &str) -> Result<Option<i64>, AppError> {
    let Some(held) = store::second_factors::find(&app.db, user).await? else {
        return Ok(None);
    };
    let secret = unseal(app, user, &held.sealed)?;
    let is_code_of = |step| totp::is_code_of(&secret, step, code);
    Ok(accepted(app.now(), held.last_step, is_code_of))
}

/// Uses up what a right code uses up; refused if somebody was faster with the same.
pub(super) async fn spend(
    app: &App,
    work: &Work,
    user: UserId,
    (spent, field): (Spent, &'static str),
) -> Result<(), AppError> {
    let is_first = match spent {
        Spent::Step(step) => store::second_factors::spend_step(work, user, step).await?,
        Spent::Recovery(hash) => {
            app.record(work, Event::RecoveryCodeUsed { user });
            store::second_factors::spend_recovery_code(work, user, hash).await?
        }
    };
    if is_first {
        Ok(())
    } else {
        Err(Refusal::on(Code::SecondFactorWrong, field).into())
    }
}

fn unseal(app: &App, user: UserId, sealed: &[u8]) -> Result<Vec<u8>, AppError> {
    let plain = app
        .keys
        .unseal(Column::SecondFactor.of(user.uuid()), sealed);
    let secret = plain.and_then(|plain| STANDARD_NO_PAD.decode(plain).ok());
    secret.ok_or_else(|| AppError::damaged("second_factor", "secret_sealed"))
}

/// The recovery codes of a write. They follow from it and the server's secret, so that they can be told again
/// after a lost answer although only their hashes are kept.
fn codes_of(app: &App, id: CommandId, user: UserId) -> Vec<OneTimeCode> {
    let code = |number: u8| {
        let named = [&id.uuid().as_bytes()[..], user.uuid().as_bytes(), &[number]].concat();
        OneTimeCode::of(&app.keys.hash("recovery code of a write", &named))
    };
    (0..RECOVERY_CODES).map(code).collect()
}

async fn keep_recovery_codes(
    app: &App,
    work: Work,
    id: CommandId,
    user: UserId,
) -> Result<Vec<OneTimeCode>, AppError> {
    let codes = codes_of(app, id, user);
    let hashes: Vec<_> = codes.iter().map(|code| hash_of(app, code)).collect();
    store::second_factors::keep_recovery_codes(&work, user, &hashes).await?;
    work.commit().await?;
    Ok(codes)
}

/// The recovery codes of a write that was accepted before, unless others took their place.
async fn shown_again(app: &App, id: CommandId, user: UserId) -> Result<Vec<OneTimeCode>, AppError> {
    let codes = codes_of(app, id, user);
    for code in codes.iter().take(1) {
        let hash = hash_of(app, code);
        let kept = store::second_factors::find_recovery_code(&app.db, user, hash).await?;
        kept.ok_or_else(|| Refusal::of(Code::WrongState).with("other recovery codes"))?;
    }
    Ok(codes)
}

fn hash_of(app: &App, code: &OneTimeCode) -> Sha256 {
    Sha256::new(app.keys.hash("recovery code", code.plain().as_bytes()))
}

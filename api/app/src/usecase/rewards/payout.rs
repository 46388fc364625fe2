//! Where the money goes: sealed to the bureau's identity key when it comes in, in the one store of
//! sealed identities, and read for the file of finance alone.

use super::terms_of;
use crate::{
    app::App,
    error::AppError,
    ports::keys::Column,
    store::{self, identities::SealedField},
    usecase::identity,
    work::{Source, Work},
};
use chrono::{DateTime, Days, NaiveDate, Utc};
use liangxin_domain::{
    id::RewardId,
    law::calendar::shanghai_end_of,
    privacy::identity::{IdentitySubject, Personal},
    refusal::Refusal,
    rewards::{
        payout::{
            MaskedPayee, PAYEE_FIELDS, Payee, read_masked, read_payees, write_masked, write_payees,
        },
        reward::Reward,
    },
};

/// What the export finds of a reward's payees.
pub(super) enum Found {
    /// This server holds the private key.
    Open(Vec<Payee>),
    /// The key that fits lies elsewhere: the names and the accounts, as they are sealed.
    Sealed {
        /// The names.
        names: Vec<u8>,
        /// The banks with the numbers.
        accounts: Vec<u8>,
    },
}

/// Seals the payees of a claimed reward. Also if nobody ever pays they are not kept longer than an
/// audit would need them; the payment says anew until when.
pub(super) async fn keep(
    app: &App,
    work: &Work,
    reward: &Reward,
    payees: &[Payee],
) -> Result<(), AppError> {
    let until = over_at(app, reward, work.today())?;
    let subject = IdentitySubject::Reward(reward.id);
    identity::seal(app, work, subject, &write_payees(payees), Some(until)).await?;
    let id = reward.id;
    // What is shown is not for the identity key, which may lie in a safe: the reporter reads it here.
    let place = Column::Payees.of(id.uuid());
    let masked = app.keys.seal(&app.ids, place, &write_masked(payees));
    let masked = masked.ok_or_else(|| AppError::internal("mask a payee", "the cipher refused"))?;
    store::rewards::show_payees(work, id, Some(masked)).await
}

/// The payees of a reward in masked form; none once they were purged, or if they came in by a version before.
pub async fn shown(
    app: &App,
    source: &impl Source,
    id: RewardId,
) -> Result<Vec<MaskedPayee>, AppError> {
    let Some(sealed) = store::rewards::shown_payees(source, id).await? else {
        return Ok(Vec::new());
    };
    let masked = app.keys.unseal(Column::Payees.of(id.uuid()), &sealed);
    let masked = masked.ok_or_else(|| AppError::damaged("reward", "payees_shown"))?;
    Ok(read_masked(&masked))
}

/// Says until when the audit of a payment needs the payees.
pub(super) async fn keep_for_audit(
    app: &App,
    work: &Work,
    reward: &Reward,
    paid_on: NaiveDate,
) -> Result<(), AppError> {
    let until = over_at(app, reward, paid_on)?;
    keep_until(work, reward, until).await
}

/// Lets the payees of a reward go with the next purge: there will be no payment.
pub(super) async fn forget(work: &Work, reward: &Reward) -> Result<(), AppError> {
    store::rewards::show_payees(work, reward.id, None).await?;
    keep_until(work, reward, work.now()).await
}

async fn keep_until(work: &Work, reward: &Reward, until: DateTime<Utc>) -> Result<(), AppError> {
    let subject = IdentitySubject::Reward(reward.id);
    identity::keep_until(work, subject, &PAYEE_FIELDS, until).await
}

fn over_at(app: &App, reward: &Reward, from: NaiveDate) -> Result<DateTime<Utc>, Refusal> {
    let of = terms_of(app, reward)?;
    let kept = Days::new(u64::from(of.terms.payout_kept_days));
    let last = from.checked_add_days(kept).unwrap_or(NaiveDate::MAX);
    Ok(shanghai_end_of(last))
}

/// The payees of a reward, as far as this server can read them; nothing once they were purged.
pub(super) async fn find(
    app: &App,
    source: &impl Source,
    reward: &Reward,
) -> Result<Option<Found>, AppError> {
    let subject = IdentitySubject::Reward(reward.id);
    let Some(identity) = store::identities::find(source, subject).await? else {
        return Ok(None);
    };
    let fields = store::identities::fields(source, identity.id, &PAYEE_FIELDS).await?;
    let Ok([names, accounts]) = <[SealedField; 2]>::try_from(fields) else {
        return Ok(None);
    };
    let open = |sealed: &SealedField| -> Option<Personal> {
        let at = identity.id.uuid();
        app.identity_keys
            .open_field(at, sealed.field, &sealed.ciphertext)
    };
    let (Some(open_names), Some(open_accounts)) = (open(&names), open(&accounts)) else {
        return Ok(Some(Found::Sealed {
            names: names.ciphertext,
            accounts: accounts.ciphertext,
        }));
    };
    read_payees(&open_names, &open_accounts)
        .map(|payees| Some(Found::Open(payees)))
        .ok_or_else(|| AppError::damaged("sealed_field", "ciphertext"))
}

//! Officers who are tied to an operator: what they say of themselves, and what follows from it.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    work::{Begun, Source},
};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    accounts::interest::{Interest, InterestWrite},
    event::Event,
    id::{CommandId, MerchantId, UserId},
    limits::OWN_INTERESTS,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};

/// An officer says that a merchant is a relative's, or that there is an interest.
pub async fn declare(
    app: &App,
    caller: &Caller,
    id: CommandId,
    write: InterestWrite,
) -> Result<(), AppError> {
    let facts = Facts::placeless(Stake::Own);
    let by = permit(&caller.actor, Action::DeclareInterest, facts)?;
    let officer = by.person(Action::DeclareInterest)?;
    let command = app.named(id, officer.uuid(), &write)?;
    let Begun::Fresh(work) = app.begin(&caller.actor, &command).await? else {
        return Ok(());
    };
    let InterestWrite::DeclareInterest {
        merchant,
        kind,
        words,
    } = write;
    store::merchants::get(&work, merchant).await?;
    if store::interests::list(&work, officer).await?.len() >= OWN_INTERESTS {
        return Err(Refusal::of(Code::FieldTooLong)
            .with(OWN_INTERESTS.to_string())
            .into());
    }
    let said = Interest {
        officer,
        merchant,
        kind,
        words,
        declared_at: work.now(),
    };
    store::interests::insert(&work, work.new_id(&app.ids), &said).await?;
    app.record(&work, Event::InterestDeclared { merchant });
    work.commit().await
}

/// What whoever asks said.
pub async fn own(app: &App, caller: &Caller) -> Result<Vec<Interest>, AppError> {
    let me = caller.actor.signed_in()?.user;
    store::interests::list(&app.db, me).await
}

/// Refuses somebody who is tied to an operator, and said so by a moment, where one counts; `field` names the input that
/// names that person.
pub(crate) async fn check(
    source: &impl Source,
    (user, merchant): (UserId, Option<MerchantId>),
    by: Option<DateTime<Utc>>,
    field: Option<&'static str>,
) -> Result<(), AppError> {
    let Some(merchant) = merchant else {
        return Ok(());
    };
    if store::interests::is_tied(source, (user, merchant), by).await? {
        let refusal = Refusal::of(Code::Recused);
        return Err(Refusal { field, ..refusal }.into());
    }
    Ok(())
}

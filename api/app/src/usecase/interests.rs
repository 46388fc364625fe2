//! Officers who are tied to an operator: what they say of themselves, and what follows from it.

use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    work::{Begun, Work},
};
use liangxin_domain::{
    accounts::interest::{Interest, InterestWrite},
    event::Event,
    id::{CommandId, InterestId, UserId},
    limits::OWN_INTERESTS,
    policy::{Action, Facts, Stake, permit},
    refusal::{Code, Refusal},
};

/// An officer says that a merchant is a relative's, or that there is an interest, or that this is over.
pub async fn say(
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
    let event = match write {
        InterestWrite::DeclareInterest {
            merchant,
            kind,
            words,
        } => {
            let said = Interest {
                id: InterestId::new(work.new_id(&app.ids)),
                officer,
                merchant,
                kind,
                words,
                declared_at: work.now(),
                end: None,
            };
            declare(&work, &said).await?
        }
        InterestWrite::EndInterest {
            interest,
            on,
            reason,
        } => {
            let said = own_one(&work, (officer, interest)).await?;
            let ended = said.end(on, reason, work.now())?;
            store::interests::save_end(&work, &ended).await?;
            Event::InterestEnded {
                merchant: ended.merchant,
                interest,
            }
        }
    };
    app.record(&work, event);
    work.commit().await
}

async fn declare(work: &Work, said: &Interest) -> Result<Event, AppError> {
    let Interest {
        merchant, officer, ..
    } = *said;
    store::merchants::get(work, merchant).await?;
    if store::interests::list(work, officer).await?.len() >= OWN_INTERESTS {
        return Err(Refusal::of(Code::FieldTooLong)
            .with(OWN_INTERESTS.to_string())
            .into());
    }
    store::interests::insert(work, said).await?;
    Ok(Event::InterestDeclared { merchant })
}

/// What somebody else said is as if it were not there.
async fn own_one(
    work: &Work,
    (officer, interest): (UserId, InterestId),
) -> Result<Interest, AppError> {
    let said = store::interests::find(work, interest).await?;
    let own = said.filter(|said| said.officer == officer);
    own.ok_or_else(|| Refusal::on(Code::NotFound, "interestId").into())
}

/// What whoever asks said.
pub async fn own(app: &App, caller: &Caller) -> Result<Vec<Interest>, AppError> {
    let me = caller.actor.signed_in()?.user;
    store::interests::list(&app.db, me).await
}

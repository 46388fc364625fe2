//! A citizen opens a paper with a code: reading it here is how it is served.

use super::{deliver, read, read::OpenNotice};
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store,
    usecase::{complaints, reports},
    work::Dating,
};
use liangxin_domain::{
    actor::Actor,
    id::NoticeId,
    notices::{
        notice::{Channel, NoticeState, Service},
        recipient::RecipientKind,
    },
    refusal::{Code, Refusal},
    text::Narrative,
};

/// What stands in the record as the proof of such a service.
const PROOF: &str = "当事人凭查询码在本系统打开该文书";

/// The citizen behind a code. To whom the paper goes says of which kind the code must be, so that one
/// try is one try; a paper that does not exist is answered like one for a reporter.
pub async fn citizen(
    app: &App,
    caller: &Caller,
    (code, id): (&str, NoticeId),
) -> Result<Caller, AppError> {
    let goes_to = match store::notices::get(&app.db, &Actor::System, id).await {
        Ok((notice, _)) => notice.recipient.kind(),
        Err(AppError::Refused(Refusal {
            code: Code::NotFound,
            ..
        })) => RecipientKind::Reporter,
        Err(error) => return Err(error),
    };
    if goes_to == RecipientKind::Complainant {
        complaints::open_receipt(app, caller, code).await
    } else {
        reports::open_receipt(app, caller, code).await
    }
}

/// The paper, served over the internet if it was not served before.
pub async fn open(app: &App, caller: &Caller, id: NoticeId) -> Result<OpenNotice, AppError> {
    let found = read(app, caller, id).await?;
    let is_by_code = matches!(&caller.actor, Actor::Reporter(_) | Actor::Complainant(_));
    if !is_by_code || found.notice.state != NoticeState::Issued {
        return Ok(found);
    }
    // Of a complaint it is the day that is kept: who opens a paper of it and one of the report that came with it does so one
    // after the other.
    let dating = match &caller.actor {
        Actor::Complainant(_) => Dating::Day,
        _ => Dating::Moment,
    };
    let work = app.work(&caller.actor).await?.dated(dating);
    let service = Service {
        channel: Channel::Internet,
        at: work.now().max(found.notice.issued_at),
        proof: Narrative::parse(PROOF, "proof")?,
        proof_sha256: None,
    };
    match deliver(app, &work, id, service).await {
        Ok(_) => work.commit().await?,
        // Two tabs opened it at once: the other one served it.
        Err(AppError::Refused(refusal)) if refusal.code == Code::NoticeAlreadyServed => drop(work),
        Err(error) => return Err(error),
    }
    read(app, caller, id).await
}

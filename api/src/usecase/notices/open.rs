//! A citizen opens a paper with a code: reading it here is how it is served.

use super::{deliver, read, read::OpenNotice};
use crate::{app::App, error::AppError};
use liangxin_domain::{
    actor::Actor,
    id::NoticeId,
    notices::notice::{Channel, NoticeState, Service},
    refusal::Code,
    text::Narrative,
};

/// What stands in the record as the proof of such a service.
const PROOF: &str = "当事人凭查询码在本系统打开该文书";

/// The paper, served over the internet if it was not served before.
pub async fn open(app: &App, citizen: &Actor, id: NoticeId) -> Result<OpenNotice, AppError> {
    let found = read(app, citizen, id).await?;
    if !matches!(citizen, Actor::Reporter(_)) || found.notice.state != NoticeState::Issued {
        return Ok(found);
    }
    let work = app.work(citizen).await?;
    let service = Service {
        channel: Channel::Internet,
        at: work.now(),
        proof: Narrative::parse(PROOF, "proof")?,
        proof_sha256: None,
    };
    match deliver(app, &work, id, service).await {
        Ok(_) => work.commit().await?,
        // Two tabs opened it at once: the other one served it.
        Err(AppError::Refused(refusal)) if refusal.code == Code::NoticeAlreadyServed => drop(work),
        Err(error) => return Err(error),
    }
    read(app, citizen, id).await
}

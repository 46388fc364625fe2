//! Noting that a paper reached its recipient.

use super::issue::report_of;
use crate::{
    app::{self, App},
    error::AppError,
    store,
    work::Begun,
};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::{CommandId, NoticeId},
    notices::notice::Service,
    policy::{Action, Facts, Stake, permit},
};

/// An officer notes how and when a paper was served, and what shows it; once.
pub async fn serve(
    app: &App,
    actor: &Actor,
    id: CommandId,
    (notice, service): (NoticeId, Service),
) -> Result<(), AppError> {
    let content = service.canonical(notice);
    let command = app::command(id, "RecordService", notice.uuid(), &content);
    let Begun::Fresh(work) = app.begin(actor, &command).await? else {
        return Ok(());
    };
    let (found, _) = store::notices::get(&work, actor, notice).await?;
    let permit = permit(
        actor,
        Action::RecordService,
        Facts::at(actor, &found.division, Stake::None),
    )?;
    let served = found.serve(&permit, service, work.now())?;
    store::notices::save_service(&work, &served).await?;
    app.record(
        &work,
        Event::PaperServed {
            notice,
            report: report_of(&served),
        },
    );
    work.commit().await
}

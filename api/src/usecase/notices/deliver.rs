//! Noting, inside another step, that the system itself handed a paper over.

use super::issue::report_of;
use crate::{app::App, error::AppError, store, work::Work};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    id::NoticeId,
    notices::notice::{Notice, Service},
};

/// Notes that a paper reached its recipient. Whether the caller may say so is the caller's business.
pub(crate) async fn deliver(
    app: &App,
    work: &Work,
    id: NoticeId,
    service: Service,
) -> Result<Notice, AppError> {
    let (notice, _) = store::notices::get(work, &Actor::System, id).await?;
    let served = notice.deliver(service, work.now())?;
    store::notices::save_service(work, &served).await?;
    app.record(
        work,
        Event::PaperServed {
            notice: id,
            report: report_of(&served),
        },
    );
    Ok(served)
}

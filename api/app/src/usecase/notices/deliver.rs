//! Noting, inside another step, that the system itself handed a paper over.

use crate::{app::App, error::AppError, store, usecase::step, work::Work};
use liangxin_domain::{
    actor::Actor,
    id::NoticeId,
    notices::notice::{Notice, Service},
};

/// Notes that a paper reached its recipient, at the moment that the service names. Whether the caller may say so is the caller's
/// business.
pub(crate) async fn deliver(
    app: &App,
    work: &Work,
    id: NoticeId,
    service: Service,
) -> Result<Notice, AppError> {
    let (notice, _) = store::notices::get(work, &Actor::System, id).await?;
    let now = service.at;
    step::keep(app, work, notice.deliver(service, now)?).await
}

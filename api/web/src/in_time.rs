//! How long a request may take, once its body is there: a database or a store whose machine is gone says nothing, for ever.
//! Operations of GraphQL are bounded where they are executed, by the same times.

use super::body::Pace;
use actix_web::{HttpRequest, web};
use liangxin_app::error::AppError;
use std::time::Duration;

/// Does what asks the database, and the store for no bytes; unavailable if that takes too long. Whatever of it was not committed
/// is not done.
pub(crate) async fn in_time<T, E: From<AppError>>(
    request: &HttpRequest,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    within(pace(request).answer, work).await
}

/// As [`in_time`], for what looks into photos too, and waits for its turn with them.
pub(crate) async fn in_time_with_photos<T, E: From<AppError>>(
    request: &HttpRequest,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    within(pace(request).photos, work).await
}

/// How long photos of a form may be looked into: half of the time for its answer, so that the rest is left to give it back.
pub(crate) fn for_looking(request: &HttpRequest) -> Duration {
    pace(request).photos / 2
}

/// How long they may be kept afterwards, so that the answer with its code is still given.
pub(crate) fn for_keeping(request: &HttpRequest) -> Duration {
    pace(request).photos / 4
}

fn pace(request: &HttpRequest) -> Pace {
    let pace = request.app_data::<web::Data<Pace>>();
    pace.map_or_else(Pace::default, |pace| ***pace)
}

pub(crate) async fn within<T, E: From<AppError>>(
    time: Duration,
    work: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    match tokio::time::timeout(time, work).await {
        Ok(done) => done,
        Err(late) => Err(AppError::unavailable("answer in time", late).into()),
    }
}

//! What was recorded on a visit: read once for all visits of an answer, and for all that is shown of it.

use crate::{
    batch::shared,
    context::{Known as _, gone},
};
use async_graphql::Context;
use liangxin_app::{
    error::AppError,
    store::{evidence::Photo, recorded::Entries},
    usecase::inspections,
};
use liangxin_domain::{evidence::digest::Sha256, id::VisitId};

/// What is shown of the entries of its record.
pub(super) async fn entries<T>(
    ctx: &Context<'_>,
    visit: VisitId,
    show: fn(&Entries) -> T,
) -> Result<T, AppError> {
    let found = ctx.loaders()?.entries.one(visit).await?;
    let found = found.ok_or_else(gone)?;
    Result::as_ref(&found).map(show).map_err(shared)
}

/// Its photos.
pub(super) async fn photos(ctx: &Context<'_>, visit: VisitId) -> Result<Vec<Photo>, AppError> {
    let found = ctx.loaders()?.photos.one(visit).await?;
    let found = found.ok_or_else(gone)?;
    Result::as_ref(&found).cloned().map_err(shared)
}

/// The digest of its record as it is.
pub(super) async fn digest(ctx: &Context<'_>, visit: VisitId) -> Result<Sha256, AppError> {
    let found = ctx.loaders()?.entries.one(visit).await?;
    let found = found.ok_or_else(gone)?;
    let Entries {
        checks,
        measurements,
    } = Result::as_ref(&found).map_err(shared)?;
    Ok(inspections::digest_of(visit, measurements, checks))
}

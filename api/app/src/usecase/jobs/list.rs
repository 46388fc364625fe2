//! Listing what waits.

use super::of_the_highest;
use crate::{
    app::App,
    caller::Caller,
    error::AppError,
    store::{self, jobs::Waiting},
};

/// The jobs that wait for a person, those that wait longest first; at most 1,000.
pub async fn list(app: &App, caller: &Caller) -> Result<Vec<Waiting>, AppError> {
    of_the_highest(&app.db, &caller.actor).await?;
    store::jobs::list_waiting(&app.db).await
}

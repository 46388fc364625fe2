//! Taking turns for work that needs a processor and memory.

use crate::{app::App, error::AppError};

/// Does heavy work on a thread of its own, when its turn comes.
pub(super) async fn in_turn<T: Send + 'static>(
    app: &App,
    what: &'static str,
    work: impl FnOnce() -> T + Send + 'static,
) -> Result<T, AppError> {
    let _turn = app
        .heavy
        .acquire()
        .await
        .map_err(|e| AppError::unavailable(what, e))?;
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|e| AppError::internal(what, e))
}

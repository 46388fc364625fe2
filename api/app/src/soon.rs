//! Asking the database for what can be done without: a database whose machine is gone says nothing, for ever, and whoever has
//! another way does not wait for it as long as for an answer.

use crate::error::AppError;
use std::time::Duration;
use tokio::time::timeout;

/// How long it is waited for. A proposal.
const SOON: Duration = Duration::from_secs(3);

/// Does what asks the database; unavailable if nothing is said soon.
pub(crate) async fn soon<T>(
    asked: impl Future<Output = Result<T, AppError>>,
) -> Result<T, AppError> {
    match timeout(SOON, asked).await {
        Ok(said) => said,
        Err(silent) => Err(AppError::unavailable("ask the database", silent)),
    }
}

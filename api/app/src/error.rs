//! What can go wrong on the way through: somebody is refused, something is down, or we are wrong.

use liangxin_domain::refusal::{Code, Refusal};
use sea_orm::{DbErr, RuntimeErr};
use std::error::Error;

/// Why a request did not succeed.
#[derive(Debug, thiserror::Error)]
pub enum AppError {
    /// A rule said no.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A part that we need does not answer; the same request may succeed later.
    #[error("could not {what}")]
    Unavailable {
        /// What we were doing.
        what: &'static str,
        /// Why it failed.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
    /// Our fault.
    #[error("could not {what}")]
    Internal {
        /// What we were doing.
        what: &'static str,
        /// Why it failed.
        #[source]
        source: Box<dyn Error + Send + Sync>,
    },
}

impl AppError {
    /// A part that we need does not answer.
    pub fn unavailable(
        what: &'static str,
        source: impl Into<Box<dyn Error + Send + Sync>>,
    ) -> Self {
        Self::Unavailable {
            what,
            source: source.into(),
        }
    }

    /// Our fault.
    pub fn internal(what: &'static str, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self::Internal {
            what,
            source: source.into(),
        }
    }

    /// A row says something that no code of ours writes.
    pub fn damaged(table: &'static str, column: &'static str) -> Self {
        Self::internal(
            "read a row",
            format!("{table}.{column} holds a value that nothing writes"),
        )
    }

    /// What the client may know. The cause stays here; it is logged once, with [`AppError::log`].
    #[must_use]
    pub fn refusal(&self) -> Refusal {
        match self {
            Self::Refused(refusal) => refusal.clone(),
            Self::Unavailable { .. } => Refusal::of(Code::Unavailable),
            Self::Internal { .. } => Refusal::of(Code::Internal),
        }
    }

    /// Writes the cause into the log, once, at the edge. Refusals are no news.
    pub fn log(&self) {
        let (Self::Unavailable { source, .. } | Self::Internal { source, .. }) = self else {
            return;
        };
        let mut cause = source.to_string();
        let mut next = source.source();
        while let Some(source) = next {
            cause = format!("{cause}: {source}");
            next = source.source();
        }
        tracing::error!(cause, "{self}");
    }
}

impl From<DbErr> for AppError {
    fn from(error: DbErr) -> Self {
        let is_down = match &error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => true,
            DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e)) => {
                let text = e.to_string();
                // SQLite's lock and PostgreSQL's serialization failure pass by themselves.
                text.contains("database is locked")
                    || text.contains("could not serialize")
                    || text.contains("error communicating with database")
                    || text.contains("terminating connection")
            }
            _ => false,
        };
        if is_down {
            Self::unavailable("reach the database", error)
        } else {
            Self::internal("use the database", error)
        }
    }
}

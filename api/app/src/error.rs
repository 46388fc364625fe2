//! What can go wrong on the way through: somebody is refused, something is down, or we are wrong.

use liangxin_domain::refusal::{Code, Refusal};
use sea_orm::{
    DbErr, RuntimeErr,
    sqlx::{self, postgres::PgDatabaseError, sqlite::SqliteError},
};
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

    /// A look at what was written just now. Nothing there is our fault and may pass: what was accepted is never
    /// told to be unknown.
    pub fn written<T>(found: Result<T, Self>) -> Result<T, Self> {
        match found {
            Err(Self::Refused(refusal)) if refusal.code == Code::NotFound => Err(
                Self::unavailable("find what was written", "it is not there"),
            ),
            found => found,
        }
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
        let told = told(&error);
        if told.is_some_and(is_out_of_range) {
            return Refusal::of(Code::FieldFormat).into();
        }
        let is_connecting = matches!(error, DbErr::ConnectionAcquire(_) | DbErr::Conn(_));
        if is_connecting || told.is_some_and(is_passing) {
            Self::unavailable("use the database for now", error)
        } else {
            Self::internal("use the database", error)
        }
    }
}

/// What the database, or the way to it, said.
fn told(error: &DbErr) -> Option<&sqlx::Error> {
    match error {
        DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e)) => {
            Some(&**e)
        }
        _ => None,
    }
}

/// Whether the same statement may succeed later: the database is away, locked, full, or could not keep two
/// works apart. Told by code, since words differ by version and language.
fn is_passing(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::BeginFailed
        | sqlx::Error::InvalidSavePointStatement => true,
        sqlx::Error::Database(told) => told.code().is_some_and(|code| {
            if told.try_downcast_ref::<SqliteError>().is_some() {
                passes_in_sqlite(&code)
            } else {
                passes_in_postgres(&code)
            }
        }),
        _ => false,
    }
}

/// Whether a client's date or text is none that PostgreSQL knows: a year far away, a character that no text holds (22007,
/// 22008, 22021 and 22P05 of its appendix A). Nothing of ours is.
fn is_out_of_range(error: &sqlx::Error) -> bool {
    let sqlx::Error::Database(told) = error else {
        return false;
    };
    let code = told.code().unwrap_or_default();
    matches!(&*code, "22007" | "22008" | "22021" | "22P05")
}

/// Whether a new row has the primary key of another one: `SQLITE_CONSTRAINT_PRIMARYKEY`, or a unique violation of PostgreSQL of
/// the constraint that it names so.
pub(crate) fn is_key_taken(error: &DbErr) -> bool {
    let Some(sqlx::Error::Database(told)) = told(error) else {
        return false;
    };
    let code = told.code().unwrap_or_default();
    if let Some(postgres) = told.try_downcast_ref::<PgDatabaseError>() {
        let broken = postgres.constraint();
        return code == "23505" && broken.is_some_and(|name| name.ends_with("_pkey"));
    }
    code == "1555"
}

/// Busy, locked, out of memory, read only, interrupted, I/O error, full, cannot open, the locking protocol,
/// and a file too large for the system (<https://sqlite.org/rescode.html>): the low byte of the extended code.
fn passes_in_sqlite(code: &str) -> bool {
    let code: Option<u32> = code.parse().ok();
    code.is_some_and(|code| matches!(code & 0xff, 5 | 6 | 7 | 8 | 9 | 10 | 13 | 14 | 15 | 22))
}

/// Connection, rolled back, resources (full disk among them), intervention and system error; a server that
/// only reads, and a lock that was not to be had (PostgreSQL, appendix A).
fn passes_in_postgres(code: &str) -> bool {
    ["08", "40", "53", "57", "58"]
        .iter()
        .any(|class| code.starts_with(class))
        || matches!(code, "25006" | "55P03")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_passes_by_itself_is_told_by_its_code() {
        for full_or_busy in ["5", "13", "261", "778", "10", "1032", "14"] {
            assert!(passes_in_sqlite(full_or_busy), "{full_or_busy}");
        }
        for wrong in ["1", "19", "2067", "787", ""] {
            assert!(!passes_in_sqlite(wrong), "{wrong}");
        }
        for passing in ["08006", "40001", "53100", "57P01", "58030", "25006"] {
            assert!(passes_in_postgres(passing), "{passing}");
        }
        for wrong in ["23505", "42P01", "22001", "25001"] {
            assert!(!passes_in_postgres(wrong), "{wrong}");
        }
    }
}

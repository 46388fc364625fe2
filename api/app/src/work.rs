//! The unit of work: one transaction, one moment, one actor, and what happened in it. Dropping it
//! rolls back. Recording an event is the only way to cause anything after the commit.

mod moment;

pub use moment::Dating;

use crate::{error::AppError, naming::Sender};
use chrono::{DateTime, Utc};
use liangxin_domain::{
    actor::Actor,
    event::Event,
    evidence::digest::Sha256,
    id::{CommandId, InstrumentId, MerchantId, VisitId},
};
use sea_orm::sqlx::{
    self, Connection as _,
    sqlite::{SqliteConnectOptions, SqliteConnection},
};
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend,
    DbErr, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait as _,
};
use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};
use tokio::sync::watch;
use uuid::Uuid;

/// How long a work waits for a connection, and for the lock of SQLite.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where rows are read from: the pool, or the transaction under way.
pub trait Source: Sync {
    /// The connection's type.
    type Connection: ConnectionTrait;
    /// The connection.
    fn connection(&self) -> &Self::Connection;
}

/// The database: where is read, and where is written.
///
/// SQLite has one writer. Works that wait for it wait for one connection, in order of arrival, and never
/// hold those that readers need. On PostgreSQL both are one pool.
#[derive(Debug, Clone)]
pub struct Db {
    readers: DatabaseConnection,
    writer: DatabaseConnection,
}

impl Source for Db {
    type Connection = DatabaseConnection;
    fn connection(&self) -> &DatabaseConnection {
        &self.readers
    }
}

impl Db {
    /// Connects. SQLite runs in WAL mode, so that readers do not wait for the writer. With one connection
    /// at most, that one reads and writes.
    pub async fn connect(url: &str, most_connections: u32) -> Result<Self, DbErr> {
        if !url.starts_with("sqlite:") || most_connections == 1 {
            let both = Database::connect(options(url, most_connections, WRITES)).await?;
            return Ok(Self {
                readers: both.clone(),
                writer: both,
            });
        }
        // The writer first: it makes the file.
        let writer = Database::connect(options(url, 1, WRITES)).await?;
        let mut reading = options(url, most_connections - 1, READS);
        reading.map_sqlx_sqlite_opts(|sqlite| tuned(sqlite).pragma("query_only", "ON"));
        let readers = Database::connect(reading).await?;
        Ok(Self { readers, writer })
    }

    /// Where single statements write, and migrations.
    #[must_use]
    pub const fn writer(&self) -> &DatabaseConnection {
        &self.writer
    }

    /// The same database, which tells somebody who measures of each statement that is run through it, and how long it
    /// took. What was begun before goes on untold.
    #[must_use]
    pub fn telling(mut self, told: impl Fn(&Statement, Duration) + Send + Sync + 'static) -> Self {
        let told = Arc::new(told);
        for connection in [&mut self.readers, &mut self.writer] {
            let told = Arc::clone(&told);
            connection.set_metric_callback(move |info| told(info.statement, info.elapsed));
        }
        self
    }

    /// Closes every connection, once nobody uses them.
    pub async fn close(&self) -> Result<(), DbErr> {
        self.readers.close_by_ref().await?;
        self.writer.close_by_ref().await
    }

    /// Whether it is PostgreSQL.
    #[must_use]
    pub fn is_postgres(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }
}

/// What a connection can do that writes. It has to write: where a file was opened for reading only, SQLite begins without a
/// word what was to write, and refuses the first write alone.
const WRITES: &str = "BEGIN IMMEDIATE; PRAGMA user_version = 0; ROLLBACK";

/// What a connection can do that reads.
const READS: &str = "BEGIN; ROLLBACK";

fn options(url: &str, most_connections: u32, proof: &'static str) -> ConnectOptions {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(most_connections)
        .acquire_timeout(PATIENCE)
        .test_before_acquire(false)
        .record_stmt_in_spans(false)
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(tuned);
    options.map_sqlx_sqlite_pool_opts(move |pool| {
        pool.after_release(move |connection, _| Box::pin(is_clean(connection, proof)))
    });
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_release(|connection, _| {
            let is_clean = !connection.is_in_transaction();
            Box::pin(async move { Ok(is_clean) })
        })
    });
    options
}

/// What is deleted is overwritten: the key of a day and what it hashed would stand in the free places of the file otherwise, for
/// whoever copies that.
fn tuned(sqlite: SqliteConnectOptions) -> SqliteConnectOptions {
    sqlite
        .pragma("journal_mode", "WAL")
        .pragma("secure_delete", "ON")
        .busy_timeout(PATIENCE)
}

/// Whether a connection may go back to the pool. When a disk is full or fails, a rollback can fail too, and
/// the connection stays in a transaction, or the library believes so: what later works do on it would not
/// begin, or be acknowledged and never committed, until a restart. The statement comes after a rollback that
/// still waits, and begins nothing where something is open. What was opened while the disk failed, SQLite opened for
/// reading only, in silence: it proves by `proof` that it can do what it is for.
async fn is_clean(
    connection: &mut SqliteConnection,
    proof: &'static str,
) -> Result<bool, sqlx::Error> {
    let can_begin = sqlx::raw_sql(proof).execute(&mut *connection).await.is_ok();
    Ok(can_begin && !connection.is_in_transaction())
}

/// A command, as the phone named it and as its content hashes.
#[derive(Debug, Clone, Copy)]
pub struct Command {
    /// The phone's id: a name that its sender alone uses.
    pub id: CommandId,
    /// Who sends it.
    pub sender: Sender,
    /// The operation, as in the contract.
    pub operation: &'static str,
    /// The digest of the content.
    pub digest: Sha256,
    /// What the command is about; what it makes, if it makes something.
    pub subject: Uuid,
    /// For how long the same content is known again.
    pub known: Known,
}

/// For how long a write that is sent again is known by its content.
#[derive(Debug, Clone, Copy)]
pub enum Known {
    /// As long as it is remembered.
    Always,
    /// On the day of the write: its digest is keyed with that day's key too, which is thrown away. Later the same write is
    /// refused as one with other content.
    Today {
        /// Becomes the key of the day if there is none.
        fresh: [u8; 32],
    },
}

impl Command {
    /// The same command, of whoever knows a secret.
    #[must_use]
    pub const fn of(self, sender: Sender) -> Self {
        Self { sender, ..self }
    }
}

/// What became of the attempt to begin.
#[derive(Debug)]
pub enum Begun {
    /// Nobody sent this before.
    Fresh(Work),
    /// The same sender sent the same content before, and it was accepted.
    Repeated,
}

/// How an event is named, and when it was noted.
#[derive(Debug, Clone, Copy)]
pub struct Noted {
    /// Its id.
    pub id: Uuid,
    /// When it was noted.
    pub at: DateTime<Utc>,
    /// From when on its jobs are due.
    pub due_at: DateTime<Utc>,
    /// The digest of what is recorded beside it.
    pub beside: Option<Sha256>,
}

/// What phones take along and a work changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touched {
    /// A visit: what is recorded on it, who goes, how far it has come.
    Visit(VisitId),
    /// A merchant.
    Merchant(MerchantId),
    /// An instrument, and a merchant on whose ledger it stands or stood.
    Instrument(InstrumentId, MerchantId),
}

/// One transaction.
#[derive(Debug)]
pub struct Work {
    transaction: DatabaseTransaction,
    actor: Actor,
    began_at: DateTime<Utc>,
    dating: Dating,
    heard_at: Option<DateTime<Utc>>,
    events: Mutex<Vec<(Noted, Event)>>,
    /// Apart, since a work is handed on by value.
    touched: Box<Mutex<BTreeSet<Touched>>>,
    wake: Arc<watch::Sender<()>>,
}

impl Source for Work {
    type Connection = DatabaseTransaction;
    fn connection(&self) -> &DatabaseTransaction {
        &self.transaction
    }
}

impl Work {
    /// Begins. SQLite takes its write lock at once: a transaction that reads first and writes later
    /// would fail instead of waiting.
    pub async fn begin(
        db: &Db,
        actor: &Actor,
        now: DateTime<Utc>,
        wake: &Arc<watch::Sender<()>>,
    ) -> Result<Self, AppError> {
        let begun = db.writer.begin_with_options(TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        });
        let transaction = begun.await?;
        Ok(Self {
            transaction,
            actor: actor.clone(),
            began_at: now,
            dating: Dating::Moment,
            heard_at: None,
            events: Mutex::default(),
            touched: Box::default(),
            wake: Arc::clone(wake),
        })
    }

    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// Notes that something happened; `id` names the event.
    pub fn record(&self, id: Uuid, event: Event) {
        self.note(id, event, None);
    }

    /// Notes it with the digest of what this work records beside it.
    pub fn record_beside(&self, id: Uuid, event: Event, beside: Sha256) {
        self.note(id, event, Some(beside));
    }

    fn note(&self, id: Uuid, event: Event, beside: Option<Sha256>) {
        let noted = Noted {
            id,
            at: self.now(),
            due_at: self.due_at(),
            beside,
        };
        self.events
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push((noted, event));
    }

    /// What was noted and has to be written before the end.
    pub(crate) fn take_recorded(&self) -> Vec<(Noted, Event)> {
        std::mem::take(&mut *self.events.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Notes that something changed that phones take along. Whoever writes the row says it.
    pub fn touch(&self, touched: Touched) {
        let mut all = self.touched.lock().unwrap_or_else(PoisonError::into_inner);
        all.insert(touched);
    }

    /// What was touched and has to be told to phones before the end.
    pub(crate) fn take_touched(&self) -> BTreeSet<Touched> {
        std::mem::take(&mut *self.touched.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Commits what was written; [`Work::commit`] writes first what was noted.
    pub(crate) async fn end(self) -> Result<(), AppError> {
        // A commit without an answer may have happened: asked again under its id, it tells.
        let committed = self.transaction.commit().await;
        committed.map_err(|error| AppError::unavailable("commit", error))?;
        self.wake.send_replace(());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_connection_that_was_opened_for_reading_only_is_not_kept_to_write() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("x.db");
        let file = tuned(SqliteConnectOptions::new().filename(file));
        let made = file.clone().create_if_missing(true);
        let mut made = SqliteConnection::connect_with(&made).await.unwrap();
        let table = sqlx::raw_sql("CREATE TABLE t (a INTEGER)");
        table.execute(&mut made).await.unwrap();
        assert!(is_clean(&mut made, WRITES).await.unwrap());
        let file = file.read_only(true);
        let mut opened = SqliteConnection::connect_with(&file).await.unwrap();
        assert!(is_clean(&mut opened, READS).await.unwrap());
        assert!(!is_clean(&mut opened, WRITES).await.unwrap());
    }
}

//! What a phone keeps when its app is killed or it starts anew: what was written down and is not taken yet, the
//! photos, the tokens, and what the server last said of its time. It lies in SQLite, and in memory lies nothing.

use anyhow::Context as _;
use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, QueryResult,
    Statement, TransactionTrait as _, Value as Bound,
};
use serde_json::{Value, json};
use tempfile::TempDir;
use uuid::Uuid;

const TABLES: &str = "\
    CREATE TABLE IF NOT EXISTS item (place INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, field TEXT NOT NULL, \
        input TEXT NOT NULL, after TEXT NOT NULL, status TEXT NOT NULL, told TEXT); \
    CREATE TABLE IF NOT EXISTS photo (id TEXT PRIMARY KEY, declared_by TEXT NOT NULL, bytes BLOB NOT NULL); \
    CREATE TABLE IF NOT EXISTS kept (name TEXT PRIMARY KEY, value TEXT NOT NULL); \
    PRAGMA synchronous = OFF";

/// One write that is not taken yet.
#[derive(Debug, Clone)]
pub struct Item {
    /// Names the write.
    pub id: Uuid,
    /// The field of a push that it is, which is the root field of its operation too.
    pub field: String,
    /// What is sent each time.
    pub input: Value,
    /// The writes of the same phone that come first.
    pub after: Vec<Uuid>,
}

impl Item {
    /// The item of a push.
    pub fn pushed(&self) -> Value {
        let field = self.field.as_str();
        json!({ "after": self.after, "write": { field: self.input } })
    }

    /// The operation that is the same write.
    pub fn operation(&self) -> String {
        let (first, rest) = self.field.split_at(1);
        first.to_uppercase() + rest
    }
}

/// The database of one phone.
#[derive(Debug)]
pub struct Outbox {
    directory: TempDir,
    connection: DatabaseConnection,
}

impl Outbox {
    /// That of a new phone.
    pub async fn new() -> anyhow::Result<Self> {
        let directory = tempfile::tempdir().context("make a directory")?;
        let connection = open(&directory).await?;
        Ok(Self {
            directory,
            connection,
        })
    }

    /// Lets go of the file and opens it again, as an app does that was killed.
    pub async fn open_again(&mut self) -> anyhow::Result<()> {
        let connection = open(&self.directory).await?;
        let former = std::mem::replace(&mut self.connection, connection);
        former.close().await.context("let go of the outbox")
    }

    /// Writes down what happened with its photos, all of it or nothing.
    pub async fn write(&self, item: &Item, photos: &[(Uuid, Vec<u8>)]) -> anyhow::Result<()> {
        let begun = self.connection.begin().await?;
        let values = [
            item.id.to_string(),
            item.field.clone(),
            item.input.to_string(),
            serde_json::to_string(&item.after)?,
        ];
        let sql =
            "INSERT INTO item (id, field, input, after, status) VALUES (?, ?, ?, ?, 'UNSENT')";
        execute(&begun, sql, values.map(Bound::from)).await?;
        for (id, bytes) in photos {
            let values = [
                id.to_string().into(),
                item.id.to_string().into(),
                bytes.clone().into(),
            ];
            let sql = "INSERT INTO photo (id, declared_by, bytes) VALUES (?, ?, ?)";
            execute(&begun, sql, values).await?;
        }
        begun.commit().await.context("write down")
    }

    /// What is not taken yet, the oldest first.
    pub async fn unsent(&self) -> anyhow::Result<Vec<Item>> {
        let sql = "SELECT id, field, input, after FROM item WHERE status IN ('UNSENT', 'HELD') ORDER BY place";
        let rows = self.rows(sql, []).await?;
        rows.iter().map(item).collect()
    }

    /// What was refused for ever: what, and what was said.
    pub async fn refused(&self) -> anyhow::Result<Vec<(String, String)>> {
        let sql = "SELECT field, COALESCE(told, '') AS told FROM item WHERE status = 'REJECTED'";
        let rows = self.rows(sql, []).await?;
        let read = |row: &QueryResult| -> anyhow::Result<_> {
            Ok((row.try_get("", "field")?, row.try_get("", "told")?))
        };
        rows.iter().map(read).collect()
    }

    /// Whether a write was taken, as far as the phone heard.
    pub async fn is_done(&self, id: Uuid) -> anyhow::Result<bool> {
        let sql = "SELECT id FROM item WHERE id = ? AND status = 'DONE'";
        Ok(!self.rows(sql, [id.to_string().into()]).await?.is_empty())
    }

    /// Notes how a write stands, unless it is known to be done.
    pub async fn note(&self, id: Uuid, status: &str, told: &str) -> anyhow::Result<()> {
        let values = [status.into(), told.into(), id.to_string().into()];
        let sql = "UPDATE item SET status = ?, told = ? WHERE id = ? AND status <> 'DONE'";
        execute(&self.connection, sql, values).await
    }

    /// The photos that may be sent: those whose declaration was taken.
    pub async fn photos(&self) -> anyhow::Result<Vec<(Uuid, Vec<u8>)>> {
        let sql = "SELECT photo.id AS id, bytes FROM photo JOIN item ON item.id = declared_by \
            WHERE status = 'DONE' ORDER BY photo.id";
        let rows = self.rows(sql, []).await?;
        let read =
            |row: &QueryResult| -> anyhow::Result<_> { Ok((id(row)?, row.try_get("", "bytes")?)) };
        rows.iter().map(read).collect()
    }

    /// Deletes a photo that the server holds.
    pub async fn delete_photo(&self, id: Uuid) -> anyhow::Result<()> {
        let sql = "DELETE FROM photo WHERE id = ?";
        execute(&self.connection, sql, [id.to_string().into()]).await
    }

    /// Whether nothing is left to send.
    pub async fn is_empty(&self) -> anyhow::Result<bool> {
        let photos = self.rows("SELECT id FROM photo", []).await?;
        Ok(photos.is_empty() && self.unsent().await?.is_empty())
    }

    /// Keeps a text under a name.
    pub async fn keep(&self, name: &str, value: &str) -> anyhow::Result<()> {
        let sql = "INSERT INTO kept (name, value) VALUES (?, ?) \
            ON CONFLICT (name) DO UPDATE SET value = excluded.value";
        execute(&self.connection, sql, [name.into(), value.into()]).await
    }

    /// Forgets a text.
    pub async fn forget(&self, name: &str) -> anyhow::Result<()> {
        let sql = "DELETE FROM kept WHERE name = ?";
        execute(&self.connection, sql, [name.into()]).await
    }

    /// The text that is kept under a name.
    pub async fn kept(&self, name: &str) -> anyhow::Result<Option<String>> {
        let sql = "SELECT value FROM kept WHERE name = ?";
        let rows = self.rows(sql, [name.into()]).await?;
        let value = rows.first().map(|row| row.try_get::<String>("", "value"));
        Ok(value.transpose()?)
    }

    async fn rows<const N: usize>(
        &self,
        sql: &str,
        values: [Bound; N],
    ) -> anyhow::Result<Vec<QueryResult>> {
        let asked = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
        let rows = self.connection.query_all_raw(asked).await;
        rows.context("read the outbox")
    }
}

async fn open(directory: &TempDir) -> anyhow::Result<DatabaseConnection> {
    let file = directory.path().join("phone.db");
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rwc", file.display()));
    options.max_connections(1).sqlx_logging(false);
    let connection = Database::connect(options).await?;
    connection.execute_unprepared(TABLES).await?;
    Ok(connection)
}

async fn execute<const N: usize>(
    on: &impl ConnectionTrait,
    sql: &str,
    values: [Bound; N],
) -> anyhow::Result<()> {
    let statement = Statement::from_sql_and_values(DbBackend::Sqlite, sql, values);
    on.execute_raw(statement)
        .await
        .map(drop)
        .context("write the outbox")
}

fn id(row: &QueryResult) -> anyhow::Result<Uuid> {
    Ok(row.try_get::<String>("", "id")?.parse()?)
}

fn item(row: &QueryResult) -> anyhow::Result<Item> {
    let text = |name: &str| row.try_get::<String>("", name);
    Ok(Item {
        id: id(row)?,
        field: text("field")?,
        input: serde_json::from_str(&text("input")?)?,
        after: serde_json::from_str(&text("after")?)?,
    })
}

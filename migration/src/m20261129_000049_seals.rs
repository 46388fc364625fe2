//! Seals over the log of events: the chain as it was signed, which event stands where under which seal, and the events that
//! wait for one. What was there before is sealed by the first looks of this version.

use crate::table::{create, index, table, unique};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let indexes = vec![
            unique("sealed_event", &["seal", "position"]),
            // Copies are compared with the store in the order of their digests, as photos are.
            index("photo_copy", &["sha256"]),
        ];
        create(manager, tables(), indexes).await?;
        let db = manager.get_connection();
        for statement in [
            "INSERT INTO unsealed_event (event_id) SELECT id FROM event",
            "INSERT INTO sweep (kind, run_at, attempt) VALUES ('seals', '2026-01-01T00:00:00+00:00', 0)",
        ] {
            db.execute_unprepared(statement).await?;
        }
        Ok(())
    }
}

/// None refers to the events: that one was removed has to be told, not prevented for who writes into the database alone.
fn tables() -> Vec<TableCreateStatement> {
    let seal = table("seal")
        .col(integer("number").primary_key())
        .col(timestamp_with_time_zone("made_at"))
        .col(text("line"))
        .take();
    let sealed = table("sealed_event")
        .col(uuid("event_id").primary_key())
        .col(integer("seal"))
        .col(integer("position"))
        .col(string_len("leaf", 64))
        .take();
    let waiting = table("unsealed_event")
        .col(uuid("event_id").primary_key())
        .take();
    vec![seal, sealed, waiting]
}

//! Events and the jobs that they cause.

use crate::table::{create, index, table, to, unique, word};
use sea_orm_migration::{prelude::*, schema::*};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, tables(), indexes()).await
    }
}

fn tables() -> Vec<TableCreateStatement> {
    vec![event(), job()]
}

fn event() -> TableCreateStatement {
    table("event")
        .col(uuid("id").primary_key())
        .col(timestamp_with_time_zone("at"))
        .col(string_len("actor_kind", 16))
        .col(uuid_null("actor_user"))
        .col(string_len("kind", 32))
        .col(uuid("subject"))
        .col(uuid_null("report_id"))
        .take()
}

fn job() -> TableCreateStatement {
    table("job")
        .col(uuid("id").primary_key())
        .col(uuid("event_id"))
        .col(string_len("kind", 32))
        .col(uuid("subject"))
        .col(string_len("note", 32))
        .col(word("state", &["ready", "running", "done", "failed"]))
        .col(timestamp_with_time_zone("run_at"))
        .col(integer("attempt"))
        .col(timestamp_with_time_zone_null("lease_until"))
        .col(text_null("last_error"))
        .foreign_key(&mut to("event_id", "event"))
        .take()
}

fn indexes() -> Vec<IndexCreateStatement> {
    vec![
        index("event", &["report_id", "at", "id"]),
        index("event", &["subject"]),
        unique("job", &["event_id", "kind"]),
        index("job", &["state", "run_at"]),
    ]
}
